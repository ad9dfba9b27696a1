//! Public answers are kept until they change: by the server, and by caches in between as it says.

use std::time::{Duration, Instant};

use onrecord::config::CacheSettings;
use onrecord::db::Db;
use serde_json::json;

use crate::app::{Answer, App};

fn hit(answer: &Answer) -> bool {
    answer.header("server-timing").contains("cache;desc=\"hit\"")
}

#[test]
fn get_article_is_answered_from_memory_until_it_changes() {
    let app = App::new();
    let (admin, reader) = (app.admin(), app.public());
    let made = admin.post("/v1/articles", json!({"title": "One", "status": "published"}));
    let id = made.expect(201).text("id").replace('-', "");
    let first = reader.get("/v1/articles/one").expect(200);
    assert!(!hit(&first) && first.header("server-timing").contains("cache;desc=\"miss\""));
    let second = reader.get("/v1/articles/one").expect(200);
    assert!(hit(&second), "{}", second.header("server-timing"));
    assert!(second.header("server-timing").contains("db;desc=\"0 statements\""));
    assert_eq!(second.bytes, first.bytes);
    for name in ["etag", "last-modified", "content-type", "cache-control", "vary", "cache-tag"] {
        assert_eq!(second.header(name), first.header(name), "{name}");
        assert!(!second.header(name).is_empty(), "{name}");
    }
    assert_ne!(second.header("x-request-id"), first.header("x-request-id"));
    assert_eq!(second.header("cache-tag"), format!("article-{id}"));
    assert_eq!(second.header("surrogate-key"), format!("article-{id}"));
    // Without settings, whoever keeps it asks again.
    assert_eq!(second.header("cache-control"), "no-cache");
    assert_eq!(second.header("cdn-cache-control"), "");

    let known = reader.get_with("/v1/articles/one", "if-none-match", second.header("etag"));
    assert!(hit(&known.expect(304)));
    let looked = reader.send("HEAD", "/v1/articles/one", &[], &[]).expect(200);
    assert!(hit(&looked) && looked.bytes.is_empty());
    assert_eq!(looked.header("content-length"), first.bytes.len().to_string());

    // Another article drops nothing of this one.
    admin.post("/v1/articles", json!({"title": "Two", "status": "published"})).expect(201);
    assert!(hit(&reader.get("/v1/articles/one")));
    admin.patch("/v1/articles/one", json!({"title": "Uno"})).expect(200);
    let after = reader.get("/v1/articles/one").expect(200);
    assert!(!hit(&after));
    assert_eq!(after.json["title"], "Uno");
    admin.patch("/v1/articles/one", json!({"status": "archived"})).expect(200);
    reader.get("/v1/articles/one").problem(404, "not-found");
    reader.get("/v1/articles/one").problem(404, "not-found");
}

#[test]
fn list_articles_is_kept_under_one_address_whatever_the_order_of_its_parameters() {
    let app = App::new();
    let (admin, reader) = (app.admin(), app.public());
    let article = json!({"title": "One", "status": "published", "tags": ["Red"]});
    admin.post("/v1/articles", article).expect(201);
    let first = reader.get("/v1/articles?tag=red&limit=5").expect(200);
    let second = reader.get("/v1/articles?limit=5&tag=red").expect(200);
    assert!(!hit(&first) && hit(&second));
    assert!(!hit(&reader.get("/v1/articles?limit=6&tag=red")));
    // What is refused is refused again.
    reader.get("/v1/articles?limit=5&tga=red").problem(400, "invalid-parameter");
    reader.get("/v1/articles?limit=5&tga=red").problem(400, "invalid-parameter");
    // What is ranked by nearness to the present is not kept.
    for _ in 0..2 {
        let ranked = reader.get("/v1/articles?q=one&order=relevance").expect(200);
        assert!(!hit(&ranked) && ranked.header("cache-tag").is_empty());
    }
}

#[test]
fn get_article_is_coded_once_for_each_coding() {
    let app = App::new();
    let (admin, reader) = (app.admin(), app.public());
    let article = json!({"title": "One", "status": "published", "body": "Words. ".repeat(500)});
    admin.post("/v1/articles", article).expect(201);
    let plain = reader.get("/v1/articles/one").expect(200);
    for coding in ["br", "zstd", "gzip"] {
        for _ in 0..2 {
            let coded = reader.get_with("/v1/articles/one", "accept-encoding", coding).expect(200);
            assert!(hit(&coded), "{coding}");
            assert_eq!(coded.header("content-encoding"), coding);
            assert_eq!(coded.json, plain.json, "{coding}");
            assert!(coded.bytes.len() < plain.bytes.len() / 5, "{coding}: {}", coded.bytes.len());
            let tag = plain.header("etag").trim_end_matches('"').to_owned();
            assert_eq!(coded.header("etag"), format!("{tag}-{coding}\""));
            assert_eq!(coded.header("vary"), "accept-encoding");
            let headers = [("accept-encoding", coding), ("if-none-match", coded.header("etag"))];
            let known = reader.send("GET", "/v1/articles/one", &headers, &[]).expect(304);
            assert_eq!(known.header("etag"), coded.header("etag"));
            assert_eq!(known.header("content-encoding"), "");
        }
    }
    admin.patch("/v1/articles/one", json!({"title": "Uno"})).expect(200);
    let coded = reader.get_with("/v1/articles/one", "accept-encoding", "br").expect(200);
    assert!(!hit(&coded));
    assert_eq!(coded.json["title"], "Uno");
}

