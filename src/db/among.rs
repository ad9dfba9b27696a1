//! `column IN (…)` whose statement is prepared once.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};

use super::Any;

/// Whether a column is one of some values.
///
/// Diesel's `eq_any` has SQLite parse and plan its statement each time it is asked, for there are as
/// many texts as numbers of values. Here the last value is repeated up to a power of two: a few texts,
/// and all of them are kept.
#[derive(Debug, Clone)]
pub(crate) struct Among<C, V> {
    column: C,
    values: Vec<V>,
}

/// Whether `column` is one of these values; nothing is when there are none. (Neither is its contrary
/// then: this is not for `NOT`.)
pub(crate) fn among<C, V: Clone>(column: C, values: &[V]) -> Among<C, V> {
    let mut values = values.to_vec();
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
    Among { column, values }
}

impl<C: Expression, V> Expression for Among<C, V> {
    type SqlType = Bool;
}

impl<C: ValidGrouping<G>, V, G> ValidGrouping<G> for Among<C, V> {
    type IsAggregate = C::IsAggregate;
}

impl<C: AppearsOnTable<T>, V, T> AppearsOnTable<T> for Among<C, V> {}

impl<C: SelectableExpression<T>, V, T> SelectableExpression<T> for Among<C, V> {}

impl<C, V> QueryId for Among<C, V> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, V> QueryFragment<Any> for Among<C, V>
where
    C: Expression + QueryFragment<Any>,
    V: ToSql<C::SqlType, Any>,
    Any: HasSqlType<C::SqlType>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Any>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        // Not `1=0`, which beside `OR` would have SQLite read the whole table instead of two indexes.
        if self.values.is_empty() {
            out.push_sql(" IN (NULL)");
            return Ok(());
        }
        let mut sign = " IN (";
        for value in &self.values {
            out.push_sql(sign);
            out.push_bind_param::<C::SqlType, V>(value)?;
            sign = ", ";
        }
        out.push_sql(")");
        Ok(())
    }
}
