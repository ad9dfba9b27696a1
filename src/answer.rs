//! What handlers give back: a resource, a page, a new thing, or nothing; and when nothing is needed.

mod once;

use std::fmt::Display;
use std::future::{Ready, ready};

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH,
    IF_UNMODIFIED_SINCE, LAST_MODIFIED, LINK, LOCATION,
};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use crate::cache::Made;
use crate::changes::names::Names;
use crate::config::Addresses;
use crate::db::types::Moment;
use crate::error::{Error, Result};
use crate::page::Cursor;

pub(crate) use once::forget;
pub use once::{IDEMPOTENCY_REPLAYED, InFlight, Once};

/// A JSON answer with its headers; the edge adds `ETag` and the request's id.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    body: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    made: Option<Made>,
}

impl Answer {
    /// 200 with this body.
    ///
    /// # Errors
    /// [`Error::Internal`] when the body cannot be written as JSON.
    pub fn ok(body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_string(body).map_err(Error::internal)?;
        Ok(Self { status: StatusCode::OK, body, headers: Vec::new(), made: None })
    }

    /// 201 with this body and the path it has from now on.
    ///
    /// # Errors
    /// [`Error::Internal`] when the body cannot be written as JSON.
    pub fn created(location: &str, body: &impl Serialize) -> Result<Self> {
        let answer = Self { status: StatusCode::CREATED, ..Self::ok(body)? };
        Ok(answer.with(LOCATION, location))
    }

    /// The same answer with the time its resource was last changed.
    #[must_use]
    pub fn modified(self, at: Moment) -> Self {
        self.with(LAST_MODIFIED, &at.http_date())
    }

    /// The same answer, made from nothing else than these: for readers it is kept until one of them changes.
    #[must_use]
    pub(crate) fn made_from(self, names: Names) -> Self {
        self.made_from_if(Some(names))
    }

    /// The same answer, made from nothing else than these, if that can be said.
    #[must_use]
    pub(crate) fn made_from_if(self, names: Option<Names>) -> Self {
        Self { made: names.map(|names| Made { names, elsewhere: true }), ..self }
    }

    /// The same answer, made from nothing else than these, and so often another that only this server keeps it.
    #[must_use]
    pub(crate) fn made_here_from(self, names: Names) -> Self {
        Self { made: Some(Made { names, elsewhere: false }), ..self }
    }

    /// The same answer, which nobody on the way may keep.
    #[must_use]
    pub fn secret(self) -> Self {
        self.with(CACHE_CONTROL, "no-store")
    }

    /// The same answer with the address of the next page, if there is one.
    #[must_use]
    pub fn next(self, request: &HttpRequest, cursor: Option<&Cursor>) -> Self {
        self.onward(request, "cursor", cursor)
    }

    /// The same answer with the address of what comes next: this one, with another value of `by`.
    #[must_use]
    pub(crate) fn onward(self, request: &HttpRequest, by: &str, to: Option<impl Display>) -> Self {
        let Some(value) = to else { return self };
        let is_by =
            |part: &str| url::form_urlencoded::parse(part.as_bytes()).next().map(|it| it.0 == by);
        let parts = request.query_string().split('&').filter(|part| is_by(part) == Some(false));
        let query: String = parts.flat_map(|part| [part, "&"]).collect();
        let base = request.app_data::<Data<Addresses>>().map(|site| site.public_url.to_string());
        let address = format!("{}{}?{query}{by}={value}", base.unwrap_or_default(), request.path());
        self.with(LINK, &format!("<{address}>; rel=\"next\""))
    }

    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        // Paths and URLs are ASCII by construction; what is not cannot become a header.
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.insert_header((CONTENT_TYPE, HeaderValue::from_static("application/json")));
        for header in self.headers {
            response.insert_header(header);
        }
        let mut response = response.body(self.body);
        if let Some(made) = self.made {
            response.extensions_mut().insert(made);
        }
        response
    }
}

// --- Preconditions

/// The entity tag of a representation: a hash of its bytes, so equal tags mean equal answers.
#[must_use]
pub fn etag(body: &[u8]) -> String {
    format!("\"{:032x}\"", xxh3_128(body))
}

/// Whether an `If-Match` (`"a", "b", *`) names this tag: weak ones never do (RFC 9110, 13.1.1).
/// Compressed variants count as one.
fn names_etag(list: &str, etag: &str) -> bool {
    list.split(',').map(str::trim).any(|tag| tag == "*" || plain_etag(tag) == etag)
}

