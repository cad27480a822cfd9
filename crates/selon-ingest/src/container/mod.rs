//! The things that hold articles: one file a format.

pub mod compressed;
pub mod docx;
pub mod feed;
pub mod lines;
pub mod mail;
pub mod parquet;
pub mod press;
pub mod table;
pub mod warc;
pub mod zipped;
