//! Every setting: a flag and an `ONRECORD_*` variable of the same name, one sentence each.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use clap::builder::{RangedI64ValueParser, RangedU64ValueParser};
use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::changes::{CHANGES_KEPT, STREAM_PATIENCE_SECONDS};
use crate::comments::policy::{CommentSettings, CommentsPolicy, Moderation};
use crate::db::DatabaseUrl;
use crate::db::types::Id;
use crate::media::{MediaUrl, UPLOAD_BYTES_MAX};

/// How many threads may read: each may have a connection of its own to the database, and a second one to write.
const READERS_MAX: u64 = 64;
/// How large a picture's file may be allowed to be: it is held in memory as a whole.
const IMAGE_BYTES_MOST: u64 = 200 * 1024 * 1024;
/// How many bytes of public answers are kept when nobody says.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;
/// A year: for how long answers may be kept elsewhere at most.
const MAX_AGE_MOST: i64 = 31_536_000;
/// How many threads may answer: the HTTP server has a place for no more.
pub(crate) const WORKERS_MAX: u16 = 512;

/// How long the template of articles' addresses may be: with the longest slug in it, an address has
/// less than 4,000 characters.
const ARTICLE_URL_MAX: usize = 1000;

/// Where the data is: the one setting every command takes.
#[derive(Debug, Clone, Args)]
pub struct DatabaseSettings {
    /// Where the data is: `sqlite:PATH` (made on first start) or `postgres://USER@HOST/NAME`.
    #[arg(
        long,
        env = "ONRECORD_DATABASE",
        default_value = "sqlite:onrecord.db",
        hide_env_values = true
    )]
    pub database: DatabaseUrl,
    /// How many threads read the database, and each replica; 0 takes one per processor, at least 2. In PostgreSQL as many write.
    #[arg(long, env = "ONRECORD_READERS", default_value_t = 0,
        value_parser = RangedU64ValueParser::<usize>::new().range(0..=READERS_MAX))]
    pub readers: usize,
}

impl DatabaseSettings {
    /// The number of reading threads, once 0 has been replaced.
    #[must_use]
    pub fn reader_count(&self) -> usize {
        match self.readers {
            0 => std::thread::available_parallelism().map_or(2, |n| n.get().max(2)),
            given => given,
        }
    }
}

/// How a server runs.
#[derive(Debug, Clone, Args)]
pub struct ServerSettings {
    /// Where to listen: address and port.
    #[arg(long, env = "ONRECORD_LISTEN", default_value = "127.0.0.1:8080", value_parser = listen)]
    pub listen: SocketAddr,
    /// Replicas of a PostgreSQL database that take reads while they have caught up: URLs with commas between them, or the flag several times.
    #[arg(
        long = "database-replica",
        env = "ONRECORD_DATABASE_REPLICA",
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub database_replicas: Vec<DatabaseUrl>,
    /// The address clients know this server by; links are made from it. `http://` and where it listens when not given.
    #[arg(long, env = "ONRECORD_PUBLIC_URL")]
    pub public_url: Option<PublicUrl>,
    /// Where articles are for readers, with `{slug}` or `{id}` in it: `https://news.example/{slug}`. This API's own addresses when not given.
    #[arg(long, env = "ONRECORD_ARTICLE_URL")]
    pub article_url: Option<ArticleUrl>,
    /// Whether articles that say nothing take comments (`open`), show those they have (`closed`), or neither (`off`).
    #[arg(long, env = "ONRECORD_COMMENTS_POLICY", value_enum, default_value_t = CommentsPolicy::Open)]
    pub comments_policy: CommentsPolicy,
    /// Whether readers see a comment before (`post`) or only after (`pre`) a moderator has approved it.
    #[arg(long, env = "ONRECORD_COMMENTS_MODERATION", value_enum, default_value_t = Moderation::Pre)]
    pub comments_moderation: Moderation,
    /// How many threads answer requests; 0 takes one per processor.
    #[arg(long, env = "ONRECORD_WORKERS", default_value_t = 0,
        value_parser = RangedU64ValueParser::<usize>::new().range(0..=u64::from(WORKERS_MAX)))]
    pub workers: usize,
    /// Which web origins may read from a browser: `*`, or origins separated by commas; empty for none.
    #[arg(long, env = "ONRECORD_CORS_ORIGINS", default_value = "*")]
    pub cors_origins: CorsOrigins,
    /// How many connections may be open at once on each answering thread.
    #[arg(long, env = "ONRECORD_CONNECTIONS_MAX", default_value_t = 25_000)]
    pub connections_max: usize,
    /// How many seconds requests in flight may take after a SIGTERM.
    #[arg(long, env = "ONRECORD_SHUTDOWN_SECONDS", default_value_t = 30)]
    pub shutdown_seconds: u64,
    /// Where the files of pictures are: a folder, `file:///srv/media` or `s3://BUCKET/PREFIX` (with the usual `AWS_*` variables). `media` beside the database's file, or where the server is started, when not given.
    #[arg(long, env = "ONRECORD_MEDIA")]
    pub media: Option<MediaUrl>,
    /// How many bytes a picture's file may have.
    #[arg(long, env = "ONRECORD_IMAGE_BYTES_MAX", default_value_t = UPLOAD_BYTES_MAX,
        value_parser = RangedU64ValueParser::<usize>::new().range(1024..=IMAGE_BYTES_MOST))]
    pub image_bytes_max: usize,
    /// How many changes the log keeps: who has been away for longer starts over.
    #[arg(long, env = "ONRECORD_CHANGES_KEPT", default_value_t = CHANGES_KEPT,
        value_parser = RangedI64ValueParser::<i64>::new().range(100..))]
    pub changes_kept: i64,
    /// How public answers are kept.
    #[command(flatten)]
    pub cache: CacheSettings,
    /// How many seconds a reader of a stream may take nothing before they are cut off.
    #[arg(long, env = "ONRECORD_STREAM_PATIENCE_SECONDS", default_value_t = STREAM_PATIENCE_SECONDS)]
    pub stream_patience_seconds: u64,
    /// Whether answers say in `Server-Timing` how many SQL statements they took.
    #[arg(long, env = "ONRECORD_SERVER_TIMING")]
    pub server_timing: bool,
}

