//! Who says what: statements with speaker, cue, stance and content, and the chain of voices between the reader and each event.
//!
//! Input: the document, its actors and events. Output: statements, and for every event its links, with stance worked into its standing.
//! Neighbours: `event` before, `assemble` after.

mod content;
mod cues;
mod links;
mod quotes;

use compact_str::CompactString;

pub use links::{Link, attribute};

use crate::document::Span;
use crate::event::{Event, Referent, Scene};

/// How words are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Verbatim between marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// In the reporter's words with quoted pieces.
    Mixed,
    /// A quoted word or two inside the reporter's sentence.
    ScareQuote,
}

impl Kind {
    /// The name in RECORD.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Indirect => "indirect",
            Kind::Mixed => "mixed",
            Kind::ScareQuote => "scare-quote",
        }
    }
}

/// What somebody is reported as saying.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Who says it; several when they speak together.
    pub speakers: Vec<Referent>,
    /// Bytes of the words that show it.
    pub cue: Span,
    /// The token of the cue.
    pub cue_token: usize,
    /// How it is rendered.
    pub kind: Kind,
    /// asserts denies doubts promises orders.
    pub stance: CompactString,
    /// FactBank value that the cue gives its content; empty for none of its own.
    pub factuality: CompactString,
    /// Bytes of what is said.
    pub content: Span,
    /// To whom.
    pub addressee: Option<Referent>,
    /// Whether it is a statement of its own in the output, or only a link (an order, a noun without a proposition).
    pub listed: bool,
}

/// The statements of a document, ordered by content.
pub fn statements(scene: Scene<'_>, events: &[Event]) -> Vec<Statement> {
    let found = cues::find(scene, events);
    let mut statements: Vec<Statement> = found.iter().flat_map(|cue| content::of_cue(scene, events, cue)).collect();
    quotes::add(scene, events, &found, &mut statements);
    for statement in &mut statements {
        statement.content = content::trimmed(scene, statement.content);
        statement.kind = content::kind(scene, statement.content, statement.cue_token);
    }
    statements.retain(|statement| !statement.content.is_empty());
    statements.sort_by_key(|statement| (statement.content.start, std::cmp::Reverse(statement.content.end), statement.cue.start));
    statements.dedup_by(|later, earlier| later.content == earlier.content && later.cue == earlier.cue);
    statements
}
