//! Matches → TIMEX3 values and days.
//!
//! Input: a match, the publication day, the day spoken of. Output: the value with its first and last day.

use jiff::civil::Date;
use selon_data::time::{Action, Rule, TimeLexicon};

use super::Anchor;
use super::calendar::{self, add_days, add_months, monday, week_value};
use super::grammar::{Match, Slot};

/// A resolved value.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// TIMEX3 value.
    pub timex: String,
    /// TIMEX3 type.
    pub kind: &'static str,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Granularity.
    pub granularity: &'static str,
    /// What resolved it.
    pub anchor: Option<Anchor>,
}

/// The calendar units of the classes `unit` and `units`.
pub mod unit {
    #![allow(missing_docs)]
    pub const SECOND: i32 = 1;
    pub const MINUTE: i32 = 2;
    pub const HOUR: i32 = 3;
    pub const DAY: i32 = 4;
    pub const WEEK: i32 = 5;
    pub const MONTH: i32 = 6;
    pub const QUARTER: i32 = 7;
    pub const YEAR: i32 = 8;
    pub const DECADE: i32 = 9;
    pub const CENTURY: i32 = 10;
    pub const WEEKEND: i32 = 11;
    pub const HALF_YEAR: i32 = 12;
    pub const FORTNIGHT: i32 = 13;
    pub const NIGHT: i32 = 14;
}

/// What relative expressions are counted from.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// Publication day, or the dateline's.
    pub now: Option<Date>,
    /// Where `now` is from.
    pub anchor: Anchor,
    /// First day of the time spoken of last.
    pub spoken: Option<Date>,
    /// Whether the words around speak of the future.
    pub future: bool,
    /// Whether they speak of the past.
    pub past: bool,
}

impl Value {
    fn new(timex: impl Into<String>, kind: &'static str, granularity: &'static str) -> Value {
        Value { timex: timex.into(), kind, days: None, granularity, anchor: None }
    }

    fn from_days(timex: impl Into<String>, days: Option<(Date, Date)>, granularity: &'static str, anchor: Anchor) -> Value {
        Value { timex: timex.into(), kind: "DATE", days, granularity, anchor: days.map(|_| anchor) }
    }

    fn day(day: Date, anchor: Anchor) -> Value {
        Value::from_days(day.to_string(), Some((day, day)), "day", anchor)
    }
}

/// The value of a match; `None` when the words make no sense as a time ("31 February").
pub fn resolve(found: &Match, rule: &Rule, lexicon: &TimeLexicon, context: &Context) -> Option<Value> {
    let offset = found.get(Slot::Direction).unwrap_or(rule.offset);
    let mut value = match rule.action {
        Action::Date => date(found, rule, context)?,
        Action::Day => relative_unit(unit::DAY, offset, context.now, context.anchor),
        Action::RelWeekday => weekday(found.get(Slot::Weekday)?, Some(offset), context),
        Action::RelMonth => rel_month(found.get(Slot::Month)?, offset, context),
        Action::RelSeason => rel_season(found.get(Slot::Season)?, offset, context),
        Action::RelUnit => relative_unit(found.get(Slot::Unit)?, offset, context.now, context.anchor),
        Action::Ago => counted(found, -1, context.now, context.anchor)?,
        Action::Ahead => counted(found, 1, context.now, context.anchor)?,
        Action::Before => counted(found, -1, context.spoken.or(context.now), Anchor::Text)?,
        Action::After => counted(found, 1, context.spoken.or(context.now), Anchor::Text)?,
        Action::TextUnit => relative_unit(found.get(Slot::Unit).unwrap_or(unit::DAY), offset, context.spoken.or(context.now), Anchor::Text),
        Action::Duration => duration(found)?,
        Action::Set => set(found)?,
        Action::Ref => Value::new(rule.value.clone(), "DATE", "range"),
        Action::Night => night(found, context)?,
        Action::Range => range(found, context)?,
        Action::Part => part(found, rule, context)?,
        Action::Clock => clock(found)?,
        Action::Daypart => relative_unit(unit::DAY, offset, context.now, context.anchor),
        Action::Quarter => fraction(found, 'Q', 3, context)?,
        Action::Half => fraction(found, 'H', 6, context)?,
        Action::Decade => decade(found, context)?,
        Action::Century => century(found.get(Slot::Ordinal)?)?,
        Action::Holiday => holiday(found, lexicon, context)?,
        Action::Season => season(found, context)?,
        Action::Ignore => return None,
    };
    if let Some(part) = found.get(Slot::Daypart)
        && value.granularity == "day"
    {
        value.timex.push_str(["", "TMO", "T12:00", "TAF", "TEV", "TNI", "TDT", "T24:00"][(part.clamp(0, 7)) as usize]);
        value.kind = "TIME";
    }
    Some(value)
}

