//! Deliveries: what a webhook is told, and what has become of it.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::sending::Postman;
use super::{WebhookState, queue, sql};
use crate::answer::{Answer, Once};
use crate::auth::Admin;
use crate::changes::kind::ChangeKind;
use crate::changes::telling::Logged;
use crate::db::types::{Id, Moment, text_column};
use crate::db::{Any, Conn, Db};
use crate::error::{Error, Result};
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key, Limit, Position, page};
use crate::schema::webhook_deliveries;

// --- Vocabulary

/// What has become of a delivery.
///
/// - `pending`: it is sent as soon as it can be, or again when `next_attempt_at` comes.
/// - `delivered`: it was answered with a status from 200 to 299.
/// - `failed`: it is not sent again by itself.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum WebhookDeliveryState {
    /// It is sent as soon as it can be.
    Pending,
    /// It was taken.
    Delivered,
    /// It is not sent again by itself.
    Failed,
}
text_column!(WebhookDeliveryState {
    Pending = "pending",
    Delivered = "delivered",
    Failed = "failed",
});

/// A message to a webhook, and what has become of it. Those that are decided are kept for seven days.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WebhookDelivery {
    /// The delivery's id.
    pub id: Id,
    /// The webhook it is for.
    pub webhook_id: Id,
    /// Its `webhook-id` header: the same whenever it is sent.
    #[schema(example = "msg_0f1e2d3c4b5a69788796a5b4c3d2e1f0", max_length = 100)]
    pub message_id: String,
    /// The kind of change it tells of; null for a ping.
    #[schema(required)]
    pub kind: Option<ChangeKind>,
    /// The number of the change, as the audience has them; null for a ping.
    #[schema(required, minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 42)]
    pub seq: Option<i64>,
    /// What has become of it.
    pub state: WebhookDeliveryState,
    /// How often it was sent.
    #[schema(minimum = 0, example = 1)]
    pub attempts: i32,
    /// When it is sent next; null when it is decided.
    #[schema(required, example = json!(null))]
    pub next_attempt_at: Option<Moment>,
    /// When it was last sent; null before it was.
    #[schema(required)]
    pub last_attempt_at: Option<Moment>,
    /// The status it was last answered with; null when there was no answer.
    #[schema(required, minimum = 100, maximum = 999, example = 204)]
    pub last_status: Option<i32>,
    /// Why it was not taken, the last time; null when it was.
    #[schema(required, example = json!(null), max_length = 1000)]
    pub last_error: Option<String>,
    /// How many milliseconds the last attempt took.
    #[schema(required, minimum = 0, example = 87)]
    pub last_duration_ms: Option<i32>,
    /// When the change came to be told.
    pub created_at: Moment,
    /// When something last became of it.
    pub updated_at: Moment,
}

page!(
    /// A page of deliveries.
    WebhookDeliveryPage of WebhookDelivery
);

/// Which deliveries are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct WebhookDeliveryQuery {
    /// Only deliveries of which this has become.
    #[param(inline = false, nullable = false)]
    pub state: Option<WebhookDeliveryState>,
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

/// Registers the routes of deliveries.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_webhook_deliveries)
        .service(get_webhook_delivery)
        .service(ping_webhook)
        .service(redeliver_webhook_delivery);
}

/// List a webhook's deliveries
///
/// What it is told and was told in the last seven days, last made first.
#[utoipa::path(tag = "webhooks", params(("webhook_id" = Id, Path, description = "Id of the webhook."), WebhookDeliveryQuery),
    security(("key" = ["admin"])), responses((status = 200, description = "A page of deliveries.", body = WebhookDeliveryPage)))]
