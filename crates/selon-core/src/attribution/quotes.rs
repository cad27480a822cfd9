//! Quotations that no clause of saying governs in the tree: the nearest cue in the sentence, or the voice that goes on.

use super::cues::{self, Cue};
use super::{Kind, Statement};
use crate::document::{Quotation, Span, Upos, VerbForm};
use crate::event::roles::Lookup;
use crate::event::{Event, Scene};

/// Fewest tokens of a quotation that is a statement and not a quoted word.
const MIN_TOKENS: usize = 3;

/// Adds a statement for each quotation of a clause or more that is not yet part of one.
pub fn add(scene: Scene<'_>, _events: &[Event], cues: &[Cue<'_>], statements: &mut Vec<Statement>) {
    let lookup = Lookup::new(scene.entities, scene.toponyms, scene.document);
    let mut previous: Option<Statement> = None;
    for quotation in scene.document.quotations.iter().filter(|quotation| quotation.depth == 0) {
        let inside = |statement: &Statement| {
            statement.content.contains(quotation.inner)
                || statement.content.len() * 2 > quotation.inner.len() && quotation.outer.contains(statement.content)
        };
        if let Some(known) = statements.iter().find(|statement| inside(statement)) {
            previous = Some(known.clone());
            continue;
        }
        if !is_clause(scene, quotation) {
            continue;
        }
        let statement = match nearest_cue(scene, cues, quotation) {
            Some(cue) => Some(from_cue(cue, quotation)),
            None => attached(scene, &lookup, quotation).or_else(|| introduced(scene, quotation)).or_else(|| {
                let earlier = previous.as_ref().filter(|earlier| goes_on(scene, earlier, quotation))?;
                Some(Statement { content: quotation.inner, kind: Kind::Direct, ..earlier.clone() })
            }),
        };
        if let Some(statement) = statement {
            previous = Some(statement.clone());
            statements.push(statement);
        }
    }
}

fn from_cue(cue: &Cue<'_>, quotation: &Quotation) -> Statement {
    Statement {
        speakers: cue.speakers.clone(),
        cue: cue.span,
        cue_token: cue.token,
        kind: Kind::Direct,
        stance: cue.entry.map_or("asserts".into(), |entry| if entry.stance == "orders" { "asserts".into() } else { entry.stance.clone() }),
        factuality: cue.entry.map_or_else(Default::default, |entry| entry.factuality.clone()),
        content: quotation.inner,
        addressee: cue.addressee,
        listed: true,
    }
}

/// Tokens between a quotation and the verb that carries it.
const NEAR: usize = 4;

/// The speaker of a verb that stands right after a quotation, or before it and a colon, whatever the verb.
fn attached(scene: Scene<'_>, lookup: &Lookup, quotation: &Quotation) -> Option<Statement> {
    let tokens = &scene.document.tokens;
    let inside = scene.document.tokens_in(quotation.outer);
    let is_verb = |at: usize| tokens[at].upos == Upos::Verb && (tokens[at].feats.verb_form == VerbForm::Fin || has_auxiliary(scene, at));
    let paragraph_end = |at: usize| at + 1 >= tokens.len();
    let after = (inside.end..tokens.len().min(inside.end + NEAR + 1))
        .take_while(|&at| !matches!(tokens[at].form.as_str(), "." | ";" | "(") && !paragraph_end(at))
        .find(|&at| is_verb(at));
    // The clause before a colon may be long: any verb of the sentence up to it that has a speaker.
    let colon = inside.start.checked_sub(1).filter(|&at| tokens[at].form == ":");
    let before = colon.and_then(|colon| {
        let sentence = scene.document.sentences[scene.document.sentence_of[colon]].tokens.clone();
        (sentence.start..colon).find(|&at| is_verb(at))
    });
    let opens = super::content::begins_clause(scene, quotation.outer.start);
    let candidates = after.filter(|_| opens).into_iter().chain(before);
    candidates.into_iter().find_map(|verb| {
        let (speakers, heads) = cues::of_verb(scene, lookup, verb);
        let outside = !speakers.is_empty() && heads.iter().all(|head| !inside.contains(head));
        outside.then(|| spoken(speakers, tokens[verb].span, verb, quotation.inner))
    })
}