fn weekday(wanted: i32, direction: Option<i32>, context: &Context) -> Value {
    let Some(now) = context.now else { return Value::new(format!("XXXX-WXX-{wanted}"), "DATE", "day") };
    let back = i64::from((calendar::weekday(now) - wanted).rem_euclid(7));
    let day = match direction {
        Some(-1) => add_days(now, -if back == 0 { 7 } else { back }),
        Some(1) => add_days(now, 7 - back),
        // Newspapers name the day of publication by its weekday: the nearest past day includes it.
        _ if context.future && back > 0 => add_days(now, 7 - back),
        _ => add_days(now, -back),
    };
    Value::day(day, context.anchor)
}

fn date(found: &Match, rule: &Rule, context: &Context) -> Option<Value> {
    let (month, day, year) = (found.get(Slot::Month), found.get(Slot::Day), found.get(Slot::Year));
    let year = year.or_else(|| Some(i32::from(context.now?.year()) + found.get(Slot::Direction)?));
    let anchor = if found.get(Slot::Year).is_some() { Anchor::Text } else { context.anchor };
    let future = context.future || rule.value == "future";
    match (year, month, day, found.get(Slot::Weekday)) {
        (Some(year), Some(month), Some(day), _) => Some(Value::day(calendar::date(year, month, day)?, anchor)),
        (Some(year), Some(month), None, _) => {
            Some(Value::from_days(format!("{year:04}-{month:02}"), Some(calendar::month_days(year, month)?), "month", anchor))
        }
        (Some(year), None, None, None) => {
            let days = calendar::date(year, 1, 1).zip(calendar::date(year, 12, 31));
            Some(Value::from_days(format!("{year:04}"), days, "year", anchor))
        }
        (None, Some(month), Some(day), _) => {
            calendar::date(2020, month, day)?;
            let Some(now) = context.now else { return Some(Value::new(format!("XXXX-{month:02}-{day:02}"), "DATE", "day")) };
            nearest_year(now, future, |year| calendar::date(year, month, day)).map(|day| Value::day(day, anchor))
        }
        (None, Some(month), None, _) => Some(bare_month(month, future, context)),
        (None, None, Some(day), wanted) => day_of_month(day, wanted, future, context),
        (_, _, None, Some(wanted)) => Some(weekday(wanted, None, context)),
        _ => None,
    }
}

