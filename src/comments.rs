//! Comments: what readers say about an article, in threads, and how moderators keep the discussion.

pub mod body;
pub mod decisions;
pub mod flags;
pub mod folding;
pub mod policy;
mod query;
mod screening;
pub(crate) mod sql;
mod submission;
pub mod words;
pub(crate) mod writing;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::articles::ArticleRef;
use crate::auth::{CommentReader, Commenter, Moderator};
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::keys::KeyRef;
use crate::page::page;
use crate::text::Handle;
pub use decisions::CommentReason;
pub use flags::CommentFlagCount;
pub use query::{ArticleCommentQuery, CommentOrder, CommentQuery, CommentView};
use screening::Draft;
pub use screening::{CommentMark, CommentMarkCode};
use sql::Sight;
pub use submission::{NewComment, NewCommentAuthor, NewCommentWithdrawal};

// --- Vocabulary

/// How deep a thread goes: a comment has depth 0, a reply to one of depth 8 is refused.
pub const DEPTH_MAX: i32 = 8;

/// What has become of a comment.
///
/// - `pending`: it waits for a moderator; readers do not see it.
/// - `approved`: readers see it.
/// - `rejected`: it breaks the community standards.
/// - `spam`: it advertises, or was made by a machine.
/// - `withdrawn`: its author took it back.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum CommentState {
    /// It waits for a moderator; readers do not see it.
    Pending,
    /// Readers see it.
    Approved,
    /// It breaks the community standards.
    Rejected,
    /// It advertises, or was made by a machine.
    Spam,
    /// Its author took it back.
    Withdrawn,
}
text_column!(CommentState {
    Pending = "pending",
    Approved = "approved",
    Rejected = "rejected",
    Spam = "spam",
    Withdrawn = "withdrawn",
});

/// Who wrote a comment, as the site knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentAuthor {
    /// The name readers see.
    #[schema(example = "Ada", max_length = 100)]
    pub name: String,
    /// Who they are to the site; null for somebody without an account.
    #[schema(required, example = "reader-17", max_length = 100)]
    pub user_id: Option<String>,
}

/// What a reader says about an article, or in reply to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Comment {
    /// The comment's id.
    pub id: Id,
    /// The article it is about.
    pub article: ArticleRef,
    /// The comment it replies to; null for one on the article itself.
    #[schema(required)]
    pub parent_id: Option<Id>,
    /// How deep in its thread it stands: 0 for a comment on the article itself.
    #[schema(minimum = 0, maximum = 8, example = 0)]
    pub depth: i32,
    /// Who wrote it; null for a removed one.
    #[schema(required)]
    pub author: Option<CommentAuthor>,
    /// What they wrote, in Markdown; null for a removed one.
    #[schema(required, example = "Does *gas* flow both ways?", max_length = 10_000)]
    pub body: Option<String>,
    /// The same as sanitised HTML: paragraphs, emphasis, links (`rel="nofollow ugc noopener"`), lists, quotations and
    /// code, nothing else; null for a removed one.
    #[schema(
        required,
        example = "<p>Does <em>gas</em> flow both ways?</p>",
        max_length = 1_048_576
    )]
    pub body_html: Option<String>,
    /// What has become of it; null for a removed one, of which no more is told.
    #[schema(required)]
    pub state: Option<CommentState>,
    /// Whether it was removed, and stands here only for the replies below it.
    #[schema(example = false)]
    pub is_removed: bool,
    /// How many approved comments reply to it.
    #[schema(minimum = 0, example = 0)]
    pub reply_count: i32,
    /// When it was sent.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
    /// What moderators know of it; null for everybody else.
    #[schema(required)]
    pub moderation: Option<CommentModeration>,
}

/// What moderators know of a comment: the last decision, the screening's marks, the flags of readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentModeration {
    /// Why it was rejected, or is spam; null when nobody said.
    #[schema(required)]
    pub reason: Option<CommentReason>,
    /// What the moderator noted, for moderators only; null when nothing.
    #[schema(required, example = "Called another reader names.", max_length = 2000)]
    pub note: Option<String>,
    /// The version of the community standards that was cited; null when none was.
    #[schema(required, minimum = 1, example = 1)]
    pub standards_version: Option<i32>,
    /// The key that decided; null when the screening did, and when nobody has.
    #[schema(required)]
    pub decided_by: Option<KeyRef>,
    /// When it was decided; null when it was not.
    #[schema(required)]
    pub decided_at: Option<Moment>,
    /// What the screening noticed.
    #[schema(max_items = 20)]
    pub marks: Vec<CommentMark>,
    /// Whether readers have flagged it since the last decision.
    #[schema(example = false)]
    pub is_flagged: bool,
    /// How many flags it has in all.
    #[schema(minimum = 0, example = 0)]
    pub flag_count: i64,
    /// How many flags it has for each reason.
    #[schema(max_items = 20)]
    pub flags: Vec<CommentFlagCount>,
}

page!(
    /// A page of comments.
    CommentPage of Comment
);

// --- HTTP

/// Registers the routes of comments and of what belongs to their moderation.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_article_comments)
        .service(create_comment)
        .service(list_comments)
        .service(get_comment)
        .service(delete_comment)
        .service(withdraw_comment)
        .configure(flags::routes)
        .configure(decisions::routes)
        .configure(words::routes);
}

