//! Fetching over HTTP, politely and guarded: robots.txt, caps, no addresses inside one's own network.

mod address;
mod client;
mod robots;

pub use address::is_public;
pub use client::{Answer, Client, FetchError, Settings, Validators, join_url};
pub use robots::Robots;
