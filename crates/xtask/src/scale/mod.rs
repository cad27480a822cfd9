//! `cargo xtask scale EVENTS FOLDER`: a store of that many generated events: how fast it is written and asked, and whether the cost grows.

mod generate;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use generate::Generator;
use selon_core::incident::{self, BestRule};
use selon_core::record::Record;
use selon_store::{Bounds, By, FigureBound, Filter, Kind, Store};

/// Articles written in one transaction.
const BATCH: usize = 256;

/// Rows asked for by each query, as a first page would.
const PAGE: usize = 100;

/// Writes `events` generated events into a new store in `folder` and asks it.
pub fn run(events: &str, folder: &str) -> Result<()> {
    let wanted: usize = events.parse()?;
    std::fs::create_dir_all(folder)?;
    let path = Path::new(folder).join("scale.db");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    let mut store = Store::open(&path)?;
    write(&mut store, wanted)?;
    let begin = Instant::now();
    let used = busy(begin);
    let joined = store.join()?;
    let (clock, time) = (begin.elapsed(), busy(begin) - used);
    println!(
        "{} articles joined in the store in {:.1} s by the clock, {:.1} s of processor time; {} incidents written",
        joined.articles,
        clock.as_secs_f64(),
        time.as_secs_f64(),
        joined.changed
    );
    println!("{:.0} MB", std::fs::metadata(&path)?.len() as f64 / 1e6);
    ask(&store)
}

/// Joins generated events in memory, ten times as many at each step up to `events`.
pub fn join(events: &str) -> Result<()> {
    let wanted: usize = events.parse()?;
    let mut size = 10_000;
    while size <= wanted {
        let mut generator = Generator::new()?;
        let (mut documents, mut list) = (Vec::new(), Vec::new());
        while list.len() < size {
            for record in generator.article() {
                match record {
                    Record::Document(document) => documents.push(document),
                    Record::Event(event) => list.push(event),
                    _ => {}
                }
            }
        }
        let begin = Instant::now();
        let used = busy(begin);
        let incidents = incident::join(&documents, &mut list, BestRule::default());
        let (clock, time) = (begin.elapsed(), busy(begin) - used);
        println!(
            "{} events of {} articles joined into {} incidents in {:.1} s by the clock; {:.0} µs of processor time an event",
            list.len(),
            documents.len(),
            incidents.len(),
            clock.as_secs_f64(),
            time.as_secs_f64() * 1e6 / list.len() as f64
        );
        size *= 10;
    }
    Ok(())
}

/// Processor time of this thread so far: on a busy machine the clock measures the others. The clock where the system does not tell.
fn busy(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next().and_then(|number| number.parse().ok()));
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn write(store: &mut Store, wanted: usize) -> Result<()> {
    let mut generator = Generator::new()?;
    let (mut events, mut articles, mut told) = (0, 0, 10_000.min(wanted));
    let start = Instant::now();
    let (mut clock, mut spent, mut before) = (Duration::ZERO, Duration::ZERO, (0, Duration::ZERO));
    while events < wanted {
        let batch: Vec<Vec<Record>> = (0..BATCH).map(|_| generator.article()).collect();
        let (begin, used) = (Instant::now(), busy(start));
        let written = store.write(&batch)?;
        clock += begin.elapsed();
        spent += busy(start) - used;
        events += written.events;
        articles += written.articles;
        if events >= told {
            let (since, time) = (events - before.0, spent - before.1);
            println!(
                "{events} events of {articles} articles written; the last {since} at {:.0} a second of processor time",
                since as f64 / time.as_secs_f64()
            );
            before = (events, spent);
            told = if told < 100_000 { told * 10 } else { told + 300_000 }.min(wanted);
        }
    }
    let rate = |time: Duration| events as f64 / time.as_secs_f64();
    println!("all: {:.0} events a second by the clock, {:.0} of processor time", rate(clock), rate(spent));
    Ok(())
}

