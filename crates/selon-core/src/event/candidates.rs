//! What the lexicon proposes: every place where a rule's words stand and its conditions hold.

use compact_str::CompactString;
use selon_data::pattern::PatternPos;
use selon_data::rules::{Rule, When};

use super::roles::{self, Cast, Lookup};
use super::{Event, Factuality, Scene, classes};
use crate::document::{Deprel, NameKind, Tense, Upos};
use crate::matcher;

/// A rule that matched, before the best of those on the same words is chosen.
struct Match<'a> {
    rule: &'a Rule,
    order: usize,
    tokens: Vec<usize>,
    cast: Cast,
    /// The conditions that do not hold: the scorer may keep such a match, the lexicon alone would not.
    failing: Vec<&'static str>,
}

/// All events that rules propose, in text order.
pub fn propose(scene: Scene<'_>, lookup: &Lookup) -> Vec<Event> {
    let vocabulary = Vocabulary::new(scene);
    let blocked = idioms(scene);
    let mut events = Vec::new();
    for sentence in &scene.document.sentences {
        let mut matches = Vec::new();
        for token in sentence.tokens.clone() {
            if !is_inside_name(scene, token) {
                collect(scene, lookup, &vocabulary, token, &mut matches);
            }
        }
        matches.retain(|found| !found.tokens.iter().any(|token| blocked[*token]));
        events.extend(choose(matches).into_iter().map(|found| event(scene, lookup, found)));
    }
    events.sort_by_key(|event| (event.trigger.start, event.trigger.end));
    events
}

/// The lemmas of the article, for conditions on it.
struct Vocabulary<'a> {
    all: std::collections::HashSet<&'a str>,
}

impl<'a> Vocabulary<'a> {
    fn new(scene: Scene<'a>) -> Vocabulary<'a> {
        Vocabulary { all: scene.tree.lemmas.iter().map(CompactString::as_str).collect() }
    }
}

/// Tokens inside the name of a person or organisation name no event (« Mouvement du 5-Juin », "Strike Force").
fn is_inside_name(scene: Scene<'_>, token: usize) -> bool {
    let token = &scene.document.tokens[token];
    matches!(token.name, NameKind::Per | NameKind::Org) && token.upos != Upos::Verb
}

/// Tokens that fixed expressions cover.
fn idioms(scene: Scene<'_>) -> Vec<bool> {
    let mut blocked = vec![false; scene.document.tokens.len()];
    for at in 0..scene.document.tokens.len() {
        for number in matcher::starting_at(scene.tree, &scene.language.idiom_index, at) {
            for covered in matcher::match_at(scene.tree, at, &scene.language.idioms[number]).into_iter().flatten() {
                blocked[covered] = true;
            }
        }
    }
    blocked
}

fn collect<'a>(scene: Scene<'a>, lookup: &Lookup, vocabulary: &Vocabulary<'_>, token: usize, matches: &mut Vec<Match<'a>>) {
    for key in matcher::keys(scene.tree, token) {
        for &(number, nth) in scene.language.rules.starting_with(key) {
            let rule = &scene.language.rules.rules[number];
            let pattern = &rule.patterns[nth];
            let Some(mut tokens) = matcher::match_at(scene.tree, token, pattern) else { continue };
            if pattern.pos == PatternPos::Adj && !is_predicate(scene, token) || pattern.pos == PatternPos::Verb && is_epithet(scene, token)
            {
                continue;
            }
            // The head comes first: slots are looked up from it.
            let head = if pattern.pos == PatternPos::Noun { top(scene, &tokens, token) } else { token };
            if pattern.pos == PatternPos::Noun && is_modifier(scene, head) {
                continue;
            }
            tokens.retain(|&other| other != head);
            tokens.insert(0, head);
            if matches.iter().any(|found: &Match<'_>| found.rule.id == rule.id && found.tokens == tokens) {
                continue;
            }
            let Some(frame) = scene.language.frames.frames.get(&rule.frame) else { continue };
            let cast = roles::cast(scene, lookup, frame, &tokens, head, pattern.reflexive);
            let failing = failing(scene, vocabulary, &rule.when, &tokens, &cast);
            // What a rule shuts out stays out; only what it asks for may be missing.
            if failing.iter().any(|condition| condition.starts_with("not_") || *condition == "without") {
                continue;
            }
            matches.push(Match { rule, order: number, tokens, cast, failing });
        }
    }
}

/// A present participle before its noun names people by what they do and reports no act ("striking workers", "warring sides").
fn is_epithet(scene: Scene<'_>, token: usize) -> bool {
    let here = &scene.document.tokens[token];
    here.deprel == Deprel::Amod && here.feats.tense == Tense::Pres && here.head.is_some_and(|noun| noun > token)
}

