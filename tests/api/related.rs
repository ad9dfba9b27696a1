//! Related articles: the editor's links first, then what shares tags and people.

use serde_json::{Value, json};

use crate::app::{App, Client};

fn publish(admin: &Client, slug: &str, tags: &[&str], speaker: Option<&str>) {
    let quotes = speaker.map_or(json!([]), |name| json!([{"text": "So", "speaker_name": name}]));
    let sent = json!({"title": slug, "slug": slug, "status": "published", "body": "So it is.", "tags": tags, "quotes": quotes});
    admin.post("/v1/articles", sent).expect(201);
}

/// Slug, reason and `rel` of what is related.
fn related(client: &Client, article: &str) -> Vec<(Value, Value, Value)> {
    let items =
        client.get(&format!("/v1/articles/{article}/related")).expect(200).json["items"].clone();
    let items = items.as_array().unwrap().clone();
    items
        .iter()
        .map(|it| (it["article"]["slug"].clone(), it["reason"].clone(), it["rel"].clone()))
        .collect()
}

#[test]
fn list_related_articles_begins_with_the_editors_links() {
    let app = App::new();
    let admin = app.admin();
    publish(&admin, "talks", &["gas", "rare"], Some("Li Wei"));
    publish(&admin, "common", &["gas"], None);
    for number in 0..6 {
        publish(&admin, &format!("gas-{number}"), &["gas"], None);
    }
    publish(&admin, "same-rare", &["rare"], None);
    publish(&admin, "same-voice", &[], Some("Li Wei"));
    publish(&admin, "linked", &[], None);
    publish(&admin, "elsewhere", &["sport"], Some("Somebody"));
    let links = json!([
        {"rel": "source", "target": "elsewhere"},
        {"rel": "background", "target": "linked"},
        {"rel": "related", "url": "https://example.com/"},
    ]);
    admin.patch("/v1/articles/talks", json!({"links": links})).expect(200);
    let found = related(&app.public(), "talks");
    assert_eq!(found[0], (json!("linked"), json!("editor"), json!("background")));
    let slugs = found.iter().map(|(slug, ..)| slug.as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(slugs.len(), 5);
    // What few have counts more than what many have.
    let place = |slug: &str| slugs.iter().position(|found| *found == slug);
    assert!(place("same-rare").is_some() && place("same-voice").is_some(), "{slugs:?}");
    assert!(place("same-rare") < place("gas-5"), "{slugs:?}");
    assert!(place("elsewhere").is_none() && place("talks").is_none(), "{slugs:?}");
    let voice = found.iter().find(|(slug, ..)| slug == "same-voice").unwrap();
    assert_eq!((&voice.1, &voice.2), (&json!("people"), &json!(null)));
    let whole = app.public().get("/v1/articles/talks/related?limit=20").expect(200).json;
    let whole = whole["items"].as_array().unwrap();
    let rare = whole.iter().find(|it| it["article"]["slug"] == "same-rare").unwrap();
    assert_eq!((&rare["reason"], &rare["tags"][0]["slug"]), (&json!("tags"), &json!("rare")));
    let voice = whole.iter().find(|it| it["article"]["slug"] == "same-voice").unwrap();
    assert_eq!(voice["people"][0]["slug"], "li-wei");
    app.public().get("/v1/articles/talks/related?limit=21").problem(400, "invalid-parameter");
}

#[test]
fn list_related_articles_shows_no_draft() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    publish(&admin, "talks", &["gas"], None);
    publish(&admin, "other", &["gas"], None);
    let draft = json!({"title": "D", "slug": "draft", "tags": ["gas"], "status": "draft"});
    admin.post("/v1/articles", draft).expect(201);
    admin
        .patch("/v1/articles/talks", json!({"links": [{"target": "draft", "title": "D"}]}))
        .expect(200);
    let seen = related(&public, "talks");
    assert_eq!(seen, [(json!("other"), json!("tags"), json!(null))]);
    let insider = related(&admin, "talks");
    assert_eq!(insider[0].0, "draft");
    admin.patch("/v1/articles/other", json!({"status": "archived"})).expect(200);
    assert!(related(&public, "talks").is_empty());
    public.get("/v1/articles/draft/related").problem(404, "not-found");
}

#[test]
fn list_related_articles_issues_as_many_statements_for_few_as_for_many() {
    let app = App::new();
    let admin = app.admin();
    publish(&admin, "alone", &[], None);
    for number in 0..30 {
        publish(&admin, &format!("a{number}"), &["gas", "oil"], Some("Li Wei"));
    }
    let statements = |path: &str| {
        let timing = app.public().get(path).expect(200).header("server-timing").to_owned();
        timing.split("desc=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let one = statements("/v1/articles/a1/related?limit=1");
    assert_eq!(statements("/v1/articles/a1/related?limit=20"), one);
    assert_eq!(statements("/v1/articles/alone/related?limit=20"), one);
}
