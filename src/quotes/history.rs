//! The history of quotes: every change to what was said and to who said it, with who made it and why.

mod sql;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::QuoteState;
use super::sql::QuoteRow;
use crate::answer::Answer;
use crate::auth::Reader;
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::input::query::Params;
use crate::keys::KeyRef;
use crate::page::{Count, CursorText, Limit, page};
pub(super) use sql::Ledger;

// --- Vocabulary

/// What was done to a quote. More may come.
///
/// - `created`: it was entered.
/// - `amended`: its words were changed.
/// - `attributed`: who said it, or what is told about that, was changed.
/// - `confirmed`: an editor stands behind it.
/// - `unconfirmed`: it was made a suggestion again.
/// - `detached`: its words were taken out of the article, and it stays.
/// - `rejected`: the suggestion was turned down.
/// - `removed`: it was deleted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum QuoteHistoryAction {
    /// It was entered.
    Created,
    /// Its words were changed.
    Amended,
    /// Who said it, or what is told about that, was changed.
    Attributed,
    /// An editor stands behind it.
    Confirmed,
    /// It was made a suggestion again.
    Unconfirmed,
    /// Its words were taken out of the article, and it stays.
    Detached,
    /// The suggestion was turned down.
    Rejected,
    /// It was deleted.
    Removed,
}
text_column!(QuoteHistoryAction {
    Created = "created",
    Amended = "amended",
    Attributed = "attributed",
    Confirmed = "confirmed",
    Unconfirmed = "unconfirmed",
    Detached = "detached",
    Rejected = "rejected",
    Removed = "removed",
});

/// What a quote said at a time, and who was said to have said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuoteRecord {
    /// The words.
    #[schema(example = "Secondly, we see a clear trend", max_length = 20_000)]
    pub text: String,
    /// The words before they were translated; null when they were not.
    #[schema(required, example = json!(null), max_length = 20_000)]
    pub original_text: Option<String>,
    /// The language of `original_text` (BCP 47); null when not translated.
    #[schema(required, example = json!(null), max_length = 64)]
    pub original_language: Option<String>,
    /// The person who said it; null when unknown here. One that was merged since leads on.
    #[schema(required)]
    pub speaker_id: Option<Id>,
    /// The speaker's name when it was said; null when it is not told.
    #[schema(required, example = "Zhang Xin", max_length = 200)]
    pub speaker_name: Option<String>,
    /// The speaker's role when it was said; null when unknown.
    #[schema(required, example = "researcher", max_length = 300)]
    pub role: Option<String>,
    /// The organisation; null when unknown.
    #[schema(required, example = "East China University", max_length = 300)]
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
    /// Why the speaker is not named; null when they are.
    #[schema(required, example = json!(null), max_length = 500)]
    pub anonymity_reason: Option<String>,
    /// Whether an editor stood behind it.
    pub state: QuoteState,
}

impl From<&QuoteRow> for QuoteRecord {
    fn from(row: &QuoteRow) -> Self {
        let row = row.clone();
        Self {
            text: row.text,
            original_text: row.original_text,
            original_language: row.original_language,
            speaker_id: row.speaker_id,
            speaker_name: row.speaker_name,
            role: row.role,
            affiliation: row.affiliation,
            cue: row.cue,
            context: row.context,
            said_at: row.said_at,
            anonymity_reason: row.anonymity_reason,
            state: row.state,
        }
    }
}

impl QuoteRecord {
    fn words(&self) -> [Option<&str>; 3] {
        let Self { text, original_text, original_language, .. } = self;
        [Some(text), original_text.as_deref(), original_language.as_deref()]
    }

    fn attribution(&self) -> Self {
        let (text, state) = (String::new(), QuoteState::default());
        Self { text, original_text: None, original_language: None, state, ..self.clone() }
    }
}

/// A change of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuoteHistoryEntry {
    /// The entry's id.
    pub id: Id,
    /// The quote.
    pub quote_id: Id,
    /// What was done.
    pub action: QuoteHistoryAction,
    /// What the quote said before; null for `created`.
    #[schema(required)]
    pub before: Option<QuoteRecord>,
    /// What it said then; null when it was taken away.
    #[schema(required)]
    pub after: Option<QuoteRecord>,
    /// Why, in the words of who did it; null when nobody said.
    #[schema(required, example = "The minister's office sent the recording.", max_length = 2000)]
    pub reason: Option<String>,
    /// The key it was done with; null for an import, and for readers.
    #[schema(required)]
    pub key: Option<KeyRef>,
    /// The version of the article with it.
    #[schema(minimum = 1, example = 3)]
    pub article_version: i64,
    /// When it was done.
    pub at: Moment,
}

page!(
    /// A page of a quote's history.
    QuoteHistoryPage of QuoteHistoryEntry
);

/// Which part of a quote's history is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct QuoteHistoryQuery {
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

/// Registers the routes of histories.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_quote_history);
}

/// List the history of a quote
///
/// What was changed about a quote's words, speaker and state, first change first. Readers are told what was changed about
/// a quote that they had seen; who sees drafts is told everything, also of a quote that is gone.
#[utoipa::path(tag = "quotes", params(("quote_id" = Id, Path, description = "Id of the quote."), QuoteHistoryQuery),
    security((), ("key" = [])), responses((status = 200, description = "A page of changes.", body = QuoteHistoryPage)))]
#[get("/v1/quotes/{quote_id}/history")]
async fn list_quote_history(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    quote_id: Path<Id>,
    Params(query): Params<QuoteHistoryQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, &site, view, *quote_id, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}
