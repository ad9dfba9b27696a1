//! What webhooks are told: of which changes, when, in which words, and under whose signature.

use std::time::Duration;

use serde_json::{Value, json};

use crate::app::{App, Client, database};
use crate::receiver::{Receiver, Reply, hook, quick, telling, until};

/// Long enough for what should not come to have come.
const A_WHILE: Duration = Duration::from_millis(700);

fn publish(admin: &Client, title: &str) -> Value {
    let new = json!({"title": title, "status": "published", "body": "Words."});
    admin.post("/v1/articles", new).expect(201).json
}

/// The types of the next so many messages, after which none comes for a while.
fn types(receiver: &Receiver, count: usize) -> Vec<String> {
    let mut types = receiver
        .these(count, A_WHILE)
        .iter()
        .map(|message| message.json()["type"].as_str().unwrap().to_owned())
        .collect::<Vec<_>>();
    types.sort_unstable();
    types
}

#[test]
fn create_webhook_tells_of_changes_as_standard_webhooks_says() {
    let (app, receiver) = (telling(), Receiver::taking());
    let admin = app.admin();
    publish(&admin, "From before");
    let (path, secret) = hook(&admin, &receiver.url, json!({}));
    let article = publish(&admin, "Story");
    let message = receiver.next();
    assert_eq!(message.line, "POST /hooks HTTP/1.1");
    assert_eq!(message.headers["content-type"], "application/json");
    assert!(message.headers["user-agent"].starts_with("Onrecord/"));
    assert_eq!(message.signed_with(&secret), 1);
    assert_eq!(message.signed_with("whsec_AAAA"), 0);
    assert_eq!(message.headers["webhook-signature"].split(' ').count(), 1);
    let sent = message.headers["webhook-timestamp"].parse::<i64>().unwrap();
    let now = onrecord::db::types::Moment::now().as_millis() / 1000;
    assert!((now - sent).abs() < 60);
    let event = message.json();
    assert_eq!(event["type"], "article.published");
    assert_eq!(event["timestamp"], event["data"]["at"]);
    assert_eq!(event["data"]["type"], "article");
    assert_eq!(event["data"]["id"], article["id"]);
    let shown = app.public().get("/v1/articles/story").expect(200).json;
    assert_eq!(event["data"]["resource"], shown);
    let feed = app.public().get("/v1/changes?include=resource").expect(200).json;
    assert_eq!(feed["items"].as_array().unwrap().last().unwrap(), &event["data"]);
    let list = format!("{path}/deliveries");
    let seen = until(&admin, &list, |page| page["items"][0]["state"] == "delivered");
    let delivery = &seen["items"][0];
    assert_eq!(delivery["message_id"], message.id());
    assert_eq!((&delivery["last_status"], &delivery["attempts"]), (&json!(204), &json!(1)));
    assert_eq!(delivery["seq"], event["data"]["seq"]);
    assert_eq!(
        (&delivery["next_attempt_at"], &delivery["last_error"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(types(&receiver, 0), Vec::<String>::new());
}

/// Whoever asks as soon as they are told is not answered from before.
#[test]
fn create_webhook_tells_only_what_can_be_read() {
    let app = telling();
    let (admin, address) = (app.admin(), app.address);
    let receiver = Receiver::new(move |_, message| {
        let event = message.json();
        let path = format!("/v1/articles/{}", event["data"]["id"].as_str().unwrap());
        let read = Client::to(address, None).get(&path).expect(200).json;
        Reply::Status(if read == event["data"]["resource"] { 200 } else { 500 })
    });
    let said = json!({"kinds": ["article.published", "article.updated"]});
    let (path, _) = hook(&admin, &receiver.url, said);
    for n in 0..10 {
        publish(&admin, &format!("Story {n}"));
    }
    let all = format!("{path}/deliveries?count=exact&state=delivered&limit=100");
    let seen = until(&admin, &all, |page| page["total"] == 10);
    assert!(seen["items"].as_array().unwrap().iter().all(|it| it["attempts"] == 1), "{seen}");
}

#[test]
fn create_webhook_tells_readers_nothing_of_drafts() {
    let (app, public, all) = (telling(), Receiver::taking(), Receiver::taking());
    let admin = app.admin();
    hook(&admin, &public.url, json!({}));
    let kinds = ["article.created", "article.published", "article.unpublished"];
    hook(&admin, &all.url, json!({"audience": "everything", "kinds": kinds}));
    admin.post("/v1/articles", json!({"title": "Draft"})).expect(201);
    let told = all.next().json();
    assert_eq!(told["type"], "article.created");
    assert_eq!(told["data"]["resource"], admin.get("/v1/articles/draft").expect(200).json);
    assert_eq!(public.rest(A_WHILE).len(), 0);
    admin.patch("/v1/articles/draft", json!({"status": "published"})).expect(200);
    let told = public.next().json();
    assert_eq!((&told["type"], &told["data"]["seq"]), (&json!("article.published"), &json!(1)));
    admin.patch("/v1/articles/draft", json!({"status": "archived"})).expect(200);
    let told = public.next().json();
    assert_eq!(told["type"], "article.unpublished");
    assert_eq!(told["data"]["deleted"], true);
    assert_eq!(told["data"].get("resource"), None);
    assert_eq!(all.these(2, A_WHILE).len(), 2);
}

/// What was public when it happened may be so no more when it is sent.
#[test]
fn create_webhook_sends_nobody_what_they_may_not_see_any_more() {
    let app = telling();
    let admin = app.admin();
    let receiver = Receiver::new(|n, _| Reply::Status(if n == 0 { 503 } else { 200 }));
    let slow =
        onrecord::webhooks::WebhookSettings { pauses: vec![Duration::from_millis(900)], ..quick() };
    drop(app);
    let app = App::telling(database(), slow);
    drop(admin);
    let admin = app.admin();
    hook(&admin, &receiver.url, json!({"kinds": ["article.published"]}));
    publish(&admin, "Story");
    let first = receiver.next();
    assert_eq!(first.json()["data"]["resource"]["title"], "Story");
    admin.patch("/v1/articles/story", json!({"status": "archived"})).expect(200);
    let again = receiver.next();
    assert_eq!(again.id(), first.id());
    assert_eq!(again.json()["data"]["deleted"], true);
    assert!(!String::from_utf8(again.bytes).unwrap().contains("Story"));
}

#[test]
fn update_webhook_filters_by_kind_tag_and_field() {
    let app = telling();
    let admin = app.admin();
    let said = [
        json!({"kinds": ["tag.created", "article.updated"], "audience": "everything"}),
        json!({"tag": "russia", "audience": "public"}),
        json!({"fields": ["title"], "kinds": ["article.published", "article.updated"]}),
    ];
    admin.post("/v1/tags", json!({"name": "Russia"})).expect(201);
    admin.post("/v1/tags", json!({"name": "Sport"})).expect(201);
    let receivers = said.map(|said| {
        let receiver = Receiver::taking();
        hook(&admin, &receiver.url, said);
        receiver
    });
    let new = json!({"title": "One", "tags": ["russia"], "status": "published"});
    admin.post("/v1/articles", new).expect(201);
    let new = json!({"title": "Two", "tags": ["sport"], "status": "published"});
    admin.post("/v1/articles", new).expect(201);
    admin.patch("/v1/articles/one", json!({"title": "First"})).expect(200);
    admin.patch("/v1/articles/one", json!({"standfirst": "S"})).expect(200);
    admin.post("/v1/tags", json!({"name": "China"})).expect(201);
    let [kinds, tag, field] = receivers;
    assert_eq!(types(&kinds, 3), ["article.updated", "article.updated", "tag.created"]);
    let of_tag = ["article.published", "article.updated", "article.updated", "tag.updated"];
    assert_eq!(types(&tag, 4), of_tag);
    let of_field = ["article.published", "article.published", "article.updated"];
    assert_eq!(types(&field, 3), of_field);
    // A tag that goes into another is followed there.
    admin.post("/v1/tags/russia/merge", json!({"into": "china"})).expect(200);
    tag.rest(A_WHILE * 3);
    let new = json!({"title": "Three", "tags": ["china"], "status": "published"});
    admin.post("/v1/articles", new).expect(201);
    assert_eq!(types(&tag, 2), ["article.published", "tag.updated"]);
}

#[test]
fn rotate_webhook_signs_with_both_secrets() {
    let (app, receiver) = (telling(), Receiver::taking());
    let admin = app.admin();
    let (path, first) = hook(&admin, &receiver.url, json!({}));
    let rotate = || {
        let answer = admin.post(&format!("{path}/rotate"), json!({})).expect(200);
        assert!(answer.json["webhook"]["previous_secret_until"].is_string());
        answer.text("secret").to_owned()
    };
    let second = rotate();
    assert_ne!(first, second);
    publish(&admin, "One");
    let message = receiver.next();
    assert_eq!((message.signed_with(&first), message.signed_with(&second)), (1, 1));
    assert_eq!(message.headers["webhook-signature"].split(' ').count(), 2);
    let third = rotate();
    publish(&admin, "Two");
    let message = receiver.next();
    let right = [&first, &second, &third].map(|secret| message.signed_with(secret));
    assert_eq!(right, [0, 1, 1], "the second rotation ends the first secret");
    let key = [("idempotency-key", "a")];
    let answer = admin.send("POST", &format!("{path}/rotate"), &key, &[]);
    answer.problem(400, "invalid-parameter");
}

#[test]
fn ping_webhook_sends_a_signed_message() {
    let (app, receiver) = (telling(), Receiver::taking());
    let admin = app.admin();
    let (path, secret) = hook(&admin, &receiver.url, json!({}));
    let made = admin.send("POST", &format!("{path}/ping"), &[], &[]).expect(201);
    let message = receiver.next();
    assert_eq!(message.id(), made.text("message_id"));
    assert_eq!(message.signed_with(&secret), 1);
    let ping = message.json();
    assert_eq!(
        (&ping["type"], &ping["timestamp"]),
        (&json!("webhook.ping"), &made.json["created_at"])
    );
    assert_eq!(format!("/v1/webhooks/{}", ping["data"]["webhook_id"].as_str().unwrap()), path);
    let seen = until(&admin, made.header("location"), |it| it["state"] == "delivered");
    assert_eq!((&seen["kind"], &seen["seq"]), (&Value::Null, &Value::Null));
}

#[test]
fn redeliver_webhook_delivery_sends_the_same_message_again() {
    let (app, receiver) = (telling(), Receiver::taking());
    let admin = app.admin();
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    publish(&admin, "Story");
    let first = receiver.next();
    let list = format!("{path}/deliveries?state=delivered");
    let seen = until(&admin, &list, |page| page["items"].as_array().unwrap().len() == 1);
    let delivery = format!("/v1/webhook-deliveries/{}", seen["items"][0]["id"].as_str().unwrap());
    let again = admin.send("POST", &format!("{delivery}/redeliver"), &[], &[]).expect(200);
    assert_eq!(again.json["state"], "pending");
    let second = receiver.next();
    assert_eq!((first.id(), first.json()), (second.id(), second.json()));
    let seen = until(&admin, &delivery, |it| it["state"] == "delivered");
    assert_eq!(seen["attempts"], 1);
}

#[test]
fn replay_webhook_tells_everything_after_a_change_again() {
    let (app, receiver) = (telling(), Receiver::taking());
    let admin = app.admin();
    publish(&admin, "From before");
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    for title in ["One", "Two"] {
        publish(&admin, title);
    }
    let mut first = receiver.these(2, A_WHILE);
    first.sort_by_key(|message| message.json()["data"]["seq"].as_i64());
    let seqs = first.iter().map(|it| it.json()["data"]["seq"].clone()).collect::<Vec<_>>();
    assert_eq!(seqs, [2, 3]);
    admin.post(&format!("{path}/replay"), json!({"after": 2})).expect(200);
    let again = receiver.these(1, A_WHILE);
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].id(), again[0].json()), (first[1].id(), first[1].json()));
    admin.post(&format!("{path}/replay"), json!({"after": 0})).expect(200);
    let all = receiver.these(3, A_WHILE);
    assert_eq!(all.len(), 3);
    let list = format!("{path}/deliveries?count=exact");
    assert_eq!(admin.get(&list).expect(200).json["total"], 3);
    let late = admin.post(&format!("{path}/replay"), json!({"after": 99}));
    assert_eq!(late.problem(422, "invalid-field").pointers(), ["/after"]);
    app.db.write_now(|conn| onrecord::changes::prune(conn, 1)).unwrap();
    admin.post(&format!("{path}/replay"), json!({"after": 0})).problem(410, "gone");
}

