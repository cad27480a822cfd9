//! From the core's values to the records of the contract: byte spans become characters, indices become ids.
//!
//! Input: everything the line found in an article. Output: its records in order: document, events, statements, problems. Last stage of the line.

mod codes;
mod entities;
mod ids;
mod mentions;

use std::collections::BTreeMap;

use selon_data::Knowledge;

pub use ids::stable_id;
pub use mentions::mentions;

use crate::article::Article;
use crate::attribution::{Link, Statement};
use crate::document::Span;
use crate::event::{Event, Figure, Scene};
use crate::figure::Quantity;
use crate::problem::{Problem, Severity};
use crate::record::{
    Coder, CueRecord, DocumentRecord, EventRecord, Evidence, FigureRecord, LinkRecord, PlaceRecord, ProblemRecord, SCHEMA_VERSION,
    SentenceRecord, StatementRecord, TimeRecord,
};
use crate::settle::{Settled, Where};
use crate::time::{Anchor, Timex};

/// Converts byte offsets into Unicode scalar offsets.
#[derive(Debug)]
pub struct Offsets {
    /// Characters before each byte; empty when the text is ASCII and the two are the same.
    before: Vec<u32>,
}

impl Offsets {
    /// The offsets of a text.
    pub fn new(text: &str) -> Offsets {
        if text.is_ascii() {
            return Offsets { before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut count = 0_u32;
        for byte in text.bytes() {
            before.push(count);
            // The last byte of a character closes it; continuation bytes count nothing.
            if !(0x80..0xC0).contains(&byte) {
                count += 1;
            }
        }
        before.push(count);
        Offsets { before }
    }

    /// Characters before a byte offset on a character boundary.
    pub fn of(&self, byte: usize) -> usize {
        if self.before.is_empty() { byte } else { self.before.get(byte).copied().unwrap_or_default() as usize }
    }
}

/// Everything the records of one article are made of.
pub struct Findings<'a> {
    /// The article as given.
    pub article: &'a Article,
    /// Document, trees, actors, places, numbers.
    pub scene: Scene<'a>,
    /// All knowledge.
    pub knowledge: &'a Knowledge,
    /// Times of the text.
    pub timexes: &'a [Timex],
    /// Events.
    pub events: &'a [Event],
    /// Links of each event.
    pub links: &'a [Vec<Link>],
    /// Time and place of each event.
    pub settled: &'a [Settled],
    /// Incident within the article of each event.
    pub incidents: &'a [usize],
    /// Statements.
    pub statements: &'a [Statement],
    /// Byte to character offsets.
    pub offsets: &'a Offsets,
    /// Id of the document.
    pub id: &'a str,
}

/// The document record.
pub fn document(article: &Article, language: &str, id: &str, hash: &str) -> DocumentRecord {
    DocumentRecord {
        id: id.to_owned(),
        url: article.url.clone(),
        outlet: article.outlet.clone(),
        title: article.title.clone(),
        lang: language.to_owned(),
        published: article.published.clone(),
        text: article.text.clone(),
        schema_version: SCHEMA_VERSION.to_owned(),
        coder: Coder { name: "selon".into(), version: env!("CARGO_PKG_VERSION").into(), hash: hash.to_owned() },
    }
}

/// A problem as a record.
pub fn problem(problem: &Problem, document: &str, offsets: &Offsets) -> ProblemRecord {
    let severity = match problem.severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    ProblemRecord {
        stage: problem.stage.into(),
        severity: severity.into(),
        document: Some(document.to_owned()),
        start: problem.span.map(|span| offsets.of(span.start)),
        end: problem.span.map(|span| offsets.of(span.end)),
        message: problem.message.clone(),
    }
}

impl Findings<'_> {
    /// The words under a span with their character offsets.
    pub fn evidence(&self, span: Span) -> Evidence {
        Evidence { text: self.scene.document.slice(span).to_owned(), start: self.offsets.of(span.start), end: self.offsets.of(span.end) }
    }

    /// The records of all events, in the order of the events.
    pub fn event_records(&self) -> Vec<EventRecord> {
        let ids = ids::event_ids(self.id, self.events);
        (0..self.events.len()).map(|index| self.event_record(index, &ids[index])).collect()
    }

    fn event_record(&self, index: usize, id: &str) -> EventRecord {
        let (event, settled) = (&self.events[index], &self.settled[index]);
        let sentence_index = self.scene.document.sentence_of[event.anchor];
        let sentence = self.scene.document.sentences[sentence_index].span;
        let codes = codes::of(self, event);
        let cues = event.cues.iter().map(|cue| {
            let words = self.evidence(cue.span);
            CueRecord { field: cue.field.into(), value: cue.value.clone(), text: words.text, start: words.start, end: words.end }
        });
        EventRecord {
            id: id.to_owned(),
            document: self.id.to_owned(),
            incident: Some(ids::incident_id(self.id, self.incidents[index])),
            sentence: SentenceRecord { index: sentence_index, start: self.offsets.of(sentence.start), end: self.offsets.of(sentence.end) },
            trigger: self.evidence(event.trigger),
            event: event.event.clone(),
            mode: event.mode.clone(),
            context: event.context.clone(),
            acled: codes.acled,
            cameo: codes.cameo,
            quad_code: codes.quad,
            event_scale: codes.scale,
            actor: self.entities(&event.actor),
            recipient: self.entities(&event.recipient),
            event_loc: settled.place.as_ref().and_then(|place| self.place(place)),
            other_locs: settled.other_places.iter().map(|&other| self.toponym(other, "stated in the clause")).collect(),
            time: settled.time.map(|time| self.time(&self.timexes[time])),
            figures: event.figures.iter().map(|figure| self.figure(figure)).collect(),
            auxiliary: event.auxiliary.iter().map(|auxiliary| auxiliary.as_str().to_owned()).collect(),
            attribution: self.links[index].iter().map(|link| self.link(link)).collect(),
            factuality: event.factuality.as_str().into(),
            confidence: codes.confidence,
            cues: cues.collect(),
            rules: event.rules.clone(),
        }
    }

