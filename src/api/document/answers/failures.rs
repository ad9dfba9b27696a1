//! The failures an operation can end in.

use serde_json::{Value, json};

use super::super::{Facts, Object, Problems};
use super::reference;

/// The address below which each kind of problem has its own.
const PROBLEM_TYPES: &str = "https://onrecord.dev/problems/";

/// A kind of failure: the component it is, and when an operation can end in it.
pub(super) struct Failure {
    pub(super) name: &'static str,
    pub(super) status: u16,
    pub(super) when: fn(&Facts) -> bool,
    description: &'static str,
}

pub(super) const FAILURES: [Failure; 17] = [
    Failure {
        name: "MovedPermanently",
        status: 301,
        when: |facts| facts.moves && !facts.writes(),
        description: "It was merged into another or has another slug now: `Location` is where.",
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
        when: |_| true,
        description: "No representation suits the `Accept` or the `Accept-Encoding` header.",
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
        description: "The request clashes with what is there, or what it would change was merged \
                      into another or renamed. Only `request-in-flight` says \
                      in `Retry-After` when to come back.",
    },
    Failure {
        name: "Gone",
        status: 410,
        when: |facts| facts.follows,
        description: "The log of changes does not go back so far; `detail` says how to start over.",
    },
    Failure {
        name: "PreconditionFailed",
        status: 412,
        when: |facts| facts.if_match,
        description: "The `ETag` in `If-Match` is not the present one: it was changed since. Or \
                      `If-None-Match` rules out what is there.",
    },
    Failure {
        name: "PayloadTooLarge",
        status: 413,
        when: |facts| facts.body,
        description: "The body is larger than this server takes.",
    },
    Failure {
        name: "UriTooLong",
        status: 414,
        when: |_| true,
        description: "The address is longer than this server reads.",
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
        when: |facts| facts.body || facts.once,
        description: "The body can be read and breaks a rule: `errors` says where and which. Or the \
                      `Idempotency-Key` came with another request before.",
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

impl Failure {
    /// The response as it stands among the components, with every code it can carry.
    pub(super) fn answer(&self, problems: Problems<'_>) -> Value {
        // A browser asks before it sends the request: no operation answers that.
        let here =
            || problems.iter().filter(move |row| row.1 == self.status && row.0 != "cors-refused");
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
        if self.status == 301 {
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
            "/title: must be at most 300 characters, is 301",
            json!([{
                "pointer": "/title",
                "parameter": null,
                "quote": null,
                "code": "too-long",
                "detail": "must be at most 300 characters, is 301",
            }]),
        ),
        "invalid-parameter" => (
            "lmit: is not known; did you mean `limit`?",
            json!([{
                "pointer": null,
                "parameter": "lmit",
                "quote": null,
                "code": "unknown",
                "detail": "is not known; did you mean `limit`?",
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
        410 => {
            "The log begins after change 42. Start over: read what you follow as it is now, then go on with `after=99`."
        }
        412 => "It is at another version now: get it again, and change that.",
        413 => "The body has more than 1048576 bytes.",
        414 => "The address may have at most 16384 bytes.",
        415 => "Send the body as `application/json`.",
        429 => "Come back in 2 seconds.",
        500 => "It was logged under this request's id.",
        503 => "Nothing was changed; come back in 2 seconds.",
        _ => "",
    }
}
