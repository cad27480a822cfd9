//! `cargo xtask casting`: for each event of corpus/ train and dev that the line finds, everybody who may fill a role, with features and whether gold has
//! them in it: the input of training/casting.

use anyhow::Result;
use selon_core::assemble::Findings;
use selon_core::eval::{self, GoldArticle, GoldEntity};
use selon_core::event::Referent;
use selon_core::event::casting::{Role, candidates, features};
use selon_core::record::EntityRecord;
use selon_data::Files;
use serde_json::Value;

/// Runs the command: one JSON object a candidate on standard output.
pub fn run() -> Result<()> {
    let mut files = Files::embedded();
    files.remove("ontology/casting.tsv");
    crate::rows::print(&files, lines)
}

fn lines(gold: &GoldArticle, findings: &Findings<'_>) -> Vec<Value> {
    let records = findings.event_records();
    let mut lines = Vec::new();
    for (right, index) in eval::paired(&gold.events, &records) {
        let event = &findings.events[index];
        for role in [Role::Actor, Role::Recipient] {
            let (wanted, slots) = match role {
                Role::Actor => (&gold.events[right].actor, &event.actor),
                Role::Recipient => (&gold.events[right].recipient, &event.recipient),
            };
            for candidate in candidates(findings.scene, findings.events, index) {
                let record = findings.entity(Referent::Mention(candidate));
                let mut names: Vec<String> = Vec::new();
                features(findings.scene, findings.events, index, role, candidate, &mut names);
                let line = serde_json::json!({
                    "id": gold.id, "split": gold.split, "lang": gold.lang, "event": index, "role": role.name(), "features": names,
                    "label": wanted.iter().any(|entity| is_same(entity, &record)), "slot": slots.contains(&Referent::Mention(candidate)),
                    "pair": [record.country, record.sector], "gold": wanted.iter().map(|entity| [&entity.country, &entity.sector]).collect::<Vec<_>>(),
                    "words": slots.iter().filter(|side| matches!(side, Referent::Words(_))).map(|side| { let side = findings.entity(*side); [side.country, side.sector] }).collect::<Vec<_>>(),
                });
                lines.push(line);
            }
        }
    }
    lines
}

/// The same words, or the same country and sector.
fn is_same(gold: &GoldEntity, record: &EntityRecord) -> bool {
    let end = gold.start.map(|start| start + gold.text.chars().count());
    let overlap = match (gold.start, end) {
        (Some(start), Some(end)) => start < record.end && record.start < end,
        _ => false,
    };
    overlap || gold.country == record.country && gold.sector == record.sector
}
