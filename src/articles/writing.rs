//! How articles are written: made, replaced, changed and removed with their parts.

use diesel::prelude::*;

use super::aliases::absent;
use super::record::{Text, Written, WrittenText, free_slug, made_slug, unpublish_date};
use super::sql::{find, of_handle};
use super::submission::patched;
use super::{Article, ArticlePatch, NewArticle, Status, aliases, audio};
use crate::answer::IfMatch;
use crate::auth::View;
use crate::comments::policy;
use crate::config::Addresses;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::images::carried;
use crate::quotes::Home;
use crate::quotes::editing::Rewriting;
use crate::quotes::replacing::Sender;
use crate::schema::{article_authors, article_tags, articles};
use crate::slug::Slug;
use crate::text::{Handle, Name, folded};

/// Makes an article with its parts.
pub(crate) fn insert(
    conn: &mut Conn,
    new: &NewArticle,
    text: &Text,
    slug: Option<&Slug>,
    sender: Sender,
) -> Result<Id> {
    insert_as(conn, Id::new(), new, text, slug, sender)
}

pub(super) fn insert_as(
    conn: &mut Conn,
    id: Id,
    new: &NewArticle,
    text: &Text,
    slug: Option<&Slug>,
    sender: Sender,
) -> Result<Id> {
    if !new.quote_changes.is_empty() {
        let detail = "must be absent: a new article has no quotes that could change";
        return Err(Error::field("/quote_changes", "not-allowed", detail));
    }
    let slug = match slug.or(new.slug.as_ref()) {
        Some(slug) => free_slug(conn, slug, None)?,
        None => made_slug(conn, new.title.as_str())?,
    };
    let now = Moment::now();
    let written = Written::of(conn, new, &slug, None, now)?;
    diesel::insert_into(articles::table)
        .values((articles::id.eq(id), &written, &WrittenText::of(text)?))
        .execute(conn)?;
    audio::write(conn, id, new.audio.as_ref())?;
    crate::short_links::sql::give(conn, id)?;
    let public = written.status == Status::Published;
    write_tags(conn, id, &new.tags, public)?;
    write_authors(conn, id, &new.authors, public)?;
    let home = Home::new(id, written.version, public, &text.rendered.text);
    crate::quotes::replacing::insert_all(conn, &home, &new.quotes, sender)?;
    if public {
        crate::quotes::are_fit_for_readers(conn, id, true)?;
    }
    crate::links::replacing::insert_all(conn, id, &new.links)?;
    write_comments(conn, id, new)?;
    crate::links::targets::resolve_waiting(conn, id, &written.title_key, public)?;
    write_images(conn, id, new.image, Some(text), public)?;
    Ok(id)
}

