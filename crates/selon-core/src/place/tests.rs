//! Places ← the words around them, without tags.

use selon_data::Knowledge;

use super::*;
use crate::language::Language;
use crate::segment::segment;

/// The toponyms of a text as "name country" pairs.
fn found(code: &str, text: &str) -> Vec<String> {
    let knowledge = match Knowledge::embedded() {
        Ok(knowledge) => knowledge,
        Err(error) => panic!("{error}"),
    };
    let document = segment(text, Language::parse(code));
    let toponyms = places(&document, &knowledge.gazetteer, &knowledge.languages[code].places, &knowledge.countries);
    let shown = toponyms.iter().filter(|toponym| toponym.role != ToponymRole::Demonym);
    shown.map(|toponym| format!("{} {}", toponym.name, toponym.country.as_deref().unwrap_or("-"))).collect()
}

#[test]
fn names_mean_what_the_article_is_about() {
    for (code, text, expected) in [
        ("fr", "Des manifestants ont été dispersés à Saint-Louis, au Sénégal.", vec!["Saint-Louis SEN", "Sénégal SEN"]),
        ("fr", "Une attaque a visé Tripoli, dans le nord du Liban.", vec!["Tripoli LBN", "Liban LBN"]),
        ("fr", "En Libye, des combats ont éclaté à Tripoli.", vec!["Libye LBY", "Tripoli LBY"]),
        ("fr", "Il est arrivé au Caire puis à Moscou.", vec!["Caire EGY", "Moscou RUS"]),
        ("en", "The shop in London, Ontario, was closed.", vec!["London CAN", "Ontario CAN"]),
        ("en", "Paris Hilton spoke.", vec![]),
        ("en", "Troops entered Bakhmut in the Donbas.", vec!["Bakhmut UKR", "Donbas UKR"]),
    ] {
        assert_eq!(found(code, text), expected, "{text}");
    }
}

#[test]
fn offsets_move_the_point() {
    let knowledge = match Knowledge::embedded() {
        Ok(knowledge) => knowledge,
        Err(error) => panic!("{error}"),
    };
    for (code, text) in
        [("fr", "L'attaque a eu lieu à 30 km au nord de Gao, au Mali."), ("en", "The attack took place 30 km north of Gao, in Mali.")]
    {
        let document = segment(text, Language::parse(code));
        let toponyms = places(&document, &knowledge.gazetteer, &knowledge.languages[code].places, &knowledge.countries);
        let gao = &toponyms[0];
        assert_eq!(gao.precision, 2, "{text}");
        assert!(gao.lat.is_some_and(|lat| (lat - 16.54).abs() < 0.05), "{text}: {gao:?}");
    }
}
