//! Articles, events, statements, incidents and decisions in one SQLite file with two time axes: when it happened, and when we knew.
//!
//! Input: the records of coded articles ([`Store::write`]). Output: the same records by filter ([`Filter`]), as known at any past moment
//! ([`Filter::as_of`]), and what changed since a transaction ([`Store::changes`]). Nothing is overwritten: a changed record closes the row of its
//! predecessor and opens another. One process writes at a time, any number read beside it (write-ahead log).
//!
//! ```
//! # fn main() -> Result<(), selon_store::StoreError> {
//! let mut store = selon_store::Store::in_memory()?;
//! let written = store.write(&[])?;
//! assert_eq!(written.articles, 0);
//! assert!(store.incidents(&selon_store::Filter::default())?.is_empty());
//! # Ok(()) }
//! ```

mod counts;
mod divergence;
mod error;
mod facets;
mod filter;
mod grouping;
mod ids;
mod joining;
mod query;
mod read;
mod review;
mod schema;
mod store;
mod upkeep;
mod write;

pub use counts::By;
pub use divergence::{Divergence, Voice, VoiceBias};
pub use error::{Result, StoreError};
pub use filter::{Bounds, FigureBound, Filter};
pub use joining::Joined;
pub use read::{Change, Kind};
pub use review::{Decision, Review};
pub use store::{Moment, Store};
pub use upkeep::Found;
pub use write::{Coded, Written};
