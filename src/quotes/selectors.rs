//! Quotes as the web points to them: W3C selectors, and addresses that lead to the very words.

use std::fmt::Write as _;

use actix_web::get;
use actix_web::web::{Data, Path};
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::anchor::{Body, Found, PREFIX_MAX};
use super::diff::is_word;
use crate::answer::Answer;
use crate::auth::{Reader, View};
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::config::Addresses;
use crate::db::types::Id;
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::input::query::NoParams;
use crate::schema::articles;

/// From how many code points on a quote is named by its first and last words only.
const WHOLE_MAX: usize = 120;
/// How many words stand for the beginning, and for the end, of a long quote.
const EDGE_WORDS: usize = 5;
/// How many words before or behind tell equal words apart.
const CONTEXT_WORDS: usize = 4;

// --- Vocabulary

/// Where a quote stands, as the Web Annotation Data Model of the W3C says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuoteTarget {
    /// The article, as readers find it.
    #[schema(
        format = "uri",
        example = "http://127.0.0.1:8080/v1/articles/russia-and-china-are-eager",
        max_length = 4000
    )]
    pub source: String,
    /// The place in two ways, a `TextQuoteSelector` and a `TextPositionSelector`; empty when the quote is not
    /// `anchored`.
    #[schema(max_items = 2)]
    pub selector: Vec<QuoteSelector>,
}

/// One way to say where words stand. More ways may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "type")]
pub enum QuoteSelector {
    /// By the words themselves.
    TextQuoteSelector(TextQuoteSelector),
    /// By counting.
    TextPositionSelector(TextPositionSelector),
}

/// A place named by the words that stand there and around them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextQuoteSelector {
    /// The words exactly as they stand in `body_text`.
    #[schema(example = "Secondly, we see a clear trend", max_length = 4_194_304)]
    pub exact: String,
    /// The text right before.
    #[schema(example = "East China University.\n\n“", max_length = 64)]
    pub prefix: String,
    /// The text right behind.
    #[schema(example = "” Xin said.", max_length = 64)]
    pub suffix: String,
}

/// A place named by the code points before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextPositionSelector {
    /// The first code point, from 0.
    #[schema(minimum = 0, example = 548)]
    pub start: i32,
    /// The code point behind the last.
    #[schema(minimum = 0, example = 712)]
    pub end: i32,
}

// --- HTTP

/// Registers the routes of selectors.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_quote_selector);
}

/// Get a quote's selectors
///
/// Where the quote stands, in the terms of the W3C's Web Annotation Data Model: what annotation tools take.
#[utoipa::path(tag = "quotes", params(("quote_id" = Id, Path, description = "Id of the quote.")),
    security((), ("key" = [])), responses((status = 200, description = "Where it stands.", body = QuoteTarget)))]
#[get("/v1/quotes/{quote_id}/selector")]
async fn get_quote_selector(
    db: Data<Db>,
    site: Data<Addresses>,
    Reader(view): Reader,
    quote_id: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    let quote_id = quote_id.into_inner();
    let target = db.read(move |conn| target(conn, &site, view, quote_id)).await?;
    Ok(Answer::ok(&target)?.made_from(Names::of(Subject::Quote, quote_id)))
}

// --- SQL

fn target(conn: &mut Conn, site: &Addresses, view: View, id: Id) -> Result<QuoteTarget> {
    let quote = super::sql::find(conn, site, view, id)?;
    let anchor = quote.anchor;
    let mut selector = Vec::new();
    if let Some((start, end)) = anchor.start.zip(anchor.end) {
        let text = articles::table.find(quote.article.id).select(articles::body_text);
        let text = text.first::<String>(conn)?;
        let [skip, take] = [start, end - start].map(|points| usize::try_from(points).ok());
        let words = skip.zip(take).map(|(skip, take)| text.chars().skip(skip).take(take).collect());
        selector.push(QuoteSelector::TextQuoteSelector(TextQuoteSelector {
            exact: words.unwrap_or_default(),
            prefix: anchor.prefix.unwrap_or_default(),
            suffix: anchor.suffix.unwrap_or_default(),
        }));
        selector.push(QuoteSelector::TextPositionSelector(TextPositionSelector { start, end }));
    }
    Ok(QuoteTarget { source: quote.article.url, selector })
}

// --- Text fragments

/// The text directive that leads a browser to words in a page: `[prefix-,]start[,end][,-suffix]`.
///
/// Long words, and such as go over a line, are named by how they begin and end; where words that begin so
/// stand more than once, what stands around them is named too.
pub(super) fn directive(body: &Body<'_>, found: &Found) -> String {
    let words: String =
        body.text().chars().skip(found.start).take(found.end - found.start).collect();
    let words = words.trim();
    let is_long = words.chars().count() > WHOLE_MAX || words.contains('\n');
    let (start, end) = if is_long {
        let first_line = words.lines().next().unwrap_or_default();
        let last_line = words.lines().next_back().unwrap_or_default();
        (first_words(first_line, EDGE_WORDS), Some(last_words(last_line, EDGE_WORDS)))
    } else {
        (words, None)
    };
    let mut directive = String::new();
    let is_ambiguous = body.has_several(start);
    if is_ambiguous {
        let before = last_words(line_before(&found.prefix).trim(), CONTEXT_WORDS);
        if before.chars().any(is_word) {
            escape(before, &mut directive);
            directive.push_str("-,");
        }
    }
    escape(start, &mut directive);
    if let Some(end) = end {
        directive.push(',');
        escape(end, &mut directive);
    }
    if is_ambiguous {
        let after = first_words(line_after(&found.suffix).trim(), CONTEXT_WORDS);
        if after.chars().any(is_word) {
            directive.push_str(",-");
            escape(after, &mut directive);
        }
    }
    directive
}

/// An address with a text directive.
pub(super) fn url(article: &str, directive: &str) -> String {
    let sign = if article.contains('#') { "" } else { "#" };
    format!("{article}{sign}:~:text={directive}")
}

/// The whole words before a quote in its line: browsers find no parts of words.
fn line_before(prefix: &str) -> &str {
    match prefix.rsplit_once('\n') {
        Some((_, line)) => line,
        None if prefix.chars().count() < PREFIX_MAX => prefix,
        None => prefix.split_once(char::is_whitespace).map_or("", |(_, whole)| whole),
    }
}

/// The whole words behind a quote in its line.
fn line_after(suffix: &str) -> &str {
    match suffix.split_once('\n') {
        Some((line, _)) => line,
        None if suffix.chars().count() < PREFIX_MAX => suffix,
        None => suffix.rsplit_once(char::is_whitespace).map_or("", |(whole, _)| whole),
    }
}

fn first_words(text: &str, count: usize) -> &str {
    let end = text.split_inclusive(char::is_whitespace).take(count).map(str::len).sum();
    text.get(..end).unwrap_or(text).trim_end()
}

fn last_words(text: &str, count: usize) -> &str {
    let length: usize =
        text.split_inclusive(char::is_whitespace).rev().take(count).map(str::len).sum();
    text.get(text.len() - length..).unwrap_or(text)
}

/// Percent-encodes what is no letter, digit or harmless mark; `-`, `,` and `&` have a meaning in a directive.
fn escape(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            into.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}
