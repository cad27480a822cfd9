//! The places of the world: `gazetteer/places.bin`, read where it lies, without parsing.
//!
//! Made by `cargo xtask gazetteer` from GeoNames (CC BY 4.0), Unicode CLDR (Unicode-3.0) and our own tables. Layout, all little-endian:
//! the letters `SELONGZ1`; six lengths in bytes (u32); then the parts: countries (alpha-3, one a line), features (GeoNames codes, one a line), places,
//! candidates (u32 place indices), names (UTF-8), and an `fst` map of folded names. A place is 28 bytes: offset of its name (u32), length of its name (u8),
//! feature (u8), country (u8), zero (u8), latitude and longitude (f32), population (u32), GeoNames id (u32, 0 for none), first-level region
//! (u32 place index, all ones for none). The value of a name is `place << 8` for one place, `first candidate << 8 | number` for several.

use fst::raw::Fst;

static BYTES: &[u8] = include_bytes!("../gazetteer/places.bin");
const PLACE: usize = 28;

/// A place, by its index in the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// The gazetteer.
pub struct Gazetteer {
    countries: Vec<&'static str>,
    features: Vec<&'static str>,
    places: &'static [u8],
    candidates: &'static [u8],
    strings: &'static [u8],
    names: Option<Fst<&'static [u8]>>,
}

/// What the gazetteer knows of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Main name.
    pub name: &'static str,
    /// GeoNames feature code.
    pub feature: &'static str,
    /// ISO 3166-1 alpha-3; empty for places of several states.
    pub country: &'static str,
    /// WGS84 degrees north.
    pub lat: f64,
    /// WGS84 degrees east.
    pub lon: f64,
    /// Inhabitants; 0 if unknown.
    pub population: u32,
    /// GeoNames id; 0 if unknown.
    pub geonames: u32,
    /// First-level region.
    pub region: Option<PlaceId>,
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn f64_at(bytes: &[u8], at: usize) -> f64 {
    f64::from(f32::from_bits(u32_at(bytes, at)))
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Gazetteer").field("places", &self.len()).finish()
    }
}

impl Gazetteer {
    /// The embedded gazetteer; opening it takes microseconds.
    pub fn embedded() -> Gazetteer {
        Gazetteer::open(BYTES)
    }

    fn open(bytes: &'static [u8]) -> Gazetteer {
        let mut at = 8 + 6 * 4;
        let mut part = |index: usize| {
            let length = u32_at(bytes, 8 + index * 4) as usize;
            let slice = bytes.get(at..at + length).unwrap_or(&[]);
            at += length;
            slice
        };
        let lines = |bytes: &'static [u8]| std::str::from_utf8(bytes).unwrap_or("").split('\n').collect();
        let (countries, features) = (lines(part(0)), lines(part(1)));
        let (places, candidates, strings, names) = (part(2), part(3), part(4), part(5));
        Gazetteer { countries, features, places, candidates, strings, names: Fst::new(names).ok() }
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.places.len() / PLACE
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// A place; the first one for an index out of range.
    pub fn place(&self, id: PlaceId) -> Place {
        let at = id.0 as usize * PLACE;
        let row = self.places.get(at..at + PLACE).unwrap_or(&[0; PLACE]);
        let start = u32_at(row, 0) as usize;
        let name = self.strings.get(start..start + usize::from(row[4])).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or("");
        let region = u32_at(row, 24);
        Place {
            name,
            feature: self.features.get(usize::from(row[5])).copied().unwrap_or(""),
            country: self.countries.get(usize::from(row[6])).copied().unwrap_or(""),
            lat: f64_at(row, 8),
            lon: f64_at(row, 12),
            population: u32_at(row, 16),
            geonames: u32_at(row, 20),
            region: (region != u32::MAX).then_some(PlaceId(region)),
        }
    }

    /// The places of a folded name (see [`crate::fold::name_key`]), the most populous first.
    pub fn named(&self, key: &str) -> Vec<PlaceId> {
        let value = self.names.as_ref().and_then(|names| names.get(key));
        value.map_or_else(Vec::new, |value| self.candidates(value.value()))
    }

    fn candidates(&self, value: u64) -> Vec<PlaceId> {
        let (first, count) = ((value >> 8) as usize, (value & 0xff) as usize);
        if count == 0 {
            return vec![PlaceId(first as u32)];
        }
        (first..first + count).map(|index| PlaceId(u32_at(self.candidates, index * 4))).collect()
    }

    /// The longest name that a run of folded words begins with: how many words, and its places, the most populous first.
    /// `words` gives the n-th word, or `None` where the run ends.
    pub fn longest<'w>(&self, mut words: impl FnMut(usize) -> Option<&'w str>) -> Option<(usize, Vec<PlaceId>)> {
        let names = self.names.as_ref()?;
        let mut node = names.root();
        let mut output = 0_u64;
        let mut best = None;
        for count in 0..8 {
            let Some(word) = words(count) else { break };
            let space = (count > 0).then_some(b' ');
            for byte in space.into_iter().chain(word.bytes()) {
                let Some(index) = node.find_input(byte) else { return best.map(|(count, value)| (count, self.candidates(value))) };
                let transition = node.transition(index);
                output += transition.out.value();
                node = names.node(transition.addr);
            }
            if node.is_final() {
                best = Some((count + 1, output + node.final_output().value()));
            }
        }
        best.map(|(count, value)| (count, self.candidates(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_places_are_found() {
        let gazetteer = Gazetteer::embedded();
        assert!(gazetteer.len() > 200_000);
        for (key, country) in [
            ("gao", "MLI"),
            ("le caire", "EGY"),
            ("moscou", "RUS"),
            ("алматы", "KAZ"),
            ("bakhmout", "UKR"),
            ("donbass", "UKR"),
            ("kazakhstan", "KAZ"),
        ] {
            let found = gazetteer.named(key);
            assert!(found.iter().any(|&id| gazetteer.place(id).country == country), "{key}: {found:?}");
        }
        let words = ["saint", "louis", "du"];
        assert_eq!(gazetteer.longest(|at| words.get(at).copied()).map(|found| found.0), Some(2));
    }
}
