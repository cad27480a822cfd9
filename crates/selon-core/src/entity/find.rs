//! Phrases of the knowledge in the text: agent nouns, known actors, states, words of nationality. Longest match, from left to right.

use std::ops::Range;

use compact_str::CompactString;
use selon_data::actors::{ActorIndex, Case, Meaning};
use selon_data::phrases::atoms;

use crate::document::{Deprel, Document, NameKind, Upos};

/// A stretch of tokens that means something; stretches do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it may mean; never empty, known actors first.
    pub meanings: Vec<Meaning>,
}

/// One written word: its tokens (several when the writing contracts them) and the ways to read it, each a run of atoms.
struct Word {
    tokens: Range<usize>,
    readings: Vec<Vec<u32>>,
    /// A hyphen, apostrophe or full stop: passed over inside a phrase.
    joiner: bool,
}

/// Longest phrase that is looked for, in written words.
const MAX_WORDS: usize = 12;

/// Every phrase of `index` in the document, in text order.
pub fn find(document: &Document, index: &ActorIndex) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let words = words(document, index, sentence.tokens.clone());
        let mut at = 0;
        while at < words.len() {
            match longest(document, index, &words, at) {
                Some((next, hit)) => {
                    found.push(hit);
                    at = next;
                }
                None => at += 1,
            }
        }
    }
    found
}

fn words(document: &Document, index: &ActorIndex, tokens: Range<usize>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let data = &document.tokens[token];
        if let Some(last) = words.last_mut()
            && document.tokens[last.tokens.start].span == data.span
        {
            last.tokens.end = token + 1;
            continue;
        }
        let written = document.slice(data.span);
        let joiner = matches!(written, "-" | "‐" | "‑" | "–" | "'" | "’" | ".");
        let mut readings = Vec::new();
        if !joiner {
            read(index, written, &mut readings);
            if data.lemma != written {
                read(index, &data.lemma, &mut readings);
            }
            if let Some(stem) = written.strip_suffix(['s', 'x']).filter(|stem| stem.len() > 2) {
                read(index, stem, &mut readings);
            }
        }
        words.push(Word { tokens: token..token + 1, readings, joiner });
    }
    words
}

/// Adds a reading unless one of its atoms occurs in no phrase.
fn read(index: &ActorIndex, written: &str, readings: &mut Vec<Vec<u32>>) {
    let mut run = Vec::new();
    let mut known = true;
    atoms(written, |atom| match index.phrases.atom(atom) {
        Some(number) => run.push(number),
        None => known = false,
    });
    if known && !run.is_empty() && !readings.contains(&run) {
        readings.push(run);
    }
}

fn longest(document: &Document, index: &ActorIndex, words: &[Word], start: usize) -> Option<(usize, Found)> {
    let mut best: Option<(usize, Found)> = None;
    let mut front = vec![(start, 0_u32)];
    while let Some((at, node)) = front.pop() {
        let Some(word) = words.get(at).filter(|_| at < start + MAX_WORDS) else { continue };
        if word.joiner {
            if at > start {
                front.push((at + 1, node));
            }
            continue;
        }
        for reading in &word.readings {
            let Some(next) = reading.iter().try_fold(node, |node, &atom| index.phrases.step(node, atom)) else { continue };
            front.push((at + 1, next));
            if best.as_ref().is_some_and(|(end, _)| *end > at + 1) {
                continue;
            }
            let tokens = words[start].tokens.start..word.tokens.end;
            let ends = index.phrases.ends_at(next).iter().map(|&payload| &index.meanings[payload as usize]);
            let meanings: Vec<Meaning> =
                ends.filter(|(meaning, case)| accepted(document, &tokens, *meaning, case)).map(|(meaning, _)| *meaning).collect();
            if meanings.is_empty() {
                continue;
            }
            match &mut best {
                Some((end, hit)) if *end == at + 1 => {
                    let fresh: Vec<Meaning> = meanings.into_iter().filter(|meaning| !hit.meanings.contains(meaning)).collect();
                    hit.meanings.extend(fresh);
                }
                _ => best = Some((at + 1, Found { tokens, meanings })),
            }
        }
    }
    if let Some((_, hit)) = &mut best {
        hit.meanings.sort_by_key(|meaning| !matches!(meaning, Meaning::Known(_)));
    }
    best
}

/// Whether the writing and the tags allow the meaning.
fn accepted(document: &Document, tokens: &Range<usize>, meaning: Meaning, case: &Case) -> bool {
    let written = document.slice(document.span_of(tokens.clone()));
    let writing = match case {
        Case::Any => true,
        Case::Capital => {
            written.chars().find(|letter| letter.is_alphabetic()).is_some_and(|letter| letter.is_uppercase() || !letter.is_lowercase())
        }
        Case::Exact(letters) => written.chars().filter(|letter| letter.is_alphanumeric()).collect::<CompactString>() == *letters,
    };
    if !writing || !document.tagged {
        return writing;
    }
    match meaning {
        Meaning::Agent(_) => tokens.clone().any(|token| nominal(document, token)),
        Meaning::Known(_) | Meaning::Place(_) if tokens.len() == 1 => {
            let token = &document.tokens[tokens.start];
            matches!(token.upos, Upos::Propn | Upos::X)
                || token.name != NameKind::None
                || (token.upos == Upos::Noun && !starts_sentence(document, tokens.start))
        }
        _ => true,
    }
}

fn starts_sentence(document: &Document, token: usize) -> bool {
    document.sentences[document.sentence_of[token]].tokens.start == token
}

/// A noun, or another word used as one.
fn nominal(document: &Document, token: usize) -> bool {
    let data = &document.tokens[token];
    match data.upos {
        Upos::Noun | Upos::Propn | Upos::X => true,
        // An adjective before or after its noun is kept: it may give the noun its sector.
        Upos::Adj => true,
        Upos::Verb | Upos::Num => {
            let determined = document.tokens[..token].last().is_some_and(|before| before.upos == Upos::Det && before.head == Some(token));
            determined && !matches!(data.deprel, Deprel::Acl | Deprel::Amod)
        }
        _ => false,
    }
}
