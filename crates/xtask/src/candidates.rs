//! `cargo xtask candidates`: what the lexicon proposes on corpus/ train and dev, with features and whether gold has it: the input of training/scorer.

use anyhow::Result;
use selon_core::assemble::Findings;
use selon_core::eval::{self, GoldArticle};
use selon_core::event::Event;
use selon_core::event::scorer::{Article, features};
use selon_data::Files;
use serde_json::{Value, json};

/// Runs the command: one JSON object a candidate on standard output.
pub fn run() -> Result<()> {
    let mut files = Files::embedded();
    for language in files.languages() {
        // A scorer that keeps everything, also what the conditions of the rules would not.
        let path = format!("lang/{language}/scorer.tsv");
        files.remove(&path);
        files.overlay(&path, "feature\tweight\nbias\t100\n".to_owned());
    }
    crate::rows::print(&files, rows)
}

fn rows(gold: &GoldArticle, findings: &Findings<'_>) -> Vec<Value> {
    let right = eval::matched(&gold.events, &findings.event_records());
    let article = Article::new(findings.scene, findings.events);
    let row = |(event, right): (&Event, bool)| {
        let features = features(findings.scene, event, &article);
        json!({"id": gold.id, "split": gold.split, "lang": gold.lang, "label": right, "features": features})
    };
    findings.events.iter().zip(right).map(row).collect()
}
