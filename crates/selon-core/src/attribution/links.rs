//! From statements to the chain of voices of each event, and what their stance does to its standing.

use compact_str::CompactString;

use super::{Kind, Statement};
use crate::document::Span;
use crate::event::{Auxiliary, Event, Factuality, Referent, Scene};

/// One voice between the reader and an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Who says it.
    pub speaker: Referent,
    /// The words that show it.
    pub cue: Span,
    /// How it is rendered.
    pub kind: Kind,
    /// asserts denies doubts promises orders.
    pub stance: CompactString,
    /// Index of the link it is nested in.
    pub within: Option<usize>,
}

/// The links of each event, in the order of `events`; works their stance into the events.
pub fn attribute(scene: Scene<'_>, statements: &[Statement], events: &mut [Event]) -> Vec<Vec<Link>> {
    events.iter_mut().map(|event| chain(scene, statements, event)).collect()
}

fn chain(scene: Scene<'_>, statements: &[Statement], event: &mut Event) -> Vec<Link> {
    let mut covering: Vec<&Statement> = statements
        .iter()
        .filter(|statement| {
            statement.content.contains(event.trigger) && !event.tokens.contains(&statement.cue_token) && event.anchor != statement.cue_token
        })
        .collect();
    covering.sort_by_key(|statement| (std::cmp::Reverse(statement.content.len()), statement.cue.start));
    let mut links: Vec<Link> = Vec::new();
    let mut innermost: Option<&Statement> = None;
    for statement in covering {
        let own_act = event.is_speech_act() && statement.speakers.iter().any(|speaker| is_actor(scene, event, *speaker));
        if own_act {
            continue;
        }
        let nested = innermost.is_some_and(|outer| outer.content.contains(statement.cue));
        let within = if nested { links.len().checked_sub(1) } else { None };
        if links
            .iter()
            .any(|link| statement.speakers.iter().all(|speaker| same(scene, link.speaker, *speaker)) && link.stance == statement.stance)
        {
            continue;
        }
        let stance = stance(scene, event, statement);
        for &speaker in &statement.speakers {
            links.push(Link { speaker, cue: statement.cue, kind: kind(scene, statement, event), stance: stance.clone(), within });
        }
        innermost = Some(statement);
    }
    if let Some(statement) = innermost {
        apply(event, statement);
    }
    links
}

/// Who denies his own act without a verb of denial denies it all the same (« le maire jure n'avoir rien signé »).
fn stance(scene: Scene<'_>, event: &Event, statement: &Statement) -> CompactString {
    let negated = event.auxiliary.contains(&Auxiliary::Negation);
    if statement.stance == "asserts" && negated && statement.speakers.iter().any(|speaker| is_side(scene, event, *speaker)) {
        return "denies".into();
    }
    statement.stance.clone()
}

fn kind(scene: Scene<'_>, statement: &Statement, event: &Event) -> Kind {
    match statement.kind {
        Kind::Mixed => {
            let quoted = scene.document.quotations.iter().any(|quotation| quotation.outer.contains(event.trigger));
            if quoted { Kind::Mixed } else { Kind::Indirect }
        }
        other => other,
    }
}

fn same(scene: Scene<'_>, first: Referent, second: Referent) -> bool {
    match (first, second) {
        (Referent::Mention(a), Referent::Mention(b)) => scene.entities.mentions[a].chain == scene.entities.mentions[b].chain,
        (a, b) => a == b,
    }
}

fn is_actor(scene: Scene<'_>, event: &Event, speaker: Referent) -> bool {
    event.actor.iter().any(|actor| same(scene, *actor, speaker))
}

/// Whether the speaker stands on the side of the event's actor: the same referent, or the same country and an official sector.
fn is_side(scene: Scene<'_>, event: &Event, speaker: Referent) -> bool {
    if is_actor(scene, event, speaker) || event.actor.is_empty() {
        return true;
    }
    let Referent::Mention(speaker) = speaker else { return false };
    let speaker = &scene.entities.mentions[speaker];
    event.actor.iter().any(|actor| match actor {
        Referent::Mention(index) => {
            let actor = &scene.entities.mentions[*index];
            let official = |sector: Option<&str>| matches!(sector, Some("GOV" | "MIL" | "COP" | "SPY" | "JUD"));
            actor.country == speaker.country
                && (actor.sector == speaker.sector || official(actor.sector.as_deref()) && official(speaker.sector.as_deref()))
        }
        Referent::Words(_) => false,
    })
}

/// What the innermost voice does to the standing: a denial negates, an order leaves the deed open.
fn apply(event: &mut Event, statement: &Statement) {
    let cue = Some(statement.cue);
    match statement.stance.as_str() {
        "denies" if !event.factuality.is_negative() => {
            let factuality = if event.factuality == Factuality::Unknown { Factuality::CertainNegative } else { event.factuality.negated() };
            event.add_auxiliary(Auxiliary::Negation, cue);
            event.set_factuality(factuality, cue);
        }
        "doubts" => event.set_factuality(Factuality::Unknown, cue),
        "orders" => {
            if !event.auxiliary.contains(&Auxiliary::Future) {
                event.add_auxiliary(Auxiliary::Ordered, cue);
            }
            event.set_factuality(Factuality::Unknown, cue);
        }
        _ => {}
    }
    if event.factuality == Factuality::CertainPositive
        && let Some(value) = Factuality::parse(&statement.factuality)
        && !value.is_negative()
    {
        event.set_factuality(value, cue);
    }
}
