//! Numbers of people and things → ranges.
//!
//! Input: the document and its time expressions (numbers in dates and durations count nobody). Output: every quantity with bounds by
//! CODING's rules. Later, events take those that count their victims or participants. Neighbours: `tag`, `time` before, `event` after.

mod bounds;
mod counted;
pub mod number;

use selon_data::figures::{Cue, FigureLexicon};

use crate::document::{Document, Span};
use crate::time::Timex;
use crate::words::{Word, WordKind, scan};
use bounds::{cue_at, cue_before, is_no_count, widen};
use number::{Number, number_at};

/// One quantity. Quantities do not overlap and are in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Bytes of the number words with their approximators ("at least 12", « une dizaine »).
    pub span: Span,
    /// Index of the token that is the number's head (the last number word).
    pub token: usize,
    /// Index of the counted noun's token; `None` when the number stands alone (« vingt-trois »).
    pub of: Option<usize>,
    /// Lower bound, inclusive; `None` if open.
    pub low: Option<u64>,
    /// Upper bound, inclusive; `None` if open.
    pub high: Option<u64>,
    /// Whether the words say that the number adds up over a longer time (« depuis lundi », "so far this year").
    pub cumulative: bool,
}

/// All quantities of a document. A total hides the parts given after « dont » or "including": they are left out.
pub fn quantities(document: &Document, timexes: &[Timex], lexicon: &FigureLexicon) -> Vec<Quantity> {
    let words = scan(&document.text);
    let mut found: Vec<Quantity> = Vec::new();
    let mut hidden = Hidden::default();
    let mut at = 0;
    while at < words.len() {
        if matches!(words[at].kind, WordKind::Break) || words[at].is(".") {
            hidden = Hidden::default();
        }
        let Some(number) = number_at(&words, at, &lexicon.numerals) else {
            if hidden.total && cue_at(&words, at, lexicon, &[Cue::Part]).is_some() {
                hidden.open_until = at + 8;
            }
            at += 1;
            continue;
        };
        let next = number.end.max(at + 1);
        if let Some((quantity, end)) = quantity_at(document, &words, at, number, timexes, lexicon) {
            let is_part = hidden.open_until > at;
            if is_part {
                // « dont trois enfants et deux femmes »: the list of parts goes on.
                hidden.open_until = end + 6;
            } else {
                hidden.total = true;
                found.push(quantity);
            }
            at = end;
        } else {
            at = next;
        }
    }
    found
}

/// Which numbers are parts of a total.
#[derive(Clone, Copy, Debug, Default)]
struct Hidden {
    /// A total stands earlier in the sentence.
    total: bool,
    /// Numbers before this word are parts of it.
    open_until: usize,
}

/// The quantity whose number begins at a word, and one past its last word; `None` if the number counts nobody.
fn quantity_at(
    document: &Document,
    words: &[Word],
    at: usize,
    number: Number,
    timexes: &[Timex],
    lexicon: &FigureLexicon,
) -> Option<(Quantity, usize)> {
    let span = words[at].span.join(words[number.end - 1].span);
    let in_time = timexes.partition_point(|timex| timex.span.end <= span.start);
    if timexes.get(in_time).is_some_and(|timex| timex.span.overlaps(span)) || (number.decimal && number.digits) {
        return None;
    }
    let (mut end, mut low, mut high) = (number.end, number.low, number.high);
    // « 20 à 30 morts », "between 20 and 30 people".
    let range = cue_at(words, end, lexicon, &[Cue::To])
        .and_then(|(after, _)| number_at(words, after, &lexicon.numerals))
        .filter(|second| second.low > low && !second.one && !number.one && second.high.is_some());
    let opened = cue_before(words, at, lexicon, &[Cue::Between]);
    let second = range.filter(|second| opened.is_some() || words[end].is("à") || is_range(words, end, *second, number));
    if let Some(second) = second {
        (end, high) = (second.end, second.high);
        low = low.min(second.low);
    }
    if number.low == 0 || is_no_count(words, at, end, lexicon) {
        return None;
    }
    if number.one && !counts_one(words, number.end, lexicon) {
        return None;
    }
    let mut bounds = widen(words, at, end, low, high, lexicon);
    if let (Some(_), Some((first, _))) = (second, opened) {
        bounds.start = first;
    }
    let last = words[end - 1].span;
    let token = document.tokens_in(last).last().or_else(|| document.token_at(last)).unwrap_or(0);
    let of = counted::counted_noun(document, words, token, bounds.end.max(end));
    if of.is_none() && is_year(words, at, &number) {
        return None;
    }
    let span = words[bounds.start].span.join(words[bounds.end - 1].span);
    let cumulative = is_cumulative(words, at, end, lexicon);
    Some((Quantity { span, token, of, low: bounds.low, high: bounds.high, cumulative }, bounds.end.max(end)))
}

/// A range without "between": only the words for "to" and a dash, not "and".
fn is_range(words: &[Word], end: usize, second: Number, first: Number) -> bool {
    let joins = matches!(words[end].text.as_str(), "a" | "to" | "-" | "–" | "до" | "إلى");
    joins && second.low <= first.low.saturating_mul(10) && second.digits == first.digits
}

/// « un homme », "a young protester": a noun that one is counted of stands within three words.
fn counts_one(words: &[Word], after: usize, lexicon: &FigureLexicon) -> bool {
    for at in after..words.len().min(after + 3) {
        if cue_at(words, at, lexicon, &[Cue::Single]).is_some() {
            return true;
        }
        if words[at].kind != WordKind::Letters && !words[at].is("-") {
            return false;
        }
    }
    false
}

/// Four digits that may be a year and count nothing that follows.
fn is_year(words: &[Word], at: usize, number: &Number) -> bool {
    number.digits && number.end == at + 1 && words[at].span.len() == 4 && (1900..2100).contains(&number.low)
}

/// A phrase like « au total », "so far this year" within fifteen words in the same sentence.
fn is_cumulative(words: &[Word], start: usize, end: usize, lexicon: &FigureLexicon) -> bool {
    let ends = |at: usize| words[at].kind == WordKind::Break || matches!(words[at].text.as_str(), "." | ";" | "!" | "?");
    let before = (start.saturating_sub(15)..start).rev().take_while(|&at| !ends(at));
    let after = (end..words.len().min(end + 15)).take_while(|&at| !ends(at));
    before.chain(after).any(|at| cue_at(words, at, lexicon, &[Cue::Cumulative]).is_some())
}

#[cfg(test)]
mod tests;
