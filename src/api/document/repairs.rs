//! Repairs of single schemas: what utoipa writes, as clients want to read it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Object;
use super::walk::{each_schema, is, schema_name};

/// The greatest whole number every JSON reader keeps exactly: 2^53 − 1.
const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// How often a name for a scalar may stand for another such name.
const ALIASES_MAX: usize = 4;

/// Repairs one schema, the schemas within it being repaired already.
pub(super) fn repair(schema: &mut Object) {
    schema.remove("propertyNames");
    if schema.get("description").and_then(Value::as_str).is_some_and(|it| it.trim().is_empty()) {
        schema.remove("description");
    }
    if let Some(example) = schema.remove("example") {
        schema.entry("examples").or_insert_with(|| json!([example]));
    }
    nullable_reference(schema);
    lift_examples(schema);
    bound_names(schema);
    if is(schema, "integer") {
        integer(schema);
    }
    if is(schema, "string") {
        string(schema);
    }
}

/// Moves what is said on the arm of `oneOf: [{$ref}, {type: null}]` beside it.
fn nullable_reference(schema: &mut Object) {
    let Some(arms) = schema.get_mut("oneOf").and_then(Value::as_array_mut) else { return };
    if arms.len() != 2 {
        return;
    }
    arms.sort_by_key(|arm| arm.get("type").is_some_and(|kind| kind == "null"));
    let [Value::Object(arm), null] = arms.as_mut_slice() else { return };
    if null.get("type").is_none_or(|kind| kind != "null") || !arm.contains_key("$ref") {
        return;
    }
    let words: Vec<_> = arm.iter().filter(|(key, _)| *key != "$ref").map(own).collect();
    arm.retain(|key, _| key == "$ref");
    schema.extend(words);
}

fn own((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// Bounds the names in a list, for which utoipa has no word: ids, slugs and names have at most 200
/// characters.
fn bound_names(schema: &mut Object) {
    if !is(schema, "array") {
        return;
    }
    let Some(items) = schema.get_mut("items").and_then(Value::as_object_mut) else { return };
    if is(items, "string") && !items.contains_key("enum") && !items.contains_key("format") {
        items.entry("minLength").or_insert(json!(1));
        items.entry("maxLength").or_insert(json!(200));
    }
}

/// Moves examples which are lists from the items, where utoipa puts them, to the list.
fn lift_examples(schema: &mut Object) {
    if !is(schema, "array") {
        return;
    }
    let Some(items) = schema.get_mut("items").and_then(Value::as_object_mut) else { return };
    let lists = items.get("examples").and_then(Value::as_array);
    if !is(items, "array")
        && lists.is_some_and(|it| it.iter().all(Value::is_array))
        && let Some(examples) = items.remove("examples")
    {
        schema.entry("examples").or_insert(examples);
    }
}

/// Gives an integer its width and its range.
fn integer(schema: &mut Object) {
    let bound = |key| schema.get(key).and_then(Value::as_i64);
    let (least, most) = (bound("minimum"), bound("maximum"));
    let narrow = |bound: Option<i64>| bound.is_some_and(|it| i32::try_from(it).is_ok());
    let fits = |bound: Option<i64>| bound.is_none_or(|it| i32::try_from(it).is_ok());
    let format = schema.get("format").and_then(Value::as_str);
    let small = match format {
        Some("int32") => fits(least) && fits(most),
        Some("int64") => false,
        _ => narrow(least) && narrow(most),
    };
    let (format, floor, ceiling) = if small {
        ("int32", i64::from(i32::MIN), i64::from(i32::MAX))
    } else {
        ("int64", -INTEGER_MAX, INTEGER_MAX)
    };
    schema.insert("format".to_owned(), json!(format));
    if !schema.contains_key("exclusiveMinimum") {
        schema.insert("minimum".to_owned(), json!(least.unwrap_or(floor).max(floor)));
    }
    if !schema.contains_key("exclusiveMaximum") {
        schema.insert("maximum".to_owned(), json!(most.unwrap_or(ceiling).min(ceiling)));
    }
}

/// Gives a string of a known format its length, and values that are no names the names they need.
fn string(schema: &mut Object) {
    let length = match schema.get("format").and_then(Value::as_str) {
        Some("uuid") => Some(36),
        Some("date-time") => Some(40),
        Some("date") => Some(10),
        _ => None,
    };
    if let Some(length) = length {
        schema.entry("maxLength").or_insert(json!(length));
    }
    let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let values: Vec<_> = values.filter_map(Value::as_str).collect();
    if values.iter().any(|value| !is_identifier(value)) {
        let names: Vec<_> = values.into_iter().map(variable_name).collect();
        schema.insert("x-enum-varnames".to_owned(), json!(names));
    }
}

fn is_identifier(value: &str) -> bool {
    !value.starts_with(|first: char| first.is_ascii_digit())
        && value.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// `-published_at` → `PUBLISHED_AT_DESC`, `content:write` → `CONTENT_WRITE`.
fn variable_name(value: &str) -> String {
    let (value, suffix) = match value.strip_prefix('-') {
        Some(value) => (value, "_DESC"),
        None => (value, ""),
    };
    let letter = |it: char| if it.is_ascii_alphanumeric() { it.to_ascii_uppercase() } else { '_' };
    value.chars().map(letter).chain(suffix.chars()).collect()
}

/// Puts the schemas of plain strings and numbers where their names stand.
///
/// An id or a moment is a type in Rust, so that its rules are written once; a client is better
/// served by a string with its format than by a class around it.
pub(super) fn inline_scalars(document: &mut Value) {
    for _ in 0..ALIASES_MAX {
        let scalars = scalars(document);
        let mut changed = false;
        each_schema(document, &mut |schema| changed |= inline(schema, &scalars));
        if !changed {
            break;
        }
    }
}

fn scalars(document: &Value) -> BTreeMap<String, Object> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let schemas = schemas.into_iter().flatten();
    schemas
        .filter_map(|(name, schema)| Some((name.clone(), schema.as_object()?.clone())))
        .filter(|(_, schema)| is_scalar(schema))
        .collect()
}

fn inline(schema: &mut Object, scalars: &BTreeMap<String, Object>) -> bool {
    if let Some(scalar) = schema_name(schema).and_then(|name| scalars.get(name)) {
        schema.remove("$ref");
        fill(schema, scalar);
        return true;
    }
    let Some(Value::Array(arms)) = schema.get("oneOf") else { return false };
    let [Value::Object(arm), null] = arms.as_slice() else { return false };
    let null = null.get("type").is_some_and(|kind| kind == "null");
    let Some(Value::String(kind)) = arm.get("type").filter(|_| null && is_scalar(arm)) else {
        return false;
    };
    let (kind, arm) = (json!([kind, "null"]), arm.clone());
    schema.remove("oneOf");
    schema.insert("type".to_owned(), kind);
    fill(schema, &arm);
    true
}

/// Whether a schema is of plain text or a number, of which there is nothing to list.
fn is_scalar(schema: &Object) -> bool {
    let plain = ["string", "integer", "number", "boolean"];
    plain.into_iter().any(|kind| is(schema, kind))
        && !schema.contains_key("enum")
        && !schema.contains_key("const")
}

/// Adds what the schema does not say itself.
fn fill(schema: &mut Object, scalar: &Object) {
    for (key, value) in scalar {
        schema.entry(key.as_str()).or_insert_with(|| value.clone());
    }
}
