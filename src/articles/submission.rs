//! Articles as they are sent: whole ones, and what is to change.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audio::{self, AudioPatch, NewAudio};
use super::body::BodyFormat;
use super::{Article, Source, Status};
use crate::comments::policy::{ArticleCommentsPatch, NewArticleComments};
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::links::NewLink;
use crate::quotes::{NewQuote, QuoteEdit};
use crate::slug::Slug;
use crate::text::{Language, Line, Name, Prose, WebUrl, clearable};

/// Where an article's content comes from, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSource {
    /// Who reported it first.
    #[schema(value_type = String, example = "CCTV", min_length = 1, max_length = 200)]
    pub name: Line,
    /// Where it was taken from: an `http(s)` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, format = "uri", example = "https://english.cctv.com/", max_length = 2000)]
    pub url: Option<WebUrl>,
    /// When it was taken from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub retrieved_at: Option<Moment>,
}

/// What is to change about where an article's content comes from: absent stays, null clears.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourcePatch {
    /// Who reported it first; needed where there is no source yet.
    #[schema(nullable = false, value_type = Option<String>, example = "CCTV", min_length = 1, max_length = 200)]
    pub name: Option<Line>,
    /// Where it was taken from: an `http(s)` URL; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, format = "uri", example = "https://english.cctv.com/", max_length = 2000)]
    pub url: Option<Option<WebUrl>>,
    /// When it was taken from there; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Moment>)]
    pub retrieved_at: Option<Option<Moment>>,
}

impl From<NewSource> for SourcePatch {
    /// All of it: nothing of what was there stays.
    fn from(new: NewSource) -> Self {
        let NewSource { name, url, retrieved_at } = new;
        Self { name: Some(name), url: Some(url), retrieved_at: Some(retrieved_at) }
    }
}

/// An article to be made with its parts, or what an article is to become.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArticle {
    /// The headline: one line.
    #[schema(value_type = String, example = "Russia and China Are Eager", min_length = 1, max_length = 300)]
    pub title: Line,
    /// The article's name in URLs; made from `title` when absent, 409 when another article has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// Whether readers see it; `draft` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub status: Option<Status>,
    /// The lead under the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "A conference in Moscow looks at regional security.", max_length = 5000)]
    pub standfirst: Option<Prose>,
    /// Where and when it was filed, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "MOSCOW, May 30", max_length = 200)]
    pub dateline: Option<Line>,
    /// The language it is written in (BCP 47).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// Who wrote it: ids, slugs or names of people; a name nobody has makes a person.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, nullable = false, max_items = 100,
        example = json!(["Zhang Xin", "li-hua"]))]
    pub authors: Vec<Name>,
    /// Where its content comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub source: Option<NewSource>,
    /// The picture at its head: the id of an image. A published article's pictures need an alternative text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub image: Option<Id>,
    /// The body, in `body_format`; empty when absent. It shows an image of ours by its id:
    /// `![words](image:01890a5d-ac96-774b-bcce-b302099a8057)`.
    #[serde(default)]
    #[schema(value_type = Option<String>, nullable = false, example = "“Secondly, we see a clear trend,” Xin said.", max_length = 1_048_576)]
    pub body: String,
    /// How `body` is written; `markdown` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub body_format: Option<BodyFormat>,
    /// The article read aloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub audio: Option<NewAudio>,
    /// What it is about: ids, slugs or names of tags; a name no tag has makes a tag.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, nullable = false, max_items = 100,
        example = json!(["russia", "bilateral relations"]))]
    pub tags: Vec<Name>,
    /// Its quotes, in order. When an article is replaced, a quote of exactly the same `text` that is
    /// there (of several, one of the same speaker, else the first) stays itself, with its id, and
    /// takes what is sent; its `state` and the speaker of the same `speaker_name` stay unless said
    /// otherwise. Those nobody sends go, suggested ones too.
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewQuote>>, nullable = false, max_items = 1000)]
    pub quotes: Vec<NewQuote>,
    /// What becomes of confirmed quotes whose words the new body changes; such a body is refused otherwise (409
    /// `quote-altered`). Not for a new article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Option<Vec<QuoteEdit>>, nullable = false, max_items = 1000, example = json!([]))]
    pub quote_changes: Vec<QuoteEdit>,
    /// Its links, in order. When an article is replaced, a link of the same `rel` and `target`, else
    /// `url`, else `title` that is there stays itself, with its id, and takes what is sent.
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewLink>>, nullable = false, max_items = 1000)]
    pub links: Vec<NewLink>,
    /// What it says about its discussion; it follows the site when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub comments: Option<NewArticleComments>,
    /// The date of publication; the moment it becomes `published` when absent. Not in the future.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub published_at: Option<Moment>,
    /// Its id in the system it comes from; unique among articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>, example = "cms-4711", min_length = 1, max_length = 200)]
    pub external_id: Option<Line>,
}

