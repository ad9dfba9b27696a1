//! The threads that own connections: reads side by side, writes in groups that share one sync.

use std::cell::Cell;
use std::error::Error as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use crossbeam_channel::{Receiver, TrySendError};
use diesel::connection::{InstrumentationEvent, SimpleConnection as _};
use diesel::prelude::*;
use tokio::sync::oneshot;

use super::following::follow;
use super::tail::Tail;
use super::{Conn, DatabaseUrl, OpenError};
use crate::changes::log::append;
use crate::changes::purges::{Appended, Purges};
use crate::error::{Error, Result};

/// How many writes share one commit, and so one sync, at most.
const GROUP_MAX: usize = 128;
/// How often a write is tried again when `PostgreSQL` says that another one came between.
const WRITE_TRIES_MAX: u32 = 12;
/// After how many tries this server's other writes wait until the one that keeps colliding is done.
const TRIES_BESIDE_OTHERS: u32 = 3;

/// A job for a thread that owns a connection.
pub(super) type Job = Box<dyn FnOnce(&mut Worker) + Send>;

/// A write without its type: run inside a transaction, answered once the commit is known.
pub(super) trait Work: Send {
    /// Does the work and keeps what it gave; may be called again after a rollback.
    fn run(&mut self, conn: &mut Conn) -> Result<()>;
    /// Tells the caller what became of it.
    fn answer(self: Box<Self>, outcome: Result<()>);
}

/// What a write gave, and what it has appended to the log of changes.
#[derive(Debug)]
pub(super) struct Written<T> {
    pub(super) value: T,
    pub(super) appended: Appended,
}

/// A write with its type: what it gave waits here for the commit.
pub(super) struct Ordered<T, F> {
    pub(super) work: F,
    pub(super) written: Option<Written<T>>,
    pub(super) sender: oneshot::Sender<Result<Written<T>>>,
    pub(super) tail: Tail,
    pub(super) purges: Purges,
}

impl<T: Send, F: FnMut(&mut Conn) -> Result<T> + Send> Work for Ordered<T, F> {
    fn run(&mut self, conn: &mut Conn) -> Result<()> {
        self.written = Some(guarded(|| {
            let value = (self.work)(conn)?;
            crate::search::settle(conn)?;
            Ok(Written { value, appended: append(conn)? })
        })?);
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let Self { work: _, written, sender, tail, purges } = *self;
        let written = outcome.and_then(|()| written.ok_or(Error::Unavailable));
        if let Ok(written) = &written {
            // Before anybody hears of it: who reads after the answer is not given what was kept before.
            purges.note(&written.appended);
            tail.reaches(written.appended.seq);
        }
        let _ = sender.send(written);
    }
}

/// A thread's own connection, opened when first needed and again after it broke.
pub(super) struct Worker {
    pub(super) conn: Option<Conn>,
    pub(super) url: DatabaseUrl,
    /// Whether it writes, and has to know what its writes touch.
    pub(super) writes: bool,
}

impl Worker {
    fn conn(&mut self) -> Result<&mut Conn> {
        if self.conn.is_none() {
            let mut opened = self.url.connect().map_err(|error| {
                tracing::error!(%error, "the database does not answer");
                Error::Unavailable
            })?;
            if self.writes {
                follow(&mut opened)?;
            }
            native!(&mut opened, |conn| conn.set_instrumentation(count_statements));
            self.conn = Some(opened);
        }
        self.conn.as_mut().ok_or(Error::Unavailable)
    }

    /// Runs a question in a read-only transaction, once more on a new connection if the old broke.
    pub(super) fn read<T>(&mut self, question: &impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
        let reused = self.conn.is_some();
        let answer = self.read_once(question);
        match answer {
            Err(error) if error.is_broken_connection() => {
                self.lose(&error);
                if reused { self.read_once(question) } else { Err(Error::Unavailable) }
            }
            answer => answer,
        }
    }

    /// Begins a transaction, once more on a new connection if the one from before has broken: no
    /// part of the work has been sent then, so nothing can happen twice.
    fn begin(&mut self, statement: &str) -> Result<&mut Conn> {
        let reused = self.conn.is_some();
        match self.conn()?.batch_execute(statement).map_err(Error::from) {
            Err(error) if reused && error.is_broken_connection() => {
                self.lose(&error);
                self.conn()?.batch_execute(statement)?;
            }
            begun => begun?,
        }
        self.conn()
    }

