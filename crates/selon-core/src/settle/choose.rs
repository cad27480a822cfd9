//! The learned half of settling: of the places and times that an article names, which ones are an event's.
//!
//! The rules of `place` and `when` answer first; their answer is the strongest feature. Weights in `data/ontology/settling.tsv`, made by
//! training/settling; without the file the rules' answer stands.

use selon_data::weights::Weights;

use super::{Settled, Where};
use crate::document::Deprel;
use crate::event::casting::path;
use crate::event::{Event, Referent, Scene};
use crate::learned::{Sink, Sum};
use crate::place::ToponymRole;
use crate::time::Timex;

/// One answer to where an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceOption {
    /// This toponym.
    Toponym(usize),
    /// The country as a whole that the rules fall back on.
    Country,
    /// Nowhere: the text states no place.
    Nowhere,
}

/// What an article says of places and times, counted once.
pub struct Survey {
    /// For each toponym how often its name occurs as a location.
    counts: Vec<usize>,
    /// For each toponym whether it is the town named most, the first of equals.
    top: Vec<bool>,
    towns: usize,
    /// The token of each toponym and of each time; `None` outside all sentences.
    place_token: Vec<Option<usize>>,
    time_token: Vec<Option<usize>>,
}

/// `where_prec` up to which a place is a town or a district.
const TOWN: u8 = 3;

impl Survey {
    /// Counts.
    pub fn new(scene: Scene<'_>, timexes: &[Timex]) -> Survey {
        let located = |index: usize| scene.toponyms[index].role == ToponymRole::Mention;
        let counts: Vec<usize> = (0..scene.toponyms.len())
            .map(|index| {
                (0..scene.toponyms.len())
                    .filter(|&other| located(other) && scene.toponyms[other].name == scene.toponyms[index].name)
                    .count()
            })
            .collect();
        let towns: Vec<usize> = (0..counts.len()).filter(|&index| located(index) && scene.toponyms[index].precision <= TOWN).collect();
        let best = towns.iter().copied().max_by_key(|&index| (counts[index], std::cmp::Reverse(index)));
        let top = (0..counts.len()).map(|index| best.is_some_and(|best| scene.toponyms[best].name == scene.toponyms[index].name)).collect();
        let mut names: Vec<&str> = towns.iter().map(|&index| scene.toponyms[index].name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        Survey {
            counts,
            top,
            towns: names.len(),
            place_token: scene.toponyms.iter().map(|toponym| scene.document.token_at(toponym.span)).collect(),
            time_token: timexes.iter().map(|timex| scene.document.token_at(timex.span)).collect(),
        }
    }
}

/// What the probability of « no time » counts against that of a time: a paragraph's day is more often an event's than not said.
const UNDATED: f32 = 0.5;

/// Replaces the rules' answers by the likeliest ones.
pub fn choose(scene: Scene<'_>, model: Option<&Weights>, timexes: &[Timex], events: &[Event], settled: Vec<Settled>) -> Vec<Settled> {
    let Some(model) = model else { return settled };
    let survey = Survey::new(scene, timexes);
    let mut chosen = settled.clone();
    for index in 0..events.len() {
        let mut best: Option<(f32, PlaceOption)> = None;
        for option in place_options(scene, &survey, events, &settled, index) {
            let mut sum = Sum::new(model);
            place_features(scene, &survey, events, &settled, index, option, &mut sum);
            let probability = sum.probability();
            if best.is_none_or(|(highest, _)| probability > highest) {
                best = Some((probability, option));
            }
        }
        if let Some((_, option)) = best {
            set_place(scene, &mut chosen[index], option);
        }
        let mut best: Option<(f32, Option<usize>)> = None;
        for option in time_options(scene, &survey, timexes, events, &settled, index) {
            let mut sum = Sum::new(model);
            time_features(scene, &survey, timexes, events, &settled, index, option, &mut sum);
            let probability = sum.probability() * if option.is_none() { UNDATED } else { 1.0 };
            if best.is_none_or(|(highest, _)| probability > highest) {
                best = Some((probability, option));
            }
        }
        if let Some((_, option)) = best {
            chosen[index].time = option;
        }
    }
    chosen
}

fn set_place(scene: Scene<'_>, settled: &mut Settled, option: PlaceOption) {
    match option {
        PlaceOption::Toponym(index) => {
            if !is_rule(scene, settled, index) {
                settled.place = Some(Where::Toponym(index, format!("likeliest: « {} »", scene.toponyms[index].name)));
                settled.other_places.clear();
            }
        }
        PlaceOption::Country => {}
        PlaceOption::Nowhere => {
            settled.place = None;
            settled.other_places.clear();
        }
    }
}

/// Whether the rules answered with this toponym or one of the same name.
fn is_rule(scene: Scene<'_>, settled: &Settled, index: usize) -> bool {
    matches!(&settled.place, Some(Where::Toponym(other, _)) if scene.toponyms[*other].name == scene.toponyms[index].name)
}

/// The answers among which to choose: each place by its nearest mention, the country where the rules fell back on it, nowhere for acts of words.
pub fn place_options(scene: Scene<'_>, survey: &Survey, events: &[Event], settled: &[Settled], index: usize) -> Vec<PlaceOption> {
    let event = &events[index];
    let mut nearest: Vec<usize> = Vec::new();
    for (number, toponym) in scene.toponyms.iter().enumerate() {
        let Some(token) = survey.place_token[number].filter(|_| toponym.role == ToponymRole::Mention) else { continue };
        let distance = |number: usize| survey.place_token[number].map_or(usize::MAX, |token| token.abs_diff(event.head));
        match nearest.iter().position(|&other| scene.toponyms[other].name == toponym.name) {
            Some(place) if token.abs_diff(event.head) < distance(nearest[place]) => nearest[place] = number,
            Some(_) => {}
            None => nearest.push(number),
        }
    }
    let mut options: Vec<PlaceOption> = nearest.into_iter().map(PlaceOption::Toponym).collect();
    if matches!(settled[index].place, Some(Where::Country(..))) {
        options.push(PlaceOption::Country);
    }
    if super::place::is_verbal(event) || settled[index].place.is_none() {
        options.push(PlaceOption::Nowhere);
    }
    options
}

fn rule_answer(settled: &Settled) -> &'static str {
    match &settled.place {
        Some(Where::Toponym(_, why)) if why.starts_with("stated") => "stated",
        Some(Where::Toponym(_, why)) if why.contains("main place") => "main",
        Some(Where::Toponym(..)) => "carried",
        Some(Where::Country(_, why)) if why.contains("sides") => "sides",
        Some(Where::Country(..)) => "country",
        None => "none",
    }
}

