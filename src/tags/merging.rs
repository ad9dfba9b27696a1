//! Two tags become one: its articles move, and the old address and name lead to the new.

use diesel::prelude::*;

use super::sql::{TagRow, article_counts, find};
use crate::auth::View;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::schema::{article_tags, merged_tags, tags};
use crate::text::Handle;

/// The tag a body names; what is not there is a fault of the body, not of the path.
pub(super) fn target(conn: &mut Conn, handle: &Handle) -> Result<TagRow> {
    match find(conn, View::Drafts, handle) {
        Err(Error::NotFound(_)) => {
            Err(Error::field("/into", "not-found", format!("there is no tag `{handle}`")))
        }
        Err(Error::Moved(path)) => {
            Err(Error::field("/into", "moved", format!("was merged itself; it is now {path}")))
        }
        found => found,
    }
}

pub(super) fn move_into(conn: &mut Conn, from: &TagRow, into: &TagRow) -> Result<()> {
    if from.id == into.id {
        return Err(Error::field("/into", "same", "must be another tag than the one that goes"));
    }
    let there = article_tags::table
        .filter(article_tags::tag_id.eq(into.id))
        .select(article_tags::article_id);
    let both = there.load::<Id>(conn)?;
    diesel::delete(
        article_tags::table
            .filter(article_tags::tag_id.eq(from.id))
            .filter(article_tags::article_id.eq_any(both)),
    )
    .execute(conn)?;
    diesel::update(article_tags::table.filter(article_tags::tag_id.eq(from.id)))
        .set(article_tags::tag_id.eq(into.id))
        .execute(conn)?;
    diesel::update(merged_tags::table.filter(merged_tags::into_id.eq(from.id)))
        .set(merged_tags::into_id.eq(into.id))
        .execute(conn)?;
    diesel::delete(tags::table.find(from.id)).execute(conn)?;
    // A slug may lead on already, from a merge before it was taken again. Its holder's id then stands
    // in for it, which no slug looks like.
    let leads = merged_tags::table.filter(merged_tags::slug.eq(&from.slug));
    let leads = leads.select(merged_tags::id).first::<Id>(conn).optional()?.is_some();
    let slug = if leads { from.id.to_string() } else { from.slug.clone() };
    diesel::insert_into(merged_tags::table)
        .values((
            merged_tags::slug.eq(slug),
            merged_tags::id.eq(from.id),
            merged_tags::into_id.eq(into.id),
            merged_tags::name_key.eq(&from.name_key),
            merged_tags::is_public.eq(from.is_public),
        ))
        .execute(conn)?;
    let carried = article_counts(conn, &[into.id])?.contains_key(&into.id);
    diesel::update(tags::table.find(into.id))
        .set((
            tags::is_public.eq(into.is_public || carried),
            tags::updated_at.eq(Moment::now()),
            tags::version.eq(into.version + 1),
        ))
        .execute(conn)?;
    Ok(())
}
