//! What holds for every address: methods, entity tags, request ids, CORS, known names.

use serde_json::{Value, json};

use crate::app::{App, JSON};

/// A server with one article that had another slug, one quote, one link, one tag, one person, one comment, one banned
/// word, one version of the community standards, one stream with a programme, one key and one image; every path of the
/// document with its parameters filled in, and its operations.
fn everything() -> (App, Vec<(String, Vec<String>)>) {
    let app = App::new();
    let admin = app.admin();
    let sent = json!({
        "title": "One", "slug": "former", "status": "published", "body": "A clear trend.",
        "tags": ["tag"], "quotes": [{"text": "clear", "speaker_name": "Person"}],
        "links": [{"url": "https://example.com/"}]
    });
    let made = admin.post("/v1/articles", sent).expect(201).json;
    admin.patch("/v1/articles/former", json!({"slug": "one"})).expect(200);
    let code = made["short_url"].as_str().unwrap().rsplit('/').next().unwrap();
    let comment = json!({"author": {"name": "Ada"}, "body": "Is it?"});
    let comment = admin.post("/v1/articles/one/comments", comment).expect(201).json;
    let word = json!({"word": "pills", "kind": "banned"});
    let word = admin.post("/v1/comment-words", word).expect(201).json;
    admin.put("/v1/community-standards", json!({"body": "Be kind."})).expect(201);
    admin.post("/v1/streams", json!({"name": "Radio"})).expect(201);
    let programme = crate::streams::scheduled(&admin, "radio", &[("News", 60, 90)])[0].clone();
    let key = admin.get("/v1/keys").expect(200).each("id")[0].clone();
    let image = crate::images::uploaded(&admin, &crate::pictures::png(4, 4)).json;
    let hook = json!({"url": "https://news.example/hooks"});
    let hook = admin.post("/v1/webhooks", hook).expect(201).header("location").to_owned();
    let delivery = admin.post(&format!("{hook}/ping"), json!({})).expect(201).json;
    let document = admin.get("/openapi.json").expect(200).json;
    let paths = document["paths"].as_object().unwrap().iter().map(|(path, item)| {
        let path = path
            .replace("{article}", "one")
            .replace("{tag}", "tag")
            .replace("{person}", "person")
            .replace("{quote_id}", made["quotes"][0]["id"].as_str().unwrap())
            .replace("{link_id}", made["links"][0]["id"].as_str().unwrap())
            .replace("{comment_id}", comment["id"].as_str().unwrap())
            .replace("{word_id}", word["id"].as_str().unwrap())
            .replace("{version}", "1")
            .replace("{code}", code)
            .replace("{slug}", "former")
            .replace("{stream}", "radio")
            .replace("{programme_id}", programme.as_str().unwrap())
            .replace("{webhook_id}", hook.rsplit('/').next().unwrap())
            .replace("{delivery_id}", delivery["id"].as_str().unwrap())
            .replace("{key_id}", key.as_str().unwrap())
            .replace("{image_id}", image["id"].as_str().unwrap())
            .replace("/media/{file}", crate::images::path(&image["url"]));
        let methods = ["get", "post", "put", "patch", "delete"];
        let has = methods.into_iter().filter(|method| item.get(method).is_some());
        (path, has.map(str::to_uppercase).collect())
    });
    let paths = paths.collect::<Vec<_>>();
    assert!(paths.len() > 15);
    (app, paths)
}

#[test]
fn every_get_has_a_head_with_the_same_headers_and_no_body() {
    let (app, paths) = everything();
    let admin = app.admin();
    // A short link shows nothing itself, and a stream does not end.
    let shows = |(path, methods): &&(String, Vec<String>)| {
        let ends = !path.starts_with("/s/") && path != "/v1/changes/stream";
        methods.contains(&"GET".to_owned()) && ends
    };
    for (path, _) in paths.iter().filter(shows) {
        let get = admin.get(path).expect(200);
        let head = admin.send("HEAD", path, &[], &[]).expect(200);
        assert!(head.bytes.is_empty(), "{path}");
        assert!(!get.bytes.is_empty(), "{path}");
        for name in [
            "content-type",
            "etag",
            "last-modified",
            "link",
            "cache-control",
            "content-length",
            "vary",
        ] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
        assert!(!get.header("content-length").is_empty(), "{path}");
    }
    let missing = app.public().send("HEAD", "/v1/articles/none", &[], &[]).expect(404);
    assert!(missing.bytes.is_empty());
    assert_eq!(missing.header("content-type"), "application/problem+json");
}

