//! Links: what an article points to, here or on the web.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::articles::{ArticleRef, Status};
use crate::auth::{Reader, View, Writer};
use crate::config::PublicUrl;
use crate::db::types::{Id, Moment, text_column};
use crate::db::{Any, Conn, Db, among};
use crate::error::{Error, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key, Limit, Position, page};
use crate::parts::{positions, without_position};
use crate::schema::{articles, links};
use crate::text::{Handle, Line, Name, WebUrl, clearable, folded};

/// How many links an article may have.
const LINKS_MAX: i32 = 1000;

// --- Vocabulary

/// What a link's target is to the article.
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
/// Links of published articles, last made first: with `target`, who points to an article.
#[utoipa::path(tag = "links", params(LinkQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of links.", body = LinkPage)))]
#[get("/v1/links")]
async fn list_links(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<PublicUrl>,
    Reader(view): Reader,
    Params(query): Params<LinkQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| list(conn, &site, view, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Get a link
///
/// One link by its id.
#[utoipa::path(tag = "links", params(("link" = Id, Path, description = "Id of the link.")),
    security((), ("key" = [])), responses((status = 200, description = "The link.", body = Link)))]
#[get("/v1/links/{link}")]
async fn get_link(
    db: Data<Db>,
    site: Data<PublicUrl>,
    Reader(view): Reader,
    link: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    Answer::ok(&db.read(move |conn| find(conn, &site, view, *link)).await?)
}

/// Change a link
///
/// Changes what is sent and nothing else; `position` moves it among the article's links.
#[utoipa::path(tag = "links", params(("link" = Id, Path, description = "Id of the link.")),
    request_body = LinkPatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed link.", body = Link)))]
#[patch("/v1/links/{link}")]
async fn update_link(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    link: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<LinkPatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = find(conn, &site, View::Drafts, *link)?;
        if_match.check(&before)?;
        update(conn, &before, &patch)?;
        Answer::ok(&find(conn, &site, View::Drafts, before.id)?)
    })
    .await
}

/// Delete a link
///
/// Removes the link from its article.
#[utoipa::path(tag = "links", params(("link" = Id, Path, description = "Id of the link.")),
    security(("key" = ["content:write"])), responses((status = 204, description = "The link is gone.")))]
#[delete("/v1/links/{link}")]
async fn delete_link(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    link: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = find(conn, &site, View::Drafts, *link)?;
        if_match.check(&before)?;
        crate::articles::sql::touch(conn, &Handle::Id(before.article_id))?;
        diesel::delete(links::table.find(before.id)).execute(conn)?;
        close_gap(conn, before.article_id, before.position)
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
    site: Data<PublicUrl>,
    Reader(view): Reader,
    article: Path<Handle>,
    Params(query): Params<ArticleLinkQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| list_of(conn, &site, view, &article, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
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
    site: Data<PublicUrl>,
    _writer: Writer,
    once: Once,
    article: Path<Handle>,
    _query: NoParams,
    body: Body<NewLink>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let article = crate::articles::sql::touch(conn, &article)?;
        let place = make_room(conn, article.id, new.position)?;
        let id = insert(conn, article.id, &new, place, "")?;
        let link = find(conn, &site, View::Drafts, id)?;
        Answer::created(&crate::api::path(&["v1", "links", &id.to_string()]), &link)
    })
    .await
}

// --- SQL

positions!(links, LINKS_MAX);

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = links, check_for_backend(Any))]
struct LinkRow {
    id: Id,
    article_id: Id,
    rel: LinkRel,
    position: i32,
    title: Option<String>,
    title_key: Option<String>,
    url: Option<String>,
    target_id: Option<Id>,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
}

mod alias {
    use crate::schema::articles;
    diesel::alias!(articles as targets: Targets);
}
use alias::targets;

/// What is shown of a target: slug, headline, date of publication, status.
type Target = (String, String, Option<Moment>, Status);

/// Links with their article and their target.
macro_rules! tables {
    () => {
        links::table
            .inner_join(articles::table)
            .left_join(targets.on(links::target_id.eq(targets.field(articles::id).nullable())))
    };
}

