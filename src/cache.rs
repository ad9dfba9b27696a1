//! Public answers, kept in memory until what they were made from changes; and what is said to caches elsewhere.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE,
    ContentEncoding, ETAG, Encoding, Header as _, HeaderMap, HeaderName, HeaderValue, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::rt::task::spawn_blocking;
use actix_web::web::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::answer::{etag, known_etag};
use crate::changes::names::Names;
use crate::changes::purges::{Place, Purges};
use crate::config::CacheSettings;
use crate::error::{Error, Result};

const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");
const CDN_CACHE_CONTROL: HeaderName = HeaderName::from_static("cdn-cache-control");
/// What a kept answer takes beside its body, about, in bytes: addresses, headers, bookkeeping.
const BESIDE_BODY: u64 = 1024;
/// How large an answer is on average, for the size of the tables.
const USUAL_BYTES: usize = 16 * 1024;

const BROTLI_QUALITY: u32 = 5;
const ZSTD_LEVEL: i32 = 3;

/// What an answer was made from; a handler says so of answers that depend on nothing else.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) names: Names,
    /// Whether caches elsewhere may keep it: not what nearly every change would purge, and few change.
    pub(crate) elsewhere: bool,
}

/// Public answers, and how well that goes.
#[derive(Debug)]
pub(crate) struct Responses {
    kept: Option<Cache<Box<str>, Arc<Kept>, Weight>>,
    purges: Purges,
    /// What browsers are told.
    browsers: HeaderValue,
    /// What caches in between are told, if anything else.
    cdn: Option<HeaderValue>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// An answer that is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    body: Bytes,
    etag: Box<str>,
    headers: Vec<(HeaderName, HeaderValue)>,
    made_from: Box<[Place]>,
    /// It was read after this change.
    since: i64,
}

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<Box<str>, Arc<Kept>> for Weight {
    fn weight(&self, address: &Box<str>, kept: &Arc<Kept>) -> u64 {
        let bytes = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        bytes(kept.body.len()).saturating_add(bytes(address.len())).saturating_add(BESIDE_BODY)
    }
}

/// How the cache does, for `/metrics`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) hits: u64,
    pub(crate) misses: u64,
    pub(crate) entries: usize,
    pub(crate) bytes: u64,
}

/// A request whose answer may be kept: a public read.
#[derive(Debug)]
pub(crate) struct Asked {
    address: String,
    coding: ContentEncoding,
    /// How far the log went before anything was read for it.
    pub(crate) since: i64,
}

/// The codings an answer is kept in.
const CODINGS: [Encoding; 4] =
    [Encoding::identity(), Encoding::brotli(), Encoding::zstd(), Encoding::gzip()];

impl Asked {
    /// The request as answers to it are kept; nothing when they are not.
    pub(crate) fn of(request: &ServiceRequest, since: i64) -> Option<Self> {
        let headers = request.headers();
        let read = *request.method() == Method::GET && request.path().starts_with("/v1/");
        if !read || headers.contains_key(AUTHORIZATION) {
            return None;
        }
        let coding = if headers.contains_key(ACCEPT_ENCODING) {
            let accepted = AcceptEncoding::parse(request.request()).ok()?;
            match accepted.negotiate(CODINGS.iter())? {
                Encoding::Known(coding) => coding,
                Encoding::Unknown(_) => return None,
            }
        } else {
            ContentEncoding::Identity
        };
        Some(Self { address: normalised(request.path(), request.query_string()), coding, since })
    }

    fn key(&self, coding: ContentEncoding) -> String {
        // A line break is in no address.
        match coding {
            ContentEncoding::Identity => self.address.clone(),
            coding => format!("{}\n{}", self.address, coding.as_str()),
        }
    }
}

/// An address under which all questions that are the same are found: its parameters in one order.
fn normalised(path: &str, query: &str) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    let mut parameters = query.split('&').collect::<Vec<_>>();
    parameters.sort_unstable();
    format!("{path}?{}", parameters.join("&"))
}

