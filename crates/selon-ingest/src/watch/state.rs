//! What is known of each feed between rounds, and of articles already given out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Days after which an article that no feed lists any more is forgotten.
const REMEMBER_SECONDS: u64 = 60 * 86_400;

/// Everything that outlives the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// By address of the feed.
    pub feeds: BTreeMap<String, FeedState>,
    /// Articles given out, by canonical address.
    pub seen: BTreeMap<String, Seen>,
}

/// Health of a feed and what makes its next request conditional. Moments are Unix seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// ETag of the last answer.
    pub etag: Option<String>,
    /// Last-Modified of the last answer.
    pub modified: Option<String>,
    /// Not before this moment.
    pub due: u64,
    /// Failures in a row.
    pub failures: u32,
    /// Last answer that could be read or said that nothing changed.
    pub last_success: Option<u64>,
    /// Last time it had something new.
    pub last_new: Option<u64>,
    /// What went wrong last; `None` after a success.
    pub error: Option<String>,
    /// Articles it gave in all.
    pub articles: u64,
}

/// An article given out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Hash of what the feed said of it: a change makes it be read again.
    pub entry: u64,
    /// Hash of its text: a change makes a new version.
    pub text: u64,
    /// When a feed last listed it.
    pub listed: u64,
}

impl State {
    /// Forgets what no feed has listed for two months.
    pub fn forget(&mut self, now: u64) {
        self.seen.retain(|_, seen| seen.listed + REMEMBER_SECONDS > now);
    }
}

impl FeedState {
    /// After a success: again after the interval.
    pub fn succeed(&mut self, now: u64, interval: u64) {
        self.failures = 0;
        self.error = None;
        self.last_success = Some(now);
        self.due = now + interval;
    }

    /// After a failure: wait twice as long each time, up to a day, spread by up to a quarter so that feeds that failed together
    /// do not come back together; at least as long as the server asked.
    pub fn fail(&mut self, now: u64, interval: u64, cause: String, retry_after: Option<u64>, url: &str) {
        self.failures = self.failures.saturating_add(1);
        let wait = interval.saturating_mul(1 << self.failures.min(10)).min(86_400);
        let seed = xxhash_rust::xxh3::xxh3_64_with_seed(url.as_bytes(), now);
        let jitter = seed % (wait / 4).max(1);
        self.due = now + (wait + jitter).max(retry_after.unwrap_or(0).min(7 * 86_400));
        self.error = Some(cause);
    }
}
