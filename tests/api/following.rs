//! Whoever follows the log has what is here: random writes, and a copy that is only made of what the log says.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::{App, Client};
use crate::dice::Dice;

/// A copy of everything, by kind of thing and id, as the log told it.
struct Copy {
    client: Client,
    after: i64,
    things: BTreeMap<(String, String), String>,
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Copy {
    fn new(client: Client) -> Self {
        Self { client, after: 0, things: BTreeMap::new() }
    }

    /// Applies what has happened since.
    fn follow(&mut self) {
        loop {
            let page = format!("/v1/changes?after={}&limit=7&include=resource", self.after);
            let page = self.client.get(&page).expect(200);
            let whole = String::from_utf8(page.bytes.clone()).unwrap();
            let mut seq = self.after;
            for change in page.json["items"].as_array().unwrap() {
                assert!(change["seq"].as_i64().unwrap() > seq, "{change}");
                seq = change["seq"].as_i64().unwrap();
                let key = (text(&change["type"]), text(&change["id"]));
                if change["deleted"] == true {
                    assert!(change.get("resource").is_none());
                    self.things.remove(&key);
                } else {
                    let resource = change["resource"].to_string();
                    assert!(whole.contains(&resource));
                    self.things.insert(key, resource);
                }
            }
            self.after = page.json["last_seq"].as_i64().unwrap();
            if page.json["has_more"] == false {
                return;
            }
        }
    }

    /// Everything that the lists show, by its own address, byte for byte.
    fn truth(&self, insider: bool) -> BTreeMap<(String, String), String> {
        let mut things = BTreeMap::new();
        let mut lists = vec![
            ("article", "/v1/articles?limit=100", "id"),
            ("quote", "/v1/quotes?limit=100", "id"),
            ("link", "/v1/links?limit=100", "id"),
            ("tag", "/v1/tags?limit=100", "id"),
            ("person", "/v1/people?limit=100", "id"),
            ("stream", "/v1/streams?limit=100", "id"),
            ("community-standards", "/v1/community-standards/versions?limit=100", "version"),
        ];
        if insider {
            lists[0].1 = "/v1/articles?status=draft,published,archived&limit=100";
            lists.push(("quote", "/v1/quotes?state=suggested&limit=100", "id"));
            lists.push(("image", "/v1/images?limit=100", "id"));
            lists.push(("short-link", "/v1/short-links?limit=100", "code"));
            lists.push(("comment", "/v1/comments?limit=100", "id"));
        }
        for (kind, list, id) in lists {
            let mut next = list.to_owned();
            loop {
                let page = self.client.get(&next).expect(200);
                for item in page.each(id) {
                    things.insert((kind.to_owned(), text(&item)), self.own(kind, &text(&item)));
                    if kind == "article" && !insider {
                        let path = format!("/v1/articles/{}/comments?limit=100", text(&item));
                        for comment in self.client.get(&path).expect(200).each("id") {
                            let id = text(&comment);
                            things.insert(
                                ("comment".to_owned(), id.clone()),
                                self.own("comment", &id),
                            );
                        }
                    }
                }
                match page.json["next_cursor"].as_str() {
                    Some(cursor) => next = format!("{list}&cursor={cursor}"),
                    None => break,
                }
            }
        }
        things
    }

    /// A thing as its own address shows it.
    fn own(&self, kind: &str, id: &str) -> String {
        let list = match kind {
            "person" => "people".to_owned(),
            "community-standards" => "community-standards/versions".to_owned(),
            other => format!("{other}s"),
        };
        let answer = self.client.get(&format!("/v1/{list}/{id}")).expect(200);
        String::from_utf8(answer.bytes).unwrap()
    }

    #[track_caller]
    fn is_true(&mut self, insider: bool, told: &str) {
        self.follow();
        let truth = self.truth(insider);
        let wrong = truth.iter().filter(|(key, text)| self.things.get(key) != Some(text));
        let wrong = wrong.map(|(key, text)| (key, text, self.things.get(key))).collect::<Vec<_>>();
        assert!(wrong.is_empty(), "{told}: {wrong:#?}");
        let more = self.things.keys().filter(|key| !truth.contains_key(key)).collect::<Vec<_>>();
        assert!(more.is_empty(), "{told}: still there: {more:?}");
    }
}

pub const NAMES: &[&str] = &["Red", "Blue", "Green", "Grey", "Élan", "中国"];
pub const SLUGS: &[&str] = &["red", "blue", "green", "grey", "elan", "中国", "red-2", "blue-2"];

fn article(dice: &mut Dice) -> Value {
    let mut body = json!({"title": dice.of(NAMES), "status": dice.of(&["draft", "published", "published", "archived"])});
    let (a, b, c) = (dice.of(NAMES), dice.of(NAMES), dice.of(NAMES));
    let mut set = |dice: &mut Dice, name: &str, value: Value| {
        if dice.roll(2) == 0 {
            body[name] = value;
        }
    };
    set(dice, "tags", json!([a, b]));
    set(dice, "authors", json!([b]));
    set(dice, "body", json!(format!("{a} said “{b}”. {c}.")));
    let state = dice.of(&["suggested", "confirmed", "confirmed"]);
    set(dice, "quotes", json!([{"text": b, "speaker_name": c, "state": state}, {"text": c}]));
    set(
        dice,
        "links",
        json!([{"title": b}, {"url": "https://example.com/"}, {"title": c, "rel": "source"}]),
    );
    set(dice, "language", json!(dice_language(a)));
    let policy = ["open", "off", "closed"][a.len() % 3];
    set(dice, "comments", json!({"policy": policy}));
    body
}

fn dice_language(name: &str) -> &'static str {
    if name.is_ascii() { "en" } else { "zh" }
}

