//! Comments in the database: their rows, and how they are read.

use std::collections::HashMap;

use diesel::prelude::*;

use super::flags::{self, Flags};
use super::policy::{self, CommentsPolicy};
use super::query::{ArticleCommentQuery, CommentOrder, CommentQuery, CommentView};
use super::{
    Comment, CommentAuthor, CommentMark, CommentModeration, CommentPage, CommentReason,
    CommentState,
};
use crate::articles::ArticleRef;
use crate::articles::aliases::meant;
use crate::articles::sql::is_published;
use crate::auth::{CommentReader, View};
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::keys::KeyRef;
use crate::page::{Count, Cut, Key, Position};
use crate::schema::{article_discussions, articles, comment_decisions, comments, keys};
use crate::text::{Handle, folded};

/// How much of a comment somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// What is approved; of others in a thread, that they were removed.
    Reader,
    /// What its author wrote, and its state.
    Author,
    /// Everything.
    Moderator,
}

impl Sight {
    /// What somebody sees who writes for a comment's author.
    pub(super) fn of_author(reader: CommentReader) -> Self {
        if reader.moderates { Self::Moderator } else { Self::Author }
    }

    fn of_reader(reader: CommentReader) -> Self {
        if reader.moderates { Self::Moderator } else { Self::Reader }
    }
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comments, check_for_backend(Any))]
struct CommentRow {
    id: Id,
    parent_id: Option<Id>,
    path: String,
    newest_path: String,
    depth: i32,
    state: CommentState,
    is_flagged: bool,
    reply_count: i32,
    marks: String,
    user_id: Option<String>,
    author_name: Option<String>,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
    body: Option<String>,
    body_html: Option<String>,
}

/// What is said of the last decision: reason, note, version of the standards, time.
type Decided = (Option<CommentReason>, Option<String>, Option<i32>, Moment);
/// A comment with what is shown of its article, of the decision on it and of the key that decided.
type Joined =
    (CommentRow, (Id, String, String, Option<Moment>), Option<Decided>, Option<(Id, String)>);

/// Comments joined with what is shown beside them, ready to be filtered.
macro_rules! joined {
    () => {
        comments::table
            .inner_join(articles::table)
            .left_join(
                comment_decisions::table
                    .on(comments::decision_id.eq(comment_decisions::id.nullable())),
            )
            .left_join(keys::table.on(comment_decisions::key_id.eq(keys::id.nullable())))
            .select((
                CommentRow::as_select(),
                (articles::id, articles::slug, articles::title, articles::published_at),
                (
                    comment_decisions::reason,
                    comment_decisions::note,
                    comment_decisions::standards_version,
                    comment_decisions::decided_at,
                )
                    .nullable(),
                (keys::id, keys::name).nullable(),
            ))
    };
}

/// The comments as somebody sees them; the flags are asked for once, if they are shown.
fn seen(
    conn: &mut Conn,
    site: &Addresses,
    sight: Sight,
    rows: Vec<Joined>,
) -> Result<Vec<Comment>> {
    let mut flags = match sight {
        Sight::Moderator => {
            let ids = rows.iter().map(|(row, ..)| row.id).collect::<Vec<_>>();
            flags::of_comments(conn, &ids)?
        }
        Sight::Reader | Sight::Author => Flags::default(),
    };
    let seen = rows.into_iter().map(|row| {
        let flags = flags.remove(&row.0.id).unwrap_or_default();
        comment(site, sight, row, flags)
    });
    seen.collect()
}

