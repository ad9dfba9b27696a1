//! Images: made, given their files, changed, shown and removed.

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::{Answer, App, Client};
use crate::pictures;

pub const BYTES: &[(&str, &str)] = &[("content-type", "application/octet-stream")];

/// Uploads a picture, which must be taken.
#[track_caller]
pub fn uploaded(client: &Client, bytes: &[u8]) -> Answer {
    client.send("POST", "/v1/uploads", BYTES, bytes).expect(201)
}

/// The path of an absolute address on this server.
#[track_caller]
pub fn path(url: &Value) -> &str {
    let url = url.as_str().unwrap();
    let (_, rest) = url.split_once("://").unwrap();
    &rest[rest.find('/').unwrap()..]
}

fn at(image: &Value) -> String {
    format!("/v1/images/{}", image["id"].as_str().unwrap())
}

#[test]
fn create_image_elsewhere_or_for_a_file_to_come() {
    let app = App::new();
    let admin = app.admin();
    let sent = json!({
        "url": "https://pictures.example/a.jpg", "width": 1600, "height": 900,
        "alt": "A long table", "caption": "On Monday.\n\nIn Moscow.", "credit": "Li Hua / CCTV",
        "focal_point": {"x": 0.25, "y": 1},
    });
    let made = admin.post("/v1/images", sent).expect(201);
    let path = at(&made.json);
    assert_eq!(made.header("location"), path);
    for (property, value) in [
        ("url", json!("https://pictures.example/a.jpg")),
        ("type", json!(null)),
        ("width", json!(1600)),
        ("byte_size", json!(null)),
        ("caption", json!("On Monday.\n\nIn Moscow.")),
        ("focal_point", json!({"x": 0.25, "y": 1.0})),
        ("renditions", json!([])),
        ("version", json!(1)),
    ] {
        assert_eq!(made.json[property], value, "{property}");
    }
    let got = admin.get(&path).expect(200);
    assert_eq!(got.json, made.json);
    admin.get_with(&path, "if-none-match", got.header("etag")).expect(304);
    let empty = admin.post("/v1/images", json!({})).expect(201).json;
    assert_eq!((&empty["url"], &empty["alt"]), (&json!(null), &json!(null)));
    for (sent, pointer) in [
        (json!({"width": 5}), "/width"),
        (json!({"height": 5}), "/height"),
        (json!({"url": "javascript:alert(1)"}), "/url"),
        (json!({"url": "data:image/png;base64,AAAA"}), "/url"),
        (json!({"url": "//pictures.example/a.jpg"}), "/url"),
        (json!({"focal_point": {"x": 1.01, "y": 0}}), "/focal_point/x"),
        (json!({"focal_point": {"x": 0, "y": -0.5}}), "/focal_point/y"),
        (json!({"focal_point": {"x": 0.5}}), "/focal_point/y"),
        (json!({"focal_point": {"x": "0.5", "y": 0}}), "/focal_point/x"),
        (json!({"alt": "a\u{202e}b"}), "/alt"),
        (json!({"alt": "two\nlines"}), "/alt"),
        (json!({"alt": " "}), "/alt"),
        (json!({"alt": "a".repeat(1001)}), "/alt"),
        (json!({"credit": "a\u{2066}b"}), "/credit"),
        (json!({"type": "image/png"}), "/type"),
    ] {
        let refused = admin.post("/v1/images", sent.clone()).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer], "{sent}");
    }
    assert_eq!(app.rows("images"), 2);
}

#[test]
fn get_image_only_with_a_key_that_sees_drafts() {
    let app = App::new();
    let place = at(&uploaded(&app.admin(), &pictures::png(4, 4)).json);
    let reader = app.with(&[Scope::DraftsRead]).get(&place).expect(200);
    assert_eq!(reader.json, app.admin().get(&place).expect(200).json);
    app.public().get(&place).problem(401, "unauthorized");
    app.with(&[Scope::CommentsWrite]).get(&place).problem(403, "forbidden");
    let nobody = "/v1/images/01890a5d-ac96-774b-bcce-b302099a8057";
    app.admin().get(nobody).problem(404, "not-found");
    app.admin().get("/v1/images/picture").problem(404, "not-found");
}

#[test]
fn upload_image_in_one_step_and_once() {
    let app = App::new();
    let admin = app.admin();
    let bytes = pictures::jpeg(400, 300);
    let headers = [BYTES[0], ("idempotency-key", "a-picture")];
    let send = |bytes: &[u8]| admin.send("POST", "/v1/uploads", &headers, bytes);
    let made = send(&bytes).expect(201);
    assert_eq!(made.json["type"], "image/jpeg");
    assert_eq!((&made.json["width"], &made.json["height"]), (&json!(400), &json!(300)));
    let again = send(&bytes).expect(201);
    assert_eq!((&again.json, again.header("idempotency-replayed")), (&made.json, "true"));
    send(&pictures::png(4, 4)).problem(422, "idempotency-key-reused");
    assert_eq!(app.rows("images"), 1);
    let file = app.public().get(path(&made.json["url"])).expect(200);
    assert_eq!(made.json["byte_size"], file.bytes.len());
    let same = uploaded(&admin, &bytes).json;
    assert_ne!(same["url"], made.json["url"], "who has the picture must not know its address");
}

