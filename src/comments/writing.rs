//! How comments are written: taken in, moved from state to state, and removed; and how the counts follow.

use diesel::prelude::*;

use super::decisions::sql::{self, Decision};
use super::policy::{self, CommentsPolicy, Moderation};
use super::screening::{CommentMark, CommentMarkCode, Draft};
use super::{CommentReason, CommentState, DEPTH_MAX};
use crate::articles::Status;
use crate::articles::aliases::absent;
use crate::articles::sql::{is_published, of_handle};
use crate::auth::{CommentReader, View};
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::schema::{articles, comment_decisions, comment_flags, comments, idempotent_answers};
use crate::text::Handle;

/// How many flags one statement looks for.
const AT_ONCE: usize = 1000;

/// Where a comment stands, and what has become of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comments, check_for_backend(Any))]
pub(super) struct Place {
    pub(super) id: Id,
    article_id: Id,
    parent_id: Option<Id>,
    path: String,
    depth: i32,
    pub(super) state: CommentState,
    pub(super) decision_id: Option<Id>,
    pub(super) user_id: Option<String>,
    version: i64,
}

/// Where the comment of this id stands.
pub(super) fn place_of(conn: &mut Conn, id: Id) -> Result<Place> {
    let found = comments::table.find(id).select(Place::as_select()).first(conn).optional()?;
    found.ok_or(Error::NotFound("comment"))
}

/// Where the comment of this id stands, if this reader may know of its article.
pub(super) fn place_for(conn: &mut Conn, reader: CommentReader, id: Id) -> Result<Place> {
    let mut rows = comments::table
        .inner_join(articles::table)
        .filter(comments::id.eq(id))
        .select(Place::as_select())
        .into_boxed();
    if !reader.moderates && reader.view == View::Public {
        rows = rows.filter(is_published());
    }
    rows.first(conn).optional()?.ok_or(Error::NotFound("comment"))
}

/// Takes a comment in, screened.
pub(super) fn insert(
    conn: &mut Conn,
    site: &Addresses,
    view: View,
    article: &Handle,
    draft: &Draft,
) -> Result<Id> {
    let article = open_article(conn, site, view, article)?;
    let parent = match draft.new.parent_id {
        None => None,
        Some(id) => Some(parent_of(conn, article, id)?),
    };
    let (id, now) = (Id::new(), Moment::now());
    let marks = draft.marks(conn, now)?;
    let above = parent.as_ref().map_or("", |parent| parent.path.as_str());
    let path = format!("{above}{}", id.simple());
    let place = Place {
        id,
        article_id: article,
        parent_id: parent.as_ref().map(|parent| parent.id),
        depth: parent.as_ref().map_or(0, |parent| parent.depth + 1),
        state: CommentState::Pending,
        decision_id: None,
        user_id: draft.new.author.user_id.clone(),
        version: 0,
        path,
    };
    write(conn, &place, draft, &marks, now)?;
    if let Some((state, reason)) = judged(site.comments.moderation, &marks) {
        let decision = Decision { state, reason, note: None, standards_version: None };
        sql::record(conn, &place, &decision, None, now)?;
    }
    Ok(id)
}

fn write(
    conn: &mut Conn,
    place: &Place,
    draft: &Draft,
    marks: &[CommentMark],
    now: Moment,
) -> Result<()> {
    let author = &draft.new.author;
    diesel::insert_into(comments::table)
        .values((
            (
                comments::id.eq(place.id),
                comments::article_id.eq(place.article_id),
                comments::parent_id.eq(place.parent_id),
                comments::path.eq(&place.path),
                comments::newest_path.eq(newest_path(&place.path)),
                comments::depth.eq(place.depth),
                comments::state.eq(place.state),
                comments::is_shown.eq(false),
                comments::is_flagged.eq(false),
                comments::reply_count.eq(0),
                comments::approved_below.eq(0),
            ),
            (
                comments::marks.eq(serde_json::to_string(marks).map_err(Error::internal)?),
                comments::user_id.eq(place.user_id.as_ref()),
                comments::author_name.eq(author.name.as_str()),
                comments::author_key.eq(&draft.author_key),
                comments::text_sha256.eq(&draft.text_sha256),
                comments::created_at.eq(now),
                comments::updated_at.eq(now),
                comments::version.eq(1_i64),
                comments::body.eq(draft.new.body.as_str()),
                comments::body_html.eq(&draft.rendered.html),
            ),
        ))
        .execute(conn)?;
    Ok(())
}

/// The article, if it takes comments.
fn open_article(conn: &mut Conn, site: &Addresses, view: View, article: &Handle) -> Result<Id> {
    let row = of_handle(article).select((articles::id, articles::status));
    let id = match row.first::<(Id, Status)>(conn).optional()? {
        Some((id, Status::Published)) => id,
        Some(_) if view == View::Drafts => {
            return Err(Error::CommentsClosed("The article is not published."));
        }
        _ => return Err(absent(conn, view, article)),
    };
    match policy::of_article(conn, site.comments, id)?.policy {
        CommentsPolicy::Open => Ok(id),
        CommentsPolicy::Closed => {
            Err(Error::CommentsClosed("The discussion of this article is closed."))
        }
        CommentsPolicy::Off => Err(Error::CommentsClosed("This article has no discussion.")),
    }
}

