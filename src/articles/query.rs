//! What a list of articles can be asked for, and the question once it is read and checked.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::Status;
use super::expression::{Expression, parse};
use super::fields::Fields;
use crate::auth::View;
use crate::db::types::Moment;
use crate::error::{Error, Result};
use crate::page::{Count, CursorText, Limit, Position};
use crate::search::Search;
use crate::text::{CommaList, Handle, Language, folded};

/// What a list of articles is ordered by; `-` is newest or last first.
///
/// - `-published_at`: newest publication first; what was never published stands at its creation.
/// - `published_at`: oldest publication first.
/// - `-updated_at`: last changed first.
/// - `updated_at`: longest unchanged first.
/// - `title`: by headline, without regard to case.
/// - `relevance`: what answers `q` best first; only with `q`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum ArticleOrder {
    /// Newest publication first. What was never published stands at its creation.
    #[default]
    #[serde(rename = "-published_at")]
    NewestPublished,
    /// Oldest publication first.
    #[serde(rename = "published_at")]
    OldestPublished,
    /// Last changed first.
    #[serde(rename = "-updated_at")]
    NewestUpdated,
    /// Longest unchanged first.
    #[serde(rename = "updated_at")]
    OldestUpdated,
    /// By headline, without regard to case.
    #[serde(rename = "title")]
    Title,
    /// What answers `q` best first; only with `q`.
    #[serde(rename = "relevance")]
    Relevance,
}

/// Which of an article's dates `from` and `to` mean.
///
/// - `published`: the date of publication.
/// - `updated`: the last change.
/// - `created`: the creation here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// The date of publication.
    #[default]
    Published,
    /// The last change.
    Updated,
    /// The creation here.
    Created,
}

/// A part of an article that a list leaves out unless it is asked for.
///
/// - `body`: `body`, `body_format`, `body_html` and `body_text`.
/// - `quotes`: the quotes that readers see.
/// - `links`: the links.
/// - `authors`: who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticlePart {
    /// `body`, `body_format`, `body_html` and `body_text`.
    Body,
    /// `quotes`.
    Quotes,
    /// `links`.
    Links,
    /// `authors`.
    Authors,
}

/// Which articles are asked for, in what order, and how much of each.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ArticleQuery {
    /// A tag expression over slugs or ids: `,` and, `|` or, `-` not, `( )` groups.
    #[param(nullable = false, example = "politics,(russia|china),-sport", max_length = 2000)]
    pub tag: Option<String>,
    /// Full text over title, standfirst and body: words (all of them), `"phrases"`, `OR` between alternatives,
    /// `-not`, `pre*` (three letters or more), `title:word`. Case and accents do not count. `-not` alone finds
    /// all that lack it; without a word nothing is found. Nothing typed is an error: what was not looked for
    /// as it stands is told in `Search-Notes`.
    #[param(nullable = false, example = "russia \"regional security\" -gas", max_length = 16_384)]
    pub q: Option<String>,
    /// Whether each item shows in `highlights` where `q` was found.
    #[param(required = false)]
    #[serde(default)]
    pub highlight: bool,
    /// Articles in which this person (id or slug) is quoted.
    #[param(nullable = false, value_type = Option<String>, example = "zhang-xin", max_length = 200)]
    pub speaker: Option<Handle>,
    /// Articles in which somebody of this organisation is quoted: its name, without regard to case.
    #[param(nullable = false, example = "CCTV", max_length = 200)]
    pub affiliation: Option<String>,
    /// Articles by this person (id or slug).
    #[param(nullable = false, value_type = Option<String>, example = "jane-doe", max_length = 200)]
    pub author: Option<Handle>,
    /// Not before this RFC 3339 instant or date.
    #[param(nullable = false, value_type = Option<String>, example = "2020-09-01", max_length = 40)]
    pub from: Option<Since>,
    /// Before this RFC 3339 instant or date.
    #[param(nullable = false, value_type = Option<String>, example = "2020-10-01T00:00:00Z", max_length = 40)]
    pub to: Option<Since>,
    /// Which date `from` and `to` mean; `published` when absent.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub date: DateKind,
    /// Only this language (BCP 47); `en` finds `en-GB` too.
    #[param(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
    pub language: Option<Language>,
    /// Exactly these articles (ids or slugs, up to 100), in this order.
    #[param(nullable = false, value_type = Option<Vec<String>>, max_items = 100, style = Form, explode = false, example = json!(["russia-and-china-are-eager"]))]
    pub ids: Option<CommaList<Handle>>,
    /// Only these statuses; `published` when absent. Others are seen only with `drafts:read`.
    #[param(nullable = false, value_type = Option<Vec<Status>>, max_items = 3, style = Form, explode = false, example = json!(["published"]))]
    pub status: Option<CommaList<Status>>,
    /// What the list is ordered by; `-published_at` when absent. `relevance` ranks the 500 last entered of
    /// what is found and the 500 last entered of those found by their headlines; other orders list all.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub order: ArticleOrder,
    /// Which parts each item carries beside its tags.
    #[param(nullable = false, value_type = Option<Vec<ArticlePart>>, max_items = 4, style = Form, explode = false, example = json!(["quotes"]))]
    pub include: Option<CommaList<ArticlePart>>,
    /// Exactly these properties of each item; a dot reaches one level inside: `title,slug,tags.name`. What
    /// is not asked for is absent, whatever the schema requires.
    #[param(nullable = false, value_type = Option<Vec<String>>, max_items = 100, style = Form, explode = false, example = json!(["title", "slug", "tags.name"]))]
    pub fields: Option<CommaList<String>>,
    /// How many at most: 1 to 100, 20 when absent (with `ids`: all of them). A page with bodies ends before
    /// they are more than 8,388,608 characters.
    #[param(nullable = false, value_type = Option<i32>, minimum = 1, maximum = 100, example = 20)]
    pub limit: Option<Limit>,
    /// Where to go on: `next_cursor` of the page before, with the same filter and order.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
}

