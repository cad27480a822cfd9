//! Loads the embedded knowledge with the user's folder laid over it.

use std::path::Path;

use anyhow::{Context, Result};
use selon_data::{Files, Knowledge};

/// The knowledge, with the files of `overlay` added.
///
/// # Errors
/// When the folder cannot be read or a file in it is not as its format asks.
pub fn load(overlay: Option<&Path>) -> Result<Knowledge> {
    let mut files = Files::embedded();
    if let Some(folder) = overlay {
        add(&mut files, folder)?;
    }
    Ok(Knowledge::load(&files)?)
}

fn add(files: &mut Files, folder: &Path) -> Result<()> {
    anyhow::ensure!(folder.is_dir(), "--data {}: no such folder", folder.display());
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().follow_links(false) {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        let known = entry.path().extension().is_some_and(|extension| extension == "tsv" || extension == "toml");
        if entry.file_type().is_file() && known {
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let content = std::fs::read_to_string(entry.path()).with_context(|| format!("reading {}", entry.path().display()))?;
            files.overlay(&relative.to_string_lossy(), content);
        }
    }
    Ok(())
}
