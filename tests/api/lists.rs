//! The article grammar: which articles a list finds.

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::{App, Client};

/// Makes published articles, the first the newest: slug, tags.
fn tagged(client: &Client, articles: &[(&str, &[&str])]) {
    for (place, (slug, tags)) in articles.iter().enumerate() {
        let day = 28 - place;
        let published_at = format!("2024-02-{day:02}T12:00:00Z");
        let sent = json!({"title": slug, "slug": slug, "status": "published", "tags": tags,
            "published_at": published_at});
        client.post("/v1/articles", sent).expect(201);
    }
}

/// What a query finds: slugs, apart by blanks.
fn found(client: &Client, query: &str) -> String {
    let page = client.get(&format!("/v1/articles?{query}")).expect(200);
    let slugs = page.each("slug");
    slugs.iter().map(|slug| slug.as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

#[test]
fn list_articles_by_tag_expressions() {
    let app = App::new();
    let public = app.public();
    tagged(
        &app.admin(),
        &[
            ("pr", &["politics", "russia"]),
            ("pc", &["politics", "china"]),
            ("ps", &["politics", "sport", "russia"]),
            ("s", &["sport"]),
            ("none", &[]),
            ("ru", &["россия", "security-cooperation"]),
        ],
    );
    for (expression, slugs) in [
        ("politics", "pr pc ps"),
        ("politics,russia", "pr ps"),
        ("politics,(russia|china),-sport", "pr pc"),
        ("politics,russia|sport", "pr ps s"),
        ("sport|politics,russia", "pr ps s"),
        ("(sport|politics),russia", "pr ps"),
        ("-politics", "s none ru"),
        ("--politics", "pr pc ps"),
        ("-politics,-sport", "none ru"),
        ("-(politics|sport)", "none ru"),
        ("-(politics,sport)", "pr pc s none ru"),
        ("((((politics))))", "pr pc ps"),
        ("%20politics%20,%20-%20sport%20", "pr pc"),
        ("politics+,+-sport", "pr pc"),
        ("security-cooperation", "ru"),
        ("%D1%80%D0%BE%D1%81%D1%81%D0%B8%D1%8F", "ru"),
        ("unknown", ""),
        ("-unknown", "pr pc ps s none ru"),
        ("unknown|sport", "ps s"),
        ("politics,unknown", ""),
        ("politics,-politics", ""),
        ("politics|-politics", "pr pc ps s none ru"),
        ("Politics", ""),
    ] {
        assert_eq!(found(&public, &format!("tag={expression}")), slugs, "{expression}");
    }
    let id = public.get("/v1/tags/sport").text("id").to_owned();
    assert_eq!(found(&public, &format!("tag={id}")), "ps s");
    assert_eq!(found(&public, &format!("tag=politics,-{id}")), "pr pc");
}

#[test]
fn list_articles_says_where_a_tag_expression_is_wrong() {
    let app = App::new();
    let deep = format!("{}a{}", "(".repeat(17), ")".repeat(17));
    let many = vec!["a"; 33].join(",");
    for (expression, position) in [
        ("", 0),
        (",", 0),
        ("a,", 2),
        ("a,,b", 2),
        ("a|", 2),
        ("|a", 0),
        ("-", 1),
        ("a,-", 3),
        ("()", 1),
        ("(a", 2),
        ("a)", 1),
        ("(a,(b|c)", 8),
        ("a b", 2),
        ("a(b)", 1),
        ("\u{444}\u{444},", 3),
        (deep.as_str(), 16),
        (many.as_str(), 64),
    ] {
        let encoded = expression.bytes().map(|b| format!("%{b:02X}")).collect::<Vec<_>>().concat();
        let refused = app.public().get(&format!("/v1/articles?tag={encoded}"));
        let refused = refused.problem(400, "invalid-parameter");
        let error = &refused.json["errors"][0];
        assert_eq!(error["parameter"], "tag");
        let detail = error["detail"].as_str().unwrap();
        assert!(detail.ends_with(&format!("at position {position}")), "{expression:?}: {detail}");
    }
}

#[test]
fn list_articles_by_a_tag_that_was_merged() {
    let app = App::new();
    let admin = app.admin();
    tagged(&admin, &[("then", &["ussr"]), ("now", &["russia"]), ("both", &["ussr", "russia"])]);
    let id = admin.get("/v1/tags/ussr").text("id").to_owned();
    admin.post("/v1/tags/ussr/merge", json!({"into": "russia"})).expect(200);
    for name in ["russia", "ussr", &id] {
        assert_eq!(found(&app.public(), &format!("tag={name}")), "then now both", "{name}");
    }
    assert_eq!(found(&app.public(), "tag=-ussr"), "");
}

#[test]
fn list_articles_by_the_people_in_them() {
    let app = App::new();
    let admin = app.admin();
    for (slug, author, speaker, affiliation) in [
        ("a", "Jane Doe", "Zhang Xin", "East China University"),
        ("b", "John Roe", "Zhang Xin", "CCTV"),
        ("c", "Jane Doe", "Ann Lee", "cctv"),
    ] {
        let quote = json!({"text": "yes", "speaker_name": speaker, "affiliation": affiliation});
        let sent = json!({"title": slug, "status": "published", "authors": [author],
            "body": "yes and again", "quotes": [quote, {"text": "again", "speaker_name": speaker}]});
        admin.post("/v1/articles", sent).expect(201);
    }
    let public = app.public();
    for (query, slugs) in [
        ("speaker=zhang-xin", "a b"),
        ("speaker=ann-lee", "c"),
        ("speaker=jane-doe", ""),
        ("speaker=nobody", ""),
        ("author=jane-doe", "a c"),
        ("author=zhang-xin", ""),
        ("author=nobody", ""),
        ("affiliation=CCTV", "b c"),
        ("affiliation=%20east%20%20CHINA%20university", "a"),
        ("affiliation=china", ""),
        ("affiliation=%25", ""),
        ("speaker=zhang-xin&author=jane-doe", "a"),
        ("speaker=zhang-xin&affiliation=cctv", "b"),
    ] {
        assert_eq!(found(&public, &format!("order=title&{query}")), slugs, "{query}");
        let total = public.get(&format!("/v1/articles?count=exact&{query}")).json["total"].clone();
        assert_eq!(total, slugs.split_whitespace().count(), "{query}");
    }
    let id = public.get("/v1/people/zhang-xin").text("id").to_owned();
    assert_eq!(found(&public, &format!("order=title&speaker={id}")), "a b");
    admin.post("/v1/people/ann-lee/merge", json!({"into": "zhang-xin"})).expect(200);
    for name in ["ann-lee", "zhang-xin"] {
        assert_eq!(found(&public, &format!("order=title&speaker={name}")), "a b c", "{name}");
    }
}

#[test]
fn list_articles_by_date() {
    let app = App::new();
    let admin = app.admin();
    for (slug, at) in [
        ("a", "2024-02-28T23:59:59.999Z"),
        ("b", "2024-02-29T00:00:00Z"),
        ("c", "2024-02-29T12:00:00.001Z"),
        ("d", "2024-03-01T00:00:00Z"),
    ] {
        let sent = json!({"title": slug, "status": "published", "published_at": at});
        admin.post("/v1/articles", sent).expect(201);
    }
    let public = app.public();
    for (query, slugs) in [
        ("from=2024-02-29", "b c d"),
        ("to=2024-02-29", "a"),
        ("from=2024-02-29&to=2024-03-01", "b c"),
        ("from=2024-02-29T12:00:00.001Z&to=2024-02-29T12:00:00.002Z", "c"),
        ("from=2024-02-29T13:00:00.001%2B01:00", "c d"),
        ("from=2024-03-01&to=2024-02-01", ""),
        ("date=published&to=2024-03-01", "a b c"),
        ("date=created&from=2024-03-02", "a b c d"),
        ("date=created&to=2024-03-02", ""),
        ("date=updated&from=2024-03-02", "a b c d"),
    ] {
        assert_eq!(found(&public, &format!("order=title&{query}")), slugs, "{query}");
    }
    for (name, value) in [
        ("from", "yesterday"),
        ("from", "2024-02-30"),
        ("from", "2024-02-29T00:00:00"),
        ("to", ""),
        ("to", "1709164800"),
        ("date", "modified"),
    ] {
        let refused = public.get(&format!("/v1/articles?{name}={value}"));
        let refused = refused.problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], name, "{value}");
    }
}

