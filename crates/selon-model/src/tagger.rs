//! The tagger: sentences of forms → annotations.

use std::sync::{Mutex, PoisonError};

use crate::endings::{self, Endings};
use crate::error::ModelError;
use crate::layers;
use crate::lemma::{self, Rule};
use crate::math::argmax;
use crate::names::Names;
use crate::network::{Network, Scratch};
use crate::pairs;
use crate::tree;
use crate::weights::Weights;

/// Words that run through the network together; small enough for the second-level cache.
const CHUNK_WORDS: usize = 128;
/// Longer sentences are tagged in parts; the root of each later part hangs from the root of the first.
const LONGEST_SENTENCE: usize = 192;

/// What the tagger says of one word. Numbers are indices into the label lists of the [`Tagger`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Index into [`Tagger::upos`].
    pub upos: u8,
    /// Bit k is set if the word has feature k of [`Tagger::feats`]; at most one value an attribute.
    pub feats: u128,
    /// Lemma: lower case except for names.
    pub lemma: String,
    /// Index of the head in the sentence; `None` for the root. Every sentence is a tree with one root.
    pub head: Option<usize>,
    /// Index into [`Tagger::deprels`].
    pub deprel: u8,
    /// Index into [`Tagger::names`]: O, B-PER, I-PER, …; an I follows a B or I of its kind.
    pub name: u8,
}

/// The network with its labels. Shared freely between threads.
pub struct Tagger {
    network: Network,
    upos: Vec<String>,
    feats: Vec<String>,
    /// For each attribute, its values as positions in `feats`.
    attributes: Vec<Vec<usize>>,
    deprels: Vec<String>,
    root: u8,
    parataxis: u8,
    names: Vec<String>,
    sequences: Names,
    styles: Vec<String>,
    rules: Vec<Rule>,
    punctuation: u8,
    endings: Vec<Endings>,
    /// Parts of speech whose lemma keeps its capital.
    proper: u8,
    /// Working memories not in use; a run takes one and puts it back.
    idle: Mutex<Vec<Scratch>>,
}

impl Tagger {
    /// Loads the network and the sub-word table (`data/models/tagger.safetensors`, `pieces.safetensors`).
    ///
    /// # Errors
    /// If a file is no safetensors file or not of this version's shape.
    pub fn new(network: &'static [u8], pieces: &'static [u8]) -> Result<Tagger, ModelError> {
        let file = Weights::open(network)?;
        let feats = file.labels("feats")?;
        crate::weights::check_len("feats (at most 128)", feats.len().min(128), Some(feats.len()))?;
        let mut attributes: Vec<(String, Vec<usize>)> = Vec::new();
        for (index, label) in feats.iter().enumerate() {
            let name = label.split('=').next().unwrap_or(label);
            match attributes.iter_mut().find(|(known, _)| known == name) {
                Some((_, values)) => values.push(index),
                None => attributes.push((name.to_owned(), vec![index])),
            }
        }
        let deprels = file.labels("deprels")?;
        let root = deprels.iter().position(|label| label == "root").unwrap_or(0);
        let upos = file.labels("upos")?;
        let punctuation = upos.iter().position(|label| label == "PUNCT").unwrap_or(0);
        let proper = upos.iter().position(|label| label == "PROPN").unwrap_or(0);
        let parataxis = deprels.iter().position(|label| label == "parataxis").unwrap_or(0);
        let scripts = file.labels("scripts")?;
        Ok(Tagger {
            network: Network::load(&file, &Weights::open(pieces)?)?,
            upos,
            punctuation: u8::try_from(punctuation).unwrap_or(0),
            endings: Endings::load(&file)?,
            proper: u8::try_from(proper).unwrap_or(0),
            feats,
            attributes: attributes.into_iter().map(|(_, values)| values).collect(),
            root: u8::try_from(root).unwrap_or(0),
            parataxis: u8::try_from(parataxis).unwrap_or(0),
            deprels,
            sequences: Names::new(&file.labels("names")?),
            names: file.labels("names")?,
            styles: file.labels("styles")?,
            rules: scripts.iter().map(|label| Rule::parse(label)).collect(),
            idle: Mutex::new(Vec::new()),
        })
    }