fn write_tags(conn: &mut Conn, id: Id, names: &[Name], public: bool) -> Result<()> {
    diesel::delete(article_tags::table.filter(article_tags::article_id.eq(id))).execute(conn)?;
    for (place, tag) in crate::tags::naming::named(conn, names, public)?.into_iter().enumerate() {
        let place = i32::try_from(place).map_err(Error::internal)?;
        diesel::insert_into(article_tags::table)
            .values((
                article_tags::article_id.eq(id),
                article_tags::position.eq(place),
                article_tags::tag_id.eq(tag),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn write_comments(conn: &mut Conn, id: Id, new: &NewArticle) -> Result<()> {
    policy::set(conn, id, new.comments.and_then(|comments| comments.policy))
}

fn write_authors(conn: &mut Conn, id: Id, names: &[Name], public: bool) -> Result<()> {
    let of = article_authors::table.filter(article_authors::article_id.eq(id));
    diesel::delete(of).execute(conn)?;
    let people = crate::people::naming::named(conn, names, public)?;
    if public {
        crate::people::sql::publish(conn, &people)?;
    }
    for (place, person) in people.into_iter().enumerate() {
        let place = i32::try_from(place).map_err(Error::internal)?;
        diesel::insert_into(article_authors::table)
            .values((
                article_authors::article_id.eq(id),
                article_authors::position.eq(place),
                article_authors::person_id.eq(person),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Writes the picture at the head, and those of a body that is written too; readers see none without words.
fn write_images(
    conn: &mut Conn,
    id: Id,
    head: Option<Id>,
    text: Option<&Text>,
    public: bool,
) -> Result<()> {
    carried::set_head(conn, id, head)?;
    if let Some(text) = text {
        carried::set_body(conn, id, &text.rendered.images)?;
    }
    if public { carried::may_be_published(conn, id) } else { Ok(()) }
}

/// Makes the article of a slug, or replaces all of the article of a slug or id.
pub(super) fn upsert(
    conn: &mut Conn,
    site: &Addresses,
    handle: &Handle,
    if_match: &IfMatch,
    new: &NewArticle,
    text: &Text,
    sender: Sender,
) -> Result<(Id, bool)> {
    let before = match (find(conn, site, View::Drafts, handle), handle) {
        (Ok(before), _) => before,
        (Err(Error::NotFound(_)), Handle::Slug(slug)) => {
            if_match.check_absent()?;
            let slug = Slug::parse(slug).map_err(|error| {
                Error::field("/slug", "invalid", format!("the path's last part {error}"))
            })?;
            crate::slug::must_match(new.slug.as_ref(), slug.as_str())?;
            return Ok((insert(conn, new, text, Some(&slug), sender)?, true));
        }
        (Err(error), _) => return Err(error),
    };
    if_match.check(&before)?;
    if matches!(handle, Handle::Slug(_)) {
        crate::slug::must_match(new.slug.as_ref(), &before.slug)?;
    }
    replace(conn, &before, new, text, sender)?;
    Ok((before.id, false))
}

/// Replaces all of an article; its quotes and links stay the ones they are.
fn replace(
    conn: &mut Conn,
    before: &Article,
    new: &NewArticle,
    text: &Text,
    sender: Sender,
) -> Result<()> {
    let id = before.id;
    let slug = match &new.slug {
        Some(slug) => free_slug(conn, slug, Some(id))?,
        None => Slug::parse(&before.slug).map_err(|error| Error::internal(error.to_string()))?,
    };
    let written = Written::of(conn, new, &slug, Some(before), Moment::now())?;
    diesel::update(articles::table.find(id))
        .set((&written, &WrittenText::of(text)?))
        .execute(conn)?;
    audio::write(conn, id, new.audio.as_ref())?;
    aliases::keep(conn, before, &written.slug, written.status)?;
    let public = written.status == Status::Published;
    write_tags(conn, id, &new.tags, public)?;
    write_authors(conn, id, &new.authors, public)?;
    let home = Home::new(id, written.version, public, &text.rendered.text);
    let rewriting = Rewriting { old_text: &before.body_text, changes: &new.quote_changes };
    crate::quotes::replacing::rewrite(conn, &home, &rewriting, Some(&new.quotes), sender)?;
    if public && before.status != Status::Published {
        crate::quotes::are_fit_for_readers(conn, id, true)?;
    }
    crate::links::replacing::replace_all(conn, id, &new.links)?;
    write_images(conn, id, new.image, Some(text), public)?;
    write_comments(conn, id, new)?;
    point_links(conn, before, &written)
}

/// Lets links that mean a headline follow: one that readers never saw means nothing any more.
fn point_links(conn: &mut Conn, before: &Article, written: &Written) -> Result<()> {
    let old_key = folded(&before.title);
    if old_key != written.title_key && before.status != Status::Published {
        crate::links::targets::look_again(conn, before.id, &old_key)?;
    }
    let public = written.status == Status::Published;
    crate::links::targets::resolve_waiting(conn, before.id, &written.title_key, public)
}

pub(super) fn update(
    conn: &mut Conn,
    before: &Article,
    patch: &ArticlePatch,
    sender: Sender,
) -> Result<()> {
    let id = before.id;
    let new = patched(before, patch)?;
    let slug = match &patch.slug {
        Some(slug) => free_slug(conn, slug, Some(id))?,
        None => Slug::parse(&before.slug).map_err(|error| Error::internal(error.to_string()))?,
    };
    let now = Moment::now();
    let mut written = Written::of(conn, &new, &slug, Some(before), now)?;
    if patch.published_at == Some(None) {
        unpublish_date(&mut written)?;
    }
    diesel::update(articles::table.find(id)).set(&written).execute(conn)?;
    if patch.audio.is_some() {
        audio::write(conn, id, new.audio.as_ref())?;
    }
    aliases::keep(conn, before, &written.slug, written.status)?;
    let public = written.status == Status::Published;
    let rewritten = patch.body.is_some() || patch.body_format.is_some();
    let text = if rewritten { Some(Text::of(&new)?) } else { None };
    if let Some(text) = &text {
        diesel::update(articles::table.find(id)).set(&WrittenText::of(text)?).execute(conn)?;
    }
    let body_text = text.as_ref().map_or(before.body_text.as_str(), |text| &text.rendered.text);
    let home = Home::new(id, written.version, public, body_text);
    let changes = patch.quote_changes.as_deref().unwrap_or_default();
    let rewriting = Rewriting { old_text: &before.body_text, changes };
    crate::quotes::replacing::rewrite(conn, &home, &rewriting, patch.quotes.as_deref(), sender)?;
    if let Some(tags) = &patch.tags {
        write_tags(conn, id, tags, public)?;
    }
    if let Some(authors) = &patch.authors {
        write_authors(conn, id, authors, public)?;
    }
    if let Some(links) = &patch.links {
        crate::links::replacing::replace_all(conn, id, links)?;
    }
    if patch.image.is_some() || rewritten || before.status != written.status {
        write_images(conn, id, new.image, text.as_ref(), public)?;
    }
    if patch.comments.is_some() {
        write_comments(conn, id, &new)?;
    }
    point_links(conn, before, &written)?;
    if public && before.status != Status::Published {
        crate::quotes::are_fit_for_readers(conn, id, patch.quotes.is_some())?;
        publish_parts(conn, id)?;
    }
    Ok(())
}

/// Shows the tags and people of an article that has just been published to everybody.
fn publish_parts(conn: &mut Conn, id: Id) -> Result<()> {
    let tags = article_tags::table
        .filter(article_tags::article_id.eq(id))
        .select(article_tags::tag_id)
        .load::<Id>(conn)?;
    crate::tags::sql::publish(conn, &tags)?;
    let authors = article_authors::table
        .filter(article_authors::article_id.eq(id))
        .select(article_authors::person_id)
        .load::<Id>(conn)?;
    crate::people::sql::publish(conn, &authors)?;
    crate::quotes::writing::publish(conn, id)
}

pub(super) fn remove(conn: &mut Conn, before: &Article) -> Result<()> {
    crate::links::targets::let_go(conn, before.id, before.status, &before.title)?;
    // Links of other words than its headline keep them and point nowhere.
    crate::links::targets::look_again(conn, before.id, &folded(&before.title))?;
    crate::comments::writing::forget_discussion(conn, before.id)?;
    diesel::delete(articles::table.find(before.id)).execute(conn)?;
    Ok(())
}

/// What a part that is being written must know of its article.
pub(crate) struct Touched {
    pub(crate) id: Id,
    status: Status,
    version: i64,
    body_text: String,
}

impl Touched {
    pub(crate) fn home(&self) -> Home<'_> {
        Home::new(self.id, self.version, self.status == Status::Published, &self.body_text)
    }
}

/// Counts a change of one of an article's parts as a change of the article.
pub(crate) fn touch(conn: &mut Conn, handle: &Handle) -> Result<Touched> {
    let row = of_handle(handle)
        .select((articles::id, articles::status, articles::version, articles::body_text))
        .first::<(Id, Status, i64, String)>(conn)
        .optional()?;
    let (id, status, version, body_text) = row.ok_or_else(|| absent(conn, View::Drafts, handle))?;
    let version = version + 1;
    diesel::update(articles::table.find(id))
        .set((articles::version.eq(version), articles::updated_at.eq(Moment::now())))
        .execute(conn)?;
    Ok(Touched { id, status, version, body_text })
}
