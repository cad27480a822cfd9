//! Articles that were written → reports, looked up in their blocks and compared: which pairs are alike.
//!
//! The same steps as `selon_core::incident::join` takes in memory, for new articles only. What is kept here is derived from the articles that hold now
//! and may be removed with them; the history is in the incidents' rows.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use selon_core::incident::{Report, alike, copies, reports};
use selon_core::record::{DocumentRecord, EventRecord};

use crate::error::Result;
use crate::grouping;
use crate::ids::{UNDATED, number};
use crate::review::Decisions;
use crate::schema::OPEN;
use crate::store::Store;
use crate::write::begin;

/// Articles that are joined in one transaction.
const BATCH: usize = 512;

/// What joining did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// Articles joined.
    pub articles: usize,
    /// Incidents that are new or have changed.
    pub changed: usize,
    /// Incidents that no longer hold: merged into others, or without reports.
    pub closed: usize,
}

impl Store {
    /// Joins the events of all articles written since the last time, a batch a transaction. A run cut off goes on where it was.
    ///
    /// The incidents are those that `selon_core::incident::join` makes of all articles that hold, whatever the order in which they came.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn join(&mut self) -> Result<Joined> {
        let mut joined = Joined::default();
        loop {
            let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let batch: Vec<i64> = {
                let mut query = transaction.prepare_cached("SELECT document FROM pending ORDER BY document LIMIT ?1")?;
                let rows = query.query_map([BATCH as i64], |row| row.get(0))?;
                rows.collect::<std::result::Result<_, _>>()?
            };
            let touched: i64 = transaction.query_row("SELECT count(*) FROM touched", [], |row| row.get(0))?;
            if batch.is_empty() && touched == 0 {
                return Ok(joined);
            }
            let tx = begin(&transaction, "join")?;
            let decisions = Decisions::load(&transaction)?;
            let mut cache = BTreeMap::new();
            for document in &batch {
                article(&transaction, *document, &decisions, &mut cache)?;
                transaction.prepare_cached("DELETE FROM pending WHERE document = ?1")?.execute([document])?;
            }
            let (changed, closed) = grouping::regroup(&transaction, tx, &decisions)?;
            transaction.commit()?;
            joined.articles += batch.len();
            joined.changed += changed;
            joined.closed += closed;
        }
    }
}

/// The document of a row.
pub(crate) fn document(connection: &Connection, row: i64) -> Result<DocumentRecord> {
    let mut query = connection.prepare_cached("SELECT body FROM document WHERE row = ?1")?;
    let body: String = query.query_row([row], |row| row.get(0))?;
    Ok(serde_json::from_str(&body)?)
}

fn article(connection: &Connection, row: i64, decisions: &Decisions, cache: &mut BTreeMap<i64, Report>) -> Result<()> {
    let holds: Option<i64> = connection
        .prepare_cached("SELECT row FROM document WHERE row = ?1 AND tx_to = ?2")?
        .query_row(params![row, OPEN], |row| row.get(0))
        .optional()?;
    if holds.is_none() {
        return Ok(());
    }
    let document = document(connection, row)?;
    copied(connection, row, &document)?;
    let mut events: Vec<EventRecord> = Vec::new();
    let mut query = connection.prepare_cached("SELECT body FROM event WHERE document = ?1 AND tx_to = ?2 ORDER BY row")?;
    let bodies = query.query_map(params![row, OPEN], |row| row.get::<_, String>(0))?;
    for body in bodies {
        events.push(serde_json::from_str(&body?)?);
    }
    decisions.split(&mut events);
    for report in reports(&document, &events.iter().collect::<Vec<_>>()) {
        add(connection, row, &report, cache)?;
    }
    Ok(())
}

/// Keeps a report, and compares it with those it may be alike.
fn add(connection: &Connection, document: i64, report: &Report, cache: &mut BTreeMap<i64, Report>) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO report (document, body) VALUES (?1, ?2)")?
        .execute(params![document, serde_json::to_string(report)?])?;
    let row = connection.last_insert_rowid();
    for event in &report.events {
        connection
            .prepare_cached("INSERT OR IGNORE INTO report_event (event, report) VALUES (?1, ?2)")?
            .execute(params![number(event), row])?;
    }
    let mut met: BTreeSet<i64> = BTreeSet::new();
    let mut query = connection.prepare_cached("SELECT report FROM report_block WHERE block = ?1")?;
    for block in report.haunts() {
        for other in query.query_map([block.cast_signed()], |row| row.get(0))? {
            met.insert(other?);
        }
    }
    for other in met {
        let known = match cache.entry(other) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(load(connection, other)?),
        };
        // The earlier key first, as in memory: the reasons read the same.
        let (first, second) = if known.key <= report.key { (&*known, report) } else { (report, &*known) };
        if let Some((score, why)) = alike(first, second) {
            let mut insert =
                connection.prepare_cached("INSERT OR REPLACE INTO likeness (report, other, score, why) VALUES (?1, ?2, ?3, ?4)")?;
            insert.execute(params![row, other, score, why])?;
            insert.execute(params![other, row, score, why])?;
        }
    }
    for block in report.homes() {
        connection
            .prepare_cached("INSERT OR IGNORE INTO report_block (block, report) VALUES (?1, ?2)")?
            .execute(params![block.cast_signed(), row])?;
    }
    connection.prepare_cached("INSERT OR IGNORE INTO touched (report) VALUES (?1)")?.execute([row])?;
    cache.insert(row, report.clone());
    Ok(())
}

