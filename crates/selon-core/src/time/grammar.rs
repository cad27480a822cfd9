//! Matches the patterns of `time.toml` against surface words.
//!
//! Input: words, lexicon. Output: at a position, the longest match with its captured values.

use selon_data::numerals::NumeralKind;
use selon_data::time::{Item, ItemKind, Pattern, TimeLexicon};

use crate::figure::number::number_at;
use crate::words::{Word, WordKind};

/// What a capture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Day of the month.
    Day,
    /// Month, 1-12.
    Month,
    /// Year.
    Year,
    /// Weekday, 1 Monday … 7.
    Weekday,
    /// Hour.
    Hour,
    /// Minute.
    Minute,
    /// Number; −1 for indefinite ones.
    Number,
    /// Ordinal.
    Ordinal,
    /// Calendar unit (see `resolve::unit`).
    Unit,
    /// Part of the day.
    Daypart,
    /// Season.
    Season,
    /// Index of a holiday.
    Holiday,
    /// Direction: −1 last, 0 this, 1 next.
    Direction,
    /// Part of a period: −1 beginning, 0 middle, 1 end.
    Part,
    /// 0 a.m., 12 p.m.
    Half,
    /// Tens of a decade: 80.
    Decade,
}

/// A match.
#[derive(Clone, Debug)]
pub struct Match {
    /// Index of the rule.
    pub rule: usize,
    /// First word of the expression.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    captures: Vec<(Slot, i32)>,
}

impl Match {
    /// The n-th capture of a slot.
    pub fn nth(&self, slot: Slot, n: usize) -> Option<i32> {
        self.captures.iter().filter(|capture| capture.0 == slot).map(|capture| capture.1).nth(n)
    }

    /// The first capture of a slot.
    pub fn get(&self, slot: Slot) -> Option<i32> {
        self.nth(slot, 0)
    }
}

/// The words of an article with their ids in the lexicon.
pub struct Matcher<'a> {
    words: &'a [Word],
    ids: Vec<Option<u32>>,
    lexicon: &'a TimeLexicon,
    slots: Vec<Option<Slot>>,
}

impl<'a> Matcher<'a> {
    /// Looks every word up once.
    pub fn new(words: &'a [Word], lexicon: &'a TimeLexicon) -> Self {
        let ids = words.iter().map(|word| lexicon.word(&word.text)).collect();
        let slots = lexicon.classes.iter().map(|class| slot_of(&class.name)).collect();
        Matcher { words, ids, lexicon, slots }
    }

    /// The longest match whose expression begins at the word; of two as long, the one whose rule comes first.
    pub fn best_at(&self, start: usize) -> Option<Match> {
        if self.words[start].kind == WordKind::Mark && !self.words[start].is("'") {
            return None;
        }
        let numeral = |at: usize| {
            let word = &self.words[at];
            word.kind == WordKind::Digits || self.lexicon.numerals.get(&word.text).is_some_and(|numeral| numeral.kind == NumeralKind::Mult)
        };
        if start > 0
            && self.lexicon.numerals.get(&self.words[start].text).is_some_and(|word| word.kind == NumeralKind::Mult)
            && numeral(start - 1)
        {
            return None;
        }
        let candidates = match (self.words[start].kind, self.ids[start]) {
            (WordKind::Digits, _) => self.lexicon.starting_with_digits(),
            (_, Some(id)) => self.lexicon.starting_with(id),
            (_, None) => return None,
        };
        let mut best: Option<Match> = None;
        for &index in candidates {
            let pattern = &self.lexicon.patterns[usize::from(index)];
            if let Some(found) = self.try_pattern(pattern, start)
                && found.end > start
                && best.as_ref().is_none_or(|best| found.end > best.end)
            {
                best = Some(found);
            }
        }
        best
    }

    /// Whether a member of the class begins at this word; the index one past it.
    pub fn class_at(&self, class: &str, at: usize) -> Option<usize> {
        let class = self.lexicon.class(class)?;
        let members = class.members.get(&self.ids.get(at).copied().flatten()?)?;
        members.iter().find(|member| self.sequence(&member.0, at)).map(|member| at + member.0.len())
    }

