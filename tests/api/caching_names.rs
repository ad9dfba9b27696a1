//! What answers say they were made from: whatever changes is purged, and little else.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::{Answer, App, Client};
use crate::dice::Dice;
use crate::following::{NAMES, SLUGS, encoded, write};

/// A cache that keeps what it may, and drops what the changes say.
struct Cdn {
    /// Of a server that keeps answers.
    reader: Client,
    /// Of one that keeps none.
    truth: Client,
    /// Somebody who is told of changes.
    told: Client,
    after: i64,
    kept: BTreeMap<String, Value>,
    /// How many of the purged answers were others, and how many were purged.
    changed: usize,
    purged: usize,
}

fn names(answer: &Answer) -> BTreeSet<String> {
    let (keys, tags) = (answer.header("surrogate-key"), answer.header("cache-tag"));
    assert_eq!(keys.replace(' ', ","), tags);
    keys.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn is_hit(kept: &Value, purged: &BTreeSet<String>) -> bool {
    kept["names"].as_array().unwrap().iter().any(|name| purged.contains(name.as_str().unwrap()))
}

/// The lines of two answers that differ.
fn difference(before: &Value, now: &Value) -> String {
    let (before, now) = (format!("{before:#}"), format!("{now:#}"));
    let lines = before.lines().zip(now.lines()).filter(|(one, other)| one != other);
    let lines = lines.take(10).map(|(one, other)| format!("{one} -> {other}"));
    lines.collect::<Vec<_>>().join("\n")
}

impl Cdn {
    fn new(app: &App, beside: &App) -> Self {
        let (reader, truth, told) = (app.public(), beside.public(), app.admin());
        Self { reader, truth, told, after: 0, kept: BTreeMap::new(), changed: 0, purged: 0 }
    }

    /// What the changes since say is to be dropped.
    fn told(&mut self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        loop {
            let page = format!("/v1/changes?after={}&limit=100", self.after);
            let page = self.told.get(&page).expect(200);
            for change in page.json["items"].as_array().unwrap() {
                let purge = change["purge"].as_array().unwrap();
                names.extend(purge.iter().map(|name| name.as_str().unwrap().to_owned()));
            }
            self.after = page.json["last_seq"].as_i64().unwrap();
            if page.json["has_more"] == false {
                return names;
            }
        }
    }

    /// Reads all of these; what was kept and is other now must have been purged.
    #[track_caller]
    fn read(&mut self, addresses: &[String], told: &str) {
        let purged = self.told();
        // What is not read this time is dropped all the same.
        self.kept.retain(|address, kept| addresses.contains(address) || !is_hit(kept, &purged));
        for address in addresses {
            let now = self.truth.get(address);
            let mine = self.reader.get(address);
            assert_eq!(mine.status, now.status, "{address}: {}\n{told}", mine.json);
            if now.status == 200 {
                let told = format!("{}\n{told}", difference(&mine.json, &now.json));
                assert!(
                    mine.bytes == now.bytes,
                    "{address} is not as it is: it was made from {:?}; purged {purged:?}\n{told}",
                    names(&mine)
                );
                assert_eq!(mine.header("etag"), now.header("etag"));
                assert_eq!(mine.header("last-modified"), now.header("last-modified"));
            }
            let made_from = names(&mine);
            let json = if now.status == 200 { now.json } else { Value::Null };
            if let Some(before) = self.kept.remove(address) {
                let is_purged = is_hit(&before, &purged);
                let is_other = before["json"] != json;
                assert!(
                    is_purged || !is_other,
                    "{address} is other and was not purged: it was made from {}; purged: {purged:?}\n{}\n{told}",
                    before["names"],
                    difference(&before["json"], &json)
                );
                self.purged += usize::from(is_purged);
                self.changed += usize::from(is_purged && is_other);
            }
            if mine.status == 200 && !made_from.is_empty() {
                self.kept.insert(address.clone(), json!({"names": made_from, "json": json}));
            }
        }
    }
}

/// The addresses of the pages of a list, the first few.
fn pages(reader: &Client, list: &str, most: usize) -> Vec<String> {
    let mut addresses = vec![list.to_owned()];
    while addresses.len() < most {
        let page = reader.get(addresses.last().unwrap());
        let Some(cursor) = page.json["next_cursor"].as_str() else { break };
        addresses.push(format!("{list}&cursor={cursor}"));
    }
    addresses
}

fn everything(reader: &Client) -> Vec<String> {
    let mut addresses = Vec::new();
    for slug in SLUGS.iter().map(|slug| encoded(slug)) {
        addresses.push(format!("/v1/articles/{slug}"));
        addresses.push(format!("/v1/tags/{slug}"));
        addresses.push(format!("/v1/people/{slug}"));
    }
    for slug in ["red", "blue"] {
        for part in ["quotes", "links", "comments", "related"] {
            addresses.push(format!("/v1/articles/{slug}/{part}"));
        }
        for list in [
            format!("/v1/articles?tag={slug}&limit=2"),
            format!("/v1/articles?author={slug}&limit=2"),
            format!("/v1/articles?speaker={slug}&limit=2"),
            format!("/v1/quotes?speaker={slug}&limit=2"),
        ] {
            addresses.extend(pages(reader, &list, 3));
        }
    }
    for list in [
        "/v1/articles?limit=2",
        "/v1/articles?order=published_at&limit=2&include=quotes,links,authors",
        "/v1/articles?order=title&limit=2",
        "/v1/articles?tag=red,-blue&limit=2",
        "/v1/articles?tag=-grey&limit=2",
        "/v1/articles?language=zh&limit=2",
        "/v1/quotes?limit=2",
    ] {
        addresses.extend(pages(reader, list, 3));
    }
    let others = [
        "/v1/articles?order=-updated_at&limit=5&fields=title,tags.name",
        "/v1/articles?tag=red|blue&count=exact&limit=3",
        "/v1/articles?tag=red&speaker=blue",
        "/v1/articles?q=red&order=title&highlight=true",
        "/v1/articles?from=2020-01-01&to=2020-02-01&tag=red",
        "/v1/articles?ids=red,blue,green",
        "/v1/quotes?tag=red",
        "/v1/quotes?q=blue&order=-published_at",
        "/v1/quotes?author=green",
        "/v1/quotes?article=red&order=said_at",
        "/v1/quotes/facets?by=speaker",
        "/v1/quotes/facets?by=tag",
        "/v1/links?target=red",
        "/v1/tags?limit=3",
        "/v1/people?limit=3&name=Red",
        "/v1/suggest?q=re",
    ];
    addresses.extend(others.map(str::to_owned));
    addresses
}

/// `ONRECORD_SEED` plays one sequence again.
#[test]
fn list_changes_purges_whatever_answers_are_others() {
    let given = std::env::var("ONRECORD_SEED").ok().map(|seed| seed.parse::<u64>().unwrap());
    let started = Instant::now();
    let mut played = 0;
    while played == 0 || (given.is_none() && started.elapsed() < Duration::from_secs(10)) {
        let seed = given.unwrap_or_else(Dice::seed);
        let mut dice = Dice(seed);
        let app = App::new();
        let (admin, beside) = (app.admin(), app.beside());
        let mut cdn = Cdn::new(&app, &beside);
        for _ in 0..25 {
            write(&mut dice, &admin);
        }
        for n in 0..25 {
            let addresses = everything(&cdn.truth);
            cdn.read(&addresses, &format!("nothing happened in between; ONRECORD_SEED={seed}"));
            let told = (0..=n % 3).map(|_| write(&mut dice, &admin)).collect::<Vec<_>>();
            cdn.read(&addresses, &format!("ONRECORD_SEED={seed}\n{}", told.join("\n")));
        }
        played += 1;
    }
}

/// A newsroom: its tags, its people, and how many articles it has.
struct Newsroom {
    admin: Client,
    dice: Dice,
    tags: Vec<String>,
    people: Vec<String>,
    count: usize,
}

impl Newsroom {
    fn text(&mut self) -> String {
        format!("They said “{} is true”. {}", self.dice.of(NAMES), self.dice.roll(9999))
    }

    fn publish(&mut self, published_at: Option<String>) {
        let (n, body) = (self.count, self.text());
        let said = body.split(['“', '”']).nth(1).unwrap().to_owned();
        let tags = [&self.tags[self.dice.roll(12)], &self.tags[self.dice.roll(12)]];
        let (author, speaker) = (&self.people[self.dice.roll(8)], &self.people[self.dice.roll(8)]);
        let mut article = json!({"title": format!("Article number {n}"), "slug": format!("a-{n}"),
            "status": "published", "body": body, "tags": tags, "authors": [author],
            "quotes": [{"text": said, "speaker_name": speaker}]});
        if let Some(at) = published_at {
            article["published_at"] = json!(at);
        }
        self.admin.post("/v1/articles", article).expect(201);
        self.count += 1;
    }

    /// What readers, pages and apps ask for.
    fn addresses(&self, reader: &Client) -> Vec<String> {
        let mut addresses = pages(reader, "/v1/articles?limit=10", 4);
        for tag in &self.tags {
            addresses.push(format!("/v1/tags/{tag}"));
            addresses.extend(pages(reader, &format!("/v1/articles?tag={tag}&limit=5"), 3));
        }
        for person in reader.get("/v1/people?limit=100").each("slug") {
            let person = encoded(person.as_str().unwrap());
            addresses.push(format!("/v1/people/{person}"));
            addresses.push(format!("/v1/quotes?speaker={person}&limit=10"));
            addresses.push(format!("/v1/articles?author={person}&limit=10"));
        }
        addresses.extend((0..self.count).map(|n| format!("/v1/articles/a-{n}")));
        let some = (0..self.count).step_by(6);
        addresses.extend(some.map(|n| format!("/v1/articles/a-{n}/comments")));
        let lists = ["/v1/tags?limit=100", "/v1/people?limit=100", "/v1/quotes?limit=20"];
        addresses.extend(lists.map(str::to_owned));
        addresses
    }

    /// Something that is done there every day.
    fn work(&mut self) -> String {
        // Most of it is done to what is new.
        let newest = if self.dice.roll(4) == 0 { self.count } else { 15 };
        let one = format!("/v1/articles/a-{}", self.count - 1 - self.dice.roll(newest));
        let tags = [&self.tags[self.dice.roll(12)], &self.tags[self.dice.roll(12)]];
        let retagged = json!({"tags": tags});
        let act = self.dice.roll(20);
        let patch = match act {
            0..=4 => json!({"standfirst": self.text()}),
            5..=9 => self.other_body(&one),
            10..=12 => {
                self.publish(None);
                return "published".to_owned();
            }
            13..=15 => return self.comment(&one),
            16 => retagged,
            17 => json!({"title": format!("Another {}", self.dice.roll(999))}),
            18 => {
                let tag = format!("/v1/tags/{}", self.tags[self.dice.roll(12)]);
                let description = self.text();
                self.admin.patch(&tag, json!({"description": description})).expect(200);
                return tag;
            }
            _ if self.admin.get(&one).json["status"] == "published" => {
                json!({"status": "archived"})
            }
            _ => json!({"status": "published"}),
        };
        // What was said may not be touched without a word.
        let answer = self.admin.patch(&one, patch.clone());
        assert!([200, 409].contains(&answer.status), "{}", answer.json);
        format!("{one} {patch}")
    }

    fn other_body(&mut self, one: &str) -> Value {
        let body = self.text();
        let said = body.split(['“', '”']).nth(1).unwrap();
        let speaker = &self.admin.get(one).expect(200).json["quotes"][0]["speaker"]["slug"];
        json!({"body": body, "quotes": [{"text": said, "speaker": speaker}]})
    }

    fn comment(&mut self, one: &str) -> String {
        let comment = json!({"author": {"name": "A reader"}, "body": self.text()});
        let made = self.admin.post(&format!("{one}/comments"), comment);
        // What was archived meanwhile takes none.
        if made.status == 201 {
            let path = format!("/v1/comments/{}/decision", made.text("id"));
            self.admin.post(&path, json!({"state": "approved", "from": "pending"}));
        }
        format!("{one} discussed")
    }
}

/// A newsroom's day: what is purged was changed, nine times out of ten and more.
#[test]
fn list_changes_purges_little_that_stays_as_it_is() {
    let app = App::new();
    let (beside, seed) = (app.beside(), Dice::seed());
    let tags = (0..12).map(|n| format!("tag-{n}")).collect::<Vec<_>>();
    let people = (0..8).map(|n| format!("Person {}", NAMES[n % NAMES.len()])).collect::<Vec<_>>();
    let mut newsroom = Newsroom { admin: app.admin(), dice: Dice(seed), tags, people, count: 0 };
    for n in 0..60 {
        let at = format!("2026-{:02}-{:02}T{:02}:00:00Z", 1 + n / 10, 1 + n % 10 * 2, n * 7 % 24);
        newsroom.publish(Some(at));
    }
    let mut cdn = Cdn::new(&app, &beside);
    for _ in 0..30 {
        let addresses = newsroom.addresses(&cdn.truth);
        cdn.read(&addresses, "nothing happened in between");
        let done = newsroom.work();
        cdn.read(&addresses, &format!("seed {seed}: {done}"));
    }
    let (purged, changed) = (cdn.purged, cdn.changed);
    println!("purged: {purged} answers, {changed} of them others than before");
    assert!(purged > 100, "{purged}");
    assert!((purged - changed) * 10 < purged, "{changed} of {purged} had changed; seed {seed}");
}
