//! Short links: where they lead, who may know, how often they were followed.

use std::time::{Duration, Instant};

use onrecord::auth::Scope;
use onrecord::db::Migrate;
use serde_json::{Value, json};

use crate::app::{Answer, App, Client};
use crate::program::Program;

fn publish(client: &Client, slug: &str) -> Value {
    let sent = json!({"title": slug, "slug": slug, "status": "published"});
    client.post("/v1/articles", sent).expect(201).json
}

/// The path of an article's short URL on this server.
fn short(article: &Value) -> String {
    let url = article["short_url"].as_str().unwrap();
    url[url.find("/s/").unwrap()..].to_owned()
}

fn code(article: &Value) -> String {
    short(article)["/s/".len()..].to_owned()
}

/// All that a reader is given, but what tells one request from another.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let names = ["content-type", "cache-control", "etag", "location", "vary", "server-timing"];
    let header = |name: &str| answer.header(name).split(", total").next().unwrap().to_owned();
    let headers = names.map(|name| (name.to_owned(), header(name))).to_vec();
    let mut body = answer.json.clone();
    body.as_object_mut().unwrap().remove("request_id");
    (answer.status, headers, body.to_string())
}

#[test]
fn follow_short_link_leads_to_the_article() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let article = publish(&admin, "talks");
    let path = short(&article);
    let url = format!("http://{}/s/{}", app.address, code(&article));
    assert_eq!(article["short_url"], url);
    assert_eq!(code(&article).len(), 7);
    assert!(code(&article).chars().all(|c| "23456789abcdefghjkmnpqrstuvwxyz".contains(c)));
    let led = public.get(&path).expect(302);
    assert_eq!(led.header("location"), article["url"].as_str().unwrap());
    assert_eq!((led.header("cache-control"), led.header("vary")), ("no-cache", "accept"));
    assert!(led.bytes.is_empty());
    let upper = format!("/s/{}", code(&article).to_uppercase());
    assert_eq!(public.get(&upper).expect(302).header("location"), led.header("location"));
    let tracked = public.get(&format!("{path}?fbclid=1&utm_source=x")).expect(302);
    assert_eq!(tracked.header("location"), led.header("location"));
    assert_eq!(
        public.send("HEAD", &path, &[], &[]).expect(302).header("location"),
        led.header("location")
    );
    let same = public.get("/v1/articles/talks").expect(200).json;
    let listed = public.get("/v1/articles?fields=short_url").expect(200);
    assert_eq!(same["short_url"], url);
    assert_eq!(listed.json["items"], json!([{"short_url": url}]));
    public.post(&path, json!({})).problem(405, "method-not-allowed");
}

#[test]
fn follow_short_link_gives_json_to_who_prefers_it() {
    let app = App::new();
    let article = publish(&app.admin(), "talks");
    let (public, path) = (app.public(), short(&article));
    for accept in [
        "application/json",
        "application/json, text/plain, */*",
        "text/html;q=0.5, application/json;q=0.9",
        "application/json; charset=utf-8",
    ] {
        let given = public.get_with(&path, "accept", accept).expect(200);
        let reference = json!({"id": article["id"], "slug": "talks", "url": article["url"],
            "title": "talks", "published_at": article["published_at"]});
        assert_eq!((&given.json, given.header("vary")), (&reference, "accept"), "{accept}");
        assert!(!given.header("etag").is_empty());
    }
    for accept in [
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/json",
        "application/json;q=0",
        "image/png",
        ";;",
    ] {
        public.get_with(&path, "accept", accept).expect(302);
    }
    let tag = public.get_with(&path, "accept", "application/json").header("etag").to_owned();
    let known = [("accept", "application/json"), ("if-none-match", tag.as_str())];
    public.send("GET", &path, &known, &[]).expect(304);
}

