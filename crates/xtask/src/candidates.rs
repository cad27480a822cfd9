//! `cargo xtask candidates`: what the lexicon proposes on corpus/ train and dev, with features and whether gold has it: the input of training/scorer.

use std::io::Write;

use anyhow::Result;
use selon_core::eval;
use selon_core::event::scorer::{Article, features};
use selon_core::pipeline::Coder;
use selon_data::{Files, Knowledge};

/// Runs the command: one JSON object a candidate on standard output.
pub fn run() -> Result<()> {
    let mut files = Files::embedded();
    for language in files.languages() {
        // A scorer that keeps everything, also what the conditions of the rules would not.
        let path = format!("lang/{language}/scorer.tsv");
        files.remove(&path);
        files.overlay(&path, "feature\tweight\nbias\t100\n".to_owned());
    }
    let knowledge = Knowledge::load(&files)?;
    let coder = Coder::new(&knowledge);
    let mut out = std::io::stdout().lock();
    for split in ["train", "dev"] {
        for gold in crate::corpus::load(split)? {
            let lines = coder.run(&gold.article(), |findings, _, _| {
                let records = findings.event_records();
                let right = eval::matched(&gold.events, &records);
                let article = Article::new(findings.scene, findings.events);
                let lines = findings.events.iter().zip(right).map(|(event, right)| {
                    let features = features(findings.scene, event, &article);
                    serde_json::json!({"id": gold.id, "split": split, "lang": gold.lang, "label": right, "features": features}).to_string()
                });
                lines.collect::<Vec<String>>()
            });
            for line in lines {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}
