//! The finished OpenAPI document: what utoipa's macros cannot say, said once for all operations.
//!
//! A handler states what only it knows: its words, parameters, body, results and scopes. What
//! follows from those by rule (errors, headers, conditional requests, the shape of nullable
//! properties) is added here, so that no handler repeats it and none can forget it.

mod answers;
mod faults;
mod links;
mod order;
mod properties;
mod repairs;
mod unions;
mod views;
mod walk;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::Parameter;

pub use faults::faults;
pub use views::{public, version_3_0};
use walk::{each_operation, each_schema, object};
pub(crate) use walk::{each_reference, operations};

/// An object of the document.
type Object = Map<String, Value>;

/// The kinds of problem there are: code, status and title of each.
pub type Problems<'a> = &'a [(&'a str, u16, &'a str)];

/// The methods an operation can have, in the order in which they are listed.
pub(crate) const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Where a POST answers with a secret, which is kept nowhere, and so cannot be answered again.
const SECRETS: [&str; 3] = ["/v1/keys", "/v1/webhooks", "/v1/webhooks/{webhook_id}/rotate"];

/// The longest summary of an operation, in characters.
const SUMMARY_MAX: usize = 60;

/// Answers the finished document, the same bytes for the same handlers.
///
/// # Errors
/// What makes a document unusable, one line each: a reference to nothing, two operations of one
/// name. What is merely missing is told by [`faults`].
pub fn finish(document: &OpenApi, problems: Problems<'_>) -> Result<Value, String> {
    let mut document = serde_json::to_value(document).map_err(|error| error.to_string())?;
    preface(&mut document);
    unions::name(&mut document);
    each_schema(&mut document, &mut repairs::repair);
    repairs::inline_scalars(&mut document);
    let descriptions = descriptions(&document);
    let dated = dated(&document);
    each_operation(&mut document, &mut |path, method, operation| {
        words(operation);
        describe_body(operation, &descriptions);
        answers::add(&Facts::of(path, method, operation, &dated), operation, problems);
    });
    answers::add_components(&mut document, problems);
    links::add(&mut document);
    webhooks::add(&mut document);
    properties::settle(&mut document);
    webhooks::show(&mut document);
    prune(&mut document);
    broken(&document)?;
    order::arrange(&mut document);
    Ok(document)
}

/// The schema of a query parameter, as the finished document shows it.
pub(crate) fn parameter_schema(parameter: &Parameter) -> Value {
    let mut parameter = json!({ "schema": parameter.schema });
    each_schema(&mut parameter, &mut repairs::repair);
    parameter.get_mut("schema").map(Value::take).unwrap_or_default()
}

/// What an operation is, as far as rules ask for it.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Facts {
    method: &'static str,
    /// Whether the conventions of resources hold: they do for everything under `/v1/`.
    resource: bool,
    path_parameters: bool,
    body: bool,
    /// Whether a key is looked at, and so can be a bad one.
    key: bool,
    /// Whether a key may lack a scope.
    scope: bool,
    /// Whether it may be sent twice under one `Idempotency-Key`: every POST but the one whose answer is
    /// a secret.
    once: bool,
    /// Whether what it names may have been merged into another, or renamed.
    moves: bool,
    if_match: bool,
    /// Whether it reads the log of changes.
    follows: bool,
    /// Whether what it answers knows when it was last changed.
    dated: bool,
    /// Whether it takes what people type into a search box.
    searches: bool,
}

impl Facts {
    fn of(path: &str, method: &'static str, operation: &Object, dated: &BTreeSet<String>) -> Self {
        let resource = path.starts_with("/v1/");
        let path_parameters = path.contains('{');
        let changes = matches!(method, "put" | "patch" | "delete");
        let asked = needs(operation);
        Self {
            method,
            resource,
            path_parameters,
            body: operation.contains_key("requestBody"),
            key: asked.iter().any(std::option::Option::is_some),
            scope: !asked.is_empty()
                && asked.iter().flatten().any(|scopes| !scopes.is_empty())
                && asked.iter().all(Option::is_some),
            once: resource && method == "post" && !SECRETS.contains(&path),
            moves: ["{article}", "{tag}", "{person}"].iter().any(|part| path.contains(part)),
            follows: path.starts_with("/v1/changes") || path.ends_with("/replay"),
            if_match: (resource && changes) || has_parameter(operation, "If-Match"),
            searches: has_parameter(operation, "q"),
            dated: successes(operation).filter_map(shown).any(|name| dated.contains(name)),
        }
    }

    fn writes(&self) -> bool {
        self.method != "get"
    }
}

/// The alternatives an operation's security allows: the scopes of the key, or `None` for no key.
fn needs(operation: &Object) -> Vec<Option<Vec<&str>>> {
    let alternatives = operation.get("security").and_then(Value::as_array);
    alternatives
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|alternative| {
            let scopes = alternative.values().next()?.as_array()?;
            Some(scopes.iter().filter_map(Value::as_str).collect())
        })
        .collect()
}

fn successes(operation: &Object) -> impl Iterator<Item = &Object> {
    let answers = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    answers.filter(|(status, _)| status.starts_with('2')).filter_map(|(_, it)| it.as_object())
}

