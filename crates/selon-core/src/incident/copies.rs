//! Articles that are copies of one another: wire copies with small edits, by the share of word runs they have in common (Broder 1997).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::record::DocumentRecord;

/// Words in a run.
const RUN: usize = 5;

/// Share of the smaller article's runs from which two are copies.
const CONTAINED: f64 = 0.5;

/// For each document id, the id of the first document (in order of publication, then id) that it copies; itself when it copies none.
pub fn groups(documents: &[DocumentRecord]) -> BTreeMap<String, String> {
    let mut order: Vec<&DocumentRecord> = documents.iter().collect();
    order.sort_by_key(|document| (document.published.clone(), document.id.clone()));
    let runs: Vec<BTreeSet<u64>> = order.iter().map(|document| runs(&document.text)).collect();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut groups = BTreeMap::new();
    for (index, document) in order.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for run in &runs[index] {
            for &holder in holders.get(run).into_iter().flatten() {
                *shared.entry(holder).or_default() += 1;
            }
        }
        let original = shared
            .into_iter()
            .find(|(holder, count)| *count as f64 >= CONTAINED * runs[*holder].len().min(runs[index].len()).max(1) as f64);
        let name = original.map_or_else(
            || document.id.clone(),
            |(holder, _)| groups.get(&order[holder].id).cloned().unwrap_or_else(|| order[holder].id.clone()),
        );
        groups.insert(document.id.clone(), name);
        for run in &runs[index] {
            let list = holders.entry(*run).or_default();
            // A run that a hundred articles share is a formula, not a copy.
            if list.len() < 100 {
                list.push(index);
            }
        }
    }
    groups
}

fn runs(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.windows(RUN).map(|run| xxhash_rust::xxh3::xxh3_64(run.join(" ").as_bytes())).collect()
}
