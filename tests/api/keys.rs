//! Keys: made, shown once, used, listed and revoked.

use std::time::{Duration, Instant};

use onrecord::auth::Scope;
use onrecord::db::types::{Id, Moment};
use serde_json::{Value, json};

use crate::app::{Answer, App};

/// A public read with this Authorization header.
fn authorized(app: &App, header: &str) -> Answer {
    app.public().get_with("/v1/tags", "authorization", header)
}

#[test]
fn create_key_shows_its_token_once() {
    let app = App::new();
    let admin = app.admin();
    let new =
        json!({"name": "front page", "scopes": ["content:write", "drafts:read", "drafts:read"]});
    let made = admin.post("/v1/keys", new).expect(201);
    let key = &made.json["key"];
    let id = key["id"].as_str().unwrap();
    let token = made.text("token");
    assert_eq!(made.header("location"), format!("/v1/keys/{id}"));
    assert!(token.starts_with(&format!("onr_{}_", id.replace('-', ""))), "{token}");
    assert_eq!(token.len(), 4 + 32 + 1 + 48);
    assert_eq!(key["scopes"], json!(["drafts:read", "content:write"]));
    for property in ["expires_at", "last_used_at", "revoked_at"] {
        assert_eq!(key[property], json!(null), "{property}");
    }
    let read = admin.get(made.header("location")).expect(200);
    assert_eq!(&read.json, key);
    let secret = token.rsplit('_').next().unwrap();
    let listed = admin.get("/v1/keys").expect(200);
    assert!(!String::from_utf8_lossy(&listed.bytes).contains(secret));
    app.with_key(token).post("/v1/tags", json!({"name": "a"})).expect(201);
}

#[test]
fn create_key_points_at_what_is_wrong() {
    let app = App::new();
    let admin = app.admin();
    for (body, pointers) in [
        (json!({}), vec!["/name", "/scopes"]),
        (json!({"name": "a", "scopes": []}), vec!["/scopes"]),
        (json!({"name": "a", "scopes": ["all"]}), vec!["/scopes/0"]),
        (json!({"name": "a", "scopes": vec!["admin"; 6]}), vec!["/scopes"]),
        (json!({"name": " ", "scopes": ["admin"]}), vec!["/name"]),
        (
            json!({"name": "a", "scopes": ["admin"], "expires_at": "2020-01-01T00:00:00Z"}),
            vec!["/expires_at"],
        ),
        (json!({"name": "a", "scopes": ["admin"], "expires_at": "soon"}), vec!["/expires_at"]),
        (json!({"name": "a", "scopes": ["admin"], "expires_at": null}), vec!["/expires_at"]),
    ] {
        let answer = admin.post("/v1/keys", body.clone()).problem(422, "invalid-field");
        assert_eq!(answer.pointers(), pointers, "{body}");
    }
    assert_eq!(app.rows("keys"), 1);
}

#[test]
fn create_key_takes_no_idempotency_key() {
    let app = App::new();
    let headers = &[("content-type", "application/json"), ("idempotency-key", "once")];
    let body = br#"{"name": "a", "scopes": ["admin"]}"#;
    let answer = app.admin().send("POST", "/v1/keys", headers, body);
    let answer = answer.problem(400, "invalid-parameter");
    assert_eq!(answer.json["errors"][0]["parameter"], "Idempotency-Key");
    assert_eq!(app.rows("keys"), 1);
}

#[test]
fn get_key_refuses_every_header_that_is_no_good_key() {
    let app = App::new();
    let token = app.admin().key.unwrap();
    let (prefix, secret) = token.rsplit_once('_').unwrap();
    authorized(&app, &format!("Bearer {token}")).expect(200);
    authorized(&app, &format!("bearer {token}")).expect(200);
    let flipped = if secret.ends_with('0') { '1' } else { '0' };
    for header in [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        token.clone(),
        format!("Basic {token}"),
        format!("Bearer  {token}"),
        format!("Bearer {token} x"),
        format!("Bearer {token},"),
        format!("Bearer {prefix}"),
        format!("Bearer {prefix}_"),
        format!("Bearer {}", &token[..token.len() - 1]),
        format!("Bearer {token}0"),
        format!("Bearer {}{flipped}", &token[..token.len() - 1]),
        format!("Bearer {}", token.to_uppercase()),
        format!("Bearer {}", token.replace("onr_", "key_")),
        format!("Bearer onr_{}_{secret}", Id::new().simple()),
        format!("Bearer onr_{}_{secret}", Id::new()),
    ] {
        let answer = authorized(&app, &header).problem(401, "unauthorized");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"onrecord\"", "{header}");
        assert!(!String::from_utf8_lossy(&answer.bytes).contains(secret), "{header}");
    }
}

