//! A writer killed at any point loses nothing it has acknowledged and breaks nothing.
//!
//! The test starts itself as a writer, kills it (SIGKILL) after a seeded random time, and looks at the file. Twelve points here; `SELON_CRASH_POINTS=200`
//! for as many as a release is held to.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use selon_core::record::{DocumentRecord, EventRecord, PlaceRecord, Record, StatementRecord, TimeRecord};
use selon_store::{Filter, Kind, Store};

/// Names the file to the process that is to write it.
const WRITER: &str = "SELON_CRASH_STORE";

/// Batches that a writer writes, and articles in each.
const BATCHES: u64 = 40;
const ARTICLES: u64 = 24;

/// The next number of a seeded sequence (SplitMix64, Steele, Lea & Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Article `number`: three events, two of them told in the same words by the next article, and a statement.
fn article(number: u64) -> Vec<Record> {
    let day = format!("2024-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
    let document = DocumentRecord {
        id: format!("{:016x}", (number + 1) << 16),
        url: Some(format!("https://example.org/{number}")),
        outlet: Some(format!("Outlet {}", number % 7)),
        lang: "en".into(),
        published: Some(day.clone()),
        text: format!("Report {number} of clashes. {}", "Police fired on marchers near the port. ".repeat(20)),
        ..Default::default()
    };
    let event = |at: u64| EventRecord {
        id: format!("{:016x}", ((number + 1) << 16) + at),
        document: document.id.clone(),
        event: if at == 3 { "COERCE" } else { "ASSAULT" }.into(),
        factuality: "CT+".into(),
        time: Some(TimeRecord { from: Some(day.clone()), to: Some(day.clone()), ..Default::default() }),
        event_loc: Some(PlaceRecord {
            name: format!("Town {}", number / 2 % 50),
            country: Some("KEN".into()),
            lat: Some((number / 2 % 50) as f64),
            lon: Some(36.0),
            precision: 1,
            ..Default::default()
        }),
        ..Default::default()
    };
    let statement =
        StatementRecord { id: format!("{:016x}", ((number + 1) << 16) + 9), document: document.id.clone(), ..Default::default() };
    vec![
        Record::Document(document.clone()),
        Record::Event(event(1)),
        Record::Event(event(2)),
        Record::Event(event(3)),
        Record::Statement(statement),
    ]
}

/// Not a test of its own: what the killed process runs. Prints the number of each batch when it has been acknowledged.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(WRITER) else { return };
    let mut store = Store::open(path).unwrap();
    for batch in 0..BATCHES {
        let articles: Vec<_> = (batch * ARTICLES..(batch + 1) * ARTICLES).map(article).collect();
        store.write(&articles).unwrap();
        println!("acknowledged {batch}");
    }
}

/// Starts a writer and kills it after this long; the last batch it acknowledged, and whether it had ended by itself.
fn kill_after(path: &Path, time: Duration) -> (Option<u64>, bool) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--nocapture"])
        .env(WRITER, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(time);
    child.kill().unwrap();
    let ended = child.wait().unwrap().success();
    let output = BufReader::new(child.stdout.take().unwrap());
    let acknowledged = |line: String| line.rsplit_once("acknowledged ").and_then(|(_, number)| number.trim().parse().ok());
    (output.lines().map_while(Result::ok).filter_map(acknowledged).max(), ended)
}

fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}

/// Everything up to the acknowledged batch is there, whole and once.
fn holds(path: &Path, acknowledged: Option<u64>) -> u64 {
    let store = Store::open(path).unwrap();
    let found = store.check().unwrap();
    assert_eq!(found.faults, Vec::<String>::new());
    let least = acknowledged.map_or(0, |batch| (batch + 1) * ARTICLES);
    assert!(found.articles >= least, "{} articles of {least} acknowledged", found.articles);
    assert_eq!(found.articles % ARTICLES, 0, "a batch is there whole or not at all");
    assert_eq!((found.events, found.statements), (found.articles * 3, found.articles));
    assert_eq!(store.count(Kind::Event, &Filter::default()).unwrap(), found.events);
    found.articles
}

#[test]
fn a_writer_killed_at_any_point_loses_nothing_acknowledged() {
    let points: u64 = std::env::var("SELON_CRASH_POINTS").ok().and_then(|points| points.parse().ok()).unwrap_or(12);
    let path = std::env::temp_dir().join(format!("selon-crash-{}.db", std::process::id()));
    let mut state = 20_240_501;
    let (mut within, mut torn) = (0, 0);
    remove(&path);
    for _ in 0..points {
        // Half of the points take up the file that the last kill left: crashes upon crashes.
        if next(&mut state).is_multiple_of(2) {
            remove(&path);
        }
        let (acknowledged, ended) = kill_after(&path, Duration::from_millis(next(&mut state) % 600));
        let articles = holds(&path, acknowledged);
        within += u64::from(!ended && acknowledged.is_some());
        torn += u64::from(!ended && articles < BATCHES * ARTICLES);
    }
    // The same run again completes what was cut off.
    let mut store = Store::open(&path).unwrap();
    for batch in 0..BATCHES {
        store.write(&(batch * ARTICLES..(batch + 1) * ARTICLES).map(article).collect::<Vec<_>>()).unwrap();
    }
    drop(store);
    assert_eq!(holds(&path, Some(BATCHES - 1)), BATCHES * ARTICLES);
    remove(&path);
    println!("{points} kills, {within} after a first acknowledgement, {torn} before the end");
}
