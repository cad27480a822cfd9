//! One round over the feeds that are due.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use selon_core::article::Article;
use xxhash_rust::xxh3::xxh3_64;

use super::host::Hosts;
use super::state::{FeedState, Seen, State};
use super::{Config, FeedConfig};
use crate::container::feed::{self, Entry, Feed};
use crate::fetch::{Client, Settings, Validators, join_url};
use crate::limits::Limits;
use crate::read::{Origin, read_bytes};

/// An article that is new, or new in its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The article; its address is the canonical one.
    pub article: Article,
    /// Whether an earlier version of it was given out.
    pub changed: bool,
}

/// What came of one feed.
struct Outcome {
    url: String,
    state: FeedState,
    found: Vec<Found>,
    seen: Vec<(String, Seen)>,
}

/// Watches feeds.
pub struct Watcher {
    config: Config,
    client: Client,
    hosts: Hosts,
    limits: Limits,
    /// What is known; kept by the caller after each round.
    pub state: State,
}

impl Watcher {
    /// With the state of an earlier run, or an empty one.
    pub fn new(config: Config, state: State) -> Watcher {
        let user_agent = format!("Selon/{} (+{})", env!("CARGO_PKG_VERSION"), config.contact);
        let client = Client::new(Settings { user_agent, allow_private: config.allow_private, ..Settings::default() });
        let hosts = Hosts::new(Duration::from_secs(config.pace_seconds));
        Watcher { config, client, hosts, limits: Limits::default(), state }
    }

    /// When the next feed is due, in Unix seconds.
    pub fn next_due(&self) -> u64 {
        self.config.feeds.iter().map(|feed| self.state.feeds.get(&feed.url).map_or(0, |state| state.due)).min().unwrap_or(u64::MAX)
    }

