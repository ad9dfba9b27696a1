//! The document's examples are taken by the server as they stand, and its browser begins with a
//! request that succeeds.

use serde_json::{Value, json};

use crate::app::{App, Client};

fn document() -> &'static Value {
    onrecord::api::openapi().unwrap()
}

/// The named schema's example.
fn example(name: &str) -> Value {
    document()["components"]["schemas"][name]["examples"][0].clone()
}

/// The address of an operation whose path parameters stand for what this database has.
fn address(admin: &Client, path: &str, operation: &Value) -> String {
    let article = || {
        let made = admin.post("/v1/articles", example("NewArticle")).expect(201).json;
        (made["slug"].clone(), made["quotes"][0]["id"].clone(), made["links"][0]["id"].clone())
    };
    let comment = |approved: bool| {
        let path = format!("/v1/articles/{}/comments", article().0.as_str().unwrap());
        admin.patch(path.trim_end_matches("/comments"), json!({"status": "published"})).expect(200);
        let made = admin.post(&path, example("NewComment")).expect(201).json["id"].clone();
        if approved {
            let decision = format!("/v1/comments/{}/decision", made.as_str().unwrap());
            admin.post(&decision, json!({"state": "approved"})).expect(200);
        }
        made
    };
    let mut address = path.to_owned();
    for part in path.split('/').filter(|part| part.starts_with('{')) {
        let name = part.trim_matches(['{', '}']);
        let parameters = operation["parameters"].as_array().unwrap();
        let parameter = parameters.iter().find(|it| it["name"] == name).unwrap();
        assert!(!parameter["example"].is_null(), "{path} {name} has no example");
        let value = match (name, operation["operationId"].as_str().unwrap()) {
            // These make what is not there.
            ("article" | "tag" | "stream", "putArticle" | "putTag" | "putStream") => {
                parameter["example"].clone()
            }
            ("article", "createComment") => {
                let made = article().0;
                let path = format!("/v1/articles/{}", made.as_str().unwrap());
                admin.patch(&path, json!({"status": "published"})).expect(200);
                made
            }
            ("article", _) => article().0,
            ("comment_id", _) => comment(operation["operationId"] == "flagComment"),
            ("quote_id", _) => article().1,
            ("link_id", _) => article().2,
            ("code", _) => parameter["example"].clone(),
            ("image_id", _) => {
                admin.post("/v1/images", example("NewImage")).expect(201).json["id"].clone()
            }
            ("tag", _) => {
                admin.post("/v1/tags", example("NewTag")).expect(201).json["slug"].clone()
            }
            ("stream", _) => {
                admin.post("/v1/streams", example("NewStream")).expect(201).json["slug"].clone()
            }
            ("programme_id", _) => {
                admin.post("/v1/streams", json!({"name": "Radio"})).expect(201);
                crate::streams::scheduled(admin, "radio", &[("News", 60, 90)])[0].clone()
            }
            ("person", _) => {
                admin.post("/v1/people", example("NewPerson")).expect(201).json["slug"].clone()
            }
            ("webhook_id", _) => {
                let hook = json!({"url": "https://news.example/hooks"});
                admin.post("/v1/webhooks", hook).expect(201).json["webhook"]["id"].clone()
            }
            other => panic!("say which resource {other:?} needs"),
        };
        address = address.replace(part, value.as_str().unwrap());
    }
    address
}

#[test]
fn every_example_of_a_request_is_accepted() {
    let mut tried = 0;
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(kinds) = operation["requestBody"]["content"].as_object() else { continue };
            // A file has no example in a document: its tests send real ones.
            let Some(json) = kinds.get("application/json") else { continue };
            let name = json["schema"]["$ref"].as_str().unwrap();
            let name = name.rsplit('/').next().unwrap();
            for body in document()["components"]["schemas"][name]["examples"].as_array().unwrap() {
                let app = App::new();
                let admin = app.admin();
                let address = address(&admin, path, operation);
                // What it is merged into has to be there.
                if let Some(into) = body["into"].as_str() {
                    let list = path.split("/{").next().unwrap();
                    admin.post(list, json!({"name": "Another", "slug": into})).expect(201);
                }
                // And so have the tag it follows,
                if name == "NewWebhook" || name == "WebhookPatch" {
                    let slug = body["tag"].as_str().unwrap();
                    admin.post("/v1/tags", json!({"name": slug})).expect(201);
                }
                // and the article it leads to.
                if name == "NewShortLink" {
                    let slug = body["article"].as_str().unwrap();
                    admin.put(&format!("/v1/articles/{slug}"), json!({"title": "T"})).expect(201);
                }
                let method = method.to_uppercase();
                let answer =
                    admin.send(&method, &address, crate::app::JSON, body.to_string().as_bytes());
                assert!(
                    matches!(answer.status, 200 | 201),
                    "{method} {path} {body}\n{}",
                    answer.json
                );
                tried += 1;
            }
        }
    }
    assert!(tried >= 14, "{tried}");
}

#[test]
fn an_example_quote_stands_in_its_example_article() {
    let app = App::new();
    let made = app.admin().post("/v1/articles", example("NewArticle")).expect(201).json;
    assert_eq!(made["quotes"][0]["anchor"]["status"], "anchored", "{made}");
}

/// Swagger UI fills in what a parameter or its schema gives as `example` or `default`, so that its first
/// request would ask for all of it at once; it shows `schema.examples` and leaves the field empty.
#[test]
fn nothing_optional_is_filled_in_for_the_reader() {
    let components = document()["components"]["parameters"].as_object().unwrap().values();
    let operations = document()["paths"].as_object().unwrap().values();
    let operations = operations.flat_map(|item| item.as_object().unwrap().values());
    let own = operations.flat_map(|it| it["parameters"].as_array().into_iter().flatten());
    let mut tried = 0;
    // What webhooks send is filled in by nobody who reads this.
    let sent = |it: &&Value| it["name"].as_str().is_some_and(|it| it.starts_with("webhook-"));
    let components = components.filter(|it| !sent(it));
    for parameter in components.chain(own).filter(|it| it.get("name").is_some()) {
        let schema = &parameter["schema"];
        if parameter["in"] == "path" {
            assert!(!parameter["example"].is_null(), "{parameter}");
            continue;
        }
        assert_eq!(parameter["required"], false, "{parameter}");
        for filled in
            [&parameter["example"], &parameter["examples"], &schema["example"], &schema["default"]]
        {
            assert!(filled.is_null(), "{parameter}");
        }
        let shown = schema["examples"].is_array() || schema["$ref"].is_string();
        assert!(shown, "{parameter}");
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
}

/// A name that also is a function of a client's language shadows it: `quote` is Python's own.
#[test]
fn templates_that_take_only_ids_say_so() {
    for (path, item) in document()["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if parameter["in"] == "path" {
                    let name = parameter["name"].as_str().unwrap();
                    let id = parameter["schema"]["format"] == "uuid";
                    assert_eq!(id, name.ends_with("_id"), "{path} {name}");
                }
            }
        }
    }
}

#[test]
fn every_value_of_an_enum_is_explained() {
    for (name, schema) in document()["components"]["schemas"].as_object().unwrap() {
        for value in schema["enum"].as_array().into_iter().flatten() {
            let value = value.as_str().unwrap();
            let description = schema["description"].as_str().unwrap_or_default();
            assert!(description.contains(&format!("- `{value}`: ")), "{name} {value}");
        }
    }
}
