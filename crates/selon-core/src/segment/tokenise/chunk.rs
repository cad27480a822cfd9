//! One run of text without white space → written tokens.
//!
//! Punctuation is peeled off both ends, then the core is cut at inner punctuation, elisions, endings and clitic pronouns.

use std::ops::Range;

use super::rules::Rules;

/// One written token: bytes of the text, and inside it the bytes of each syntactic word if there are several ("do|n't").
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// Bytes in the text.
    pub(super) span: Range<usize>,
    /// Where the token is cut into words; the cuts lie strictly inside the span.
    pub(super) cuts: Vec<usize>,
}

/// Cuts the chunk `range` of `text`.
pub(super) fn cut(text: &str, range: Range<usize>, rules: &Rules, out: &mut Vec<Written>) {
    let chunk = &text[range.clone()];
    let base = range.start;
    if let Some(found) = entities(chunk) {
        cut(text, base..base + found.start, rules, out);
        push(base + found.start..base + found.end, out);
        return cut(text, base + found.end..range.end, rules, out);
    }
    if SMILEYS.contains(&chunk) {
        return push(range, out);
    }
    if is_address(chunk) {
        let core = chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '»', '”', '\'', '’', ']', '>']);
        let start = core.len() - core.trim_start_matches(['(', '"', '«', '“', '<', '[', '‘']).len();
        peel(text, base..base + start, out);
        push(base + start..base + core.len(), out);
        return peel(text, base + core.len()..range.end, out);
    }
    let start = base + leading(chunk);
    let end = start + core_length(&text[start..range.end], rules);
    peel(text, base..start, out);
    core(text, start..end, rules, out);
    peel(text, end..range.end, out);
}

fn push(span: Range<usize>, out: &mut Vec<Written>) {
    if !span.is_empty() {
        out.push(Written { span, cuts: Vec::new() });
    }
}

/// Punctuation only: runs of one sign are one token.
fn peel(text: &str, range: Range<usize>, out: &mut Vec<Written>) {
    let mut start = range.start;
    while start < range.end {
        let rest = &text[start..range.end];
        let Some(first) = rest.chars().next() else { return };
        let runs = matches!(first, '-' | '=' | '^' | '$' | '*' | '_' | '~' | '#' | '…' | '\'' | '`' | '+' | '\u{fe0f}');
        let mut len = first.len_utf8();
        if let Some(smiley) = SMILEYS.iter().find(|smiley| rest == **smiley) {
            len = smiley.len();
        } else if matches!(first, '.' | '!' | '?') {
            len = rest.len() - rest.trim_start_matches(['.', '!', '?']).len();
        } else if matches!(first, '-' | '=' | '*') {
            len = rest.len() - rest.trim_start_matches(['-', '=', '*']).len();
        } else if runs {
            len = rest.len() - rest.trim_start_matches(first).len();
        } else if first == '°' && matches!(&rest[len..], "C" | "F") {
            len = rest.len();
        } else if matches!(first, '<' | '>') && rest[1..].starts_with(first) {
            len = 2;
        }
        len += rest[len..].len() - rest[len..].trim_start_matches('\u{fe0f}').len();
        push(start..start + len, out);
        start += len;
    }
}

const SMILEYS: &[&str] = &[":)", ":(", ";)", ":-)", ":-(", ";-)", "=)", "=(", ":/", ":-/", "<3", "(:", ":D", ":P", ":p", ";D"];

/// The first run of character references left over from HTML (« &#39;&#39; »).
fn entities(chunk: &str) -> Option<Range<usize>> {
    let start = chunk.find("&#")?;
    let mut end = start;
    while let Some(rest) = chunk[end..].strip_prefix("&#") {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 || !rest[digits..].starts_with(';') {
            break;
        }
        end += 2 + digits + 1;
    }
    (end > start).then_some(start..end)
}

fn is_address(chunk: &str) -> bool {
    chunk.contains("://")
        || chunk.starts_with("www.")
        || chunk.split_once('@').is_some_and(|(user, host)| {
            // some archives hide the end of the name: "ann...@example.org"
            let user = user.strip_suffix("...").unwrap_or(user);
            user.ends_with(char::is_alphanumeric) && host.starts_with(char::is_alphanumeric) && host.contains('.')
        })
}

