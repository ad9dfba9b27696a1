//! Webhooks: who is told of changes, by signed messages as Standard Webhooks has them.

pub mod deliveries;
mod guard;
mod queue;
mod secret;
pub mod sending;
mod sql;
mod submission;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::auth::{Admin, CommentReader, View};
use crate::changes::kind::ChangeKind;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::keys::not_repeatable;
use crate::page::{Count, CursorText, Limit, page};
pub use guard::Names;
use sending::Postman;
pub use sending::WebhookSettings;
pub use submission::{NewReplay, NewWebhook, WebhookPatch};

// --- Vocabulary

/// What a webhook is told of.
///
/// - `public`: what readers see: the changes that `/v1/changes` shows without a key, with their numbers.
/// - `everything`: all changes, of drafts and of what moderators see too.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum WebhookAudience {
    /// What readers see.
    Public,
    /// All changes.
    Everything,
}
text_column!(WebhookAudience { Public = "public", Everything = "everything" });

impl WebhookAudience {
    /// The reader whose eyes it has.
    const fn reader(self) -> CommentReader {
        match self {
            Self::Public => CommentReader { view: View::Public, moderates: false },
            Self::Everything => CommentReader { view: View::Drafts, moderates: true },
        }
    }
}

/// Whether a webhook is sent to.
///
/// - `enabled`: it is told of changes.
/// - `disabled`: nothing is sent; changes wait in the log until it is enabled again.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum WebhookState {
    /// It is told of changes.
    Enabled,
    /// Nothing is sent.
    Disabled,
}
text_column!(WebhookState { Enabled = "enabled", Disabled = "disabled" });

/// Somebody who is told of changes: where, and of which. The secret itself is never shown again.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Webhook {
    /// The webhook's id.
    pub id: Id,
    /// Where messages are sent.
    #[schema(format = "uri", example = "https://news.example/hooks/onrecord", max_length = 2000)]
    pub url: String,
    /// What it is for, for people; null when nobody said.
    #[schema(required, example = "Rebuilds the site.", max_length = 1000)]
    pub description: Option<String>,
    /// What it is told of.
    pub audience: WebhookAudience,
    /// Only changes of these kinds; of all when empty.
    #[schema(max_items = 100)]
    pub kinds: Vec<ChangeKind>,
    /// Only changes of this tag and of what stands under it; null for all.
    #[schema(required)]
    pub tag_id: Option<Id>,
    /// Of updates only those of these properties, of all when empty; what is no update is told anyway.
    #[schema(max_items = 100, example = json!(["title", "body"]))]
    pub fields: Vec<String>,
    /// Whether it is sent to.
    pub state: WebhookState,
    /// Why the server has disabled it; null when it has not.
    #[schema(required, example = json!(null), max_length = 1000)]
    pub state_reason: Option<String>,
    /// Since when it is in that state.
    pub state_at: Moment,
    /// Since when nothing sent to it was taken; null while the last was.
    #[schema(required, example = json!(null))]
    pub failing_since: Option<Moment>,
    /// Until when messages are signed with the secret before the last rotation, too; null when they are not.
    #[schema(required, example = json!(null))]
    pub previous_secret_until: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed, by somebody or by what became of its messages.
    pub updated_at: Moment,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
}

/// A webhook with the secret that was made for it: shown this once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CreatedWebhook {
    /// The webhook.
    pub webhook: Webhook,
    /// What its messages are signed with, as libraries of Standard Webhooks take it. Keep it: it cannot be shown again.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=", max_length = 100)]
    pub secret: String,
}

page!(
    /// A page of webhooks.
    WebhookPage of Webhook
);

/// Which webhooks are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct WebhookQuery {
    /// Only webhooks in this state.
    #[param(inline = false, nullable = false)]
    pub state: Option<WebhookState>,
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

/// Registers the routes of webhooks.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_webhooks)
        .service(create_webhook)
        .service(get_webhook)
        .service(update_webhook)
        .service(delete_webhook)
        .service(rotate_webhook)
        .service(replay_webhook)
        .configure(deliveries::routes);
}

/// List webhooks
///
/// All webhooks, last made first. Secrets are never shown.
#[utoipa::path(tag = "webhooks", params(WebhookQuery), security(("key" = ["admin"])),
    responses((status = 200, description = "A page of webhooks.", body = WebhookPage)))]
