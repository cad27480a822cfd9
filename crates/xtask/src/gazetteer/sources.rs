//! Reads the packages.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

use super::Place;
use super::regions::Regions;

/// The files found.
pub struct Sources {
    cities: PathBuf,
    table: PathBuf,
    pub admin1: PathBuf,
    pub admin2: PathBuf,
    pub subdivisions: PathBuf,
}

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f32,
    longitude: f32,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

/// A row of admin1.json and admin2.json.
#[derive(Deserialize)]
pub struct Admin {
    pub code: String,
    pub name: String,
}

/// What the structured table knows of a town.
#[derive(Clone, Debug, Default)]
pub struct TownCodes {
    pub feature: String,
    pub country: String,
    pub admin1: String,
    pub admin2: String,
    pub lat: f32,
    pub lon: f32,
}

/// ISO 3166-1 alpha-2 → alpha-3 from `ontology/countries.tsv`.
pub fn country_codes() -> Result<HashMap<String, String>> {
    let text = fs::read_to_string("data/ontology/countries.tsv")?;
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    Ok(rows
        .filter_map(|row| row.split('\t').next().zip(row.split('\t').nth(1)))
        .map(|(iso3, iso2)| (iso2.to_owned(), iso3.to_owned()))
        .collect())
}

impl Sources {
    /// Looks for the files below a folder.
    pub fn find(folder: &Path) -> Result<Sources> {
        let mut found = BTreeMap::new();
        walk(folder, &mut found)?;
        let get = |name: &str| found.get(name).cloned().ok_or_else(|| anyhow!("{name} is not below {}", folder.display()));
        Ok(Sources {
            cities: get("cities500.json")?,
            table: get("cities500.txt")?,
            admin1: get("admin1.json")?,
            admin2: get("admin2.json")?,
            subdivisions: get("subdivisions")?,
        })
    }

    /// The structured table by GeoNames id.
    pub fn town_codes(&self) -> Result<HashMap<u32, TownCodes>> {
        let text = fs::read_to_string(&self.table)?;
        let mut out = HashMap::new();
        for line in text.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let (Some(Ok(id)), Some(feature)) = (cells.first().map(|id| id.parse()), cells.get(7)) else { continue };
            let number = |at: usize| cells.get(at).and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
            let cell = |at: usize| (*cells.get(at).unwrap_or(&"")).to_owned();
            let codes = TownCodes {
                feature: (*feature).to_owned(),
                country: cell(8),
                admin1: cell(10),
                admin2: cell(11),
                lat: number(4),
                lon: number(5),
            };
            out.insert(id, codes);
        }
        Ok(out)
    }

    /// Reads admin1.json or admin2.json.
    pub fn admin(path: &Path) -> Result<Vec<Admin>> {
        serde_json::from_slice(&fs::read(path)?).with_context(|| path.display().to_string())
    }

    /// Coordinates of all towns by "CC.admin1", for the middle of regions.
    pub fn towns_by_region(&self) -> Result<BTreeMap<String, Vec<(f32, f32, u32)>>> {
        let mut out: BTreeMap<String, Vec<(f32, f32, u32)>> = BTreeMap::new();
        for city in self.cities()? {
            let key = format!("{}.{}", city.countrycode, city.admin1code);
            out.entry(key).or_default().push((city.latitude, city.longitude, city.population));
        }
        Ok(out)
    }

    fn cities(&self) -> Result<Vec<City>> {
        let by_id: BTreeMap<String, City> = serde_json::from_slice(&fs::read(&self.cities)?).context("cities500.json")?;
        let mut cities: Vec<City> = by_id.into_values().collect();
        cities.sort_by_key(|city| city.geonameid);
        Ok(cities)
    }

    /// Appends all towns.
    pub fn towns(&self, codes: &HashMap<String, String>, regions: &Regions, places: &mut Vec<Place>) -> Result<()> {
        let table = self.town_codes()?;
        for city in self.cities()? {
            let Some(country) = codes.get(&city.countrycode) else { continue };
            let feature = table.get(&city.geonameid).map_or("PPL", |codes| codes.feature.as_str()).to_owned();
            let names = city.alternatenames.into_iter().filter(|name| is_useful(name, city.population)).collect();
            places.push(Place {
                name: city.name,
                lat: city.latitude,
                lon: city.longitude,
                population: city.population,
                geonames: city.geonameid,
                country: country.clone(),
                feature,
                region: regions.get(&format!("{}.{}", city.countrycode, city.admin1code)).copied(),
                names,
            });
        }
        Ok(())
    }
}

/// Names in Latin (with a capital: the lower-case ones are machine transliterations), Cyrillic or Arabic letters. Codes ("ABJ") are left out.
fn is_useful(name: &str, population: u32) -> bool {
    let letters: Vec<char> = name.chars().filter(|letter| letter.is_alphabetic()).collect();
    let Some(&first) = letters.first() else { return false };
    let count = letters.len();
    if count < 3 || name.chars().any(|letter| letter.is_ascii_digit()) || name.contains(',') {
        return false;
    }
    let latin = letters.iter().all(|letter| (*letter as u32) < 0x250 || (0x1e00..0x1f00).contains(&(*letter as u32)));
    let cyrillic = letters.iter().all(|letter| (0x400..0x530).contains(&(*letter as u32)));
    let arabic = letters.iter().all(|letter| (0x600..0x700).contains(&(*letter as u32)));
    let code = count <= 4 && letters.iter().all(|letter| letter.is_uppercase());
    let capital = first.is_uppercase();
    !code && ((latin && capital) || (cyrillic && capital && population > 500) || (arabic && population > 500))
}

fn walk(folder: &Path, found: &mut BTreeMap<String, PathBuf>) -> Result<()> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).with_context(|| folder.display().to_string())?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            if name == "subdivisions" {
                found.entry(name).or_insert(path);
            } else {
                walk(&path, found)?;
            }
        } else {
            found.entry(name).or_insert(path);
        }
    }
    Ok(())
}
