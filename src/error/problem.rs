//! Problems as clients see them (RFC 9457).

use serde::Serialize;
use utoipa::ToSchema;

use crate::db::types::Id;

/// One thing that was wrong with a request, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemError {
    /// JSON pointer (RFC 6901) into the body; null when the fault is not in the body.
    #[schema(required, example = "/title", max_length = 4000)]
    pub pointer: Option<String>,
    /// Name of the query parameter or header; null when the fault is in the body.
    #[schema(required, example = json!(null), max_length = 200)]
    pub parameter: Option<String>,
    /// The quote it is about; null when it is not about one that is there.
    #[schema(required)]
    pub quote: Option<Box<ProblemQuote>>,
    /// What kind of fault, for programs: `required`, `unknown` (in a body `unknown-property`), `wrong-type`,
    /// `too-short`, `too-long`, `too-many-items`, `out-of-range`, `not-an-option`, `bad-format`,
    /// `bad-pattern`, `taken`, `conflict`, `not-found` and others; take one you do not know for `invalid`.
    #[schema(example = "too-long", max_length = 64)]
    pub code: String,
    /// What was wrong and what would be right, for people.
    #[schema(example = "must be at most 300 characters, is 301", max_length = 2000)]
    pub detail: String,
}

impl ProblemError {
    /// A fault in the body.
    pub fn at(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        let pointer = Some(pointer.into());
        Self { pointer, parameter: None, quote: None, code: code.to_owned(), detail: detail.into() }
    }

    /// A fault in a query parameter or header.
    pub fn parameter(name: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        let parameter = Some(name.into());
        Self { pointer: None, parameter, quote: None, code: code.to_owned(), detail: detail.into() }
    }
}

/// A quote that stands in the way of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemQuote {
    /// The quote's id; of one that is sent with what is refused, the id it would have had.
    pub id: Id,
    /// Its words, as far as 2,000 characters.
    #[schema(example = "We are close to a deal", max_length = 2001)]
    pub before: String,
    /// What would stand in their place, as far as 2,000 characters; null when that cannot be told, or nothing would change.
    #[schema(required, example = "We are near a deal", max_length = 2001)]
    pub after: Option<String>,
    /// Where it stands in `body_text` as it is, in code points; null when it stands nowhere.
    #[schema(required, minimum = 0, example = 1)]
    pub start: Option<i32>,
    /// Where it ends there.
    #[schema(required, minimum = 0, example = 23)]
    pub end: Option<i32>,
}

/// Why a request was not carried out (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem, as a URI that never changes.
    #[serde(rename = "type")]
    #[schema(
        format = "uri",
        example = "https://onrecord.dev/problems/invalid-field",
        max_length = 200
    )]
    pub type_: String,
    /// The kind of problem in a few words.
    #[schema(example = "A field is not valid", max_length = 200)]
    pub title: String,
    /// The HTTP status of this answer.
    #[schema(minimum = 300, maximum = 599, example = 422)]
    pub status: i32,
    /// The kind of problem, for programs: the last part of `type`.
    #[schema(example = "invalid-field", max_length = 64)]
    pub code: String,
    /// What happened this time and what to do about it.
    #[schema(example = "1 field is not valid: /title", max_length = 4000)]
    pub detail: String,
    /// Each fault by itself; empty when there is nothing to point at.
    #[schema(max_items = 100)]
    pub errors: Vec<ProblemError>,
    /// The id of this request, as in the header `X-Request-Id` and in the server's log.
    #[schema(example = "01890a5d-ac96-774b-bcce-b302099a8057", max_length = 128)]
    pub request_id: String,
}
