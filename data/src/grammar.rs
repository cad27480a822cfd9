//! What a language's grammar says to the engine (`lang/<xx>/grammar.toml`), so that the engine asks no language by name.

use serde::Deserialize;

use crate::{DataError, Files};

/// Facts of grammar; a language without the file has these defaults.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grammar {
    /// Whether known things take an article or another determiner: a noun without one is then new.
    pub articles: bool,
    /// Whether a plural without determiner may still be known ("protesters").
    pub bare_plurals: bool,
    /// Whether the script has capitals, so that a name in lower case is none.
    pub cased: bool,
    /// Nouns that speak and are nobody: "report", "source".
    pub things_that_speak: Vec<String>,
    /// Prepositions that at the start of a sentence, before a person and a comma, say whose view follows (« Pour le ministre, … »).
    pub view_prepositions: Vec<String>,
}

impl Default for Grammar {
    fn default() -> Grammar {
        Grammar { articles: true, bare_plurals: false, cased: true, things_that_speak: Vec::new(), view_prepositions: Vec::new() }
    }
}

impl Grammar {
    /// Loads the file of a language folder; of several layers the last counts.
    ///
    /// # Errors
    /// A file that is no TOML of this shape.
    pub fn load(files: &Files, folder: &str) -> Result<Grammar, DataError> {
        let path = format!("{folder}grammar.toml");
        let mut grammar = Grammar::default();
        for content in files.layers(&path) {
            grammar = toml::from_str(content).map_err(|error| crate::rules::toml_error(&path, content, &error))?;
        }
        Ok(grammar)
    }
}
