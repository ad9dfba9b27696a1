//! Who may do what: every operation, tried by every kind of caller.

use std::collections::BTreeMap;

use onrecord::auth::Scope;
use onrecord::db::types::{Id, Moment};
use serde_json::{Value, json};

use crate::app::{App, Client, JSON};

/// Whom an operation lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Whoever comes: no key is looked at.
    Open,
    /// Readers without a key, and with any good one.
    Anyone,
    /// Keys with `drafts:read`, which `content:write` implies.
    Insiders,
    /// Keys with `content:write`.
    Writers,
    /// Keys with `comments:write`.
    Commenters,
    /// Keys with `comments:moderate`.
    Moderators,
    /// Keys with `admin`.
    Admins,
}
use Access::{Admins, Anyone, Commenters, Insiders, Moderators, Open, Writers};

/// Written by hand: what the document says is held against it, and so is what happens.
const TABLE: &[(&str, Access)] = &[
    ("listArticles", Anyone),
    ("createArticle", Writers),
    ("getArticle", Anyone),
    ("putArticle", Writers),
    ("updateArticle", Writers),
    ("deleteArticle", Writers),
    ("listArticleAliases", Insiders),
    ("deleteArticleAlias", Writers),
    ("listQuotes", Anyone),
    ("listQuoteFacets", Anyone),
    ("getQuote", Anyone),
    ("updateQuote", Writers),
    ("deleteQuote", Writers),
    ("listArticleQuotes", Anyone),
    ("createQuote", Writers),
    ("getQuoteSelector", Anyone),
    ("listQuoteHistory", Anyone),
    ("confirmQuotes", Writers),
    ("rejectQuotes", Writers),
    ("suggestQuotes", Writers),
    ("listLinks", Anyone),
    ("getLink", Anyone),
    ("updateLink", Writers),
    ("deleteLink", Writers),
    ("listArticleLinks", Anyone),
    ("createLink", Writers),
    ("followShortLink", Open),
    ("listShortLinks", Insiders),
    ("getShortLink", Insiders),
    ("putShortLink", Writers),
    ("deleteShortLink", Writers),
    ("listTags", Anyone),
    ("createTag", Writers),
    ("getTag", Anyone),
    ("putTag", Writers),
    ("updateTag", Writers),
    ("deleteTag", Writers),
    ("mergeTag", Writers),
    ("listPeople", Anyone),
    ("createPerson", Writers),
    ("getPerson", Anyone),
    ("updatePerson", Writers),
    ("deletePerson", Writers),
    ("mergePerson", Writers),
    ("listArticleComments", Anyone),
    ("createComment", Commenters),
    ("listComments", Moderators),
    ("getComment", Anyone),
    ("deleteComment", Moderators),
    ("withdrawComment", Commenters),
    ("listCommentFlags", Moderators),
    ("flagComment", Commenters),
    ("decideComment", Moderators),
    ("decideComments", Moderators),
    ("listCommentDecisions", Moderators),
    ("listCommentWords", Moderators),
    ("createCommentWord", Moderators),
    ("getCommentWord", Moderators),
    ("deleteCommentWord", Moderators),
    ("getCommunityStandards", Anyone),
    ("putCommunityStandards", Admins),
    ("listCommunityStandardsVersions", Anyone),
    ("getCommunityStandardsVersion", Anyone),
    ("listRelatedArticles", Anyone),
    ("listStreams", Anyone),
    ("createStream", Writers),
    ("getStream", Anyone),
    ("putStream", Writers),
    ("updateStream", Writers),
    ("deleteStream", Writers),
    ("getSchedule", Anyone),
    ("putSchedule", Writers),
    ("getProgramme", Anyone),
    ("updateProgramme", Writers),
    ("deleteProgramme", Writers),
    ("listSuggestions", Anyone),
    ("listChanges", Anyone),
    ("streamChanges", Anyone),
    ("listWebhooks", Admins),
    ("createWebhook", Admins),
    ("getWebhook", Admins),
    ("updateWebhook", Admins),
    ("deleteWebhook", Admins),
    ("rotateWebhook", Admins),
    ("replayWebhook", Admins),
    ("pingWebhook", Admins),
    ("listWebhookDeliveries", Admins),
    ("getWebhookDelivery", Admins),
    ("redeliverWebhookDelivery", Admins),
    ("listKeys", Admins),
    ("createKey", Admins),
    ("listImages", Insiders),
    ("createImage", Writers),
    ("uploadImage", Writers),
    ("getImage", Insiders),
    ("updateImage", Writers),
    ("deleteImage", Writers),
    ("putImageFile", Writers),
    ("getMedia", Open),
    ("getKey", Admins),
    ("revokeKey", Admins),
    ("getHealth", Open),
    ("getReadiness", Open),
];

