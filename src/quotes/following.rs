//! Following quotes through an edit: where the words that stood at a place of the old text stand in the new one.
//!
//! A quote follows the text it stands in, never the look of its words. What no change touches is exactly where
//! the changes before it have moved it. What was touched may still stand whole elsewhere, in a paragraph that was
//! moved: then it must be new there, the only one, and have its surroundings with it. Words that stood there before,
//! however alike, are somebody else's.

use std::ops::Range;

use super::anchor::{Body, Folding, Found, PREFIX_MAX, first_points, last_points};
use super::diff::{Hunk, hunks, is_word, likeness, sentences};

/// How much of a quote must still be there for it to be called altered rather than gone.
const ALTERED_MIN: f64 = 0.5;

/// Up to how many bytes words are also compared letter by letter.
const FEW_MAX: usize = 200;

/// How many code points of the text around a quote must be the same to tell its place.
const CONTEXT_MIN: usize = 8;

/// An edit of a text in which quotes stand.
#[derive(Debug)]
pub struct Edit<'a> {
    old: &'a Body<'a>,
    new: &'a Body<'a>,
    hunks: Vec<Hunk>,
}

/// What an edit does to a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Its words stand here now.
    Stands(Found),
    /// Its words were changed to these, or are gone.
    Touched(Option<After>),
}

/// The words that stand where others stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The words, exactly as they stand there.
    pub words: String,
    /// Where they stand.
    pub found: Found,
}

impl<'a> Edit<'a> {
    /// What has to be done to make the one text of the other.
    #[must_use]
    pub fn between(old: &'a Body<'a>, new: &'a Body<'a>) -> Self {
        Self { old, new, hunks: hunks(old.folded(), new.folded()) }
    }

    /// What becomes of the words from one code point of the old text to another.
    #[must_use]
    pub fn follow(&self, start: usize, end: usize) -> Fate {
        let Some(span) = self.old.folded_range(start, end) else {
            return Fate::Touched(None);
        };
        let words = self.old.folded().get(span.clone()).unwrap_or_default();
        let there = self.carried(&span);
        let stands = match there {
            Some(place) if self.is_the_same(&span, place, words) => self.found(place, words.len()),
            _ => self.moved(&span, words),
        };
        stands.map_or_else(|| Fate::Touched(self.after(&span, words)), Fate::Stands)
    }

    fn found(&self, start: usize, length: usize) -> Option<Found> {
        let found = self.new.place(start, start.checked_add(length)?)?.describe();
        Some(found)
    }

    /// Where a stretch that no change touches has been carried to.
    fn carried(&self, span: &Range<usize>) -> Option<usize> {
        let first = self.hunks.partition_point(|hunk| hunk.old.end <= span.start);
        let touches = self.hunks.get(first).is_some_and(|hunk| hunk.old.start < span.end);
        if touches { None } else { shifted(self.before(first), span.start, true) }
    }

    fn before(&self, index: usize) -> Option<&Hunk> {
        index.checked_sub(1).and_then(|last| self.hunks.get(last))
    }

    /// Whether words that were carried to a place are surely those that stood there before, and not
    /// others that read the same: their surroundings say so, or there are no others.
    fn is_the_same(&self, span: &Range<usize>, place: usize, words: &str) -> bool {
        let old = surroundings(self.old.folded(), span);
        let new = surroundings(self.new.folded(), &(place..place + span.len()));
        let alone = |body: &Body<'_>| body.occurrences(words).len() == 1;
        old == new || (alone(self.old) && alone(self.new))
    }

    /// Where touched words stand whole again: at one place that no other words were carried to, and that
    /// has the same surroundings.
    fn moved(&self, span: &Range<usize>, words: &str) -> Option<Found> {
        let own =
            |start: &usize| self.origin(*start, words.len()).is_none_or(|at| at == span.start);
        let (before, after) = surroundings(self.old.folded(), span);
        let places = self.new.occurrences(words).into_iter().filter(own);
        let start = fitting(self.new.folded(), places, words, before, after)?;
        self.found(start, words.len())
    }

    /// Where words of the new text that no change touches stood in the old one.
    fn origin(&self, start: usize, length: usize) -> Option<usize> {
        let first = self.hunks.partition_point(|hunk| hunk.new.end <= start);
        let touches = self.hunks.get(first).is_some_and(|hunk| hunk.new.start < start + length);
        if touches { None } else { shifted(self.before(first), start, false) }
    }

