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
