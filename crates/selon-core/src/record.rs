//! The output contract: the records Selon writes for an article, one JSON object a line.
//!
//! Input of stores, exports and bindings; made by `assemble` at the end of the line. Offsets here are Unicode scalar
//! values into `document.text`, half-open; inside the core they are bytes. Unknown is `null` or `[]`, never 0.

use serde::{Deserialize, Serialize};

/// Version of the contract; changes whenever a field changes its name or meaning.
pub const SCHEMA_VERSION: &str = "1.0";

/// Any line of the output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "lowercase")]
#[allow(clippy::large_enum_variant)]
pub enum Record {
    /// The article itself; first of its lines.
    Document(DocumentRecord),
    /// One report of one act.
    Event(EventRecord),
    /// What somebody is reported as saying.
    Statement(StatementRecord),
    /// One occurrence in the world with all that is told of it.
    Incident(IncidentRecord),
    /// Something found in the text, event or not.
    Mention(MentionRecord),
    /// What could not be read, resolved or decided.
    Problem(ProblemRecord),
}

/// Words of the text: the exact characters and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The exact characters.
    pub text: String,
    /// First Unicode scalar.
    pub start: usize,
    /// One past the last Unicode scalar.
    pub end: usize,
}

/// The article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Hash of url and text: 16 hexadecimal digits.
    pub id: String,
    /// Address or other name of the article; null if none was given.
    pub url: Option<String>,
    /// Who published; null if unknown.
    pub outlet: Option<String>,
    /// Headline; context only, no record has its evidence there.
    pub title: Option<String>,
    /// BCP 47; "und" when unknown.
    pub lang: String,
    /// TimeML's document creation time, RFC 3339 or a date; null if unknown.
    pub published: Option<String>,
    /// The text the offsets count in.
    pub text: String,
    /// [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// What coded it.
    pub coder: Coder,
}

/// What made a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coder {
    /// "selon".
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Hash of lexicons, overlays and models: 16 hexadecimal digits.
    pub hash: String,
}

/// A person, group, body or state as a record names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRecord {
    /// The mention nearest the trigger.
    pub text: String,
    /// First Unicode scalar of the mention.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// Canonical name of the referent; null for private persons and unnamed groups.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC; null if unknown.
    pub country: Option<String>,
    /// PLOVER sector; null if unknown or an IGO as such.
    pub sector: Option<String>,
    /// Further sectors that apply; may be empty.
    pub other_sectors: Vec<String>,
    /// Wikidata id ("Q…"), copied from a source; null otherwise.
    pub wikidata: Option<String>,
    /// Whether the words are somebody's label and not a fact.
    pub label: bool,
}

/// A place of an event or in the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlaceRecord {
    /// The toponym as written; empty when carried over from the actor's country.
    pub text: String,
    /// First Unicode scalar.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Name in the article's language, nominative.
    pub name: String,
    /// GeoNames id; null if the place is not in the gazetteer.
    pub geonames: Option<u32>,
    /// ISO 3166-1 alpha-3; null for seas and regions of several states.
    pub country: Option<String>,
    /// First-level region; null if unknown.
    pub admin1: Option<String>,
    /// WGS84 degrees north; null if unknown.
    pub lat: Option<f64>,
    /// WGS84 degrees east; null if unknown.
    pub lon: Option<f64>,
    /// GeoNames feature code (PPL, ADM1, PCLI …); null if unknown.
    pub feature: Option<String>,
    /// UCDP `where_prec`: 1 exact … 6 country, 7 international waters or air.
    pub precision: u8,
    /// Where the place comes from: "stated in the clause", "carried over from …", "country of the actor".
    pub why: String,
}

/// When something happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRecord {
    /// The time expression; empty when only implied.
    pub text: String,
    /// First Unicode scalar.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// TIMEX3 value ("2022-01-07", "XXXX-WXX-5").
    pub timex: String,
    /// First day, inclusive; null if unresolved.
    pub from: Option<String>,
    /// Last day, inclusive; null if unresolved or undated and still going on.
    pub to: Option<String>,
    /// "hour", "day", "week", "month", "season", "year", "range".
    pub granularity: String,
    /// What resolved it: "published", "dateline", "text"; null if unresolved.
    pub anchor: Option<String>,
}

