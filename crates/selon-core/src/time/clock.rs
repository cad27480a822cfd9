//! Joins a clock time to the day beside it ("10 p.m. Wednesday", « mardi vers 18 heures »); alone it belongs to the day spoken of.

use std::ops::Range;

use super::Timex;
use super::grammar::Matcher;
use super::resolve::Context;
use crate::words::{Word, WordKind};

/// The final list, in the order of the text.
pub fn join(found: Vec<(Timex, Range<usize>)>, words: &[Word], matcher: &Matcher<'_>, context: &Context) -> Vec<Timex> {
    let mut out: Vec<(Timex, Range<usize>)> = Vec::with_capacity(found.len());
    for (timex, range) in found {
        let close = |before: &Range<usize>, after: &Range<usize>| {
            (before.end..after.start).all(|at| matcher.class_at("join", at).is_some()) && after.start - before.end <= 3 && !words.is_empty()
        };
        match out.last_mut() {
            Some((last, last_range)) if is_clock(last) && is_day(&timex) && close(last_range, &range) => {
                let clock = std::mem::take(&mut last.value);
                let span = last.span.join(timex.span);
                *last = with_clock(timex, &clock);
                last.span = span;
                last_range.end = range.end;
                continue;
            }
            Some((last, last_range)) if is_clock(&timex) && is_day(last) && close(last_range, &range) => {
                let span = last.span.join(timex.span);
                *last = with_clock(last.clone(), &timex.value);
                last.span = span;
                last_range.end = range.end;
                continue;
            }
            _ => {}
        }
        out.push((timex, range));
    }
    // A ticker's stamp at the head of a line belongs to the last day that stands alone on a line, else to the publication day.
    let edge = |at: Option<usize>| at.and_then(|at| words.get(at)).is_none_or(|word| word.kind == WordKind::Break);
    let (mut day, mut stamp) = (context.now, context.now);
    out.into_iter()
        .map(|(mut timex, range)| {
            let at_head = edge(range.start.checked_sub(1));
            if is_day(&timex) {
                day = timex.from;
                if at_head && edge(Some(range.end)) {
                    stamp = day;
                }
            } else if is_clock(&timex) && at_head {
                day = stamp;
            }
            settle(&mut timex, day);
            timex
        })
        .collect()
}

fn is_clock(timex: &Timex) -> bool {
    timex.kind == "TIME" && timex.value.starts_with('T')
}

fn is_day(timex: &Timex) -> bool {
    timex.granularity == "day" && timex.value.len() == 10 && timex.from.is_some()
}

fn with_clock(day: Timex, clock: &str) -> Timex {
    Timex { value: format!("{}{clock}", day.value), kind: "TIME", granularity: "hour", ..day }
}

fn settle(timex: &mut Timex, day: Option<jiff::civil::Date>) {
    if !is_clock(timex) {
        return;
    }
    match day {
        Some(day) => {
            timex.value = format!("{day}{}", timex.value);
            (timex.from, timex.to, timex.anchor) = (Some(day), Some(day), Some(super::Anchor::Text));
        }
        None => timex.value.insert_str(0, "XXXX-XX-XX"),
    }
}