#[test]
fn follow_short_link_hides_what_is_not_published() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let draft = admin.post("/v1/articles", json!({"title": "Draft"})).expect(201).json;
    let down = publish(&admin, "down");
    admin.patch("/v1/articles/down", json!({"status": "archived"})).expect(200);
    let gone = publish(&admin, "gone");
    admin.put("/v1/short-links/gone", json!({"article": "gone"})).expect(201);
    admin.delete("/v1/articles/gone").expect(204);
    publish(&admin, "there");
    admin.put("/v1/short-links/retired", json!({"article": "there"})).expect(201);
    admin.delete("/v1/short-links/retired").expect(204);
    admin.put("/v1/short-links/soon", json!({"article": "draft"})).expect(201);
    let long = format!("/s/{}", "a".repeat(5000));
    let hidden = [short(&draft), short(&down), short(&gone)];
    let chosen = ["/s/gone", "/s/retired", "/s/soon", "/s/%D0%B6", "/s/'--", "/s/x%2Fy", &long];
    for path in hidden.iter().map(String::as_str).chain(chosen) {
        for accept in ["*/*", "application/json"] {
            let missing = told(&public.get_with("/s/2222222", "accept", accept).expect(404));
            assert!(missing.2.contains("\"not-found\""), "{missing:?}");
            assert_eq!(told(&public.get_with(path, "accept", accept)), missing, "{path}");
            // A link leads whoever follows it to the same place: nobody is asked for a key.
            assert_eq!(told(&admin.get_with(path, "accept", accept)), missing, "{path}");
        }
        public.send("HEAD", path, &[], &[]).expect(404);
    }
    admin.patch("/v1/articles/draft", json!({"status": "published"})).expect(200);
    public.get(&short(&draft)).expect(302);
    public.get("/s/soon").expect(302);
}

#[test]
fn follow_short_link_takes_one_statement_whatever_comes_of_it() {
    let app = App::new();
    let admin = app.admin();
    let article = publish(&admin, "talks");
    let draft = admin.post("/v1/articles", json!({"title": "Draft"})).expect(201).json;
    admin.put("/v1/short-links/talks", json!({"article": "talks"})).expect(201);
    for path in [&short(&article), "/s/talks", &short(&draft), "/s/2222222"] {
        for accept in ["text/html", "application/json"] {
            let answer = app.public().get_with(path, "accept", accept);
            assert!(answer.header("server-timing").starts_with("db;desc=\"1 statements\""));
        }
    }
}

#[test]
fn follow_short_link_is_counted() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let (one, draft) = (publish(&admin, "one"), json!({"title": "Draft"}));
    let draft = admin.post("/v1/articles", draft).expect(201).json;
    admin.put("/v1/short-links/two", json!({"article": "one"})).expect(201);
    for _ in 0..20 {
        public.get(&short(&one)).expect(302);
    }
    for path in ["/s/two", "/s/TWO", "/s/two?x=1"] {
        public.get(path).expect(302);
        public.send("HEAD", path, &[], &[]).expect(302);
    }
    public.get_with("/s/two", "accept", "application/json").expect(200);
    public.get(&short(&draft)).expect(404);
    app.settle();
    app.settle();
    let hits = |code: &str| {
        let link = admin.get(&format!("/v1/short-links/{code}")).expect(200).json;
        assert_eq!(link["last_hit_at"].is_null(), link["hits"] == 0, "{link}");
        link["hits"].clone()
    };
    assert_eq!(
        (hits(&code(&one)), hits("two"), hits(&code(&draft))),
        (json!(20), json!(4), json!(0))
    );
    // Another server on the same database adds to what is there.
    let other = App::on((app.url.clone(), None));
    for server in [&app, &other, &other] {
        server.public().get("/s/two").expect(302);
    }
    app.settle();
    other.settle();
    assert_eq!(hits("two"), 7);
}

#[test]
fn follow_short_link_is_counted_when_the_server_stops_and_while_it_runs() {
    let program = Program::new();
    let app = program.app();
    let admin = app.admin();
    let path = short(&publish(&admin, "talks"));
    let link = format!("/v1/short-links/{}", &path["/s/".len()..]);
    let hits = || admin.get(&link).expect(200).json["hits"].as_i64().unwrap();
    let agent = ureq::Agent::config_builder().max_redirects(0).build().new_agent();
    let server = program.serve(&[]);
    for _ in 0..25 {
        assert_eq!(agent.get(format!("{}{path}", server.base)).call().unwrap().status(), 302);
    }
    server.stop().expect(0);
    assert_eq!(hits(), 25);
    let server = program.serve(&[]);
    for _ in 0..3 {
        agent.get(format!("{}{path}", server.base)).call().unwrap();
    }
    let begun = Instant::now();
    while hits() != 28 {
        assert!(begun.elapsed() < Duration::from_secs(30), "{} hits", hits());
        std::thread::sleep(Duration::from_millis(100));
    }
    drop(server);
}

