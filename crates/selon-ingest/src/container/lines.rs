//! JSON Lines of articles: `{id, url, title, text, published, outlet, lang}` a line. A bad line is told, with its number, and skipped.

use std::io::{BufRead, Read};

use selon_core::article::Article;
use serde::Deserialize;

use crate::limits::Limits;
use crate::read::{Item, unread};

/// The articles of one JSON Lines file.
pub struct Lines {
    reader: Box<dyn BufRead + Send>,
    name: String,
    line: usize,
    limits: Limits,
    ended: bool,
}

#[derive(Deserialize)]
struct RawArticle {
    id: Option<serde_json::Value>,
    url: Option<String>,
    title: Option<String>,
    text: Option<String>,
    #[serde(alias = "date")]
    published: Option<String>,
    #[serde(alias = "source")]
    outlet: Option<String>,
    #[serde(alias = "language")]
    lang: Option<String>,
}

impl Lines {
    /// Reads articles from `reader`; `name` stands in messages.
    pub fn new(reader: Box<dyn BufRead + Send>, name: String, limits: Limits) -> Lines {
        Lines { reader, name, line: 0, limits, ended: false }
    }

    fn read_line(&mut self) -> Option<Result<Vec<u8>, String>> {
        if self.ended {
            return None;
        }
        let mut bytes = Vec::new();
        match self.reader.by_ref().take(self.limits.item_bytes).read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => {
                self.ended = true;
                return Some(Err(format!("cannot be read further: {error}")));
            }
        }
        self.line += 1;
        if bytes.len() as u64 == self.limits.item_bytes && !bytes.ends_with(b"\n") {
            let most = self.limits.item_bytes >> 20;
            let skipped = self.skip_rest();
            return Some(Err(format!(
                "the line is longer than {most} MiB and was skipped{}",
                if skipped { "" } else { "; the rest cannot be read" }
            )));
        }
        Some(Ok(bytes))
    }

    /// Skips to the next line end without keeping anything.
    fn skip_rest(&mut self) -> bool {
        loop {
            let Ok(buffer) = self.reader.fill_buf() else {
                self.ended = true;
                return false;
            };
            if buffer.is_empty() {
                return true;
            }
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.reader.consume(used);
            if end.is_some() {
                return true;
            }
        }
    }

    fn parse(&self, bytes: &[u8]) -> Item {
        let place = format!("{}:{}", self.name, self.line);
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let raw: RawArticle = serde_json::from_slice(bytes).map_err(|error| {
            unread(
                &place,
                &format!("not a JSON object of an article ({error}); write {{\"url\": …, \"text\": …, \"published\": …}} on one line"),
            )
        })?;
        let Some(text) = raw.text else { return Err(unread(&place, "no field `text`: there is nothing to code")) };
        let id = raw.id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
        Ok(Article { url: raw.url.or(id), outlet: raw.outlet, title: raw.title, text, published: raw.published, lang: raw.lang })
    }
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            let bytes = match self.read_line()? {
                Ok(bytes) => bytes,
                Err(cause) => return Some(Err(unread(&format!("{}:{}", self.name, self.line), &cause))),
            };
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                return Some(self.parse(&bytes));
            }
        }
    }
}
