//! Decisions by hand: merge, split, correct, undo. Append-only, with author and reason; they hold through re-coding because they are tied to words of articles.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use selon_core::assemble::stable_id;
use selon_core::incident::Apart;
use selon_core::record::{EventRecord, IncidentRecord};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Result, StoreError};
use crate::ids::number;
use crate::joining;
use crate::schema::OPEN;
use crate::store::Store;
use crate::write::begin;

/// An event as a decision names it: by its id, and by its words should another version of the coder give it another id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Id of the event when the decision was taken.
    pub event: String,
    /// Id of its article.
    pub document: String,
    /// First character of its trigger.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "lowercase")]
pub enum Decision {
    /// These events report one occurrence.
    Merge {
        /// Members of the incidents that were merged.
        events: Vec<Anchor>,
    },
    /// `events` report another occurrence than `others`.
    Split {
        /// The events taken out.
        events: Vec<Anchor>,
        /// Those that stayed.
        others: Vec<Anchor>,
    },
    /// A field of the incident that `event` belongs to has this value.
    Correct {
        /// A member.
        event: Anchor,
        /// The field, with dots into what it holds: "event", "figures.killed.best".
        field: String,
        /// Its value.
        value: Value,
    },
    /// An earlier decision no longer holds.
    Undo {
        /// Its number.
        of: i64,
    },
}

/// A decision with its circumstances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Its number.
    pub number: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who decided.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What.
    #[serde(flatten)]
    pub decision: Decision,
}

/// The decisions that hold, as joining uses them.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    /// Pairs of events that were parted.
    pub apart: Apart,
    /// Events that were taken out of their article's retelling, with the number of the decision.
    labels: BTreeMap<String, i64>,
    /// Events that were merged, with the reason in words.
    merged: BTreeMap<String, Vec<(String, String)>>,
    corrections: Vec<(String, String, Value, String)>,
}

impl Decisions {
    pub fn load(connection: &Connection) -> Result<Decisions> {
        let all = reviews(connection)?;
        let undone: BTreeSet<i64> =
            all.iter().filter_map(|review| if let Decision::Undo { of } = review.decision { Some(of) } else { None }).collect();
        let mut decisions = Decisions::default();
        for review in all.into_iter().filter(|review| !undone.contains(&review.number)) {
            decisions.add(connection, review)?;
        }
        Ok(decisions)
    }

    fn add(&mut self, connection: &Connection, review: Review) -> Result<()> {
        let said = |what: &str| format!("{what} by {}: {}", review.author, review.reason);
        match review.decision {
            Decision::Merge { events } => {
                let ids = resolve(connection, &events)?;
                for other in ids.iter().skip(1) {
                    let why = said("joined");
                    self.merged.entry(ids[0].clone()).or_default().push((other.clone(), why.clone()));
                    self.merged.entry(other.clone()).or_default().push((ids[0].clone(), why));
                }
            }
            Decision::Split { events, others } => {
                let (out, stayed) = (resolve(connection, &events)?, resolve(connection, &others)?);
                for one in &out {
                    self.labels.insert(one.clone(), review.number);
                    self.apart.extend(stayed.iter().map(|other| (one.min(other).clone(), one.max(other).clone())));
                }
            }
            Decision::Correct { event, field, value } => {
                for id in resolve(connection, &[event])? {
                    self.corrections.push((
                        id,
                        field.clone(),
                        value.clone(),
                        format!("{field} corrected by {}: {}", review.author, review.reason),
                    ));
                }
            }
            Decision::Undo { .. } => {}
        }
        Ok(())
    }

    /// Parts events that were taken out from the others of their article.
    pub fn split(&self, events: &mut [EventRecord]) {
        for event in events {
            if let Some(decision) = self.labels.get(&event.id) {
                let within = event.incident.clone().unwrap_or_default();
                event.incident = Some(stable_id(&["split", &decision.to_string(), &within]));
            }
        }
    }

    /// Reports that were merged with this one, and why.
    pub fn joined(&self, connection: &Connection, report: i64) -> Result<Vec<(i64, String)>> {
        let mut found = Vec::new();
        if self.merged.is_empty() {
            return Ok(found);
        }
        for event in joining::load(connection, report)?.events {
            for (other, why) in self.merged.get(&event).into_iter().flatten() {
                let mut query = connection.prepare_cached("SELECT report FROM report_event WHERE event = ?1")?;
                for row in query.query_map([number(other)], |row| row.get::<_, i64>(0))? {
                    let row = row?;
                    if row != report {
                        found.push((row, why.clone()));
                    }
                }
            }
        }
        Ok(found)
    }

