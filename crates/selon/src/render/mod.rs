//! Records as text: JSON Lines, a readable sheet, a table, CSV.

mod flat;
pub mod rows;
mod sheet;

use std::io::{BufWriter, Write};

use anyhow::Result;
use selon_core::record::Record;

use crate::cli::Format;

/// Somewhere records go.
pub trait Output {
    /// Writes the records of one article.
    fn write(&mut self, records: &[Record]) -> Result<()>;
    /// Writes what is left.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// The output of a format, on standard output. `Auto` must have been decided before; it counts as JSON Lines.
pub fn output(format: Format) -> Box<dyn Output> {
    match format {
        Format::Auto | Format::Jsonl => Box::new(JsonLines { out: BufWriter::with_capacity(1 << 16, std::io::stdout()) }),
        Format::Sheet => Box::new(sheet::Sheet::new()),
        Format::Table => Box::new(flat::Table::new()),
        Format::Csv => Box::new(flat::Csv::new()),
    }
}

struct JsonLines {
    out: BufWriter<std::io::Stdout>,
}

impl Output for JsonLines {
    fn write(&mut self, records: &[Record]) -> Result<()> {
        for record in records {
            serde_json::to_writer(&mut self.out, record).map_err(std::io::Error::from)?;
            self.out.write_all(b"\n")?;
        }
        // An article's records leave together: a reader downstream sees whole articles.
        self.out.flush()?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        Ok(self.out.flush()?)
    }
}
