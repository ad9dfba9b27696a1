//! What every request passes on its way in and every answer on its way out.

mod admission;
mod foreign;
mod kept;
mod seq;

use std::cell::Cell;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};

use crate::answer::{etag, known_etag};
use crate::auth::{Caller, authenticate};
use crate::cache::Asked;
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::Id;
use crate::error::{Error, Result};
use crate::metrics::Metrics;

use admission::admit;
pub use admission::{CONDITION_BYTES_MAX, URI_BYTES_MAX};
pub use foreign::{coded, preflight};
pub(crate) use seq::wrote;

/// The header that names a request in answers and logs.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

const KNOWN_METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

tokio::task_local! {
    /// SQL statements issued for the request that is being answered.
    static STATEMENTS: Cell<u32>;
}

/// Adds SQL statements to those of the request that is being answered, if one is.
pub(crate) fn issued(statements: u32) {
    let added = STATEMENTS.try_with(|count| count.set(count.get().saturating_add(statements)));
    if added.is_err() {
        tracing::trace!(statements, "issued outside of a request");
    }
}

/// Marks a request that was a `HEAD`: it looks and takes nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glance;

/// Whether answers carry `Server-Timing`.
#[derive(Debug, Clone, Copy)]
pub struct ServerTiming(pub bool);

/// The outermost room of the house: names, checks, authenticates, measures and finishes.
///
/// # Errors
/// None of its own: every failure has become an answer.
pub async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let visit = Visit::new(request.request());
    if visit.method == Method::HEAD {
        // Routes know GET; the codec still knows that it answers a HEAD and sends no body.
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(Glance);
    }
    let admitted = match admit(&request) {
        Ok(()) => identify(&request).await,
        Err(error) => Err(error),
    };
    let admitted = match admitted {
        Ok(caller) => seq::reached(&request).await.map(|min_seq| (caller, min_seq)),
        Err(error) => Err(error),
    };
    let response = match admitted {
        Err(error) => visit.finish(request.error_response(error)),
        Ok((caller, min_seq)) => {
            let asked = kept::asked(&request);
            if let Some(answer) = kept::find(&request, asked.as_ref(), min_seq).await {
                let answer = answer.answer(visit.if_none_match.as_deref());
                visit.hit.set(Some(true));
                return Ok(visit.leave(request.into_response(answer), started.elapsed(), 0));
            }
            visit.hit.set(asked.is_some().then_some(false));
            return served(request, next, (caller, asked), visit, started).await;
        }
    };
    Ok(visit.leave(response, started.elapsed(), 0))
}

/// Has a request answered by its route.
async fn served(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    (caller, asked): (Caller, Option<Asked>),
    visit: Visit,
    started: Instant,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let keyed = caller.key.is_some();
    request.extensions_mut().insert(caller);
    let answer = STATEMENTS.scope(Cell::new(0), async {
        let (answer, seq) = seq::noted(next.call(request)).await;
        (answer, seq, STATEMENTS.with(Cell::get))
    });
    let (answer, seq, statements) = answer.await;
    let mut answer = answer?.map_into_boxed_body();
    if answer.status().is_success() {
        seq::tell(&mut answer, &visit.method, seq);
    }
    let answer = match kept::keep(answer, asked, visit.if_none_match.as_deref()).await {
        Ok(kept) => kept,
        Err(mut answer) => {
            cacheable(answer.headers_mut(), keyed);
            visit.finish(answer)
        }
    };
    Ok(visit.leave(answer, started.elapsed(), statements))
}

