//! Tokens → lemma, part of speech, features, head, relation, names, by the learned tagger.
//!
//! Input: the document after `segment`. Output: the same document with its tokens tagged; a language without a model keeps its tokens as they
//! are. Neighbours: `segment` before, `entity` after.

pub mod forms;
mod names;

use std::sync::LazyLock;

use compact_str::CompactString;
use selon_model::{Annotation, ModelError, Tagger};

use crate::document::{Deprel, Document, Feats, NameKind, Token, Upos};

static EMBEDDED: LazyLock<Option<Tag>> = LazyLock::new(|| Tag::embedded().ok());

/// Tags a document in place with the embedded tagger.
pub fn tag(document: &mut Document) {
    if let Some(tag) = &*EMBEDDED {
        tag.tag(document);
    }
}

/// The tagger with its labels in Selon's types. Shared freely between threads.
pub struct Tag {
    tagger: Tagger,
    upos: Vec<Upos>,
    deprels: Vec<Deprel>,
    /// Kind, and whether the label begins a name.
    names: Vec<(NameKind, bool)>,
    /// Features as text, for those who want all of UD's.
    feats: Vec<String>,
}

impl Tag {
    /// The tagger that came with the program.
    ///
    /// # Errors
    /// Only if an embedded file is broken, which a test rules out.
    pub fn embedded() -> Result<Tag, ModelError> {
        let tagger = Tagger::new(selon_data::models::TAGGER, selon_data::models::PIECES)?;
        let names = tagger.names().iter().map(|label| match label.split_once('-') {
            Some((place, kind)) => (NameKind::parse(kind), place == "B"),
            None => (NameKind::None, false),
        });
        Ok(Tag {
            upos: tagger.upos().iter().map(|label| Upos::parse(label)).collect(),
            deprels: tagger.deprels().iter().map(|label| Deprel::parse_base(label)).collect(),
            names: names.collect(),
            feats: tagger.feats().to_vec(),
            tagger,
        })
    }

    /// Tags a document in place.
    pub fn tag(&self, document: &mut Document) {
        let forms: Vec<CompactString> = document.tokens.iter().map(|token| token.form.clone()).collect();
        let sentences: Vec<&[CompactString]> = document.sentences.iter().map(|sentence| &forms[sentence.tokens.clone()]).collect();
        let Some(tagged) = self.tagger.tag(&sentences, document.language.code()) else { return };
        for (sentence, annotations) in document.sentences.iter().zip(tagged) {
            let start = sentence.tokens.start;
            for (token, annotation) in document.tokens[sentence.tokens.clone()].iter_mut().zip(annotations) {
                self.fill(token, annotation, start);
            }
        }
        names::settle(document);
        document.tagged = true;
    }

    fn fill(&self, token: &mut Token, annotation: Annotation, start: usize) {
        token.lemma = annotation.lemma.into();
        token.upos = self.upos[usize::from(annotation.upos)];
        token.feats = self.features(annotation.feats);
        token.head = annotation.head.map(|head| head + start);
        token.deprel = self.deprels[usize::from(annotation.deprel)];
        (token.name, token.name_start) = self.names[usize::from(annotation.name)];
    }

    fn features(&self, bits: u128) -> Feats {
        let mut column = String::new();
        let mut left = bits;
        while left != 0 {
            if let Some(label) = self.feats.get(left.trailing_zeros() as usize) {
                if !column.is_empty() {
                    column.push('|');
                }
                column.push_str(label);
            }
            left &= left - 1;
        }
        Feats::parse(&column)
    }
}

#[cfg(test)]
mod tests;
