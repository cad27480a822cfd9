//! `selon read`: the articles of any input, uncoded; what could not be read is told on standard error.

use std::io::{BufWriter, Write};

use anyhow::Result;
use selon_core::article::Article;

use crate::cli::Read;
use crate::exit::Exit;
use crate::input::Inputs;

/// Runs the command.
pub fn run(arguments: Read) -> Result<Exit> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut exit = Exit::Success;
    for (number, item) in Inputs::new(&arguments.inputs, arguments.assumed).enumerate() {
        match item {
            Ok(article) if arguments.text => {
                let bar = if number > 0 { "\n----\n" } else { "" };
                writeln!(out, "{bar}{}", article.text)?;
            }
            Ok(article) => writeln!(out, "{}", line(&article))?,
            Err(problem) => {
                exit = Exit::SomeUnread;
                eprintln!("{}", problem.message);
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// An article as the JSON Lines that `selon code` reads.
pub fn line(article: &Article) -> serde_json::Value {
    serde_json::json!({
        "url": article.url, "outlet": article.outlet, "title": article.title, "published": article.published, "lang": article.lang,
        "text": article.text,
    })
}
