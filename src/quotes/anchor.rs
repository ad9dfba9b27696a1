//! Anchors: where the words of a quote stand in an article's plain text.
//!
//! A quote is found when its words are there exactly, after both sides were folded:
//! - every run of white space (no-break and thin spaces, new lines) is one space;
//! - zero-width characters, bidi controls and soft hyphens are left out;
//! - typographic quotation marks, primes and guillemets are `'` and `"`;
//! - all dashes and the minus sign are `-`, and `…` is `...`;
//! - the rest is NFC. Case stays: a quote is the speaker's words as printed.
//!
//! Positions count the Unicode code points of the text as it was given.

mod folding;

use std::ops::Range;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use super::proposals::Proposal;
use crate::db::types::text_column;
use crate::text::hex;
pub(super) use folding::Folding;
use folding::is_left_out;

/// The most code points of context kept, and looked at, on each side of a quote.
pub const PREFIX_MAX: usize = 32;

/// The most places that a search lists.
pub const PLACES_MAX: usize = 1_000;

/// The most occurrences that a search looks at: with more, whatever the context, the place is not found.
/// An article has a thousand quotes, and a million characters may hold as many of each.
const OCCURRENCES_MAX: usize = 10_000;

/// Whether a quote's words stand in its article.
///
/// - `anchored`: they stand there, at one place, from `start` to `end`.
/// - `altered`: they stood there, and the text was changed where they stood.
/// - `ambiguous`: they stand there at several places.
/// - `orphaned`: they do not stand there.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum AnchorStatus {
    /// They stand there, at one place: `start` to `end`.
    Anchored,
    /// They stood there and were changed.
    Altered,
    /// They stand there at several places.
    Ambiguous,
    /// They do not stand there.
    Orphaned,
}
text_column!(AnchorStatus {
    Anchored = "anchored",
    Altered = "altered",
    Ambiguous = "ambiguous",
    Orphaned = "orphaned",
});

/// Where a quote's words stand in `body_text` of its article.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Anchor {
    /// Whether they stand there.
    pub status: AnchorStatus,
    /// Where they begin, in Unicode code points; null unless `anchored`.
    #[schema(required, minimum = 0, example = 548)]
    pub start: Option<i32>,
    /// Where they end, in Unicode code points; null unless `anchored`.
    #[schema(required, minimum = 0, example = 712)]
    pub end: Option<i32>,
    /// Up to 32 code points before them, where they stand or last stood; null when they never stood at one place.
    #[schema(required, example = "East China University.\n\n“", max_length = 64)]
    pub prefix: Option<String>,
    /// Up to 32 code points after them, where they stand or last stood; null when they never stood at one place.
    #[schema(required, example = "” Xin said.", max_length = 64)]
    pub suffix: Option<String>,
    /// SHA-256 of the words as they stand or last stood there (NFC, UTF-8), in hexadecimal; null when they
    /// never stood at one place.
    #[schema(
        required,
        example = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        max_length = 64
    )]
    pub sha256: Option<String>,
    /// The version of the article in which they were looked for.
    #[schema(minimum = 1, example = 1)]
    pub article_version: i64,
    /// Where words like these stand, the likeliest first: for an editor to choose from, never taken by
    /// itself. Empty when `anchored`.
    #[schema(max_items = 5)]
    pub proposals: Vec<Proposal>,
}

/// The place of a quote, and what tells it from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The first code point of the words in the text.
    pub start: usize,
    /// The code point after the last of the words.
    pub end: usize,
    /// The text right before, up to [`PREFIX_MAX`] code points.
    pub prefix: String,
    /// The text right after, up to [`PREFIX_MAX`] code points.
    pub suffix: String,
    /// The SHA-256 of the NFC of the exact words in the text, in hexadecimal.
    pub sha256: String,
}

/// What a search for a quote gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// The words stand here.
    One(Found),
    /// The words stand in several places (start, end): those that fit the context, or, when none
    /// does, all of them; in order, up to [`PLACES_MAX`].
    Several(Vec<(usize, usize)>),
    /// The words are not there, or the quote is blank.
    None,
}

/// Where a quote stands in a text; [`Body`] is better for many quotes in one text.
#[must_use]
pub fn find(body_text: &str, quote: &str, prefix: Option<&str>, suffix: Option<&str>) -> Search {
    Body::new(body_text).find(quote, prefix, suffix)
}

/// A text prepared for searching.
#[derive(Clone, Debug)]
pub struct Body<'a> {
    text: &'a str,
    folding: Folding,
}

impl<'a> Body<'a> {
    /// The text, folded once for all quotes.
    #[must_use]
    pub fn new(body_text: &'a str) -> Self {
        Self { text: body_text, folding: Folding::of(body_text) }
    }

    /// The text as it was given.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The text as it is compared.
    pub(super) fn folded(&self) -> &str {
        &self.folding.text
    }

    /// The bytes of the folded text that stand for these code points.
    pub(super) fn folded_range(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let range = self.folding.folded_at(start)?..self.folding.folded_at(end)?;
        (!range.is_empty()).then_some(range)
    }

    /// Where words that are folded already stand, in bytes of the folded text, up to a bound.
    pub(super) fn occurrences(&self, words: &str) -> Vec<usize> {
        occurrences(&self.folding.text, words, OCCURRENCES_MAX)
    }

