//! Events of many articles → incidents: one occurrence in the world with all that is told of it.
//!
//! Input: documents and their event records. Output: incident records; every event gets the id of its incident. The result does not depend on the
//! order of the articles. Beyond the line of one article: `assemble` before, stores and exports after.

mod accounts;
mod compare;
mod copies;
mod node;

use std::collections::{BTreeMap, BTreeSet};

pub use accounts::BestRule;
use node::Node;

use crate::assemble::stable_id;
use crate::record::{DocumentRecord, EventRecord, IncidentRecord};

/// Score from which two reports are of one occurrence.
const SAME: f64 = 5.0;

/// Days on either side of a report's own days in which another may tell of the same occurrence.
const WINDOW_DAYS: i64 = 1;

/// Longest span in days that is still looked up day by day; longer ones meet others by their first and last days.
const MAX_DAYS: i64 = 10;

/// Joins the events of `documents` into incidents, ordered by first report and id, and writes each event's incident id.
///
/// Reports without a day, or known to a country only, join an incident when everything else agrees; they never join two towns.
pub fn join(documents: &[DocumentRecord], events: &mut [EventRecord], rule: BestRule) -> Vec<IncidentRecord> {
    let by_id: BTreeMap<&str, &DocumentRecord> = documents.iter().map(|document| (document.id.as_str(), document)).collect();
    let nodes = node::nodes(&by_id, events);
    let mut pairs: Vec<(f64, usize, usize, String)> = candidates(&nodes)
        .into_iter()
        .filter_map(|(first, second)| {
            let verdict = compare::compare(&nodes[first], &nodes[second]);
            (verdict.score >= SAME).then_some((verdict.score, first, second, verdict.why))
        })
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (&nodes[a.1].key, &nodes[a.2].key).cmp(&(&nodes[b.1].key, &nodes[b.2].key))));
    let (clusters, reasons) = cluster(&nodes, &pairs);
    let copies = copies::groups(documents);
    let mut incidents = Vec::new();
    for (members, why) in clusters.iter().zip(reasons) {
        let ids: BTreeSet<usize> = members.iter().flat_map(|&node| nodes[node].events.iter().copied()).collect();
        let mut list: Vec<&EventRecord> = ids.iter().map(|&index| &events[index]).collect();
        list.sort_by_key(|event| (by_id.get(event.document.as_str()).and_then(|document| document.published.clone()), event.id.clone()));
        let id = stable_id(&["incident", &list[0].id]);
        incidents.push(accounts::incident(&id, &list, &by_id, &copies, why, rule));
        for index in ids {
            events[index].incident = Some(id.clone());
        }
    }
    incidents.sort_by(|a, b| (&a.first_reported, &a.id).cmp(&(&b.first_reported, &b.id)));
    incidents
}

/// The record of the incident that all these events report; they are not empty.
pub fn gather(documents: &[DocumentRecord], events: &[EventRecord], rule: BestRule) -> IncidentRecord {
    let by_id: BTreeMap<&str, &DocumentRecord> = documents.iter().map(|document| (document.id.as_str(), document)).collect();
    let mut list: Vec<&EventRecord> = events.iter().collect();
    list.sort_by_key(|event| (by_id.get(event.document.as_str()).and_then(|document| document.published.clone()), event.id.clone()));
    accounts::incident(&stable_id(&["incident", &list[0].id]), &list, &by_id, &copies::groups(documents), Vec::new(), rule)
}

/// Pairs of nodes that may be one occurrence: a day and a country or a side in common, or undated with the same sides.
fn candidates(nodes: &[Node]) -> BTreeSet<(usize, usize)> {
    let mut buckets: BTreeMap<(String, String, i64), Vec<usize>> = BTreeMap::new();
    for (index, node) in nodes.iter().enumerate() {
        for country in &node.countries {
            for day in node.bucket_days(WINDOW_DAYS, MAX_DAYS) {
                buckets.entry((node.family.to_owned(), country.clone(), day)).or_default().push(index);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for bucket in buckets.values() {
        for (at, &first) in bucket.iter().enumerate() {
            for &second in &bucket[at + 1..] {
                if first != second {
                    pairs.insert((first.min(second), first.max(second)));
                }
            }
        }
    }
    pairs
}

/// Joins along the best pairs first; two groups join only if no pair across them speaks against it.
fn cluster(nodes: &[Node], pairs: &[(f64, usize, usize, String)]) -> (Vec<Vec<usize>>, Vec<Vec<String>>) {
    let mut group: Vec<usize> = (0..nodes.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..nodes.len()).map(|index| vec![index]).collect();
    let mut reasons: Vec<Vec<String>> = vec![Vec::new(); nodes.len()];
    for (_, first, second, why) in pairs {
        let (a, b) = (group[*first], group[*second]);
        if a == b {
            continue;
        }
        let against = members[a].iter().any(|&x| members[b].iter().any(|&y| compare::compare(&nodes[x], &nodes[y]).forbids));
        if against {
            continue;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut members[gone]);
        for &node in &moved {
            group[node] = keep;
        }
        members[keep].extend(moved);
        let told = std::mem::take(&mut reasons[gone]);
        reasons[keep].extend(told);
        if !reasons[keep].contains(why) {
            reasons[keep].push(why.clone());
        }
    }
    let kept: Vec<usize> = (0..nodes.len()).filter(|&index| !members[index].is_empty()).collect();
    (kept.iter().map(|&index| members[index].clone()).collect(), kept.iter().map(|&index| reasons[index].clone()).collect())
}
