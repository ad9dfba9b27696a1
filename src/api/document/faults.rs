//! What a document lacks to be a product, for a test to insist on.

use std::collections::BTreeSet;

use serde_json::Value;

use super::walk::{is, operations, text};
use super::{Object, SUMMARY_MAX, properties};

/// Names everything the document lacks, one sentence each; empty for a good one.
#[must_use]
pub fn faults(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let tags = document.get("tags").and_then(Value::as_array).into_iter().flatten();
    let tags: BTreeSet<_> = tags
        .filter(|tag| tag.get("description").is_some())
        .filter_map(|tag| tag.get("name")?.as_str())
        .collect();
    for (path, method, operation) in operations(document) {
        let here = format!("{method} {path}");
        let add = &mut |fault: &str| faults.push(format!("{here}: {fault}"));
        of_operation(operation, &tags, add);
        of_parameters(path, operation, add);
        of_bodies(operation, add);
        of_answers(path, method, operation, add);
    }
    of_preface(document, &mut faults);
    of_shared_answers(document, &mut faults);
    of_links(document, &mut faults);
    let (sent, shown) = properties::roles(document);
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let Some(schema) = schema.as_object() else { continue };
        let mut add = |fault: &str| faults.push(format!("{name}: {fault}"));
        if name.contains('_') || !name.starts_with(|first: char| first.is_ascii_uppercase()) {
            add("is not a name in PascalCase");
        }
        if schema.contains_key("properties") {
            if sent.contains(name) && shown.contains(name) {
                add("stands in requests and in answers, which take two schemas");
            }
            if sent.contains(name)
                && schema.get("additionalProperties") != Some(&Value::Bool(false))
            {
                add("takes unknown properties: #[serde(deny_unknown_fields)]");
            }
        }
        of_schema(schema, true, name, &mut faults);
        if shown.contains(name) && !sent.contains(name) {
            of_presence(name, schema, &mut faults);
        }
    }
    faults
}

/// What stands before the paths.
fn of_preface(document: &Value, faults: &mut Vec<String>) {
    let licence = document.pointer("/info/license/name").and_then(Value::as_str);
    if licence.is_none_or(str::is_empty) {
        faults.push("the document has no licence".to_owned());
    }
    let servers = document.get("servers").and_then(Value::as_array).into_iter().flatten();
    for url in servers.filter_map(|server| server.get("url")?.as_str()) {
        if !url.starts_with('/') {
            faults.push(format!("server {url} is not relative"));
        }
    }
    let webhooks = document.get("webhooks").and_then(Value::as_object).into_iter().flatten();
    for (name, webhook) in webhooks {
        if webhook.get("$ref").is_none() {
            faults.push(format!("webhook {name} is not a reference into components.pathItems"));
        }
    }
}

/// The failures that operations refer to: each names the codes it can carry, and shows each of them.
fn of_shared_answers(document: &Value, faults: &mut Vec<String>) {
    let answers = document.pointer("/components/responses").and_then(Value::as_object);
    for (name, answer) in answers.into_iter().flatten() {
        let Some(kind) = answer.pointer("/content/application~1problem+json") else { continue };
        let examples = kind.get("examples").and_then(Value::as_object);
        let description = answer.get("description").and_then(Value::as_str).unwrap_or_default();
        if examples.is_none_or(Object::is_empty) {
            faults.push(format!("{name}: shows no problem"));
        }
        for code in examples.into_iter().flat_map(Object::keys) {
            if !description.contains(&format!("`{code}`")) {
                faults.push(format!("{name}: does not name its code {code}"));
            }
        }
    }
}

/// Links lead to operations that are there, and give parameters these have.
fn of_links(document: &Value, faults: &mut Vec<String>) {
    let links = document.pointer("/components/links").and_then(Value::as_object);
    for (name, link) in links.into_iter().flatten() {
        let target = link.get("operationId").and_then(Value::as_str).unwrap_or_default();
        let mut all = operations(document);
        let Some((path, _, _)) = all.find(|(_, _, it)| text(it, "operationId") == target) else {
            faults.push(format!("link {name}: there is no operation `{target}`"));
            continue;
        };
        let given = link.get("parameters").and_then(Value::as_object);
        for parameter in given.into_iter().flat_map(Object::keys) {
            if !path.contains(&format!("{{{parameter}}}")) {
                faults.push(format!("link {name}: {path} has no {{{parameter}}}"));
            }
        }
    }
}

