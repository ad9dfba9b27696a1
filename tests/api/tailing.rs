//! Sixteen write, with pauses before their commits, and eight follow: nobody misses anything.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use onrecord::db::{Conn, DatabaseUrl, Db};

use crate::app::{App, Client};
use crate::dice::Dice;

const WRITERS: usize = 16;
const WRITES_EACH: usize = 12;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Enters a tag, and a row of a table whose numbers are taken without care.
fn write(conn: &mut Conn, name: &str) -> onrecord::error::Result<()> {
    let (id, flag) = match conn {
        Conn::Sqlite(_) => ("randomblob(16)", "1"),
        Conn::Postgres(_) => ("gen_random_uuid()", "true"),
    };
    let now = match conn {
        Conn::Sqlite(_) => "0",
        Conn::Postgres(_) => "now()",
    };
    let statements = format!(
        "INSERT INTO naive (name) VALUES ('{name}');
         INSERT INTO tags (id, slug, name, name_key, kind, is_public, created_at, updated_at, version)
         VALUES ({id}, '{name}', '{name}', '{name}', 'topic', {flag}, {now}, {now}, 1)"
    );
    Ok(conn.batch_execute(&statements)?)
}

/// Reads on from the last number, as long as somebody writes and once more.
fn follow(done: &AtomicBool, mut after: impl FnMut(i64) -> Vec<i64>) -> Vec<i64> {
    let mut seen = vec![0];
    loop {
        let was_done = done.load(Ordering::SeqCst);
        let more = after(*seen.last().unwrap());
        seen.extend(&more);
        if was_done && more.is_empty() {
            return seen.split_off(1);
        }
    }
}

fn tail(client: &Client, after: i64) -> Vec<i64> {
    let page = client.get(&format!("/v1/changes?after={after}&limit=5")).expect(200);
    page.each("seq").iter().map(|seq| seq.as_i64().unwrap()).collect()
}

fn naive(conn: &mut Conn, after: i64) -> Vec<i64> {
    #[expect(clippy::disallowed_methods, reason = "the table is the test's own")]
    let query = diesel::sql_query(format!("SELECT id FROM naive WHERE id > {after} ORDER BY id"));
    let rows = match conn {
        Conn::Sqlite(conn) => query.load::<Number>(conn).unwrap(),
        Conn::Postgres(conn) => query.load::<Number>(conn).unwrap(),
    };
    rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn list_changes_leaves_out_nothing_that_is_committed_late() {
    let app = App::new();
    let admin = app.admin();
    let is_sqlite = matches!(app.url, DatabaseUrl::Sqlite(_));
    let id = if is_sqlite { "INTEGER PRIMARY KEY" } else { "bigserial PRIMARY KEY" };
    let table = format!("CREATE TABLE naive (id {id}, name TEXT NOT NULL)");
    app.url.connect().unwrap().batch_execute(&table).unwrap();
    let db = Db::open(&app.url, WRITERS).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let tails = (0..8).map(|_| {
            let (client, done) = (admin.clone(), &done);
            scope.spawn(move || follow(done, |after| tail(&client, after)))
        });
        let tails = tails.collect::<Vec<_>>();
        let naives = (0..2).map(|_| {
            let (mut conn, done) = (app.url.connect().unwrap(), &done);
            scope.spawn(move || follow(done, |after| naive(&mut conn, after)))
        });
        let naives = naives.collect::<Vec<_>>();
        let writers = (0..WRITERS).map(|writer| {
            let db = db.clone();
            scope.spawn(move || {
                let mut dice = Dice(Dice::seed());
                for n in 0..WRITES_EACH {
                    let pause = Duration::from_millis(dice.roll(8) as u64);
                    let name = format!("w{writer}-{n}");
                    db.write_now(move |conn| {
                        write(conn, &name)?;
                        std::thread::sleep(pause);
                        Ok(())
                    })
                    .unwrap();
                }
            })
        });
        let writers = writers.collect::<Vec<_>>().into_iter();
        let written = writers.map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>();
        // Also when one has failed: the others would follow for ever.
        done.store(true, Ordering::SeqCst);
        for writer in written {
            writer.unwrap();
        }
        for tail in tails {
            let seen = tail.join().unwrap();
            assert!(
                seen.is_sorted() && seen.windows(2).all(|pair| pair[0] < pair[1]),
                "out of order"
            );
            assert_eq!(seen.len(), WRITERS * WRITES_EACH, "missing or twice");
        }
        let truth = naive(&mut app.url.connect().unwrap(), 0).into_iter().collect::<BTreeSet<_>>();
        let missed = naives.into_iter().map(|naive| {
            let seen = naive.join().unwrap().into_iter().collect::<BTreeSet<_>>();
            truth.difference(&seen).count()
        });
        // With one writer there is nothing to miss; with several, this test must be able to see it.
        let missed = missed.sum::<usize>();
        assert_eq!(missed == 0, is_sqlite, "the naive readers missed {missed}");
    });
}