fn comment(
    site: &Addresses,
    sight: Sight,
    (row, article, decided, key): Joined,
    flags: Vec<super::CommentFlagCount>,
) -> Result<Comment> {
    let (id, slug, title, published_at) = article;
    let article = ArticleRef { id, url: site.article(id, &slug), slug, title, published_at };
    let moderation = match sight {
        Sight::Reader | Sight::Author => None,
        Sight::Moderator => {
            let (reason, note, standards_version, at) = match decided {
                Some((reason, note, version, at)) => (reason, note, version, Some(at)),
                None => (None, None, None, None),
            };
            Some(CommentModeration {
                reason,
                note,
                standards_version,
                decided_by: key.map(|(id, name)| KeyRef { id, name }),
                decided_at: at,
                marks: serde_json::from_str::<Vec<CommentMark>>(&row.marks)
                    .map_err(Error::internal)?,
                is_flagged: row.is_flagged,
                flag_count: flags.iter().map(|flag| flag.count).sum(),
                flags,
            })
        }
    };
    let kept = matches!(row.state, CommentState::Pending | CommentState::Approved);
    let hidden = sight == Sight::Reader && row.state != CommentState::Approved;
    let user_id = row.user_id;
    let author = row.author_name.map(|name| CommentAuthor { name, user_id });
    Ok(Comment {
        id: row.id,
        article,
        parent_id: row.parent_id,
        depth: row.depth,
        author: author.filter(|_| !hidden),
        body: row.body.filter(|_| !hidden),
        body_html: row.body_html.filter(|_| !hidden),
        state: (!hidden).then_some(row.state),
        is_removed: hidden || !kept,
        reply_count: row.reply_count,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
        moderation,
    })
}

/// The comments of an article as they stand on its page.
pub(super) fn list_of(
    conn: &mut Conn,
    site: &Addresses,
    reader: CommentReader,
    article: &Handle,
    query: &ArticleCommentQuery,
) -> Result<(Id, CommentPage)> {
    let article = crate::articles::sql::id_of(conn, reader.view, article)?;
    let ArticleCommentQuery { view, order, limit, cursor, count } = query;
    let discussion = policy::of_article(conn, site.comments, article)?;
    let identity = format!("comments of {article} {view:?} {order:?}");
    let from = cursor.as_ref().map(|cursor| cursor.position(&identity)).transpose()?;
    let is_off = discussion.policy == CommentsPolicy::Off;
    let mut rows = joined!()
        .filter(comments::article_id.eq(article))
        .filter(comments::is_shown.eq(!is_off))
        .into_boxed();
    if is_off {
        // Nothing is both: as many statements as ever, and no rows.
        rows = rows.filter(comments::state.eq(CommentState::Approved));
    }
    rows = match (view, order) {
        (CommentView::Thread, CommentOrder::Oldest) => {
            if let Some(from) = from {
                rows = rows.filter(comments::path.gt(from.text()?.0));
            }
            rows.order(comments::path.asc())
        }
        (CommentView::Thread, CommentOrder::Newest) => {
            if let Some(from) = from {
                rows = rows.filter(comments::newest_path.gt(from.text()?.0));
            }
            rows.order(comments::newest_path.asc())
        }
        (CommentView::Flat, CommentOrder::Oldest) => {
            if let Some(from) = from {
                rows = rows.filter(comments::id.gt(from.id));
            }
            rows.order(comments::id.asc())
        }
        (CommentView::Flat, CommentOrder::Newest) => {
            if let Some(from) = from {
                rows = rows.filter(comments::id.lt(from.id));
            }
            rows.order(comments::id.desc())
        }
    };
    let rows = rows.limit(limit.rows() + 1).load::<Joined>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, ..)| Position {
        key: match (view, order) {
            (CommentView::Thread, CommentOrder::Oldest) => Key::Text(row.path.clone()),
            (CommentView::Thread, CommentOrder::Newest) => Key::Text(row.newest_path.clone()),
            (CommentView::Flat, _) => Key::Moment(row.created_at),
        },
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(i64::from(discussion.count)),
    };
    let items = seen(conn, site, Sight::of_reader(reader), cut.rows)?;
    Ok((article, CommentPage { items, next_cursor: cut.next, total }))
}

