//! Receivers that fail: asked again, left alone, and in nobody's way.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use onrecord::webhooks::WebhookSettings;
use serde_json::{Value, json};

use crate::app::{App, Client, database};
use crate::program::Program;
use crate::receiver::{Receiver, Reply, hook, quick, telling, until};

fn publish(admin: &Client, title: &str) {
    let new = json!({"title": title, "status": "published"});
    admin.post("/v1/articles", new).expect(201);
}

/// The one delivery of a webhook, once it is so.
#[track_caller]
fn delivery(admin: &Client, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let page = until(admin, &format!("{path}/deliveries"), |page| {
        page["items"].get(0).is_some_and(&is_so)
    });
    page["items"][0].clone()
}

#[test]
fn create_webhook_sends_again_under_the_same_id_until_it_is_taken() {
    let app = telling();
    let admin = app.admin();
    let receiver = Receiver::new(|n, _| Reply::Status([500, 404, 200][n.min(2)]));
    let (path, secret) = hook(&admin, &receiver.url, json!({}));
    publish(&admin, "Story");
    let messages = [receiver.next(), receiver.next(), receiver.next()];
    for message in &messages {
        assert_eq!(message.id(), messages[0].id());
        assert_eq!(message.signed_with(&secret), 1);
        assert_eq!(message.json(), messages[0].json());
    }
    for pair in messages.windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(60), "it did not wait");
    }
    let seen = delivery(&admin, &path, |it| it["state"] == "delivered");
    assert_eq!((&seen["attempts"], &seen["last_status"]), (&json!(3), &json!(200)));
    assert_eq!(seen["last_error"], Value::Null);
    until(&admin, &path, |hook| hook["failing_since"].is_null());
    assert_eq!(receiver.rest(Duration::from_millis(300)).len(), 0);
}

#[test]
fn get_webhook_delivery_says_why_it_is_given_up() {
    let app = telling();
    let admin = app.admin();
    let receiver = Receiver::new(|_, _| Reply::Status(500));
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    publish(&admin, "Story");
    let seen = delivery(&admin, &path, |it| it["state"] == "failed");
    assert_eq!((&seen["attempts"], &seen["last_status"]), (&json!(4), &json!(500)));
    assert_eq!(
        (&seen["last_error"], &seen["next_attempt_at"]),
        (&json!("answered 500"), &Value::Null)
    );
    let webhook = admin.get(&path).expect(200).json;
    assert!(webhook["failing_since"].is_string());
    assert_eq!(webhook["state"], "enabled");
}

#[test]
fn create_webhook_honours_retry_after() {
    let app = telling();
    let admin = app.admin();
    let receiver = Receiver::new(|n, _| match n {
        0 => Reply::With(503, "retry-after: 1".to_owned()),
        1 => {
            let soon = onrecord::db::types::Moment::now().plus_millis(2000).http_date();
            Reply::With(429, format!("Retry-After: {soon}"))
        }
        2 => Reply::With(503, "retry-after: 99999999999".to_owned()),
        _ => Reply::Status(200),
    });
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    publish(&admin, "Story");
    let [first, second, third] = [receiver.next(), receiver.next(), receiver.next()];
    assert!(second.at - first.at >= Duration::from_secs(1));
    assert!(third.at - second.at >= Duration::from_millis(900));
    // Nobody is waited for longer than a day.
    let seen = delivery(&admin, &path, |it| it["attempts"] == 3 && it["last_status"] == 503);
    let next =
        seen["next_attempt_at"].as_str().unwrap().parse::<onrecord::db::types::Moment>().unwrap();
    let latest = onrecord::db::types::Moment::now().plus_millis(24 * 60 * 60 * 1000 + 1000);
    assert!(next > latest.plus_millis(-60_000) && next <= latest, "{seen}");
}

#[test]
fn update_webhook_enables_one_that_wanted_no_more() {
    let app = telling();
    let admin = app.admin();
    let receiver = Receiver::new(|n, _| Reply::Status(if n == 0 { 410 } else { 200 }));
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    publish(&admin, "One");
    let off = until(&admin, &path, |hook| hook["state"] == "disabled");
    assert!(off["state_reason"].as_str().unwrap().contains("410"), "{off}");
    assert_eq!(delivery(&admin, &path, |_| true)["state"], "failed");
    receiver.next();
    publish(&admin, "Two");
    publish(&admin, "Three");
    assert_eq!(receiver.rest(Duration::from_millis(500)).len(), 0);
    let on = admin.patch(&path, json!({"state": "enabled"})).expect(200).json;
    assert_eq!((&on["state_reason"], &on["failing_since"]), (&Value::Null, &Value::Null));
    let mut titles = [receiver.next(), receiver.next()]
        .map(|message| message.json()["data"]["resource"]["title"].as_str().unwrap().to_owned());
    titles.sort_unstable();
    assert_eq!(titles, ["Three", "Two"], "it goes on where it was stopped");
}

#[test]
fn get_webhook_says_that_nothing_was_taken_for_too_long() {
    let settings = WebhookSettings {
        failing_max: Duration::from_millis(300),
        pauses: vec![Duration::from_millis(150); 9],
        ..quick()
    };
    let app = App::telling(database(), settings);
    let admin = app.admin();
    let receiver = Receiver::new(|_, _| Reply::Status(500));
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    publish(&admin, "Story");
    let off = until(&admin, &path, |hook| hook["state"] == "disabled");
    let reason = off["state_reason"].as_str().unwrap();
    assert!(reason.starts_with("Nothing was taken since 20") && reason.ends_with("answered 500"));
    receiver.rest(Duration::from_millis(100));
    assert_eq!(receiver.rest(Duration::from_millis(500)).len(), 0, "it is left alone");
    assert_eq!(delivery(&admin, &path, |_| true)["state"], "pending");
}

