//! Same text, many outlets: which articles are copies of one another, and which agency they credit.
//!
//! A text's sketch is a MinHash (Broder 1997) over runs of five words; sketches that share a band are compared, and texts
//! whose estimated resemblance reaches the bar are copies of the first. The same in any order of arrival up to which is first.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Words of a shingle.
const RUN: usize = 5;
/// Bands of the sketch, and values in each.
const BANDS: usize = 16;
const ROWS: usize = 4;
/// Estimated resemblance from which texts are copies (0–1).
pub const COPY: f64 = 0.6;

/// A text's fingerprint for comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch([u32; BANDS * ROWS]);

impl Sketch {
    /// Of a text; `None` when it is too short to tell copies from chance (fewer than 25 words).
    pub fn of(text: &str) -> Option<Sketch> {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| xxh3_64(word.to_lowercase().as_bytes()))
            .collect();
        if words.len() < 25 {
            return None;
        }
        let mut least = [u32::MAX; BANDS * ROWS];
        for run in words.windows(RUN) {
            let joined = run.iter().fold(0u64, |sum, word| sum.rotate_left(11).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word);
            for (at, value) in least.iter_mut().enumerate() {
                // A cheap family of hash functions: multiply by an odd number that depends on the place, keep the upper half.
                let mixed =
                    (joined ^ (at as u64).wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(0xff51_afd7_ed55_8ccd ^ ((at as u64) << 17));
                *value = (*value).min(((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32);
            }
        }
        Some(Sketch(least))
    }

    /// Estimated share of common shingles, 0–1.
    pub fn resemblance(&self, other: &Sketch) -> f64 {
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        same as f64 / self.0.len() as f64
    }

    fn bands(&self) -> impl Iterator<Item = u64> {
        self.0.chunks(ROWS).enumerate().map(|(band, rows)| {
            let bytes: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
            xxh3_64_with_seed(&bytes, band as u64)
        })
    }
}

/// The texts seen, for finding copies of them.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    sketches: Vec<Sketch>,
    names: Vec<String>,
    bands: BTreeMap<u64, Vec<usize>>,
}

impl Copies {
    /// Adds a text; the name of the most similar earlier one that it is a copy of, with the resemblance.
    pub fn add(&mut self, name: &str, text: &str) -> Option<(String, f64)> {
        let sketch = Sketch::of(text)?;
        let mut candidates: Vec<usize> = sketch.bands().filter_map(|band| self.bands.get(&band)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let scored = candidates.into_iter().map(|at| (at, sketch.resemblance(&self.sketches[at])));
        let best = scored.filter(|(_, score)| *score >= COPY).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let found = best.map(|(at, score)| (self.names[at].clone(), score));
        let number = self.sketches.len();
        for band in sketch.bands() {
            self.bands.entry(band).or_default().push(number);
        }
        self.sketches.push(sketch);
        self.names.push(name.to_owned());
        found
    }
}

static AGENCIES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../data/agencies.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split_once('\t')).collect()
});

/// The agency that a text credits: after its dateline (« PARIS (AFP) – »), or at its end (« avec Reuters », "(AP)").
///
/// `None` when it names none there; an agency quoted in the running text is no credit.
pub fn credit(text: &str) -> Option<&'static str> {
    let head: String = text.chars().take(90).collect();
    let tail: Vec<char> = text.trim_end().chars().rev().take(60).collect();
    let tail: String = tail.into_iter().rev().collect();
    let tail = tail.rsplit(['\n']).next().unwrap_or(&tail).to_owned();
    let last = tail.trim_end_matches(['.', ')', ']', ' ']);
    AGENCIES.iter().find_map(|(credit, agency)| {
        let in_head =
            head.contains(&format!("({credit})")) || head.contains(&format!("({credit},")) || head.starts_with(&format!("{credit} – "));
        let before = last.strip_suffix(credit).map(|before| before.trim_end());
        let in_tail = before.is_some_and(|before| {
            before.is_empty()
                || before.ends_with(['(', '[', '/', '—', '–'])
                || ["avec", "with", "et", "and", "source :", "source:", "par", "by"]
                    .iter()
                    .any(|word| before.to_lowercase().ends_with(word))
        });
        (in_head || in_tail).then_some(*agency)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "GAO (AFP) – Des soldats ont tué deux civils mardi dans un village proche de la ville, a annoncé le gouverneur de la région. Les habitants ont manifesté devant le camp pour demander une enquête. L'armée n'a pas réagi dans l'immédiat. Le village avait déjà été attaqué au printemps par des hommes armés venus du nord.";

    #[test]
    fn copies_are_found_and_other_news_of_the_same_place_is_none() {
        let mut copies = Copies::default();
        assert_eq!(copies.add("a", TEXT), None);
        let edited = TEXT.replace("GAO (AFP) – ", "").replace("dans l'immédiat", "");
        assert_eq!(copies.add("b", &edited).map(|found| found.0).as_deref(), Some("a"));
        let other = "Des hommes armés ont attaqué lundi un convoi sur la route de Gao, ont indiqué des sources locales. Trois chauffeurs ont été enlevés. Le gouverneur de la région a condamné l'attaque et promis des renforts. La circulation a repris dans la soirée sous escorte.";
        assert_eq!(copies.add("c", other), None);
        assert_eq!(copies.add("d", "Deux morts à Gao."), None);
    }

    #[test]
    fn credits_name_the_agency() {
        assert_eq!(credit(TEXT), Some("Agence France-Presse"));
        assert_eq!(credit("Two people died.\n\n(With Reuters)"), Some("Reuters"));
        assert_eq!(credit("Deux morts. Le Journal avec AFP"), Some("Agence France-Presse"));
        assert_eq!(credit("The MAP shows it. Nothing else was said in the AP"), None);
    }
}
