//! Words as they are compared: so that case, accents, hidden characters and look-alikes hide nothing.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::skeleton;

use crate::text::{is_accent, is_invisible, is_unspaced};

/// A text as words apart by single blanks, in two spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// The words without case and accents.
    pub letters: String,
    /// How they look: letters of other scripts and digits read as the Latin letters they pass for.
    ///
    /// A spelling of its own, for it is wrong about other scripts: a Russian `В` passes for a `B`, a `в` for nothing.
    pub look: String,
}

impl Spelling {
    /// Both spellings of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let plain = text.nfkc().filter(|c| c.is_whitespace() || !is_invisible(*c));
        let plain = plain.nfkd().filter(|c| !is_accent(*c)).nfc().collect::<String>();
        let letters = plain.to_lowercase();
        let look = plain.chars().flat_map(|c| looks(c).chars().collect::<Vec<_>>());
        let look = look.collect::<String>();
        Self { letters: spaced(&letters, str::to_owned), look: spaced(&look, read) }
    }
}

/// The words of a text with single blanks between them.
fn spaced(text: &str, word: impl Fn(&str) -> String) -> String {
    let words = text.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty());
    words.map(word).collect::<Vec<_>>().join(" ")
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// The Latin letters a character passes for, in lower case; itself when it passes for none.
fn looks(c: char) -> String {
    let lower = c.to_lowercase().collect::<String>();
    if c.is_ascii() {
        return lower;
    }
    let small = skeleton(&lower).collect::<String>();
    let large = skeleton(c.encode_utf8(&mut [0; 4])).collect::<String>();
    match (small.is_ascii(), large.is_ascii()) {
        (true, _) => small.to_lowercase(),
        (false, true) => large.to_lowercase(),
        (false, false) => small,
    }
}

/// A word whose digits are read as letters, if it has any letters.
fn read(word: &str) -> String {
    if word.chars().all(|c| c.is_ascii_digit()) {
        return word.to_owned();
    }
    let letter = |c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    };
    word.chars().map(letter).collect()
}

/// A text in which words are looked for.
#[derive(Debug)]
pub struct Searched {
    letters: Words,
    look: Words,
}

#[derive(Debug)]
struct Words {
    /// The words, with a blank before and behind each.
    text: String,
    all: HashSet<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let all = text.split(' ').map(ToOwned::to_owned).collect();
        Self { text: format!(" {text} "), all }
    }

    fn has(&self, words: &str) -> bool {
        if words.chars().any(is_unspaced) {
            return self.text.contains(words);
        }
        match words.split_once(' ') {
            None => self.all.contains(words),
            Some((first, _)) => {
                self.all.contains(first) && self.text.contains(&format!(" {words} "))
            }
        }
    }
}

impl Searched {
    /// The text of this spelling.
    #[must_use]
    pub fn new(spelling: &Spelling) -> Self {
        Self { letters: Words::of(&spelling.letters), look: Words::of(&spelling.look) }
    }

    /// Whether these words stand in it, whole and side by side, in one of the spellings.
    #[must_use]
    pub fn has(&self, words: &Spelling) -> bool {
        self.letters.has(&words.letters) || self.look.has(&words.look)
    }
}
