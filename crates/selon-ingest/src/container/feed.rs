//! RSS 0.9–2.0, RDF, Atom and JSON Feed: their entries.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use selon_core::article::Article;
use serde::Deserialize;

use crate::limits::Limits;
use crate::read::{Item, Origin, host};
use crate::{charset, date, html};

/// One entry of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Address of the article's page.
    pub link: Option<String>,
    /// The feed's own name for it, stable when the address changes.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// RFC 3339 or a date.
    pub published: Option<String>,
    /// The fullest text given, as HTML or plain.
    pub content: String,
}

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its title: the outlet.
    pub title: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// Its entries in order.
    pub entries: Vec<Entry>,
}

/// Articles of an XML feed's entries; without text, their problem.
pub fn xml(bytes: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    articles(parse_xml(bytes, origin.media_type.as_deref(), limits), origin, limits)
}

/// Articles of a JSON Feed's entries.
pub fn json(bytes: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    articles(parse_json(bytes, limits), origin, limits)
}

fn articles(feed: Result<Feed, String>, origin: &Origin, limits: Limits) -> Vec<Item> {
    let feed = match feed {
        Ok(feed) => feed,
        Err(cause) => return vec![Err(origin.unread(&format!("a feed that cannot be read: {cause}")))],
    };
    feed.entries
        .iter()
        .enumerate()
        .map(|(at, entry)| article(&feed, entry, limits).ok_or_else(|| origin.unread(&format!("entry {} has no text", at + 1))))
        .collect()
}

/// The article that an entry itself carries; `None` when it has no text.
pub fn article(feed: &Feed, entry: &Entry, limits: Limits) -> Option<Article> {
    let text = html::fragment(&entry.content, limits);
    let url = entry.link.clone().or_else(|| entry.id.clone());
    let outlet = feed.title.clone().or_else(|| url.as_deref().and_then(host).map(str::to_owned));
    let article = Article { url, outlet, title: entry.title.clone(), text, published: entry.published.clone(), lang: feed.lang.clone() };
    (!article.text.trim().is_empty()).then_some(article)
}

/// Reads either kind.
///
/// # Errors
/// What makes it no feed.
pub fn parse(bytes: &[u8], media_type: Option<&str>, limits: Limits) -> Result<Feed, String> {
    if bytes.trim_ascii_start().starts_with(b"{") { parse_json(bytes, limits) } else { parse_xml(bytes, media_type, limits) }
}

#[derive(Deserialize)]
struct JsonFeed {
    title: Option<String>,
    language: Option<String>,
    #[serde(default)]
    items: Vec<JsonItem>,
}

#[derive(Deserialize)]
struct JsonItem {
    id: Option<serde_json::Value>,
    url: Option<String>,
    title: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    date_published: Option<String>,
}

fn parse_json(bytes: &[u8], limits: Limits) -> Result<Feed, String> {
    let (text, _) = charset::decode(bytes, None);
    let feed: JsonFeed = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let entries = feed.items.into_iter().take(limits.items).map(|item| Entry {
        link: item.url,
        id: item.id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)),
        title: item.title,
        published: item.date_published.and_then(|given| date::normalise(&given, None)),
        content: item.content_html.or(item.content_text).or(item.summary).unwrap_or_default(),
    });
    Ok(Feed { title: feed.title, lang: feed.language, entries: entries.collect() })
}

/// Where the text being read belongs.
#[derive(Default)]
struct Reading {
    feed: Feed,
    entry: Option<Entry>,
    path: Vec<String>,
    text: String,
    updated: Option<String>,
}

