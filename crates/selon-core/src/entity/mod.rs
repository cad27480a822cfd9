//! Mentions of people, groups, bodies and states → coreference chains → actors.
//!
//! Input: the tagged document, its toponyms, the knowledge. Output: every mention of an actor with its chain and what is known of the referent. Neighbours: `tag`, `place` before, `event` after.

mod chain;
mod context;
mod describe;
mod draft;
mod find;
mod finish;
mod known;
mod pronoun;
mod span;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;
use selon_data::Knowledge;

use crate::document::{Document, Span};
use crate::place::Toponym;
use crate::tree::Tree;

/// All actors of the document whose trees are `tree`. `published` decides who held which office; without it the latest counts.
///
/// Mentions are ordered by start, nested ones follow the one they are in; every mention is in exactly one chain. A document in a language without lexicon has none.
pub fn entities(tree: &Tree<'_>, toponyms: &[Toponym], published: Option<Date>, knowledge: &Knowledge) -> Entities {
    let document: &Document = tree.document;
    let code = document.language.code();
    let (Some(index), Some(language)) = (knowledge.actors(code), knowledge.languages.get(code)) else { return Entities::default() };
    let found = find::find(document, index);
    let context = context::Context::new(document, toponyms, &found, knowledge, language);
    let day = published.map(|date| date.to_string());
    let sight = draft::Sight { document, tree, knowledge, language, index, context: &context, day: day.as_deref() };
    let (aliases, introduced) = finish::acronyms(document);
    let mut drafts = draft::drafts(sight, &found, &aliases);
    let here = describe::Surroundings::new(sight, &drafts, toponyms);
    let parts: Vec<bool> = (0..drafts.len()).map(|index| span::is_part(sight, &drafts, &here, index)).collect();
    let (mut kept, mut same) = span::join_titles(sight, &mut drafts, &here);
    same.extend(finish::bracketed(&drafts, &introduced));
    describe::describe(sight, &mut drafts, &here);
    for (kept, part) in kept.iter_mut().zip(parts) {
        *kept &= !part;
    }
    let (clusters, of) = chain::clusters(sight, &mut drafts, &kept, &same);
    let mut entities = finish::finish(sight, &drafts, &clusters, &of);
    entities.setting = context.main.as_ref().map(ToString::to_string);
    entities
}

/// The form of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKind {
    /// A proper name, with or without title.
    Name,
    /// A noun phrase headed by a role or group noun (« le ministre », "protesters").
    Nominal,
    /// A personal, demonstrative or relative pronoun, or a possessive determiner.
    Pronoun,
}

/// One mention of an actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Bytes of the mention: the noun phrase without relative clauses.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The head token.
    pub head: usize,
    /// Its form.
    pub kind: MentionKind,
    /// Index of its chain in [`Entities::chains`].
    pub chain: usize,
    /// Country of this mention as resolved: ISO 3166-1 alpha-3 or IGO UNO EUR NGO ISM IMG MNC.
    pub country: Option<String>,
    /// PLOVER sector of this mention as resolved.
    pub sector: Option<String>,
    /// Whether the words are somebody's label (« les terroristes »).
    pub label: bool,
}

/// One referent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// Indices of its mentions in [`Entities::mentions`], in text order; never empty.
    pub mentions: Vec<usize>,
    /// Canonical name; `None` for unnamed groups and private persons.
    pub name: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Further sectors.
    pub other_sectors: Vec<String>,
    /// Wikidata id, copied from a source.
    pub wikidata: Option<String>,
    /// Whether it is one human being.
    pub person: bool,
    /// Whether it has several members (a plural or a collective).
    pub group: bool,
    /// Whether it is a private person, whose name is never given out.
    pub private: bool,
}

/// All actors of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// Mentions ordered by start; nested ones follow the one they are in.
    pub mentions: Vec<Mention>,
    /// Chains, in order of first mention.
    pub chains: Vec<Chain>,
    /// The state that the article is about, whose police are meant by "the police"; `None` when it names none.
    pub setting: Option<String>,
}

impl Entities {
    /// The mention headed by this token, if any.
    pub fn headed_by(&self, token: usize) -> Option<&Mention> {
        self.mentions.iter().find(|mention| mention.head == token)
    }
}
