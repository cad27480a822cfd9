//! Number phrases: digits and number words → bounds. Shared by `figure` and `time`.

use selon_data::numerals::{Numeral, NumeralKind, Numerals};

use crate::words::{Word, WordKind};

/// A number phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Index one past its last word.
    pub end: usize,
    /// Lower bound, inclusive.
    pub low: u64,
    /// Upper bound, inclusive; `None` if open.
    pub high: Option<u64>,
    /// Whether it is written with digits.
    pub digits: bool,
    /// Whether it is only the article or numeral one.
    pub one: bool,
    /// Whether a decimal part was given (« 2,5 »): then it counts no people unless multiplied ("1.5 million").
    pub decimal: bool,
}

/// The number phrase that begins at word `start`, the longest one.
pub fn number_at(words: &[Word], start: usize, numerals: &Numerals) -> Option<Number> {
    match words.get(start)?.kind {
        WordKind::Digits => digits_at(words, start, numerals),
        WordKind::Letters => numerals.get(&words[start].text).and_then(|first| words_at(words, start, first, numerals)),
        _ => None,
    }
}

fn is_group(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| word.kind == WordKind::Digits && word.span.len() == 3)
        && !words.get(at + 1).is_some_and(|word| word.kind == WordKind::Digits && !word.space_before)
}

/// Digits with grouped thousands ("20,000", « 20 000 », "20.000"), a decimal part ("1.5"), and multipliers after them ("3 million", « 20 mille »).
fn digits_at(words: &[Word], start: usize, numerals: &Numerals) -> Option<Number> {
    let first = words[start].number()?;
    let (mut value, mut scale, mut end) = (first, 1_u64, start + 1);
    let leads = words[start].span.len() <= 3 && first > 0;
    loop {
        if !leads {
            break;
        }
        let spaced = is_group(words, end) && words[end].space_before && gap_is_one(words, end);
        let marked = words.get(end).is_some_and(|mark| (mark.is(",") || mark.is(".")) && !mark.space_before)
            && is_group(words, end + 1)
            && !words[end + 1].space_before;
        let group = if spaced {
            end
        } else if marked {
            end + 1
        } else {
            break;
        };
        value = value.checked_mul(1000)?.checked_add(words[group].number()?)?;
        end = group + 1;
    }
    let point = end == start + 1
        && words.get(end).is_some_and(|mark| (mark.is(",") || mark.is(".")) && !mark.space_before)
        && words.get(end + 1).is_some_and(|part| part.kind == WordKind::Digits && !part.space_before && part.span.len() <= 2);
    if point {
        for digit in words[end + 1].text.bytes() {
            value = value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
            scale *= 10;
        }
        end += 2;
    }
    while let Some(mult) = words.get(end).and_then(|word| numerals.get(&word.text)).filter(|word| word.kind == NumeralKind::Mult) {
        value = value.checked_mul(mult.low)?;
        end += 1;
    }
    let decimal = !value.is_multiple_of(scale) || (scale > 1 && value / scale < 1000);
    Some(Number { end, low: value / scale, high: Some(value.div_ceil(scale)), digits: true, one: false, decimal })
}

/// Thousands are grouped by exactly one space; more white space separates two numbers.
fn gap_is_one(words: &[Word], at: usize) -> bool {
    (1..=3).contains(&(words[at].span.start - words[at - 1].span.end))
}

#[derive(Clone, Copy, Default)]
struct Sum {
    total: u64,
    group: u64,
    any: bool,
}

impl Sum {
    /// Adds a card if the language's way of building numbers allows it here.
    fn add(&mut self, value: u64, joined: bool) -> bool {
        let tens = self.group % 100;
        let fits = if self.group == 0 {
            true
        } else if value == 20 && tens == 4 && !joined {
            self.group += 76; // « quatre-vingts »: four twenties.
            return true;
        } else if value < 10 {
            (tens >= 20 && tens.is_multiple_of(10)) || tens == 0
        } else if value < 20 {
            tens == 60 || tens == 80 || tens == 0 || (value == 10 && tens < 10 && tens > 2 && joined_teen(tens))
        } else if value < 100 {
            tens == 0 || (joined && tens < 10)
        } else {
            joined && value < 1000 && self.group < 100 && self.group > 0
        };
        if fits {
            self.group += value;
            self.any = true;
        }
        fits
    }

