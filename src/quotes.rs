//! Quotes: who said what, tied to the exact words of an article.

pub mod anchor;
pub(crate) mod sql;
pub mod suggest;

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
use crate::config::PublicUrl;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Limit, page};
use crate::people::PersonRef;
use crate::text::{Handle, Language, Line, Name, Prose, clearable};

// --- Vocabulary

/// Whether a quote is a whole statement.
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
pub enum QuoteKind {
    /// One or more sentences.
    #[default]
    Full,
    /// A few words inside somebody else's sentence.
    Partial,
}
text_column!(QuoteKind { Full = "full", Partial = "partial" });

/// Whether an editor stands behind a quote.
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
pub enum QuoteState {
    /// Read out of the text by a program: seen only with `drafts:read`.
    Suggested,
    /// On the record.
    #[default]
    Confirmed,
}
text_column!(QuoteState { Suggested = "suggested", Confirmed = "confirmed" });

/// Whether a quote's words stand in its article.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum AnchorStatus {
    /// They stand there, at one place: `start` to `end`.
    Anchored,
    /// They stood there and were changed.
    Altered,
    /// They stand there at several places.
    Ambiguous,
    /// They do not stand there.
    Orphaned,
}
text_column!(AnchorStatus {
    Anchored = "anchored",
    Altered = "altered",
    Ambiguous = "ambiguous",
    Orphaned = "orphaned",
});

/// Where a quote's words stand in `body_text` of its article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Anchor {
    /// Whether they stand there.
    pub status: AnchorStatus,
    /// Where they begin, in Unicode code points; null unless `anchored`.
    #[schema(required, minimum = 0, example = 548)]
    pub start: Option<i32>,
    /// Where they end, in Unicode code points; null unless `anchored`.
    #[schema(required, minimum = 0, example = 712)]
    pub end: Option<i32>,
    /// Up to 32 code points before them; null unless `anchored`.
    #[schema(required, example = "East China University.\n\n“", max_length = 64)]
    pub prefix: Option<String>,
    /// Up to 32 code points after them; null unless `anchored`.
    #[schema(required, example = "” Xin said.", max_length = 64)]
    pub suffix: Option<String>,
    /// SHA-256 of the words as they stand there (NFC, UTF-8), in hexadecimal; null unless `anchored`.
    #[schema(
        required,
        example = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        max_length = 64
    )]
    pub sha256: Option<String>,
    /// The version of the article in which they were looked for.
    #[schema(minimum = 1, example = 1)]
    pub article_version: i64,
}

/// Who said what, tied to the exact words of an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Quote {
    /// The quote's id.
    pub id: Id,
    /// The article it stands in.
    pub article: ArticleRef,
    /// The words.
    #[schema(
        example = "Secondly, we see a clear trend in Russia's active attempts to increase its presence",
        max_length = 20_000
    )]
    pub text: String,
    /// Whether it is a whole statement.
    pub kind: QuoteKind,
    /// Who said it; null when the person is not known here.
    #[schema(required)]
    pub speaker: Option<PersonRef>,
    /// The speaker's name when it was said; null for unnamed sources.
    #[schema(required, example = "Zhang Xin", max_length = 200)]
    pub speaker_name: Option<String>,
    /// The speaker's role when it was said; null when unknown.
    #[schema(required, example = "researcher", max_length = 300)]
    pub role: Option<String>,
    /// The organisation the speaker stood for when it was said; null when unknown.
    #[schema(
        required,
        example = "School of Advanced International Studies at East China University",
        max_length = 300
    )]
    pub affiliation: Option<String>,
    /// The verb that introduces it; null when there is none.
    #[schema(required, example = "said", max_length = 100)]
    pub cue: Option<String>,
    /// On what occasion it was said; null when unknown.
    #[schema(required, example = "interview with CCTV", max_length = 500)]
    pub context: Option<String>,
    /// When it was said; null when unknown.
    #[schema(required)]
    pub said_at: Option<Moment>,
    /// The language of `text` (BCP 47); null when unknown.
    #[schema(required, example = "en", max_length = 64)]
    pub language: Option<String>,
    /// The words before they were translated; null when they were not.
    #[schema(required, example = json!(null), max_length = 20_000)]
    pub original_text: Option<String>,
    /// The language of `original_text` (BCP 47); null when not translated.
    #[schema(required, example = json!(null), max_length = 64)]
    pub original_language: Option<String>,
    /// Why the speaker is not named; null when they are.
    #[schema(required, example = json!(null), max_length = 500)]
    pub anonymity_reason: Option<String>,
    /// Whether an editor stands behind it.
    pub state: QuoteState,
    /// Where the words stand in the article.
    pub anchor: Anchor,
    /// Its place among the article's quotes, from 0.
    #[schema(minimum = 0, example = 0)]
    pub position: i32,
    /// When it was entered.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
}

