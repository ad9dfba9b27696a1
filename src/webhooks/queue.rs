//! From the log to messages, and from messages to whoever sends them: every step one transaction.
//!
//! What a server takes, it holds until `next_attempt_at`: should it die, another one, or it itself when it is back,
//! takes it again. So a message may be sent twice, and is never lost.

use std::collections::HashMap;
use std::time::Duration;

use diesel::prelude::*;

use super::deliveries::{DeliveryRow, WebhookDelivery, WebhookDeliveryState};
use super::sql::{self, WebhookRow};
use super::{WebhookAudience, WebhookState};
use crate::changes::log;
use crate::changes::telling::{Logged, wanted};
use crate::db::types::{Id, Moment};
use crate::db::{Conn, native};
use crate::error::{Error, Result};
use crate::schema::{change_horizon, webhook_deliveries, webhooks};

/// How many messages of one webhook are on their way at once; of one that takes none, a single one.
const AT_ONCE: usize = 4;
/// How many changes become messages in one transaction, for one webhook.
const CHANGES_AT_ONCE: i64 = 200;
/// How many messages of one webhook wait at most: further changes wait in the log.
const PENDING_MAX: i64 = 1000;
/// How far a webhook may lie behind the log when nothing of it concerns it: saying so would be a write for each write.
const LAG_MAX: i64 = 1000;
/// How long messages that are decided are kept: 7 days.
const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// What there is to do.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Whether anybody is to be told of anything at all.
    pub(super) is_anybody: bool,
    /// Whether something is to be done now.
    pub(super) has_work: bool,
    /// When there will be, if nothing happens before.
    pub(super) next_at: Option<Moment>,
}

/// What was done, and what is to be sent.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) messages: Vec<Message>,
    /// Whether more of the log waits to be looked at.
    pub(super) has_more: bool,
}

/// A message that is to be sent now, by whoever has taken it.
#[derive(Debug, Clone)]
pub(super) struct Message {
    id: Id,
    pub(super) webhook_id: Id,
    /// Its `webhook-id`.
    pub(super) sent_id: String,
    pub(super) url: String,
    pub(super) secrets: Vec<String>,
    pub(super) audience: WebhookAudience,
    /// The change; nothing for a ping.
    pub(super) change: Option<Logged>,
    pub(super) at: Moment,
    /// How often it was sent, this time too.
    pub(super) attempts: i32,
    /// Until when it is held; as long as it says so, nobody else has taken it.
    held_until: Moment,
}

/// What became of an attempt.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    pub(super) status: Option<u16>,
    /// Why it was not taken; nothing when it was.
    pub(super) error: Option<String>,
    /// How long to wait, if the receiver said.
    pub(super) retry_after: Option<Duration>,
    pub(super) took: Duration,
}

/// How long a message is held, when one that was not taken is sent again, and when that is given up.
#[derive(Debug, Clone)]
pub(super) struct Patience {
    /// How long whoever sends a message holds it: longer than an attempt can take.
    pub(super) held: Duration,
    /// The pause before each further attempt.
    pub(super) pauses: Vec<Duration>,
    /// For how long a webhook may take nothing before it is disabled.
    pub(super) failing: Duration,
}

/// A piece of the log that concerns a webhook.
struct Step {
    webhook: Id,
    logged: Vec<Logged>,
    reached: i64,
}

/// What of the log concerns these webhooks and has not become messages yet.
fn steps(conn: &mut Conn, hooks: &[WebhookRow]) -> Result<(Vec<Step>, bool)> {
    let newest = log::last(conn)?.seq;
    let (mut steps, mut has_more) = (Vec::new(), false);
    for hook in hooks.iter().filter(|hook| hook.after_seq < newest) {
        let pending = webhook_deliveries::table
            .filter(webhook_deliveries::webhook_id.eq(hook.id))
            .filter(webhook_deliveries::state.eq(WebhookDeliveryState::Pending))
            .count()
            .get_result::<i64>(conn)?;
        let room = (PENDING_MAX - pending).min(CHANGES_AT_ONCE);
        if room <= 0 {
            continue;
        }
        let (logged, reached) = wanted(conn, &hook.wanted(), hook.after_seq, newest, room)?;
        let is_behind = reached - hook.after_seq > LAG_MAX;
        has_more |= reached < newest;
        if !logged.is_empty() || is_behind || reached < newest {
            steps.push(Step { webhook: hook.id, logged, reached });
        }
    }
    Ok((steps, has_more))
}

/// How many more messages of a webhook may be on their way.
fn room(hook: &WebhookRow, busy: &HashMap<Id, usize>) -> i64 {
    let at_once = if hook.failing_since.is_some() { 1 } else { AT_ONCE };
    let left = at_once.saturating_sub(busy.get(&hook.id).copied().unwrap_or_default());
    i64::try_from(left).unwrap_or_default()
}

