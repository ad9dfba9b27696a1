//! Tags: made, read, changed, merged, listed and removed.

use onrecord::auth::Scope;
use onrecord::db::types::Id;
use serde_json::{Value, json};

use crate::app::{App, Client};

/// An article of this title, status and tags; answers its path.
fn article(client: &Client, title: &str, status: &str, tags: &[&str]) -> String {
    let body = json!({"title": title, "status": status, "tags": tags});
    client.post("/v1/articles", body).expect(201).header("location").to_owned()
}

fn count(client: &Client, tag: &str) -> Value {
    client.get(&format!("/v1/tags/{tag}")).expect(200).json["article_count"].clone()
}

fn slugs(client: &Client, article: &str) -> Vec<Value> {
    let article = client.get(article).expect(200);
    article.json["tags"].as_array().unwrap().iter().map(|tag| tag["slug"].clone()).collect()
}

#[test]
fn create_tag_fills_what_is_absent() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/tags", json!({"name": "  Bilateral Relations "})).expect(201);
    assert_eq!(made.header("location"), "/v1/tags/bilateral-relations");
    assert_eq!(made.json["name"], "Bilateral Relations");
    assert_eq!(made.json["kind"], "topic");
    assert_eq!(made.json["description"], json!(null));
    assert_eq!(made.json["article_count"], 0);
    assert_eq!(made.json["version"], 1);
    assert_eq!(made.json["created_at"], made.json["updated_at"]);
    let read = app.public().get("/v1/tags/bilateral-relations").expect(200);
    assert_eq!(read.json, made.json);
    assert!(!read.header("last-modified").is_empty());
    assert_eq!(read.header("etag"), made.header("etag"));
    let by_id = app.public().get(&format!("/v1/tags/{}", made.text("id"))).expect(200);
    assert_eq!(by_id.json, made.json);
}

#[test]
fn create_tag_takes_all_it_is_given_in_any_script() {
    let app = App::new();
    let new = json!({"name": "Россия", "slug": "россия", "kind": "place", "description": "A state.\nIn the north."});
    let made = app.admin().post("/v1/tags", new).expect(201);
    assert_eq!(made.header("location"), "/v1/tags/%D1%80%D0%BE%D1%81%D1%81%D0%B8%D1%8F");
    let read = app.public().get(made.header("location")).expect(200);
    assert_eq!(read.json["slug"], "россия");
    assert_eq!(read.json["kind"], "place");
    assert_eq!(read.json["description"], "A state.\nIn the north.");
}

#[test]
fn create_tag_counts_up_slugs_it_makes_and_refuses_those_asked_for() {
    let app = App::new();
    let admin = app.admin();
    let mut made = Vec::new();
    for name in ["Budget", "Budget!", "Budget?"] {
        let tag = admin.post("/v1/tags", json!({"name": name})).expect(201);
        made.push(tag.json["slug"].clone());
    }
    assert_eq!(made, ["budget", "budget-2", "budget-3"]);
    let asked = json!({"name": "Another", "slug": "budget"});
    admin.post("/v1/tags", asked).problem(409, "conflict");
    assert_eq!(app.rows("tags"), 3);
}

#[test]
fn create_tag_points_at_what_is_wrong() {
    let app = App::new();
    let admin = app.admin();
    for (body, pointers) in [
        (json!({}), vec!["/name"]),
        (json!({"name": " \u{200b} "}), vec!["/name"]),
        (json!({"name": "a\nb"}), vec!["/name"]),
        (json!({"name": "a\u{202e}b"}), vec!["/name"]),
        (json!({"name": null}), vec!["/name"]),
        (json!({"name": "a".repeat(201)}), vec!["/name"]),
        (json!({"name": "a", "slug": "Not A Slug"}), vec!["/slug"]),
        (json!({"name": "a", "slug": "01890a5d-ac96-774b-bcce-b302099a8057"}), vec!["/slug"]),
        (json!({"name": "a", "kind": "thing"}), vec!["/kind"]),
        (json!({"name": "a", "description": " "}), vec!["/description"]),
        (json!({"nmae": "a", "kind": 5}), vec!["/kind", "/name", "/nmae"]),
    ] {
        let answer = admin.post("/v1/tags", body.clone()).problem(422, "invalid-field");
        assert_eq!(answer.pointers(), pointers, "{body}");
    }
    assert_eq!(app.rows("tags"), 0);
}

