//! Where webhooks may lead: nowhere but to the public internet, whatever their URL looks like.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use onrecord::webhooks::WebhookSettings;
use serde_json::{Value, json};

use crate::app::{App, database};
use crate::program::Program;
use crate::receiver::{Receiver, hook, quick, until};

/// Each leads inside, or is no address of a receiver.
const REFUSED: &[&str] = &[
    "http://news.example/hooks",
    "ftp://news.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "gopher://news.example/",
    "news.example/hooks",
    "//news.example/hooks",
    "/hooks",
    "https://",
    "https://user@news.example/",
    "https://user:password@news.example/",
    "https://:password@news.example/",
    "https://news.example/#fragment",
    "https://news.example:0/",
    "https://news.example:99999/",
    "https://news example/",
    "https://news.example/\n",
    " https://news.example/",
    "https://ne\tws.example/",
    "https://news.example/\r\nhost: a",
    "https://[::1",
    "https://localhost/",
    "https://LOCALHOST:8080/",
    "https://localhost./",
    "https://api.localhost/",
    "https://127.0.0.1/",
    "https://127.0.0.1.:8443/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://0.0.0.0/",
    "https://0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://0xA9FEA9FE/",
    "https://2852039166/",
    "https://100.64.0.1/",
    "https://100.127.255.254/",
    "https://192.0.0.1/",
    "https://192.0.2.1/",
    "https://192.88.99.1/",
    "https://198.18.0.1/",
    "https://198.19.255.255/",
    "https://198.51.100.1/",
    "https://203.0.113.1/",
    "https://224.0.0.1/",
    "https://239.255.255.255/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[::]/",
    "https://[::1]/",
    "https://[::127.0.0.1]/",
    "https://[::8.8.8.8]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[::ffff:0:127.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b::10.0.0.1]/",
    "https://[64:ff9b:1::8.8.8.8]/",
    "https://[2002:7f00:1::]/",
    "https://[2002:a00:1::1]/",
    "https://[2001::1]/",
    "https://[2001:db8::1]/",
    "https://[3fff::1]/",
    "https://[100::1]/",
    "https://[fc00::1]/",
    "https://[fd12:3456:789a::1]/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://[5f00::1]/",
];

/// Each leads to the public internet.
const TAKEN: &[&str] = &[
    "https://news.example/hooks?site=a&b=c",
    "https://news.example:8443/",
    "https://xn--bcher-kva.example/",
    "https://8.8.8.8/",
    "https://172.32.0.1/",
    "https://100.128.0.1/",
    "https://192.167.1.1/",
    "https://[2606:4700:4700::1111]/",
    "https://[2a00:1450:4001:80b::200e]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[64:ff9b::8.8.8.8]/",
    "https://localhost.example/",
];

#[test]
fn create_webhook_leads_to_the_public_internet_alone() {
    let app = App::new();
    let admin = app.admin();
    for url in REFUSED {
        let answer = admin.post("/v1/webhooks", json!({ "url": url }));
        assert_eq!(answer.status, 422, "{url}");
        assert_eq!(answer.problem(422, "invalid-field").pointers(), ["/url"], "{url}");
    }
    assert_eq!(app.rows("webhooks"), 0);
    for url in TAKEN {
        admin.post("/v1/webhooks", json!({ "url": url })).expect(201);
    }
    assert_eq!(app.rows("webhooks"), i64::try_from(TAKEN.len()).unwrap());
}

/// A server that knows these names, and whose webhooks lead as the setting says.
fn knowing(allow_private: bool, names: fn(&str) -> Vec<IpAddr>) -> App {
    let names = Arc::new(move |name: &str| Ok(names(name)));
    App::telling(database(), WebhookSettings { allow_private, names, ..quick() })
}

fn addresses(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// A name is judged by where it is when a message is sent, by all its addresses.
#[test]
fn ping_webhook_looks_where_a_name_is() {
    let app = knowing(false, |name| {
        addresses(match name {
            "loopback.example" => &["127.0.0.1"],
            "mixed.example" => &["93.184.215.14", "10.0.0.1"],
            "metadata.example" => &["169.254.169.254"],
            "mapped.example" => &["::ffff:127.0.0.1"],
            "local.example" => &["fd00::1"],
            _ => &[],
        })
    });
    let admin = app.admin();
    let canary = Receiver::taking();
    let port = canary.url.rsplit(':').next().unwrap().trim_end_matches("/hooks");
    for (name, why) in [
        (
            "loopback.example",
            "loopback.example is at 127.0.0.1, which is not on the public internet",
        ),
        ("mixed.example", "mixed.example is at 10.0.0.1, which is not on the public internet"),
        (
            "metadata.example",
            "metadata.example is at 169.254.169.254, which is not on the public internet",
        ),
        (
            "mapped.example",
            "mapped.example is at ::ffff:127.0.0.1, which is not on the public internet",
        ),
        ("local.example", "local.example is at fd00::1, which is not on the public internet"),
        ("nowhere.example", "nowhere.example has no address"),
    ] {
        let (path, _) = hook(&admin, &format!("https://{name}:{port}/hooks"), json!({}));
        let ping = admin.send("POST", &format!("{path}/ping"), &[], &[]).expect(201);
        let seen = until(&admin, ping.header("location"), |it| !it["last_error"].is_null());
        assert_eq!((&seen["last_error"], &seen["last_status"]), (&json!(why), &Value::Null));
    }
    assert_eq!(canary.rest(Duration::from_millis(100)).len(), 0);
}

#[test]
fn ping_webhook_goes_where_the_name_was_found() {
    let app = knowing(true, |_| addresses(&["127.0.0.1"]));
    let admin = app.admin();
    let receiver = Receiver::taking();
    let port = receiver.url.rsplit(':').next().unwrap().trim_end_matches("/hooks");
    let (path, _) = hook(&admin, &format!("http://hooks.example:{port}/hooks"), json!({}));
    admin.send("POST", &format!("{path}/ping"), &[], &[]).expect(201);
    assert_eq!(receiver.next().headers["host"], format!("hooks.example:{port}"));
}

/// What was let in for development is not led to in earnest; and no proxy of the environment is asked.
#[test]
fn ping_webhook_heeds_the_setting_it_finds() {
    let program = Program::new();
    let receiver = Receiver::taking();
    let made = program.run(&["keys", "create", "--name", "a", "--scope", "admin"]).expect(0);
    let client = |base: &str| {
        let address = base.strip_prefix("http://").unwrap().parse().unwrap();
        crate::app::Client::to(address, Some(made.stdout.trim().to_owned()))
    };
    let mut command =
        program.command(&["serve", "--listen", "127.0.0.1:0", "--allow-private-webhooks"]);
    for proxy in ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"] {
        command.env(proxy, "http://127.0.0.1:1");
    }
    let server = crate::program::Serving::start(&mut command);
    let admin = client(&server.base);
    let (path, _) = hook(&admin, &receiver.url, json!({}));
    admin.send("POST", &format!("{path}/ping"), &[], &[]).expect(201);
    receiver.next();
    server.stop();
    let server = program.serve(&[]);
    let admin = client(&server.base);
    let ping = admin.send("POST", &format!("{path}/ping"), &[], &[]).expect(201);
    let seen = until(&admin, ping.header("location"), |it| !it["last_error"].is_null());
    assert!(seen["last_error"].as_str().unwrap().starts_with("must begin with https://"), "{seen}");
    assert_eq!(receiver.rest(Duration::from_millis(200)).len(), 0);
    server.stop();
}
