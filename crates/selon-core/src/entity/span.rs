//! The words of a mention: its noun phrase without clauses; and titles that stand before names.

use std::ops::Range;

use selon_data::agents::AgentRole;

use super::MentionKind;
use super::describe::Surroundings;
use super::draft::{Draft, Sight};
use crate::document::{Deprel, NameKind, Upos};

/// Longest noun phrase, in tokens.
const MAX_TOKENS: usize = 24;

const INSIDE: &[Deprel] = &[
    Deprel::Det,
    Deprel::Amod,
    Deprel::Nummod,
    Deprel::Compound,
    Deprel::Flat,
    Deprel::FlatName,
    Deprel::Fixed,
    Deprel::Nmod,
    Deprel::NmodPoss,
    Deprel::Advmod,
    Deprel::Goeswith,
];

/// The tokens of the noun phrase around a draft.
pub fn phrase(sight: Sight<'_>, draft: &Draft) -> Range<usize> {
    if draft.kind == MentionKind::Pronoun {
        return draft.core.clone();
    }
    let sentence = sight.document.sentences[sight.document.sentence_of[draft.head]].tokens.clone();
    let mut inside = vec![false; sentence.len()];
    let mut stack: Vec<usize> = draft.core.clone().collect();
    if let Some((name, _)) = &draft.name {
        stack.extend(name.clone());
    }
    stack.extend(quantity_above(sight, draft.head));
    while let Some(token) = stack.pop() {
        if !sentence.contains(&token) || std::mem::replace(&mut inside[token - sentence.start], true) {
            continue;
        }
        let own = draft.core.contains(&token);
        for child in sight.tree.children(token) {
            let deprel = sight.document.tokens[child].deprel;
            let quantified = deprel == Deprel::Case && !own;
            if INSIDE.contains(&deprel) || quantified || deprel == Deprel::Punct && is_hyphen(sight, child) {
                stack.push(child);
            }
        }
    }
    let position = |token: usize| token - sentence.start;
    let (mut low, mut high) = (draft.core.start, draft.core.end);
    while low > sentence.start && inside[position(low - 1)] && high - low < MAX_TOKENS {
        low -= 1;
    }
    while high < sentence.end && inside[position(high)] && high - low < MAX_TOKENS {
        high += 1;
    }
    while low < draft.core.start && matches!(sight.document.tokens[low].upos, Upos::Adp | Upos::Punct) {
        // The half of a contraction that is the article stays with the noun only if it is written alone.
        low += 1;
    }
    low..high
}

fn is_hyphen(sight: Sight<'_>, token: usize) -> bool {
    matches!(sight.written(token), "-" | "‐" | "‑")
}

/// The counting noun above a counted one (« une dizaine *de soldats* »).
pub fn quantity_above(sight: Sight<'_>, head: usize) -> Option<usize> {
    let token = &sight.document.tokens[head];
    let governor = token.head.filter(|_| matches!(token.deprel, Deprel::Nmod | Deprel::OblArg | Deprel::Obl))?;
    let of =
        sight.tree.dependents(head, &[Deprel::Case]).any(|case| matches!(sight.document.tokens[case].lemma.as_str(), "de" | "of" | "из"));
    let lemma = &sight.document.tokens[governor].lemma;
    let counts = sight.language.frames.transparent_nouns.iter().any(|noun| noun == lemma.as_str());
    (of && counts).then_some(governor)
}

