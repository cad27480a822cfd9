//! Lemma scripts, as `training/tagger/lemma.py` makes them: `C|p|d|add` or `=lemma`.

use crate::features::plain;

/// A script with the endings that it may drop: those it was seen to drop in training.
#[derive(Debug)]
pub(crate) struct Rule {
    script: Script,
    endings: Vec<String>,
}

impl Rule {
    /// Reads `language TAB script TAB endings`.
    pub(crate) fn parse(label: &str) -> Rule {
        let mut parts = label.split('\t').skip(1);
        let script = Script::parse(parts.next().unwrap_or(""));
        let endings = parts.next().unwrap_or("").split(' ').filter(|ending| !ending.is_empty()).map(str::to_owned).collect();
        Rule { script, endings }
    }

    /// Whether the rule may be used for a form, given plain and in lower case.
    fn fits(&self, normal: &str) -> bool {
        match &self.script {
            Script::Whole(_) => self.endings.iter().any(|ending| ending == normal),
            Script::Edit { end: 0, .. } => true,
            Script::Edit { .. } => self.endings.iter().any(|ending| normal.ends_with(ending.as_str())),
        }
    }

    /// The lemma of a form.
    pub(crate) fn apply(&self, form: &str) -> String {
        let keeps = matches!(&self.script, Script::Edit { start: 0, end: 0, add, .. } if add.is_empty());
        if keeps && form.contains(|c: char| c.is_ascii_digit()) {
            return form.to_owned();
        }
        self.script.apply(form)
    }
}

/// The best of the rules that fit a form; `None` if none does.
pub(crate) fn choose<'a>(rules: &'a [Rule], scores: &[f32], form: &str) -> Option<&'a Rule> {
    let normal = plain(form).to_lowercase();
    let mut best: Option<(f32, &Rule)> = None;
    for (rule, &score) in rules.iter().zip(scores) {
        if best.is_none_or(|(top, _)| score > top) && rule.fits(&normal) {
            best = Some((score, rule));
        }
    }
    best.map(|(_, rule)| rule)
}

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
    fn only_endings_seen_in_training_are_dropped() {
        let rules = [Rule::parse("en\t=hold\theld"), Rule::parse("en\tl|0|1|\ts"), Rule::parse("en\tl|0|0|\t")];
        let lemma = |form: &str| choose(&rules, &[3.0, 2.0, 1.0], form).map(|rule| rule.apply(form));
        assert_eq!(lemma("Held").as_deref(), Some("hold"));
        assert_eq!(lemma("begun").as_deref(), Some("begun"));
        assert_eq!(lemma("Dogs").as_deref(), Some("dog"));
        assert_eq!(lemma("01-Feb-02").as_deref(), Some("01-Feb-02"));
    }

    #[test]
    fn scripts_apply() {
        assert_eq!(Script::parse("l|0|3|er").apply("Mangent"), "manger");
        assert_eq!(Script::parse("l|0|5|eter").apply("achètent"), "acheter");
        assert_eq!(Script::parse("=be").apply("was"), "be");
        assert_eq!(Script::parse("t|0|0|").apply("PARIS"), "Paris");
        assert_eq!(Script::parse("k|0|9|").apply("a"), "a");
    }
}
