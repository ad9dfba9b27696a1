//! The article a quote is written into, and what its text says of where the quote stands.

use std::cell::OnceCell;

use super::AnchorStatus;
use super::anchor::{Body, Found, Search};
use super::following::{After, found_again};
use super::proposals::Nearby;
use super::selectors::directive;
use super::sql::{AnchorRow, QuoteRow};
use crate::db::types::Id;
use crate::error::{Error, Result};

/// The article a quote is written into: what its words are looked for in.
pub(crate) struct Home<'a> {
    pub(super) id: Id,
    pub(super) version: i64,
    pub(super) published: bool,
    pub(super) body: Body<'a>,
    nearby: OnceCell<Nearby>,
}

impl<'a> Home<'a> {
    pub(crate) fn new(id: Id, version: i64, published: bool, body_text: &'a str) -> Self {
        let body = Body::new(body_text);
        Self { id, version, published, body, nearby: OnceCell::new() }
    }

    /// Where words stand that are new here.
    pub(super) fn anchor(&self, text: &str) -> Result<AnchorRow> {
        match self.body.find(text, None, None) {
            Search::One(found) => self.anchored(&found),
            Search::Several(_) => self.astray(AnchorStatus::Ambiguous, text, None),
            Search::None => self.astray(AnchorStatus::Orphaned, text, None),
        }
    }

    /// Where the words of a quote stand that had no place, after the text was changed. One that has had a place takes
    /// no other that does not look like it.
    pub(super) fn anchor_again(&self, row: &QuoteRow) -> Result<AnchorRow> {
        let AnchorRow { anchor_status, anchor_prefix, anchor_suffix, .. } = &row.anchor;
        let (Some(prefix), Some(suffix)) = (anchor_prefix, anchor_suffix) else {
            return self.anchor(&row.text);
        };
        match found_again(&self.body, &row.text, prefix, suffix) {
            Some(found) => self.anchored(&found),
            None => self.astray(*anchor_status, &row.text, Some(&row.anchor)),
        }
    }

    /// A quote whose words were changed where they stood, or are gone.
    pub(super) fn touched(&self, row: &QuoteRow, after: Option<&After>) -> Result<AnchorRow> {
        let status = after.map_or(AnchorStatus::Orphaned, |_| AnchorStatus::Altered);
        self.astray(status, &row.text, Some(&row.anchor))
    }

    /// A quote that is to stand nowhere.
    pub(super) fn detached(&self, row: &QuoteRow) -> Result<AnchorRow> {
        self.astray(AnchorStatus::Orphaned, &row.text, Some(&row.anchor))
    }

    pub(super) fn anchored(&self, found: &Found) -> Result<AnchorRow> {
        let point = |point: usize| i32::try_from(point).map_err(Error::internal);
        Ok(AnchorRow {
            anchor_status: AnchorStatus::Anchored,
            anchor_start: Some(point(found.start)?),
            anchor_end: Some(point(found.end)?),
            anchor_prefix: Some(found.prefix.clone()),
            anchor_suffix: Some(found.suffix.clone()),
            anchor_sha256: Some(found.sha256.clone()),
            anchor_article_version: self.version,
            anchor_directive: Some(directive(&self.body, found)),
            anchor_proposals: None,
        })
    }

    /// Words that do not stand at one place; what is known of the last place they had is kept.
    fn astray(
        &self,
        anchor_status: AnchorStatus,
        text: &str,
        last: Option<&AnchorRow>,
    ) -> Result<AnchorRow> {
        let nearby = self.nearby.get_or_init(|| Nearby::new(&self.body));
        let proposals = Some(nearby.of(&self.body, text)).filter(|proposals| !proposals.is_empty());
        let proposals = proposals.map(|proposals| serde_json::to_string(&proposals)).transpose();
        Ok(AnchorRow {
            anchor_status,
            anchor_start: None,
            anchor_end: None,
            anchor_prefix: last.and_then(|last| last.anchor_prefix.clone()),
            anchor_suffix: last.and_then(|last| last.anchor_suffix.clone()),
            anchor_sha256: last.and_then(|last| last.anchor_sha256.clone()),
            anchor_article_version: self.version,
            anchor_directive: None,
            anchor_proposals: proposals.map_err(Error::internal)?,
        })
    }
}
