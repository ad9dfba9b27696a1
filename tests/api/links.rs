//! Links: to articles here, to the web, and to headlines that wait for their article.

use onrecord::auth::Scope;
use onrecord::db::types::Id;
use serde_json::{Value, json};

use crate::app::{App, Client};

/// An article of this title and status; answers its path.
fn article(client: &Client, title: &str, status: &str) -> String {
    let body = json!({"title": title, "status": status});
    client.post("/v1/articles", body).expect(201).header("location").to_owned()
}

/// Adds a link to the article of this path.
fn link(client: &Client, article: &str, body: Value) -> Value {
    client.post(&format!("{article}/links"), body).expect(201).json
}

fn path(link: &Value) -> String {
    format!("/v1/links/{}", link["id"].as_str().unwrap())
}

/// The titles of an article's links in their order, and that their places have no gap.
fn titles(client: &Client, article: &str) -> Vec<Value> {
    let page = client.get(&format!("{article}/links?limit=100")).expect(200);
    let places: Vec<_> = (0..page.each("title").len()).map(|place| json!(place)).collect();
    assert_eq!(page.each("position"), places);
    let inside = client.get(article).expect(200);
    assert_eq!(inside.json["links"], page.json["items"]);
    page.each("title")
}

#[test]
fn create_link_points_to_an_article_a_page_or_a_headline() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let home = article(&admin, "Home", "published");
    let gas = admin.get(&article(&admin, "Gas Supply", "published")).json;
    let made = admin.post(&format!("{home}/links"), json!({"target": "gas-supply"})).expect(201);
    assert_eq!(made.header("location"), path(&made.json));
    assert_eq!(made.json["rel"], "related");
    assert_eq!(made.json["title"], "Gas Supply");
    assert_eq!(made.json["url"], json!(null));
    assert_eq!(made.json["target"]["id"], gas["id"]);
    assert_eq!(made.json["target"]["url"], gas["url"]);
    assert_eq!(public.get(made.header("location")).expect(200).json, made.json);
    let by_id = link(&admin, &home, json!({"target": gas["id"], "title": "More", "rel": "source"}));
    assert_eq!((&by_id["title"], &by_id["rel"]), (&json!("More"), &json!("source")));
    assert_eq!(by_id["target"]["title"], "Gas Supply");
    let web = link(&admin, &home, json!({"url": "HTTPS://Example.com/a b".replace(' ', "%20")}));
    assert_eq!(web["url"], "https://example.com/a%20b");
    assert_eq!((&web["title"], &web["target"]), (&json!(null), &json!(null)));
    let waiting = link(&admin, &home, json!({"title": "Not Yet Here", "rel": "follow_up"}));
    assert_eq!((&waiting["url"], &waiting["target"]), (&json!(null), &json!(null)));
    let found = link(&admin, &home, json!({"title": "gas  SUPPLY"}));
    assert_eq!(found["target"]["id"], gas["id"]);
    assert_eq!(found["title"], "gas  SUPPLY");
    assert_eq!(titles(&public, &home).len(), 5);
    assert_eq!(admin.get(&home).json["version"], 6, "each part is a change of the article");
}

#[test]
fn create_link_points_at_what_is_wrong() {
    let app = App::new();
    let admin = app.admin();
    let home = article(&admin, "Home", "draft");
    for (body, pointer) in [
        (json!({}), ""),
        (json!({"target": "nothing"}), "/target"),
        (json!({"target": Id::new().to_string()}), "/target"),
        (json!({"target": "home"}), "/target"),
        (json!({"target": "home", "url": "https://example.com"}), "/target"),
        (json!({"url": "ftp://example.com/"}), "/url"),
        (json!({"url": "javascript:alert(1)"}), "/url"),
        (json!({"url": "https://user:secret@example.com/"}), "/url"),
        (json!({"url": "/relative"}), "/url"),
        (json!({"title": " "}), "/title"),
        (json!({"title": "a\nb"}), "/title"),
        (json!({"title": "a", "rel": "friend"}), "/rel"),
        (json!({"title": "a", "position": 1}), "/position"),
        (json!({"title": "a", "position": -1}), "/position"),
        (json!({"titel": "a"}), "/titel"),
    ] {
        let answer = admin.post(&format!("{home}/links"), body.clone());
        let answer = answer.problem(422, "invalid-field");
        assert_eq!(answer.pointers(), [pointer], "{body}");
    }
    let nested = json!({"title": "x", "links": [{"title": "a"}, {"title": "b", "position": 0}]});
    let nested = admin.post("/v1/articles", nested).problem(422, "invalid-field");
    assert_eq!(nested.pointers(), ["/links/1/position"]);
    let nested = json!({"title": "x", "links": [{"title": "a"}, {"target": "nothing"}]});
    let nested = admin.post("/v1/articles", nested).problem(422, "invalid-field");
    assert_eq!(nested.pointers(), ["/links/1/target"]);
    admin.post("/v1/articles/nothing/links", json!({"title": "a"})).problem(404, "not-found");
    assert_eq!((app.rows("links"), app.rows("articles")), (0, 1));
    assert_eq!(admin.get(&home).json["version"], 1, "what is refused changes nothing");
}