#[test]
fn every_get_has_an_entity_tag_that_spares_its_body() {
    let (app, paths) = everything();
    let admin = app.admin();
    let gets = paths.iter().filter(|(_, methods)| methods.contains(&"GET".to_owned()));
    let whole = |path: &str| path.starts_with("/v1/") && path != "/v1/changes/stream";
    for (path, _) in gets.filter(|(path, _)| whole(path)) {
        let get = admin.get(path).expect(200);
        let tag = get.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 10, "{path}: {tag}");
        let weak = format!("W/{tag}");
        let list = format!("\"other\", {tag}");
        for known in [tag.as_str(), weak.as_str(), list.as_str(), "*"] {
            for method in ["GET", "HEAD"] {
                let spared = admin.send(method, path, &[("if-none-match", known)], &[]);
                let spared = spared.expect(304);
                assert!(spared.bytes.is_empty());
                for name in ["etag", "last-modified", "cache-control", "vary"] {
                    assert_eq!(spared.header(name), get.header(name), "{path} {known}: {name}");
                }
            }
        }
        for other in ["\"other\"", "W/\"other\"", tag.trim_matches('"'), ""] {
            admin.get_with(path, "if-none-match", other).expect(200);
        }
    }
}

#[test]
fn every_path_answers_options_and_refuses_other_methods_with_allow() {
    let (app, paths) = everything();
    let admin = app.admin();
    for (path, methods) in &paths {
        let mut allowed = methods.clone();
        if methods.contains(&"GET".to_owned()) {
            allowed.push("HEAD".to_owned());
        }
        allowed.push("OPTIONS".to_owned());
        allowed.sort();
        let allow_of = |allow: &str| {
            let mut names = allow.split(", ").map(ToOwned::to_owned).collect::<Vec<_>>();
            names.sort();
            names
        };
        let options = admin.send("OPTIONS", path, &[], &[]).expect(204);
        assert_eq!(allow_of(options.header("allow")), allowed, "{path}");
        assert!(!options.header("x-request-id").is_empty());
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"] {
            if allowed.contains(&method.to_owned()) {
                continue;
            }
            let refused = admin.send(method, path, &[], &[]).expect(405);
            assert_eq!(allow_of(refused.header("allow")), allowed, "{method} {path}");
            if method != "HEAD" {
                assert_eq!(refused.json["code"], "method-not-allowed", "{method} {path}");
            }
        }
    }
    for path in
        ["/v1", "/v1/", "/v1/article", "/v1/articles/", "/v1/articles/one/tags", "/v2/articles"]
    {
        for method in ["GET", "POST", "OPTIONS"] {
            admin.send(method, path, &[], &[]).problem(404, "not-found");
        }
    }
}

#[test]
fn every_answer_carries_the_request_id_it_was_given_or_a_new_one() {
    let (app, paths) = everything();
    let admin = app.admin();
    for (path, _) in &paths {
        for method in ["GET", "POST", "OPTIONS"] {
            let answer = admin.send(method, path, &[("x-request-id", "mine-1.2_3:4")], &[]);
            assert_eq!(answer.header("x-request-id"), "mine-1.2_3:4", "{method} {path}");
            if answer.header("content-type") == "application/problem+json" {
                assert_eq!(answer.json["request_id"], "mine-1.2_3:4");
            }
        }
    }
    let made = app.public().get("/v1/articles").header("x-request-id").to_owned();
    assert_eq!(made.len(), 36);
    assert_ne!(app.public().get("/v1/articles").header("x-request-id"), made);
    let long = "x".repeat(129);
    for refused in ["", " ", "a b", "<script>", "\"", &long] {
        let answer = app.public().get_with("/v1/articles", "x-request-id", refused);
        assert_eq!(answer.expect(200).header("x-request-id").len(), 36, "{refused:?}");
    }
    let problem = app.public().get("/v1/articles/none").problem(404, "not-found");
    assert_eq!(problem.json["request_id"], problem.header("x-request-id"));
}

