//! One GET at a time: redirects followed by hand, each address checked after its name is resolved, sizes and times capped.

use std::io::Read;
use std::net::IpAddr;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use super::address::is_public;

/// How the client behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who asks, with an address for complaints.
    pub user_agent: String,
    /// Whether addresses of one's own network may be fetched.
    pub allow_private: bool,
    /// Bytes of a body at most, decompressed.
    pub max_bytes: u64,
    /// Seconds for a whole request.
    pub timeout: Duration,
    /// Redirects followed at most.
    pub redirects: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        let user_agent = format!("Selon/{} (news reader for research)", env!("CARGO_PKG_VERSION"));
        Settings { user_agent, allow_private: false, max_bytes: 16 << 20, timeout: Duration::from_secs(30), redirects: 5 }
    }
}

/// What makes a request conditional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// ETag of the last answer.
    pub etag: Option<String>,
    /// Last-Modified of the last answer.
    pub modified: Option<String>,
}

/// A server's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Status code of the last answer.
    pub status: u16,
    /// Address after the redirects.
    pub url: String,
    /// Content-Type.
    pub media_type: Option<String>,
    /// For the next request.
    pub validators: Validators,
    /// Seconds that Retry-After asks to wait.
    pub retry_after: Option<u64>,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is none that may be fetched.
    #[error("{0} is not fetched: {1}")]
    Refused(String, &'static str),
    /// Too many redirects.
    #[error("{0}: more than {1} redirects")]
    Redirects(String, usize),
    /// The body is too large.
    #[error("{0}: the body is larger than {1} bytes")]
    TooLarge(String, u64),
    /// The network failed.
    #[error("{0}: {1}")]
    Network(String, String),
}

/// Resolves names and refuses those that lead inside.
#[derive(Debug)]
struct Guard {
    allow_private: bool,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // One address inside is enough to refuse: a name that has both kinds is a trick.
        if !self.allow_private && found.iter().any(|address| !is_public(address.ip())) {
            return Err(ureq::Error::Io(std::io::Error::other("the address is private, local or reserved (allow_private permits it)")));
        }
        Ok(found)
    }
}

/// An HTTP client.
#[derive(Clone, Debug)]
pub struct Client {
    agent: ureq::Agent,
    settings: Settings,
}

impl Client {
    /// With these settings.
    pub fn new(settings: Settings) -> Client {
        let config = Config::builder()
            .user_agent(settings.user_agent.clone())
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(settings.timeout))
            .timeout_connect(Some(settings.timeout.min(Duration::from_secs(10))))
            .max_idle_connections(16)
            .build();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), Guard { allow_private: settings.allow_private });
        Client { agent, settings }
    }

    /// The answer at an address, redirects followed.
    ///
    /// # Errors
    /// When the address may not be fetched, the network fails, or the answer breaks a cap. A status such as 404 is an answer.
    pub fn get(&self, url: &str, validators: &Validators) -> Result<Answer, FetchError> {
        let mut at = url.to_owned();
        for _ in 0..=self.settings.redirects {
            let answer = self.once(&at, validators)?;
            match answer {
                Step::Done(answer) => return Ok(*answer),
                Step::Moved(location) => at = location,
            }
        }
        Err(FetchError::Redirects(url.to_owned(), self.settings.redirects))
    }

    fn once(&self, url: &str, validators: &Validators) -> Result<Step, FetchError> {
        self.check(url)?;
        let network = |error: String| FetchError::Network(url.to_owned(), error);
        let mut request = self.agent.get(url);
        if let Some(etag) = &validators.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(modified) = &validators.modified {
            request = request.header("If-Modified-Since", modified);
        }
        let mut response = request.call().map_err(|error| network(error.to_string()))?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let status = response.status().as_u16();
        if matches!(status, 301 | 302 | 303 | 307 | 308)
            && let Some(location) = header("location")
        {
            return join_url(url, &location).map(Step::Moved).ok_or_else(|| network("a redirect to nowhere".into()));
        }
        let mut answer = Answer {
            status,
            url: url.to_owned(),
            media_type: header("content-type"),
            validators: Validators { etag: header("etag"), modified: header("last-modified") },
            retry_after: header("retry-after").and_then(|value| value.trim().parse().ok()),
            body: Vec::new(),
        };
        let most = self.settings.max_bytes;
        let reader = response.body_mut().as_reader();
        reader.take(most + 1).read_to_end(&mut answer.body).map_err(|error| network(error.to_string()))?;
        if answer.body.len() as u64 > most { Err(FetchError::TooLarge(url.to_owned(), most)) } else { Ok(Step::Done(Box::new(answer))) }
    }

    /// Only http and https, no user names, and no literal address inside.
    fn check(&self, url: &str) -> Result<(), FetchError> {
        let refuse = |why| Err(FetchError::Refused(url.to_owned(), why));
        let Ok(uri) = url.parse::<Uri>() else { return refuse("no address") };
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return refuse("only http and https are");
        }
        let Some(authority) = uri.authority() else { return refuse("it has no host") };
        if authority.as_str().contains('@') {
            return refuse("it carries a user name");
        }
        let host = authority.host().trim_matches(['[', ']']);
        if !self.settings.allow_private && host.parse::<IpAddr>().is_ok_and(|address| !is_public(address)) {
            return refuse("the address is private, local or reserved (allow_private permits it)");
        }
        Ok(())
    }
}

enum Step {
    Done(Box<Answer>),
    Moved(String),
}

/// A link found at `base` as an absolute address.
pub fn join_url(base: &str, link: &str) -> Option<String> {
    let link = link.trim();
    if link.contains("://") {
        return Some(link.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    if let Some(other) = link.strip_prefix("//") {
        return Some(format!("{scheme}://{other}"));
    }
    let rest = rest.split(['?', '#']).next()?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if link.starts_with('/') {
        return Some(format!("{scheme}://{host}{link}"));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let slash = if folder.is_empty() { "" } else { "/" };
    Some(format!("{scheme}://{host}/{folder}{slash}{link}"))
}
