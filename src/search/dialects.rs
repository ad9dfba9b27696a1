//! A search in the words of each database: the same texts are found by both.

use std::fmt::Write as _;

use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;
use diesel::result::QueryResult;
use diesel::sql_types::BigInt;

use super::question::{Alternative, Search, Term};
use super::words::EVERY;
use crate::db::types::UuidColumn;
use crate::db::{Any, Condition, Conn};

/// Texts that can be searched: the table that keeps their words, and the index over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Corpus {
    /// Titles, standfirsts and bodies.
    Articles,
    /// The words of quotes.
    Quotes,
}

impl Corpus {
    const fn words(self) -> &'static str {
        match self {
            Self::Articles => "article_words",
            Self::Quotes => "quote_words",
        }
    }

    /// `SQLite`'s index.
    const fn index(self) -> &'static str {
        match self {
            Self::Articles => "article_index",
            Self::Quotes => "quote_index",
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Articles => "article_id",
            Self::Quotes => "quote_id",
        }
    }

    /// The column of the resource itself.
    const fn resource_id(self) -> &'static str {
        match self {
            Self::Articles => "articles.id",
            Self::Quotes => "quotes.id",
        }
    }

    const fn texts(self) -> &'static str {
        match self {
            Self::Articles => {
                "(article_words.title || article_words.standfirst || article_words.body)"
            }
            Self::Quotes => "quote_words.body",
        }
    }
}

/// Which texts of a corpus a search finds, in the words of one database.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    corpus: Corpus,
    /// The statement that gives the ids of what is found.
    ids: Condition,
    /// What grows with each new text.
    number: String,
}

impl Found {
    pub(crate) fn of(conn: &Conn, corpus: Corpus, search: &Search) -> Self {
        let (words, index, id) = (corpus.words(), corpus.index(), corpus.id());
        let select = format!("SELECT {words}.{id} FROM");
        match conn {
            // CROSS JOIN: the index first, whatever the planner thinks.
            Conn::Sqlite(_) => Self {
                corpus,
                ids: Condition::sql(format!(
                    "{select} {index} CROSS JOIN {words} ON {words}.number = {index}.rowid WHERE "
                ))
                .and(in_sqlite(corpus, search)),
                number: format!("{index}.rowid"),
            },
            Conn::Postgres(_) => Self {
                corpus,
                ids: Condition::sql(format!("{select} {words} WHERE "))
                    .and(in_postgres(corpus, search)),
                number: format!("{words}.number"),
            },
        }
    }

    /// Whether it finds a resource: a condition on its id.
    pub(crate) fn has_found(&self) -> Condition {
        let id = self.corpus.resource_id();
        Condition::sql(format!("{id} IN (")).and(self.ids.clone()).and_sql(")")
    }

    /// The ids of those that are found and fit, last entered first. `fitting` asks for the resource that
    /// [`Corpus::this`] names.
    pub(crate) fn newest<Q>(&self, fitting: Q, limit: i64) -> Newest<Q> {
        let order = format!(") ORDER BY {} DESC LIMIT ", self.number);
        Newest { found: self.ids.clone().and_sql(" AND EXISTS ("), fitting, order, limit }
    }
}

// --- SQLite

fn in_sqlite(corpus: Corpus, search: &Search) -> Condition {
    let alternatives = search.alternatives.iter().map(alternative_in_sqlite).collect::<Vec<_>>();
    if alternatives.is_empty() {
        return Condition::sql("1 = 0");
    }
    Condition::sql(format!("{} MATCH ", corpus.index())).and_text(alternatives.join(" OR "))
}

fn alternative_in_sqlite(alternative: &Alternative) -> String {
    let Alternative { with, without } = alternative;
    let all = with.iter().map(term_in_sqlite).collect::<Vec<_>>().join(" AND ");
    let all = if all.is_empty() { format!("\"{EVERY}\"") } else { all };
    if without.is_empty() {
        return format!("({all})");
    }
    let none = without.iter().map(term_in_sqlite).collect::<Vec<_>>().join(" OR ");
    format!("(({all}) NOT ({none}))")
}

fn term_in_sqlite(term: &Term) -> String {
    let Term { words, beginning, title } = term;
    let title = if *title { "title : " } else { "" };
    let beginning = if *beginning { " *" } else { "" };
    format!("{title}\"{}\"{beginning}", words.join(" "))
}

// --- PostgreSQL

/// The index knows which words a text has; where they stand, its words themselves say.
fn in_postgres(corpus: Corpus, search: &Search) -> Condition {
    let mut any = Condition::default();
    let mut sign = "(";
    for alternative in &search.alternatives {
        any = any.and_sql(format!("{sign}({}.words @@ (", corpus.words()));
        any = any.and_text(tsquery(alternative)).and_sql(")::tsquery");
        for (terms, test) in [(&alternative.with, "> 0"), (&alternative.without, "= 0")] {
            for term in terms.iter().filter(|term| is_placed(term)) {
                let texts = if term.title { "article_words.title" } else { corpus.texts() };
                any = any.and_sql(format!(" AND strpos({texts}, "));
                any = any.and_text(spelled(term)).and_sql(format!(") {test}"));
            }
        }
        any = any.and_sql(")");
        sign = " OR ";
    }
    any.and_sql(if search.alternatives.is_empty() { "1 = 0" } else { ")" })
}

/// Whether it matters where in a text the words stand.
fn is_placed(term: &Term) -> bool {
    term.title || term.words.len() > 1
}

/// The words of a term as they stand among a text's words.
pub(super) fn spelled(term: &Term) -> String {
    let end = if term.beginning { "" } else { " " };
    format!(" {}{end}", term.words.join(" "))
}

fn tsquery(alternative: &Alternative) -> String {
    let mut query = format!("'{EVERY}'");
    for term in &alternative.with {
        for (place, word) in term.words.iter().enumerate() {
            let last = place + 1 == term.words.len();
            let beginning = if term.beginning && last { ":*" } else { "" };
            // Writing to a string does not fail.
            let _ = write!(query, " & '{word}'{beginning}");
        }
    }
    for term in alternative.without.iter().filter(|term| !is_placed(term)) {
        let beginning = if term.beginning { ":*" } else { "" };
        for word in &term.words {
            let _ = write!(query, " & !'{word}'{beginning}");
        }
    }
    query
}

// --- As parts of statements

impl Corpus {
    /// Ties a statement over the resource to the words around it.
    pub(crate) fn this(self) -> Condition {
        Condition::sql(format!("{} = {}.{}", self.resource_id(), self.words(), self.id()))
    }
}

/// The last entered of what is found. `SQLite` walks its index from the end and stops at the limit.
#[derive(Debug, Clone)]
pub(crate) struct Newest<Q> {
    found: Condition,
    fitting: Q,
    order: String,
    limit: i64,
}

impl<Q> Query for Newest<Q> {
    type SqlType = UuidColumn;
}
impl<Q> RunQueryDsl<Conn> for Newest<Q> {}
impl<Q> QueryId for Newest<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
impl<Q: QueryFragment<Any>> QueryFragment<Any> for Newest<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Any>) -> QueryResult<()> {
        self.found.walk_ast(out.reborrow())?;
        self.fitting.walk_ast(out.reborrow())?;
        out.push_sql(&self.order);
        out.push_bind_param::<BigInt, i64>(&self.limit)
    }
}
