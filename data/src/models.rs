//! The learned weights, embedded: `data/models/`, with their cards. They are under CC BY-SA 4.0, not under the licence of the code.

/// The tagger's network: safetensors.
pub static TAGGER: &[u8] = include_bytes!("../models/tagger.safetensors");

/// The sub-word table: safetensors.
pub static PIECES: &[u8] = include_bytes!("../models/pieces.safetensors");

/// The tokenizer's decisions: safetensors.
pub static TOKENS: &[u8] = include_bytes!("../models/tokens.safetensors");
