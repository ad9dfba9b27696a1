//! Quotes and links that stay the ones they are while their article is written again.

use serde_json::{Value, json};

use crate::app::{Answer, App, Client};

const BODY: &str = "“We are ready,” Li Wei said. “Not yet,” said Jane Doe. “Not yet,” Li Wei said.";

fn quotes() -> Value {
    json!([
        {"text": "We are ready,", "speaker_name": "Li Wei", "role": "minister", "cue": "said"},
        {"text": "Not yet,", "speaker_name": "Jane Doe"},
        {"text": "Not yet,", "speaker_name": "Li Wei"},
    ])
}

fn body(quotes: &Value) -> Value {
    json!({"title": "Talks", "status": "published", "body": BODY, "quotes": quotes})
}

fn put(client: &Client, body: Value) -> Answer {
    client.put("/v1/articles/talks", body).expect(200)
}

fn parts(article: &Answer, kind: &str) -> Vec<Value> {
    let parts = article.json[kind].as_array().unwrap().clone();
    for (place, part) in parts.iter().enumerate() {
        assert_eq!(part["position"], place, "{part}");
    }
    parts
}

fn ids(parts: &[Value]) -> Vec<&str> {
    parts.iter().map(|part| part["id"].as_str().unwrap()).collect()
}

#[test]
fn put_article_with_the_same_quotes_changes_none_of_them() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.put("/v1/articles/talks", body(&quotes())).expect(201);
    let again = put(&admin, body(&quotes()));
    assert_eq!(parts(&again, "quotes"), parts(&made, "quotes"));
    let patched = admin.patch("/v1/articles/talks", json!({"quotes": quotes()})).expect(200);
    assert_eq!(parts(&patched, "quotes"), parts(&made, "quotes"));
    assert_eq!(patched.json["version"], 3);
    assert_eq!((app.rows("quotes"), app.rows("people")), (3, 2));
}

#[test]
fn put_article_keeps_a_quote_and_takes_what_is_said_of_it() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.put("/v1/articles/talks", body(&quotes())).expect(201);
    let made = parts(&made, "quotes");
    // Turned round: the two of the same words are told apart by who says them.
    let changed = json!([
        {"text": "Not yet,", "speaker_name": "Li Wei"},
        {"text": "Not yet,", "speaker_name": "Jane Doe", "role": "envoy"},
        {"text": "We are ready,", "speaker_name": "Wang Fang"},
        {"text": "New words", "affiliation": "CCTV"},
    ]);
    let after = put(&admin, body(&changed));
    let after = parts(&after, "quotes");
    assert_eq!(ids(&after)[..3], [ids(&made)[2], ids(&made)[1], ids(&made)[0]]);
    let versions = after.iter().map(|quote| quote["version"].clone()).collect::<Vec<_>>();
    assert_eq!(versions, [1, 2, 2, 1], "a place is not a change of what was said");
    assert_eq!(after[0]["updated_at"], made[2]["updated_at"]);
    assert_eq!(after[1]["role"], "envoy");
    assert_eq!(after[2]["created_at"], made[0]["created_at"]);
    assert_eq!(after[2]["speaker"]["slug"], "wang-fang");
    assert_eq!((&after[2]["role"], &after[2]["cue"]), (&json!(null), &json!(null)));
    assert_eq!(after[3]["anchor"]["status"], "orphaned");

    // Those that are left out go, and nothing else does.
    let fewer = admin.patch(
        "/v1/articles/talks",
        json!({"quotes": [{"text": "New words", "affiliation": "CCTV"}]}),
    );
    assert_eq!(ids(&parts(&fewer.expect(200), "quotes")), [ids(&after)[3]]);
    admin.get(&format!("/v1/quotes/{}", ids(&made)[0])).problem(404, "not-found");
    let listed = app.public().get("/v1/articles/talks/quotes?count=exact").expect(200);
    assert_eq!(listed.json["total"], 1);
    // One that is named twice is there once and made once.
    let twice = json!({"quotes": [{"text": "New words", "affiliation": "CCTV"}, {"text": "New words", "affiliation": "CCTV"}]});
    let twice = admin.patch("/v1/articles/talks", twice).expect(200);
    let twice = parts(&twice, "quotes");
    assert_eq!(ids(&twice)[0], ids(&after)[3]);
    assert_ne!(ids(&twice)[1], ids(&after)[3]);
}

