//! Articles: what a newsroom publishes, with everything that stands on its page.

pub mod body;
pub mod expression;
mod fields;
mod filter;
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
use crate::config::PublicUrl;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::links::{Link, NewLink};
use crate::page::{Count, CursorText, Limit, page};
use crate::people::PersonRef;
use crate::quotes::{NewQuote, Quote};
use crate::slug::Slug;
use crate::tags::TagRef;
use crate::text::{CommaList, Handle, Language, Line, Name, Prose, WebUrl, clearable};
use body::BodyFormat;

// --- Vocabulary

/// Whether readers see an article.
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
    /// The body as it was written, in `body_format`.
    #[schema(example = "Russia and China are eager.", max_length = 1_048_576)]
    pub body: String,
    /// How `body` is written.
    pub body_format: BodyFormat,
    /// The body as sanitised HTML, ready for a page.
    #[schema(example = "<p>Russia and China are eager.</p>", max_length = 16_777_216)]
    pub body_html: String,
    /// The body as plain text: what quotes are anchored to and offsets count in.
    #[schema(example = "Russia and China are eager.", max_length = 4_194_304)]
    pub body_text: String,
    /// How many words the body has.
    #[schema(minimum = 0, example = 5)]
    pub word_count: i32,
    /// What it is about, in the editor's order.
    #[schema(max_items = 100)]
    pub tags: Vec<TagRef>,
    /// Its confirmed quotes, in the editor's order.
    #[schema(max_items = 2000)]
    pub quotes: Vec<Quote>,
    /// Its links to other articles and pages, in the editor's order.
    #[schema(max_items = 2000)]
    pub links: Vec<Link>,
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

/// An article as it stands in a list: without body, quotes and links unless they are asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArticleSummary {
    /// The article's id.
    pub id: Id,
    /// The article's name in URLs.
    #[schema(example = "russia-and-china-are-eager", max_length = 200)]
    pub slug: String,
    /// Where the article is: an absolute URL.
    #[schema(
        format = "uri",
        example = "http://127.0.0.1:8080/v1/articles/russia-and-china-are-eager",
        max_length = 4000
    )]
    pub url: String,
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
    /// Where and when it was filed, as printed; null when there is none.
    #[schema(required, example = "MOSCOW, May 30", max_length = 200)]
    pub dateline: Option<String>,
    /// The language it is written in (BCP 47); null when unknown.
    #[schema(required, example = "en", max_length = 64)]
    pub language: Option<String>,
    /// Where its content comes from; null when it is our own.
    #[schema(required)]
    pub source: Option<Source>,
    /// How many words the body has.
    #[schema(minimum = 0, example = 5)]
    pub word_count: i32,
    /// What it is about, in the editor's order.
    #[schema(max_items = 100)]
    pub tags: Vec<TagRef>,
    /// The date of publication; null for what was never published.
    #[schema(required)]
    pub published_at: Option<Moment>,
    /// When readers first saw it; null for what was never published.
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
    /// Who wrote it; there with `include=authors`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 100)]
    pub authors: Option<Vec<PersonRef>>,
    /// The body as it was written; there with `include=body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Russia and China are eager.", max_length = 1_048_576)]
    pub body: Option<String>,
    /// How `body` is written; there with `include=body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub body_format: Option<BodyFormat>,
    /// The body as sanitised HTML; there with `include=body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "<p>Russia and China are eager.</p>",
        max_length = 16_777_216
    )]
    pub body_html: Option<String>,
    /// The body as plain text; there with `include=body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Russia and China are eager.", max_length = 4_194_304)]
    pub body_text: Option<String>,
    /// Its confirmed quotes; there with `include=quotes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 2000)]
    pub quotes: Option<Vec<Quote>>,
    /// Its links; there with `include=links`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 2000)]
    pub links: Option<Vec<Link>>,
}

page!(
    /// A page of articles.
    ArticlePage of ArticleSummary
);