#[test]
fn get_article_with_a_key_is_neither_kept_nor_taken_from_what_is_kept() {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/articles", json!({"title": "One", "status": "published"})).expect(201);
    for _ in 0..2 {
        let own = admin.get("/v1/articles/one").expect(200);
        assert!(!own.header("server-timing").contains("cache"), "{}", own.header("server-timing"));
        assert_eq!(own.header("cache-control"), "private, no-cache");
        assert_eq!((own.header("cache-tag"), own.header("surrogate-key")), ("", ""));
    }
    assert!(!hit(&app.public().get("/v1/articles/one")));
    app.with_key("onr_nobody_nothing").get("/v1/articles/one").problem(401, "unauthorized");
}

#[test]
fn get_article_tells_caches_what_the_settings_say() {
    let cache = CacheSettings {
        browser_max_age_seconds: 5,
        cdn_max_age_seconds: 86_400,
        stale_while_revalidate_seconds: 60,
        ..CacheSettings::default()
    };
    let app = App::caching(cache);
    let admin = app.admin();
    admin.post("/v1/articles", json!({"title": "One", "status": "published"})).expect(201);
    for _ in 0..2 {
        let answer = app.public().get("/v1/articles/one").expect(200);
        let told = "public, max-age=5, stale-while-revalidate=60";
        assert_eq!(answer.header("cache-control"), told);
        let told = "public, max-age=86400, stale-while-revalidate=60";
        assert_eq!(answer.header("cdn-cache-control"), told);
    }
    let missing = app.public().get("/v1/articles/none").problem(404, "not-found");
    assert_eq!(
        (missing.header("cache-control"), missing.header("cdn-cache-control")),
        ("no-store", "")
    );
    assert_eq!(admin.get("/v1/articles/one").header("cdn-cache-control"), "");
}

#[test]
fn get_article_is_as_another_process_has_left_it() {
    let app = App::new();
    let (admin, reader) = (app.admin(), app.public());
    admin.post("/v1/articles", json!({"title": "One", "status": "published"})).expect(201);
    let beside = app.beside();
    let other = beside.admin();
    for n in 0..20 {
        reader.get("/v1/articles/one").expect(200);
        assert!(hit(&reader.get("/v1/articles/one")));
        let title = format!("Written elsewhere {n}");
        let written = other.patch("/v1/articles/one", json!({"title": title})).expect(200);
        let seq = written.header("onrecord-seq").to_owned();
        // Who says what they have seen is never given what is older.
        let mine = reader.get_with("/v1/articles/one", "min-seq", &seq).expect(200);
        assert_eq!(mine.json["title"], title);
        let since = Instant::now();
        while reader.get("/v1/articles/one").json["title"] != title {
            assert!(since.elapsed() < Duration::from_secs(1), "after {:?}", since.elapsed());
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    // A write that is no server's: by the library, as the command line does.
    assert!(hit(&reader.get("/v1/articles/one")));
    let line = Db::open(&app.url, 1).unwrap();
    line.write_now(|conn| {
        use diesel::connection::SimpleConnection as _;
        Ok(conn.batch_execute("UPDATE articles SET title = 'By hand'")?)
    })
    .unwrap();
    let since = Instant::now();
    while reader.get("/v1/articles/one").json["title"] != "By hand" {
        assert!(since.elapsed() < Duration::from_secs(1), "after {:?}", since.elapsed());
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn get_metrics_tells_how_the_cache_does() {
    let app = App::new();
    let (admin, reader) = (app.admin(), app.public());
    admin.post("/v1/articles", json!({"title": "One", "status": "published"})).expect(201);
    for _ in 0..3 {
        reader.get("/v1/articles/one").expect(200);
    }
    let text = String::from_utf8(reader.get("/metrics").bytes).unwrap();
    for line in
        ["onrecord_cache_hits_total 2", "onrecord_cache_misses_total 1", "onrecord_cache_entries 1"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn get_article_is_kept_within_bounds() {
    let cache = CacheSettings { cache_bytes: 200_000, ..CacheSettings::default() };
    let app = App::caching(cache);
    let (admin, reader) = (app.admin(), app.public());
    for n in 0..40 {
        let body = "Words. ".repeat(1000);
        let article = json!({"title": format!("A {n}"), "slug": format!("a-{n}"), "status": "published", "body": body});
        admin.post("/v1/articles", article).expect(201);
        reader.get(&format!("/v1/articles/a-{n}")).expect(200);
    }
    let text = String::from_utf8(reader.get("/metrics").bytes).unwrap();
    let line = text.lines().find(|line| line.starts_with("onrecord_cache_bytes ")).unwrap();
    let bytes = line.split(' ').nth(1).unwrap().parse::<u64>().unwrap();
    assert!((20_000..=200_000).contains(&bytes), "{bytes}");
}
