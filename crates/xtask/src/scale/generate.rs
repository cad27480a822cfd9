//! Any number of articles from the corpus's patterns: its coded articles moved to other days and towns, told several times over. Seeded.

use std::collections::BTreeMap;

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::Date;
use selon_core::assemble::stable_id;
use selon_core::eval::GoldArticle;
use selon_core::pipeline::{Coder, Options};
use selon_core::record::{EntityRecord, EventRecord, FigureRecord, PlaceRecord, Record, TimeRecord};
use selon_data::Knowledge;

/// Days over which occurrences are spread.
const DAYS: u64 = 20 * 365;

/// Towns in which they happen.
const TOWNS: u64 = 3000;

/// Most articles on one occurrence.
const MOST_TOLD: u64 = 5;

/// Makes articles.
pub struct Generator {
    templates: Vec<Vec<Record>>,
    countries: Vec<String>,
    occurrence: u64,
    told: u64,
    number: u64,
}

/// What all articles on one occurrence share.
struct Scene {
    template: usize,
    shift_days: i64,
    town: u64,
    country: String,
}

/// SplitMix64 (Steele, Lea & Flood 2014) of two numbers.
fn mix(a: u64, b: u64) -> u64 {
    let mut mixed = a.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(b.wrapping_mul(0xd1b5_4a32_d192_ed03)).wrapping_add(0x2545_f491);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl Generator {
    /// A generator of the corpus's train and dev articles; the same articles in the same order every time.
    pub fn new() -> Result<Generator> {
        let knowledge = Knowledge::embedded()?;
        let coder = Coder::new(&knowledge);
        let mut articles = crate::corpus::load("train")?;
        articles.extend(crate::corpus::load("dev")?);
        let mut templates = Vec::new();
        for article in articles.iter().filter(|article| article.published.is_some()) {
            let records = coder.code(&GoldArticle::article(article), Options::default());
            if records.iter().any(|record| matches!(record, Record::Event(_))) {
                templates.push(records);
            }
        }
        let countries = ["DZA", "BFA", "TCD", "COD", "EGY", "ETH", "FRA", "IND", "IRQ", "KAZ", "KEN", "LBN", "MLI", "MMR", "NGA", "PAK"];
        let more = ["SDN", "SYR", "TUN", "UKR", "USA", "VEN", "YEM", "ZAF", "BRA", "COL", "MEX", "PHL", "BGD", "THA"];
        let countries = countries.iter().chain(&more).map(|code| (*code).to_owned()).collect();
        Ok(Generator { templates, countries, occurrence: 0, told: 0, number: 0 })
    }

    /// The next article's records.
    pub fn article(&mut self) -> Vec<Record> {
        if self.told > mix(self.occurrence, 1) % MOST_TOLD {
            self.occurrence += 1;
            self.told = 0;
        }
        let scene = self.scene();
        let mut records = self.templates[scene.template].clone();
        self.rewrite(&mut records, &scene);
        self.told += 1;
        self.number += 1;
        records
    }

    fn scene(&self) -> Scene {
        let town = mix(self.occurrence, 2) % TOWNS;
        Scene {
            template: (mix(self.occurrence, 3) % self.templates.len() as u64) as usize,
            shift_days: (mix(self.occurrence, 4) % DAYS) as i64,
            town,
            country: self.countries[(town % self.countries.len() as u64) as usize].clone(),
        }
    }

    fn rewrite(&self, records: &mut Vec<Record>, scene: &Scene) {
        let n = self.number;
        let document = stable_id(&["generated", &n.to_string()]);
        let rename = |id: &str| stable_id(&[&document, id]);
        let home = home(records);
        records.retain(|record| matches!(record, Record::Document(_) | Record::Event(_) | Record::Statement(_)));
        // The templates' days lie in many years: the shift is from their own publication to the scene's day.
        let published =
            records.iter().find_map(|record| if let Record::Document(value) = record { date(value.published.as_deref()) } else { None });
        let target = Date::constant(2004, 1, 1).saturating_add(scene.shift_days.days());
        let shift = published.map_or(0, |published| i64::from((target - published).get_days()));
        for record in records {
            match record {
                Record::Document(value) => {
                    value.id.clone_from(&document);
                    value.url = Some(format!("https://example.org/{n}"));
                    value.outlet = Some(format!("Outlet {}", mix(n, 5) % 400));
                    value.published = moved(value.published.as_deref(), shift + (mix(n, 6) % 2) as i64);
                    value.text = text(&value.text, n);
                }
                Record::Event(value) => {
                    value.id = rename(&value.id);
                    value.document.clone_from(&document);
                    value.incident = value.incident.as_deref().map(rename);
                    self.event(value, scene, home.as_deref(), shift);
                }
                Record::Statement(value) => {
                    value.id = rename(&value.id);
                    value.document.clone_from(&document);
                    value.events = value.events.iter().map(|id| rename(id)).collect();
                    entity(&mut value.speaker, home.as_deref(), &scene.country);
                }
                _ => {}
            }
        }
    }

    fn event(&self, event: &mut EventRecord, scene: &Scene, home: Option<&str>, shift: i64) {
        if let Some(time) = &mut event.time {
            days(time, shift);
        }
        if let Some(place) = &mut event.event_loc {
            town(place, scene);
        }
        for side in event.actor.iter_mut().chain(&mut event.recipient) {
            entity(side, home, &scene.country);
        }
        for link in &mut event.attribution {
            entity(&mut link.entity, home, &scene.country);
        }
        for (at, value) in event.figures.iter_mut().enumerate() {
            figure(value, mix(self.number, 7 + at as u64));
        }
    }
}

/// The country that most of an article's places lie in.
fn home(records: &[Record]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        if let Record::Event(event) = record
            && let Some(country) = event.event_loc.as_ref().and_then(|place| place.country.clone())
        {
            *counts.entry(country).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(country, _)| country)
}

fn date(text: Option<&str>) -> Option<Date> {
    text?.get(..10)?.parse().ok()
}

fn moved(text: Option<&str>, shift: i64) -> Option<String> {
    date(text).map(|day| day.saturating_add(shift.days()).to_string())
}

fn days(time: &mut TimeRecord, shift: i64) {
    time.from = moved(time.from.as_deref(), shift);
    time.to = moved(time.to.as_deref(), shift);
}

fn town(place: &mut PlaceRecord, scene: &Scene) {
    place.country = Some(scene.country.clone());
    if place.precision < 6 {
        place.name = format!("Town {}", scene.town);
        place.geonames = None;
        place.admin1 = Some(format!("Region {}", scene.town % 300));
        place.lat = Some((mix(scene.town, 8) % 1_200_000) as f64 / 10_000.0 - 60.0);
        place.lon = Some((mix(scene.town, 9) % 3_600_000) as f64 / 10_000.0 - 180.0);
    }
}

fn entity(entity: &mut EntityRecord, home: Option<&str>, country: &str) {
    if entity.country.is_some() && entity.country.as_deref() == home {
        entity.country = Some(country.to_owned());
    }
}

/// One outlet in three gives another number.
fn figure(figure: &mut FigureRecord, chance: u64) {
    if chance.is_multiple_of(3) {
        let other = |value: u64| value + chance % (value / 4 + 2);
        figure.low = figure.low.map(other);
        figure.high = figure.high.map(other);
    }
}

/// The template's words; four articles in five tell them in words of their own.
fn text(template: &str, number: u64) -> String {
    let own = !mix(number, 10).is_multiple_of(5);
    let mut words = Vec::new();
    for (at, word) in template.split_whitespace().enumerate() {
        words.push(word.to_owned());
        if own && at % 4 == 3 {
            words.push(format!("w{}", mix(number, 11 + at as u64) % 50_000));
        }
    }
    words.join(" ")
}
