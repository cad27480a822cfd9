//! Filter → rows, latest day first.
//!
//! The shortest list of facets leads; its rows are looked up window of days by window, and each is probed in the other lists. Windows begin narrow and
//! double, so that the first page of a long list costs as little as that of a short one.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use selon_core::record::{DocumentRecord, EventRecord, FigureRecord, IncidentRecord, Record, StatementRecord};

use crate::error::Result;
use crate::facets::{self, Facet, LONG_DAYS};
use crate::filter::{Bounds, FigureBound, Filter, Plan};
use crate::read::Kind;
use crate::store::{Moment, Store};

/// Rows that a first window should hold.
const PAGE: i64 = 256;

/// Articles up to which a text query leads; a more frequent word is probed row by row.
const RARE: usize = 4000;

/// What a row must satisfy besides its facets.
struct Test<'a> {
    kind: Kind,
    at: Moment,
    bounds: Option<Bounds>,
    figure: Option<&'a FigureBound>,
    text: Text<'a>,
}

/// How the words asked for are checked.
enum Text<'a> {
    None,
    /// Rows of the articles that have them.
    Rare(BTreeSet<i64>),
    /// The query, probed article by article.
    Frequent(&'a str),
}

impl Store {
    /// Events like this, latest day first.
    ///
    /// # Errors
    /// When the filter makes no sense or the file cannot be read.
    pub fn events(&self, filter: &Filter) -> Result<Vec<EventRecord>> {
        let mut found = Vec::new();
        self.each(Kind::Event, filter, |body| {
            found.push(self.with_incident(body, filter.as_of)?);
            Ok(true)
        })?;
        Ok(found)
    }

    /// Statements like this, latest publication first.
    ///
    /// # Errors
    /// When the filter makes no sense or the file cannot be read.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<StatementRecord>> {
        let mut found = Vec::new();
        self.each(Kind::Statement, filter, |body| {
            found.push(serde_json::from_str(body)?);
            Ok(true)
        })?;
        Ok(found)
    }

    /// Incidents like this, latest day first.
    ///
    /// # Errors
    /// When the filter makes no sense or the file cannot be read.
    pub fn incidents(&self, filter: &Filter) -> Result<Vec<IncidentRecord>> {
        let mut found = Vec::new();
        self.each(Kind::Incident, filter, |body| {
            found.push(serde_json::from_str(body)?);
            Ok(true)
        })?;
        Ok(found)
    }

    /// All articles as known at `as_of`, in the order they came, one call of `take` each: an archive need not fit into memory.
    ///
    /// # Errors
    /// When the file cannot be read, or as `take` says.
    pub fn each_document(&self, as_of: Option<Moment>, mut take: impl FnMut(DocumentRecord) -> Result<()>) -> Result<()> {
        let at = as_of.unwrap_or(self.now()?);
        let mut query = self.connection.prepare("SELECT body FROM document WHERE tx_from <= ?1 AND tx_to > ?1 ORDER BY row")?;
        let mut rows = query.query([at])?;
        while let Some(row) = rows.next()? {
            take(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?)?;
        }
        Ok(())
    }

    /// Gives each record like this to `take`, latest day first, until it says `false`; only a window of them is held.
    ///
    /// # Errors
    /// When the filter makes no sense or the file cannot be read, or as `take` says.
    pub fn each_record(&self, kind: Kind, filter: &Filter, mut take: impl FnMut(Record) -> Result<bool>) -> Result<()> {
        self.each(kind, filter, |body| {
            take(match kind {
                Kind::Event => Record::Event(self.with_incident(body, filter.as_of)?),
                Kind::Statement => Record::Statement(serde_json::from_str(body)?),
                Kind::Incident => Record::Incident(serde_json::from_str(body)?),
            })
        })
    }

    /// The same with the stored JSON.
    fn each(&self, kind: Kind, filter: &Filter, mut take: impl FnMut(&str) -> Result<bool>) -> Result<()> {
        let (mut skip, mut left) = (filter.offset, filter.limit.unwrap_or(usize::MAX));
        self.each_row(kind, filter, &mut |row| {
            if left == 0 {
                return Ok(false);
            }
            if skip > 0 {
                skip -= 1;
                return Ok(true);
            }
            left -= 1;
            let mut query = self.connection.prepare_cached(&format!("SELECT body FROM {} WHERE row = ?1", kind.table()))?;
            let body: String = query.query_row([row], |row| row.get(0))?;
            Ok(take(&body)? && left > 0)
        })
    }

    /// Gives the number of each row like this to `take` until it says `false`.
    pub(crate) fn each_row(&self, kind: Kind, filter: &Filter, take: &mut dyn FnMut(i64) -> Result<bool>) -> Result<()> {
        self.each_row_in(kind, filter, None, take)
    }

    /// The same among the rows of one more facet.
    pub(crate) fn each_row_in(
        &self,
        kind: Kind,
        filter: &Filter,
        within: Option<Facet>,
        take: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> Result<()> {
        let connection = &self.connection;
        let mut plan = filter.plan(connection, kind)?;
        if let Some(facet) = within {
            plan.conditions.push(vec![facet]);
            plan.conditions.sort_by_key(|facets| facets.iter().map(|facet| facet.count).sum::<i64>());
        }
        let text = match filter.text.as_deref() {
            Some(words) => text(connection, words)?,
            None => Text::None,
        };
        if plan.nothing || matches!(&text, Text::Rare(rows) if rows.is_empty()) {
            return Ok(());
        }
        let at = filter.as_of.unwrap_or(self.now()?);
        let mut test = Test { kind, at, bounds: filter.bounds, figure: filter.figure.as_ref(), text };
        if let Some(sql) = few(connection, &test, filter.as_of.is_some())? {
            test.text = Text::None;
            return one_by_one(connection, &test, &plan, &sql, take);
        }
        let ranges = ranges(connection, kind, &plan)?;
        for (conditions, first, last, condition) in ranges {
            if !windows(connection, &test, &conditions, (first, last), &condition, take)? {
                break;
            }
        }
        Ok(())
    }
}

