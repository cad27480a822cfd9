//! Mentions before anything is known of their referents: where they are and what their own words say.

use std::ops::Range;

use compact_str::CompactString;
use selon_data::actors::{ActorIndex, Meaning};
use selon_data::agents::{Agent, AgentRole};
use selon_data::countries::NameOf;
use selon_data::entities::Known;
use selon_data::{Knowledge, LanguageData};

use super::MentionKind;
use super::context::Context;
use super::find::Found;
use crate::document::{Deprel, Document, Gender, NameKind, Number, Upos};
use crate::tree::Tree;

/// What the stage reads of the article and of the world.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its trees.
    pub tree: &'a Tree<'a>,
    /// All knowledge.
    pub knowledge: &'a Knowledge,
    /// What is known of the language.
    pub language: &'a LanguageData,
    /// Everything that names an actor in the language.
    pub index: &'a ActorIndex,
    /// Which states the article is about.
    pub context: &'a Context,
    /// The day of publication, `YYYY-MM-DD`.
    pub day: Option<&'a str>,
}

impl<'a> Sight<'a> {
    /// An agent noun.
    pub fn agent(&self, number: u32) -> &'a Agent {
        &self.language.agents[number as usize]
    }

    /// A known actor.
    pub fn known(&self, number: u32) -> &'a Known {
        &self.knowledge.known.list[number as usize]
    }

    /// The words of a token as written, one word of a contraction included.
    pub fn written(&self, token: usize) -> &'a str {
        self.document.slice(self.document.tokens[token].span)
    }
}

/// One mention in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Head token.
    pub head: usize,
    /// The words that were recognised.
    pub core: Range<usize>,
    /// Form.
    pub kind: MentionKind,
    /// The agent noun that heads it.
    pub agent: Option<u32>,
    /// The known actor it names.
    pub known: Option<u32>,
    /// The state it names.
    pub state: Option<(CompactString, NameOf)>,
    /// The state whose people or deed its nationality word names.
    pub nationality: Option<CompactString>,
    /// A proper name inside it that the tagger or a bracketed acronym gave.
    pub name: Option<(Range<usize>, NameKind)>,
    /// One human being, or several in the plural.
    pub person: bool,
    /// Several, or a collective.
    pub group: bool,
    /// Grammatical number.
    pub plural: bool,
    /// Grammatical or natural gender.
    pub gender: Gender,
    /// Whether it is said to be known (« le », « ces », "the").
    pub definite: bool,
    /// Country, if its own words or the knowledge say.
    pub country: Option<CompactString>,
    /// Sector, likewise.
    pub sector: Option<CompactString>,
    /// Whether the country was stated and not carried over.
    pub stated: bool,
    /// Whether the words are somebody's label.
    pub label: bool,
}

const DEFINITE: &[&str] = &[
    "le", "la", "les", "l'", "l’", "ce", "cet", "cette", "ces", "du", "des", "au", "aux", "the", "this", "these", "that", "those", "el",
    "los", "las", "del", "al", "este", "esta", "estos", "estas", "этот", "эти", "эта",
];

impl Draft {
    /// A draft around a head with the features of its tokens.
    pub fn at(sight: Sight<'_>, head: usize, core: Range<usize>, kind: MentionKind) -> Draft {
        let token = &sight.document.tokens[head];
        let plural = token.feats.number == Number::Plur || token.feats.number == Number::Dual;
        Draft {
            head,
            core,
            kind,
            agent: None,
            known: None,
            state: None,
            nationality: None,
            name: None,
            person: false,
            group: plural,
            plural,
            gender: token.feats.gender,
            definite: is_definite(sight, head),
            country: None,
            sector: None,
            stated: false,
            label: false,
        }
    }

    /// The office or other role of its noun.
    pub fn role(&self, sight: Sight<'_>) -> AgentRole {
        self.agent.map_or(AgentRole::None, |agent| sight.agent(agent).role)
    }

    /// Whether it has a proper name.
    pub fn is_named(&self) -> bool {
        self.known.is_some() || self.name.is_some()
    }
}

