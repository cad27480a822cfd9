//! What can go wrong with a store.

use std::path::PathBuf;

/// Why a store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("the store could not be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A record in the store is not as this version writes it.
    #[error("a stored record cannot be read: {0}")]
    Record(#[from] serde_json::Error),
    /// The file was made by a newer version.
    #[error("{path}: made by a newer version of Selon (store version {found}, this program knows {known}); open it with that version")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The file holds something else.
    #[error("{0}: not a store of Selon; name another file")]
    Foreign(PathBuf),
    /// Nothing has this id.
    #[error("no {what} with the id {id}")]
    Unknown {
        /// Kind of record.
        what: &'static str,
        /// The id asked for.
        id: String,
    },
    /// A filter or decision that makes no sense.
    #[error("{0}")]
    Asked(String),
}

/// Result of a store.
pub type Result<T> = std::result::Result<T, StoreError>;
