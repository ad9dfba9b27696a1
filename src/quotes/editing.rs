//! Edits of an article's text cannot change what somebody said: what becomes of its quotes, and what must be said first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::anchor::{Body, Found, Search};
use super::following::{After, Edit, Fate};
use super::replacing::There;
use super::{Home, NewQuote, QuoteState};
use crate::db::types::Id;
use crate::error::{Error, ProblemError, ProblemQuote, Result};
use crate::text::{Prose, cut};

/// How many code points a quote may have.
const TEXT_MAX: usize = 20_000;
/// How many code points of words a problem shows.
const SHOWN_MAX: usize = 2_000;
/// How many quotes a problem names.
const NAMED_MAX: usize = 100;

// --- Vocabulary

/// What becomes of a quote whose words a new body changes.
///
/// - `amend`: its text follows the body; needs a `reason`.
/// - `detach`: it stays as it is, `orphaned`: its words stand in the article no more.
/// - `remove`: it goes; its history stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuoteEditAction {
    /// Its text follows the body.
    Amend,
    /// It stays as it is, without a place in the article.
    Detach,
    /// It goes.
    Remove,
}

/// What is meant to become of a quote whose words a new body changes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "quote": "01890a5d-ac96-774b-bcce-b302099a8057",
    "action": "amend",
    "reason": "The recording has it so."
}))]
pub struct QuoteEdit {
    /// The quote.
    pub quote: Id,
    /// What becomes of it.
    pub action: QuoteEditAction,
    /// Why, for its history; required for `amend`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "The recording has it so.", min_length = 1, max_length = 2000)]
    pub reason: Option<Prose>,
    /// The words it is amended to, as they stand in the new body; what stands in its place when absent. For `amend` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Secondly, we see a clear trend", min_length = 1, max_length = 20_000)]
    pub text: Option<Prose>,
}

// --- What becomes of quotes

/// What a write does to the text that quotes stand in, and what it says of that.
pub(crate) struct Rewriting<'a> {
    /// The text as it was.
    pub(crate) old_text: &'a str,
    /// What is said of quotes that are changed with it.
    pub(crate) changes: &'a [QuoteEdit],
}

/// Faults of what was said, and quotes that nothing was said of.
#[derive(Default)]
struct Objections {
    faults: Vec<ProblemError>,
    quotes: Vec<ProblemError>,
}

impl Rewriting<'_> {
    /// Whether nothing about the text changes, and nothing is said.
    pub(super) fn is_idle(&self, home: &Home<'_>) -> bool {
        self.changes.is_empty() && self.old_text == home.body.text()
    }

    /// Finds out where every quote stands after the write.
    ///
    /// # Errors
    /// 409 when the words of a confirmed quote change and nothing is said of that; 422 when something is said that
    /// cannot be meant.
    pub(super) fn settle(
        &self,
        home: &Home<'_>,
        there: &mut [There],
        new: Option<&[NewQuote]>,
    ) -> Result<()> {
        let mut objections = Objections::default();
        let mut said = self.said(there, &mut objections);
        if self.old_text != home.body.text() {
            let old = Body::new(self.old_text);
            let edit = Edit::between(&old, &home.body);
            for there in &mut *there {
                let stood = there.row.anchor.anchor_start.zip(there.row.anchor.anchor_end);
                match stood.and_then(|(start, end)| points(start).zip(points(end))) {
                    None => there.row.anchor = home.anchor_again(&there.row)?,
                    Some((start, end)) => match edit.follow(start, end) {
                        Fate::Stands(found) => there.row.anchor = home.anchored(&found)?,
                        Fate::Touched(after) => {
                            let change = said.remove(&there.row.id);
                            // To send quotes without one whose words go is to remove it.
                            if change.is_none() && after.is_none() && there.is_left_out(new) {
                                continue;
                            }
                            touched(home, there, after.as_ref(), change, &mut objections)?;
                        }
                    },
                }
            }
        }
        for (index, _) in said.into_values() {
            let detail = "is not needed: the new body leaves the words of this quote as they are";
            objections.fault(index, "quote", "not-needed", detail);
        }
        objections.none()
    }

    /// What is said of each quote, and the place where it is said.
    fn said(
        &self,
        there: &[There],
        objections: &mut Objections,
    ) -> BTreeMap<Id, (usize, &QuoteEdit)> {
        let mut said = BTreeMap::new();
        for (index, change) in self.changes.iter().enumerate() {
            if there.iter().all(|there| there.row.id != change.quote) {
                objections.fault(index, "quote", "not-found", "is no quote of this article");
            } else if said.insert(change.quote, (index, change)).is_some() {
                objections.fault(index, "quote", "repeated", "is named twice");
            }
            let amends = change.action == QuoteEditAction::Amend;
            if amends && change.reason.is_none() {
                let detail = "is required: why are the words of this quote others now?";
                objections.fault(index, "reason", "required", detail);
            }
            if !amends && change.text.is_some() {
                objections.fault(index, "text", "not-allowed", "is for `amend` only");
            }
        }
        said
    }
}

