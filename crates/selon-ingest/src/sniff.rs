//! What kind of thing some bytes are: their beginning decides, then what a server said, then the name.

/// Kinds of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain text: one article.
    Text,
    /// A page.
    Html,
    /// RSS, RDF or Atom.
    XmlFeed,
    /// A JSON Feed.
    JsonFeed,
    /// An article a line.
    JsonLines,
    /// A table with a header row.
    Csv,
    /// A web archive.
    Warc,
    /// A ZIP of web archives, or any ZIP of readable files.
    Zip,
    /// A word processor's document.
    Docx,
    /// A mail.
    Mail,
    /// Rich text, as press databases export.
    Rtf,
    /// A PDF.
    Pdf,
    /// An Apache Parquet table.
    Parquet,
    /// gzip around something else.
    Gzip,
    /// Zstandard around something else.
    Zstd,
    /// None of these.
    Binary,
}

/// The kind of the bytes that begin with `head`; `name` and `media_type` help where the bytes leave it open.
pub fn kind(head: &[u8], name: &str, media_type: Option<&str>) -> Kind {
    magic(head, name).unwrap_or_else(|| textual(head, name, media_type))
}

fn magic(head: &[u8], name: &str) -> Option<Kind> {
    let extension = extension(name);
    Some(match head {
        [0x1f, 0x8b, ..] => Kind::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Kind::Zstd,
        // A WARC.zst may begin with a skippable frame that carries its dictionary.
        [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Kind::Zstd,
        [b'P', b'K', 3 | 5, 4 | 6, ..] if extension == "docx" => Kind::Docx,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Kind::Zip,
        [b'P', b'A', b'R', b'1', ..] => Kind::Parquet,
        [b'%', b'P', b'D', b'F', ..] => Kind::Pdf,
        [b'{', b'\\', b'r', b't', b'f', ..] => Kind::Rtf,
        [b'W', b'A', b'R', b'C', b'/', ..] => Kind::Warc,
        _ => return None,
    })
}

fn textual(head: &[u8], name: &str, media_type: Option<&str>) -> Kind {
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    if !utf16 && head.iter().take(8192).any(|byte| *byte == 0) {
        return Kind::Binary;
    }
    let (text, _) = crate::charset::decode(&head[..head.len().min(4096)], None);
    let text = text.trim_start();
    let lower = text.to_ascii_lowercase();
    let extension = extension(name);
    let media = media_type.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if text.starts_with('<') {
        if ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| lower.contains(tag)) && !lower.contains("<html") {
            return Kind::XmlFeed;
        }
        if ["<!doctype html", "<html", "<head", "<body", "<meta", "<div", "<article", "<p>", "<title"].iter().any(|tag| lower.contains(tag))
        {
            return Kind::Html;
        }
    }
    if text.starts_with('{') {
        return if lower.contains("jsonfeed.org/version") { Kind::JsonFeed } else { Kind::JsonLines };
    }
    match (extension, media.as_str()) {
        ("html" | "htm" | "xhtml", _) | (_, "text/html" | "application/xhtml+xml") => Kind::Html,
        ("jsonl" | "ndjson" | "json", _) | (_, "application/x-ndjson") => Kind::JsonLines,
        ("csv" | "tsv", _) | (_, "text/csv") => Kind::Csv,
        ("eml", _) | (_, "message/rfc822") => Kind::Mail,
        _ => Kind::Text,
    }
}

/// The last extension of the name that is not one of compression, in lower case where it is known.
pub fn extension(name: &str) -> &str {
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    name.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_decides() {
        let check = |head: &[u8], name: &str, expected: Kind| assert_eq!(kind(head, name, None), expected, "{name}");
        check(b"<?xml version='1.0'?><rss version='2.0'>", "x.txt", Kind::XmlFeed);
        check(b"\n<!DOCTYPE html><html>", "x", Kind::Html);
        check(b"{\"version\":\"https://jsonfeed.org/version/1.1\"", "x", Kind::JsonFeed);
        check(b"{\"text\":\"a\"}\n", "x", Kind::JsonLines);
        check(b"WARC/1.0\r\n", "x", Kind::Warc);
        check(b"url,text\n", "x.csv", Kind::Csv);
        check(b"Des civils", "x", Kind::Text);
        check(b"\x7fELF\0\0", "x.txt", Kind::Binary);
        assert_eq!(extension("a/b.warc.gz"), "warc");
    }
}
