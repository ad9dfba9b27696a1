//! Full text over articles: what is found, in what order, and where.

use onrecord::auth::Scope;
use onrecord::db::{Conn, Db, Migrate};
use serde_json::{Value, json};

use crate::app::{App, Client, JSON, database};

/// A text as it stands in a query.
pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The slugs of what a search finds, apart by blanks.
fn found(client: &Client, q: &str, rest: &str) -> String {
    let page = client.get(&format!("/v1/articles?q={}{rest}", encoded(q))).expect(200);
    let slugs = page.each("slug");
    slugs.iter().map(|slug| slug.as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

fn publish(client: &Client, slug: &str, title: &str, standfirst: Value, body: &str, day: u32) {
    let published_at = format!("2024-02-{day:02}T12:00:00Z");
    let mut article = json!({"slug": slug, "title": title, "body": body, "status": "published",
        "published_at": published_at});
    if !standfirst.is_null() {
        article["standfirst"] = standfirst;
    }
    client.post("/v1/articles", article).expect(201);
}

fn newsroom() -> App {
    let app = App::new();
    let admin = app.admin();
    publish(
        &admin,
        "gas",
        "Gas talks",
        json!("Moscow and Beijing meet"),
        "Two ministers spoke of a *pipeline*.",
        28,
    );
    publish(&admin, "oil", "Oil prices", json!(null), "The pipeline is full. Gas is not oil.", 27);
    publish(
        &admin,
        "lodz",
        "Łódź builds a Straße",
        json!(null),
        "Café society: naïve, coöperate, ﬁnancial.",
        26,
    );
    publish(
        &admin,
        "cjk",
        "北京的天气",
        json!("東京タワー"),
        "서울에서 만난 사람들. ภาษาไทยง่าย",
        25,
    );
    publish(
        &admin,
        "cpp",
        "C++ and F-16",
        json!(null),
        "It costs 50% more at 1,000 a piece: U.S. prices don't lie.",
        24,
    );
    app
}

#[test]
fn list_articles_finds_words_phrases_beginnings_and_what_is_not_there() {
    let app = newsroom();
    let public = app.public();
    for (q, slugs) in [
        ("gas", "gas oil"),
        ("GAS Pipeline", "gas oil"),
        ("moscow", "gas"),
        ("pipeline -moscow", "oil"),
        ("pipeline -\"gas is\"", "gas"),
        ("moscow OR full", "gas oil"),
        ("moscow gas OR full oil", "gas oil"),
        ("moscow or full", ""),
        ("OR moscow OR OR", "gas"),
        ("\"gas is not\"", "oil"),
        ("“gas is not”", "oil"),
        ("\"gas not\"", ""),
        ("\"talks moscow\"", ""),
        ("\"ministers spoke", "gas"),
        ("pipe*", "gas oil"),
        ("pip*", "gas oil"),
        ("pi*", ""),
        ("pipe", ""),
        ("title:gas", "gas"),
        ("TITLE:gas", "gas"),
        ("title:\"gas talks\"", "gas"),
        ("title:tal*", "gas"),
        ("-title:gas pipeline", "oil"),
        ("title:pipeline", ""),
        ("-pipeline", "lodz cjk cpp"),
        ("-pipeline -北", "lodz cpp"),
        ("-gas OR moscow", "gas lodz cjk cpp"),
        ("lodz", "lodz"),
        ("ŁÓDŹ strasse", "lodz"),
        ("cafe naive cooperate financial", "lodz"),
        ("CAFE\u{301}", "lodz"),
        ("北京", "cjk"),
        ("京的天", "cjk"),
        ("京北", ""),
        ("東京", "cjk"),
        ("タワー", "cjk"),
        ("ﾀﾜｰ", "cjk"),
        ("서울", "cjk"),
        ("만난", "cjk"),
        ("ภาษา", "cjk"),
        ("北*", "cjk"),
        ("c++", "cpp"),
        ("f-16", "cpp"),
        ("50%", "cpp"),
        ("1,000", "cpp"),
        ("u.s.", "cpp"),
        ("don't", "cpp"),
        ("don’t", "cpp"),
        ("", ""),
        ("\"", ""),
        ("*", ""),
        ("OR", ""),
        ("-", ""),
        ("title:", ""),
    ] {
        assert_eq!(found(&public, q, ""), slugs, "{q}");
    }
}

#[test]
fn list_articles_takes_whatever_is_typed() {
    let app = newsroom();
    let public = app.public();
    let thousands = (0..3000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let long = "a".repeat(6000);
    let deep = "(".repeat(2000);
    for q in [
        "\"",
        "'",
        "*",
        "AND",
        "NOT a",
        "NEAR(",
        "NEAR(a b, 3)",
        "title:x",
        "multi-agent",
        "^",
        "((((",
        "{a b}:c",
        "@nasa",
        "50%",
        "_",
        "\\",
        "C++",
        "') UNION SELECT 1--",
        "a:b:c",
        "-\"",
        "\"a\"*",
        "a \" b",
        "'a' & !b",
        "a\0b",
        "\u{1}",
        "\u{e000}",
        "\u{e001}",
        "title:\"",
        "--a",
        "-OR",
        "<mark>",
        "🦀",
        "a\u{301}\u{301}",
        &long,
        &deep,
        thousands.as_str(),
    ] {
        let q = encoded(q);
        // An address has its own limit, which is not the search's.
        for rest in ["", "&order=relevance&highlight=true&count=exact"] {
            let answer = public.get(&format!("/v1/articles?q={q}{rest}"));
            assert!(matches!(answer.status, 200 | 414), "{q}: {}", answer.status);
            let answer = public.get(&format!("/v1/quotes?q={q}{rest}"));
            assert!(matches!(answer.status, 200 | 414), "{q}: {}", answer.status);
        }
    }
    public.get("/v1/articles?q=a&order=relevance&cursor=x").problem(400, "invalid-cursor");
    let refused = public.get("/v1/articles?order=relevance").problem(400, "invalid-parameter");
    assert_eq!(refused.json["errors"][0]["parameter"], "order");
    let refused = public.get("/v1/articles?q=%FF").problem(400, "invalid-parameter");
    assert_eq!(refused.json["errors"][0]["parameter"], "q");
}

#[test]
fn list_articles_notes_what_was_not_looked_for_as_it_was_typed() {
    let app = newsroom();
    let public = app.public();
    let get = |q: &str| {
        let q = q.replace(' ', "+");
        public.get(&format!("/v1/articles?q={q}")).expect(200)
    };
    assert_eq!(get("gas").header("search-notes"), "");
    assert_eq!(
        get("").header("search-notes"),
        "no-words;detail=\"there is no word in this search; it finds nothing\""
    );
    let many = (0..1000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" OR ");
    let noted = get(&format!("gas OR {many}"));
    assert_eq!(
        noted.header("search-notes"),
        "words-left-out;detail=\"a search has at most 64 words; 937 were left out of this one\""
    );
    assert_eq!(noted.each("slug"), ["gas", "oil"]);
    assert_eq!(get(&"gas ".repeat(1000)).header("search-notes"), "");
    let short = get("mo* gas");
    assert!(
        short.header("search-notes").starts_with("short-beginning;detail=\"a beginning needs 3")
    );
}

#[test]
fn list_articles_by_relevance_puts_the_headline_above_the_standfirst_above_the_body() {
    let app = App::new();
    let admin = app.admin();
    publish(
        &admin,
        "body",
        "One",
        json!("Two"),
        "A word on bridges and more words on other things.",
        20,
    );
    publish(
        &admin,
        "often",
        "One",
        json!("Two"),
        &"Bridges here, bridges there, and more. ".repeat(20),
        20,
    );
    publish(&admin, "stand", "One", json!("On bridges"), "Three", 20);
    publish(&admin, "title", "Bridges of the city", json!(null), "Three", 20);
    publish(&admin, "none", "Tunnels", json!(null), "Three", 20);
    let public = app.public();
    assert_eq!(found(&public, "bridges", "&order=relevance"), "title often stand body");
    // Between equals the newer one is first, whatever was entered last.
    publish(&admin, "newer", "The harbour opens", json!(null), "Three", 28);
    publish(&admin, "older", "The harbour opens", json!(null), "Three", 1);
    assert_eq!(found(&public, "harbour", "&order=relevance"), "newer older");
    // Side by side as typed is better than apart.
    publish(&admin, "apart", "A", json!(null), "The white car stood before the house.", 28);
    publish(&admin, "together", "A", json!(null), "The car stood before the white house.", 28);
    assert_eq!(found(&public, "white house", "&order=relevance"), "together apart");
}

#[test]
fn list_articles_by_relevance_goes_on_where_it_ended_though_articles_come() {
    let app = App::new();
    let admin = app.admin();
    for n in 0..25_u32 {
        publish(
            &admin,
            &format!("a{n}"),
            &format!("Bridge {n}"),
            json!(null),
            &"bridge ".repeat(n as usize),
            1 + n,
        );
    }
    let public = app.public();
    let query = "q=bridge&order=relevance&limit=10&count=exact";
    let whole = public.get("/v1/articles?q=bridge&order=relevance&limit=100").expect(200);
    let first = public.get(&format!("/v1/articles?{query}")).expect(200);
    assert_eq!(first.json["total"], 25);
    publish(&admin, "best", "Bridge bridge", json!("bridge"), &"bridge ".repeat(40), 28);
    let mut seen = first.each("slug");
    let mut next = first.json["next_cursor"].as_str().map(str::to_owned);
    while let Some(cursor) = next {
        let page = public.get(&format!("/v1/articles?{query}&cursor={cursor}")).expect(200);
        seen.extend(page.each("slug"));
        next = page.json["next_cursor"].as_str().map(str::to_owned);
    }
    assert_eq!(seen, whole.each("slug"));
    let cursor = first.text("next_cursor");
    public
        .get(&format!("/v1/articles?q=bridges&order=relevance&cursor={cursor}"))
        .problem(400, "invalid-cursor");
    public.get(&format!("/v1/articles?q=bridge&cursor={cursor}")).problem(400, "invalid-cursor");
}

#[test]
fn list_articles_searches_among_what_the_other_filters_leave() {
    let app = App::new();
    let admin = app.admin();
    for (slug, tag, language) in
        [("a", "economy", "en"), ("b", "sport", "en-GB"), ("c", "sport", "de")]
    {
        let article = json!({"slug": slug, "title": "Bridge", "tags": [tag], "language": language,
            "status": "published", "published_at": format!("2024-02-0{}T00:00:00Z", slug.as_bytes()[0] - 96)});
        admin.post("/v1/articles", article).expect(201);
    }
    let public = app.public();
    for order in ["", "&order=relevance"] {
        let slugs = |rest: &str| {
            let page =
                public.get(&format!("/v1/articles?q=bridge&count=exact{order}{rest}")).expect(200);
            assert_eq!(page.json["total"], page.json["items"].as_array().unwrap().len());
            let mut slugs = page.each("slug");
            slugs.sort_by_key(ToString::to_string);
            slugs
        };
        assert_eq!(slugs("&tag=sport"), ["b", "c"]);
        assert_eq!(slugs("&tag=-sport"), ["a"]);
        assert_eq!(slugs("&language=en"), ["a", "b"]);
        assert_eq!(slugs("&from=2024-02-02&to=2024-02-03"), ["b"]);
        assert_eq!(slugs("&tag=unknown"), [""; 0]);
    }
    assert_eq!(found(&public, "bridge", "&ids=c,a,missing"), "c a");
    assert_eq!(found(&public, "tunnel", "&ids=c,a"), "");
}

#[test]
fn list_articles_shows_where_a_search_was_found() {
    let app = App::new();
    let admin = app.admin();
    let long = format!(
        "{} The <b>bridge</b> & the \"river\" — bridges. {}",
        "word ".repeat(100),
        "end ".repeat(100)
    );
    let body = json!({"slug": "a", "title": "A Bridge <too> far", "standfirst": "No match", "body": long,
        "body_format": "text", "status": "published"});
    admin.post("/v1/articles", body).expect(201);
    let public = app.public();
    let page = public.get("/v1/articles?q=bridge&highlight=true").expect(200);
    let shown = page.json["items"][0]["highlights"].as_array().unwrap().clone();
    assert_eq!(
        shown[0],
        json!({"field": "title", "snippet": "A <mark>Bridge</mark> &lt;too&gt; far"})
    );
    assert_eq!(shown[1]["field"], "body");
    let snippet = shown[1]["snippet"].as_str().unwrap();
    assert!(snippet.starts_with("…word"), "{snippet}");
    assert!(
        snippet.contains(
            "The &lt;b&gt;<mark>bridge</mark>&lt;/b&gt; &amp; the &quot;river&quot; — bridges. end"
        ),
        "{snippet}"
    );
    assert!(snippet.ends_with("end…"), "{snippet}");
    assert_eq!(shown.len(), 2);
    // Only what was looked for there is marked there.
    let page = public.get("/v1/articles?q=title:bridge&highlight=true").expect(200);
    assert_eq!(page.json["items"][0]["highlights"].as_array().unwrap().len(), 1);
    let page = public.get("/v1/articles?q=title:bridge+OR+%22the+river%22&highlight=true&fields=slug,highlights.snippet").expect(200);
    let item = &page.json["items"][0];
    assert_eq!(item["highlights"][0], json!({"snippet": "A <mark>Bridge</mark> &lt;too&gt; far"}));
    let snippet = item["highlights"][1]["snippet"].as_str().unwrap();
    assert!(snippet.contains("&amp; <mark>the &quot;river</mark>&quot;"), "{snippet}");
    // What is not asked for is not there; what finds nothing shows nothing.
    let page = public.get("/v1/articles?q=bridge").expect(200);
    assert_eq!(page.json["items"][0].get("highlights"), None);
    let page = public.get("/v1/articles?highlight=true").expect(200);
    assert_eq!(page.json["items"][0]["highlights"], json!([]));
    let refused =
        public.get("/v1/articles?q=a&highlight=true&fields=slug").problem(400, "invalid-parameter");
    assert_eq!(refused.json["errors"][0]["parameter"], "highlight");
}

#[test]
fn list_articles_finds_what_an_article_says_now_and_no_draft() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let drafts = app.with(&[Scope::DraftsRead]);
    admin
        .post("/v1/articles", json!({"slug": "a", "title": "Secret bridge", "body": "tunnel"}))
        .expect(201);
    let total = |client: &Client, q: &str, rest: &str| {
        client.get(&format!("/v1/articles?q={q}&count=exact{rest}")).expect(200).json["total"]
            .clone()
    };
    for rest in ["", "&order=relevance", "&status=draft", "&status=draft,published&order=relevance"]
    {
        assert_eq!(total(&public, "bridge", rest), 0, "{rest}");
    }
    assert_eq!(total(&drafts, "bridge", "&status=draft&order=relevance"), 1);
    assert_eq!(found(&drafts, "bridge", "&status=draft&order=relevance"), "a");
    admin.patch("/v1/articles/a", json!({"status": "published"})).expect(200);
    assert_eq!(found(&public, "bridge tunnel", ""), "a");
    admin.patch("/v1/articles/a", json!({"title": "Open harbour"})).expect(200);
    assert_eq!(
        (found(&public, "bridge", ""), found(&public, "harbour", "")),
        (String::new(), "a".to_owned())
    );
    admin.patch("/v1/articles/a", json!({"body": "ferry"})).expect(200);
    assert_eq!(
        (found(&public, "tunnel", ""), found(&public, "ferry", "")),
        (String::new(), "a".to_owned())
    );
    admin.patch("/v1/articles/a", json!({"standfirst": "A pier"})).expect(200);
    assert_eq!(found(&public, "pier", ""), "a");
    let put = json!({"title": "Airport", "body": "runway", "status": "published"});
    admin.send("PUT", "/v1/articles/a", JSON, put.to_string().as_bytes()).expect(200);
    assert_eq!(
        (found(&public, "pier OR ferry", ""), found(&public, "airport runway", "")),
        (String::new(), "a".to_owned())
    );
    admin.patch("/v1/articles/a", json!({"status": "archived"})).expect(200);
    assert_eq!(found(&public, "airport", ""), "");
    admin.delete("/v1/articles/a").expect(204);
    assert_eq!(total(&drafts, "airport", "&status=draft,published,archived"), 0);
    assert_eq!(app.rows("article_words"), 0);
    assert_eq!(app.rows("texts_to_read"), 0);
}

#[test]
fn list_articles_ranks_the_last_entered_of_very_many_and_says_so() {
    let app = App::new();
    let admin = app.admin();
    publish(&admin, "first", "He said so", json!(null), "the very first", 1);
    // In each of these somebody has said something.
    onrecord::demo::fill(&app.db, 510).unwrap();
    let public = app.public();
    let query = "q=said&order=relevance&limit=100";
    let page = public.get(&format!("/v1/articles?{query}&count=exact")).expect(200);
    assert_eq!(page.each("slug")[0], "first");
    assert_eq!(page.json["total"], 511);
    let notes = page.header("search-notes");
    assert!(notes.starts_with("not-all-ranked;"), "{notes}");
    let (mut listed, mut next) = (100, page.json["next_cursor"].as_str().map(str::to_owned));
    while let Some(cursor) = next {
        let page = public.get(&format!("/v1/articles?{query}&cursor={cursor}")).expect(200);
        listed += page.json["items"].as_array().unwrap().len();
        next = page.json["next_cursor"].as_str().map(str::to_owned);
    }
    assert_eq!(listed, 501);
}

#[test]
fn list_articles_finds_what_was_there_before_it_could_be_searched() {
    let (url, folder) = database();
    let db = Db::open(&url, 1).unwrap();
    onrecord::demo::fill(&db, 3).unwrap();
    drop(db);
    let mut conn = url.connect().unwrap();
    let searched = |conn: &mut Conn| {
        let all = onrecord::db::migrations(conn).unwrap();
        all.iter().any(|one| one.name == "0012_search" && one.applied)
    };
    while searched(&mut conn) {
        onrecord::db::migrate(&mut conn, Migrate::Down).unwrap();
    }
    drop(conn);
    let app = App::on((url, folder));
    let public = app.public();
    assert_eq!(public.get("/v1/articles?q=case&count=exact").expect(200).json["total"], 3);
    assert_eq!(public.get("/v1/quotes?q=case&count=exact").expect(200).json["total"], 9);
    assert_eq!(app.rows("article_words"), 3);
    assert_eq!(app.rows("texts_to_read"), 0);
    let tag = public.get("/v1/tags?limit=1").expect(200).json["items"][0]["name"].clone();
    let suggested = public.get(&format!("/v1/suggest?q={}", encoded(tag.as_str().unwrap())));
    assert_eq!(suggested.expect(200).json["items"][0]["name"], tag);
}