    /// Applies the corrections of an incident, in the order of the decisions. One that no longer fits the record is left out.
    pub fn correct(&self, incident: &mut IncidentRecord) {
        for (event, field, value, why) in &self.corrections {
            if incident.members.contains(event)
                && let Ok(mut corrected) = set(incident, field, value)
            {
                corrected.why.push(why.clone());
                *incident = corrected;
            }
        }
    }
}

/// Fields that may be corrected; figures are "figures.KIND.low" and so on.
const FIELDS: &[&str] = &["event", "mode", "status", "actor", "recipient", "event_loc", "time", "disputed"];

fn set(incident: &IncidentRecord, field: &str, value: &Value) -> Result<IncidentRecord> {
    let parts: Vec<&str> = field.split('.').collect();
    let known = FIELDS.contains(&field) || parts.len() == 3 && parts[0] == "figures" && ["low", "best", "high"].contains(&parts[2]);
    if !known {
        return Err(StoreError::Asked(format!("{field}: may be {} or figures.killed.best (low, high)", FIELDS.join(", "))));
    }
    let mut whole = serde_json::to_value(incident)?;
    match parts[..] {
        [_, kind, bound] if whole["figures"].get(kind).is_none() => {
            whole["figures"][kind] = serde_json::json!({ "low": null, "best": null, "high": null, "rule": "by hand", "accounts": [] });
            whole["figures"][kind][bound] = value.clone();
        }
        [_, kind, bound] => whole["figures"][kind][bound] = value.clone(),
        _ => whole[field] = value.clone(),
    }
    serde_json::from_value(whole).map_err(|error| StoreError::Asked(format!("{field}: {value} does not fit ({error})")))
}

/// The events as they are called now: by id, else by the words they stand on.
fn resolve(connection: &Connection, anchors: &[Anchor]) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for anchor in anchors {
        let mut query = connection.prepare_cached("SELECT 1 FROM event WHERE id = ?1 AND tx_to = ?2")?;
        if query.query_row(params![number(&anchor.event), OPEN], |_| Ok(())).optional()?.is_some() {
            ids.push(anchor.event.clone());
            continue;
        }
        let mut query = connection.prepare_cached(
            "SELECT e.body FROM event e JOIN document d ON d.row = e.document WHERE d.id = ?1 AND d.tx_to = ?2 AND e.tx_to = ?2 ORDER BY e.row",
        )?;
        for body in query.query_map(params![number(&anchor.document), OPEN], |row| row.get::<_, String>(0))? {
            let event: EventRecord = serde_json::from_str(&body?)?;
            if event.trigger.start < anchor.end && anchor.start < event.trigger.end {
                ids.push(event.id);
                break;
            }
        }
    }
    Ok(ids)
}

fn reviews(connection: &Connection) -> Result<Vec<Review>> {
    let mut query = connection.prepare_cached("SELECT seq, at, author, reason, body FROM review ORDER BY seq")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get::<_, String>(4)?)))?;
    let mut all = Vec::new();
    for row in rows {
        let (number, at, author, reason, body) = row?;
        all.push(Review { number, at, author, reason, decision: serde_json::from_str(&body)? });
    }
    Ok(all)
}

