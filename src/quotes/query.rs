//! What a list of quotes can be asked for, and the question once it is read and checked.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{AnchorStatus, QuoteKind, QuoteState};
use crate::articles::expression::{Expression, parse};
use crate::articles::{NO_RELEVANCE, Since, Status};
use crate::auth::View;
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::db::types::{Id, Moment};
use crate::error::{Error, Result};
use crate::page::{Count, CursorText, Limit, Position};
use crate::search::Search;
use crate::text::{CommaList, Handle, Language, folded};

/// What a list of quotes is ordered by; `-` is newest or last first.
///
/// - `-created_at`: last entered first.
/// - `created_at`: first entered first.
/// - `-said_at`: said last first; what does not say when stands at its article's publication.
/// - `said_at`: said first first.
/// - `-published_at`: by the article's publication, newest first.
/// - `published_at`: by the article's publication, oldest first.
/// - `relevance`: what answers `q` best first; only with `q`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum QuoteOrder {
    /// Last entered first.
    #[default]
    #[serde(rename = "-created_at")]
    NewestCreated,
    /// First entered first.
    #[serde(rename = "created_at")]
    OldestCreated,
    /// Said last first. What does not say when stands at its article's publication.
    #[serde(rename = "-said_at")]
    NewestSaid,
    /// Said first first.
    #[serde(rename = "said_at")]
    OldestSaid,
    /// By the article's publication, newest first.
    #[serde(rename = "-published_at")]
    NewestPublished,
    /// By the article's publication, oldest first.
    #[serde(rename = "published_at")]
    OldestPublished,
    /// What answers `q` best first; only with `q`.
    #[serde(rename = "relevance")]
    Relevance,
}

/// Which date of a quote `from` and `to` mean.
///
/// - `published`: the article's date of publication.
/// - `said`: when it was said, else the article's date of publication.
/// - `updated`: the quote's last change.
/// - `created`: when the quote was entered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuoteDate {
    /// The article's date of publication.
    #[default]
    Published,
    /// When it was said, else the article's date of publication.
    Said,
    /// The quote's last change.
    Updated,
    /// When the quote was entered.
    Created,
}

