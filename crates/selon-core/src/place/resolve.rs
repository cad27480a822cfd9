//! Chooses the place that each name means: by what contains it, the states and regions the article names, and how large it is.
//!
//! Input: hits. Output: a place for each hit. One name means one place in an article unless a container says otherwise.

use std::collections::BTreeMap;

use compact_str::CompactString;
use selon_data::countries::Countries;
use selon_data::fold::name_key;
use selon_data::gazetteer::{Gazetteer, Place, PlaceId};

use super::geo::{distance_km, is_inside};
use super::recognise::Hit;

/// What the article says of where it plays.
#[derive(Default)]
struct Scene {
    countries: BTreeMap<&'static str, f32>,
    regions: BTreeMap<PlaceId, f32>,
    settled: Vec<(f64, f64)>,
}

/// The place of each hit.
pub fn resolve(hits: &[Hit], keys: &[CompactString], gazetteer: &Gazetteer, countries: &Countries) -> Vec<PlaceId> {
    let mut scene = Scene::default();
    let accepted: Vec<usize> = (0..hits.len()).filter(|&index| hits[index].evidence > 0.0 || hits[index].demonym).collect();
    for &index in &accepted {
        first_look(&hits[index], gazetteer, &mut scene);
    }
    let mut chosen: Vec<PlaceId> = hits.iter().map(|hit| hit.candidates[0]).collect();
    for round in 0..2 {
        // Sense of each name: where a container says it, else by the scene.
        let mut senses: BTreeMap<&str, PlaceId> = BTreeMap::new();
        for (index, hit) in hits.iter().enumerate() {
            if let Some(place) = contained(hit, hits, &chosen, gazetteer) {
                chosen[index] = place;
                senses.entry(&keys[index]).or_insert(place);
            }
        }
        for (index, hit) in hits.iter().enumerate() {
            if contained(hit, hits, &chosen, gazetteer).is_some() {
                continue;
            }
            chosen[index] = match senses.get(keys[index].as_str()) {
                Some(&place) => place,
                None => {
                    let place = best(hit, &keys[index], gazetteer, countries, &scene);
                    senses.insert(&keys[index], place);
                    place
                }
            };
        }
        if round == 0 {
            scene.settled = accepted
                .iter()
                .filter(|&&index| hits[index].evidence > 1.0 && !hits[index].demonym)
                .map(|&index| gazetteer.place(chosen[index]))
                .filter(|place| place.feature.starts_with("PPL") || place.feature == "ADM1")
                .map(|place| (place.lat, place.lon))
                .collect();
            for &index in &accepted {
                let place = gazetteer.place(chosen[index]);
                if let Some(region) = place.region.filter(|_| hits[index].evidence > 1.0) {
                    *scene.regions.entry(region).or_default() += 0.4;
                }
            }
        }
    }
    chosen
}

/// States, regions and towns that can hardly be anything else tell where the article plays.
fn first_look(hit: &Hit, gazetteer: &Gazetteer, scene: &mut Scene) {
    let best = hit.candidates.iter().map(|&id| (id, gazetteer.place(id))).find(|(_, place)| place.feature.starts_with("PCL"));
    if let Some((_, state)) = best {
        *scene.countries.entry(state.country).or_default() += if hit.demonym { 0.7 } else { 1.0 };
        return;
    }
    let regions: Vec<PlaceId> = hit.candidates.iter().copied().filter(|&id| gazetteer.place(id).feature == "ADM1").collect();
    let one_state = hit.candidates.iter().all(|&id| gazetteer.place(id).country == gazetteer.place(hit.candidates[0]).country);
    if let [region] = regions[..]
        && one_state
    {
        *scene.regions.entry(region).or_default() += 1.0;
        *scene.countries.entry(gazetteer.place(region).country).or_default() += 0.6;
        return;
    }
    let largest = gazetteer.place(hit.candidates[0]);
    let second = hit.candidates.get(1).map_or(0, |&id| gazetteer.place(id).population);
    if largest.population > 200_000 && largest.population / 20 > second {
        *scene.countries.entry(largest.country).or_default() += 0.6;
        if let Some(region) = largest.region {
            *scene.regions.entry(region).or_default() += 0.5;
        }
    }
}

