//! The document's schemas at work: what comes in and what goes out is held against them.
//!
//! A rule is written once, on the type. The document shows it, and here it is kept, so that the
//! promise and the check cannot drift apart.

mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jsonschema::{Draft, ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::{Map, Value, json};

use super::methods;

pub use words::nearest;
pub(crate) use words::{clip, list, option, quote};

/// How many violations are told at once.
const VIOLATIONS_MAX: usize = 50;

/// The media type of every error.
const PROBLEM: &str = "application/problem+json";

/// A rule of the document that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where: a JSON pointer, which also names a property that is missing or unknown.
    pub pointer: String,
    /// Which kind of rule, in one word.
    pub code: &'static str,
    /// What is wrong and what would be right, in a sentence.
    pub detail: String,
}

/// The schemas of a document, compiled.
#[derive(Debug)]
pub struct Schemas {
    /// The paths and components of the document.
    document: Value,
    validators: HashMap<String, Validator>,
}

impl Schemas {
    /// Compiles every schema a finished document names.
    ///
    /// # Errors
    /// When a schema of the document is none, or refers to nothing.
    pub fn new(document: &Value) -> Result<Self, String> {
        let mut validators = HashMap::new();
        let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
        for name in schemas.into_iter().flatten().map(|(name, _)| name) {
            let root = json!({ "$ref": format!("#/components/schemas/{name}") });
            validators.insert(name.clone(), compile(document, &root)?);
        }
        let part = |name| document.get(name).cloned().unwrap_or_default();
        let document = json!({ "paths": part("paths"), "components": part("components") });
        Ok(Self { document, validators })
    }

    /// Answers what is wrong with a value that should be of the named schema, at most 50 things.
    #[must_use]
    pub fn check(&self, name: &str, body: &Value) -> Vec<Violation> {
        let Some(validator) = self.validators.get(name) else {
            return vec![Violation::invalid(format!("there is no schema {name}"))];
        };
        let root = json!({ "$ref": format!("#/components/schemas/{name}") });
        self.violations(validator, &root, body)
    }

    /// Answers what an answer does that its operation does not document.
    ///
    /// `path` is a template of the document or a request's path. A status or a media type that
    /// the operation does not name is a violation; what no operation answers (no such path, no
    /// such method) has to be a problem.
    #[must_use]
    pub fn check_response(
        &self,
        method: &str,
        path: &str,
        status: u16,
        content_type: Option<&str>,
        body: Option<&Value>,
    ) -> Vec<Violation> {
        let head = method.eq_ignore_ascii_case("head");
        let method = if head { "get".to_owned() } else { method.to_lowercase() };
        let here = format!("{method} {path}");
        let media = content_type.map(|it| it.split(';').next().unwrap_or_default().trim());
        if method == "options" && status < 400 {
            let fault = || Violation::invalid(format!("{here} gives a body with {status}"));
            return body.map(|_| fault()).into_iter().collect();
        }
        let Some(operation) = self.operation(&method, path) else {
            return self.check_stray(&here, status, media, body, head);
        };
        let Some(answer) = operation.pointer(&format!("/responses/{status}")) else {
            return vec![Violation::invalid(format!("{here} does not document {status}"))];
        };
        let Some(content) = self.resolve(answer).get("content").and_then(Value::as_object) else {
            let empty = body.is_none() || head;
            let fault = || Violation::invalid(format!("{here} documents no body with {status}"));
            return if empty { Vec::new() } else { vec![fault()] };
        };
        let Some(kind) = media.and_then(|media| content.get(&media.to_lowercase())) else {
            let media = words::quote(media.unwrap_or("no media type"));
            let fault = format!("{here} does not document {media} with {status}");
            return vec![Violation::invalid(fault)];
        };
        match (body, kind.get("schema")) {
            _ if head => Vec::new(),
            // Bytes of another kind are no JSON to look into.
            (Some(_), Some(_)) if !media.is_some_and(|media| media.ends_with("json")) => Vec::new(),
            (Some(body), Some(schema)) => self.check_value(schema, body),
            (None, Some(_)) if media.is_some_and(|media| media.ends_with("json")) => {
                vec![Violation::invalid(format!("{here} gives no body with {status}"))]
            }
            _ => Vec::new(),
        }
    }

