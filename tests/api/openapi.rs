//! The OpenAPI document: current, without faults, and kept by a test for every operation.

use std::collections::BTreeSet;
use std::path::Path;

use onrecord::api::document::faults;
use onrecord::api::methods::MethodTable;
use onrecord::api::schemas::{Schemas, Violation, nearest};
use onrecord::error::PROBLEMS;
use serde_json::{Value, json};

use crate::app::{App, SCHEMAS};

fn document() -> &'static Value {
    onrecord::api::openapi().unwrap()
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn told(violations: &[Violation]) -> Vec<(&str, &str, &str)> {
    violations.iter().map(|it| (it.pointer.as_str(), it.code, it.detail.as_str())).collect()
}

/// Every operation: its address and what the document says of it.
fn operations() -> impl Iterator<Item = (String, &'static Value)> {
    let paths = document()["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        let item = item.as_object().unwrap().iter();
        item.filter(|(_, operation)| operation.get("operationId").is_some())
            .map(move |(method, operation)| (format!("{method} {path}"), operation))
    })
}

/// `listArticles` is the function `list_articles`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[test]
fn committed_documents_are_current() {
    let stale = "is stale: run `make openapi` and commit what it writes";
    let json = onrecord::api::openapi_json().unwrap();
    let yaml = onrecord::api::openapi_yaml().unwrap();
    assert!(read("openapi/openapi.json") == json, "openapi/openapi.json {stale}");
    assert!(read("openapi/openapi.yaml") == yaml, "openapi/openapi.yaml {stale}");
    let public = onrecord::api::openapi_public_json().unwrap();
    assert!(read("openapi/openapi-public.json") == public, "openapi/openapi-public.json {stale}");
    assert_eq!(&serde_json::from_str::<Value>(&json).unwrap(), document());
    assert_eq!(&yaml_serde::from_str::<Value>(&yaml).unwrap(), document());
}

#[test]
fn served_documents_are_the_committed_ones() {
    let app = App::new();
    for (path, kind) in [
        ("/openapi.json", "application/json"),
        ("/openapi.yaml", "application/yaml"),
        ("/openapi-public.json", "application/json"),
    ] {
        let served = app.public().get(path).expect(200);
        assert!(served.header("content-type").starts_with(kind), "{path}");
        let committed = read(&format!("openapi{path}"));
        assert!(served.bytes == committed.as_bytes(), "{path} is not what is committed");
    }
}

#[test]
fn document_has_no_faults() {
    assert_eq!(faults(document()), Vec::<String>::new());
    assert_eq!(document()["openapi"], "3.1.0");
}

#[test]
fn every_operation_has_a_test_of_its_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api");
    let mut tests = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let names = source.split("#[test]\nfn ").skip(1);
        tests.extend(names.filter_map(|rest| Some(rest.split_once('(')?.0.to_owned())));
    }
    assert!(tests.contains("every_operation_has_a_test_of_its_name"), "the tests were not found");
    let untested: Vec<_> = operations()
        .map(|(_, operation)| snake_case(operation["operationId"].as_str().unwrap()))
        .filter(|name| {
            let begins = format!("{name}_");
            !tests.iter().any(|test| test == name || test.starts_with(&begins))
        })
        .collect();
    assert_eq!(untested, Vec::<String>::new(), "no test in tests/api begins with these names");
}

#[test]
fn every_problem_code_is_documented() {
    let text = document()["components"]["responses"].to_string();
    let operations: String = operations().map(|(_, operation)| operation.to_string()).collect();
    for (code, status, title) in PROBLEMS {
        // No operation answers these: they belong to addresses as a whole, or to what is none.
        if ["method-not-allowed", "uri-too-long", "cors-refused"].contains(code) {
            continue;
        }
        let named = format!("\"{code}\"");
        assert!(text.contains(&named) || operations.contains(&named), "{code} ({status} {title})");
    }
}

