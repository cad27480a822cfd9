//! Lemmas from endings: a table from part of speech, features and ending (or whole word) to an edit script, for languages of rich inflection.
//!
//! Made by `training/tagger/suffixes.py`, which prunes it by the order of look-up that [`Endings::find`] follows.

use crate::error::ModelError;
use crate::features::Hash;
use crate::lemma::Script;
use crate::weights::Weights;

/// The longest ending in the table, in characters.
const LONGEST: usize = 6;

/// The table of one language.
#[derive(Debug)]
pub(crate) struct Endings {
    language: String,
    keys: Vec<u32>,
    values: Vec<u32>,
    scripts: Vec<Script>,
}

impl Endings {
    /// Reads the tables of a weights file: a label `endings` names their languages.
    pub(crate) fn load(file: &Weights) -> Result<Vec<Endings>, ModelError> {
        let Ok(languages) = file.labels("endings") else { return Ok(Vec::new()) };
        languages.into_iter().map(|language| Endings::read(file, language)).collect()
    }

    fn read(file: &Weights, language: String) -> Result<Endings, ModelError> {
        let scripts = file.labels(&format!("endings.{language}.scripts"))?.iter().map(|text| Script::parse(text)).collect();
        Ok(Endings {
            keys: file.numbers(&format!("endings.{language}.keys"))?,
            values: file.numbers(&format!("endings.{language}.values"))?,
            scripts,
            language,
        })
    }

    /// Whether the table is of this language.
    pub(crate) fn speaks(&self, language: &str) -> bool {
        self.language == language
    }

    /// The lemma of a form with this part of speech and these features (case, gender and number, each with a bar before it); an acronym has
    /// none.
    pub(crate) fn lemma(&self, form: &str, upos: &str, feats: &str) -> Option<String> {
        if is_acronym(form) {
            return None;
        }
        let normal = normal(form);
        let script = self.find(&normal, upos, feats)?;
        let lemma = script.apply(&normal);
        (!lemma.is_empty()).then_some(lemma)
    }

    fn find(&self, normal: &str, upos: &str, feats: &str) -> Option<&Script> {
        let plain = Hash::new().with(upos.as_bytes());
        let bases = [plain.with(feats.as_bytes()).with(b"\x1f"), plain.with(b"\x1f")];
        let whole = bases.iter().map(|base| base.with(b"^").with(normal.as_bytes()));
        let mut starts: Vec<usize> = normal.char_indices().rev().take(LONGEST).map(|(at, _)| at).collect();
        starts.reverse();
        let endings = starts.iter().flat_map(|&at| bases.iter().map(move |base| base.with(&normal.as_bytes()[at..])));
        whole.chain(endings).find_map(|key| self.get(key.done()))
    }

    fn get(&self, key: u32) -> Option<&Script> {
        let place = self.keys.binary_search(&key).ok()?;
        self.scripts.get(*self.values.get(place)? as usize)
    }
}

/// Lower case, Russian ё as е, no stress marks.
pub(crate) fn normal(form: &str) -> String {
    form.chars().filter(|&c| c != '\u{301}').flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

/// Whether a form has several letters, all of them capitals.
pub(crate) fn is_acronym(form: &str) -> bool {
    form.chars().filter(|c| c.is_uppercase()).count() > 1 && !form.chars().any(char::is_lowercase)
}

/// The first letter of each part a capital.
pub(crate) fn capitalised(lemma: &str) -> String {
    let mut begins = true;
    let letter = |c: char| {
        let upper = std::mem::replace(&mut begins, c == '-');
        if upper { c.to_uppercase().next().unwrap_or(c) } else { c }
    };
    lemma.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(entries: &[(&str, &str)]) -> Endings {
        let mut rows: Vec<(u32, &str)> = entries.iter().map(|(key, script)| (Hash::new().with(key.as_bytes()).done(), *script)).collect();
        rows.sort_unstable();
        Endings {
            language: "ru".to_owned(),
            keys: rows.iter().map(|row| row.0).collect(),
            values: (0..rows.len() as u32).collect(),
            scripts: rows.iter().map(|row| Script::parse(row.1)).collect(),
        }
    }

    #[test]
    fn the_longest_ending_decides() {
        let endings = table(&[("NOUN\u{1f}а", "l|0|1|"), ("NOUN|Case=Nom\u{1f}ка", "l|0|0|"), ("NOUN\u{1f}^река", "l|0|1|и")]);
        let lemma = |form: &str, feats: &str| endings.lemma(form, "NOUN", feats);
        assert_eq!(lemma("Стола", "|Case=Gen").as_deref(), Some("стол"));
        assert_eq!(lemma("собака", "|Case=Nom").as_deref(), Some("собака"));
        assert_eq!(lemma("река", "|Case=Nom").as_deref(), Some("реки"));
        assert_eq!(endings.lemma("стола", "VERB", ""), None);
        assert_eq!(normal("Введён"), "введен");
    }
}