    fn multiply(&mut self, value: u64) -> bool {
        if value == 100 {
            if self.group > 99 {
                return false;
            }
            self.group = self.group.max(1) * 100;
        } else {
            if self.total != 0 && self.total < value {
                return false;
            }
            match self.group.max(1).checked_mul(value).and_then(|part| self.total.checked_add(part)) {
                Some(total) => self.total = total,
                None => return false,
            }
            self.group = 0;
        }
        self.any = true;
        true
    }
}

/// Arabic teens are written unit before ten («ثلاثة عشر»).
fn joined_teen(unit: u64) -> bool {
    (3..10).contains(&unit)
}

fn words_at(words: &[Word], start: usize, first: Numeral, numerals: &Numerals) -> Option<Number> {
    let exact = |end, value, one| Number { end, low: value, high: Some(value), digits: false, one, decimal: false };
    match first.kind {
        NumeralKind::Ord | NumeralKind::And | NumeralKind::Tail => return None,
        NumeralKind::Collective | NumeralKind::Plural => {
            return Some(collective(words, start, first, numerals));
        }
        NumeralKind::Vague => {
            // « quelques dizaines » is the tens, "several hundred" the hundreds.
            let next = words.get(start + 1).and_then(|word| numerals.get(&word.text));
            return Some(match next {
                Some(next) if next.kind == NumeralKind::Plural => collective(words, start + 1, next, numerals),
                Some(next) if next.kind == NumeralKind::Mult => {
                    Number { end: start + 2, low: 2 * next.low, high: Some(10 * next.low - 1), digits: false, one: false, decimal: false }
                }
                _ => Number { end: start + 1, low: first.low, high: first.high, digits: false, one: false, decimal: false },
            });
        }
        NumeralKind::One => {
            let next = words.get(start + 1).and_then(|word| numerals.get(&word.text));
            match next {
                Some(next) if matches!(next.kind, NumeralKind::Collective) => return Some(collective(words, start + 1, next, numerals)),
                Some(next) if next.kind == NumeralKind::Vague => return words_at(words, start + 1, next, numerals),
                Some(next) if next.kind == NumeralKind::Mult => {}
                _ => return Some(exact(start + 1, first.low, true)),
            }
        }
        NumeralKind::Card | NumeralKind::Mult => {}
    }
    let mut sum = Sum::default();
    let mut end = start;
    let mut at = start;
    let mut joined = false;
    while let Some(word) = words.get(at) {
        if at > start && word.is("-") && !word.space_before {
            at += 1;
            continue;
        }
        let Some(numeral) = (word.kind == WordKind::Letters).then(|| numerals.get(&word.text)).flatten() else { break };
        let taken = match numeral.kind {
            NumeralKind::Card => sum.add(numeral.low, joined),
            NumeralKind::One => (joined || sum.group >= 20) && sum.add(1, joined),
            NumeralKind::Tail => sum.add(numeral.low, true),
            NumeralKind::Mult => sum.multiply(numeral.low),
            NumeralKind::And if sum.any && !joined && may_join(&sum) => {
                joined = true;
                at += 1;
                continue;
            }
            _ => false,
        };
        if !taken {
            break;
        }
        joined = false;
        at += 1;
        end = at;
    }
    if end == start {
        return None;
    }
    Some(exact(end, sum.total + sum.group, false))
}

/// « vingt et un », "two hundred and five", "treinta y dos": a conjunction goes on only after tens, hundreds or thousands.
fn may_join(sum: &Sum) -> bool {
    let tens = sum.group % 100;
    (sum.group > 0 && tens == 0) || (20..=90).contains(&tens) && tens.is_multiple_of(10) || (sum.group == 0 && sum.total > 0)
}

/// "a dozen", « une centaine », "tens of thousands", « des dizaines de milliers ».
fn collective(words: &[Word], at: usize, first: Numeral, numerals: &Numerals) -> Number {
    let whole = |end, low, high| Number { end, low, high, digits: false, one: false, decimal: false };
    let skip = usize::from(words.get(at + 1).is_some_and(|word| matches!(word.text.as_str(), "of" | "de" | "d")));
    let next = words.get(at + 1 + skip).and_then(|word| numerals.get(&word.text));
    match next {
        Some(next) if matches!(next.kind, NumeralKind::Plural | NumeralKind::Mult) => {
            // Tens of thousands are 20,000 to 99,999 whichever way the language counts them.
            let unit = if next.kind == NumeralKind::Plural { next.low / 2 } else { next.low };
            let low = first.low * unit;
            let high = first.high.map(|high| if first.kind == NumeralKind::Plural { (high + 1) * unit - 1 } else { high * unit });
            whole(at + 2 + skip, low, high)
        }
        _ => whole(at + 1, first.low, first.high),
    }
}
