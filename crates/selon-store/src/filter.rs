//! What is asked of the store, and the facets it comes down to.

use rusqlite::Connection;

use crate::error::{Result, StoreError};
use crate::facets::{self, Facet, fold};
use crate::ids::day;
use crate::read::Kind;
use crate::store::Moment;

/// Largest number of one-degree cells that a box is looked up by; larger boxes are checked row by row.
const MAX_CELLS: usize = 256;

/// A box in WGS 84 degrees, borders included. `west > east` crosses the date line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Smallest longitude.
    pub west: f64,
    /// Smallest latitude.
    pub south: f64,
    /// Largest longitude.
    pub east: f64,
    /// Largest latitude.
    pub north: f64,
}

/// A bound on a kind of figure: some value of the record must reach into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureBound {
    /// killed wounded arrested missing abducted displaced participants destroyed.
    pub kind: String,
    /// At least this many; `None` for no lower bound.
    pub least: Option<u64>,
    /// At most this many; `None` for no upper bound.
    pub most: Option<u64>,
}

/// What records must be like. Lists are alternatives ("any of"), fields add up ("all of"); the default asks for everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// First day of the time asked for, a date; records that last into it count.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// PLOVER events.
    pub types: Vec<String>,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// Countries of the place, ISO 3166-1 alpha-3.
    pub countries: Vec<String>,
    /// First-level regions, as the records name them; any case.
    pub regions: Vec<String>,
    /// Names of places; any case.
    pub places: Vec<String>,
    /// Where.
    pub bounds: Option<Bounds>,
    /// Who acts or is acted upon: a canonical name, a country (FRA), a sector (GOV), or both (FRA/GOV).
    pub actors: Vec<String>,
    /// Who says it, written as actors are.
    pub speakers: Vec<String>,
    /// asserts denies doubts promises orders; of incidents also claims.
    pub stances: Vec<String>,
    /// reported denied withdrawn; incidents only.
    pub statuses: Vec<String>,
    /// figures actor recipient event place: what an incident's accounts disagree on.
    pub disputed: Vec<String>,
    /// FactBank values; events only.
    pub factuality: Vec<String>,
    /// Publishers; any case.
    pub outlets: Vec<String>,
    /// Languages of the article; events and statements.
    pub languages: Vec<String>,
    /// A bound on figures.
    pub figure: Option<FigureBound>,
    /// Words of the article, accents folded, in the language of SQLite's FTS5 ("barrage AND police", "\"coup d'état\"").
    pub text: Option<String>,
    /// As known at this transaction; now when `None`.
    pub as_of: Option<Moment>,
    /// At most this many; all when `None`.
    pub limit: Option<usize>,
    /// Leaves out this many first.
    pub offset: usize,
}

/// A filter made into lists of facets: a row must be in one of each.
pub(crate) struct Plan {
    /// The conditions, the shortest first; never empty.
    pub conditions: Vec<Vec<Facet>>,
    /// First and last day asked for.
    pub days: (Option<i64>, Option<i64>),
    /// Whether some condition can match nothing.
    pub nothing: bool,
}

impl Filter {
    /// The facets this filter comes down to.
    pub(crate) fn plan(&self, connection: &Connection, kind: Kind) -> Result<Plan> {
        let mut plan = Plan { conditions: Vec::new(), days: (date(self.from.as_deref())?, date(self.to.as_deref())?), nothing: false };
        let lists: [(&str, &[String], bool); 12] = [
            ("type", &self.types, false),
            ("mode", &self.modes, false),
            ("country", &self.countries, false),
            ("region", &self.regions, true),
            ("place", &self.places, true),
            ("stance", &self.stances, false),
            ("status", &self.statuses, false),
            ("disputed", &self.disputed, false),
            ("factuality", &self.factuality, false),
            ("outlet", &self.outlets, true),
            ("lang", &self.languages, false),
            ("parent", &[], false),
        ];
        for (name, values, folded) in lists.into_iter().filter(|(_, values, _)| !values.is_empty()) {
            let mut found = Vec::new();
            for value in values {
                let value = if folded { fold(value) } else { value.clone() };
                found.extend(facets::find(connection, &format!("{}/{name}:{value}", kind.table()))?);
            }
            plan.require(found);
        }
        if !self.actors.is_empty() {
            plan.require(sides(connection, kind, &["actor", "recipient"], &self.actors)?);
        }
        if !self.speakers.is_empty() {
            plan.require(sides(connection, kind, &["speaker"], &self.speakers)?);
        }
        if let Some(bound) = &self.figure {
            plan.require(powers(connection, kind, bound)?);
        }
        if let Some(cells) = self.bounds.map(|bounds| cells(connection, kind, bounds)).transpose()?.flatten() {
            plan.require(cells);
        }
        let all = facets::find(connection, &format!("{}/{}", kind.table(), facets::ALL))?;
        if plan.conditions.is_empty() {
            plan.require(all.into_iter().collect());
        }
        plan.conditions.sort_by_key(|facets| facets.iter().map(|facet| facet.count).sum::<i64>());
        Ok(plan)
    }
}

