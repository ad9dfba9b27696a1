//! Articles in the database.

use std::collections::HashMap;

use diesel::prelude::*;

use super::body::{BodyFormat, Rendered, render};
use super::filter::{Ask, Rows};
use super::{
    Article, ArticleOrder, ArticlePage, ArticlePart, ArticlePatch, ArticleSummary, NewArticle,
    NewSource, Source, Status,
};
use crate::answer::IfMatch;
use crate::auth::View;
use crate::config::PublicUrl;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::quotes::anchor::Body;
use crate::quotes::writing::Home;
use crate::schema::{article_authors, article_tags, articles};
use crate::slug::Slug;
use crate::text::{Handle, Language, Line, Name, Prose, WebUrl, folded};

/// How far a clock may be ahead of ours before a date counts as in the future: 5 minutes.
const CLOCK_SKEW_MS: i64 = 5 * 60 * 1000;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = articles, check_for_backend(Any))]
struct ArticleRow {
    id: Id,
    slug: String,
    status: Status,
    title: String,
    title_key: String,
    standfirst: Option<String>,
    dateline: Option<String>,
    language: Option<String>,
    source_name: Option<String>,
    source_url: Option<String>,
    source_retrieved_at: Option<Moment>,
    body_format: BodyFormat,
    word_count: i32,
    published_at: Option<Moment>,
    first_published_at: Option<Moment>,
    dated_at: Moment,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
    external_id: Option<String>,
}

#[derive(Debug, Clone, Default, Queryable, Selectable)]
#[diesel(table_name = articles, check_for_backend(Any))]
struct BodyRow {
    body: String,
    body_html: String,
    body_text: String,
}

impl ArticleRow {
    fn source(&self) -> Option<Source> {
        let name = self.source_name.clone()?;
        let (url, retrieved_at) = (self.source_url.clone(), self.source_retrieved_at);
        Some(Source { name, url, retrieved_at })
    }

    fn url(&self, site: &PublicUrl) -> String {
        format!("{site}{}", super::path(&self.slug))
    }

    fn into_summary(self, site: &PublicUrl) -> ArticleSummary {
        ArticleSummary {
            id: self.id,
            url: self.url(site),
            source: self.source(),
            slug: self.slug,
            status: self.status,
            title: self.title,
            standfirst: self.standfirst,
            dateline: self.dateline,
            language: self.language,
            word_count: self.word_count,
            tags: Vec::new(),
            published_at: self.published_at,
            first_published_at: self.first_published_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            external_id: self.external_id,
            authors: None,
            body: None,
            body_format: None,
            body_html: None,
            body_text: None,
            quotes: None,
            links: None,
        }
    }
}

// --- Reading

fn of_handle(handle: &Handle) -> Rows {
    let rows = articles::table.into_boxed();
    match handle {
        Handle::Id(id) => rows.filter(articles::id.eq(*id)),
        Handle::Slug(slug) => rows.filter(articles::slug.eq(slug.clone())),
    }
}

/// The id of an article, if it is there and may be seen.
pub(crate) fn id_of(conn: &mut Conn, view: View, handle: &Handle) -> Result<Id> {
    let row = of_handle(handle).select((articles::id, articles::status));
    match row.first::<(Id, Status)>(conn).optional()? {
        Some((id, status)) if view == View::Drafts || status == Status::Published => Ok(id),
        _ => Err(Error::NotFound("article")),
    }
}

/// Whether there is no article at all.
pub(crate) fn is_empty(conn: &mut Conn) -> Result<bool> {
    Ok(articles::table.select(articles::id).first::<Id>(conn).optional()?.is_none())
}