/// A day without a year: the last one unless the words speak of the future or it is more than seven months ago
/// (an older day would carry its year).
fn nearest_year(now: Date, future: bool, day_in: impl Fn(i32) -> Option<Date>) -> Option<Date> {
    let year = i32::from(now.year());
    let days: Vec<Date> = (year - 4..=year + 4).filter_map(day_in).collect();
    let past = days.iter().copied().filter(|day| *day <= now).max();
    let coming = days.iter().copied().filter(|day| *day > now).min();
    let distance = past.map_or(i32::MAX, |past| days_between(past, now));
    match (past, coming) {
        (Some(_), Some(coming)) if distance > 0 && (distance > 213 || (future && days_between(now, coming) < 300)) => Some(coming),
        (past, coming) => past.or(coming),
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn bare_month(month: i32, future: bool, context: &Context) -> Value {
    let Some(now) = context.now else { return Value::new(format!("XXXX-{month:02}"), "DATE", "month") };
    let back = (i32::from(now.month()) - month).rem_euclid(12);
    let ahead = if back == 0 {
        0
    } else if (future && back > 0) || (back > 9 && !context.past) {
        12 - back
    } else {
        -back
    };
    month_value(add_months(now.first_of_month(), i64::from(ahead)), context.anchor)
}

fn month_value(first: Date, anchor: Anchor) -> Value {
    let timex = format!("{:04}-{:02}", first.year(), first.month());
    Value::from_days(timex, Some((first, first.last_of_month())), "month", anchor)
}

/// « le 7 », « samedi 8 »: the month is the nearest one in which the weekday fits.
fn day_of_month(day: i32, wanted: Option<i32>, future: bool, context: &Context) -> Option<Value> {
    let Some(now) = context.now else {
        return Some(Value::new(format!("XXXX-XX-{day:02}"), "DATE", "day"));
    };
    let months = if future { [0, 1, -1, 2, -2] } else { [0, -1, 1, -2, 2] };
    let candidates = months.into_iter().filter_map(|months| {
        let first = add_months(now.first_of_month(), months);
        calendar::date(first.year().into(), first.month().into(), day)
    });
    let fits = |date: &Date| match wanted {
        Some(wanted) => calendar::weekday(*date) == wanted,
        None => {
            if future {
                *date >= now
            } else {
                *date <= now
            }
        }
    };
    candidates.into_iter().find(fits).map(|date| Value::day(date, context.anchor))
}

fn rel_month(month: i32, direction: i32, context: &Context) -> Value {
    let Some(now) = context.now else { return Value::new(format!("XXXX-{month:02}"), "DATE", "month") };
    let back = (i32::from(now.month()) - month).rem_euclid(12);
    let ahead = match direction {
        -1 => -(if back == 0 { 12 } else { back }),
        1 => 12 - back,
        _ => return month_value(calendar::date(now.year().into(), month, 1).unwrap_or(now), context.anchor),
    };
    month_value(add_months(now.first_of_month(), i64::from(ahead)), context.anchor)
}

const SEASONS: [&str; 5] = ["", "SP", "SU", "FA", "WI"];

fn season_value(year: i32, season: i32, anchor: Anchor) -> Value {
    Value::from_days(format!("{year:04}-{}", SEASONS[season.clamp(0, 4) as usize]), calendar::season_days(year, season), "season", anchor)
}

fn rel_season(season: i32, direction: i32, context: &Context) -> Value {
    let Some(now) = context.now else { return Value::new(format!("XXXX-{}", SEASONS[season.clamp(0, 4) as usize]), "DATE", "season") };
    let year = i32::from(now.year());
    let begun = |year: i32| calendar::season_days(year, season);
    let wanted = match direction {
        -1 => (year - 2..=year).rev().find(|&year| begun(year).is_some_and(|days| days.1 < now)),
        1 => (year..=year + 2).find(|&year| begun(year).is_some_and(|days| days.0 > now)),
        _ => (year - 1..=year + 1).rev().find(|&year| begun(year).is_some_and(|days| days.0 <= now)),
    };
    season_value(wanted.unwrap_or(year), season, context.anchor)
}

fn season(found: &Match, context: &Context) -> Option<Value> {
    let season = found.get(Slot::Season)?;
    let year = found.get(Slot::Year).or_else(|| Some(i32::from(context.now?.year()) + found.get(Slot::Direction)?));
    Some(match year {
        Some(year) => season_value(year, season, Anchor::Text),
        None if context.future => rel_season(season, 1, context),
        None => rel_season(season, 0, context),
    })
}

/// The calendar unit `offset` units from `now`.
fn relative_unit(wanted: i32, offset: i32, now: Option<Date>, anchor: Anchor) -> Value {
    let Some(now) = now else {
        let (timex, granularity) = match wanted {
            unit::WEEK => ("XXXX-WXX", "week"),
            unit::WEEKEND => ("XXXX-WXX-WE", "range"),
            unit::MONTH => ("XXXX-XX", "month"),
            unit::QUARTER => ("XXXX-QX", "range"),
            unit::YEAR => ("XXXX", "year"),
            _ => ("XXXX-XX-XX", "day"),
        };
        return Value::new(timex, "DATE", granularity);
    };
    let steps = i64::from(offset);
    match wanted {
        unit::WEEK | unit::FORTNIGHT => {
            let first = add_days(monday(now), 7 * steps);
            Value::from_days(week_value(first), Some((first, add_days(first, 6))), "week", anchor)
        }
        unit::WEEKEND => {
            // Reports from Monday to Thursday speak of the weekend past.
            let running = calendar::weekday(now) > 4 || steps != 0;
            let first = add_days(monday(now), 5 + 7 * (steps - i64::from(!running)));
            Value::from_days(format!("{}-WE", week_value(first)), Some((first, add_days(first, 1))), "range", anchor)
        }
        unit::MONTH => month_value(add_months(now.first_of_month(), steps), anchor),
        unit::QUARTER | unit::HALF_YEAR => {
            let (letter, months) = if wanted == unit::QUARTER { ('Q', 3) } else { ('H', 6) };
            let index = i64::from(now.month() - 1) / months;
            let first = add_months(now.first_of_year(), (index + steps) * months);
            let timex = format!("{:04}-{letter}{}", first.year(), i64::from(first.month() - 1) / months + 1);
            Value::from_days(timex, Some((first, add_months(first, months - 1).last_of_month())), "range", anchor)
        }
        unit::YEAR => {
            let year = i32::from(now.year()) + offset;
            Value::from_days(format!("{year:04}"), calendar::date(year, 1, 1).zip(calendar::date(year, 12, 31)), "year", anchor)
        }
        unit::DECADE => decade_value(i32::from(now.year()) / 10 + offset, anchor),
        unit::CENTURY => century(i32::from(now.year() - 1) / 100 + 1 + offset).unwrap_or_else(|| Value::new("XX", "DATE", "range")),
        unit::NIGHT => {
            let day = add_days(now, steps);
            Value { timex: format!("{day}TNI"), kind: "TIME", ..Value::day(day, anchor) }
        }
        unit::HOUR | unit::MINUTE | unit::SECOND => Value { granularity: "hour", ..Value::day(now, anchor) },
        _ => Value::day(add_days(now, steps), anchor),
    }
}

/// So many units before or after: days stay days, weeks weeks, months months, years years.
fn counted(found: &Match, sign: i32, now: Option<Date>, anchor: Anchor) -> Option<Value> {
    let wanted = found.get(Slot::Unit)?;
    let number = found.get(Slot::Number).unwrap_or(-1);
    if number < 0 && wanted > unit::HOUR {
        let timex = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Value::new(timex, "DATE", "range"));
    }
    let steps = sign * number.min(10_000);
    Some(match wanted {
        unit::FORTNIGHT => relative_unit(unit::DAY, 14 * steps, now, anchor),
        unit::DECADE => relative_unit(unit::YEAR, 10 * steps, now, anchor),
        unit::CENTURY => relative_unit(unit::YEAR, 100 * steps, now, anchor),
        unit::WEEKEND => relative_unit(unit::WEEKEND, steps, now, anchor),
        _ => relative_unit(wanted, steps, now, anchor),
    })
}

fn letters(wanted: i32) -> Option<(&'static str, &'static str, i32)> {
    Some(match wanted {
        unit::SECOND => ("PT", "S", 1),
        unit::MINUTE => ("PT", "M", 1),
        unit::HOUR => ("PT", "H", 1),
        unit::DAY | unit::NIGHT => ("P", "D", 1),
        unit::WEEK => ("P", "W", 1),
        unit::FORTNIGHT => ("P", "W", 2),
        unit::WEEKEND => ("P", "D", 2),
        unit::MONTH => ("P", "M", 1),
        unit::QUARTER => ("P", "Q", 1),
        unit::HALF_YEAR => ("P", "M", 6),
        unit::YEAR => ("P", "Y", 1),
        unit::DECADE => ("P", "DE", 1),
        unit::CENTURY => ("P", "CE", 1),
        _ => return None,
    })
}

fn duration(found: &Match) -> Option<Value> {
    let (prefix, letter, times) = letters(found.get(Slot::Unit)?)?;
    let timex = match found.get(Slot::Number) {
        Some(number) if number >= 0 => format!("{prefix}{}{letter}", i64::from(number) * i64::from(times)),
        _ => format!("{prefix}X{letter}"),
    };
    Some(Value::new(timex, "DURATION", "duration"))
}

fn set(found: &Match) -> Option<Value> {
    if let Some(wanted) = found.get(Slot::Weekday) {
        return Some(Value::new(format!("XXXX-WXX-{wanted}"), "SET", "day"));
    }
    let (prefix, letter, times) = letters(found.get(Slot::Unit)?)?;
    let number = found.get(Slot::Number).filter(|number| *number > 0).unwrap_or(1) * times;
    Some(Value::new(format!("{prefix}{number}{letter}"), "SET", "duration"))
}

/// « dans la nuit de mardi à mercredi », "overnight Tuesday to Wednesday": two days.
fn night(found: &Match, context: &Context) -> Option<Value> {
    let first = match (found.get(Slot::Day), found.get(Slot::Weekday)) {
        (Some(day), _) => {
            let month = found.get(Slot::Month);
            match (month, context.now) {
                (Some(month), Some(now)) => match found.get(Slot::Year) {
                    Some(year) => calendar::date(year, month, day),
                    None => nearest_year(now, context.future, |year| calendar::date(year, month, day)),
                },
                _ => day_of_month(day, found.get(Slot::Weekday), context.future, context)?.days.map(|days| days.0),
            }
        }
        (None, Some(wanted)) => {
            // Both days are past: the second decides, the first is the one before.
            let last = weekday(found.nth(Slot::Weekday, 1).unwrap_or(wanted % 7 + 1), None, context);
            last.days.map(|days| add_days(days.0, -1))
        }
        (None, None) => return None,
    };
    Some(match first {
        Some(first) => Value {
            timex: format!("{first}TNI"),
            kind: "TIME",
            days: Some((first, add_days(first, 1))),
            granularity: "range",
            anchor: Some(context.anchor),
        },
        None => Value::new(format!("XXXX-WXX-{}TNI", found.get(Slot::Weekday).unwrap_or(1)), "TIME", "range"),
    })
}

/// From one day, weekday, month or year to another.
fn range(found: &Match, context: &Context) -> Option<Value> {
    let end = |n: usize| -> Option<(Date, Date)> {
        let year = found.nth(Slot::Year, n).or(found.get(Slot::Year));
        let month = found.nth(Slot::Month, n).or(found.get(Slot::Month));
        let day = found.nth(Slot::Day, n);
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => calendar::date(year, month, day).map(|day| (day, day)),
            (None, Some(month), Some(day)) => {
                nearest_year(context.now?, context.future, |year| calendar::date(year, month, day)).map(|day| (day, day))
            }
            (Some(year), Some(month), None) => calendar::month_days(year, month),
            (None, Some(month), None) => bare_month(month, context.future, context).days,
            (Some(year), None, None) => calendar::date(year, 1, 1).zip(calendar::date(year, 12, 31)),
            _ => weekday(found.nth(Slot::Weekday, n)?, None, context).days,
        }
    };
    let (mut first, last) = (end(0)?, end(1)?);
    if first.0 > last.1 && found.get(Slot::Weekday).is_some() {
        first.0 = add_days(first.0, -7);
    }
    (first.0 <= last.1).then(|| {
        let (from, to) = (first.0, last.1);
        Value::from_days(format!("{from}/{to}"), Some((from, to)), "range", context.anchor)
    })
}