#[test]
fn update_article_only_when_it_is_what_the_client_read() {
    let (app, _) = everything();
    let admin = app.admin();
    let path = "/v1/articles/one";
    let read = admin.get(path).expect(200);
    let tag = read.header("etag").to_owned();
    assert!(read.header("last-modified").ends_with(" GMT"));
    let send = |method: &str, tag: &str| {
        let headers = [JSON[0], ("if-match", tag)];
        let body: &[u8] = if method == "DELETE" { b"" } else { br#"{"title":"One"}"# };
        admin.send(method, path, &headers, body)
    };
    let weak = format!("W/{tag}");
    for method in ["PATCH", "PUT", "DELETE"] {
        for stale in ["\"other\"", weak.as_str(), "\"a\", \"b\"", tag.trim_matches('"')] {
            send(method, stale).problem(412, "precondition-failed");
        }
    }
    assert_eq!(admin.get(path).header("etag"), tag);
    let changed = send("PATCH", &format!("\"other\", {tag}")).expect(200);
    assert_ne!(changed.header("etag"), tag);
    assert_eq!(changed.header("etag"), app.public().get(path).header("etag"));
    send("PUT", &tag).problem(412, "precondition-failed");
    let replaced = send("PUT", changed.header("etag")).expect(200);
    let replaced = send("PATCH", replaced.header("etag")).expect(200);
    send("PATCH", "*").expect(200);
    send("DELETE", replaced.header("etag")).problem(412, "precondition-failed");
    send("DELETE", "*").expect(204);
    send("PUT", "*").problem(412, "precondition-failed");
    assert_eq!(app.rows("articles"), 0);
}

#[test]
fn every_changeable_thing_takes_if_match() {
    let (app, paths) = everything();
    let admin = app.admin();
    let mut tried = 0;
    for (path, methods) in paths {
        if !methods.contains(&"PATCH".to_owned()) {
            continue;
        }
        let tag = admin.get(&path).expect(200).header("etag").to_owned();
        let patch = |tag: &str| admin.send("PATCH", &path, &[JSON[0], ("if-match", tag)], b"{}");
        patch("\"other\"").problem(412, "precondition-failed");
        admin.send("DELETE", &path, &[("if-match", "\"other\"")], &[]).expect(412);
        assert_eq!(admin.get(&path).header("etag"), tag, "{path}");
        patch(&tag).expect(200);
        tried += 1;
    }
    assert_eq!(tried, 9);
}

#[test]
fn every_get_may_be_read_from_another_origin() {
    let (app, paths) = everything();
    let public = app.public();
    let origin = ("origin", "https://news.example");
    let read = public.send("GET", "/v1/articles/one", &[origin], &[]).expect(200);
    assert_eq!(read.header("access-control-allow-origin"), "*");
    let exposed = read.header("access-control-expose-headers").to_lowercase();
    for name in ["etag", "link", "last-modified", "x-request-id", "retry-after"] {
        assert!(exposed.contains(name), "{exposed}");
    }
    let missing = public.send("GET", "/v1/articles/none", &[origin], &[]);
    assert_eq!(missing.problem(404, "not-found").header("access-control-allow-origin"), "*");
    for (path, _) in paths {
        let asks = [
            origin,
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "authorization,if-none-match"),
        ];
        let allowed = public.send("OPTIONS", &path, &asks, &[]).expect(200);
        assert_eq!(allowed.header("access-control-allow-origin"), "*", "{path}");
        assert!(allowed.header("access-control-allow-methods").contains("GET"));
        let headers = allowed.header("access-control-allow-headers").to_lowercase();
        assert!(headers.contains("authorization") && headers.contains("if-none-match"));
        assert_eq!(allowed.header("access-control-max-age"), "86400");
        assert_eq!(allowed.header("x-request-id").len(), 36);
        let asks = [origin, ("access-control-request-method", "POST")];
        let refused = public.send("OPTIONS", &path, &asks, &[]);
        refused.problem(403, "cors-refused");
    }
}

