//! Flags: readers point a comment out to the moderators.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{CommentState, sql, writing};
use crate::answer::{Answer, Once};
use crate::auth::{CommentReader, Commenter, Moderator};
use crate::config::Addresses;
use crate::db::types::{Id, Moment, text_column};
use crate::db::{Any, Conn, Db, among};
use crate::error::{Error, Result};
use crate::input::Body;
use crate::input::query::{NoParams, Params};
use crate::page::{Count, CursorText, Cut, Key, Limit, Position, page};
use crate::schema::{comment_flags, comments};
use crate::text::Prose;

// --- Vocabulary

/// Why a reader flags a comment.
///
/// - `offensive`: it offends.
/// - `abusive`: it attacks somebody.
/// - `spam`: it advertises.
/// - `disagree`: the reader does not share its opinion.
/// - `other`: something else, which the note may tell.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum CommentFlagReason {
    /// It offends.
    Offensive,
    /// It attacks somebody.
    Abusive,
    /// It advertises.
    Spam,
    /// The reader does not share its opinion.
    Disagree,
    /// Something else, which the note may tell.
    Other,
}
text_column!(CommentFlagReason {
    Offensive = "offensive",
    Abusive = "abusive",
    Spam = "spam",
    Disagree = "disagree",
    Other = "other",
});

/// How many flags a comment has for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentFlagCount {
    /// The reason.
    pub reason: CommentFlagReason,
    /// How many readers gave it.
    #[schema(minimum = 1, example = 1)]
    pub count: i64,
}

/// A reader's flag on a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentFlag {
    /// The flag's id.
    pub id: Id,
    /// Why the reader flagged it.
    pub reason: CommentFlagReason,
    /// Who flagged it, as the site knows them; null for somebody without an account.
    #[schema(required, example = "reader-42", max_length = 100)]
    pub user_id: Option<String>,
    /// What they added; null when nothing.
    #[schema(required, example = "This is an advertisement.", max_length = 2000)]
    pub note: Option<String>,
    /// When they flagged it.
    pub created_at: Moment,
}

page!(
    /// A page of flags.
    CommentFlagPage of CommentFlag
);

/// A flag to be set for a reader.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCommentFlag {
    /// Why the reader flags it.
    pub reason: CommentFlagReason,
    /// Who flags it, as the site knows them: flags a comment once, 409 the second time.
    #[schema(
        nullable = false,
        example = "reader-42",
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9._:|-]+$"
    )]
    pub user_id: Option<String>,
    /// What they add, for the moderators.
    #[schema(nullable = false, value_type = Option<String>, example = "This is an advertisement.", min_length = 1, max_length = 2000)]
    pub note: Option<Prose>,
}

/// How much of a comment's flags, or of the decisions on it, is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentPartQuery {
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub(super) limit: Limit,
    /// Where to go on: `next_cursor` of the page before.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub(super) cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub(super) count: Count,
}

// --- HTTP

/// Registers the routes of flags.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_comment_flags).service(flag_comment);
}

/// List a comment's flags
///
/// The flags readers have set on a comment, first set first.
#[utoipa::path(tag = "comments", params(("comment_id" = Id, Path, description = "Id of the comment."), CommentPartQuery),
    security(("key" = ["comments:moderate"])), responses((status = 200, description = "A page of flags.", body = CommentFlagPage)))]
#[get("/v1/comments/{comment_id}/flags")]
async fn list_comment_flags(
    request: HttpRequest,
    db: Data<Db>,
    _moderator: Moderator,
    comment_id: Path<Id>,
    Params(query): Params<CommentPartQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| list(conn, *comment_id, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Flag a comment
///
/// Sets a reader's flag on a comment that readers see. It stays visible; moderators find it with `flagged=true`, until one
/// of them decides on it.
#[utoipa::path(tag = "comments", params(("comment_id" = Id, Path, description = "Id of the comment.")),
    request_body = NewCommentFlag, security(("key" = ["comments:write"])),
    responses((status = 201, description = "The new flag; `Location` is the list of the comment's flags.", body = CommentFlag)))]
