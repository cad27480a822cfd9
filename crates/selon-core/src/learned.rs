//! What the learned models share: named features, summed by weight.

use selon_data::weights::{Weights, hash};

/// Takes the features of one candidate, each as parts of its name.
pub trait Sink {
    /// One feature.
    fn add(&mut self, parts: &[&str]);
}

/// Features by name, for training.
impl Sink for Vec<String> {
    fn add(&mut self, parts: &[&str]) {
        self.push(parts.join("|"));
    }
}

/// The sum of a candidate's weights.
pub struct Sum<'a> {
    model: &'a Weights,
    total: f32,
}

impl<'a> Sum<'a> {
    /// Nothing yet.
    pub fn new(model: &'a Weights) -> Sum<'a> {
        Sum { model, total: 0.0 }
    }

    /// The probability that the candidate is right.
    pub fn probability(&self) -> f32 {
        1.0 / (1.0 + (-self.total).exp())
    }
}

impl Sink for Sum<'_> {
    fn add(&mut self, parts: &[&str]) {
        self.total += self.model.weight(hash(parts));
    }
}
