//! The three decisions of the tokenizer that need the context: sentence boundaries, French « des » and « du », Arabic clitics.
//!
//! Each is a linear model over hashed features (`data/models/tokens.safetensors`, made by `training/tagger/tokens.py`, which computes the
//! same features). A language without a model falls back on plain rules.

use std::ops::Range;
use std::sync::LazyLock;

use selon_model::Decider;

use super::chunk::Written;

static DECIDER: LazyLock<Option<Decider>> = LazyLock::new(|| Decider::new(selon_data::models::TOKENS).ok());

/// The model, if it knows this task in this language.
fn decider(task: &str, language: &str) -> Option<&'static Decider> {
    DECIDER.as_ref().filter(|decider| decider.knows(task, language))
}

/// Where a sentence ended lately, for features: few classes of length.
const LENGTHS: &[(usize, &str)] = &[(1, "1"), (2, "2"), (3, "3"), (5, "5"), (10, "10"), (20, "20"), (40, "40")];

fn surface<'a>(text: &'a str, written: &[Written], at: Option<usize>, limits: &Range<usize>) -> &'a str {
    at.filter(|at| limits.contains(at)).map_or("", |at| &text[written[at].span.clone()])
}

/// Whether a sentence that began at token `begin` ends before token `at`.
pub(super) fn is_boundary(text: &str, written: &[Written], begin: usize, at: usize, language: &str) -> bool {
    let all = 0..written.len();
    let token = |index: Option<usize>| surface(text, written, index, &all);
    let (before, after) = (token(Some(at - 1)), token(Some(at)));
    let Some(decider) = decider("b", language) else {
        return ends(before) && !after.starts_with(char::is_lowercase);
    };
    let spaced = written[at - 1].span.end < written[at].span.start;
    let quotes = written[begin..at].iter().filter(|token| text[token.span.clone()].starts_with(super::sentences::is_quote)).count();
    let open = if quotes % 2 == 1 { "o" } else { "c" };
    let length = LENGTHS.iter().find(|(limit, _)| at - begin <= *limit).map_or("+", |(_, name)| name);
    let (p, n) = (before.to_lowercase(), after.to_lowercase());
    let (p2, n2) = (token(at.checked_sub(2)).to_lowercase(), token(Some(at + 1)).to_lowercase());
    let shape = selon_model::shape;
    let (ps, ns, p2s, n2s) = (shape(before), shape(after), shape(&p2), shape(token(Some(at + 1))));
    let space = if spaced { "s" } else { "n" };
    decider.score(
        "b",
        language,
        &[
            &[],
            &[&p],
            &[&n],
            &[&ps, &ns],
            &[&p, &ns],
            &[&ps, &n],
            &[&p2, &p],
            &[&p2s, &ps, &ns],
            &[&ps, &ns, &n2s],
            &[&n, &n2],
            &[length, &ps, &ns],
            &[open, &p, &ns],
            &[space, &ps, &ns],
            &[&p, &n],
            &[open, length, &ps],
        ],
    ) > 0
}

/// Whether a token ends a sentence on its own.
fn ends(token: &str) -> bool {
    matches!(token.trim_end_matches(super::sentences::is_quote), "." | "!" | "?" | "…" | "..." | "؟" | "!!" | "??" | "?!") || token == "!!!"
}

/// Whether « des » or « du » at `at` is preposition and article (« le président des États ») and not an article (« il y a des blessés »).
/// Other contracted forms always are.
pub(super) fn is_contracted(text: &str, written: &[Written], at: usize, sentence: Range<usize>, language: &str) -> bool {
    let token = |index: Option<usize>| surface(text, written, index, &sentence);
    let own = token(Some(at)).to_lowercase();
    if language != "fr" || !matches!(own.as_str(), "des" | "du") {
        return true;
    }
    let Some(decider) = decider("d", language) else {
        return own == "du" || at > sentence.start;
    };
    let lower = |index: Option<usize>| token(index).to_lowercase();
    let (p, n) = (lower(at.checked_sub(1)), lower(Some(at + 1)));
    let (p2, n2) = (lower(at.checked_sub(2)), lower(Some(at + 2)));
    let (pe, ne, p2e) = (suffix(&p, 3), suffix(&n, 3), suffix(&p2, 3));
    let ns = selon_model::shape(token(Some(at + 1)));
    decider.score(
        "d",
        language,
        &[
            &[&own],
            &[&own, &p],
            &[&n],
            &[&own, pe],
            &[&own, suffix(&p, 2)],
            &[&p2, &p],
            &[&p, &n],
            &[pe, ne],
            &[p2e, pe],
            &[&n, &n2],
            &[&ns],
            &[&p2],
            &[suffix(&p, 4)],
        ],
    ) > 0
}

