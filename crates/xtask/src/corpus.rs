//! `cargo xtask corpus`: every article of corpus/ is valid, and the tables of its datasheet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use selon_core::eval::GoldArticle;
use serde_json::Value;

const SECTORS: &[&str] = &[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB",
    "MED", "REF", "OPP", "PRE", "REL", "SOC",
];
const AUXILIARIES: &[&str] = &["historical", "future", "hypothetical", "negation", "ongoing", "ordered"];
const FACTUALITY: &[&str] = &["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"];
const STANCES: &[&str] = &["asserts", "denies", "doubts", "promises", "orders"];
const KINDS: &[&str] = &["killed", "wounded", "arrested", "missing", "abducted", "displaced", "participants", "destroyed"];

/// Runs the command.
pub fn run() -> Result<()> {
    let plover = selon_data::Knowledge::embedded()?.plover;
    let mut problems = Vec::new();
    let mut table = Table::default();
    let mut ids = BTreeSet::new();
    for path in files()? {
        let content = std::fs::read_to_string(&path)?;
        let value: Value = serde_json::from_str(&content).with_context(|| format!("{}", path.display()))?;
        let id = value["id"].as_str().unwrap_or_default().to_owned();
        let mut fail = |what: String| problems.push(format!("{}: {what}", path.display()));
        if !ids.insert(id.clone()) || path.file_stem().and_then(|stem| stem.to_str()) != Some(id.as_str()) {
            fail(format!("the id `{id}` is not the file's name, or occurs twice"));
        }
        validate(&value, &plover, &mut fail);
        table.add(&value);
    }
    ensure!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    table.print();
    Ok(())
}

/// The articles of one part of the corpus.
pub fn load(split: &str) -> Result<Vec<GoldArticle>> {
    let mut all = Vec::new();
    for path in files()? {
        let article: GoldArticle = serde_json::from_str(&std::fs::read_to_string(&path)?).with_context(|| format!("{}", path.display()))?;
        if article.split == split {
            all.push(article);
        }
    }
    Ok(all)
}

/// The files of the corpus, by name.
pub fn files() -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for language in ["ar", "en", "es", "fr", "ru"] {
        let folder = Path::new("corpus").join(language);
        if folder.is_dir() {
            all.extend(
                std::fs::read_dir(folder)?
                    .flatten()
                    .map(|entry| entry.path())
                    .filter(|path| path.extension().is_some_and(|extension| extension == "json")),
            );
        }
    }
    all.sort();
    Ok(all)
}

fn validate(article: &Value, plover: &selon_data::ontology::Plover, fail: &mut impl FnMut(String)) {
    let text: Vec<char> = article["text"].as_str().unwrap_or_default().chars().collect();
    if text.is_empty() {
        fail("no text".into());
    }
    if !matches!(article["split"].as_str(), Some("train" | "dev" | "test")) {
        fail("split is none of train, dev, test".into());
    }
    let list = |key: &str| article[key].as_array().cloned().unwrap_or_default();
    for event in list("events") {
        validate_event(&event, &text, plover, fail);
    }
    for statement in list("statements") {
        span(&text, &statement["content"], &statement["content_start"], "statement", fail);
        entity(&statement["speaker"], fail);
    }
    for mention in list("entities").iter().chain(&list("places")).chain(&list("timexes")) {
        span(&text, &mention["text"], &mention["start"], "mention", fail);
    }
}

