//! Bodies on their way: sizes, depth, codings in both directions, and doing a thing once.

use std::io::Write as _;

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::{Answer, App, Client, JSON, unpacked};

const CODINGS: [&str; 3] = ["br", "zstd", "gzip"];

fn packed(coding: &str, bytes: &[u8]) -> Vec<u8> {
    match coding {
        "gzip" => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        "br" => {
            let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
            encoder.write_all(bytes).unwrap();
            encoder.into_inner()
        }
        _ => zstd::stream::encode_all(bytes, 3).unwrap(),
    }
}

/// An article large enough to be worth packing.
fn long(client: &Client) {
    let body = "Russia and China are eager. ".repeat(200);
    let sent = json!({"title": "Long", "status": "published", "body": body});
    client.post("/v1/articles", sent).expect(201);
}

#[test]
fn get_article_packed_in_every_coding_under_a_tag_of_its_own() {
    let app = App::new();
    long(&app.admin());
    let path = "/v1/articles/long";
    let plain = app.public().get(path).expect(200);
    assert_eq!(plain.header("content-encoding"), "");
    let mut tags = vec![plain.header("etag").to_owned()];
    for coding in CODINGS {
        let answer = app.public().get_with(path, "accept-encoding", coding).expect(200);
        assert_eq!(answer.header("content-encoding"), coding);
        assert!(answer.header("vary").to_lowercase().contains("accept-encoding"), "{coding}");
        assert!(answer.bytes.len() < plain.bytes.len() / 2);
        assert_eq!(unpacked(coding, &answer.bytes), plain.bytes, "{coding}");
        let tag = answer.header("etag").to_owned();
        assert!(tag.starts_with('"') && !tags.contains(&tag), "{tag}");
        let asks = [("accept-encoding", coding), ("if-none-match", tag.as_str())];
        let spared = app.public().send("GET", path, &asks, &[]).expect(304);
        assert_eq!(spared.header("etag"), tag);
        assert_eq!(spared.header("content-encoding"), "", "there is nothing to decode");
        tags.push(tag);
    }
    for (accept, coding) in
        [("identity", ""), ("gzip;q=0", ""), ("deflate;q=0, lzma", ""), ("gzip;q=0.5, br", "br")]
    {
        let answer = app.public().get_with(path, "accept-encoding", accept).expect(200);
        assert_eq!(answer.header("content-encoding"), coding, "{accept}");
    }
}

#[test]
fn update_article_after_reading_it_packed() {
    let app = App::new();
    let admin = app.admin();
    long(&admin);
    for (place, coding) in CODINGS.into_iter().enumerate() {
        let read = admin.get_with("/v1/articles/long", "accept-encoding", coding).expect(200);
        let tag = read.header("etag").to_owned();
        let body = json!({"dateline": format!("MOSCOW {place}")}).to_string();
        let headers = [JSON[0], ("if-match", tag.as_str())];
        let send = || admin.send("PATCH", "/v1/articles/long", &headers, body.as_bytes());
        send().expect(200);
        send().problem(412, "precondition-failed");
    }
    assert_eq!(admin.get("/v1/articles/long").json["version"], 4);
}

#[test]
fn create_article_from_a_packed_body() {
    let app = App::new();
    let admin = app.admin();
    let sent = json!({"title": "Packed", "body": "Text. ".repeat(1000)}).to_string();
    for coding in CODINGS {
        let headers = [JSON[0], ("content-encoding", coding)];
        let post = |bytes: &[u8]| admin.send("POST", "/v1/articles", &headers, bytes);
        let made = post(&packed(coding, sent.as_bytes())).expect(201);
        assert_eq!(made.json["title"], "Packed");
        let cut = packed(coding, sent.as_bytes());
        post(&cut[..cut.len() / 2]).problem(400, "malformed-request");
        post(b"not packed at all").problem(400, "malformed-request");
        let bomb = packed(coding, &vec![b' '; 64 * 1024 * 1024]);
        assert!(bomb.len() < 1024 * 1024);
        post(&bomb).problem(413, "too-large");
    }
    for coding in ["deflate", "compress", "gzip, gzip", "x"] {
        let headers = [JSON[0], ("content-encoding", coding)];
        let refused = admin.send("POST", "/v1/articles", &headers, sent.as_bytes());
        refused.problem(415, "unsupported-media-type");
    }
    assert_eq!(app.rows("articles"), 3);
}

#[test]
fn create_article_up_to_a_mebibyte_and_not_a_byte_more() {
    let app = App::new();
    let admin = app.admin();
    let mut sent = json!({"title": "Large", "body": "x"}).to_string().into_bytes();
    sent.resize(1024 * 1024, b' ');
    admin.send("POST", "/v1/articles", JSON, &sent).expect(201);
    sent.push(b' ');
    admin.send("POST", "/v1/articles", JSON, &sent).problem(413, "too-large");
    assert_eq!(app.rows("articles"), 1);
}

