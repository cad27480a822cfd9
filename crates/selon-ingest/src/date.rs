//! Dates as pages, feeds, exports and file names write them → RFC 3339 or a date. An ambiguous one gives nothing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static MONTHS: LazyLock<BTreeMap<&'static str, u8>> = LazyLock::new(|| {
    let rows = include_str!("../data/months.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split_once('\t')).filter_map(|(word, month)| Some((word, month.parse().ok()?))).collect()
});

/// Offsets of zones by name, in minutes, that feeds still write.
const ZONES: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("ut", 0),
    ("wat", 60),
    ("cet", 60),
    ("cest", 120),
    ("bst", 60),
    ("eat", 180),
    ("msk", 180),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

/// The first date of `text` as `2024-03-12` or `2024-03-12T10:05:00+01:00`.
///
/// `lang` decides `03/04/2024`: day first, but in English (where usage differs) only when it can be read one way. A time without
/// zone is left out, as RFC 3339 has none such. `None`: no date, or not one that can exist.
pub fn normalise(text: &str, lang: Option<&str>) -> Option<String> {
    let text: String = text.chars().take(200).collect();
    let text = text.trim();
    iso(text).or_else(|| worded(text)).or_else(|| numeric(text, lang))
}

/// `2024-03-12`, `2024-03-12T10:05:00Z`, `2024/03/12 10:05 +0100`, `20240312T100500`.
fn iso(text: &str) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let text = &text[start..];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (date, rest) = if digits == 4 {
        let bytes = text.as_bytes();
        let separator = *bytes.get(4)?;
        if !matches!(separator, b'-' | b'/' | b'.') || bytes.get(7) != Some(&separator) {
            return None;
        }
        (valid(number(text.get(..4)?)?, number(text.get(5..7)?)?, number(text.get(8..10)?)?)?, text.get(10..)?)
    } else if digits == 8 || digits == 14 {
        (valid(number(text.get(..4)?)?, number(text.get(4..6)?)?, number(text.get(6..8)?)?)?, text.get(8..)?)
    } else {
        return None;
    };
    Some(with_time(&date, rest))
}

/// `Tue, 12 Mar 2024 10:00:00 +0100`, `mardi 12 mars 2024 à 10h05`, `March 12, 2024`, `1er mars 2024`.
fn worded(text: &str) -> Option<String> {
    let tokens = tokens(text);
    for (at, token) in tokens.iter().enumerate() {
        let Some(month) = MONTHS.get(token.text.trim_end_matches('.')) else { continue };
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).and_then(day);
        let after = tokens.get(at + 1);
        let (day, year_at) = match (before, after.and_then(day)) {
            (Some(day), _) => (day, at + 1),
            (None, Some(day)) => (day, at + 2),
            _ => continue,
        };
        let Some(year) = tokens.get(year_at).and_then(|token| year(&token.text)) else { continue };
        if let Some(date) = valid(year, i32::from(*month), day) {
            return Some(with_time(&date, &text[tokens[year_at].end..]));
        }
    }
    None
}

struct Token {
    text: String,
    end: usize,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut kind = None;
    for (at, letter) in text.char_indices() {
        let this = if letter.is_ascii_digit() {
            Some(0)
        } else if letter.is_alphabetic() {
            Some(1)
        } else {
            None
        };
        let end = at + letter.len_utf8();
        match (this, kind == this, found.last_mut()) {
            (Some(_), true, Some(last)) => {
                last.text.extend(letter.to_lowercase());
                last.end = end;
            }
            // « 1er », "12th": the ending belongs to the number.
            (Some(_), false, _) => found.push(Token { text: letter.to_lowercase().collect(), end }),
            _ => {}
        }
        kind = this;
    }
    found.retain(|token| !["er", "st", "nd", "rd", "th", "de", "of", "le", "the"].contains(&token.text.as_str()));
    found
}

fn day(token: &Token) -> Option<i32> {
    (token.text.len() <= 2).then(|| number(&token.text)).flatten().filter(|day| (1..=31).contains(day))
}

fn year(text: &str) -> Option<i32> {
    match text.len() {
        4 => number(text),
        2 => number(text).map(|year| if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// `12/03/2024 à 10h05`, `12.03.2024`, `12-03-2024`.
fn numeric(text: &str, lang: Option<&str>) -> Option<String> {
    let bytes = text.as_bytes();
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'/' | b'.' | b'-');
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|byte| is_part(**byte)).count();
        let parts: Vec<&str> = text[at..at + length].split(['/', '.', '-']).collect();
        if let [first, second, third, ..] = parts.as_slice()
            && first.len() <= 2
            && second.len() <= 2
            && third.len() == 4
        {
            let (first, second, year) = (number(first)?, number(second)?, number(third)?);
            let english = lang.is_some_and(|lang| lang.starts_with("en"));
            let british = lang.is_some_and(|lang| lang.starts_with("en-") && !lang.eq_ignore_ascii_case("en-us"));
            let date = if english && !british && first <= 12 && second <= 12 && first != second {
                None
            } else if second > 12 {
                valid(year, first, second)
            } else {
                valid(year, second, first)
            };
            return date.map(|date| with_time(&date, &text[at + length..]));
        }
        at += length.max(1);
    }
    None
}

