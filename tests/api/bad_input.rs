//! Bad input: how a table of it is played, and what every refusal must keep.
//!
//! The tables are in `bad_bodies`, `bad_queries`, `bad_headers` and `bad_framing`. Each row has the number of its
//! case in the design's list. Left out, because what they speak of is not there: full-text search (131–149),
//! webhooks and addresses fetched by the server (217–222), XML imports (230–236), and the canonical and short
//! addresses of an article (of 207–216 the URLs of links and sources are tested).

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::RunQueryDsl as _;
use onrecord::db::Conn;
use serde_json::{Value, json};

use crate::app::{Answer, App, Client};

/// Words that would tell something about the inside.
const INSIDE: [&str; 22] = [
    "diesel",
    "sqlite",
    "postgres",
    "libpq",
    "serde",
    "actix",
    "select ",
    "insert into",
    "update ",
    "constraint",
    ".rs",
    "src/",
    "/tmp",
    "panic",
    "unwrap",
    "option<",
    "vec<",
    "some(",
    "none)",
    "struct ",
    "::",
    "backtrace",
];

/// A server with one of everything, a table of bad input, and what has gone wrong so far.
pub struct Table {
    pub app: App,
    pub admin: Client,
    pub public: Client,
    /// The article that is there, and must stay as it is.
    pub article: Value,
    conn: RefCell<Conn>,
    before: RefCell<String>,
    faults: RefCell<Vec<String>>,
}

/// A request and its answer, under the number and name of its case.
pub struct Row<'a> {
    pub number: u16,
    pub name: &'a str,
    pub method: &'a str,
    pub path: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    pub body: &'a [u8],
}

/// What a row must be answered: status, code, and the pointer or parameter that is named (empty: any or none).
#[derive(Clone, Copy)]
pub struct Refusal(pub u16, pub &'static str, pub &'static str);

/// A body that a pointer means as a whole.
pub const WHOLE: &str = "(the body)";

impl Table {
    pub fn new() -> Self {
        let app = App::new();
        let admin = app.admin();
        let article = admin.post("/v1/articles", full_article("Standing")).expect(201).json;
        admin.post("/v1/articles", full_article("Also Standing")).expect(201);
        let mut conn = app.url.connect().unwrap();
        let before = state(&mut conn);
        Self {
            public: app.public(),
            admin,
            article,
            conn: RefCell::new(conn),
            before: RefCell::new(before),
            faults: RefCell::default(),
            app,
        }
    }

    /// Plays a row as an admin, which must be refused so.
    pub fn refuse(&self, row: &Row, refusal: Refusal) {
        self.refuse_to(&self.admin, row, refusal);
    }

    /// Plays a row as this client, which must be refused so.
    pub fn refuse_to(&self, client: &Client, row: &Row, refusal: Refusal) {
        let Row { number, name, method, path, headers, body } = *row;
        let sent = format!("{path} {headers:?} {}", String::from_utf8_lossy(body));
        self.judge(number, name, &sent, refusal, || client.send(method, path, headers, body));
    }

    /// A JSON body sent to make an article, which must be refused so.
    pub fn refuse_article(&self, number: u16, name: &str, body: &[u8], refusal: Refusal) {
        self.refuse_post(number, name, "/v1/articles", body, refusal);
    }

    /// A JSON body sent by `POST`, which must be refused so.
    pub fn refuse_post(&self, number: u16, name: &str, path: &str, body: &[u8], refusal: Refusal) {
        let row = Row { number, name, method: "POST", path, headers: crate::app::JSON, body };
        self.refuse(&row, refusal);
    }

    /// A path that is read, and must be refused so.
    pub fn refuse_get(&self, number: u16, name: &str, path: &str, refusal: Refusal) {
        self.refuse(&Row { number, name, method: "GET", path, headers: &[], body: &[] }, refusal);
    }

