//! The schema's history: what a database has of it, and the steps up and down.

use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Conn, OpenError};
use crate::error::{Error, Result};

const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");
/// The advisory lock under which one server at a time migrates a `PostgreSQL` database.
const MIGRATION_LOCK: i64 = 0x6f6e_7265_636f_7264;

/// One schema change and whether this database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationState {
    /// The folder's name: `0001_keys`.
    pub name: String,
    /// Whether it has been applied.
    pub applied: bool,
}

/// A step of the schema's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Migrate {
    /// Apply everything that is missing.
    Up,
    /// Take the newest one back.
    Down,
}

/// Applies or takes back migrations, one server at a time, and returns the names of those it ran.
///
/// # Errors
/// The database's own sentence when a migration fails; nothing of that migration is kept.
pub fn migrate(conn: &mut Conn, step: Migrate) -> std::result::Result<Vec<String>, OpenError> {
    lock_migrations(conn, true)?;
    let outcome = match conn {
        // The file's write lock, taken before looking: of two that start at once one waits.
        Conn::Sqlite(native) => native.immediate_transaction(|native| run_migrations(native, step)),
        Conn::Postgres(native) => run_migrations(native, step),
    };
    // What an older database holds is read for search, so that nothing is ever found only later.
    let outcome = outcome.and_then(|names| match step {
        Migrate::Up => Ok(crate::search::catch_up(conn).map(|()| names)?),
        Migrate::Down => Ok(names),
    });
    lock_migrations(conn, false)?;
    outcome.map_err(|error| OpenError(format!("cannot migrate the database: {error}")))
}

/// What both kinds of connection bring to a migration.
trait Migratable: Sized {
    const MIGRATIONS: EmbeddedMigrations;
}
impl Migratable for SqliteConnection {
    const MIGRATIONS: EmbeddedMigrations = SQLITE_MIGRATIONS;
}
impl Migratable for PgConnection {
    const MIGRATIONS: EmbeddedMigrations = POSTGRES_MIGRATIONS;
}

type Boxed = Box<dyn std::error::Error + Send + Sync>;

fn run_migrations<DB, C>(conn: &mut C, step: Migrate) -> std::result::Result<Vec<String>, Boxed>
where
    DB: diesel::backend::Backend,
    C: Migratable + MigrationHarness<DB>,
{
    let run = match step {
        Migrate::Up => conn.run_pending_migrations(C::MIGRATIONS)?,
        Migrate::Down if conn.applied_migrations()?.is_empty() => {
            return Err("there is no step to take back".into());
        }
        Migrate::Down => vec![conn.revert_last_migration(C::MIGRATIONS)?],
    };
    Ok(run.into_iter().map(|version| version.to_string()).collect())
}

/// Every migration this binary knows, oldest first, and whether the database has it.
///
/// # Errors
/// When the database cannot be asked.
pub fn migrations(conn: &mut Conn) -> std::result::Result<Vec<MigrationState>, OpenError> {
    let states = native!(conn, |native| migration_states(native));
    states.map_err(|error| OpenError(format!("cannot read the schema's version: {error}")))
}

fn migration_states<DB, C>(conn: &mut C) -> std::result::Result<Vec<MigrationState>, Boxed>
where
    DB: diesel::backend::Backend,
    C: Migratable + MigrationHarness<DB>,
{
    let applied = conn.applied_migrations()?;
    let mut known = MigrationSource::<DB>::migrations(&C::MIGRATIONS)?
        .iter()
        .map(|migration| MigrationState {
            name: migration.name().to_string(),
            applied: applied.contains(&migration.name().version().as_owned()),
        })
        .collect::<Vec<_>>();
    known.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(known)
}

mod diesel_schema {
    diesel::table! {
        __diesel_schema_migrations (version) {
            version -> Text,
        }
    }
}

/// Whether the database has every migration this binary knows.
///
/// It only reads: [`migrations`] makes Diesel's own table where it is missing, which `PostgreSQL`
/// refuses in a reader's transaction.
///
/// # Errors
/// When the database cannot be asked.
pub fn is_current(conn: &mut Conn) -> Result<bool> {
    use diesel_schema::__diesel_schema_migrations::{table, version};
    let applied = table.select(version).load::<String>(conn)?;
    let known = MigrationSource::<Sqlite>::migrations(&SQLITE_MIGRATIONS);
    let known = known.map_err(Error::internal)?;
    Ok(known.iter().all(|known| applied.contains(&known.name().version().to_string())))
}

#[expect(clippy::disallowed_methods, reason = "advisory locks have no words in the query builder")]
fn lock_migrations(conn: &mut Conn, lock: bool) -> std::result::Result<(), OpenError> {
    let Conn::Postgres(conn) = conn else { return Ok(()) };
    let function = if lock { "pg_advisory_lock" } else { "pg_advisory_unlock" };
    diesel::sql_query(format!("SELECT {function}({MIGRATION_LOCK})"))
        .execute(conn)
        .map(|_| ())
        .map_err(|error| OpenError(format!("cannot lock the database for migrating: {error}")))
}
