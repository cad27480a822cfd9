//! The article cut into paragraphs, sentences and tokens, as Universal Dependencies sees them.
//!
//! Input of everything after `segment`; `segment` fills the layout, `tag` fills lemma to name. Neighbours: `article` before, `entity` after.

use std::ops::Range;

use compact_str::CompactString;

use crate::language::Language;

/// A half-open range of bytes into the UTF-8 text of the article, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never below `start`.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }

    /// The words under the span; empty when the span does not lie on character boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? } else $default:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name in the standard.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of that name; an unknown name falls back to the vocabulary's catch-all.
            pub fn parse(name: &str) -> $name {
                match name { $($text => $name::$variant,)+ _ => $name::$default }
            }
        }

        impl Default for $name {
            fn default() -> Self { $name::$default }
        }
    };
}

vocabulary! {
    /// Universal part of speech (UD 2).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    } else X
}

vocabulary! {
    /// Universal dependency relation (UD 2), with the subtypes the rules read. Subtypes without a variant fall back to [`Deprel::parse_base`].
    Deprel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux",
        AuxPass = "aux:pass", AuxCaus = "aux:caus", Case = "case", Cc = "cc", Ccomp = "ccomp", Clf = "clf", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjPass = "csubj:pass", Dep = "dep", Det = "det", Discourse = "discourse", Dislocated = "dislocated",
        Expl = "expl", ExplPass = "expl:pass", ExplPv = "expl:pv", ExplSubj = "expl:subj", Fixed = "fixed", Flat = "flat", FlatName = "flat:name",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodPoss = "nmod:poss", Nsubj = "nsubj",
        NsubjPass = "nsubj:pass", NsubjCaus = "nsubj:caus", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent", OblArg = "obl:arg", OblMod = "obl:mod",
        Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    } else Dep
}

impl Deprel {
    /// The relation of that name; an unknown subtype becomes its base relation ("obl:tmod" → obl), an unknown base `dep`.
    pub fn parse_base(name: &str) -> Deprel {
        match Deprel::parse(name) {
            Deprel::Dep => Deprel::parse(name.split(':').next().unwrap_or("dep")),
            known => known,
        }
    }
}

vocabulary! {
    /// UD `VerbForm`.
    VerbForm { Fin = "Fin", Inf = "Inf", Part = "Part", Ger = "Ger", Conv = "Conv", Other = "" } else Other
}
vocabulary! {
    /// UD `Mood`: indicative, conditional, imperative, subjunctive.
    Mood { Ind = "Ind", Cnd = "Cnd", Imp = "Imp", Sub = "Sub", Other = "" } else Other
}
vocabulary! {
    /// UD `Tense`.
    Tense { Pres = "Pres", Past = "Past", Imperfect = "Imp", Fut = "Fut", Pqp = "Pqp", Other = "" } else Other
}
vocabulary! {
    /// UD `Gender`.
    Gender { Masc = "Masc", Fem = "Fem", Neut = "Neut", Other = "" } else Other
}
vocabulary! {
    /// UD `Number`.
    Number { Sing = "Sing", Plur = "Plur", Dual = "Dual", Other = "" } else Other
}

/// The morphological features that the rules read (a subset of UD's); a feature without a value is its `Other` or false.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Feats {
    /// `VerbForm`.
    pub verb_form: VerbForm,
    /// `Mood`.
    pub mood: Mood,
    /// `Tense`.
    pub tense: Tense,
    /// `Gender`.
    pub gender: Gender,
    /// `Number`.
    pub number: Number,
    /// `Person`, 1 to 3; 0 when there is none.
    pub person: u8,
    /// `Voice=Pass`.
    pub passive: bool,
    /// `Polarity=Neg`.
    pub negative: bool,
    /// `Reflex=Yes`.
    pub reflexive: bool,
    /// `PronType=Rel`.
    pub relative: bool,
    /// `Poss=Yes`.
    pub possessive: bool,
}

impl Feats {
    /// The features of a CoNLL-U FEATS column ("Gender=Masc|Number=Sing"); unknown ones are left out.
    pub fn parse(column: &str) -> Feats {
        let mut feats = Feats::default();
        for (name, value) in column.split('|').filter_map(|pair| pair.split_once('=')) {
            match name {
                "VerbForm" => feats.verb_form = VerbForm::parse(value),
                "Mood" => feats.mood = Mood::parse(value),
                "Tense" => feats.tense = Tense::parse(value),
                "Gender" => feats.gender = Gender::parse(value),
                "Number" => feats.number = Number::parse(value),
                "Person" => feats.person = value.parse().unwrap_or(0),
                "Voice" => feats.passive = value == "Pass",
                "Polarity" => feats.negative = value == "Neg",
                "Reflex" => feats.reflexive = value == "Yes",
                "PronType" => feats.relative = value.split(',').any(|kind| kind == "Rel"),
                "Poss" => feats.possessive = value == "Yes",
                _ => {}
            }
        }
        feats
    }
}

