//! `selon eval`: codes hand-coded articles and says how well, in all and by language, with bootstrap intervals on demand.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;
use selon_core::eval::{GoldArticle, Score};
use selon_core::pipeline::{Coder, Options};

use crate::cli::Eval;
use crate::exit::Exit;
use crate::knowledge;

/// Runs the command.
pub fn run(arguments: Eval) -> Result<Exit> {
    let knowledge = knowledge::load(arguments.knowledge.data.as_deref())?;
    let coder = Coder::new(&knowledge);
    let mut gold = load(&arguments.gold)?;
    gold.retain(|article| arguments.lang.as_ref().is_none_or(|lang| *lang == article.lang));
    gold.retain(|article| arguments.split.as_ref().is_none_or(|split| *split == article.split));
    ensure!(!gold.is_empty(), "no hand-coded article matches; gold files are JSON with the keys `id`, `text`, `events`");
    let scores: Vec<Score> =
        gold.par_iter().map(|article| Score::of(article, &coder.code(&article.article(), Options::default()))).collect();
    let mut by_language: BTreeMap<&str, Score> = BTreeMap::new();
    for (article, score) in gold.iter().zip(&scores) {
        by_language.entry(&article.lang).or_default().add(score);
    }
    if arguments.json { print_json(&by_language) } else { print(&by_language, arguments.detail) }
}

/// All gold articles below the paths, in order of path.
fn load(paths: &[PathBuf]) -> Result<Vec<GoldArticle>> {
    let mut all = Vec::new();
    for path in paths {
        for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
            let entry = entry.with_context(|| format!("reading {}", path.display()))?;
            if entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "json") {
                all.extend(read(entry.path())?);
            }
        }
    }
    Ok(all)
}

fn read(path: &Path) -> Result<Option<GoldArticle>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let article: GoldArticle = serde_json::from_str(&content).with_context(|| format!("{} is no hand-coded article", path.display()))?;
    Ok((!article.text.is_empty()).then_some(article))
}

fn print_json(by_language: &BTreeMap<&str, Score>) -> Result<Exit> {
    let figures: BTreeMap<&str, BTreeMap<String, f64>> =
        by_language.iter().map(|(language, score)| (*language, score.figures().into_iter().collect())).collect();
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(Exit::Success)
}

fn print(by_language: &BTreeMap<&str, Score>, detail: bool) -> Result<Exit> {
    let mut out = std::io::stdout().lock();
    write!(out, "{:34}", "")?;
    for language in by_language.keys() {
        write!(out, "{language:>8}")?;
    }
    writeln!(out)?;
    let tables: Vec<BTreeMap<String, f64>> = by_language.values().map(|score| score.figures().into_iter().collect()).collect();
    write!(out, "{:34}", "articles")?;
    for score in by_language.values() {
        write!(out, "{:>8}", score.articles)?;
    }
    writeln!(out)?;
    let names: std::collections::BTreeSet<&String> = tables.iter().flat_map(|table| table.keys()).collect();
    for name in names {
        write!(out, "{name:34}")?;
        for table in &tables {
            write!(out, "{:>8.3}", table.get(name).copied().unwrap_or(0.0))?;
        }
        writeln!(out)?;
    }
    for (language, score) in by_language {
        writeln!(out, "\n{language}  event        right predicted gold  F1")?;
        for (event, counts) in &score.by_type {
            writeln!(out, "    {event:12} {:5} {:9} {:4}  {:.2}", counts.right, counts.predicted, counts.gold, counts.f1())?;
        }
        if detail {
            for error in &score.errors {
                writeln!(out, "{error}")?;
            }
        }
    }
    Ok(Exit::Success)
}
