//! Slugs: the readable names in addresses, either asked for or made from a title.
//!
//! There is one canonical form: NFKC-folded lower case, made of letters and digits of any script
//! with single hyphens between them. A slug asked for must be in it; a slug made here always is.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most code points a slug may have.
pub const SLUG_MAX: usize = 200;

/// The most code points of a slug made from a title.
pub const TITLE_SLUG_MAX: usize = 80;

/// The most combining marks one letter may carry: Tibetan and pointed Hebrew need several.
const MARKS_MAX: usize = 8;

/// Words that stand for something else in an address.
const RESERVED: [&str; 2] = ["search", "new"];

/// A slug in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// The slug asked for, if it is in the canonical form.
    ///
    /// Only NFD is forgiven: it is the same text, and becomes NFC. Everything else that is not
    /// canonical is refused, so that one thing never has two addresses.
    ///
    /// # Errors
    /// Says the first thing that is wrong, and a slug that would be right.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let slug: String = text.nfc().collect();
        match problem_of(&slug) {
            None => Ok(Self(slug)),
            Some(problem) => Err(SlugError { problem, suggestion: Self::from_title(text) }),
        }
    }

    /// The slug made from a title; `None` when the title has neither letter nor digit.
    ///
    /// Latin letters lose their diacritics, other scripts stay; apostrophes and invisible
    /// characters are dropped, and every other run becomes a hyphen. A long title is cut at the
    /// last hyphen of its first 80 code points, or inside a word when there is no hyphen in their
    /// second half. A title that would give a reserved word or the shape of a UUID gets `-1`.
    #[must_use]
    pub fn from_title(title: &str) -> Option<Self> {
        let mut slug = shortened(&hyphenated(title));
        if slug.is_empty() {
            return None;
        }
        if RESERVED.contains(&slug.as_str()) || looks_like_id(&slug) {
            slug.push_str("-1");
        }
        Some(Self(slug))
    }

    /// The slug with a number behind it, for when it is taken: `budget` gives `budget-2`.
    ///
    /// A slug that would become too long is cut to make room.
    #[must_use]
    pub fn numbered(&self, n: u32) -> Self {
        let number = format!("-{n}");
        let room = SLUG_MAX.saturating_sub(number.len());
        let mut slug: String = self.0.chars().take(room).collect();
        slug.truncate(slug.trim_end_matches('-').len());
        slug.push_str(&number);
        Self(slug)
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The slug made for a thing of this name, or for a nameless one of its kind: the first free one of
/// `name`, `name-2`, `name-3` …
pub(crate) fn made(
    name: &str,
    kind: &str,
    mut taken: impl FnMut(&Slug) -> crate::error::Result<bool>,
) -> crate::error::Result<Slug> {
    let plain = Slug::from_title(name).unwrap_or_else(|| Slug(kind.to_owned()));
    if !taken(&plain)? {
        return Ok(plain);
    }
    // Doubling finds a free number in few steps, also where thousands have the same name.
    let mut n = 2_u32;
    while taken(&plain.numbered(n))? {
        n = n.saturating_mul(2);
    }
    let (mut low, mut high) = (n / 2, n);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if taken(&plain.numbered(middle))? { low = middle } else { high = middle }
    }
    Ok(plain.numbered(high))
}

/// A slug in the body of a PUT must be the one in its path.
pub(crate) fn must_match(asked: Option<&Slug>, path: &str) -> crate::error::Result<()> {
    match asked {
        Some(slug) if slug.as_str() != path => {
            let detail = format!("must be `{path}` as in the path, or absent; PATCH renames");
            Err(crate::error::Error::field("/slug", "mismatch", detail))
        }
        _ => Ok(()),
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// Why a slug was refused, and what would be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlugError {
    /// What is wrong with the slug.
    pub problem: SlugProblem,
    /// A slug much like it that is right, when there is one.
    pub suggestion: Option<Slug>,
}

/// What can be wrong with a slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlugProblem {
    /// There is nothing in it.
    Empty,
    /// It has more than [`SLUG_MAX`] code points.
    TooLong,
    /// This character may not stand in a slug.
    Character(char),
    /// A hyphen stands at an end or beside another hyphen.
    Hyphen,
    /// A combining mark stands without a letter, or too many stand on one.
    Mark,
    /// The word stands for something else in an address.
    Reserved,
    /// It has the shape of a UUID, so it could not be told from an id.
    LooksLikeId,
}

