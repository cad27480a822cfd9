//! Pronouns, possessives and elliptical heads: which tokens they are and whom they mean.

use super::MentionKind;
use super::chain::Cluster;
use super::draft::{Draft, Sight};
use crate::document::{Deprel, Gender, Number, Upos};

/// Verbs whose « il » and "it" stand for nobody.
const IMPERSONAL: &[&str] = &["falloir", "agir", "pleuvoir", "neiger", "seem", "appear", "rain", "snow", "suffire", "sembler", "paraître"];

/// Possessives of several owners.
const OF_SEVERAL: &[&str] = &["leur", "leurs", "their", "theirs", "их"];

/// The draft of a pronoun, possessive determiner or a numeral or quantifier without noun; `None` for other tokens and for pronouns of nobody.
pub fn draft(sight: Sight<'_>, token: usize) -> Option<Draft> {
    let data = &sight.document.tokens[token];
    let feats = &data.feats;
    let personal = feats.person == 3 && !feats.relative && !feats.reflexive && matches!(data.upos, Upos::Pron | Upos::Det);
    if personal && (data.upos == Upos::Pron || feats.possessive) {
        // "It said …": the tree takes the subject of a verb of saying for an expletive.
        let says = data.deprel == Deprel::Expl && data.head.is_some_and(|head| head > token && is_said(sight, head));
        let nobody = !says && matches!(data.deprel, Deprel::Expl | Deprel::ExplSubj | Deprel::ExplPass | Deprel::ExplPv)
            || matches!(data.lemma.as_str(), "on" | "se" | "y" | "en");
        let empty = data.head.is_some_and(|head| {
            IMPERSONAL.contains(&sight.document.tokens[head].lemma.as_str())
                && data.deprel == Deprel::Nsubj
                && feats.number != Number::Plur
                && !has_human_form(&data.form)
        });
        if nobody || empty {
            return None;
        }
        let mut draft = Draft::at(sight, token, token..token + 1, MentionKind::Pronoun);
        let form = data.form.to_lowercase();
        draft.plural = if feats.possessive {
            OF_SEVERAL.contains(&form.as_str())
        } else {
            feats.number == Number::Plur || matches!(form.as_str(), "they" | "them")
        };
        if feats.possessive && !matches!(form.as_str(), "his" | "her" | "its" | "его" | "её" | "ее") {
            draft.gender = Gender::Other;
        }
        if matches!(form.as_str(), "her" | "she" | "hers") {
            draft.gender = Gender::Fem;
        } else if matches!(form.as_str(), "he" | "him" | "his") {
            draft.gender = Gender::Masc;
        } else if matches!(form.as_str(), "it" | "its") {
            draft.gender = Gender::Neut;
        }
        draft.definite = true;
        return Some(draft);
    }
    elliptical(sight, token)
}

fn is_said(sight: Sight<'_>, verb: usize) -> bool {
    let passive = sight.tree.dependents(verb, &[Deprel::AuxPass]).next().is_some();
    !passive && !sight.language.reporting_index.get(&sight.document.tokens[verb].lemma).is_empty()
}

fn has_human_form(form: &str) -> bool {
    matches!(form.to_lowercase().as_str(), "he" | "she" | "elle")
}

/// « Certains », « trois d'entre eux », "another three": some members of a group named before.
fn elliptical(sight: Sight<'_>, token: usize) -> Option<Draft> {
    let data = &sight.document.tokens[token];
    let argument = matches!(data.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::OblAgent);
    let several = data.upos == Upos::Num
        || data.upos == Upos::Pron && data.feats.number == Number::Plur && data.feats.person == 0 && !data.feats.relative;
    if !argument || !several || data.form.chars().any(|letter| letter == '%') {
        return None;
    }
    let mut draft = Draft::at(sight, token, token..token + 1, MentionKind::Pronoun);
    draft.plural = true;
    draft.group = true;
    draft.gender = Gender::Other;
    Some(draft)
}