/// What an operation answers: errors by reference, and the headers that go with a success.
fn of_answers(path: &str, method: &str, operation: &Object, add: &mut dyn FnMut(&str)) {
    if !path.starts_with("/v1/") {
        return;
    }
    let answers = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    for (status, answer) in answers {
        if status.starts_with(['4', '5']) && answer.get("$ref").is_none() {
            // An operation may say what a clash means here; it is still a problem, and nothing else.
            let kinds = answer.get("content").and_then(Value::as_object);
            if kinds.is_none_or(|kinds| kinds.keys().any(|kind| kind != "application/problem+json"))
            {
                add(&format!("answers {status} with something else than a problem"));
            }
            if !answer.get("description").and_then(Value::as_str).is_some_and(|it| it.contains('`'))
            {
                add(&format!("does not name the codes of {status}"));
            }
        }
        let headers = answer.get("headers").and_then(Value::as_object).into_iter().flatten();
        for (name, header) in headers {
            if header.get("$ref").is_none() {
                add(&format!("describes {name} of {status} itself: components.headers has it"));
            }
        }
        let header = |name: &str| answer.get("headers").is_some_and(|it| it.get(name).is_some());
        let kinds = answer.get("content").and_then(Value::as_object);
        // What does not end has no one representation.
        let whole = kinds.is_some_and(|kinds| kinds.keys().any(|kind| kind != "text/event-stream"));
        if status.starts_with('2') && whole && !header("ETag") {
            add(&format!("does not name the ETag of {status}"));
        }
        if status == "201" && method == "post" && !header("Location") {
            add("does not name the Location of what it makes");
        }
        let pages = has_cursor(operation) && status == "200";
        if pages && !header("Link") {
            add("does not name the Link to the next page");
        }
    }
}

fn has_cursor(operation: &Object) -> bool {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    parameters.into_iter().any(|it| it.get("name").and_then(Value::as_str) == Some("cursor"))
}

/// In an answer, what can be null is there, and what may be absent is not null.
fn of_presence(name: &str, schema: &Object, faults: &mut Vec<String>) {
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let required: BTreeSet<_> = required.filter_map(Value::as_str).collect();
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    for (property, schema) in properties {
        if !required.contains(property.as_str())
            && schema.as_object().is_some_and(properties::is_nullable)
        {
            faults.push(format!("{name}.{property}: may be absent and may be null"));
        }
    }
}

fn of_operation(operation: &Object, tags: &BTreeSet<&str>, add: &mut dyn FnMut(&str)) {
    let summary = text(operation, "summary");
    if summary.is_empty() {
        add("has no summary");
    }
    if summary.chars().count() > SUMMARY_MAX {
        add("has a summary of more than 60 characters");
    }
    if summary.ends_with('.') {
        add("has a summary with a full stop");
    }
    if text(operation, "description").is_empty() {
        add("has no description");
    }
    let name = text(operation, "operationId");
    if name.is_empty() {
        add("has no name");
    }
    if name.starts_with(|first: char| first.is_ascii_uppercase())
        || !name.chars().all(|letter| letter.is_ascii_alphanumeric())
    {
        add("has a name that is not in camelCase");
    }
    if !operation.contains_key("security") {
        add("does not say which key it needs: security(…)");
    }
    match operation.get("tags").and_then(Value::as_array).map(Vec::as_slice) {
        Some([Value::String(tag)]) if tags.contains(tag.as_str()) => {}
        _ => add("has not exactly one tag that is described"),
    }
}

fn of_parameters(path: &str, operation: &Object, add: &mut dyn FnMut(&str)) {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let parameters: Vec<_> =
        parameters.into_iter().flatten().filter_map(Value::as_object).collect();
    for part in path.split('/') {
        let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        let told = |it: &&Object| text(it, "in") == "path" && Some(text(it, "name")) == name;
        if name.is_some() && !parameters.iter().any(told) {
            add(&format!("does not declare {part}"));
        }
    }
    for parameter in parameters.into_iter().filter(|it| !it.contains_key("$ref")) {
        let name = text(parameter, "name");
        if text(parameter, "description").is_empty() {
            add(&format!("parameter `{name}` has no description"));
        }
        let schema = parameter.get("schema").and_then(Value::as_object);
        let shown =
            |schema: &Object| schema.contains_key("examples") || schema.contains_key("$ref");
        if !parameter.contains_key("example") && !schema.is_some_and(shown) {
            add(&format!("parameter `{name}` has no example"));
        }
        let list = parameter.get("schema").and_then(Value::as_object);
        let list = list.is_some_and(|schema| is(schema, "array"));
        if list && !(parameter.contains_key("style") && parameter.contains_key("explode")) {
            add(&format!("parameter `{name}` is a list without style and explode"));
        }
        if text(parameter, "style") == "deepObject" {
            add(&format!("parameter `{name}` is a deep object"));
        }
        let mut inner = Vec::new();
        match parameter.get("schema").and_then(Value::as_object) {
            Some(schema) if properties::is_nullable(schema) => {
                add(&format!("parameter `{name}` may be null"));
            }
            Some(schema) => of_schema(schema, false, name, &mut inner),
            None => add(&format!("parameter `{name}` has no type")),
        }
        for fault in inner {
            add(&format!("parameter {fault}"));
        }
    }
}

