//! « à 30 km au nord de Gao », "20 miles east of Goma": how far from the place named, and which way.

use selon_data::places::{PlaceCue, PlaceLexicon};

use crate::words::{Word, WordKind};

/// Distance in km and bearing in degrees clockwise from north, read from the words before a name; `None` if they give no offset.
pub fn before(words: &[Word], start: usize, lexicon: &PlaceLexicon) -> Option<(f64, f64)> {
    let low = start.saturating_sub(9);
    let unit = (low..start).rev().find_map(|at| match cue(words, at, lexicon, |cue| matches!(cue, PlaceCue::Length(_))) {
        Some((end, PlaceCue::Length(metres))) => Some((at, end, metres)),
        _ => None,
    })?;
    let (at, after, metres) = unit;
    if at == 0 || words[at - 1].kind != WordKind::Digits {
        return None;
    }
    let bearing = (after..start).find_map(|at| match cue(words, at, lexicon, |cue| matches!(cue, PlaceCue::Direction(_))) {
        Some((_, PlaceCue::Direction(bearing))) => Some(f64::from(bearing)),
        _ => None,
    })?;
    let ends = |word: &Word| matches!(word.text.as_str(), "." | "," | ";") || word.kind == WordKind::Break;
    if words[after..start].iter().any(ends) {
        return None;
    }
    let mut number = words[at - 1].number()? as f64;
    // « 1,5 km »
    if at >= 3 && matches!(words[at - 2].text.as_str(), "," | ".") && !words[at - 2].space_before && words[at - 3].kind == WordKind::Digits
    {
        let decimals = 10_f64.powi(words[at - 1].span.len() as i32);
        number = words[at - 3].number()? as f64 + number / decimals;
    }
    let km = number * f64::from(metres) / 1000.0;
    (km > 0.0 && km <= 2000.0).then_some((km, bearing))
}

fn cue(words: &[Word], at: usize, lexicon: &PlaceLexicon, wanted: impl Fn(PlaceCue) -> bool) -> Option<(usize, PlaceCue)> {
    lexicon.starting_with(&words[at].text).iter().filter(|phrase| wanted(phrase.1)).find_map(|(phrase, cue)| {
        let run = words.get(at..at + phrase.len())?;
        run.iter().zip(phrase).all(|(word, form)| word.text == *form).then_some((at + phrase.len(), *cue))
    })
}