/// Whether a character can be inside a word at its edge.
fn wordly(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

/// Bytes of the punctuation before the core.
fn leading(chunk: &str) -> usize {
    for (at, c) in chunk.char_indices() {
        let rest = &chunk[at + c.len_utf8()..];
        let next = rest.chars().next();
        let joined = match c {
            // a name on a network, a negative number, a year ('68)
            '@' => next.is_some_and(char::is_alphanumeric),
            '#' => next.is_some_and(char::is_alphabetic),
            '-' | '−' | '+' => at == 0 && next.is_some_and(|c| c.is_ascii_digit()),
            '\'' | '’' => at == 0 && is_short_year(rest),
            '°' => matches!(rest, "C" | "F"),
            _ => wordly(c),
        };
        if joined {
            return at;
        }
    }
    chunk.len()
}

/// The digits of « '68 ».
fn is_short_year(rest: &str) -> bool {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits == 2 && !rest[2..].starts_with(char::is_alphanumeric)
}

/// Bytes of the core, which `text` begins with: up to the punctuation at the end, abbreviations and elisions with their sign.
fn core_length(text: &str, rules: &Rules) -> usize {
    let mut end = text.trim_end_matches(|c| !wordly(c)).len();
    if let Some(open) =
        text[..end].rfind('(').filter(|&open| open > 0 && text[end..].starts_with(')') && is_optional_ending(&text[open + 1..=end]))
        && text[..open].ends_with(char::is_alphabetic)
    {
        end += 1;
    }
    if let Some(sign) = text[end..].chars().next().filter(|sign| matches!(sign, '°' | 'º'))
        && rules.whole.contains(&text[..end + sign.len_utf8()].to_lowercase())
    {
        return end + sign.len_utf8();
    }
    if end == 0 {
        // a sign that `leading` took for a beginning
        return text.len().min(usize::from(!text.is_empty()));
    }
    let tail = &text[end..];
    if tail.starts_with(['\'', '’']) {
        let sign = tail.chars().next().map_or(0, char::len_utf8);
        let last = text[..end].rfind(|c: char| !wordly(c)).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        if rules.elisions.contains(&format!("{}'", text[last..end].to_lowercase())) {
            end += sign;
        }
    } else if tail.starts_with('.') && !tail.starts_with("..") && keeps_stop(&text[..end], rules) {
        end += 1;
    }
    end
}

/// Whether a full stop after this word belongs to it: a known abbreviation, an initial, letters with stops between.
fn keeps_stop(word: &str, rules: &Rules) -> bool {
    let after_hyphen = word.rsplit(['-', '\'', '’', '/', '(']).next().unwrap_or(word);
    let lower = |part: &str| format!("{}.", part.to_lowercase());
    if rules.abbreviations.contains(&lower(word)) || rules.abbreviations.contains(&lower(after_hyphen)) {
        return true;
    }
    let parts: Vec<&str> = word.split(['.', '-']).collect();
    let single = |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    (parts.len() > 1 && parts.iter().all(single)) || (single(&word) && word.chars().all(char::is_uppercase))
}

/// A word with possible signs inside.
fn core(text: &str, range: Range<usize>, rules: &Rules, out: &mut Vec<Written>) {
    let word = &text[range.clone()];
    if word.is_empty() {
        return;
    }
    let plain = word.to_lowercase().replace('’', "'");
    if rules.whole.contains(&plain) {
        return push(range, out);
    }
    if plain.strip_suffix("'s").is_some_and(|stem| rules.whole.contains(stem)) {
        let cuts = ending(&plain, word, rules).into_iter().map(|at| range.start + at).collect();
        return out.push(Written { span: range, cuts });
    }
    if let Some(split) = inner_sign(word, rules) {
        core(text, range.start..range.start + split.start, rules, out);
        peel(text, range.start + split.start..range.start + split.end, out);
        return core(text, range.start + split.end..range.end, rules, out);
    }
    if let Some((hour, minutes)) = clock(word, rules) {
        push(range.start..range.start + hour, out);
        push(range.start + hour..range.start + hour + 1, out);
        return push(range.start + hour + 1..range.start + hour + 1 + minutes, out);
    }
    if let Some(at) = elision(word, rules) {
        push(range.start..range.start + at, out);
        return core(text, range.start + at..range.end, rules, out);
    }
    if let Some(at) = clitic(&plain, word, rules) {
        core(text, range.start..range.start + at, rules, out);
        return push(range.start + at..range.end, out);
    }
    let cuts = ending(&plain, word, rules).into_iter().map(|at| range.start + at).collect();
    out.push(Written { span: range, cuts });
}

/// The first sign inside a word that is a token of its own.
fn inner_sign(word: &str, rules: &Rules) -> Option<Range<usize>> {
    for (at, c) in word.char_indices() {
        if wordly(c) || at == 0 {
            continue;
        }
        let end = at + c.len_utf8();
        let (before, after) = (&word[..at], &word[end..]);
        let digits = before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
        let cut = match c {
            '(' => !is_optional_ending(after),
            ')' => !before.contains('('),
            '\'' | '’' | '_' | '&' | '@' | '\u{ad}' | '·' | '\u{200d}' | '\u{fe0f}' => false,
            '.' => after.starts_with('.') || before.ends_with('.') || new_sentence(before, after),
            ',' | ':' => !digits,
            '/' => !digits,
            '-' | '‑' => {
                after.starts_with('-') || (!digits && !is_date(word) && hyphen_cuts(before, after, rules)) || is_range(before, after, rules)
            }
            '+' | '#' | '$' | '°' | '%' | 'º' | 'ª' => !after.is_empty(),
            _ => true,
        };
        if cut {
            let run =
                if matches!(c, '.' | '-' | '!' | '?') { word[at..].len() - word[at..].trim_start_matches(c).len() } else { c.len_utf8() };
            return Some(at..at + run);
        }
    }
    None
}

/// « (e) », « (s) » at the end of a word.
fn is_optional_ending(after: &str) -> bool {
    after.strip_suffix(')').is_some_and(|ending| (1..=3).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_lowercase()))
}

