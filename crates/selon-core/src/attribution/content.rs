//! What a cue covers: the proposition, infinitive, noun phrase or clause that is said.

use std::ops::Range;

use selon_data::pattern::PatternPos;
use selon_data::reporting::Reporting;

use super::cues::Cue;
use super::{Kind, Statement};
use crate::document::{Deprel, Span, Upos, VerbForm};
use crate::event::{Event, Scene};

/// The statements a cue introduces outside quotations: usually one, none when it says nothing of its own.
pub fn of_cue(scene: Scene<'_>, events: &[Event], cue: &Cue<'_>) -> Vec<Statement> {
    let Some(entry) = cue.entry else { return Vec::new() };
    if cue.speakers.is_empty() {
        return Vec::new();
    }
    if scene.document.tokens[cue.token].form == "(" {
        let sentence = scene.document.sentences[scene.document.sentence_of[cue.token]].tokens.clone();
        return vec![statement(scene, cue, entry, sentence.start..cue.token, true)];
    }
    let mut contents: Vec<(Range<usize>, bool)> = match entry.pattern.pos {
        PatternPos::Adp | PatternPos::Adv | PatternPos::Conj | PatternPos::Any => {
            around_phrase(scene, cue).into_iter().map(|range| (range, true)).collect()
        }
        _ => complements(scene, events, cue),
    };
    if matches!(entry.pattern.pos, PatternPos::Verb) {
        let around = inserted(scene, cue);
        if !around.is_empty() {
            contents = around.into_iter().map(|range| (range, true)).collect();
        } else if contents.is_empty()
            && let Some(range) = matrix_clause(scene, cue)
            && !scene.document.quotations.iter().any(|quotation| quotation.inner.contains(scene.document.tokens[cue.token].span))
        {
            contents.push((range, true));
        }
    }
    contents.into_iter().map(|(range, proposition)| statement(scene, cue, entry, range, proposition)).collect()
}

fn statement(scene: Scene<'_>, cue: &Cue<'_>, entry: &Reporting, content: Range<usize>, proposition: bool) -> Statement {
    Statement {
        speakers: cue.speakers.clone(),
        cue: cue.span,
        cue_token: cue.token,
        kind: Kind::Indirect,
        stance: entry.stance.clone(),
        factuality: entry.factuality.clone(),
        content: scene.document.span_of(content),
        addressee: cue.addressee,
        listed: proposition && entry.stance != "orders" && entry.speech_act != "ACCUSE",
    }
}

/// Clauses, infinitives and eventive noun phrases below a verb or noun of saying, with whether they are a proposition.
fn complements(scene: Scene<'_>, events: &[Event], cue: &Cue<'_>) -> Vec<(Range<usize>, bool)> {
    let tokens = &scene.document.tokens;
    let allows = |what: &str| cue.entry.is_some_and(|entry| entry.content.iter().any(|kind| kind == what));
    let mut found = Vec::new();
    for &host in &cue.tokens {
        for child in scene.tree.children(host).filter(|child| !cue.tokens.contains(child)) {
            let token = &tokens[child];
            let clausal = match token.deprel {
                Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => true,
                Deprel::Xcomp => token.feats.verb_form == VerbForm::Inf || matches!(token.upos, Upos::Verb | Upos::Aux),
                Deprel::Acl => tokens[host].upos == Upos::Noun && scene.tree.dependents(child, &[Deprel::Mark]).next().is_some(),
                Deprel::Parataxis => child < host || tokens[host].deprel == Deprel::Root && starts_after_colon(scene, child),
                Deprel::Advcl => allows("inf") && token.feats.verb_form == VerbForm::Inf && marked_by(scene, child, &["de", "à"]),
                _ => false,
            };
            let nominal =
                matches!(token.deprel, Deprel::Obj | Deprel::NsubjPass | Deprel::OblArg | Deprel::Obl | Deprel::OblMod | Deprel::Nmod)
                    && (allows("obj") || allows("obl"))
                    && !cue.speaker_tokens.contains(&child)
                    && (token.deprel == Deprel::Obj
                        || token.deprel == Deprel::NsubjPass
                        || marked_by(scene, child, &["de", "of", "à", "at", "to", "as"]))
                    && (reports(scene, events, child)
                        || denies(cue) && token.deprel == Deprel::Obj && token.upos == Upos::Noun && scene.tree.phrase(child).len() > 2);
            if clausal {
                found.push((clause_range(scene, child, cue), true));
            } else if nominal {
                // The object of « revendiquer », « condamner » is a link, not a statement; that of « annoncer », « faire état de » is one.
                let reports_clauses =
                    (allows("ccomp") || allows("inf")) && !events.iter().any(|event| event.is_speech_act() && event.anchor == cue.token);
                found.push((scene.tree.phrase(child), reports_clauses));
            }
        }
    }
    if cue.entry.is_some_and(|entry| entry.stance == "orders") {
        found.extend(through_addressee(scene, cue).map(|verb| (scene.tree.phrase(verb), true)));
    }
    let quotation = scene.document.quotations.iter().find(|quotation| quotation.inner.contains(tokens[cue.token].span));
    if let Some(quotation) = quotation {
        found.retain(|(range, _)| quotation.outer.contains(scene.document.span_of(range.clone())));
    }
    joined(found)
}

