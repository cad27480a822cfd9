//! The line an article travels, from text to sourced event records.
//!
//! Pure: no file, network, clock or global. Every stage is a folder and a function from one typed value to the next;
//! [`pipeline`] shows the whole line on one screen.

pub mod article;
pub mod assemble;
pub mod attribution;
pub mod document;
pub mod entity;
pub mod eval;
pub mod event;
pub mod figure;
pub mod geo;
pub mod incident;
pub mod language;
pub mod learned;
pub mod matcher;
pub mod pipeline;
pub mod place;
pub mod problem;
pub mod record;
pub mod segment;
pub mod settle;
pub mod tag;
pub mod time;
pub mod tree;
pub mod words;
