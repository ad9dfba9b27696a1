//! Where the data is, and how a connection to it is opened.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::Conn;

/// How long opening waits for another program that is opening the same new `SQLite` file.
const LOCK_WAIT_MAX: Duration = Duration::from_secs(5);

/// How long one statement may take in `PostgreSQL`.
pub(super) const STATEMENT_TIMEOUT: &str = "SET statement_timeout = '30s'";

/// Where the data is: a file or a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite:path/to/onrecord.db`
    Sqlite(PathBuf),
    /// `postgres://user:password@host/name`
    Postgres(String),
}

impl std::str::FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:") {
            Some("") => Err("sqlite: wants a path, such as sqlite:onrecord.db".to_owned()),
            Some(path) => Ok(Self::Sqlite(PathBuf::from(path))),
            None => Err("must begin with `sqlite:` (a path follows) or `postgres://`".to_owned()),
        }
    }
}

/// The URL without its password, fit for a log.
impl std::fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(text) => match url::Url::parse(text) {
                Ok(mut url) => {
                    let _ = url.set_password(None);
                    // A password may also stand among the settings.
                    let pairs = url.query_pairs().into_owned();
                    let told = pairs.filter(|(name, _)| !name.contains("password"));
                    let told = told.collect::<Vec<_>>();
                    url.query_pairs_mut().clear().extend_pairs(told);
                    write!(f, "{}", url.as_str().trim_end_matches('?'))
                }
                Err(_) => f.write_str("postgres://…"),
            },
        }
    }
}

/// Why the database could not be opened: a sentence for the person who starts the server.
#[derive(Debug)]
pub struct OpenError(pub(super) String);

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for OpenError {}

impl DatabaseUrl {
    /// A new connection with the settings every connection has.
    ///
    /// # Errors
    /// A sentence saying what kept it from opening.
    pub fn connect(&self) -> std::result::Result<Conn, OpenError> {
        let fail = |what: String| OpenError(format!("cannot open {self}: {what}"));
        match self {
            Self::Sqlite(path) => connect_sqlite(path).map(Conn::Sqlite).map_err(fail),
            Self::Postgres(url) => {
                let mut conn =
                    PgConnection::establish(url).map_err(|error| fail(error.to_string()))?;
                // Compiling a long tag expression takes seconds, answering it milliseconds.
                conn.batch_execute("SET TIME ZONE 'UTC'; SET jit = off")
                    .and_then(|()| conn.batch_execute(STATEMENT_TIMEOUT))
                    .map_err(|error| fail(error.to_string()))?;
                Ok(Conn::Postgres(conn))
            }
        }
    }

    /// For commands that look at what is there: an `SQLite` file is not made by looking for it.
    ///
    /// # Errors
    /// A sentence when there is no such file.
    pub fn must_exist(&self) -> std::result::Result<(), OpenError> {
        match self {
            Self::Sqlite(path) if !path.exists() => {
                Err(OpenError(format!("cannot open {self}: there is no such file")))
            }
            Self::Sqlite(_) | Self::Postgres(_) => Ok(()),
        }
    }

    /// Brings what `SQLite` keeps beside its file into it, so that the file alone is everything.
    ///
    /// # Errors
    /// A sentence when the file cannot be opened or written.
    pub fn settle(&self) -> std::result::Result<(), OpenError> {
        let Self::Sqlite(path) = self else { return Ok(()) };
        let fail = |what: String| OpenError(format!("cannot settle {self}: {what}"));
        let mut conn = connect_sqlite(path).map_err(fail)?;
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").map_err(|e| fail(e.to_string()))
    }
}

const SQLITE_SETTINGS: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cache_size = -32768;
    PRAGMA mmap_size = 268435456;
    PRAGMA temp_store = MEMORY;
";

fn connect_sqlite(path: &Path) -> std::result::Result<SqliteConnection, String> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
        && !folder.is_dir()
    {
        return Err(format!("the folder {} does not exist", folder.display()));
    }
    let text = path.to_str().ok_or("the path is not UTF-8")?;
    let mut conn = SqliteConnection::establish(text).map_err(|error| error.to_string())?;
    let wal = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL;";
    let mut opened = conn.batch_execute(wal);
    // Nothing waits for this lock by itself; another program may be opening the same new file.
    let begun = Instant::now();
    while matches!(&opened, Err(error) if error.to_string().contains("locked"))
        && begun.elapsed() < LOCK_WAIT_MAX
    {
        std::thread::sleep(Duration::from_millis(20));
        opened = conn.batch_execute(wal);
    }
    opened.and_then(|()| conn.batch_execute(SQLITE_SETTINGS)).map_err(|error| {
        match error.to_string() {
            text if text.contains("not a database") => {
                "the file is not an SQLite database".to_owned()
            }
            text => text,
        }
    })?;
    Ok(conn)
}