/// List an article's comments
///
/// The approved comments of one article, oldest first or newest first, in threads (each comment followed by its replies) or
/// `flat`. Both are flat lists: `depth` and `parent_id` say where a comment stands. A removed comment with approved ones
/// below it stays, without author, body and state; `total` does not count it. Where the article's policy is `off`, the
/// list is empty.
#[utoipa::path(tag = "comments", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200), ArticleCommentQuery),
    security((), ("key" = [])), responses((status = 200, description = "A page of comments.", body = CommentPage)))]
#[get("/v1/articles/{article}/comments")]
async fn list_article_comments(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    reader: CommentReader,
    article: Path<Handle>,
    Params(query): Params<ArticleCommentQuery>,
) -> Result<Answer> {
    let read = db.read(move |conn| sql::list_of(conn, &site, reader, &article, &query));
    let (article, page) = read.await?;
    let names = Names::of(Subject::Article, article).and_comments_on(article);
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()).made_from(names))
}

/// Post a comment
///
/// Takes a reader's comment, or reply to an approved one. It is screened, and then waits for a moderator; on a site that
/// moderates afterwards, one without a mark is approved at once. One with a banned word is rejected at once. `state`
/// says which. 409 `comments-closed` where the article takes none. A key never belongs into a browser: the site's own
/// server sends this for its readers.
#[utoipa::path(tag = "comments", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200)),
    request_body = NewComment, security(("key" = ["comments:write"])),
    responses((status = 201, description = "The new comment, as its author sees it.", body = Comment)))]
#[post("/v1/articles/{article}/comments")]
async fn create_comment(
    db: Data<Db>,
    site: Data<Addresses>,
    Commenter(caller): Commenter,
    once: Once,
    article: Path<Handle>,
    _query: NoParams,
    body: Body<NewComment>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    let (draft, reader) = (Draft::of(new)?, CommentReader::from(&caller));
    once.write(&db, sha256, move |conn| {
        let id = writing::insert(conn, &site, reader.view, &article, &draft)?;
        let comment = sql::shown(conn, &site, Sight::of_author(reader), id)?;
        Ok(Answer::created(&path(id), &comment)?.modified(comment.updated_at))
    })
    .await
}

/// List comments of all articles
///
/// The moderators' queue: comments whatever their state and their article's, oldest first. `state=pending` is what waits,
/// `flagged=true` what readers have flagged since somebody last decided on it.
#[utoipa::path(tag = "comments", params(CommentQuery), security(("key" = ["comments:moderate"])),
    responses((status = 200, description = "A page of comments.", body = CommentPage)))]
#[get("/v1/comments")]
async fn list_comments(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    _moderator: Moderator,
    Params(query): Params<CommentQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, &site, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Get a comment
///
/// One comment by its id. Readers see it as the list of its article shows it, moderators always.
#[utoipa::path(tag = "comments", params(("comment_id" = Id, Path, description = "Id of the comment.")),
    security((), ("key" = [])), responses((status = 200, description = "The comment.", body = Comment)))]
#[get("/v1/comments/{comment_id}")]
async fn get_comment(
    db: Data<Db>,
    site: Data<Addresses>,
    reader: CommentReader,
    comment_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    let comment = db.read(move |conn| sql::find(conn, &site, reader, *comment_id)).await?;
    Ok(shown(&comment)?.made_from(Names::of(Subject::Comment, comment.id)))
}

/// Delete a comment
///
/// Removes the comment for good, with its flags and the decisions on it. One that was replied to keeps its place in the
/// thread, and nothing else: no author, no text.
#[utoipa::path(tag = "comments", params(("comment_id" = Id, Path, description = "Id of the comment.")),
    security(("key" = ["comments:moderate"])), responses((status = 204, description = "The comment is gone.")))]
#[delete("/v1/comments/{comment_id}")]
async fn delete_comment(
    db: Data<Db>,
    site: Data<Addresses>,
    _moderator: Moderator,
    comment_id: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    db.write(move |conn| {
        let before = sql::shown(conn, &site, Sight::Moderator, *comment_id)?;
        if_match.check(&before)?;
        writing::remove(conn, before.id)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take a comment back
///
/// Withdraws a pending or approved comment for its author: readers see it no more, moderators do until it is deleted.
/// With `user_id`, only if the comment is theirs. While its article is not published, there is no comment to take back.
/// 409 `comment-decided` once it is rejected, spam or withdrawn.
#[utoipa::path(tag = "comments", params(("comment_id" = Id, Path, description = "Id of the comment.")),
    request_body = NewCommentWithdrawal, security(("key" = ["comments:write"])),
    responses((status = 200, description = "The withdrawn comment, as its author sees it.", body = Comment)))]
#[post("/v1/comments/{comment_id}/withdrawal")]
async fn withdraw_comment(
    db: Data<Db>,
    site: Data<Addresses>,
    Commenter(caller): Commenter,
    once: Once,
    comment_id: Path<Id>,
    _query: NoParams,
    body: Body<NewCommentWithdrawal>,
) -> Result<Answer> {
    let Body { value: withdrawal, sha256 } = body;
    let reader = CommentReader::from(&caller);
    once.write(&db, sha256, move |conn| {
        decisions::sql::withdraw(conn, reader, *comment_id, &withdrawal, caller.key)?;
        shown(&sql::shown(conn, &site, Sight::of_author(reader), *comment_id)?)
    })
    .await
}

fn shown(comment: &Comment) -> Result<Answer> {
    Ok(Answer::ok(comment)?.modified(comment.updated_at))
}

fn path(id: Id) -> String {
    crate::api::path(&["v1", "comments", &id.to_string()])
}
