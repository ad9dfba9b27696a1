//! How writers and imports name tags: by id, slug or name, also as they were called before a merge.

use diesel::prelude::*;

use super::NewTag;
use super::sql::{holder, insert, publish};
use crate::db::Conn;
use crate::db::types::Id;
use crate::error::{Error, Result};
use crate::schema::{merged_tags, tags};
use crate::slug::Slug;
use crate::text::{Name, folded};

/// The tags a writer names, by id, slug or name, in that order, made where there are none.
///
/// Public ones become visible with the first published article that carries them.
pub(crate) fn named(conn: &mut Conn, names: &[Name], public: bool) -> Result<Vec<Id>> {
    let mut ids = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let id = match known(conn, name.as_str())? {
            Some(id) => id,
            None if name.as_str().parse::<Id>().is_ok() => {
                let detail = format!("there is no tag with the id `{name}`");
                return Err(Error::field(format!("/tags/{index}"), "not-found", detail));
            }
            None => {
                let new = NewTag { name: name.clone(), slug: None, kind: None, description: None };
                let id = insert(conn, &new, None)?.id;
                if !public {
                    hide(conn, id)?;
                }
                id
            }
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if public {
        publish(conn, &ids)?;
    }
    Ok(ids)
}

fn hide(conn: &mut Conn, id: Id) -> Result<()> {
    diesel::update(tags::table.find(id)).set(tags::is_public.eq(false)).execute(conn)?;
    Ok(())
}

/// The tag somebody means: who is there goes before what was merged, a slug before a name.
fn known(conn: &mut Conn, name: &str) -> Result<Option<Id>> {
    if let Ok(id) = name.parse::<Id>() {
        let there = tags::table.find(id).select(tags::id).first(conn).optional()?;
        let merged = merged_tags::table.filter(merged_tags::id.eq(id));
        return match there {
            Some(id) => Ok(Some(id)),
            None => Ok(merged.select(merged_tags::into_id).first(conn).optional()?),
        };
    }
    let of_slug = tags::table.filter(tags::slug.eq(name)).select(tags::id);
    if let Some(id) = of_slug.first(conn).optional()? {
        return Ok(Some(id));
    }
    let key = folded(name);
    if let Some(id) = living(conn, &key)? {
        return Ok(Some(id));
    }
    let merged = merged_tags::table.find(name).select(merged_tags::into_id);
    match merged.first(conn).optional()? {
        Some(id) => Ok(Some(id)),
        None => survivor(conn, &key),
    }
}

fn living(conn: &mut Conn, name_key: &str) -> Result<Option<Id>> {
    let of_name = tags::table.filter(tags::name_key.eq(name_key)).select(tags::id);
    Ok(of_name.first(conn).optional()?)
}

/// Where the tag that had this name was merged into.
fn survivor(conn: &mut Conn, name_key: &str) -> Result<Option<Id>> {
    let merged = merged_tags::table.filter(merged_tags::name_key.eq(name_key));
    Ok(merged.order(merged_tags::id).select(merged_tags::into_id).first(conn).optional()?)
}

/// Makes the tag unless it is there, by its slug or else by its name, and then leaves it as it is;
/// answers the slug it has here and whether it was made.
pub(crate) fn take_in(conn: &mut Conn, new: &NewTag, public: bool) -> Result<(String, bool)> {
    let key = folded(new.name.as_str());
    let of_slug = match &new.slug {
        Some(slug) => holder(conn, slug.as_str())?,
        None => None,
    };
    let of_name = match of_slug {
        Some(_) => None,
        None => living(conn, &key)?.map_or_else(|| survivor(conn, &key), |id| Ok(Some(id)))?,
    };
    if let (Some(id), Some(slug)) = (of_name, &new.slug) {
        also_called(conn, (slug, &key, public), id)?;
    }
    if let Some(id) = of_slug.or(of_name) {
        return Ok((tags::table.find(id).select(tags::slug).first(conn)?, false));
    }
    let made = insert(conn, new, None)?;
    if !public {
        hide(conn, made.id)?;
    }
    Ok((made.slug, true))
}

/// Lets a slug under which others know the tag lead to it: their articles will name it so.
fn also_called(
    conn: &mut Conn,
    (slug, name_key, public): (&Slug, &str, bool),
    id: Id,
) -> Result<()> {
    diesel::insert_into(merged_tags::table)
        .values((
            merged_tags::slug.eq(slug.as_str()),
            merged_tags::id.eq(Id::new()),
            merged_tags::into_id.eq(id),
            merged_tags::name_key.eq(name_key),
            merged_tags::is_public.eq(public),
        ))
        .execute(conn)?;
    Ok(())
}
