//! Values ← their phrasings, without tags.

use selon_data::Files;
use selon_data::figures::FigureLexicon;

use super::*;
use crate::language::Language;
use crate::segment::segment;

/// The bounds found in a text, as "low..high", open ends empty.
fn check(code: &str, expected: &[&str], texts: &[&str]) {
    let folder = format!("lang/{code}/");
    let lexicon = match FigureLexicon::load(&Files::embedded(), &folder) {
        Ok(lexicon) => lexicon,
        Err(error) => panic!("{error}"),
    };
    let time = match selon_data::time::TimeLexicon::load(&Files::embedded(), &folder) {
        Ok(time) => time,
        Err(error) => panic!("{error}"),
    };
    for text in texts {
        let document = segment(text, Language::parse(code));
        let timexes = crate::time::times(&document, None, &time);
        let found: Vec<String> = quantities(&document, &timexes, &lexicon)
            .iter()
            .map(|quantity| {
                let bound = |bound: Option<u64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
                if quantity.low == quantity.high {
                    bound(quantity.low)
                } else {
                    format!("{}..{}", bound(quantity.low), bound(quantity.high))
                }
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn french() {
    check("fr", &["23"], &["Vingt-trois personnes ont été tuées.", "23 morts jeudi.", "On compte 23 blessés"]);
    check("fr", &["97"], &["Quatre-vingt-dix-sept corps.", "97 corps"]);
    check("fr", &["71"], &["soixante et onze blessés", "soixante-et-onze blessés"]);
    check("fr", &["1500"], &["1 500 soldats", "1.500 soldats", "mille cinq cents soldats", "quinze cents soldats"]);
    check("fr", &["2500000"], &["2,5 millions d'habitants"]);
    check("fr", &["20000"], &["20 000 bandits", "20\u{202f}000 bandits", "vingt mille bandits"]);
    check("fr", &["12.."], &["au moins 12 morts", "plus de douze morts"]);
    check("fr", &["..100"], &["jusqu'à 100 morts"]);
    check("fr", &["90..100"], &["près de 100 morts", "presque cent morts"]);
    check("fr", &["180..220"], &["environ 200 personnes", "quelque 200 personnes"]);
    check("fr", &["8..12"], &["une dizaine de policiers", "dizaine de morts"]);
    check("fr", &["80..120"], &["une centaine de manifestants"]);
    check("fr", &["15..25"], &["une vingtaine d'otages"]);
    check("fr", &["20..99"], &["des dizaines de blessés", "plusieurs dizaines de blessés"]);
    check("fr", &["2000..9999"], &["des milliers de manifestants"]);
    check("fr", &["20000..99999"], &["des dizaines de milliers de personnes"]);
    check("fr", &["200000..999999"], &["des centaines de milliers de personnes"]);
    check("fr", &["2.."], &["plusieurs policiers"]);
    check("fr", &["1"], &["Un homme a été tué.", "une jeune femme blessée"]);
    check("fr", &["3", "12"], &["trois policiers et douze civils tués"]);
    check("fr", &["12"], &["12 morts, dont 3 enfants et deux femmes"]);
    check("fr", &["20..30"], &["entre 20 et 30 morts", "20 à 30 morts"]);
    check(
        "fr",
        &[],
        &["En 2019, à 20 km de Gao.", "le 7 janvier 2022", "12 % des voix", "l'article 49", "âgé de 16 ans", "un mandat", "des F-16"],
    );
}

#[test]
fn english() {
    check("en", &["23"], &["Twenty-three people died.", "23 dead", "killed 23"]);
    check("en", &["205"], &["two hundred and five people", "205 people"]);
    check("en", &["20000"], &["20,000 bandits", "twenty thousand bandits"]);
    check("en", &["1500000"], &["1.5 million people"]);
    check("en", &["12.."], &["at least 12 dead", "more than twelve men"]);
    check("en", &["10..14"], &["a dozen men", "dozen men"]);
    check("en", &["20..99"], &["dozens of people", "scores of people"]);
    check("en", &["20000..99999"], &["tens of thousands of people"]);
    check("en", &["200000..999999"], &["hundreds of thousands of people"]);
    check("en", &["200..999"], &["several hundred people", "hundreds of people"]);
    check("en", &["..100"], &["up to 100 people", "as many as 100 people"]);
    check("en", &["1"], &["A man was killed.", "a young protester", "one person"]);
    check("en", &["12"], &["12 people, including 3 children, died"]);
    check("en", &["20..30"], &["between 20 and 30 people", "20 to 30 people"]);
    check("en", &[], &["In 2019, 20 miles from Gao.", "$20 million", "a 16-year-old", "Article 5", "won 3-1", "an agreement"]);
}
