//! Who our sources are: quotes counted by one of their sides, for the filters of their list.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::Data;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::filter::{Filter, filtered};
use super::query::{Asked, quote_query};
use super::sql::tables;
use super::{AnchorStatus, QuoteDate, QuoteKind, QuoteState};
use crate::answer::Answer;
use crate::articles::expression::parse;
use crate::articles::{Since, Status};
use crate::auth::{Reader, View};
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::db::{Any, Conn, Db, among};
use crate::error::{Error, Result};
use crate::input::query::Params;
use crate::page::Limit;
use crate::people::PersonRef;
use crate::schema::{article_tags, articles, people, quote_words, quotes, tags};
use crate::search::{Note, Search};
use crate::tags::{TagKind, TagRef};
use crate::text::{CommaList, Handle, Language, folded};

// --- Vocabulary

/// What quotes are counted by.
///
/// - `speaker`: the person who said it.
/// - `affiliation`: the organisation they stood for, without regard to case.
/// - `role`: the role they had, without regard to case.
/// - `tag`: the tags of the article; a quote counts once for each of them.
/// - `month`: the month in UTC in which it was said, else that of the article's publication.
/// - `named`: whether its source is named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FacetBy {
    /// The person who said it.
    #[default]
    Speaker,
    /// The organisation they stood for, without regard to case.
    Affiliation,
    /// The role they had, without regard to case.
    Role,
    /// The tags of the article: a quote counts once for each of them.
    Tag,
    /// The month in UTC in which it was said, else that of the article's publication.
    Month,
    /// Whether its source is named.
    Named,
}

quote_query!(
    /// Which quotes are counted, and by what.
    QuoteFacetQuery {
        /// What they are counted by; `speaker` when absent.
        #[param(inline = false, required = false)]
        #[serde(default)]
        pub by: FacetBy,
        /// How many values at most: 1 to 100, 20 when absent.
        #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
        #[serde(default)]
        pub limit: Limit,
    }
);

/// A value, and how many quotes have it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuoteFacet {
    /// The value, as the filter of this name takes it: a slug for `speaker` and `tag`, a name for `affiliation`
    /// and `role`; `2020-09` for `month`; `named` or `unnamed`.
    #[schema(example = "zhang-xin", max_length = 300)]
    pub value: String,
    /// How many quotes have it.
    #[schema(minimum = 1, example = 4)]
    pub count: i64,
    /// The person, by `speaker`; else null.
    #[schema(required)]
    pub person: Option<PersonRef>,
    /// The tag, by `tag`; else null.
    #[schema(required)]
    pub tag: Option<TagRef>,
}

/// The values that are not shown.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct QuoteFacetOther {
    /// How many values they are.
    #[schema(minimum = 0, example = 0)]
    pub values: i64,
    /// The sum of their counts.
    #[schema(minimum = 0, example = 0)]
    pub count: i64,
}

/// Quotes, counted by one of their sides.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuoteFacets {
    /// What they are counted by.
    pub by: FacetBy,
    /// How many quotes there are in all: as many as the list with the same filters has.
    #[schema(minimum = 0, example = 4)]
    pub total: i64,
    /// The most frequent values, then in the order of the values.
    #[schema(max_items = 100)]
    pub items: Vec<QuoteFacet>,
    /// The values beyond these.
    pub other: QuoteFacetOther,
    /// How many quotes have no value: no known speaker, no affiliation, no role, no tag.
    #[schema(minimum = 0, example = 0)]
    pub without: i64,
}

// --- HTTP

/// Count quotes
///
/// How many quotes there are of each speaker, affiliation, role, tag or month, for the same filters as the list
/// of quotes: the same quotes are counted that the list shows. The most frequent values come first; `other` and
/// `without` tell of the rest, so that with every `by` but `tag` all counts together are `total`.
#[utoipa::path(tag = "quotes", params(QuoteFacetQuery), security((), ("key" = [])),
    responses((status = 200, description = "The values with their counts.", body = QuoteFacets)))]
#[get("/v1/quotes/facets")]
pub(super) async fn list_quote_facets(
    db: Data<Db>,
    Reader(view): Reader,
    Params(query): Params<QuoteFacetQuery>,
) -> Result<Answer> {
    let asked = query.filter(view)?;
    let notes = asked.search.as_ref().map_or_else(Vec::new, |search| search.notes.clone());
    let QuoteFacetQuery { by, limit, .. } = query;
    let names = asked.names(Names::default());
    // How many carry a tag changes with the articles.
    let names = if by == FacetBy::Tag { names.and_taggings().and_all(Subject::Tag) } else { names };
    let facets = db.read(move |conn| count(conn, asked.clone(), by, limit)).await?;
    Ok(Note::all_on(Answer::ok(&facets)?.made_from(names), &notes))
}

// --- SQL

/// A value to group by, one of its spellings, how many have it, how many values there are, and their sum.
type Group = (String, String, i64, i64, i64);