/// Links joined with what is shown of their targets, ready to be filtered.
macro_rules! joined {
    () => {
        tables!().select((
            LinkRow::as_select(),
            targets
                .fields((articles::slug, articles::title, articles::published_at, articles::status))
                .nullable(),
        ))
    };
}

/// Only links a reader may see: whose target is not hidden, or which have words of their own.
macro_rules! seen {
    ($view:expr, $rows:expr) => {{
        let mut rows = $rows;
        if $view == View::Public {
            rows = rows.filter(articles::status.eq(Status::Published)).filter(
                links::target_id
                    .is_null()
                    .or(links::title.is_not_null())
                    .or(targets.field(articles::status).eq(Status::Published).assume_not_null()),
            );
        }
        rows
    }};
}

fn link(site: &PublicUrl, view: View, (row, target): (LinkRow, Option<Target>)) -> Link {
    let seen = target.filter(|(.., status)| view == View::Drafts || *status == Status::Published);
    let target = row.target_id.zip(seen).map(|(id, (slug, title, published_at, _))| ArticleRef {
        id,
        url: format!("{site}{}", crate::articles::path(&slug)),
        slug,
        title,
        published_at,
    });
    let headline = target.as_ref().map(|target| target.title.clone());
    Link {
        id: row.id,
        article_id: row.article_id,
        rel: row.rel,
        position: row.position,
        title: row.title.or(headline),
        url: row.url,
        target,
    }
}

fn list(conn: &mut Conn, site: &PublicUrl, view: View, query: &LinkQuery) -> Result<LinkPage> {
    let LinkQuery { target, rel, limit, cursor, count } = query;
    let identity = format!("links {view:?} {target:?} {rel:?}");
    // A target nobody may see, like one that is not there, has no links to it.
    let target = match target {
        None => None,
        Some(handle) => match crate::articles::sql::id_of(conn, view, handle) {
            Ok(id) => Some(id),
            Err(Error::NotFound(_)) => Some(Id::default()),
            Err(error) => return Err(error),
        },
    };
    macro_rules! filtered {
        ($rows:expr) => {{
            let mut rows = seen!(view, $rows.into_boxed());
            if let Some(target) = target {
                rows = rows.filter(links::target_id.eq(target));
            }
            if let Some(rel) = rel {
                rows = rows.filter(links::rel.eq(*rel));
            }
            rows
        }};
    }
    let mut rows = filtered!(joined!());
    if let Some(cursor) = cursor {
        rows = rows.filter(links::id.lt(cursor.position(&identity)?.id));
    }
    let rows = rows
        .order(links::id.desc())
        .limit(limit.rows() + 1)
        .load::<(LinkRow, Option<Target>)>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, _)| Position {
        key: Key::Moment(row.created_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => {
            let rows = tables!().select(diesel::dsl::count_star());
            Some(filtered!(rows).get_result(conn)?)
        }
    };
    let items = cut.rows.into_iter().map(|row| link(site, view, row)).collect();
    Ok(LinkPage { items, next_cursor: cut.next, total })
}

fn list_of(
    conn: &mut Conn,
    site: &PublicUrl,
    view: View,
    article: &Handle,
    query: &ArticleLinkQuery,
) -> Result<LinkPage> {
    let article = crate::articles::sql::id_of(conn, view, article)?;
    let ArticleLinkQuery { limit, cursor, count } = query;
    let identity = format!("links of {article} {view:?}");
    let mut rows = seen!(view, joined!().into_boxed()).filter(links::article_id.eq(article));
    if let Some(cursor) = cursor {
        let (place, id) = cursor.position(&identity)?.place()?;
        let after = links::position.eq(place).and(links::id.gt(id));
        rows = rows.filter(links::position.gt(place).or(after));
    }
    let rows = rows
        .order((links::position, links::id))
        .limit(limit.rows() + 1)
        .load::<(LinkRow, Option<Target>)>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, _)| Position {
        key: Key::Place(row.position),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => {
            let rows = tables!().select(diesel::dsl::count_star()).into_boxed();
            let rows = seen!(view, rows).filter(links::article_id.eq(article));
            Some(rows.get_result(conn)?)
        }
    };
    let items = cut.rows.into_iter().map(|row| link(site, view, row)).collect();
    Ok(LinkPage { items, next_cursor: cut.next, total })
}

