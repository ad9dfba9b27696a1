//! JSON as RFC 8259 means it: no duplicate names, no endless nesting, no NUL.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::error::{Error, ProblemError, Result};

/// How deep arrays and objects may be nested.
pub const DEPTH_MAX: usize = 32;

/// Reads one JSON text.
///
/// # Errors
/// [`Error::Malformed`] with line and column; [`Error::InvalidField`] for a NUL in a string.
pub fn parse(bytes: &[u8]) -> Result<Value> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(malformed("empty", "The body is empty; send a JSON object.".to_owned()));
    }
    let state = State { path: RefCell::default(), nul: RefCell::default() };
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Strict(&state)
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| malformed("not-json", format!("The body is not JSON: {error}.")))?;
    match state.nul.into_inner() {
        None => Ok(value),
        Some(at) => Err(Error::field(at, "invalid", "must not contain the character U+0000")),
    }
}

fn malformed(code: &str, detail: String) -> Error {
    Error::Malformed(ProblemError::at("", code, detail))
}

/// One step of a JSON pointer, escaped.
#[must_use]
pub fn token(name: &str) -> String {
    let short: String = name.chars().take(100).collect();
    short.replace('~', "~0").replace('/', "~1")
}

/// A serde path as a JSON pointer.
#[must_use]
pub fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        let step = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => token(key),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&step);
    }
    pointer
}

struct State {
    path: RefCell<Vec<String>>,
    nul: RefCell<Option<String>>,
}

impl State {
    fn pointer(&self) -> String {
        self.path.borrow().iter().flat_map(|token| ["/", token.as_str()]).collect()
    }

    fn note_nul(&self, text: &str) {
        if text.contains('\0') && self.nul.borrow().is_none() {
            *self.nul.borrow_mut() = Some(self.pointer());
        }
    }
}

/// Builds a [`Value`] while watching what `serde_json` lets pass.
#[derive(Clone, Copy)]
struct Strict<'a>(&'a State);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("a number out of range"))?;
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        self.0.note_nul(value);
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        self.enter("0")?;
        while let Some(value) = items.next_element_seed(self)? {
            values.push(value);
            if let Some(last) = self.0.path.borrow_mut().last_mut() {
                *last = values.len().to_string();
            }
        }
        self.leave();
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut seen = HashSet::new();
        self.enter("")?;
        while let Some(name) = members.next_key::<String>()? {
            if let Some(last) = self.0.path.borrow_mut().last_mut() {
                *last = token(&name);
            }
            self.0.note_nul(&name);
            if !seen.insert(name.clone()) {
                let at = self.0.pointer();
                return Err(de::Error::custom(format!("the member {at} stands there twice")));
            }
            let value = members.next_value_seed(self)?;
            object.insert(name, value);
        }
        self.leave();
        Ok(Value::Object(object))
    }
}

impl Strict<'_> {
    fn enter<E: de::Error>(self, token: &str) -> Result<(), E> {
        if self.0.path.borrow().len() >= DEPTH_MAX {
            return Err(E::custom(format!("it is nested deeper than {DEPTH_MAX} levels")));
        }
        self.0.path.borrow_mut().push(token.to_owned());
        Ok(())
    }

    fn leave(self) {
        self.0.path.borrow_mut().pop();
    }
}
