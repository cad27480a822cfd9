//! How many records are like a filter, by day, week, month, place, country or type.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::filter::Filter;
use crate::ids::date;
use crate::read::Kind;
use crate::store::Store;

/// What is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// First day of the record.
    Day,
    /// The Monday of its week.
    Week,
    /// Its month, "2024-05".
    Month,
    /// Country of the place.
    Country,
    /// Name of the place.
    Place,
    /// PLOVER event; an incident told as several counts in each.
    Type,
}

impl Store {
    /// Value and count, by value; what is unknown counts under "-".
    ///
    /// # Errors
    /// When the filter makes no sense or the file cannot be read.
    pub fn counts(&self, kind: Kind, filter: &Filter, by: By) -> Result<Vec<(String, u64)>> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let facet = match by {
            By::Country => Some("country"),
            By::Place => Some("place"),
            By::Type => Some("type"),
            _ => None,
        };
        let table = kind.table();
        self.each_row(kind, filter, &mut |row| {
            let mut query = self.connection.prepare_cached(&format!("SELECT day FROM {table} WHERE row = ?1"))?;
            let day: i64 = query.query_row([row], |row| row.get(0))?;
            match facet {
                None => *counts.entry(period(day, by)).or_default() += 1,
                Some(facet) => {
                    let values = self.values(kind, row, facet)?;
                    for value in if values.is_empty() { vec!["-".to_owned()] } else { values } {
                        *counts.entry(value).or_default() += 1;
                    }
                }
            }
            Ok(true)
        })?;
        Ok(counts.into_iter().collect())
    }

    /// How many records are like this, whatever `limit` says.
    ///
    /// # Errors
    /// When the filter makes no sense or the file cannot be read.
    pub fn count(&self, kind: Kind, filter: &Filter) -> Result<u64> {
        let mut count = 0;
        self.each_row(kind, filter, &mut |_| {
            count += 1;
            Ok(true)
        })?;
        Ok(count)
    }

    fn values(&self, kind: Kind, row: i64, facet: &str) -> Result<Vec<String>> {
        let mut query = self.connection.prepare_cached(&format!("SELECT body FROM {} WHERE row = ?1", kind.table()))?;
        let body: String = query.query_row([row], |row| row.get(0))?;
        let value: serde_json::Value = serde_json::from_str(&body)?;
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        Ok(match facet {
            "country" => text(&value["event_loc"]["country"]).into_iter().collect(),
            "place" => text(&value["event_loc"]["name"]).into_iter().collect(),
            _ => match value["events"].as_array() {
                Some(types) if kind == Kind::Incident => types.iter().filter_map(text).collect(),
                _ => text(&value["event"]).into_iter().collect(),
            },
        })
    }
}

fn period(day: i64, by: By) -> String {
    // 1970-01-01 was a Thursday: Mondays are three days before, modulo seven.
    let day = if by == By::Week { day - (day + 3).rem_euclid(7) } else { day };
    let date = date(day).filter(|_| day > crate::ids::UNDATED);
    match date {
        Some(date) if by == By::Month => date[..7].to_owned(),
        Some(date) => date,
        None => "-".into(),
    }
}