#[test]
fn follow_short_link_leads_to_where_readers_are() {
    for (template, url) in [
        ("https://news.example/{slug}", "https://news.example/%D0%BC%D0%B8%D1%80-2"),
        (
            "HTTPS://News.Example?a={id}&b={slug}",
            "https://news.example/?a={id}&b=%D0%BC%D0%B8%D1%80-2",
        ),
        (
            "https://пример.рф/статьи/{slug}#top",
            "https://xn--e1afmkfd.xn--p1ai/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D0%B8/%D0%BC%D0%B8%D1%80-2#top",
        ),
        ("http://[::1]:3000/#/{id}", "http://[::1]:3000/#/{id}"),
    ] {
        let app = App::with_articles_at(template);
        let admin = app.admin();
        let article = publish(&admin, "мир-2");
        let url = url.replace("{id}", article["id"].as_str().unwrap());
        assert_eq!(article["url"], url);
        assert_eq!(article["short_url"], format!("http://{}{}", app.address, short(&article)));
        assert_eq!(app.public().get(&short(&article)).expect(302).header("location"), url);
        let listed = app.public().get("/v1/articles").expect(200).json;
        assert_eq!(listed["items"][0]["url"], url);
    }
    let below = App::below("/news/api");
    let article = publish(&below.admin(), "a");
    assert_eq!(
        article["short_url"],
        format!("http://{}/news/api{}", below.address, short(&article))
    );
    let led = below.public().get(&short(&article)).expect(302);
    assert_eq!(led.header("location"), format!("http://{}/news/api/v1/articles/a", below.address));
}

#[test]
fn put_short_link_chooses_a_code_and_points_it_elsewhere() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let (one, two) = (publish(&admin, "one"), publish(&admin, "two"));
    let made = admin.put("/v1/short-links/Gas-Talks", json!({"article": "one"})).expect(201);
    assert_eq!(made.header("location"), "/v1/short-links/gas-talks");
    assert_eq!((&made.json["kind"], &made.json["hits"]), (&json!("vanity"), &json!(0)));
    assert_eq!(made.json["article"]["id"], one["id"]);
    assert_eq!(public.get("/s/gas-talks").expect(302).header("location"), one["url"]);
    assert_eq!(admin.get("/v1/articles/one").json["short_url"], one["short_url"]);
    public.get("/s/gas-talks").expect(302);
    app.settle();
    let before = admin.get("/v1/short-links/gas-talks").expect(200);
    let again = admin.put("/v1/short-links/gas-talks", json!({"article": one["id"]})).expect(200);
    assert_eq!(again.json, before.json, "nothing has changed");
    let moved = admin.put("/v1/short-links/gas-talks", json!({"article": "two"})).expect(200);
    assert_eq!((&moved.json["article"]["id"], &moved.json["hits"]), (&two["id"], &json!(2)));
    assert_eq!(public.get("/s/gas-talks").expect(302).header("location"), two["url"]);
    let body = json!({"article": "one"}).to_string();
    for (name, value) in [("if-match", before.header("etag")), ("if-none-match", "*")] {
        let headers = [("content-type", "application/json"), (name, value)];
        let refused = admin.send("PUT", "/v1/short-links/gas-talks", &headers, body.as_bytes());
        refused.problem(412, "precondition-failed");
    }
    let headers = [("content-type", "application/json"), ("if-match", "\"x\"")];
    let absent = admin.send("PUT", "/v1/short-links/absent", &headers, body.as_bytes());
    absent.problem(412, "precondition-failed");
    // Its article goes, its code stays the newsroom's.
    admin.delete("/v1/articles/two").expect(204);
    let left = admin.get("/v1/short-links/gas-talks").expect(200).json;
    assert_eq!((&left["article"], &left["hits"]), (&Value::Null, &json!(2)));
    admin.put("/v1/short-links/gas-talks", json!({"article": "one"})).expect(200);
    assert_eq!(public.get("/s/gas-talks").expect(302).header("location"), one["url"]);
}