/// A number of people or things.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureRecord {
    /// killed wounded arrested missing abducted displaced participants destroyed.
    pub kind: String,
    /// Lower bound, inclusive; null if open.
    pub low: Option<u64>,
    /// Upper bound, inclusive; null if open.
    pub high: Option<u64>,
    /// The words of the number.
    pub text: String,
    /// First Unicode scalar.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Whom or what it counts, as written; null if the text does not say.
    pub of: Option<String>,
    /// "event" or "cumulative".
    pub scope: String,
    /// The figure's own speaker; empty when it is the record's.
    pub attribution: Vec<LinkRecord>,
}

/// One link of the chain between the reader and the event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// Who says it.
    pub entity: EntityRecord,
    /// The words that show it.
    pub cue: Evidence,
    /// direct indirect mixed scare-quote.
    pub kind: String,
    /// asserts denies doubts promises orders.
    pub stance: String,
    /// Index of the link this one is nested in; null for an outer or a parallel one.
    pub within: Option<usize>,
}

/// The sentence of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceRecord {
    /// Index among the sentences of the article, from 0.
    pub index: usize,
    /// First Unicode scalar.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// ACLED's name for the event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcledRecord {
    /// Event type.
    pub event_type: String,
    /// Sub-event type.
    pub sub_event_type: String,
}

/// The words behind a value that the trigger does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CueRecord {
    /// The field: mode, auxiliary, factuality …
    pub field: String,
    /// The value it gave.
    pub value: String,
    /// The exact words.
    pub text: String,
    /// First Unicode scalar.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// One report of one act in one article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    /// Stable id: document + event + trigger span + ordinal, 16 hexadecimal digits.
    pub id: String,
    /// Id of the document.
    pub document: String,
    /// Id of the incident; retellings inside an article share it.
    pub incident: Option<String>,
    /// The sentence of the trigger.
    pub sentence: SentenceRecord,
    /// The shortest words that name the event.
    pub trigger: Evidence,
    /// PLOVER event.
    pub event: String,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// ACLED's name; null where ACLED has none.
    pub acled: Option<AcledRecord>,
    /// CAMEO code for older tools; null if none fits.
    pub cameo: Option<String>,
    /// 1 verbal cooperation … 4 material conflict.
    pub quad_code: u8,
    /// PLOVER score −10 … 10.
    pub event_scale: f64,
    /// Who acts.
    pub actor: Vec<EntityRecord>,
    /// Whom it befalls or is addressed to.
    pub recipient: Vec<EntityRecord>,
    /// Where; null if not stated or carried over.
    pub event_loc: Option<PlaceRecord>,
    /// Further places of the same event.
    pub other_locs: Vec<PlaceRecord>,
    /// When; null if not stated.
    pub time: Option<TimeRecord>,
    /// How many.
    pub figures: Vec<FigureRecord>,
    /// historical future hypothetical negation ongoing ordered.
    pub auxiliary: Vec<String>,
    /// Who stands between the reader and the event, outermost first; empty = the reporter's own voice.
    pub attribution: Vec<LinkRecord>,
    /// FactBank value for the innermost link.
    pub factuality: String,
    /// Probability 0-1 that the event is rightly coded.
    pub confidence: f64,
    /// The words behind mode, auxiliary, factuality.
    pub cues: Vec<CueRecord>,
    /// Ids of the rules and models that made it.
    pub rules: Vec<String>,
}

/// What somebody is reported as saying.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StatementRecord {
    /// Stable id, 16 hexadecimal digits.
    pub id: String,
    /// Id of the document.
    pub document: String,
    /// Who says it, pronouns and roles resolved.
    pub speaker: EntityRecord,
    /// The words that show it.
    pub cue: Evidence,
    /// direct indirect mixed.
    pub kind: String,
    /// asserts denies doubts promises orders.
    pub stance: String,
    /// What is said.
    pub content: Evidence,
    /// To whom; null if not said.
    pub addressee: Option<EntityRecord>,
    /// Figures in the content.
    pub figures: Vec<FigureRecord>,
    /// Ids of the events reported inside it.
    pub events: Vec<String>,
}

