//! Bad headers: credentials, media types, codings, preconditions, and verbs.

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord::auth::Scope;
use onrecord::db::Conn;
use serde_json::json;

use crate::app::{Answer, JSON};
use crate::bad_input::{Refusal, Row, Table, WHOLE};

const VALID: &[u8] = br#"{"title": "A"}"#;
const UNAUTHORIZED: Refusal = Refusal(401, "unauthorized", "");
const UNSUPPORTED: Refusal = Refusal(415, "unsupported-media-type", "");

type Headers<'a> = &'a [(&'a str, &'a str)];

fn post<'a>(number: u16, name: &'a str, headers: Headers<'a>, body: &'a [u8]) -> Row<'a> {
    Row { number, name, method: "POST", path: "/v1/articles", headers, body }
}

#[test]
fn credentials_that_do_not_count_are_unauthorized() {
    let table = Table::new();
    let key = table.admin.key.clone().unwrap();
    let (start, last) = key.split_at(key.len() - 1);
    let other = if last == "0" { "1" } else { "0" };
    let swapped: String = key
        .chars()
        .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    let jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsInNjb3BlIjoiYWRtaW4ifQ.";
    let rows: &[(u16, &str, String)] = &[
        (164, "Bearer", "Bearer".to_owned()),
        (165, "Bearer and blanks", "Bearer    ".to_owned()),
        (166, "truncated key", format!("Bearer {start}")),
        (167, "last character changed", format!("Bearer {start}{other}")),
        (168, "swapped case", format!("Bearer {swapped}")),
        (169, "doubled", format!("Bearer {key}{key}")),
        (169, "two keys", format!("Bearer {key} {key}")),
        (169, "two keys in a list", format!("Bearer {key}, Bearer {key}")),
        (170, "Basic", "Basic YWRtaW46YWRtaW4=".to_owned()),
        (171, "16 KB", format!("Bearer {}", "a".repeat(16 * 1024))),
        (175, "a JWT without a signature", format!("Bearer {jwt}")),
        (175, "the key alone", key.clone()),
        (175, "an empty header", String::new()),
    ];
    for (number, name, value) in rows {
        let authorization: Headers = &[("authorization", value)];
        let writing = [authorization, JSON].concat();
        table.refuse_to(&table.public, &post(*number, name, &writing, VALID), UNAUTHORIZED);
        // A bad key is never taken for no key.
        for path in ["/v1/articles", "/v1/articles/standing", "/v1/nowhere"] {
            let row = Row {
                number: *number,
                name,
                method: "GET",
                path,
                headers: authorization,
                body: &[],
            };
            table.refuse_to(&table.public, &row, UNAUTHORIZED);
        }
    }
    table.done();
}

#[test]
fn credentials_elsewhere_than_in_their_header_are_unauthorized() {
    let table = Table::new();
    let key = table.admin.key.clone().unwrap();
    let elsewhere: &[(u16, &str, &str, &str)] = &[
        (163, "none", "x-nothing", "at all"),
        (173, "cookie", "cookie", &format!("key={key}; authorization=Bearer {key}")),
        (174, "X-Forwarded-User", "x-forwarded-user", "admin"),
        (174, "X-Api-Key", "x-api-key", &key),
    ];
    for (number, name, header, value) in elsewhere {
        let headers = [&[(*header, *value)][..], JSON].concat();
        table.refuse_to(&table.public, &post(*number, name, &headers, VALID), UNAUTHORIZED);
    }
    let path = format!("/v1/articles?api_key={key}");
    let row = Row {
        number: 172,
        name: "in the query",
        method: "POST",
        path: &path,
        headers: JSON,
        body: VALID,
    };
    table.refuse_to(&table.public, &row, UNAUTHORIZED);
    table.done();
}

