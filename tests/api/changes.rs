//! The log of changes: what it says of writes, how it is waited for and listened to, and reading one's own writes.

use std::time::{Duration, Instant};

use onrecord::auth::Scope;
use onrecord::changes::prune;
use serde_json::json;

use crate::app::{App, Client};

fn kinds(client: &Client, after: i64) -> Vec<String> {
    let page = client.get(&format!("/v1/changes?after={after}&limit=100")).expect(200);
    page.each("kind").iter().map(|kind| kind.as_str().unwrap().to_owned()).collect()
}

fn last(client: &Client) -> i64 {
    let mut after = 0;
    loop {
        let page = client.get(&format!("/v1/changes?after={after}&limit=100")).expect(200).json;
        after = page["last_seq"].as_i64().unwrap();
        if page["has_more"] == false {
            return after;
        }
    }
}

#[test]
fn list_changes_tells_an_articles_life_to_insiders_and_readers() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let (mut all, mut shown) = (0, 0);
    let mut next = |expected: &[&str], seen: &[&str]| {
        assert_eq!(kinds(&admin, all), expected);
        assert_eq!(kinds(&public, shown), seen);
        (all, shown) = (last(&admin), last(&public));
    };
    let new = json!({"title": "One", "tags": ["Red"], "body": "a b",
        "quotes": [{"text": "a", "anonymity_reason": "fear"}]});
    let made = admin.post("/v1/articles", new).expect(201).json;
    next(&["tag.created", "article.created", "quote.created", "short-link.created"], &[]);
    admin.patch("/v1/articles/one", json!({"status": "published"})).expect(200);
    next(
        &["tag.updated", "article.published", "quote.updated", "short-link.updated"],
        &["tag.created", "article.published", "quote.created"],
    );
    admin.patch("/v1/articles/one", json!({"standfirst": "Lead."})).expect(200);
    let page = public.get(&format!("/v1/changes?after={}", last(&public) - 1)).expect(200).json;
    let change = &page["items"][0];
    assert_eq!(change["id"], made["id"]);
    assert_eq!((&change["type"], &change["kind"]), (&json!("article"), &json!("article.updated")));
    assert_eq!(change["fields"], json!(["standfirst"]));
    assert_eq!((&change["deleted"], change.get("resource")), (&json!(false), None));
    next(&["article.updated"], &["article.updated"]);
    admin.patch("/v1/articles/one", json!({"status": "archived"})).expect(200);
    next(
        &["tag.updated", "article.unpublished", "quote.updated"],
        &["tag.updated", "article.unpublished", "quote.deleted"],
    );
    admin.patch("/v1/articles/one", json!({"title": "Two"})).expect(200);
    next(&["article.updated", "quote.updated", "short-link.updated"], &[]);
    admin.delete("/v1/articles/one").expect(204);
    next(&["article.deleted", "quote.deleted", "short-link.updated"], &[]);
    admin.put("/v1/tags/blue", json!({"name": "Blue"})).expect(201);
    admin.post("/v1/tags/red/merge", json!({"into": "blue"})).expect(200);
    let merged = ["tag.created", "tag.merged", "tag.updated"];
    next(&merged, &merged);
}

#[test]
fn list_changes_shows_things_as_they_are_now() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    admin.put("/v1/tags/red", json!({"name": "Red"})).expect(201);
    admin.patch("/v1/tags/red", json!({"name": "Crimson"})).expect(200);
    admin.put("/v1/tags/blue", json!({"name": "Blue"})).expect(201);
    admin.delete("/v1/tags/blue").expect(204);
    let page = public.get("/v1/changes?include=resource").expect(200).json;
    let items = page["items"].as_array().unwrap();
    let red = public.get("/v1/tags/red").expect(200).json;
    assert_eq!((&items[0]["resource"], &items[1]["resource"]), (&red, &red));
    assert_eq!(items[1]["fields"], json!(["name"]));
    for gone in &items[2..4] {
        assert_eq!((&gone["deleted"], gone.get("resource")), (&json!(true), None));
    }
}

