//! Reads direct quotes out of plain text, by rules: what was said, who said it, in what office and where.
//!
//! The text is cut into paragraphs, the marks in them are paired (`marks`), and each sentence is read with its quotes
//! as single words. A verb of saying beside a quote names the speaker; a quote without one takes the speaker of the
//! quote that it belongs to. Surnames, pronouns and "the analyst" are followed back to the full name given before.
//! What cannot be told is left open: a suggestion is for an editor to confirm.

mod article;
mod cues;
mod given;
mod marks;
mod names;
mod people;
mod speakers;
mod words;

use article::Article;

/// A direct quote found in a text, with what the text says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The first code point of the quote, counted in the text as given, inside the quotation marks.
    pub start: usize,
    /// After the last code point of the quote.
    pub end: usize,
    /// The words between the marks, exactly as they stand in the text.
    pub text: String,
    /// A sentence, or a fragment of one.
    pub kind: QuoteKind,
    /// The fullest name that the article gives of the speaker.
    pub speaker: Option<String>,
    /// Who is said to speak, as the text says it: `Mr. McCain`, `he`, `a spokesman for the group`; no titles before full names.
    pub written: Option<String>,
    /// What the speaker is, as the article says it.
    pub role: Option<String>,
    /// Where the speaker is that.
    pub affiliation: Option<String>,
    /// The verb that introduces the quote, as written.
    pub cue: Option<String>,
    /// Where it was said: `interview with Radio 4`.
    pub context: Option<String>,
}

/// Whether a quote is a sentence of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// One sentence or more.
    Full,
    /// A fragment that is part of the article's own sentence.
    Partial,
}

/// The direct quotes in a text whose paragraphs are separated by blank lines or line breaks, in order.
///
/// `language` is the text's (BCP 47), if it is known: German writes its nouns as others write names.
#[must_use]
pub fn suggest(text: &str, language: Option<&str>) -> Vec<Suggestion> {
    let chars: Vec<char> = text.chars().collect();
    let german = language
        .and_then(|tag| tag.split('-').next())
        .is_some_and(|tag| tag.eq_ignore_ascii_case("de"));
    let mut article = Article::read(&chars, german);
    article.attribute();
    article.suggestions()
}
