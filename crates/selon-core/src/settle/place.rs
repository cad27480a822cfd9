//! The place of an event: the most precise one that its clause states, else one that is carried over, else the country.

use std::collections::BTreeMap;

use super::Where;
use crate::document::Deprel;
use crate::event::{Event, Referent, Scene};
use crate::place::{Toponym, ToponymRole};

/// `where_prec` of a whole country (UCDP).
const COUNTRY: u8 = 6;

/// Events that have a place only where the text states one.
const VERBAL: &[&str] = &["AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONSULT"];

/// Whether an event has a place only where the text states one.
pub fn is_verbal(event: &Event) -> bool {
    VERBAL.contains(&event.event.as_str())
}

/// Place and further places of each event.
pub fn places(scene: Scene<'_>, events: &[Event]) -> Vec<(Option<Where>, Vec<usize>)> {
    let located: Vec<(usize, usize)> = scene
        .toponyms
        .iter()
        .enumerate()
        .filter(|(_, toponym)| toponym.role == ToponymRole::Mention)
        .filter_map(|(index, toponym)| scene.document.token_at(toponym.span).map(|token| (index, head_of(scene, token, toponym))))
        .collect();
    let main_country = main_country(scene);
    let main_place = main_place(scene);
    let mut found: Vec<(Option<Where>, Vec<usize>)> = Vec::with_capacity(events.len());
    for (number, event) in events.iter().enumerate() {
        let mut stated = stated(scene, &located, event);
        // A place in a country that is neither a side's nor the article's is somebody's seat (« l'ONG, basée à Oslo »), unless it is all there is.
        let sides = side_countries(scene, event);
        stated.retain(|&index| {
            let country = scene.toponyms[index].country.as_ref();
            country.is_none()
                || country == main_country.as_ref()
                || sides.is_empty()
                || country.is_some_and(|country| sides.contains(country))
        });
        if let Some((&first, others)) = stated.split_first() {
            found.push((Some(Where::Toponym(first, "stated in the clause".into())), others.to_vec()));
            continue;
        }
        if VERBAL.contains(&event.event.as_str()) {
            found.push((None, Vec::new()));
            continue;
        }
        let local = is_local(event);
        let place = Some(())
            .filter(|()| local)
            .and_then(|()| carried_over(scene, events, &found, number))
            .or_else(|| {
                main_place
                    .filter(|_| local)
                    .filter(|&index| agrees(scene, event, &scene.toponyms[index]))
                    .map(|index| Where::Toponym(index, "carried over from the article's main place".into()))
            })
            .or_else(|| country_of_sides(scene, event).map(|country| Where::Country(country, "country of the sides".into())))
            .or_else(|| main_country.clone().map(|country| Where::Country(country, "country of the article".into())));
        found.push((place, Vec::new()));
    }
    found
}

/// The token of a toponym whose head is outside it.
fn head_of(scene: Scene<'_>, first: usize, toponym: &Toponym) -> usize {
    scene
        .document
        .tokens_in(toponym.span)
        .find(|&token| scene.document.tokens[token].head.is_none_or(|head| !scene.document.tokens_in(toponym.span).contains(&head)))
        .unwrap_or(first)
}

/// Whether a toponym is told as a location, not as a side: with a preposition, or in apposition to such a place.
fn is_location(scene: Scene<'_>, token: usize) -> bool {
    let here = &scene.document.tokens[token];
    if matches!(here.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent | Deprel::Iobj) {
        return false;
    }
    if matches!(here.deprel, Deprel::Appos | Deprel::Conj | Deprel::Flat | Deprel::FlatName | Deprel::Compound | Deprel::List)
        && let Some(head) = here.head
    {
        return here.deprel != Deprel::Conj || is_location(scene, head);
    }
    true
}

/// Locations in the event's phrase or clause: the most precise first, then the nearest.
fn stated(scene: Scene<'_>, located: &[(usize, usize)], event: &Event) -> Vec<usize> {
    let sentence = scene.document.sentence_of[event.anchor];
    let in_sentence: Vec<(usize, usize)> =
        located.iter().copied().filter(|&(_, token)| scene.document.sentence_of[token] == sentence && is_location(scene, token)).collect();
    let clause = scene.tree.clause(event.anchor);
    let mut hosts = vec![event.anchor, clause];
    let mut at = clause;
    for _ in 0..3 {
        let token = &scene.document.tokens[at];
        let dependent =
            matches!(token.deprel, Deprel::Xcomp | Deprel::Acl | Deprel::Advcl | Deprel::AclRelcl | Deprel::Conj | Deprel::Ccomp);
        let Some(head) = token.head.filter(|_| dependent) else { break };
        at = scene.tree.clause(head);
        hosts.push(at);
    }
    for host in hosts {
        let mut below: Vec<(usize, usize)> = in_sentence.iter().copied().filter(|&(_, token)| hangs_below(scene, token, host)).collect();
        let fine = below.iter().any(|&(index, _)| scene.toponyms[index].precision < COUNTRY);
        if fine {
            below.retain(|&(index, _)| scene.toponyms[index].precision < COUNTRY);
        }
        below.sort_by_key(|&(index, token)| (scene.toponyms[index].precision > 3, token.abs_diff(event.head)));
        if !below.is_empty() {
            return distinct(scene, below.into_iter().map(|(index, _)| index).collect());
        }
    }
    Vec::new()
}

