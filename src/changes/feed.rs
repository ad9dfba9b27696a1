//! How the log is read: by readers, who learn of what they see, and by those who see everything.

use std::collections::HashMap;

use diesel::prelude::*;

use super::kind::{ChangeKind, Subject};
use super::log::last;
use super::names::{self, Names};
use super::{Change, ChangePage, Told};
use crate::articles::Article;
use crate::auth::{CommentReader, View};
use crate::comments::Comment;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn};
use crate::error::{Error, Result};
use crate::images::Image;
use crate::links::Link;
use crate::page::Limit;
use crate::people::Person;
use crate::quotes::Quote;
use crate::schema::{change_horizon, changes};
use crate::short_links::ShortLink;
use crate::standards::CommunityStandards;
use crate::streams::Stream;
use crate::tags::Tag;
use crate::text::Handle;

/// How far one answer looks for changes that a filter lets through.
pub(super) const FILTERED_MAX: i64 = 50_000;

/// What is asked of the log.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) reader: CommentReader,
    pub(super) kinds: Option<Vec<ChangeKind>>,
    pub(super) tag: Option<Handle>,
    pub(super) limit: Limit,
    /// Whether the things themselves are shown as they are now.
    pub(super) shows: bool,
}

impl Ask {
    /// Whether it is asked by somebody who learns only what readers see.
    pub(super) fn is_public(&self) -> bool {
        self.reader.view == View::Public
    }

    fn is_filtered(&self) -> bool {
        self.kinds.is_some() || self.tag.is_some()
    }
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = changes, check_for_backend(Any))]
pub(super) struct ChangeRow {
    pub(super) seq: i64,
    pub(super) public_seq: Option<i64>,
    pub(super) kind: String,
    pub(super) public_kind: Option<String>,
    pub(super) resource_id: String,
    pub(super) article_id: Option<Id>,
    pub(super) fields: String,
    pub(super) tags: String,
    pub(super) listed: String,
    pub(super) at: Moment,
}

impl ChangeRow {
    /// The names of what readers may have been shown of it.
    fn purge(&self) -> Vec<String> {
        let kind = self.public_kind.as_deref().and_then(ChangeKind::parse);
        let names = kind.map(|kind| {
            let (id, article) = (self.resource_id.as_str(), self.article_id);
            let Self { fields, tags, listed, at, .. } = self;
            names::Told { kind, id, article, fields, tags, listed, at: *at }.names()
        });
        names.iter().flat_map(Names::iter).map(str::to_owned).collect()
    }
}

/// How far the log goes for whoever asks.
pub(super) fn newest(conn: &mut Conn, view: View) -> Result<i64> {
    let last = last(conn)?;
    Ok(if view == View::Public { last.public_seq } else { last.seq })
}

/// The changes that somebody learns of, of these kinds and under this tag, if any are said.
pub(super) fn learned(
    reader: CommentReader,
    kinds: Option<Vec<String>>,
    tag: Option<Id>,
) -> changes::BoxedQuery<'static, Any> {
    let public = reader.view == View::Public;
    let mut rows = changes::table.into_boxed();
    if public {
        rows = rows.filter(changes::public_seq.is_not_null());
    } else if !reader.moderates {
        rows = rows.filter(changes::is_moderation.eq(false));
    }
    rows = match kinds {
        None => rows,
        Some(kinds) if public => rows.filter(changes::public_kind.eq_any(kinds)),
        Some(kinds) => rows.filter(changes::kind.eq_any(kinds)),
    };
    match tag {
        None => rows,
        Some(tag) => rows.filter(changes::tags.like(format!("% {} %", tag.simple()))),
    }
}