#[test]
fn get_link_resolves_when_its_article_arrives_or_is_renamed() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let home = article(&admin, "Home", "published");
    let waiting = path(&link(&admin, &home, json!({"title": "The Talks"})));
    let elsewhere =
        path(&link(&admin, &home, json!({"title": "The Talks", "url": "https://e.org/"})));
    assert_eq!(public.get(&waiting).expect(200).json["target"], json!(null));
    let talks = article(&admin, "the  talks", "draft");
    let resolved = admin.get(&waiting).expect(200);
    assert_eq!(resolved.json["target"]["slug"], "the-talks");
    let hidden = public.get(&waiting).expect(200);
    assert_eq!(
        (&hidden.json["title"], &hidden.json["target"]),
        (&json!("The Talks"), &json!(null))
    );
    admin.patch(&talks, json!({"status": "published"})).expect(200);
    assert_eq!(public.get(&waiting).expect(200).json["target"]["slug"], "the-talks");
    assert_eq!(public.get(&elsewhere).expect(200).json["target"], json!(null));
    let gas = path(&link(&admin, &home, json!({"title": "Gas"})));
    admin.patch(&talks, json!({"title": "Gas"})).expect(200);
    assert_eq!(public.get(&gas).expect(200).json["target"]["title"], "Gas");
    // An article's links never lead to itself.
    let own = path(&link(&admin, &home, json!({"title": "Home"})));
    assert_eq!(admin.get(&own).expect(200).json["target"], json!(null));
}

#[test]
fn put_article_resolves_links_that_wait_for_its_title() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let home = article(&admin, "Home", "published");
    let oil = path(&link(&admin, &home, json!({"title": "Oil"})));
    let gas = path(&link(&admin, &home, json!({"title": "Gas"})));
    let new = json!({"title": "Oil", "status": "published"});
    admin.put("/v1/articles/energy", new).expect(201);
    assert_eq!(public.get(&oil).expect(200).json["target"]["slug"], "energy");
    let renamed = json!({"title": "Gas", "status": "published"});
    admin.put("/v1/articles/energy", renamed).expect(200);
    assert_eq!(public.get(&gas).expect(200).json["target"]["slug"], "energy");
}

#[test]
fn delete_article_leaves_links_to_it_with_its_title() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let home = article(&admin, "Home", "published");
    let gas = article(&admin, "Gas Supply", "published");
    let wordless = path(&link(&admin, &home, json!({"target": "gas-supply"})));
    let worded = path(&link(&admin, &home, json!({"target": "gas-supply", "title": "More"})));
    link(&admin, &gas, json!({"target": "home"}));
    admin.delete(&gas).expect(204);
    assert_eq!(app.rows("links"), 2, "the article's own links go with it");
    for (path, title) in [(&wordless, "Gas Supply"), (&worded, "More")] {
        let left = public.get(path).expect(200);
        assert_eq!((&left.json["title"], &left.json["target"]), (&json!(title), &json!(null)));
    }
    article(&admin, "Gas supply", "published");
    assert_eq!(public.get(&wordless).expect(200).json["target"]["title"], "Gas supply");
    assert_eq!(public.get(&worded).expect(200).json["target"], json!(null));
}

#[test]
fn update_link_changes_what_is_sent() {
    let app = App::new();
    let admin = app.admin();
    let home = article(&admin, "Home", "draft");
    article(&admin, "Gas", "draft");
    let made = link(&admin, &home, json!({"title": "More", "url": "https://example.com/"}));
    let address = path(&made);
    let patch = |body: Value| admin.patch(&address, body).expect(200).json;
    assert_eq!(patch(json!({})), made);
    assert_eq!(patch(json!({"rel": "background"}))["rel"], "background");
    let there = patch(json!({"target": "gas"}));
    assert_eq!((&there["url"], &there["target"]["slug"]), (&json!(null), &json!("gas")));
    assert_eq!(there["title"], "More");
    assert_eq!(patch(json!({"title": null}))["title"], "Gas");
    let wordless = admin.patch(&address, json!({"target": null})).problem(422, "invalid-field");
    assert_eq!(wordless.pointers(), [""]);
    let waiting = patch(json!({"target": null, "title": "Oil"}));
    assert_eq!((&waiting["url"], &waiting["target"]), (&json!(null), &json!(null)));
    assert_eq!(patch(json!({"title": "GAS"}))["target"]["slug"], "gas");
    let web = patch(json!({"url": "https://example.org/", "title": null}));
    assert_eq!((&web["title"], &web["target"]), (&json!(null), &json!(null)));
    for (body, pointers) in [
        (json!({"url": null}), [""]),
        (json!({"target": "gas", "url": "https://e.org/"}), ["/target"]),
        (json!({"target": "home"}), ["/target"]),
        (json!({"target": "nothing"}), ["/target"]),
        (json!({"rel": null}), ["/rel"]),
        (json!({"position": 1}), ["/position"]),
        (json!({"link": 1}), ["/link"]),
    ] {
        let answer = admin.patch(&address, body.clone()).problem(422, "invalid-field");
        assert_eq!(answer.pointers(), pointers, "{body}");
    }
    assert_eq!(admin.get(&address).expect(200).json, web);
    admin.patch(&format!("/v1/links/{}", Id::new()), json!({})).problem(404, "not-found");
}

