//! Reading one's own writes: what a write says of the log of changes, and a read that must not be older.

use std::cell::Cell;
use std::time::Duration;

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;

use crate::api::takes;
use crate::changes::log::{SEQ_MAX, last};
use crate::db::Db;
use crate::error::{Error, Result};

/// How far the log of changes goes with what a request has written.
const ONRECORD_SEQ: HeaderName = HeaderName::from_static("onrecord-seq");
/// The change that an answer must not be older than.
const MIN_SEQ: HeaderName = HeaderName::from_static("min-seq");
/// How long a read waits for the change it must not be older than.
const PATIENCE: Duration = Duration::from_secs(2);

tokio::task_local! {
    static WROTE: Cell<Option<i64>>;
}

/// Says how far the log of changes goes with what the request that is being answered has written.
pub(crate) fn wrote(seq: i64) {
    if WROTE.try_with(|wrote| wrote.set(wrote.get().max(Some(seq)))).is_err() {
        tracing::trace!(seq, "written outside of a request");
    }
}

/// Answers, and how far the log goes with what was written for it.
pub(super) async fn noted<T>(answering: impl Future<Output = T>) -> (T, Option<i64>) {
    let noting = async { (answering.await, WROTE.with(Cell::get)) };
    WROTE.scope(Cell::new(None), noting).await
}

/// Tells whoever wrote how far the log goes with it, also when there was nothing to write in the end.
pub(super) fn tell<B>(answer: &mut ServiceResponse<B>, method: &Method, seq: Option<i64>) {
    let db = answer.request().app_data::<Data<Db>>().filter(|_| writes(method));
    if let Some(seq) = seq.or_else(|| Some(db?.tail().seq())) {
        answer.headers_mut().insert(ONRECORD_SEQ, HeaderValue::from(seq));
    }
}

fn writes(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH, Method::DELETE].contains(method)
}

/// Waits until what is read cannot be older than the change that `Min-Seq` names, and answers that.
///
/// A read begins after this with what is committed then, so it is enough that the change is.
pub(super) async fn reached(request: &ServiceRequest) -> Result<Option<i64>> {
    let Some(header) = request.headers().get(MIN_SEQ) else { return Ok(None) };
    if !request.path().starts_with("/v1/") {
        return Ok(None);
    }
    if writes(request.method()) {
        // An address that does not take the method says so first.
        if !takes(request.method(), request.path()) {
            return Ok(None);
        }
        return Err(Error::parameter("Min-Seq", "unsupported", "is for reads: GET and HEAD"));
    }
    let seq = header.to_str().ok().and_then(|text| text.trim().parse::<i64>().ok());
    let seq = seq.filter(|seq| (0..=SEQ_MAX).contains(seq)).ok_or_else(|| {
        let detail = "must be a whole number, as `Onrecord-Seq` and the changes have them";
        Error::parameter("Min-Seq", "invalid", detail)
    })?;
    let db = request.app_data::<Data<Db>>().ok_or_else(|| Error::internal("no database"))?;
    if db.tail().seq() >= seq {
        return Ok(Some(seq));
    }
    db.tail().reaches(db.read_primary(|conn| Ok(last(conn)?.seq)).await?);
    if db.tail().wait(seq, PATIENCE).await { Ok(Some(seq)) } else { Err(Error::Behind(seq)) }
}
