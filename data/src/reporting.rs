//! Words of saying, words that change an event's standing, and expressions that are no events.

use compact_str::CompactString;

use crate::frames::Slot;
use crate::pattern::{Pattern, PatternPos};
use crate::table::{self, Row};
use crate::{DataError, Files};

/// A word or phrase that attributes what is said to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// Its lemmas.
    pub pattern: Pattern,
    /// asserts denies doubts promises orders.
    pub stance: CompactString,
    /// FactBank value given to the content by default.
    pub factuality: CompactString,
    /// Where the speaker stands.
    pub speaker: CompactString,
    /// Where the addressee stands; empty if nowhere.
    pub addressee: CompactString,
    /// Complements that hold the content: ccomp inf obj quote parataxis.
    pub content: Vec<CompactString>,
    /// PLOVER event if the word is also an event trigger; empty otherwise.
    pub speech_act: CompactString,
}

/// A word that makes an event planned, possible, negated …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modality {
    /// Its lemmas.
    pub pattern: Pattern,
    /// negation future hypothetical possible attempted planned ordered ongoing historical called feared prevented.
    pub effect: CompactString,
    /// FactBank value; empty to leave it.
    pub factuality: CompactString,
    /// Dependents under it: obj ccomp xcomp advcl nmod self.
    pub scope: Vec<CompactString>,
}

fn pattern(row: &Row<'_>) -> Result<Pattern, DataError> {
    let pos = PatternPos::parse(row.get("pos")).ok_or_else(|| {
        row.error(format!("unknown part of speech `{}`", row.get("pos")), "use VERB NOUN ADJ ADP ADV SCONJ or leave it empty")
    })?;
    Pattern::parse(row.require("words")?, pos).ok_or_else(|| row.error("no words", "write the lemmas separated by spaces"))
}

fn list(cell: &str) -> Vec<CompactString> {
    cell.split([',', ' ']).filter(|part| !part.is_empty()).map(CompactString::from).collect()
}

fn one_of<'a>(row: &Row<'_>, column: &str, cell: &'a str, allowed: &[&str]) -> Result<&'a str, DataError> {
    if allowed.contains(&cell) {
        return Ok(cell);
    }
    Err(row.error(format!("`{cell}` is no {column}"), format!("use one of {}", allowed.join(" "))))
}

const FACTUALITY: &[&str] = &["", "CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"];

/// Loads `reporting.tsv` of a language folder.
///
/// # Errors
/// The first row with an unknown stance, value or part of speech.
pub fn load_reporting(files: &Files, folder: &str) -> Result<Vec<Reporting>, DataError> {
    let mut all = Vec::new();
    let path = format!("{folder}reporting.tsv");
    table::read(files, &path, &["words", "pos", "stance"], |row| {
        let stance = one_of(&row, "stance", row.get("stance"), &["asserts", "denies", "doubts", "promises", "orders"])?;
        all.push(Reporting {
            pattern: pattern(&row)?,
            stance: stance.into(),
            factuality: one_of(&row, "factuality", row.get("factuality"), FACTUALITY)?.into(),
            speaker: row.get("speaker").into(),
            addressee: row.get("addressee").into(),
            content: list(row.get("content")),
            speech_act: row.get("speech_act").into(),
        });
        Ok(())
    })?;
    Ok(all)
}

/// Loads `modality.tsv` of a language folder.
///
/// # Errors
/// The first row with an unknown effect, value or part of speech.
pub fn load_modality(files: &Files, folder: &str) -> Result<Vec<Modality>, DataError> {
    const EFFECTS: &[&str] = &[
        "negation",
        "future",
        "hypothetical",
        "possible",
        "attempted",
        "planned",
        "ordered",
        "ongoing",
        "historical",
        "called",
        "feared",
        "prevented",
    ];
    let mut all = Vec::new();
    let path = format!("{folder}modality.tsv");
    table::read(files, &path, &["words", "pos", "effect"], |row| {
        all.push(Modality {
            pattern: pattern(&row)?,
            effect: one_of(&row, "effect", row.get("effect"), EFFECTS)?.into(),
            factuality: one_of(&row, "factuality", row.get("factuality"), FACTUALITY)?.into(),
            scope: list(row.get("scope")),
        });
        Ok(())
    })?;
    Ok(all)
}

/// Loads `idioms.tsv` of a language folder: fixed expressions in which no event is told.
///
/// # Errors
/// The first row without words.
pub fn load_idioms(files: &Files, folder: &str) -> Result<Vec<Pattern>, DataError> {
    let mut all = Vec::new();
    let path = format!("{folder}idioms.tsv");
    table::read(files, &path, &["words"], |row| {
        all.push(pattern(&row)?);
        Ok(())
    })?;
    Ok(all)
}

/// The slot of that name in the reporting table; `None` for an empty cell or one that names no slot.
pub fn slot(name: &str) -> Option<Slot> {
    Slot::parse_name(name)
}