/// The candidate that lies in what stands after the comma.
fn contained(hit: &Hit, hits: &[Hit], chosen: &[PlaceId], gazetteer: &Gazetteer) -> Option<PlaceId> {
    let container = &hits[hit.container?];
    let mut outers: Vec<PlaceId> = vec![chosen[hit.container?]];
    outers.extend(container.candidates.iter().filter(|&&id| matches!(gazetteer.place(id).feature, "ADM1" | "PCLI" | "PCLD")));
    outers.into_iter().find_map(|outer| {
        let feature = gazetteer.place(outer).feature;
        // A state lies in no other state: "Russia, U.S. agree" is a list, "Turkey, Texas" is not.
        let state = hit.candidates.iter().any(|&id| gazetteer.place(id).feature.starts_with("PCL"));
        let wide = (feature.starts_with("PCL") && !state) || feature == "ADM1";
        let inside = |id: &PlaceId| wide && *id != outer && is_inside(gazetteer, *id, outer);
        hit.candidates.iter().copied().find(inside).map(|id| town_of(hit, id, gazetteer))
    })
}

fn best(hit: &Hit, key: &str, gazetteer: &Gazetteer, countries: &Countries, scene: &Scene) -> PlaceId {
    let score = |id: PlaceId| weigh(id, &gazetteer.place(id), key, countries, scene);
    // The first of equals: candidates come with the most populous first.
    let mut best = (hit.candidates[0], f64::MIN);
    for &id in &hit.candidates {
        let score = score(id);
        if score > best.1 {
            best = (id, score);
        }
    }
    town_of(hit, best.0, gazetteer)
}

/// Of a region and the town it is named after, news means the town.
fn town_of(hit: &Hit, id: PlaceId, gazetteer: &Gazetteer) -> PlaceId {
    let place = gazetteer.place(id);
    if place.feature != "ADM1" {
        return id;
    }
    // Its own town of that very name: "Florida" is also a village in another state, and «Missouri» an old name of a town in a third.
    let town = |other: &PlaceId| {
        let other = gazetteer.place(*other);
        let namesake = name_key(other.name).split(' ').next() == name_key(place.name).split(' ').next();
        other.feature.starts_with("PPL") && other.region == Some(id) && other.population > 20_000 && namesake
    };
    hit.candidates.iter().copied().find(town).unwrap_or(id)
}

fn weigh(id: PlaceId, place: &Place, key: &str, countries: &Countries, scene: &Scene) -> f64 {
    let size = f64::from(place.population.max(1)).log10();
    let mut score = match place.feature {
        "PCLI" | "PCLD" => 12.0,
        "CONT" => 11.0,
        "ADM1" => 0.3 + size.min(4.5),
        "ADM2" => 3.2,
        "PPLC" => size + 2.0,
        "PPLX" => size.min(4.5),
        feature if feature.starts_with("PPL") => size,
        // Seas, regions, landmarks of our own table.
        _ => 7.5,
    };
    let total: f32 = scene.countries.values().sum::<f32>().max(1.0);
    let here = scene.countries.get(place.country).copied().unwrap_or(0.0);
    if here > 0.0 {
        score += 1.5 + 2.5 * f64::from(here / total);
    } else if let Some(country) = countries.get(place.country)
        && country.neighbours.iter().any(|neighbour| scene.countries.contains_key(neighbour.as_str()))
    {
        score += 0.3;
    }
    let region = place.region.unwrap_or(id);
    if scene.regions.contains_key(&region) {
        score += 1.5 + f64::from(scene.regions[&region].min(2.0)) * 0.5;
    }
    if place.feature.starts_with("PPL") || place.feature == "ADM2" {
        let near = scene.settled.iter().filter(|&&point| (0.1..150.0).contains(&distance_km(point, (place.lat, place.lon)))).count();
        score += (near as f64 * 0.4).min(1.6);
    }
    if name_key(place.name) == key {
        score += 0.6;
    }
    score
}
