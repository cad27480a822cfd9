//! `selon ingest`: articles in, records into a store, a batch a transaction.
//!
//! The seam for other readers is [`ingest`]: anything that yields articles or the problems that kept them from being read.

use anyhow::{Result, bail};
use rayon::prelude::*;
use selon_core::pipeline::{Coder, Options};
use selon_core::record::{ProblemRecord, Record};
use selon_store::{Coded, Store, Written};

use crate::cli::Ingest;
use crate::exit::Exit;
use crate::input::{Inputs, Item};
use crate::knowledge;
use crate::progress;

/// Articles that are coded, written and acknowledged together.
const BATCH: usize = 256;

/// Runs the command.
pub fn run(arguments: Ingest) -> Result<Exit> {
    let knowledge = knowledge::load(arguments.knowledge.data.as_deref())?;
    let coder = Coder::new(&knowledge);
    let mut store = Store::open(&arguments.store)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs).build()?;
    let mut inputs = Inputs::new(&arguments.inputs, arguments.assumed);
    let progress = progress::File::beside(&arguments.store);
    if arguments.resume
        && let Some(after) = progress.read()?
        && !inputs.resume(&after)
    {
        bail!(
            "{} was the last input of the cut-off run, and is not among these; give the same inputs, or run without --resume",
            after.file.display()
        );
    }
    let mut skipped = arguments.skipped.as_deref().map(|path| progress::Skipped::open(path, arguments.resume)).transpose()?;
    let (written, unread) = pool.install(|| {
        ingest(&coder, &mut store, &mut inputs, |inputs, unread| {
            skipped.iter_mut().try_for_each(|report| report.add(unread))?;
            progress.write(inputs.position())
        })
    })?;
    progress.remove();
    eprintln!(
        "{} articles new, {} replaced, {} already there, {unread} unread; {} events, {} statements written",
        written.articles, written.replaced, written.unchanged, written.events, written.statements
    );
    Ok(if unread > 0 { Exit::SomeUnread } else { Exit::Success })
}

/// Codes the articles and writes them, telling after each batch that it is in the store and what of it could not be read; what was written, and how many could not be read (each told on standard error).
///
/// # Errors
/// When the store cannot be written.
pub fn ingest<I: Iterator<Item = Item>>(
    coder: &Coder<'_>,
    store: &mut Store,
    articles: &mut I,
    mut written_so_far: impl FnMut(&I, &[ProblemRecord]) -> Result<()>,
) -> Result<(Written, usize)> {
    let (mut written, mut unread) = (Written::default(), 0);
    loop {
        let batch: Vec<Item> = articles.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            // What an earlier run wrote and could not join.
            store.join()?;
            return Ok((written, unread));
        }
        let code = |item: Item| item.map(|article| coder.code(&article, Options::default()));
        let coded: Vec<Result<Vec<Record>, _>> = batch.into_par_iter().map(code).collect();
        let (mut whole, mut problems): (Vec<Coded>, Vec<ProblemRecord>) = Default::default();
        for records in coded {
            match records {
                Ok(records) => whole.push(records),
                Err(problem) => {
                    eprintln!("{}", problem.message);
                    problems.push(problem);
                }
            }
        }
        unread += problems.len();
        written.add(store.write(&whole)?);
        store.join()?;
        written_so_far(articles, &problems)?;
    }
}
