//! How far an ingest came, in a file beside the store, for `--resume`; and the report of what was skipped.
//!
//! The position is written after the batch is in the store: a run that is killed between the two codes that batch again,
//! which changes nothing, as the store knows its articles.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use selon_core::record::{ProblemRecord, Record};
use selon_ingest::Position;

/// The file that keeps the position.
pub struct File {
    path: PathBuf,
}

impl File {
    /// That of a store: its path with `.progress`.
    pub fn beside(store: &Path) -> File {
        let mut path = store.as_os_str().to_owned();
        path.push(".progress");
        File { path: path.into() }
    }

    /// The position of a run that was cut off; `None` if none was.
    pub fn read(&self) -> Result<Option<Position>> {
        match fs::read(&self.path) {
            Ok(bytes) => {
                let position = serde_json::from_slice(&bytes);
                position.map(Some).with_context(|| format!("{} holds no position; delete it to begin anew", self.path.display()))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", self.path.display())),
        }
    }

    /// Keeps a position; whoever reads sees the old one or this one, never half of it.
    pub fn write(&self, position: &Position) -> Result<()> {
        let mut aside = self.path.as_os_str().to_owned();
        aside.push(".tmp");
        fs::write(&aside, serde_json::to_vec(position)?).with_context(|| format!("writing {}", self.path.display()))?;
        fs::rename(&aside, &self.path).with_context(|| format!("writing {}", self.path.display()))
    }

    /// The run came to its end.
    pub fn remove(&self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// The report of what could not be read.
pub struct Skipped {
    file: fs::File,
}

impl Skipped {
    /// At this path; a resumed run adds to it.
    pub fn open(path: &Path, resumed: bool) -> Result<Skipped> {
        let file = OpenOptions::new().create(true).write(true).append(resumed).truncate(!resumed).open(path);
        Ok(Skipped { file: file.with_context(|| format!("writing {}", path.display()))? })
    }

    /// Adds these.
    pub fn add(&mut self, problems: &[ProblemRecord]) -> Result<()> {
        for problem in problems {
            writeln!(self.file, "{}", serde_json::to_string(&Record::Problem(problem.clone()))?)?;
        }
        Ok(())
    }
}