    /// Whether a member of the class begins at one word and ends before another.
    pub fn class_between(&self, class: &str, at: usize, end: usize) -> bool {
        let members = self.lexicon.class(class).zip(self.ids.get(at).copied().flatten()).and_then(|(class, id)| class.members.get(&id));
        members.is_some_and(|members| members.iter().any(|member| at + member.0.len() == end && self.sequence(&member.0, at)))
    }

    fn try_pattern(&self, pattern: &Pattern, start: usize) -> Option<Match> {
        let mut captures = Vec::new();
        if pattern.before > 0 {
            let context = &pattern.items[..pattern.before];
            (1..=6.min(start)).find(|back| self.items(context, start - back, &mut Vec::new()).contains(&start))?;
        }
        let core = &pattern.items[pattern.before..pattern.items.len() - pattern.after];
        let after = &pattern.items[pattern.items.len() - pattern.after..];
        let end =
            self.run(core, start, &mut captures, &|end| after.is_empty() || self.run(after, end, &mut Vec::new(), &|_| true).is_some())?;
        Some(Match { rule: pattern.rule, start, end, captures })
    }

    /// All ends of a short context; contexts are at most a few words.
    fn items(&self, items: &[Item], at: usize, captures: &mut Vec<(Slot, i32)>) -> Vec<usize> {
        let mut ends = Vec::new();
        for wanted in at + 1..=at + 6 {
            if self.run(items, at, captures, &|end| end == wanted).is_some() {
                ends.push(wanted);
            }
        }
        ends
    }

    /// Matches the items from `at` on, optional ones taken if possible; the end, if `accept` agrees with it.
    fn run(&self, items: &[Item], at: usize, captures: &mut Vec<(Slot, i32)>, accept: &dyn Fn(usize) -> bool) -> Option<usize> {
        let Some((item, rest)) = items.split_first() else { return accept(at).then_some(at) };
        let mark = captures.len();
        if let Some(end) = self.element(&item.kind, at, captures, rest, accept) {
            return Some(end);
        }
        captures.truncate(mark);
        if item.optional { self.run(rest, at, captures, accept) } else { None }
    }

    fn element(
        &self,
        kind: &ItemKind,
        at: usize,
        captures: &mut Vec<(Slot, i32)>,
        rest: &[Item],
        accept: &dyn Fn(usize) -> bool,
    ) -> Option<usize> {
        let mark = captures.len();
        let go_on = |captures: &mut Vec<(Slot, i32)>, capture: Option<(Slot, i32)>, end: usize| {
            captures.truncate(mark);
            captures.extend(capture);
            self.run(rest, end, captures, accept)
        };
        match kind {
            ItemKind::Words(sequences) => sequences
                .iter()
                .filter(|sequence| self.sequence(sequence, at))
                .find_map(|sequence| go_on(captures, None, at + sequence.len())),
            ItemKind::Class(index) => {
                let class = &self.lexicon.classes[*index];
                if class.capital && !self.words.get(at)?.capital {
                    return None;
                }
                let members = class.members.get(&self.ids.get(at).copied().flatten()?)?;
                let slot = self.slots[*index];
                let fitting = members.iter().filter(|member| self.sequence(&member.0, at));
                fitting.into_iter().find_map(|member| go_on(captures, slot.map(|slot| (slot, member.1)), at + member.0.len()))
            }
            numeric => {
                let (capture, end) = self.numeric(numeric, at)?;
                go_on(captures, Some(capture), end)
            }
        }
    }

    fn sequence(&self, sequence: &[u32], at: usize) -> bool {
        sequence.len() <= self.ids.len().saturating_sub(at) && sequence.iter().zip(&self.ids[at..]).all(|(wanted, id)| Some(*wanted) == *id)
    }

