//! What the tagger sees of a word: its normal form, prefixes, suffixes and shape, as hashes.
//!
//! `training/tagger/features.py` computes the same values; a change here needs new weights.

/// Typographic variants made plain (apostrophes, quotation marks, dashes); Arabic vowel signs and tatweel are left out.
pub(crate) fn plain(form: &str) -> String {
    form.chars().filter(|&c| !is_mark(c)).map(plain_char).collect()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}' | '\u{640}' | '\u{670}')
}

fn plain_char(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        '«' | '»' | '“' | '”' | '„' | '‟' => '"',
        '–' | '—' | '‑' | '−' => '-',
        _ => c,
    }
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{ff10}'..='\u{ff19}')
}

/// FNV-1a, kept open so that a common beginning is hashed once.
#[derive(Clone, Copy)]
pub(crate) struct Hash(u64);

impl Hash {
    pub(crate) fn new() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn with(mut self, bytes: &[u8]) -> Hash {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
        self
    }

    pub(crate) fn done(self) -> u32 {
        ((self.0 >> 32) ^ (self.0 & 0xffff_ffff)) as u32
    }
}

/// The hashes of all features of a word that is already [`plain`]; `language` is the ISO 639-1 code.
pub(crate) fn hashes(language: &str, plain_form: &str, out: &mut Vec<u32>) {
    out.clear();
    let normal: String = plain_form.to_lowercase().chars().map(|c| if is_digit(c) { '0' } else { c }).collect();
    let start = Hash::new().with(language.as_bytes());
    out.push(start.with(b"w").with(normal.as_bytes()).done());
    out.push(Hash::new().with(b"S").with(plain_shape(plain_form).as_bytes()).done());
    out.push(Hash::new().with(b"L").with(language.as_bytes()).done());
    let ends: Vec<usize> = normal.char_indices().map(|(at, _)| at).chain([normal.len()]).collect();
    let count = ends.len() - 1;
    for &end in &ends[1..=4.min(count.saturating_sub(1))] {
        out.push(start.with(b"p").with(&normal.as_bytes()[..end]).done());
    }
    for k in 1..=6.min(count.saturating_sub(1)) {
        out.push(start.with(b"s").with(&normal.as_bytes()[ends[count - k]..]).done());
    }
}

/// The shape of a form: X upper, x lower, 0 digit, a other letter, other characters themselves; runs cut to two, twelve in all.
pub fn shape(form: &str) -> String {
    plain_shape(&plain(form))
}

/// X upper, x lower, 0 digit, a other letter, other characters themselves; runs cut to two, twelve in all.
fn plain_shape(plain_form: &str) -> String {
    let mut out = String::new();
    let (mut last, mut before, mut count) = ('\0', '\0', 0);
    for c in plain_form.chars() {
        let kind = match c {
            _ if is_digit(c) => '0',
            _ if c.is_uppercase() => 'X',
            _ if c.is_lowercase() => 'x',
            _ if c.is_alphabetic() => 'a',
            _ => c,
        };
        if (kind == last && kind == before) || count == 12 {
            continue;
        }
        (before, last) = (last, kind);
        out.push(kind);
        count += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_cut() {
        assert_eq!(shape("Kazakhstan"), "Xxx");
        assert_eq!(shape("18h40"), "00x00");
        assert_eq!(shape("الجزائر"), "aa");
    }

    #[test]
    fn hashes_agree_with_training() {
        let mut out = Vec::new();
        hashes("fr", &plain("L’État"), &mut out);
        assert_eq!(out.len(), 3 + 4 + 5);
        assert_eq!(out[0], TRAINED[0]);
        assert_eq!(out[11], TRAINED[1]);
    }

    // features.fnv("frwl'état") and features.fnv("frs'état") of the training code
    const TRAINED: [u32; 2] = [1_042_173_279, 546_394_526];
}