#[test]
fn get_tag_knows_nobody_it_should_not() {
    let app = App::new();
    app.public().get("/v1/tags/nothing").problem(404, "not-found");
    app.public().get(&format!("/v1/tags/{}", Id::new())).problem(404, "not-found");
    app.admin().patch("/v1/tags/nothing", json!({})).problem(404, "not-found");
    app.admin().delete("/v1/tags/nothing").problem(404, "not-found");
}

#[test]
fn put_tag_makes_and_replaces_all_of_it() {
    let app = App::new();
    let admin = app.admin();
    let new = json!({"name": "Russia", "kind": "place", "description": "A state."});
    let made = admin.put("/v1/tags/russia", new).expect(201);
    assert_eq!(made.header("location"), "/v1/tags/russia");
    let replaced = admin.put("/v1/tags/russia", json!({"name": "Russia!"})).expect(200);
    assert_eq!(replaced.json["id"], made.json["id"]);
    assert_eq!(replaced.json["name"], "Russia!");
    assert_eq!(replaced.json["kind"], "topic");
    assert_eq!(replaced.json["description"], json!(null));
    assert_eq!(replaced.json["version"], 2);
    assert_eq!(replaced.json["created_at"], made.json["created_at"]);
    let by_id = format!("/v1/tags/{}", made.text("id"));
    let renamed = admin.put(&by_id, json!({"name": "Russia", "slug": "ru"})).expect(200);
    assert_eq!(renamed.json["slug"], "ru");
    app.public().get("/v1/tags/russia").problem(404, "not-found");
    assert_eq!(app.rows("tags"), 1);
}

#[test]
fn put_tag_refuses_a_slug_that_is_not_its_path() {
    let app = App::new();
    let admin = app.admin();
    let other = admin.put("/v1/tags/a", json!({"name": "A", "slug": "b"}));
    assert_eq!(other.problem(422, "invalid-field").pointers(), ["/slug"]);
    let odd = admin.put("/v1/tags/Not%20A%20Slug", json!({"name": "A"}));
    odd.problem(422, "invalid-field");
    admin.put(&format!("/v1/tags/{}", Id::new()), json!({"name": "A"})).problem(404, "not-found");
    assert_eq!(app.rows("tags"), 0);
    admin.put("/v1/tags/a", json!({"name": "A", "slug": "a"})).expect(201);
    let stale = admin.send(
        "PUT",
        "/v1/tags/a",
        &[("content-type", "application/json"), ("if-match", "\"0\"")],
        br#"{"name": "B"}"#,
    );
    stale.problem(412, "precondition-failed");
    let absent = admin.send(
        "PUT",
        "/v1/tags/b",
        &[("content-type", "application/json"), ("if-match", "\"0\"")],
        br#"{"name": "B"}"#,
    );
    absent.problem(412, "precondition-failed");
    assert_eq!(app.rows("tags"), 1);
}

