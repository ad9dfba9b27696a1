//! Links between operations: what can be asked next with what an answer holds.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::walk::{each_operation, object, operations, schema_name, text};
use super::{Object, shown, successes};

/// An operation that a resource's own address, or one below it, takes.
struct Step {
    operation: String,
    summary: String,
    parameter: String,
    read: bool,
}

/// A schema's resources: where in them their handle stands, and what can be asked with it.
struct Home {
    handle: String,
    steps: Vec<Step>,
}

/// Adds to every success the operations which what it answers leads to.
///
/// What was made or changed leads to everything its address takes; what was read leads to what can be
/// read below it, and a list to what can be read of its first item.
pub(super) fn add(document: &mut Value) {
    let homes = homes(document);
    let pages = pages(document);
    let mut used = BTreeSet::new();
    each_operation(document, &mut |_, method, operation| {
        let own = text(operation, "operationId").to_owned();
        let read = method == "get";
        let Some(answers) = object(operation, "responses") else { return };
        for (status, answer) in answers.iter_mut().filter(|(status, _)| status.starts_with('2')) {
            let Some(answer) = answer.as_object_mut() else { continue };
            let Some(name) = shown(answer).map(str::to_owned) else { continue };
            let (home, item) = match pages.get(&name) {
                Some(name) => (homes.get(name), true),
                None => (homes.get(&name), false),
            };
            let steps = home.iter().flat_map(|home| &home.steps);
            let steps = steps.filter(|step| step.operation != own && (step.read || !read));
            let steps: Vec<_> = steps.map(|step| step.operation.clone()).collect();
            if steps.is_empty() || status == "204" {
                continue;
            }
            let Some(links) = object(answer, "links") else { continue };
            for step in steps {
                let component = format!("{name}-{step}");
                let target = format!("#/components/links/{component}");
                links.insert(step.clone(), json!({ "$ref": target }));
                used.insert((component, step, name.clone(), item));
            }
        }
    });
    let Some(components) = document.as_object_mut().and_then(|it| object(it, "components")) else {
        return;
    };
    let Some(links) = object(components, "links") else { return };
    for (component, operation, name, item) in used {
        let Some(home) = homes.get(pages.get(&name).unwrap_or(&name)) else { continue };
        let Some(step) = home.steps.iter().find(|step| step.operation == operation) else {
            continue;
        };
        let first = if item { "/items/0" } else { "" };
        let link = json!({
            "operationId": operation,
            "description": format!("{}.", step.summary),
            "parameters": { &step.parameter: format!("$response.body#{first}{}", home.handle) },
        });
        links.insert(component, link);
    }
}

/// Every schema that has an address of its own: the last segment of a path that gives it is its handle.
fn homes(document: &Value) -> BTreeMap<String, Home> {
    let mut homes = BTreeMap::new();
    for (path, method, operation) in operations(document).filter(|(_, method, _)| *method == "get")
    {
        let Some((_, last)) = path.rsplit_once('/') else { continue };
        let Some(parameter) = parameter(last) else { continue };
        let name = successes(operation).find_map(shown);
        let handle = name.and_then(|name| handle(document, name, parameter));
        if let (Some(name), Some(handle), "get", 1) =
            (name, handle, method, path.matches('{').count())
        {
            let steps = steps(document, path, parameter);
            homes.entry(name.to_owned()).or_insert(Home { handle, steps });
        }
    }
    // What is made with a secret around it (`{key: {…}, token}`) leads where its resource does.
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let mut around = BTreeMap::new();
    for (name, schema) in
        schemas.into_iter().flatten().filter(|(name, _)| name.starts_with("Created"))
    {
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        for (property, schema) in properties {
            let Some(inner) = schema.as_object().and_then(schema_name) else { continue };
            let Some(home) = homes.get(inner) else { continue };
            let steps = home.steps.iter().map(Step::again).collect();
            let handle = format!("/{property}{}", home.handle);
            around.insert(name.clone(), Home { handle, steps });
        }
    }
    homes.extend(around);
    homes
}

impl Step {
    fn again(&self) -> Self {
        let Self { operation, summary, parameter, read } = self;
        let (operation, summary, parameter) =
            (operation.clone(), summary.clone(), parameter.clone());
        Self { operation, summary, parameter, read: *read }
    }
}

/// What the address and those right below it take, with no other parameter in their way.
fn steps(document: &Value, home: &str, parameter: &str) -> Vec<Step> {
    let below = format!("{home}/");
    operations(document)
        .filter(|(path, _, _)| *path == home || path.starts_with(&below))
        .filter(|(path, _, _)| path.matches('{').count() == 1)
        .map(|(_, method, operation)| Step {
            operation: text(operation, "operationId").to_owned(),
            summary: text(operation, "summary").to_owned(),
            parameter: parameter.to_owned(),
            read: method == "get",
        })
        .collect()
}

fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Where a schema holds what its address is made with.
fn handle(document: &Value, schema: &str, parameter: &str) -> Option<String> {
    let schema = document.pointer(&format!("/components/schemas/{schema}/properties"))?;
    let properties = schema.as_object()?;
    let found = [parameter, "id"].into_iter().find(|name| properties.contains_key(*name))?;
    Some(format!("/{found}"))
}

/// The schema of the items of each page.
fn pages(document: &Value) -> BTreeMap<String, String> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    // What a list shows of an article (`ArticleSummary`) leads where the article does.
    let item = |schema: &Object| {
        schema
            .get("properties")?
            .pointer("/items/items")?
            .as_object()
            .and_then(schema_name)
            .map(|name| name.strip_suffix("Summary").unwrap_or(name).to_owned())
    };
    let schemas = schemas.into_iter().flatten().filter(|(name, _)| name.ends_with("Page"));
    schemas.filter_map(|(name, schema)| Some((name.clone(), item(schema.as_object()?)?))).collect()
}
