//! Community standards: versions that are kept, and the time from which each holds.

use onrecord::auth::Scope;
use onrecord::db::types::Moment;
use serde_json::json;

use crate::app::App;

const STANDARDS: &str = "/v1/community-standards";

#[test]
fn get_community_standards_that_hold_now() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    public.get(STANDARDS).problem(404, "not-found");
    assert_eq!(public.get("/v1/community-standards/versions").json["items"], json!([]));
    let sent =
        json!({"body": "# Rules\n\nBe *kind*. <script>alert(1)</script> [x](javascript:alert(1))"});
    let made = admin.put(STANDARDS, sent).expect(201);
    assert_eq!(made.header("location"), "/v1/community-standards/versions/1");
    let html = made.text("body_html");
    assert!(html.contains("<h1>Rules</h1>") && html.contains("<em>kind</em>"), "{html}");
    assert!(!html.contains("script"), "{html}");
    assert_eq!(public.get(STANDARDS).expect(200).json, made.json);
    assert_eq!(public.get(made.header("location")).expect(200).json, made.json);
}

#[test]
fn put_community_standards_makes_versions_and_changes_none() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let put = |body: &str| admin.put(STANDARDS, json!({"body": body}));
    let first = put("Be kind.").expect(201).json;
    // The same again makes none.
    assert_eq!(put("Be kind.").expect(200).json, first);
    let same = json!({"body": "Be kind.", "effective_at": first["effective_at"]});
    admin.put(STANDARDS, same).expect(200);
    let second = put("Be kinder.").expect(201).json;
    assert_eq!((&first["version"], &second["version"]), (&json!(1), &json!(2)));
    assert_eq!(public.get(STANDARDS).expect(200).json, second);
    // What was said before may be said again: a version of its own.
    let third = put("Be kind.").expect(201).json;
    let page = public.get("/v1/community-standards/versions?count=exact").expect(200);
    assert_eq!(page.json["items"], json!([third, second, first]));
    assert_eq!(page.json["total"], 3);
    let page = public.get("/v1/community-standards/versions?limit=2").expect(200);
    let next =
        format!("/v1/community-standards/versions?limit=2&cursor={}", page.text("next_cursor"));
    assert_eq!(public.get(&next).expect(200).each("version"), [1]);
    let etag = public.get(STANDARDS).header("etag").to_owned();
    let send = |tag: &str, body: &str| {
        let headers = [("content-type", "application/json"), ("if-match", tag)];
        let body = json!({"body": body}).to_string();
        admin.send("PUT", STANDARDS, &headers, body.as_bytes())
    };
    send("\"other\"", "Be quiet.").problem(412, "precondition-failed");
    send(&etag, "Be quiet.").expect(201);
    send(&etag, "Be loud.").problem(412, "precondition-failed");
    assert_eq!(app.rows("community_standards"), 4);
}

#[test]
fn put_community_standards_for_a_time_to_come() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let put =
        |body: &str, at: &str| admin.put(STANDARDS, json!({"body": body, "effective_at": at}));
    put("Old.", "2020-01-01T00:00:00Z").expect(201);
    put("Present.", "2024-01-01T00:00:00Z").expect(201);
    let soon = Moment::now().plus_millis(1500).to_string();
    put("Soon.", &soon).expect(201);
    assert_eq!(public.get(STANDARDS).text("body"), "Present.");
    // A version to come is there for who sees drafts, and for nobody else.
    let soon_path = "/v1/community-standards/versions/3";
    public.get(soon_path).problem(404, "not-found");
    assert_eq!(public.get("/v1/community-standards/versions").each("version"), [2, 1]);
    let editor = app.with(&[Scope::DraftsRead]);
    assert_eq!(editor.get(soon_path).expect(200).text("body"), "Soon.");
    assert_eq!(editor.get("/v1/community-standards/versions").each("version"), [3, 2, 1]);
    // Nothing begins before what holds now did.
    let refused = put("Earlier.", "2023-12-31T23:59:59.999Z").problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/effective_at"]);
    while Moment::now().to_string() <= soon {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(public.get(STANDARDS).text("body"), "Soon.");
    // One made later overtakes what is yet to come.
    put("Far.", "2999-01-01T00:00:00Z").expect(201);
    admin.put(STANDARDS, json!({"body": "Now."})).expect(201);
    assert_eq!(public.get(STANDARDS).json["version"], 5);
}

#[test]
fn get_community_standards_version_by_its_number() {
    let app = App::new();
    app.admin().put(STANDARDS, json!({"body": "Be kind."})).expect(201);
    for version in ["0", "2", "-1", "1.5", "x", "99999999999", "01x", "%00"] {
        let path = format!("/v1/community-standards/versions/{version}");
        app.public().get(&path).problem(404, "not-found");
    }
    app.public().get("/v1/community-standards/versions/1").expect(200);
}

#[test]
fn list_community_standards_versions_takes_only_its_own_cursors() {
    let app = App::new();
    let admin = app.admin();
    for body in ["a", "b"] {
        admin.put(STANDARDS, json!({"body": body})).expect(201);
    }
    let path = "/v1/community-standards/versions";
    let cursor = admin.get(&format!("{path}?limit=1")).text("next_cursor").to_owned();
    app.public().get(&format!("{path}?cursor={cursor}")).problem(400, "invalid-cursor");
    admin.get(&format!("{path}?cursor=x")).problem(400, "invalid-cursor");
    admin.get(&format!("{path}?limit=101")).problem(400, "invalid-parameter");
}

#[test]
fn put_community_standards_refuses_what_is_none() {
    let app = App::new();
    let admin = app.admin();
    for (sent, pointer) in [
        (json!({}), "/body"),
        (json!({"body": ""}), "/body"),
        (json!({"body": " \n"}), "/body"),
        (json!({"body": null}), "/body"),
        (json!({"body": "x".repeat(100_001)}), "/body"),
        (json!({"body": "x", "effective_at": "soon"}), "/effective_at"),
        (json!({"body": "x", "effective_at": null}), "/effective_at"),
        (json!({"body": "x", "version": 7}), "/version"),
    ] {
        let refused = admin.put(STANDARDS, sent).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer]);
    }
    let moderator = app.with(&[Scope::CommentsModerate, Scope::ContentWrite]);
    moderator.put(STANDARDS, json!({"body": "x"})).problem(403, "forbidden");
    assert_eq!(app.rows("community_standards"), 0);
}