/// The moderators' queue.
pub(super) fn list(conn: &mut Conn, site: &Addresses, query: &CommentQuery) -> Result<CommentPage> {
    let CommentQuery { state, article, user_id, author, flagged, limit, cursor, count } = query;
    let author = author.as_deref().map(folded);
    let identity = format!("comments {state:?} {article:?} {user_id:?} {author:?} {flagged:?}");
    // An article that is not there has no comments.
    let article = match article {
        None => None,
        Some(handle) => Some(meant(conn, View::Drafts, handle)?.unwrap_or_default()),
    };
    macro_rules! filtered {
        ($rows:expr) => {{
            let mut rows = $rows.into_boxed();
            if let Some(state) = state {
                rows = rows.filter(comments::state.eq(*state));
            }
            if let Some(article) = article {
                rows = rows.filter(comments::article_id.eq(article));
            }
            if let Some(user_id) = user_id {
                rows = rows.filter(comments::user_id.eq(user_id.clone()));
            }
            if let Some(author) = &author {
                rows = rows.filter(comments::author_key.eq(author.clone()));
            }
            if let Some(flagged) = flagged {
                rows = rows.filter(comments::is_flagged.eq(*flagged));
            }
            rows
        }};
    }
    let mut rows = filtered!(joined!());
    if let Some(cursor) = cursor {
        rows = rows.filter(comments::id.gt(cursor.position(&identity)?.id));
    }
    let rows = rows.order(comments::id.asc()).limit(limit.rows() + 1).load::<Joined>(conn)?;
    let cut = Cut::new(rows, *limit, &identity, |(row, ..)| Position {
        key: Key::Moment(row.created_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => {
            let rows = comments::table.inner_join(articles::table);
            Some(filtered!(rows.select(diesel::dsl::count_star())).get_result(conn)?)
        }
    };
    let items = seen(conn, site, Sight::Moderator, cut.rows)?;
    Ok(CommentPage { items, next_cursor: cut.next, total })
}

/// A comment as this reader may see it, if at all.
pub(super) fn find(
    conn: &mut Conn,
    site: &Addresses,
    reader: CommentReader,
    id: Id,
) -> Result<Comment> {
    if !reader.moderates {
        let mut rows = comments::table
            .inner_join(articles::table)
            .left_join(
                article_discussions::table
                    .on(comments::article_id.eq(article_discussions::article_id)),
            )
            .filter(comments::id.eq(id))
            .filter(comments::is_shown.eq(true))
            .select(article_discussions::policy.nullable())
            .into_boxed();
        if reader.view == View::Public {
            rows = rows.filter(is_published());
        }
        let policy = rows.first::<Option<CommentsPolicy>>(conn).optional()?;
        let policy = policy.map(|own| own.unwrap_or(site.comments.policy));
        if !matches!(policy, Some(CommentsPolicy::Open | CommentsPolicy::Closed)) {
            return Err(Error::NotFound("comment"));
        }
    }
    shown(conn, site, Sight::of_reader(reader), id)
}

/// Those of these comments that this reader may see.
pub(crate) fn of_ids(
    conn: &mut Conn,
    site: &Addresses,
    reader: CommentReader,
    ids: &[Id],
) -> Result<HashMap<Id, Comment>> {
    let mut rows = joined!().filter(among(comments::id, ids)).into_boxed();
    if !reader.moderates {
        rows = rows.filter(comments::is_shown.eq(true));
        if reader.view == View::Public {
            rows = rows.filter(is_published());
        }
    }
    let mut rows = rows.load::<Joined>(conn)?;
    if !reader.moderates {
        let articles = rows.iter().map(|(_, (article, ..), ..)| *article).collect::<Vec<_>>();
        let discussions = policy::of_articles(conn, site.comments, &articles)?;
        rows.retain(|(_, (article, ..), ..)| {
            discussions.get(article).is_some_and(|it| it.policy != CommentsPolicy::Off)
        });
    }
    let comments = seen(conn, site, Sight::of_reader(reader), rows)?;
    Ok(comments.into_iter().map(|comment| (comment.id, comment)).collect())
}

/// A comment, whoever may see it.
pub(super) fn shown(conn: &mut Conn, site: &Addresses, sight: Sight, id: Id) -> Result<Comment> {
    let row = joined!().filter(comments::id.eq(id)).first::<Joined>(conn).optional()?;
    let row = row.ok_or(Error::NotFound("comment"))?;
    seen(conn, site, sight, vec![row])?.pop().ok_or(Error::NotFound("comment"))
}