#[test]
fn every_example_is_valid() {
    let components = document()["components"]["schemas"].as_object().unwrap();
    for (name, schema) in components {
        let examples = schema["examples"].as_array().unwrap_or_else(|| panic!("{name}"));
        for example in examples {
            assert_eq!(SCHEMAS.check(name, example), [], "{name} {example}");
        }
    }
    for (name, answer) in document()["components"]["responses"].as_object().unwrap() {
        let examples = answer["content"]["application/problem+json"]["examples"].as_object();
        for example in examples.into_iter().flat_map(|it| it.values()) {
            assert_eq!(SCHEMAS.check("Problem", &example["value"]), [], "{name}");
        }
    }
}

#[test]
fn every_example_of_a_parameter_is_valid() {
    let mut tried = 0;
    let shared = document()["components"]["parameters"].as_object().unwrap();
    let shared = shared.iter().map(|(name, it)| (name.clone(), it));
    let own = operations().flat_map(|(here, operation)| {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        parameters.map(move |it| (format!("{here} {}", it["name"]), it))
    });
    for (here, parameter) in own.chain(shared).filter(|(_, it)| it.get("$ref").is_none()) {
        let schema = &parameter["schema"];
        let examples = schema["examples"].as_array().into_iter().flatten();
        for example in examples.chain(parameter.get("example")) {
            assert_eq!(SCHEMAS.check_value(schema, example), [], "{here} {example}");
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn what_is_made_leads_to_what_can_be_done_with_it() {
    for (here, operation) in operations() {
        let Some(made) = operation["responses"].get("201") else { continue };
        // A flag has no address of its own.
        if operation["operationId"] == "flagComment" {
            continue;
        }
        let links = made["links"].as_object().unwrap_or_else(|| panic!("{here} leads nowhere"));
        assert!(links.keys().any(|name| name.starts_with("get")), "{here}");
    }
    let key = &document()["components"]["links"]["CreatedKey-revokeKey"];
    assert_eq!(key["parameters"], json!({"key_id": "$response.body#/key/id"}));
    let listed = &document()["components"]["links"]["ArticlePage-listArticleQuotes"];
    assert_eq!(listed["parameters"], json!({"article": "$response.body#/items/0/id"}));
}

#[test]
fn every_operation_answers_only_problems_when_it_fails() {
    for (here, operation) in operations() {
        for (status, answer) in operation["responses"].as_object().unwrap() {
            if !status.starts_with(['4', '5']) {
                continue;
            }
            let target = answer["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
            let answer = target.map_or(answer, |target| document().pointer(target).unwrap());
            let kinds: Vec<_> = answer["content"].as_object().unwrap().keys().collect();
            assert_eq!(kinds, ["application/problem+json"], "{here} {status}");
        }
    }
}

#[test]
fn schemas_have_the_shapes_generators_read_well() {
    let schema = |name: &str| &document()["components"]["schemas"][name];
    let article = schema("Article");
    assert_eq!(article["properties"]["published_at"]["type"], json!(["string", "null"]));
    let source = &article["properties"]["source"];
    assert_eq!(source["oneOf"], json!([{"$ref": "#/components/schemas/Source"}, {"type": "null"}]));
    assert!(source["description"].is_string());
    assert_eq!(article["properties"]["version"]["maximum"], 9_007_199_254_740_991_i64);
    let required = |name: &str| schema(name)["required"].as_array().unwrap().len();
    let all = |name: &str| schema(name)["properties"].as_object().unwrap().len();
    for name in ["Article", "Tag", "Person", "Quote", "Anchor", "Link", "Key", "TagPage", "Problem"]
    {
        assert_eq!(required(name), all(name), "{name}");
    }
    assert_eq!(schema("NewArticle")["properties"]["standfirst"]["type"], "string");
    let patch = &schema("ArticlePatch")["properties"];
    assert_eq!(patch["standfirst"]["type"], json!(["string", "null"]));
    assert_eq!(patch["title"]["type"], "string");
    let orders = &schema("ArticleOrder")["x-enum-varnames"];
    assert!(orders.as_array().unwrap().contains(&json!("PUBLISHED_AT_DESC")), "{orders}");
    assert!(schema("Id").is_null());
}

#[test]
fn faults_tells_what_is_missing() {
    let mut document = document().clone();
    let list = &mut document["paths"]["/v1/tags"]["get"];
    list["summary"] = json!(format!("{}.", "x".repeat(60)));
    list["description"] = json!("");
    list["operationId"] = json!("list_tags");
    list["responses"]["200"]["headers"] = json!({"X-Extra": {"schema": {"type": "string"}}});
    list["parameters"][0].as_object_mut().unwrap().remove("description");
    list["parameters"][1]["schema"] =
        json!({"type": ["string", "null"], "maxLength": 5, "examples": ["a"]});
    list["parameters"][2]["schema"] =
        json!({"type": "array", "maxItems": 5, "items": {"type": "string", "maxLength": 5}});
    list["parameters"][2]["example"] = json!(["a"]);
    list.as_object_mut().unwrap().remove("security");
    let delete = &mut document["paths"]["/v1/tags/{tag}"]["delete"];
    delete["tags"] = json!(["tags", "people"]);
    delete["parameters"] = json!([]);
    delete["responses"]["204"]["description"] = json!("");
    document["info"].as_object_mut().unwrap().remove("license");
    document["servers"] = json!([{"url": "https://example.com"}]);
    let schemas = &mut document["components"]["schemas"];
    schemas["Tag"]["properties"]["name"] = json!({"type": "string", "readOnly": true});
    schemas["Tag"]["properties"]["version"].as_object_mut().unwrap().remove("maximum");
    schemas["Tag"]["required"] = json!([]);
    schemas["TagPage"]["properties"]["items"].as_object_mut().unwrap().remove("maxItems");
    schemas["NewTag"].as_object_mut().unwrap().remove("additionalProperties");
    schemas["NewArticle"]["properties"]["tags"].as_object_mut().unwrap().remove("examples");
    let told: BTreeSet<_> = faults(&document).into_iter().collect();
    let expected = [
        "NewArticle.tags: has no example",
        "NewTag: takes unknown properties: #[serde(deny_unknown_fields)]",
        "Tag.description: may be absent and may be null",
        "Tag.name: has no description",
        "Tag.name: has no example",
        "Tag.name: is a string without max_length",
        "Tag.name: is readOnly or writeOnly: two schemas say it better",
        "Tag.version: is a whole number without format and range",
        "TagPage.items: is a list without max_items",
        "delete /v1/tags/{tag}: does not declare {tag}",
        "delete /v1/tags/{tag}: does not describe its answer 204",
        "delete /v1/tags/{tag}: has not exactly one tag that is described",
        "get /v1/tags: does not name the ETag of 200",
        "get /v1/tags: does not name the Link to the next page",
        "get /v1/tags: does not say which key it needs: security(…)",
        "get /v1/tags: describes X-Extra of 200 itself: components.headers has it",
        "get /v1/tags: has a name that is not in camelCase",
        "get /v1/tags: has a summary of more than 60 characters",
        "get /v1/tags: has a summary with a full stop",
        "get /v1/tags: has no description",
        "get /v1/tags: parameter `kind` has no description",
        "get /v1/tags: parameter `cursor` is a list without style and explode",
        "get /v1/tags: parameter `limit` may be null",
        "server https://example.com is not relative",
        "the document has no licence",
    ];
    assert_eq!(told, expected.map(str::to_owned).into());
}

#[test]
fn faults_tells_what_components_lack() {
    let mut document = document().clone();
    let links = &mut document["components"]["links"];
    links["Tag-getTag"]["operationId"] = json!("getLabel");
    links["Tag-putTag"]["parameters"] = json!({"person": "x"});
    let failures = &mut document["components"]["responses"];
    failures["PayloadTooLarge"]["description"] = json!("It is too large.");
    document["components"]["responses"]["Forbidden"]["content"]["application/problem+json"]["examples"] =
        json!({});
    let told: BTreeSet<_> = faults(&document).into_iter().collect();
    let expected = [
        "Forbidden: shows no problem",
        "PayloadTooLarge: does not name its code too-large",
        "link Tag-getTag: there is no operation `getLabel`",
        "link Tag-putTag: /v1/tags/{tag} has no {person}",
    ];
    assert_eq!(told, expected.map(str::to_owned).into());
}

#[test]
fn methods_are_those_of_the_document() {
    let table = MethodTable::new(document());
    assert_eq!(table.allow("/v1/articles"), Some("GET, HEAD, POST, OPTIONS"));
    assert_eq!(table.allow("/v1/tags/x"), Some("GET, HEAD, PUT, PATCH, DELETE, OPTIONS"));
    assert_eq!(table.allow("/v1/tags/x/merge"), Some("POST, OPTIONS"));
    assert_eq!(table.allow("/v1/tags/"), None);
    assert_eq!(table.allow("/v1/tags/x/y"), None);
    let table = MethodTable::new(&json!({"paths": {
        "/a/{b}": {"get": {}, "put": {}}, "/a/b": {"post": {}}, "/a/{c}": {"delete": {}},
    }}));
    assert_eq!(table.allow("/a/b"), Some("POST, OPTIONS"));
    assert_eq!(table.allow("/a/c"), Some("GET, HEAD, PUT, DELETE, OPTIONS"));
}

#[test]
fn check_tells_each_fault_in_a_sentence() {
    let body = json!({
        "titel": "x", "standfirst": 5, "status": "publishd", "tags": ["ok", 7],
        "source": {"nme": "CCTV", "retrieved_at": "yesterday"},
    });
    assert_eq!(
        told(&SCHEMAS.check("NewArticle", &body)),
        [
            ("/source/name", "required", "`name` is required in NewSource"),
            (
                "/source/nme",
                "unknown-property",
                "`nme` is not a property of NewSource; did you mean `name`?"
            ),
            (
                "/source/retrieved_at",
                "bad-format",
                "must be an RFC 3339 instant such as `2020-09-21T17:23:00Z`, is `yesterday`"
            ),
            ("/standfirst", "wrong-type", "must be a string, is a number"),
            (
                "/status",
                "not-an-option",
                "must be one of `draft`, `published`, `archived`, is `publishd`; did you mean `published`?"
            ),
            ("/tags/1", "wrong-type", "must be a string, is a number"),
            (
                "/titel",
                "unknown-property",
                "`titel` is not a property of NewArticle; did you mean `title`?"
            ),
            ("/title", "required", "`title` is required in NewArticle"),
        ]
    );
    let long = SCHEMAS.check("NewArticle", &json!({"title": "ü".repeat(301)}));
    assert_eq!(told(&long), [("/title", "too-long", "must be at most 300 characters, is 301")]);
    let null = SCHEMAS.check("NewArticle", &json!(null));
    assert_eq!(told(&null), [("", "wrong-type", "must be an object, is null")]);
    let source = SCHEMAS.check("ArticlePatch", &json!({"source": 3}));
    assert_eq!(
        told(&source),
        [("/source", "wrong-type", "must be an object or null, is a number")]
    );
    assert_eq!(nearest("publishedAt", ["published_at"]), Some("published_at"));
    assert_eq!(nearest("lmit", ["limit", "cursor"]), Some("limit"));
    assert_eq!(nearest("zzz", ["limit", "cursor"]), None);
}

#[test]
fn check_gives_nothing_long_back() {
    let long = "x\n".repeat(100_000);
    let mut body = json!({"title": "a", "status": long, "source": {"retrieved_at": long}});
    body[&long] = json!(1);
    let many: serde_json::Map<_, _> = (0..1000).map(|it| (format!("p{it}"), json!(it))).collect();
    body["source"].as_object_mut().unwrap().extend(many);
    let found = SCHEMAS.check("NewArticle", &body);
    assert_eq!(found.len(), 50);
    for violation in found {
        assert!(violation.detail.len() < 600 && violation.pointer.len() < 600, "{violation:?}");
        assert!(!violation.detail.contains('\n'));
    }
    let many = json!({"items": vec![json!({}); 20_000], "next_cursor": 1});
    assert_eq!(SCHEMAS.check("TagPage", &many).len(), 50);
}

#[test]
fn headers_are_those_of_the_answer() {
    let cors = "Access-Control-Allow-Origin";
    let headers = |method, path, status| SCHEMAS.headers(method, path, status);
    let tag = [cors, "ETag", "Last-Modified", "X-Request-Id"];
    assert_eq!(headers("HEAD", "/v1/tags/x", 200), Some(tag.to_vec()));
    let page = [cors, "ETag", "Link", "X-Request-Id"];
    assert_eq!(headers("GET", "/v1/tags", 200), Some(page.to_vec()));
    let full = [cors, "Retry-After", "X-Request-Id"];
    assert_eq!(headers("DELETE", "/v1/tags/x", 503), Some(full.to_vec()));
    assert_eq!(headers("GET", "/v1/tags", 418), None);
    assert_eq!(headers("POST", "/v1/tags/x", 405), None);
}

#[test]
fn check_response_refuses_what_is_not_documented() {
    let problem = json!({
        "type": "https://onrecord.dev/problems/not-found", "title": "Not found", "status": 404,
        "code": "not-found", "detail": "There is no such tag.", "errors": [], "request_id": "r",
    });
    let problems = Some("application/problem+json");
    let json = Some("application/json; charset=utf-8");
    let check = |method, path, status, kind, body: Option<&Value>| {
        let found = SCHEMAS.check_response(method, path, status, kind, body);
        found.into_iter().map(|it| format!("{} {}", it.pointer, it.detail)).collect::<Vec<_>>()
    };
    let page = json!({"items": [], "next_cursor": null, "total": null});
    for good in [
        check("GET", "/v1/tags/x", 404, problems, Some(&problem)),
        check("HEAD", "/v1/tags/x", 404, problems, None),
        check("GET", "/v1/tags/x", 304, None, None),
        check("DELETE", "/v1/tags/x", 204, None, None),
        check("POST", "/v1/tags/x", 405, problems, Some(&problem)),
        check("GET", "/nowhere", 404, problems, Some(&problem)),
        check("HEAD", "/nowhere", 404, problems, None),
        check("OPTIONS", "/v1/tags", 204, None, None),
        check("OPTIONS", "/nowhere", 404, problems, Some(&problem)),
        check("GET", "/v1/tags", 200, json, Some(&page)),
    ] {
        assert_eq!(good, Vec::<String>::new());
    }
    let page = json!({"items": [], "total": null});
    for (bad, told) in [
        (
            check("GET", "/v1/tags", 200, json, Some(&page)),
            "/next_cursor `next_cursor` is required in TagPage",
        ),
        (
            check("GET", "/v1/tags", 200, Some("text/html"), Some(&page)),
            " get /v1/tags does not document `text/html` with 200",
        ),
        (check("GET", "/v1/tags", 418, json, None), " get /v1/tags does not document 418"),
        (check("GET", "/v1/tags", 200, json, None), " get /v1/tags gives no body with 200"),
        (check("GET", "/nowhere", 200, json, None), " get /nowhere is not documented"),
        (check("GET", "/nowhere", 404, problems, None), " get /nowhere gives no body with 404"),
        (
            check("OPTIONS", "/v1/tags", 200, json, Some(&page)),
            " options /v1/tags gives a body with 200",
        ),
        (
            check("OPTIONS", "/v1/tags", 400, json, Some(&problem)),
            " options /v1/tags fails without application/problem+json",
        ),
    ] {
        assert_eq!(bad, [told]);
    }
    let dangling = json!({"components": {"schemas": {"A": {"$ref": "#/components/schemas/B"}}}});
    assert!(Schemas::new(&dangling).is_err());
}

/// Of two types with one name the document would hold the last, in silence.
#[test]
fn no_two_types_have_one_name_in_the_document() {
    fn sources(folder: &Path, all: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, all);
            } else {
                all.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut all = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let schemas = document()["components"]["schemas"].as_object().unwrap();
    let mut names = BTreeSet::new();
    for paragraph in all.iter().flat_map(|source| source.split("\n\n")) {
        for line in paragraph.lines() {
            let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
            let rest = rest.filter(|_| paragraph.contains("ToSchema"));
            // The kinds of changes are named in the table of a macro.
            let in_table = || {
                let (name, rest) = line.trim().split_once(' ')?.1.split_once(' ')?;
                (name.ends_with("Change") && rest.starts_with('"')).then_some(name)
            };
            let name = rest.map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap());
            let Some(name) = name.or_else(in_table) else { continue };
            if schemas.contains_key(name) {
                assert!(names.insert(name.to_owned()), "{name} is declared twice");
            }
        }
    }
    assert!(names.len() > 60 && names.contains("QuoteChange"), "{names:?}");
}
