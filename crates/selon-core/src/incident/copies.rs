//! Articles that are copies of one another: wire copies with small edits, by the share of word runs they have in common (Broder 1997).
//!
//! Copies of copies are one group, named after its earliest article: the groups do not depend on the order in which the articles come.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::report::{UNKNOWN_DATE, day};
use crate::record::DocumentRecord;

/// Words in a run.
const RUN: usize = 5;

/// One run in so many is kept, chosen by its hash, so that the same runs are kept everywhere.
const SAMPLE: u64 = 4;

/// Share of the smaller article's runs from which two are copies.
const CONTAINED: f64 = 0.5;

/// Runs that two articles must share at least.
const SHARED: usize = 3;

/// Days between a wire report and its copy.
const APART_DAYS: i64 = 7;

/// A run that so many articles share is a formula, not a copy.
pub const FORMULA: usize = 100;

/// The sampled word runs of a text.
pub fn runs(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.windows(RUN).map(|run| xxhash_rust::xxh3::xxh3_64(run.join(" ").as_bytes())).filter(|hash| hash % SAMPLE == 0).collect()
}

/// Whether two articles with so many runs, of which they share `shared`, published on these days, are copies.
pub fn is_copy(shared: usize, runs: usize, others: usize, days: (Option<i64>, Option<i64>)) -> bool {
    let near = days.0.zip(days.1).is_none_or(|(one, other)| (one - other).abs() <= APART_DAYS);
    near && shared >= SHARED && shared as f64 >= CONTAINED * runs.min(others) as f64
}

/// For each document id, the id of the earliest article of its group; itself when it copies none.
pub fn groups(documents: &[DocumentRecord]) -> BTreeMap<String, String> {
    let mut order: Vec<&DocumentRecord> = documents.iter().collect();
    order.sort_by_key(|document| (document.published.as_deref().unwrap_or(UNKNOWN_DATE), document.id.as_str()));
    let mut sizes: Vec<usize> = Vec::new();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut group: Vec<usize> = (0..order.len()).collect();
    for (index, document) in order.iter().enumerate() {
        let own = runs(&document.text);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for run in &own {
            let list = holders.entry(*run).or_default();
            for &holder in list.iter() {
                *shared.entry(holder).or_default() += 1;
            }
            if list.len() < FORMULA {
                list.push(index);
            }
        }
        sizes.push(own.len());
        for (holder, count) in shared {
            let days = (day(document.published.as_deref()), day(order[holder].published.as_deref()));
            if is_copy(count, own.len(), sizes[holder], days) {
                let (a, b) = (find(&mut group, index), find(&mut group, holder));
                // The earlier root stays: groups are named after their first.
                group[a.max(b)] = a.min(b);
            }
        }
    }
    (0..order.len()).map(|index| (order[index].id.clone(), order[find(&mut group, index)].id.clone())).collect()
}

/// The root of a group, with the way to it shortened.
pub fn find(group: &mut [usize], mut index: usize) -> usize {
    while group[index] != index {
        group[index] = group[group[index]];
        index = group[index];
    }
    index
}