pub(crate) fn find(
    conn: &mut Conn,
    site: &PublicUrl,
    view: View,
    handle: &Handle,
) -> Result<Article> {
    let found = of_handle(handle)
        .select((ArticleRow::as_select(), BodyRow::as_select()))
        .first::<(ArticleRow, BodyRow)>(conn)
        .optional()?;
    let (row, body) = found.ok_or(Error::NotFound("article"))?;
    if view == View::Public && row.status != Status::Published {
        return Err(Error::NotFound("article"));
    }
    let ids = [row.id];
    let tags = crate::tags::sql::of_articles(conn, &ids)?.remove(&row.id).unwrap_or_default();
    let authors = crate::people::sql::of_articles(conn, &ids)?.remove(&row.id).unwrap_or_default();
    let quotes = crate::quotes::sql::of_articles(conn, site, &ids)?;
    let quotes = quotes.into_values().next().unwrap_or_default();
    let links = crate::links::sql::of_articles(conn, site, view, &ids)?;
    let links = links.into_values().next().unwrap_or_default();
    let BodyRow { body, body_html, body_text } = body;
    Ok(Article {
        id: row.id,
        url: row.url(site),
        source: row.source(),
        slug: row.slug,
        status: row.status,
        title: row.title,
        standfirst: row.standfirst,
        dateline: row.dateline,
        language: row.language,
        authors,
        body,
        body_format: row.body_format,
        body_html,
        body_text,
        word_count: row.word_count,
        tags,
        quotes,
        links,
        published_at: row.published_at,
        first_published_at: row.first_published_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        external_id: row.external_id,
    })
}

fn position(order: ArticleOrder, row: &ArticleRow) -> Position {
    use ArticleOrder as O;
    let key = match order {
        O::NewestPublished | O::OldestPublished => Key::Moment(row.dated_at),
        O::NewestUpdated | O::OldestUpdated => Key::Moment(row.updated_at),
        O::Title => Key::Text(row.title_key.clone()),
    };
    Position { key, id: row.id }
}

/// Orders the rows and begins them after `from`. The first comparison is what an index can use.
fn ordered(rows: Rows, order: ArticleOrder, from: Option<Position>) -> Result<Rows> {
    macro_rules! page {
        ($column:expr, $within:ident, $beyond:ident, $direction:ident, $key:ident) => {{
            let mut rows = rows;
            if let Some(from) = from {
                let (key, id) = from.$key()?;
                let beyond = $column.$beyond(key.clone()).or(articles::id.$beyond(id));
                rows = rows.filter($column.$within(key)).filter(beyond);
            }
            rows.order(($column.$direction(), articles::id.$direction()))
        }};
    }
    use ArticleOrder as O;
    Ok(match order {
        O::NewestPublished => page!(articles::dated_at, le, lt, desc, moment),
        O::OldestPublished => page!(articles::dated_at, ge, gt, asc, moment),
        O::NewestUpdated => page!(articles::updated_at, le, lt, desc, moment),
        O::OldestUpdated => page!(articles::updated_at, ge, gt, asc, moment),
        O::Title => page!(articles::title_key, ge, gt, asc, text),
    })
}

pub(super) fn list(conn: &mut Conn, site: &PublicUrl, ask: &Ask) -> Result<ArticlePage> {
    let from = ask.position()?;
    let filter = ask.clone().resolve(conn)?;
    let rows = ordered(filter.rows(), ask.order, from)?
        .limit(ask.limit.rows() + 1)
        .select(ArticleRow::as_select())
        .load::<ArticleRow>(conn)?;
    let mut cut = Cut::new(rows, ask.limit, &ask.identity(), |row| position(ask.order, row));
    if let Some(ids) = &ask.ids {
        cut.rows = in_order(ids, &cut.rows);
        cut.next = None;
    }
    let mut items = cut
        .rows
        .into_iter()
        .map(|row| {
            let format = row.body_format;
            let mut item = row.into_summary(site);
            item.body_format = ask.wants(ArticlePart::Body).then_some(format);
            item
        })
        .collect::<Vec<_>>();
    fill(conn, site, ask, &mut items)?;
    let total = match ask.count {
        Count::None => None,
        Count::Exact => Some(filter.rows().count().get_result(conn)?),
    };
    Ok(ArticlePage { items, next_cursor: cut.next, total })
}

/// The rows in the order in which they were named, each once.
fn in_order(ids: &[Handle], rows: &[ArticleRow]) -> Vec<ArticleRow> {
    let named = |handle: &Handle, row: &&ArticleRow| match handle {
        Handle::Id(id) => row.id == *id,
        Handle::Slug(slug) => row.slug == *slug,
    };
    let mut ordered = Vec::<ArticleRow>::new();
    for handle in ids {
        let row = rows.iter().find(|row| named(handle, row));
        if let Some(row) = row.filter(|row| ordered.iter().all(|seen| seen.id != row.id)) {
            ordered.push(row.clone());
        }
    }
    ordered
}

