//! Text → paragraphs, sentences, tokens, quotations.
//!
//! Input: the text and its language. Output: a [`Document`] whose tokens have spans and forms but no tags yet. Neighbours: `language` before, `tag` after.

mod layout;
mod quotations;
mod tokenise;

pub use quotations::quotations;

use crate::document::{Document, Paragraph, Sentence, Span};
use crate::language::Language;

/// The layout of the text. Tokens plus the gaps between them rebuild the text; sentences never cross paragraphs, nor the end of a dateline or
/// ticker stamp; any string is safe.
pub fn segment(text: &str, language: Language) -> Document {
    let paragraphs = layout::paragraphs(text);
    let mut document = Document {
        text: text.to_owned(),
        language,
        quotations: quotations(text, &paragraphs),
        paragraphs: Vec::with_capacity(paragraphs.len()),
        sentences: Vec::new(),
        tokens: Vec::new(),
        tagged: false,
        sentence_of: Vec::new(),
    };
    for paragraph in paragraphs {
        add_paragraph(&mut document, text, paragraph);
    }
    document
}

fn add_paragraph(document: &mut Document, text: &str, paragraph: Paragraph) {
    let index = document.paragraphs.len();
    let body = paragraph.stamp.map_or(paragraph.span.start, |stamp| stamp.end);
    let parts = [paragraph.stamp, Some(Span::new(body, paragraph.span.end))];
    for part in parts.into_iter().flatten() {
        for tokens in tokenise::tokenise(text, part, document.language.code()) {
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let span = Span::new(first.span.start, last.span.end);
            let start = document.tokens.len();
            document.sentence_of.extend(tokens.iter().map(|_| document.sentences.len()));
            document.tokens.extend(tokens);
            document.sentences.push(Sentence { span, tokens: start..document.tokens.len(), paragraph: index });
        }
    }
    document.paragraphs.push(paragraph);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_hangs_together() {
        let text = "Kazakhstan : l'état d'urgence\n\nALMATY, Jan 7 — Des policiers ont été tués. « On a tiré », dit-il.\n";
        let document = segment(text, Language::Fr);
        assert_eq!(document.paragraphs.len(), 2);
        assert_eq!(document.paragraphs[1].stamp.map(|stamp| document.slice(stamp)), Some("ALMATY, Jan 7 —"));
        assert_eq!(document.sentences.len(), 4);
        assert_eq!(document.quotations.len(), 1);
        assert_eq!(document.slice(document.quotations[0].inner), "On a tiré");
        assert_eq!(document.sentence_of.len(), document.tokens.len());
        for sentence in &document.sentences {
            assert!(document.paragraphs[sentence.paragraph].span.contains(sentence.span));
        }
    }

    #[test]
    fn empty_texts_have_nothing() {
        for text in ["", " \n\t\n", "\u{feff}"] {
            assert!(segment(text, Language::En).tokens.is_empty());
        }
    }
}
