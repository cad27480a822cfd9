//! The noun that a number counts.

use crate::document::{Deprel, Document, Upos};
use crate::words::{Word, WordKind};

/// Index of the token of the counted noun; `None` when the number stands alone (« vingt-trois ont été tués »).
/// Reads the tree where there is one, else the next word that looks like a noun.
pub fn counted_noun(document: &Document, words: &[Word], number: usize, after: usize) -> Option<usize> {
    if document.tagged {
        return by_tree(document, number).or_else(|| by_tags(document, number));
    }
    by_position(document, words, after)
}

fn is_noun(document: &Document, token: usize) -> bool {
    matches!(document.tokens[token].upos, Upos::Noun | Upos::Propn)
}

fn by_tree(document: &Document, number: usize) -> Option<usize> {
    let token = document.tokens.get(number)?;
    if let Some(head) = token.head
        && matches!(token.deprel, Deprel::Nummod | Deprel::Det)
        && is_noun(document, head)
    {
        // « une dizaine de policiers »: the number word itself may be the governing noun.
        return Some(head);
    }
    // The number is a noun ("dozens of people", « trois millions d'habitants »): its complement is counted.
    document.children(number).find(|&child| {
        let token = &document.tokens[child];
        child > number && matches!(token.deprel, Deprel::Nmod | Deprel::Obl) && is_noun(document, child) && child <= number + 6
    })
}

fn by_tags(document: &Document, number: usize) -> Option<usize> {
    for token in number + 1..document.tokens.len().min(number + 6) {
        match document.tokens[token].upos {
            Upos::Noun | Upos::Propn => return Some(token),
            Upos::Adj | Upos::Det | Upos::Num | Upos::Adv => {}
            Upos::Adp if matches!(document.tokens[token].lemma.as_str(), "de" | "of" | "d'") => {}
            _ => return None,
        }
    }
    None
}

/// Words that may stand between a number and its noun where there are no tags.
const SKIPPED: &[&str] = &["de", "d", "of", "the", "other", "autres", "more", "des", "young", "jeunes", "'", "armed", "others"];

fn by_position(document: &Document, words: &[Word], after: usize) -> Option<usize> {
    for word in words.get(after..)?.iter().take(4) {
        if SKIPPED.contains(&word.text.as_str()) {
            continue;
        }
        return (word.kind == WordKind::Letters && word.span.len() > 2).then(|| document.token_at(word.span)).flatten();
    }
    None
}
