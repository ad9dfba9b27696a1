//! The log as webhooks read it: which changes somebody is to be told of, and each of them as it is told.

use diesel::prelude::*;

use super::feed::{Ask, ChangeRow, FILTERED_MAX, learned, shown};
use super::{Change, log};
use crate::auth::{CommentReader, View};
use crate::config::Addresses;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::page::Limit;
use crate::schema::{change_horizon, changes};

/// A change as somebody is told of it, without the thing itself.
#[derive(Debug, Clone)]
pub(crate) struct Logged {
    pub(crate) seq: i64,
    /// Its number as they know it.
    pub(crate) told_seq: i64,
    /// What it is to them.
    pub(crate) kind: String,
    /// What it is to readers.
    pub(crate) public_kind: Option<String>,
    pub(crate) resource_id: String,
    pub(crate) article_id: Option<Id>,
    /// Between blanks.
    pub(crate) fields: String,
    pub(crate) tags: String,
    pub(crate) listed: String,
    pub(crate) at: Moment,
}

/// Which changes somebody wants to be told of.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) reader: CommentReader,
    /// All of them when there is none.
    pub(crate) kinds: Vec<String>,
    pub(crate) tag: Option<Id>,
    /// Whatever they are when there is none.
    pub(crate) fields: Vec<String>,
}

impl Wanted {
    /// What comes, goes or is decided is told whatever fields are asked for: only updates are about some of them.
    fn has_field(&self, change: &Logged) -> bool {
        let mut fields = change.fields.split(' ');
        self.fields.is_empty()
            || !change.kind.ends_with(".updated")
            || fields.any(|field| self.fields.iter().any(|wanted| wanted == field))
    }
}

/// The changes after this one that are wanted, so many at most, and up to where that was looked.
pub(crate) fn wanted(
    conn: &mut Conn,
    wanted: &Wanted,
    after: i64,
    newest: i64,
    most: i64,
) -> Result<(Vec<Logged>, i64)> {
    let public = wanted.reader.view == View::Public;
    let until = newest.min(after.saturating_add(FILTERED_MAX));
    let tag = match wanted.tag {
        None => None,
        Some(tag) => {
            // What it was merged into is meant now; what is gone had changes before.
            let name = tag.to_string();
            let found = crate::tags::sql::ids_of(conn, View::Drafts, &[&name])?;
            Some(found.get(&name).copied().unwrap_or(tag))
        }
    };
    let kinds = Some(wanted.kinds.clone()).filter(|kinds| !kinds.is_empty());
    let rows = learned(wanted.reader, kinds, tag).select(ChangeRow::as_select());
    let rows = rows.filter(changes::seq.gt(after)).filter(changes::seq.le(until));
    let rows = rows.order(changes::seq.asc()).limit(most).load::<ChangeRow>(conn)?;
    let is_all = i64::try_from(rows.len()).map_err(Error::internal)? < most;
    let reached = rows.last().filter(|_| !is_all).map_or(until, |row| row.seq);
    let logged = rows.into_iter().map(|row| Logged {
        seq: row.seq,
        told_seq: if public { row.public_seq.unwrap_or_default() } else { row.seq },
        kind: if public { row.public_kind.clone().unwrap_or_default() } else { row.kind },
        public_kind: row.public_kind,
        resource_id: row.resource_id,
        article_id: row.article_id,
        fields: row.fields,
        tags: row.tags,
        listed: row.listed,
        at: row.at,
    });
    Ok((logged.filter(|change| wanted.has_field(change)).collect(), reached))
}

/// A change with the thing itself, as they see it now.
pub(crate) fn told(
    conn: &mut Conn,
    site: &Addresses,
    reader: CommentReader,
    logged: &Logged,
) -> Result<Change> {
    let Logged { seq, told_seq, kind, public_kind, resource_id, article_id, .. } = logged.clone();
    let Logged { fields, tags, listed, at, .. } = logged.clone();
    let public_seq = Some(told_seq);
    let row = ChangeRow {
        seq,
        public_seq,
        kind,
        public_kind,
        resource_id,
        article_id,
        fields,
        tags,
        listed,
        at,
    };
    let ask = Ask { reader, kinds: None, tag: None, limit: Limit::most(), shows: true };
    let told = shown(conn, site, &ask, vec![row])?.into_iter().next();
    told.ok_or_else(|| Error::internal("a change that cannot be told"))
}

/// The change of this number, as somebody of this view numbers them; what they have not heard of comes after it.
pub(crate) fn numbered(conn: &mut Conn, view: View, told_seq: i64) -> Result<i64> {
    let last = log::last(conn)?;
    let horizon = change_horizon::table.select((change_horizon::seq, change_horizon::public_seq));
    let (gone, public_gone) = horizon.first::<(i64, i64)>(conn)?;
    let (newest, told_gone) = match view {
        View::Public => (last.public_seq, public_gone),
        View::Drafts => (last.seq, gone),
    };
    if told_seq < told_gone {
        return Err(Error::Gone(format!(
            "The log begins after change {told_gone}. Start over: read what you follow as it is now; what comes \
             next is told anyway."
        )));
    }
    if told_seq > newest {
        let detail = format!("must be the number of a change: the log ends with {newest}");
        return Err(Error::field("/after", "out-of-range", detail));
    }
    if view == View::Drafts {
        return Ok(told_seq);
    }
    let before = changes::table.filter(changes::public_seq.le(told_seq));
    let before = before.select(diesel::dsl::max(changes::seq)).first::<Option<i64>>(conn)?;
    Ok(before.unwrap_or(gone))
}
