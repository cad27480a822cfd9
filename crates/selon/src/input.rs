//! What is on the command line → articles, with what is assumed of those that do not say it themselves.

use std::path::PathBuf;

use selon_ingest::{Limits, Position};

use crate::cli::Assumed;

pub use selon_ingest::Item;

/// Articles of all inputs in order: files as given, folders by name.
pub struct Inputs {
    inputs: selon_ingest::Inputs,
    assumed: Assumed,
}

impl Inputs {
    /// The articles of these paths.
    pub fn new(paths: &[PathBuf], assumed: Assumed) -> Inputs {
        Inputs { inputs: selon_ingest::Inputs::new(paths, Limits::default()), assumed }
    }

    /// Files not yet opened.
    pub fn files_left(&self) -> usize {
        self.inputs.files_left
    }

    /// Where the last item stood.
    pub fn position(&self) -> &Position {
        self.inputs.position()
    }

    /// Goes on after a position of an earlier run; whether its file is still among the inputs.
    pub fn resume(&mut self, after: &Position) -> bool {
        self.inputs.resume(after)
    }
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let assumed = &self.assumed;
        self.inputs.next().map(|item| {
            item.map(|mut article| {
                article.published = article.published.or_else(|| assumed.published.clone());
                article.lang = article.lang.or_else(|| assumed.lang.clone());
                article.outlet = article.outlet.or_else(|| assumed.outlet.clone());
                article
            })
        })
    }
}
