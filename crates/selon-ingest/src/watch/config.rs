//! `feeds.toml`.

use serde::Deserialize;

/// The feeds and how they are watched.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whom to write to about this robot: an address or a page; part of its name.
    pub contact: String,
    /// Minutes between requests of a feed that answers.
    #[serde(default = "interval")]
    pub interval_minutes: u64,
    /// Seconds between two requests to one host.
    #[serde(default = "pace")]
    pub pace_seconds: u64,
    /// Whether articles are read from their pages, where robots.txt allows; else as the feed gives them.
    #[serde(default = "yes")]
    pub full_text: bool,
    /// Whether addresses of one's own network may be fetched.
    #[serde(default)]
    pub allow_private: bool,
    /// Requests at a time, to different hosts.
    #[serde(default = "workers")]
    pub workers: usize,
    /// The feeds.
    #[serde(rename = "feed")]
    pub feeds: Vec<FeedConfig>,
}

/// One feed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedConfig {
    /// Its address.
    pub url: String,
    /// Who publishes it; what the feed says otherwise.
    pub outlet: Option<String>,
    /// Its language; what the feed says otherwise.
    pub lang: Option<String>,
    /// Overrides the general setting.
    pub full_text: Option<bool>,
}

fn interval() -> u64 {
    15
}

fn pace() -> u64 {
    2
}

fn workers() -> usize {
    8
}

fn yes() -> bool {
    true
}

impl Config {
    /// Reads the file's content.
    ///
    /// # Errors
    /// Says the line and the cause.
    pub fn parse(content: &str) -> Result<Config, String> {
        let config: Config = toml::from_str(content).map_err(|error| error.to_string())?;
        if config.contact.trim().is_empty() {
            return Err("`contact` is empty; an honest robot says whom to write to".into());
        }
        if let Some(feed) = config.feeds.iter().find(|feed| !feed.url.starts_with("http")) {
            return Err(format!("`{}` is no address of a feed; write http:// or https://", feed.url));
        }
        Ok(config)
    }
}
