//! Reading the world: text, pages, feeds, web archives, mail and database exports → [`Article`](selon_core::article::Article).
//!
//! Input: paths (or bytes with what a server said of them). Output: an iterator of articles or problems, in the order of
//! the input, each with a [`Position`] at which a later run can go on. Nothing an input contains ends the run: what cannot
//! be read is a problem that names the place, the cause and the way out. Next in the line: `selon_core::pipeline`.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod charset;
pub mod container;
pub mod date;
pub mod fetch;
pub mod html;
mod input;
mod limits;
mod read;
mod sniff;
pub mod watch;
pub mod wire;

pub use input::{Inputs, Position};
pub use limits::Limits;
pub use read::{Item, Origin, read_bytes, unread};
pub use sniff::{Kind, kind};