/// « A donné l'ordre à l'armée de tirer »: the tree often hangs the infinitive on whom the order goes to.
fn through_addressee<'a>(scene: Scene<'a>, cue: &'a Cue<'_>) -> impl Iterator<Item = usize> + 'a {
    let addressees = cue.tokens.iter().flat_map(move |&host| {
        scene.tree.dependents(host, &[Deprel::Iobj, Deprel::Obl, Deprel::OblArg, Deprel::OblMod, Deprel::Nmod, Deprel::Obj])
    });
    let verbs = addressees.filter(|child| !cue.tokens.contains(child)).flat_map(move |child| scene.tree.dependents(child, &[Deprel::Acl]));
    verbs.filter(move |&verb| scene.document.tokens[verb].feats.verb_form == VerbForm::Inf && marked_by(scene, verb, &["de", "à", "to"]))
}

/// « chiffre les morts à 173 »: neighbouring complements are one content.
fn joined(mut found: Vec<(Range<usize>, bool)>) -> Vec<(Range<usize>, bool)> {
    found.sort_by_key(|(range, _)| (range.start, range.end));
    let mut list: Vec<(Range<usize>, bool)> = Vec::with_capacity(found.len());
    for (range, proposition) in found {
        match list.last_mut() {
            Some((last, kind)) if last.end >= range.start && *kind == proposition => last.end = last.end.max(range.end),
            _ => list.push((range, proposition)),
        }
    }
    list
}

/// What is denied is a proposition even as a bare noun (« nie toute présence de ses hommes »).
fn denies(cue: &Cue<'_>) -> bool {
    cue.entry.is_some_and(|entry| entry.stance == "denies")
}

fn marked_by(scene: Scene<'_>, token: usize, words: &[&str]) -> bool {
    scene.tree.dependents(token, &[Deprel::Mark, Deprel::Case]).any(|child| words.contains(&scene.document.tokens[child].lemma.as_str()))
}

fn starts_after_colon(scene: Scene<'_>, token: usize) -> bool {
    let first = scene.tree.phrase(token).start;
    (first.saturating_sub(2)..first).any(|before| scene.document.tokens[before].form == ":")
}

/// Whether a noun phrase reports an event or a toll.
fn reports(scene: Scene<'_>, events: &[Event], token: usize) -> bool {
    let phrase = scene.tree.phrase(token);
    events
        .iter()
        .any(|event| event.head == token || event.tokens.contains(&token) || phrase.contains(&event.head) && !event.figures.is_empty())
        || scene.quantities.iter().any(|quantity| quantity.token == token || quantity.of == Some(token))
        || phrase.len() <= TOLL_TOKENS && scene.quantities.iter().any(|quantity| phrase.contains(&quantity.token))
}

/// Longest phrase that is taken for a toll because a number stands in it.
const TOLL_TOKENS: usize = 8;

/// The phrase of a clause without the cue's own words when they are nested in it (inverted clauses).
fn clause_range(scene: Scene<'_>, clause: usize, cue: &Cue<'_>) -> Range<usize> {
    let phrase = scene.tree.phrase(clause);
    if !phrase.contains(&cue.token) {
        return phrase;
    }
    if clause < cue.token { phrase.start..cue.tokens[0] } else { cue.tokens[cue.tokens.len() - 1] + 1..phrase.end }
}

