//! Decisions in the database: made once for each state a comment is in, and kept.

use diesel::prelude::*;

use super::{
    CommentDecision, CommentDecisionOutcome, CommentDecisionPage, CommentDecisionResult,
    CommentReason, CommentVerdict, NewCommentDecision,
};
use crate::auth::CommentReader;
use crate::comments::flags::CommentPartQuery;
use crate::comments::writing::{Place, place_for, place_of, settle};
use crate::comments::{CommentState, NewCommentWithdrawal};
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::keys::KeyRef;
use crate::page::{Count, Cut, Key, Position};
use crate::schema::{comment_decisions, keys};

/// A decision that keeps the rules.
#[derive(Debug, Clone)]
pub(in crate::comments) struct Decision {
    pub(in crate::comments) state: CommentState,
    pub(in crate::comments) reason: Option<CommentReason>,
    pub(in crate::comments) note: Option<String>,
    pub(in crate::comments) standards_version: Option<i32>,
}

impl Decision {
    pub(super) fn of(conn: &mut Conn, new: &NewCommentDecision, now: Moment) -> Result<Self> {
        let NewCommentDecision { state, reason, note, standards_version, from: _ } = new;
        let removes = matches!(state, CommentVerdict::Rejected | CommentVerdict::Spam);
        if *state == CommentVerdict::Rejected && reason.is_none() {
            let detail = "is required: what does the comment do that it is rejected?";
            return Err(Error::field("/reason", "required", detail));
        }
        let refused = |pointer| {
            Err(Error::field(pointer, "not-allowed", "is for `rejected` and `spam` only"))
        };
        if reason.is_some() && !removes {
            return refused("/reason");
        }
        if standards_version.is_some() && !removes {
            return refused("/standards_version");
        }
        let standards_version = match standards_version {
            Some(version) => Some(crate::standards::cited(conn, *version, now)?),
            None if *state == CommentVerdict::Rejected => crate::standards::current(conn, now)?,
            None => None,
        };
        let note = note.as_ref().map(|note| note.as_str().to_owned());
        Ok(Self { state: (*state).into(), reason: *reason, note, standards_version })
    }
}

/// Makes a decision on a comment that must be in the state it is for.
pub(super) fn decide(
    conn: &mut Conn,
    place: &Place,
    from: CommentState,
    decision: &Decision,
    key: Option<Id>,
    now: Moment,
) -> Result<()> {
    if place.state != from || place.state == CommentState::Withdrawn {
        return Err(decided(conn, place, from)?);
    }
    record(conn, place, decision, key, now)
}

pub(super) fn outcome(
    conn: &mut Conn,
    id: Id,
    from: CommentState,
    decision: &Decision,
    key: Option<Id>,
    now: Moment,
) -> Result<CommentDecisionResult> {
    let place = match place_of(conn, id) {
        Ok(place) => place,
        Err(error @ Error::NotFound(_)) => {
            let (outcome, detail) = (CommentDecisionOutcome::NotFound, Some(error.to_string()));
            return Ok(CommentDecisionResult { comment_id: id, outcome, state: None, detail });
        }
        Err(error) => return Err(error),
    };
    let (outcome, state, detail) = match decide(conn, &place, from, decision, key, now) {
        Ok(()) => (CommentDecisionOutcome::Decided, decision.state, None),
        Err(error @ Error::CommentDecided(_)) => {
            (CommentDecisionOutcome::Conflict, place.state, Some(error.to_string()))
        }
        Err(error) => return Err(error),
    };
    Ok(CommentDecisionResult { comment_id: id, outcome, state: Some(state), detail })
}

/// Enters a decision into the history, and carries it out.
pub(in crate::comments) fn record(
    conn: &mut Conn,
    place: &Place,
    decision: &Decision,
    key: Option<Id>,
    now: Moment,
) -> Result<()> {
    let Decision { state, reason, note, standards_version } = decision;
    let id = Id::new();
    diesel::insert_into(comment_decisions::table)
        .values((
            comment_decisions::id.eq(id),
            comment_decisions::comment_id.eq(place.id),
            comment_decisions::state.eq(*state),
            comment_decisions::reason.eq(*reason),
            comment_decisions::note.eq(note.as_ref()),
            comment_decisions::standards_version.eq(*standards_version),
            comment_decisions::key_id.eq(key),
            comment_decisions::decided_at.eq(now),
        ))
        .execute(conn)?;
    settle(conn, place, *state, Some(id), now)
}

