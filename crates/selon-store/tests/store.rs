//! What a store promises: nothing twice, nothing overwritten, any past moment readable, filters exact.

use selon_core::record::{DocumentRecord, EntityRecord, EventRecord, FigureRecord, PlaceRecord, Record, StatementRecord, TimeRecord};
use selon_store::{Bounds, By, FigureBound, Filter, Kind, Store};

/// An article of one event in Lyon on a day, with a toll.
fn article(id: u64, url: &str, day: &str, killed: u64, coder: &str) -> Vec<Record> {
    let document = DocumentRecord {
        id: format!("{id:016x}"),
        url: Some(url.into()),
        outlet: Some("Le Courrier".into()),
        lang: "fr".into(),
        published: Some(day.into()),
        text: "Des émeutes ont éclaté à Lyon.".into(),
        coder: selon_core::record::Coder { name: "selon".into(), version: coder.into(), hash: "0".into() },
        ..Default::default()
    };
    let speaker =
        EntityRecord { name: Some("Le Préfet".into()), country: Some("FRA".into()), sector: Some("GOV".into()), ..Default::default() };
    let event = EventRecord {
        id: format!("{:016x}", id * 16 + 1),
        document: document.id.clone(),
        event: "PROTEST".into(),
        mode: vec!["riot".into()],
        factuality: "CT+".into(),
        event_loc: Some(PlaceRecord {
            name: "Lyon".into(),
            country: Some("FRA".into()),
            lat: Some(45.76),
            lon: Some(4.84),
            precision: 1,
            ..Default::default()
        }),
        time: Some(TimeRecord { from: Some(day.into()), to: Some(day.into()), ..Default::default() }),
        figures: vec![FigureRecord {
            kind: "killed".into(),
            low: Some(killed),
            high: Some(killed),
            scope: "event".into(),
            ..Default::default()
        }],
        actor: vec![EntityRecord { country: Some("FRA".into()), sector: Some("CVL".into()), ..Default::default() }],
        ..Default::default()
    };
    let statement = StatementRecord {
        id: format!("{:016x}", id * 16 + 2),
        document: document.id.clone(),
        speaker,
        stance: "denies".into(),
        kind: "indirect".into(),
        ..Default::default()
    };
    vec![Record::Document(document), Record::Event(event), Record::Statement(statement)]
}

fn store(articles: &[Vec<Record>]) -> Store {
    let mut store = Store::in_memory().unwrap();
    store.write(articles).unwrap();
    store
}

#[test]
fn filters_are_exact() {
    let articles: Vec<Vec<Record>> =
        (0..40).map(|n| article(n + 1, &format!("a{n}"), &format!("2024-{:02}-{:02}", n / 20 + 1, n % 20 + 1), n, "1")).collect();
    let store = store(&articles);
    let count = |filter: Filter| store.count(Kind::Event, &filter).unwrap();
    assert_eq!(count(Filter::default()), 40);
    assert_eq!(count(Filter { from: Some("2024-01-05".into()), to: Some("2024-01-06".into()), ..Filter::default() }), 2);
    assert_eq!(count(Filter { types: vec!["PROTEST".into()], countries: vec!["FRA".into()], ..Filter::default() }), 40);
    assert_eq!(count(Filter { types: vec!["ASSAULT".into()], ..Filter::default() }), 0);
    assert_eq!(count(Filter { actors: vec!["CVL".into()], places: vec!["lyon".into()], ..Filter::default() }), 40);
    let figure = |least, most| Filter { figure: Some(FigureBound { kind: "killed".into(), least, most }), ..Filter::default() };
    assert_eq!((count(figure(Some(10), None)), count(figure(None, Some(9))), count(figure(Some(35), Some(36)))), (30, 10, 2));
    let bounds = |west, south, east, north| Filter { bounds: Some(Bounds { west, south, east, north }), ..Filter::default() };
    assert_eq!(
        (count(bounds(4.8, 45.7, 4.9, 45.8)), count(bounds(4.9, 45.7, 5.0, 45.8)), count(bounds(-180.0, -90.0, 180.0, 90.0))),
        (40, 0, 40)
    );
    assert_eq!(count(Filter { text: Some("emeutes".into()), ..Filter::default() }), 40);
    assert_eq!(count(Filter { text: Some("grève".into()), ..Filter::default() }), 0);
    let both = Filter { text: Some("emeutes".into()), from: Some("2024-02-01".into()), types: vec!["PROTEST".into()], ..Filter::default() };
    assert_eq!((count(both.clone()), count(Filter { types: vec!["AID".into()], ..both })), (20, 0));
    let denied = Filter { speakers: vec!["le préfet".into()], stances: vec!["denies".into()], ..Filter::default() };
    assert_eq!(store.count(Kind::Statement, &denied).unwrap(), 40);
    assert_eq!(store.counts(Kind::Event, &Filter::default(), By::Month).unwrap(), [("2024-01".into(), 20), ("2024-02".into(), 20)]);
    let page = store.events(&Filter { limit: Some(3), offset: 1, ..Filter::default() }).unwrap();
    let days: Vec<&str> = page.iter().filter_map(|event| event.time.as_ref()?.from.as_deref()).collect();
    assert_eq!(days, ["2024-02-19", "2024-02-18", "2024-02-17"]);
}

#[test]
fn nothing_is_written_twice_and_nothing_overwritten() {
    let first = article(1, "a", "2024-01-01", 3, "1");
    let mut store = store(std::slice::from_ref(&first));
    let before = store.now().unwrap();
    assert_eq!(store.write(std::slice::from_ref(&first)).unwrap().unchanged, 1);
    assert_eq!(store.now().unwrap(), before);
    // Another text under the same address, and the same text coded anew.
    assert_eq!(store.write(&[article(2, "a", "2024-01-01", 5, "1")]).unwrap().replaced, 1);
    let middle = store.now().unwrap();
    assert_eq!(store.write(&[article(2, "a", "2024-01-01", 6, "2")]).unwrap().replaced, 1);
    let killed = |as_of| -> Vec<u64> {
        let filter = Filter { as_of, ..Filter::default() };
        store.events(&filter).unwrap().iter().filter_map(|event| event.figures[0].low).collect()
    };
    assert_eq!((killed(Some(before)), killed(Some(middle)), killed(None)), (vec![3], vec![5], vec![6]));
    assert_eq!(store.changes(middle).unwrap().len(), 6);
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}
