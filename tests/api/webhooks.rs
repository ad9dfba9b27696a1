//! Webhooks as a resource: made, shown, changed, listed and deleted.

use onrecord::auth::Scope;
use onrecord::db::types::Id;
use serde_json::{Value, json};

use crate::app::App;

const URL: &str = "https://news.example/hooks";

#[test]
fn create_webhook_shows_its_secret_once() {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/tags", json!({"name": "Russia"})).expect(201);
    let new = json!({
        "url": URL, "description": "Rebuilds.", "audience": "everything", "tag": "russia",
        "kinds": ["article.updated", "article.published"], "fields": ["title", "body", "title"],
    });
    let made = admin.post("/v1/webhooks", new).expect(201);
    assert_eq!(made.header("cache-control"), "no-store");
    let secret = made.text("secret");
    let bytes = secret.strip_prefix("whsec_").unwrap();
    let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, bytes);
    assert_eq!(decoded.unwrap().len(), 32);
    let webhook = &made.json["webhook"];
    assert_eq!(webhook["kinds"], json!(["article.published", "article.updated"]));
    assert_eq!(webhook["fields"], json!(["body", "title"]));
    assert_eq!(webhook["state"], "enabled");
    let tag = admin.get("/v1/tags/russia").expect(200);
    assert_eq!(webhook["tag_id"], tag.json["id"]);
    let path = made.header("location");
    let got = admin.get(path).expect(200);
    assert_eq!(&got.json, webhook);
    let list = admin.get("/v1/webhooks").expect(200);
    assert_eq!(list.json["items"], json!([webhook]));
    for answer in [got, list] {
        assert!(!String::from_utf8(answer.bytes).unwrap().contains(&secret[6..]));
    }
    let plain = admin.post("/v1/webhooks", json!({ "url": URL })).expect(201);
    assert_eq!(plain.json["webhook"]["audience"], "public");
    assert_eq!(plain.json["webhook"]["kinds"], json!([]));
    assert_ne!(plain.text("secret"), secret);
}

#[test]
fn create_webhook_refuses_what_would_never_be_told() {
    let app = App::new();
    let admin = app.admin();
    let cases = [
        (json!({}), "/url"),
        (json!({"url": 1}), "/url"),
        (json!({"url": URL, "kinds": ["article.publish"]}), "/kinds/0"),
        (json!({"url": URL, "kinds": "article.published"}), "/kinds"),
        (json!({"url": URL, "fields": ["title", "tilte"]}), "/fields/1"),
        (json!({"url": URL, "tag": "nobody"}), "/tag"),
        (json!({"url": URL, "audience": "drafts"}), "/audience"),
        (json!({"url": URL, "description": "  "}), "/description"),
        (json!({"url": URL, "state": "disabled"}), "/state"),
        (json!({"url": URL, "secret": "whsec_x"}), "/secret"),
        (json!({"url": format!("https://a.example/{}", "x".repeat(2000))}), "/url"),
    ];
    for (new, pointer) in cases {
        let answer = admin.post("/v1/webhooks", new.clone()).problem(422, "invalid-field");
        assert_eq!(answer.pointers(), [pointer], "{new}");
    }
    let typo = json!({"url": URL, "fields": ["tilte"]});
    let answer = admin.post("/v1/webhooks", typo).problem(422, "invalid-field");
    assert!(answer.json["detail"].as_str().unwrap().contains("did you mean `title`?"));
    assert_eq!(app.rows("webhooks"), 0);
    let key = [("content-type", "application/json"), ("idempotency-key", "a")];
    let body = json!({ "url": URL }).to_string();
    let answer = admin.send("POST", "/v1/webhooks", &key, body.as_bytes());
    answer.problem(400, "invalid-parameter");
}