#[test]
fn list_changes_goes_page_by_page_and_keeps_to_its_filter() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    for (title, tag) in [("One", "Red"), ("Two", "Blue"), ("Three", "Red")] {
        let new = json!({"title": title, "status": "published", "tags": [tag], "links": [{"url": "https://example.com/"}]});
        admin.post("/v1/articles", new).expect(201);
    }
    let mut seqs = Vec::new();
    let mut next = "/v1/changes?limit=2".to_owned();
    loop {
        let page = public.get(&next).expect(200);
        seqs.extend(page.each("seq").iter().map(|seq| seq.as_i64().unwrap()));
        if page.json["has_more"] == false {
            assert_eq!(page.header("link"), "");
            break;
        }
        let (address, _) = page.header("link")[1..].split_once('>').unwrap();
        next = address[address.find("/v1").unwrap()..].to_owned();
    }
    assert_eq!(seqs, (1..=i64::try_from(seqs.len()).unwrap()).collect::<Vec<_>>());
    let only = public.get("/v1/changes?kind=article.published,link.created&limit=100").expect(200);
    assert_eq!(only.each("kind").len(), 6);
    assert_eq!(only.json["last_seq"], json!(seqs.len()));
    let red = public.get("/v1/changes?tag=red&kind=article.published").expect(200);
    assert_eq!(red.each("type").len(), 2);
    let id = public.get("/v1/tags/blue").expect(200).json["id"].clone();
    let blue = public.get(&format!("/v1/changes?tag={}", id.as_str().unwrap())).expect(200);
    assert_eq!(blue.each("kind"), ["tag.created", "article.published", "link.created"]);
    assert_eq!(public.get("/v1/changes?tag=nowhere").expect(200).each("kind").len(), 0);
    let wrong = public.get("/v1/changes?kind=article.publishd").problem(400, "invalid-parameter");
    assert!(wrong.text("detail").contains("did you mean `article.published`"), "{}", wrong.json);
    for wrong in
        ["after=-1", "after=x", "wait=31", "wait=-1", "include=everything", "limit=0", "aftr=1"]
    {
        public.get(&format!("/v1/changes?{wrong}")).problem(400, "invalid-parameter");
    }
}

#[test]
fn list_changes_takes_as_many_statements_for_one_as_for_a_hundred() {
    let app = App::new();
    let admin = app.admin();
    for n in 0..40 {
        let new = json!({"title": format!("Story {n}"), "status": "published", "tags": ["Red"]});
        admin.post("/v1/articles", new).expect(201);
    }
    let statements = |limit: usize| {
        let page = format!("/v1/changes?kind=article.published&include=resource&limit={limit}");
        let page = app.public().get(&page).expect(200);
        assert_eq!(page.each("seq").len(), limit.min(40));
        page.header("server-timing").split(',').next().unwrap().to_owned()
    };
    assert_eq!(statements(1), statements(100));
}

#[test]
fn list_changes_waits_for_a_change_and_no_longer() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let begun = Instant::now();
    assert_eq!(public.get("/v1/changes?wait=1").expect(200).each("seq").len(), 0);
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| public.get("/v1/changes?wait=30").expect(200));
        std::thread::sleep(Duration::from_millis(300));
        // Nothing that concerns a reader: the wait goes on.
        admin.post("/v1/articles", json!({"title": "Draft"})).expect(201);
        admin.put("/v1/tags/red", json!({"name": "Red"})).expect(201);
        assert_eq!(waiting.join().unwrap().each("kind"), ["tag.created"]);
    });
    assert!(begun.elapsed() < Duration::from_secs(10));
    // Those who wait do not hold up those who do not.
    std::thread::scope(|scope| {
        let waiting = (0..50).map(|_| {
            let public = app.public();
            scope.spawn(move || public.get("/v1/changes?after=1&wait=30").expect(200))
        });
        let waiting = waiting.collect::<Vec<_>>();
        std::thread::sleep(Duration::from_millis(200));
        public.get("/v1/tags/red").expect(200);
        app.close();
        assert!(waiting.into_iter().all(|it| it.join().unwrap().json["items"] == json!([])));
    });
}

