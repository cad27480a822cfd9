//! The learned half of casting: for each event and role, how likely each actor around the trigger fills it.
//!
//! The frames of the rules say who stands in a slot; this model weighs that against what else the article shows: sides named in the clause before, the
//! usual sector of such a side, the distance. Weights in `data/ontology/casting.tsv`, made by training/casting; without the file the frames alone decide.

use selon_data::weights::Weights;

use super::{Event, Referent, Scene};
use crate::document::{Deprel, Upos};
use crate::entity::MentionKind;
use crate::learned::{Sink, Sum};
use crate::tree::Tree;

/// Sentences before the trigger's that may name a side.
const REACH: usize = 3;

/// Probability from which somebody outside the slots is cast.
const ADD: f32 = 0.5;

/// Probability below which somebody in a slot is not cast.
const DROP: f32 = 0.2;

/// The two sides of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who acts.
    Actor,
    /// Whom it befalls.
    Recipient,
}

impl Role {
    /// Its name in features.
    pub fn name(self) -> &'static str {
        match self {
            Role::Actor => "actor",
            Role::Recipient => "recipient",
        }
    }

    fn of(self, event: &Event) -> &[Referent] {
        match self {
            Role::Actor => &event.actor,
            Role::Recipient => &event.recipient,
        }
    }
}

/// Casts both roles of every event anew.
pub fn cast(scene: Scene<'_>, model: Option<&Weights>, mut events: Vec<Event>) -> Vec<Event> {
    let Some(model) = model else { return events };
    let given = events.clone();
    for (index, event) in events.iter_mut().enumerate() {
        for role in [Role::Actor, Role::Recipient] {
            let chosen = choose(scene, model, &given, index, role);
            match role {
                Role::Actor => event.actor = chosen,
                Role::Recipient => event.recipient = chosen,
            }
        }
    }
    events
}

fn choose(scene: Scene<'_>, model: &Weights, events: &[Event], index: usize, role: Role) -> Vec<Referent> {
    let slots = role.of(&events[index]);
    let mut chosen: Vec<Referent> = Vec::new();
    let mut best: Option<(f32, usize)> = None;
    for candidate in candidates(scene, events, index) {
        let mut sum = Sum::new(model);
        features(scene, events, index, role, candidate, &mut sum);
        let probability = sum.probability();
        if slots.contains(&Referent::Mention(candidate)) {
            if probability >= DROP {
                chosen.push(Referent::Mention(candidate));
            }
        } else if probability >= ADD && best.is_none_or(|(highest, _)| probability > highest) {
            best = Some((probability, candidate));
        }
    }
    chosen.extend(slots.iter().filter(|side| matches!(side, Referent::Words(_))));
    if chosen.is_empty() {
        chosen.extend(best.map(|(_, candidate)| Referent::Mention(candidate)));
    }
    chosen
}

/// The mentions that may fill a role of an event: of each referent the one in a slot, else the nearest, no further than three sentences back.
pub fn candidates(scene: Scene<'_>, events: &[Event], index: usize) -> Vec<usize> {
    let event = &events[index];
    let here = scene.document.sentence_of[event.anchor];
    let mentions = &scene.entities.mentions;
    let in_slot = |number: usize| event.actor.contains(&Referent::Mention(number)) || event.recipient.contains(&Referent::Mention(number));
    let mut found: Vec<usize> = Vec::new();
    for number in 0..mentions.len() {
        let sentence = scene.document.sentence_of[mentions[number].head];
        let near = sentence <= here && here - sentence <= REACH && !event.tokens.contains(&mentions[number].head);
        if !near && !in_slot(number) {
            continue;
        }
        let rival = found.iter().position(|&other| mentions[other].chain == mentions[number].chain && !in_slot(other));
        match rival {
            Some(place) if !in_slot(number) => {
                let distance = |number: usize| mentions[number].head.abs_diff(event.anchor);
                if distance(number) < distance(found[place]) {
                    found[place] = number;
                }
            }
            Some(place) => found[place] = number,
            None => found.push(number),
        }
    }
    found
}

