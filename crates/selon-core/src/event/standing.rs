//! The standing of an event: done, planned, ordered, denied, only possible, over long ago, still going on.
//!
//! Words come from `modality.tsv`; tense and mood from the tagger. Factuality is FactBank's (Saurí and Pustejovsky, 2009).

use selon_data::reporting::Modality;

use super::{Cue, Event, Scene};
use crate::document::{Deprel, Mood, Span, Tense, Upos, VerbForm};
use crate::matcher;
use crate::tree::lower;

/// PLOVER's auxiliary modes, with `ongoing` and `ordered`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Auxiliary {
    /// Over more than 90 days before publication.
    Historical,
    /// Expected or planned.
    Future,
    /// Under a condition.
    Hypothetical,
    /// Told as not having happened.
    Negation,
    /// Still holding at publication.
    Ongoing,
    /// Ordered; the execution is not itself reported.
    Ordered,
}

impl Auxiliary {
    /// The value of that name.
    pub fn parse(name: &str) -> Option<Auxiliary> {
        Some(match name {
            "historical" => Auxiliary::Historical,
            "future" => Auxiliary::Future,
            "hypothetical" => Auxiliary::Hypothetical,
            "negation" => Auxiliary::Negation,
            "ongoing" => Auxiliary::Ongoing,
            "ordered" => Auxiliary::Ordered,
            _ => return None,
        })
    }

    /// The name in RECORD.
    pub fn as_str(self) -> &'static str {
        match self {
            Auxiliary::Historical => "historical",
            Auxiliary::Future => "future",
            Auxiliary::Hypothetical => "hypothetical",
            Auxiliary::Negation => "negation",
            Auxiliary::Ongoing => "ongoing",
            Auxiliary::Ordered => "ordered",
        }
    }
}

/// FactBank's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Factuality {
    /// CT+: certain.
    #[default]
    CertainPositive,
    /// PR+: probable.
    ProbablePositive,
    /// PS+: possible.
    PossiblePositive,
    /// CT-: certainly not.
    CertainNegative,
    /// PR-: probably not.
    ProbableNegative,
    /// PS-: possibly not.
    PossibleNegative,
    /// Uu: not said.
    Unknown,
}

impl Factuality {
    /// The name in RECORD.
    pub fn as_str(self) -> &'static str {
        match self {
            Factuality::CertainPositive => "CT+",
            Factuality::ProbablePositive => "PR+",
            Factuality::PossiblePositive => "PS+",
            Factuality::CertainNegative => "CT-",
            Factuality::ProbableNegative => "PR-",
            Factuality::PossibleNegative => "PS-",
            Factuality::Unknown => "Uu",
        }
    }

    /// The value of that name.
    pub fn parse(name: &str) -> Option<Factuality> {
        Some(match name {
            "CT+" => Factuality::CertainPositive,
            "PR+" => Factuality::ProbablePositive,
            "PS+" => Factuality::PossiblePositive,
            "CT-" => Factuality::CertainNegative,
            "PR-" => Factuality::ProbableNegative,
            "PS-" => Factuality::PossibleNegative,
            "Uu" => Factuality::Unknown,
            _ => return None,
        })
    }

    /// Whether it says that the event did not happen.
    pub fn is_negative(self) -> bool {
        matches!(self, Factuality::CertainNegative | Factuality::ProbableNegative | Factuality::PossibleNegative)
    }

    /// The same certainty of the opposite.
    pub fn negated(self) -> Factuality {
        match self {
            Factuality::CertainPositive => Factuality::CertainNegative,
            Factuality::ProbablePositive => Factuality::ProbableNegative,
            Factuality::PossiblePositive => Factuality::PossibleNegative,
            Factuality::CertainNegative => Factuality::CertainPositive,
            Factuality::ProbableNegative => Factuality::ProbablePositive,
            Factuality::PossibleNegative => Factuality::PossiblePositive,
            Factuality::Unknown => Factuality::Unknown,
        }
    }
}

