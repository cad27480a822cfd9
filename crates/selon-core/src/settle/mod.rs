//! Gives every event its time, place and retellings: what the clause states, what the paragraph carries over, what the country implies.
//!
//! Input: events with links; times and places of the text. Output: one [`Settled`] for each event. Neighbours: `attribution` before, `assemble` after.

pub mod choose;
mod place;
mod retold;
mod when;

use jiff::civil::Date;
use selon_data::weights::Weights;

use crate::event::{Event, Scene};
use crate::time::Timex;

pub use retold::incidents;

/// Where an event happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// A toponym of the text: index, and why this one.
    Toponym(usize, String),
    /// A country as a whole, ISO 3166-1 alpha-3, and why.
    Country(String, String),
}

/// When and where one event happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Index into the times of the text; `None` when none is stated or carried over.
    pub time: Option<usize>,
    /// The place; `None` when none is stated or carried over.
    pub place: Option<Where>,
    /// Further toponyms of the same event.
    pub other_places: Vec<usize>,
}

/// Time and place of every event, in the order of `events`; marks events long past as `historical` and lasting ones as `ongoing`.
pub fn settle(scene: Scene<'_>, model: Option<&Weights>, timexes: &[Timex], published: Option<Date>, events: &mut [Event]) -> Vec<Settled> {
    let times = when::times(scene, timexes, events);
    let places = place::places(scene, events);
    let ruled = times.into_iter().zip(places).map(|(time, (place, other_places))| Settled { time, place, other_places }).collect();
    let settled = choose::choose(scene, model, timexes, events, ruled);
    for (event, settled) in events.iter_mut().zip(&settled) {
        when::mark(event, settled.time.map(|index| &timexes[index]), published);
    }
    settled
}
