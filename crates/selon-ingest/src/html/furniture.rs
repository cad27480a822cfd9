//! Which elements and blocks of a page are no part of the article; `data/furniture.tsv` lists the words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use dom_query::NodeRef;

fn list(kind: &str) -> BTreeSet<&'static str> {
    let rows = include_str!("../../data/furniture.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split_once('\t')).filter(|(is, _)| *is == kind).map(|(_, word)| word).collect()
}

static CLASSES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| list("class"));
static BODIES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| list("body"));
static LEDES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| list("lede"));
static DATES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| list("date"));
static PHRASES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| list("phrase"));

/// Longest block, in characters, that can be furniture for its first words.
const PHRASE_BLOCK: usize = 220;

/// Class and id of an element in lower case.
fn names(node: &NodeRef) -> String {
    let mut names = node.attr("class").map(|names| names.to_ascii_lowercase()).unwrap_or_default();
    if let Some(id) = node.attr("id") {
        names.push(' ');
        names.push_str(&id.to_ascii_lowercase());
    }
    names
}

fn any_word(node: &NodeRef, words: &BTreeSet<&str>) -> bool {
    names(node).split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(word))
}

fn any_name(node: &NodeRef, words: &BTreeSet<&str>) -> bool {
    names(node).split_whitespace().any(|name| words.contains(name))
}

/// Elements that never hold the article's prose.
pub fn is_foreign(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "nav"
            | "aside"
            | "footer"
            | "form"
            | "button"
            | "select"
            | "iframe"
            | "svg"
            | "figure"
            | "template"
            | "dialog"
            | "input"
            | "textarea"
            | "video"
            | "audio"
            | "object"
            | "head"
    )
}

/// Whether class or id say that the element is furniture.
pub fn is_furniture(node: &NodeRef) -> bool {
    if node.attr("hidden").is_some() || node.attr("aria-hidden").is_some_and(|value| &*value == "true") {
        return true;
    }
    if node.attr("style").is_some_and(|style| style.replace(' ', "").contains("display:none")) {
        return true;
    }
    let role = node.attr("role");
    if role.is_some_and(|role| matches!(&*role, "navigation" | "complementary" | "banner" | "contentinfo" | "dialog")) {
        return true;
    }
    let joined = names(node).replace(['-', '_'], "");
    any_word(node, &CLASSES)
        || ["lireaussi", "readalso", "alsoread", "mostread", "readnext", "plusdarticles", "recommand"]
            .iter()
            .any(|word| joined.contains(word))
}

/// Whether the element is named as the article's body.
pub fn is_body(node: &NodeRef) -> bool {
    node.attr("itemprop").is_some_and(|property| property.eq_ignore_ascii_case("articleBody"))
        || node.attr("property").is_some_and(|property| property.ends_with("articleBody"))
        || any_name(node, &BODIES)
}

/// Whether the element is named as the standfirst.
pub fn is_lede(node: &NodeRef) -> bool {
    any_word(node, &LEDES) && !any_word(node, &CLASSES)
}

/// Whether the element is named as the place of the publication date.
pub fn is_date(node: &NodeRef) -> bool {
    any_word(node, &DATES) || node.attr("itemprop").is_some_and(|property| &*property == "datePublished")
}

/// Whether a block is furniture for its first words: « Lire aussi », "Subscribe".
pub fn is_phrase(block: &str) -> bool {
    if block.chars().count() > PHRASE_BLOCK {
        return false;
    }
    let lower = block.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©').to_lowercase();
    PHRASES
        .iter()
        .any(|phrase| lower.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || phrase.ends_with('©')))
}