impl Event {
    /// Adds an auxiliary with the words behind it.
    pub fn add_auxiliary(&mut self, auxiliary: Auxiliary, span: Option<Span>) {
        if !self.auxiliary.contains(&auxiliary) {
            self.auxiliary.push(auxiliary);
            self.auxiliary.sort_unstable();
            if let Some(span) = span {
                self.cues.push(Cue { field: "auxiliary", value: auxiliary.as_str().into(), span });
            }
        }
    }

    /// Sets the factuality with the words behind it.
    pub fn set_factuality(&mut self, factuality: Factuality, span: Option<Span>) {
        if self.factuality != factuality {
            self.factuality = factuality;
            if let Some(span) = span {
                self.cues.push(Cue { field: "factuality", value: factuality.as_str().into(), span });
            }
        }
    }
}

/// A word of `modality.tsv` in the text.
pub struct Marker<'a> {
    entry: &'a Modality,
    token: usize,
    span: Span,
}

/// Events whose future is only an undertaking (CODING rule 10).
const UNDERTAKINGS: &[&str] = &["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"];

/// Gives an event its standing; `None` when the words only fear it, or speak of it in a way that reports nothing.
pub fn judge(scene: Scene<'_>, markers: &[Marker<'_>], mut event: Event) -> Option<Event> {
    for marker in bearing_on(scene, &event, markers) {
        if marker.entry.effect == "feared" {
            return None;
        }
        apply(&mut event, marker);
    }
    apply_tense(scene, &mut event);
    if event.auxiliary.contains(&Auxiliary::Negation) && !event.factuality.is_negative() {
        event.factuality = event.factuality.negated();
        if !event.factuality.is_negative() {
            event.factuality = Factuality::CertainNegative;
        }
    }
    if event.auxiliary.contains(&Auxiliary::Future) && !event.auxiliary.contains(&Auxiliary::Negation) {
        announce(&mut event);
    }
    Some(event)
}

/// Every word of `modality.tsv` in the document, in text order.
pub fn markers<'a>(scene: Scene<'a>) -> Vec<Marker<'a>> {
    let mut found = Vec::new();
    for token in 0..scene.document.tokens.len() {
        for number in matcher::starting_at(scene.tree, &scene.language.modality_index, token) {
            let entry = &scene.language.modality[number];
            if let Some(covered) = matcher::match_at(scene.tree, token, &entry.pattern) {
                let span = scene.document.tokens[covered[0]].span.join(scene.document.tokens[covered[covered.len() - 1]].span);
                found.push(Marker { entry, token, span });
            }
        }
    }
    found
}