const SCOPES: [Scope; 5] = [
    Scope::DraftsRead,
    Scope::ContentWrite,
    Scope::CommentsWrite,
    Scope::CommentsModerate,
    Scope::Admin,
];

/// One operation of the document.
struct Operation {
    id: String,
    method: String,
    path: String,
    security: Value,
}

fn operations() -> Vec<Operation> {
    let document = onrecord::api::openapi().unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(id) = operation["operationId"].as_str() else { continue };
            operations.push(Operation {
                id: id.to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                security: operation["security"].clone(),
            });
        }
    }
    operations
}

fn access(id: &str) -> Access {
    let row = TABLE.iter().find(|(name, _)| *name == id);
    row.unwrap_or_else(|| panic!("{id} has no row in the table of who may do what")).1
}

/// What the document says of an operation that lets these in.
fn security(access: Access) -> Value {
    match access {
        Open => json!([]),
        Anyone => json!([{}, {"key": []}]),
        Insiders => json!([{"key": ["drafts:read"]}]),
        Writers => json!([{"key": ["content:write"]}]),
        Commenters => json!([{"key": ["comments:write"]}]),
        Moderators => json!([{"key": ["comments:moderate"]}]),
        Admins => json!([{"key": ["admin"]}]),
    }
}

/// The status with which a caller is turned away, if they are.
fn refusal(access: Access, caller: &str) -> Option<u16> {
    match (access, caller) {
        (Open, _) | (Insiders, "drafts:read") => None,
        (_, "revoked" | "expired" | "garbage" | "forged") => Some(401),
        (Anyone, _)
        | (_, "admin")
        | (Writers | Insiders, "content:write")
        | (Commenters, "comments:write")
        | (Moderators, "comments:moderate") => None,
        (_, "anonymous") => Some(401),
        (_, _) => Some(403),
    }
}

/// Everybody who may come, by name.
fn callers(app: &App) -> BTreeMap<String, Client> {
    let client = |key: &str| app.with_key(key);
    let admin = app.admin();
    let mut callers = BTreeMap::from([("anonymous".to_owned(), app.public())]);
    for scope in SCOPES {
        let name = serde_json::to_value(scope).unwrap().as_str().unwrap().to_owned();
        callers.insert(name, app.with(&[scope]));
    }
    let made = admin.post("/v1/keys", json!({"name": "a", "scopes": ["admin"]})).expect(201);
    admin.delete(made.header("location")).expect(204);
    callers.insert("revoked".to_owned(), client(made.text("token")));
    let soon = Moment::now().plus_millis(300).to_string();
    let new = json!({"name": "a", "scopes": ["admin"], "expires_at": soon});
    let expired = client(admin.post("/v1/keys", new).expect(201).text("token"));
    while Moment::now().to_string() <= soon {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    callers.insert("expired".to_owned(), expired);
    callers.insert("garbage".to_owned(), client("onr_garbage"));
    let forged = format!("onr_{}_{}", Id::new().simple(), "0".repeat(48));
    callers.insert("forged".to_owned(), client(&forged));
    callers
}

#[test]
fn every_operation_says_in_the_document_whom_it_lets_in() {
    for operation in operations() {
        let expected = security(access(&operation.id));
        assert_eq!(operation.security, expected, "{}", operation.id);
    }
    assert_eq!(operations().len(), TABLE.len(), "a row of the table has no operation");
}

#[test]
fn every_operation_lets_in_whom_the_table_names_and_nobody_else() {
    let app = App::new();
    let callers = callers(&app);
    let unknown = Id::new().to_string();
    for operation in operations() {
        let access = access(&operation.id);
        let path: Vec<_> = operation
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { unknown.as_str() } else { part })
            .collect();
        let body: &[u8] = match operation.method.as_str() {
            "POST" | "PUT" | "PATCH" => b"[]",
            _ => b"",
        };
        for (name, caller) in &callers {
            let answer = caller.send(&operation.method, &path.join("/"), JSON, body);
            let refused = Some(answer.status).filter(|status| matches!(status, 401 | 403));
            assert_eq!(refused, refusal(access, name), "{} by {name}", operation.id);
            assert!(answer.status < 500, "{} by {name}: {}", operation.id, answer.status);
            match answer.status {
                401 => assert_eq!(answer.json["code"], "unauthorized"),
                403 => assert_eq!(answer.json["code"], "forbidden"),
                _ => {}
            }
        }
    }
    let tables = [
        "articles",
        "tags",
        "people",
        "quotes",
        "links",
        "images",
        "short_links",
        "comments",
        "comment_words",
        "streams",
        "programmes",
        "webhooks",
    ];
    for table in tables {
        assert_eq!(app.rows(table), 0, "{table}");
    }
}

