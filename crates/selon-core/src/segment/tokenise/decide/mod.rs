//! The decisions of the tokenizer that need more than a table: sentence boundaries, forms that are contracted only sometimes, clitics.
//!
//! Each is a linear model over hashed features (`data/models/tokens.safetensors`, made by `training/tagger/tokens.py`, which computes the
//! same features). A language without a model falls back on plain rules.

mod arabic;
mod french;
mod spanish;

use std::ops::Range;
use std::sync::LazyLock;

use selon_model::Decider;

use super::chunk::Written;

static DECIDER: LazyLock<Option<Decider>> = LazyLock::new(|| Decider::new(selon_data::models::TOKENS).ok());

/// The model, if it knows this task in this language.
fn decider(task: &str, language: &str) -> Option<&'static Decider> {
    DECIDER.as_ref().filter(|decider| decider.knows(task, language))
}

/// What a language adds to the common rules.
struct Particulars {
    language: &'static str,
    /// Whether a form of the table of contracted forms is one here: text, written tokens, the place, the sentence.
    is_contracted: fn(&str, &[Written], usize, Range<usize>) -> bool,
    /// Cuts clitics off the written tokens from a place on.
    cut_clitics: fn(&str, &mut Vec<Written>, usize),
    /// The form of a word that lost its clitic, if it is written otherwise alone.
    stem: fn(&str) -> Option<String>,
}

const PARTICULARS: &[Particulars] = &[
    Particulars { language: "ar", is_contracted: always, cut_clitics: arabic::cut_clitics, stem: itself },
    Particulars { language: "es", is_contracted: always, cut_clitics: spanish::cut_clitics, stem: spanish::stem },
    Particulars { language: "fr", is_contracted: french::is_contracted, cut_clitics: nothing, stem: itself },
];

fn always(_: &str, _: &[Written], _: usize, _: Range<usize>) -> bool {
    true
}

fn nothing(_: &str, _: &mut Vec<Written>, _: usize) {}

fn itself(_: &str) -> Option<String> {
    None
}

/// The form of a word before a cut, if it is written otherwise alone.
pub(super) fn stem(word: &str, language: &str) -> Option<String> {
    particulars(language).and_then(|particulars| (particulars.stem)(word))
}

fn particulars(language: &str) -> Option<&'static Particulars> {
    PARTICULARS.iter().find(|particulars| particulars.language == language)
}

/// Whether a form of the table of contracted forms is contracted here.
pub(super) fn is_contracted(text: &str, written: &[Written], at: usize, sentence: Range<usize>, language: &str) -> bool {
    particulars(language).is_none_or(|particulars| (particulars.is_contracted)(text, written, at, sentence))
}

/// Cuts clitics off the written tokens from `first` on.
pub(super) fn cut_clitics(text: &str, written: &mut Vec<Written>, first: usize, language: &str) {
    if let Some(particulars) = particulars(language) {
        (particulars.cut_clitics)(text, written, first);
    }
}

/// Where a sentence ended lately, for features: few classes of length.
const LENGTHS: &[(usize, &str)] = &[(1, "1"), (2, "2"), (3, "3"), (5, "5"), (10, "10"), (20, "20"), (40, "40")];

fn surface<'a>(text: &'a str, written: &[Written], at: Option<usize>, limits: &Range<usize>) -> &'a str {
    at.filter(|at| limits.contains(at)).map_or("", |at| &text[written[at].span.clone()])
}

/// How sure the model must be that a sentence ends between two words, without any sign: a name after a common word is no new sentence.
const RUN_ON: i32 = 100;

/// Whether a sentence that began at token `begin` ends before token `at`.
pub(super) fn is_boundary(text: &str, written: &[Written], begin: usize, at: usize, language: &str) -> bool {
    let all = 0..written.len();
    let token = |index: Option<usize>| surface(text, written, index, &all);
    let (before, after) = (token(Some(at - 1)), token(Some(at)));
    let Some(decider) = decider("b", language) else {
        return ends(before) && !after.starts_with(char::is_lowercase);
    };
    let spaced = written[at - 1].span.end < written[at].span.start;
    let runs_on = before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    let margin = if runs_on { RUN_ON } else { 0 };
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
    ) > margin
}

/// Whether a token ends a sentence on its own.
fn ends(token: &str) -> bool {
    matches!(token.trim_end_matches(super::sentences::is_quote), "." | "!" | "?" | "…" | "..." | "؟" | "!!" | "??" | "?!") || token == "!!!"
}