#[test]
fn list_articles_by_language() {
    let app = App::new();
    let admin = app.admin();
    for language in ["en", "en-GB", "en-US", "eng", "de", "zh-Hant-TW"] {
        let sent = json!({"title": language, "status": "published", "language": language});
        admin.post("/v1/articles", sent).expect(201);
    }
    admin.post("/v1/articles", json!({"title": "none", "status": "published"})).expect(201);
    let public = app.public();
    for (language, slugs) in [
        ("en", "en en-gb en-us"),
        ("EN", "en en-gb en-us"),
        ("en-gb", "en-gb"),
        ("zh", "zh-hant-tw"),
        ("zh-hant", "zh-hant-tw"),
        ("fr", ""),
    ] {
        assert_eq!(found(&public, &format!("order=title&language={language}")), slugs);
    }
    for language in ["", "e", "en_GB", "%25", "english-language"] {
        let refused = public.get(&format!("/v1/articles?language={language}"));
        refused.problem(400, "invalid-parameter");
    }
}

#[test]
fn list_articles_by_ids_in_their_order() {
    let app = App::new();
    let admin = app.admin();
    let articles: [(&str, &[&str]); 4] = [("a", &["t"]), ("b", &[]), ("c", &["t"]), ("d", &[])];
    tagged(&admin, &articles);
    let public = app.public();
    let id = public.get("/v1/articles/d").text("id").to_owned();
    for (ids, slugs) in [
        ("c,a,b", "c a b"),
        (&format!("b,{id},a"), "b d a"),
        ("a,unknown,b,01890a5d-ac96-774b-bcce-b302099a8057", "a b"),
        ("a,a,b,a", "a b"),
        (&format!("d,{id}"), "d"),
        ("unknown", ""),
    ] {
        let page = public.get(&format!("/v1/articles?count=exact&ids={ids}")).expect(200);
        assert_eq!(found(&public, &format!("ids={ids}")), slugs, "{ids}");
        assert_eq!(page.json["total"], slugs.split_whitespace().count(), "{ids}");
        assert_eq!(page.json["next_cursor"], Value::Null);
    }
    assert_eq!(found(&public, "ids=c,b,a&tag=t"), "c a");
    let hundred = vec!["a"; 100].join(",");
    assert_eq!(found(&public, &format!("ids={hundred}")), "a");
    let cursor = public.get("/v1/articles?limit=1").text("next_cursor").to_owned();
    for (query, parameter) in [
        (format!("ids={hundred},b"), "ids"),
        ("ids=".into(), "ids"),
        ("ids=a,,b".into(), "ids"),
        ("ids=a&order=title".into(), "order"),
        (format!("ids=a&cursor={cursor}"), "cursor"),
        ("ids=a,b&limit=1".into(), "limit"),
    ] {
        let refused = public.get(&format!("/v1/articles?{query}"));
        let refused = refused.problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], parameter, "{query}");
    }
}

