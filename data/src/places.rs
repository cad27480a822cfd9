//! The words around place names: `lang/<xx>/places.toml`.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::countries::Demonym;
use crate::fold::{fold, name_key, pieces};
use crate::{DataError, Files};

/// What a word or phrase beside a name does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceCue {
    /// Before: the name is a place («à», "near").
    In,
    /// Before: it may be one («de», "from").
    Of,
    /// Before: a person's title or a word of family ("Mr", « général »).
    Title,
    /// Before, capitalised: belongs to a place's name or narrows it ("South", "Downtown").
    Modifier,
    /// After, capitalised: makes it a place ("Province", "County").
    Kind,
    /// After, capitalised: makes it an organisation or a street ("University", "Road").
    Organization,
    /// Lower-case word that may begin a place's name (« mer », « camp »).
    Head,
    /// A common word that is also the name of a small place.
    Common,
    /// A compass direction; the value is the bearing in degrees.
    Direction(u16),
    /// A unit of length; the value is metres.
    Length(u32),
}

/// The words around place names in a language.
#[derive(Clone, Debug, Default)]
pub struct PlaceLexicon {
    phrases: HashMap<CompactString, Vec<(Vec<CompactString>, PlaceCue)>>,
    demonyms: HashMap<CompactString, CompactString>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceFile {
    #[allow(dead_code)]
    language: String,
    #[allow(dead_code)]
    licence: String,
    #[allow(dead_code)]
    origin: String,
    #[serde(default, rename = "in")]
    inside: Vec<String>,
    #[serde(default)]
    of: Vec<String>,
    #[serde(default)]
    title: Vec<String>,
    #[serde(default)]
    modifier: Vec<String>,
    #[serde(default)]
    kind: Vec<String>,
    #[serde(default)]
    organization: Vec<String>,
    #[serde(default)]
    head: Vec<String>,
    #[serde(default)]
    common: Vec<String>,
    #[serde(default)]
    direction: BTreeMap<String, u16>,
    #[serde(default)]
    length: BTreeMap<String, u32>,
}

impl PlaceLexicon {
    /// Loads the file of a language and the demonyms of states; empty when there is no file.
    ///
    /// # Errors
    /// A file that is not as its format asks.
    pub fn load(files: &Files, folder: &str, demonyms: &[Demonym]) -> Result<PlaceLexicon, DataError> {
        let mut lexicon = PlaceLexicon::default();
        for demonym in demonyms.iter().filter(|demonym| demonym.state) {
            lexicon.demonyms.entry(name_key(&demonym.form)).or_insert_with(|| demonym.country.clone());
        }
        let path = format!("{folder}places.toml");
        for content in files.layers(&path) {
            let file: PlaceFile = toml::from_str(content).map_err(|error| crate::rules::toml_error(&path, content, &error))?;
            lexicon.add(&file);
        }
        Ok(lexicon)
    }

    fn add(&mut self, file: &PlaceFile) {
        let lists = [
            (&file.inside, PlaceCue::In),
            (&file.of, PlaceCue::Of),
            (&file.title, PlaceCue::Title),
            (&file.modifier, PlaceCue::Modifier),
            (&file.kind, PlaceCue::Kind),
            (&file.organization, PlaceCue::Organization),
            (&file.head, PlaceCue::Head),
            (&file.common, PlaceCue::Common),
        ];
        for (list, cue) in lists {
            list.iter().for_each(|phrase| self.phrase(phrase, cue));
        }
        file.direction.iter().for_each(|(phrase, &bearing)| self.phrase(phrase, PlaceCue::Direction(bearing)));
        file.length.iter().for_each(|(phrase, &metres)| self.phrase(phrase, PlaceCue::Length(metres)));
    }

    fn phrase(&mut self, phrase: &str, cue: PlaceCue) {
        let words = pieces(&fold(phrase));
        if let Some(first) = words.first() {
            let entry = self.phrases.entry(first.clone()).or_default();
            entry.push((words, cue));
            entry.sort_by_key(|phrase| std::cmp::Reverse(phrase.0.len()));
        }
    }

    /// The phrases that begin with this folded word, longest first.
    pub fn starting_with(&self, folded: &str) -> &[(Vec<CompactString>, PlaceCue)] {
        self.phrases.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether a single folded word is such a cue.
    pub fn is(&self, folded: &str, cue: PlaceCue) -> bool {
        self.starting_with(folded).iter().any(|phrase| phrase.0.len() == 1 && phrase.1 == cue)
    }

    /// The state of a word of nationality, by folded form.
    pub fn nationality(&self, folded: &str) -> Option<&str> {
        self.demonyms.get(folded).map(CompactString::as_str)
    }
}
