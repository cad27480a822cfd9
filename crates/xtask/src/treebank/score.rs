//! F1 of tokens, sentences, words and what is said of aligned words.

use std::collections::HashSet;
use std::ops::Range;

use super::align::align;
use super::conllu::Bank;

/// What [`score`] gives, in order.
pub const NAMES: [&str; 7] = ["tokens", "sentences", "words", "UPOS", "lemma", "UAS", "LAS"];

/// F1 values.
pub fn score(gold: &Bank, system: &Bank) -> [f64; 7] {
    let pairs = align(&gold.words, &system.words);
    let (mut aligned, mut upos, mut lemma, mut heads, mut relations) = (0, 0, 0, 0, 0);
    for (word, pair) in gold.words.iter().zip(&pairs) {
        let Some(other) = pair.map(|pair| &system.words[pair]) else { continue };
        aligned += 1;
        upos += usize::from(word.upos == other.upos);
        if std::env::var_os("SHOW_LEMMAS").is_some() && word.lemma != other.lemma {
            eprintln!("{}\t{}\tgold {}\tfound {}", word.upos, word.form, word.lemma, other.lemma);
        }
        lemma += usize::from(word.lemma == "_" || word.lemma == other.lemma);
        let head = match (word.head, other.head) {
            (None, None) => true,
            (Some(head), Some(found)) => pairs[head] == Some(found),
            _ => false,
        };
        heads += usize::from(head);
        relations += usize::from(head && word.deprel == other.deprel);
    }
    let words = |correct: usize| f1(correct, gold.words.len(), system.words.len());
    [
        f1_of(&gold.tokens, &system.tokens),
        f1_of(&gold.sentences, &system.sentences),
        words(aligned),
        words(upos),
        words(lemma),
        words(heads),
        words(relations),
    ]
}

fn f1(correct: usize, gold: usize, system: usize) -> f64 {
    if gold + system == 0 { 0.0 } else { 2.0 * correct as f64 / (gold + system) as f64 }
}

fn f1_of(gold: &[Range<usize>], system: &[Range<usize>]) -> f64 {
    let known: HashSet<&Range<usize>> = gold.iter().collect();
    f1(system.iter().filter(|span| known.contains(span)).count(), gold.len(), system.len())
}
