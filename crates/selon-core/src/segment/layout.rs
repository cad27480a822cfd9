//! Paragraphs: lines of the text, with what they are in the layout and their dateline or ticker stamp.

use crate::document::{Paragraph, ParagraphKind, Span};

/// Longest stamp, in characters.
const LONGEST_STAMP: usize = 90;
/// Longest headline, in characters.
const LONGEST_HEADLINE: usize = 160;

/// The paragraphs in order; none is empty.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if !matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            continue;
        }
        let line = &text[start..at];
        let inner = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c.is_control());
        if !inner.is_empty() {
            let from = start + (inner.as_ptr() as usize - line.as_ptr() as usize);
            out.push(paragraph(inner, from, out.is_empty()));
        }
        start = at + c.len_utf8();
    }
    // a text of one paragraph is no headline without an article
    if let [only] = out.as_mut_slice()
        && only.kind == ParagraphKind::Headline
    {
        only.kind = ParagraphKind::Body;
    }
    out
}

fn paragraph(line: &str, from: usize, first: bool) -> Paragraph {
    let span = Span::new(from, from + line.len());
    let (stamp, kind) = match (ticker(line), dateline(line)) {
        (Some(len), _) => (Some(len), ParagraphKind::Ticker),
        (_, Some(len)) => (Some(len), ParagraphKind::Body),
        _ if byline(line) => (None, ParagraphKind::Byline),
        _ if insert(line) => (None, ParagraphKind::Insert),
        _ if first && line.chars().count() <= LONGEST_HEADLINE && !ends(line) => (None, ParagraphKind::Headline),
        _ => (None, ParagraphKind::Body),
    };
    Paragraph { span, kind, stamp: stamp.map(|len| Span::new(from, from + len)) }
}

fn ends(line: &str) -> bool {
    line.trim_end_matches(['"', '»', '”', '\'', '’', ')', ' ', '\u{a0}', '\u{202f}']).ends_with(['.', '!', '?', '…', '؟'])
}

/// « Par Jean Dupont », "By Jane Doe": short, and only names.
fn byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or("");
    let begins = ["Par", "By", "Por", "PAR", "BY", "POR"].contains(&first);
    let names = || {
        words.clone().all(|word| {
            word.starts_with(|c: char| !c.is_lowercase()) || ["et", "and", "y", "avec", "with", "de", "à", "in"].contains(&word)
        })
    };
    begins && (2..=9).contains(&words.clone().count()) && names() && !ends(line)
}

/// « Lire aussi : … », "Read more: …".
fn insert(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "lire aussi",
        "à lire aussi",
        "lire également",
        "à lire :",
        "voir aussi",
        "read more",
        "read also",
        "also read",
        "related:",
        "lea también",
        "lee también",
        "читайте также",
        "اقرأ أيضا",
    ]
    .iter()
    .any(|words| lower.starts_with(words))
}

/// Bytes of a ticker stamp: « 18h40 | », "18:40 GMT - ".
fn ticker(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(['[', '(']);
    let hours = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if !(1..=2).contains(&hours) {
        return None;
    }
    let after = rest[hours..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let after = after.strip_prefix(['h', 'H', ':', '.'])?.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = after
        .trim_start_matches(|c: char| c.is_ascii_uppercase() || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | ']' | ')' | '+' | '0'..='9'));
    let sign = after.chars().next().filter(|c| matches!(c, '|' | '–' | '—' | '-' | '•'))?;
    let end = line.len() - after.len() + sign.len_utf8();
    (line[end..].starts_with(char::is_whitespace) && line[..end].chars().count() <= 24).then_some(end)
}

/// Bytes of a dateline with its dash: "ALMATY, Jan 7 (Reuters) —", « Dakar (AFP) – ».
fn dateline(line: &str) -> Option<usize> {
    let (at, dash) = line.char_indices().take(LONGEST_STAMP).find(|&(at, c)| {
        let after = &line[at + c.len_utf8()..];
        matches!(c, '—' | '–' | '-') && line[..at].ends_with(|c: char| c.is_whitespace()) && after.starts_with(char::is_whitespace)
    })?;
    let before = line[..at].trim_end();
    let words: Vec<&str> = before.split_whitespace().collect();
    let place = words.first()?.trim_end_matches(',');
    let named = place.chars().next().is_some_and(char::is_uppercase);
    let shouted = place.chars().count() >= 3 && place.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’'));
    let dated = before.contains(',') && before.contains(|c: char| c.is_ascii_digit());
    let agency = before.ends_with(')') && before.contains('(');
    let small = |word: &str| word.starts_with(char::is_lowercase) && word.chars().count() > 3 && !is_month(word);
    let plain = before.split('(').next().unwrap_or(before).split_whitespace().filter(|word| small(word)).count() == 0;
    (named && words.len() <= 10 && plain && (shouted || dated || agency)).then_some(at + dash.len_utf8())
}

fn is_month(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']);
    const MONTHS: &[&str] = &[
        "janvier",
        "février",
        "mars",
        "avril",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
        "janv",
        "févr",
        "sept",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
        "января",
        "февраля",
        "марта",
        "апреля",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    MONTHS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(line: &str) -> Option<&str> {
        paragraphs(line)[0].stamp.map(|span| span.of(line))
    }

    #[test]
    fn stamps() {
        assert_eq!(stamp("18h40 | Les manifestants avancent."), Some("18h40 |"));
        assert_eq!(stamp("ALMATY, Jan 7 — Police fired."), Some("ALMATY, Jan 7 —"));
        assert_eq!(stamp("Dakar (AFP) – Deux morts."), Some("Dakar (AFP) –"));
        assert_eq!(stamp("NAIROBI, Kenya (AP) - Two died."), Some("NAIROBI, Kenya (AP) -"));
        assert_eq!(stamp("Deux morts - et pas plus - à Dakar."), None);
        assert_eq!(stamp("12 policiers - dont deux officiers - sont morts."), None);
    }

    #[test]
    fn kinds() {
        let text = "Coup d'État au Niger\nPar Jean Dupont\nLes soldats ont parlé.\nLire aussi : Niger";
        let kinds: Vec<ParagraphKind> = paragraphs(text).iter().map(|paragraph| paragraph.kind).collect();
        assert_eq!(kinds, [ParagraphKind::Headline, ParagraphKind::Byline, ParagraphKind::Body, ParagraphKind::Insert]);
    }
}