#[post("/v1/comments/{comment_id}/flags")]
async fn flag_comment(
    db: Data<Db>,
    site: Data<Addresses>,
    Commenter(caller): Commenter,
    once: Once,
    comment_id: Path<Id>,
    _query: NoParams,
    body: Body<NewCommentFlag>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    let path = format!("{}/flags", super::path(*comment_id));
    let reader = CommentReader::from(&caller);
    once.write(&db, sha256, move |conn| {
        let comment = sql::find(conn, &site, reader, *comment_id)?;
        if comment.state != Some(CommentState::Approved) {
            return Err(Error::NotFound("comment"));
        }
        Answer::created(&path, &insert(conn, comment.id, &new)?)
    })
    .await
}

// --- SQL

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comment_flags, check_for_backend(Any))]
struct FlagRow {
    id: Id,
    reason: CommentFlagReason,
    user_id: Option<String>,
    note: Option<String>,
    created_at: Moment,
}

impl From<FlagRow> for CommentFlag {
    fn from(row: FlagRow) -> Self {
        let FlagRow { id, reason, user_id, note, created_at } = row;
        Self { id, reason, user_id, note, created_at }
    }
}

/// The flags of comments, counted by reason.
pub(super) type Flags = HashMap<Id, Vec<CommentFlagCount>>;

pub(super) fn of_comments(conn: &mut Conn, ids: &[Id]) -> Result<Flags> {
    let rows = comment_flags::table
        .filter(among(comment_flags::comment_id, ids))
        .group_by((comment_flags::comment_id, comment_flags::reason))
        .select((comment_flags::comment_id, comment_flags::reason, diesel::dsl::count_star()))
        .order((comment_flags::comment_id, comment_flags::reason))
        .load::<(Id, CommentFlagReason, i64)>(conn)?;
    let mut flags = Flags::new();
    for (id, reason, count) in rows {
        flags.entry(id).or_default().push(CommentFlagCount { reason, count });
    }
    Ok(flags)
}

fn list(conn: &mut Conn, comment: Id, query: &CommentPartQuery) -> Result<CommentFlagPage> {
    let comment = writing::place_of(conn, comment)?.id;
    let CommentPartQuery { limit, cursor, count } = query;
    let identity = format!("flags of {comment}");
    let of = comment_flags::comment_id.eq(comment);
    let mut rows = comment_flags::table.filter(of).select(FlagRow::as_select()).into_boxed();
    if let Some(cursor) = cursor {
        rows = rows.filter(comment_flags::id.gt(cursor.position(&identity)?.id));
    }
    let rows = rows.order(comment_flags::id).limit(limit.rows() + 1).load(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |row: &FlagRow| Position {
        key: Key::Moment(row.created_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(comment_flags::table.filter(of).count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(CommentFlag::from).collect();
    Ok(CommentFlagPage { items, next_cursor: cut.next, total })
}

fn insert(conn: &mut Conn, comment: Id, new: &NewCommentFlag) -> Result<CommentFlag> {
    let NewCommentFlag { reason, user_id, note } = new;
    if let Some(user_id) = user_id {
        let same = comment_flags::table
            .filter(comment_flags::comment_id.eq(comment))
            .filter(comment_flags::user_id.eq(user_id));
        if same.select(comment_flags::id).first::<Id>(conn).optional()?.is_some() {
            let detail = format!("The user `{user_id}` has flagged this comment already.");
            return Err(Error::taken("/user_id", detail));
        }
    }
    let row = FlagRow {
        id: Id::new(),
        reason: *reason,
        user_id: user_id.clone(),
        note: note.as_ref().map(|note| note.as_str().to_owned()),
        created_at: Moment::now(),
    };
    diesel::insert_into(comment_flags::table)
        .values((
            comment_flags::id.eq(row.id),
            comment_flags::comment_id.eq(comment),
            comment_flags::reason.eq(row.reason),
            comment_flags::user_id.eq(row.user_id.as_ref()),
            comment_flags::note.eq(row.note.as_ref()),
            comment_flags::created_at.eq(row.created_at),
        ))
        .execute(conn)?;
    diesel::update(comments::table.find(comment))
        .set(comments::is_flagged.eq(true))
        .execute(conn)?;
    Ok(row.into())
}
