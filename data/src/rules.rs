//! Event rules: which words name which PLOVER event (`lang/<xx>/events/*.toml`).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::frames::Frames;
use crate::ontology::Plover;
use crate::pattern::{Pattern, PatternPos};
use crate::{DataError, Files};

/// The conditions of a rule; an empty list asks nothing. Classes and lemmas as in data/README.md.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// Classes, one of which the actor must have.
    pub actor: Vec<CompactString>,
    /// Classes, one of which the recipient must have.
    pub recipient: Vec<CompactString>,
    /// Classes the actor may not have.
    pub not_actor: Vec<CompactString>,
    /// Classes the recipient may not have.
    pub not_recipient: Vec<CompactString>,
    /// Lemmas, one of which must be in the clause.
    pub with: Vec<CompactString>,
    /// Lemmas that may not be in the clause.
    pub without: Vec<CompactString>,
    /// Lemmas, one of which must be in the sentence.
    pub sentence: Vec<CompactString>,
    /// Lemmas that may not be in the sentence.
    pub not_sentence: Vec<CompactString>,
    /// Lemmas, one of which must be in the article.
    pub article: Vec<CompactString>,
    /// Lemmas that may not be in the article.
    pub not_article: Vec<CompactString>,
    /// Prepositions, one of which must head a complement.
    pub prep: Vec<CompactString>,
    /// "none": no direct object; "any": one must be there.
    pub object: CompactString,
    /// "any": the trigger must carry a number (« dix morts »).
    pub number: CompactString,
}

impl When {
    /// How specific the rule is: what it asks for counts before what it excludes.
    pub fn count(&self) -> usize {
        let filled = |lists: &[&Vec<CompactString>]| lists.iter().filter(|list| !list.is_empty()).count();
        let asked = filled(&[&self.actor, &self.recipient, &self.with, &self.sentence, &self.article, &self.prep]);
        let excluded = filled(&[&self.not_actor, &self.not_recipient, &self.without, &self.not_sentence, &self.not_article]);
        16 * (asked + usize::from(!self.object.is_empty()) + usize::from(!self.number.is_empty())) + excluded
    }
}

/// A sentence with what the rule must find in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The trigger's words.
    pub trigger: String,
    /// Words of the actor; empty when not stated.
    pub actor: String,
    /// Words of the recipient; empty when not stated.
    pub recipient: String,
}

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Unique id: "fr.assault.kill".
    pub id: String,
    /// What it catches, in words.
    pub meaning: String,
    /// PLOVER event.
    pub event: String,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// Name of its frame.
    pub frame: String,
    /// Kind of toll that a number on the recipient is.
    pub figure: Option<String>,
    /// Auxiliaries always added.
    pub auxiliary: Vec<String>,
    /// FactBank value of what it names, when the words themselves settle it (a call to protest: `Uu`).
    pub factuality: Option<String>,
    /// Conditions.
    pub when: When,
    /// Whether its content complements are not coded again (requests, threats, promises).
    pub swallow: bool,
    /// Whether it stands beside another rule on the same words.
    pub also: bool,
    /// Which of two rules with patterns of one length wins, before their conditions are counted; 0 unless the rule says otherwise.
    pub priority: i32,
    /// Index from 1 of the word that alone is the trigger; 0 for all words.
    pub head: usize,
    /// The words.
    pub patterns: Vec<Pattern>,
    /// Whether it came with `--data`: what a user teaches holds, whatever the scorer thinks of it.
    pub overlaid: bool,
    /// Sentences it must find.
    pub matches: Vec<Example>,
    /// Sentences in which it must find nothing.
    pub no_matches: Vec<String>,
}

/// The rules of a language, ordered by id, indexed by first lemma.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The rules.
    pub rules: Vec<Rule>,
    index: HashMap<CompactString, Vec<(usize, usize)>>,
}

