//! What records can be filtered by: each value is a short name ("type:ASSAULT"), kept as a number with its own list of rows by day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};
use selon_core::record::{EntityRecord, EventRecord, FigureRecord, IncidentRecord, LinkRecord, PlaceRecord, StatementRecord};

use crate::error::Result;

/// The facet that every row has: the list of all rows by day.
pub const ALL: &str = "all";

/// The facet of rows that last longer than [`LONG_DAYS`]: they are looked for beside the days asked for.
pub const LONG: &str = "long";

/// Days from which a row counts as long.
pub const LONG_DAYS: i64 = 31;

/// Names of a record's facets.
pub type Names = BTreeSet<String>;

/// The facets of an event.
pub fn event(event: &EventRecord, outlet: Option<&str>, lang: &str) -> Names {
    let mut names = common(outlet, lang);
    names.insert(format!("type:{}", event.event));
    names.extend(event.mode.iter().map(|mode| format!("mode:{mode}")));
    names.insert(format!("factuality:{}", event.factuality));
    names.extend(event.auxiliary.iter().map(|value| format!("auxiliary:{value}")));
    place(&mut names, event.event_loc.as_ref());
    sides(&mut names, "actor", &event.actor);
    sides(&mut names, "recipient", &event.recipient);
    links(&mut names, &event.attribution);
    figures(&mut names, &event.figures);
    names
}

/// The facets of a statement.
pub fn statement(statement: &StatementRecord, outlet: Option<&str>, lang: &str) -> Names {
    let mut names = common(outlet, lang);
    names.insert(format!("stance:{}", statement.stance));
    names.insert(format!("kind:{}", statement.kind));
    sides(&mut names, "speaker", std::slice::from_ref(&statement.speaker));
    sides(&mut names, "recipient", statement.addressee.as_slice());
    figures(&mut names, &statement.figures);
    names
}

/// The facets of an incident.
pub fn incident(incident: &IncidentRecord) -> Names {
    let mut names = Names::from([ALL.to_owned(), format!("status:{}", incident.status)]);
    names.extend(incident.outlets.iter().map(|outlet| format!("outlet:{}", fold(outlet))));
    names.extend(incident.events.iter().map(|event| format!("type:{event}")));
    names.extend(incident.mode.iter().map(|mode| format!("mode:{mode}")));
    names.extend(incident.disputed.iter().map(|what| format!("disputed:{what}")));
    names.extend(incident.parent.iter().map(|parent| format!("parent:{parent}")));
    place(&mut names, incident.event_loc.as_ref());
    sides(&mut names, "actor", &incident.actor);
    sides(&mut names, "recipient", &incident.recipient);
    for account in &incident.accounts {
        names.insert(format!("stance:{}", account.stance));
        sides(&mut names, "speaker", account.entity.as_slice());
    }
    names.insert(diverges(incident));
    for (kind, range) in &incident.figures {
        bucket(&mut names, kind, range.low, range.high);
    }
    names
}

/// The facet by how far the accounts of an incident disagree: tenths of the natural logarithm, two digits, so that names sort as values do.
fn diverges(incident: &IncidentRecord) -> String {
    let most = incident.figures.values().map(selon_core::incident::divergence).fold(0.0, f64::max);
    format!("diverges:{:03}", (most * 10.0).ceil().min(999.0) as u32)
}

fn common(outlet: Option<&str>, lang: &str) -> Names {
    let mut names = Names::from([ALL.to_owned(), format!("lang:{lang}")]);
    names.extend(outlet.map(|outlet| format!("outlet:{}", fold(outlet))));
    names
}

fn place(names: &mut Names, place: Option<&PlaceRecord>) {
    let Some(place) = place else { return };
    names.extend(place.country.iter().map(|country| format!("country:{country}")));
    names.extend(place.admin1.iter().map(|region| format!("region:{}", fold(region))));
    if place.precision < 6 {
        names.insert(format!("place:{}", fold(&place.name)));
    }
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        names.insert(cell(lat.floor() as i64, lon.floor() as i64));
    }
}

/// The facet of a cell of one degree by one degree, by its south-west corner.
pub fn cell(lat: i64, lon: i64) -> String {
    format!("cell:{lat}:{lon}")
}

fn sides(names: &mut Names, role: &str, entities: &[EntityRecord]) {
    for entity in entities {
        names.extend(entity.name.iter().map(|name| format!("{role}:{}", fold(name))));
        if entity.country.is_some() || entity.sector.is_some() {
            names.insert(code(role, entity.country.as_deref(), entity.sector.as_deref()));
        }
    }
}

/// The facet of a country and sector in a role.
pub fn code(role: &str, country: Option<&str>, sector: Option<&str>) -> String {
    format!("{role}-code:{}/{}", country.unwrap_or("-"), sector.unwrap_or("-"))
}

