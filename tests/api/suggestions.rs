//! What a few typed letters can become.

use onrecord::auth::Scope;
use serde_json::json;

use crate::app::{App, Client};
use crate::search::encoded;

fn suggested(client: &Client, typed: &str) -> String {
    let answer = client.get(&format!("/v1/suggest?q={}", encoded(typed))).expect(200);
    let items = answer.json["items"].as_array().unwrap().iter();
    let items = items.map(|item| {
        format!("{}:{}", item["kind"].as_str().unwrap(), item["slug"].as_str().unwrap())
    });
    items.collect::<Vec<_>>().join(" ")
}

#[test]
fn list_suggestions_completes_tags_people_and_headlines() {
    let app = App::new();
    let admin = app.admin();
    let article = json!({"slug": "zebra", "title": "Zhang's zebra: a story", "tags": ["Zürich", "Lake Zürich"],
        "authors": ["Zoë Łukasz"], "body": "x", "quotes": [{"text": "x", "speaker_name": "Zhang Xin"}], "status": "published"});
    admin.post("/v1/articles", article).expect(201);
    let public = app.public();
    for (typed, expected) in [
        ("z", "tag:zurich tag:lake-zurich person:zhang-xin person:zoe-lukasz article:zebra"),
        ("Zur", "tag:zurich tag:lake-zurich"),
        ("ZÜR", "tag:zurich tag:lake-zurich"),
        ("lake z", "tag:lake-zurich"),
        ("zhang", "person:zhang-xin article:zebra"),
        ("zhang x", "person:zhang-xin"),
        ("xin", "person:zhang-xin"),
        ("luk", "person:zoe-lukasz"),
        ("zhang's", "article:zebra"),
        ("story", ""),
        ("", ""),
        ("%_'\"", ""),
    ] {
        assert_eq!(suggested(&public, typed), expected, "{typed}");
    }
    let one = public.get("/v1/suggest?q=z&limit=1").expect(200);
    assert_eq!(one.each("kind"), ["tag", "person", "article"]);
    assert_eq!(one.json["items"][1]["name"], "Zhang Xin");
    assert_eq!(public.get("/v1/suggest").expect(200).json["items"], json!([]));
    for query in ["q=z&limit=0", "q=z&limit=21", "q=z&kind=tag"] {
        public.get(&format!("/v1/suggest?{query}")).problem(400, "invalid-parameter");
    }
}

#[test]
fn list_suggestions_hides_what_drafts_have_made() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let drafts = app.with(&[Scope::DraftsRead]);
    let draft = json!({"slug": "secret", "title": "Secret story", "tags": ["Secret tag"], "authors": ["Secret Person"]});
    admin.post("/v1/articles", draft).expect(201);
    assert_eq!(suggested(&public, "secret"), "");
    assert_eq!(suggested(&drafts, "secret"), "tag:secret-tag person:secret-person article:secret");
    admin.patch("/v1/articles/secret", json!({"status": "published"})).expect(200);
    assert_eq!(suggested(&public, "secret"), "tag:secret-tag person:secret-person article:secret");
    admin.patch("/v1/articles/secret", json!({"title": "Open story"})).expect(200);
    admin.patch("/v1/tags/secret-tag", json!({"name": "Known tag"})).expect(200);
    admin.patch("/v1/people/secret-person", json!({"name": "Known Person"})).expect(200);
    assert_eq!(suggested(&public, "secret"), "");
    assert_eq!(suggested(&public, "known"), "tag:secret-tag person:secret-person");
    assert_eq!(suggested(&public, "open"), "article:secret");
    admin.delete("/v1/articles/secret").expect(204);
    admin.delete("/v1/tags/secret-tag").expect(204);
    admin.delete("/v1/people/secret-person").expect(204);
    assert_eq!(app.rows("completions"), 0);
}
