//! Numbers of people and things → ranges.
//!
//! Input: the tagged document. Output: every quantity with bounds by CODING's rules. Later, events take those that count their victims or participants. Neighbours: `tag` before, `event` after.

pub mod number;

use crate::document::Span;

/// One quantity. Quantities do not overlap and are in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Bytes of the number words with their approximators ("at least 12", « une dizaine »).
    pub span: Span,
    /// Index of the token that is the number's head (the last number word).
    pub token: usize,
    /// Index of the counted noun's token; `None` when the number stands alone (« vingt-trois »).
    pub of: Option<usize>,
    /// Lower bound, inclusive; `None` if open.
    pub low: Option<u64>,
    /// Upper bound, inclusive; `None` if open.
    pub high: Option<u64>,
    /// Whether the words say that the number adds up over a longer time (« depuis lundi », "so far this year").
    pub cumulative: bool,
}
