//! The only place that knows which database runs: connections, migrations, reads and writes.

/// Runs the same query on the connection that is there: for what the derive cannot do for both.
macro_rules! native {
    ($conn:expr, |$native:ident| $query:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($native) => $query,
            $crate::db::Conn::Postgres($native) => $query,
        }
    };
}
pub(crate) use native;

mod among;
mod condition;
mod connection;
mod faults;
mod following;
mod migrations;
mod queue;
mod replicas;
mod room;
mod tail;
pub mod types;
mod watch;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};
use diesel::prelude::*;
use tokio::sync::oneshot;

use crate::changes::purges::Purges;
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
pub(crate) use condition::Condition;
pub use conn::{Any, Conn};
pub use connection::{DatabaseUrl, OpenError};
pub(crate) use following::{FOLLOWED, LONG};
pub use migrations::{Migrate, MigrationState, is_current, migrate, migrations};
use queue::{
    Gate, Job, Ordered, Work, Worker, Written, count_statements, counted, read_loop, refused,
    start, write_loop,
};
pub use replicas::ReplicaState;
use replicas::Replicas;
pub(crate) use tail::Tail;
pub(crate) use watch::Watch;

/// How many writes may wait for the writer before a further one is refused with 503.
const WRITE_QUEUE_MAX: usize = 1024;
/// How long a read may wait for a reader before it is refused with 503.
const READ_WAIT_MAX: Duration = Duration::from_secs(2);
/// How many reads may wait for a reader before a further one is refused with 503.
const READ_QUEUE_MAX: usize = 1024;

