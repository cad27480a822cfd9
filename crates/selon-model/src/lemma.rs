//! Lemma scripts, as `training/tagger/lemma.py` makes them: `C|p|d|add` or `=lemma`.

use crate::features::plain;

/// How to get the lemma from a form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// The whole lemma.
    Whole(String),
    /// Set the case, drop characters at the start and the end, append.
    Edit {
        /// The casing.
        casing: Casing,
        /// Characters dropped at the start.
        start: usize,
        /// Characters dropped at the end.
        end: usize,
        /// What is appended.
        add: String,
    },
}

/// What a script does to the case of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Casing {
    /// All lower case.
    Lower,
    /// As it is.
    Keep,
    /// First character as it is, the rest lower case.
    Title,
}

impl Script {
    /// Reads a script; anything malformed keeps the form.
    pub(crate) fn parse(text: &str) -> Script {
        if let Some(lemma) = text.strip_prefix('=') {
            return Script::Whole(lemma.to_owned());
        }
        let mut parts = text.splitn(4, '|');
        let casing = match parts.next() {
            Some("l") => Casing::Lower,
            Some("t") => Casing::Title,
            _ => Casing::Keep,
        };
        let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        let (start, end) = (number(), number());
        Script::Edit { casing, start, end, add: parts.next().unwrap_or("").to_owned() }
    }

    /// The lemma of a form.
    pub(crate) fn apply(&self, form: &str) -> String {
        let Script::Edit { casing, start, end, add } = self else {
            let Script::Whole(lemma) = self else { unreachable!() };
            return lemma.clone();
        };
        let form = plain(form);
        let form = match casing {
            Casing::Lower => form.to_lowercase(),
            Casing::Keep => form,
            Casing::Title => {
                let first = form.chars().next().map_or(0, char::len_utf8);
                form[..first].to_owned() + &form[first..].to_lowercase()
            }
        };
        let count = form.chars().count();
        if start + end > count {
            return form;
        }
        form.chars().skip(*start).take(count - start - end).chain(add.chars()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_apply() {
        assert_eq!(Script::parse("l|0|3|er").apply("Mangent"), "manger");
        assert_eq!(Script::parse("l|0|5|eter").apply("achètent"), "acheter");
        assert_eq!(Script::parse("=be").apply("was"), "be");
        assert_eq!(Script::parse("t|0|0|").apply("PARIS"), "Paris");
        assert_eq!(Script::parse("k|0|9|").apply("a"), "a");
    }
}
