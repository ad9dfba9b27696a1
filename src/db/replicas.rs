//! Replicas of a `PostgreSQL` database: they take reads while they have caught up, and nobody notices when one is lost.
//!
//! Only a good answer of a replica counts. One that is behind what this server has told its clients, that fails, or that
//! lets itself be waited for, is passed over: the same question is asked of the primary. So is what a replica does not find,
//! for another server may just have written it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::queue::{Job, Worker, read_loop, start};
use super::{Conn, DatabaseUrl, OpenError, Tail, is_current, room};
use crate::error::{Error, Result};

/// How often a replica is looked at, and how long a lost one is left alone.
const LOOKED_EVERY: Duration = Duration::from_secs(1);
/// After what silence a replica counts as lost.
const SILENCE_MAX: Duration = Duration::from_secs(3);
/// How long a read waits for a replica before it goes to the primary.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many reads may wait for each reader of a replica before a further one goes elsewhere.
const WAITING_EACH: usize = 8;

/// All replicas of one database.
pub(super) struct Replicas {
    all: Vec<Replica>,
    next: AtomicUsize,
}

/// One replica: threads that ask it, and one that looks whether it is there.
struct Replica {
    jobs: Sender<Job>,
    state: Arc<State>,
    /// Its end tells the looking thread to stop.
    _thread: Sender<()>,
}

/// What is known of a replica.
struct State {
    /// Its address as it was given, without a password when it is shown.
    given: DatabaseUrl,
    url: DatabaseUrl,
    is_up: AtomicBool,
    heard: Mutex<Instant>,
    seq: AtomicI64,
    answered: AtomicU64,
    passed_over: AtomicU64,
}

/// How a replica is.
#[derive(Debug, Clone, Copy)]
pub struct ReplicaState {
    /// Whether it takes reads.
    pub is_up: bool,
    /// How many changes it lacked when it was last heard of; `None` when it never was.
    pub behind: Option<i64>,
    /// Reads it has answered.
    pub answered: u64,
    /// Reads it was asked and that the primary had to answer.
    pub passed_over: u64,
}

/// What tells a database from all others: of its replicas all but the last is the same.
#[derive(Debug, PartialEq, Eq, QueryableByName)]
struct Identity {
    #[diesel(sql_type = BigInt)]
    system: i64,
    #[diesel(sql_type = Text)]
    database: String,
    #[diesel(sql_type = Nullable<Text>)]
    schema: Option<String>,
}

#[derive(QueryableByName)]
struct Position {
    #[diesel(sql_type = Bool)]
    is_standby: bool,
    #[diesel(sql_type = BigInt)]
    seq: i64,
}

/// Why a replica is not asked.
enum Unfit {
    /// It does not answer, or lacks something that comes by itself.
    Yet(String),
    /// It will never do.
    Ever(String),
}

impl Replicas {
    /// Begins to read from these replicas of a database.
    ///
    /// # Errors
    /// When one of them is no replica of it. One that does not answer is tried again and again.
    pub(super) fn of(
        primary: &DatabaseUrl,
        urls: &[DatabaseUrl],
        readers: usize,
        tail: &Tail,
    ) -> std::result::Result<Self, OpenError> {
        let identity = match primary.connect()? {
            Conn::Postgres(mut conn) => identity(&mut conn).map_err(|error| {
                OpenError(format!("cannot tell {primary} from others: {error}"))
            })?,
            Conn::Sqlite(_) => {
                return Err(OpenError(format!(
                    "{primary} is a file and has no replicas; leave --database-replica out, or move to PostgreSQL"
                )));
            }
        };
        let identity = Arc::new(identity);
        let all = urls.iter().enumerate().map(|(n, url)| {
            Replica::start(n + 1, url, readers, Arc::clone(&identity), tail.clone())
        });
        let all = all.collect::<std::result::Result<_, _>>()?;
        Ok(Self { all, next: AtomicUsize::new(0) })
    }

