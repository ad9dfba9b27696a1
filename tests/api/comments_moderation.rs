//! Moderation: the queue, decisions and their history, flags.

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::App;
use crate::comments::{approved, article, decide, post};

#[test]
fn decide_comment_once_for_each_state_it_is_in() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let id = post(&admin, "one", "Is it?", None);
    let path = format!("/v1/comments/{id}/decision");
    let moderator = app.with(&[Scope::CommentsModerate]);
    let sent = json!({"state": "rejected", "reason": "hate_speech", "note": "Twice this week."});
    let rejected = moderator.post(&path, sent.clone()).expect(200).json;
    assert_eq!((&rejected["state"], &rejected["is_removed"]), (&json!("rejected"), &json!(true)));
    let known = &rejected["moderation"];
    assert_eq!(known["reason"], "hate_speech");
    assert_eq!(known["note"], "Twice this week.");
    assert_eq!(known["decided_by"]["name"], "a test");
    assert_eq!(known["standards_version"], Value::Null);
    assert!(known["decided_at"].is_string());
    // The same again and another one: it has been decided already, and the answer says how.
    for again in [sent, json!({"state": "approved"}), json!({"state": "spam", "from": "approved"})]
    {
        let clash = moderator.post(&path, again).problem(409, "comment-decided");
        let detail = clash.text("detail");
        for said in ["`rejected`", "by the key `a test`", known["decided_at"].as_str().unwrap()] {
            assert!(detail.contains(said), "{detail}");
        }
    }
    assert_eq!(admin.get(&format!("/v1/comments/{id}")).expect(200).json, rejected);
    decide(&moderator, &id, "rejected", "approved");
    public.get(&format!("/v1/comments/{id}")).expect(200);
    decide(&moderator, &id, "approved", "pending");
    let waiting = admin.post(&path, json!({"state": "spam", "from": "rejected"}));
    let detail = waiting.problem(409, "comment-decided").text("detail").to_owned();
    assert!(detail.contains("`pending`"), "{detail}");
    let history = admin.get(&format!("/v1/comments/{id}/decisions?count=exact")).expect(200);
    assert_eq!(history.each("state"), ["rejected", "approved", "pending"]);
    assert_eq!(
        (&history.json["total"], &history.each("note")[0]),
        (&json!(3), &json!("Twice this week."))
    );
    assert_eq!(history.each("decided_by")[2]["name"], "a test");
    let mut path = format!("/v1/comments/{id}/decisions?limit=2");
    let first = admin.get(&path).expect(200);
    path = format!("{path}&cursor={}", first.text("next_cursor"));
    assert_eq!(admin.get(&path).expect(200).each("state"), ["pending"]);
}

#[test]
fn list_comment_decisions_tells_of_withdrawals_too() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let id = approved(&admin, "one", "Is it?", None);
    admin.post(&format!("/v1/comments/{id}/withdrawal"), json!({})).expect(200);
    let history = admin.get(&format!("/v1/comments/{id}/decisions")).expect(200);
    assert_eq!(history.each("state"), ["approved", "withdrawn"]);
    let none = "/v1/comments/01890a5d-ac96-774b-bcce-b302099a8057";
    admin.get(&format!("{none}/decisions")).problem(404, "not-found");
    admin.get(&format!("{none}/flags")).problem(404, "not-found");
    admin.post(&format!("{none}/decision"), json!({"state": "spam"})).problem(404, "not-found");
}

