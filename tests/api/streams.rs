//! Streams: announced, live, ended; with a cover and with what is on.

use onrecord::db::types::Moment;
use serde_json::{Value, json};

use crate::app::{App, Client};

const DAY: i64 = 24 * 60;

/// An instant so many minutes from now.
pub fn at(minutes: i64) -> String {
    Moment::now().plus_millis(minutes * 60_000).to_string()
}

/// Puts these programmes (title, first and last minute from now) into a stream's schedule, in place of all that begins
/// within three days; answers their ids in their order.
pub fn scheduled(client: &Client, stream: &str, programmes: &[(&str, i64, i64)]) -> Vec<Value> {
    let programmes = programmes
        .iter()
        .map(|(title, start, end)| json!({"title": title, "starts_at": at(*start), "ends_at": at(*end)}))
        .collect::<Vec<_>>();
    let sent = json!({"from": at(-3 * DAY), "to": at(3 * DAY), "programmes": programmes});
    let put = client.put(&format!("/v1/streams/{stream}/schedule"), sent).expect(200);
    put.json["programmes"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect()
}

fn radio() -> Value {
    json!({
        "name": "News Radio", "slug": "news-radio", "description": "News around the clock.", "language": "en-GB",
        "sources": [
            {"url": "https://live.example.com/news.aac", "type": "audio/aac", "bit_rate": 96_000},
            {"url": "https://live.example.com/news.m3u8", "type": "application/vnd.apple.mpegurl"},
        ],
    })
}

fn live(client: &Client) -> Vec<Value> {
    client.get("/v1/streams?status=live").expect(200).each("slug")
}

#[test]
fn list_streams_is_what_a_listen_live_button_asks() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    admin.post("/v1/streams", radio()).expect(201);
    assert!(live(&public).is_empty());
    admin.patch("/v1/streams/news-radio", json!({"status": "live"})).expect(200);
    let on_air =
        public.get("/v1/streams?status=live&kind=audio&language=en&count=exact").expect(200);
    assert_eq!(
        (on_air.each("slug"), &on_air.json["total"]),
        (vec![json!("news-radio")], &json!(1))
    );
    let sources = &on_air.json["items"][0]["sources"];
    assert_eq!(sources[0]["url"], "https://live.example.com/news.aac");
    assert_eq!(
        (&sources[0]["type"], &sources[0]["bit_rate"]),
        (&json!("audio/aac"), &json!(96_000))
    );
    assert_eq!(sources[1]["bit_rate"], json!(null));
    assert!(public.get("/v1/streams?status=live&kind=video").expect(200).each("slug").is_empty());
    assert!(public.get("/v1/streams?status=live&language=de").expect(200).each("slug").is_empty());
    admin.patch("/v1/streams/news-radio", json!({"status": "ended"})).expect(200);
    assert!(live(&public).is_empty());
    assert_eq!(public.get("/v1/streams?status=pending,ended").expect(200).each("slug").len(), 1);
}

#[test]
fn list_streams_page_by_page_in_the_order_of_their_names() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    for name in ["Culture", "archive", "Business", "business"] {
        admin.post("/v1/streams", json!({"name": name})).expect(201);
    }
    let all = public.get("/v1/streams").expect(200);
    assert_eq!(all.each("name"), ["archive", "Business", "business", "Culture"]);
    let mut read = Vec::new();
    let mut path = "/v1/streams?limit=1".to_owned();
    loop {
        let page = public.get(&path).expect(200);
        read.extend(page.each("name"));
        let Some(cursor) = page.json["next_cursor"].as_str() else { break };
        path = format!("/v1/streams?limit=1&cursor={cursor}");
    }
    assert_eq!(read, all.each("name"));
    let cursor = public.get("/v1/streams?limit=1").expect(200).text("next_cursor").to_owned();
    public.get(&format!("/v1/streams?kind=audio&cursor={cursor}")).problem(400, "invalid-cursor");
    public.get("/v1/streams?status=on").problem(400, "invalid-parameter");
}