#[test]
fn create_webhook_has_an_end() {
    let app = App::new();
    let admin = app.admin();
    for _ in 0..50 {
        admin.post("/v1/webhooks", json!({ "url": URL })).expect(201);
    }
    admin.post("/v1/webhooks", json!({ "url": URL })).problem(409, "conflict");
    assert_eq!(app.rows("webhooks"), 50);
}

#[test]
fn list_webhooks_pages_and_filters() {
    let app = App::new();
    let admin = app.admin();
    let made = (0..5).map(|n| {
        let new = json!({"url": format!("{URL}/{n}")});
        admin.post("/v1/webhooks", new).expect(201).header("location").to_owned()
    });
    let made = made.collect::<Vec<_>>();
    for path in &made[..2] {
        admin.patch(path, json!({"state": "disabled"})).expect(200);
    }
    let first = admin.get("/v1/webhooks?limit=2&state=enabled&count=exact").expect(200);
    assert_eq!(first.each("url"), [format!("{URL}/4"), format!("{URL}/3")]);
    assert_eq!(first.json["total"], 3);
    let cursor = first.text("next_cursor");
    let next = format!("/v1/webhooks?limit=2&state=enabled&cursor={cursor}");
    assert_eq!(admin.get(&next).expect(200).each("url"), [format!("{URL}/2")]);
    let other = format!("/v1/webhooks?limit=2&state=disabled&cursor={cursor}");
    admin.get(&other).problem(400, "invalid-cursor");
    admin.get("/v1/webhooks?state=broken").problem(400, "invalid-parameter");
    app.with(&[Scope::ContentWrite]).get("/v1/webhooks").problem(403, "forbidden");
}

#[test]
fn update_webhook_changes_what_is_sent_and_nothing_else() {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/tags", json!({"name": "Russia"})).expect(201);
    let new = json!({"url": URL, "description": "A", "kinds": ["tag.created"], "tag": "russia"});
    let made = admin.post("/v1/webhooks", new).expect(201);
    let path = made.header("location");
    let etag = admin.get(path).expect(200).header("etag").to_owned();
    let change = json!({"description": null, "tag": null, "fields": ["slug"], "kinds": []});
    let json = ("content-type", "application/json");
    let stale = [json, ("if-match", "\"0\"")];
    let body = change.to_string();
    admin.send("PATCH", path, &stale, body.as_bytes()).problem(412, "precondition-failed");
    let right = [json, ("if-match", etag.as_str())];
    let after = admin.send("PATCH", path, &right, body.as_bytes()).expect(200).json;
    assert_eq!((&after["description"], &after["tag_id"]), (&Value::Null, &Value::Null));
    assert_eq!((&after["fields"], &after["kinds"]), (&json!(["slug"]), &json!([])));
    assert_eq!((&after["url"], &after["version"]), (&json!(URL), &json!(2)));
    let off = admin.patch(path, json!({"state": "disabled"})).expect(200).json;
    assert_eq!((&off["state"], &off["state_reason"]), (&json!("disabled"), &Value::Null));
    for (patch, pointer) in [
        (json!({"url": null}), "/url"),
        (json!({"url": "http://a.example/"}), "/url"),
        (json!({"audience": "everything"}), "/audience"),
        (json!({"state": "paused"}), "/state"),
        (json!({"fields": ["nothing"]}), "/fields/0"),
        (json!({"tag": "nobody"}), "/tag"),
    ] {
        let answer = admin.patch(path, patch.clone()).problem(422, "invalid-field");
        assert_eq!(answer.pointers(), [pointer], "{patch}");
    }
    assert_eq!(admin.get(path).expect(200).json, off);
}

