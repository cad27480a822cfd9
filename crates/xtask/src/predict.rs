//! Runs one stage over a public set and prints its predictions, one JSON object a line, for the set's own scorer.
//!
//! `cargo xtask predict timex timebank.jsonl.gz > timex.jsonl`

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use selon_core::language::Language;
use selon_core::place::{given, places};
use selon_core::segment::segment;
use selon_core::tag::tag;
use selon_core::time::times_in;
use selon_core::words::scan;
use selon_data::Knowledge;

/// Prints the predictions of a task for every row of a file (JSON Lines, `.gz` or not).
///
/// # Errors
/// An unknown task, an unreadable file, a line that is no JSON object.
pub fn run(task: &str, path: &str) -> Result<()> {
    let knowledge = Knowledge::embedded()?;
    let file = File::open(path).with_context(|| path.to_owned())?;
    let reader: Box<dyn Read> = if path.ends_with(".gz") { Box::new(flate2::read::GzDecoder::new(file)) } else { Box::new(file) };
    let mut out = std::io::stdout().lock();
    for line in BufReader::new(reader).lines() {
        let row: Value = serde_json::from_str(&line?).with_context(|| path.to_owned())?;
        let prediction = match task {
            "timex" => timex(&row, &knowledge),
            "geotag" => toponyms(&row, &knowledge),
            "geocode" => geocode(&row, &knowledge),
            other => bail!("no task `{other}`; tasks are timex, geotag, geocode"),
        };
        writeln!(out, "{prediction}")?;
    }
    Ok(())
}

/// Character offset of each byte offset asked for, in rising order.
struct Characters<'a> {
    text: &'a str,
    byte: usize,
    character: usize,
}

impl<'a> Characters<'a> {
    fn new(text: &'a str) -> Self {
        Characters { text, byte: 0, character: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.character) = (0, 0);
        }
        self.character += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.character
    }
}

fn timex(row: &Value, knowledge: &Knowledge) -> Value {
    let text = row["text"].as_str().unwrap_or("");
    let published = row["dct"].as_str().and_then(|dct| dct.get(..10)).and_then(|day| day.parse().ok());
    let published = published.or_else(|| row["published"].as_str().and_then(|day| day.get(..10)).and_then(|day| day.parse().ok()));
    let language = row["lang"].as_str().unwrap_or("en");
    let found = knowledge.languages.get(language).map(|data| times_in(&scan(text), published, &data.time)).unwrap_or_default();
    let mut characters = Characters::new(text);
    let list: Vec<Value> = found
        .iter()
        .map(|timex| {
            let (start, end) = (characters.at(timex.span.start), characters.at(timex.span.end));
            json!({"start": start, "end": end, "text": timex.span.of(text), "type": timex.kind, "value": timex.value, "from": timex.from, "to": timex.to})
        })
        .collect();
    json!({"id": row["id"], "timex": list})
}

fn document(row: &Value) -> selon_core::document::Document {
    let language = Language::parse(row["lang"].as_str().unwrap_or("en"));
    let mut document = segment(row["text"].as_str().unwrap_or(""), language);
    tag(&mut document);
    document
}

fn listed(row: &Value, found: &[selon_core::place::Toponym]) -> Value {
    let text = row["text"].as_str().unwrap_or("");
    let mut characters = Characters::new(text);
    let list: Vec<Value> = found
        .iter()
        .map(|toponym| {
            let (start, end) = (characters.at(toponym.span.start), characters.at(toponym.span.end));
            json!({
                "start": start, "end": end, "text": toponym.span.of(text), "lat": toponym.lat, "lon": toponym.lon, "geonames_id": toponym.geonames,
                "country": toponym.country, "feature": toponym.feature, "confidence": toponym.confidence,
            })
        })
        .collect();
    json!({"id": row["id"], "toponyms": list})
}

fn toponyms(row: &Value, knowledge: &Knowledge) -> Value {
    let document = document(row);
    let found = knowledge
        .languages
        .get(document.language.code())
        .map(|data| places(&document, &knowledge.gazetteer, &data.places, &knowledge.countries))
        .unwrap_or_default();
    listed(row, &found)
}

/// Resolves the spans that the set gives.
fn geocode(row: &Value, knowledge: &Knowledge) -> Value {
    let document = document(row);
    let mut starts = Vec::new();
    let mut bytes: Vec<usize> = document.text.char_indices().map(|(byte, _)| byte).collect();
    bytes.push(document.text.len());
    for toponym in row["toponyms"].as_array().into_iter().flatten() {
        let at = |key: &str| toponym[key].as_u64().and_then(|at| bytes.get(at as usize)).copied().unwrap_or(0);
        starts.push(selon_core::document::Span::new(at("start"), at("end")));
    }
    let found = knowledge
        .languages
        .get(document.language.code())
        .map(|data| given(&document, &starts, &knowledge.gazetteer, &data.places, &knowledge.countries))
        .unwrap_or_default();
    listed(row, &found)
}