    /// Asks every feed that is due at `now`; each one's articles go to `keep` before they count as seen, and at the end of the
    /// round `keep` gets none and the state to save. Ends early when `stop` is set.
    ///
    /// # Errors
    /// What `keep` returns; the articles that it did not take come again.
    pub fn round<E>(&mut self, now: u64, stop: &AtomicBool, mut keep: impl FnMut(&[Found], &State) -> Result<(), E>) -> Result<(), E> {
        let due: Vec<&FeedConfig> =
            self.config.feeds.iter().filter(|feed| self.state.feeds.get(&feed.url).is_none_or(|state| state.due <= now)).collect();
        let next = AtomicUsize::new(0);
        let (send, receive) = mpsc::sync_channel::<Outcome>(self.config.workers.max(1));
        let (before, hosts, client, config, limits) = (self.state.clone(), &self.hosts, &self.client, &self.config, self.limits);
        let state = &mut self.state;
        std::thread::scope(|scope| {
            for _ in 0..config.workers.clamp(1, 64) {
                let (send, due, next, before) = (send.clone(), &due, &next, &before);
                scope.spawn(move || {
                    let asker = Asker { config, client, hosts, limits, before, now, stop };
                    while !stop.load(Ordering::Relaxed)
                        && let Some(feed) = due.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        if send.send(asker.ask(feed)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            for mut outcome in receive {
                // Two feeds of one outlet may list one article in the same round.
                outcome.found.retain(|found| {
                    let url = found.article.url.as_deref().unwrap_or("");
                    let text = xxh3_64(found.article.text.as_bytes());
                    state.seen.get(url).is_none_or(|seen| seen.text != text)
                });
                outcome.state.articles += outcome.found.len() as u64;
                if !outcome.found.is_empty() {
                    outcome.state.last_new = Some(now);
                    keep(&outcome.found, state)?;
                }
                state.seen.extend(outcome.seen);
                state.feeds.insert(outcome.url, outcome.state);
            }
            state.forget(now);
            keep(&[], state)
        })
    }
}

struct Asker<'a> {
    config: &'a Config,
    client: &'a Client,
    hosts: &'a Hosts,
    limits: Limits,
    before: &'a State,
    now: u64,
    stop: &'a AtomicBool,
}

impl Asker<'_> {
    fn ask(&self, feed: &FeedConfig) -> Outcome {
        let mut state = self.before.feeds.get(&feed.url).cloned().unwrap_or_default();
        let interval = self.config.interval_minutes.max(1) * 60;
        let (mut found, mut seen) = (Vec::new(), BTreeMap::new());
        match self.fetch(feed, &mut state) {
            Ok(Some(content)) => {
                if !self.entries(feed, &content, &mut found, &mut seen) {
                    // An article could not be had: the next answer must not be that nothing changed.
                    (state.etag, state.modified) = (None, None);
                }
                state.succeed(self.now, interval);
            }
            Ok(None) => state.succeed(self.now, interval),
            Err((cause, retry_after)) => state.fail(self.now, interval, cause, retry_after, &feed.url),
        }
        if self.stop.load(Ordering::Relaxed) {
            // Cut short: what is left of the feed is asked for again.
            (state.etag, state.modified, state.due) = (None, None, 0);
        }
        Outcome { url: feed.url.clone(), state, found, seen: seen.into_iter().collect() }
    }

    /// The feed, or that nothing changed.
    fn fetch(&self, feed: &FeedConfig, state: &mut FeedState) -> Result<Option<Feed>, (String, Option<u64>)> {
        let plain = |cause: String| (cause, None);
        let (allowed, delay) = self.hosts.allows(self.client, &feed.url, self.now);
        if !allowed {
            return Err(plain("robots.txt does not allow this feed".into()));
        }
        if !self.hosts.turn(&feed.url, delay) {
            return Err(plain("the host has too many feeds for its pace".into()));
        }
        let validators = Validators { etag: state.etag.clone(), modified: state.modified.clone() };
        let answer = self.client.get(&feed.url, &validators).map_err(|error| plain(error.to_string()))?;
        match answer.status {
            304 => return Ok(None),
            200..=299 => {}
            status => return Err((format!("{}: the server answers {status}", feed.url), answer.retry_after)),
        }
        let content = feed::parse(&answer.body, answer.media_type.as_deref(), self.limits).map_err(plain)?;
        if content.entries.is_empty() && content.title.is_none() {
            return Err(plain(format!("{}: no feed", feed.url)));
        }
        (state.etag, state.modified) = (answer.validators.etag, answer.validators.modified);
        Ok(Some(content))
    }

    /// Whether every entry gave its article.
    fn entries(&self, feed: &FeedConfig, content: &Feed, found: &mut Vec<Found>, seen: &mut BTreeMap<String, Seen>) -> bool {
        let mut complete = true;
        for entry in &content.entries {
            if self.stop.load(Ordering::Relaxed) {
                return false;
            }
            let Some(link) = entry.link.as_deref().and_then(|link| join_url(&feed.url, link)).or_else(|| entry.id.clone()) else {
                continue;
            };
            let link = canonical(&link);
            let said = format!("{:?}{:?}{}", entry.title, entry.published, entry.content);
            let hash = xxh3_64(said.as_bytes());
            let known = self.before.seen.get(&link);
            if let Some(known) = known.filter(|known| known.entry == hash) {
                seen.insert(link, Seen { listed: self.now, ..known.clone() });
                continue;
            }
            let Some(mut article) = self.article(feed, content, entry, &link) else {
                complete = false;
                continue;
            };
            article.url = Some(link.clone());
            let text = xxh3_64(article.text.as_bytes());
            seen.insert(link, Seen { entry: hash, text, listed: self.now });
            if known.is_none_or(|known| known.text != text) {
                found.push(Found { article, changed: known.is_some() });
            }
        }
        complete
    }

    /// The article of an entry: from its page where that is wanted and allowed, else as the feed has it.
    fn article(&self, feed: &FeedConfig, content: &Feed, entry: &Entry, link: &str) -> Option<Article> {
        let own = feed::article(content, entry, self.limits);
        let page = feed.full_text.unwrap_or(self.config.full_text).then(|| self.page(link)).flatten();
        let mut article = match (page, own) {
            (Some(page), Some(own)) if page.text.chars().count() < own.text.chars().count() => own,
            (Some(mut page), _) => {
                page.title = page.title.or_else(|| entry.title.clone());
                page.published = entry.published.clone().or(page.published);
                page.outlet = page.outlet.or_else(|| content.title.clone());
                page
            }
            (None, own) => own?,
        };
        article.outlet = feed.outlet.clone().or(article.outlet);
        article.lang = feed.lang.clone().or(article.lang);
        Some(article)
    }

    fn page(&self, link: &str) -> Option<Article> {
        let (allowed, delay) = self.hosts.allows(self.client, link, self.now);
        if !allowed || !self.hosts.turn(link, delay) {
            return None;
        }
        let answer = self.client.get(link, &Validators::default()).ok().filter(|answer| (200..300).contains(&answer.status))?;
        let origin = Origin { name: link.to_owned(), url: Some(answer.url), media_type: answer.media_type, depth: 0 };
        read_bytes(&answer.body, &origin, self.limits).into_iter().find_map(Result::ok)
    }
}

/// The address without its fragment and without what only says where the reader came from.
fn canonical(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or("");
            !name.starts_with("utm_") && !["fbclid", "gclid", "xtor", "at_medium", "at_campaign", "ref", "cmpid"].contains(&name)
        })
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}