fn of_bodies(operation: &Object, add: &mut dyn FnMut(&str)) {
    let nameless = |body: &Value| {
        let kinds = body.get("content").and_then(Value::as_object).into_iter().flatten();
        let mut json = kinds.filter(|(media, _)| media.ends_with("json"));
        json.any(|(_, kind)| kind.pointer("/schema/$ref").is_none())
    };
    let silent =
        |body: &Value| body.as_object().is_none_or(|it| text(it, "description").is_empty());
    if let Some(body) = operation.get("requestBody") {
        if silent(body) {
            add("does not describe its body");
        }
        if nameless(body) {
            add("takes a body whose schema has no name");
        }
        if body.get("content").and_then(Value::as_object).is_none_or(|kinds| kinds.len() != 1) {
            add("does not take exactly one media type");
        }
    }
    let answers = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    for (status, answer) in answers.filter(|(_, answer)| answer.get("$ref").is_none()) {
        if silent(answer) {
            add(&format!("does not describe its answer {status}"));
        }
        if nameless(answer) {
            add(&format!("gives a body whose schema has no name with {status}"));
        }
    }
}

/// Looks at a schema and those within it; `named` where an object or an enum may stand.
fn of_schema(schema: &Object, named: bool, place: &str, faults: &mut Vec<String>) {
    let mut add = |fault: &str| faults.push(format!("{place}: {fault}"));
    if schema.contains_key("$ref") {
        return;
    }
    if schema.contains_key("allOf") || schema.contains_key("prefixItems") {
        add("is an allOf or a tuple, which clients read badly");
    }
    let options = schema.get("enum").and_then(Value::as_array).map_or(0, Vec::len);
    if !named && (schema.contains_key("properties") || options > 1) {
        add("is an object or an enum without a name");
    }
    let closed = ["maxLength", "enum", "const"];
    if is(schema, "string") && !closed.iter().any(|key| schema.contains_key(*key)) {
        add("is a string without max_length");
    }
    let bounds = ["format", "minimum", "maximum"];
    if is(schema, "integer")
        && !schema.contains_key("enum")
        && !bounds.iter().all(|key| schema.contains_key(*key))
    {
        add("is a whole number without format and range");
    }
    if schema.contains_key("readOnly") || schema.contains_key("writeOnly") {
        add("is readOnly or writeOnly: two schemas say it better");
    }
    if is(schema, "array") && !schema.contains_key("maxItems") {
        add("is a list without max_items");
    }
    if schema.is_empty() || (schema.len() == 1 && schema.contains_key("description")) {
        add("may be anything");
    }
    let union = schema.get("oneOf").and_then(Value::as_array).map_or(0, Vec::len);
    if union > 1 && !properties::is_nullable(schema) && !schema.contains_key("discriminator") {
        add("is a union without a discriminator");
    }
    if let Some(items) = schema.get("items").and_then(Value::as_object) {
        of_schema(items, false, &format!("{place}[]"), faults);
    }
    if let Some(values) = schema.get("additionalProperties").and_then(Value::as_object) {
        of_schema(values, false, &format!("{place}{{}}"), faults);
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let Some(property) = property.as_object() else { continue };
        let place = format!("{place}.{name}");
        if text(property, "description").is_empty() {
            faults.push(format!("{place}: has no description"));
        }
        // A list of objects shows theirs; one of names has none to show but its own.
        let named = property.get("items").and_then(Value::as_object).is_some_and(is_plain);
        if (named || is_plain(property))
            && !["examples", "enum", "const"].iter().any(|key| property.contains_key(*key))
        {
            faults.push(format!("{place}: has no example"));
        }
        of_schema(property, false, &place, faults);
    }
}

/// Whether a schema is of text or numbers.
fn is_plain(schema: &Object) -> bool {
    ["string", "integer", "number"].iter().any(|kind| is(schema, kind))
}
