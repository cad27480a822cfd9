//! What is found in short texts by the whole stage, with the embedded knowledge and tagger.

use jiff::civil::date;
use selon_data::Knowledge;

use super::{Entities, entities};
use crate::language::Language;
use crate::tree::Tree;
use crate::{segment, tag};

fn read(language: Language, text: &str) -> (String, Entities) {
    let knowledge = Knowledge::embedded().unwrap_or_else(|error| panic!("{error}"));
    let mut document = segment::segment(text, language);
    tag::tag(&mut document);
    let found = entities(&Tree::new(&document), &[], Some(date(2022, 1, 8)), &knowledge);
    (document.text, found)
}

/// Asserts that a mention of the words has this country and sector; `-` is none.
fn check(language: Language, text: &str, words: &str, country: &str, sector: &str) {
    let (text, found) = read(language, text);
    let mention = found.mentions.iter().find(|mention| mention.span.of(&text).contains(words));
    let Some(mention) = mention else { panic!("no mention « {words} » in « {text} »: {found:?}") };
    let answer = (mention.country.as_deref().unwrap_or("-"), mention.sector.as_deref().unwrap_or("-"));
    assert_eq!(answer, (country, sector), "« {words} » in « {text} »");
}

/// Asserts that the words (their first and second mention) are of one referent.
fn same(language: Language, text: &str, first: &str, second: &str) {
    let (text, found) = read(language, text);
    let head = |words: &str| words.split(" said").next().unwrap_or(words).to_owned();
    let at = |words: &str| text.rfind(words).unwrap_or(usize::MAX);
    let chain = |words: &str| {
        found
            .mentions
            .iter()
            .find(|mention| mention.span.start <= at(words) && mention.span.end >= at(words) + head(words).len())
            .map(|mention| mention.chain)
    };
    assert!(chain(first).is_some() && chain(first) == chain(second), "« {first} » and « {second} » in « {text} »: {found:?}");
}

#[test]
fn countries_and_sectors_in_french() {
    let fr = Language::Fr;
    check(fr, "La police kazakhe a tiré sur des manifestants à Almaty.", "La police", "KAZ", "COP");
    check(fr, "Le président kazakh, Kassym-Jomart Tokaïev, a parlé.", "Tokaïev", "KAZ", "GOV");
    check(fr, "L’OTSC a envoyé des soldats au Kazakhstan.", "OTSC", "IGO", "-");
    check(fr, "Le porte-parole de l’armée malienne a démenti.", "porte-parole", "MLI", "MIL");
}

#[test]
fn countries_and_sectors_in_english() {
    let en = Language::En;
    check(en, "Kazakh police opened fire on protesters in Almaty.", "police", "KAZ", "COP");
    check(en, "Russian paratroopers landed in Kazakhstan.", "paratroopers", "RUS", "MIL");
    check(en, "Amnesty International condemned the arrests in Nigeria.", "Amnesty", "NGO", "SOC");
}

#[test]
fn one_referent_under_several_words() {
    same(
        Language::En,
        "President Kassym-Jomart Tokayev spoke on Friday. Tokayev said order was restored.",
        "President Kassym-Jomart Tokayev",
        "Tokayev said",
    );
    same(Language::Fr, "Macky Sall a reçu les députés sénégalais. Il a promis une enquête.", "Macky Sall", "Il");
}

#[test]
fn any_text_is_safe() {
    for text in ["", "(", "( A )", "de de de", "des « les »", "12 %"] {
        read(Language::Fr, text);
        read(Language::Ar, text);
    }
}
