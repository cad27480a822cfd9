//! A paragraph → sentences of tokens as Universal Dependencies cuts them.
//!
//! Input: the text, the bytes of a paragraph, the language. Output: for each sentence its tokens, with spans; words split from one form
//! (« du » → de + le) share its span, words that are parts of it ("do|n't") have their own bytes. Any string is safe.

mod chunk;
mod decide;
mod rules;
mod sentences;

use std::ops::Range;

use compact_str::CompactString;

use crate::document::{Span, Token};
use chunk::Written;
use rules::Rules;

/// The tokens of a paragraph, one list a sentence; no list is empty.
pub(super) fn tokenise(text: &str, paragraph: Span, language: &str) -> Vec<Vec<Token>> {
    let rules = rules::rules(language);
    let written = written(text, paragraph.start..paragraph.end, language, rules);
    let starts = sentences::starts(text, &written, language);
    let mut out = Vec::with_capacity(starts.len());
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(written.len());
        let mut tokens = Vec::with_capacity(end - start + 4);
        for at in start..end {
            expand(text, &written, at, start..end, language, rules, &mut tokens);
        }
        out.push(tokens);
    }
    out
}

/// The written tokens of a stretch of text.
fn written(text: &str, range: Range<usize>, language: &str, rules: &Rules) -> Vec<Written> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text[range.clone()].char_indices().map(|(at, c)| (at + range.start, c)).chain([(range.end, ' ')]) {
        if is_space(c) {
            chunks.extend(start.take().map(|start| start..at));
        } else {
            start = start.or(Some(at));
        }
    }
    let mut out = Vec::new();
    let mut index = 0;
    while index < chunks.len() {
        let chunk = chunks[index].clone();
        let next = chunks.get(index + 1).map(|next| &text[next.clone()]);
        if let Some((joined, end)) = joined_number(text, &chunks[index..], language) {
            index += joined;
            let decimals = text[end..chunks[index].end]
                .strip_prefix(',')
                .map_or(0, |rest| rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len());
            let end = if decimals > 0 { end + 1 + decimals } else { end };
            out.push(Written { span: chunk.start..end, cuts: Vec::new() });
            chunk::cut(text, end..chunks[index].end, rules, &mut out);
        } else if let Some(at) = broken_clitic(&text[chunk.clone()], next, rules) {
            chunk::cut(text, chunk.start..chunk.start + at, rules, &mut out);
            index += 1;
            let tail = chunks[index].start + text[chunks[index].clone()].find(|c: char| !c.is_alphabetic()).unwrap_or(chunks[index].len());
            out.push(Written { span: chunk.start + at..tail, cuts: Vec::new() });
            chunk::cut(text, tail..chunks[index].end, rules, &mut out);
        } else if rules.clitics.iter().any(|clitic| text[chunk.clone()].eq_ignore_ascii_case(clitic)) {
            out.push(Written { span: chunk, cuts: Vec::new() });
        } else {
            let first = out.len();
            chunk::cut(text, chunk, rules, &mut out);
            decide::cut_clitics(text, &mut out, first, language);
        }
        index += 1;
    }
    out
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{202a}'..='\u{202e}')
}

/// How many further chunks belong to a number written in groups of three digits (« 10 000 »), and where the number ends.
fn joined_number(text: &str, chunks: &[Range<usize>], language: &str) -> Option<(usize, usize)> {
    let first = &text[chunks.first()?.clone()];
    let digits = |word: &str| word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if language == "en" || !(1..=3).contains(&first.len()) || digits(first) != first.len() {
        return None;
    }
    let mut end = None;
    for (index, pair) in chunks.windows(2).enumerate() {
        let group = &text[pair[1].clone()];
        let rest = &group[digits(group)..];
        if digits(group) != 3 || text[pair[0].end..pair[1].start].chars().count() != 1 || rest.starts_with(char::is_alphanumeric) {
            break;
        }
        end = Some((index + 1, pair[1].start + 3));
        if !rest.is_empty() {
            break;
        }
    }
    end
}

/// Where a clitic begins whose hyphen is followed by a stray space: "a-t- il" → "a", "-t- il".
fn broken_clitic(chunk: &str, next: Option<&str>, rules: &Rules) -> Option<usize> {
    let stem = chunk.strip_suffix('-')?;
    let word = next?.split(|c: char| !c.is_alphabetic()).next()?.to_lowercase();
    let (stem, clitic) = match stem.strip_suffix("-t") {
        Some(stem) => (stem, format!("-t-{word}")),
        None => (stem, format!("-{word}")),
    };
    (stem.ends_with(char::is_alphabetic) && rules.clitics.contains(&clitic)).then_some(stem.len())
}

/// Adds the syntactic words of one written token.
fn expand(text: &str, written: &[Written], at: usize, sentence: Range<usize>, language: &str, rules: &Rules, out: &mut Vec<Token>) {
    let token = &written[at];
    let surface = &text[token.span.clone()];
    let after = text[token.span.end..].chars().next().is_none_or(is_space);
    let mut push = |span: Range<usize>, form: CompactString, space_after: bool| {
        out.push(Token { span: Span::new(span.start, span.end), lemma: form.to_lowercase(), form, space_after, ..Token::default() });
    };
    let known = rules.multiword.get(surface).or_else(|| rules.multiword.get(&surface.to_lowercase()));
    if let Some(parts) = known.filter(|_| decide::is_contracted(text, written, at, sentence, language)) {
        for (index, part) in parts.iter().enumerate() {
            push(token.span.clone(), cased(part, surface, index), after && index + 1 == parts.len());
        }
        return;
    }
    let mut start = token.span.start;
    for &cut in token.cuts.iter().chain([&token.span.end]) {
        let part = &text[start..cut];
        let alone = if cut < token.span.end { decide::stem(part, language) } else { None };
        push(start..cut, alone.map_or_else(|| form(part), CompactString::from), after && cut == token.span.end);
        start = cut;
    }
}

/// The form of a word: apostrophes straight, and no space inside a broken clitic.
fn form(surface: &str) -> CompactString {
    let broken = surface.starts_with('-');
    surface.chars().filter(|&c| !(broken && is_space(c))).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// A part of a contracted form in the case of the surface: "Du" → "De" + "le", "DES" → "DE" + "LES".
fn cased(part: &str, surface: &str, index: usize) -> CompactString {
    let mut letters = surface.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let second = letters.next().is_some_and(char::is_uppercase);
    match (first, second, index) {
        (true, true, _) => part.to_uppercase().into(),
        (true, false, 0) => {
            let len = part.chars().next().map_or(0, char::len_utf8);
            (part[..len].to_uppercase() + &part[len..]).into()
        }
        _ => part.into(),
    }
}

#[cfg(test)]
mod tests;
