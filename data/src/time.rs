//! Time expressions: `lang/<xx>/time.toml` (classes of words, patterns) and `lang/<xx>/holidays.tsv`.
//!
//! A pattern is a sequence of surface words separated by spaces. `{class}` is a word of a class of the file or one of the numeric classes
//! `{day}` `{monthnum}` `{year}` `{hour}` `{minute}` `{number}` `{ordinal}`; `a|b` is either word; a trailing `?` makes an element optional;
//! what stands before `>` or after `<` must be there but is no part of the expression.

use rustc_hash::FxHashMap as HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::fold::{fold, pieces};
use crate::numerals::{NumeralKind, Numerals};
use crate::{DataError, Files, table};

/// What a rule computes from the words it matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A calendar date or part of it: weekday, day, month, year, in any combination; the missing is supplied.
    Date,
    /// The publication day plus `offset` days.
    Day,
    /// A weekday in the week direction `offset`: −1 last, 0 this, 1 next.
    RelWeekday,
    /// A month in the direction `offset`.
    RelMonth,
    /// A season in the direction `offset`.
    RelSeason,
    /// The calendar unit `offset` units from publication (« la semaine dernière »).
    RelUnit,
    /// So many units before publication.
    Ago,
    /// So many units after publication.
    Ahead,
    /// So many units before the time spoken of.
    Before,
    /// So many units after the time spoken of.
    After,
    /// The time spoken of plus `offset` units (days if no unit is named).
    TextUnit,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
    /// A fixed value: PRESENT_REF …
    Ref,
    /// The night between two days.
    Night,
    /// From one day, month or year to another.
    Range,
    /// Beginning, middle or end (`offset` −1, 0, 1) of a month, year, week.
    Part,
    /// A clock time.
    Clock,
    /// A part of the publication day, or of the day `offset` days away.
    Daypart,
    /// A quarter of a year.
    Quarter,
    /// A half of a year.
    Half,
    /// A decade.
    Decade,
    /// A century.
    Century,
    /// A holiday.
    Holiday,
    /// A season.
    Season,
    /// No time at all: ages, fixed expressions. The words are passed over.
    Ignore,
}

/// Which day of a year a holiday falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Days from Western Easter Sunday.
    Easter(i32),
    /// Days from Orthodox Easter Sunday.
    OrthodoxEaster(i32),
    /// Month and day of the Islamic calendar; day 0 is the whole month.
    Hijri(i8, i8),
    /// The n-th (9: last) weekday (1 Monday) of a month: month, weekday, n.
    Nth(i8, i8, i8),
}

/// What an element of a pattern accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// One of these word sequences.
    Words(Vec<Vec<u32>>),
    /// A member of a class, by index.
    Class(usize),
    /// A day of the month.
    Day,
    /// A month in digits.
    MonthNumber,
    /// A year.
    Year,
    /// An hour.
    Hour,
    /// Minutes, two digits.
    Minute,
    /// A number phrase.
    Number,
    /// An ordinal.
    Ordinal,
}

/// An element of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it accepts.
    pub kind: ItemKind,
    /// Whether it may be absent.
    pub optional: bool,
}

/// An alternative of a rule.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Index of its rule.
    pub rule: usize,
    /// Elements with context.
    pub items: Vec<Item>,
    /// Number of elements of context before.
    pub before: usize,
    /// Number of elements of context after.
    pub after: usize,
}

/// An example of a rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence, published on 2022-01-08 (a Saturday).
    pub text: String,
    /// The expression; empty means the rule's only one in the sentence.
    #[serde(default)]
    pub words: String,
    /// Its TIMEX3 value.
    pub value: String,
}