/// The messages of a webhook that come first, due or not.
fn first(conn: &mut Conn, hook: &WebhookRow, most: i64) -> Result<Vec<DeliveryRow>> {
    let rows = webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(hook.id))
        .filter(webhook_deliveries::state.eq(WebhookDeliveryState::Pending))
        .order((webhook_deliveries::next_attempt_at, webhook_deliveries::id));
    Ok(rows.limit(most).select(DeliveryRow::as_select()).load(conn)?)
}

/// Looks whether there is something to do; `busy` says how many messages of each webhook are on their way.
pub(super) fn look(conn: &mut Conn, busy: &HashMap<Id, usize>) -> Result<Look> {
    let hooks = sql::enabled(conn)?;
    let now = Moment::now();
    let (steps, _) = steps(conn, &hooks)?;
    let mut look =
        Look { is_anybody: !hooks.is_empty(), has_work: !steps.is_empty(), next_at: None };
    for hook in &hooks {
        let room = room(hook, busy);
        if room == 0 {
            continue;
        }
        let next = first(conn, hook, 1)?.first().and_then(|row| row.next_attempt_at);
        look.has_work |= next.is_some_and(|at| at <= now);
        look.next_at = match (look.next_at, next) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    Ok(look)
}

/// Makes messages of what has happened, and takes those that are to be sent now.
pub(super) fn take(
    conn: &mut Conn,
    busy: &HashMap<Id, usize>,
    patience: &Patience,
) -> Result<Taken> {
    let hooks = sql::enabled(conn)?;
    let (steps, has_more) = steps(conn, &hooks)?;
    for step in steps {
        go(conn, step)?;
    }
    let now = Moment::now();
    let held = i64::try_from(patience.held.as_millis()).map_err(Error::internal)?;
    let held_until = now.plus_millis(held);
    let mut messages = Vec::new();
    for hook in &hooks {
        let room = room(hook, busy);
        if room == 0 {
            continue;
        }
        let rows = first(conn, hook, room)?.into_iter();
        let due = rows.filter(|row| row.next_attempt_at.is_some_and(|at| at <= now));
        messages.extend(due.map(|row| Message {
            id: row.id,
            webhook_id: hook.id,
            sent_id: row.message_id(),
            url: hook.url.clone(),
            secrets: hook.secrets(now),
            audience: hook.audience,
            change: row.logged(),
            at: row.happened_at,
            attempts: row.attempts.saturating_add(1),
            held_until,
        }));
    }
    let ids = messages.iter().map(|message| message.id).collect::<Vec<_>>();
    if !ids.is_empty() {
        let taken = webhook_deliveries::table.filter(webhook_deliveries::id.eq_any(ids));
        diesel::update(taken)
            .set((
                webhook_deliveries::attempts.eq(webhook_deliveries::attempts + 1),
                webhook_deliveries::next_attempt_at.eq(held_until),
                webhook_deliveries::last_attempt_at.eq(now),
                webhook_deliveries::updated_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(Taken { messages, has_more })
}

/// Makes messages of a piece of the log, and says that it was looked at.
fn go(conn: &mut Conn, step: Step) -> Result<()> {
    let Step { webhook, logged, reached } = step;
    let gone = change_horizon::table.select(change_horizon::seq).first::<i64>(conn)?;
    let hook = webhooks::table.find(webhook);
    let lost = hook.filter(webhooks::after_seq.lt(gone)).count().get_result::<i64>(conn)? > 0;
    if lost {
        tracing::warn!(%webhook, "the log does not go back to where this webhook was");
    }
    let rows = logged.into_iter().map(|logged| DeliveryRow::of(webhook, logged));
    let rows = rows.collect::<Vec<_>>();
    if !rows.is_empty() {
        native!(conn, |conn| diesel::insert_into(webhook_deliveries::table)
            .values(&rows)
            .execute(conn))?;
    }
    diesel::update(hook).set(webhooks::after_seq.eq(reached)).execute(conn)?;
    Ok(())
}

/// Enters what became of an attempt, unless the message was taken from whoever made it.
pub(super) fn settle(
    conn: &mut Conn,
    message: &Message,
    attempt: &Attempt,
    patience: &Patience,
) -> Result<()> {
    let now = Moment::now();
    let (state, next) = match &attempt.error {
        None => (WebhookDeliveryState::Delivered, None),
        Some(_) => match again(message, attempt, patience)? {
            None => (WebhookDeliveryState::Failed, None),
            Some(pause) => (WebhookDeliveryState::Pending, Some(now.plus_millis(pause))),
        },
    };
    let status = attempt.status.map(i32::from);
    let took = i32::try_from(attempt.took.as_millis()).unwrap_or(i32::MAX);
    let held = webhook_deliveries::table
        .find(message.id)
        .filter(webhook_deliveries::next_attempt_at.eq(message.held_until))
        .filter(webhook_deliveries::attempts.eq(message.attempts));
    let entered = diesel::update(held)
        .set((
            webhook_deliveries::state.eq(state),
            webhook_deliveries::next_attempt_at.eq(next),
            webhook_deliveries::last_status.eq(status),
            webhook_deliveries::last_error.eq(attempt.error.clone()),
            webhook_deliveries::last_duration_ms.eq(took),
            webhook_deliveries::updated_at.eq(now),
        ))
        .execute(conn)?;
    match entered {
        0 => Ok(()),
        _ => judge(conn, message.webhook_id, attempt, patience, now),
    }
}

/// After how many milliseconds a message is sent again, if it is.
fn again(message: &Message, attempt: &Attempt, patience: &Patience) -> Result<Option<i64>> {
    if attempt.status == Some(410) {
        return Ok(None);
    }
    let made = usize::try_from(message.attempts).map_err(Error::internal)?;
    let Some(pause) = patience.pauses.get(made.saturating_sub(1)) else { return Ok(None) };
    // Those that failed together do not come back together: up to a tenth later.
    let mut byte = [0_u8; 1];
    getrandom::fill(&mut byte).map_err(|error| Error::internal(error.to_string()))?;
    let later = pause.saturating_mul(u32::from(byte[0])) / 2560;
    let asked = attempt.retry_after.unwrap_or_default();
    let pause = pause.saturating_add(later).max(asked);
    Ok(Some(i64::try_from(pause.as_millis()).map_err(Error::internal)?))
}

/// What an attempt says of its webhook: that it lives, that it fails, or that it is to be left alone.
fn judge(
    conn: &mut Conn,
    id: Id,
    attempt: &Attempt,
    patience: &Patience,
    now: Moment,
) -> Result<()> {
    let Some(hook) = sql::row(conn, id)? else { return Ok(()) };
    let Some(error) = &attempt.error else {
        return match hook.failing_since {
            None => Ok(()),
            Some(_) => fails(conn, id, None, now),
        };
    };
    let since = hook.failing_since.unwrap_or(now);
    if hook.failing_since.is_none() {
        fails(conn, id, Some(now), now)?;
    }
    let most = i64::try_from(patience.failing.as_millis()).map_err(Error::internal)?;
    let why = if attempt.status == Some(410) {
        "It answered 410: it wants to be told nothing more.".to_owned()
    } else if now.as_millis() - since.as_millis() > most {
        let why = format!("Nothing was taken since {since}; the last time: {error}");
        crate::text::cut(&why, 900)
    } else {
        return Ok(());
    };
    if hook.state == WebhookState::Enabled {
        tracing::warn!(webhook = %id, why, "webhook disabled");
        diesel::update(webhooks::table.find(id))
            .set((
                webhooks::state.eq(WebhookState::Disabled),
                webhooks::state_reason.eq(why),
                webhooks::state_at.eq(now),
                webhooks::updated_at.eq(now),
                webhooks::version.eq(webhooks::version + 1),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn fails(conn: &mut Conn, id: Id, since: Option<Moment>, now: Moment) -> Result<()> {
    diesel::update(webhooks::table.find(id))
        .set((
            webhooks::failing_since.eq(since),
            webhooks::updated_at.eq(now),
            webhooks::version.eq(webhooks::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Has a message sent at once, whatever has become of it: it is new again, but for what is known of its last attempt.
pub(super) fn redeliver(conn: &mut Conn, delivery: &WebhookDelivery) -> Result<()> {
    if sql::find(conn, delivery.webhook_id)?.state == WebhookState::Disabled {
        return Err(sql::is_disabled());
    }
    let now = Moment::now();
    diesel::update(webhook_deliveries::table.find(delivery.id))
        .set((
            webhook_deliveries::state.eq(WebhookDeliveryState::Pending),
            webhook_deliveries::attempts.eq(0),
            webhook_deliveries::next_attempt_at.eq(now),
            webhook_deliveries::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Lets go of messages that were decided long ago.
pub(super) fn prune(conn: &mut Conn) -> Result<usize> {
    let before = Moment::now().plus_millis(-KEPT_MS);
    let old = webhook_deliveries::table
        .filter(webhook_deliveries::state.ne(WebhookDeliveryState::Pending))
        .filter(webhook_deliveries::updated_at.lt(before));
    Ok(diesel::delete(old).execute(conn)?)
}