    fn judge(
        &self,
        number: u16,
        name: &str,
        sent: &str,
        refusal: Refusal,
        ask: impl FnOnce() -> Answer,
    ) {
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let answer = ask();
            let mut faults = faults_of(&answer, refusal, sent);
            let after = state(&mut self.conn.borrow_mut());
            if after != *self.before.borrow() {
                faults.push(format!("the data has changed: {} → {after}", self.before.borrow()));
                self.before.replace(after);
            }
            faults
        }));
        let faults = judged.unwrap_or_else(|panic| {
            let said = panic.downcast_ref::<String>().cloned();
            vec![said.unwrap_or_else(|| "the request could not be sent".to_owned())]
        });
        let short: String = sent.chars().take(120).collect();
        let faults = faults.into_iter().map(|fault| format!("{number} {name} [{short}]: {fault}"));
        self.faults.borrow_mut().extend(faults);
    }

    /// Notes something that is not as it must be.
    pub fn hold(&self, number: u16, name: &str, holds: bool, otherwise: impl std::fmt::Display) {
        if !holds {
            self.faults.borrow_mut().push(format!("{number} {name}: {otherwise}"));
        }
    }

    /// What has been written since is meant to be there.
    pub fn accept_changes(&self) {
        self.before.replace(state(&mut self.conn.borrow_mut()));
    }

    /// Whether nothing was written since the last look.
    pub fn unchanged(&self) -> bool {
        state(&mut self.conn.borrow_mut()) == *self.before.borrow()
    }

    /// The end of a table: the server is well, and every row was answered as it must be.
    #[track_caller]
    pub fn done(self) {
        self.public.get("/readyz").expect(200);
        let id = self.article["id"].as_str().unwrap();
        let article = self.admin.get(&format!("/v1/articles/{id}")).expect(200);
        assert_eq!(article.json, self.article);
        let faults = self.faults.into_inner();
        assert!(faults.is_empty(), "{} rows:\n{}", faults.len(), faults.join("\n"));
    }
}

/// An article with tags, an author, a quote and a link.
pub fn full_article(title: &str) -> Value {
    json!({
        "title": title, "status": "published", "tags": ["Russia", "China"],
        "authors": ["Jane Doe", "Joe Dane"], "body": "“We see a trend,” Xin said.",
        "quotes": [{"text": "We see a trend,", "speaker_name": "Zhang Xin"},
                   {"text": "trend", "kind": "partial", "speaker_name": "Zhang Xin"}],
        "links": [{"url": "https://example.com/gas"}, {"title": "Talks on Gas"}]
    })
}

fn faults_of(answer: &Answer, Refusal(status, code, place): Refusal, sent: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let text = String::from_utf8_lossy(&answer.bytes);
    let mut demand = |holds: bool, what: String| {
        if !holds {
            faults.push(format!("{what}; answered {} {text:.600}", answer.status));
        }
    };
    demand(answer.status == status, format!("must be {status}"));
    let media_type = answer.header("content-type");
    demand(media_type == "application/problem+json", format!("is served as {media_type:?}"));
    demand(answer.json["code"] == code, format!("must be {code}"));
    demand(answer.json["status"] == status, "the body says another status".to_owned());
    let named = |error: &Value| {
        let pointer = error["pointer"].as_str();
        pointer == Some(if place == WHOLE { "" } else { place }) || error["parameter"] == place
    };
    let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
    demand(place.is_empty() || errors.iter().any(named), format!("must name {place}"));
    let (told, sent) = (text.to_lowercase(), sent.to_lowercase().replace("%20", " "));
    for word in INSIDE.iter().filter(|word| told.contains(**word) && !sent.contains(**word)) {
        demand(false, format!("tells about the inside: {word:?}"));
    }
    faults
}

/// How many rows every table has, and how often they were changed.
fn state(conn: &mut Conn) -> String {
    #[derive(diesel::QueryableByName)]
    struct State {
        #[diesel(sql_type = diesel::sql_types::Text)]
        state: String,
    }
    let counted = [
        "keys",
        "idempotent_answers",
        "tags",
        "merged_tags",
        "people",
        "merged_people",
        "articles",
        "article_tags",
        "article_authors",
        "quotes",
        "links",
    ];
    let counts = counted.map(|table| format!("(SELECT CAST(count(*) AS TEXT) FROM {table})"));
    let versions = ["tags", "people", "articles", "quotes", "links"]
        .map(|table| format!("(SELECT CAST(coalesce(sum(version), 0) AS TEXT) FROM {table})"));
    let all = [counts.join(" || ' ' || "), versions.join(" || ' ' || ")].join(" || ' v ' || ");
    #[expect(clippy::disallowed_methods, reason = "it asks for tables, whatever they hold")]
    let query = diesel::sql_query(format!("SELECT {all} AS state"));
    match conn {
        Conn::Sqlite(conn) => query.get_result::<State>(conn).unwrap().state,
        Conn::Postgres(conn) => query.get_result::<State>(conn).unwrap().state,
    }
}
