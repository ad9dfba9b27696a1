//! Links in the database.

use std::collections::HashMap;

use diesel::prelude::*;

use super::replacing::insert_at;
use super::targets::{target_of, titled};
use super::{ArticleLinkQuery, Link, LinkPage, LinkPatch, LinkQuery, LinkRel, NewLink};
use crate::articles::aliases::meant;
use crate::articles::sql::id_of;
use crate::articles::sql::is_published;
use crate::articles::writing::touch;
use crate::articles::{ArticleRef, Status};
use crate::auth::View;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::parts::positions;
use crate::schema::{articles, links};
use crate::text::{Handle, Line, Name, WebUrl, folded};

/// How many links an article may have.
const LINKS_MAX: i32 = 1000;

positions!(links, LINKS_MAX);

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = links, check_for_backend(Any), treat_none_as_null = true)]
pub(super) struct LinkRow {
    pub(super) id: Id,
    pub(super) article_id: Id,
    pub(super) rel: LinkRel,
    pub(super) position: i32,
    pub(super) title: Option<String>,
    pub(super) title_key: Option<String>,
    pub(super) url: Option<String>,
    pub(super) target_id: Option<Id>,
    pub(super) created_at: Moment,
    pub(super) updated_at: Moment,
    pub(super) version: i64,
}

mod alias {
    use crate::schema::articles;
    diesel::alias!(articles as targets: Targets);
}
use alias::targets;

/// What is shown of a target: slug, headline, date of publication, status.
type Target = (String, String, Option<Moment>, Status);

/// Links with their article and their target.
macro_rules! tables {
    () => {
        links::table
            .inner_join(articles::table)
            .left_join(targets.on(links::target_id.eq(targets.field(articles::id).nullable())))
    };
}

/// Links joined with what is shown of their targets, ready to be filtered.
macro_rules! joined {
    () => {
        tables!().select((
            LinkRow::as_select(),
            targets
                .fields((articles::slug, articles::title, articles::published_at, articles::status))
                .nullable(),
        ))
    };
}

/// Only links a reader may see: whose target is not hidden, or which have words of their own.
macro_rules! seen {
    ($view:expr, $rows:expr) => {{
        let mut rows = $rows;
        if $view == View::Public {
            rows = rows.filter(is_published()).filter(
                links::target_id
                    .is_null()
                    .or(links::title.is_not_null())
                    .or(targets.field(articles::status).eq(Status::Published).assume_not_null()),
            );
        }
        rows
    }};
}

fn link(site: &Addresses, view: View, (row, target): (LinkRow, Option<Target>)) -> Link {
    let seen = target.filter(|(.., status)| view == View::Drafts || *status == Status::Published);
    let target = row.target_id.zip(seen).map(|(id, (slug, title, published_at, _))| ArticleRef {
        id,
        url: site.article(id, &slug),
        slug,
        title,
        published_at,
    });
    let headline = target.as_ref().map(|target| target.title.clone());
    Link {
        id: row.id,
        article_id: row.article_id,
        rel: row.rel,
        position: row.position,
        title: row.title.or(headline),
        url: row.url,
        target,
    }
}

pub(super) fn list(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    query: &LinkQuery,
) -> Result<LinkPage> {
    let LinkQuery { target, rel, limit, cursor, count } = query;
    let identity = format!("links {view:?} {target:?} {rel:?}");
    // A target nobody may see, like one that is not there, has no links to it.
    let target = match target {
        None => None,
        Some(handle) => Some(meant(conn, view, handle)?.unwrap_or_default()),
    };
    macro_rules! filtered {
        ($rows:expr) => {{
            let mut rows = seen!(view, $rows.into_boxed());
            if let Some(target) = target {
                rows = rows.filter(links::target_id.eq(target));
            }
            if let Some(rel) = rel {
                rows = rows.filter(links::rel.eq(*rel));
            }
            rows
        }};
    }
    let mut rows = filtered!(joined!());
    if let Some(cursor) = cursor {
        rows = rows.filter(links::id.lt(cursor.position(&identity)?.id));
    }
    let rows = rows
        .order(links::id.desc())
        .limit(limit.rows() + 1)
        .load::<(LinkRow, Option<Target>)>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, _)| Position {
        key: Key::Moment(row.created_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => {
            let rows = tables!().select(diesel::dsl::count_star());
            Some(filtered!(rows).get_result(conn)?)
        }
    };
    let items = cut.rows.into_iter().map(|row| link(site, view, row)).collect();
    Ok(LinkPage { items, next_cursor: cut.next, total })
}

pub(super) fn list_of(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    article: &Handle,
    query: &ArticleLinkQuery,
) -> Result<(Id, LinkPage)> {
    let article = id_of(conn, view, article)?;
    let ArticleLinkQuery { limit, cursor, count } = query;
    let identity = format!("links of {article} {view:?}");
    let mut rows = seen!(view, joined!().into_boxed()).filter(links::article_id.eq(article));
    if let Some(cursor) = cursor {
        let (place, id) = cursor.position(&identity)?.place()?;
        let after = links::position.eq(place).and(links::id.gt(id));
        rows = rows.filter(links::position.gt(place).or(after));
    }
    let rows = rows
        .order((links::position, links::id))
        .limit(limit.rows() + 1)
        .load::<(LinkRow, Option<Target>)>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, _)| Position {
        key: Key::Place(row.position),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => {
            let rows = tables!().select(diesel::dsl::count_star()).into_boxed();
            let rows = seen!(view, rows).filter(links::article_id.eq(article));
            Some(rows.get_result(conn)?)
        }
    };
    let items = cut.rows.into_iter().map(|row| link(site, view, row)).collect();
    Ok((article, LinkPage { items, next_cursor: cut.next, total }))
}

