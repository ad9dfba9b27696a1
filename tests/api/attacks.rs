//! What somebody who means harm tries, and what comes of it: nothing.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

use crate::app::App;

/// Speaks to the server byte by byte, and hears it until it hangs up.
fn whisper(app: &App, bytes: &str) -> String {
    let mut stream = TcpStream::connect(app.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(8))).unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    said
}

/// A cursor whose position is another, with its check sum made right again.
fn forged(cursor: &str, key: &[u8]) -> String {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).unwrap();
    let mut forged = bytes[..24].to_vec();
    forged.extend_from_slice(key);
    forged.extend_from_slice(&xxh3_64(&forged).to_be_bytes());
    URL_SAFE_NO_PAD.encode(forged)
}

#[test]
fn forged_cursors_are_refused() {
    let app = App::new();
    let admin = app.admin();
    for title in ["One", "Two"] {
        let new = json!({"title": title, "status": "published", "tags": [title]});
        admin.post("/v1/articles", new).expect(201);
    }
    let text = |text: &[u8]| [b"t", text].concat();
    let moment = |millis: i64| [&b"m"[..], &millis.to_be_bytes()].concat();
    let lists = [
        ("/v1/tags?limit=1", vec![text(b"a\0b"), text(b"\xff")]),
        ("/v1/articles?limit=1&order=title", vec![text(b"\0"), text(b"\xc3")]),
        ("/v1/articles?limit=1", vec![moment(i64::MAX), moment(i64::MIN), moment(1 << 60)]),
    ];
    for (list, keys) in lists {
        let page = app.public().get(list).expect(200);
        for key in keys {
            let cursor = forged(page.text("next_cursor"), &key);
            app.public().get(&format!("{list}&cursor={cursor}")).problem(400, "invalid-cursor");
        }
    }
}

