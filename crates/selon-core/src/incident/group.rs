//! The reports of one component → groups that are one occurrence each.

use std::collections::BTreeSet;

use super::compare::compare;
use super::report::Report;

/// Two reports that are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Index of one.
    pub first: usize,
    /// Index of the other.
    pub second: usize,
    /// How alike; the best pairs join first. Infinite for a decision by hand.
    pub score: f64,
    /// What they have in common, in words.
    pub why: String,
}

/// Pairs of event ids that were parted by hand.
pub type Apart = BTreeSet<(String, String)>;

/// Reports of one occurrence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Indices of the reports, in order.
    pub reports: Vec<usize>,
    /// What joined them, in words.
    pub why: Vec<String>,
}

/// Joins along the best pairs first; two groups join only if no pair across them speaks against it. A decision by hand joins whatever speaks against it.
/// `reports` must be in the order of their keys.
pub fn groups(reports: &[&Report], pairs: &[Pair], apart: &Apart) -> Vec<Group> {
    let mut order: Vec<&Pair> = pairs.iter().collect();
    order.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.first, a.second).cmp(&(b.first, b.second))));
    let mut group: Vec<usize> = (0..reports.len()).collect();
    let mut all: Vec<Group> = (0..reports.len()).map(|index| Group { reports: vec![index], why: Vec::new() }).collect();
    let mut refused: BTreeSet<(usize, usize)> = BTreeSet::new();
    for pair in order {
        let (a, b) = (group[pair.first].min(group[pair.second]), group[pair.first].max(group[pair.second]));
        if a == b || refused.contains(&(a, b)) {
            continue;
        }
        let by_hand = pair.score == f64::INFINITY;
        let across = || all[a].reports.iter().flat_map(|&x| all[b].reports.iter().map(move |&y| (x, y)));
        let parted = across().any(|(x, y)| is_apart(reports[x], reports[y], apart));
        if parted || !by_hand && across().any(|(x, y)| compare(reports[x], reports[y]).forbids) {
            // Groups only grow, so what forbids them to join does so for ever.
            refused.insert((a, b));
            continue;
        }
        let gone = std::mem::take(&mut all[b]);
        for &report in &gone.reports {
            group[report] = a;
        }
        refused = refused
            .into_iter()
            .map(|(x, y)| {
                if x == b {
                    (a.min(y), a.max(y))
                } else if y == b {
                    (a.min(x), a.max(x))
                } else {
                    (x, y)
                }
            })
            .collect();
        all[a].reports.extend(gone.reports);
        all[a].why.extend(gone.why);
        if !all[a].why.contains(&pair.why) {
            all[a].why.push(pair.why.clone());
        }
    }
    all.retain(|group| !group.reports.is_empty());
    for group in &mut all {
        group.reports.sort_unstable();
        let mut seen = BTreeSet::new();
        group.why.retain(|why| seen.insert(why.clone()));
    }
    all
}

fn is_apart(a: &Report, b: &Report, apart: &Apart) -> bool {
    !apart.is_empty() && a.events.iter().any(|x| b.events.iter().any(|y| apart.contains(&(x.min(y).clone(), x.max(y).clone()))))
}
