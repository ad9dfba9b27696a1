//! The schema's history: what a database has of it, and the steps up and down.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::STATEMENT_TIMEOUT;
use super::{Conn, OpenError};
use crate::error::{Error, Result};

const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");
/// The advisory lock under which one program at a time changes a schema in `PostgreSQL`.
const MIGRATION_LOCK: i32 = 0x6d69_6772;
/// How long a program waits for another one that changes the schema.
const TURN_WAIT_MAX: Duration = Duration::from_secs(600);
/// How often it asks whether it is its turn, and how often it says that it waits.
const TURN_ASKED_EVERY: Duration = Duration::from_millis(100);
const TURN_SAID_EVERY: Duration = Duration::from_secs(10);
/// What stands for a schema in a lock: several in one database do not wait for each other.
const SCHEMA: &str = "hashtext(coalesce(current_schema::text, ''))";

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

/// Applies or takes back migrations, one program at a time, and returns the names of those it ran.
///
/// # Errors
/// The database's own sentence when a migration fails; nothing of that migration is kept.
pub fn migrate(conn: &mut Conn, step: Migrate) -> std::result::Result<Vec<String>, OpenError> {
    // Most who open a database find nothing to do, and need not wait for anybody who writes.
    if step == Migrate::Up && matches!(is_complete(conn), Ok(true)) {
        return Ok(Vec::new());
    }
    let mut ran = Vec::new();
    let outcome = match conn {
        // A file has no lock but the one of its writes: the other program is met wherever one begins.
        Conn::Sqlite(_) => in_turn(|| match step_once(conn, step, &mut ran) {
            Err(error) if error.to_string().contains("database is locked") => Ok(None),
            outcome => outcome.map(Some),
        }),
        Conn::Postgres(native) => {
            in_turn(|| Ok(lock_migrations(native)?.then_some(()))).and_then(|()| {
                let outcome = step_once(conn, step, &mut ran);
                let unlocked = unlock_migrations(conn);
                outcome.and(unlocked)
            })
        }
    };
    match outcome {
        Ok(()) => Ok(ran),
        Err(error) => Err(OpenError(format!("cannot migrate the database: {error}"))),
    }
}

/// Tries until it is this program's turn, and says what it waits for.
fn in_turn(
    mut attempt: impl FnMut() -> std::result::Result<Option<()>, Boxed>,
) -> std::result::Result<(), Boxed> {
    let begun = Instant::now();
    let mut said = None::<Instant>;
    while attempt()?.is_none() {
        if begun.elapsed() > TURN_WAIT_MAX {
            let minutes = TURN_WAIT_MAX.as_secs() / 60;
            return Err(
                format!("another program has been changing it for {minutes} minutes").into()
            );
        }
        if said.is_none_or(|said| said.elapsed() > TURN_SAID_EVERY) {
            said = Some(Instant::now());
            let seconds = begun.elapsed().as_secs();
            tracing::info!(seconds, "waiting for another program that is changing the database");
        }
        std::thread::sleep(TURN_ASKED_EVERY);
    }
    Ok(())
}

/// Whether nothing is to be applied, nor to be read for search.
fn is_complete(conn: &mut Conn) -> Result<bool> {
    Ok(is_current(conn)? && crate::search::is_caught_up(conn)?)
}

fn step_once(
    conn: &mut Conn,
    step: Migrate,
    ran: &mut Vec<String>,
) -> std::result::Result<(), Boxed> {
    ran.extend(match conn {
        // The file's write lock, taken before looking: of two that start at once one waits.
        Conn::Sqlite(native) => native.immediate_transaction(|native| run_migrations(native, step)),
        Conn::Postgres(native) => run_migrations(native, step),
    }?);
    if step == Migrate::Up {
        // What an older database holds is read for search, so that nothing is ever found only later.
        crate::search::catch_up(conn)?;
    }
    Ok(())
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

#[derive(QueryableByName)]
struct Lock {
    #[diesel(sql_type = Bool)]
    is_ours: bool,
}

/// Takes the lock if nobody has it. Under it statements may take as long as they do.
#[expect(clippy::disallowed_methods, reason = "advisory locks have no words in the query builder")]
fn lock_migrations(conn: &mut PgConnection) -> QueryResult<bool> {
    let lock = format!("SELECT pg_try_advisory_lock({MIGRATION_LOCK}, {SCHEMA}) AS is_ours");
    let Lock { is_ours } = diesel::sql_query(lock).get_result(conn)?;
    if is_ours {
        conn.batch_execute("SET statement_timeout = 0")?;
    }
    Ok(is_ours)
}

fn unlock_migrations(conn: &mut Conn) -> std::result::Result<(), Boxed> {
    let unlock = format!("SELECT pg_advisory_unlock({MIGRATION_LOCK}, {SCHEMA})");
    conn.batch_execute(&format!("{unlock}; {STATEMENT_TIMEOUT}"))?;
    Ok(())
}
