//! Time expressions → TIMEX3 values and days.
//!
//! Input: the document and its publication day. Output: every time expression with its value. Later, events choose among them. Neighbours: `tag` before, `event` after.

mod calendar;
mod clock;
mod grammar;
mod resolve;

use std::ops::Range;

use jiff::civil::Date;
use selon_data::time::{Action, TimeLexicon};

use crate::document::{Document, Span};
use crate::words::{Word, WordKind, scan};
use grammar::{Match, Matcher};
use resolve::{Context, resolve};

/// What gave a relative expression its place in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The publication day.
    Published,
    /// The dateline.
    Dateline,
    /// A full date in the text, or the text itself ("7 January 2022").
    Text,
}

/// One time expression. Expressions do not overlap and are in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Bytes of the expression.
    pub span: Span,
    /// TIMEX3 value: "2022-01-07", "2022-01", "2022-W01", "P3D", "XXXX-WXX-5", "2022-01-07TNI" …
    pub value: String,
    /// TIMEX3 type: DATE TIME DURATION SET.
    pub kind: &'static str,
    /// First day, inclusive; `None` if unresolved or a duration.
    pub from: Option<Date>,
    /// Last day, inclusive; `None` if unresolved or a duration.
    pub to: Option<Date>,
    /// hour day week month season year range duration.
    pub granularity: &'static str,
    /// What resolved it; `None` if unresolved.
    pub anchor: Option<Anchor>,
    /// Whether it says that something lasts since then (« depuis lundi », "since Monday"): `to` is then the publication day.
    pub since: bool,
}

/// All time expressions of a document. Relative ones are counted from `published`, or from a dateline with a full date; without either they
/// keep their unresolved value ("XXXX-WXX-5") and no days.
pub fn times(document: &Document, published: Option<Date>, lexicon: &TimeLexicon) -> Vec<Timex> {
    times_in(&scan(&document.text), published, lexicon)
}

/// The time expressions of a run of surface words; [`times`] for text already scanned.
pub fn times_in(words: &[Word], published: Option<Date>, lexicon: &TimeLexicon) -> Vec<Timex> {
    let matcher = Matcher::new(words, lexicon);
    let mut context = Context { now: published, anchor: Anchor::Published, spoken: None, future: false, past: false };
    let mut found: Vec<(Timex, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(hit) = matcher.best_at(at) else {
            at += 1;
            continue;
        };
        if is_plain_number(&matcher, words, &hit) {
            at += 1;
            continue;
        }
        let direction = direction_around(&matcher, words, hit.start, hit.end);
        (context.future, context.past) = (direction == Some(true), direction == Some(false));
        let rule = &lexicon.rules[hit.rule];
        let Some(value) = resolve(&hit, rule, lexicon, &context) else {
            at = if rule.action == Action::Ignore { hit.end } else { at + 1 };
            continue;
        };
        if value.kind != "DURATION"
            && value.granularity != "hour"
            && let Some((first, _)) = value.days
        {
            context.spoken = Some(first);
            if context.now.is_none() && value.granularity == "day" && value.anchor == Some(Anchor::Text) && in_dateline(words, hit.start) {
                (context.now, context.anchor) = (Some(first), Anchor::Dateline);
            }
        }
        let since = is_since(&matcher, words, hit.start);
        let mut timex = Timex {
            span: words[hit.start].span.join(words[hit.end - 1].span),
            value: value.timex,
            kind: value.kind,
            from: value.days.map(|days| days.0),
            to: value.days.map(|days| days.1),
            granularity: value.granularity,
            anchor: value.anchor,
            since,
        };
        if since {
            timex.to = published.or(context.now).filter(|now| timex.from.is_some_and(|from| from <= *now));
        }
        at = hit.end;
        found.push((timex, hit.start..hit.end));
    }
    clock::join(found, words, &matcher, &context)
}

/// Four digits that are no year: "$2014", "1990 soldiers", "12.2014".
fn is_plain_number(matcher: &Matcher<'_>, words: &[Word], hit: &Match) -> bool {
    if hit.end != hit.start + 1 || words[hit.start].kind != WordKind::Digits {
        return false;
    }
    let mark = |at: usize| words.get(at).is_some_and(|word| matches!(word.text.as_str(), "." | "," | "/" | "-" | "_"));
    let digits = |at: usize| words.get(at).is_some_and(|word| word.kind == WordKind::Digits && !word.space_before);
    let before = hit.start.checked_sub(1).is_some_and(|at| {
        !words[hit.start].space_before
            && (words[at].kind == WordKind::Letters || (mark(at) && at > 0 && words[at - 1].kind == WordKind::Digits))
    });
    let after = words.get(hit.end).is_some_and(|word| word.kind == WordKind::Letters && !word.space_before)
        || (mark(hit.end) && digits(hit.end + 1) && !words[hit.end].space_before);
    let class_before = (1..=2.min(hit.start)).any(|back| matcher.class_at("not_year_before", hit.start - back) == Some(hit.start));
    before || after || class_before || matcher.class_at("not_year_after", hit.end).is_some()
}

/// « depuis jeudi », « depuis le séisme de mars »: a word of the class `since` before, with nothing but words between.
fn is_since(matcher: &Matcher<'_>, words: &[Word], start: usize) -> bool {
    for at in (start.saturating_sub(5)..start).rev() {
        if matcher.class_at("since", at).is_some() || matcher.class_between("since", at, start) {
            return true;
        }
        if matches!(words[at].kind, WordKind::Break | WordKind::Digits) || (words[at].kind == WordKind::Mark && !words[at].is("'")) {
            return false;
        }
    }
    false
}

/// Whether a word of the class `future` (true) or of the class `past` (false) stands nearer in the same sentence; `None` without either.
fn direction_around(matcher: &Matcher<'_>, words: &[Word], start: usize, end: usize) -> Option<bool> {
    let stops = |at: usize| match words[at].text.as_str() {
        "." => at > 0 && words[at - 1].span.len() > 2 && words.get(at + 1).is_none_or(|next| next.capital && next.space_before),
        text => words[at].kind == WordKind::Break || matches!(text, ";" | "!" | "?" | "\"" | "«" | "»" | "“" | "”"),
    };
    let cue = |at: usize| {
        if matcher.class_at("future", at).is_some() {
            Some(true)
        } else if matcher.class_at("past", at).is_some() {
            Some(false)
        } else {
            None
        }
    };
    let before = (start.saturating_sub(12)..start).rev().take_while(|&at| !stops(at)).find_map(|at| cue(at).map(|cue| (start - at, cue)));
    let after = (end..words.len().min(end + 8)).take_while(|&at| !stops(at)).find_map(|at| cue(at).map(|cue| (at - end + 1, cue)));
    // What stands before is the verb of the clause more often than what stands after.
    match (before, after) {
        (Some((near, cue)), Some((far, other))) => Some(if near <= far + 2 { cue } else { other }),
        (Some((_, cue)), None) | (None, Some((_, cue))) => Some(cue),
        (None, None) => None,
    }
}

/// Whether the word is among the first of the text, before any sentence: "ALMATY, 7 January 2022 —".
fn in_dateline(words: &[Word], at: usize) -> bool {
    at < 16 && words[..at].iter().all(|word| word.kind != WordKind::Break || word.text.is_empty() || at < 8)
}

#[cfg(test)]
mod tests;
