//! From drafts and clusters to mentions and chains; acronyms that the article introduces itself.

use std::ops::Range;

use compact_str::CompactString;
use selon_data::agents::AgentRole;

use super::chain::Cluster;
use super::draft::{Draft, Sight};
use super::{Chain, Entities, Mention, MentionKind, span};
use crate::document::Document;

/// Acronyms in brackets after a name (« le Groupe d'intervention (GIR) »): their writing, and their token with the token before the bracket.
pub fn acronyms(document: &Document) -> (Vec<CompactString>, Vec<(usize, usize)>) {
    let mut writings = Vec::new();
    let mut places = Vec::new();
    for token in 1..document.tokens.len().saturating_sub(2) {
        let bracketed = document.tokens[token].form == "(" && document.tokens[token + 2].form == ")";
        let written = document.slice(document.tokens[token + 1].span);
        let capitals = written.chars().filter(|letter| letter.is_uppercase()).count();
        if bracketed && capitals >= 2 && written.chars().count() <= 10 && written.chars().all(char::is_alphanumeric) {
            writings.push(CompactString::from(written));
            places.push((token - 1, token + 1));
        }
    }
    (writings, places)
}

/// Pairs of drafts of which the second is the acronym of the first.
pub fn bracketed(drafts: &[Draft], introduced: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let covers = |range: &Range<usize>, token: usize| range.contains(&token);
    introduced
        .iter()
        .filter_map(|&(before, acronym)| {
            let second = drafts.iter().position(|draft| covers(&draft.core, acronym))?;
            let first = drafts.iter().rposition(|draft| draft.core.end <= before + 1 && draft.core.end + 4 > before && !draft.person)?;
            (first < second).then_some((first, second))
        })
        .collect()
}

/// Sectors of people of no public role: private unless the table knows them.
const PRIVATE: &[&str] = &["CVL", "UNK", "REF", "EDU", "LAB", "AGR", "MED"];

/// The mentions and chains of an article.
pub fn finish(sight: Sight<'_>, drafts: &[Draft], clusters: &[Cluster], of: &[Option<usize>]) -> Entities {
    let mut chains: Vec<Chain> = clusters.iter().map(|cluster| chain(sight, cluster)).collect();
    let mut mentions: Vec<Mention> = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.iter().enumerate() {
        let Some(number) = of[index] else { continue };
        mentions.push(mention(sight, draft, &clusters[number], number));
    }
    mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end), mention.head));
    for (index, mention) in mentions.iter().enumerate() {
        chains[mention.chain].mentions.push(index);
    }
    Entities { mentions, chains, setting: None }
}

fn mention(sight: Sight<'_>, draft: &Draft, cluster: &Cluster, number: usize) -> Mention {
    let tokens = span::phrase(sight, draft);
    let own_country = draft.country.clone().filter(|_| draft.stated || cluster.known.is_none() && cluster.country.is_none());
    let country = own_country.or_else(|| cluster.country.clone());
    let role = draft.agent.map(|agent| sight.agent(agent).role);
    let office = matches!(role, Some(AgentRole::HeadOfState | AgentRole::HeadOfGovernment | AgentRole::Minister));
    let sector = match draft.kind {
        MentionKind::Pronoun => cluster.sector.clone(),
        _ if office && cluster.known.is_some() => cluster.sector.clone(),
        _ => draft.sector.clone().or_else(|| cluster.sector.clone()),
    };
    let person = cluster.person && cluster.known.is_none() && !cluster.names.is_empty();
    let sector = sector.or_else(|| person.then(|| "CVL".into()));
    Mention {
        span: sight.document.span_of(tokens.clone()),
        tokens,
        head: draft.head,
        kind: draft.kind,
        chain: number,
        country: country.map(String::from),
        sector: sector.map(String::from),
        label: draft.label,
    }
}

fn chain(sight: Sight<'_>, cluster: &Cluster) -> Chain {
    let known = cluster.known.map(|known| sight.known(known));
    let sector = cluster.sector.as_deref();
    let private = cluster.person && known.is_none() && sector.is_none_or(|sector| PRIVATE.contains(&sector));
    let name = match known {
        Some(known) => Some(known.name_in(sight.document.language.code()).to_string()),
        None => cluster.longest.clone().filter(|_| !private),
    };
    Chain {
        mentions: Vec::new(),
        name,
        country: cluster.country.as_ref().map(ToString::to_string),
        sector: sector.map(str::to_owned),
        other_sectors: Vec::new(),
        wikidata: known.map(|known| known.wikidata.to_string()).filter(|id| !id.is_empty()),
        person: cluster.person,
        group: cluster.group,
        private,
    }
}
