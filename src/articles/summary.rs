//! Articles as others show them: in lists, and as what a quote or link points to.

use serde::Serialize;
use utoipa::ToSchema;

use super::body::BodyFormat;
use super::{Source, Status};
use crate::comments::policy::ArticleComments;
use crate::db::types::{Id, Moment};
use crate::images::Image;
use crate::links::Link;
use crate::page::page;
use crate::people::PersonRef;
use crate::quotes::Quote;
use crate::search::Highlight;
use crate::tags::TagRef;

/// An article as it stands in a list: without body, quotes and links unless they are asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArticleSummary {
    /// The article's id.
    pub id: Id,
    /// The article's name in URLs.
    #[schema(example = "russia-and-china-are-eager", max_length = 200)]
    pub slug: String,
    /// Where the article is: an absolute URL.
    #[schema(
        format = "uri",
        example = "http://127.0.0.1:8080/v1/articles/russia-and-china-are-eager",
        max_length = 4000
    )]
    pub url: String,
    /// A few letters that lead to `url`, to be printed and said: an absolute URL.
    #[schema(format = "uri", example = "http://127.0.0.1:8080/s/x7k2m9p", max_length = 4000)]
    pub short_url: String,
    /// Whether readers see it.
    pub status: Status,
    /// The headline.
    #[schema(example = "Russia and China Are Eager", max_length = 300)]
    pub title: String,
    /// The lead under the headline; null when there is none.
    #[schema(
        required,
        example = "A conference in Moscow looks at regional security.",
        max_length = 5000
    )]
    pub standfirst: Option<String>,
    /// Where and when it was filed, as printed; null when there is none.
    #[schema(required, example = "MOSCOW, May 30", max_length = 200)]
    pub dateline: Option<String>,
    /// The language it is written in (BCP 47); null when unknown.
    #[schema(required, example = "en", max_length = 64)]
    pub language: Option<String>,
    /// Where its content comes from; null when it is our own.
    #[schema(required)]
    pub source: Option<Source>,
    /// The picture at its head; null when there is none.
    #[schema(required)]
    pub image: Option<Image>,
    /// How many words the body has.
    #[schema(minimum = 0, example = 5)]
    pub word_count: i32,
    /// What it is about, in the editor's order.
    #[schema(max_items = 100)]
    pub tags: Vec<TagRef>,
    /// Its discussion: whether it takes comments, and how many there are.
    pub comments: ArticleComments,
    /// The date of publication; null for what was never published.
    #[schema(required)]
    pub published_at: Option<Moment>,
    /// When readers first saw it; null for what was never published.
    #[schema(required)]
    pub first_published_at: Option<Moment>,
    /// When it was made here.
    pub created_at: Moment,
    /// When it or one of its parts was last changed.
    pub updated_at: Moment,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
    /// Its id in the system it was imported from; null when it was written here.
    #[schema(required, example = "cms-4711", max_length = 200)]
    pub external_id: Option<String>,
    /// Who wrote it; there with `include=authors`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 100)]
    pub authors: Option<Vec<PersonRef>>,
    /// The body as it was written; there with `include=body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Russia and China are eager.", max_length = 1_048_576)]
    pub body: Option<String>,
    /// How `body` is written; there with `include=body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub body_format: Option<BodyFormat>,
    /// The body as sanitised HTML; there with `include=body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "<p>Russia and China are eager.</p>",
        max_length = 16_777_216
    )]
    pub body_html: Option<String>,
    /// The body as plain text; there with `include=body`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Russia and China are eager.", max_length = 4_194_304)]
    pub body_text: Option<String>,
    /// Its confirmed quotes; there with `include=quotes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 2000)]
    pub quotes: Option<Vec<Quote>>,
    /// Its links; there with `include=links`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 2000)]
    pub links: Option<Vec<Link>>,
    /// Where `q` was found: one piece each of title, standfirst and body; there with `highlight=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 3)]
    pub highlights: Option<Vec<Highlight>>,
}

page!(
    /// A page of articles.
    ArticlePage of ArticleSummary
);

/// An article as others point to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleRef {
    /// The article's id.
    pub id: Id,
    /// The article's name in URLs.
    #[schema(example = "russia-and-china-are-eager", max_length = 200)]
    pub slug: String,
    /// Where the article is: an absolute URL.
    #[schema(
        format = "uri",
        example = "http://127.0.0.1:8080/v1/articles/russia-and-china-are-eager",
        max_length = 4000
    )]
    pub url: String,
    /// The headline.
    #[schema(example = "Russia and China Are Eager", max_length = 300)]
    pub title: String,
    /// The date of publication; null for what was never published.
    #[schema(required)]
    pub published_at: Option<Moment>,
}
