//! Records of coded articles into the store, a batch a transaction.

use rusqlite::{Connection, OptionalExtension, params};
use selon_core::record::{DocumentRecord, EventRecord, Record, StatementRecord, TimeRecord};

use crate::error::{Result, StoreError};
use crate::facets::{self, Facets, LONG, LONG_DAYS, Names};
use crate::ids::{UNDATED, day, number};
use crate::schema::OPEN;
use crate::store::{Moment, Store, stamp};

/// The records of one article, as `selon code` gives them.
pub type Coded = Vec<Record>;

/// What a batch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The transaction; 0 when nothing changed.
    pub tx: Moment,
    /// Articles that were not in the store.
    pub articles: usize,
    /// Articles already there, coded by the same version: nothing was done.
    pub unchanged: usize,
    /// Articles whose records replace those of another version of the coder or of the article's text.
    pub replaced: usize,
    /// Events written.
    pub events: usize,
    /// Statements written.
    pub statements: usize,
}

impl Written {
    /// Adds another batch's counts; the later transaction stands.
    pub fn add(&mut self, other: Written) {
        self.tx = self.tx.max(other.tx);
        self.articles += other.articles;
        self.unchanged += other.unchanged;
        self.replaced += other.replaced;
        self.events += other.events;
        self.statements += other.statements;
    }
}

/// A row about to be written.
pub(crate) struct Row<'a> {
    pub table: &'static str,
    pub id: i64,
    pub document: i64,
    pub days: (i64, i64),
    pub point: (Option<f64>, Option<f64>),
    pub body: &'a str,
}

impl Store {
    /// Writes the records of articles in one transaction: all of them or none. When this returns they outlive the process.
    ///
    /// An article already there and coded by the same version is left as it is, so that a run cut off may simply be repeated. Another text under the same
    /// address, or another version of the coder, closes the older rows.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&mut self, articles: &[Coded]) -> Result<Written> {
        let mut written = Written::default();
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let new: Vec<&Coded> = {
            let mut kept = Vec::new();
            for records in articles {
                match document(records) {
                    Some(document) if already(&transaction, document)? => written.unchanged += 1,
                    Some(_) => kept.push(records),
                    None => {}
                }
            }
            kept
        };
        if new.is_empty() {
            return Ok(written);
        }
        let tx = begin(&transaction, "write")?;
        let mut facets = Facets::default();
        let mut seen = std::collections::BTreeSet::new();
        for records in new {
            if let Some(document) = document(records)
                && seen.insert(document.id.as_str())
            {
                article(&transaction, tx, document, records, &mut facets, &mut written)?;
            }
        }
        facets.flush(&transaction)?;
        transaction.commit()?;
        written.tx = tx;
        Ok(written)
    }
}

fn document(records: &[Record]) -> Option<&DocumentRecord> {
    records.iter().find_map(|record| if let Record::Document(document) = record { Some(document) } else { None })
}

/// Whether the article is there as this coder codes it.
fn already(connection: &Connection, document: &DocumentRecord) -> Result<bool> {
    let mut query = connection.prepare_cached("SELECT coder FROM document WHERE id = ?1 AND tx_to = ?2")?;
    let coder: Option<String> = query.query_row(params![number(&document.id), OPEN], |row| row.get(0)).optional()?;
    Ok(coder.is_some_and(|coder| coder == coder_name(document)))
}

/// Version and hash of what coded it.
pub(crate) fn coder_name(document: &DocumentRecord) -> String {
    format!("{} {}", document.coder.version, document.coder.hash)
}

/// Opens the next transaction of the store's own count; its instant is never before the last one's.
pub(crate) fn begin(connection: &Connection, what: &str) -> Result<Moment> {
    let last: Option<String> = connection.query_row("SELECT max(at) FROM tx", [], |row| row.get(0))?;
    let now = stamp(jiff::Timestamp::now());
    let at = last.map_or_else(|| now.clone(), |last| last.max(now.clone()));
    connection.execute("INSERT INTO tx (at, what) VALUES (?1, ?2)", params![at, what])?;
    Ok(connection.last_insert_rowid())
}

