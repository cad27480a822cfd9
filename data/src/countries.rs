//! States: codes, names by language, capitals, demonyms.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::{DataError, Files, table};

/// One state or territory.
#[derive(Clone, Debug, Default)]
pub struct Country {
    /// ISO 3166-1 alpha-3 (XKX for Kosovo).
    pub iso3: CompactString,
    /// ISO 3166-1 alpha-2.
    pub iso2: CompactString,
    /// FIPS 10-4; empty if none.
    pub fips: CompactString,
    /// Correlates of War number; `None` for what is no member of the system.
    pub cow: Option<u16>,
    /// Gleditsch–Ward number.
    pub gw: Option<u16>,
    /// GeoNames id; 0 if unknown.
    pub geonames: u32,
    /// The state that the territory counts for in PLOVER; empty for states.
    pub folds: CompactString,
    /// ISO 3166-1 alpha-3 of the land neighbours.
    pub neighbours: Vec<CompactString>,
    /// Name by language.
    pub names: BTreeMap<CompactString, CompactString>,
    /// Capital by language.
    pub capitals: BTreeMap<CompactString, CompactString>,
}

/// What a name of `country-names.tsv` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOf {
    /// The state.
    State,
    /// Its capital, which stands for its government.
    Capital,
    /// A large part of it.
    Part,
}

/// One name of a state, its capital or a part.
#[derive(Clone, Debug)]
pub struct CountryName {
    /// As written.
    pub name: CompactString,
    /// ISO 3166-1 alpha-3, not folded.
    pub country: CompactString,
    /// What it names.
    pub kind: NameOf,
}

/// All states.
#[derive(Clone, Debug, Default)]
pub struct Countries {
    by_iso3: BTreeMap<CompactString, Country>,
    names: BTreeMap<CompactString, Vec<CountryName>>,
}

const LANGUAGES: &[&str] = &["fr", "en", "es", "ru", "ar"];

impl Countries {
    /// Loads `ontology/countries.tsv` and `ontology/country-names.tsv`.
    ///
    /// # Errors
    /// The first row that is not as the format asks.
    pub fn load(files: &Files) -> Result<Countries, DataError> {
        let mut countries = Countries::default();
        table::read(files, "ontology/countries.tsv", &["iso3", "iso2", "folds", "neighbours"], |row| {
            let by_language = |prefix: &str| {
                let cell =
                    |language: &&str| (CompactString::from(*language), CompactString::from(row.get(&format!("{prefix}_{language}"))));
                LANGUAGES.iter().map(cell).filter(|(_, name)| !name.is_empty()).collect()
            };
            let country = Country {
                iso3: row.require("iso3")?.into(),
                iso2: row.get("iso2").into(),
                fips: row.get("fips").into(),
                cow: row.get("cow").parse().ok(),
                gw: row.get("gw").parse().ok(),
                geonames: row.get("geonames").parse().unwrap_or(0),
                folds: row.get("folds").into(),
                neighbours: row.get("neighbours").split(',').filter(|code| !code.is_empty()).map(CompactString::from).collect(),
                names: by_language("name"),
                capitals: by_language("capital"),
            };
            countries.by_iso3.insert(country.iso3.clone(), country);
            Ok(())
        })?;
        table::read(files, "ontology/country-names.tsv", &["lang", "name", "country", "kind"], |row| {
            let kind = match row.require("kind")? {
                "name" => NameOf::State,
                "capital" => NameOf::Capital,
                "part" => NameOf::Part,
                other => return Err(row.error(format!("unknown kind `{other}`"), "use name, capital or part")),
            };
            let name = CountryName { name: row.require("name")?.into(), country: row.require("country")?.into(), kind };
            countries.names.entry(row.require("lang")?.into()).or_default().push(name);
            Ok(())
        })?;
        Ok(countries)
    }

    /// The state of an ISO 3166-1 alpha-3 code.
    pub fn get(&self, iso3: &str) -> Option<&Country> {
        self.by_iso3.get(iso3)
    }

    /// All, in order of code.
    pub fn iter(&self) -> impl Iterator<Item = &Country> {
        self.by_iso3.values()
    }

    /// The code that counts in PLOVER: territories fold into their state.
    pub fn folded<'a>(&'a self, iso3: &'a str) -> &'a str {
        self.by_iso3.get(iso3).map(|country| country.folds.as_str()).filter(|folds| !folds.is_empty()).unwrap_or(iso3)
    }

    /// Every name in a language.
    pub fn names(&self, language: &str) -> &[CountryName] {
        self.names.get(language).map_or(&[], Vec::as_slice)
    }
}

/// A word of nationality, one form.
#[derive(Clone, Debug)]
pub struct Demonym {
    /// The form as written.
    pub form: CompactString,
    /// ISO 3166-1 alpha-3.
    pub country: CompactString,
    /// Whether it is a whole state's; else a town's, region's or people's.
    pub state: bool,
}

/// Loads `lang/<xx>/demonyms.tsv`.
///
/// # Errors
/// The first row that is not as the format asks.
pub fn load_demonyms(files: &Files, folder: &str) -> Result<Vec<Demonym>, DataError> {
    let mut demonyms = Vec::new();
    table::read(files, &format!("{folder}demonyms.tsv"), &["form", "country", "kind"], |row| {
        demonyms.push(Demonym {
            form: row.require("form")?.into(),
            country: row.require("country")?.into(),
            state: row.get("kind") == "state",
        });
        Ok(())
    })?;
    Ok(demonyms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territories_fold_and_states_have_numbers() {
        let countries = Countries::load(&Files::embedded()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(countries.folded("NCL"), "FRA");
        assert_eq!(countries.folded("HKG"), "HKG");
        let germany = countries.get("DEU").expect("there");
        assert_eq!((germany.cow, germany.gw, germany.fips.as_str()), (Some(255), Some(260), "GM"));
        assert!(countries.names("fr").iter().any(|name| name.name == "Pékin" && name.kind == NameOf::Capital));
    }
}
