//! Every example of every rule: `match` sentences must give the event with its trigger and sides, `no_match` sentences must not give that rule.
//!
//! Known failures stand in `data/lang/<xx>/known-failures.txt`, one example a line, and are asserted to fail, so that a mended one is taken off the
//! list. `BLESS=1 cargo test -p selon-core --test rules` rewrites the lists; read the diff.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use selon_core::article::Article;
use selon_core::pipeline::{Coder, Options};
use selon_core::record::{EntityRecord, EventRecord, Record};
use selon_data::Knowledge;
use selon_data::rules::{Example, Rule};

fn events(coder: &Coder<'_>, language: &str, text: &str) -> Vec<EventRecord> {
    let article =
        Article { text: text.to_owned(), lang: Some(language.to_owned()), published: Some("2024-05-15".into()), ..Article::default() };
    let records = coder.code(&article, Options::default());
    records.into_iter().filter_map(|record| if let Record::Event(event) = record { Some(event) } else { None }).collect()
}

fn names(list: &[EntityRecord], words: &str) -> bool {
    words.is_empty()
        || list.iter().any(|entity| {
            entity.text.contains(words) || words.contains(&entity.text) || entity.name.as_deref().is_some_and(|name| name.contains(words))
        })
}

/// What is wrong with an example, if anything.
fn judge(events: &[EventRecord], rule: &Rule, example: &Example) -> Option<String> {
    let overlaps = |event: &&EventRecord| event.trigger.text.contains(&example.trigger) || example.trigger.contains(&event.trigger.text);
    let Some(event) = events.iter().filter(overlaps).find(|event| event.event == rule.event || event.rules.contains(&rule.id)) else {
        return Some("no such event".into());
    };
    if !names(&event.actor, &example.actor) {
        return Some(format!("actor {:?}", event.actor.iter().map(|entity| &entity.text).collect::<Vec<_>>()));
    }
    if !names(&event.recipient, &example.recipient) {
        return Some(format!("recipient {:?}", event.recipient.iter().map(|entity| &entity.text).collect::<Vec<_>>()));
    }
    None
}

fn failures(coder: &Coder<'_>, knowledge: &Knowledge, language: &str) -> (usize, BTreeSet<String>) {
    let mut failed = BTreeSet::new();
    let mut count = 0;
    for rule in &knowledge.languages[language].rules.rules {
        for example in &rule.matches {
            count += 1;
            if let Some(why) = judge(&events(coder, language, &example.text), rule, example) {
                failed.insert(format!("{}\tmatch\t{}\t{why}", rule.id, example.text));
            }
        }
        for text in &rule.no_matches {
            count += 1;
            if events(coder, language, text).iter().any(|event| event.rules.contains(&rule.id)) {
                failed.insert(format!("{}\tno_match\t{text}\tmatched", rule.id));
            }
        }
    }
    (count, failed)
}

fn list(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../data/lang/{language}/known-failures.txt"))
}

#[test]
fn the_examples_of_every_rule() {
    let knowledge = Knowledge::embedded().unwrap_or_else(|error| panic!("{error}"));
    let coder = Coder::new(&knowledge);
    let mut wrong = Vec::new();
    for language in knowledge.languages.keys() {
        let (count, failed) = failures(&coder, &knowledge, language);
        println!("{language}: {} of {count} examples hold", count - failed.len());
        let path = list(language);
        if std::env::var_os("BLESS").is_some() {
            if count > 0 {
                let body: String = failed.iter().map(|line| format!("{line}\n")).collect();
                std::fs::write(
                    &path,
                    format!("# Examples of rules that do not hold yet: rule, kind, sentence, what happens. Rewritten by BLESS=1.\n{body}"),
                )
                .expect("the list can be written");
            }
            continue;
        }
        let known: BTreeSet<String> =
            std::fs::read_to_string(&path).unwrap_or_default().lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
        wrong.extend(failed.difference(&known).map(|line| format!("fails: {line}")));
        wrong.extend(known.difference(&failed).map(|line| format!("holds now, take it off the list: {line}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
