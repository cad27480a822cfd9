//! The open file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::error::{Result, StoreError};
use crate::schema;

/// A number of a transaction: the moment until which something is known.
pub type Moment = i64;

/// How long a writer waits for another before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Page cache in KiB: lists of facets stay in memory while many articles are written.
const CACHE_KIB: i64 = 96 * 1024;

/// An open store.
pub struct Store {
    pub(crate) connection: Connection,
}

impl Store {
    /// Opens the file for reading and writing, makes it if there is none, and brings an older one to today's version.
    ///
    /// # Errors
    /// When the file is no store, was made by a newer version, or cannot be written.
    pub fn open(path: impl AsRef<Path>) -> Result<Store> {
        let path = path.as_ref();
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        foreign(&connection, path)?;
        // Nothing is written, not even the kind of log, before the file is known to be ours.
        schema::look(&connection, path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A commit survives the death of the process, and of the machine up to its last checkpoint of the log.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        schema::migrate(&mut connection, path)?;
        Store::with(connection)
    }

    /// Opens an existing file for reading only, beside a process that may be writing it.
    ///
    /// # Errors
    /// When there is no such file, it is no store, or it needs migrating first (open it for writing once).
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Store> {
        let path = path.as_ref();
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        foreign(&connection, path)?;
        let found = schema::look(&connection, path)?;
        if found < schema::version() {
            return Err(StoreError::Asked(format!(
                "{}: of an older version; run `selon store check` on it once to migrate it",
                path.display()
            )));
        }
        Store::with(connection)
    }

    /// A store that lives as long as this value.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn in_memory() -> Result<Store> {
        let mut connection = Connection::open_in_memory()?;
        schema::migrate(&mut connection, Path::new(":memory:"))?;
        Store::with(connection)
    }

    fn with(connection: Connection) -> Result<Store> {
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Store { connection })
    }

    /// The last transaction; 0 in an empty store.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn now(&self) -> Result<Moment> {
        Ok(self.connection.query_row("SELECT coalesce(max(tx), 0) FROM tx", [], |row| row.get(0))?)
    }

    /// The last transaction not after `at`, an RFC 3339 instant or a date (its end, UTC); 0 if the store began later.
    ///
    /// # Errors
    /// When `at` is neither, or the file cannot be read.
    pub fn moment(&self, at: &str) -> Result<Moment> {
        let instant = if at.len() == 10 { format!("{at}T23:59:59.999999999Z") } else { at.to_owned() };
        let instant: jiff::Timestamp = instant.parse().map_err(|_| {
            StoreError::Asked(format!("{at:?} is no date and no RFC 3339 instant; write 2024-05-01 or 2024-05-01T12:00:00Z"))
        })?;
        let found: Option<Moment> =
            self.connection.query_row("SELECT max(tx) FROM tx WHERE at <= ?1", [stamp(instant)], |row| row.get(0)).optional()?.flatten();
        Ok(found.unwrap_or(0))
    }
}

/// An instant in the width in which texts sort as instants do.
pub fn stamp(instant: jiff::Timestamp) -> String {
    format!("{instant:.9}")
}

fn foreign(connection: &Connection, path: &Path) -> Result<()> {
    // The first read of a file that is no database fails here.
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Err(rusqlite::Error::SqliteFailure(failure, _)) if failure.code == rusqlite::ErrorCode::NotADatabase => {
            Err(StoreError::Foreign(path.to_owned()))
        }
        Err(error) => Err(error.into()),
        Ok(_) => Ok(()),
    }
}
