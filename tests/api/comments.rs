//! Comments: posted for readers, and shown in threads.

use onrecord::auth::Scope;
use onrecord::comments::policy::{CommentsPolicy, Moderation};
use serde_json::{Value, json};

use crate::app::{App, Client};

/// Makes a published article of this slug.
pub fn article(admin: &Client, slug: &str) {
    let sent = json!({"title": slug, "slug": slug, "status": "published"});
    admin.post("/v1/articles", sent).expect(201);
}

/// Posts a comment on this article, or a reply to another, and answers its id.
#[track_caller]
pub fn post(client: &Client, slug: &str, body: &str, parent: Option<&str>) -> String {
    let mut sent = json!({"author": {"name": "Ada"}, "body": body});
    if let Some(parent) = parent {
        sent["parent_id"] = json!(parent);
    }
    let made = client.post(&format!("/v1/articles/{slug}/comments"), sent).expect(201);
    made.text("id").to_owned()
}

/// Decides on a comment in this state.
#[track_caller]
pub fn decide(admin: &Client, id: &str, from: &str, state: &str) -> Value {
    let mut sent = json!({"state": state, "from": from});
    if state == "rejected" {
        sent["reason"] = json!("abusive");
    }
    admin.post(&format!("/v1/comments/{id}/decision"), sent).expect(200).json
}

/// Posts a comment and approves it.
#[track_caller]
pub fn approved(admin: &Client, slug: &str, body: &str, parent: Option<&str>) -> String {
    let id = post(admin, slug, body, parent);
    decide(admin, &id, "pending", "approved");
    id
}

/// What the list of the article `one` shows: bodies, `-` for a removed one, indented by depth.
#[track_caller]
pub fn laid_out(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/v1/articles/one/comments?{query}")).expect(200);
    let items = page.json["items"].as_array().unwrap().iter().map(|item| {
        let depth = usize::try_from(item["depth"].as_u64().unwrap()).unwrap();
        format!("{}{}", ".".repeat(depth), item["body"].as_str().unwrap_or("-"))
    });
    items.collect()
}

#[test]
fn create_comment_waits_for_a_moderator() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let site = app.with(&[Scope::CommentsWrite]);
    let sent = json!({"author": {"name": " Ada ", "user_id": "reader-17"}, "body": "Is *it*\nso?"});
    let made = site.post("/v1/articles/one/comments", sent).expect(201);
    assert_eq!(made.json["author"], json!({"name": "Ada", "user_id": "reader-17"}));
    assert_eq!(made.json["body_html"], "<p>Is <em>it</em><br>\nso?</p>");
    assert_eq!(made.json["article"]["slug"], "one");
    for (property, value) in [
        ("state", json!("pending")),
        ("depth", json!(0)),
        ("parent_id", Value::Null),
        ("reply_count", json!(0)),
        ("is_removed", json!(false)),
        ("moderation", Value::Null),
        ("version", json!(1)),
    ] {
        assert_eq!(made.json[property], value, "{property}");
    }
    let path = made.header("location").to_owned();
    assert_eq!(path, format!("/v1/comments/{}", made.text("id")));
    // Nobody but a moderator sees it: not the public, not the site, not who sees drafts.
    for client in [&public, &site, &app.with(&[Scope::ContentWrite])] {
        client.get(&path).problem(404, "not-found");
        assert!(laid_out(client, "").is_empty());
    }
    let moderator = app.with(&[Scope::CommentsModerate]);
    let seen = moderator.get(&path).expect(200).json;
    assert_eq!((&seen["body"], &seen["state"]), (&json!("Is *it*\nso?"), &json!("pending")));
    decide(&moderator, made.text("id"), "pending", "approved");
    let shown = public.get(&path).expect(200).json;
    assert_eq!((&shown["state"], &shown["moderation"]), (&json!("approved"), &Value::Null));
    assert_eq!(shown["version"], 2);
    assert_eq!(public.get("/v1/articles/one/comments").expect(200).json["items"][0], shown);
}

#[test]
fn create_comment_is_done_once_under_one_key() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let sent = json!({"author": {"name": "Ada"}, "body": "Once."}).to_string();
    let headers = [("content-type", "application/json"), ("idempotency-key", "c-1")];
    let post = || admin.send("POST", "/v1/articles/one/comments", &headers, sent.as_bytes());
    let (first, second) = (post().expect(201), post().expect(201));
    assert_eq!((&first.json, second.header("idempotency-replayed")), (&second.json, "true"));
    assert_eq!(app.rows("comments"), 1);
}

