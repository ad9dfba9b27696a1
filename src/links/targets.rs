//! What links point to: articles found by id, slug or headline, awaited, and gone.

use diesel::prelude::*;

use crate::articles::sql::id_of;
use crate::auth::View;
use crate::db::Conn;
use crate::db::types::Id;
use crate::error::{Error, Result};
use crate::schema::{articles, links};
use crate::text::{Handle, Name, folded};

pub(super) fn target_id(conn: &mut Conn, article: Id, target: &Name, at: &str) -> Result<Id> {
    let pointer = format!("{at}/target");
    let handle = Handle::from(target.as_str());
    match id_of(conn, View::Drafts, &handle) {
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

/// Gives the links to an article that goes the words they need without it.
pub(crate) fn keep_titles(conn: &mut Conn, article: Id, title: &str) -> Result<()> {
    let wordless = links::table.filter(links::target_id.eq(article)).filter(links::title.is_null());
    diesel::update(wordless)
        .set((links::title.eq(title), links::title_key.eq(folded(title))))
        .execute(conn)?;
    Ok(())
}
