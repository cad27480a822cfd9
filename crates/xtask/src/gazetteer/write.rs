//! Encodes the collected places (see `selon_data::gazetteer` for the layout).

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use fst::MapBuilder;

use super::Place;

/// The bytes of the file.
pub fn encode(places: &[Place], keys: BTreeMap<String, Vec<u32>>) -> Result<Vec<u8>> {
    let mut countries: Vec<&str> = places.iter().map(|place| place.country.as_str()).collect();
    let mut features: Vec<&str> = places.iter().map(|place| place.feature.as_str()).collect();
    for list in [&mut countries, &mut features] {
        list.sort_unstable();
        list.dedup();
    }
    ensure!(countries.len() < 256 && features.len() < 256, "one byte each");
    let mut strings: Vec<u8> = Vec::new();
    let mut table: Vec<u8> = Vec::new();
    for place in places {
        let name = place.name.as_bytes();
        let length = name.len().min(255);
        let index = |list: &[&str], wanted: &str| list.binary_search(&wanted).unwrap_or(0) as u8;
        table.extend((strings.len() as u32).to_le_bytes());
        table.extend([length as u8, index(&features, &place.feature), index(&countries, &place.country), 0]);
        table.extend(place.lat.to_le_bytes());
        table.extend(place.lon.to_le_bytes());
        table.extend(place.population.to_le_bytes());
        table.extend(place.geonames.to_le_bytes());
        table.extend(place.region.map_or(u32::MAX, |region| region as u32).to_le_bytes());
        strings.extend(&name[..length]);
    }
    let mut candidates: Vec<u8> = Vec::new();
    let mut builder = MapBuilder::memory();
    for (key, mut list) in keys {
        list.sort_by_key(|&index| (std::cmp::Reverse(places[index as usize].population), index));
        list.dedup();
        list.truncate(200);
        // One candidate stands in the value itself, several in the list.
        let value = match list.as_slice() {
            [one] => u64::from(*one) << 8,
            several => {
                let at = (candidates.len() / 4) as u64;
                several.iter().for_each(|index| candidates.extend(index.to_le_bytes()));
                (at << 8) | several.len() as u64
            }
        };
        builder.insert(key, value)?;
    }
    let names = builder.into_inner()?;
    let listed = |list: &[&str]| list.join("\n").into_bytes();
    let mut out = b"SELONGZ1".to_vec();
    for part in [&listed(&countries), &listed(&features), &table, &candidates, &strings, &names] {
        out.extend((part.len() as u32).to_le_bytes());
    }
    for part in [listed(&countries), listed(&features), table, candidates, strings, names] {
        out.extend(part);
    }
    Ok(out)
}
