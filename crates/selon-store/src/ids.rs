//! Ids and days as the tables hold them.

use jiff::civil::Date;
use selon_core::assemble::stable_id;

/// Day of rows whose day is unknown: before every other.
pub const UNDATED: i64 = -10_000_000;

/// Sixteen hexadecimal digits as a signed integer; any other id by its hash.
pub fn number(id: &str) -> i64 {
    let hex = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let digits = if hex { id.to_owned() } else { stable_id(&["foreign id", id]) };
    u64::from_str_radix(&digits, 16).unwrap_or_default().cast_signed()
}

/// The id of a number.
pub fn text(number: i64) -> String {
    format!("{:016x}", number.cast_unsigned())
}

/// Days since 1970-01-01 of the date that `text` begins with.
pub fn day(text: Option<&str>) -> Option<i64> {
    let date: Date = text?.get(..10)?.parse().ok()?;
    Some(i64::from((date - Date::constant(1970, 1, 1)).get_days()))
}

/// The date of a day; `None` for [`UNDATED`].
pub fn date(day: i64) -> Option<String> {
    let days = jiff::Span::new().try_days(day).ok()?;
    Date::constant(1970, 1, 1).checked_add(days).ok().map(|date| date.to_string())
}
