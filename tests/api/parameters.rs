//! Query parameters are held to the document, and what is refused says what would be right.

use serde_json::Value;

use crate::app::{Answer, App, Client};

/// Every list of the document with its query parameters, below an article that is there.
fn lists() -> Vec<(String, Vec<Value>)> {
    let document = onrecord::api::openapi().unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let lists = paths.filter_map(|(path, item)| {
        let parameters = item["get"]["parameters"].as_array()?.iter();
        let queries = parameters.filter(|it| it["in"] == "query").cloned().collect::<Vec<_>>();
        (!queries.is_empty()).then(|| (path.replace("{article}", "one"), queries))
    });
    let lists = lists.collect::<Vec<_>>();
    assert!(lists.len() >= 8);
    lists
}

fn site() -> (App, Client) {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/articles", serde_json::json!({"title": "One", "slug": "one"})).expect(201);
    (app, admin)
}

/// What the one fault of this answer says.
#[track_caller]
fn told(answer: Answer, parameter: &str, code: &str) -> String {
    let answer = answer.problem(400, "invalid-parameter");
    let [fault] = answer.json["errors"].as_array().unwrap().as_slice() else {
        panic!("{}", answer.json)
    };
    assert_eq!(fault["parameter"], parameter, "{fault}");
    assert_eq!(fault["code"], code, "{fault}");
    fault["detail"].as_str().unwrap().to_owned()
}

#[expect(clippy::too_many_lines, reason = "one story, told in one go")]
#[test]
fn every_bound_of_a_query_parameter_is_kept() {
    let (_app, admin) = site();
    let image = crate::images::uploaded(&admin, &crate::pictures::png(4, 4)).json;
    admin.patch("/v1/articles/one", serde_json::json!({"status": "published"})).expect(200);
    let comment = crate::comments::post(&admin, "one", "Is it?", None);
    admin.post("/v1/streams", serde_json::json!({"name": "Radio"})).expect(201);
    let quote = serde_json::json!({"text": "So", "speaker_name": "Ada"});
    let quote = admin.post("/v1/articles/one/quotes", quote).expect(201).text("id").to_owned();
    let hook = serde_json::json!({"url": "https://news.example/hooks"});
    let hook = admin.post("/v1/webhooks", hook).expect(201).header("location").to_owned();
    let mut tried = 0;
    for (path, parameters) in lists() {
        let path = path.replace("/media/{file}", crate::images::path(&image["url"]));
        let path = path.replace("{comment_id}", &comment).replace("{stream}", "radio");
        let path = path.replace("{quote_id}", &quote).replace("/v1/webhooks/{webhook_id}", &hook);
        for parameter in parameters {
            let name = parameter["name"].as_str().unwrap();
            let schema = &parameter["schema"];
            let ask = |value: &str| admin.get(&format!("{path}?{name}={value}"));
            // What is typed into a search box is no error; the address itself ends before it.
            let length_max = schema["maxLength"].as_u64().filter(|_| name != "q");
            if let Some(most) = length_max {
                let value = "ü".repeat(usize::try_from(most).unwrap() + 1);
                let value = value.replace('ü', "%C3%BC");
                tried += 1;
                if name == "cursor" {
                    ask(&value).problem(400, "invalid-cursor");
                    continue;
                }
                let words = told(ask(&value), name, "too-long");
                assert_eq!(words, format!("is longer than {most} characters"), "{path} {name}");
            }
            if let Some(most) = schema["maxItems"].as_u64() {
                let item = &schema["items"];
                let one = if item["maxLength"].is_u64() { "title" } else { "body" };
                let one = match (name, path.as_str()) {
                    ("status", "/v1/streams") => "live",
                    ("status", _) => "draft",
                    _ => one,
                };
                let most = usize::try_from(most).unwrap();
                let words = told(ask(&vec![one; most + 1].join(",")), name, "too-many-items");
                assert_eq!(words, format!("must have at most {most} items, has {}", most + 1));
                tried += 1;
                if let Some(long) = item["maxLength"].as_u64() {
                    let long = usize::try_from(long).unwrap();
                    let words = told(ask(&format!("a,{}", "a".repeat(long + 1))), name, "too-long");
                    assert_eq!(words, format!("has an item longer than {long} characters"));
                }
            }
            if let (Some(least), Some(most)) =
                (schema["minimum"].as_i64(), schema["maximum"].as_i64())
            {
                for outside in [least - 1, most + 1] {
                    let words = told(ask(&outside.to_string()), name, "out-of-range");
                    assert_eq!(words, format!("must be a whole number from {least} to {most}"));
                }
                admin.get(&format!("{path}?{name}={least}")).expect(200);
                // No log goes so far.
                let status = if name == "after" { 410 } else { 200 };
                admin.get(&format!("{path}?{name}={most}")).expect(status);
                tried += 1;
            }
        }
    }
    assert!(tried > 30, "{tried}");
    admin.get(&format!("/v1/articles?tag={}", "a".repeat(2000))).expect(200);
    let both = admin.get(&format!("/v1/articles?tag={}&limit=0&foo=1", "a".repeat(2001)));
    assert_eq!(both.problem(400, "invalid-parameter").json["errors"].as_array().unwrap().len(), 3);
}