/// Each filter three times: the slowest counts.
fn ask(store: &Store) -> Result<()> {
    let text = |value: &str| vec![value.to_owned()];
    let none = Filter { limit: Some(PAGE), ..Filter::default() };
    let year = |filter: Filter| Filter { from: Some("2015-01-01".into()), to: Some("2015-12-31".into()), ..filter };
    let west_africa = Bounds { west: -10.0, south: 0.0, east: 10.0, north: 15.0 };
    let killed = FigureBound { kind: "killed".into(), least: Some(50), most: None };
    let filters: Vec<(&str, Filter)> = vec![
        ("all", none.clone()),
        ("a year", year(none.clone())),
        ("a day", Filter { from: Some("2015-06-01".into()), to: Some("2015-06-01".into()), ..none.clone() }),
        ("type", Filter { types: text("ASSAULT"), ..none.clone() }),
        ("rare mode", Filter { modes: text("abduct"), ..none.clone() }),
        ("country and type in a year", year(Filter { countries: text("KEN"), types: text("PROTEST"), ..none.clone() })),
        ("region", Filter { regions: text("Region 17"), ..none.clone() }),
        ("place", Filter { places: text("Town 1234"), ..none.clone() }),
        ("box", Filter { bounds: Some(west_africa), ..none.clone() }),
        (
            "world box in a year",
            year(Filter { bounds: Some(Bounds { west: -179.0, south: -60.0, east: 179.0, north: 60.0 }), ..none.clone() }),
        ),
        (
            "small box, type",
            Filter { bounds: Some(Bounds { west: 1.0, south: 1.0, east: 3.0, north: 3.0 }), types: text("COERCE"), ..none.clone() },
        ),
        ("actor", Filter { actors: text("MIL"), ..none.clone() }),
        ("speaker", Filter { speakers: text("UKR/GOV"), ..none.clone() }),
        ("stance", Filter { stances: text("denies"), ..none.clone() }),
        ("outlet", Filter { outlets: text("Outlet 7"), ..none.clone() }),
        ("killed ≥ 50", Filter { figure: Some(killed.clone()), ..none.clone() }),
        ("killed ≥ 50, country", Filter { figure: Some(killed), countries: text("MMR"), ..none.clone() }),
        ("a frequent word", Filter { text: Some("police".into()), ..none.clone() }),
        ("a rare word", Filter { text: Some("w4711".into()), ..none.clone() }),
        ("two words, type", Filter { text: Some("hopital AND blesses".into()), types: text("ASSAULT"), ..none.clone() }),
        ("nothing has both", Filter { types: text("AID"), modes: text("abduct"), ..none.clone() }),
        ("as of an earlier moment", Filter { as_of: Some(10), ..none.clone() }),
    ];
    let start = Instant::now();
    let (mut worst, mut worst_busy) = (Duration::ZERO, Duration::ZERO);
    for kind in [Kind::Event, Kind::Statement, Kind::Incident] {
        for (name, filter) in &filters {
            let mut times = Vec::new();
            let mut found = 0;
            for _ in 0..3 {
                let (begin, used) = (Instant::now(), busy(start));
                found = 0;
                store.each_record(kind, filter, |_| {
                    found += 1;
                    Ok(true)
                })?;
                times.push((begin.elapsed(), busy(start) - used));
            }
            let clock = times.iter().map(|(clock, _)| *clock).max().unwrap_or_default();
            let processor = times.iter().map(|(_, processor)| *processor).max().unwrap_or_default();
            worst = worst.max(clock);
            worst_busy = worst_busy.max(processor);
            println!(
                "{kind:?} {name}: {found} found, {:.1} ms, {:.1} of processor time",
                clock.as_secs_f64() * 1e3,
                processor.as_secs_f64() * 1e3
            );
        }
    }
    println!("slowest {:.1} ms, {:.1} of processor time", worst.as_secs_f64() * 1e3, worst_busy.as_secs_f64() * 1e3);
    let begin = Instant::now();
    let months = store.counts(Kind::Event, &Filter { types: text("PROTEST"), ..Filter::default() }, By::Month)?;
    println!("counts by month of a type: {} months, {:.0} ms", months.len(), begin.elapsed().as_secs_f64() * 1e3);
    Ok(())
}
