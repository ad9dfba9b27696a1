//! Changes of the document that break clients made from the released one: each is seen, and is said in
//! CHANGELOG.md under "Breaking".

use serde_json::{Value, json};

use crate::breaking::{Breaks, breaking};

fn file(path: &str) -> String {
    std::fs::read_to_string(crate::program::repository(path)).unwrap()
}

/// What is announced as breaking in the next release: the lines under "Breaking".
fn announced(changelog: &str) -> String {
    let unreleased = changelog.split("\n## ").find(|it| it.starts_with("[Unreleased]")).unwrap();
    let breaking = unreleased.split("\n### ").find(|it| it.starts_with("Breaking"));
    breaking.unwrap_or_default().to_owned()
}

/// The breaks that the changelog does not name, as a list for it.
fn unannounced(breaks: &Breaks, changelog: &str) -> Vec<String> {
    let announced = announced(changelog);
    let missing = breaks.iter().filter(|(place, _)| !announced.contains(&format!("`{place}`")));
    missing.map(|(place, what)| format!("- `{place}`: {what}.")).collect()
}

#[test]
fn changes_that_break_clients_are_announced() {
    let released = serde_json::from_str(&file("openapi/released.json")).unwrap();
    let breaks = breaking(&released, onrecord::api::openapi().unwrap());
    let missing = unannounced(&breaks, &file("CHANGELOG.md"));
    assert!(
        missing.is_empty(),
        "this breaks clients made from openapi/released.json; undo it, or say it in CHANGELOG.md under \
         \"### Breaking\" of [Unreleased], in words such as these:\n{}",
        missing.join("\n")
    );
}

#[test]
fn what_is_announced_is_found_under_breaking_of_the_next_release() {
    let breaks = Breaks::from([("Tag.name".to_owned(), "the property is gone".to_owned())]);
    let missing = ["- `Tag.name`: the property is gone.".to_owned()];
    let said = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- x\n\n### Breaking\n\n- `Tag.name` is gone.\n";
    assert_eq!(unannounced(&breaks, said), Vec::<String>::new());
    for elsewhere in [
        "## x\n\n## [Unreleased]\n\n### Added\n\n- `Tag.name` is gone.\n".replace("## x", "# C"),
        "# C\n\n## [Unreleased]\n\n## [0.1.0]\n\n### Breaking\n\n- `Tag.name` is gone.\n"
            .to_owned(),
        "# C\n\n## [Unreleased]\n\n### Breaking\n\n- `Tag` is gone.\n".to_owned(),
    ] {
        assert_eq!(unannounced(&breaks, &elsewhere), missing, "{elsewhere}");
    }
}

#[test]
fn nothing_breaks_between_a_document_and_itself() {
    let document = onrecord::api::openapi().unwrap();
    assert_eq!(breaking(document, document), Breaks::new());
}

/// Spoils the document in one way, and compares what is told.
#[track_caller]
fn spoiled(spoil: impl FnOnce(&mut Value), expected: &[(&str, &str)]) {
    let document = onrecord::api::openapi().unwrap();
    let mut worse = document.clone();
    spoil(&mut worse);
    let expected: Breaks =
        expected.iter().map(|(place, what)| ((*place).to_owned(), (*what).to_owned())).collect();
    assert_eq!(breaking(document, &worse), expected);
}

/// Changes a schema of the document.
fn schema(name: &'static str, change: fn(&mut Value)) -> impl FnOnce(&mut Value) {
    move |it| change(&mut it["components"]["schemas"][name])
}

fn take(value: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = value.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
    assert!(parent.as_object_mut().unwrap().remove(&key.replace("~1", "/")).is_some(), "{pointer}");
}

#[test]
fn what_breaks_about_operations_is_seen() {
    let tags = |it: &mut Value, change: &dyn Fn(&mut Value)| change(&mut it["paths"]["/v1/tags"]);
    spoiled(|it| take(it, "/paths/~1v1~1tags/get"), &[("listTags", "`get /v1/tags` is gone")]);
    spoiled(
        |it| tags(it, &|it| it["get"]["operationId"] = json!("tags")),
        &[("listTags", "is called `tags`")],
    );
    spoiled(
        |it| tags(it, &|it| it["get"]["security"] = json!([{"key": []}])),
        &[("listTags", "needs another key")],
    );
    spoiled(
        |it| tags(it, &|it| it["post"]["security"] = json!([{"key": ["admin"]}])),
        &[("createTag", "needs another key")],
    );
    spoiled(
        |it| it["paths"]["/healthz"]["get"]["security"] = json!([{"key": []}]),
        &[("getHealth", "needs a key")],
    );
    spoiled(
        |it| tags(it, &|it| it["get"]["parameters"][0]["name"] = json!("sort")),
        &[("listTags kind", "the parameter is gone")],
    );
    spoiled(
        |it| tags(it, &|it| it["get"]["parameters"][0]["required"] = json!(true)),
        &[("listTags kind", "the parameter is required")],
    );
    let new = json!({"name": "x", "in": "query", "required": true, "schema": {"type": "string"}});
    spoiled(
        |it| tags(it, &|it| it["get"]["parameters"].as_array_mut().unwrap().push(new.clone())),
        &[("listTags x", "the parameter is new and required")],
    );
    spoiled(
        |it| take(it, "/paths/~1v1~1tags/get/responses/200/headers/Link"),
        &[("listTags", "200 has no Link")],
    );
    spoiled(
        |it| take(it, "/paths/~1v1~1tags/get/responses/304"),
        &[("listTags", "no longer answers 304")],
    );
    spoiled(
        |it| tags(it, &|it| it["post"]["responses"]["202"] = json!({"description": "Later."})),
        &[("createTag", "answers 202")],
    );
    spoiled(
        |it| {
            let body = it["paths"]["/v1/tags"]["post"]["requestBody"]["content"].as_object_mut();
            let body = body.unwrap();
            let json = body.remove("application/json").unwrap();
            body.insert("application/xml".to_owned(), json);
        },
        &[("createTag", "the body is no longer application/json")],
    );
    spoiled(
        |it| {
            let withdrawal = "/paths/~1v1~1tags~1{tag}/delete";
            let body = it["paths"]["/v1/tags"]["post"]["requestBody"].clone();
            it.pointer_mut(withdrawal).unwrap()["requestBody"] = body;
        },
        &[("deleteTag", "needs a body")],
    );
}