/// A rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Unique name.
    pub id: String,
    /// Patterns.
    pattern: Vec<String>,
    /// What is computed.
    pub action: Action,
    /// Direction or distance.
    #[serde(default)]
    pub offset: i32,
    /// Fixed value, or "future" for the direction of dates.
    #[serde(default)]
    pub value: String,
    /// Examples.
    #[serde(default, rename = "match")]
    pub matches: Vec<Example>,
    /// Sentences in which the rule finds nothing.
    #[serde(default)]
    pub no_match: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Members {
    Valued(std::collections::BTreeMap<String, i32>),
    Plain(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeFile {
    #[allow(dead_code)]
    language: String,
    #[allow(dead_code)]
    licence: String,
    #[allow(dead_code)]
    origin: String,
    #[serde(default)]
    capital: Vec<String>,
    #[serde(default)]
    class: std::collections::BTreeMap<String, Members>,
    #[serde(default)]
    rule: Vec<Rule>,
}

/// A member of a class: its words and its value.
pub type Member = (Vec<u32>, i32);

/// A class of words or expressions.
#[derive(Clone, Debug, Default)]
pub struct Class {
    /// Name.
    pub name: String,
    /// Members by their first word, longest first.
    pub members: HashMap<u32, Vec<Member>>,
    /// Whether members must be capitalised in the text.
    pub capital: bool,
}

/// The time words and patterns of a language, compiled.
#[derive(Clone, Debug, Default)]
pub struct TimeLexicon {
    ids: HashMap<CompactString, u32>,
    /// Classes in alphabetical order.
    pub classes: Vec<Class>,
    /// Rules in the order of the file.
    pub rules: Vec<Rule>,
    /// Patterns in the order of the rules.
    pub patterns: Vec<Pattern>,
    starts: Vec<Vec<u16>>,
    digit_starts: Vec<u16>,
    /// Holidays; members of the class `holiday` carry an index into it.
    pub holidays: Vec<Holiday>,
    /// Number words.
    pub numerals: Numerals,
}

impl TimeLexicon {
    /// Loads the files of a language; empty when there are none.
    ///
    /// # Errors
    /// A file that is not as its format asks.
    pub fn load(files: &Files, folder: &str) -> Result<TimeLexicon, DataError> {
        let mut lexicon = TimeLexicon { numerals: Numerals::load(files, folder)?, ..TimeLexicon::default() };
        let mut forms: Vec<String> = lexicon.numerals.forms().map(str::to_owned).collect();
        forms.sort();
        for form in &forms {
            lexicon.id(form);
        }
        lexicon.load_holidays(files, &format!("{folder}holidays.tsv"))?;
        let path = format!("{folder}time.toml");
        for content in files.layers(&path) {
            let file: TimeFile = toml::from_str(content).map_err(|error| crate::rules::toml_error(&path, content, &error))?;
            lexicon.add(file, &path)?;
        }
        lexicon.index();
        Ok(lexicon)
    }

    /// The id of a folded surface word, if any pattern, class or number uses it.
    pub fn word(&self, folded: &str) -> Option<u32> {
        self.ids.get(folded).copied()
    }

    /// The class of that name.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.name == name)
    }

    /// Patterns that may begin with this word.
    pub fn starting_with(&self, id: u32) -> &[u16] {
        self.starts.get(id as usize).map_or(&[], Vec::as_slice)
    }

    /// Patterns that may begin with digits.
    pub fn starting_with_digits(&self) -> &[u16] {
        &self.digit_starts
    }

    fn id(&mut self, folded: &str) -> u32 {
        let next = self.ids.len() as u32;
        *self.ids.entry(folded.into()).or_insert(next)
    }

    fn sequence(&mut self, text: &str) -> Vec<u32> {
        pieces(text).iter().map(|piece| self.id(piece)).collect()
    }

    fn class_mut(&mut self, name: &str) -> &mut Class {
        let at = match self.classes.iter().position(|class| class.name == name) {
            Some(at) => at,
            None => {
                self.classes.push(Class { name: name.to_owned(), ..Class::default() });
                self.classes.len() - 1
            }
        };
        &mut self.classes[at]
    }

    fn member(&mut self, class: &str, form: &str, value: i32) {
        let words = self.sequence(form);
        if let Some(&first) = words.first() {
            let members = self.class_mut(class).members.entry(first).or_default();
            members.retain(|member| member.0 != words);
            members.push((words, value));
            members.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
    }

    fn load_holidays(&mut self, files: &Files, path: &str) -> Result<(), DataError> {
        table::read(files, path, &["form", "rule"], |row| {
            let rule = row.require("rule")?;
            let holiday = parse_holiday(rule).ok_or_else(|| {
                row.error(format!("`{rule}` is no holiday rule"), "write `12-25`, `easter+1`, `orthodox-2`, `hijri 10-01` or `nth 11 4 4`")
            })?;
            let form = fold(row.require("form")?);
            self.holidays.push(holiday);
            let index = self.holidays.len() as i32 - 1;
            self.member("holiday", &form, index);
            Ok(())
        })
    }

    fn add(&mut self, file: TimeFile, path: &str) -> Result<(), DataError> {
        for (name, members) in file.class {
            match members {
                Members::Valued(forms) => forms.iter().for_each(|(form, &value)| self.member(&name, form, value)),
                Members::Plain(forms) => forms.iter().for_each(|form| self.member(&name, form, 0)),
            }
        }
        for name in file.capital {
            self.class_mut(&name).capital = true;
        }
        for rule in file.rule {
            if rule.matches.is_empty() {
                let help = "add one to `match`: { text = \"…\", words = \"…\", value = \"…\" }";
                return Err(DataError::new(path, 0, format!("rule `{}` has no example", rule.id), help));
            }
            if let Some(old) = self.rules.iter().position(|other| other.id == rule.id) {
                self.patterns.retain(|pattern| pattern.rule != old);
                self.rules[old].id.push_str(" (replaced)");
                self.rules[old].matches.clear();
            }
            let index = self.rules.len();
            for text in &rule.pattern {
                let pattern = self
                    .compile(text, index)
                    .map_err(|cause| DataError::new(path, 0, format!("{}: {cause}", rule.id), "name a class of this file"))?;
                self.patterns.push(pattern);
            }
            self.rules.push(rule);
        }
        Ok(())
    }

    fn compile(&mut self, text: &str, rule: usize) -> Result<Pattern, String> {
        let mut pattern = Pattern { rule, items: Vec::new(), before: 0, after: 0 };
        let mut end = None;
        for element in text.split_whitespace() {
            match element {
                ">" => pattern.before = pattern.items.len(),
                "<" => end = Some(pattern.items.len()),
                _ => {
                    let (body, optional) = match element.strip_suffix('?') {
                        Some(body) if !body.is_empty() => (body, true),
                        _ => (element, false),
                    };
                    pattern.items.push(Item { kind: self.item(body)?, optional });
                }
            }
        }
        pattern.after = end.map_or(0, |end| pattern.items.len() - end);
        if pattern.items.iter().all(|item| item.optional) {
            return Err(format!("`{text}` may match nothing"));
        }
        Ok(pattern)
    }

    fn item(&mut self, body: &str) -> Result<ItemKind, String> {
        let Some(name) = body.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return Ok(ItemKind::Words(body.split('|').map(|word| self.sequence(word)).collect()));
        };
        Ok(match name {
            "day" => ItemKind::Day,
            "monthnum" => ItemKind::MonthNumber,
            "year" => ItemKind::Year,
            "hour" => ItemKind::Hour,
            "minute" => ItemKind::Minute,
            "number" => ItemKind::Number,
            "ordinal" => ItemKind::Ordinal,
            _ => {
                let index = self.classes.iter().position(|class| class.name == name);
                ItemKind::Class(index.ok_or_else(|| format!("no class `{name}`"))?)
            }
        })
    }

    /// Lists, for every word, the patterns that may begin with it.
    fn index(&mut self) {
        let mut starts: Vec<Vec<u16>> = vec![Vec::new(); self.ids.len()];
        let mut digits = Vec::new();
        for (number, pattern) in self.patterns.iter().enumerate() {
            let number = number as u16;
            // Context is tested backwards from the first word of the expression itself.
            for item in &pattern.items[pattern.before..] {
                self.first_words(&item.kind).into_iter().for_each(|id| starts[id as usize].push(number));
                if !matches!(item.kind, ItemKind::Words(_) | ItemKind::Class(_)) {
                    digits.push(number);
                }
                if !item.optional {
                    break;
                }
            }
        }
        digits.dedup();
        starts.iter_mut().for_each(Vec::dedup);
        (self.starts, self.digit_starts) = (starts, digits);
    }

    fn first_words(&self, kind: &ItemKind) -> Vec<u32> {
        let numerals = |wanted: &dyn Fn(NumeralKind) -> bool| {
            let fits = |form: &&str| self.numerals.get(form).is_some_and(|numeral| wanted(numeral.kind));
            self.numerals.forms().filter(fits).filter_map(|form| self.word(form)).collect()
        };
        match kind {
            ItemKind::Words(sequences) => sequences.iter().filter_map(|sequence| sequence.first().copied()).collect(),
            ItemKind::Class(index) => self.classes[*index].members.keys().copied().collect(),
            ItemKind::Day | ItemKind::Ordinal => numerals(&|kind| kind == NumeralKind::Ord),
            ItemKind::Year | ItemKind::Hour => {
                let mut ids: Vec<u32> = numerals(&|kind| matches!(kind, NumeralKind::Card | NumeralKind::One | NumeralKind::Mult));
                ids.extend(self.word("'"));
                ids
            }
            ItemKind::Number => numerals(&|kind| !matches!(kind, NumeralKind::Ord | NumeralKind::And | NumeralKind::Tail)),
            ItemKind::Minute | ItemKind::MonthNumber => Vec::new(),
        }
    }
}

fn parse_holiday(rule: &str) -> Option<Holiday> {
    let pair = |text: &str| text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    if let Some(rest) = rule.strip_prefix("easter") {
        return Some(Holiday::Easter(if rest.is_empty() { 0 } else { rest.parse().ok()? }));
    }
    if let Some(rest) = rule.strip_prefix("orthodox") {
        return Some(Holiday::OrthodoxEaster(if rest.is_empty() { 0 } else { rest.parse().ok()? }));
    }
    if let Some((month, day)) = rule.strip_prefix("hijri ").and_then(pair) {
        return Some(Holiday::Hijri(month, day));
    }
    if let Some(rest) = rule.strip_prefix("nth ") {
        let numbers: Vec<i8> = rest.split(' ').filter_map(|number| number.parse().ok()).collect();
        return match numbers[..] {
            [month, weekday, nth] => Some(Holiday::Nth(month, weekday, nth)),
            _ => None,
        };
    }
    pair(rule).map(|(month, day)| Holiday::Fixed(month, day))
}
