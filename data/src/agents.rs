//! Nouns that name actors: `lang/<xx>/agents.tsv`.

use compact_str::CompactString;

use crate::{DataError, Files, table};

/// What a noun does for the actor it names, beyond its sector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgentRole {
    /// Nothing special.
    #[default]
    None,
    /// Head of state.
    HeadOfState,
    /// Head of government.
    HeadOfGovernment,
    /// Minister or the like.
    Minister,
    /// Takes country and sector from its complement (« porte-parole de l'armée »).
    Relational,
    /// A quantity whose complement is the actor (« une dizaine de soldats »).
    Quantity,
    /// An international body, unless its complement says otherwise.
    International,
    /// An adjective that gives its sector to the noun (« source policière »); no actor alone.
    Adjective,
    /// A deed of armed forces: a nationality adjective on it names them (« frappe israélienne »).
    Deed,
}

/// One noun or fixed phrase.
#[derive(Clone, Debug, Default)]
pub struct Agent {
    /// Dictionary forms.
    pub words: CompactString,
    /// PLOVER sector; empty when the noun does not say.
    pub sector: CompactString,
    /// What it does for the actor.
    pub role: AgentRole,
    /// One human being (or, in the plural, several).
    pub person: bool,
    /// A collective.
    pub group: bool,
    /// Part of a crowd or the public.
    pub crowd: bool,
    /// A body with a name of its own.
    pub organization: bool,
    /// A thing.
    pub object: bool,
    /// An animal.
    pub animal: bool,
    /// A label rather than a description (« terroriste »).
    pub label: bool,
    /// `f` or `m` where the word fixes it.
    pub gender: Option<char>,
}

const SECTORS: &[&str] = &[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB",
    "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

/// Whether this is a sector of PLOVER.
pub fn is_sector(code: &str) -> bool {
    SECTORS.contains(&code)
}

/// Loads `agents.tsv` of a language folder.
///
/// # Errors
/// The first row with an unknown sector, class or role.
pub fn load(files: &Files, folder: &str) -> Result<Vec<Agent>, DataError> {
    let mut agents: Vec<Agent> = Vec::new();
    table::read(files, &format!("{folder}agents.tsv"), &["words", "sector", "classes", "role"], |row| {
        let sector = row.get("sector");
        if !sector.is_empty() && !is_sector(sector) {
            return Err(row.error(format!("unknown sector `{sector}`"), "use a PLOVER sector, or leave the cell empty"));
        }
        let mut agent = Agent { words: row.require("words")?.into(), sector: sector.into(), ..Agent::default() };
        agent.role = match row.get("role") {
            "" => AgentRole::None,
            "hos" => AgentRole::HeadOfState,
            "hog" => AgentRole::HeadOfGovernment,
            "minister" => AgentRole::Minister,
            "rel" => AgentRole::Relational,
            "qty" => AgentRole::Quantity,
            "igo" => AgentRole::International,
            "deed" => AgentRole::Deed,
            "adj" => AgentRole::Adjective,
            other => return Err(row.error(format!("unknown role `{other}`"), "use hos, hog, minister, rel, qty, igo, adj or deed")),
        };
        for class in row.get("classes").split(',').filter(|class| !class.is_empty()) {
            match class {
                "person" => agent.person = true,
                "group" => agent.group = true,
                "crowd" => agent.crowd = true,
                "organization" => agent.organization = true,
                "object" => agent.object = true,
                "animal" => agent.animal = true,
                "label" => agent.label = true,
                "armed" | "state" => {}
                other => {
                    return Err(row.error(
                        format!("unknown class `{other}`"),
                        "use person, group, crowd, armed, state, organization, object, animal or label",
                    ));
                }
            }
        }
        agent.gender = row.get("gender").chars().next();
        agents.push(agent);
        Ok(())
    })?;
    Ok(agents)
}