#[test]
fn a_name_is_suggested_only_when_it_is_near() {
    let (app, _) = site();
    let unknown = |query: &str, name: &str| {
        told(app.public().get(&format!("/v1/articles?{query}")), name, "unknown")
    };
    for (query, name, meant) in [
        ("limt=1", "limt", "limit"),
        ("lmit=1", "lmit", "limit"),
        ("tags=a", "tags", "tag"),
        ("Status=draft", "Status", "status"),
        ("lang=en", "lang", "language"),
        ("order_by=title", "order_by", "order"),
        ("field=title", "field", "fields"),
        ("id=a", "id", "ids"),
    ] {
        let words = unknown(query, name);
        assert_eq!(words, format!("is not known; did you mean `{meant}`?"), "{query}");
    }
    for (query, name) in [("page=2", "page"), ("foo=1", "foo"), ("go=1", "go"), ("sort=a", "sort")]
    {
        let words = unknown(query, name);
        assert!(words.starts_with("is not known; taken here: tag, q, "), "{query}: {words}");
    }
    let words = told(app.public().get("/v1/articles/one?foo=1"), "foo", "unknown");
    assert_eq!(words, "is not known; no parameter is taken here");
}

#[test]
fn fields_say_what_would_be_right() {
    let (app, _) = site();
    let fields = |list: &str| {
        told(app.public().get(&format!("/v1/articles?fields={list}")), "fields", "unknown")
    };
    for (list, words) in [
        ("titel", "`titel` is not a property here; did you mean `title`?"),
        ("tags.nam", "`tags.nam` is not a property here; did you mean `tags.name`?"),
        ("tag.name", "`tag` is not a property here; did you mean `tags`?"),
        (
            "quotes.speaker.name",
            "`quotes.speaker.name` is too deep: a dot reaches one level; ask for `quotes.speaker`",
        ),
        (
            "tags.xyzzy.a",
            "`tags.xyzzy.a` is too deep: a dot reaches one level; `tags` has `id`, `slug`, `name`, `kind`",
        ),
        (
            "tags.colour",
            "`tags.colour` is not a property here; `tags` has `id`, `slug`, `name`, `kind`",
        ),
        ("title.text", "`title.text` is not a property here: `title` has none of its own"),
    ] {
        assert_eq!(fields(list), words);
    }
    let words = fields("headline");
    assert!(
        words.starts_with("`headline` is not a property here; there are `id`, `slug`, "),
        "{words}"
    );
}

#[test]
fn options_of_a_parameter_are_told_in_the_words_of_bodies() {
    let (_app, admin) = site();
    for (query, name, words) in [
        ("articles?count=all", "count", "must be one of `none`, `exact`, is `all`"),
        (
            "articles?date=publishd",
            "date",
            "must be one of `published`, `updated`, `created`, is `publishd`; did you mean `published`?",
        ),
        (
            "articles?status=draft,bogus",
            "status",
            "must be one of `draft`, `published`, `archived`, is `bogus`",
        ),
        ("articles?include=", "include", "must be values separated by single commas"),
        ("quotes?state=all", "state", "must be one of `suggested`, `confirmed`, is `all`"),
        (
            "links?rel=",
            "rel",
            "must be one of `related`, `background`, `source`, `follow_up`, is ``",
        ),
    ] {
        assert_eq!(told(admin.get(&format!("/v1/{query}")), name, "invalid"), words);
    }
}

