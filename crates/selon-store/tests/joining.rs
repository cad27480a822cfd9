//! Joining in a store gives what joining in memory gives, whatever the order of the articles; decisions by hand hold and can be taken back.

use std::collections::BTreeMap;

use selon_core::incident::{BestRule, join};
use selon_core::record::{
    Coder, DocumentRecord, EntityRecord, EventRecord, FigureRecord, IncidentRecord, LinkRecord, PlaceRecord, Record, TimeRecord,
};
use selon_store::{Filter, Store};

/// A fixed sequence that looks random (Knuth's linear congruential generator, MMIX constants).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

const TOWNS: &[(&str, f64, f64)] = &[("Alba", 10.0, 10.0), ("Borgo", 10.1, 10.1), ("Cervo", 10.9, 10.9), ("Dorna", 14.0, 11.0)];

fn articles(count: u64, seed: u64) -> Vec<Vec<Record>> {
    let mut chance = Sequence(seed);
    (0..count).map(|number| article(number, &mut chance)).collect()
}

fn article(number: u64, chance: &mut Sequence) -> Vec<Record> {
    let published = 1 + chance.below(20);
    let wire = chance.below(4) == 0;
    let text = if wire {
        format!(
            "Agence. {} morts",
            ["une foule a marché sur la préfecture et la police a tiré sur elle avant la nuit selon des témoins"; 4].join(" et puis ")
        )
    } else {
        (0..40).map(|_| format!("mot{}", chance.below(5000))).collect::<Vec<_>>().join(" ")
    };
    let document = DocumentRecord {
        id: format!("{:016x}", number + 1),
        url: Some(format!("u{number}")),
        outlet: Some(format!("outlet {}", chance.below(5))),
        lang: "fr".into(),
        published: (chance.below(12) > 0).then(|| format!("2024-03-{published:02}")),
        text,
        coder: Coder { name: "selon".into(), version: "1".into(), hash: "0".into() },
        ..Default::default()
    };
    let mut records = vec![Record::Document(document.clone())];
    for index in 0..1 + chance.below(3) {
        records.push(Record::Event(event(&document, number * 8 + index, published, chance)));
    }
    records
}

fn event(document: &DocumentRecord, id: u64, published: u64, chance: &mut Sequence) -> EventRecord {
    let (name, lat, lon) = TOWNS[chance.below(TOWNS.len() as u64) as usize];
    let country_only = chance.below(6) == 0;
    let day = format!("2024-03-{:02}", published.saturating_sub(chance.below(3)).max(1));
    let killed = 1 + chance.below(4);
    let side =
        |country: &str, sector: &str| EntityRecord { country: Some(country.into()), sector: Some(sector.into()), ..Default::default() };
    EventRecord {
        id: format!("{:016x}", 1_000_000 + id),
        document: document.id.clone(),
        incident: Some(format!("{:016x}", 2_000_000 + id)),
        event: ["PROTEST", "ASSAULT"][chance.below(2) as usize].into(),
        factuality: "CT+".into(),
        event_loc: (chance.below(10) > 0).then(|| PlaceRecord {
            name: if country_only { "Pays".into() } else { name.into() },
            country: Some("AAA".into()),
            lat: (!country_only).then_some(lat),
            lon: (!country_only).then_some(lon),
            precision: if country_only { 6 } else { 1 },
            ..Default::default()
        }),
        time: (chance.below(6) > 0).then(|| TimeRecord { from: Some(day.clone()), to: Some(day), ..Default::default() }),
        figures: vec![FigureRecord {
            kind: "killed".into(),
            low: Some(killed),
            high: Some(killed),
            scope: "event".into(),
            ..Default::default()
        }],
        actor: vec![side("AAA", ["COP", "CVL"][chance.below(2) as usize])],
        recipient: vec![side("AAA", "CVL")],
        attribution: if chance.below(2) == 0 {
            vec![LinkRecord { entity: side("AAA", "GOV"), stance: "asserts".into(), ..Default::default() }]
        } else {
            Vec::new()
        },
        ..Default::default()
    }
}

fn in_memory(articles: &[Vec<Record>]) -> BTreeMap<String, IncidentRecord> {
    let all = || articles.iter().flatten();
    let documents: Vec<DocumentRecord> =
        all().filter_map(|record| if let Record::Document(value) = record { Some(value.clone()) } else { None }).collect();
    let mut events: Vec<EventRecord> =
        all().filter_map(|record| if let Record::Event(value) = record { Some(value.clone()) } else { None }).collect();
    join(&documents, &mut events, BestRule::default()).into_iter().map(|incident| (incident.id.clone(), incident)).collect()
}