#[test]
fn create_comment_where_the_policy_takes_it() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let id = approved(&admin, "one", "Here.", None);
    let site = app.with(&[Scope::CommentsWrite]);
    let public = app.public();
    let sent = json!({"author": {"name": "Ada"}, "body": "Me too."});
    let state = |policy: &Value| {
        let patch = json!({"comments": {"policy": policy}});
        admin.patch("/v1/articles/one", patch).expect(200);
        let article = public.get("/v1/articles/one").expect(200).json["comments"].clone();
        let listed = public.get("/v1/articles").expect(200).json["items"][0]["comments"].clone();
        assert_eq!(article, listed);
        article
    };
    let said = state(&json!("closed"));
    assert_eq!(said, json!({"policy": "closed", "is_default": false, "count": 1}));
    site.post("/v1/articles/one/comments", sent.clone()).problem(409, "comments-closed");
    assert_eq!(laid_out(&public, ""), ["Here."]);

    let said = state(&json!("off"));
    assert_eq!(said, json!({"policy": "off", "is_default": false, "count": 0}));
    site.post("/v1/articles/one/comments", sent.clone()).problem(409, "comments-closed");
    let page = public.get("/v1/articles/one/comments?count=exact").expect(200).json;
    assert_eq!((&page["items"], &page["total"]), (&json!([]), &json!(0)));
    public.get(&format!("/v1/comments/{id}")).problem(404, "not-found");
    assert_eq!(admin.get("/v1/comments").expect(200).each("id"), [id.as_str()]);

    let said = state(&Value::Null);
    assert_eq!(said, json!({"policy": "open", "is_default": true, "count": 1}));
    site.post("/v1/articles/one/comments", sent.clone()).expect(201);
    assert_eq!(app.rows("comments"), 2);

    // What is not published takes none: a secret to the site, told to who sees drafts.
    admin.patch("/v1/articles/one", json!({"status": "archived"})).expect(200);
    site.post("/v1/articles/one/comments", sent.clone()).problem(404, "not-found");
    admin.post("/v1/articles/one/comments", sent.clone()).problem(409, "comments-closed");
    public.get("/v1/articles/one/comments").problem(404, "not-found");
    public.get(&format!("/v1/comments/{id}")).problem(404, "not-found");
    app.with(&[Scope::CommentsModerate]).get(&format!("/v1/comments/{id}")).expect(200);
    site.post("/v1/articles/none/comments", sent).problem(404, "not-found");
}

#[test]
fn create_article_with_a_policy_of_its_own() {
    let app = App::with_comments(CommentsPolicy::Closed, Moderation::Pre);
    let admin = app.admin();
    let sent = json!({"title": "Own", "status": "published", "comments": {"policy": "open"}});
    let made = admin.post("/v1/articles", sent).expect(201).json;
    assert_eq!(made["comments"], json!({"policy": "open", "is_default": false, "count": 0}));
    article(&admin, "one");
    let follows = json!({"policy": "closed", "is_default": true, "count": 0});
    assert_eq!(admin.get("/v1/articles/one").expect(200).json["comments"], follows);
    // A change of something else leaves it; a replacement that says nothing follows the site.
    let changed = admin.patch("/v1/articles/own", json!({"dateline": "MOSCOW"})).expect(200).json;
    assert_eq!(changed["comments"], made["comments"]);
    let replaced = admin.put("/v1/articles/own", json!({"title": "Own"})).expect(200).json;
    assert_eq!(replaced["comments"], follows);
    let fields = admin.get("/v1/articles?fields=comments.policy").expect(200).json;
    assert_eq!(fields["items"], json!([{"comments": {"policy": "closed"}}]));
    for (sent, pointer) in [
        (json!({"policy": "shut"}), "/comments/policy"),
        (json!({"count": 3}), "/comments/count"),
        (json!("open"), "/comments"),
    ] {
        let refused = admin.patch("/v1/articles/one", json!({"comments": sent}));
        assert_eq!(refused.problem(422, "invalid-field").pointers(), [pointer]);
    }
}