/// The database: how many threads read it, how writes are grouped, is decided here and nowhere else.
#[derive(Clone)]
pub struct Db {
    reads: Sender<Job>,
    writes: Sender<Box<dyn Work>>,
    url: DatabaseUrl,
    busy: Arc<AtomicUsize>,
    readers: usize,
    tail: Tail,
    purges: Purges,
    replicas: Option<Arc<Replicas>>,
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
            let worker = Worker { conn: None, url: url.clone(), writes: false };
            start(&format!("reader-{n}"), move || read_loop(worker, &jobs, &busy))?;
        }
        // SQLite has one writer by nature; PostgreSQL takes as many as there are readers.
        let at_once = if matches!(url, DatabaseUrl::Sqlite(_)) { 1 } else { readers };
        let unread = |error: Error| OpenError(format!("cannot read from {url}: {error}"));
        room::look(&mut first, url, readers + at_once).map_err(|error| unread(error.into()))?;
        following::follow(&mut first).map_err(unread)?;
        let tail = Tail::default();
        tail.reaches(crate::changes::log::last(&mut first).map_err(unread)?.seq);
        native!(&mut first, |conn| conn.set_instrumentation(count_statements));
        let mut first = Some(first);
        let gate = Arc::new(Gate::default());
        for n in 0..at_once {
            let (jobs, gate) = (write_jobs.clone(), Arc::clone(&gate));
            let worker = Worker { conn: first.take(), url: url.clone(), writes: true };
            start(&format!("writer-{n}"), move || write_loop(worker, &jobs, &gate))?;
        }
        let purges = Purges::after(tail.seq());
        let url = url.clone();
        Ok(Self { reads, writes, url, busy, readers, tail, purges, replicas: None })
    }

    /// The same database, read from these replicas as long as they have caught up.
    ///
    /// # Errors
    /// A sentence for the person who starts the server, when one of them is no replica of it.
    pub fn reading_from(self, urls: &[DatabaseUrl]) -> std::result::Result<Self, OpenError> {
        let replicas = match urls {
            [] => None,
            urls => Some(Arc::new(Replicas::of(&self.url, urls, self.readers, &self.tail)?)),
        };
        Ok(Self { replicas, ..self })
    }

    /// Answers a question from one consistent state of the data, never waiting for a write.
    ///
    /// That state is never older than what this server has told before, by whichever database it is answered. For
    /// what the log does not tell of, ask [`Db::read_primary`].
    ///
    /// # Errors
    /// What `question` returns, or 503 when there is no capacity or no database.
    pub async fn read<T, F>(&self, question: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + Sync + 'static,
    {
        let Some(replicas) = &self.replicas else { return self.read_primary(question).await };
        let count = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&count);
        let question = Arc::new(question);
        let asked = Arc::clone(&question);
        let counting = Arc::new(move |conn: &mut Conn| counted(&counter, || asked(conn)));
        if let Some(answer) = replicas.ask(&counting, &self.tail).await {
            crate::edge::issued(count.load(Ordering::Relaxed));
            return Ok(answer);
        }
        let tail = self.tail.clone();
        self.read_primary(move |conn| {
            tail.reaches(crate::changes::log::last(conn)?.seq);
            question(conn)
        })
        .await
    }

    /// [`Db::read`] of the primary: for what has to be so this very moment, and for what the log does not tell of.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_primary<T, F>(&self, question: F) -> Result<T>
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
        let Written { value, appended } = answer.unwrap_or(Err(Error::Unavailable))?;
        crate::edge::wrote(appended.seq);
        Ok(value)
    }

    /// [`Db::read_primary`] for the command line, which has no event loop.
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
        let written = self.order(work)?.blocking_recv().unwrap_or(Err(Error::Unavailable));
        written.map(|written| written.value)
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
        let work = self.ordered(work, sender);
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

    /// How the replicas are, in the order of the setting.
    #[must_use]
    pub fn replicas(&self) -> Vec<ReplicaState> {
        self.replicas.as_ref().map_or_else(Vec::new, |replicas| replicas.states(&self.tail))
    }

    /// How far the log of changes is known to go.
    pub(crate) const fn tail(&self) -> &Tail {
        &self.tail
    }

    /// What the log of changes has made stale.
    pub(crate) const fn purges(&self) -> &Purges {
        &self.purges
    }

    /// Somebody who hears of what other processes write.
    pub(crate) fn watch(&self) -> Watch {
        Watch::new(self.url.clone())
    }

    /// Where the data is.
    #[must_use]
    pub const fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    fn ordered<T, F>(&self, work: F, sender: oneshot::Sender<Result<Written<T>>>) -> Box<dyn Work>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (tail, purges) = (self.tail.clone(), self.purges.clone());
        Box::new(Ordered { work, written: None, sender, tail, purges })
    }

    fn ask<T, F>(&self, question: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let asked = Instant::now();
        let job: Job = Box::new(move |worker| {
            if sender.is_closed() {
                return;
            }
            // Who has waited so long is told at once: the readers are for those who come now.
            let late = asked.elapsed() > READ_WAIT_MAX;
            let _ = sender.send(if late { Err(Error::Overloaded) } else { worker.read(&question) });
        });
        self.reads.try_send(job).map_err(|error| refused(&error))?;
        Ok(receiver)
    }

    fn order<T, F>(&self, work: F) -> Result<oneshot::Receiver<Result<Written<T>>>>
    where
        T: Send + 'static,
        F: FnMut(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let work = self.ordered(work, sender);
        self.writes.try_send(work).map_err(|error| refused(&error))?;
        Ok(receiver)
    }
}

/// A write on its way.
#[derive(Debug)]
pub struct Pending<T>(oneshot::Receiver<Result<Written<T>>>);

impl<T> Pending<T> {
    /// What became of it, once it is synced to disk.
    ///
    /// # Errors
    /// What the work returned.
    pub fn wait(self) -> Result<T> {
        let written = self.0.blocking_recv().unwrap_or(Err(Error::Unavailable));
        written.map(|written| written.value)
    }
}

/// The tables whose changes the log tells.
#[must_use]
pub fn followed_tables() -> Vec<&'static str> {
    FOLLOWED.iter().map(|followed| followed.table).collect()
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
