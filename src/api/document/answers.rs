//! What every operation can answer besides its success, and the headers its answers carry.

use serde_json::{Value, json};

use super::walk::{list, object};
use super::{Facts, Object, Problems};

/// The address below which each kind of problem has its own.
const PROBLEM_TYPES: &str = "https://onrecord.dev/problems/";

/// A kind of failure: the component it is, and when an operation can end in it.
struct Failure {
    name: &'static str,
    status: u16,
    when: fn(&Facts) -> bool,
    description: &'static str,
}

const FAILURES: [Failure; 16] = [
    Failure {
        name: "MovedPermanently",
        status: 301,
        when: |facts| facts.moves && !facts.writes(),
        description: "It was merged into another, where `Location` leads.",
    },
    Failure {
        name: "PermanentRedirect",
        status: 308,
        when: |facts| facts.moves && facts.writes(),
        description: "It was merged into another; send the same again to where `Location` leads.",
    },
    Failure {
        name: "BadRequest",
        status: 400,
        when: |_| true,
        description: "The request cannot be read, or a parameter is unknown or not valid.",
    },
    Failure {
        name: "Unauthorized",
        status: 401,
        when: |facts| facts.key,
        description: "A key is needed, or the one that was sent is unknown, revoked or expired.",
    },
    Failure {
        name: "Forbidden",
        status: 403,
        when: |facts| facts.scope,
        description: "The key is good and has not the scope this needs.",
    },
    Failure {
        name: "NotFound",
        status: 404,
        when: |facts| facts.path_parameters,
        description: "There is nothing under this address, or nothing this caller may see.",
    },
    Failure {
        name: "NotAcceptable",
        status: 406,
        when: |facts| facts.content,
        description: "No representation suits the `Accept` header.",
    },
    Failure {
        name: "RequestTimeout",
        status: 408,
        when: |facts| facts.body,
        description: "The body took too long to arrive.",
    },
    Failure {
        name: "Conflict",
        status: 409,
        when: Facts::writes,
        description: "The request clashes with what is there. Only `request-in-flight` says \
                      in `Retry-After` when to come back.",
    },
    Failure {
        name: "PreconditionFailed",
        status: 412,
        when: |facts| facts.if_match,
        description: "It was changed since: the `ETag` in `If-Match` is not the present one.",
    },
    Failure {
        name: "PayloadTooLarge",
        status: 413,
        when: |facts| facts.body,
        description: "The body is larger than this server takes.",
    },
    Failure {
        name: "UnsupportedMediaType",
        status: 415,
        when: |facts| facts.body,
        description: "The body's media type, charset or coding is not one this operation reads.",
    },
    Failure {
        name: "UnprocessableContent",
        status: 422,
        when: |facts| facts.body,
        description: "The body is JSON and breaks a rule; `errors` says where and which.",
    },
    Failure {
        name: "TooManyRequests",
        status: 429,
        when: |_| true,
        description: "There were too many requests; `Retry-After` says when to come back.",
    },
    Failure {
        name: "InternalServerError",
        status: 500,
        when: |_| true,
        description: "Something broke here; the log has it under the `request_id`.",
    },
    Failure {
        name: "ServiceUnavailable",
        status: 503,
        when: |_| true,
        description: "There is no capacity at the moment; `Retry-After` says when to come back.",
    },
];

/// The headers of answers: name, what it says, an example.
const HEADERS: [(&str, &str, &str); 9] = [
    (
        "Access-Control-Allow-Origin",
        "Which pages may read this from a browser; sent when the request has an allowed `Origin`.",
        "*",
    ),
    ("Allow", "The methods this address knows.", "GET, HEAD, OPTIONS"),
    (
        "ETag",
        "The strong validator of this representation, for `If-None-Match` and `If-Match`.",
        "\"5e1d8a90c7f3b264d01e6b7a93c4f852\"",
    ),
    (
        "Idempotency-Replayed",
        "`true` when this is the first answer again, given for the same `Idempotency-Key`.",
        "true",
    ),
    (
        "Last-Modified",
        "When this was last changed; a list does not say.",
        "Mon, 21 Sep 2020 17:23:00 GMT",
    ),
    (
        "Link",
        "The next page, as RFC 8288 writes it; absent on the last one.",
        "<https://news.example/v1/articles?cursor=eyJrIjoiMjAyMC0wOS0yMSJ9>; rel=\"next\"",
    ),
    ("Location", "Where it is.", "/v1/articles/russia-and-china-are-eager"),
    ("Retry-After", "After how many seconds to come back.", "2"),
    (
        "X-Request-Id",
        "The request's id: the client's own, or one made here.",
        "01996f5c-6f4e-7c3a-9d53-2f7f3f3c1a09",
    ),
];

/// The header parameters: component, header, what it does, an example.
const PARAMETERS: [(&str, &str, &str, &str); 3] = [
    (
        "IdempotencyKey",
        "Idempotency-Key",
        "Any text made anew for each intended write. The same key with the same body gives the \
         first answer again for 24 hours, with another body it is refused.",
        "5f0c7a52-0d0f-4a5e-9a83-3f0c1f6f2b11",
    ),
    (
        "IfMatch",
        "If-Match",
        "The `ETag` this change was made from; when it is no longer the present one, nothing is \
         changed.",
        "\"5e1d8a90c7f3b264d01e6b7a93c4f852\"",
    ),
    (
        "IfNoneMatch",
        "If-None-Match",
        "The `ETag` the client has; while it is the present one, the answer is 304 without a body.",
        "\"5e1d8a90c7f3b264d01e6b7a93c4f852\"",
    ),
];

