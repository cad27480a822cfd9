//! Whether the file is whole, and copies of it while it is written.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use selon_core::record::{DocumentRecord, EventRecord};

use crate::error::Result;
use crate::schema::OPEN;
use crate::store::Store;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Articles that hold now.
    pub articles: u64,
    /// Events that hold now.
    pub events: u64,
    /// Statements that hold now.
    pub statements: u64,
    /// Incidents that hold now.
    pub incidents: u64,
    /// Transactions.
    pub transactions: u64,
    /// What is wrong, in words; empty in a whole store.
    pub faults: Vec<String>,
}

/// What must give no row, and what it means if it does.
const LAWS: &[(&str, &str)] = &[
    ("SELECT id FROM document WHERE tx_to = {open} GROUP BY id HAVING count(*) > 1", "an article holds twice"),
    ("SELECT id FROM event WHERE tx_to = {open} GROUP BY id HAVING count(*) > 1", "an event holds twice"),
    ("SELECT id FROM statement WHERE tx_to = {open} GROUP BY id HAVING count(*) > 1", "a statement holds twice"),
    ("SELECT id FROM incident WHERE tx_to = {open} GROUP BY id HAVING count(*) > 1", "an incident holds twice"),
    (
        "SELECT e.id FROM event e JOIN document d ON d.row = e.document WHERE e.tx_to = {open} AND d.tx_to <> {open}",
        "an event holds though its article does not",
    ),
    ("SELECT id FROM event WHERE document NOT IN (SELECT row FROM document)", "an event has no article"),
    ("SELECT event FROM membership WHERE tx_to = {open} GROUP BY event HAVING count(*) > 1", "an event belongs to two incidents"),
    (
        "SELECT event FROM membership WHERE tx_to = {open} AND incident NOT IN (SELECT id FROM incident WHERE tx_to = {open})",
        "an event belongs to an incident that does not hold",
    ),
    (
        "SELECT row FROM event WHERE NOT EXISTS (SELECT 1 FROM event_facet f, facet n WHERE n.name = 'event/all' AND f.facet = n.facet AND f.day = event.day AND f.row = event.row)",
        "an event is not listed",
    ),
    ("SELECT row FROM document WHERE tx_from > (SELECT max(tx) FROM tx)", "an article is of a transaction that is not there"),
];

impl Store {
    /// Reads the whole file: its pages, its indexes, and the laws that records obey.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn check(&self) -> Result<Found> {
        let count = |table: &str| -> Result<u64> {
            let sql = format!("SELECT count(*) FROM {table} WHERE tx_to = {OPEN}");
            Ok(self.connection.query_row(&sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
        };
        let mut found = Found {
            articles: count("document")?,
            events: count("event")?,
            statements: count("statement")?,
            incidents: count("incident")?,
            transactions: self.now()?.unsigned_abs(),
            faults: Vec::new(),
        };
        let mut pages = self.connection.prepare("PRAGMA integrity_check(20)")?;
        for line in pages.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                found.faults.push(line);
            }
        }
        for (law, meaning) in LAWS {
            let sql = format!("SELECT count(*) FROM ({})", law.replace("{open}", &OPEN.to_string()));
            let broken: i64 = self.connection.query_row(&sql, [], |row| row.get(0))?;
            if broken > 0 {
                found.faults.push(format!("{meaning} ({broken} times)"));
            }
        }
        Ok(found)
    }

    /// The articles, at most `limit`, that another version of the coder coded: what a re-coding has left to do. `coder` is version and hash.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outdated(&self, version: &str, hash: &str, limit: usize) -> Result<Vec<DocumentRecord>> {
        let mut query =
            self.connection.prepare_cached("SELECT body FROM document WHERE tx_to = ?1 AND coder <> ?2 ORDER BY row LIMIT ?3")?;
        let bodies = query.query_map(rusqlite::params![OPEN, format!("{version} {hash}"), limit as i64], |row| row.get::<_, String>(0))?;
        let mut documents = Vec::new();
        for body in bodies {
            documents.push(serde_json::from_str(&body?)?);
        }
        Ok(documents)
    }

    /// The events of an article, as they hold now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn events_of(&self, document: &str) -> Result<Vec<EventRecord>> {
        let mut query = self.connection.prepare_cached(
            "SELECT e.body FROM event e JOIN document d ON d.row = e.document WHERE d.id = ?1 AND d.tx_to = ?2 AND e.tx_to = ?2 ORDER BY e.row",
        )?;
        let bodies = query.query_map(rusqlite::params![crate::ids::number(document), OPEN], |row| row.get::<_, String>(0))?;
        let mut events = Vec::new();
        for body in bodies {
            events.push(serde_json::from_str(&body?)?);
        }
        Ok(events)
    }

    /// Copies the store to `path` while others may write it; the copy is of one moment. An existing file is overwritten.
    ///
    /// # Errors
    /// When the copy cannot be written.
    pub fn backup(&self, path: impl AsRef<Path>) -> Result<()> {
        let mut copy = rusqlite::Connection::open(path)?;
        Backup::new(&self.connection, &mut copy)?.run_to_completion(4096, Duration::ZERO, None)?;
        Ok(())
    }
}
