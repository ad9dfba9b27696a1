//! Whether an article takes comments: what the site says, what the article says, and how many there are.

use std::collections::HashMap;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::types::{Id, text_column};
use crate::db::{Conn, among};
use crate::error::Result;
use crate::schema::article_discussions;
use crate::text::clearable;

/// Whether an article takes comments.
///
/// - `open`: comments are shown, and new ones are taken.
/// - `closed`: comments are shown, and no new ones are taken.
/// - `off`: comments are neither shown nor taken; those that are there are kept.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    AsExpression,
    FromSqlRow,
    clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum CommentsPolicy {
    /// Comments are shown, and new ones are taken.
    #[default]
    Open,
    /// Comments are shown, and no new ones are taken.
    Closed,
    /// Comments are neither shown nor taken.
    Off,
}
text_column!(CommentsPolicy { Open = "open", Closed = "closed", Off = "off" });

/// When readers see a comment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Moderation {
    /// Once a moderator has approved it.
    #[default]
    Pre,
    /// At once, unless the screening left a mark on it.
    Post,
}

/// What holds for comments where an article says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CommentSettings {
    /// Whether articles take comments.
    pub policy: CommentsPolicy,
    /// When readers see them.
    pub moderation: Moderation,
}

/// The discussion of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleComments {
    /// Whether it takes comments.
    pub policy: CommentsPolicy,
    /// Whether that is the site's policy, because the article has none of its own.
    #[schema(example = true)]
    pub is_default: bool,
    /// How many comments readers see: the approved ones; 0 where the policy is `off`.
    #[schema(minimum = 0, example = 3)]
    pub count: i32,
}

impl ArticleComments {
    /// The article's own policy, if it has one.
    pub(crate) fn own(self) -> Option<CommentsPolicy> {
        (!self.is_default).then_some(self.policy)
    }
}

/// What an article says about its discussion.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArticleComments {
    /// Whether it takes comments; as the site does when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub policy: Option<CommentsPolicy>,
}

/// What is to change about an article's discussion: absent stays, null clears.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleCommentsPatch {
    /// Whether it takes comments; null lets it follow the site again.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<CommentsPolicy>)]
    pub policy: Option<Option<CommentsPolicy>>,
}

// --- SQL

fn shown(site: CommentSettings, own: Option<CommentsPolicy>, count: i32) -> ArticleComments {
    let policy = own.unwrap_or(site.policy);
    let count = if policy == CommentsPolicy::Off { 0 } else { count };
    ArticleComments { policy, is_default: own.is_none(), count }
}

/// The discussions of these articles, one for each.
pub(crate) fn of_articles(
    conn: &mut Conn,
    site: CommentSettings,
    ids: &[Id],
) -> Result<HashMap<Id, ArticleComments>> {
    let rows = article_discussions::table
        .filter(among(article_discussions::article_id, ids))
        .load::<(Id, Option<CommentsPolicy>, i32)>(conn)?;
    let none = ids.iter().map(|id| (*id, shown(site, None, 0)));
    let rows = rows.into_iter().map(|(id, own, count)| (id, shown(site, own, count)));
    Ok(none.chain(rows).collect())
}

/// The discussion of one article.
pub(crate) fn of_article(
    conn: &mut Conn,
    site: CommentSettings,
    id: Id,
) -> Result<ArticleComments> {
    let all = of_articles(conn, site, &[id])?;
    Ok(all.get(&id).copied().unwrap_or_else(|| shown(site, None, 0)))
}

/// Gives an article a policy of its own, or lets it follow the site.
pub(crate) fn set(conn: &mut Conn, article: Id, policy: Option<CommentsPolicy>) -> Result<()> {
    use article_discussions::{article_id, comment_count, policy as column, table};
    let changed = diesel::update(table.find(article)).set(column.eq(policy)).execute(conn)?;
    if changed == 0 && policy.is_some() {
        diesel::insert_into(table)
            .values((article_id.eq(article), column.eq(policy), comment_count.eq(0)))
            .execute(conn)?;
    }
    Ok(())
}

/// Counts approved comments of an article more, or less.
pub(super) fn count(conn: &mut Conn, article: Id, more: i32) -> Result<()> {
    use article_discussions::{article_id, comment_count, table};
    let changed = diesel::update(table.find(article))
        .set(comment_count.eq(comment_count + more))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(table)
            .values((article_id.eq(article), comment_count.eq(more)))
            .execute(conn)?;
    }
    Ok(())
}
