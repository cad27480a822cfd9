//! PLOVER's events and modes with their scores and quads, and the older and neighbouring codebooks' names for them.

use std::collections::BTreeMap;

use crate::{DataError, Files, table};

/// One row of `ontology/plover.tsv`.
#[derive(Clone, Debug, PartialEq)]
pub struct PloverRow {
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// PLOVER score, −10 … 10; the bare type's where the manual gives the mode none.
    pub score: f64,
    /// CAMEO code for older tools; empty if none fits.
    pub cameo: String,
    /// What it means, in our words.
    pub meaning: String,
}

/// PLOVER (manual, draft 2.0): events and modes. The key's mode is empty for the bare event.
#[derive(Clone, Debug, Default)]
pub struct Plover {
    rows: BTreeMap<(String, String), PloverRow>,
    acled: Vec<AcledRow>,
}

/// One row of `ontology/acled.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct AcledRow {
    event: String,
    mode: String,
    actor: String,
    recipient: String,
    names: (String, String),
}

impl Plover {
    /// Loads `ontology/plover.tsv`.
    ///
    /// # Errors
    /// A row whose numbers are none.
    pub fn load(files: &Files) -> Result<Plover, DataError> {
        let mut rows = BTreeMap::new();
        table::read(files, "ontology/plover.tsv", &["event", "mode", "quad", "score"], |row| {
            let number = |column: &str| {
                row.require(column)?.parse::<f64>().map_err(|_| row.error(format!("{column} is no number"), "write it with a dot"))
            };
            let entry = PloverRow {
                quad: number("quad")? as u8,
                score: number("score")?,
                cameo: row.get("cameo").to_owned(),
                meaning: row.get("meaning").to_owned(),
            };
            rows.insert((row.require("event")?.to_owned(), row.get("mode").to_owned()), entry);
            Ok(())
        })?;
        let mut acled = Vec::new();
        table::read(files, "ontology/acled.tsv", &["event", "mode", "actor", "recipient"], |row| {
            acled.push(AcledRow {
                event: row.require("event")?.to_owned(),
                mode: row.require("mode")?.to_owned(),
                actor: row.require("actor")?.to_owned(),
                recipient: row.require("recipient")?.to_owned(),
                names: (row.require("event_type")?.to_owned(), row.require("sub_event_type")?.to_owned()),
            });
            Ok(())
        })?;
        Ok(Plover { rows, acled })
    }

    /// Whether PLOVER has an event of this name.
    pub fn is_event(&self, event: &str) -> bool {
        self.row(event, "").is_some()
    }

    /// The row of an event and mode ("" for the bare event).
    pub fn row(&self, event: &str, mode: &str) -> Option<&PloverRow> {
        self.rows.get(&(event.to_owned(), mode.to_owned()))
    }

    /// Every event and mode in alphabetical order.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str, &PloverRow)> {
        self.rows.iter().map(|((event, mode), row)| (event.as_str(), mode.as_str(), row))
    }

    /// The score of an event, or of one of its modes; `None` if PLOVER has no such pair.
    pub fn score(&self, event: &str, mode: Option<&str>) -> Option<f64> {
        self.row(event, mode.unwrap_or("")).map(|row| row.score)
    }

    /// ACLED's event type and sub-event type for a PLOVER event whose sides have these classes (armed, crowd, civilian); `None` if ACLED has none.
    pub fn acled(&self, event: &str, modes: &[String], actor: &[&str], recipient: &[&str]) -> Option<&(String, String)> {
        let fits = |wanted: &str, classes: &[&str]| wanted == "any" || classes.contains(&wanted);
        let row = self.acled.iter().find(|row| {
            row.event == event
                && (row.mode == "any" || modes.contains(&row.mode))
                && fits(&row.actor, actor)
                && fits(&row.recipient, recipient)
        });
        row.map(|row| &row.names)
    }
}