/// A noun before the noun it modifies only says what kind that is ("*extradition* bill", "*riot* police").
fn is_modifier(scene: Scene<'_>, token: usize) -> bool {
    let here = &scene.document.tokens[token];
    here.deprel == Deprel::Compound && here.head.is_some_and(|noun| noun > token && scene.document.tokens[noun].upos == Upos::Noun)
}

/// The noun that governs the other words of a nominal trigger ("prisoner *swap*", "*state* of emergency").
fn top(scene: Scene<'_>, tokens: &[usize], first: usize) -> usize {
    let above = |token: usize| scene.document.tokens[token].head.filter(|head| tokens.contains(head));
    let mut at = first;
    for _ in 0..tokens.len() {
        let Some(head) = above(at) else { break };
        at = head;
    }
    at
}

/// Whether an adjective says something of its noun rather than merely naming it: predicate, participle, apposition, or with a number ("18 dead").
fn is_predicate(scene: Scene<'_>, token: usize) -> bool {
    let here = &scene.document.tokens[token];
    !matches!(here.deprel, Deprel::Amod) || scene.tree.children(token).any(|child| scene.document.tokens[child].deprel != Deprel::Advmod)
}

/// The names of a rule's conditions that do not hold.
fn failing(scene: Scene<'_>, vocabulary: &Vocabulary<'_>, when: &When, tokens: &[usize], cast: &Cast) -> Vec<&'static str> {
    let head = tokens[0];
    let list = |wanted: &[CompactString], test: &dyn Fn(&CompactString) -> bool| wanted.is_empty() || wanted.iter().any(test);
    let none = |unwanted: &[CompactString], test: &dyn Fn(&CompactString) -> bool| !unwanted.iter().any(test);
    let clause = clause_tokens(scene, head);
    let in_clause = |word: &CompactString| clause.clone().any(|token| scene.tree.lemmas[token] == *word && !tokens.contains(&token));
    let sentence = scene.document.sentences[scene.document.sentence_of[head]].tokens.clone();
    let in_sentence = |word: &CompactString| sentence.clone().any(|token| scene.tree.lemmas[token] == *word && !tokens.contains(&token));
    let in_article = |word: &CompactString| vocabulary.all.contains(word.as_str());
    let with_preposition = |word: &CompactString| {
        let wanted = word.replace('_', " ");
        tokens.iter().any(|&token| scene.tree.children(token).any(|child| scene.tree.preposition(child) == wanted))
    };
    // Further words of the pattern count: a rule that asks for « frontière » holds of "rouvrir frontière" too.
    let beside_head = |word: &CompactString| clause.clone().any(|token| scene.tree.lemmas[token] == *word && token != head);
    let conditions = [
        ("with", list(&when.with, &beside_head)),
        ("without", none(&when.without, &in_clause)),
        ("sentence", list(&when.sentence, &in_sentence)),
        ("not_sentence", none(&when.not_sentence, &in_sentence)),
        ("article", list(&when.article, &in_article)),
        ("not_article", none(&when.not_article, &in_article)),
        ("prep", list(&when.prep, &with_preposition)),
        ("object", holds_object(scene, when, head)),
        ("number", when.number.is_empty() || is_counted(scene, tokens)),
        ("actor", when.actor.is_empty() || classes::fits(scene, &cast.actor, &when.actor)),
        ("recipient", when.recipient.is_empty() || classes::fits(scene, &cast.recipient, &when.recipient)),
        ("not_actor", !classes::fits(scene, &cast.actor, &when.not_actor)),
        ("not_recipient", !classes::fits(scene, &cast.recipient, &when.not_recipient)),
    ];
    conditions.iter().filter(|(_, holds)| !holds).map(|(name, _)| *name).collect()
}

/// Whether a number counts what the trigger names.
fn is_counted(scene: Scene<'_>, tokens: &[usize]) -> bool {
    scene.quantities.iter().any(|quantity| tokens.contains(&quantity.token) || quantity.of.is_some_and(|of| tokens.contains(&of)))
}

fn holds_object(scene: Scene<'_>, when: &When, head: usize) -> bool {
    let has_object = scene.tree.dependents(head, &[Deprel::Obj, Deprel::NsubjPass]).next().is_some();
    match when.object.as_str() {
        "none" => !has_object,
        "any" => has_object,
        _ => true,
    }
}

/// The tokens of the clause a trigger stands in: the phrase of its clause's head.
fn clause_tokens(scene: Scene<'_>, token: usize) -> std::ops::Range<usize> {
    scene.tree.phrase(scene.tree.clause(token))
}

