//! What the server counts, for Prometheus.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::cache::{Responses, Tally};
use crate::db::Db;
use crate::error::{Error, Result};

/// Bounds of the latency histogram, in seconds.
const LATENCY_BOUNDS: [f64; 14] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    method: String,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReplicaLabels {
    /// Its place in the setting, from 1: an address is nobody else's business.
    replica: u32,
}

/// The server's counters.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    latency: Family<RouteLabels, Histogram>,
    readers: Gauge,
    readers_busy: Gauge,
    reads_waiting: Gauge,
    writes_waiting: Gauge,
    cache_hits: Counter,
    cache_misses: Counter,
    cache_entries: Gauge,
    cache_bytes: Gauge,
    replica_up: Family<ReplicaLabels, Gauge>,
    replica_behind: Family<ReplicaLabels, Gauge>,
    replica_reads: Family<ReplicaLabels, Counter>,
    replica_passed_over: Family<ReplicaLabels, Counter>,
    uptime: Gauge<f64, AtomicU64>,
    started: std::time::Instant,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("onrecord");
        let requests = Family::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        let latency = Family::<RouteLabels, Histogram>::new_with_constructor(|| {
            Histogram::new(LATENCY_BOUNDS)
        });
        registry.register("http_request_seconds", "Time from request to answer", latency.clone());
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::<i64>::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let readers = gauge("db_readers", "Threads that read the database");
        let readers_busy = gauge("db_readers_busy", "Threads reading the database now");
        let reads_waiting = gauge("db_reads_waiting", "Reads waiting for a thread");
        let writes_waiting = gauge("db_writes_waiting", "Writes waiting for their turn");
        let cache_entries = gauge("cache_entries", "Public answers kept in memory");
        let cache_bytes = gauge("cache_bytes", "Bytes they take, about");
        let (cache_hits, cache_misses) = (Counter::default(), Counter::default());
        let help = "Public reads answered by what was kept";
        registry.register("cache_hits", help, cache_hits.clone());
        let help = "Public reads that nothing kept could answer";
        registry.register("cache_misses", help, cache_misses.clone());
        let (replica_up, replica_behind) = (Family::default(), Family::default());
        let (replica_reads, replica_passed_over) = (Family::default(), Family::default());
        registry.register("db_replica_up", "Whether the replica takes reads", replica_up.clone());
        let help = "Changes the replica lacked when last heard of; -1 when it never was";
        registry.register("db_replica_behind", help, replica_behind.clone());
        registry.register("db_replica_reads", "Reads the replica answered", replica_reads.clone());
        let help = "Reads the replica was asked and the primary answered";
        registry.register("db_replica_passed_over", help, replica_passed_over.clone());
        let uptime = Gauge::<f64, AtomicU64>::default();
        registry.register("uptime_seconds", "Seconds since the server started", uptime.clone());
        let started = std::time::Instant::now();
        Self {
            registry,
            requests,
            latency,
            readers,
            readers_busy,
            reads_waiting,
            writes_waiting,
            cache_hits,
            cache_misses,
            cache_entries,
            cache_bytes,
            replica_up,
            replica_behind,
            replica_reads,
            replica_passed_over,
            uptime,
            started,
        }
    }
}

impl Metrics {
    /// Counts one answered request.
    pub fn observe(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, route) = (method.to_owned(), route.to_owned());
        let labels = RouteLabels { method: method.clone(), route: route.clone() };
        self.latency.get_or_create(&labels).observe(took.as_secs_f64());
        self.requests.get_or_create(&RequestLabels { method, route, status }).inc();
    }

    /// All counters in the `OpenMetrics` text format.
    fn text(&self, db: &Db, responses: &Responses) -> Result<String> {
        let gauge = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
        let load = db.load();
        self.readers.set(gauge(load.readers));
        self.readers_busy.set(gauge(load.readers_busy));
        self.reads_waiting.set(gauge(load.reads_waiting));
        self.writes_waiting.set(gauge(load.writes_waiting));
        let Tally { hits, misses, entries, bytes } = responses.tally();
        self.cache_hits.inner().store(hits, Ordering::Relaxed);
        self.cache_misses.inner().store(misses, Ordering::Relaxed);
        self.cache_entries.set(gauge(entries));
        self.cache_bytes.set(i64::try_from(bytes).unwrap_or(i64::MAX));
        for (replica, state) in (1..).zip(db.replicas()) {
            let labels = ReplicaLabels { replica };
            self.replica_up.get_or_create(&labels).set(i64::from(state.is_up));
            self.replica_behind.get_or_create(&labels).set(state.behind.unwrap_or(-1));
            let count = |counter: &Family<ReplicaLabels, Counter>, value: u64| {
                counter.get_or_create(&labels).inner().store(value, Ordering::Relaxed);
            };
            count(&self.replica_reads, state.answered);
            count(&self.replica_passed_over, state.passed_over);
        }
        self.uptime.set(self.started.elapsed().as_secs_f64());
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(Error::internal)?;
        Ok(text)
    }
}

/// Counters for Prometheus.
#[get("/metrics")]
pub(crate) async fn get_metrics(
    metrics: Data<Metrics>,
    db: Data<Db>,
    responses: Data<Responses>,
) -> Result<HttpResponse> {
    let content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, HeaderValue::from_static(content_type)))
        .body(metrics.text(&db, &responses)?))
}
