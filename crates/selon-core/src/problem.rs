//! What a stage could not read, resolve or decide. Stages return problems beside their result; text cannot make them fail.

use crate::document::Span;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Info,
    /// Something was left undecided.
    Warning,
    /// The article or a part of it was not coded.
    Error,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stage of the line.
    pub stage: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Bytes concerned; `None` for the whole article.
    pub span: Option<Span>,
    /// What, why, and what to do.
    pub message: String,
}
