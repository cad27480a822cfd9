//! `cargo xtask lint-data`: every knowledge file loads, and how much is in it.

use anyhow::Result;

/// Runs the command.
pub fn run() -> Result<()> {
    let knowledge = selon_data::Knowledge::embedded()?;
    for (code, language) in &knowledge.languages {
        let patterns: usize = language.rules.rules.iter().map(|rule| rule.patterns.len()).sum();
        println!(
            "{code}: {} rules, {patterns} patterns, {} reporting, {} modality, {} idioms",
            language.rules.rules.len(),
            language.reporting.len(),
            language.modality.len(),
            language.idioms.len()
        );
    }
    Ok(())
}
