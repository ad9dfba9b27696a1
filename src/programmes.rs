//! Programmes: what a stream carries when, in a schedule without overlaps.

mod replacing;
pub(crate) mod sql;
mod submission;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch};
use crate::articles::{ArticleRef, Since};
use crate::auth::{Reader, View, Writer};
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, Cursor, CursorText, Limit};
use crate::streams::id_of;
use crate::text::Handle;
pub use submission::{NewProgramme, NewSchedule, ProgrammePatch};

// --- Vocabulary

/// How much of a schedule one question shows when it does not say: 24 hours.
const WINDOW_DEFAULT_MS: i64 = DAY_MS;
/// How much of a schedule one question or one write spans at most: 31 days.
const WINDOW_MAX_MS: i64 = 31 * DAY_MS;
/// How long a programme is at most: 7 days. So what is on at a time is found among the few before it.
const PROGRAMME_MAX_MS: i64 = 7 * DAY_MS;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What a stream carries for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Programme {
    /// The programme's id.
    pub id: Id,
    /// The stream that carries it.
    pub stream_id: Id,
    /// What it is called: one line.
    #[schema(example = "News at Six", max_length = 300)]
    pub title: String,
    /// A few sentences about it; null when nobody wrote any.
    #[schema(required, example = "The day in thirty minutes.", max_length = 5000)]
    pub description: Option<String>,
    /// When it begins: from this instant on it is `now`.
    pub starts_at: Moment,
    /// When it ends: from this instant on it is over.
    pub ends_at: Moment,
    /// The article it goes with; null when there is none that you may see.
    #[schema(required)]
    pub article: Option<ArticleRef>,
    /// When it was entered.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
}

/// A page of a stream's schedule, with what is on at the moment of the answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct SchedulePage {
    /// What is on now, whatever part of the schedule is asked for; null when nothing is.
    #[schema(required)]
    pub now: Option<Programme>,
    /// What comes next after now, however far away; null when nothing does.
    #[schema(required)]
    pub next: Option<Programme>,
    /// The programmes of this page, in the order in which they are on.
    #[schema(max_items = 100)]
    pub items: Vec<Programme>,
    /// Send it back as `cursor` for the next page; null on the last page.
    #[schema(required, value_type = Option<String>, max_length = 2048, example = json!(null))]
    pub next_cursor: Option<Cursor>,
    /// How many programmes match in all; null unless `count=exact` was asked for.
    #[schema(required, minimum = 0, example = json!(null))]
    pub total: Option<i64>,
}

/// A part of a stream's schedule as it is after it was replaced.
#[derive(Debug, Serialize, ToSchema)]
pub struct Schedule {
    /// Where the part begins.
    pub from: Moment,
    /// Where the part ends.
    #[schema(value_type = Moment, example = "2020-09-22T17:23:00.000Z")]
    pub to: Moment,
    /// The programmes that begin in it, in the order in which they are on.
    #[schema(max_items = 1000)]
    pub programmes: Vec<Programme>,
}

/// Which part of a schedule is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ScheduleQuery {
    /// What is on at this RFC 3339 instant (or date) or later; the present when absent.
    #[param(nullable = false, value_type = Option<String>, example = "2020-09-21", max_length = 40)]
    pub from: Option<Since>,
    /// What begins before this RFC 3339 instant (or date), at most 31 days after `from`; 24 hours after it
    /// when absent.
    #[param(nullable = false, value_type = Option<String>, example = "2020-09-22T00:00:00Z", max_length = 40)]
    pub to: Option<Since>,
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub limit: Limit,
    /// Where to go on: `next_cursor` of the page before, with the same `from` and `to`.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
}

/// A part of a schedule: from inclusive, to exclusive.
#[derive(Debug, Clone, Copy)]
struct Window {
    from: Moment,
    to: Moment,
}

