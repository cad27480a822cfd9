//! Actors as records. Private persons are not named.

use super::Findings;
use crate::document::Span;
use crate::entity::Mention;
use crate::event::Referent;
use crate::record::EntityRecord;

impl Findings<'_> {
    /// The records of a list of referents.
    pub fn entities(&self, referents: &[Referent]) -> Vec<EntityRecord> {
        referents.iter().map(|referent| self.entity(*referent)).collect()
    }

    /// The record of one referent.
    pub fn entity(&self, referent: Referent) -> EntityRecord {
        match referent {
            Referent::Words(span) => {
                let words = self.evidence(span);
                let (country, sector) = self.bystander(span);
                EntityRecord { text: words.text, start: words.start, end: words.end, country, sector, ..EntityRecord::default() }
            }
            Referent::Mention(index) => {
                let mention = &self.scene.entities.mentions[index];
                let words = self.evidence(mention.span);
                let chain = self.scene.entities.chains.get(mention.chain).cloned().unwrap_or_default();
                EntityRecord {
                    text: words.text,
                    start: words.start,
                    end: words.end,
                    name: chain.name.filter(|_| !chain.private),
                    country: mention.country.clone().or(chain.country),
                    sector: mention.sector.clone().or(chain.sector).or_else(|| self.private_person(mention)),
                    other_sectors: chain.other_sectors,
                    wikidata: chain.wikidata,
                    label: mention.label,
                }
            }
        }
    }

    /// CVL for one human being of no known role; the people of international bodies have no sector.
    fn private_person(&self, mention: &Mention) -> Option<String> {
        let person = self.scene.entities.chains.get(mention.chain).is_some_and(|chain| chain.person && !chain.group);
        let state = mention.country.as_deref().is_none_or(|country| self.knowledge.countries.get(country).is_some());
        (person && state).then(|| "CVL".to_owned())
    }

    /// Country and sector of words that are no known actor: people of the place, unless the words name a thing that speaks (« un rapport », "sources").
    fn bystander(&self, span: Span) -> (Option<String>, Option<String>) {
        let document = self.scene.document;
        let tokens = document.tokens_in(span);
        let place = self.scene.toponyms.iter().find(|toponym| toponym.span.overlaps(span));
        if let Some(state) = place.and_then(|place| place.acting_state()) {
            return (Some(self.knowledge.countries.folded(state).to_owned()), Some("GOV".to_owned()));
        }
        let country = self.scene.entities.setting.clone();
        let thing = tokens.into_iter().any(|token| {
            let lemma = document.tokens[token].lemma.as_str();
            self.scene.language.grammar.things_that_speak.iter().any(|noun| noun == lemma)
        });
        (country, (!thing).then(|| "CVL".to_owned()))
    }
}
