//! Incidents ranked by how far their accounts disagree, and who tends to report high or low.

use std::collections::BTreeMap;

use selon_core::incident::divergence;
use selon_core::record::{EntityRecord, FigureAccount, IncidentRecord};
use serde::Serialize;

use crate::error::Result;
use crate::facets;
use crate::filter::Filter;
use crate::read::Kind;
use crate::store::Store;

/// An account's value and who gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// The value.
    pub value: u64,
    /// Name or codes of the speaker; "outlet" and its name for a reporter's own voice.
    pub voice: String,
}

/// The figure of an incident that its accounts disagree on most.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Divergence {
    /// Natural logarithm of the largest value over the smallest, one added to each: 0 agreement, 0.7 double.
    pub divergence: f64,
    /// Kind of figure.
    pub kind: String,
    /// Lowest account.
    pub low: Voice,
    /// Highest account.
    pub high: Voice,
    /// The incident.
    pub incident: IncidentRecord,
}

/// How high or low somebody's figures are beside the best values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VoiceBias {
    /// Who.
    pub voice: String,
    /// Figures compared.
    pub figures: usize,
    /// Mean natural logarithm of its value over the best value, one added to each: below 0 low, above 0 high.
    pub mean: f64,
}

impl Store {
    /// Incidents like this whose figures disagree, the widest apart first; at most `limit` of the filter.
    ///
    /// # Errors
    /// When the filter makes no sense or the file cannot be read.
    pub fn divergent(&self, filter: &Filter) -> Result<Vec<Divergence>> {
        let limit = filter.limit.unwrap_or(usize::MAX);
        let mut steps = facets::beginning(&self.connection, "incident/diverges:")?;
        steps.retain(|(name, _)| !name.ends_with(":000"));
        let mut found = Vec::new();
        for (_, facet) in steps.into_iter().rev() {
            let mut step: Vec<Divergence> = Vec::new();
            self.each_row_in(Kind::Incident, filter, Some(facet), &mut |row| {
                let mut query = self.connection.prepare_cached("SELECT body FROM incident WHERE row = ?1")?;
                let body: String = query.query_row([row], |row| row.get(0))?;
                step.extend(diverges(serde_json::from_str(&body)?));
                Ok(true)
            })?;
            step.sort_by(|a, b| b.divergence.total_cmp(&a.divergence).then_with(|| a.incident.id.cmp(&b.incident.id)));
            found.extend(step);
            if found.len() >= limit {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Who reports high or low in the incidents like this that have a best value and several accounts, by name.
    ///
    /// # Errors
    /// When the filter makes no sense or the file cannot be read.
    pub fn voices(&self, filter: &Filter) -> Result<Vec<VoiceBias>> {
        let mut sums: BTreeMap<String, (f64, usize)> = BTreeMap::new();
        for found in self.divergent(filter)? {
            for range in found.incident.figures.values() {
                let Some(best) = range.best else { continue };
                for account in standing(&range.accounts) {
                    let Some(value) = account.low.or(account.high) else { continue };
                    let sum = sums.entry(voice(account)).or_default();
                    sum.0 += ((value as f64 + 1.0) / (best as f64 + 1.0)).ln();
                    sum.1 += 1;
                }
            }
        }
        Ok(sums.into_iter().map(|(voice, (sum, figures))| VoiceBias { voice, figures, mean: sum / figures as f64 }).collect())
    }
}

fn standing(accounts: &[FigureAccount]) -> impl Iterator<Item = &FigureAccount> {
    accounts.iter().filter(|account| account.scope == "event" && !account.superseded)
}

fn diverges(incident: IncidentRecord) -> Option<Divergence> {
    let (kind, range) = incident.figures.iter().max_by(|a, b| divergence(a.1).total_cmp(&divergence(b.1)).then(b.0.cmp(a.0)))?;
    let value = |account: &FigureAccount| account.low.or(account.high);
    let told: Vec<(u64, &FigureAccount)> = standing(&range.accounts).filter_map(|account| Some((value(account)?, account))).collect();
    let low = told.iter().min_by_key(|(value, _)| *value)?;
    let high = told.iter().rev().max_by_key(|(value, _)| *value)?;
    let voiced = |(value, account): &(u64, &FigureAccount)| Voice { value: *value, voice: voice(account) };
    Some(Divergence { divergence: divergence(range), kind: kind.clone(), low: voiced(low), high: voiced(high), incident })
}

fn voice(account: &FigureAccount) -> String {
    match (&account.speaker, &account.outlet) {
        (Some(speaker), _) => named(speaker),
        (None, Some(outlet)) => format!("outlet {outlet}"),
        (None, None) => "outlet unknown".into(),
    }
}

/// Private persons have codes only.
fn named(entity: &EntityRecord) -> String {
    let code = format!("{}/{}", entity.country.as_deref().unwrap_or("-"), entity.sector.as_deref().unwrap_or("-"));
    entity.name.clone().unwrap_or(code)
}
