//! The accounts of an incident side by side: figures with who gave them, who asserts, denies or claims, and what is disputed.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{
    AccountRecord, DocumentRecord, EntityRecord, EventRecord, FigureAccount, FigureRange, IncidentRecord, LinkRecord, PlaceRecord,
    TimeRecord,
};

/// How the best value of a figure is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BestRule {
    /// The lowest well-founded value, as UCDP's best estimate leans: the median of the lower half.
    Conservative,
    /// The lowest value, as ACLED codes.
    Lowest,
    /// The median over independent sources.
    #[default]
    Median,
    /// The value published last.
    Latest,
}

impl BestRule {
    /// The name that stands in `rule`.
    pub fn name(self) -> &'static str {
        match self {
            BestRule::Conservative => "conservative",
            BestRule::Lowest => "lowest",
            BestRule::Median => "median of independent sources",
            BestRule::Latest => "latest",
        }
    }
}

/// The record of one incident. `events` are ordered by publication and are not empty.
pub fn incident(
    id: &str,
    events: &[&EventRecord],
    documents: &BTreeMap<&str, &DocumentRecord>,
    copies: &BTreeMap<String, String>,
    why: Vec<String>,
    rule: BestRule,
) -> IncidentRecord {
    let published = |event: &EventRecord| documents.get(event.document.as_str()).and_then(|document| document.published.clone());
    let outlet = |event: &EventRecord| documents.get(event.document.as_str()).and_then(|document| document.outlet.clone());
    let types = count(events.iter().map(|event| event.event.clone()));
    let figures = figures(events, &published, &outlet, copies, rule);
    let accounts = accounts(events);
    let denied = !events.is_empty() && events.iter().all(|event| event.factuality.ends_with('-'));
    let set = |values: Vec<String>| values.into_iter().collect::<BTreeSet<String>>().into_iter().collect::<Vec<String>>();
    let dates: Vec<String> = events.iter().filter_map(|event| published(event)).collect();
    IncidentRecord {
        id: id.to_owned(),
        status: if denied { "denied" } else { "reported" }.into(),
        event: types.first().map(|(name, _)| name.clone()).unwrap_or_default(),
        events: types.iter().map(|(name, _)| name.clone()).collect(),
        mode: set(events.iter().flat_map(|event| event.mode.clone()).collect()),
        actor: sides(events.iter().flat_map(|event| &event.actor)),
        recipient: sides(events.iter().flat_map(|event| &event.recipient)),
        event_loc: place(events),
        time: time(events),
        members: events.iter().map(|event| event.id.clone()).collect(),
        documents: set(events.iter().map(|event| event.document.clone()).collect()),
        outlets: set(events.iter().filter_map(|event| outlet(event)).collect()),
        independent_sources: independent(events, copies) as u32,
        disputed: disputed(events, &figures, &accounts),
        figures,
        accounts,
        parent: None,
        first_reported: dates.iter().min().cloned(),
        last_reported: dates.iter().max().cloned(),
        why,
    }
}

/// Chooses the best values of an incident's figures by another rule.
pub fn choose(incident: &mut IncidentRecord, rule: BestRule) {
    for range in incident.figures.values_mut() {
        let own: Vec<&FigureAccount> = range.accounts.iter().filter(|account| account.scope == "event").collect();
        range.best = best(&own, rule);
        range.rule = rule.name().into();
    }
}

/// How far the accounts of a figure disagree: the natural logarithm of the largest value over the smallest among those that still stand, one added to
/// each so that none may be counted; 0 when they agree.
pub fn divergence(range: &FigureRange) -> f64 {
    let values: Vec<u64> = range
        .accounts
        .iter()
        .filter(|account| account.scope == "event" && !account.superseded)
        .filter_map(|account| account.low.or(account.high))
        .collect();
    match (values.iter().min(), values.iter().max()) {
        (Some(low), Some(high)) => ((*high as f64 + 1.0) / (*low as f64 + 1.0)).ln(),
        _ => 0.0,
    }
}

/// Values by how often they occur, most frequent first.
fn count(values: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut list: Vec<(String, usize)> = counts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list
}