/// An article as others point to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleRef {
    /// The article's id.
    pub id: Id,
    /// The article's name in URLs.
    #[schema(example = "russia-and-china-are-eager", max_length = 200)]
    pub slug: String,
    /// Where the article is: an absolute URL.
    #[schema(
        format = "uri",
        example = "http://127.0.0.1:8080/v1/articles/russia-and-china-are-eager",
        max_length = 4000
    )]
    pub url: String,
    /// The headline.
    #[schema(example = "Russia and China Are Eager", max_length = 300)]
    pub title: String,
    /// The date of publication; null for what was never published.
    #[schema(required)]
    pub published_at: Option<Moment>,
}

/// Where an article's content comes from, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSource {
    /// Who reported it first.
    #[schema(value_type = String, example = "CCTV", min_length = 1, max_length = 200)]
    pub name: Line,
    /// Where it was taken from: an `http(s)` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, format = "uri", example = "https://english.cctv.com/", max_length = 2000)]
    pub url: Option<WebUrl>,
    /// When it was taken from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub retrieved_at: Option<Moment>,
}

/// An article to be made with its parts, or what an article is to become.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArticle {
    /// The headline: one line.
    #[schema(value_type = String, example = "Russia and China Are Eager", min_length = 1, max_length = 300)]
    pub title: Line,
    /// The article's name in URLs; made from `title` when absent, 409 when another article has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// Whether readers see it; `draft` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub status: Option<Status>,
    /// The lead under the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "A conference in Moscow looks at regional security.", max_length = 5000)]
    pub standfirst: Option<Prose>,
    /// Where and when it was filed, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "MOSCOW, May 30", max_length = 200)]
    pub dateline: Option<Line>,
    /// The language it is written in (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// Who wrote it: ids, slugs or names of people; a name nobody has makes a person.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, nullable = false, max_items = 100)]
    pub authors: Vec<Name>,
    /// Where its content comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub source: Option<NewSource>,
    /// The body, in `body_format`; empty when absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, nullable = false, example = "Russia and China are eager.", max_length = 1_048_576)]
    pub body: String,
    /// How `body` is written; `markdown` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub body_format: Option<BodyFormat>,
    /// What it is about: ids, slugs or names of tags; a name no tag has makes a tag.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, nullable = false, max_items = 100)]
    pub tags: Vec<Name>,
    /// Its quotes, in order.
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewQuote>>, nullable = false, max_items = 1000)]
    pub quotes: Vec<NewQuote>,
    /// Its links, in order.
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewLink>>, nullable = false, max_items = 1000)]
    pub links: Vec<NewLink>,
    /// The date of publication; the moment it becomes `published` when absent. Not in the future.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub published_at: Option<Moment>,
    /// Its id in the system it comes from; unique among articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "cms-4711", min_length = 1, max_length = 200)]
    pub external_id: Option<Line>,
}

/// What is to change about an article (RFC 7396): absent stays, null clears, arrays replace.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticlePatch {
    /// The headline: one line.
    #[schema(nullable = false, value_type = Option<String>, example = "Russia and China Are Eager", min_length = 1, max_length = 300)]
    pub title: Option<Line>,
    /// The article's name in URLs; 409 when another article has it.
    #[schema(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// Whether readers see it.
    #[schema(nullable = false)]
    pub status: Option<Status>,
    /// The lead under the headline; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "A conference in Moscow looks at regional security.", max_length = 5000)]
    pub standfirst: Option<Option<Prose>>,
    /// Where and when it was filed; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "MOSCOW, May 30", max_length = 200)]
    pub dateline: Option<Option<Line>>,
    /// The language it is written in (BCP 47); null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Option<Language>>,
    /// Who wrote it, all of them: ids, slugs or names.
    #[schema(nullable = false, value_type = Option<Vec<String>>, max_items = 100)]
    pub authors: Option<Vec<Name>>,
    /// Where its content comes from, whole; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<NewSource>)]
    pub source: Option<Option<NewSource>>,
    /// The body, in `body_format`.
    #[schema(nullable = false, example = "Russia and China are eager.", max_length = 1_048_576)]
    pub body: Option<String>,
    /// How `body` is written.
    #[schema(nullable = false)]
    pub body_format: Option<BodyFormat>,
    /// What it is about, all of it: ids, slugs or names.
    #[schema(nullable = false, value_type = Option<Vec<String>>, max_items = 100)]
    pub tags: Option<Vec<Name>>,
    /// Its quotes, all of them; the ones that were there go.
    #[schema(nullable = false, max_items = 1000)]
    pub quotes: Option<Vec<NewQuote>>,
    /// Its links, all of them; the ones that were there go.
    #[schema(nullable = false, max_items = 1000)]
    pub links: Option<Vec<NewLink>>,
    /// The date of publication. Not in the future; null only for what is not published.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Moment>)]
    pub published_at: Option<Option<Moment>>,
    /// Its id in the system it comes from; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "cms-4711", min_length = 1, max_length = 200)]
    pub external_id: Option<Option<Line>>,
}

