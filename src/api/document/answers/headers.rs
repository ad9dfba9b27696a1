//! The headers of requests and answers: what each says, and an example.

use serde_json::{Value, json};

/// The headers of answers: name, what it says, an example.
pub(super) const HEADERS: [(&str, &str, &str); 11] = [
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
    (
        "Onrecord-Seq",
        "How far the log of changes goes with this: send it as `Min-Seq` to read nothing older.",
        "42",
    ),
    ("Retry-After", "After how many seconds to come back.", "2"),
    (
        "Search-Notes",
        "What a search did not do as it was typed, as a structured list (RFC 9651): `words-left-out`, \
         `no-words`, `short-beginning`, `not-all-ranked`, each with a `detail`; absent when there is \
         nothing to say.",
        "words-left-out;detail=\"a search has at most 64 words; 936 were left out of this one\"",
    ),
    (
        "X-Request-Id",
        "The request's id: the client's own, or one made here.",
        "01996f5c-6f4e-7c3a-9d53-2f7f3f3c1a09",
    ),
];

/// The header parameters: component, header, what it does, an example.
pub(super) const PARAMETERS: [(&str, &str, &str, &str); 5] = [
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
        "IfNoneIs",
        "If-None-Match",
        "`*` changes nothing where something is there already: a `PUT` then makes it and never \
         overwrites. An `ETag` changes nothing while it is the present one.",
        "*",
    ),
    (
        "IfNoneMatch",
        "If-None-Match",
        "The `ETag` the client has; while it is the present one, the answer is 304 without a body.",
        "\"5e1d8a90c7f3b264d01e6b7a93c4f852\"",
    ),
    (
        "MinSeq",
        "Min-Seq",
        "The `Onrecord-Seq` of a write, or the number of a change: the answer is not older. When so new a change is not \
         known here within two seconds, it is 503.",
        "42",
    ),
];

/// The longest header value, in characters.
pub(super) const HEADER_MAX: u16 = crate::edge::CONDITION_BYTES_MAX;

/// The number of a change.
pub(super) fn seq() -> Value {
    json!({
        "type": "integer", "format": "int64", "minimum": 0, "maximum": 9_007_199_254_740_991_i64,
    })
}

/// The header as it stands among the components.
pub(super) fn header(name: &str, description: &str, example: &str) -> Value {
    let (schema, example) = match name {
        "Retry-After" => {
            let schema = json!({
                "type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400,
            });
            (schema, json!(2))
        }
        "Onrecord-Seq" => (seq(), json!(42)),
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
