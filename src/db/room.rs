//! Whether a `PostgreSQL` server has room for the connections that a program may open.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::{Conn, DatabaseUrl};

#[derive(QueryableByName)]
struct Room {
    #[diesel(sql_type = BigInt)]
    most: i64,
    #[diesel(sql_type = BigInt)]
    taken: i64,
}

/// Warns when so many connections, this one among them, may be too many beside those that others hold now.
#[expect(clippy::disallowed_methods, reason = "what a server is has no words in the builder")]
pub(super) fn look(conn: &mut Conn, url: &DatabaseUrl, wanted: usize) -> QueryResult<()> {
    let Conn::Postgres(conn) = conn else { return Ok(()) };
    let room = diesel::sql_query(
        "SELECT current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint AS most,
           (SELECT coalesce(sum(numbackends), 1)::bigint - 1 FROM pg_stat_database) AS taken",
    );
    let Room { most, taken } = room.get_result(conn)?;
    let wanted = i64::try_from(wanted).unwrap_or(i64::MAX);
    if taken.saturating_add(wanted) > most {
        tracing::warn!(
            database = %url, wanted, taken, most,
            "the database may run out of connections: give it more (max_connections), or this program fewer --readers"
        );
    } else {
        tracing::debug!(database = %url, wanted, taken, most, "there is room for all connections");
    }
    Ok(())
}
