//! Answers that others make around the routes, brought into the house's own form.

use std::time::Instant;

use actix_cors::CorsError;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_ENCODING, ETAG, HeaderMap, HeaderName, HeaderValue,
    ORIGIN, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use super::{REQUEST_ID, Visit};
use crate::api::schemas::clip;
use crate::error::{Error, ProblemError};

/// A failure that actix-web or its CORS found before a handler of ours could.
pub(super) fn understood(request: &HttpRequest, response: &HttpResponse) -> Error {
    let cors = response.error().and_then(|error| error.as_error::<CorsError>());
    cors.and_then(|cors| from_cors(cors, request.headers())).unwrap_or_else(|| {
        let said = response.error().map(ToString::to_string).unwrap_or_default();
        from_status(response.status(), said)
    })
}

fn from_status(status: StatusCode, said: String) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound("resource"),
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge(crate::input::BODY_BYTES_MAX),
        StatusCode::REQUEST_TIMEOUT => Error::RequestTimeout,
        status if status.is_client_error() => {
            Error::Malformed(ProblemError::at("", "unreadable", said))
        }
        _ => Error::internal(said),
    }
}

/// What a browser asked in advance for a page of another origin, which may not.
fn from_cors(error: &CorsError, headers: &HeaderMap) -> Option<Error> {
    let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let setting = "`--cors-origins` (ONRECORD_CORS_ORIGINS) names the origins that may read";
    let detail = match error {
        CorsError::OriginNotAllowed => {
            let origin = clip(said(ORIGIN).unwrap_or_default());
            format!("CORS: pages of {origin} may not read here from a browser; {setting}.")
        }
        CorsError::MethodNotAllowed => {
            let method = clip(said(ACCESS_CONTROL_REQUEST_METHOD).unwrap_or_default());
            format!(
                "CORS: pages of other origins may read (GET, HEAD) and not {method} from a browser; \
                 write from a server. {setting}."
            )
        }
        _ => return None,
    };
    Some(Error::CorsRefused(detail))
}

/// Gives the answers that CORS makes by itself what every answer has: the request's id and, where
/// it refuses, a problem.
///
/// # Errors
/// None of its own.
pub async fn preflight<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if request.method() != Method::OPTIONS {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    }
    let started = Instant::now();
    let visit = Visit::new(request.request());
    let response = next.call(request).await?;
    if response.headers().contains_key(REQUEST_ID) {
        return Ok(response.map_into_left_body());
    }
    let response = visit.finish(response.map_into_boxed_body());
    Ok(visit.leave(response, started.elapsed(), 0).map_into_right_body())
}

/// Gives a compressed answer an entity tag of its own, for strong tags name bytes; and makes a problem of
/// what the compression refuses by itself.
///
/// # Errors
/// None of its own.
pub async fn coded<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let started = Instant::now();
    let mut response = next.call(request).await?;
    if response.status() == StatusCode::NOT_ACCEPTABLE
        && !response.headers().contains_key(REQUEST_ID)
    {
        let visit = Visit::new(response.request());
        let codings = "Answers are sent with br, gzip, zstd or deflate, or as they are; \
                       take one of these in Accept-Encoding.";
        let (request, _) = response.into_parts();
        let refused = HttpResponse::from_error(Error::NotAcceptable(codings));
        let mut answer = visit.finish(ServiceResponse::new(request, refused));
        answer.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        return Ok(visit.leave(answer, started.elapsed(), 0).map_into_right_body());
    }
    let coding = response.headers().get(CONTENT_ENCODING).and_then(|v| v.to_str().ok());
    let tag = response.headers().get(ETAG).and_then(|v| v.to_str().ok());
    if let (Some(coding), Some(plain)) = (coding, tag.and_then(|tag| tag.strip_suffix('"')))
        && coding != "identity"
        && let Ok(value) = HeaderValue::from_str(&format!("{plain}-{coding}\""))
    {
        response.headers_mut().insert(ETAG, value);
    }
    Ok(response.map_into_left_body())
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.wire().0
    }

    /// Only the status: the body is written by the edge, which knows the request's id.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