#[test]
fn create_webhook_is_not_led_on_nor_held_up() {
    let app = telling();
    let admin = app.admin();
    let canary = Receiver::taking();
    let to = format!("location: {}", canary.url);
    let cases: [(Reply, &str, &str); 7] = [
        (Reply::With(302, to.clone()), "failed", "answered 302: redirects are not followed"),
        (Reply::With(307, to.clone()), "failed", "answered 307: redirects are not followed"),
        (Reply::With(308, to), "failed", "answered 308: redirects are not followed"),
        (Reply::Silence(Duration::from_secs(3)), "failed", "gave no answer in time"),
        (Reply::Endless, "delivered", ""),
        (Reply::Raw("SSH-2.0-OpenSSH_9\r\n"), "failed", ""),
        (Reply::Raw(""), "failed", ""),
    ];
    let hooks = cases.map(|(reply, state, error)| {
        let receiver = Receiver::new(move |_, _| reply.clone());
        let (path, _) = hook(&admin, &receiver.url, json!({}));
        (receiver, path, state, error)
    });
    publish(&admin, "Story");
    for (_receiver, path, state, error) in &hooks {
        let seen = delivery(&admin, path, |it| it["state"] == *state);
        if !error.is_empty() {
            assert_eq!(seen["last_error"], *error);
        }
        assert_eq!(seen["last_error"].is_null(), *state == "delivered");
    }
    assert_eq!(canary.rest(Duration::from_millis(200)).len(), 0);
}

#[test]
fn create_webhook_lets_no_dead_receiver_delay_another() {
    let app = telling();
    let admin = app.admin();
    let dead = (0..8).map(|_| Receiver::new(|_, _| Reply::Silence(Duration::from_secs(60))));
    let dead = dead.collect::<Vec<_>>();
    for receiver in &dead {
        hook(&admin, &receiver.url, json!({}));
    }
    // One where nobody listens at all.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (refused, _) = hook(&admin, &format!("http://{nobody}/"), json!({}));
    let living = Receiver::taking();
    hook(&admin, &living.url, json!({}));
    for n in 0..20 {
        publish(&admin, &format!("Story {n}"));
    }
    let begun = Instant::now();
    for _ in 0..20 {
        living.next();
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let seen = delivery(&admin, &refused, |it| !it["last_error"].is_null());
    assert_eq!(seen["last_status"], Value::Null);
    // One that fails is tried by one message at a time.
    for receiver in &dead {
        assert!(receiver.rest(Duration::from_millis(1)).len() <= 20);
    }
}

#[test]
fn delete_webhook_ends_what_is_pending() {
    let app = telling();
    let admin = app.admin();
    let receiver = Receiver::new(|_, _| {
        std::thread::sleep(Duration::from_millis(300));
        Reply::Status(500)
    });
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    for n in 0..3 {
        publish(&admin, &format!("Story {n}"));
    }
    receiver.next();
    admin.delete(&path).expect(204);
    assert_eq!((app.rows("webhooks"), app.rows("webhook_deliveries")), (0, 0));
    receiver.rest(Duration::from_millis(400));
    assert_eq!(receiver.rest(Duration::from_millis(500)).len(), 0);
}

/// Whoever holds a message too long for one that lives is taken for dead, and what they say of it then counts for nothing.
#[test]
fn create_webhook_is_sent_to_by_another_when_the_first_dies() {
    let (url, folder) = database();
    let stuck = WebhookSettings {
        answer_max: Duration::from_secs(3),
        held: Duration::from_secs(1),
        ..quick()
    };
    let first = App::telling((url.clone(), None), stuck.clone());
    let receiver = Receiver::new(|n, _| match n {
        0 => Reply::Silence(Duration::from_secs(10)),
        _ => Reply::Status(200),
    });
    let admin = first.admin();
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    publish(&admin, "Story");
    let one = receiver.next();
    let other = App::telling((url, folder), stuck);
    let two = receiver.next();
    assert_eq!(one.id(), two.id());
    assert!(two.at - one.at >= Duration::from_millis(900), "it was taken from one who lives");
    let seen = delivery(&admin, &path, |it| it["state"] == "delivered");
    assert_eq!(seen["attempts"], 2);
    std::thread::sleep(Duration::from_millis(2500));
    assert_eq!(delivery(&admin, &path, |_| true), seen);
    assert_eq!(receiver.rest(Duration::from_millis(100)).len(), 0);
    drop((first, other));
}

/// Whoever holds a message sends it.
#[test]
fn two_servers_tell_each_message_once() {
    let program = Program::new();
    let receiver = Receiver::taking();
    let servers = [(); 2].map(|()| program.serve(&["--allow-private-webhooks"]));
    let made = program.run(&["keys", "create", "--name", "a", "--scope", "admin"]).expect(0);
    let clients = servers.each_ref().map(|server| {
        let address = server.base.strip_prefix("http://").unwrap().parse().unwrap();
        Client::to(address, Some(made.stdout.trim().to_owned()))
    });
    let (path, _) = hook(&clients[0], &receiver.url, json!({}));
    for n in 0..40 {
        publish(&clients[n % 2], &format!("Story {n}"));
    }
    let all = format!("{path}/deliveries?state=delivered&count=exact");
    until(&clients[1], &all, |page| page["total"] == 40);
    let mut ids = receiver
        .rest(Duration::from_millis(500))
        .iter()
        .map(|it| it.id().to_owned())
        .collect::<Vec<_>>();
    assert_eq!(ids.len(), 40, "a message was sent twice, or not at all");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 40);
    for server in servers {
        let ended = server.stop();
        assert_eq!(ended.code, 0, "{}", ended.stderr);
    }
}
