//! Which comments are asked for, and in which order.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::CommentState;
use crate::page::{Count, CursorText, Limit};
use crate::text::Handle;

/// How an article's comments are laid out.
///
/// - `thread`: each comment is followed by its replies, which are always in the order of time.
/// - `flat`: all in the order of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommentView {
    /// Each comment is followed by its replies.
    #[default]
    Thread,
    /// All in the order of time.
    Flat,
}

/// What an article's comments are ordered by.
///
/// - `created_at`: the oldest first.
/// - `-created_at`: the newest first; in threads, the newest thread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum CommentOrder {
    /// The oldest first.
    #[default]
    #[serde(rename = "created_at")]
    Oldest,
    /// The newest first.
    #[serde(rename = "-created_at")]
    Newest,
}

/// Which of an article's comments are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ArticleCommentQuery {
    /// How they are laid out: in threads when absent.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub view: CommentView,
    /// What they are ordered by: the oldest first when absent.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub order: CommentOrder,
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub limit: Limit,
    /// Where to go on: `next_cursor` of the page before, with the same view and order.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
}

/// Which comments of all articles are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CommentQuery {
    /// Only comments in this state.
    #[param(inline = false, nullable = false)]
    pub state: Option<CommentState>,
    /// Only comments on this article (id or slug).
    #[param(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", max_length = 200)]
    pub article: Option<Handle>,
    /// Only comments of this user of the site.
    #[param(nullable = false, example = "reader-17", max_length = 100)]
    pub user_id: Option<String>,
    /// Only comments under this name, whatever its case.
    #[param(nullable = false, example = "Ada", max_length = 100)]
    pub author: Option<String>,
    /// Only comments that readers have flagged (or have not) since the last decision.
    #[param(nullable = false, example = true)]
    pub flagged: Option<bool>,
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub limit: Limit,
    /// Where to go on: `next_cursor` of the page before, with the same filter.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
}
