//! What no route answers: nothing of ours, a known path with another verb, or a question for its verbs.

use std::sync::LazyLock;

use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use super::methods::MethodTable;
use super::openapi;
use crate::error::{Error, Result};

static METHODS: LazyLock<MethodTable> = LazyLock::new(|| match openapi() {
    Ok(document) => MethodTable::new(document),
    Err(_) => MethodTable::new(&Value::Null),
});

/// Paths that the document does not describe, all of them for `GET`.
const UNDESCRIBED: [&str; 6] = [
    "/openapi.json",
    "/openapi.yaml",
    "/openapi-public.json",
    "/openapi-3.0.json",
    "/metrics",
    "/",
];

/// Whether an address of ours takes a method.
pub(crate) fn takes(method: &Method, path: &str) -> bool {
    METHODS.allow(path).is_some_and(|allow| allow.split(", ").any(|known| known == method.as_str()))
}

/// What a route took and cannot read: nothing of ours, or an address of its own that lacks the verb.
pub(super) fn misnamed(request: &HttpRequest) -> Error {
    let method = request.method().as_str();
    match METHODS.allow(request.path()) {
        Some(allow) if allow.split(", ").all(|known| known != method) => {
            Error::MethodNotAllowed(allow.to_owned())
        }
        _ => Error::NotFound("resource"),
    }
}

/// What no route took: a known path with another verb, a question for its verbs, or nothing at all.
pub(super) async fn elsewhere(request: HttpRequest) -> Result<HttpResponse> {
    let path = request.path();
    let allow = match METHODS.allow(path) {
        Some(allow) => allow,
        None if UNDESCRIBED.contains(&path) || crate::docs::is_page(path) => "GET, HEAD, OPTIONS",
        None => return Err(Error::NotFound("resource")),
    };
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((ALLOW, allow)).finish());
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) && !allow.contains("GET") {
        return Err(Error::MethodNotAllowed(allow.to_owned()));
    }
    // A path of ours whose parameter no route can decode.
    if allow.split(", ").any(|method| method == request.method().as_str()) {
        return Err(Error::NotFound("resource"));
    }
    Err(Error::MethodNotAllowed(allow.to_owned()))
}
