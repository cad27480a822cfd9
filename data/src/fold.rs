//! Folding of names and words for look-up: lower case without diacritics, one spelling of what people type in several.
//!
//! Used on both sides of every look-up (when the tables are built and when text is read), so it only has to be stable, not reversible.

use compact_str::CompactString;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Appends the folded form of one character: lower case, marks dropped, ligatures and special letters spelt out; apostrophes become `'`.
/// Characters without meaning for spelling (combining marks, the Arabic tatweel, zero-width ones) add nothing.
pub fn push_folded(out: &mut CompactString, letter: char) {
    if letter.is_ascii() {
        out.push(letter.to_ascii_lowercase());
        return;
    }
    for lower in letter.to_lowercase() {
        match lower {
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ə' => out.push('e'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | 'ʿ' | 'ʾ' => out.push('\''),
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            'ـ' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => {}
            '٠'..='٩' => out.push(char::from(b'0' + (lower as u32 - '٠' as u32) as u8)),
            _ => decompose_canonical(lower, |part| {
                if !is_combining_mark(part) {
                    out.push(part);
                }
            }),
        }
    }
}

/// What a surface word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// A run of letters with their marks.
    Letters,
    /// A run of digits.
    Digits,
    /// One character of punctuation or a symbol.
    Mark,
    /// A line end: nothing crosses it.
    Break,
}

/// The kind of word that a character belongs to; white space other than line ends counts as a mark.
pub fn kind_of(letter: char) -> WordKind {
    match letter {
        'a'..='z' | 'A'..='Z' => WordKind::Letters,
        '0'..='9' | '٠'..='٩' => WordKind::Digits,
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => WordKind::Break,
        _ if letter.is_ascii() => WordKind::Mark,
        'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' => WordKind::Mark,
        _ if letter.is_alphabetic() || is_combining_mark(letter) || letter == 'ـ' => WordKind::Letters,
        _ => WordKind::Mark,
    }
}

/// The surface words of an expression in a knowledge file, folded ("aujourd'hui" is three).
pub fn pieces(text: &str) -> Vec<CompactString> {
    let mut out: Vec<CompactString> = Vec::new();
    let mut last = None;
    for letter in text.chars() {
        if letter.is_whitespace() {
            last = None;
            continue;
        }
        let kind = kind_of(letter);
        if last != Some(kind) || kind == WordKind::Mark {
            out.push(CompactString::default());
        }
        if let Some(piece) = out.last_mut() {
            push_folded(piece, letter);
        }
        last = Some(kind);
    }
    out
}

/// The folded form of a word or text, white space and punctuation kept.
///
/// ```
/// assert_eq!(selon_data::fold::fold("N’Djaména"), "n'djamena");
/// ```
pub fn fold(text: &str) -> CompactString {
    let mut out = CompactString::default();
    text.chars().for_each(|letter| push_folded(&mut out, letter));
    out
}

/// A name as the gazetteer and the entity tables look it up: folded runs of letters and digits, one space between them.
///
/// ```
/// assert_eq!(selon_data::fold::name_key("Saint-Louis (Sénégal)"), "saint louis senegal");
/// assert_eq!(selon_data::fold::name_key("N’Djaména"), "n djamena");
/// ```
pub fn name_key(name: &str) -> CompactString {
    let mut out = CompactString::default();
    for letter in name.chars() {
        if letter.is_alphanumeric() || is_combining_mark(letter) || letter == 'ـ' {
            push_folded(&mut out, letter);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}
