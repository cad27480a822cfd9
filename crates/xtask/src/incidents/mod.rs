//! `cargo xtask incidents`: how well reports of one occurrence are joined, on the bundles of a part of corpus/.
//!
//! Twice: on the hand-coded events, which measures the joining alone, and on what the whole line codes, on the events it finds.

mod gold;
mod measures;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use selon_core::eval::GoldArticle;
use selon_core::incident::{self, BestRule};
use selon_core::pipeline::{Coder, Options};
use selon_core::record::{DocumentRecord, EventRecord, IncidentRecord, Record};

use gold::Article;
use measures::{Groups, Measures, apart, measure, share};

/// Figures that `eval/incidents.toml` holds floors for, of the hand-coded and of the coded events.
type Figures = BTreeMap<String, f64>;

const FLOORS: &str = "eval/incidents.toml";

/// Runs the command: prints the figures of `split`; for dev also checks them against their floors.
///
/// # Errors
/// When the corpus cannot be read, or a figure is below its floor.
pub fn run(split: &str, detail: bool) -> Result<()> {
    let figures = figures(split, detail)?;
    for (name, value) in &figures {
        println!("{name} = {value:.3}");
    }
    if split != "dev" || !std::path::Path::new(FLOORS).exists() {
        return Ok(());
    }
    let floors: Figures = toml::from_str(&std::fs::read_to_string(FLOORS)?)?;
    let low: Vec<String> = floors
        .iter()
        .filter(|(name, floor)| figures.get(*name).is_none_or(|value| value + 0.0005 < **floor))
        .map(|(name, floor)| format!("{name}: {:.3}, floor {floor:.3}", figures.get(name).copied().unwrap_or(0.0)))
        .collect();
    ensure!(low.is_empty(), "below the floor:\n{}", low.join("\n"));
    Ok(())
}

fn figures(split: &str, detail: bool) -> Result<Figures> {
    let knowledge = selon_data::Knowledge::embedded()?;
    let coder = Coder::new(&knowledge);
    let loaded = gold::load(split)?;
    let articles: Vec<&Article> = loaded.iter().map(|(_, article)| article).collect();
    let documents: Vec<DocumentRecord> = articles.iter().map(|article| article.document.clone()).collect();
    let truth: Groups = articles.iter().flat_map(|article| article.keys.clone()).collect();
    let near = near_misses(&articles);
    let mut out = Figures::new();

    let mut events: Vec<EventRecord> = articles.iter().flat_map(|article| article.events.clone()).collect();
    let incidents = incident::join(&documents, &mut events, BestRule::Median);
    let set = Set { name: "gold", truth: &truth, near: &near, articles: &articles };
    set.add(&events, &incidents, &mut out);
    if detail {
        tell(&truth, &events);
    }

    let (mut coded_documents, mut coded, mut coded_truth) = (Vec::new(), Vec::new(), Groups::new());
    for (value, article) in &loaded {
        let given: GoldArticle = serde_json::from_value(value.clone())?;
        let mut found = Vec::new();
        for record in coder.code(&given.article(), Options::default()) {
            match record {
                Record::Document(document) => coded_documents.push(document),
                Record::Event(event) => found.push(event),
                _ => {}
            }
        }
        for (g, p) in selon_core::eval::pairs(&given.events, &found) {
            coded_truth.insert(found[p].id.clone(), article.keys[&article.events[g].id].clone());
        }
        coded.append(&mut found);
    }
    let incidents = incident::join(&coded_documents, &mut coded, BestRule::Median);
    Set { name: "coded", truth: &coded_truth, near: &near, articles: &articles }.add(&coded, &incidents, &mut out);
    Ok(out)
}

struct Set<'a> {
    name: &'a str,
    truth: &'a Groups,
    near: &'a BTreeSet<(String, String)>,
    articles: &'a [&'a Article],
}

