//! The language of an article: text → BCP 47 code, with an honest "unknown".
//!
//! First stage of the line; its answer selects the folder `data/lang/<xx>/` and the tagger's language.

/// A language as ISO 639-1; `Unknown` when the text does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
    /// Spanish.
    Es,
    /// Russian.
    Ru,
    /// Arabic.
    Ar,
    /// A language identified but without a folder in data/lang, by its ISO 639-1 letters.
    Other([u8; 2]),
    /// Not identified.
    #[default]
    Unknown,
}

impl Language {
    /// The BCP 47 code; "und" when unknown.
    pub fn code(&self) -> &str {
        match self {
            Language::Fr => "fr",
            Language::En => "en",
            Language::Es => "es",
            Language::Ru => "ru",
            Language::Ar => "ar",
            Language::Other(letters) => std::str::from_utf8(letters).unwrap_or("und"),
            Language::Unknown => "und",
        }
    }

    /// The language of a BCP 47 tag ("fr", "fr-CA", "FR_fr"); `Unknown` for anything that does not begin with two letters.
    pub fn parse(tag: &str) -> Language {
        let primary = tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        match primary.as_bytes() {
            b"fr" => Language::Fr,
            b"en" => Language::En,
            b"es" => Language::Es,
            b"ru" => Language::Ru,
            b"ar" => Language::Ar,
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => Language::Other([*first, *second]),
            _ => Language::Unknown,
        }
    }
}

/// Fewest letters for an answer.
const MIN_LETTERS: usize = 12;

/// Characters looked at: a long article does not need more.
const MAX_CHARS: usize = 4000;

/// Function words that tell close languages apart better than letter statistics on short texts.
const FUNCTION_WORDS: &[(Language, &[&str])] = &[
    (
        Language::Fr,
        &[
            "le", "la", "les", "des", "du", "et", "est", "une", "dans", "qui", "que", "pour", "par", "sur", "au", "aux", "avec", "ont",
            "été", "selon",
        ],
    ),
    (
        Language::En,
        &[
            "the", "of", "and", "to", "in", "was", "were", "that", "for", "on", "with", "by", "from", "has", "have", "said", "at", "is",
            "an", "his",
        ],
    ),
    (
        Language::Es,
        &[
            "el", "los", "las", "del", "una", "que", "por", "con", "para", "fue", "en", "se", "su", "al", "como", "más", "han", "según",
            "la", "y",
        ],
    ),
    (
        Language::Other(*b"pt"),
        &["o", "os", "uma", "não", "do", "da", "dos", "das", "em", "com", "foi", "são", "ao", "pelo", "pela", "mais", "na", "no", "e"],
    ),
    (
        Language::Other(*b"it"),
        &["il", "gli", "della", "del", "che", "di", "è", "nel", "per", "con", "una", "sono", "dei", "alla", "non", "stato", "e", "le"],
    ),
    (
        Language::Other(*b"de"),
        &["der", "die", "das", "und", "den", "von", "zu", "mit", "ist", "im", "auf", "für", "nicht", "ein", "eine", "dem", "des", "wurde"],
    ),
    (
        Language::Other(*b"nl"),
        &["de", "het", "een", "van", "en", "in", "is", "dat", "op", "te", "met", "voor", "zijn", "niet", "aan", "werd", "door"],
    ),
];

/// Letters of Kazakh that Russian does not have.
const KAZAKH: &[char] = &['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і'];

/// The language of a text; `Unknown` when it is too short or looks like none.
///
/// Function words decide where they are plain; else whatlang's letter statistics, if it calls itself sure. Cyrillic with the letters of Kazakh is Kazakh.
pub fn identify(text: &str) -> Language {
    let sample: String = text.chars().take(MAX_CHARS).flat_map(char::to_lowercase).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < MIN_LETTERS {
        return Language::Unknown;
    }
    let cyrillic = sample.chars().filter(|c| ('\u{400}'..='\u{52f}').contains(c)).count();
    if cyrillic * 2 > letters {
        let kazakh = sample.chars().filter(|c| KAZAKH.contains(c)).count();
        let telling = sample.chars().filter(|c| matches!(c, 'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ')).count();
        if kazakh * 50 > cyrillic && telling > 0 {
            return Language::Other(*b"kk");
        }
        return by_cyrillic_letters(&sample);
    }
    by_function_words(&sample).or_else(|| by_letters(&sample)).unwrap_or(Language::Unknown)
}