/// « fin avril » is the last ten days, « début 2021 » the first three months, « en début de semaine » Monday to Wednesday.
fn part(found: &Match, rule: &Rule, context: &Context) -> Option<Value> {
    let which = found.get(Slot::Part).unwrap_or(rule.offset);
    let mut value = match (found.get(Slot::Unit), found.get(Slot::Month), found.get(Slot::Season)) {
        (Some(wanted), None, _) => relative_unit(wanted, found.get(Slot::Direction).unwrap_or(0), context.now, context.anchor),
        (_, _, Some(_)) => season(found, context)?,
        _ => date(found, rule, context)?,
    };
    if let Some((first, last)) = value.days {
        let cut = |from: Date, to: Date| Some((from, to));
        value.days = match (value.granularity, which) {
            ("month", -1) => cut(first, add_days(first, 9)),
            ("month", 0) => cut(add_days(first, 10), add_days(first, 19)),
            ("month", 1) => cut(add_days(last, -9), last),
            ("year", -1) => cut(first, add_months(first, 2).last_of_month()),
            ("year", 0) => cut(add_months(first, 4), add_months(first, 7).last_of_month()),
            ("year", 1) => cut(add_months(first, 9), last),
            ("week", -1) => cut(first, add_days(first, 2)),
            ("week", 0) => cut(add_days(first, 2), add_days(first, 3)),
            ("week", 1) => cut(add_days(first, 3), last),
            _ => value.days,
        };
    }
    Some(value)
}

