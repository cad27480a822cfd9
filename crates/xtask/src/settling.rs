//! `cargo xtask settling`: for each event of corpus/ train and dev that the line finds, the places and times it may have, with features and whether gold
//! has them: the input of training/settling.

use anyhow::Result;
use selon_core::assemble::Findings;
use selon_core::eval::{self, GoldArticle, GoldEvent};
use selon_core::record::EventRecord;
use selon_core::settle::choose::{PlaceOption, Survey, place_features, place_options, time_features, time_options};
use selon_data::Files;
use serde_json::{Value, json};

/// Runs the command: one JSON object an option on standard output.
pub fn run() -> Result<()> {
    let mut files = Files::embedded();
    files.remove("ontology/settling.tsv");
    crate::rows::print(&files, lines)
}

fn lines(gold: &GoldArticle, findings: &Findings<'_>) -> Vec<Value> {
    let records = findings.event_records();
    let survey = Survey::new(findings.scene, findings.timexes);
    let mut lines = Vec::new();
    for (right, index) in eval::paired(&gold.events, &records) {
        let wanted = &gold.events[right];
        let mut row = |task: &str, features: Vec<String>, label: bool, rule: bool| {
            lines.push(json!({"id": gold.id, "split": gold.split, "lang": gold.lang, "event": index, "role": task, "features": features, "label": label, "rule": rule}));
        };
        let (scene, events, settled) = (findings.scene, findings.events, findings.settled);
        // A deed without a place in gold has one in the line all the same: nothing to learn from it.
        if wanted.event_loc.is_some() || settled[index].place.is_none() {
            for option in place_options(scene, &survey, events, settled, index) {
                let mut names: Vec<String> = Vec::new();
                place_features(scene, &survey, events, settled, index, option, &mut names);
                let record = match option {
                    PlaceOption::Toponym(number) => Some(findings.toponym(number, "")),
                    PlaceOption::Country => records[index].event_loc.clone(),
                    PlaceOption::Nowhere => None,
                };
                let rule = match (&record, &records[index].event_loc) {
                    (Some(record), Some(answer)) => record.name == answer.name,
                    (None, None) => true,
                    _ => false,
                };
                let label = with(&records[index], |event| event.event_loc = record, wanted, eval::place_agrees);
                row("place", names, label, rule);
            }
        }
        for option in time_options(scene, &survey, findings.timexes, events, settled, index) {
            let mut names: Vec<String> = Vec::new();
            time_features(scene, &survey, findings.timexes, events, settled, index, option, &mut names);
            let time = option.map(|number| findings.time(&findings.timexes[number]));
            let label = with(&records[index], |event| event.time = time, wanted, eval::time_agrees);
            row("time", names, label, option == settled[index].time);
        }
    }
    lines
}

/// The verdict on a record that has one field changed.
fn with(
    record: &EventRecord,
    change: impl FnOnce(&mut EventRecord),
    gold: &GoldEvent,
    agrees: fn(&GoldEvent, &EventRecord) -> bool,
) -> bool {
    let mut record = record.clone();
    change(&mut record);
    agrees(gold, &record)
}
