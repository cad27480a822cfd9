use super::*;

fn check(language: &str, text: &str, expected: &str) {
    let sentences = tokenise(text, Span::new(0, text.len()), language);
    let shown: Vec<String> =
        sentences.iter().map(|tokens| tokens.iter().map(|token| token.form.as_str()).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(shown.join(" // "), expected);
    for token in sentences.iter().flatten() {
        assert!(!token.span.of(text).is_empty());
    }
}

#[test]
fn french_words() {
    check("fr", "L’armée a-t-elle tiré sur l'ambassade d’Italie ?", "L' armée a -t-elle tiré sur l' ambassade d' Italie ?");
    check("fr", "« Aujourd'hui », a-t- il ajouté, 10 000 personnes…", "« Aujourd'hui » , a -t-il ajouté , 10 000 personnes …");
    check("fr", "M. Dupont et le Gén. Diallo, au n° 5.", "M. Dupont et le Gén. Diallo , à le n° 5 .");
}

#[test]
fn english_words() {
    check("en", "They don't say it's China’s well-known U.S. base.", "They do n't say it 's China 's well - known U.S. base .");
    check("en", "Gen. Smith cannot co-operate.", "Gen. Smith can not co-operate .");
}

#[test]
fn parts_of_a_form() {
    let text = "don't du";
    let sentences = tokenise(text, Span::new(0, text.len()), "en");
    let spans: Vec<&str> = sentences[0].iter().map(|token| token.span.of(text)).collect();
    assert_eq!(spans, ["do", "n't", "du"]);
    let text = "Le toit du palais";
    let sentences = tokenise(text, Span::new(0, text.len()), "fr");
    let spans: Vec<&str> = sentences[0].iter().map(|token| token.span.of(text)).collect();
    assert_eq!(spans, ["Le", "toit", "du", "du", "palais"]);
}

#[test]
fn any_string_is_safe() {
    let pieces = [
        "a",
        "l'",
        "’",
        "-",
        "-t- il",
        " ",
        "\u{a0}",
        ".",
        "…",
        "«",
        "10",
        " 000",
        "des ",
        "é",
        "ﷺ",
        "وال",
        "\u{301}",
        "http://x.y",
        "@",
        "#",
        "'s",
        "\u{200b}",
        "😀",
        "<",
        "N't",
        "İl",
    ];
    let mut seed = 3u32;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..9 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text += pieces[(seed >> 16) as usize % pieces.len()];
        }
        for language in ["fr", "en", "es", "ru", "ar", "kk"] {
            let mut last = 0;
            for token in tokenise(&text, Span::new(0, text.len()), language).iter().flatten() {
                assert!(!token.span.of(&text).is_empty(), "{text:?}");
                assert!(token.span.start >= last, "{text:?}");
                last = token.span.start;
            }
        }
    }
}
