//! Sub-word pieces: a word is cut into the most probable pieces of a unigram vocabulary; its vector is the mean of theirs.

use crate::error::ModelError;
use crate::weights::{Weights, check_len};

/// Score of a character that no piece covers.
const UNKNOWN: f32 = -30.0;
/// Words are cut after this many bytes, so that no text costs more than linear time.
const LONGEST_WORD: usize = 96;

/// The vocabulary, sorted by bytes, and one int8 row a piece.
pub(crate) struct Pieces {
    names: &'static [u8],
    ends: Vec<u32>,
    scores: Vec<f32>,
    rows: &'static [u8],
    scales: Vec<f32>,
    /// Values a row has.
    pub(crate) width: usize,
}

impl Pieces {
    pub(crate) fn load(weights: &Weights) -> Result<Pieces, ModelError> {
        let (rows, count, width) = weights.rows("rows")?;
        let names = weights.bytes("names")?;
        let ends = weights.numbers("ends")?;
        check_len("ends", ends.len(), Some(count))?;
        check_len("names", names.len(), ends.last().map(|&end| end as usize))?;
        let sorted = ends.windows(2).all(|pair| pair[0] <= pair[1]);
        check_len("ends (sorted)", usize::from(sorted), Some(1))?;
        Ok(Pieces {
            names,
            ends,
            scores: weights.floats("scores", Some(count))?,
            rows,
            scales: weights.floats("scales", Some(count))?,
            width,
        })
    }

    fn name(&self, piece: usize) -> &'static [u8] {
        let start = if piece == 0 { 0 } else { self.ends[piece - 1] as usize };
        &self.names[start..self.ends[piece] as usize]
    }

    /// Adds the mean vector of the word's pieces to `out` (of [`Pieces::width`] zeros).
    pub(crate) fn mean(&self, plain_form: &str, out: &mut [f32]) {
        let pieces = self.cut(plain_form);
        for &piece in &pieces {
            let scale = self.scales[piece];
            for (value, &byte) in out.iter_mut().zip(&self.rows[piece * self.width..][..self.width]) {
                *value += f32::from(byte as i8) * scale;
            }
        }
        let count = pieces.len().max(1) as f32;
        for value in out {
            *value /= count;
        }
    }

    /// The pieces of a word, in no particular order.
    fn cut(&self, plain_form: &str) -> Vec<usize> {
        let mut text = String::from("▁");
        for c in plain_form.chars() {
            if text.len() + c.len_utf8() > LONGEST_WORD {
                break;
            }
            text.push(c);
        }
        let bytes = text.as_bytes();
        // best (score, start of the last piece, the piece) of the text up to each byte
        let mut best: Vec<Option<(f32, usize, Option<usize>)>> = vec![None; bytes.len() + 1];
        best[0] = Some((0.0, 0, None));
        for (start, c) in text.char_indices() {
            let Some((score, ..)) = best[start] else { continue };
            let mut reach = |end: usize, gain: f32, piece: Option<usize>| {
                if best[end].is_none_or(|(old, ..)| score + gain > old) {
                    best[end] = Some((score + gain, start, piece));
                }
            };
            let mut whole = false;
            self.beginning(&bytes[start..], |len, piece| {
                whole |= len == c.len_utf8();
                reach(start + len, self.scores[piece], Some(piece));
            });
            if !whole {
                reach(start + c.len_utf8(), UNKNOWN, None);
            }
        }
        let (mut pieces, mut at) = (Vec::new(), bytes.len());
        while let (true, Some((_, start, piece))) = (at > 0, best[at]) {
            pieces.extend(piece);
            at = start;
        }
        pieces
    }

    /// All pieces that `text` begins with: length in bytes and index.
    fn beginning(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let (mut low, mut high) = (0, self.ends.len());
        for len in 1..=text.len() {
            // pieces low..high share the first len - 1 bytes; the exact match, if any, came first and is passed already
            let byte = text[len - 1];
            let at = |piece: usize| self.name(piece).get(len - 1).copied();
            low = first(low, high, |piece| at(piece).is_some_and(|b| b >= byte));
            high = first(low, high, |piece| at(piece).is_some_and(|b| b > byte));
            if low == high {
                return;
            }
            if self.name(low).len() == len {
                found(len, low);
            }
        }
    }
}

/// First index of `low..high` that satisfies a monotone test, else `high`.
fn first(mut low: usize, mut high: usize, test: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = (low + high) / 2;
        if test(middle) { high = middle } else { low = middle + 1 }
    }
    low
}
