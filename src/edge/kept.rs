//! Public answers that are kept: found on the way in, kept on the way out.

use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody as _};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::cache::{Asked, Kept, Made, Responses};
use crate::db::Db;

/// What is asked for, if it is something that is kept. To be called before anything is read for it.
pub(super) fn asked(request: &ServiceRequest) -> Option<Asked> {
    Asked::of(request, request.app_data::<Data<Db>>()?.tail().seq())
}

/// The answer that is kept, unless it may be older than the change it must not be older than.
pub(super) async fn find(
    request: &ServiceRequest,
    asked: Option<&Asked>,
    min_seq: Option<i64>,
) -> Option<Arc<Kept>> {
    let responses = request.app_data::<Data<Responses>>()?;
    if !min_seq.is_none_or(|seq| responses.knows(seq)) {
        return None;
    }
    responses.find(asked?).await
}

/// Keeps an answer that says what it was made from; gives back any other as it is.
pub(super) async fn keep(
    mut answer: ServiceResponse<BoxBody>,
    asked: Option<Asked>,
    if_none_match: Option<&str>,
) -> Result<ServiceResponse<BoxBody>, ServiceResponse<BoxBody>> {
    let made = answer.response_mut().extensions_mut().remove::<Made>();
    let responses = answer.request().app_data::<Data<Responses>>().cloned();
    let (Some(made), Some(asked), Some(responses)) = (made, asked, responses) else {
        return Err(answer);
    };
    if answer.status() != StatusCode::OK {
        return Err(answer);
    }
    let (request, response) = answer.into_parts();
    let (response, body) = response.into_parts();
    let body = match body.try_into_bytes() {
        Ok(body) => body,
        Err(body) => return Err(ServiceResponse::new(request, response.set_body(body))),
    };
    match responses.keep(&asked, &made, response.headers(), body.clone()).await {
        Ok(kept) => Ok(ServiceResponse::new(request, kept.answer(if_none_match))),
        Err(error) => {
            tracing::warn!(%error, "an answer could not be coded");
            Err(ServiceResponse::new(request, response.set_body(BoxBody::new(body))))
        }
    }
}