#[test]
fn list_article_comments_in_threads_and_flat() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    article(&admin, "other");
    let a = approved(&admin, "one", "a", None);
    let b = approved(&admin, "one", "b", None);
    let a1 = approved(&admin, "one", "a1", Some(&a));
    approved(&admin, "one", "b1", Some(&b));
    approved(&admin, "one", "a2", Some(&a));
    approved(&admin, "one", "a11", Some(&a1));
    post(&admin, "one", "pending", Some(&a));
    approved(&admin, "other", "elsewhere", None);
    let thread = ["a", ".a1", "..a11", ".a2", "b", ".b1"];
    let newest_thread = ["b", ".b1", "a", ".a1", "..a11", ".a2"];
    let flat = ["a", "b", ".a1", ".b1", ".a2", "..a11"];
    let mut newest = flat;
    newest.reverse();
    for (query, expected) in [
        ("", thread),
        ("view=thread", thread),
        ("view=thread&order=-created_at", newest_thread),
        ("view=flat", flat),
        ("view=flat&order=-created_at", newest),
    ] {
        assert_eq!(laid_out(&public, query), expected, "{query}");
        for limit in [1, 2, 4, 5] {
            let mut path = format!("/v1/articles/one/comments?{query}&limit={limit}&count=exact");
            let mut paged = Vec::new();
            loop {
                let page = public.get(&path).expect(200);
                assert_eq!(page.json["total"], 6);
                paged.extend(page.each("body"));
                let Some(cursor) = page.json["next_cursor"].as_str() else { break };
                path = format!(
                    "/v1/articles/one/comments?{query}&limit={limit}&count=exact&cursor={cursor}"
                );
            }
            let expected = expected.map(|body| json!(body.trim_start_matches('.')));
            assert_eq!(paged, expected, "{query} {limit}");
        }
    }
    let items = public.get("/v1/articles/one/comments").expect(200);
    assert_eq!(items.each("reply_count"), [2, 1, 0, 0, 1, 0]);
    assert_eq!(items.json["items"][2]["parent_id"], a1.as_str());
    let cursor = public.get("/v1/articles/one/comments?limit=1").text("next_cursor").to_owned();
    for query in ["view=flat", "order=-created_at"] {
        let refused = public.get(&format!("/v1/articles/one/comments?{query}&cursor={cursor}"));
        refused.problem(400, "invalid-cursor");
    }
    let elsewhere = public.get(&format!("/v1/articles/other/comments?cursor={cursor}"));
    elsewhere.problem(400, "invalid-cursor");
}

#[test]
fn list_article_comments_keeps_a_tombstone_above_replies() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let a = approved(&admin, "one", "a", None);
    let a1 = approved(&admin, "one", "a1", Some(&a));
    let a11 = approved(&admin, "one", "a11", Some(&a1));
    let count = || public.get("/v1/articles/one").expect(200).json["comments"]["count"].clone();
    assert_eq!(count(), 3);
    decide(&admin, &a1, "approved", "rejected");
    assert_eq!(laid_out(&public, ""), ["a", ".-", "..a11"]);
    assert_eq!(count(), 2);
    let page = public.get("/v1/articles/one/comments?count=exact").expect(200).json;
    let tomb = &page["items"][1];
    assert_eq!(page["total"], 2);
    for property in ["author", "body", "body_html", "state", "moderation"] {
        assert_eq!(tomb[property], Value::Null, "{property}");
    }
    assert_eq!((&tomb["is_removed"], &tomb["id"]), (&json!(true), &json!(a1)));
    assert_eq!(&public.get(&format!("/v1/comments/{a1}")).expect(200).json, tomb);
    assert_eq!(page["items"][0]["reply_count"], 0);
    // Nobody replies to what was removed.
    let sent = json!({"author": {"name": "Ada"}, "body": "Why?", "parent_id": a1});
    let refused = admin.post("/v1/articles/one/comments", sent).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/parent_id"]);
    // A moderator sees what it was.
    let known = admin.get("/v1/articles/one/comments").expect(200).json["items"][1].clone();
    assert_eq!((&known["body"], &known["state"]), (&json!("a1"), &json!("rejected")));
    assert_eq!(known["moderation"]["reason"], "abusive");
    // Without approved ones below, nothing of it stays.
    decide(&admin, &a11, "approved", "spam");
    assert_eq!(laid_out(&public, ""), ["a"]);
    public.get(&format!("/v1/comments/{a1}")).problem(404, "not-found");
    decide(&admin, &a11, "spam", "approved");
    decide(&admin, &a, "approved", "pending");
    assert_eq!(laid_out(&public, ""), ["-", ".-", "..a11"]);
    decide(&admin, &a1, "rejected", "approved");
    assert_eq!(laid_out(&public, ""), ["-", ".a1", "..a11"]);
    assert_eq!(count(), 2);
}

