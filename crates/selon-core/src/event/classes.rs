//! Classes of participants for the conditions of rules: PLOVER sectors, and the wider classes of data/README.md.

use compact_str::CompactString;

use super::Scene;
use super::roles::Filler;
use crate::document::Upos;
use crate::tree::lower;

/// Sectors whose members bear arms.
pub const ARMED: &[&str] = &["COP", "MIL", "REB", "UAF", "PRM", "SPY", "CRM"];

/// Whether one of the fillers of a role has one of the wanted classes. `none` holds when there is no filler, `any` when there is one.
pub fn fits(scene: Scene<'_>, fillers: &[Filler], wanted: &[CompactString]) -> bool {
    wanted.iter().any(|class| match class.as_str() {
        "none" => fillers.is_empty(),
        "any" => !fillers.is_empty(),
        class => fillers.iter().any(|filler| has_class(scene, filler, class)),
    })
}

fn has_class(scene: Scene<'_>, filler: &Filler, class: &str) -> bool {
    if let Some(lemma) = class.strip_prefix("lemma:") {
        return lower(&scene.document.tokens[filler.token].lemma) == lemma;
    }
    let mention = filler.mention.and_then(|index| scene.entities.mentions.get(index));
    let sector = mention.and_then(|mention| mention.sector.as_deref());
    let upos = scene.document.tokens[filler.token].upos;
    match class {
        "person" => mention.is_some() && !filler.is_place,
        "armed" => sector.is_some_and(|sector| ARMED.contains(&sector)),
        "crowd" => {
            let several = mention
                .and_then(|mention| scene.entities.chains.get(mention.chain))
                .is_some_and(|chain| chain.group && chain.name.is_none());
            several && matches!(sector, Some("CVL" | "OPP" | "EDU" | "LAB" | "AGR" | "UNK" | "REF" | "REL" | "SOC") | None)
        }
        "state" => matches!(sector, Some("GOV" | "LEG" | "JUD")) || (mention.is_some() && filler.is_place),
        "organization" => {
            mention.and_then(|mention| scene.entities.chains.get(mention.chain)).is_some_and(|chain| chain.group && chain.name.is_some())
        }
        "object" => mention.is_none() && !filler.is_place && matches!(upos, Upos::Noun | Upos::Propn),
        "place" => filler.is_place,
        "animal" => false,
        code => sector == Some(code),
    }
}
