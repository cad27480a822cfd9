//! Exports of press databases: one RTF or HTML file with many articles, each with its head.
//!
//! Two shapes are known. In Factiva's, two-letter fields stand before the values (HD headline, SN outlet, PD date, LP and TD
//! text, AN accession number, LA language). In Europresse's HTML, every `article` element has a head with outlet, date and title.

use dom_query::{Document, NodeRef};
use selon_core::article::Article;

use crate::html;
use crate::limits::Limits;
use crate::read::{Item, Origin};
use crate::{charset, date};

/// The articles of an RTF: of a fielded export, else the whole as one.
pub fn rtf(bytes: &[u8], origin: &Origin) -> Vec<Item> {
    let text = plain(bytes);
    let articles = fielded(&text);
    if !articles.is_empty() {
        return articles.into_iter().map(Ok).collect();
    }
    if text.trim().is_empty() {
        return vec![Err(origin.unread("rich text without words"))];
    }
    let published = date::of_name(&origin.name);
    vec![Ok(Article { url: Some(origin.name.clone()), text: text.trim().to_owned(), published, ..Article::default() })]
}

/// The articles of an HTML export; `None` when the page is none.
pub fn html(page: &str, limits: Limits) -> Option<Vec<Article>> {
    if page.contains("DocHeader") || page.contains("titreArticle") {
        return europresse(page, limits);
    }
    let is_factiva = page.contains("factivaHeader") || page.matches("<b>HD").count() + page.matches("<b>LP").count() >= 2;
    if !is_factiva {
        return None;
    }
    let articles = fielded(&rows(page));
    (!articles.is_empty()).then_some(articles)
}

/// A table of fields as lines of field, tab, value.
fn rows(page: &str) -> String {
    let document = Document::from(page);
    let mut lines = String::new();
    for row in document.select("tr").iter() {
        let cells = row.select("td");
        let [field, value] = cells.nodes() else { continue };
        let value = paragraphs(value);
        lines.push_str(&format!("{}\t{}\n", field.text().trim(), value));
    }
    lines
}

fn paragraphs(cell: &NodeRef) -> String {
    let inner = cell.inner_html();
    html::fragment(&inner, Limits::default()).replace("\n\n", "\u{2029}")
}

/// Articles of lines that begin with a two-letter field.
fn fielded(text: &str) -> Vec<Article> {
    let (mut articles, mut open, mut last): (Vec<Article>, Fields, Option<usize>) = (Vec::new(), Fields::default(), None);
    for line in text.lines() {
        let (field, value) = match line.trim_start().split_once(['\t', ' ']) {
            Some((field, value)) if FIELDS.contains(&field) => (FIELDS.iter().position(|known| *known == field), value),
            _ if FIELDS.contains(&line.trim()) => (FIELDS.iter().position(|known| *known == line.trim()), ""),
            _ => (None, line),
        };
        // A headline, or a second one of any field that stands once, begins the next article.
        if field == Some(0) && open.any() {
            articles.extend(std::mem::take(&mut open).article());
        }
        last = field.or(last);
        if let Some(at) = last {
            open.add(at, value.trim());
        }
    }
    articles.extend(open.article());
    articles
}

/// Fields of the export; lines without one belong to the field before.
const FIELDS: &[&str] = &[
    "HD", "SN", "PD", "LP", "TD", "AN", "LA", "BY", "WC", "SC", "PG", "CY", "CO", "IN", "NS", "RE", "PUB", "ET", "CR", "ART", "CT", "IPD",
    "IPC", "SE", "ED", "VOL", "CLM", "RF",
];

#[derive(Default)]
struct Fields([String; 7]);

impl Fields {
    fn any(&self) -> bool {
        !self.0[3].is_empty() || !self.0[4].is_empty()
    }

    fn add(&mut self, at: usize, value: &str) {
        let Some(field) = self.0.get_mut(at) else { return };
        if !field.is_empty() && !value.is_empty() {
            field.push_str(if at == 3 || at == 4 { "\n\n" } else { " " });
        }
        field.push_str(value);
    }

