//! What a broken rule is called, and the sentence that tells it to a person.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, JsonTypeSet};
use serde_json::Value;

/// How many characters of a client's own words an answer repeats.
const ECHO_MAX: usize = 100;

/// How many known names an answer lists.
const NAMES_MAX: usize = 30;

/// How many letters the beginning of a name has at least to stand for it.
const PREFIX_MIN: usize = 3;

/// Answers the known name that was probably meant: one that differs in a third of its letters at most,
/// or of which one is the beginning of the other.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.chars().count() > ECHO_MAX {
        return None;
    }
    let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "_");
    let name = plain(name);
    let near = known.into_iter().filter_map(|it| {
        let known = plain(it);
        let (one, other) = (name.chars().count(), known.chars().count());
        let distance = strsim::osa_distance(&name, &known);
        let begins =
            one.min(other) >= PREFIX_MIN && (known.starts_with(&name) || name.starts_with(&known));
        (begins || distance * 3 <= one.max(other)).then_some((distance, it))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, it)| it)
}

/// The sentence about a property nobody knows.
pub(super) fn unknown(property: &str, schema: Option<&str>, known: &[&str]) -> String {
    let of = schema.unwrap_or("this object");
    let property_ = quote(property);
    match nearest(property, known.iter().copied()) {
        Some(meant) => format!("{property_} is not a property of {of}; did you mean `{meant}`?"),
        None if known.is_empty() => {
            format!("{property_} is not a property of {of}, which has none")
        }
        None => format!("{property_} is not a property of {of}, which has {}", list(known)),
    }
}

/// The sentence about a value that is none of the options.
pub(crate) fn option(options: &[&str], given: &Value) -> String {
    let hint = given.as_str().and_then(|given| nearest(given, options.iter().copied()));
    let hint = hint.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    match options {
        [one] => format!("must be `{one}`, is {}{hint}", shown(given)),
        _ => format!("must be one of {}, is {}{hint}", list(options), shown(given)),
    }
}

/// The code of a broken rule and its sentence.
pub(super) fn sentence(kind: &Kind, value: &Value) -> (&'static str, String) {
    let length = || value.as_str().map_or(0, |text| text.chars().count());
    let items = || value.as_array().map_or(0, Vec::len);
    let is = shown(value);
    match kind {
        Kind::Type { kind } => {
            let wanted = match kind {
                TypeKind::Single(one) => type_name(*one).to_owned(),
                TypeKind::Multiple(several) => type_names(*several),
            };
            ("wrong-type", format!("must be {wanted}, is {}", kind_of(value)))
        }
        Kind::MinLength { limit: 1 } => ("too-short", "must not be empty".to_owned()),
        Kind::MinLength { limit } => {
            ("too-short", format!("must be at least {limit} characters, is {}", length()))
        }
        Kind::MaxLength { limit } => {
            ("too-long", format!("must be at most {limit} characters, is {}", length()))
        }
        Kind::MinItems { limit } => {
            ("too-short", format!("must have at least {limit} items, has {}", items()))
        }
        Kind::MaxItems { limit } => {
            ("too-many-items", format!("must have at most {limit} items, has {}", items()))
        }
        Kind::MinProperties { limit } => {
            ("too-short", format!("must have at least {limit} properties"))
        }
        Kind::MaxProperties { limit } => {
            ("too-many-items", format!("must have at most {limit} properties"))
        }
        Kind::UniqueItems => ("invalid", "must not have the same item twice".to_owned()),
        Kind::Minimum { limit } => ("out-of-range", format!("must be at least {limit}, is {is}")),
        Kind::Maximum { limit } => ("out-of-range", format!("must be at most {limit}, is {is}")),
        Kind::ExclusiveMinimum { limit } => {
            ("out-of-range", format!("must be more than {limit}, is {is}"))
        }
        Kind::ExclusiveMaximum { limit } => {
            ("out-of-range", format!("must be less than {limit}, is {is}"))
        }
        Kind::MultipleOf { multiple_of } => {
            ("out-of-range", format!("must be a multiple of {multiple_of}, is {is}"))
        }
        Kind::Enum { options } => {
            let options = options.as_array().into_iter().flatten();
            let options: Vec<_> = options.filter_map(Value::as_str).collect();
            ("not-an-option", option(&options, value))
        }
        Kind::Constant { expected_value } => {
            ("not-an-option", format!("must be {}, is {is}", shown(expected_value)))
        }
        Kind::Format { format } => ("bad-format", format!("must be {}, is {is}", like(format))),
        Kind::Pattern { pattern } => ("bad-pattern", format!("must match `{pattern}`, is {is}")),
        Kind::OneOfMultipleValid { .. } => {
            ("invalid", "fits more than one of the shapes it may have".to_owned())
        }
        other => ("invalid", format!("breaks the rule `{}`", other.keyword())),
    }
}

