//! Hits: counted in memory, so that nobody waits for a count, and written down together.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use diesel::prelude::*;

use crate::db::types::Moment;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::schema::short_links;

/// How long a hit may stay in memory before it is written: what a crash can lose.
const WRITTEN_AFTER: Duration = Duration::from_secs(5);
/// How many codes one write counts at most: other writes have their turn between.
const CODES_AT_ONCE: usize = 500;

/// The hits of this server that are not written yet. A thread writes them every few seconds, and ends
/// with the last who counts.
#[derive(Debug)]
pub struct Hits {
    waiting: Arc<Waiting>,
    /// Its end tells the thread to write what is left.
    _thread: Sender<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    /// By code, so that servers that count the same codes take them in the same order.
    tallies: Mutex<BTreeMap<String, Tally>>,
    /// Held while hits are on their way: who writes next waits until these have arrived.
    writing: Mutex<()>,
}

#[derive(Debug, Clone, Copy)]
struct Tally {
    hits: i64,
    last_at: Moment,
}

impl Hits {
    /// Nothing counted yet, and a thread that writes to this database what will be.
    pub(crate) fn of(db: &Db) -> Result<Self> {
        let waiting = Arc::new(Waiting::default());
        let (sender, receiver) = bounded::<()>(0);
        let (counted, db) = (Arc::clone(&waiting), db.clone());
        let work = move || {
            while receiver.recv_timeout(WRITTEN_AFTER) == Err(RecvTimeoutError::Timeout) {
                counted.write(&db);
            }
            counted.write(&db);
        };
        let thread = std::thread::Builder::new().name("hits".to_owned());
        thread.spawn(work).map_err(crate::error::Error::internal)?;
        Ok(Self { waiting, _thread: sender })
    }

    /// Counts one hit of a code that is there.
    pub(super) fn count(&self, code: String) {
        self.waiting.add(code, Tally { hits: 1, last_at: Moment::now() });
    }

    /// Writes what is counted, now; answers when it is on disk.
    pub(crate) fn settle(&self, db: &Db) {
        self.waiting.write(db);
    }
}

/// A count goes on where a thread has panicked: numbers do not break.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Waiting {
    fn add(&self, code: String, more: Tally) {
        let mut tallies = locked(&self.tallies);
        let tally = tallies.entry(code).or_insert(Tally { hits: 0, ..more });
        tally.hits = tally.hits.saturating_add(more.hits);
        tally.last_at = tally.last_at.max(more.last_at);
    }

    fn write(&self, db: &Db) {
        let _writing = locked(&self.writing);
        let counted = std::mem::take(&mut *locked(&self.tallies));
        let counted = counted.into_iter().collect::<Vec<_>>();
        for some in counted.chunks(CODES_AT_ONCE) {
            let batch = some.to_vec();
            let written = db.write_now(move |conn| {
                batch.iter().try_for_each(|(code, tally)| add(conn, code, *tally))
            });
            if let Err(error) = written {
                tracing::warn!(%error, codes = some.len(), "hits could not be written; they wait");
                for (code, tally) in some {
                    self.add(code.clone(), *tally);
                }
            }
        }
    }
}

/// Adds to what is there: other servers count the same codes.
fn add(conn: &mut Conn, code: &str, Tally { hits, last_at }: Tally) -> Result<()> {
    let link = short_links::table.find(code);
    diesel::update(link).set(short_links::hits.eq(short_links::hits + hits)).execute(conn)?;
    let earlier = short_links::last_hit_at.is_null().or(short_links::last_hit_at.lt(last_at));
    diesel::update(link.filter(earlier)).set(short_links::last_hit_at.eq(last_at)).execute(conn)?;
    Ok(())
}