fn parse_xml(bytes: &[u8], media_type: Option<&str>, limits: Limits) -> Result<Feed, String> {
    let (text, _) = charset::decode(bytes, media_type.and_then(charset::of_content_type));
    let mut reader = Reader::from_str(&text);
    // Feeds are written by hand more often than one thinks: what can be read is read.
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut reading = Reading::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if reading.path.len() >= limits.nesting {
                    return Err(format!("elements nest more than {} deep", limits.nesting));
                }
                reading.start(&tag);
                reading.path.push(local(&tag));
                reading.text.clear();
            }
            Ok(Event::Empty(tag)) => reading.start(&tag),
            Ok(Event::End(_)) => reading.end(limits),
            Ok(Event::Text(text)) => reading.text.push_str(&text),
            Ok(Event::CData(text)) => reading.text.push_str(&text),
            // Entities of a document type definition are never expanded: a billion laughs stay one.
            Ok(Event::GeneralRef(name)) => reading.text.push_str(&entity(&name)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) if !reading.feed.entries.is_empty() => break,
            Err(error) => return Err(error.to_string()),
        }
        if reading.text.len() as u64 > limits.item_bytes {
            return Err("an element is larger than the cap".into());
        }
    }
    Ok(reading.feed)
}

fn local(tag: &BytesStart) -> String {
    tag.name().as_ref().to_ascii_lowercase()
}

impl Reading {
    fn start(&mut self, tag: &BytesStart) {
        let name = local(tag);
        if matches!(name.as_str(), "item" | "entry") {
            self.entry = Some(Entry::default());
            self.updated = None;
        }
        let attribute = |wanted: &str| {
            let found = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == wanted)?;
            Some(found.value.replace("&amp;", "&"))
        };
        if name == "feed" {
            self.feed.lang = attribute("xml:lang");
        }
        if name == "link"
            && let (Some(entry), Some(address)) = (&mut self.entry, attribute("href"))
            && attribute("rel").is_none_or(|relation| relation == "alternate")
        {
            entry.link.get_or_insert(address);
        }
    }

    fn end(&mut self, limits: Limits) {
        let Some(name) = self.path.pop() else { return };
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let Some(entry) = &mut self.entry else {
            let is_head = self.path.last().is_some_and(|above| matches!(above.as_str(), "channel" | "feed"));
            match name.as_str() {
                "title" if is_head && !text.is_empty() => self.feed.title = Some(text.to_owned()),
                "language" | "dc:language" if !text.is_empty() => self.feed.lang = Some(text.to_owned()),
                _ => {}
            }
            return;
        };
        let own = self.path.last().is_some_and(|above| matches!(above.as_str(), "item" | "entry"));
        if matches!(name.as_str(), "item" | "entry") {
            let mut entry = std::mem::take(entry);
            entry.published = entry.published.or(self.updated.take());
            self.entry = None;
            if self.feed.entries.len() < limits.items {
                self.feed.entries.push(entry);
            }
            return;
        }
        if !own || text.is_empty() {
            return;
        }
        match name.as_str() {
            "title" => entry.title = Some(plain(text)),
            "link" => entry.link = Some(text.to_owned()),
            "guid" | "id" => {
                let address = text.starts_with("http") && entry.link.is_none() && name == "guid";
                entry.id = Some(text.to_owned());
                if address {
                    entry.link = Some(text.to_owned());
                }
            }
            "pubdate" | "published" | "dc:date" | "issued" | "dcterms:created" => entry.published = date::normalise(text, None),
            "updated" | "modified" => self.updated = date::normalise(text, None),
            "content:encoded" | "content" | "description" | "summary" if text.len() > entry.content.len() => {
                entry.content = text.to_owned()
            }
            _ => {}
        }
    }
}

/// A title may be HTML within text.
fn plain(text: &str) -> String {
    if text.contains(['<', '&']) { html::fragment(text, Limits::default()).replace("\n\n", " ") } else { text.to_owned() }
}

/// The characters of a reference: XML's five, numbers, and HTML's usual names; others stand as they were written.
pub fn entity(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => digits.parse().ok(),
    });
    if let Some(letter) = number.and_then(char::from_u32) {
        return letter.to_string();
    }
    match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        other => format!("&{other};"),
    }
}
