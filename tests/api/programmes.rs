//! Programmes: the schedule of a stream, part by part and one by one.

use serde_json::{Value, json};

use crate::app::{App, Client};
use crate::streams::{at, scheduled};

fn site() -> (App, Client) {
    let app = App::new();
    let admin = app.admin();
    admin.post("/v1/streams", json!({"name": "Radio"})).expect(201);
    (app, admin)
}

fn day(programmes: &[(&str, &str, &str)]) -> Value {
    let programmes = programmes
        .iter()
        .map(|(title, start, end)| json!({"title": title, "starts_at": start, "ends_at": end}))
        .collect::<Vec<_>>();
    json!({"from": "2030-01-01T00:00:00Z", "to": "2030-01-02T00:00:00Z", "programmes": programmes})
}

const SIX: (&str, &str, &str) = ("News at Six", "2030-01-01T18:00:00Z", "2030-01-01T18:30:00Z");
const NIGHT: (&str, &str, &str) = ("Night Music", "2030-01-01T23:00:00Z", "2030-01-02T05:00:00Z");

#[test]
fn get_schedule_of_a_window_and_of_the_coming_day() {
    let (app, admin) = site();
    let public = app.public();
    scheduled(
        &admin,
        "radio",
        &[("Over", -60, -30), ("On", -30, 30), ("Soon", 30, 60), ("Far", 2000, 2030)],
    );
    let coming = public.get("/v1/streams/radio/schedule?count=exact").expect(200);
    assert_eq!(coming.each("title"), ["On", "Soon"]);
    assert_eq!(
        (&coming.json["now"]["title"], &coming.json["next"]["title"]),
        (&json!("On"), &json!("Soon"))
    );
    assert_eq!(coming.json["total"], 2);
    let all = format!("from={}&to={}", at(-90), at(3000));
    let all = public.get(&format!("/v1/streams/radio/schedule?{all}")).expect(200);
    assert_eq!(all.each("title"), ["Over", "On", "Soon", "Far"]);
    let past = public
        .get(&format!("/v1/streams/radio/schedule?from={}&to={}", at(-90), at(-45)))
        .expect(200);
    assert_eq!(
        (past.each("title"), &past.json["now"]["title"]),
        (vec![json!("Over")], &json!("On"))
    );
    let window = format!("from={}&to={}", at(-90), at(3000));
    let mut path = format!("/v1/streams/radio/schedule?{window}&limit=3");
    let first = public.get(&path).expect(200);
    path = format!("{path}&cursor={}", first.text("next_cursor"));
    assert_eq!(public.get(&path).expect(200).each("title"), ["Far"]);
    for (query, parameter) in [
        (format!("from={}&to={}", at(0), at(0)), "to"),
        ("from=2030-01-01&to=2030-02-02".to_owned(), "to"),
        ("to=2020-01-01".to_owned(), "to"),
        ("from=noon".to_owned(), "from"),
    ] {
        let refused = public.get(&format!("/v1/streams/radio/schedule?{query}"));
        let refused = refused.problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], parameter, "{query}");
    }
    public.get("/v1/streams/none/schedule").problem(404, "not-found");
}