#[test]
fn update_link_keeps_places_without_gaps() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let home = article(&admin, "Home", "published");
    let ids = ["a", "b", "c", "d"].map(|title| path(&link(&admin, &home, json!({"title": title}))));
    let inserted = path(&link(&admin, &home, json!({"title": "e", "position": 1})));
    assert_eq!(titles(&public, &home), ["a", "e", "b", "c", "d"]);
    for (path, position, order) in [
        (&ids[0], 4, ["e", "b", "c", "d", "a"]),
        (&ids[0], 0, ["a", "e", "b", "c", "d"]),
        (&inserted, 3, ["a", "b", "c", "e", "d"]),
        (&ids[3], 1, ["a", "d", "b", "c", "e"]),
        (&ids[1], 2, ["a", "d", "b", "c", "e"]),
    ] {
        let moved = admin.patch(path, json!({"position": position})).expect(200);
        assert_eq!(moved.json["position"], position);
        assert_eq!(titles(&public, &home), order);
    }
    admin.delete(&ids[3]).expect(204);
    assert_eq!(titles(&public, &home), ["a", "b", "c", "e"]);
    admin.delete(&ids[0]).expect(204);
    admin.delete(&inserted).expect(204);
    assert_eq!(titles(&public, &home), ["b", "c"]);
    link(&admin, &home, json!({"title": "f", "position": 2}));
    link(&admin, &home, json!({"title": "g", "position": 0}));
    assert_eq!(titles(&public, &home), ["g", "b", "c", "f"]);
}

#[test]
fn delete_link_takes_it_away() {
    let app = App::new();
    let admin = app.admin();
    let home = article(&admin, "Home", "published");
    let path = path(&link(&admin, &home, json!({"title": "a"})));
    let stale = admin.send("DELETE", &path, &[("if-match", "\"0\"")], &[]);
    stale.problem(412, "precondition-failed");
    admin.delete(&path).expect(204);
    admin.delete(&path).problem(404, "not-found");
    app.public().get(&path).problem(404, "not-found");
    assert_eq!(titles(&app.public(), &home), Vec::<Value>::new());
}

#[test]
fn list_links_answers_who_points_to_an_article() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let [one, two, draft] = [("One", "published"), ("Two", "published"), ("Draft", "draft")]
        .map(|(title, status)| article(&admin, title, status));
    link(&admin, &one, json!({"target": "two", "rel": "source"}));
    link(&admin, &one, json!({"target": "draft"}));
    link(&admin, &one, json!({"target": "draft", "title": "Soon"}));
    link(&admin, &two, json!({"target": "one"}));
    link(&admin, &draft, json!({"target": "two"}));
    link(&admin, &two, json!({"url": "https://example.com/", "rel": "source"}));
    let asked = |client: &Client, query: &str| {
        let page = client.get(&format!("/v1/links?count=exact&{query}")).expect(200);
        let shown = page.each("title").len();
        assert_eq!(page.json["total"], shown, "{query}");
        shown
    };
    let reader = app.with(&[Scope::DraftsRead]);
    for (query, of_public, of_reader) in [
        ("", 4, 6),
        ("target=two", 1, 2),
        ("target=one", 1, 1),
        ("target=draft", 0, 2),
        ("target=nothing", 0, 0),
        ("rel=source", 2, 2),
        ("rel=source&target=two", 1, 1),
    ] {
        assert_eq!(asked(&public, query), of_public, "{query}");
        assert_eq!(asked(&reader, query), of_reader, "{query}");
    }
    let id = admin.get(&two).text("id").to_owned();
    assert_eq!(asked(&public, &format!("target={id}")), 1);
    let first = reader.get("/v1/links?limit=2").expect(200);
    let cursor = first.text("next_cursor").to_owned();
    let second = reader.get(&format!("/v1/links?limit=4&cursor={cursor}")).expect(200);
    let mut all = first.each("id");
    all.extend(second.each("id"));
    assert_eq!(all, reader.get("/v1/links").expect(200).each("id"));
    assert_eq!(second.json["next_cursor"], json!(null));
    reader.get(&format!("/v1/links?rel=source&cursor={cursor}")).problem(400, "invalid-cursor");
    public.get(&format!("/v1/links?cursor={cursor}")).problem(400, "invalid-cursor");
}

