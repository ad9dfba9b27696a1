//! Changes as server-sent events: one after the other, for as long as somebody listens.

use std::fmt::Write as _;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, HeaderValue};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::future::select;
use futures_util::stream::unfold;
use tokio::sync::{Mutex, watch};
use tokio::time::timeout;

use super::feed::{self, Ask};
use super::log::SEQ_MAX;
use super::{ChangePage, Keeper};
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::Id;
use crate::error::{Error, Result};

/// How often a stream says that it is there.
const BEAT: Duration = Duration::from_secs(15);
/// How much is kept for others who listen for the same.
const SHELVED_BYTES_MAX: usize = 1024 * 1024;
/// After how long who was cut off comes back, in milliseconds: at least, and how much later at most.
const RETRY_MS: (u32, u32) = (1_000, 4_000);

/// The last event a browser has seen, which it sends when it comes back.
pub(super) fn last_event_id(request: &HttpRequest) -> Result<Option<i64>> {
    let Some(header) = request.headers().get("last-event-id") else { return Ok(None) };
    let text = header.to_str().unwrap_or_default().trim();
    let known = text.parse::<i64>().ok().filter(|seq| (0..=SEQ_MAX).contains(seq));
    known.map(Some).ok_or_else(|| {
        Error::parameter("Last-Event-ID", "invalid", "must be the `id` of an event of this stream")
    })
}

/// What was last read for all who listen for the same: a thousand who are told of a change read it once.
pub(super) type Shelf = Arc<Mutex<Option<Shelved>>>;

/// A piece of the log as listeners are sent it.
#[derive(Debug, Clone)]
pub(super) struct Shelved {
    /// The change it begins after.
    after: i64,
    /// How far the log was known to go when it was read.
    known: i64,
    text: Bytes,
    last_seq: i64,
    has_more: bool,
}

/// Somebody who listens: as little as can be, for there are many.
struct Listener {
    db: Data<Db>,
    site: Data<Addresses>,
    ask: Box<Ask>,
    shelf: Shelf,
    key: Option<Id>,
    after: i64,
    follower: watch::Receiver<i64>,
    closing: watch::Receiver<bool>,
    patience: Duration,
    /// When the last bytes were handed over: the next are asked for at once, unless the line is full.
    given: Instant,
    has_more: bool,
    is_over: bool,
}

/// Begins to stream, with what comes after a change or with what comes next.
pub(super) async fn open(
    db: Data<Db>,
    site: Data<Addresses>,
    keeper: &Keeper,
    ask: Ask,
    after: Option<i64>,
    (key, is_glance): (Option<Id>, bool),
) -> Result<HttpResponse> {
    let (follower, closing) = (db.tail().follower(), keeper.closing());
    let view = ask.reader.view;
    let after = match after {
        None => db.read(move |conn| feed::newest(conn, view)).await?,
        Some(after) => {
            // What is gone is told before anything is sent.
            let (site, first) = (site.clone(), ask.clone());
            db.read(move |conn| feed::page(conn, &site, &first, after)).await?;
            after
        }
    };
    let patience = keeper.patience();
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, HeaderValue::from_static("no-store")))
        // Compressed, or held back by a proxy, events would wait for each other.
        .insert_header((CONTENT_ENCODING, HeaderValue::from_static("identity")))
        .insert_header(("x-accel-buffering", "no"));
    if is_glance {
        return Ok(answer.finish());
    }
    let listener = Listener {
        db,
        site,
        shelf: keeper.shelf(&ask),
        ask: Box::new(ask),
        key,
        after,
        follower,
        closing,
        patience,
        given: Instant::now(),
        has_more: true,
        is_over: false,
    };
    // Whoever is cut off before the first event comes back to here.
    let first = format!("retry: {}\nid: {after}\n\n", retry());
    let beginning = futures_util::stream::iter([Ok::<_, Error>(Bytes::from(first))]);
    let rest = unfold(listener, Listener::next);
    let events = futures_util::StreamExt::chain(beginning, rest);
    Ok(answer.streaming(events))
}

