//! The rows that the learned parts of the line are trained on: one JSON object a line on standard output, for corpus/ train and dev.

use std::io::Write;

use anyhow::Result;
use selon_core::assemble::Findings;
use selon_core::eval::GoldArticle;
use selon_core::pipeline::Coder;
use selon_data::{Files, Knowledge};
use serde_json::Value;

/// Codes every article with `files` and prints the rows that `of` makes of it.
pub fn print(files: &Files, of: impl Fn(&GoldArticle, &Findings<'_>) -> Vec<Value>) -> Result<()> {
    let knowledge = Knowledge::load(files)?;
    let coder = Coder::new(&knowledge);
    let mut out = std::io::stdout().lock();
    for split in ["train", "dev"] {
        for gold in crate::corpus::load(split)? {
            for row in coder.run(&gold.article(), |findings, _, _| of(&gold, findings)) {
                writeln!(out, "{row}")?;
            }
        }
    }
    Ok(())
}
