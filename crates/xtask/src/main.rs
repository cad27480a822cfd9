<<<<<<< HEAD
//! Maintainers' commands; `cargo xtask help` lists them.

mod check;
mod corpus;
mod floors;
mod lint;
=======
//! Maintainers' commands: `cargo xtask lint-data` checks all knowledge files; `score-tagger` measures the tagger on treebanks.

mod treebank;
>>>>>>> 780e54f (Tokenise, split and tag raw text with a learned tagger in five languages)

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask check [--no-skip]    format, lints, tests, documentation, floors; --no-skip fails when an optional part is missing
cargo xtask lint-data            loads every knowledge file and counts what is in it
cargo xtask corpus               validates corpus/ and prints the tables of its datasheet
cargo xtask floors               scores corpus/ dev against eval/floors.toml
cargo xtask floors --raise       writes today's figures where they are better
cargo xtask floors --lower WHY   writes today's figures whatever they are, with the reason";

fn main() -> ExitCode {
<<<<<<< HEAD
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
=======
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
        Some("score-tagger") => match treebank::run(&std::env::args().skip(2).collect::<Vec<_>>()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error:#}");
                ExitCode::FAILURE
            }
        },
        _ => {
            eprintln!("usage: cargo xtask lint-data | score-tagger LANG FILE[:FIRST] …");
>>>>>>> 780e54f (Tokenise, split and tag raw text with a learned tagger in five languages)
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["check"] => check::run(false),
        ["check", "--no-skip"] => check::run(true),
        ["lint-data"] => lint::run(),
        ["corpus"] => corpus::run(),
        ["floors"] => floors::run(floors::Mode::Check),
        ["floors", "--raise"] => floors::run(floors::Mode::Raise),
        ["floors", "--lower", why] => floors::run(floors::Mode::Lower((*why).to_owned())),
        ["help"] | [] => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!("no such command\n{HELP}"),
    }
}
