//! Maintainers' commands; `cargo xtask help` lists them.

mod candidates;
mod casting;
mod check;
mod corpus;
mod floors;
mod gazetteer;
mod incidents;
mod lint;
mod places;
mod predict;
mod rows;
mod scale;
mod settling;
mod treebank;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask check [--no-skip]    format, lints, tests, documentation, floors; --no-skip fails when an optional part is missing
cargo xtask candidates           candidates of corpus/ train and dev with features and labels, for training/scorer
cargo xtask casting              who may fill which role in corpus/ train and dev, with features and labels, for training/casting
cargo xtask settling             which place and time which event has, likewise, for training/settling
cargo xtask lint-data            loads every knowledge file and counts what is in it
cargo xtask corpus               validates corpus/ and prints the tables of its datasheet
cargo xtask corpus --places      fills coordinates of corpus/ places from the gazetteer, where the country has one such place
cargo xtask floors               scores corpus/ dev against eval/floors.toml
cargo xtask floors --raise       writes today's figures where they are better
cargo xtask floors --lower WHY   writes today's figures whatever they are, with the reason
cargo xtask scale EVENTS DIR     a store of that many generated events: how fast it is written and asked
cargo xtask scale-join EVENTS    generated events joined into incidents in memory, from 10,000 up
cargo xtask incidents [PART] [--detail]   joins the bundles of corpus/ dev (or PART); checks eval/incidents.toml
cargo xtask bench-tagger LANG SECONDS FILE …   words a second from raw text to names, one thread
cargo xtask score-tagger LANG FILE[:FIRST] …   raw text against treebanks (CoNLL-U, also .xz), from sentence FIRST on
cargo xtask tag LANG FILE …      text files as CoNLL-U with names, each beside its text
cargo xtask gazetteer DIR        rebuilds data/gazetteer/places.bin from the packages unpacked below DIR
cargo xtask predict TASK GOLD     runs one stage over a public set; prints predictions for the set's scorer (timex, geotag, geocode)";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
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
        ["candidates"] => candidates::run(),
        ["casting"] => casting::run(),
        ["settling"] => settling::run(),
        ["lint-data"] => lint::run(),
        ["corpus", "--places"] => places::run(),
        ["corpus"] => corpus::run(),
        ["floors"] => floors::run(floors::Mode::Check),
        ["floors", "--raise"] => floors::run(floors::Mode::Raise),
        ["floors", "--lower", why] => floors::run(floors::Mode::Lower((*why).to_owned())),
        ["scale", events, folder] => scale::run(events, folder),
        ["scale-join", events] => scale::join(events),
        ["incidents"] => incidents::run("dev", false),
        ["incidents", "--detail"] => incidents::run("dev", true),
        ["incidents", split] => incidents::run(split, false),
        ["incidents", split, "--detail"] => incidents::run(split, true),
        ["tag", ..] => treebank::tag(&arguments[1..]),
        ["bench-tagger", ..] => treebank::bench(&arguments[1..]),
        ["score-tagger", ..] => treebank::run(&arguments[1..]),
        ["gazetteer", folder] => gazetteer::run(folder),
        ["predict", task, gold] => predict::run(task, gold),
        ["help"] | [] => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!("no such command\n{HELP}"),
    }
}
