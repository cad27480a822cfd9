//! Our own tables: states with their names, and areas, waters, camps, landmarks.

use std::collections::HashMap;
use std::fs;

use anyhow::{Context, Result};
use selon_data::fold::name_key;

use super::Place;

fn rows(path: &str) -> Result<Vec<Vec<String>>> {
    let text = fs::read_to_string(path).with_context(|| path.to_owned())?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
    Ok(lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

/// Appends the states and territories; the index of each by alpha-3.
pub fn countries(places: &mut Vec<Place>) -> Result<HashMap<String, usize>> {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows("data/ontology/country-names.tsv")? {
        if let [_, name, country, kind, ..] = row.as_slice()
            && kind == "name"
        {
            names.entry(country.clone()).or_default().push(name.clone());
        }
    }
    let ontology = rows("data/ontology/countries.tsv")?;
    let mut out = HashMap::new();
    for row in rows("data/gazetteer/countries.tsv")? {
        let [iso3, lat, lon] = row.as_slice() else { continue };
        let Some(state) = ontology.iter().find(|state| state[0] == *iso3) else { continue };
        let cell = |at: usize| state.get(at).cloned().unwrap_or_default();
        let mut all: Vec<String> = (10..15).map(cell).filter(|name| !name.is_empty()).collect();
        all.extend(names.remove(iso3).unwrap_or_default());
        out.insert(iso3.clone(), places.len());
        places.push(Place {
            name: cell(11),
            lat: lat.parse()?,
            lon: lon.parse()?,
            population: 0,
            geonames: cell(6).parse().unwrap_or(0),
            country: iso3.clone(),
            feature: if cell(8).is_empty() { "PCLI" } else { "PCLD" }.into(),
            region: None,
            names: all,
        });
    }
    Ok(out)
}

fn distance(a: &Place, lat: f32, lon: f32) -> f32 {
    let (dy, dx) = (a.lat - lat, (a.lon - lon) * lat.to_radians().cos());
    (dy * dy + dx * dx).sqrt() * 111.0
}

/// Adds the areas. A town or region that GeoNames has gets the further names; the others become places.
pub fn areas(places: &mut Vec<Place>, first_town: usize) -> Result<()> {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, place) in places.iter().enumerate() {
        for name in std::iter::once(&place.name).chain(&place.names) {
            by_key.entry(name_key(name).to_string()).or_default().push(index);
        }
    }
    for row in rows("data/gazetteer/areas.tsv")? {
        let [english, french, aliases, country, lat, lon, feature] = row.as_slice() else { continue };
        let (lat, lon): (f32, f32) = (lat.parse()?, lon.parse()?);
        let names: Vec<String> = [english.clone(), french.clone()]
            .into_iter()
            .chain(aliases.split('|').filter(|name| !name.is_empty()).map(str::to_owned))
            .collect();
        let reach = if feature.starts_with("PPL") { 40.0 } else { 400.0 };
        let same_kind = |index: usize| match feature.as_str() {
            "ADM1" => places[index].feature == "ADM1",
            "ADM2" => places[index].feature == "ADM2",
            feature if feature.starts_with("PPL") => index >= first_town,
            _ => false,
        };
        let known = names
            .iter()
            .filter_map(|name| by_key.get(name_key(name).as_str()))
            .flatten()
            .copied()
            .find(|&index| places[index].country == *country && same_kind(index) && distance(&places[index], lat, lon) < reach);
        match known {
            Some(index) => {
                if feature == "ADM1" {
                    (places[index].lat, places[index].lon) = (lat, lon);
                }
                places[index].names.extend(names);
            }
            None => places.push(Place {
                name: english.split(" (").next().unwrap_or(english).to_owned(),
                lat,
                lon,
                country: country.clone(),
                feature: feature.clone(),
                names,
                ..Place::default()
            }),
        }
    }
    Ok(())
}
