//! Brackets and quotation marks hang on the word at the top of what they enclose, as the treebanks have it.

use crate::tagger::Annotation;

const BRACKETS: &[(&str, &str)] = &[("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("“", "”")];

/// Attaches paired marks; `marks` tells whether a word is punctuation.
pub(crate) fn attach<S: AsRef<str>>(annotations: &mut [Annotation], forms: &[S], marks: u8) {
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut quote: Option<usize> = None;
    for place in 0..annotations.len().min(forms.len()) {
        if annotations[place].upos != marks {
            continue;
        }
        let form = forms[place].as_ref();
        if let Some((_, close)) = BRACKETS.iter().find(|(mark, _)| *mark == form) {
            open.push((place, close));
        } else if open.last().is_some_and(|(_, close)| *close == form) {
            let begin = open.pop().map_or(place, |(begin, _)| begin);
            enclose(annotations, begin, place, marks);
        } else if form == "\"" {
            match quote.take() {
                Some(begin) => enclose(annotations, begin, place, marks),
                None => quote = Some(place),
            }
        }
    }
}

/// Hangs two marks on the word between them whose head is not between them; marks that carry words stay.
fn enclose(annotations: &mut [Annotation], begin: usize, end: usize, marks: u8) {
    if annotations.iter().any(|word| word.head == Some(begin) || word.head == Some(end)) {
        return;
    }
    let outside = |word: &Annotation| word.head.is_none_or(|head| head <= begin || head >= end);
    let mut tops = (begin + 1..end).filter(|&place| annotations[place].upos != marks && outside(&annotations[place]));
    let Some(first) = tops.next() else { return };
    let top =
        if annotations[first].head.is_none() { first } else { tops.find(|&place| annotations[place].head.is_none()).unwrap_or(first) };
    for mark in [begin, end] {
        if annotations[mark].head.is_some() {
            annotations[mark].head = Some(top);
        }
    }
}