fn find(conn: &mut Conn, site: &PublicUrl, view: View, id: Id) -> Result<Link> {
    let rows = seen!(view, joined!().into_boxed()).filter(links::id.eq(id));
    let row = rows.first(conn).optional()?.ok_or(Error::NotFound("link"))?;
    Ok(link(site, view, row))
}

/// The links of these articles, each article's in its order.
pub(crate) fn of_articles(
    conn: &mut Conn,
    site: &PublicUrl,
    view: View,
    ids: &[Id],
) -> Result<HashMap<Id, Vec<Link>>> {
    let rows = seen!(view, joined!().into_boxed())
        .filter(among(links::article_id, ids))
        .order((links::article_id, links::position, links::id))
        .load::<(LinkRow, Option<Target>)>(conn)?;
    let mut all = HashMap::<Id, Vec<Link>>::new();
    for row in rows {
        all.entry(row.0.article_id).or_default().push(link(site, view, row));
    }
    Ok(all)
}

/// All links of an article as they would be sent again.
pub(crate) fn resendable(conn: &mut Conn, article: Id) -> Result<Vec<NewLink>> {
    let rows = links::table
        .left_join(targets.on(links::target_id.eq(targets.field(articles::id).nullable())))
        .filter(links::article_id.eq(article))
        .order((links::position, links::id))
        .select((LinkRow::as_select(), targets.field(articles::slug).nullable()))
        .load::<(LinkRow, Option<String>)>(conn)?;
    let links = rows.into_iter().map(|(row, target)| {
        Ok(NewLink {
            rel: Some(row.rel),
            title: row.title.map(|title| Line::parse(&title)).transpose()?,
            url: row.url.map(|url| WebUrl::parse(&url)).transpose()?,
            target: target.map(|slug| Name::parse(&slug)).transpose()?,
            position: None,
        })
    });
    links.collect::<Result<_, String>>().map_err(Error::internal)
}

/// Writes the links an article comes with, in their order.
pub(crate) fn insert_all(conn: &mut Conn, article: Id, new: &[NewLink]) -> Result<()> {
    for (index, link) in new.iter().enumerate() {
        let pointer = format!("/links/{index}");
        without_position(link.position, &pointer)?;
        let place = i32::try_from(index).map_err(Error::internal)?;
        insert(conn, article, link, place, &pointer)?;
    }
    Ok(())
}