page!(
    /// A page of quotes.
    QuotePage of Quote
);

/// A quote to be entered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuote {
    /// The words, as they stand in the article; white space and typographic marks may differ.
    #[schema(value_type = String, example = "Secondly, we see a clear trend", min_length = 1, max_length = 20_000)]
    pub text: Prose,
    /// Whether it is a whole statement; `full` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub kind: Option<QuoteKind>,
    /// Who said it: id or slug of a person who is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "zhang-xin", min_length = 1, max_length = 200)]
    pub speaker: Option<Name>,
    /// The speaker's name; without `speaker` it finds the person of that name or makes one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Zhang Xin", min_length = 1, max_length = 200)]
    pub speaker_name: Option<Name>,
    /// The speaker's role when it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "researcher", min_length = 1, max_length = 300)]
    pub role: Option<Line>,
    /// The organisation the speaker stood for when it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "East China University", min_length = 1, max_length = 300)]
    pub affiliation: Option<Line>,
    /// The verb that introduces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "said", min_length = 1, max_length = 100)]
    pub cue: Option<Line>,
    /// On what occasion it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "interview with CCTV", min_length = 1, max_length = 500)]
    pub context: Option<Line>,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub said_at: Option<Moment>,
    /// The language of `text` (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// The words before they were translated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Zweitens sehen wir einen klaren Trend", min_length = 1, max_length = 20_000)]
    pub original_text: Option<Prose>,
    /// The language of `original_text` (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "de", max_length = 64)]
    pub original_language: Option<Language>,
    /// Why the speaker is not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "not authorised to speak to the press", min_length = 1, max_length = 500)]
    pub anonymity_reason: Option<Line>,
    /// Whether an editor stands behind it; `confirmed` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub state: Option<QuoteState>,
    /// Its place among the article's quotes, from 0; the end when absent. Not inside an article.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 0)]
    pub position: Option<i32>,
}

/// What is to change about a quote (RFC 7396): absent stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuotePatch {
    /// The words; they are looked for in the article again.
    #[schema(nullable = false, value_type = Option<String>, example = "Secondly, we see a clear trend", min_length = 1, max_length = 20_000)]
    pub text: Option<Prose>,
    /// Whether it is a whole statement.
    #[schema(nullable = false)]
    pub kind: Option<QuoteKind>,
    /// Who said it: id or slug of a person who is there; null unlinks the person.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "zhang-xin", min_length = 1, max_length = 200)]
    pub speaker: Option<Option<Name>>,
    /// The speaker's name; without `speaker` it finds the person of that name or makes one.
    /// Null removes name and person.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Zhang Xin", min_length = 1, max_length = 200)]
    pub speaker_name: Option<Option<Name>>,
    /// The speaker's role when it was said; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "researcher", min_length = 1, max_length = 300)]
    pub role: Option<Option<Line>>,
    /// The organisation the speaker stood for; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "East China University", min_length = 1, max_length = 300)]
    pub affiliation: Option<Option<Line>>,
    /// The verb that introduces it; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "said", min_length = 1, max_length = 100)]
    pub cue: Option<Option<Line>>,
    /// On what occasion it was said; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "interview with CCTV", min_length = 1, max_length = 500)]
    pub context: Option<Option<Line>>,
    /// When it was said; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Moment>)]
    pub said_at: Option<Option<Moment>>,
    /// The language of `text` (BCP 47); null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Option<Language>>,
    /// The words before they were translated; null removes them.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Zweitens sehen wir einen klaren Trend", min_length = 1, max_length = 20_000)]
    pub original_text: Option<Option<Prose>>,
    /// The language of `original_text` (BCP 47); null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "de", max_length = 64)]
    pub original_language: Option<Option<Language>>,
    /// Why the speaker is not named; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "not authorised to speak to the press", min_length = 1, max_length = 500)]
    pub anonymity_reason: Option<Option<Line>>,
    /// Whether an editor stands behind it.
    #[schema(nullable = false)]
    pub state: Option<QuoteState>,
    /// Its place among the article's quotes, from 0: moves it there.
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 0)]
    pub position: Option<i32>,
}