#[test]
fn revoke_key_ends_it_and_keeps_the_row() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/keys", json!({"name": "a", "scopes": ["drafts:read"]})).expect(201);
    let path = made.header("location").to_owned();
    let holder = app.with_key(made.text("token"));
    holder.get("/v1/tags").expect(200);
    let stale = [("if-match", "\"0123456789abcdef0123456789abcdef\"")];
    admin.send("DELETE", &path, &stale, b"").problem(412, "precondition-failed");
    holder.get("/v1/tags").expect(200);
    admin.delete(&path).expect(204);
    holder.get("/v1/tags").problem(401, "unauthorized");
    let revoked = admin.get(&path).expect(200).json["revoked_at"].clone();
    assert!(revoked.is_string());
    admin.delete(&path).expect(204);
    assert_eq!(admin.get(&path).expect(200).json["revoked_at"], revoked, "the first time stays");
    assert_eq!(app.rows("keys"), 2);
    let unknown = format!("/v1/keys/{}", Id::new());
    admin.delete(&unknown).problem(404, "not-found");
    admin.get(&unknown).problem(404, "not-found");
    admin.get("/v1/keys/no-id").problem(404, "not-found");
}

#[test]
fn create_key_expires_when_it_says() {
    let app = App::new();
    let admin = app.admin();
    let soon = Moment::now().plus_millis(1500).to_string();
    let new = json!({"name": "a", "scopes": ["drafts:read"], "expires_at": soon});
    let made = admin.post("/v1/keys", new).expect(201);
    assert_eq!(made.json["key"]["expires_at"], soon);
    let holder = app.with_key(made.text("token"));
    let began = Instant::now();
    while holder.get("/v1/tags").status == 200 {
        assert!(began.elapsed() < Duration::from_secs(30), "the key outlives its time");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(Moment::now().to_string() >= soon, "the key ended before its time");
    holder.get("/v1/tags").problem(401, "unauthorized");
    admin.get(made.header("location")).expect(200);
}

#[test]
fn get_key_says_when_it_was_last_used() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/keys", json!({"name": "a", "scopes": ["drafts:read"]})).expect(201);
    let used = || admin.get(made.header("location")).expect(200).json["last_used_at"].clone();
    assert_eq!(used(), json!(null));
    let before = Moment::now().to_string();
    app.with_key(made.text("token")).get("/v1/tags").expect(200);
    let began = Instant::now();
    while used() == Value::Null {
        assert!(began.elapsed() < Duration::from_secs(30), "the use is never noted");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(used().as_str().unwrap() >= before.as_str());
}

#[test]
fn list_keys_goes_on_from_the_last_made() {
    let app = App::new();
    let admin = app.admin();
    for name in ["a", "b", "c"] {
        admin.post("/v1/keys", json!({"name": name, "scopes": ["admin"]})).expect(201);
    }
    let first = admin.get("/v1/keys?limit=2&count=exact").expect(200);
    assert_eq!(first.each("name"), ["c", "b"]);
    assert_eq!(first.json["total"], 4);
    let next = format!("/v1/keys?limit=2&cursor={}", first.text("next_cursor"));
    let second = admin.get(&next).expect(200);
    assert_eq!(second.each("name"), ["a", "a test"]);
    assert_eq!(second.json["next_cursor"], json!(null));
}

#[test]
fn list_keys_needs_the_scope_admin() {
    let app = App::new();
    app.public().get("/v1/keys").problem(401, "unauthorized");
    let scopes =
        [Scope::DraftsRead, Scope::ContentWrite, Scope::CommentsWrite, Scope::CommentsModerate];
    let answer = app.with(&scopes).get("/v1/keys").problem(403, "forbidden");
    assert!(answer.text("detail").contains("`admin`"));
    // Who may not read is not told what there is.
    app.with(&scopes).get(&format!("/v1/keys/{}", Id::new())).problem(403, "forbidden");
}
