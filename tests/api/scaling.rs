//! Several programs on one database, and replicas that cannot be read from. Those that can are tried by `make test-cluster`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use onrecord::db::{Conn, DatabaseUrl};
use serde_json::json;

use crate::app::Client;
use crate::bad_input::full_article;
use crate::program::Program;

fn client(base: &str, key: Option<String>) -> Client {
    Client::to(base.strip_prefix("http://").unwrap().parse().unwrap(), key)
}

#[test]
fn of_many_that_start_at_once_each_step_is_run_by_one() {
    let program = Program::new();
    let started = (0..6).map(|_| {
        let mut command = program.command(&["migrate", "up"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    });
    let started = started.collect::<Vec<Child>>();
    let mut server = program.command(&["serve", "--listen", "127.0.0.1:0"]);
    let server = crate::program::Serving::start(server.stdin(Stdio::null()));
    let mut ran = 0;
    let mut known = 0;
    for child in started {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        let count = said.lines().last().unwrap().strip_suffix(" run").unwrap();
        ran += count.parse::<usize>().unwrap();
        let states = String::from_utf8(output.stdout).unwrap();
        assert!(states.lines().all(|line| line.starts_with("applied  ")), "{states}");
        known = states.lines().count();
    }
    ran += server.log.matches("schema changed").count();
    assert!(known > 10, "{known}");
    assert_eq!(ran, known, "every step once");
    client(&server.base, None).get("/readyz").expect(200);
}

/// Keeps everybody else from changing the schema, until it is let go.
fn held(url: &DatabaseUrl) -> Conn {
    let mut conn = url.connect().unwrap();
    let hold = match &conn {
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Postgres(_) => {
            "SELECT pg_advisory_lock(x'6d696772'::int, hashtext(current_schema::text))"
        }
    };
    conn.batch_execute(hold).unwrap();
    conn
}

#[test]
fn who_has_to_wait_for_another_to_change_the_schema_says_so() {
    let program = Program::new();
    let mut holder = held(&program.url);
    let mut command = program.command(&["migrate", "up"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut waiting = command.spawn().unwrap();
    let mut said = BufReader::new(waiting.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.contains("waiting for another program"), "{line}");
    assert!(waiting.try_wait().unwrap().is_none());
    let release = match &holder {
        Conn::Sqlite(_) => "ROLLBACK",
        Conn::Postgres(_) => "SELECT pg_advisory_unlock_all()",
    };
    holder.batch_execute(release).unwrap();
    let status = waiting.wait().unwrap();
    let rest = said.lines().map_while(Result::ok).collect::<Vec<_>>();
    assert!(status.success(), "{rest:?}");
}

#[test]
fn a_database_that_lacks_nothing_is_opened_while_others_write() {
    let program = Program::new();
    program.run(&["migrate", "up"]).expect(0);
    let _holder = held(&program.url);
    let begun = Instant::now();
    program.run(&["keys", "list"]).expect(0);
    program.run(&["migrate", "up"]).expect(0);
    assert!(begun.elapsed() < Duration::from_secs(4), "it waited");
}

/// The same address with another database and another password.
fn elsewhere(url: &DatabaseUrl, database: &str) -> Option<String> {
    let DatabaseUrl::Postgres(text) = url else { return None };
    let mut url = url::Url::parse(text).unwrap();
    url.set_path(database);
    Some(url.to_string())
}

#[test]
fn what_is_no_replica_is_refused_by_name() {
    let program = Program::new();
    program.run(&["migrate", "up"]).expect(0);
    let serve = |replica: &str| {
        program.run(&["serve", "--listen", "127.0.0.1:0", "--database-replica", replica])
    };
    program.run(&["serve", "--database-replica", "mysql://a/b"]).expect(2);
    match &program.url {
        DatabaseUrl::Sqlite(_) => {
            let ran = serve("postgres://ada:s3cret@127.0.0.1:1/onrecord");
            ran.fails("is a file and has no replicas; leave --database-replica out");
        }
        DatabaseUrl::Postgres(primary) => {
            serve("sqlite:other.db").fails("--database-replica: sqlite:other.db is a file");
            serve(primary).fails("takes writes, so it is no replica");
            let other = elsewhere(&program.url, "postgres").unwrap();
            serve(&other).fails("/postgres");
            serve(&other).fails("is no replica of the database onrecord");
            let both = format!("{other},{primary}");
            let ran = program.run(&["check", "--database-replica", &both]);
            ran.fails("is no replica of the database onrecord");
        }
    }
}

#[test]
fn get_readiness_tells_of_a_replica_that_is_not_there_and_nobody_else_notices() {
    let program = Program::new();
    if matches!(program.url, DatabaseUrl::Sqlite(_)) {
        println!("skipped: SQLite has no replicas");
        return;
    }
    let replica = "postgres://ada:s3cret@127.0.0.1:1/onrecord?sslpassword=s3cret";
    let server = program.serve(&["--database-replica", replica]);
    let key = program.run(&["keys", "create", "--name", "a", "--scope", "admin"]).expect(0);
    let admin = client(&server.base, Some(key.stdout.trim().to_owned()));
    let public = client(&server.base, None);
    for n in 0..5 {
        let made = admin.post("/v1/articles", full_article(&format!("A {n}"))).expect(201);
        public.get(made.header("location")).expect(200);
    }
    let ready = public.get("/readyz").expect(200).json;
    assert_eq!(ready["status"], "ok");
    assert_eq!(ready["replicas"], json!([{"number": 1, "up": false, "behind": null}]));
    let metrics = String::from_utf8(public.get("/metrics").expect(200).bytes).unwrap();
    for line in ["db_replica_up{replica=\"1\"} 0", "db_replica_behind{replica=\"1\"} -1"] {
        assert!(metrics.contains(line), "{metrics}");
    }
    let said = server.stop();
    for text in [&metrics, &said.stderr, &said.stdout] {
        assert!(!text.contains("s3cret"), "{text}");
    }
    let ran = program.run(&["check", "--database-replica", replica]);
    assert!(!ran.stderr.contains("s3cret"), "{}", ran.stderr);
    ran.fails("the replica postgres://ada@127.0.0.1:1/onrecord takes no reads");
}

#[test]
fn get_readiness_names_no_replicas_where_there_are_none() {
    let app = crate::app::App::new();
    let ready = app.public().get("/readyz").expect(200).json;
    assert_eq!((&ready["status"], &ready["replicas"]), (&json!("ok"), &json!([])));
}

#[test]
fn a_server_says_when_the_database_has_no_room_for_its_connections() {
    let program = Program::new();
    let server = program.serve(&["--readers", "2"]);
    assert!(!server.log.contains("run out of connections"), "{}", server.log);
    if matches!(program.url, DatabaseUrl::Sqlite(_)) {
        return;
    }
    // 64 that read and 64 that write, three servers of them beside what the tests hold: more than 300.
    let held = (0..180).map(|_| program.url.connect().unwrap()).collect::<Vec<_>>();
    let server = program.serve(&["--readers", "64"]);
    assert!(server.log.contains("run out of connections"), "{}", server.log);
    assert!(server.log.contains("wanted=128"), "{}", server.log);
    drop(held);
}
