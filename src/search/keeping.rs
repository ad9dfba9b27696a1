//! How the words of texts are kept: what a transaction has written is read before it ends.
//!
//! The database itself lists what is to be read (triggers on the tables fill `texts_to_read`), so that no
//! write can forget to; an older database finds everything on that list.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::words::{self, EVERY, joined};
use crate::db::types::Id;
use crate::db::{Conn, among};
use crate::error::Result;
use crate::schema::{
    article_words, articles, completions, people, quote_words, quotes, tags, texts_to_read,
};
use crate::text::folded;

/// How many texts are read at once.
const READ_AT_ONCE: i64 = 200;
/// After how many texts progress is said.
const SAID_EACH: usize = 20_000;
/// From how many of a name's words it can be completed.
const COMPLETED_WORDS_MAX: usize = 12;
/// How many letters of what completes are kept.
const COMPLETION_MAX: usize = 200;

#[expect(unreachable_pub, reason = "the macro makes it for types that are public")]
mod resource {
    use crate::db::types::text_column;

    /// What a text belongs to.
    #[derive(
        Debug,
        Clone,
        Copy,
        PartialEq,
        Eq,
        diesel::expression::AsExpression,
        diesel::deserialize::FromSqlRow,
    )]
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub(crate) enum Resource {
        Article,
        Quote,
        Tag,
        Person,
    }
    text_column!(Resource { Article = "article", Quote = "quote", Tag = "tag", Person = "person" });
}
pub(crate) use resource::Resource;

/// Reads what is on the list, all of it, and answers how much that was.
pub(crate) fn settle(conn: &mut Conn) -> Result<usize> {
    let mut count = 0;
    loop {
        let read = settle_some(conn)?;
        if read == 0 {
            return Ok(count);
        }
        count += read;
    }
}

/// Reads everything on the list, some of it in each transaction, and says how far it is.
pub(crate) fn catch_up(conn: &mut Conn) -> Result<()> {
    let (mut count, mut said) = (0, 0);
    loop {
        let begin = match conn {
            Conn::Sqlite(_) => "BEGIN IMMEDIATE",
            Conn::Postgres(_) => "BEGIN",
        };
        conn.batch_execute(begin)?;
        let read = settle_some(conn);
        conn.batch_execute(if read.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        match read? {
            0 => break,
            read => count += read,
        }
        if count >= said + SAID_EACH {
            said = count;
            tracing::info!(texts = count, "reading texts for search");
        }
    }
    if count > 0 {
        tracing::info!(texts = count, "every text can be searched");
    }
    Ok(())
}

/// Whether nothing is on the list.
pub(crate) fn is_caught_up(conn: &mut Conn) -> Result<bool> {
    let waiting = texts_to_read::table.select(texts_to_read::id).first::<Id>(conn).optional()?;
    Ok(waiting.is_none())
}

/// Reads some of what is on the list, and answers how much that was.
fn settle_some(conn: &mut Conn) -> Result<usize> {
    let waiting = texts_to_read::table
        .select((texts_to_read::resource, texts_to_read::id))
        .limit(READ_AT_ONCE)
        .load::<(Resource, Id)>(conn)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let of = |resource| {
        let ids = waiting.iter().filter(move |(of, _)| *of == resource).map(|(_, id)| *id);
        ids.collect::<Vec<_>>()
    };
    read_articles(conn, &of(Resource::Article))?;
    read_quotes(conn, &of(Resource::Quote))?;
    read_names(conn, Resource::Tag, &of(Resource::Tag))?;
    read_names(conn, Resource::Person, &of(Resource::Person))?;
    let ids = waiting.iter().map(|(_, id)| *id).collect::<Vec<_>>();
    diesel::delete(texts_to_read::table.filter(among(texts_to_read::id, &ids))).execute(conn)?;
    Ok(waiting.len())
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = article_words)]
struct ArticleWords {
    article_id: Id,
    title: String,
    standfirst: String,
    body: String,
}

fn read_articles(conn: &mut Conn, ids: &[Id]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let texts = articles::table
        .filter(among(articles::id, ids))
        .order(articles::id)
        .select((articles::id, articles::title, articles::standfirst, articles::body_text))
        .load::<(Id, String, Option<String>, String)>(conn)?;
    for (article_id, title, standfirst, body) in texts {
        complete(conn, Resource::Article, article_id, &title, 1)?;
        let words = ArticleWords {
            article_id,
            title: joined(&[EVERY], &title),
            standfirst: joined(&[], &standfirst.unwrap_or_default()),
            body: joined(&[], &body),
        };
        let known = article_words::table.filter(article_words::article_id.eq(article_id));
        if diesel::update(known).set(&words).execute(conn)? == 0 {
            diesel::insert_into(article_words::table).values(&words).execute(conn)?;
        }
    }
    Ok(())
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = quote_words, treat_none_as_null = true)]
struct QuoteWords {
    quote_id: Id,
    body: String,
    role_key: Option<String>,
}

/// The mark of what a person said: no text has it, and no one types it.
pub(crate) fn said_by(person: Id) -> String {
    format!("\u{e001}{}", person.simple())
}

fn read_quotes(conn: &mut Conn, ids: &[Id]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let texts = quotes::table
        .filter(among(quotes::id, ids))
        .order(quotes::id)
        .select((quotes::id, quotes::text, quotes::speaker_id, quotes::role))
        .load::<(Id, String, Option<Id>, Option<String>)>(conn)?;
    for (quote_id, text, speaker, role) in texts {
        let speaker = speaker.map(said_by);
        let marks = [Some(EVERY), speaker.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        let (body, role_key) = (joined(&marks, &text), role.as_deref().map(folded));
        let words = QuoteWords { quote_id, body, role_key };
        let known = quote_words::table.filter(quote_words::quote_id.eq(quote_id));
        if diesel::update(known).set(&words).execute(conn)? == 0 {
            diesel::insert_into(quote_words::table).values(&words).execute(conn)?;
        }
    }
    Ok(())
}

fn read_names(conn: &mut Conn, resource: Resource, ids: &[Id]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let names = match resource {
        Resource::Tag => {
            let named = tags::table.filter(among(tags::id, ids)).order(tags::id);
            named.select((tags::id, tags::name)).load::<(Id, String)>(conn)?
        }
        Resource::Person => {
            let named = people::table.filter(among(people::id, ids)).order(people::id);
            named.select((people::id, people::name)).load::<(Id, String)>(conn)?
        }
        Resource::Article | Resource::Quote => Vec::new(),
    };
    for (id, name) in names {
        complete(conn, resource, id, &name, COMPLETED_WORDS_MAX)?;
    }
    Ok(())
}

/// Keeps what a text completes, from each of its first words on.
fn complete(conn: &mut Conn, resource: Resource, id: Id, text: &str, starts: usize) -> Result<()> {
    diesel::delete(completions::table.filter(completions::id.eq(id))).execute(conn)?;
    let words = words::of(text);
    let mut keys = Vec::new();
    for start in 0..words.len().min(starts) {
        let key = completion(words.get(start..).unwrap_or_default());
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    for key in keys {
        diesel::insert_into(completions::table)
            .values((
                completions::resource.eq(resource),
                completions::key.eq(key),
                completions::id.eq(id),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// How what was typed is spelled, to be completed.
pub(crate) fn completion_of(typed: &str) -> String {
    completion(&words::of(typed))
}

fn completion(words: &[String]) -> String {
    words.join(" ").chars().take(COMPLETION_MAX).collect()
}