fn article(
    connection: &Connection,
    tx: Moment,
    document: &DocumentRecord,
    records: &[Record],
    facets: &mut Facets,
    written: &mut Written,
) -> Result<()> {
    let (older, version) = close_older(connection, tx, document)?;
    if older > 0 {
        written.replaced += 1;
    } else {
        written.articles += 1;
    }
    let published = day(document.published.as_deref());
    connection
        .prepare_cached(
            "INSERT INTO document (id, tx_from, tx_to, key, version, outlet, lang, day, coder, body) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
        )?
        .execute(params![
            number(&document.id),
            tx,
            OPEN,
            document.url,
            version,
            document.outlet,
            document.lang,
            published.unwrap_or(UNDATED),
            coder_name(document),
            serde_json::to_string(document)?
        ])?;
    let row = connection.last_insert_rowid();
    connection.prepare_cached("INSERT INTO document_text (rowid, title, text) VALUES (?1, ?2, ?3)")?.execute(params![
        row,
        document.title,
        document.text
    ])?;
    connection.prepare_cached("INSERT INTO pending (document) VALUES (?1)")?.execute([row])?;
    for record in records {
        match record {
            Record::Event(value) => {
                event(connection, tx, row, document, value, published, facets)?;
                written.events += 1;
            }
            Record::Statement(value) => {
                statement(connection, tx, row, document, value, published, facets)?;
                written.statements += 1;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Closes the rows of the same article: its own id coded by another version, or another text under its address. How many there were, and the new version.
fn close_older(connection: &Connection, tx: Moment, document: &DocumentRecord) -> Result<(usize, i64)> {
    let mut query = connection.prepare_cached(
        "SELECT row, version, id FROM document WHERE id = ?1 AND tx_to = ?3 UNION SELECT row, version, id FROM document WHERE key = ?2 AND tx_to = ?3",
    )?;
    let own = number(&document.id);
    let older: Vec<(i64, i64, i64)> = query
        .query_map(params![own, document.url, OPEN], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let mut version = 1;
    for (row, old, id) in &older {
        version = version.max(if *id == own { *old } else { old + 1 });
        for table in ["event", "statement"] {
            connection
                .prepare_cached(&format!("UPDATE {table} SET tx_to = ?2 WHERE document = ?1 AND tx_to = {OPEN}"))?
                .execute(params![row, tx])?;
        }
        connection.prepare_cached("UPDATE document SET tx_to = ?2 WHERE row = ?1")?.execute(params![row, tx])?;
        crate::joining::forget(connection, *row)?;
    }
    Ok((older.len(), version))
}

fn event(
    connection: &Connection,
    tx: Moment,
    document_row: i64,
    document: &DocumentRecord,
    event: &EventRecord,
    published: Option<i64>,
    facets: &mut Facets,
) -> Result<()> {
    let place = event.event_loc.as_ref();
    let row = Row {
        table: "event",
        id: number(&event.id),
        document: document_row,
        days: days(event.time.as_ref(), published),
        point: (place.and_then(|place| place.lat), place.and_then(|place| place.lon)),
        body: &serde_json::to_string(event)?,
    };
    insert(connection, tx, &row, facets::event(event, document.outlet.as_deref(), &document.lang), facets)?;
    Ok(())
}

fn statement(
    connection: &Connection,
    tx: Moment,
    document_row: i64,
    document: &DocumentRecord,
    statement: &StatementRecord,
    published: Option<i64>,
    facets: &mut Facets,
) -> Result<()> {
    let row = Row {
        table: "statement",
        id: number(&statement.id),
        document: document_row,
        days: days(None, published),
        point: (None, None),
        body: &serde_json::to_string(statement)?,
    };
    insert(connection, tx, &row, facets::statement(statement, document.outlet.as_deref(), &document.lang), facets)?;
    Ok(())
}

/// First and last day: the record's own time, else the day of publication, else undated.
pub(crate) fn days(time: Option<&TimeRecord>, published: Option<i64>) -> (i64, i64) {
    let from = time.and_then(|time| day(time.from.as_deref())).or(published).unwrap_or(UNDATED);
    let to = time.and_then(|time| day(time.to.as_deref())).unwrap_or(from);
    (from, to.max(from))
}

/// Writes a row and lists it under its facets.
pub(crate) fn insert(connection: &Connection, tx: Moment, row: &Row<'_>, mut names: Names, facets: &mut Facets) -> Result<i64> {
    if row.days.1 - row.days.0 >= LONG_DAYS {
        names.insert(LONG.to_owned());
    }
    connection
        .prepare_cached(&format!(
            "INSERT INTO {} (id, tx_from, tx_to, document, day, day_to, lat, lon, body) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)",
            row.table
        ))?
        .execute(params![row.id, tx, OPEN, row.document, row.days.0, row.days.1, row.point.0, row.point.1, row.body])?;
    let number = connection.last_insert_rowid();
    facets.put(connection, row.table, &names, row.days.0, number)?;
    Ok(number)
}

/// Closes the row of an id that holds now; whether there was one.
pub(crate) fn close(connection: &Connection, table: &'static str, tx: Moment, id: i64) -> Result<bool> {
    let changed =
        connection.prepare_cached(&format!("UPDATE {table} SET tx_to = ?2 WHERE id = ?1 AND tx_to = {OPEN}"))?.execute(params![id, tx])?;
    Ok(changed > 0)
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> StoreError {
        StoreError::Asked(format!("the file cannot be reached: {error}"))
    }
}
