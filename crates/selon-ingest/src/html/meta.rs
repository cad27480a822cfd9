//! Headline, date, outlet, language and canonical address of a page.

use std::collections::BTreeMap;

use dom_query::{Document, NodeRef};

use super::linked_data::LinkedData;
use super::{Page, furniture};
use crate::date;

/// Names under which pages state their date of publication, the surest first.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "article.published",
    "published_time",
    "pubdate",
    "publish-date",
    "publication_date",
    "date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
];

/// Words that stand before a visible date of publication.
const PUBLISHED: &[&str] = &["publié", "published", "mis en ligne", "posted", "paru le", "issued", "first published", "le "];
/// Words before a date that is not it.
const UPDATED: &[&str] = &["mis à jour", "mise à jour", "updated", "modifié", "modified"];

/// Everything but the body.
pub fn read(document: &Document, linked: &LinkedData, url: Option<&str>) -> Page {
    let meta = table(document);
    let first = |names: &[&str]| names.iter().find_map(|name| meta.get(*name)).cloned();
    let lang = document.select_single("html").attr("lang").map(|lang| lang.to_string()).filter(|lang| !lang.is_empty());
    let lang = lang.or_else(|| linked.lang.clone()).or_else(|| first(&["og:locale", "content-language", "language", "dc.language"]));
    let lang = lang.as_deref().and_then(language);
    let canonical = document.select_single("link[rel=\"canonical\"]").attr("href").map(|url| url.to_string());
    let canonical = canonical.or_else(|| first(&["og:url"])).or_else(|| linked.url.clone());
    let title = linked.headline.clone().or_else(|| first(&["og:title", "twitter:title", "dc.title"])).or_else(|| heading(document));
    let outlet =
        linked.publisher.clone().or_else(|| first(&["og:site_name", "application-name", "dc.publisher", "citation_journal_title"]));
    let url = canonical.filter(|url| url.starts_with("http")).or_else(|| url.map(str::to_owned));
    let given = linked.published.iter().cloned().chain(DATES.iter().filter_map(|name| meta.get(*name)).cloned());
    let tag = lang.clone();
    let published = given.into_iter().find_map(|text| date::normalise(&text, tag.as_deref()));
    let published = published.or_else(|| visible(document, tag.as_deref())).or_else(|| url.as_deref().and_then(date::of_name));
    Page { url, title: title.map(|title| tidy(&title)), published, outlet: outlet.map(|outlet| tidy(&outlet)), lang, text: String::new() }
}

/// Meta elements by name in lower case; the first of a name wins.
fn table(document: &Document) -> BTreeMap<String, String> {
    let mut table = BTreeMap::new();
    for element in document.select("meta").iter() {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|attribute| element.attr(attribute));
        if let (Some(name), Some(content)) = (name, element.attr("content"))
            && !content.trim().is_empty()
        {
            table.entry(name.to_ascii_lowercase()).or_insert_with(|| content.trim().to_owned());
        }
    }
    table
}

/// The primary subtag, where it is one.
fn language(given: &str) -> Option<String> {
    let primary = given.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let plausible = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    plausible.then_some(primary)
}

/// The page's only headline, else its title without the outlet's name after the last bar.
fn heading(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let visible: Vec<String> = headings.iter().map(|heading| tidy(&heading.text())).filter(|text| !text.is_empty()).collect();
    if let [only] = visible.as_slice() {
        return Some(only.clone());
    }
    let title = tidy(&document.select_single("title").text());
    let cut = [" | ", " – ", " — ", " - "].iter().find_map(|bar| title.rsplit_once(bar).map(|(before, _)| before.to_owned()));
    cut.filter(|before| before.chars().count() > 15).or((!title.is_empty()).then_some(title))
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['\u{ad}', '\u{200b}'], "")
}

/// The date that a reader sees: a time element or an element named as its place, outside asides and lists of other articles.
fn visible(document: &Document, lang: Option<&str>) -> Option<String> {
    let mut updated = None;
    for element in document.select("time, [class], [id], [itemprop=\"datePublished\"], p, span, div").iter() {
        let Some(node) = element.nodes().first() else { continue };
        let is_time = node.node_name().is_some_and(|name| &*name == "time");
        let named = is_time || furniture::is_date(node);
        let machine = node.attr("datetime").or_else(|| node.attr("content")).map(|value| value.to_string());
        let text = if node.children_it(false).count() > 12 { String::new() } else { node.text().to_string() };
        let lower = text.trim().to_lowercase();
        let says = PUBLISHED.iter().take(7).any(|word| lower.starts_with(word)) || starts_with_by(&lower);
        if !(named || says) || lower.chars().count() > 160 || is_elsewhere(node) {
            continue;
        }
        let found = machine.filter(|_| named).and_then(|value| date::normalise(&value, lang)).or_else(|| date::normalise(&text, lang));
        let before =
            if is_time { node.parent().map(|parent| parent.text().trim().to_lowercase()).unwrap_or_default() } else { lower.clone() };
        let is_update = UPDATED.iter().any(|word| before.starts_with(word) || lower.starts_with(word));
        match found {
            Some(date) if is_update => updated = updated.or(Some(date)),
            Some(date) => return Some(date),
            None => {}
        }
    }
    updated
}

/// A byline that ends with the date: « Par la rédaction, le 12 mars 2024 ».
fn starts_with_by(lower: &str) -> bool {
    ["par ", "by "].iter().any(|word| lower.starts_with(word))
}

/// Whether the element stands among other articles, in a list or beside the page's own.
fn is_elsewhere(node: &NodeRef) -> bool {
    node.ancestors_it(Some(8)).any(|ancestor| {
        let name = ancestor.node_name().map(|name| name.to_string()).unwrap_or_default();
        let whole = matches!(name.as_str(), "body" | "html" | "main" | "article");
        let class = ancestor.attr("class").map(|class| class.to_ascii_lowercase()).unwrap_or_default();
        let listed = ["related", "comment", "sidebar", "recommend", "trending", "popular"].iter().any(|word| class.contains(word));
        matches!(name.as_str(), "aside" | "nav" | "footer" | "li") || (!whole && listed)
    })
}
