//! Two groupings of the same events compared: B-cubed (Bagga and Baldwin 1998), pairs, and near misses kept apart.

use std::collections::{BTreeMap, BTreeSet};

/// Event → name of its group.
pub type Groups = BTreeMap<String, String>;

/// What was measured.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measures {
    /// Events.
    pub events: usize,
    /// B-cubed precision.
    pub precision: f64,
    /// B-cubed recall.
    pub recall: f64,
    /// Pairs in one predicted group, and how many of them are in one true group.
    pub pairs: (usize, usize),
    /// The same of pairs across articles only.
    pub across: (usize, usize),
    /// Pairs across articles that are truly one.
    pub true_across: usize,
}

impl Measures {
    /// Harmonic mean of B-cubed precision and recall.
    pub fn f1(&self) -> f64 {
        if self.precision + self.recall == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / (self.precision + self.recall) }
    }
}

/// A share; 1 of nothing.
pub fn share((all, right): (usize, usize)) -> f64 {
    if all == 0 { 1.0 } else { right as f64 / all as f64 }
}

/// Measures the events that both groupings have. `document` names an event's article.
pub fn measure(truth: &Groups, predicted: &Groups, document: &BTreeMap<String, String>) -> Measures {
    let events: Vec<&String> = truth.keys().filter(|event| predicted.contains_key(*event)).collect();
    let mut measures = Measures { events: events.len(), ..Measures::default() };
    for a in &events {
        let (mut same_true, mut same_predicted, mut both) = (0_usize, 0_usize, 0_usize);
        for b in &events {
            let (one, other) = (truth[*a] == truth[*b], predicted[*a] == predicted[*b]);
            same_true += usize::from(one);
            same_predicted += usize::from(other);
            both += usize::from(one && other);
            if a < b {
                let across = document[*a] != document[*b];
                measures.pairs.0 += usize::from(other);
                measures.pairs.1 += usize::from(one && other);
                measures.across.0 += usize::from(other && across);
                measures.across.1 += usize::from(one && other && across);
                measures.true_across += usize::from(one && across);
            }
        }
        measures.precision += both as f64 / same_predicted as f64;
        measures.recall += both as f64 / same_true as f64;
    }
    measures.precision /= events.len().max(1) as f64;
    measures.recall /= events.len().max(1) as f64;
    measures
}

/// Pairs of true incidents in `near`, and how many of them no predicted group joins.
pub fn apart(truth: &Groups, predicted: &Groups, near: &BTreeSet<(String, String)>) -> (usize, usize) {
    let mut held: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (event, group) in predicted {
        if let Some(incident) = truth.get(event) {
            held.entry(incident).or_default().insert(group);
        }
    }
    let known = near.iter().filter_map(|(a, b)| held.get(a.as_str()).zip(held.get(b.as_str())));
    known.fold((0, 0), |(all, right), (a, b)| (all + 1, right + usize::from(a.is_disjoint(b))))
}
