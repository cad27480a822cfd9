//! Pairs gold and predicted events: same PLOVER event and overlapping triggers, or triggers close by; greedy, one to one.

use super::gold::GoldEvent;
use crate::record::EventRecord;

/// Characters two triggers may stand apart.
const SLACK: i64 = 60;

/// Longest predicted trigger that counts whole, in characters.
const LONGEST: usize = 60;

/// Pairs of indices (gold, predicted).
pub fn pairs(gold: &[GoldEvent], predicted: &[EventRecord], typed: bool) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(u8, i64, i64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        let (start, end) = (g.trigger_start, g.trigger_start + g.trigger.chars().count());
        for (j, p) in predicted.iter().enumerate() {
            if typed && g.event != p.event || p.trigger.start >= p.trigger.end {
                continue;
            }
            let (other_start, other_end) = (p.trigger.start, p.trigger.end.min(p.trigger.start + LONGEST));
            let overlap = end.min(other_end) as i64 - start.max(other_start) as i64;
            if overlap > 0 {
                candidates.push((0, -overlap, -likeness(g, p), i, j));
            } else if -overlap <= SLACK {
                candidates.push((1, -overlap, -likeness(g, p), i, j));
            }
        }
    }
    candidates.sort_unstable();
    let (mut taken_gold, mut taken) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let mut found = Vec::new();
    for (_, _, _, i, j) in candidates {
        if !taken_gold[i] && !taken[j] {
            taken_gold[i] = true;
            taken[j] = true;
            found.push((i, j));
        }
    }
    found
}

/// How many of attribution, auxiliaries and figures agree: decides only between records on one trigger.
fn likeness(gold: &GoldEvent, predicted: &EventRecord) -> i64 {
    let last = gold.attribution.last().map(|link| (link.country.clone(), link.sector.clone(), link.stance.clone()));
    let other = predicted.attribution.last().map(|link| (link.entity.country.clone(), link.entity.sector.clone(), link.stance.clone()));
    i64::from(last == other)
        + i64::from(same_set(&gold.auxiliary, &predicted.auxiliary))
        + i64::from(super::fields::figures_agree(gold, predicted))
}

/// Whether two lists hold the same values.
pub fn same_set(a: &[String], b: &[String]) -> bool {
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list.dedup();
        list
    };
    sorted(a) == sorted(b)
}