    fn article(self) -> Option<Article> {
        let [title, outlet, published, lead, rest, id, lang] = self.0;
        let text = [lead, rest]
            .iter()
            .filter(|part| !part.trim().is_empty())
            .map(|part| part.replace('\u{2029}', "\n\n"))
            .collect::<Vec<_>>()
            .join("\n\n");
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let lang = match lang.to_lowercase().get(..2) {
            Some("fr") => Some("fr".to_owned()),
            Some("en" | "an") => Some("en".to_owned()),
            _ => None,
        };
        let id = given(&id).map(|id| id.trim_start_matches("Document ").to_owned());
        (!text.is_empty()).then(|| Article {
            url: id,
            outlet: given(&outlet),
            title: given(&title),
            text,
            published: date::normalise(&published, lang.as_deref()),
            lang,
        })
    }
}

fn europresse(page: &str, limits: Limits) -> Option<Vec<Article>> {
    let document = Document::from(page);
    let mut articles = Vec::new();
    for element in document.select("article").iter().take(limits.items) {
        let text_of = |selectors: &str| {
            let found = element.select_single(selectors).text();
            let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
            (!found.is_empty()).then_some(found)
        };
        let body = element.select_single(".docOcurrContainer, .DocText, .texteArticle");
        let text = html::fragment(&body.inner_html(), limits);
        if text.is_empty() {
            continue;
        }
        let published = text_of(".DocHeader, .dateArticle").and_then(|head| date::normalise(&head, Some("fr")));
        let outlet = text_of(".DocPublicationName, .source").map(|name| name.split(',').next().unwrap_or("").trim().to_owned());
        articles.push(Article {
            url: text_of(".publicationID, .docId"),
            outlet,
            title: text_of(".titreArticle, .titreArticleVisu"),
            text,
            published,
            lang: None,
        });
    }
    (!articles.is_empty()).then_some(articles)
}

/// RTF groups whose content is no text of the document.
const SILENT: &[&str] =
    &["fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "generator", "fldinst", "themedata", "listtable", "object"];

/// The text of an RTF.
fn plain(bytes: &[u8]) -> String {
    let (mut text, mut at, mut silent, mut depth, mut skip) = (String::new(), 0usize, None::<usize>, 0usize, 0usize);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                silent = silent.filter(|within| depth >= *within);
            }
            b'\\' => match bytes.get(at) {
                Some(b'\'') => {
                    let code = bytes
                        .get(at + 1..at + 3)
                        .and_then(|digits| std::str::from_utf8(digits).ok())
                        .and_then(|digits| u8::from_str_radix(digits, 16).ok());
                    at += 3;
                    if skip > 0 {
                        skip -= 1;
                    } else if silent.is_none() {
                        text.extend(code.map(charset::western));
                    }
                }
                Some(b'*') => {
                    silent = silent.or(Some(depth));
                    at += 1;
                }
                Some(letter) if letter.is_ascii_alphabetic() => {
                    let (word, value, next) = control(bytes, at);
                    at = next;
                    if SILENT.contains(&word.as_str()) {
                        silent = silent.or(Some(depth));
                    }
                    if silent.is_none() {
                        match word.as_str() {
                            "par" | "line" | "row" => text.push('\n'),
                            "tab" | "cell" => text.push('\t'),
                            "emdash" => text.push('—'),
                            "endash" => text.push('–'),
                            "lquote" => text.push('‘'),
                            "rquote" => text.push('’'),
                            "ldblquote" => text.push('“'),
                            "rdblquote" => text.push('”'),
                            "u" => {
                                let code = value.unwrap_or(0);
                                text.extend(u32::try_from(if code < 0 { code + 65_536 } else { code }).ok().and_then(char::from_u32));
                                skip = 1;
                            }
                            _ => {}
                        }
                    }
                }
                Some(b'~') => {
                    text.push('\u{a0}');
                    at += 1;
                }
                Some(b'-') => at += 1,
                Some(other) => {
                    if silent.is_none() {
                        text.push(char::from(*other));
                    }
                    at += 1;
                }
                None => {}
            },
            b'\r' | b'\n' => {}
            _ if skip > 0 => skip -= 1,
            byte if silent.is_none() => text.push(charset::western(byte)),
            _ => {}
        }
    }
    text
}

/// A control word, its number, and where it ends.
fn control(bytes: &[u8], start: usize) -> (String, Option<i32>, usize) {
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        at += 1;
    }
    let word = String::from_utf8_lossy(&bytes[start..at]).into_owned();
    let number = at;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    let value = std::str::from_utf8(&bytes[number..at]).ok().and_then(|digits| digits.parse().ok());
    if bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    (word, value, at)
}
