//! Where sentences begin among the written tokens of a paragraph.

use super::chunk::Written;
use super::decide;

/// Indices of the first token of each sentence; the first is 0 unless there are no tokens.
pub(super) fn starts(text: &str, written: &[Written], language: &str) -> Vec<usize> {
    let mut out = Vec::new();
    if written.is_empty() {
        return out;
    }
    out.push(0);
    for at in 1..written.len() {
        let begin = out[out.len() - 1];
        if is_candidate(text, written, at) && decide::is_boundary(text, written, begin, at, language) {
            out.push(at);
        }
    }
    out
}

/// Whether a sentence could end before this token at all: after an end or closing sign, or before something that looks like a beginning.
fn is_candidate(text: &str, written: &[Written], at: usize) -> bool {
    let last = text[written[at - 1].span.clone()].chars().next_back().unwrap_or(' ');
    let first = text[written[at].span.clone()].chars().next().unwrap_or(' ');
    let spaced = written[at - 1].span.end < written[at].span.start;
    let after = matches!(last, '.' | '!' | '?' | '…' | '؟' | ':' | ';' | ')' | ']') || is_quote(last);
    let before = first.is_uppercase()
        || first.is_numeric()
        || is_quote(first)
        || matches!(first, '-' | '–' | '—' | '¿' | '¡' | '(' | '[' | '*' | '•' | '@' | '#');
    after && (spaced || matches!(last, '.' | '!' | '?' | '…' | '؟')) || spaced && before
}

/// Whether a character is a quotation mark.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '\'' | '’' | '‘' | '‹' | '›')
}
