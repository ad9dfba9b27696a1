//! How a server hears that another process has written: a hint, and no more; what was written, the log says.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::{Conn, DatabaseUrl};
use crate::error::{Error, Result};

/// A connection that hears of commits.
pub(crate) struct Watch {
    url: DatabaseUrl,
    conn: Option<Conn>,
    /// What `SQLite` last said.
    version: i64,
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

impl Watch {
    pub(super) const fn new(url: DatabaseUrl) -> Self {
        Self { url, conn: None, version: -1 }
    }

    /// Whether there may be something new since this was last asked; costs microseconds when there is not.
    ///
    /// # Errors
    /// When the database does not answer: the next call opens another connection.
    #[expect(
        clippy::disallowed_methods,
        reason = "a PRAGMA and LISTEN have no words in the query builder"
    )]
    pub(crate) fn is_hinted(&mut self) -> Result<bool> {
        let is_new = self.conn.is_none();
        if is_new {
            let mut conn = self.url.connect().map_err(Error::internal)?;
            if let Conn::Postgres(conn) = &mut conn {
                conn.batch_execute("LISTEN onrecord_changes")?;
            }
            self.conn = Some(conn);
        }
        let hinted = match &mut self.conn {
            None => return Ok(true),
            // Counts the commits of all other connections, those of this process too.
            Some(Conn::Sqlite(conn)) => {
                let said = diesel::sql_query("PRAGMA data_version").get_result::<DataVersion>(conn);
                said.map(|said| {
                    std::mem::replace(&mut self.version, said.data_version) != said.data_version
                })
            }
            // Those of other databases' schemas on the same server, too: they cost a look.
            Some(Conn::Postgres(conn)) => {
                conn.notifications_iter().try_fold(false, |_, heard| heard.map(|_| true))
            }
        };
        if hinted.is_err() {
            self.conn = None;
        }
        Ok(hinted? || is_new)
    }

    /// Answers a question by the same connection: no queue of readers delays it.
    ///
    /// # Errors
    /// What `question` returns.
    pub(crate) fn read<T>(&mut self, question: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let answer = question(self.conn.as_mut().ok_or(Error::Unavailable)?);
        if answer.is_err() {
            self.conn = None;
        }
        answer
    }
}