#[test]
fn keys_that_no_longer_count_are_unauthorized_and_small_ones_forbidden() {
    let table = Table::new();
    let revoked = table.app.with(&[Scope::Admin]);
    let id =
        table.admin.get("/v1/keys?limit=1").json["items"][0]["id"].as_str().unwrap().to_owned();
    table.admin.delete(&format!("/v1/keys/{id}")).expect(204);
    let soon = onrecord::db::types::Moment::now().plus_millis(1200).to_string();
    let body = json!({"name": "brief", "scopes": ["admin"], "expires_at": soon});
    let made = table.admin.post("/v1/keys", body).expect(201);
    let mut brief = table.public.clone();
    brief.key = Some(made.text("token").to_owned());
    brief.get("/v1/keys").expect(200);
    std::thread::sleep(Duration::from_millis(1300));
    let small = table.app.with(&[Scope::DraftsRead, Scope::CommentsWrite, Scope::CommentsModerate]);
    let writer = table.app.with(&[Scope::ContentWrite]);
    table.accept_changes();
    let forbidden = Refusal(403, "forbidden", "");
    for (name, client, refusal) in [
        ("revoked", &revoked, UNAUTHORIZED),
        ("expired", &brief, UNAUTHORIZED),
        ("without the scope", &small, forbidden),
    ] {
        table.refuse_to(client, &post(175, name, JSON, VALID), refusal);
        for method in ["PUT", "PATCH", "DELETE"] {
            let (path, headers) = ("/v1/articles/standing", JSON);
            let row = Row { number: 175, name, method, path, headers, body: VALID };
            table.refuse_to(client, &row, refusal);
        }
    }
    for method in ["GET", "POST"] {
        let body: &[u8] =
            if method == "POST" { br#"{"name": "A", "scopes": ["admin"]}"# } else { b"" };
        let row = Row { number: 175, name: "keys", method, path: "/v1/keys", headers: JSON, body };
        table.refuse_to(&writer, &row, forbidden);
        table.refuse_to(&table.public, &row, UNAUTHORIZED);
    }
    table.done();
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn media_types_and_codings_we_do_not_read_are_refused() {
    let table = Table::new();
    let typed: &[(u16, &str, Headers)] = &[
        (176, "text/plain", &[("content-type", "text/plain")]),
        (177, "a form", &[("content-type", "application/x-www-form-urlencoded")]),
        (178, "multipart", &[("content-type", "multipart/form-data; boundary=a")]),
        (179, "no type", &[]),
        (180, "UTF-16", &[("content-type", "application/json; charset=utf-16")]),
        (180, "merge patch to make", &[("content-type", "application/merge-patch+json")]),
        (180, "JSON's cousin", &[("content-type", "application/jsonp")]),
        (
            184,
            "an unknown coding",
            &[("content-type", "application/json"), ("content-encoding", "compress")],
        ),
        (
            184,
            "two codings",
            &[("content-type", "application/json"), ("content-encoding", "gzip, gzip")],
        ),
    ];
    for (number, name, headers) in typed {
        table.refuse(&post(*number, name, headers, VALID), UNSUPPORTED);
    }
    let twice: &[(&str, &str, &str, &'static str)] = &[
        ("two codings", "identity", "gzip", "content-encoding"),
        ("two types", "application/json", "text/plain", "content-type"),
        ("two keys", "one", "two", "idempotency-key"),
        ("two callers", "Bearer onr_a", "Bearer onr_b", "authorization"),
    ];
    for (name, one, two, header) in twice {
        let headers = [(*header, *one), (*header, *two), ("content-type", "application/json")];
        table.refuse(&post(184, name, &headers, VALID), Refusal(400, "invalid-parameter", header));
    }
    let malformed = Refusal(400, "malformed-request", WHOLE);
    let packed = gzip(VALID);
    for coding in ["gzip", "br", "zstd"] {
        let headers = [("content-type", "application/json"), ("content-encoding", coding)];
        table.refuse(&post(181, coding, &headers, b"\x93\x11\xfa\x07garbage"), malformed);
        table.refuse(&post(181, "plain JSON", &headers, VALID), malformed);
    }
    let headers = [("content-type", "application/json"), ("content-encoding", "gzip")];
    for cut in [5, packed.len() / 2, packed.len() - 1] {
        table.refuse(&post(182, "truncated", &headers, &packed[..cut]), malformed);
    }
    let bomb = gzip(&vec![b' '; 100 * 1024 * 1024]);
    let started = Instant::now();
    table.refuse(&post(183, "bomb", &headers, &bomb), Refusal(413, "too-large", ""));
    let took = started.elapsed();
    table.hold(183, "bomb", took < Duration::from_secs(1), format!("took {took:?}"));
    let mut large = VALID.to_vec();
    large.resize(1024 * 1024 + 1, b' ');
    table.refuse(&post(185, "a byte too large", JSON, &large), Refusal(413, "too-large", ""));
    let unacceptable = Refusal(406, "not-acceptable", "");
    for accept in
        ["text/html", "image/*", "application/json;q=0", "application/xml, text/*", "garbage"]
    {
        let headers = [("accept", accept)];
        let row = Row {
            number: 186,
            name: accept,
            method: "GET",
            path: "/v1/articles",
            headers: &headers,
            body: &[],
        };
        table.refuse(&row, unacceptable);
    }
    table.done();
}

#[test]
fn preconditions_that_say_nothing_are_refused() {
    let table = Table::new();
    let path = "/v1/articles/standing";
    let long = format!("\"{}\"", "a".repeat(8 * 1024));
    for (header, name, value) in [
        ("If-Match", "too long", long.as_str()),
        ("If-None-Match", "too long", long.as_str()),
        ("If-None-Match", "empty", ""),
        ("If-None-Match", "blank", " "),
        ("If-None-Match", "no tag", "garbage"),
    ] {
        let headers = [("content-type", "application/json"), (header, value)];
        for (method, body) in
            [("PUT", VALID), ("PATCH", VALID), ("DELETE", &b""[..]), ("GET", &b""[..])]
        {
            // A cache may send what it likes; a read loses nothing by not finding it.
            if method == "GET" && name != "too long" {
                table.admin.send(method, path, &headers, body).expect(200);
                continue;
            }
            let row = Row { number: 224, name, method, path, headers: &headers, body };
            table.refuse(&row, Refusal(400, "invalid-parameter", header));
        }
    }
    table.done();
}

#[test]
fn preconditions_that_do_not_hold_stop_the_write() {
    let table = Table::new();
    let path = "/v1/articles/standing";
    let tag = table.admin.get(path).header("etag").to_owned();
    let weak = format!("W/{tag}");
    let failed = Refusal(412, "precondition-failed", "");
    let rows: &[(u16, &str, &str)] = &[
        (223, "stale", "\"0123456789abcdef0123456789abcdef\""),
        (224, "weak", &weak),
        (224, "no tag", "garbage"),
        (224, "unquoted", tag.trim_matches('"')),
        (224, "empty", ""),
    ];
    for (number, name, value) in rows {
        let headers = [("content-type", "application/json"), ("if-match", *value)];
        for (method, body) in [("PUT", VALID), ("PATCH", VALID), ("DELETE", &b""[..])] {
            table.refuse(
                &Row { number: *number, name, method, path, headers: &headers, body },
                failed,
            );
        }
    }
    let headers = [("content-type", "application/json"), ("if-match", "*")];
    let row = Row {
        number: 224,
        name: "nothing is there",
        method: "PUT",
        path: "/v1/articles/other",
        headers: &headers,
        body: VALID,
    };
    table.refuse(&row, failed);
    let long = "a".repeat(8 * 1024);
    for (number, name, value) in
        [(225, "8 KB", long.as_str()), (226, "empty", ""), (226, "blanks", "  ")]
    {
        let headers = [("content-type", "application/json"), ("idempotency-key", value)];
        table.refuse(
            &post(number, name, &headers, VALID),
            Refusal(400, "invalid-parameter", "Idempotency-Key"),
        );
    }
    let headers = [("content-type", "application/json"), ("idempotency-key", "once")];
    let first = table.admin.send("POST", "/v1/articles", &headers, VALID).expect(201);
    table.accept_changes();
    let reused = Refusal(422, "idempotency-key-reused", "");
    table.refuse(&post(227, "another body", &headers, br#"{"title": "B"}"#), reused);
    let row = Row {
        number: 227,
        name: "another path",
        method: "POST",
        path: "/v1/tags",
        headers: &headers,
        body: br#"{"name": "B"}"#,
    };
    table.refuse(&row, reused);
    let again = table.admin.send("POST", "/v1/articles", &headers, VALID).expect(201);
    table.hold(227, "replayed", again.json == first.json, &again.json);
    table.hold(227, "replayed", again.header("idempotency-replayed") == "true", "not said");
    table.hold(227, "replayed", table.unchanged(), "done twice");
    table.done();
}

/// 228, 229: while a write holds the database, two requests with one key come: one waits, the other is told to.
#[test]
fn a_key_in_flight_is_a_conflict() {
    use diesel::connection::SimpleConnection as _;
    let table = Table::new();
    let mut other = table.app.url.connect().unwrap();
    other
        .batch_execute(match &other {
            Conn::Sqlite(_) => "BEGIN IMMEDIATE",
            Conn::Postgres(_) => "BEGIN; LOCK TABLE idempotent_answers IN ACCESS EXCLUSIVE MODE",
        })
        .unwrap();
    let (sender, answers) = std::sync::mpsc::channel::<Answer>();
    for _ in 0..2 {
        let (client, sender) = (table.admin.clone(), sender.clone());
        std::thread::spawn(move || {
            let headers = [("content-type", "application/json"), ("idempotency-key", "one")];
            sender.send(client.send("POST", "/v1/articles", &headers, VALID)).unwrap();
        });
    }
    let told = answers.recv_timeout(Duration::from_secs(4)).unwrap();
    other.batch_execute("ROLLBACK").unwrap();
    let told = told.problem(409, "request-in-flight");
    assert_eq!(told.header("retry-after"), "1");
    answers.recv_timeout(Duration::from_secs(10)).unwrap().expect(201);
    assert_eq!(table.app.rows("articles"), 3);
    table.done();
}

#[test]
fn verbs_that_are_not_meant_are_not_allowed() {
    let table = Table::new();
    let refusal = Refusal(405, "method-not-allowed", "");
    let rows: &[(u16, &str, &str)] = &[
        (238, "TRACE", "/v1/articles"),
        (238, "TRACE", "/v1/articles/standing"),
        (239, "PUT", "/v1/articles"),
        (239, "PATCH", "/v1/articles"),
        (239, "DELETE", "/v1/articles"),
        (239, "POST", "/v1/articles/standing"),
        (239, "PUT", "/v1/people/zhang-xin"),
        (239, "POST", "/v1/quotes"),
        (239, "GET", "/v1/tags/russia/merge"),
        (239, "POST", "/openapi.json"),
        (239, "DELETE", "/healthz"),
        (241, "BREW", "/v1/articles"),
        (241, "PROPFIND", "/v1/articles/standing"),
        (241, "GETS", "/v1/articles"),
    ];
    for (number, method, path) in rows {
        let row = Row { number: *number, name: method, method, path, headers: JSON, body: VALID };
        let with_body = matches!(*method, "POST" | "PUT" | "PATCH");
        let row = if with_body { row } else { Row { body: &[], headers: &[], ..row } };
        table.refuse(&row, refusal);
        let answer = table.admin.send(method, path, row.headers, row.body);
        table.hold(
            *number,
            method,
            answer.header("allow").contains("OPTIONS"),
            answer.header("allow"),
        );
    }
    // 240: one verb cannot stand in for another.
    for header in ["x-http-method-override", "x-http-method", "x-method-override"] {
        let headers = [(header, "DELETE"), ("content-type", "application/json")];
        let answer = table.admin.send("GET", "/v1/articles/standing", &headers[..1], &[]);
        table.hold(240, header, answer.status == 200, answer.status);
        let row = Row {
            number: 240,
            name: header,
            method: "POST",
            path: "/v1/articles/standing",
            headers: &headers,
            body: VALID,
        };
        table.refuse(&row, refusal);
    }
    table.hold(240, "overridden", table.unchanged(), "the data has changed");
    table.done();
}