#[test]
fn list_articles_by_status_only_for_those_who_may() {
    let app = App::new();
    let admin = app.admin();
    for status in ["draft", "published", "archived"] {
        admin.post("/v1/articles", json!({"title": status, "status": status})).expect(201);
    }
    let comments_only = app.with(&[Scope::CommentsWrite]);
    for (query, with_key, without) in [
        ("", "published", "published"),
        ("status=published", "published", "published"),
        ("status=draft", "draft", ""),
        ("status=archived", "archived", ""),
        ("status=draft,archived", "archived draft", ""),
        ("status=archived,draft,published", "archived draft published", "published"),
    ] {
        let query = format!("order=title&{query}");
        assert_eq!(found(&admin, &query), with_key, "{query}");
        assert_eq!(found(&app.public(), &query), without, "{query}");
        assert_eq!(found(&comments_only, &query), without, "{query}");
    }
    for status in ["", "scheduled", "Draft", "draft,", "draft draft"] {
        let path = format!("/v1/articles?status={}", status.replace(' ', "%20"));
        let refused = admin.get(&path).problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], "status", "{status}");
    }
}

#[test]
fn list_articles_knows_an_id_however_it_is_written() {
    let app = App::new();
    let admin = app.admin();
    let sent = json!({"title": "T", "status": "published", "tags": ["gas"], "authors": ["Li"]});
    let made = admin.post("/v1/articles", sent).expect(201);
    let (tag, author) = (&made.json["tags"][0]["id"], &made.json["authors"][0]["id"]);
    for (parameter, id) in [("tag", tag), ("author", author), ("ids", &made.json["id"])] {
        let id = id.as_str().unwrap();
        for id in [id.to_owned(), id.to_uppercase()] {
            let page = app.public().get(&format!("/v1/articles?{parameter}={id}")).expect(200);
            assert_eq!(page.each("slug"), ["t"], "{parameter}={id}");
        }
    }
}

#[test]
fn list_articles_includes_nothing_that_fields_leaves_out() {
    let app = App::new();
    let public = app.public();
    let clash = public.get("/v1/articles?fields=title,body&include=body,quotes");
    let clash = clash.problem(400, "invalid-parameter");
    assert_eq!(clash.json["errors"][0]["parameter"], "include");
    assert!(clash.text("detail").contains("\"quotes\" is not among `fields`"), "{}", clash.json);
    public.get("/v1/articles?fields=title,quotes.text,body_html&include=body,quotes").expect(200);
}