/// East Slavic languages by the letters only they have; others by letter statistics.
fn by_cyrillic_letters(sample: &str) -> Language {
    let has = |letters: &[char]| sample.chars().filter(|c| letters.contains(c)).count();
    let (ukrainian, belarusian, russian) = (has(&['ї', 'є', 'ґ']), has(&['ў']), has(&['ы', 'э', 'ё']));
    if ukrainian > russian {
        Language::Other(*b"uk")
    } else if belarusian > 0 {
        Language::Other(*b"be")
    } else if russian > 0 {
        Language::Ru
    } else if has(&['і', 'ъ', 'ђ', 'ј', 'љ', 'њ', 'ћ', 'џ', 'ѓ', 'ќ', 'ѕ']) > 0 {
        by_letters(sample).unwrap_or(Language::Unknown)
    } else {
        // A short Russian text may happen to lack ы and э; the others rarely lack their own letters.
        Language::Ru
    }
}

/// The language whose function words are frequent and clearly more frequent than those of any other.
fn by_function_words(sample: &str) -> Option<Language> {
    let words: Vec<&str> = sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let mut scores: Vec<(usize, Language)> =
        FUNCTION_WORDS.iter().map(|(language, list)| (words.iter().filter(|word| list.contains(word)).count(), *language)).collect();
    scores.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let (best, language) = scores[0];
    let plain = best >= 3 && best * 8 >= words.len() && best * 2 >= scores[1].0 * 3;
    plain.then_some(language)
}

fn by_letters(sample: &str) -> Option<Language> {
    let info = whatlang::detect(sample)?;
    let sure = info.is_reliable() || info.confidence() > 0.6;
    let script_says =
        matches!(info.lang(), whatlang::Lang::Ara | whatlang::Lang::Rus | whatlang::Lang::Ukr | whatlang::Lang::Heb | whatlang::Lang::Ell);
    if !sure && !script_says {
        return None;
    }
    Some(match info.lang() {
        whatlang::Lang::Fra => Language::Fr,
        whatlang::Lang::Eng => Language::En,
        whatlang::Lang::Spa => Language::Es,
        whatlang::Lang::Rus => Language::Ru,
        whatlang::Lang::Ara => Language::Ar,
        other => two_letters(other.code()),
    })
}

/// ISO 639-3 to ISO 639-1 for the languages of the news that whatlang knows; the rest stay unknown.
fn two_letters(code: &str) -> Language {
    const PAIRS: &[(&str, [u8; 2])] = &[
        ("ukr", *b"uk"),
        ("bel", *b"be"),
        ("bul", *b"bg"),
        ("srp", *b"sr"),
        ("hrv", *b"hr"),
        ("mkd", *b"mk"),
        ("pol", *b"pl"),
        ("ces", *b"cs"),
        ("slk", *b"sk"),
        ("slv", *b"sl"),
        ("ron", *b"ro"),
        ("hun", *b"hu"),
        ("ell", *b"el"),
        ("tur", *b"tr"),
        ("aze", *b"az"),
        ("uzb", *b"uz"),
        ("deu", *b"de"),
        ("nld", *b"nl"),
        ("dan", *b"da"),
        ("swe", *b"sv"),
        ("nob", *b"no"),
        ("fin", *b"fi"),
        ("est", *b"et"),
        ("lav", *b"lv"),
        ("lit", *b"lt"),
        ("ita", *b"it"),
        ("por", *b"pt"),
        ("cat", *b"ca"),
        ("heb", *b"he"),
        ("pes", *b"fa"),
        ("urd", *b"ur"),
        ("hin", *b"hi"),
        ("ben", *b"bn"),
        ("mar", *b"mr"),
        ("tam", *b"ta"),
        ("tel", *b"te"),
        ("sin", *b"si"),
        ("nep", *b"ne"),
        ("mya", *b"my"),
        ("tha", *b"th"),
        ("khm", *b"km"),
        ("vie", *b"vi"),
        ("ind", *b"id"),
        ("jav", *b"jv"),
        ("tgl", *b"tl"),
        ("cmn", *b"zh"),
        ("jpn", *b"ja"),
        ("kor", *b"ko"),
        ("amh", *b"am"),
        ("kat", *b"ka"),
        ("hye", *b"hy"),
        ("afr", *b"af"),
        ("zul", *b"zu"),
        ("sna", *b"sn"),
        ("tuk", *b"tk"),
    ];
    PAIRS.iter().find(|(three, _)| *three == code).map_or(Language::Unknown, |(_, two)| Language::Other(*two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_short_and_long_texts() {
        let check = |text: &str, code: &str| assert_eq!(identify(text).code(), code, "{text}");
        check("Plusieurs policiers ont été blessés dans la capitale, selon le ministère.", "fr");
        check("The army said on Friday that it had taken control of the airport.", "en");
        check("El gobierno decretó el estado de excepción en la capital del país por los disturbios.", "es");
        check("Полиция задержала более ста человек на акции протеста в Минске.", "ru");
        check("أعلنت الشرطة توقيف عشرات المتظاهرين في العاصمة مساء الجمعة.", "ar");
        check("Алматы қаласында өткен митингіде полиция ондаған адамды ұстады.", "kk");
        check("12 345", "und");
        check("", "und");
    }
}
