//! Records against hand-coded articles: how well an article was coded, field by field.
//!
//! Input: gold articles and the records of the same articles. Output: counts that add up over articles, and the shares they give.
//! The measures are those the project's floors are stated in; each is described at [`Score::figures`].

mod fields;
mod gold;
mod matching;

use std::collections::{BTreeMap, BTreeSet};

pub use fields::{place_agrees, time_agrees};
pub use gold::{GoldArticle, GoldEntity, GoldEvent, GoldFigure, GoldMention, GoldPlace, GoldStatement, GoldTimex};

use crate::record::{EventRecord, Record, StatementRecord};

/// Right, predicted and gold counts of one kind of thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Predicted and in gold.
    pub right: usize,
    /// Predicted.
    pub predicted: usize,
    /// In gold.
    pub gold: usize,
}

impl Counts {
    /// Share of the predicted that is right; 0 without predictions.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.predicted)
    }

    /// Share of gold that was found; 0 without gold.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.predicted + self.gold)
    }

    fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }
}

/// Pairs of indices of gold and predicted events: same PLOVER event, triggers that overlap or stand close by; one to one.
pub fn pairs(gold: &[GoldEvent], predicted: &[EventRecord]) -> Vec<(usize, usize)> {
    matching::pairs(gold, predicted, true)
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Counts of one or many articles; they add up.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Articles.
    pub articles: usize,
    /// Events by type and trigger.
    pub events: Counts,
    /// Events by trigger alone.
    pub untyped: Counts,
    /// By PLOVER event.
    pub by_type: BTreeMap<String, Counts>,
    /// On matched events: right and checked, by field.
    pub fields: BTreeMap<&'static str, (usize, usize)>,
    /// Values of figures.
    pub figure_values: Counts,
    /// Values of auxiliaries.
    pub auxiliary_values: Counts,
    /// Matched events with sides, place and attribution all right.
    pub whole: usize,
    /// Statements.
    pub statements: Counts,
    /// Quiet articles (at most one event in gold) and the false events in them.
    pub quiet: (usize, usize),
    /// Sums of B-cubed precision and recall of retellings, and how many events they are over.
    pub retold: (f64, f64, usize),
    /// Gold events missed and predicted events that are false, in words.
    pub errors: Vec<String>,
}

impl Score {
    /// Scores the records of one article.
    pub fn of(gold: &GoldArticle, records: &[Record]) -> Score {
        let events: Vec<EventRecord> =
            records.iter().filter_map(|record| if let Record::Event(event) = record { Some(event.clone()) } else { None }).collect();
        let statements: Vec<&StatementRecord> =
            records.iter().filter_map(|record| if let Record::Statement(statement) = record { Some(statement) } else { None }).collect();
        let mut score = Score { articles: 1, ..Score::default() };
        let pairs = matching::pairs(&gold.events, &events, true);
        let total = |right| Counts { right, predicted: events.len(), gold: gold.events.len() };
        score.events = total(pairs.len());
        score.untyped = total(matching::pairs(&gold.events, &events, false).len());
        for event in &gold.events {
            score.by_type.entry(event.event.clone()).or_default().gold += 1;
        }
        for event in &events {
            score.by_type.entry(event.event.clone()).or_default().predicted += 1;
        }
        for &(i, j) in &pairs {
            score.matched(&gold.events[i], &events[j], &gold.id);
        }
        if gold.events.len() <= 1 {
            score.quiet = (1, events.len() - pairs.len());
        }
        score.retold = retold(&gold.events, &events, &pairs);
        score.list_errors(gold, &events, &pairs);
        score.statements = statement_counts(gold, &statements);
        score
    }

    fn matched(&mut self, gold: &GoldEvent, predicted: &EventRecord, id: &str) {
        self.by_type.entry(gold.event.clone()).or_default().right += 1;
        let verdicts = fields::verdicts(gold, predicted);
        for (field, verdict) in &verdicts {
            if let Some(right) = verdict {
                let entry = self.fields.entry(field).or_default();
                entry.0 += usize::from(*right);
                entry.1 += 1;
            }
        }
        let wrong: Vec<&str> = verdicts.iter().filter(|(_, verdict)| *verdict == Some(false)).map(|(field, _)| *field).collect();
        if !wrong.is_empty() {
            self.errors.push(format!("{id} {} {:?}: {}", gold.event, gold.trigger, wrong.join(" ")));
        }
        self.whole += usize::from(fields::whole_record(&verdicts));
        self.figure_values.add(values(&fields::figures(&gold.figures), &fields::figures_of(predicted)));
        let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<String>>();
        self.auxiliary_values.add(values(&set(&gold.auxiliary), &set(&predicted.auxiliary)));
    }

