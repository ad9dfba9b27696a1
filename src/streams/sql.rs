//! Streams in the database: their rows, and how they are read.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Stream, StreamKind, StreamPage, StreamQuery, StreamSource, StreamStatus};
use crate::auth::View;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::schema::{stream_sources, streams};
use crate::text::{CommaList, Handle};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = streams, check_for_backend(Any))]
struct StreamRow {
    id: Id,
    slug: String,
    name: String,
    name_key: String,
    description: Option<String>,
    language: Option<String>,
    kind: StreamKind,
    status: StreamStatus,
    starts_at: Option<Moment>,
    ends_at: Option<Moment>,
    image_id: Option<Id>,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
}

fn of_handle(handle: &Handle) -> streams::BoxedQuery<'static, Any> {
    let rows = streams::table.into_boxed();
    match handle {
        Handle::Id(id) => rows.filter(streams::id.eq(*id)),
        Handle::Slug(slug) => rows.filter(streams::slug.eq(slug.clone())),
    }
}

/// The id of a stream, if it is there.
pub(crate) fn id_of(conn: &mut Conn, handle: &Handle) -> Result<Id> {
    let id = of_handle(handle).select(streams::id).first(conn).optional()?;
    id.ok_or(Error::NotFound("stream"))
}

pub(super) fn find(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    handle: &Handle,
) -> Result<Stream> {
    let row = of_handle(handle).select(StreamRow::as_select()).first(conn).optional()?;
    let row = row.ok_or(Error::NotFound("stream"))?;
    whole(conn, site, view, vec![row])?.pop().ok_or(Error::NotFound("stream"))
}

/// Those of these streams that are there.
pub(crate) fn of_ids(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    ids: &[Id],
) -> Result<HashMap<Id, Stream>> {
    let rows = streams::table.filter(among(streams::id, ids)).select(StreamRow::as_select());
    let rows = rows.load(conn)?;
    Ok(whole(conn, site, view, rows)?.into_iter().map(|stream| (stream.id, stream)).collect())
}

pub(super) fn list(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    query: &StreamQuery,
) -> Result<StreamPage> {
    let StreamQuery { status, kind, language, limit, cursor, count } = query;
    let identity = format!("streams {view:?} {status:?} {kind:?} {language:?}");
    let filtered = || {
        let mut rows = streams::table.into_boxed();
        if let Some(CommaList(statuses)) = status {
            rows = rows.filter(among(streams::status, statuses));
        }
        if let Some(kind) = kind {
            rows = rows.filter(streams::kind.eq(*kind));
        }
        if let Some(language) = language {
            let region = format!("{language}-%");
            let matches = streams::language.eq(language.as_str().to_owned());
            rows = rows.filter(matches.or(streams::language.like(region)));
        }
        rows
    };
    let mut rows = filtered().select(StreamRow::as_select());
    if let Some(cursor) = cursor {
        let (name, id) = cursor.position(&identity)?.text()?;
        let after = streams::name_key.eq(name.clone()).and(streams::id.gt(id));
        rows = rows.filter(streams::name_key.gt(name).or(after));
    }
    let rows = rows.order((streams::name_key, streams::id)).limit(limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |row: &StreamRow| Position {
        key: Key::Text(row.name_key.clone()),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(filtered().count().get_result(conn)?),
    };
    let items = whole(conn, site, view, cut.rows)?;
    Ok(StreamPage { items, next_cursor: cut.next, total })
}

/// These streams with their sources and what is on: as many statements for one as for a hundred.
fn whole(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    rows: Vec<StreamRow>,
) -> Result<Vec<Stream>> {
    let ids = rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let mut sources = sources(conn, &ids)?;
    let covers = rows.iter().filter_map(|row| row.image_id).collect::<Vec<_>>();
    let covers = crate::images::carried::covers(conn, site, &covers)?;
    let (mut now, mut next) =
        crate::programmes::sql::on_air(conn, site, view, &ids, Moment::now())?;
    let streams = rows.into_iter().map(|row| Stream {
        id: row.id,
        slug: row.slug,
        name: row.name,
        description: row.description,
        language: row.language,
        kind: row.kind,
        status: row.status,
        sources: sources.remove(&row.id).unwrap_or_default(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        image: row.image_id.and_then(|id| covers.get(&id).cloned()),
        now: now.remove(&row.id),
        next: next.remove(&row.id),
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
    });
    Ok(streams.collect())
}

fn sources(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, Vec<StreamSource>>> {
    let rows = stream_sources::table
        .filter(among(stream_sources::stream_id, ids))
        .order((stream_sources::stream_id, stream_sources::position))
        .select((
            stream_sources::stream_id,
            stream_sources::url,
            stream_sources::media_type,
            stream_sources::bit_rate,
        ))
        .load::<(Id, String, String, Option<i32>)>(conn)?;
    let mut sources = HashMap::<Id, Vec<StreamSource>>::new();
    for (stream, url, type_, bit_rate) in rows {
        sources.entry(stream).or_default().push(StreamSource { url, type_, bit_rate });
    }
    Ok(sources)
}
