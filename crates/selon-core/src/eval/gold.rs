//! Hand-coded articles: the keys of `corpus/LANG/*.json`.

use serde::Deserialize;

use crate::article::Article;

/// One hand-coded article. Keys that scoring does not read are ignored.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldArticle {
    /// Id; becomes the article's url.
    pub id: String,
    /// BCP 47.
    pub lang: String,
    /// Publication date; `None` for undated articles.
    pub published: Option<String>,
    /// Who published.
    pub source: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// The text that offsets count in, in Unicode scalars.
    pub text: String,
    /// train, dev or test; empty outside the corpus.
    pub split: String,
    /// Key of the bundle of articles on one occurrence.
    pub bundle: Option<String>,
    /// Events.
    pub events: Vec<GoldEvent>,
    /// Statements.
    pub statements: Vec<GoldStatement>,
    /// Mentions of actors with chain ids.
    pub entities: Vec<GoldMention>,
    /// Time expressions.
    pub timexes: Vec<GoldTimex>,
    /// Toponyms.
    pub places: Vec<GoldPlace>,
}

impl GoldArticle {
    /// The article as input.
    pub fn article(&self) -> Article {
        Article {
            url: Some(self.id.clone()),
            outlet: self.source.clone(),
            title: self.title.clone(),
            text: self.text.clone(),
            published: self.published.clone(),
            lang: Some(self.lang.clone()),
        }
    }
}

/// One hand-coded event.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldEvent {
    /// Trigger words.
    pub trigger: String,
    /// First character of the trigger.
    pub trigger_start: usize,
    /// PLOVER event.
    pub event: String,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// Who acts.
    pub actor: Vec<GoldEntity>,
    /// Whom it befalls.
    pub recipient: Vec<GoldEntity>,
    /// Where.
    pub event_loc: Option<GoldPlace>,
    /// Further places.
    pub other_locs: Vec<GoldPlace>,
    /// When.
    pub time: Option<GoldTime>,
    /// How many.
    pub figures: Vec<GoldFigure>,
    /// Auxiliaries.
    pub auxiliary: Vec<String>,
    /// Links, outermost first.
    pub attribution: Vec<GoldLink>,
    /// FactBank value.
    pub factuality: String,
    /// Incident key.
    pub incident: Option<String>,
}

/// A side or speaker.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldEntity {
    /// Words.
    pub text: String,
    /// First character of the words.
    pub start: Option<usize>,
    /// Country code.
    pub country: Option<String>,
    /// Sector.
    pub sector: Option<String>,
}

/// A place.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldPlace {
    /// Words in the text, where they are given.
    pub text: String,
    /// First character.
    pub start: usize,
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// Inclusive days.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldTime {
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// A figure.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(default)]
pub struct GoldFigure {
    /// Kind.
    pub kind: String,
    /// Lower bound.
    pub low: Option<u64>,
    /// Upper bound.
    pub high: Option<u64>,
}

/// One link.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldLink {
    /// Country of the speaker.
    pub country: Option<String>,
    /// Sector of the speaker.
    pub sector: Option<String>,
    /// Stance.
    pub stance: String,
    /// Index of the outer link.
    pub within: Option<usize>,
}

/// A statement.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldStatement {
    /// What is said.
    pub content: String,
    /// Its first character.
    pub content_start: Option<usize>,
    /// Who says it.
    pub speaker: GoldEntity,
}

/// A mention of an actor.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldMention {
    /// Words.
    pub text: String,
    /// First character.
    pub start: usize,
    /// Chain id.
    pub chain: String,
    /// PER ORG GPE LOC GROUP.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A time expression.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldTimex {
    /// Words.
    pub text: String,
    /// First character.
    pub start: usize,
    /// TIMEX3 value.
    pub value: String,
}
