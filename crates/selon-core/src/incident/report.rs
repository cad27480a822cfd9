//! What one article tells of one occurrence: the unit that incidents are joined from.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::record::{DocumentRecord, EntityRecord, EventRecord, PlaceRecord};

/// A side as the comparison sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Side {
    /// Country and sector.
    pub code: (Option<String>, Option<String>),
    /// Canonical name, where there is one.
    pub name: Option<String>,
}

/// One article's report of one occurrence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Sorts nodes the same way whatever the order of the articles: publication, document, first event.
    pub key: (String, String, String),
    /// Id of the article.
    pub document: String,
    /// Ids of its events.
    pub events: Vec<String>,
    /// PLOVER events.
    pub types: BTreeSet<String>,
    /// Family of types that may be told for one another.
    pub family: Family,
    /// Modes.
    pub modes: BTreeSet<String>,
    /// Most precise place.
    pub place: Option<PlaceRecord>,
    /// Countries of place and sides.
    pub countries: BTreeSet<String>,
    /// First and last day since the epoch of the proleptic calendar; `None` when undated.
    pub days: Option<(i64, i64)>,
    /// Day of publication; `None` if unknown.
    pub published: Option<i64>,
    /// Who acts.
    pub actor: BTreeSet<Side>,
    /// Whom it befalls.
    pub recipient: BTreeSet<Side>,
    /// Ranges by kind of figure.
    pub figures: BTreeMap<String, Vec<(Option<u64>, Option<u64>)>>,
}

/// Days on either side of a report's own in which another may tell of the same occurrence.
const WINDOW_DAYS: i64 = 2;

/// Longest span in days that is looked up day by day; longer ones meet others by their first and last days.
const MAX_DAYS: i64 = 10;

/// Coarsest `precision` of a place that counts as a town or finer.
const TOWN: u8 = 3;

impl Report {
    /// Whether the report names a town or something finer that has coordinates.
    pub fn pinned(&self) -> bool {
        self.cell().is_some()
    }

    /// The one-degree cell of a pinned report.
    fn cell(&self) -> Option<(i64, i64)> {
        let place = self.place.as_ref().filter(|place| place.precision <= TOWN)?;
        Some((place.lat?.floor() as i64, place.lon?.floor() as i64))
    }

    /// The days it is kept under; undated reports those of its publication and the three before.
    fn own_days(&self) -> Vec<i64> {
        match (self.days, self.published) {
            (Some((from, to)), _) if to - from <= MAX_DAYS => (from..=to).collect(),
            (Some((from, to)), _) => vec![from, from + 1, to - 1, to],
            (None, Some(day)) => (day - 3..=day).collect(),
            (None, None) => Vec::new(),
        }
    }

    /// The blocks it is kept in: its cell by day if it is pinned, and its countries by day.
    pub fn homes(&self) -> BTreeSet<u64> {
        let mut blocks = BTreeSet::new();
        for day in self.own_days() {
            if let Some((lat, lon)) = self.cell() {
                blocks.insert(block(self.family, &format!("cell {lat} {lon}"), day));
            }
            for country in &self.countries {
                blocks.insert(block(self.family, &format!("{} {country}", if self.pinned() { "pinned" } else { "loose" }), day));
            }
        }
        blocks
    }

    /// The blocks in which it looks for others: the cells around a pinned one and the loose reports of its countries; a loose one asks the whole country.
    /// If one report finds another, the other finds it.
    pub fn haunts(&self) -> BTreeSet<u64> {
        let own = self.own_days();
        let days: BTreeSet<i64> = own.iter().flat_map(|day| day - WINDOW_DAYS..=day + WINDOW_DAYS).collect();
        let mut blocks = BTreeSet::new();
        for day in days {
            if let Some((lat, lon)) = self.cell() {
                for (north, east) in (-1..=1).flat_map(|north| (-1..=1).map(move |east| (north, east))) {
                    blocks.insert(block(self.family, &format!("cell {} {}", lat + north, lon + east), day));
                }
            }
            for country in &self.countries {
                blocks.insert(block(self.family, &format!("loose {country}"), day));
                if !self.pinned() {
                    blocks.insert(block(self.family, &format!("pinned {country}"), day));
                }
            }
        }
        blocks
    }
}

fn block(family: Family, what: &str, day: i64) -> u64 {
    xxhash_rust::xxh3::xxh3_64(format!("{family:?} {what} {day}").as_bytes())
}

