//! An article's row as a writer makes it: what is said, what follows from it, what must be free.

use diesel::prelude::*;

use super::body::{BodyFormat, Rendered, render};
use super::{Article, NewArticle, Status, aliases};
use crate::auth::View;
use crate::db::Conn;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::schema::articles;
use crate::slug::Slug;
use crate::text::folded;

/// How far a clock may be ahead of ours before a date counts as in the future: 5 minutes.
const CLOCK_SKEW_MS: i64 = 5 * 60 * 1000;

/// A body and what is made from it, once, on writing.
pub(crate) struct Text {
    format: BodyFormat,
    source: String,
    pub(super) rendered: Rendered,
}

impl Text {
    /// Renders the body of an article that is sent whole.
    pub(crate) fn of(new: &NewArticle) -> Result<Self> {
        Self::new(new.body_format.unwrap_or_default(), new.body.clone())
    }

    fn new(format: BodyFormat, source: String) -> Result<Self> {
        let rendered = render(format, &source)
            .map_err(|error| Error::field("/body", "unreadable", error.to_string()))?;
        Ok(Self { format, source, rendered })
    }
}

/// Everything a row of `articles` says that a writer can change.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = articles, treat_none_as_null = true)]
pub(super) struct Written {
    pub(super) slug: String,
    pub(super) status: Status,
    title: String,
    pub(super) title_key: String,
    standfirst: Option<String>,
    dateline: Option<String>,
    language: Option<String>,
    source_name: Option<String>,
    source_url: Option<String>,
    source_retrieved_at: Option<Moment>,
    published_at: Option<Moment>,
    first_published_at: Option<Moment>,
    dated_at: Moment,
    created_at: Moment,
    updated_at: Moment,
    pub(super) version: i64,
    external_id: Option<String>,
}

impl Written {
    pub(super) fn of(
        conn: &mut Conn,
        new: &NewArticle,
        slug: &Slug,
        before: Option<&Article>,
        now: Moment,
    ) -> Result<Self> {
        let status = new.status.unwrap_or_default();
        let asked = new.published_at.or_else(|| before.and_then(|before| before.published_at));
        let first = before.and_then(|before| before.first_published_at);
        let Published { at, first } = published(status, asked, first, now)?;
        let external_id = new.external_id.as_ref().map(|id| id.as_str().to_owned());
        free_external_id(conn, external_id.as_deref(), before.map(|before| before.id))?;
        let created_at = before.map_or(now, |before| before.created_at);
        let source = new.source.as_ref();
        Ok(Self {
            slug: slug.as_str().to_owned(),
            status,
            title: new.title.as_str().to_owned(),
            title_key: folded(new.title.as_str()),
            standfirst: new.standfirst.as_ref().map(|text| text.as_str().to_owned()),
            dateline: new.dateline.as_ref().map(|text| text.as_str().to_owned()),
            language: new.language.as_ref().map(|text| text.as_str().to_owned()),
            source_name: source.map(|source| source.name.as_str().to_owned()),
            source_url: source.and_then(|s| s.url.as_ref()).map(|url| url.as_str().to_owned()),
            source_retrieved_at: source.and_then(|source| source.retrieved_at),
            published_at: at,
            first_published_at: first,
            dated_at: at.unwrap_or(created_at),
            created_at,
            updated_at: now,
            version: before.map_or(1, |before| before.version + 1),
            external_id,
        })
    }
}

pub(super) fn unpublish_date(written: &mut Written) -> Result<()> {
    if written.status == Status::Published {
        let detail = "must not be null while the article is published";
        return Err(Error::field("/published_at", "required", detail));
    }
    written.published_at = None;
    written.dated_at = written.created_at;
    Ok(())
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = articles)]
pub(super) struct WrittenText<'a> {
    body_format: BodyFormat,
    word_count: i32,
    body: &'a str,
    body_html: &'a str,
    body_text: &'a str,
}

impl<'a> WrittenText<'a> {
    pub(super) fn of(text: &'a Text) -> Result<Self> {
        let Text { format, source, rendered } = text;
        let Rendered { html, text, word_count, images: _ } = rendered;
        let word_count = i32::try_from(*word_count).map_err(Error::internal)?;
        let (body, body_html, body_text) = (source.as_str(), html.as_str(), text.as_str());
        Ok(Self { body_format: *format, word_count, body, body_html, body_text })
    }
}

/// When an article was and is published, after a write that asks for `status` and `asked`.
struct Published {
    at: Option<Moment>,
    first: Option<Moment>,
}

fn published(
    status: Status,
    asked: Option<Moment>,
    first: Option<Moment>,
    now: Moment,
) -> Result<Published> {
    if asked.is_some_and(|at| at > now.plus_millis(CLOCK_SKEW_MS)) {
        let detail = "must not be in the future; publish when the time has come";
        return Err(Error::field("/published_at", "out-of-range", detail));
    }
    Ok(match status {
        Status::Published => {
            let at = asked.unwrap_or(now);
            Published { at: Some(at), first: first.or(Some(at)) }
        }
        Status::Draft | Status::Archived => Published { at: asked, first },
    })
}

/// The slug, unless another article has it or had it and still holds it.
pub(super) fn free_slug(conn: &mut Conn, slug: &Slug, own: Option<Id>) -> Result<Slug> {
    match holder(conn, slug.as_str())? {
        Some((holder, now)) if Some(holder) != own => {
            let detail = if now == slug.as_str() {
                format!("The slug `{slug}` belongs to the article {holder}; take another.")
            } else {
                let alias = aliases::path(&now, slug.as_str());
                format!(
                    "The slug `{slug}` was that of the article `{now}` and still leads there; take \
                     another, or release it first with DELETE {alias}."
                )
            };
            Err(Error::taken("/slug", detail))
        }
        _ => Ok(slug.clone()),
    }
}

/// The article that has a slug, or had it: its id and the slug it has.
fn holder(conn: &mut Conn, slug: &str) -> Result<Option<(Id, String)>> {
    let of_slug = articles::table.filter(articles::slug.eq(slug));
    let holder = of_slug.select((articles::id, articles::slug)).first(conn).optional()?;
    match holder {
        Some(holder) => Ok(Some(holder)),
        None => aliases::successor(conn, View::Drafts, slug),
    }
}

pub(super) fn made_slug(conn: &mut Conn, title: &str) -> Result<Slug> {
    crate::slug::made(title, "article", |slug| Ok(holder(conn, slug.as_str())?.is_some()))
}

fn free_external_id(conn: &mut Conn, external_id: Option<&str>, own: Option<Id>) -> Result<()> {
    let Some(external_id) = external_id else { return Ok(()) };
    let of_id = articles::table.filter(articles::external_id.eq(external_id));
    match of_id.select(articles::id).first::<Id>(conn).optional()? {
        Some(holder) if Some(holder) != own => Err(Error::taken(
            "/external_id",
            format!("The external_id `{external_id}` belongs to the article {holder}."),
        )),
        _ => Ok(()),
    }
}
