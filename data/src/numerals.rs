//! Number words: `lang/<xx>/numerals.tsv`.

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;

use crate::fold::fold;
use crate::{DataError, Files, table};

/// How a number word combines with its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumeralKind {
    /// Added up: "twenty", « deux », «триста».
    Card,
    /// Multiplies what stands before: "hundred", « mille ».
    Mult,
    /// The article or the numeral one: « un », "a".
    One,
    /// Ordinal: « premier ».
    Ord,
    /// Joins the parts of a number: « vingt et un ».
    And,
    /// A card with a joined conjunction: «وعشرون».
    Tail,
    /// About so many: « une dizaine », "a dozen".
    Collective,
    /// Several of them: « dizaines », "hundreds".
    Plural,
    /// Indefinite: « plusieurs », "several".
    Vague,
}

/// One number word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// How it combines.
    pub kind: NumeralKind,
    /// Value, or lower bound.
    pub low: u64,
    /// Upper bound, inclusive; `None` if open. Equal to `low` for exact words.
    pub high: Option<u64>,
}

/// The number words of a language, by folded form.
#[derive(Clone, Debug, Default)]
pub struct Numerals {
    words: HashMap<CompactString, Numeral>,
}

impl Numerals {
    /// Loads `lang/<xx>/numerals.tsv`; empty when there is none.
    ///
    /// # Errors
    /// A row with an unknown kind or bounds that are no numbers.
    pub fn load(files: &Files, folder: &str) -> Result<Numerals, DataError> {
        let mut words = HashMap::default();
        table::read(files, &format!("{folder}numerals.tsv"), &["form", "kind", "low", "high"], |row| {
            let kind = match row.require("kind")? {
                "card" => NumeralKind::Card,
                "mult" => NumeralKind::Mult,
                "one" => NumeralKind::One,
                "ord" => NumeralKind::Ord,
                "and" => NumeralKind::And,
                "tail" => NumeralKind::Tail,
                "collective" => NumeralKind::Collective,
                "plural" => NumeralKind::Plural,
                "vague" => NumeralKind::Vague,
                other => {
                    return Err(row
                        .error(format!("unknown kind `{other}`"), "kinds are card, mult, one, ord, and, tail, collective, plural, vague"));
                }
            };
            let bound = |text: &str| text.parse::<u64>().map_err(|_| row.error(format!("`{text}` is no number"), "write digits only"));
            let low = bound(row.require("low")?)?;
            let high = match row.get("high") {
                "" => None,
                text => Some(bound(text)?),
            };
            words.insert(fold(row.require("form")?), Numeral { kind, low, high });
            Ok(())
        })?;
        Ok(Numerals { words })
    }

    /// The number word of this folded form.
    pub fn get(&self, folded: &str) -> Option<Numeral> {
        self.words.get(folded).copied()
    }

    /// All folded forms, in no particular order.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(CompactString::as_str)
    }
}
