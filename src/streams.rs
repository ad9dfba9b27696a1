//! Streams: what can be heard or seen live.

pub(crate) mod sql;
mod submission;
mod writing;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, put};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::auth::{Reader, View, Writer};
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::images::Image;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Limit, page};
use crate::programmes::Programme;
use crate::text::{CommaList, Handle, Language};
pub(crate) use sql::id_of;
pub use submission::{NewStream, NewStreamSource, StreamPatch};
pub(crate) use writing::touch;

// --- Vocabulary

/// What a stream carries.
///
/// - `audio`: sound: a radio channel, a live report.
/// - `video`: pictures with sound.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    AsExpression,
    FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum StreamKind {
    /// Sound: a radio channel, a live report.
    #[default]
    Audio,
    /// Pictures with sound.
    Video,
}
text_column!(StreamKind { Audio = "audio", Video = "video" });

/// Whether a stream can be heard or seen now: people say so, not the clock.
///
/// - `pending`: announced, not on air yet.
/// - `live`: on air: a player has something to play.
/// - `ended`: it was live and is over.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    AsExpression,
    FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum StreamStatus {
    /// Announced, not on air yet.
    #[default]
    Pending,
    /// On air: a player has something to play.
    Live,
    /// It was live and is over.
    Ended,
}
text_column!(StreamStatus { Pending = "pending", Live = "live", Ended = "ended" });

/// One form in which a stream can be played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StreamSource {
    /// Where a player finds it.
    #[schema(format = "uri", example = "https://live.example.com/news.aac", max_length = 2000)]
    pub url: String,
    /// Its media type, perhaps with codecs, as a player's `canPlayType` takes it.
    #[serde(rename = "type")]
    #[schema(example = "audio/aac", max_length = 250)]
    pub type_: String,
    /// How many bits a second it takes; null when unknown or changing.
    #[schema(required, minimum = 1, maximum = 1_000_000_000, example = 96_000)]
    pub bit_rate: Option<i32>,
}

/// Something to hear or see live, with what is on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Stream {
    /// The stream's id.
    pub id: Id,
    /// The stream's name in URLs; unique among streams.
    #[schema(example = "news-radio", max_length = 200)]
    pub slug: String,
    /// The stream's name as readers see it.
    #[schema(example = "News Radio", max_length = 200)]
    pub name: String,
    /// A few sentences about it; null when nobody wrote any.
    #[schema(required, example = "News around the clock.", max_length = 5000)]
    pub description: Option<String>,
    /// The language spoken (BCP 47); null when unknown or several.
    #[schema(required, example = "en", max_length = 64)]
    pub language: Option<String>,
    /// What it carries.
    pub kind: StreamKind,
    /// Whether it can be heard or seen now.
    pub status: StreamStatus,
    /// The forms it can be played in: a player takes the first it can play.
    #[schema(max_items = 20)]
    pub sources: Vec<StreamSource>,
    /// When it begins or began; null when that is not known or it always runs.
    #[schema(required)]
    pub starts_at: Option<Moment>,
    /// When it ends or ended; null when that is not known or it always runs.
    #[schema(required)]
    pub ends_at: Option<Moment>,
    /// The cover; null when there is none.
    #[schema(required)]
    pub image: Option<Image>,
    /// What is on by the schedule at the moment of the answer; null when nothing is.
    #[schema(required)]
    pub now: Option<Programme>,
    /// What comes next by the schedule, however far away; null when nothing does.
    #[schema(required)]
    pub next: Option<Programme>,
    /// When it was made.
    pub created_at: Moment,
    /// When it or its schedule was last changed.
    pub updated_at: Moment,
    /// Counts its changes and those of its schedule, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
}

page!(
    /// A page of streams.
    StreamPage of Stream
);

/// Which streams are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct StreamQuery {
    /// Only these statuses; `live` is what a *Listen live* button asks for.
    #[param(nullable = false, value_type = Option<Vec<StreamStatus>>, max_items = 3, style = Form, explode = false, example = json!(["live"]))]
    pub status: Option<CommaList<StreamStatus>>,
    /// Only streams of this kind.
    #[param(inline = false, nullable = false)]
    pub kind: Option<StreamKind>,
    /// Only this language (BCP 47); `en` finds `en-GB` too.
    #[param(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub limit: Limit,
    /// Where to go on: `next_cursor` of the page before, with the same filter.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
}