/// The last `count` characters.
fn suffix(word: &str, count: usize) -> &str {
    word.char_indices().rev().nth(count.saturating_sub(1)).map_or(word, |(at, _)| &word[at..])
}

/// Cuts clitics off the words from `first` on: Arabic conjunctions, prepositions and pronouns; Spanish pronouns after infinitives and gerunds.
pub(super) fn cut_clitics(text: &str, written: &mut Vec<Written>, first: usize, language: &str) {
    match language {
        "ar" => {}
        "es" => {
            for token in &mut written[first..] {
                token.cuts.extend(spanish(&text[token.span.clone()]).into_iter().map(|at| token.span.start + at));
            }
            return;
        }
        _ => return,
    }
    let Some(decider) = decider("c", language) else { return };
    let words: Vec<Written> = written.drain(first..).collect();
    for word in words {
        let mut start = word.span.start;
        for cut in arabic(&text[word.span.clone()], decider) {
            written.push(Written { span: start..word.span.start + cut, cuts: Vec::new() });
            start = word.span.start + cut;
        }
        written.push(Written { span: start..word.span.end, cuts: Vec::new() });
    }
}

/// Where an Arabic word is cut.
fn arabic(word: &str, decider: &Decider) -> Vec<usize> {
    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = places.len() - 1;
    if count < 2 || !word.starts_with(|c| matches!(c, '\u{621}'..='\u{64a}')) {
        return Vec::new();
    }
    let part = |from: usize, to: usize| &word[places[from.min(count)]..places[to.min(count)]];
    let mut cuts = Vec::new();
    let mut last = 0;
    for at in 1..count {
        let (head, tail) = (part(last, at), part(at, count));
        let edge = if at - last <= 1 { "h" } else { "m" };
        let left = count - at;
        let left = if left <= 3 { ["0", "1", "2", "3"][left] } else { "+" };
        let begun = if last == 0 { "b" } else { "i" };
        let around = part(at.saturating_sub(2), at + 2);
        let found = decider.score(
            "c",
            "ar",
            &[
                &[],
                &[edge, left],
                &[begun, part(last, at.min(last + 3)), edge, left],
                &[tail],
                &[edge, part(at, at + 1), part(at.saturating_sub(1), at)],
                &[edge, part(at, at + 2), part(at.saturating_sub(1), at)],
                &[edge, part(at, at + 3), head],
                &[left, part(at.saturating_sub(2), at), tail],
                &[around, edge, left],
                &[word],
                &[left, part(at, at + 2), begun],
            ],
        ) > 0;
        if found {
            cuts.push(places[at]);
            last = at;
        }
    }
    cuts
}

const SPANISH_STEMS: &[&str] = &["ar", "er", "ir", "ár", "ér", "ír", "ando", "iendo", "yendo", "ándo", "iéndo", "yéndo"];
const SPANISH_PRONOUNS: &[&str] = &["selo", "sela", "selos", "selas", "se", "me", "te", "nos", "lo", "la", "los", "las", "le", "les"];

/// Where the pronouns after a Spanish infinitive or gerund begin: "quedar|se", "dárse|lo" cut as "dár|se|lo".
fn spanish(word: &str) -> Vec<usize> {
    let lower = word.to_lowercase();
    if lower.len() != word.len() || word.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    for pronoun in SPANISH_PRONOUNS {
        let Some(stem) = lower.strip_suffix(pronoun) else { continue };
        let gerund = stem.ends_with("ndo");
        let safe = gerund || matches!(*pronoun, "se" | "selo" | "sela" | "selos" | "selas" | "lo" | "los" | "le" | "les" | "nos" | "me");
        let long = stem.chars().count() >= if safe { 3 } else { 5 };
        if long && SPANISH_STEMS.iter().any(|ending| stem.ends_with(ending)) {
            let at = stem.len();
            return if pronoun.starts_with("se") && pronoun.len() > 2 { vec![at, at + 2] } else { vec![at] };
        }
    }
    Vec::new()
}