impl Window {
    /// What `from` and `to` lack, if they make no window: a code and a sentence about `to`.
    fn of(from: Moment, to: Moment) -> Result<Self, &'static str> {
        if to <= from {
            Err("must be after `from`")
        } else if to > from.plus_millis(WINDOW_MAX_MS) {
            Err("must be at most 31 days after `from`")
        } else {
            Ok(Self { from, to })
        }
    }

    fn asked(query: &ScheduleQuery, now: Moment) -> Result<Self> {
        let from = query.from.map_or(now, Since::moment);
        let to = query.to.map_or_else(|| from.plus_millis(WINDOW_DEFAULT_MS), Since::moment);
        Self::of(from, to).map_err(|wrong| {
            let present = if query.from.is_none() { "; it is the present when absent" } else { "" };
            Error::parameter("to", "out-of-range", format!("{wrong}{present}"))
        })
    }
}

// --- HTTP

/// Registers the routes of programmes.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_schedule)
        .service(put_schedule)
        .service(get_programme)
        .service(update_programme)
        .service(delete_programme);
}

/// Get a stream's schedule
///
/// What is on from now on, for 24 hours unless `from` and `to` say otherwise, with what is on now and next.
#[utoipa::path(tag = "streams", params(("stream" = String, Path, description = "Id or slug of the stream.", example = "news-radio", max_length = 200), ScheduleQuery),
    security((), ("key" = [])), responses((status = 200, description = "A page of the schedule.", body = SchedulePage)))]
#[get("/v1/streams/{stream}/schedule")]
async fn get_schedule(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    stream: Path<Handle>,
    Params(query): Params<ScheduleQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, &site, view, &stream, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Replace a part of a stream's schedule
///
/// The programmes that begin between `from` and `to` are those sent, and no others, in one transaction:
/// send a day again whenever it changes. A programme that is sent again (of the same start, else the same
/// title) stays the one it is, with its id. 409 names a programme outside that one of these overlaps.
/// `If-Match` takes the `ETag` of the last answer to the same `from` and `to` here.
#[utoipa::path(tag = "streams", params(("stream" = String, Path, description = "Id or slug of the stream.", example = "news-radio", max_length = 200)),
    request_body = NewSchedule, security(("key" = ["content:write"])),
    responses((status = 200, description = "The replaced part.", body = Schedule)))]
#[put("/v1/streams/{stream}/schedule")]
async fn put_schedule(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    stream: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<NewSchedule>,
) -> Result<Answer> {
    let new = body.value;
    let window = submission::checked(&new)?;
    db.write(move |conn| {
        let stream = id_of(conn, &stream)?;
        if_match.check(&sql::schedule(conn, &site, stream, window)?)?;
        replacing::replace(conn, stream, window, &new.programmes)?;
        Answer::ok(&sql::schedule(conn, &site, stream, window)?)
    })
    .await
}

/// Get a programme
///
/// One programme by its id.
#[utoipa::path(tag = "streams", params(("programme_id" = Id, Path, description = "Id of the programme.")),
    security((), ("key" = [])), responses((status = 200, description = "The programme.", body = Programme)))]
#[get("/v1/programmes/{programme_id}")]
async fn get_programme(
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    programme_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    let programme = db.read(move |conn| sql::find(conn, &site, view, *programme_id)).await?;
    Ok(Answer::ok(&programme)?.modified(programme.updated_at))
}

/// Change a programme
///
/// Changes what is sent and nothing else. 409 names a programme that it would overlap.
#[utoipa::path(tag = "streams", params(("programme_id" = Id, Path, description = "Id of the programme.")),
    request_body = ProgrammePatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed programme.", body = Programme)))]
#[patch("/v1/programmes/{programme_id}")]
async fn update_programme(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    programme_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<ProgrammePatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, *programme_id)?;
        if_match.check(&before)?;
        replacing::update(conn, &before, &patch)?;
        let programme = sql::find(conn, &site, View::Drafts, before.id)?;
        Ok(Answer::ok(&programme)?.modified(programme.updated_at))
    })
    .await
}

/// Delete a programme
///
/// Takes the programme out of its schedule.
#[utoipa::path(tag = "streams", params(("programme_id" = Id, Path, description = "Id of the programme.")),
    security(("key" = ["content:write"])), responses((status = 204, description = "The programme is gone.")))]
#[delete("/v1/programmes/{programme_id}")]
async fn delete_programme(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    programme_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, *programme_id)?;
        if_match.check(&before)?;
        replacing::remove(conn, &before)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
