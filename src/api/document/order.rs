//! An order of keys that reads well, where the map keeps one, and that is always the same.

use serde_json::Value;

use super::walk::{each_operation, each_schema, object};
use super::{METHODS, Object};

const ROOT: [&str; 7] = ["openapi", "info", "servers", "tags", "paths", "webhooks", "components"];
const INFO: [&str; 6] = ["title", "version", "summary", "description", "license", "contact"];
const OPERATION: [&str; 8] = [
    "operationId",
    "tags",
    "summary",
    "description",
    "security",
    "parameters",
    "requestBody",
    "responses",
];
const PARAMETER: [&str; 8] =
    ["name", "in", "description", "required", "style", "explode", "schema", "example"];
const ANSWER: [&str; 4] = ["description", "headers", "content", "links"];
const SCHEMA: [&str; 22] = [
    "$ref",
    "type",
    "oneOf",
    "discriminator",
    "description",
    "deprecated",
    "format",
    "enum",
    "x-enum-varnames",
    "default",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "items",
    "required",
    "properties",
    "additionalProperties",
    "examples",
];

/// Puts every object of the document into its order and sorts the components.
pub(super) fn arrange(document: &mut Value) {
    each_schema(document, &mut |schema| order(schema, &SCHEMA));
    each_operation(document, &mut |_, _, operation| {
        order(operation, &OPERATION);
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        let parameters = parameters.into_iter().flatten().filter_map(Value::as_object_mut);
        parameters.for_each(|parameter| order(parameter, &PARAMETER));
        let Some(answers) = object(operation, "responses") else { return };
        sort(answers);
        answers.values_mut().for_each(arrange_answer);
    });
    let Some(root) = document.as_object_mut() else { return };
    order(root, &ROOT);
    if let Some(info) = object(root, "info") {
        order(info, &INFO);
    }
    if let Some(paths) = object(root, "paths") {
        paths.values_mut().filter_map(Value::as_object_mut).for_each(|it| order(it, &METHODS));
    }
    if let Some(components) = object(root, "components") {
        sort(components);
        components.values_mut().filter_map(Value::as_object_mut).for_each(sort);
        if let Some(answers) = object(components, "responses") {
            answers.values_mut().for_each(arrange_answer);
        }
    }
}

fn arrange_answer(answer: &mut Value) {
    if let Some(answer) = answer.as_object_mut() {
        order(answer, &ANSWER);
        if let Some(headers) = answer.get_mut("headers").and_then(Value::as_object_mut) {
            sort(headers);
        }
    }
}

/// Puts the given keys first, in their order; what is not named follows as it was.
fn order(map: &mut Object, keys: &[&str]) {
    let mut entries: Vec<_> = std::mem::take(map).into_iter().collect();
    entries.sort_by_key(|(key, _)| keys.iter().position(|it| it == key).unwrap_or(keys.len()));
    map.extend(entries);
}

fn sort(map: &mut Object) {
    let mut entries: Vec<_> = std::mem::take(map).into_iter().collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    map.extend(entries);
}
