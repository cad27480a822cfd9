//! Everything found in the text, event or not, as `mention` records.

use serde_json::{Map, Value, json};

use super::Findings;
use crate::document::Span;
use crate::event::Referent;
use crate::record::MentionRecord;

/// The mentions of an article: entities, places, times, figures; with `tokens` also every token with its tags.
pub fn mentions(findings: &Findings<'_>, tokens: bool) -> Vec<MentionRecord> {
    let mut all = Vec::new();
    for (index, mention) in findings.scene.entities.mentions.iter().enumerate() {
        let entity = findings.entity(Referent::Mention(index));
        let mut record = record(findings, "entity", mention.span, fields(&entity));
        record.chain = Some(mention.chain);
        all.push(record);
    }
    for (index, toponym) in findings.scene.toponyms.iter().enumerate() {
        all.push(record(findings, "place", toponym.span, fields(&findings.toponym(index, "toponym"))));
    }
    for timex in findings.timexes {
        let mut values = fields(&findings.time(timex));
        values.insert("type".into(), json!(timex.kind));
        all.push(record(findings, "time", timex.span, values));
    }
    for quantity in findings.scene.quantities {
        let mut values = Map::new();
        values.insert("low".into(), json!(quantity.low));
        values.insert("high".into(), json!(quantity.high));
        all.push(record(findings, "figure", quantity.span, values));
    }
    if tokens {
        for index in 0..findings.scene.document.tokens.len() {
            all.push(token(findings, index));
        }
    }
    all.sort_by(|a, b| (a.start, b.end, &a.kind).cmp(&(b.start, a.end, &b.kind)));
    all
}

/// The fields of a value without those the mention has itself.
fn fields(value: &impl serde::Serialize) -> Map<String, Value> {
    let mut map = match serde_json::to_value(value) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    for own in ["text", "start", "end", "why"] {
        map.remove(own);
    }
    map
}

fn record(findings: &Findings<'_>, kind: &str, span: Span, fields: Map<String, Value>) -> MentionRecord {
    let words = findings.evidence(span);
    let sentence = findings.scene.document.token_at(span).map(|token| findings.scene.document.sentence_of[token]);
    MentionRecord {
        document: findings.id.to_owned(),
        kind: kind.into(),
        text: words.text,
        start: words.start,
        end: words.end,
        sentence,
        chain: None,
        fields,
    }
}

fn token(findings: &Findings<'_>, index: usize) -> MentionRecord {
    let token = &findings.scene.document.tokens[index];
    let mut values = Map::new();
    values.insert("form".into(), json!(token.form));
    values.insert("lemma".into(), json!(token.lemma));
    values.insert("upos".into(), json!(token.upos.as_str()));
    values.insert("head".into(), json!(token.head));
    values.insert("deprel".into(), json!(token.deprel.as_str()));
    values.insert("name".into(), json!(token.name.as_str()));
    record(findings, "token", token.span, values)
}
