//! Corrects the lemmas of the words that the lexicons look for, from their table of inflected forms.

use selon_data::forms::Forms;
use selon_data::pattern::PatternPos;

use crate::document::{Document, Upos};
use crate::tree::lower;

/// Gives verbs and nouns of the table their lemma, and makes verbs of the forms that are nothing else; other words keep the tagger's.
pub fn correct(document: &mut Document, forms: &Forms) {
    if forms.is_empty() {
        return;
    }
    let mut after_article = false;
    for token in &mut document.tokens {
        let form = lower(&token.form);
        let mistaken = matches!(token.upos, Upos::Noun | Upos::Adj | Upos::Adv) && !after_article;
        after_article = matches!(token.upos, Upos::Det | Upos::Adp | Upos::Num);
        if mistaken && forms.is_finite(&form) {
            token.upos = Upos::Verb;
        }
        let pos = match token.upos {
            Upos::Verb | Upos::Aux => PatternPos::Verb,
            Upos::Noun => PatternPos::Noun,
            _ => continue,
        };
        if let Some(lemma) = forms.lemma(&form, pos) {
            token.lemma = lemma.clone();
        }
    }
}
