//! A tagged document as CoNLL-U, with the characters of each word in MISC.

use selon_core::document::Document;

/// The lines of the document.
pub fn conllu(document: &Document) -> String {
    let mut places = vec![0; document.text.len() + 1];
    for (count, (at, c)) in document.text.char_indices().enumerate() {
        places[at] = count;
        places[at + c.len_utf8()] = count + 1;
    }
    let mut out = String::new();
    for sentence in &document.sentences {
        let first = sentence.tokens.start;
        for index in sentence.tokens.clone() {
            let token = &document.tokens[index];
            let name = match (token.name.as_str(), token.name_start) {
                ("O", _) => "O".to_owned(),
                (kind, true) => format!("B-{kind}"),
                (kind, false) => format!("I-{kind}"),
            };
            let (start, end) = (places[token.span.start], places[token.span.end]);
            let space = if token.space_after { "" } else { "|SpaceAfter=No" };
            out += &format!(
                "{}\t{}\t{}\t{}\t_\t_\t{}\t{}\t_\tName={name}|Start={start}|End={end}{space}\n",
                index - first + 1,
                token.form,
                token.lemma,
                token.upos.as_str(),
                token.head.map_or(0, |head| head - first + 1),
                token.deprel.as_str(),
            );
        }
        out.push('\n');
    }
    out
}