fn held(store: &Store) -> BTreeMap<String, IncidentRecord> {
    store.incidents(&Filter::default()).unwrap().into_iter().map(|incident| (incident.id.clone(), incident)).collect()
}

#[test]
fn any_order_and_batch_give_the_incidents_of_memory() {
    for seed in 0..12 {
        let mut list = articles(60, seed);
        let expected = in_memory(&list);
        assert!(expected.values().any(|incident| incident.documents.len() > 2) && expected.len() > 20, "{}", expected.len());
        let mut chance = Sequence(seed + 100);
        for step in [60, 1, 7] {
            for index in (1..list.len()).rev() {
                list.swap(index, chance.below(index as u64 + 1) as usize);
            }
            assert_eq!(in_memory(&list), expected);
            let mut store = Store::in_memory().unwrap();
            for part in list.chunks(step) {
                store.write(part).unwrap();
                store.join().unwrap();
            }
            let found = held(&store);
            assert_eq!(found, expected, "seed {seed}, {step} at a time");
            assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
        }
    }
}

#[test]
fn an_article_coded_anew_leaves_nothing_behind() {
    let list = articles(60, 5);
    let mut store = Store::in_memory().unwrap();
    store.write(&list).unwrap();
    store.join().unwrap();
    let before = store.now().unwrap();
    let old = held(&store);
    // Every third article is coded by another version, which finds its first event only.
    let mut anew = list.clone();
    for records in anew.iter_mut().step_by(3) {
        records.truncate(2);
        if let Record::Document(document) = &mut records[0] {
            document.coder.version = "2".into();
        }
    }
    store.write(&anew).unwrap();
    store.join().unwrap();
    assert_eq!(held(&store), in_memory(&anew));
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
    let then: BTreeMap<String, IncidentRecord> = store
        .incidents(&Filter { as_of: Some(before), ..Filter::default() })
        .unwrap()
        .into_iter()
        .map(|incident| (incident.id.clone(), incident))
        .collect();
    assert_eq!(then, old);
}

#[test]
fn decisions_hold_and_can_be_taken_back() {
    let list = articles(40, 3);
    let mut store = Store::in_memory().unwrap();
    store.write(&list).unwrap();
    store.join().unwrap();
    let before = held(&store);
    let ids: Vec<String> = before.values().filter(|incident| incident.members.len() > 1).map(|incident| incident.id.clone()).collect();
    let merged = store.merge(&ids[..2], "Ada", "one march").unwrap();
    let whole = store.incident(&ids[0], None).unwrap().unwrap();
    assert_eq!(whole.id, store.incident(&ids[1], None).unwrap().unwrap().id, "the other id is an alias");
    assert_eq!(whole.members.len(), before[&ids[0]].members.len() + before[&ids[1]].members.len());
    assert!(whole.why.iter().any(|why| why == "joined by Ada: one march"));
    // The decision survives another version of the coder.
    let mut anew = list.clone();
    for records in &mut anew {
        if let Record::Document(document) = &mut records[0] {
            document.coder.version = "2".into();
        }
    }
    store.write(&anew).unwrap();
    store.join().unwrap();
    assert_eq!(store.incident(&ids[0], None).unwrap().unwrap().members, whole.members);
    store.undo(merged, "Ada", "two marches after all").unwrap();
    assert_eq!(held(&store), before);
    let member = before[&ids[0]].members[1].clone();
    let split = store.split(&ids[0], std::slice::from_ref(&member), "Ben", "another street").unwrap();
    assert!(store.event(&member, None).unwrap().unwrap().incident.is_some_and(|id| id != ids[0]));
    store.undo(split, "Ben", "no").unwrap();
    assert_eq!(held(&store), before);
    store.correct(&ids[0], "figures.killed.best", &serde_json::json!(7), "Ada", "the morgue's list").unwrap();
    assert_eq!(store.incident(&ids[0], None).unwrap().unwrap().figures["killed"].best, Some(7));
    assert!(store.correct(&ids[0], "colour", &serde_json::json!(7), "Ada", "x").is_err());
    assert_eq!(store.reviews().unwrap().len(), 5);
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}