/// One entity for each name, or each code of the unnamed.
fn sides<'a>(entities: impl Iterator<Item = &'a EntityRecord>) -> Vec<EntityRecord> {
    let mut kept: BTreeMap<(Option<String>, Option<String>, Option<String>), EntityRecord> = BTreeMap::new();
    for entity in entities {
        kept.entry((entity.country.clone(), entity.sector.clone(), entity.name.clone())).or_insert_with(|| entity.clone());
    }
    kept.into_values().collect()
}

fn place(events: &[&EventRecord]) -> Option<PlaceRecord> {
    let places = events.iter().filter_map(|event| event.event_loc.as_ref()).filter(|place| place.precision < 6);
    let fine = places.min_by(|a, b| (a.precision, &a.name).cmp(&(b.precision, &b.name)));
    fine.or_else(|| events.iter().find_map(|event| event.event_loc.as_ref())).cloned()
}

/// The narrowest time; reports without one contribute nothing.
fn time(events: &[&EventRecord]) -> Option<TimeRecord> {
    let length = |time: &TimeRecord| {
        super::report::day(time.from.as_deref()).zip(super::report::day(time.to.as_deref())).map(|(from, to)| to - from)
    };
    events
        .iter()
        .filter_map(|event| event.time.as_ref())
        .filter(|time| time.from.is_some())
        .min_by_key(|time| (length(time).unwrap_or(i64::MAX), time.from.clone()))
        .cloned()
}

/// The voice a record rests on: its innermost speaker, else its outlet.
fn voice(event: &EventRecord, copies: &BTreeMap<String, String>) -> String {
    match event.attribution.last() {
        Some(link) => format!(
            "{}/{}/{}",
            link.entity.country.as_deref().unwrap_or("-"),
            link.entity.sector.as_deref().unwrap_or("-"),
            link.entity.name.as_deref().unwrap_or("")
        ),
        None => format!("article {}", copies.get(&event.document).unwrap_or(&event.document)),
    }
}

/// Wire copies once, two outlets quoting one ministry once.
fn independent(events: &[&EventRecord], copies: &BTreeMap<String, String>) -> usize {
    events.iter().map(|event| voice(event, copies)).collect::<BTreeSet<String>>().len()
}

type Text<'a> = &'a dyn Fn(&EventRecord) -> Option<String>;

fn figures(
    events: &[&EventRecord],
    published: Text<'_>,
    outlet: Text<'_>,
    copies: &BTreeMap<String, String>,
    rule: BestRule,
) -> BTreeMap<String, FigureRange> {
    let mut by_kind: BTreeMap<String, Vec<(FigureAccount, String)>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for event in events {
        for figure in &event.figures {
            let own = figure.attribution.last().or(event.attribution.last());
            let source = own.map_or_else(|| voice(event, copies), speaker);
            // A wire copy repeats its original's figure.
            let original = copies.get(&event.document).unwrap_or(&event.document);
            if !seen.insert((original.clone(), source.clone(), figure.kind.clone(), figure.low, figure.high)) {
                continue;
            }
            let account = FigureAccount {
                low: figure.low,
                high: figure.high,
                speaker: own.map(|link| link.entity.clone()),
                outlet: outlet(event),
                event: event.id.clone(),
                published: published(event),
                scope: figure.scope.clone(),
                superseded: false,
            };
            by_kind.entry(figure.kind.clone()).or_default().push((account, source));
        }
    }
    by_kind.into_iter().map(|(kind, accounts)| (kind, range(accounts, rule))).collect()
}

fn speaker(link: &LinkRecord) -> String {
    format!(
        "{}/{}/{}",
        link.entity.country.as_deref().unwrap_or("-"),
        link.entity.sector.as_deref().unwrap_or("-"),
        link.entity.name.as_deref().unwrap_or("")
    )
}