#[test]
fn put_short_link_refuses_what_is_no_code_and_no_article() {
    let app = App::new();
    let admin = app.admin();
    publish(&admin, "one");
    let rows = app.rows("short_links");
    let long = "a".repeat(51);
    for (code, detail) in [
        ("ab", "must have 3 to 50 characters, has 2"),
        (&long, "must have 3 to 50 characters, has 51"),
        ("a_b", "`_` is none of these"),
        ("a%20b", "` ` is none of these"),
        ("a.b", "`.` is none of these"),
        ("caf%C3%A9", "`é` is none of these"),
        ("%E2%84%AAelvin", "is none of these"),
        ("a%0d%0ab", "`\\r` is none of these"),
        ("a%2Fb", "`/` is none of these"),
        ("-ab", "must begin and end with a letter or digit"),
        ("ab-", "must begin and end with a letter or digit"),
        ("---", "must begin and end with a letter or digit"),
    ] {
        let refused = admin.put(&format!("/v1/short-links/{code}"), json!({"article": "one"}));
        let refused = refused.problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], "code", "{code}");
        assert!(refused.text("detail").contains(detail), "{code}: {}", refused.json);
    }
    for (body, pointer) in [
        (json!({"article": "nowhere"}), "/article"),
        (json!({"article": "01890a5d-ac96-774b-bcce-b302099a8057"}), "/article"),
        (json!({"article": "https://evil.example/"}), "/article"),
        (json!({"article": "//evil.example"}), "/article"),
        (json!({"article": "javascript:alert(1)"}), "/article"),
        (json!({"article": ""}), "/article"),
        (json!({"article": null}), "/article"),
        (json!({"article": "a".repeat(201)}), "/article"),
        (json!({}), "/article"),
        (json!({"article": "one", "url": "https://evil.example/"}), "/url"),
        (json!({"article": "one", "hits": 100}), "/hits"),
    ] {
        let refused = admin.put("/v1/short-links/good", body).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer]);
    }
    assert_eq!(app.rows("short_links"), rows);
    // What an address asks for beside its code leads nobody away.
    for path in ["/s//evil.example", "/s/https:%2F%2Fevil.example", "/s/..%2F..%2Fevil"] {
        assert_eq!(app.public().get(path).expect(404).header("location"), "");
    }
}

#[test]
fn delete_short_link_retires_the_code_for_good() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let (one, two) = (publish(&admin, "one"), publish(&admin, "two"));
    let made = admin.put("/v1/short-links/once", json!({"article": "one"})).expect(201);
    let stale = [("if-match", "\"stale\"")];
    let refused = admin.send("DELETE", "/v1/short-links/once", &stale, &[]);
    refused.problem(412, "precondition-failed");
    let fresh = [("if-match", made.header("etag"))];
    admin.send("DELETE", "/v1/short-links/ONCE", &fresh, &[]).expect(204);
    for client in [&admin, &public] {
        client.get("/s/once").problem(404, "not-found");
    }
    admin.get("/v1/short-links/once").problem(404, "not-found");
    admin.delete("/v1/short-links/once").problem(404, "not-found");
    admin.delete("/v1/short-links/never").problem(404, "not-found");
    let own = format!("/v1/short-links/{}", code(&one));
    for (path, words) in
        [("/v1/short-links/once", "was retired"), (&own, "was made for an article")]
    {
        for article in ["one", "two"] {
            let refused = admin.put(path, json!({"article": article})).problem(409, "conflict");
            assert_eq!(refused.json["errors"][0]["parameter"], "code");
            assert!(refused.text("detail").contains(words), "{}", refused.json);
        }
    }
    admin.delete(&own).problem(409, "conflict");
    assert_eq!(public.get(&short(&one)).expect(302).header("location"), one["url"]);
    // Also the codes of what is gone are never given again.
    admin.delete("/v1/articles/one").expect(204);
    admin.put(&own, json!({"article": "two"})).problem(409, "conflict");
    assert_eq!(admin.get(&own).expect(200).json["article"], Value::Null);
    public.get(&short(&one)).expect(404);
    assert_ne!(publish(&admin, "one")["short_url"], one["short_url"]);
    let listed = admin.get("/v1/short-links?count=exact").expect(200);
    assert!(!listed.each("code").contains(&json!("once")));
    assert_eq!(listed.json["total"], 3, "two that are there, one that is gone: {two}");
    assert_eq!(app.rows("short_links"), 4, "every code that was ever given");
}