#[test]
fn create_article_nested_32_levels_deep_and_not_one_more() {
    let app = App::new();
    let admin = app.admin();
    let nested = |depth: usize| {
        let inner = depth - 1;
        format!(r#"{{"title":"T","x":{}{}}}"#, "[".repeat(inner), "]".repeat(inner))
    };
    let send = |text: &str| admin.send("POST", "/v1/articles", JSON, text.as_bytes());
    assert_eq!(send(&nested(32)).problem(422, "invalid-field").pointers(), ["/x"]);
    let deeper = send(&nested(33)).problem(400, "malformed-request");
    assert!(deeper.text("detail").contains("32"));
    send(&nested(100_000)).problem(400, "malformed-request");
}

#[test]
fn create_article_from_what_is_not_json() {
    let app = App::new();
    let admin = app.admin();
    for body in [
        "",
        " ",
        "{",
        "{\"title\":}",
        "{\"title\":\"T\"} x",
        "{\"title\":\"T\",}",
        "{'title':'T'}",
        "{\"title\":\"T\",\"title\":\"U\"}",
        "{\"title\":\"\\ud800\"}",
        "{\"title\":NaN}",
        "\u{feff}{}",
    ] {
        let refused = admin.send("POST", "/v1/articles", JSON, body.as_bytes());
        refused.problem(400, "malformed-request");
    }
    admin
        .send("POST", "/v1/articles", JSON, b"{\"title\":\"\xff\"}")
        .problem(400, "malformed-request");
    for body in ["[]", "null", "1", "\"T\"", "{}", "{\"title\":null}", "{\"title\":\"a\\u0000b\"}"]
    {
        admin.send("POST", "/v1/articles", JSON, body.as_bytes()).problem(422, "invalid-field");
    }
    for media_type in
        ["text/plain", "application/merge-patch+json", "application/json; charset=latin1"]
    {
        let headers = [("content-type", media_type)];
        let refused = admin.send("POST", "/v1/articles", &headers, b"{\"title\":\"T\"}");
        refused.problem(415, "unsupported-media-type");
    }
    assert_eq!(app.rows("articles"), 0);
}

fn once(client: &Client, key: &str, body: &Value) -> Answer {
    let headers = [JSON[0], ("idempotency-key", key)];
    client.send("POST", "/v1/articles", &headers, body.to_string().as_bytes())
}

#[test]
fn create_article_once_however_often_it_is_sent() {
    let app = App::new();
    let admin = app.admin();
    let sent = json!({"title": "Once", "tags": ["tag"]});
    let first = once(&admin, "a-1", &sent).expect(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    for _ in 0..3 {
        let again = once(&admin, "a-1", &sent).expect(201);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.bytes, first.bytes);
        for name in ["location", "etag", "last-modified", "content-type"] {
            assert_eq!(again.header(name), first.header(name), "{name}");
        }
    }
    once(&admin, "a-1", &json!({"title": "Other"})).problem(422, "idempotency-key-reused");
    let headers = [JSON[0], ("idempotency-key", "a-1")];
    let elsewhere = admin.send("POST", "/v1/tags", &headers, br#"{"name":"Once"}"#);
    elsewhere.problem(422, "idempotency-key-reused");
    assert_eq!((app.rows("articles"), app.rows("tags")), (1, 1));
    once(&admin, "a-2", &sent).expect(201);
    once(&app.with(&[Scope::ContentWrite]), "a-1", &sent).expect(201);
    assert_eq!(app.rows("articles"), 3);
}

#[test]
fn create_article_again_after_a_failure_under_the_same_idempotency_key() {
    let app = App::new();
    let admin = app.admin();
    once(&admin, "b", &json!({"title": ""})).problem(422, "invalid-field");
    let taken = json!({"title": "T", "slug": "taken"});
    let holder = admin.post("/v1/articles", taken.clone()).expect(201);
    once(&admin, "b", &taken).problem(409, "conflict");
    admin.delete(holder.header("location")).expect(204);
    once(&admin, "b", &taken).expect(201);
    let again = once(&admin, "b", &taken).expect(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(app.rows("articles"), 1);
}

#[test]
fn create_article_refuses_idempotency_keys_that_are_none() {
    let app = App::new();
    let admin = app.admin();
    let long = "x".repeat(256);
    for key in ["", " ", long.as_str()] {
        let refused = once(&admin, key, &json!({"title": "T"})).problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], "Idempotency-Key");
    }
    assert_eq!(app.rows("articles"), 0);
    once(&admin, &long[..255], &json!({"title": "T"})).expect(201);
}