/// The features of one candidate for one role.
pub fn features(scene: Scene<'_>, events: &[Event], index: usize, role: Role, candidate: usize, sink: &mut impl Sink) {
    let event = &events[index];
    let mention = &scene.entities.mentions[candidate];
    let chain = &scene.entities.chains[mention.chain];
    let tokens = &scene.document.tokens;
    let (name, kind) = (role.name(), event.event.as_str());
    let slots = role.of(event);
    let other = if role == Role::Actor { &event.recipient } else { &event.actor };
    let filled = slots.contains(&Referent::Mention(candidate));
    let slot = match (filled, other.contains(&Referent::Mention(candidate)), slots.is_empty()) {
        (true, _, _) => "slot",
        (_, true, true) => "other-slot",
        (_, true, false) => "other-slot-filled",
        (_, _, true) => "open",
        _ => "filled",
    };
    let here = scene.document.sentence_of[event.anchor];
    let there = scene.document.sentence_of[mention.head];
    let distance = ["0", "1", "2", "3", "4"][here.abs_diff(there).min(4)];
    let sector = mention.sector.as_deref().or(chain.sector.as_deref()).unwrap_or("-");
    let mode = event.mode.first().map_or("-", String::as_str);
    let form = match mention.kind {
        MentionKind::Name => "name",
        MentionKind::Nominal => "nominal",
        MentionKind::Pronoun => "pronoun",
    };
    let same_sentence = here == there;
    let relation = tokens[mention.head].deprel.as_str();
    let path = if same_sentence { path(scene.tree, mention.head, event.anchor) } else { String::new() };
    let anchor = if matches!(tokens[event.anchor].upos, Upos::Verb | Upos::Aux) { "verb" } else { "noun" };
    let rival = other.iter().find_map(|side| match side {
        Referent::Mention(number) if *number != candidate => Some(scene.entities.mentions[*number].sector.as_deref().unwrap_or("-")),
        _ => None,
    });
    let rival = rival.unwrap_or("none");
    sink.add(&[name]);
    sink.add(&[name, slot]);
    sink.add(&[name, slot, kind]);
    sink.add(&[name, slot, kind, sector]);
    sink.add(&[name, slot, distance]);
    sink.add(&[name, slot, kind, distance]);
    sink.add(&[name, slot, form]);
    sink.add(&[name, slot, form, distance]);
    sink.add(&[name, kind, mode, sector]);
    sink.add(&[name, kind, sector, rival]);
    sink.add(&[name, slot, relation, distance]);
    sink.add(&[name, slot, anchor, distance]);
    sink.add(&[name, "lemma", slot, &scene.tree.lemmas[event.head]]);
    sink.add(&[name, "noun", slot, &scene.tree.lemmas[mention.head]]);
    sink.add(&[name, "noun", kind, &scene.tree.lemmas[mention.head]]);
    for rule in &event.rules {
        sink.add(&[name, "rule", slot, rule]);
    }
    if same_sentence {
        sink.add(&[name, slot, "path", &path]);
        sink.add(&[name, kind, "path", &path]);
        let side = if mention.head < event.anchor { "before" } else { "after" };
        sink.add(&[name, slot, side]);
        sink.add(&[name, slot, kind, side]);
        let preposition = scene.tree.preposition(mention.head);
        sink.add(&[name, slot, "prep", &preposition]);
        sink.add(&[name, kind, "prep", &preposition]);
    } else {
        let subject = matches!(tokens[mention.head].deprel, Deprel::Nsubj | Deprel::NsubjPass);
        sink.add(&[name, slot, if subject { "earlier-subject" } else { "earlier-other" }, distance]);
    }
    let paragraph = |token: usize| scene.document.sentences[scene.document.sentence_of[token]].paragraph;
    sink.add(&[name, slot, if paragraph(mention.head) == paragraph(event.anchor) { "same-paragraph" } else { "other-paragraph" }]);
    sink.add(&[name, slot, if event.figures.is_empty() { "no-toll" } else { "toll" }]);
    for auxiliary in &event.auxiliary {
        sink.add(&[name, slot, auxiliary.as_str()]);
    }
    sink.add(&[name, slot, if chain.mentions.len() > 3 { "salient" } else { "rare" }]);
    let home = mention.country.is_some() && mention.country == scene.entities.setting;
    sink.add(&[name, slot, if home { "home" } else { "abroad" }, sector]);
    // What the candidate does in the events around.
    for (number, neighbour) in events.iter().enumerate().filter(|(number, _)| *number != index) {
        let gap = scene.document.sentence_of[neighbour.anchor].abs_diff(here);
        if gap > REACH {
            continue;
        }
        let order = if number < index { "earlier" } else { "later" };
        let same = if neighbour.event == event.event { "same-type" } else { neighbour.event.as_str() };
        for (as_what, sides) in [("acts", &neighbour.actor), ("suffers", &neighbour.recipient)] {
            let plays = sides
                .iter()
                .any(|side| matches!(side, Referent::Mention(number) if scene.entities.mentions[*number].chain == mention.chain));
            if plays {
                let gap = ["0", "1", "2", "3"][gap.min(3)];
                sink.add(&[name, slot, as_what, same, order, gap]);
                sink.add(&[name, kind, as_what, same, order]);
            }
        }
    }
}

/// The way from one token of a sentence to another through their lowest common governor: « nsubj^ » up, « obj_ » down; cut after four steps a side.
pub fn path(tree: &Tree<'_>, from: usize, to: usize) -> String {
    let tokens = &tree.document.tokens;
    let chain = |start: usize| {
        let mut steps = vec![start];
        while let Some(head) = tokens[steps[steps.len() - 1]].head {
            if steps.len() > 12 || steps.contains(&head) {
                break;
            }
            steps.push(head);
        }
        steps
    };
    let (up, down) = (chain(from), chain(to));
    let Some((rise, fall)) =
        up.iter().enumerate().find_map(|(rise, step)| down.iter().position(|other| other == step).map(|fall| (rise, fall)))
    else {
        return "apart".into();
    };
    if rise > 4 || fall > 4 {
        return "far".into();
    }
    let mut written = String::new();
    for &step in &up[..rise] {
        written.push_str(tokens[step].deprel.as_str());
        written.push('^');
    }
    for &step in down[..fall].iter().rev() {
        written.push_str(tokens[step].deprel.as_str());
        written.push('_');
    }
    written
}