#[test]
fn list_short_links_by_article_and_kind() {
    let app = App::new();
    let admin = app.admin();
    let (one, draft) = (publish(&admin, "one"), json!({"title": "Draft"}));
    let draft = admin.post("/v1/articles", draft).expect(201).json;
    for code in ["ccc", "aaa", "bbb", "aa-1"] {
        admin.put(&format!("/v1/short-links/{code}"), json!({"article": "one"})).expect(201);
    }
    let previewer = app.with(&[Scope::DraftsRead]);
    let codes = |query: &str| {
        let page = previewer.get(&format!("/v1/short-links?count=exact&{query}")).expect(200);
        let codes = page.each("code");
        assert_eq!(page.json["total"], codes.len(), "{query}");
        codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes("kind=vanity"), ["aa-1", "aaa", "bbb", "ccc"]);
    assert_eq!(codes("article=draft"), [code(&draft)]);
    assert_eq!(codes("kind=generated&article=one"), [code(&one)]);
    assert_eq!(
        codes(&format!("kind=generated&article={}", one["id"].as_str().unwrap())),
        [code(&one)]
    );
    assert_eq!(codes("kind=vanity&article=draft"), [""; 0]);
    assert_eq!(codes("article=nowhere"), [""; 0]);
    assert_eq!(codes("").len(), 6);
    let mut walked = Vec::new();
    let mut next = "/v1/short-links?kind=vanity&limit=3".to_owned();
    loop {
        let page = previewer.get(&next).expect(200);
        walked.extend(page.each("code"));
        let Some(cursor) = page.json["next_cursor"].as_str() else { break };
        next = format!("/v1/short-links?kind=vanity&limit=3&cursor={cursor}");
        let other = previewer.get(&format!("/v1/short-links?limit=3&cursor={cursor}"));
        other.problem(400, "invalid-cursor");
    }
    assert_eq!(walked, ["aa-1", "aaa", "bbb", "ccc"]);
    for query in ["kind=mine", "kind=", "limit=0", "limit=101", "cursor=x", "order=hits"] {
        previewer.get(&format!("/v1/short-links?{query}")).expect(400);
    }
    let one = previewer.get("/v1/short-links?limit=1&article=one").expect(200);
    let all = previewer.get("/v1/short-links?limit=100&article=one").expect(200);
    let statements =
        |answer: &Answer| answer.header("server-timing").split(',').next().map(str::to_owned);
    assert_eq!(statements(&one), statements(&all));
}

#[test]
fn get_short_link_shows_its_article_and_its_hits() {
    let app = App::new();
    let admin = app.admin();
    let article = publish(&admin, "one");
    let path = format!("/v1/short-links/{}", code(&article));
    let link = admin.get(&path).expect(200);
    let reference = json!({"id": article["id"], "slug": "one", "url": article["url"],
        "title": "one", "published_at": article["published_at"]});
    assert_eq!(
        link.json,
        json!({"code": code(&article), "url": article["short_url"],
        "kind": "generated", "article": reference, "hits": 0, "last_hit_at": null,
        "created_at": link.json["created_at"], "updated_at": link.json["created_at"]})
    );
    assert_eq!(
        admin.get(&path.to_uppercase().replace("/V1/SHORT-LINKS", "/v1/short-links")).json,
        link.json
    );
    admin.get("/v1/short-links/2222222").problem(404, "not-found");
    let known = [("if-none-match", link.header("etag"))];
    admin.send("GET", &path, &known, &[]).expect(304);
}

#[test]
fn migrate_up_gives_articles_that_are_there_a_code_each() {
    let program = Program::new();
    let lines = (0..300).map(|n| json!({"title": format!("T{n}")}).to_string());
    program.feed(&["import", "--publish", "-"], &lines.collect::<Vec<_>>().join("\n")).expect(0);
    let mut down = vec![];
    // Back to before there were short links, whatever has come since.
    while !down.iter().any(|line: &String| line.contains("0007")) {
        let said = program.run(&["migrate", "down", "--lose-data"]).expect(0).stdout;
        down = said.lines().filter(|line| line.starts_with("missing")).map(str::to_owned).collect();
    }
    onrecord::db::migrate(&mut program.url.connect().unwrap(), Migrate::Up).unwrap();
    let app = program.app();
    assert_eq!((app.rows("articles"), app.rows("short_links")), (300, 300));
    let mut codes = std::collections::BTreeSet::new();
    let mut next = "/v1/articles?limit=100".to_owned();
    loop {
        let page = app.public().get(&next).expect(200);
        for article in page.json["items"].as_array().unwrap() {
            let code = code(article);
            assert!(code.len() == 7 && !code.contains(['0', '1', 'i', 'l', 'o']), "{code}");
            codes.insert(code);
        }
        let Some(cursor) = page.json["next_cursor"].as_str() else { break };
        next = format!("/v1/articles?limit=100&cursor={cursor}");
    }
    assert_eq!(codes.len(), 300);
    let letters =
        codes.iter().flat_map(|code| code.chars()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(letters.len(), 31, "every letter is drawn");
    let one = codes.first().unwrap();
    app.public().get(&format!("/s/{one}")).expect(302);
    assert!(app.admin().get(&format!("/v1/short-links/{one}")).expect(200).json["hits"] == 0);
}