/// Of rules on the same words, the one with the longest pattern, then the highest priority, then the most conditions, then the earliest id; rules marked `also` stay beside it.
fn choose(mut matches: Vec<Match<'_>>) -> Vec<Match<'_>> {
    matches.sort_by(|a, b| {
        let key = |found: &Match<'_>| {
            let rank = (found.failing.is_empty(), found.tokens.len(), found.rule.priority, found.rule.when.count());
            (std::cmp::Reverse(rank), found.order)
        };
        key(a).cmp(&key(b))
    });
    let mut kept: Vec<Match<'_>> = Vec::new();
    for found in matches {
        let rival = kept.iter().any(|better| {
            let shared = better.tokens.iter().any(|token| found.tokens.contains(token));
            // Of matches whose conditions fail, the scorer chooses among types.
            let left_to_scorer = !better.failing.is_empty() && better.rule.event != found.rule.event;
            shared
                && !left_to_scorer
                && !(found.rule.also && better.rule.event != found.rule.event || better.rule.also && better.rule.event != found.rule.event)
        });
        if !rival {
            kept.push(found);
        }
    }
    kept
}

fn event(scene: Scene<'_>, lookup: &Lookup, found: Match<'_>) -> Event {
    let anchor = found.tokens[0];
    let mut tokens = found.tokens.clone();
    if found.rule.head > 0 {
        let mut ordered = tokens.clone();
        ordered.sort_unstable();
        if let Some(&word) = ordered.get(found.rule.head - 1) {
            tokens = vec![word];
        }
    }
    tokens.sort_unstable();
    let head = if tokens.contains(&anchor) { anchor } else { tokens[0] };
    let trigger = trigger_span(scene, &tokens, head);
    Event {
        rules: vec![found.rule.id.clone()],
        event: found.rule.event.clone(),
        mode: found.rule.mode.clone(),
        context: found.rule.context.clone(),
        anchor,
        head,
        trigger,
        actor: sides(scene, lookup, found.rule, &found.cast.actor),
        recipient: sides(scene, lookup, found.rule, &found.cast.recipient),
        figures: Vec::new(),
        auxiliary: found.rule.auxiliary.iter().filter_map(|name| super::Auxiliary::parse(name)).collect(),
        factuality: found.rule.factuality.as_deref().and_then(Factuality::parse).unwrap_or_default(),
        cues: Vec::new(),
        confidence: None,
        swallows: found.rule.swallow && found.failing.is_empty(),
        taught: found.rule.overlaid && found.failing.is_empty(),
        failing: found.failing,
        figure_kind: found.rule.figure.clone(),
        tokens,
    }
}

/// The sides among fillers. Where force is used a state's name is a place; elsewhere it is its government.
fn sides(scene: Scene<'_>, lookup: &Lookup, rule: &Rule, fillers: &[roles::Filler]) -> Vec<super::Referent> {
    match rule.event.as_str() {
        "ASSAULT" | "PROTEST" | "COERCE" => roles::referents(fillers),
        _ => roles::referents_and_states(scene, fillers, lookup),
    }
}

/// From the first to the last word of the trigger when they stand close, else the head alone.
fn trigger_span(scene: Scene<'_>, tokens: &[usize], head: usize) -> crate::document::Span {
    let (first, last) = (tokens[0], tokens[tokens.len() - 1]);
    if last - first <= tokens.len() + 3 {
        scene.document.tokens[first].span.join(scene.document.tokens[last].span)
    } else {
        scene.document.tokens[head].span
    }
}

/// Drops what stands inside the content of a request, threat or promise: it is not coded again.
pub fn without_swallowed(scene: Scene<'_>, events: Vec<Event>) -> Vec<Event> {
    let swallowers: Vec<usize> = events.iter().filter(|event| event.swallows).map(|event| event.anchor).collect();
    let is_swallowed = |event: &Event| {
        swallowers
            .iter()
            .any(|&swallower| swallower != event.anchor && !event.tokens.contains(&swallower) && is_content(scene, event.anchor, swallower))
    };
    events.iter().filter(|event| !is_swallowed(event)).cloned().collect()
}

/// Whether `token` hangs below `head` as what is asked, threatened or promised: by a complement, not by a subject, a relative clause or a mere circumstance.
fn is_content(scene: Scene<'_>, token: usize, head: usize) -> bool {
    let Some(path) = scene.tree.path_to(token, head) else { return false };
    let tokens = &scene.document.tokens;
    let Some(&top) = path.last() else { return false };
    if path.iter().any(|&step| tokens[step].deprel == Deprel::AclRelcl) {
        return false;
    }
    match tokens[top].deprel {
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj | Deprel::Acl | Deprel::OblArg => true,
        Deprel::Obl | Deprel::OblMod | Deprel::Nmod | Deprel::Iobj => {
            matches!(scene.tree.preposition(top).as_str(), "à" | "de" | "to" | "for" | "of" | "pour" | "with" | "a" | "" | "en faveur de")
        }
        Deprel::Advcl => tokens[top].feats.verb_form == crate::document::VerbForm::Inf,
        _ => false,
    }
}