    /// Where a quote stands in the text.
    ///
    /// Blanks around the quote do not count. When its words stand in several places (which may
    /// overlap), `prefix` and `suffix` decide: what stands before must end with the one and what
    /// stands after must begin with the other, both folded, without the blanks next to the quote,
    /// and as far as [`PREFIX_MAX`].
    #[must_use]
    pub fn find(&self, quote: &str, prefix: Option<&str>, suffix: Option<&str>) -> Search {
        let quote = Folding::of(quote).text;
        let quote = quote.trim_matches(' ');
        if quote.is_empty() {
            return Search::None;
        }
        let prefix = Folding::of(prefix.unwrap_or_default()).text;
        let suffix = Folding::of(suffix.unwrap_or_default()).text;
        let prefix = last_points(prefix.trim_matches(' '), PREFIX_MAX);
        let suffix = first_points(suffix.trim_matches(' '), PREFIX_MAX);

        let occurrences = occurrences(&self.folding.text, quote, OCCURRENCES_MAX);
        let fits = |start: &&usize| {
            let (before, rest) = self.folding.text.split_at_checked(**start).unwrap_or_default();
            let after = rest.get(quote.len()..).unwrap_or_default();
            before.trim_end_matches(' ').ends_with(prefix)
                && after.trim_start_matches(' ').starts_with(suffix)
        };
        let mut places = self.places(occurrences.iter().filter(fits), quote.len());
        if places.is_empty() {
            places = self.places(occurrences.iter(), quote.len());
        }
        match places.as_slice() {
            [] => Search::None,
            [place] => Search::One(place.describe()),
            _ => Search::Several(places.iter().map(|place| (place.start, place.end)).collect()),
        }
    }

    /// Whether words stand at more than one place.
    pub(super) fn has_several(&self, words: &str) -> bool {
        let words = Folding::of(words).text;
        let text = &self.folding.text;
        !words.is_empty() && text.find(&words) != text.rfind(&words)
    }

    /// The places in the text of occurrences in its folding.
    fn places<'b>(&self, starts: impl Iterator<Item = &'b usize>, length: usize) -> Vec<Place<'a>> {
        starts
            .take(OCCURRENCES_MAX)
            .filter_map(|&start| self.place(start, start.checked_add(length)?))
            .take(PLACES_MAX)
            .collect()
    }

    /// The place of a stretch of the folding; `None` when it begins or ends inside of what the
    /// text has as one, such as a letter and its accent or an ellipsis.
    pub(super) fn place(&self, start: usize, end: usize) -> Option<Place<'a>> {
        let (start, end) = (self.folding.step_at(start)?, self.folding.step_at(end)?);
        let (before, rest) = self.text.split_at_checked(start.byte)?;
        let words = rest.get(..end.byte.checked_sub(start.byte)?)?;
        // What was left out of the folding right behind the words is not part of them.
        let left_out = words.chars().rev().take_while(|&c| is_left_out(c)).count();
        let words = words.trim_end_matches(is_left_out);
        let after = rest.get(words.len()..)?;
        Some(Place { start: start.point, end: end.point - left_out, before, words, after })
    }
}

/// A stretch of the text, with what stands around it.
pub(super) struct Place<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    before: &'a str,
    pub(super) words: &'a str,
    after: &'a str,
}

impl Place<'_> {
    pub(super) fn describe(&self) -> Found {
        let digest = Sha256::digest(self.words.nfc().collect::<String>());
        Found {
            start: self.start,
            end: self.end,
            prefix: last_points(self.before, PREFIX_MAX).to_owned(),
            suffix: first_points(self.after, PREFIX_MAX).to_owned(),
            sha256: hex(&digest),
        }
    }
}

/// Where a text first stands in another, in bytes, overlaps included: linear whatever the texts are.
fn occurrences(text: &str, wanted: &str, most: usize) -> Vec<usize> {
    let Some(first) = text.find(wanted) else {
        return Vec::new();
    };
    if text.rfind(wanted) == Some(first) {
        return vec![first];
    }
    // Knuth, Morris and Pratt: several occurrences may overlap in any way.
    let wanted = wanted.as_bytes();
    let mut borders = vec![0];
    let mut matched = 0;
    for &byte in wanted.iter().skip(1) {
        matched = extended(matched, byte, wanted, &borders);
        borders.push(matched);
    }
    let mut starts = Vec::new();
    matched = 0;
    for (index, &byte) in text.as_bytes().iter().enumerate().skip(first) {
        matched = extended(matched, byte, wanted, &borders);
        if matched == wanted.len() {
            starts.push(index + 1 - matched);
            if starts.len() >= most {
                break;
            }
        }
    }
    starts
}

/// How many bytes of `wanted` are matched after one more byte.
fn extended(mut matched: usize, byte: u8, wanted: &[u8], borders: &[usize]) -> usize {
    while matched > 0 && wanted.get(matched) != Some(&byte) {
        matched = borders.get(matched - 1).copied().unwrap_or_default();
    }
    if wanted.get(matched) == Some(&byte) { matched + 1 } else { matched }
}

pub(super) fn first_points(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(byte, _)| byte);
    text.get(..end).unwrap_or_default()
}

pub(super) fn last_points(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last().map_or(text.len(), |(byte, _)| byte);
    text.get(start..).unwrap_or_default()
}