/// The tag in a list of an `If-None-Match` that names this representation, in its strong form.
#[must_use]
pub fn known_etag(list: &str, etag: &str) -> Option<String> {
    let tags = list.split(',').map(str::trim).map(|tag| tag.strip_prefix("W/").unwrap_or(tag));
    let mut known = tags.filter(|tag| *tag == "*" || plain_etag(tag) == etag);
    known.next().map(|tag| if tag == "*" { etag.to_owned() } else { tag.to_owned() })
}

/// An entity tag without the mark of the coding it was sent in.
fn plain_etag(tag: &str) -> String {
    let marks = ["-br\"", "-gzip\"", "-zstd\"", "-deflate\""];
    let plain = marks.iter().find_map(|mark| tag.strip_suffix(mark));
    plain.map_or_else(|| tag.to_owned(), |plain| format!("{plain}\""))
}

/// `If-Match` and `If-None-Match` of a write: what the client believes it is changing, or that there
/// is nothing yet.
#[derive(Debug, Clone)]
pub struct IfMatch {
    tags: Option<String>,
    none_of: Option<String>,
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request.headers()))
    }
}

/// A list of entity tags, however many lines it is sent in.
fn entity_tags(headers: &HeaderMap, name: &HeaderName) -> Result<Option<String>> {
    let lines = headers.get_all(name).map(HeaderValue::to_str).collect::<Result<Vec<_>, _>>();
    let lines = lines.map_err(|_| {
        Error::parameter(spelled(name), "invalid", "must be `*` or entity tags such as \"5f3a…\"")
    })?;
    Ok((!lines.is_empty()).then(|| lines.join(", ")))
}

/// Whether a list begins and ends as entity tags do; what is between is compared, not read.
pub(crate) fn are_etags(list: &str) -> bool {
    let list = list.trim();
    let begins = list.starts_with('"') || list.starts_with("W/\"");
    list == "*" || (begins && list.ends_with('"') && list.len() > 1)
}

/// A precondition as the standard writes its name.
fn spelled(name: &HeaderName) -> &'static str {
    match *name {
        IF_MATCH => "If-Match",
        IF_NONE_MATCH => "If-None-Match",
        _ => "If-Unmodified-Since",
    }
}

impl IfMatch {
    fn of(headers: &HeaderMap) -> Result<Self> {
        let tags = entity_tags(headers, &IF_MATCH)?;
        // Beside If-Match it does not count (RFC 9110, 13.1.4); alone it would be a lock that does not hold.
        if tags.is_none() && headers.contains_key(IF_UNMODIFIED_SINCE) {
            let detail =
                "is not evaluated: its seconds are too coarse; send the `ETag` in If-Match";
            return Err(Error::parameter(spelled(&IF_UNMODIFIED_SINCE), "unsupported", detail));
        }
        Ok(Self { tags, none_of: entity_tags(headers, &IF_NONE_MATCH)? })
    }

    /// Whether `current` is what the client believes is there.
    ///
    /// # Errors
    /// [`Error::PreconditionFailed`] with the current tag when it is not.
    pub fn check(&self, current: &impl Serialize) -> Result<()> {
        let Self { tags, none_of } = self;
        if tags.is_none() && none_of.is_none() {
            return Ok(());
        }
        let current = serde_json::to_vec(current).map_err(Error::internal)?;
        let current = etag(&current);
        if let Some(tags) = tags.as_ref().filter(|tags| !names_etag(tags, &current)) {
            return Err(Error::PreconditionFailed(if known_etag(tags, &current).is_some() {
                format!("If-Match compares strong tags: send {current}, without `W/`.")
            } else if !are_etags(tags) {
                format!("If-Match takes `*` or entity tags in their quotes; here it is {current}.")
            } else {
                format!(
                    "The resource has changed: with this key its ETag is now {current}. Read it \
                     again with the key and repeat."
                )
            }));
        }
        if none_of.as_ref().is_some_and(|tags| known_etag(tags, &current).is_some()) {
            return Err(Error::PreconditionFailed(format!(
                "It is there already, and its ETag is {current}: If-None-Match rules that out."
            )));
        }
        Ok(())
    }

    /// Refuses when a client believes that something is there and nothing is.
    ///
    /// # Errors
    /// [`Error::PreconditionFailed`].
    pub fn check_absent(&self) -> Result<()> {
        match self.tags {
            None => Ok(()),
            Some(_) => Err(Error::PreconditionFailed("There is nothing here yet.".to_owned())),
        }
    }
}