#[test]
fn list_article_links_hides_what_only_drafts_know() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let home = article(&admin, "Home", "published");
    let draft = article(&admin, "Secret Plan", "draft");
    let wordless = path(&link(&admin, &home, json!({"target": "secret-plan"})));
    let worded = path(&link(&admin, &home, json!({"target": "secret-plan", "title": "Soon"})));
    let inside = path(&link(&admin, &draft, json!({"target": "home"})));
    for path in [&wordless, &inside] {
        public.get(path).problem(404, "not-found");
        admin.get(path).expect(200);
    }
    assert_eq!(public.get(&worded).expect(200).json["target"], json!(null));
    let links = format!("{home}/links?count=exact");
    let shown = public.get(&links).expect(200);
    assert_eq!((shown.each("title"), &shown.json["total"]), (vec![json!("Soon")], &json!(1)));
    assert_eq!(public.get(&home).expect(200).json["links"], shown.json["items"]);
    let listed = public.get("/v1/articles?include=links").expect(200);
    assert_eq!(listed.json["items"][0]["links"], shown.json["items"]);
    assert_eq!(admin.get(&links).expect(200).json["total"], 2);
    public.get(&format!("{draft}/links")).problem(404, "not-found");
    public.get("/v1/articles/nothing/links").problem(404, "not-found");
    admin.patch(&draft, json!({"status": "published"})).expect(200);
    assert_eq!(titles(&public, &home), ["Secret Plan", "Soon"]);
    admin.patch(&draft, json!({"status": "archived"})).expect(200);
    public.get(&wordless).problem(404, "not-found");
    let first = admin.get(&format!("{home}/links?limit=1")).expect(200);
    let next = format!("{home}/links?limit=1&cursor={}", first.text("next_cursor"));
    let second = admin.get(&next).expect(200);
    assert_eq!(
        (second.each("title"), &second.json["next_cursor"]),
        (vec![json!("Soon")], &json!(null))
    );
}

#[test]
fn get_link_finds_published_articles_before_hidden_ones() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let home = article(&admin, "Home", "published");
    let first = path(&link(&admin, &home, json!({"title": "Takeover"})));
    let hidden = article(&admin, "Takeover", "draft");
    assert_eq!(public.get(&first).expect(200).json["target"], json!(null));
    article(&admin, "Takeover", "published");
    assert_eq!(public.get(&first).expect(200).json["target"]["slug"], "takeover-2");
    let second = path(&link(&admin, &home, json!({"title": "Takeover"})));
    assert_eq!(public.get(&second).expect(200).json["target"]["slug"], "takeover-2");
    let sent = json!({"title": "Home", "status": "published", "links": [{"title": "Takeover"}]});
    let put = admin.put(&home, sent).expect(200);
    assert_eq!(put.json["links"][0]["target"]["slug"], "takeover-2");
    admin.delete("/v1/articles/takeover-2").expect(204);
    let third = format!("/v1/links/{}", put.json["links"][0]["id"].as_str().unwrap());
    assert_eq!(public.get(&third).expect(200).json["target"], json!(null));
    assert_eq!(admin.get(&third).expect(200).json["target"]["slug"], "takeover", "it looks again");
    admin.patch(&hidden, json!({"status": "published"})).expect(200);
    assert_eq!(public.get(&third).expect(200).json["target"]["slug"], "takeover");
}

#[test]
fn get_link_forgets_a_headline_that_no_reader_saw() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let home = article(&admin, "Home", "published");
    let waiting = path(&link(&admin, &home, json!({"title": "Wait"})));
    let draft = article(&admin, "Wait", "draft");
    admin.patch(&draft, json!({"title": "Totally different", "status": "published"})).expect(200);
    assert_eq!(public.get(&waiting).expect(200).json["target"], json!(null));
    let seen = article(&admin, "Wait", "published");
    let target = |link: &str| public.get(link).expect(200).json["target"]["title"].clone();
    assert_eq!(target(&waiting), "Wait");
    admin.patch(&seen, json!({"title": "Waited"})).expect(200);
    assert_eq!(target(&waiting), "Waited", "readers have followed it");
}
