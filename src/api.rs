//! The table of contents: every resource, what happens outside of them, and the OpenAPI document.

pub mod document;
pub mod methods;
pub mod schemas;
mod serving;
mod unrouted;

use std::fmt::Write as _;
use std::sync::LazyLock;

use actix_cors::Cors;
use actix_web::App;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{Data, PathConfig, to};
use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa_actix_web::AppExt as _;

use crate::answer::InFlight;
use crate::articles::{ArticleOrder, ArticlePart, DateKind};
use crate::cache::Responses;
use crate::changes::{ChangePart, Keeper};
use crate::comments::{CommentOrder, CommentState, CommentView};
use crate::config::{Addresses, CacheSettings, CorsOrigins};
use crate::db::Db;
use crate::edge::{ServerTiming, coded, edge, preflight};
use crate::error::{Error, PROBLEMS, Problem, Result};
use crate::input::unread::unread;
use crate::media::Media;
use crate::metrics::Metrics;
use crate::page::Count;
use crate::quotes::{QuoteDate, QuoteOrder};
use crate::short_links::hits::Hits;
use crate::webhooks::WebhookSettings;
use crate::webhooks::deliveries::WebhookDeliveryState;
use crate::webhooks::sending::Postman;
use crate::{
    articles, changes, comments, health, images, keys, links, media, people, programmes, quotes,
    short_links, standards, streams, suggestions, tags, webhooks,
};
use schemas::Schemas;
use serving::{get_openapi_3_0, get_openapi_json, get_openapi_public, get_openapi_yaml};
pub(crate) use unrouted::takes;
use unrouted::{elsewhere, misnamed};

/// What the document says that no handler does.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Onrecord",
        description = "The content API for newsrooms: articles, tags, attributed quotes and related links.\n\nEvery quote is a resource of its own, tied to the exact words of its article. Reading published content needs no key; everything else needs one, sent as `Authorization: Bearer onr_…`. Errors are RFC 9457 problems. Lists are read page by page with `cursor`.\n\nNew properties and new values of enums may come in answers at any time; clients pass over what they do not know. Whatever else would break them is announced.",
        contact(name = "Onrecord", url = "https://onrecord.dev"),
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "articles", description = "What a newsroom publishes, with everything that stands on its page."),
        (name = "quotes", description = "Who said what, tied to the exact words of an article."),
        (name = "links", description = "What an article points to, here or on the web, and who points to it."),
        (name = "short-links", description = "A few letters that lead to an article, made with it or chosen by an editor, and how often they were followed."),
        (name = "images", description = "Pictures, at the head of articles and in their bodies."),
        (name = "comments", description = "What readers say about an article, and what moderators decide about that."),
        (name = "community-standards", description = "The rules of the discussion, in their versions."),
        (name = "tags", description = "What articles are about."),
        (name = "people", description = "Who wrote, and who spoke."),
        (name = "search", description = "What a few typed letters can become. Full text is asked of articles and quotes."),
        (name = "streams", description = "What can be heard or seen live, and what is on when."),
        (name = "changes", description = "What has changed since: to be read, waited for or listened to."),
        (name = "webhooks", description = "Who is told of changes, by signed messages as Standard Webhooks has them. Needs the scope `admin`."),
        (name = "keys", description = "What lets programs in. Needs the scope `admin`."),
        (name = "health", description = "Whether the server lives and can serve.")
    ),
    components(schemas(
        Problem, ArticleOrder, ArticlePart, ChangePart, DateKind, QuoteOrder, QuoteDate, Count, CommentOrder, CommentState, CommentView, WebhookDeliveryState
    ))
)]
struct Preface;

/// The headers that pages of other origins may read.
const EXPOSED: [&str; 7] = [
    "ETag",
    "Last-Modified",
    "Link",
    "Onrecord-Seq",
    "Retry-After",
    "Search-Notes",
    "X-Request-Id",
];

