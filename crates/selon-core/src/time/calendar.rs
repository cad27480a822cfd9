//! Calendar arithmetic: weeks, months, Easter, the Islamic calendar. No clock.

use jiff::ToSpan;
use jiff::civil::Date;
use selon_data::time::Holiday;

/// A date moved by days; the date itself at the ends of the calendar.
pub fn add_days(date: Date, days: i64) -> Date {
    date.checked_add(days.clamp(-3_000_000, 3_000_000).days()).unwrap_or(date)
}

/// A date moved by months, the day cut to the month's length.
pub fn add_months(date: Date, months: i64) -> Date {
    date.checked_add(months.clamp(-100_000, 100_000).months()).unwrap_or(date)
}

/// A date of the calendar, if there is such a day.
pub fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// 1 Monday … 7 Sunday.
pub fn weekday(date: Date) -> i32 {
    i32::from(date.weekday().to_monday_one_offset())
}

/// The Monday of the date's week.
pub fn monday(date: Date) -> Date {
    add_days(date, 1 - i64::from(weekday(date)))
}

/// First and last day of a month.
pub fn month_days(year: i32, month: i32) -> Option<(Date, Date)> {
    let first = date(year, month, 1)?;
    Some((first, first.last_of_month()))
}

/// TIMEX3 value of the date's ISO week: "2022-W01".
pub fn week_value(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// First and last day of a season (1 spring … 4 winter) by the northern solstices and equinoxes; winter begins in the December before.
pub fn season_days(year: i32, season: i32) -> Option<(Date, Date)> {
    let (first, last) = match season {
        1 => (date(year, 3, 21), date(year, 6, 20)),
        2 => (date(year, 6, 21), date(year, 9, 21)),
        3 => (date(year, 9, 22), date(year, 12, 21)),
        _ => (date(year - 1, 12, 22), date(year, 3, 20)),
    };
    first.zip(last)
}

/// Western Easter Sunday (anonymous Gregorian algorithm, Nature 1876).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, n / 31, n % 31 + 1)
}

/// Orthodox Easter Sunday in the Gregorian calendar (Meeus, Julian algorithm; 13 days apart from 1900 to 2099).
fn orthodox_easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    date(year, n / 31, n % 31 + 1).map(|julian| add_days(julian, 13))
}

/// Gregorian date of a day of the tabular Islamic calendar (astronomical epoch); sightings may differ by a day.
fn hijri(year: i64, month: i64, day: i64) -> Option<Date> {
    let days = (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + 29 * (month - 1) + month / 2 + day - 1;
    // The astronomical epoch, 18 July 622 of the proleptic Gregorian calendar, is nearer to the days that were kept than the civil one.
    date(622, 7, 18).map(|epoch| add_days(epoch, days))
}

/// First and last day of a holiday in a Gregorian year; `None` when it does not fall in it.
pub fn holiday_days(holiday: Holiday, year: i32) -> Option<(Date, Date)> {
    let one = |day: Date| Some((day, day));
    match holiday {
        Holiday::Fixed(month, day) => one(date(year, month.into(), day.into())?),
        Holiday::Easter(days) => one(add_days(easter(year)?, days.into())),
        Holiday::OrthodoxEaster(days) => one(add_days(orthodox_easter(year)?, days.into())),
        Holiday::Hijri(month, day) => {
            let near = (i64::from(year) - 622) * 33 / 32;
            (near - 1..=near + 2).find_map(|islamic| {
                let first = hijri(islamic, month.into(), i64::from(day.max(1)))?;
                let last = if day == 0 { add_days(first, if month % 2 == 1 { 29 } else { 28 }) } else { first };
                (i32::from(first.year()) == year).then_some((first, last))
            })
        }
        Holiday::Nth(month, weekday_wanted, nth) => {
            let (first, last) = month_days(year, month.into())?;
            if nth == 9 {
                let back = (weekday(last) - i32::from(weekday_wanted)).rem_euclid(7);
                return one(add_days(last, -i64::from(back)));
            }
            let ahead = (i32::from(weekday_wanted) - weekday(first)).rem_euclid(7);
            one(add_days(first, i64::from(ahead) + 7 * (i64::from(nth) - 1)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movable_feasts() {
        let check = |holiday, year, expected: &str| {
            assert_eq!(holiday_days(holiday, year).map(|days| days.0.to_string()).as_deref(), Some(expected));
        };
        check(Holiday::Easter(0), 2022, "2022-04-17");
        check(Holiday::OrthodoxEaster(0), 2022, "2022-04-24");
        check(Holiday::Nth(11, 4, 4), 2021, "2021-11-25");
        check(Holiday::Nth(5, 1, 9), 2022, "2022-05-30");
        check(Holiday::Hijri(10, 1), 2022, "2022-05-02");
        check(Holiday::Hijri(9, 0), 2022, "2022-04-02");
    }
}
