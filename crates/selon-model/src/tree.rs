//! The best dependency tree with one root: greedy heads if they are a tree already, else Chu–Liu and Edmonds' algorithm
//! (Edmonds, "Optimum branchings", 1967).

/// Taken off every root arc while repairing, so that the tree has a single root.
const ROOT_COST: f64 = 1e6;

/// Heads (0 is the root, words count from 1) for `scores[word - 1][head]`, rows of `count + 1` values.
pub(crate) fn decode(scores: &mut [f32], count: usize) -> Vec<usize> {
    let width = count + 1;
    for word in 1..=count {
        scores[(word - 1) * width + word] = f32::NEG_INFINITY;
    }
    let greedy: Vec<usize> = scores.chunks_exact(width).map(crate::math::argmax).collect();
    let roots = greedy.iter().filter(|&&head| head == 0).count();
    if roots == 1 && cycle(&greedy).is_none() {
        return greedy;
    }
    let mut matrix = vec![vec![f64::NEG_INFINITY; width]];
    for row in scores.chunks_exact(width) {
        let mut row: Vec<f64> = row.iter().map(|&score| f64::from(score)).collect();
        row[0] -= ROOT_COST;
        matrix.push(row);
    }
    edmonds(&matrix)[1..].to_vec()
}

/// A cycle among the heads of words 1.., if any.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0usize; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && state[at] == 0 {
            state[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && state[at] == start {
            let mut members = vec![at];
            let mut next = heads[at - 1];
            while next != at {
                members.push(next);
                next = heads[next - 1];
            }
            return Some(members);
        }
    }
    None
}

/// Best arborescence from node 0: `scores[node][head]`; the answer's first entry is meaningless.
fn edmonds(scores: &[Vec<f64>]) -> Vec<usize> {
    let count = scores.len();
    let heads: Vec<usize> = scores.iter().enumerate().map(|(node, row)| if node == 0 { 0 } else { best_head(row, node) }).collect();
    let Some(members) = cycle(&heads[1..]) else { return heads };
    let mut inside = vec![false; count];
    members.iter().for_each(|&node| inside[node] = true);
    let outside: Vec<usize> = (0..count).filter(|&node| !inside[node]).collect();
    let merged = outside.len();
    let mut small = vec![vec![f64::NEG_INFINITY; merged + 1]; merged + 1];
    let (mut enter, mut leave) = (vec![0; merged], vec![0; merged]);
    for (new, &old) in outside.iter().enumerate() {
        for (new_head, &old_head) in outside.iter().enumerate() {
            small[new][new_head] = scores[old][old_head];
        }
        for &member in &members {
            // an arc out of the cycle keeps its score; an arc into it replaces the cycle's own arc there
            if scores[old][member] > small[new][merged] {
                (small[new][merged], leave[new]) = (scores[old][member], member);
            }
            let gain = scores[member][old] - scores[member][heads[member]];
            if gain > small[merged][new] {
                (small[merged][new], enter[new]) = (gain, member);
            }
        }
    }
    let solved = edmonds(&small);
    let mut result = heads.clone();
    for (new, &old) in outside.iter().enumerate().skip(1) {
        result[old] = if solved[new] == merged { leave[new] } else { outside[solved[new]] };
    }
    let from = solved[merged];
    result[enter[from]] = outside[from];
    result
}

fn best_head(row: &[f64], node: usize) -> usize {
    let mut best = 0;
    for (head, &score) in row.iter().enumerate() {
        if head != node && score > row[best] {
            best = head;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tree(heads: &[usize]) -> bool {
        heads.iter().filter(|&&head| head == 0).count() == 1 && cycle(heads).is_none()
    }

    #[test]
    fn every_matrix_gives_a_tree() {
        let mut seed = 1u32;
        for round in 0..2000 {
            let count = 1 + round % 7;
            let mut scores: Vec<f32> = (0..count * (count + 1))
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 16) as f32 / 6000.0
                })
                .collect();
            let whole = scores.clone();
            let heads = decode(&mut scores, count);
            assert!(is_tree(&heads), "{heads:?}");
            if count <= 4 {
                assert_eq!(total(&whole, &heads), best_by_search(&whole, count));
            }
        }
    }

    fn total(scores: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(word, &head)| scores[word * (heads.len() + 1) + head]).sum()
    }

    fn best_by_search(scores: &[f32], count: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for code in 0..(count + 1).pow(count as u32) {
            let heads: Vec<usize> = (0..count).map(|k| code / (count + 1).pow(k as u32) % (count + 1)).collect();
            if heads.iter().enumerate().all(|(word, &head)| head != word + 1) && is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    #[test]
    fn hopeless_scores_end() {
        for count in 1..6 {
            let mut scores = vec![f32::NAN; count * (count + 1)];
            assert_eq!(decode(&mut scores, count).len(), count);
        }
    }
}
