//! Ways through a document: each schema, each operation, each reference.

use serde_json::{Value, json};

use super::{METHODS, Object};

/// The object under a key, made when it is not there; `None` when something else is.
pub(super) fn object<'a>(map: &'a mut Object, key: &str) -> Option<&'a mut Object> {
    map.entry(key).or_insert_with(|| json!({})).as_object_mut()
}

/// The list under a key, made when it is not there; `None` when something else is.
pub(super) fn list<'a>(map: &'a mut Object, key: &str) -> Option<&'a mut Vec<Value>> {
    map.entry(key).or_insert_with(|| json!([])).as_array_mut()
}

/// What stands under a key as text, or nothing.
pub(super) fn text<'a>(map: &'a Object, key: &str) -> &'a str {
    map.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The schema a reference names, when it names one among the components.
pub(super) fn schema_name(map: &Object) -> Option<&str> {
    map.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")
}

/// Whether a schema's type is, or has among others, the given one.
pub(super) fn is(schema: &Object, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(several)) => several.iter().any(|one| one == kind),
        _ => false,
    }
}

/// Every operation with its path and method, as the document lists them.
pub(crate) fn operations(document: &Value) -> impl Iterator<Item = (&str, &'static str, &Object)> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        METHODS
            .into_iter()
            .filter_map(move |method| Some((path.as_str(), method, item.get(method)?.as_object()?)))
    })
}

/// Shows every operation with its path and method, to be changed.
pub(super) fn each_operation(
    document: &mut Value,
    change: &mut dyn FnMut(&str, &'static str, &mut Object),
) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    for (path, item) in paths {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                change(path, method, operation);
            }
        }
    }
}

/// Shows every schema of the document, inner ones first, to be changed.
pub(super) fn each_schema(value: &mut Value, change: &mut dyn FnMut(&mut Object)) {
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                match key.as_str() {
                    "schema" => within_schema(child, change),
                    "schemas" => children(child, change),
                    "example" | "examples" => {}
                    _ => each_schema(child, change),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|child| each_schema(child, change)),
        _ => {}
    }
}

fn within_schema(schema: &mut Value, change: &mut dyn FnMut(&mut Object)) {
    let Some(schema) = schema.as_object_mut() else { return };
    for (key, child) in schema.iter_mut() {
        match key.as_str() {
            "properties" | "oneOf" | "anyOf" | "allOf" | "prefixItems" => children(child, change),
            "items" | "additionalProperties" | "not" => within_schema(child, change),
            _ => {}
        }
    }
    change(schema);
}

fn children(value: &mut Value, change: &mut dyn FnMut(&mut Object)) {
    match value {
        Value::Object(map) => map.values_mut().for_each(|child| within_schema(child, change)),
        Value::Array(list) => list.iter_mut().for_each(|child| within_schema(child, change)),
        _ => {}
    }
}

/// Shows the target of every reference below a value.
pub(crate) fn each_reference<'a>(value: &'a Value, show: &mut dyn FnMut(&'a str)) {
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                match child {
                    Value::String(target) if key == "$ref" => show(target),
                    _ => each_reference(child, show),
                }
            }
            if let Some(mapping) = map.get("mapping").and_then(Value::as_object) {
                mapping.values().filter_map(Value::as_str).for_each(show);
            }
        }
        Value::Array(list) => list.iter().for_each(|child| each_reference(child, show)),
        _ => {}
    }
}
