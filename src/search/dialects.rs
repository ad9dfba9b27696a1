//! A search in the words of each database: the same texts are found by both.

use std::fmt::Write as _;

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Bool, Text};

use super::question::{Alternative, Search, Term};
use super::words::EVERY;
use crate::db::types::UuidColumn;
use crate::db::{Any, Conn};

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

/// A piece of SQL with its values.
#[derive(Debug, Clone)]
enum Piece {
    Sql(String),
    Value(String),
}

/// Which texts of a corpus a search finds, in the words of one database.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    corpus: Corpus,
    /// The tables, and what is asked of them.
    from: String,
    pieces: Vec<Piece>,
    newest: String,
}

impl Found {
    pub(crate) fn of(conn: &Conn, corpus: Corpus, search: &Search) -> Self {
        let (words, index) = (corpus.words(), corpus.index());
        match conn {
            // CROSS JOIN: the index first, whatever the planner thinks.
            Conn::Sqlite(_) => Self {
                corpus,
                from: format!("{index} CROSS JOIN {words} ON {words}.number = {index}.rowid"),
                pieces: in_sqlite(corpus, search),
                newest: format!("{index}.rowid"),
            },
            Conn::Postgres(_) => Self {
                corpus,
                from: words.to_owned(),
                pieces: in_postgres(corpus, search),
                newest: format!("{words}.number"),
            },
        }
    }

    fn walk<'b>(&'b self, out: &mut AstPass<'_, 'b, Any>) -> QueryResult<()> {
        for piece in &self.pieces {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Value(value) => out.push_bind_param::<Text, String>(value)?,
            }
        }
        Ok(())
    }

    /// Begins the statement that gives the ids of what is found.
    fn select<'b>(&'b self, out: &mut AstPass<'_, 'b, Any>) -> QueryResult<()> {
        let (words, id) = (self.corpus.words(), self.corpus.id());
        out.push_sql("SELECT ");
        out.push_sql(words);
        out.push_sql(".");
        out.push_sql(id);
        out.push_sql(" FROM ");
        out.push_sql(&self.from);
        out.push_sql(" WHERE ");
        self.walk(out)
    }

    /// The ids of those that are found and fit, last entered first.
    pub(crate) fn newest<Q>(&self, fitting: Q, limit: i64) -> Newest<Q> {
        Newest { found: self.clone(), fitting, limit }
    }
}

// --- SQLite

fn in_sqlite(corpus: Corpus, search: &Search) -> Vec<Piece> {
    let alternatives = search.alternatives.iter().map(alternative_in_sqlite).collect::<Vec<_>>();
    if alternatives.is_empty() {
        return vec![Piece::Sql("1 = 0".to_owned())];
    }
    let sql = format!("{} MATCH ", corpus.index());
    vec![Piece::Sql(sql), Piece::Value(alternatives.join(" OR "))]
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
fn in_postgres(corpus: Corpus, search: &Search) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut sign = "(";
    for alternative in &search.alternatives {
        pieces.push(Piece::Sql(format!("{sign}({}.words @@ (", corpus.words())));
        pieces.push(Piece::Value(tsquery(alternative)));
        pieces.push(Piece::Sql(")::tsquery".to_owned()));
        for (terms, test) in [(&alternative.with, "> 0"), (&alternative.without, "= 0")] {
            for term in terms.iter().filter(|term| is_placed(term)) {
                let texts = if term.title { "article_words.title" } else { corpus.texts() };
                pieces.push(Piece::Sql(format!(" AND strpos({texts}, ")));
                pieces.push(Piece::Value(spelled(term)));
                pieces.push(Piece::Sql(format!(") {test}")));
            }
        }
        pieces.push(Piece::Sql(")".to_owned()));
        sign = " OR ";
    }
    let end = if pieces.is_empty() { "1 = 0" } else { ")" };
    pieces.push(Piece::Sql(end.to_owned()));
    pieces
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

/// Whether a search finds a resource: an expression over its id.
#[derive(Debug, Clone)]
pub(crate) struct IsFound(pub(crate) Found);

impl Expression for IsFound {
    type SqlType = Bool;
}
impl<G> ValidGrouping<G> for IsFound {
    type IsAggregate = diesel::expression::is_aggregate::Never;
}
impl<T> AppearsOnTable<T> for IsFound {}
impl<T> SelectableExpression<T> for IsFound {}
impl QueryId for IsFound {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
impl QueryFragment<Any> for IsFound {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Any>) -> QueryResult<()> {
        out.push_sql(self.0.corpus.resource_id());
        out.push_sql(" IN (");
        self.0.select(&mut out)?;
        out.push_sql(")");
        Ok(())
    }
}

/// Ties a statement over the resource to the words around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IsThis(pub(crate) Corpus);

impl Expression for IsThis {
    type SqlType = Bool;
}
impl<G> ValidGrouping<G> for IsThis {
    type IsAggregate = diesel::expression::is_aggregate::Never;
}
impl<T> AppearsOnTable<T> for IsThis {}
impl<T> SelectableExpression<T> for IsThis {}
impl QueryId for IsThis {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
impl QueryFragment<Any> for IsThis {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Any>) -> QueryResult<()> {
        out.push_sql(self.0.resource_id());
        out.push_sql(" = ");
        out.push_sql(self.0.words());
        out.push_sql(".");
        out.push_sql(self.0.id());
        Ok(())
    }
}

/// The last entered of what is found. `SQLite` walks its index from the end and stops at the limit.
#[derive(Debug, Clone)]
pub(crate) struct Newest<Q> {
    found: Found,
    fitting: Q,
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
        self.found.select(&mut out)?;
        out.push_sql(" AND EXISTS (");
        self.fitting.walk_ast(out.reborrow())?;
        out.push_sql(") ORDER BY ");
        out.push_sql(&self.found.newest);
        out.push_sql(" DESC LIMIT ");
        out.push_bind_param::<BigInt, i64>(&self.limit)
    }
}
