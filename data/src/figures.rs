//! The words around numbers: `lang/<xx>/figures.toml`.

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::fold::pieces;
use crate::numerals::Numerals;
use crate::{DataError, Files};

/// What a phrase beside a number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// Before: n or more.
    AtLeast,
    /// Before: n or fewer.
    AtMost,
    /// Before: fewer than n.
    LessThan,
    /// Before: 0.9 n to n.
    Nearly,
    /// Before: n ± 10 %.
    About,
    /// After: n or more.
    AtLeastAfter,
    /// After: n ± 10 %.
    AboutAfter,
    /// Before: opens a range ("between").
    Between,
    /// Between the two numbers of a range.
    To,
    /// After: a unit, so that the number counts nobody (years, metres, euros, per cent).
    Unit,
    /// Before: the number is a name or a label ("article 49", "$").
    Label,
    /// Before: the number is a part of a total already given (« dont »).
    Part,
    /// Anywhere in the sentence: the number adds up over time.
    Cumulative,
    /// A noun that « un » counts as 1.
    Single,
    /// May stand between an approximator and its number (« les », "some").
    Filler,
}

/// The phrases of a language, by first word, longest first.
#[derive(Clone, Debug, Default)]
pub struct FigureLexicon {
    phrases: HashMap<CompactString, Vec<(Vec<CompactString>, Cue)>>,
    /// Number words.
    pub numerals: Numerals,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureFile {
    #[allow(dead_code)]
    language: String,
    #[allow(dead_code)]
    licence: String,
    #[allow(dead_code)]
    origin: String,
    #[serde(default)]
    at_least: Vec<String>,
    #[serde(default)]
    at_most: Vec<String>,
    #[serde(default)]
    less_than: Vec<String>,
    #[serde(default)]
    nearly: Vec<String>,
    #[serde(default)]
    about: Vec<String>,
    #[serde(default)]
    at_least_after: Vec<String>,
    #[serde(default)]
    about_after: Vec<String>,
    #[serde(default)]
    between: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    unit: Vec<String>,
    #[serde(default)]
    label: Vec<String>,
    #[serde(default)]
    part: Vec<String>,
    #[serde(default)]
    cumulative: Vec<String>,
    #[serde(default)]
    single: Vec<String>,
    #[serde(default)]
    filler: Vec<String>,
}

impl FigureLexicon {
    /// Loads the file of a language; empty when there is none.
    ///
    /// # Errors
    /// A file that is not as its format asks.
    pub fn load(files: &Files, folder: &str) -> Result<FigureLexicon, DataError> {
        let mut lexicon = FigureLexicon { numerals: Numerals::load(files, folder)?, ..FigureLexicon::default() };
        let path = format!("{folder}figures.toml");
        for content in files.layers(&path) {
            let file: FigureFile = toml::from_str(content).map_err(|error| crate::rules::toml_error(&path, content, &error))?;
            lexicon.add(&file);
        }
        Ok(lexicon)
    }

    fn add(&mut self, file: &FigureFile) {
        let lists = [
            (&file.at_least, Cue::AtLeast),
            (&file.at_most, Cue::AtMost),
            (&file.less_than, Cue::LessThan),
            (&file.nearly, Cue::Nearly),
            (&file.about, Cue::About),
            (&file.at_least_after, Cue::AtLeastAfter),
            (&file.about_after, Cue::AboutAfter),
            (&file.between, Cue::Between),
            (&file.to, Cue::To),
            (&file.unit, Cue::Unit),
            (&file.label, Cue::Label),
            (&file.part, Cue::Part),
            (&file.cumulative, Cue::Cumulative),
            (&file.single, Cue::Single),
            (&file.filler, Cue::Filler),
        ];
        for (list, cue) in lists {
            for phrase in list {
                let words = pieces(phrase);
                if let Some(first) = words.first() {
                    let entry = self.phrases.entry(first.clone()).or_default();
                    entry.push((words, cue));
                    entry.sort_by_key(|phrase| std::cmp::Reverse(phrase.0.len()));
                }
            }
        }
    }

    /// The phrases that begin with this folded word, longest first.
    pub fn starting_with(&self, folded: &str) -> &[(Vec<CompactString>, Cue)] {
        self.phrases.get(folded).map_or(&[], Vec::as_slice)
    }
}
