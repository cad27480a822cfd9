//! Every example of every rule of `time.toml`, published on 2022-01-08, a Saturday.

use jiff::civil::date;
use selon_data::{Files, time::TimeLexicon};

use super::*;
use crate::words::scan;

fn lexicon(code: &str) -> TimeLexicon {
    match TimeLexicon::load(&Files::embedded(), &format!("lang/{code}/")) {
        Ok(lexicon) => lexicon,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn every_example_of_every_rule() {
    let mut failures = Vec::new();
    for code in Files::embedded().languages() {
        let lexicon = lexicon(&code);
        for rule in &lexicon.rules {
            for example in &rule.matches {
                let found = times_in(&scan(&example.text), Some(date(2022, 1, 8)), &lexicon);
                let fits = |timex: &&Timex| example.words.is_empty() || timex.span.of(&example.text) == example.words;
                let values: Vec<(&str, &str)> = found.iter().map(|timex| (timex.span.of(&example.text), timex.value.as_str())).collect();
                if found.iter().find(fits).map(|timex| timex.value.as_str()) != Some(example.value.as_str()) {
                    failures.push(format!("{}: {:?} wants {} {}, got {values:?}", rule.id, example.text, example.words, example.value));
                }
            }
            for text in &rule.no_match {
                let found = times_in(&scan(text), Some(date(2022, 1, 8)), &lexicon);
                if !found.is_empty() {
                    failures.push(format!("{}: {text:?} should have no time, got {:?}", rule.id, found));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