/// What stands before and after an inserted clause of saying (« …, a-t-il déclaré, … », « …, affirme la police. », "…, the army said."),
/// read off the surface: the tree is least sure just here. Empty when the cue is no such clause.
fn inserted(scene: Scene<'_>, cue: &Cue<'_>) -> Vec<Range<usize>> {
    let tokens = &scene.document.tokens;
    let sentence = scene.document.sentences[scene.document.sentence_of[cue.token]].tokens.clone();
    let Some((left, right, inverted)) = own_words(scene, cue) else { return Vec::new() };
    if left <= sentence.start + 1 {
        return Vec::new();
    }
    let before = &tokens[left - 1];
    let after = tokens.get(right + 1).filter(|_| right + 1 < sentence.end);
    let closed_before = matches!(before.form.as_str(), "," | "»" | "”" | "\"" | "–" | "—" | "?" | "!" | "…" | "’");
    let closed_after = after.is_none_or(|token| token.upos == Upos::Punct);
    if !closed_before || !(inverted || closed_after) {
        return Vec::new();
    }
    if !inverted && tokens[cue.token].deprel == Deprel::Conj && before.form == "," {
        return Vec::new();
    }
    let start = (sentence.start..left - 1).rev().find(|&at| tokens[at].form == ";").map_or(sentence.start, |at| at + 1);
    let mut found = vec![start..left - 1];
    let tail = right + 2..sentence.end;
    let goes_on = after.is_some_and(|token| token.form == ",")
        && tail.len() > 4
        && tokens.get(right + 2).is_some_and(|token| token.feats.verb_form != VerbForm::Part);
    if goes_on && inverted {
        found.push(tail);
    }
    found.retain(|range| range.len() >= 2);
    found
}

/// First and last token of the cue with its auxiliaries and its subject, and whether the subject is inverted. `None` when they do not stand together.
fn own_words(scene: Scene<'_>, cue: &Cue<'_>) -> Option<(usize, usize, bool)> {
    let tokens = &scene.document.tokens;
    if !is_finite(scene, cue.token) {
        return None;
    }
    let auxiliaries = scene
        .tree
        .dependents(cue.token, &[Deprel::Aux, Deprel::AuxPass, Deprel::Advmod])
        .filter(|&child| child < cue.token && cue.token - child <= 4);
    let mut left = auxiliaries.min().unwrap_or(cue.token).min(cue.tokens[0]);
    let mut right = cue.tokens[cue.tokens.len() - 1];
    let clitic = (left..=(right + 1).min(tokens.len() - 1)).any(|at| tokens[at].upos == Upos::Pron && tokens[at].form.starts_with('-'));
    if clitic {
        return Some((left, right.max(cue.token), true));
    }
    let &subject = cue.speaker_tokens.iter().find(|&&token| tokens[token].deprel != Deprel::Conj).or(cue.speaker_tokens.first())?;
    let phrase = scene.tree.phrase(subject);
    if subject > cue.token {
        if subject.saturating_sub(right) > 6 {
            return None;
        }
        right = phrase.end.saturating_sub(1).max(subject);
        return Some((left, right, true));
    }
    if phrase.end + 3 >= left && phrase.end <= left + 1 {
        left = phrase.start;
        return Some((left, right, false));
    }
    None
}

fn is_finite(scene: Scene<'_>, verb: usize) -> bool {
    let finite = |token: usize| scene.document.tokens[token].feats.verb_form == VerbForm::Fin;
    finite(verb) || scene.tree.dependents(verb, &[Deprel::Aux]).any(finite)
}

/// The clause a verb of saying is inserted in or appended to (« trois hommes sont morts, affirme la police »).
fn matrix_clause(scene: Scene<'_>, cue: &Cue<'_>) -> Option<Range<usize>> {
    let tokens = &scene.document.tokens;
    if !matches!(tokens[cue.token].deprel, Deprel::Parataxis | Deprel::Conj | Deprel::Advcl | Deprel::Discourse | Deprel::Dep) {
        return None;
    }
    if !is_finite(scene, cue.token) {
        return None;
    }
    let head = tokens[cue.token].head?;
    let own = scene.tree.phrase(cue.token);
    let inverted = cue.speaker_tokens.iter().all(|&speaker| speaker > cue.token);
    if tokens[cue.token].deprel != Deprel::Parataxis && !inverted {
        return None;
    }
    let whole = scene.tree.phrase(head);
    let before = whole.start..own.start.min(whole.end);
    let after = own.end.max(whole.start)..whole.end;
    let range = if before.contains(&head) { before } else { after };
    (range.len() >= 2).then_some(range)
}

