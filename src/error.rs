//! Everything that can go wrong, and the one table from there to what a client sees (RFC 9457).

mod problem;

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::auth::Scope;
use crate::text::cut;
pub use problem::{Problem, ProblemError, ProblemQuote};

/// What a handler, and everything below it, returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, named by what the client should do about it.
#[derive(Debug)]
pub enum Error {
    /// The body is not JSON, or not readable at all.
    Malformed(ProblemError),
    /// A query parameter or header is unknown or ill-formed.
    InvalidParameter(Vec<ProblemError>),
    /// The cursor is not one of ours, or belongs to another list.
    InvalidCursor(String),
    /// The body is JSON, but not what this operation takes.
    InvalidField(Vec<ProblemError>),
    /// An idempotency key came again with another request.
    KeyReused,
    /// The first request with this idempotency key is still being carried out.
    InFlight,
    /// No key, or one that does not (or no longer) count.
    Unauthorized(&'static str),
    /// The key counts, but lacks this scope.
    Forbidden(Scope),
    /// There is no such thing, or none this caller may see.
    NotFound(&'static str),
    /// What is asked of the log of changes is not in it any more: how to start over.
    Gone(String),
    /// This server does not know so new a change: its number.
    Behind(i64),
    /// The thing has moved: its path now.
    Moved(String),
    /// What is to be changed was merged into another, which is not for changing by the way: its path.
    Merged(String),
    /// What is named by a slug it no longer has: its path now, and that of the alias. Reads are led there.
    Renamed {
        /// Where it is now.
        path: String,
        /// Where its alias is.
        alias: String,
    },
    /// The path is right, the verb is not: the value for `Allow`.
    MethodNotAllowed(String),
    /// The client accepts nothing we can make: what we make.
    NotAcceptable(&'static str),
    /// A page of another origin may not do this from a browser: who may do what.
    CorsRefused(String),
    /// The body took longer than its deadline.
    RequestTimeout,
    /// What is asked clashes with what is there: where.
    Conflict(ProblemError),
    /// The article takes no comments: why.
    CommentsClosed(&'static str),
    /// The comment is not in the state the decision is for: its state, who decided and when.
    CommentDecided(String),
    /// A new body would change the words of confirmed quotes, and nothing is said of that.
    QuoteAltered(Vec<ProblemError>),
    /// Quotes cannot go on the record as they are.
    QuoteUnfit(Vec<ProblemError>),
    /// The resource has changed since the client read it.
    PreconditionFailed(String),
    /// The body is larger than the limit in bytes.
    TooLarge(usize),
    /// The path and query are longer than the limit in bytes.
    UriTooLong(usize),
    /// The body's media type, charset or coding is not one we read.
    UnsupportedMediaType(String),
    /// Too much work is waiting.
    Overloaded,
    /// The database does not answer.
    Unavailable,
    /// The database can be read, not written.
    ReadOnly,
    /// The disk is full.
    StorageFull,
    /// The store of pictures' files does not answer.
    Media(Box<dyn std::error::Error + Send + Sync>),
    /// The database said something we do not turn into a client's fault.
    Database(DieselError),
    /// A fault of ours.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// Every problem code with its status and title: the docs' list is made from this table.
pub const PROBLEMS: &[(&str, u16, &str)] = &[
    ("moved", 301, "The resource has moved"),
    ("malformed-request", 400, "The request cannot be read"),
    ("invalid-parameter", 400, "A parameter is not valid"),
    ("invalid-cursor", 400, "The cursor is not valid here"),
    ("unauthorized", 401, "A valid key is needed"),
    ("forbidden", 403, "The key lacks a scope"),
    ("cors-refused", 403, "Not from a page of another origin"),
    ("not-found", 404, "There is no such resource"),
    ("method-not-allowed", 405, "The method is not allowed here"),
    ("not-acceptable", 406, "No acceptable representation"),
    ("request-timeout", 408, "The body took too long"),
    ("conflict", 409, "The request clashes with what is there"),
    ("comments-closed", 409, "No comments are taken here"),
    ("comment-decided", 409, "The comment has been decided already"),
    ("quote-altered", 409, "The words of a confirmed quote would change"),
    ("quote-unfit", 409, "A quote cannot go on the record as it is"),
    ("merged", 409, "It was merged into another"),
    ("renamed", 409, "It has another slug now"),
    ("request-in-flight", 409, "The first request with this key is still running"),
    ("gone", 410, "The log does not go back so far"),
    ("precondition-failed", 412, "The resource has changed"),
    ("too-large", 413, "The body is too large"),
    ("uri-too-long", 414, "The address is too long"),
    ("unsupported-media-type", 415, "The body's type is not supported"),
    ("invalid-field", 422, "A field is not valid"),
    ("idempotency-key-reused", 422, "The idempotency key belongs to another request"),
    ("internal", 500, "Something went wrong here"),
    ("overloaded", 503, "Too much is waiting"),
    ("behind", 503, "So new a change is not known here yet"),
    ("unavailable", 503, "The database does not answer"),
    ("read-only", 503, "The database cannot be written"),
    ("storage-full", 503, "The disk is full"),
    ("media-unavailable", 503, "The store of pictures does not answer"),
];

impl Error {
    /// A fault of ours, from a sentence for the log.
    pub fn internal(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(what.into())
    }

    /// One fault in the body.
    pub fn field(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self::InvalidField(vec![ProblemError::at(pointer, code, detail)])
    }

    /// A slug, name or id that another one has.
    pub fn taken(pointer: &str, detail: impl Into<String>) -> Self {
        Self::Conflict(ProblemError::at(pointer, "taken", detail))
    }

    /// One fault in a query parameter or header.
    pub fn parameter(name: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self::InvalidParameter(vec![ProblemError::parameter(name, code, detail)])
    }

    /// The code of this problem: a row of [`PROBLEMS`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Moved(_) => "moved",
            Self::Merged(_) => "merged",
            Self::Renamed { .. } => "renamed",
            Self::Malformed(_) => "malformed-request",
            Self::InvalidParameter(_) => "invalid-parameter",
            Self::InvalidCursor(_) => "invalid-cursor",
            Self::Unauthorized(_) => "unauthorized",
            Self::Forbidden(_) => "forbidden",
            Self::NotFound(_) | Self::Database(DieselError::NotFound) => "not-found",
            Self::Gone(_) => "gone",
            Self::Behind(_) => "behind",
            Self::MethodNotAllowed(_) => "method-not-allowed",
            Self::NotAcceptable(_) => "not-acceptable",
            Self::CorsRefused(_) => "cors-refused",
            Self::RequestTimeout => "request-timeout",
            Self::Conflict(_) => "conflict",
            Self::CommentsClosed(_) => "comments-closed",
            Self::CommentDecided(_) => "comment-decided",
            Self::QuoteAltered(_) => "quote-altered",
            Self::QuoteUnfit(_) => "quote-unfit",
            Self::InFlight => "request-in-flight",
            Self::PreconditionFailed(_) => "precondition-failed",
            Self::TooLarge(_) => "too-large",
            Self::UriTooLong(_) => "uri-too-long",
            Self::UnsupportedMediaType(_) => "unsupported-media-type",
            Self::InvalidField(_) => "invalid-field",
            Self::KeyReused => "idempotency-key-reused",
            Self::Overloaded => "overloaded",
            Self::Unavailable => "unavailable",
            Self::ReadOnly => "read-only",
            Self::StorageFull => "storage-full",
            Self::Media(_) => "media-unavailable",
            Self::Database(DieselError::DatabaseError(kind, _)) => match kind {
                DatabaseErrorKind::UniqueViolation => "conflict",
                DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::UnableToSendCommand
                | DatabaseErrorKind::SerializationFailure => "unavailable",
                DatabaseErrorKind::ReadOnlyTransaction => "read-only",
                _ => "internal",
            },
            Self::Database(_) | Self::Internal(_) => "internal",
        }
    }

    /// The status and the title that go with the code.
    #[must_use]
    pub fn wire(&self) -> (StatusCode, &'static str) {
        let row = PROBLEMS.iter().find(|(code, ..)| *code == self.code());
        row.and_then(|(_, status, title)| Some((StatusCode::from_u16(*status).ok()?, *title)))
            .unwrap_or((StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here"))
    }

    /// What this answer tells the client, once it knows the request's id.
    #[must_use]
    pub fn problem(&self, request_id: &str) -> Problem {
        let (status, title) = self.wire();
        Problem {
            type_: format!("https://onrecord.dev/problems/{}", self.code()),
            title: title.to_owned(),
            status: i32::from(status.as_u16()),
            code: self.code().to_owned(),
            detail: self.to_string(),
            errors: match self {
                Self::Malformed(error) | Self::Conflict(error) => vec![error.clone()],
                Self::InvalidParameter(errors)
                | Self::InvalidField(errors)
                | Self::QuoteAltered(errors)
                | Self::QuoteUnfit(errors) => errors.clone(),
                Self::InvalidCursor(detail) => {
                    vec![ProblemError::parameter("cursor", "invalid-cursor", detail.clone())]
                }
                _ => Vec::new(),
            },
            request_id: request_id.to_owned(),
        }
    }

    /// The quotes that stand in the way, by their first words, and what to do about it.
    fn quoted(&self, errors: &[ProblemError]) -> String {
        let told = errors.iter().take(3).map(|error| match &error.quote {
            Some(quote) => format!("“{}” {}", cut(&quote.before, 60), error.detail),
            None => error.detail.clone(),
        });
        let told = told.collect::<Vec<_>>().join("; ");
        let more = match errors.len() {
            0..=3 => String::new(),
            all => format!("; {all} in all"),
        };
        match self {
            Self::QuoteAltered(_) => format!(
                "The new body changes what was said: {told}{more}. Say in `quote_changes` what is meant, for each: \
                 `amend`, `detach` or `remove`."
            ),
            _ => format!(
                "What is on the record stands in the article and has a source: {told}{more}."
            ),
        }
    }

    /// The header that belongs to this answer, if any.
    #[must_use]
    pub fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        use actix_web::http::header::{
            ACCEPT_ENCODING, ALLOW, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE,
        };
        let value = |text: &str| HeaderValue::from_str(text).ok();
        match self {
            Self::Moved(path) => Some((LOCATION, value(path)?)),
            Self::MethodNotAllowed(allow) => Some((ALLOW, value(allow)?)),
            Self::Unauthorized(_) => {
                Some((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"onrecord\"")))
            }
            Self::InFlight => Some((RETRY_AFTER, HeaderValue::from_static("1"))),
            Self::UnsupportedMediaType(_) => {
                Some((ACCEPT_ENCODING, HeaderValue::from_static("gzip, br, zstd, identity")))
            }
            _ if self.wire().0 == StatusCode::SERVICE_UNAVAILABLE => {
                Some((RETRY_AFTER, HeaderValue::from_static("2")))
            }
            _ => None,
        }
    }
}

fn places(errors: &[ProblemError], what: &str) -> String {
    let names = errors
        .iter()
        .take(5)
        .filter_map(|error| error.pointer.as_deref().or(error.parameter.as_deref()))
        .map(|place| if place.is_empty() { "the body" } else { place })
        .collect::<Vec<_>>()
        .join(", ");
    match errors {
        [one] => format!("{names}: {}", one.detail),
        _ => format!("{} {what}: {names}", errors.len()),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Malformed(error) | Self::Conflict(error) => error.detail.clone(),
            Self::InvalidParameter(errors) => places(errors, "parameters are not valid"),
            Self::InvalidField(errors) => places(errors, "fields are not valid"),
            Self::QuoteAltered(errors) | Self::QuoteUnfit(errors) => self.quoted(errors),
            Self::InvalidCursor(detail)
            | Self::Gone(detail)
            | Self::CommentDecided(detail)
            | Self::CorsRefused(detail)
            | Self::PreconditionFailed(detail)
            | Self::UnsupportedMediaType(detail) => detail.clone(),
            Self::KeyReused => {
                "This Idempotency-Key was used for another request; take a new one.".into()
            }
            Self::InFlight => {
                "A request with this Idempotency-Key is still running; ask again.".into()
            }
            Self::Unauthorized(why) | Self::NotAcceptable(why) | Self::CommentsClosed(why) => {
                (*why).to_owned()
            }
            Self::Forbidden(scope) => format!("This needs a key with the scope `{scope}`."),
            Self::Behind(seq) => {
                format!("Change {seq} has not come here within two seconds; ask again shortly.")
            }
            Self::NotFound(what) => format!("There is no such {what}."),
            Self::Moved(path) => format!("This is now at {path}."),
            Self::Merged(path) => {
                format!("This was merged into {path}; if you mean that one, send it there.")
            }
            Self::Renamed { path, alias } => format!(
                "This is now at {path}; if you mean that one, send it there. DELETE {alias} frees the \
                 slug it had."
            ),
            Self::MethodNotAllowed(allow) => format!("Allowed here: {allow}."),
            Self::RequestTimeout => "The body did not arrive within 30 seconds.".into(),
            Self::TooLarge(limit) => format!("The body may have at most {limit} bytes."),
            Self::UriTooLong(limit) => format!("The address may have at most {limit} bytes."),
            Self::Overloaded => "Too much is waiting; try again shortly.".into(),
            Self::Unavailable => "The database does not answer; try again shortly.".into(),
            Self::ReadOnly => "The database can be read but not written at the moment.".into(),
            Self::StorageFull => "The disk is full; nothing was written.".into(),
            Self::Media(_) => {
                "The store of pictures does not answer; nothing was changed, try again shortly."
                    .into()
            }
            Self::Database(_) if self.code() == "not-found" => "There is no such resource.".into(),
            Self::Database(_) if self.code() == "conflict" => {
                "Another write took this name or place first; read again and retry.".into()
            }
            Self::Database(_) if self.code() == "unavailable" => {
                "The database could not finish this; try again shortly.".into()
            }
            Self::Database(_) | Self::Internal(_) => {
                "The fault is ours and has been logged under this request's id.".into()
            }
        };
        f.write_str(&text)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(error) => Some(error),
            Self::Internal(error) | Self::Media(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