#[test]
fn decide_comment_cites_the_standards() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let rejected = |version: Option<i32>| {
        let id = post(&admin, "one", "Is it?", None);
        let mut sent = json!({"state": "rejected", "reason": "abusive"});
        if let Some(version) = version {
            sent["standards_version"] = json!(version);
        }
        admin.post(&format!("/v1/comments/{id}/decision"), sent)
    };
    let cited = |answer: crate::app::Answer| {
        answer.expect(200).json["moderation"]["standards_version"].clone()
    };
    assert_eq!(cited(rejected(None)), Value::Null);
    admin.put("/v1/community-standards", json!({"body": "Be kind."})).expect(201);
    admin.put("/v1/community-standards", json!({"body": "Be kinder."})).expect(201);
    let later = json!({"body": "Be kindest.", "effective_at": "2999-01-01T00:00:00Z"});
    admin.put("/v1/community-standards", later).expect(201);
    assert_eq!(cited(rejected(None)), 2);
    assert_eq!(cited(rejected(Some(1))), 1);
    for version in [3, 4, 0, -1] {
        let refused = rejected(Some(version)).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), ["/standards_version"], "{version}");
    }
}

/// Coral's, so that what is told to readers and counted for authorities means the same there and here.
#[test]
fn decide_comment_for_every_reason_there_is() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    for reason in [
        "offensive",
        "abusive",
        "spam",
        "banned_word",
        "ad",
        "illegal_content",
        "harassment_bullying",
        "misinformation",
        "hate_speech",
        "irrelevant_content",
        "other",
    ] {
        let id = post(&admin, "one", "Is it?", None);
        let sent = json!({"state": "rejected", "reason": reason});
        let decided = admin.post(&format!("/v1/comments/{id}/decision"), sent).expect(200).json;
        assert_eq!(decided["moderation"]["reason"], reason);
    }
}

#[test]
fn decide_comment_refuses_what_is_no_decision() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let id = post(&admin, "one", "Is it?", None);
    for (sent, pointer) in [
        (json!({}), "/state"),
        (json!({"state": "withdrawn"}), "/state"),
        (json!({"state": "Approved"}), "/state"),
        (json!({"state": "rejected"}), "/reason"),
        (json!({"state": "rejected", "reason": "rude"}), "/reason"),
        (json!({"state": "approved", "reason": "other"}), "/reason"),
        (json!({"state": "pending", "from": "approved", "reason": "other"}), "/reason"),
        (json!({"state": "approved", "standards_version": 1}), "/standards_version"),
        (json!({"state": "approved", "from": "gone"}), "/from"),
        (json!({"state": "approved", "note": " "}), "/note"),
        (json!({"state": "approved", "note": "x".repeat(2001)}), "/note"),
        (json!({"state": "approved", "decided_by": "me"}), "/decided_by"),
    ] {
        let refused = admin.post(&format!("/v1/comments/{id}/decision"), sent.clone());
        assert_eq!(refused.problem(422, "invalid-field").pointers(), [pointer], "{sent}");
        let mut many = sent.clone();
        many["comments"] = json!([id]);
        let refused = admin.post("/v1/comment-decisions", many);
        assert_eq!(refused.problem(422, "invalid-field").pointers(), [pointer], "{sent}");
    }
    let known = admin.get(&format!("/v1/comments/{id}")).expect(200).json;
    assert_eq!((&known["state"], &known["version"]), (&json!("pending"), &json!(1)));
    assert_eq!(app.rows("comment_decisions"), 0);
}

#[test]
fn decide_comments_each_for_itself() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let a = post(&admin, "one", "a", None);
    let b = post(&admin, "one", "b", None);
    let c = post(&admin, "one", "c", None);
    decide(&admin, &b, "pending", "spam");
    let none = "01890a5d-ac96-774b-bcce-b302099a8057";
    let sent = json!({"comments": [c, b, none, a], "state": "approved"});
    let results = admin.post("/v1/comment-decisions", sent.clone()).expect(200);
    assert_eq!(results.each("comment_id"), [c.as_str(), &b, none, &a]);
    assert_eq!(results.each("outcome"), ["decided", "conflict", "not_found", "decided"]);
    assert_eq!(
        results.each("state"),
        [json!("approved"), json!("spam"), Value::Null, json!("approved")]
    );
    let details = results.each("detail");
    assert!(details[1].as_str().unwrap().contains("`spam`, by the key `a test`"), "{details:?}");
    assert_eq!(details[0], Value::Null);
    assert_eq!(public.get("/v1/articles/one").json["comments"]["count"], 2);
    let again = admin.post("/v1/comment-decisions", sent).expect(200);
    assert_eq!(again.each("outcome"), ["conflict", "conflict", "not_found", "conflict"]);
    for (comments, pointer) in [
        (json!([a, b, a]), "/comments/2"),
        (json!([]), "/comments"),
        (json!(["x"]), "/comments/0"),
        (json!(vec![none; 101]), "/comments"),
    ] {
        let sent = json!({"comments": comments, "state": "pending", "from": "approved"});
        let refused = admin.post("/v1/comment-decisions", sent);
        assert_eq!(refused.problem(422, "invalid-field").pointers(), [pointer]);
    }
    assert_eq!(public.get("/v1/articles/one").json["comments"]["count"], 2);
}

