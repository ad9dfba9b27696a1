//! The log: how a write appends to it, and how far it goes.

use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::deriving::{Entries, derive};
use super::kind::ChangeKind;
use super::names::Told;
use super::purges::{Appended, Place};
use super::touched::take;
use crate::db::types::{Id, Moment};
use crate::db::{Conn, native};
use crate::error::{Error, Result};
use crate::schema::{change_horizon, changes};

/// How many rows one statement enters: each has twelve values, and a statement takes 32,766.
const ROWS_AT_ONCE: usize = 2000;
/// The highest number a change can have: the highest that every client can tell from its neighbours.
pub(crate) const SEQ_MAX: i64 = 9_007_199_254_740_991;
/// The advisory lock under which one write at a time takes its numbers in `PostgreSQL`, until it is committed.
const NUMBERS_LOCK: i32 = 0x6368_6e67;

#[derive(Insertable)]
#[diesel(table_name = changes, treat_none_as_default_value = false)]
struct NewChange {
    seq: i64,
    public_seq: Option<i64>,
    kind: String,
    public_kind: Option<String>,
    resource_id: String,
    article_id: Option<Id>,
    is_moderation: bool,
    fields: String,
    tags: String,
    listed: String,
    at: Moment,
}

/// How far the log goes: for whoever sees everything, and for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Last {
    pub(crate) seq: i64,
    pub(crate) public_seq: i64,
}

/// Appends what follows from the rows that this write has touched, and answers how far the log goes with it and what
/// that purges.
///
/// The last thing a write does before its commit: the numbers are in the order of the commits.
pub(crate) fn append(conn: &mut Conn) -> Result<Appended> {
    let rows = take(conn)?;
    let entries = if rows.is_empty() { Entries::new() } else { derive(conn, &rows)? };
    if entries.is_empty() {
        let seq = last(conn)?.seq;
        return Ok(Appended { after: seq, seq, purged: Vec::new() });
    }
    let count = |n: usize| i64::try_from(n).map_err(Error::internal);
    let public = entries.values().filter(|entry| entry.public.is_some()).count();
    let before = numbers(conn, count(entries.len())?, count(public)?)?;
    let (mut seq, mut public_seq) = (before.seq, before.public_seq);
    let now = Moment::now();
    let changes = entries.into_iter().map(|((of, id), entry)| {
        seq += 1;
        public_seq += i64::from(entry.public.is_some());
        let tags = entry.tags.iter().map(Id::simple).collect::<Vec<_>>();
        NewChange {
            seq,
            public_seq: entry.public.map(|_| public_seq),
            kind: ChangeKind { of, verb: entry.verb }.to_string(),
            public_kind: entry.public.map(|verb| ChangeKind { of, verb }.to_string()),
            resource_id: id,
            article_id: entry.article,
            is_moderation: entry.is_moderation,
            fields: entry.fields.into_iter().collect::<Vec<_>>().join(" "),
            tags: if tags.is_empty() { String::new() } else { format!(" {} ", tags.join(" ")) },
            listed: entry.listed.iter().map(i64::to_string).collect::<Vec<_>>().join(" "),
            at: now,
        }
    });
    let changes = changes.collect::<Vec<_>>();
    for rows in changes.chunks(ROWS_AT_ONCE) {
        native!(conn, |conn| diesel::insert_into(changes::table).values(rows).execute(conn))?;
    }
    let purged =
        changes.iter().filter_map(NewChange::told).flat_map(|told| Place::of(&told.names()));
    Ok(Appended { after: before.seq, seq, purged: purged.collect() })
}

impl NewChange {
    /// What readers may know of it.
    fn told(&self) -> Option<Told<'_>> {
        Some(Told {
            kind: ChangeKind::parse(self.public_kind.as_deref()?)?,
            id: &self.resource_id,
            article: self.article_id,
            fields: &self.fields,
            tags: &self.tags,
            listed: &self.listed,
            at: self.at,
        })
    }
}

/// The next changes after a number, as far as readers may know of them.
pub(super) struct Next {
    /// Up to where the log is gone.
    pub(super) gone: i64,
    /// How far they go; nothing when there are none.
    pub(super) seq: Option<i64>,
    /// What they purge.
    pub(super) purged: Vec<Place>,
}

