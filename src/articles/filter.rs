//! The article grammar: from a question to conditions every list of articles shares.

use std::collections::HashMap;

use diesel::dsl::{exists, not};
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::DateKind;
use super::aliases::of_slugs;
use super::expression::Expression;
use super::query::Ask;
use crate::auth::View;
use crate::db::types::Id;
use crate::db::{Any, Conn, among};
use crate::error::Result;
use crate::quotes::QuoteState;
use crate::schema::{article_authors, article_tags, articles, quotes};
use crate::search::{Corpus, Found};
use crate::text::Handle;

/// A question for articles, ready to be put to the database.
#[expect(clippy::option_option, reason = "outer: asked for; inner: there is such a person")]
pub(super) struct Filter {
    ask: Ask,
    pub(super) tags: HashMap<String, Id>,
    pub(super) speaker: Option<Option<Id>>,
    pub(super) author: Option<Option<Id>>,
    found: Option<Found>,
    /// The articles that have had a slug which `ids` names.
    pub(super) aliases: HashMap<String, Id>,
}

type Condition = Box<dyn BoxableExpression<articles::table, Any, SqlType = Bool>>;
pub(super) type Rows = articles::BoxedQuery<'static, Any>;

fn nothing() -> Condition {
    Box::new(articles::id.ne(articles::id))
}

impl Filter {
    /// Looks up the tags, people and former slugs it names.
    pub(super) fn of(conn: &mut Conn, ask: Ask) -> Result<Self> {
        let tags = match &ask.tag {
            None => HashMap::new(),
            Some(expression) => crate::tags::sql::ids_of(conn, ask.view, &expression.terms())?,
        };
        let speaker = match &ask.speaker {
            None => None,
            Some(handle) => Some(crate::people::sql::id_of(conn, ask.view, handle)?),
        };
        let author = match &ask.author {
            None => None,
            Some(handle) => Some(crate::people::sql::id_of(conn, ask.view, handle)?),
        };
        let ids = ask.ids.iter().flatten();
        let slugs = ids.filter_map(|handle| match handle {
            Handle::Id(_) => None,
            Handle::Slug(slug) => Some(slug.clone()),
        });
        let aliases = of_slugs(conn, ask.view, &slugs.collect::<Vec<_>>())?;
        let found = ask.search.as_ref().map(|search| Found::of(conn, Corpus::Articles, search));
        Ok(Self { ask, tags, speaker, author, found, aliases })
    }

    /// The articles that match, unordered.
    pub(super) fn rows(&self) -> Rows {
        let rows = self.fitting();
        match &self.found {
            None => rows,
            Some(found) => rows.filter(found.has_found()),
        }
    }

    /// The articles that match, whatever words they have.
    pub(super) fn fitting(&self) -> Rows {
        let ask = &self.ask;
        let mut rows = articles::table.into_boxed();
        rows = match ask.statuses.as_slice() {
            [] => rows.filter(nothing()),
            [status] => rows.filter(articles::status.eq(*status)),
            several => rows.filter(articles::status.eq_any(several.to_vec())),
        };
        if let Some(ids) = &ask.ids {
            rows = rows.filter(one_of(ids, &self.aliases));
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

fn one_of(handles: &[Handle], aliases: &HashMap<String, Id>) -> Condition {
    let (mut ids, mut slugs) = (aliases.values().copied().collect::<Vec<_>>(), Vec::new());
    for handle in handles {
        match handle {
            Handle::Id(id) => ids.push(*id),
            Handle::Slug(slug) => slugs.push(slug.clone()),
        }
    }
    Box::new(among(articles::id, &ids).or(among(articles::slug, &slugs)))
}