/// "12-Feb-2002".
fn is_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    parts.len() == 3 && digits(parts[0]) && digits(parts[2]) && parts[1].len() == 3
}

/// "10-12", "1969-1970", which English cuts; "345-9945" is a telephone number.
fn is_range(before: &str, after: &str, rules: &Rules) -> bool {
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit()).then_some(part.len());
    let lengths = digits(before).zip(digits(after));
    rules.ranges && lengths.is_some_and(|(first, last)| (1..=3).contains(&first) && (1..=3).contains(&last) || (first, last) == (4, 4))
}

/// A missing space between two sentences: "dit.Il".
fn new_sentence(before: &str, after: &str) -> bool {
    let last = before.rsplit(|c: char| !wordly(c)).next().unwrap_or(before);
    last.chars().count() > 2 && last.chars().skip(1).all(char::is_lowercase) && after.starts_with(char::is_uppercase) && after.len() > 1
}

/// English and Spanish cut at hyphens between words, but not after prefixes.
fn hyphen_cuts(before: &str, after: &str, rules: &Rules) -> bool {
    if rules.prefixes.is_empty() || after.is_empty() {
        return false;
    }
    let last = before.rsplit(|c: char| !wordly(c)).next().unwrap_or(before);
    let lettered = last.chars().any(char::is_alphabetic) || after.chars().take_while(|&c| wordly(c)).all(char::is_alphabetic);
    lettered && !rules.prefixes.contains(&format!("{}-", last.to_lowercase()))
}

/// « 18h40 »: bytes of the hour and of the minutes. Only languages with elisions write the hour so.
fn clock(word: &str, rules: &Rules) -> Option<(usize, usize)> {
    let (hour, minutes) = word.split_once(['h', 'H'])?;
    let digits = |part: &str| part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit());
    (!rules.elisions.is_empty() && !hour.is_empty() && digits(hour) && digits(minutes)).then_some((hour.len(), minutes.len()))
}

/// Where an elided word ends: "l'", "jusqu'".
fn elision(word: &str, rules: &Rules) -> Option<usize> {
    let (at, sign) = word.char_indices().find(|&(_, c)| matches!(c, '\'' | '’'))?;
    let end = at + sign.len_utf8();
    (end < word.len() && rules.elisions.contains(&format!("{}'", word[..at].to_lowercase()))).then_some(end)
}

/// Where a clitic pronoun begins: "-t-il".
fn clitic(plain: &str, word: &str, rules: &Rules) -> Option<usize> {
    let found = rules.clitics.iter().find(|clitic| plain.len() > clitic.len() && plain.ends_with(clitic.as_str()))?;
    // the clitics are ASCII, so the byte count from the end is the same in the word as written
    let at = word.len().checked_sub(found.len())?;
    (word.is_char_boundary(at) && at > 0 && !word.starts_with(char::is_numeric)).then_some(at)
}

/// Where the last ending begins: "n't", "'s".
fn ending(plain: &str, word: &str, rules: &Rules) -> Option<usize> {
    let found = rules.endings.iter().find(|ending| plain.len() > ending.len() && plain.ends_with(ending.as_str()))?;
    let wide = if word.contains('’') { '’'.len_utf8() - 1 } else { 0 };
    let at = word.len().checked_sub(found.len() + wide)?;
    (word.is_char_boundary(at) && at > 0).then_some(at)
}
