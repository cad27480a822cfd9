//! Names and nouns of several words, found in running text by longest match.
//!
//! Both sides are cut into *atoms*: runs of letters and digits, lower-cased, without accents. So « l'OTSC », "Nour-Soultan" and "U.S." match however they are cut
//! into tokens.

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;

use crate::fold::push_folded;

/// Phrases with a payload each. Several phrases may be spelt alike.
#[derive(Debug, Default)]
pub struct Phrases {
    atoms: HashMap<CompactString, u32>,
    steps: HashMap<(u32, u32), u32>,
    /// For each node of the trie the payloads of the phrases that end there.
    ends: Vec<Vec<u32>>,
}

impl Phrases {
    /// No phrases.
    pub fn new() -> Phrases {
        Phrases { ends: vec![Vec::new()], ..Phrases::default() }
    }

    /// Adds a phrase; one without letters or digits is left out.
    pub fn add(&mut self, phrase: &str, payload: u32) {
        let mut node = 0;
        atoms(phrase, |atom| {
            let next = self.atoms.len() as u32;
            let atom = match self.atoms.get(atom) {
                Some(&known) => known,
                None => *self.atoms.entry(CompactString::from(atom)).or_insert(next),
            };
            let fresh = self.ends.len() as u32;
            node = *self.steps.entry((node, atom)).or_insert(fresh);
            if node == fresh {
                self.ends.push(Vec::new());
            }
        });
        if node != 0 && !self.ends[node as usize].contains(&payload) {
            self.ends[node as usize].push(payload);
        }
    }

    /// The number of an atom; `None` when no phrase has it.
    pub fn atom(&self, folded: &str) -> Option<u32> {
        self.atoms.get(folded).copied()
    }

    /// The node reached from `node` by an atom; the root is 0.
    pub fn step(&self, node: u32, atom: u32) -> Option<u32> {
        self.steps.get(&(node, atom)).copied()
    }

    /// Payloads of the phrases that end at a node, in order of addition.
    pub fn ends_at(&self, node: u32) -> &[u32] {
        &self.ends[node as usize]
    }

    /// Payloads of the phrases spelt exactly so.
    pub fn exactly(&self, phrase: &str) -> &[u32] {
        let mut node = Some(0);
        atoms(phrase, |atom| node = node.and_then(|node| self.step(node, self.atom(atom)?)));
        node.filter(|&node| node != 0).map_or(&[], |node| self.ends_at(node))
    }
}

/// Calls `each` for every atom of a text.
pub fn atoms(text: &str, mut each: impl FnMut(&str)) {
    let mut atom = CompactString::default();
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            if is_mark(letter) {
                continue;
            }
            if !atom.is_empty() {
                each(without_article(&atom));
                atom.clear();
            }
            continue;
        }
        push_folded(&mut atom, letter);
    }
    if !atom.is_empty() {
        each(without_article(&atom));
    }
}

/// Combining accents, Arabic vowel signs and the tatweel.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}' | '\u{670}')
}

/// An Arabic word without the definite article and what is written together with it (« والجيش », « للشرطة » → « جيش », « شرطة »).
fn without_article(atom: &str) -> &str {
    if !atom.starts_with(|letter: char| ('\u{620}'..='\u{64a}').contains(&letter)) {
        return atom;
    }
    let after_and = atom.strip_prefix(['و', 'ف']).unwrap_or(atom);
    let bare = after_and
        .strip_prefix("ال")
        .or_else(|| after_and.strip_prefix("لل"))
        .or_else(|| after_and.strip_prefix(['ب', 'ك']).and_then(|rest| rest.strip_prefix("ال")));
    bare.filter(|bare| bare.chars().count() >= 2).unwrap_or(atom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let mut list = Vec::new();
        atoms(text, |atom| list.push(atom.to_owned()));
        list
    }

    #[test]
    fn atoms_do_not_depend_on_spelling() {
        assert_eq!(cut("l’État-major"), ["l", "etat", "major"]);
        assert_eq!(cut("Özgür Özel"), ["ozgur", "ozel"]);
        assert_eq!(cut("والجيش للشرطة وزير"), ["جيش", "شرطه", "وزير"]);
        assert_eq!(cut("Пётр"), ["петр"]);
    }

    #[test]
    fn phrases_that_are_spelt_alike_keep_their_payloads() {
        let mut phrases = Phrases::new();
        phrases.add("force de l'ordre", 1);
        phrases.add("Force de l’ordre", 2);
        phrases.add("force", 3);
        phrases.add("«»", 4);
        assert_eq!(phrases.exactly("FORCE DE L'ORDRE"), [1, 2]);
        assert_eq!(phrases.exactly("force"), [3]);
        assert!(phrases.exactly("force de").is_empty() && phrases.exactly("").is_empty());
    }
}
