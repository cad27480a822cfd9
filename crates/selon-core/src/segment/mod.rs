//! Text → paragraphs, sentences, tokens, quotations.
//!
//! Input: the text and its language. Output: a [`Document`] whose tokens have spans and forms but no tags yet. Neighbours: `language` before, `tag` after.

mod quotations;

pub use quotations::quotations;

use crate::document::Document;
use crate::language::Language;

/// The layout of the text. Tokens plus the gaps between them rebuild the text; sentences never cross paragraphs; any string is safe.
pub fn segment(text: &str, language: Language) -> Document {
    Document {
        text: text.to_owned(),
        language,
        paragraphs: Vec::new(),
        sentences: Vec::new(),
        tokens: Vec::new(),
        quotations: Vec::new(),
        tagged: false,
        sentence_of: Vec::new(),
    }
}
