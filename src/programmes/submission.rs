//! Programmes as they are sent: a part of a schedule, and what is to change about one of them.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{PROGRAMME_MAX_MS, Window};
use crate::db::types::Moment;
use crate::error::{Error, Result};
use crate::text::{Line, Name, Prose, clearable};

/// A programme as it is sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "News at Six",
    "starts_at": "2020-09-21T18:00:00Z",
    "ends_at": "2020-09-21T18:30:00Z"
}))]
pub struct NewProgramme {
    /// What it is called: one line.
    #[schema(value_type = String, example = "News at Six", min_length = 1, max_length = 300)]
    pub title: Line,
    /// A few sentences about it.
    #[schema(nullable = false, value_type = Option<String>, example = "The day in thirty minutes.", max_length = 5000)]
    pub description: Option<Prose>,
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends: after `starts_at`, at most 7 days.
    pub ends_at: Moment,
    /// The article it goes with: its id or slug.
    #[schema(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", min_length = 1, max_length = 200)]
    pub article: Option<Name>,
}

/// A part of a schedule that takes the place of what was there.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "from": "2020-09-21T00:00:00Z",
    "to": "2020-09-22T00:00:00Z",
    "programmes": [
        {"title": "News at Six", "starts_at": "2020-09-21T18:00:00Z", "ends_at": "2020-09-21T18:30:00Z"},
        {"title": "Night Music", "starts_at": "2020-09-21T23:00:00Z", "ends_at": "2020-09-22T05:00:00Z"}
    ]
}))]
pub struct NewSchedule {
    /// Where the part begins.
    pub from: Moment,
    /// Where the part ends: at most 31 days after `from`.
    pub to: Moment,
    /// What begins in it, in any order; the last may go on after `to`.
    #[schema(max_items = 1000)]
    pub programmes: Vec<NewProgramme>,
}

/// What is to change about a programme (RFC 7396): absent stays, null clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "News at Six, extended", "description": null }))]
pub struct ProgrammePatch {
    /// What it is called: one line.
    #[schema(nullable = false, value_type = Option<String>, example = "News at Six", min_length = 1, max_length = 300)]
    pub title: Option<Line>,
    /// A few sentences about it; null removes them.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "The day in thirty minutes.", max_length = 5000)]
    pub description: Option<Option<Prose>>,
    /// When it begins.
    #[schema(nullable = false)]
    pub starts_at: Option<Moment>,
    /// When it ends: after `starts_at`, at most 7 days.
    #[schema(nullable = false)]
    pub ends_at: Option<Moment>,
    /// The article it goes with: its id or slug; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "russia-and-china-are-eager", min_length = 1, max_length = 200)]
    pub article: Option<Option<Name>>,
}

/// Refuses a programme that ends before it begins, or lasts too long.
pub(super) fn lasting(start: Moment, end: Moment, at: &str) -> Result<()> {
    let wrong = if end <= start {
        "must be after `starts_at`"
    } else if end > start.plus_millis(PROGRAMME_MAX_MS) {
        "must be at most 7 days after `starts_at`"
    } else {
        return Ok(());
    };
    Err(Error::field(format!("{at}/ends_at"), "out-of-range", wrong))
}

/// The window of a part of a schedule, all of whose programmes begin in it and come one after the other.
pub(super) fn checked(new: &NewSchedule) -> Result<Window> {
    let window =
        Window::of(new.from, new.to).map_err(|wrong| Error::field("/to", "out-of-range", wrong))?;
    let mut in_order = new.programmes.iter().enumerate().collect::<Vec<_>>();
    in_order.sort_by_key(|(_, programme)| programme.starts_at);
    let mut before = None::<(usize, Moment)>;
    for (index, NewProgramme { starts_at, ends_at, .. }) in in_order {
        let at = format!("/programmes/{index}");
        lasting(*starts_at, *ends_at, &at)?;
        let pointer = format!("{at}/starts_at");
        if !(window.from..window.to).contains(starts_at) {
            let detail = "must not be before `from`, and must be before `to`";
            return Err(Error::field(pointer, "out-of-range", detail));
        }
        if let Some((other, end)) = before.filter(|(_, end)| end > starts_at) {
            let detail = format!("is before /programmes/{other} ends, at {end}");
            return Err(Error::field(pointer, "overlap", detail));
        }
        before = Some((index, *ends_at));
    }
    Ok(window)
}
