//! Which mentions are of one referent. Wrong merges are worse than missing ones.

use compact_str::CompactString;
use selon_data::agents::AgentRole;

use super::MentionKind;
use super::draft::{Draft, Sight};
use super::known::name_parts;
use super::pronoun;
use crate::document::{Deprel, Gender, NameKind};

/// A referent in the making.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// Indices of its drafts, ascending.
    pub drafts: Vec<usize>,
    /// The known actor.
    pub known: Option<u32>,
    /// The state, for mentions of states.
    pub state: Option<CompactString>,
    /// Its names as atoms.
    pub names: Vec<Vec<CompactString>>,
    /// The longest name as written.
    pub longest: Option<String>,
    /// Offices and other roles that its mentions name.
    pub roles: Vec<AgentRole>,
    /// Agent nouns of its mentions.
    pub agents: Vec<u32>,
    /// Country.
    pub country: Option<CompactString>,
    /// Sector.
    pub sector: Option<CompactString>,
    /// One human being.
    pub person: bool,
    /// Several members.
    pub group: bool,
    /// Grammatical number of its last nominal mention.
    pub plural: bool,
    /// Gender of the person, or of the noun.
    pub gender: Gender,
    /// Whether it is an international body.
    pub international: bool,
}

/// The clusters of the drafts that are kept; a draft left out (an unresolved pronoun) is in none. The second list gives each draft's cluster.
pub fn clusters(sight: Sight<'_>, drafts: &mut [Draft], kept: &[bool], same: &[(usize, usize)]) -> (Vec<Cluster>, Vec<Option<usize>>) {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut of: Vec<Option<usize>> = vec![None; drafts.len()];
    for index in 0..drafts.len() {
        if !kept[index] {
            continue;
        }
        inherit(sight, drafts, &clusters, &of, index);
        let draft = &drafts[index];
        let apposed = same.iter().filter_map(|&(a, b)| (b == index).then_some(a).or((a == index).then_some(b))).find_map(|other| of[other]);
        let found = apposed.or_else(|| match draft.kind {
            MentionKind::Pronoun => pronoun::resolve(sight, drafts, &clusters, draft),
            MentionKind::Name => by_name(sight, &clusters, draft),
            MentionKind::Nominal => by_noun(sight, drafts, &clusters, draft),
        });
        let number = match found {
            Some(number) => number,
            None if draft.kind == MentionKind::Pronoun && draft.definite => continue,
            None => {
                clusters.push(Cluster { gender: draft.gender, plural: draft.plural, ..Cluster::default() });
                clusters.len() - 1
            }
        };
        of[index] = Some(number);
        add(sight, &mut clusters[number], index, draft);
    }
    (clusters, of)
}

/// « Son porte-parole », "his men": who belongs to somebody has his side. « Trois d'entre eux »: some of a group have its side.
fn inherit(sight: Sight<'_>, drafts: &mut [Draft], clusters: &[Cluster], of: &[Option<usize>], index: usize) {
    let draft = &drafts[index];
    if draft.kind == MentionKind::Pronoun && !draft.definite {
        if let Some(whole) = pronoun::whole(sight, drafts, clusters, draft) {
            let (country, sector) = (clusters[whole].country.clone(), clusters[whole].sector.clone());
            drafts[index].country = country;
            drafts[index].sector = sector;
        }
        return;
    }
    let Some(agent) = draft.agent.map(|agent| sight.agent(agent)) else { return };
    let relational = agent.role == AgentRole::Relational && !draft.stated;
    let members = agent.sector == "CVL" && matches!(agent.words.as_str(), "homme" | "man" | "partisan" | "supporter" | "militant" | "men");
    if !relational && !members {
        return;
    }
    let owner = drafts[..index].iter().rposition(|owner| {
        owner.kind == MentionKind::Pronoun
            && sight.document.tokens[owner.head].head == Some(draft.head)
            && sight.document.tokens[owner.head].feats.possessive
    });
    let Some(owner) = owner.and_then(|owner| of[owner]).map(|number| &clusters[number]) else { return };
    let armed = matches!(owner.sector.as_deref(), Some("MIL" | "REB" | "PRM" | "COP" | "CRM" | "UAF" | "PTY" | "OPP"));
    if relational || armed {
        let draft = &mut drafts[index];
        draft.sector = owner.sector.clone().or(draft.sector.take());
        draft.country = owner.country.clone().or(draft.country.take());
    }
}

