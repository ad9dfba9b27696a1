//! The only file that knows which database runs: connections, reads, writes, migrations.

mod among;
pub mod types;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use diesel::connection::{InstrumentationEvent, SimpleConnection as _};
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use tokio::sync::oneshot;

use crate::error::{Error, Result};

#[expect(missing_docs, reason = "the derive makes public items without words")]
mod conn {
    use diesel::{PgConnection, SqliteConnection};

    /// A connection to whichever database runs.
    #[derive(diesel::MultiConnection)]
    pub enum Conn {
        /// The file next to the binary.
        Sqlite(SqliteConnection),
        /// The server a newsroom moves to when it outgrows one machine.
        Postgres(PgConnection),
    }

    pub use multi_connection_impl::MultiBackend as Any;
}
pub(crate) use among::among;
pub use conn::{Any, Conn};

const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// How many writes may wait for the writer before a further one is refused with 503.
const WRITE_QUEUE_MAX: usize = 1024;
/// How many reads may wait for a reader before a further one is refused with 503.
const READ_QUEUE_MAX: usize = 1024;
/// How many writes share one commit, and so one sync, at most.
const GROUP_MAX: usize = 128;
/// How often a write is tried again when `PostgreSQL` says that another one came between.
const WRITE_TRIES_MAX: u32 = 12;
/// The advisory lock under which one server at a time migrates a `PostgreSQL` database.
const MIGRATION_LOCK: i64 = 0x6f6e_7265_636f_7264;

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
                    write!(f, "{url}")
                }
                Err(_) => f.write_str("postgres://…"),
            },
        }
    }
}

/// Why the database could not be opened: a sentence for the person who starts the server.
#[derive(Debug)]
pub struct OpenError(String);

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
                conn.batch_execute("SET TIME ZONE 'UTC'; SET statement_timeout = '30s'")
                    .map_err(|error| fail(error.to_string()))?;
                Ok(Conn::Postgres(conn))
            }
        }
    }
}

impl DatabaseUrl {
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
    for _ in 0..100 {
        if !matches!(&opened, Err(error) if error.to_string().contains("locked")) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
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

/// Runs the same query on the connection that is there: for what the derive cannot do for both.
macro_rules! native {
    ($conn:expr, |$native:ident| $query:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($native) => $query,
            $crate::db::Conn::Postgres($native) => $query,
        }
    };
}

// --- Migrations

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

/// What the database itself says of its soundness: empty when all is well.
///
/// # Errors
/// When the database cannot be asked.
#[expect(clippy::disallowed_methods, reason = "PRAGMA has no words in the query builder")]
pub fn integrity(conn: &mut Conn) -> Result<Vec<String>> {
    use diesel::sql_types::Text;
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        integrity_check: String,
    }
    let Conn::Sqlite(conn) = conn else { return Ok(Vec::new()) };
    let lines = diesel::sql_query("PRAGMA integrity_check").load::<Line>(conn)?;
    Ok(lines.into_iter().map(|line| line.integrity_check).filter(|line| line != "ok").collect())
}

// --- Reads and writes

/// A job for a thread that owns a connection.
type Job = Box<dyn FnOnce(&mut Worker) + Send>;
/// A write without its type: run inside a transaction, answered once the commit is known.
trait Work: Send {
    /// Does the work and keeps what it gave; may be called again after a rollback.
    fn run(&mut self, conn: &mut Conn) -> Result<()>;
    /// Tells the caller what became of it.
    fn answer(self: Box<Self>, outcome: Result<()>);
}

struct Ordered<T, F> {
    work: F,
    value: Option<T>,
    sender: oneshot::Sender<Result<T>>,
}

impl<T: Send, F: FnMut(&mut Conn) -> Result<T> + Send> Work for Ordered<T, F> {
    fn run(&mut self, conn: &mut Conn) -> Result<()> {
        self.value = Some(guarded(|| (self.work)(conn))?);
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let Self { work: _, value, sender } = *self;
        let _ = sender.send(outcome.and_then(|()| value.ok_or(Error::Unavailable)));
    }
}