/// The features of one answer to where.
pub fn place_features(
    scene: Scene<'_>,
    survey: &Survey,
    events: &[Event],
    settled: &[Settled],
    index: usize,
    option: PlaceOption,
    sink: &mut impl Sink,
) {
    let event = &events[index];
    let kind = event.event.as_str();
    let rule = rule_answer(&settled[index]);
    let towns = ["0", "1", "2", "3", "4+"][survey.towns.min(4)];
    let historical = if event.auxiliary.contains(&crate::event::Auxiliary::Historical) { "historical" } else { "recent" };
    let toll = if event.figures.iter().any(|figure| figure.quantity.cumulative) { "cumulative" } else { "single" };
    let number = match option {
        PlaceOption::Toponym(number) => number,
        PlaceOption::Country | PlaceOption::Nowhere => {
            let name = if option == PlaceOption::Country { "whole" } else { "nowhere" };
            sink.add(&[name]);
            sink.add(&[name, rule]);
            sink.add(&[name, rule, kind]);
            sink.add(&[name, towns]);
            sink.add(&[name, rule, historical]);
            sink.add(&[name, rule, toll]);
            sink.add(&[name, event.mode.first().map_or("-", String::as_str), kind]);
            return;
        }
    };
    let toponym = &scene.toponyms[number];
    let token = survey.place_token[number].unwrap_or(event.head);
    let (here, there) = (scene.document.sentence_of[event.anchor], scene.document.sentence_of[token]);
    let same = is_rule(scene, &settled[index], number);
    let answer = if same { "rule" } else { "other" };
    let side = if there <= here { "before" } else { "after" };
    let distance = ["0", "1", "2", "3", "4", "far", "far", "far", "afar"][here.abs_diff(there).min(8)];
    let size = match toponym.precision {
        0..=TOWN => "town",
        4..=5 => "region",
        _ => "state",
    };
    let count = ["0", "1", "2", "3", "4+"][survey.counts[number].min(4)];
    let top = if survey.top[number] { "top" } else { "minor" };
    let sides = super::place::side_countries(scene, event);
    let suits = match &toponym.country {
        Some(country) if sides.contains(country) => "suits",
        _ if sides.is_empty() => "open",
        _ => "foreign",
    };
    let home = if toponym.country.is_some() && toponym.country == scene.entities.setting { "home" } else { "abroad" };
    let paragraph = |token: usize| scene.document.sentences[scene.document.sentence_of[token]].paragraph;
    let near = if paragraph(token) == paragraph(event.anchor) { "same-paragraph" } else { "other-paragraph" };
    sink.add(&["place", answer, rule]);
    sink.add(&["place", answer, rule, kind]);
    sink.add(&["place", answer, rule, size]);
    sink.add(&["place", answer, rule, top]);
    sink.add(&["place", answer, rule, suits]);
    sink.add(&["place", answer, rule, home]);
    sink.add(&["place", answer, rule, towns]);
    sink.add(&["place", answer, rule, historical]);
    sink.add(&["place", answer, rule, toll]);
    sink.add(&["place", rule, distance, side]);
    sink.add(&["place", rule, near]);
    sink.add(&["place", near, distance, size]);
    sink.add(&["place", kind, size]);
    sink.add(&["place", top, size, suits]);
    sink.add(&["place", count, size]);
    sink.add(&["place", top, home, distance]);
    sink.add(&["place", towns, top]);
    sink.add(&["place", if there < 2 { "opening" } else { "body" }, size]);
    let preposition = scene.tree.preposition(token);
    let relation = scene.document.tokens[token].deprel.as_str();
    sink.add(&["place", "preposition", &preposition]);
    sink.add(&["place", "relation", relation, if here == there { "same" } else { "else" }]);
    if here == there {
        sink.add(&["place", "path", &path(scene.tree, token, event.anchor)]);
        sink.add(&["place", "path", answer, &path(scene.tree, token, event.anchor)]);
        let gap = token.abs_diff(event.head);
        sink.add(&["place", "gap", ["0", "1", "2", "3", "4", "5"][(gap / 4).min(5)]]);
    }
    let subject = matches!(scene.document.tokens[token].deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent);
    sink.add(&["place", if subject { "subject" } else { "no-subject" }]);
    for (order, neighbour) in [("earlier", index.checked_sub(1)), ("later", Some(index + 1))] {
        let Some(neighbour) = neighbour.filter(|&neighbour| neighbour < events.len()) else { continue };
        if is_rule(scene, &settled[neighbour], number) {
            sink.add(&["place", "neighbour", order, rule_answer(&settled[neighbour]), near]);
            let alike = if events[neighbour].event == event.event { "alike" } else { "unlike" };
            sink.add(&["place", "neighbour", order, alike, rule]);
        }
    }
    let speaker = scene.entities.mentions.iter().any(|mention| {
        mention.tokens.contains(&token)
            && !event
                .actor
                .iter()
                .chain(&event.recipient)
                .any(|side| matches!(side, Referent::Mention(number) if scene.entities.mentions[*number].span == mention.span))
    });
    sink.add(&["place", if speaker { "in-other-actor" } else { "free" }, answer]);
}

