//! What no route would ever want to see, refused at the door.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HOST, HeaderMap, HeaderName,
    HeaderValue, IF_MATCH, IF_NONE_MATCH,
};
use actix_web::http::{Method, Version};

use crate::answer::are_etags;
use crate::error::{Error, Result};

/// How long path and query may be together.
pub const URI_BYTES_MAX: usize = 16 * 1024;
/// The one address of the API that is served as events.
const STREAM: &str = "/v1/changes/stream";
/// How long `If-Match` and `If-None-Match` may be, all lines together.
pub const CONDITION_BYTES_MAX: u16 = 8192;
/// Headers of one value: two of them are two opinions, and whoever stands before us may follow the other.
const ONCE: [HeaderName; 5] = [
    HOST,
    AUTHORIZATION,
    CONTENT_TYPE,
    CONTENT_ENCODING,
    HeaderName::from_static("idempotency-key"),
];

/// Lets a request pass, or says why it may not.
pub(super) fn admit(request: &ServiceRequest) -> Result<()> {
    let address = request.head().uri.path_and_query().map_or(0, |both| both.as_str().len());
    if address > URI_BYTES_MAX {
        return Err(Error::UriTooLong(URI_BYTES_MAX));
    }
    let path = request.path();
    // No name has %00, and PostgreSQL would not even look. `/%76%31/` is no way around what `/v1/` asks for.
    if path.contains("%00") || path.split('/').nth(1).is_some_and(|first| first.contains('%')) {
        return Err(Error::NotFound("resource"));
    }
    let headers = request.headers();
    if let Some(twice) = ONCE.iter().find(|name| headers.get_all(*name).count() > 1) {
        return Err(Error::parameter(twice.as_str(), "repeated", "is there twice; give it once"));
    }
    conditions(request.method(), headers)?;
    // Before HTTP/1.1 nobody had to say which host they mean.
    let named = headers.get(HOST).map(HeaderValue::as_bytes);
    let optional = request.version() < Version::HTTP_11;
    if !named.map_or(optional, is_host) {
        return Err(Error::parameter("Host", "invalid", "must be a host name and perhaps a port"));
    }
    if request.method() != Method::OPTIONS && !is_accepted(headers, request.path()) {
        return Err(Error::NotAcceptable(if request.path() == STREAM {
            "This is served as text/event-stream; accept that."
        } else {
            "This is served as application/json; accept that."
        }));
    }
    Ok(())
}

/// Refuses preconditions that could only be ignored in silence: too long to be read, or naming no tag.
fn conditions(method: &Method, headers: &HeaderMap) -> Result<()> {
    for (name, spelled) in [(IF_MATCH, "If-Match"), (IF_NONE_MATCH, "If-None-Match")] {
        let lines = headers.get_all(&name);
        if lines.map(HeaderValue::len).sum::<usize>() > usize::from(CONDITION_BYTES_MAX) {
            let detail = format!("may have at most {CONDITION_BYTES_MAX} bytes");
            return Err(Error::parameter(spelled, "too-long", detail));
        }
    }
    // An If-Match that is no tag names nothing and stops the write; this one would let it through.
    let read = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let sound = |value: &HeaderValue| value.to_str().is_ok_and(are_etags);
    if !read && !headers.get_all(IF_NONE_MATCH).all(sound) {
        let detail = "must be `*` or entity tags such as \"5f3a…\"";
        return Err(Error::parameter("If-None-Match", "invalid", detail));
    }
    Ok(())
}

/// RFC 9112: a Host that is not `uri-host [ ":" port ]` is refused.
fn is_host(host: &[u8]) -> bool {
    let Ok(host) = std::str::from_utf8(host) else { return false };
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, port),
        _ => (host, ""),
    };
    let bracketed = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let name_fits = if let Some(address) = bracketed {
        address.parse::<std::net::Ipv6Addr>().is_ok()
    } else {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        !name.is_empty() && name.bytes().all(fits)
    };
    name_fits
        && port.bytes().all(|b| b.is_ascii_digit())
        && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// Whether the client takes what is served: JSON, or events. Only the API is asked: pages and metrics have one form
/// each.
fn is_accepted(headers: &HeaderMap, path: &str) -> bool {
    if !path.starts_with("/v1/") {
        return true;
    }
    let mut ranges = headers.get_all(ACCEPT).filter_map(|value| value.to_str().ok()).peekable();
    if ranges.peek().is_none() {
        return true;
    }
    let wanted = |range: &str| {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let json = match name.as_str() {
            "*/*" | "" => true,
            "text/event-stream" | "text/*" => path == STREAM,
            "application/*" | "application/json" | "application/problem+json" => path != STREAM,
            _ => false,
        };
        let refused = parts.any(|part| {
            let weight = part.strip_prefix("q=").map(str::parse::<f32>);
            matches!(weight, Some(Ok(weight)) if weight <= 0.0)
        });
        json && !refused
    };
    ranges.any(|value| value.split(',').any(|range| wanted(range.trim())))
}
