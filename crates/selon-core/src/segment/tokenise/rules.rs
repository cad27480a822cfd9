//! The words that the tokenizer treats specially, by language: `data/lang/<xx>/tokens.tsv`.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

use selon_data::{DataError, Files, table};

/// The special words of one language, lower case, apostrophes straight.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// With their full stop ("gen.").
    pub(super) abbreviations: HashSet<String>,
    /// With their apostrophe ("qu'").
    pub(super) elisions: HashSet<String>,
    /// Endings cut off ("n't").
    pub(super) endings: Vec<String>,
    /// With their hyphen ("-t-il"), longest first.
    pub(super) clitics: Vec<String>,
    /// With their hyphen ("co-"); where there are any, other hyphens between letters are cut.
    pub(super) prefixes: HashSet<String>,
    /// Whether "10-12" is cut.
    pub(super) ranges: bool,
    /// Never cut.
    pub(super) whole: HashSet<String>,
    /// Syntactic words of contracted forms.
    pub(super) multiword: HashMap<String, Vec<String>>,
}

static RULES: LazyLock<BTreeMap<String, Rules>> = LazyLock::new(|| load(&Files::embedded()).unwrap_or_default());
static NONE: LazyLock<Rules> = LazyLock::new(Rules::default);

/// The rules of a language; empty ones where there is no file.
pub(super) fn rules(language: &str) -> &'static Rules {
    RULES.get(language).unwrap_or(&NONE)
}

fn load(files: &Files) -> Result<BTreeMap<String, Rules>, DataError> {
    let mut languages = BTreeMap::new();
    for code in files.languages() {
        let path = format!("lang/{code}/tokens.tsv");
        let mut rules = Rules::default();
        table::read(files, &path, &["kind", "form", "parts"], |row| {
            let form = row.require("form")?.to_owned();
            match row.require("kind")? {
                "abbreviation" => drop(rules.abbreviations.insert(form)),
                "elision" => drop(rules.elisions.insert(form)),
                "ending" => rules.endings.push(form),
                "clitic" => rules.clitics.push(form),
                "prefix" => drop(rules.prefixes.insert(form)),
                "range" => rules.ranges = true,
                "whole" => drop(rules.whole.insert(form)),
                "multiword" => drop(rules.multiword.insert(form, row.require("parts")?.split(' ').map(str::to_owned).collect())),
                other => {
                    return Err(row.error(
                        format!("unknown kind `{other}`"),
                        "abbreviation, elision, ending, clitic, prefix, range, whole or multiword",
                    ));
                }
            }
            Ok(())
        })?;
        rules.clitics.sort_by_key(|clitic| std::cmp::Reverse(clitic.len()));
        languages.insert(code, rules);
    }
    Ok(languages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_load() {
        let languages = load(&Files::embedded()).unwrap_or_else(|error| panic!("{error}"));
        assert!(languages["fr"].multiword.contains_key("auxquels"));
        assert!(languages["ru"].abbreviations.contains("млн."));
    }
}
