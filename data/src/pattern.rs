//! Sequences of lemmas: what rules, cues and idioms look for in a tagged text.

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;

/// What the first word of a pattern is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PatternPos {
    /// A verb.
    #[default]
    Verb,
    /// A noun.
    Noun,
    /// A predicative adjective or participle.
    Adj,
    /// A preposition or prepositional phrase.
    Adp,
    /// An adverb or particle.
    Adv,
    /// A conjunction.
    Conj,
    /// Anything.
    Any,
}

impl PatternPos {
    /// The part of speech of that UD name, or `None`.
    pub fn parse(name: &str) -> Option<PatternPos> {
        Some(match name.to_ascii_uppercase().as_str() {
            "VERB" | "AUX" => PatternPos::Verb,
            "NOUN" | "PROPN" => PatternPos::Noun,
            "ADJ" => PatternPos::Adj,
            "ADP" => PatternPos::Adp,
            "ADV" | "PART" => PatternPos::Adv,
            "SCONJ" | "CCONJ" => PatternPos::Conj,
            "ANY" | "X" | "" => PatternPos::Any,
            _ => return None,
        })
    }
}

/// A sequence of lemmas, each with its alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// What the first word is.
    pub pos: PatternPos,
    /// The alternatives at each position; never empty.
    pub words: Vec<Vec<CompactString>>,
    /// Whether the verb is reflexive (« se rendre »).
    pub reflexive: bool,
}

impl Pattern {
    /// The pattern of lemmas separated by spaces, alternatives by `|`; a leading "se" or "s'" makes it reflexive. `None` when there is no word.
    pub fn parse(text: &str, pos: PatternPos) -> Option<Pattern> {
        let folded = text.trim().to_lowercase().replace('’', "'");
        let mut rest = folded.as_str();
        let mut reflexive = false;
        if pos == PatternPos::Verb {
            for clitic in ["se ", "s'"] {
                if let Some(stripped) = rest.strip_prefix(clitic) {
                    reflexive = true;
                    rest = stripped;
                }
            }
        }
        let words: Vec<Vec<CompactString>> = rest
            .split_whitespace()
            .map(|word| word.split('|').filter(|lemma| !lemma.is_empty()).map(CompactString::from).collect())
            .filter(|alternatives: &Vec<_>| !alternatives.is_empty())
            .collect();
        (!words.is_empty()).then_some(Pattern { pos, words, reflexive })
    }
}

/// Patterns of a list by each alternative of their first word.
#[derive(Clone, Debug, Default)]
pub struct PatternIndex {
    by_word: HashMap<CompactString, Vec<usize>>,
}

impl PatternIndex {
    /// Indexes patterns; their numbers are their places in the iterator.
    pub fn new<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> PatternIndex {
        let mut by_word: HashMap<CompactString, Vec<usize>> = HashMap::default();
        for (number, pattern) in patterns.enumerate() {
            for word in &pattern.words[0] {
                by_word.entry(word.clone()).or_default().push(number);
            }
        }
        PatternIndex { by_word }
    }

    /// The numbers of the patterns that may begin with this word, ascending.
    pub fn get(&self, word: &str) -> &[usize] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflexives_and_alternatives() {
        let pattern = Pattern::parse("se rendre|livrer", PatternPos::Verb).expect("it has words");
        assert!(pattern.reflexive);
        assert_eq!(pattern.words, vec![vec![CompactString::from("rendre"), CompactString::from("livrer")]]);
        assert!(Pattern::parse("  ", PatternPos::Noun).is_none());
    }
}
