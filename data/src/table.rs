//! Tab-separated tables: UTF-8, `#` lines at the top for licence and origin, a header row, one entry a line.

use crate::{DataError, Files};

/// One row with the line it stands on.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    path: &'a str,
    header: &'a [&'a str],
    cells: Vec<&'a str>,
    /// Line from 1.
    pub line: usize,
}

impl<'a> Row<'a> {
    /// The cell of a column; empty when the row is short or the column missing.
    pub fn get(&self, column: &str) -> &'a str {
        let index = self.header.iter().position(|name| *name == column);
        index.and_then(|index| self.cells.get(index)).copied().unwrap_or("").trim()
    }

    /// The cell of a column that may not be empty.
    ///
    /// # Errors
    /// When it is empty.
    pub fn require(&self, column: &str) -> Result<&'a str, DataError> {
        match self.get(column) {
            "" => Err(self.error(format!("column `{column}` is empty"), "fill the cell, or remove the row")),
            cell => Ok(cell),
        }
    }

    /// An error on this row.
    pub fn error(&self, cause: impl Into<String>, help: impl Into<String>) -> DataError {
        DataError::new(self.path, self.line, cause, help)
    }
}

/// Calls `each` for every row of every layer of a table; a missing file has no rows.
///
/// # Errors
/// When the header lacks one of `columns`, a row has more cells than the header, or `each` refuses a row.
pub fn read<'a>(
    files: &'a Files,
    path: &'a str,
    columns: &[&str],
    mut each: impl FnMut(Row<'_>) -> Result<(), DataError>,
) -> Result<(), DataError> {
    for content in files.layers(path) {
        let mut header: Vec<&str> = Vec::new();
        for (index, line) in content.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            if header.is_empty() {
                header = cells;
                if let Some(missing) = columns.iter().find(|column| !header.contains(column)) {
                    return Err(DataError::new(
                        path,
                        index + 1,
                        format!("no column `{missing}`"),
                        "the first line without # names the columns",
                    ));
                }
                continue;
            }
            let row = Row { path, header: &header, cells, line: index + 1 };
            if row.cells.len() > header.len() {
                return Err(row
                    .error(format!("{} cells, but {} columns", row.cells.len(), header.len()), "separate the cells with exactly one tab"));
            }
            each(row)?;
        }
    }
    Ok(())
}
