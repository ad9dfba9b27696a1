//! Quotes as they are sent: new ones, and what is to change.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{QuoteKind, QuoteState};
use crate::db::types::Moment;
use crate::text::{Language, Line, Name, Prose, clearable};

/// A quote to be entered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "text": "Secondly, we see a clear trend",
    "kind": "partial",
    "speaker_name": "Zhang Xin",
    "role": "researcher",
    "affiliation": "East China University",
    "cue": "said",
    "context": "interview with CCTV"
}))]
pub struct NewQuote {
    /// The words, as they stand in the article; white space and typographic marks may differ.
    #[schema(value_type = String, example = "Secondly, we see a clear trend", min_length = 1, max_length = 20_000)]
    pub text: Prose,
    /// Whether it is a whole statement; `full` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub kind: Option<QuoteKind>,
    /// Who said it: id or slug of a person who is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "zhang-xin", min_length = 1, max_length = 200)]
    pub speaker: Option<Name>,
    /// The speaker's name; without `speaker` it finds the person of that name or makes one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Zhang Xin", min_length = 1, max_length = 200)]
    pub speaker_name: Option<Name>,
    /// The speaker's role when it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "researcher", min_length = 1, max_length = 300)]
    pub role: Option<Line>,
    /// The organisation the speaker stood for when it was said; without a speaker and `anonymity_reason`, the one that
    /// said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "East China University", min_length = 1, max_length = 300)]
    pub affiliation: Option<Line>,
    /// The verb that introduces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "said", min_length = 1, max_length = 100)]
    pub cue: Option<Line>,
    /// On what occasion it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "interview with CCTV", min_length = 1, max_length = 500)]
    pub context: Option<Line>,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub said_at: Option<Moment>,
    /// The language of `text` (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// The words before they were translated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "Zweitens sehen wir einen klaren Trend", min_length = 1, max_length = 20_000)]
    pub original_text: Option<Prose>,
    /// The language of `original_text` (BCP 47), required beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "de", max_length = 64)]
    pub original_language: Option<Language>,
    /// Why the speaker is not named: required for a confirmed quote without `speaker`, `speaker_name` and
    /// `affiliation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "not authorised to speak to the press", min_length = 1, max_length = 500)]
    pub anonymity_reason: Option<Line>,
    /// Whether an editor stands behind it; when absent a new one is `confirmed`, and one that is there
    /// stays what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub state: Option<QuoteState>,
    /// Its place among the article's quotes, from 0; the end when absent. Not inside an article.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 0)]
    pub position: Option<i32>,
}

/// What is to change about a quote (RFC 7396): absent stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "role": "senior researcher", "context": null, "state": "confirmed" }))]
pub struct QuotePatch {
    /// The words; they are looked for in the article again.
    #[schema(nullable = false, value_type = Option<String>, example = "Secondly, we see a clear trend", min_length = 1, max_length = 20_000)]
    pub text: Option<Prose>,
    /// Whether it is a whole statement.
    #[schema(nullable = false)]
    pub kind: Option<QuoteKind>,
    /// Who said it: id or slug of a person who is there; null unlinks the person.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "zhang-xin", min_length = 1, max_length = 200)]
    pub speaker: Option<Option<Name>>,
    /// The speaker's name; without `speaker` it finds the person of that name or makes one.
    /// Null removes name and person.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Zhang Xin", min_length = 1, max_length = 200)]
    pub speaker_name: Option<Option<Name>>,
    /// The speaker's role when it was said; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "researcher", min_length = 1, max_length = 300)]
    pub role: Option<Option<Line>>,
    /// The organisation the speaker stood for; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "East China University", min_length = 1, max_length = 300)]
    pub affiliation: Option<Option<Line>>,
    /// The verb that introduces it; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "said", min_length = 1, max_length = 100)]
    pub cue: Option<Option<Line>>,
    /// On what occasion it was said; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "interview with CCTV", min_length = 1, max_length = 500)]
    pub context: Option<Option<Line>>,
    /// When it was said; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Moment>)]
    pub said_at: Option<Option<Moment>>,
    /// The language of `text` (BCP 47); null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Option<Language>>,
    /// The words before they were translated; null removes them.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "Zweitens sehen wir einen klaren Trend", min_length = 1, max_length = 20_000)]
    pub original_text: Option<Option<Prose>>,
    /// The language of `original_text` (BCP 47); null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "de", max_length = 64)]
    pub original_language: Option<Option<Language>>,
    /// Why the speaker is not named; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "not authorised to speak to the press", min_length = 1, max_length = 500)]
    pub anonymity_reason: Option<Option<Line>>,
    /// Whether an editor stands behind it.
    #[schema(nullable = false)]
    pub state: Option<QuoteState>,
    /// Why this is changed, for the quote's history.
    #[schema(nullable = false, value_type = Option<String>, example = "The minister's office sent the recording.", min_length = 1, max_length = 2000)]
    pub reason: Option<Prose>,
    /// Its place among the article's quotes, from 0: moves it there.
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 0)]
    pub position: Option<i32>,
}
