//! Lists: how many, from where, and how the next page is found.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;
use xxhash_rust::xxh3::xxh3_64;

use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};

/// How many items a page may hold.
pub const LIMIT_MAX: i64 = 100;
/// How many items a page holds when nobody says.
pub const LIMIT_DEFAULT: i64 = 20;
/// How long a cursor may be.
const CURSOR_BYTES_MAX: usize = 2048;

/// How many items a page may hold: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(i64);

impl Limit {
    /// As many as a page may hold.
    #[must_use]
    pub const fn most() -> Self {
        Self(LIMIT_MAX)
    }

    /// The limit as a number of rows.
    #[must_use]
    pub const fn rows(self) -> i64 {
        self.0
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(LIMIT_DEFAULT)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wrong = || serde::de::Error::custom("must be a whole number from 1 to 100");
        match i64::deserialize(deserializer).map_err(|_| wrong())? {
            rows @ 1..=LIMIT_MAX => Ok(Self(rows)),
            _ => Err(wrong()),
        }
    }
}

/// Whether a list says how many items there are in all.
///
/// - `none`: `total` is null; nothing is counted.
/// - `exact`: `total` is the exact number of items that match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// `total` is null; nothing is counted.
    #[default]
    None,
    /// `total` is the exact number of items that match.
    Exact,
}

/// Where a page ends: what the list is ordered by, and the id, of its last item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The value of the column the list is ordered by.
    pub key: Key,
    /// Tells apart items of the same key.
    pub id: Id,
}

impl Position {
    /// The position in a list ordered by a text.
    ///
    /// # Errors
    /// [`Error::InvalidCursor`] when it is one in another kind of list.
    pub fn text(self) -> Result<(String, Id)> {
        match self.key {
            Key::Text(text) => Ok((text, self.id)),
            _ => Err(Error::InvalidCursor(OTHER_LIST.to_owned())),
        }
    }

    /// The position in a list ordered by place.
    ///
    /// # Errors
    /// [`Error::InvalidCursor`] when it is one in another kind of list.
    pub fn place(self) -> Result<(i32, Id)> {
        match self.key {
            Key::Place(place) => Ok((place, self.id)),
            _ => Err(Error::InvalidCursor(OTHER_LIST.to_owned())),
        }
    }

    /// The position in a list ordered by relevance: how well the item answers, and when that was judged.
    ///
    /// # Errors
    /// [`Error::InvalidCursor`] when it is one in another kind of list.
    pub fn score(self) -> Result<(f64, Moment, Id)> {
        match self.key {
            Key::Score { bits, as_of } => Ok((f64::from_bits(bits), as_of, self.id)),
            _ => Err(Error::InvalidCursor(OTHER_LIST.to_owned())),
        }
    }

    /// The position in a list ordered by a time.
    ///
    /// # Errors
    /// [`Error::InvalidCursor`] when it is one in another kind of list.
    pub fn moment(self) -> Result<(Moment, Id)> {
        match self.key {
            Key::Moment(moment) => Ok((moment, self.id)),
            _ => Err(Error::InvalidCursor(OTHER_LIST.to_owned())),
        }
    }
}

/// A value a list can be ordered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A time.
    Moment(Moment),
    /// A text.
    Text(String),
    /// A place in an order of parts.
    Place(i32),
    /// How well something answers a search, judged at a moment.
    Score {
        /// The bits of a number.
        bits: u64,
        /// The moment.
        as_of: Moment,
    },
}

/// Where a list goes on, as a text only this server reads: bound to the filter and order it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    fingerprint: u64,
    position: Position,
}

const NOT_OURS: &str = "is not a cursor of this server; take it from `next_cursor` as it is";
const OTHER_LIST: &str =
    "comes from a list with another filter, order or key; begin that list again without a cursor";

impl Cursor {
    /// The cursor after `position` in the list whose filter and order `query` names.
    #[must_use]
    pub fn new(query: &str, position: Position) -> Self {
        Self { fingerprint: xxh3_64(query.as_bytes()), position }
    }