impl Listener {
    /// The next bytes: changes, a sign of life, or the last words.
    async fn next(self) -> Option<(Result<Bytes, Error>, Self)> {
        if self.is_over { None } else { Some(self.tells().await) }
    }

    async fn tells(mut self) -> (Result<Bytes, Error>, Self) {
        if self.given.elapsed() > self.patience {
            return self.ends("too slow");
        }
        let beat = Instant::now() + BEAT;
        loop {
            if *self.closing.borrow() {
                return self.ends("the server stops");
            }
            self.follower.mark_unchanged();
            match self.read().await {
                Ok(text) if !text.is_empty() => return self.sends(text),
                Ok(_) => {}
                Err(error) => return self.ends(&error.to_string()),
            }
            if self.has_more {
                continue;
            }
            if self.is_quiet(beat).await {
                let good = self.may_go_on().await;
                return if good { self.lives() } else { self.ends("the key is no longer good") };
            }
        }
    }

    /// Waits until something happens, or until then; whether nothing has.
    async fn is_quiet(&mut self, until: Instant) -> bool {
        let left = until.saturating_duration_since(Instant::now());
        let more = pin!(self.follower.changed());
        let closing = pin!(self.closing.changed());
        timeout(left, select(more, closing)).await.is_err()
    }

    /// What comes next, read once for all who are where this one is.
    async fn read(&mut self) -> Result<Bytes> {
        let (known, after) = (*self.follower.borrow(), self.after);
        let mut kept = self.shelf.lock().await;
        let there = kept.as_ref().filter(|it| it.after == after && it.known >= known);
        let next = if let Some(there) = there.cloned() {
            there
        } else {
            let (site, ask) = (self.site.clone(), (*self.ask).clone());
            let page = self.db.read(move |conn| feed::page(conn, &site, &ask, after)).await?;
            let ChangePage { last_seq, has_more, .. } = page;
            let text = Bytes::from(written(&page)?);
            let read = Shelved { after, known, text, last_seq, has_more };
            *kept = Some(read.clone()).filter(|read| read.text.len() <= SHELVED_BYTES_MAX);
            read
        };
        drop(kept);
        (self.after, self.has_more) = (next.last_seq, next.has_more);
        Ok(next.text)
    }

    /// Whether the key it was opened with still counts.
    async fn may_go_on(&self) -> bool {
        let Some(key) = self.key else { return true };
        // A database that does not answer is no reason to take the key for revoked.
        self.db.read_primary(move |conn| crate::auth::is_good(conn, key)).await.unwrap_or(true)
    }

    fn lives(self) -> (Result<Bytes, Error>, Self) {
        let after = self.after;
        self.sends(format!(": here\nid: {after}\n\n").into())
    }

    fn ends(mut self, why: &str) -> (Result<Bytes, Error>, Self) {
        self.is_over = true;
        let (retry, after) = (retry(), self.after);
        self.sends(format!(": {why}\nretry: {retry}\nid: {after}\n\n").into())
    }

    fn sends(mut self, text: Bytes) -> (Result<Bytes, Error>, Self) {
        self.given = Instant::now();
        (Ok(text), self)
    }
}

/// Changes as events; nothing when there are none.
fn written(page: &ChangePage) -> Result<String> {
    let mut text = String::new();
    for change in &page.items {
        let json = serde_json::to_string(change).map_err(Error::internal)?;
        // Writing to a string does not fail.
        let _ = write!(text, "id: {}\ndata: {json}\n\n", change.seq());
    }
    let last = page.items.last().map(super::Change::seq);
    if last.is_some_and(|last| last != page.last_seq) {
        // What was passed over need not be looked at again.
        let _ = write!(text, "id: {}\n\n", page.last_seq);
    }
    Ok(text)
}

/// When to come back: not all at once.
fn retry() -> u32 {
    let mut bytes = [0_u8; 4];
    // Without randomness they come back at once, which is no reason to fail.
    let _ = getrandom::fill(&mut bytes);
    RETRY_MS.0 + u32::from_le_bytes(bytes) % RETRY_MS.1
}
