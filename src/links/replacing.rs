//! How links are made: one by one, or all links of an article at once, where what was there stays
//! what it is.

use diesel::prelude::*;

use super::sql::LinkRow;
use super::targets::{Target, named, target_of, titled, titled_each};
use super::{LinkRel, NewLink};
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::parts::{claims, without_position};
use crate::schema::{articles, links};
use crate::text::folded;

/// A link that is there, and its target's headline as headlines are compared.
struct There {
    row: LinkRow,
    headline_key: Option<String>,
}

/// Writes the links a new article comes with, in their order.
pub(crate) fn insert_all(conn: &mut Conn, article: Id, new: &[NewLink]) -> Result<()> {
    let wanted = wanted_all(conn, article, new)?;
    let none = wanted.iter().map(|_| None).collect::<Vec<_>>();
    write_all(conn, article, wanted, &none)
}

/// Writes one link at its place.
pub(super) fn insert_at(conn: &mut Conn, article: Id, new: &NewLink, place: i32) -> Result<Id> {
    check(new, "")?;
    let target = match &new.target {
        None => None,
        Some(name) => Some(target_of(conn, article, name, "")?),
    };
    let mut wanted = Wanted::of(new, target);
    wanted.drop_headline(None);
    let titled = match wanted.waits_for() {
        None => None,
        Some(key) => titled(conn, article, key)?,
    };
    let row = wanted.into_row(article, place, titled);
    diesel::insert_into(links::table).values(&row).execute(conn)?;
    Ok(row.id)
}

/// Makes these the links of an article, in their order. One that is there, known by its `rel` and its
/// target, else its URL, else its words, stays itself and takes what is sent; what nobody sends goes.
pub(crate) fn replace_all(conn: &mut Conn, article: Id, new: &[NewLink]) -> Result<()> {
    let wanted = wanted_all(conn, article, new)?;
    let rows = links::table
        .left_join(articles::table.on(links::target_id.eq(articles::id.nullable())))
        .filter(links::article_id.eq(article))
        .order((links::position, links::id))
        .select((LinkRow::as_select(), articles::title_key.nullable()))
        .load::<(LinkRow, Option<String>)>(conn)?;
    let there = rows.into_iter().map(|(row, headline_key)| There { row, headline_key });
    let there = there.collect::<Vec<_>>();
    let target = |there: &There, new: &Wanted| {
        let sent = new.target.as_ref().map(|target| target.id);
        there.row.rel == new.rel && sent.is_some() && there.row.target_id == sent
    };
    let url = |there: &There, new: &Wanted| {
        there.row.rel == new.rel && new.url.is_some() && there.row.url == new.url
    };
    let title = |there: &There, new: &Wanted| {
        there.row.rel == new.rel && new.title.is_some() && there.row.title_key == new.title_key
    };
    let all = |there: &There, new: &Wanted| {
        (target(there, new) || url(there, new)) && there.row.title == new.title
    };
    let claims = claims(&there, &wanted, &[&all, &target, &url, &title]);
    let stays = |id: Id| claims.iter().flatten().any(|claimed| claimed.row.id == id);
    let gone = there.iter().map(|there| there.row.id).filter(|id| !stays(*id)).collect::<Vec<_>>();
    if !gone.is_empty() {
        diesel::delete(links::table.filter(links::id.eq_any(gone))).execute(conn)?;
    }
    write_all(conn, article, wanted, &claims)
}

/// What a link that is sent asks for, its target found.
struct Wanted {
    rel: LinkRel,
    title: Option<String>,
    title_key: Option<String>,
    url: Option<String>,
    target: Option<Target>,
}

impl Wanted {
    fn of(new: &NewLink, target: Option<Target>) -> Self {
        let NewLink { rel, title, url, target: _, position: _ } = new;
        Self {
            rel: rel.unwrap_or_default(),
            title: title.as_ref().map(|title| title.as_str().to_owned()),
            title_key: title.as_ref().map(|title| folded(title.as_str())),
            url: url.as_ref().map(|url| url.as_str().to_owned()),
            target,
        }
    }