/// Adds the parts that were asked for: one statement for each kind, however many items there are.
fn fill(conn: &mut Conn, site: &PublicUrl, ask: &Ask, items: &mut [ArticleSummary]) -> Result<()> {
    let ids = items.iter().map(|item| item.id).collect::<Vec<_>>();
    let mut tags = crate::tags::sql::of_articles(conn, &ids)?;
    for item in &mut *items {
        item.tags = tags.remove(&item.id).unwrap_or_default();
    }
    if ask.wants(ArticlePart::Authors) {
        let mut authors = crate::people::sql::of_articles(conn, &ids)?;
        for item in &mut *items {
            item.authors = Some(authors.remove(&item.id).unwrap_or_default());
        }
    }
    if ask.wants(ArticlePart::Body) {
        let rows = articles::table
            .filter(among(articles::id, &ids))
            .select((articles::id, BodyRow::as_select()))
            .load::<(Id, BodyRow)>(conn)?;
        let mut bodies = rows.into_iter().collect::<HashMap<_, _>>();
        for item in &mut *items {
            let BodyRow { body, body_html, body_text } =
                bodies.remove(&item.id).unwrap_or_default();
            item.body = Some(body);
            item.body_html = Some(body_html);
            item.body_text = Some(body_text);
        }
    }
    if ask.wants(ArticlePart::Quotes) {
        let mut quotes = crate::quotes::sql::of_articles(conn, site, &ids)?;
        for item in &mut *items {
            item.quotes = Some(quotes.remove(&item.id).unwrap_or_default());
        }
    }
    if ask.wants(ArticlePart::Links) {
        let mut links = crate::links::sql::of_articles(conn, site, ask.view, &ids)?;
        for item in &mut *items {
            item.links = Some(links.remove(&item.id).unwrap_or_default());
        }
    }
    Ok(())
}

// --- Writing

/// A body and what is made from it, once, on writing.
pub(crate) struct Text {
    format: BodyFormat,
    source: String,
    rendered: Rendered,
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
struct Written {
    slug: String,
    status: Status,
    title: String,
    title_key: String,
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
    version: i64,
    external_id: Option<String>,
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = articles)]
struct WrittenText<'a> {
    body_format: BodyFormat,
    word_count: i32,
    body: &'a str,
    body_html: &'a str,
    body_text: &'a str,
}

