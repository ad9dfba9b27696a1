//! Links: what an article points to, here or on the web.

pub(crate) mod replacing;
pub(crate) mod sql;
pub(crate) mod targets;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::articles::ArticleRef;
use crate::auth::{Reader, View, Writer};
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, text_column};
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Limit, page};
use crate::text::{Handle, Line, Name, WebUrl, clearable};

// --- Vocabulary

/// What a link's target is to the article.
///
/// - `related`: another story on the same subject.
/// - `background`: what one should know to understand it.
/// - `source`: what it is based on.
/// - `follow_up`: what happened next.
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
pub enum LinkRel {
    /// Another story on the same subject.
    #[default]
    Related,
    /// What one should know to understand it.
    Background,
    /// What it is based on.
    Source,
    /// What happened next.
    FollowUp,
}
text_column!(LinkRel {
    Related = "related",
    Background = "background",
    Source = "source",
    FollowUp = "follow_up",
});

/// What an article points to: an article here, a page on the web, or a headline not yet found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Link {
    /// The link's id.
    pub id: Id,
    /// The article it stands on.
    pub article_id: Id,
    /// What the target is to the article.
    pub rel: LinkRel,
    /// Its place among the article's links, from 0.
    #[schema(minimum = 0, example = 0)]
    pub position: i32,
    /// What readers see; the target's headline unless the link has words of its own. Null for a
    /// web page without any.
    #[schema(
        required,
        example = "Russia, China Support Talks on Western Route Gas Supply",
        max_length = 300
    )]
    pub title: Option<String>,
    /// The web page it points to; null for an article here and for an unresolved link.
    #[schema(required, format = "uri", example = "https://example.com/gas", max_length = 2000)]
    pub url: Option<String>,
    /// The article here it points to; null for a web page and for an unresolved link.
    #[schema(required)]
    pub target: Option<ArticleRef>,
}

page!(
    /// A page of links.
    LinkPage of Link
);

/// A link to be made: `target`, or `url`, or `title` alone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "rel": "background",
    "title": "Russia, China Support Talks on Western Route Gas Supply",
    "url": "https://example.com/gas"
}))]
pub struct NewLink {
    /// What the target is to the article; `related` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rel: Option<LinkRel>,
    /// What readers see. Alone it waits for an article of this headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Russia, China Support Talks on Western Route Gas Supply", min_length = 1, max_length = 300)]
    pub title: Option<Line>,
    /// A web page: an `http(s)` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, format = "uri", example = "https://example.com/gas", max_length = 2000)]
    pub url: Option<WebUrl>,
    /// An article here: its id or slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "talks-on-western-route", min_length = 1, max_length = 200)]
    pub target: Option<Name>,
    /// Its place among the article's links, from 0; the end when absent. Not inside an article.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 0)]
    pub position: Option<i32>,
}

/// What is to change about a link (RFC 7396): absent stays, null clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "rel": "follow_up", "title": "Western Route Gas Supply" }))]
pub struct LinkPatch {
    /// What the target is to the article.
    #[schema(nullable = false)]
    pub rel: Option<LinkRel>,
    /// What readers see; null takes the target's headline.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Western Route Gas Supply", min_length = 1, max_length = 300)]
    pub title: Option<Option<Line>>,
    /// A web page: an `http(s)` URL, takes the place of `target`; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, format = "uri", example = "https://example.com/gas", max_length = 2000)]
    pub url: Option<Option<WebUrl>>,
    /// An article here: its id or slug, takes the place of `url`; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "talks-on-western-route", min_length = 1, max_length = 200)]
    pub target: Option<Option<Name>>,
    /// Its place among the article's links, from 0: moves it there.
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 0)]
    pub position: Option<i32>,
}

/// Which links are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct LinkQuery {
    /// Only links to this article (id or slug).
    #[param(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", max_length = 200)]
    pub target: Option<Handle>,
    /// Only links with this relation.
    #[param(inline = false, nullable = false)]
    pub rel: Option<LinkRel>,
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

/// How much of an article's links is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ArticleLinkQuery {
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

// --- HTTP

/// Registers the routes of links.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_links)
        .service(get_link)
        .service(update_link)
        .service(delete_link)
        .service(list_article_links)
        .service(create_link);
}

/// List links
///
/// Links, last made first; with `target`, who points to an article. Those of published articles and, for
/// a key that sees drafts, of all others.
#[utoipa::path(tag = "links", params(LinkQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of links.", body = LinkPage)))]
#[get("/v1/links")]
async fn list_links(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    Params(query): Params<LinkQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, &site, view, &query)).await?;
    let items = page.items.iter().map(|link| link.id);
    let names = Names::default().and(Subject::Link, items).and_all(Subject::Link);
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()).made_from(names))
}

/// Get a link
///
/// One link by its id.
#[utoipa::path(tag = "links", params(("link_id" = Id, Path, description = "Id of the link.")),
    security((), ("key" = [])), responses((status = 200, description = "The link.", body = Link)))]
#[get("/v1/links/{link_id}")]
async fn get_link(
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    link_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    let link = db.read(move |conn| sql::find(conn, &site, view, *link_id)).await?;
    Ok(Answer::ok(&link)?.made_from(Names::of(Subject::Link, link.id)))
}

/// Change a link
///
/// Changes what is sent and nothing else; `position` moves it among the article's links.
#[utoipa::path(tag = "links", params(("link_id" = Id, Path, description = "Id of the link.")),
    request_body = LinkPatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed link.", body = Link)))]
#[patch("/v1/links/{link_id}")]
async fn update_link(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    link_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<LinkPatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, *link_id)?;
        if_match.check(&before)?;
        sql::update(conn, &before, &patch)?;
        Answer::ok(&sql::find(conn, &site, View::Drafts, before.id)?)
    })
    .await
}

/// Delete a link
///
/// Removes the link from its article.
#[utoipa::path(tag = "links", params(("link_id" = Id, Path, description = "Id of the link.")),
    security(("key" = ["content:write"])), responses((status = 204, description = "The link is gone.")))]
#[delete("/v1/links/{link_id}")]
async fn delete_link(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    link_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, *link_id)?;
        if_match.check(&before)?;
        sql::remove(conn, &before)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// List an article's links
///
/// The links of one article, in the editor's order.
#[utoipa::path(tag = "links", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200), ArticleLinkQuery),
    security((), ("key" = [])), responses((status = 200, description = "A page of links.", body = LinkPage)))]
#[get("/v1/articles/{article}/links")]
async fn list_article_links(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    article: Path<Handle>,
    Params(query): Params<ArticleLinkQuery>,
) -> Result<Answer> {
    let read = db.read(move |conn| sql::list_of(conn, &site, view, &article, &query));
    let (article, page) = read.await?;
    let answer = Answer::ok(&page)?.next(&request, page.next_cursor.as_ref());
    Ok(answer.made_from(Names::of(Subject::Article, article)))
}

/// Add a link to an article
///
/// Makes a link to an article here, to a web page, or to a headline that waits for its article.
#[utoipa::path(tag = "links", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = NewLink, security(("key" = ["content:write"])),
    responses((status = 201, description = "The new link.", body = Link)))]
#[post("/v1/articles/{article}/links")]
async fn create_link(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    once: Once,
    article: Path<Handle>,
    _query: NoParams,
    body: Body<NewLink>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let id = sql::add(conn, &article, &new)?;
        let link = sql::find(conn, &site, View::Drafts, id)?;
        Answer::created(&crate::api::path(&["v1", "links", &id.to_string()]), &link)
    })
    .await
}