#[test]
fn a_repeated_parameter_is_told_how_to_be_given_once() {
    let (_app, admin) = site();
    for (query, name, words) in [
        (
            "include=quotes&include=body",
            "include",
            "is there twice; separate its values with commas: include=quotes,body",
        ),
        (
            "ids=a,b&limit=5&ids=c",
            "ids",
            "is there twice; separate its values with commas: ids=a,b,c",
        ),
        ("limit=5&limit=6", "limit", "is there twice; give it once"),
    ] {
        assert_eq!(told(admin.get(&format!("/v1/articles?{query}")), name, "repeated"), words);
    }
    let thrice = admin.get("/v1/articles?fields=a&fields=b&fields=c");
    let thrice = thrice.problem(400, "invalid-parameter").json;
    let detail = thrice["errors"][0]["detail"].as_str().unwrap();
    assert!(detail.ends_with("commas: fields=a,b,c"), "{detail}");
    let long = admin.get(&format!("/v1/articles?fields=a&fields={}", "b".repeat(900)));
    let detail = &long.problem(400, "invalid-parameter").json["errors"][0]["detail"];
    assert!(detail.as_str().unwrap().len() < 500, "{detail}");
}

#[test]
fn a_plus_that_became_a_blank_is_explained() {
    let (_app, admin) = site();
    for name in ["from", "to"] {
        let blank = admin.get(&format!("/v1/articles?{name}=2020-09-21T17:23:00+02:00"));
        let words = told(blank, name, "invalid");
        assert!(words.contains("`+`") && words.contains("`%2B`"), "{words}");
        admin.get(&format!("/v1/articles?{name}=2020-09-21T17:23:00%2B02:00")).expect(200);
        let words = told(admin.get(&format!("/v1/articles?{name}=tomorrow")), name, "invalid");
        assert!(!words.contains("%2B"), "{words}");
    }
}

#[test]
fn a_coding_nobody_speaks_is_refused_with_a_problem() {
    let (app, admin) = site();
    for (method, path) in [
        ("GET", "/v1/articles"),
        ("HEAD", "/v1/articles"),
        ("DELETE", "/v1/articles/one"),
        ("GET", "/healthz"),
        ("GET", "/none"),
    ] {
        let origin = ("origin", "https://news.example");
        for coding in ["identity;q=0", "*;q=0", "identity;q=0, compress"] {
            let headers = [("accept-encoding", coding), origin, ("x-request-id", "mine")];
            let refused = admin.send(method, path, &headers, &[]).expect(406);
            assert_eq!(refused.header("content-type"), "application/problem+json");
            assert_eq!(refused.header("x-request-id"), "mine");
            assert_eq!(refused.header("access-control-allow-origin"), "*");
            assert!(refused.header("vary").to_lowercase().contains("accept-encoding"));
            if method != "HEAD" {
                assert_eq!(refused.json["code"], "not-acceptable");
                let detail = refused.json["detail"].as_str().unwrap();
                assert!(detail.contains("Accept-Encoding"), "{detail}");
            }
        }
    }
    let refused = app.public().get_with("/v1/articles", "accept-encoding", "identity;q=0");
    assert_eq!(refused.problem(406, "not-acceptable").header("x-request-id").len(), 36);
    admin.send("DELETE", "/v1/articles/one", &[("accept", "text/html")], &[]).expect(406);
    for coding in ["identity;q=0, br", "gzip", "compress", ""] {
        admin.get_with("/v1/articles", "accept-encoding", coding).expect(200);
    }
}

#[test]
fn a_refused_preflight_names_cors_and_the_setting() {
    let (app, _) = site();
    let origin = ("origin", "https://news.example");
    for path in ["/v1/articles", "/v1/articles/one", "/none"] {
        let asks = [origin, ("access-control-request-method", "POST")];
        let refused = app.public().send("OPTIONS", path, &asks, &[]).problem(403, "cors-refused");
        let detail = refused.json["detail"].as_str().unwrap();
        for word in ["CORS", "read", "POST", "--cors-origins"] {
            assert!(detail.contains(word), "{word}: {detail}");
        }
        assert_eq!(refused.header("x-request-id").len(), 36);
    }
    let only = App::reading_from("https://other.example");
    for method in ["GET", "POST"] {
        let asks = [origin, ("access-control-request-method", method)];
        let refused = only.public().send("OPTIONS", "/v1/articles", &asks, &[]);
        let detail = refused.problem(403, "cors-refused").json["detail"].to_string();
        assert!(detail.contains("CORS") && detail.contains("--cors-origins"), "{detail}");
    }
    let asks = [("origin", "https://other.example"), ("access-control-request-method", "GET")];
    only.public().send("OPTIONS", "/v1/articles", &asks, &[]).expect(200);
    only.public().send("GET", "/v1/articles", &[origin], &[]).expect(200);
}
