//! Actors as records. Private persons are not named.

use super::Findings;
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
                EntityRecord { text: words.text, start: words.start, end: words.end, ..EntityRecord::default() }
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
                    sector: mention.sector.clone().or(chain.sector),
                    other_sectors: chain.other_sectors,
                    wikidata: chain.wikidata,
                    label: mention.label,
                }
            }
        }
    }
}