/// Joins titles to the names after them (« le président sénégalais Macky Sall »): the name's draft is absorbed by the one whose head is higher in the tree.
/// Answers which drafts are left, and which pairs are the same by apposition.
pub fn join_titles(sight: Sight<'_>, drafts: &mut [Draft], here: &Surroundings<'_>) -> (Vec<bool>, Vec<(usize, usize)>) {
    let mut kept = vec![true; drafts.len()];
    let mut same = Vec::new();
    for index in 0..drafts.len() {
        let Some(other) = apposed(sight, drafts, here, index) else { continue };
        let (title, name) = if drafts[index].is_named() { (other, index) } else { (index, other) };
        if !drafts[name].is_named() || drafts[title].is_named() || drafts[title].agent.is_none() || !kept[title] || !kept[name] {
            if compatible(&drafts[index], &drafts[other]) {
                same.push((index.min(other), index.max(other)));
            }
            continue;
        }
        if !compatible(&drafts[title], &drafts[name]) {
            continue;
        }
        if adjacent(sight, &drafts[title], &drafts[name]) {
            let named = drafts[name].clone();
            let higher = sight.tree.is_below(named.head, drafts[title].head);
            let head = if higher { drafts[title].head } else { named.head };
            let title = &mut drafts[title];
            title.head = head;
            title.known = named.known;
            title.name = named.name.or(Some((named.core.clone(), if named.person { NameKind::Per } else { NameKind::Org })));
            title.kind = MentionKind::Name;
            title.plural = false;
            title.group = title.group && !named.person;
            title.core = title.core.start.min(named.core.start)..title.core.end.max(named.core.end);
            if title.gender == crate::document::Gender::Other {
                title.gender = named.gender;
            }
            kept[name] = false;
        } else {
            same.push((title.min(name), title.max(name)));
        }
    }
    (kept, same)
}

/// The draft that stands in apposition to a draft or above it.
fn apposed(sight: Sight<'_>, drafts: &[Draft], here: &Surroundings<'_>, index: usize) -> Option<usize> {
    let draft = &drafts[index];
    let token = &sight.document.tokens[draft.head];
    let relation = matches!(token.deprel, Deprel::Appos | Deprel::Flat | Deprel::FlatName | Deprel::Compound | Deprel::Nmod | Deprel::Dep);
    let bare = sight.tree.dependents(draft.head, &[Deprel::Case]).next().is_none();
    let other = token.head.filter(|_| relation && bare).and_then(|head| here.at[head])?;
    (other != index).then_some(other)
}

/// Whether two drafts can be one referent: both people or both bodies, and not two different names.
fn compatible(first: &Draft, second: &Draft) -> bool {
    let people = first.person == second.person;
    let names = first.known.is_some() && second.known.is_some() && first.known != second.known;
    let places = first.state.is_some()
        || second.state.is_some()
        || first.nationality.is_some() && !first.person
        || second.nationality.is_some() && !second.person;
    people && !names && !places && first.kind != MentionKind::Pronoun && second.kind != MentionKind::Pronoun
}

/// Whether only words of the title's own phrase stand between title and name.
fn adjacent(sight: Sight<'_>, title: &Draft, name: &Draft) -> bool {
    let gap = if title.core.end <= name.core.start { title.core.end..name.core.start } else { name.core.end..title.core.start };
    gap.len() <= 8
        && gap.clone().all(|token| {
            let data = &sight.document.tokens[token];
            let punctuation = data.upos == Upos::Punct && !is_hyphen(sight, token);
            !punctuation && !matches!(data.upos, Upos::Verb | Upos::Aux | Upos::Pron | Upos::Cconj | Upos::Sconj)
        })
}

/// Whether a modifier's draft is only part of the actor it modifies (« policier *malien* », "*US* troops").
pub fn is_part(sight: Sight<'_>, drafts: &[Draft], here: &Surroundings<'_>, index: usize) -> bool {
    let draft = &drafts[index];
    let token = &sight.document.tokens[draft.head];
    if !matches!(token.deprel, Deprel::Amod | Deprel::Compound | Deprel::Flat | Deprel::FlatName)
        || draft.is_named() && draft.known.is_none_or(|known| sight.known(known).person)
    {
        return false;
    }
    let governor = token.head.and_then(|head| here.at[head]);
    governor.is_some_and(|governor| governor != index && drafts[governor].role(sight) != AgentRole::Quantity)
}
