//! A server on a database of its own, and the few words with which tests speak to it.

use std::io::Read;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{LazyLock, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use diesel::connection::SimpleConnection as _;
use onrecord::api::Site;
use onrecord::api::schemas::Schemas;
use onrecord::auth::Scope;
use onrecord::comments::policy::{CommentSettings, CommentsPolicy, Moderation};
use onrecord::config::{
    Addresses, ArticleUrl, CacheSettings, CorsOrigins, PublicUrl, ServerSettings,
};
use onrecord::db::types::Id;
use onrecord::db::{Conn, DatabaseUrl, Db};
use onrecord::keys::NewKey;
use onrecord::media::{Media, UPLOAD_BYTES_MAX};
use onrecord::text::Name;
use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

/// The schemas every answer is held against. An answer may grow, so they leave room for properties they
/// do not name; here there is none, so that nothing is shown which the document does not tell.
pub static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| {
    let mut document = onrecord::api::openapi().unwrap().clone();
    for schema in document["components"]["schemas"].as_object_mut().unwrap().values_mut() {
        if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
            schema["additionalProperties"] = Value::Bool(false);
        }
    }
    Schemas::new(&document).unwrap()
});

/// A running server, and what a test needs of it.
pub struct App {
    /// Where it listens.
    pub address: SocketAddr,
    /// The database below it.
    pub db: Db,
    /// Where the database is.
    pub url: DatabaseUrl,
    site: Site,
    folder: Option<PathBuf>,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

/// Somebody who speaks to the server, with a key or without one.
#[derive(Clone)]
pub struct Client {
    base: String,
    agent: Agent,
    /// The key they send, if any.
    pub key: Option<String>,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body; null when it is empty or no JSON.
    pub json: Value,
    /// The body's bytes.
    pub bytes: Vec<u8>,
    headers: ureq::http::HeaderMap,
}

impl Answer {
    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The same answer, which must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        let text = String::from_utf8_lossy(&self.bytes).chars().take(2000).collect::<String>();
        assert_eq!(self.status, status, "{text}");
        self
    }

    /// The same answer, which must be this problem.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json["code"], code, "{}", answer.json);
        answer
    }

    /// The pointers of a problem's faults.
    pub fn pointers(&self) -> Vec<&str> {
        let errors = self.json["errors"].as_array().unwrap();
        errors.iter().filter_map(|error| error["pointer"].as_str()).collect()
    }

    /// One property of every item of a page.
    pub fn each(&self, property: &str) -> Vec<Value> {
        let items = self.json["items"].as_array().unwrap();
        items.iter().map(|item| item[property].clone()).collect()
    }

    /// A property of the body that is text.
    #[track_caller]
    pub fn text(&self, property: &str) -> &str {
        self.json[property].as_str().unwrap()
    }
}

/// The database a test run uses: a new SQLite file, or a new schema in PostgreSQL.
pub fn database() -> (DatabaseUrl, Option<PathBuf>) {
    let name = format!("t{}", Id::new().simple());
    let Ok(base) = std::env::var("TEST_DATABASE_URL") else {
        return sqlite();
    };
    let url = base.parse::<DatabaseUrl>().unwrap();
    let mut conn = url.connect().unwrap();
    conn.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
    let sign = if base.contains('?') { '&' } else { '?' };
    let url = format!("{base}{sign}options=-csearch_path%3D{name}").parse().unwrap();
    (url, None)
}

/// A new SQLite file in a folder of its own.
pub fn sqlite() -> (DatabaseUrl, Option<PathBuf>) {
    let folder = std::env::temp_dir().join(format!("onrecord-{}", Id::new()));
    std::fs::create_dir_all(&folder).unwrap();
    (DatabaseUrl::Sqlite(folder.join("onrecord.db")), Some(folder))
}

/// What a server is started with, where it is not as usual.
struct Setup<'a> {
    database: (DatabaseUrl, Option<PathBuf>),
    cors_origins: &'a str,
    /// What stands before every path, as a proxy gives it.
    path: &'a str,
    article_url: Option<&'a str>,
    comments: CommentSettings,
    media: Media,
    cache: CacheSettings,
    /// The address it shows; its own when nothing is said.
    public_url: Option<PublicUrl>,
}

impl Setup<'_> {
    fn usual() -> Self {
        Self {
            database: database(),
            cors_origins: "*",
            path: "",
            article_url: None,
            comments: CommentSettings::default(),
            media: Media::in_memory(),
            cache: CacheSettings::default(),
            public_url: None,
        }
    }
}

impl App {
    /// A server on an empty database.
    pub fn new() -> Self {
        Self::started(Setup::usual())
    }

    /// A server on an empty database, which the pages of this origin alone may read.
    pub fn reading_from(origin: &str) -> Self {
        Self::started(Setup { cors_origins: origin, ..Setup::usual() })
    }

