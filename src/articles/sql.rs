//! Articles in the database: their rows, and how they are read.

use std::collections::HashMap;

use diesel::dsl;
use diesel::prelude::*;

use super::aliases::absent;
use super::audio::AudioRow;
use super::body::BodyFormat;
use super::body::pictures::filled;
use super::filter::{Filter, Rows};
use super::made::names;
use super::named::in_order;
use super::query::Ask;
use super::search;
use super::weight::{BODIES_MAX, affordable};
use super::{Article, ArticleOrder, ArticlePage, ArticlePart, ArticleSummary, Source, Status};
use crate::auth::View;
use crate::changes::names::Names;
use crate::comments::policy::{self, ArticleComments};
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::schema::{article_audio, articles};
use crate::search::Note;
use crate::short_links::sql::own_code;
use crate::text::Handle;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = articles, check_for_backend(Any))]
pub(super) struct ArticleRow {
    pub(super) id: Id,
    pub(super) slug: String,
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
    #[diesel(select_expression = own_code())]
    short_code: String,
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

    fn url(&self, site: &Addresses) -> String {
        site.article(self.id, &self.slug)
    }

    fn into_summary(self, site: &Addresses) -> ArticleSummary {
        ArticleSummary {
            id: self.id,
            url: self.url(site),
            short_url: site.short(&self.short_code),
            source: self.source(),
            slug: self.slug,
            status: self.status,
            title: self.title,
            standfirst: self.standfirst,
            dateline: self.dateline,
            language: self.language,
            word_count: self.word_count,
            tags: Vec::new(),
            comments: ArticleComments::default(),
            published_at: self.published_at,
            first_published_at: self.first_published_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            external_id: self.external_id,
            image: None,
            authors: None,
            body: None,
            body_format: None,
            body_html: None,
            body_text: None,
            quotes: None,
            links: None,
            highlights: None,
        }
    }
}

pub(crate) fn of_handle(handle: &Handle) -> Rows {
    let rows = articles::table.into_boxed();
    match handle {
        Handle::Id(id) => rows.filter(articles::id.eq(*id)),
        Handle::Slug(slug) => rows.filter(articles::slug.eq(slug.clone())),
    }
}

/// The id of an article, if it is there and may be seen.
pub(crate) fn id_of(conn: &mut Conn, view: View, handle: &Handle) -> Result<Id> {
    let mut rows = of_handle(handle).select(articles::id);
    if view == View::Public {
        rows = rows.filter(is_published());
    }
    rows.first(conn).optional()?.ok_or_else(|| absent(conn, view, handle))
}

/// Whether readers see the article of a part.
///
/// `SQLite` uses no index for a negation: it walks the parts in the order they are asked for, where it
/// would sort those of every published article. `PostgreSQL` takes it for the equation it is.
pub(crate) fn is_published() -> dsl::not<dsl::NotEq<articles::status, Status>> {
    dsl::not(articles::status.ne(Status::Published))
}

/// Whether there is no article at all.
pub(crate) fn is_empty(conn: &mut Conn) -> Result<bool> {
    Ok(articles::table.select(articles::id).first::<Id>(conn).optional()?.is_none())
}

/// All that stands in an article's own row, and what is read with it.
type Whole = (ArticleRow, BodyRow, Option<AudioRow>);

/// Articles with all of that, ready to be read.
macro_rules! joined {
    ($rows:expr) => {
        $rows.left_join(article_audio::table).select((
            ArticleRow::as_select(),
            BodyRow::as_select(),
            Option::<AudioRow>::as_select(),
        ))
    };
}

pub(crate) fn find(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    handle: &Handle,
) -> Result<Article> {
    let mut rows = of_handle(handle);
    if view == View::Public {
        // Asked of the database: reading a long draft takes longer than finding none.
        rows = rows.filter(is_published());
    }
    let row = joined!(rows);
    let row = row.first::<Whole>(conn).optional()?.ok_or_else(|| absent(conn, view, handle))?;
    whole(conn, site, view, vec![row])?.pop().ok_or(Error::NotFound("article"))
}

