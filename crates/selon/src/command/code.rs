//! `selon code`: articles in, records out, in the order of the input whatever the number of threads.

use std::io::{IsTerminal, Write};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use selon_core::incident::{self, BestRule};
use selon_core::pipeline::{Coder, Options};
use selon_core::record::Record;

use crate::cli::{Best, Code, Format, Mentions};
use crate::exit::Exit;
use crate::input::{Inputs, Item};
use crate::{knowledge, render};

/// Articles coded together before their records are written, for each thread: bounds memory and keeps order.
const BATCH_PER_THREAD: usize = 32;

/// Runs the command.
pub fn run(arguments: Code) -> Result<Exit> {
    let knowledge = knowledge::load(arguments.knowledge.data.as_deref())?;
    let coder = Coder::new(&knowledge);
    let threads = if arguments.jobs == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { arguments.jobs };
    let options = Options { mentions: arguments.mentions.is_some(), tokens: arguments.mentions == Some(Mentions::Tokens) };
    let mut inputs = Inputs::new(&arguments.inputs, arguments.assumed);
    let progress = progress(inputs.files_left());
    let mut output = render::output(format(arguments.format));
    let mut exit = Exit::Success;
    let mut kept: Vec<Vec<Record>> = Vec::new();
    let pool = (threads > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build()).transpose()?;
    // The first article goes alone, so that its records are out at once.
    let mut size = 1;
    loop {
        let batch: Vec<Item> = inputs.by_ref().take(size).collect();
        if batch.is_empty() {
            break;
        }
        size = threads * BATCH_PER_THREAD;
        let code = |item: Item| -> Vec<Record> {
            match item {
                Ok(article) => coder.code(&article, options),
                Err(problem) => vec![Record::Problem(problem)],
            }
        };
        let coded: Vec<Vec<Record>> = match &pool {
            Some(pool) if batch.len() > 1 => pool.install(|| batch.into_par_iter().map(code).collect()),
            _ => batch.into_iter().map(code).collect(),
        };
        for records in coded {
            if let [Record::Problem(problem)] = records.as_slice() {
                exit = Exit::SomeUnread;
                progress.suspend(|| eprintln!("{}", problem.message));
            }
            if arguments.incidents {
                kept.push(records);
            } else {
                progress.suspend(|| output.write(&records))?;
            }
        }
        progress.set_position((progress.length().unwrap_or(0) as usize).saturating_sub(inputs.files_left()) as u64);
    }
    progress.finish_and_clear();
    if arguments.incidents {
        let incidents = join(&mut kept, best(arguments.best));
        for records in &kept {
            output.write(records)?;
        }
        output.write(&incidents)?;
    }
    output.finish()?;
    std::io::stdout().flush()?;
    Ok(exit)
}

/// Joins the events of all articles; writes each event's incident and returns the incidents.
fn join(articles: &mut [Vec<Record>], rule: BestRule) -> Vec<Record> {
    let all = || articles.iter().flatten();
    let documents: Vec<_> =
        all().filter_map(|record| if let Record::Document(document) = record { Some(document.clone()) } else { None }).collect();
    let mut events: Vec<_> =
        all().filter_map(|record| if let Record::Event(event) = record { Some(event.clone()) } else { None }).collect();
    let incidents = incident::join(&documents, &mut events, rule);
    let mut joined = events.into_iter();
    for record in articles.iter_mut().flatten() {
        if let Record::Event(event) = record
            && let Some(next) = joined.next()
        {
            *event = next;
        }
    }
    incidents.into_iter().map(Record::Incident).collect()
}

/// The core's name of a rule.
pub fn best(rule: Best) -> BestRule {
    match rule {
        Best::Median => BestRule::Median,
        Best::Conservative => BestRule::Conservative,
        Best::Lowest => BestRule::Lowest,
        Best::Latest => BestRule::Latest,
    }
}

fn format(wanted: Format) -> Format {
    match wanted {
        Format::Auto if std::io::stdout().is_terminal() => Format::Sheet,
        Format::Auto => Format::Jsonl,
        other => other,
    }
}

/// A bar on standard error when there are many files and somebody is looking.
fn progress(files: usize) -> ProgressBar {
    let shown = files > 3 && std::io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} files, {per_sec}, {eta} left").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(files as u64), target).with_style(style)
}