/// Rows up to which a past moment leads.
const EARLY: i64 = 20_000;

/// A query that gives few rows among which all answers are, if words or a past moment leave only few. Its parameter ?1 is the moment.
fn few(connection: &Connection, test: &Test<'_>, past: bool) -> Result<Option<String>> {
    let table = test.kind.table();
    let columns = "r.row, r.document, r.lat, r.lon, r.day, r.day_to";
    let holds = "r.tx_from <= ?1 AND r.tx_to > ?1";
    if let Text::Rare(rows) = &test.text {
        let list = rows.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        return Ok(Some(if test.kind == Kind::Incident {
            format!(
                "SELECT DISTINCT {columns} FROM incident_document d CROSS JOIN incident r ON r.row = d.incident \
                 WHERE d.document IN ({list}) AND {holds} ORDER BY r.day DESC, r.row DESC"
            )
        } else {
            format!("SELECT {columns} FROM {table} r WHERE r.document IN ({list}) AND {holds} ORDER BY r.day DESC, r.row DESC")
        }));
    }
    if past {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {table} WHERE tx_from <= ?1 LIMIT {EARLY})");
        let count: i64 = connection.prepare_cached(&sql)?.query_row([test.at], |row| row.get(0))?;
        if count < EARLY {
            return Ok(Some(format!(
                "SELECT {columns} FROM {table} r INDEXED BY {table}_from WHERE {holds} ORDER BY r.day DESC, r.row DESC"
            )));
        }
    }
    Ok(None)
}

/// Probes each row of a short query in all lists.
fn one_by_one(connection: &Connection, test: &Test<'_>, plan: &Plan, sql: &str, take: &mut dyn FnMut(i64) -> Result<bool>) -> Result<()> {
    let table = test.kind.table();
    let mut query = connection.prepare(sql)?;
    let mut rows = query.query([test.at])?;
    while let Some(row) = rows.next()? {
        let (number, document, point) = (row.get(0)?, row.get(1)?, (row.get(2)?, row.get(3)?));
        let (day, day_to): (i64, i64) = (row.get(4)?, row.get(5)?);
        let within = plan.days.0.is_none_or(|from| day_to >= from) && plan.days.1.is_none_or(|to| day <= to);
        if within && in_lists(connection, table, plan, day, number)? && passes(connection, test, number, document, point)? && !take(number)?
        {
            break;
        }
    }
    Ok(())
}

