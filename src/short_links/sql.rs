//! Short links in the database.

use std::collections::HashMap;

use diesel::dsl;
use diesel::prelude::*;

use super::{NewShortLink, ShortLink, ShortLinkKind, ShortLinkPage, ShortLinkQuery, code, path};
use crate::answer::{Answer, IfMatch};
use crate::articles::ArticleRef;
use crate::articles::aliases::meant;
use crate::articles::sql::is_published;
use crate::auth::View;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::schema::{articles, short_links};

/// How many codes are drawn before something must be wrong with the randomness.
const DRAWS_MAX: usize = 32;

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = short_links, check_for_backend(Any))]
struct ShortLinkRow {
    code: String,
    article_id: Option<Id>,
    kind: ShortLinkKind,
    hits: i64,
    last_hit_at: Option<Moment>,
    created_at: Moment,
    updated_at: Moment,
}

/// What is shown of the article: slug, headline, date of publication.
type Target = (String, String, Option<Moment>);

impl ShortLinkRow {
    fn new(code: String, article: Id, kind: ShortLinkKind) -> Self {
        let now = Moment::now();
        Self {
            code,
            article_id: Some(article),
            kind,
            hits: 0,
            last_hit_at: None,
            created_at: now,
            updated_at: now,
        }
    }

    fn shown(self, site: &Addresses, target: Option<Target>) -> ShortLink {
        let Self { code, article_id, kind, hits, last_hit_at, created_at, updated_at } = self;
        let article = article_id.zip(target).map(|(id, target)| reference(site, id, target));
        let url = site.short(&code);
        ShortLink { code, url, kind, article, hits, last_hit_at, created_at, updated_at }
    }
}

fn reference(site: &Addresses, id: Id, (slug, title, published_at): Target) -> ArticleRef {
    ArticleRef { id, url: site.article(id, &slug), slug, title, published_at }
}

/// Short links that are in use with what is shown of their article, ready to be filtered.
macro_rules! joined {
    () => {
        short_links::table
            .left_join(articles::table)
            .filter(short_links::retired_at.is_null())
            .select((
                ShortLinkRow::as_select(),
                (articles::slug, articles::title, articles::published_at).nullable(),
            ))
    };
}

pub(super) fn list(
    conn: &mut Conn,
    site: &Addresses,
    query: &ShortLinkQuery,
) -> Result<ShortLinkPage> {
    let ShortLinkQuery { article, kind, limit, cursor, count } = query;
    let identity = format!("short links {article:?} {kind:?}");
    // An article that is not there has no short links.
    let article = match article {
        None => None,
        Some(handle) => Some(meant(conn, View::Drafts, handle)?.unwrap_or_default()),
    };
    macro_rules! filtered {
        ($rows:expr) => {{
            let mut rows = $rows.into_boxed();
            if let Some(article) = article {
                rows = rows.filter(short_links::article_id.eq(article));
            }
            if let Some(kind) = kind {
                rows = rows.filter(short_links::kind.eq(*kind));
            }
            rows
        }};
    }
    let mut rows = filtered!(joined!());
    if let Some(cursor) = cursor {
        let (code, _) = cursor.position(&identity)?.text()?;
        rows = rows.filter(short_links::code.gt(code));
    }
    let rows = rows
        .order(short_links::code)
        .limit(limit.rows() + 1)
        .load::<(ShortLinkRow, Option<Target>)>(conn)?;
    // A code is all there is to tell short links apart.
    let cut = Cut::new(rows, *limit, &identity, |(row, _)| Position {
        key: Key::Text(row.code.clone()),
        id: Id::from_bytes([0; 16]),
    });
    let total = match count {
        Count::None => None,
        Count::Exact => {
            let rows = short_links::table.filter(short_links::retired_at.is_null());
            Some(filtered!(rows.select(dsl::count_star())).get_result(conn)?)
        }
    };
    let items = cut.rows.into_iter().map(|(row, target)| row.shown(site, target)).collect();
    Ok(ShortLinkPage { items, next_cursor: cut.next, total })
}

pub(super) fn find(conn: &mut Conn, site: &Addresses, code: &str) -> Result<ShortLink> {
    let row = joined!().filter(short_links::code.eq(code));
    let row = row.first::<(ShortLinkRow, Option<Target>)>(conn).optional()?;
    let (row, target) = row.ok_or(Error::NotFound("short link"))?;
    Ok(row.shown(site, target))
}

