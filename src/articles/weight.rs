//! How much one answer carries: it is made in memory.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::db::types::Id;
use crate::db::{Conn, among};
use crate::error::Result;
use crate::schema::articles;

/// How many characters the bodies of one page may have, as they were written, as HTML and as text.
pub(super) const BODIES_MAX: i64 = 8 * 1024 * 1024;

define_sql_function! {
    /// How many characters a text has.
    fn length(text: Text) -> Integer;
}

/// How many of these articles a page can show with their bodies: as many as fit, and at least one.
pub(crate) fn affordable(conn: &mut Conn, ids: &[Id]) -> Result<usize> {
    let lengths = articles::table
        .filter(among(articles::id, ids))
        .select((
            articles::id,
            length(articles::body),
            length(articles::body_html),
            length(articles::body_text),
        ))
        .load::<(Id, i32, i32, i32)>(conn)?;
    let lengths = lengths
        .into_iter()
        .map(|(id, body, html, text)| (id, [body, html, text].map(i64::from).iter().sum::<i64>()));
    let lengths = lengths.collect::<HashMap<_, _>>();
    let mut all = 0;
    let fits = ids.iter().take_while(|id| {
        all += lengths.get(id).copied().unwrap_or_default();
        all <= BODIES_MAX
    });
    Ok(fits.count().max(1))
}