fn clock(found: &Match) -> Option<Value> {
    let (mut hour, minute) = (found.get(Slot::Hour)?, found.get(Slot::Minute).unwrap_or(0));
    match found.get(Slot::Half) {
        Some(12) if hour < 12 => hour += 12,
        Some(0) if hour == 12 => hour = 0,
        _ => {}
    }
    (hour <= 24).then(|| Value::new(format!("T{hour:02}:{minute:02}"), "TIME", "hour"))
}

/// A quarter or half of a year; without a year the last one that has begun.
fn fraction(found: &Match, letter: char, months: i32, context: &Context) -> Option<Value> {
    let which = found.get(Slot::Ordinal).filter(|which| (1..=12 / months).contains(which))?;
    let year = found.get(Slot::Year).or_else(|| {
        let now = context.now?;
        match found.get(Slot::Direction) {
            Some(direction) => Some(i32::from(now.year()) + direction),
            None => {
                let begun = (which - 1) * months < i32::from(now.month());
                Some(i32::from(now.year()) - i32::from(!begun && !context.future))
            }
        }
    });
    let Some(year) = year else { return Some(Value::new(format!("XXXX-{letter}{which}"), "DATE", "range")) };
    let first = calendar::date(year, (which - 1) * months + 1, 1)?;
    let days = (first, add_months(first, i64::from(months) - 1).last_of_month());
    Some(Value::from_days(format!("{year:04}-{letter}{which}"), Some(days), "range", context.anchor))
}