/// Sentences that a pronoun looks back.
const REACH: usize = 2;

/// The cluster that a pronoun means; `None` when nobody fits.
pub fn resolve(sight: Sight<'_>, drafts: &[Draft], clusters: &[Cluster], draft: &Draft) -> Option<usize> {
    if !draft.definite {
        return None;
    }
    let sentence = sight.document.sentence_of[draft.head];
    let mut best: Option<(i32, usize)> = None;
    for (number, cluster) in clusters.iter().enumerate() {
        if !agrees(draft, cluster) {
            continue;
        }
        let scores = cluster.drafts.iter().rev().take(4).filter_map(|&index| score(sight, &drafts[index], draft, sentence));
        let Some(mut score) = scores.max() else { continue };
        score += preference(draft, cluster);
        if best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, number));
        }
    }
    best.map(|(_, number)| number)
}

/// The group that some members are of: the nearest several people before.
pub fn whole(sight: Sight<'_>, drafts: &[Draft], clusters: &[Cluster], draft: &Draft) -> Option<usize> {
    let sentence = sight.document.sentence_of[draft.head];
    let several = clusters.iter().enumerate().filter(|(_, cluster)| cluster.plural && cluster.state.is_none());
    let scored = several.filter_map(|(number, cluster)| {
        let scores = cluster.drafts.iter().rev().take(4).filter_map(|&index| score(sight, &drafts[index], draft, sentence));
        scores.max().map(|score| (score, number))
    });
    scored.max().map(|(_, number)| number)
}

fn agrees(draft: &Draft, cluster: &Cluster) -> bool {
    let one_person = cluster.person && !cluster.plural;
    let gender = draft.gender == Gender::Other || cluster.gender == Gender::Other || draft.gender == cluster.gender;
    match draft.gender {
        // "It" and "its" never mean a human being.
        Gender::Neut => !one_person && !cluster.plural,
        _ if draft.plural => cluster.plural || (cluster.group && !one_person && cluster.state.is_none()),
        // "He" and "she" mean people; French « il » may mean any singular noun.
        _ => gender && !cluster.plural,
    }
}

fn preference(draft: &Draft, cluster: &Cluster) -> i32 {
    let mut score = 0;
    if !draft.plural && draft.gender != Gender::Neut && cluster.person {
        score += 30;
    }
    if draft.plural && cluster.plural {
        score += 15;
    }
    if !cluster.names.is_empty() {
        score += 6;
    }
    if cluster.state.is_some() {
        score -= 25;
    }
    score + cluster.drafts.len().min(4) as i32 * 2
}

/// How near and prominent an earlier mention is; `None` when it is out of reach, after the pronoun, or a co-argument.
fn score(sight: Sight<'_>, candidate: &Draft, draft: &Draft, sentence: usize) -> Option<i32> {
    let tokens = &sight.document.tokens;
    if candidate.core.start >= draft.core.start {
        return None;
    }
    let candidate_sentence = sight.document.sentence_of[candidate.head];
    let distance = sentence.checked_sub(candidate_sentence).filter(|distance| *distance <= REACH)?;
    let same_paragraph = sight.document.sentences[sentence].paragraph == sight.document.sentences[candidate_sentence].paragraph;
    let subject = matches!(tokens[candidate.head].deprel, Deprel::Nsubj | Deprel::NsubjPass);
    let argument = !tokens[draft.head].feats.possessive;
    // Two arguments of one verb are two referents.
    if argument && tokens[candidate.head].head == tokens[draft.head].head && distance == 0 && tokens[candidate.head].deprel != Deprel::Conj
    {
        return None;
    }
    let mut score = 40 - 18 * distance as i32;
    if !same_paragraph {
        score -= 12;
    }
    if subject {
        score += 14;
    }
    if matches!(tokens[candidate.head].deprel, Deprel::Nmod | Deprel::Compound | Deprel::Amod | Deprel::NmodPoss) {
        score -= 8;
    }
    Some(score)
}
