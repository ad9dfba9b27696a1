//! Decisions: what moderators make of comments, one or many at once, and the history of it.

pub(super) mod sql;

use std::collections::HashSet;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::flags::CommentPartQuery;
use super::sql::{Sight, shown};
use super::writing::place_of;
use super::{Comment, CommentState};
use crate::answer::{Answer, Once};
use crate::auth::Moderator;
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::{Error, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::keys::KeyRef;
use crate::page::page;
use crate::text::Prose;
use sql::{Decision, decide, list, outcome};

// --- Vocabulary

/// Why a comment is rejected, or is spam.
///
/// - `offensive`: it offends.
/// - `abusive`: it attacks somebody.
/// - `spam`: it says nothing to the matter, many times.
/// - `banned_word`: a banned word is in it.
/// - `ad`: it advertises.
/// - `illegal_content`: it breaks a law, which the note may name.
/// - `harassment_bullying`: it pursues somebody.
/// - `misinformation`: it says what is not so.
/// - `hate_speech`: it calls for hatred.
/// - `irrelevant_content`: it is about something else.
/// - `other`: something else, which the note may tell.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum CommentReason {
    /// It offends.
    Offensive,
    /// It attacks somebody.
    Abusive,
    /// It says nothing to the matter, many times.
    Spam,
    /// A banned word is in it.
    BannedWord,
    /// It advertises.
    Ad,
    /// It breaks a law, which the note may name.
    IllegalContent,
    /// It pursues somebody.
    HarassmentBullying,
    /// It says what is not so.
    Misinformation,
    /// It calls for hatred.
    HateSpeech,
    /// It is about something else.
    IrrelevantContent,
    /// Something else, which the note may tell.
    Other,
}
text_column!(CommentReason {
    Offensive = "offensive",
    Abusive = "abusive",
    Spam = "spam",
    BannedWord = "banned_word",
    Ad = "ad",
    IllegalContent = "illegal_content",
    HarassmentBullying = "harassment_bullying",
    Misinformation = "misinformation",
    HateSpeech = "hate_speech",
    IrrelevantContent = "irrelevant_content",
    Other = "other",
});

/// What a moderator can make of a comment.
///
/// - `approved`: readers see it.
/// - `rejected`: it breaks the community standards; needs a reason.
/// - `spam`: it advertises, or was made by a machine.
/// - `pending`: back to the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommentVerdict {
    /// Readers see it.
    Approved,
    /// It breaks the community standards.
    Rejected,
    /// It advertises, or was made by a machine.
    Spam,
    /// Back to the queue.
    Pending,
}

impl From<CommentVerdict> for CommentState {
    fn from(verdict: CommentVerdict) -> Self {
        match verdict {
            CommentVerdict::Approved => Self::Approved,
            CommentVerdict::Rejected => Self::Rejected,
            CommentVerdict::Spam => Self::Spam,
            CommentVerdict::Pending => Self::Pending,
        }
    }
}

/// A decision that was made on a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentDecision {
    /// The decision's id.
    pub id: Id,
    /// What the comment became.
    pub state: CommentState,
    /// Why; null when nobody said.
    #[schema(required)]
    pub reason: Option<CommentReason>,
    /// What the moderator noted; null when nothing.
    #[schema(required, example = "Called another reader names.", max_length = 2000)]
    pub note: Option<String>,
    /// The version of the community standards that was cited; null when none was.
    #[schema(required, minimum = 1, example = 1)]
    pub standards_version: Option<i32>,
    /// The key that decided, or took the comment back for its author; null when the screening decided.
    #[schema(required)]
    pub decided_by: Option<KeyRef>,
    /// When it was decided.
    pub decided_at: Moment,
}

page!(
    /// A page of decisions.
    CommentDecisionPage of CommentDecision
);

/// A decision to be made on a comment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "state": "rejected", "reason": "abusive", "note": "Called another reader names." }))]
pub struct NewCommentDecision {
    /// What becomes of the comment.
    pub state: CommentVerdict,
    /// Why: required for `rejected`, possible for `spam`.
    #[schema(nullable = false)]
    pub reason: Option<CommentReason>,
    /// A note for other moderators; readers never see it.
    #[schema(nullable = false, value_type = Option<String>, example = "Called another reader names.", min_length = 1, max_length = 2000)]
    pub note: Option<Prose>,
    /// The version of the community standards that is cited for `rejected` or `spam`, one that is or was in effect; the
    /// current one when absent for `rejected`.
    #[schema(nullable = false, minimum = 1, maximum = 1_000_000, example = 1)]
    pub standards_version: Option<i32>,
    /// The state the comment is believed to be in; `pending` when absent. 409 when it is in another.
    #[schema(nullable = false)]
    pub from: Option<CommentState>,
}

