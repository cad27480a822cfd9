//! Which words report acts of conflict and cooperation, of which type, with which sides and standing.
//!
//! Input: the tagged document and its actors. Output: events with trigger, type, modes, participants, tolls and standing, all still inside the article's words.
//! Neighbours: `entity` before, `attribution` after.

mod candidates;
pub mod casting;
mod classes;
mod merge;
pub mod roles;
pub mod scorer;
pub mod slots;
pub mod standing;

use selon_data::LanguageData;

use crate::document::{Document, Span};
use crate::entity::Entities;
use crate::figure::Quantity;
use crate::place::Toponym;
use crate::tree::Tree;

pub use standing::{Auxiliary, Factuality};

/// Somebody or something named by words of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Referent {
    /// A mention of an actor: index into [`Entities::mentions`].
    Mention(usize),
    /// Words that are no known actor (« de source proche du dossier »).
    Words(Span),
}

/// A toll or number of participants of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// killed wounded arrested missing abducted displaced participants destroyed.
    pub kind: String,
    /// The quantity: bounds, words, what it counts.
    pub quantity: Quantity,
}

/// Words of the article that gave a field its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// mode auxiliary factuality.
    pub field: &'static str,
    /// The value.
    pub value: String,
    /// The words.
    pub span: Span,
}

/// One report of one act.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Ids of the rules that proposed it.
    pub rules: Vec<String>,
    /// PLOVER event.
    pub event: String,
    /// PLOVER modes, without duplicates.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// Tokens of the trigger, ascending.
    pub tokens: Vec<usize>,
    /// The token whose place in the tree is the event's: the verb of a light-verb construction, else the first of `tokens`.
    pub anchor: usize,
    /// The token that names the event.
    pub head: usize,
    /// Bytes of the trigger.
    pub trigger: Span,
    /// Who acts.
    pub actor: Vec<Referent>,
    /// Whom it befalls.
    pub recipient: Vec<Referent>,
    /// How many.
    pub figures: Vec<Figure>,
    /// Its standing.
    pub auxiliary: Vec<Auxiliary>,
    /// FactBank value before attribution.
    pub factuality: Factuality,
    /// Words behind mode, auxiliary and factuality.
    pub cues: Vec<Cue>,
    /// Whether a rule of the user's proposed it: the scorer lets it stand.
    pub taught: bool,
    /// The conditions of its rule that do not hold; when there are any only the scorer may keep it.
    pub failing: Vec<&'static str>,
    /// Whether what it asks, threatens or promises is not coded again.
    pub swallows: bool,
    /// Kind of toll its recipients are.
    pub figure_kind: Option<String>,
    /// Probability 0-1, calibrated, that it is rightly coded; `None` without the learned scorer.
    pub confidence: Option<f64>,
}

impl Event {
    /// Whether it is a speech act: it belongs to its speaker, who is then no link.
    pub fn is_speech_act(&self) -> bool {
        matches!(self.event.as_str(), "ACCUSE" | "REQUEST" | "REJECT" | "THREATEN" | "AGREE" | "CONCEDE" | "SUPPORT")
    }
}

/// What the event stage reads.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its trees.
    pub tree: &'a Tree<'a>,
    /// Its actors.
    pub entities: &'a Entities,
    /// Its places.
    pub toponyms: &'a [Toponym],
    /// Its numbers.
    pub quantities: &'a [Quantity],
    /// What is known of its language.
    pub language: &'a LanguageData,
}

/// The events of a document in text order. Two events may share a trigger when they differ in type.
pub fn events(scene: Scene<'_>, casting: Option<&selon_data::weights::Weights>) -> Vec<Event> {
    let lookup = roles::Lookup::new(scene.entities, scene.toponyms, scene.document);
    let proposed = candidates::propose(scene, &lookup);
    let kept = candidates::without_swallowed(scene, proposed);
    let markers = standing::markers(scene);
    let mut events: Vec<Event> = kept.into_iter().filter_map(|event| standing::judge(scene, &markers, event)).collect();
    roles::count_participants(scene, &mut events);
    let kept = scorer::decide(scene, merge::merge(scene, events));
    casting::cast(scene, casting, kept)
}
