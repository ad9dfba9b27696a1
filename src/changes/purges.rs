//! What the log has made stale: by which change each name was last purged.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::xxh3_64;

use super::names::Names;

/// Names share this many places. Two names in one place purge each other, which costs a reading and is never wrong.
const PLACES: usize = 1 << 19;

/// The place of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place(u32);

impl Place {
    /// The places of these names.
    pub(crate) fn of(names: &Names) -> Box<[Self]> {
        names.iter().map(Self::of_name).collect()
    }

    pub(crate) fn of_name(name: &str) -> Self {
        let most = u64::try_from(PLACES).unwrap_or(u64::MAX);
        Self(u32::try_from(xxh3_64(name.as_bytes()) % most).unwrap_or_default())
    }
}

/// What a write has appended to the log: the numbers after `after` up to `seq`, and the names they purge.
#[derive(Debug, Clone, Default)]
pub(crate) struct Appended {
    pub(crate) after: i64,
    pub(crate) seq: i64,
    pub(crate) purged: Vec<Place>,
}

/// By which change each name was last purged. Empty until somebody keeps answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Purges(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    places: OnceLock<Box<[AtomicI64]>>,
    /// What is older is not to be used: the log does not tell any more what has become of it.
    floor: AtomicI64,
    /// Every change up to this one is known here.
    followed: AtomicI64,
}

impl Purges {
    /// Purges after this change.
    pub(crate) fn after(seq: i64) -> Self {
        let purges = Self::default();
        purges.0.followed.store(seq, Ordering::Release);
        purges
    }

    /// Begins to remember them: somebody keeps answers.
    pub(crate) fn begin(&self) {
        self.0.places.get_or_init(|| (0..PLACES).map(|_| AtomicI64::new(0)).collect());
    }

    /// Every change up to this one is known here.
    pub(crate) fn followed(&self) -> i64 {
        self.0.followed.load(Ordering::Acquire)
    }

    /// Takes note of what a write of this server has appended.
    pub(crate) fn note(&self, Appended { after, seq, purged }: &Appended) {
        self.purge(purged, *seq);
        // What others wrote before it, the log will tell.
        if self.followed() >= *after {
            self.0.followed.fetch_max(*seq, Ordering::AcqRel);
        }
    }

    /// Takes note of the next changes of the log.
    pub(crate) fn follow(&self, purged: &[Place], seq: i64) {
        self.purge(purged, seq);
        self.0.followed.fetch_max(seq, Ordering::AcqRel);
    }

    /// Takes note that changes up to this one are gone from the log unread.
    pub(crate) fn start_over(&self, seq: i64) {
        self.0.floor.fetch_max(seq, Ordering::AcqRel);
        self.0.followed.fetch_max(seq, Ordering::AcqRel);
    }

    fn purge(&self, purged: &[Place], seq: i64) {
        let Some(places) = self.0.places.get() else { return };
        for place in purged {
            if let Some(known) = at(places, *place) {
                known.fetch_max(seq, Ordering::AcqRel);
            }
        }
    }

    /// Whether what was read after this change, and made from what is in these places, is still so.
    pub(crate) fn holds(&self, since: i64, made_from: &[Place]) -> bool {
        let Some(places) = self.0.places.get() else { return false };
        let unchanged = |place: &Place| {
            at(places, *place).is_some_and(|known| known.load(Ordering::Acquire) <= since)
        };
        self.0.floor.load(Ordering::Acquire) <= since && made_from.iter().all(unchanged)
    }
}

fn at(places: &[AtomicI64], Place(place): Place) -> Option<&AtomicI64> {
    places.get(usize::try_from(place).ok()?)
}
