//! `selon incidents`, `selon events`, `selon statements`: the records of a store like a filter.

use std::io::{IsTerminal, Write};

use anyhow::{Context, Result, bail};
use selon_core::record::Record;
use selon_store::{By, Filter, Kind, Store};

use crate::exit::Exit;
use crate::query::{Count, Query, Shape};
use crate::render::rows::{self, Sheet};

/// Runs the command.
pub fn run(kind: Kind, query: &Query) -> Result<Exit> {
    let store = Store::open_read_only(&query.store).with_context(|| format!("{}", query.store.display()))?;
    let filter = query.filter(&store, kind)?;
    let shape = match query.format {
        Shape::Auto if std::io::stdout().is_terminal() => Shape::Table,
        Shape::Auto => Shape::Jsonl,
        shape => shape,
    };
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    if let Some(count) = query.count {
        counts(&store, kind, &filter, count, shape, &mut output)?;
    } else if let Some(id) = &query.id {
        let record = one(&store, kind, id, &filter)?;
        write(&[record], kind, shape, &mut output)?;
    } else if shape == Shape::Jsonl {
        each(&store, kind, &filter, &mut output)?;
    } else {
        write(&all(&store, kind, &filter)?, kind, shape, &mut output)?;
    }
    output.flush()?;
    Ok(Exit::Success)
}

fn one(store: &Store, kind: Kind, id: &str, filter: &Filter) -> Result<Record> {
    let record = match kind {
        Kind::Event => store.event(id, filter.as_of)?.map(Record::Event),
        Kind::Statement => store.statement(id, filter.as_of)?.map(Record::Statement),
        Kind::Incident => store.incident(id, filter.as_of)?.map(Record::Incident),
    };
    match record {
        Some(record) => Ok(record),
        None => bail!("no record of this kind has the id {id}"),
    }
}

fn all(store: &Store, kind: Kind, filter: &Filter) -> Result<Vec<Record>> {
    Ok(match kind {
        Kind::Event => store.events(filter)?.into_iter().map(Record::Event).collect(),
        Kind::Statement => store.statements(filter)?.into_iter().map(Record::Statement).collect(),
        Kind::Incident => store.incidents(filter)?.into_iter().map(Record::Incident).collect(),
    })
}

/// Record after record, without holding them all.
fn each(store: &Store, kind: Kind, filter: &Filter, output: &mut impl Write) -> Result<()> {
    let mut failure = None;
    store.each_record(kind, filter, |record| {
        let line = serde_json::to_string(&record)?;
        if let Err(error) = writeln!(output, "{line}") {
            failure = Some(error);
            return Ok(false);
        }
        Ok(true)
    })?;
    failure.map_or(Ok(()), |error| Err(error.into()))
}

fn write(records: &[Record], kind: Kind, shape: Shape, output: &mut impl Write) -> Result<()> {
    match shape {
        Shape::Auto | Shape::Jsonl => {
            for record in records {
                writeln!(output, "{}", serde_json::to_string(record)?)?;
            }
            Ok(())
        }
        Shape::Table => Ok(write!(output, "{}", rows::sheet(kind, records).table())?),
        Shape::Csv => rows::sheet(kind, records).csv(output),
    }
}

fn counts(store: &Store, kind: Kind, filter: &Filter, count: Count, shape: Shape, output: &mut impl Write) -> Result<()> {
    let by = match count {
        Count::All => None,
        Count::Day => Some(By::Day),
        Count::Week => Some(By::Week),
        Count::Month => Some(By::Month),
        Count::Country => Some(By::Country),
        Count::Place => Some(By::Place),
        Count::Type => Some(By::Type),
    };
    let counts = match by {
        Some(by) => store.counts(kind, filter, by)?,
        None => vec![("all".to_owned(), store.count(kind, filter)?)],
    };
    if shape == Shape::Jsonl {
        for (value, count) in counts {
            writeln!(output, "{}", serde_json::json!({ "value": value, "count": count }))?;
        }
        return Ok(());
    }
    let sheet =
        Sheet { header: vec!["value", "count"], rows: counts.into_iter().map(|(value, count)| vec![value, count.to_string()]).collect() };
    if shape == Shape::Csv { sheet.csv(output) } else { Ok(write!(output, "{}", sheet.table())?) }
}