/// One random write; many are refused, which must leave nothing.
#[expect(clippy::too_many_lines, reason = "a list of what can be done")]
pub fn write(dice: &mut Dice, admin: &Client) -> String {
    let slug = encoded(dice.of(SLUGS));
    let (name, other) = (dice.of(NAMES), dice.of(SLUGS));
    let list = dice.of(&["tags", "people"]);
    let any = |path: &str, dice: &mut Dice| {
        let ids = admin.get(path).each("id");
        if ids.is_empty() { "none".to_owned() } else { text(&ids[dice.roll(ids.len())]) }
    };
    let (method, path, body) = match dice.roll(30) {
        0..=4 => ("POST", "/v1/articles".to_owned(), article(dice)),
        5 | 6 => ("PUT", format!("/v1/articles/{slug}"), article(dice)),
        7..=9 => ("PATCH", format!("/v1/articles/{slug}"), article(dice)),
        10 => (
            "PATCH",
            format!("/v1/articles/{slug}"),
            json!({"status": dice.of(&["draft", "published", "archived"])}),
        ),
        11 => ("PATCH", format!("/v1/articles/{slug}"), json!({"slug": other})),
        12 => ("DELETE", format!("/v1/articles/{slug}"), Value::Null),
        13 => ("POST", format!("/v1/{list}"), json!({"name": name})),
        14 => ("PATCH", format!("/v1/{list}/{slug}"), json!({"name": name, "slug": other})),
        15 => ("DELETE", format!("/v1/{list}/{slug}"), Value::Null),
        16 => ("POST", format!("/v1/{list}/{slug}/merge"), json!({"into": other})),
        17 => (
            "POST",
            format!("/v1/articles/{slug}/quotes"),
            json!({"text": name, "speaker_name": name, "position": 0}),
        ),
        18 => {
            ("POST", format!("/v1/articles/{slug}/links"), json!({"target": other, "position": 0}))
        }
        19 => (
            "PATCH",
            format!("/v1/quotes/{}", any("/v1/quotes", dice)),
            json!({"state": dice.of(&["suggested", "confirmed"]), "speaker_name": name}),
        ),
        20 => ("DELETE", format!("/v1/quotes/{}", any("/v1/quotes", dice)), Value::Null),
        21 => ("PATCH", format!("/v1/links/{}", any("/v1/links", dice)), json!({"title": name})),
        22 => ("DELETE", format!("/v1/links/{}", any("/v1/links", dice)), Value::Null),
        23 => (
            "POST",
            format!("/v1/articles/{slug}/comments"),
            json!({"author": {"name": name}, "body": format!("{name} {other}")}),
        ),
        24 => {
            let parent = any("/v1/comments?state=approved", dice);
            (
                "POST",
                format!("/v1/articles/{slug}/comments"),
                json!({"author": {"name": name}, "body": format!("{other} {name}"), "parent_id": parent}),
            )
        }
        25 | 26 => {
            let from = dice.of(&["pending", "pending", "approved", "rejected"]);
            let path = format!(
                "/v1/comments/{}/decision",
                any(&format!("/v1/comments?state={from}"), dice)
            );
            (
                "POST",
                path,
                json!({"state": dice.of(&["approved", "approved", "spam", "pending"]), "from": from}),
            )
        }
        27 => ("DELETE", format!("/v1/comments/{}", any("/v1/comments", dice)), Value::Null),
        28 => ("PUT", format!("/v1/short-links/{}", dice.of(&["one", "two"])), Value::Null),
        _ => (
            "PUT",
            format!("/v1/streams/{}", dice.of(&["radio", "tv"])),
            json!({"name": name, "language": dice_language(name)}),
        ),
    };
    let body = if path.starts_with("/v1/short-links") { json!({"article": other}) } else { body };
    let sent = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let answer = admin.send(method, &path, crate::app::JSON, &sent);
    assert!(answer.status < 500, "{method} {path} {body}: {}", answer.json);
    format!("{method} {path} {body}: {}", answer.status)
}

