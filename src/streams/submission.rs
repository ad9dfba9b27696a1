//! Streams as they are sent: whole ones, and what is to change.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Stream, StreamKind, StreamSource, StreamStatus};
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::slug::Slug;
use crate::text::{Language, Name, Prose, WebUrl, clearable};

/// One form in which a stream can be played, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStreamSource {
    /// Where a player finds it: an `http(s)` URL.
    #[schema(value_type = String, format = "uri", example = "https://live.example.com/news.aac", max_length = 2000)]
    pub url: WebUrl,
    /// Its media type: `audio/…`, `video/…` or `application/…` (`application/vnd.apple.mpegurl`), perhaps
    /// with codecs: `audio/mp4; codecs="mp4a.40.2"`.
    #[serde(rename = "type")]
    #[schema(
        example = "audio/aac",
        pattern = "^(audio|video|application)/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,99}(; ?codecs=\"[A-Za-z0-9., _-]{1,100}\")?$",
        max_length = 250
    )]
    pub type_: String,
    /// How many bits a second it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 1_000_000_000, example = 96_000)]
    pub bit_rate: Option<i32>,
}

/// A stream to be made, or what a stream is to become.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "News Radio",
    "slug": "news-radio",
    "description": "News around the clock.",
    "language": "en",
    "kind": "audio",
    "status": "live",
    "sources": [{"url": "https://live.example.com/news.aac", "type": "audio/aac", "bit_rate": 96_000}]
}))]
pub struct NewStream {
    /// The stream's name as readers see it: one line.
    #[schema(value_type = String, example = "News Radio", min_length = 1, max_length = 200)]
    pub name: Name,
    /// The stream's name in URLs; made from `name` when absent, 409 when another stream has it.
    #[schema(nullable = false, value_type = Option<String>, example = "news-radio", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// A few sentences about it.
    #[schema(nullable = false, value_type = Option<String>, example = "News around the clock.", max_length = 5000)]
    pub description: Option<Prose>,
    /// The language spoken (BCP 47).
    #[schema(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// What it carries; `audio` when absent.
    #[schema(nullable = false)]
    pub kind: Option<StreamKind>,
    /// Whether it can be heard or seen now; `pending` when absent. What is `live` has a source; only what
    /// was `live` has `ended`.
    #[schema(nullable = false)]
    pub status: Option<StreamStatus>,
    /// The forms it can be played in, the best first.
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewStreamSource>>, nullable = false, max_items = 20)]
    pub sources: Vec<NewStreamSource>,
    /// When it begins.
    #[schema(nullable = false)]
    pub starts_at: Option<Moment>,
    /// When it ends: after `starts_at`.
    #[schema(nullable = false)]
    pub ends_at: Option<Moment>,
    /// The cover: the id of an image, which has an alternative text and its picture.
    #[schema(nullable = false)]
    pub image: Option<Id>,
}

/// What is to change about a stream (RFC 7396): absent stays, null clears, arrays replace.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "status": "live", "ends_at": null }))]
pub struct StreamPatch {
    /// The stream's name as readers see it: one line.
    #[schema(nullable = false, value_type = Option<String>, example = "News Radio", min_length = 1, max_length = 200)]
    pub name: Option<Name>,
    /// The stream's name in URLs; 409 when another stream has it.
    #[schema(nullable = false, value_type = Option<String>, example = "news-radio", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// A few sentences about it; null removes them.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "News around the clock.", max_length = 5000)]
    pub description: Option<Option<Prose>>,
    /// The language spoken (BCP 47); null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Option<Language>>,
    /// What it carries.
    #[schema(nullable = false)]
    pub kind: Option<StreamKind>,
    /// Whether it can be heard or seen now. What is `live` has a source; only what was `live` has `ended`.
    #[schema(nullable = false)]
    pub status: Option<StreamStatus>,
    /// The forms it can be played in, all of them, the best first.
    #[schema(nullable = false, max_items = 20)]
    pub sources: Option<Vec<NewStreamSource>>,
    /// When it begins; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Moment>)]
    pub starts_at: Option<Option<Moment>>,
    /// When it ends: after `starts_at`; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Moment>)]
    pub ends_at: Option<Option<Moment>>,
    /// The cover: the id of an image, which has an alternative text and its picture; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Id>)]
    pub image: Option<Option<Id>>,
}

/// The patch laid over the stream, as the stream would be sent whole.
pub(super) fn patched(before: &Stream, patch: &StreamPatch) -> Result<NewStream> {
    let StreamPatch { name, slug, description, language, kind, status, .. } = patch.clone();
    let StreamPatch { sources, starts_at, ends_at, image, .. } = patch.clone();
    let there = resendable(before).map_err(Error::internal)?;
    Ok(NewStream {
        name: name.unwrap_or(there.name),
        slug: slug.or(there.slug),
        description: description.unwrap_or(there.description),
        language: language.unwrap_or(there.language),
        kind: kind.or(there.kind),
        status: status.or(there.status),
        sources: sources.unwrap_or(there.sources),
        starts_at: starts_at.unwrap_or(there.starts_at),
        ends_at: ends_at.unwrap_or(there.ends_at),
        image: image.unwrap_or(there.image),
    })
}

/// The stream as it would be sent again; what is there was read by the same rules.
fn resendable(stream: &Stream) -> Result<NewStream, String> {
    let sources = stream.sources.iter().map(|StreamSource { url, type_, bit_rate }| {
        let url = WebUrl::parse(url)?;
        Ok(NewStreamSource { url, type_: type_.clone(), bit_rate: *bit_rate })
    });
    Ok(NewStream {
        name: Name::parse(&stream.name)?,
        slug: Some(Slug::parse(&stream.slug).map_err(|error| error.to_string())?),
        description: stream.description.as_deref().map(Prose::parse).transpose()?,
        language: stream.language.as_deref().map(Language::parse).transpose()?,
        kind: Some(stream.kind),
        status: Some(stream.status),
        sources: sources.collect::<Result<_, String>>()?,
        starts_at: stream.starts_at,
        ends_at: stream.ends_at,
        image: stream.image.as_ref().map(|image| image.id),
    })
}
