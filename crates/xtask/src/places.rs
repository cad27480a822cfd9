//! `cargo xtask corpus --places`: gives the places of corpus/ that have no coordinates those of the gazetteer's place of that name and country.
//!
//! Only names that the country has once, or once among its towns and regions of note, are filled; what was there stays, whole countries have none.

use anyhow::Result;
use selon_data::Knowledge;
use selon_data::fold::name_key;
use serde_json::{Map, Value, json};

/// Runs the command; prints how many places were filled and which were not found.
pub fn run() -> Result<()> {
    let knowledge = Knowledge::embedded()?;
    let mut filled = 0;
    let mut unknown = std::collections::BTreeMap::new();
    for path in crate::corpus::files()? {
        let content = std::fs::read_to_string(&path)?;
        let mut article: Value = serde_json::from_str(&content)?;
        let mut places: Vec<&mut Map<String, Value>> = Vec::new();
        let Value::Object(article_keys) = &mut article else { continue };
        for (key, value) in article_keys.iter_mut() {
            match (key.as_str(), value) {
                ("events", Value::Array(events)) => events.iter_mut().for_each(|event| collect(event, &mut places)),
                ("places", Value::Array(list)) => places.extend(list.iter_mut().filter_map(Value::as_object_mut)),
                _ => {}
            }
        }
        for place in places {
            if !place.get("lat").is_none_or(Value::is_null) {
                continue;
            }
            let name = place.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
            let country = place.get("country").and_then(Value::as_str).unwrap_or_default().to_owned();
            match find(&knowledge, &name, &country) {
                Found::Place(geonames, lat, lon) => {
                    place.insert("geonames".into(), if geonames == 0 { Value::Null } else { json!(geonames) });
                    place.insert("lat".into(), json!(lat));
                    place.insert("lon".into(), json!(lon));
                    filled += 1;
                }
                Found::Country(geonames) => {
                    place.insert("geonames".into(), json!(geonames));
                }
                Found::Nothing => *unknown.entry(format!("{name}/{country}")).or_insert(0) += 1,
            }
        }
        let mut out = Vec::new();
        let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
        serde::Serialize::serialize(&article, &mut serde_json::Serializer::with_formatter(&mut out, formatter))?;
        if out != content.as_bytes() {
            std::fs::write(&path, out)?;
        }
    }
    println!("{filled} places filled; without coordinates:");
    for (name, count) in unknown {
        println!("{count}\t{name}");
    }
    Ok(())
}

fn collect<'v>(event: &'v mut Value, places: &mut Vec<&'v mut Map<String, Value>>) {
    let Value::Object(keys) = event else { return };
    for (key, value) in keys.iter_mut() {
        match (key.as_str(), value) {
            ("event_loc", Value::Object(place)) => places.push(place),
            ("other_locs", Value::Array(list)) => places.extend(list.iter_mut().filter_map(Value::as_object_mut)),
            _ => {}
        }
    }
}

enum Found {
    Place(u32, f64, f64),
    Country(u32),
    Nothing,
}

/// Times the population of the second that the first must have to be meant.
const NOTE: u32 = 5;

fn find(knowledge: &Knowledge, name: &str, country: &str) -> Found {
    let places: Vec<_> = knowledge.gazetteer.named(&name_key(name)).into_iter().map(|id| knowledge.gazetteer.place(id)).collect();
    if let Some(state) =
        places.iter().find(|place| place.feature.starts_with("PCL") && knowledge.countries.folded(place.country) == country)
    {
        return Found::Country(state.geonames);
    }
    let mut inside: Vec<_> = places.into_iter().filter(|place| knowledge.countries.folded(place.country) == country).collect();
    // A capital, else a town, else a region: « New York », "Bamako" are also regions.
    let rank = |feature: &str| match feature {
        "PPLC" => 0,
        _ if feature.starts_with("PPL") => 1,
        _ => 2,
    };
    inside.sort_by_key(|place| (rank(place.feature), std::cmp::Reverse(place.population), place.geonames));
    let best = inside.first().map_or(0, |place| rank(place.feature));
    inside.retain(|place| rank(place.feature) == best);
    let meant = match inside.as_slice() {
        [] => return Found::Nothing,
        [first, second, ..] => {
            let near = selon_core::geo::distance_km((first.lat, first.lon), (second.lat, second.lon)) < 60.0;
            if near || best == 0 || first.population > NOTE * second.population { first } else { return Found::Nothing }
        }
        [only] => only,
    };
    Found::Place(meant.geonames, meant.lat, meant.lon)
}
