//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::query::Query;

/// Reads news and writes event data that remembers who said so.
///
/// Exit codes: 0 every article was coded; 1 the run failed; 2 wrong command line; 3 some input could not be read, the rest was coded; 4 a data file of --data is not as its format asks.
#[derive(Debug, Parser)]
#[command(name = "selon", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code articles: text in, records out.
    Code(Code),
    /// Read pages, feeds, archives, mail and tables: their articles as JSON Lines, uncoded.
    Read(Read),
    /// Code articles into a store; what is already there is left as it is.
    Ingest(Ingest),
    /// Watch feeds: new and changed articles, coded into a store or printed as JSON Lines.
    Watch(Watch),
    /// Incidents of a store.
    Incidents(Query),
    /// Events of a store.
    Events(Query),
    /// Statements of a store.
    Statements(Query),
    /// Decide by hand on incidents: merge, split, correct, undo.
    Review(Review),
    /// Look after a store.
    Store(StoreCommand),
    /// Show every stage of one article.
    Explain(Explain),
    /// Code hand-coded articles and say how well.
    Eval(Eval),
    /// Say what an event type, its modes and sectors mean.
    Codebook(Codebook),
    /// Versions, knowledge, licences and attributions.
    Info(Knowledge),
    /// Print shell completions.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(hide = true)]
    Man,
}

/// Where knowledge comes from besides the program.
#[derive(Clone, Debug, Default, Args)]
pub struct Knowledge {
    /// Folder of lexicons, rules, entities and places laid over ours; same formats as data/.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// What is assumed of articles that do not say it themselves.
#[derive(Clone, Debug, Default, Args)]
pub struct Assumed {
    /// Publication date, where the input gives none: 2022-01-08 or RFC 3339.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<String>,
    /// Language as BCP 47, where the input gives none; identified otherwise.
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// Publisher, where the input gives none.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
}

/// `selon code`.
#[derive(Debug, Args)]
pub struct Code {
    /// Text, pages, feeds, JSON Lines, CSV, WARC, WACZ, ZIP, mail, RTF, DOCX (compressed or not), folders of them, or - for standard input.
    #[arg(value_name = "FILE", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Date, language and outlet where the input gives none.
    #[command(flatten)]
    pub assumed: Assumed,
    /// Output: a readable sheet on a terminal, JSON Lines in a pipe.
    #[arg(long, value_enum, default_value_t = Format::Auto)]
    pub format: Format,
    /// Threads; 0 for one a core. The output is the same for any number.
    #[arg(long, short, default_value_t = 0)]
    pub jobs: usize,
    /// Also every actor, place, time and figure of the text; with =tokens every token too.
    #[arg(long, value_enum, num_args = 0..=1, default_missing_value = "yes", require_equals = true)]
    pub mentions: Option<Mentions>,
    /// Join the reports of all articles into incidents, in memory, and print them after the rest.
    #[arg(long)]
    pub incidents: bool,
    /// How the best value of an incident's figures is chosen.
    #[arg(long, value_enum, default_value_t = Best::Median, requires = "incidents")]
    pub best: Best,
    /// Knowledge.
    #[command(flatten)]
    pub knowledge: Knowledge,
}

/// Rules for the best value of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Best {
    /// Median of independent sources.
    Median,
    /// The lower quartile, as UCDP leans.
    Conservative,
    /// The lowest, as ACLED codes.
    Lowest,
    /// The one published last.
    Latest,
}

/// `selon ingest`.
#[derive(Debug, Args)]
pub struct Ingest {
    /// Text, pages, feeds, JSON Lines, CSV, WARC, WACZ, ZIP, mail, RTF, DOCX (compressed or not), folders of them, or - for standard input.
    #[arg(value_name = "FILE", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The store; made if there is none.
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,
    /// Date, language and outlet where the input gives none.
    #[command(flatten)]
    pub assumed: Assumed,
    /// Go on where an earlier run over the same inputs into the same store was cut off.
    #[arg(long)]
    pub resume: bool,
    /// Write what could not be read and why to this file, as JSON Lines of problems.
    #[arg(long, value_name = "FILE")]
    pub skipped: Option<PathBuf>,
    /// Threads; 0 for one a core. The store is the same for any number.
    #[arg(long, short, default_value_t = 0)]
    pub jobs: usize,
    /// Knowledge.
    #[command(flatten)]
    pub knowledge: Knowledge,
}

/// `selon review`.
#[derive(Debug, Args)]
pub struct Review {
    /// The store.
    #[arg(long, value_name = "FILE", global = true, default_value = "selon.db")]
    pub store: PathBuf,
    /// Who decides.
    #[arg(long, global = true, default_value = "")]
    pub author: String,
    /// Why.
    #[arg(long, global = true, default_value = "")]
    pub reason: String,
    /// What is decided.
    #[command(subcommand)]
    pub command: ReviewTask,
}

