//! The rows a write has touched: what each was before it and is after it.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Map, Value};

use crate::db::types::{Id, Moment};
use crate::db::{Conn, FOLLOWED, LONG};
use crate::error::{Error, Result};
use crate::schema::touched;

/// Columns that clients never see, and hits, of which there are too many to tell.
const UNSEEN: [&str; 3] = ["imported_sha256", "hits", "last_hit_at"];

/// The columns of a row.
pub(super) type Columns = Map<String, Value>;

/// A row that is another after a write.
#[derive(Debug)]
pub(super) struct Row {
    /// Its table.
    pub(super) source: &'static str,
    /// What it was; nothing when it was not there.
    pub(super) before: Option<Columns>,
    /// What it is; nothing when it is gone.
    pub(super) after: Option<Columns>,
}

impl Row {
    /// A column that does not change while the row is there.
    pub(super) fn fixed(&self, column: &str) -> &Value {
        get(self.after.as_ref().or(self.before.as_ref()), column)
    }

    /// An id that does not change while the row is there.
    pub(super) fn id(&self, column: &str) -> Id {
        id(self.fixed(column)).unwrap_or_default()
    }

    pub(super) fn was(&self, column: &str) -> &Value {
        get(self.before.as_ref(), column)
    }

    pub(super) fn is(&self, column: &str) -> &Value {
        get(self.after.as_ref(), column)
    }

    /// Whether a column says something else than before.
    pub(super) fn differs(&self, column: &str) -> bool {
        self.was(column) != self.is(column)
    }

    /// Whether one of these columns says something else than before.
    pub(super) fn differ(&self, columns: &[&str]) -> bool {
        columns.iter().any(|column| self.differs(column))
    }

    /// The columns that say something else, of a row that was there and still is.
    pub(super) fn changed(&self) -> impl Iterator<Item = &str> {
        let both = self.before.as_ref().zip(self.after.as_ref());
        both.into_iter().flat_map(|(before, after)| {
            let changed = after.iter().filter(|(column, value)| before.get(*column) != Some(value));
            changed.map(|(column, _)| column.as_str())
        })
    }

    /// Whether what clients may see of it is other than before.
    fn is_other(&self) -> bool {
        match (&self.before, &self.after) {
            (None, None) => false,
            (Some(_), Some(_)) => self.changed().any(|column| !UNSEEN.contains(&column)),
            _ => true,
        }
    }
}

fn get<'a>(row: Option<&'a Columns>, column: &str) -> &'a Value {
    row.and_then(|row| row.get(column)).unwrap_or(&Value::Null)
}

/// An id as either database writes it into JSON.
pub(super) fn id(value: &Value) -> Option<Id> {
    let text = value.as_str()?;
    match text.len() {
        32 => Id::from_simple(text),
        _ => text.parse().ok(),
    }
}

/// An instant as either database writes it into JSON.
pub(super) fn moment(value: &Value) -> Option<Moment> {
    value.as_i64().map(Moment::from_millis).or_else(|| value.as_str()?.parse().ok())
}

/// A yes or no as either database writes it into JSON.
pub(super) fn flag(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| value.as_i64() == Some(1))
}

/// Takes what the write has touched since its begin, each row once, whatever happened to it on the way.
pub(super) fn take(conn: &mut Conn) -> Result<Vec<Row>> {
    let mut rows = diesel::delete(touched::table).returning(touched::all_columns).get_results::<(
        i64,
        String,
        Option<String>,
        Option<String>,
    )>(conn)?;
    rows.sort_unstable_by_key(|(id, ..)| *id);
    let mut taken = Vec::<Row>::new();
    let mut places = HashMap::new();
    for (_, source, before, after) in rows {
        let followed = FOLLOWED.iter().find(|followed| followed.table == source);
        let followed = followed.ok_or_else(|| Error::internal(format!("{source} is not known")))?;
        let key = |row: &Columns| {
            followed.key.iter().map(|part| get(Some(row), part).to_string()).collect::<Vec<_>>()
        };
        let (before, after) = (parsed(before)?, parsed(after)?);
        // A row under another key is one that is gone and one that is new.
        let (old, new) = (before.as_ref().map(key), after.as_ref().map(key));
        let steps = if old.is_some() && new.is_some() && old != new {
            vec![(old, before, None), (new, None, after)]
        } else {
            vec![(old.or(new), before, after)]
        };
        for (key, before, after) in steps {
            let place = *places.entry((followed.table, key)).or_insert(taken.len());
            match taken.get_mut(place) {
                Some(row) => row.after = after.map(|after| still_other(row, after)),
                None => taken.push(Row { source: followed.table, before, after }),
            }
        }
    }
    taken.retain(Row::is_other);
    Ok(taken)
}

fn parsed(text: Option<String>) -> Result<Option<Columns>> {
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::internal)
}

/// A long text that was changed once is not what it was because it was left alone then.
fn still_other(row: &Row, mut after: Columns) -> Columns {
    for long in LONG {
        let changed = row.is(long).as_i64() == Some(1);
        if let Some(value) = after.get_mut(long).filter(|_| changed) {
            *value = Value::from(1);
        }
    }
    after
}
