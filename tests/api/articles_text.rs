//! What is made of an article's words: its slug, its dates, its body.

use serde_json::{Value, json};

use crate::app::{App, Client};

fn slug_of(client: &Client, title: &str) -> String {
    let made = client.post("/v1/articles", json!({"title": title})).expect(201);
    let read = client.get(made.header("location")).expect(200);
    assert_eq!(read.json["title"], title);
    made.text("slug").to_owned()
}

#[test]
fn create_article_makes_a_slug_of_a_title_in_any_script() {
    let app = App::new();
    let admin = app.admin();
    for (title, slug) in [
        ("Russia and China Are Eager", "russia-and-china-are-eager"),
        ("Übergröße: Éric’s “Café”!", "ubergrosse-erics-cafe"),
        ("Россия и Китай", "россия-и-китай"),
        ("俄罗斯与中国", "俄罗斯与中国"),
        ("日本語のニュース", "日本語のニュース"),
        ("أخبار العالم", "أخبار-العالم"),
        ("ΑΘΗΝΑ σήμερα", "αθηνα-σήμερα"),
        ("…!?", "article"),
        ("New", "new-1"),
        ("01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8057-1"),
    ] {
        assert_eq!(slug_of(&admin, title), slug, "{title}");
    }
}

#[test]
fn create_article_numbers_the_slug_it_makes_and_refuses_the_one_it_is_asked_for() {
    let app = App::new();
    let admin = app.admin();
    let made = (0..5).map(|_| slug_of(&admin, "Budget")).collect::<Vec<_>>();
    assert_eq!(made, ["budget", "budget-2", "budget-3", "budget-4", "budget-5"]);
    let asked = json!({"title": "Other", "slug": "budget-3"});
    let clash = admin.post("/v1/articles", asked).problem(409, "conflict");
    assert!(clash.text("detail").contains("budget-3"));
    assert_eq!(app.rows("articles"), 5);
}

#[test]
fn create_article_refuses_what_cannot_be_a_slug() {
    let app = App::new();
    let admin = app.admin();
    for slug in [
        "",
        "Upper",
        "a b",
        "a--b",
        "-a",
        "a-",
        "a/b",
        "a.b",
        "new",
        "search",
        "a\u{202e}b",
        "ﬁne",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "01890a5dac96774bbcceb302099a8057",
        &"a".repeat(201),
    ] {
        let refused = admin.post("/v1/articles", json!({"title": "T", "slug": slug}));
        assert_eq!(refused.problem(422, "invalid-field").pointers(), ["/slug"], "{slug:?}");
    }
    let longest = "a".repeat(200);
    admin.post("/v1/articles", json!({"title": "T", "slug": longest})).expect(201);
    assert_eq!(app.rows("articles"), 1);
}

#[test]
fn create_article_dates_what_it_publishes() {
    let app = App::new();
    let admin = app.admin();
    let draft = admin.post("/v1/articles", json!({"title": "A"})).expect(201).json;
    assert_eq!(
        (&draft["published_at"], &draft["first_published_at"]),
        (&Value::Null, &Value::Null)
    );
    let sent = json!({"title": "B", "status": "published"});
    let now = admin.post("/v1/articles", sent).expect(201).json;
    assert_eq!(now["published_at"], now["created_at"]);
    assert_eq!(now["first_published_at"], now["created_at"]);
    let past =
        json!({"title": "C", "status": "published", "published_at": "1999-12-31T23:59:59.9994Z"});
    let past = admin.post("/v1/articles", past).expect(201).json;
    assert_eq!(past["published_at"], "1999-12-31T23:59:59.999Z");
    let future =
        json!({"title": "D", "status": "published", "published_at": "2999-01-01T00:00:00Z"});
    let refused = admin.post("/v1/articles", future).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/published_at"]);
}

#[test]
fn update_article_keeps_when_it_was_first_published() {
    let app = App::new();
    let admin = app.admin();
    let path = "/v1/articles/a";
    admin.post("/v1/articles", json!({"title": "A"})).expect(201);
    let published = admin.patch(path, json!({"status": "published"})).expect(200).json;
    let first = published["first_published_at"].clone();
    assert!(first.is_string());
    assert_eq!(published["published_at"], first);
    assert_eq!(published["version"], 2);
    let dated = admin.patch(path, json!({"published_at": "2020-01-01T00:00:00Z"})).expect(200).json;
    assert_eq!(dated["published_at"], "2020-01-01T00:00:00.000Z");
    assert_eq!(dated["first_published_at"], first);
    for status in ["archived", "draft", "published"] {
        let changed = admin.patch(path, json!({"status": status})).expect(200).json;
        assert_eq!(changed["status"], status);
        assert_eq!(changed["first_published_at"], first);
        assert_eq!(changed["published_at"], "2020-01-01T00:00:00.000Z");
    }
    admin.patch(path, json!({"status": "draft"})).expect(200);
    let undated = admin.patch(path, json!({"published_at": null})).expect(200).json;
    assert_eq!(undated["published_at"], Value::Null);
    assert_eq!(undated["first_published_at"], first);
    assert_eq!(undated["version"], 8);
    admin.patch(path, json!({"status": "scheduled"})).problem(422, "invalid-field");
}