impl ServerSettings {
    /// The addresses that answers show.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        let listening = || PublicUrl(format!("http://{}", self.listen));
        let public_url = self.public_url.clone().unwrap_or_else(listening);
        let (policy, moderation) = (self.comments_policy, self.comments_moderation);
        let comments = CommentSettings { policy, moderation };
        Addresses { public_url, article_url: self.article_url.clone(), comments }
    }

    /// Where the files of pictures are.
    #[must_use]
    pub fn media_url(&self, database: &DatabaseUrl) -> MediaUrl {
        let beside = match database {
            DatabaseUrl::Sqlite(path) => path.parent().map(|folder| folder.join("media")),
            DatabaseUrl::Postgres(_) => None,
        };
        let otherwise = || MediaUrl::Folder(beside.unwrap_or_else(|| "media".into()));
        self.media.clone().unwrap_or_else(otherwise)
    }
}

/// How public answers are kept: here, in browsers and in caches in between.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct CacheSettings {
    /// How many bytes of public answers are kept in memory; 0 keeps none.
    #[arg(long, env = "ONRECORD_CACHE_BYTES", default_value_t = CACHE_BYTES)]
    pub cache_bytes: u64,
    /// For how many seconds browsers may use an answer without asking again.
    #[arg(long, env = "ONRECORD_BROWSER_MAX_AGE_SECONDS", default_value_t = 0,
        value_parser = RangedI64ValueParser::<u32>::new().range(0..=MAX_AGE_MOST))]
    pub browser_max_age_seconds: u32,
    /// For how many seconds a CDN may; more than 0 is for those that are told by the changes what to purge.
    #[arg(long, env = "ONRECORD_CDN_MAX_AGE_SECONDS", default_value_t = 0,
        value_parser = RangedI64ValueParser::<u32>::new().range(0..=MAX_AGE_MOST))]
    pub cdn_max_age_seconds: u32,
    /// For how many seconds after that they may use it once more while they ask.
    #[arg(long, env = "ONRECORD_STALE_WHILE_REVALIDATE_SECONDS", default_value_t = 0,
        value_parser = RangedI64ValueParser::<u32>::new().range(0..=MAX_AGE_MOST))]
    pub stale_while_revalidate_seconds: u32,
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self {
            cache_bytes: CACHE_BYTES,
            browser_max_age_seconds: 0,
            cdn_max_age_seconds: 0,
            stale_while_revalidate_seconds: 0,
        }
    }
}

/// How and how much the server logs.
#[derive(Debug, Clone, Args)]
pub struct LogSettings {
    /// How log lines are written.
    #[arg(long, env = "ONRECORD_LOG_FORMAT", value_enum, default_value_t = LogFormat::People, global = true)]
    pub log_format: LogFormat,
    /// What is logged: error, warn, info, debug or trace, also by module (`info,onrecord=debug`).
    #[arg(long, env = "ONRECORD_LOG", default_value = "info", global = true)]
    pub log: LogFilter,
}

/// What is logged, and what is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// The filter at work.
    #[must_use]
    pub fn filter(&self) -> EnvFilter {
        EnvFilter::new(&self.0)
    }
}

