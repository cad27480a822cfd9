//! `selon info`: version, what is inside, licences and attributions.

use std::io::Write;

use anyhow::Result;

use crate::cli::Knowledge;
use crate::exit::Exit;
use crate::knowledge;

/// Runs the command.
pub fn run(arguments: Knowledge) -> Result<Exit> {
    let knowledge = knowledge::load(arguments.data.as_deref())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "selon {}\nschema {}\nknowledge {}", env!("CARGO_PKG_VERSION"), selon_core::record::SCHEMA_VERSION, knowledge.hash)?;
    for (code, language) in &knowledge.languages {
        let patterns: usize = language.rules.rules.iter().map(|rule| rule.patterns.len()).sum();
        writeln!(
            out,
            "language {code}: {} rules with {patterns} patterns, {} words of saying, {} of modality, {} idioms",
            language.rules.rules.len(),
            language.reporting.len(),
            language.modality.len(),
            language.idioms.len()
        )?;
    }
    writeln!(out, "\n{}", include_str!("../../../../NOTICE"))?;
    Ok(Exit::Success)
}
