//! Quotes in the database: their rows, and how they are read.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    Anchor, AnchorStatus, ArticleQuoteQuery, NewQuote, Quote, QuoteKind, QuoteOrigin, QuotePage,
    QuoteState,
};
use crate::articles::{ArticleRef, Status};
use crate::auth::View;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::page::{Count, Cut, Key, Position};
use crate::people::PersonRef;
use crate::schema::{articles, people, quotes};
use crate::text::{Handle, Language, Line, Name, Prose};

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = quotes, check_for_backend(Any), treat_none_as_null = true)]
pub(super) struct QuoteRow {
    pub(super) id: Id,
    pub(super) article_id: Id,
    pub(super) position: i32,
    pub(super) text: String,
    pub(super) kind: QuoteKind,
    pub(super) speaker_id: Option<Id>,
    pub(super) speaker_name: Option<String>,
    pub(super) role: Option<String>,
    pub(super) affiliation: Option<String>,
    pub(super) affiliation_key: Option<String>,
    pub(super) cue: Option<String>,
    pub(super) context: Option<String>,
    pub(super) said_at: Option<Moment>,
    pub(super) language: Option<String>,
    pub(super) original_text: Option<String>,
    pub(super) original_language: Option<String>,
    pub(super) anonymity_reason: Option<String>,
    pub(super) state: QuoteState,
    #[diesel(embed)]
    pub(super) anchor: AnchorRow,
    pub(super) created_at: Moment,
    pub(super) updated_at: Moment,
    pub(super) version: i64,
    pub(super) origin: QuoteOrigin,
    pub(super) was_public: bool,
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = quotes, check_for_backend(Any), treat_none_as_null = true)]
#[expect(clippy::struct_field_names, reason = "the fields are named as the columns are")]
pub(super) struct AnchorRow {
    pub(super) anchor_status: AnchorStatus,
    pub(super) anchor_start: Option<i32>,
    pub(super) anchor_end: Option<i32>,
    pub(super) anchor_prefix: Option<String>,
    pub(super) anchor_suffix: Option<String>,
    pub(super) anchor_sha256: Option<String>,
    pub(super) anchor_article_version: i64,
    pub(super) anchor_directive: Option<String>,
    pub(super) anchor_proposals: Option<String>,
}

/// A quote with what is shown of its article and of its speaker.
pub(super) type Joined = (QuoteRow, (String, String, Option<Moment>), Option<(String, String)>);

pub(super) fn quote(site: &Addresses, (row, article, speaker): Joined) -> Quote {
    let (slug, title, published_at) = article;
    let article_url = site.article(row.article_id, &slug);
    let speaker_kind = row.speaker_kind();
    let speaker = row.speaker_id.zip(speaker);
    let anchor = row.anchor;
    let url = match &anchor.anchor_directive {
        Some(directive) => super::selectors::url(&article_url, directive),
        None => article_url.clone(),
    };
    // Written by us alone: what cannot be read proposes nothing.
    let proposals = anchor.anchor_proposals.and_then(|json| serde_json::from_str(&json).ok());
    Quote {
        id: row.id,
        article: ArticleRef { id: row.article_id, url: article_url, slug, title, published_at },
        url,
        text: row.text,
        kind: row.kind,
        speaker_kind,
        speaker: speaker.map(|(id, (slug, name))| PersonRef { id, slug, name }),
        speaker_name: row.speaker_name,
        role: row.role,
        affiliation: row.affiliation,
        cue: row.cue,
        context: row.context,
        said_at: row.said_at,
        language: row.language,
        original_text: row.original_text,
        original_language: row.original_language,
        anonymity_reason: row.anonymity_reason,
        state: row.state,
        anchor: Anchor {
            status: anchor.anchor_status,
            start: anchor.anchor_start,
            end: anchor.anchor_end,
            prefix: anchor.anchor_prefix,
            suffix: anchor.anchor_suffix,
            sha256: anchor.anchor_sha256,
            article_version: anchor.anchor_article_version,
            proposals: proposals.unwrap_or_default(),
        },
        origin: row.origin,
        position: row.position,
        highlights: Vec::new(),
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
    }
}

/// Quotes with their article and speaker.
macro_rules! tables {
    () => {
        quotes::table
            .inner_join(articles::table)
            .left_join(people::table.on(quotes::speaker_id.eq(people::id.nullable())))
    };
}

/// Quotes joined with what is shown of their article and speaker, ready to be filtered.
macro_rules! joined {
    () => {
        tables!().select($crate::quotes::sql::shown!())
    };
}

/// What is shown of a quote, its article and its speaker.
macro_rules! shown {
    ($($also:expr)?) => {
        (
            $crate::quotes::sql::QuoteRow::as_select(),
            (articles::slug, articles::title, articles::published_at),
            (people::slug, people::name).nullable(),
            $($also,)?
        )
    };
}
pub(super) use {joined, shown, tables};

