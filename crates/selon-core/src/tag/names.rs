//! One kind a name: an article calls one thing by one name, so the readings of a name settle together, with what the gazetteer knows of places.
//!
//! Input: tagged tokens. Output: the same with the kinds of names changed where the readings disagree.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use compact_str::CompactString;
use selon_data::fold::name_key;
use selon_data::gazetteer::Gazetteer;

use crate::document::{Document, NameKind, Upos};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::embedded);

/// Inhabitants of a town that is likelier meant than a person of that name, after a preposition of place.
const TOWN: u32 = 5_000;

/// Prepositions that stand before places, all languages.
const IN: &[&str] =
    &["à", "en", "dans", "vers", "depuis", "in", "near", "across", "outside", "around", "hacia", "desde", "в", "на", "из", "في"];

/// Words of a kind, of one name.
#[derive(Default)]
struct Votes {
    person: u32,
    organisation: u32,
    place: u32,
}

impl Votes {
    fn add(&mut self, kind: NameKind, weight: u32) {
        match kind {
            NameKind::Per => self.person += weight,
            NameKind::Org => self.organisation += weight,
            NameKind::Loc => self.place += weight,
            _ => {}
        }
    }

    /// The kind with most votes; one that is not alone at the top changes nothing.
    fn winner(&self) -> Option<NameKind> {
        let counts = [(self.person, NameKind::Per), (self.organisation, NameKind::Org), (self.place, NameKind::Loc)];
        let top = counts.iter().map(|count| count.0).max()?;
        let mut best = counts.iter().filter(|count| count.0 == top);
        best.next().filter(|_| best.next().is_none()).map(|count| count.1)
    }
}

/// Settles the kinds of the names of a document.
pub fn settle(document: &mut Document) {
    let names = names(document);
    let mut votes: BTreeMap<CompactString, Votes> = BTreeMap::new();
    for name in &names {
        let key = key(document, name);
        let kind = document.tokens[name.start].name;
        let vote = votes.entry(key.clone()).or_default();
        vote.add(kind, 2);
        if kind != NameKind::Loc && is_in(document, name.start) && is_place(&key) {
            vote.add(NameKind::Loc, 3);
        }
        if kind == NameKind::Per && name.len() > 1 {
            let last = name_key(&document.tokens[name.end - 1].form);
            votes.entry(last).or_default().add(NameKind::Per, 3);
        }
    }
    for name in names {
        if let Some(kind) = votes.get(&key(document, &name)).and_then(Votes::winner) {
            document.tokens[name].iter_mut().for_each(|token| token.name = kind);
        }
    }
}

/// The tokens of each name.
fn names(document: &Document) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (index, token) in document.tokens.iter().enumerate() {
        match out.last_mut() {
            _ if token.name == NameKind::None => {}
            Some(last) if last.end == index && !token.name_start => last.end = index + 1,
            _ => out.push(index..index + 1),
        }
    }
    out
}

fn key(document: &Document, name: &Range<usize>) -> CompactString {
    let words: Vec<&str> = document.tokens[name.clone()].iter().map(|token| token.form.as_str()).collect();
    name_key(&words.join(" "))
}

/// Whether a preposition of place stands before a token, an article between them or not.
fn is_in(document: &Document, start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).map(|index| &document.tokens[index]);
    let is_preposition = |back: usize| before(back).is_some_and(|token| IN.contains(&token.form.to_lowercase().as_str()));
    is_preposition(1) || (before(1).is_some_and(|token| token.upos == Upos::Det) && is_preposition(2))
}

/// Whether the gazetteer has a state, region or town of some size of this name.
fn is_place(key: &str) -> bool {
    GAZETTEER
        .named(key)
        .first()
        .map(|&id| GAZETTEER.place(id))
        .is_some_and(|place| place.population >= TOWN || place.feature.starts_with("ADM") || place.feature.starts_with("PCL"))
}