#[test]
fn put_article_keeps_the_state_of_a_quote_unless_it_says_one() {
    let app = App::new();
    let admin = app.admin();
    let suggested = json!([{"text": "We are ready,", "affiliation": "CCTV", "state": "suggested"}]);
    admin.put("/v1/articles/talks", body(&suggested)).expect(201);
    let said = json!([{"text": "We are ready,", "affiliation": "CCTV"},
        {"text": "Not yet,", "affiliation": "CCTV"}]);
    let put_said = put(&admin, body(&said));
    assert_eq!(put_said.json["quotes"].as_array().unwrap().len(), 1, "the new one is confirmed");
    let waiting = admin.get("/v1/quotes?state=suggested").expect(200);
    assert_eq!(waiting.each("version"), [1]);
    let id = waiting.json["items"][0]["id"].clone();
    admin.patch(&format!("/v1/quotes/{}", id.as_str().unwrap()), json!({"state": "confirmed"}));
    let kept = parts(&put(&admin, body(&said)), "quotes");
    assert_eq!((&kept[0]["id"], &kept[0]["state"]), (&id, &json!("confirmed")));
    // Who may write may also take back.
    put(&admin, body(&suggested));
    let back = admin.get("/v1/quotes?state=suggested").expect(200);
    assert_eq!(back.each("id"), [id]);
    assert_eq!(back.each("version"), [3]);
}

#[test]
fn put_article_keeps_who_said_it() {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/people", json!({"name": "Li Wei"})).expect(201);
    admin.post("/v1/people", json!({"name": "Li Wei", "slug": "the-other"})).expect(201);
    let quote = json!([{"text": "Not yet,", "speaker": "the-other"}]);
    let made = admin.put("/v1/articles/talks", body(&quote)).expect(201);
    // The name alone would find the first of them: it says nothing new of this quote.
    let named = put(&admin, body(&json!([{"text": "Not yet,", "speaker_name": "Li Wei"}])));
    assert_eq!(named.json["quotes"], made.json["quotes"]);
    // They marry; what they said, they said under the old name.
    admin.patch("/v1/people/the-other", json!({"name": "Li Wei-Chen"})).expect(200);
    let renamed = put(&admin, body(&quote));
    assert_eq!(renamed.json["quotes"][0]["speaker_name"], "Li Wei");
    assert_eq!(renamed.json["quotes"][0]["version"], 1);
    // Where the person has been deleted, the name alone brings nobody back.
    admin.delete("/v1/people/the-other").expect(204);
    let nobody = put(&admin, body(&json!([{"text": "Not yet,", "speaker_name": "Li Wei"}])));
    assert_eq!(nobody.json["quotes"][0]["speaker"], json!(null));
    assert_eq!(nobody.json["quotes"][0]["speaker_name"], "Li Wei");
    assert_eq!(app.rows("people"), 1);
}

#[test]
fn put_article_shows_the_speakers_of_quotes_that_stay() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let mut draft = body(&quotes());
    draft["status"] = json!("draft");
    admin.put("/v1/articles/talks", draft).expect(201);
    public.get("/v1/people/li-wei").problem(404, "not-found");
    put(&admin, body(&quotes()));
    assert_eq!(public.get("/v1/people/li-wei").expect(200).json["quote_count"], 2);
}

