//! From a question for quotes to the conditions that every list and every count of them shares.

use std::collections::HashMap;

use super::query::Asked;
use crate::articles::aliases::meant;
use crate::articles::expression::Expression;
use crate::db::types::Id;
use crate::db::{Condition, Conn};
use crate::error::{Error, Result};
use crate::search::{Corpus, Found, said_by};
use crate::text::Handle;

/// A question for quotes, ready to be put to the database.
pub(super) struct Filter {
    pub(super) asked: Asked,
    pub(super) speaker: Option<Id>,
    /// Whether the speaker is somebody; the id of one who is not there is nobody's.
    pub(super) speaker_is_there: bool,
    pub(super) article: Option<Id>,
    /// What the query builder has no words for.
    pub(super) conditions: Vec<Condition>,
    pub(super) found: Option<Found>,
}

impl Filter {
    /// Looks up the tags, people and the article it names. A name nobody has finds nothing: no quote has
    /// the id of what is not there.
    pub(super) fn of(conn: &mut Conn, asked: Asked) -> Result<Self> {
        let view = asked.view;
        let tags = match &asked.tag {
            None => HashMap::new(),
            Some(expression) => crate::tags::sql::ids_of(conn, view, &expression.terms())?,
        };
        let mut person = |handle: &Option<Handle>| match handle {
            None => Ok::<_, Error>(None),
            Some(handle) => Ok(Some(crate::people::sql::id_of(conn, view, handle)?)),
        };
        let (speaker, author) = (person(&asked.speaker)?, person(&asked.author)?);
        let speaker_is_there = speaker.flatten().is_some();
        let speaker = speaker.map(Option::unwrap_or_default);
        let author = author.map(Option::unwrap_or_default);
        let article = match &asked.article {
            None => None,
            Some(handle) => Some(meant(conn, view, handle)?.unwrap_or_default()),
        };
        let mut conditions = Vec::new();
        conditions.extend(asked.tag.as_ref().map(|expression| tagged(expression, &tags)));
        conditions.extend(author.map(|author| {
            Condition::sql(
                "EXISTS (SELECT 1 FROM article_authors WHERE article_authors.article_id = \
                 quotes.article_id AND article_authors.person_id = ",
            )
            .and_id(author)
            .and_sql(")")
        }));
        conditions.extend(asked.role.as_ref().map(|role| {
            Condition::sql(
                "quotes.id IN (SELECT quote_words.quote_id FROM quote_words WHERE \
                 quote_words.role_key = ",
            )
            .and_text(role.clone())
            .and_sql(")")
        }));
        let found = asked.search.clone().map(|search| {
            // The index knows who said it: what somebody said and what holds a word meet there.
            let search = match speaker {
                Some(speaker) => search.marked(&said_by(speaker)),
                None => search,
            };
            Found::of(conn, Corpus::Quotes, &search)
        });
        Ok(Self { asked, speaker, speaker_is_there, article, conditions, found })
    }
}

fn tagged(expression: &Expression, tags: &HashMap<String, Id>) -> Condition {
    let joined = |parts: &[Expression], sign: &str| {
        let mut all = Condition::sql("(");
        for (place, part) in parts.iter().enumerate() {
            all = all.and_sql(if place == 0 { "" } else { sign }).and(tagged(part, tags));
        }
        all.and_sql(")")
    };
    match expression {
        Expression::Tag(term) => match tags.get(term) {
            None => Condition::sql("1 = 0"),
            Some(tag) => Condition::sql(
                "EXISTS (SELECT 1 FROM article_tags WHERE article_tags.article_id = \
                 quotes.article_id AND article_tags.tag_id = ",
            )
            .and_id(*tag)
            .and_sql(")"),
        },
        Expression::Not(inner) => Condition::sql("NOT (").and(tagged(inner, tags)).and_sql(")"),
        Expression::And(all) => joined(all, " AND "),
        Expression::Or(any) => joined(any, " OR "),
    }
}

/// These quotes, joined with their articles, as far as a [`Filter`] lets them through, whatever their words.
macro_rules! fitting {
    ($rows:expr, $filter:expr) => {{
        use diesel::prelude::*;
        use $crate::articles::Status;
        use $crate::articles::sql::is_published;
        use $crate::auth::View;
        use $crate::db::among;
        use $crate::quotes::filter::{coalesced, dated};
        use $crate::quotes::{QuoteDate, QuoteState};
        use $crate::schema::{articles, quotes};
        let asked = &$filter.asked;
        let mut rows = $rows.filter(quotes::state.eq(asked.state)).into_boxed();
        if asked.view == View::Public {
            rows = rows.filter(is_published()).filter(quotes::state.eq(QuoteState::Confirmed));
        }
        match asked.statuses.as_deref() {
            None => {}
            Some([Status::Published]) => rows = rows.filter(is_published()),
            Some(several) => rows = rows.filter(among(articles::status, several)),
        }
        if let Some(article) = $filter.article {
            rows = rows.filter(quotes::article_id.eq(article));
        }
        // Where there is a search, its index knows the speaker: asked twice, `SQLite` would walk all they said.
        if let Some(speaker) = $filter.speaker.filter(|_| $filter.found.is_none()) {
            rows = rows.filter(quotes::speaker_id.eq(speaker));
        }
        if let Some(affiliation) = &asked.affiliation {
            rows = rows.filter(quotes::affiliation_key.eq(affiliation.clone()));
        }
        if let Some(kind) = asked.kind {
            rows = rows.filter(quotes::kind.eq(kind));
        }
        if let Some(anchor) = asked.anchor {
            rows = rows.filter(quotes::anchor_status.eq(anchor));
        }
        if let Some(ids) = &asked.ids {
            rows = rows.filter(among(quotes::id, ids));
        }
        if let Some(language) = &asked.language {
            let region = format!("{language}-%");
            let own = || coalesced(quotes::language, articles::language);
            let same = own().assume_not_null().eq(language.as_str().to_owned());
            rows = rows.filter(same.or(own().assume_not_null().like(region)));
        }
        for condition in &$filter.conditions {
            rows = rows.filter(condition.clone());
        }
        macro_rules! between {
            ($column:expr) => {{
                if let Some(from) = asked.from {
                    rows = rows.filter($column.ge(from));
                }
                if let Some(to) = asked.to {
                    rows = rows.filter($column.lt(to));
                }
            }};
        }
        match asked.date {
            QuoteDate::Published => between!(articles::dated_at),
            QuoteDate::Said => between!(dated(quotes::said_at, articles::dated_at)),
            QuoteDate::Updated => between!(quotes::updated_at),
            QuoteDate::Created => between!(quotes::created_at),
        }
        rows
    }};
}

/// [`fitting`], and found by the search if there is one.
macro_rules! filtered {
    ($rows:expr, $filter:expr) => {{
        let rows = $crate::quotes::filter::fitting!($rows, $filter);
        match &$filter.found {
            None => rows,
            Some(found) => rows.filter(found.has_found()),
        }
    }};
}
pub(super) use {filtered, fitting};

mod functions {
    use diesel::define_sql_function;
    use diesel::sql_types::{Nullable, Text};

    use crate::db::types::MomentColumn;

    define_sql_function! {
        /// The first of two times that is there.
        #[sql_name = "coalesce"]
        fn dated(one: Nullable<MomentColumn>, other: MomentColumn) -> MomentColumn;
    }
    define_sql_function! {
        /// The first of two texts that is there.
        #[sql_name = "coalesce"]
        fn coalesced(one: Nullable<Text>, other: Nullable<Text>) -> Nullable<Text>;
    }
}
pub(super) use functions::{coalesced, dated};
