//! Comments taken back and removed, and the counts that follow.

use onrecord::auth::Scope;
use onrecord::comments::policy::{CommentsPolicy, Moderation};
use serde_json::{Value, json};

use crate::app::App;
use crate::comments::{approved, article, decide, laid_out, post};

#[test]
fn withdraw_comment_for_its_author() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let sent = json!({"author": {"name": "Ada", "user_id": "u-1"}, "body": "Too fast."});
    let made = admin.post("/v1/articles/one/comments", sent).expect(201);
    let path = made.header("location").to_owned();
    decide(&admin, made.text("id"), "pending", "approved");
    let site = app.with(&[Scope::CommentsWrite]);
    let withdrawal = format!("{path}/withdrawal");
    let refused = site.post(&withdrawal, json!({"user_id": "u-2"})).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/user_id"]);
    public.get(&path).expect(200);
    let taken = site.post(&withdrawal, json!({"user_id": "u-1"})).expect(200).json;
    assert_eq!((&taken["state"], &taken["is_removed"]), (&json!("withdrawn"), &json!(true)));
    public.get(&path).problem(404, "not-found");
    assert_eq!(public.get("/v1/articles/one").json["comments"]["count"], 0);
    assert_eq!(admin.get(&path).expect(200).json["body"], "Too fast.");
    site.post(&withdrawal, json!({})).problem(409, "comment-decided");
    // What its author took back, nobody puts up again.
    for from in ["pending", "approved", "withdrawn"] {
        let decision = json!({"state": "approved", "from": from});
        admin.post(&format!("{path}/decision"), decision).problem(409, "comment-decided");
    }
    let waits = post(&admin, "one", "Waits.", None);
    site.post(&format!("/v1/comments/{waits}/withdrawal"), json!({})).expect(200);
    let none = "/v1/comments/01890a5d-ac96-774b-bcce-b302099a8057/withdrawal";
    site.post(none, json!({})).problem(404, "not-found");
}

/// A new headline of an article that was taken down is nobody's business but the newsroom's.
#[test]
fn withdraw_comment_only_where_its_article_is_there() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let id = post(&admin, "one", "Mine.", None);
    admin.patch("/v1/articles/one", json!({"status": "archived", "title": "Secret"})).expect(200);
    let site = app.with(&[Scope::CommentsWrite]);
    let withdrawal = |id: &str| site.post(&format!("/v1/comments/{id}/withdrawal"), json!({}));
    let hidden = withdrawal(&id).problem(404, "not-found").json["detail"].clone();
    let none = withdrawal("01890a5d-ac96-774b-bcce-b302099a8057").problem(404, "not-found");
    assert_eq!(hidden, none.json["detail"]);
    let kept = admin.get(&format!("/v1/comments/{id}")).expect(200).json;
    assert_eq!((&kept["state"], &kept["version"]), (&json!("pending"), &json!(1)));
    admin.patch("/v1/articles/one", json!({"status": "published"})).expect(200);
    withdrawal(&id).expect(200);
}

#[test]
fn delete_comment_leaves_nothing_personal() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let sent = json!({"author": {"name": "Ada", "user_id": "u-1"}, "body": "Secret."});
    // What is kept for a second request of the same key is a copy of it.
    let once = |path: &str, key: &str, sent: &Value| {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        admin.send("POST", path, &headers, sent.to_string().as_bytes())
    };
    let a = once("/v1/articles/one/comments", "k-1", &sent).expect(201).text("id").to_owned();
    let decision = json!({"state": "approved"});
    once(&format!("/v1/comments/{a}/decision"), "k-2", &decision).expect(200);
    let a1 = approved(&admin, "one", "a1", Some(&a));
    let path = format!("/v1/comments/{a}");
    let flag = json!({"reason": "other", "user_id": "u-2", "note": "That is me."});
    once(&format!("{path}/flags"), "k-3", &flag).expect(201);
    once("/v1/tags", "k-4", &json!({"name": "gas"})).expect(201);
    admin.delete(&path).expect(204);
    assert_eq!(app.rows("idempotent_answers"), 1);
    assert_eq!(laid_out(&public, ""), ["-", ".a1"]);
    let left = admin.get(&path).expect(200).json;
    assert_eq!((&left["author"], &left["body"]), (&Value::Null, &Value::Null));
    assert_eq!(left["moderation"]["flag_count"], 0);
    assert_eq!(left["moderation"]["marks"], json!([]));
    assert_eq!((app.rows("comment_flags"), app.rows("comment_decisions")), (0, 1));
    assert_eq!(public.get("/v1/articles/one").json["comments"]["count"], 1);
    assert_eq!(admin.get("/v1/comments?user_id=u-1").json["items"], json!([]));
    // One without replies goes altogether.
    admin.delete(&format!("/v1/comments/{a1}")).expect(204);
    admin.get(&format!("/v1/comments/{a1}")).problem(404, "not-found");
    assert_eq!(laid_out(&public, ""), Vec::<String>::new());
    assert_eq!(app.rows("comments"), 1);
    let etag = admin.get(&path).header("etag").to_owned();
    admin
        .send("DELETE", &path, &[("if-match", "\"other\"")], &[])
        .problem(412, "precondition-failed");
    admin.send("DELETE", &path, &[("if-match", &etag)], &[]).expect(204);
    assert_eq!(app.rows("comments"), 0);
}

