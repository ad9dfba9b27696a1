//! What links point to: articles found by id, slug or headline, awaited, and gone.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::NewLink;
use super::sql::take_out;
use crate::articles::Status;
use crate::articles::sql::id_of;
use crate::auth::View;
use crate::db::types::Id;
use crate::db::{Conn, among};
use crate::error::{Error, Result};
use crate::schema::{articles, links};
use crate::text::{Handle, Name, folded};

pub(super) fn target_id(conn: &mut Conn, article: Id, target: &Name, at: &str) -> Result<Id> {
    checked(id_of(conn, View::Drafts, &Handle::from(target.as_str())), article, target, at)
}

fn checked(found: Result<Id>, article: Id, target: &Name, at: &str) -> Result<Id> {
    let pointer = format!("{at}/target");
    match found {
        Ok(id) if id == article => {
            Err(Error::field(pointer, "same", "must be another article than the one it stands on"))
        }
        Err(Error::NotFound(_)) => {
            let detail = format!("there is no article `{target}`; `title` alone waits for one");
            Err(Error::field(pointer, "not-found", detail))
        }
        found => found,
    }
}

/// The articles that these links name as their targets, looked for all at once.
pub(super) fn named(conn: &mut Conn, article: Id, new: &[NewLink]) -> Result<Vec<Option<Id>>> {
    let names = new.iter().map(|link| link.target.as_ref()).collect::<Vec<_>>();
    let (mut ids, mut slugs) = (Vec::new(), Vec::new());
    for name in names.iter().flatten() {
        match Handle::from(name.as_str()) {
            Handle::Id(id) => ids.push(id),
            Handle::Slug(slug) => slugs.push(slug),
        }
    }
    if ids.is_empty() && slugs.is_empty() {
        return Ok(new.iter().map(|_| None).collect());
    }
    let rows = articles::table
        .filter(among(articles::id, &ids).or(among(articles::slug, &slugs)))
        .select((articles::id, articles::slug))
        .load::<(Id, String)>(conn)?;
    let there = rows.iter().map(|(id, _)| *id).collect::<HashSet<_>>();
    let of_slug = rows.into_iter().map(|(id, slug)| (slug, id)).collect::<HashMap<_, _>>();
    let found = names.into_iter().enumerate().map(|(index, name)| {
        let Some(name) = name else { return Ok(None) };
        let id = match Handle::from(name.as_str()) {
            Handle::Id(id) => there.get(&id),
            Handle::Slug(slug) => of_slug.get(&slug),
        };
        let id = id.copied().ok_or(Error::NotFound("article"));
        checked(id, article, name, &format!("/links/{index}")).map(Some)
    });
    found.collect()
}

/// The first other article of each of these headlines.
pub(super) fn titled_each(
    conn: &mut Conn,
    article: Id,
    title_keys: &[String],
) -> Result<HashMap<String, Id>> {
    if title_keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = articles::table
        .filter(among(articles::title_key, title_keys))
        .filter(articles::id.ne(article))
        .order(articles::id.desc())
        .select((articles::title_key, articles::id))
        .load::<(String, Id)>(conn)?;
    // The first one comes last and stays.
    Ok(rows.into_iter().collect())
}

/// The first other article of this headline.
pub(super) fn titled(conn: &mut Conn, article: Id, title_key: &str) -> Result<Option<Id>> {
    let of_title = articles::table.filter(articles::title_key.eq(title_key));
    let others = of_title.filter(articles::id.ne(article)).order(articles::id);
    Ok(others.select(articles::id).first(conn).optional()?)
}

/// Lets the links that wait for an article of this headline point to it.
pub(crate) fn resolve_waiting(conn: &mut Conn, article: Id, title_key: &str) -> Result<()> {
    let waiting = links::table
        .filter(links::title_key.eq(title_key))
        .filter(links::target_id.is_null())
        .filter(links::url.is_null())
        .filter(links::article_id.ne(article));
    diesel::update(waiting).set(links::target_id.eq(article)).execute(conn)?;
    Ok(())
}

/// Parts the links to an article from it before it goes: those without words keep its headline, but
/// where no reader could see it they would tell it, and go with it.
pub(crate) fn let_go(conn: &mut Conn, article: Id, status: Status, title: &str) -> Result<()> {
    let wordless = links::table.filter(links::target_id.eq(article)).filter(links::title.is_null());
    if status == Status::Published {
        diesel::update(wordless)
            .set((links::title.eq(title), links::title_key.eq(folded(title))))
            .execute(conn)?;
        return Ok(());
    }
    // The last of an article first, so that the places of the others hold.
    let gone = wordless.order(links::position.desc());
    for (link, home, place) in
        gone.select((links::id, links::article_id, links::position)).load::<(Id, Id, i32)>(conn)?
    {
        take_out(conn, link, home, place)?;
    }
    Ok(())
}