/// Says what became of a comment, to somebody who believes it to be in another state.
fn decided(conn: &mut Conn, place: &Place, from: CommentState) -> Result<Error> {
    let last = match place.decision_id {
        None => None,
        Some(id) => comment_decisions::table
            .left_join(keys::table.on(comment_decisions::key_id.eq(keys::id.nullable())))
            .filter(comment_decisions::id.eq(id))
            .select((comment_decisions::decided_at, keys::name.nullable()))
            .first::<(Moment, Option<String>)>(conn)
            .optional()?,
    };
    let how = match last {
        None => String::new(),
        Some((at, None)) => format!(", by the screening at {at}"),
        Some((at, Some(name))) => format!(", by the key `{name}` at {at}"),
    };
    Ok(Error::CommentDecided(match place.state {
        CommentState::Withdrawn => format!(
            "The comment is `withdrawn`{how}: what its author took back, or was deleted, is not decided on."
        ),
        state => format!(
            "The comment is `{state}`{how}, not `{from}`; to decide anew, send `from`: `{state}`."
        ),
    }))
}

/// Takes a comment back for its author.
pub(in crate::comments) fn withdraw(
    conn: &mut Conn,
    reader: CommentReader,
    comment: Id,
    withdrawal: &NewCommentWithdrawal,
    key: Option<Id>,
) -> Result<()> {
    let place = place_for(conn, reader, comment)?;
    if withdrawal.user_id.is_some() && withdrawal.user_id != place.user_id {
        let detail = "is not the author of this comment";
        return Err(Error::field("/user_id", "mismatch", detail));
    }
    if !matches!(place.state, CommentState::Pending | CommentState::Approved) {
        return Err(Error::CommentDecided(format!(
            "The comment is `{}` already: readers do not see it.",
            place.state
        )));
    }
    let state = CommentState::Withdrawn;
    let decision = Decision { state, reason: None, note: None, standards_version: None };
    record(conn, &place, &decision, key, Moment::now())
}

/// What a row of the history says.
type Row = (
    Id,
    CommentState,
    Option<CommentReason>,
    Option<String>,
    Option<i32>,
    Moment,
    Option<(Id, String)>,
);

pub(super) fn list(
    conn: &mut Conn,
    comment: Id,
    query: &CommentPartQuery,
) -> Result<CommentDecisionPage> {
    let comment = place_of(conn, comment)?.id;
    let CommentPartQuery { limit, cursor, count } = query;
    let identity = format!("decisions on {comment}");
    let of = comment_decisions::comment_id.eq(comment);
    let mut rows = comment_decisions::table
        .left_join(keys::table.on(comment_decisions::key_id.eq(keys::id.nullable())))
        .filter(of)
        .select((
            comment_decisions::id,
            comment_decisions::state,
            comment_decisions::reason,
            comment_decisions::note,
            comment_decisions::standards_version,
            comment_decisions::decided_at,
            (keys::id, keys::name).nullable(),
        ))
        .into_boxed();
    if let Some(cursor) = cursor {
        rows = rows.filter(comment_decisions::id.gt(cursor.position(&identity)?.id));
    }
    let rows = rows.order(comment_decisions::id).limit(limit.rows() + 1).load::<Row>(conn)?;
    let cut =
        Cut::new(rows, *limit, &identity, |row| Position { key: Key::Moment(row.5), id: row.0 });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(comment_decisions::table.filter(of).count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(|row| {
        let (id, state, reason, note, standards_version, decided_at, key) = row;
        let decided_by = key.map(|(id, name)| KeyRef { id, name });
        CommentDecision { id, state, reason, note, standards_version, decided_by, decided_at }
    });
    Ok(CommentDecisionPage { items: items.collect(), next_cursor: cut.next, total })
}