    /// Asks a replica that has caught up; `None` when the primary must be asked.
    pub(super) async fn ask<T, F>(&self, question: &Arc<F>, tail: &Tail) -> Option<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + Sync + 'static,
    {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        let places = (0..self.all.len()).filter_map(|n| self.all.get((turn + n) % self.all.len()));
        // What is answered must not be older than anything that has been told before.
        let floor = tail.seq();
        for replica in places.filter(|replica| replica.state.is_usable()) {
            let (sender, receiver) = oneshot::channel();
            let (state, question, tail) =
                (Arc::clone(&replica.state), Arc::clone(question), tail.clone());
            let job: Job = Box::new(move |worker| {
                if !sender.is_closed() {
                    let _ = sender.send(state.answer(worker, &*question, floor, &tail));
                }
            });
            if replica.jobs.try_send(job).is_err() {
                continue;
            }
            let answer = timeout(PATIENCE, receiver).await.ok().and_then(|it| it.ok().flatten());
            let count = match answer {
                Some(_) => &replica.state.answered,
                None => &replica.state.passed_over,
            };
            count.fetch_add(1, Ordering::Relaxed);
            return answer;
        }
        None
    }

    /// How they are, in their order.
    pub(super) fn states(&self, tail: &Tail) -> Vec<ReplicaState> {
        self.all.iter().map(|replica| replica.state.shown(tail)).collect()
    }
}

impl Replica {
    fn start(
        number: usize,
        url: &DatabaseUrl,
        readers: usize,
        primary: Arc<Identity>,
        tail: Tail,
    ) -> std::result::Result<Self, OpenError> {
        let state = Arc::new(State {
            given: url.clone(),
            url: patient(url),
            is_up: AtomicBool::new(false),
            heard: Mutex::new(Instant::now()),
            seq: AtomicI64::new(-1),
            answered: AtomicU64::new(0),
            passed_over: AtomicU64::new(0),
        });
        if matches!(url, DatabaseUrl::Sqlite(_)) {
            return Err(OpenError(format!(
                "--database-replica: {url} is a file, and replicas are PostgreSQL servers"
            )));
        }
        let mut conn = None;
        // What can never be one is a slip in the settings: better said now than looked for later.
        if let Err(Unfit::Ever(why)) = state.look(&mut conn, &primary, &tail) {
            return Err(OpenError(format!("--database-replica: {url} {why}")));
        }
        // One more looks whether it is there.
        if let Some(Err(error)) = conn.as_mut().map(|conn| room::look(conn, url, readers + 1)) {
            tracing::debug!(replica = %url, %error, "its connections cannot be counted");
        }
        let (jobs, asked) = bounded(readers * WAITING_EACH);
        for n in 0..readers {
            let (asked, busy) = (asked.clone(), Arc::default());
            let worker = Worker { conn: None, url: state.url.clone(), writes: false };
            let work = move || read_loop(worker, &asked, &Arc::<AtomicUsize>::clone(&busy));
            start(&format!("replica-{number}-{n}"), work)?;
        }
        let (thread, stop) = bounded(0);
        let watched = Arc::clone(&state);
        let watch = move || watched.watch(conn, &stop, &primary, &tail);
        start(&format!("replica-{number}"), watch)?;
        Ok(Self { jobs, state, _thread: thread })
    }
}

impl State {
    /// Looks at the replica again and again.
    fn watch(&self, mut conn: Option<Conn>, stop: &Receiver<()>, primary: &Identity, tail: &Tail) {
        while stop.recv_timeout(LOOKED_EVERY) == Err(RecvTimeoutError::Timeout) {
            if let Err(Unfit::Yet(why) | Unfit::Ever(why)) = self.look(&mut conn, primary, tail) {
                conn = None;
                tracing::debug!(replica = %self.given, why, "a replica takes no reads");
            }
        }
    }

    /// Looks once whether it is a replica of this database that can be read from, and how far it is.
    fn look(
        &self,
        conn: &mut Option<Conn>,
        primary: &Identity,
        tail: &Tail,
    ) -> std::result::Result<(), Unfit> {
        let looked = self.looked(conn, primary);
        let was_up = self.is_up.load(Ordering::Relaxed);
        match &looked {
            Ok(seq) => {
                self.hear(*seq);
                tail.reaches(*seq);
                self.is_up.store(true, Ordering::Relaxed);
                if !was_up {
                    tracing::info!(replica = %self.given, "a replica takes reads");
                }
            }
            Err(Unfit::Yet(why) | Unfit::Ever(why)) => self.lose(why),
        }
        looked.map(|_| ())
    }