    /// The headers the document names for an answer; `None` for an answer it does not know.
    #[must_use]
    pub fn headers(&self, method: &str, path: &str, status: u16) -> Option<Vec<&str>> {
        let head = method.eq_ignore_ascii_case("head");
        let method = if head { "get".to_owned() } else { method.to_lowercase() };
        let operation = self.operation(&method, path)?;
        let answer = self.resolve(operation.pointer(&format!("/responses/{status}"))?);
        let headers = answer.get("headers").and_then(Value::as_object);
        Some(headers.into_iter().flat_map(Map::keys).map(String::as_str).collect())
    }

    /// An answer that belongs to no operation: a problem, or a fault of the document.
    fn check_stray(
        &self,
        here: &str,
        status: u16,
        media: Option<&str>,
        body: Option<&Value>,
        head: bool,
    ) -> Vec<Violation> {
        if status < 400 {
            return vec![Violation::invalid(format!("{here} is not documented"))];
        }
        if media != Some(PROBLEM) {
            return vec![Violation::invalid(format!("{here} fails without {PROBLEM}"))];
        }
        match body {
            _ if head => Vec::new(),
            Some(body) => self.check("Problem", body),
            None => vec![Violation::invalid(format!("{here} gives no body with {status}"))],
        }
    }

    /// Answers what is wrong with a value that should be of a schema of the document, at most 50 things.
    #[must_use]
    pub fn check_value(&self, schema: &Value, body: &Value) -> Vec<Violation> {
        let target = schema.get("$ref").and_then(Value::as_str);
        if let Some(name) = target.and_then(|it| it.strip_prefix("#/components/schemas/")) {
            return self.check(name, body);
        }
        match compile(&self.document, schema) {
            Ok(validator) => self.violations(&validator, schema, body),
            Err(fault) => vec![Violation::invalid(fault)],
        }
    }

    /// The operation of a path, which may be a request's; its own template comes first.
    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let paths = self.document.get("paths")?.as_object()?;
        let mut fitting: Vec<_> =
            paths.iter().filter(|(template, _)| methods::matches(template, path)).collect();
        fitting.sort_by_key(|(template, _)| (*template != path, template.matches('{').count()));
        fitting.first()?.1.get(method)
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let target = value.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|it| self.document.pointer(it.strip_prefix('#')?));
        target.unwrap_or(value)
    }

    fn violations(&self, validator: &Validator, root: &Value, body: &Value) -> Vec<Violation> {
        let mut found = Vec::new();
        for error in validator.iter_errors(body).take(VIOLATIONS_MAX) {
            self.explain(&error, root, &mut found);
        }
        found.truncate(VIOLATIONS_MAX);
        // A value of the wrong type breaks other rules too, which then say nothing new.
        let mistyped = found.iter().filter(|it| it.code == "wrong-type");
        let mistyped: BTreeSet<_> = mistyped.map(|it| it.pointer.clone()).collect();
        found.retain(|it| it.code == "wrong-type" || !mistyped.contains(&it.pointer));
        found.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        found
    }

    /// Tells an error of the validator in our words, one violation for each property.
    fn explain(&self, error: &ValidationError<'_>, root: &Value, found: &mut Vec<Violation>) {
        let pointer = words::clip_pointer(error.instance_path().as_str());
        let (schema, name) = self.place(root, error.evaluation_path().as_str());
        match error.kind() {
            Kind::AdditionalProperties { unexpected } => {
                let known = schema.get("properties").and_then(Value::as_object);
                let known: Vec<_> =
                    known.into_iter().flat_map(Map::keys).map(String::as_str).collect();
                found.extend(unexpected.iter().take(VIOLATIONS_MAX).map(|property| Violation {
                    pointer: words::child(&pointer, property),
                    code: "unknown-property",
                    detail: words::unknown(property, name, &known),
                }));
            }
            Kind::Required { property } => {
                let property = property.as_str().unwrap_or_default();
                let of = name.map(|name| format!(" in {name}")).unwrap_or_default();
                found.push(Violation {
                    pointer: words::child(&pointer, property),
                    code: "required",
                    detail: format!("`{property}` is required{of}"),
                });
            }
            Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
                match arm(schema, error.instance(), context, &pointer) {
                    Ok(errors) => {
                        let before = found.len();
                        for error in errors {
                            self.explain(error, root, found);
                        }
                        let null = context.iter().flatten().any(|it| words::wants_null(it.kind()));
                        let told = found.iter_mut().skip(before);
                        for one in told.filter(|it| null && it.pointer == pointer) {
                            one.detail = words::or_null(&one.detail);
                        }
                    }
                    Err(violation) => found.push(violation),
                }
            }
            kind => {
                let (code, detail) = words::sentence(kind, error.instance());
                found.push(Violation { pointer, code, detail });
            }
        }
    }

    /// The schema in which an evaluation path ends, and the name of the component around it.
    fn place<'a>(&'a self, root: &'a Value, path: &str) -> (&'a Value, Option<&'a str>) {
        let mut at = root;
        let mut name = None;
        let keys: Vec<_> = path.split('/').skip(1).collect();
        let within = keys.split_last().map_or(&[][..], |(_, within)| within);
        for key in within {
            let key = key.replace("~1", "/").replace("~0", "~");
            if key == "$ref" && at.get("$ref").is_some_and(Value::is_string) {
                let target = at.get("$ref").and_then(Value::as_str).unwrap_or_default();
                name = target.strip_prefix("#/components/schemas/");
                at = self.resolve(at);
                continue;
            }
            let next = match at {
                Value::Array(list) => key.parse().ok().and_then(|index: usize| list.get(index)),
                _ => at.get(&key),
            };
            at = next.unwrap_or(&Value::Null);
        }
        (at, name)
    }
}

