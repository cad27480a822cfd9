//! `selon incidents`, `selon events`, `selon statements`: the records of a store like a filter.

use std::io::{IsTerminal, Write};

use anyhow::{Context, Result, bail};
use selon_core::incident::BestRule;
use selon_core::record::Record;
use selon_store::{By, Filter, Kind, Store};

use crate::exit::Exit;
use crate::query::{Count, Query, Shape};
use crate::render::rows::{self, Sheet};

/// Runs the command.
pub fn run(kind: Kind, query: &Query) -> Result<Exit> {
    let store = Store::open_read_only(&query.store).with_context(|| format!("{}", query.store.display()))?;
    let filter = query.filter(&store, kind)?;
    let best = super::code::best(query.best);
    let shape = match query.format {
        Shape::Auto if std::io::stdout().is_terminal() => Shape::Table,
        Shape::Auto => Shape::Jsonl,
        shape => shape,
    };
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    if let Some(count) = query.count {
        counts(&store, kind, &filter, count, shape, &mut output)?;
    } else if query.divergent {
        divergent(&store, &filter, shape, &mut output)?;
    } else if query.voices {
        voices(&store, &filter, shape, &mut output)?;
    } else if let Some(id) = &query.id {
        let record = rule(one(&store, kind, id, &filter)?, best);
        write(&[record], kind, shape, &mut output)?;
    } else if shape == Shape::Jsonl {
        each(&store, kind, &filter, best, &mut output)?;
    } else {
        write(&all(&store, kind, &filter)?.into_iter().map(|record| rule(record, best)).collect::<Vec<_>>(), kind, shape, &mut output)?;
    }
    output.flush()?;
    Ok(Exit::Success)
}

/// The record with best values by another rule; a store keeps the median.
fn rule(mut record: Record, best: BestRule) -> Record {
    if let Record::Incident(incident) = &mut record
        && best != BestRule::default()
    {
        selon_core::incident::choose(incident, best);
    }
    record
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
fn each(store: &Store, kind: Kind, filter: &Filter, best: BestRule, output: &mut impl Write) -> Result<()> {
    let mut failure = None;
    store.each_record(kind, filter, |record| {
        let line = serde_json::to_string(&rule(record, best))?;
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
    show(&sheet, shape, output)
}

fn divergent(store: &Store, filter: &Filter, shape: Shape, output: &mut impl Write) -> Result<()> {
    let found = store.divergent(filter)?;
    if shape == Shape::Jsonl {
        for item in found {
            writeln!(output, "{}", serde_json::to_string(&item)?)?;
        }
        return Ok(());
    }
    let row = |item: selon_store::Divergence| {
        let place = item.incident.event_loc.map(|place| place.name).unwrap_or_default();
        let day = item.incident.time.and_then(|time| time.from).unwrap_or_default();
        vec![
            item.incident.id,
            day,
            place,
            item.incident.event,
            item.kind,
            format!("{:.2}", item.divergence),
            item.low.value.to_string(),
            item.low.voice,
            item.high.value.to_string(),
            item.high.voice,
        ]
    };
    let header = vec!["id", "from", "place", "event", "kind", "divergence", "low", "low_voice", "high", "high_voice"];
    show(&Sheet { header, rows: found.into_iter().map(row).collect() }, shape, output)
}

fn voices(store: &Store, filter: &Filter, shape: Shape, output: &mut impl Write) -> Result<()> {
    let found = store.voices(filter)?;
    if shape == Shape::Jsonl {
        for item in found {
            writeln!(output, "{}", serde_json::to_string(&item)?)?;
        }
        return Ok(());
    }
    let rows = found.into_iter().map(|item| vec![item.voice, item.figures.to_string(), format!("{:+.2}", item.mean)]).collect();
    show(&Sheet { header: vec!["voice", "figures", "mean"], rows }, shape, output)
}

fn show(sheet: &Sheet, shape: Shape, output: &mut impl Write) -> Result<()> {
    if shape == Shape::Csv { sheet.csv(output) } else { Ok(write!(output, "{}", sheet.table())?) }
}
