//! How schedules are written: a part of one replaced, one programme changed or taken out.

use std::collections::HashMap;

use diesel::prelude::*;

use super::sql::{ProgrammeRow, rows_in};
use super::submission::lasting;
use super::{NewProgramme, PROGRAMME_MAX_MS, Programme, ProgrammePatch, Window};
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, ProblemError, Result};
use crate::parts::claims;
use crate::schema::{articles, programmes};
use crate::streams::touch;
use crate::text::{Handle, Line, Name, Prose};

/// Replaces what begins in a window. What is sent again stays the one it is.
pub(super) fn replace(
    conn: &mut Conn,
    stream: Id,
    window: Window,
    sent: &[NewProgramme],
) -> Result<()> {
    let there = rows_in(conn, stream, window)?;
    let named = articles_named(conn, sent.iter().map(|programme| programme.article.as_ref()))?;
    let claimed = claims(
        &there,
        sent,
        &[
            &|row, new| row.starts_at == new.starts_at && row.title == new.title.as_str(),
            &|row, new| row.starts_at == new.starts_at,
            &|row, new| row.title == new.title.as_str(),
        ],
    );
    let now = Moment::now();
    let rows = sent.iter().zip(claimed).enumerate().map(|(index, (new, before))| {
        let article_id = found(&named, new.article.as_ref(), &format!("/programmes/{index}"))?;
        Ok(row(stream, new, article_id, before, now))
    });
    let mut rows = rows.collect::<Result<Vec<_>>>()?;
    rows.sort_by_key(|row| row.starts_at);
    if rows == there {
        return Ok(());
    }
    touch(conn, stream)?;
    // Taken out and entered again, for two that change places have the same start for a moment.
    let ids = there.iter().map(|row| row.id).collect::<Vec<_>>();
    diesel::delete(programmes::table.filter(among(programmes::id, &ids))).execute(conn)?;
    outside(conn, stream, &rows, sent)?;
    for row in &rows {
        diesel::insert_into(programmes::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// The row of a programme that is sent; of one that is there only if it says something new.
fn row(
    stream: Id,
    new: &NewProgramme,
    article_id: Option<Id>,
    before: Option<&ProgrammeRow>,
    now: Moment,
) -> ProgrammeRow {
    let NewProgramme { title, description, starts_at, ends_at, article: _ } = new;
    let made = ProgrammeRow {
        id: before.map_or_else(Id::new, |before| before.id),
        stream_id: stream,
        title: title.as_str().to_owned(),
        description: description.as_ref().map(|text| text.as_str().to_owned()),
        starts_at: *starts_at,
        ends_at: *ends_at,
        article_id,
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: before.map_or(now, |before| before.updated_at),
        version: before.map_or(1, |before| before.version),
    };
    match before {
        Some(before) if *before != made => {
            ProgrammeRow { updated_at: now, version: before.version + 1, ..made }
        }
        _ => made,
    }
}

/// Refuses programmes that overlap one outside of their window. They are in their order, one after the
/// other, so only the one before the first and the one after the last can.
fn outside(
    conn: &mut Conn,
    stream: Id,
    rows: &[ProgrammeRow],
    sent: &[NewProgramme],
) -> Result<()> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
    let Some(other) = overlapped(conn, stream, first.starts_at, last.ends_at, None)? else {
        return Ok(());
    };
    let meets = |new: &NewProgramme| new.starts_at < other.ends_at && other.starts_at < new.ends_at;
    let index = sent.iter().position(meets).unwrap_or_default();
    Err(clash(&format!("/programmes/{index}"), &other))
}

fn clash(pointer: &str, other: &ProgrammeRow) -> Error {
    let ProgrammeRow { id, title, starts_at, ends_at, .. } = other;
    let detail =
        format!("This overlaps the programme `{title}` ({id}), from {starts_at} to {ends_at}.");
    Error::Conflict(ProblemError::at(pointer, "overlap", detail))
}

/// The first programme that is on at some time from `start` to `end`, this one aside.
fn overlapped(
    conn: &mut Conn,
    stream: Id,
    start: Moment,
    end: Moment,
    own: Option<Id>,
) -> Result<Option<ProgrammeRow>> {
    let mut rows = programmes::table
        .filter(programmes::stream_id.eq(stream))
        .filter(programmes::starts_at.gt(start.plus_millis(-PROGRAMME_MAX_MS)))
        .filter(programmes::starts_at.lt(end))
        .filter(programmes::ends_at.gt(start))
        .order(programmes::starts_at)
        .select(ProgrammeRow::as_select())
        .into_boxed::<Any>();
    if let Some(own) = own {
        rows = rows.filter(programmes::id.ne(own));
    }
    Ok(rows.first(conn).optional()?)
}

pub(super) fn update(conn: &mut Conn, before: &Programme, patch: &ProgrammePatch) -> Result<()> {
    let there = programmes::table.find(before.id).select(ProgrammeRow::as_select());
    let there = there.first::<ProgrammeRow>(conn)?;
    let ProgrammePatch { title, description, starts_at, ends_at, article } = patch.clone();
    let article_id = match &article {
        None => there.article_id,
        Some(name) => {
            found(&articles_named(conn, [name.as_ref()].into_iter())?, name.as_ref(), "")?
        }
    };
    let (start, end) = (starts_at.unwrap_or(there.starts_at), ends_at.unwrap_or(there.ends_at));
    lasting(start, end, "")?;
    if let Some(other) = overlapped(conn, there.stream_id, start, end, Some(there.id))? {
        return Err(clash("", &other));
    }
    let changed = ProgrammeRow {
        title: title.map_or_else(|| there.title.clone(), Line::into_string),
        description: match description {
            None => there.description.clone(),
            Some(text) => text.map(Prose::into_string),
        },
        starts_at: start,
        ends_at: end,
        article_id,
        updated_at: Moment::now(),
        version: there.version + 1,
        ..there
    };
    touch(conn, changed.stream_id)?;
    diesel::update(programmes::table.find(changed.id)).set(&changed).execute(conn)?;
    Ok(())
}

pub(super) fn remove(conn: &mut Conn, before: &Programme) -> Result<()> {
    touch(conn, before.stream_id)?;
    diesel::delete(programmes::table.find(before.id)).execute(conn)?;
    Ok(())
}

/// The articles that programmes name, by id and by slug, looked for all at once.
fn articles_named<'a>(
    conn: &mut Conn,
    names: impl Iterator<Item = Option<&'a Name>>,
) -> Result<HashMap<String, Id>> {
    let (mut ids, mut slugs) = (Vec::new(), Vec::new());
    for name in names.flatten() {
        match Handle::from(name.as_str()) {
            Handle::Id(id) => ids.push(id),
            Handle::Slug(slug) => slugs.push(slug),
        }
    }
    if ids.is_empty() && slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = articles::table
        .filter(among(articles::id, &ids).or(among(articles::slug, &slugs)))
        .select((articles::id, articles::slug))
        .load::<(Id, String)>(conn)?;
    Ok(rows.into_iter().flat_map(|(id, slug)| [(slug, id), (id.to_string(), id)]).collect())
}

fn found(named: &HashMap<String, Id>, name: Option<&Name>, at: &str) -> Result<Option<Id>> {
    let Some(name) = name else { return Ok(None) };
    let id = named.get(&Handle::from(name.as_str()).to_string());
    id.copied().map(Some).ok_or_else(|| {
        Error::field(format!("{at}/article"), "not-found", format!("there is no article `{name}`"))
    })
}
