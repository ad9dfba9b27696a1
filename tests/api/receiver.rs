//! A receiver of webhooks on loopback: takes what comes, answers as the test says, and checks signatures by itself.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use onrecord::webhooks::WebhookSettings;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::app::{App, Client, SCHEMAS};

/// A message as it came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its request line.
    pub line: String,
    /// Its headers, in lower case.
    pub headers: HashMap<String, String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it came.
    pub at: Instant,
}

impl Received {
    /// Its body.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// Its `webhook-id`.
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    /// Its signatures, as Standard Webhooks makes them of this secret: how many of them are right.
    pub fn signed_with(&self, secret: &str) -> usize {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        let head = format!("{}.{}.", self.id(), self.headers["webhook-timestamp"]);
        mac.update(head.as_bytes());
        mac.update(&self.bytes);
        let right = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.headers["webhook-signature"].split(' ').filter(|it| *it == right).count()
    }
}

/// What a receiver answers.
#[derive(Debug, Clone)]
pub enum Reply {
    /// This status.
    Status(u16),
    /// This status with a header.
    With(u16, String),
    /// Nothing, for so long.
    Silence(Duration),
    /// 200, and bytes without an end.
    Endless,
    /// This, whatever it is.
    Raw(&'static str),
}

/// A receiver at work.
pub struct Receiver {
    /// Where it is.
    pub url: String,
    received: mpsc::Receiver<Received>,
}

impl Receiver {
    /// One that answers so; the number says how many came before.
    pub fn new(reply: impl Fn(usize, &Received) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let (sender, received) = mpsc::channel();
        let (reply, count) = (Arc::new(reply), Arc::new(AtomicUsize::new(0)));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (sender, reply) = (sender.clone(), Arc::clone(&reply));
                let count = Arc::clone(&count);
                std::thread::spawn(move || {
                    serve(&stream.unwrap(), |message| {
                        let _ = sender.send(message.clone());
                        reply(count.fetch_add(1, Ordering::SeqCst), message)
                    })
                });
            }
        });
        Self { url, received }
    }

    /// One that takes everything.
    pub fn taking() -> Self {
        Self::new(|_, _| Reply::Status(204))
    }

    /// The next message.
    #[track_caller]
    pub fn next(&self) -> Received {
        let message = self.received.recv_timeout(Duration::from_secs(60));
        described(message.expect("no message came"))
    }

    /// The next so many messages, after which none comes for a while.
    #[track_caller]
    pub fn these(&self, count: usize, patience: Duration) -> Vec<Received> {
        let messages = (0..count).map(|_| self.next()).collect();
        assert_eq!(self.rest(patience).len(), 0, "more than {count} messages came");
        messages
    }

    /// The messages that come within a while.
    pub fn rest(&self, patience: Duration) -> Vec<Received> {
        let until = Instant::now() + patience;
        let left = || until.saturating_duration_since(Instant::now());
        std::iter::from_fn(|| self.received.recv_timeout(left()).ok()).map(described).collect()
    }
}

/// The same message, which must be as the document describes it.
#[track_caller]
fn described(message: Received) -> Received {
    let event = message.json();
    let document = onrecord::api::openapi().unwrap();
    let kind = event["type"].as_str().unwrap();
    let operation = &document["components"]["pathItems"][kind]["post"];
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    let name = schema.as_str().unwrap().rsplit('/').next().unwrap();
    let faults = SCHEMAS.check(name, &event);
    assert!(faults.is_empty(), "{event}: {faults:#?}");
    message
}

fn serve(stream: &TcpStream, mut reply: impl FnMut(&Received) -> Reply) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let mut headers = HashMap::new();
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            let Some((name, value)) = header.trim_end().split_once(": ") else { break };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let mut bytes = vec![0; headers["content-length"].parse().unwrap()];
        reader.read_exact(&mut bytes).ok()?;
        let line = line.trim_end().to_owned();
        let answer = match reply(&Received { line, headers, bytes, at: Instant::now() }) {
            Reply::Status(204) => "HTTP/1.1 204 No Content\r\n\r\n".to_owned(),
            Reply::Status(status) => format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n"),
            Reply::With(status, header) => {
                format!("HTTP/1.1 {status} X\r\n{header}\r\ncontent-length: 0\r\n\r\n")
            }
            Reply::Silence(time) => {
                std::thread::sleep(time);
                return None;
            }
            Reply::Endless => {
                writer.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
                loop {
                    writer.write_all(&[b'x'; 4096]).ok()?;
                }
            }
            Reply::Raw(text) => {
                writer.write_all(text.as_bytes()).ok()?;
                return None;
            }
        };
        writer.write_all(answer.as_bytes()).ok()?;
    }
}

/// Webhooks that may lead to loopback, and do not wait for days.
pub fn quick() -> WebhookSettings {
    WebhookSettings {
        allow_private: true,
        answer_max: Duration::from_millis(800),
        pauses: vec![Duration::from_millis(60); 3],
        ..WebhookSettings::default()
    }
}

/// A server on an empty database that tells webhooks of changes, without waiting for days.
pub fn telling() -> App {
    App::telling(crate::app::database(), quick())
}

/// Makes a webhook that leads there, with this said of it; answers its path and its secret.
#[expect(clippy::needless_pass_by_value, reason = "a test writes what it says into the call")]
#[track_caller]
pub fn hook(admin: &Client, url: &str, said: Value) -> (String, String) {
    let mut new = json!({ "url": url });
    new.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
    let made = admin.post("/v1/webhooks", new).expect(201);
    (made.header("location").to_owned(), made.text("secret").to_owned())
}

/// Waits until this is so of what stands there.
#[track_caller]
pub fn until(client: &Client, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let seen = client.get(path).expect(200).json;
        if is_so(&seen) {
            return seen;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{path} stays {seen}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