/// Days since 1970-01-01 of a date at the start of `text`.
pub fn day(text: Option<&str>) -> Option<i64> {
    let date: Date = text?.get(..10)?.parse().ok()?;
    let epoch = Date::constant(1970, 1, 1);
    Some(i64::from((date - epoch).get_days()))
}

/// What an article tells: its events that share an incident id within it are one report. `events` are those of `document`.
pub fn reports(document: &DocumentRecord, events: &[&EventRecord]) -> Vec<Report> {
    let mut groups: BTreeMap<&str, Vec<&EventRecord>> = BTreeMap::new();
    for event in events {
        groups.entry(event.incident.as_deref().unwrap_or(&event.id)).or_default().push(event);
    }
    let mut reports: Vec<Report> = groups.into_values().map(|list| report(document, &list)).collect();
    reports.sort_by(|a, b| a.key.cmp(&b.key));
    reports
}

fn report(document: &DocumentRecord, list: &[&EventRecord]) -> Report {
    let published = document.published.as_deref();
    let first = list.iter().map(|event| event.id.clone()).min().unwrap_or_default();
    let types: BTreeSet<String> = list.iter().map(|event| event.event.clone()).collect();
    let place = list.iter().filter_map(|event| event.event_loc.as_ref()).min_by_key(|place| place.precision).cloned();
    let actor: BTreeSet<Side> = list.iter().flat_map(|event| &event.actor).map(side).collect();
    let recipient: BTreeSet<Side> = list.iter().flat_map(|event| &event.recipient).map(side).collect();
    let mut countries: BTreeSet<String> = place.iter().filter_map(|place| place.country.clone()).collect();
    if countries.is_empty() {
        countries.extend(actor.iter().chain(&recipient).filter_map(|side| side.code.0.clone()));
    }
    let mut figures: BTreeMap<String, Vec<(Option<u64>, Option<u64>)>> = BTreeMap::new();
    for figure in list.iter().flat_map(|event| &event.figures).filter(|figure| figure.scope == "event") {
        figures.entry(figure.kind.clone()).or_default().push((figure.low, figure.high));
    }
    let spans = list.iter().filter_map(|event| event.time.as_ref()).filter_map(|time| {
        let from = day(time.from.as_deref())?;
        Some((from, day(time.to.as_deref()).unwrap_or(from)))
    });
    Report {
        key: (published.unwrap_or(UNKNOWN_DATE).to_owned(), document.id.clone(), first),
        document: document.id.clone(),
        family: family(&types),
        types,
        modes: list.iter().flat_map(|event| event.mode.iter().cloned()).collect(),
        days: spans.min_by_key(|(from, to)| (to - from, *from)),
        published: day(published),
        place,
        countries,
        actor,
        recipient,
        figures,
        events: list.iter().map(|event| event.id.clone()).collect(),
    }
}

fn side(entity: &EntityRecord) -> Side {
    Side { code: (entity.country.clone(), entity.sector.clone()), name: entity.name.clone() }
}

/// Sorts articles without a date after all others: an incident is named after its earliest report.
pub const UNKNOWN_DATE: &str = "~";

/// Families of types that reports take for one another: the same dead may be PROTEST in one article, ASSAULT in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Family {
    /// ASSAULT, PROTEST.
    Violence,
    /// COERCE, SANCTION.
    Coercion,
    /// CONCEDE, RETREAT.
    Yielding,
    /// AGREE, CONSULT, SUPPORT, COOPERATE, AID.
    Cooperation,
    /// MOBILIZE.
    Mobilisation,
    /// ACCUSE, REJECT, REQUEST, THREATEN.
    Words,
    /// Anything else.
    Other,
}

fn family(types: &BTreeSet<String>) -> Family {
    match types.iter().next().map(String::as_str) {
        Some("ASSAULT" | "PROTEST") => Family::Violence,
        Some("COERCE" | "SANCTION") => Family::Coercion,
        Some("CONCEDE" | "RETREAT") => Family::Yielding,
        Some("AGREE" | "CONSULT" | "SUPPORT" | "COOPERATE" | "AID") => Family::Cooperation,
        Some("MOBILIZE") => Family::Mobilisation,
        Some("ACCUSE" | "REJECT" | "REQUEST" | "THREATEN") => Family::Words,
        _ => Family::Other,
    }
}
