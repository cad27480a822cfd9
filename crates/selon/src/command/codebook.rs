//! `selon codebook`: what each event and mode means, with sentences that are coded so.

use std::io::Write;

use anyhow::{Result, bail};

use crate::cli::Codebook;
use crate::exit::Exit;
use crate::knowledge;

/// Runs the command.
pub fn run(arguments: Codebook) -> Result<Exit> {
    let knowledge = knowledge::load(arguments.knowledge.data.as_deref())?;
    let wanted = arguments.event.map(|event| event.to_uppercase());
    if let Some(event) = wanted.as_deref().filter(|event| !knowledge.plover.is_event(event)) {
        bail!("`{event}` is none of PLOVER's sixteen event types; `selon codebook` lists them");
    }
    let mut out = anstream::stdout().lock();
    for (event, mode, row) in knowledge.plover.rows().filter(|(event, _, _)| wanted.as_deref().is_none_or(|wanted| wanted == *event)) {
        let name = if mode.is_empty() { event.to_owned() } else { format!("  {mode}") };
        writeln!(out, "{name:18} score {:>5}  quad {}  {}", row.score, row.quad, row.meaning)?;
        if wanted.is_some() {
            examples(&mut out, &knowledge, event, mode)?;
        }
    }
    Ok(Exit::Success)
}

fn examples(out: &mut impl Write, knowledge: &selon_data::Knowledge, event: &str, mode: &str) -> Result<()> {
    for language in knowledge.languages.values() {
        let rules = language.rules.rules.iter().filter(|rule| rule.event == event && rule.mode.first().map_or("", String::as_str) == mode);
        for rule in rules.take(2) {
            for example in rule.matches.iter().take(1) {
                writeln!(out, "      {}  ({})", example.text, rule.id)?;
            }
        }
    }
    Ok(())
}
