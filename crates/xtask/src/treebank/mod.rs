//! `cargo xtask score-tagger LANG FILE[:FIRST] …`: the line from raw text to tags against treebanks, with the alignment of the CoNLL 2018
//! shared task (Zeman et al. 2018). `FIRST` skips the sentences before it.

mod align;
mod conllu;
mod score;
mod write;

use std::time::Instant;

use anyhow::{Context, Result, bail};
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

/// The time that this thread had a processor (Linux), so that a busy machine does not count; elsewhere the time that passed.
struct Clock(Instant);

impl Clock {
    fn new() -> Clock {
        Clock(Instant::now())
    }

    fn seconds(&self) -> f64 {
        let on_processor = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanoseconds = on_processor.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
        nanoseconds.map_or_else(|| self.0.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
    }
}

/// `cargo xtask bench-tagger LANG SECONDS FILE …`: words a second from raw text to names on one thread, over and over the same texts, after one
/// pass to warm up; and the share of the time that cutting into tokens takes.
pub fn bench(arguments: &[String]) -> Result<()> {
    let [language, seconds, files @ ..] = arguments else { bail!("usage: cargo xtask bench-tagger LANG SECONDS FILE …") };
    let (language, limit) = (Language::parse(language), seconds.parse::<f64>().context("SECONDS is a number")?);
    let tag = Tag::embedded()?;
    let texts = files.iter().map(|path| std::fs::read_to_string(path).with_context(|| path.clone())).collect::<Result<Vec<_>>>()?;
    let clock = Clock::new();
    let (mut words, mut cutting, mut begin) = (0, 0.0, clock.seconds());
    for pass in 0.. {
        if pass == 1 {
            (words, cutting, begin) = (0, 0.0, clock.seconds());
        }
        for text in &texts {
            let start = clock.seconds();
            let mut document = segment(text, language);
            cutting += clock.seconds() - start;
            tag.tag(&mut document);
            words += document.tokens.len();
        }
        if pass > 0 && clock.seconds() - begin >= limit {
            break;
        }
    }
    let total = clock.seconds() - begin;
    println!("{:.0} words/s, cutting {:.0} %", words as f64 / total, 100.0 * cutting / total);
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