/// The database: how many threads read it, how writes are grouped, is decided here and nowhere else.
#[derive(Clone)]
pub struct Db {
    reads: Sender<Job>,
    writes: Sender<Box<dyn Work>>,
    url: DatabaseUrl,
    busy: Arc<AtomicUsize>,
    readers: usize,
}

/// What the database's queues look like now, for `/metrics`.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Threads that read.
    pub readers: usize,
    /// Threads reading at this moment.
    pub readers_busy: usize,
    /// Reads waiting for a thread.
    pub reads_waiting: usize,
    /// Writes waiting for their turn.
    pub writes_waiting: usize,
}

impl Db {
    /// Opens the database, applies what its schema lacks, and starts its threads.
    ///
    /// # Errors
    /// A sentence for the person who starts the server.
    pub fn open(url: &DatabaseUrl, readers: usize) -> std::result::Result<Self, OpenError> {
        let mut first = url.connect()?;
        for name in migrate(&mut first, Migrate::Up)? {
            tracing::info!(migration = name, "schema changed");
        }
        let (reads, read_jobs) = bounded(READ_QUEUE_MAX);
        let (writes, write_jobs) = bounded(WRITE_QUEUE_MAX);
        let busy = Arc::new(AtomicUsize::new(0));
        let readers = readers.max(1);
        for n in 0..readers {
            let (jobs, busy) = (read_jobs.clone(), Arc::clone(&busy));
            let worker = Worker { conn: None, url: url.clone() };
            start(&format!("reader-{n}"), move || read_loop(worker, &jobs, &busy))?;
        }
        // SQLite has one writer by nature; PostgreSQL takes as many as there are readers.
        let at_once = if matches!(url, DatabaseUrl::Sqlite(_)) { 1 } else { readers };
        native!(&mut first, |conn| conn.set_instrumentation(count_statements));
        let mut first = Some(first);
        for n in 0..at_once {
            let jobs = write_jobs.clone();
            let worker = Worker { conn: first.take(), url: url.clone() };
            start(&format!("writer-{n}"), move || write_loop(worker, &jobs))?;
        }
        Ok(Self { reads, writes, url: url.clone(), busy, readers })
    }

    /// Answers a question from one consistent state of the data, never waiting for a write.
    ///
    /// # Errors
    /// What `question` returns, or 503 when there is no capacity or no database.
    pub async fn read<T, F>(&self, question: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let count = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&count);
        let answer = self.ask(move |conn| counted(&counter, || question(conn)))?.await;
        crate::edge::issued(count.load(Ordering::Relaxed));
        answer.unwrap_or(Err(Error::Unavailable))
    }

    /// Does a piece of work in one transaction; returns only once it is synced to disk.
    ///
    /// The work may be run more than once: on `PostgreSQL` it starts again when another write came
    /// between, so it must do nothing but talk to its connection.
    ///
    /// # Errors
    /// What `work` returns (nothing of it is kept then), or 503 when there is no capacity.
    pub async fn write<T, F>(&self, mut work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T> + Send + 'static,
    {
        let count = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&count);
        let answer = self.order(move |conn| counted(&counter, || work(conn)))?.await;
        crate::edge::issued(count.load(Ordering::Relaxed));
        answer.unwrap_or(Err(Error::Unavailable))
    }

    /// [`Db::read`] for the command line, which has no event loop.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_now<T, F>(&self, question: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.ask(question)?.blocking_recv().unwrap_or(Err(Error::Unavailable))
    }

    /// [`Db::write`] for the command line, which has no event loop.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_now<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.order(work)?.blocking_recv().unwrap_or(Err(Error::Unavailable))
    }

    /// [`Db::write`] for the command line, without waiting yet: many of these share a commit.
    ///
    /// # Errors
    /// When the database's threads are gone. A full queue is waited for.
    pub fn write_soon<T, F>(&self, work: F) -> Result<Pending<T>>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let work = Box::new(Ordered { work, value: None, sender });
        self.writes.send(work).map_err(|_| Error::Unavailable)?;
        Ok(Pending(receiver))
    }

    /// Queues a write whose outcome nobody waits for; under load it is dropped.
    pub fn write_later<F>(&self, mut work: F)
    where
        F: FnMut(&mut Conn) -> Result<()> + Send + 'static,
    {
        if self.order(move |conn| work(conn)).is_err() {
            tracing::debug!("a write that nobody waits for was dropped: the queue is full");
        }
    }

    /// What the queues look like now.
    #[must_use]
    pub fn load(&self) -> Load {
        Load {
            readers: self.readers,
            readers_busy: self.busy.load(Ordering::Relaxed),
            reads_waiting: self.reads.len(),
            writes_waiting: self.writes.len(),
        }
    }

    /// Where the data is.
    #[must_use]
    pub const fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    fn ask<T, F>(&self, question: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |worker| {
            if !sender.is_closed() {
                let _ = sender.send(worker.read(&question));
            }
        });
        self.reads.try_send(job).map_err(|error| refused(&error))?;
        Ok(receiver)
    }

    fn order<T, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let work = Box::new(Ordered { work, value: None, sender });
        self.writes.try_send(work).map_err(|error| refused(&error))?;
        Ok(receiver)
    }
}

