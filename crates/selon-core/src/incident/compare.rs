//! Whether two reports tell of one occurrence: a score of agreements and contradictions, with the reasons in words.

use std::collections::BTreeSet;

use super::report::{Report, Side};

/// Kilometres within which two places are one.
const NEAR_KM: f64 = 25.0;

/// Kilometres from which two towns are certainly two.
const FAR_KM: f64 = 60.0;

/// The verdict on two reports.
pub struct Verdict {
    /// Sum of the agreements; from `SAME` on they are one occurrence.
    pub score: f64,
    /// Whether something rules it out: another town, another day, another kind of act.
    pub forbids: bool,
    /// The agreements in words.
    pub why: String,
}

/// Score from which two reports are of one occurrence.
const SAME: f64 = 5.0;

/// Score and reasons of two reports that tell of one occurrence; `None` when they do not.
pub fn alike(a: &Report, b: &Report) -> Option<(f64, String)> {
    let verdict = compare(a, b);
    (verdict.score >= SAME).then_some((verdict.score, verdict.why))
}

/// Compares two reports.
pub fn compare(a: &Report, b: &Report) -> Verdict {
    // Within one article the line has already told retellings from separate occurrences.
    let mut sum = Sum { forbids: a.document == b.document, ..Sum::default() };
    kind(a, b, &mut sum);
    place(a, b, &mut sum);
    days(a, b, &mut sum);
    sides(&a.actor, &b.actor, "actor", &mut sum);
    sides(&a.recipient, &b.recipient, "recipient", &mut sum);
    figures(a, b, &mut sum);
    let forbids = sum.forbids;
    Verdict { score: if forbids { f64::MIN } else { sum.score }, forbids, why: sum.why.join(", ") }
}

#[derive(Default)]
struct Sum {
    score: f64,
    forbids: bool,
    why: Vec<String>,
}

impl Sum {
    fn add(&mut self, points: f64, why: &str) {
        self.score += points;
        if points > 0.0 {
            self.why.push(why.to_owned());
        }
    }
}

fn kind(a: &Report, b: &Report, sum: &mut Sum) {
    if a.family != b.family {
        sum.forbids = true;
        return;
    }
    let same = !a.types.is_disjoint(&b.types);
    let modes = !a.modes.is_empty() && !b.modes.is_empty();
    sum.add(if same { 1.5 } else { -1.0 }, "same type");
    if modes && same {
        sum.add(if a.modes.is_disjoint(&b.modes) { -1.5 } else { 1.0 }, "same mode");
    }
}

fn place(a: &Report, b: &Report, sum: &mut Sum) {
    let (Some(first), Some(second)) = (&a.place, &b.place) else { return };
    if let (Some(one), Some(other)) = (&first.country, &second.country)
        && one != other
    {
        sum.forbids = true;
        return;
    }
    let fine = first.precision <= 3 && second.precision <= 3;
    if first.geonames.is_some() && first.geonames == second.geonames || first.name == second.name {
        sum.add(if fine { 2.5 } else { 0.5 }, &format!("same place ({})", first.name));
        return;
    }
    let (Some(lat), Some(lon), Some(other_lat), Some(other_lon)) = (first.lat, first.lon, second.lat, second.lon) else { return };
    let km = crate::geo::distance_km((lat, lon), (other_lat, other_lon));
    if fine && km <= NEAR_KM {
        sum.add(2.0, &format!("places {km:.0} km apart"));
    } else if fine && km > FAR_KM {
        sum.forbids = true;
    }
}

fn days(a: &Report, b: &Report, sum: &mut Sum) {
    match (a.days, b.days) {
        (Some((from, to)), Some((other_from, other_to))) => {
            let gap = (from.max(other_from) - to.min(other_to)).max(0);
            let single = from == to && other_from == other_to;
            match gap {
                0 => sum.add(if single { 2.0 } else { 1.0 }, "same day"),
                1 => sum.add(-1.0, ""),
                _ => sum.forbids = true,
            }
        }
        _ => {
            let far = a.published.zip(b.published).is_some_and(|(one, other)| (one - other).abs() > 10);
            sum.add(if far { -2.0 } else { 0.0 }, "");
        }
    }
}

fn sides(a: &BTreeSet<Side>, b: &BTreeSet<Side>, role: &str, sum: &mut Sum) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let named = a.iter().filter(|side| side.name.is_some()).any(|side| b.iter().any(|other| other.name == side.name));
    let coded = a.iter().any(|side| b.iter().any(|other| other.code == side.code));
    let country = a.iter().any(|side| b.iter().any(|other| side.code.0.is_some() && other.code.0 == side.code.0));
    if named {
        sum.add(2.0, &format!("same {role} by name"));
    } else if coded {
        sum.add(1.5, &format!("same {role}"));
    } else if !country {
        sum.add(-2.0, "");
    } else {
        sum.add(-0.5, "");
    }
}

fn figures(a: &Report, b: &Report, sum: &mut Sum) {
    for (kind, values) in &a.figures {
        let Some(others) = b.figures.get(kind) else { continue };
        let overlap = values.iter().any(|(low, high)| {
            others.iter().any(|(other_low, other_high)| {
                low.unwrap_or(0) <= other_high.unwrap_or(u64::MAX) && other_low.unwrap_or(0) <= high.unwrap_or(u64::MAX)
            })
        });
        let exact = values.iter().any(|value| others.contains(value));
        let apart = values.iter().all(|value| others.iter().all(|other| ratio(*value, *other) > 4.0));
        if exact {
            sum.add(1.5, &format!("same number {kind}"));
        } else if overlap {
            sum.add(0.75, &format!("numbers {kind} overlap"));
        } else if apart {
            sum.add(-1.5, "");
        }
    }
}

/// How many times larger the larger of two figures is.
fn ratio(a: (Option<u64>, Option<u64>), b: (Option<u64>, Option<u64>)) -> f64 {
    let middle = |(low, high): (Option<u64>, Option<u64>)| low.or(high).unwrap_or(1).max(1) as f64;
    let (first, second) = (middle(a), middle(b));
    first.max(second) / first.min(second)
}