#[test]
fn methods_of_ones_own_making_are_counted_as_one() {
    let app = App::new();
    for number in 0..20 {
        let said = whisper(
            &app,
            &format!("BREW{number} /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        );
        assert!(said.starts_with("HTTP/1.1 405"), "{said}");
    }
    let said = whisper(&app, "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(!said.contains("BREW"), "{said}");
    assert!(said.contains(r#"method="other""#), "{said}");
}

#[test]
fn a_path_in_disguise_leads_nowhere() {
    let app = App::new();
    let nobody = app.with_key("onr_01890a5dac96774bbcceb302099a8057_0");
    nobody.get("/v1/articles").problem(401, "unauthorized");
    nobody.get("/%76%31/articles").problem(404, "not-found");
    app.admin().get("/%76%31/keys").problem(404, "not-found");
}

#[test]
fn a_body_nobody_reads_does_not_hold_the_connection() {
    let app = App::new();
    let preflight = "Origin: https://a.example\r\nAccess-Control-Request-Method: ";
    let (may, may_not) = (format!("{preflight}GET\r\n"), format!("{preflight}PUT\r\n"));
    for (line, header, status) in [
        ("POST /v1/articles", "", "401"),
        ("GET /healthz", "", "200"),
        ("GET /v1/tags", "If-None-Match: *\r\n", "304"),
        ("GET /v1/tags", "Accept-Encoding: foo, *;q=0\r\n", "406"),
        ("GET /docs", "", "307"),
        ("OPTIONS /v1/tags", "", "204"),
        ("OPTIONS /v1/tags", &may, "200"),
        ("OPTIONS /v1/tags", &may_not, "403"),
    ] {
        let mut stream = TcpStream::connect(app.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        let head = format!(
            "{line} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{header}\
             Transfer-Encoding: chunked\r\n\r\n1\r\n \r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let (begun, mut said, mut closed) = (Instant::now(), String::new(), false);
        let mut buffer = [0_u8; 4096];
        while !closed && begun.elapsed() < Duration::from_secs(10) {
            // It keeps sending, a byte at a time; once nobody listens, that fails.
            closed = stream.write_all(b"1\r\n \r\n").is_err();
            match stream.read(&mut buffer) {
                Ok(0) => closed = true,
                Ok(count) => said.push_str(&String::from_utf8_lossy(&buffer[..count])),
                Err(error) => closed = error.kind() == std::io::ErrorKind::ConnectionReset,
            }
        }
        assert!(said.starts_with(&format!("HTTP/1.1 {status}")), "{line} {header}: {said}");
        assert!(closed, "{line} {header}: still open after {:?}", begun.elapsed());
    }
}

#[test]
fn addresses_in_bodies_lead_to_the_web_or_nowhere() {
    let app = App::new();
    let body = r#"<blockquote cite="javascript:alert(1)">a</blockquote><q cite="https://example.com/">b</q>
        <a href="http:evil">c</a><a href=" HTTPS://example.com/">d</a><del cite="data:x">e</del>"#;
    let new = json!({"title": "A", "body": body, "body_format": "html"});
    let made = app.admin().post("/v1/articles", new).expect(201);
    let html = made.text("body_html");
    for gone in ["javascript", "http:evil", "data:"] {
        assert!(!html.contains(gone), "{html}");
    }
    assert!(html.contains(r#"<q cite="https://example.com/">"#), "{html}");
    assert!(html.contains("HTTPS://example.com/"), "{html}");
}

#[test]
fn a_new_key_is_kept_by_no_cache() {
    let app = App::new();
    let made = app.admin().post("/v1/keys", json!({"name": "a", "scopes": ["drafts:read"]}));
    assert_eq!(made.expect(201).header("cache-control"), "no-store");
}

#[test]
fn many_at_once_get_what_they_ask_for() {
    let app = App::new();
    let admin = app.admin();
    let writers = (0..12).map(|writer| {
        let admin = admin.clone();
        std::thread::spawn(move || {
            for number in 0..6 {
                // All want the same slug, the same new tag, the same new people.
                let new = json!({"title": "The same", "status": "published", "tags": [format!("Tag {number}")],
                    "authors": [format!("Author {number}")], "body": "“Yes,” she said.",
                    "quotes": [{"text": "Yes", "speaker_name": format!("Speaker {number}")}]});
                let made = admin.post("/v1/articles", new);
                assert_eq!(made.status, 201, "{writer}: {}", made.json);
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.join().unwrap();
    }
    let tags = app.public().get("/v1/tags?count=exact").expect(200);
    assert_eq!(tags.json["total"], 6);
    for tag in tags.json["items"].as_array().unwrap() {
        assert_eq!(tag["article_count"], 12, "{tag}");
    }
    assert_eq!(app.rows("articles"), 72);
    assert_eq!(app.rows("people"), 12);
}

#[test]
fn demo_data_fills_any_database() {
    let app = App::new();
    onrecord::demo::fill(&app.db, 120).unwrap();
    onrecord::demo::fill(&app.db, 120).unwrap();
    let page = app.public().get("/v1/articles?count=exact&limit=1").expect(200);
    assert_eq!(page.json["total"], 120);
    let page = app.public().get("/v1/links?count=exact&limit=1").expect(200);
    assert_eq!(page.json["total"], 600);
    assert!(
        app.public().get("/v1/links?target=demo-article-3&limit=1").expect(200).json["items"][0]
            .is_object()
    );
}

#[test]
fn bodies_of_a_page_are_as_many_as_memory_bears() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let body = "a ".repeat(450_000);
    for number in 0..8 {
        let sent = json!({"body": body, "body_format": "text", "status": "published", "title": "T",
            "external_id": number.to_string()});
        admin.post("/v1/articles", sent).expect(201);
    }
    let (mut query, mut pages, mut slugs) = (String::new(), 0, Vec::new());
    loop {
        let path = format!("/v1/articles?include=body&limit=100{query}");
        let page = public.get(&path).expect(200);
        assert!(page.bytes.len() < 9_000_000, "{}", page.bytes.len());
        slugs.extend(page.each("slug"));
        pages += 1;
        let Some(cursor) = page.json["next_cursor"].as_str() else { break };
        query = format!("&cursor={cursor}");
    }
    assert_eq!((pages, slugs.len()), (3, 8), "each article once, three on a page");
    let all = "t,t-2,t-3,t-4,t-5";
    let refused = public.get(&format!("/v1/articles?include=body&ids={all}"));
    assert_eq!(refused.problem(400, "invalid-parameter").json["errors"][0]["parameter"], "ids");
    public.get("/v1/articles?include=body&ids=t,t-2").expect(200);
    assert_eq!(public.get(&format!("/v1/articles?ids={all}")).expect(200).each("slug").len(), 5);
}

#[test]
fn quotes_in_the_most_repetitive_text_are_soon_looked_for() {
    let app = App::new();
    let admin = app.admin();
    let quotes = vec![json!({"text": "aaaaaaaaaa", "state": "suggested"}); 1000];
    let sent =
        json!({"title": "T", "body": "xaaaaaaaaaay", "body_format": "text", "quotes": quotes});
    admin.put("/v1/articles/t", sent).expect(201);
    let begun = Instant::now();
    let body = "a".repeat(1_000_000);
    admin.patch("/v1/articles/t", json!({"body": body})).expect(200);
    // Following every occurrence took three minutes in a test build, and nobody else could write.
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}
