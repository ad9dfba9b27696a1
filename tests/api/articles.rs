//! Articles: made, read, changed, listed and removed.

use serde_json::json;

use crate::app::App;

#[test]
fn create_article_makes_all_its_parts_at_once() {
    let app = App::new();
    let made = app
        .admin()
        .post(
            "/v1/articles",
            json!({
                "title": "Russia and China Are Eager",
                "status": "published",
                "body": "“Secondly, we see a clear trend,” Xin said.",
                "tags": ["Russia", "security cooperation"],
                "authors": ["Jane Doe"],
                "quotes": [{"text": "\"Secondly, we see a clear trend,\"", "speaker_name": "Zhang Xin"}],
                "links": [{"title": "Talks on Gas Supply"}, {"url": "https://example.com/gas"}]
            }),
        )
        .expect(201);
    assert_eq!(made.header("location"), "/v1/articles/russia-and-china-are-eager");
    let article = app.public().get(made.header("location")).expect(200);
    assert_eq!(article.json, made.json);
    assert_eq!(article.json["tags"][1]["slug"], "security-cooperation");
    assert_eq!(article.json["quotes"][0]["anchor"]["status"], "anchored");
    assert_eq!(article.json["links"][0]["target"], json!(null));
    assert_eq!(app.rows("articles"), 1);
    assert_eq!(app.rows("tags"), 2);
    assert_eq!(app.rows("people"), 2);
}
