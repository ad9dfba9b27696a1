//! The log of changes: what every write appends, and what everything else follows.

mod deriving;
mod feed;
mod keeper;
pub mod kind;
pub(crate) mod log;
pub(crate) mod names;
pub(crate) mod purges;
mod stream;
mod touched;

use std::pin::pin;
use std::time::Duration;

use actix_web::web::Data;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, get};
use futures_util::future::select;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, timeout_at};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::articles::Article;
use crate::auth::{Caller, CommentReader};
use crate::comments::Comment;
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, Moment};
use crate::edge::Glance;
use crate::error::Result;
use crate::images::Image;
use crate::input::query::Params;
use crate::links::Link;
use crate::page::Limit;
use crate::people::Person;
use crate::quotes::Quote;
use crate::short_links::ShortLink;
use crate::standards::CommunityStandards;
use crate::streams::Stream;
use crate::tags::Tag;
use crate::text::{CommaList, Handle};
use feed::Ask;
pub(crate) use keeper::Keeper;
pub use keeper::{CHANGES_KEPT, STREAM_PATIENCE_SECONDS};
use kind::ChangeKind;
pub use log::prune;

// --- Vocabulary

/// What is said of every change, whatever it is about.
struct Told {
    seq: i64,
    kind: ChangeKind,
    article_id: Option<Id>,
    fields: Vec<String>,
    purge: Vec<String>,
    at: Moment,
}

/// Declares a change of one kind of thing: generic types have no good names in generated clients.
macro_rules! changes {
    ($($(#[$doc:meta])* $variant:ident $name:ident $tag:tt of $resource:ty, $id:ty, $(#[$schema:meta])*;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Serialize, ToSchema)]
            pub struct $name {
                /// The number of the change; every later change has a higher one. Readers without a key that sees
                /// drafts have numbers of their own, in which nothing is missing.
                #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64, example = 42)]
                pub seq: i64,
                /// What has happened.
                pub kind: ChangeKind,
                /// What it has happened to.
                $(#[$schema])*
                pub id: $id,
                /// The article it is, stands on or leads to; null when that is none.
                #[schema(required)]
                pub article_id: Option<Id>,
                /// Whether it is gone for you: take it out of your copy.
                #[schema(example = false)]
                pub deleted: bool,
                /// The properties that say something else than before; empty when it has come or gone.
                #[schema(max_items = 100, example = json!(["title"]))]
                pub fields: Vec<String>,
                /// The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
                /// cache drops what it keeps under one of them. Empty when readers see nothing of it.
                #[schema(max_items = 1000, example = json!(["article-01890a5dac96774bbcceb302099a8057", "any-article"]))]
                pub purge: Vec<String>,
                /// When it happened.
                pub at: Moment,
                /// It as it is now, as its own address shows it; there with `include=resource`, unless it is gone.
                #[serde(skip_serializing_if = "Option::is_none")]
                #[schema(nullable = false)]
                pub resource: Option<$resource>,
            }
        )+

        /// A change: what has happened to what. A thing is another when what is shown of it is: an article also when a
        /// tag on it has a new name, a tag also when an article that carries it is published.
        #[derive(Debug, Clone, Serialize, ToSchema)]
        #[serde(tag = "type")]
        pub enum Change {
            $(
                $(#[$doc])*
                #[serde(rename = $tag)]
                $variant($name),
            )+
        }

        $(
            impl About<$resource, $id> for $name {
                fn about(told: Told, id: $id, deleted: bool, resource: Option<$resource>) -> Self {
                    let Told { seq, kind, article_id, fields, purge, at } = told;
                    Self { seq, kind, id, article_id, deleted, fields, purge, at, resource }
                }
            }
        )+

        impl Change {
            /// The number of the change.
            const fn seq(&self) -> i64 {
                match self {
                    $(Self::$variant(change) => change.seq),+
                }
            }
        }
    };
}

/// A change of a thing of one kind.
trait About<T, I> {
    fn about(told: Told, id: I, deleted: bool, resource: Option<T>) -> Self;
}

impl Told {
    fn about<T, I, C: About<T, I>>(self, id: I, ask: &Ask, resource: Option<T>) -> C {
        // What was gone may be back: shown is what is there now.
        let gone = if ask.shows { resource.is_none() } else { self.kind.is_gone(ask.is_public()) };
        C::about(self, id, gone, resource)
    }
}

changes! {
    /// A change of an article.
    Article ArticleChange "article" of Article, Id, ;
    /// A change of a quote.
    Quote QuoteChange "quote" of Quote, Id, ;
    /// A change of a link.
    Link LinkChange "link" of Link, Id, ;
    /// A change of a tag.
    Tag TagChange "tag" of Tag, Id, ;
    /// A change of a person.
    Person PersonChange "person" of Person, Id, ;
    /// A change of an image.
    Image ImageChange "image" of Image, Id, ;
    /// A change of a stream or of its schedule. What is on `now` and `next` changes by itself, too.
    Stream StreamChange "stream" of Stream, Id, ;
    /// A change of a comment.
    Comment CommentChange "comment" of Comment, Id, ;
    /// A new version of the community standards.
    CommunityStandards CommunityStandardsChange "community-standards" of CommunityStandards, i32, #[schema(minimum = 1, example = 1)];
    /// A change of a short link. Its hits are none.
    ShortLink ShortLinkChange "short-link" of ShortLink, String, #[schema(max_length = 50, example = "x7k2m9p")];
}

/// A page of changes, in the order in which they happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangePage {
    /// The changes.
    #[schema(max_items = 100)]
    pub items: Vec<Change>,
    /// How far this page reaches: send it back as `after`.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 42)]
    pub last_seq: i64,
    /// Whether there is more now.
    #[schema(example = false)]
    pub has_more: bool,
}

/// What may be shown with changes.
///
/// - `resource`: the things themselves, as they are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangePart {
    /// The things themselves, as they are now.
    Resource,
}

/// Which changes are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ChangeQuery {
    /// Only changes after this one: `last_seq` of the page before; from the beginning when absent.
    #[param(required = false, minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 42)]
    #[serde(default)]
    pub after: i64,
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub limit: Limit,
    /// Only changes of these kinds, separated by commas.
    #[param(nullable = false, value_type = Option<Vec<ChangeKind>>, max_items = 100, example = json!(["article.published"]))]
    pub kind: Option<CommaList<ChangeKind>>,
    /// Only changes of this tag (id or slug) and of what stands under it: its articles, their quotes, links and comments.
    #[param(nullable = false, value_type = Option<String>, example = "russia", max_length = 200)]
    pub tag: Option<Handle>,
    /// How many seconds to wait for a change when there is none.
    #[param(value_type = i32, required = false, minimum = 0, maximum = 30, example = 0)]
    #[serde(default)]
    pub wait: i64,
    /// `resource` shows the things themselves, as they are now.
    #[param(nullable = false, value_type = Option<Vec<ChangePart>>, max_items = 1, example = json!(["resource"]))]
    pub include: Option<CommaList<ChangePart>>,
}

