//! Maintainers' commands: `cargo xtask lint-data` checks all knowledge files.

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("lint-data") => match selon_data::Knowledge::embedded() {
            Ok(knowledge) => {
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
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
        _ => {
            eprintln!("usage: cargo xtask lint-data");
            ExitCode::FAILURE
        }
    }
}
