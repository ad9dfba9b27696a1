//! The document as other readers want it: readers of a site, and tools that read nothing newer than 3.0.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk::{each_schema, is, operations, text};
use super::{METHODS, Object, needs, prune};

/// The document limited to what needs no key: everything public readers can ask for.
///
/// The probes for operators are left out; what is no longer referred to is left out too.
#[must_use]
pub fn public(document: &Value) -> Value {
    let mut document = document.clone();
    let Some(root) = document.as_object_mut() else { return document };
    root.remove("webhooks");
    if let Some(info) = root.get_mut("info").and_then(Value::as_object_mut) {
        let about = format!(
            "{}\n\nThis is the part of it that readers need: every operation here answers without a \
             key. The whole is at `/openapi.json`.",
            text(info, "description")
        );
        info.insert("title".to_owned(), json!(format!("{} for readers", text(info, "title"))));
        info.insert("description".to_owned(), json!(about));
    }
    if let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) {
        for item in paths.values_mut().filter_map(Value::as_object_mut) {
            item.retain(|method, operation| {
                !METHODS.contains(&method.as_str()) || operation.as_object().is_some_and(is_public)
            });
        }
        paths.retain(|_, item| METHODS.iter().any(|method| item.get(method).is_some()));
    }
    drop_links(&mut document);
    prune(&mut document);
    let used: BTreeSet<_> = operations(&document)
        .filter_map(|(_, _, operation)| operation.get("tags")?.get(0)?.as_str())
        .map(str::to_owned)
        .collect();
    if let Some(tags) = document.get_mut("tags").and_then(Value::as_array_mut) {
        let name = |tag: &Value| tag.get("name").and_then(Value::as_str).map(str::to_owned);
        tags.retain(|tag| name(tag).is_some_and(|name| used.contains(&name)));
    }
    document
}

fn is_public(operation: &Object) -> bool {
    let probe = operation.get("tags").and_then(|tags| tags.get(0)).is_some_and(|it| it == "health");
    let needs = needs(operation);
    !probe && (needs.is_empty() || needs.iter().any(Option::is_none))
}

/// Takes out the links to operations that are not there.
fn drop_links(document: &mut Value) {
    let known: BTreeSet<_> = operations(document)
        .map(|(_, _, operation)| text(operation, "operationId").to_owned())
        .collect();
    super::walk::each_operation(document, &mut |_, _, operation| {
        let answers = operation.get_mut("responses").and_then(Value::as_object_mut);
        for answer in answers.into_iter().flatten().filter_map(|(_, it)| it.as_object_mut()) {
            if let Some(links) = answer.get_mut("links").and_then(Value::as_object_mut) {
                links.retain(|operation, _| known.contains(operation));
                if links.is_empty() {
                    answer.remove("links");
                }
            }
        }
    });
}

/// The document in OpenAPI 3.0.3, saying the same as far as that version can.
#[must_use]
pub fn version_3_0(document: &Value) -> Value {
    let mut document = document.clone();
    each_schema(&mut document, &mut older_schema);
    let Some(root) = document.as_object_mut() else { return document };
    root.insert("openapi".to_owned(), json!("3.0.3"));
    root.remove("webhooks");
    if let Some(info) = root.get_mut("info").and_then(Value::as_object_mut) {
        info.remove("summary");
        if let Some(licence) = info.get_mut("license").and_then(Value::as_object_mut) {
            licence.remove("identifier");
        }
    }
    if let Some(components) = root.get_mut("components").and_then(Value::as_object_mut) {
        components.remove("pathItems");
    }
    // Only OAuth has scopes there; the descriptions name them.
    super::walk::each_operation(&mut document, &mut |_, _, operation| {
        let alternatives = operation.get_mut("security").and_then(Value::as_array_mut);
        let alternatives = alternatives.into_iter().flatten().filter_map(Value::as_object_mut);
        for scopes in alternatives.flat_map(|it| it.values_mut()) {
            *scopes = json!([]);
        }
    });
    prune(&mut document);
    document
}

/// Says one schema, those within it being said already, in the words of 3.0.
fn older_schema(schema: &mut Object) {
    if let Some(Value::Array(examples)) = schema.remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.insert("example".to_owned(), first);
    }
    if let Some(value) = schema.remove("const") {
        schema.insert("enum".to_owned(), json!([value]));
    }
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if let Some(value) = schema.get(exclusive).filter(|value| value.is_number()).cloned() {
            schema.insert(bound.to_owned(), value);
            schema.insert(exclusive.to_owned(), json!(true));
        }
    }
    if is(schema, "null") && schema.get("type").is_some_and(Value::is_array) {
        let kinds = schema.get("type").and_then(Value::as_array).into_iter().flatten();
        if let Some(kind) = kinds.into_iter().find(|kind| *kind != "null").cloned() {
            schema.insert("type".to_owned(), kind);
            schema.insert("nullable".to_owned(), json!(true));
        }
    }
    let null = |arm: &Value| arm.get("type").is_some_and(|kind| kind == "null");
    if let Some(Value::Array(arms)) = schema.get_mut("oneOf")
        && arms.iter().any(null)
    {
        arms.retain(|arm| !null(arm));
        if arms.len() == 1 {
            let arms = schema.remove("oneOf").unwrap_or_default();
            schema.insert("allOf".to_owned(), arms);
        }
        schema.insert("nullable".to_owned(), json!(true));
    }
    // A length is one of characters, which bytes have none of.
    if schema.get("format").is_some_and(|format| format == "binary") {
        schema.retain(|key, _| matches!(key.as_str(), "type" | "format" | "description"));
    }
    // Beside a reference nothing else counts.
    if schema.len() > 1
        && let Some(target) = schema.remove("$ref")
    {
        schema.insert("allOf".to_owned(), json!([{ "$ref": target }]));
    }
}
