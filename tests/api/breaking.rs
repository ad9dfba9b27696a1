//! What in a document breaks the clients that were made from an earlier one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// Where a client breaks, by the name it knows (`listTags`, `Tag.name`), and how.
pub type Breaks = BTreeSet<(String, String)>;

/// Which way a schema's values go: what a client sends must stay allowed, what it is given must stay there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Sent,
    Given,
}

/// Two documents, and what has been found and looked at so far.
struct Comparison<'a> {
    old: &'a Value,
    new: &'a Value,
    seen: BTreeSet<(String, Way)>,
    found: Breaks,
}

/// Everything in `new` that breaks a client made from `old`.
pub fn breaking(old: &Value, new: &Value) -> Breaks {
    let (seen, found) = (BTreeSet::new(), BTreeSet::new());
    let mut comparison = Comparison { old, new, seen, found };
    let there: BTreeMap<_, _> = operations(new).collect();
    for (here, operation) in operations(old) {
        let name = text(operation, "operationId");
        match there.get(&here) {
            None => comparison.add(name, format!("`{here}` is gone")),
            Some(other) => comparison.operation(name, operation, other),
        }
    }
    for name in entries(&old["components"], "schemas").keys() {
        if new["components"]["schemas"][name].is_null() {
            comparison.add(name, "the schema is gone");
        }
    }
    comparison.found
}

impl<'a> Comparison<'a> {
    fn add(&mut self, place: &str, what: impl Into<String>) {
        self.found.insert((place.to_owned(), what.into()));
    }

    fn operation(&mut self, name: &str, old: &'a Value, new: &'a Value) {
        if new["operationId"] != old["operationId"] {
            self.add(name, format!("is called `{}`", text(new, "operationId")));
        }
        for alternative in list(old, "security") {
            // A key that was good enough still is when some alternative asks for no more.
            let enough = |it: &&Value| {
                entries(it, "").iter().all(|(scheme, scopes)| {
                    let had = alternative.get(scheme).and_then(Value::as_array);
                    had.is_some_and(|had| {
                        scopes.as_array().unwrap().iter().all(|it| had.contains(it))
                    })
                })
            };
            let open = list(new, "security").is_empty();
            if !open && !list(new, "security").iter().any(|it| enough(&it)) {
                self.add(name, "needs another key");
            }
        }
        if list(old, "security").is_empty()
            && !list(new, "security").is_empty()
            && !list(new, "security").iter().any(|it| it == &json!({}))
        {
            self.add(name, "needs a key");
        }
        self.parameters(name, old, new);
        self.body(name, &old["requestBody"], &new["requestBody"]);
        self.answers(name, &old["responses"], &new["responses"]);
    }

    fn parameters(&mut self, name: &str, old: &'a Value, new: &'a Value) {
        let (before, after) = (parameters(self.old, old), parameters(self.new, new));
        for (key, old) in &before {
            let place = format!("{name} {}", key.1);
            let Some(new) = after.get(key) else {
                self.add(&place, "the parameter is gone");
                continue;
            };
            if new["required"] == true && old["required"] != true {
                self.add(&place, "the parameter is required");
            }
            if (&old["style"], &old["explode"]) != (&new["style"], &new["explode"]) {
                self.add(&place, "the parameter is written another way");
            }
            self.schema(&place, &old["schema"], &new["schema"], Way::Sent);
        }
        for (key, new) in &after {
            if new["required"] == true && !before.contains_key(key) {
                self.add(&format!("{name} {}", key.1), "the parameter is new and required");
            }
        }
    }

    fn body(&mut self, name: &str, old: &'a Value, new: &'a Value) {
        if new["required"] == true && old["required"] != true {
            self.add(name, "needs a body");
        }
        if !old.is_null() {
            self.content(name, "the body", old, new, Way::Sent);
        }
    }

    fn answers(&mut self, name: &str, old: &'a Value, new: &'a Value) {
        for (status, answer) in entries(old, "") {
            let (answer, other) = (resolve(self.old, answer), resolve(self.new, &new[status]));
            if other.is_null() {
                if !status.starts_with(['4', '5']) {
                    self.add(name, format!("no longer answers {status}"));
                }
                continue;
            }
            for header in entries(answer, "headers").keys() {
                if other["headers"][header].is_null() {
                    self.add(name, format!("{status} has no {header}"));
                }
            }
            self.content(name, status, answer, other, Way::Given);
        }
        for status in entries(new, "").keys() {
            if status.starts_with('2') && old[status].is_null() {
                self.add(name, format!("answers {status}"));
            }
        }
    }

    fn content(&mut self, name: &str, what: &str, old: &'a Value, new: &'a Value, way: Way) {
        for (media, kind) in entries(old, "content") {
            match new["content"].get(media) {
                None => self.add(name, format!("{what} is no longer {media}")),
                Some(other) => self.schema(name, &kind["schema"], &other["schema"], way),
            }
        }
    }

