//! The dependency trees of a document, laid out for quick walks: children, phrases, prepositions, conjuncts.

use compact_str::CompactString;

use crate::document::{Deprel, Document, Span, Upos};

/// The trees of all sentences of a document. A document without heads gives leaves only.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The document.
    pub document: &'a Document,
    /// Lower-cased lemma of each token, as the lexicons write it.
    pub lemmas: Vec<CompactString>,
    /// Lower-cased form of each token.
    pub forms: Vec<CompactString>,
    starts: Vec<u32>,
    list: Vec<u32>,
    low: Vec<u32>,
    high: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// The trees of `document`. Heads that form a cycle are harmless: walks are bounded.
    pub fn new(document: &'a Document) -> Tree<'a> {
        let count = document.tokens.len();
        let mut starts = vec![0_u32; count + 2];
        for head in document.tokens.iter().filter_map(|token| token.head).filter(|head| *head < count) {
            starts[head + 2] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut list = vec![0_u32; starts[count + 1] as usize];
        for (index, token) in document.tokens.iter().enumerate() {
            if let Some(head) = token.head.filter(|head| *head < count) {
                list[starts[head + 1] as usize] = index as u32;
                starts[head + 1] += 1;
            }
        }
        let mut tree = Tree {
            document,
            lemmas: document.tokens.iter().map(|token| lower(&token.lemma)).collect(),
            forms: document.tokens.iter().map(|token| lower(&token.form)).collect(),
            starts,
            list,
            low: (0..count as u32).collect(),
            high: (0..count as u32).collect(),
        };
        tree.measure();
        tree
    }

    fn measure(&mut self) {
        for index in 0..self.document.tokens.len() {
            let mut at = index;
            for _ in 0..64 {
                let Some(head) = self.document.tokens[at].head.filter(|head| *head < self.low.len()) else { break };
                let grown = self.low[head] > index as u32 || self.high[head] < index as u32;
                self.low[head] = self.low[head].min(index as u32);
                self.high[head] = self.high[head].max(index as u32);
                if !grown && head == at {
                    break;
                }
                at = head;
            }
        }
    }

    /// The children of a token in text order.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let range = self.starts[token] as usize..self.starts[token + 1] as usize;
        self.list[range].iter().map(|&child| child as usize)
    }

    /// The children with one of these relations.
    pub fn dependents<'t>(&'t self, token: usize, relations: &'t [Deprel]) -> impl DoubleEndedIterator<Item = usize> + 't {
        self.children(token).filter(move |&child| relations.contains(&self.document.tokens[child].deprel))
    }

    /// First and one past the last token of the phrase of `token`.
    pub fn phrase(&self, token: usize) -> std::ops::Range<usize> {
        self.low[token] as usize..self.high[token] as usize + 1
    }

    /// Bytes of the phrase of `token`.
    pub fn phrase_span(&self, token: usize) -> Span {
        self.document.span_of(self.phrase(token))
    }

    /// The preposition that marks a noun or clause, as lemmas with spaces ("à", "à cause de"); empty when there is none.
    pub fn preposition(&self, token: usize) -> CompactString {
        let Some(case) = self.dependents(token, &[Deprel::Case]).next() else { return CompactString::default() };
        let mut words = self.lemmas[case].clone();
        for part in self.dependents(case, &[Deprel::Fixed]) {
            words.push(' ');
            words.push_str(&self.lemmas[part]);
        }
        words
    }

    /// The token and what is coordinated with it, in text order.
    pub fn conjuncts(&self, token: usize) -> Vec<usize> {
        let mut all = vec![token];
        let mut at = 0;
        while at < all.len() && all.len() < 24 {
            let next: Vec<usize> = self.dependents(all[at], &[Deprel::Conj]).filter(|&child| self.nominal_like(token, child)).collect();
            all.extend(next);
            at += 1;
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    fn nominal_like(&self, first: usize, second: usize) -> bool {
        let nominal = |token: usize| {
            matches!(self.document.tokens[token].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X | Upos::Adj)
        };
        nominal(first) == nominal(second)
    }

    /// Whether `ancestor` is reached from `token` going up; every token is its own ancestor.
    pub fn is_below(&self, token: usize, ancestor: usize) -> bool {
        self.path_to(token, ancestor).is_some()
    }

    /// The tokens from `token` up to, but without, `ancestor`; empty when they are the same, `None` when it is not reached.
    pub fn path_to(&self, token: usize, ancestor: usize) -> Option<Vec<usize>> {
        let mut path = Vec::new();
        let mut at = token;
        for _ in 0..64 {
            if at == ancestor {
                return Some(path);
            }
            path.push(at);
            at = self.document.tokens[at].head?;
        }
        None
    }

    /// The head of the clause a token stands in: the nearest predicate going up (verb, or what heads a clause).
    pub fn clause(&self, token: usize) -> usize {
        let mut at = token;
        for _ in 0..64 {
            let here = &self.document.tokens[at];
            let heads_clause = matches!(
                here.deprel,
                Deprel::Root
                    | Deprel::Ccomp
                    | Deprel::Xcomp
                    | Deprel::Advcl
                    | Deprel::Acl
                    | Deprel::AclRelcl
                    | Deprel::Csubj
                    | Deprel::Parataxis
            ) || (here.deprel == Deprel::Conj && matches!(here.upos, Upos::Verb | Upos::Aux));
            match here.head {
                Some(head) if !heads_clause => at = head,
                _ => return at,
            }
        }
        at
    }
}

/// The text in lower case with straight apostrophes, as the lexicons write lemmas.
pub fn lower(text: &str) -> CompactString {
    if text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return CompactString::from(text);
    }
    text.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}