/// Which changes are to be streamed.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ChangeStreamQuery {
    /// Begin after this change; with what comes next when absent. `Last-Event-ID` goes before it.
    #[param(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 42)]
    pub after: Option<i64>,
    /// Only changes of these kinds, separated by commas.
    #[param(nullable = false, value_type = Option<Vec<ChangeKind>>, max_items = 100, example = json!(["article.published"]))]
    pub kind: Option<CommaList<ChangeKind>>,
    /// Only changes of this tag (id or slug) and of what stands under it.
    #[param(nullable = false, value_type = Option<String>, example = "russia", max_length = 200)]
    pub tag: Option<Handle>,
    /// `resource` shows the things themselves, as they are now.
    #[param(nullable = false, value_type = Option<Vec<ChangePart>>, max_items = 1, example = json!(["resource"]))]
    pub include: Option<CommaList<ChangePart>>,
}

fn ask(
    reader: CommentReader,
    limit: Limit,
    kind: Option<CommaList<ChangeKind>>,
    tag: Option<Handle>,
    include: Option<&CommaList<ChangePart>>,
) -> Ask {
    Ask { reader, kinds: kind.map(|kinds| kinds.0), tag, limit, shows: include.is_some() }
}

// --- HTTP

/// Registers the routes of changes.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_changes).service(stream_changes);
}

/// List changes
///
/// What has changed since, oldest first: everything, for a key that sees drafts (comments that readers do not see: for one
/// that moderates); for others what concerns readers. An article that is taken down is gone to them, one that is published
/// is new. Go on with `after`: whoever applies what comes has what is here. 410 when the log does not go back so far: it
/// says how to start over. With `wait`, the answer comes as soon as there is something to say.
#[utoipa::path(tag = "changes", params(ChangeQuery), security((), ("key" = [])),
    responses((status = 200, description = "A page of changes.", body = ChangePage)))]
#[get("/v1/changes")]
async fn list_changes(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    keeper: Data<Keeper>,
    reader: CommentReader,
    Params(query): Params<ChangeQuery>,
) -> Result<Answer> {
    let ChangeQuery { after, limit, kind, tag, wait, include } = query;
    let ask = ask(reader, limit, kind, tag, include.as_ref());
    let until = Instant::now() + Duration::from_secs(wait.unsigned_abs());
    let (mut follower, mut closing) = (db.tail().follower(), keeper.closing());
    let mut from = after;
    let page = loop {
        follower.mark_unchanged();
        let (site, wanted) = (site.clone(), ask.clone());
        let page = db.read(move |conn| feed::page(conn, &site, &wanted, from)).await?;
        if !page.items.is_empty() || Instant::now() >= until || *closing.borrow() {
            break page;
        }
        from = page.last_seq;
        if !page.has_more {
            let (more, end) = (pin!(follower.changed()), pin!(closing.changed()));
            // Whatever ends the wait: what is there is told.
            let _ = timeout_at(until, select(more, end)).await;
        }
    };
    let next = page.has_more.then_some(page.last_seq);
    Ok(Answer::ok(&page)?.onward(&request, "after", next))
}

/// Stream changes
///
/// The same as server-sent events, for as long as you listen: the `id` of an event is the number of its change, its data
/// a `Change`. Whoever was cut off goes on where they were with `Last-Event-ID`, which browsers send by themselves. A
/// comment says every few seconds that the server is there. A reader who takes nothing for too long is cut off, and so
/// is everybody, with a `retry`, before the server stops.
#[utoipa::path(tag = "changes", params(ChangeStreamQuery,
        ("Last-Event-ID" = Option<i64>, Header, description = "The last event there was: go on after it.", minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 42)),
    security((), ("key" = [])),
    responses((status = 200, description = "Events, until you go.", content_type = "text/event-stream", body = String,
        example = "id: 42\ndata: {\"type\":\"article\",\"seq\":42,\"kind\":\"article.published\",…}\n\n")))]
#[get("/v1/changes/stream")]
async fn stream_changes(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    keeper: Data<Keeper>,
    reader: CommentReader,
    Params(query): Params<ChangeStreamQuery>,
) -> Result<HttpResponse> {
    let ChangeStreamQuery { after, kind, tag, include } = query;
    let after = stream::last_event_id(&request)?.or(after);
    let ask = ask(reader, Limit::most(), kind, tag, include.as_ref());
    let listener = (Caller::of(&request).key, request.extensions().contains::<Glance>());
    stream::open(db, site, &keeper, ask, after, listener).await
}
