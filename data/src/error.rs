//! The one error of the loaders: which file, which line, why, and what to do.

/// A knowledge file that is not as its format asks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {cause}\n  help: {help}")]
pub struct DataError {
    /// Path inside the data folder.
    pub path: String,
    /// Line from 1; 0 when it concerns the whole file.
    pub line: usize,
    /// What is wrong.
    pub cause: String,
    /// How to mend it.
    pub help: String,
}

impl DataError {
    /// An error at a line of a file.
    pub fn new(path: &str, line: usize, cause: impl Into<String>, help: impl Into<String>) -> DataError {
        DataError { path: path.to_owned(), line, cause: cause.into(), help: help.into() }
    }
}
