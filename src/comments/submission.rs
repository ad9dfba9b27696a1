//! Comments as they are sent, and taken back.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::db::types::Id;
use crate::text::{Prose, ReaderName};

/// Who writes a comment. No e-mail address belongs here, and there is no place for one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCommentAuthor {
    /// The name readers see: one line, and no e-mail or IP address.
    #[schema(value_type = String, example = "Ada", min_length = 1, max_length = 100)]
    pub name: ReaderName,
    /// Who they are to the site, if they have an account there: letters, digits and `. _ : | -`. It is shown with the
    /// comment, so it should say nothing about them.
    #[schema(
        nullable = false,
        example = "reader-17",
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9._:|-]+$"
    )]
    pub user_id: Option<String>,
}

/// A comment to be posted for a reader.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "author": { "name": "Ada", "user_id": "reader-17" },
    "body": "Does *gas* flow both ways?"
}))]
pub struct NewComment {
    /// Who writes it.
    pub author: NewCommentAuthor,
    /// What they write, in Markdown: paragraphs, emphasis, links, lists, quotations and code. HTML is shown as typed.
    #[schema(value_type = String, example = "Does *gas* flow both ways?", min_length = 1, max_length = 10_000)]
    pub body: Prose,
    /// The comment it replies to: an approved one of the same article, at most 7 replies deep.
    #[schema(nullable = false)]
    pub parent_id: Option<Id>,
}

/// That an author takes a comment back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct NewCommentWithdrawal {
    /// Who asks for it, as the site knows them; 422 when the comment is somebody else's.
    #[schema(
        nullable = false,
        example = "reader-17",
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9._:|-]+$"
    )]
    pub user_id: Option<String>,
}
