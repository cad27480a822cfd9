//! Known actors: `entities/*.tsv`. One actor may have several roles over time.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::agents::AgentRole;
use crate::{DataError, Files, agents, table};

/// What a known actor was for some time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC.
    pub country: CompactString,
    /// PLOVER sector; empty for IGO bodies.
    pub sector: CompactString,
    /// The office as a role noun names it.
    pub role: AgentRole,
    /// First day, `YYYY-MM-DD`, as precise as known; empty = always.
    pub from: CompactString,
    /// Last day, as precise as known; empty = still.
    pub to: CompactString,
}

/// A known actor.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Our id.
    pub id: CompactString,
    /// Canonical name in English.
    pub name: CompactString,
    /// Canonical name in French; empty if the same.
    pub name_fr: CompactString,
    /// Further names and acronyms.
    pub aliases: Vec<CompactString>,
    /// Wikidata id; empty if not copied from a source.
    pub wikidata: CompactString,
    /// Whether it is a human being.
    pub person: bool,
    /// Roles in order of time; never empty.
    pub offices: Vec<Office>,
}

/// All known actors, in order of id.
#[derive(Clone, Debug, Default)]
pub struct KnownActors {
    /// The actors.
    pub list: Vec<Known>,
}

/// Tables, and whether they list human beings.
const TABLES: &[(&str, bool)] = &[
    ("leaders", true),
    ("figures", true),
    ("intergovernmental", false),
    ("civil-society", false),
    ("parties", false),
    ("armed-groups", false),
    ("security-services", false),
    ("media", false),
    ("institutions", false),
];

impl KnownActors {
    /// Loads all tables of `entities/`.
    ///
    /// # Errors
    /// The first row without name or country, or with an unknown sector or role.
    pub fn load(files: &Files) -> Result<KnownActors, DataError> {
        let mut actors: BTreeMap<(CompactString, bool), Known> = BTreeMap::new();
        for &(name, person) in TABLES {
            let path = format!("entities/{name}.tsv");
            table::read(files, &path, &["id", "name", "aliases", "country", "sector", "role", "from", "to"], |row| {
                let office = office(&row)?;
                let key = (CompactString::from(row.require("id")?), person);
                let known = actors.entry(key).or_insert_with_key(|(id, _)| Known { id: id.clone(), person, ..Known::default() });
                known.name = row.require("name")?.into();
                known.name_fr = row.get("name_fr").into();
                for alias in row.get("aliases").split('|').filter(|alias| !alias.is_empty()) {
                    if !known.aliases.iter().any(|other| other == alias) {
                        known.aliases.push(alias.into());
                    }
                }
                known.wikidata = row.get("wikidata").into();
                known.offices.retain(|other| (&other.from, &other.role, &other.country) != (&office.from, &office.role, &office.country));
                known.offices.push(office);
                Ok(())
            })?;
        }
        let mut list: Vec<Known> = actors.into_values().collect();
        for known in &mut list {
            known.offices.sort_by(|a, b| a.from.cmp(&b.from));
        }
        Ok(KnownActors { list })
    }
}

fn office(row: &table::Row<'_>) -> Result<Office, DataError> {
    let sector = row.get("sector");
    if !sector.is_empty() && !agents::is_sector(sector) {
        return Err(row.error(format!("unknown sector `{sector}`"), "use a PLOVER sector, or leave the cell empty"));
    }
    let role = match row.get("role") {
        "hos" => AgentRole::HeadOfState,
        "hog" => AgentRole::HeadOfGovernment,
        "fm" | "def" | "int" | "vice" => AgentRole::Minister,
        _ => AgentRole::None,
    };
    Ok(Office {
        country: row.require("country")?.into(),
        sector: sector.into(),
        role,
        from: row.get("from").into(),
        to: row.get("to").into(),
    })
}

impl Known {
    /// The canonical name in a language: French has its own, other languages use the English one.
    pub fn name_in(&self, language: &str) -> &CompactString {
        if language == "fr" && !self.name_fr.is_empty() { &self.name_fr } else { &self.name }
    }

    /// Every spelling.
    pub fn spellings(&self) -> impl Iterator<Item = &CompactString> {
        [&self.name, &self.name_fr].into_iter().chain(&self.aliases).filter(|name| !name.is_empty())
    }

    /// The office held on a day (`YYYY-MM-DD`), the weightier of several, and whether it was still held: after the last one it is the last, with `false`.
    /// Without a day the latest.
    pub fn office_on(&self, day: Option<&str>) -> Option<(&Office, bool)> {
        let Some(day) = day else { return self.offices.last().map(|office| (office, office.to.is_empty() || !self.person)) };
        let holds = |office: &&Office| {
            office.from.as_str() <= day
                && (office.to.is_empty() || day <= office.to.as_str() || office.to == day[..office.to.len().min(day.len())])
        };
        let weight = |office: &Office| match office.role {
            AgentRole::HeadOfState => 3,
            AgentRole::HeadOfGovernment => 2,
            AgentRole::Minister => 1,
            _ => 0,
        };
        if let Some(office) = self.offices.iter().filter(holds).max_by_key(|office| weight(office)) {
            return Some((office, true));
        }
        match self.offices.iter().rev().find(|office| !office.to.is_empty() && office.to.as_str() < day) {
            Some(past) => Some((past, !self.person)),
            None => self.offices.first().map(|first| (first, true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_is_the_one_held_on_the_day() {
        let actors = KnownActors::load(&Files::embedded()).unwrap_or_else(|error| panic!("{error}"));
        let sonko = actors.list.iter().find(|known| known.name == "Ousmane Sonko").expect("there");
        let sector = |day: &str| sonko.office_on(Some(day)).map(|(office, held)| (office.sector.as_str(), held));
        assert_eq!(sector("2023-06-04"), Some(("PTY", true)));
        assert_eq!(sector("2024-06-04"), Some(("GOV", true)));
        let bouteflika = actors.list.iter().find(|known| known.name == "Abdelaziz Bouteflika").expect("there");
        assert_eq!(bouteflika.office_on(Some("2020-01-01")).map(|(_, held)| held), Some(false));
        assert!(actors.list.len() > 4000);
    }
}
