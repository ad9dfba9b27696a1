//! Images at the head of articles and in their bodies.

use serde_json::{Value, json};

use crate::app::{App, Client};
use crate::images::{path, uploaded};
use crate::pictures;

/// A picture that readers may see; its id.
fn ready(client: &Client) -> Value {
    let made = uploaded(client, &pictures::jpeg(800, 400)).json;
    let place = format!("/v1/images/{}", made["id"].as_str().unwrap());
    client.patch(&place, json!({"alt": "A \"long\" table"})).expect(200).json
}

fn id(image: &Value) -> &str {
    image["id"].as_str().unwrap()
}

#[test]
fn create_article_with_a_picture_that_cards_show_too() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let image = ready(&admin);
    let sent = json!({"title": "Story", "status": "published", "image": image["id"]});
    assert_eq!(admin.post("/v1/articles", sent).expect(201).json["image"], image);
    assert_eq!(public.get("/v1/articles/story").expect(200).json["image"], image);
    assert_eq!(public.get("/v1/articles").expect(200).each("image"), std::slice::from_ref(&image));
    let sparse = public.get("/v1/articles?fields=image.url,image.alt").expect(200);
    assert_eq!(sparse.each("image"), [json!({"url": image["url"], "alt": image["alt"]})]);
    let card = &image["renditions"][1];
    assert_eq!((&card["width"], &card["height"]), (&json!(320), &json!(160)));
    assert_eq!(image["renditions"].as_array().unwrap().len(), 3, "{image}");
    public.get(path(&card["url"])).expect(200);
    admin.put("/v1/articles/story", json!({"title": "Story"})).expect(200);
    assert_eq!(admin.get("/v1/articles/story").expect(200).json["image"], Value::Null);
    let other = ready(&admin);
    let patched = admin.patch("/v1/articles/story", json!({"image": other["id"]})).expect(200);
    assert_eq!(patched.json["image"]["id"], other["id"]);
    let kept = admin.patch("/v1/articles/story", json!({"title": "New"})).expect(200);
    assert_eq!(kept.json["image"]["id"], other["id"], "absent stays");
    for unknown in [json!("01890a5d-ac96-774b-bcce-b302099a8057"), json!("x"), json!({})] {
        let refused = admin.post("/v1/articles", json!({"title": "No", "image": unknown}));
        assert_eq!(refused.problem(422, "invalid-field").pointers(), ["/image"]);
    }
    assert_eq!(app.rows("articles"), 1);
}

#[test]
fn update_article_publishes_no_picture_without_words_or_file() {
    let app = App::new();
    let admin = app.admin();
    let speechless = uploaded(&admin, &pictures::png(8, 8)).json;
    let waiting = admin.post("/v1/images", json!({"alt": "Soon"})).expect(201).json;
    let body = format!("![words](image:{})", id(&waiting));
    let sent = json!({"title": "Story", "image": speechless["id"], "body": body});
    admin.post("/v1/articles", sent.clone()).expect(201);
    let publish = json!({"status": "published"});
    let refused = admin.patch("/v1/articles/story", publish.clone()).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/image", "/body"]);
    let mut at_once = sent;
    at_once["status"] = json!("published");
    let refused = admin.post("/v1/articles", at_once).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/image", "/body"]);
    let image = |image: &Value| format!("/v1/images/{}", id(image));
    admin.patch(&image(&speechless), json!({"alt": "A table"})).expect(200);
    let url = json!({"url": "https://pictures.example/a.jpg"});
    admin.patch(&image(&waiting), url).expect(200);
    admin.patch("/v1/articles/story", publish).expect(200);
    let kept = admin.patch(&image(&speechless), json!({"alt": null})).problem(409, "conflict");
    assert!(kept.text("detail").contains("`story`"), "{}", kept.json);
    assert_eq!(kept.pointers(), ["/alt"]);
    admin.patch(&image(&speechless), json!({"alt": "Another"})).expect(200);
    let other = uploaded(&admin, &pictures::png(9, 9)).json;
    let refused = admin.patch("/v1/articles/story", json!({"image": other["id"]}));
    assert_eq!(refused.problem(422, "invalid-field").pointers(), ["/image"]);
    admin.patch("/v1/articles/story", json!({"status": "archived"})).expect(200);
    admin.patch(&image(&speechless), json!({"alt": null})).expect(200);
    assert_eq!(app.rows("articles"), 1);
}