/// Whether a noun has a definite or demonstrative determiner. « Des » counts only as the contraction of « de les », which has two tokens.
fn is_definite(sight: Sight<'_>, head: usize) -> bool {
    sight.tree.dependents(head, &[Deprel::Det]).any(|det| {
        let form = sight.document.tokens[det].form.to_lowercase();
        let contracted = det > 0 && sight.document.tokens[det - 1].span == sight.document.tokens[det].span;
        let poss = sight.document.tokens[det].feats.possessive;
        !poss && DEFINITE.contains(&form.as_str()) && (contracted || !matches!(form.as_str(), "des" | "du" | "au" | "aux"))
    })
}

/// The token of a range whose head is outside it.
pub fn head_of(document: &Document, tokens: &Range<usize>) -> usize {
    tokens.clone().find(|&token| document.tokens[token].head.is_none_or(|head| !tokens.contains(&head))).unwrap_or(tokens.start)
}

/// Drafts from what was found, in text order. `alias` tells the writings of acronyms that the article itself introduces.
pub fn drafts(sight: Sight<'_>, found: &[Found], aliases: &[CompactString]) -> Vec<Draft> {
    let mut taken = vec![false; sight.document.tokens.len()];
    let mut list = Vec::new();
    for hit in found {
        if let Some(draft) = from_found(sight, hit) {
            taken[draft.core.clone()].fill(true);
            list.push(draft);
        } else if hit.meanings.iter().any(|meaning| matches!(meaning, Meaning::Place(_))) {
            taken[hit.tokens.clone()].fill(true);
        }
    }
    for name in names(sight.document) {
        if !taken[name.0.clone()].iter().any(|taken| *taken)
            && let Some(draft) = from_name(sight, name.0.clone(), name.1)
        {
            taken[name.0].fill(true);
            list.push(draft);
        }
    }
    for token in 0..sight.document.tokens.len() {
        if taken[token] {
            continue;
        }
        let draft = if aliases.iter().any(|alias| alias == sight.written(token)) {
            let mut draft = Draft::at(sight, token, token..token + 1, MentionKind::Name);
            draft.name = Some((token..token + 1, NameKind::Org));
            draft.group = true;
            Some(draft)
        } else {
            super::pronoun::draft(sight, token)
        };
        list.extend(draft);
    }
    list.sort_by_key(|draft| (draft.core.start, std::cmp::Reverse(draft.core.end)));
    list
}

/// Runs of tokens that the tagger calls a name of a person or body.
fn names(document: &Document) -> Vec<(Range<usize>, NameKind)> {
    let mut runs: Vec<(Range<usize>, NameKind)> = Vec::new();
    for (index, token) in document.tokens.iter().enumerate() {
        if !matches!(token.name, NameKind::Per | NameKind::Org) {
            continue;
        }
        match runs.last_mut() {
            Some((run, kind))
                if run.end == index
                    && *kind == token.name
                    && !token.name_start
                    && document.sentence_of[run.start] == document.sentence_of[index] =>
            {
                run.end = index + 1;
            }
            _ => runs.push((index..index + 1, token.name)),
        }
    }
    runs
}

fn from_name(sight: Sight<'_>, tokens: Range<usize>, kind: NameKind) -> Option<Draft> {
    let mut tokens = tokens;
    while tokens.len() > 1 && matches!(sight.document.tokens[tokens.start].upos, Upos::Det | Upos::Adp | Upos::Punct) {
        tokens.start += 1;
    }
    let head = head_of(sight.document, &tokens);
    let letters = sight.document.slice(sight.document.span_of(tokens.clone())).chars().filter(|letter| letter.is_alphabetic()).count();
    let lower_case =
        tokens.clone().all(|token| sight.written(token).chars().all(|letter| !letter.is_alphabetic() || letter.is_lowercase()));
    let cased = sight.language.grammar.cased;
    if letters < 2 || cased && lower_case || matches!(sight.document.tokens[head].upos, Upos::Verb | Upos::Det | Upos::Adp | Upos::Pron) {
        return None;
    }
    let mut draft = Draft::at(sight, head, tokens.clone(), MentionKind::Name);
    draft.person = kind == NameKind::Per;
    draft.plural = false;
    draft.group = kind == NameKind::Org;
    draft.name = Some((tokens, kind));
    draft.known = super::known::by_surname(sight, &draft.core).filter(|_| kind == NameKind::Per || draft.core.len() == 1);
    if draft.known.is_some() {
        draft.person = true;
        draft.group = false;
    }
    Some(draft)
}