#[test]
fn delete_article_deletes_its_comments() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let a = approved(&admin, "one", "a", None);
    approved(&admin, "one", "a1", Some(&a));
    admin.post(&format!("/v1/comments/{a}/flags"), json!({"reason": "spam"})).expect(201);
    admin.delete("/v1/articles/one").expect(204);
    for table in ["comments", "comment_flags", "comment_decisions", "article_discussions"] {
        assert_eq!(app.rows(table), 0, "{table}");
    }
}

/// What is kept for a second request of the same key is a copy of what a reader wrote.
#[test]
fn delete_article_leaves_no_copy_of_what_readers_wrote() {
    let app = App::new();
    let admin = app.admin();
    let once = |path: &str, key: &str, sent: &Value| {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        admin.send("POST", path, &headers, sent.to_string().as_bytes())
    };
    let sent = json!({"author": {"name": "Ada"}, "body": "Secret."});
    let flag = json!({"reason": "other", "note": "That is me."});
    for slug in ["gone", "stays"] {
        article(&admin, slug);
        let comment = once(&format!("/v1/articles/{slug}/comments"), slug, &sent).expect(201);
        let path = comment.header("location").to_owned();
        let approved = json!({"state": "approved"});
        once(&format!("{path}/decision"), &format!("{slug}-d"), &approved).expect(200);
        once(&format!("{path}/flags"), &format!("{slug}-f"), &flag).expect(201);
    }
    assert_eq!(app.rows("idempotent_answers"), 6);
    admin.delete("/v1/articles/gone").expect(204);
    assert_eq!(app.rows("idempotent_answers"), 3);
    once("/v1/articles/gone/comments", "gone", &sent).problem(404, "not-found");
    let again = once("/v1/articles/stays/comments", "stays", &sent).expect(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
}

#[test]
fn every_count_stays_right_whatever_happens() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let states = ["pending", "approved", "rejected", "spam"];
    let mut ids = Vec::<String>::new();
    let mut dice = 7_u64;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    for round in 0..150 {
        let at = roll(ids.len().max(1));
        let known = ids.get(at).map(|id| admin.get(&format!("/v1/comments/{id}")));
        match (known, roll(10)) {
            (Some(known), 0) => {
                admin.delete(&format!("/v1/comments/{}", known.text("id"))).expect(204);
                ids.retain(|id| admin.get(&format!("/v1/comments/{id}")).status == 200);
            }
            (Some(known), 1..=5) if known.json["state"] != "withdrawn" => {
                decide(&admin, &ids[at], known.text("state"), states[roll(4)]);
            }
            (Some(known), 6) if known.json["is_removed"] == false => {
                let path = format!("/v1/comments/{}/withdrawal", ids[at]);
                admin.post(&path, json!({})).expect(200);
            }
            (Some(known), _) if known.json["state"] == "approved" && known.json["depth"] != 8 => {
                ids.push(approved(&admin, "one", &round.to_string(), Some(&ids[at])));
            }
            _ => ids.push(post(&admin, "one", &round.to_string(), None)),
        }
    }
    let all = admin.get("/v1/comments?limit=100").expect(200).json["items"].clone();
    let all = all.as_array().unwrap();
    assert!(all.len() > 20 && all.len() < 100, "{}", all.len());
    let is_approved = |comment: &&Value| comment["state"] == "approved";
    let count = all.iter().filter(is_approved).count();
    assert!(count > 3, "{count}");
    assert_eq!(public.get("/v1/articles/one").json["comments"]["count"], count);
    for comment in all {
        let replies = all.iter().filter(|reply| reply["parent_id"] == comment["id"]);
        let id = comment["id"].as_str().unwrap();
        assert_eq!(comment["reply_count"], replies.clone().filter(is_approved).count(), "{id}");
        // Shown is what is approved, and what has something shown below it.
        let shown = public.get(&format!("/v1/comments/{id}")).status == 200;
        let below = replies.clone().any(|reply| {
            public.get(&format!("/v1/comments/{}", reply["id"].as_str().unwrap())).status == 200
        });
        assert_eq!(shown, is_approved(&comment) || below, "{id}");
    }
    let listed = public.get("/v1/articles/one/comments?limit=100&count=exact").expect(200);
    assert_eq!(listed.json["total"], count);
    let removed = listed.each("is_removed");
    assert_eq!(removed.iter().filter(|removed| **removed == false).count(), count);
}

#[test]
fn create_comment_by_many_at_once_is_counted_once_each() {
    let app = App::with_comments(CommentsPolicy::Open, Moderation::Post);
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let root = approved(&admin, "one", "Begun.", None);
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let (admin, root) = (admin.clone(), root.clone());
            scope.spawn(move || {
                for number in 0..5 {
                    let body = format!("Reply {number} of {thread}.");
                    let id = post(&admin, "one", &body, Some(&root));
                    if number == 0 {
                        admin.post(&format!("/v1/comments/{id}/withdrawal"), json!({})).expect(200);
                    }
                }
            });
        }
    });
    assert_eq!(public.get("/v1/articles/one").json["comments"]["count"], 25);
    let root = public.get(&format!("/v1/comments/{root}")).expect(200);
    assert_eq!(root.json["reply_count"], 24);
}