/// The next changes after a number, so many at most.
pub(super) fn next(conn: &mut Conn, after: i64, limit: i64) -> Result<Next> {
    type Row = (i64, Option<String>, String, Option<Id>, (String, String, String), Moment);
    let rows = changes::table
        .filter(changes::seq.gt(after))
        .order(changes::seq.asc())
        .limit(limit)
        .select((
            changes::seq,
            changes::public_kind,
            changes::resource_id,
            changes::article_id,
            (changes::fields, changes::tags, changes::listed),
            changes::at,
        ))
        .load::<Row>(conn)?;
    // Read last: what is let go of in between is not taken for what never was.
    let gone = change_horizon::table.select(change_horizon::seq).first(conn)?;
    let last = rows.last().map(|row| row.0);
    let told = rows.iter().filter_map(|(_, kind, id, article, (fields, tags, listed), at)| {
        let kind = ChangeKind::parse(kind.as_deref()?)?;
        Some(Told { kind, id, article: *article, fields, tags, listed, at: *at })
    });
    let purged = told.flat_map(|told| Place::of(&told.names())).collect();
    Ok(Next { gone, seq: last, purged })
}

/// How far the log goes, as far as this transaction sees.
pub(crate) fn last(conn: &mut Conn) -> Result<Last> {
    let newest = |newest: Option<i64>, gone: i64| newest.unwrap_or_default().max(gone);
    let (seq, public_seq, gone, public_gone) = change_horizon::table
        .select((
            changes::table.select(max(changes::seq)).single_value(),
            changes::table.select(max(changes::public_seq)).single_value(),
            change_horizon::seq,
            change_horizon::public_seq,
        ))
        .first::<(Option<i64>, Option<i64>, i64, i64)>(conn)?;
    Ok(Last { seq: newest(seq, gone), public_seq: newest(public_seq, public_gone) })
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = BigInt)]
    seq: i64,
    #[diesel(sql_type = BigInt)]
    public_seq: i64,
}

/// Takes numbers for so many changes, so many of them for readers too, and answers those before the first.
///
/// `SQLite` has one writer, whose commits share its transaction. In `PostgreSQL` the lock is held until the commit is
/// there to be seen: who takes the next numbers is seen later. What is rolled back leaves a gap that nothing fills.
#[expect(
    clippy::disallowed_methods,
    reason = "sequences and advisory locks have no words in the builder"
)]
fn numbers(conn: &mut Conn, count: i64, public: i64) -> Result<Last> {
    let Conn::Postgres(native) = conn else { return last(conn) };
    diesel::sql_query("SELECT pg_advisory_xact_lock($1, hashtext(current_schema::text))")
        .bind::<diesel::sql_types::Integer, _>(NUMBERS_LOCK)
        .execute(native)?;
    let taken = diesel::sql_query(
        "SELECT setval('change_seqs', nextval('change_seqs') + $1 - 1) - $1 AS seq,
           CASE WHEN $2 = 0 THEN 0
             ELSE setval('change_public_seqs', nextval('change_public_seqs') + $2 - 1) - $2 END AS public_seq,
           pg_notify('onrecord_changes', '')",
    );
    let taken = taken.bind::<BigInt, _>(count).bind::<BigInt, _>(public);
    let Taken { seq, public_seq } = taken.get_result::<Taken>(native)?;
    Ok(Last { seq, public_seq })
}

/// Lets go of all but the newest changes; answers how many went.
///
/// # Errors
/// When the database does not do it.
pub fn prune(conn: &mut Conn, kept: i64) -> Result<usize> {
    let horizon = last(conn)?.seq.saturating_sub(kept);
    let gone = changes::table.filter(changes::seq.le(horizon));
    let public_seq = gone.select(max(changes::public_seq)).first::<Option<i64>>(conn)?;
    let pruned = diesel::delete(gone).execute(conn)?;
    if pruned > 0 {
        let there = diesel::update(change_horizon::table);
        there.set(change_horizon::seq.eq(horizon)).execute(conn)?;
    }
    if let Some(public_seq) = public_seq {
        let there = diesel::update(change_horizon::table);
        there.set(change_horizon::public_seq.eq(public_seq)).execute(conn)?;
    }
    Ok(pruned)
}
