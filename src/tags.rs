//! Tags: what articles are about.

mod merging;
pub(crate) mod naming;
pub(crate) mod sql;

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
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Limit, page};
use crate::slug::Slug;
use crate::text::{Handle, Name, Prose, clearable};

// --- Vocabulary

/// What kind of thing a tag names.
///
/// - `topic`: a subject: economy, security cooperation.
/// - `place`: a country, a city, a region.
/// - `organisation`: a company, a party, an authority.
/// - `person`: somebody an article is about.
/// - `series`: a running series of articles.
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
pub enum TagKind {
    /// A subject: economy, security cooperation.
    #[default]
    Topic,
    /// A country, a city, a region.
    Place,
    /// A company, a party, an authority.
    Organisation,
    /// Somebody an article is about.
    Person,
    /// A running series of articles.
    Series,
}
text_column!(TagKind {
    Topic = "topic",
    Place = "place",
    Organisation = "organisation",
    Person = "person",
    Series = "series",
});

/// What articles are about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Tag {
    /// The tag's id.
    pub id: Id,
    /// The tag's name in URLs and tag expressions; unique among tags.
    #[schema(example = "bilateral-relations", max_length = 200)]
    pub slug: String,
    /// The tag's name as readers see it.
    #[schema(example = "bilateral relations", max_length = 200)]
    pub name: String,
    /// What kind of thing it names.
    pub kind: TagKind,
    /// A few sentences for a tag page; null when nobody wrote any.
    #[schema(required, example = "How two states deal with each other.", max_length = 5000)]
    pub description: Option<String>,
    /// How many published articles carry the tag.
    #[schema(minimum = 0, example = 1)]
    pub article_count: i64,
    /// When the tag was made.
    pub created_at: Moment,
    /// When the tag was last changed.
    pub updated_at: Moment,
    /// Counts the changes of the tag, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
}

/// A tag as it stands on an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TagRef {
    /// The tag's id.
    pub id: Id,
    /// The tag's name in URLs and tag expressions.
    #[schema(example = "bilateral-relations", max_length = 200)]
    pub slug: String,
    /// The tag's name as readers see it.
    #[schema(example = "bilateral relations", max_length = 200)]
    pub name: String,
    /// What kind of thing it names.
    pub kind: TagKind,
}

page!(
    /// A page of tags.
    TagPage of Tag
);

/// A tag to be made, or what a tag is to become.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTag {
    /// The tag's name as readers see it: one line; 409 when another tag has it.
    #[schema(value_type = String, example = "bilateral relations", min_length = 1, max_length = 200)]
    pub name: Name,
    /// The tag's name in URLs; made from `name` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "bilateral-relations", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// What kind of thing it names; `topic` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub kind: Option<TagKind>,
    /// A few sentences for a tag page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "How two states deal with each other.", max_length = 5000)]
    pub description: Option<Prose>,
}

/// What is to change about a tag (RFC 7396): absent stays, null clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagPatch {
    /// The tag's name as readers see it: one line; 409 when another tag has it.
    #[schema(nullable = false, value_type = Option<String>, example = "bilateral relations", min_length = 1, max_length = 200)]
    pub name: Option<Name>,
    /// The tag's name in URLs; 409 when another tag has it.
    #[schema(nullable = false, value_type = Option<String>, example = "bilateral-relations", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// What kind of thing it names.
    #[schema(nullable = false)]
    pub kind: Option<TagKind>,
    /// A few sentences for a tag page; null removes them.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "How two states deal with each other.", max_length = 5000)]
    pub description: Option<Option<Prose>>,
}

/// Which tags are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TagQuery {
    /// Only tags of this kind.
    #[param(inline = false, nullable = false)]
    pub kind: Option<TagKind>,
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub limit: Limit,
    /// Where to go on: `next_cursor` of the page before.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
}

/// Where to merge something into.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// Id or slug of the one that stays.
    #[schema(value_type = String, example = "russia", min_length = 1, max_length = 200)]
    pub into: Handle,
}

// --- HTTP

/// Registers the routes of tags.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_tags)
        .service(create_tag)
        .service(get_tag)
        .service(put_tag)
        .service(update_tag)
        .service(delete_tag)
        .service(merge_tag);
}

/// List tags
///
/// Tags in the order of their names.
#[utoipa::path(tag = "tags", params(TagQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of tags.", body = TagPage)))]
#[get("/v1/tags")]
async fn list_tags(
    request: HttpRequest,
    db: Data<Db>,
    Reader(view): Reader,
    Params(query): Params<TagQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, view, &query)).await?;
    let items = page.items.iter().map(|tag| tag.id);
    let names = Names::default().and(Subject::Tag, items).and_all(Subject::Tag);
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()).made_from(names))
}