vocabulary! {
    /// The kind of a proper name that a token belongs to.
    NameKind { Per = "PER", Org = "ORG", Loc = "LOC", None = "O" } else None
}

/// One syntactic word. Words split from one written form (« du » → de + le) share its span.
#[derive(Clone, Debug, Default)]
pub struct Token {
    /// Bytes of the written form in the article.
    pub span: Span,
    /// The syntactic word as written or expanded ("de" of « du »); apostrophes straightened, case kept.
    pub form: CompactString,
    /// True lemma in lower case except for names; before `tag`, the lower-cased form.
    pub lemma: CompactString,
    /// Part of speech; `X` before `tag`.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
    /// Index of the head among the tokens of the document (not of the sentence); `None` for the root and for languages without a model.
    pub head: Option<usize>,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Kind of name the token is part of.
    pub name: NameKind,
    /// Whether the token begins a name (BIO's B); false outside names.
    pub name_start: bool,
    /// Whether white space or the end of the text follows.
    pub space_after: bool,
}

/// One sentence. Sentences do not overlap, are in the order of the text and never cross a paragraph.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Bytes from the first to the last token.
    pub span: Span,
    /// Its tokens, indices into [`Document::tokens`]; never empty.
    pub tokens: Range<usize>,
    /// Index of its paragraph.
    pub paragraph: usize,
}

vocabulary! {
    /// What a paragraph is in the layout of the article.
    ParagraphKind {
        Body = "body", Headline = "headline", Ticker = "ticker", Insert = "insert", Byline = "byline",
    } else Body
}

/// One paragraph: a run of text between line ends.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Bytes without surrounding white space; never empty.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
    /// A dateline or ticker stamp at its start ("ALMATY, Jan 7 —", « 18h40 | »), if any.
    pub stamp: Option<Span>,
}

/// A quotation between marks. May be nested, may run over several sentences and paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Bytes with the marks.
    pub outer: Span,
    /// Bytes between the marks, trimmed of spaces.
    pub inner: Span,
    /// Depth of nesting, 0 outermost.
    pub depth: u8,
}

/// The article after `segment` and `tag`.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text, unchanged.
    pub text: String,
    /// Language of the article.
    pub language: Language,
    /// Paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Tokens in order.
    pub tokens: Vec<Token>,
    /// Quotations ordered by start.
    pub quotations: Vec<Quotation>,
    /// Whether heads and tags come from a model; false for languages without one.
    pub tagged: bool,
    /// For each token, the index of its sentence.
    pub sentence_of: Vec<usize>,
}

impl Document {
    /// The words under a span.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Index of the first token that overlaps the span, if any.
    pub fn token_at(&self, span: Span) -> Option<usize> {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        (first < self.tokens.len() && self.tokens[first].span.overlaps(span)).then_some(first)
    }

    /// Indices of all tokens inside the span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.start < span.start);
        let last = self.tokens.partition_point(|token| token.span.end <= span.end);
        first..last.max(first)
    }

    /// The children of a token in the tree, in text order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.sentence_of.get(token).map_or(0..0, |&index| self.sentences[index].tokens.clone());
        sentence.filter(move |&child| self.tokens[child].head == Some(token))
    }

    /// Tokens from the first to the last descendant of `token`, itself included: its phrase.
    pub fn subtree(&self, token: usize) -> Range<usize> {
        let (mut low, mut high) = (token, token);
        let sentence = self.sentence_of.get(token).map_or(0..0, |&index| self.sentences[index].tokens.clone());
        for other in sentence {
            if self.is_descendant(other, token) {
                low = low.min(other);
                high = high.max(other);
            }
        }
        low..high + 1
    }

    /// Whether `ancestor` is reached from `token` by going up the tree (a token is its own descendant).
    pub fn is_descendant(&self, token: usize, ancestor: usize) -> bool {
        let mut at = token;
        for _ in 0..256 {
            if at == ancestor {
                return true;
            }
            match self.tokens[at].head {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// Bytes from the first to the last token of a range.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }
}
