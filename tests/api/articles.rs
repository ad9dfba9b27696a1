//! Articles: made, read, changed, replaced and removed.

use serde_json::{Value, json};

use crate::app::{Answer, App, Client, JSON};

/// An article that says everything an article can say.
fn full() -> Value {
    json!({
        "title": "Russia and China Are Eager",
        "slug": "eager",
        "status": "published",
        "standfirst": "A conference in Moscow.",
        "dateline": "MOSCOW, May 30",
        "language": "en-gb",
        "authors": ["Jane Doe", "John Roe"],
        "source": {
            "name": "CCTV",
            "url": "https://cctv.example/1",
            "retrieved_at": "2020-09-21T17:23:00Z"
        },
        "body": "“A clear trend,” Xin said.",
        "body_format": "text",
        "tags": ["Russia", "China"],
        "quotes": [{"text": "A clear trend", "speaker_name": "Zhang Xin"}],
        "links": [{"url": "https://example.com/gas"}],
        "published_at": "2020-09-21T17:23:00+02:00",
        "external_id": "cms-1"
    })
}

fn make(client: &Client) -> Answer {
    client.post("/v1/articles", full()).expect(201)
}

#[test]
fn create_article_makes_all_its_parts_at_once() {
    let app = App::new();
    let made = app
        .admin()
        .post(
            "/v1/articles",
            json!({
                "title": "Russia and China Are Eager",
                "status": "published",
                "body": "“Secondly, we see a clear trend,” Xin said.",
                "tags": ["Russia", "security cooperation"],
                "authors": ["Jane Doe"],
                "quotes": [{"text": "\"Secondly, we see a clear trend,\"", "speaker_name": "Zhang Xin"}],
                "links": [{"title": "Talks on Gas Supply"}, {"url": "https://example.com/gas"}]
            }),
        )
        .expect(201);
    assert_eq!(made.header("location"), "/v1/articles/russia-and-china-are-eager");
    let article = app.public().get(made.header("location")).expect(200);
    assert_eq!(article.json, made.json);
    assert_eq!(article.json["tags"][1]["slug"], "security-cooperation");
    assert_eq!(article.json["quotes"][0]["anchor"]["status"], "anchored");
    assert_eq!(article.json["links"][0]["target"], json!(null));
    assert_eq!(app.rows("articles"), 1);
    assert_eq!(app.rows("tags"), 2);
    assert_eq!(app.rows("people"), 2);
}

#[test]
fn create_article_keeps_everything_that_was_sent() {
    let app = App::new();
    let made = make(&app.admin()).json;
    for (property, value) in [
        ("slug", json!("eager")),
        ("status", json!("published")),
        ("title", json!("Russia and China Are Eager")),
        ("standfirst", json!("A conference in Moscow.")),
        ("dateline", json!("MOSCOW, May 30")),
        ("language", json!("en-GB")),
        ("body_format", json!("text")),
        ("word_count", json!(5)),
        ("published_at", json!("2020-09-21T15:23:00.000Z")),
        ("external_id", json!("cms-1")),
        ("version", json!(1)),
    ] {
        assert_eq!(made[property], value, "{property}");
    }
    assert_eq!(made["source"]["retrieved_at"], "2020-09-21T17:23:00.000Z");
    assert_eq!(made["source"]["url"], "https://cctv.example/1");
    assert_eq!(made["authors"][1]["name"], "John Roe");
    assert_eq!(made["quotes"][0]["speaker"]["slug"], "zhang-xin");
    assert_eq!(made["created_at"], made["updated_at"]);
    let base = format!("http://{}", app.address);
    assert_eq!(made["url"], format!("{base}/v1/articles/eager"));
}

#[test]
fn create_article_from_a_title_alone_shows_every_property() {
    let app = App::new();
    let made = app.admin().post("/v1/articles", json!({"title": "Alone"})).expect(201).json;
    for absent in [
        "standfirst",
        "dateline",
        "language",
        "source",
        "published_at",
        "first_published_at",
        "external_id",
    ] {
        assert_eq!(made.get(absent), Some(&Value::Null), "{absent}");
    }
    for empty in ["tags", "authors", "quotes", "links"] {
        assert_eq!(made[empty], json!([]), "{empty}");
    }
    assert_eq!(made["status"], "draft");
    assert_eq!(made["body"], "");
    assert_eq!(made["body_html"], "");
    assert_eq!(made["body_format"], "markdown");
    assert_eq!(made["word_count"], 0);
}

