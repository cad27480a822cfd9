//! The real binary in a temporary folder: what a user types, what comes out, and the exit codes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("selon-test-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the temporary folder can be made");
    path
}

fn selon(at: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_selon"))
        .args(arguments)
        .current_dir(at)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("it has an input").write_all(input).expect("it reads its input");
    child.wait_with_output().expect("it ends")
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}

const ARTICLE: &str =
    "Des soldats ont tué deux civils à Gao mardi, a annoncé le gouverneur. La police a arrêté une dizaine de manifestants.";

#[test]
fn text_from_standard_input_gives_a_document_and_its_events() {
    let at = folder("stdin");
    let output = selon(&at, &["code", "-", "--published", "2024-03-13"], ARTICLE.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let records = lines(&output);
    assert_eq!(records[0]["record"], "document");
    assert_eq!(records[0]["text"], ARTICLE);
    assert_eq!(records[0]["lang"], "fr");
    let chars: Vec<char> = ARTICLE.chars().collect();
    let events: Vec<_> = records.iter().filter(|record| record["record"] == "event").collect();
    assert!(!events.is_empty());
    for event in events {
        let (start, end) =
            (event["trigger"]["start"].as_u64().expect("a number") as usize, event["trigger"]["end"].as_u64().expect("a number") as usize);
        assert_eq!(chars[start..end].iter().collect::<String>(), event["trigger"]["text"].as_str().expect("words"));
    }
}

#[test]
fn one_bad_input_does_not_stop_the_others() {
    let at = folder("bad");
    std::fs::write(at.join("a-latin1.txt"), b"Des civils tu\xe9s \xe0 Gao.").expect("written");
    std::fs::write(at.join("b-empty.txt"), b" \n").expect("written");
    std::fs::write(at.join("c-binary.txt"), b"\x7fELF\0\0\0").expect("written");
    std::fs::write(
        at.join("d-lines.jsonl"),
        format!("{{\"text\": \"Bonjour\"\n{{\"url\": \"u\"}}\n\n{}\n", serde_json::json!({"url": "good", "text": ARTICLE})),
    )
    .expect("written");
    std::fs::write(at.join("e-good.txt"), ARTICLE).expect("written");
    let output = selon(&at, &["code", ".", "missing.txt", "--published", "2024-03-13"], b"");
    assert_eq!(output.status.code(), Some(3));
    let records = lines(&output);
    let documents = records.iter().filter(|record| record["record"] == "document").count();
    assert_eq!(documents, 3, "the Latin-1 file is read too");
    let messages: Vec<&str> =
        records.iter().filter(|record| record["stage"] == "ingest").filter_map(|record| record["message"].as_str()).collect();
    let told = |file: &str, words: &str| messages.iter().any(|message| message.contains(file) && message.contains(words));
    assert!(records.iter().any(|record| record["text"] == "Des civils tués à Gao."));
    assert!(told("b-empty.txt", "empty"), "{messages:?}");
    assert!(told("c-binary.txt", "binary"), "{messages:?}");
    assert!(told("d-lines.jsonl:1", "not a JSON object"), "{messages:?}");
    assert!(told("d-lines.jsonl:2", "no field `text`"), "{messages:?}");
    assert!(told("missing.txt", "cannot be read"), "{messages:?}");
}

#[test]
fn unknown_languages_and_missing_dates_are_told() {
    let at = folder("unknown");
    let output = selon(&at, &["code", "-"], "Алматы қаласында өткен митингіде полиция ондаған адамды ұстады.".as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let records = lines(&output);
    assert_eq!(records[0]["lang"], "kk");
    let stages: Vec<&str> =
        records.iter().filter(|record| record["record"] == "problem").filter_map(|record| record["stage"].as_str()).collect();
    assert!(stages.contains(&"language") && stages.contains(&"time"), "{stages:?}");
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let at = folder("threads");
    let articles: String = (0..40)
        .map(|number| {
            format!(
                "{}\n",
                serde_json::json!({"url": format!("a{number}"), "text": format!("{ARTICLE} {number}"), "published": "2024-03-13"})
            )
        })
        .collect();
    std::fs::write(at.join("articles.jsonl"), articles).expect("written");
    let one = selon(&at, &["code", "articles.jsonl", "--jobs", "1", "--mentions"], b"");
    let two = selon(&at, &["code", "articles.jsonl", "--jobs", "2", "--mentions"], b"");
    assert_eq!(one.stdout, two.stdout);
    assert_eq!(lines(&one).iter().filter(|record| record["record"] == "document").count(), 40);
}

#[test]
fn an_overlay_teaches_a_word_and_a_bad_one_is_refused_with_its_line() {
    let at = folder("overlay");
    let rules = at.join("mine/lang/fr/events");
    std::fs::create_dir_all(&rules).expect("made");
    let good = "language = \"fr\"\nevent = \"ASSAULT\"\nlicence = \"CC0-1.0\"\norigin = \"user\"\n\n[[rule]]\nid = \"fr.assault.escagasser\"\nmeaning = \"Somebody batters somebody.\"\nverb = [\"escagasser\"]\nmode = [\"beat\"]\nframe = \"transitive\"\nmatch = [{ text = \"Ils ont escagassé un passant.\", trigger = \"escagassé\" }]\nno_match = [\"Rien.\"]\n";
    std::fs::write(rules.join("assault.toml"), good).expect("written");
    let text = "Les miliciens vont escagasser les prisonniers.";
    let output = selon(&at, &["code", "-", "--data", "mine", "--lang", "fr"], text.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        lines(&output)
            .iter()
            .any(|record| record["rules"].as_array().is_some_and(|rules| rules.iter().any(|rule| rule == "fr.assault.escagasser")))
    );
    std::fs::write(rules.join("assault.toml"), good.replace("\"beat\"", "\"hug\"")).expect("written");
    let refused = selon(&at, &["code", "-", "--data", "mine", "--lang", "fr"], text.as_bytes());
    assert_eq!(refused.status.code(), Some(4));
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(message.contains("lang/fr/events/assault.toml:7") && message.contains("help:"), "{message}");
}

#[test]
fn the_flat_formats_and_the_sheet() {
    let at = folder("formats");
    let csv = selon(&at, &["code", "-", "--format", "csv", "--published", "2024-03-13"], ARTICLE.as_bytes());
    let text = String::from_utf8_lossy(&csv.stdout).into_owned();
    assert!(text.starts_with("document,published,outlet,event,mode,actor,"), "{text}");
    assert!(text.lines().count() > 1);
    let sheet = selon(&at, &["code", "-", "--format", "sheet", "--published", "2024-03-13"], ARTICLE.as_bytes());
    assert!(String::from_utf8_lossy(&sheet.stdout).contains("ASSAULT"));
    let table = selon(&at, &["code", "-", "--format", "table"], ARTICLE.as_bytes());
    assert!(String::from_utf8_lossy(&table.stdout).starts_with("event"));
    let wrong = selon(&at, &["code", "-", "--published", "yesterday"], b"");
    assert_eq!(wrong.status.code(), Some(2));
}