#[test]
fn update_tag_tells_absent_null_and_value_apart() {
    let app = App::new();
    let admin = app.admin();
    let new = json!({"name": "Russia", "kind": "place", "description": "A state."});
    let made = admin.post("/v1/tags", new).expect(201);
    let same = admin.patch("/v1/tags/russia", json!({})).expect(200);
    for property in ["slug", "name", "kind", "description"] {
        assert_eq!(same.json[property], made.json[property], "{property}");
    }
    let named = admin.patch("/v1/tags/russia", json!({"name": "Russian Federation"})).expect(200);
    assert_eq!(named.json["description"], "A state.");
    assert_eq!(named.json["slug"], "russia");
    let cleared = admin.patch("/v1/tags/russia", json!({"description": null})).expect(200);
    assert_eq!(cleared.json["description"], json!(null));
    assert_eq!(cleared.json["name"], "Russian Federation");
    let moved = admin.patch("/v1/tags/russia", json!({"slug": "ru", "kind": "topic"})).expect(200);
    assert_eq!(moved.json["slug"], "ru");
    assert_eq!(moved.json["version"], 5);
    for property in ["name", "slug", "kind"] {
        let null = admin.patch("/v1/tags/ru", json!({property: null}));
        assert_eq!(null.problem(422, "invalid-field").pointers(), [format!("/{property}")]);
    }
    assert_eq!(app.public().get("/v1/tags/ru").expect(200).json, moved.json);
}

#[test]
fn update_tag_refuses_the_slug_of_another() {
    let app = App::new();
    let admin = app.admin();
    for name in ["a", "b", "c"] {
        admin.post("/v1/tags", json!({"name": name})).expect(201);
    }
    admin.patch("/v1/tags/a", json!({"slug": "b"})).problem(409, "conflict");
    admin.patch("/v1/tags/a", json!({"slug": "a"})).expect(200);
    admin.post("/v1/tags/b/merge", json!({"into": "c"})).expect(200);
    admin.patch("/v1/tags/a", json!({"slug": "b"})).problem(409, "conflict");
    admin.post("/v1/tags", json!({"name": "x", "slug": "b"})).problem(409, "conflict");
    let made = admin.post("/v1/tags", json!({"name": "b"})).expect(201);
    assert_eq!(made.json["slug"], "b-2");
}

#[test]
fn delete_tag_takes_it_off_every_article() {
    let app = App::new();
    let admin = app.admin();
    let story = article(&admin, "Story", "published", &["a", "b", "c"]);
    admin.delete("/v1/tags/b").expect(204);
    admin.get("/v1/tags/b").problem(404, "not-found");
    assert_eq!(slugs(&app.public(), &story), ["a", "c"]);
    admin.delete("/v1/tags/b").problem(404, "not-found");
}

#[test]
fn get_tag_counts_published_articles_only() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let one = article(&admin, "One", "published", &["a", "b"]);
    let two = article(&admin, "Two", "draft", &["a"]);
    assert_eq!((count(&public, "a"), count(&public, "b")), (json!(1), json!(1)));
    admin.patch(&two, json!({"status": "published"})).expect(200);
    assert_eq!(count(&public, "a"), 2);
    admin.patch(&two, json!({"status": "archived"})).expect(200);
    assert_eq!(count(&public, "a"), 1);
    admin.patch(&two, json!({"status": "published", "tags": ["b"]})).expect(200);
    assert_eq!((count(&public, "a"), count(&public, "b")), (json!(1), json!(2)));
    admin.delete(&one).expect(204);
    assert_eq!((count(&public, "a"), count(&public, "b")), (json!(0), json!(1)));
    let listed = public.get("/v1/tags").expect(200);
    assert_eq!(listed.each("article_count"), [0, 1]);
}

#[test]
fn get_tag_hides_what_only_drafts_carry() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let draft = article(&admin, "Draft", "draft", &["secret"]);
    public.get("/v1/tags/secret").problem(404, "not-found");
    assert_eq!(public.get("/v1/tags?count=exact").expect(200).json["total"], 0);
    let seen = app.with(&[Scope::DraftsRead]).get("/v1/tags?count=exact").expect(200);
    assert_eq!(seen.json["total"], 1);
    admin.post("/v1/tags", json!({"name": "open"})).expect(201);
    admin.patch(&draft, json!({"status": "published"})).expect(200);
    assert_eq!(count(&public, "secret"), 1);
}