/// An RFC 3339 instant, or a date meaning its first instant in UTC.
#[derive(Debug, Clone, Copy)]
pub struct Since(Moment);

impl Since {
    /// The instant it means.
    #[must_use]
    pub const fn moment(self) -> Moment {
        self.0
    }
}

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let instant = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text };
        instant.parse().map(Self).map_err(|_| {
            let meant = instant.replace(' ', "+");
            let plus = meant != instant && meant.parse::<Moment>().is_ok();
            let hint =
                if plus { "; a `+` in an address is a blank, write it as `%2B`" } else { "" };
            let wrong = "must be a date such as 2020-09-21 or an RFC 3339 time";
            serde::de::Error::custom(format!("{wrong}{hint}"))
        })
    }
}

/// What is said to who asks for relevance without a search.
pub(crate) const NO_RELEVANCE: &str = "`relevance` ranks what `q` finds; give `q` too";

/// A question for articles, read and checked, but not yet looked up.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) view: View,
    pub(super) statuses: Vec<Status>,
    pub(super) tag: Option<Expression>,
    pub(super) search: Option<Search>,
    pub(super) highlight: bool,
    pub(super) speaker: Option<Handle>,
    pub(super) author: Option<Handle>,
    pub(super) affiliation: Option<String>,
    pub(super) from: Option<Moment>,
    pub(super) to: Option<Moment>,
    pub(super) date: DateKind,
    pub(super) language: Option<Language>,
    pub(super) ids: Option<Vec<Handle>>,
    pub(super) order: ArticleOrder,
    pub(super) parts: Vec<ArticlePart>,
    pub(super) limit: Limit,
    cursor: Option<CursorText>,
    pub(super) count: Count,
}

impl Ask {
    pub(super) fn new(view: View, query: ArticleQuery, fields: Option<&Fields>) -> Result<Self> {
        let ArticleQuery { tag, speaker, affiliation, author, from, to, date, language, .. } =
            query;
        let ArticleQuery { ids, status, order, include, fields: _, limit, cursor, count, .. } =
            query;
        let ArticleQuery { q, highlight, .. } = query;
        let ids = ids.map(|CommaList(ids)| ids);
        if let Some(ids) = &ids {
            check_ids(ids, order, limit, cursor.as_ref())?;
        }
        let search = q.map(|text| Search::parse(&text, true));
        if order == ArticleOrder::Relevance && search.is_none() {
            return Err(Error::parameter("order", "conflict", NO_RELEVANCE));
        }
        let tag = tag
            .map(|text| parse(&text))
            .transpose()
            .map_err(|error| Error::parameter("tag", "invalid", error.to_string()))?;
        let mut statuses = status.map_or_else(|| vec![Status::Published], |CommaList(all)| all);
        if view == View::Public {
            statuses.retain(|status| *status == Status::Published);
        }
        let mut parts = include.map_or_else(Vec::new, |CommaList(parts)| parts);
        if let Some(fields) = fields {
            let named = fields.parts();
            if let Some(part) = parts.iter().find(|part| !named.contains(part)) {
                let detail =
                    format!("{} is not among `fields`, which says exactly what comes", json!(part));
                return Err(Error::parameter("include", "conflict", detail));
            }
            parts = named;
        }
        let shown = fields.is_none_or(Fields::names_highlights);
        if highlight && !shown {
            let detail = "`highlights` is not among `fields`, which says exactly what comes";
            return Err(Error::parameter("highlight", "conflict", detail));
        }
        Ok(Self {
            view,
            statuses,
            tag,
            search,
            highlight: highlight || (fields.is_some() && shown),
            speaker,
            author,
            affiliation: affiliation.map(|name| folded(&name)),
            from: from.map(|since| since.0),
            to: to.map(|since| since.0),
            date,
            language,
            limit: if ids.is_some() { Limit::most() } else { limit.unwrap_or_default() },
            ids,
            order,
            parts,
            cursor,
            count,
        })
    }

    pub(super) fn wants(&self, part: ArticlePart) -> bool {
        self.parts.contains(&part)
    }

    /// What names this list, whatever page of it is asked for: a cursor is bound to it.
    pub(super) fn identity(&self) -> String {
        let Self { view, statuses, tag, speaker, author, affiliation, from, to, date, .. } = self;
        let Self { language, order, search, .. } = self;
        let search = search.as_ref().map(|search| &search.alternatives);
        format!(
            "articles {view:?} {statuses:?} {tag:?} {search:?} {speaker:?} {author:?} {affiliation:?} {from:?} \
             {to:?} {date:?} {language:?} {order:?}"
        )
    }

    /// Where the page begins.
    pub(super) fn position(&self) -> Result<Option<Position>> {
        self.cursor.as_ref().map(|cursor| cursor.position(&self.identity())).transpose()
    }
}

fn check_ids(
    ids: &[Handle],
    order: ArticleOrder,
    limit: Option<Limit>,
    cursor: Option<&CursorText>,
) -> Result<()> {
    let clash = |name: &str| {
        let detail = "cannot be combined with `ids`, which says order and number itself";
        Err(Error::parameter(name, "conflict", detail))
    };
    if cursor.is_some() {
        return clash("cursor");
    }
    if order != ArticleOrder::default() {
        return clash("order");
    }
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    if limit.is_some_and(|limit| limit.rows() < count) { clash("limit") } else { Ok(()) }
}
