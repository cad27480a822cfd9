//! Tokens → lemma, part of speech, features, head, relation, names, by the learned tagger.
//!
//! Neighbours: `segment` before, `entity` after.
