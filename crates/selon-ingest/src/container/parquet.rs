//! Parquet tables. Not read yet; the message says what to do.

use crate::read::{Item, Origin};

/// One problem.
pub fn read(_bytes: &[u8], origin: &Origin) -> Vec<Item> {
    vec![Err(origin.unread("a Parquet table, which is not read; turn it into JSON Lines or CSV first, for example with DuckDB's COPY"))]
}
