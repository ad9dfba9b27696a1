//! Sending: messages leave as they are due, side by side, and none waits for another webhook's.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use futures_util::future::{Either, pending, select};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde::Serialize;
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};

use super::guard::{Guard, Names, system_names};
use super::queue::{self, Attempt, Message, Patience};
use super::secret;
use crate::changes::Change;
use crate::changes::telling::told;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Conn, Db};
use crate::error::{Error, Result};

/// How often it is looked for what other servers have left, when nothing says that there is something.
const LOOKED_EVERY: Duration = Duration::from_secs(1);
/// How long connecting may take.
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// How much of an answer is read, and for how long: what it says beside its status matters to nobody.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
const ANSWER_MAX: Duration = Duration::from_secs(2);
/// How long a receiver may ask to be left alone: a day.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a server that stops waits for the messages that are on their way.
const FAREWELL: Duration = Duration::from_secs(3);
/// How often old messages are let go.
const PRUNED_EVERY: Duration = Duration::from_secs(600);
/// How long whoever sends a message holds it: longer than an attempt can take.
const HELD: Duration = Duration::from_secs(60);
/// The pauses before a message is sent again: the schedule of Standard Webhooks, over three days.
const PAUSES: [u64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// For how long a webhook may take nothing before it is disabled: five days.
const FAILING_MAX: Duration = Duration::from_secs(5 * 24 * 60 * 60);

/// How webhooks are sent to.
#[derive(Clone)]
pub struct WebhookSettings {
    /// Whether they may lead into one's own house, and without TLS: for development.
    pub allow_private: bool,
    /// What is asked for the addresses of names.
    pub names: Names,
    /// How long an answer may take.
    pub answer_max: Duration,
    /// How long whoever sends a message holds it: should they die, another sends it then.
    pub held: Duration,
    /// The pauses before a message that was not taken is sent again.
    pub pauses: Vec<Duration>,
    /// For how long a webhook may take nothing before it is disabled.
    pub failing_max: Duration,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            allow_private: false,
            names: system_names(),
            answer_max: Duration::from_secs(15),
            held: HELD,
            pauses: PAUSES.map(Duration::from_secs).to_vec(),
            failing_max: FAILING_MAX,
        }
    }
}

/// Whoever sends what webhooks are told, or knows at least where they may lead. Its thread ends with the last who
/// holds it.
#[derive(Debug)]
pub(crate) struct Postman {
    guard: Guard,
    wake: Arc<Notify>,
    stop: watch::Sender<bool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Postman {
    /// One who sends nothing.
    pub(crate) fn idle() -> Self {
        let guard = Guard { allow_private: false, names: system_names() };
        let stop = watch::Sender::new(false);
        Self { guard, wake: Arc::default(), stop, thread: Mutex::default() }
    }

    /// One who sends what the webhooks of this database are to be told.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub(crate) fn of(db: &Db, site: &Addresses, settings: WebhookSettings) -> Result<Self> {
        let WebhookSettings { allow_private, names, answer_max, held, pauses, .. } = settings;
        let failing = settings.failing_max;
        let guard = Guard { allow_private, names };
        let round = Round {
            db: db.clone(),
            site: site.clone(),
            guard: guard.clone(),
            client: client(&guard, answer_max),
            patience: Patience { held, pauses, failing },
            busy: Mutex::default(),
            wake: Arc::default(),
        };
        let (wake, stop) = (Arc::clone(&round.wake), watch::Sender::new(false));
        let stopped = stop.subscribe();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(Error::internal)?;
        let work = move || {
            runtime.block_on(Arc::new(round).goes(stopped));
            // A name that is still being asked for is waited for by nobody.
            runtime.shutdown_background();
        };
        let thread = std::thread::Builder::new().name("webhooks".to_owned()).spawn(work);
        let thread = Mutex::new(Some(thread.map_err(Error::internal)?));
        Ok(Self { guard, wake, stop, thread })
    }

    /// Where webhooks may lead.
    pub(super) const fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Says that there is something to send.
    pub(super) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Has it take nothing more.
    pub(crate) fn close(&self) {
        self.stop.send_replace(true);
    }

