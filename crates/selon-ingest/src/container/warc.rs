//! Web archives (WARC 0.17–1.1), streamed: pages among their records become articles, the rest passes by unread.
//!
//! A record that lies about its length or breaks off is told; reading goes on at the next one that can be found.

use std::io::{self, BufRead, Read};

use crate::limits::Limits;
use crate::read::{Item, Origin, read_bytes};

/// Longest block of headers, in bytes.
const MAX_HEADER_BYTES: u64 = 64 << 10;

/// The articles of a web archive in the order of its records.
pub struct Records {
    input: Box<dyn BufRead + Send>,
    origin: Origin,
    limits: Limits,
    found: std::vec::IntoIter<Item>,
    record: u64,
    ended: bool,
}

/// Headers of a record that matter here.
#[derive(Default)]
struct Header {
    kind: String,
    target: Option<String>,
    media_type: Option<String>,
    length: u64,
}

impl Records {
    /// Of this stream, decompressed.
    pub fn new(input: Box<dyn BufRead + Send>, origin: Origin, limits: Limits) -> Records {
        Records { input, origin, limits, found: Vec::new().into_iter(), record: 0, ended: false }
    }

    /// The next record that may hold a page, with its content; others are skipped.
    fn step(&mut self) -> io::Result<Option<Vec<Item>>> {
        let Some(header) = self.header()? else { return Ok(None) };
        self.record += 1;
        let media = header.media_type.as_deref().unwrap_or("").to_ascii_lowercase();
        let wanted = match header.kind.as_str() {
            "response" => media.starts_with("application/http"),
            "resource" | "conversion" => is_text(&media),
            _ => false,
        };
        if !wanted || header.length > self.limits.item_bytes {
            self.discard(header.length)?;
            let too_large =
                wanted.then(|| Err(self.place(&header).unread(&format!("a record of {} bytes, larger than the cap", header.length))));
            return Ok(Some(too_large.into_iter().collect()));
        }
        let mut content = Vec::new();
        self.input.by_ref().take(header.length).read_to_end(&mut content)?;
        let mut origin = self.place(&header);
        if (content.len() as u64) < header.length {
            return Ok(Some(vec![Err(origin.unread(&format!(
                "the record breaks off after {} of {} bytes",
                content.len(),
                header.length
            )))]));
        }
        if header.kind != "response" {
            origin.media_type = header.media_type;
            return Ok(Some(read_bytes(&content, &origin, self.limits)));
        }
        Ok(Some(response(&content, origin, self.limits)))
    }

    fn place(&self, header: &Header) -> Origin {
        let name = format!("{}#{} {}", self.origin.name, self.record, header.target.as_deref().unwrap_or("-"));
        Origin { name, url: header.target.clone(), media_type: None, depth: self.origin.depth + 1 }
    }

    fn discard(&mut self, length: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
        if passed < length { Err(io::Error::other(format!("the last record breaks off after {passed} of {length} bytes"))) } else { Ok(()) }
    }

    /// The headers of the next record; `None` at the end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.input.by_ref().take(MAX_HEADER_BYTES).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            // Between records stand empty lines; after a lying length, anything.
            if line.starts_with(b"WARC/") {
                break;
            }
        }
        let (mut header, mut read) = (Header::default(), 0u64);
        loop {
            line.clear();
            read += self.input.by_ref().take(MAX_HEADER_BYTES).read_until(b'\n', &mut line)? as u64;
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            if text.is_empty() || read > MAX_HEADER_BYTES {
                return Ok(Some(header));
            }
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => header.target = Some(value.trim_matches(['<', '>']).to_owned()),
                "content-type" => header.media_type = Some(value.to_owned()),
                "content-length" => header.length = value.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

impl Iterator for Records {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.found.next() {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            match self.step() {
                Ok(Some(items)) => self.found = items.into_iter(),
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(self.origin.unread(&format!("cannot be read after record {}: {error}", self.record))));
                }
            }
        }
    }
}

fn is_text(media: &str) -> bool {
    ["text/html", "application/xhtml", "text/plain"].iter().any(|kind| media.starts_with(kind))
}

/// The articles of a server's answer: only of a page that was found.
fn response(content: &[u8], mut origin: Origin, limits: Limits) -> Vec<Item> {
    let end = content.windows(4).take(MAX_HEADER_BYTES as usize).position(|four| four == b"\r\n\r\n");
    let Some(end) = end else { return vec![Err(origin.unread("an answer without headers"))] };
    let head = String::from_utf8_lossy(&content[..end]).into_owned();
    let mut body = &content[end + 4..];
    let status = head.split_whitespace().nth(1).unwrap_or("");
    let field = |wanted: &str| {
        head.lines()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim().to_owned())
    };
    let media = field("content-type");
    if !status.starts_with('2') || !media.as_deref().is_none_or(|media| is_text(&media.to_ascii_lowercase())) || body.is_empty() {
        return Vec::new();
    }
    let whole = field("transfer-encoding").filter(|coding| coding.eq_ignore_ascii_case("chunked")).and_then(|_| dechunk(body));
    body = whole.as_deref().unwrap_or(body);
    origin.media_type = media;
    match field("content-encoding").as_deref() {
        Some("br" | "zstd") if !body.trim_ascii_start().starts_with(b"<") => {
            vec![Err(origin.unread("the page is compressed with a method that is not read"))]
        }
        Some("deflate") if !body.trim_ascii_start().starts_with(b"<") => inflate(body, &origin, limits),
        _ => read_bytes(body, &origin, limits),
    }
}

fn inflate(body: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    let mut plain = Vec::new();
    match flate2::read::ZlibDecoder::new(body).take(limits.item_bytes).read_to_end(&mut plain) {
        Ok(_) => read_bytes(&plain, origin, limits),
        Err(error) => vec![Err(origin.unread(&format!("the page cannot be decompressed: {error}")))],
    }
}

/// The chunks of a body joined; `None` when it is not in chunks, as many archives store it.
fn dechunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let line = body.iter().take(32).position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&body[..line]).ok()?.trim().split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[line + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..size)?);
        body = body.get(size..)?.strip_prefix(b"\r\n").or_else(|| body.get(size..)?.strip_prefix(b"\n"))?;
    }
}