/// What was written while nobody sent is sent by whoever comes.
#[test]
fn create_webhook_loses_nothing_while_no_server_runs() {
    let (url, folder) = database();
    let receiver = Receiver::taking();
    let silent = App::on((url.clone(), None));
    let admin = silent.admin();
    let loud = App::telling((url.clone(), None), quick());
    let (path, secret) = hook(&loud.admin(), &receiver.url, json!({}));
    // Stopped as a server is: its thread ends before it does.
    loud.settle();
    drop(loud);
    for n in 0..30 {
        publish(&admin, &format!("Story {n}"));
    }
    assert_eq!(receiver.rest(A_WHILE).len(), 0);
    drop(silent);
    let app = App::telling((url, folder), quick());
    let mut told = (0..30).map(|_| receiver.next()).collect::<Vec<_>>();
    assert!(told.iter().all(|message| message.signed_with(&secret) == 1));
    told.sort_by_key(|message| message.json()["data"]["seq"].as_i64());
    let seqs = told.iter().map(|it| it.json()["data"]["seq"].as_i64().unwrap());
    assert_eq!(seqs.collect::<Vec<_>>(), (1..=30).collect::<Vec<_>>());
    let all = format!("{path}/deliveries?state=delivered&count=exact");
    until(&app.admin(), &all, |page| page["total"] == 30);
    assert_eq!(receiver.rest(A_WHILE).len(), 0);
}