pub(super) fn list_of(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    article: &Handle,
    query: &ArticleQuoteQuery,
) -> Result<(Id, QuotePage)> {
    let article = crate::articles::sql::id_of(conn, view, article)?;
    let ArticleQuoteQuery { state, limit, cursor, count } = query;
    let identity = format!("quotes of {article} {view:?} {state:?}");
    // What a reader may not see is an empty list, as if it were not there.
    let seen = match view {
        View::Public => QuoteState::Confirmed,
        View::Drafts => *state,
    };
    let of = quotes::article_id.eq(article).and(quotes::state.eq(*state));
    let of = of.and(quotes::state.eq(seen));
    let mut rows = joined!().filter(of).into_boxed();
    if let Some(cursor) = cursor {
        let (place, id) = cursor.position(&identity)?.place()?;
        let after = quotes::position.eq(place).and(quotes::id.gt(id));
        rows = rows.filter(quotes::position.gt(place).or(after));
    }
    let rows =
        rows.order((quotes::position, quotes::id)).limit(limit.rows() + 1).load::<Joined>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, ..)| Position {
        key: Key::Place(row.position),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(quotes::table.filter(of).count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(|row| quote(site, row)).collect();
    Ok((article, QuotePage { items, next_cursor: cut.next, total }))
}

pub(super) fn find(conn: &mut Conn, site: &Addresses, view: View, id: Id) -> Result<Quote> {
    let mut rows = joined!().filter(quotes::id.eq(id)).into_boxed();
    if view == View::Public {
        rows = rows
            .filter(articles::status.eq(Status::Published))
            .filter(quotes::state.eq(QuoteState::Confirmed));
    }
    let row = rows.first::<Joined>(conn).optional()?.ok_or(Error::NotFound("quote"))?;
    Ok(quote(site, row))
}

/// Those of these quotes that are there and may be seen.
pub(crate) fn of_ids(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    ids: &[Id],
) -> Result<HashMap<Id, Quote>> {
    let mut rows = joined!().filter(among(quotes::id, ids)).into_boxed();
    if view == View::Public {
        rows = rows
            .filter(articles::status.eq(Status::Published))
            .filter(quotes::state.eq(QuoteState::Confirmed));
    }
    let rows = rows.load::<Joined>(conn)?.into_iter();
    Ok(rows.map(|row| (row.0.id, quote(site, row))).collect())
}

/// The confirmed quotes of these articles, each article's in its order.
pub(crate) fn of_articles(
    conn: &mut Conn,
    site: &Addresses,
    ids: &[Id],
) -> Result<HashMap<Id, Vec<Quote>>> {
    let rows = joined!()
        .filter(among(quotes::article_id, ids))
        .filter(quotes::state.eq(QuoteState::Confirmed))
        .order((quotes::article_id, quotes::position, quotes::id))
        .load::<Joined>(conn)?;
    let mut all = HashMap::<Id, Vec<Quote>>::new();
    for row in rows {
        let quote = quote(site, row);
        all.entry(quote.article.id).or_default().push(quote);
    }
    Ok(all)
}

/// All quotes of an article, suggested ones too, as they would be sent again.
pub(crate) fn resendable(conn: &mut Conn, article: Id) -> Result<Vec<NewQuote>> {
    let rows = quotes::table
        .left_join(people::table.on(quotes::speaker_id.eq(people::id.nullable())))
        .filter(quotes::article_id.eq(article))
        .order((quotes::position, quotes::id))
        .select((QuoteRow::as_select(), people::slug.nullable()))
        .load::<(QuoteRow, Option<String>)>(conn)?;
    // What was taken in can be taken in again: a fault here would be one of ours.
    let line = |text: Option<String>| text.map(|text| Line::parse(&text)).transpose();
    let name = |text: Option<String>| text.map(|text| Name::parse(&text)).transpose();
    let language = |text: Option<String>| text.map(|text| Language::parse(&text)).transpose();
    let quotes = rows.into_iter().map(|(row, speaker)| {
        Ok(NewQuote {
            text: Prose::parse(&row.text)?,
            kind: Some(row.kind),
            speaker: name(speaker)?,
            speaker_name: name(row.speaker_name)?,
            role: line(row.role)?,
            affiliation: line(row.affiliation)?,
            cue: line(row.cue)?,
            context: line(row.context)?,
            said_at: row.said_at,
            language: language(row.language)?,
            original_text: row.original_text.map(|text| Prose::parse(&text)).transpose()?,
            original_language: language(row.original_language)?,
            anonymity_reason: line(row.anonymity_reason)?,
            state: Some(row.state),
            position: None,
        })
    });
    quotes.collect::<Result<_, String>>().map_err(Error::internal)
}

/// These quotes, in the order of their places.
pub(super) fn in_order(conn: &mut Conn, site: &Addresses, ids: &[Id]) -> Result<Vec<Quote>> {
    let rows = joined!().filter(among(quotes::id, ids)).order((quotes::position, quotes::id));
    Ok(rows.load::<Joined>(conn)?.into_iter().map(|row| quote(site, row)).collect())
}