/// What a list of articles is ordered by; `-` is newest or last first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum ArticleOrder {
    /// Newest publication first. What was never published stands at its creation.
    #[default]
    #[serde(rename = "-published_at")]
    NewestPublished,
    /// Oldest publication first.
    #[serde(rename = "published_at")]
    OldestPublished,
    /// Last changed first.
    #[serde(rename = "-updated_at")]
    NewestUpdated,
    /// Longest unchanged first.
    #[serde(rename = "updated_at")]
    OldestUpdated,
    /// By headline, without regard to case.
    #[serde(rename = "title")]
    Title,
}

/// Which of an article's dates `from` and `to` mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// The date of publication.
    #[default]
    Published,
    /// The last change.
    Updated,
    /// The creation here.
    Created,
}

/// A part of an article that a list leaves out unless it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticlePart {
    /// `body`, `body_format`, `body_html` and `body_text`.
    Body,
    /// `quotes`.
    Quotes,
    /// `links`.
    Links,
    /// `authors`.
    Authors,
}

/// Which articles are asked for, in what order, and how much of each.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ArticleQuery {
    /// A tag expression over slugs or ids: `,` and, `|` or, `-` not, `( )` groups.
    #[param(nullable = false, example = "politics,(russia|china),-sport", max_length = 2000)]
    pub tag: Option<String>,
    /// Articles in which this person (id or slug) is quoted.
    #[param(nullable = false, value_type = Option<String>, example = "zhang-xin", max_length = 200)]
    pub speaker: Option<Handle>,
    /// Articles in which somebody of this organisation is quoted: its name, without regard to case.
    #[param(nullable = false, example = "CCTV", max_length = 200)]
    pub affiliation: Option<String>,
    /// Articles by this person (id or slug).
    #[param(nullable = false, value_type = Option<String>, example = "jane-doe", max_length = 200)]
    pub author: Option<Handle>,
    /// Not before this RFC 3339 instant or date.
    #[param(nullable = false, value_type = Option<String>, example = "2020-09-01", max_length = 40)]
    pub from: Option<filter::Since>,
    /// Before this RFC 3339 instant or date.
    #[param(nullable = false, value_type = Option<String>, example = "2020-10-01T00:00:00Z", max_length = 40)]
    pub to: Option<filter::Since>,
    /// Which date `from` and `to` mean; `published` when absent.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub date: DateKind,
    /// Only this language (BCP 47); `en` finds `en-GB` too.
    #[param(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// Exactly these articles (ids or slugs, up to 100), in this order.
    #[param(nullable = false, value_type = Option<Vec<String>>, max_items = 100, style = Form, explode = false, example = json!(["russia-and-china-are-eager"]))]
    pub ids: Option<CommaList<Handle>>,
    /// Only these statuses; `published` when absent. Others are seen only with `drafts:read`.
    #[param(nullable = false, value_type = Option<Vec<Status>>, max_items = 3, style = Form, explode = false, example = json!(["published"]))]
    pub status: Option<CommaList<Status>>,
    /// What the list is ordered by; `-published_at` when absent.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub order: ArticleOrder,
    /// Which parts each item carries beside its tags.
    #[param(nullable = false, value_type = Option<Vec<ArticlePart>>, max_items = 4, style = Form, explode = false, example = json!(["quotes"]))]
    pub include: Option<CommaList<ArticlePart>>,
    /// Exactly these properties of each item; a dot reaches inside: `title,slug,tags.name`.
    #[param(nullable = false, value_type = Option<Vec<String>>, max_items = 100, style = Form, explode = false, example = json!(["title", "slug", "tags.name"]))]
    pub fields: Option<CommaList<String>>,
    /// How many at most: 1 to 100, 20 when absent (with `ids`: all of them).
    #[param(nullable = false, value_type = Option<i32>, minimum = 1, maximum = 100, example = 20)]
    pub limit: Option<Limit>,
    /// Where to go on: `next_cursor` of the page before, with the same filter and order.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
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
        .service(delete_article);
}

