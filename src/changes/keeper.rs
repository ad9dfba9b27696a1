//! What a running server does for the log: it notices what others write, lets go of what is old, and ends its streams.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use tokio::sync::watch;

use super::feed::Ask;
use super::log::{self, prune};
use super::stream::{Shelf, Shelved};
use crate::db::{Db, Watch};
use crate::error::{Error, Result};

/// How many changes are kept when nobody says.
pub const CHANGES_KEPT: i64 = 1_000_000;
/// How long a reader of a stream may take nothing, in seconds, when nobody says.
pub const STREAM_PATIENCE_SECONDS: u64 = 30;
/// How often a hint is looked for that another process has written.
const HINTED_EVERY: Duration = Duration::from_millis(10);
/// How often the log is looked at without a hint.
const LOOKED_EVERY: Duration = Duration::from_millis(200);
/// How many changes are followed in one step.
const NEXT_MAX: i64 = 1000;
/// How often old changes are let go.
const PRUNED_EVERY: Duration = Duration::from_secs(60);
/// How many changes are kept at least: who asks for the next page finds it.
const KEPT_AT_LEAST: i64 = 100;

/// Looks after the log. Its thread ends with the last who holds it.
#[derive(Debug)]
pub(crate) struct Keeper {
    closing: watch::Sender<bool>,
    kept: Arc<AtomicI64>,
    patience_seconds: AtomicU64,
    /// What was last read for those who listen, by what they listen for.
    shelves: Mutex<HashMap<String, Weak<tokio::sync::Mutex<Option<Shelved>>>>>,
    /// Its end tells the thread to stop.
    _thread: Sender<()>,
}

impl Keeper {
    /// Somebody who looks after the log of this database.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub(crate) fn of(db: &Db) -> Result<Self> {
        let (sender, receiver) = bounded::<()>(0);
        let kept = Arc::new(AtomicI64::new(CHANGES_KEPT));
        let (wanted, db) = (Arc::clone(&kept), db.clone());
        let work = move || {
            let mut pruned = Instant::now();
            let (mut watch, mut looked) = (db.watch(), Instant::now());
            let mut pause = HINTED_EVERY;
            while receiver.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                pause = HINTED_EVERY;
                let hinted = watch.is_hinted();
                let due = looked.elapsed() > LOOKED_EVERY;
                let seen = hinted
                    .and_then(|hinted| if hinted || due { look(&db, &mut watch) } else { Ok(()) });
                if let Err(error) = seen {
                    tracing::debug!(%error, "the log cannot be looked at");
                    pause = LOOKED_EVERY;
                }
                if due {
                    looked = Instant::now();
                }
                if pruned.elapsed() > PRUNED_EVERY {
                    pruned = Instant::now();
                    let kept = wanted.load(Ordering::Relaxed);
                    let done = db.write_now(move |conn| prune(conn, kept));
                    match done {
                        Ok(0) => {}
                        Ok(changes) => tracing::debug!(changes, "old changes let go"),
                        Err(error) => tracing::warn!(%error, "old changes could not be let go"),
                    }
                }
            }
        };
        let thread = std::thread::Builder::new().name("changes".to_owned());
        thread.spawn(work).map_err(Error::internal)?;
        let patience_seconds = AtomicU64::new(STREAM_PATIENCE_SECONDS);
        let (closing, shelves) = (watch::Sender::new(false), Mutex::default());
        Ok(Self { closing, kept, patience_seconds, shelves, _thread: sender })
    }

    /// Says how many changes are kept, and how long a reader of a stream may take nothing.
    pub(crate) fn keep(&self, changes: i64, patience_seconds: u64) {
        self.kept.store(changes.max(KEPT_AT_LEAST), Ordering::Relaxed);
        self.patience_seconds.store(patience_seconds, Ordering::Relaxed);
    }

    /// How long a reader of a stream may take nothing.
    pub(super) fn patience(&self) -> Duration {
        Duration::from_secs(self.patience_seconds.load(Ordering::Relaxed))
    }

    /// Where those who listen for this share what is read for them.
    pub(super) fn shelf(&self, ask: &Ask) -> Shelf {
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        shelves.retain(|_, shelf| shelf.strong_count() > 0);
        let place = shelves.entry(format!("{ask:?}")).or_default();
        place.upgrade().unwrap_or_else(|| {
            let new = Shelf::default();
            *place = Arc::downgrade(&new);
            new
        })
    }

    /// Ends the streams, and answers who waits.
    pub(crate) fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Becomes true when the server is about to stop.
    pub(super) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }
}

/// Notices what another process has written: drops what it makes stale, then tells whoever waits for it.
fn look(db: &Db, watch: &mut Watch) -> Result<()> {
    loop {
        let after = db.purges().followed();
        let next = watch.read(|conn| log::next(conn, after, NEXT_MAX))?;
        if next.gone > after {
            db.purges().start_over(next.gone);
            db.tail().reaches(next.gone);
        }
        let Some(seq) = next.seq else { return Ok(()) };
        db.purges().follow(&next.purged, seq);
        db.tail().reaches(seq);
    }
}
