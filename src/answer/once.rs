//! `Idempotency-Key`: a POST that is sent again is not done again.

use std::collections::HashSet;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH, IF_UNMODIFIED_SINCE, LOCATION};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use diesel::prelude::*;
use serde::Deserialize;

use super::{Answer, spelled};
use crate::auth::Caller;
use crate::db::types::{Id, Moment};
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::schema::idempotent_answers;

/// Says that an answer is the one given before to the same request.
pub const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// How long the answer to an `Idempotency-Key` is kept: 24 hours.
const IDEMPOTENCY_AGE_MAX_MS: i64 = 24 * 60 * 60 * 1000;
/// How long an `Idempotency-Key` may be.
const IDEMPOTENCY_KEY_MAX: usize = 255;

/// The keys of requests being carried out at this moment.
#[derive(Debug, Default, Clone)]
pub struct InFlight(Arc<Mutex<HashSet<(String, String)>>>);

/// `Idempotency-Key`: lets a POST be sent again without being done again.
#[derive(Debug)]
pub struct Once {
    key: Option<(String, String)>,
    in_flight: InFlight,
}

impl FromRequest for Once {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(once(request))
    }
}

fn once(request: &HttpRequest) -> Result<Once> {
    use actix_web::HttpMessage as _;
    let conditions = [IF_MATCH, IF_NONE_MATCH, IF_UNMODIFIED_SINCE];
    if let Some(name) = conditions.iter().find(|name| request.headers().contains_key(*name)) {
        let detail = "is for PUT, PATCH and DELETE; a POST is made once with Idempotency-Key";
        return Err(Error::parameter(spelled(name), "unsupported", detail));
    }
    let in_flight = request.app_data::<Data<InFlight>>().map(|data| InFlight::clone(data));
    let in_flight = in_flight.unwrap_or_default();
    let Some(header) = request.headers().get("idempotency-key") else {
        return Ok(Once { key: None, in_flight });
    };
    let key = header.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > IDEMPOTENCY_KEY_MAX {
        let detail = format!("must be 1 to {IDEMPOTENCY_KEY_MAX} visible ASCII characters");
        return Err(Error::parameter("Idempotency-Key", "invalid", detail));
    }
    let caller = request.extensions().get::<Caller>().and_then(|caller| caller.key);
    let caller = caller.map_or_else(String::new, |id| id.to_string());
    Ok(Once { key: Some((caller, key.to_owned())), in_flight })
}

/// Marks a key as in flight until it is dropped.
struct Flight<'a>(&'a InFlight, &'a (String, String));

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(self.1);
    }
}

impl Once {
    /// Carries out `work` in one transaction, or gives the answer it gave before.
    ///
    /// # Errors
    /// [`Error::KeyReused`], [`Error::InFlight`], or what `work` returns: failures are not kept.
    pub async fn write<F>(self, db: &Db, sha256: Vec<u8>, mut work: F) -> Result<Answer>
    where
        F: FnMut(&mut Conn) -> Result<Answer> + Send + 'static,
    {
        let Some(key) = self.key else { return db.write(work).await };
        let fresh =
            self.in_flight.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        if !fresh {
            return Err(Error::InFlight);
        }
        let _flight = Flight(&self.in_flight, &key);
        let kept = key.clone();
        db.write(move |conn| {
            let now = Moment::now();
            if let Some(answer) = replay(conn, &kept, &sha256, now)? {
                return Ok(answer);
            }
            let answer = work(conn)?;
            keep(conn, &kept, &sha256, &answer, now)?;
            Ok(answer)
        })
        .await
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = idempotent_answers)]
struct Kept {
    caller: String,
    idempotency_key: String,
    request_sha256: Vec<u8>,
    status: i16,
    location: Option<String>,
    body: String,
    created_at: Moment,
}

/// What an answer says of the time its resource was last changed.
#[derive(Deserialize)]
struct Dated {
    updated_at: Option<Moment>,
}

fn replay(
    conn: &mut Conn,
    (caller, key): &(String, String),
    sha256: &[u8],
    now: Moment,
) -> Result<Option<Answer>> {
    use idempotent_answers::{created_at, table};
    let oldest = now.plus_millis(-IDEMPOTENCY_AGE_MAX_MS);
    diesel::delete(table.filter(created_at.lt(oldest))).execute(conn)?;
    let kept = table.find((caller, key)).first::<Kept>(conn).optional()?;
    let Some(kept) = kept else { return Ok(None) };
    if kept.request_sha256 != sha256 {
        return Err(Error::KeyReused);
    }
    let status = u16::try_from(kept.status).map_err(Error::internal)?;
    let status = StatusCode::from_u16(status).map_err(Error::internal)?;
    let dated = serde_json::from_str::<Dated>(&kept.body).map_err(Error::internal)?;
    let mut answer = Answer { status, body: kept.body, headers: Vec::new(), made: None };
    if let Some(at) = dated.updated_at {
        answer = answer.modified(at);
    }
    if let Some(location) = kept.location {
        answer = answer.with(LOCATION, &location);
    }
    Ok(Some(answer.with(IDEMPOTENCY_REPLAYED, "true")))
}

/// Forgets the answers that show what was removed for good: those of its address, and those that begin with its id.
pub(crate) fn forget(conn: &mut Conn, id: Id, locations: &[String]) -> Result<()> {
    use idempotent_answers::{body, location, table};
    let shows = body.like(format!("{{\"id\":\"{id}\"%"));
    let shows = shows.or(location.eq_any(locations.to_vec()).assume_not_null());
    diesel::delete(table.filter(shows)).execute(conn)?;
    Ok(())
}

fn keep(
    conn: &mut Conn,
    (caller, key): &(String, String),
    sha256: &[u8],
    answer: &Answer,
    now: Moment,
) -> Result<()> {
    let location = answer.headers.iter().find(|(name, _)| *name == LOCATION);
    let location = location.and_then(|(_, value)| value.to_str().ok()).map(ToOwned::to_owned);
    let kept = Kept {
        caller: caller.clone(),
        idempotency_key: key.clone(),
        request_sha256: sha256.to_vec(),
        status: i16::try_from(answer.status.as_u16()).map_err(Error::internal)?,
        location,
        body: answer.body.clone(),
        created_at: now,
    };
    diesel::insert_into(idempotent_answers::table).values(&kept).execute(conn)?;
    Ok(())
}
