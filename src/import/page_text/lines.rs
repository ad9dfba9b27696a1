//! A page's lines, and what can be told from the shape of one.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A line of the page that is not blank; a hard-wrapped paragraph counts as one.
#[derive(Debug)]
pub(super) struct Line {
    /// From 1; of a wrapped paragraph the first.
    pub(super) number: usize,
    /// NFC, white space folded.
    pub(super) text: String,
    /// How many words it has.
    pub(super) words: usize,
    /// Code points.
    pub(super) length: usize,
}

/// Words that end with a full stop and end no sentence.
const ABBREVIATIONS: &str = "
    mr mrs ms dr prof sen rep gov gen col lt sgt capt st jr sr vs no inc ltd co corp jan feb mar
    apr jun jul aug sep sept oct nov dec rev hon messrs mt ft
";

impl Line {
    fn new(number: usize, text: String) -> Self {
        let words = text.split(' ').count();
        let length = text.chars().count();
        Self { number, text, words, length }
    }

    /// Whether it can be a headline: short, one sentence, no full stop unless it is in title case.
    pub(super) fn is_headline(&self) -> bool {
        if self.words > 25 || self.length > 200 || self.text.starts_with(['-', '•', '*', '“', '('])
        {
            return false;
        }
        if self.text.ends_with([':', ';', ','])
            || first_sentence(&self.text).len() < self.text.len()
        {
            return false;
        }
        !self.text.ends_with('.') || self.is_title_case()
    }

    /// Whether it can be the headline of another story: no final full stop, neither a word nor a paragraph.
    pub(super) fn is_link_like(&self) -> bool {
        self.words >= 4 && !self.text.ends_with('.') && self.is_headline() && self.starts_high()
    }

    /// Whether it is a sentence, or too long to be anything else.
    pub(super) fn is_prose(&self) -> bool {
        let body = self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '“']);
        let ends = body.ends_with(['.', '!', '?', '…', ':', '。', '！', '？']);
        self.words > 25 || self.length > 200 || (ends && self.words >= 6 && !self.is_title_case())
    }

    /// Whether most of its longer words begin with a capital.
    pub(super) fn is_title_case(&self) -> bool {
        let mut long = 0_usize;
        let mut high = 0_usize;
        for word in self.text.split([' ', '-', '–', '—', '/']) {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.chars().count() < 4 {
                continue;
            }
            match word.chars().next() {
                Some(c) if c.is_uppercase() => {
                    long = long.saturating_add(1);
                    high = high.saturating_add(1);
                }
                Some(c) if c.is_lowercase() => long = long.saturating_add(1),
                _ => {}
            }
        }
        high >= 3 && high.saturating_mul(4) >= long.saturating_mul(3)
    }

    fn starts_high(&self) -> bool {
        let first = self.text.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(|c| !c.is_lowercase())
    }
}

/// The lines of the text that are not blank, hard-wrapped paragraphs joined.
pub(super) fn split(text: &str) -> Vec<Line> {
    let text = text.replace("\r\n", "\n");
    let raw: Vec<String> = text
        .split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
        .map(fold)
        .collect();
    let width = raw.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let wrapped = is_wrapped(&raw, width);
    let mut lines: Vec<Line> = Vec::new();
    let mut joined = String::new();
    let mut number = 1;
    let mut last: Option<&String> = None;
    for (line, at) in raw.iter().zip(1_usize..) {
        let continues = wrapped && last.is_some_and(|last| is_full(last, line, width));
        if !continues && !joined.is_empty() {
            lines.push(Line::new(number, std::mem::take(&mut joined)));
        }
        if line.is_empty() {
            last = None;
            continue;
        }
        if joined.is_empty() {
            number = at;
        } else {
            joined.push(' ');
        }
        joined.push_str(line);
        last = Some(line);
    }
    if !joined.is_empty() {
        lines.push(Line::new(number, joined));
    }
    lines
}

/// NFC, control characters and white space folded to single spaces, none at the ends.
fn fold(line: &str) -> String {
    let normal = match is_nfc_quick(line.chars()) {
        IsNormalized::Yes => line.to_owned(),
        _ => line.nfc().collect(),
    };
    let mut folded = String::with_capacity(normal.len());
    for c in normal.chars().filter(|c| !matches!(c, '\u{feff}' | '\u{200b}')) {
        if c.is_whitespace() || c.is_control() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether the next line's first word would not have fitted on this line.
fn is_full(line: &str, next: &str, width: usize) -> bool {
    let first = next.split(' ').next().unwrap_or_default();
    !next.is_empty() && line.chars().count().saturating_add(first.chars().count()) >= width
}

/// Whether the text's paragraphs are broken into lines of one width, as mail and wire copy is.
fn is_wrapped(raw: &[String], width: usize) -> bool {
    if width > 100 {
        return false;
    }
    let (mut pairs, mut full, mut low) = (0_usize, 0_usize, 0_usize);
    for (line, next) in raw.iter().zip(raw.iter().skip(1)) {
        if line.is_empty() || next.is_empty() {
            continue;
        }
        pairs = pairs.saturating_add(1);
        full = full.saturating_add(usize::from(is_full(line, next, width)));
        low = low.saturating_add(usize::from(next.starts_with(char::is_lowercase)));
    }
    pairs >= 3
        && full.saturating_mul(4) >= pairs.saturating_mul(3)
        && low.saturating_mul(3) >= pairs
}

/// The text up to the end of its first sentence.
pub(super) fn first_sentence(text: &str) -> &str {
    let mut word_start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == ' ' {
            word_start = at.saturating_add(1);
        }
        if !matches!(c, '.' | '!' | '?' | '…' | '。') {
            continue;
        }
        let mut end = at.saturating_add(c.len_utf8());
        while let Some((next, closer)) =
            chars.next_if(|(_, c)| matches!(c, '"' | '”' | '’' | ')' | '»' | '.' | '!' | '?'))
        {
            end = next.saturating_add(closer.len_utf8());
        }
        let rest = text.get(end..).unwrap_or_default();
        let starts_next =
            rest.strip_prefix(' ').and_then(|rest| rest.chars().next()).is_some_and(|c| {
                (c.is_alphanumeric() && !c.is_lowercase())
                    || matches!(c, '"' | '“' | '‘' | '„' | '«' | '\'' | '(')
            });
        let word = text.get(word_start..at).unwrap_or_default();
        if starts_next && !(c == '.' && is_abbreviation(word)) {
            return text.get(..end).unwrap_or(text);
        }
    }
    text
}

fn is_abbreviation(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let initials = word.contains('.') || (word.chars().count() == 1 && word != "I");
    initials && word.chars().all(|c| c.is_alphabetic() || c == '.')
        || ABBREVIATIONS.split_ascii_whitespace().any(|known| known == word.to_lowercase())
}