fn hangs_below(scene: Scene<'_>, token: usize, host: usize) -> bool {
    scene.tree.path_to(token, host).is_some_and(|path| {
        !path.iter().any(|&step| {
            matches!(
                scene.document.tokens[step].deprel,
                Deprel::AclRelcl | Deprel::Ccomp | Deprel::Parataxis | Deprel::NsubjPass | Deprel::Nsubj
            )
        }) || scene.document.tokens[host].head.is_some_and(|_| false)
    })
}

/// Without places that merely contain the first (« à Gao, dans le nord du Mali »).
fn distinct(scene: Scene<'_>, indices: Vec<usize>) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for index in indices {
        let toponym = &scene.toponyms[index];
        let container = kept.iter().any(|&other| {
            let better = &scene.toponyms[other];
            better.name == toponym.name || (toponym.precision > better.precision && better.country == toponym.country)
        });
        if !container {
            kept.push(index);
        }
    }
    kept
}

/// The place of the event before it in the same or the previous paragraph, if it suits the sides.
fn carried_over(scene: Scene<'_>, events: &[Event], found: &[(Option<Where>, Vec<usize>)], number: usize) -> Option<Where> {
    let paragraph = |event: &Event| scene.document.sentences[scene.document.sentence_of[event.anchor]].paragraph;
    let here = paragraph(&events[number]);
    for earlier in (0..number).rev() {
        if paragraph(&events[earlier]) != here {
            break;
        }
        if let Some(Where::Toponym(index, _)) = &found[earlier].0 {
            let toponym = &scene.toponyms[*index];
            if toponym.precision < COUNTRY && agrees(scene, &events[number], toponym) {
                return Some(Where::Toponym(*index, format!("carried over from « {} »", toponym.name)));
            }
        }
    }
    None
}

/// Whether a place lies in the country of one of the sides, or the sides have none.
fn agrees(scene: Scene<'_>, event: &Event, toponym: &Toponym) -> bool {
    let countries = side_countries(scene, event);
    countries.is_empty() || toponym.country.as_ref().is_none_or(|country| countries.contains(country))
}

pub fn side_countries(scene: Scene<'_>, event: &Event) -> Vec<String> {
    let mentions = event.recipient.iter().chain(&event.actor).filter_map(|referent| match referent {
        Referent::Mention(index) => scene.entities.mentions.get(*index),
        Referent::Words(_) => None,
    });
    let mut countries: Vec<String> = mentions.filter_map(|mention| mention.country.clone()).filter(|country| is_state(country)).collect();
    countries.dedup();
    countries
}

fn is_state(country: &str) -> bool {
    !matches!(country, "IGO" | "UNO" | "EUR" | "NGO" | "ISM" | "IMG" | "MNC")
}

fn country_of_sides(scene: Scene<'_>, event: &Event) -> Option<String> {
    side_countries(scene, event).into_iter().next()
}

/// The country that most toponyms lie in.
fn main_country(scene: Scene<'_>) -> Option<String> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for country in scene.toponyms.iter().filter_map(|toponym| toponym.country.as_deref()) {
        *votes.entry(country).or_default() += 1;
    }
    for country in scene.entities.mentions.iter().filter_map(|mention| mention.country.as_deref()).filter(|country| is_state(country)) {
        *votes.entry(country).or_default() += 1;
    }
    let best = votes.values().copied().max()?;
    votes.into_iter().find(|(_, count)| *count == best).map(|(country, _)| country.to_owned())
}

/// Acts that happen in one spot; measures and tolls over a country are not carried over to a town.
fn is_local(event: &Event) -> bool {
    match event.event.as_str() {
        "ASSAULT" | "PROTEST" | "MOBILIZE" | "RETREAT" | "AID" => !event.figures.iter().any(|figure| figure.quantity.cumulative),
        "COERCE" => event.mode.iter().any(|mode| mode == "seize"),
        _ => false,
    }
}

/// The only town of the article, when it names just one.
fn main_place(scene: Scene<'_>) -> Option<usize> {
    let mut towns = scene.toponyms.iter().enumerate().filter(|(_, toponym)| toponym.precision <= 3 && toponym.role == ToponymRole::Mention);
    let (first, toponym) = towns.next()?;
    towns.all(|(_, other)| other.name == toponym.name).then_some(first)
}