impl Store {
    /// All decisions, in the order they were taken.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reviews(&self) -> Result<Vec<Review>> {
        reviews(&self.connection)
    }

    /// Decides that these incidents are one. The number of the decision.
    ///
    /// # Errors
    /// When an incident is unknown or the file cannot be written.
    pub fn merge(&mut self, incidents: &[String], author: &str, reason: &str) -> Result<i64> {
        let mut events = Vec::new();
        for id in incidents {
            events.extend(self.anchors(&self.held(id)?.members)?);
        }
        self.decide(Decision::Merge { events }, author, reason)
    }

    /// Decides that these events of an incident report another occurrence. The number of the decision.
    ///
    /// # Errors
    /// When the incident is unknown, an event is none of its members, all are, or the file cannot be written.
    pub fn split(&mut self, incident: &str, events: &[String], author: &str, reason: &str) -> Result<i64> {
        let members = self.held(incident)?.members;
        if let Some(alien) = events.iter().find(|event| !members.contains(event)) {
            return Err(StoreError::Asked(format!("{alien} is no member of {incident}")));
        }
        let others: Vec<String> = members.into_iter().filter(|member| !events.contains(member)).collect();
        if others.is_empty() || events.is_empty() {
            return Err(StoreError::Asked("name some of the members, not all and not none".into()));
        }
        let decision = Decision::Split { events: self.anchors(events)?, others: self.anchors(&others)? };
        self.decide(decision, author, reason)
    }

    /// Decides what a field of an incident holds. The number of the decision.
    ///
    /// # Errors
    /// When the incident is unknown, the value does not fit, or the file cannot be written.
    pub fn correct(&mut self, incident: &str, field: &str, value: &Value, author: &str, reason: &str) -> Result<i64> {
        let held = self.held(incident)?;
        set(&held, field, value)?;
        let event = self.anchors(&held.members[..1])?.remove(0);
        self.decide(Decision::Correct { event, field: field.into(), value: value.clone() }, author, reason)
    }

    /// Takes a decision back, by another one. The number of the new decision.
    ///
    /// # Errors
    /// When there is no such decision or the file cannot be written.
    pub fn undo(&mut self, decision: i64, author: &str, reason: &str) -> Result<i64> {
        if !self.reviews()?.iter().any(|review| review.number == decision && !matches!(review.decision, Decision::Undo { .. })) {
            return Err(StoreError::Unknown { what: "decision", id: decision.to_string() });
        }
        self.decide(Decision::Undo { of: decision }, author, reason)
    }

    fn held(&self, id: &str) -> Result<IncidentRecord> {
        self.incident(id, None)?.ok_or_else(|| StoreError::Unknown { what: "incident", id: id.to_owned() })
    }

    fn anchors(&self, events: &[String]) -> Result<Vec<Anchor>> {
        let mut anchors = Vec::new();
        for id in events {
            let event = self.event(id, None)?.ok_or_else(|| StoreError::Unknown { what: "event", id: id.clone() })?;
            anchors.push(Anchor { event: event.id, document: event.document, start: event.trigger.start, end: event.trigger.end });
        }
        Ok(anchors)
    }

    /// Keeps the decision and joins the articles it concerns anew, in one transaction and the next.
    fn decide(&mut self, decision: Decision, author: &str, reason: &str) -> Result<i64> {
        if author.trim().is_empty() || reason.trim().is_empty() {
            return Err(StoreError::Asked("a decision needs an author and a reason".into()));
        }
        let concerned = match &decision {
            Decision::Undo { of } => {
                self.reviews()?.into_iter().find(|review| review.number == *of).map(|review| review.decision).unwrap_or(decision_none())
            }
            other => other.clone(),
        };
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let tx = begin(&transaction, "review")?;
        let at: String = transaction.query_row("SELECT at FROM tx WHERE tx = ?1", [tx], |row| row.get(0))?;
        transaction.execute(
            "INSERT INTO review (tx, at, author, reason, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![tx, at, author, reason, serde_json::to_string(&decision)?],
        )?;
        let number = transaction.last_insert_rowid();
        for document in documents(&concerned) {
            let mut query = transaction.prepare_cached("SELECT row FROM document WHERE id = ?1 AND tx_to = ?2")?;
            let row: Option<i64> = query.query_row(params![crate::ids::number(document), OPEN], |row| row.get(0)).optional()?;
            if let Some(row) = row {
                joining::forget(&transaction, row)?;
                transaction.execute("INSERT OR IGNORE INTO pending (document) VALUES (?1)", [row])?;
            }
        }
        transaction.commit()?;
        self.join()?;
        Ok(number)
    }
}

fn decision_none() -> Decision {
    Decision::Merge { events: Vec::new() }
}

fn documents(decision: &Decision) -> BTreeSet<&str> {
    let anchors: Vec<&Anchor> = match decision {
        Decision::Merge { events } => events.iter().collect(),
        Decision::Split { events, others } => events.iter().chain(others).collect(),
        Decision::Correct { event, .. } => vec![event],
        Decision::Undo { .. } => Vec::new(),
    };
    anchors.into_iter().map(|anchor| anchor.document.as_str()).collect()
}