impl Set<'_> {
    fn add(&self, events: &[EventRecord], incidents: &[IncidentRecord], out: &mut Figures) {
        let predicted: Groups = events.iter().map(|event| (event.id.clone(), event.incident.clone().unwrap_or_default())).collect();
        let document: BTreeMap<String, String> = events.iter().map(|event| (event.id.clone(), event.document.clone())).collect();
        let mut put = |name: &str, value: f64| {
            out.insert(format!("{}_{name}", self.name), value);
        };
        let all = measure(self.truth, &predicted, &document);
        put("events", all.events as f64);
        put("b3_f1", all.f1());
        put("b3_precision", all.precision);
        put("b3_recall", all.recall);
        put("pair_precision", share(all.pairs));
        put("across_precision", share(all.across));
        put("across_recall", share((all.true_across, all.across.1)));
        put("near_apart", share(apart(self.truth, &predicted, self.near)));
        let mixed = self.mixed(&predicted, &document);
        if mixed.events > 0 {
            put("bilingual_b3_f1", mixed.f1());
        }
        put("figure_ranges", share(self.ranges(events, incidents)));
    }

    /// Bundles told in several languages.
    fn mixed(&self, predicted: &Groups, document: &BTreeMap<String, String>) -> Measures {
        let mut languages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for article in self.articles {
            languages.entry(&article.bundle).or_default().insert(&article.document.lang);
        }
        let bundles: BTreeSet<String> =
            languages.into_iter().filter(|(_, languages)| languages.len() > 1).map(|(bundle, _)| format!("B{bundle}:")).collect();
        let documents: BTreeSet<&str> = self
            .articles
            .iter()
            .filter(|article| bundles.contains(&format!("B{}:", article.bundle)))
            .map(|article| article.document.id.as_str())
            .collect();
        let truth: Groups = self
            .truth
            .iter()
            .filter(|(event, _)| document.get(*event).is_some_and(|id| documents.contains(id.as_str())))
            .map(|(event, group)| (event.clone(), group.clone()))
            .collect();
        measure(&truth, predicted, document)
    }

    /// Of the incidents that several articles of a bundle give figures for, those whose low, best and high are as the hand-coded grouping gives them.
    fn ranges(&self, events: &[EventRecord], incidents: &[IncidentRecord]) -> (usize, usize) {
        let incident_of: BTreeMap<&str, &str> =
            events.iter().filter_map(|event| Some((event.id.as_str(), event.incident.as_deref()?))).collect();
        let (mut all, mut right) = (0, 0);
        for (key, kind, truth) in self.true_ranges() {
            let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
            for (event, _) in self.truth.iter().filter(|(_, group)| **group == key) {
                *votes.entry(incident_of.get(event.as_str()).copied().unwrap_or_default()).or_default() += 1;
            }
            let chosen = votes.into_iter().max_by_key(|(_, count)| *count).map(|(id, _)| id);
            let found =
                incidents.iter().find(|incident| Some(incident.id.as_str()) == chosen).and_then(|incident| incident.figures.get(&kind));
            all += 1;
            right += usize::from(found.is_some_and(|range| (range.low, range.best, range.high) == truth));
        }
        (all, right)
    }

    /// The first killed, else wounded or participants, range of each bundle's most told incident.
    fn true_ranges(&self) -> Vec<(String, String, (Option<u64>, Option<u64>, Option<u64>))> {
        let documents: Vec<DocumentRecord> = self.articles.iter().map(|article| article.document.clone()).collect();
        let mut told: BTreeMap<&str, BTreeMap<&str, Vec<&EventRecord>>> = BTreeMap::new();
        for article in self.articles {
            for event in article.events.iter().filter(|event| event.figures.iter().any(|figure| figure.scope == "event")) {
                told.entry(&article.bundle).or_default().entry(&article.keys[&event.id]).or_default().push(event);
            }
        }
        let mut ranges = Vec::new();
        for incidents in told.values() {
            let several = |events: &Vec<&EventRecord>| events.iter().map(|event| &event.document).collect::<BTreeSet<_>>().len();
            let Some((key, _)) = incidents.iter().max_by_key(|(key, events)| (several(events), events.len(), std::cmp::Reverse(**key)))
            else {
                continue;
            };
            let members: Vec<EventRecord> = self
                .articles
                .iter()
                .flat_map(|article| article.events.iter().filter(|event| article.keys[&event.id] == **key).cloned())
                .collect();
            let whole = incident::gather(&documents, &members, BestRule::Median);
            let first =
                ["killed", "wounded", "participants", "arrested", "displaced"].into_iter().find(|kind| whole.figures.contains_key(*kind));
            if let Some(kind) = first {
                let range = &whole.figures[kind];
                ranges.push(((*key).to_owned(), kind.to_owned(), (range.low, range.best, range.high)));
            }
        }
        ranges
    }
}

/// Pairs of incidents that could be taken for one another: of one bundle and type, told by different articles.
fn near_misses(articles: &[&Article]) -> BTreeSet<(String, String)> {
    let mut told: BTreeMap<(&str, &str), BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for article in articles {
        for event in &article.events {
            let kind = told.entry((&article.bundle, &event.event)).or_default();
            kind.entry(&article.keys[&event.id]).or_default().insert(&article.document.id);
        }
    }
    let mut near = BTreeSet::new();
    for incidents in told.values() {
        for (a, documents) in incidents {
            for (b, others) in incidents.iter().filter(|(b, _)| a < *b) {
                if documents.union(others).count() > 1 {
                    near.insert(((*a).to_owned(), (*b).to_owned()));
                }
            }
        }
    }
    near
}

/// Prints what was wrongly joined and what was left apart.
fn tell(truth: &Groups, events: &[EventRecord]) {
    let line = |event: &EventRecord| {
        let place = event.event_loc.as_ref().map_or("-", |place| place.name.as_str());
        let day = event.time.as_ref().and_then(|time| time.from.clone()).unwrap_or_default();
        format!("{} {} {:?} @{place} {day} {}", event.event, event.mode.join("+"), event.trigger.text, &event.document[..4])
    };
    let mut groups: BTreeMap<&str, Vec<&EventRecord>> = BTreeMap::new();
    let mut keys: BTreeMap<&str, Vec<&EventRecord>> = BTreeMap::new();
    for event in events {
        groups.entry(event.incident.as_deref().unwrap_or_default()).or_default().push(event);
        keys.entry(&truth[&event.id]).or_default().push(event);
    }
    for (what, map, of) in [("JOINED", &groups, true), ("APART", &keys, false)] {
        for members in map.values() {
            let name = |event: &EventRecord| if of { truth[&event.id].clone() } else { event.incident.clone().unwrap_or_default() };
            let names: BTreeSet<String> = members.iter().map(|event| name(event)).collect();
            if names.len() > 1 {
                println!("{what}");
                for event in members {
                    println!("   {:40} {}", name(event), line(event));
                }
            }
        }
    }
}
