//! Corrects the lemmas of the words that the lexicons look for, from their table of inflected forms.

use selon_data::forms::Forms;
use selon_data::pattern::PatternPos;

use crate::document::{Document, Upos};
use crate::tree::lower;

/// Gives verbs and nouns of the table their lemma; other words keep the tagger's.
pub fn correct(document: &mut Document, forms: &Forms) {
    if forms.is_empty() {
        return;
    }
    for token in &mut document.tokens {
        let pos = match token.upos {
            Upos::Verb | Upos::Aux => PatternPos::Verb,
            Upos::Noun => PatternPos::Noun,
            _ => continue,
        };
        if let Some(lemma) = forms.lemma(&lower(&token.form), pos) {
            token.lemma = lemma.clone();
        }
    }
}