impl Responses {
    /// Keeps public answers as these settings say.
    pub(crate) fn new(settings: &CacheSettings, purges: Purges) -> Self {
        let capacity = settings.cache_bytes;
        let kept = (capacity > 0).then(|| {
            purges.begin();
            let entries = usize::try_from(capacity).unwrap_or(usize::MAX) / USUAL_BYTES;
            Cache::with_weighter(entries.max(64), capacity, Weight)
        });
        let stale = match settings.stale_while_revalidate_seconds {
            0 => String::new(),
            seconds => format!(", stale-while-revalidate={seconds}"),
        };
        let told = |max_age: u32| {
            let text = format!("public, max-age={max_age}{stale}");
            HeaderValue::from_str(&text).ok().filter(|_| max_age > 0)
        };
        let browsers = told(settings.browser_max_age_seconds);
        Self {
            kept,
            purges,
            browsers: browsers.unwrap_or(HeaderValue::from_static("no-cache")),
            cdn: told(settings.cdn_max_age_seconds),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    /// What is kept for a request, in the coding it asks for, if it still holds.
    pub(crate) async fn find(&self, asked: &Asked) -> Option<Arc<Kept>> {
        let found = match self.holding(asked, asked.coding) {
            None if asked.coding != ContentEncoding::Identity => {
                let plain = self.holding(asked, ContentEncoding::Identity);
                match plain {
                    Some(plain) => self.code(asked, plain).await.ok(),
                    None => None,
                }
            }
            found => found,
        };
        let count = if found.is_some() { &self.hits } else { &self.misses };
        count.fetch_add(1, Ordering::Relaxed);
        found
    }

    fn holding(&self, asked: &Asked, coding: ContentEncoding) -> Option<Arc<Kept>> {
        let kept = self.kept.as_ref()?.get(&*asked.key(coding))?;
        self.purges.holds(kept.since, &kept.made_from).then_some(kept)
    }

    /// Whether all that happened up to this change is known to what is kept.
    pub(crate) fn knows(&self, seq: i64) -> bool {
        self.purges.followed() >= seq
    }

    /// Keeps an answer that was made from what these names say, and gives it in the coding that was asked for.
    ///
    /// # Errors
    /// When the body cannot be coded.
    pub(crate) async fn keep(
        &self,
        asked: &Asked,
        Made { names, elsewhere }: &Made,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Result<Arc<Kept>> {
        let etag = etag(&body);
        let mut headers = headers.clone();
        if *elsewhere {
            self.label(&mut headers, names);
        } else {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        }
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(ETAG, HeaderValue::from_str(&etag).map_err(Error::internal)?);
        let headers = headers.into_iter().collect();
        let (made_from, since) = (Place::of(names), asked.since);
        let plain = Arc::new(Kept { body, etag: etag.into(), headers, made_from, since });
        self.put(asked, ContentEncoding::Identity, &plain);
        match asked.coding {
            ContentEncoding::Identity => Ok(plain),
            _ => self.code(asked, plain).await,
        }
    }

    fn put(&self, asked: &Asked, coding: ContentEncoding, kept: &Arc<Kept>) {
        if let Some(cache) = &self.kept {
            cache.insert(asked.key(coding).into(), Arc::clone(kept));
        }
    }

    /// Codes an answer, once for all who ask for it so.
    async fn code(&self, asked: &Asked, plain: Arc<Kept>) -> Result<Arc<Kept>> {
        let coding = asked.coding;
        let coded = spawn_blocking(move || {
            let mut headers = plain.headers.clone();
            headers.push((CONTENT_ENCODING, HeaderValue::from_static(coding.as_str())));
            let body = Bytes::from(coded(coding, &plain.body)?);
            let Kept { etag, made_from, since, .. } = &*plain;
            let (etag, made_from) = (etag.clone(), made_from.clone());
            Ok(Arc::new(Kept { body, etag, headers, made_from, since: *since }))
        });
        let coded = coded
            .await
            .map_err(Error::internal)?
            .map_err(|error: std::io::Error| Error::internal(error))?;
        self.put(asked, coding, &coded);
        Ok(coded)
    }

    /// Says of an answer what it was made from, and for how long it may be kept elsewhere.
    fn label(&self, headers: &mut HeaderMap, names: &Names) {
        headers.insert(CACHE_CONTROL, self.browsers.clone());
        if let Some(cdn) = &self.cdn {
            headers.insert(CDN_CACHE_CONTROL, cdn.clone());
        }
        for (name, joined) in [(SURROGATE_KEY, names.joined(" ")), (CACHE_TAG, names.joined(","))] {
            if let Ok(value) = HeaderValue::from_str(&joined) {
                headers.insert(name, value);
            }
        }
    }

    /// How it does.
    pub(crate) fn tally(&self) -> Tally {
        let kept = self.kept.as_ref();
        Tally {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
            entries: kept.map_or(0, Cache::len),
            bytes: kept.map_or(0, Cache::weight),
        }
    }
}

fn coded(coding: ContentEncoding, body: &[u8]) -> std::io::Result<Vec<u8>> {
    let packed = Vec::with_capacity(body.len() / 3);
    match coding {
        ContentEncoding::Brotli => {
            let mut writer = brotli::CompressorWriter::new(packed, 4096, BROTLI_QUALITY, 22);
            writer.write_all(body)?;
            writer.flush()?;
            Ok(writer.into_inner())
        }
        ContentEncoding::Zstd => zstd::stream::encode_all(body, ZSTD_LEVEL),
        _ => {
            let level = flate2::Compression::default();
            let mut writer = flate2::write::GzEncoder::new(packed, level);
            writer.write_all(body)?;
            writer.finish()
        }
    }
}

impl Kept {
    /// The answer; only that nothing has changed, to who has it already.
    pub(crate) fn answer(&self, if_none_match: Option<&str>) -> HttpResponse {
        let known = if_none_match.and_then(|list| known_etag(list, &self.etag));
        let status = if known.is_some() { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let mut answer = HttpResponse::new(status);
        let headers = answer.headers_mut();
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.clone());
        }
        let Some(known) = known else { return answer.set_body(BoxBody::new(self.body.clone())) };
        headers.remove(CONTENT_TYPE);
        headers.remove(CONTENT_ENCODING);
        // A cache keeps what it has only under the very tag it asked about.
        if let Ok(value) = HeaderValue::from_str(&known) {
            headers.insert(ETAG, value);
        }
        answer
    }
}