    /// The position it stands for, if it belongs to the list whose filter and order `query` names.
    ///
    /// # Errors
    /// [`Error::InvalidCursor`] when it comes from another list.
    pub fn position(&self, query: &str) -> Result<Position> {
        if self.fingerprint == xxh3_64(query.as_bytes()) {
            Ok(self.position.clone())
        } else {
            Err(Error::InvalidCursor(OTHER_LIST.to_owned()))
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.fingerprint.to_be_bytes().to_vec();
        bytes.extend_from_slice(self.position.id.as_bytes());
        match &self.position.key {
            Key::Moment(moment) => {
                bytes.push(b'm');
                bytes.extend_from_slice(&moment.as_millis().to_be_bytes());
            }
            Key::Text(text) => {
                bytes.push(b't');
                bytes.extend_from_slice(text.as_bytes());
            }
            Key::Place(place) => {
                bytes.push(b'p');
                bytes.extend_from_slice(&place.to_be_bytes());
            }
            Key::Score { bits, as_of } => {
                bytes.push(b's');
                bytes.extend_from_slice(&bits.to_be_bytes());
                bytes.extend_from_slice(&as_of.as_millis().to_be_bytes());
            }
        }
        bytes.extend_from_slice(&xxh3_64(&bytes).to_be_bytes());
        bytes
    }

    fn parse(text: &str) -> Option<Self> {
        if text.len() > CURSOR_BYTES_MAX {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if xxh3_64(body).to_be_bytes() != *sum {
            return None;
        }
        let (fingerprint, rest) = body.split_first_chunk::<8>()?;
        let (id, rest) = rest.split_first_chunk::<16>()?;
        let key = match rest.split_first()? {
            (b'm', rest) => {
                Key::Moment(Moment::checked(i64::from_be_bytes(rest.try_into().ok()?))?)
            }
            (b't', rest) if !rest.contains(&0) => Key::Text(String::from_utf8(rest.to_vec()).ok()?),
            (b's', rest) => {
                let (bits, as_of) = rest.split_first_chunk::<8>()?;
                Key::Score {
                    bits: u64::from_be_bytes(*bits),
                    as_of: Moment::checked(i64::from_be_bytes(as_of.try_into().ok()?))?,
                }
            }
            (b'p', rest) => Key::Place(i32::from_be_bytes(rest.try_into().ok()?)),
            _ => return None,
        };
        let position = Position { key, id: Id::from_bytes(*id) };
        Some(Self { fingerprint: u64::from_be_bytes(*fingerprint), position })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.bytes()))
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A `cursor` parameter: read when its list is known, so that its fault is `invalid-cursor`.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct CursorText(String);

impl CursorText {
    /// The position it stands for in the list whose filter and order `query` names.
    ///
    /// # Errors
    /// [`Error::InvalidCursor`] when it is not ours or comes from another list.
    pub fn position(&self, query: &str) -> Result<Position> {
        let cursor =
            Cursor::parse(&self.0).ok_or_else(|| Error::InvalidCursor(NOT_OURS.to_owned()))?;
        cursor.position(query)
    }
}

/// The rows of one page and the cursor after them: fetch one more row than is shown.
#[derive(Debug)]
pub struct Cut<T> {
    /// What is shown.
    pub rows: Vec<T>,
    /// Where the next page begins; none on the last.
    pub next: Option<Cursor>,
}

impl<T> Cut<T> {
    /// Cuts `rows`, of which there is one more than `limit` when there is a next page.
    pub fn new(
        mut rows: Vec<T>,
        limit: Limit,
        query: &str,
        position: impl Fn(&T) -> Position,
    ) -> Self {
        let shown = usize::try_from(limit.rows()).unwrap_or(usize::MAX);
        let more = rows.len() > shown;
        rows.truncate(shown);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| Cursor::new(query, position(row)));
        Self { rows, next }
    }

    /// Leaves the rows from this one on to the next page.
    pub fn shorten(&mut self, shown: usize, query: &str, position: impl Fn(&T) -> Position) {
        if shown < self.rows.len() {
            self.rows.truncate(shown);
            self.next = self.rows.last().map(|row| Cursor::new(query, position(row)));
        }
    }
}

/// Declares the page of a list: generic types have no good names in generated clients.
macro_rules! page {
    ($(#[$doc:meta])* $name:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub struct $name {
            /// The items of this page, in the order asked for.
            #[schema(max_items = 100)]
            pub items: Vec<$item>,
            /// Send it back as `cursor` for the next page; null on the last page.
            #[schema(required, value_type = Option<String>, max_length = 2048,
                     example = json!(null))]
            pub next_cursor: Option<$crate::page::Cursor>,
            /// How many items match in all; null unless `count=exact` was asked for.
            #[schema(required, minimum = 0, example = json!(null))]
            pub total: Option<i64>,
        }
    };
}
pub(crate) use page;