/// What « selon X » covers: the clause it stands in, or the toll it is hung on.
fn around_phrase(scene: Scene<'_>, cue: &Cue<'_>) -> Vec<Range<usize>> {
    let tokens = &scene.document.tokens;
    let Some(&first) = cue.speaker_tokens.first() else { return Vec::new() };
    let last = cue.speaker_tokens[cue.speaker_tokens.len() - 1];
    let own = cue.tokens[0].min(scene.tree.phrase(first).start)..scene.tree.phrase(first).end.max(scene.tree.phrase(last).end);
    let sentence = scene.document.sentences[scene.document.sentence_of[cue.token]].tokens.clone();
    let Some(governor) = tokens[first].head else {
        return vec![larger(sentence.start..own.start, own.end..sentence.end)];
    };
    let toll = scene.quantities.iter().any(|quantity| quantity.token == governor || quantity.of == Some(governor));
    let host = if toll && tokens[governor].upos != Upos::Verb && governor < cue.token {
        governor
    } else {
        clause_without_subordination(scene, governor)
    };
    let mut whole = scene.tree.phrase(host);
    if tokens[host].deprel == Deprel::AclRelcl || toll && host == governor {
        whole.end = whole.end.max(own.start);
    }
    let before = whole.start..own.start.min(whole.end).max(whole.start);
    let after = own.end.min(whole.end).max(whole.start)..whole.end;
    let range = if before.contains(&host) {
        before
    } else if after.contains(&host) {
        after
    } else {
        larger(before, after)
    };
    if range.is_empty() { Vec::new() } else { vec![until_next_clause(scene, range, host)] }
}

fn larger(first: Range<usize>, second: Range<usize>) -> Range<usize> {
    if first.len() >= second.len() { first } else { second }
}

/// The clause of a token; of a participle or infinitive, the finite clause above it.
fn clause_without_subordination(scene: Scene<'_>, token: usize) -> usize {
    let mut at = scene.tree.clause(token);
    for _ in 0..6 {
        let here = &scene.document.tokens[at];
        let dependent = matches!(here.deprel, Deprel::Xcomp | Deprel::Advcl | Deprel::Acl) && here.feats.verb_form != VerbForm::Fin;
        match here.head {
            Some(head) if dependent => at = scene.tree.clause(head),
            _ => break,
        }
    }
    at
}

/// A coordinated clause with a verb of its own is not covered.
fn until_next_clause(scene: Scene<'_>, range: Range<usize>, host: usize) -> Range<usize> {
    let next = scene.tree.children(host).find(|&child| {
        let token = &scene.document.tokens[child];
        token.deprel == Deprel::Conj
            && matches!(token.upos, Upos::Verb | Upos::Aux)
            && scene.tree.dependents(child, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some()
            && range.contains(&child)
    });
    match next {
        Some(child) => range.start..scene.tree.phrase(child).start.max(range.start + 1),
        None => range,
    }
}

/// The content without white space, commas, colons and quotation marks at its edges.
pub fn trimmed(scene: Scene<'_>, content: Span) -> Span {
    let text = scene.document.slice(content);
    let edge = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '«' | '»' | '“' | '”' | '"' | '—' | '–' | '|' | '\u{a0}' | '\u{202f}')
    };
    let start = content.start + (text.len() - text.trim_start_matches(edge).len());
    let end = content.end - (text.len() - text.trim_end_matches(|c: char| edge(c) && c != '.').len());
    Span::new(start, end.max(start))
}

/// Direct when the content lies between marks, mixed when marks lie in it.
pub fn kind(scene: Scene<'_>, content: Span, _cue: usize) -> Kind {
    let mut kind = Kind::Indirect;
    for quotation in scene.document.quotations.iter().filter(|quotation| quotation.depth == 0) {
        if quotation.outer.contains(content) {
            let whole = content.len() * 10 >= quotation.inner.len() * 9;
            return if whole && begins_clause(scene, quotation.outer.start) {
                Kind::Direct
            } else if whole {
                Kind::Mixed
            } else {
                Kind::Direct
            };
        }
        if content.overlaps(quotation.inner) {
            kind = Kind::Mixed;
        }
    }
    kind
}

/// Whether a quotation stands by itself: at the start of a sentence or after a colon, not inside the reporter's clause.
pub fn begins_clause(scene: Scene<'_>, start: usize) -> bool {
    let before = scene.document.text.get(..start).unwrap_or("").trim_end();
    before.is_empty()
        || before.ends_with(['.', ':', '!', '?', '…', '\n', ',', '»', '”', '—', '–', '|'])
        || scene.document.text.get(..start).is_some_and(|text| text.trim_end_matches(' ').ends_with('\n'))
}