/// Everything the workers of one server share.
#[derive(Clone)]
pub struct Site {
    db: Data<Db>,
    addresses: Data<Addresses>,
    schemas: Data<Schemas>,
    in_flight: Data<InFlight>,
    hits: Data<Hits>,
    keeper: Data<Keeper>,
    responses: Data<Responses>,
    media: Data<Media>,
    metrics: Data<Metrics>,
    postman: Data<Postman>,
    server_timing: bool,
    cors_origins: CorsOrigins,
}

impl Site {
    /// A site over a database; its pictures are in memory until [`Self::with_media`] says where else.
    ///
    /// # Errors
    /// When the document and its schemas do not fit together: a fault of the build. When the system has
    /// no thread to give.
    pub fn new(
        db: Db,
        addresses: impl Into<Addresses>,
        cors_origins: &CorsOrigins,
    ) -> Result<Self> {
        let document = openapi()?;
        let schemas = Schemas::new(document).map_err(Error::internal)?;
        let hits = Hits::of(&db)?;
        let keeper = Keeper::of(&db)?;
        // Answers are kept from `with_cache` on.
        let none = CacheSettings { cache_bytes: 0, ..CacheSettings::default() };
        let responses = Responses::new(&none, db.purges().clone());
        Ok(Self {
            db: Data::new(db),
            addresses: Data::new(addresses.into()),
            schemas: Data::new(schemas),
            in_flight: Data::new(InFlight::default()),
            hits: Data::new(hits),
            keeper: Data::new(keeper),
            responses: Data::new(responses),
            media: Data::new(Media::in_memory()),
            metrics: Data::new(Metrics::default()),
            postman: Data::new(Postman::idle()),
            server_timing: false,
            cors_origins: cors_origins.clone(),
        })
    }

    /// The same site, whose answers say in `Server-Timing` what they took.
    #[must_use]
    pub fn with_server_timing(self, server_timing: bool) -> Self {
        Self { server_timing, ..self }
    }

    /// The same site, which keeps so many changes and waits so many seconds for a reader of a stream.
    #[must_use]
    pub fn with_changes(self, kept: i64, patience_seconds: u64) -> Self {
        self.keeper.keep(kept, patience_seconds);
        self
    }

    /// The same site, which keeps public answers as these settings say.
    #[must_use]
    pub fn with_cache(self, settings: &CacheSettings) -> Self {
        let responses = Responses::new(settings, self.db.purges().clone());
        Self { responses: Data::new(responses), ..self }
    }

    /// The same site, which tells webhooks of changes; until then nobody is told.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn with_webhooks(self, settings: WebhookSettings) -> Result<Self> {
        let postman = Postman::of(&self.db, &self.addresses, settings)?;
        Ok(Self { postman: Data::new(postman), ..self })
    }

    /// Ends what would not end by itself: streams of changes, and waits for them. No webhook is told of more.
    pub fn close(&self) {
        self.keeper.close();
        self.postman.close();
    }

    /// Writes what is only counted in memory; to be called when no request comes any more.
    pub fn settle(&self) {
        self.postman.settle();
        self.hits.settle(&self.db);
    }

    /// The same site, whose pictures are there.
    #[must_use]
    pub fn with_media(self, media: Media) -> Self {
        Self { media: Data::new(media), ..self }
    }

    /// Which web pages may read from a browser.
    fn cors(&self) -> Cors {
        let cors = Cors::default()
            .allowed_methods([Method::GET, Method::HEAD, Method::OPTIONS])
            .allow_any_header()
            .expose_headers(EXPOSED)
            .max_age(86_400)
            .block_on_origin_mismatch(false);
        match &self.cors_origins {
            // The same for whoever asks: a cache in between need not keep one answer an origin.
            CorsOrigins::Any => cors.allow_any_origin().send_wildcard().disable_vary_header(),
            CorsOrigins::These(origins) => {
                origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
            }
        }
    }
}

