//! Word forms → vectors: hashed features and sub-word pieces through two layers. Vectors depend on the word alone, so they are cached.

use rustc_hash::FxHashMap as HashMap;

use crate::error::ModelError;
use crate::features;
use crate::int8::{Matrix, Rows};
use crate::layers;
use crate::pieces::Pieces;
use crate::weights::{Weights, check_len};

/// Words whose vectors are kept; a full cache is emptied.
const CACHE_WORDS: usize = 8192;

/// The weights from form to vector.
pub(crate) struct WordLayers {
    vocabulary: Vec<u32>,
    embedding: &'static [u8],
    scales: Vec<f32>,
    width: usize,
    pieces: Pieces,
    first: Matrix,
    second: Matrix,
}

/// Vectors of words seen lately, and working memory.
#[derive(Default)]
pub(crate) struct WordCache {
    slots: HashMap<String, u32>,
    vectors: Vec<f32>,
    language: String,
    fresh: Vec<f32>,
    hashes: Vec<u32>,
    rows: Rows,
    hidden: Vec<f32>,
    result: Vec<f32>,
}

impl WordCache {
    /// The vector of a slot.
    #[inline(always)]
    pub(crate) fn vector(&self, slot: u32, size: usize) -> &[f32] {
        &self.vectors[slot as usize * size..][..size]
    }
}

impl WordLayers {
    pub(crate) fn load(network: &Weights, pieces: &Weights) -> Result<WordLayers, ModelError> {
        let (embedding, rows, width) = network.rows("emb")?;
        let vocabulary = network.numbers("vocab")?;
        check_len("vocab", vocabulary.len() + 1, Some(rows))?;
        let pieces = Pieces::load(pieces)?;
        let first = Matrix::load(network, "w1", Some(width + pieces.width))?;
        let second = Matrix::load(network, "w2", Some(first.width()))?;
        Ok(WordLayers { vocabulary, embedding, scales: network.floats("emb.scale", Some(rows))?, width, pieces, first, second })
    }

    /// Size of a word's vector.
    pub(crate) fn size(&self) -> usize {
        self.second.width()
    }

    /// Puts the slots of the words into `out`, computing the vectors that are missing.
    pub(crate) fn look_up<'a>(&self, cache: &mut WordCache, language: &str, words: impl Iterator<Item = &'a str>, out: &mut Vec<u32>) {
        if cache.language != language || cache.slots.len() >= CACHE_WORDS {
            cache.slots.clear();
            cache.vectors.clear();
            language.clone_into(&mut cache.language);
        }
        out.clear();
        cache.fresh.clear();
        for word in words {
            if let Some(&slot) = cache.slots.get(word) {
                out.push(slot);
                continue;
            }
            let slot = cache.slots.len() as u32;
            cache.slots.insert(word.to_owned(), slot);
            out.push(slot);
            self.input(cache, language, word);
        }
        if !cache.fresh.is_empty() {
            self.compute(cache);
        }
    }

    /// Adds the input row of a word to `cache.fresh`.
    fn input(&self, cache: &mut WordCache, language: &str, word: &str) {
        let plain = features::plain(word);
        features::hashes(language, &plain, &mut cache.hashes);
        let start = cache.fresh.len();
        cache.fresh.resize(start + self.width + self.pieces.width, 0.0);
        let (own, pieces) = cache.fresh[start..].split_at_mut(self.width);
        for hash in &cache.hashes {
            if let Ok(index) = self.vocabulary.binary_search(hash) {
                let row = index + 1;
                for (value, &byte) in own.iter_mut().zip(&self.embedding[row * self.width..][..self.width]) {
                    *value += f32::from(byte as i8) * self.scales[row];
                }
            }
        }
        self.pieces.mean(&plain, pieces);
    }

    /// Runs the two layers over `cache.fresh` and keeps the vectors.
    fn compute(&self, cache: &mut WordCache) {
        cache.rows.reset(self.width + self.pieces.width);
        layers::quantise(&cache.fresh, self.width + self.pieces.width, &mut cache.rows);
        self.first.apply(&cache.rows, &mut cache.hidden);
        cache.rows.reset(self.first.width());
        layers::quantise_positive(&mut cache.hidden, self.first.width(), 0..self.first.width(), &mut cache.rows);
        self.second.apply(&cache.rows, &mut cache.result);
        cache.vectors.extend_from_slice(&cache.result);
    }
}
