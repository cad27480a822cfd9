//! Frames: which grammatical slot fills which role (`lang/<xx>/frames.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{DataError, Files};

/// A grammatical slot of a trigger, independent of the language's word order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Active subject, also by control, coordination or as antecedent of a relative.
    Subject,
    /// Direct object, passive subject, noun modified by a passive participle.
    Object,
    /// Indirect object.
    IndirectObject,
    /// Agent phrase (« par », "by").
    Agent,
    /// Genitive of a noun (« de », "of", 's, possessive).
    Of,
    /// Genitive, but only when another role is filled from elsewhere.
    OfIfOther,
    /// Nationality adjective.
    Adjective,
    /// English noun before the noun.
    Compound,
    /// Complement with this preposition.
    Preposition(String),
    /// Subject of the controlled infinitive.
    ControlledSubject,
    /// A place.
    Location,
}

impl Slot {
    /// The slot of that name; `None` if there is none.
    pub fn parse_name(name: &str) -> Option<Slot> {
        Some(match name {
            "subj" => Slot::Subject,
            "obj" => Slot::Object,
            "iobj" => Slot::IndirectObject,
            "agent" | "by" => Slot::Agent,
            "of" | "poss" => Slot::Of,
            "of-if-other" | "poss-if-of" => Slot::OfIfOther,
            "adj" => Slot::Adjective,
            "compound" => Slot::Compound,
            "xsubj" => Slot::ControlledSubject,
            "loc" => Slot::Location,
            _ => Slot::Preposition(name.strip_prefix("prep:")?.replace('_', " ")),
        })
    }
}

/// The slots of the two roles, in order of preference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Who acts.
    pub actor: Vec<Slot>,
    /// Whom it befalls or is addressed to.
    pub recipient: Vec<Slot>,
}

/// One frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// For verbs and predicative adjectives.
    pub verb: Roles,
    /// For nouns.
    pub noun: Roles,
    /// Whether all participants are actors.
    pub reciprocal: bool,
}

/// The frames of a language by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// By name.
    pub frames: BTreeMap<String, Frame>,
    /// Lemmas of verbs that only support a noun (« mener une attaque »): their subject is the noun's.
    pub light_verbs: Vec<String>,
    /// Lemmas of verbs that have no passive, whatever their auxiliary (« est tombée »).
    pub never_passive: Vec<String>,
    /// Lemmas of nouns that only count or collect what follows (« une dizaine de manifestants »).
    pub transparent_nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    #[allow(dead_code)]
    language: String,
    #[serde(default)]
    #[allow(dead_code)]
    licence: String,
    #[serde(default)]
    #[allow(dead_code)]
    origin: String,
    #[serde(default)]
    frame: BTreeMap<String, RawFrame>,
    #[serde(default)]
    light_verbs: Vec<String>,
    #[serde(default)]
    transparent_nouns: Vec<String>,
    #[serde(default)]
    never_passive: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    #[serde(default)]
    #[allow(dead_code)]
    meaning: String,
    #[serde(default)]
    verb: RawRoles,
    #[serde(default)]
    noun: RawRoles,
    #[serde(default)]
    adj: Option<RawRoles>,
    #[serde(default)]
    reciprocal: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoles {
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
}

impl Frames {
    /// Loads `frames.toml` of a language folder; no file, no frames.
    ///
    /// # Errors
    /// When the file is no TOML of this shape or names an unknown slot.
    pub fn load(files: &Files, folder: &str) -> Result<Frames, DataError> {
        let path = format!("{folder}frames.toml");
        let mut loaded = Frames::default();
        for content in files.layers(&path) {
            let raw: RawFile = toml::from_str(content).map_err(|error| crate::rules::toml_error(&path, content, &error))?;
            loaded.light_verbs.extend(raw.light_verbs);
            loaded.transparent_nouns.extend(raw.transparent_nouns);
            loaded.never_passive.extend(raw.never_passive);
            for (name, frame) in raw.frame {
                let _ = frame.adj;
                let frame = Frame {
                    verb: roles(&path, &name, &frame.verb)?,
                    noun: roles(&path, &name, &frame.noun)?,
                    reciprocal: frame.reciprocal,
                };
                loaded.frames.insert(name, frame);
            }
        }
        Ok(loaded)
    }
}

fn roles(path: &str, frame: &str, raw: &RawRoles) -> Result<Roles, DataError> {
    let slots = |names: &[String]| {
        names
            .iter()
            .map(|name| {
                Slot::parse_name(name).ok_or_else(|| {
                    DataError::new(
                        path,
                        0,
                        format!("frame `{frame}`: unknown slot `{name}`"),
                        "slots are subj obj iobj agent of of-if-other adj compound xsubj loc prep:X",
                    )
                })
            })
            .collect::<Result<Vec<_>, _>>()
    };
    Ok(Roles { actor: slots(&raw.actor)?, recipient: slots(&raw.recipient)? })
}