/// One value of a figure in an incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureAccount {
    /// Lower bound, inclusive; null if open.
    pub low: Option<u64>,
    /// Upper bound, inclusive; null if open.
    pub high: Option<u64>,
    /// Who gave it; null for the reporter's own voice.
    pub speaker: Option<EntityRecord>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Id of the event record.
    pub event: String,
    /// When it was published.
    pub published: Option<String>,
    /// "event" or "cumulative".
    pub scope: String,
    /// Whether a later figure of the same speaker or outlet replaces it.
    pub superseded: bool,
}

/// The range of one kind of figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureRange {
    /// Lowest value of any account.
    pub low: Option<u64>,
    /// Value by the rule; null when only vague words were given.
    pub best: Option<u64>,
    /// Highest value of any account; null if open.
    pub high: Option<u64>,
    /// The rule that chose `best`.
    pub rule: String,
    /// Every value given.
    pub accounts: Vec<FigureAccount>,
}

/// Who asserts, denies, doubts or claims an incident.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccountRecord {
    /// Who; null for the reporters' own voice.
    pub entity: Option<EntityRecord>,
    /// asserts denies doubts claims.
    pub stance: String,
    /// Ids of the event records.
    pub events: Vec<String>,
}

/// One occurrence in the world with all that is told of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IncidentRecord {
    /// Stable id, 16 hexadecimal digits.
    pub id: String,
    /// reported, denied, withdrawn.
    pub status: String,
    /// The main PLOVER event.
    pub event: String,
    /// All events it is told as.
    pub events: Vec<String>,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// Who acts.
    pub actor: Vec<EntityRecord>,
    /// Whom it befalls.
    pub recipient: Vec<EntityRecord>,
    /// Most precise place that the members agree on.
    pub event_loc: Option<PlaceRecord>,
    /// Most precise time that the members agree on.
    pub time: Option<TimeRecord>,
    /// Ids of the member events.
    pub members: Vec<String>,
    /// Ids of the articles.
    pub documents: Vec<String>,
    /// Publishers.
    pub outlets: Vec<String>,
    /// Wire copies once, two outlets quoting one ministry once.
    pub independent_sources: u32,
    /// Ranges by kind.
    pub figures: std::collections::BTreeMap<String, FigureRange>,
    /// Who says what of it.
    pub accounts: Vec<AccountRecord>,
    /// figures actor recipient event place: on what different speakers disagree.
    pub disputed: Vec<String>,
    /// Id of the campaign or day-long whole it is part of.
    pub parent: Option<String>,
    /// First publication.
    pub first_reported: Option<String>,
    /// Last publication.
    pub last_reported: Option<String>,
    /// What joined its members, in words.
    pub why: Vec<String>,
}

/// Something found in the text (only with `--mentions`). Fields that do not belong to `kind` are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// Id of the document.
    pub document: String,
    /// entity place time figure token.
    pub kind: String,
    /// The exact characters.
    pub text: String,
    /// First Unicode scalar.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Index of the sentence.
    pub sentence: Option<usize>,
    /// Coreference id, unique in the document.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub chain: Option<usize>,
    /// Fields of an entity, place, time or figure, or of a token.
    #[serde(flatten)]
    pub fields: serde_json::Map<String, serde_json::Value>,
}

/// What could not be read, resolved or decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemRecord {
    /// Stage of the line: ingest, language, segment, time …
    pub stage: String,
    /// "info", "warning", "error".
    pub severity: String,
    /// Id of the document; null when there is none.
    pub document: Option<String>,
    /// First Unicode scalar; null when it concerns the whole article.
    pub start: Option<usize>,
    /// One past the last.
    pub end: Option<usize>,
    /// What, where, why, and what to do.
    pub message: String,
}
