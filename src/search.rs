//! Full text: what people type, the words of texts, and how well they fit together.
//!
//! Texts are divided into words here and nowhere else. Both databases keep those words and find them by their
//! own indexes (`SQLite`'s FTS5, `PostgreSQL`'s GIN over a `tsvector`), so that a search finds the same texts
//! in both; ranking and snippets are made from the words, here too.

mod dialects;
mod keeping;
mod marking;
mod question;
mod ranking;
mod words;

use std::fmt::Write as _;

use actix_web::http::header::HeaderName;

use crate::answer::Answer;
pub(crate) use dialects::{Corpus, Found};
pub(crate) use keeping::{Resource, catch_up, completion_of, is_caught_up, said_by, settle};
pub use marking::{Highlight, HighlightField};
pub use question::{Alternative, BEGINNING_MIN, Search, Term, WORDS_MAX};
pub(crate) use ranking::{RANKED_MAX, Ranking, Words, best};

/// What a search did not do as it was typed.
const SEARCH_NOTES: HeaderName = HeaderName::from_static("search-notes");

/// What kind of thing a [`Note`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteCode {
    /// The search had too many words.
    WordsLeftOut,
    /// There is nothing to look for.
    NoWords,
    /// A beginning was too short, and read as a word.
    ShortBeginning,
    /// More was found than is ranked.
    NotAllRanked,
}

impl NoteCode {
    /// The code as it is written in a header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WordsLeftOut => "words-left-out",
            Self::NoWords => "no-words",
            Self::ShortBeginning => "short-beginning",
            Self::NotAllRanked => "not-all-ranked",
        }
    }
}

/// What a search did not do as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What kind of thing it is.
    pub code: NoteCode,
    /// A sentence, in ASCII and without quotation marks: it goes into a header.
    pub detail: String,
}

impl Note {
    /// That the list ends before everything found is in it.
    pub(crate) fn not_all_ranked() -> Self {
        let detail = format!(
            "relevance ranks the {RANKED_MAX} last entered of what was found and as many found by their \
             headlines; another order lists all"
        );
        Self { code: NoteCode::NotAllRanked, detail }
    }

    /// An answer with its notes, as a structured field (RFC 9651): `words-left-out;detail="…"`.
    pub(crate) fn all_on(answer: Answer, notes: &[Self]) -> Answer {
        let mut field = String::new();
        for Self { code, detail } in notes {
            let sign = if field.is_empty() { "" } else { ", " };
            // Writing to a string does not fail.
            let _ = write!(field, "{sign}{};detail=\"{detail}\"", code.as_str());
        }
        if field.is_empty() { answer } else { answer.with(SEARCH_NOTES, &field) }
    }
}