    fn list_errors(&mut self, gold: &GoldArticle, events: &[EventRecord], pairs: &[(usize, usize)]) {
        for (i, event) in gold.events.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.0 == i) {
                self.errors.push(format!("{} MISSED {} {:?}", gold.id, event.event, event.trigger));
            }
        }
        for (j, event) in events.iter().enumerate() {
            if !pairs.iter().any(|pair| pair.1 == j) {
                self.errors.push(format!("{} FALSE {} {:?} {}", gold.id, event.event, event.trigger.text, event.rules.join(",")));
            }
        }
    }

    /// Adds the counts of another score.
    pub fn add(&mut self, other: &Score) {
        self.articles += other.articles;
        self.events.add(other.events);
        self.untyped.add(other.untyped);
        for (event, counts) in &other.by_type {
            self.by_type.entry(event.clone()).or_default().add(*counts);
        }
        for (field, (right, seen)) in &other.fields {
            let entry = self.fields.entry(field).or_default();
            entry.0 += right;
            entry.1 += seen;
        }
        self.figure_values.add(other.figure_values);
        self.auxiliary_values.add(other.auxiliary_values);
        self.whole += other.whole;
        self.statements.add(other.statements);
        self.quiet = (self.quiet.0 + other.quiet.0, self.quiet.1 + other.quiet.1);
        self.retold = (self.retold.0 + other.retold.0, self.retold.1 + other.retold.1, self.retold.2 + other.retold.2);
        self.errors.extend(other.errors.iter().cloned());
    }

    /// The figures by name, 0-1 except `false_events_per_quiet_article`.
    ///
    /// `precision recall f1 untyped_f1` of events; `record`: share of gold events matched with sides, place and attribution right; a share
    /// for each field over matched events; `figures_f1 auxiliary_f1` over values; `statement_f1`; `retold_b3`: B-cubed of incidents in an article.
    pub fn figures(&self) -> Vec<(String, f64)> {
        let mut all = vec![
            ("precision".to_owned(), self.events.precision()),
            ("recall".to_owned(), self.events.recall()),
            ("f1".to_owned(), self.events.f1()),
            ("untyped_f1".to_owned(), self.untyped.f1()),
            ("record".to_owned(), ratio(self.whole, self.events.gold)),
        ];
        all.extend(self.fields.iter().map(|(field, (right, seen))| ((*field).to_owned(), ratio(*right, *seen))));
        all.push(("figures_f1".to_owned(), self.figure_values.f1()));
        all.push(("auxiliary_f1".to_owned(), self.auxiliary_values.f1()));
        all.push(("statement_f1".to_owned(), self.statements.f1()));
        let (precision, recall, count) = self.retold;
        all.push((
            "retold_b3".to_owned(),
            if count == 0 || precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) / count as f64 },
        ));
        all.push(("false_events_per_quiet_article".to_owned(), ratio(self.quiet.1, self.quiet.0)));
        all
    }
}

/// Whether each predicted event is in gold: same type, overlapping or near trigger, one to one.
pub fn matched(gold: &[GoldEvent], predicted: &[EventRecord]) -> Vec<bool> {
    let pairs = matching::pairs(gold, predicted, true);
    (0..predicted.len()).map(|index| pairs.iter().any(|pair| pair.1 == index)).collect()
}

/// Pairs of indices (gold, predicted) of events that are the same.
pub fn paired(gold: &[GoldEvent], predicted: &[EventRecord]) -> Vec<(usize, usize)> {
    matching::pairs(gold, predicted, true)
}

fn values<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Counts {
    Counts { right: gold.intersection(predicted).count(), predicted: predicted.len(), gold: gold.len() }
}

/// B-cubed sums over matched events.
fn retold(gold: &[GoldEvent], events: &[EventRecord], pairs: &[(usize, usize)]) -> (f64, f64, usize) {
    let wanted: Vec<String> = pairs.iter().map(|&(i, _)| gold[i].incident.clone().unwrap_or_else(|| format!("g{i}"))).collect();
    let given: Vec<String> = pairs.iter().map(|&(_, j)| events[j].incident.clone().unwrap_or_else(|| format!("p{j}"))).collect();
    let (mut precision, mut recall) = (0.0, 0.0);
    for at in 0..pairs.len() {
        let same_gold = (0..pairs.len()).filter(|&other| wanted[other] == wanted[at]).count();
        let same_given = (0..pairs.len()).filter(|&other| given[other] == given[at]).count();
        let both = (0..pairs.len()).filter(|&other| wanted[other] == wanted[at] && given[other] == given[at]).count();
        precision += ratio(both, same_given);
        recall += ratio(both, same_gold);
    }
    (precision, recall, pairs.len())
}

/// A statement is right when half of the shorter and a third of the longer content are shared and the speaker's code is right.
fn statement_counts(gold: &GoldArticle, predicted: &[&StatementRecord]) -> Counts {
    let mut left: Vec<&StatementRecord> = predicted.to_vec();
    let mut right = 0;
    for statement in &gold.statements {
        let Some(start) = statement.content_start else { continue };
        let end = start + statement.content.chars().count();
        let mut best: Option<(usize, usize)> = None;
        for (index, candidate) in left.iter().enumerate() {
            let shared = end.min(candidate.content.end).saturating_sub(start.max(candidate.content.start));
            let (length, other) = (end - start, candidate.content.end - candidate.content.start);
            let enough = shared > 0 && 2 * shared >= length.min(other) && 3 * shared >= length.max(other);
            let speaker = fields::overlap(std::slice::from_ref(&statement.speaker), std::slice::from_ref(&candidate.speaker));
            if enough && speaker && best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, index));
            }
        }
        if let Some((_, index)) = best {
            right += 1;
            left.remove(index);
        }
    }
    Counts { right, predicted: predicted.len(), gold: gold.statements.len() }
}