#[test]
fn get_article_fills_in_the_pictures_of_its_body() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let image = ready(&admin);
    let name = format!("image:{}", id(&image));
    let body = format!(
        "“We see it,” Xin said.\n\n![Mine]({name} \"A title\")\n\n![]({name})\n\n\
         ![far](https://far.example/a.png)\n\n`<img src=\"{name}\">` and [a link]({name})"
    );
    let sent = json!({"title": "Story", "status": "published", "body": body,
        "quotes": [{"text": "We see it,", "speaker_name": "Xin"}]});
    let made = admin.post("/v1/articles", sent).expect(201).json;
    let html = made["body_html"].as_str().unwrap().to_owned();
    let url = image["url"].as_str().unwrap();
    let size = format!(
        " width=\"800\" height=\"400\" srcset=\"{url}?w=160 160w, {url}?w=320 320w, \
         {url}?w=640 640w, {url} 800w\" sizes=\"auto, 100vw\" loading=\"lazy\""
    );
    assert!(
        html.contains(&format!("<img src=\"{url}\" alt=\"Mine\"{size} title=\"A title\">")),
        "{html}"
    );
    let own = format!("<img src=\"{url}\" alt=\"A &quot;long&quot; table\"{size}>");
    assert!(html.contains(&own), "{html}");
    assert!(html.contains("<img src=\"https://far.example/a.png\" alt=\"far\">"), "{html}");
    assert!(html.contains(&format!("<code>&lt;img src=\"{name}\"&gt;</code>")), "{html}");
    assert!(!html.contains("href=\"image:"), "{html}");
    assert_eq!(made["quotes"][0]["anchor"]["status"], "anchored");
    let text = format!("“We see it,” Xin said.\n\n<img src=\"{name}\"> and a link");
    assert_eq!(made["body_text"], text);
    // Another file has another address, and the body follows.
    let file = format!("/v1/images/{}/file", id(&image));
    let bytes = pictures::gif(90, 60);
    let put = admin.send("PUT", &file, crate::images::BYTES, &bytes).expect(200).json;
    let now = public.get("/v1/articles/story").expect(200).json;
    let shown = format!(
        "<img src=\"{}\" alt=\"Mine\" width=\"90\" height=\"60\" loading",
        put["url"].as_str().unwrap()
    );
    assert!(now["body_html"].as_str().unwrap().contains(&shown), "{now}");
    assert_eq!((&now["quotes"], &now["body_text"]), (&made["quotes"], &made["body_text"]));
    let listed = public.get("/v1/articles?include=body").expect(200);
    assert_eq!(listed.each("body_html"), [now["body_html"].clone()]);
}

#[test]
fn list_articles_issues_as_many_statements_with_pictures_as_without() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let cost = || {
        let answer = public.get("/v1/articles?include=body").expect(200);
        answer.header("server-timing").split(' ').next().unwrap().to_owned()
    };
    admin.post("/v1/articles", json!({"title": "None", "status": "published"})).expect(201);
    let without = cost();
    for title in ["One", "Two", "Three"] {
        let (head, body) = (ready(&admin), ready(&admin));
        let body = format!("![](image:{})", id(&body));
        let sent =
            json!({"title": title, "status": "published", "image": head["id"], "body": body});
        admin.post("/v1/articles", sent).expect(201);
    }
    assert_eq!(cost(), without);
}

#[test]
fn create_article_refuses_pictures_that_are_none() {
    let app = App::new();
    let admin = app.admin();
    let image = ready(&admin);
    let many = format!("![x](image:{})\n", id(&image)).repeat(101);
    for (body, code) in [
        ("![x](image:01890a5d-ac96-774b-bcce-b302099a8057)", "not-found"),
        ("![x](image:nothing)", "unreadable"),
        ("![x](image:)", "unreadable"),
        ("<img src=\"image:../../etc/passwd\">", "unreadable"),
        (many.as_str(), "unreadable"),
    ] {
        let refused = admin.post("/v1/articles", json!({"title": "No", "body": body}));
        let refused = refused.problem(422, "invalid-field");
        assert_eq!(refused.pointers(), ["/body"], "{body}");
        assert_eq!(refused.json["errors"][0]["code"], code, "{body}");
    }
    let html = format!(
        "<a title='<img src=\"image:{0}\">' href=\"https://a.example\">x</a><IMG SRC=image:{0}>\
         <img alt=\"a > b\" onerror=\"alert(1)\" src=\"image:{0}\">",
        id(&image)
    );
    let sent = json!({"title": "T", "body": html, "body_format": "html"});
    let html = admin.post("/v1/articles", sent).expect(201).json["body_html"].clone();
    let html = html.as_str().unwrap();
    let shown = format!("<img src=\"{}\"", image["url"].as_str().unwrap());
    assert_eq!(html.matches(&shown).count(), 2, "{html}");
    assert!(html.contains("alt=\"a &gt; b\""), "{html}");
    assert!(!html.contains("onerror"), "{html}");
}