impl<'a> WrittenText<'a> {
    fn of(text: &'a Text) -> Result<Self> {
        let Text { format, source, rendered: Rendered { html, text, word_count } } = text;
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

/// Makes an article with its parts.
pub(crate) fn insert(
    conn: &mut Conn,
    new: &NewArticle,
    text: &Text,
    slug: Option<&Slug>,
) -> Result<Id> {
    insert_as(conn, Id::new(), new, text, slug)
}

fn insert_as(
    conn: &mut Conn,
    id: Id,
    new: &NewArticle,
    text: &Text,
    slug: Option<&Slug>,
) -> Result<Id> {
    let slug = match slug.or(new.slug.as_ref()) {
        Some(slug) => free_slug(conn, slug, None)?,
        None => made_slug(conn, new.title.as_str())?,
    };
    let now = Moment::now();
    let written = Written::of(conn, new, &slug, None, now)?;
    diesel::insert_into(articles::table)
        .values((articles::id.eq(id), &written, &WrittenText::of(text)?))
        .execute(conn)?;
    write_parts(conn, id, &written, new, text)?;
    Ok(id)
}

impl Written {
    fn of(
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

fn write_parts(
    conn: &mut Conn,
    id: Id,
    written: &Written,
    new: &NewArticle,
    text: &Text,
) -> Result<()> {
    let public = written.status == Status::Published;
    write_tags(conn, id, &new.tags, public)?;
    write_authors(conn, id, &new.authors, public)?;
    let body = Body::new(&text.rendered.text);
    let home = Home { id, version: written.version, published: public, body };
    crate::quotes::writing::insert_all(conn, &home, &new.quotes)?;
    crate::links::sql::insert_all(conn, id, &new.links)?;
    crate::links::targets::resolve_waiting(conn, id, &written.title_key)
}

fn write_tags(conn: &mut Conn, id: Id, names: &[Name], public: bool) -> Result<()> {
    diesel::delete(article_tags::table.filter(article_tags::article_id.eq(id))).execute(conn)?;
    for (place, tag) in crate::tags::sql::named(conn, names, public)?.into_iter().enumerate() {
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

fn write_authors(conn: &mut Conn, id: Id, names: &[Name], public: bool) -> Result<()> {
    let of = article_authors::table.filter(article_authors::article_id.eq(id));
    diesel::delete(of).execute(conn)?;
    let people = crate::people::sql::named(conn, names, public)?;
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

/// Makes the article of a slug, or replaces all of the article of a slug or id.
pub(super) fn upsert(
    conn: &mut Conn,
    site: &PublicUrl,
    handle: &Handle,
    if_match: &IfMatch,
    new: &NewArticle,
    text: &Text,
) -> Result<(Id, bool)> {
    let before = match (find(conn, site, View::Drafts, handle), handle) {
        (Ok(before), _) => before,
        (Err(Error::NotFound(_)), Handle::Slug(slug)) => {
            if_match.check_absent()?;
            let slug = Slug::parse(slug).map_err(|error| {
                Error::field("/slug", "invalid", format!("the path's last part {error}"))
            })?;
            crate::slug::must_match(new.slug.as_ref(), slug.as_str())?;
            return Ok((insert(conn, new, text, Some(&slug))?, true));
        }
        (Err(error), _) => return Err(error),
    };
    if_match.check(&before)?;
    if matches!(handle, Handle::Slug(_)) {
        crate::slug::must_match(new.slug.as_ref(), &before.slug)?;
    }
    replace(conn, &before, new, text)?;
    Ok((before.id, false))
}

/// Replaces all of an article with its parts.
pub(crate) fn replace(
    conn: &mut Conn,
    before: &Article,
    new: &NewArticle,
    text: &Text,
) -> Result<()> {
    let slug = match &new.slug {
        Some(slug) => free_slug(conn, slug, Some(before.id))?,
        None => Slug::parse(&before.slug).map_err(|error| Error::internal(error.to_string()))?,
    };
    let written = Written::of(conn, new, &slug, Some(before), Moment::now())?;
    diesel::update(articles::table.find(before.id))
        .set((&written, &WrittenText::of(text)?))
        .execute(conn)?;
    crate::quotes::writing::remove_all(conn, before.id)?;
    crate::links::sql::remove_all(conn, before.id)?;
    write_parts(conn, before.id, &written, new, text)
}

/// The patch laid over the article, as the article would be sent whole; its parts stay outside.
fn patched(before: &Article, patch: &ArticlePatch) -> Result<NewArticle, String> {
    fn over<T>(
        patch: Option<&Option<T>>,
        before: Option<&str>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, String>
    where
        T: Clone,
    {
        match patch {
            Some(value) => Ok(value.clone()),
            None => before.map(parse).transpose(),
        }
    }
    let source = match (&patch.source, &before.source) {
        (Some(source), _) => source.clone(),
        (None, None) => None,
        (None, Some(Source { name, url, retrieved_at })) => Some(NewSource {
            name: Line::parse(name)?,
            url: url.as_deref().map(WebUrl::parse).transpose()?,
            retrieved_at: *retrieved_at,
        }),
    };
    Ok(NewArticle {
        title: patch.title.clone().map_or_else(|| Line::parse(&before.title), Ok)?,
        slug: patch.slug.clone(),
        status: patch.status.or(Some(before.status)),
        standfirst: over(patch.standfirst.as_ref(), before.standfirst.as_deref(), Prose::parse)?,
        dateline: over(patch.dateline.as_ref(), before.dateline.as_deref(), Line::parse)?,
        language: over(patch.language.as_ref(), before.language.as_deref(), Language::parse)?,
        authors: Vec::new(),
        source,
        body: patch.body.clone().unwrap_or_else(|| before.body.clone()),
        body_format: patch.body_format.or(Some(before.body_format)),
        tags: Vec::new(),
        quotes: Vec::new(),
        links: Vec::new(),
        published_at: patch.published_at.unwrap_or(before.published_at),
        external_id: over(patch.external_id.as_ref(), before.external_id.as_deref(), Line::parse)?,
    })
}

pub(super) fn update(conn: &mut Conn, before: &Article, patch: &ArticlePatch) -> Result<()> {
    let id = before.id;
    let new = patched(before, patch).map_err(Error::internal)?;
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
    let public = written.status == Status::Published;
    let rewritten = patch.body.is_some() || patch.body_format.is_some();
    let text = if rewritten { Some(Text::of(&new)?) } else { None };
    if let Some(text) = &text {
        diesel::update(articles::table.find(id)).set(&WrittenText::of(text)?).execute(conn)?;
    }
    let body_text = text.as_ref().map_or(before.body_text.as_str(), |text| &text.rendered.text);
    let home = Home { id, version: written.version, published: public, body: Body::new(body_text) };
    if let Some(quotes) = &patch.quotes {
        crate::quotes::writing::remove_all(conn, id)?;
        crate::quotes::writing::insert_all(conn, &home, quotes)?;
    } else if rewritten {
        crate::quotes::writing::anchor_all(conn, &home)?;
    }
    if let Some(tags) = &patch.tags {
        write_tags(conn, id, tags, public)?;
    }
    if let Some(authors) = &patch.authors {
        write_authors(conn, id, authors, public)?;
    }
    if let Some(links) = &patch.links {
        crate::links::sql::remove_all(conn, id)?;
        crate::links::sql::insert_all(conn, id, links)?;
    }
    if patch.title.is_some() {
        crate::links::targets::resolve_waiting(conn, id, &written.title_key)?;
    }
    if public && before.status != Status::Published { publish_parts(conn, id) } else { Ok(()) }
}

fn unpublish_date(written: &mut Written) -> Result<()> {
    if written.status == Status::Published {
        let detail = "must not be null while the article is published";
        return Err(Error::field("/published_at", "required", detail));
    }
    written.published_at = None;
    written.dated_at = written.created_at;
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
    crate::quotes::writing::publish_speakers(conn, id)
}

pub(super) fn remove(conn: &mut Conn, before: &Article) -> Result<()> {
    crate::links::targets::keep_titles(conn, before.id, &before.title)?;
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
        let published = self.status == Status::Published;
        let body = Body::new(&self.body_text);
        Home { id: self.id, version: self.version, published, body }
    }
}

/// Counts a change of one of an article's parts as a change of the article.
pub(crate) fn touch(conn: &mut Conn, handle: &Handle) -> Result<Touched> {
    let row = of_handle(handle)
        .select((articles::id, articles::status, articles::version, articles::body_text))
        .first::<(Id, Status, i64, String)>(conn)
        .optional()?;
    let (id, status, version, body_text) = row.ok_or(Error::NotFound("article"))?;
    let version = version + 1;
    diesel::update(articles::table.find(id))
        .set((articles::version.eq(version), articles::updated_at.eq(Moment::now())))
        .execute(conn)?;
    Ok(Touched { id, status, version, body_text })
}

/// The slug, unless another article has it.
fn free_slug(conn: &mut Conn, slug: &Slug, own: Option<Id>) -> Result<Slug> {
    match holder(conn, slug.as_str())? {
        Some(holder) if Some(holder) != own => Err(Error::Conflict(format!(
            "The slug `{slug}` belongs to the article {holder}; take another."
        ))),
        _ => Ok(slug.clone()),
    }
}

fn holder(conn: &mut Conn, slug: &str) -> Result<Option<Id>> {
    let of_slug = articles::table.filter(articles::slug.eq(slug));
    Ok(of_slug.select(articles::id).first(conn).optional()?)
}

fn made_slug(conn: &mut Conn, title: &str) -> Result<Slug> {
    crate::slug::made(title, "article", |slug| Ok(holder(conn, slug.as_str())?.is_some()))
}

fn free_external_id(conn: &mut Conn, external_id: Option<&str>, own: Option<Id>) -> Result<()> {
    let Some(external_id) = external_id else { return Ok(()) };
    let of_id = articles::table.filter(articles::external_id.eq(external_id));
    match of_id.select(articles::id).first::<Id>(conn).optional()? {
        Some(holder) if Some(holder) != own => Err(Error::Conflict(format!(
            "The external_id `{external_id}` belongs to the article {holder}."
        ))),
        _ => Ok(()),
    }
}

// --- Importing and exporting

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
pub(crate) fn lacks_targets(conn: &mut Conn, links: &[crate::links::NewLink]) -> Result<bool> {
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
pub(crate) fn relink(
    conn: &mut Conn,
    id: Id,
    links: &[crate::links::NewLink],
    sha256: &[u8],
) -> Result<()> {
    crate::links::sql::remove_all(conn, id)?;
    crate::links::sql::insert_all(conn, id, links)?;
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