    fn link(&self, link: &Link) -> LinkRecord {
        LinkRecord {
            entity: self.entity(link.speaker),
            cue: self.evidence(link.cue),
            kind: link.kind.as_str().into(),
            stance: link.stance.to_string(),
            within: link.within,
        }
    }

    fn figure(&self, figure: &Figure) -> FigureRecord {
        self.quantity(&figure.kind, &figure.quantity)
    }

    fn quantity(&self, kind: &str, quantity: &Quantity) -> FigureRecord {
        let words = self.evidence(quantity.span);
        FigureRecord {
            kind: kind.to_owned(),
            low: quantity.low,
            high: quantity.high,
            text: words.text,
            start: words.start,
            end: words.end,
            of: quantity.of.map(|token| self.scene.document.slice(self.scene.document.tokens[token].span).to_owned()),
            scope: if quantity.cumulative { "cumulative" } else { "event" }.into(),
            attribution: Vec::new(),
        }
    }

    /// The record of a time.
    pub fn time(&self, timex: &Timex) -> TimeRecord {
        let words = self.evidence(timex.span);
        let anchor = timex.anchor.map(|anchor| match anchor {
            Anchor::Published => "published",
            Anchor::Dateline => "dateline",
            Anchor::Text => "text",
        });
        TimeRecord {
            text: words.text,
            start: words.start,
            end: words.end,
            timex: timex.value.clone(),
            from: timex.from.map(|date| date.to_string()),
            to: timex.to.or(timex.from).map(|date| date.to_string()),
            granularity: timex.granularity.into(),
            anchor: anchor.map(str::to_owned),
        }
    }

    fn place(&self, place: &Where) -> Option<PlaceRecord> {
        match place {
            Where::Toponym(index, why) => Some(self.toponym(*index, why)),
            Where::Country(country, why) => Some(self.country(country, why)),
        }
    }

    /// The record of a toponym of the text.
    pub fn toponym(&self, index: usize, why: &str) -> PlaceRecord {
        let toponym = &self.scene.toponyms[index];
        let words = self.evidence(toponym.span);
        PlaceRecord {
            text: words.text,
            start: words.start,
            end: words.end,
            name: toponym.name.clone(),
            geonames: toponym.geonames,
            country: toponym.country.clone(),
            admin1: toponym.admin1.clone(),
            lat: toponym.lat,
            lon: toponym.lon,
            feature: Some(toponym.feature.clone()).filter(|feature| !feature.is_empty()),
            precision: toponym.precision,
            why: why.to_owned(),
        }
    }

    fn country(&self, country: &str, why: &str) -> PlaceRecord {
        let name = self.country_name(country);
        let stated = self.scene.toponyms.iter().position(|toponym| toponym.precision == 6 && toponym.country.as_deref() == Some(country));
        if let Some(index) = stated {
            return PlaceRecord { name, ..self.toponym(index, why) };
        }
        let geonames = self.knowledge.countries.get(country).map(|row| row.geonames);
        PlaceRecord { name, geonames, country: Some(country.to_owned()), precision: 6, why: why.to_owned(), ..PlaceRecord::default() }
    }

    /// The name of a country in the article's language; its code when there is none.
    fn country_name(&self, country: &str) -> String {
        let names = self.knowledge.countries.get(country).map(|row| &row.names);
        names
            .and_then(|names| names.get(self.scene.document.language.code()).or_else(|| names.get("en")))
            .map_or_else(|| country.to_owned(), ToString::to_string)
    }

    /// The records of the statements that stand by themselves.
    pub fn statement_records(&self) -> Vec<StatementRecord> {
        let ids = ids::event_ids(self.id, self.events);
        let mut records: Vec<StatementRecord> =
            self.statements.iter().filter(|statement| statement.listed).map(|statement| self.statement_record(statement, &ids)).collect();
        // Two speakers may say the same words: the second gets an id of its own.
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for record in &mut records {
            let earlier = seen.entry(record.id.clone()).or_default();
            if *earlier > 0 {
                record.id = stable_id(&[&record.id, &earlier.to_string()]);
            }
            *earlier += 1;
        }
        records
    }

    fn statement_record(&self, statement: &Statement, event_ids: &[String]) -> StatementRecord {
        let content = self.evidence(statement.content);
        let inside = |span: Span| statement.content.contains(span);
        let figures = self.scene.quantities.iter().filter(|quantity| inside(quantity.span));
        StatementRecord {
            id: stable_id(&[self.id, "statement", &content.start.to_string(), &content.end.to_string()]),
            document: self.id.to_owned(),
            speaker: statement.speakers.first().map(|speaker| self.entity(*speaker)).unwrap_or_default(),
            cue: self.evidence(statement.cue),
            kind: statement.kind.as_str().into(),
            stance: statement.stance.to_string(),
            addressee: statement.addressee.map(|addressee| self.entity(addressee)),
            figures: figures.filter_map(|quantity| self.known_figure(quantity)).collect(),
            events: self.events.iter().zip(event_ids).filter(|(event, _)| inside(event.trigger)).map(|(_, id)| id.clone()).collect(),
            content,
        }
    }

    /// A quantity with the kind that an event gives it; `None` when no event counts it.
    fn known_figure(&self, quantity: &Quantity) -> Option<FigureRecord> {
        let figure = self.events.iter().flat_map(|event| &event.figures).find(|figure| figure.quantity.span == quantity.span)?;
        Some(self.figure(figure))
    }
}