#[test]
fn what_breaks_about_schemas_is_seen() {
    spoiled(
        |it| take(it, "/components/schemas/Tag/properties/name"),
        &[("Tag.name", "the property is gone")],
    );
    spoiled(
        |it| take(it, "/components/schemas/NewTag/properties/description"),
        &[("NewTag.description", "the property is gone")],
    );
    spoiled(
        schema("Tag", |it| it["required"].as_array_mut().unwrap().retain(|it| it != "name")),
        &[("Tag.name", "the property may be absent")],
    );
    spoiled(
        schema("NewTag", |it| it["required"].as_array_mut().unwrap().push(json!("kind"))),
        &[("NewTag.kind", "the property is required")],
    );
    spoiled(
        schema("NewTag", |it| {
            it["required"].as_array_mut().unwrap().push(json!("colour"));
            it["properties"]["colour"] = json!({"type": "string"});
        }),
        &[("NewTag.colour", "the property is new and required")],
    );
    spoiled(
        schema("Tag", |it| it["properties"]["name"]["type"] = json!(["string", "null"])),
        &[("Tag.name", "is of type {\"null\", \"string\"}, was {\"string\"}")],
    );
    spoiled(
        schema("TagPatch", |it| it["properties"]["description"]["type"] = json!("string")),
        &[("TagPatch.description", "is of type {\"string\"}, was {\"null\", \"string\"}")],
    );
    spoiled(
        schema("Tag", |it| it["properties"]["version"]["format"] = json!("int32")),
        &[("Tag.version", "has the format \"int32\", had \"int64\"")],
    );
    spoiled(
        schema("NewTag", |it| it["properties"]["name"]["maxLength"] = json!(3)),
        &[("NewTag.name", "maxLength is 3")],
    );
    spoiled(
        schema("NewTag", |it| it["properties"]["name"]["minLength"] = json!(2)),
        &[("NewTag.name", "minLength is 2")],
    );
    spoiled(
        schema("NewTag", |it| it["properties"]["name"]["pattern"] = json!("^a")),
        &[("NewTag.name", "must match another pattern")],
    );
}

#[test]
fn what_breaks_about_values_is_seen() {
    spoiled(
        schema("TagKind", |it| drop(it["enum"].as_array_mut().unwrap().remove(0))),
        &[("TagKind", "is never \"topic\"")],
    );
    spoiled(
        schema("NewTag", |it| it["properties"]["name"]["enum"] = json!(["a"])),
        &[("NewTag.name", "must be one of some values")],
    );
    spoiled(
        schema("TagPage", |it| {
            it["properties"]["items"]["items"]["$ref"] = json!("#/components/schemas/Person");
        }),
        &[("TagPage.items[]", "is a Person")],
    );
    spoiled(
        schema("Article", |it| {
            drop(it["properties"]["source"]["oneOf"].as_array_mut().unwrap().remove(0));
        }),
        &[("Article.source", "is never Source")],
    );
}

#[test]
fn what_breaks_nobody_is_let_through() {
    spoiled(
        |it| {
            it["paths"]["/v1/tags"]["get"]["summary"] = json!("Other words");
            it["paths"]["/v1/tags"]["post"]["security"] = json!([{"key": []}]);
            it["paths"]["/v1/new"] = json!({"get": {"operationId": "getNew", "responses": {}}});
            take(it, "/paths/~1v1~1tags/get/responses/406");
            let schemas = &mut it["components"]["schemas"];
            schemas["Tag"]["properties"]["colour"] = json!({"type": "string"});
            schemas["NewTag"]["properties"]["colour"] = json!({"type": "string"});
            schemas["NewTag"]["properties"]["name"]["maxLength"] = json!(1000);
            schemas["TagKind"]["enum"].as_array_mut().unwrap().push(json!("colour"));
            schemas["Tag"]["properties"]["name"]["maxLength"] = json!(3);
        },
        &[],
    );
}
