//! Toponyms → places of the gazetteer.
//!
//! Input: the tagged document. Output: every toponym with the place it names. Later, events choose among them. Neighbours: `tag` before, `entity` and `event` after.

pub mod geo;
mod offset;
mod recognise;
mod resolve;

use std::collections::BTreeMap;

use compact_str::CompactString;
use selon_data::countries::Countries;
use selon_data::gazetteer::{Gazetteer, Place, PlaceId};
use selon_data::places::PlaceLexicon;

use crate::document::{Document, Span};
use crate::words::{Word, WordKind, scan};
use recognise::{Hit, Reader};

/// What a toponym does in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToponymRole {
    /// In the running text.
    Mention,
    /// In a dateline: where the report was written, not where it happened.
    Dateline,
    /// A word of nationality ("Turkish"), which names a state through its people: no location.
    Demonym,
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

impl Toponym {
    /// The state that acts under this name: its own or, as government, that of its capital.
    pub fn acting_state(&self) -> Option<&str> {
        let acts = self.feature.starts_with("PCL") || self.feature == "PPLC";
        self.country.as_deref().filter(|_| acts)
    }
}

/// All toponyms of a document, with words of nationality as [`ToponymRole::Demonym`].
pub fn places(document: &Document, gazetteer: &Gazetteer, lexicon: &PlaceLexicon, countries: &Countries) -> Vec<Toponym> {
    let words = scan(&document.text);
    let reader = Reader { document, words: &words, gazetteer, lexicon };
    let mut hits = reader.hits();
    let keys: Vec<CompactString> = hits.iter().map(|hit| key(&words[hit.start..hit.end])).collect();
    let chosen = resolve::resolve(&hits, &keys, gazetteer, countries);
    support(&mut hits, &keys, &chosen, gazetteer);
    let mut out = Vec::new();
    for (index, hit) in hits.iter().enumerate() {
        if hit.evidence >= ACCEPT || hit.demonym {
            out.push(toponym(document, &words, hit, chosen[index], gazetteer, lexicon));
        }
    }
    out
}

/// Resolves given spans, for measuring: each is a place; the others found in the text help to choose.
pub fn given(document: &Document, spans: &[Span], gazetteer: &Gazetteer, lexicon: &PlaceLexicon, countries: &Countries) -> Vec<Toponym> {
    let words = scan(&document.text);
    let reader = Reader { document, words: &words, gazetteer, lexicon };
    let hits = reader.given(spans);
    let keys: Vec<CompactString> = hits.iter().map(|hit| key(&words[hit.start..hit.end])).collect();
    let chosen = resolve::resolve(&hits, &keys, gazetteer, countries);
    let made = hits.iter().zip(&chosen).map(|(hit, &id)| toponym(document, &words, hit, id, gazetteer, lexicon));
    made.filter(|toponym| spans.iter().any(|span| span.overlaps(toponym.span))).collect()
}

/// Evidence from which a name counts as a place.
const ACCEPT: f32 = 1.0;

/// A name told once as a place is one elsewhere in the article; a name inside its container is one too.
fn support(hits: &mut [Hit], keys: &[CompactString], chosen: &[PlaceId], gazetteer: &Gazetteer) {
    let mut sure: BTreeMap<&str, f32> = BTreeMap::new();
    for (index, hit) in hits.iter().enumerate() {
        let best = sure.entry(&keys[index]).or_insert(f32::MIN);
        *best = best.max(hit.evidence);
    }
    let contained: Vec<bool> = hits
        .iter()
        .enumerate()
        .map(|(index, hit)| {
            hit.container.is_some_and(|outer| geo::is_inside(gazetteer, chosen[index], chosen[outer]) && chosen[index] != chosen[outer])
        })
        .collect();
    let outers: Vec<usize> = hits.iter().enumerate().filter(|(index, _)| contained[*index]).filter_map(|(_, hit)| hit.container).collect();
    for (index, hit) in hits.iter_mut().enumerate() {
        if contained[index] {
            hit.evidence += 2.5;
        }
        if outers.contains(&index) {
            hit.evidence += 1.5;
        }
        if sure.get(keys[index].as_str()).is_some_and(|&best| best >= ACCEPT + 1.5) && hit.evidence > -1.0 {
            hit.evidence += 1.2;
        }
    }
}