#[test]
fn get_webhook_and_its_routes_know_what_is_not_there() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/webhooks", json!({ "url": URL })).expect(201);
    let (path, nobody) = (made.header("location"), format!("/v1/webhooks/{}", Id::new()));
    let ping = admin.post(&format!("{path}/ping"), json!({})).expect(201);
    let list = admin.get(&format!("{path}/deliveries")).expect(200);
    assert_eq!(list.json["items"], json!([ping.json]));
    let other = admin.post("/v1/webhooks", json!({ "url": URL })).expect(201);
    let list = admin.get(&format!("{}/deliveries", other.header("location"))).expect(200);
    assert_eq!(list.json["items"], json!([]));
    let no_delivery = format!("/v1/webhook-deliveries/{}", Id::new());
    admin.get(&no_delivery).problem(404, "not-found");
    let again = format!("{no_delivery}/redeliver");
    admin.post(&again, json!({})).problem(404, "not-found");
    admin.get(&nobody).problem(404, "not-found");
    admin.patch(&nobody, json!({"kinds": []})).problem(404, "not-found");
    admin.delete(&nobody).problem(404, "not-found");
    admin.get(&format!("{nobody}/deliveries")).problem(404, "not-found");
    for action in ["ping", "rotate"] {
        let path = format!("{nobody}/{action}");
        admin.post(&path, json!({})).problem(404, "not-found");
    }
    admin.post(&format!("{nobody}/replay"), json!({"after": 0})).problem(404, "not-found");
    admin.get("/v1/webhooks/x").problem(404, "not-found");
}

#[test]
fn list_webhook_deliveries_pages_and_filters() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/webhooks", json!({ "url": URL })).expect(201);
    let path = made.header("location");
    let pings = (0..3).map(|_| {
        let ping = admin.post(&format!("{path}/ping"), json!({})).expect(201);
        admin.get(ping.header("location")).expect(200).json["id"].clone()
    });
    let mut pings = pings.collect::<Vec<_>>();
    pings.reverse();
    let first = admin.get(&format!("{path}/deliveries?limit=2&count=exact")).expect(200);
    assert_eq!((first.each("id"), &first.json["total"]), (pings[..2].to_vec(), &json!(3)));
    let cursor = first.text("next_cursor");
    let next = admin.get(&format!("{path}/deliveries?limit=2&cursor={cursor}")).expect(200);
    assert_eq!(next.each("id"), pings[2..]);
    let other = format!("{path}/deliveries?state=failed&cursor={cursor}");
    admin.get(&other).problem(400, "invalid-cursor");
    let failed = admin.get(&format!("{path}/deliveries?state=failed&count=exact")).expect(200);
    assert_eq!(failed.json["total"], 0);
    admin.get(&format!("{path}/deliveries?state=lost")).problem(400, "invalid-parameter");
}

#[test]
fn delete_webhook_forgets_what_was_sent() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/webhooks", json!({ "url": URL })).expect(201);
    let path = made.header("location");
    admin.post(&format!("{path}/ping"), json!({})).expect(201);
    assert_eq!(app.rows("webhook_deliveries"), 1);
    let stale = [("if-match", "\"0\"")];
    admin.send("DELETE", path, &stale, &[]).problem(412, "precondition-failed");
    admin.delete(path).expect(204);
    assert_eq!((app.rows("webhooks"), app.rows("webhook_deliveries")), (0, 0));
    admin.get(path).problem(404, "not-found");
}

#[test]
fn ping_webhook_is_made_once_under_one_key() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/webhooks", json!({ "url": URL })).expect(201);
    let path = format!("{}/ping", made.header("location"));
    let key = [("idempotency-key", "a")];
    let first = admin.send("POST", &path, &key, &[]).expect(201);
    assert_eq!(admin.send("POST", &path, &key, &[]).expect(201).json, first.json);
    assert_eq!(app.rows("webhook_deliveries"), 1);
    admin.patch(made.header("location"), json!({"state": "disabled"})).expect(200);
    admin.send("POST", &path, &[], &[]).problem(409, "conflict");
    let again = format!("{}/redeliver", first.header("location"));
    admin.send("POST", &again, &[], &[]).problem(409, "conflict");
    let replay = format!("{}/replay", made.header("location"));
    admin.post(&replay, json!({"after": 0})).problem(409, "conflict");
}
