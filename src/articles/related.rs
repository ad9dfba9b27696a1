//! What to read next: the articles an editor linked, then those that share subjects and people.

mod sql;
mod weighing;

use actix_web::get;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ArticleRef;
use crate::answer::Answer;
use crate::auth::Reader;
use crate::config::Addresses;
use crate::db::Db;
use crate::error::Result;
use crate::input::query::Params;
use crate::links::LinkRel;
use crate::people::PersonRef;
use crate::tags::TagRef;
use crate::text::Handle;

// --- Vocabulary

/// How many related articles are shown when nobody says.
const LIMIT_DEFAULT: i64 = 5;

/// Why an article is related to another.
///
/// - `editor`: an editor linked it.
/// - `tags`: above all, they are about the same things.
/// - `people`: above all, the same people wrote or speak in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelatedReason {
    /// An editor linked it.
    Editor,
    /// Above all, they are about the same things.
    Tags,
    /// Above all, the same people wrote or speak in both.
    People,
}

/// An article that goes with another one, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelatedArticle {
    /// The article.
    pub article: ArticleRef,
    /// Why it is here.
    pub reason: RelatedReason,
    /// What it is to the other one, as the editor's link says; null when no editor linked it.
    #[schema(required)]
    pub rel: Option<LinkRel>,
    /// The tags of the other one that it carries too, in the order in which they stand there.
    #[schema(max_items = 20)]
    pub tags: Vec<TagRef>,
    /// Who wrote or speaks in the other one and in this one too.
    #[schema(max_items = 20)]
    pub people: Vec<PersonRef>,
}

/// Articles that go with another one, the nearest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelatedArticleList {
    /// The editor's links in their order, then what shares most.
    #[schema(max_items = 20)]
    pub items: Vec<RelatedArticle>,
}

/// How many related articles are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RelatedQuery {
    /// How many at most: 1 to 20, 5 when absent.
    #[param(nullable = false, value_type = Option<i32>, minimum = 1, maximum = 20, example = 5)]
    pub limit: Option<i64>,
}

// --- HTTP

/// Suggest related articles
///
/// What goes with an article: first what an editor linked (as `related`, `background` or `follow_up`, in
/// their order), then published articles that share tags and people with it. What is shared counts the more
/// the rarer it is, and an article near in time and in the same language more than others. Of what is
/// on very many articles only the newest 200 are looked at.
#[utoipa::path(tag = "articles", params(("article" = String, Path, description = "Id or slug of the article.", example = "russia-and-china-are-eager", max_length = 200), RelatedQuery),
    security((), ("key" = [])), responses((status = 200, description = "Related articles.", body = RelatedArticleList)))]
#[get("/v1/articles/{article}/related")]
pub(super) async fn list_related_articles(
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    article: Path<Handle>,
    Params(query): Params<RelatedQuery>,
) -> Result<Answer> {
    let limit = usize::try_from(query.limit.unwrap_or(LIMIT_DEFAULT)).unwrap_or_default();
    let read = db.read(move |conn| sql::list(conn, &site, view, &article, limit));
    let (items, names) = read.await?;
    Ok(Answer::ok(&RelatedArticleList { items })?.made_here_from(names))
}