#[test]
fn create_article_names_a_tag_or_author_twice_and_gets_it_once() {
    let app = App::new();
    let sent =
        json!({"title": "Twice", "tags": ["Russia", "russia", "RUSSIA"], "authors": ["Jo", "jo"]});
    let made = app.admin().post("/v1/articles", sent).expect(201);
    assert_eq!(made.json["tags"].as_array().unwrap().len(), 1);
    assert_eq!(made.json["authors"].as_array().unwrap().len(), 1);
    assert_eq!((app.rows("tags"), app.rows("people")), (1, 1));
}

#[test]
fn create_article_refuses_an_external_id_that_is_taken() {
    let app = App::new();
    let admin = app.admin();
    make(&admin);
    let again = json!({"title": "Other", "external_id": "cms-1"});
    admin.post("/v1/articles", again).problem(409, "conflict");
    let other = admin.post("/v1/articles", json!({"title": "Other"})).expect(201);
    let path = other.header("location");
    admin.patch(path, json!({"external_id": "cms-1"})).problem(409, "conflict");
    admin.put(path, json!({"title": "Other", "external_id": "cms-1"})).problem(409, "conflict");
    admin.patch("/v1/articles/eager", json!({"external_id": "cms-1"})).expect(200);
    admin.patch("/v1/articles/eager", json!({"external_id": null})).expect(200);
    admin.patch(path, json!({"external_id": "cms-1"})).expect(200);
}

#[test]
fn create_article_writes_nothing_when_a_part_is_refused() {
    let app = App::new();
    let admin = app.admin();
    let unknown = "01890a5d-ac96-774b-bcce-b302099a8057";
    for (part, value, pointer) in [
        ("tags", json!(["New tag", unknown]), "/tags/1"),
        ("authors", json!(["New author", unknown]), "/authors/1"),
        (
            "quotes",
            json!([{"text": "New", "affiliation": "CCTV"}, {"text": "New", "speaker": "nobody"}]),
            "/quotes/1",
        ),
        ("links", json!([{"title": "New"}, {"target": "nothing"}]), "/links/1"),
        ("links", json!([{"title": "New"}, {"url": "javascript:alert(1)"}]), "/links/1/url"),
        ("links", json!([{"title": "New"}, {}]), "/links/1"),
        ("published_at", json!("2999-01-01T00:00:00Z"), "/published_at"),
    ] {
        let mut sent = json!({"title": "Half", "tags": ["Tag"], "authors": ["Author"]});
        sent[part] = value;
        let refused = admin.post("/v1/articles", sent.clone()).problem(422, "invalid-field");
        let at = refused.pointers()[0].to_owned();
        assert!(at.starts_with(pointer), "{sent}: {at}");
        admin.put("/v1/articles/half", sent).problem(422, "invalid-field");
    }
    for table in ["articles", "tags", "people", "quotes", "links", "article_tags"] {
        assert_eq!(app.rows(table), 0, "{table}");
    }
}

#[test]
fn get_article_by_id_and_by_slug_is_the_same() {
    let app = App::new();
    let made = make(&app.admin());
    let by_slug = app.public().get("/v1/articles/eager").expect(200);
    let by_id = app.public().get(&format!("/v1/articles/{}", made.text("id"))).expect(200);
    assert_eq!(by_slug.bytes, by_id.bytes);
    assert_eq!(by_slug.header("etag"), made.header("etag"));
    for missing in ["other", "Eager", "01890a5d-ac96-774b-bcce-b302099a8057", "%FF", "a%2Fb"] {
        let path = format!("/v1/articles/{missing}");
        app.public().get(&path).problem(404, "not-found");
    }
}