impl FromStr for LogFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |what: String| {
            format!(
                "{what}: write error, warn, info, debug, trace or off, or such a level for a module, \
                 as in `info,onrecord=debug`"
            )
        };
        // A word alone would be a module's name, all of whose lines are logged, and nothing else: a
        // level with a slip of the pen would silence the server. What has brackets names spans.
        let mut parts = text.split(',').filter(|part| !part.is_empty());
        let no_level = |part: &&str| !part.contains('=') && part.parse::<LevelFilter>().is_err();
        if !text.contains('[')
            && let Some(part) = parts.find(no_level)
        {
            return Err(wrong(format!("`{part}` is no level")));
        }
        EnvFilter::try_new(text).map_err(|_| wrong(format!("`{text}` is no filter")))?;
        Ok(Self(text.to_owned()))
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For eyes.
    People,
    /// One JSON object a line.
    Json,
}

/// What answers show of the settings: what is where, and what holds where an article says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// The address clients know this server by.
    pub public_url: PublicUrl,
    /// Where articles are for readers; here, when nobody said.
    pub article_url: Option<ArticleUrl>,
    /// What holds for comments where an article says nothing.
    pub comments: CommentSettings,
}

impl Addresses {
    /// Addresses for work in which they play no part.
    pub(crate) fn local() -> Self {
        PublicUrl("http://127.0.0.1".to_owned()).into()
    }

    /// Where the file of a picture is.
    pub(crate) fn media(&self, file: &str) -> String {
        format!("{}{}", self.public_url, crate::media::path(file))
    }

    /// Where an article is for readers.
    pub(crate) fn article(&self, id: Id, slug: &str) -> String {
        match &self.article_url {
            Some(url) => url.of(id, slug),
            None => format!("{}{}", self.public_url, crate::articles::path(slug)),
        }
    }

    /// Where a short link is.
    pub(crate) fn short(&self, code: &str) -> String {
        format!("{}{}", self.public_url, crate::api::path(&["s", code]))
    }
}

impl From<PublicUrl> for Addresses {
    fn from(public_url: PublicUrl) -> Self {
        Self { public_url, article_url: None, comments: CommentSettings::default() }
    }
}

/// Where articles are for readers: an `http(s)` URL with `{slug}` or `{id}` in its path or query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleUrl(String);

impl ArticleUrl {
    fn of(&self, id: Id, slug: &str) -> String {
        let slug = crate::api::path(&[slug]);
        self.0.replace("{slug}", slug.trim_start_matches('/')).replace("{id}", &id.to_string())
    }
}

impl FromStr for ArticleUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = url::Url::parse(text).map_err(|error| format!("is not a URL: {error}"))?;
        let anonymous = url.username().is_empty() && url.password().is_none();
        if !matches!(url.scheme(), "http" | "https") || !anonymous {
            return Err("must be http(s)://host/… with `{slug}` or `{id}` in it".to_owned());
        }
        // A slug there would be another's host.
        let host_is_fixed = url.host_str().is_some_and(|host| !host.contains(['{', '}']));
        // Other scripts are encoded now, as a header must have them.
        let url = url.as_str().replace("%7B", "{").replace("%7D", "}");
        let filled = url.replace("{slug}", "").replace("{id}", "");
        if !host_is_fixed || filled == url || filled.contains(['{', '}']) {
            let detail = "must have `{slug}` or `{id}` after the host, and no other braces";
            return Err(detail.to_owned());
        }
        if url.len() > ARTICLE_URL_MAX {
            return Err(format!("must have at most {ARTICLE_URL_MAX} characters"));
        }
        Ok(Self(url))
    }
}

/// The address clients know this server by: scheme and host, no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The path below which it all is, where a proxy gives it one: `/api`, or nothing.
    #[must_use]
    pub fn path(&self) -> &str {
        let (_, rest) = self.0.split_once("://").unwrap_or_default();
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = url::Url::parse(text).map_err(|error| format!("is not a URL: {error}"))?;
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || !plain {
            return Err("must be http(s)://host[:port][/path]".to_owned());
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}

fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        "must be an address in numbers and a port, such as `127.0.0.1:8080`, or `0.0.0.0:8080` to \
         be reached from other machines"
            .to_owned()
    })
}

/// Which web origins may read from a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorsOrigins {
    /// All of them.
    Any,
    /// These, as browsers write them: `https://news.example`, `http://localhost:3000`.
    These(Vec<String>),
}

impl FromStr for CorsOrigins {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == "*" {
            return Ok(Self::Any);
        }
        let origins = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
        origins.map(origin).collect::<Result<_, _>>().map(Self::These)
    }
}

fn origin(text: &str) -> Result<String, String> {
    let wrong =
        || format!("`{text}` is no origin: write scheme://host[:port], or `*` alone for all");
    let url = url::Url::parse(text).map_err(|_| wrong())?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(wrong)?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let origin = format!("{}://{host}{port}", url.scheme());
    let plain = url.as_str().trim_end_matches('/') == origin;
    if plain { Ok(origin) } else { Err(wrong()) }
}