fn validate_event(event: &Value, text: &[char], plover: &selon_data::ontology::Plover, fail: &mut impl FnMut(String)) {
    let name = event["event"].as_str().unwrap_or_default();
    let trigger = event["trigger"].as_str().unwrap_or_default();
    span(text, &event["trigger"], &event["trigger_start"], "trigger", fail);
    if !plover.is_event(name) {
        fail(format!("`{name}` is no PLOVER event"));
    }
    for mode in event["mode"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if plover.score(name, Some(mode)).is_none() {
            fail(format!("`{mode}` is no mode of {name}"));
        }
    }
    for side in ["actor", "recipient", "attribution"] {
        event[side].as_array().into_iter().flatten().for_each(|value| entity(value, fail));
    }
    let auxiliaries: Vec<&str> = event["auxiliary"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if let Some(unknown) = auxiliaries.iter().find(|name| !AUXILIARIES.contains(name)) {
        fail(format!("`{unknown}` is no auxiliary"));
    }
    let factuality = event["factuality"].as_str().unwrap_or_default();
    if !FACTUALITY.contains(&factuality) || factuality.ends_with('-') != auxiliaries.contains(&"negation") {
        fail(format!("{trigger:?}: factuality {factuality} does not go with {auxiliaries:?}"));
    }
    for link in event["attribution"].as_array().into_iter().flatten() {
        if !STANCES.contains(&link["stance"].as_str().unwrap_or_default()) {
            fail(format!("{trigger:?}: unknown stance {}", link["stance"]));
        }
    }
    for figure in event["figures"].as_array().into_iter().flatten() {
        let (low, high) = (figure["low"].as_u64(), figure["high"].as_u64());
        let ordered = low.zip(high).is_none_or(|(low, high)| low <= high);
        if !KINDS.contains(&figure["kind"].as_str().unwrap_or_default()) || !ordered || low.is_none() && high.is_none() {
            fail(format!("{trigger:?}: bad figure {figure}"));
        }
    }
}

fn entity(value: &Value, fail: &mut impl FnMut(String)) {
    if let Some(sector) = value["sector"].as_str()
        && !SECTORS.contains(&sector)
    {
        fail(format!("unknown sector {sector}"));
    }
    if let Some(country) = value["country"].as_str()
        && (country.len() != 3 || !country.bytes().all(|byte| byte.is_ascii_uppercase()))
    {
        fail(format!("country `{country}` is no three-letter code"));
    }
}

fn span(text: &[char], words: &Value, start: &Value, what: &str, fail: &mut impl FnMut(String)) {
    let words: Vec<char> = words.as_str().unwrap_or_default().chars().collect();
    let start = start.as_u64().map_or(usize::MAX, |start| start as usize);
    let end = start.saturating_add(words.len());
    if words.is_empty() || text.get(start..end) != Some(words.as_slice()) {
        fail(format!("{what} {:?} does not stand at {start}", words.iter().collect::<String>()));
    }
}

/// Counts for the datasheet.
#[derive(Default)]
struct Table {
    articles: BTreeMap<(String, String), usize>,
    events: BTreeMap<(String, String), usize>,
    genres: BTreeMap<String, usize>,
    auxiliaries: BTreeMap<String, usize>,
    countries: BTreeSet<String>,
    bundles: BTreeMap<String, usize>,
    statements: usize,
    quiet: usize,
    undated: usize,
    words: Vec<usize>,
}

impl Table {
    fn add(&mut self, article: &Value) {
        let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let language = word(&article["lang"]);
        *self.articles.entry((language.clone(), word(&article["split"]))).or_default() += 1;
        *self.genres.entry(word(&article["genre"])).or_default() += 1;
        self.words.push(article["text"].as_str().unwrap_or_default().split_whitespace().count());
        self.statements += article["statements"].as_array().map_or(0, Vec::len);
        self.undated += usize::from(article["published"].is_null());
        if let Some(bundle) = article["bundle"].as_str() {
            *self.bundles.entry(bundle.to_owned()).or_default() += 1;
        }
        let events = article["events"].as_array().cloned().unwrap_or_default();
        self.quiet += usize::from(events.len() <= 1);
        for event in &events {
            *self.events.entry((word(&event["event"]), language.clone())).or_default() += 1;
            for auxiliary in event["auxiliary"].as_array().into_iter().flatten() {
                *self.auxiliaries.entry(word(auxiliary)).or_default() += 1;
            }
            if let Some(country) = event["event_loc"]["country"].as_str() {
                self.countries.insert(country.to_owned());
            }
        }
    }

    fn print(&mut self) {
        self.words.sort_unstable();
        let total: usize = self.articles.values().sum();
        let median = self.words.get(self.words.len() / 2).copied().unwrap_or(0);
        println!(
            "{total} articles, median {median} words, {} events, {} statements, {} quiet, {} undated, {} countries, {} bundles",
            self.events.values().sum::<usize>(),
            self.statements,
            self.quiet,
            self.undated,
            self.countries.len(),
            self.bundles.len()
        );
        for ((language, split), count) in &self.articles {
            println!("  {language} {split}: {count}");
        }
        for ((event, language), count) in &self.events {
            println!("  {event} {language}: {count}");
        }
        for (auxiliary, count) in &self.auxiliaries {
            println!("  {auxiliary}: {count}");
        }
        for (genre, count) in &self.genres {
            println!("  genre {genre}: {count}");
        }
    }
}
