//! A long discussion: its last page costs what its first one does.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use onrecord::db::Conn;
use onrecord::db::types::{Id, Moment};

use crate::app::{App, Client};
use crate::comments::article;

/// How many comments the discussion has.
const COMMENTS: usize = 10_000;

/// Enters a discussion into the database: threads of ten with every depth, and one of thousands of replies. Through the
/// API it would take minutes.
fn discuss(app: &App, article: &str) {
    let mut conn = app.url.connect().unwrap();
    let article = article.parse::<Id>().unwrap();
    let (id, yes, now) = match &conn {
        Conn::Sqlite(_) => {
            let id: fn(Id) -> String = |id| format!("x'{}'", id.simple());
            (id, "1", Moment::now().as_millis().to_string())
        }
        Conn::Postgres(_) => {
            let id: fn(Id) -> String = |id| format!("'{id}'");
            (id, "true", "now()".to_owned())
        }
    };
    let no = if yes == "1" { "0" } else { "false" };
    let mut line = Vec::<Id>::new();
    let mut sql = String::new();
    for number in 0..COMMENTS {
        line.truncate(if number > COMMENTS / 2 { 1 } else { (number % 10).min(8) });
        let parent = line.last().map_or("NULL".to_owned(), |parent| id(*parent));
        line.push(Id::new());
        let path = line.iter().map(Id::simple).collect::<String>();
        let newest_path =
            line[0].simple().chars().map(turned).chain(path[32..].chars()).collect::<String>();
        sql.push_str(if number % 500 == 0 {
            "INSERT INTO comments (id, article_id, parent_id, path, newest_path, depth, state, is_shown, is_flagged, \
             reply_count, approved_below, marks, author_name, author_key, created_at, updated_at, version, body, \
             body_html) VALUES "
        } else {
            ", "
        });
        write!(
            sql,
            "({}, {}, {parent}, '{path}', '{newest_path}', {}, 'approved', {yes}, {no}, 0, 0, '[]', 'Ada', 'ada', {now}, {now}, 1, \
             'Number {number}', '<p>Number {number}</p>')",
            id(line[line.len() - 1]),
            id(article),
            line.len() - 1,
        )
        .unwrap();
        if number % 500 == 499 {
            sql.push_str(";\n");
        }
    }
    write!(
        sql,
        "INSERT INTO article_discussions (article_id, comment_count) VALUES ({}, {COMMENTS});",
        id(article)
    )
    .unwrap();
    conn.batch_execute(&sql).unwrap();
}

/// A digit from the other end.
fn turned(digit: char) -> char {
    char::from_digit(15 - digit.to_digit(16).unwrap(), 16).unwrap()
}

/// The statements a page took, as the server says.
fn statements(client: &Client, path: &str) -> String {
    let timing = client.get(path).expect(200).header("server-timing").to_owned();
    timing.split("desc=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The shortest of some times that each of two answers took, asked for in turns: machines are noisy.
fn shortest(client: &Client, paths: [&str; 2]) -> [Duration; 2] {
    let mut times = [Duration::MAX; 2];
    for _ in 0..25 {
        for (time, path) in times.iter_mut().zip(paths) {
            let begun = Instant::now();
            client.get(path).expect(200);
            *time = begun.elapsed().min(*time);
        }
    }
    times
}

#[test]
fn list_article_comments_to_the_last_page_at_the_cost_of_the_first() {
    let app = App::forgetful();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    discuss(&app, admin.get("/v1/articles/one").text("id"));
    for query in
        ["view=thread", "view=thread&order=-created_at", "view=flat", "view=flat&order=-created_at"]
    {
        let first = format!("/v1/articles/one/comments?{query}&limit=100");
        let (mut path, mut last) = (first.clone(), first.clone());
        let (mut seen, mut pages) = (BTreeSet::new(), 0);
        let mut above = Vec::<String>::new();
        loop {
            let page = public.get(&path).expect(200);
            for item in page.json["items"].as_array().unwrap() {
                let id = item["id"].as_str().unwrap().to_owned();
                // In a thread a comment follows its parent, or what replies to that.
                if query.starts_with("view=thread") {
                    above.truncate(usize::try_from(item["depth"].as_u64().unwrap()).unwrap());
                    assert_eq!(item["parent_id"].as_str(), above.last().map(String::as_str));
                    above.push(id.clone());
                }
                assert!(seen.insert(id));
            }
            pages += 1;
            let Some(cursor) = page.json["next_cursor"].as_str() else { break };
            last.clone_from(&path);
            path = format!("{first}&cursor={cursor}");
        }
        assert_eq!((seen.len(), pages), (COMMENTS, COMMENTS / 100), "{query}");
        assert_eq!(statements(&public, &first), statements(&public, &path), "{query}");
        assert_eq!(statements(&admin, &first), statements(&admin, &path), "{query}");
        assert_eq!(statements(&public, &first), statements(&public, &first.replace("100", "1")));
        // The last page but one is full, as the first is.
        let [begin, end] = shortest(&public, [&first, &last]);
        println!("{query}: page 1 {begin:?}, page {} {end:?}", pages - 1);
        assert!(end < begin * 3, "{query}: {begin:?} {end:?}");
    }
}