    /// The headline of a target that is named is no word of the link's own, whoever read it there and
    /// sends it back: with the target it changes, and is hidden. Words that are there stay.
    fn drop_headline(&mut self, there: Option<&There>) {
        let headline = self.target.as_ref().map(|target| &target.headline_key);
        let words = there.and_then(|there| there.row.title_key.as_ref());
        if headline.is_some() && headline == self.title_key.as_ref() && headline != words {
            (self.title, self.title_key) = (None, None);
        }
    }

    /// The headline whose article it waits for, if words are all it has.
    fn waits_for(&self) -> Option<&str> {
        let alone = self.target.is_none() && self.url.is_none();
        self.title_key.as_deref().filter(|_| alone)
    }

    fn into_row(self, article: Id, place: i32, titled: Option<Id>) -> LinkRow {
        let now = Moment::now();
        LinkRow {
            id: Id::new(),
            article_id: article,
            rel: self.rel,
            position: place,
            title: self.title,
            title_key: self.title_key,
            url: self.url,
            target_id: self.target.map(|target| target.id).or(titled),
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }
}

/// A link points to one thing, or waits for one.
fn check(new: &NewLink, at: &str) -> Result<()> {
    if new.target.is_some() && new.url.is_some() {
        let detail = "cannot be combined with `url`: a link points to one of them";
        return Err(Error::field(format!("{at}/target"), "conflict", detail));
    }
    if new.target.is_none() && new.url.is_none() && new.title.is_none() {
        return Err(Error::field(at, "required", "needs `target`, `url` or `title`"));
    }
    Ok(())
}

fn wanted_all(conn: &mut Conn, article: Id, new: &[NewLink]) -> Result<Vec<Wanted>> {
    for (index, link) in new.iter().enumerate() {
        let pointer = format!("/links/{index}");
        without_position(link.position, &pointer)?;
        check(link, &pointer)?;
    }
    let targets = named(conn, article, new)?;
    Ok(new.iter().zip(targets).map(|(link, target)| Wanted::of(link, target)).collect())
}

fn write_all(
    conn: &mut Conn,
    article: Id,
    wanted: Vec<Wanted>,
    claims: &[Option<&There>],
) -> Result<()> {
    // The words of a link that has found its article go on meaning that one.
    let found = |wanted: &Wanted, there: Option<&There>| {
        let there = there.filter(|there| there.headline_key == wanted.title_key);
        there.and_then(|there| there.row.target_id)
    };
    let waiting =
        wanted.iter().zip(claims).filter(|(wanted, there)| found(wanted, **there).is_none());
    let keys =
        waiting.filter_map(|(wanted, _)| wanted.waits_for()).map(str::to_owned).collect::<Vec<_>>();
    let titled = titled_each(conn, article, &keys)?;
    for (index, (mut wanted, there)) in wanted.into_iter().zip(claims).enumerate() {
        wanted.drop_headline(*there);
        let place = i32::try_from(index).map_err(Error::internal)?;
        let alone = wanted.waits_for();
        let target = alone.and_then(|key| found(&wanted, *there).or(titled.get(key).copied()));
        let row = wanted.into_row(article, place, target);
        match there {
            None => {
                diesel::insert_into(links::table).values(&row).execute(conn)?;
            }
            Some(there) => keep(conn, &there.row, row)?,
        }
    }
    Ok(())
}

/// Writes what has changed about a link that stays.
fn keep(conn: &mut Conn, before: &LinkRow, row: LinkRow) -> Result<()> {
    let LinkRow { id, created_at, updated_at, version, position, .. } = *before;
    let mut row = LinkRow { id, created_at, updated_at, version, ..row };
    if row == *before {
        return Ok(());
    }
    if (LinkRow { position, ..row.clone() }) != *before {
        row.updated_at = Moment::now();
        row.version += 1;
    }
    diesel::update(links::table.find(id)).set(&row).execute(conn)?;
    Ok(())
}
