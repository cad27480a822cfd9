//! Feeds, for weeks on end: conditional requests, robots.txt, a pace for each host, waits that grow with failures, articles
//! from their pages, changed ones again; what is known of each feed outlives the program.
//!
//! A [`Watcher`] is asked for a round at a moment the caller names, so that a week can be simulated. Articles go to the caller
//! before the state that forgets them is kept: after a kill some come twice, none is missed.

mod config;
mod host;
mod round;
mod state;

pub use config::{Config, FeedConfig};
pub use round::{Found, Watcher};
pub use state::{FeedState, State};