/// The times among which to choose, and none.
pub fn time_options(
    scene: Scene<'_>,
    survey: &Survey,
    timexes: &[Timex],
    events: &[Event],
    settled: &[Settled],
    index: usize,
) -> Vec<Option<usize>> {
    let here = scene.document.sentence_of[events[index].anchor];
    let near = |number: usize| {
        survey.time_token[number].is_some_and(|token| {
            let there = scene.document.sentence_of[token];
            there <= here && here - there <= TIME_REACH
        })
    };
    let dated = |timex: &Timex| !matches!(timex.kind, "DURATION" | "SET") && timex.from.is_some();
    let mut options: Vec<Option<usize>> = (0..timexes.len())
        .filter(|&number| dated(&timexes[number]) && near(number) || settled[index].time == Some(number))
        .map(Some)
        .collect();
    options.push(None);
    options
}

/// Sentences that a time is carried over.
const TIME_REACH: usize = 6;

/// The features of one answer to when.
#[allow(clippy::too_many_arguments)]
pub fn time_features(
    scene: Scene<'_>,
    survey: &Survey,
    timexes: &[Timex],
    events: &[Event],
    settled: &[Settled],
    index: usize,
    option: Option<usize>,
    sink: &mut impl Sink,
) {
    let event = &events[index];
    let kind = event.event.as_str();
    let here = scene.document.sentence_of[event.anchor];
    let paragraph = |token: usize| scene.document.sentences[scene.document.sentence_of[token]].paragraph;
    let rule = match settled[index].time {
        None => "none",
        Some(time) => match survey.time_token[time].map(|token| scene.document.sentence_of[token]) {
            Some(there) if there == here => "sentence",
            _ => "carried",
        },
    };
    let verb = &scene.document.tokens[event.anchor].feats;
    let form = format!("{:?}:{:?}", verb.verb_form, verb.tense);
    let speech = if event.is_speech_act() { "speech" } else { "deed" };
    let ticker = match scene.document.paragraphs.get(paragraph(event.anchor)).map(|paragraph| paragraph.kind) {
        Some(crate::document::ParagraphKind::Ticker) => "ticker",
        _ => "prose",
    };
    let Some(number) = option else {
        sink.add(&["no-time"]);
        sink.add(&["no-time", rule]);
        sink.add(&["no-time", rule, kind]);
        sink.add(&["no-time", rule, &form]);
        sink.add(&["no-time", rule, ticker, speech]);
        for auxiliary in &event.auxiliary {
            sink.add(&["no-time", rule, auxiliary.as_str()]);
        }
        sink.add(&["no-time", "rule-of", event.rules.first().map_or("-", String::as_str)]);
        return;
    };
    let timex = &timexes[number];
    let token = survey.time_token[number].unwrap_or(event.head);
    let there = scene.document.sentence_of[token];
    let answer = if settled[index].time == Some(number) {
        "rule"
    } else if settled[index].time.is_some_and(|time| timexes[time].from == timex.from && timexes[time].to == timex.to) {
        "same"
    } else {
        "other"
    };
    let distance = ["0", "1", "2", "3", "4", "5", "6"][(here - there.min(here)).min(6)];
    let near = if paragraph(token) == paragraph(event.anchor) { "same-paragraph" } else { "other-paragraph" };
    let side = if token < event.head { "before" } else { "after" };
    sink.add(&["time", answer, rule]);
    sink.add(&["time", answer, rule, kind]);
    sink.add(&["time", answer, rule, timex.granularity]);
    sink.add(&["time", answer, rule, distance, near]);
    sink.add(&["time", answer, rule, ticker, speech]);
    sink.add(&["time", answer, rule, &form]);
    sink.add(&["time", distance, near, timex.granularity]);
    sink.add(&["time", distance, near, speech]);
    sink.add(&["time", kind, timex.granularity]);
    sink.add(&["time", "since", if timex.since { "since" } else { "at" }, rule]);
    for auxiliary in &event.auxiliary {
        sink.add(&["time", answer, auxiliary.as_str(), timex.granularity]);
    }
    if here == there {
        sink.add(&["time", side, answer]);
        let way = path(scene.tree, token, event.anchor);
        sink.add(&["time", "path", &way]);
        sink.add(&["time", "path", answer, &way]);
        sink.add(&["time", "gap", ["0", "1", "2", "3", "4", "5"][(token.abs_diff(event.head) / 4).min(5)]]);
    }
    let later = timexes.iter().enumerate().any(|(other, timex)| {
        other != number
            && timex.from.is_some()
            && survey.time_token[other]
                .is_some_and(|other| other > token && other < event.head && paragraph(other) == paragraph(event.anchor))
    });
    sink.add(&["time", if later { "another-between" } else { "latest" }, answer, near]);
    if let Some(neighbour) = index.checked_sub(1).filter(|&neighbour| settled[neighbour].time == Some(number)) {
        let alike = if events[neighbour].event == event.event { "alike" } else { "unlike" };
        sink.add(&["time", "neighbour", alike, rule, near]);
    }
}
