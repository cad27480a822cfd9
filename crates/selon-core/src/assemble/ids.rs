//! Stable ids: the same article coded again, by any version, gives its events the same ids.

use crate::event::Event;

/// Sixteen hexadecimal digits of XXH3 (64 bits, Collet) over the parts, each closed by a zero byte.
pub fn stable_id(parts: &[&str]) -> String {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts {
        bytes.extend_from_slice(part.as_bytes());
        bytes.push(0);
    }
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&bytes))
}

/// The ids of an article's events: document, event, trigger span, and an ordinal among those that share them.
pub fn event_ids(document: &str, events: &[Event]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(events.len());
    for (index, event) in events.iter().enumerate() {
        let ordinal = events[..index].iter().filter(|other| other.event == event.event && other.trigger == event.trigger).count();
        ids.push(stable_id(&[
            document,
            &event.event,
            &event.trigger.start.to_string(),
            &event.trigger.end.to_string(),
            &ordinal.to_string(),
        ]));
    }
    ids
}

/// The id of the nth incident within an article.
pub fn incident_id(document: &str, number: usize) -> String {
    stable_id(&[document, "incident", &number.to_string()])
}