fn add(sight: Sight<'_>, cluster: &mut Cluster, index: usize, draft: &Draft) {
    cluster.drafts.push(index);
    if draft.kind == MentionKind::Pronoun {
        if cluster.person && cluster.gender == Gender::Other {
            cluster.gender = draft.gender;
        }
        if cluster.drafts.len() > 1 {
            return;
        }
    }
    cluster.known = cluster.known.or(draft.known);
    cluster.state = cluster
        .state
        .take()
        .or_else(|| draft.state.as_ref().map(|(code, _)| code.clone()).or_else(|| draft.nationality.clone().filter(|_| !draft.person)));
    if let Some(agent) = draft.agent {
        let role = sight.agent(agent).role;
        if !cluster.roles.contains(&role) {
            cluster.roles.push(role);
        }
        cluster.agents.push(agent);
        cluster.international |= role == AgentRole::International;
    }
    if let Some(known) = draft.known {
        let known = sight.known(known);
        if let Some((office, _)) = known.office_on(sight.day) {
            cluster.roles.push(office.role);
            cluster.international |= sight.knowledge.countries.get(&office.country).is_none();
        }
    }
    if let Some(name) = name_of(draft) {
        let written = sight.document.slice(sight.document.span_of(name)).to_owned();
        let parts = name_parts(&written);
        if !cluster.names.contains(&parts) {
            cluster.names.push(parts);
        }
        if cluster.longest.as_ref().is_none_or(|longest| longest.chars().count() < written.chars().count()) {
            cluster.longest = Some(written);
        }
    }
    let replaces = draft.is_named() && (draft.known.is_some() || draft.sector.is_some());
    if cluster.sector.is_none() || replaces && cluster.known.is_none_or(|known| draft.known == Some(known)) {
        cluster.sector = draft.sector.clone().or(cluster.sector.take());
    }
    if cluster.country.is_none() || draft.stated && cluster.known.is_none() {
        cluster.country = draft.country.clone().or(cluster.country.take());
    }
    cluster.person |= draft.person && !draft.plural;
    cluster.group |= draft.group;
    if cluster.gender == Gender::Other || draft.kind == MentionKind::Nominal {
        cluster.gender = draft.gender;
    }
    cluster.plural = draft.plural;
}

fn name_of(draft: &Draft) -> Option<std::ops::Range<usize>> {
    match (&draft.name, draft.known) {
        (Some((name, _)), _) => Some(name.clone()),
        (None, Some(_)) => Some(draft.core.clone()),
        _ => None,
    }
}

fn by_name(sight: Sight<'_>, clusters: &[Cluster], draft: &Draft) -> Option<usize> {
    if let Some(number) = draft.known
        && let Some(found) = clusters.iter().position(|cluster| cluster.known == Some(number))
    {
        return Some(found);
    }
    let state = draft.state.as_ref().map(|(code, _)| code).or(draft.nationality.as_ref());
    if let Some(code) = state {
        return clusters.iter().position(|cluster| cluster.state.as_ref() == Some(code) && cluster.sector == draft.sector);
    }
    let parts = name_parts(sight.document.slice(sight.document.span_of(name_of(draft)?)));
    let person = draft.person || draft.name.as_ref().is_some_and(|(_, kind)| *kind == NameKind::Per || parts.len() == 1);
    let fits = |cluster: &Cluster| {
        let conflict = cluster.known.is_some() && draft.known.is_some();
        !conflict && cluster.names.iter().any(|name| *name == parts || person && cluster.person && same_person(name, &parts))
    };
    clusters.iter().rposition(fits)
}

