//! SQLite and PostgreSQL answer the same: random sequences of requests, played on both.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::{Answer, App, Client, JSON, sqlite};
use crate::dice::Dice;

/// A request, the same for both: `{quote}`, `{link}` and `{cursor}` stand for what each was given.
struct Request {
    method: &'static str,
    path: String,
    body: Value,
}

const NAMES: &[&str] = &["Red", "red", "Blue Sky", "Élan", "中国", "a_b%", "İstanbul", "50% off"];
const SLUGS: &[&str] = &["red", "blue-sky", "elan", "中国", "red-2", "a-b", "nowhere", "a%b"];
const WORDS: &[&str] = &["One “red” day", "we see a trend", "Ünïcode 中国", "😀 said", "a b a b"];

fn article(dice: &mut Dice) -> Value {
    let mut body = json!({"title": dice.of(NAMES), "status": dice.of(&["draft", "published", "archived", "bogus"])});
    let mut set = |dice: &mut Dice, name: &str, value: Value| {
        if dice.roll(3) == 0 {
            body[name] = value;
        }
    };
    let (a, b) = (dice.of(NAMES), dice.of(NAMES));
    set(dice, "tags", json!([a, b]));
    set(dice, "authors", json!([b]));
    let word = dice.of(WORDS);
    set(dice, "body", json!(format!("{word}. {a} and {word}.")));
    let speaker = dice.of(NAMES);
    set(
        dice,
        "quotes",
        json!([{"text": word, "speaker_name": speaker, "affiliation": a}, {"text": b}]),
    );
    let target = dice.of(SLUGS);
    set(dice, "links", json!([{"title": b}, {"target": target}]));
    set(dice, "links", json!([{"url": "https://example.com/ä"}, {"title": a}]));
    let language = dice.of(&["en", "en-GB", "zh-Hant", "xx-yyyy-zzzz"]);
    set(dice, "language", json!(language));
    let day = dice.roll(28) + 1;
    set(dice, "published_at", json!(format!("2020-02-{day:02}T12:00:00+01:00")));
    let slug = dice.of(SLUGS);
    if dice.roll(6) == 0 {
        body["slug"] = json!(slug);
    }
    body
}

fn filter(dice: &mut Dice) -> String {
    let (name, slug, day) = (dice.of(NAMES), dice.of(SLUGS), dice.roll(28) + 1);
    let parts = [
        format!("limit={}", dice.roll(4)),
        format!("tag=red,-{}", dice.of(&["elan", "blue-sky", "(red|elan)"])),
        format!("tag=({}|{})", dice.of(&["red", "nowhere"]), dice.of(&["blue-sky", "-elan"])),
        format!(
            "order={}",
            dice.of(&["title", "published_at", "-updated_at", "-title", "-published_at"])
        ),
        format!("include={}", dice.of(&["body", "quotes,links", "authors", "secrets"])),
        format!("status={}", dice.of(&["draft", "draft,published", "archived"])),
        format!("from=2020-02-{day:02}"),
        format!("to=2020-02-{day:02}T00:00:00Z"),
        "count=exact".to_owned(),
        "language=en".to_owned(),
        format!("fields={}", dice.of(&["title,slug", "tags.name", "titel"])),
        format!("speaker={}", encoded(slug)),
        format!("author={}", encoded(slug)),
        format!("affiliation={}", encoded(name)),
        format!("ids={},{}", encoded(slug), encoded(dice.of(SLUGS))),
    ];
    (0..dice.roll(4)).map(|_| parts[dice.roll(parts.len())].clone()).collect::<Vec<_>>().join("&")
}

fn encoded(text: &str) -> String {
    onrecord::api::path(&[text]).trim_start_matches('/').to_owned()
}

fn request(dice: &mut Dice) -> Request {
    let slug = encoded(dice.of(SLUGS));
    let (name, other) = (dice.of(NAMES), dice.of(SLUGS));
    let list = dice.of(&["tags", "people"]);
    let part = dice.of(&["quotes", "links"]);
    let one = if part == "quotes" { "{quote}" } else { "{link}" };
    let part_body = if part == "quotes" {
        json!({"text": dice.of(WORDS), "speaker_name": name, "position": dice.roll(4)})
    } else {
        json!({"title": name, "position": dice.roll(4)})
    };
    let (method, path, body) = match dice.roll(20) {
        0..=4 => ("POST", "/v1/articles".to_owned(), article(dice)),
        5 => ("PUT", format!("/v1/articles/{slug}"), article(dice)),
        6 => ("PATCH", format!("/v1/articles/{slug}"), article(dice)),
        7 => ("DELETE", format!("/v1/articles/{slug}"), Value::Null),
        8 => ("POST", format!("/v1/{list}"), json!({"name": name})),
        9 => ("PATCH", format!("/v1/{list}/{slug}"), json!({"name": name, "slug": other})),
        10 => ("DELETE", format!("/v1/{list}/{slug}"), Value::Null),
        11 => ("POST", format!("/v1/{list}/{slug}/merge"), json!({"into": other})),
        12 => ("POST", format!("/v1/articles/{slug}/{part}"), part_body),
        13 => ("PATCH", format!("/v1/{part}/{one}"), json!({"position": dice.roll(4)})),
        14 => (dice.of(&["DELETE", "GET"]), format!("/v1/{part}/{one}"), Value::Null),
        15 => ("GET", format!("/v1/articles/{slug}"), Value::Null),
        16 => (
            "GET",
            format!("/v1/{}?count=exact&limit=2&cursor={{cursor}}", dice.of(&["tags", "articles"])),
            Value::Null,
        ),
        17 => (
            "GET",
            format!("/v1/{}?count=exact", dice.of(&["tags", "people", "quotes", "links"])),
            Value::Null,
        ),
        _ => ("GET", format!("/v1/articles?{}", filter(dice)), Value::Null),
    };
    Request { method, path, body }
}

