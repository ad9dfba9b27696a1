//! The stream of changes: events without a gap, whatever happens to the line.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::App;
use crate::program::Program;

/// A reader of a stream, line by line.
struct Listener(BufReader<TcpStream>);

impl Listener {
    fn new(address: SocketAddr, query: &str, headers: &str) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let accept =
            "Accept: text/event-stream\r\nAccept-Encoding: gzip\r\nOrigin: https://news.example";
        write!(
            stream,
            "GET /v1/changes/stream{query} HTTP/1.1\r\nHost: a\r\n{accept}\r\n{headers}\r\n"
        )
        .unwrap();
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
        }
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
        let head = head.to_lowercase();
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        assert!(head.contains("access-control-allow-origin: *"), "{head}");
        Self(reader)
    }

    /// The next event: its id, and its change if it has one. Nothing at the end.
    fn next(&mut self) -> Option<(String, Value)> {
        let (mut id, mut data, mut retry) = (String::new(), Value::Null, false);
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            // The lengths of the chunks stand between.
            let line = line.trim_end();
            if let Some(text) = line.strip_prefix("id: ") {
                text.clone_into(&mut id);
            } else if let Some(text) = line.strip_prefix("data: ") {
                data = serde_json::from_str(text).unwrap();
            } else if line.starts_with("retry: ") {
                retry = true;
            } else if line == "0" {
                return None;
            } else if line.is_empty() && !id.is_empty() {
                if retry {
                    data = json!("retry");
                }
                return Some((id, data));
            }
        }
    }

    fn seqs(&mut self, count: usize) -> Vec<i64> {
        (0..count)
            .map(|_| {
                let (id, change) = self.next().unwrap();
                assert_eq!(id, change["seq"].to_string());
                change["seq"].as_i64().unwrap()
            })
            .collect()
    }
}

#[test]
fn stream_changes_goes_on_where_it_was_cut_off() {
    let app = App::new();
    let admin = app.admin();
    let tag = |n: usize| {
        admin.put(&format!("/v1/tags/tag-{n}"), json!({"name": format!("Tag {n}")})).expect(201);
    };
    tag(1);
    let mut listener = Listener::new(app.address, "", "");
    assert_eq!(listener.next(), Some(("1".to_owned(), json!("retry"))));
    admin.post("/v1/articles", json!({"title": "Draft"})).expect(201);
    tag(2);
    let (id, change) = listener.next().unwrap();
    let page = app.public().get("/v1/changes?after=1").expect(200);
    assert_eq!((id.as_str(), &change), ("2", &page.json["items"][0]));
    drop(listener);
    (3..150).for_each(tag);
    let mut listener =
        Listener::new(app.address, "?kind=tag.created&after=9", "Last-Event-ID: 2\r\n");
    listener.next().unwrap();
    assert_eq!(listener.seqs(147), (3..150).collect::<Vec<_>>());
    let mut shown = Listener::new(app.address, "?after=149&include=resource&tag=tag-150", "");
    shown.next().unwrap();
    tag(151);
    tag(150);
    // The tag was not there when the stream began to look for it, and is found once it is.
    let (_, change) = shown.next().unwrap();
    assert_eq!(change["resource"], app.public().get("/v1/tags/tag-150").expect(200).json);
    for wrong in ["x", "-1", "1.5"] {
        let headers = [("last-event-id", wrong)];
        let answer = app.public().send("GET", "/v1/changes/stream", &headers, &[]);
        answer.problem(400, "invalid-parameter");
    }
    let json = [("accept", "application/json")];
    app.public().send("GET", "/v1/changes/stream", &json, &[]).problem(406, "not-acceptable");
    app.public().send("HEAD", "/v1/changes/stream", &[], &[]).expect(200);
}

#[test]
fn stream_changes_ends_with_a_word_when_the_server_stops() {
    let app = App::new();
    let mut listeners = (0..5).map(|_| Listener::new(app.address, "", "")).collect::<Vec<_>>();
    for listener in &mut listeners {
        listener.next().unwrap();
    }
    app.close();
    for listener in &mut listeners {
        assert_eq!(listener.next(), Some(("0".to_owned(), json!("retry"))));
        assert_eq!(listener.next(), None);
    }
}

/// Not read, a stream is not fed for ever; and nothing is lost by it.
#[test]
fn stream_changes_cuts_off_who_takes_nothing() {
    let app = App::with_patience(1);
    let admin = app.admin();
    let query = "?include=resource&kind=article.published&after=0";
    let mut listener = Listener::new(app.address, query, "");
    let body = "All the news that fits. ".repeat(40_000);
    for n in 0..14 {
        let new = json!({"title": format!("Story {n}"), "status": "published", "body": body});
        admin.post("/v1/articles", new).expect(201);
    }
    std::thread::sleep(Duration::from_millis(2500));
    let (mut seen, mut lives) = (Vec::new(), 1);
    let mut last = String::new();
    while seen.len() < 14 {
        if let Some((id, change)) = listener.next() {
            seen.extend(change["resource"]["title"].as_str().map(str::to_owned));
            last = id;
        } else {
            lives += 1;
            let header = format!("Last-Event-ID: {last}\r\n");
            listener = Listener::new(app.address, query, &header);
        }
    }
    assert_eq!(seen, (0..14).map(|n| format!("Story {n}")).collect::<Vec<_>>());
    assert!(lives > 1, "it was fed for as long as it did not read");
}

#[test]
fn stream_changes_tells_what_another_process_writes_and_ends_in_order() {
    let program = Program::new();
    let server = program.serve(&[]);
    let address = server.base.strip_prefix("http://").unwrap().parse().unwrap();
    let mut listener = Listener::new(address, "", "");
    listener.next().unwrap();
    let line = json!({"title": "One", "status": "published"}).to_string();
    let file = program.file("a.ndjson", line);
    program.run(&["import", &file]).expect(0);
    let (_, change) = listener.next().unwrap();
    assert_eq!(change["kind"], "article.published");
    let begun = Instant::now();
    let ended = server.stop();
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(listener.next().unwrap().1, json!("retry"));
    assert_eq!(listener.next(), None);
}