    /// A server behind a proxy that gives it this path and takes it off again.
    pub fn below(path: &str) -> Self {
        Self::started(Setup { path, ..Setup::usual() })
    }

    /// A server whose articles are elsewhere for readers.
    pub fn with_articles_at(article_url: &str) -> Self {
        Self::started(Setup { article_url: Some(article_url), ..Setup::usual() })
    }

    /// A server on an empty database that keeps pictures there: a folder or a bucket.
    pub fn keeping(media: &str) -> Self {
        let media = Media::open(&media.parse().unwrap(), UPLOAD_BYTES_MAX).unwrap();
        Self::started(Setup { media, ..Setup::usual() })
    }

    /// A server on this database; its folder is removed with it.
    pub fn on(database: (DatabaseUrl, Option<PathBuf>)) -> Self {
        Self::started(Setup { database, ..Setup::usual() })
    }

    /// A server on an empty database that keeps answers like this, and says so to caches.
    pub fn caching(cache: CacheSettings) -> Self {
        Self::started(Setup { cache, ..Setup::usual() })
    }

    /// Another server on the same data, as another process would be: it shows the same addresses, and keeps no answers.
    pub fn beside(&self) -> Self {
        let cache = CacheSettings { cache_bytes: 0, ..CacheSettings::default() };
        let public_url = Some(format!("http://{}", self.address).parse().unwrap());
        Self::started(Setup {
            database: (self.url.clone(), None),
            cache,
            public_url,
            ..Setup::usual()
        })
    }

    /// A server on an empty database, with this said of comments where an article says nothing.
    pub fn with_comments(policy: CommentsPolicy, moderation: Moderation) -> Self {
        Self::started(Setup { comments: CommentSettings { policy, moderation }, ..Setup::usual() })
    }

    /// A server on an empty database that waits so many seconds for a reader of a stream.
    pub fn with_patience(seconds: u64) -> Self {
        let app = Self::new();
        // What a site keeps it shares with those made of it.
        drop(app.site.clone().with_changes(1_000_000, seconds));
        app
    }

    fn started(setup: Setup<'_>) -> Self {
        let Setup { database: (url, folder), cors_origins, path, article_url, comments, .. } =
            setup;
        let Setup { media, cache, public_url, .. } = setup;
        let cors_origins = cors_origins.parse::<CorsOrigins>().unwrap();
        let db = Db::open(&url, 2).unwrap();
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let own_url = format!("http://{address}{path}").parse::<PublicUrl>().unwrap();
        let public_url = public_url.unwrap_or(own_url);
        let article_url = article_url.map(|url| url.parse::<ArticleUrl>().unwrap());
        let addresses = Addresses { public_url, article_url: article_url.clone(), comments };
        let site =
            Site::new(db.clone(), addresses, &cors_origins).unwrap().with_server_timing(true);
        let site = site.with_media(media).with_cache(&cache);
        let settings = ServerSettings {
            listen: address,
            database_replicas: Vec::new(),
            public_url: None,
            article_url,
            media: None,
            image_bytes_max: UPLOAD_BYTES_MAX,
            comments_policy: comments.policy,
            comments_moderation: comments.moderation,
            workers: 1,
            cors_origins,
            connections_max: 1000,
            shutdown_seconds: 1,
            changes_kept: 1_000_000,
            cache,
            stream_patience_seconds: 30,
            server_timing: true,
        };
        let (sender, receiver) = mpsc::channel();
        let shared = site.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = onrecord::server::server(shared, &settings, socket).unwrap();
                sender.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let server = receiver.recv().unwrap();
        Self { address, db, url, site, folder, server, thread: Some(thread) }
    }

    /// Has it end its streams, as before it stops.
    pub fn close(&self) {
        self.site.close();
    }

    /// Has it write what it has only counted so far.
    pub fn settle(&self) {
        self.site.settle();
    }

    /// Somebody without a key.
    pub fn public(&self) -> Client {
        Client::to(self.address, None)
    }

    /// Somebody with a new key of these scopes.
    pub fn with(&self, scopes: &[Scope]) -> Client {
        let name = Name::parse("a test").unwrap();
        let new = NewKey { name, scopes: scopes.to_vec(), expires_at: None };
        let made = self.db.write_now(move |conn| onrecord::keys::insert(conn, &new)).unwrap();
        Client { key: Some(made.token), ..self.public() }
    }

    /// Somebody with this key, whatever it is.
    pub fn with_key(&self, key: &str) -> Client {
        Client { key: Some(key.to_owned()), ..self.public() }
    }

    /// Somebody who may do everything.
    pub fn admin(&self) -> Client {
        self.with(&[Scope::Admin])
    }

