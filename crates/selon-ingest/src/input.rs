//! Paths → articles, one after the other, streamed; every one has a position at which a later run can go on.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use selon_core::article::Article;
use serde::{Deserialize, Serialize};

use crate::container::{compressed, lines, table, warc, zipped};
use crate::limits::Limits;
use crate::read::{Item, Origin, read_bytes, unread};
use crate::{Kind, date, kind, sniff};

/// Containers that hold others, as a path's file may: gzip in gzip.
const MAX_LAYERS: usize = 3;

/// Extensions of files that are read when a folder is given.
const READABLE: &[&str] = &[
    "txt", "text", "md", "jsonl", "ndjson", "json", "csv", "tsv", "html", "htm", "xhtml", "xml", "rss", "atom", "rdf", "warc", "wacz",
    "zip", "eml", "rtf", "docx", "pdf", "parquet",
];

/// Where an article stood: the file and how many items of it came before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The path as it was given or found; `-` for standard input.
    pub file: PathBuf,
    /// Items (articles and problems) of that file up to and with this one.
    pub items: u64,
}

/// Articles of all inputs in order: files as given, folders by name.
pub struct Inputs {
    pending: VecDeque<PathBuf>,
    open: Option<Box<dyn Iterator<Item = Item> + Send>>,
    sidecar: Article,
    position: Position,
    limits: Limits,
    /// Files not yet opened, for a progress bar.
    pub files_left: usize,
}

impl Inputs {
    /// The articles of these paths.
    pub fn new(paths: &[PathBuf], limits: Limits) -> Inputs {
        let pending: VecDeque<PathBuf> = paths.iter().flat_map(|path| expand(path)).collect();
        Inputs { files_left: pending.len(), pending, open: None, sidecar: Article::default(), position: Position::default(), limits }
    }

    /// Where the last item stood.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Goes on after a position of an earlier run over the same paths. Whether that file is still among them.
    pub fn resume(&mut self, after: &Position) -> bool {
        let Some(at) = self.pending.iter().position(|path| *path == after.file) else { return false };
        self.pending.drain(..at);
        self.files_left = self.pending.len();
        while self.position.file != after.file || self.position.items < after.items {
            // The file has become shorter since: what follows it is next.
            if self.position.items > 0 && self.open.is_none() && self.position.file != after.file {
                break;
            }
            if self.next().is_none() {
                break;
            }
        }
        true
    }

    fn open_next(&mut self) -> Option<()> {
        let path = self.pending.pop_front()?;
        self.files_left = self.pending.len();
        self.position = Position { file: path.clone(), items: 0 };
        self.sidecar = sidecar(&path);
        self.open = Some(open(&path, self.limits));
        Some(())
    }
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                self.position.items += 1;
                return Some(item.map(|article| complete(article, &self.sidecar)));
            }
            self.open = None;
            self.open_next()?;
        }
    }
}

fn expand(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let files = walkdir::WalkDir::new(path).sort_by_file_name().into_iter().flatten();
    let readable = |path: &Path| {
        let name = path.to_string_lossy();
        READABLE.contains(&sniff::extension(&name)) && !name.ends_with(".meta.json")
    };
    files.filter(|entry| entry.file_type().is_file() && readable(entry.path())).map(walkdir::DirEntry::into_path).collect()
}

/// What `FILE.meta.json` beside a file says of it; its own time stamps say nothing.
fn sidecar(path: &Path) -> Article {
    let mut name = path.as_os_str().to_owned();
    name.push(".meta.json");
    let Ok(content) = std::fs::read_to_string(&name) else { return Article::default() };
    let value: serde_json::Value = serde_json::from_str(&content).unwrap_or_default();
    let field = |name: &str| value.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    let lang = field("lang");
    let published = field("published").and_then(|given| date::normalise(&given, lang.as_deref()));
    Article { url: field("url"), outlet: field("outlet"), title: field("title"), text: String::new(), published, lang }
}

/// A sidecar is somebody's word for this file: it wins.
fn complete(mut article: Article, sidecar: &Article) -> Article {
    for (field, said) in [
        (&mut article.url, &sidecar.url),
        (&mut article.outlet, &sidecar.outlet),
        (&mut article.title, &sidecar.title),
        (&mut article.published, &sidecar.published),
        (&mut article.lang, &sidecar.lang),
    ] {
        if said.is_some() {
            field.clone_from(said);
        }
    }
    article
}

fn one(problem: selon_core::record::ProblemRecord) -> Box<dyn Iterator<Item = Item> + Send> {
    Box::new(std::iter::once(Err(problem)))
}

fn open(path: &Path, limits: Limits) -> Box<dyn Iterator<Item = Item> + Send> {
    let stdin = path.as_os_str() == "-";
    let name = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    if stdin {
        return layered(Box::new(BufReader::with_capacity(256 << 10, std::io::stdin())), &name, limits);
    }
    match File::open(path) {
        Ok(file) if sniff::extension(&name) == "wacz" || sniff::extension(&name) == "zip" => {
            match zip::ZipArchive::new(BufReader::new(file)) {
                Ok(archive) => Box::new(zipped::Members::new(archive, Origin { name, ..Origin::default() }, limits)),
                Err(error) => one(unread(&name, &format!("a ZIP that cannot be opened: {error}"))),
            }
        }
        Ok(file) => layered(Box::new(BufReader::with_capacity(256 << 10, file)), &name, limits),
        Err(error) => one(unread(&name, &format!("cannot be read: {error}"))),
    }
}

/// Unwraps compression and gives what is inside, streamed where it can be long.
fn layered(mut input: Box<dyn BufRead + Send>, name: &str, limits: Limits) -> Box<dyn Iterator<Item = Item> + Send> {
    for _ in 0..MAX_LAYERS {
        let found = match input.fill_buf() {
            Ok(head) => kind(head, name, None),
            Err(error) => return one(unread(name, &format!("cannot be read: {error}"))),
        };
        let origin = Origin { name: name.to_owned(), ..Origin::default() };
        let named_lines = matches!(sniff::extension(name), "jsonl" | "ndjson" | "json");
        match found {
            Kind::Gzip => input = compressed::gzip(input, limits),
            Kind::Zstd => input = compressed::zstd(input, limits),
            Kind::Warc => return Box::new(warc::Records::new(input, origin, limits)),
            Kind::JsonLines => return Box::new(lines::Lines::new(input, name.to_owned(), limits)),
            Kind::Text if named_lines => return Box::new(lines::Lines::new(input, name.to_owned(), limits)),
            Kind::Csv => return table::read(input, &origin, limits),
            _ => return whole(input, origin, limits),
        }
    }
    one(unread(name, "compressed more than three times over"))
}

fn whole(input: Box<dyn BufRead + Send>, mut origin: Origin, limits: Limits) -> Box<dyn Iterator<Item = Item> + Send> {
    let mut bytes = Vec::new();
    match input.take(limits.item_bytes + 1).read_to_end(&mut bytes) {
        Ok(_) => {
            // The member's own name says what it is: page.html.gz is a page.
            origin.name = origin.name.trim_end_matches(".gz").trim_end_matches(".zst").to_owned();
            Box::new(read_bytes(&bytes, &origin, limits).into_iter())
        }
        Err(error) => one(origin.unread(&format!("cannot be read: {error}"))),
    }
}
