//! The grammatical slots of a trigger: who stands where around a verb or noun, independent of voice, relative clauses, control and coordination.

use selon_data::frames::{Frames, Slot};

use crate::document::{Deprel, Tense, Upos, VerbForm};
use crate::tree::{Tree, lower};

/// Finds the fillers of slots. Answers are tokens: heads of noun phrases, coordinated ones included, in text order.
pub struct Slots<'a> {
    tree: &'a Tree<'a>,
    frames: &'a Frames,
    /// Tokens of the trigger itself: never fillers.
    trigger: &'a [usize],
    /// A verb that is active whatever its auxiliary: a reflexive one (« se sont rassemblés »).
    reflexive: Option<usize>,
}

const SUBJECTS: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjCaus, Deprel::Csubj, Deprel::CsubjPass];
const OBLIQUES: &[Deprel] = &[Deprel::Obl, Deprel::OblArg, Deprel::OblMod, Deprel::OblAgent, Deprel::Nmod, Deprel::Iobj, Deprel::Advcl];

impl<'a> Slots<'a> {
    /// The slots around `trigger`, whose first token is its head.
    pub fn new(tree: &'a Tree<'a>, frames: &'a Frames, trigger: &'a [usize]) -> Slots<'a> {
        Slots { tree, frames, trigger, reflexive: None }
    }

    /// The same slots, with `verb` taken as a reflexive verb, never as a passive.
    pub fn reflexive(mut self, verb: usize) -> Slots<'a> {
        self.reflexive = Some(verb);
        self
    }

    /// The fillers of `slot` around `head`, a verb or a noun.
    pub fn fill(&self, head: usize, slot: &Slot) -> Vec<usize> {
        let mut found = match slot {
            Slot::Subject => self.subject(head),
            Slot::Object => self.object(head),
            Slot::IndirectObject => self.indirect_object(head),
            Slot::Agent => self.agent(head),
            Slot::Of | Slot::OfIfOther => self.genitive(head),
            Slot::Adjective => self.spread(self.tree.dependents(head, &[Deprel::Amod]).collect()),
            Slot::Compound => self.spread(self.tree.dependents(head, &[Deprel::Compound]).collect()),
            Slot::Preposition(name) => {
                let mut own = self.with_preposition(head, |case| case == name);
                own.extend(self.of_participle(head, name));
                own
            }
            Slot::ControlledSubject => self.controlled_subject(head),
            Slot::Location => Vec::new(),
        };
        found.retain(|token| !self.trigger.contains(token));
        found
    }

    fn upos(&self, token: usize) -> Upos {
        self.tree.document.tokens[token].upos
    }

    fn is_verb(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Aux)
    }

    /// Whether the verb is in the passive: by its auxiliary or subject, or as a past participle on a noun.
    pub fn is_passive(&self, verb: usize) -> bool {
        if self.reflexive == Some(verb) {
            return false;
        }
        let token = &self.tree.document.tokens[verb];
        if self.frames.never_passive.iter().any(|lemma| *lemma == token.lemma) {
            return false;
        }
        let marks =
            |relations: &[Deprel]| self.tree.children(verb).any(|child| relations.contains(&self.tree.document.tokens[child].deprel));
        if marks(&[Deprel::AuxPass, Deprel::ExplPass]) {
            return true;
        }
        // A passive subject beside an object and without an auxiliary is a slip of the tagger ("soldiers killed two men").
        if marks(&[Deprel::NsubjPass, Deprel::CsubjPass]) {
            return !marks(&[Deprel::Obj]);
        }
        // An active subject, or an object beside a participle, speaks against the passive ("Kyiv brushed aside the offer").
        if self.tree.dependents(verb, &[Deprel::Nsubj]).next().is_some() {
            return false;
        }
        let past_participle = token.feats.verb_form == VerbForm::Part && token.feats.tense != Tense::Pres;
        match token.deprel {
            Deprel::Acl | Deprel::Amod => {
                let own_object = token.deprel == Deprel::Acl && self.tree.dependents(verb, &[Deprel::Obj]).next().is_some();
                (past_participle && !own_object) || token.upos == Upos::Adj
            }
            Deprel::Conj => {
                let own = self.tree.dependents(verb, SUBJECTS).chain(self.tree.dependents(verb, &[Deprel::Aux])).next();
                past_participle
                    && own.is_none()
                    && token.head.is_some_and(|head| head != verb && self.is_verb(head) && self.is_passive(head))
            }
            _ => {
                let bare = self.tree.dependents(verb, &[Deprel::Aux, Deprel::Obj]).next().is_none();
                token.feats.passive
                    || (past_participle && bare && matches!(token.deprel, Deprel::Root | Deprel::Parataxis | Deprel::Advcl | Deprel::Appos))
            }
        }
    }

    /// The surface subject of a verb, through control, coordination, participles and relative clauses.
    fn surface_subject(&self, verb: usize, depth: usize) -> Vec<usize> {
        if depth > 6 {
            return Vec::new();
        }
        let own: Vec<usize> = self.tree.dependents(verb, SUBJECTS).collect();
        let relative = self.antecedent(verb);
        if !own.is_empty() {
            return own.iter().map(|&subject| self.resolve_relative(subject, relative)).collect();
        }
        let token = &self.tree.document.tokens[verb];
        let Some(head) = token.head else { return Vec::new() };
        match token.deprel {
            Deprel::Conj if self.is_verb(head) => self.surface_subject(head, depth + 1),
            Deprel::Xcomp => {
                let controllers: Vec<usize> = self.tree.dependents(head, &[Deprel::Obj, Deprel::Iobj, Deprel::OblArg]).collect();
                if controllers.is_empty() || self.tree.document.tokens[verb].feats.verb_form != VerbForm::Inf {
                    self.surface_subject(head, depth + 1)
                } else {
                    controllers
                }
            }
            Deprel::Advcl if token.feats.verb_form != VerbForm::Fin && self.is_verb(head) => self.surface_subject(head, depth + 1),
            Deprel::Acl if !self.is_verb(head) => vec![head],
            Deprel::AclRelcl => vec![head],
            Deprel::Amod => vec![head],
            _ => Vec::new(),
        }
    }

    /// The noun a relative clause is about.
    fn antecedent(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..4 {
            let token = &self.tree.document.tokens[at];
            match token.deprel {
                Deprel::AclRelcl => return token.head,
                Deprel::Conj | Deprel::Xcomp => at = token.head?,
                _ => return None,
            }
        }
        None
    }

    fn resolve_relative(&self, token: usize, antecedent: Option<usize>) -> usize {
        let pronoun = &self.tree.document.tokens[token];
        let relative = pronoun.upos == Upos::Pron
            && (pronoun.feats.relative
                || matches!(lower(&pronoun.lemma).as_str(), "qui" | "que" | "lequel" | "dont" | "who" | "which" | "that" | "whom"));
        antecedent.filter(|_| relative).unwrap_or(token)
    }

    /// Adds what is coordinated with each filler, and steps through « une dizaine de » to what is counted.
    fn spread(&self, heads: Vec<usize>) -> Vec<usize> {
        let mut all: Vec<usize> = heads.into_iter().flat_map(|head| self.tree.conjuncts(head)).map(|head| self.through(head)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The noun that a counting or collecting noun is about (« une dizaine de manifestants », "a group of men").
    pub fn through(&self, token: usize) -> usize {
        let mut at = token;
        for _ in 0..3 {
            let lemma = lower(&self.tree.document.tokens[at].lemma);
            if !self.frames.transparent_nouns.iter().any(|noun| *noun == lemma) {
                return at;
            }
            let counted = self
                .tree
                .dependents(at, &[Deprel::Nmod, Deprel::OblArg, Deprel::Obl])
                .find(|&child| matches!(self.tree.preposition(child).as_str(), "de" | "of" | "из"));
            match counted {
                Some(child) => at = child,
                None => return at,
            }
        }
        at
    }

    fn subject(&self, head: usize) -> Vec<usize> {
        if self.is_verb(head) || self.upos(head) == Upos::Adj {
            if self.is_passive(head) {
                return Vec::new();
            }
            if let Some(clitic) = self.inverted_clitic(head) {
                return vec![clitic];
            }
            return self.spread(self.surface_subject(head, 0));
        }
        let copular = self.tree.dependents(head, SUBJECTS).collect::<Vec<_>>();
        if !copular.is_empty() {
            return self.spread(copular);
        }
        self.supported_subject(head)
    }

    /// The pronoun of an inserted clause (« …, a-t-il menacé »), whatever the tree calls the subject; a noun right before it makes it a question
    /// (« La police a-t-elle tiré ? »).
    fn inverted_clitic(&self, verb: usize) -> Option<usize> {
        let tokens = &self.tree.document.tokens;
        let first = self.tree.dependents(verb, &[Deprel::Aux]).next().filter(|&child| child < verb).unwrap_or(verb);
        let clitic = tokens.get(first + 1).filter(|token| token.upos == Upos::Pron && token.form.starts_with('-'))?;
        let inserted = first.checked_sub(1).is_some_and(|before| tokens[before].upos == Upos::Punct);
        (inserted && clitic.feats.person == 3).then_some(first + 1)
    }

    /// The subject of a noun's light verb (« l'armée a mené une attaque »).
    fn supported_subject(&self, noun: usize) -> Vec<usize> {
        let token = &self.tree.document.tokens[noun];
        let Some(verb) = token.head.filter(|&head| self.is_verb(head)) else { return Vec::new() };
        let light = self.frames.light_verbs.iter().any(|lemma| *lemma == lower(&self.tree.document.tokens[verb].lemma));
        match token.deprel {
            Deprel::Obj if light => self.spread(self.surface_subject(verb, 0)),
            Deprel::NsubjPass if light => self.agent(verb),
            _ => Vec::new(),
        }
    }

    fn object(&self, head: usize) -> Vec<usize> {
        if self.is_passive(head) {
            return self.spread(self.surface_subject(head, 0));
        }
        let relative = self.antecedent(head);
        let mut own: Vec<usize> = self
            .tree
            .dependents(head, &[Deprel::Obj])
            .filter(|&object| !self.is_reflexive_clitic(object))
            .map(|object| self.resolve_relative(object, relative))
            .collect();
        if own.is_empty() {
            own = self.shared_object(head);
        }
        self.spread(own)
    }

    /// The object of the last of several coordinated verbs is the object of all (« ont arrêté puis battu les étudiants »).
    fn shared_object(&self, verb: usize) -> Vec<usize> {
        let last = self.tree.dependents(verb, &[Deprel::Conj]).rfind(|&child| self.is_verb(child));
        let Some(last) = last else { return Vec::new() };
        let adjacent = last.saturating_sub(verb) <= 4;
        let own_complement = self.tree.dependents(verb, &[Deprel::Obl, Deprel::OblArg, Deprel::Xcomp, Deprel::Ccomp]).next().is_some();
        if adjacent && !own_complement { self.tree.dependents(last, &[Deprel::Obj]).collect() } else { Vec::new() }
    }

    fn is_reflexive_clitic(&self, token: usize) -> bool {
        let pronoun = &self.tree.document.tokens[token];
        pronoun.upos == Upos::Pron && (pronoun.feats.reflexive || pronoun.lemma == "se")
    }

    fn indirect_object(&self, head: usize) -> Vec<usize> {
        let mut own: Vec<usize> = self.tree.dependents(head, &[Deprel::Iobj]).filter(|&token| !self.is_reflexive_clitic(token)).collect();
        own.extend(
            self.tree
                .dependents(head, &[Deprel::OblArg, Deprel::Obl])
                .filter(|&child| matches!(self.tree.preposition(child).as_str(), "à" | "to" | "a")),
        );
        self.spread(own)
    }

    fn agent(&self, head: usize) -> Vec<usize> {
        let direct: Vec<usize> = self.tree.dependents(head, &[Deprel::OblAgent]).collect();
        if !direct.is_empty() {
            return self.spread(direct);
        }
        self.with_preposition(head, |case| matches!(case, "par" | "by" | "por" | "de la part de" | "at the hands of"))
    }

    fn genitive(&self, head: usize) -> Vec<usize> {
        let mut own: Vec<usize> = self.tree.dependents(head, &[Deprel::NmodPoss]).collect();
        own.extend(self.tree.dependents(head, &[Deprel::Det]).filter(|&child| self.tree.document.tokens[child].feats.possessive));
        own.extend(
            self.tree
                .dependents(head, &[Deprel::Nmod, Deprel::Obl, Deprel::OblArg])
                .filter(|&child| matches!(self.tree.preposition(child).as_str(), "de" | "of" | "'s" | "")),
        );
        self.spread(own)
    }

    fn with_preposition(&self, head: usize, wanted: impl Fn(&str) -> bool) -> Vec<usize> {
        let below = |token: usize| self.tree.dependents(token, OBLIQUES).filter(|&child| wanted(&self.tree.preposition(child)));
        let mut own: Vec<usize> = below(head).collect();
        if own.is_empty()
            && let Some(verb) = self.supporting_verb(head)
        {
            own = below(verb).collect();
        }
        self.spread(own)
    }

    /// The verb whose complements may be a noun's own: one that supports it, or one that says that it happens (« des heurts ont éclaté entre … »).
    fn supporting_verb(&self, noun: usize) -> Option<usize> {
        let token = &self.tree.document.tokens[noun];
        let verb = token.head.filter(|&head| matches!(token.upos, Upos::Noun) && self.is_verb(head))?;
        let light = self.frames.light_verbs.iter().any(|lemma| *lemma == lower(&self.tree.document.tokens[verb].lemma));
        let no_object = self.tree.dependents(verb, &[Deprel::Obj]).next().is_none();
        match token.deprel {
            Deprel::Obj | Deprel::NsubjPass if light => Some(verb),
            Deprel::Nsubj if no_object => Some(verb),
            _ => None,
        }
    }

    /// The objects of a participle that does a preposition's work (« une attaque visant un convoi », "a raid targeting militants").
    fn of_participle(&self, head: usize, form: &str) -> Vec<usize> {
        let participles = self.tree.dependents(head, &[Deprel::Acl]).filter(|&child| lower(&self.tree.document.tokens[child].form) == form);
        self.spread(participles.flat_map(|child| self.tree.dependents(child, &[Deprel::Obj])).collect())
    }

    fn controlled_subject(&self, head: usize) -> Vec<usize> {
        self.spread(self.tree.dependents(head, &[Deprel::Obj, Deprel::Iobj, Deprel::OblArg]).collect())
    }
}
