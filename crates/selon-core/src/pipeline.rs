//! The line an article travels, on one screen.

use selon_data::{Knowledge, LanguageData};

use crate::article::Article;
use crate::assemble::{self, Findings, Offsets};
use crate::document::Document;
use crate::event::Scene;
use crate::language::{self, Language};
use crate::problem::{Problem, Severity};
use crate::record::Record;
use crate::tree::Tree;
use crate::{attribution, event, segment, settle, tag};

/// Codes articles: the whole line with the knowledge it needs. Cheap to share between threads.
pub struct Coder<'a> {
    knowledge: &'a Knowledge,
    no_language: LanguageData,
}

/// What to put out besides events and statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Also every entity, place, time and figure of the text.
    pub mentions: bool,
    /// Also every token with its tags.
    pub tokens: bool,
}

impl<'a> Coder<'a> {
    /// A coder with this knowledge.
    pub fn new(knowledge: &'a Knowledge) -> Coder<'a> {
        Coder { knowledge, no_language: LanguageData::default() }
    }

    /// The records of an article: its document first, then events, statements, mentions and problems, each in text order.
    pub fn code(&self, article: &Article, options: Options) -> Vec<Record> {
        self.run(article, |findings, document, problems| records(findings, document, problems, options))
    }

    /// Runs the line and hands what it found to `finish`.
    pub fn run<T>(&self, article: &Article, finish: impl FnOnce(&Findings<'_>, &Document, &[Problem]) -> T) -> T {
        let mut problems = Vec::new();
        let language = self.language(article, &mut problems);
        let published = article.published_date();
        if article.published.is_none() || published.is_none() {
            problems.push(undated(article));
        }
        let words = self.knowledge.languages.get(language.code()).unwrap_or(&self.no_language);

        let mut document = segment::segment(&article.text, language);
        tag::tag(&mut document);
        tag::forms::correct(&mut document, &words.forms);
        let timexes = crate::time::times(&document, published, &words.time);
        let quantities = crate::figure::quantities(&document, &timexes, &words.figures);
        let toponyms = crate::place::places(&document, &self.knowledge.gazetteer, &words.places, &self.knowledge.countries);
        let tree = Tree::new(&document);
        let entities = crate::entity::entities(&tree, &toponyms, published, self.knowledge);
        let scene =
            Scene { document: &document, tree: &tree, entities: &entities, toponyms: &toponyms, quantities: &quantities, language: words };
        let mut events = event::events(scene, self.knowledge.casting.as_ref());
        let statements = attribution::statements(scene, &events);
        let links = attribution::attribute(scene, &statements, &mut events);
        let settled = settle::settle(scene, self.knowledge.settling.as_ref(), &timexes, published, &mut events);
        let incidents = settle::incidents(scene, &timexes, &events, &settled);

        let id = assemble::stable_id(&[article.url.as_deref().unwrap_or(""), &article.text]);
        let offsets = Offsets::new(&article.text);
        let findings = Findings {
            article,
            scene,
            knowledge: self.knowledge,
            timexes: &timexes,
            events: &events,
            links: &links,
            settled: &settled,
            incidents: &incidents,
            statements: &statements,
            offsets: &offsets,
            id: &id,
        };
        finish(&findings, &document, &problems)
    }

    fn language(&self, article: &Article, problems: &mut Vec<Problem>) -> Language {
        let language = match article.lang.as_deref().map(Language::parse) {
            Some(declared) if declared != Language::Unknown => declared,
            _ => language::identify(&article.text),
        };
        if !self.knowledge.languages.contains_key(language.code()) {
            let message = match language {
                Language::Unknown => "the language of the text could not be identified; name it with --lang or the field `lang`".to_owned(),
                other => format!("no lexicon for the language `{}`: tokens only, no events", other.code()),
            };
            problems.push(Problem { stage: "language", severity: Severity::Warning, span: None, message });
        }
        language
    }
}

fn undated(article: &Article) -> Problem {
    let message = match &article.published {
        None => "no publication date: relative times stay unresolved; give --published or the field `published`".to_owned(),
        Some(given) => format!("`{given}` is not a date: write it as 2022-01-08 or in RFC 3339; relative times stay unresolved"),
    };
    Problem { stage: "time", severity: Severity::Info, span: None, message }
}

fn records(findings: &Findings<'_>, document: &Document, problems: &[Problem], options: Options) -> Vec<Record> {
    let head = assemble::document(findings.article, document.language.code(), findings.id, &findings.knowledge.hash);
    let mut records = vec![Record::Document(head)];
    records.extend(findings.event_records().into_iter().map(Record::Event));
    records.extend(findings.statement_records().into_iter().map(Record::Statement));
    if options.mentions || options.tokens {
        records.extend(assemble::mentions(findings, options.tokens).into_iter().map(Record::Mention));
    }
    records.extend(problems.iter().map(|problem| Record::Problem(assemble::problem(problem, findings.id, findings.offsets))));
    records
}
