//! Time expressions → TIMEX3 values and days.
//!
//! Input: the document and its publication day. Output: every time expression with its value. Later, events choose among them. Neighbours: `tag` before, `event` after.

use jiff::civil::Date;

use crate::document::Span;

/// What gave a relative expression its place in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The publication day.
    Published,
    /// The dateline.
    Dateline,
    /// A full date in the text, or the text itself ("7 January 2022").
    Text,
}

/// One time expression. Expressions do not overlap and are in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Bytes of the expression.
    pub span: Span,
    /// TIMEX3 value: "2022-01-07", "2022-01", "2022-W01", "P3D", "XXXX-WXX-5", "2022-01-07TNI" …
    pub value: String,
    /// TIMEX3 type: DATE TIME DURATION SET.
    pub kind: &'static str,
    /// First day, inclusive; `None` if unresolved or a duration.
    pub from: Option<Date>,
    /// Last day, inclusive; `None` if unresolved or a duration.
    pub to: Option<Date>,
    /// hour day week month season year range duration.
    pub granularity: &'static str,
    /// What resolved it; `None` if unresolved.
    pub anchor: Option<Anchor>,
    /// Whether it says that something lasts since then (« depuis lundi », "since Monday"): `to` is then the publication day.
    pub since: bool,
}
