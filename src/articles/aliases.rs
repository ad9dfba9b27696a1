//! Aliases: the slugs an article has had, which still lead to it.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::sql::{id_of, is_published, of_handle};
use super::{Article, Status};
use crate::answer::{Answer, IfMatch};
use crate::auth::{Insider, View, Writer};
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, Db, among};
use crate::error::{Error, Result};
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key, Limit, Position, page};
use crate::schema::{article_aliases, articles};
use crate::text::Handle;

// --- Vocabulary

/// A slug that an article has had: who asks for it is led to the one it has now.
#[derive(Debug, Clone, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = article_aliases, check_for_backend(Any))]
pub struct ArticleAlias {
    /// The slug.
    #[schema(example = "russia-and-china", max_length = 200)]
    pub slug: String,
    /// Whether readers could see the article under it; only then it leads them there.
    #[schema(example = true)]
    pub is_public: bool,
    /// Since when the article has another.
    pub created_at: Moment,
}

page!(
    /// A page of aliases.
    ArticleAliasPage of ArticleAlias
);

/// How much of an article's aliases is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ArticleAliasQuery {
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

/// Registers the routes of aliases.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_article_aliases).service(delete_article_alias);
}

/// List an article's aliases
///
/// The slugs it has had, in the order of their letters. Reading by one of them is answered 301, and no other
/// article can have it until it is released.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200), ArticleAliasQuery),
    security(("key" = ["drafts:read"])), responses((status = 200, description = "A page of aliases.", body = ArticleAliasPage)))]
#[get("/v1/articles/{article}/aliases")]
async fn list_article_aliases(
    request: HttpRequest,
    db: Data<Db>,
    _insider: Insider,
    article: Path<Handle>,
    Params(query): Params<ArticleAliasQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| list(conn, &article, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Release an article's alias
///
/// From now on the old slug leads nowhere, and any article can take it.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200),
        ("slug" = String, Path, description = "The slug it has had.", example = "russia-and-china", max_length = 200)),
    security(("key" = ["content:write"])), responses((status = 204, description = "The slug is free.")))]
#[delete("/v1/articles/{article}/aliases/{slug}")]
async fn delete_article_alias(
    db: Data<Db>,
    _writer: Writer,
    path: Path<(Handle, String)>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    let (article, slug) = path.into_inner();
    let slug = slug.nfc().collect::<String>();
    db.write(move |conn| {
        let article = id_of(conn, View::Drafts, &article)?;
        let alias = of(article).filter(article_aliases::slug.eq(&slug));
        let alias = alias.select(ArticleAlias::as_select()).first(conn).optional()?;
        if_match.check(&alias.ok_or(Error::NotFound("alias"))?)?;
        diesel::delete(article_aliases::table.find(&slug)).execute(conn)?;
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Where an alias is on this server.
pub(super) fn path(article: &str, slug: &str) -> String {
    crate::api::path(&["v1", "articles", article, "aliases", slug])
}

// --- SQL

/// The slugs an article has had. One it has taken back, or that readers have seen, is kept in mind, but leads
/// nowhere.
#[diesel::dsl::auto_type(no_type_alias)]
fn of(article: Id) -> _ {
    article_aliases::table
        .inner_join(articles::table)
        .filter(article_aliases::article_id.eq(article))
        .filter(article_aliases::slug.ne(articles::slug))
}

fn list(conn: &mut Conn, article: &Handle, query: &ArticleAliasQuery) -> Result<ArticleAliasPage> {
    let article = id_of(conn, View::Drafts, article)?;
    let ArticleAliasQuery { limit, cursor, count } = query;
    let identity = format!("aliases of {article}");
    let mut rows = of(article).select(ArticleAlias::as_select()).into_boxed();
    if let Some(cursor) = cursor {
        let (slug, _) = cursor.position(&identity)?.text()?;
        rows = rows.filter(article_aliases::slug.gt(slug));
    }
    let rows = rows.order(article_aliases::slug).limit(limit.rows() + 1).load(conn)?;
    // A slug is all there is to tell aliases apart.
    let cut = Cut::new(rows, *limit, &identity, |alias: &ArticleAlias| Position {
        key: Key::Text(alias.slug.clone()),
        id: article,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(of(article).count().get_result(conn)?),
    };
    Ok(ArticleAliasPage { items: cut.rows, next_cursor: cut.next, total })
}

/// The article that has had this slug, as far as the caller may know: its id and the slug it has.
pub(super) fn successor(conn: &mut Conn, view: View, slug: &str) -> Result<Option<(Id, String)>> {
    let mut rows = article_aliases::table
        .inner_join(articles::table)
        .filter(article_aliases::slug.eq(slug))
        .select((articles::id, articles::slug))
        .into_boxed();
    if view == View::Public {
        rows = rows.filter(article_aliases::is_public.eq(true)).filter(is_published());
    }
    Ok(rows.first(conn).optional()?)
}

/// Why there is no article under an address: it has another slug now, or there is none to be seen.
pub(crate) fn absent(conn: &mut Conn, view: View, handle: &Handle) -> Error {
    let Handle::Slug(alias) = handle else { return Error::NotFound("article") };
    match successor(conn, view, alias) {
        Ok(Some((_, slug))) => {
            Error::Renamed { path: super::path(&slug), alias: path(&slug, alias) }
        }
        Ok(None) => Error::NotFound("article"),
        Err(error) => error,
    }
}

/// The article that a body or parameter means by an id or a slug, also by one it has had.
pub(crate) fn meant(conn: &mut Conn, view: View, handle: &Handle) -> Result<Option<Id>> {
    let mut rows = of_handle(handle).select(articles::id);
    if view == View::Public {
        rows = rows.filter(is_published());
    }
    // What is hidden takes as many statements as what is not there.
    match (rows.first(conn).optional()?, handle) {
        (None, Handle::Slug(slug)) => Ok(successor(conn, view, slug)?.map(|(id, _)| id)),
        (found, _) => Ok(found),
    }
}

/// The articles that have had these slugs, as far as the caller may know.
pub(crate) fn of_slugs(
    conn: &mut Conn,
    view: View,
    slugs: &[String],
) -> Result<HashMap<String, Id>> {
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut rows = article_aliases::table
        .filter(among(article_aliases::slug, slugs))
        .select((article_aliases::slug, article_aliases::article_id))
        .into_boxed();
    if view == View::Public {
        rows = rows.filter(article_aliases::is_public.eq(true));
    }
    Ok(rows.load::<(String, Id)>(conn)?.into_iter().collect())
}

/// Keeps what a change leaves behind: a slug that is no longer the article's, and that readers have seen the
/// one it has, when they no longer do.
pub(super) fn keep(conn: &mut Conn, before: &Article, slug: &str, status: Status) -> Result<()> {
    let was_seen = before.status == Status::Published;
    if before.slug == slug && (!was_seen || status == Status::Published) {
        return Ok(());
    }
    let there = article_aliases::table.find(&before.slug);
    let seen = there.select(article_aliases::is_public).first::<bool>(conn).optional()?;
    let values = (
        article_aliases::article_id.eq(before.id),
        article_aliases::is_public.eq(was_seen || seen == Some(true)),
        article_aliases::created_at.eq(Moment::now()),
    );
    match seen {
        Some(_) => diesel::update(there).set(values).execute(conn)?,
        None => diesel::insert_into(article_aliases::table)
            .values((article_aliases::slug.eq(&before.slug), values))
            .execute(conn)?,
    };
    Ok(())
}