#[test]
fn list_changes_says_how_to_start_over_when_the_log_does_not_go_back_so_far() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    for n in 0..10 {
        admin.put(&format!("/v1/tags/tag-{n}"), json!({"name": format!("Tag {n}")})).expect(201);
    }
    app.db.write_now(|conn| prune(conn, 4)).unwrap();
    for client in [&admin, &public] {
        let gone = client.get("/v1/changes?after=5").problem(410, "gone");
        assert!(gone.text("detail").contains("`after=10`"), "{}", gone.json);
        client.get("/v1/changes").problem(410, "gone");
        assert_eq!(client.get("/v1/changes?after=6").expect(200).each("seq").len(), 4);
        client.get("/v1/changes?after=11").problem(410, "gone");
    }
    public.get("/v1/changes/stream?after=2").problem(410, "gone");
    // What is gone is not counted anew.
    app.db.write_now(|conn| prune(conn, 0)).unwrap();
    assert_eq!(public.get("/v1/changes?after=10").expect(200).json["last_seq"], 10);
    let made = admin.put("/v1/tags/newer", json!({"name": "Newer"})).expect(201);
    assert_eq!(made.header("onrecord-seq"), "11");
    assert_eq!(public.get("/v1/changes?after=10").expect(200).each("seq"), [11]);
}

#[test]
fn list_changes_shows_moderators_what_waits() {
    let app = App::new();
    let admin = app.admin();
    let insider = app.with(&[Scope::DraftsRead]);
    admin.post("/v1/articles", json!({"title": "One", "status": "published"})).expect(201);
    let (all, seen, shown) = (last(&admin), last(&insider), last(&app.public()));
    let ada = json!({"author": {"name": "Ada"}, "body": "First of all."});
    let comment = admin.post("/v1/articles/one/comments", ada).expect(201);
    assert_eq!(kinds(&admin, all), ["comment.created"]);
    assert_eq!(kinds(&insider, seen), Vec::<String>::new());
    let decision = format!("{}/decision", comment.header("location"));
    admin.post(&decision, json!({"state": "approved"})).expect(200);
    assert_eq!(kinds(&insider, seen), ["article.updated", "comment.approved"]);
    assert_eq!(kinds(&app.public(), shown), ["article.updated", "comment.approved"]);
    let flag = json!({"reason": "abusive", "user_id": "u1"});
    let (all, shown) = (last(&admin), last(&app.public()));
    admin.post(&format!("{}/flags", comment.header("location")), flag).expect(201);
    assert_eq!(kinds(&admin, all), ["comment.updated"]);
    assert_eq!(kinds(&app.public(), shown), Vec::<String>::new());
    let (all, shown) = (last(&admin), last(&app.public()));
    admin
        .post(&decision, json!({"state": "rejected", "reason": "abusive", "from": "approved"}))
        .expect(200);
    assert_eq!(kinds(&admin, all), ["article.updated", "comment.rejected"]);
    assert_eq!(kinds(&app.public(), shown), ["article.updated", "comment.deleted"]);
}