#[test]
fn put_image_file_sets_and_replaces_it() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let image = admin.post("/v1/images", json!({"alt": "A table"})).expect(201);
    let place = at(&image.json);
    let put = |bytes: &[u8]| admin.send("PUT", &format!("{place}/file"), BYTES, bytes);
    let first = put(&pictures::png(400, 300)).expect(200).json;
    assert_eq!((&first["alt"], &first["type"]), (&json!("A table"), &json!("image/png")));
    assert_eq!(first["version"], 2);
    assert_eq!(put(&pictures::png(400, 300)).expect(200).json, first, "the same changes nothing");
    let small = format!("{}?w=160", path(&first["url"]));
    public.get(&small).expect(200);
    let second = put(&pictures::jpeg(40, 30)).expect(200).json;
    assert_eq!((&second["width"], &second["version"]), (&json!(40), &json!(3)));
    public.get(path(&second["url"])).expect(200);
    public.get(path(&first["url"])).problem(404, "not-found");
    public.get(&small).problem(404, "not-found");
    let headers = [BYTES[0], ("if-match", image.header("etag"))];
    let stale = admin.send("PUT", &format!("{place}/file"), &headers, &pictures::png(9, 9));
    stale.problem(412, "precondition-failed");
    let nobody = format!("/v1/images/{}/file", onrecord::db::types::Id::new());
    admin.send("PUT", &nobody, BYTES, &pictures::png(9, 9)).problem(404, "not-found");
    assert_eq!(admin.get(&place).expect(200).json, second);
    let url = json!({"url": "https://pictures.example/a.jpg", "width": 5000});
    let elsewhere = admin.post("/v1/images", url).expect(201).json;
    let file = format!("{}/file", at(&elsewhere));
    let here = admin.send("PUT", &file, BYTES, &pictures::gif(20, 10)).expect(200).json;
    assert_eq!((&here["type"], &here["width"]), (&json!("image/gif"), &json!(20)));
    assert!(path(&here["url"]).starts_with("/media/"), "{here}");
}

#[test]
fn update_image_changes_what_is_sent() {
    let app = App::new();
    let admin = app.admin();
    let sent = json!({"url": "https://pictures.example/a.jpg", "alt": "A", "credit": "B",
        "focal_point": {"x": 0, "y": 0}});
    let image = admin.post("/v1/images", sent).expect(201);
    let place = at(&image.json);
    let patch = json!({"alt": "C", "credit": null, "focal_point": {"x": 1, "y": 0.5},
        "url": "https://pictures.example/b.jpg", "height": 7});
    let changed = admin.patch(&place, patch).expect(200).json;
    assert_eq!((&changed["alt"], &changed["credit"]), (&json!("C"), &json!(null)));
    assert_eq!(changed["focal_point"], json!({"x": 1.0, "y": 0.5}));
    assert_eq!(
        (&changed["url"], &changed["height"]),
        (&json!("https://pictures.example/b.jpg"), &json!(7))
    );
    assert_eq!(changed["version"], 2);
    let none = admin.patch(&place, json!({"focal_point": null, "height": null})).expect(200).json;
    assert_eq!((&none["focal_point"], &none["height"]), (&json!(null), &json!(null)));
    let etag = [("content-type", "application/json"), ("if-match", image.header("etag"))];
    admin.send("PATCH", &place, &etag, b"{}").problem(412, "precondition-failed");
    let here = uploaded(&admin, &pictures::png(30, 20)).json;
    for (patch, pointer) in [
        (json!({"url": "https://pictures.example/b.jpg"}), "/url"),
        (json!({"width": 31}), "/width"),
        (json!({"height": null}), "/height"),
        (json!({"url": null}), "/url"),
        (json!({"file": "x"}), "/file"),
    ] {
        let refused = admin.patch(&at(&here), patch).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer]);
    }
    admin.patch(&at(&here), json!({"width": 30, "height": 20})).expect(200);
}

#[test]
fn list_images_last_made_first() {
    let app = App::new();
    let admin = app.admin();
    for alt in ["a", "b", "c"] {
        admin.post("/v1/images", json!({"alt": alt})).expect(201);
    }
    let first = admin.get("/v1/images?limit=2&count=exact").expect(200);
    assert_eq!(
        (first.each("alt"), &first.json["total"]),
        (vec![json!("c"), json!("b")], &json!(3))
    );
    let next = format!("/v1/images?limit=2&cursor={}", first.text("next_cursor"));
    assert_eq!(admin.get(&next).expect(200).each("alt"), ["a"]);
    let reader = app.with(&[Scope::DraftsRead]);
    assert_eq!(reader.get("/v1/images").expect(200).each("alt").len(), 3);
    app.public().get("/v1/images").problem(401, "unauthorized");
}

#[test]
fn delete_image_only_when_no_article_shows_it() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let image = uploaded(&admin, &pictures::png(400, 300)).json;
    let small = format!("{}?w=320", path(&image["url"]));
    public.get(&small).expect(200);
    admin.post("/v1/articles", json!({"title": "Story", "image": image["id"]})).expect(201);
    let held = admin.delete(&at(&image)).problem(409, "conflict");
    assert!(held.text("detail").contains("`story`"), "{}", held.json);
    admin.patch("/v1/articles/story", json!({"image": null})).expect(200);
    let body = format!("![x](image:{})", image["id"].as_str().unwrap());
    admin.patch("/v1/articles/story", json!({"body": body})).expect(200);
    admin.delete(&at(&image)).problem(409, "conflict");
    admin.delete("/v1/articles/story").expect(204);
    admin.delete(&at(&image)).expect(204);
    admin.get(&at(&image)).problem(404, "not-found");
    public.get(path(&image["url"])).problem(404, "not-found");
    public.get(&small).problem(404, "not-found");
    assert_eq!(app.rows("article_images"), 0);
}
