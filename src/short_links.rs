//! Short links: a few letters that lead to an article, counted, and never given twice.

mod code;
pub mod hits;
pub(crate) mod sql;

use actix_web::http::header::{Accept, Header as _, HeaderValue, LOCATION, VARY};
use actix_web::web::{Data, Path};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, Responder as _, delete, get, put};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch};
use crate::articles::ArticleRef;
use crate::auth::{Insider, Writer};
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Moment, text_column};
use crate::edge::Glance;
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Limit, page};
use crate::text::Handle;
use hits::Hits;

// --- Vocabulary

/// Who chose a short link's code.
///
/// - `generated`: made here, with its article: every article has one.
/// - `vanity`: chosen by an editor.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum ShortLinkKind {
    /// Made here, with its article.
    Generated,
    /// Chosen by an editor.
    Vanity,
}
text_column!(ShortLinkKind { Generated = "generated", Vanity = "vanity" });

/// A few letters that lead to an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ShortLink {
    /// What stands behind `/s/`.
    #[schema(example = "x7k2m9p", max_length = 50)]
    pub code: String,
    /// The short URL itself.
    #[schema(format = "uri", example = "http://127.0.0.1:8080/s/x7k2m9p", max_length = 4000)]
    pub url: String,
    /// Who chose the code.
    pub kind: ShortLinkKind,
    /// The article it leads to, once that is published; null when the article was deleted.
    #[schema(required)]
    pub article: Option<ArticleRef>,
    /// How often readers followed it. Hits are counted in memory and written every 5 seconds: the last ones are not in it
    /// yet, and a server that is killed loses those; one that is stopped does not.
    #[schema(minimum = 0, example = 12)]
    pub hits: i64,
    /// When it was last followed; null when nobody ever did.
    #[schema(required)]
    pub last_hit_at: Option<Moment>,
    /// When the code was given.
    pub created_at: Moment,
    /// When it was last pointed to another article.
    pub updated_at: Moment,
}

page!(
    /// A page of short links.
    ShortLinkPage of ShortLink
);

/// Where a code is to lead.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShortLink {
    /// Id or slug of the article; readers are led to it once it is published.
    #[schema(value_type = String, example = "russia-and-china-are-eager", min_length = 1, max_length = 200)]
    pub article: Handle,
}

/// Which short links are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ShortLinkQuery {
    /// Only those that lead to this article (id or slug).
    #[param(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", max_length = 200)]
    pub article: Option<Handle>,
    /// Only those whose code was chosen so.
    #[param(inline = false, nullable = false)]
    pub kind: Option<ShortLinkKind>,
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

/// Registers the routes of short links.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(follow_short_link)
        .service(list_short_links)
        .service(get_short_link)
        .service(put_short_link)
        .service(delete_short_link);
}

/// Follow a short link
///
/// Leads to the article's `url`; who prefers `application/json` is given the article's reference instead. Found
/// (302) and not for good: a code may be pointed elsewhere and an article taken down, and every visit is
/// counted. `HEAD` is not. Capitals do not matter, and a query is ignored, for networks append their own. What
/// is not published is not there, whatever key is sent.
#[utoipa::path(tag = "short-links", params(("code" = String, Path, description = "The code of the short link.", example = "x7k2m9p", max_length = 50)),
    security(()), responses(
        (status = 200, description = "The article it leads to, for who prefers JSON.", body = ArticleRef),
        (status = 302, description = "`Location` is the article's `url`.", headers(("Location" = String, description = "Where the article is.")))))]
#[get("/s/{code}")]
async fn follow_short_link(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    hits: Data<Hits>,
    code: Path<String>,
) -> Result<HttpResponse> {
    let code = code::folded(&code);
    let asked = code.clone();
    let article = db.read(move |conn| sql::target(conn, &site, &asked)).await?;
    if !request.extensions().contains::<Glance>() {
        hits.count(code);
    }
    let mut response = if prefers_json(&request) {
        Answer::ok(&article)?.respond_to(&request)
    } else {
        HttpResponse::Found().insert_header((LOCATION, article.url)).finish()
    };
    response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

/// Whether a client would rather read about the article than be led to it. Browsers prefer HTML, and
/// who takes anything goes where browsers go.
fn prefers_json(request: &HttpRequest) -> bool {
    let accept = Accept::parse(request);
    accept.is_ok_and(|accept| accept.preference().essence_str() == "application/json")
}

/// List short links
///
/// The codes in use, made here and chosen, with their hits, in the order of their letters.
#[utoipa::path(tag = "short-links", params(ShortLinkQuery), security(("key" = ["drafts:read"])),
    responses((status = 200, description = "A page of short links.", body = ShortLinkPage)))]
#[get("/v1/short-links")]
async fn list_short_links(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    _insider: Insider,
    Params(query): Params<ShortLinkQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, &site, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Get a short link
///
/// One short link by its code, with its hits. Its `ETag` changes with them.
#[utoipa::path(tag = "short-links", params(("code" = String, Path, description = "The code of the short link.", example = "x7k2m9p", max_length = 50)),
    security(("key" = ["drafts:read"])), responses((status = 200, description = "The short link.", body = ShortLink)))]
#[get("/v1/short-links/{code}")]
async fn get_short_link(
    db: Data<Db>,
    site: Data<Addresses>,
    _insider: Insider,
    code: Path<String>,
    _query: NoParams,
) -> Result<Answer> {
    let link = db.read(move |conn| sql::find(conn, &site, &code::folded(&code))).await?;
    Ok(Answer::ok(&link)?.modified(link.updated_at))
}

/// Choose a code for an article
///
/// Makes a short link of this code, or points one that was chosen before to another article. A code has
/// 3 to 50 characters of `a–z`, `0–9` and `-`; capitals are taken for small letters. 409 for a code that was
/// made here, and for one that was retired: a code that was given leads to nothing else one day.
#[utoipa::path(tag = "short-links", params(("code" = String, Path, description = "The code to choose.", example = "russia-china", max_length = 50)),
    request_body = NewShortLink, security(("key" = ["content:write"])),
    responses((status = 200, description = "The short link, pointed to this article.", body = ShortLink),
        (status = 201, description = "The new short link.", body = ShortLink)))]
#[put("/v1/short-links/{code}")]
async fn put_short_link(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    code: Path<String>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<NewShortLink>,
) -> Result<Answer> {
    let (code, new) = (code::chosen(&code)?, body.value);
    db.write(move |conn| sql::upsert(conn, &site, &code, &if_match, &new)).await
}

/// Retire a short link
///
/// From now on the code leads nowhere, and nobody is ever given it again. 409 for one that was made here.
#[utoipa::path(tag = "short-links", params(("code" = String, Path, description = "The code of the short link.", example = "russia-china", max_length = 50)),
    security(("key" = ["content:write"])), responses((status = 204, description = "The code is retired.")))]
#[delete("/v1/short-links/{code}")]
async fn delete_short_link(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    code: Path<String>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, &site, &code::folded(&code))?;
        if_match.check(&before)?;
        sql::retire(conn, &before)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn path(code: &str) -> String {
    crate::api::path(&["v1", "short-links", code])
}