    /// Waits, for a few seconds at most, until it is known what became of the messages on their way.
    pub(crate) fn settle(&self) {
        self.close();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::warn!("the thread of the webhooks has panicked");
        }
    }
}

/// Who speaks to receivers; a sentence when the system has no certificates to trust.
fn client(guard: &Guard, answer_max: Duration) -> Result<Client, String> {
    // The HTTP client takes the process's own; where there is one already, that is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .dns_resolver(Arc::new(guard.clone()))
        .redirect(Policy::none())
        .no_proxy()
        .http1_only()
        .connect_timeout(CONNECT_MAX)
        .timeout(answer_max)
        .build()
        .map_err(|error| said(&error))
}

/// What is sent of a change.
#[derive(Serialize)]
struct Event<'a> {
    r#type: String,
    timestamp: Moment,
    data: &'a Change,
}

/// What is sent to see whether somebody is there.
#[derive(Serialize)]
struct Ping {
    r#type: &'static str,
    timestamp: Moment,
    data: PingData,
}

#[derive(Serialize)]
struct PingData {
    webhook_id: Id,
}

/// What a message says, made anew whenever it is sent: nobody is sent what they may not see any more.
fn body(conn: &mut Conn, site: &Addresses, message: &Message) -> Result<Vec<u8>> {
    let json = match &message.change {
        Some(logged) => {
            let data = told(conn, site, message.audience.reader(), logged)?;
            let r#type = logged.kind.clone();
            serde_json::to_vec(&Event { r#type, timestamp: message.at, data: &data })
        }
        None => serde_json::to_vec(&Ping {
            r#type: "webhook.ping",
            timestamp: message.at,
            data: PingData { webhook_id: message.webhook_id },
        }),
    };
    json.map_err(Error::internal)
}

/// What goes round: look, take, send.
struct Round {
    db: Db,
    site: Addresses,
    guard: Guard,
    client: Result<Client, String>,
    patience: Patience,
    /// How many messages of each webhook are on their way.
    busy: Mutex<HashMap<Id, usize>>,
    wake: Arc<Notify>,
}

impl Round {
    async fn goes(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut log = self.db.tail().follower();
        let mut pruned = Instant::now();
        let mut is_anybody = true;
        while !*stop.borrow() {
            log.mark_unchanged();
            let wait = match self.turn().await {
                Ok((anybody, wait)) => {
                    is_anybody = anybody;
                    wait
                }
                Err(error) => {
                    tracing::warn!(?error, "webhooks wait for the database");
                    LOOKED_EVERY
                }
            };
            if pruned.elapsed() > PRUNED_EVERY {
                pruned = Instant::now();
                if let Err(error) = self.db.write(queue::prune).await {
                    tracing::warn!(?error, "old messages of webhooks could not be let go");
                }
            }
            // Where nobody is told of anything, writes wake nobody.
            let written =
                async { if is_anybody { log.changed().await.is_err() } else { pending().await } };
            let (written, woken) = (pin!(written), pin!(self.wake.notified()));
            let (later, ended) = (pin!(sleep(wait)), pin!(stop.changed()));
            if let Either::Left((Either::Right((Err(_), _)), _)) =
                select(select(select(written, woken), ended), later).await
            {
                // Whoever could say stop is gone.
                break;
            }
        }
        let until = Instant::now() + FAREWELL;
        while !self.busy().is_empty() && Instant::now() < until {
            sleep(Duration::from_millis(10)).await;
        }
    }

    fn busy(&self) -> MutexGuard<'_, HashMap<Id, usize>> {
        // A count goes on where a thread has panicked.
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks once, takes what is due and lets it go; answers whether there is anybody to be told, and how long nothing
    /// is to be done.
    async fn turn(self: &Arc<Self>) -> Result<(bool, Duration)> {
        let busy = self.busy().clone();
        let look = self.db.read_primary(move |conn| queue::look(conn, &busy)).await?;
        if !look.has_work {
            let left = look.next_at.map(|at| at.as_millis() - Moment::now().as_millis());
            let left = left.map(|ms| Duration::from_millis(u64::try_from(ms).unwrap_or_default()));
            return Ok((look.is_anybody, left.unwrap_or(LOOKED_EVERY).min(LOOKED_EVERY)));
        }
        let (busy, patience) = (self.busy().clone(), self.patience.clone());
        let taken = self.db.write(move |conn| queue::take(conn, &busy, &patience)).await?;
        for message in taken.messages {
            *self.busy().entry(message.webhook_id).or_default() += 1;
            tokio::spawn(Arc::clone(self).sends(message));
        }
        Ok((true, if taken.has_more { Duration::ZERO } else { LOOKED_EVERY }))
    }

    /// Sends a message and enters what became of it.
    async fn sends(self: Arc<Self>, message: Message) {
        let attempt = self.attempt(&message).await;
        if let Some(error) = &attempt.error {
            let (webhook, message) = (message.webhook_id, &message.sent_id);
            tracing::info!(%webhook, message, error, "a webhook has not taken a message");
        }
        let (entered, patience) = (message.clone(), self.patience.clone());
        let settled =
            self.db.write(move |conn| queue::settle(conn, &entered, &attempt, &patience)).await;
        if let Err(error) = settled {
            tracing::warn!(
                ?error,
                "what became of a message could not be entered: it is sent again"
            );
        }
        {
            let mut busy = self.busy();
            let left = busy.get(&message.webhook_id).copied().unwrap_or_default();
            match left {
                0 | 1 => busy.remove(&message.webhook_id),
                more => busy.insert(message.webhook_id, more - 1),
            };
        }
        self.wake.notify_one();
    }

    async fn attempt(&self, message: &Message) -> Attempt {
        let begun = Instant::now();
        let outcome = self.post(message).await;
        let took = begun.elapsed();
        match outcome {
            Ok(answer) => {
                let status = answer.status();
                let retry_after = retry_after(answer.headers());
                drain(answer).await;
                let error = (!status.is_success()).then(|| match status.as_u16() {
                    code @ 300..=399 => format!("answered {code}: redirects are not followed"),
                    code => format!("answered {code}"),
                });
                Attempt { status: Some(status.as_u16()), error, retry_after, took }
            }
            Err(error) => {
                let error = Some(crate::text::cut(&error, 900));
                Attempt { status: None, error, retry_after: None, took }
            }
        }
    }

    async fn post(&self, message: &Message) -> Result<Response, String> {
        // What was let in under other settings is looked at again.
        let url = self.guard.url(&message.url)?;
        let client = self.client.as_ref().map_err(Clone::clone)?;
        let (site, asked) = (self.site.clone(), message.clone());
        let body = self.db.read_primary(move |conn| body(conn, &site, &asked)).await;
        let body = body.map_err(|error| error.to_string())?;
        let id = &message.sent_id;
        let timestamp = Moment::now().as_millis().div_euclid(1000);
        let secrets = message.secrets.iter();
        let signatures = secrets.map(|secret| secret::signature(secret, id, timestamp, &body));
        let signatures = signatures.collect::<Result<Vec<_>>>();
        let signatures = signatures.map_err(|error| error.to_string())?.join(" ");
        let request = client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, concat!("Onrecord/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signatures)
            .body(body);
        request.send().await.map_err(|error| said(&error))
    }
}

/// Reads an answer to its end, if that is near: the connection can be used again.
async fn drain(mut answer: Response) {
    let reading = async {
        let mut left = ANSWER_BYTES_MAX;
        while let Ok(Some(part)) = answer.chunk().await {
            let part: Bytes = part;
            if part.len() > left {
                break;
            }
            left -= part.len();
        }
    };
    // Whatever it says, its status has come.
    let _ = timeout(ANSWER_MAX, reading).await;
}

/// How long a receiver asks to be left alone, in seconds or until a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let asked = if let Ok(seconds) = text.parse::<u64>() {
        Duration::from_secs(seconds)
    } else {
        let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_millisecond();
        let left = until.saturating_sub(Moment::now().as_millis());
        Duration::from_millis(u64::try_from(left).unwrap_or_default())
    };
    Some(asked.min(RETRY_AFTER_MAX))
}

/// What went wrong, in the words of whoever knows best: the last cause.
fn said(error: &reqwest::Error) -> String {
    if error.is_connect() && error.is_timeout() {
        return format!("could not be reached within {} seconds", CONNECT_MAX.as_secs());
    }
    if error.is_timeout() {
        return "gave no answer in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
