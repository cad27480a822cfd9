//! The filters of `selon incidents`, `events` and `statements`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use selon_store::{Bounds, FigureBound, Filter, Kind, Store};

/// What is asked of a store. Values of one filter are alternatives; filters add up.
#[derive(Debug, Args)]
pub struct Query {
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,
    /// A single record by its id, also the id of an incident merged into another.
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// First day, 2024-05-01; what lasts into it counts.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// PLOVER event (ASSAULT).
    #[arg(long = "type", value_name = "EVENT", value_delimiter = ',')]
    pub types: Vec<String>,
    /// PLOVER mode.
    #[arg(long, value_delimiter = ',')]
    pub mode: Vec<String>,
    /// Country of the place (FRA).
    #[arg(long, value_delimiter = ',')]
    pub country: Vec<String>,
    /// First-level region.
    #[arg(long)]
    pub region: Vec<String>,
    /// Name of the place.
    #[arg(long)]
    pub place: Vec<String>,
    /// West,south,east,north in degrees; west > east crosses the date line.
    #[arg(long = "box", value_name = "W,S,E,N", allow_hyphen_values = true)]
    pub bounds: Option<String>,
    /// Who acts or is acted upon: a name, a country (FRA), a sector (GOV), or FRA/GOV.
    #[arg(long)]
    pub actor: Vec<String>,
    /// Who says it, written as --actor.
    #[arg(long)]
    pub speaker: Vec<String>,
    /// asserts, denies, doubts, promises, orders; claims for incidents.
    #[arg(long, value_delimiter = ',')]
    pub stance: Vec<String>,
    /// reported, denied, withdrawn; for incidents.
    #[arg(long, value_delimiter = ',')]
    pub status: Vec<String>,
    /// figures, actor, recipient, event, place: what accounts disagree on; for incidents.
    #[arg(long, value_delimiter = ',')]
    pub disputed: Vec<String>,
    /// FactBank value (CT+); for events.
    #[arg(long, value_delimiter = ',', allow_hyphen_values = true)]
    pub factuality: Vec<String>,
    /// Publisher.
    #[arg(long)]
    pub outlet: Vec<String>,
    /// Language of the article.
    #[arg(long, value_delimiter = ',')]
    pub lang: Vec<String>,
    /// A bound on a figure: killed>=10 or wounded<=5.
    #[arg(long, value_name = "KIND>=N")]
    pub figure: Option<String>,
    /// Words of the article, accents folded; joined with AND, OR, NOT, phrases in quotes.
    #[arg(long)]
    pub text: Option<String>,
    /// As known at the end of this day, or at this RFC 3339 instant.
    #[arg(long, value_name = "WHEN")]
    pub as_of: Option<String>,
    /// At most this many.
    #[arg(long)]
    pub limit: Option<usize>,
    /// Leave out this many first.
    #[arg(long, default_value_t = 0)]
    pub offset: usize,
    /// Count instead of listing.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub count: Option<Count>,
    /// Incidents by how far their figures disagree, the widest apart first, with the lowest and the highest voice.
    #[arg(long, conflicts_with = "count")]
    pub divergent: bool,
    /// Who reports high or low in the incidents whose figures disagree.
    #[arg(long, conflicts_with_all = ["count", "divergent"])]
    pub voices: bool,
    /// How the best value of an incident's figures is chosen.
    #[arg(long, value_enum, default_value_t = crate::cli::Best::Median)]
    pub best: crate::cli::Best,
    /// Output: a table on a terminal, JSON Lines in a pipe.
    #[arg(long, value_enum, default_value_t = Shape::Auto)]
    pub format: Shape,
}

/// What is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Count {
    /// All together.
    All,
    /// First day.
    Day,
    /// Monday of the week.
    Week,
    /// Month.
    Month,
    /// Country of the place.
    Country,
    /// Name of the place.
    Place,
    /// PLOVER event.
    Type,
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// A table on a terminal, JSON Lines elsewhere.
    Auto,
    /// One record a line, whole.
    Jsonl,
    /// Columns for the eye.
    Table,
    /// The same columns, comma-separated.
    Csv,
}

impl Query {
    /// The store's filter.
    ///
    /// # Errors
    /// When a value cannot be read or a filter does not go with the kind of record.
    pub fn filter(&self, store: &Store, kind: Kind) -> Result<Filter> {
        self.check(kind)?;
        Ok(Filter {
            from: self.from.clone(),
            to: self.to.clone(),
            types: upper(&self.types),
            modes: self.mode.clone(),
            countries: upper(&self.country),
            regions: self.region.clone(),
            places: self.place.clone(),
            bounds: self.bounds.as_deref().map(bounds).transpose()?,
            actors: self.actor.clone(),
            speakers: self.speaker.clone(),
            stances: self.stance.clone(),
            statuses: self.status.clone(),
            disputed: self.disputed.clone(),
            factuality: self.factuality.clone(),
            outlets: self.outlet.clone(),
            languages: self.lang.clone(),
            figure: self.figure.as_deref().map(figure).transpose()?,
            text: self.text.clone(),
            as_of: self.as_of.as_deref().map(|at| store.moment(at)).transpose()?,
            limit: self.limit,
            offset: self.offset,
        })
    }

    /// A filter that no record of the kind can meet is a mistake, not an empty answer.
    fn check(&self, kind: Kind) -> Result<()> {
        let alien: &[(&str, bool)] = match kind {
            Kind::Event => &[("--status", !self.status.is_empty()), ("--disputed", !self.disputed.is_empty())],
            Kind::Statement => &[
                ("--type", !self.types.is_empty()),
                ("--mode", !self.mode.is_empty()),
                ("--country", !self.country.is_empty()),
                ("--region", !self.region.is_empty()),
                ("--place", !self.place.is_empty()),
                ("--box", self.bounds.is_some()),
                ("--status", !self.status.is_empty()),
                ("--disputed", !self.disputed.is_empty()),
                ("--factuality", !self.factuality.is_empty()),
            ],
            Kind::Incident => &[("--factuality", !self.factuality.is_empty()), ("--lang", !self.lang.is_empty())],
        };
        if kind != Kind::Incident && (self.divergent || self.voices) {
            bail!("only incidents have figures that diverge");
        }
        if let Some((name, _)) = alien.iter().find(|(_, given)| *given) {
            bail!("{name} does not go with this kind of record");
        }
        Ok(())
    }
}

fn upper(values: &[String]) -> Vec<String> {
    values.iter().map(|value| value.to_uppercase()).collect()
}

fn bounds(text: &str) -> Result<Bounds> {
    let numbers: Vec<f64> = text.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let [west, south, east, north] = numbers[..] else { bail!("--box {text}: write four numbers, for example -5.5,41,9.6,51.1") };
    Ok(Bounds { west, south, east, north })
}

fn figure(text: &str) -> Result<FigureBound> {
    let parsed = |sign: &str| {
        let (kind, number) = text.split_once(sign)?;
        Some((kind.trim().to_owned(), number.trim().parse::<u64>().ok()?))
    };
    match (parsed(">="), parsed("<=")) {
        (Some((kind, least)), _) => Ok(FigureBound { kind, least: Some(least), most: None }),
        (_, Some((kind, most))) => Ok(FigureBound { kind, least: None, most: Some(most) }),
        _ => bail!("--figure {text}: write killed>=10 or wounded<=5"),
    }
}
