//! Histories in the database: what is entered, and how it is read.

use diesel::prelude::*;

use super::{
    QuoteHistoryAction, QuoteHistoryEntry, QuoteHistoryPage, QuoteHistoryQuery, QuoteRecord,
};
use crate::auth::View;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn};
use crate::error::{Error, Result};
use crate::keys::KeyRef;
use crate::page::{Count, Cut, Key, Position};
use crate::quotes::QuoteState;
use crate::quotes::replacing::Sender;
use crate::quotes::sql::QuoteRow;
use crate::schema::{keys, quote_changes};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = quote_changes, check_for_backend(Any))]
struct ChangeRow {
    id: Id,
    quote_id: Id,
    article_id: Id,
    action: QuoteHistoryAction,
    before: Option<String>,
    after: Option<String>,
    reason: Option<String>,
    key_id: Option<Id>,
    article_version: i64,
    is_public: bool,
    changed_at: Moment,
}

/// What is noted while an article's quotes are written, and entered at once.
#[derive(Debug)]
pub(in crate::quotes) struct Ledger {
    article_version: i64,
    key: Option<Id>,
    now: Moment,
    rows: Vec<ChangeRow>,
}

impl Ledger {
    pub(in crate::quotes) fn new(article_version: i64, sender: Sender) -> Self {
        Self { article_version, key: sender.key(), now: Moment::now(), rows: Vec::new() }
    }

    pub(in crate::quotes) fn created(&mut self, row: &QuoteRow) -> Result<()> {
        self.enter(QuoteHistoryAction::Created, None, Some(row), None)
    }

    /// Notes that a quote is gone: `removed`, or `rejected`.
    pub(in crate::quotes) fn gone(
        &mut self,
        row: &QuoteRow,
        action: QuoteHistoryAction,
        reason: Option<&str>,
    ) -> Result<()> {
        self.enter(action, Some(row), None, reason)
    }

    pub(in crate::quotes) fn detached(
        &mut self,
        before: &QuoteRow,
        after: &QuoteRow,
        reason: Option<&str>,
    ) -> Result<()> {
        self.enter(QuoteHistoryAction::Detached, Some(before), Some(after), reason)
    }

    /// Notes in what a quote differs from what it was.
    pub(in crate::quotes) fn changed(
        &mut self,
        before: &QuoteRow,
        after: &QuoteRow,
        reason: Option<&str>,
    ) -> Result<()> {
        use QuoteHistoryAction as A;
        let (was, is) = (QuoteRecord::from(before), QuoteRecord::from(after));
        let state = match after.state {
            QuoteState::Confirmed => A::Confirmed,
            QuoteState::Suggested => A::Unconfirmed,
        };
        for (action, differs) in [
            (A::Amended, was.words() != is.words()),
            (A::Attributed, was.attribution() != is.attribution()),
            (state, was.state != is.state),
        ] {
            if differs {
                self.enter(action, Some(before), Some(after), reason)?;
            }
        }
        Ok(())
    }

    fn enter(
        &mut self,
        action: QuoteHistoryAction,
        before: Option<&QuoteRow>,
        after: Option<&QuoteRow>,
        reason: Option<&str>,
    ) -> Result<()> {
        let Some(row) = before.or(after) else { return Ok(()) };
        let record = |row: Option<&QuoteRow>| {
            let record = row.map(|row| serde_json::to_string(&QuoteRecord::from(row)));
            record.transpose().map_err(Error::internal)
        };
        self.rows.push(ChangeRow {
            id: Id::new(),
            quote_id: row.id,
            article_id: row.article_id,
            action,
            before: record(before)?,
            after: record(after)?,
            reason: reason.map(str::to_owned),
            key_id: self.key,
            article_version: self.article_version,
            is_public: row.was_public,
            changed_at: self.now,
        });
        Ok(())
    }

    pub(in crate::quotes) fn write(self, conn: &mut Conn) -> Result<()> {
        for row in &self.rows {
            diesel::insert_into(quote_changes::table).values(row).execute(conn)?;
        }
        Ok(())
    }
}

pub(super) fn list(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    quote: Id,
    query: &QuoteHistoryQuery,
) -> Result<QuoteHistoryPage> {
    let QuoteHistoryQuery { limit, cursor, count } = query;
    let identity = format!("history of {quote} {view:?}");
    let is_there = match crate::quotes::sql::find(conn, site, view, quote) {
        Ok(_) => true,
        Err(Error::NotFound(_)) => false,
        Err(error) => return Err(error),
    };
    macro_rules! filtered {
        ($rows:expr) => {{
            let mut rows = $rows.filter(quote_changes::quote_id.eq(quote)).into_boxed();
            if view == View::Public {
                rows = rows.filter(quote_changes::is_public.eq(true));
            }
            rows
        }};
    }
    let mut rows = filtered!(
        quote_changes::table
            .left_join(keys::table.on(quote_changes::key_id.eq(keys::id.nullable())))
            .select((ChangeRow::as_select(), (keys::id, keys::name).nullable()))
    );
    if let Some(cursor) = cursor {
        rows = rows.filter(quote_changes::id.gt(cursor.position(&identity)?.id));
    }
    let rows = rows
        .order(quote_changes::id)
        .limit(limit.rows() + 1)
        .load::<(ChangeRow, Option<(Id, String)>)>(conn)?;
    // A quote that is gone has left its history to those who could always see it.
    if !is_there && (view == View::Public || (rows.is_empty() && cursor.is_none())) {
        return Err(Error::NotFound("quote"));
    }
    let cut = Cut::new(rows, *limit, &identity, |(row, _)| Position {
        key: Key::Moment(row.changed_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(
            filtered!(quote_changes::table.select(diesel::dsl::count_star())).get_result(conn)?,
        ),
    };
    let items = cut.rows.into_iter().map(|(row, key)| entry(view, row, key));
    Ok(QuoteHistoryPage { items: items.collect::<Result<_>>()?, next_cursor: cut.next, total })
}

fn entry(view: View, row: ChangeRow, key: Option<(Id, String)>) -> Result<QuoteHistoryEntry> {
    let record = |json: Option<String>| {
        let record = json.map(|json| serde_json::from_str::<QuoteRecord>(&json));
        record.transpose().map_err(Error::internal)
    };
    let key = key.filter(|_| view == View::Drafts).map(|(id, name)| KeyRef { id, name });
    Ok(QuoteHistoryEntry {
        id: row.id,
        quote_id: row.quote_id,
        action: row.action,
        before: record(row.before)?,
        after: record(row.after)?,
        reason: row.reason,
        key,
        article_version: row.article_version,
        at: row.changed_at,
    })
}
