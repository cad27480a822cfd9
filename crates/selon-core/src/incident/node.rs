//! What one article tells of one occurrence: the unit that incidents are joined from.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::record::{DocumentRecord, EntityRecord, EventRecord, PlaceRecord};

/// A side as the comparison sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// Country and sector.
    pub code: (Option<String>, Option<String>),
    /// Canonical name, where there is one.
    pub name: Option<String>,
}

/// One article's report of one occurrence.
#[derive(Clone, Debug)]
pub struct Node {
    /// Sorts nodes the same way whatever the order of the articles: publication, document, first event.
    pub key: (String, String, String),
    /// Id of the article.
    pub document: String,
    /// Indices of its events.
    pub events: Vec<usize>,
    /// PLOVER events.
    pub types: BTreeSet<String>,
    /// Family of types that may be told for one another.
    pub family: &'static str,
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

impl Node {
    /// The days under which this report is looked up; undated reports use their publication day and the three before it.
    pub fn bucket_days(&self, window: i64, longest: i64) -> Vec<i64> {
        match (self.days, self.published) {
            (Some((from, to)), _) if to - from <= longest => (from - window..=to + window).collect(),
            (Some((from, to)), _) => vec![from - 1, from, from + 1, to - 1, to, to + 1],
            (None, Some(day)) => (day - 3..=day).collect(),
            (None, None) => Vec::new(),
        }
    }
}

/// Days since 1970-01-01 of a date at the start of `text`.
pub fn day(text: Option<&str>) -> Option<i64> {
    let date: Date = text?.get(..10)?.parse().ok()?;
    let epoch = Date::constant(1970, 1, 1);
    Some(i64::from((date - epoch).get_days()))
}

/// The nodes of all events: those of one document that share an incident id within it are one.
pub fn nodes(documents: &BTreeMap<&str, &DocumentRecord>, events: &[EventRecord]) -> Vec<Node> {
    let mut groups: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        let within = event.incident.clone().unwrap_or_else(|| event.id.clone());
        groups.entry((event.document.as_str(), within)).or_default().push(index);
    }
    let mut nodes: Vec<Node> = groups
        .into_iter()
        .map(|((document, _), indices)| {
            let published = documents.get(document).and_then(|document| document.published.as_deref());
            node(document, published, indices, events)
        })
        .collect();
    nodes.sort_by(|a, b| a.key.cmp(&b.key));
    nodes
}

fn node(document: &str, published: Option<&str>, indices: Vec<usize>, events: &[EventRecord]) -> Node {
    let list: Vec<&EventRecord> = indices.iter().map(|&index| &events[index]).collect();
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
    Node {
        key: (published.unwrap_or("").to_owned(), document.to_owned(), first),
        document: document.to_owned(),
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
        events: indices,
    }
}

fn side(entity: &EntityRecord) -> Side {
    Side { code: (entity.country.clone(), entity.sector.clone()), name: entity.name.clone() }
}

/// Types that reports take for one another: the same dead may be PROTEST in one article, ASSAULT in another.
fn family(types: &BTreeSet<String>) -> &'static str {
    match types.iter().next().map(String::as_str) {
        Some("ASSAULT" | "PROTEST") => "violence and protest",
        Some("COERCE" | "SANCTION") => "coercion",
        Some("CONCEDE" | "RETREAT") => "yielding",
        Some("AGREE" | "CONSULT" | "SUPPORT" | "COOPERATE" | "AID") => "cooperation",
        Some("MOBILIZE") => "mobilisation",
        Some("ACCUSE" | "REJECT" | "REQUEST" | "THREATEN") => "words",
        _ => "other",
    }
}
