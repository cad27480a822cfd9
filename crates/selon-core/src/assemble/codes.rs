//! The codes that follow from event, modes and sides: quad, score, CAMEO, ACLED's name.

use super::Findings;
use crate::event::{Event, Factuality, Referent};
use crate::record::AcledRecord;

/// Codes of one event.
pub struct Codes {
    /// PLOVER quad.
    pub quad: u8,
    /// PLOVER score of the most extreme mode, else of the bare event.
    pub scale: f64,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// ACLED's name.
    pub acled: Option<AcledRecord>,
    /// Probability 0-1 that the event is rightly coded.
    pub confidence: f64,
}

/// The codes of an event.
pub fn of(findings: &Findings<'_>, event: &Event) -> Codes {
    let plover = &findings.knowledge.plover;
    let bare = plover.row(&event.event, "");
    let modes: Vec<_> = event.mode.iter().filter_map(|mode| plover.row(&event.event, mode)).collect();
    let extreme = modes.iter().copied().reduce(|best, row| if row.score.abs() > best.score.abs() { row } else { best });
    let chosen = extreme.or(bare);
    let actor = classes(findings, &event.actor);
    let recipient = classes(findings, &event.recipient);
    let acled = plover.acled(&event.event, &event.mode, &actor, &recipient);
    Codes {
        quad: bare.map_or(0, |row| row.quad),
        scale: chosen.map_or(0.0, |row| row.score),
        cameo: chosen.map(|row| row.cameo.clone()).filter(|code| !code.is_empty()),
        acled: acled
            .map(|(event_type, sub_event_type)| AcledRecord { event_type: event_type.clone(), sub_event_type: sub_event_type.clone() }),
        confidence: event.confidence.map_or_else(|| confidence(event), |score| (score * 1000.0).round() / 1000.0),
    }
}

fn classes(findings: &Findings<'_>, sides: &[Referent]) -> Vec<&'static str> {
    let mut classes = Vec::new();
    for side in sides {
        let Referent::Mention(index) = side else { continue };
        let mention = &findings.scene.entities.mentions[*index];
        let group = findings.scene.entities.chains.get(mention.chain).is_some_and(|chain| chain.group);
        match mention.sector.as_deref() {
            Some("COP" | "MIL" | "REB" | "UAF" | "PRM" | "SPY" | "CRM") => classes.push("armed"),
            Some("CVL" | "OPP" | "EDU" | "LAB" | "REL" | "SOC" | "REF" | "AGR") => {
                classes.push("civilian");
                if group {
                    classes.push("crowd");
                }
            }
            _ => {}
        }
    }
    classes
}

/// Without the learned scorer: what the lexicon alone can say, by how sure the words are and whether a side is known.
fn confidence(event: &Event) -> f64 {
    let sides = if event.actor.is_empty() && event.recipient.is_empty() { 0.0 } else { 0.1 };
    let words = if event.tokens.len() > 1 { 0.05 } else { 0.0 };
    let sure = if event.factuality == Factuality::CertainPositive { 0.05 } else { 0.0 };
    0.6 + sides + words + sure
}
