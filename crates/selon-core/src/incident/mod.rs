//! Events of many articles → incidents: one occurrence in the world with all that is told of it.
//!
//! Input: documents and their event records. Output: incident records; every event gets the id of its incident. Beyond the line of one article:
//! `assemble` before, stores and exports after.
//!
//! The result is a function of the set of reports alone, not of their order: reports are compared pair by pair ([`alike`]) within blocks of space and
//! time; pairs make components; each component is grouped by itself ([`groups`]). [`join`] does so for articles in memory; a store does the same steps
//! for the components that new articles touch.

mod accounts;
mod campaign;
mod compare;
pub mod copies;
mod group;
mod report;

use std::collections::{BTreeMap, HashMap};

pub use accounts::{BestRule, choose, divergence};
pub use campaign::{Stage, campaigns, stage};
pub use compare::alike;
pub use group::{Apart, Group, Pair, groups};
pub use report::{Report, UNKNOWN_DATE, day, reports};

use crate::assemble::stable_id;
use crate::record::{DocumentRecord, EventRecord, IncidentRecord};

/// Joins the events of `documents` into incidents, ordered by first report and id, and writes each event's incident id.
///
/// Reports without a day, or known to a country only, join an incident when everything else agrees; they never join two towns.
pub fn join(documents: &[DocumentRecord], events: &mut [EventRecord], rule: BestRule) -> Vec<IncidentRecord> {
    let by_id: BTreeMap<&str, &DocumentRecord> = documents.iter().map(|document| (document.id.as_str(), document)).collect();
    let reports = all_reports(&by_id, events);
    let copies = copies::groups(documents);
    let place: HashMap<&str, usize> = events.iter().enumerate().map(|(index, event)| (event.id.as_str(), index)).collect();
    let mut incidents = Vec::new();
    let mut named: Vec<(usize, String)> = Vec::new();
    for (members, pairs) in components(&reports) {
        let list: Vec<&Report> = members.iter().map(|&member| &reports[member]).collect();
        for group in groups(&list, &pairs, &Apart::default()) {
            let ids = group.reports.iter().flat_map(|&report| &list[report].events);
            let indices: Vec<usize> = ids.filter_map(|id| place.get(id.as_str()).copied()).collect();
            let told: Vec<&EventRecord> = indices.iter().map(|&index| &events[index]).collect();
            let incident = record(&told, &by_id, &copies, group.why, rule);
            named.extend(indices.into_iter().map(|index| (index, incident.id.clone())));
            incidents.push(incident);
        }
    }
    for (index, id) in named {
        events[index].incident = Some(id);
    }
    campaign::mark(&mut incidents);
    incidents.sort_by(|a, b| (&a.first_reported, &a.id).cmp(&(&b.first_reported, &b.id)));
    incidents
}

/// The record of the incident that all these events report; they are not empty. Its id is that of its earliest report.
pub fn record(
    events: &[&EventRecord],
    documents: &BTreeMap<&str, &DocumentRecord>,
    copies: &BTreeMap<String, String>,
    why: Vec<String>,
    rule: BestRule,
) -> IncidentRecord {
    let mut list = events.to_vec();
    let published = |event: &EventRecord| {
        documents.get(event.document.as_str()).and_then(|document| document.published.as_deref()).unwrap_or(UNKNOWN_DATE)
    };
    list.sort_by(|a, b| (published(a), &a.id).cmp(&(published(b), &b.id)));
    let id = list.first().map(|event| stable_id(&["incident", &event.id])).unwrap_or_default();
    accounts::incident(&id, &list, documents, copies, why, rule)
}

/// The record of the incident that all these events report, without joining.
pub fn gather(documents: &[DocumentRecord], events: &[EventRecord], rule: BestRule) -> IncidentRecord {
    let by_id: BTreeMap<&str, &DocumentRecord> = documents.iter().map(|document| (document.id.as_str(), document)).collect();
    record(&events.iter().collect::<Vec<_>>(), &by_id, &copies::groups(documents), Vec::new(), rule)
}

fn all_reports(documents: &BTreeMap<&str, &DocumentRecord>, events: &[EventRecord]) -> Vec<Report> {
    let mut of: BTreeMap<&str, Vec<&EventRecord>> = BTreeMap::new();
    for event in events {
        of.entry(event.document.as_str()).or_default().push(event);
    }
    let mut all: Vec<Report> = of.into_iter().filter_map(|(id, list)| Some(reports(documents.get(id)?, &list))).flatten().collect();
    all.sort_by(|a, b| a.key.cmp(&b.key));
    all
}

/// Reports that are directly or indirectly alike, with the pairs among them (indices within the component).
fn components(reports: &[Report]) -> Vec<(Vec<usize>, Vec<Pair>)> {
    let mut blocks: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut root: Vec<usize> = (0..reports.len()).collect();
    let mut pairs: Vec<(usize, usize, f64, String)> = Vec::new();
    for (index, report) in reports.iter().enumerate() {
        let mut met: Vec<usize> = report.haunts().iter().filter_map(|block| blocks.get(block)).flatten().copied().collect();
        met.sort_unstable();
        met.dedup();
        for other in met {
            if let Some((score, why)) = alike(&reports[other], report) {
                pairs.push((other, index, score, why));
                let (a, b) = (copies::find(&mut root, other), copies::find(&mut root, index));
                root[a.max(b)] = a.min(b);
            }
        }
        for block in report.homes() {
            blocks.entry(block).or_default().push(index);
        }
    }
    let mut at: Vec<(usize, usize)> = Vec::with_capacity(reports.len());
    let mut all: Vec<(Vec<usize>, Vec<Pair>)> = Vec::new();
    for index in 0..reports.len() {
        let top = copies::find(&mut root, index);
        let component = if top == index { all.len() } else { at[top].0 };
        if top == index {
            all.push((Vec::new(), Vec::new()));
        }
        at.push((component, all[component].0.len()));
        all[component].0.push(index);
    }
    for (first, second, score, why) in pairs {
        let (component, a) = at[first];
        all[component].1.push(Pair { first: a, second: at[second].1, score, why });
    }
    all
}
