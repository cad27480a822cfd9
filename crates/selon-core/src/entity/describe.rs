//! Country and sector of each draft, from its own words: modifiers, complements, titles, the table of known actors and the date.

use compact_str::CompactString;
use selon_data::agents::AgentRole;

use super::draft::{Draft, Sight};
use crate::document::{Deprel, Upos};
use crate::place::Toponym;

/// The drafts by token, and the places.
pub struct Surroundings<'a> {
    /// For each token the draft whose core covers it.
    pub at: Vec<Option<usize>>,
    /// For each token the toponym that covers it.
    pub places: Vec<Option<&'a Toponym>>,
}

impl<'a> Surroundings<'a> {
    /// Looks the drafts and toponyms up by token.
    pub fn new(sight: Sight<'_>, drafts: &[Draft], toponyms: &'a [Toponym]) -> Surroundings<'a> {
        let count = sight.document.tokens.len();
        let mut here = Surroundings { at: vec![None; count], places: vec![None; count] };
        for (index, draft) in drafts.iter().enumerate() {
            here.at[draft.core.clone()].fill(Some(index));
        }
        for toponym in toponyms {
            here.places[sight.document.tokens_in(toponym.span)].fill(Some(toponym));
        }
        here
    }
}

/// What a draft's words say of country and sector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    country: Option<CompactString>,
    sector: Option<CompactString>,
}

/// Fills country and sector of all drafts, as far as words and knowledge go; what is left is for the chains.
pub fn describe(sight: Sight<'_>, drafts: &mut [Draft], here: &Surroundings<'_>) {
    let said: Vec<Said> = (0..drafts.len()).map(|index| said(sight, drafts, here, index, 0)).collect();
    for (draft, said) in drafts.iter_mut().zip(said) {
        draft.stated = said.country.is_some();
        draft.country = said.country;
        draft.sector = said.sector;
        mark_label(sight, draft);
        if draft.country.is_none() && draft.kind != super::MentionKind::Pronoun {
            draft.country = default_country(sight, draft);
        }
    }
}

fn said(sight: Sight<'_>, drafts: &[Draft], here: &Surroundings<'_>, index: usize, depth: usize) -> Said {
    let draft = &drafts[index];
    if let Some(number) = draft.known {
        return known(sight, draft, number);
    }
    if let Some((code, _)) = &draft.state {
        let force = governs_deed(sight, draft.head);
        return Said { country: Some(code.clone()), sector: Some(if force { "MIL" } else { "GOV" }.into()) };
    }
    if let Some(code) = &draft.nationality {
        let sector = if draft.person {
            "CVL"
        } else if governs_deed(sight, draft.head) {
            "MIL"
        } else {
            "GOV"
        };
        return Said { country: Some(code.clone()), sector: Some(sector.into()) };
    }
    let (country, complement) = if depth < 4 { modifiers(sight, drafts, here, draft, depth) } else { (None, Said::default()) };
    let Some(agent) = draft.agent.map(|agent| sight.agent(agent)) else {
        return Said { country, sector: None };
    };
    let own = Some(agent.sector.clone()).filter(|sector| !sector.is_empty());
    match agent.role {
        AgentRole::Relational => {
            let sector = complement.sector.or_else(|| adjective_sector(sight, draft)).or(own);
            Said { country: complement.country.or(country), sector }
        }
        AgentRole::International => match country {
            // « Une organisation nigériane » is no international body.
            Some(code) if sight.knowledge.countries.get(&code).is_some() => Said { country: Some(code), sector: complement.sector },
            Some(code) => Said { country: Some(code), sector: None },
            None => Said { country: agent.words.contains("internation").then(|| "IGO".into()), sector: complement.sector.or(own) },
        },
        _ => Said { country: country.or(complement.country), sector: own },
    }
}

fn known(sight: Sight<'_>, draft: &Draft, number: u32) -> Said {
    let known = sight.known(number);
    let Some((office, held)) = known.office_on(sight.day) else { return Said::default() };
    let table = Some(office.sector.clone()).filter(|sector| !sector.is_empty());
    let title = draft.agent.map(|agent| sight.agent(agent).sector.clone()).filter(|sector| !sector.is_empty());
    let lasting = !known.person || matches!(office.sector.as_str(), "CVL" | "JRN" | "BUS" | "EDU" | "SOC" | "REL" | "MED" | "REB" | "CRM");
    let sector = if held || lasting { table } else { title.or(Some("ELI".into())) };
    Said { country: Some(office.country.clone()), sector }
}

/// Whether the word names the doer of an act of force (« frappe israélienne », "Russian shelling").
fn governs_deed(sight: Sight<'_>, head: usize) -> bool {
    let Some(governor) = sight.document.tokens[head].head else { return false };
    let lemma = &sight.document.tokens[governor].lemma;
    sight.index.phrases.exactly(lemma).iter().any(|&payload| match sight.index.meanings[payload as usize].0 {
        selon_data::actors::Meaning::Agent(number) => sight.agent(number).role == AgentRole::Deed,
        _ => false,
    })
}

