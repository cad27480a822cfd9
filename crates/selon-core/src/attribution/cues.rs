//! Words of saying in the text, with who speaks.

use selon_data::pattern::PatternPos;
use selon_data::reporting::{self, Reporting};

use crate::document::{Deprel, Span, Upos};
use crate::event::roles::Lookup;
use crate::event::slots::Slots;
use crate::event::{Event, Referent, Scene};
use crate::matcher;

/// A word of saying with its speaker.
#[derive(Clone, Debug)]
pub struct Cue<'a> {
    /// The entry of reporting.tsv; `None` for a speech act of the event rules, which introduces quotations only.
    pub entry: Option<&'a Reporting>,
    /// Its tokens, ascending; the first is the head.
    pub tokens: Vec<usize>,
    /// Its head.
    pub token: usize,
    /// Its bytes.
    pub span: Span,
    /// Who speaks; empty when nobody is named.
    pub speakers: Vec<Referent>,
    /// The tokens of the speakers.
    pub speaker_tokens: Vec<usize>,
    /// To whom.
    pub addressee: Option<Referent>,
}

/// Every cue in the document, in text order.
pub fn find<'a>(scene: Scene<'a>, events: &[Event]) -> Vec<Cue<'a>> {
    let lookup = Lookup::new(scene.entities, scene.toponyms, scene.document);
    let mut cues: Vec<Cue<'a>> = Vec::new();
    for token in 0..scene.document.tokens.len() {
        let mut best: Option<(usize, Vec<usize>)> = None;
        for number in matcher::starting_at(scene.tree, &scene.language.reporting_index, token) {
            if let Some(covered) = matcher::match_at(scene.tree, token, &scene.language.reporting[number].pattern)
                && best.as_ref().is_none_or(|(_, longest)| covered.len() > longest.len())
            {
                best = Some((number, covered));
            }
        }
        let Some((number, covered)) = best else { continue };
        if cues.iter().rev().take(4).any(|cue| cue.tokens.contains(&token)) {
            continue;
        }
        let entry = &scene.language.reporting[number];
        let (speakers, speaker_tokens) = speakers(scene, &lookup, entry, token, &covered);
        let addressee = addressee(scene, &lookup, entry, token, &covered);
        cues.push(Cue { entry: Some(entry), token, span: span(scene, &covered), tokens: covered, speakers, speaker_tokens, addressee });
    }
    for event in events.iter().filter(|event| event.is_speech_act() && is_verb(scene, event.anchor)) {
        if cues.iter().any(|cue| cue.tokens.contains(&event.anchor)) {
            continue;
        }
        let tokens = vec![event.anchor];
        cues.push(Cue {
            entry: None,
            token: event.anchor,
            span: span(scene, &tokens),
            speakers: event.actor.clone(),
            speaker_tokens: Vec::new(),
            addressee: event.recipient.first().copied(),
            tokens,
        });
    }
    cues.extend(views(scene, &lookup, &cues));
    cues.extend(bracketed(scene, &lookup));
    cues.sort_by_key(|cue| cue.token);
    cues
}

/// The most tokens of a source in brackets.
const BRACKETED: usize = 6;

/// « … au moins cinq morts (armée) », "… (police)", « (source : HCR) »: a source in brackets that closes a sentence.
fn bracketed<'a>(scene: Scene<'a>, lookup: &Lookup) -> Vec<Cue<'a>> {
    let tokens = &scene.document.tokens;
    let entry = scene.language.reporting.iter().find(|entry| entry.pattern.pos == PatternPos::Adp && entry.stance == "asserts");
    let Some(entry) = entry else { return Vec::new() };
    let found = scene.document.sentences.iter().filter_map(|sentence| {
        let range = sentence.tokens.clone();
        let close = range.clone().rev().take(2).find(|&at| tokens[at].form == ")")?;
        let open = (range.start..close).rev().take(BRACKETED + 1).find(|&at| tokens[at].form == "(")?;
        let inside = open + 1..close;
        let verb = inside.clone().any(|at| matches!(tokens[at].upos, Upos::Verb | Upos::Aux | Upos::Num));
        let things = &scene.language.grammar.things_that_speak;
        let thing = inside.clone().find(|&at| things.iter().any(|noun| *noun == tokens[at].lemma.as_str()));
        let mention = inside.clone().find_map(|at| lookup.mention(at));
        let lower = inside.clone().any(|at| tokens[at].form.chars().next().is_some_and(char::is_lowercase));
        // « l'Organisation (OTSC) » is an acronym, « (Mali) » a country: neither speaks.
        if verb || open <= range.start + 3 || thing.is_none() && !(mention.is_some() && lower) {
            return None;
        }
        let speaker = match (mention, thing) {
            (Some(mention), _) => Referent::Mention(mention),
            (None, _) => Referent::Words(scene.document.span_of(inside.clone())),
        };
        Some(Cue {
            entry: Some(entry),
            token: open,
            span: tokens[open].span,
            tokens: vec![open],
            speakers: vec![speaker],
            speaker_tokens: inside.collect(),
            addressee: None,
        })
    });
    found.collect()
}