impl RuleSet {
    /// The rules and their patterns whose first word may be this lemma: indices of rule and pattern.
    pub fn starting_with(&self, lemma: &str) -> &[(usize, usize)] {
        self.index.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Loads every file of `events/`; of two rules with one id the later layer's stays.
    ///
    /// # Errors
    /// The first file that is not as data/README.md asks.
    pub fn load(files: &Files, folder: &str, language: &str, frames: &Frames) -> Result<RuleSet, DataError> {
        let plover = Plover::load(files)?;
        let prefix = format!("{folder}events/");
        let mut by_id = BTreeMap::new();
        for path in files.below(&prefix) {
            let ours = files.embedded_layers(path);
            for (layer, content) in files.layers(path).enumerate() {
                let raw: RawFile = toml::from_str(content).map_err(|error| toml_error(path, content, &error))?;
                let mut seen = std::collections::BTreeSet::new();
                for rule in raw.rule {
                    let mut rule = rule.check(path, content, &raw.event, language, frames, &plover)?;
                    rule.overlaid = layer >= ours;
                    if !seen.insert(rule.id.clone()) {
                        return Err(refuse(path, content, &rule.id, "the id occurs twice", "give each rule an id of its own"));
                    }
                    by_id.insert(rule.id.clone(), rule);
                }
            }
        }
        let rules: Vec<Rule> = by_id.into_values().collect();
        let mut index: HashMap<CompactString, Vec<(usize, usize)>> = HashMap::default();
        for (number, rule) in rules.iter().enumerate() {
            for (nth, pattern) in rule.patterns.iter().enumerate() {
                for lemma in &pattern.words[0] {
                    index.entry(lemma.clone()).or_default().push((number, nth));
                }
            }
        }
        Ok(RuleSet { rules, index })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[allow(dead_code)]
    language: String,
    event: String,
    #[allow(dead_code)]
    licence: String,
    #[allow(dead_code)]
    origin: String,
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    meaning: String,
    #[serde(default)]
    verb: Vec<String>,
    #[serde(default)]
    noun: Vec<String>,
    #[serde(default)]
    adj: Vec<String>,
    #[serde(default)]
    mode: Vec<String>,
    #[serde(default)]
    context: Vec<String>,
    frame: String,
    figure: Option<String>,
    factuality: Option<String>,
    #[serde(default)]
    auxiliary: Vec<String>,
    #[serde(default)]
    when: When,
    #[serde(default)]
    content: String,
    #[serde(default)]
    also: bool,
    #[serde(default)]
    priority: i32,
    #[serde(default)]
    head: usize,
    #[serde(rename = "match")]
    matches: Vec<Example>,
    no_match: Vec<String>,
}

impl RawRule {
    fn check(self, path: &str, content: &str, event: &str, language: &str, frames: &Frames, plover: &Plover) -> Result<Rule, DataError> {
        let fail = |cause: String, help: &str| Err(refuse(path, content, &self.id, &cause, help));
        if !self.id.starts_with(&format!("{language}.")) {
            return fail(format!("rule id `{}` does not begin with its language", self.id), "ids are language.event.what");
        }
        if self.meaning.trim().is_empty() {
            return fail("no meaning".into(), "say in one sentence what the rule catches");
        }
        if !plover.is_event(event) {
            return fail(format!("unknown event `{event}`"), "use one of PLOVER's sixteen types");
        }
        if let Some(mode) = self.mode.iter().find(|mode| plover.score(event, Some(mode)).is_none()) {
            return fail(format!("`{mode}` is no mode of {event}"), "see data/ontology/plover.tsv");
        }
        if !frames.frames.contains_key(&self.frame) {
            return fail(format!("unknown frame `{}`", self.frame), "define it in frames.toml");
        }
        if self.matches.is_empty() || self.no_match.is_empty() {
            return fail("a rule needs examples".into(), "give at least one `match` and one `no_match`");
        }
        let groups = [(&self.verb, PatternPos::Verb), (&self.noun, PatternPos::Noun), (&self.adj, PatternPos::Adj)];
        let patterns: Vec<Pattern> =
            groups.iter().flat_map(|(words, pos)| words.iter().filter_map(|text| Pattern::parse(text, *pos))).collect();
        if patterns.is_empty() {
            return fail("no words".into(), "list lemmas under verb, noun or adj");
        }
        Ok(Rule {
            id: self.id,
            meaning: self.meaning,
            event: event.to_owned(),
            mode: self.mode,
            context: self.context,
            frame: self.frame,
            figure: self.figure,
            factuality: self.factuality,
            auxiliary: self.auxiliary,
            when: self.when,
            swallow: self.content == "swallow",
            also: self.also,
            priority: self.priority,
            head: self.head,
            patterns,
            overlaid: false,
            matches: self.matches,
            no_matches: self.no_match,
        })
    }
}

fn refuse(path: &str, content: &str, id: &str, cause: &str, help: &str) -> DataError {
    let quoted = format!("\"{id}\"");
    let line = content.lines().position(|line| line.contains(&quoted)).map_or(0, |index| index + 1);
    DataError::new(path, line, format!("rule {id}: {cause}"), help)
}

/// A TOML error with the line it stands on.
pub(crate) fn toml_error(path: &str, content: &str, error: &toml::de::Error) -> DataError {
    let line = error.span().map_or(0, |span| content.get(..span.start).map_or(0, |before| before.matches('\n').count() + 1));
    DataError::new(path, line, error.message().to_owned(), "data/README.md describes the format")
}
