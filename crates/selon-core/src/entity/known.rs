//! Which known actor a name means, and whether a state's name stands for one who acts.

use std::ops::Range;

use compact_str::CompactString;
use selon_data::actors::Meaning;
use selon_data::agents::AgentRole;
use selon_data::countries::NameOf;
use selon_data::phrases::atoms;

use super::draft::Sight;
use super::find::Found;
use crate::document::{Deprel, NameKind, Upos};

/// The known actor that a phrase names; `None` when it names none, or only some that the article has no reason to speak of.
pub fn choose(sight: Sight<'_>, hit: &Found) -> Option<u32> {
    let numbers = hit.meanings.iter().filter_map(|meaning| match meaning {
        Meaning::Known(number) => Some(*number),
        _ => None,
    });
    let weighed = numbers.map(|number| (weight(sight, number), std::cmp::Reverse(number)));
    let (weight, number) = weighed.max()?;
    let known = sight.known(number.0);
    let rivals = hit.meanings.len() > 1;
    let full_name = known.person && hit.tokens.len() > 1;
    let worldwide = sight.knowledge.countries.get(&known.offices[0].country).is_none();
    // A common noun or a body of that name in another country: the words are read as they are.
    let generic = rivals && hit.meanings.iter().any(|meaning| matches!(meaning, Meaning::Agent(_)));
    let foreign_namesake = !known.person && !worldwide && weight == 0 && hit.tokens.len() > 1 && generic;
    let short_and_foreign = hit.tokens.len() == 1 && !worldwide && weight == 0 && !is_media(sight, number.0);
    if foreign_namesake || (short_and_foreign && !full_name && (rivals || known.person || is_party(sight, number.0))) {
        return None;
    }
    if !known.person && is_domestic(sight, number.0) && weight == 0 {
        return None;
    }
    Some(number.0)
}

/// How much the article speaks of the states where the actor holds or held a role.
fn weight(sight: Sight<'_>, number: u32) -> u32 {
    let known = sight.known(number);
    known.offices.iter().map(|office| sight.context.weight(&office.country)).max().unwrap_or(0)
}

fn is_media(sight: Sight<'_>, number: u32) -> bool {
    sight.known(number).offices.iter().any(|office| office.sector == "JRN")
}

fn is_party(sight: Sight<'_>, number: u32) -> bool {
    sight.known(number).offices.iter().any(|office| matches!(office.sector.as_str(), "PTY" | "BUS" | "LAB"))
}

/// Bodies that every country has under such names: they count only where the article speaks of their country.
fn is_domestic(sight: Sight<'_>, number: u32) -> bool {
    sight.known(number).offices.iter().any(|office| matches!(office.sector.as_str(), "PTY" | "JUD" | "LEG" | "LAB" | "OPP" | "AGR"))
}

/// Words before names that are no part of them, folded.
const HONORIFICS: &[&str] = &[
    "m",
    "mm",
    "mme",
    "mmes",
    "mlle",
    "me",
    "mgr",
    "dr",
    "pr",
    "mr",
    "mrs",
    "ms",
    "sir",
    "don",
    "dona",
    "sra",
    "sr",
    "г",
    "госпожа",
    "господин",
];

/// The atoms of a name without honorifics.
pub fn name_parts(written: &str) -> Vec<CompactString> {
    let mut parts: Vec<CompactString> = Vec::new();
    atoms(written, |atom| parts.push(atom.into()));
    let titles = parts.iter().take_while(|part| HONORIFICS.contains(&part.as_str())).count();
    if titles < parts.len() {
        parts.drain(..titles);
    }
    parts
}

/// The person in public life whom a bare last name means: the one whose state the article speaks of, in office before out of office. `None` when nobody or
/// several fit.
pub fn by_surname(sight: Sight<'_>, tokens: &Range<usize>) -> Option<u32> {
    let mut parts = name_parts(sight.document.slice(sight.document.span_of(tokens.clone())));
    if tokens.len() == 1 {
        parts = name_parts(&sight.document.tokens[tokens.start].lemma);
    }
    let [folded] = parts.as_slice() else { return None };
    let mut best: Vec<(u32, u32)> = Vec::new();
    for &number in sight.index.with_surname(folded) {
        let known = sight.known(number);
        let Some((office, held)) = known.office_on(sight.day) else { continue };
        if !sight.context.speaks_of(&office.country) && sight.knowledge.countries.get(&office.country).is_some() {
            continue;
        }
        let rank = match office.role {
            AgentRole::HeadOfState | AgentRole::HeadOfGovernment => 3,
            AgentRole::Minister => 2,
            _ => 1,
        };
        best.push((if held { rank } else { 0 }, number));
    }
    best.sort_unstable();
    match best.as_slice() {
        [.., (second, _), (first, number)] if first > second => Some(*number),
        [(_, number)] => Some(*number),
        _ => None,
    }
}

/// Prepositions that make a state's name a place.
const LOCATIVE: &[&str] = &[
    "à",
    "en",
    "dans",
    "vers",
    "depuis",
    "au",
    "aux",
    "sur",
    "hors",
    "près",
    "jusque",
    "jusqu'",
    "in",
    "at",
    "from",
    "near",
    "across",
    "into",
    "inside",
    "within",
    "to",
    "through",
    "over",
    "outside",
    "around",
    "throughout",
    "a",
    "desde",
    "hacia",
    "в",
    "во",
    "из",
    "на",
    "до",
    "под",
    "по",
    "في",
    "من",
    "إلى",
    "الى",
    "داخل",
    "خارج",
];

/// Whether a state, capital or part of a state acts or is acted upon here, rather than being where something happens.
pub fn acts(sight: Sight<'_>, head: usize, kind: NameOf) -> bool {
    let token = &sight.document.tokens[head];
    let core = matches!(token.deprel, Deprel::Nsubj | Deprel::OblAgent | Deprel::NsubjPass | Deprel::Iobj);
    if core {
        return kind != NameOf::Part;
    }
    if token.deprel == Deprel::Conj
        && let Some(first) = token.head
        && matches!(sight.document.tokens[first].upos, Upos::Propn | Upos::Noun)
    {
        return acts(sight, first, kind);
    }
    if kind != NameOf::State {
        let with = sight.tree.dependents(head, &[Deprel::Case]).any(|case| {
            matches!(sight.document.tokens[case].lemma.as_str(), "entre" | "between" | "avec" | "with" | "selon" | "contre" | "against")
        });
        return with || token.deprel == Deprel::Obj && kind == NameOf::Capital && token.name != NameKind::Loc;
    }
    let located = sight
        .tree
        .dependents(head, &[Deprel::Case])
        .any(|case| LOCATIVE.contains(&sight.document.tokens[case].lemma.to_lowercase().as_str()));
    let inside_name =
        matches!(token.deprel, Deprel::Flat | Deprel::FlatName | Deprel::Appos | Deprel::Root | Deprel::List | Deprel::Parataxis);
    !located && !inside_name
}
