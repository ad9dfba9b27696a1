//! The article grammar: from query parameters to conditions every list of articles shares.

use std::collections::HashMap;
use std::collections::HashSet;

use diesel::dsl::{exists, not};
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::{Deserialize, Deserializer};

use super::expression::{Expression, parse};
use super::fields::Fields;
use super::{ArticleOrder, ArticlePart, ArticleQuery, DateKind, Status};
use crate::auth::View;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn};
use crate::error::{Error, Result};
use crate::page::{Count, CursorText, LIMIT_MAX, Limit, Position};
use crate::quotes::QuoteState;
use crate::schema::{article_authors, article_tags, articles, quotes};
use crate::text::{CommaList, Handle, Language, folded};

/// An RFC 3339 instant, or a date meaning its first instant in UTC.
#[derive(Debug, Clone, Copy)]
pub struct Since(Moment);

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let instant = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text };
        instant.parse().map(Self).map_err(|_| {
            serde::de::Error::custom("must be a date such as 2020-09-21 or an RFC 3339 time")
        })
    }
}

/// A question for articles, read and checked, but not yet looked up.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) view: View,
    statuses: Vec<Status>,
    tag: Option<Expression>,
    speaker: Option<Handle>,
    author: Option<Handle>,
    affiliation: Option<String>,
    from: Option<Moment>,
    to: Option<Moment>,
    date: DateKind,
    language: Option<Language>,
    pub(super) ids: Option<Vec<Handle>>,
    pub(super) order: ArticleOrder,
    pub(super) parts: Vec<ArticlePart>,
    pub(super) limit: Limit,
    cursor: Option<CursorText>,
    pub(super) count: Count,
}

impl Ask {
    pub(super) fn new(view: View, query: ArticleQuery, fields: Option<&Fields>) -> Result<Self> {
        let ArticleQuery { tag, speaker, affiliation, author, from, to, date, language, .. } =
            query;
        let ArticleQuery { ids, status, order, include, fields: _, limit, cursor, count, .. } =
            query;
        let ids = ids.map(|CommaList(ids)| ids);
        if let Some(ids) = &ids {
            check_ids(ids, order, limit, cursor.as_ref())?;
        }
        let tag = tag
            .map(|text| parse(&text))
            .transpose()
            .map_err(|error| Error::parameter("tag", "invalid", error.to_string()))?;
        let mut statuses = status.map_or_else(|| vec![Status::Published], |CommaList(all)| all);
        if view == View::Public {
            statuses.retain(|status| *status == Status::Published);
        }
        let mut parts = include.map_or_else(Vec::new, |CommaList(parts)| parts);
        parts.extend(fields.into_iter().flat_map(Fields::parts));
        Ok(Self {
            view,
            statuses,
            tag,
            speaker,
            author,
            affiliation: affiliation.map(|name| folded(&name)),
            from: from.map(|since| since.0),
            to: to.map(|since| since.0),
            date,
            language,
            limit: if ids.is_some() { Limit::most() } else { limit.unwrap_or_default() },
            ids,
            order,
            parts,
            cursor,
            count,
        })
    }

    pub(super) fn wants(&self, part: ArticlePart) -> bool {
        self.parts.contains(&part)
    }

    /// What names this list, whatever page of it is asked for: a cursor is bound to it.
    pub(super) fn identity(&self) -> String {
        let Self { view, statuses, tag, speaker, author, affiliation, from, to, date, .. } = self;
        let Self { language, order, .. } = self;
        format!(
            "articles {view:?} {statuses:?} {tag:?} {speaker:?} {author:?} {affiliation:?} {from:?} \
             {to:?} {date:?} {language:?} {order:?}"
        )
    }

    /// Where the page begins.
    pub(super) fn position(&self) -> Result<Option<Position>> {
        self.cursor.as_ref().map(|cursor| cursor.position(&self.identity())).transpose()
    }

    /// Looks up the tags and people it names.
    pub(super) fn resolve(self, conn: &mut Conn) -> Result<Filter> {
        let tags = match &self.tag {
            None => HashMap::new(),
            Some(expression) => crate::tags::sql::ids_of(conn, &expression.terms())?,
        };
        let speaker = match &self.speaker {
            None => None,
            Some(handle) => Some(crate::people::sql::id_of(conn, handle)?),
        };
        let author = match &self.author {
            None => None,
            Some(handle) => Some(crate::people::sql::id_of(conn, handle)?),
        };
        Ok(Filter { ask: self, tags, speaker, author })
    }
}

fn check_ids(
    ids: &[Handle],
    order: ArticleOrder,
    limit: Option<Limit>,
    cursor: Option<&CursorText>,
) -> Result<()> {
    let most = usize::try_from(LIMIT_MAX).unwrap_or(usize::MAX);
    if ids.len() > most {
        let detail = format!("must be at most {most} ids or slugs, is {}", ids.len());
        return Err(Error::parameter("ids", "too-many", detail));
    }
    let clash = |name: &str| {
        let detail = "cannot be combined with `ids`, which says order and number itself";
        Err(Error::parameter(name, "conflict", detail))
    };
    if cursor.is_some() {
        return clash("cursor");
    }
    if order != ArticleOrder::default() {
        return clash("order");
    }
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    if limit.is_some_and(|limit| limit.rows() < count) { clash("limit") } else { Ok(()) }
}

