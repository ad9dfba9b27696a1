//! Which properties are always there, which may be `null`, and an example of every whole.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Object;
use super::walk::{each_operation, each_reference, is, operations};
use super::walk::{schema_name, text};

/// How deep an example goes.
const DEPTH_MAX: usize = 16;

/// Settles required and nullable properties by who sends the schema, then the examples.
pub(super) fn settle(document: &mut Value) {
    let (sent, shown) = roles(document);
    if let Some(schemas) =
        document.pointer_mut("/components/schemas").and_then(Value::as_object_mut)
    {
        for (name, schema) in schemas {
            let Some(schema) = schema.as_object_mut() else { continue };
            match (sent.contains(name), shown.contains(name)) {
                (true, _) => ask(name, schema),
                (false, true) => promise(schema),
                (false, false) => {}
            }
        }
    }
    exemplify(document);
}

/// The names of the schemas in request bodies, and of those in answers.
pub(super) fn roles(document: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut sent, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for (_, _, operation) in operations(document) {
        if let Some(it) = operation.get("requestBody") {
            reach(document, it, &mut sent);
        }
        if let Some(it) = operation.get("responses") {
            reach(document, it, &mut shown);
        }
    }
    (sent, shown)
}

fn reach(document: &Value, value: &Value, names: &mut BTreeSet<String>) {
    each_reference(value, &mut |target| {
        let name = target.strip_prefix("#/components/schemas/");
        if name.is_none_or(|name| names.insert(name.to_owned()))
            && let Some(value) = target.strip_prefix('#').and_then(|it| document.pointer(it))
        {
            reach(document, value, names);
        }
    });
}

/// In an answer, a property that may be `null` is always there.
fn promise(schema: &mut Object) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    let required: Vec<_> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().collect();
    let always = |(name, property): &(&String, &Value)| {
        required.iter().any(|it| *it == *name) || property.as_object().is_some_and(is_nullable)
    };
    let names: Vec<_> = properties.iter().filter(always).map(|(name, _)| name.clone()).collect();
    if !names.is_empty() {
        schema.insert("required".to_owned(), json!(names));
    }
}

/// In a request, what may be left out is not also `null`, except in a patch; and has no default,
/// which a client's compiler would take for a promise.
fn ask(name: &str, schema: &mut Object) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let required: Vec<_> =
        required.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (key, property) in properties.into_iter().flatten() {
        let Some(property) = property.as_object_mut() else { continue };
        property.remove("default");
        if !name.ends_with("Patch") && !required.contains(&key.as_str()) {
            forbid_null(property);
        }
    }
}

pub(super) fn is_nullable(schema: &Object) -> bool {
    let arms = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    is(schema, "null") || arms.filter_map(Value::as_object).any(|arm| is(arm, "null"))
}

fn forbid_null(schema: &mut Object) {
    if let Some(kinds) = schema.get_mut("type").and_then(Value::as_array_mut) {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            let kind = kind.clone();
            schema.insert("type".to_owned(), kind);
        }
    }
    if let Some(arms) = schema.get_mut("oneOf").and_then(Value::as_array_mut) {
        arms.retain(|arm| arm.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(arm)] = arms.as_slice() {
            let arm = arm.clone();
            schema.remove("oneOf");
            schema.extend(arm);
        }
    }
}

/// Composes an example of every object from those of its properties, and one of every parameter.
fn exemplify(document: &mut Value) {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let schemas: BTreeMap<String, Value> =
        schemas.into_iter().flatten().map(|(name, it)| (name.clone(), it.clone())).collect();
    let composed: BTreeMap<_, _> = schemas
        .iter()
        .filter_map(|(name, it)| Some((name, example(it.as_object()?, &schemas, 0)?)))
        .collect();
    if let Some(components) =
        document.pointer_mut("/components/schemas").and_then(Value::as_object_mut)
    {
        for (name, schema) in components {
            let (Some(schema), Some(example)) = (schema.as_object_mut(), composed.get(name)) else {
                continue;
            };
            if !is(schema, "null") {
                schema.entry("examples").or_insert_with(|| json!([example]));
            }
        }
    }
    each_operation(document, &mut |_, _, operation| {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten().filter_map(Value::as_object_mut) {
            show(parameter, &schemas);
        }
    });
}

/// Gives a parameter its example: itself when it is required, else its schema.
///
/// An API browser fills in what stands at the parameter, and nobody wants all of the optional ones at
/// once. What has a list of values shows these.
fn show(parameter: &mut Object, schemas: &BTreeMap<String, Value>) {
    let given = parameter.remove("example");
    let schema = parameter.get("schema").and_then(Value::as_object);
    let example = given.or_else(|| example(schema?, schemas, 0));
    let required = parameter.get("required") == Some(&Value::Bool(true));
    let Some(schema) = parameter.get_mut("schema").and_then(Value::as_object_mut) else { return };
    // The parameter says these itself, for its own use of a type.
    schema.retain(|key, _| key != "description" && key != "examples");
    forbid_null(schema);
    let Some(example) = example else { return };
    if required {
        parameter.insert("example".to_owned(), example);
    } else if !schema.contains_key("$ref") {
        schema.insert("examples".to_owned(), json!([example]));
    }
}

/// An example of a schema: its own, or one made of its parts.
fn example(schema: &Object, schemas: &BTreeMap<String, Value>, depth: usize) -> Option<Value> {
    let own = schema.get("examples").or_else(|| schema.get("enum")).and_then(Value::as_array);
    if let Some(first) = own.and_then(|it| it.first()) {
        return Some(first.clone());
    }
    if depth > DEPTH_MAX {
        return is_nullable(schema).then_some(Value::Null);
    }
    if let Some(target) = schema_name(schema).and_then(|name| schemas.get(name)) {
        return example(target.as_object()?, schemas, depth + 1);
    }
    if let Some(arms) = schema.get("oneOf").and_then(Value::as_array) {
        return arms
            .iter()
            .filter_map(Value::as_object)
            .find_map(|it| example(it, schemas, depth + 1));
    }
    if is(schema, "array") {
        let items = schema.get("items").and_then(Value::as_object)?;
        return Some(example(items, schemas, depth + 1).map_or(json!([]), |it| json!([it])));
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let required = schema.get("required").and_then(Value::as_array);
        let needed = |name: &str| required.is_some_and(|it| it.iter().any(|it| it == name));
        let values = properties.iter().filter_map(|(name, it)| {
            let it = it.as_object()?;
            // An id that may be left out is that of something else, which a made-up one does not name.
            let made_up = text(it, "format") == "uuid" && !needed(name);
            let shown = if made_up { None } else { example(it, schemas, depth + 1) };
            Some((name.clone(), shown?))
        });
        return Some(Value::Object(values.collect()));
    }
    match text(schema, "type") {
        "boolean" => Some(json!(true)),
        _ if is(schema, "null") => Some(Value::Null),
        _ => None,
    }
}
