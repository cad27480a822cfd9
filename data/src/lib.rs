//! Selon's knowledge: the files of `data/`, embedded, and loaders that check each of them whole.
//!
//! A file is refused as a whole, with its path, line, cause and a fix. Users overlay files of the same shape ([`Files::overlay`]).

pub mod actors;
pub mod agents;
pub mod countries;
pub mod entities;
mod error;
pub mod figures;
mod files;
pub mod fold;
pub mod forms;
pub mod frames;
pub mod gazetteer;
pub mod grammar;
pub mod models;
pub mod numerals;
pub mod ontology;
pub mod pattern;
pub mod phrases;
pub mod places;
pub mod reporting;
pub mod rules;
pub mod scorer;
pub mod table;
pub mod time;
pub mod weights;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use error::DataError;
pub use files::Files;
use pattern::PatternIndex;

/// Everything Selon knows, loaded and checked.
#[derive(Debug)]
pub struct Knowledge {
    /// By ISO 639-1 code.
    pub languages: BTreeMap<String, LanguageData>,
    /// States and territories.
    pub countries: countries::Countries,
    /// Known people and organisations.
    pub known: entities::KnownActors,
    /// The learned casting model; `None` without one.
    pub casting: Option<weights::Weights>,
    /// The learned model of places and times; `None` without one.
    pub settling: Option<weights::Weights>,
    /// PLOVER's events and modes.
    pub plover: ontology::Plover,
    /// The places of the world.
    pub gazetteer: gazetteer::Gazetteer,
    /// Hash over the paths and contents of all files, 16 hexadecimal digits.
    pub hash: String,
}

/// What is known of one language.
#[derive(Debug, Default)]
pub struct LanguageData {
    /// Event rules in order of id.
    pub rules: rules::RuleSet,
    /// Which slot fills which role.
    pub frames: frames::Frames,
    /// Words of saying.
    pub reporting: Vec<reporting::Reporting>,
    /// Index of `reporting`.
    pub reporting_index: pattern::PatternIndex,
    /// Words that make an event planned, possible, negated …
    pub modality: Vec<reporting::Modality>,
    /// Index of `modality`.
    pub modality_index: pattern::PatternIndex,
    /// Nouns that name actors.
    pub agents: Vec<agents::Agent>,
    /// Words of nationality.
    pub demonyms: Vec<countries::Demonym>,
    actors: OnceLock<Option<actors::ActorIndex>>,
    /// Fixed expressions that are no events.
    pub idioms: Vec<pattern::Pattern>,
    /// Facts of grammar.
    pub grammar: grammar::Grammar,
    /// The learned scorer; `None` without one.
    pub scorer: Option<scorer::Scorer>,
    /// Topic of words.
    pub topics: rustc_hash::FxHashMap<compact_str::CompactString, compact_str::CompactString>,
    /// Index of `idioms`.
    pub idiom_index: pattern::PatternIndex,
    /// Inflected forms that correct the tagger's lemmas.
    pub forms: forms::Forms,
    /// Time words and patterns, number words.
    pub time: time::TimeLexicon,
    /// The words around place names.
    pub places: places::PlaceLexicon,
    /// The words around numbers.
    pub figures: figures::FigureLexicon,
}

impl Knowledge {
    /// Loads the embedded files.
    ///
    /// # Errors
    /// Only if an embedded file is broken, which a test rules out.
    pub fn embedded() -> Result<Knowledge, DataError> {
        Knowledge::load(&Files::embedded())
    }

    /// Loads and checks all files.
    ///
    /// # Errors
    /// The first file that is not as its format asks: path, line, cause, and help.
    pub fn load(files: &Files) -> Result<Knowledge, DataError> {
        let mut languages = BTreeMap::new();
        for code in files.languages() {
            languages.insert(code.clone(), LanguageData::load(files, &code)?);
        }
        Ok(Knowledge {
            languages,
            countries: countries::Countries::load(files)?,
            known: entities::KnownActors::load(files)?,
            casting: weights::Weights::load(files, "ontology/casting.tsv")?,
            settling: weights::Weights::load(files, "ontology/settling.tsv")?,
            plover: ontology::Plover::load(files)?,
            gazetteer: gazetteer::Gazetteer::embedded(),
            hash: files.hash(),
        })
    }

    /// Everything that names an actor in a language, indexed at first use; `None` for a language without a folder.
    pub fn actors(&self, language: &str) -> Option<&actors::ActorIndex> {
        let data = self.languages.get(language)?;
        data.actors.get_or_init(|| actors::ActorIndex::new(self, language)).as_ref()
    }
}

impl LanguageData {
    fn load(files: &Files, code: &str) -> Result<LanguageData, DataError> {
        let folder = format!("lang/{code}/");
        let frames = frames::Frames::load(files, &folder)?;
        let reporting = reporting::load_reporting(files, &folder)?;
        let modality = reporting::load_modality(files, &folder)?;
        let idioms = reporting::load_idioms(files, &folder)?;
        let demonyms = countries::load_demonyms(files, &folder)?;
        Ok(LanguageData {
            rules: rules::RuleSet::load(files, &folder, code, &frames)?,
            reporting_index: PatternIndex::new(reporting.iter().map(|entry| &entry.pattern)),
            reporting,
            modality_index: PatternIndex::new(modality.iter().map(|entry| &entry.pattern)),
            modality,
            grammar: grammar::Grammar::load(files, &folder)?,
            scorer: scorer::Scorer::load(files, &folder, code)?,
            topics: scorer::load_topics(files, &folder)?,
            idiom_index: PatternIndex::new(idioms.iter()),
            idioms,
            forms: forms::Forms::load(files, &folder)?,
            time: time::TimeLexicon::load(files, &folder)?,
            figures: figures::FigureLexicon::load(files, &folder)?,
            agents: agents::load(files, &folder)?,
            places: places::PlaceLexicon::load(files, &folder, &demonyms)?,
            demonyms,
            actors: OnceLock::new(),
            frames,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_load() {
        if let Err(error) = Knowledge::embedded() {
            panic!("{error}");
        }
    }
}