#[get("/v1/webhooks")]
async fn list_webhooks(
    request: HttpRequest,
    db: Data<Db>,
    _admin: Admin,
    Params(query): Params<WebhookQuery>,
) -> Result<Answer> {
    let page = db.read_primary(move |conn| sql::list(conn, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Make a webhook
///
/// From now on changes are sent there, as `POST` requests signed as Standard Webhooks says, with the secret that is
/// shown this once. What is answered with a status from 200 to 299 is delivered; anything else is sent again, ten times
/// over three days. `Idempotency-Key` is not taken here, for the answer holds a secret. There are at most 50 webhooks.
#[utoipa::path(tag = "webhooks", request_body = NewWebhook, security(("key" = ["admin"])),
    responses((status = 201, description = "The new webhook with its secret.", body = CreatedWebhook)))]
#[post("/v1/webhooks")]
async fn create_webhook(
    request: HttpRequest,
    db: Data<Db>,
    postman: Data<Postman>,
    _admin: Admin,
    _query: NoParams,
    body: Body<NewWebhook>,
) -> Result<Answer> {
    not_repeatable(&request)?;
    let new = submission::checked(body.value, postman.guard())?;
    let made = db.write(move |conn| sql::insert(conn, &new)).await?;
    postman.wake();
    Ok(Answer::created(&path(made.webhook.id), &made)?.secret())
}

/// Get a webhook
///
/// One webhook by its id, without its secret.
#[utoipa::path(tag = "webhooks", params(("webhook_id" = Id, Path, description = "Id of the webhook.")),
    security(("key" = ["admin"])), responses((status = 200, description = "The webhook.", body = Webhook)))]
#[get("/v1/webhooks/{webhook_id}")]
async fn get_webhook(
    db: Data<Db>,
    _admin: Admin,
    webhook_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    shown(&db.read_primary(move |conn| sql::find(conn, *webhook_id)).await?)
}

/// Change a webhook
///
/// Changes what is sent and nothing else. What is on its way already is sent as it is. Enabled again, a webhook goes on
/// where it was stopped, as far as the log of changes goes back.
#[utoipa::path(tag = "webhooks", params(("webhook_id" = Id, Path, description = "Id of the webhook.")),
    request_body = WebhookPatch, security(("key" = ["admin"])),
    responses((status = 200, description = "The changed webhook.", body = Webhook)))]
#[patch("/v1/webhooks/{webhook_id}")]
async fn update_webhook(
    db: Data<Db>,
    postman: Data<Postman>,
    _admin: Admin,
    webhook_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<WebhookPatch>,
) -> Result<Answer> {
    let patch = submission::checked_patch(body.value, postman.guard())?;
    let webhook = db
        .write(move |conn| {
            let before = sql::find(conn, *webhook_id)?;
            if_match.check(&before)?;
            sql::update(conn, &before, &patch)?;
            sql::find(conn, before.id)
        })
        .await?;
    postman.wake();
    shown(&webhook)
}

/// Delete a webhook
///
/// Nothing is sent to it any more, and what was is forgotten.
#[utoipa::path(tag = "webhooks", params(("webhook_id" = Id, Path, description = "Id of the webhook.")),
    security(("key" = ["admin"])), responses((status = 204, description = "The webhook is gone.")))]
#[delete("/v1/webhooks/{webhook_id}")]
async fn delete_webhook(
    db: Data<Db>,
    _admin: Admin,
    webhook_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::find(conn, *webhook_id)?;
        if_match.check(&before)?;
        sql::remove(conn, before.id)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Give a webhook a new secret
///
/// Shows the new secret, this once. For 24 hours messages are signed with both, so that nothing is missed while the
/// receiver learns the new one; a second rotation ends that of the first. `Idempotency-Key` is not taken here, for the
/// answer holds a secret.
#[utoipa::path(tag = "webhooks", params(("webhook_id" = Id, Path, description = "Id of the webhook.")),
    security(("key" = ["admin"])),
    responses((status = 200, description = "The webhook with its new secret.", body = CreatedWebhook)))]
#[post("/v1/webhooks/{webhook_id}/rotate")]
async fn rotate_webhook(
    request: HttpRequest,
    db: Data<Db>,
    _admin: Admin,
    webhook_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    not_repeatable(&request)?;
    let rotated = db.write(move |conn| sql::rotate(conn, *webhook_id)).await?;
    Ok(Answer::ok(&rotated)?.secret())
}

/// Send a webhook changes again
///
/// Tells it once more of everything after a change, as the thing is now: for a receiver that has lost what it had. Each
/// message has the `webhook-id` it had before. 410 when the log does not go back so far.
#[utoipa::path(tag = "webhooks", params(("webhook_id" = Id, Path, description = "Id of the webhook.")),
    request_body = NewReplay, security(("key" = ["admin"])),
    responses((status = 200, description = "The webhook.", body = Webhook)))]
#[post("/v1/webhooks/{webhook_id}/replay")]
async fn replay_webhook(
    db: Data<Db>,
    postman: Data<Postman>,
    _admin: Admin,
    once: Once,
    webhook_id: Path<Id>,
    _query: NoParams,
    body: Body<NewReplay>,
) -> Result<Answer> {
    let Body { value: NewReplay { after }, sha256 } = body;
    let answer = once.write(&db, sha256, move |conn| {
        let webhook = sql::find(conn, *webhook_id)?;
        sql::replay(conn, &webhook, after)?;
        shown(&webhook)
    });
    let answer = answer.await?;
    postman.wake();
    Ok(answer)
}

fn shown(webhook: &Webhook) -> Result<Answer> {
    Ok(Answer::ok(webhook)?.modified(webhook.updated_at))
}

fn path(id: Id) -> String {
    crate::api::path(&["v1", "webhooks", &id.to_string()])
}