fn in_lists(connection: &Connection, table: &str, plan: &Plan, day: i64, row: i64) -> Result<bool> {
    let mut query = connection.prepare_cached(&format!("SELECT 1 FROM {table}_facet WHERE facet = ?1 AND day = ?2 AND row = ?3"))?;
    for facets in &plan.conditions {
        let mut listed = false;
        for facet in facets {
            listed = listed || query.query_row(params![facet.number, day, row], |_| Ok(())).optional()?.is_some();
        }
        if !listed {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The lists and days to walk: the days asked for, then the long rows that begin before them and last into them.
fn ranges(connection: &Connection, kind: Kind, plan: &Plan) -> Result<Vec<(Vec<Vec<Facet>>, i64, i64, String)>> {
    let lead = &plan.conditions[0];
    let (first, last) = (lead.iter().map(|facet| facet.first).min().unwrap_or(0), lead.iter().map(|facet| facet.last).max().unwrap_or(0));
    let last = plan.days.1.map_or(last, |day| last.min(day));
    let Some(from) = plan.days.0 else { return Ok(vec![(plan.conditions.clone(), first, last, String::new())]) };
    let lasts = format!(" AND r.day_to >= {from}");
    let near = (plan.conditions.clone(), first.max(from - LONG_DAYS + 1), last, lasts.clone());
    let mut all = vec![near];
    if let Some(long) = facets::find(connection, &format!("{}/{}", kind.table(), facets::LONG))? {
        let mut conditions = plan.conditions.clone();
        conditions.push(vec![long]);
        conditions.sort_by_key(|facets| facets.iter().map(|facet| facet.count).sum::<i64>());
        all.push((conditions, first.max(long.first), last.min(from - LONG_DAYS), lasts));
    }
    Ok(all)
}

/// Walks the rows of a range from its last day to its first; whether more are wanted.
fn windows(
    connection: &Connection,
    test: &Test<'_>,
    conditions: &[Vec<Facet>],
    (first, last): (i64, i64),
    condition: &str,
    take: &mut dyn FnMut(i64) -> Result<bool>,
) -> Result<bool> {
    if first > last {
        return Ok(true);
    }
    let table = test.kind.table();
    let lead = &conditions[0];
    let rows: i64 = lead.iter().map(|facet| facet.count).sum();
    let mut query = connection.prepare_cached(&sql(table, conditions, condition))?;
    let numbers: Vec<Value> = conditions.iter().flatten().map(|facet| Value::Integer(facet.number)).collect();
    // Rows are counted over all days of the facet: undated ones would make the span endless, hence the floor of a century.
    let span =
        (lead.iter().map(|facet| facet.last).max().unwrap_or(0) - lead.iter().map(|facet| facet.first).min().unwrap_or(0) + 1).min(36_525);
    let mut width = (PAGE * span / rows.max(1)).max(1);
    let mut end = last;
    while end >= first {
        let begin = if end - first < width { first } else { end - width + 1 };
        let mut values = vec![Value::Integer(begin), Value::Integer(end), Value::Integer(test.at)];
        values.extend(numbers.iter().cloned());
        let mut found = query.query(params_from_iter(values))?;
        while let Some(row) = found.next()? {
            let (number, document) = (row.get(0)?, row.get(1)?);
            let point = (row.get(2)?, row.get(3)?);
            if passes(connection, test, number, document, point)? && !take(number)? {
                return Ok(false);
            }
        }
        end = begin - 1;
        width = width.saturating_mul(2);
    }
    Ok(true)
}

fn sql(table: &str, conditions: &[Vec<Facet>], condition: &str) -> String {
    let mut next = 3;
    let mut list = |facets: &[Facet]| -> String {
        let marks: Vec<String> = facets
            .iter()
            .map(|_| {
                next += 1;
                format!("?{next}")
            })
            .collect();
        marks.join(",")
    };
    let distinct = if conditions[0].len() > 1 { "DISTINCT " } else { "" };
    let lead = list(&conditions[0]);
    let mut text = format!(
        "SELECT {distinct}r.row, r.document, r.lat, r.lon, f.day FROM {table}_facet f CROSS JOIN {table} r ON r.row = f.row \
         WHERE f.facet IN ({lead}) AND f.day BETWEEN ?1 AND ?2 AND r.tx_from <= ?3 AND r.tx_to > ?3{condition}"
    );
    for facets in &conditions[1..] {
        let marks = list(facets);
        text.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM {table}_facet g WHERE g.facet IN ({marks}) AND g.day = f.day AND g.row = f.row)"
        ));
    }
    text.push_str(" ORDER BY f.day DESC, f.row DESC");
    text
}