pub fn encoded(text: &str) -> String {
    onrecord::api::path(&[text]).trim_start_matches('/').to_owned()
}

/// `ONRECORD_SEED` plays one sequence again.
#[test]
fn list_changes_makes_a_copy_that_is_the_same_byte_for_byte() {
    let given = std::env::var("ONRECORD_SEED").ok().map(|seed| seed.parse::<u64>().unwrap());
    let started = Instant::now();
    let mut played = 0;
    while played == 0 || (given.is_none() && started.elapsed() < Duration::from_secs(8)) {
        let seed = given.unwrap_or_else(Dice::seed);
        let mut dice = Dice(seed);
        let app = App::new();
        let admin = app.admin();
        let (mut public, mut insider) = (Copy::new(app.public()), Copy::new(app.admin()));
        admin.put("/v1/community-standards", json!({"body": "Be kind."})).expect(201);
        let mut told = Vec::new();
        for n in 0..80 {
            told.push(write(&mut dice, &admin));
            if n % 20 == 19 {
                let told = format!("ONRECORD_SEED={seed}, after\n{}", told.join("\n"));
                insider.is_true(true, &told);
                public.is_true(false, &told);
            }
        }
        played += 1;
    }
}

/// What is done to drafts is neither told to readers nor to be counted by them.
#[test]
fn list_changes_tells_readers_nothing_of_drafts() {
    let app = App::new();
    let admin = app.admin();
    let shown = json!({"title": "Shown", "status": "published", "tags": ["Known"], "links": [{"title": "Awaited"}]});
    admin.post("/v1/articles", shown).expect(201);
    let before = app.public().get("/v1/changes?limit=100&include=resource").expect(200);
    let draft = json!({"title": "Awaited", "tags": ["Known", "Secret"], "authors": ["Nobody"], "body": "A b.",
        "quotes": [{"text": "A b", "speaker_name": "Nobody"}], "links": [{"target": "shown"}]});
    admin.post("/v1/articles", draft).expect(201);
    admin
        .patch("/v1/articles/awaited", json!({"title": "Something else", "slug": "else"}))
        .expect(200);
    admin.patch("/v1/articles/else", json!({"tags": ["Known"]})).expect(200);
    admin.patch("/v1/tags/secret", json!({"name": "More secret"})).expect(200);
    admin
        .post("/v1/articles/else/quotes", json!({"text": "b", "speaker_name": "Nobody"}))
        .expect(201);
    admin.put("/v1/short-links/else", json!({"article": "else"})).expect(201);
    admin.post("/v1/images", json!({"url": "https://example.com/a.jpg"})).expect(201);
    admin.delete("/v1/articles/else").expect(204);
    let after = app.public().get("/v1/changes?limit=100&include=resource").expect(200);
    assert_eq!(after.json, before.json);
    assert_eq!(after.header("etag"), before.header("etag"));
    // The next that concerns them has the next number.
    let last = after.json["last_seq"].as_i64().unwrap();
    admin.patch("/v1/tags/known", json!({"description": "Known to all."})).expect(200);
    let next = app.public().get(&format!("/v1/changes?after={last}")).expect(200);
    assert_eq!(next.each("seq"), [json!(last + 1)]);
    let insider = app.with(&[Scope::DraftsRead]).get("/v1/changes?limit=100").expect(200);
    assert!(insider.json["last_seq"].as_i64().unwrap() > last + 10);
}