#[test]
fn merge_tag_moves_articles_and_leaves_a_sign() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let only = article(&admin, "Only", "published", &["old", "z"]);
    let both = article(&admin, "Both", "published", &["current", "old", "z"]);
    let draft = article(&admin, "Draft", "draft", &["old"]);
    let old = public.get("/v1/tags/old").expect(200);
    let merged = admin.post("/v1/tags/old/merge", json!({"into": "current"})).expect(200);
    assert_eq!(merged.json["slug"], "current");
    assert_eq!(merged.json["article_count"], 2);
    assert_eq!(merged.json["version"], 2);
    assert!(!merged.header("last-modified").is_empty());
    assert_eq!(slugs(&public, &only), ["current", "z"]);
    assert_eq!(slugs(&public, &both), ["current", "z"]);
    assert_eq!(slugs(&admin, &draft), ["current"]);
    for name in ["old", old.text("id")] {
        let path = format!("/v1/tags/{name}");
        assert_eq!(public.get(&path).problem(301, "moved").header("location"), "/v1/tags/current");
        for answer in [
            admin.patch(&path, json!({"name": "x"})),
            admin.put(&path, json!({"name": "x"})),
            admin.delete(&path),
        ] {
            let refused = answer.problem(409, "merged");
            assert!(refused.text("detail").contains("/v1/tags/current;"), "{}", refused.json);
        }
        let again = admin.post(&format!("{path}/merge"), json!({"into": "z"}));
        again.problem(409, "merged");
    }
    // Who still writes the old name or id means the new tag.
    let late = article(&admin, "Late", "published", &["old", old.text("id")]);
    assert_eq!(slugs(&public, &late), ["current"]);
    let found = public.get("/v1/articles?tag=old&count=exact").expect(200);
    assert_eq!(found.json["total"], 3);
}

#[test]
fn merge_tag_follows_a_chain() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    for name in ["a", "b", "c"] {
        admin.post("/v1/tags", json!({"name": name})).expect(201);
    }
    let ids = ["a", "b"].map(|name| public.get(&format!("/v1/tags/{name}")).text("id").to_owned());
    admin.post("/v1/tags/a/merge", json!({"into": "b"})).expect(200);
    // The one that stays takes the old name, and goes itself: both old names and ids lead on.
    admin.patch("/v1/tags/b", json!({"slug": "a"})).expect(200);
    admin.post("/v1/tags/a/merge", json!({"into": "c"})).expect(200);
    for name in ["a", &ids[0], &ids[1]] {
        let moved = public.get(&format!("/v1/tags/{name}")).problem(301, "moved");
        assert_eq!(moved.header("location"), "/v1/tags/c", "{name}");
    }
    admin.delete("/v1/tags/c").expect(204);
    public.get("/v1/tags/a").problem(404, "not-found");
    public.get(&format!("/v1/tags/{}", ids[0])).problem(404, "not-found");
}

#[test]
fn merge_tag_refuses_itself_the_unknown_and_the_merged() {
    let app = App::new();
    let admin = app.admin();
    for name in ["a", "b", "c"] {
        admin.post("/v1/tags", json!({"name": name})).expect(201);
    }
    admin.post("/v1/tags/c/merge", json!({"into": "b"})).expect(200);
    for (into, code) in [("a", "same"), ("nothing", "not-found"), ("c", "moved")] {
        let answer = admin.post("/v1/tags/a/merge", json!({"into": into}));
        let answer = answer.problem(422, "invalid-field");
        assert_eq!(answer.pointers(), ["/into"]);
        assert_eq!(answer.json["errors"][0]["code"], code);
    }
    admin.post("/v1/tags/nothing/merge", json!({"into": "a"})).problem(404, "not-found");
    assert_eq!(app.rows("tags"), 2);
}

