//! Selon's learned tagger at run time: words in; part of speech, features, lemma, head, relation and names out.
//!
//! Input: the bytes of two safetensors files (`data/models/`) and sentences of word forms. Output: [`Annotation`]s.
//! Weights are int8 with exact integer accumulation, and every float step has one fixed order without fused operations:
//! the AVX-512, AVX2 and portable kernels give the same bytes. `training/tagger` makes the files and computes the same
//! features. Neighbour in the line: selon-core's `tag`.

mod decider;
mod endings;
mod error;
mod features;
mod int8;
mod layers;
mod lemma;
mod math;
mod names;
mod network;
mod pairs;
mod pieces;
mod tagger;
mod tree;
mod weights;
mod words;

pub use decider::Decider;
pub use error::ModelError;
pub use features::shape;
pub use tagger::{Annotation, Tagger};