#[test]
fn list_comments_is_the_moderators_queue() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    article(&admin, "two");
    let send = |slug: &str, name: &str, user: Option<&str>, body: &str| {
        let mut author = json!({"name": name});
        if let Some(user) = user {
            author["user_id"] = json!(user);
        }
        let sent = json!({"author": author, "body": body});
        let made = admin.post(&format!("/v1/articles/{slug}/comments"), sent).expect(201);
        made.text("id").to_owned()
    };
    let a = send("one", "Ada", Some("u-1"), "a");
    let b = send("two", "ada", None, "b");
    let c = send("one", "Bob", Some("u-2"), "c");
    decide(&admin, &b, "pending", "approved");
    decide(&admin, &c, "pending", "spam");
    admin.post(&format!("/v1/comments/{b}/flags"), json!({"reason": "spam"})).expect(201);
    let two = admin.get("/v1/articles/two").text("id").to_owned();
    // Taken down, an article's comments are still the moderators' business.
    admin.patch("/v1/articles/two", json!({"status": "archived"})).expect(200);
    let moderator = app.with(&[Scope::CommentsModerate]);
    for (query, bodies) in [
        ("", "abc"),
        ("state=pending", "a"),
        ("state=spam", "c"),
        ("state=withdrawn", ""),
        ("article=one", "ac"),
        ("article=two", "b"),
        (&format!("article={two}"), "b"),
        ("article=none", ""),
        ("user_id=u-1", "a"),
        ("author=ADA", "ab"),
        ("author=ADA&state=approved", "b"),
        ("flagged=true", "b"),
        ("flagged=false", "ac"),
    ] {
        let page = moderator.get(&format!("/v1/comments?count=exact&{query}")).expect(200);
        let shown = page.each("body").into_iter().map(|body| body.as_str().unwrap().to_owned());
        assert_eq!(shown.collect::<String>(), bodies, "{query}");
        assert_eq!(page.json["total"], bodies.len(), "{query}");
    }
    let first = moderator.get("/v1/comments?limit=2").expect(200);
    assert_eq!(first.each("id"), [a.as_str(), &b]);
    let next = format!("/v1/comments?limit=2&cursor={}", first.text("next_cursor"));
    assert_eq!(moderator.get(&next).expect(200).each("id"), [c.as_str()]);
    moderator.get(&format!("{next}&state=spam")).problem(400, "invalid-cursor");
    for query in ["state=gone", "flagged=yes", "order=created_at", "view=flat"] {
        moderator.get(&format!("/v1/comments?{query}")).problem(400, "invalid-parameter");
    }
}

