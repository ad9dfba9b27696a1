//! Completions: the tags, people and headlines that a few typed letters can become.

use actix_web::get;
use actix_web::web::Data;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::articles::sql::is_published;
use crate::auth::{Reader, View};
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::db::types::Id;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::input::query::Params;
use crate::schema::{articles, completions, people, tags};
use crate::search::{Resource, completion_of};

/// How many of each kind are shown when nobody says.
const EACH_DEFAULT: i64 = 5;
/// Something that is found by several of its words is found as often: so many more are read than shown.
const READ_FOR_EACH: i64 = 4;
/// Stands behind everything that begins with the same letters.
const LAST: char = '\u{10ffff}';

// --- Vocabulary

/// What a suggestion is.
///
/// - `tag`: a tag.
/// - `person`: somebody who wrote or spoke.
/// - `article`: an article, by its headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// A tag.
    Tag,
    /// Somebody who wrote or spoke.
    Person,
    /// An article, by its headline.
    Article,
}

/// Something that what was typed can become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// Its id.
    pub id: Id,
    /// Its name in URLs and filters.
    #[schema(example = "zhang-xin", max_length = 200)]
    pub slug: String,
    /// Its name, or its headline.
    #[schema(example = "Zhang Xin", max_length = 300)]
    pub name: String,
}

/// What was typed can become these.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SuggestionList {
    /// Tags, then people, then articles, each in the order of the alphabet.
    #[schema(max_items = 60)]
    pub items: Vec<Suggestion>,
}

/// What was typed, and how much is shown.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SuggestionQuery {
    /// What was typed so far. Case and accents do not count; without a letter or digit nothing is suggested.
    #[param(nullable = false, example = "zha", max_length = 16_384)]
    pub q: Option<String>,
    /// How many of each kind at most: 1 to 20, 5 when absent.
    #[param(nullable = false, minimum = 1, maximum = 20, example = 5)]
    pub limit: Option<i64>,
}

// --- HTTP

/// Registers the route of suggestions.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_suggestions);
}

/// Complete what is typed
///
/// The tags and people one of whose words begins like this, and the articles whose headline does: those that the
/// caller may see.
#[utoipa::path(tag = "search", params(SuggestionQuery), security((), ("key" = [])),
    responses((status = 200, description = "What it can become.", body = SuggestionList)))]
#[get("/v1/suggest")]
async fn list_suggestions(
    db: Data<Db>,
    Reader(view): Reader,
    Params(query): Params<SuggestionQuery>,
) -> Result<Answer> {
    let SuggestionQuery { q, limit } = query;
    let (begun, limit) =
        (completion_of(q.as_deref().unwrap_or_default()), limit.unwrap_or(EACH_DEFAULT));
    let items = db.read(move |conn| list(conn, view, &begun, limit)).await?;
    let names = Names::default().and_all(Subject::Tag).and_all(Subject::Person).and_titles();
    Ok(Answer::ok(&SuggestionList { items })?.made_here_from(names))
}

// --- SQL

fn list(conn: &mut Conn, view: View, begun: &str, limit: i64) -> Result<Vec<Suggestion>> {
    if begun.is_empty() {
        return Ok(Vec::new());
    }
    let end = format!("{begun}{LAST}");
    let mut items = Vec::new();
    macro_rules! suggest {
        ($kind:ident, $table:ident, $name:ident, $seen:expr) => {{
            let mut rows = completions::table
                .inner_join($table::table.on($table::id.eq(completions::id)))
                .filter(completions::resource.eq(Resource::$kind))
                .filter(completions::key.ge(begun).and(completions::key.lt(&end)))
                .order((completions::key, completions::id))
                .limit(limit * READ_FOR_EACH)
                .select(($table::id, $table::slug, $table::$name))
                .into_boxed();
            if view == View::Public {
                rows = rows.filter($seen);
            }
            let mut rows = rows.load::<(Id, String, String)>(conn)?;
            let mut seen = Vec::new();
            rows.retain(|(id, ..)| {
                !seen.contains(id) && {
                    seen.push(*id);
                    true
                }
            });
            rows.truncate(usize::try_from(limit).unwrap_or_default());
            let kind = SuggestionKind::$kind;
            items.extend(rows.into_iter().map(|(id, slug, name)| Suggestion {
                kind,
                id,
                slug,
                name,
            }));
        }};
    }
    suggest!(Tag, tags, name, tags::is_public.eq(true));
    suggest!(Person, people, name, people::is_public.eq(true));
    suggest!(Article, articles, title, is_published());
    Ok(items)
}
