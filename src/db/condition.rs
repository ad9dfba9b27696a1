//! A condition in SQL text with its values: for what the query builder has no words for in both databases.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Bool, Text};

use super::Any;
use super::types::{Id, UuidColumn};

#[derive(Debug, Clone)]
enum Piece {
    Sql(String),
    Text(String),
    Id(Id),
}

/// A condition over whichever tables its text names; nobody checks that they are there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Condition(Vec<Piece>);

impl Condition {
    /// This text.
    pub(crate) fn sql(text: impl Into<String>) -> Self {
        Self::default().and_sql(text)
    }

    /// The same, and behind it this text.
    pub(crate) fn and_sql(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Sql(text.into()));
        self
    }

    /// The same, and behind it a value.
    pub(crate) fn and_text(mut self, value: impl Into<String>) -> Self {
        self.0.push(Piece::Text(value.into()));
        self
    }

    /// The same, and behind it an id.
    pub(crate) fn and_id(mut self, id: Id) -> Self {
        self.0.push(Piece::Id(id));
        self
    }

    /// The same, and behind it another one.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl Expression for Condition {
    type SqlType = Bool;
}

impl<G> ValidGrouping<G> for Condition {
    type IsAggregate = diesel::expression::is_aggregate::Never;
}

impl<T> AppearsOnTable<T> for Condition {}

impl<T> SelectableExpression<T> for Condition {}

impl QueryId for Condition {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Any> for Condition {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Any>) -> QueryResult<()> {
        for piece in &self.0 {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Text(value) => out.push_bind_param::<Text, String>(value)?,
                Piece::Id(id) => out.push_bind_param::<UuidColumn, Id>(id)?,
            }
        }
        Ok(())
    }
}
