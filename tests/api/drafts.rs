//! What is not published: there for those with a key, not there at all for everybody else.

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::{App, Client};

fn make(client: &Client, slug: &str, status: &str) {
    let sent = json!({
        "title": slug, "slug": slug, "status": status, "body": "A trend.", "language": "en",
        "tags": [format!("{slug} tag"), "shared"], "authors": [format!("{slug} author"), "Shared"],
        "quotes": [{"text": "trend", "speaker_name": format!("{slug} speaker")}],
        "links": [{"url": "https://example.com/"}]
    });
    client.post("/v1/articles", sent).expect(201);
}

/// The answer without what tells requests apart.
fn told(client: &Client, path: &str) -> (u16, Value) {
    let mut answer = client.get(path);
    if let Some(object) = answer.json.as_object_mut() {
        object.remove("request_id");
    }
    (answer.status, answer.json)
}

#[test]
fn get_article_hides_what_is_not_published() {
    let app = App::new();
    let admin = app.admin();
    make(&admin, "draft", "draft");
    make(&admin, "archived", "archived");
    let public = app.public();
    for slug in ["draft", "archived"] {
        let id = admin.get(&format!("/v1/articles/{slug}")).expect(200).text("id").to_owned();
        for name in [slug, &id] {
            for part in ["", "/quotes", "/links"] {
                let hidden = told(&public, &format!("/v1/articles/{name}{part}"));
                let missing = told(&public, &format!("/v1/articles/missing{part}"));
                assert_eq!(hidden, missing, "{name}{part}");
            }
        }
    }
    for scope in [Scope::DraftsRead, Scope::ContentWrite, Scope::Admin] {
        app.with(&[scope]).get("/v1/articles/draft").expect(200);
    }
}

#[test]
fn list_articles_hides_what_is_not_published() {
    let app = App::new();
    let admin = app.admin();
    for status in ["published", "draft", "archived"] {
        make(&admin, status, status);
    }
    let public = app.public();
    let id = admin.get("/v1/articles/draft").text("id").to_owned();
    for query in [
        String::new(),
        "status=draft".into(),
        "status=draft,archived".into(),
        "status=published,draft".into(),
        "tag=draft-tag".into(),
        "tag=shared".into(),
        "tag=-published-tag".into(),
        "speaker=draft-speaker".into(),
        "author=draft-author".into(),
        "author=shared".into(),
        "language=en".into(),
        "ids=draft,archived,published".into(),
        format!("ids={id}"),
        "order=title".into(),
        "date=created&from=2000-01-01".into(),
    ] {
        let page = public.get(&format!("/v1/articles?count=exact&{query}")).expect(200);
        let slugs = page.each("slug");
        assert!(slugs.iter().all(|slug| slug == "published"), "{query}: {slugs:?}");
        assert_eq!(page.json["total"], slugs.len(), "{query}");
    }
    let everything = "/v1/articles?count=exact&status=draft,published,archived&order=title";
    for key in [admin, app.with(&[Scope::DraftsRead])] {
        let page = key.get(everything).expect(200);
        assert_eq!(page.each("slug"), ["archived", "draft", "published"]);
        assert_eq!(page.json["total"], 3);
        assert_eq!(key.get("/v1/articles").expect(200).each("slug"), ["published"]);
    }
}

#[test]
fn get_tag_and_person_of_a_draft_wait_for_its_publication() {
    let app = App::new();
    let admin = app.admin();
    make(&admin, "draft", "draft");
    let public = app.public();
    let paths = ["/v1/tags/draft-tag", "/v1/people/draft-author", "/v1/people/draft-speaker"];
    for path in paths {
        let missing = path.replace("draft-", "missing-");
        assert_eq!(told(&public, path), told(&public, &missing));
        admin.get(path).expect(200);
    }
    for list in ["/v1/tags?count=exact", "/v1/people?count=exact"] {
        assert_eq!(public.get(list).expect(200).json["total"], 0, "{list}");
        assert_ne!(admin.get(list).expect(200).json["total"], 0, "{list}");
    }
    admin.patch("/v1/articles/draft", json!({"status": "published"})).expect(200);
    for path in paths {
        assert_ne!(public.get(path).expect(200).json["article_count"], Value::Null);
    }
    assert_eq!(public.get("/v1/tags?count=exact").json["total"], 2);
    assert_eq!(public.get("/v1/people?count=exact").json["total"], 3);
}

#[test]
fn put_article_publishes_its_tags_and_people_too() {
    let app = App::new();
    let admin = app.admin();
    make(&admin, "draft", "draft");
    let sent = json!({
        "title": "Draft", "status": "published", "body": "A trend.", "tags": ["draft-tag"],
        "authors": ["draft-author"], "quotes": [{"text": "trend", "speaker": "draft-speaker"}]
    });
    admin.put("/v1/articles/draft", sent).expect(200);
    for path in ["/v1/tags/draft-tag", "/v1/people/draft-author", "/v1/people/draft-speaker"] {
        app.public().get(path).expect(200);
    }
    app.public().get("/v1/tags/shared").problem(404, "not-found");
}

