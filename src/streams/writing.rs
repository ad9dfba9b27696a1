//! How streams are written: made, replaced, changed and removed.

use diesel::prelude::*;

use super::sql::find;
use super::{NewStream, NewStreamSource, Stream, StreamKind, StreamStatus};
use crate::answer::IfMatch;
use crate::auth::View;
use crate::config::Addresses;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::images::carried;
use crate::schema::{stream_sources, streams};
use crate::slug::Slug;
use crate::text::{Handle, folded};

/// Everything a row of `streams` says that a writer can change.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = streams, treat_none_as_null = true)]
struct Written {
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

impl Written {
    fn of(new: &NewStream, slug: &Slug, before: Option<&Stream>) -> Result<Self> {
        check(new, before.map(|before| before.status))?;
        let now = Moment::now();
        let NewStream { name, slug: _, description, language, kind, status, .. } = new;
        let NewStream { sources: _, starts_at, ends_at, image, .. } = new;
        Ok(Self {
            slug: slug.as_str().to_owned(),
            name: name.as_str().to_owned(),
            name_key: folded(name.as_str()),
            description: description.as_ref().map(|text| text.as_str().to_owned()),
            language: language.as_ref().map(|text| text.as_str().to_owned()),
            kind: kind.unwrap_or_default(),
            status: status.unwrap_or_default(),
            starts_at: *starts_at,
            ends_at: *ends_at,
            image_id: *image,
            created_at: before.map_or(now, |before| before.created_at),
            updated_at: now,
            version: before.map_or(1, |before| before.version + 1),
        })
    }
}

/// What a stream must keep to whatever it becomes.
fn check(new: &NewStream, before: Option<StreamStatus>) -> Result<()> {
    if new.starts_at.zip(new.ends_at).is_some_and(|(start, end)| end <= start) {
        return Err(Error::field("/ends_at", "out-of-range", "must be after `starts_at`"));
    }
    match new.status.unwrap_or_default() {
        StreamStatus::Live if new.sources.is_empty() => {
            let detail = "a stream that is live needs at least one: what is there to play?";
            Err(Error::field("/sources", "required", detail))
        }
        StreamStatus::Pending | StreamStatus::Live => Ok(()),
        StreamStatus::Ended => match before {
            Some(StreamStatus::Live | StreamStatus::Ended) => Ok(()),
            Some(StreamStatus::Pending) | None => {
                let detail = "only what was `live` can have `ended`; delete what never takes place";
                Err(Error::field("/status", "not-allowed", detail))
            }
        },
    }
}

pub(super) fn insert(conn: &mut Conn, new: &NewStream, slug: Option<&Slug>) -> Result<Id> {
    let slug = match slug.or(new.slug.as_ref()) {
        Some(slug) => free_slug(conn, slug, None)?,
        None => made_slug(conn, new.name.as_str())?,
    };
    carried::may_be_cover(conn, new.image)?;
    let id = Id::new();
    diesel::insert_into(streams::table)
        .values((streams::id.eq(id), &Written::of(new, &slug, None)?))
        .execute(conn)?;
    write_sources(conn, id, &new.sources)?;
    Ok(id)
}

/// Makes the stream of a slug, or replaces the one of a slug or id; its schedule stays.
pub(super) fn upsert(
    conn: &mut Conn,
    site: &Addresses,
    handle: &Handle,
    if_match: &IfMatch,
    new: &NewStream,
) -> Result<(Id, bool)> {
    let before = match (find(conn, site, View::Drafts, handle), handle) {
        (Ok(before), _) => before,
        (Err(Error::NotFound(_)), Handle::Slug(slug)) => {
            if_match.check_absent()?;
            let slug = Slug::parse(slug).map_err(|error| {
                Error::field("/slug", "invalid", format!("the path's last part {error}"))
            })?;
            crate::slug::must_match(new.slug.as_ref(), slug.as_str())?;
            return Ok((insert(conn, new, Some(&slug))?, true));
        }
        (Err(error), _) => return Err(error),
    };
    if_match.check(&before)?;
    if matches!(handle, Handle::Slug(_)) {
        crate::slug::must_match(new.slug.as_ref(), &before.slug)?;
    }
    replace(conn, &before, new)?;
    Ok((before.id, false))
}

/// Replaces all of a stream but its schedule.
pub(super) fn replace(conn: &mut Conn, before: &Stream, new: &NewStream) -> Result<()> {
    let slug = match &new.slug {
        Some(slug) => free_slug(conn, slug, Some(before.id))?,
        None => Slug::parse(&before.slug).map_err(|error| Error::internal(error.to_string()))?,
    };
    let written = Written::of(new, &slug, Some(before))?;
    carried::may_be_cover(conn, new.image)?;
    diesel::update(streams::table.find(before.id)).set(&written).execute(conn)?;
    write_sources(conn, before.id, &new.sources)
}

fn write_sources(conn: &mut Conn, id: Id, sources: &[NewStreamSource]) -> Result<()> {
    let there = stream_sources::table.filter(stream_sources::stream_id.eq(id));
    diesel::delete(there).execute(conn)?;
    for (place, NewStreamSource { url, type_, bit_rate }) in sources.iter().enumerate() {
        let place = i32::try_from(place).map_err(Error::internal)?;
        diesel::insert_into(stream_sources::table)
            .values((
                stream_sources::stream_id.eq(id),
                stream_sources::position.eq(place),
                stream_sources::url.eq(url.as_str()),
                stream_sources::media_type.eq(type_),
                stream_sources::bit_rate.eq(bit_rate),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn remove(conn: &mut Conn, id: Id) -> Result<()> {
    diesel::delete(streams::table.find(id)).execute(conn)?;
    Ok(())
}

/// Counts a change of a stream's schedule as a change of the stream.
///
/// It also lets two such writes collide on `PostgreSQL`: each would see only its own programmes, and
/// together they could overlap.
pub(crate) fn touch(conn: &mut Conn, id: Id) -> Result<()> {
    diesel::update(streams::table.find(id))
        .set((streams::version.eq(streams::version + 1), streams::updated_at.eq(Moment::now())))
        .execute(conn)?;
    Ok(())
}

/// The slug, unless another stream has it.
fn free_slug(conn: &mut Conn, slug: &Slug, own: Option<Id>) -> Result<Slug> {
    match holder(conn, slug.as_str())? {
        Some(holder) if Some(holder) != own => Err(Error::taken(
            "/slug",
            format!("The slug `{slug}` belongs to the stream {holder}; take another."),
        )),
        _ => Ok(slug.clone()),
    }
}

fn holder(conn: &mut Conn, slug: &str) -> Result<Option<Id>> {
    let of_slug = streams::table.filter(streams::slug.eq(slug));
    Ok(of_slug.select(streams::id).first(conn).optional()?)
}

fn made_slug(conn: &mut Conn, name: &str) -> Result<Slug> {
    crate::slug::made(name, "stream", |slug| Ok(holder(conn, slug.as_str())?.is_some()))
}
