//! Weights of the learned models that choose among the words of an article: who fills a role (`ontology/casting.tsv`), which place and time an event has
//! (`ontology/settling.tsv`).

use rustc_hash::FxHashMap as HashMap;

use crate::{DataError, Files, table};

/// A logistic model over named features, looked up by the hash of their names.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    weights: HashMap<u64, f32>,
}

impl Weights {
    /// Loads a file with the columns `feature` and `weight`; `None` when there is none.
    ///
    /// # Errors
    /// A weight that is no number.
    pub fn load(files: &Files, path: &str) -> Result<Option<Weights>, DataError> {
        let mut weights = HashMap::default();
        table::read(files, path, &["feature", "weight"], |row| {
            let weight = row
                .require("weight")?
                .parse()
                .map_err(|_| row.error("the weight is no number", "make the file again with its script in training/"))?;
            weights.insert(hash(&[row.require("feature")?]), weight);
            Ok(())
        })?;
        Ok((!weights.is_empty()).then_some(Weights { weights }))
    }

    /// The weight of the feature with this hash; 0 for one the model has never seen.
    pub fn weight(&self, feature: u64) -> f32 {
        self.weights.get(&feature).copied().unwrap_or(0.0)
    }
}

/// FNV-1a of the parts joined by « | »: the same for one whole name and for its parts.
pub fn hash(parts: &[&str]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for (index, part) in parts.iter().enumerate() {
        let joiner = if index > 0 { "|" } else { "" };
        for byte in joiner.bytes().chain(part.bytes()) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn parts_hash_like_the_whole_name() {
        assert_eq!(hash(&["actor", "path", "nsubj"]), hash(&["actor|path|nsubj"]));
        assert_ne!(hash(&["actor", "path"]), hash(&["actorpath"]));
    }
}