#[test]
fn list_articles_is_refused_to_who_accepts_no_json() {
    let (app, _) = everything();
    for accept in [
        "text/html",
        "application/xml",
        "application/json;q=0",
        "text/*, image/png",
        "application/jsonx",
    ] {
        let refused = app.public().get_with("/v1/articles", "accept", accept);
        refused.problem(406, "not-acceptable");
    }
    for accept in [
        "*/*",
        "application/json",
        "application/*",
        "application/problem+json",
        "APPLICATION/JSON; charset=utf-8",
        "text/html, application/json;q=0.1",
        "text/html, */*;q=0.8",
    ] {
        let answer = app.public().get_with("/v1/articles", "accept", accept).expect(200);
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

#[test]
fn every_operation_refuses_parameters_it_does_not_know() {
    let (app, paths) = everything();
    let admin = app.admin();
    for (path, methods) in &paths {
        for method in methods.iter().filter(|_| path.starts_with("/v1/")) {
            let body: &[u8] =
                if ["GET", "DELETE"].contains(&method.as_str()) { b"" } else { b"{}" };
            let refused = admin.send(method, &format!("{path}?colour=red"), JSON, body);
            let refused = refused.problem(400, "invalid-parameter");
            assert_eq!(refused.json["errors"][0]["parameter"], "colour", "{method} {path}");
            assert_eq!(refused.json["errors"][0]["code"], "unknown");
        }
    }
    for (query, nearest) in [
        ("limt=1", "`limit`"),
        ("tags=a", "`tag`"),
        ("Status=draft", "`status`"),
        ("sort=title", ""),
        ("include[]=body", ""),
        ("qq=words", ""),
        ("offset=1", ""),
    ] {
        let refused = admin.get(&format!("/v1/articles?{query}")).problem(400, "invalid-parameter");
        let detail = refused.json["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains(nearest), "{query}: {detail}");
    }
    for (query, code) in [
        ("limit=1&limit=1", "repeated"),
        ("tag=%FF", "encoding"),
        ("tag=%00", "encoding"),
        ("tag=%", "encoding"),
        ("tag=%zz", "encoding"),
    ] {
        let refused = admin.get(&format!("/v1/articles?{query}")).problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["code"], code, "{query}");
    }
    let two = admin.get("/v1/articles?colour=red&size=2").problem(400, "invalid-parameter");
    assert_eq!(two.json["errors"].as_array().unwrap().len(), 2);
}

#[test]
fn create_article_refuses_properties_it_does_not_know() {
    let app = App::new();
    let admin = app.admin();
    for (sent, pointer, nearest) in [
        (json!({"title": "T", "titel": "T"}), "/titel", "title"),
        (json!({"title": "T", "id": "x"}), "/id", ""),
        (json!({"title": "T", "word_count": 1}), "/word_count", ""),
        (json!({"title": "T", "source": {"name": "N", "uri": "x"}}), "/source/uri", "url"),
        (
            json!({"title": "T", "quotes": [{"text": "x", "speakr": "y"}]}),
            "/quotes/0/speakr",
            "speaker",
        ),
        (json!({"title": "T", "a/b~c": 1}), "/a~1b~0c", ""),
    ] {
        for refused in [
            admin.post("/v1/articles", sent.clone()),
            admin.put("/v1/articles/t", sent.clone()),
            admin.patch("/v1/articles/t", sent.clone()),
        ] {
            if refused.status == 404 {
                continue;
            }
            let refused = refused.problem(422, "invalid-field");
            let error = &refused.json["errors"][0];
            assert_eq!(error["pointer"], pointer);
            assert!(error["detail"].as_str().unwrap().contains(nearest), "{error}");
        }
    }
    let two = json!({"titel": "T", "stauts": "draft"});
    let two = admin.post("/v1/articles", two).problem(422, "invalid-field");
    assert_eq!(two.pointers().len(), 3, "{:?}", two.json);
    assert_eq!(app.rows("articles"), 0);
    assert_ne!(two.json["detail"], Value::Null);
}

#[test]
fn put_article_and_tag_only_where_nothing_is() {
    let app = App::new();
    let admin = app.admin();
    let send = |method: &str, path: &str, name: &str, value: &str| {
        let body: &[u8] =
            if path.contains("tags") { br#"{"name": "A"}"# } else { br#"{"title": "A"}"# };
        let headers = [("content-type", "application/json"), (name, value)];
        admin.send(method, path, &headers, if method == "DELETE" { &[] } else { body })
    };
    for path in ["/v1/articles/a", "/v1/tags/a"] {
        let made = send("PUT", path, "if-none-match", "*").expect(201);
        send("PUT", path, "if-none-match", "*").problem(412, "precondition-failed");
        let tag = made.header("etag").to_owned();
        for value in [format!("\"x\", {tag}"), format!("W/{tag}")] {
            for method in ["PUT", "PATCH", "DELETE"] {
                let failed = send(method, path, "if-none-match", &value);
                failed.problem(412, "precondition-failed");
            }
        }
        let refused = send("PUT", path, "if-unmodified-since", "Mon, 21 Sep 2020 17:23:00 GMT");
        let refused = refused.problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], "If-Unmodified-Since");
        assert!(refused.text("detail").contains("If-Match"), "{}", refused.json);
        for method in ["PATCH", "DELETE"] {
            send(method, path, "if-unmodified-since", "x").problem(400, "invalid-parameter");
        }
        assert_eq!(admin.get(path).expect(200).json["version"], 1);
        send("PUT", path, "if-none-match", "\"x\"").expect(200);
        let headers = [
            ("content-type", "application/json"),
            ("if-match", "*"),
            ("if-unmodified-since", "Mon, 21 Sep 2020 17:23:00 GMT"),
        ];
        admin.send("PATCH", path, &headers, b"{}").expect(200);
    }
    for name in ["if-match", "if-none-match", "if-unmodified-since"] {
        send("POST", "/v1/articles", name, "*").problem(400, "invalid-parameter");
    }
    assert_eq!(app.rows("articles"), 1);
}

#[test]
fn every_address_leads_below_the_public_one() {
    let app = App::below("/api");
    let (admin, public) = (app.admin(), app.public());
    let made = admin.post("/v1/tags", json!({"name": "old"})).expect(201);
    assert_eq!(made.header("location"), "/api/v1/tags/old");
    admin.post("/v1/tags", json!({"name": "current"})).expect(201);
    admin.post("/v1/tags/old/merge", json!({"into": "current"})).expect(200);
    let moved = public.get("/v1/tags/old").problem(301, "moved");
    assert_eq!(moved.header("location"), "/api/v1/tags/current");
    let home = public.get("/").expect(307);
    assert_eq!(home.header("location"), "/api/docs/");
    assert_eq!(public.get("/openapi.json").json["servers"][0]["url"], "/api");
    let next = public.get("/v1/tags?limit=1&count=exact").expect(200);
    assert!(next.json["next_cursor"].is_null());
    let sent = [("idempotency-key", "once"), ("content-type", "application/json")];
    for _ in 0..2 {
        let made = admin.send("POST", "/v1/articles", &sent, br#"{"title": "Talks"}"#).expect(201);
        assert_eq!(made.header("location"), "/api/v1/articles/talks");
        assert!(made.text("url").ends_with("/api/v1/articles/talks"), "{}", made.json);
    }
}

#[test]
fn if_match_tells_what_is_wrong_with_it() {
    let app = App::new();
    let admin = app.admin();
    let etag = admin.post("/v1/tags", json!({"name": "gas"})).expect(201).header("etag").to_owned();
    let patch = |value: &str| {
        let sent = [("if-match", value), ("content-type", "application/json")];
        admin.send("PATCH", "/v1/tags/gas", &sent, b"{}")
    };
    let weak = patch(&format!("W/{etag}")).problem(412, "precondition-failed");
    assert!(weak.text("detail").contains("without `W/`"), "{}", weak.json);
    for value in ["abc", etag.trim_matches('"'), "\"", "W/"] {
        let refused = patch(value).problem(412, "precondition-failed");
        assert!(refused.text("detail").contains("in their quotes"), "{value}: {}", refused.json);
    }
    patch(&format!("\"other\", {etag}")).expect(200);
    patch("*").expect(200);
}

#[test]
fn a_conflict_says_which_field_clashes() {
    let app = App::new();
    let admin = app.admin();
    let first = json!({"title": "One", "slug": "one", "external_id": "cms-1"});
    admin.post("/v1/articles", first).expect(201);
    admin.post("/v1/tags", json!({"name": "Gas", "slug": "gas"})).expect(201);
    admin.post("/v1/people", json!({"name": "Li", "slug": "li"})).expect(201);
    for (path, sent, pointer) in [
        ("/v1/articles", json!({"title": "Two", "slug": "one"}), "/slug"),
        ("/v1/articles", json!({"title": "Two", "external_id": "cms-1"}), "/external_id"),
        ("/v1/tags", json!({"name": "GAS"}), "/name"),
        ("/v1/tags", json!({"name": "Oil", "slug": "gas"}), "/slug"),
        ("/v1/people", json!({"name": "Wang", "slug": "li"}), "/slug"),
    ] {
        let clash = admin.post(path, sent).problem(409, "conflict");
        assert_eq!(clash.pointers(), [pointer], "{path}");
        assert_eq!(clash.json["errors"][0]["code"], "taken");
    }
}
