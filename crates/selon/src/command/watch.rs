//! `selon watch`: feeds asked again and again until somebody ends it; what is known of them is kept after every feed.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use selon_core::pipeline::{Coder, Options};
use selon_ingest::watch::{Config, Found, State, Watcher};
use selon_store::Store;

use super::read;
use crate::cli::Watch;
use crate::exit::Exit;
use crate::knowledge;

/// Longest sleep between looks at the clock and at the wish to end.
const NAP: Duration = Duration::from_millis(200);

/// Runs the command.
pub fn run(arguments: Watch) -> Result<Exit> {
    let content = fs::read_to_string(&arguments.feeds).with_context(|| format!("reading {}", arguments.feeds.display()))?;
    let config = Config::parse(&content).map_err(|cause| anyhow!("{}: {cause}", arguments.feeds.display()))?;
    let path = arguments.state.unwrap_or_else(|| arguments.feeds.with_extension("state.json"));
    let state = load(&path)?;
    if arguments.health {
        return health(&config, &state);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let wish = stop.clone();
    ctrlc::set_handler(move || wish.store(true, Ordering::Relaxed)).context("listening for the signals to end")?;
    let knowledge = arguments.store.is_some().then(|| knowledge::load(arguments.knowledge.data.as_deref())).transpose()?;
    let coder = knowledge.as_ref().map(Coder::new);
    let mut store = arguments.store.as_deref().map(Store::open).transpose()?;
    let mut watcher = Watcher::new(config, state);
    loop {
        watcher.round(now(), &stop, |found, state| {
            match (&coder, &mut store) {
                (Some(coder), Some(store)) => write(coder, store, found)?,
                _ => print(found)?,
            }
            // The state given is the one before these articles: a kill from here on repeats them and loses none.
            if found.is_empty() { save(&path, state) } else { Ok(()) }
        })?;
        if arguments.once || stop.load(Ordering::Relaxed) {
            save(&path, &watcher.state)?;
            return Ok(Exit::Success);
        }
        while watcher.next_due() > now() && !stop.load(Ordering::Relaxed) {
            std::thread::sleep(NAP);
        }
    }
}

fn write(coder: &Coder<'_>, store: &mut Store, found: &[Found]) -> Result<()> {
    let coded: Vec<_> = found.iter().map(|found| coder.code(&found.article, Options::default())).collect();
    if !coded.is_empty() {
        store.write(&coded)?;
        store.join()?;
    }
    Ok(())
}

fn print(found: &[Found]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for found in found {
        let mut line = read::line(&found.article);
        line["changed"] = found.changed.into();
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn now() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or(0)
}

fn load(path: &Path) -> Result<State> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .with_context(|| format!("{} holds no state of feeds; move it away to begin anew", path.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(State::default()),
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}

/// Whoever reads sees the old state or the new one, never half of it.
fn save(path: &Path, state: &State) -> Result<()> {
    let aside: PathBuf = path.with_extension("tmp");
    fs::write(&aside, serde_json::to_vec(state)?).with_context(|| format!("writing {}", aside.display()))?;
    fs::rename(&aside, path).with_context(|| format!("writing {}", path.display()))
}

fn health(config: &Config, state: &State) -> Result<Exit> {
    let mut out = std::io::stdout().lock();
    let moment = |at: Option<u64>| {
        let at = at.and_then(|at| i64::try_from(at).ok()).and_then(|at| jiff::Timestamp::from_second(at).ok());
        at.map_or_else(|| "never".to_owned(), |at| at.to_string())
    };
    writeln!(out, "feed\tlast_success\tlast_new\tarticles\tfailures\terror")?;
    for feed in &config.feeds {
        let known = state.feeds.get(&feed.url).cloned().unwrap_or_default();
        let error = known.error.unwrap_or_default();
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{error}",
            feed.url,
            moment(known.last_success),
            moment(known.last_new),
            known.articles,
            known.failures
        )?;
    }
    Ok(Exit::Success)
}
