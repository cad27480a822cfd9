//! Watching feeds of a server on loopback that is slow, lies, moves, refuses and changes.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use selon_ingest::fetch::{Client, FetchError, Settings, Validators};
use selon_ingest::watch::{Config, Found, State, Watcher};

const BODY: &str =
    "Des soldats ont tué deux civils à Gao mardi, a annoncé le gouverneur de la région dans un communiqué lu à la radio locale.";

#[derive(Default)]
struct Site {
    asked: Mutex<Vec<String>>,
    edition: AtomicUsize,
}

/// A server; its address.
fn serve(site: Arc<Site>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let base = address.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (site, base) = (site.clone(), base.clone());
            std::thread::spawn(move || answer(stream, &site, &base));
        }
    });
    address
}

fn answer(mut stream: TcpStream, site: &Site, base: &str) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let path = lines.next()?.ok()?.split(' ').nth(1)?.to_owned();
    let headers: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let tag = format!("\"{}\"", site.edition.load(Ordering::SeqCst));
    let same = headers.iter().any(|header| header.to_lowercase().starts_with("if-none-match") && header.contains(&tag));
    site.asked.lock().ok()?.push(path.clone());
    let edition = site.edition.load(Ordering::SeqCst);
    let item = |name: &str, words: &str| {
        format!("<item><title>{name}</title><link>{base}/page/{name}?utm_source=rss</link><description>{words}</description></item>")
    };
    let rss = |items: String| format!("<rss version=\"2.0\"><channel><title>Gazette</title>{items}</channel></rss>");
    let reply = |status: &str, extra: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nConnection: close\r\n{extra}Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let text = match path.as_str() {
        "/robots.txt" => reply("200 OK", "", "User-agent: *\nDisallow: /private\n"),
        "/good" if same => reply("304 Not Modified", "", ""),
        "/good" => {
            reply("200 OK", &format!("ETag: {tag}\r\n"), &rss(item("a", "court") + &item("b", &format!("{BODY} Édition {edition}."))))
        }
        "/private/feed" => reply("200 OK", "", &rss(item("c", BODY))),
        "/busy" => reply("503 Service Unavailable", "Retry-After: 7200\r\n", ""),
        "/loop" => reply("302 Found", "Location: /loop\r\n", ""),
        "/moved" => reply("301 Moved Permanently", "Location: /good\r\n", ""),
        "/inward" => reply("302 Found", "Location: http://169.254.169.254/secret\r\n", ""),
        "/long" => "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nConnection: close\r\n\r\nshort".into(),
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").ok()?;
            while stream.write_all(&[b'x'; 65_536]).is_ok() {}
            return None;
        }
        "/slow" => {
            std::thread::sleep(std::time::Duration::from_secs(3));
            reply("200 OK", "", &rss(item("s", BODY)))
        }
        page if page.starts_with("/page/a") => reply(
            "200 OK",
            "",
            &format!(
                "<html lang=fr><body><article><h1>Titre</h1><div class=article-body><p>{BODY}</p><p>Page lue en entier, avec toute la place qu'il faut pour que le texte compte comme un article et non comme une accroche de quelques mots. Fin.</p></div></article></body></html>"
            ),
        ),
        _ => reply("404 Not Found", "", ""),
    };
    stream.write_all(text.as_bytes()).ok()
}

fn watcher(base: &str, paths: &[&str], state: State) -> Watcher {
    let feeds: String = paths.iter().map(|path| format!("[[feed]]\nurl = \"{base}{path}\"\n")).collect();
    let config = format!("contact = \"test@example.invalid\"\npace_seconds = 0\nallow_private = true\n{feeds}");
    Watcher::new(Config::parse(&config).expect("a configuration"), state)
}

fn round(watcher: &mut Watcher, now: u64) -> Vec<Found> {
    let mut all = Vec::new();
    let kept: Result<(), ()> = watcher.round(now, &AtomicBool::new(false), |found, _| {
        all.extend_from_slice(found);
        Ok(())
    });
    kept.expect("kept");
    all.sort_by(|a, b| a.article.url.cmp(&b.article.url));
    all
}

#[test]
fn new_unchanged_and_changed_articles() {
    let site = Arc::new(Site::default());
    let base = serve(site.clone());
    let mut first = watcher(&base, &["/good", "/moved"], State::default());
    let found = round(&mut first, 1_000_000);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].article.url.as_deref(), Some(format!("{base}/page/a").as_str()));
    assert!(found[0].article.text.contains("en entier") && found[1].article.text.contains("Édition 0"));
    assert!(round(&mut first, 1_000_001).is_empty(), "not due");
    let mut second = watcher(&base, &["/good"], first.state.clone());
    assert!(round(&mut second, 1_001_000).is_empty(), "not modified");
    site.edition.store(1, Ordering::SeqCst);
    let found = round(&mut second, 1_002_000);
    assert_eq!(found.len(), 1);
    assert!(found[0].changed && found[0].article.text.contains("Édition 1"));
    let health = &second.state.feeds[&format!("{base}/good")];
    assert_eq!((health.failures, health.last_new), (0, Some(1_002_000)));
}

#[test]
fn bad_feeds_wait_longer_and_delay_no_other() {
    let site = Arc::new(Site::default());
    let base = serve(site.clone());
    let mut bad = watcher(&base, &["/busy", "/loop", "/private/feed", "/nothing", "/long", "/good"], State::default());
    assert_eq!(round(&mut bad, 1_000_000).len(), 2);
    let state = |path: &str| bad.state.feeds[&format!("{base}{path}")].clone();
    assert!(state("/busy").due >= 1_007_200 && state("/busy").error.is_some_and(|error| error.contains("503")));
    assert!(state("/loop").error.is_some_and(|error| error.contains("redirects")));
    assert!(state("/private/feed").error.is_some_and(|error| error.contains("robots")));
    assert!(!site.asked.lock().expect("a lock").iter().any(|path| path == "/private/feed"));
    assert!(state("/nothing").error.is_some_and(|error| error.contains("404")));
    assert!(state("/long").error.is_some());
    assert!((1_001_800..1_002_400).contains(&state("/nothing").due), "doubled and spread: {}", state("/nothing").due);
}

#[test]
fn the_client_keeps_its_caps_and_stays_outside() {
    let base = serve(Arc::default());
    let settings = Settings { allow_private: true, max_bytes: 1 << 20, timeout: std::time::Duration::from_secs(1), ..Settings::default() };
    let open = Client::new(settings.clone());
    let get = |client: &Client, path: &str| client.get(&format!("{base}{path}"), &Validators::default());
    assert!(matches!(get(&open, "/endless"), Err(FetchError::TooLarge(..))));
    assert!(matches!(get(&open, "/slow"), Err(FetchError::Network(..))));
    let guarded = Client::new(Settings { allow_private: false, ..settings });
    assert!(matches!(get(&guarded, "/good"), Err(FetchError::Refused(..))));
    let named = base.replace("127.0.0.1", "localhost");
    assert!(
        matches!(guarded.get(&format!("{named}/good"), &Validators::default()), Err(FetchError::Network(_, cause)) if cause.contains("private"))
    );
    for odd in ["file:///etc/passwd", "ftp://a.example/", "http://user@a.example/", "http://[::1]/", "nothing"] {
        assert!(matches!(guarded.get(odd, &Validators::default()), Err(FetchError::Refused(..))), "{odd}");
    }
}