/// A write on its way.
#[derive(Debug)]
pub struct Pending<T>(oneshot::Receiver<Result<T>>);

impl<T> Pending<T> {
    /// What became of it, once it is synced to disk.
    ///
    /// # Errors
    /// What the work returned.
    pub fn wait(self) -> Result<T> {
        self.0.blocking_recv().unwrap_or(Err(Error::Unavailable))
    }
}

fn refused<T>(error: &TrySendError<T>) -> Error {
    match error {
        TrySendError::Full(_) => Error::Overloaded,
        TrySendError::Disconnected(_) => Error::Unavailable,
    }
}

thread_local! {
    /// SQL statements this thread has issued.
    static ISSUED: Cell<u32> = const { Cell::new(0) };
}

/// Counts every statement of a connection, on the thread that issues it.
#[expect(clippy::needless_pass_by_value, reason = "Diesel hands the event over")]
fn count_statements(event: InstrumentationEvent<'_>) {
    if matches!(event, InstrumentationEvent::StartQuery { .. }) {
        ISSUED.set(ISSUED.get().wrapping_add(1));
    }
}

/// Does a piece of work and adds the statements it issued to `count`.
fn counted<T>(count: &AtomicU32, work: impl FnOnce() -> T) -> T {
    let before = ISSUED.get();
    let outcome = work();
    count.fetch_add(ISSUED.get().wrapping_sub(before), Ordering::Relaxed);
    outcome
}

/// A panic in a piece of work becomes its error; the thread and everybody else go on.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<&str>().map(ToString::to_string);
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Err(Error::internal(format!("a panic in database work: {said}")))
    })
}

fn start(name: &str, body: impl FnOnce() + Send + 'static) -> std::result::Result<(), OpenError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map(|_| ())
        .map_err(|error| OpenError(format!("cannot start a database thread: {error}")))
}

// --- The threads

/// A thread's own connection, opened when first needed and again after it broke.
struct Worker {
    conn: Option<Conn>,
    url: DatabaseUrl,
}

impl Worker {
    fn conn(&mut self) -> Result<&mut Conn> {
        if self.conn.is_none() {
            let mut opened = self.url.connect().map_err(|error| {
                tracing::error!(%error, "the database does not answer");
                Error::Unavailable
            })?;
            native!(&mut opened, |conn| conn.set_instrumentation(count_statements));
            self.conn = Some(opened);
        }
        self.conn.as_mut().ok_or(Error::Unavailable)
    }

    /// Runs a question in a read-only transaction, once more on a new connection if the old broke.
    fn read<T>(&mut self, question: &impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
        let reused = self.conn.is_some();
        let answer = self.read_once(question);
        match answer {
            Err(error) if error.is_broken_connection() => {
                self.conn = None;
                if reused { self.read_once(question) } else { Err(Error::Unavailable) }
            }
            answer => answer,
        }
    }

