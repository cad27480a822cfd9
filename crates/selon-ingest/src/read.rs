//! The bytes of one thing → its articles. Containers that can be large are streamed by `input` and `container::warc` instead.

use selon_core::article::Article;
use selon_core::record::ProblemRecord;

use crate::container::{compressed, docx, feed, lines, mail, parquet, press, table, zipped};
use crate::limits::Limits;
use crate::{Kind, charset, date, html, kind};

/// An article, or why there is none.
pub type Item = Result<Article, ProblemRecord>;

/// Where bytes come from and what is known of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// How messages call it: a path, an address, a member of an archive.
    pub name: String,
    /// Address, where there is one.
    pub url: Option<String>,
    /// Content-Type, as a server or archive gave it.
    pub media_type: Option<String>,
    /// Containers around it.
    pub depth: usize,
}

impl Origin {
    /// A member within this container.
    pub fn within(&self, member: &str) -> Origin {
        Origin { name: format!("{}!{member}", self.name), url: None, media_type: None, depth: self.depth + 1 }
    }

    /// The problem that this is not read, for this cause.
    pub fn unread(&self, cause: &str) -> ProblemRecord {
        unread(&self.name, cause)
    }
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

/// The articles of some bytes held in memory, in order. Never empty: nothing to read is a problem.
pub fn read_bytes(bytes: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    if bytes.len() as u64 > limits.item_bytes {
        let most = limits.item_bytes >> 20;
        return vec![Err(origin
            .unread(&format!("larger than {most} MiB, too long for one article; split it, or give JSON Lines with an article a line")))];
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return vec![Err(origin.unread("empty: there is nothing to code"))];
    }
    if origin.depth > limits.depth {
        return vec![Err(origin.unread(&format!("more than {} containers within each other", limits.depth)))];
    }
    let read = match kind(bytes, &origin.name, origin.media_type.as_deref()) {
        Kind::Gzip | Kind::Zstd => compressed::read(bytes, origin, limits),
        Kind::Zip if zipped::is_docx(bytes) => docx::read(bytes, origin, limits),
        Kind::Docx => docx::read(bytes, origin, limits),
        Kind::Zip => zipped::read(bytes, origin, limits),
        Kind::Html => page(bytes, origin, limits),
        Kind::XmlFeed => feed::xml(bytes, origin, limits),
        Kind::JsonFeed => feed::json(bytes, origin, limits),
        Kind::JsonLines => lines::Lines::new(Box::new(std::io::Cursor::new(bytes.to_vec())), origin.name.clone(), limits).collect(),
        Kind::Csv => table::read(Box::new(std::io::Cursor::new(bytes.to_vec())), origin, limits).collect(),
        Kind::Mail => mail::read(bytes, origin, limits),
        Kind::Rtf => press::rtf(bytes, origin),
        Kind::Warc => {
            crate::container::warc::Records::new(Box::new(std::io::Cursor::new(bytes.to_vec())), origin.clone(), limits).collect()
        }
        Kind::Parquet => parquet::read(bytes, origin),
        Kind::Pdf => vec![Err(origin.unread("a PDF, which is not read; turn it into text first, for example with pdftotext -layout"))],
        Kind::Binary => vec![Err(origin.unread("binary, not text; give text, pages, feeds, archives, mail or a table of articles"))],
        Kind::Text => vec![text(bytes, origin)],
    };
    if read.is_empty() { vec![Err(origin.unread("there is no article in it"))] } else { read }
}

/// Plain text: the given characters unchanged, but for the character set.
fn text(bytes: &[u8], origin: &Origin) -> Item {
    let (text, _) = charset::decode(bytes, origin.media_type.as_deref().and_then(charset::of_content_type));
    let published = date::of_name(&origin.name);
    Ok(Article { url: Some(origin.url.clone().unwrap_or_else(|| origin.name.clone())), text, published, ..Article::default() })
}

/// A page, or a press database's export of many articles in one page.
fn page(bytes: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    let (html, _) = charset::decode(bytes, origin.media_type.as_deref().and_then(charset::of_content_type));
    if let Some(articles) = press::html(&html, limits) {
        return articles.into_iter().map(Ok).collect();
    }
    let page = html::read(&html, origin.url.as_deref(), limits);
    if page.text.is_empty() {
        return vec![Err(origin.unread("a page without an article: no block of prose was found on it"))];
    }
    let url = page.url.unwrap_or_else(|| origin.name.clone());
    let published = page.published.or_else(|| date::of_name(&origin.name));
    let outlet = page.outlet.or_else(|| host(&url).map(str::to_owned));
    vec![Ok(Article { url: Some(url), outlet, title: page.title, text: page.text, published, lang: page.lang })]
}

/// The host of an address, without `www.`.
pub fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}
