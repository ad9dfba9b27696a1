//! Articles: what a newsroom publishes, with everything that stands on its page.

pub mod aliases;
mod audio;
pub mod body;
pub mod expression;
mod fields;
mod filter;
mod made;
mod named;
mod query;
pub(crate) mod record;
mod related;
mod search;
pub(crate) mod sql;
mod submission;
mod summary;
pub(crate) mod transfer;
pub(crate) mod weight;
pub(crate) mod writing;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, put};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::auth::{Reader, View, Writer};
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::comments::policy::ArticleComments;
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::images::Image;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::links::Link;
use crate::people::PersonRef;
use crate::quotes::Quote;
use crate::quotes::replacing::Sender;
use crate::search::Note;
use crate::tags::TagRef;
use crate::text::Handle;
pub use audio::{Audio, AudioPatch, NewAudio};
use body::BodyFormat;
pub(crate) use query::NO_RELEVANCE;
pub use query::{ArticleOrder, ArticlePart, ArticleQuery, DateKind, Since};
pub use related::{RelatedArticle, RelatedArticleList, RelatedQuery, RelatedReason};
pub use submission::{ArticlePatch, NewArticle, NewSource, SourcePatch};
pub use summary::{ArticlePage, ArticleRef, ArticleSummary};

// --- Vocabulary

/// Whether readers see an article.
///
/// - `draft`: being written; seen only with `drafts:read`.
/// - `published`: on the record; everybody sees it.
/// - `archived`: taken down and kept; seen only with `drafts:read`.
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
pub enum Status {
    /// Being written: seen only with `drafts:read`.
    #[default]
    Draft,
    /// On the record: everybody sees it.
    Published,
    /// Taken down and kept: seen only with `drafts:read`.
    Archived,
}
text_column!(Status { Draft = "draft", Published = "published", Archived = "archived" });

/// Where an article's content comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Source {
    /// Who reported it first.
    #[schema(example = "CCTV", max_length = 200)]
    pub name: String,
    /// Where it was taken from; null when there is no address.
    #[schema(required, format = "uri", example = "https://english.cctv.com/", max_length = 2000)]
    pub url: Option<String>,
    /// When it was taken from there; null when unknown.
    #[schema(required)]
    pub retrieved_at: Option<Moment>,
}

/// An article with everything that stands on its page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Article {
    /// The article's id.
    pub id: Id,
    /// The article's name in URLs; unique among articles.
    #[schema(example = "russia-and-china-are-eager", max_length = 200)]
    pub slug: String,
    /// Where the article is: an absolute URL.
    #[schema(
        format = "uri",
        example = "http://127.0.0.1:8080/v1/articles/russia-and-china-are-eager",
        max_length = 4000
    )]
    pub url: String,
    /// A few letters that lead to `url`, to be printed and said: an absolute URL.
    #[schema(format = "uri", example = "http://127.0.0.1:8080/s/x7k2m9p", max_length = 4000)]
    pub short_url: String,
    /// Whether readers see it.
    pub status: Status,
    /// The headline.
    #[schema(example = "Russia and China Are Eager", max_length = 300)]
    pub title: String,
    /// The lead under the headline; null when there is none.
    #[schema(
        required,
        example = "A conference in Moscow looks at regional security.",
        max_length = 5000
    )]
    pub standfirst: Option<String>,
    /// Where and when it was filed, as printed: `MOSCOW, May 30`; null when there is none.
    #[schema(required, example = "MOSCOW, May 30", max_length = 200)]
    pub dateline: Option<String>,
    /// The language it is written in (BCP 47); null when unknown.
    #[schema(required, example = "en", max_length = 64)]
    pub language: Option<String>,
    /// Who wrote it, in the order of the byline.
    #[schema(max_items = 100)]
    pub authors: Vec<PersonRef>,
    /// Where its content comes from; null when it is our own.
    #[schema(required)]
    pub source: Option<Source>,
    /// The picture at its head; null when there is none.
    #[schema(required)]
    pub image: Option<Image>,
    /// The body as it was written, in `body_format`.
    #[schema(example = "Russia and China are eager.", max_length = 1_048_576)]
    pub body: String,
    /// How `body` is written.
    pub body_format: BodyFormat,
    /// The body as sanitised HTML, ready for a page: scripts, styles, ids and every address that is not a whole
    /// `http(s)` or `mailto` one are gone (a footnote keeps its number and not its jump). An image named by
    /// `image:` and its id has its address, size and renditions here.
    #[schema(example = "<p>Russia and China are eager.</p>", max_length = 16_777_216)]
    pub body_html: String,
    /// The body as plain text: what quotes are anchored to and offsets count in. It has the characters of `body_html`'s
    /// text in their order, in NFC; the two differ in white space alone, so a page finds a quote by walking both.
    #[schema(example = "Russia and China are eager.", max_length = 4_194_304)]
    pub body_text: String,
    /// How many words the body has.
    #[schema(minimum = 0, example = 5)]
    pub word_count: i32,
    /// The article read aloud; null when it is not.
    #[schema(required)]
    pub audio: Option<Audio>,
    /// What it is about, in the editor's order.
    #[schema(max_items = 100)]
    pub tags: Vec<TagRef>,
    /// Its confirmed quotes, in the editor's order.
    #[schema(max_items = 2000)]
    pub quotes: Vec<Quote>,
    /// Its links to other articles and pages, in the editor's order.
    #[schema(max_items = 2000)]
    pub links: Vec<Link>,
    /// Its discussion: whether it takes comments, and how many there are.
    pub comments: ArticleComments,
    /// The date of publication; null for what was never published.
    #[schema(required)]
    pub published_at: Option<Moment>,
    /// When readers first saw it; stays when it is taken down and published again.
    #[schema(required)]
    pub first_published_at: Option<Moment>,
    /// When it was made here.
    pub created_at: Moment,
    /// When it or one of its parts was last changed.
    pub updated_at: Moment,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
    /// Its id in the system it was imported from; null when it was written here.
    #[schema(required, example = "cms-4711", max_length = 200)]
    pub external_id: Option<String>,
}

