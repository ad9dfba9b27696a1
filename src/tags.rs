//! Tags: what articles are about.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, put};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::articles::Status;
use crate::auth::{Reader, View, Writer};
use crate::db::types::{Id, Moment, text_column};
use crate::db::{Any, Conn, Db, among};
use crate::error::{Error, ProblemError, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key, Limit, Position, page};
use crate::schema::{article_tags, articles, merged_tags, tags};
use crate::slug::Slug;
use crate::text::{Handle, Name, Prose, clearable, folded};

// --- Vocabulary

/// What kind of thing a tag names.
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
    /// The tag's name as readers see it: one line.
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
    /// The tag's name as readers see it: one line.
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
    let page = db.read(move |conn| list(conn, view, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Create a tag
///
/// Makes a tag; its slug comes from its name unless given. 409 when the slug is taken.
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
        let tag = insert(conn, &new, None)?;
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
    let tag = db.read(move |conn| shown(conn, view, &tag)).await?;
    Ok(Answer::ok(&tag)?.modified(tag.updated_at))
}

/// Create or replace a tag
///
/// Makes the tag of this slug, or replaces all of it; what is absent takes its default.
#[utoipa::path(tag = "tags", params(("tag" = String, Path, description = "Slug of the tag, or its id when it is there.", example = "russia", max_length = 200)),
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
    db.write(move |conn| upsert(conn, &handle, &if_match, &new)).await
}

/// Change a tag
///
/// Changes what is sent and nothing else.
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
            let before = shown(conn, View::Drafts, &tag)?;
            if_match.check(&before)?;
            update(conn, &before, &patch)?;
            shown(conn, View::Drafts, &Handle::Id(before.id))
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
        let before = shown(conn, View::Drafts, &tag)?;
        if_match.check(&before)?;
        diesel::delete(tags::table.find(before.id)).execute(conn)?;
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Merge a tag into another
///
/// Moves every article to the other tag. From then on the old slug and id answer 301.
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
        let from = find(conn, View::Drafts, &tag).map_err(|error| error.below("merge"))?;
        let into = target(conn, &merge.into)?;
        move_into(conn, &from, &into)?;
        let tag = shown(conn, View::Drafts, &Handle::Id(into.id))?;
        Ok(Answer::ok(&tag)?.modified(tag.updated_at))
    })
    .await
}

fn path(slug: &str) -> String {
    crate::api::path(&["v1", "tags", slug])
}

// --- SQL

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = tags, check_for_backend(Any))]
struct TagRow {
    id: Id,
    slug: String,
    name: String,
    name_key: String,
    kind: TagKind,
    description: Option<String>,
    is_public: bool,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
}

impl TagRow {
    fn into_tag(self, article_count: i64) -> Tag {
        let Self { id, slug, name, name_key: _, kind, description, is_public: _, .. } = self;
        let Self { created_at, updated_at, version, .. } = self;
        Tag { id, slug, name, kind, description, article_count, created_at, updated_at, version }
    }
}