#[test]
fn put_article_makes_it_and_then_replaces_all_of_it() {
    let app = App::new();
    let admin = app.admin();
    let mut sent = full();
    let made = admin.put("/v1/articles/eager", sent.clone()).expect(201);
    assert_eq!(made.header("location"), "/v1/articles/eager");
    let replaced = admin.put("/v1/articles/eager", json!({"title": "Replaced"})).expect(200);
    assert_eq!(replaced.json["id"], made.json["id"]);
    assert_eq!(replaced.json["slug"], "eager");
    assert_eq!(replaced.json["created_at"], made.json["created_at"]);
    assert_eq!(replaced.json["version"], 2);
    assert_eq!(replaced.json["status"], "draft");
    for cleared in ["standfirst", "dateline", "language", "source", "external_id"] {
        assert_eq!(replaced.json[cleared], Value::Null, "{cleared}");
    }
    for emptied in ["tags", "authors", "quotes", "links"] {
        assert_eq!(replaced.json[emptied], json!([]), "{emptied}");
    }
    assert_eq!((app.rows("articles"), app.rows("quotes"), app.rows("links")), (1, 0, 0));
    sent["title"] = json!("By its id");
    let by_id = format!("/v1/articles/{}", made.text("id"));
    assert_eq!(admin.put(&by_id, sent).expect(200).json["title"], "By its id");
}

#[test]
fn put_article_refuses_a_path_that_its_body_contradicts() {
    let app = App::new();
    let admin = app.admin();
    let other = json!({"title": "T", "slug": "other"});
    admin.put("/v1/articles/eager", other.clone()).problem(422, "invalid-field");
    admin.put("/v1/articles/Eager", json!({"title": "T"})).problem(422, "invalid-field");
    let missing = "/v1/articles/01890a5d-ac96-774b-bcce-b302099a8057";
    admin.put(missing, json!({"title": "T"})).problem(404, "not-found");
    make(&admin);
    admin.put("/v1/articles/eager", other).problem(422, "invalid-field");
    assert_eq!(app.rows("articles"), 1);
}

#[test]
fn update_article_tells_absent_null_and_a_value_apart() {
    let app = App::new();
    let admin = app.admin();
    let mut before = make(&admin).json;
    for (property, value) in [
        ("standfirst", json!("Another lead.")),
        ("dateline", json!("BEIJING, June 1")),
        ("language", json!("zh-Hant")),
        ("source", json!({"name": "Xinhua", "url": null, "retrieved_at": null})),
        ("external_id", json!("cms-2")),
    ] {
        let mut sent = json!({});
        sent[property] = value.clone();
        if property == "source" {
            sent[property] = json!({"name": "Xinhua", "url": null, "retrieved_at": null});
        }
        let changed = admin.patch("/v1/articles/eager", sent).expect(200).json;
        let untouched = admin.patch("/v1/articles/eager", json!({})).expect(200).json;
        let cleared = admin.patch("/v1/articles/eager", json!({property: null})).expect(200).json;
        assert_eq!(changed[property], value, "{property}");
        assert_eq!(untouched[property], value, "{property}");
        assert_eq!(cleared[property], Value::Null, "{property}");
        before[property] = Value::Null;
        for name in ["title", "body", "tags", "authors", "quotes", "standfirst", "published_at"] {
            if name != "quotes" {
                assert_eq!(cleared[name], before[name], "{name} after {property}");
            }
        }
    }
}

#[test]
fn update_article_replaces_arrays_whole() {
    let app = App::new();
    let admin = app.admin();
    make(&admin);
    for (property, sent, key, shown) in [
        ("tags", json!(["China", "Gas"]), "name", json!(["China", "Gas"])),
        ("authors", json!(["John Roe"]), "name", json!(["John Roe"])),
        (
            "quotes",
            json!([{"text": "trend", "affiliation": "CCTV"}, {"text": "clear", "affiliation": "CCTV"}]),
            "text",
            json!(["trend", "clear"]),
        ),
        ("links", json!([{"title": "Gas"}]), "title", json!(["Gas"])),
    ] {
        let changed = admin.patch("/v1/articles/eager", json!({property: sent})).expect(200).json;
        let names = changed[property].as_array().unwrap().iter().map(|part| part[key].clone());
        assert_eq!(names.collect::<Value>(), shown, "{property}");
    }
    assert_eq!((app.rows("quotes"), app.rows("links"), app.rows("article_tags")), (2, 1, 2));
    let emptied = json!({"tags": [], "authors": [], "quotes": [], "links": []});
    let emptied = admin.patch("/v1/articles/eager", emptied).expect(200).json;
    assert_eq!(emptied["tags"], json!([]));
    assert_eq!((app.rows("quotes"), app.rows("links"), app.rows("article_authors")), (0, 0, 0));
}