/// One of the two servers, and what it has given away so far.
struct Side {
    _app: App,
    admin: Client,
    public: Client,
    host: String,
    ids: Vec<String>,
    cursor: String,
    quote: String,
    link: String,
}

impl Side {
    fn new(app: App) -> Self {
        let none = String::from("00000000-0000-0000-0000-000000000000");
        Self {
            admin: app.admin(),
            public: app.public(),
            host: app.address.to_string(),
            ids: Vec::new(),
            cursor: "x".to_owned(),
            quote: none.clone(),
            link: none,
            _app: app,
        }
    }

    /// Plays a request; what it gives is the answer without what differs by nature.
    fn play(&mut self, request: &Request, public: bool) -> String {
        let path = request.path.replace("{quote}", &self.quote).replace("{link}", &self.link);
        let path = path.replace("{cursor}", &self.cursor);
        let body =
            if request.body.is_null() { Vec::new() } else { request.body.to_string().into_bytes() };
        let client = if public { &self.public } else { &self.admin };
        let headers = if body.is_empty() { &[] } else { JSON };
        let answer = client.send(request.method, &path, headers, &body);
        self.learn(&answer);
        let mut json = answer.json.clone();
        self.plain(&mut json);
        let told = ["location", "content-type", "cache-control", "allow", "retry-after"];
        let headers = told.map(|name| self.plain_text(answer.header(name)));
        let there = ["etag", "last-modified", "link"].map(|name| !answer.header(name).is_empty());
        format!("{} {headers:?} {there:?} {json}", answer.status)
    }

    fn learn(&mut self, answer: &Answer) {
        if let Some(cursor) = answer.json["next_cursor"].as_str() {
            cursor.clone_into(&mut self.cursor);
        }
        for (part, kept) in [("quotes", &mut self.quote), ("links", &mut self.link)] {
            if let Some(id) = answer.json[part][0]["id"].as_str() {
                id.clone_into(kept);
            }
        }
    }

    fn plain(&mut self, json: &mut Value) {
        match json {
            Value::String(text) => *text = self.plain_text(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.plain(value)),
            Value::Object(members) => {
                for (name, value) in members {
                    match name.as_str() {
                        "next_cursor" if value.is_string() => *value = json!("cursor"),
                        "request_id" => *value = json!("request"),
                        _ => self.plain(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// Ids by their first appearance; the host, and times of now, by what they are.
    fn plain_text(&mut self, text: &str) -> String {
        let text = text.replace(&self.host, "HOST");
        if text.starts_with("http://HOST/s/") {
            return "short".to_owned();
        }
        if text.len() == 24 && text.ends_with('Z') && !text.starts_with("2020-") {
            return "now".to_owned();
        }
        let hex = |c: char| c.is_ascii_hexdigit() || c == '-';
        let long: Vec<_> = text.split(|c| !hex(c)).filter(|run| run.len() >= 32).collect();
        let mut plain = text.clone();
        for run in long.into_iter().filter(|run| run.len() < 64) {
            let known = self.ids.iter().position(|id| id == run).unwrap_or_else(|| {
                self.ids.push(run.to_owned());
                self.ids.len() - 1
            });
            plain = plain.replace(run, &format!("#{known}"));
        }
        plain
    }
}

/// `ONRECORD_SEED` plays one sequence again.
#[test]
fn both_databases_answer_the_same() {
    if std::env::var("TEST_DATABASE_URL").is_err() {
        println!("skipped: TEST_DATABASE_URL is not set, and this compares SQLite with PostgreSQL");
        return;
    }
    let given = std::env::var("ONRECORD_SEED").ok().map(|seed| seed.parse::<u64>().unwrap());
    let started = Instant::now();
    let mut played = 0;
    while played == 0 || (given.is_none() && started.elapsed() < Duration::from_secs(12)) {
        let seed = given.unwrap_or_else(Dice::seed);
        let mut dice = Dice(seed);
        let (mut one, mut other) = (Side::new(App::on(sqlite())), Side::new(App::new()));
        for n in 0..80 {
            let request = request(&mut dice);
            let public = request.method == "GET" && dice.roll(3) == 0;
            let (left, right) = (one.play(&request, public), other.play(&request, public));
            let Request { method, path, body } = &request;
            assert_eq!(left, right, "ONRECORD_SEED={seed}, request {n}: {method} {path} {body}");
            assert!(
                !left.starts_with('5'),
                "ONRECORD_SEED={seed}, request {n}: {method} {path} {body}: {left}"
            );
        }
        played += 1;
    }
}
