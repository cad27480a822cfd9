//! Spanish pronouns written together with infinitives and gerunds: "quedar|se", "diciéndo|le".

use super::Written;

const STEMS: &[&str] = &["ar", "er", "ir", "ár", "ér", "ír", "ando", "iendo", "yendo", "ándo", "iéndo", "yéndo"];
const PRONOUNS: &[&str] = &["selo", "sela", "selos", "selas", "se", "me", "te", "nos", "lo", "la", "los", "las", "le", "les"];
/// Pronouns that also end many nouns ("fuerte", "escuela") need a longer stem.
const RISKY: &[&str] = &["te", "la", "las"];

/// Adds the cuts to the words from `first` on.
pub(super) fn cut_clitics(text: &str, written: &mut Vec<Written>, first: usize) {
    for token in &mut written[first..] {
        token.cuts.extend(cuts(&text[token.span.clone()]).into_iter().map(|at| token.span.start + at));
    }
}

/// A stem without the accent that only the pronoun brought: "obteniéndo" → "obteniendo", "dár" → "dar".
pub(super) fn stem(word: &str) -> Option<String> {
    let accented = [("ándo", "ando"), ("éndo", "endo"), ("ár", "ar"), ("ér", "er"), ("ír", "ir")];
    accented.iter().find_map(|(with, without)| word.strip_suffix(with).map(|start| format!("{start}{without}")))
}

/// Bytes at which a word is cut.
fn cuts(word: &str) -> Vec<usize> {
    let lower = word.to_lowercase();
    if lower.len() != word.len() || word.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    for pronoun in PRONOUNS {
        let Some(stem) = lower.strip_suffix(pronoun) else { continue };
        let long = stem.chars().count() >= if RISKY.contains(pronoun) && !stem.ends_with("ndo") { 5 } else { 3 };
        if long && STEMS.iter().any(|ending| stem.ends_with(ending)) {
            let at = stem.len();
            return if pronoun.starts_with("se") && pronoun.len() > 2 { vec![at, at + 2] } else { vec![at] };
        }
    }
    Vec::new()
}
