//! What every operation can answer besides its success, and the headers its answers carry.

mod failures;
mod headers;

use serde_json::{Value, json};

use super::walk::{list, object};
use super::{Facts, Object, Problems};
use failures::FAILURES;
use headers::{HEADER_MAX, HEADERS, PARAMETERS, header, seq};

/// Adds to an operation what follows from what it is; what a handler declared itself stays.
pub(super) fn add(facts: &Facts, operation: &mut Object, problems: Problems<'_>) {
    let Some(answers) = object(operation, "responses") else { return };
    for (status, answer) in answers.iter_mut() {
        if let Some(answer) = answer.as_object_mut() {
            add_headers(facts, status, answer);
        }
    }
    let revalidates = answers.get("200").is_some_and(|it| it.pointer("/headers/ETag").is_some());
    let revalidates = revalidates && facts.method == "get";
    if revalidates {
        answers.entry("304").or_insert_with(|| reference("responses", "NotModified"));
    }
    let known = |status| problems.iter().any(|(_, known, _)| *known == status);
    for failure in FAILURES.iter().filter(|it| known(it.status) && (it.when)(facts)) {
        let status = failure.status.to_string();
        answers.entry(status).or_insert_with(|| reference("responses", failure.name));
    }
    let wanted = [
        ("IfNoneMatch", "If-None-Match", revalidates),
        ("IfMatch", "If-Match", facts.if_match),
        ("IfNoneIs", "If-None-Match", facts.if_match),
        ("IdempotencyKey", "Idempotency-Key", facts.resource && facts.once),
        ("MinSeq", "Min-Seq", facts.resource && !facts.writes()),
    ];
    let Some(parameters) = list(operation, "parameters") else { return };
    for (name, header, _) in wanted.into_iter().filter(|(_, _, wanted)| *wanted) {
        parameters.retain(|it| it.get("name").is_none_or(|name| name != header));
        parameters.push(reference("parameters", name));
    }
    parameters.iter_mut().filter_map(Value::as_object_mut).for_each(parameter);
    if parameters.is_empty() {
        operation.remove("parameters");
    }
}

/// Says how a list stands in a query: `ids=a,b`.
fn parameter(parameter: &mut Object) {
    let list =
        parameter.get("schema").and_then(|it| it.get("type")).is_some_and(|it| it == "array");
    if list && parameter.get("in").is_some_and(|it| it == "query") {
        parameter.insert("style".to_owned(), json!("form"));
        parameter.insert("explode".to_owned(), json!(false));
    }
}

/// Bounds a body that is text and not JSON, of which no schema says more.
fn bound_text(answer: &mut Object) {
    let content = answer.get_mut("content").and_then(Value::as_object_mut);
    for (_, kind) in content.into_iter().flatten().filter(|(media, _)| !media.ends_with("json")) {
        if let Some(schema) = kind.get_mut("schema").and_then(Value::as_object_mut)
            && schema.get("type").is_some_and(|kind| kind == "string")
        {
            schema.entry("maxLength").or_insert(json!(i32::MAX));
        }
    }
}

fn add_headers(facts: &Facts, status: &str, answer: &mut Object) {
    if answer.contains_key("$ref") {
        return;
    }
    bound_text(answer);
    let content = answer.get("content").and_then(Value::as_object);
    let json = content.and_then(|it| it.get("application/json")).cloned();
    let shown = facts.resource && json.is_some();
    let page = json.as_ref().and_then(|it| it.pointer("/schema/$ref")).and_then(Value::as_str);
    let page = page.is_some_and(|name| name.ends_with("Page"));
    let made = json.is_some() && matches!(status, "200" | "201");
    let wanted = [
        ("Search-Notes", status == "200" && facts.searches),
        ("Access-Control-Allow-Origin", true),
        ("X-Request-Id", true),
        ("ETag", made),
        ("Last-Modified", made && facts.dated),
        ("Location", status == "201"),
        ("Idempotency-Replayed", shown && facts.once),
        ("Onrecord-Seq", facts.resource && facts.writes() && status.starts_with('2')),
        ("Link", status == "200" && page),
    ];
    let Some(headers) = object(answer, "headers") else { return };
    for (name, header) in headers.iter_mut() {
        if HEADERS.iter().any(|(known, _, _)| known == name) {
            *header = reference("headers", name);
        }
    }
    for (name, _) in wanted.into_iter().filter(|(_, wanted)| *wanted) {
        headers.entry(name).or_insert_with(|| reference("headers", name));
    }
}

fn reference(section: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{section}/{name}") })
}

/// Adds what operations refer to: failures, headers, header parameters, the key.
pub(super) fn add_components(document: &mut Value, problems: Problems<'_>) {
    let Some(root) = document.as_object_mut() else { return };
    let Some(components) = object(root, "components") else { return };
    if let Some(answers) = object(components, "responses") {
        for failure in &FAILURES {
            answers.entry(failure.name).or_insert_with(|| failure.answer(problems));
        }
        answers.entry("NotModified").or_insert_with(not_modified);
    }
    if let Some(headers) = object(components, "headers") {
        for (name, description, example) in HEADERS {
            headers.entry(name).or_insert_with(|| header(name, description, example));
        }
    }
    if let Some(parameters) = object(components, "parameters") {
        for (name, header, description, example) in PARAMETERS {
            let max = if name == "IdempotencyKey" { 255 } else { HEADER_MAX };
            // A read that says nothing with it is answered as one without it.
            let min = u8::from(name != "IfNoneMatch");
            let mut schema = json!({
                "type": "string", "minLength": min, "maxLength": max, "examples": [example],
            });
            if name == "MinSeq" {
                schema = seq();
                if let Some(schema) = schema.as_object_mut() {
                    schema.insert("examples".to_owned(), json!([0]));
                }
            }
            let parameter = json!({
                "name": header,
                "in": "header",
                "description": description,
                "required": false,
                "schema": schema,
            });
            parameters.entry(name).or_insert(parameter);
        }
    }
    if let Some(schemes) = object(components, "securitySchemes") {
        schemes.entry("key").or_insert_with(|| {
            json!({
                "type": "http",
                "scheme": "bearer",
                "description": "A key, sent as `Authorization: Bearer onr_…`. What it may do is \
                                said by its scopes; `admin` has every scope.",
            })
        });
    }
}

fn not_modified() -> Value {
    let headers = ["Access-Control-Allow-Origin", "ETag", "Last-Modified", "X-Request-Id"];
    let headers: Object =
        headers.into_iter().map(|it| (it.to_owned(), reference("headers", it))).collect();
    let description = "The client has the present representation already.";
    json!({ "description": description, "headers": headers })
}
