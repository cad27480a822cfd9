//! Finds names of places: the longest name of the gazetteer at each capitalised word, weighed by what stands around it.
//!
//! Input: surface words and, where there are any, tags. Output: hits with their candidates and evidence. Next: `resolve`.

use selon_data::gazetteer::{Gazetteer, PlaceId};
use selon_data::places::{PlaceCue, PlaceLexicon};

use crate::document::{Document, NameKind, Span, Upos};
use crate::words::{Word, WordKind};

/// A name that may be a place.
#[derive(Clone, Debug)]
pub struct Hit {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Places of that name, the most populous first; never empty.
    pub candidates: Vec<PlaceId>,
    /// Weight of what stands around it; 0 speaks for neither.
    pub evidence: f32,
    /// Whether the hit is a word of nationality, which stands for its state.
    pub demonym: bool,
    /// Index of the hit after the comma or in brackets that may contain it ("London, Ontario").
    pub container: Option<usize>,
    /// Whether it stands in a dateline.
    pub dateline: bool,
}

/// What recognition reads.
pub struct Reader<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its surface words.
    pub words: &'a [Word],
    /// The gazetteer.
    pub gazetteer: &'a Gazetteer,
    /// The words around names.
    pub lexicon: &'a PlaceLexicon,
}

impl Reader<'_> {
    /// All hits in the order of the text; they do not overlap.
    pub fn hits(&self) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            match self.hit_at(at) {
                Some(hit) => {
                    at = hit.end;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        self.containers(&mut hits);
        hits
    }

    /// A hit for each given span whose words the gazetteer knows, among the hits found elsewhere.
    pub fn given(&self, spans: &[Span]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self.hits().into_iter().filter(|hit| !spans.iter().any(|span| span.overlaps(self.span(hit)))).collect();
        for span in spans {
            let inside: Vec<usize> = (0..self.words.len()).filter(|&at| span.contains(self.words[at].span)).collect();
            let (Some(&start), Some(&last)) = (inside.first(), inside.last()) else { continue };
            let found = (start..=last).find_map(|at| {
                if let Some(demonym) = self.demonym_at(at).filter(|_| start == last) {
                    return Some(demonym);
                }
                let (end, candidates) = self.longest(at, false)?;
                // "South Pacific" is no South.
                if end == at + 1 && at < last && self.lexicon.is(&self.words[at].text, PlaceCue::Modifier) {
                    return None;
                }
                let dateline = self.in_dateline(at);
                Some(Hit { start: at, end: end.min(last + 1), candidates, evidence: 3.0, demonym: false, container: None, dateline })
            });
            hits.extend(found);
        }
        hits.sort_by_key(|hit| hit.start);
        self.containers(&mut hits);
        hits
    }

    fn span(&self, hit: &Hit) -> Span {
        self.words[hit.start].span.join(self.words[hit.end - 1].span)
    }

    fn hit_at(&self, start: usize) -> Option<Hit> {
        let word = &self.words[start];
        let arabic = word.text.chars().next().is_some_and(|letter| ('\u{600}'..'\u{700}').contains(&letter));
        let head = !word.capital && self.lexicon.is(&word.text, PlaceCue::Head);
        if word.kind != WordKind::Letters || !(word.capital || head || arabic) || self.glued_before(start) {
            return None;
        }
        let demonym = word.capital.then(|| self.demonym_at(start)).flatten();
        let found = self.longest(start, arabic).filter(|(end, _)| !head || self.words[start + 1..*end].iter().any(|word| word.capital));
        match (found, demonym) {
            // A longer name wins ("French Guiana"), but a nationality is no village of that name.
            (Some((end, candidates)), demonym) if demonym.is_none() || end > start + 1 => {
                let mut hit =
                    Hit { start, end, candidates, evidence: 0.0, demonym: false, container: None, dateline: self.in_dateline(start) };
                hit.evidence = self.evidence(&hit, arabic);
                Some(hit)
            }
            (_, Some(hit)) => Some(hit),
            _ => None,
        }
    }

    fn demonym_at(&self, start: usize) -> Option<Hit> {
        let country = self.lexicon.nationality(&self.words[start].text)?;
        let state = self.state(country)?;
        Some(Hit { start, end: start + 1, candidates: vec![state], evidence: 2.0, demonym: true, container: None, dateline: false })
    }

    /// The state of an alpha-3 code: the gazetteer lists the states first.
    fn state(&self, country: &str) -> Option<PlaceId> {
        (0..260).map(PlaceId).find(|&id| {
            let place = self.gazetteer.place(id);
            place.country == country && place.feature.starts_with("PCL")
        })
    }

    /// Written on to a letter or digit before ("anti-Paris" is still a place, "F1London" is not).
    fn glued_before(&self, at: usize) -> bool {
        at > 0 && !self.words[at].space_before && self.words[at - 1].kind == WordKind::Digits
    }

    /// The longest name from a word on. Hyphens, apostrophes and the full stops of abbreviations stand inside names.
    fn longest(&self, start: usize, arabic: bool) -> Option<(usize, Vec<PlaceId>)> {
        let mut indices = [0_usize; 8];
        let mut count = 0;
        let mut at = start;
        while count < 8 && at < self.words.len() {
            let word = &self.words[at];
            if !matches!(word.kind, WordKind::Letters | WordKind::Digits) {
                break;
            }
            indices[count] = at;
            count += 1;
            at += 1;
            while at < self.words.len() && self.joins(at) {
                at += 1;
            }
        }
        let article = arabic && self.words[start].text.starts_with('و');
        let _ = article;
        let (length, candidates) = self.gazetteer.longest(|n| (n < count).then(|| self.words[indices[n]].text.as_str()))?;
        let last = indices[length - 1];
        if self.words[last].kind == WordKind::Letters && !self.words[last].capital && !arabic && !self.inner_lower_ok(start, last) {
            return None;
        }
        Some((last + 1, candidates))
    }

    /// Names end with a capital or are of the kind "bande de Gaza", "Cox's Bazar"; a lower-case end is another word of the sentence.
    fn inner_lower_ok(&self, start: usize, last: usize) -> bool {
        start == last && self.lexicon.is(&self.words[start].text, PlaceCue::Head) || last > start && !self.words[last].space_before
    }

    fn joins(&self, at: usize) -> bool {
        let word = &self.words[at];
        match word.text.as_str() {
            "-" | "'" | "‑" => !word.space_before && self.words.get(at + 1).is_some_and(|next| !next.space_before),
            // "U.S.", "St. Louis": after at most two letters.
            "." => !word.space_before && at > 0 && self.words[at - 1].span.len() <= 2 && self.words[at - 1].capital,
            _ => false,
        }
    }

    /// The place a name is told at, in the document's first paragraph before a dash: "ALMATY, Jan 7 —".
    fn in_dateline(&self, at: usize) -> bool {
        let span = self.words[at].span;
        let stamped = self.document.paragraphs.iter().filter_map(|paragraph| paragraph.stamp);
        stamped.into_iter().any(|stamp| stamp.contains(span)) || (at < 4 && self.words[at].upper && self.words[at].span.len() > 3)
    }

    fn cue_before(&self, end: usize, wanted: impl Fn(PlaceCue) -> bool) -> Option<usize> {
        (end.saturating_sub(4)..end).find(|&at| {
            self.lexicon.starting_with(&self.words[at].text).iter().any(|(phrase, cue)| {
                let fits = || self.words[at..end].iter().zip(phrase).all(|(word, form)| word.text == *form);
                wanted(*cue) && phrase.len() == end - at && fits()
            })
        })
    }

    /// The very words are a common expression ("nice", "White House").
    fn is_common(&self, hit: &Hit) -> bool {
        let words = &self.words[hit.start..hit.end];
        let phrases = self.lexicon.starting_with(&words[0].text).iter().filter(|phrase| phrase.1 == PlaceCue::Common);
        phrases
            .into_iter()
            .any(|(phrase, _)| phrase.len() == words.len() && words.iter().zip(phrase).all(|(word, form)| word.text == *form))
    }

    fn evidence(&self, hit: &Hit, arabic: bool) -> f32 {
        let mut weight = self.prior(hit) + self.tags(hit);
        let first = &self.words[hit.start];
        let single = hit.end == hit.start + 1;
        let mut before = hit.start;
        // "northern Mali", "Downtown Toronto": the preposition stands before the modifier.
        while before > 0 && self.lexicon.is(&self.words[before - 1].text, PlaceCue::Modifier) && self.words[before].space_before {
            before -= 1;
        }
        if self.cue_before(hit.start, |cue| cue == PlaceCue::In).or_else(|| self.cue_before(before, |cue| cue == PlaceCue::In)).is_some() {
            weight += 2.0;
        } else if self.cue_before(before, |cue| cue == PlaceCue::Of).is_some() || before < hit.start {
            weight += 0.6;
        }
        if self.cue_before(hit.start, |cue| cue == PlaceCue::Title).is_some() {
            weight -= 3.0;
        }
        if self.is_common(hit) {
            weight -= 4.0;
        }
        if single && first.span.len() <= 2 {
            weight -= 2.0;
        }
        if hit.dateline {
            weight += 2.5;
        }
        if !single {
            weight += 1.0;
        }
        if arabic && single {
            weight -= 0.5;
        }
        weight + self.neighbours(hit, before)
    }

    /// How well known the best candidate is.
    fn prior(&self, hit: &Hit) -> f32 {
        let best = self.gazetteer.place(hit.candidates[0]);
        let known =
            |id: &PlaceId| !matches!(self.gazetteer.place(*id).feature, "ADM2") && !self.gazetteer.place(*id).feature.starts_with("PPL");
        if hit.candidates.iter().any(known) {
            return 2.2;
        }
        match best.population {
            1_000_000.. => 2.0,
            300_000.. => 1.6,
            100_000.. => 1.0,
            20_000.. => 0.2,
            5_000.. => -0.4,
            _ if best.feature == "ADM2" || best.feature == "PPLX" => 0.0,
            _ => -0.9,
        }
    }

    /// What the tagger says of the words.
    fn tags(&self, hit: &Hit) -> f32 {
        if !self.document.tagged {
            return 0.0;
        }
        let span = self.words[hit.start].span.join(self.words[hit.end - 1].span);
        let Some(first) = self.document.token_at(span) else { return 0.0 };
        let tokens = &self.document.tokens;
        let kind = tokens[first].name;
        let starts = tokens[first].name_start || first == 0 || tokens[first - 1].name != kind;
        let last = (first..tokens.len()).take_while(|&token| tokens[token].span.start < span.end).last().unwrap_or(first);
        let ends = tokens.get(last + 1).is_none_or(|next| next.name != kind || next.name_start);
        match kind {
            NameKind::Loc => 2.0,
            NameKind::Per => {
                if starts && ends {
                    -1.5
                } else {
                    -4.0
                }
            }
            NameKind::Org => {
                if starts && ends {
                    -1.0
                } else {
                    -2.0
                }
            }
            NameKind::None => match tokens[first].upos {
                Upos::Propn => 0.0,
                Upos::X => -0.3,
                _ => -1.8,
            },
        }
    }

    /// Capitalised words beside the name: of its kind ("County"), of an organisation ("University"), or of somebody's name.
    fn neighbours(&self, hit: &Hit, before: usize) -> f32 {
        let mut weight = 0.0;
        let adjacent = |at: usize| self.words[at].kind == WordKind::Letters && self.words[at].capital;
        if let Some(next) = self.words.get(hit.end).filter(|next| next.capital && next.space_before && next.kind == WordKind::Letters) {
            weight += if self.lexicon.is(&next.text, PlaceCue::Kind) {
                1.0
            } else if self.lexicon.is(&next.text, PlaceCue::Organization) {
                -2.0
            } else if self.lexicon.nationality(&next.text).is_some() {
                0.0
            } else {
                -1.6
            };
        }
        if hit.end < self.words.len() && self.words[hit.end].is("-") && !self.words[hit.end].space_before {
            weight -= if self.words.get(hit.end + 1).is_some_and(|next| next.capital) { 0.5 } else { 0.0 };
        }
        if before > 0 && adjacent(before - 1) && self.words[before].space_before && before == hit.start {
            let previous = &self.words[before - 1];
            let opens = before < 2 || !matches!(self.words[before - 2].kind, WordKind::Letters);
            let known = self.lexicon.nationality(&previous.text).is_some() || self.lexicon.is(&previous.text, PlaceCue::Kind);
            // "Bashar Assad", "Kate Middleton"; a capital that only opens the sentence says nothing.
            weight -= if known || (opens && self.lexicon.is(&previous.text, PlaceCue::Common)) { 0.0 } else { 2.5 };
        }
        weight
    }

    /// "London, Ontario", "Gao (Mali)", "Gao, au Mali": the following hit may contain this one.
    fn containers(&self, hits: &mut [Hit]) {
        for index in 0..hits.len().saturating_sub(1) {
            let (end, next) = (hits[index].end, hits[index + 1].start);
            let between = &self.words[end..next];
            let joined = match between {
                [mark] => mark.is(",") || mark.is("("),
                [mark, link] | [mark, link, ..] if between.len() <= 4 => {
                    (mark.is(",") || mark.is("(")) && (self.lexicon.is(&link.text, PlaceCue::In) || link.capital)
                }
                _ => false,
            };
            if joined && !hits[index + 1].demonym {
                hits[index].container = Some(index + 1);
            }
        }
    }
}