#[test]
fn list_tags_goes_on_by_name_and_counts() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    for (name, kind) in
        [("beta", "place"), ("Alpha", "topic"), ("gamma", "place"), ("alpha!", "place")]
    {
        admin.post("/v1/tags", json!({"name": name, "kind": kind})).expect(201);
    }
    // Folded by compatibility this name is many times as long as any that is typed.
    admin.post("/v1/tags", json!({"name": "\u{fdfa}".repeat(200)})).expect(201);
    let mut seen = Vec::new();
    let mut path = "/v1/tags?limit=1&count=exact".to_owned();
    loop {
        let page = public.get(&path).expect(200);
        assert_eq!(page.json["total"], 5);
        seen.extend(page.each("slug"));
        let Some(cursor) = page.json["next_cursor"].as_str() else {
            assert_eq!(page.header("link"), "");
            break;
        };
        assert!(
            page.header("link").contains(cursor) && page.header("link").ends_with("rel=\"next\"")
        );
        path = format!("/v1/tags?limit=1&count=exact&cursor={cursor}");
    }
    assert_eq!(seen.len(), 5);
    assert_eq!(seen[..4], ["alpha", "alpha-2", "beta", "gamma"]);
    let places = public.get("/v1/tags?kind=place").expect(200);
    assert_eq!(places.each("slug"), ["alpha-2", "beta", "gamma"]);
    assert_eq!(places.json["total"], json!(null));
    let first = public.get("/v1/tags?limit=1").expect(200);
    let other = format!("/v1/tags?kind=place&cursor={}", first.text("next_cursor"));
    public.get(&other).problem(400, "invalid-cursor");
    public.get("/v1/tags?limit=101").problem(400, "invalid-parameter");
}

#[test]
fn merge_tag_holds_for_names_too() {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/tags", json!({"name": "asean"})).expect(201);
    admin.post("/v1/tags", json!({"name": "UNO", "slug": "united"})).expect(201);
    admin.post("/v1/tags/united/merge", json!({"into": "asean"})).expect(200);
    let story = article(&admin, "Story", "published", &["UNO", "united", "uno"]);
    assert_eq!(slugs(&admin, &story), ["asean"]);
    assert_eq!(app.rows("tags"), 1);
    // Through a chain, and until somebody makes a tag of that very name again.
    admin.post("/v1/tags", json!({"name": "Asia"})).expect(201);
    admin.post("/v1/tags/asean/merge", json!({"into": "asia"})).expect(200);
    let story = article(&admin, "Later", "published", &["uno", "ASEAN"]);
    assert_eq!(slugs(&admin, &story), ["asia"]);
    admin.post("/v1/tags", json!({"name": "Uno", "slug": "the-game"})).expect(201);
    let story = article(&admin, "Cards", "published", &["UNO", "united"]);
    assert_eq!(slugs(&admin, &story), ["the-game", "asia"]);
}

#[test]
fn create_tag_refuses_the_name_of_another() {
    let app = App::new();
    let admin = app.admin();
    admin.put("/v1/tags/un", json!({"name": "United Nations"})).expect(201);
    for (method, path, name) in [
        ("POST", "/v1/tags", "united  NATIONS"),
        ("PUT", "/v1/tags/uno", "United Nations"),
        ("PUT", "/v1/tags/other", "United Nations"),
        ("PATCH", "/v1/tags/other", "United Nations"),
    ] {
        if path == "/v1/tags/other" {
            admin.put(path, json!({"name": "Other"}));
        }
        let body = json!({"name": name}).to_string();
        let refused = admin.send(method, path, crate::app::JSON, body.as_bytes());
        let refused = refused.problem(409, "conflict");
        assert!(refused.text("detail").contains("`un`"), "{}", refused.json);
    }
    admin.patch("/v1/tags/un", json!({"name": "UNITED NATIONS"})).expect(200);
    admin.put("/v1/tags/un", json!({"name": "United Nations"})).expect(200);
    assert_eq!(app.rows("tags"), 2);
}
