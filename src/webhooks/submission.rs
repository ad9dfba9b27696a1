//! What is sent to make or to change a webhook.

use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

use super::guard::Guard;
use super::{WebhookAudience, WebhookState};
use crate::api::schemas::nearest;
use crate::changes::kind::ChangeKind;
use crate::error::{Error, ProblemError, Result};
use crate::text::{Handle, Prose, clearable};

/// The things that changes are about, as the document names them.
const THINGS: [&str; 10] = [
    "Article",
    "Quote",
    "Link",
    "Tag",
    "Person",
    "Image",
    "Stream",
    "Comment",
    "CommunityStandards",
    "ShortLink",
];

/// What changes of a thing without being shown on it.
const BESIDE: [&str; 2] = ["aliases", "programmes"];

/// A webhook to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where messages are sent: `https://`, without user and password, on the public internet. Redirects are not followed.
    #[schema(
        format = "uri",
        example = "https://news.example/hooks/onrecord",
        min_length = 1,
        max_length = 2000
    )]
    pub url: String,
    /// What it is for, for people.
    #[schema(nullable = false, value_type = Option<String>, example = "Rebuilds the site.", max_length = 1000)]
    pub description: Option<Prose>,
    /// What it is told of; `public` when absent. It stays: each audience numbers its changes.
    #[schema(nullable = false)]
    pub audience: Option<WebhookAudience>,
    /// Only changes of these kinds; of all when absent or empty.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub kinds: Vec<ChangeKind>,
    /// Only changes of this tag (id or slug) and of what stands under it: its articles, their quotes, links and comments.
    #[schema(nullable = false, value_type = Option<String>, example = "russia", min_length = 1, max_length = 200)]
    pub tag: Option<Handle>,
    /// Of updates only those of these properties, of all when absent or empty; what is no update is told anyway.
    #[serde(default)]
    #[schema(max_items = 100, example = json!(["title", "body"]))]
    pub fields: Vec<String>,
}

/// What is to change about a webhook (RFC 7396): absent stays, null clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookPatch {
    /// Where messages are sent.
    #[schema(
        nullable = false,
        format = "uri",
        example = "https://news.example/hooks/onrecord",
        min_length = 1,
        max_length = 2000
    )]
    pub url: Option<String>,
    /// What it is for; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Rebuilds the site.", max_length = 1000)]
    pub description: Option<Option<Prose>>,
    /// Only changes of these kinds; of all when empty.
    #[schema(nullable = false, max_items = 100)]
    pub kinds: Option<Vec<ChangeKind>>,
    /// Only changes of this tag (id or slug); null for all.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "russia", min_length = 1, max_length = 200)]
    pub tag: Option<Option<Handle>>,
    /// Of updates only those of these properties; all when empty.
    #[schema(nullable = false, max_items = 100, example = json!(["title", "body"]))]
    pub fields: Option<Vec<String>>,
    /// Whether it is sent to.
    #[schema(nullable = false)]
    pub state: Option<WebhookState>,
}

/// From where a webhook is told again.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReplay {
    /// Everything after this change, by the `seq` that its messages have; 0 for all there is.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 0)]
    pub after: i64,
}

/// The same, if its URL and its properties are fit to be.
pub(super) fn checked(new: NewWebhook, guard: &Guard) -> Result<NewWebhook> {
    known(&new.fields)?;
    Ok(NewWebhook { url: url(&new.url, guard)?.into(), ..new })
}

/// The same, if its URL and its properties are fit to be.
pub(super) fn checked_patch(patch: WebhookPatch, guard: &Guard) -> Result<WebhookPatch> {
    known(patch.fields.as_deref().unwrap_or_default())?;
    let url = patch.url.as_deref().map(|text| url(text, guard)).transpose()?;
    Ok(WebhookPatch { url: url.map(Into::into), ..patch })
}

fn url(text: &str, guard: &Guard) -> Result<Url> {
    guard.url(text).map_err(|wrong| Error::field("/url", "invalid", wrong))
}

/// Whether each of these is a property of something that changes: a slip of the pen would wait for ever.
fn known(fields: &[String]) -> Result<()> {
    let schemas = crate::api::openapi()?.pointer("/components/schemas");
    let things = THINGS.iter().filter_map(|thing| schemas?.get(thing)?.get("properties"));
    let names = things.filter_map(serde_json::Value::as_object).flat_map(|it| it.keys());
    let names = names.map(String::as_str).chain(BESIDE).collect::<Vec<_>>();
    let unknown = fields.iter().enumerate().filter(|(_, field)| !names.contains(&field.as_str()));
    let faults = unknown.map(|(at, field)| {
        let meant = nearest(field, names.iter().copied());
        let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        let detail = format!("is no property of anything that changes{meant}");
        ProblemError::at(format!("/fields/{at}"), "unknown", detail)
    });
    let faults = faults.collect::<Vec<_>>();
    if faults.is_empty() { Ok(()) } else { Err(Error::InvalidField(faults)) }
}