/// List articles
///
/// Published articles, newest first. Filter with a tag expression, people, dates and language;
/// ask for parts with `include`, for single properties with `fields`. With `fields` only the named
/// properties are there.
#[utoipa::path(tag = "articles", params(ArticleQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of articles.", body = ArticlePage)))]
#[get("/v1/articles")]
async fn list_articles(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<PublicUrl>,
    Reader(view): Reader,
    Params(query): Params<ArticleQuery>,
) -> Result<Answer> {
    let fields = fields::Fields::parse(query.fields.as_ref())?;
    let ask = filter::Ask::new(view, query, fields.as_ref())?;
    let page = db.read(move |conn| sql::list(conn, &site, &ask)).await?;
    let answer = match &fields {
        Some(fields) => Answer::ok(&fields.pick(&page)?)?,
        None => Answer::ok(&page)?,
    };
    Ok(answer.next(&request, page.next_cursor.as_ref()))
}

/// Create an article
///
/// Makes an article with its tags, authors, quotes and links in one transaction: all or nothing.
#[utoipa::path(tag = "articles", request_body = NewArticle, security(("key" = ["content:write"])),
    responses((status = 201, description = "The new article.", body = Article)))]
#[post("/v1/articles")]
async fn create_article(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    once: Once,
    _query: NoParams,
    body: Body<NewArticle>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    let text = sql::Text::of(&new)?;
    once.write(&db, sha256, move |conn| {
        let id = sql::insert(conn, &new, &text, None)?;
        created(&sql::find(conn, &site, View::Drafts, &Handle::Id(id))?)
    })
    .await
}

/// Get an article
///
/// One article by id or slug, with its tags, authors, quotes and links.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    security((), ("key" = [])), responses((status = 200, description = "The article.", body = Article)))]
#[get("/v1/articles/{article}")]
async fn get_article(
    db: Data<Db>,
    site: Data<PublicUrl>,
    Reader(view): Reader,
    article: Path<Handle>,
    _query: NoParams,
) -> Result<Answer> {
    let article = db.read(move |conn| sql::find(conn, &site, view, &article)).await?;
    Ok(Answer::ok(&article)?.modified(article.updated_at))
}

/// Create or replace an article
///
/// Makes the article of this slug, or replaces all of it with its parts; what is absent takes its
/// default, `status` too: leave it out and the article is a draft.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Slug of the article, or its id when it is there.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = NewArticle, security(("key" = ["content:write"])),
    responses((status = 200, description = "The replaced article.", body = Article),
        (status = 201, description = "The new article.", body = Article)))]
#[put("/v1/articles/{article}")]
async fn put_article(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    article: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<NewArticle>,
) -> Result<Answer> {
    let (handle, new) = (article.into_inner(), body.value);
    let text = sql::Text::of(&new)?;
    db.write(move |conn| {
        let (id, made) = sql::upsert(conn, &site, &handle, &if_match, &new, &text)?;
        let article = sql::find(conn, &site, View::Drafts, &Handle::Id(id))?;
        if made { created(&article) } else { shown(&article) }
    })
    .await
}

/// Change an article
///
/// Changes what is sent and nothing else. Arrays are replaced whole.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = ArticlePatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed article.", body = Article)))]
#[patch("/v1/articles/{article}")]
async fn update_article(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    article: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<ArticlePatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, &article)?;
        if_match.check(&before)?;
        sql::update(conn, &before, &patch)?;
        shown(&sql::find(conn, &site, View::Drafts, &Handle::Id(before.id))?)
    })
    .await
}

/// Delete an article
///
/// Removes the article with its quotes and links. Links to it stay with its title, unresolved.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    security(("key" = ["content:write"])), responses((status = 204, description = "The article is gone.")))]
#[delete("/v1/articles/{article}")]
async fn delete_article(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    article: Path<Handle>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, &article)?;
        if_match.check(&before)?;
        sql::remove(conn, &before)
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
