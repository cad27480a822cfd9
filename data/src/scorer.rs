//! The weights of the learned event scorer (`lang/<xx>/scorer.tsv`) and the topic words it reads (`topics.tsv`).

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;

use crate::{DataError, Files, table};

/// A logistic model over named features.
#[derive(Clone, Debug, Default)]
pub struct Scorer {
    /// Id that records cite: "model:scorer-fr".
    pub id: String,
    weights: HashMap<CompactString, f64>,
}

impl Scorer {
    /// Loads `scorer.tsv` of a language folder; `None` when there is none.
    ///
    /// # Errors
    /// A weight that is no number.
    pub fn load(files: &Files, folder: &str, language: &str) -> Result<Option<Scorer>, DataError> {
        let mut weights = HashMap::default();
        table::read(files, &format!("{folder}scorer.tsv"), &["feature", "weight"], |row| {
            let weight = row
                .require("weight")?
                .parse()
                .map_err(|_| row.error("the weight is no number", "make the file again with training/scorer"))?;
            weights.insert(row.require("feature")?.into(), weight);
            Ok(())
        })?;
        Ok((!weights.is_empty()).then(|| Scorer { id: format!("model:scorer-{language}"), weights }))
    }

    /// The weight of a feature; 0 for one the model has never seen.
    pub fn weight(&self, feature: &str) -> f64 {
        self.weights.get(feature).copied().unwrap_or(0.0)
    }
}

/// Loads `topics.tsv`: lemma → topic (sport, culture, business, weather, science, accident, conflict).
///
/// # Errors
/// A row without lemma or topic.
pub fn load_topics(files: &Files, folder: &str) -> Result<HashMap<CompactString, CompactString>, DataError> {
    let mut topics = HashMap::default();
    table::read(files, &format!("{folder}topics.tsv"), &["lemma", "topic"], |row| {
        topics.insert(row.require("lemma")?.into(), row.require("topic")?.into());
        Ok(())
    })?;
    Ok(topics)
}
