//! Word processor documents (.docx): the paragraphs of the main text.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use selon_core::article::Article;
use zip::ZipArchive;

use crate::date;
use crate::limits::Limits;
use crate::read::{Item, Origin};

/// The article of a document; its date is the one in its name.
pub fn read(bytes: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    match main_text(bytes, limits) {
        Ok(paragraphs) if !paragraphs.is_empty() => {
            let text = paragraphs.join("\n\n");
            vec![Ok(Article { url: Some(origin.name.clone()), text, published: date::of_name(&origin.name), ..Article::default() })]
        }
        Ok(_) => vec![Err(origin.unread("a document without text"))],
        Err(cause) => vec![Err(origin.unread(&format!("a document that cannot be read: {cause}")))],
    }
}

fn main_text(bytes: &[u8], limits: Limits) -> Result<Vec<String>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let member = archive.by_name("word/document.xml").map_err(|error| error.to_string())?;
    let mut xml = String::new();
    member.take(limits.item_bytes).read_to_string(&mut xml).map_err(|error| error.to_string())?;
    let mut reader = Reader::from_str(&xml);
    let (mut paragraphs, mut open, mut in_text) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "t" => in_text = true,
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "t" => in_text = false,
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "p" => {
                if !open.trim().is_empty() {
                    paragraphs.push(open.trim().to_owned());
                }
                open.clear();
            }
            Ok(Event::Empty(tag)) if matches!(tag.local_name().as_ref(), "tab" | "br") => open.push(' '),
            Ok(Event::Text(text)) if in_text => open.push_str(&text),
            Ok(Event::GeneralRef(name)) if in_text => open.push_str(&super::feed::entity(&name)),
            Ok(Event::Eof) => return Ok(paragraphs),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}
