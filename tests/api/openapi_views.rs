//! The document as readers and older tools get it.

use std::collections::BTreeSet;

use onrecord::api::document::{faults, public, version_3_0};
use onrecord::api::schemas::Schemas;
use serde_json::{Value, json};

use crate::app::App;

fn whole() -> &'static Value {
    onrecord::api::openapi().unwrap()
}

fn operations(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, item)| {
        item.as_object().unwrap().keys().map(move |method| format!("{method} {path}"))
    });
    operations.collect()
}

/// Shows every object below a value, with the key it stands under.
fn each<'a>(key: &'a str, value: &'a Value, show: &mut dyn FnMut(&str, &'a Value)) {
    match value {
        Value::Object(map) => {
            show(key, value);
            map.iter().for_each(|(key, child)| each(key, child, show));
        }
        Value::Array(list) => list.iter().for_each(|child| each(key, child, show)),
        _ => {}
    }
}

/// Every reference of the document leads somewhere, and every component is led to.
fn is_closed(document: &Value) {
    let mut used = BTreeSet::new();
    each("", document, &mut |_, object| {
        if let Some(target) = object["$ref"].as_str() {
            assert!(document.pointer(&target[1..]).is_some(), "{target}");
            used.insert(target);
        }
    });
    for (section, entries) in document["components"].as_object().unwrap() {
        for name in entries.as_object().unwrap().keys().filter(|_| section != "securitySchemes") {
            let target = format!("#/components/{section}/{name}");
            assert!(used.contains(target.as_str()), "nothing refers to {target}");
        }
    }
}

#[test]
fn public_has_what_needs_no_key_and_nothing_else() {
    let document = public(whole());
    let expected = whole()["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        let item = item.as_object().unwrap().iter();
        let open = item.filter(|(_, operation)| {
            let needs = operation["security"].as_array().unwrap();
            needs.is_empty() || needs.contains(&json!({}))
        });
        open.map(move |(method, _)| format!("{method} {path}"))
    });
    let mut expected: BTreeSet<_> = expected.collect();
    assert!(expected.remove("get /healthz") && expected.remove("get /readyz"));
    assert_eq!(operations(&document), expected);
    assert!(expected.contains("get /v1/articles") && !expected.contains("post /v1/articles"));
    is_closed(&document);
    assert_eq!(faults(&document), Vec::<String>::new());
    Schemas::new(&document).unwrap();
    let tags: Vec<_> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert!(tags.contains(&"articles") && !tags.contains(&"keys") && !tags.contains(&"health"));
    assert!(document["components"]["schemas"]["NewArticle"].is_null());
}

#[test]
fn public_answers_without_a_key_wherever_it_leads() {
    let app = App::new();
    let document = public(whole());
    for (path, item) in document["paths"].as_object().unwrap() {
        if path.contains('{') {
            continue;
        }
        for method in item.as_object().unwrap().keys() {
            let answer = app.public().send(&method.to_uppercase(), path, &[], b"");
            assert!(matches!(answer.status, 200 | 404), "{method} {path}: {}", answer.status);
        }
    }
}

#[test]
fn version_3_0_says_the_same_in_older_words() {
    let document = version_3_0(whole());
    assert_eq!(document["openapi"], "3.0.3");
    assert_eq!(operations(&document), operations(whole()));
    is_closed(&document);
    assert!(document["info"]["summary"].is_null());
    assert!(document["info"]["license"]["identifier"].is_null());
    assert!(document.get("webhooks").is_none());
    let article = &document["components"]["schemas"]["Article"]["properties"];
    assert_eq!(article["published_at"]["type"], "string");
    assert_eq!(article["published_at"]["nullable"], true);
    let source = &article["source"];
    assert_eq!(source["allOf"], json!([{"$ref": "#/components/schemas/Source"}]));
    assert_eq!(source["nullable"], true);
    assert!(source["description"].is_string() && source["oneOf"].is_null());
    each("", &document, &mut |key, object| {
        // What an example shows is data.
        if matches!(key, "example" | "value" | "properties") {
            return;
        }
        assert!(!object["type"].is_array(), "{object}");
        assert!(object["type"] != "null", "{object}");
        assert!(object.get("const").is_none(), "{object}");
        assert!(!object["exclusiveMinimum"].is_number(), "{object}");
        if object["$ref"].is_string() {
            assert_eq!(object.as_object().unwrap().len(), 1, "{object}");
        }
    });
    for operation in operations(&document) {
        let (method, path) = operation.split_once(' ').unwrap();
        let security = document["paths"][path][method]["security"].as_array().unwrap();
        assert!(security.iter().all(|it| it == &json!({}) || it == &json!({"key": []})));
    }
}

#[test]
fn version_3_0_is_served_and_printed() {
    let expected = version_3_0(whole());
    assert_eq!(App::new().public().get("/openapi-3.0.json").expect(200).json, expected);
    let program = crate::program::Program::new();
    let printed = |view| {
        let ran = program.run(&["openapi", "--view", view]).expect(0);
        serde_json::from_str::<Value>(&ran.stdout).unwrap()
    };
    assert_eq!(printed("3.0"), expected);
    assert_eq!(&printed("whole"), whole());
    assert_eq!(printed("public"), public(whole()));
    program.run(&["openapi", "--view", "3.2"]).expect(2);
}
