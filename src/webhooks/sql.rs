//! Webhooks in the database.

use diesel::prelude::*;

use super::{
    CreatedWebhook, NewWebhook, Webhook, WebhookAudience, WebhookPage, WebhookPatch, WebhookQuery,
    WebhookState, secret,
};
use crate::auth::View;
use crate::changes::kind::ChangeKind;
use crate::changes::log;
use crate::changes::telling::{Wanted, numbered};
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::schema::{webhook_deliveries, webhooks};
use crate::text::{Handle, Prose};

/// How many webhooks there may be: each has a few places of its own on the way out, so that none waits for another.
const WEBHOOKS_MAX: i64 = 50;
/// How long the secret before a rotation counts beside the new one: 24 hours.
const BOTH_SECRETS_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhooks, check_for_backend(Any))]
pub(super) struct WebhookRow {
    pub(super) id: Id,
    pub(super) url: String,
    description: Option<String>,
    pub(super) audience: WebhookAudience,
    kinds: String,
    tag_id: Option<Id>,
    fields: String,
    secret: String,
    previous_secret: Option<String>,
    previous_secret_until: Option<Moment>,
    pub(super) state: WebhookState,
    state_reason: Option<String>,
    state_at: Moment,
    pub(super) failing_since: Option<Moment>,
    pub(super) after_seq: i64,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
}

/// The words of a column that are between blanks.
fn words(column: &str) -> impl Iterator<Item = &str> {
    column.split(' ').filter(|word| !word.is_empty())
}

impl WebhookRow {
    fn into_webhook(self) -> Webhook {
        let Self { id, url, description, audience, kinds, tag_id, fields, .. } = self;
        let Self { state, state_reason, state_at, failing_since, previous_secret_until, .. } = self;
        let Self { created_at, updated_at, version, .. } = self;
        Webhook {
            id,
            url,
            description,
            audience,
            kinds: words(&kinds).filter_map(ChangeKind::parse).collect(),
            tag_id,
            fields: words(&fields).map(str::to_owned).collect(),
            state,
            state_reason,
            state_at,
            failing_since,
            previous_secret_until: previous_secret_until.filter(|until| *until > Moment::now()),
            created_at,
            updated_at,
            version,
        }
    }

    /// Which changes it is told of.
    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            reader: self.audience.reader(),
            kinds: words(&self.kinds).map(str::to_owned).collect(),
            tag: self.tag_id,
            fields: words(&self.fields).map(str::to_owned).collect(),
        }
    }

    /// The secrets that messages are signed with now.
    pub(super) fn secrets(&self, now: Moment) -> Vec<String> {
        let still = self.previous_secret_until.is_some_and(|until| until > now);
        let previous = self.previous_secret.clone().filter(|_| still);
        std::iter::once(self.secret.clone()).chain(previous).collect()
    }
}