fn insert(conn: &mut Conn, article: Id, new: &NewLink, place: i32, at: &str) -> Result<Id> {
    let NewLink { rel, title, url, target, position: _ } = new;
    let title_key = title.as_ref().map(|title| folded(title.as_str()));
    let target_id = match (target, url, &title_key) {
        (Some(_), Some(_), _) => {
            let detail = "cannot be combined with `url`: a link points to one of them";
            return Err(Error::field(format!("{at}/target"), "conflict", detail));
        }
        (Some(target), None, _) => Some(target_id(conn, article, target, at)?),
        (None, Some(_), _) => None,
        (None, None, Some(key)) => titled(conn, article, key)?,
        (None, None, None) => {
            let detail = "needs `target`, `url` or `title`";
            return Err(Error::field(at, "required", detail));
        }
    };
    let now = Moment::now();
    let row = LinkRow {
        id: Id::new(),
        article_id: article,
        rel: rel.unwrap_or_default(),
        position: place,
        title: title.as_ref().map(|title| title.as_str().to_owned()),
        title_key,
        url: url.as_ref().map(|url| url.as_str().to_owned()),
        target_id,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    diesel::insert_into(links::table).values(&row).execute(conn)?;
    Ok(row.id)
}

fn target_id(conn: &mut Conn, article: Id, target: &Name, at: &str) -> Result<Id> {
    let pointer = format!("{at}/target");
    let handle = Handle::from(target.as_str());
    match crate::articles::sql::id_of(conn, View::Drafts, &handle) {
        Ok(id) if id == article => {
            Err(Error::field(pointer, "same", "must be another article than the one it stands on"))
        }
        Err(Error::NotFound(_)) => {
            let detail = format!("there is no article `{target}`; `title` alone waits for one");
            Err(Error::field(pointer, "not-found", detail))
        }
        found => found,
    }
}

/// The first other article of this headline.
fn titled(conn: &mut Conn, article: Id, title_key: &str) -> Result<Option<Id>> {
    let of_title = articles::table.filter(articles::title_key.eq(title_key));
    let others = of_title.filter(articles::id.ne(article)).order(articles::id);
    Ok(others.select(articles::id).first(conn).optional()?)
}

/// Lets the links that wait for an article of this headline point to it.
pub(crate) fn resolve_waiting(conn: &mut Conn, article: Id, title_key: &str) -> Result<()> {
    let waiting = links::table
        .filter(links::title_key.eq(title_key))
        .filter(links::target_id.is_null())
        .filter(links::url.is_null())
        .filter(links::article_id.ne(article));
    diesel::update(waiting).set(links::target_id.eq(article)).execute(conn)?;
    Ok(())
}

/// Gives the links to an article that goes the words they need without it.
pub(crate) fn keep_titles(conn: &mut Conn, article: Id, title: &str) -> Result<()> {
    let wordless = links::table.filter(links::target_id.eq(article)).filter(links::title.is_null());
    diesel::update(wordless)
        .set((links::title.eq(title), links::title_key.eq(folded(title))))
        .execute(conn)?;
    Ok(())
}

/// Removes all links of an article.
pub(crate) fn remove_all(conn: &mut Conn, article: Id) -> Result<()> {
    diesel::delete(links::table.filter(links::article_id.eq(article))).execute(conn)?;
    Ok(())
}

#[derive(AsChangeset)]
#[diesel(table_name = links, treat_none_as_null = true)]
struct Changes {
    rel: LinkRel,
    title: Option<String>,
    title_key: Option<String>,
    url: Option<String>,
    target_id: Option<Id>,
    updated_at: Moment,
    version: i64,
}

fn update(conn: &mut Conn, before: &Link, patch: &LinkPatch) -> Result<()> {
    let article = before.article_id;
    crate::articles::sql::touch(conn, &Handle::Id(article))?;
    if let Some(place) = patch.position.filter(|place| *place != before.position) {
        move_part(conn, article, before.id, before.position, place)?;
    }
    let row = links::table.find(before.id).select(LinkRow::as_select()).first(conn)?;
    let LinkPatch { rel, title, url, target, position: _ } = patch;
    let title = match title {
        None => row.title,
        Some(title) => title.as_ref().map(|title| title.as_str().to_owned()),
    };
    let title_key = title.as_deref().map(folded);
    let (url, target_id) = match (url, target) {
        (Some(Some(_)), Some(Some(_))) => {
            let detail = "cannot be combined with `url`: a link points to one of them";
            return Err(Error::field("/target", "conflict", detail));
        }
        (Some(Some(url)), _) => (Some(url.as_str().to_owned()), None),
        (_, Some(Some(target))) => (None, Some(target_id(conn, article, target, "")?)),
        (url, target) => (
            if url.is_some() { None } else { row.url },
            if target.is_some() { None } else { row.target_id },
        ),
    };
    // A headline that is new here finds its article as one that is sent with a new link does.
    let waits = url.is_none() && target_id.is_none() && patch.target.is_none();
    let target_id = match &title_key {
        Some(key) if waits => titled(conn, article, key)?,
        _ => target_id,
    };
    if url.is_none() && target_id.is_none() && title.is_none() {
        return Err(Error::field("", "required", "must keep one of `target`, `url` and `title`"));
    }
    let changes = Changes {
        rel: rel.unwrap_or(row.rel),
        title,
        title_key,
        url,
        target_id,
        updated_at: Moment::now(),
        version: row.version + 1,
    };
    diesel::update(links::table.find(before.id)).set(&changes).execute(conn)?;
    Ok(())
}