impl Plan {
    fn require(&mut self, facets: Vec<Facet>) {
        self.nothing |= facets.is_empty();
        self.conditions.push(facets);
    }
}

fn date(text: Option<&str>) -> Result<Option<i64>> {
    text.map(|text| day(Some(text)).ok_or_else(|| StoreError::Asked(format!("{text:?} is no date; write 2024-05-01")))).transpose()
}

/// The facets of names and codes in these roles.
fn sides(connection: &Connection, kind: Kind, roles: &[&str], asked: &[String]) -> Result<Vec<Facet>> {
    let mut found = Vec::new();
    for role in roles {
        let all = facets::beginning(connection, &format!("{}/{role}-code:", kind.table()))?;
        for value in asked {
            found.extend(facets::find(connection, &format!("{}/{role}:{}", kind.table(), fold(value)))?);
            let matches = |name: &str| {
                let code = name.rsplit(':').next().unwrap_or_default();
                code == value || code.split('/').any(|part| part == value && part != "-")
            };
            found.extend(all.iter().filter(|(name, _)| matches(name)).map(|(_, facet)| *facet));
        }
    }
    Ok(found)
}

fn powers(connection: &Connection, kind: Kind, bound: &FigureBound) -> Result<Vec<Facet>> {
    let prefix = format!("{}/figure:{}:", kind.table(), bound.kind);
    let within = |name: &str| {
        name.rsplit(':').next().and_then(|power| power.parse::<u32>().ok()).is_some_and(|power| {
            bound.least.is_none_or(|least| power >= facets::log2(least)) && bound.most.is_none_or(|most| power <= facets::log2(most))
        })
    };
    Ok(facets::beginning(connection, &prefix)?.into_iter().filter(|(name, _)| within(name)).map(|(_, facet)| facet).collect())
}

/// The cells of a box that have rows; `None` when there are too many to look them up.
fn cells(connection: &Connection, kind: Kind, bounds: Bounds) -> Result<Option<Vec<Facet>>> {
    let valid = |value: f64, limit: f64| value.is_finite() && value.abs() <= limit;
    let corners = valid(bounds.west, 180.0) && valid(bounds.east, 180.0) && valid(bounds.south, 90.0) && valid(bounds.north, 90.0);
    if !corners || bounds.south > bounds.north {
        return Err(StoreError::Asked("a box is west,south,east,north in degrees, for example -5.5,41,9.6,51.1".into()));
    }
    let (west, east) = (bounds.west.floor() as i64, bounds.east.floor() as i64);
    let longitudes: Vec<i64> = if bounds.west <= bounds.east { (west..=east).collect() } else { (west..=180).chain(-180..=east).collect() };
    let latitudes: Vec<i64> = (bounds.south.floor() as i64..=bounds.north.floor() as i64).collect();
    if longitudes.len() * latitudes.len() > MAX_CELLS {
        return Ok(None);
    }
    let mut found = Vec::new();
    for lat in &latitudes {
        for lon in &longitudes {
            found.extend(facets::find(connection, &format!("{}/{}", kind.table(), facets::cell(*lat, *lon)))?);
        }
    }
    Ok(Some(found))
}
