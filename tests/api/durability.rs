//! Nothing lost: killed, stopped, locked out and cut off, and on its feet again.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use onrecord::db::types::Id;
use onrecord::db::{Conn, DatabaseUrl};
use serde_json::json;

use crate::app::{Answer, App, Client, sqlite};
use crate::bad_input::full_article;

/// The real program, serving.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn onrecord(arguments: &[&str], database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(arguments).args(["--database", database, "--log", "error"]);
    command.stdin(Stdio::null());
    command
}

/// Starts the program, without waiting for it.
fn start(database: &str) -> Server {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listen = address.to_string();
    let child = onrecord(&["serve", "--workers", "2", "--listen", &listen], database);
    let child = { child }.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    Server { child, address }
}

impl Server {
    /// Waits until it says that it is ready.
    fn ready(mut self) -> Self {
        let started = Instant::now();
        loop {
            let answer = ureq::get(format!("http://{}/readyz", self.address)).call();
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return self;
            }
            assert!(self.child.try_wait().unwrap().is_none(), "it ended instead of serving");
            assert!(started.elapsed() < Duration::from_secs(30), "it is not ready after 30 s");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn admin_key(database: &str) -> String {
    let arguments = ["keys", "create", "--name", "a test", "--scope", "admin"];
    let output = onrecord(&arguments, database).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Creates articles until the server is gone; gives the paths of those it acknowledged.
fn write_until_it_dies(address: SocketAddr, key: &str, writer: usize) -> Vec<String> {
    let mut paths = Vec::new();
    for n in 0.. {
        let body = full_article(&format!("Article {writer} {n}")).to_string();
        let answer = ureq::post(format!("http://{address}/v1/articles"))
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json")
            .send(body);
        match answer {
            Ok(answer) => {
                assert_eq!(answer.status(), 201);
                paths.push(answer.headers()["location"].to_str().unwrap().to_owned());
            }
            Err(_) => break,
        }
    }
    paths
}

/// Tags, authors, quotes and links are all there.
fn assert_whole(article: &serde_json::Value) {
    for (part, count) in [("tags", 2), ("authors", 2), ("quotes", 2), ("links", 2)] {
        assert_eq!(article[part].as_array().unwrap().len(), count, "{part} of {article}");
    }
}

fn kill_round(database: &str, key: &str) -> usize {
    let mut server = start(database).ready();
    let address = server.address;
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let key = key.to_owned();
            std::thread::spawn(move || write_until_it_dies(address, &key, writer))
        })
        .collect();
    let random = u64::from(*Id::new().as_bytes().last().unwrap());
    std::thread::sleep(Duration::from_millis(300 + 4 * random));
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    let acknowledged: Vec<_> = writers.into_iter().flat_map(|w| w.join().unwrap()).collect();
    let again = start(database).ready();
    let client = Client::to(again.address, Some(key.to_owned()));
    for path in &acknowledged {
        assert_whole(&client.get(path).expect(200).json);
    }
    // What was not acknowledged is there whole, or not at all.
    let mut path =
        "/v1/articles?status=draft,published&limit=100&include=quotes,links,authors".to_owned();
    let first = path.clone();
    loop {
        let page = client.get(&path).expect(200);
        page.json["items"].as_array().unwrap().iter().for_each(assert_whole);
        let Some(cursor) = page.json["next_cursor"].as_str() else { break };
        path = format!("{first}&cursor={cursor}");
    }
    drop(again);
    let check = onrecord(&["check"], database).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    acknowledged.len()
}

/// `ONRECORD_KILL_ROUNDS` makes it more than three.
#[test]
fn what_was_acknowledged_survives_kill_9() {
    let rounds = std::env::var("ONRECORD_KILL_ROUNDS").map_or(3, |n| n.parse().unwrap());
    let (url, folder) = sqlite();
    let database = url.to_string();
    let key = admin_key(&database);
    let acknowledged: usize = (0..rounds).map(|_| kill_round(&database, &key)).sum();
    assert!(acknowledged > 0, "no write was acknowledged before the kill");
    remove(&folder.unwrap());
}

fn remove(folder: &Path) {
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn sigterm_lets_requests_in_flight_finish() {
    let (url, folder) = sqlite();
    let database = url.to_string();
    let key = admin_key(&database);
    let mut server = start(&database).ready();
    let client = Client::to(server.address, Some(key));
    let mut other = url.connect().unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let writing = std::thread::spawn(move || client.post("/v1/articles", full_article("A")));
    std::thread::sleep(Duration::from_millis(600));
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    std::thread::sleep(Duration::from_millis(300));
    assert!(server.child.try_wait().unwrap().is_none(), "it left a request behind");
    other.batch_execute("ROLLBACK").unwrap();
    writing.join().unwrap().expect(201);
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    remove(&folder.unwrap());
}

#[test]
fn after_an_orderly_stop_the_file_alone_is_everything() {
    let (url, folder) = sqlite();
    let (database, folder) = (url.to_string(), folder.unwrap());
    let key = admin_key(&database);
    let mut server = start(&database).ready();
    let client = Client::to(server.address, Some(key));
    for title in ["One", "Two"] {
        client.post("/v1/articles", full_article(title)).expect(201);
    }
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    let copy = folder.join("copy.db");
    std::fs::copy(database.strip_prefix("sqlite:").unwrap(), &copy).unwrap();
    let copied = App::on((DatabaseUrl::Sqlite(copy), None));
    assert_eq!(copied.rows("articles"), 2);
    drop(copied);
    remove(&folder);
}

#[test]
fn a_locked_database_is_503_for_all_who_wait_and_heals() {
    let app = App::on(sqlite());
    let admin = app.admin();
    admin.post("/v1/articles", full_article("Standing")).expect(201);
    let mut other = app.url.connect().unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let started = Instant::now();
    let (sender, answers) = mpsc::channel::<Answer>();
    for n in 0..8 {
        let (client, sender) = (admin.clone(), sender.clone());
        std::thread::spawn(move || {
            sender.send(client.post("/v1/articles", full_article(&format!("A {n}")))).unwrap();
        });
    }
    drop(sender);
    std::thread::sleep(Duration::from_millis(300));
    // Reads go on while somebody else holds the database.
    let reading = Instant::now();
    app.public().get("/v1/articles/standing").expect(200);
    assert!(reading.elapsed() < Duration::from_secs(2), "a read waited for a writer");
    let answers: Vec<_> = answers.iter().collect();
    assert_eq!(answers.len(), 8);
    for answer in answers {
        let answer = answer.problem(503, "overloaded");
        assert!(!answer.header("retry-after").is_empty());
    }
    assert!(started.elapsed() < Duration::from_secs(13), "they waited one after another");
    other.batch_execute("ROLLBACK").unwrap();
    admin.post("/v1/articles", full_article("After")).expect(201);
    assert_eq!(app.rows("articles"), 2);
}

/// A new schema, whose connections bear its name.
fn postgres_schema() -> Option<(String, String)> {
    let Ok(base) = std::env::var("TEST_DATABASE_URL") else {
        println!("skipped: TEST_DATABASE_URL is not set, and this is about PostgreSQL");
        return None;
    };
    let name = format!("d{}", Id::new().simple());
    let mut conn = base.parse::<DatabaseUrl>().unwrap().connect().unwrap();
    conn.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
    let sign = if base.contains('?') { '&' } else { '?' };
    let url = format!("{base}{sign}options=-csearch_path%3D{name}&application_name={name}");
    Some((url, name))
}

#[test]
fn two_servers_start_at_once_on_one_schema() {
    let Some((url, _)) = postgres_schema() else { return };
    let (one, other) = (start(&url), start(&url));
    let (one, other) = (one.ready(), other.ready());
    let key = admin_key(&url);
    let made =
        Client::to(one.address, Some(key)).post("/v1/articles", full_article("A")).expect(201);
    let read = Client::to(other.address, None).get(made.header("location")).expect(200);
    assert_eq!(read.json["id"], made.json["id"]);
}

#[test]
fn cut_connections_heal_before_anybody_notices() {
    let Some((url, name)) = postgres_schema() else { return };
    let app = App::on((url.parse().unwrap(), None));
    let admin = app.admin();
    admin.post("/v1/articles", full_article("Standing")).expect(201);
    for round in 0..3 {
        // Every writer has a connection that was used before: eight at once keep them all busy.
        std::thread::scope(|scope| {
            for n in 0..8 {
                let admin = admin.clone();
                let title = json!({"title": format!("Before {round} {n}")});
                scope.spawn(move || admin.post("/v1/articles", title).expect(201));
            }
        });
        cut(&app.url, &name);
        for n in 0..6 {
            admin.post("/v1/articles", json!({"title": format!("A {round} {n}")})).expect(201);
            app.public().get("/v1/articles/standing").expect(200);
        }
    }
    assert_eq!(app.rows("articles"), 1 + 3 * (8 + 6), "each was written once");
}

/// Ends every backend of this name, and returns when they are gone.
fn cut(url: &DatabaseUrl, name: &str) {
    let Conn::Postgres(mut conn) = url.connect().unwrap() else { panic!("not PostgreSQL") };
    #[expect(clippy::disallowed_methods, reason = "the query builder has no words for it")]
    let query = diesel::sql_query(format!(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
         WHERE application_name = '{name}' AND pid <> pg_backend_pid()"
    ));
    assert!(query.execute(&mut conn).unwrap() > 0);
}
