//! Small yes-or-no decisions: linear models over hashed features, summed in whole numbers.

use crate::error::ModelError;
use crate::features::Hash;
use crate::weights::Weights;

/// Linear models for the tokenizer's decisions, all in one table of int8 weights.
pub struct Decider {
    table: &'static [u8],
    tasks: Vec<String>,
}

impl Decider {
    /// Loads `data/models/tokens.safetensors`.
    ///
    /// # Errors
    /// If the bytes are no safetensors file or lack the table.
    pub fn new(bytes: &'static [u8]) -> Result<Decider, ModelError> {
        let file = Weights::open(bytes)?;
        let table = file.bytes("weights")?;
        crate::weights::check_len("weights (a power of two)", usize::from(table.len().is_power_of_two()), Some(1))?;
        Ok(Decider { table, tasks: file.labels("tasks")? })
    }

    /// Whether there is a model for a task in a language.
    pub fn knows(&self, task: &str, language: &str) -> bool {
        self.tasks.iter().any(|known| known.strip_prefix(task) == Some(language))
    }

    /// The sum of the weights of all features: above 0 is yes. A feature is a list of strings; its place in the list of features is part of it.
    pub fn score(&self, task: &str, language: &str, features: &[&[&str]]) -> i32 {
        let start = Hash::new().with(task.as_bytes()).with(language.as_bytes());
        let mut sum = 0;
        for (place, pieces) in features.iter().enumerate() {
            let mut hash = start.with(&[b'A' + (place % 26) as u8]);
            for piece in *pieces {
                hash = hash.with(&[0x1f]).with(piece.as_bytes());
            }
            sum += i32::from(self.table[hash.done() as usize & (self.table.len() - 1)] as i8);
        }
        sum
    }
}
