//! The components that new reports touch → incidents, written where they differ from what is there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};
use selon_core::incident::{BestRule, Pair, Report, UNKNOWN_DATE, campaigns, groups, record, stage};
use selon_core::record::{DocumentRecord, EventRecord, IncidentRecord};

use crate::error::Result;
use crate::facets::{self, Facets};
use crate::ids::{day, number, text};
use crate::joining::{document, load};
use crate::review::Decisions;
use crate::schema::OPEN;
use crate::store::Moment;
use crate::write::{Row, close, days, insert};

/// Notes that an incident lost a report: its remaining members are grouped anew, and it closes if there are none.
pub(crate) fn orphan(connection: &Connection, report: i64) -> Result<()> {
    let gone = load(connection, report)?;
    for event in &gone.events {
        let mut query = connection.prepare_cached("SELECT incident FROM membership WHERE event = ?1 AND tx_to = ?2")?;
        let incident: Option<i64> = query.query_row(params![number(event), OPEN], |row| row.get(0)).optional()?;
        let Some(incident) = incident else { continue };
        connection.prepare_cached("INSERT OR IGNORE INTO orphan (incident) VALUES (?1)")?.execute([incident])?;
        let Some(record) = current(connection, incident)? else { continue };
        for member in record.members {
            connection
                .prepare_cached("INSERT OR IGNORE INTO touched (report) SELECT report FROM report_event WHERE event = ?1")?
                .execute([number(&member)])?;
        }
    }
    Ok(())
}

/// Groups anew every component with a touched report; how many incidents changed and how many closed.
pub(crate) fn regroup(connection: &Connection, tx: Moment, decisions: &Decisions) -> Result<(usize, usize)> {
    let mut work = Work {
        connection,
        tx,
        decisions,
        facets: Facets::default(),
        done: BTreeSet::new(),
        before: BTreeSet::new(),
        after: BTreeMap::new(),
    };
    let touched = numbers(connection, "SELECT report FROM touched", None)?;
    work.before.extend(numbers(connection, "SELECT incident FROM orphan", None)?);
    for report in touched {
        if !work.done.contains(&report) {
            work.component(report)?;
        }
    }
    let (changed, closed) = work.write()?;
    connection.execute("DELETE FROM touched", [])?;
    connection.execute("DELETE FROM orphan", [])?;
    Ok((changed, closed))
}

struct Work<'a> {
    connection: &'a Connection,
    tx: Moment,
    decisions: &'a Decisions,
    facets: Facets,
    /// Reports whose component has been grouped.
    done: BTreeSet<i64>,
    /// Incidents that the members belonged to.
    before: BTreeSet<i64>,
    /// The incidents as they are now, with the rows of their articles.
    after: BTreeMap<i64, (IncidentRecord, BTreeSet<i64>)>,
}

