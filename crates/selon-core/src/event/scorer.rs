//! The learned scorer decides what the lexicon proposed: how likely each candidate is an event of its type, given its words, sides and article.
//!
//! A logistic model over named features; weights in `data/lang/<xx>/scorer.tsv`, made by training/scorer. Without the file the lexicon decides alone.

use std::collections::BTreeMap;

use super::{Event, Referent, Scene};
use crate::document::{Deprel, Upos};

/// Probability below which a candidate is dropped, in an article full of events.
const KEEP: f64 = 0.35;

/// How much surer a candidate must be whose rule's conditions do not hold.
const FAILING: f64 = 0.2;

/// The same in an article that hardly tells of any: sport, business, culture full of the words that deceive.
const KEEP_QUIET: f64 = 0.65;

/// The same in an article about books, films and stages.
const KEEP_FICTION: f64 = 0.95;

/// Likely events per hundred words from which an article is full of events, and up to which it is quiet. News of conflict has two to five.
const DENSE: f64 = 2.0;
const SPARSE: f64 = 0.8;

/// Scores the events of an article, drops the unlikely ones, and notes the scorer among their rules.
pub fn decide(scene: Scene<'_>, mut events: Vec<Event>) -> Vec<Event> {
    let Some(model) = scene.language.scorer.as_ref() else {
        events.retain(|event| event.failing.is_empty());
        return events;
    };
    let article = Article::new(scene, &events);
    let scores: Vec<f64> = events.iter().map(|event| probability(model, &features(scene, event, &article))).collect();
    let threshold = threshold(scene, &article, &scores);
    for (event, score) in events.iter_mut().zip(&scores) {
        event.confidence = Some(*score);
        event.rules.push(model.id.clone());
    }
    let kept: Vec<bool> = (0..events.len())
        .map(|index| {
            let event = &events[index];
            let needed = threshold + if event.failing.is_empty() { 0.0 } else { FAILING };
            event.taught || scores[index] >= needed && !is_beaten(&events, &scores, index)
        })
        .collect();
    let mut kept = kept.into_iter();
    events.retain(|_| kept.next().unwrap_or(true));
    events
}

/// The relevance gate: the fewer likely events an article has for its length, the surer each must be.
fn threshold(scene: Scene<'_>, article: &Article, scores: &[f64]) -> f64 {
    let likely: f64 = scores.iter().filter(|score| **score >= KEEP).sum();
    let density = likely * 100.0 / scene.document.tokens.len().max(1) as f64;
    let share = ((density - SPARSE) / (DENSE - SPARSE)).clamp(0.0, 1.0);
    let needed = KEEP_QUIET + (KEEP - KEEP_QUIET) * share;
    match article.topic.as_str() {
        "conflict" | "some" | "accident" => needed,
        // What a film or a novel tells is told as if it happened.
        "culture" => KEEP_FICTION,
        _ => needed.max(KEEP_QUIET),
    }
}

/// Whether a match whose conditions fail shares words with a likelier one of another type.
fn is_beaten(events: &[Event], scores: &[f64], index: usize) -> bool {
    let event = &events[index];
    let rival = |other: usize| {
        other != index && events[other].tokens.iter().any(|token| event.tokens.contains(token)) && scores[other] > scores[index]
    };
    !event.failing.is_empty() && (0..events.len()).any(rival)
}

fn probability(model: &selon_data::scorer::Scorer, features: &[String]) -> f64 {
    let sum: f64 = features.iter().map(|feature| model.weight(feature)).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// What the features of all candidates of an article share.
pub struct Article {
    topic: String,
    conflict: usize,
    candidates: usize,
    types: usize,
    /// Sentence and type of each candidate whose conditions hold.
    firm: Vec<(usize, String)>,
}

impl Article {
    /// Counts topic words and candidates.
    pub fn new(scene: Scene<'_>, events: &[Event]) -> Article {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for lemma in &scene.tree.lemmas {
            if let Some(topic) = scene.language.topics.get(lemma) {
                *counts.entry(topic.as_str()).or_default() += 1;
            }
        }
        let words = scene.document.tokens.len().max(1);
        let conflict = counts.remove("conflict").unwrap_or(0);
        let best = counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)));
        let topic = match best {
            Some((name, count)) if count * 100 >= words * 2 && count > conflict => name.to_owned(),
            Some((_, count)) if count > conflict => "some".to_owned(),
            _ => "conflict".to_owned(),
        };
        let mut types: Vec<&str> = events.iter().map(|event| event.event.as_str()).collect();
        types.sort_unstable();
        types.dedup();
        let firm = events.iter().filter(|event| event.failing.is_empty());
        let firm = firm.map(|event| (scene.document.sentence_of[event.anchor], event.event.clone())).collect();
        Article { topic, conflict: conflict * 100 / words, candidates: events.len() * 100 / words, types: types.len(), firm }
    }
}

