//! The time of an event: stated in its clause, else in its sentence, else carried over by the paragraph.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::document::{Deprel, ParagraphKind};
use crate::event::{Auxiliary, Event, Scene};
use crate::time::Timex;

/// Days before publication after which an event is `historical`.
const HISTORICAL_DAYS: i64 = 90;

/// The time of each event: an index into `timexes`.
pub fn times(scene: Scene<'_>, timexes: &[Timex], events: &[Event]) -> Vec<Option<usize>> {
    let dated: Vec<(usize, usize)> = timexes
        .iter()
        .enumerate()
        .filter(|(_, timex)| !matches!(timex.kind, "DURATION" | "SET"))
        .filter_map(|(index, timex)| scene.document.token_at(timex.span).map(|token| (index, token)))
        .collect();
    let mut found: Vec<Option<usize>> = Vec::with_capacity(events.len());
    for event in events {
        let own = in_clause(scene, &dated, event).or_else(|| in_sentence(scene, &dated, event));
        found.push(own.or_else(|| carried_over(scene, &dated, timexes, event)));
    }
    found
}

/// The nearest time that hangs below the event or its clause without a verb of its own in between.
fn in_clause(scene: Scene<'_>, dated: &[(usize, usize)], event: &Event) -> Option<usize> {
    let below = |ancestor: usize| {
        dated
            .iter()
            .filter(|&&(_, token)| {
                scene.tree.path_to(token, ancestor).is_some_and(|path| {
                    !path.iter().any(|&step| {
                        matches!(
                            scene.document.tokens[step].deprel,
                            Deprel::AclRelcl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj | Deprel::Acl | Deprel::Advcl
                        )
                    })
                })
            })
            .min_by_key(|&&(_, token)| token.abs_diff(event.head))
            .map(|&(index, _)| index)
    };
    below(event.anchor).or_else(|| below(scene.tree.clause(event.anchor))).or_else(|| {
        // A participle or infinitive shares the time of the clause above it.
        let clause = scene.tree.clause(event.anchor);
        let token = &scene.document.tokens[clause];
        let dependent = matches!(token.deprel, Deprel::Xcomp | Deprel::Acl | Deprel::Advcl | Deprel::Conj);
        token.head.filter(|_| dependent).and_then(|head| below(scene.tree.clause(head)))
    })
}

/// The only time of the sentence, if there is just one.
fn in_sentence(scene: Scene<'_>, dated: &[(usize, usize)], event: &Event) -> Option<usize> {
    let sentence = scene.document.sentence_of[event.anchor];
    let mut inside = dated.iter().filter(|&&(_, token)| scene.document.sentence_of[token] == sentence);
    let first = inside.next()?;
    inside.next().is_none().then_some(first.0)
}

/// The last time before the event in its paragraph; in a ticker, the stamp of the entry.
fn carried_over(scene: Scene<'_>, dated: &[(usize, usize)], timexes: &[Timex], event: &Event) -> Option<usize> {
    let sentence = scene.document.sentence_of[event.anchor];
    let paragraph = scene.document.sentences[sentence].paragraph;
    let span = scene.document.paragraphs.get(paragraph)?.span;
    let ticker = scene.document.paragraphs[paragraph].kind == ParagraphKind::Ticker;
    let start = scene.document.sentences[sentence].span.start;
    let before = dated.iter().rev().find(|&&(index, _)| {
        let timex = &timexes[index];
        span.contains(timex.span) && timex.span.start < start && timex.from.is_some()
    });
    before.filter(|_| !ticker || !event.is_speech_act()).map(|&(index, _)| index)
}

/// Works the time into the event's standing.
pub fn mark(event: &mut Event, timex: Option<&Timex>, published: Option<Date>) {
    let (Some(timex), Some(published)) = (timex, published) else { return };
    if let Some(to) = timex.to.or(timex.from) {
        let limit = published.checked_sub(HISTORICAL_DAYS.days()).unwrap_or(published);
        if to < limit {
            event.add_auxiliary(Auxiliary::Historical, Some(timex.span));
        } else {
            event.auxiliary.retain(|auxiliary| *auxiliary != Auxiliary::Historical);
        }
    }
}
