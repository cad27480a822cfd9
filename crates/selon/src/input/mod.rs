//! What is on the command line → articles, one after the other. What cannot be read is told and skipped.

mod jsonl;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use selon_core::article::Article;
use selon_core::record::ProblemRecord;

use crate::cli::Assumed;

/// Largest single text in bytes; a JSON line may be as long.
pub const MAX_ARTICLE_BYTES: u64 = 32 * 1024 * 1024;

/// An article, or why there is none.
pub type Item = Result<Article, ProblemRecord>;

/// Articles of all inputs in order: files as given, folders by name.
pub struct Inputs {
    pending: VecDeque<PathBuf>,
    lines: Option<jsonl::Lines>,
    assumed: Assumed,
    /// Files not yet opened, for the progress bar.
    pub files_left: usize,
}

impl Inputs {
    /// The articles of these paths.
    pub fn new(paths: &[PathBuf], assumed: Assumed) -> Inputs {
        let pending: VecDeque<PathBuf> = paths.iter().flat_map(|path| expand(path)).collect();
        Inputs { files_left: pending.len(), pending, lines: None, assumed }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files_left
    }
}

fn expand(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let files = walkdir::WalkDir::new(path).sort_by_file_name().into_iter().flatten();
    let readable = |path: &Path| {
        path.extension().is_some_and(|extension| ["txt", "text", "md", "jsonl", "ndjson", "json"].iter().any(|known| extension == *known))
    };
    files.filter(|entry| entry.file_type().is_file() && readable(entry.path())).map(walkdir::DirEntry::into_path).collect()
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(item) = lines.next() {
                    return Some(item.map(|article| assume(article, &self.assumed)));
                }
                self.lines = None;
            }
            let path = self.pending.pop_front()?;
            self.files_left = self.pending.len();
            match open(&path) {
                Ok(Opened::Article(article)) => return Some(Ok(assume(*article, &self.assumed))),
                Ok(Opened::Lines(lines)) => self.lines = Some(lines),
                Err(problem) => return Some(Err(problem)),
            }
        }
    }
}

enum Opened {
    Article(Box<Article>),
    Lines(jsonl::Lines),
}

/// Fills in what the input does not say.
fn assume(mut article: Article, assumed: &Assumed) -> Article {
    article.published = article.published.or_else(|| assumed.published.clone());
    article.lang = article.lang.or_else(|| assumed.lang.clone());
    article.outlet = article.outlet.or_else(|| assumed.outlet.clone());
    article
}

/// A problem of an input.
pub fn unread(place: &str, cause: &str) -> ProblemRecord {
    ProblemRecord {
        stage: "ingest".into(),
        severity: "error".into(),
        document: None,
        start: None,
        end: None,
        message: format!("{place}: {cause}"),
    }
}

fn open(path: &Path) -> Result<Opened, ProblemRecord> {
    let name = if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
    let fail = |error: std::io::Error| unread(&name, &format!("cannot be read: {error}"));
    let mut reader: Box<dyn BufRead + Send> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).map_err(fail)?))
    };
    let first = reader.fill_buf().map_err(fail)?;
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    let begins_object = first.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let named_lines = path.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson" || extension == "json");
    if named_lines || begins_object {
        return Ok(Opened::Lines(jsonl::Lines::new(reader, name)));
    }
    let mut bytes = Vec::new();
    reader.take(MAX_ARTICLE_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
    let text = text(&name, bytes)?;
    let url = (path.as_os_str() != "-").then(|| path.display().to_string());
    Ok(Opened::Article(Box::new(Article { url, text, ..Article::default() })))
}

/// The bytes as text, or why they are none.
fn text(name: &str, bytes: Vec<u8>) -> Result<String, ProblemRecord> {
    if bytes.len() as u64 > MAX_ARTICLE_BYTES {
        return Err(unread(name, "larger than 32 MiB, too long for one article; split it, or give JSON Lines with an article a line"));
    }
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return Err(unread(name, "binary, not text; give a text file or JSON Lines"));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(unread(name, "empty: there is nothing to code"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        unread(
            name,
            &format!("not UTF-8: the byte at offset {at} begins no character; convert it, for example with iconv -f WINDOWS-1252 -t UTF-8"),
        )
    })
}