/// Those of these short links that are in use.
pub(crate) fn of_codes(
    conn: &mut Conn,
    site: &Addresses,
    codes: &[String],
) -> Result<HashMap<String, ShortLink>> {
    let rows = joined!().filter(among(short_links::code, codes));
    let rows = rows.load::<(ShortLinkRow, Option<Target>)>(conn)?.into_iter();
    Ok(rows.map(|(row, target)| (row.code.clone(), row.shown(site, target))).collect())
}

/// The article a code leads readers to.
pub(super) fn target(conn: &mut Conn, site: &Addresses, code: &str) -> Result<ArticleRef> {
    let article = short_links::table
        .inner_join(articles::table)
        .filter(short_links::code.eq(code))
        .filter(is_published())
        .select((articles::id, (articles::slug, articles::title, articles::published_at)));
    let article = article.first::<(Id, Target)>(conn).optional()?;
    let (id, target) = article.ok_or(Error::NotFound("short link"))?;
    Ok(reference(site, id, target))
}

/// The code of an article's own, beside its row.
#[dsl::auto_type]
pub(crate) fn own_code() -> _ {
    let own: ShortLinkKind = ShortLinkKind::Generated;
    short_links::table
        .filter(short_links::article_id.eq(articles::id.nullable()))
        .filter(short_links::kind.eq(own))
        .select(short_links::code)
        .single_value()
        .assume_not_null()
}

/// Gives a new article a code of its own.
pub(crate) fn give(conn: &mut Conn, article: Id) -> Result<()> {
    for _ in 0..DRAWS_MAX {
        let code = code::drawn()?;
        let given = short_links::table.find(&code).select(short_links::kind);
        if given.first::<ShortLinkKind>(conn).optional()?.is_none() {
            let row = ShortLinkRow::new(code, article, ShortLinkKind::Generated);
            diesel::insert_into(short_links::table).values(&row).execute(conn)?;
            return Ok(());
        }
    }
    Err(Error::internal("every code that was drawn was given before"))
}

pub(super) fn upsert(
    conn: &mut Conn,
    site: &Addresses,
    code: &str,
    if_match: &IfMatch,
    new: &NewShortLink,
) -> Result<Answer> {
    let there = short_links::table.find(code).select((short_links::kind, short_links::retired_at));
    let made = match there.first::<(ShortLinkKind, Option<Moment>)>(conn).optional()? {
        Some((ShortLinkKind::Generated, _)) => {
            let detail = "was made for an article and leads to it for good; choose another.";
            return Err(code::fixed(code, detail));
        }
        Some((ShortLinkKind::Vanity, Some(_))) => {
            let detail = "was retired: where it is printed it must not lead elsewhere one day; \
                          choose another.";
            return Err(code::fixed(code, detail));
        }
        Some((ShortLinkKind::Vanity, None)) => {
            let before = find(conn, site, code)?;
            if_match.check(&before)?;
            let article = article_of(conn, new)?;
            if before.article.as_ref().is_none_or(|before| before.id != article) {
                let changes = (
                    short_links::article_id.eq(article),
                    short_links::updated_at.eq(Moment::now()),
                );
                diesel::update(short_links::table.find(code)).set(changes).execute(conn)?;
            }
            false
        }
        None => {
            if_match.check_absent()?;
            let article = article_of(conn, new)?;
            let row = ShortLinkRow::new(code.to_owned(), article, ShortLinkKind::Vanity);
            diesel::insert_into(short_links::table).values(&row).execute(conn)?;
            true
        }
    };
    let link = find(conn, site, code)?;
    let answer = if made { Answer::created(&path(code), &link)? } else { Answer::ok(&link)? };
    Ok(answer.modified(link.updated_at))
}

fn article_of(conn: &mut Conn, new: &NewShortLink) -> Result<Id> {
    meant(conn, View::Drafts, &new.article)?.ok_or_else(|| {
        let detail = format!("there is no article `{}`", new.article);
        Error::field("/article", "not-found", detail)
    })
}

pub(super) fn retire(conn: &mut Conn, before: &ShortLink) -> Result<()> {
    let code = &before.code;
    if before.kind == ShortLinkKind::Generated {
        let detail = "was made for an article and stays as long as it does.";
        return Err(code::fixed(code, detail));
    }
    let changes =
        (short_links::article_id.eq(None::<Id>), short_links::retired_at.eq(Moment::now()));
    diesel::update(short_links::table.find(code)).set(changes).execute(conn)?;
    Ok(())
}