impl fmt::Display for SlugError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            SlugProblem::Empty => f.write_str("a slug may not be empty")?,
            SlugProblem::TooLong => write!(f, "a slug has at most {SLUG_MAX} characters")?,
            SlugProblem::Character(c) => {
                if is_letter(c) || c.is_ascii_graphic() {
                    write!(f, "`{c}`")?;
                } else {
                    write!(f, "U+{:04X}", u32::from(c))?;
                }
                f.write_str(" may not stand in a slug, which is made of lower-case letters, ")?;
                f.write_str("digits and single hyphens")?;
            }
            SlugProblem::Hyphen => {
                f.write_str("in a slug a hyphen stands alone between letters or digits")?;
            }
            SlugProblem::Mark => {
                write!(f, "in a slug 1 to {MARKS_MAX} combining marks follow a letter")?;
            }
            SlugProblem::Reserved => f.write_str("this slug is reserved")?,
            SlugProblem::LooksLikeId => f.write_str("a slug may not look like a UUID")?,
        }
        match &self.suggestion {
            Some(slug) => write!(f, "; try `{slug}`"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for SlugError {}

/// The first thing that keeps an NFC text from being a slug.
fn problem_of(slug: &str) -> Option<SlugProblem> {
    if slug.is_empty() {
        return Some(SlugProblem::Empty);
    }
    if slug.chars().count() > SLUG_MAX {
        return Some(SlugProblem::TooLong);
    }
    if let Some(c) = slug.chars().find(|&c| !is_canonical(c)) {
        return Some(SlugProblem::Character(c));
    }
    if slug.starts_with('-') || slug.ends_with('-') || slug.contains("--") {
        return Some(SlugProblem::Hyphen);
    }
    if has_stray_marks(slug) {
        return Some(SlugProblem::Mark);
    }
    if RESERVED.contains(&slug) {
        return Some(SlugProblem::Reserved);
    }
    looks_like_id(slug).then_some(SlugProblem::LooksLikeId)
}

fn is_canonical(c: char) -> bool {
    c == '-' || ((is_letter(c) || is_mark(c)) && folded(&String::from(c)).chars().eq([c]))
}

/// Lower case after NFKC, and NFKC again for what the lower case brought in.
fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase().nfkc().collect()
}

/// Letters and digits of any script, without those that show nothing and those that are symbols.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        && !is_combining_mark(c)
        && !matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')
        && !matches!(c, '\u{1F130}'..='\u{1F189}')
}

/// Marks that belong to a letter, without variation selectors and marks that enclose.
fn is_mark(c: char) -> bool {
    is_combining_mark(c) && !is_invisible(c) && !matches!(c, '\u{20D0}'..='\u{20FF}')
}

/// Characters that show nothing: joiners, bidi controls, variation selectors, fillers.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{B4}'
            | '\u{2B9}'
            | '\u{2BB}'
            | '\u{2BC}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{2032}'
            | '\u{5F3}'
            | '\u{5F4}'
            | '\u{FF07}'
    )
}

fn has_stray_marks(slug: &str) -> bool {
    let mut marks = MARKS_MAX;
    slug.chars().any(|c| {
        marks = match c {
            '-' => MARKS_MAX,
            c if is_mark(c) => marks + 1,
            _ => 0,
        };
        marks > MARKS_MAX
    })
}

/// Whether an id parser might take the text for a UUID, with hyphens or without.
fn looks_like_id(slug: &str) -> bool {
    let groups: Vec<usize> = slug.split('-').map(str::len).collect();
    slug.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
        && (groups == [8, 4, 4, 4, 12] || groups == [32])
}

/// The letters and digits of a title, folded, with one hyphen for whatever was between them.
fn hyphenated(title: &str) -> String {
    let visible = |c: &char| !is_apostrophe(*c) && !is_invisible(*c);
    let lower = title.chars().filter(visible).nfkc().collect::<String>().to_lowercase();
    let mut slug = String::with_capacity(lower.len());
    // Marks are kept as long as there are fewer than MARKS_MAX of them; a Latin letter takes none.
    let mut marks = MARKS_MAX;
    for c in lower.chars().nfkd().filter(visible) {
        if is_mark(c) {
            if marks < MARKS_MAX {
                marks += 1;
                slug.push(c);
            }
        } else if let Some(spelling) = latin_spelling(c) {
            marks = MARKS_MAX;
            slug.push_str(spelling);
        } else if is_letter(c) {
            marks = if c.is_ascii() { MARKS_MAX } else { 0 };
            slug.push(c);
        } else {
            marks = MARKS_MAX;
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
    }
    slug.trim_end_matches('-').nfc().collect()
}

/// How a Latin letter that does not decompose is written in ASCII.
fn latin_spelling(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        _ => return None,
    })
}

/// The slug cut to [`TITLE_SLUG_MAX`], between words if that leaves at least half of it.
fn shortened(slug: &str) -> String {
    let mut head: Vec<char> = slug.chars().take(TITLE_SLUG_MAX).collect();
    let next = slug.chars().nth(TITLE_SLUG_MAX).unwrap_or('-');
    if next != '-' {
        match head.iter().rposition(|&c| c == '-') {
            Some(hyphen) if hyphen >= TITLE_SLUG_MAX / 2 => head.truncate(hyphen),
            _ if is_mark(next) => {
                let letter = head.iter().rposition(|&c| !is_mark(c)).unwrap_or(0);
                head.truncate(letter);
            }
            _ => {}
        }
    }
    let head: String = head.into_iter().collect();
    head.trim_end_matches('-').to_owned()
}