fn decade_value(tens: i32, anchor: Anchor) -> Value {
    let days = calendar::date(tens * 10, 1, 1).zip(calendar::date(tens * 10 + 9, 12, 31));
    Value::from_days(format!("{tens:03}"), days, "range", anchor)
}

fn decade(found: &Match, _context: &Context) -> Option<Value> {
    let year = match (found.get(Slot::Year), found.get(Slot::Decade)) {
        (Some(year), _) => year,
        (None, Some(tens)) => {
            if tens < 30 {
                2000 + tens
            } else {
                1900 + tens
            }
        }
        (None, None) => return None,
    };
    (year % 10 == 0).then(|| decade_value(year / 10, Anchor::Text))
}

fn century(number: i32) -> Option<Value> {
    let days = calendar::date((number - 1) * 100 + 1, 1, 1).zip(calendar::date(number * 100, 12, 31))?;
    Some(Value::from_days(format!("{:02}", number - 1), Some(days), "range", Anchor::Text))
}

fn holiday(found: &Match, lexicon: &TimeLexicon, context: &Context) -> Option<Value> {
    let holiday = *lexicon.holidays.get(usize::try_from(found.get(Slot::Holiday)?).ok()?)?;
    let year = found.get(Slot::Year).or_else(|| Some(i32::from(context.now?.year()) + found.get(Slot::Direction)?));
    let days = match (year, context.now) {
        (Some(year), _) => calendar::holiday_days(holiday, year),
        (None, Some(now)) => nearest_year(now, context.future, |year| calendar::holiday_days(holiday, year).map(|days| days.0))
            .and_then(|first| calendar::holiday_days(holiday, first.year().into())),
        (None, None) => None,
    };
    Some(match days {
        Some((first, last)) if first == last => Value::day(first, context.anchor),
        Some(days) => Value::from_days(format!("{}/{}", days.0, days.1), Some(days), "range", context.anchor),
        None => match holiday {
            selon_data::time::Holiday::Fixed(month, day) => Value::new(format!("XXXX-{month:02}-{day:02}"), "DATE", "day"),
            _ => Value::new("XXXX-XX-XX", "DATE", "day"),
        },
    })
}