/// Create a tag
///
/// Makes a tag; its slug comes from its name unless given. 409 when another tag has the slug or the
/// name, whatever its case: an article that names its tags must mean one.
#[utoipa::path(tag = "tags", request_body = NewTag, security(("key" = ["content:write"])),
    responses((status = 201, description = "The new tag.", body = Tag)))]
#[post("/v1/tags")]
async fn create_tag(
    db: Data<Db>,
    _writer: Writer,
    once: Once,
    _query: NoParams,
    body: Body<NewTag>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let tag = sql::insert(conn, &new, None)?;
        Ok(Answer::created(&path(&tag.slug), &tag)?.modified(tag.updated_at))
    })
    .await
}

/// Get a tag
///
/// One tag by id or slug. The slug and id of a merged tag answer 301.
#[utoipa::path(tag = "tags", params(("tag" = String, Path, description = "Id or slug of the tag.", example = "russia", max_length = 200)),
    security((), ("key" = [])), responses((status = 200, description = "The tag.", body = Tag)))]
#[get("/v1/tags/{tag}")]
async fn get_tag(
    db: Data<Db>,
    Reader(view): Reader,
    tag: Path<Handle>,
    _query: NoParams,
) -> Result<Answer> {
    let tag = db.read(move |conn| sql::shown(conn, view, &tag)).await?;
    let names = Names::of(Subject::Tag, tag.id);
    Ok(Answer::ok(&tag)?.modified(tag.updated_at).made_from(names))
}

/// Create or replace a tag
///
/// Makes the tag of this slug, or replaces all of it; what is absent takes its default.
/// `If-None-Match: *` makes it only where none is.
#[utoipa::path(tag = "tags", params(("tag" = String, Path, description = "Slug of the tag, or its id when it is there.", example = "bilateral-relations", max_length = 200)),
    request_body = NewTag, security(("key" = ["content:write"])),
    responses((status = 200, description = "The replaced tag.", body = Tag),
        (status = 201, description = "The new tag.", body = Tag)))]
#[put("/v1/tags/{tag}")]
async fn put_tag(
    db: Data<Db>,
    _writer: Writer,
    tag: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<NewTag>,
) -> Result<Answer> {
    let (handle, new) = (tag.into_inner(), body.value);
    db.write(move |conn| sql::upsert(conn, &handle, &if_match, &new)).await
}

/// Change a tag
///
/// Changes what is sent and nothing else. A tag that readers cannot see yet stays hidden.
#[utoipa::path(tag = "tags", params(("tag" = String, Path, description = "Id or slug of the tag.", example = "russia", max_length = 200)),
    request_body = TagPatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed tag.", body = Tag)))]
#[patch("/v1/tags/{tag}")]
async fn update_tag(
    db: Data<Db>,
    _writer: Writer,
    tag: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<TagPatch>,
) -> Result<Answer> {
    let patch = body.value;
    let tag = db
        .write(move |conn| {
            let before = sql::shown(conn, View::Drafts, &tag)?;
            if_match.check(&before)?;
            sql::update(conn, &before, &patch)?;
            sql::shown(conn, View::Drafts, &Handle::Id(before.id))
        })
        .await?;
    Ok(Answer::ok(&tag)?.modified(tag.updated_at))
}

/// Delete a tag
///
/// Removes the tag and takes it off every article.
#[utoipa::path(tag = "tags", params(("tag" = String, Path, description = "Id or slug of the tag.", example = "russia", max_length = 200)),
    security(("key" = ["content:write"])), responses((status = 204, description = "The tag is gone.")))]
#[delete("/v1/tags/{tag}")]
async fn delete_tag(
    db: Data<Db>,
    _writer: Writer,
    tag: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::shown(conn, View::Drafts, &tag)?;
        if_match.check(&before)?;
        sql::remove(conn, &before)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Merge a tag into another
///
/// Moves every article to the other tag. From then on the old slug and id answer 301, and who writes the
/// old name means the tag that stays, unless a tag of that name is made again. What readers could not see
/// leaves no such sign to them.
#[utoipa::path(tag = "tags", params(("tag" = String, Path, description = "Id or slug of the tag that goes.", example = "russian-federation", max_length = 200)),
    request_body = Merge, security(("key" = ["content:write"])),
    responses((status = 200, description = "The tag that stays.", body = Tag)))]
#[post("/v1/tags/{tag}/merge")]
async fn merge_tag(
    db: Data<Db>,
    _writer: Writer,
    once: Once,
    tag: Path<Handle>,
    _query: NoParams,
    body: Body<Merge>,
) -> Result<Answer> {
    let Body { value: merge, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let from = sql::find(conn, View::Drafts, &tag)?;
        let into = merging::target(conn, &merge.into)?;
        merging::move_into(conn, &from, &into)?;
        let tag = sql::shown(conn, View::Drafts, &Handle::Id(into.id))?;
        Ok(Answer::ok(&tag)?.modified(tag.updated_at))
    })
    .await
}

fn path(slug: &str) -> String {
    crate::api::path(&["v1", "tags", slug])
}