#[test]
fn put_article_anchors_quotes_that_stay_in_a_new_body() {
    let app = App::new();
    let admin = app.admin();
    admin.put("/v1/articles/talks", body(&quotes())).expect(201);
    let longer = json!({"title": "Talks", "body": format!("Moscow. {BODY}"), "quotes": quotes()});
    let after = put(&admin, longer);
    let first = &parts(&after, "quotes")[0];
    assert_eq!((&first["anchor"]["start"], &first["version"]), (&json!(9), &json!(1)));
    assert_eq!(first["anchor"]["article_version"], 2);
    let mut other = json!({"title": "Talks", "body": "Nothing.", "quotes": quotes()});
    let refused = admin.put("/v1/articles/talks", other.clone()).problem(409, "quote-altered");
    assert_eq!(refused.json["errors"][0]["quote"]["id"], first["id"]);
    other["quote_changes"] = json!([{"quote": first["id"], "action": "detach"}]);
    let other = put(&admin, other);
    for quote in parts(&other, "quotes") {
        assert_eq!(quote["anchor"]["status"], "orphaned");
    }
}

#[test]
fn put_article_asks_as_little_of_many_quotes_as_of_few() {
    let app = App::new();
    let admin = app.admin();
    let statements = |count: usize| {
        let quotes = (0..count).map(|n| json!({"text": format!("Words {n}"), "speaker_name": "A"}));
        let mut body = body(&json!(quotes.collect::<Vec<_>>()));
        body["status"] = json!("draft");
        admin.put("/v1/articles/talks", body.clone());
        let again = put(&admin, body);
        let timing = again.header("server-timing").to_owned();
        timing.split_once("desc=\"").unwrap().1.split(' ').next().unwrap().to_owned()
    };
    assert_eq!(statements(2), statements(200));
}

#[test]
fn put_article_keeps_its_links() {
    let app = App::new();
    let admin = app.admin();
    for title in ["One", "Two"] {
        admin.post("/v1/articles", json!({"title": title, "status": "published"})).expect(201);
    }
    let article = |links: Value| json!({"title": "Talks", "status": "published", "links": links});
    let links = json!([
        {"target": "one"},
        {"url": "https://example.com/a", "title": "A"},
        {"title": "Two"},
        {"title": "Not there yet", "rel": "background"},
    ]);
    let made = admin.put("/v1/articles/talks", article(links.clone())).expect(201);
    assert_eq!(made.json["links"][2]["target"]["slug"], "two");
    let again = put(&admin, article(links));
    assert_eq!(again.json["links"], made.json["links"]);
    let made = parts(&made, "links");
    let turned = json!([
        {"title": "Not there yet", "rel": "background", "url": "https://example.com/there"},
        {"url": "https://example.com/a", "title": "B"},
        {"target": "one", "rel": "source"},
        {"target": "two", "title": "Read on"},
    ]);
    let after = put(&admin, article(turned));
    let after = parts(&after, "links");
    let (old, new) = (ids(&made), ids(&after));
    assert_eq!((new[0], new[1], new[3]), (old[3], old[1], old[2]));
    assert!(!old.contains(&new[2]), "another relation is another link");
    assert_eq!(after[0]["url"], "https://example.com/there");
    assert_eq!((&after[1]["title"], &after[3]["title"]), (&json!("B"), &json!("Read on")));
    admin.get(&format!("/v1/links/{}", old[0])).problem(404, "not-found");
    let words = put(&admin, article(json!([{"title": "Read on"}])));
    let words = parts(&words, "links");
    assert_eq!(ids(&words), [old[2]]);
    assert_eq!(words[0]["target"], json!(null), "what is left out is cleared");
    for (links, pointer) in [
        (json!([{"title": "x"}, {"target": "nowhere"}]), "/links/1/target"),
        (json!([{"title": "x"}, {"target": "talks"}]), "/links/1/target"),
        (json!([{"rel": "source"}]), "/links/0"),
        (json!([{"target": "one", "url": "https://example.com/"}]), "/links/0/target"),
    ] {
        let refused = admin.put("/v1/articles/talks", article(links));
        assert_eq!(refused.problem(422, "invalid-field").pointers(), [pointer]);
    }
    assert_eq!(app.rows("links"), 1);
}
