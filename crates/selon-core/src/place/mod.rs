//! Toponyms → places of the gazetteer.
//!
//! Input: the tagged document. Output: every toponym with the place it names. Later, events choose among them. Neighbours: `tag` before, `entity` and `event` after.

use crate::document::Span;

/// What a toponym does in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToponymRole {
    /// In the running text.
    Mention,
    /// In a dateline: where the report was written, not where it happened.
    Dateline,
}

/// One toponym with its resolution. Toponyms do not overlap and are in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Toponym {
    /// Bytes of the name as written, without article and preposition.
    pub span: Span,
    /// Name in the article's language, nominative.
    pub name: String,
    /// GeoNames id; `None` when the place is not in the gazetteer.
    pub geonames: Option<u32>,
    /// ISO 3166-1 alpha-3; `None` for seas and areas of several states.
    pub country: Option<String>,
    /// First-level region, by name; `None` if unknown or the place is a country.
    pub admin1: Option<String>,
    /// WGS84 degrees north.
    pub lat: Option<f64>,
    /// WGS84 degrees east.
    pub lon: Option<f64>,
    /// GeoNames feature code: PCLI for states, ADM1, ADM2, PPLC, PPL …
    pub feature: String,
    /// UCDP `where_prec`, 1 exact … 6 country, 7 international.
    pub precision: u8,
    /// What it does in the article.
    pub role: ToponymRole,
    /// Probability 0-1, uncalibrated, that the words are a place and this one.
    pub confidence: f32,
}
