//! Query parameters: every one known, once, and well-formed, or refused by name.

use std::fmt;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::value::MapAccessDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, IntoDeserializer as _, MapAccess, Visitor,
};
use utoipa::IntoParams;

use super::bounds::{self, Bounds};
use crate::api::schemas::{clip, nearest, option};
use crate::error::{Error, ProblemError, Result};

/// How many faults are told at once.
const FAULTS_MAX: usize = 50;

/// The query parameters of an operation.
#[derive(Debug, Clone)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for Params<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

/// The query of an operation that takes no parameters.
#[derive(Debug, Clone, Copy)]
pub struct NoParams;

impl FromRequest for NoParams {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(pairs(request.query_string()).and_then(|pairs| known(&pairs, &[]).map(|()| Self)))
    }
}

/// Reads `T` out of a query string.
///
/// # Errors
/// [`Error::InvalidParameter`] naming each parameter that is unknown, repeated, out of its bounds or
/// ill-formed.
pub fn parse<T: DeserializeOwned + IntoParams + 'static>(query: &str) -> Result<T> {
    let pairs = pairs(query)?;
    known(&pairs, &bounds::of::<T>())?;
    let entries = Entries { rest: pairs.iter(), current: None };
    T::deserialize(MapAccessDeserializer::new(entries)).map_err(|fault: Fault| {
        let name = fault.name.unwrap_or_else(|| "query".to_owned());
        Error::parameter(name, "invalid", fault.detail)
    })
}

fn known(pairs: &[(String, String)], known: &[Bounds]) -> Result<()> {
    let mut faults = Vec::new();
    for (index, (name, value)) in pairs.iter().enumerate() {
        let Some(bounds) = known.iter().find(|bounds| bounds.name == *name) else {
            faults.push(ProblemError::parameter(clip(name), "unknown", unknown(name, known)));
            continue;
        };
        if pairs.iter().take(index).any(|(earlier, _)| earlier == name) {
            faults
                .retain(|fault| fault.code != "repeated" || fault.parameter.as_ref() != Some(name));
            faults.push(ProblemError::parameter(name, "repeated", repeated(bounds, pairs)));
        } else if let Some((code, detail)) = bounds.check(value) {
            faults.push(ProblemError::parameter(name, code, detail));
        }
    }
    faults.truncate(FAULTS_MAX);
    if faults.is_empty() { Ok(()) } else { Err(Error::InvalidParameter(faults)) }
}

fn unknown(name: &str, known: &[Bounds]) -> String {
    let names = known.iter().map(|bounds| bounds.name.as_str()).collect::<Vec<_>>();
    match nearest(name, names.iter().copied()) {
        Some(meant) => format!("is not known; did you mean `{meant}`?"),
        None if names.is_empty() => "is not known; no parameter is taken here".to_owned(),
        None => format!("is not known; taken here: {}", names.join(", ")),
    }
}

/// How what was said twice is said once.
fn repeated(bounds: &Bounds, pairs: &[(String, String)]) -> String {
    if !bounds.list {
        return "is there twice; give it once".to_owned();
    }
    let name = &bounds.name;
    let values = pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str());
    let values = clip(&values.collect::<Vec<_>>().join(","));
    format!("is there twice; separate its values with commas: {name}={values}")
}

fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = decode(name).ok_or_else(|| encoding(&clip(name)))?;
            // What is typed into a search box is no error, not even a NUL.
            let value = if name == "q" { value.replace("%00", "+") } else { value.to_owned() };
            let value = decode(&value).ok_or_else(|| encoding(&clip(&name)))?;
            Ok((name, value))
        })
        .collect()
}

fn encoding(name: &str) -> Error {
    Error::parameter(name, "encoding", "must be percent-encoded UTF-8 without U+0000")
}

/// Percent-decoding that refuses what others guess at.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok().filter(|byte| *byte != 0)?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Why a parameter does not fit, and which one.
#[derive(Debug)]
struct Fault {
    name: Option<String>,
    detail: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}
impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { name: None, detail: message.to_string() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { name: Some(field.to_owned()), detail: "is needed here".to_owned() }
    }

    fn unknown_variant(variant: &str, options: &'static [&'static str]) -> Self {
        Self { name: None, detail: option(options, &variant.into()) }
    }
}

/// The parameters on their way into their type: every fault gets the name of the one it is in.
struct Entries<'a> {
    rest: std::slice::Iter<'a, (String, String)>,
    current: Option<&'a (String, String)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.current = self.rest.next();
        let Some((name, _)) = self.current else { return Ok(None) };
        let name: de::value::StrDeserializer<'_, Fault> = name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (name, value) =
            self.current.ok_or_else(|| <Fault as de::Error>::custom("is missing"))?;
        let outcome = seed.deserialize(Text(value));
        outcome.map_err(|fault| Fault { name: Some(clip(name)), detail: fault.detail })
    }
}

/// The text of one parameter, read as what its type asks for.
#[derive(Clone, Copy)]
struct Text<'a>(&'a str);

fn fault<T>(detail: &str) -> Result<T, Fault> {
    Err(de::Error::custom(detail))
}

impl<'de> de::Deserializer<'de> for Text<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let digits = self.0.strip_prefix('-').unwrap_or(self.0);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return fault("must be a whole number");
        }
        match self.0.parse() {
            Ok(number) => visitor.visit_i64(number),
            Err(_) => fault("is too large a number"),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => fault("must be `true` or `false`"),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let deserializer: de::value::StrDeserializer<'_, Fault> = self.0.into_deserializer();
        de::Deserializer::deserialize_enum(deserializer, name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 u8 u16 u32 u64 i128 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