/// Whether the shorter of two names is the beginning or end of the longer one, and long enough to tell.
fn same_person(first: &[CompactString], second: &[CompactString]) -> bool {
    let (short, long) = if first.len() <= second.len() { (first, second) } else { (second, first) };
    let telling = short.iter().any(|part| part.chars().count() > 2);
    telling
        && short.len() < long.len()
        && (long.ends_with(short) || long.starts_with(short) || short.len() == 1 && long.last() == short.last())
        || close(first, second)
}

/// The same name in two transliterations: the last parts begin alike and differ little.
fn close(first: &[CompactString], second: &[CompactString]) -> bool {
    let (Some(a), Some(b)) = (first.last(), second.last()) else { return false };
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longest = a.chars().count().max(b.chars().count());
    longest >= 6 && common + 2 >= longest && common >= 5
}

/// How far back a role noun may look, in sentences.
const NOUN_REACH: usize = 40;

fn by_noun(sight: Sight<'_>, drafts: &[Draft], clusters: &[Cluster], draft: &Draft) -> Option<usize> {
    let agent = draft.agent?;
    let role = sight.agent(agent).role;
    let sentence = sight.document.sentence_of[draft.head];
    let one_person = draft.person && !draft.plural;
    let near = |cluster: &&(usize, &Cluster)| {
        cluster.1.drafts.last().is_some_and(|&last| sentence - sight.document.sentence_of[drafts[last].head] <= NOUN_REACH)
    };
    let recent: Vec<(usize, &Cluster)> = {
        let mut list: Vec<(usize, &Cluster)> = clusters.iter().enumerate().collect();
        list.retain(|cluster| near(&cluster));
        list.sort_by_key(|(_, cluster)| std::cmp::Reverse(cluster.drafts.last().copied()));
        list
    };
    let agrees = |cluster: &Cluster| !draft.stated || cluster.country.is_none() || cluster.country == draft.country;
    let office = matches!(role, AgentRole::HeadOfState | AgentRole::HeadOfGovernment | AgentRole::Minister);
    let determined = draft.definite || !sight.language.grammar.articles;
    if office && one_person && (determined || sight.document.tokens[draft.head].deprel == Deprel::Nsubj) {
        let same_title = recent.iter().find(|(_, cluster)| {
            cluster.person
                && agrees(cluster)
                && (cluster.agents.contains(&agent) || cluster.roles.contains(&role) && role != AgentRole::Minister)
        });
        return same_title.map(|(number, _)| *number);
    }
    if !determined && !(draft.plural && sight.language.grammar.bare_plurals) {
        return None;
    }
    if role == AgentRole::International && !draft.plural {
        let body =
            |cluster: &&(usize, &Cluster)| !cluster.1.person && cluster.1.group && !cluster.1.names.is_empty() && cluster.1.state.is_none();
        return recent.iter().find(body).map(|(number, _)| *number);
    }
    let same_noun = recent.iter().find(|(_, cluster)| {
        cluster.agents.contains(&agent) && agrees(cluster) && cluster.plural == draft.plural && (cluster.person == one_person)
    });
    if let Some((number, _)) = same_noun {
        return Some(*number);
    }
    if one_person && draft.definite {
        return bearer(sight, drafts, &recent, draft);
    }
    None
}

/// « L'officier », "the general": the only named person of the last sentences who bears arms, judges or governs as the noun says.
fn bearer(sight: Sight<'_>, drafts: &[Draft], recent: &[(usize, &Cluster)], draft: &Draft) -> Option<usize> {
    let sentence = sight.document.sentence_of[draft.head];
    let mut fitting = recent.iter().filter(|(_, cluster)| {
        let close = cluster.drafts.last().is_some_and(|&last| sentence - sight.document.sentence_of[drafts[last].head] <= 3);
        let named = cluster.person && !cluster.names.is_empty();
        let gender = cluster.gender == Gender::Other || draft.gender == Gender::Other || cluster.gender == draft.gender;
        close && named && gender && cluster.sector.is_some() && cluster.sector == draft.sector && !draft.stated
    });
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only.0)
}