    fn looked(
        &self,
        conn: &mut Option<Conn>,
        primary: &Identity,
    ) -> std::result::Result<i64, Unfit> {
        let yet = |error: Error| Unfit::Yet(format!("does not answer: {}", told(&error)));
        if conn.is_none() {
            *conn = Some(self.url.connect().map_err(|error| Unfit::Yet(error.to_string()))?);
        }
        let Some(any) = conn.as_mut() else { return Err(Unfit::Yet("does not answer".to_owned())) };
        if let Conn::Postgres(native) = any {
            let found = identity(native).map_err(|error| yet(error.into()))?;
            if found != *primary {
                return Err(Unfit::Ever(format!(
                    "is no replica of the database {}",
                    primary.database
                )));
            }
        }
        if !is_current(any).map_err(yet)? {
            return Err(Unfit::Yet("has an older schema".to_owned()));
        }
        let Position { is_standby, seq } = position(any).map_err(yet)?;
        if is_standby {
            Ok(seq)
        } else {
            Err(Unfit::Ever("takes writes, so it is no replica".to_owned()))
        }
    }

    /// What it answers, if it has come so far; on the thread that asks it.
    fn answer<T>(
        &self,
        worker: &mut Worker,
        question: &impl Fn(&mut Conn) -> Result<T>,
        floor: i64,
        tail: &Tail,
    ) -> Option<T> {
        let answer = worker.read(&|conn| {
            let Position { is_standby, seq } = position(conn)?;
            self.hear(seq);
            if !is_standby || seq < floor {
                return Ok(None);
            }
            // Whoever asks next must not be told less.
            tail.reaches(seq);
            question(conn).map(Some)
        });
        match answer {
            Ok(answer) => answer,
            Err(error) => {
                if matches!(error, Error::Unavailable) || error.is_broken_connection() {
                    self.lose(&told(&error));
                }
                None
            }
        }
    }

    fn hear(&self, seq: i64) {
        self.seq.store(seq, Ordering::Relaxed);
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn lose(&self, why: &str) {
        if self.is_up.swap(false, Ordering::Relaxed) {
            tracing::warn!(replica = %self.given, why, "a replica is lost: the primary is asked");
        }
    }

    fn is_usable(&self) -> bool {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_up.load(Ordering::Relaxed) && heard.elapsed() < SILENCE_MAX
    }

    fn shown(&self, tail: &Tail) -> ReplicaState {
        let seq = self.seq.load(Ordering::Relaxed);
        ReplicaState {
            is_up: self.is_usable(),
            behind: (seq >= 0).then(|| tail.seq().saturating_sub(seq).max(0)),
            answered: self.answered.load(Ordering::Relaxed),
            passed_over: self.passed_over.load(Ordering::Relaxed),
        }
    }
}

fn told(error: &Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// The address with limits to how long a machine that says nothing is waited for, unless it has its own.
fn patient(url: &DatabaseUrl) -> DatabaseUrl {
    let DatabaseUrl::Postgres(text) = url else { return url.clone() };
    let mut text = text.clone();
    for (name, value) in [("connect_timeout", "2"), ("tcp_user_timeout", "3000")] {
        if !text.contains(name) {
            let sign = if text.contains('?') { '&' } else { '?' };
            text = format!("{text}{sign}{name}={value}");
        }
    }
    DatabaseUrl::Postgres(text)
}

#[expect(clippy::disallowed_methods, reason = "what a server is has no words in the builder")]
fn identity(conn: &mut PgConnection) -> QueryResult<Identity> {
    diesel::sql_query(
        "SELECT system_identifier AS system, current_database()::text AS database, current_schema()::text AS schema
           FROM pg_control_system()",
    )
    .get_result(conn)
}

/// Whether it follows another, and how far its log goes as this transaction sees it.
#[expect(clippy::disallowed_methods, reason = "what a server is has no words in the builder")]
fn position(conn: &mut Conn) -> Result<Position> {
    let Conn::Postgres(conn) = conn else { return Err(Error::Unavailable) };
    let position = diesel::sql_query(
        "SELECT pg_is_in_recovery() AS is_standby, greatest((SELECT max(seq) FROM changes), seq) AS seq
           FROM change_horizon",
    );
    Ok(position.get_result(conn)?)
}
