//! What is known of each host: its pace and its robots.txt.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::fetch::{Client, Robots, Validators};
use crate::read::host;

/// How long a robots.txt is believed, in seconds; RFC 9309 asks for at most a day.
const ROBOTS_SECONDS: u64 = 86_400;

/// Longest wait for one's turn at a host before giving up for this round.
const LONGEST_TURN: Duration = Duration::from_secs(60);

/// All hosts.
pub struct Hosts {
    turns: Mutex<BTreeMap<String, Instant>>,
    robots: Mutex<BTreeMap<String, (u64, Robots)>>,
    pace: Duration,
    token: &'static str,
}

impl Hosts {
    /// With this pace.
    pub fn new(pace: Duration) -> Hosts {
        Hosts { turns: Mutex::default(), robots: Mutex::default(), pace, token: "selon" }
    }

    /// Waits for one's turn at the host of the address; `false` when the queue is too long.
    pub fn turn(&self, url: &str, delay: Option<u64>) -> bool {
        let pace = self.pace.max(delay.map_or(Duration::ZERO, |seconds| Duration::from_secs(seconds.min(30))));
        if pace.is_zero() {
            return true;
        }
        let now = Instant::now();
        let at = {
            let mut turns = self.turns.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            turns.retain(|_, next| *next + Duration::from_secs(60) > now);
            let next = turns.entry(host(url).unwrap_or("").to_owned()).or_insert(now);
            let at = (*next).max(now);
            if at - now > LONGEST_TURN {
                return false;
            }
            *next = at + pace;
            at
        };
        std::thread::sleep(at.saturating_duration_since(now));
        true
    }

    /// Whether the site lets us fetch the address, and the pace it asks for.
    pub fn allows(&self, client: &Client, url: &str, now: u64) -> (bool, Option<u64>) {
        let Some((site, path)) = split(url) else { return (false, None) };
        let known = self.robots.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&site).cloned();
        let robots = match known {
            Some((until, robots)) if until > now => robots,
            _ => {
                let (robots, believed) = self.ask(client, &site);
                let mut table = self.robots.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                table.retain(|_, (until, _)| *until > now);
                table.insert(site, (now + believed, robots.clone()));
                robots
            }
        };
        (robots.allows(&path), robots.crawl_delay)
    }

    fn ask(&self, client: &Client, site: &str) -> (Robots, u64) {
        let url = format!("{site}/robots.txt");
        self.turn(&url, None);
        match client.get(&url, &Validators::default()) {
            Ok(answer) if (200..300).contains(&answer.status) => (Robots::parse(&answer.body, self.token), ROBOTS_SECONDS),
            Ok(answer) if (400..500).contains(&answer.status) && answer.status != 429 => (Robots::all(), ROBOTS_SECONDS),
            // Out of order for now: nothing is allowed, and we ask again within the hour.
            _ => (Robots::none(), 1800),
        }
    }
}

/// Scheme with host, and path with query.
fn split(url: &str) -> Option<(String, String)> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let path = rest[end..].split('#').next().unwrap_or("");
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Some((format!("{scheme}://{}", &rest[..end]), path))
}