    fn schema(&mut self, place: &str, old: &'a Value, new: &'a Value, way: Way) {
        if let (Some(old_name), Some(new_name)) = (schema_name(old), schema_name(new)) {
            if old_name != new_name {
                self.add(place, format!("is a {new_name}"));
            } else if self.seen.insert((old_name.to_owned(), way)) {
                let (old, new) = (resolve(self.old, old), resolve(self.new, new));
                self.schema(old_name, old, new, way);
            }
            return;
        }
        let (old, new) = (resolve(self.old, old), resolve(self.new, new));
        self.values(place, old, new, way);
        self.limits(place, old, new, way);
        self.properties(place, old, new, way);
        if !old["items"].is_null() {
            self.schema(&format!("{place}[]"), &old["items"], &new["items"], way);
        }
        if old["discriminator"]["propertyName"] != new["discriminator"]["propertyName"] {
            self.add(place, "is told apart by another property");
        }
        // Arms are known by what they refer to; `null` and plain ones by their type.
        let arm =
            |it: &Value| schema_name(it).map_or_else(|| it["type"].to_string(), str::to_owned);
        let arms: BTreeMap<_, _> = list(new, "oneOf").iter().map(|it| (arm(it), it)).collect();
        let had: BTreeSet<_> = list(old, "oneOf").iter().map(arm).collect();
        for one in list(old, "oneOf") {
            match arms.get(&arm(one)) {
                Some(other) => self.schema(place, one, other, way),
                None => self.add(place, format!("is never {}", arm(one))),
            }
        }
        if way == Way::Given && arms.contains_key("\"null\"") && !had.contains("\"null\"") {
            self.add(place, "may be null");
        }
    }

    /// Types, formats and enums.
    fn values(&mut self, place: &str, old: &Value, new: &Value, way: Way) {
        let (before, after) = (types(old), types(new));
        let narrower = match way {
            Way::Sent => !before.is_subset(&after),
            Way::Given => !after.is_subset(&before),
        };
        if narrower {
            self.add(place, format!("is of type {after:?}, was {before:?}"));
        }
        if old["format"] != new["format"] {
            self.add(place, format!("has the format {}, had {}", new["format"], old["format"]));
        }
        if way == Way::Sent && !new["pattern"].is_null() && old["pattern"] != new["pattern"] {
            self.add(place, "must match another pattern");
        }
        if old["const"] != new["const"] {
            self.add(place, format!("is {}, was {}", new["const"], old["const"]));
        }
        let options = list(new, "enum");
        for option in list(old, "enum").iter().filter(|it| !options.contains(it)) {
            self.add(place, format!("is never {option}"));
        }
        if way == Way::Sent && list(old, "enum").is_empty() && !options.is_empty() {
            self.add(place, "must be one of some values");
        }
    }

    fn limits(&mut self, place: &str, old: &Value, new: &Value, way: Way) {
        if way == Way::Given {
            return;
        }
        for (key, sign) in [
            ("minLength", -1.0),
            ("minimum", -1.0),
            ("minItems", -1.0),
            ("maxLength", 1.0),
            ("maximum", 1.0),
            ("maxItems", 1.0),
        ] {
            let Some(limit) = new[key].as_f64() else { continue };
            // A least length of nothing limits nothing.
            let had =
                old[key].as_f64().or((key.starts_with("min") && key != "minimum").then_some(0.0));
            if had.is_none_or(|had| sign * limit < sign * had) {
                self.add(place, format!("{key} is {limit}"));
            }
        }
    }

    fn properties(&mut self, place: &str, old: &'a Value, new: &'a Value, way: Way) {
        let (had, has) = (list(old, "required"), list(new, "required"));
        for (name, schema) in entries(old, "properties") {
            let here = format!("{place}.{name}");
            let Some(other) = new["properties"].get(name) else {
                self.add(&here, "the property is gone");
                continue;
            };
            let (was, is) = (had.contains(&json!(name)), has.contains(&json!(name)));
            match way {
                Way::Sent if is && !was => self.add(&here, "the property is required"),
                Way::Given if was && !is => self.add(&here, "the property may be absent"),
                _ => {}
            }
            self.schema(&here, schema, other, way);
        }
        for name in entries(new, "properties").keys().filter(|_| way == Way::Sent) {
            if has.contains(&json!(name)) && old["properties"].get(name).is_none() {
                self.add(&format!("{place}.{name}"), "the property is new and required");
            }
        }
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        let item = item.as_object().unwrap().iter();
        item.filter(|(_, it)| it.get("operationId").is_some())
            .map(move |(method, operation)| (format!("{method} {path}"), operation))
    })
}

fn parameters<'a>(
    document: &'a Value,
    operation: &'a Value,
) -> BTreeMap<(&'a str, &'a str), &'a Value> {
    let parameters = list(operation, "parameters").iter().map(|it| resolve(document, it));
    parameters.map(|it| ((text(it, "in"), text(it, "name")), it)).collect()
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
    target.map_or(value, |target| document.pointer(target).unwrap())
}

fn schema_name(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}

fn types(schema: &Value) -> BTreeSet<&str> {
    match &schema["type"] {
        Value::String(one) => [one.as_str()].into(),
        several => several.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The entries of the object under a key, or of the value itself; none when there is no object.
fn entries<'a>(value: &'a Value, key: &str) -> &'a Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    let value = if key.is_empty() { value } else { &value[key] };
    value.as_object().unwrap_or(&NONE)
}