/// One decision to be made on many comments.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "comments": ["01890a5d-ac96-774b-bcce-b302099a8057"], "state": "approved" }))]
pub struct NewCommentDecisions {
    /// The comments, each once.
    #[schema(value_type = Vec<Id>, min_items = 1, max_items = 100, example = json!(["01890a5d-ac96-774b-bcce-b302099a8057"]))]
    pub comments: Vec<Id>,
    /// What becomes of the comments.
    pub state: CommentVerdict,
    /// Why: required for `rejected`, possible for `spam`.
    #[schema(nullable = false)]
    pub reason: Option<CommentReason>,
    /// A note for other moderators; readers never see it.
    #[schema(nullable = false, value_type = Option<String>, example = "Called another reader names.", min_length = 1, max_length = 2000)]
    pub note: Option<Prose>,
    /// The version of the community standards that is cited for `rejected` or `spam`, one that is or was in effect; the
    /// current one when absent for `rejected`.
    #[schema(nullable = false, minimum = 1, maximum = 1_000_000, example = 1)]
    pub standards_version: Option<i32>,
    /// The state the comments are believed to be in; `pending` when absent.
    #[schema(nullable = false)]
    pub from: Option<CommentState>,
}

/// What came of a decision for one of many comments.
///
/// - `decided`: it was decided.
/// - `conflict`: it was in another state, and stays in it.
/// - `not_found`: there is no such comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommentDecisionOutcome {
    /// It was decided.
    Decided,
    /// It was in another state, and stays in it.
    Conflict,
    /// There is no such comment.
    NotFound,
}

/// What came of a decision for one comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentDecisionResult {
    /// The comment.
    pub comment_id: Id,
    /// What came of it.
    pub outcome: CommentDecisionOutcome,
    /// The state the comment is in now; null when there is none.
    #[schema(required)]
    pub state: Option<CommentState>,
    /// Why it was not decided; null when it was.
    #[schema(required, example = json!(null), max_length = 2000)]
    pub detail: Option<String>,
}

/// What came of a decision for each of many comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentDecisionResults {
    /// One for each comment, in the order in which they were sent.
    #[schema(max_items = 100)]
    pub items: Vec<CommentDecisionResult>,
}

// --- HTTP

/// Registers the routes of decisions.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(decide_comment).service(decide_comments).service(list_comment_decisions);
}

/// Decide on a comment
///
/// Approves, rejects, marks as spam, or puts back into the queue. The decision is for a comment in the state `from`: when
/// it has been decided otherwise meanwhile, 409 `comment-decided` says how, by whom and when. A withdrawn comment stays so.
#[utoipa::path(tag = "comments", params(("comment_id" = Id, Path, description = "Id of the comment.")),
    request_body = NewCommentDecision, security(("key" = ["comments:moderate"])),
    responses((status = 200, description = "The comment as it is now.", body = Comment)))]
#[post("/v1/comments/{comment_id}/decision")]
async fn decide_comment(
    db: Data<Db>,
    site: Data<Addresses>,
    Moderator(caller): Moderator,
    once: Once,
    comment_id: Path<Id>,
    _query: NoParams,
    body: Body<NewCommentDecision>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| {
        let place = place_of(conn, *comment_id)?;
        let (now, from) = (Moment::now(), new.from.unwrap_or(CommentState::Pending));
        let decision = Decision::of(conn, &new, now)?;
        decide(conn, &place, from, &decision, caller.key, now)?;
        let comment = shown(conn, &site, Sight::Moderator, place.id)?;
        Ok(Answer::ok(&comment)?.modified(comment.updated_at))
    })
    .await
}

/// Decide on many comments
///
/// Makes the same decision on up to 100 comments in one transaction. Those that are not there, or not in the state `from`,
/// stay as they are and are named with the reason; the others are decided.
#[utoipa::path(tag = "comments", request_body = NewCommentDecisions, security(("key" = ["comments:moderate"])),
    responses((status = 200, description = "What came of it for each comment.", body = CommentDecisionResults)))]
#[post("/v1/comment-decisions")]
async fn decide_comments(
    db: Data<Db>,
    Moderator(caller): Moderator,
    once: Once,
    _query: NoParams,
    body: Body<NewCommentDecisions>,
) -> Result<Answer> {
    let Body { value: all, sha256 } = body;
    let NewCommentDecisions { comments, state, reason, note, standards_version, from } = all;
    let mut seen = HashSet::new();
    if let Some(at) = comments.iter().position(|id| !seen.insert(*id)) {
        let detail = "is there twice; a comment is decided once";
        return Err(Error::field(format!("/comments/{at}"), "repeated", detail));
    }
    let new = NewCommentDecision { state, reason, note, standards_version, from };
    once.write(&db, sha256, move |conn| {
        let (now, from) = (Moment::now(), from.unwrap_or(CommentState::Pending));
        let decision = Decision::of(conn, &new, now)?;
        let mut items = Vec::new();
        for id in &comments {
            items.push(outcome(conn, *id, from, &decision, caller.key, now)?);
        }
        Answer::ok(&CommentDecisionResults { items })
    })
    .await
}

/// List the decisions on a comment
///
/// The history of a comment: every decision on it, first made first, those of the screening and a withdrawal too.
#[utoipa::path(tag = "comments", params(("comment_id" = Id, Path, description = "Id of the comment."), CommentPartQuery),
    security(("key" = ["comments:moderate"])), responses((status = 200, description = "A page of decisions.", body = CommentDecisionPage)))]
#[get("/v1/comments/{comment_id}/decisions")]
async fn list_comment_decisions(
    request: HttpRequest,
    db: Data<Db>,
    _moderator: Moderator,
    comment_id: Path<Id>,
    Params(query): Params<CommentPartQuery>,
) -> Result<Answer> {
    let page = db.read_primary(move |conn| list(conn, *comment_id, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}