/// Those of these articles that are there and may be seen.
pub(crate) fn of_ids(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    ids: &[Id],
) -> Result<HashMap<Id, Article>> {
    let mut rows = articles::table.into_boxed().filter(among(articles::id, ids));
    if view == View::Public {
        rows = rows.filter(is_published());
    }
    let rows = joined!(rows);
    let rows = rows.load::<Whole>(conn)?;
    Ok(whole(conn, site, view, rows)?.into_iter().map(|article| (article.id, article)).collect())
}

/// These articles with everything that stands on their pages: as many statements for one as for a hundred.
fn whole(conn: &mut Conn, site: &Addresses, view: View, rows: Vec<Whole>) -> Result<Vec<Article>> {
    let ids = rows.iter().map(|(row, ..)| row.id).collect::<Vec<_>>();
    let mut tags = crate::tags::sql::of_articles(conn, &ids)?;
    let mut authors = crate::people::sql::of_articles(conn, &ids)?;
    let mut quotes = crate::quotes::sql::of_articles(conn, site, &ids)?;
    let mut links = crate::links::sql::of_articles(conn, site, view, &ids)?;
    let mut images = crate::images::carried::of_articles(conn, site, &ids, true)?;
    let comments = policy::of_articles(conn, site.comments, &ids)?;
    let articles = rows.into_iter().map(|(row, body, audio)| {
        let BodyRow { body, body_html, body_text } = body;
        let images = images.remove(&row.id).unwrap_or_default();
        Article {
            id: row.id,
            url: row.url(site),
            short_url: site.short(&row.short_code),
            source: row.source(),
            slug: row.slug,
            status: row.status,
            title: row.title,
            standfirst: row.standfirst,
            dateline: row.dateline,
            language: row.language,
            authors: authors.remove(&row.id).unwrap_or_default(),
            image: images.head,
            body,
            body_format: row.body_format,
            body_html: filled(body_html, &images.body),
            body_text,
            word_count: row.word_count,
            audio: audio.map(Into::into),
            tags: tags.remove(&row.id).unwrap_or_default(),
            quotes: quotes.remove(&row.id).unwrap_or_default(),
            links: links.remove(&row.id).unwrap_or_default(),
            comments: comments.get(&row.id).copied().unwrap_or_default(),
            published_at: row.published_at,
            first_published_at: row.first_published_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
            external_id: row.external_id,
        }
    });
    Ok(articles.collect())
}

fn position(order: ArticleOrder, row: &ArticleRow) -> Position {
    use ArticleOrder as O;
    let key = match order {
        O::NewestPublished | O::OldestPublished => Key::Moment(row.dated_at),
        O::NewestUpdated | O::OldestUpdated => Key::Moment(row.updated_at),
        O::Title => Key::Text(row.title_key.clone()),
        // Ranked by `search`, which makes its own positions.
        O::Relevance => Key::Place(0),
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
        O::Relevance => rows,
    })
}

/// A row and where it stands in its list.
pub(super) type Placed = (ArticleRow, Position);

/// One page of rows, and where each of them stands in the list.
fn rows(conn: &mut Conn, ask: &Ask, filter: &Filter, notes: &mut Vec<Note>) -> Result<Vec<Placed>> {
    let from = ask.position()?;
    let limit = ask.limit.rows() + 1;
    if let (ArticleOrder::Relevance, Some(search)) = (ask.order, &ask.search) {
        let ranked = search::ranked(conn, filter, search, from, limit, notes)?;
        let ids = ranked.iter().map(|position| position.id).collect::<Vec<_>>();
        let rows = articles::table.filter(among(articles::id, &ids));
        let rows = rows.select(ArticleRow::as_select()).load::<ArticleRow>(conn)?.into_iter();
        let mut rows = rows.map(|row| (row.id, row)).collect::<HashMap<_, _>>();
        return Ok(ranked.into_iter().filter_map(|at| Some((rows.remove(&at.id)?, at))).collect());
    }
    let rows = ordered(filter.rows(), ask.order, from)?
        .limit(limit)
        .select(ArticleRow::as_select())
        .load::<ArticleRow>(conn)?;
    Ok(rows.into_iter().map(|row| (row.clone(), position(ask.order, &row))).collect())
}

