//! One event a line: an aligned table for the eye, CSV for spreadsheets.

use std::io::Write;

use anyhow::Result;
use selon_core::record::{DocumentRecord, EntityRecord, EventRecord, LinkRecord, Record};

use super::Output;

/// The columns of the flat formats.
const COLUMNS: &[&str] = &[
    "document",
    "published",
    "outlet",
    "event",
    "mode",
    "actor",
    "actor_code",
    "recipient",
    "recipient_code",
    "place",
    "country",
    "lat",
    "lon",
    "from",
    "to",
    "figures",
    "auxiliary",
    "factuality",
    "according_to",
    "stance",
    "trigger",
    "sentence_index",
    "start",
    "end",
    "confidence",
    "incident",
    "id",
];

/// The name a reader may see: the canonical name, else the words.
pub fn shown(entity: &EntityRecord) -> &str {
    entity.name.as_deref().unwrap_or(&entity.text)
}

/// Country and sector as PLOVER writes them together.
pub fn code(entity: &EntityRecord) -> String {
    match (entity.country.as_deref(), entity.sector.as_deref()) {
        (Some(country), Some(sector)) => format!("{country} {sector}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

fn join<'a>(items: impl Iterator<Item = &'a EntityRecord>, show: impl Fn(&EntityRecord) -> String) -> String {
    items.map(show).collect::<Vec<_>>().join("; ")
}

/// A figure as "killed 11", "killed 45–55", "killed ≥ 3".
pub fn figures(event: &EventRecord) -> String {
    let one = |figure: &selon_core::record::FigureRecord| {
        let range = match (figure.low, figure.high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}–{high}"),
            (Some(low), None) => format!("≥ {low}"),
            (None, Some(high)) => format!("≤ {high}"),
            (None, None) => "?".to_owned(),
        };
        format!("{} {range}", figure.kind)
    };
    event.figures.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// "according to X, citing Y".
pub fn according(links: &[LinkRecord]) -> String {
    links.iter().map(|link| shown(&link.entity)).collect::<Vec<_>>().join(" > ")
}

fn row(document: Option<&DocumentRecord>, event: &EventRecord) -> Vec<String> {
    let place = event.event_loc.as_ref();
    let time = event.time.as_ref();
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    vec![
        document.and_then(|document| document.url.clone()).unwrap_or_else(|| event.document.clone()),
        document.and_then(|document| document.published.clone()).unwrap_or_default(),
        document.and_then(|document| document.outlet.clone()).unwrap_or_default(),
        event.event.clone(),
        event.mode.join(" "),
        join(event.actor.iter(), |entity| shown(entity).to_owned()),
        join(event.actor.iter(), code),
        join(event.recipient.iter(), |entity| shown(entity).to_owned()),
        join(event.recipient.iter(), code),
        place.map(|place| place.name.clone()).unwrap_or_default(),
        place.and_then(|place| place.country.clone()).unwrap_or_default(),
        number(place.and_then(|place| place.lat)),
        number(place.and_then(|place| place.lon)),
        time.and_then(|time| time.from.clone()).unwrap_or_default(),
        time.and_then(|time| time.to.clone()).unwrap_or_default(),
        figures(event),
        event.auxiliary.join(" "),
        event.factuality.clone(),
        according(&event.attribution),
        event.attribution.iter().map(|link| link.stance.clone()).collect::<Vec<_>>().join(" > "),
        event.trigger.text.clone(),
        event.sentence.index.to_string(),
        event.trigger.start.to_string(),
        event.trigger.end.to_string(),
        format!("{:.2}", event.confidence),
        event.incident.clone().unwrap_or_default(),
        event.id.clone(),
    ]
}

fn document(records: &[Record]) -> Option<&DocumentRecord> {
    records.iter().find_map(|record| if let Record::Document(document) = record { Some(document) } else { None })
}

fn events(records: &[Record]) -> impl Iterator<Item = &EventRecord> {
    records.iter().filter_map(|record| if let Record::Event(event) = record { Some(event) } else { None })
}

/// Comma-separated values with a header row.
pub struct Csv {
    out: csv::Writer<std::io::Stdout>,
    begun: bool,
}

impl Csv {
    /// On standard output.
    pub fn new() -> Csv {
        Csv { out: csv::Writer::from_writer(std::io::stdout()), begun: false }
    }
}

impl Output for Csv {
    fn write(&mut self, records: &[Record]) -> Result<()> {
        if !self.begun {
            self.out.write_record(COLUMNS)?;
            self.begun = true;
        }
        for event in events(records) {
            self.out.write_record(row(document(records), event))?;
        }
        Ok(self.out.flush()?)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        if !self.begun {
            self.out.write_record(COLUMNS)?;
        }
        Ok(self.out.flush()?)
    }
}

/// Aligned columns, shortened to fit.
pub struct Table {
    begun: bool,
}

/// Columns of the table with their widths in characters.
const WIDTHS: &[(&str, usize)] = &[
    ("event", 22),
    ("actor", 26),
    ("recipient", 26),
    ("place", 18),
    ("when", 21),
    ("how many", 20),
    ("according to", 24),
    ("standing", 12),
    ("words", 24),
];

impl Table {
    /// On standard output.
    pub fn new() -> Table {
        Table { begun: false }
    }
}

impl Output for Table {
    fn write(&mut self, records: &[Record]) -> Result<()> {
        let mut out = anstream::stdout().lock();
        if !self.begun {
            let header: Vec<String> = WIDTHS.iter().map(|(name, width)| pad(name, *width)).collect();
            writeln!(out, "{}", header.join(" ").trim_end())?;
            self.begun = true;
        }
        for event in events(records) {
            let when = event.time.as_ref().map_or_else(String::new, |time| match (&time.from, &time.to) {
                (Some(from), Some(to)) if from == to => from.clone(),
                (from, to) => format!("{}…{}", from.as_deref().unwrap_or(""), to.as_deref().unwrap_or("")),
            });
            let mut standing = vec![event.factuality.clone()];
            standing.extend(event.auxiliary.iter().cloned());
            let side = |list: &[EntityRecord]| join(list.iter(), |entity| format!("{} [{}]", shown(entity), code(entity)));
            let cells = [
                format!("{} {}", event.event, event.mode.join(" ")),
                side(&event.actor),
                side(&event.recipient),
                event.event_loc.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
                when,
                figures(event),
                according(&event.attribution),
                standing.join(" "),
                event.trigger.text.clone(),
            ];
            let line: Vec<String> = cells.iter().zip(WIDTHS).map(|(cell, (_, width))| pad(cell, *width)).collect();
            writeln!(out, "{}", line.join(" ").trim_end())?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}

fn pad(cell: &str, width: usize) -> String {
    let cell = cell.replace(['\n', '\t'], " ");
    let length = cell.chars().count();
    if length > width {
        let mut short: String = cell.chars().take(width.saturating_sub(1)).collect();
        short.push('…');
        short
    } else {
        format!("{cell}{}", " ".repeat(width - length))
    }
}
