//! Texts as clients send them: one line or many, names, languages, addresses, and how a path names a thing.

use std::fmt::{self, Write as _};
use std::net::IpAddr;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::db::types::Id;

/// Characters that show nothing: a text made of these and white space is blank.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fe00}'..='\u{fe0f}')
}

/// Characters that turn the direction of what follows: a name with them can look like another.
const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Marks that a language leaves out without harm; those that are its vowels stay.
pub(crate) const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Letters of scripts that put no blanks between words.
pub(crate) const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn line(text: &str) -> Result<String, String> {
    if text.chars().all(is_invisible) {
        return Err("must not be blank".to_owned());
    }
    let breaks =
        |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if text.chars().any(breaks) {
        return Err("must be one line, without line breaks".to_owned());
    }
    Ok(text.trim().nfc().collect())
}

fn name(text: &str) -> Result<String, String> {
    if text.chars().any(is_bidi_control) {
        return Err("must not contain characters that turn the writing direction".to_owned());
    }
    line(text)
}

/// How many combining marks one letter of a reader's name may carry: Tibetan and pointed Hebrew need several.
const MARKS_MAX: usize = 5;

/// Whether combining marks stand in stacks that would cover the lines above and below.
pub(crate) fn has_stacked_marks(text: &str) -> bool {
    let mut marks = 0;
    text.nfc().any(|c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks > MARKS_MAX
    })
}

/// Whether one of the words is an e-mail address, or all of it an IP address.
fn is_reachable(name: &str) -> bool {
    let parts = |c: char| c.is_whitespace() || "<>()[]\"',;:".contains(c);
    let mail = |word: &str| {
        let halves = word.split_once('@');
        halves.is_some_and(|(who, host)| !who.is_empty() && host.trim_matches('.').contains('.'))
    };
    name.trim().parse::<IpAddr>().is_ok() || name.split(parts).any(mail)
}

fn reader_name(text: &str) -> Result<String, String> {
    if is_reachable(text) {
        return Err("must not be an e-mail or IP address: everybody reads it".to_owned());
    }
    if has_stacked_marks(text) {
        return Err(format!("must not stack more than {MARKS_MAX} combining marks on one letter"));
    }
    name(text)
}

fn prose(text: &str) -> Result<String, String> {
    if text.chars().all(is_invisible) {
        return Err("must not be blank; leave it out or send null".to_owned());
    }
    Ok(text.to_owned())
}

fn language(text: &str) -> Result<String, String> {
    let wrong = || Err(format!("must be a BCP 47 tag such as `en` or `pt-BR`, is `{text}`"));
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    let alphabetic = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    if !matches!(primary.len(), 2 | 3) || !alphabetic(primary) {
        return wrong();
    }
    let mut canonical = primary.to_ascii_lowercase();
    // Subtags have an order: script, region, variants; the first two come once at most.
    let (mut script_allowed, mut region_allowed) = (true, true);
    for part in parts {
        if !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return wrong();
        }
        canonical.push('-');
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let starts_with_digit = part.bytes().next().is_some_and(|b| b.is_ascii_digit());
        match part.len() {
            // A script: `Hant`.
            4 if alphabetic(part) && script_allowed => {
                let (first, rest) = part.split_at(1);
                canonical.push_str(&first.to_ascii_uppercase());
                canonical.push_str(&rest.to_ascii_lowercase());
            }
            // A region: `BR`, `419`.
            2 if alphabetic(part) && region_allowed => {
                region_allowed = false;
                canonical.push_str(&part.to_ascii_uppercase());
            }
            3 if digits && region_allowed => {
                region_allowed = false;
                canonical.push_str(part);
            }
            // A variant: `1901`, `valencia`.
            4..=8 if part.len() > 4 || starts_with_digit => {
                region_allowed = false;
                canonical.push_str(&part.to_ascii_lowercase());
            }
            _ => return wrong(),
        }
        script_allowed = false;
    }
    Ok(canonical)
}

fn web_url(text: &str) -> Result<String, String> {
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err("must be a URL without blanks, tabs or line breaks".to_owned());
    }
    let url = url::Url::parse(text)
        .map_err(|error| format!("must be an absolute http(s) URL: {error}"))?;
    let host = url.host_str().unwrap_or_default();
    if !matches!(url.scheme(), "http" | "https") || host.is_empty() {
        return Err("must begin with http:// or https:// and name a host".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not carry a user name or password".to_owned());
    }
    Ok(url.into())
}

/// Declares a text type: what its reader refuses can never be inside.
macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $parse:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Reads it, or says what would be right.
            ///
            /// # Errors
            /// A sentence that fits behind the name of a field.
            pub fn parse(text: &str) -> Result<Self, String> {
                $parse(text).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, taken out.
            #[must_use]
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_type!(
    /// One line that is not blank, trimmed and in Unicode NFC.
    Line, line
);
text_type!(
    /// A [`Line`] without characters that turn the writing direction.
    Name, name
);
text_type!(
    /// A [`Name`] without letters under stacks of combining marks, and no address of the reader.
    ReaderName, reader_name
);
text_type!(
    /// Text of any number of lines that is not blank.
    Prose, prose
);
text_type!(
    /// A BCP 47 language tag in its canonical case: `en`, `pt-BR`, `zh-Hant`.
    Language, language
);
text_type!(
    /// An absolute `http(s)` URL.
    WebUrl, web_url
);

/// How many code points of a folded text are kept: as many as the longest title has.
///
/// NFKC can make eighteen of one, more than an index row or a cursor holds.
const FOLDED_MAX: usize = 300;

/// A text as names and titles are compared: NFKC, lower case, white space folded.
#[must_use]
pub fn folded(text: &str) -> String {
    let lower = text.nfkc().flat_map(char::to_lowercase).collect::<String>();
    let words = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(FOLDED_MAX).collect()
}

/// How a path or a body names a thing: by its id or by its slug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handle {
    /// Its id.
    Id(Id),
    /// Its slug, or something that no slug is and therefore is not found.
    Slug(String),
}

impl From<&str> for Handle {
    fn from(text: &str) -> Self {
        match text.parse() {
            Ok(id) => Self::Id(id),
            Err(_) => Self::Slug(text.nfc().collect()),
        }
    }
}

impl<'de> Deserialize<'de> for Handle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Slug(slug) => f.write_str(slug),
        }
    }
}

/// Reads a patch's property that may be cleared: absent, null and a value are three things.
///
/// # Errors
/// What the value's own type says.
pub fn clearable<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}

/// The text as far as this many code points, and `…` where it goes on.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)) {
        Some(part) => format!("{part}…"),
        None => text.to_owned(),
    }
}

/// Bytes in hexadecimal, in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// A list in one query parameter, its values separated by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommaList<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for CommaList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::IntoDeserializer as _;
        let text = String::deserialize(deserializer)?;
        let values = text.split(',').map(|part| {
            if part.is_empty() {
                return Err(serde::de::Error::custom("must be values separated by single commas"));
            }
            let part: serde::de::value::StringDeserializer<D::Error> =
                part.to_owned().into_deserializer();
            T::deserialize(part)
        });
        values.collect::<Result<Vec<T>, D::Error>>().map(Self)
    }
}
