//! How writers and imports name people: by id, slug or name, also as they were called before a merge.

use diesel::prelude::*;

use super::NewPerson;
use super::sql::{holder, id_of, insert};
use crate::auth::View;
use crate::db::Conn;
use crate::db::types::Id;
use crate::error::{Error, Result};
use crate::schema::{merged_people, people};
use crate::text::{Handle, Name, folded};

/// The person of this name, made when there is none.
pub(crate) fn of_name(conn: &mut Conn, name: &Name, public: bool) -> Result<Id> {
    let key = folded(name.as_str());
    if let Some(id) = living(conn, &key)? {
        return Ok(id);
    }
    match survivor(conn, &key)? {
        Some(id) => Ok(id),
        None => enter(conn, name, public),
    }
}

fn enter(conn: &mut Conn, name: &Name, public: bool) -> Result<Id> {
    let new = NewPerson { name: name.clone(), slug: None, bio: None, external_ids: None };
    Ok(insert(conn, &new, public)?.id)
}

/// The first person of this name.
fn living(conn: &mut Conn, name_key: &str) -> Result<Option<Id>> {
    let same = people::table.filter(people::name_key.eq(name_key)).order(people::id);
    Ok(same.select(people::id).first(conn).optional()?)
}

/// Whom the person of this name was merged into.
fn survivor(conn: &mut Conn, name_key: &str) -> Result<Option<Id>> {
    let merged = merged_people::table.filter(merged_people::name_key.eq(name_key));
    Ok(merged.order(merged_people::id).select(merged_people::into_id).first(conn).optional()?)
}

/// The people a writer names, by id, slug or name, in that order, made where there are none.
pub(crate) fn named(conn: &mut Conn, names: &[Name], public: bool) -> Result<Vec<Id>> {
    let mut ids = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let id = match Handle::from(name.as_str()) {
            Handle::Id(id) => id_of(conn, View::Drafts, &Handle::Id(id))?.ok_or_else(|| {
                let detail = format!("there is no person with the id `{id}`");
                Error::field(format!("/authors/{index}"), "not-found", detail)
            })?,
            Handle::Slug(_) => author(conn, name, public)?,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The person somebody means: who is there goes before who was merged, a slug before a name.
fn author(conn: &mut Conn, name: &Name, public: bool) -> Result<Id> {
    let of_slug = people::table.filter(people::slug.eq(name.as_str())).select(people::id);
    if let Some(id) = of_slug.first(conn).optional()? {
        return Ok(id);
    }
    let key = folded(name.as_str());
    if let Some(id) = living(conn, &key)? {
        return Ok(id);
    }
    let merged = merged_people::table.find(name.as_str()).select(merged_people::into_id);
    if let Some(id) = merged.first(conn).optional()? {
        return Ok(id);
    }
    match survivor(conn, &key)? {
        Some(id) => Ok(id),
        None => enter(conn, name, public),
    }
}

/// Enters the person unless they are there, by their slug or, without one, by their name, and then
/// leaves them as they are; answers the slug they have here and whether they were entered.
pub(crate) fn take_in(conn: &mut Conn, new: &NewPerson, public: bool) -> Result<(String, bool)> {
    let there = match &new.slug {
        Some(slug) => holder(conn, slug.as_str())?,
        None => only_one(conn, &new.name)?,
    };
    match there {
        Some(id) => Ok((people::table.find(id).select(people::slug).first(conn)?, false)),
        None => Ok((insert(conn, new, public)?.slug, true)),
    }
}

fn only_one(conn: &mut Conn, name: &Name) -> Result<Option<Id>> {
    let key = folded(name.as_str());
    let same = people::table.filter(people::name_key.eq(&key)).select(people::id);
    match same.limit(2).load::<Id>(conn)?.as_slice() {
        [] => survivor(conn, &key),
        [one] => Ok(Some(*one)),
        _ => {
            let detail = format!("several people are called `{name}`; `slug` says which");
            Err(Error::field("/slug", "required", detail))
        }
    }
}
