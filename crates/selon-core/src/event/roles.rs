//! From slots to participants: the mentions of actors that fill a trigger's roles.

use selon_data::frames::{Frame, Roles, Slot};

use super::slots::Slots;
use super::{Event, Figure, Referent, Scene};
use crate::document::{Deprel, Document, Upos};
use crate::entity::Entities;
use crate::place::Toponym;

/// Which mention or place each token heads.
pub struct Lookup {
    mention_at: Vec<u32>,
    toponym_at: Vec<u32>,
}

const NOTHING: u32 = u32::MAX;

impl Lookup {
    /// Indexes mentions by head and toponyms by every token they cover.
    pub fn new(entities: &Entities, toponyms: &[Toponym], document: &Document) -> Lookup {
        let mut lookup = Lookup { mention_at: vec![NOTHING; document.tokens.len()], toponym_at: vec![NOTHING; document.tokens.len()] };
        for (index, mention) in entities.mentions.iter().enumerate() {
            if let Some(slot) = lookup.mention_at.get_mut(mention.head) {
                *slot = index as u32;
            }
        }
        for (index, toponym) in toponyms.iter().enumerate() {
            for token in document.tokens_in(toponym.span) {
                lookup.toponym_at[token] = index as u32;
            }
        }
        lookup
    }

    /// The mention headed by a token.
    pub fn mention(&self, token: usize) -> Option<usize> {
        self.mention_at.get(token).filter(|&&index| index != NOTHING).map(|&index| index as usize)
    }

    /// The toponym a token belongs to.
    pub fn toponym(&self, token: usize) -> Option<usize> {
        self.toponym_at.get(token).filter(|&&index| index != NOTHING).map(|&index| index as usize)
    }
}

/// What fills a role: a token, with the mention it heads if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filler {
    /// Head of the noun phrase.
    pub token: usize,
    /// The mention it heads; `None` for things and unknown people.
    pub mention: Option<usize>,
    /// Whether it names a place.
    pub is_place: bool,
}

impl Filler {
    /// The filler at a token.
    pub fn at(token: usize, lookup: &Lookup) -> Filler {
        Filler { token, mention: lookup.mention(token), is_place: lookup.toponym(token).is_some() }
    }
}

/// The fillers of both roles of a trigger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// Who acts.
    pub actor: Vec<Filler>,
    /// Whom it befalls.
    pub recipient: Vec<Filler>,
}

/// Casts the roles of `frame` around a trigger. `anchor` is its place in the tree; `reflexive` says that its pattern is a reflexive verb's.
pub fn cast(scene: Scene<'_>, lookup: &Lookup, frame: &Frame, trigger: &[usize], anchor: usize, reflexive: bool) -> Cast {
    let mut slots = Slots::new(scene.tree, &scene.language.frames, trigger);
    if reflexive {
        slots = slots.reflexive(anchor);
    }
    let verbal = matches!(scene.document.tokens[anchor].upos, Upos::Verb | Upos::Aux | Upos::Adj);
    let main = if verbal { &frame.verb } else { &frame.noun };
    let mut cast =
        Cast { actor: first_filled(&slots, lookup, anchor, &main.actor), recipient: first_filled(&slots, lookup, anchor, &main.recipient) };
    let nouns =
        trigger.iter().copied().filter(|&token| token != anchor && matches!(scene.document.tokens[token].upos, Upos::Noun | Upos::Propn));
    for noun in nouns {
        complete(&mut cast, &slots, lookup, noun, &frame.noun);
    }
    // « refuse de négocier avec les insurgés »: the infinitive of the trigger knows the other side.
    for &verb in trigger.iter().filter(|&&token| token != anchor && scene.document.tokens[token].upos == Upos::Verb) {
        if cast.recipient.is_empty() {
            cast.recipient = first_filled(&slots, lookup, verb, &frame.verb.recipient);
        }
    }
    if !verbal && cast.actor.is_empty() {
        cast.actor = fillers(slots.fill(anchor, &Slot::Subject), lookup);
    }
    resolve_conditional_genitive(&mut cast, &slots, lookup, anchor, main);
    if frame.reciprocal {
        let recipients = std::mem::take(&mut cast.recipient);
        cast.actor.extend(recipients);
        dedup(&mut cast.actor);
    }
    let actors = cast.actor.clone();
    cast.recipient.retain(|filler| !actors.contains(filler));
    cast
}

fn complete(cast: &mut Cast, slots: &Slots<'_>, lookup: &Lookup, noun: usize, roles: &Roles) {
    if cast.actor.is_empty() {
        cast.actor = first_filled(slots, lookup, noun, &roles.actor);
    }
    if cast.recipient.is_empty() {
        cast.recipient = first_filled(slots, lookup, noun, &roles.recipient);
    }
}