/// The status under which the table of problems has one: what has moved has moved for a write too,
/// which only another status may lead on.
const fn told_as(status: u16) -> u16 {
    if status == 308 { 301 } else { status }
}

/// The longest header value, in characters.
const HEADER_MAX: u16 = 8192;

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
    let known = |status| problems.iter().any(|(_, known, _)| *known == told_as(status));
    for failure in FAILURES.iter().filter(|it| known(it.status) && (it.when)(facts)) {
        let status = failure.status.to_string();
        answers.entry(status).or_insert_with(|| reference("responses", failure.name));
    }
    let wanted = [
        ("IfNoneMatch", "If-None-Match", revalidates),
        ("IfMatch", "If-Match", facts.if_match),
        ("IdempotencyKey", "Idempotency-Key", facts.resource && facts.once),
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
        ("Access-Control-Allow-Origin", true),
        ("X-Request-Id", true),
        ("ETag", made),
        ("Last-Modified", made && facts.dated),
        ("Location", status == "201"),
        ("Idempotency-Replayed", shown && facts.once),
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
            let schema = json!({ "type": "string", "minLength": 1, "maxLength": max });
            let parameter = json!({
                "name": header,
                "in": "header",
                "description": description,
                "required": false,
                "schema": schema,
                "example": example,
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

fn header(name: &str, description: &str, example: &str) -> Value {
    let (schema, example) = match name {
        "Retry-After" => {
            let schema = json!({
                "type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400,
            });
            (schema, json!(2))
        }
        "Idempotency-Replayed" => (json!({ "type": "string", "enum": ["true"] }), json!(example)),
        "Location" => {
            let schema =
                json!({ "type": "string", "format": "uri-reference", "maxLength": HEADER_MAX });
            (schema, json!(example))
        }
        _ => (json!({ "type": "string", "maxLength": HEADER_MAX }), json!(example)),
    };
    json!({ "description": description, "schema": schema, "example": example })
}

fn not_modified() -> Value {
    let headers = ["Access-Control-Allow-Origin", "ETag", "Last-Modified", "X-Request-Id"];
    let headers: Object =
        headers.into_iter().map(|it| (it.to_owned(), reference("headers", it))).collect();
    let description = "The client has the present representation already.";
    json!({ "description": description, "headers": headers })
}

impl Failure {
    /// The response as it stands among the components, with every code it can carry.
    fn answer(&self, problems: Problems<'_>) -> Value {
        let status = told_as(self.status);
        let here = || problems.iter().filter(move |row| row.1 == status);
        let codes: Vec<_> = here().map(|(code, _, _)| format!("`{code}`")).collect();
        let codes = match codes.split_last() {
            Some((last, [])) => format!("`code` is {last}."),
            Some((last, others)) => format!("`code` is {} or {last}.", others.join(", ")),
            None => String::new(),
        };
        let examples: Object = here()
            .map(|(code, _, title)| {
                let example = example(code, self.status, title);
                ((*code).to_owned(), json!({ "summary": title, "value": example }))
            })
            .collect();
        let mut headers = Object::new();
        for name in ["Access-Control-Allow-Origin", "Retry-After", "X-Request-Id"] {
            if name != "Retry-After" || matches!(self.status, 409 | 429 | 503) {
                headers.insert(name.to_owned(), reference("headers", name));
            }
        }
        if status == 301 {
            headers.insert("Location".to_owned(), reference("headers", "Location"));
        }
        let content = json!({ "schema": reference("schemas", "Problem"), "examples": examples });
        json!({
            "description": format!("{} {codes}", self.description),
            "headers": headers,
            "content": { "application/problem+json": content },
        })
    }
}

/// A problem as it could come, whole.
fn example(code: &str, status: u16, title: &str) -> Value {
    let (detail, errors) = match code {
        "invalid-field" => (
            "One property of the body is not valid.",
            json!([{
                "pointer": "/title",
                "parameter": null,
                "code": "too-long",
                "detail": "must be at most 300 characters, is 301",
            }]),
        ),
        "invalid-parameter" => (
            "`lmit` is not a parameter here; did you mean `limit`?",
            json!([{
                "pointer": null,
                "parameter": "lmit",
                "code": "unknown-parameter",
                "detail": "`lmit` is not a parameter here; did you mean `limit`?",
            }]),
        ),
        "invalid-cursor" => ("The cursor belongs to another filter.", json!([])),
        _ => (detail(status), json!([])),
    };
    json!({
        "type": format!("{PROBLEM_TYPES}{code}"),
        "title": title,
        "status": status,
        "code": code,
        "detail": if detail.is_empty() { format!("{title}.") } else { detail.to_owned() },
        "errors": errors,
        "request_id": "01996f5c-6f4e-7c3a-9d53-2f7f3f3c1a09",
    })
}

/// A sentence such as the one a client is shown.
fn detail(status: u16) -> &'static str {
    match status {
        401 => "This needs a key: send it as `Authorization: Bearer onr_…`.",
        403 => "This needs the scope `content:write`, which the key does not have.",
        404 => "There is no article `china-and-russa`.",
        406 => "This is given as `application/json` only.",
        408 => "The body did not arrive within 30 seconds.",
        412 => "It is at another version now: get it again, and change that.",
        413 => "The body has more than 1048576 bytes.",
        415 => "Send the body as `application/json`.",
        429 => "Come back in 2 seconds.",
        500 => "It was logged under this request's id.",
        503 => "Nothing was changed; come back in 2 seconds.",
        _ => "",
    }
}
