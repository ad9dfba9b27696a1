//! What a list of articles is made from: what has to change before it can be another.

use super::expression::Expression;
use super::filter::Filter;
use super::query::Ask;
use super::{ArticleOrder, ArticlePage, DateKind};
use crate::changes::kind::Subject;
use crate::changes::names::{Among, Names};
use crate::db::types::Moment;
use crate::error::Result;
use crate::page::Count;

/// The names of what a page is made from; nothing when it depends on the hour, too.
pub(super) fn names(ask: &Ask, filter: &Filter, page: &ArticlePage) -> Result<Option<Names>> {
    use ArticleOrder as O;
    let items = Names::default().and(Subject::Article, page.items.iter().map(|item| item.id));
    let by_date = match ask.order {
        O::Relevance => return Ok(None),
        O::NewestPublished | O::OldestPublished => true,
        O::NewestUpdated | O::OldestUpdated | O::Title => false,
    };
    let ranged = ask.from.is_some() || ask.to.is_some();
    if !by_date || ask.search.is_some() || (ranged && ask.date != DateKind::Published) {
        return Ok(Some(items.and_any_article()));
    }
    if let Some(ids) = &ask.ids {
        // Who is named, shown and no matter of another filter stays until it changes.
        let all = page.items.len() == ids.len();
        return Ok(Some(if all { items } else { items.and_any_article() }));
    }
    let within = match (among(ask, filter), ends(ask, page)?) {
        (Some(among), (Some(one), Some(other))) => items.clone().and_between(&among, one, other),
        (Some(among), (Some(begin), None)) if ask.order == O::NewestPublished => {
            Some(items.clone().and_before(&among, begin))
        }
        _ => None,
    };
    Ok(Some(within.unwrap_or_else(|| of_filters(items, ask, filter))))
}

/// Among which articles those stand that fit the filters, if dates tell them apart.
fn among(ask: &Ask, filter: &Filter) -> Option<Among> {
    let by_person = ask.author.is_some() || ask.speaker.is_some() || ask.affiliation.is_some();
    // A count knows of all the pages.
    if by_person || ask.count == Count::Exact {
        return None;
    }
    let Some(expression) = &ask.tag else { return Some(Among::default().all()) };
    if filter.tags.len() < expression.terms().len() {
        return None;
    }
    let among = Among::default().tagged(filter.tags.values().copied());
    Some(if holds_without_tags(expression) { among.all() } else { among })
}

/// Between which dates it stands, from its begin to its end, as far as something stands beyond.
fn ends(ask: &Ask, page: &ArticlePage) -> Result<(Option<Moment>, Option<Moment>)> {
    let newest_first = ask.order == ArticleOrder::NewestPublished;
    let (earliest, latest) = (ask.from, ask.to);
    let (first_limit, last_limit) =
        if newest_first { (latest, earliest) } else { (earliest, latest) };
    let begin = match ask.position()? {
        Some(position) => Some(position.moment()?.0),
        None => first_limit,
    };
    let last = page.items.last().filter(|_| page.next_cursor.is_some());
    let end = last.map(|item| item.published_at.unwrap_or(item.created_at)).or(last_limit);
    Ok((begin, end))
}

/// What says that an article comes to fit the filters, or to fit them no more.
fn of_filters(mut names: Names, ask: &Ask, filter: &Filter) -> Names {
    let mut told = false;
    if let Some(expression) = &ask.tag {
        told = !holds_without_tags(expression);
        names = names.and_tagged(filter.tags.values().copied());
        let unknown = filter.tags.len() < expression.terms().len();
        names = names.and_all_if(unknown, Subject::Tag);
    }
    if let Some(author) = filter.author {
        told = true;
        names = names.and_written_by(author).and_all_if(author.is_none(), Subject::Person);
    }
    if let Some(speaker) = filter.speaker {
        told = true;
        names = names.and_said_by(speaker).and_all_if(speaker.is_none(), Subject::Person);
    }
    if ask.affiliation.is_some() {
        told = true;
        names = names.and_all(Subject::Quote);
    }
    if told && ask.language.is_none() { names.and_dates() } else { names.and_articles() }
}

/// Whether an article without any tag matches: then no tag tells of all that come and go.
fn holds_without_tags(expression: &Expression) -> bool {
    match expression {
        Expression::Tag(_) => false,
        Expression::Not(inner) => !holds_without_tags(inner),
        Expression::And(all) => all.iter().all(holds_without_tags),
        Expression::Or(any) => any.iter().any(holds_without_tags),
    }
}