/// A genitive that counts only when the other role is filled from elsewhere (« l'attaque de X contre Y »).
fn resolve_conditional_genitive(cast: &mut Cast, slots: &Slots<'_>, lookup: &Lookup, anchor: usize, roles: &Roles) {
    let genitive = || fillers(slots.fill(anchor, &Slot::Of), lookup);
    if roles.actor.contains(&Slot::OfIfOther) && cast.actor.is_empty() && !cast.recipient.is_empty() {
        let recipient = cast.recipient.clone();
        cast.actor = genitive();
        cast.actor.retain(|filler| !recipient.contains(filler));
    }
    if roles.recipient.contains(&Slot::OfIfOther) && cast.recipient.is_empty() && !cast.actor.is_empty() {
        let actor = cast.actor.clone();
        cast.recipient = genitive();
        cast.recipient.retain(|filler| !actor.contains(filler));
    }
}

fn fillers(tokens: Vec<usize>, lookup: &Lookup) -> Vec<Filler> {
    tokens.into_iter().map(|token| Filler::at(token, lookup)).collect()
}

fn dedup(list: &mut Vec<Filler>) {
    let mut seen = Vec::new();
    list.retain(|filler| {
        let fresh = !seen.contains(&filler.token);
        seen.push(filler.token);
        fresh
    });
}

/// The fillers of the first slot that has any; a slot filled by actors is preferred to one filled by things.
fn first_filled(slots: &Slots<'_>, lookup: &Lookup, head: usize, wanted: &[Slot]) -> Vec<Filler> {
    let mut things = Vec::new();
    for slot in wanted.iter().filter(|slot| **slot != Slot::OfIfOther) {
        let found = fillers(slots.fill(head, slot), lookup);
        if found.iter().any(|filler| filler.mention.is_some()) {
            return found;
        }
        if things.is_empty() {
            things = found;
        }
    }
    things
}

/// The referents among fillers: mentions only; things and places are no sides.
pub fn referents(fillers: &[Filler]) -> Vec<Referent> {
    fillers.iter().filter_map(|filler| filler.mention).map(Referent::Mention).collect()
}

/// The same, with states and capitals that stand for their governments (« a demandé à Moscou », "accused Paris"), for acts that are done to governments by words and measures.
pub fn referents_and_states(scene: Scene<'_>, fillers: &[Filler], lookup: &Lookup) -> Vec<Referent> {
    let state = |filler: &Filler| {
        let toponym = &scene.toponyms[lookup.toponym(filler.token)?];
        toponym.acting_state().map(|_| Referent::Words(toponym.span))
    };
    fillers.iter().filter_map(|filler| filler.mention.map(Referent::Mention).or_else(|| state(filler))).collect()
}

/// Gives each event the quantities that count its victims (by the rule's kind of toll) or, for protests, its participants.
pub fn count_participants(scene: Scene<'_>, events: &mut [Event]) {
    for event in events {
        let mut figures = Vec::new();
        for quantity in scene.quantities {
            if let Some(kind) = kind_of(scene, event, quantity.of, quantity.token) {
                let figure = Figure { kind, quantity: quantity.clone() };
                if !figures.contains(&figure) {
                    figures.push(figure);
                }
            }
        }
        event.figures = figures;
    }
}

fn kind_of(scene: Scene<'_>, event: &Event, of: Option<usize>, number: usize) -> Option<String> {
    let counts = |referents: &[Referent]| {
        referents.iter().any(|referent| match referent {
            Referent::Mention(index) => {
                let mention = &scene.entities.mentions[*index];
                Some(mention.head) == of
                    || mention.head == number
                    || mention.tokens.contains(&number) && of.is_none_or(|of| mention.tokens.contains(&of))
            }
            Referent::Words(_) => false,
        })
    };
    if event.figure_kind.as_deref() == Some("participants") {
        return counts(&event.actor).then(|| "participants".to_owned());
    }
    if let Some(kind) = &event.figure_kind {
        let own = event.tokens.contains(&number) || of.is_some_and(|of| event.tokens.contains(&of));
        if own || counts(&event.recipient) {
            return Some(kind.clone());
        }
        if is_passive_subject(scene, event, of.unwrap_or(number)) {
            return Some(kind.clone());
        }
    }
    (event.event == "PROTEST" && counts(&event.actor)).then(|| "participants".to_owned())
}

/// A bare number as object or subject of the trigger (« vingt-trois ont été tués », "killed 12").
fn is_passive_subject(scene: Scene<'_>, event: &Event, token: usize) -> bool {
    let token_data = &scene.document.tokens[token];
    token_data.head == Some(event.anchor) && matches!(token_data.deprel, Deprel::NsubjPass | Deprel::Obj)
}
