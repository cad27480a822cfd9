//! `selon review`: decisions by hand on incidents.

use std::io::Write;

use anyhow::Result;
use selon_store::Store;

use crate::cli::{Review, ReviewTask};
use crate::exit::Exit;

/// Runs the command.
pub fn run(arguments: &Review) -> Result<Exit> {
    anyhow::ensure!(arguments.store.exists(), "{}: no such file; name the store with --store", arguments.store.display());
    let mut store = Store::open(&arguments.store)?;
    let (author, reason) = (arguments.author.as_str(), arguments.reason.as_str());
    let number = match &arguments.command {
        ReviewTask::Merge { incidents } => store.merge(incidents, author, reason)?,
        ReviewTask::Split { incident, events } => store.split(incident, events, author, reason)?,
        ReviewTask::Correct { incident, field, value } => {
            let value = serde_json::from_str(value).unwrap_or_else(|_| serde_json::Value::String(value.clone()));
            store.correct(incident, field, &value, author, reason)?
        }
        ReviewTask::Undo { decision } => store.undo(*decision, author, reason)?,
        ReviewTask::List => {
            let mut output = std::io::stdout().lock();
            for review in store.reviews()? {
                writeln!(output, "{}", serde_json::to_string(&review)?)?;
            }
            return Ok(Exit::Success);
        }
    };
    eprintln!("decision {number}; take it back with: selon review undo {number}");
    Ok(Exit::Success)
}
