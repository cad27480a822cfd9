//! A page → its article: body without furniture, headline, date, outlet, language, canonical address.
//!
//! Input: the page's text (character set settled). Output: [`Page`]. What the publisher states for machines (JSON-LD,
//! OpenGraph, meta elements) is believed before what stands on the page; the body is the element that the publisher or a
//! common template names, else the densest block of prose.

mod body;
mod furniture;
mod linked_data;
mod meta;
mod render;

use dom_query::Document;

use crate::limits::Limits;

/// What a page tells of its article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Canonical address, absolute; `None` if the page names none.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publication, RFC 3339 or a date.
    pub published: Option<String>,
    /// Who published.
    pub outlet: Option<String>,
    /// Language as declared, BCP 47.
    pub lang: Option<String>,
    /// Body: paragraphs parted by a blank line; empty if there is none.
    pub text: String,
}

/// Reads a page; `url` is where it was found, if that is known.
pub fn read(html: &str, url: Option<&str>, limits: Limits) -> Page {
    if nesting(html) > limits.nesting {
        // Deeper than any newsroom nests: the tree builders of others need not prove that they survive it.
        return Page { text: render::strip_tags(html), ..Page::default() };
    }
    let document = Document::from(html);
    let linked = linked_data::find(&document);
    let mut page = meta::read(&document, &linked, url);
    page.text = body::read(&document, &linked, url, page.title.as_deref());
    page
}

/// The text of a fragment of HTML as feeds and mails carry it, paragraphs parted by a blank line; furniture phrases left out.
pub fn fragment(html: &str, limits: Limits) -> String {
    if nesting(html) > limits.nesting {
        return render::strip_tags(html);
    }
    let document = Document::from(html);
    let blocks = document.body().map(|body| render::blocks(&body, false)).unwrap_or_default();
    render::join(blocks.into_iter().filter(|block| !furniture::is_phrase(block)))
}

/// A bound on how deep the elements nest: those whose end tag may be left out do not count.
fn nesting(html: &str) -> usize {
    const OPTIONAL: &[&str] = &[
        "p", "li", "td", "tr", "th", "dd", "dt", "option", "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed",
        "source", "track", "wbr", "path",
    ];
    let (mut depth, mut deepest) = (0usize, 0usize);
    for piece in html.split('<').skip(1) {
        if let Some(end) = piece.strip_prefix('/') {
            let name = end.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            if !OPTIONAL.contains(&name) {
                depth = depth.saturating_sub(1);
            }
        } else if piece.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = piece.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            let closed = piece.split('>').next().is_some_and(|tag| tag.ends_with('/'));
            if !closed && !OPTIONAL.contains(&name) {
                depth += 1;
                deepest = deepest.max(depth);
            }
        }
    }
    deepest
}
