//! How far the log of changes is known to go, for whoever waits for more of it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

/// The number of the newest change that is known to be committed.
#[derive(Debug, Clone)]
pub(crate) struct Tail(Arc<watch::Sender<i64>>);

impl Default for Tail {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Tail {
    /// Says that the log goes at least so far.
    pub(crate) fn reaches(&self, seq: i64) {
        self.0.send_if_modified(|known| {
            let newer = seq > *known;
            *known = seq.max(*known);
            newer
        });
    }

    /// How far it is known to go.
    pub(crate) fn seq(&self) -> i64 {
        *self.0.borrow()
    }

    /// Somebody who is told when it goes further.
    pub(crate) fn follower(&self) -> watch::Receiver<i64> {
        self.0.subscribe()
    }

    /// Waits until it goes so far, for so long at most; whether it does.
    pub(crate) async fn wait(&self, seq: i64, patience: Duration) -> bool {
        let mut follower = self.follower();
        let until = Instant::now() + patience;
        timeout_at(until, follower.wait_for(|known| *known >= seq)).await.is_ok()
    }
}