/// The comment that is replied to, if it is there to be replied to.
fn parent_of(conn: &mut Conn, article: Id, id: Id) -> Result<Place> {
    let found = comments::table.find(id).select(Place::as_select()).first(conn).optional()?;
    let stands =
        |parent: &Place| parent.article_id == article && parent.state == CommentState::Approved;
    let Some(parent) = found.filter(stands) else {
        let detail = "is no approved comment of this article; reply to one that readers see";
        return Err(Error::field("/parent_id", "not-found", detail));
    };
    if parent.depth >= DEPTH_MAX {
        let detail = format!(
            "stands {DEPTH_MAX} replies deep, and a thread goes no deeper; reply to its parent instead"
        );
        return Err(Error::field("/parent_id", "too-deep", detail));
    }
    Ok(parent)
}

/// What the screening decides by itself; nothing when a moderator has to.
fn judged(
    moderation: Moderation,
    marks: &[CommentMark],
) -> Option<(CommentState, Option<CommentReason>)> {
    if marks.iter().any(|mark| mark.code == CommentMarkCode::BannedWord) {
        return Some((CommentState::Rejected, Some(CommentReason::BannedWord)));
    }
    match moderation {
        Moderation::Post if marks.is_empty() => Some((CommentState::Approved, None)),
        Moderation::Post | Moderation::Pre => None,
    }
}

/// Moves a comment to a state, and all that counts it: parent, thread, article.
pub(super) fn settle(
    conn: &mut Conn,
    place: &Place,
    state: CommentState,
    decision: Option<Id>,
    now: Moment,
) -> Result<()> {
    diesel::update(comments::table.find(place.id))
        .set((
            comments::state.eq(state),
            comments::decision_id.eq(decision),
            comments::is_flagged.eq(false),
            comments::updated_at.eq(now),
            comments::version.eq(place.version + 1),
        ))
        .execute(conn)?;
    let was = i32::from(place.state == CommentState::Approved);
    let more = i32::from(state == CommentState::Approved) - was;
    if more == 0 {
        return Ok(());
    }
    let line = ids_of(&place.path).collect::<Vec<_>>();
    let above = line.iter().copied().filter(|id| *id != place.id).collect::<Vec<_>>();
    diesel::update(comments::table.filter(among(comments::id, &above)))
        .set(comments::approved_below.eq(comments::approved_below + more))
        .execute(conn)?;
    if let Some(parent) = place.parent_id {
        diesel::update(comments::table.find(parent))
            .set(comments::reply_count.eq(comments::reply_count + more))
            .execute(conn)?;
    }
    let stands = comments::state.eq(CommentState::Approved).or(comments::approved_below.gt(0));
    diesel::update(comments::table.filter(among(comments::id, &line)))
        .set(comments::is_shown.eq(stands))
        .execute(conn)?;
    policy::count(conn, place.article_id, more)
}

/// A path under which the newest thread sorts first, and its replies in their order.
fn newest_path(path: &str) -> String {
    let turned = |c: char| c.to_digit(16).and_then(|digit| char::from_digit(15 - digit, 16));
    let digits = path.chars().enumerate();
    digits.map(|(at, c)| if at < 32 { turned(c).unwrap_or(c) } else { c }).collect()
}

/// The ids a path is made of, the root's first.
fn ids_of(path: &str) -> impl Iterator<Item = Id> {
    let places = (0..path.len()).step_by(32);
    places.filter_map(|at| Id::from_simple(path.get(at..at + 32)?))
}

/// Removes a comment for good; one that was replied to keeps its place, empty.
pub(super) fn remove(conn: &mut Conn, id: Id) -> Result<()> {
    let (place, now) = (place_of(conn, id)?, Moment::now());
    let path = super::path(id);
    crate::answer::forget(conn, id, &[format!("{path}/flags"), path])?;
    let replies = comments::table.filter(comments::parent_id.eq(id)).select(comments::id);
    let has_replies = replies.first::<Id>(conn).optional()?.is_some();
    settle(conn, &place, CommentState::Withdrawn, None, now)?;
    diesel::delete(comment_decisions::table.filter(comment_decisions::comment_id.eq(id)))
        .execute(conn)?;
    diesel::delete(comment_flags::table.filter(comment_flags::comment_id.eq(id))).execute(conn)?;
    if !has_replies {
        diesel::delete(comments::table.find(id)).execute(conn)?;
        return Ok(());
    }
    diesel::update(comments::table.find(id))
        .set((
            comments::marks.eq("[]"),
            comments::user_id.eq(None::<String>),
            comments::author_name.eq(None::<String>),
            comments::author_key.eq(None::<String>),
            comments::text_sha256.eq(None::<Vec<u8>>),
            comments::body.eq(None::<String>),
            comments::body_html.eq(None::<String>),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets what is kept for second requests of what readers wrote about an article, for it goes with it.
pub(crate) fn forget_discussion(conn: &mut Conn, article: Id) -> Result<()> {
    use idempotent_answers::{body, location, table};
    let any_id = "_".repeat(36);
    let shows = format!("{{\"id\":\"{any_id}\",\"article\":{{\"id\":\"{article}\"%");
    diesel::delete(table.filter(body.like(shows))).execute(conn)?;
    // The answer to a flag names its comment in its address alone.
    let flags = location.assume_not_null();
    let places = table.filter(location.like("/v1/comments/%/flags")).select(flags);
    let places = places.load::<String>(conn)?;
    for some in places.chunks(AT_ONCE) {
        let ids = some.iter().filter_map(|place| place.split('/').nth(3)?.parse().ok());
        let of_article = comments::table
            .filter(comments::article_id.eq(article))
            .filter(among(comments::id, &ids.collect::<Vec<Id>>()))
            .select(comments::id);
        let ids = of_article.load::<Id>(conn)?;
        let gone = ids.iter().map(|id| format!("{}/flags", super::path(*id))).collect::<Vec<_>>();
        diesel::delete(table.filter(among(flags, &gone))).execute(conn)?;
    }
    Ok(())
}