#[get("/v1/webhooks/{webhook_id}/deliveries")]
async fn list_webhook_deliveries(
    request: HttpRequest,
    db: Data<Db>,
    _admin: Admin,
    webhook_id: Path<Id>,
    Params(query): Params<WebhookDeliveryQuery>,
) -> Result<Answer> {
    let page = db.read_primary(move |conn| list(conn, *webhook_id, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Get a delivery
///
/// One message to a webhook, and what has become of it.
#[utoipa::path(tag = "webhooks", params(("delivery_id" = Id, Path, description = "Id of the delivery.")),
    security(("key" = ["admin"])), responses((status = 200, description = "The delivery.", body = WebhookDelivery)))]
#[get("/v1/webhook-deliveries/{delivery_id}")]
async fn get_webhook_delivery(
    db: Data<Db>,
    _admin: Admin,
    delivery_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    shown(&db.read_primary(move |conn| find(conn, *delivery_id)).await?)
}

/// Send a webhook a ping
///
/// Sends a message of type `webhook.ping`, signed like all others. `Location` is the delivery that says what became of
/// it. 409 while the webhook is disabled.
#[utoipa::path(tag = "webhooks", params(("webhook_id" = Id, Path, description = "Id of the webhook.")),
    security(("key" = ["admin"])), responses((status = 201, description = "The delivery.", body = WebhookDelivery)))]
#[post("/v1/webhooks/{webhook_id}/ping")]
async fn ping_webhook(
    request: HttpRequest,
    db: Data<Db>,
    postman: Data<Postman>,
    _admin: Admin,
    once: Once,
    webhook_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    let sha256 = Sha256::digest(request.path()).to_vec();
    let answer = once.write(&db, sha256, move |conn| {
        let delivery = insert_ping(conn, *webhook_id)?;
        let path = crate::api::path(&["v1", "webhook-deliveries", &delivery.id.to_string()]);
        Ok(Answer::created(&path, &delivery)?.modified(delivery.updated_at))
    });
    let answer = answer.await?;
    postman.wake();
    Ok(answer)
}

/// Send a delivery again
///
/// Sends the message once more, at once, whatever has become of it, with the same `webhook-id`: a receiver that has it
/// already can tell. 409 while the webhook is disabled.
#[utoipa::path(tag = "webhooks", params(("delivery_id" = Id, Path, description = "Id of the delivery.")),
    security(("key" = ["admin"])), responses((status = 200, description = "The delivery.", body = WebhookDelivery)))]
#[post("/v1/webhook-deliveries/{delivery_id}/redeliver")]
async fn redeliver_webhook_delivery(
    request: HttpRequest,
    db: Data<Db>,
    postman: Data<Postman>,
    _admin: Admin,
    once: Once,
    delivery_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    let sha256 = Sha256::digest(request.path()).to_vec();
    let answer = once.write(&db, sha256, move |conn| {
        let before = find(conn, *delivery_id)?;
        queue::redeliver(conn, &before)?;
        shown(&find(conn, *delivery_id)?)
    });
    let answer = answer.await?;
    postman.wake();
    Ok(answer)
}

fn shown(delivery: &WebhookDelivery) -> Result<Answer> {
    Ok(Answer::ok(delivery)?.modified(delivery.updated_at))
}

// --- SQL

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_deliveries, check_for_backend(Any), treat_none_as_default_value = false)]
pub(super) struct DeliveryRow {
    pub(super) id: Id,
    pub(super) webhook_id: Id,
    seq: Option<i64>,
    told_seq: Option<i64>,
    kind: Option<String>,
    public_kind: Option<String>,
    resource_id: Option<String>,
    article_id: Option<Id>,
    fields: Option<String>,
    tags: Option<String>,
    listed: Option<String>,
    pub(super) happened_at: Moment,
    state: WebhookDeliveryState,
    pub(super) attempts: i32,
    pub(super) next_attempt_at: Option<Moment>,
    last_attempt_at: Option<Moment>,
    last_status: Option<i32>,
    last_error: Option<String>,
    last_duration_ms: Option<i32>,
    created_at: Moment,
    updated_at: Moment,
}

