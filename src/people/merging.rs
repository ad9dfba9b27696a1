//! Two people become one: bylines and quotes move, and the old address and name lead to the new.

use diesel::prelude::*;

use super::sql::{PersonRow, counts, find};
use crate::auth::View;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::schema::{article_authors, merged_people, people, quotes};
use crate::text::Handle;

/// The person a body names; who is not there is a fault of the body, not of the path.
pub(super) fn target(conn: &mut Conn, handle: &Handle) -> Result<PersonRow> {
    match find(conn, View::Drafts, handle) {
        Err(Error::NotFound(_)) => {
            Err(Error::field("/into", "not-found", format!("there is no person `{handle}`")))
        }
        Err(Error::Moved(path)) => {
            Err(Error::field("/into", "moved", format!("was merged; the person is now {path}")))
        }
        found => found,
    }
}

pub(super) fn move_into(conn: &mut Conn, from: &PersonRow, into: &PersonRow) -> Result<()> {
    if from.id == into.id {
        return Err(Error::field("/into", "same", "must be another person than the one that goes"));
    }
    let there = article_authors::table
        .filter(article_authors::person_id.eq(into.id))
        .select(article_authors::article_id);
    let both = there.load::<Id>(conn)?;
    diesel::delete(
        article_authors::table
            .filter(article_authors::person_id.eq(from.id))
            .filter(article_authors::article_id.eq_any(both)),
    )
    .execute(conn)?;
    diesel::update(article_authors::table.filter(article_authors::person_id.eq(from.id)))
        .set(article_authors::person_id.eq(into.id))
        .execute(conn)?;
    diesel::update(quotes::table.filter(quotes::speaker_id.eq(from.id)))
        .set(quotes::speaker_id.eq(into.id))
        .execute(conn)?;
    diesel::update(merged_people::table.filter(merged_people::into_id.eq(from.id)))
        .set(merged_people::into_id.eq(into.id))
        .execute(conn)?;
    diesel::delete(people::table.find(from.id)).execute(conn)?;
    // A slug may lead on already, from a merge before it was taken again. Its holder's id then stands
    // in for it, which no slug looks like.
    let leads = merged_people::table.filter(merged_people::slug.eq(&from.slug));
    let leads = leads.select(merged_people::id).first::<Id>(conn).optional()?.is_some();
    let slug = if leads { from.id.to_string() } else { from.slug.clone() };
    diesel::insert_into(merged_people::table)
        .values((
            merged_people::slug.eq(slug),
            merged_people::id.eq(from.id),
            merged_people::into_id.eq(into.id),
            merged_people::name_key.eq(&from.name_key),
            merged_people::is_public.eq(from.is_public),
        ))
        .execute(conn)?;
    let carried = counts(conn, &[into.id])?.are_there(into.id);
    diesel::update(people::table.find(into.id))
        .set((
            people::is_public.eq(into.is_public || carried),
            people::updated_at.eq(Moment::now()),
            people::version.eq(into.version + 1),
        ))
        .execute(conn)?;
    Ok(())
}
