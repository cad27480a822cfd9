//! A treebank file, or a tagged document, as words with places in the text without white space.

use std::ops::Range;
use std::process::Command;

use anyhow::{Context, Result};
use selon_core::document::Document;

/// One syntactic word.
#[derive(Clone, Debug)]
pub struct Word {
    /// Characters, white space not counted, of the written token.
    pub span: Range<usize>,
    /// Whether the written token has several words.
    pub multi: bool,
    /// The form.
    pub form: String,
    /// The lemma.
    pub lemma: String,
    /// Part of speech.
    pub upos: String,
    /// Head among all words; `None` for a root.
    pub head: Option<usize>,
    /// Relation without subtype.
    pub deprel: String,
}

/// All of a file.
#[derive(Debug, Default)]
pub struct Bank {
    /// The raw text.
    pub text: String,
    /// Words in order.
    pub words: Vec<Word>,
    /// Written tokens.
    pub tokens: Vec<Range<usize>>,
    /// Sentences.
    pub sentences: Vec<Range<usize>>,
}

/// Reads a CoNLL-U file (through `xz` if its name ends so) from sentence `first` on. Paragraphs of the text are parted by empty lines.
pub fn read(path: &str, first: usize) -> Result<Bank> {
    let content = if path.ends_with(".xz") {
        let output = Command::new("xz").args(["-dc", path]).output().context("running xz")?;
        String::from_utf8(output.stdout).context("the file is UTF-8")?
    } else {
        std::fs::read_to_string(path).with_context(|| path.to_owned())?
    };
    let mut bank = Bank::default();
    let mut at = 0;
    for block in content.split("\n\n").filter(|block| !block.trim().is_empty()).skip(first) {
        add_sentence(&mut bank, block, &mut at);
    }
    Ok(bank)
}

fn add_sentence(bank: &mut Bank, block: &str, at: &mut usize) {
    let (from, start) = (*at, bank.words.len());
    if !bank.text.is_empty() && block.lines().any(|line| line.starts_with("# newpar") || line.starts_with("# newdoc")) {
        bank.text.push_str("\n\n");
    }
    let mut multi: Option<(usize, Range<usize>)> = None;
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 10 || columns[0].contains('.') {
            continue;
        }
        let inside = multi.as_ref().is_some_and(|(last, _)| columns[0].parse::<usize>().is_ok_and(|id| id <= *last));
        if !inside {
            let size = columns[1].chars().filter(|c| !c.is_whitespace()).count();
            bank.tokens.push(*at..*at + size);
            *at += size;
            bank.text.push_str(columns[1]);
            if !columns[9].split('|').any(|item| item == "SpaceAfter=No") {
                bank.text.push(' ');
            }
        }
        if let Some((_, last)) = columns[0].split_once('-') {
            multi = Some((last.parse().unwrap_or(0), bank.tokens.last().cloned().unwrap_or_default()));
            continue;
        }
        let span = if inside { multi.as_ref().map(|(_, span)| span.clone()) } else { bank.tokens.last().cloned() };
        let head: usize = columns[6].parse().unwrap_or(0);
        bank.words.push(Word {
            span: span.unwrap_or_default(),
            multi: inside,
            form: columns[1].to_owned(),
            lemma: columns[2].to_owned(),
            upos: columns[3].to_owned(),
            head: head.checked_sub(1).map(|head| head + start),
            deprel: columns[7].split(':').next().unwrap_or("").to_owned(),
        });
    }
    bank.sentences.push(from..*at);
}

/// The same of a tagged document.
pub fn from_document(document: &Document) -> Bank {
    let mut place = vec![0; document.text.len() + 1];
    let mut count = 0;
    for (at, c) in document.text.char_indices() {
        place[at] = count;
        count += usize::from(!c.is_whitespace());
        place[at + c.len_utf8()] = count;
    }
    let mut bank = Bank::default();
    let spans: Vec<Range<usize>> = document.tokens.iter().map(|token| place[token.span.start]..place[token.span.end]).collect();
    for (index, token) in document.tokens.iter().enumerate() {
        let same = |other: Option<&Range<usize>>| other == Some(&spans[index]);
        let multi = same(index.checked_sub(1).and_then(|before| spans.get(before))) || same(spans.get(index + 1));
        if bank.tokens.last() != Some(&spans[index]) {
            bank.tokens.push(spans[index].clone());
        }
        bank.words.push(Word {
            span: spans[index].clone(),
            multi,
            form: token.form.to_string(),
            lemma: token.lemma.to_string(),
            upos: token.upos.as_str().to_owned(),
            head: token.head,
            deprel: token.deprel.as_str().split(':').next().unwrap_or("").to_owned(),
        });
    }
    bank.sentences = document.sentences.iter().map(|sentence| place[sentence.span.start]..place[sentence.span.end]).collect();
    bank
}