#[test]
fn put_schedule_replaces_what_begins_in_its_window_and_nothing_else() {
    let (app, admin) = site();
    let path = "/v1/streams/radio/schedule";
    let first = admin.put(path, day(&[NIGHT, SIX])).expect(200);
    let titles = |json: &Value| {
        let programmes = json["programmes"].as_array().unwrap();
        programmes.iter().map(|it| it["title"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&first.json), ["News at Six", "Night Music"]);
    let mut next_day = day(&[("Morning", "2030-01-02T05:00:00Z", "2030-01-02T06:00:00Z")]);
    next_day["from"] = json!("2030-01-02T00:00:00Z");
    next_day["to"] = json!("2030-01-03T00:00:00Z");
    admin.put(path, next_day).expect(200);
    // Sent again an hour later: the same programme, and the day after stays.
    let late = ("News at Six", "2030-01-01T19:00:00Z", "2030-01-01T19:30:00Z");
    let again = admin.put(path, day(&[late, NIGHT])).expect(200);
    assert_eq!(again.json["programmes"][0]["id"], first.json["programmes"][0]["id"]);
    assert_eq!(again.json["programmes"][0]["version"], 2);
    assert_eq!(again.json["programmes"][1], first.json["programmes"][1]);
    assert_eq!(app.rows("programmes"), 3);
    // What does not change is no change.
    let version = admin.get("/v1/streams/radio").json["version"].clone();
    let same = admin.put(path, day(&[late, NIGHT])).expect(200);
    assert_eq!(same.header("etag"), again.header("etag"));
    assert_eq!(admin.get("/v1/streams/radio").json["version"], version);
    let headers = [("content-type", "application/json"), ("if-match", first.header("etag"))];
    let stale = admin.send("PUT", path, &headers, day(&[]).to_string().as_bytes());
    stale.problem(412, "precondition-failed");
    admin.put(path, day(&[])).expect(200);
    assert_eq!(app.rows("programmes"), 1);
}

#[test]
fn put_schedule_refuses_what_overlaps_or_lies_outside() {
    let (app, admin) = site();
    let path = "/v1/streams/radio/schedule";
    for (programmes, pointer) in [
        (
            vec![SIX, ("B", "2030-01-01T18:29:00Z", "2030-01-01T19:00:00Z")],
            "/programmes/1/starts_at",
        ),
        (vec![("A", "2030-01-01T18:00:00Z", "2030-01-01T18:00:00Z")], "/programmes/0/ends_at"),
        (vec![("A", "2030-01-01T18:00:00Z", "2030-01-09T18:00:00Z")], "/programmes/0/ends_at"),
        (
            vec![SIX, ("A", "2030-01-02T00:00:00Z", "2030-01-02T01:00:00Z")],
            "/programmes/1/starts_at",
        ),
        (vec![("A", "2029-12-31T23:59:59Z", "2030-01-01T01:00:00Z")], "/programmes/0/starts_at"),
        (vec![("", "2030-01-01T18:00:00Z", "2030-01-01T19:00:00Z")], "/programmes/0/title"),
    ] {
        let refused = admin.put(path, day(&programmes)).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer], "{programmes:?}");
    }
    let mut unknown = day(&[SIX]);
    unknown["programmes"][0]["article"] = json!("none");
    let refused = admin.put(path, unknown).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/programmes/0/article"]);
    assert_eq!(app.rows("programmes"), 0);
    // The night goes on into the next day, whose part begins with it still on.
    admin.put(path, day(&[NIGHT])).expect(200);
    let mut next = day(&[("Early", "2030-01-02T04:00:00Z", "2030-01-02T06:00:00Z")]);
    next["from"] = json!("2030-01-02T00:00:00Z");
    next["to"] = json!("2030-01-03T00:00:00Z");
    let clash = admin.put(path, next).problem(409, "conflict");
    assert_eq!(clash.pointers(), ["/programmes/0"]);
    assert!(clash.text("detail").contains("Night Music"), "{}", clash.json);
    assert_eq!(app.rows("programmes"), 1);
}

#[test]
fn get_programme_shows_its_article_only_to_who_may_see_it() {
    let (app, admin) = site();
    admin.post("/v1/articles", json!({"title": "Talks", "slug": "talks"})).expect(201);
    let mut sent = day(&[SIX]);
    sent["programmes"][0]["article"] = json!("talks");
    let made = admin.put("/v1/streams/radio/schedule", sent).expect(200);
    assert_eq!(made.json["programmes"][0]["article"]["slug"], "talks");
    let path = format!("/v1/programmes/{}", made.json["programmes"][0]["id"].as_str().unwrap());
    assert_eq!(app.public().get(&path).expect(200).json["article"], json!(null));
    admin.patch("/v1/articles/talks", json!({"status": "published"})).expect(200);
    assert_eq!(app.public().get(&path).expect(200).json["article"]["slug"], "talks");
    admin.delete("/v1/articles/talks").expect(204);
    assert_eq!(admin.get(&path).expect(200).json["article"], json!(null));
}

#[test]
fn update_programme_moves_it_where_nothing_else_is() {
    let (_app, admin) = site();
    let made = admin.put("/v1/streams/radio/schedule", day(&[SIX, NIGHT])).expect(200);
    let path = format!("/v1/programmes/{}", made.json["programmes"][0]["id"].as_str().unwrap());
    let changed =
        admin.patch(&path, json!({"title": "News", "description": "All of it."})).expect(200);
    assert_eq!((&changed.json["title"], &changed.json["version"]), (&json!("News"), &json!(2)));
    let clash = json!({"starts_at": "2030-01-01T22:00:00Z", "ends_at": "2030-01-01T23:30:00Z"});
    let clash = admin.patch(&path, clash).problem(409, "conflict");
    assert!(clash.text("detail").contains("Night Music"), "{}", clash.json);
    let backwards = admin.patch(&path, json!({"ends_at": "2030-01-01T17:00:00Z"}));
    assert_eq!(backwards.problem(422, "invalid-field").pointers(), ["/ends_at"]);
    let cleared = admin.patch(&path, json!({"description": null})).expect(200);
    assert_eq!(cleared.json["description"], json!(null));
    admin
        .patch("/v1/programmes/01890a5d-ac96-774b-bcce-b302099a8057", json!({}))
        .problem(404, "not-found");
}

#[test]
fn delete_programme_takes_it_out_of_the_schedule() {
    let (app, admin) = site();
    let made = admin.put("/v1/streams/radio/schedule", day(&[SIX, NIGHT])).expect(200);
    let path = format!("/v1/programmes/{}", made.json["programmes"][0]["id"].as_str().unwrap());
    let version = admin.get("/v1/streams/radio").json["version"].as_i64().unwrap();
    admin.delete(&path).expect(204);
    admin.delete(&path).problem(404, "not-found");
    assert_eq!(admin.get("/v1/streams/radio").json["version"], version + 1);
    assert_eq!(app.rows("programmes"), 1);
}