/// The features of one candidate, by name; each counts once.
pub fn features(scene: Scene<'_>, event: &Event, article: &Article) -> Vec<String> {
    let tree = scene.tree;
    let head = event.head;
    let token = &scene.document.tokens[head];
    let kind = &event.event;
    let mut all =
        vec!["bias".to_owned(), format!("type:{kind}"), format!("word:{}", tree.lemmas[head]), format!("pos:{}", token.upos.as_str())];
    if event.failing.is_empty() {
        all.extend(event.rules.iter().map(|rule| format!("rule:{rule}")));
    } else {
        all.push("failing".to_owned());
        all.push(format!("failing:type:{kind}"));
        all.extend(event.failing.iter().map(|condition| format!("failing:{condition}")));
        all.extend(event.failing.iter().map(|condition| format!("failing:{condition}:{kind}")));
        all.extend(event.rules.iter().map(|rule| format!("failing:rule:{rule}")));
    }
    let (actor, recipient) = (sectors(scene, &event.actor), sectors(scene, &event.recipient));
    all.push(format!("sides:{kind}:{}{}", u8::from(!actor.is_empty()), u8::from(!recipient.is_empty())));
    all.extend(actor.iter().map(|sector| format!("actor:{sector}")));
    all.extend(recipient.iter().map(|sector| format!("recipient:{sector}")));
    let anchor = &scene.document.tokens[event.anchor];
    all.push(format!("rel:{}:{}", anchor.deprel.as_str(), token.upos.as_str()));
    if let Some(governor) = anchor.head {
        all.push(format!("governor:{}", tree.lemmas[governor]));
        all.push(format!("governor-pos:{}", scene.document.tokens[governor].upos.as_str()));
    }
    all.extend(tree.dependents(event.anchor, &[Deprel::Det]).map(|child| format!("det:{}", tree.lemmas[child])));
    all.extend(complement(scene, event).map(|lemma| format!("of:{kind}:{lemma}")));
    all.push(format!("lemma:{kind}:{}", tree.lemmas[event.anchor]));
    let feats = &anchor.feats;
    all.push(format!("form:{}:{:?}:{:?}", anchor.upos.as_str(), feats.verb_form, feats.tense));
    all.push(format!("preposition:{}", tree.preposition(event.anchor)));
    let here = scene.document.sentence_of[event.anchor];
    let own = usize::from(event.failing.is_empty());
    let near = article.firm.iter().filter(|(sentence, _)| *sentence == here).count().saturating_sub(own);
    let alike = article.firm.iter().filter(|(_, other)| other == kind).count().saturating_sub(own);
    all.push(format!("near:{}", near.min(2)));
    all.push(format!("alike:{}", alike.min(3)));
    all.push(format!("alike:{kind}:{}", alike.min(1)));
    all.push(format!("firm:{}", article.firm.len().min(8)));
    all.push(format!("opening:{}", u8::from(here < 2)));
    let subject =
        tree.children(event.anchor).find(|&child| matches!(scene.document.tokens[child].deprel, Deprel::Nsubj | Deprel::NsubjPass));
    all.push(match subject {
        Some(child) => format!("subject:{kind}:{}", scene.document.tokens[child].upos.as_str()),
        None => format!("subject:{kind}:none"),
    });
    let object = tree.children(event.anchor).any(|child| scene.document.tokens[child].deprel == Deprel::Obj);
    all.push(format!("object:{kind}:{}", u8::from(object)));
    all.push(format!("words:{}", event.tokens.len().min(3)));
    all.push(format!("figures:{}", u8::from(!event.figures.is_empty())));
    all.push(format!("standing:{}", event.factuality.as_str()));
    all.extend(event.auxiliary.iter().map(|auxiliary| format!("auxiliary:{}", auxiliary.as_str())));
    let quoted = scene.document.quotations.iter().find(|quotation| quotation.outer.contains(event.trigger));
    all.push(match quoted {
        Some(quotation) if scene.document.tokens_in(quotation.inner).len() <= 4 => "quoted:short".to_owned(),
        Some(_) => "quoted:long".to_owned(),
        None => "quoted:no".to_owned(),
    });
    let sentence = scene.document.sentences[scene.document.sentence_of[event.anchor]].span;
    let place = scene.toponyms.iter().any(|toponym| sentence.contains(toponym.span));
    all.push(format!("place:{}", u8::from(place)));
    all.push(format!("topic:{}", article.topic));
    all.push(format!("topic:{}:{kind}", article.topic));
    all.push(format!("conflict:{}", article.conflict.min(8)));
    all.push(format!("density:{}", article.candidates.min(6)));
    all.push(format!("variety:{}", article.types.min(6)));
    all.sort_unstable();
    all.dedup();
    all
}

/// Lemmas of objects, subjects and complements that are no actors: « attaque *contre* le projet », « victoire *de l'équipe* ».
fn complement<'a>(scene: Scene<'a>, event: &Event) -> impl Iterator<Item = String> + 'a {
    let anchor = event.anchor;
    let wanted = [
        Deprel::Obj,
        Deprel::Nsubj,
        Deprel::NsubjPass,
        Deprel::Nmod,
        Deprel::Obl,
        Deprel::OblArg,
        Deprel::OblMod,
        Deprel::Amod,
        Deprel::Compound,
    ];
    scene
        .tree
        .children(anchor)
        .filter(move |&child| wanted.contains(&scene.document.tokens[child].deprel))
        .filter(move |&child| matches!(scene.document.tokens[child].upos, Upos::Noun | Upos::Adj | Upos::Num))
        .map(move |child| scene.tree.lemmas[child].to_string())
}

fn sectors(scene: Scene<'_>, sides: &[Referent]) -> Vec<String> {
    let mut list: Vec<String> = sides
        .iter()
        .filter_map(|side| match side {
            Referent::Mention(index) => Some(scene.entities.mentions[*index].sector.clone().unwrap_or_else(|| "-".into())),
            Referent::Words(_) => None,
        })
        .collect();
    list.sort();
    list.dedup();
    list
}