    fn numeric(&self, kind: &ItemKind, at: usize) -> Option<((Slot, i32), usize)> {
        let word = self.words.get(at)?;
        let short = |low: u64, high: u64| word.number().filter(|n| (low..=high).contains(n) && word.span.len() <= 2).map(|n| n as i32);
        match kind {
            ItemKind::Day => self.day(at),
            ItemKind::MonthNumber => short(1, 12).map(|n| ((Slot::Month, n), at + 1)),
            ItemKind::Minute => short(0, 59).filter(|_| word.span.len() == 2).map(|n| ((Slot::Minute, n), at + 1)),
            ItemKind::Hour => {
                if word.kind == WordKind::Digits {
                    return short(0, 24).map(|n| ((Slot::Hour, n), at + 1));
                }
                let number = number_at(self.words, at, &self.lexicon.numerals)?;
                (number.low <= 24 && number.high == Some(number.low)).then_some(((Slot::Hour, number.low as i32), number.end))
            }
            ItemKind::Year => self.year(at),
            ItemKind::Ordinal => self.ordinal(at),
            ItemKind::Number => {
                let number = number_at(self.words, at, &self.lexicon.numerals)?;
                let value = if number.high == Some(number.low) { i32::try_from(number.low).ok()? } else { -1 };
                Some(((Slot::Number, value), number.end))
            }
            ItemKind::Words(_) | ItemKind::Class(_) => None,
        }
    }

    fn day(&self, at: usize) -> Option<((Slot, i32), usize)> {
        let word = &self.words[at];
        if word.kind == WordKind::Digits {
            let value = word.number().filter(|n| (1..=31).contains(n) && word.span.len() <= 2)?;
            return Some(((Slot::Day, value as i32), at + 1 + usize::from(self.is_suffix(at + 1))));
        }
        let numeral = self.lexicon.numerals.get(&word.text)?;
        (numeral.kind == NumeralKind::Ord && numeral.low <= 31).then_some(((Slot::Day, numeral.low as i32), at + 1))
    }

    /// "st", « er », «-го»: letters written on to digits.
    fn is_suffix(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| !word.space_before && self.class_at("suffix", at).is_some())
    }

    fn ordinal(&self, at: usize) -> Option<((Slot, i32), usize)> {
        let word = &self.words[at];
        if word.kind == WordKind::Digits {
            let value = word.number().filter(|&n| n < 100)?;
            return self.is_suffix(at + 1).then_some(((Slot::Ordinal, value as i32), at + 2));
        }
        let numeral = self.lexicon.numerals.get(&word.text)?;
        (numeral.kind == NumeralKind::Ord).then_some(((Slot::Ordinal, numeral.low as i32), at + 1))
    }

    /// Four digits, an apostrophe and two digits, or words ("nineteen ninety-six", « deux mille vingt »).
    fn year(&self, at: usize) -> Option<((Slot, i32), usize)> {
        let word = &self.words[at];
        let two_digits = |at: usize| self.words.get(at).filter(|word| word.span.len() == 2 && !word.space_before).and_then(Word::number);
        if word.kind == WordKind::Digits {
            let value = word.number().filter(|n| word.span.len() == 4 && (1000..2200).contains(n))?;
            return Some(((Slot::Year, value as i32), at + 1));
        }
        if word.is("'") {
            let value = two_digits(at + 1)? as i32;
            return Some(((Slot::Year, if value < 50 { 2000 + value } else { 1900 + value }), at + 2));
        }
        let first = number_at(self.words, at, &self.lexicon.numerals).filter(|number| number.high == Some(number.low))?;
        if (1900..2100).contains(&first.low) {
            return Some(((Slot::Year, first.low as i32), first.end));
        }
        let second = number_at(self.words, first.end, &self.lexicon.numerals)?;
        let fits = (18..=20).contains(&first.low) && (10..100).contains(&second.low) && !second.digits && !first.digits;
        fits.then_some(((Slot::Year, (first.low * 100 + second.low) as i32), second.end))
    }
}

/// The slot that the members of a class fill, by the class's name up to the first underscore ("month_clear" is a month).
fn slot_of(class: &str) -> Option<Slot> {
    Some(match class.split('_').next().unwrap_or(class) {
        "month" => Slot::Month,
        "weekday" | "weekdays" => Slot::Weekday,
        "unit" | "units" | "unitany" | "weekend" | "often" => Slot::Unit,
        "daypart" | "overnight" => Slot::Daypart,
        "season" => Slot::Season,
        "holiday" => Slot::Holiday,
        "direction" => Slot::Direction,
        "part" => Slot::Part,
        "half" => Slot::Half,
        "decade" | "decadenum" => Slot::Decade,
        "ordinal" => Slot::Ordinal,
        "noon" => Slot::Hour,
        _ => return None,
    })
}