/// The report of a row.
pub(crate) fn load(connection: &Connection, row: i64) -> Result<Report> {
    let mut query = connection.prepare_cached("SELECT body FROM report WHERE row = ?1")?;
    let body: String = query.query_row([row], |row| row.get(0))?;
    Ok(serde_json::from_str(&body)?)
}

/// Removes what was derived from an article that no longer holds; what its reports were alike is grouped anew.
pub(crate) fn forget(connection: &Connection, document: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM pending WHERE document = ?1")?.execute([document])?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO touched (report) SELECT r.row FROM report r JOIN copy c ON r.document = c.other WHERE c.document = ?1",
        )?
        .execute([document])?;
    for column in ["document", "other"] {
        connection.prepare_cached(&format!("DELETE FROM copy WHERE {column} = ?1"))?.execute([document])?;
    }
    let mut query = connection.prepare_cached("SELECT row FROM report WHERE document = ?1")?;
    let rows: Vec<i64> = query.query_map([document], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    for row in rows {
        grouping::orphan(connection, row)?;
        let report = load(connection, row)?;
        connection.prepare_cached("INSERT OR IGNORE INTO touched (report) SELECT other FROM likeness WHERE report = ?1")?.execute([row])?;
        for block in report.homes() {
            connection
                .prepare_cached("DELETE FROM report_block WHERE block = ?1 AND report = ?2")?
                .execute(params![block.cast_signed(), row])?;
        }
        for event in &report.events {
            connection.prepare_cached("DELETE FROM report_event WHERE event = ?1 AND report = ?2")?.execute(params![number(event), row])?;
        }
        let mut others = connection.prepare_cached("SELECT other FROM likeness WHERE report = ?1")?;
        let others: Vec<i64> = others.query_map([row], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
        for other in others {
            connection.prepare_cached("DELETE FROM likeness WHERE report = ?1 AND other = ?2")?.execute(params![other, row])?;
        }
        connection.prepare_cached("DELETE FROM likeness WHERE report = ?1")?.execute([row])?;
        connection.prepare_cached("DELETE FROM touched WHERE report = ?1")?.execute([row])?;
        connection.prepare_cached("DELETE FROM report WHERE row = ?1")?.execute([row])?;
    }
    Ok(())
}

/// Looks for articles that this one copies or that copy it, by the word runs they share.
fn copied(connection: &Connection, row: i64, document: &DocumentRecord) -> Result<()> {
    let runs = copies::runs(&document.text);
    let day: i64 = connection.prepare_cached("SELECT day FROM document WHERE row = ?1")?.query_row([row], |row| row.get(0))?;
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    let mut query = connection.prepare_cached("SELECT document FROM shingle WHERE hash = ?1 LIMIT ?2")?;
    for run in &runs {
        let holders = query.query_map(params![run.cast_signed(), copies::FORMULA as i64], |row| row.get(0))?;
        for holder in holders {
            *shared.entry(holder?).or_default() += 1;
        }
    }
    for run in &runs {
        connection
            .prepare_cached("INSERT OR IGNORE INTO shingle (hash, document) VALUES (?1, ?2)")?
            .execute(params![run.cast_signed(), row])?;
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO shingles (document, count) VALUES (?1, ?2)")?
        .execute(params![row, runs.len() as i64])?;
    let dated = |day: i64| (day != UNDATED).then_some(day);
    for (other, count) in shared.into_iter().filter(|(other, _)| *other != row) {
        let mut query = connection.prepare_cached(
            "SELECT s.count, d.day FROM shingles s JOIN document d ON d.row = s.document WHERE s.document = ?1 AND d.tx_to = ?2",
        )?;
        let found: Option<(i64, i64)> = query.query_row(params![other, OPEN], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((others, other_day)) = found
            && copies::is_copy(count, runs.len(), usize::try_from(others).unwrap_or(0), (dated(day), dated(other_day)))
        {
            let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO copy (document, other) VALUES (?1, ?2)")?;
            insert.execute(params![row, other])?;
            insert.execute(params![other, row])?;
            // The reports of both are counted anew: they are one voice now.
            connection
                .prepare_cached("INSERT OR IGNORE INTO touched (report) SELECT row FROM report WHERE document = ?1")?
                .execute([other])?;
        }
    }
    Ok(())
}