pub(super) fn find(conn: &mut Conn, site: &Addresses, view: View, id: Id) -> Result<Link> {
    let rows = seen!(view, joined!().into_boxed()).filter(links::id.eq(id));
    let row = rows.first(conn).optional()?.ok_or(Error::NotFound("link"))?;
    Ok(link(site, view, row))
}

/// Those of these links that are there and may be seen.
pub(crate) fn of_ids(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    ids: &[Id],
) -> Result<HashMap<Id, Link>> {
    let rows = seen!(view, joined!().into_boxed()).filter(among(links::id, ids));
    let rows = rows.load::<(LinkRow, Option<Target>)>(conn)?.into_iter();
    Ok(rows.map(|row| (row.0.id, link(site, view, row))).collect())
}

/// The links of these articles, each article's in its order.
pub(crate) fn of_articles(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    ids: &[Id],
) -> Result<HashMap<Id, Vec<Link>>> {
    let rows = seen!(view, joined!().into_boxed())
        .filter(among(links::article_id, ids))
        .order((links::article_id, links::position, links::id))
        .load::<(LinkRow, Option<Target>)>(conn)?;
    let mut all = HashMap::<Id, Vec<Link>>::new();
    for row in rows {
        all.entry(row.0.article_id).or_default().push(link(site, view, row));
    }
    Ok(all)
}

/// All links of an article as they would be sent again.
pub(crate) fn resendable(conn: &mut Conn, article: Id) -> Result<Vec<NewLink>> {
    let rows = links::table
        .left_join(targets.on(links::target_id.eq(targets.field(articles::id).nullable())))
        .filter(links::article_id.eq(article))
        .order((links::position, links::id))
        .select((LinkRow::as_select(), targets.field(articles::slug).nullable()))
        .load::<(LinkRow, Option<String>)>(conn)?;
    let links = rows.into_iter().map(|(row, target)| {
        Ok(NewLink {
            rel: Some(row.rel),
            title: row.title.map(|title| Line::parse(&title)).transpose()?,
            url: row.url.map(|url| WebUrl::parse(&url)).transpose()?,
            target: target.map(|slug| Name::parse(&slug)).transpose()?,
            position: None,
        })
    });
    links.collect::<Result<_, String>>().map_err(Error::internal)
}

pub(super) fn add(conn: &mut Conn, article: &Handle, new: &NewLink) -> Result<Id> {
    let article = touch(conn, article)?;
    let place = make_room(conn, article.id, new.position)?;
    insert_at(conn, article.id, new, place)
}

pub(super) fn remove(conn: &mut Conn, before: &Link) -> Result<()> {
    take_out(conn, before.id, before.article_id, before.position)
}

/// Takes the link at a place of an article away.
pub(super) fn take_out(conn: &mut Conn, link: Id, article: Id, place: i32) -> Result<()> {
    touch(conn, &Handle::Id(article))?;
    diesel::delete(links::table.find(link)).execute(conn)?;
    close_gap(conn, article, place)
}

#[derive(AsChangeset)]
#[diesel(table_name = links, treat_none_as_null = true)]
struct Changes {
    rel: LinkRel,
    title: Option<String>,
    title_key: Option<String>,
    url: Option<String>,
    target_id: Option<Id>,
    updated_at: Moment,
    version: i64,
}

pub(super) fn update(conn: &mut Conn, before: &Link, patch: &LinkPatch) -> Result<()> {
    let article = before.article_id;
    touch(conn, &Handle::Id(article))?;
    if let Some(place) = patch.position.filter(|place| *place != before.position) {
        move_part(conn, article, before.id, before.position, place)?;
    }
    let row = links::table.find(before.id).select(LinkRow::as_select()).first(conn)?;
    let LinkPatch { rel, title, url, target, position: _ } = patch;
    let title = match title {
        None => row.title.clone(),
        Some(title) => title.as_ref().map(|title| title.as_str().to_owned()),
    };
    let title_key = title.as_deref().map(folded);
    let (url, target_id) = match (url, target) {
        (Some(Some(_)), Some(Some(_))) => {
            let detail = "cannot be combined with `url`: a link points to one of them";
            return Err(Error::field("/target", "conflict", detail));
        }
        (Some(Some(url)), _) => (Some(url.as_str().to_owned()), None),
        (_, Some(Some(name))) => (None, Some(target_of(conn, article, name, "")?.id)),
        (url, target) => (
            if url.is_some() { None } else { row.url },
            if target.is_some() { None } else { row.target_id },
        ),
    };
    let (title, title_key) = match (target_id, title_key) {
        // As in [`super::replacing`]: the headline of its target is no word of its own.
        (Some(id), Some(key)) if row.title_key.as_ref() != Some(&key) => {
            let headline = articles::table.find(id).select(articles::title_key);
            let headline = headline.first::<String>(conn)?;
            if headline == key { (None, None) } else { (title, Some(key)) }
        }
        (_, key) => (title, key),
    };
    // A headline that is new here finds its article as one that is sent with a new link does.
    let waits = url.is_none() && target_id.is_none() && patch.target.is_none();
    let target_id = match &title_key {
        Some(key) if waits => titled(conn, article, key)?,
        _ => target_id,
    };
    if url.is_none() && target_id.is_none() && title.is_none() {
        return Err(Error::field("", "required", "must keep one of `target`, `url` and `title`"));
    }
    let changes = Changes {
        rel: rel.unwrap_or(row.rel),
        title,
        title_key,
        url,
        target_id,
        updated_at: Moment::now(),
        version: row.version + 1,
    };
    diesel::update(links::table.find(before.id)).set(&changes).execute(conn)?;
    Ok(())
}
