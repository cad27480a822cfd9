//! Hand-coded articles as the records that a perfect coder would give: what joining can be measured on by itself.

use std::collections::BTreeMap;

use anyhow::Result;
use selon_core::assemble::stable_id;
use selon_core::record::{
    DocumentRecord, EntityRecord, EventRecord, Evidence, FigureRecord, LinkRecord, PlaceRecord, SentenceRecord, TimeRecord,
};
use serde_json::Value;

/// An article of a bundle.
pub struct Article {
    /// Its document.
    pub document: DocumentRecord,
    /// Its events; `incident` is of the article alone.
    pub events: Vec<EventRecord>,
    /// The incident of each event across articles.
    pub keys: BTreeMap<String, String>,
    /// Name of its bundle.
    pub bundle: String,
}

/// The articles of a part of the corpus that belong to bundles.
///
/// # Errors
/// When the corpus cannot be read.
pub fn load(split: &str) -> Result<Vec<(Value, Article)>> {
    let mut all = Vec::new();
    for path in crate::corpus::files()? {
        let value: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        if value["split"] == split && value["bundle"].is_string() {
            let article = article(&value);
            all.push((value, article));
        }
    }
    Ok(all)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn article(value: &Value) -> Article {
    let body = text(&value["text"]).unwrap_or_default();
    let id = text(&value["id"]).unwrap_or_default();
    let document = DocumentRecord {
        id: stable_id(&[&id, &body]),
        url: Some(id.clone()),
        outlet: text(&value["source"]),
        title: text(&value["title"]),
        lang: text(&value["lang"]).unwrap_or_default(),
        published: text(&value["published"]),
        text: body,
        ..DocumentRecord::default()
    };
    let mut keys = BTreeMap::new();
    let mut events = Vec::new();
    for (index, given) in value["events"].as_array().into_iter().flatten().enumerate() {
        let event = event(given, &document.id, index);
        let key =
            text(&given["incident"]).map_or_else(|| event.id.clone(), |key| if key.starts_with('B') { key } else { format!("{id} {key}") });
        keys.insert(event.id.clone(), key);
        events.push(event);
    }
    Article { document, events, keys, bundle: text(&value["bundle"]).unwrap_or_default() }
}

fn event(value: &Value, document: &str, index: usize) -> EventRecord {
    let strings = |value: &Value| -> Vec<String> { value.as_array().into_iter().flatten().filter_map(text).collect() };
    let list = |value: &Value, role: fn(&Value) -> EntityRecord| value.as_array().into_iter().flatten().map(role).collect();
    let start = value["trigger_start"].as_u64().unwrap_or(0) as usize;
    let trigger = text(&value["trigger"]).unwrap_or_default();
    let key = text(&value["incident"]).unwrap_or_else(|| index.to_string());
    EventRecord {
        id: stable_id(&[document, &index.to_string()]),
        document: document.to_owned(),
        incident: Some(stable_id(&[document, &key])),
        sentence: SentenceRecord::default(),
        trigger: Evidence { end: start + trigger.chars().count(), text: trigger, start },
        event: text(&value["event"]).unwrap_or_default(),
        mode: strings(&value["mode"]),
        actor: list(&value["actor"], entity),
        recipient: list(&value["recipient"], entity),
        event_loc: (!value["event_loc"].is_null()).then(|| place(&value["event_loc"])),
        time: time(&value["time"]),
        figures: value["figures"].as_array().into_iter().flatten().map(figure).collect(),
        auxiliary: strings(&value["auxiliary"]),
        attribution: value["attribution"].as_array().into_iter().flatten().map(link).collect(),
        factuality: text(&value["factuality"]).unwrap_or_default(),
        ..EventRecord::default()
    }
}

fn entity(value: &Value) -> EntityRecord {
    EntityRecord {
        text: text(&value["text"]).unwrap_or_default(),
        name: text(&value["name"]),
        country: text(&value["country"]),
        sector: text(&value["sector"]),
        ..EntityRecord::default()
    }
}

/// The corpus gives no precision: a place named by more than its country is a town or finer.
fn place(value: &Value) -> PlaceRecord {
    let point = value["lat"].as_f64().zip(value["lon"].as_f64());
    let name = text(&value["name"]).unwrap_or_default();
    PlaceRecord {
        geonames: value["geonames"].as_u64().map(|id| id as u32),
        country: text(&value["country"]),
        lat: point.map(|(lat, _)| lat),
        lon: point.map(|(_, lon)| lon),
        precision: precision(value, &name),
        name,
        ..PlaceRecord::default()
    }
}

fn precision(value: &Value, name: &str) -> u8 {
    match value["precision"].as_u64() {
        Some(precision) => precision as u8,
        None if value["feature"].as_str().is_some_and(|feature| feature.starts_with("PCL")) => 6,
        None if value["lat"].is_null() && name.is_empty() => 6,
        None => 2,
    }
}

fn time(value: &Value) -> Option<TimeRecord> {
    let from = text(&value["from"]);
    from.is_some().then(|| TimeRecord { from, to: text(&value["to"]), granularity: "day".into(), ..TimeRecord::default() })
}

fn link(value: &Value) -> LinkRecord {
    LinkRecord { entity: entity(value), stance: text(&value["stance"]).unwrap_or_else(|| "asserts".into()), ..LinkRecord::default() }
}

fn figure(value: &Value) -> FigureRecord {
    FigureRecord {
        kind: text(&value["kind"]).unwrap_or_default(),
        low: value["low"].as_u64(),
        high: value["high"].as_u64(),
        text: text(&value["text"]).unwrap_or_default(),
        scope: text(&value["scope"]).unwrap_or_else(|| "event".into()),
        attribution: if value["speaker"].is_object() { vec![link(&value["speaker"])] } else { Vec::new() },
        ..FigureRecord::default()
    }
}