fn from_found(sight: Sight<'_>, hit: &Found) -> Option<Draft> {
    let head = head_of(sight.document, &hit.tokens);
    if let Some(known) = super::known::choose(sight, hit) {
        let mut draft = Draft::at(sight, head, hit.tokens.clone(), MentionKind::Name);
        draft.known = Some(known);
        draft.person = sight.known(known).person;
        draft.group = !draft.person;
        return Some(draft);
    }
    let place = hit.meanings.iter().find_map(|meaning| match meaning {
        Meaning::Place(number) => Some(&sight.knowledge.countries.names(sight.document.language.code())[*number as usize]),
        _ => None,
    });
    if let Some(first) = place {
        if !super::known::acts(sight, head, first.kind) {
            return None;
        }
        let codes = hit.meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Place(number) => {
                Some(sight.knowledge.countries.names(sight.document.language.code())[*number as usize].country.as_str())
            }
            _ => None,
        });
        let code = sight.context.likeliest(codes.map(|code| sight.knowledge.countries.folded(code)))?;
        let mut draft = Draft::at(sight, head, hit.tokens.clone(), MentionKind::Name);
        draft.state = Some((code, first.kind));
        draft.group = true;
        return Some(draft);
    }
    let agent = hit.meanings.iter().find_map(|meaning| match meaning {
        Meaning::Agent(number) if !matches!(sight.agent(*number).role, AgentRole::Adjective | AgentRole::Deed | AgentRole::Quantity) => {
            Some(*number)
        }
        _ => None,
    });
    if let Some(number) = agent {
        return from_agent(sight, head, hit, number);
    }
    from_nationality(sight, head, hit)
}

fn from_agent(sight: Sight<'_>, head: usize, hit: &Found, number: u32) -> Option<Draft> {
    let agent = sight.agent(number);
    let token = &sight.document.tokens[head];
    let thing = (agent.object || agent.animal) && agent.sector.is_empty();
    let modifies = hit.tokens.len() == 1
        && token.upos == Upos::Adj
        && matches!(token.deprel, Deprel::Amod | Deprel::Acl | Deprel::Root | Deprel::Xcomp | Deprel::Conj);
    if thing || modifies {
        return None;
    }
    let mut draft = Draft::at(sight, head, hit.tokens.clone(), MentionKind::Nominal);
    draft.agent = Some(number);
    draft.person = agent.person;
    draft.group = draft.plural || agent.group && !agent.person;
    match agent.gender {
        Some('f') => draft.gender = Gender::Fem,
        Some('m') => draft.gender = Gender::Masc,
        _ => {}
    }
    Some(draft)
}

/// « Les Kazakhs » are people; « frappe israélienne » names a state by its adjective, unless the noun is itself an actor.
fn from_nationality(sight: Sight<'_>, head: usize, hit: &Found) -> Option<Draft> {
    let codes = hit.meanings.iter().filter_map(|meaning| match meaning {
        Meaning::Demonym(number) => Some(sight.language.demonyms[*number as usize].country.as_str()),
        _ => None,
    });
    let code = sight.context.likeliest(codes.map(|code| sight.knowledge.countries.folded(code)))?;
    let token = &sight.document.tokens[head];
    let modifier = matches!(token.deprel, Deprel::Amod | Deprel::Compound) || token.upos == Upos::Adj;
    let mut draft = Draft::at(sight, head, hit.tokens.clone(), if modifier { MentionKind::Name } else { MentionKind::Nominal });
    if !modifier {
        draft.person = true;
        draft.nationality = Some(code);
        return Some(draft);
    }
    if !matches!(token.deprel, Deprel::Amod | Deprel::Compound) {
        return None;
    }
    draft.nationality = Some(code);
    draft.group = true;
    Some(draft)
}