/// A page of articles, and what their search did not do as it was typed.
pub(super) fn list(
    conn: &mut Conn,
    site: &Addresses,
    ask: &Ask,
) -> Result<(ArticlePage, Vec<Note>, Option<Names>)> {
    let mut notes = ask.search.as_ref().map_or_else(Vec::new, |search| search.notes.clone());
    let filter = Filter::of(conn, ask.clone())?;
    let rows = rows(conn, ask, &filter, &mut notes)?;
    let mut cut = Cut::new(rows, ask.limit, &ask.identity(), |(_, at)| at.clone());
    if let Some(ids) = &ask.ids {
        cut.rows = in_order(ids, &filter.aliases, &cut.rows);
        cut.next = None;
    }
    if ask.wants(ArticlePart::Body) {
        let ids = cut.rows.iter().map(|(row, _)| row.id).collect::<Vec<_>>();
        let shown = affordable(conn, &ids)?;
        if ask.ids.is_some() && shown < cut.rows.len() {
            let detail = format!(
                "the bodies of the first {shown} are all that fits into {BODIES_MAX} characters; ask \
                 for these, then for the others"
            );
            return Err(Error::parameter("ids", "too-large", detail));
        }
        cut.shorten(shown, &ask.identity(), |(_, at)| at.clone());
    }
    let mut items = cut
        .rows
        .into_iter()
        .map(|(row, _)| {
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
    let page = ArticlePage { items, next_cursor: cut.next, total };
    let names = names(ask, &filter, &page)?;
    Ok((page, notes, names))
}

/// Adds the parts that were asked for: one statement for each kind, however many items there are.
fn fill(conn: &mut Conn, site: &Addresses, ask: &Ask, items: &mut [ArticleSummary]) -> Result<()> {
    let ids = items.iter().map(|item| item.id).collect::<Vec<_>>();
    let mut tags = crate::tags::sql::of_articles(conn, &ids)?;
    let bodies = ask.wants(ArticlePart::Body);
    let mut images = crate::images::carried::of_articles(conn, site, &ids, bodies)?;
    let comments = policy::of_articles(conn, site.comments, &ids)?;
    for item in &mut *items {
        item.tags = tags.remove(&item.id).unwrap_or_default();
        item.image = images.get_mut(&item.id).and_then(|images| images.head.take());
        item.comments = comments.get(&item.id).copied().unwrap_or(item.comments);
    }
    if ask.wants(ArticlePart::Authors) {
        let mut authors = crate::people::sql::of_articles(conn, &ids)?;
        for item in &mut *items {
            item.authors = Some(authors.remove(&item.id).unwrap_or_default());
        }
    }
    if bodies {
        let rows = articles::table
            .filter(among(articles::id, &ids))
            .select((articles::id, BodyRow::as_select()))
            .load::<(Id, BodyRow)>(conn)?;
        let mut bodies = rows.into_iter().collect::<HashMap<_, _>>();
        for item in &mut *items {
            let BodyRow { body, body_html, body_text } =
                bodies.remove(&item.id).unwrap_or_default();
            let images = images.remove(&item.id).unwrap_or_default();
            item.body = Some(body);
            item.body_html = Some(filled(body_html, &images.body));
            item.body_text = Some(body_text);
        }
    }
    if ask.highlight {
        search::highlight(conn, ask.search.as_ref(), items)?;
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