#[test]
fn update_article_refuses_null_for_what_it_must_have() {
    let app = App::new();
    let admin = app.admin();
    make(&admin);
    for property in
        ["title", "slug", "status", "body", "body_format", "tags", "authors", "quotes", "links"]
    {
        let refused = admin.patch("/v1/articles/eager", json!({property: null}));
        let refused = refused.problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [format!("/{property}")]);
    }
    let published = admin.patch("/v1/articles/eager", json!({"published_at": null}));
    assert_eq!(published.problem(422, "invalid-field").pointers(), ["/published_at"]);
    assert_eq!(admin.get("/v1/articles/eager").json["version"], 1);
}

#[test]
fn update_article_as_a_merge_patch_and_under_another_slug() {
    let app = App::new();
    let admin = app.admin();
    make(&admin);
    let merge_patch = [("content-type", "application/merge-patch+json")];
    let body = json!({"slug": "keen"}).to_string();
    admin.send("PATCH", "/v1/articles/eager", &merge_patch, body.as_bytes()).expect(200);
    let moved = admin.get("/v1/articles/eager").problem(301, "moved");
    assert_eq!(moved.header("location"), "/v1/articles/keen");
    assert_eq!(admin.get("/v1/articles/keen").expect(200).json["version"], 2);
    admin.post("/v1/articles", json!({"title": "T", "slug": "taken"})).expect(201);
    admin.patch("/v1/articles/keen", json!({"slug": "taken"})).problem(409, "conflict");
    let put = admin.send("PUT", "/v1/articles/keen", &merge_patch, body.as_bytes());
    put.problem(415, "unsupported-media-type");
    admin.send("PATCH", "/v1/articles/none", JSON, b"{}").problem(404, "not-found");
}

#[test]
fn delete_article_takes_its_parts_and_leaves_what_others_share() {
    let app = App::new();
    let admin = app.admin();
    make(&admin);
    let pointing = json!({"title": "Pointing", "slug": "pointing", "status": "published",
        "links": [{"target": "eager"}]});
    admin.post("/v1/articles", pointing).expect(201);
    assert!(admin.delete("/v1/articles/eager").expect(204).bytes.is_empty());
    admin.delete("/v1/articles/eager").problem(404, "not-found");
    for (table, rows) in [("articles", 1), ("quotes", 0), ("links", 1), ("tags", 2), ("people", 3)]
    {
        assert_eq!(app.rows(table), rows, "{table}");
    }
    let link = &app.public().get("/v1/articles/pointing").json["links"][0];
    assert_eq!(link["title"], "Russia and China Are Eager");
    assert_eq!(link["target"], Value::Null);
    assert_eq!(admin.get("/v1/tags/russia").json["article_count"], 0);
}

#[test]
fn update_article_changes_each_part_of_its_source_by_itself() {
    let app = App::new();
    let admin = app.admin();
    let (url, at) = ("https://example.com/", "2020-01-01T00:00:00.000Z");
    let sent =
        json!({"title": "T", "slug": "t", "source": {"name": "A", "url": url, "retrieved_at": at}});
    admin.post("/v1/articles", sent).expect(201);
    for (patch, after) in [
        (json!({"name": "B"}), json!({"name": "B", "url": url, "retrieved_at": at})),
        (json!({"url": null}), json!({"name": "B", "url": null, "retrieved_at": at})),
        (
            json!({"url": url, "retrieved_at": null}),
            json!({"name": "B", "url": url, "retrieved_at": null}),
        ),
        (json!({}), json!({"name": "B", "url": url, "retrieved_at": null})),
        (json!(null), json!(null)),
    ] {
        let changed = admin.patch("/v1/articles/t", json!({"source": patch})).expect(200);
        assert_eq!(changed.json["source"], after);
        assert_eq!(admin.get("/v1/articles/t").json["source"], after);
    }
    for patch in [json!({}), json!({"url": url})] {
        let refused = admin.patch("/v1/articles/t", json!({"source": patch}));
        assert_eq!(refused.problem(422, "invalid-field").pointers(), ["/source/name"]);
    }
    let named = admin.patch("/v1/articles/t", json!({"source": {"name": "C"}})).expect(200);
    assert_eq!(named.json["source"], json!({"name": "C", "url": null, "retrieved_at": null}));
}
