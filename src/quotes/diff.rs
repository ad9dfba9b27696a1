//! What has changed between two texts: sentence by sentence, and inside of changed sentences word by word.
//!
//! Whole sentences go first, so that a sentence that is taken out is not mistaken for another that begins
//! like it. The work is bounded: what is too long to be compared counts as changed from its first to its last
//! difference.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// How many pairs of pieces may be compared for two texts.
const PAIRS_MAX: usize = 100_000_000;

/// A stretch of the old text, in bytes, and what stands there in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// How a text is cut: the pieces, joined, are the text.
type Cut = fn(&str) -> Vec<&str>;

/// The changes, in order, that make one text of the other.
pub(super) fn hunks(old: &str, new: &str) -> Vec<Hunk> {
    compared(old, new, &[sentences, words])
}

/// How much of two texts is the same, word by word and in order, from 0 to 1.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    let hunks = compared(one, other, &[words]);
    let changed = hunks.iter().map(|hunk| hunk.old.len() + hunk.new.len()).sum::<usize>();
    let all = one.len() + other.len();
    ratio(all - changed, all)
}

/// The stretches of the second text, in bytes, that it has in common with the first, word by word and in order.
pub(super) fn common(one: &str, other: &str) -> Vec<Range<usize>> {
    let hunks = compared(one, other, &[words]);
    let mut start = 0;
    let mut common = Vec::new();
    for end in hunks.iter().map(|hunk| &hunk.new).chain([&(other.len()..other.len())]) {
        if start < end.start {
            common.push(start..end.start);
        }
        start = end.end;
    }
    common
}

/// A part of a whole, from 0 to 1.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    if whole == 0 { 1.0 } else { number(part) / number(whole) }
}

fn compared(old: &str, new: &str, cuts: &[Cut]) -> Vec<Hunk> {
    let mut comparison = Comparison { pairs: PAIRS_MAX, hunks: Vec::new() };
    comparison.compare((old, 0), (new, 0), cuts);
    comparison.hunks
}

struct Comparison {
    /// How many pairs of pieces may still be compared.
    pairs: usize,
    hunks: Vec<Hunk>,
}

impl Comparison {
    /// Compares two stretches, each with the byte at which it begins in its text.
    fn compare(&mut self, old: (&str, usize), new: (&str, usize), cuts: &[Cut]) {
        let whole = |(text, start): (&str, usize)| start..start + text.len();
        let Some((cut, finer)) =
            cuts.split_first().filter(|_| !old.0.is_empty() && !new.0.is_empty())
        else {
            self.hunks.push(Hunk { old: whole(old), new: whole(new) });
            return;
        };
        let (before, after) = (cut(old.0), cut(new.0));
        let (old_starts, new_starts) = (starts(&before), starts(&after));
        for (before, after) in self.changed(&before, &after) {
            let (Some(from), Some(to)) = (bytes(&before, &old_starts), bytes(&after, &new_starts))
            else {
                continue;
            };
            let old_part = old.0.get(from.clone()).unwrap_or_default();
            let new_part = new.0.get(to.clone()).unwrap_or_default();
            self.compare((old_part, old.1 + from.start), (new_part, new.1 + to.start), finer);
        }
    }

    /// The ranges of pieces that are not the same.
    fn changed(&mut self, old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
        let same = |(one, other): &(&&str, &&str)| one == other;
        let first = old.iter().zip(new).take_while(same).count();
        let most = old.len().min(new.len()) - first;
        let last = old.iter().rev().zip(new.iter().rev()).take(most).take_while(same).count();
        let (old_core, new_core) = (first..old.len() - last, first..new.len() - last);
        let pairs = old_core.len().saturating_mul(new_core.len());
        if old_core.is_empty() && new_core.is_empty() {
            return Vec::new();
        }
        let Some(left) = self.pairs.checked_sub(pairs) else { return vec![(old_core, new_core)] };
        self.pairs = left;
        let mut input = InternedInput::default();
        input.update_before(old.get(old_core).into_iter().flatten().copied());
        input.update_after(new.get(new_core).into_iter().flatten().copied());
        let index = |piece: u32| first + usize::try_from(piece).unwrap_or_default();
        let range = |pieces: &Range<u32>| index(pieces.start)..index(pieces.end);
        let diff = Diff::compute(Algorithm::Histogram, &input);
        diff.hunks().map(|hunk| (range(&hunk.before), range(&hunk.after))).collect()
    }
}

/// Where each piece begins, and where the last one ends.
fn starts(pieces: &[&str]) -> Vec<usize> {
    let ends = pieces.iter().scan(0, |end, piece| {
        *end += piece.len();
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

fn bytes(pieces: &Range<usize>, starts: &[usize]) -> Option<Range<usize>> {
    Some(*starts.get(pieces.start)?..*starts.get(pieces.end)?)
}

/// The text cut behind every sentence: its last sign, what closes it, and the space after it.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let ends_sentence = |c: char| matches!(c, '.' | '!' | '?' | '。' | '！' | '？');
    let closes = |c: char| matches!(c, '\'' | '"' | ')' | ']');
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        if ended && c == ' ' {
            pieces.extend(text.get(start..=at));
            start = at + 1;
        }
        ended = ends_sentence(c) || (ended && closes(c));
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// The text cut into runs of letters and digits and single other characters.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let goes_on = in_word && is_word(c);
        if !goes_on && at > start {
            pieces.extend(text.get(start..at));
            start = at;
        }
        in_word = is_word(c);
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// Whether a character is part of a word.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}
