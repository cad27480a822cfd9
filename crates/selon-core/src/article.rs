//! What an outlet published: the input of the line.

use jiff::civil::Date;

/// An article as it was given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Address or other name; part of the document's id.
    pub url: Option<String>,
    /// Who published.
    pub outlet: Option<String>,
    /// Headline; context only.
    pub title: Option<String>,
    /// The text, unchanged: offsets count in it.
    pub text: String,
    /// Publication time as given (RFC 3339 or a date); `None` if unknown.
    pub published: Option<String>,
    /// Language as declared; `None` to let Selon identify it.
    pub lang: Option<String>,
}

impl Article {
    /// The publication day; `None` when there is none or it is not a date.
    pub fn published_date(&self) -> Option<Date> {
        self.published.as_deref()?.get(..10)?.parse().ok()
    }
}
