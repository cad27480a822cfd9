//! CSV and TSV tables of articles, an article a row; columns are known by the names people give them.

use std::io::BufRead;

use selon_core::article::Article;

use crate::limits::Limits;
use crate::read::{Item, Origin, unread};
use crate::{charset, date};

/// Fields of an article and the headers under which they are found, the surest first.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("text", &["text", "body", "content", "full_text", "fulltext", "article", "texte", "contenu"]),
    ("url", &["url", "link", "lien", "id", "uri"]),
    ("title", &["title", "headline", "titre"]),
    ("published", &["published", "date", "published_at", "publish_date", "publication_date", "pubdate", "date_publication"]),
    ("outlet", &["outlet", "source", "publisher", "media", "journal", "site"]),
    ("lang", &["lang", "language", "langue"]),
];

/// The articles of a table, streamed.
pub fn read(mut input: Box<dyn BufRead + Send>, origin: &Origin, limits: Limits) -> Box<dyn Iterator<Item = Item> + Send> {
    let delimiter = match input.fill_buf() {
        Ok(head) => delimiter(head),
        Err(error) => return Box::new(std::iter::once(Err(origin.unread(&format!("cannot be read: {error}"))))),
    };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input);
    let header: Vec<String> = match rows.byte_headers() {
        Ok(header) => {
            header.iter().map(|name| charset::decode(name, None).0.trim_start_matches('\u{feff}').trim().to_lowercase()).collect()
        }
        Err(error) => return Box::new(std::iter::once(Err(origin.unread(&format!("no table: {error}"))))),
    };
    let column = |names: &[&str]| names.iter().find_map(|name| header.iter().position(|given| given == name));
    let at: Vec<Option<usize>> = COLUMNS.iter().map(|(_, names)| column(names)).collect();
    if at[0].is_none() {
        let message = format!("no column `text` in this table (it has {}); rename the one with the articles", header.join(", "));
        return Box::new(std::iter::once(Err(origin.unread(&message))));
    }
    let name = origin.name.clone();
    Box::new(rows.into_byte_records().map(move |row| {
        let row = row.map_err(|error| unread(&name, &format!("a row cannot be read: {error}")))?;
        let place = format!("{name}:{}", row.position().map_or(0, csv::Position::line));
        let cell = |field: usize| {
            let cell = row.get(at.get(field).copied().flatten()?)?;
            (!cell.trim_ascii().is_empty() && cell.len() as u64 <= limits.item_bytes).then(|| charset::decode(cell, None).0)
        };
        let Some(text) = cell(0) else { return Err(unread(&place, "the row has no text: there is nothing to code")) };
        let lang = cell(5);
        let published = cell(3).and_then(|given| date::normalise(&given, lang.as_deref()));
        Ok(Article { url: Some(cell(1).unwrap_or(place)), outlet: cell(4), title: cell(2), text, published, lang })
    }))
}

/// The likeliest of comma, semicolon and tab in the first line.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    let count = |wanted: u8| line.iter().filter(|byte| **byte == wanted).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|byte| (count(*byte), *byte == b',')).unwrap_or(b',')
}