fn links(names: &mut Names, links: &[LinkRecord]) {
    for link in links {
        names.insert(format!("stance:{}", link.stance));
        sides(names, "speaker", std::slice::from_ref(&link.entity));
    }
}

fn figures(names: &mut Names, figures: &[FigureRecord]) {
    for figure in figures {
        bucket(names, &figure.kind, figure.low, figure.high);
        links(names, &figure.attribution);
    }
}

/// Powers of two that a range touches: enough to find it by a bound; the bound itself is checked on the record.
fn bucket(names: &mut Names, kind: &str, low: Option<u64>, high: Option<u64>) {
    let low = low.or(high).unwrap_or(0);
    let high = high.unwrap_or(low);
    for power in log2(low)..=log2(high.max(low)) {
        names.insert(format!("figure:{kind}:{power}"));
    }
}

/// The power of two of a figure; 0 for 0 and 1.
pub fn log2(value: u64) -> u32 {
    value.max(1).ilog2()
}

/// Lower case, the form in which names are compared.
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// A facet's number and what is known of its rows.
#[derive(Clone, Copy, Debug)]
pub struct Facet {
    /// Its number.
    pub number: i64,
    /// Rows that ever had it.
    pub count: i64,
    /// Earliest day of a row.
    pub first: i64,
    /// Latest day of a row.
    pub last: i64,
}

/// Facets of one transaction, looked up once and written back at its end. Each table counts its own: the name carries the table.
#[derive(Default)]
pub struct Facets {
    known: HashMap<String, (Facet, bool)>,
    /// Facet, day and row to be listed, by table: written in order at the end, as neighbours in the tree are written fast.
    pending: BTreeMap<String, Vec<(i64, i64, i64)>>,
}

impl Facets {
    /// Puts a row of `table` under its names.
    pub fn put(&mut self, connection: &Connection, table: &str, names: &Names, day: i64, row: i64) -> Result<()> {
        for name in names {
            let number = self.count(connection, &format!("{table}/{name}"), day)?;
            self.pending.entry(table.to_owned()).or_default().push((number, day, row));
        }
        Ok(())
    }

    fn count(&mut self, connection: &Connection, name: &str, day: i64) -> Result<i64> {
        if !self.known.contains_key(name) {
            let facet = match find(connection, name)? {
                Some(facet) => facet,
                None => {
                    connection
                        .prepare_cached("INSERT INTO facet (name, count, first, last) VALUES (?1, 0, ?2, ?2)")?
                        .execute(params![name, day])?;
                    Facet { number: connection.last_insert_rowid(), count: 0, first: day, last: day }
                }
            };
            self.known.insert(name.to_owned(), (facet, false));
        }
        let Some((facet, changed)) = self.known.get_mut(name) else { return Ok(0) };
        facet.count += 1;
        facet.first = facet.first.min(day);
        facet.last = facet.last.max(day);
        *changed = true;
        Ok(facet.number)
    }

    /// Writes lists and counts; to be called before the transaction commits.
    pub fn flush(&mut self, connection: &Connection) -> Result<()> {
        for (table, mut rows) in std::mem::take(&mut self.pending) {
            rows.sort_unstable();
            let mut insert =
                connection.prepare_cached(&format!("INSERT OR IGNORE INTO {table}_facet (facet, day, row) VALUES (?1, ?2, ?3)"))?;
            for (facet, day, row) in rows {
                insert.execute(params![facet, day, row])?;
            }
        }
        let mut update = connection.prepare_cached("UPDATE facet SET count = ?2, first = ?3, last = ?4 WHERE facet = ?1")?;
        for (facet, changed) in self.known.values_mut().filter(|(_, changed)| *changed) {
            update.execute(params![facet.number, facet.count, facet.first, facet.last])?;
            *changed = false;
        }
        Ok(())
    }
}

/// The facet of this name ("event/type:ASSAULT").
pub fn find(connection: &Connection, name: &str) -> Result<Option<Facet>> {
    let mut query = connection.prepare_cached("SELECT facet, count, first, last FROM facet WHERE name = ?1")?;
    Ok(query.query_row([name], read).optional()?)
}

/// The facets whose names begin so, with their names.
pub fn beginning(connection: &Connection, prefix: &str) -> Result<Vec<(String, Facet)>> {
    let mut query =
        connection.prepare_cached("SELECT facet, count, first, last, name FROM facet WHERE name >= ?1 AND name < ?2 ORDER BY name")?;
    let rows = query.query_map(params![prefix, format!("{prefix}\u{10ffff}")], |row| Ok((row.get(4)?, read(row)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Facet> {
    Ok(Facet { number: row.get(0)?, count: row.get(1)?, first: row.get(2)?, last: row.get(3)? })
}
