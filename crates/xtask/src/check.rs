//! `cargo xtask check`: what every change must pass. Needs Rust alone; parts that need more run where it is there and are named when skipped.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::{corpus, floors, lint};

/// Largest history of the repository, in megabytes.
const MAX_HISTORY_MB: u64 = 150;

/// Runs the check.
pub fn run(no_skip: bool) -> Result<()> {
    let mut skipped: Vec<String> = Vec::new();
    step("format", || cargo(&["fmt", "--all", "--check"], &[]))?;
    step("lints", || cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], &[]))?;
    step("knowledge", lint::run)?;
    step("tests", || cargo(&["test", "--workspace", "--release", "--quiet"], &[]))?;
    step("documentation", || cargo(&["doc", "--workspace", "--no-deps", "--quiet"], &[("RUSTDOCFLAGS", "-D warnings")]))?;
    step("links", links)?;
    step("corpus", corpus::run)?;
    step("floors", || floors::run(floors::Mode::Check))?;
    step("incidents", || crate::incidents::run("dev", false))?;
    step("history", history)?;
    if !Path::new(".git").exists() {
        skipped.push("history size: no git repository here".into());
    }
    for part in &skipped {
        println!("skipped: {part}");
    }
    ensure!(skipped.is_empty() || !no_skip, "parts of the check were skipped");
    println!("check passed");
    Ok(())
}

fn step(name: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("== {name}");
    run().map_err(|error| error.context(format!("step `{name}` failed")))
}

fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    let status = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
        .args(arguments)
        .envs(environment.iter().copied())
        .status()?;
    if !status.success() {
        bail!("cargo {} failed", arguments.join(" "));
    }
    Ok(())
}

/// Every relative link of the documents leads to a file.
fn links() -> Result<()> {
    let documents = [".", "docs", "data", "data/models", "corpus", "training"];
    let mut broken = Vec::new();
    for folder in documents {
        for entry in
            std::fs::read_dir(folder)?.flatten().filter(|entry| entry.path().extension().is_some_and(|extension| extension == "md"))
        {
            let text = std::fs::read_to_string(entry.path())?;
            for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let path = target.split('#').next().unwrap_or("");
                if !path.is_empty() && !path.contains("://") && !Path::new(folder).join(path).exists() {
                    broken.push(format!("{}: {target}", entry.path().display()));
                }
            }
        }
    }
    ensure!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
    Ok(())
}

fn history() -> Result<()> {
    let Ok(output) = Command::new("git").args(["count-objects", "-v"]).output() else { return Ok(()) };
    let text = String::from_utf8_lossy(&output.stdout);
    let kilobytes: u64 = text
        .lines()
        .filter_map(|line| line.strip_prefix("size-pack: ").or_else(|| line.strip_prefix("size: ")))
        .filter_map(|number| number.trim().parse::<u64>().ok())
        .sum();
    ensure!(kilobytes / 1024 <= MAX_HISTORY_MB, "the history is {} MB, more than {MAX_HISTORY_MB}", kilobytes / 1024);
    Ok(())
}
