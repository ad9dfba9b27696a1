//! An article read aloud: what is shown of it, what is sent, and its row.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::types::Id;
use crate::db::{Any, Conn};
use crate::error::{Error, Result};
use crate::schema::article_audio;
use crate::text::{Language, Prose, WebUrl, clearable};

// --- Vocabulary

/// An article read aloud, or the recording it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Audio {
    /// Where a player finds it.
    #[schema(
        format = "uri",
        example = "https://media.example.com/russia-and-china.mp3",
        max_length = 2000
    )]
    pub url: String,
    /// Its media type, perhaps with codecs, as a player's `canPlayType` takes it.
    #[serde(rename = "type")]
    #[schema(example = "audio/mpeg", max_length = 250)]
    pub type_: String,
    /// How many seconds it lasts; null when unknown.
    #[schema(required, minimum = 1, maximum = 604_800, example = 312)]
    pub duration_seconds: Option<i32>,
    /// The language spoken (BCP 47); null when it is the article's.
    #[schema(required, example = "en", max_length = 64)]
    pub language: Option<String>,
    /// What is said, as plain text; null when it is the article's body, or nobody wrote it down.
    #[schema(
        required,
        example = "Good evening. Russia and China are eager.",
        max_length = 1_048_576
    )]
    pub transcript: Option<String>,
}

/// An article read aloud, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAudio {
    /// Where a player finds it: an `http(s)` URL.
    #[schema(value_type = String, format = "uri", example = "https://media.example.com/russia-and-china.mp3", max_length = 2000)]
    pub url: WebUrl,
    /// Its media type, perhaps with codecs: `audio/mpeg`, `audio/mp4; codecs="mp4a.40.2"`.
    #[serde(rename = "type")]
    #[schema(
        example = "audio/mpeg",
        pattern = "^(audio|application)/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,99}(; ?codecs=\"[A-Za-z0-9., _-]{1,100}\")?$",
        max_length = 250
    )]
    pub type_: String,
    /// How many seconds it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 604_800, example = 312)]
    pub duration_seconds: Option<i32>,
    /// The language spoken (BCP 47), where it is not the article's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// What is said, as plain text, where it is not the article's body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Good evening. Russia and China are eager.", max_length = 1_048_576)]
    pub transcript: Option<Prose>,
}

/// What is to change about an article read aloud: absent stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AudioPatch {
    /// Where a player finds it: an `http(s)` URL; needed where there is no audio yet.
    #[schema(nullable = false, value_type = Option<String>, format = "uri", example = "https://media.example.com/russia-and-china.mp3", max_length = 2000)]
    pub url: Option<WebUrl>,
    /// Its media type, perhaps with codecs; needed where there is no audio yet.
    #[serde(rename = "type")]
    #[schema(
        nullable = false,
        example = "audio/mpeg",
        pattern = "^(audio|application)/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,99}(; ?codecs=\"[A-Za-z0-9., _-]{1,100}\")?$",
        max_length = 250
    )]
    pub type_: Option<String>,
    /// How many seconds it lasts; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(minimum = 1, maximum = 604_800, example = 312)]
    pub duration_seconds: Option<Option<i32>>,
    /// The language spoken (BCP 47); null means the article's.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Option<Language>>,
    /// What is said, as plain text; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Good evening. Russia and China are eager.", max_length = 1_048_576)]
    pub transcript: Option<Option<Prose>>,
}

impl From<NewAudio> for AudioPatch {
    /// All of it: nothing of what was there stays.
    fn from(new: NewAudio) -> Self {
        let NewAudio { url, type_, duration_seconds, language, transcript } = new;
        Self {
            url: Some(url),
            type_: Some(type_),
            duration_seconds: Some(duration_seconds),
            language: Some(language),
            transcript: Some(transcript),
        }
    }
}

/// The patch laid over the audio that is there, as it would be sent whole.
pub(super) fn patched(
    before: Option<&Audio>,
    patch: Option<&Option<AudioPatch>>,
) -> Result<Option<NewAudio>> {
    let there = before.map(resendable).transpose().map_err(Error::internal)?;
    let Some(patch) = patch else { return Ok(there) };
    let Some(AudioPatch { url, type_, duration_seconds, language, transcript }) = patch.clone()
    else {
        return Ok(None);
    };
    let required = |name: &str| {
        let detail = "is required: the article has no audio yet";
        Error::field(format!("/audio/{name}"), "required", detail)
    };
    let old = there.as_ref();
    Ok(Some(NewAudio {
        url: url.or_else(|| Some(old?.url.clone())).ok_or_else(|| required("url"))?,
        type_: type_.or_else(|| Some(old?.type_.clone())).ok_or_else(|| required("type"))?,
        duration_seconds: duration_seconds.unwrap_or_else(|| old?.duration_seconds),
        language: language.unwrap_or_else(|| old?.language.clone()),
        transcript: transcript.unwrap_or_else(|| old?.transcript.clone()),
    }))
}

/// The audio as it would be sent again; what is there was read by the same rules.
fn resendable(audio: &Audio) -> Result<NewAudio, String> {
    let Audio { url, type_, duration_seconds, language, transcript } = audio;
    Ok(NewAudio {
        url: WebUrl::parse(url)?,
        type_: type_.clone(),
        duration_seconds: *duration_seconds,
        language: language.as_deref().map(Language::parse).transpose()?,
        transcript: transcript.as_deref().map(Prose::parse).transpose()?,
    })
}

// --- SQL

/// What stands beside an article's row when it has audio: read in the same statement.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = article_audio, check_for_backend(Any))]
pub(super) struct AudioRow {
    url: String,
    media_type: String,
    duration_seconds: Option<i32>,
    language: Option<String>,
    transcript: Option<String>,
}

impl From<AudioRow> for Audio {
    fn from(row: AudioRow) -> Self {
        let AudioRow { url, media_type, duration_seconds, language, transcript } = row;
        Self { url, type_: media_type, duration_seconds, language, transcript }
    }
}

/// Gives an article this audio, or none.
pub(super) fn write(conn: &mut Conn, article: Id, audio: Option<&NewAudio>) -> Result<()> {
    diesel::delete(article_audio::table.find(article)).execute(conn)?;
    let Some(NewAudio { url, type_, duration_seconds, language, transcript }) = audio else {
        return Ok(());
    };
    diesel::insert_into(article_audio::table)
        .values((
            article_audio::article_id.eq(article),
            article_audio::url.eq(url.as_str()),
            article_audio::media_type.eq(type_),
            article_audio::duration_seconds.eq(duration_seconds),
            article_audio::language.eq(language.as_ref().map(Language::as_str)),
            article_audio::transcript.eq(transcript.as_ref().map(Prose::as_str)),
        ))
        .execute(conn)?;
    Ok(())
}
