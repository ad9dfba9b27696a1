//! Programmes in the database: their rows, and how they are read.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{PROGRAMME_MAX_MS, Programme, Schedule, SchedulePage, ScheduleQuery, Window};
use crate::articles::{ArticleRef, Status};
use crate::auth::View;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::schema::{articles, programmes, streams};
use crate::streams::id_of;
use crate::text::Handle;

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = programmes, check_for_backend(Any), treat_none_as_null = true)]
pub(super) struct ProgrammeRow {
    pub(super) id: Id,
    pub(super) stream_id: Id,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) starts_at: Moment,
    pub(super) ends_at: Moment,
    pub(super) article_id: Option<Id>,
    pub(super) created_at: Moment,
    pub(super) updated_at: Moment,
    pub(super) version: i64,
}

/// What is shown of a programme's article: slug, headline, date of publication, status.
type Shown = (String, String, Option<Moment>, Status);

/// Programmes joined with what is shown of their articles, ready to be filtered.
macro_rules! joined {
    ($rows:expr) => {
        $rows.left_join(articles::table).select((
            ProgrammeRow::as_select(),
            (articles::slug, articles::title, articles::published_at, articles::status).nullable(),
        ))
    };
}

fn programme(
    site: &Addresses,
    view: View,
    (row, article): (ProgrammeRow, Option<Shown>),
) -> Programme {
    let seen = article.filter(|(.., status)| view == View::Drafts || *status == Status::Published);
    let article = row.article_id.zip(seen).map(|(id, (slug, title, published_at, _))| ArticleRef {
        id,
        url: site.article(id, &slug),
        slug,
        title,
        published_at,
    });
    Programme {
        id: row.id,
        stream_id: row.stream_id,
        title: row.title,
        description: row.description,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        article,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
    }
}

pub(super) fn find(conn: &mut Conn, site: &Addresses, view: View, id: Id) -> Result<Programme> {
    let row = joined!(programmes::table).filter(programmes::id.eq(id));
    let row = row.first(conn).optional()?.ok_or(Error::NotFound("programme"))?;
    Ok(programme(site, view, row))
}

/// Of each stream what is on, and what comes next.
type OnAir = (HashMap<Id, Programme>, HashMap<Id, Programme>);

/// What is on at this instant on each of these streams, and what comes next.
///
/// Both are looked up for each stream at one place of an index: programmes do not overlap, so only the
/// last that has begun can be on.
pub(crate) fn on_air(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    ids: &[Id],
    at: Moment,
) -> Result<OnAir> {
    macro_rules! first {
        ($side:ident, $direction:ident) => {
            programmes::table
                .filter(programmes::stream_id.eq(streams::id))
                .filter(programmes::starts_at.$side(at))
                .order(programmes::starts_at.$direction())
                .select(programmes::id)
                .limit(1)
                .single_value()
        };
    }
    let places = streams::table
        .filter(among(streams::id, ids))
        .select((streams::id, first!(le, desc), first!(gt, asc)))
        .load::<(Id, Option<Id>, Option<Id>)>(conn)?;
    let wanted = places.iter().flat_map(|(_, now, next)| [*now, *next]).flatten();
    let rows = joined!(programmes::table)
        .filter(among(programmes::id, &wanted.collect::<Vec<_>>()))
        .load::<(ProgrammeRow, Option<Shown>)>(conn)?;
    let rows = rows.into_iter().map(|row| (row.0.id, programme(site, view, row)));
    let mut all = rows.collect::<HashMap<_, _>>();
    let (mut now, mut next) = OnAir::default();
    for (stream, begun, to_come) in places {
        let begun = begun.and_then(|id| all.remove(&id)).filter(|it| it.ends_at > at);
        now.extend(begun.map(|programme| (stream, programme)));
        let to_come = to_come.and_then(|id| all.remove(&id));
        next.extend(to_come.map(|programme| (stream, programme)));
    }
    Ok((now, next))
}

pub(super) fn list(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    stream: &Handle,
    query: &ScheduleQuery,
) -> Result<SchedulePage> {
    let stream = id_of(conn, stream)?;
    let at = Moment::now();
    let Window { from, to } = Window::asked(query, at)?;
    let ScheduleQuery { from: asked_from, to: asked_to, limit, cursor, count } = query;
    // As they were asked: the present moves on from page to page.
    let identity = format!("schedule of {stream} {view:?} {asked_from:?} {asked_to:?}");
    macro_rules! filtered {
        ($rows:expr) => {
            $rows
                .filter(programmes::stream_id.eq(stream))
                .filter(programmes::starts_at.gt(from.plus_millis(-PROGRAMME_MAX_MS)))
                .filter(programmes::starts_at.lt(to))
                .filter(programmes::ends_at.gt(from))
        };
    }
    let mut rows = filtered!(joined!(programmes::table).into_boxed());
    if let Some(cursor) = cursor {
        let (start, _) = cursor.position(&identity)?.moment()?;
        rows = rows.filter(programmes::starts_at.gt(start));
    }
    let rows = rows
        .order(programmes::starts_at)
        .limit(limit.rows() + 1)
        .load::<(ProgrammeRow, Option<Shown>)>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, _)| Position {
        key: Key::Moment(row.starts_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(filtered!(programmes::table).count().get_result(conn)?),
    };
    let (mut now, mut next) = on_air(conn, site, view, &[stream], at)?;
    Ok(SchedulePage {
        now: now.remove(&stream),
        next: next.remove(&stream),
        items: cut.rows.into_iter().map(|row| programme(site, view, row)).collect(),
        next_cursor: cut.next,
        total,
    })
}

/// The rows of the programmes that begin in a window, in their order.
pub(super) fn rows_in(conn: &mut Conn, stream: Id, window: Window) -> Result<Vec<ProgrammeRow>> {
    let rows = programmes::table
        .filter(programmes::stream_id.eq(stream))
        .filter(programmes::starts_at.ge(window.from))
        .filter(programmes::starts_at.lt(window.to))
        .order(programmes::starts_at);
    Ok(rows.select(ProgrammeRow::as_select()).load(conn)?)
}

/// A part of a schedule as those see it who may write it.
pub(super) fn schedule(
    conn: &mut Conn,
    site: &Addresses,
    stream: Id,
    window: Window,
) -> Result<Schedule> {
    let Window { from, to } = window;
    let rows = joined!(programmes::table)
        .filter(programmes::stream_id.eq(stream))
        .filter(programmes::starts_at.ge(from))
        .filter(programmes::starts_at.lt(to))
        .order(programmes::starts_at)
        .load::<(ProgrammeRow, Option<Shown>)>(conn)?;
    let programmes = rows.into_iter().map(|row| programme(site, View::Drafts, row)).collect();
    Ok(Schedule { from, to, programmes })
}