#[test]
fn flag_comment_for_moderators_to_find() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let id = approved(&admin, "one", "Buy pills.", None);
    let (path, flags) = (format!("/v1/comments/{id}"), format!("/v1/comments/{id}/flags"));
    let site = app.with(&[Scope::CommentsWrite]);
    let sent = json!({"reason": "spam", "user_id": "u-1", "note": "An advertisement."});
    let made = site.post(&flags, sent.clone()).expect(201);
    assert_eq!((made.text("reason"), made.header("location")), ("spam", flags.as_str()));
    let clash = site.post(&flags, sent).problem(409, "conflict");
    assert_eq!(clash.pointers(), ["/user_id"]);
    site.post(&flags, json!({"reason": "disagree", "user_id": "u-1"})).problem(409, "conflict");
    site.post(&flags, json!({"reason": "spam", "user_id": "u-2"})).expect(201);
    site.post(&flags, json!({"reason": "abusive"})).expect(201);
    site.post(&flags, json!({"reason": "abusive"})).expect(201);
    let known = admin.get(&path).expect(200).json["moderation"].clone();
    assert_eq!((&known["is_flagged"], &known["flag_count"]), (&json!(true), &json!(4)));
    let counts = json!([{"reason": "abusive", "count": 2}, {"reason": "spam", "count": 2}]);
    assert_eq!(known["flags"], counts);
    // Readers see the comment as before, and nothing of the flags.
    assert_eq!(public.get(&path).expect(200).json["moderation"], Value::Null);
    // Somebody looks at it and lets it stand: out of the queue, until it is flagged again.
    decide(&admin, &id, "approved", "approved");
    assert_eq!(admin.get("/v1/comments?flagged=true").json["items"], json!([]));
    assert_eq!(admin.get(&path).json["moderation"]["flag_count"], 4);
    site.post(&flags, json!({"reason": "offensive", "user_id": "u-3"})).expect(201);
    assert_eq!(admin.get("/v1/comments?flagged=true").each("id"), [id.as_str()]);
    for (sent, pointer) in [
        (json!({}), "/reason"),
        (json!({"reason": "rude"}), "/reason"),
        (json!({"reason": "hate_speech"}), "/reason"),
        (json!({"reason": "spam", "user_id": "a@b.c"}), "/user_id"),
        (json!({"reason": "spam", "note": ""}), "/note"),
        (json!({"reason": "spam", "ip": "192.0.2.1"}), "/ip"),
    ] {
        let refused = site.post(&flags, sent).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer]);
    }
}

#[test]
fn flag_comment_only_where_readers_see_it() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let site = app.with(&[Scope::CommentsWrite]);
    let a = approved(&admin, "one", "a", None);
    approved(&admin, "one", "a1", Some(&a));
    let pending = post(&admin, "one", "Waits.", None);
    decide(&admin, &a, "approved", "rejected");
    for id in [&a, &pending, "01890a5d-ac96-774b-bcce-b302099a8057"] {
        let flags = format!("/v1/comments/{id}/flags");
        for client in [&site, &admin] {
            client.post(&flags, json!({"reason": "spam"})).problem(404, "not-found");
        }
    }
    assert_eq!(app.rows("comment_flags"), 0);
}

#[test]
fn list_comment_flags_in_the_order_they_were_set() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let id = approved(&admin, "one", "Buy pills.", None);
    let flags = format!("/v1/comments/{id}/flags");
    for (reason, user) in [("spam", "u-2"), ("abusive", "u-1"), ("other", "u-3")] {
        let sent = json!({"reason": reason, "user_id": user, "note": "Look at this."});
        admin.post(&flags, sent).expect(201);
    }
    let page = admin.get(&format!("{flags}?count=exact&limit=2")).expect(200);
    assert_eq!(
        (page.each("user_id"), &page.json["total"]),
        (vec![json!("u-2"), json!("u-1")], &json!(3))
    );
    assert_eq!(page.each("note")[0], "Look at this.");
    let next = format!("{flags}?limit=2&cursor={}", page.text("next_cursor"));
    assert_eq!(admin.get(&next).expect(200).each("reason"), ["other"]);
    let other = approved(&admin, "one", "Fine.", None);
    let other = format!("/v1/comments/{other}/flags?cursor={}", page.text("next_cursor"));
    admin.get(&other).problem(400, "invalid-cursor");
}
