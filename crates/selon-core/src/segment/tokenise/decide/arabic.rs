//! Arabic clitics: conjunctions, prepositions and the future particle before a word, pronouns after it.

use selon_model::Decider;

use super::{Written, decider};

const PREFIXES: &[&str] = &["و", "ف", "ب", "ل", "ك", "س", "أ"];
const PRONOUNS: &[&str] = &["ه", "ها", "هم", "هما", "هن", "ك", "كم", "كن", "ي", "نا", "ني"];

/// Cuts the words from `first` on.
pub(super) fn cut_clitics(text: &str, written: &mut Vec<Written>, first: usize) {
    let Some(decider) = decider("c", "ar") else { return };
    let words: Vec<Written> = written.drain(first..).collect();
    for word in words {
        let mut start = word.span.start;
        for cut in cuts(&text[word.span.clone()], decider) {
            written.push(Written { span: start..word.span.start + cut, cuts: Vec::new() });
            start = word.span.start + cut;
        }
        written.push(Written { span: start..word.span.end, cuts: Vec::new() });
    }
}

/// Bytes at which a word is cut.
fn cuts(word: &str, decider: &Decider) -> Vec<usize> {
    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = places.len() - 1;
    let mut cuts = Vec::new();
    if count < 2 || !word.starts_with(|c| matches!(c, '\u{621}'..='\u{64a}')) {
        return cuts;
    }
    let part = |from: usize, to: usize| &word[places[from.min(count)]..places[to.min(count)]];
    let mut last = 0;
    for at in 1..count {
        let begun = at <= 3 && at - last == 1 && PREFIXES.contains(&part(last, at));
        if (begun || PRONOUNS.contains(&part(at, count))) && is_cut(word, &part, (last, at, count), decider) {
            cuts.push(places[at]);
            last = at;
        }
    }
    cuts
}

fn is_cut<'a>(word: &'a str, part: &impl Fn(usize, usize) -> &'a str, (last, at, count): (usize, usize, usize), decider: &Decider) -> bool {
    let (head, tail) = (part(last, at), part(at, count));
    let edge = if at - last <= 1 { "h" } else { "m" };
    let left = ["0", "1", "2", "3"].get(count - at).copied().unwrap_or("+");
    let begun = if last == 0 { "b" } else { "i" };
    let before = part(at.saturating_sub(1), at);
    let features: &[&[&str]] = &[
        &[],
        &[edge, left],
        &[begun, part(last, at.min(last + 3)), edge, left],
        &[tail],
        &[edge, part(at, at + 1), before],
        &[edge, part(at, at + 2), before],
        &[edge, part(at, at + 3), head],
        &[left, part(at.saturating_sub(2), at), tail],
        &[part(at.saturating_sub(2), at + 2), edge, left],
        &[word],
        &[left, part(at, at + 2), begun],
    ];
    decider.score("c", "ar", features) > 0
}