/// Whether the rule is that the value be `null`.
pub(super) fn wants_null(kind: &Kind) -> bool {
    matches!(kind, Kind::Type { kind: TypeKind::Single(JsonType::Null) })
}

/// The sentence about a value which may also be `null`.
pub(super) fn or_null(sentence: &str) -> String {
    sentence.replacen(", is ", " or null, is ", 1)
}

/// What a format asks for, with an example.
fn like(format: &str) -> String {
    match format {
        "date-time" => "an RFC 3339 instant such as `2020-09-21T17:23:00Z`".to_owned(),
        "date" => "a date such as `2020-09-21`".to_owned(),
        "uuid" => "a UUID such as `01996f5c-6f4e-7c3a-9d53-2f7f3f3c1a01`".to_owned(),
        "uri" => "an absolute address such as `https://example.org/news`".to_owned(),
        "uri-reference" => "an address such as `/news` or `https://example.org/news`".to_owned(),
        "email" => "an address such as `desk@example.org`".to_owned(),
        other => format!("of the format `{other}`"),
    }
}

fn type_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    }
}

fn type_names(kinds: JsonTypeSet) -> String {
    let (null, others): (Vec<_>, Vec<_>) = kinds.iter().partition(|kind| *kind == JsonType::Null);
    let names: Vec<_> = others.into_iter().chain(null).map(type_name).collect();
    names.join(" or ")
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(number) if number.is_f64() => "a fraction",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A value in few words: text in quotes, numbers as they are, the rest by kind.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::Number(number) => clip(&number.to_string()),
        other => kind_of(other).to_owned(),
    }
}

/// A client's words between backticks, cut to what may be repeated.
pub(crate) fn quote(text: &str) -> String {
    format!("`{}`", clip(text))
}

/// A client's words, cut to what may be repeated.
pub(crate) fn clip(text: &str) -> String {
    let visible = |letter: char| if letter.is_control() { '\u{fffd}' } else { letter };
    let mut clipped: String = text.chars().take(ECHO_MAX).map(visible).collect();
    if text.chars().nth(ECHO_MAX).is_some() {
        clipped.pop();
        clipped.push('…');
    }
    clipped
}

/// Names between backticks, as many as an answer lists.
pub(crate) fn list(names: &[&str]) -> String {
    let more = if names.len() > NAMES_MAX { " and more" } else { "" };
    let names: Vec<_> = names.iter().take(NAMES_MAX).map(|name| format!("`{name}`")).collect();
    format!("{}{more}", names.join(", "))
}

/// The pointer of a property; a name longer than what may be repeated is cut.
pub(super) fn child(pointer: &str, property: &str) -> String {
    let property = clip(property).replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{property}")
}

/// A pointer none of whose steps repeats more than it may.
pub(super) fn clip_pointer(pointer: &str) -> String {
    let steps: Vec<_> = pointer.split('/').map(clip).collect();
    steps.join("/")
}
