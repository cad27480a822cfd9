//! Quotations between marks: « », “ ”, „ “, ‘ ’, straight ", nested, over several paragraphs.

use crate::document::{Paragraph, Quotation, Span};

/// A mark that is still open.
struct Open {
    kind: Mark,
    start: usize,
    inner: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Guillemets,
    Curly,
    Low,
    Single,
    Straight,
}

/// The quotations of a text, ordered by start. A mark that is never closed opens none, unless the next paragraph opens with the same mark and goes on.
pub fn quotations(text: &str, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let body = paragraph.span.of(text);
        let continued = open.last().is_some_and(|mark| begins_with(body, mark.kind));
        if !continued {
            open.clear();
        }
        scan(body, paragraph.span.start, continued, &mut open, &mut found, text);
        let next = paragraphs.get(number + 1).map(|next| next.span.of(text));
        // A paragraph that ends inside a quotation which the next one takes up again: each paragraph is a quotation of its own.
        if let (Some(mark), Some(next)) = (open.last(), next)
            && begins_with(next, mark.kind)
        {
            found.push(quotation(text, mark.start, mark.inner, paragraph.span.end, paragraph.span.end, open.len() - 1));
        } else {
            open.clear();
        }
    }
    found.sort_by_key(|quotation| (quotation.outer.start, std::cmp::Reverse(quotation.outer.end)));
    found
}

fn begins_with(paragraph: &str, kind: Mark) -> bool {
    let first = paragraph.chars().next();
    match kind {
        // French typography repeats the opening mark, or puts the closing one, at the head of each paragraph.
        Mark::Guillemets => matches!(first, Some('«' | '»')),
        Mark::Curly => first == Some('“'),
        Mark::Low => first == Some('„'),
        Mark::Single => first == Some('‘'),
        Mark::Straight => first == Some('"'),
    }
}

fn scan(body: &str, base: usize, continued: bool, open: &mut Vec<Open>, found: &mut Vec<Quotation>, text: &str) {
    let mut previous: Option<char> = None;
    let mut chars = body.char_indices().peekable();
    while let Some((offset, mark)) = chars.next() {
        let at = base + offset;
        let after = at + mark.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        if offset == 0 && continued {
            if let Some(last) = open.last_mut() {
                last.start = at;
                last.inner = after;
            }
            previous = Some(mark);
            continue;
        }
        match mark {
            '«' => open.push(Open { kind: Mark::Guillemets, start: at, inner: after }),
            '»' => close(text, open, found, &[Mark::Guillemets], at, after),
            '„' => open.push(Open { kind: Mark::Low, start: at, inner: after }),
            '“' if open.last().is_some_and(|last| last.kind == Mark::Low) => close(text, open, found, &[Mark::Low], at, after),
            '“' => open.push(Open { kind: Mark::Curly, start: at, inner: after }),
            '”' => close(text, open, found, &[Mark::Curly, Mark::Low], at, after),
            '‘' if !previous.is_some_and(char::is_alphanumeric) => open.push(Open { kind: Mark::Single, start: at, inner: after }),
            '’' if !next.is_some_and(char::is_alphanumeric) && open.last().is_some_and(|last| last.kind == Mark::Single) => {
                close(text, open, found, &[Mark::Single], at, after);
            }
            '"' => {
                if open.iter().any(|mark| mark.kind == Mark::Straight) {
                    close(text, open, found, &[Mark::Straight], at, after);
                } else if !previous.is_some_and(char::is_alphanumeric) {
                    open.push(Open { kind: Mark::Straight, start: at, inner: after });
                }
            }
            _ => {}
        }
        previous = Some(mark);
    }
}

/// Closes the innermost open mark of these kinds; marks opened inside it and never closed are dropped.
fn close(text: &str, open: &mut Vec<Open>, found: &mut Vec<Quotation>, kinds: &[Mark], at: usize, after: usize) {
    let Some(index) = open.iter().rposition(|mark| kinds.contains(&mark.kind)) else { return };
    let mark = &open[index];
    found.push(quotation(text, mark.start, mark.inner, at, after, index));
    open.truncate(index);
}

fn quotation(text: &str, start: usize, inner_start: usize, inner_end: usize, end: usize, depth: usize) -> Quotation {
    let inner = Span::new(inner_start, inner_end);
    let words = inner.of(text);
    let lead = words.len() - words.trim_start().len();
    let trail = words.len() - words.trim_end().len();
    let inner = if lead + trail > words.len() || words.trim().is_empty() {
        Span::new(inner_start, inner_start)
    } else {
        Span::new(inner.start + lead, inner.end - trail)
    };
    Quotation { outer: Span::new(start, end), inner, depth: depth.min(255) as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ParagraphKind;

    fn check(text: &str, expected: &[&str]) {
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for line in text.split('\n') {
            if !line.is_empty() {
                paragraphs.push(Paragraph { span: Span::new(at, at + line.len()), kind: ParagraphKind::Body, stamp: None });
            }
            at += line.len() + 1;
        }
        let found: Vec<&str> = quotations(text, &paragraphs).iter().map(|quotation| quotation.inner.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_all_kinds() {
        check("Il a dit : « Nous restons. »", &["Nous restons."]);
        check("Il cite « le mot “liberté” » encore.", &["le mot “liberté”", "liberté"]);
        check("\"Never\", he said, \"never again\".", &["Never", "never again"]);
        check("It’s the ‘so-called’ plan.", &["so-called"]);
        check("„Genug“, sagte er.", &["Genug"]);
        check("Un « jamais fermé.\nAutre paragraphe.", &[]);
        check("« Premier jour.\n« Second jour. »", &["Premier jour.", "Second jour."]);
        check("A 5\" screen and an \"old\" one.", &["old"]);
        check("«\u{a0}»", &[""]);
    }
}