/// The sector of an adjective on a noun that has none of its own (« source policière »).
fn adjective_sector(sight: Sight<'_>, draft: &Draft) -> Option<CompactString> {
    let adjectives = sight.tree.dependents(draft.head, &[Deprel::Amod, Deprel::Compound]);
    adjectives.filter_map(|child| sector_of_word(sight, &sight.document.tokens[child].lemma)).next()
}

fn sector_of_word(sight: Sight<'_>, lemma: &str) -> Option<CompactString> {
    let agents = sight.index.phrases.exactly(lemma).iter().filter_map(|&payload| match sight.index.meanings[payload as usize].0 {
        selon_data::actors::Meaning::Agent(number) => Some(sight.agent(number)),
        _ => None,
    });
    let mut agents: Vec<_> = agents.filter(|agent| !agent.sector.is_empty() && agent.role != AgentRole::Deed).collect();
    agents.sort_by_key(|agent| agent.role != AgentRole::Adjective);
    agents.first().map(|agent| agent.sector.clone())
}

const MODIFIERS: &[Deprel] = &[
    Deprel::Amod,
    Deprel::Compound,
    Deprel::Nmod,
    Deprel::NmodPoss,
    Deprel::Flat,
    Deprel::FlatName,
    Deprel::Appos,
    Deprel::OblArg,
    Deprel::Obl,
];

/// The country stated by modifiers, and what the first complement that is an actor says.
fn modifiers(sight: Sight<'_>, drafts: &[Draft], here: &Surroundings<'_>, draft: &Draft, depth: usize) -> (Option<CompactString>, Said) {
    let mut country = None;
    let mut complement = Said::default();
    let children = draft.core.clone().flat_map(|token| sight.tree.dependents(token, MODIFIERS));
    for child in children.filter(|child| !draft.core.contains(child)) {
        let token = &sight.document.tokens[child];
        let nominal_case = !matches!(token.deprel, Deprel::Obl | Deprel::OblArg) || sight.document.tokens[draft.head].upos != Upos::Verb;
        if !nominal_case {
            continue;
        }
        match here.at[child].filter(|&other| drafts[other].core != draft.core) {
            Some(other) => {
                let word = &drafts[other];
                let told = said(sight, drafts, here, other, depth + 1);
                let names_state = word.state.is_some() || (word.nationality.is_some() && !word.person);
                if country.is_none() && told.country.is_some() {
                    country = told.country.clone();
                }
                let is_complement =
                    matches!(token.deprel, Deprel::Nmod | Deprel::NmodPoss | Deprel::Obl | Deprel::OblArg | Deprel::Compound);
                if names_state {
                    complement.country = complement.country.or(told.country);
                } else if is_complement && complement.sector.is_none() {
                    complement.country = told.country.or(complement.country);
                    complement.sector = told.sector;
                }
            }
            None => {
                if country.is_none() {
                    country = place_country(sight, here, child).or_else(|| deeper(sight, drafts, here, child, depth));
                }
            }
        }
    }
    (country, complement)
}

fn place_country(sight: Sight<'_>, here: &Surroundings<'_>, token: usize) -> Option<CompactString> {
    let country = here.places[token]?.country.as_deref()?;
    Some(sight.knowledge.countries.folded(country).into())
}

/// « La police de la région de Kayes »: what a complement that is no actor is in turn the complement of.
fn deeper(sight: Sight<'_>, drafts: &[Draft], here: &Surroundings<'_>, token: usize, depth: usize) -> Option<CompactString> {
    if depth >= 3 || !matches!(sight.document.tokens[token].upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    sight.tree.dependents(token, &[Deprel::Nmod, Deprel::Amod, Deprel::NmodPoss]).find_map(|child| match here.at[child] {
        Some(other) => said(sight, drafts, here, other, depth + 1).country,
        None => place_country(sight, here, child).or_else(|| deeper(sight, drafts, here, child, depth + 1)),
    })
}

/// In quotation marks a label is the speaker's: the sector is then unknown. Otherwise the words describe unidentified armed people.
fn mark_label(sight: Sight<'_>, draft: &mut Draft) {
    let Some(agent) = draft.agent.map(|agent| sight.agent(agent)) else { return };
    if !agent.label || draft.is_named() {
        return;
    }
    let span = sight.document.tokens[draft.head].span;
    draft.label = sight.document.quotations.iter().any(|quotation| quotation.outer.contains(span));
    draft.sector = Some(if draft.label { "UNK" } else { "UAF" }.into());
}

/// The country of an actor whose words name none: what the article is about.
fn default_country(sight: Sight<'_>, draft: &Draft) -> Option<CompactString> {
    let body = draft.role(sight) == AgentRole::International && draft.sector.is_none();
    if draft.sector.as_deref() == Some("UAF") || body {
        return None;
    }
    sight.context.main.clone()
}