    /// What stands where touched words stood, if the changes say where that begins and ends and it is still much
    /// like them.
    fn after(&self, span: &Range<usize>, words: &str) -> Option<After> {
        let range = self.edges(span)?;
        let text = self.new.folded().get(range.clone())?;
        let start = range.start + (text.len() - text.trim_start().len());
        let trimmed = text.trim();
        let place = self.new.place(start, start + trimmed.len())?;
        (!trimmed.is_empty() && is_alike(words, trimmed))
            .then(|| After { words: place.words.to_owned(), found: place.describe() })
    }

    /// The stretch of the new text between the places to which the edges of an old one were carried. An edge
    /// inside of something that was replaced is nowhere.
    fn edges(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let inside = |at: usize| self.hunks.iter().any(|h| h.old.start < at && at < h.old.end);
        if inside(span.start) || inside(span.end) {
            return None;
        }
        // What is put in right before the first word is not yet part of it, right behind the last no longer.
        let first = self.hunks.partition_point(|hunk| hunk.old.end <= span.start);
        let start = shifted(self.before(first), span.start, true)?;
        let last = self.hunks.partition_point(|hunk| {
            hunk.old.end < span.end || (hunk.old.end == span.end && !hunk.old.is_empty())
        });
        let end = shifted(self.before(last), span.end, true)?;
        (start <= end).then_some(start..end)
    }
}

/// Whether words are much the same: as words, or, a few of them, as letters.
fn is_alike(words: &str, others: &str) -> bool {
    let are_few = words.len().max(others.len()) <= FEW_MAX;
    likeness(words, others) >= ALTERED_MIN
        || (are_few && strsim::normalized_levenshtein(words, others) >= ALTERED_MIN)
}

/// A byte moved by the last change before it, forwards or back.
fn shifted(last: Option<&Hunk>, at: usize, forwards: bool) -> Option<usize> {
    let Some(Hunk { old, new }) = last else { return Some(at) };
    let (from, to) = if forwards { (old.end, new.end) } else { (new.end, old.end) };
    at.checked_sub(from)?.checked_add(to)
}

/// The text on both sides of a stretch, as far as it tells one place from another.
fn surroundings<'t>(text: &'t str, span: &Range<usize>) -> (&'t str, &'t str) {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    (last_points(before, PREFIX_MAX), first_points(after, PREFIX_MAX))
}

/// The only one of the places that is a place of whole words and has these surroundings: both, where several
/// have one of them.
fn fitting(
    text: &str,
    places: impl Iterator<Item = usize>,
    words: &str,
    before: &str,
    after: &str,
) -> Option<usize> {
    // What belongs to another sentence may have stayed behind.
    let before = sentences(before).pop().unwrap_or_default();
    let after = sentences(after).first().map_or("", |sentence| sentence.trim_end());
    let long = |context: &str| context.chars().count() >= CONTEXT_MIN;
    let (long_before, long_after) = (long(before), long(after));
    if !long_before && !long_after {
        return None;
    }
    let fits = |start: usize| {
        let (now_before, now_after) = surroundings(text, &(start..start + words.len()));
        let same_before = long_before && now_before.ends_with(before);
        let same_after = long_after && now_after.starts_with(after);
        usize::from(same_before) + usize::from(same_after)
    };
    let places = places.map(|start| (fits(start), start)).filter(|(fits, _)| *fits > 0);
    let mut places = places.collect::<Vec<_>>();
    if places.len() > 1 {
        places.retain(|(fits, _)| *fits == 2);
    }
    match places.as_slice() {
        [(_, start)] if !cuts_words(text, &(*start..start + words.len())) => Some(*start),
        _ => None,
    }
}

/// Whether a stretch begins or ends inside of a word.
fn cuts_words(text: &str, span: &Range<usize>) -> bool {
    let cuts = |at: usize| {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        before.chars().next_back().is_some_and(is_word) && after.chars().next().is_some_and(is_word)
    };
    cuts(span.start) || cuts(span.end)
}

/// Where the words of a quote stand again that had lost its place: with one of the surroundings it last had.
#[must_use]
pub fn found_again(body: &Body<'_>, quote: &str, prefix: &str, suffix: &str) -> Option<Found> {
    let [quote, prefix, suffix] = [quote, prefix, suffix].map(|text| Folding::of(text).text);
    let words = quote.trim_matches(' ');
    if words.is_empty() {
        return None;
    }
    let places = body.occurrences(words).into_iter();
    let before = last_points(&prefix, PREFIX_MAX);
    let start = fitting(body.folded(), places, words, before, first_points(&suffix, PREFIX_MAX))?;
    Some(body.place(start, start + words.len())?.describe())
}
