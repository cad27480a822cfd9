//! The sheet a person reads: by article, each event with who, whom, where, when, how many, according to whom, and the words.

use std::io::Write;

use anstyle::{AnsiColor, Color, Style};
use anyhow::Result;
use selon_core::record::{DocumentRecord, EntityRecord, EventRecord, IncidentRecord, Record, StatementRecord, TimeRecord};

use super::Output;
use super::flat::{according, code, figures, shown};

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const NUMBER: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Yellow)));
const VOICE: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));
const DENIED: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Red)));
const WORDS: Style = Style::new().italic();
const QUADS: [AnsiColor; 4] = [AnsiColor::Green, AnsiColor::BrightGreen, AnsiColor::Magenta, AnsiColor::Red];

/// Characters of the sentence shown on either side of the trigger.
const CONTEXT: usize = 46;

/// A readable sheet on standard output; colours where the terminal takes them.
pub struct Sheet {
    articles: usize,
    events: usize,
    statements: usize,
}

impl Sheet {
    /// An empty sheet.
    pub fn new() -> Sheet {
        Sheet { articles: 0, events: 0, statements: 0 }
    }
}

impl Output for Sheet {
    fn write(&mut self, records: &[Record]) -> Result<()> {
        let mut out = anstream::stdout().lock();
        let mut text: Vec<char> = Vec::new();
        for record in records {
            match record {
                Record::Document(document) => {
                    self.articles += 1;
                    text = document.text.chars().collect();
                    head(&mut out, document)?;
                }
                Record::Event(event) => {
                    self.events += 1;
                    show_event(&mut out, event, &text)?;
                }
                Record::Statement(statement) => {
                    self.statements += 1;
                    show_statement(&mut out, statement)?;
                }
                Record::Incident(incident) => show_incident(&mut out, incident)?,
                Record::Problem(problem) => writeln!(out, "{FAINT}! {}: {}{FAINT:#}", problem.stage, problem.message)?,
                _ => {}
            }
        }
        writeln!(out)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<()> {
        if self.articles > 1 {
            let mut out = anstream::stdout().lock();
            writeln!(out, "{FAINT}{} articles, {} events, {} statements{FAINT:#}", self.articles, self.events, self.statements)?;
        }
        Ok(())
    }
}

fn head(out: &mut impl Write, document: &DocumentRecord) -> Result<()> {
    let name = document.title.as_deref().or(document.url.as_deref()).unwrap_or("(standard input)");
    let facts: Vec<&str> =
        [document.outlet.as_deref(), document.published.as_deref(), Some(document.lang.as_str())].into_iter().flatten().collect();
    writeln!(out, "{BOLD}{name}{BOLD:#}  {FAINT}{}{FAINT:#}\n", facts.join(" · "))?;
    Ok(())
}

fn side(list: &[EntityRecord]) -> String {
    if list.is_empty() {
        return "—".into();
    }
    let one = |entity: &EntityRecord| {
        let label = if entity.label { " (label)" } else { "" };
        format!("{} {FAINT}{}{label}{FAINT:#}", shown(entity), code(entity))
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn when(time: &TimeRecord) -> String {
    match (&time.from, &time.to) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("since {from}"),
        _ => time.timex.clone(),
    }
}

fn show_event(out: &mut impl Write, event: &EventRecord, text: &[char]) -> Result<()> {
    let colour = QUADS[usize::from(event.quad_code.clamp(1, 4)) - 1];
    let style = Style::new().bold().fg_color(Some(Color::Ansi(colour)));
    let negated = event.factuality.ends_with('-');
    let standing: Vec<&str> = std::iter::once(event.factuality.as_str())
        .filter(|value| *value != "CT+")
        .chain(event.auxiliary.iter().map(String::as_str))
        .collect();
    write!(out, "{style}{}{style:#}", event.event)?;
    if !event.mode.is_empty() {
        write!(out, " {style}{}{style:#}", event.mode.join(" "))?;
    }
    if !standing.is_empty() {
        let style = if negated { DENIED } else { FAINT };
        write!(out, "  {style}[{}]{style:#}", standing.join(" "))?;
    }
    writeln!(out, "\n  {} → {}", side(&event.actor), side(&event.recipient))?;
    let mut facts = Vec::new();
    if let Some(place) = &event.event_loc {
        facts.push(format!("{} {FAINT}{}{FAINT:#}", place.name, place.country.as_deref().unwrap_or("")));
    }
    if let Some(time) = &event.time {
        facts.push(when(time));
    }
    if !event.figures.is_empty() {
        facts.push(format!("{NUMBER}{}{NUMBER:#}", figures(event)));
    }
    if !facts.is_empty() {
        writeln!(out, "  {}", facts.join(" · "))?;
    }
    if let Some(last) = event.attribution.last() {
        writeln!(out, "  {VOICE}selon {}{VOICE:#} {FAINT}({}, {}){FAINT:#}", according(&event.attribution), last.stance, last.kind)?;
    }
    writeln!(out, "  {}\n", words(event, text))?;
    Ok(())
}

/// The trigger in its sentence.
fn words(event: &EventRecord, text: &[char]) -> String {
    let clamp = |at: usize| at.min(text.len());
    let from = event.sentence.start.max(event.trigger.start.saturating_sub(CONTEXT));
    let to = event.sentence.end.min(event.trigger.end + CONTEXT);
    let piece = |start: usize, end: usize| text[clamp(start)..clamp(end).max(clamp(start))].iter().collect::<String>().replace('\n', " ");
    let (before, after) = (if from > event.sentence.start { "…" } else { "" }, if to < event.sentence.end { "…" } else { "" });
    format!(
        "{FAINT}{before}{}{FAINT:#}{WORDS}{BOLD}{}{BOLD:#}{WORDS:#}{FAINT}{}{after}{FAINT:#}",
        piece(from, event.trigger.start),
        piece(event.trigger.start, event.trigger.end),
        piece(event.trigger.end, to)
    )
}

fn show_statement(out: &mut impl Write, statement: &StatementRecord) -> Result<()> {
    let stance = if statement.stance == "asserts" { "" } else { statement.stance.as_str() };
    let content = statement.content.text.replace('\n', " ");
    writeln!(out, "{VOICE}{}{VOICE:#} {FAINT}{} {stance}{FAINT:#} « {content} »", shown(&statement.speaker), code(&statement.speaker))?;
    Ok(())
}

/// An incident with its accounts; single reports without figures are left to their event.
fn show_incident(out: &mut impl Write, incident: &IncidentRecord) -> Result<()> {
    if incident.documents.len() < 2 {
        return Ok(());
    }
    let place = incident.event_loc.as_ref().map_or("", |place| place.name.as_str());
    let time = incident.time.as_ref().map(when).unwrap_or_default();
    writeln!(
        out,
        "{BOLD}INCIDENT {} {}{BOLD:#} {place} {time} {FAINT}[{}]{FAINT:#}",
        incident.event,
        incident.mode.join(" "),
        incident.status
    )?;
    writeln!(out, "  {} → {}", side(&incident.actor), side(&incident.recipient))?;
    writeln!(out, "  {} articles, {} independent sources{}", incident.documents.len(), incident.independent_sources, disputed(incident))?;
    for (kind, range) in &incident.figures {
        let number = |value: Option<u64>| value.map_or_else(|| "?".to_owned(), |value| value.to_string());
        writeln!(
            out,
            "  {NUMBER}{kind} {} / {} / {}{NUMBER:#} {FAINT}low / {} / high{FAINT:#}",
            number(range.low),
            number(range.best),
            number(range.high),
            range.rule
        )?;
        for account in &range.accounts {
            let who = account.speaker.as_ref().map(shown).or(account.outlet.as_deref()).unwrap_or("—");
            let old = if account.superseded { ", superseded" } else { "" };
            writeln!(
                out,
                "    {VOICE}{who}{VOICE:#} {}..{} {FAINT}{}{old}{FAINT:#}",
                number(account.low),
                number(account.high),
                account.published.as_deref().unwrap_or("")
            )?;
        }
    }
    writeln!(out, "  {FAINT}why: {}{FAINT:#}\n", incident.why.join("; "))?;
    Ok(())
}

fn disputed(incident: &IncidentRecord) -> String {
    if incident.disputed.is_empty() { String::new() } else { format!(", {DENIED}disputed: {}{DENIED:#}", incident.disputed.join(", ")) }
}
