//! French « des » and « du »: preposition and article, or article alone.

use std::ops::Range;

use super::{Written, decider, surface};

/// Endings of infinitives and other verb forms, with which an article is likely to follow.
const VERBAL: &[&str] = &["er", "ir", "re", "nt", "ez", "ns", "it", "nd"];

/// Whether « des » or « du » at `at` is preposition and article (« le président des États ») and not an article (« il y a des blessés »).
/// Other contracted forms always are.
pub(super) fn is_contracted(text: &str, written: &[Written], at: usize, sentence: Range<usize>) -> bool {
    let token = |index: Option<usize>| surface(text, written, index, &sentence);
    let own = token(Some(at)).to_lowercase();
    if !matches!(own.as_str(), "des" | "du") {
        return true;
    }
    let Some(decider) = decider("d", "fr") else {
        return own == "du" || at > sentence.start;
    };
    let lower = |index: Option<usize>| token(index).to_lowercase();
    let (p, n) = (lower(at.checked_sub(1)), lower(Some(at + 1)));
    let (p2, n2, p3) = (lower(at.checked_sub(2)), lower(Some(at + 2)), lower(at.checked_sub(3)));
    let (pe, ne, p2e) = (suffix(&p, 3), suffix(&n, 3), suffix(&p2, 3));
    let (short, next_short) = (suffix(&p, 2), suffix(&n, 2));
    let (ps, ns) = (selon_model::shape(token(at.checked_sub(1))), selon_model::shape(token(Some(at + 1))));
    let verbal = if VERBAL.contains(&short) { "v" } else { "" };
    let features: &[&[&str]] = &[
        &[&own],
        &[&own, &p],
        &[&n],
        &[&own, pe],
        &[&own, short],
        &[&p2, &p],
        &[&p, &n],
        &[pe, ne],
        &[p2e, pe],
        &[&n, &n2],
        &[&ns],
        &[&p2],
        &[suffix(&p, 4)],
        &[&own, &n],
        &[&own, ne],
        &[&own, &ps, &ns],
        &[&own, verbal, &p2],
        &[&own, next_short, short],
        &[&own, &p3, p2e],
    ];
    decider.score("d", "fr", features) > 0
}

/// The last `count` characters.
fn suffix(word: &str, count: usize) -> &str {
    word.char_indices().rev().nth(count.saturating_sub(1)).map_or(word, |(at, _)| &word[at..])
}