#[test]
fn update_article_counts_every_change_and_never_goes_back_in_time() {
    let app = App::new();
    let admin = app.admin();
    let made = admin.post("/v1/articles", json!({"title": "A"})).expect(201).json;
    let mut before = made["updated_at"].clone();
    for version in 2..6 {
        let changed = admin.patch("/v1/articles/a", json!({"body": format!("{version}")}));
        let changed = changed.expect(200).json;
        assert_eq!(changed["version"], version);
        assert_eq!(changed["created_at"], made["created_at"]);
        assert!(changed["updated_at"].as_str() >= before.as_str());
        before = changed["updated_at"].clone();
    }
    admin.post("/v1/articles/a/links", json!({"title": "A part"})).expect(201);
    assert_eq!(admin.get("/v1/articles/a").json["version"], 6);
}

#[test]
fn create_article_renders_each_body_format() {
    let app = App::new();
    let admin = app.admin();
    for (format, body, html, text, words) in [
        ("markdown", "*One* [two](https://e.org/)\n\nthree", "<em>One</em>", "One two\n\nthree", 3),
        (
            "html",
            "<p>One <b>two</b></p><p>three</p>",
            "<p>One <b>two</b></p>",
            "One two\n\nthree",
            3,
        ),
        ("text", "One <b>\n\n*two*", "One &lt;b&gt;", "One <b>\n\n*two*", 3),
    ] {
        let sent = json!({"title": format, "body": body, "body_format": format});
        let made = admin.post("/v1/articles", sent).expect(201).json;
        assert_eq!(made["body"], body);
        assert!(made["body_html"].as_str().unwrap().contains(html), "{}", made["body_html"]);
        assert_eq!(made["body_text"], text);
        if format != "text" {
            assert_eq!(made["word_count"], words);
        }
    }
    let text = json!({"body": "*One*", "body_format": "text"});
    let text = admin.patch("/v1/articles/markdown", text).expect(200).json;
    assert_eq!(text["body_text"], "*One*");
    let markdown = admin.patch("/v1/articles/markdown", json!({"body_format": "markdown"}));
    assert_eq!(markdown.expect(200).json["body_text"], "One");
}

#[test]
fn create_article_lets_no_script_through() {
    let app = App::new();
    let admin = app.admin();
    for body in [
        "<p>a</p><script>alert(1)</script>",
        "<a href=\"javascript:alert(1)\">a</a>",
        "<a href=\"JaVaScRiPt&colon;alert(1)\">a</a>",
        "<a href=\" java\tscript:alert(1)\">a</a>",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "<img src=x onerror=alert(1)>a",
        "<svg><script>alert(1)</script></svg>a",
        "<iframe src=\"https://e.org\"></iframe>a",
        "<style>*{display:none}</style><p style=\"color:red\" onclick=\"alert(1)\">a</p>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>a",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">a",
    ] {
        for format in ["markdown", "html"] {
            let sent = json!({"title": "T", "body": body, "body_format": format});
            let made = admin.post("/v1/articles", sent).expect(201).json;
            let html = made["body_html"].as_str().unwrap().to_lowercase();
            for tag in html.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
                for never in ["script", "iframe", "style", "svg", "math", "data:", " on"] {
                    assert!(!tag.contains(never), "{format} {body}: {html}");
                }
            }
            assert!(!made["body_text"].as_str().unwrap().contains("display:none"), "{body}");
        }
    }
}

#[test]
fn list_articles_by_a_title_that_folds_to_many_characters() {
    let app = App::new();
    let admin = app.admin();
    for _ in 0..3 {
        let sent = json!({"title": "ﷺ".repeat(300), "status": "published"});
        admin.post("/v1/articles", sent).expect(201);
    }
    let first = admin.get("/v1/articles?order=title&limit=1").expect(200);
    let next = format!("/v1/articles?order=title&limit=1&cursor={}", first.text("next_cursor"));
    let second = admin.get(&next).expect(200);
    assert_ne!(first.each("id"), second.each("id"));
}
