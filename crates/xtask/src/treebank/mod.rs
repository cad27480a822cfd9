//! `cargo xtask score-tagger LANG FILE[:FIRST] …`: the line from raw text to tags against treebanks, with the alignment of the CoNLL 2018
//! shared task (Zeman et al. 2018). `FIRST` skips the sentences before it.

mod align;
mod conllu;
mod score;
mod write;

use std::time::Instant;

use anyhow::{Context, Result};
use selon_core::language::Language;
use selon_core::segment::segment;
use selon_core::tag::Tag;

/// Scores each file and prints one line a file.
pub fn run(arguments: &[String]) -> Result<()> {
    let (language, files) = arguments.split_first().context("usage: cargo xtask score-tagger LANG FILE[:FIRST] …")?;
    let language = Language::parse(language);
    let tag = Tag::embedded()?;
    println!("| file | words | {} | words/s |", score::NAMES.join(" | "));
    println!("|{}", "---|".repeat(score::NAMES.len() + 3));
    for argument in files {
        let (path, first) = match argument.rsplit_once(':') {
            Some((path, first)) => (path, first.parse().context("FIRST is a number")?),
            None => (argument.as_str(), 0),
        };
        let gold = conllu::read(path, first)?;
        let begin = Instant::now();
        let mut document = segment(&gold.text, language);
        tag.tag(&mut document);
        let seconds = begin.elapsed().as_secs_f64();
        let system = conllu::from_document(&document);
        let scores = score::score(&gold, &system);
        if std::env::var_os("SHOW_TOKENS").is_some() {
            show_differences(&gold, &system);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let values: Vec<String> = scores.iter().map(|score| format!("{:.2}", 100.0 * score)).collect();
        println!("| {name} | {} | {} | {:.0} |", gold.words.len(), values.join(" | "), document.tokens.len() as f64 / seconds);
    }
    Ok(())
}

/// `cargo xtask tag LANG FILE …`: each text file as CoNLL-U, into a file of the same name with `.conllu`.
pub fn tag(arguments: &[String]) -> Result<()> {
    let (language, files) = arguments.split_first().context("usage: cargo xtask tag LANG FILE …")?;
    let tag = Tag::embedded()?;
    for path in files {
        let text = std::fs::read_to_string(path).with_context(|| path.clone())?;
        let mut document = segment(&text, Language::parse(language));
        tag.tag(&mut document);
        std::fs::write(format!("{path}.conllu"), write::conllu(&document))?;
    }
    Ok(())
}

/// Prints the written tokens that only one side has.
fn show_differences(gold: &conllu::Bank, system: &conllu::Bank) {
    let letters: Vec<char> = gold.text.chars().filter(|c| !c.is_whitespace()).collect();
    let show = |span: &std::ops::Range<usize>| letters[span.clone()].iter().collect::<String>();
    let (mut g, mut s) = (0, 0);
    while g < gold.tokens.len() && s < system.tokens.len() {
        if gold.tokens[g] == system.tokens[s] {
            (g, s) = (g + 1, s + 1);
            continue;
        }
        let (from_g, from_s) = (g, s);
        (g, s) = (g + 1, s + 1);
        while gold.tokens[g - 1].end != system.tokens[s - 1].end {
            if gold.tokens[g - 1].end < system.tokens[s - 1].end { g += 1 } else { s += 1 }
        }
        let join = |tokens: &[std::ops::Range<usize>]| tokens.iter().map(show).collect::<Vec<_>>().join(" ");
        eprintln!("gold {}\tfound {}", join(&gold.tokens[from_g..g]), join(&system.tokens[from_s..s]));
    }
}