#[test]
fn every_write_says_how_far_the_log_goes_and_a_read_waits_for_it() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let made = admin.put("/v1/tags/red", json!({"name": "Red"})).expect(201);
    let seq = made.header("onrecord-seq").parse::<i64>().unwrap();
    assert_eq!(last(&admin), seq);
    // What changes nothing says how far the log goes all the same.
    let key = [("content-type", "application/json"), ("idempotency-key", "k")];
    let body = br#"{"name": "Blue"}"#;
    let first = admin.send("POST", "/v1/tags", &key, body).expect(201);
    let again = admin.send("POST", "/v1/tags", &key, body).expect(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("onrecord-seq"), first.header("onrecord-seq"));
    let seq = seq + 1;
    assert_eq!(first.header("onrecord-seq"), seq.to_string());
    assert_eq!(public.get("/v1/tags/red").expect(200).header("onrecord-seq"), "");
    for client in [&admin, &public] {
        client.get_with("/v1/tags/blue", "min-seq", &seq.to_string()).expect(200);
        client.send("HEAD", "/v1/tags/blue", &[("min-seq", &seq.to_string())], &[]).expect(200);
    }
    let begun = Instant::now();
    let behind = public.get_with("/v1/tags/blue", "min-seq", &(seq + 1).to_string());
    assert!(!behind.problem(503, "behind").header("retry-after").is_empty());
    assert!((2..6).contains(&begun.elapsed().as_secs()));
    std::thread::scope(|scope| {
        let next = (seq + 1).to_string();
        let waiting = scope.spawn(move || public.get_with("/v1/tags/green", "min-seq", &next));
        std::thread::sleep(Duration::from_millis(300));
        admin.put("/v1/tags/green", json!({"name": "Green"})).expect(201);
        waiting.join().unwrap().expect(200);
    });
    for wrong in ["x", "-1", "1.5", "", "9007199254740992", "99999999999999999999"] {
        app.public().get_with("/v1/tags", "min-seq", wrong).problem(400, "invalid-parameter");
    }
    let admin = app.admin();
    let headers = [("content-type", "application/json"), ("min-seq", "1")];
    admin.send("POST", "/v1/tags", &headers, b"{}").problem(400, "invalid-parameter");
    for method in ["PUT", "TRACE"] {
        admin.send(method, "/v1/tags", &headers, b"{}").problem(405, "method-not-allowed");
    }
}

/// A table that nobody follows would change in silence.
#[expect(clippy::too_many_lines, reason = "one story, told in one go")]
#[test]
fn every_table_that_clients_see_is_followed() {
    use diesel::RunQueryDsl as _;
    #[derive(diesel::QueryableByName)]
    struct Table {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    // Keys and answers kept for their sake are no content; a decision moves its comment; words are the moderators' own;
    // what is kept for searching, and the history of quotes, follows from the rest; the log does not log itself.
    let others = [
        "__diesel_schema_migrations",
        "article_words",
        "completions",
        "quote_words",
        "texts_to_read",
        "change_horizon",
        "changes",
        "comment_decisions",
        "comment_words",
        "idempotent_answers",
        "keys",
        "quote_changes",
        "rejected_quotes",
        "touched",
        "webhook_deliveries",
        "webhooks",
    ];
    let app = App::new();
    let followed = onrecord::db::followed_tables();
    let tables = |query: &str| {
        #[expect(
            clippy::disallowed_methods,
            reason = "the catalogue has no words in the query builder"
        )]
        let query = diesel::sql_query(query);
        let tables = match &mut app.url.connect().unwrap() {
            onrecord::db::Conn::Sqlite(conn) => query.load::<Table>(conn).unwrap(),
            onrecord::db::Conn::Postgres(conn) => query.load::<Table>(conn).unwrap(),
        };
        tables.into_iter().map(|table| table.name).collect::<Vec<_>>()
    };
    let all = match app.url {
        onrecord::db::DatabaseUrl::Sqlite(_) => tables(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        ),
        onrecord::db::DatabaseUrl::Postgres(_) => {
            let has = "SELECT event_object_table::text AS name FROM information_schema.triggers
                WHERE trigger_schema = current_schema AND trigger_name = 'touched' GROUP BY 1 ORDER BY 1";
            let mut expected = followed.clone();
            expected.sort_unstable();
            assert_eq!(
                tables(has),
                expected,
                "a trigger in a migration, and a line in db/following.rs"
            );
            tables(
                "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema",
            )
        }
    };
    let is_index =
        |name: &str| name.starts_with("article_index") || name.starts_with("quote_index");
    let is_known =
        |name: &str| followed.contains(&name) || others.contains(&name) || is_index(name);
    let unknown = all.iter().filter(|name| !is_known(name));
    assert_eq!(unknown.collect::<Vec<_>>(), Vec::<&String>::new(), "followed by nobody");
}
