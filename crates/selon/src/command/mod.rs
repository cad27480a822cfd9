//! The commands, one file each.

mod code;
mod codebook;
mod eval;
mod explain;
mod info;
mod ingest;
mod query;
mod read;
mod recode;
mod review;
mod store;
mod watch;

use anyhow::Result;
use clap::CommandFactory;
use selon_store::Kind;

use crate::cli::{Cli, Command};
use crate::exit::Exit;

/// Runs the command.
///
/// # Errors
/// Whatever ends the run as a whole: output that cannot be written, knowledge that does not load.
pub fn run(cli: Cli) -> Result<Exit> {
    match cli.command {
        Command::Code(arguments) => code::run(arguments),
        Command::Read(arguments) => read::run(arguments),
        Command::Watch(arguments) => watch::run(arguments),
        Command::Ingest(arguments) => ingest::run(arguments),
        Command::Incidents(arguments) => query::run(Kind::Incident, &arguments),
        Command::Events(arguments) => query::run(Kind::Event, &arguments),
        Command::Statements(arguments) => query::run(Kind::Statement, &arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Store(arguments) => store::run(arguments.command),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Eval(arguments) => eval::run(arguments),
        Command::Codebook(arguments) => codebook::run(arguments),
        Command::Info(arguments) => info::run(arguments),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "selon", &mut std::io::stdout());
            Ok(Exit::Success)
        }
        Command::Man => {
            clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout())?;
            Ok(Exit::Success)
        }
    }
}
