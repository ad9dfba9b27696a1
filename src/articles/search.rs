//! Articles found by their words: ranked, and with the words marked.

use std::collections::HashMap;

use diesel::prelude::*;

use super::ArticleSummary;
use super::filter::Filter;
use crate::db::types::{Id, Moment};
use crate::db::{Conn, among};
use crate::error::Result;
use crate::page::Position;
use crate::schema::{article_words, articles};
use crate::search::{
    Corpus, Found, HighlightField, Note, RANKED_MAX, Ranking, Search, Words, best,
};

/// The articles that a search finds, best first, after `from`.
pub(super) fn ranked(
    conn: &mut Conn,
    filter: &Filter,
    search: &Search,
    from: Option<Position>,
    limit: i64,
    notes: &mut Vec<Note>,
) -> Result<Vec<Position>> {
    let from = from.map(Position::score).transpose()?;
    let fitting = || filter.fitting().filter(Corpus::Articles.this()).select(articles::id);
    let found = Found::of(conn, Corpus::Articles, search);
    let mut ids = found.newest(fitting(), RANKED_MAX + 1).load::<Id>(conn)?;
    // Always asked for: how many statements a list takes depends on nothing.
    let by_title = Found::of(conn, Corpus::Articles, &search.in_titles());
    let by_title = by_title.newest(fitting(), RANKED_MAX).load::<Id>(conn)?;
    if i64::try_from(ids.len()).is_ok_and(|count| count > RANKED_MAX) {
        ids.pop();
        notes.push(Note::not_all_ranked());
    }
    ids.extend(by_title);
    ids.sort_unstable();
    ids.dedup();
    let rows = article_words::table
        .inner_join(articles::table)
        .filter(among(article_words::article_id, &ids))
        .select((
            articles::id,
            articles::dated_at,
            (article_words::title, article_words::standfirst, article_words::body),
        ))
        .load::<(Id, Moment, (String, String, String))>(conn)?;
    let as_of = from.map_or_else(Moment::now, |(_, as_of, _)| as_of);
    let ranking = Ranking::new(search, as_of);
    let scored = rows.into_iter().map(|(id, dated_at, (title, standfirst, body))| {
        (ranking.score(&Words { title, standfirst, body }, dated_at), id)
    });
    Ok(best(scored.collect(), as_of, from, limit))
}

/// Shows in each of these where the search was found.
pub(super) fn highlight(
    conn: &mut Conn,
    search: Option<&Search>,
    items: &mut [ArticleSummary],
) -> Result<()> {
    let ids = items.iter().map(|item| item.id).collect::<Vec<_>>();
    let bodies = articles::table.filter(among(articles::id, &ids));
    let bodies = bodies.select((articles::id, articles::body_text)).load::<(Id, String)>(conn)?;
    let bodies = bodies.into_iter().collect::<HashMap<_, _>>();
    for item in items {
        let texts = [
            (HighlightField::Title, item.title.as_str()),
            (HighlightField::Standfirst, item.standfirst.as_deref().unwrap_or_default()),
            (HighlightField::Body, bodies.get(&item.id).map(String::as_str).unwrap_or_default()),
        ];
        let shown = search.map(|search| search.highlights(&texts));
        item.highlights = Some(shown.unwrap_or_default());
    }
    Ok(())
}
