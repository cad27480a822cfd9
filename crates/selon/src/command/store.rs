//! `selon store`: check, backup, recode.

use anyhow::Result;
use selon_store::Store;

use crate::cli::StoreTask;
use crate::exit::Exit;

/// Runs the command.
pub fn run(task: StoreTask) -> Result<Exit> {
    match task {
        StoreTask::Check { store } => {
            anyhow::ensure!(store.exists(), "{}: no such file", store.display());
            let found = Store::open(&store)?.check()?;
            println!(
                "{} articles, {} events, {} statements, {} incidents, {} transactions",
                found.articles, found.events, found.statements, found.incidents, found.transactions
            );
            for fault in &found.faults {
                println!("fault: {fault}");
            }
            println!("{}", if found.faults.is_empty() { "whole" } else { "not whole: restore a backup, or ingest the articles again" });
            Ok(if found.faults.is_empty() { Exit::Success } else { Exit::Failure })
        }
        StoreTask::Recode { store, detail, knowledge } => super::recode::run(&store, detail, &knowledge),
        StoreTask::Backup { store, to } => {
            Store::open_read_only(&store)?.backup(&to)?;
            Ok(Exit::Success)
        }
    }
}
