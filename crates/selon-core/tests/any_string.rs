//! Any string is safe: no panic, spans inside the text on character boundaries, evidence that is exactly the text, the same bytes twice.

use std::sync::OnceLock;

use proptest::prelude::*;
use selon_core::article::Article;
use selon_core::pipeline::{Coder, Options};
use selon_core::record::Record;
use selon_data::Knowledge;

fn knowledge() -> &'static Knowledge {
    static LOADED: OnceLock<Knowledge> = OnceLock::new();
    LOADED.get_or_init(|| Knowledge::embedded().expect("the knowledge loads"))
}

fn check(coder: &Coder<'_>, text: &str, lang: Option<&str>) {
    let article =
        Article { text: text.to_owned(), lang: lang.map(str::to_owned), published: Some("2024-05-15".into()), ..Article::default() };
    let options = Options { mentions: true, tokens: true };
    let records = coder.code(&article, options);
    let chars: Vec<char> = text.chars().collect();
    let exact = |words: &str, start: usize, end: usize| {
        assert!(start <= end && end <= chars.len(), "{start}..{end} in {} characters", chars.len());
        assert_eq!(chars[start..end].iter().collect::<String>(), words);
    };
    for record in &records {
        match record {
            Record::Event(event) => {
                exact(&event.trigger.text, event.trigger.start, event.trigger.end);
                for entity in event.actor.iter().chain(&event.recipient) {
                    exact(&entity.text, entity.start, entity.end);
                }
                for link in &event.attribution {
                    exact(&link.cue.text, link.cue.start, link.cue.end);
                }
                assert!((0.0..=1.0).contains(&event.confidence));
            }
            Record::Statement(statement) => exact(&statement.content.text, statement.content.start, statement.content.end),
            Record::Mention(mention) => exact(&mention.text, mention.start, mention.end),
            _ => {}
        }
    }
    let again = coder.code(&article, options);
    assert_eq!(serde_json::to_string(&records).expect("JSON"), serde_json::to_string(&again).expect("JSON"));
}

const PIECES: &[&str] = &[
    "Des soldats ont tué deux civils à Gao",
    ", a-t-il dit",
    "« ",
    " »",
    "“",
    "”",
    "\"",
    "\n\n",
    "selon la police",
    "n’ont pas ",
    "18h40 | ",
    "l'armée",
    "The army said ",
    "at least 12 people were killed",
    "according to witnesses",
    "…",
    "—",
    "\u{a0}",
    "\u{202f}",
    "é",
    "e\u{301}",
    "\u{200b}",
    "\u{feff}",
    "👩‍👩‍👧",
    "١٢",
    "قال",
    "Полиция",
    "a-t- il",
    "12.000",
    "3,5 %",
    "U.S.",
    "M. ",
    "(",
    ")",
    "don't",
    "aujourd’hui",
    "\r\n",
    "\t",
    "-",
    "'",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_unicode(text in "\\PC{0,200}", lang in proptest::sample::select(vec![None, Some("fr"), Some("en"), Some("ar"), Some("xx")])) {
        check(&Coder::new(knowledge()), &text, lang);
    }

    #[test]
    fn mangled_articles(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..40), lang in proptest::sample::select(vec!["fr", "en", "es", "ru", "ar"])) {
        check(&Coder::new(knowledge()), &pieces.concat(), Some(lang));
    }
}

#[test]
fn odd_texts() {
    let coder = Coder::new(knowledge());
    for text in [
        "",
        " ",
        "\n\n\n",
        "«",
        "»",
        "\u{feff}",
        "a",
        "é",
        "\0",
        &"« ".repeat(300),
        &"mot ".repeat(3000),
        &"très long ".repeat(600),
        &"\n".repeat(1000),
        &"🙂".repeat(500),
    ] {
        check(&coder, text, Some("fr"));
        check(&coder, text, None);
    }
}
