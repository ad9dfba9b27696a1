//! What links point to: articles found by id, slug or headline, awaited, and gone.

use std::collections::HashMap;

use diesel::prelude::*;

use super::NewLink;
use super::sql::take_out;
use crate::articles::Status;
use crate::articles::aliases::{meant, of_slugs};
use crate::auth::View;
use crate::db::types::Id;
use crate::db::{Conn, among};
use crate::error::{Error, Result};
use crate::schema::{articles, links};
use crate::text::{Handle, Name, folded};

/// An article that a link points to: its id, and its headline as headlines are compared.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) id: Id,
    pub(super) headline_key: String,
}

pub(super) fn target_of(conn: &mut Conn, article: Id, target: &Name, at: &str) -> Result<Target> {
    let handle = Handle::from(target.as_str());
    let found = match meant(conn, View::Drafts, &handle)? {
        None => None,
        Some(id) => {
            let headline = articles::table.find(id).select(articles::title_key);
            Some(Target { id, headline_key: headline.first(conn)? })
        }
    };
    checked(found, article, target, at)
}

fn checked(found: Option<Target>, article: Id, target: &Name, at: &str) -> Result<Target> {
    let pointer = format!("{at}/target");
    match found {
        Some(found) if found.id == article => {
            Err(Error::field(pointer, "same", "must be another article than the one it stands on"))
        }
        Some(found) => Ok(found),
        None => {
            let detail = format!("there is no article `{target}`; `title` alone waits for one");
            Err(Error::field(pointer, "not-found", detail))
        }
    }
}

/// The articles that these links name as their targets, looked for all at once.
pub(super) fn named(conn: &mut Conn, article: Id, new: &[NewLink]) -> Result<Vec<Option<Target>>> {
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
    let aliases = of_slugs(conn, View::Drafts, &slugs)?;
    ids.extend(aliases.values());
    let rows = articles::table
        .filter(among(articles::id, &ids).or(among(articles::slug, &slugs)))
        .select((articles::id, articles::slug, articles::title_key))
        .load::<(Id, String, String)>(conn)?;
    let found = names.into_iter().enumerate().map(|(index, name)| {
        let Some(name) = name else { return Ok(None) };
        let handle = Handle::from(name.as_str());
        let row = rows.iter().find(|(id, slug, _)| match &handle {
            Handle::Id(wanted) => id == wanted,
            Handle::Slug(wanted) => slug == wanted || aliases.get(wanted) == Some(id),
        });
        let found = row.map(|(id, _, headline)| Target { id: *id, headline_key: headline.clone() });
        checked(found, article, name, &format!("/links/{index}")).map(Some)
    });
    found.collect()
}

/// Published articles before those that nobody sees, and the first before later ones: what a headline
/// means.
macro_rules! by_preference {
    ($direction:ident) => {
        (articles::status.ne(Status::Published).$direction(), articles::id.$direction())
    };
}

/// The other article that each of these headlines means.
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
        .order(by_preference!(desc))
        .select((articles::title_key, articles::id))
        .load::<(String, Id)>(conn)?;
    // The one that is meant comes last and stays.
    Ok(rows.into_iter().collect())
}

/// The other article that this headline means.
pub(super) fn titled(conn: &mut Conn, article: Id, title_key: &str) -> Result<Option<Id>> {
    let of_title = articles::table.filter(articles::title_key.eq(title_key));
    let others = of_title.filter(articles::id.ne(article)).order(by_preference!(asc));
    Ok(others.select(articles::id).first(conn).optional()?)
}

/// Lets the links that wait for an article of this headline point to it; once it is published, those too
/// that have found no other than one nobody sees.
pub(crate) fn resolve_waiting(
    conn: &mut Conn,
    article: Id,
    title_key: &str,
    published: bool,
) -> Result<()> {
    let of_words = || {
        links::table
            .filter(links::title_key.eq(title_key.to_owned()))
            .filter(links::url.is_null())
            .filter(links::article_id.ne(article))
    };
    let to_this = links::target_id.eq(article);
    diesel::update(of_words().filter(links::target_id.is_null())).set(to_this).execute(conn)?;
    if published {
        let hidden = articles::table
            .filter(articles::title_key.eq(title_key))
            .filter(articles::status.ne(Status::Published))
            .select(articles::id)
            .load::<Id>(conn)?;
        if !hidden.is_empty() {
            let astray = of_words().filter(links::target_id.eq_any(hidden));
            diesel::update(astray).set(to_this).execute(conn)?;
        }
    }
    Ok(())
}

/// Looks again for what a headline means, now that this article is gone or has another.
pub(crate) fn look_again(conn: &mut Conn, article: Id, title_key: &str) -> Result<()> {
    let of_words = links::table
        .filter(links::title_key.eq(title_key))
        .filter(links::target_id.eq(article))
        .filter(links::url.is_null());
    diesel::update(of_words).set(links::target_id.eq(None::<Id>)).execute(conn)?;
    match titled(conn, article, title_key)? {
        Some(next) => resolve_waiting(conn, next, title_key, false),
        None => Ok(()),
    }
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
