//! Quotes: who said what, tied to the exact words of an article.

pub mod anchor;
mod anchoring;
mod confirming;
mod diff;
pub(crate) mod editing;
mod facets;
mod filter;
pub mod following;
mod history;
mod listing;
pub mod proposals;
mod query;
pub mod reading;
pub(crate) mod replacing;
mod selectors;
mod source;
pub(crate) mod sql;
mod submission;
pub mod suggest;
pub mod suggesting;
pub(crate) mod writing;

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
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Limit, page};
use crate::people::PersonRef;
use crate::search::{Highlight, Note};
use crate::text::Handle;
pub use anchor::{Anchor, AnchorStatus};
pub(crate) use anchoring::Home;
pub(crate) use confirming::are_fit_for_readers;
pub use confirming::{NewQuoteConfirmation, NewQuoteRejection, QuoteList};
pub use editing::{QuoteEdit, QuoteEditAction};
pub use facets::{FacetBy, QuoteFacet, QuoteFacetOther, QuoteFacetQuery, QuoteFacets};
pub use history::{
    QuoteHistoryAction, QuoteHistoryEntry, QuoteHistoryPage, QuoteHistoryQuery, QuoteRecord,
};
pub use query::{QuoteDate, QuoteOrder, QuoteQuery};
use replacing::Sender;
pub use selectors::{QuoteSelector, QuoteTarget, TextPositionSelector, TextQuoteSelector};
pub use source::{QuoteOrigin, QuoteState, SpeakerKind};
pub use submission::{NewQuote, QuotePatch};

// --- Vocabulary

/// Whether a quote is a whole statement.
///
/// - `full`: one or more sentences.
/// - `partial`: a few words inside somebody else's sentence.
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

/// Who said what, tied to the exact words of an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Quote {
    /// The quote's id.
    pub id: Id,
    /// The article it stands in.
    pub article: ArticleRef,
    /// The address of the article, and in it of the very words while they are `anchored` (a text fragment,
    /// `#:~:text=`).
    #[schema(
        format = "uri",
        example = "http://127.0.0.1:8080/v1/articles/russia-and-china-are-eager#:~:text=Secondly%2C%20we%20see",
        max_length = 20_000
    )]
    pub url: String,
    /// The words.
    #[schema(
        example = "Secondly, we see a clear trend in Russia's active attempts to increase its presence",
        max_length = 20_000
    )]
    pub text: String,
    /// Whether it is a whole statement.
    pub kind: QuoteKind,
    /// Whether a person said it, an organisation, or somebody who is not named.
    pub speaker_kind: SpeakerKind,
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
    /// How it came here; stays when it is confirmed.
    pub origin: QuoteOrigin,
    /// Its place among the article's quotes, from 0.
    #[schema(minimum = 0, example = 0)]
    pub position: i32,
    /// Where `q` was found, in a list with `highlight=true`; else empty.
    #[schema(max_items = 1)]
    pub highlights: Vec<Highlight>,
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
        .service(facets::list_quote_facets)
        .service(get_quote)
        .service(update_quote)
        .service(delete_quote)
        .service(list_article_quotes)
        .service(create_quote)
        .service(suggesting::suggest_quotes)
        .configure(selectors::routes)
        .configure(history::routes)
        .configure(confirming::routes);
}

/// List quotes
///
/// Confirmed quotes, last entered first: those of published articles and, for a key that sees drafts, of
/// all others. The article grammar holds here too: `tag`, `author`, `from`, `to` and `status` speak of the
/// article that a quote stands in, `q` of the quote's words.
#[utoipa::path(tag = "quotes", params(QuoteQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of quotes.", body = QuotePage)))]
#[get("/v1/quotes")]
async fn list_quotes(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    Params(query): Params<QuoteQuery>,
) -> Result<Answer> {
    let ask = query::Ask::new(view, query)?;
    let (page, notes, names) = db.read(move |conn| listing::list(conn, &site, &ask)).await?;
    let answer = Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()).made_from_if(names);
    Ok(Note::all_on(answer, &notes))
}

/// Get a quote
///
/// One quote by its id.
#[utoipa::path(tag = "quotes", params(("quote_id" = Id, Path, description = "Id of the quote.")),
    security((), ("key" = [])), responses((status = 200, description = "The quote.", body = Quote)))]
#[get("/v1/quotes/{quote_id}")]
async fn get_quote(
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    quote_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    let quote = db.read(move |conn| sql::find(conn, &site, view, *quote_id)).await?;
    Ok(shown(&quote)?.made_from(Names::of(Subject::Quote, quote.id)))
}

/// Change a quote
///
/// Changes what is sent and nothing else; `position` moves it among the article's quotes. A new `text` is looked for in
/// the article. What changes about its words and its speaker is kept in its history, with `reason`.
#[utoipa::path(tag = "quotes", params(("quote_id" = Id, Path, description = "Id of the quote.")),
    request_body = QuotePatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed quote.", body = Quote)))]
#[patch("/v1/quotes/{quote_id}")]
async fn update_quote(
    db: Data<Db>,
    site: Data<Addresses>,
    Writer(caller): Writer,
    quote_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<QuotePatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, *quote_id)?;
        if_match.check(&before)?;
        writing::update(conn, &before, &patch, Sender::Writer(caller.key))?;
        shown(&sql::find(conn, &site, View::Drafts, before.id)?)
    })
    .await
}

/// Delete a quote
///
/// Removes the quote; the article's text stays as it is, and the quote's history stays for whoever sees drafts.
#[utoipa::path(tag = "quotes", params(("quote_id" = Id, Path, description = "Id of the quote.")),
    security(("key" = ["content:write"])), responses((status = 204, description = "The quote is gone.")))]
#[delete("/v1/quotes/{quote_id}")]
async fn delete_quote(
    db: Data<Db>,
    site: Data<Addresses>,
    Writer(caller): Writer,
    quote_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, &site, View::Drafts, *quote_id)?;
        if_match.check(&before)?;
        writing::remove(conn, &before, Sender::Writer(caller.key))
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
    site: Data<Addresses>,
    Reader(view): Reader,
    article: Path<Handle>,
    Params(query): Params<ArticleQuoteQuery>,
) -> Result<Answer> {
    let read = db.read(move |conn| sql::list_of(conn, &site, view, &article, &query));
    let (article, page) = read.await?;
    let answer = Answer::ok(&page)?.next(&request, page.next_cursor.as_ref());
    Ok(answer.made_from(Names::of(Subject::Article, article)))
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
    site: Data<Addresses>,
    Writer(caller): Writer,
    once: Once,
    article: Path<Handle>,
    _query: NoParams,
    body: Body<NewQuote>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let id = writing::add(conn, &article, &new, Sender::Writer(caller.key))?;
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