// --- HTTP

/// Registers the routes of articles.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_articles)
        .service(create_article)
        .service(get_article)
        .service(put_article)
        .service(update_article)
        .service(delete_article)
        .service(related::list_related_articles)
        .configure(aliases::routes);
}

/// List articles
///
/// Published articles, newest first. Search with `q`; filter with a tag expression, people, dates and language;
/// ask for parts with `include`, for single properties with `fields`. With `fields` only the named
/// properties are there.
#[utoipa::path(tag = "articles", params(ArticleQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of articles.", body = ArticlePage)))]
#[get("/v1/articles")]
async fn list_articles(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    Params(query): Params<ArticleQuery>,
) -> Result<Answer> {
    let fields = fields::Fields::parse(query.fields.as_ref())?;
    let ask = query::Ask::new(view, query, fields.as_ref())?;
    let (page, notes, names) = db.read(move |conn| sql::list(conn, &site, &ask)).await?;
    let answer = match &fields {
        Some(fields) => Answer::ok(&fields.pick(&page)?)?,
        None => Answer::ok(&page)?,
    };
    let answer = answer.next(&request, page.next_cursor.as_ref()).made_from_if(names);
    Ok(Note::all_on(answer, &notes))
}

/// Create an article
///
/// Makes an article with its tags, authors, quotes and links in one transaction: all or nothing.
#[utoipa::path(tag = "articles", request_body = NewArticle, security(("key" = ["content:write"])),
    responses((status = 201, description = "The new article.", body = Article)))]
#[post("/v1/articles")]
async fn create_article(
    db: Data<Db>,
    site: Data<Addresses>,
    Writer(caller): Writer,
    once: Once,
    _query: NoParams,
    body: Body<NewArticle>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    let text = record::Text::of(&new)?;
    once.write(&db, sha256, move |conn| {
        let id = writing::insert(conn, &new, &text, None, Sender::Writer(caller.key))?;
        created(&sql::find(conn, &site, View::Drafts, &Handle::Id(id))?)
    })
    .await
}

/// Get an article
///
/// One article by id or slug, with its tags, authors, quotes and links. A slug it has had answers 301.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    security((), ("key" = [])), responses((status = 200, description = "The article.", body = Article)))]
#[get("/v1/articles/{article}")]
async fn get_article(
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    article: Path<Handle>,
    _query: NoParams,
) -> Result<Answer> {
    let article = db.read(move |conn| sql::find(conn, &site, view, &article)).await?;
    Ok(shown(&article)?.made_from(Names::of(Subject::Article, article.id)))
}

/// Create or replace an article
///
/// Makes the article of this slug, or replaces all of it with its parts; what is absent takes its
/// default, `status` too: leave it out and the article is a draft. Quotes and links that are sent again
/// stay the ones they are, with their ids. A body that changes the words of a confirmed quote is refused, unless
/// `quote_changes` says what is meant. `If-None-Match: *` makes it only where none is.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Slug of the article, or its id when it is there.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = NewArticle, security(("key" = ["content:write"])),
    responses((status = 200, description = "The replaced article.", body = Article),
        (status = 201, description = "The new article.", body = Article)))]
#[put("/v1/articles/{article}")]
async fn put_article(
    db: Data<Db>,
    site: Data<Addresses>,
    Writer(caller): Writer,
    article: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<NewArticle>,
) -> Result<Answer> {
    let (handle, new, sender) = (article.into_inner(), body.value, Sender::Writer(caller.key));
    let text = record::Text::of(&new)?;
    db.write(move |conn| {
        let (id, made) = writing::upsert(conn, &site, &handle, &if_match, &new, &text, sender)?;
        let article = sql::find(conn, &site, View::Drafts, &Handle::Id(id))?;
        if made { created(&article) } else { shown(&article) }
    })
    .await
}

/// Change an article
///
/// Changes what is sent and nothing else. Arrays are replaced whole; quotes and links that are sent
/// again stay the ones they are, with their ids. A body that changes the words of a confirmed quote is refused, unless
/// `quote_changes` says what is meant.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = ArticlePatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed article.", body = Article)))]
#[patch("/v1/articles/{article}")]
async fn update_article(
    db: Data<Db>,
    site: Data<Addresses>,
    Writer(caller): Writer,
    article: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<ArticlePatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, &article)?;
        if_match.check(&before)?;
        writing::update(conn, &before, &patch, Sender::Writer(caller.key))?;
        shown(&sql::find(conn, &site, View::Drafts, &Handle::Id(before.id))?)
    })
    .await
}

/// Delete an article
///
/// Removes the article with its quotes, links and comments. Links to it keep its title and wait for another of that
/// title; those without a title of their own go with an article that is not published.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    security(("key" = ["content:write"])), responses((status = 204, description = "The article is gone.")))]
#[delete("/v1/articles/{article}")]
async fn delete_article(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    article: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, &article)?;
        if_match.check(&before)?;
        writing::remove(conn, &before)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn shown(article: &Article) -> Result<Answer> {
    Ok(Answer::ok(article)?.modified(article.updated_at))
}

fn created(article: &Article) -> Result<Answer> {
    Ok(Answer::created(&path(&article.slug), article)?.modified(article.updated_at))
}

/// Where an article is on this server.
pub(crate) fn path(slug: &str) -> String {
    crate::api::path(&["v1", "articles", slug])
}
