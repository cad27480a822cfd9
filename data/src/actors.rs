//! Everything that names an actor in one language, in one index of phrases.

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;

use crate::Knowledge;
use crate::agents::AgentRole;
use crate::countries::NameOf;
use crate::phrases::{Phrases, atoms};

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An agent noun: index into [`crate::LanguageData::agents`].
    Agent(u32),
    /// A known actor: index into [`crate::entities::KnownActors::list`].
    Known(u32),
    /// A name of a state, its capital or a part: index into [`crate::countries::Countries::names`] of the language.
    Place(u32),
    /// A word of nationality: index into [`crate::LanguageData::demonyms`].
    Demonym(u32),
}

/// How a phrase must be written to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    /// Any.
    Any,
    /// With a capital.
    Capital,
    /// Letter by letter: acronyms.
    Exact(CompactString),
}

/// The index of one language.
#[derive(Debug)]
pub struct ActorIndex {
    /// Phrases; a payload is an index into `meanings`.
    pub phrases: Phrases,
    /// Meanings with the writing they ask for.
    pub meanings: Vec<(Meaning, Case)>,
    surnames: HashMap<CompactString, Vec<u32>>,
}

/// States whose people are called by the first of their names.
const FAMILY_NAME_FIRST: &[&str] = &["CHN", "HKG", "TWN", "KOR", "PRK", "VNM", "KHM"];

impl ActorIndex {
    /// The index of a language; `None` when nothing is known of it.
    pub fn new(knowledge: &Knowledge, language: &str) -> Option<ActorIndex> {
        let data = knowledge.languages.get(language)?;
        let mut index = ActorIndex { phrases: Phrases::new(), meanings: Vec::new(), surnames: HashMap::default() };
        for (number, agent) in data.agents.iter().enumerate() {
            index.add(&agent.words, Meaning::Agent(number as u32), if is_acronym(&agent.words) { exact(&agent.words) } else { Case::Any });
        }
        for (number, name) in knowledge.countries.names(language).iter().enumerate() {
            index.add(&name.name, Meaning::Place(number as u32), writing(&name.name));
        }
        for (number, demonym) in data.demonyms.iter().enumerate() {
            let case = if is_acronym(&demonym.form) { exact(&demonym.form) } else { Case::Any };
            index.add(&demonym.form, Meaning::Demonym(number as u32), case);
        }
        index.add_known(knowledge);
        Some(index)
    }

    fn add_known(&mut self, knowledge: &Knowledge) {
        for (number, known) in knowledge.known.list.iter().enumerate() {
            for spelling in known.spellings() {
                // What stands in brackets tells namesakes apart for the reader of the table; nobody writes it.
                if !spelling.ends_with(')') {
                    self.add(spelling, Meaning::Known(number as u32), writing(spelling));
                }
            }
            if known.person {
                self.add_surnames(knowledge, number);
            }
        }
    }

    fn add_surnames(&mut self, knowledge: &Knowledge, number: usize) {
        let known = &knowledge.known.list[number];
        let family_first = known.offices.iter().any(|office| FAMILY_NAME_FIRST.contains(&office.country.as_str()));
        for spelling in known.spellings() {
            let mut parts: Vec<CompactString> = Vec::new();
            atoms(spelling, |atom| parts.push(atom.into()));
            let surname = if family_first {
                parts.first()
            } else {
                parts.iter().rev().find(|part| !matches!(part.as_str(), "jr" | "ii" | "iii" | "iv" | "vi" | "xiv" | "xvi"))
            };
            let Some(surname) = surname.filter(|surname| parts.len() > 1 && surname.chars().count() > 1) else { continue };
            let list = self.surnames.entry(surname.clone()).or_default();
            if !list.contains(&(number as u32)) {
                list.push(number as u32);
            }
        }
    }

    fn add(&mut self, phrase: &str, meaning: Meaning, case: Case) {
        self.phrases.add(phrase, self.meanings.len() as u32);
        self.meanings.push((meaning, case));
    }

    /// Known people with this last name (folded), in order of id.
    pub fn with_surname(&self, folded: &str) -> &[u32] {
        self.surnames.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether a role is an office that one person at a time holds.
    pub fn is_office(role: AgentRole) -> bool {
        matches!(role, AgentRole::HeadOfState | AgentRole::HeadOfGovernment | AgentRole::Minister)
    }

    /// Whether a name of a state names the state itself.
    pub fn is_state(kind: NameOf) -> bool {
        kind == NameOf::State
    }
}

/// Short and without small letters: an acronym, which must be written so ("US" is not "us").
fn is_acronym(phrase: &str) -> bool {
    let letters = phrase.chars().filter(|letter| letter.is_alphabetic());
    phrase.chars().count() <= 8 && letters.clone().next().is_some() && letters.clone().all(char::is_uppercase)
}

fn exact(phrase: &str) -> Case {
    Case::Exact(phrase.chars().filter(|letter| letter.is_alphanumeric()).collect())
}

fn writing(phrase: &str) -> Case {
    if is_acronym(phrase) {
        exact(phrase)
    } else if phrase.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase) {
        Case::Capital
    } else {
        Case::Any
    }
}
