//! What has changed between two texts: sentence by sentence, and inside of changed sentences word by word.
//!
//! Whole sentences go first, so that a sentence that is taken out is not mistaken for another that begins
//! like it. The work is bounded by the heuristics of imara-diff, whatever the texts are.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

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
    let mut hunks = Vec::new();
    compare((old, 0), (new, 0), &[sentences, words], &mut hunks);
    hunks
}

/// How much of two texts is the same, word by word and in order, from 0 to 1.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    let mut hunks = Vec::new();
    compare((one, 0), (other, 0), &[words], &mut hunks);
    let changed = hunks.iter().map(|hunk| hunk.old.len() + hunk.new.len()).sum::<usize>();
    let all = one.len() + other.len();
    ratio(all - changed, all)
}

/// The stretches of the second text, in bytes, that it has in common with the first, word by word and in order.
pub(super) fn common(one: &str, other: &str) -> Vec<Range<usize>> {
    let mut hunks = Vec::new();
    compare((one, 0), (other, 0), &[words], &mut hunks);
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

/// Compares two stretches, each with the byte at which it begins in its text.
fn compare(old: (&str, usize), new: (&str, usize), cuts: &[Cut], hunks: &mut Vec<Hunk>) {
    let whole = |(text, start): (&str, usize)| start..start + text.len();
    let Some((cut, finer)) = cuts.split_first().filter(|_| !old.0.is_empty() && !new.0.is_empty())
    else {
        hunks.push(Hunk { old: whole(old), new: whole(new) });
        return;
    };
    let (before, after) = (cut(old.0), cut(new.0));
    let mut input = InternedInput::default();
    input.update_before(before.iter().copied());
    input.update_after(after.iter().copied());
    let (old_starts, new_starts) = (starts(&before), starts(&after));
    for hunk in Diff::compute(Algorithm::Histogram, &input).hunks() {
        let (Some(from), Some(to)) =
            (bytes(&hunk.before, &old_starts), bytes(&hunk.after, &new_starts))
        else {
            continue;
        };
        let old_part = old.0.get(from.clone()).unwrap_or_default();
        let new_part = new.0.get(to.clone()).unwrap_or_default();
        compare((old_part, old.1 + from.start), (new_part, new.1 + to.start), finer, hunks);
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

fn bytes(pieces: &Range<u32>, starts: &[usize]) -> Option<Range<usize>> {
    let at = |piece: u32| starts.get(usize::try_from(piece).ok()?).copied();
    Some(at(pieces.start)?..at(pieces.end)?)
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