/// The markers whose scope holds the event.
fn bearing_on<'m, 'a>(scene: Scene<'a>, event: &Event, markers: &'m [Marker<'a>]) -> Vec<&'m Marker<'a>> {
    let sentence = scene.document.sentences[scene.document.sentence_of[event.anchor]].tokens.clone();
    let first = markers.partition_point(|marker| marker.token < sentence.start);
    let inside = markers[first..].iter().take_while(|marker| marker.token < sentence.end);
    inside
        .filter(|marker| !event.tokens.contains(&marker.token) && marker.token != event.anchor)
        .filter(|marker| in_scope(scene, event, marker.token, marker.entry))
        .filter(|marker| !(matches!(marker.entry.effect.as_str(), "planned" | "future") && is_perfect_infinitive(scene, event.anchor)))
        .collect()
}

/// « A annoncé avoir tué », "claims to have killed": done before it is told.
fn is_perfect_infinitive(scene: Scene<'_>, token: usize) -> bool {
    let infinitive = |child: usize| scene.document.tokens[child].feats.verb_form == VerbForm::Inf;
    scene.document.tokens[token].feats.verb_form == VerbForm::Part && scene.tree.dependents(token, &[Deprel::Aux]).any(infinitive)
}

/// The words of an event that a marker may hang on: its anchor and head, and the light verb or verb of happening above a noun.
fn hosts(scene: Scene<'_>, event: &Event) -> Vec<usize> {
    let mut hosts = vec![event.anchor, event.head];
    let anchor = &scene.document.tokens[event.anchor];
    if let Some(above) = anchor.head.filter(|_| matches!(anchor.upos, Upos::Noun | Upos::Propn)) {
        let verb = &scene.document.tokens[above];
        let light = scene.language.frames.light_verbs.iter().any(|lemma| *lemma == lower(&verb.lemma));
        let core = matches!(anchor.deprel, Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass);
        if core && light || matches!(anchor.deprel, Deprel::Nsubj | Deprel::NsubjPass) && happens(&lower(&verb.lemma)) {
            hosts.push(above);
        }
    }
    if anchor.deprel == Deprel::Conj
        && let Some(first) = anchor.head
        && matches!(scene.document.tokens[first].upos, Upos::Noun | Upos::Verb)
        && scene.document.tokens[first].upos == anchor.upos
        && anchor.upos == Upos::Noun
        && let Some(above) = scene.document.tokens[first].head
        && matches!(scene.document.tokens[first].deprel, Deprel::Obj | Deprel::Nsubj)
    {
        hosts.push(above);
    }
    hosts
}

fn happens(lemma: &str) -> bool {
    matches!(
        lemma,
        "avoir"
            | "être"
            | "be"
            | "have"
            | "occur"
            | "happen"
            | "produire"
            | "survenir"
            | "éclater"
            | "continuer"
            | "cesser"
            | "haber"
            | "быть"
            | "take"
    )
}

fn in_scope(scene: Scene<'_>, event: &Event, marker: usize, entry: &Modality) -> bool {
    let tokens = &scene.document.tokens;
    let hosts = hosts(scene, event);
    let own = entry.scope.iter().any(|scope| scope == "self");
    if own {
        let head = tokens[marker].head;
        // A conjunction opens a clause: everything in it is in scope; other words only touch what they hang on.
        if tokens[marker].deprel == Deprel::Mark || tokens[marker].upos == Upos::Sconj {
            return head.is_some_and(|clause| scene.tree.path_to(event.anchor, clause).is_some_and(|path| !crosses_report(scene, &path)));
        }
        if head.is_some_and(|head| hosts.contains(&head)) {
            return true;
        }
        // « n'a tué aucun civil »: the negative word before a side of the host.
        if entry.effect == "negation" && tokens[marker].deprel == Deprel::Det && head.is_some_and(|side| is_side(scene, side, &hosts)) {
            return true;
        }
        // « n'a pas [pu] être tué »: the auxiliary of the host.
        if head.is_some_and(|head| {
            tokens[head].head.is_some_and(|above| hosts.contains(&above))
                && matches!(tokens[head].deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Det)
        }) {
            return true;
        }
    }
    hosts.iter().any(|&host| {
        let Some(path) = scene.tree.path_to(host, marker) else { return false };
        let Some(&top) = path.last() else { return false };
        let relation = tokens[top].deprel;
        let wanted = entry.scope.iter().any(|scope| relation_fits(scope, relation));
        wanted && !crosses_report(scene, &path[..path.len() - 1])
    })
}

/// Whether a word is the subject or object of one of the hosts.
fn is_side(scene: Scene<'_>, word: usize, hosts: &[usize]) -> bool {
    let token = &scene.document.tokens[word];
    matches!(token.deprel, Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass) && token.head.is_some_and(|above| hosts.contains(&above))
}

fn relation_fits(scope: &str, relation: Deprel) -> bool {
    match scope {
        "obj" => matches!(relation, Deprel::Obj | Deprel::NsubjPass),
        "subj" | "nsubj" => matches!(relation, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj),
        "nmod" => matches!(relation, Deprel::Nmod | Deprel::Acl),
        "obl" => matches!(relation, Deprel::Obl | Deprel::OblArg),
        "acl" => matches!(relation, Deprel::Acl | Deprel::AclRelcl),
        scope => relation.as_str() == scope || relation.as_str().split(':').next() == Some(scope),
    }
}

/// Whether the way up leaves a relative clause or a clause of its own tense: what stands above no longer bears on the event.
fn crosses_report(scene: Scene<'_>, path: &[usize]) -> bool {
    path.iter().any(|&step| {
        let token = &scene.document.tokens[step];
        matches!(token.deprel, Deprel::AclRelcl | Deprel::Parataxis)
            || (token.deprel == Deprel::Ccomp && token.feats.verb_form == VerbForm::Fin)
    })
}

fn apply(event: &mut Event, marker: &Marker<'_>) {
    let span = Some(marker.span);
    match marker.entry.effect.as_str() {
        "negation" | "prevented" => event.add_auxiliary(Auxiliary::Negation, span),
        "future" | "planned" => {
            event.add_auxiliary(Auxiliary::Future, span);
            event.set_factuality(Factuality::ProbablePositive, span);
        }
        "hypothetical" => {
            event.add_auxiliary(Auxiliary::Hypothetical, span);
            event.set_factuality(Factuality::Unknown, span);
        }
        "possible" => event.set_factuality(Factuality::PossiblePositive, span),
        "called" => {
            event.add_auxiliary(Auxiliary::Future, span);
            event.set_factuality(Factuality::Unknown, span);
        }
        "ordered" => {
            event.add_auxiliary(Auxiliary::Ordered, span);
            event.set_factuality(Factuality::Unknown, span);
        }
        "ongoing" => event.add_auxiliary(Auxiliary::Ongoing, span),
        "historical" => event.add_auxiliary(Auxiliary::Historical, span),
        _ => {}
    }
    if let Some(value) = Factuality::parse(&marker.entry.factuality) {
        event.set_factuality(value, span);
    }
}

/// Future tense and hearsay conditional of the event's verb or its auxiliary.
fn apply_tense(scene: Scene<'_>, event: &mut Event) {
    for host in hosts(scene, event) {
        let auxiliaries = scene.tree.dependents(host, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]);
        for token in std::iter::once(host).chain(auxiliaries) {
            let here = &scene.document.tokens[token];
            if here.feats.verb_form != VerbForm::Fin {
                continue;
            }
            if here.feats.tense == Tense::Fut && here.feats.mood != Mood::Cnd {
                event.add_auxiliary(Auxiliary::Future, Some(here.span));
                event.set_factuality(Factuality::ProbablePositive, Some(here.span));
            } else if here.feats.mood == Mood::Cnd && event.factuality == Factuality::CertainPositive {
                let past = scene.document.tokens[host].feats.verb_form == VerbForm::Part;
                if is_reported(scene, host) && !past {
                    event.add_auxiliary(Auxiliary::Future, Some(here.span));
                }
                event.set_factuality(Factuality::ProbablePositive, Some(here.span));
            }
        }
    }
}

/// Whether the clause is the content of a verb (« a annoncé qu'il démissionnerait »: future in the past).
fn is_reported(scene: Scene<'_>, token: usize) -> bool {
    matches!(scene.document.tokens[scene.tree.clause(token)].deprel, Deprel::Ccomp)
}

/// CODING rule 10: future AGREE, CONSULT, SUPPORT, COOPERATE and AID is AGREE; an announced resignation, withdrawal, truce or lifting is CONCEDE.
fn announce(event: &mut Event) {
    let undertaking = UNDERTAKINGS.contains(&event.event.as_str());
    if undertaking {
        event.event = "AGREE".into();
        event.mode.clear();
    } else if event.event == "RETREAT" || event.event == "CONCEDE" {
        event.event = "CONCEDE".into();
        event.mode.clear();
    } else {
        return;
    }
    event.auxiliary.retain(|auxiliary| *auxiliary != Auxiliary::Future);
    if event.factuality == Factuality::ProbablePositive {
        event.factuality = Factuality::CertainPositive;
    }
    event.cues.retain(|cue| !(cue.value == "future" || cue.field == "factuality"));
}