fn cacheable(headers: &mut HeaderMap, keyed: bool) {
    if !headers.contains_key(CACHE_CONTROL) {
        let value = if keyed { "private, no-cache" } else { "no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(value));
    }
}

/// What must be remembered of a request until its answer leaves.
struct Visit {
    id: String,
    method: Method,
    path: String,
    if_none_match: Option<String>,
    /// Whether it was answered by what was kept; nothing when it could not have been.
    hit: Cell<Option<bool>>,
}

impl Visit {
    fn new(request: &HttpRequest) -> Self {
        let header = |name: HeaderName| {
            request.headers().get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
        };
        let given = header(REQUEST_ID).filter(|id| {
            let fits = |b: u8| b.is_ascii_alphanumeric() || b"-_.:/+=@".contains(&b);
            !id.is_empty() && id.len() <= 128 && id.bytes().all(fits)
        });
        Self {
            id: given.unwrap_or_else(|| Id::new().to_string()),
            method: request.method().clone(),
            path: request.path().to_owned(),
            if_none_match: header(IF_NONE_MATCH),
            hit: Cell::new(None),
        }
    }

    fn is_read(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// Turns failures into problems and gives every representation its entity tag.
    fn finish(&self, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        if response.response().error().is_some() {
            return self.problem(response);
        }
        let json = response
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|t| t.as_bytes().starts_with(b"application/json"));
        if !json || !response.status().is_success() {
            return response;
        }
        let (request, response) = response.into_parts();
        let (mut response, body) = response.into_parts();
        let body = match body.try_into_bytes() {
            Ok(bytes) => bytes,
            Err(body) => return ServiceResponse::new(request, response.set_body(body)),
        };
        let tag = etag(&body);
        if let Ok(value) = HeaderValue::from_str(&tag) {
            response.headers_mut().insert(ETAG, value);
        }
        let known = self.if_none_match.as_deref().and_then(|list| known_etag(list, &tag));
        if let Some(known) = known.filter(|_| self.is_read()) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            // A cache keeps what it has only under the very tag it asked about.
            if let Ok(value) = HeaderValue::from_str(&known) {
                response.headers_mut().insert(ETAG, value);
            }
            response.headers_mut().remove(CONTENT_TYPE);
            return ServiceResponse::new(request, response.set_body(BoxBody::new(())));
        }
        ServiceResponse::new(request, response.set_body(BoxBody::new(body)))
    }

    fn problem(&self, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        let (request, response) = response.into_parts();
        let foreign;
        let own = response.error().and_then(|error| error.as_error::<Error>());
        let error = if let Some(error) = own {
            error
        } else {
            foreign = foreign::understood(&request, &response);
            &foreign
        };
        let said;
        let error = match error {
            // Who follows a redirect with a DELETE in hand would delete what it was merged into.
            Error::Moved(path) if !self.is_read() => {
                said = Error::Merged(path.clone());
                &said
            }
            Error::Moved(path) | Error::Renamed { path, .. } if self.is_read() => {
                said = Error::Moved(further(&request, path));
                &said
            }
            other => other,
        };
        let status = error.wire().0;
        // Whoever asks for more than is known has sent the number themselves: no fault of this server.
        if status.is_server_error() && !matches!(error, Error::Behind(_)) {
            let source = std::error::Error::source(error).map(ToString::to_string);
            tracing::error!(request_id = self.id, path = self.path, source, "{error}");
        }
        let problem = error.problem(&self.id);
        let mut answer = HttpResponse::build(status);
        if let Some(header) = error.header() {
            answer.insert_header(header);
        }
        answer.insert_header((CACHE_CONTROL, HeaderValue::from_static("no-store")));
        answer.content_type("application/problem+json");
        let body = serde_json::to_string(&problem).unwrap_or_default();
        ServiceResponse::new(request, answer.body(body))
    }

    /// The last headers, the counters and the log line.
    fn leave(
        &self,
        mut response: ServiceResponse<BoxBody>,
        took: Duration,
        statements: u32,
    ) -> ServiceResponse<BoxBody> {
        let status = response.status().as_u16();
        let request = response.request();
        let route = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());
        if let Some(metrics) = request.app_data::<Data<Metrics>>() {
            // Methods of a client's own making would each be remembered for ever.
            let known = KNOWN_METHODS.contains(&self.method);
            let method = if known { self.method.as_str() } else { "other" };
            metrics.observe(method, &route, status, took);
        }
        // A path is one below the address clients know.
        let site = request.app_data::<Data<Addresses>>();
        let below = site.map_or("", |site| site.public_url.path()).to_owned();
        let timing = request.app_data::<ServerTiming>().is_some_and(|timing| timing.0);
        let headers = response.headers_mut();
        if let Ok(id) = HeaderValue::from_str(&self.id) {
            headers.insert(REQUEST_ID, id);
        }
        let path =
            headers.get(LOCATION).and_then(|it| it.to_str().ok()).filter(|_| !below.is_empty());
        if let Some(path) = path.filter(|path| path.starts_with('/'))
            && let Ok(path) = HeaderValue::from_str(&format!("{below}{path}"))
        {
            headers.insert(LOCATION, path);
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if timing {
            let millis = took.as_secs_f64() * 1000.0;
            let cache = match self.hit.get() {
                Some(true) => "cache;desc=\"hit\", ",
                Some(false) => "cache;desc=\"miss\", ",
                None => "",
            };
            let text = format!("{cache}db;desc=\"{statements} statements\", total;dur={millis:.3}");
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(SERVER_TIMING, value);
            }
        }
        let (id, method, path) = (&self.id, self.method.as_str(), &self.path);
        // Wider numbers become text in a JSON log.
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if status >= 400 {
            tracing::info!(request_id = id, method, path, status, micros, "refused");
        } else {
            tracing::debug!(request_id = id, method, path, status, micros, "answered");
        }
        response
    }
}

/// What is asked of a thing that has moved, at its new path: the part of it and the query stay.
fn further(request: &HttpRequest, path: &str) -> String {
    let parts = request.path().split('/').skip(path.split('/').count());
    let parts = parts.flat_map(|part| ["/", part]).collect::<String>();
    match request.query_string() {
        "" => format!("{path}{parts}"),
        query => format!("{path}{parts}?{query}"),
    }
}

async fn identify(request: &ServiceRequest) -> Result<Caller> {
    // Outside of the API nobody is asked who they are: a probe says the truth whatever it sends.
    if !request.path().starts_with("/v1/") {
        return Ok(Caller::default());
    }
    let Some(header) = request.headers().get(AUTHORIZATION) else { return Ok(Caller::default()) };
    let db = request.app_data::<Data<Db>>().ok_or_else(|| Error::internal("no database"))?;
    authenticate(db, Some(header.as_bytes())).await
}
