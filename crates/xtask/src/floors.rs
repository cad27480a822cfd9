//! `cargo xtask floors`: the figures below which accuracy and speed may not fall, by language, on the dev part of corpus/.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use selon_core::eval::{GoldArticle, Score};
use selon_core::pipeline::{Coder, Options};
use selon_data::Knowledge;

const FILE: &str = "eval/floors.toml";

/// Figures that have floors.
const FLOORED: &[&str] = &[
    "f1",
    "record",
    "actor_overlap",
    "recipient_overlap",
    "place",
    "time",
    "figures_f1",
    "attribution_sourced",
    "not_done_kept",
    "factuality",
    "statement_f1",
];

/// What to do with the figures.
pub enum Mode {
    /// Fail on a drop.
    Check,
    /// Write what is better.
    Raise,
    /// Write everything, with the reason.
    Lower(String),
}

type Floors = BTreeMap<String, BTreeMap<String, f64>>;

/// Runs the command.
pub fn run(mode: Mode) -> Result<()> {
    let (figures, articles) = measure()?;
    let known = read()?;
    match mode {
        Mode::Check => {
            let dropped = compare(&known, &figures);
            ensure!(dropped.is_empty(), "below the floor:\n{}", dropped.join("\n"));
            println!("floors hold on {articles} articles");
        }
        Mode::Raise => {
            let mut raised = known;
            for (language, row) in figures {
                for (name, value) in row {
                    let floor = raised.entry(language.clone()).or_default().entry(name).or_insert(0.0);
                    *floor = floor.max(value);
                }
            }
            write(&raised, None)?;
        }
        Mode::Lower(why) => write(&figures, Some(&why))?,
    }
    Ok(())
}

/// Figures of the dev part by language, rounded down to three places, and the number of articles.
fn measure() -> Result<(Floors, usize)> {
    let knowledge = Knowledge::embedded()?;
    let coder = Coder::new(&knowledge);
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let articles = crate::corpus::load("dev")?;
    for article in &articles {
        let score = Score::of(article, &coder.code(&GoldArticle::article(article), Options::default()));
        scores.entry(article.lang.clone()).or_default().add(&score);
    }
    let rounded = |score: &Score| {
        let kept = score.figures().into_iter().filter(|(name, _)| FLOORED.contains(&name.as_str()));
        kept.map(|(name, value)| (name, (value * 1000.0).floor() / 1000.0)).collect()
    };
    Ok((scores.iter().map(|(language, score)| (language.clone(), rounded(score))).collect(), articles.len()))
}

fn read() -> Result<Floors> {
    if !Path::new(FILE).exists() {
        return Ok(Floors::new());
    }
    let content = std::fs::read_to_string(FILE)?;
    toml::from_str(&content).with_context(|| format!("{FILE} is no table of languages and figures"))
}

fn compare(floors: &Floors, figures: &Floors) -> Vec<String> {
    let mut dropped = Vec::new();
    for (language, row) in floors {
        for (name, floor) in row {
            let value = figures.get(language).and_then(|row| row.get(name)).copied().unwrap_or(0.0);
            if value < *floor {
                dropped.push(format!("{language} {name}: {value:.3}, floor {floor:.3}"));
            }
        }
    }
    dropped
}

fn write(floors: &Floors, why: Option<&str>) -> Result<()> {
    let mut text = String::from("# Floors on corpus/ dev; `cargo xtask floors` checks them, `--raise` and `--lower WHY` write them.\n");
    if let Some(why) = why {
        text.push_str(&format!("# lowered: {why}\n"));
    }
    for (language, row) in floors {
        text.push_str(&format!("\n[{language}]\n"));
        for (name, value) in row {
            text.push_str(&format!("{name} = {value:.3}\n"));
        }
    }
    std::fs::create_dir_all("eval")?;
    std::fs::write(FILE, text)?;
    Ok(())
}
