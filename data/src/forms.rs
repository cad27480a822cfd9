//! Inflected forms of the words that the lexicons look for (`lang/<xx>/forms.tsv`): they correct the tagger's lemma where it guesses.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use crate::pattern::PatternPos;
use crate::table;
use crate::{DataError, Files};

/// Lemmas by form and part of speech.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    verbs: BTreeMap<CompactString, CompactString>,
    nouns: BTreeMap<CompactString, CompactString>,
    finite: BTreeSet<CompactString>,
}

impl Forms {
    /// Loads `forms.tsv` of a language folder; of two lemmas with one form the first row's stays.
    /// FINITE rows list forms that are nothing but finite verbs, whatever the tagger says.
    ///
    /// # Errors
    /// The first row without a lemma, or with a part of speech other than VERB and NOUN.
    pub fn load(files: &Files, folder: &str) -> Result<Forms, DataError> {
        let mut loaded = Forms::default();
        let path = format!("{folder}forms.tsv");
        table::read(files, &path, &["lemma", "pos", "forms"], |row| {
            let lemma = row.require("lemma")?;
            if row.get("pos") == "FINITE" {
                loaded.finite.extend(row.get("forms").split_whitespace().map(CompactString::from));
                return Ok(());
            }
            let side = match PatternPos::parse(row.get("pos")) {
                Some(PatternPos::Verb) => &mut loaded.verbs,
                Some(PatternPos::Noun) => &mut loaded.nouns,
                _ => return Err(row.error(format!("unknown part of speech `{}`", row.get("pos")), "use VERB, NOUN or FINITE")),
            };
            for form in row.get("forms").split_whitespace() {
                side.entry(form.into()).or_insert_with(|| lemma.into());
            }
            Ok(())
        })?;
        Ok(loaded)
    }

    /// The lemma of a lower-cased form as a verb or noun; `None` when the table does not know it.
    pub fn lemma(&self, form: &str, pos: PatternPos) -> Option<&CompactString> {
        match pos {
            PatternPos::Verb => self.verbs.get(form),
            PatternPos::Noun => self.nouns.get(form),
            _ => None,
        }
    }

    /// Whether a lower-cased form is nothing but a finite verb.
    pub fn is_finite(&self, form: &str) -> bool {
        self.finite.contains(form)
    }

    /// Whether the table has no entry.
    pub fn is_empty(&self) -> bool {
        self.verbs.is_empty() && self.nouns.is_empty()
    }
}
