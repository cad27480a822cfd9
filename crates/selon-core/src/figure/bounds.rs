//! The words around a number → its bounds, by CODING's rules.

use selon_data::figures::{Cue, FigureLexicon};

use crate::words::{Word, WordKind};

/// Whether a phrase with one of the cues begins at a word; the index one past it, and the cue.
pub fn cue_at(words: &[Word], at: usize, lexicon: &FigureLexicon, wanted: &[Cue]) -> Option<(usize, Cue)> {
    let first = words.get(at)?;
    let phrases = lexicon.starting_with(&first.text);
    phrases.iter().filter(|phrase| wanted.contains(&phrase.1)).find_map(|(phrase, cue)| {
        let fits = words.get(at..at + phrase.len())?.iter().zip(phrase).all(|(word, form)| word.text == *form);
        fits.then_some((at + phrase.len(), *cue))
    })
}

/// Whether a phrase with one of the cues ends right before a word; its first word, and the cue. The longest one.
pub fn cue_before(words: &[Word], end: usize, lexicon: &FigureLexicon, wanted: &[Cue]) -> Option<(usize, Cue)> {
    (end.saturating_sub(5)..end).find_map(|at| {
        let phrases = lexicon.starting_with(&words[at].text);
        phrases.iter().filter(|phrase| wanted.contains(&phrase.1)).find_map(|(phrase, cue)| {
            let fits = phrase.len() == end - at && words[at..end].iter().zip(phrase).all(|(word, form)| word.text == *form);
            fits.then_some((at, *cue))
        })
    })
}

const BEFORE: &[Cue] = &[Cue::AtLeast, Cue::AtMost, Cue::LessThan, Cue::Nearly, Cue::About];

/// A number with the words that widen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Lower bound.
    pub low: Option<u64>,
    /// Upper bound.
    pub high: Option<u64>,
}

/// Widens the number at `start..end` by the approximators before and after it.
pub fn widen(words: &[Word], start: usize, end: usize, low: u64, high: Option<u64>, lexicon: &FigureLexicon) -> Bounds {
    let mut bounds = Bounds { start, end, low: Some(low), high };
    let mut at = start;
    // « au moins les deux », "at least another 12": one filler may stand between.
    if let Some((filler, _)) = cue_before(words, start, lexicon, &[Cue::Filler])
        && cue_before(words, filler, lexicon, BEFORE).is_some()
    {
        at = filler;
    }
    if let Some((first, cue)) = cue_before(words, at, lexicon, BEFORE) {
        bounds.start = first;
        apply(&mut bounds, cue, low, high);
    } else if let Some((last, cue)) = cue_at(words, end, lexicon, &[Cue::AtLeastAfter, Cue::AboutAfter]) {
        bounds.end = last;
        apply(&mut bounds, cue, low, high);
    }
    bounds
}

fn apply(bounds: &mut Bounds, cue: Cue, low: u64, high: Option<u64>) {
    let tenth_below = |n: u64| n - n.div_ceil(10);
    let tenth_above = |n: u64| n + n.div_ceil(10);
    (bounds.low, bounds.high) = match cue {
        Cue::AtLeast | Cue::AtLeastAfter => (Some(low), None),
        Cue::AtMost => (None, high.or(Some(low))),
        Cue::LessThan => (None, Some(high.unwrap_or(low).saturating_sub(1))),
        Cue::Nearly => (Some(tenth_below(low)), high),
        _ => (Some(tenth_below(low)), high.map(tenth_above)),
    };
}

/// The number counts nobody: a label before it ("article 49"), a unit after it ("20 km"), or it is part of a code ("F-16", "3-1").
pub fn is_no_count(words: &[Word], start: usize, end: usize, lexicon: &FigureLexicon) -> bool {
    let first = &words[start];
    if cue_before(words, start, lexicon, &[Cue::Label]).is_some() || cue_at(words, end, lexicon, &[Cue::Unit]).is_some() {
        return true;
    }
    // "20-year-old", "15-km": a unit after a hyphen.
    let hyphen = |at: usize| words.get(at).is_some_and(|word| matches!(word.text.as_str(), "-" | "‑") && !word.space_before);
    if hyphen(end) && cue_at(words, end + 1, lexicon, &[Cue::Unit]).is_some() {
        return true;
    }
    if first.kind != WordKind::Digits {
        return false;
    }
    let glued = |at: usize| words.get(at).is_some_and(|word| !word.space_before && word.kind != WordKind::Break);
    let letters_before = !first.space_before && start > 0 && (words[start - 1].kind == WordKind::Letters || hyphen(start - 1) && start > 1);
    let letters_after = glued(end) && words[end].kind == WordKind::Letters;
    let code_after =
        glued(end) && matches!(words[end].text.as_str(), "-" | ":" | "/") && glued(end + 1) && words[end + 1].kind == WordKind::Digits;
    let code_before = !first.space_before
        && start > 1
        && matches!(words[start - 1].text.as_str(), ":" | "/" | ".")
        && words[start - 2].kind == WordKind::Digits;
    letters_before || letters_after || code_after || code_before
}