fn list(conn: &mut Conn, view: View, query: &TagQuery) -> Result<TagPage> {
    let identity = format!("tags {view:?} {:?}", query.kind);
    let filtered = || {
        let mut rows = tags::table.into_boxed();
        if view == View::Public {
            rows = rows.filter(tags::is_public.eq(true));
        }
        if let Some(kind) = query.kind {
            rows = rows.filter(tags::kind.eq(kind));
        }
        rows
    };
    let mut rows = filtered().select(TagRow::as_select());
    if let Some(cursor) = &query.cursor {
        let (name, id) = cursor.position(&identity)?.text()?;
        let after = tags::name_key.eq(name.clone()).and(tags::id.gt(id));
        rows = rows.filter(tags::name_key.gt(name).or(after));
    }
    let rows = rows.order((tags::name_key, tags::id)).limit(query.limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, query.limit, &identity, |row: &TagRow| Position {
        key: Key::Text(row.name_key.clone()),
        id: row.id,
    });
    let counts = article_counts(conn, &cut.rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let total = match query.count {
        Count::None => None,
        Count::Exact => Some(filtered().count().get_result(conn)?),
    };
    let shown = cut.rows.into_iter().map(|row| {
        let count = counts.get(&row.id).copied().unwrap_or(0);
        row.into_tag(count)
    });
    Ok(TagPage { items: shown.collect(), next_cursor: cut.next, total })
}

fn article_counts(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, i64>> {
    let counts = article_tags::table
        .inner_join(articles::table)
        .filter(article_tags::tag_id.eq_any(ids.to_vec()))
        .filter(articles::status.eq(Status::Published))
        .group_by(article_tags::tag_id)
        .select((article_tags::tag_id, diesel::dsl::count_star()))
        .load::<(Id, i64)>(conn)?;
    Ok(counts.into_iter().collect())
}

fn find(conn: &mut Conn, view: View, handle: &Handle) -> Result<TagRow> {
    let mut rows = tags::table.select(TagRow::as_select()).into_boxed();
    let mut merged = merged_tags::table
        .inner_join(tags::table.on(tags::id.eq(merged_tags::into_id)))
        .select((tags::slug, tags::is_public))
        .into_boxed();
    match handle {
        Handle::Id(id) => {
            rows = rows.filter(tags::id.eq(*id));
            merged = merged.filter(merged_tags::id.eq(*id));
        }
        Handle::Slug(slug) => {
            rows = rows.filter(tags::slug.eq(slug.clone()));
            merged = merged.filter(merged_tags::slug.eq(slug.clone()));
        }
    }
    let visible = |is_public: bool| is_public || view == View::Drafts;
    if let Some(row) = rows.first(conn).optional()? {
        return if visible(row.is_public) { Ok(row) } else { Err(Error::NotFound("tag")) };
    }
    match merged.first::<(String, bool)>(conn).optional()? {
        Some((slug, is_public)) if visible(is_public) => Err(Error::Moved(path(&slug))),
        _ => Err(Error::NotFound("tag")),
    }
}

fn shown(conn: &mut Conn, view: View, handle: &Handle) -> Result<Tag> {
    let row = find(conn, view, handle)?;
    let counts = article_counts(conn, &[row.id])?;
    let count = counts.get(&row.id).copied().unwrap_or(0);
    Ok(row.into_tag(count))
}

/// The tag a body names; what is not there is a fault of the body, not of the path.
fn target(conn: &mut Conn, handle: &Handle) -> Result<TagRow> {
    match find(conn, View::Drafts, handle) {
        Err(Error::NotFound(_)) => {
            Err(Error::field("/into", "not-found", format!("there is no tag `{handle}`")))
        }
        Err(Error::Moved(path)) => {
            Err(Error::field("/into", "moved", format!("was merged itself; it is now {path}")))
        }
        found => found,
    }
}

fn insert(conn: &mut Conn, new: &NewTag, slug: Option<&Slug>) -> Result<Tag> {
    let NewTag { name, slug: asked, kind, description } = new;
    let slug = match slug.or(asked.as_ref()) {
        Some(slug) => free_slug(conn, slug, None)?,
        None => made_slug(conn, name.as_str())?,
    };
    let now = Moment::now();
    let id = Id::new();
    diesel::insert_into(tags::table)
        .values((
            tags::id.eq(id),
            tags::slug.eq(slug.as_str()),
            tags::name.eq(name.as_str()),
            tags::name_key.eq(folded(name.as_str())),
            tags::kind.eq(kind.unwrap_or_default()),
            tags::description.eq(description.as_ref().map(Prose::as_str)),
            tags::is_public.eq(true),
            tags::created_at.eq(now),
            tags::updated_at.eq(now),
            tags::version.eq(1_i64),
        ))
        .execute(conn)?;
    shown(conn, View::Drafts, &Handle::Id(id))
}

fn upsert(conn: &mut Conn, handle: &Handle, if_match: &IfMatch, new: &NewTag) -> Result<Answer> {
    let before = match (shown(conn, View::Drafts, handle), handle) {
        (Ok(before), _) => before,
        (Err(Error::NotFound(_)), Handle::Slug(slug)) => {
            if_match.check_absent()?;
            let slug = Slug::parse(slug).map_err(|error| {
                Error::field("/slug", "invalid", format!("the path's last part {error}"))
            })?;
            same_slug(new.slug.as_ref(), slug.as_str())?;
            let tag = insert(conn, new, Some(&slug))?;
            return Ok(Answer::created(&path(&tag.slug), &tag)?.modified(tag.updated_at));
        }
        (Err(error), _) => return Err(error),
    };
    if_match.check(&before)?;
    if matches!(handle, Handle::Slug(_)) {
        same_slug(new.slug.as_ref(), &before.slug)?;
    }
    let NewTag { name, slug, kind, description } = new.clone();
    let kind = Some(kind.unwrap_or_default());
    update(
        conn,
        &before,
        &TagPatch { name: Some(name), slug, kind, description: Some(description) },
    )?;
    let tag = shown(conn, View::Drafts, &Handle::Id(before.id))?;
    Ok(Answer::ok(&tag)?.modified(tag.updated_at))
}

/// A slug in the body of a PUT must be the one in its path.
pub(crate) fn same_slug(asked: Option<&Slug>, path: &str) -> Result<()> {
    match asked {
        Some(slug) if slug.as_str() != path => {
            let detail = format!("must be `{path}` as in the path, or absent; PATCH renames");
            Err(Error::field("/slug", "mismatch", detail))
        }
        _ => Ok(()),
    }
}

#[derive(AsChangeset)]
#[diesel(table_name = tags)]
#[expect(clippy::option_option, reason = "Diesel's form of a patch: left, cleared, or set")]
struct Changes {
    name: Option<String>,
    name_key: Option<String>,
    slug: Option<String>,
    kind: Option<TagKind>,
    description: Option<Option<String>>,
    is_public: bool,
    updated_at: Moment,
    version: i64,
}

fn update(conn: &mut Conn, before: &Tag, patch: &TagPatch) -> Result<()> {
    let TagPatch { name, slug, kind, description } = patch.clone();
    if let Some(slug) = &slug {
        free_slug(conn, slug, Some(before.id))?;
    }
    let changes = Changes {
        name_key: name.as_ref().map(|name| folded(name.as_str())),
        name: name.map(Name::into_string),
        slug: slug.map(|slug| slug.as_str().to_owned()),
        kind,
        description: description.map(|text| text.map(Prose::into_string)),
        is_public: true,
        updated_at: Moment::now(),
        version: before.version + 1,
    };
    diesel::update(tags::table.find(before.id)).set(&changes).execute(conn)?;
    Ok(())
}

/// The slug, unless another tag has it or had it before a merge.
fn free_slug(conn: &mut Conn, slug: &Slug, own: Option<Id>) -> Result<Slug> {
    match holder(conn, slug.as_str())? {
        Some(holder) if Some(holder) != own => Err(Error::Conflict(format!(
            "The slug `{slug}` belongs to the tag {holder}; take another."
        ))),
        _ => Ok(slug.clone()),
    }
}

fn holder(conn: &mut Conn, slug: &str) -> Result<Option<Id>> {
    let holder = tags::table.filter(tags::slug.eq(slug)).select(tags::id).first(conn).optional()?;
    if holder.is_some() {
        return Ok(holder);
    }
    Ok(merged_tags::table.find(slug).select(merged_tags::into_id).first(conn).optional()?)
}

fn made_slug(conn: &mut Conn, name: &str) -> Result<Slug> {
    crate::slug::made(name, "tag", |slug| Ok(holder(conn, slug.as_str())?.is_some()))
}

fn move_into(conn: &mut Conn, from: &TagRow, into: &TagRow) -> Result<()> {
    if from.id == into.id {
        return Err(Error::field("/into", "same", "must be another tag than the one that goes"));
    }
    let there = article_tags::table
        .filter(article_tags::tag_id.eq(into.id))
        .select(article_tags::article_id);
    let both = there.load::<Id>(conn)?;
    diesel::delete(
        article_tags::table
            .filter(article_tags::tag_id.eq(from.id))
            .filter(article_tags::article_id.eq_any(both)),
    )
    .execute(conn)?;
    diesel::update(article_tags::table.filter(article_tags::tag_id.eq(from.id)))
        .set(article_tags::tag_id.eq(into.id))
        .execute(conn)?;
    diesel::update(merged_tags::table.filter(merged_tags::into_id.eq(from.id)))
        .set(merged_tags::into_id.eq(into.id))
        .execute(conn)?;
    diesel::delete(tags::table.find(from.id)).execute(conn)?;
    // A slug may lead on already, from a merge before it was taken again. Its holder's id then stands
    // in for it, which no slug looks like.
    let leads = merged_tags::table.filter(merged_tags::slug.eq(&from.slug));
    let leads = leads.select(merged_tags::id).first::<Id>(conn).optional()?.is_some();
    let slug = if leads { from.id.to_string() } else { from.slug.clone() };
    diesel::insert_into(merged_tags::table)
        .values((
            merged_tags::slug.eq(slug),
            merged_tags::id.eq(from.id),
            merged_tags::into_id.eq(into.id),
        ))
        .execute(conn)?;
    diesel::update(tags::table.find(into.id))
        .set((
            tags::is_public.eq(into.is_public || from.is_public),
            tags::updated_at.eq(Moment::now()),
            tags::version.eq(into.version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// The tags a writer names, by id, slug or name, in that order, made where there are none.
///
/// Public ones become visible with the first published article that carries them.
pub(crate) fn named(conn: &mut Conn, names: &[Name], public: bool) -> Result<Vec<Id>> {
    let mut ids = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let id = match known(conn, name.as_str())? {
            Some(id) => id,
            None if name.as_str().parse::<Id>().is_ok() => {
                let detail = format!("there is no tag with the id `{name}`");
                let fault = ProblemError::at(format!("/tags/{index}"), "not-found", detail);
                return Err(Error::InvalidField(vec![fault]));
            }
            None => {
                let new = NewTag { name: name.clone(), slug: None, kind: None, description: None };
                let id = insert(conn, &new, None)?.id;
                if !public {
                    hide(conn, id)?;
                }
                id
            }
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if public {
        publish(conn, &ids)?;
    }
    Ok(ids)
}

fn hide(conn: &mut Conn, id: Id) -> Result<()> {
    diesel::update(tags::table.find(id)).set(tags::is_public.eq(false)).execute(conn)?;
    Ok(())
}

/// Shows these tags to everybody: they stand on a published article.
pub(crate) fn publish(conn: &mut Conn, ids: &[Id]) -> Result<()> {
    let hidden =
        tags::table.filter(tags::id.eq_any(ids.to_vec())).filter(tags::is_public.eq(false));
    diesel::update(hidden).set(tags::is_public.eq(true)).execute(conn)?;
    Ok(())
}

fn known(conn: &mut Conn, name: &str) -> Result<Option<Id>> {
    if let Ok(id) = name.parse::<Id>() {
        let there = tags::table.find(id).select(tags::id).first(conn).optional()?;
        let merged = merged_tags::table.filter(merged_tags::id.eq(id));
        return match there {
            Some(id) => Ok(Some(id)),
            None => Ok(merged.select(merged_tags::into_id).first(conn).optional()?),
        };
    }
    if let Some(id) = holder(conn, name)? {
        return Ok(Some(id));
    }
    let of_name = tags::table.filter(tags::name_key.eq(folded(name))).order(tags::id);
    Ok(of_name.select(tags::id).first(conn).optional()?)
}

/// The tags of these articles, each article's in its order.
pub(crate) fn of_articles(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Vec<TagRef>>> {
    let rows = article_tags::table
        .inner_join(tags::table)
        .filter(among(article_tags::article_id, ids))
        .order((article_tags::article_id, article_tags::position))
        .select((article_tags::article_id, tags::id, tags::slug, tags::name, tags::kind))
        .load::<(Id, Id, String, String, TagKind)>(conn)?;
    let mut tags = HashMap::<Id, Vec<TagRef>>::new();
    for (article, id, slug, name, kind) in rows {
        tags.entry(article).or_default().push(TagRef { id, slug, name, kind });
    }
    Ok(tags)
}

/// The ids of tags named by slug or id, also by what they were called before a merge.
pub(crate) fn ids_of(conn: &mut Conn, names: &[&str]) -> Result<HashMap<String, Id>> {
    let ids = names.iter().filter_map(|name| name.parse::<Id>().ok()).collect::<Vec<_>>();
    let slugs = names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let there = tags::table
        .filter(among(tags::slug, &slugs).or(among(tags::id, &ids)))
        .select((tags::slug, tags::id, tags::id))
        .load::<(String, Id, Id)>(conn)?;
    let merged = merged_tags::table
        .filter(among(merged_tags::slug, &slugs).or(among(merged_tags::id, &ids)))
        .select((merged_tags::slug, merged_tags::id, merged_tags::into_id))
        .load::<(String, Id, Id)>(conn)?;
    let mut found = HashMap::new();
    for (slug, id, now) in merged.into_iter().chain(there) {
        found.insert(slug, now);
        found.insert(id.to_string(), now);
    }
    Ok(found)
}

/// Every tag as it would be sent again.
pub(crate) fn resendable(conn: &mut Conn) -> Result<Vec<(bool, NewTag)>> {
    let rows = tags::table.order(tags::id).select(TagRow::as_select()).load(conn)?;
    let tags = rows.into_iter().map(|row| {
        let new = NewTag {
            name: Name::parse(&row.name)?,
            slug: Some(Slug::parse(&row.slug).map_err(|error| error.to_string())?),
            kind: Some(row.kind),
            description: row.description.as_deref().map(Prose::parse).transpose()?,
        };
        Ok((row.is_public, new))
    });
    tags.collect::<Result<_, String>>().map_err(Error::internal)
}

/// Makes the tag unless its slug is there; answers the slug and whether it was made.
pub(crate) fn take_in(conn: &mut Conn, new: &NewTag, public: bool) -> Result<(String, bool)> {
    if let Some(slug) = &new.slug
        && holder(conn, slug.as_str())?.is_some()
    {
        return Ok((slug.to_string(), false));
    }
    let made = insert(conn, new, None)?;
    if !public {
        hide(conn, made.id)?;
    }
    Ok((made.slug, true))
}
