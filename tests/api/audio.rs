//! Audio: an article read aloud, with its transcript.

use serde_json::json;

use crate::app::App;

#[test]
fn update_article_gives_it_audio_changes_it_and_takes_it_away() {
    let app = App::new();
    let admin = app.admin();
    let audio = json!({"url": "https://media.example.com/talks.mp3", "type": "audio/mpeg", "duration_seconds": 312});
    let sent = json!({"title": "Talks", "status": "published", "audio": audio});
    let made = admin.post("/v1/articles", sent).expect(201).json;
    let whole = json!({"url": "https://media.example.com/talks.mp3", "type": "audio/mpeg",
        "duration_seconds": 312, "language": null, "transcript": null});
    assert_eq!(made["audio"], whole);
    let patched =
        json!({"audio": {"transcript": "Good evening.\n\nTalks began.", "duration_seconds": null}});
    let changed = admin.patch("/v1/articles/talks", patched).expect(200).json;
    let whole = json!({"url": "https://media.example.com/talks.mp3", "type": "audio/mpeg",
        "duration_seconds": null, "language": null, "transcript": "Good evening.\n\nTalks began."});
    assert_eq!(changed["audio"], whole);
    assert_eq!(app.public().get("/v1/articles/talks").expect(200).json["audio"], whole);
    admin.patch("/v1/articles/talks", json!({"title": "The talks"})).expect(200);
    assert_eq!(admin.get("/v1/articles/talks").json["audio"], whole);
    admin.patch("/v1/articles/talks", json!({"audio": null})).expect(200);
    assert_eq!(admin.get("/v1/articles/talks").json["audio"], json!(null));
    assert_eq!(app.rows("article_audio"), 0);
    let half = admin.patch("/v1/articles/talks", json!({"audio": {"duration_seconds": 3}}));
    assert_eq!(half.problem(422, "invalid-field").pointers(), ["/audio/url"]);
}

#[test]
fn put_article_without_audio_takes_it_away() {
    let app = App::new();
    let admin = app.admin();
    let audio = json!({"url": "https://media.example.com/talks.mp3", "type": "audio/mpeg"});
    admin.put("/v1/articles/talks", json!({"title": "Talks", "audio": audio})).expect(201);
    admin.put("/v1/articles/talks", json!({"title": "Talks"})).expect(200);
    assert_eq!(admin.get("/v1/articles/talks").json["audio"], json!(null));
}

#[test]
fn create_article_refuses_audio_that_no_player_takes() {
    let app = App::new();
    let admin = app.admin();
    let good = "https://media.example.com/talks.mp3";
    for (audio, pointer) in [
        (json!({"url": "javascript:alert(1)", "type": "audio/mpeg"}), "/audio/url"),
        (json!({"url": "ftp://media.example.com/a", "type": "audio/mpeg"}), "/audio/url"),
        (json!({"url": good}), "/audio/type"),
        (json!({"url": good, "type": "video/mp4"}), "/audio/type"),
        (
            json!({"url": good, "type": "audio/mpeg", "duration_seconds": 0}),
            "/audio/duration_seconds",
        ),
        (json!({"url": good, "type": "audio/mpeg", "language": "en us"}), "/audio/language"),
        (json!({"url": good, "type": "audio/mpeg", "bitrate": 1}), "/audio/bitrate"),
        (json!("talks.mp3"), "/audio"),
    ] {
        let refused = admin.post("/v1/articles", json!({"title": "T", "audio": audio.clone()}));
        assert_eq!(refused.problem(422, "invalid-field").pointers(), [pointer], "{audio}");
    }
    assert_eq!(app.rows("articles"), 0);
}