impl DeliveryRow {
    /// A ping.
    fn ping(webhook_id: Id) -> Self {
        let now = Moment::now();
        Self {
            id: Id::new(),
            webhook_id,
            seq: None,
            told_seq: None,
            kind: None,
            public_kind: None,
            resource_id: None,
            article_id: None,
            fields: None,
            tags: None,
            listed: None,
            happened_at: now,
            state: WebhookDeliveryState::Pending,
            attempts: 0,
            next_attempt_at: Some(now),
            last_attempt_at: None,
            last_status: None,
            last_error: None,
            last_duration_ms: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// What tells of a change.
    pub(super) fn of(webhook_id: Id, logged: Logged) -> Self {
        let Logged { seq, told_seq, kind, public_kind, resource_id, article_id, .. } = logged;
        let Logged { fields, tags, listed, at, .. } = logged;
        Self {
            seq: Some(seq),
            told_seq: Some(told_seq),
            kind: Some(kind),
            public_kind,
            resource_id: Some(resource_id),
            article_id,
            fields: Some(fields),
            tags: Some(tags),
            listed: Some(listed),
            happened_at: at,
            ..Self::ping(webhook_id)
        }
    }

    /// The change it tells of; nothing for a ping.
    pub(super) fn logged(&self) -> Option<Logged> {
        Some(Logged {
            seq: self.seq?,
            told_seq: self.told_seq?,
            kind: self.kind.clone()?,
            public_kind: self.public_kind.clone(),
            resource_id: self.resource_id.clone()?,
            article_id: self.article_id,
            fields: self.fields.clone()?,
            tags: self.tags.clone()?,
            listed: self.listed.clone()?,
            at: self.happened_at,
        })
    }

    /// The message's id: made of the webhook and the change, so that it is the same when the change is told again.
    pub(super) fn message_id(&self) -> String {
        let Some(seq) = self.seq else { return format!("msg_{}", self.id.simple()) };
        let mut hash = Sha256::new();
        hash.update(self.webhook_id.as_bytes());
        hash.update(seq.to_be_bytes());
        let hash = hash.finalize();
        format!("msg_{}", crate::text::hex(hash.get(..16).unwrap_or_default()))
    }

    fn into_delivery(self) -> WebhookDelivery {
        let message_id = self.message_id();
        let Self { id, webhook_id, told_seq, kind, state, attempts, next_attempt_at, .. } = self;
        let Self { last_attempt_at, last_status, last_error, last_duration_ms, .. } = self;
        let Self { created_at, updated_at, .. } = self;
        WebhookDelivery {
            id,
            webhook_id,
            message_id,
            kind: kind.as_deref().and_then(ChangeKind::parse),
            seq: told_seq,
            state,
            attempts,
            next_attempt_at,
            last_attempt_at,
            last_status,
            last_error,
            last_duration_ms,
            created_at,
            updated_at,
        }
    }
}

fn list(conn: &mut Conn, webhook: Id, query: &WebhookDeliveryQuery) -> Result<WebhookDeliveryPage> {
    let WebhookDeliveryQuery { state, limit, cursor, count } = query;
    let webhook = sql::find(conn, webhook)?.id;
    let identity = format!("deliveries {webhook} {state:?}");
    let filtered = || {
        let rows = webhook_deliveries::table.filter(webhook_deliveries::webhook_id.eq(webhook));
        let mut rows = rows.into_boxed();
        if let Some(state) = state {
            rows = rows.filter(webhook_deliveries::state.eq(*state));
        }
        rows
    };
    let mut rows = filtered().select(DeliveryRow::as_select());
    if let Some(cursor) = cursor {
        rows = rows.filter(webhook_deliveries::id.lt(cursor.position(&identity)?.id));
    }
    let rows = rows.order(webhook_deliveries::id.desc()).limit(limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |row: &DeliveryRow| Position {
        key: Key::Moment(row.created_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(filtered().count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(DeliveryRow::into_delivery).collect();
    Ok(WebhookDeliveryPage { items, next_cursor: cut.next, total })
}

fn find(conn: &mut Conn, id: Id) -> Result<WebhookDelivery> {
    let row = webhook_deliveries::table.find(id).select(DeliveryRow::as_select());
    let row = row.first(conn).optional()?;
    row.map(DeliveryRow::into_delivery).ok_or(Error::NotFound("delivery"))
}

fn insert_ping(conn: &mut Conn, webhook: Id) -> Result<WebhookDelivery> {
    let webhook = sql::find(conn, webhook)?;
    if webhook.state == WebhookState::Disabled {
        return Err(sql::is_disabled());
    }
    let ping = DeliveryRow::ping(webhook.id);
    diesel::insert_into(webhook_deliveries::table).values(&ping).execute(conn)?;
    Ok(ping.into_delivery())
}
