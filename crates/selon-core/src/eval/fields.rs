//! Whether the fields of a matched pair agree.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::gold::{GoldEntity, GoldEvent, GoldFigure, GoldPlace};
use super::matching::same_set;
use crate::record::{EntityRecord, EventRecord, PlaceRecord};

/// Kilometres within which two places of one country are the same (161 km: 100 miles, as geocoding papers use).
const SAME_PLACE_KM: f64 = 161.0;

/// One field's verdict; `None` where there is nothing to check.
pub type Verdicts = Vec<(&'static str, Option<bool>)>;

/// The verdicts of all fields for one matched pair.
pub fn verdicts(gold: &GoldEvent, predicted: &EventRecord) -> Verdicts {
    let attribution = attribution_agrees(gold, predicted);
    let sourced = !gold.attribution.is_empty() || !predicted.attribution.is_empty();
    let done = happened(&gold.factuality, &gold.auxiliary);
    vec![
        ("actor", Some(sides(&gold.actor) == sides_of(&predicted.actor))),
        ("recipient", Some(sides(&gold.recipient) == sides_of(&predicted.recipient))),
        ("actor_overlap", Some(overlap(&gold.actor, &predicted.actor))),
        ("recipient_overlap", Some(overlap(&gold.recipient, &predicted.recipient))),
        ("place", gold.event_loc.as_ref().map(|_| place_agrees(gold, predicted))),
        ("time", gold.time.as_ref().map(|_| time_agrees(gold, predicted))),
        ("figures", Some(figures_agree(gold, predicted))),
        ("mode", Some(same_set(&gold.mode, &predicted.mode))),
        ("auxiliary", Some(same_set(&gold.auxiliary, &predicted.auxiliary))),
        ("factuality", Some(gold.factuality == predicted.factuality)),
        ("attribution", Some(attribution)),
        ("attribution_sourced", sourced.then_some(attribution)),
        ("not_done_kept", (!done).then(|| !happened(&predicted.factuality, &predicted.auxiliary))),
    ]
}

/// Whether actor, recipient, place and attribution are all right: the honest end-to-end figure.
pub fn whole_record(verdicts: &Verdicts) -> bool {
    let right = |name: &str| verdicts.iter().find(|(field, _)| *field == name).and_then(|(_, verdict)| *verdict) != Some(false);
    right("actor_overlap") && right("recipient_overlap") && right("place") && right("attribution")
}

type Side<'a> = (Option<&'a str>, Option<&'a str>);

fn sides(list: &[GoldEntity]) -> BTreeSet<Side<'_>> {
    list.iter().map(|entity| (entity.country.as_deref(), entity.sector.as_deref())).collect()
}

fn sides_of(list: &[EntityRecord]) -> BTreeSet<Side<'_>> {
    list.iter().map(|entity| (entity.country.as_deref(), entity.sector.as_deref())).collect()
}

/// One pair of country and sector in common, or both empty.
pub fn overlap(gold: &[GoldEntity], predicted: &[EntityRecord]) -> bool {
    if gold.is_empty() && predicted.is_empty() {
        return true;
    }
    !sides(gold).is_disjoint(&sides_of(predicted))
}

/// Whether the figures are the same set of kind, low and high.
pub fn figures_agree(gold: &GoldEvent, predicted: &EventRecord) -> bool {
    figures(&gold.figures) == figures_of(predicted)
}

/// Gold figures as a set.
pub fn figures(list: &[GoldFigure]) -> BTreeSet<(String, Option<u64>, Option<u64>)> {
    list.iter().map(|figure| (figure.kind.clone(), figure.low, figure.high)).collect()
}

/// Predicted figures as a set.
pub fn figures_of(event: &EventRecord) -> BTreeSet<(String, Option<u64>, Option<u64>)> {
    event.figures.iter().map(|figure| (figure.kind.clone(), figure.low, figure.high)).collect()
}

fn happened(factuality: &str, auxiliary: &[String]) -> bool {
    factuality == "CT+" && !auxiliary.iter().any(|name| matches!(name.as_str(), "ordered" | "future" | "hypothetical" | "negation"))
}

fn attribution_agrees(gold: &GoldEvent, predicted: &EventRecord) -> bool {
    let wanted: Vec<_> =
        gold.attribution.iter().map(|link| (link.country.as_deref(), link.sector.as_deref(), link.stance.as_str(), link.within)).collect();
    let given: Vec<_> = predicted
        .attribution
        .iter()
        .map(|link| (link.entity.country.as_deref(), link.entity.sector.as_deref(), link.stance.as_str(), link.within))
        .collect();
    let (wanted, given) = (innermost(&wanted), innermost(&given));
    wanted.is_empty() && given.is_empty() || !wanted.is_disjoint(&given)
}

/// Country, sector and stance of a voice.
type Voice<'a> = (Option<&'a str>, Option<&'a str>, &'a str);

/// The links that no other is nested in; the last alone when none is nested.
fn innermost<'a>(links: &[(Option<&'a str>, Option<&'a str>, &'a str, Option<usize>)]) -> BTreeSet<Voice<'a>> {
    let outer: BTreeSet<usize> = links.iter().filter_map(|link| link.3).collect();
    let inner = links.iter().enumerate().filter(|(index, _)| !outer.contains(index)).map(|(_, link)| (link.0, link.1, link.2));
    inner.collect()
}

/// Whether the place is one of those that gold gives; none agrees with none.
pub fn place_agrees(gold: &GoldEvent, predicted: &EventRecord) -> bool {
    let Some(place) = &predicted.event_loc else { return gold.event_loc.is_none() };
    gold.event_loc.iter().chain(&gold.other_locs).any(|wanted| one_place(wanted, place))
}

fn one_place(gold: &GoldPlace, predicted: &PlaceRecord) -> bool {
    if gold.country != predicted.country {
        return false;
    }
    if gold.name.to_lowercase() == predicted.name.to_lowercase() || gold.geonames.is_some() && gold.geonames == predicted.geonames {
        return true;
    }
    match (gold.lat, gold.lon, predicted.lat, predicted.lon) {
        (Some(lat), Some(lon), Some(other_lat), Some(other_lon)) => {
            crate::geo::distance_km((lat, lon), (other_lat, other_lon)) <= SAME_PLACE_KM
        }
        _ => false,
    }
}

/// Both ends within a day, or at least half of the days of either span shared.
pub fn time_agrees(gold: &GoldEvent, predicted: &EventRecord) -> bool {
    let day = |text: Option<&String>| text.and_then(|text| text.get(..10)).and_then(|text| text.parse::<Date>().ok());
    let wanted = gold.time.as_ref().and_then(|time| Some((day(time.from.as_ref())?, day(time.to.as_ref().or(time.from.as_ref()))?)));
    let given = predicted.time.as_ref().and_then(|time| Some((day(time.from.as_ref())?, day(time.to.as_ref().or(time.from.as_ref()))?)));
    let (Some((from, to)), Some((other_from, other_to))) = (wanted, given) else { return wanted.is_none() && given.is_none() };
    let days = |a: Date, b: Date| i64::from((b - a).get_days());
    if days(from, other_from).abs() <= 1 && days(to, other_to).abs() <= 1 {
        return true;
    }
    let shared = days(from.max(other_from), to.min(other_to)) + 1;
    2 * shared > days(from.min(other_from), to.max(other_to))
}