fn key(words: &[Word]) -> CompactString {
    let mut out = CompactString::default();
    for word in words.iter().filter(|word| matches!(word.kind, WordKind::Letters | WordKind::Digits)) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word.text);
    }
    out
}

/// UCDP `where_prec` of a feature.
fn precision(place: &Place) -> u8 {
    match place.feature {
        "ADM2" | "PRK" | "FRST" | "VAL" => 3,
        "ADM1" => 4,
        "RGN" | "MTS" | "DSRT" | "ISLS" => {
            if place.country.is_empty() {
                7
            } else {
                4
            }
        }
        "STM" | "STRT" | "CNL" | "LK" | "GULF" | "BAY" => 5,
        "PCLI" | "PCLD" => 6,
        "CONT" | "SEA" | "OCN" => 7,
        _ => 1,
    }
}

fn toponym(document: &Document, words: &[Word], hit: &Hit, id: PlaceId, gazetteer: &Gazetteer, lexicon: &PlaceLexicon) -> Toponym {
    let place = gazetteer.place(id);
    let mut span = words[hit.start].span.join(words[hit.end - 1].span);
    // The full stop of an abbreviation belongs to it ("U.S.").
    let dotted =
        document.slice(span).contains('.') || words[hit.end - 1].span.len() <= 4 && place.feature == "ADM1" && hit.end == hit.start + 1;
    if dotted && words.get(hit.end).is_some_and(|word| word.is(".") && !word.space_before) && is_abbreviation(document.slice(span)) {
        span.end = words[hit.end].span.end;
    }
    let offset = offset::before(words, hit.start, lexicon);
    let (lat, lon) = match offset {
        Some((distance_km, bearing)) => geo::moved((place.lat, place.lon), distance_km, bearing),
        None => (place.lat, place.lon),
    };
    let region = place.region.map(|region| gazetteer.place(region).name.to_owned());
    Toponym {
        span,
        name: display(document.slice(span), place.name),
        geonames: (place.geonames != 0).then_some(place.geonames),
        country: (!place.country.is_empty()).then(|| place.country.to_owned()),
        admin1: region,
        lat: Some(round(lat)),
        lon: Some(round(lon)),
        feature: place.feature.to_owned(),
        precision: if offset.is_some() { 2 } else { precision(&place) },
        role: if hit.demonym {
            ToponymRole::Demonym
        } else if hit.dateline {
            ToponymRole::Dateline
        } else {
            ToponymRole::Mention
        },
        confidence: 1.0 / (1.0 + (-(hit.evidence - ACCEPT)).exp()),
    }
}

/// "Ky", "U.S": letters with inner full stops, or a short form without vowels at its end.
fn is_abbreviation(text: &str) -> bool {
    text.contains('.') || text.len() <= 4
}

/// Five decimals, about a metre.
fn round(degrees: f64) -> f64 {
    (degrees * 100_000.0).round() / 100_000.0
}

/// The name as written, in mixed case; the gazetteer's for abbreviations.
fn display(written: &str, known: &str) -> String {
    if written.contains('.') {
        return known.to_owned();
    }
    let letters = written.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters > 3 && written.chars().all(|letter| !letter.is_lowercase()) {
        if selon_data::fold::name_key(known) == selon_data::fold::name_key(written) {
            return known.to_owned();
        }
        let mut out = String::new();
        let mut first = true;
        for letter in written.chars() {
            out.extend(if first { letter.to_uppercase().collect::<Vec<_>>() } else { letter.to_lowercase().collect() });
            first = !letter.is_alphabetic() && letter != '\'' && letter != '’';
        }
        return out;
    }
    written.to_owned()
}

#[cfg(test)]
mod tests;