#[test]
fn create_comment_no_deeper_than_a_thread_goes() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let mut parent = approved(&admin, "one", "0", None);
    for depth in 1..=8 {
        parent = approved(&admin, "one", &depth.to_string(), Some(&parent));
    }
    let bottom = app.public().get(&format!("/v1/comments/{parent}")).expect(200);
    assert_eq!(bottom.json["depth"], 8);
    let sent = json!({"author": {"name": "Ada"}, "body": "9", "parent_id": parent});
    let refused = admin.post("/v1/articles/one/comments", sent).problem(422, "invalid-field");
    assert_eq!(refused.json["errors"][0]["code"], "too-deep");
    assert_eq!(app.rows("comments"), 9);
}

#[test]
fn create_comment_refuses_what_is_none() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    article(&admin, "other");
    let elsewhere = approved(&admin, "other", "There.", None);
    let pending = post(&admin, "one", "Waits.", None);
    let before = app.rows("comments");
    let zalgo = format!("Z{}", "\u{301}\u{302}\u{303}".repeat(4));
    let with = |property: &str, value: Value| {
        let mut sent = json!({"author": {"name": "Ada"}, "body": "Fine."});
        sent[property] = value;
        sent
    };
    let name = |name: &str| with("author", json!({"name": name}));
    let user = |id: Value| with("author", json!({"name": "Ada", "user_id": id}));
    for (sent, pointer) in [
        (with("body", json!("")), "/body"),
        (with("body", json!(" \n\u{200b}")), "/body"),
        (with("body", json!("x".repeat(10_001))), "/body"),
        (with("body", json!(null)), "/body"),
        (with("body", json!(format!("{}x", "> ".repeat(4000)))), "/body"),
        (with("author", json!({})), "/author/name"),
        (with("author", json!("Ada")), "/author"),
        (name(""), "/author/name"),
        (name("  "), "/author/name"),
        (name("Ada\nModerator"), "/author/name"),
        (name("Ada\u{202e}"), "/author/name"),
        (name(&zalgo), "/author/name"),
        (name(&"x".repeat(101)), "/author/name"),
        (user(json!("ada@example.com")), "/author/user_id"),
        (user(json!("a b")), "/author/user_id"),
        (user(json!(null)), "/author/user_id"),
        (with("author", json!({"name": "Ada", "email": "ada@example.com"})), "/author/email"),
        (with("email", json!("ada@example.com")), "/email"),
        (with("ip", json!("192.0.2.1")), "/ip"),
        (with("state", json!("approved")), "/state"),
        (with("parent_id", json!("x")), "/parent_id"),
        (with("parent_id", json!(null)), "/parent_id"),
        (with("parent_id", json!("01890a5d-ac96-774b-bcce-b302099a8057")), "/parent_id"),
        (with("parent_id", json!(elsewhere)), "/parent_id"),
        (with("parent_id", json!(pending)), "/parent_id"),
    ] {
        let refused = admin.post("/v1/articles/one/comments", sent.clone());
        assert_eq!(refused.problem(422, "invalid-field").pointers(), [pointer], "{sent}");
    }
    assert_eq!(app.rows("comments"), before);
    for name in ["Ngô Bảo Châu", "שָׁלוֹם", "བསྒྲུབས", "O’Neill-Ω", "Ａｄａ"]
    {
        let sent = json!({"author": {"name": name}, "body": "Fine."});
        admin.post("/v1/articles/one/comments", sent).expect(201);
    }
}

#[test]
fn create_comment_refuses_addresses_for_names_and_bodies_that_show_nothing() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let send = |name: &str, body: &str| {
        let sent = json!({"author": {"name": name}, "body": body});
        admin.post("/v1/articles/one/comments", sent)
    };
    for name in [
        "ada@example.com",
        "Ada <ada.l@mail.example.org>",
        "mailto:ada@пример.рф",
        "192.0.2.1",
        "2001:db8::1",
    ] {
        let refused = send(name, "Fine.").problem(422, "invalid-field");
        assert_eq!(refused.pointers(), ["/author/name"], "{name}");
    }
    for body in
        ["***", "#", "```\n```", "![](https://example.com/a.png)", "[](https://example.com)"]
    {
        let refused = send("Ada", body).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), ["/body"], "{body}");
    }
    assert_eq!(app.rows("comments"), 0);
    for name in ["@ada", "Ada @ home", "Ada@home", "Ada 2.0"] {
        send(name, "Fine.").expect(201);
    }
}