#[test]
fn get_tag_and_person_count_published_articles_only() {
    let app = App::new();
    let admin = app.admin();
    for status in ["published", "draft", "archived"] {
        make(&admin, status, status);
    }
    let public = app.public();
    assert_eq!(public.get("/v1/tags/shared").json["article_count"], 1);
    assert_eq!(public.get("/v1/people/shared").json["article_count"], 1);
    admin.patch("/v1/articles/draft", json!({"status": "published"})).expect(200);
    assert_eq!(public.get("/v1/tags/shared").json["article_count"], 2);
    assert_eq!(public.get("/v1/people/draft-speaker").json["quote_count"], 1);
    admin.patch("/v1/articles/draft", json!({"status": "archived"})).expect(200);
    assert_eq!(public.get("/v1/tags/shared").json["article_count"], 1);
    admin.delete("/v1/articles/published").expect(204);
    assert_eq!(public.get("/v1/tags/shared").json["article_count"], 0);
    assert_eq!(public.get("/v1/people/shared").json["article_count"], 0);
}

#[test]
fn list_links_shows_no_draft_at_either_end() {
    let app = App::new();
    let admin = app.admin();
    make(&admin, "draft", "draft");
    let sent = json!({"title": "Open", "slug": "open", "status": "published",
        "links": [{"target": "draft", "title": "Our own words"}]});
    admin.post("/v1/articles", sent).expect(201);
    admin.patch("/v1/articles/draft", json!({"links": [{"target": "open"}]})).expect(200);
    let public = app.public();
    let link = &public.get("/v1/articles/open").expect(200).json["links"][0];
    assert_eq!((&link["target"], &link["title"]), (&Value::Null, &json!("Our own words")));
    let included = public.get("/v1/articles?include=links").expect(200);
    assert_eq!(included.json["items"][0]["links"][0]["target"], Value::Null);
    for path in ["/v1/links?target=open&count=exact", "/v1/links?target=draft&count=exact"] {
        let hidden = public.get(path).expect(200);
        assert_eq!((hidden.each("id"), &hidden.json["total"]), (vec![], &json!(0)), "{path}");
        assert_eq!(admin.get(path).expect(200).json["total"], 1, "{path}");
    }
    admin.patch("/v1/articles/draft", json!({"status": "published"})).expect(200);
    let link = &public.get("/v1/articles/open").expect(200).json["links"][0];
    assert_eq!(link["target"]["slug"], "draft");
    assert_eq!(public.get("/v1/links?target=open&count=exact").json["total"], 1);
}

#[test]
fn list_quotes_hides_those_of_a_draft_and_those_suggested() {
    let app = App::new();
    let admin = app.admin();
    make(&admin, "draft", "draft");
    let sent = json!({"title": "Open", "slug": "open", "status": "published", "body": "One two",
        "quotes": [{"text": "One", "speaker_name": "Ann"},
            {"text": "two", "speaker_name": "Bob", "state": "suggested", "affiliation": "CCTV"}]});
    let made = admin.post("/v1/articles", sent).expect(201);
    assert_eq!(made.json["quotes"].as_array().unwrap().len(), 1);
    let public = app.public();
    assert_eq!(public.get("/v1/quotes").expect(200).each("text"), ["One"]);
    assert_eq!(public.get("/v1/articles/open/quotes").expect(200).each("text"), ["One"]);
    for query in ["speaker=bob", "affiliation=cctv"] {
        let path = format!("/v1/articles?{query}");
        assert_eq!(public.get(&path).expect(200).each("slug"), Vec::<Value>::new(), "{query}");
        assert_eq!(admin.get(&path).expect(200).each("slug"), ["open"], "{query}");
    }
    for quote in admin.get("/v1/articles/draft/quotes").expect(200).each("id") {
        let path = format!("/v1/quotes/{}", quote.as_str().unwrap());
        public.get(&path).problem(404, "not-found");
        admin.get(&path).expect(200);
    }
}

#[test]
fn update_tag_and_person_of_a_draft_keeps_them_hidden() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    make(&admin, "draft", "draft");
    for (path, sent) in [
        ("/v1/tags/draft-tag", json!({"name": "Secret", "description": "Mended."})),
        ("/v1/people/draft-speaker", json!({"name": "Secret Source", "bio": "Mended."})),
    ] {
        let missing = told(&public, &path.replace("draft-", "missing-"));
        admin.patch(path, sent).expect(200);
        assert_eq!(told(&public, path), missing);
    }
    admin.put("/v1/tags/draft-tag", json!({"name": "Secret"})).expect(200);
    public.get("/v1/tags/draft-tag").problem(404, "not-found");
    admin.patch("/v1/articles/draft", json!({"status": "published"})).expect(200);
    assert_eq!(public.get("/v1/tags/draft-tag").expect(200).json["name"], "Secret");
    assert_eq!(public.get("/v1/people/draft-speaker").expect(200).json["bio"], "Mended.");
}

