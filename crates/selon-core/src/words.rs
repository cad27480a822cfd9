//! The surface words of an article, for the stages that read fixed expressions: dates, numbers, place names.
//!
//! Input: the text. Output: runs of letters, runs of digits, single marks, line ends. Independent of the tagger's tokens on purpose:
//! « du », "don't", "10:35" or « وعشرون » look the same here whatever the language's tokenizer does. Neighbours: `segment` before, `time`, `figure`, `place` after.

use compact_str::CompactString;
pub use selon_data::fold::WordKind;
use selon_data::fold::{kind_of, push_folded};

use crate::document::Span;

/// One surface word. Words do not overlap and are in the order of the text; only white space lies between them.
#[derive(Clone, Debug)]
pub struct Word {
    /// Bytes in the text.
    pub span: Span,
    /// Folded form (see [`selon_data::fold`]); digits in ASCII.
    pub text: CompactString,
    /// What it is made of.
    pub kind: WordKind,
    /// Whether it begins with an upper-case letter.
    pub capital: bool,
    /// Whether it has at least two letters, all of them upper case.
    pub upper: bool,
    /// Whether white space or the start of the text stands before it.
    pub space_before: bool,
}

impl Word {
    /// The number of a run of at most 18 digits.
    pub fn number(&self) -> Option<u64> {
        if self.kind == WordKind::Digits && self.text.len() <= 18 { self.text.parse().ok() } else { None }
    }

    /// Whether the word is this mark or this folded form.
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }
}

/// All surface words of a text.
pub fn scan(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 5);
    let mut letters = text.char_indices().peekable();
    let mut space_before = true;
    while let Some((start, first)) = letters.next() {
        if (first.is_whitespace() && kind_of(first) != WordKind::Break) || matches!(first, '\u{feff}' | '\u{200b}'..='\u{200f}') {
            space_before = true;
            continue;
        }
        let kind = kind_of(first);
        let mut word = Word {
            span: Span::new(start, start + first.len_utf8()),
            text: CompactString::default(),
            kind,
            capital: first.is_uppercase(),
            upper: false,
            space_before,
        };
        push_folded(&mut word.text, first);
        let (mut all_upper, mut count) = (word.capital, 1);
        if matches!(kind, WordKind::Letters | WordKind::Digits) {
            while let Some(&(at, letter)) = letters.peek() {
                if kind_of(letter) != kind {
                    break;
                }
                push_folded(&mut word.text, letter);
                all_upper &= letter.is_uppercase();
                count += 1;
                word.span.end = at + letter.len_utf8();
                letters.next();
            }
        }
        word.upper = all_upper && count > 1;
        space_before = kind == WordKind::Break;
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = scan(text);
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), expected, "{text}");
        for word in &words {
            assert!(!word.span.of(text).is_empty());
        }
    }

    #[test]
    fn runs_and_marks() {
        check("L’été, à 15h30.", &["l", "'", "ete", ",", "a", "15", "h", "30", "."]);
        check("٢٠ قتيلًا\n", &["20", "قتيلا", "\n"]);
        check("", &[]);
    }
}