#[test]
fn list_streams_issues_as_many_statements_for_one_as_for_many() {
    let app = App::new();
    let admin = app.admin();
    for number in 0..12 {
        let slug = format!("s{number}");
        admin.post("/v1/streams", json!({"name": slug, "sources": radio()["sources"]})).expect(201);
        scheduled(&admin, &slug, &[("Now", -5, 5), ("Next", 10, 20)]);
    }
    let statements = |limit: usize| {
        let page = app.public().get(&format!("/v1/streams?limit={limit}")).expect(200);
        assert_eq!(page.each("now").iter().filter(|now| now["title"] == "Now").count(), limit);
        let timing = page.header("server-timing").to_owned();
        timing.split("desc=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(statements(1), statements(12));
}

#[test]
fn create_stream_fills_what_is_absent() {
    let app = App::new();
    let made = app.admin().post("/v1/streams", json!({"name": " News  Radio "})).expect(201);
    assert_eq!(made.header("location"), "/v1/streams/news-radio");
    for (property, value) in [
        ("kind", json!("audio")),
        ("status", json!("pending")),
        ("sources", json!([])),
        ("image", json!(null)),
        ("now", json!(null)),
        ("next", json!(null)),
        ("starts_at", json!(null)),
        ("version", json!(1)),
    ] {
        assert_eq!(made.json[property], value, "{property}");
    }
    assert_eq!(app.public().get("/v1/streams/news-radio").expect(200).json, made.json);
}

#[test]
fn create_stream_refuses_what_cannot_be_played() {
    let app = App::new();
    let admin = app.admin();
    let source = |url: &str, kind: &str| json!([{"url": url, "type": kind}]);
    let good = "https://live.example.com/a";
    for (property, value, pointer) in [
        ("status", json!("live"), "/sources"),
        ("status", json!("ended"), "/status"),
        ("status", json!("on"), "/status"),
        ("kind", json!("smell"), "/kind"),
        ("name", json!(" "), "/name"),
        ("name", json!("a\nb"), "/name"),
        ("slug", json!("No Slug!"), "/slug"),
        ("language", json!("english!"), "/language"),
        ("sources", source("javascript:alert(1)", "audio/aac"), "/sources/0/url"),
        ("sources", source("data:audio/aac;base64,AA", "audio/aac"), "/sources/0/url"),
        ("sources", source("/relative", "audio/aac"), "/sources/0/url"),
        ("sources", source(good, "text/html"), "/sources/0/type"),
        ("sources", source(good, "audio/aac\r\nx: y"), "/sources/0/type"),
        (
            "sources",
            json!([{"url": good, "type": "audio/aac", "bit_rate": 0}]),
            "/sources/0/bit_rate",
        ),
        ("sources", json!(vec![json!({"url": good, "type": "audio/aac"}); 21]), "/sources"),
        ("image", json!("01890a5d-ac96-774b-bcce-b302099a8057"), "/image"),
        ("starts_at", json!("tomorrow"), "/starts_at"),
    ] {
        let mut sent = json!({"name": "N"});
        sent[property] = value;
        let refused = admin.post("/v1/streams", sent.clone()).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer], "{sent}");
    }
    let backwards = json!({"name": "N", "starts_at": at(60), "ends_at": at(0)});
    let refused = admin.post("/v1/streams", backwards).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/ends_at"]);
    assert_eq!(app.rows("streams"), 0);
    admin.post("/v1/streams", radio()).expect(201);
    let taken = admin.post("/v1/streams", radio()).problem(409, "conflict");
    assert_eq!(taken.pointers(), ["/slug"]);
}

#[test]
fn get_stream_tells_what_is_on_and_what_comes() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    admin.post("/v1/streams", radio()).expect(201);
    let on = |property: &str| {
        public.get("/v1/streams/news-radio").expect(200).json[property]["title"].clone()
    };
    assert_eq!((on("now"), on("next")), (json!(null), json!(null)));
    scheduled(&admin, "news-radio", &[("Over", -60, -30), ("Far", 2 * DAY, 2 * DAY + 30)]);
    assert_eq!((on("now"), on("next")), (json!(null), json!("Far")));
    scheduled(
        &admin,
        "news-radio",
        &[("Over", -60, -30), ("On", -30, 30), ("Soon", 30, 60), ("Later", 60, 90)],
    );
    assert_eq!((on("now"), on("next")), (json!("On"), json!("Soon")));
    public.get("/v1/streams/none").problem(404, "not-found");
}

