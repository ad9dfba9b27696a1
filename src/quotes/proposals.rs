//! Where words like those of a quote stand: what an editor is offered when the words themselves are nowhere.
//!
//! Rare words that a quote shares with the text vote for the place where it would begin; the few best places are
//! compared word by word. The work is bounded by the number of votes and places, not by the text.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::anchor::{Body, Folding};
use super::diff::{common, ratio, words};
use crate::text::cut;

/// How many places are proposed.
pub const PROPOSALS_MAX: usize = 5;
/// How much of the words must be the same.
const SIMILARITY_MIN: f64 = 0.6;
/// How many words of a quote vote, and at how many places each.
const VOTERS_MAX: usize = 64;
const VOTES_MAX: usize = 64;
/// How many places are looked at.
const PLACES_MAX: usize = 4;
/// How long a quote may be, in words, marks and spaces, to be looked for by likeness.
const WORDS_MAX: usize = 2_000;
/// How many bytes are compared for all quotes of a text; with more, nothing is proposed for the others.
const SPENT_MAX: usize = 4 * 1024 * 1024;
/// How many code points of the words are shown.
const TEXT_MAX: usize = 1_000;

/// A place where words like those of a quote stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    /// Where they begin, in Unicode code points of `body_text`.
    #[schema(minimum = 0, example = 548)]
    pub start: i32,
    /// Where they end.
    #[schema(minimum = 0, example = 712)]
    pub end: i32,
    /// How much of the words is the same, from 0 to 1.
    #[schema(minimum = 0, maximum = 1, example = 0.92)]
    pub similarity: f64,
    /// The words that stand there, as far as 1,000 code points.
    #[schema(example = "Secondly, we see a clear trend", max_length = 1001)]
    pub text: String,
}

/// A text prepared for finding what is like a quote.
#[derive(Debug)]
pub struct Nearby {
    /// The words, marks and spaces of the folded text, in bytes.
    pieces: Vec<Range<usize>>,
    places: HashMap<String, Vec<usize>>,
    /// How many bytes have been compared so far.
    spent: Cell<usize>,
}

impl Nearby {
    /// The text, cut into words once for all quotes.
    #[must_use]
    pub fn new(body: &Body<'_>) -> Self {
        let mut end = 0;
        let mut pieces = Vec::new();
        let mut places = HashMap::<String, Vec<usize>>::new();
        for (index, word) in words(body.folded()).into_iter().enumerate() {
            pieces.push(end..end + word.len());
            end += word.len();
            if votes(word) {
                places.entry(word.to_lowercase()).or_default().push(index);
            }
        }
        Self { pieces, places, spent: Cell::new(0) }
    }

    /// The likeliest places in that text of a quote that does not stand at one place: the places where it stands,
    /// else those where something like it does.
    #[must_use]
    pub fn of(&self, body: &Body<'_>, quote: &str) -> Vec<Proposal> {
        let quote = Folding::of(quote).text;
        let quote = quote.trim_matches(' ');
        if quote.is_empty() {
            return Vec::new();
        }
        let places = body.occurrences(quote).into_iter().take(PROPOSALS_MAX);
        let places = places.map(|start| (1.0, start..start + quote.len()));
        let mut found = places.collect::<Vec<(f64, Range<usize>)>>();
        if found.is_empty() {
            found.extend(self.candidates(quote).into_iter().filter_map(|place| {
                let (similarity, place) = self.trimmed(body, quote, &place)?;
                (similarity >= SIMILARITY_MIN).then_some((similarity, place))
            }));
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut taken = Vec::<Range<usize>>::new();
        found.retain(|(_, place)| {
            let free =
                taken.iter().all(|there| place.end <= there.start || there.end <= place.start);
            if free {
                taken.push(place.clone());
            }
            free
        });
        found.truncate(PROPOSALS_MAX);
        found
            .into_iter()
            .filter_map(|(similarity, place)| shown(body, similarity, &place))
            .collect()
    }

    /// The stretches of pieces in which a quote could stand, the likeliest first.
    fn candidates(&self, quote: &str) -> Vec<Range<usize>> {
        let quote = words(quote);
        if quote.len() > WORDS_MAX || self.spent.get() > SPENT_MAX {
            return Vec::new();
        }
        let mut voters = quote
            .iter()
            .enumerate()
            .filter(|(_, word)| votes(word))
            .filter_map(|(at, word)| Some((at, self.places.get(&word.to_lowercase())?)))
            .collect::<Vec<_>>();
        voters.sort_by_key(|(_, places)| places.len());
        // A place may be off by the words that were put in or left out.
        let width = (quote.len() / 4).max(4);
        let mut counts = BTreeMap::<usize, usize>::new();
        for (at, places) in voters.into_iter().take(VOTERS_MAX) {
            for place in places.iter().take(VOTES_MAX) {
                *counts.entry((place + quote.len() - at) / width).or_default() += 1;
            }
        }
        let mut counts = counts.into_iter().collect::<Vec<_>>();
        counts.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
        let stretches = counts.into_iter().take(PLACES_MAX).map(|(bucket, _)| {
            let begin = (bucket * width).saturating_sub(quote.len());
            let end = (begin + quote.len() + 2 * width).min(self.pieces.len());
            begin.saturating_sub(width)..end
        });
        stretches.collect()
    }

    /// The part of a stretch that is most like the quote: what it has in common with it, without crumbs at the ends.
    fn trimmed(
        &self,
        body: &Body<'_>,
        quote: &str,
        pieces: &Range<usize>,
    ) -> Option<(f64, Range<usize>)> {
        let first = self.pieces.get(pieces.start)?.start;
        let last = self.pieces.get(pieces.end.checked_sub(1)?)?.end;
        let text = body.folded().get(first..last)?;
        self.spent.set(self.spent.get() + text.len() + quote.len());
        let mut common = common(quote, text);
        let likeness = |common: &[Range<usize>]| {
            let (first, last) = (common.first()?.start, common.last()?.end);
            let same = common.iter().map(Range::len).sum::<usize>();
            Some((ratio(2 * same, quote.len() + last - first), first..last))
        };
        let mut best = likeness(&common)?;
        for at_end in [false, true] {
            while common.len() > 1 {
                let shorter = if at_end { common.split_last()?.1 } else { common.split_first()?.1 };
                let shorter = shorter.to_vec();
                let found = likeness(&shorter)?;
                if found.0 <= best.0 {
                    break;
                }
                (best, common) = (found, shorter);
            }
        }
        let (similarity, part) = best;
        Some((similarity, first + part.start..first + part.end))
    }
}

fn shown(body: &Body<'_>, similarity: f64, place: &Range<usize>) -> Option<Proposal> {
    let place = body.place(place.start, place.end)?;
    Some(Proposal {
        start: i32::try_from(place.start).ok()?,
        end: i32::try_from(place.end).ok()?,
        similarity: (similarity * 100.0).round() / 100.0,
        text: cut(place.words, TEXT_MAX),
    })
}

/// Whether a piece says something about where it stands.
fn votes(piece: &str) -> bool {
    piece.chars().all(char::is_alphanumeric)
}
