//! Mail (.eml): a newsletter or an alert is one article.

use mail_parser::MessageParser;
use selon_core::article::Article;

use crate::html;
use crate::limits::Limits;
use crate::read::{Item, Origin};

/// The article of a mail: its HTML part as text, else its text part.
pub fn read(bytes: &[u8], origin: &Origin, limits: Limits) -> Vec<Item> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return vec![Err(origin.unread("no mail: it has no headers"))];
    };
    let plain = message.body_text(0).map(|text| text.replace("\r\n", "\n")).filter(|text| text.trim().chars().count() > 80);
    let text = plain.or_else(|| message.body_html(0).map(|page| html::fragment(&page, limits))).unwrap_or_default();
    if text.trim().is_empty() {
        return vec![Err(origin.unread("a mail without text"))];
    }
    let sender = message.from().and_then(|from| from.first()).and_then(|sender| sender.name().or_else(|| sender.address()));
    let url = message.message_id().map_or_else(|| origin.name.clone(), |id| format!("mid:{id}"));
    vec![Ok(Article {
        url: Some(url),
        outlet: sender.map(str::to_owned),
        title: message.subject().map(str::to_owned),
        text,
        published: message.date().map(mail_parser::DateTime::to_rfc3339),
        lang: None,
    })]
}
