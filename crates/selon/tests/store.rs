//! The store through the real binary: ingest twice, ask, decide, look back.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("selon-store-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the temporary folder can be made");
    path
}

fn selon(at: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_selon")).args(arguments).current_dir(at).output().expect("the program starts")
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}

/// Two outlets on one killing in Gao, a third on a march in Dakar.
const ARTICLES: &str = r#"{"id":"a","published":"2024-03-13","outlet":"Un","lang":"fr","text":"Des soldats ont tué deux civils à Gao mardi, a annoncé le gouverneur."}
{"id":"b","published":"2024-03-14","outlet":"Deux","lang":"fr","text":"Des soldats ont tué trois civils à Gao le 12 mars, selon une association."}
{"id":"c","published":"2024-03-14","outlet":"Trois","lang":"fr","text":"Des milliers de personnes ont manifesté à Dakar mercredi."}
"#;

#[test]
fn an_archive_is_kept_asked_and_decided_on() {
    let at = folder("archive");
    std::fs::write(at.join("articles.jsonl"), ARTICLES).expect("a file can be written");
    let ingest = || selon(&at, &["ingest", "articles.jsonl", "--store", "a.db"]);
    assert!(String::from_utf8_lossy(&ingest().stderr).contains("3 articles new"));
    assert!(String::from_utf8_lossy(&ingest().stderr).contains("0 articles new, 0 replaced, 3 already there"));
    let incidents = |more: &[&str]| lines(&selon(&at, &[&["incidents", "--store", "a.db"], more].concat()));
    let killed = incidents(&["--figure", "killed>=1"]);
    let ids: Vec<&str> = killed.iter().filter_map(|incident| incident["id"].as_str()).collect();
    assert!(!ids.is_empty(), "a killing is found");
    assert_eq!(incidents(&["--text", "dakar", "--type", "PROTEST"]).len(), 1);
    assert_eq!(incidents(&["--as-of", "2001-01-01"]).len(), 0);
    let all = incidents(&[]);
    let [first, second] = [&all[0], &all[1]].map(|incident| incident["id"].as_str().expect("an id"));
    let review = |words: &[&str]| selon(&at, &[&["review", "--store", "a.db", "--author", "Ada", "--reason", "test"], words].concat());
    assert!(!selon(&at, &["review", "merge", first, second, "--store", "a.db"]).status.success(), "no decision without author and reason");
    assert!(review(&["merge", first, second]).status.success());
    assert_eq!(incidents(&[]).len(), all.len() - 1);
    assert!(review(&["undo", "1"]).status.success());
    assert_eq!(incidents(&[]), all);
    let events = lines(&selon(&at, &["events", "--store", "a.db"]));
    assert!(events.iter().all(|event| all.iter().any(|incident| incident["id"] == event["incident"])));
    assert_eq!(String::from_utf8_lossy(&selon(&at, &["store", "recode", "--store", "a.db"]).stdout), "0 articles coded anew\n");
    assert!(selon(&at, &["store", "backup", "--store", "a.db", "b.db"]).status.success());
    assert!(String::from_utf8_lossy(&selon(&at, &["store", "check", "--store", "b.db"]).stdout).ends_with("whole\n"));
    assert!(!selon(&at, &["events", "--store", "a.db", "--status", "denied"]).status.success(), "events have no status");
}