fn count(conn: &mut Conn, asked: Asked, by: FacetBy, limit: Limit) -> Result<QuoteFacets> {
    let filter = Filter::of(conn, asked)?;
    let of_articles = quotes::table.inner_join(articles::table);
    let total = filtered!(of_articles.select(count_star()), filter).get_result::<i64>(conn)?;
    let groups = groups(conn, &filter, by, limit)?;
    let (values, sum) = groups.first().map_or((0, 0), |(.., values, sum)| (*values, *sum));
    let without = match by {
        FacetBy::Tag => {
            let untagged = filtered!(of_articles.select(count_star()), filter);
            let tagged = article_tags::table.select(article_tags::article_id);
            untagged.filter(quotes::article_id.ne_all(tagged)).get_result(conn)?
        }
        _ => total - sum,
    };
    let shown = groups.iter().map(|(_, _, count, ..)| count).sum::<i64>();
    let rows = i64::try_from(groups.len()).unwrap_or(i64::MAX);
    let other = QuoteFacetOther { values: values - rows, count: sum - shown };
    let slugs = groups.iter().map(|(key, ..)| key.clone()).collect::<Vec<_>>();
    let mut people = match by {
        FacetBy::Speaker => people_of(conn, &slugs)?,
        _ => HashMap::new(),
    };
    let mut tags = match by {
        FacetBy::Tag => tags_of(conn, &slugs)?,
        _ => HashMap::new(),
    };
    let items = groups.into_iter().map(|(key, label, count, ..)| QuoteFacet {
        person: people.remove(&key),
        tag: tags.remove(&key),
        value: if matches!(by, FacetBy::Affiliation | FacetBy::Role) { label } else { key },
        count,
    });
    Ok(QuoteFacets { by, total, items: items.collect(), other, without })
}

fn groups(conn: &mut Conn, filter: &Filter, by: FacetBy, limit: Limit) -> Result<Vec<Group>> {
    let limit = limit.rows();
    macro_rules! grouped {
        ($rows:expr, $key:expr, $label:expr) => {{
            let keys = filtered!($rows.select(($key, $label)), filter);
            Ok(Grouped { keys, limit }.load::<Group>(conn)?)
        }};
    }
    match by {
        FacetBy::Speaker => grouped!(tables!(), people::slug.nullable(), people::slug.nullable()),
        FacetBy::Affiliation => {
            grouped!(tables!(), quotes::affiliation_key, quotes::affiliation)
        }
        FacetBy::Role => {
            let rows =
                tables!().inner_join(quote_words::table.on(quote_words::quote_id.eq(quotes::id)));
            grouped!(rows, quote_words::role_key, quotes::role)
        }
        FacetBy::Tag => {
            let rows = tables!()
                .inner_join(article_tags::table.on(article_tags::article_id.eq(quotes::article_id)))
                .inner_join(tags::table.on(tags::id.eq(article_tags::tag_id)));
            grouped!(rows, tags::slug, tags::slug)
        }
        FacetBy::Month => {
            let month = month_in(conn);
            grouped!(tables!(), text(month), text(month))
        }
        FacetBy::Named => {
            let named = "CASE WHEN coalesce(quotes.speaker_name, people.slug) IS NULL \
                         THEN 'unnamed' ELSE 'named' END";
            grouped!(tables!(), text(named), text(named))
        }
    }
}

const fn month_in(conn: &Conn) -> &'static str {
    match conn {
        Conn::Sqlite(_) => {
            "strftime('%Y-%m', coalesce(quotes.said_at, articles.dated_at) / 1000.0, 'unixepoch')"
        }
        Conn::Postgres(_) => "to_char(coalesce(quotes.said_at, articles.dated_at), 'YYYY-MM')",
    }
}

#[expect(clippy::disallowed_methods, reason = "months and CASE have no words in the query builder")]
fn text(sql: &str) -> diesel::expression::SqlLiteral<Text> {
    diesel::dsl::sql(sql)
}

/// The most frequent of the keys that a statement gives, each with one of its spellings.
#[derive(Debug, Clone)]
struct Grouped<Q> {
    keys: Q,
    limit: i64,
}

impl<Q> Query for Grouped<Q> {
    type SqlType = (Text, Text, BigInt, BigInt, BigInt);
}

impl<Q> RunQueryDsl<Conn> for Grouped<Q> {}

impl<Q> QueryId for Grouped<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Any>> QueryFragment<Any> for Grouped<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Any>) -> QueryResult<()> {
        out.push_sql("WITH found (key, label) AS (");
        self.keys.walk_ast(out.reborrow())?;
        out.push_sql(
            ") SELECT key, min(label), count(*), count(*) OVER (), \
             CAST(sum(count(*)) OVER () AS bigint) FROM found WHERE key IS NOT NULL GROUP BY key \
             ORDER BY count(*) DESC, key LIMIT ",
        );
        out.push_bind_param::<BigInt, i64>(&self.limit)
    }
}

fn people_of(conn: &mut Conn, slugs: &[String]) -> Result<HashMap<String, PersonRef>> {
    let rows = people::table
        .filter(among(people::slug, slugs))
        .select((people::id, people::slug, people::name))
        .load::<(crate::db::types::Id, String, String)>(conn)?;
    let people =
        rows.into_iter().map(|(id, slug, name)| (slug.clone(), PersonRef { id, slug, name }));
    Ok(people.collect())
}

fn tags_of(conn: &mut Conn, slugs: &[String]) -> Result<HashMap<String, TagRef>> {
    let rows = tags::table
        .filter(among(tags::slug, slugs))
        .select((tags::id, tags::slug, tags::name, tags::kind))
        .load::<(crate::db::types::Id, String, String, TagKind)>(conn)?;
    let tags = rows
        .into_iter()
        .map(|(id, slug, name, kind)| (slug.clone(), TagRef { id, slug, name, kind }));
    Ok(tags.collect())
}
