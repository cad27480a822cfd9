//! Which events of one article retell the same occurrence: lead, body and recap must not count thrice.

use super::{Settled, Where};
use crate::event::{Auxiliary, Event, Referent, Scene};
use crate::time::Timex;

/// For each event, the number of its incident within the article, from 0 in order of first mention.
pub fn incidents(scene: Scene<'_>, timexes: &[Timex], events: &[Event], settled: &[Settled]) -> Vec<usize> {
    let mut heads: Vec<usize> = Vec::new();
    let mut numbers: Vec<usize> = Vec::with_capacity(events.len());
    for index in 0..events.len() {
        let same = (0..index)
            .rev()
            .find(|&earlier| is_retelling(scene, timexes, (&events[earlier], &settled[earlier]), (&events[index], &settled[index])));
        match same {
            Some(earlier) => numbers.push(numbers[earlier]),
            None => {
                numbers.push(heads.len());
                heads.push(index);
            }
        }
    }
    numbers
}

fn is_retelling(scene: Scene<'_>, timexes: &[Timex], first: (&Event, &Settled), second: (&Event, &Settled)) -> bool {
    let (a, b) = (first.0, second.0);
    if a.event != b.event || !modes_agree(a, b) {
        return false;
    }
    let long_past = |event: &Event| event.auxiliary.contains(&Auxiliary::Historical);
    if long_past(a) != long_past(b) || !days_agree(timexes, first.1, second.1) || !places_agree(scene, first.1, second.1) {
        return false;
    }
    let actors = sides_agree(scene, &a.actor, &b.actor);
    let recipients = sides_agree(scene, &a.recipient, &b.recipient);
    if actors == Agreement::Conflict || recipients == Agreement::Conflict {
        return false;
    }
    let lemma = |event: &Event| scene.document.tokens[event.head].lemma.clone();
    let same_words = lemma(a) == lemma(b);
    let shared_side = actors == Agreement::Shared || recipients == Agreement::Shared;
    match a.event.as_str() {
        "ACCUSE" | "REQUEST" | "REJECT" | "THREATEN" | "AGREE" | "CONSULT" | "SUPPORT" => {
            actors == Agreement::Shared && (same_words || recipients == Agreement::Shared)
        }
        "PROTEST" => same_words || shared_side || a.mode == b.mode,
        _ => shared_side || same_words,
    }
}

#[derive(PartialEq)]
enum Agreement {
    Shared,
    Silent,
    Conflict,
}

fn sides_agree(scene: Scene<'_>, a: &[Referent], b: &[Referent]) -> Agreement {
    if a.is_empty() || b.is_empty() {
        return Agreement::Silent;
    }
    let shared = a.iter().any(|first| b.iter().any(|second| same_side(scene, *first, *second)));
    if shared { Agreement::Shared } else { Agreement::Conflict }
}

fn same_side(scene: Scene<'_>, a: Referent, b: Referent) -> bool {
    match (a, b) {
        (Referent::Mention(a), Referent::Mention(b)) => {
            let (first, second) = (&scene.entities.mentions[a], &scene.entities.mentions[b]);
            first.chain == second.chain
                || (first.country == second.country && first.sector == second.sector && !both_named(scene, first.chain, second.chain))
        }
        (a, b) => a == b,
    }
}

fn both_named(scene: Scene<'_>, a: usize, b: usize) -> bool {
    let named = |chain: usize| scene.entities.chains.get(chain).is_some_and(|chain| chain.name.is_some());
    a != b && named(a) && named(b)
}

fn modes_agree(a: &Event, b: &Event) -> bool {
    a.mode.is_empty() || b.mode.is_empty() || a.mode.iter().any(|mode| b.mode.contains(mode))
}

fn days_agree(timexes: &[Timex], a: &Settled, b: &Settled) -> bool {
    let days = |settled: &Settled| settled.time.and_then(|index| Some((timexes[index].from?, timexes[index].to.or(timexes[index].from)?)));
    match (days(a), days(b)) {
        (Some((from, to)), Some((other_from, other_to))) => from <= other_to && other_from <= to,
        _ => true,
    }
}

fn places_agree(scene: Scene<'_>, a: &Settled, b: &Settled) -> bool {
    let place = |settled: &Settled| match &settled.place {
        Some(Where::Toponym(index, _)) if scene.toponyms[*index].precision <= 3 => Some(scene.toponyms[*index].name.clone()),
        _ => None,
    };
    match (place(a), place(b)) {
        (Some(first), Some(second)) => first == second,
        _ => true,
    }
}