/// Which quotes are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct QuoteQuery {
    /// Only quotes in this article (id or slug).
    #[param(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", max_length = 200)]
    pub article: Option<Handle>,
    /// Only quotes of this person (id or slug).
    #[param(nullable = false, value_type = Option<String>, example = "zhang-xin", max_length = 200)]
    pub speaker: Option<Handle>,
    /// Only quotes of somebody of this organisation: its name, without regard to case.
    #[param(nullable = false, example = "CCTV", max_length = 200)]
    pub affiliation: Option<String>,
    /// Only quotes of this kind.
    #[param(inline = false, nullable = false)]
    pub kind: Option<QuoteKind>,
    /// Only quotes in this state; `confirmed` when absent. `suggested` needs `drafts:read`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub state: QuoteState,
    /// Only quotes whose anchor is like this.
    #[param(inline = false, nullable = false)]
    pub anchor: Option<AnchorStatus>,
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

/// Which of an article's quotes are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ArticleQuoteQuery {
    /// Only quotes in this state; `confirmed` when absent. `suggested` needs `drafts:read`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub state: QuoteState,
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

/// Registers the routes of quotes.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_quotes)
        .service(get_quote)
        .service(update_quote)
        .service(delete_quote)
        .service(list_article_quotes)
        .service(create_quote);
}

/// List quotes
///
/// Confirmed quotes of published articles, last entered first.
#[utoipa::path(tag = "quotes", params(QuoteQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of quotes.", body = QuotePage)))]
#[get("/v1/quotes")]
async fn list_quotes(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<PublicUrl>,
    Reader(view): Reader,
    Params(query): Params<QuoteQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, &site, view, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Get a quote
///
/// One quote by its id.
#[utoipa::path(tag = "quotes", params(("quote" = Id, Path, description = "Id of the quote.")),
    security((), ("key" = [])), responses((status = 200, description = "The quote.", body = Quote)))]
#[get("/v1/quotes/{quote}")]
async fn get_quote(
    db: Data<Db>,
    site: Data<PublicUrl>,
    Reader(view): Reader,
    quote: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    shown(&db.read(move |conn| sql::find(conn, &site, view, *quote)).await?)
}

/// Change a quote
///
/// Changes what is sent and nothing else; `position` moves it among the article's quotes.
#[utoipa::path(tag = "quotes", params(("quote" = Id, Path, description = "Id of the quote.")),
    request_body = QuotePatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed quote.", body = Quote)))]
#[patch("/v1/quotes/{quote}")]
async fn update_quote(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    quote: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<QuotePatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, *quote)?;
        if_match.check(&before)?;
        sql::update(conn, &before, &patch)?;
        shown(&sql::find(conn, &site, View::Drafts, before.id)?)
    })
    .await
}

/// Delete a quote
///
/// Removes the quote; the article's text stays as it is.
#[utoipa::path(tag = "quotes", params(("quote" = Id, Path, description = "Id of the quote.")),
    security(("key" = ["content:write"])), responses((status = 204, description = "The quote is gone.")))]
#[delete("/v1/quotes/{quote}")]
async fn delete_quote(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    quote: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, *quote)?;
        if_match.check(&before)?;
        sql::remove(conn, &before)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// List an article's quotes
///
/// The quotes of one article, in the editor's order.
#[utoipa::path(tag = "quotes", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200), ArticleQuoteQuery),
    security((), ("key" = [])), responses((status = 200, description = "A page of quotes.", body = QuotePage)))]
#[get("/v1/articles/{article}/quotes")]
async fn list_article_quotes(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<PublicUrl>,
    Reader(view): Reader,
    article: Path<Handle>,
    Params(query): Params<ArticleQuoteQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list_of(conn, &site, view, &article, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Add a quote to an article
///
/// Enters a quote and looks for its words in the article. `position` inserts it, the end when absent.
#[utoipa::path(tag = "quotes", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = NewQuote, security(("key" = ["content:write"])),
    responses((status = 201, description = "The new quote.", body = Quote)))]
#[post("/v1/articles/{article}/quotes")]
async fn create_quote(
    db: Data<Db>,
    site: Data<PublicUrl>,
    _writer: Writer,
    once: Once,
    article: Path<Handle>,
    _query: NoParams,
    body: Body<NewQuote>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let id = sql::add(conn, &article, &new)?;
        let quote = sql::find(conn, &site, View::Drafts, id)?;
        Ok(Answer::created(&path(id), &quote)?.modified(quote.updated_at))
    })
    .await
}

fn shown(quote: &Quote) -> Result<Answer> {
    Ok(Answer::ok(quote)?.modified(quote.updated_at))
}

fn path(id: Id) -> String {
    crate::api::path(&["v1", "quotes", &id.to_string()])
}