/// Registers every resource.
fn resources(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .configure(articles::routes)
        .configure(quotes::routes)
        .configure(links::routes)
        .configure(short_links::routes)
        .configure(images::routes)
        .configure(media::routes)
        .configure(comments::routes)
        .configure(standards::routes)
        .configure(tags::routes)
        .configure(people::routes)
        .configure(streams::routes)
        .configure(programmes::routes)
        .configure(suggestions::routes)
        .configure(changes::routes)
        .configure(webhooks::routes)
        .configure(keys::routes)
        .configure(health::routes);
}

/// The application: what every worker runs.
pub fn app(
    site: &Site,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    let routes = App::new()
        .into_utoipa_app()
        .configure(resources)
        .into_app()
        .service(crate::metrics::get_metrics)
        .service(get_openapi_json)
        .service(get_openapi_yaml)
        .service(get_openapi_public)
        .service(get_openapi_3_0)
        .configure(crate::docs::routes)
        .default_service(to(elsewhere));
    housed(routes, site)
}

/// These routes with what every request and answer passes, whichever route takes it.
pub fn housed<S>(
    routes: App<S>,
    site: &Site,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<S>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<S>,
>
where
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse,
            Error = actix_web::Error,
            InitError = (),
        > + 'static,
{
    routes
        .app_data(site.db.clone())
        .app_data(site.addresses.clone())
        .app_data(site.schemas.clone())
        .app_data(site.in_flight.clone())
        .app_data(site.hits.clone())
        .app_data(site.keeper.clone())
        .app_data(site.responses.clone())
        .app_data(site.media.clone())
        .app_data(site.metrics.clone())
        .app_data(site.postman.clone())
        .app_data(ServerTiming(site.server_timing))
        .app_data(PathConfig::default().error_handler(|_, request| misnamed(request).into()))
        .wrap(from_fn(edge))
        .wrap(Compress::default())
        .wrap(from_fn(coded))
        .wrap(site.cors())
        .wrap(from_fn(preflight))
        .wrap(from_fn(unread))
}

/// The path of these segments, percent-encoded.
#[must_use]
pub fn path(segments: &[&str]) -> String {
    // RFC 3986: what is not unreserved is encoded; slugs hold letters of any script.
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        for byte in segment.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                path.push(char::from(byte));
            } else {
                // Writing to a string does not fail.
                let _ = write!(path, "%{byte:02X}");
            }
        }
    }
    path
}

// --- The document

static DOCUMENT: LazyLock<Result<Value, String>> = LazyLock::new(|| {
    let (_, document) = App::new()
        .into_utoipa_app()
        .openapi(Preface::openapi())
        .configure(resources)
        .split_for_parts();
    document::finish(&document, PROBLEMS)
});

/// The OpenAPI document, made from the handlers, the same bytes every time.
///
/// # Errors
/// When a handler's annotations contradict each other: a fault of the build.
pub fn openapi() -> Result<&'static Value> {
    DOCUMENT.as_ref().map_err(|error| Error::internal(error.clone()))
}

/// The OpenAPI document as JSON text.
///
/// # Errors
/// As [`openapi`].
pub fn openapi_json() -> Result<String> {
    to_json(openapi()?)
}

/// The part of the document that public readers need, as JSON text.
///
/// # Errors
/// As [`openapi`].
pub fn openapi_public_json() -> Result<String> {
    to_json(&document::public(openapi()?))
}

/// The document in OpenAPI 3.0.3 as JSON text, for tools that read nothing newer.
///
/// # Errors
/// As [`openapi`].
pub fn openapi_3_0_json() -> Result<String> {
    to_json(&document::version_3_0(openapi()?))
}

/// The OpenAPI document as YAML text.
///
/// # Errors
/// As [`openapi`].
pub fn openapi_yaml() -> Result<String> {
    to_yaml(openapi()?)
}

fn to_json(document: &Value) -> Result<String> {
    serde_json::to_string_pretty(document).map(|text| text + "\n").map_err(Error::internal)
}

fn to_yaml(document: &Value) -> Result<String> {
    yaml_serde::to_string(document).map_err(Error::internal)
}