fn has_auxiliary(scene: Scene<'_>, verb: usize) -> bool {
    scene.tree.dependents(verb, &[crate::document::Deprel::Aux]).next().is_some()
}

fn spoken(speakers: Vec<crate::event::Referent>, cue: Span, cue_token: usize, content: Span) -> Statement {
    Statement {
        speakers,
        cue,
        cue_token,
        kind: Kind::Direct,
        stance: "asserts".into(),
        factuality: Default::default(),
        content,
        addressee: None,
        listed: true,
    }
}

/// The speaker whom a colon alone introduces (« Un rescapé, au téléphone : « … » »): the first person named in the fragment before it.
fn introduced(scene: Scene<'_>, quotation: &Quotation) -> Option<Statement> {
    let first = scene.document.tokens_in(quotation.outer).start;
    let colon = first.checked_sub(1).filter(|&at| scene.document.tokens[at].form == ":")?;
    let sentence = scene.document.sentences[scene.document.sentence_of[colon]].tokens.clone();
    let has_verb = (sentence.start..colon).any(|at| scene.document.tokens[at].feats.verb_form == crate::document::VerbForm::Fin);
    let mention = scene.entities.mentions.iter().position(|mention| {
        mention.head >= sentence.start && mention.head < colon && mention.kind != crate::entity::MentionKind::Pronoun
    })?;
    (!has_verb).then(|| spoken(vec![crate::event::Referent::Mention(mention)], scene.document.tokens[colon].span, colon, quotation.inner))
}

fn is_clause(scene: Scene<'_>, quotation: &Quotation) -> bool {
    let tokens = scene.document.tokens_in(quotation.inner);
    let verb = tokens.clone().any(|token| matches!(scene.document.tokens[token].upos, Upos::Verb | Upos::Aux));
    tokens.len() >= MIN_TOKENS && (verb || tokens.len() >= 5 || !scene.document.tagged)
}

/// The cue outside the quotation, in a sentence that the quotation touches, nearest to one of its ends.
fn nearest_cue<'c, 'a>(scene: Scene<'a>, cues: &'c [Cue<'a>], quotation: &Quotation) -> Option<&'c Cue<'a>> {
    let tokens = scene.document.tokens_in(quotation.outer);
    let first = scene.document.sentence_of.get(tokens.start).copied()?;
    let last = scene.document.sentence_of.get(tokens.end.saturating_sub(1)).copied()?;
    let candidates = cues.iter().filter(|cue| {
        let sentence = scene.document.sentence_of[cue.token];
        sentence >= first && sentence <= last && !tokens.contains(&cue.token) && !cue.speakers.is_empty()
    });
    candidates
        .min_by_key(|cue| {
            let distance = if cue.token >= tokens.end { cue.token - tokens.end } else { tokens.start.saturating_sub(cue.token) };
            (distance, cue.token)
        })
        .filter(|cue| cue.token + 40 >= tokens.start && cue.token <= tokens.end + 25)
}

/// Whether a quotation without a cue continues the voice of an earlier one: same paragraph, or a paragraph that opens with the quotation.
fn goes_on(scene: Scene<'_>, earlier: &Statement, quotation: &Quotation) -> bool {
    let paragraph = |offset: usize| {
        scene.document.paragraphs.iter().position(|paragraph| paragraph.span.start <= offset && offset < paragraph.span.end)
    };
    let (Some(before), Some(here)) = (paragraph(earlier.content.start), paragraph(quotation.outer.start)) else { return false };
    let opens = scene.document.paragraphs[here].span.start == quotation.outer.start;
    super::content::begins_clause(scene, quotation.outer.start) && (before == here || before + 1 == here && opens)
}
