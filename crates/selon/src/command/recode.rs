//! `selon store recode`: the archive coded anew by this version, and what that changed.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use selon_core::article::Article;
use selon_core::pipeline::{Coder, Options};
use selon_core::record::{DocumentRecord, EventRecord, Record};
use selon_store::Store;

use crate::cli::Knowledge;
use crate::exit::Exit;
use crate::knowledge;

/// Articles coded, compared and written together.
const BATCH: usize = 256;

/// Events gone, new and changed, by PLOVER event.
type Changes = BTreeMap<String, [usize; 3]>;

/// Runs the command.
pub fn run(store: &Path, detail: bool, overlay: &Knowledge) -> Result<Exit> {
    anyhow::ensure!(store.exists(), "{}: no such file", store.display());
    let knowledge = knowledge::load(overlay.data.as_deref())?;
    let coder = Coder::new(&knowledge);
    let mut store = Store::open(store)?;
    let mine = this_coder(&coder);
    let (mut articles, mut changes) = (0, Changes::new());
    loop {
        let batch = store.outdated(&mine.0, &mine.1, BATCH)?;
        if batch.is_empty() {
            break;
        }
        let coded: Vec<Vec<Record>> = batch.par_iter().map(|document| coder.code(&article(document), Options::default())).collect();
        for (document, records) in batch.iter().zip(&coded) {
            compare(&store.events_of(&document.id)?, records, detail, &mut changes)?;
        }
        // Repeated after a cut, this finds only what had not been written.
        store.write(&coded)?;
        store.join()?;
        articles += batch.len();
    }
    store.join()?;
    let mut output = std::io::stdout().lock();
    writeln!(output, "{articles} articles coded anew")?;
    for (event, [gone, new, changed]) in changes {
        writeln!(output, "{event}: {gone} gone, {new} new, {changed} changed")?;
    }
    Ok(Exit::Success)
}

/// Version and hash of this coder, from a document of its own.
fn this_coder(coder: &Coder<'_>) -> (String, String) {
    let records = coder.code(&Article { text: "x".into(), ..Article::default() }, Options::default());
    let found = records.into_iter().find_map(|record| if let Record::Document(document) = record { Some(document.coder) } else { None });
    found.map(|coder| (coder.version, coder.hash)).unwrap_or_default()
}

/// The article as it was given. The language is identified anew only where it was not certain.
fn article(document: &DocumentRecord) -> Article {
    Article {
        url: document.url.clone(),
        outlet: document.outlet.clone(),
        title: document.title.clone(),
        text: document.text.clone(),
        published: document.published.clone(),
        lang: (document.lang != "und").then(|| document.lang.clone()),
    }
}

fn compare(old: &[EventRecord], records: &[Record], detail: bool, changes: &mut Changes) -> Result<()> {
    let new: BTreeMap<&str, &EventRecord> = records
        .iter()
        .filter_map(|record| if let Record::Event(event) = record { Some((event.id.as_str(), event)) } else { None })
        .collect();
    let old: BTreeMap<&str, &EventRecord> = old.iter().map(|event| (event.id.as_str(), event)).collect();
    let mut output = std::io::stdout().lock();
    let mut tell = |sign: &str, event: &EventRecord| -> Result<()> {
        if detail {
            writeln!(output, "{sign} {} {} {:?} in {}", event.id, event.event, event.trigger.text, event.document)?;
        }
        Ok(())
    };
    for (id, event) in &old {
        let counts = changes.entry(event.event.clone()).or_default();
        match new.get(id) {
            None => {
                counts[0] += 1;
                tell("-", event)?;
            }
            Some(other) if serde_json::to_value(event)? != serde_json::to_value(other)? => {
                counts[2] += 1;
                tell("~", other)?;
            }
            Some(_) => {}
        }
    }
    for (_, event) in new.iter().filter(|(id, _)| !old.contains_key(*id)) {
        changes.entry(event.event.clone()).or_default()[1] += 1;
        tell("+", event)?;
    }
    Ok(())
}