/// Declares a query over quotes: what all of them can be asked for, and what each of them is asked for beside.
macro_rules! quote_query {
    ($(#[$doc:meta])* $name:ident { $($own:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize, IntoParams)]
        #[into_params(parameter_in = Query)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Only quotes in articles with these tags, an expression over slugs or ids: `,` and, `|` or, `-`
            /// not, `( )` groups.
            #[param(nullable = false, example = "politics,(russia|china),-sport", max_length = 2000)]
            pub tag: Option<String>,
            /// Full text over the quote's words: words (all of them), `"phrases"`, `OR` between alternatives,
            /// `-not`, `pre*` (three letters or more). Case and accents do not count. `-not` alone finds all
            /// that lack it; without a word nothing is found. Nothing typed is an error: what was not looked
            /// for as it stands is told in `Search-Notes`.
            #[param(nullable = false, example = "\"regional security\" -gas", max_length = 16_384)]
            pub q: Option<String>,
            /// Only quotes in this article (id or slug).
            #[param(nullable = false, value_type = Option<String>, example = "russia-and-china-are-eager", max_length = 200)]
            pub article: Option<Handle>,
            /// Only quotes of this person (id or slug).
            #[param(nullable = false, value_type = Option<String>, example = "zhang-xin", max_length = 200)]
            pub speaker: Option<Handle>,
            /// Only quotes of somebody of this organisation: its name, without regard to case.
            #[param(nullable = false, example = "CCTV", max_length = 200)]
            pub affiliation: Option<String>,
            /// Only quotes of somebody in this role, without regard to case.
            #[param(nullable = false, example = "researcher", max_length = 300)]
            pub role: Option<String>,
            /// Only quotes in articles by this person (id or slug).
            #[param(nullable = false, value_type = Option<String>, example = "jane-doe", max_length = 200)]
            pub author: Option<Handle>,
            /// Only quotes of this kind.
            #[param(inline = false, nullable = false)]
            pub kind: Option<QuoteKind>,
            /// Only quotes in this state; `confirmed` when absent. `suggested` needs `drafts:read`.
            #[param(inline = false, required = false)]
            #[serde(default)]
            pub state: QuoteState,
            /// Only quotes whose anchor is like this.
            #[param(inline = false, nullable = false)]
            pub anchor: Option<AnchorStatus>,
            /// Only quotes in articles of these statuses. Without `drafts:read` only those of published
            /// articles are seen; with it, when absent, all.
            #[param(nullable = false, value_type = Option<Vec<Status>>, max_items = 3, style = Form, explode = false, example = json!(["published"]))]
            pub status: Option<CommaList<Status>>,
            /// Not before this RFC 3339 instant or date.
            #[param(nullable = false, value_type = Option<String>, example = "2020-09-01", max_length = 40)]
            pub from: Option<Since>,
            /// Before this RFC 3339 instant or date.
            #[param(nullable = false, value_type = Option<String>, example = "2020-10-01T00:00:00Z", max_length = 40)]
            pub to: Option<Since>,
            /// Which date `from` and `to` mean; `published` when absent.
            #[param(inline = false, required = false)]
            #[serde(default)]
            pub date: QuoteDate,
            /// Only quotes in this language (BCP 47), their own or else the article's; `en` finds `en-GB` too.
            #[param(nullable = false, value_type = Option<String>, example = "en", max_length = 64)]
            pub language: Option<Language>,
            $($own)*
        }

        impl $name {
            /// Reads and checks what all queries over quotes have.
            pub(super) fn filter(&self, view: View) -> Result<Asked> {
                let expression = self.tag.as_deref().map(parse).transpose();
                let tag = expression
                    .map_err(|error| Error::parameter("tag", "invalid", error.to_string()))?;
                let statuses = match (view, &self.status) {
                    (View::Public, None) => Some(vec![Status::Published]),
                    (View::Drafts, None) => None,
                    (View::Drafts, Some(CommaList(all))) => Some(all.clone()),
                    (View::Public, Some(CommaList(all))) => {
                        let mut seen = all.clone();
                        seen.retain(|status| *status == Status::Published);
                        Some(seen)
                    }
                };
                Ok(Asked {
                    view,
                    statuses,
                    tag,
                    search: self.q.as_deref().map(|text| Search::parse(text, false)),
                    article: self.article.clone(),
                    speaker: self.speaker.clone(),
                    affiliation: self.affiliation.as_deref().map(folded),
                    role: self.role.as_deref().map(folded),
                    author: self.author.clone(),
                    kind: self.kind,
                    state: self.state,
                    anchor: self.anchor,
                    from: self.from.map(Since::moment),
                    to: self.to.map(Since::moment),
                    date: self.date,
                    language: self.language.clone(),
                    ids: None,
                })
            }
        }
    };
}
pub(super) use quote_query;