/// « Pour le ministre, … »: a preposition at the start of a sentence before somebody and a comma, where the language has such.
fn views<'a>(scene: Scene<'a>, lookup: &Lookup, known: &[Cue<'a>]) -> Vec<Cue<'a>> {
    let tokens = &scene.document.tokens;
    let entry = scene.language.reporting.iter().find(|entry| entry.pattern.pos == PatternPos::Adp && entry.stance == "asserts");
    let Some(entry) = entry else { return Vec::new() };
    let starts = scene.document.sentences.iter().map(|sentence| sentence.tokens.clone()).filter(|range| range.len() > 5);
    let found = starts.filter_map(|range| {
        let token = range.start;
        let lemma = crate::tree::lower(&tokens[token].lemma);
        if !scene.language.grammar.view_prepositions.iter().any(|word| *word == lemma)
            || known.iter().any(|cue| cue.tokens.contains(&token))
        {
            return None;
        }
        let mention = tokens[token].head.and_then(|head| lookup.mention(head))?;
        let speaker = &scene.entities.mentions[mention];
        let comma = tokens.get(speaker.tokens.end).is_some_and(|next| next.form == ",");
        let speaks = speaker.sector.is_some() && speaker.kind != crate::entity::MentionKind::Pronoun;
        (comma && speaks && speaker.tokens.start == token + 1).then(|| Cue {
            entry: Some(entry),
            token,
            span: tokens[token].span,
            tokens: vec![token],
            speakers: vec![Referent::Mention(mention)],
            speaker_tokens: vec![speaker.head],
            addressee: None,
        })
    });
    found.collect()
}

fn is_verb(scene: Scene<'_>, token: usize) -> bool {
    matches!(scene.document.tokens[token].upos, Upos::Verb | Upos::Aux)
}

/// From the first auxiliary to the last word of the cue (« a-t-il déclaré », "has said").
fn span(scene: Scene<'_>, covered: &[usize]) -> Span {
    let tokens = &scene.document.tokens;
    let last = covered.iter().copied().filter(|&token| token < covered[0] + 6).max().unwrap_or(covered[0]);
    tokens[covered[0]].span.join(tokens[last].span)
}

fn speakers(scene: Scene<'_>, lookup: &Lookup, entry: &Reporting, token: usize, covered: &[usize]) -> (Vec<Referent>, Vec<usize>) {
    let slots = Slots::new(scene.tree, &scene.language.frames, covered);
    let heads = match entry.pattern.pos {
        // « de source policière »: the noun of the phrase itself speaks.
        _ if entry.speaker == "self" => vec![covered[covered.len() - 1]],
        // "reportedly" names nobody.
        PatternPos::Adv => Vec::new(),
        PatternPos::Adp | PatternPos::Conj | PatternPos::Any => complement(scene, covered),
        PatternPos::Noun => {
            let slot = reporting::slot(&entry.speaker).unwrap_or(selon_data::frames::Slot::Of);
            let own = slots.fill(token, &slot);
            if own.is_empty() { slots.fill(token, &selon_data::frames::Slot::Subject) } else { own }
        }
        _ => {
            let slot = reporting::slot(&entry.speaker).unwrap_or(selon_data::frames::Slot::Subject);
            let own = nearest(scene, token, nominal(scene, token, slots.fill(token, &slot)));
            if let Some(clitic) = inverted_clitic(scene, token) {
                vec![clitic]
            } else if let Some(subject) = inverted_subject(scene, token, covered) {
                scene.tree.conjuncts(subject)
            } else if own.is_empty() && slots.is_passive(token) {
                slots.fill(token, &selon_data::frames::Slot::Agent)
            } else if own.is_empty() {
                expletive(scene, token).into_iter().collect()
            } else {
                own
            }
        }
    };
    let referents = heads.iter().filter_map(|&head| referent(scene, lookup, &slots, head)).collect();
    (referents, heads)
}

/// Who says a quotation by a verb that no lexicon knows as one of saying (« …, lâche un policier », "…, sighed a nurse").
pub fn of_verb(scene: Scene<'_>, lookup: &Lookup, verb: usize) -> (Vec<Referent>, Vec<usize>) {
    let covered = [verb];
    let slots = Slots::new(scene.tree, &scene.language.frames, &covered);
    let own = nearest(scene, verb, nominal(scene, verb, slots.fill(verb, &selon_data::frames::Slot::Subject)));
    let heads = match inverted_clitic(scene, verb).or_else(|| inverted_subject(scene, verb, &covered)) {
        Some(subject) => scene.tree.conjuncts(subject),
        None => own,
    };
    let referents = heads.iter().filter_map(|&head| referent(scene, lookup, &slots, head)).collect();
    (referents, heads)
}

/// "*It* said": a pronoun that the tree takes for an expletive, since such verbs often have one.
fn expletive(scene: Scene<'_>, verb: usize) -> Option<usize> {
    scene
        .tree
        .dependents(verb, &[Deprel::Expl, Deprel::ExplSubj])
        .find(|&child| child < verb && scene.document.tokens[child].upos == Upos::Pron)
}

/// Speakers are nouns, names and pronouns, whatever the tree calls a subject; of a verb outside a quotation, none inside it.
fn nominal(scene: Scene<'_>, verb: usize, mut heads: Vec<usize>) -> Vec<usize> {
    let spans = |token: usize| scene.document.tokens[token].span;
    let quoted = |head: usize| {
        scene.document.quotations.iter().any(|quotation| quotation.inner.contains(spans(head)) && !quotation.outer.contains(spans(verb)))
    };
    heads.retain(|&head| {
        !quoted(head)
            && !scene.document.tokens[head].feats.relative
            && matches!(
                scene.document.tokens[head].upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::X | Upos::Det
            )
    });
    heads
}

/// Of several subjects that the tree gives a verb, the nearest with what is coordinated with it.
fn nearest(scene: Scene<'_>, verb: usize, heads: Vec<usize>) -> Vec<usize> {
    let Some(best) = heads.iter().copied().min_by_key(|head| head.abs_diff(verb)) else { return heads };
    let first = if scene.document.tokens[best].deprel == Deprel::Conj { scene.document.tokens[best].head.unwrap_or(best) } else { best };
    let group = scene.tree.conjuncts(first);
    heads.into_iter().filter(|head| *head == best || group.contains(head)).collect()
}

/// The pronoun of « a-t-il dit » or « dit-on », which the tree may call an expletive or hang elsewhere: it follows the verb or its auxiliary.
fn inverted_clitic(scene: Scene<'_>, verb: usize) -> Option<usize> {
    let tokens = &scene.document.tokens;
    let is_clitic = |token: usize| tokens.get(token).is_some_and(|token| token.upos == Upos::Pron && token.form.starts_with('-'));
    if is_clitic(verb + 1) {
        return Some(verb + 1);
    }
    let auxiliary = scene.tree.dependents(verb, &[Deprel::Aux, Deprel::AuxPass]).next()?;
    (auxiliary + 1 < verb).then_some(auxiliary + 1).filter(|&token| is_clitic(token))
}

/// The subject after the verb of an inserted clause (« …, a annoncé mardi le ministre »), which the tree often takes for an object: the first
/// noun without a preposition among the children on the right, when no subject stands on the left.
fn inverted_subject(scene: Scene<'_>, verb: usize, covered: &[usize]) -> Option<usize> {
    let tokens = &scene.document.tokens;
    let auxiliaries = scene.tree.dependents(verb, &[Deprel::Aux, Deprel::AuxPass]).filter(|&child| child < verb);
    let left = auxiliaries.min().unwrap_or(verb).min(covered[0]);
    let before = left.checked_sub(1).map(|at| tokens[at].form.as_str())?;
    if !matches!(before, "," | "»" | "”" | "\"" | "–" | "—" | "?" | "!" | "…")
        || scene.document.sentence_of[left - 1] != scene.document.sentence_of[verb]
    {
        return None;
    }
    // « Le chef d'état-major, le général N., annonce … »: a subject of its own on the left, the comma closes an apposition.
    let own_subject = scene.tree.dependents(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).any(|child| child < verb);
    if own_subject && before == "," {
        return None;
    }
    scene.tree.children(verb).find(|&child| {
        child > verb
            && !covered.contains(&child)
            && matches!(
                tokens[child].deprel,
                Deprel::Obj
                    | Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::Appos
                    | Deprel::Dislocated
                    | Deprel::Dep
                    | Deprel::Xcomp
                    | Deprel::FlatName
            )
            && matches!(tokens[child].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
            && !matches!(tokens[child].feats.person, 1 | 2)
            && scene.tree.dependents(child, &[Deprel::Case, Deprel::Mark]).next().is_none()
    })
}

/// The noun phrase that a preposition of saying introduces (« selon la police et des témoins »).
fn complement(scene: Scene<'_>, covered: &[usize]) -> Vec<usize> {
    let tokens = &scene.document.tokens;
    let last = covered[covered.len() - 1];
    for &part in covered {
        if let Some(head) = tokens[part].head
            && !covered.contains(&head)
            && matches!(tokens[part].deprel, Deprel::Case | Deprel::Mark | Deprel::Fixed)
            && head > last
        {
            return scene.tree.conjuncts(head);
        }
    }
    // « d'après » and the like, when the tree does not help: the next noun.
    let sentence = &scene.document.sentences[scene.document.sentence_of[last]].tokens;
    let noun = (last + 1..sentence.end.min(last + 6)).find(|&token| matches!(tokens[token].upos, Upos::Noun | Upos::Propn | Upos::Pron));
    noun.map(|noun| scene.tree.conjuncts(noun)).unwrap_or_default()
}

fn addressee(scene: Scene<'_>, lookup: &Lookup, entry: &Reporting, token: usize, covered: &[usize]) -> Option<Referent> {
    let slot = reporting::slot(&entry.addressee)?;
    let slots = Slots::new(scene.tree, &scene.language.frames, covered);
    slots.fill(token, &slot).into_iter().find_map(|head| lookup.mention(head)).map(Referent::Mention)
}

fn referent(scene: Scene<'_>, lookup: &Lookup, slots: &Slots<'_>, head: usize) -> Option<Referent> {
    if let Some(mention) = lookup.mention(head) {
        return Some(Referent::Mention(mention));
    }
    let inner = slots.through(head);
    if let Some(mention) = lookup.mention(inner) {
        return Some(Referent::Mention(mention));
    }
    // « un communiqué du ministère », "a statement from the army": the issuer speaks.
    let issuer = scene.tree.dependents(head, &[Deprel::Nmod, Deprel::NmodPoss, Deprel::Obl]).find_map(|child| lookup.mention(child));
    if let Some(mention) = issuer {
        return Some(Referent::Mention(mention));
    }
    match scene.document.tokens[head].upos {
        Upos::Noun | Upos::Propn => Some(Referent::Words(noun_phrase(scene, head))),
        Upos::Pron => Some(earlier_person(scene, head).unwrap_or(Referent::Words(scene.document.tokens[head].span))),
        _ => None,
    }
}

/// Sentences that a pronoun which speaks looks back for a person.
const REACH: usize = 3;

/// The person last spoken of, for a pronoun that coreference left alone; people who act or speak before others.
fn earlier_person(scene: Scene<'_>, pronoun: usize) -> Option<Referent> {
    let tokens = &scene.document.tokens;
    let personal = tokens[pronoun].feats.person == 3 && tokens[pronoun].feats.number != crate::document::Number::Plur;
    let here = scene.document.sentence_of[pronoun];
    let mentions = scene.entities.mentions.iter().enumerate().rev().filter(|(_, mention)| mention.head < pronoun);
    let people = mentions.filter(|(_, mention)| scene.entities.chains[mention.chain].person && !scene.entities.chains[mention.chain].group);
    let near = people.take_while(|(_, mention)| here - scene.document.sentence_of[mention.head] <= REACH);
    let acting = |mention: &crate::entity::Mention| matches!(tokens[mention.head].deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Root);
    let best = near.max_by_key(|(index, mention)| (acting(mention), *index));
    best.filter(|_| personal).map(|(index, _)| Referent::Mention(index))
}

/// The noun with its determiner and adjectives, without clauses.
fn noun_phrase(scene: Scene<'_>, head: usize) -> Span {
    let near = scene
        .tree
        .dependents(head, &[Deprel::Det, Deprel::Amod, Deprel::Compound, Deprel::Nummod])
        .filter(|&child| child + 4 >= head && child <= head + 2);
    near.fold(scene.document.tokens[head].span, |span, child| span.join(scene.document.tokens[child].span))
}