/// A question for articles, ready to be put to the database.
#[expect(clippy::option_option, reason = "outer: asked for; inner: there is such a person")]
pub(super) struct Filter {
    pub(super) ask: Ask,
    tags: HashMap<String, Id>,
    speaker: Option<Option<Id>>,
    author: Option<Option<Id>>,
}

type Condition = Box<dyn BoxableExpression<articles::table, Any, SqlType = Bool>>;
pub(super) type Rows = articles::BoxedQuery<'static, Any>;

fn nothing() -> Condition {
    Box::new(articles::id.ne(articles::id))
}

impl Filter {
    /// The articles that match, unordered.
    pub(super) fn rows(&self) -> Rows {
        let ask = &self.ask;
        let mut rows = articles::table.into_boxed();
        rows = match ask.statuses.as_slice() {
            [] => rows.filter(nothing()),
            [status] => rows.filter(articles::status.eq(*status)),
            several => rows.filter(articles::status.eq_any(several.to_vec())),
        };
        if let Some(ids) = &ask.ids {
            rows = rows.filter(one_of(ids));
        }
        if let Some(expression) = &ask.tag {
            rows = rows.filter(self.tagged(expression));
        }
        if let Some(author) = self.author {
            rows = rows.filter(author.map_or_else(nothing, written_by));
        }
        if let Some(speaker) = self.speaker {
            rows = rows.filter(speaker.map_or_else(nothing, |id| self.quoting(id)));
        }
        if let Some(affiliation) = &ask.affiliation {
            rows = rows.filter(self.quoting_one_of(affiliation));
        }
        if let Some(language) = &ask.language {
            let region = format!("{language}-%");
            let matches = articles::language.eq(language.as_str().to_owned());
            rows = rows.filter(matches.or(articles::language.like(region)));
        }
        self.dated(rows)
    }

    fn dated(&self, mut rows: Rows) -> Rows {
        macro_rules! between {
            ($column:expr) => {{
                if let Some(from) = self.ask.from {
                    rows = rows.filter($column.ge(from));
                }
                if let Some(to) = self.ask.to {
                    rows = rows.filter($column.lt(to));
                }
                rows
            }};
        }
        match self.ask.date {
            DateKind::Published => between!(articles::dated_at),
            DateKind::Updated => between!(articles::updated_at),
            DateKind::Created => between!(articles::created_at),
        }
    }

    fn tagged(&self, expression: &Expression) -> Condition {
        match expression {
            Expression::Tag(term) => self.tags.get(term).copied().map_or_else(nothing, carrying),
            Expression::Not(inner) => Box::new(not(self.tagged(inner))),
            Expression::And(all) => {
                let all = all.iter().map(|inner| self.tagged(inner));
                all.reduce(|a, b| Box::new(a.and(b))).unwrap_or_else(nothing)
            }
            Expression::Or(any) => {
                let any = any.iter().map(|inner| self.tagged(inner));
                any.reduce(|a, b| Box::new(a.or(b))).unwrap_or_else(nothing)
            }
        }
    }

    /// Whether suggested quotes count: only for those who may see them.
    fn states(&self) -> Vec<QuoteState> {
        match self.ask.view {
            View::Public => vec![QuoteState::Confirmed],
            View::Drafts => vec![QuoteState::Confirmed, QuoteState::Suggested],
        }
    }

    fn quoting(&self, person: Id) -> Condition {
        Box::new(exists(
            quotes::table
                .filter(quotes::article_id.eq(articles::id))
                .filter(quotes::speaker_id.eq(person))
                .filter(quotes::state.eq_any(self.states())),
        ))
    }

    fn quoting_one_of(&self, affiliation: &str) -> Condition {
        Box::new(exists(
            quotes::table
                .filter(quotes::article_id.eq(articles::id))
                .filter(quotes::affiliation_key.eq(affiliation.to_owned()))
                .filter(quotes::state.eq_any(self.states())),
        ))
    }
}

fn carrying(tag: Id) -> Condition {
    Box::new(exists(
        article_tags::table
            .filter(article_tags::article_id.eq(articles::id))
            .filter(article_tags::tag_id.eq(tag)),
    ))
}

fn written_by(person: Id) -> Condition {
    Box::new(exists(
        article_authors::table
            .filter(article_authors::article_id.eq(articles::id))
            .filter(article_authors::person_id.eq(person)),
    ))
}

fn one_of(handles: &[Handle]) -> Condition {
    let mut ids = HashSet::new();
    let mut slugs = HashSet::new();
    for handle in handles {
        match handle {
            Handle::Id(id) => {
                ids.insert(*id);
            }
            Handle::Slug(slug) => {
                slugs.insert(slug.clone());
            }
        }
    }
    Box::new(articles::id.eq_any(ids).or(articles::slug.eq_any(slugs)))
}