quote_query!(
    /// Which quotes are asked for, and in what order.
    QuoteQuery {
        /// Exactly these quotes (ids, up to 100), in this order.
        #[param(nullable = false, value_type = Option<Vec<String>>, max_items = 100, style = Form, explode = false, example = json!(["01890a5d-ac96-774b-bcce-b302099a8057"]))]
        pub ids: Option<CommaList<Id>>,
        /// Whether each item shows in `highlights` where `q` was found.
        #[param(required = false)]
        #[serde(default)]
        pub highlight: bool,
        /// What the list is ordered by; `-created_at` when absent. `relevance` ranks the 500 last entered of
        /// what is found; other orders list all.
        #[param(inline = false, required = false)]
        #[serde(default)]
        pub order: QuoteOrder,
        /// How many at most: 1 to 100, 20 when absent (with `ids`: all of them).
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
);

/// Which quotes are asked for, read and checked, but not yet looked up.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) view: View,
    /// Of which articles; any when there is none.
    pub(super) statuses: Option<Vec<Status>>,
    pub(super) tag: Option<Expression>,
    pub(super) search: Option<Search>,
    pub(super) article: Option<Handle>,
    pub(super) speaker: Option<Handle>,
    pub(super) affiliation: Option<String>,
    pub(super) role: Option<String>,
    pub(super) author: Option<Handle>,
    pub(super) kind: Option<QuoteKind>,
    pub(super) state: QuoteState,
    pub(super) anchor: Option<AnchorStatus>,
    pub(super) from: Option<Moment>,
    pub(super) to: Option<Moment>,
    pub(super) date: QuoteDate,
    pub(super) language: Option<Language>,
    pub(super) ids: Option<Vec<Id>>,
}

impl Asked {
    /// What tells whether these quotes are others.
    pub(super) fn names(&self, names: Names) -> Names {
        let names = names.and_all(Subject::Quote);
        let names =
            if self.tag.is_some() { names.and_taggings().and_all(Subject::Tag) } else { names };
        if self.author.is_some() { names.and_any_article() } else { names }
    }

    /// Whether nothing but the speaker is asked for.
    pub(super) fn is_of_speaker_alone(&self) -> bool {
        let Self { view: _, statuses: _, state: _, date: _, speaker, tag, search, .. } = self;
        let Self { article, affiliation, role, author, kind, anchor, from, to, .. } = self;
        let Self { language, ids, .. } = self;
        let none = tag.is_none() && search.is_none() && article.is_none() && affiliation.is_none();
        let none = none && role.is_none() && author.is_none() && kind.is_none() && anchor.is_none();
        let none = none && from.is_none() && to.is_none() && language.is_none() && ids.is_none();
        speaker.is_some() && none
    }

    /// What names these quotes.
    pub(super) fn identity(&self) -> String {
        let Self { search, .. } = self;
        let search = search.as_ref().map(|search| &search.alternatives);
        format!("quotes {search:?} {:?}", Self { search: None, ..self.clone() })
    }
}

/// A question for a page of quotes.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) asked: Asked,
    pub(super) highlight: bool,
    pub(super) order: QuoteOrder,
    pub(super) limit: Limit,
    cursor: Option<CursorText>,
    pub(super) count: Count,
}

impl Ask {
    pub(super) fn new(view: View, query: QuoteQuery) -> Result<Self> {
        let mut asked = query.filter(view)?;
        let QuoteQuery { ids, highlight, order, limit, cursor, count, .. } = query;
        if order == QuoteOrder::Relevance && asked.search.is_none() {
            return Err(Error::parameter("order", "conflict", NO_RELEVANCE));
        }
        if let Some(CommaList(ids)) = &ids {
            let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
            let clash = if cursor.is_some() {
                Some("cursor")
            } else if order != QuoteOrder::default() {
                Some("order")
            } else {
                limit.filter(|limit| limit.rows() < count).map(|_| "limit")
            };
            if let Some(name) = clash {
                let detail = "cannot be combined with `ids`, which says order and number itself";
                return Err(Error::parameter(name, "conflict", detail));
            }
        }
        let limit = if ids.is_some() { Limit::most() } else { limit.unwrap_or_default() };
        asked.ids = ids.map(|CommaList(ids)| ids);
        Ok(Self { asked, highlight, order, limit, cursor, count })
    }

    /// What names this list, whatever page of it is asked for: a cursor is bound to it.
    pub(super) fn identity(&self) -> String {
        format!("{} {:?}", self.asked.identity(), self.order)
    }

    /// Where the page begins.
    pub(super) fn position(&self) -> Result<Option<Position>> {
        self.cursor.as_ref().map(|cursor| cursor.position(&self.identity())).transpose()
    }
}
