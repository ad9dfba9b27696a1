//! Who answers for a quote: who said it, which editor or program brought it here.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sql::QuoteRow;
use crate::db::types::text_column;
use crate::error::{Error, Result};

/// Whether an editor stands behind a quote.
///
/// - `suggested`: read out of the text by a program; seen only with `drafts:read`.
/// - `confirmed`: on the record: an editor stands behind it.
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
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum QuoteState {
    /// Read out of the text by a program: seen only with `drafts:read`.
    Suggested,
    /// On the record.
    #[default]
    Confirmed,
}
text_column!(QuoteState { Suggested = "suggested", Confirmed = "confirmed" });

/// How a quote came here.
///
/// - `editor`: written on the record by whoever has a key.
/// - `import`: taken in from another system or a page.
/// - `suggestion`: proposed by a program, through the API.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum QuoteOrigin {
    /// Written on the record by whoever has a key.
    Editor,
    /// Taken in from another system or a page.
    Import,
    /// Proposed by a program, through the API.
    Suggestion,
}
text_column!(QuoteOrigin { Editor = "editor", Import = "import", Suggestion = "suggestion" });

/// Who answers for a quote: what its other properties say of that, in one word.
///
/// - `person`: there is a `speaker` or a `speaker_name`.
/// - `organisation`: there is none, but an `affiliation`: the organisation said it.
/// - `unnamed`: nobody is named; `anonymity_reason` says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// There is a `speaker` or a `speaker_name`.
    Person,
    /// There is none, but an `affiliation`: the organisation said it.
    Organisation,
    /// Nobody is named; `anonymity_reason` says why.
    Unnamed,
}

impl QuoteRow {
    /// Who is made to answer for it.
    pub(super) fn speaker_kind(&self) -> SpeakerKind {
        if self.speaker_id.is_some() || self.speaker_name.is_some() {
            SpeakerKind::Person
        } else if self.anonymity_reason.is_none() && self.affiliation.is_some() {
            SpeakerKind::Organisation
        } else {
            SpeakerKind::Unnamed
        }
    }

    /// Whether readers would see it in an article that is published or not.
    pub(super) fn is_shown(&self, published: bool) -> bool {
        published && self.state == QuoteState::Confirmed
    }

    /// What a quote must say of who said it and where it comes from.
    ///
    /// # Errors
    /// 422 with the property that is lacking.
    pub(super) fn check(&self, pointer: &str) -> Result<()> {
        let is_nameless = self.speaker_kind() == SpeakerKind::Unnamed;
        if self.state == QuoteState::Confirmed && is_nameless && self.anonymity_reason.is_none() {
            let detail = "is required where no speaker and no organisation is named: why is the source not named?";
            return Err(Error::field(format!("{pointer}/anonymity_reason"), "required", detail));
        }
        if self.original_text.is_some() && self.original_language.is_none() {
            let detail = "is required beside `original_text`: which language is it?";
            return Err(Error::field(format!("{pointer}/original_language"), "required", detail));
        }
        Ok(())
    }
}
