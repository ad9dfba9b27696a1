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

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use utoipa::ToSchema;

use crate::db::types::text_column;
use crate::text::hex;

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
/// - `altered`: they stood there and were changed; not yet produced by this version.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Anchor {
    /// Whether they stand there.
    pub status: AnchorStatus,
    /// Where they begin, in Unicode code points; null unless `anchored`.
    #[schema(required, minimum = 0, example = 548)]
    pub start: Option<i32>,
    /// Where they end, in Unicode code points; null unless `anchored`.
    #[schema(required, minimum = 0, example = 712)]
    pub end: Option<i32>,
    /// Up to 32 code points before them; null unless `anchored`.
    #[schema(required, example = "East China University.\n\n“", max_length = 64)]
    pub prefix: Option<String>,
    /// Up to 32 code points after them; null unless `anchored`.
    #[schema(required, example = "” Xin said.", max_length = 64)]
    pub suffix: Option<String>,
    /// SHA-256 of the words as they stand there (NFC, UTF-8), in hexadecimal; null unless `anchored`.
    #[schema(
        required,
        example = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        max_length = 64
    )]
    pub sha256: Option<String>,
    /// The version of the article in which they were looked for.
    #[schema(minimum = 1, example = 1)]
    pub article_version: i64,
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
    fn place(&self, start: usize, end: usize) -> Option<Place<'a>> {
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
struct Place<'a> {
    start: usize,
    end: usize,
    before: &'a str,
    words: &'a str,
    after: &'a str,
}

impl Place<'_> {
    fn describe(&self) -> Found {
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

/// A folded text with the way back to the text it was made from.
#[derive(Clone, Debug, Default)]
struct Folding {
    text: String,
    /// Where the two texts can be cut at the same place, in order, the end included.
    steps: Vec<Step>,
}

/// A place in the folded text (in bytes), and the same place in the original.
#[derive(Clone, Copy, Debug)]
struct Step {
    folded: usize,
    byte: usize,
    point: usize,
}

impl Folding {
    fn of(text: &str) -> Self {
        let mut folding = Self::default();
        // A letter and what may compose with it.
        let mut cluster: Vec<(usize, usize, char)> = Vec::new();
        let mut points = 0;
        for (byte, c) in text.char_indices() {
            let point = points;
            points += 1;
            if is_left_out(c) {
                continue;
            }
            let spelling = spelling(c);
            if spelling.is_some() || !composes_backwards(c) {
                folding.close(&mut cluster);
            }
            match spelling {
                None => cluster.push((byte, point, c)),
                Some(" ") if folding.text.ends_with(' ') => {}
                Some(spelling) => folding.push(byte, point, spelling.chars()),
            }
        }
        folding.close(&mut cluster);
        folding.push(text.len(), points, []);
        folding
    }

    fn push(&mut self, byte: usize, point: usize, folded: impl IntoIterator<Item = char>) {
        self.steps.push(Step { folded: self.text.len(), byte, point });
        self.text.extend(folded);
    }

    /// Ends a cluster: one step for each character if it is in NFC, one for all of it if not.
    fn close(&mut self, cluster: &mut Vec<(usize, usize, char)>) {
        let chars = || cluster.iter().map(|&(_, _, c)| c);
        if chars().all(|c| c.is_ascii()) || chars().nfc().eq(chars()) {
            for &(byte, point, c) in cluster.iter() {
                self.push(byte, point, [c]);
            }
        } else if let Some(&(byte, point, _)) = cluster.first() {
            self.push(byte, point, chars().nfc());
        }
        cluster.clear();
    }

    fn step_at(&self, folded: usize) -> Option<Step> {
        let index = self.steps.binary_search_by_key(&folded, |step| step.folded).ok()?;
        self.steps.get(index).copied()
    }
}

/// Soft hyphens and characters without width.
fn is_left_out(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// How white space and typographic characters are spelled in a folded text.
fn spelling(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '‹' | '›' => "'",
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' | '〝' | '〞' | '〟' => "\"",
        '\u{2010}'..='\u{2015}' | '−' | '⸺' | '⸻' => "-",
        '…' => "...",
        c if c.is_whitespace() => " ",
        _ => return None,
    })
}

/// Whether NFC may join the character to those before it.
fn composes_backwards(c: char) -> bool {
    !c.is_ascii()
        && (canonical_combining_class(c) != 0
            || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes)
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

fn first_points(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(byte, _)| byte);
    text.get(..end).unwrap_or_default()
}

fn last_points(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last().map_or(text.len(), |(byte, _)| byte);
    text.get(start..).unwrap_or_default()
}