#[test]
fn every_read_shows_drafts_only_to_who_may_see_them() {
    let app = App::new();
    let callers = callers(&app);
    let draft = json!({
        "title": "Draft", "tags": ["hidden-tag"], "authors": ["Hidden Person"],
        "quotes": [{"text": "x", "speaker_name": "Hidden Person"}], "links": [{"title": "y"}],
    });
    let draft = callers["admin"].post("/v1/articles", draft).expect(201).json;
    let id = |part: &str| draft[part][0]["id"].as_str().unwrap();
    let single = [
        "/v1/articles/draft".to_owned(),
        "/v1/articles/draft/quotes".to_owned(),
        "/v1/articles/draft/links".to_owned(),
        "/v1/articles/draft/comments".to_owned(),
        "/v1/articles/draft/related".to_owned(),
        "/v1/tags/hidden-tag".to_owned(),
        "/v1/people/hidden-person".to_owned(),
        format!("/v1/quotes/{}", id("quotes")),
        format!("/v1/quotes/{}/selector", id("quotes")),
        format!("/v1/quotes/{}/history", id("quotes")),
        format!("/v1/links/{}", id("links")),
    ];
    let lists = [
        "/v1/articles?status=draft",
        "/v1/articles?status=draft&ids=draft",
        "/v1/quotes?count=exact",
        "/v1/links?count=exact",
        "/v1/tags?count=exact",
        "/v1/people?count=exact",
    ];
    for (name, caller) in &callers {
        let (status, shown) = match name.as_str() {
            "revoked" | "expired" | "garbage" | "forged" => (401, None),
            "drafts:read" | "content:write" | "admin" => (200, Some(1)),
            _ => (404, Some(0)),
        };
        for path in &single {
            assert_eq!(caller.get(path).status, status, "{path} by {name}");
        }
        for path in lists {
            let answer = caller.get(path);
            let items = answer.json["items"].as_array().map(Vec::len);
            assert_eq!(items, shown, "{path} by {name}");
            if path.contains("count") {
                assert_eq!(answer.json["total"].as_u64(), shown.map(|shown| shown as u64));
            }
        }
    }
}

#[test]
fn get_article_hides_what_is_not_published() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let made = admin.post("/v1/articles", json!({"title": "Story"})).expect(201);
    let by_id = format!("/v1/articles/{}", made.text("id"));
    let seen = |status: u16| {
        for path in ["/v1/articles/story", &by_id] {
            assert_eq!(public.get(path).status, status, "{path}");
            admin.get(path).expect(200);
        }
    };
    seen(404);
    admin.patch("/v1/articles/story", json!({"status": "published"})).expect(200);
    seen(200);
    admin.patch("/v1/articles/story", json!({"status": "archived"})).expect(200);
    seen(404);
}

#[test]
fn list_articles_counts_only_what_the_caller_may_see() {
    let app = App::new();
    let admin = app.admin();
    for status in ["draft", "published", "archived"] {
        let new = json!({"title": status, "status": status});
        admin.post("/v1/articles", new).expect(201);
    }
    let all = "/v1/articles?status=draft,published,archived&count=exact";
    for (client, titles) in
        [(app.public(), 1), (app.with(&[Scope::DraftsRead]), 3), (app.with(&[]), 1)]
    {
        let page = client.get(all).expect(200);
        assert_eq!((page.each("title").len(), &page.json["total"]), (titles, &json!(titles)));
        let usual = client.get("/v1/articles?count=exact").expect(200);
        assert_eq!(
            (usual.each("title"), &usual.json["total"]),
            (vec![json!("published")], &json!(1))
        );
    }
}

#[test]
fn get_health_asks_nobody_for_a_key() {
    let app = App::new();
    let health = app.public().get("/healthz").expect(200).json;
    assert_eq!(app.with_key("garbage").get("/healthz").expect(200).json, health);
}

#[test]
fn get_readiness_asks_nobody_for_a_key() {
    let app = App::new();
    let readiness = app.public().get("/readyz").expect(200).json;
    assert_eq!(app.with_key("garbage").get("/readyz").expect(200).json, readiness);
}
