//! A series of days in one town: the days stay incidents of their own and share a campaign's id.

use std::collections::BTreeMap;

use super::report::day;
use crate::assemble::stable_id;
use crate::record::IncidentRecord;

/// Days without an incident that a series survives.
const PAUSE_DAYS: i64 = 1;

/// Days with incidents from which it is a series.
const SERIES_DAYS: usize = 3;

/// Where an incident may stand in a series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stage {
    /// Type and town: what a series has in common.
    pub series: String,
    /// Its day.
    pub day: i64,
}

/// The stage of an incident; `None` when it is known to no town or no single day, or is not of a kind that goes on for days.
pub fn stage(incident: &IncidentRecord) -> Option<Stage> {
    let place = incident.event_loc.as_ref().filter(|place| place.precision <= 3)?;
    let time = incident.time.as_ref()?;
    let (from, to) = (day(time.from.as_deref())?, day(time.to.as_deref())?);
    let lasting = matches!(incident.event.as_str(), "PROTEST" | "ASSAULT" | "COERCE" | "MOBILIZE");
    let town = place.geonames.map_or_else(|| place.name.to_lowercase(), |id| id.to_string());
    (lasting && from == to)
        .then(|| Stage { series: format!("{} {} {town}", incident.event, place.country.as_deref().unwrap_or("-")), day: from })
}

/// The campaign of each day of one series; days outside a campaign are left out. `days` may repeat and be in any order.
pub fn campaigns(series: &str, days: &[i64]) -> BTreeMap<i64, String> {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut of = BTreeMap::new();
    for run in sorted.chunk_by(|a, b| b - a <= PAUSE_DAYS + 1).filter(|run| run.len() >= SERIES_DAYS) {
        let id = stable_id(&["campaign", series, &run[0].to_string()]);
        of.extend(run.iter().map(|day| (*day, id.clone())));
    }
    of
}

/// Gives the incidents of campaigns their parent.
pub fn mark(incidents: &mut [IncidentRecord]) {
    let mut series: BTreeMap<String, Vec<(i64, usize)>> = BTreeMap::new();
    for (index, incident) in incidents.iter().enumerate() {
        if let Some(stage) = stage(incident) {
            series.entry(stage.series).or_default().push((stage.day, index));
        }
    }
    for (name, list) in series {
        let days: Vec<i64> = list.iter().map(|(day, _)| *day).collect();
        let of = campaigns(&name, &days);
        for (day, index) in list {
            incidents[index].parent = of.get(&day).cloned();
        }
    }
}