impl Objections {
    fn fault(&mut self, index: usize, property: &str, code: &str, detail: &str) {
        let pointer = format!("/quote_changes/{index}/{property}");
        self.faults.push(ProblemError::at(pointer, code, detail));
    }

    fn none(self) -> Result<()> {
        if !self.faults.is_empty() {
            return Err(Error::InvalidField(self.faults));
        }
        if self.quotes.is_empty() { Ok(()) } else { Err(Error::QuoteAltered(self.quotes)) }
    }
}

/// Does with a quote whose words have changed what is said, or may be done without a word.
fn touched(
    home: &Home<'_>,
    there: &mut There,
    after: Option<&After>,
    change: Option<(usize, &QuoteEdit)>,
    objections: &mut Objections,
) -> Result<()> {
    let Some((index, change)) = change else {
        if there.row.state == QuoteState::Confirmed {
            if objections.quotes.len() < NAMED_MAX {
                objections.quotes.push(objection(there, after));
            }
        } else {
            there.row.anchor = home.touched(&there.row, after)?;
        }
        return Ok(());
    };
    there.reason = change.reason.as_ref().map(|reason| reason.as_str().to_owned());
    match change.action {
        QuoteEditAction::Remove => there.said = Some(change.action),
        QuoteEditAction::Detach => {
            there.said = Some(change.action);
            there.row.anchor = home.detached(&there.row)?;
        }
        QuoteEditAction::Amend => match amended(home, after, change.text.as_ref()) {
            Ok((words, found)) => {
                there.said = Some(change.action);
                there.row.anchor = home.anchored(&found)?;
                there.row.text = words;
            }
            Err((property, code, detail)) => objections.fault(index, property, code, detail),
        },
    }
    Ok(())
}

/// A fault of an amendment: where, its code, and a sentence.
type Fault = (&'static str, &'static str, &'static str);

/// The words that a quote is amended to, and where they stand.
fn amended(
    home: &Home<'_>,
    after: Option<&After>,
    text: Option<&Prose>,
) -> std::result::Result<(String, Found), Fault> {
    let (words, found) = match (text, after) {
        (None, None) => {
            return Err((
                "action",
                "gone",
                "cannot be done by itself: what stands in its place cannot be told. Send the words as `text`, \
                 or `detach` or `remove` it",
            ));
        }
        (None, Some(after)) => (after.words.clone(), after.found.clone()),
        (Some(text), after) => {
            let found = match home.body.find(text.as_str(), None, None) {
                Search::One(found) => found,
                Search::None => {
                    return Err(("text", "not-found", "does not stand in the new body"));
                }
                Search::Several(places) => {
                    let there = after.map(|after| &after.found);
                    let there = there.filter(|at| places.contains(&(at.start, at.end)));
                    let detail =
                        "stands at several places in the new body, none of them the quote's";
                    there.cloned().ok_or(("text", "ambiguous", detail))?
                }
            };
            let points = home.body.text().chars().skip(found.start);
            (points.take(found.end - found.start).collect(), found)
        }
    };
    if words.chars().count() > TEXT_MAX {
        return Err(("action", "too-long", "would make the quote longer than 20,000 characters"));
    }
    Ok((words, found))
}

fn points(place: i32) -> Option<usize> {
    usize::try_from(place).ok()
}

/// Names a confirmed quote whose words would change.
fn objection(there: &There, after: Option<&After>) -> ProblemError {
    let after = after.map(|after| after.words.as_str());
    let (code, detail) = match after {
        Some(_) => ("altered", "would be changed"),
        None => ("gone", "would be gone"),
    };
    let quote = ProblemQuote {
        id: there.row.id,
        before: cut(&there.row.text, SHOWN_MAX),
        after: after.map(|words| cut(words, SHOWN_MAX)),
        start: there.row.anchor.anchor_start,
        end: there.row.anchor.anchor_end,
    };
    ProblemError { quote: Some(Box::new(quote)), ..ProblemError::at("/body", code, detail) }
}
