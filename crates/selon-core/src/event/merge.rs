//! One act told by several words of one clause is one event (CODING "Which mentions are events", 1).

use super::{Event, Scene};
use crate::document::{Deprel, Upos};

/// Joins events of one type in one clause with the same sides; the result keeps text order.
pub fn merge(scene: Scene<'_>, events: Vec<Event>) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::new();
    for event in events {
        match kept.iter_mut().find(|other| is_same_act(scene, other, &event)) {
            Some(other) if other.failing.is_empty() == event.failing.is_empty() => absorb(other, event, scene),
            Some(other) if event.failing.is_empty() => *other = event,
            Some(_) => {}
            None => kept.push(event),
        }
    }
    kept
}

fn is_same_act(scene: Scene<'_>, first: &Event, second: &Event) -> bool {
    if first.event != second.event
        || first.auxiliary != second.auxiliary
        || scene.document.sentence_of[first.anchor] != scene.document.sentence_of[second.anchor]
    {
        return false;
    }
    let compatible = |a: &[super::Referent], b: &[super::Referent]| a.is_empty() || b.is_empty() || a == b;
    if !compatible(&first.actor, &second.actor) {
        return false;
    }
    if first.trigger.overlaps(second.trigger) {
        return true;
    }
    let sides = compatible(&first.recipient, &second.recipient);
    let distinct_tolls = !first.figures.is_empty() && !second.figures.is_empty() && first.figure_kind == second.figure_kind;
    if distinct_tolls && first.figures != second.figures {
        return false;
    }
    if is_cause(scene, first.anchor, second.anchor) || is_cause(scene, second.anchor, first.anchor) {
        return matches!(first.event.as_str(), "ASSAULT" | "PROTEST" | "COERCE") && (sides || first.event == "ASSAULT");
    }
    // Coordinated tolls (« deux morts et dix blessés ») and nouns of violence (« coups de feu et détonations »). Coordinated verbs are two acts.
    let nouns = [first, second].iter().all(|event| !matches!(scene.document.tokens[event.anchor].upos, Upos::Verb | Upos::Aux));
    let violence = nouns && sides && first.event == "ASSAULT";
    coordinated(scene, first.anchor, second.anchor) && (violence || first.figure_kind.is_some() && second.figure_kind.is_some())
}

/// Whether `noun` is subject, object or circumstance of `verb` (« une explosion a blessé trois gardes »).
fn is_cause(scene: Scene<'_>, verb: usize, noun: usize) -> bool {
    let token = &scene.document.tokens[noun];
    let nominal = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj);
    let direct = token.head == Some(verb);
    let through_modifier =
        token.head.is_some_and(|head| scene.document.tokens[head].head == Some(verb) && scene.document.tokens[head].deprel == Deprel::Obj);
    nominal
        && matches!(
            token.deprel,
            Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::OblMod | Deprel::OblArg | Deprel::OblAgent | Deprel::Nmod
        )
        && (direct || through_modifier)
}

fn coordinated(scene: Scene<'_>, first: usize, second: usize) -> bool {
    let tokens = &scene.document.tokens;
    (tokens[second].deprel == Deprel::Conj && tokens[second].head == Some(first))
        || (tokens[second].deprel == Deprel::Conj && tokens[first].deprel == Deprel::Conj && tokens[second].head == tokens[first].head)
}

fn absorb(into: &mut Event, other: Event, scene: Scene<'_>) {
    let verb_wins =
        matches!(scene.document.tokens[other.anchor].upos, Upos::Verb) && !matches!(scene.document.tokens[into.anchor].upos, Upos::Verb);
    for mode in &other.mode {
        if !into.mode.contains(mode) {
            into.mode.push(mode.clone());
        }
    }
    for rule in &other.rules {
        if !into.rules.contains(rule) {
            into.rules.push(rule.clone());
        }
    }
    for figure in &other.figures {
        if !into.figures.contains(figure) {
            into.figures.push(figure.clone());
        }
    }
    if into.actor.is_empty() {
        into.actor = other.actor.clone();
    }
    for referent in &other.recipient {
        if !into.recipient.contains(referent) && !into.actor.contains(referent) {
            into.recipient.push(*referent);
        }
    }
    if verb_wins {
        into.tokens = other.tokens;
        into.anchor = other.anchor;
        into.head = other.head;
        into.trigger = other.trigger;
        into.figure_kind = other.figure_kind.or(into.figure_kind.take());
    }
}
