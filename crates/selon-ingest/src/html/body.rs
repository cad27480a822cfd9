//! The body of the article on a page.

use dom_query::{Document, NodeRef};
use dom_smoothie::{CandidateSelectMode, Config, Readability, TextMode};

use super::linked_data::LinkedData;
use super::{furniture, render};

/// Characters of prose below which an element is not taken for the body.
const ENOUGH: usize = 250;

/// The body's paragraphs, parted by a blank line; empty when the page has none.
pub fn read(document: &Document, linked: &LinkedData, url: Option<&str>, title: Option<&str>) -> String {
    let mut blocks = named(document).or_else(|| dense(document)).unwrap_or_default();
    if length(&blocks) < ENOUGH
        && let Some(found) = readable(document, url)
        && length(&found) > length(&blocks)
    {
        blocks = found;
    }
    let stated = linked.body.as_deref().map(stated).unwrap_or_default();
    if length(&blocks) * 2 < length(&stated) {
        blocks = stated;
    }
    let title = title.map(str::trim).unwrap_or("");
    render::join(blocks.into_iter().filter(|block| !furniture::is_phrase(block) && block != title))
}

fn length(blocks: &[String]) -> usize {
    blocks.iter().map(|block| block.chars().count()).sum()
}

/// The element that publisher or template name as the body, with the standfirst before it.
fn named(document: &Document) -> Option<Vec<String>> {
    let mut best: Option<(usize, NodeRef, Vec<String>)> = None;
    for element in document.select("[itemprop], [property], div[class], div[id], section[class], section[id], article[class]").iter() {
        let Some(node) = element.nodes().first() else { continue };
        if !furniture::is_body(node)
            || best.as_ref().is_some_and(|(_, within, _)| node.ancestors_it(None).any(|above| above.id == within.id))
        {
            continue;
        }
        let blocks = render::blocks(node, true);
        let size = length(&blocks);
        if size >= ENOUGH && best.as_ref().is_none_or(|(most, _, _)| size > *most) {
            best = Some((size, *node, blocks));
        }
    }
    best.map(|(_, node, blocks)| with_lede(document, &node, blocks))
}

/// The element with the most prose directly in its paragraphs: pages of old or home-made templates.
fn dense(document: &Document) -> Option<Vec<String>> {
    let mut scores: Vec<(usize, NodeRef)> = Vec::new();
    for paragraph in document.select("p").iter() {
        let Some(node) = paragraph.nodes().first() else { continue };
        let Some(parent) = node.parent() else { continue };
        let prose = prose(node);
        if prose < 60 || node.ancestors_it(None).any(|above| is_outside(&above)) {
            continue;
        }
        match scores.iter_mut().find(|(_, known)| known.id == parent.id) {
            Some((score, _)) => *score += prose,
            None => scores.push((prose, parent)),
        }
    }
    let all: usize = scores.iter().map(|(score, _)| *score).sum();
    let (_, best) = scores.iter().max_by_key(|(score, _)| *score)?;
    // Prose spread over several sections has its article in a common ancestor.
    let mut chosen = *best;
    let below = |node: &NodeRef| -> usize {
        scores
            .iter()
            .filter(|(_, parent)| parent.id == node.id || parent.ancestors_it(None).any(|above| above.id == node.id))
            .map(|(score, _)| score)
            .sum()
    };
    while below(&chosen) * 4 < all * 3 {
        let Some(parent) = chosen.parent().filter(|parent| parent.node_name().is_some_and(|name| !matches!(&*name, "html" | "body")))
        else {
            break;
        };
        chosen = parent;
    }
    let blocks = render::blocks(&chosen, true);
    (length(&blocks) >= ENOUGH).then(|| with_lede(document, &chosen, blocks))
}

fn is_outside(node: &NodeRef) -> bool {
    let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
    furniture::is_foreign(&name) || (!matches!(name.as_str(), "body" | "html" | "main" | "article") && furniture::is_furniture(node))
}

/// Characters outside links.
fn prose(node: &NodeRef) -> usize {
    let linked: usize = node
        .descendants_it()
        .filter(|below| below.is_element() && below.node_name().is_some_and(|name| &*name == "a"))
        .map(|link| link.text().len())
        .sum();
    node.text().trim().len().saturating_sub(linked * 2)
}

/// Puts the standfirst first, where it stands outside the body.
fn with_lede(document: &Document, body: &NodeRef, mut blocks: Vec<String>) -> Vec<String> {
    for element in document.select("p[class], div[class], h2[class], header p").iter() {
        let Some(node) = element.nodes().first() else { continue };
        let in_body = node.id == body.id || node.ancestors_it(None).any(|above| above.id == body.id || is_outside(&above));
        let holds_body = body.ancestors_it(None).any(|above| above.id == node.id);
        if in_body || holds_body || !furniture::is_lede(node) {
            continue;
        }
        let lede: Vec<String> =
            render::blocks(node, true).into_iter().filter(|block| block.chars().count() > 40 && !blocks.contains(block)).collect();
        if !lede.is_empty() && length(&lede) < length(&blocks) {
            blocks.splice(0..0, lede);
            break;
        }
    }
    blocks
}

/// What the readability method finds.
fn readable(document: &Document, url: Option<&str>) -> Option<Vec<String>> {
    let config = Config {
        text_mode: TextMode::Formatted,
        candidate_select_mode: CandidateSelectMode::Readability,
        disable_json_ld: true,
        max_elements_to_parse: 50_000,
        ..Config::default()
    };
    let url = url.filter(|url| url.starts_with("http"));
    let found = Readability::with_document(document.clone(), url, Some(config)).ok()?.parse().ok()?;
    Some(found.text_content.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// An `articleBody`, which may itself hold markup.
fn stated(body: &str) -> Vec<String> {
    if body.contains("</p>") {
        return super::fragment(body, crate::Limits::default()).split("\n\n").map(str::to_owned).collect();
    }
    body.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