fn range(mut accounts: Vec<(FigureAccount, String)>, rule: BestRule) -> FigureRange {
    for index in 0..accounts.len() {
        let (account, source) = &accounts[index];
        let replaced = accounts.iter().any(|(other, voice)| {
            voice == source && other.published > account.published && (other.low, other.high) != (account.low, account.high)
        });
        accounts[index].0.superseded = replaced;
    }
    let own: Vec<&FigureAccount> = accounts.iter().map(|(account, _)| account).filter(|account| account.scope == "event").collect();
    let low = own.iter().filter_map(|account| account.low.or(account.high)).min();
    let open = own.iter().any(|account| account.high.is_none());
    let high = if open { None } else { own.iter().filter_map(|account| account.high).max() };
    FigureRange {
        low,
        best: best(&own, rule),
        high,
        rule: rule.name().into(),
        accounts: accounts.into_iter().map(|(account, _)| account).collect(),
    }
}

/// The best value among the latest figures of each source; `None` when only vague words were given.
fn best(accounts: &[&FigureAccount], rule: BestRule) -> Option<u64> {
    let exact: Vec<&&FigureAccount> = accounts
        .iter()
        .filter(|account| !account.superseded && (account.low == account.high || account.high.is_none()) && account.low.is_some())
        .collect();
    let mut values: Vec<u64> = exact.iter().filter_map(|account| account.low).collect();
    if rule == BestRule::Latest {
        return exact.iter().max_by_key(|account| account.published.clone()).and_then(|account| account.low);
    }
    values.sort_unstable();
    if values.is_empty() {
        return None;
    }
    Some(match rule {
        BestRule::Lowest => values[0],
        BestRule::Conservative => values[(values.len() - 1) / 4],
        _ => values[(values.len() - 1) / 2],
    })
}

/// Who asserts, denies, doubts or claims, with the records in which they do.
fn accounts(events: &[&EventRecord]) -> Vec<AccountRecord> {
    let mut list: Vec<AccountRecord> = Vec::new();
    for event in events {
        let link = event.attribution.last();
        let claims = link.is_some_and(|link| {
            event.event == "ASSAULT"
                && link.stance == "asserts"
                && event.actor.iter().any(|actor| actor.name.is_some() && actor.name == link.entity.name)
        });
        let stance = match link {
            Some(_) if claims => "claims",
            Some(link) => link.stance.as_str(),
            None if event.factuality.ends_with('-') => "denies",
            None => "asserts",
        };
        let same = |account: &&mut AccountRecord| {
            let code = |entity: &EntityRecord| (entity.country.clone(), entity.sector.clone(), entity.name.clone());
            account.stance == stance && account.entity.as_ref().map(code) == link.map(|link| code(&link.entity))
        };
        match list.iter_mut().find(same) {
            Some(account) => account.events.push(event.id.clone()),
            None => list.push(AccountRecord {
                entity: link.map(|link| link.entity.clone()),
                stance: stance.to_owned(),
                events: vec![event.id.clone()],
            }),
        }
    }
    list
}

fn disputed(events: &[&EventRecord], figures: &BTreeMap<String, FigureRange>, accounts: &[AccountRecord]) -> Vec<String> {
    let mut list = Vec::new();
    let apart = |range: &FigureRange| {
        let current: Vec<&FigureAccount> =
            range.accounts.iter().filter(|account| !account.superseded && account.scope == "event").collect();
        current.iter().any(|a| {
            current.iter().any(|b| {
                a.speaker.as_ref().map(|entity| (&entity.country, &entity.sector))
                    != b.speaker.as_ref().map(|entity| (&entity.country, &entity.sector))
                    && a.high.unwrap_or(u64::MAX) < b.low.unwrap_or(0)
            })
        })
    };
    if figures.values().any(apart) {
        list.push("figures".to_owned());
    }
    let actors: BTreeSet<Vec<(Option<String>, Option<String>)>> = events
        .iter()
        .filter(|event| !event.actor.is_empty())
        .map(|event| event.actor.iter().map(|actor| (actor.country.clone(), actor.sector.clone())).collect())
        .collect();
    if actors.len() > 1 {
        list.push("actor".to_owned());
    }
    if accounts.iter().any(|account| account.stance == "denies") && accounts.iter().any(|account| account.stance != "denies") {
        list.push("event".to_owned());
    }
    list
}
