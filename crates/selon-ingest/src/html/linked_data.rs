//! What a page states of its article as JSON-LD (schema.org).

use dom_query::Document;
use serde_json::Value;

/// The statements that matter here.
#[derive(Clone, Debug, Default)]
pub struct LinkedData {
    /// `headline`.
    pub headline: Option<String>,
    /// `datePublished`.
    pub published: Option<String>,
    /// Name of the `publisher`.
    pub publisher: Option<String>,
    /// `inLanguage`.
    pub lang: Option<String>,
    /// `articleBody`.
    pub body: Option<String>,
    /// `mainEntityOfPage` or `url`.
    pub url: Option<String>,
}

/// The first article that the page's JSON-LD blocks describe.
pub fn find(document: &Document) -> LinkedData {
    for script in document.select("script[type=\"application/ld+json\"]").iter() {
        let text = script.text();
        // Line breaks inside strings are a common fault of hand-made templates.
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").replace(['\n', '\r', '\t'], " ");
        if let Ok(value) = serde_json::from_str::<Value>(&text)
            && let Some(found) = article(&value)
        {
            return found;
        }
    }
    LinkedData::default()
}

fn article(value: &Value) -> Option<LinkedData> {
    match value {
        Value::Array(items) => items.iter().find_map(article),
        Value::Object(fields) => {
            if !is_article(fields.get("@type")) {
                return fields.get("@graph").and_then(article).or_else(|| fields.get("mainEntity").and_then(article));
            }
            let text = |name: &str| fields.get(name).and_then(string);
            Some(LinkedData {
                headline: text("headline").or_else(|| text("name")),
                published: text("datePublished").or_else(|| text("dateCreated")),
                publisher: fields.get("publisher").and_then(name),
                lang: fields.get("inLanguage").and_then(name),
                body: text("articleBody"),
                url: fields.get("mainEntityOfPage").and_then(address).or_else(|| text("url")),
            })
        }
        _ => None,
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    let named =
        |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report");
    match kind {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A name given as text, as an object with one, or as a list of such.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.first().and_then(name),
        Value::Object(fields) => fields.get("name").and_then(string),
        other => string(other),
    }
}

fn address(value: &Value) -> Option<String> {
    value.get("@id").and_then(string).or_else(|| string(value)).filter(|address| address.contains("://"))
}
