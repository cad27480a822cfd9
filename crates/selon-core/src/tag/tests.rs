use super::*;
use crate::language::Language;
use crate::segment::segment;

fn tagged(text: &str, language: Language) -> Document {
    let tag = Tag::embedded().unwrap_or_else(|error| panic!("{error}"));
    let mut document = segment(text, language);
    tag.tag(&mut document);
    document
}

#[test]
fn a_passive_is_read() {
    let document = tagged("Deux policiers ont été tués par des soldats à Bamako, au Mali.", Language::Fr);
    let at = |form: &str| document.tokens.iter().position(|token| token.form == form).unwrap_or_else(|| panic!("{form}"));
    let killed = &document.tokens[at("tués")];
    assert_eq!((killed.upos, killed.lemma.as_str(), killed.head), (Upos::Verb, "tuer", None));
    let officers = &document.tokens[at("policiers")];
    assert_eq!((officers.head, officers.deprel, officers.lemma.as_str()), (Some(at("tués")), Deprel::NsubjPass, "policier"));
    assert_eq!(document.tokens[at("Mali")].name, NameKind::Loc);
}

#[test]
fn every_sentence_is_a_tree() {
    for (language, text) in [
        (Language::Fr, "Le président a dit : « Non ». Mais…"),
        (Language::En, "They don't know. \"Fire!\", he said"),
        (Language::Es, "El ejército tomó la ciudad del norte."),
        (Language::Ru, "Президент объявил чрезвычайное положение."),
        (Language::Ar, "قال الرئيس إن الجيش سيطر على المدينة."),
    ] {
        let document = tagged(text, language);
        assert!(document.tagged);
        for sentence in &document.sentences {
            let roots = sentence.tokens.clone().filter(|&token| document.tokens[token].head.is_none());
            assert_eq!(roots.count(), 1, "{text}");
        }
    }
}

#[test]
fn languages_without_a_model_keep_their_tokens() {
    let document = tagged("Алматыда полиция оқ атты.", Language::Other(*b"kk"));
    assert!(!document.tagged && !document.tokens.is_empty());
}

#[test]
fn hostile_texts_pass() {
    let long = "mot ".repeat(3000);
    for text in [long.as_str(), "« « « ((((", "\u{0}\u{1}a\u{300}", "--- ... !!!", "𝕏𝕐 ﷺ 😀😀"] {
        for language in [Language::Fr, Language::En, Language::Ar] {
            tagged(text, language);
        }
    }
}
