//! Records of a store as rows of columns: for the eye and for spreadsheets.

use std::io::Write;

use anyhow::Result;
use selon_core::record::{
    EntityRecord, EventRecord, FigureRecord, IncidentRecord, LinkRecord, PlaceRecord, Record, StatementRecord, TimeRecord,
};
use selon_store::Kind;

/// Characters to which a column of a table is cut.
const WIDEST: usize = 48;

/// Columns and rows.
pub struct Sheet {
    /// Names of the columns.
    pub header: Vec<&'static str>,
    /// One list of cells a record.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Columns in step, two blanks between them.
    pub fn table(&self) -> String {
        let cut = |cell: &str| -> String {
            let short: String = cell.chars().take(WIDEST).collect();
            if short.len() < cell.len() { format!("{}…", short.chars().take(WIDEST - 1).collect::<String>()) } else { short }
        };
        let lines: Vec<Vec<String>> = std::iter::once(self.header.iter().map(|name| cut(name)).collect())
            .chain(self.rows.iter().map(|row| row.iter().map(|cell| cut(&cell.replace(['\n', '\t'], " "))).collect()))
            .collect();
        let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        let mut text = String::new();
        for line in &lines {
            let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
            text.push_str(cells.join("  ").trim_end());
            text.push('\n');
        }
        text
    }

    /// Comma-separated, with a header.
    pub fn csv(&self, output: &mut impl Write) -> Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(&self.header)?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.flush()?;
        Ok(())
    }
}

/// The rows of records of one kind.
pub fn sheet(kind: Kind, records: &[Record]) -> Sheet {
    let header = match kind {
        Kind::Event => vec![
            "id",
            "from",
            "to",
            "event",
            "mode",
            "actor",
            "recipient",
            "place",
            "country",
            "figures",
            "according_to",
            "factuality",
            "incident",
            "document",
        ],
        Kind::Statement => vec!["id", "speaker", "stance", "kind", "content", "figures", "document"],
        Kind::Incident => vec![
            "id",
            "from",
            "to",
            "event",
            "mode",
            "actor",
            "recipient",
            "place",
            "country",
            "figures",
            "status",
            "disputed",
            "sources",
            "articles",
        ],
    };
    let row = |record: &Record| match record {
        Record::Event(value) => Some(event(value)),
        Record::Statement(value) => Some(statement(value)),
        Record::Incident(value) => Some(incident(value)),
        _ => None,
    };
    Sheet { header, rows: records.iter().filter_map(row).collect() }
}

fn event(event: &EventRecord) -> Vec<String> {
    let mut row = vec![event.id.clone()];
    row.extend(days(event.time.as_ref()));
    row.extend([event.event.clone(), event.mode.join(" "), entities(&event.actor), entities(&event.recipient)]);
    row.extend(place(event.event_loc.as_ref()));
    row.extend([
        figures(&event.figures),
        event.attribution.iter().map(|link: &LinkRecord| entity(&link.entity)).collect::<Vec<_>>().join(" > "),
        event.factuality.clone(),
        event.incident.clone().unwrap_or_default(),
        event.document.clone(),
    ]);
    row
}

fn statement(statement: &StatementRecord) -> Vec<String> {
    vec![
        statement.id.clone(),
        entity(&statement.speaker),
        statement.stance.clone(),
        statement.kind.clone(),
        statement.content.text.clone(),
        figures(&statement.figures),
        statement.document.clone(),
    ]
}

fn incident(incident: &IncidentRecord) -> Vec<String> {
    let mut row = vec![incident.id.clone()];
    row.extend(days(incident.time.as_ref()));
    row.extend([incident.events.join(" "), incident.mode.join(" "), entities(&incident.actor), entities(&incident.recipient)]);
    row.extend(place(incident.event_loc.as_ref()));
    let show = |value: Option<u64>| value.map_or("?".to_owned(), |value| value.to_string());
    let figures: Vec<String> = incident
        .figures
        .iter()
        .map(|(kind, range)| format!("{kind} {}/{}/{}", show(range.low), show(range.best), show(range.high)))
        .collect();
    row.extend([
        figures.join(", "),
        incident.status.clone(),
        incident.disputed.join(" "),
        incident.independent_sources.to_string(),
        incident.documents.len().to_string(),
    ]);
    row
}

fn days(time: Option<&TimeRecord>) -> [String; 2] {
    let day = |value: Option<&String>| value.cloned().unwrap_or_default();
    [day(time.and_then(|time| time.from.as_ref())), day(time.and_then(|time| time.to.as_ref()))]
}

fn place(place: Option<&PlaceRecord>) -> [String; 2] {
    [place.map(|place| place.name.clone()).unwrap_or_default(), place.and_then(|place| place.country.clone()).unwrap_or_default()]
}

fn entities(list: &[EntityRecord]) -> String {
    list.iter().map(entity).collect::<Vec<_>>().join("; ")
}

/// Name or, for the unnamed, the code only: words of private persons are not repeated.
fn entity(entity: &EntityRecord) -> String {
    let code = format!("{} {}", entity.country.as_deref().unwrap_or("?"), entity.sector.as_deref().unwrap_or("?"));
    entity.name.as_ref().map_or_else(|| code.clone(), |name| format!("{name} ({code})"))
}

fn figures(figures: &[FigureRecord]) -> String {
    let show = |value: Option<u64>| value.map_or("…".to_owned(), |value| value.to_string());
    let one = |figure: &FigureRecord| {
        if figure.low == figure.high {
            format!("{} {}", figure.kind, show(figure.low))
        } else {
            format!("{} {}–{}", figure.kind, show(figure.low), show(figure.high))
        }
    };
    figures.iter().map(one).collect::<Vec<_>>().join(", ")
}
