//! Single records by id, and what changed.

use rusqlite::{OptionalExtension, params};
use selon_core::record::{DocumentRecord, EventRecord, IncidentRecord, StatementRecord};

use crate::error::Result;
use crate::ids::{number, text};
use crate::schema::OPEN;
use crate::store::{Moment, Store};

/// The kinds of record that are queried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reports of acts.
    Event,
    /// What somebody says.
    Statement,
    /// Occurrences.
    Incident,
}

impl Kind {
    pub(crate) fn table(self) -> &'static str {
        match self {
            Kind::Event => "event",
            Kind::Statement => "statement",
            Kind::Incident => "incident",
        }
    }
}

/// A row that began or ceased to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The transaction that did it.
    pub tx: Moment,
    /// Its instant, RFC 3339.
    pub at: String,
    /// document, event, statement or incident.
    pub table: &'static str,
    /// Id of the record.
    pub id: String,
    /// Whether it holds since then (again or for the first time); false: it no longer does.
    pub holds: bool,
}

impl Store {
    /// The article of this id, as known at `as_of` (now when `None`); without an article `None`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn document(&self, id: &str, as_of: Option<Moment>) -> Result<Option<DocumentRecord>> {
        self.body("document", number(id), as_of)?.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }

    /// The event of this id, with the incident it belongs to.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn event(&self, id: &str, as_of: Option<Moment>) -> Result<Option<EventRecord>> {
        self.body("event", number(id), as_of)?.map(|body| self.with_incident(&body, as_of)).transpose()
    }

    /// The statement of this id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn statement(&self, id: &str, as_of: Option<Moment>) -> Result<Option<StatementRecord>> {
        self.body("statement", number(id), as_of)?.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }

    /// The incident that answers to this id, which may be that of one merged into it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn incident(&self, id: &str, as_of: Option<Moment>) -> Result<Option<IncidentRecord>> {
        let at = as_of.unwrap_or(self.now()?);
        let mut id = number(id);
        // Aliases may point at what has been merged since; a chain is as long as the merges.
        for _ in 0..64 {
            if let Some(body) = self.body("incident", id, Some(at))? {
                return Ok(Some(serde_json::from_str(&body)?));
            }
            let mut query = self.connection.prepare_cached("SELECT target FROM alias WHERE id = ?1 AND tx_from <= ?2 AND tx_to > ?2")?;
            match query.query_row(params![id, at], |row| row.get(0)).optional()? {
                Some(target) => id = target,
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    fn body(&self, table: &'static str, id: i64, as_of: Option<Moment>) -> Result<Option<String>> {
        let at = as_of.unwrap_or(self.now()?);
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT body FROM {table} WHERE id = ?1 AND tx_to > ?2 AND tx_from <= ?2 ORDER BY row DESC LIMIT 1"
        ))?;
        Ok(query.query_row(params![id, at], |row| row.get(0)).optional()?)
    }

    /// The event of a row's body: `incident` is the store's, as known at `as_of`.
    pub(crate) fn with_incident(&self, body: &str, as_of: Option<Moment>) -> Result<EventRecord> {
        let at = as_of.unwrap_or(Moment::MAX - 1);
        let mut event: EventRecord = serde_json::from_str(body)?;
        let mut query = self.connection.prepare_cached(
            "SELECT incident FROM membership WHERE event = ?1 AND tx_from <= ?2 AND tx_to > ?2 ORDER BY tx_from DESC LIMIT 1",
        )?;
        let incident: Option<i64> = query.query_row(params![number(&event.id), at], |row| row.get(0)).optional()?;
        if let Some(incident) = incident {
            event.incident = Some(text(incident));
        }
        Ok(event)
    }

    /// Everything that began or ceased to hold after transaction `since`, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn changes(&self, since: Moment) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for table in ["document", "event", "statement", "incident"] {
            for (column, holds) in [("tx_to", false), ("tx_from", true)] {
                let mut query = self.connection.prepare(&format!(
                    "SELECT t.tx, t.at, r.id FROM {table} r JOIN tx t ON t.tx = r.{column} WHERE r.{column} > ?1 AND r.{column} < {OPEN} ORDER BY r.row"
                ))?;
                let rows =
                    query.query_map([since], |row| Ok(Change { tx: row.get(0)?, at: row.get(1)?, table, id: text(row.get(2)?), holds }))?;
                for row in rows {
                    changes.push(row?);
                }
            }
        }
        changes.sort_by_key(|change| change.tx);
        Ok(changes)
    }
}