/// The schema of an answer's body.
fn shown(answer: &Object) -> Option<&str> {
    let content = answer.get("content")?;
    walk::schema_name(content.pointer("/application~1json/schema")?.as_object()?)
}

fn has_parameter(operation: &Object, name: &str) -> bool {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    parameters.into_iter().any(|it| it.get("name").and_then(Value::as_str) == Some(name))
}

/// Sets what stands before the paths: version, summary, servers.
fn preface(document: &mut Value) {
    let Some(root) = document.as_object_mut() else { return };
    root.insert("openapi".to_owned(), json!("3.1.0"));
    // The addresses of a deployment are its own; the words are those linters look for.
    let server = json!({
        "url": "/",
        "description": "The server this document came from, be it production, staging or local.",
        "x-internal": false,
    });
    root.insert("servers".to_owned(), json!([server]));
    let Some(info) = object(root, "info") else { return };
    let about = info.get("description").and_then(Value::as_str).unwrap_or_default();
    let summary = about.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    if !summary.is_empty() {
        info.entry("summary").or_insert(Value::String(summary));
    }
}

/// Sets an operation's name, summary and description from its function and doc comment.
fn words(operation: &mut Object) {
    if let Some(id) = operation.get("operationId").and_then(Value::as_str) {
        let id = camel_case(id);
        operation.insert("operationId".to_owned(), Value::String(id));
    }
    let text = |key| operation.get(key).and_then(Value::as_str).unwrap_or_default();
    let (first, rest) = (text("summary").replace('\n', " "), text("description"));
    let summary = first.trim().trim_end_matches('.').to_owned();
    let mut description = match rest.trim() {
        "" => format!("{summary}."),
        rest => rest.to_owned(),
    };
    let needs = needs(operation);
    if !needs.is_empty() && needs.iter().all(Option::is_some) {
        let scopes: BTreeSet<_> = needs.into_iter().flatten().flatten().collect();
        let scopes: Vec<_> = scopes.into_iter().map(|scope| format!("`{scope}`")).collect();
        let with = if scopes.is_empty() { String::new() } else { " with the scope ".to_owned() };
        description = format!("{description}\n\nNeeds a key{with}{}.", scopes.join(" or "));
    }
    if !summary.is_empty() {
        operation.insert("summary".to_owned(), Value::String(summary));
        operation.insert("description".to_owned(), Value::String(description));
    }
    if needs_nothing(operation) {
        operation.insert("security".to_owned(), json!([]));
    }
}

/// What the doc comments of the schemas say.
fn descriptions(document: &Value) -> BTreeMap<String, Value> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let schemas = schemas.into_iter().flatten();
    schemas.filter_map(|(name, it)| Some((name.clone(), it.get("description")?.clone()))).collect()
}

/// The schemas of what knows when it was last changed.
fn dated(document: &Value) -> BTreeSet<String> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let schemas = schemas.into_iter().flatten();
    let dated = schemas.filter(|(_, schema)| schema.pointer("/properties/updated_at").is_some());
    dated.map(|(name, _)| name.clone()).collect()
}

/// A body is what its schema is.
fn describe_body(operation: &mut Object, descriptions: &BTreeMap<String, Value>) {
    let Some(body) = operation.get_mut("requestBody").and_then(Value::as_object_mut) else {
        return;
    };
    let kinds = body.get("content").and_then(Value::as_object).into_iter().flatten();
    let mut names =
        kinds.filter_map(|(_, kind)| walk::schema_name(kind.get("schema")?.as_object()?));
    if let Some(told) = names.find_map(|name| descriptions.get(name)) {
        body.entry("description").or_insert(told.clone());
    }
}

/// Whether `security(())` was said, which utoipa writes as one empty alternative.
fn needs_nothing(operation: &Object) -> bool {
    matches!(needs(operation).as_slice(), [None])
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

/// Drops components nothing refers to, until only those in use are left.
fn prune(document: &mut Value) {
    loop {
        let mut used = BTreeSet::new();
        each_reference(document, &mut |target| {
            used.insert(target.to_owned());
        });
        let mut dropped = false;
        let components = document.get_mut("components").and_then(Value::as_object_mut);
        for (section, entries) in components.into_iter().flatten() {
            let Some(entries) = entries.as_object_mut() else { continue };
            if section != "securitySchemes" {
                let before = entries.len();
                entries.retain(|name, _| used.contains(&format!("#/components/{section}/{name}")));
                dropped |= entries.len() < before;
            }
        }
        if !dropped {
            break;
        }
    }
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.retain(|_, entries| entries.as_object().is_some_and(|it| !it.is_empty()));
    }
}

/// Fails when the document refers to nothing somewhere, or names two operations alike.
fn broken(document: &Value) -> Result<(), String> {
    let mut faults = BTreeSet::new();
    each_reference(document, &mut |target| {
        if target.strip_prefix('#').and_then(|pointer| document.pointer(pointer)).is_none() {
            faults.insert(format!("{target} is referred to and is not there"));
        }
    });
    let mut names = BTreeSet::new();
    for (path, method, operation) in operations(document) {
        let name = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        if !names.insert(name) {
            faults.insert(format!("{method} {path} is called `{name}`, as another operation is"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into_iter().collect::<Vec<_>>().join("\n")) }
}