    fn read_once<T>(&mut self, question: &impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
        let conn = self.conn()?;
        let begin = match conn {
            Conn::Sqlite(_) => "BEGIN",
            Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        conn.batch_execute(begin)?;
        let answer = guarded(|| question(conn));
        match conn.batch_execute("COMMIT") {
            Ok(()) => answer,
            Err(error) => {
                self.conn = None;
                answer.and(Err(error.into()))
            }
        }
    }
}

fn read_loop(mut worker: Worker, jobs: &Receiver<Job>, busy: &AtomicUsize) {
    for job in jobs {
        busy.fetch_add(1, Ordering::Relaxed);
        job(&mut worker);
        busy.fetch_sub(1, Ordering::Relaxed);
    }
}

fn write_loop(mut worker: Worker, jobs: &Receiver<Box<dyn Work>>) {
    for first in jobs {
        match worker.conn() {
            Err(error) => first.answer(Err(error)),
            Ok(conn) => {
                let healthy = match conn {
                    Conn::Sqlite(_) => write_group(conn, first, jobs),
                    Conn::Postgres(_) => write_alone(conn, first),
                };
                if !healthy {
                    worker.conn = None;
                }
            }
        }
    }
}

/// One transaction for all the writes that wait: a savepoint for each, one sync, then every answer.
///
/// Answers whether the connection can be used again.
fn write_group(conn: &mut Conn, first: Box<dyn Work>, jobs: &Receiver<Box<dyn Work>>) -> bool {
    if let Err(error) = conn.batch_execute("BEGIN IMMEDIATE") {
        // Who waited behind it has waited as long: another wait for each of them would take minutes.
        for work in std::iter::once(first).chain(jobs.try_iter()) {
            work.answer(Err(Error::from_commit(&error)));
        }
        return true;
    }
    let mut done = Vec::new();
    let mut next = Some(first);
    while let Some(mut work) = next {
        let outcome = in_savepoint(conn, work.as_mut());
        done.push((work, outcome));
        next = if done.len() < GROUP_MAX { jobs.try_recv().ok() } else { None };
    }
    let commit = conn.batch_execute("COMMIT");
    if commit.is_err() {
        // What could not be committed must not stay open; SQLite may have rolled back already.
        let _ = conn.batch_execute("ROLLBACK");
    }
    for (work, outcome) in done {
        work.answer(outcome.and_then(|()| match &commit {
            Ok(()) => Ok(()),
            Err(error) => Err(Error::from_commit(error)),
        }));
    }
    commit.is_ok()
}

fn in_savepoint(conn: &mut Conn, work: &mut dyn Work) -> Result<()> {
    conn.batch_execute("SAVEPOINT one")?;
    let outcome = work.run(conn);
    if outcome.is_err() {
        conn.batch_execute("ROLLBACK TO one")?;
    }
    conn.batch_execute("RELEASE one")?;
    outcome
}

/// One write in a transaction of its own, tried again when another write came between.
///
/// Answers whether the connection can be used again.
fn write_alone(conn: &mut Conn, mut work: Box<dyn Work>) -> bool {
    let mut pause = Duration::from_millis(2);
    for attempt in 1.. {
        let outcome = attempt_alone(conn, work.as_mut());
        let Err(error) = outcome else {
            work.answer(Ok(()));
            return true;
        };
        if !error.is_worth_another_try() || attempt >= WRITE_TRIES_MAX {
            let broken = error.is_broken_connection();
            work.answer(Err(if broken { Error::Unavailable } else { error }));
            return !broken;
        }
        // Different threads must not meet again: the pause grows and carries some of the clock.
        let jitter = u64::from(jiff::Timestamp::now().subsec_nanosecond().unsigned_abs() % 2000);
        std::thread::sleep(pause + Duration::from_micros(jitter));
        pause = pause.saturating_mul(2).min(Duration::from_millis(60));
    }
    true
}

fn attempt_alone(conn: &mut Conn, work: &mut dyn Work) -> Result<()> {
    conn.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ")?;
    let outcome = work.run(conn).and_then(|()| Ok(conn.batch_execute("COMMIT")?));
    if outcome.is_err() {
        let _ = conn.batch_execute("ROLLBACK");
    }
    outcome
}