// --- HTTP

/// Registers the routes of streams.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_streams)
        .service(create_stream)
        .service(get_stream)
        .service(put_stream)
        .service(update_stream)
        .service(delete_stream);
}

/// List streams
///
/// Streams in the order of their names, with what is on now and next; `status=live` for what can be
/// heard or seen at this moment.
#[utoipa::path(tag = "streams", params(StreamQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of streams.", body = StreamPage)))]
#[get("/v1/streams")]
async fn list_streams(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    Params(query): Params<StreamQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, &site, view, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Create a stream
///
/// Makes a stream; its slug comes from its name unless given. What is `live` needs a source.
#[utoipa::path(tag = "streams", request_body = NewStream, security(("key" = ["content:write"])),
    responses((status = 201, description = "The new stream.", body = Stream)))]
#[post("/v1/streams")]
async fn create_stream(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    once: Once,
    _query: NoParams,
    body: Body<NewStream>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let id = writing::insert(conn, &new, None)?;
        created(&sql::find(conn, &site, View::Drafts, &Handle::Id(id))?)
    })
    .await
}

/// Get a stream
///
/// One stream by id or slug, with what is on now and next. Its `ETag` changes when a programme begins or
/// ends, too.
#[utoipa::path(tag = "streams", params(("stream" = String, Path, description = "Id or slug of the stream.", example = "news-radio", max_length = 200)),
    security((), ("key" = [])), responses((status = 200, description = "The stream.", body = Stream)))]
#[get("/v1/streams/{stream}")]
async fn get_stream(
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    stream: Path<Handle>,
    _query: NoParams,
) -> Result<Answer> {
    shown(&db.read(move |conn| sql::find(conn, &site, view, &stream)).await?)
}

/// Create or replace a stream
///
/// Makes the stream of this slug, or replaces all of it but its schedule; what is absent takes its
/// default, `status` too. `If-None-Match: *` makes it only where none is.
#[utoipa::path(tag = "streams", params(("stream" = String, Path, description = "Slug of the stream, or its id when it is there.", example = "news-radio", max_length = 200)),
    request_body = NewStream, security(("key" = ["content:write"])),
    responses((status = 200, description = "The replaced stream.", body = Stream),
        (status = 201, description = "The new stream.", body = Stream)))]
#[put("/v1/streams/{stream}")]
async fn put_stream(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    stream: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<NewStream>,
) -> Result<Answer> {
    let (handle, new) = (stream.into_inner(), body.value);
    db.write(move |conn| {
        let (id, made) = writing::upsert(conn, &site, &handle, &if_match, &new)?;
        let stream = sql::find(conn, &site, View::Drafts, &Handle::Id(id))?;
        if made { created(&stream) } else { shown(&stream) }
    })
    .await
}

/// Change a stream
///
/// Changes what is sent and nothing else; `sources` are replaced whole. `status` goes to `live` and
/// `ended` this way.
#[utoipa::path(tag = "streams", params(("stream" = String, Path, description = "Id or slug of the stream.", example = "news-radio", max_length = 200)),
    request_body = StreamPatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed stream.", body = Stream)))]
#[patch("/v1/streams/{stream}")]
async fn update_stream(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    stream: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<StreamPatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, &stream)?;
        if_match.check(&before)?;
        writing::replace(conn, &before, &submission::patched(&before, &patch)?)?;
        shown(&sql::find(conn, &site, View::Drafts, &Handle::Id(before.id))?)
    })
    .await
}

/// Delete a stream
///
/// Removes the stream with its schedule.
#[utoipa::path(tag = "streams", params(("stream" = String, Path, description = "Id or slug of the stream.", example = "news-radio", max_length = 200)),
    security(("key" = ["content:write"])), responses((status = 204, description = "The stream is gone.")))]
#[delete("/v1/streams/{stream}")]
async fn delete_stream(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    stream: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, &stream)?;
        if_match.check(&before)?;
        writing::remove(conn, before.id)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn shown(stream: &Stream) -> Result<Answer> {
    Ok(Answer::ok(stream)?.modified(stream.updated_at))
}

fn created(stream: &Stream) -> Result<Answer> {
    let path = crate::api::path(&["v1", "streams", &stream.slug]);
    Ok(Answer::created(&path, stream)?.modified(stream.updated_at))
}
