//! The tables, and the way from each older version to this one.
//!
//! `PRAGMA user_version` counts the steps already taken; a step is never changed once released, and a database of every older version is kept under
//! `tests/older/`. Rows are closed, never changed: a row holds from transaction `tx_from` until before `tx_to`.

use std::path::Path;

use rusqlite::Connection;

use crate::error::{Result, StoreError};

/// "SeLN" in the header of the file: it is ours.
const APPLICATION: i64 = 0x5365_4c4e;

/// `tx_to` of a row that still holds.
pub const OPEN: i64 = i64::MAX;

/// Steps from nothing to today, in order.
const STEPS: &[&str] = &[include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// Version that this program writes.
pub fn version() -> i64 {
    STEPS.len() as i64
}

/// The version of a database that is ours and not newer than this program; 0 of an empty one.
///
/// # Errors
/// When the file is somebody else's, newer than this program, or cannot be read.
pub fn look(connection: &Connection, path: &Path) -> Result<i64> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && application != APPLICATION {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if found > version() {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: version() });
    }
    Ok(found)
}

/// Brings the database to today's version, a transaction a step.
///
/// # Errors
/// When the file is somebody else's, newer than this program, or cannot be written.
pub fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    let found = look(connection, path)?;
    for (index, step) in STEPS.iter().enumerate().skip(usize::try_from(found).unwrap_or(0)) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", index as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}