/// Adds the time of day when `rest` begins with one and names its zone.
fn with_time(date: &str, rest: &str) -> String {
    time(rest).map_or_else(|| date.to_owned(), |time| format!("{date}T{time}"))
}

fn time(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ",-–|àat".contains(c) || c == 'T' || c == 'à');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (mut hour, minute, second, rest) = if digits == 6 {
        (number(rest.get(..2)?)?, number(rest.get(2..4)?)?, number(rest.get(4..6)?)?, rest.get(6..)?)
    } else if digits == 1 || digits == 2 {
        let after = rest.get(digits..)?;
        let after = after.strip_prefix([':', 'h', 'H', '.'])?;
        let minute = after.get(..2).and_then(number)?;
        let tail = after.get(2..)?;
        let second = tail.strip_prefix(':').and_then(|tail| tail.get(..2)).and_then(number);
        (number(&rest[..digits])?, minute, second.unwrap_or(0), if second.is_some() { tail.get(3..)? } else { tail })
    } else {
        return None;
    };
    let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit())).trim_start();
    let lower = rest.to_ascii_lowercase();
    let rest = if let Some(tail) = lower.strip_prefix("pm") {
        hour = if hour < 12 { hour + 12 } else { hour };
        tail.trim_start().to_owned()
    } else if let Some(tail) = lower.strip_prefix("am") {
        hour = if hour == 12 { 0 } else { hour };
        tail.trim_start().to_owned()
    } else {
        lower
    };
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(format!("{hour:02}:{minute:02}:{second:02}{}", zone(&rest)?))
}

fn zone(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches('(');
    if rest.starts_with(['+', '-']) {
        let digits: String = rest[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).take(4).collect();
        let (hours, minutes) = (number(digits.get(..2)?)?, digits.get(2..4).and_then(number).unwrap_or(0));
        return (hours <= 15 && minutes < 60).then(|| format!("{}{hours:02}:{minutes:02}", &rest[..1]));
    }
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    let (_, minutes) = ZONES.iter().find(|(name, _)| *name == word)?;
    if *minutes == 0 {
        return Some("Z".into());
    }
    Some(format!("{}{:02}:{:02}", if *minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60))
}

fn number(digits: &str) -> Option<i32> {
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

fn valid(year: i32, month: i32, day: i32) -> Option<String> {
    if !(1900..=2100).contains(&year) {
        return None;
    }
    let date = jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(date.to_string())
}

/// The date that stands in a file's name or path: `2024-03-12`, `2024/03/12`, `20240312`, `2024_03_12`. Never the file's own time stamps.
pub fn of_name(name: &str) -> Option<String> {
    let name = name.replace('_', "-");
    let bytes = name.as_bytes();
    for at in 0..bytes.len() {
        let begins = bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit());
        if begins && let Some(date) = name.get(at..).and_then(iso) {
            return Some(date.chars().take(10).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lang: &str, expected: &str) {
        assert_eq!(normalise(text, Some(lang)).as_deref().unwrap_or("-"), expected, "{text}");
    }

    #[test]
    fn dates_of_pages_and_feeds() {
        check("2024-03-12", "fr", "2024-03-12");
        check("2024-03-12T10:05:00.123Z", "fr", "2024-03-12T10:05:00Z");
        check("2024-03-12 10:05 +0100", "fr", "2024-03-12T10:05:00+01:00");
        check("Tue, 12 Mar 2024 10:00:00 +0100", "en", "2024-03-12T10:00:00+01:00");
        check("Tue, 12 Mar 2024 10:00:00 EST", "en", "2024-03-12T10:00:00-05:00");
        check("mar., 12 mars 2024 10:00:00 GMT", "fr", "2024-03-12T10:00:00Z");
        check("Publié le mardi 12 mars 2024 à 10h05", "fr", "2024-03-12");
        check("1er février 2023", "fr", "2023-02-01");
        check("March 12, 2024, 3:04 p.m.", "en", "2024-03-12");
        check("Sept. 3, 2024 3:04 PM EDT", "en", "2024-09-03T15:04:00-04:00");
        check("Mis en ligne le 03/04/2024 à 10:05", "fr", "2024-04-03");
        check("03/04/2024", "en", "-");
        check("03/14/2024", "en", "2024-03-14");
        check("03/04/2024", "en-GB", "2024-04-03");
        check("31 février 2024", "fr", "-");
        check("le gouverneur", "fr", "-");
    }

    #[test]
    fn dates_of_file_names() {
        assert_eq!(of_name("afp_2024-03-12_gao.txt").as_deref(), Some("2024-03-12"));
        assert_eq!(of_name("depeches/2024/03/12/7.html").as_deref(), Some("2024-03-12"));
        assert_eq!(of_name("20240312T1005.xml").as_deref(), Some("2024-03-12"));
        assert_eq!(of_name("article-123456789012.txt"), None);
    }
}