    /// Asks the database itself: how many rows a table has.
    pub fn rows(&self, table: &str) -> i64 {
        use diesel::RunQueryDsl as _;
        #[derive(diesel::QueryableByName)]
        struct Rows {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            rows: i64,
        }
        #[expect(clippy::disallowed_methods, reason = "the table's name comes from the test")]
        let query = diesel::sql_query(format!("SELECT count(*) AS rows FROM {table}"));
        match &mut self.url.connect().unwrap() {
            Conn::Sqlite(conn) => query.get_result::<Rows>(conn).unwrap().rows,
            Conn::Postgres(conn) => query.get_result::<Rows>(conn).unwrap().rows,
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

impl Client {
    /// Somebody who speaks to the server at this address.
    pub fn to(address: SocketAddr, key: Option<String>) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .build()
            .into();
        Self { base: format!("http://{address}"), agent, key }
    }

    /// Sends anything, and holds the answer against the OpenAPI document.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = match body {
            [] => self.agent.run(request.body(()).unwrap()).unwrap(),
            body => self.agent.run(request.body(body).unwrap()).unwrap(),
        };
        let kind = response.headers().get("content-type");
        let endless = kind.is_some_and(|kind| kind == "text/event-stream");
        let bytes = if endless { Vec::new() } else { response.body_mut().read_to_vec().unwrap() };
        let coding = response.headers().get("content-encoding");
        let coding = coding.map_or("", |coding| coding.to_str().unwrap());
        let answer = Answer {
            status: response.status().as_u16(),
            json: serde_json::from_slice(&unpacked(coding, &bytes)).unwrap_or_default(),
            bytes,
            headers: response.headers().clone(),
        };
        check(method, path, &answer);
        answer
    }

    /// Reads.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], &[])
    }

    /// Reads with one header more.
    #[track_caller]
    pub fn get_with(&self, path: &str, name: &str, value: &str) -> Answer {
        self.send("GET", path, &[(name, value)], &[])
    }

    /// Deletes.
    #[track_caller]
    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, &[], &[])
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a test writes what it sends into the call")]
impl Client {
    /// Creates.
    #[track_caller]
    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, JSON, body.to_string().as_bytes())
    }

    /// Creates or replaces.
    #[track_caller]
    pub fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, JSON, body.to_string().as_bytes())
    }

    /// Changes.
    #[track_caller]
    pub fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", path, JSON, body.to_string().as_bytes())
    }
}

/// The bytes of a body without its coding.
pub fn unpacked(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut reader: Box<dyn Read + '_> = match coding {
        "gzip" if !bytes.is_empty() => Box::new(flate2::read::GzDecoder::new(bytes)),
        "br" if !bytes.is_empty() => Box::new(brotli::Decompressor::new(bytes, 4096)),
        "zstd" => Box::new(zstd::stream::Decoder::new(bytes).unwrap()),
        _ => Box::new(bytes),
    };
    reader.read_to_end(&mut plain).unwrap();
    plain
}

/// The header of a JSON body.
pub const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

/// What the document leaves out on purpose: itself, the browser of it, and the metrics. Their failures
/// are problems like all others.
fn is_undescribed(path: &str) -> bool {
    let pages = ["/", "/docs", "/metrics"];
    pages.contains(&path) || path.starts_with("/docs/") || path.starts_with("/openapi")
}

/// The headers that are there whenever the document names them, and only then.
const HEADERS: [&str; 5] = ["ETag", "Last-Modified", "Location", "Onrecord-Seq", "Retry-After"];

/// The headers that are there at times, and only where the document names them.
const HEADERS_AT_TIMES: [&str; 2] = ["Idempotency-Replayed", "Link"];

/// Every answer keeps the promises of the document, and names the request it belongs to.
#[track_caller]
fn check(method: &str, target: &str, answer: &Answer) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    assert!(!answer.header("x-request-id").is_empty(), "{method} {target}: no request id");
    if is_undescribed(path) && answer.status < 400 {
        return;
    }
    let content_type = Some(answer.header("content-type")).filter(|text| !text.is_empty());
    let body = (!answer.bytes.is_empty()).then_some(&answer.json);
    let mut faults = SCHEMAS.check_response(method, path, answer.status, content_type, body);
    if answer.status == 200 && query.split('&').any(|part| part.starts_with("fields=")) {
        // `fields` leaves out what the schema promises; nothing else may be wrong.
        faults.retain(|fault| fault.code != "required");
    }
    assert!(faults.is_empty(), "{method} {target}: {} {faults:#?}", answer.status);
    let Some(named) = SCHEMAS.headers(method, path, answer.status) else { return };
    for header in HEADERS.into_iter().chain(HEADERS_AT_TIMES) {
        let (is_named, is_sent) = (named.contains(&header), answer.headers.contains_key(header));
        // What is not modified may be a list; most clashes do not pass with time.
        let at_times = HEADERS_AT_TIMES.contains(&header)
            || matches!((header, answer.status), ("Last-Modified", 304) | ("Retry-After", 409));
        let fine = is_named == is_sent || (is_named && at_times);
        assert!(
            fine,
            "{method} {target}: {} {header} (named: {is_named}, sent: {is_sent})",
            answer.status
        );
    }
}