/// What is to change about an article (RFC 7396): absent stays, null clears, arrays replace.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "status": "published",
    "standfirst": "A conference in Moscow looks at regional security.",
    "dateline": null
}))]
pub struct ArticlePatch {
    /// The headline: one line.
    #[schema(nullable = false, value_type = Option<String>, example = "Russia and China Are Eager", min_length = 1, max_length = 300)]
    pub title: Option<Line>,
    /// The article's name in URLs; 409 when another article has it.
    #[schema(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", min_length = 1, max_length = 200)]
    pub slug: Option<Slug>,
    /// Whether readers see it.
    #[schema(nullable = false)]
    pub status: Option<Status>,
    /// The lead under the headline; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "A conference in Moscow looks at regional security.", max_length = 5000)]
    pub standfirst: Option<Option<Prose>>,
    /// Where and when it was filed; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "MOSCOW, May 30", max_length = 200)]
    pub dateline: Option<Option<Line>>,
    /// The language it is written in (BCP 47); null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Option<Language>>,
    /// Who wrote it, all of them: ids, slugs or names.
    #[schema(nullable = false, value_type = Option<Vec<String>>, max_items = 100,
        example = json!(["Zhang Xin", "li-hua"]))]
    pub authors: Option<Vec<Name>>,
    /// Where its content comes from, each part by itself; null removes all of it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<SourcePatch>)]
    pub source: Option<Option<SourcePatch>>,
    /// The picture at its head: the id of an image; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Id>)]
    pub image: Option<Option<Id>>,
    /// The body, in `body_format`.
    #[schema(nullable = false, example = "Russia and China are eager.", max_length = 1_048_576)]
    pub body: Option<String>,
    /// How `body` is written.
    #[schema(nullable = false)]
    pub body_format: Option<BodyFormat>,
    /// The article read aloud, each part by itself; null removes all of it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<AudioPatch>)]
    pub audio: Option<Option<AudioPatch>>,
    /// What it is about, all of it: ids, slugs or names.
    #[schema(nullable = false, value_type = Option<Vec<String>>, max_items = 100,
        example = json!(["russia", "bilateral relations"]))]
    pub tags: Option<Vec<Name>>,
    /// Its quotes, all of them, in order. One of exactly the same `text` that is there stays itself, with
    /// its id, and takes what is sent; its `state` stays unless said. Those that are not sent go,
    /// suggested ones too.
    #[schema(nullable = false, max_items = 1000)]
    pub quotes: Option<Vec<NewQuote>>,
    /// What becomes of confirmed quotes whose words the new body changes; such a body is refused otherwise (409
    /// `quote-altered`).
    #[schema(nullable = false, max_items = 1000)]
    pub quote_changes: Option<Vec<QuoteEdit>>,
    /// Its links, all of them, in order. One of the same `rel` and `target`, else `url`, else `title`
    /// that is there stays itself, with its id; those that are not sent go.
    #[schema(nullable = false, max_items = 1000)]
    pub links: Option<Vec<NewLink>>,
    /// Its discussion, each part by itself.
    #[schema(nullable = false)]
    pub comments: Option<ArticleCommentsPatch>,
    /// The date of publication. Not in the future; null only for what is not published.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Moment>)]
    pub published_at: Option<Option<Moment>>,
    /// Its id in the system it comes from; null removes it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "cms-4711", min_length = 1, max_length = 200)]
    pub external_id: Option<Option<Line>>,
}