    /// Universal parts of speech.
    pub fn upos(&self) -> &[String] {
        &self.upos
    }

    /// Features, each `Attribute=Value`.
    pub fn feats(&self) -> &[String] {
        &self.feats
    }

    /// Universal relations with subtypes.
    pub fn deprels(&self) -> &[String] {
        &self.deprels
    }

    /// Name labels: O, then B- and I- of each kind.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a model for the language (ISO 639-1).
    pub fn speaks(&self, language: &str) -> bool {
        self.styles.iter().any(|style| style == language)
    }

    /// Tags sentences of one language: one list of annotations a sentence, one annotation a form; `None` if there is no model for it.
    pub fn tag<S: AsRef<str>>(&self, sentences: &[&[S]], language: &str) -> Option<Vec<Vec<Annotation>>> {
        let style = self.styles.iter().position(|style| style == language)?;
        let mut scratch = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let parts: Vec<&[S]> = sentences.iter().flat_map(|sentence| sentence.chunks(LONGEST_SENTENCE)).collect();
        let mut tagged = Vec::with_capacity(parts.len());
        let mut rest = parts.as_slice();
        while !rest.is_empty() {
            let mut words = 0;
            let fits = rest.iter().take_while(|part| {
                words += part.len();
                words <= CHUNK_WORDS
            });
            let (chunk, later) = rest.split_at(fits.count().max(1));
            self.tag_chunk(&mut scratch, chunk, language, style, &mut tagged);
            rest = later;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        let mut tagged = tagged.into_iter();
        Some(
            sentences
                .iter()
                .map(|sentence| join(tagged.by_ref().take(sentence.len().div_ceil(LONGEST_SENTENCE)), self.parataxis))
                .collect(),
        )
    }

    fn tag_chunk<S: AsRef<str>>(
        &self,
        scratch: &mut Scratch,
        chunk: &[&[S]],
        language: &str,
        style: usize,
        out: &mut Vec<Vec<Annotation>>,
    ) {
        let words = || chunk.iter().flat_map(|sentence| sentence.iter().map(AsRef::as_ref));
        self.network.words.look_up(&mut scratch.cache, language, words(), &mut scratch.slots);
        let lengths: Vec<usize> = chunk.iter().map(|sentence| sentence.len()).collect();
        self.network.run(scratch, &lengths, style);
        self.network.second_layers(scratch, language);
        let heads = self.heads(scratch, &lengths);
        let deprels = self.relations(scratch, &heads);
        let scripts = self.network.scripts.iter().find(|(code, ..)| code == language);
        let endings = self.endings.iter().find(|endings| endings.speaks(language));
        let (width, columns) = (self.network.width(), &self.network.columns);
        let mut word = 0;
        for sentence in chunk {
            let mut annotations = Vec::with_capacity(sentence.len());
            let first = word;
            let rows = scratch.output[first * width..(first + sentence.len()) * width].chunks_exact(width);
            let labels = self.sequences.best(rows.map(|row| &row[columns.names.clone()]));
            for form in sentence.iter() {
                let row = &scratch.output[word * width..(word + 1) * width];
                let form = form.as_ref();
                let upos = argmax(&row[columns.upos.clone()]) as u8;
                let feats = self.features(&row[columns.feats.clone()]);
                let lemma = self.inflected(endings, form, upos, feats).unwrap_or_else(|| {
                    let rule = scripts.filter(|_| upos != self.punctuation).and_then(|(_, first, matrix)| {
                        let scores = &scratch.lemma[word * matrix.width()..][..matrix.outputs()];
                        lemma::choose(&self.rules[*first..], scores, form)
                    });
                    match rule {
                        Some(rule) if endings.is_some() && upos != self.proper && !endings::is_acronym(form) => {
                            endings::normal(&rule.apply(form))
                        }
                        Some(rule) => rule.apply(form),
                        None if upos == self.punctuation => form.to_owned(),
                        None => form.to_lowercase(),
                    }
                });
                annotations.push(Annotation {
                    upos,
                    feats,
                    lemma,
                    head: heads[word].map(|head| head - first),
                    deprel: deprels[word],
                    name: labels[word - first],
                });
                word += 1;
            }
            pairs::attach(&mut annotations, sentence, self.punctuation);
            out.push(annotations);
        }
    }

    /// The lemma by the table of endings, if the language has one that knows the word's ending.
    fn inflected(&self, endings: Option<&Endings>, form: &str, upos: u8, feats: u128) -> Option<String> {
        let endings = endings?;
        let (mut key, mut left) = (String::new(), feats);
        while left != 0 {
            let label = self.feats.get(left.trailing_zeros() as usize)?;
            if ["Case=", "Gender=", "Number="].iter().any(|attribute| label.starts_with(attribute)) {
                key.push('|');
                key.push_str(label);
            }
            left &= left - 1;
        }
        let lemma = endings.lemma(form, &self.upos[usize::from(upos)], &key)?;
        Some(if upos == self.proper { endings::capitalised(&lemma) } else { lemma })
    }

    /// Heads of all words as positions in the chunk.
    fn heads(&self, scratch: &Scratch, lengths: &[usize]) -> Vec<Option<usize>> {
        let (width, columns) = (self.network.width(), &self.network.columns);
        let (mut scores, mut candidates, mut heads) = (Vec::new(), Vec::new(), Vec::new());
        let size = self.network.arc_root.len();
        let mut start = 0;
        for &count in lengths {
            candidates.clear();
            for row in scratch.output[start * width..(start + count) * width].chunks_exact(width) {
                candidates.extend(row[columns.head.clone()].iter().map(|&value| if value > 0.0 { value } else { 0.0 }));
            }
            let dependents = &scratch.mixed[start * size..(start + count) * size];
            layers::arcs(dependents, &candidates, &self.network.arc_root, &self.network.by_gap, &mut scores);
            heads.extend(tree::decode(&mut scores, count).into_iter().map(|head| head.checked_sub(1).map(|head| head + start)));
            start += count;
        }
        heads
    }

    /// The best relation of every word to its head.
    fn relations(&self, scratch: &mut Scratch, heads: &[Option<usize>]) -> Vec<u8> {
        let (width, columns) = (self.network.width(), &self.network.columns);
        let size = columns.label_head.len();
        let mut hidden = Vec::with_capacity(heads.len() * size);
        for (word, head) in heads.iter().enumerate() {
            let own = &scratch.output[word * width..][columns.label_dependent.clone()];
            let other = match head {
                Some(head) => &scratch.output[head * width..][columns.label_head.clone()],
                None => self.network.label_root.as_slice(),
            };
            hidden.extend(own.iter().zip(other).map(|(own, other)| own + other));
        }
        let mut scores = Vec::new();
        self.network.relation_scores(scratch, &mut hidden, &mut scores);
        let rows = scores.chunks_exact(self.network.relations.width());
        rows.zip(heads)
            .map(|(row, head)| match head {
                None => self.root,
                Some(_) => self.best_but_root(&row[..self.deprels.len()]),
            })
            .collect()
    }

    fn best_but_root(&self, row: &[f32]) -> u8 {
        let mut best = usize::from(self.root == 0);
        for (index, &score) in row.iter().enumerate() {
            if score > row[best] && index != usize::from(self.root) {
                best = index;
            }
        }
        best as u8
    }

    /// The features whose score is positive; of several values of an attribute, the best.
    fn features(&self, row: &[f32]) -> u128 {
        let mut bits = 0;
        for values in &self.attributes {
            let mut best = None;
            for &index in values {
                if row[index] > best.map_or(0.0, |best: usize| row[best]) {
                    best = Some(index);
                }
            }
            bits |= best.map_or(0, |index| 1u128 << index);
        }
        bits
    }
}

/// One sentence from its parts.
fn join(parts: impl Iterator<Item = Vec<Annotation>>, parataxis: u8) -> Vec<Annotation> {
    let mut out: Vec<Annotation> = Vec::new();
    let mut root = None;
    for part in parts {
        let start = out.len();
        out.extend(part.into_iter().map(|mut annotation| {
            if let (None, Some(first)) = (annotation.head, root) {
                (annotation.head, annotation.deprel) = (Some(first), parataxis);
            } else {
                annotation.head = annotation.head.map(|head| head + start);
            }
            annotation
        }));
        root = root.or_else(|| out.iter().position(|annotation| annotation.head.is_none()));
    }
    out
}
