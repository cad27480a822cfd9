//! Which states an article is about: what settles whose police "the police" are, and which of two namesakes is meant.

use std::collections::BTreeMap;

use compact_str::CompactString;
use selon_data::actors::Meaning;
use selon_data::{Knowledge, LanguageData};

use super::find::Found;
use crate::document::Document;
use crate::place::{Toponym, ToponymRole};

/// Weighed evidence of states.
#[derive(Debug, Default)]
pub struct Context {
    votes: BTreeMap<CompactString, u32>,
    /// The state that the article is about.
    pub main: Option<CompactString>,
}

impl Context {
    /// Reads the evidence.
    pub fn new(document: &Document, toponyms: &[Toponym], found: &[Found], knowledge: &Knowledge, language: &LanguageData) -> Context {
        let mut context = Context::default();
        let opening = document.sentences.iter().take(3).next_back().map_or(0, |sentence| sentence.tokens.end);
        for hit in found {
            let first = document.sentence_of.get(hit.tokens.start).is_some_and(|sentence| *sentence == 0);
            let weight = if first {
                10
            } else if hit.tokens.start < opening {
                6
            } else {
                4
            };
            for code in states(hit, document, knowledge, language) {
                *context.votes.entry(code).or_default() += weight;
            }
        }
        for toponym in toponyms {
            let Some(country) = &toponym.country else { continue };
            let code = CompactString::from(knowledge.countries.folded(country));
            // A town or region says where things happen; a state's name may be that of one who only speaks.
            *context.votes.entry(code).or_default() += match toponym.role {
                ToponymRole::Dateline => 5,
                _ if toponym.feature == "PPLC" => 7,
                _ if toponym.feature.starts_with("PCL") => 4,
                _ => 8,
            };
        }
        context.main =
            context.votes.iter().max_by_key(|(code, votes)| (**votes, std::cmp::Reverse((*code).clone()))).map(|(code, _)| code.clone());
        context.settle_namesakes();
        context
    }

    /// « Congolais », "Dominican": where both states got the votes of a shared word, the one with votes of its own wins; a tie goes to the larger state.
    fn settle_namesakes(&mut self) {
        for (larger, smaller) in [("COD", "COG"), ("DOM", "DMA")] {
            if self.votes.contains_key(larger) && self.votes.get(larger) == self.votes.get(smaller) {
                self.votes.remove(smaller);
                if self.main.as_deref() == Some(smaller) {
                    self.main = Some(larger.into());
                }
            }
        }
    }

    /// Whether the article speaks of the state at all.
    pub fn speaks_of(&self, code: &str) -> bool {
        self.votes.contains_key(code)
    }

    /// The weight of a state in the article.
    pub fn weight(&self, code: &str) -> u32 {
        self.votes.get(code).copied().unwrap_or(0)
    }

    /// The likeliest of several states that a word may mean.
    pub fn likeliest<'a>(&self, codes: impl Iterator<Item = &'a str>) -> Option<CompactString> {
        codes.max_by_key(|code| (self.weight(code), *code == "COD", std::cmp::Reverse(code.to_owned()))).map(CompactString::from)
    }
}

/// The states that a phrase is evidence of.
fn states(hit: &Found, document: &Document, knowledge: &Knowledge, language: &LanguageData) -> Vec<CompactString> {
    let mut codes: Vec<CompactString> = Vec::new();
    let mut add = |code: &str| {
        let code = CompactString::from(knowledge.countries.folded(code));
        if !codes.contains(&code) {
            codes.push(code);
        }
    };
    for meaning in &hit.meanings {
        match *meaning {
            Meaning::Place(number) => add(&knowledge.countries.names(document.language.code())[number as usize].country),
            Meaning::Demonym(number) => add(&language.demonyms[number as usize].country),
            Meaning::Known(number) if hit.meanings.len() == 1 => {
                let known = &knowledge.known.list[number as usize];
                let single = known.offices.iter().all(|office| office.country == known.offices[0].country);
                if known.person && single && knowledge.countries.get(&known.offices[0].country).is_some() && hit.tokens.len() > 1 {
                    add(&known.offices[0].country);
                }
            }
            Meaning::Known(_) | Meaning::Agent(_) => {}
        }
    }
    codes
}