fn passes(connection: &Connection, test: &Test<'_>, row: i64, document: i64, point: (Option<f64>, Option<f64>)) -> Result<bool> {
    if let Some(bounds) = test.bounds {
        let (Some(lat), Some(lon)) = point else { return Ok(false) };
        let within =
            if bounds.west <= bounds.east { lon >= bounds.west && lon <= bounds.east } else { lon >= bounds.west || lon <= bounds.east };
        if !within || lat < bounds.south || lat > bounds.north {
            return Ok(false);
        }
    }
    if !has_text(connection, test, row, document)? {
        return Ok(false);
    }
    let Some(bound) = test.figure else { return Ok(true) };
    let mut query = connection.prepare_cached(&format!("SELECT body FROM {} WHERE row = ?1", test.kind.table()))?;
    let body: String = query.query_row([row], |row| row.get(0))?;
    let reaches = |low: Option<u64>, high: Option<u64>| {
        bound.least.is_none_or(|least| high.or(low).unwrap_or(0) >= least)
            && bound.most.is_none_or(|most| low.or(high).unwrap_or(0) <= most)
    };
    let any = |figures: &[FigureRecord]| figures.iter().any(|figure| figure.kind == bound.kind && reaches(figure.low, figure.high));
    Ok(match test.kind {
        Kind::Event => any(&serde_json::from_str::<EventRecord>(&body)?.figures),
        Kind::Statement => any(&serde_json::from_str::<StatementRecord>(&body)?.figures),
        Kind::Incident => {
            serde_json::from_str::<IncidentRecord>(&body)?.figures.get(&bound.kind).is_some_and(|range| reaches(range.low, range.high))
        }
    })
}

fn has_text(connection: &Connection, test: &Test<'_>, row: i64, document: i64) -> Result<bool> {
    if matches!(test.text, Text::None) {
        return Ok(true);
    }
    let documents = if test.kind == Kind::Incident {
        let mut query = connection.prepare_cached("SELECT document FROM incident_document WHERE incident = ?1")?;
        let rows = query.query_map([row], |row| row.get(0))?;
        rows.collect::<std::result::Result<Vec<i64>, _>>()?
    } else {
        vec![document]
    };
    match &test.text {
        Text::None => Ok(true),
        Text::Rare(rows) => Ok(documents.iter().any(|document| rows.contains(document))),
        Text::Frequent(words) => {
            let mut query = connection.prepare_cached("SELECT 1 FROM document_text WHERE rowid = ?1 AND document_text MATCH ?2")?;
            for document in documents {
                if query.query_row(params![document, words], |_| Ok(())).optional()?.is_some() {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

fn text<'a>(connection: &Connection, words: &'a str) -> Result<Text<'a>> {
    let mut query = connection.prepare_cached("SELECT rowid FROM document_text WHERE document_text MATCH ?1 LIMIT ?2")?;
    let rows = query.query_map(params![words, RARE as i64 + 1], |row| row.get(0))?;
    let rows: BTreeSet<i64> = rows.collect::<std::result::Result<_, _>>().map_err(|error| {
        crate::StoreError::Asked(format!("the words cannot be searched ({error}); quote phrases, join words with AND, OR, NOT"))
    })?;
    Ok(if rows.len() > RARE { Text::Frequent(words) } else { Text::Rare(rows) })
}
