//! Finds the patterns of the lexicons in a tagged document.
//!
//! Words of a pattern stand in order, with small words between them, or hang below the first one in the tree (« le feu a été ouvert »).

use compact_str::CompactString;
use selon_data::pattern::{Pattern, PatternIndex, PatternPos};

use crate::document::{Deprel, Token, Upos};
use crate::tree::Tree;

/// Most small words that may stand between two words of a pattern.
const MAX_GAP: usize = 4;

/// Whether a token may be that word: by lemma, or by its form.
fn is_word(tree: &Tree<'_>, token: usize, alternatives: &[CompactString]) -> bool {
    let (lemma, form) = (&tree.lemmas[token], &tree.forms[token]);
    alternatives.iter().any(|word| word == lemma || word == form)
}

fn may_stand_between(token: &Token) -> bool {
    matches!(token.upos, Upos::Det | Upos::Adv | Upos::Aux | Upos::Adp | Upos::Pron | Upos::Part | Upos::Punct)
        && !matches!(token.form.as_str(), "." | ";" | "!" | "?" | ":" | ",")
}

/// Whether the part of speech of a token fits what the pattern begins with.
pub fn fits(token: &Token, pos: PatternPos) -> bool {
    match pos {
        PatternPos::Verb => {
            matches!(token.upos, Upos::Verb | Upos::Aux)
                || (matches!(token.upos, Upos::Adj) && !token.lemma.eq_ignore_ascii_case(&token.form))
        }
        PatternPos::Noun => matches!(token.upos, Upos::Noun | Upos::Propn | Upos::X),
        PatternPos::Adj => matches!(token.upos, Upos::Adj | Upos::Verb | Upos::Noun | Upos::Adv | Upos::X),
        PatternPos::Adp => matches!(token.upos, Upos::Adp | Upos::Adv | Upos::Sconj | Upos::Verb | Upos::Noun | Upos::X),
        PatternPos::Adv => matches!(token.upos, Upos::Adv | Upos::Part | Upos::Adp | Upos::Pron | Upos::Det | Upos::X),
        PatternPos::Conj => matches!(token.upos, Upos::Sconj | Upos::Cconj | Upos::Adp | Upos::Adv | Upos::Pron),
        PatternPos::Any => true,
    }
}

/// The tokens a pattern covers when its first word is `first`; `None` when it does not match there. Ascending, without duplicates.
pub fn match_at(tree: &Tree<'_>, first: usize, pattern: &Pattern) -> Option<Vec<usize>> {
    let tokens = &tree.document.tokens;
    let token = &tokens[first];
    let modifies = begins_noun_phrase(token, pattern);
    if !(fits(token, pattern.pos) || modifies) || !is_word(tree, first, &pattern.words[0]) {
        return None;
    }
    if pattern.pos == PatternPos::Verb && pattern.reflexive != is_reflexive(tree, first) {
        let excused = !pattern.reflexive && is_passive_like(tree, first);
        if !excused {
            return None;
        }
    }
    if pattern.words.len() == 1 {
        return Some(vec![first]);
    }
    let mut found = in_sequence(tree, first, pattern).or_else(|| in_tree(tree, first, pattern))?;
    found.sort_unstable();
    found.dedup();
    let names_a_noun = || found.iter().any(|&index| fits(&tokens[index], PatternPos::Noun));
    (!modifies || names_a_noun()).then_some(found)
}

/// Whether the first word may be the modifier of a noun that the pattern names after it ("general strike", "attempted coup").
fn begins_noun_phrase(token: &Token, pattern: &Pattern) -> bool {
    pattern.pos == PatternPos::Noun && pattern.words.len() > 1 && matches!(token.upos, Upos::Adj | Upos::Verb | Upos::Num | Upos::Adv)
}

fn in_sequence(tree: &Tree<'_>, first: usize, pattern: &Pattern) -> Option<Vec<usize>> {
    let document = tree.document;
    let sentence_end = document.sentence_of.get(first).map_or(document.tokens.len(), |&index| document.sentences[index].tokens.end);
    let mut found = vec![first];
    let mut at = first + 1;
    for word in &pattern.words[1..] {
        let mut gap = 0;
        loop {
            if at >= sentence_end || gap > MAX_GAP {
                return None;
            }
            let token = &document.tokens[at];
            if is_word(tree, at, word) {
                found.push(at);
                at += 1;
                break;
            }
            if !may_stand_between(token) {
                return None;
            }
            gap += 1;
            at += 1;
        }
    }
    Some(found)
}

fn in_tree(tree: &Tree<'_>, first: usize, pattern: &Pattern) -> Option<Vec<usize>> {
    if pattern.pos != PatternPos::Verb || !tree.document.tagged {
        return None;
    }
    let mut found = vec![first];
    let mut pending = Vec::new();
    for word in &pattern.words[1..] {
        let hit = found.iter().rev().flat_map(|&head| tree.children(head)).find(|&child| {
            let token = &tree.document.tokens[child];
            !found.contains(&child) && token.deprel != Deprel::Nsubj && is_word(tree, child, word)
        });
        match hit {
            Some(child) => found.push(child),
            // A preposition of the pattern hangs below the noun that follows it: look there when the noun is found.
            None if word.iter().all(|lemma| lemma.len() <= 4) => pending.push(word),
            None => return None,
        }
    }
    let marks = |word: &[CompactString]| {
        found[1..].iter().flat_map(|&noun| tree.children(noun)).any(|child| {
            let token = &tree.document.tokens[child];
            matches!(token.deprel, Deprel::Case | Deprel::Mark) && is_word(tree, child, word)
        })
    };
    (found.len() > 1 && pending.iter().all(|word| marks(word))).then_some(found)
}

/// Whether the verb has a reflexive clitic of its own.
fn is_reflexive(tree: &Tree<'_>, verb: usize) -> bool {
    tree.children(verb).any(|child| {
        let token = &tree.document.tokens[child];
        token.upos == Upos::Pron
            && (token.feats.reflexive || token.lemma == "se" || matches!(token.deprel, Deprel::ExplPv | Deprel::ExplPass))
    })
}

fn is_passive_like(tree: &Tree<'_>, verb: usize) -> bool {
    tree.children(verb).any(|child| matches!(tree.document.tokens[child].deprel, Deprel::ExplPass | Deprel::AuxPass | Deprel::NsubjPass))
}

/// The numbers of the patterns of an index that may begin at this token, ascending.
pub fn starting_at(tree: &Tree<'_>, index: &PatternIndex, token: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for key in keys(tree, token) {
        found.extend_from_slice(index.get(key));
    }
    if found.len() > 1 {
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// The words under which a token may stand in an index: its lemma and, if it differs, its lower-cased form.
pub fn keys<'t>(tree: &'t Tree<'_>, token: usize) -> impl Iterator<Item = &'t CompactString> {
    let (lemma, form) = (&tree.lemmas[token], &tree.forms[token]);
    std::iter::once(lemma).chain((form != lemma).then_some(form))
}
