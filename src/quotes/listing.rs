//! Lists of quotes: filtered, ordered or ranked, page by page.

use std::collections::HashMap;

use diesel::prelude::*;

use super::filter::{Filter, dated, filtered, fitting};
use super::query::Ask;
use super::sql::{Joined, QuoteRow, joined, quote, shown, tables};
use super::{QuoteOrder, QuotePage};
use crate::changes::kind::Subject;
use crate::changes::names::Names;
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Conn, among};
use crate::error::Result;
use crate::page::{Count, Cut, Key, Limit, Position};
use crate::schema::{articles, people, quote_words, quotes};
use crate::search::{Corpus, HighlightField, Note, RANKED_MAX, Ranking, Search, Words, best};

/// A page of quotes, and what their search did not do as it was typed.
pub(super) fn list(
    conn: &mut Conn,
    site: &Addresses,
    ask: &Ask,
) -> Result<(QuotePage, Vec<Note>, Option<Names>)> {
    let mut notes = ask.asked.search.as_ref().map_or_else(Vec::new, |search| search.notes.clone());
    let filter = Filter::of(conn, ask.asked.clone())?;
    let rows = rows(conn, ask, &filter, &mut notes)?;
    let mut cut = Cut::new(rows, ask.limit, &ask.identity(), |(_, at)| at.clone());
    if let Some(ids) = &ask.asked.ids {
        cut.rows.sort_by_key(|((row, ..), _)| ids.iter().position(|id| *id == row.id));
        cut.next = None;
    }
    let mut items = cut.rows.into_iter().map(|(row, _)| quote(site, row)).collect::<Vec<_>>();
    if let Some(search) = ask.asked.search.as_ref().filter(|_| ask.highlight) {
        for item in &mut items {
            item.highlights = search.highlights(&[(HighlightField::Text, item.text.as_str())]);
        }
    }
    let total = match ask.count {
        Count::None => None,
        Count::Exact => {
            let rows = quotes::table.inner_join(articles::table);
            Some(filtered!(rows.select(diesel::dsl::count_star()), filter).get_result(conn)?)
        }
    };
    let page = QuotePage { items, next_cursor: cut.next, total };
    let names = names(ask, &filter, &page);
    Ok((page, notes, names))
}

/// What a page is made from; nothing when it depends on the hour, too.
fn names(ask: &Ask, filter: &Filter, page: &QuotePage) -> Option<Names> {
    let items = Names::default().and(Subject::Quote, page.items.iter().map(|quote| quote.id));
    let by_entry = match ask.order {
        QuoteOrder::Relevance => return None,
        QuoteOrder::NewestCreated | QuoteOrder::OldestCreated => true,
        _ => false,
    };
    // Who is quoted once more, or once less, is another.
    let alone = by_entry && filter.speaker_is_there && ask.asked.is_of_speaker_alone();
    Some(match filter.speaker.filter(|_| alone) {
        Some(speaker) => items.and_said_by([speaker]),
        None => ask.asked.names(items),
    })
}

/// [`Joined`], and what it is ordered by.
type Dated = (QuoteRow, (String, String, Option<Moment>), Option<(String, String)>, Moment);

/// A row and where it stands in its list.
type Placed = (Joined, Position);

/// One page of rows, and where each of them stands in the list. The first comparison is what an index can use.
fn rows(conn: &mut Conn, ask: &Ask, filter: &Filter, notes: &mut Vec<Note>) -> Result<Vec<Placed>> {
    let from = ask.position()?;
    macro_rules! page {
        ($column:expr, $within:ident, $beyond:ident, $direction:ident) => {{
            let mut rows = filtered!(tables!().select(shown!($column)), filter);
            if let Some(from) = from {
                let (key, id) = from.moment()?;
                let beyond = $column.$beyond(key).or(quotes::id.$beyond(id));
                rows = rows.filter($column.$within(key)).filter(beyond);
            }
            rows.order(($column.$direction(), quotes::id.$direction()))
                .limit(ask.limit.rows() + 1)
                .load::<Dated>(conn)?
        }};
        // Ids are made in the order of entry.
        (by id, $beyond:ident, $direction:ident) => {{
            let mut rows = filtered!(tables!().select(shown!(quotes::created_at)), filter);
            if let Some(from) = from {
                rows = rows.filter(quotes::id.$beyond(from.moment()?.1));
            }
            rows.order(quotes::id.$direction()).limit(ask.limit.rows() + 1).load::<Dated>(conn)?
        }};
    }
    let rows = match ask.order {
        QuoteOrder::NewestCreated => page!(by id, lt, desc),
        QuoteOrder::OldestCreated => page!(by id, gt, asc),
        QuoteOrder::NewestSaid => page!(dated(quotes::said_at, articles::dated_at), le, lt, desc),
        QuoteOrder::OldestSaid => page!(dated(quotes::said_at, articles::dated_at), ge, gt, asc),
        QuoteOrder::NewestPublished => page!(articles::dated_at, le, lt, desc),
        QuoteOrder::OldestPublished => page!(articles::dated_at, ge, gt, asc),
        QuoteOrder::Relevance => {
            let search = ask.asked.search.clone().unwrap_or_default();
            return ranked(conn, filter, &search, from, ask.limit, notes);
        }
    };
    let placed = rows.into_iter().map(|(row, article, speaker, at)| {
        let position = Position { key: Key::Moment(at), id: row.id };
        ((row, article, speaker), position)
    });
    Ok(placed.collect())
}

/// The quotes that a search finds, best first, after `from`.
fn ranked(
    conn: &mut Conn,
    filter: &Filter,
    search: &Search,
    from: Option<Position>,
    limit: Limit,
    notes: &mut Vec<Note>,
) -> Result<Vec<Placed>> {
    let from = from.map(Position::score).transpose()?;
    let Some(found) = &filter.found else { return Ok(Vec::new()) };
    let of_articles = quotes::table.inner_join(articles::table);
    let fitting = fitting!(of_articles.select(quotes::id), filter).filter(Corpus::Quotes.this());
    let mut ids = found.newest(fitting, RANKED_MAX + 1).load::<Id>(conn)?;
    if i64::try_from(ids.len()).is_ok_and(|count| count > RANKED_MAX) {
        ids.pop();
        notes.push(Note::not_all_ranked());
    }
    let rows = quote_words::table
        .inner_join(quotes::table.inner_join(articles::table))
        .filter(among(quote_words::quote_id, &ids))
        .select((quotes::id, dated(quotes::said_at, articles::dated_at), quote_words::body))
        .load::<(Id, Moment, String)>(conn)?;
    let as_of = from.map_or_else(Moment::now, |(_, as_of, _)| as_of);
    let ranking = Ranking::new(search, as_of);
    let scored = rows
        .into_iter()
        .map(|(id, at, body)| (ranking.score(&Words { body, ..Words::default() }, at), id));
    let best = best(scored.collect(), as_of, from, limit.rows() + 1);
    let ids = best.iter().map(|at| at.id).collect::<Vec<_>>();
    let rows = joined!().filter(among(quotes::id, &ids)).load::<Joined>(conn)?;
    let mut rows = rows.into_iter().map(|row| (row.0.id, row)).collect::<HashMap<_, _>>();
    Ok(best.into_iter().filter_map(|at| Some((rows.remove(&at.id)?, at))).collect())
}
