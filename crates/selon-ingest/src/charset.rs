//! Bytes → text. The character set is told by the byte order mark, else the server, else the page itself, else detection.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a page its declaration is looked for, in bytes.
const DECLARATION_BYTES: usize = 4096;

/// The text of the bytes and the name of the character set they were read in.
///
/// `declared` is what a server's Content-Type says. Bytes that fit no character become U+FFFD; nothing fails.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> (String, &'static str) {
    let encoding = choose(bytes, declared);
    let (text, used, _) = encoding.decode(bytes);
    (text.into_owned(), used.name())
}

fn choose(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // A declaration is often wrong about UTF-8, valid UTF-8 with letters beyond ASCII hardly ever is anything else.
    if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if let Some(encoding) = declared.and_then(label).or_else(|| within(bytes)) {
        // Declared as UTF-8 but not valid: the page of an old desk, or one broken byte. Few broken bytes: stay.
        if encoding != UTF_8 || mostly_utf8(bytes) {
            return encoding;
        }
    }
    if bytes.len() > 3 && bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0 {
        return UTF_16LE;
    }
    if bytes.len() > 3 && bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0 {
        return UTF_16BE;
    }
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(64 << 10)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Fewer than one broken sequence in a thousand bytes, and some that are whole.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut whole) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        whole += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
    }
    broken * 20 <= whole && broken * 1000 <= bytes.len().max(1000)
}

fn label(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim().trim_matches(['"', '\'']).as_bytes())
}

/// `charset=…` of a meta element, or `encoding="…"` of an XML declaration.
fn within(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]).to_ascii_lowercase();
    let value = if head.trim_start().starts_with("<?xml") {
        head.split("?>").next()?.split("encoding=").nth(1)
    } else {
        head.split("charset=").nth(1)
    }?;
    let name: String =
        value.trim_start_matches(['"', '\'', ' ']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    let encoding = label(&name)?;
    // A page read bytewise cannot be UTF-16: the declaration itself was legible.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The `charset` parameter of a Content-Type.
pub fn of_content_type(value: &str) -> Option<&str> {
    value.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

/// The character set assumed of exports that name none (RTF's `\'e9`).
pub fn western(byte: u8) -> char {
    let bytes = [byte];
    let (text, _, _) = WINDOWS_1252.decode(&bytes);
    text.chars().next().unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], declared: Option<&str>, expected: &str) {
        assert_eq!(decode(bytes, declared).0, expected);
    }

    #[test]
    fn the_mark_then_the_server_then_the_page_then_detection() {
        check(b"\xef\xbb\xbf\xc3\xa9t\xc3\xa9", Some("windows-1252"), "été");
        check(b"\xff\xfe\xe9\x00t\x00", None, "ét");
        check(b"\xe9t\xe9", Some("iso-8859-1"), "été");
        check(b"<meta charset=\"iso-8859-15\">\xe9t\xe9 \xa4", None, "<meta charset=\"iso-8859-15\">été €");
        check("déjà".as_bytes(), Some("iso-8859-1"), "déjà");
        let (text, _) =
            decode(b"Les manifestants ont \xe9t\xe9 arr\xeat\xe9s \xe0 l'a\xe9roport, a d\xe9clar\xe9 le pr\xe9fet.", Some("utf-8"));
        assert!(text.contains("arrêtés à l'aéroport"), "{text}");
    }
}