/// The patch laid over the article, as the article would be sent whole; its parts stay outside.
pub(super) fn patched(before: &Article, patch: &ArticlePatch) -> Result<NewArticle> {
    let title = patch.title.clone().map_or_else(|| Line::parse(&before.title), Ok);
    Ok(NewArticle {
        title: title.map_err(Error::internal)?,
        slug: patch.slug.clone(),
        status: patch.status.or(Some(before.status)),
        standfirst: over(patch.standfirst.as_ref(), before.standfirst.as_deref(), Prose::parse)?,
        dateline: over(patch.dateline.as_ref(), before.dateline.as_deref(), Line::parse)?,
        language: over(patch.language.as_ref(), before.language.as_deref(), Language::parse)?,
        authors: Vec::new(),
        source: patched_source(before.source.as_ref(), patch.source.as_ref())?,
        image: patch.image.unwrap_or_else(|| before.image.as_ref().map(|image| image.id)),
        body: patch.body.clone().unwrap_or_else(|| before.body.clone()),
        body_format: patch.body_format.or(Some(before.body_format)),
        audio: audio::patched(before.audio.as_ref(), patch.audio.as_ref())?,
        tags: Vec::new(),
        quotes: Vec::new(),
        quote_changes: Vec::new(),
        links: Vec::new(),
        comments: patched_comments(before, patch),
        published_at: patch.published_at.unwrap_or(before.published_at),
        external_id: over(patch.external_id.as_ref(), before.external_id.as_deref(), Line::parse)?,
    })
}

/// What is sent, or else what is there; what is there was read by the same rule.
fn over<T: Clone>(
    patch: Option<&Option<T>>,
    before: Option<&str>,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>> {
    match patch {
        Some(value) => Ok(value.clone()),
        None => before.map(parse).transpose().map_err(Error::internal),
    }
}

/// What an article says about its discussion, if it says anything.
fn patched_comments(before: &Article, patch: &ArticlePatch) -> Option<NewArticleComments> {
    let said = patch.comments.and_then(|comments| comments.policy);
    let policy = said.unwrap_or_else(|| before.comments.own());
    policy.map(|policy| NewArticleComments { policy: Some(policy) })
}

fn patched_source(
    before: Option<&Source>,
    patch: Option<&Option<SourcePatch>>,
) -> Result<Option<NewSource>> {
    let there = before.map(|Source { name, url, retrieved_at }| {
        let url = url.as_deref().map(WebUrl::parse).transpose()?;
        Ok(NewSource { name: Line::parse(name)?, url, retrieved_at: *retrieved_at })
    });
    let there = there.transpose().map_err(|error: String| Error::internal(error))?;
    let Some(patch) = patch else { return Ok(there) };
    let Some(SourcePatch { name, url, retrieved_at }) = patch.clone() else { return Ok(None) };
    let name = match (name, &there) {
        (Some(name), _) => name,
        (None, Some(there)) => there.name.clone(),
        (None, None) => {
            let detail = "is required: the article has no source yet";
            return Err(Error::field("/source/name", "required", detail));
        }
    };
    Ok(Some(NewSource {
        name,
        url: url.unwrap_or_else(|| there.as_ref().and_then(|there| there.url.clone())),
        retrieved_at: retrieved_at.unwrap_or_else(|| there.and_then(|there| there.retrieved_at)),
    }))
}
