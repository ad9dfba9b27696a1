//! How a write comes to know the rows it has touched: triggers on every table whose rows clients see.
//!
//! In `PostgreSQL` they are part of the schema. In `SQLite` they belong to the writer's connection, and are made
//! from the tables as they are.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Conn;
use crate::error::Result;

/// A table whose rows clients see, and the columns that tell its rows apart.
pub(crate) struct Followed {
    pub(crate) table: &'static str,
    pub(crate) key: &'static [&'static str],
}

macro_rules! followed {
    ($($table:ident: $($key:ident),+;)+) => {
        /// Every table whose rows clients see. A new one is named here and in a migration for `PostgreSQL`.
        pub(crate) const FOLLOWED: &[Followed] =
            &[$(Followed { table: stringify!($table), key: &[$(stringify!($key)),+] }),+];
    };
}
followed! {
    articles: id;
    article_aliases: slug;
    article_audio: article_id;
    article_authors: article_id, person_id;
    article_discussions: article_id;
    article_images: article_id, place, image_id;
    article_tags: article_id, tag_id;
    comment_flags: id;
    comments: id;
    community_standards: version;
    images: id;
    links: id;
    merged_people: slug;
    merged_tags: slug;
    people: id;
    programmes: id;
    quotes: id;
    short_links: code;
    stream_sources: stream_id, position;
    streams: id;
    tags: id;
}

/// Texts so long that only whether they have changed is kept of them.
pub(crate) const LONG: [&str; 3] = ["body", "body_html", "body_text"];

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

/// Lets a connection that writes keep what its writes touch.
#[expect(
    clippy::disallowed_methods,
    reason = "the columns of a table have no words in the builder"
)]
pub(super) fn follow(conn: &mut Conn) -> Result<()> {
    let Conn::Sqlite(conn) = conn else { return Ok(()) };
    conn.batch_execute(
        "CREATE TEMP TABLE IF NOT EXISTS touched
           (id INTEGER PRIMARY KEY, source TEXT NOT NULL, before TEXT, after TEXT)",
    )?;
    for Followed { table, .. } in FOLLOWED {
        let columns = diesel::sql_query("SELECT name, type AS kind FROM pragma_table_info(?)");
        let columns = columns.bind::<Text, _>(*table).load::<Column>(conn)?;
        let triggers = [
            ("INSERT", "NULL".to_owned(), row(&columns, "NEW", Beside::Nothing)),
            ("DELETE", row(&columns, "OLD", Beside::Nothing), "NULL".to_owned()),
            ("UPDATE", row(&columns, "OLD", Beside::Zero), row(&columns, "NEW", Beside::Whether)),
        ];
        for (event, before, after) in triggers {
            conn.batch_execute(&format!(
                "CREATE TEMP TRIGGER IF NOT EXISTS {table}_{event} AFTER {event} ON main.{table} BEGIN
                   INSERT INTO touched (source, before, after) VALUES ('{table}', {before}, {after});
                 END"
            ))?;
        }
    }
    Ok(())
}

/// What stands for a long text.
#[derive(Clone, Copy)]
enum Beside {
    Nothing,
    Zero,
    Whether,
}

/// A row as JSON: `json_object('id', hex(NEW.id), 'slug', NEW.slug, …)`.
fn row(columns: &[Column], of: &str, long: Beside) -> String {
    let values = columns.iter().map(|Column { name, kind }| {
        let value = match (LONG.contains(&name.as_str()), long) {
            (true, Beside::Nothing | Beside::Zero) => "0".to_owned(),
            (true, Beside::Whether) => format!("OLD.{name} IS NOT NEW.{name}"),
            // JSON holds no bytes.
            (false, _) if kind == "BLOB" => format!("nullif(hex({of}.{name}), '')"),
            (false, _) => format!("{of}.{name}"),
        };
        format!("'{name}', {value}")
    });
    format!("json_object({})", values.collect::<Vec<_>>().join(", "))
}