impl Work<'_> {
    /// Groups the component of a report.
    fn component(&mut self, start: i64) -> Result<()> {
        let mut rows = BTreeSet::from([start]);
        let mut queue = vec![start];
        let mut found: Vec<(i64, i64, f64, String)> = Vec::new();
        while let Some(row) = queue.pop() {
            let mut query = self.connection.prepare_cached("SELECT other, score, why FROM likeness WHERE report = ?1")?;
            let others = query.query_map([row], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?)))?;
            for other in others {
                let (other, score, why) = other?;
                if row < other {
                    found.push((row, other, score, why));
                }
                if rows.insert(other) {
                    queue.push(other);
                }
            }
            for (other, why) in self.decisions.joined(self.connection, row)? {
                if row < other {
                    found.push((row, other, f64::INFINITY, why));
                }
                if rows.insert(other) {
                    queue.push(other);
                }
            }
        }
        self.done.extend(&rows);
        let mut reports: Vec<(i64, Report)> = Vec::new();
        for row in rows {
            reports.push((row, load(self.connection, row)?));
        }
        reports.sort_by(|a, b| a.1.key.cmp(&b.1.key));
        let at: BTreeMap<i64, usize> = reports.iter().enumerate().map(|(index, (row, _))| (*row, index)).collect();
        let pairs: Vec<Pair> = found
            .into_iter()
            .map(|(a, b, score, why)| Pair { first: at[&a].min(at[&b]), second: at[&a].max(at[&b]), score, why })
            .collect();
        let list: Vec<&Report> = reports.iter().map(|(_, report)| report).collect();
        for group in groups(&list, &pairs, &self.decisions.apart) {
            let ids: Vec<i64> = group.reports.iter().flat_map(|&report| &list[report].events).map(|id| number(id)).collect();
            self.incident(&ids, group.why)?;
        }
        Ok(())
    }

    fn incident(&mut self, ids: &[i64], why: Vec<String>) -> Result<()> {
        let mut events: Vec<EventRecord> = Vec::new();
        let mut documents: BTreeMap<i64, DocumentRecord> = BTreeMap::new();
        for id in ids {
            let mut query = self.connection.prepare_cached("SELECT document, body FROM event WHERE id = ?1 AND tx_to = ?2")?;
            let found: Option<(i64, String)> = query.query_row(params![id, OPEN], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let Some((row, body)) = found else { continue };
            events.push(serde_json::from_str(&body)?);
            if let std::collections::btree_map::Entry::Vacant(entry) = documents.entry(row) {
                entry.insert(document(self.connection, row)?);
            }
            let mut query = self.connection.prepare_cached("SELECT incident FROM membership WHERE event = ?1 AND tx_to = ?2")?;
            let before: Option<i64> = query.query_row(params![id, OPEN], |row| row.get(0)).optional()?;
            self.before.extend(before);
        }
        let mut copies: BTreeMap<String, String> = BTreeMap::new();
        for (row, document) in &documents {
            copies.insert(document.id.clone(), original(self.connection, *row, document)?);
        }
        let by_id: BTreeMap<&str, &DocumentRecord> = documents.values().map(|document| (document.id.as_str(), document)).collect();
        let mut incident = record(&events.iter().collect::<Vec<_>>(), &by_id, &copies, why, BestRule::default());
        self.decisions.correct(&mut incident);
        self.after.insert(number(&incident.id), (incident, documents.into_keys().collect()));
        Ok(())
    }

    /// Writes what differs, closes what is gone, and leads the ids of the gone to those that took their members.
    fn write(mut self) -> Result<(usize, usize)> {
        let mut changed = 0;
        self.mark()?;
        let holder: HashMap<&str, i64> =
            self.after.iter().flat_map(|(id, (incident, _))| incident.members.iter().map(|member| (member.as_str(), *id))).collect();
        let mut heirs: Vec<(i64, Option<i64>)> = Vec::new();
        for id in &self.before {
            let members = current(self.connection, *id)?.map(|incident| incident.members).unwrap_or_default();
            for member in members.iter().filter(|member| !holder.contains_key(member.as_str())) {
                self.connection.prepare_cached("UPDATE membership SET tx_to = ?2 WHERE event = ?1 AND tx_to = ?3")?.execute(params![
                    number(member),
                    self.tx,
                    OPEN
                ])?;
            }
            if !self.after.contains_key(id) {
                // The first member is the one the incident was named after.
                heirs.push((*id, members.iter().find_map(|member| holder.get(member.as_str()).copied())));
            }
        }
        for (id, (incident, documents)) in &self.after {
            let body = serde_json::to_string(incident)?;
            let mut query = self.connection.prepare_cached("SELECT row, body FROM incident WHERE id = ?1 AND tx_to = ?2")?;
            let old: Option<(i64, String)> = query.query_row(params![id, OPEN], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            if old.is_some_and(|(_, old)| old == body) {
                continue;
            }
            changed += 1;
            close(self.connection, "incident", self.tx, *id)?;
            write_incident(self.connection, self.tx, *id, incident, &body, documents, &mut self.facets)?;
            // An id that comes back is no alias any more.
            self.connection
                .prepare_cached("UPDATE alias SET tx_to = ?2 WHERE id = ?1 AND tx_to = ?3")?
                .execute(params![id, self.tx, OPEN])?;
        }
        for (id, heir) in &heirs {
            close(self.connection, "incident", self.tx, *id)?;
            self.connection.prepare_cached("DELETE FROM series WHERE incident = ?1")?.execute([id])?;
            if let Some(heir) = heir {
                self.connection
                    .prepare_cached("INSERT OR REPLACE INTO alias (id, tx_from, tx_to, target) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![id, self.tx, OPEN, heir])?;
            }
        }
        self.facets.flush(self.connection)?;
        Ok((changed, heirs.len()))
    }

    /// Gives the incidents their campaigns, and takes in those of the same series whose campaign changes with them.
    fn mark(&mut self) -> Result<()> {
        let mut touched: BTreeSet<String> = BTreeSet::new();
        for id in self.before.iter().chain(self.after.keys()) {
            let mut query = self.connection.prepare_cached("SELECT series FROM series WHERE incident = ?1")?;
            for series in query.query_map([id], |row| row.get(0))? {
                touched.insert(series?);
            }
            self.connection.prepare_cached("DELETE FROM series WHERE incident = ?1")?.execute([id])?;
        }
        for (id, (incident, _)) in &self.after {
            if let Some(stage) = stage(incident) {
                self.connection
                    .prepare_cached("INSERT OR IGNORE INTO series (series, day, incident) VALUES (?1, ?2, ?3)")?
                    .execute(params![stage.series, stage.day, id])?;
                touched.insert(stage.series);
            }
        }
        for series in touched {
            let mut query = self.connection.prepare_cached("SELECT day, incident FROM series WHERE series = ?1 ORDER BY day, incident")?;
            let list: Vec<(i64, i64)> =
                query.query_map([&series], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<std::result::Result<_, _>>()?;
            let of = campaigns(&series, &list.iter().map(|(day, _)| *day).collect::<Vec<_>>());
            for (day, id) in list {
                let parent = of.get(&day).cloned();
                if let Some((incident, _)) = self.after.get_mut(&id) {
                    incident.parent = parent;
                } else if let Some(mut incident) = current(self.connection, id)?
                    && incident.parent != parent
                {
                    incident.parent = parent;
                    let documents = numbers(
                        self.connection,
                        "SELECT d.document FROM incident_document d JOIN incident i ON i.row = d.incident WHERE i.id = ?1 AND i.tx_to = 9223372036854775807",
                        Some(id),
                    )?;
                    self.after.insert(id, (incident, documents.into_iter().collect()));
                }
            }
        }
        Ok(())
    }
}

fn write_incident(
    connection: &Connection,
    tx: Moment,
    id: i64,
    incident: &IncidentRecord,
    body: &str,
    documents: &BTreeSet<i64>,
    facets: &mut Facets,
) -> Result<()> {
    let place = incident.event_loc.as_ref();
    let row = Row {
        table: "incident",
        id,
        document: documents.first().copied().unwrap_or(0),
        days: days(incident.time.as_ref(), day(incident.first_reported.as_deref())),
        point: (place.and_then(|place| place.lat), place.and_then(|place| place.lon)),
        body,
    };
    let row = insert(connection, tx, &row, facets::incident(incident), facets)?;
    for document in documents {
        connection
            .prepare_cached("INSERT OR IGNORE INTO incident_document (incident, document) VALUES (?1, ?2)")?
            .execute(params![row, document])?;
    }
    for member in &incident.members {
        let event = number(member);
        let mut query = connection.prepare_cached("SELECT incident FROM membership WHERE event = ?1 AND tx_to = ?2")?;
        let before: Option<i64> = query.query_row(params![event, OPEN], |row| row.get(0)).optional()?;
        if before == Some(id) {
            continue;
        }
        connection.prepare_cached("UPDATE membership SET tx_to = ?2 WHERE event = ?1 AND tx_to = ?3")?.execute(params![event, tx, OPEN])?;
        connection
            .prepare_cached("INSERT OR REPLACE INTO membership (event, tx_from, tx_to, incident) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![event, tx, OPEN, id])?;
    }
    Ok(())
}

/// The incident that holds under this very id.
pub(crate) fn current(connection: &Connection, id: i64) -> Result<Option<IncidentRecord>> {
    let mut query = connection.prepare_cached("SELECT body FROM incident WHERE id = ?1 AND tx_to = ?2")?;
    let body: Option<String> = query.query_row(params![id, OPEN], |row| row.get(0)).optional()?;
    body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
}

/// Id of the earliest article of the group of copies that this one is in; its own when it is in none.
fn original(connection: &Connection, row: i64, own: &DocumentRecord) -> Result<String> {
    let mut group = BTreeSet::from([row]);
    let mut queue = vec![row];
    while let Some(next) = queue.pop() {
        for other in numbers(connection, "SELECT other FROM copy WHERE document = ?1", Some(next))? {
            if group.insert(other) {
                queue.push(other);
            }
        }
    }
    if group.len() == 1 {
        return Ok(own.id.clone());
    }
    let mut first: Option<(String, String)> = None;
    for member in group {
        let document = document(connection, member)?;
        let key = (document.published.unwrap_or_else(|| UNKNOWN_DATE.into()), document.id);
        first = Some(first.map_or(key.clone(), |least| least.min(key)));
    }
    Ok(first.map_or_else(|| text(row), |(_, id)| id))
}

fn numbers(connection: &Connection, sql: &str, parameter: Option<i64>) -> Result<Vec<i64>> {
    let mut query = connection.prepare_cached(sql)?;
    let rows = query.query_map(rusqlite::params_from_iter(parameter), |row| row.get(0))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}
