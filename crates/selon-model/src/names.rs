//! The best sequence of name labels of a sentence: an I follows only its own kind, and a name rarely follows another without a word between.

/// What a B costs right after a word of a name.
const TOUCHING: f32 = 1.5;

/// How the labels may follow one another.
#[derive(Debug)]
pub(crate) struct Names {
    /// Cost of each label after each: `after[now][before]`.
    costs: Vec<Vec<f32>>,
    /// Cost at the beginning.
    first: Vec<f32>,
}

impl Names {
    /// From the labels: O, then B- and I- of each kind.
    pub(crate) fn new(labels: &[String]) -> Names {
        let cost = |before: Option<&String>, now: &String| match now.split_once('-') {
            Some(("I", kind)) if before.and_then(|label| label.split_once('-')).is_none_or(|(_, other)| other != kind) => f32::INFINITY,
            Some(("B", _)) if before.is_some_and(|label| label.contains('-')) => TOUCHING,
            _ => 0.0,
        };
        let costs = labels.iter().map(|now| labels.iter().map(|before| cost(Some(before), now)).collect()).collect();
        Names { costs, first: labels.iter().map(|now| cost(None, now)).collect() }
    }

    /// The labels of a sentence from their scores, one row a word.
    pub(crate) fn best<'a>(&self, rows: impl Iterator<Item = &'a [f32]>) -> Vec<u8> {
        let (mut totals, mut back): (Vec<f32>, Vec<Vec<u8>>) = (Vec::new(), Vec::new());
        for row in rows {
            if totals.is_empty() {
                totals = row.iter().zip(&self.first).map(|(score, cost)| score - cost).collect();
                continue;
            }
            let mut from = Vec::with_capacity(row.len());
            let next = row.iter().zip(&self.costs).map(|(score, costs)| {
                let (mut place, mut top) = (0, f32::NEG_INFINITY);
                for (before, (total, cost)) in totals.iter().zip(costs).enumerate() {
                    if total - cost > top {
                        (place, top) = (before, total - cost);
                    }
                }
                from.push(place as u8);
                top + score
            });
            totals = next.collect();
            back.push(from);
        }
        let mut label = crate::math::argmax(&totals) as u8;
        let mut out = if totals.is_empty() { Vec::new() } else { vec![label] };
        for from in back.iter().rev() {
            label = from[usize::from(label)];
            out.push(label);
        }
        out.reverse();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole() {
        let labels: Vec<String> = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"].map(str::to_owned).into();
        let names = Names::new(&labels);
        let best = |rows: &[[f32; 5]]| names.best(rows.iter().map(<[f32; 5]>::as_slice));
        assert_eq!(best(&[[0.0, 5.0, 0.0, 0.0, 0.0], [0.0, 2.0, 1.5, 0.0, 0.0]]), [1, 2]);
        assert_eq!(best(&[[0.0, 0.0, 3.0, 1.0, 0.0]]), [3]);
        assert_eq!(best(&[[0.0, 3.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 1.2], [4.0, 0.0, 0.0, 0.0, 0.0]]), [1, 0, 0]);
        assert_eq!(best(&[]), [0; 0]);
    }
}