pub(super) fn list(conn: &mut Conn, query: &WebhookQuery) -> Result<WebhookPage> {
    let WebhookQuery { state, limit, cursor, count } = query;
    let identity = format!("webhooks {state:?}");
    let filtered = || {
        let mut rows = webhooks::table.into_boxed();
        if let Some(state) = state {
            rows = rows.filter(webhooks::state.eq(*state));
        }
        rows
    };
    let mut rows = filtered().select(WebhookRow::as_select());
    if let Some(cursor) = cursor {
        rows = rows.filter(webhooks::id.lt(cursor.position(&identity)?.id));
    }
    let rows = rows.order(webhooks::id.desc()).limit(limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |row: &WebhookRow| Position {
        key: Key::Moment(row.created_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(filtered().count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(WebhookRow::into_webhook).collect();
    Ok(WebhookPage { items, next_cursor: cut.next, total })
}

pub(super) fn row(conn: &mut Conn, id: Id) -> Result<Option<WebhookRow>> {
    Ok(webhooks::table.find(id).select(WebhookRow::as_select()).first(conn).optional()?)
}

pub(super) fn find(conn: &mut Conn, id: Id) -> Result<Webhook> {
    row(conn, id)?.map(WebhookRow::into_webhook).ok_or(Error::NotFound("webhook"))
}

/// The webhooks that are sent to.
pub(super) fn enabled(conn: &mut Conn) -> Result<Vec<WebhookRow>> {
    let rows = webhooks::table.filter(webhooks::state.eq(WebhookState::Enabled));
    Ok(rows.order(webhooks::id).select(WebhookRow::as_select()).load(conn)?)
}

pub(super) fn insert(conn: &mut Conn, new: &NewWebhook) -> Result<CreatedWebhook> {
    let NewWebhook { url, description, audience, kinds, tag, fields } = new;
    if webhooks::table.count().get_result::<i64>(conn)? >= WEBHOOKS_MAX {
        let detail = format!("There are {WEBHOOKS_MAX} webhooks, and may be no more: delete one.");
        return Err(Error::taken("", detail));
    }
    let (now, secret) = (Moment::now(), secret::new()?);
    let row = WebhookRow {
        id: Id::new(),
        url: url.clone(),
        description: description.as_ref().map(|text| text.as_str().to_owned()),
        audience: audience.unwrap_or(WebhookAudience::Public),
        kinds: joined(kinds),
        tag_id: tag.as_ref().map(|tag| tag_of(conn, tag)).transpose()?,
        fields: joined(fields),
        secret: secret.clone(),
        previous_secret: None,
        previous_secret_until: None,
        state: WebhookState::Enabled,
        state_reason: None,
        state_at: now,
        failing_since: None,
        after_seq: log::last(conn)?.seq,
        created_at: now,
        updated_at: now,
        version: 1,
    };
    diesel::insert_into(webhooks::table).values(&row).execute(conn)?;
    Ok(CreatedWebhook { webhook: row.into_webhook(), secret })
}

/// Each once, between blanks.
fn joined<T: ToString>(values: &[T]) -> String {
    let values = values.iter().map(ToString::to_string).collect::<std::collections::BTreeSet<_>>();
    values.into_iter().collect::<Vec<_>>().join(" ")
}

fn tag_of(conn: &mut Conn, tag: &Handle) -> Result<Id> {
    let name = tag.to_string();
    let found = crate::tags::sql::ids_of(conn, View::Drafts, &[&name])?;
    found
        .get(&name)
        .copied()
        .ok_or_else(|| Error::field("/tag", "not-found", format!("there is no tag `{name}`")))
}

pub(super) fn update(conn: &mut Conn, before: &Webhook, patch: &WebhookPatch) -> Result<()> {
    let WebhookPatch { url, description, kinds, tag, fields, state } = patch;
    let mut row = row(conn, before.id)?.ok_or(Error::NotFound("webhook"))?;
    let now = Moment::now();
    if let Some(url) = url {
        row.url.clone_from(url);
    }
    if let Some(text) = description {
        row.description = text.as_ref().map(Prose::as_str).map(str::to_owned);
    }
    if let Some(kinds) = kinds {
        row.kinds = joined(kinds);
    }
    if let Some(tag) = tag {
        row.tag_id = tag.as_ref().map(|tag| tag_of(conn, tag)).transpose()?;
    }
    if let Some(fields) = fields {
        row.fields = joined(fields);
    }
    if let Some(state) = state.filter(|state| *state != row.state) {
        (row.state, row.state_reason, row.state_at) = (state, None, now);
        row.failing_since = None;
    }
    let WebhookRow { id, url, description, kinds, tag_id, fields, .. } = row;
    let WebhookRow { state, state_reason, state_at, failing_since, .. } = row;
    diesel::update(webhooks::table.find(id))
        .set((
            webhooks::url.eq(url),
            webhooks::description.eq(description),
            webhooks::kinds.eq(kinds),
            webhooks::tag_id.eq(tag_id),
            webhooks::fields.eq(fields),
            webhooks::state.eq(state),
            webhooks::state_reason.eq(state_reason),
            webhooks::state_at.eq(state_at),
            webhooks::failing_since.eq(failing_since),
            webhooks::updated_at.eq(now),
            webhooks::version.eq(webhooks::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// What was sent to it goes with it.
pub(super) fn remove(conn: &mut Conn, id: Id) -> Result<()> {
    diesel::delete(webhooks::table.find(id)).execute(conn)?;
    Ok(())
}

pub(super) fn rotate(conn: &mut Conn, id: Id) -> Result<CreatedWebhook> {
    let before = row(conn, id)?.ok_or(Error::NotFound("webhook"))?;
    let (now, secret) = (Moment::now(), secret::new()?);
    diesel::update(webhooks::table.find(id))
        .set((
            webhooks::secret.eq(&secret),
            webhooks::previous_secret.eq(before.secret),
            webhooks::previous_secret_until.eq(now.plus_millis(BOTH_SECRETS_MS)),
            webhooks::updated_at.eq(now),
            webhooks::version.eq(webhooks::version + 1),
        ))
        .execute(conn)?;
    Ok(CreatedWebhook { webhook: find(conn, id)?, secret })
}

/// Begins again after a change: what came of those after it is forgotten, and comes of them once more.
pub(super) fn replay(conn: &mut Conn, webhook: &Webhook, told_seq: i64) -> Result<()> {
    if webhook.state == WebhookState::Disabled {
        return Err(is_disabled());
    }
    let after = numbered(conn, webhook.audience.reader().view, told_seq)?;
    let sent = webhook_deliveries::table.filter(webhook_deliveries::webhook_id.eq(webhook.id));
    diesel::delete(sent.filter(webhook_deliveries::seq.gt(after))).execute(conn)?;
    let earlier = webhooks::table.find(webhook.id).filter(webhooks::after_seq.gt(after));
    diesel::update(earlier).set(webhooks::after_seq.eq(after)).execute(conn)?;
    Ok(())
}

/// Why nothing is sent at somebody's word.
pub(super) fn is_disabled() -> Error {
    Error::Conflict(crate::error::ProblemError::at(
        "",
        "disabled",
        "The webhook is disabled: change its `state` to `enabled` first.",
    ))
}