/// The decisions of `selon review`.
#[derive(Debug, Subcommand)]
pub enum ReviewTask {
    /// These incidents are one.
    Merge {
        /// Their ids.
        #[arg(required = true, num_args = 2..)]
        incidents: Vec<String>,
    },
    /// These events of an incident report another occurrence.
    Split {
        /// Id of the incident.
        incident: String,
        /// Ids of the events to take out.
        #[arg(required = true)]
        events: Vec<String>,
    },
    /// A field of an incident holds another value: event, status, event_loc, figures.killed.best and so on.
    Correct {
        /// Id of the incident.
        incident: String,
        /// The field.
        field: String,
        /// Its value as JSON; a bare word is taken as a string.
        value: String,
    },
    /// Take a decision back.
    Undo {
        /// Its number.
        decision: i64,
    },
    /// List the decisions.
    List,
}

/// `selon store`.
#[derive(Debug, Args)]
pub struct StoreCommand {
    /// What to do with it.
    #[command(subcommand)]
    pub command: StoreTask,
}

/// The tasks of `selon store`.
#[derive(Debug, Subcommand)]
pub enum StoreTask {
    /// Read the whole file and say whether it is whole; migrates a store of an older version.
    Check {
        /// The store.
        #[arg(long, value_name = "FILE")]
        store: PathBuf,
    },
    /// Copy the store while others may be writing it.
    Backup {
        /// The store.
        #[arg(long, value_name = "FILE")]
        store: PathBuf,
        /// The copy; overwritten if it is there.
        #[arg(value_name = "COPY")]
        to: PathBuf,
    },
    /// Code the articles of the store anew that another version or other knowledge coded, and show what changed. May be cut off and repeated.
    Recode {
        /// The store.
        #[arg(long, value_name = "FILE")]
        store: PathBuf,
        /// List every event that is gone or new.
        #[arg(long)]
        detail: bool,
        /// Knowledge.
        #[command(flatten)]
        knowledge: Knowledge,
    },
}

/// `selon read`.
#[derive(Debug, Args)]
pub struct Read {
    /// Text, pages, feeds, JSON Lines, CSV, WARC, WACZ, ZIP, mail, RTF, DOCX (compressed or not), folders of them, or - for standard input.
    #[arg(value_name = "FILE", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Date, language and outlet where the input gives none.
    #[command(flatten)]
    pub assumed: Assumed,
    /// The text alone, articles parted by a line of dashes.
    #[arg(long)]
    pub text: bool,
}

/// `selon watch`.
#[derive(Debug, Args)]
pub struct Watch {
    /// The feeds, as TOML; docs/watch.md describes it.
    #[arg(value_name = "FEEDS")]
    pub feeds: PathBuf,
    /// The store; without one, articles are printed as JSON Lines.
    #[arg(long, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Where the state of the feeds is kept; beside the feeds' file if not given.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Ask the feeds that are due once, then end.
    #[arg(long)]
    pub once: bool,
    /// Show the health of each feed and end.
    #[arg(long)]
    pub health: bool,
    /// Knowledge.
    #[command(flatten)]
    pub knowledge: Knowledge,
}

/// `selon explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A text file, a JSON Lines file of which the first article is taken, or - for standard input.
    pub input: PathBuf,
    /// Date, language and outlet where the input gives none.
    #[command(flatten)]
    pub assumed: Assumed,
    /// Knowledge.
    #[command(flatten)]
    pub knowledge: Knowledge,
}

/// `selon eval`.
#[derive(Debug, Args)]
pub struct Eval {
    /// Folders or files of hand-coded articles (the format of corpus/).
    #[arg(value_name = "GOLD", required = true)]
    pub gold: Vec<PathBuf>,
    /// Only articles of this language.
    #[arg(long)]
    pub lang: Option<String>,
    /// Only articles of this part: train, dev, test.
    #[arg(long)]
    pub split: Option<String>,
    /// List every missed, false and partly wrong event.
    #[arg(long)]
    pub detail: bool,
    /// Machine-readable figures.
    #[arg(long)]
    pub json: bool,
    /// Knowledge.
    #[command(flatten)]
    pub knowledge: Knowledge,
}

/// `selon codebook`.
#[derive(Debug, Args)]
pub struct Codebook {
    /// An event type (ASSAULT), or nothing for all.
    pub event: Option<String>,
    /// Knowledge.
    #[command(flatten)]
    pub knowledge: Knowledge,
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A sheet on a terminal, JSON Lines elsewhere.
    Auto,
    /// One record a line.
    Jsonl,
    /// Readable, by article.
    Sheet,
    /// One event a line, in columns.
    Table,
    /// One event a row, comma-separated, with a header.
    Csv,
}

/// How much of the text to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mentions {
    /// Actors, places, times, figures.
    Yes,
    /// Tokens too.
    Tokens,
}

fn date(given: &str) -> Result<String, String> {
    let day = given.get(..10).unwrap_or(given);
    let plausible = day.len() == 10
        && day.bytes().enumerate().all(|(index, byte)| if index == 4 || index == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let article = selon_core::article::Article { published: Some(given.to_owned()), ..Default::default() };
    if plausible && article.published_date().is_some() { Ok(given.to_owned()) } else { Err("write it as 2022-01-08 or in RFC 3339".into()) }
}