#[test]
fn merge_tag_and_person_of_a_draft_leaves_no_sign_for_readers() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    make(&admin, "published", "published");
    make(&admin, "draft", "draft");
    for (what, one) in [("tags", "tag"), ("people", "speaker")] {
        let path = format!("/v1/{what}/draft-{one}");
        let id = admin.get(&path).expect(200).text("id").to_owned();
        let into = json!({"into": format!("published-{one}")});
        admin.post(&format!("{path}/merge"), into).expect(200);
        for name in [format!("draft-{one}"), id] {
            let path = format!("/v1/{what}/{name}");
            assert_eq!(told(&public, &path), told(&public, &format!("/v1/{what}/missing-{one}")));
            admin.get(&path).problem(301, "moved");
            let filter = if one == "tag" { "tag" } else { "speaker" };
            for (client, found) in [(&public, 0), (&admin, 1)] {
                let list = client.get(&format!("/v1/articles?{filter}={name}")).expect(200);
                assert_eq!(list.each("slug").len(), found, "{filter}={name}");
            }
        }
    }
    let quotes = public.get("/v1/quotes?speaker=draft-speaker").expect(200);
    assert_eq!(quotes.json["items"], json!([]));
    assert_eq!(admin.get("/v1/quotes?speaker=draft-speaker").expect(200).each("id").len(), 2);
}

#[test]
fn delete_article_tells_no_headline_that_was_hidden() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    make(&admin, "home", "published");
    for status in ["draft", "archived"] {
        make(&admin, status, status);
        let links = "/v1/articles/home/links";
        admin.post(links, json!({"target": status, "position": 0})).expect(201);
        admin.post(links, json!({"target": status, "rel": "background"})).expect(201);
        admin.post(links, json!({"target": status, "title": "More"})).expect(201);
        let before = admin.get("/v1/articles/home").expect(200).json["version"].clone();
        admin.delete(&format!("/v1/articles/{status}")).expect(204);
        let left = admin.get(links).expect(200);
        assert!(!left.json.to_string().contains(status), "{}", left.json);
        assert_eq!(told(&public, links).1["items"], left.json["items"]);
        let places = left.each("position");
        assert_eq!(places, (0..places.len()).collect::<Vec<_>>());
        assert_ne!(admin.get("/v1/articles/home").expect(200).json["version"], before);
    }
    assert_eq!(
        admin.get("/v1/articles/home/links").each("title"),
        [json!(null), json!("More"), json!("More")]
    );
}

#[test]
fn update_link_with_what_was_read_tells_no_hidden_headline() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    make(&admin, "home", "published");
    admin.post("/v1/articles", json!({"title": "Secret headline", "slug": "plan"})).expect(201);
    let made = admin.post("/v1/articles/home/links", json!({"target": "plan"})).expect(201);
    let link = format!("/v1/links/{}", made.text("id"));
    let read = admin.get(&link).expect(200).json;
    assert_eq!(read["title"], "Secret headline");
    let title = &read["title"];
    admin.patch(&link, json!({"title": title, "rel": "background"})).expect(200);
    admin.patch(&link, json!({"title": title, "target": "plan"})).expect(200);
    admin
        .patch(
            "/v1/articles/home",
            json!({"links": [{"title": title, "target": "plan", "rel": "background"}]}),
        )
        .expect(200);
    admin.post("/v1/articles/home/links", json!({"title": title, "target": "plan"})).expect(201);
    assert_eq!(public.get("/v1/articles/home/links").expect(200).json["items"], json!([]));
    admin
        .patch("/v1/articles/plan", json!({"title": "Another", "status": "published"}))
        .expect(200);
    let seen = public.get("/v1/articles/home/links").expect(200);
    assert_eq!(seen.each("title"), ["Another", "Another"], "without words it follows its target");
    let words = admin.patch(&link, json!({"title": "Read more"})).expect(200);
    assert_eq!(words.json["title"], "Read more");
}

#[test]
fn merge_tag_and_person_into_hidden_ones_shows_only_what_articles_carry() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    make(&admin, "draft", "draft");
    for (what, hidden) in [("tags", "draft-tag"), ("people", "draft-speaker")] {
        let path = format!("/v1/{what}");
        admin.post(&path, json!({"name": "Open"})).expect(201);
        admin.post(&format!("{path}/open/merge"), json!({"into": hidden})).expect(200);
        let missing = told(&public, &format!("{path}/missing"));
        assert_eq!(told(&public, &format!("{path}/{hidden}")), missing);
        assert_eq!(told(&public, &format!("{path}/open")), missing);
        assert_eq!(public.get(&format!("{path}?count=exact")).json["total"], 0);
    }
    admin.patch("/v1/articles/draft", json!({"status": "published"})).expect(200);
    public.get("/v1/tags/open").problem(301, "moved");
    public.get("/v1/people/open").problem(301, "moved");
}
