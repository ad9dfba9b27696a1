//! The words of a text as they are looked for: one spelling and one division for both databases.
//!
//! A word is a run of letters and digits of any script, compared without case, accents and ligatures
//! (`Łódź` is `lodz`, `Straße` is `strasse`). Scripts that put no blanks between words (Chinese,
//! Japanese, Thai, Lao, Khmer, Burmese) and Korean, whose blanks stand elsewhere than its words end,
//! have a word in each character: what is typed together is looked for side by side.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::text::{is_accent, is_invisible, is_unspaced};

/// Stands before the first word of every text: no text has it, so “not this” has something to begin from.
pub(super) const EVERY: &str = "\u{e000}";
/// How many letters of a word count.
const LETTERS_MAX: usize = 64;
/// How many bytes of a text's words are kept to be searched: some 80,000 words.
const KEPT_BYTES_MAX: usize = 512 * 1024;

/// Whether a word of one character is all there is of it: no beginning of it is shorter.
pub(super) fn is_single(c: char) -> bool {
    is_unspaced(c) || matches!(c, '\u{3005}'..='\u{3007}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether a character belongs to the one before it.
fn continues(c: char) -> bool {
    !c.is_ascii()
        && (is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}'))
}

/// A word that is being read.
#[derive(Default)]
struct Word {
    letters: String,
    count: usize,
    place: Range<usize>,
    single: bool,
}

impl Word {
    fn push(&mut self, letter: char, place: &Range<usize>) {
        if self.letters.is_empty() {
            self.place = place.clone();
        }
        self.place.end = place.end;
        self.count += 1;
        if self.count <= LETTERS_MAX {
            self.letters.push(letter);
        }
    }

    fn end(&mut self, take: &mut impl FnMut(&str, Range<usize>)) {
        if !self.letters.is_empty() {
            take(&self.letters, self.place.clone());
        }
        self.letters.clear();
        self.count = 0;
        self.single = false;
    }

    fn letter(&mut self, c: char, at: &Range<usize>, take: &mut impl FnMut(&str, Range<usize>)) {
        let mark = is_combining_mark(c);
        if !mark && !c.is_alphanumeric() {
            return self.end(take);
        }
        if !mark && (self.single || is_single(c)) {
            self.end(take);
        }
        self.single |= is_single(c);
        match other_spelling(c) {
            Some(letters) => letters.chars().for_each(|letter| self.push(letter, at)),
            None => c.to_lowercase().for_each(|letter| self.push(letter, at)),
        }
    }
}

/// Letters that no normalisation takes apart, as they are written where a keyboard lacks them.
const fn other_spelling(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Gives each word of a text, and where in it, in bytes, it stands.
pub(super) fn each(text: &str, mut take: impl FnMut(&str, Range<usize>)) {
    let mut word = Word::default();
    let mut chars = text.char_indices().peekable();
    let mut whole = String::new();
    while let Some((at, c)) = chars.next() {
        let mut place = at..at + c.len_utf8();
        if c.is_ascii() && chars.peek().is_none_or(|(_, next)| !continues(*next)) {
            if word.single || !c.is_ascii_alphanumeric() {
                word.end(&mut take);
            }
            if c.is_ascii_alphanumeric() {
                word.push(c.to_ascii_lowercase(), &place);
            }
            continue;
        }
        whole.clear();
        whole.push(c);
        while let Some((at, mark)) = chars.next_if(|(_, next)| continues(*next)) {
            whole.push(mark);
            place.end = at + mark.len_utf8();
        }
        let shown = |c: &char| !is_accent(*c) && (c.is_whitespace() || !is_invisible(*c));
        for letter in whole.nfkd().filter(shown).nfc() {
            word.letter(letter, &place, &mut take);
        }
    }
    word.end(&mut take);
}

/// The words of a text, each in its spelling.
pub(super) fn of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(text, |word, _| words.push(word.to_owned()));
    words
}

/// The words of a text between single blanks, with one before the first and one behind the last: what the
/// databases keep. `marks` come first.
pub(crate) fn joined(marks: &[&str], text: &str) -> String {
    let mut joined = String::with_capacity(text.len().min(KEPT_BYTES_MAX) + 2);
    joined.push(' ');
    for mark in marks {
        joined.push_str(mark);
        joined.push(' ');
    }
    let mut full = false;
    each(text, |word, _| {
        full |= joined.len() + word.len() > KEPT_BYTES_MAX;
        if !full {
            joined.push_str(word);
            joined.push(' ');
        }
    });
    joined
}