/// The changes after a number.
pub(super) fn page(conn: &mut Conn, site: &Addresses, ask: &Ask, after: i64) -> Result<ChangePage> {
    let public = ask.is_public();
    let newest = newest(conn, ask.reader.view)?;
    let horizon = change_horizon::table.select((change_horizon::seq, change_horizon::public_seq));
    let (gone, public_gone) = horizon.first::<(i64, i64)>(conn)?;
    let gone = if public { public_gone } else { gone };
    if after < gone {
        return Err(Error::Gone(format!(
            "The log begins after change {gone}. Start over: read what you follow as it is now, then go on \
             with `after={newest}`."
        )));
    }
    if after > newest {
        return Err(Error::Gone(format!(
            "There is no change {after} here: the log ends with {newest}. Start over: read what you follow as it is \
             now, then go on with `after={newest}`."
        )));
    }
    let until =
        if ask.is_filtered() { newest.min(after.saturating_add(FILTERED_MAX)) } else { newest };
    let tag = ask.tag.as_ref().map(|tag| tag_of(conn, ask.reader.view, tag)).transpose()?;
    let kinds = ask.kinds.as_ref().map(|kinds| kinds.iter().map(ToString::to_string).collect());
    let mut rows = learned(ask.reader, kinds, tag);
    rows = if public {
        let within = changes::public_seq.gt(after).and(changes::public_seq.le(until));
        rows.filter(within).order(changes::public_seq.asc())
    } else {
        let within = changes::seq.gt(after).and(changes::seq.le(until));
        rows.filter(within).order(changes::seq.asc())
    };
    let rows = rows.select(ChangeRow::as_select());
    let limit = usize::try_from(ask.limit.rows()).map_err(Error::internal)?;
    let mut rows = rows.limit(ask.limit.rows() + 1).load::<ChangeRow>(conn)?;
    let shown_rows = limit.min(affordable(conn, ask, &rows)?);
    let more = rows.len() > shown_rows;
    rows.truncate(shown_rows);
    let number =
        |row: &ChangeRow| if public { row.public_seq.unwrap_or_default() } else { row.seq };
    let last_seq = rows.last().filter(|_| more).map_or(until.max(after), number);
    let items = shown(conn, site, ask, rows)?;
    Ok(ChangePage { items, last_seq, has_more: more || last_seq < newest })
}

/// How many of these changes an answer can show: with the things themselves it grows with their bodies.
fn affordable(conn: &mut Conn, ask: &Ask, rows: &[ChangeRow]) -> Result<usize> {
    let of_articles = rows.iter().enumerate().filter(|(_, row)| row.kind.starts_with("article."));
    let (places, ids): (Vec<_>, Vec<_>) =
        of_articles.filter_map(|(place, row)| Some((place, row.article_id?))).unzip();
    if !ask.shows || ids.is_empty() {
        return Ok(rows.len());
    }
    let articles = crate::articles::weight::affordable(conn, &ids)?;
    Ok(places.get(articles).copied().unwrap_or(rows.len()))
}

/// The tag that is meant; what is not there has no changes.
fn tag_of(conn: &mut Conn, view: View, tag: &Handle) -> Result<Id> {
    match tag {
        Handle::Id(id) => Ok(*id),
        Handle::Slug(slug) => {
            let found = crate::tags::sql::ids_of(conn, view, &[slug])?;
            Ok(found.get(slug).copied().unwrap_or_default())
        }
    }
}

/// The things that changes are about, as they are now: as many statements for one of a kind as for a hundred.
#[derive(Default)]
struct Things {
    articles: HashMap<Id, Article>,
    quotes: HashMap<Id, Quote>,
    links: HashMap<Id, Link>,
    tags: HashMap<Id, Tag>,
    people: HashMap<Id, Person>,
    images: HashMap<Id, Image>,
    streams: HashMap<Id, Stream>,
    comments: HashMap<Id, Comment>,
    standards: HashMap<i32, CommunityStandards>,
    short_links: HashMap<String, ShortLink>,
}