#[test]
fn put_stream_makes_or_replaces_all_but_the_schedule() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.put("/v1/streams/news-radio", radio()).expect(201);
    scheduled(&admin, "news-radio", &[("Soon", 10, 20)]);
    let replaced =
        admin.put("/v1/streams/news-radio", json!({"name": "Radio", "kind": "video"})).expect(200);
    assert_eq!(replaced.json["id"], made.json["id"]);
    assert_eq!(
        (&replaced.json["description"], &replaced.json["sources"]),
        (&json!(null), &json!([]))
    );
    assert_eq!(replaced.json["next"]["title"], "Soon");
    let other = admin.put("/v1/streams/news-radio", json!({"name": "N", "slug": "other"}));
    assert_eq!(other.problem(422, "invalid-field").pointers(), ["/slug"]);
}

#[test]
fn update_stream_changes_what_is_sent_and_nothing_else() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/streams", radio()).expect(201).json;
    let changed = admin
        .patch("/v1/streams/news-radio", json!({"status": "live", "language": null}))
        .expect(200)
        .json;
    let mut expected = made.clone();
    for property in ["status", "language", "version", "updated_at"] {
        expected[property] = changed[property].clone();
    }
    assert_eq!(changed, expected);
    assert_eq!((&changed["status"], &changed["language"]), (&json!("live"), &json!(null)));
    let silent = admin.patch("/v1/streams/news-radio", json!({"sources": []}));
    assert_eq!(silent.problem(422, "invalid-field").pointers(), ["/sources"]);
    for property in ["name", "slug", "kind", "status", "sources"] {
        let refused = admin.patch("/v1/streams/news-radio", json!({property: null}));
        assert_eq!(refused.problem(422, "invalid-field").pointers(), [format!("/{property}")]);
    }
    admin.patch("/v1/streams/news-radio", json!({"slug": "radio"})).expect(200);
    admin.get("/v1/streams/news-radio").problem(404, "not-found");
}

#[test]
fn update_stream_gives_it_a_cover_that_everybody_can_be_told_of() {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/streams", radio()).expect(201);
    let image = crate::images::uploaded(&admin, &crate::pictures::png(4, 4)).json["id"].clone();
    let cover = json!({"image": image});
    let refused =
        admin.patch("/v1/streams/news-radio", cover.clone()).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/image"]);
    assert!(refused.text("detail").contains("alternative text"), "{}", refused.json);
    let path = format!("/v1/images/{}", image.as_str().unwrap());
    admin.patch(&path, json!({"alt": "A studio"})).expect(200);
    admin.patch("/v1/streams/news-radio", cover).expect(200);
    let shown = app.public().get("/v1/streams/news-radio").expect(200).json["image"].clone();
    assert_eq!(
        (&shown["id"], &shown["alt"], &shown["width"]),
        (&image, &json!("A studio"), &json!(4))
    );
    let clash = admin.patch(&path, json!({"alt": null})).problem(409, "conflict");
    assert!(clash.text("detail").contains("`news-radio`"), "{}", clash.json);
    let clash = admin.delete(&path).problem(409, "conflict");
    assert!(clash.text("detail").contains("`news-radio`"), "{}", clash.json);
    admin.patch("/v1/streams/news-radio", json!({"name": "Radio"})).expect(200);
    assert_eq!(admin.get("/v1/streams/news-radio").json["image"]["id"], image);
    admin.patch("/v1/streams/news-radio", json!({"image": null})).expect(200);
    admin.delete(&path).expect(204);
}

#[test]
fn delete_stream_takes_its_schedule_along() {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/streams", radio()).expect(201);
    let programme = scheduled(&admin, "news-radio", &[("Soon", 10, 20)])[0].clone();
    admin.delete("/v1/streams/news-radio").expect(204);
    admin.get("/v1/streams/news-radio").problem(404, "not-found");
    admin.get(&format!("/v1/programmes/{}", programme.as_str().unwrap())).problem(404, "not-found");
    for table in ["streams", "stream_sources", "programmes"] {
        assert_eq!(app.rows(table), 0, "{table}");
    }
}
