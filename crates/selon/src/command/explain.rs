//! `selon explain`: every stage of one article, for a reader who asks why.

use std::io::Write;

use anyhow::{Result, bail};
use selon_core::assemble::Findings;
use selon_core::document::Document;
use selon_core::event::Referent;
use selon_core::pipeline::Coder;
use selon_core::problem::Problem;

use crate::cli::Explain;
use crate::exit::Exit;
use crate::input::Inputs;
use crate::knowledge;

/// Runs the command.
pub fn run(arguments: Explain) -> Result<Exit> {
    let knowledge = knowledge::load(arguments.knowledge.data.as_deref())?;
    let article = match Inputs::new(&[arguments.input], arguments.assumed).next() {
        Some(Ok(article)) => article,
        Some(Err(problem)) => bail!(problem.message),
        None => bail!("there is no article"),
    };
    Coder::new(&knowledge).run(&article, show)?;
    Ok(Exit::Success)
}

fn show(findings: &Findings<'_>, document: &Document, problems: &[Problem]) -> Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "# language\n{}\n\n# sentences and tokens", document.language.code())?;
    for (index, sentence) in document.sentences.iter().enumerate() {
        writeln!(out, "\n[{index}] {}", document.slice(sentence.span))?;
        for at in sentence.tokens.clone() {
            let token = &document.tokens[at];
            let head = token.head.map_or_else(|| "-".to_owned(), |head| document.tokens[head].form.to_string());
            writeln!(
                out,
                "  {:18} {:18} {:6} {:12} ← {:16} {}",
                token.form,
                token.lemma,
                token.upos.as_str(),
                token.deprel.as_str(),
                head,
                token.name.as_str()
            )?;
        }
    }
    stages(&mut out, findings)?;
    events(&mut out, findings)?;
    writeln!(out, "\n# problems")?;
    for problem in problems {
        writeln!(out, "{}: {}", problem.stage, problem.message)?;
    }
    Ok(())
}

fn stages(out: &mut impl Write, findings: &Findings<'_>) -> Result<()> {
    let words = |span| findings.scene.document.slice(span);
    writeln!(out, "\n# quotations")?;
    for quotation in &findings.scene.document.quotations {
        writeln!(out, "depth {}: {}", quotation.depth, words(quotation.inner))?;
    }
    writeln!(out, "\n# times")?;
    for timex in findings.timexes {
        writeln!(out, "{:30} {} {} {:?}–{:?} {:?}", words(timex.span), timex.kind, timex.value, timex.from, timex.to, timex.anchor)?;
    }
    writeln!(out, "\n# numbers")?;
    for quantity in findings.scene.quantities {
        let of = quantity.of.map_or("", |token| findings.scene.document.tokens[token].form.as_str());
        writeln!(out, "{:30} {:?}..{:?} of {of}", words(quantity.span), quantity.low, quantity.high)?;
    }
    writeln!(out, "\n# places")?;
    for toponym in findings.scene.toponyms {
        writeln!(
            out,
            "{:30} {} {:?} {} precision {} {:?}",
            words(toponym.span),
            toponym.name,
            toponym.country,
            toponym.feature,
            toponym.precision,
            toponym.role
        )?;
    }
    writeln!(out, "\n# actors")?;
    for (number, chain) in findings.scene.entities.chains.iter().enumerate() {
        let mentions: Vec<&str> = chain.mentions.iter().map(|&index| words(findings.scene.entities.mentions[index].span)).collect();
        writeln!(out, "{number}: {:?} {:?} {:?}  {}", chain.name, chain.country, chain.sector, mentions.join(" | "))?;
    }
    writeln!(out, "\n# statements")?;
    for statement in findings.statements {
        let speakers: Vec<String> = statement.speakers.iter().map(|speaker| name(findings, *speaker)).collect();
        writeln!(
            out,
            "{} [{} {}] {}: {}",
            speakers.join(", "),
            words(statement.cue),
            statement.stance,
            statement.kind.as_str(),
            words(statement.content)
        )?;
    }
    Ok(())
}

fn events(out: &mut impl Write, findings: &Findings<'_>) -> Result<()> {
    writeln!(out, "\n# events")?;
    for (index, event) in findings.events.iter().enumerate() {
        let side = |list: &[Referent]| list.iter().map(|referent| name(findings, *referent)).collect::<Vec<_>>().join(", ");
        let auxiliary: Vec<&str> = event.auxiliary.iter().map(|auxiliary| auxiliary.as_str()).collect();
        writeln!(
            out,
            "{} {:?} « {} »  {} → {}  {} {:?}  incident {}  by {}",
            event.event,
            event.mode,
            findings.scene.document.slice(event.trigger),
            side(&event.actor),
            side(&event.recipient),
            event.factuality.as_str(),
            auxiliary,
            findings.incidents[index],
            event.rules.join(", ")
        )?;
        for link in &findings.links[index] {
            writeln!(
                out,
                "    according to {} [{}] {} {}",
                name(findings, link.speaker),
                findings.scene.document.slice(link.cue),
                link.kind.as_str(),
                link.stance
            )?;
        }
        writeln!(out, "    {:?}", findings.settled[index])?;
    }
    Ok(())
}

fn name(findings: &Findings<'_>, referent: Referent) -> String {
    let entity = findings.entity(referent);
    format!(
        "{} ({} {})",
        entity.name.as_deref().unwrap_or(&entity.text),
        entity.country.as_deref().unwrap_or("?"),
        entity.sector.as_deref().unwrap_or("-")
    )
}