impl Violation {
    fn invalid(detail: String) -> Self {
        Self { pointer: String::new(), code: "invalid", detail }
    }
}

/// Compiles a schema together with the components it reaches.
fn compile(document: &Value, schema: &Value) -> Result<Validator, String> {
    let mut reached = BTreeMap::new();
    reach(document, schema, &mut reached);
    let mut root = schema.as_object().cloned().unwrap_or_default();
    root.insert("components".to_owned(), json!({ "schemas": reached }));
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&Value::Object(root))
        .map_err(|error| error.to_string())
}

fn reach<'a>(document: &'a Value, value: &'a Value, reached: &mut BTreeMap<&'a str, &'a Value>) {
    let mut targets = BTreeSet::new();
    super::document::each_reference(value, &mut |target| {
        targets.insert(target);
    });
    for target in targets {
        let name = target.strip_prefix("#/components/schemas/");
        let schema = target.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        if let (Some(name), Some(schema)) = (name, schema)
            && reached.insert(name, schema).is_none()
        {
            reach(document, schema, reached);
        }
    }
}

/// The errors of that arm of a union which the value seems to mean.
fn arm<'a>(
    schema: &Value,
    value: &Value,
    arms: &'a [Vec<ValidationError<'static>>],
    pointer: &str,
) -> Result<&'a [ValidationError<'static>], Violation> {
    if let Some(tag) = schema.pointer("/discriminator/propertyName").and_then(Value::as_str)
        && let Some(given) = value.get(tag)
        && let Some(mapping) = schema.pointer("/discriminator/mapping").and_then(Value::as_object)
    {
        let targets = schema.get("oneOf").and_then(Value::as_array);
        let target = given.as_str().and_then(|given| mapping.get(given));
        let index = targets.into_iter().flatten().position(|it| it.get("$ref") == target);
        if let (Some(_), Some(errors)) = (target, index.and_then(|index| arms.get(index))) {
            return Ok(errors);
        }
        let options: Vec<_> = mapping.keys().map(String::as_str).collect();
        return Err(Violation {
            pointer: words::child(pointer, tag),
            code: "not-an-option",
            detail: words::option(&options, given),
        });
    }
    // An arm that fails at once is not the one that was meant: `null`, when it is an object.
    let at_once = |errors: &[ValidationError<'_>]| {
        errors.iter().any(|error| {
            matches!(error.kind(), Kind::Type { .. })
                && words::clip_pointer(error.instance_path().as_str()) == pointer
        })
    };
    let meant = arms.iter().min_by_key(|errors| {
        let null = errors.iter().any(|error| words::wants_null(error.kind()));
        (at_once(errors), null, errors.len())
    });
    meant.map(Vec::as_slice).filter(|errors| !errors.is_empty()).ok_or_else(|| Violation {
        pointer: pointer.to_owned(),
        code: "invalid",
        detail: "has none of the shapes it may have".to_owned(),
    })
}