    /// Lets go of a connection that broke: what comes next opens a new one.
    fn lose(&mut self, error: &Error) {
        let cause = error.source().map(ToString::to_string);
        tracing::warn!(cause, "a connection to the database broke");
        self.conn = None;
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

pub(super) fn read_loop(mut worker: Worker, jobs: &Receiver<Job>, busy: &AtomicUsize) {
    for job in jobs {
        busy.fetch_add(1, Ordering::Relaxed);
        job(&mut worker);
        busy.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Lets writes on `PostgreSQL` run side by side, until one that keeps colliding asks to be alone.
pub(super) type Gate = RwLock<()>;

pub(super) fn write_loop(mut worker: Worker, jobs: &Receiver<Box<dyn Work>>, gate: &Gate) {
    for first in jobs {
        match worker.url {
            DatabaseUrl::Sqlite(_) => match worker.conn() {
                Err(error) => first.answer(Err(error)),
                Ok(conn) => {
                    if !write_group(conn, first, jobs) {
                        worker.conn = None;
                    }
                }
            },
            DatabaseUrl::Postgres(_) => write_alone(&mut worker, first, gate),
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
fn write_alone(worker: &mut Worker, mut work: Box<dyn Work>, gate: &Gate) {
    let mut pause = Duration::from_millis(2);
    for attempt in 1.. {
        let alone = (attempt > TRIES_BESIDE_OTHERS)
            .then(|| gate.write().unwrap_or_else(PoisonError::into_inner));
        let beside = alone.is_none().then(|| gate.read().unwrap_or_else(PoisonError::into_inner));
        let outcome = attempt_alone(worker, work.as_mut());
        drop((alone, beside));
        let Err(error) = outcome else {
            return work.answer(Ok(()));
        };
        if !error.is_worth_another_try() || attempt >= WRITE_TRIES_MAX {
            // Broken under way, perhaps at the COMMIT: whether it happened is not known, so it is not repeated.
            let broken = error.is_broken_connection();
            if broken {
                worker.lose(&error);
            }
            return work.answer(Err(if broken { Error::Unavailable } else { error }));
        }
        // Different threads must not meet again: the pause grows and carries some of the clock.
        let jitter = u64::from(jiff::Timestamp::now().subsec_nanosecond().unsigned_abs() % 2000);
        std::thread::sleep(pause + Duration::from_micros(jitter));
        pause = pause.saturating_mul(2).min(Duration::from_millis(60));
    }
}

fn attempt_alone(worker: &mut Worker, work: &mut dyn Work) -> Result<()> {
    let conn = worker.begin("BEGIN ISOLATION LEVEL REPEATABLE READ")?;
    let outcome = work.run(conn).and_then(|()| Ok(conn.batch_execute("COMMIT")?));
    if outcome.is_err() {
        let _ = conn.batch_execute("ROLLBACK");
    }
    outcome
}

thread_local! {
    /// SQL statements this thread has issued.
    static ISSUED: Cell<u32> = const { Cell::new(0) };
}

/// Counts every statement of a connection, on the thread that issues it.
#[expect(clippy::needless_pass_by_value, reason = "Diesel hands the event over")]
pub(super) fn count_statements(event: InstrumentationEvent<'_>) {
    if matches!(event, InstrumentationEvent::StartQuery { .. }) {
        ISSUED.set(ISSUED.get().wrapping_add(1));
    }
}

/// Does a piece of work and adds the statements it issued to `count`.
pub(super) fn counted<T>(count: &AtomicU32, work: impl FnOnce() -> T) -> T {
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

pub(super) fn start(
    name: &str,
    body: impl FnOnce() + Send + 'static,
) -> std::result::Result<(), OpenError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map(|_| ())
        .map_err(|error| OpenError(format!("cannot start a database thread: {error}")))
}

pub(super) fn refused<T>(error: &TrySendError<T>) -> Error {
    match error {
        TrySendError::Full(_) => Error::Overloaded,
        TrySendError::Disconnected(_) => Error::Unavailable,
    }
}
