//! robots.txt as RFC 9309 says.

/// Bytes that are read of a file at most; the RFC asks for at least 500 kibibytes.
const MAX_BYTES: usize = 512 << 10;

/// What one site allows one robot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<(String, bool)>,
    /// Seconds between requests that the site asks for (no part of the RFC, but honest robots keep it).
    pub crawl_delay: Option<u64>,
}

impl Robots {
    /// Everything is allowed: there is no file (a 4xx answer).
    pub fn all() -> Robots {
        Robots::default()
    }

    /// Nothing is allowed: the file cannot be had for now (a 5xx answer, no connection).
    pub fn none() -> Robots {
        Robots { rules: vec![("/".into(), false)], crawl_delay: None }
    }

    /// The rules of the file for the robot of this product token; the groups for `*` where none names it.
    pub fn parse(bytes: &[u8], token: &str) -> Robots {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_BYTES)]).replace('\u{feff}', "");
        let (mut ours, mut anyone) = (Robots::default(), Robots::default());
        let (mut to_ours, mut to_anyone, mut in_agents, mut named) = (false, false, false, false);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or("");
            let Some((field, value)) = line.split_once(':') else { continue };
            let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
            if field == "user-agent" {
                if !in_agents {
                    (to_ours, to_anyone) = (false, false);
                }
                in_agents = true;
                let agent: String = value.chars().take_while(|c| c.is_ascii_alphabetic() || *c == '-' || *c == '_').collect();
                to_anyone |= value == "*";
                to_ours |= !agent.is_empty() && agent.eq_ignore_ascii_case(token);
                named |= to_ours;
                continue;
            }
            let (allow, is_rule) = (field == "allow", field == "allow" || field == "disallow");
            if is_rule {
                in_agents = false;
            }
            for (applies, robots) in [(to_ours, &mut ours), (to_anyone, &mut anyone)] {
                if applies && is_rule && !value.is_empty() {
                    robots.rules.push((normal(value), allow));
                } else if applies && field == "crawl-delay" {
                    robots.crawl_delay =
                        value.parse::<f64>().ok().filter(|delay| (0.0..=3600.0).contains(delay)).map(|delay| delay.ceil() as u64);
                }
            }
        }
        if named { ours } else { anyone }
    }

    /// Whether the path (with its query) may be fetched: the longest rule that matches decides, `allow` on a tie.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        if path == "/robots.txt" {
            return true;
        }
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, &path));
        matching.max_by_key(|(pattern, allow)| (pattern.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

/// Percent-encoding made the same: letters beyond ASCII encoded, encoded unreserved characters plain, hexadecimal in capitals.
fn normal(path: &str) -> String {
    let bytes = path.as_bytes();
    let (mut out, mut at) = (String::new(), 0);
    while at < bytes.len() {
        let encoded = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let encoded = encoded.and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match encoded {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => out.push(char::from(byte)),
            Some(byte) => out.push_str(&format!("%{byte:02X}")),
            None if bytes[at].is_ascii() => out.push(char::from(bytes[at])),
            None => out.push_str(&format!("%{:02X}", bytes[at])),
        }
        at += if encoded.is_some() { 3 } else { 1 };
    }
    out
}

/// Whether the pattern, in which `*` stands for anything and a last `$` for the end, begins the path.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    for (at, piece) in pieces.iter().enumerate() {
        if to_end && at + 1 == pieces.len() {
            return rest.ends_with(piece);
        }
        let Some(found) = rest.find(piece) else { return false };
        rest = &rest[found + piece.len()..];
    }
    !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, path: &str, expected: bool) {
        assert_eq!(Robots::parse(file.as_bytes(), "selon").allows(path), expected, "{file:?} {path}");
    }

    #[test]
    fn the_group_that_names_us_else_the_one_for_all() {
        check("User-agent: *\nDisallow: /", "/a", false);
        check("User-agent: *\nDisallow: /\n\nUser-agent: Selon\nAllow: /", "/a", true);
        check("User-agent: Selon\nUser-agent: other\nDisallow: /a\n\nUser-agent: selon\nDisallow: /b", "/b", false);
        check("User-agent: selonbot\nDisallow: /", "/a", true);
        check("User-agent: selon/1.0\nDisallow: /", "/a", false);
        check("", "/a", true);
        check("<html>not found</html>", "/a", true);
    }

    #[test]
    fn the_longest_rule_decides() {
        check("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true);
        check("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true);
        check("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false);
        check("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true);
        check("User-agent: *\nDisallow: /caf%c3%a9", "/café", false);
        check("User-agent: *\nDisallow:", "/a", true);
        check("User-agent: *\nDisallow: /", "/robots.txt", true);
    }
}