impl Things {
    fn of(
        conn: &mut Conn,
        site: &Addresses,
        reader: CommentReader,
        rows: &[(ChangeKind, ChangeRow)],
    ) -> Result<Self> {
        let view = reader.view;
        let of = |of: Subject| {
            let rows = rows.iter().filter(move |(kind, _)| kind.of == of);
            rows.map(|(_, row)| row.resource_id.clone()).collect::<Vec<_>>()
        };
        let ids = |subject: Subject| {
            of(subject).iter().filter_map(|id| id.parse::<Id>().ok()).collect::<Vec<_>>()
        };
        let mut things = Self::default();
        macro_rules! look {
            ($things:ident, $ids:expr, |$found:ident| $look:expr) => {{
                let $found = &$ids;
                if !$found.is_empty() {
                    things.$things = $look?;
                }
            }};
        }
        look!(articles, ids(Subject::Article), |ids| crate::articles::sql::of_ids(
            conn, site, view, ids
        ));
        look!(quotes, ids(Subject::Quote), |ids| crate::quotes::sql::of_ids(conn, site, view, ids));
        look!(links, ids(Subject::Link), |ids| crate::links::sql::of_ids(conn, site, view, ids));
        look!(tags, ids(Subject::Tag), |ids| crate::tags::sql::of_ids(conn, view, ids));
        look!(people, ids(Subject::Person), |ids| crate::people::sql::of_ids(conn, view, ids));
        look!(streams, ids(Subject::Stream), |ids| crate::streams::sql::of_ids(
            conn, site, view, ids
        ));
        look!(comments, ids(Subject::Comment), |ids| crate::comments::sql::of_ids(
            conn, site, reader, ids
        ));
        let versions = of(Subject::CommunityStandards);
        let versions = versions.iter().filter_map(|it| it.parse::<i32>().ok()).collect::<Vec<_>>();
        look!(standards, versions, |versions| crate::standards::of_versions(conn, view, versions));
        if view == View::Drafts {
            look!(images, ids(Subject::Image), |ids| crate::images::sql::of_ids(conn, site, ids));
            look!(short_links, of(Subject::ShortLink), |codes| crate::short_links::sql::of_codes(
                conn, site, codes
            ));
        }
        Ok(things)
    }
}

pub(super) fn shown(
    conn: &mut Conn,
    site: &Addresses,
    ask: &Ask,
    rows: Vec<ChangeRow>,
) -> Result<Vec<Change>> {
    let public = ask.is_public();
    let rows = rows.into_iter().map(|row| {
        let kind = if public { row.public_kind.as_deref() } else { Some(row.kind.as_str()) };
        let kind = kind.and_then(ChangeKind::parse);
        let kind = kind.ok_or_else(|| Error::internal(format!("a change of kind {}", row.kind)))?;
        Ok((kind, row))
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let mut things =
        if ask.shows { Things::of(conn, site, ask.reader, &rows)? } else { Things::default() };
    let changes = rows.into_iter().map(|(kind, row)| change(ask, kind, row, &mut things));
    changes.collect()
}

fn change(ask: &Ask, kind: ChangeKind, row: ChangeRow, things: &mut Things) -> Result<Change> {
    let public = ask.is_public();
    let words =
        |text: &str| text.split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let told = Told {
        seq: if public { row.public_seq.unwrap_or_default() } else { row.seq },
        kind,
        article_id: row.article_id,
        fields: words(&row.fields),
        purge: row.purge(),
        at: row.at,
    };
    let text = row.resource_id;
    let id = text.parse::<Id>().unwrap_or_default();
    macro_rules! about {
        ($change:ident, $things:ident, $id:expr) => {{
            let id = $id;
            let resource = things.$things.get(&id).cloned();
            Change::$change(told.about(id, ask, resource))
        }};
    }
    Ok(match kind.of {
        Subject::Article => about!(Article, articles, id),
        Subject::Quote => about!(Quote, quotes, id),
        Subject::Link => about!(Link, links, id),
        Subject::Tag => about!(Tag, tags, id),
        Subject::Person => about!(Person, people, id),
        Subject::Image => about!(Image, images, id),
        Subject::Stream => about!(Stream, streams, id),
        Subject::Comment => about!(Comment, comments, id),
        Subject::CommunityStandards => {
            about!(CommunityStandards, standards, text.parse::<i32>().map_err(Error::internal)?)
        }
        Subject::ShortLink => about!(ShortLink, short_links, text),
    })
}
