//! Articles on their way from and to other systems: imports and exports.

use diesel::prelude::*;

use super::record::Text;
use super::sql::{find, id_of};
use super::submission::patched;
use super::writing::{insert_as, replace};
use super::{ArticlePatch, NewArticle};
use crate::auth::View;
use crate::config::PublicUrl;
use crate::db::Conn;
use crate::db::types::Id;
use crate::error::{Error, Result};
use crate::links::NewLink;
use crate::schema::articles;
use crate::slug::Slug;
use crate::text::{Handle, Name};

/// An article that an import meets again.
pub(crate) struct Known {
    pub(crate) id: Id,
    pub(crate) slug: String,
    pub(crate) imported_sha256: Option<Vec<u8>>,
}

/// The article that an imported one is: by its external id, else by its slug.
pub(crate) fn known(conn: &mut Conn, new: &NewArticle) -> Result<Option<Known>> {
    let row = (articles::id, articles::slug, articles::imported_sha256);
    let found = match (&new.external_id, &new.slug) {
        (Some(external_id), _) => articles::table
            .filter(articles::external_id.eq(external_id.as_str()))
            .select(row)
            .first::<(Id, String, Option<Vec<u8>>)>(conn)
            .optional()?,
        (None, Some(slug)) => articles::table
            .filter(articles::slug.eq(slug.as_str()))
            .filter(articles::external_id.is_null())
            .select(row)
            .first(conn)
            .optional()?,
        (None, None) => None,
    };
    Ok(found.map(|(id, slug, imported_sha256)| Known { id, slug, imported_sha256 }))
}

/// Makes or replaces an imported article and, once it is whole, remembers what it was made from.
pub(crate) fn take_in(
    conn: &mut Conn,
    known: Result<Known, Id>,
    new: &NewArticle,
    text: &Text,
    sha256: Option<&[u8]>,
) -> Result<(Id, String)> {
    let id = match known {
        Err(id) => insert_as(conn, id, new, text, None)?,
        Ok(known) => {
            // An import has no site of its own; addresses play no part in what is replaced.
            let before = find(conn, &PublicUrl::local(), View::Drafts, &Handle::Id(known.id))?;
            replace(conn, &before, new, text)?;
            known.id
        }
    };
    let slug = diesel::update(articles::table.find(id))
        .set(articles::imported_sha256.eq(sha256))
        .returning(articles::slug)
        .get_result(conn)?;
    Ok((id, slug))
}

/// Whether one of these links points to an article that is not there yet.
pub(crate) fn lacks_targets(conn: &mut Conn, links: &[NewLink]) -> Result<bool> {
    for target in links.iter().filter_map(|link| link.target.as_ref()) {
        match id_of(conn, View::Drafts, &Handle::from(target.as_str())) {
            Ok(_) => {}
            Err(Error::NotFound(_)) => return Ok(true),
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// Gives an imported article the links that had to wait for their targets: now it is whole.
pub(crate) fn relink(conn: &mut Conn, id: Id, links: &[NewLink], sha256: &[u8]) -> Result<()> {
    crate::links::replacing::replace_all(conn, id, links)?;
    diesel::update(articles::table.find(id))
        .set(articles::imported_sha256.eq(sha256))
        .execute(conn)?;
    Ok(())
}

/// Articles after this id as they would be sent again, oldest first.
pub(crate) fn resendable(
    conn: &mut Conn,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<(Id, NewArticle)>> {
    let mut rows = articles::table.select(articles::id).order(articles::id).into_boxed();
    if let Some(after) = after {
        rows = rows.filter(articles::id.gt(after));
    }
    let ids = rows.limit(limit).load::<Id>(conn)?;
    ids.into_iter().map(|id| Ok((id, sent_again(conn, id)?))).collect()
}

fn sent_again(conn: &mut Conn, id: Id) -> Result<NewArticle> {
    let article = find(conn, &PublicUrl::local(), View::Drafts, &Handle::Id(id))?;
    let slug = Slug::parse(&article.slug).map_err(|error| Error::internal(error.to_string()))?;
    let names = |names: Vec<&str>| names.into_iter().map(Name::parse).collect::<Result<_, _>>();
    let authors = article.authors.iter().map(|person| person.slug.as_str()).collect();
    let tags = article.tags.iter().map(|tag| tag.slug.as_str()).collect();
    Ok(NewArticle {
        slug: Some(slug),
        authors: names(authors).map_err(Error::internal)?,
        tags: names(tags).map_err(Error::internal)?,
        quotes: crate::quotes::sql::resendable(conn, id)?,
        links: crate::links::sql::resendable(conn, id)?,
        ..patched(&article, &ArticlePatch::default()).map_err(Error::internal)?
    })
}
