//! The screening: the marks it leaves, the words it looks for, and what bodies become.

use onrecord::comments::body::render;
use onrecord::comments::folding::{Searched, Spelling};
use onrecord::comments::policy::{CommentsPolicy, Moderation};
use serde_json::{Value, json};

use crate::app::{App, Client};
use crate::comments::{approved, article};

/// Sends a comment; answers its state and the codes of its marks.
#[track_caller]
fn sent(admin: &Client, name: &str, user: Option<&str>, body: &str) -> (String, Vec<String>) {
    let mut author = json!({"name": name});
    if let Some(user) = user {
        author["user_id"] = json!(user);
    }
    let sent = json!({"author": author, "body": body});
    let made = admin.post("/v1/articles/one/comments", sent).expect(201);
    let marks = made.json["moderation"]["marks"].as_array().unwrap().iter();
    let codes = marks.map(|mark| mark["code"].as_str().unwrap().to_owned()).collect();
    (made.text("state").to_owned(), codes)
}

fn word(admin: &Client, word: &str, kind: &str) {
    admin.post("/v1/comment-words", json!({"word": word, "kind": kind})).expect(201);
}

#[test]
fn create_comment_leaves_a_mark_for_what_was_noticed() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    approved(&admin, "one", "Somebody known by now.", None);
    word(&admin, "pills", "suspect");
    let long = format!("{}.", "words ".repeat(400));
    let zalgo = format!("Z{}algo!", "\u{301}".repeat(9));
    for (body, marks) in [
        ("Fair enough.", &[][..]),
        ("!", &["too_short"]),
        (&long, &["too_long"]),
        ("See https://example.com and www.example.com", &["links"]),
        ("See [this](https://example.com/).", &["links"]),
        ("See <https://example.com/>.", &["links"]),
        ("THIS IS AN OUTRAGE, THEY SAID so", &["shouting"]),
        ("NATO AND THE UN.", &[]),
        (&zalgo, &["stacked_marks"]),
        ("I sell PILLS.", &["suspect_word"]),
        ("Fair enough!", &["repeated_text"]),
        ("ПОЧЕМУ ТАК ДОЛГО, ПОЧЕМУ?", &["shouting"]),
    ] {
        let (state, found) = sent(&admin, "Ada", None, body);
        assert_eq!(
            (state.as_str(), found),
            ("pending", marks.iter().map(ToString::to_string).collect()),
            "{body}"
        );
    }
    // The marks are for moderators.
    let id = admin.get("/v1/comments?state=pending").each("id")[0].clone();
    let known = admin.get(&format!("/v1/comments/{}", id.as_str().unwrap())).expect(200).json;
    assert_eq!(known["moderation"]["marks"], json!([]));
}

#[test]
fn create_comment_marks_a_new_name_until_something_is_approved() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    approved(&admin, "one", "By a name without an account.", None);
    let new = vec!["new_name".to_owned()];
    let cases = [
        ("Ada", None, &vec![]),
        (" ADA ", None, &vec![]),
        ("Bob", None, &new),
        // An account is known by its id, and nobody by a name that somebody with an account has.
        ("Ada", Some("u-1"), &new),
        ("Bob", Some("u-1"), &new),
    ];
    for (number, (name, user, marks)) in cases.into_iter().enumerate() {
        let body = format!("Something said as number {number}.");
        assert_eq!(&sent(&admin, name, user, &body).1, marks, "{name} {user:?}");
    }
    let made = json!({"author": {"name": "Cy", "user_id": "u-2"}, "body": "Something to approve."});
    let made = admin.post("/v1/articles/one/comments", made).expect(201);
    crate::comments::decide(&admin, made.text("id"), "pending", "approved");
    assert!(sent(&admin, "Cyrus", Some("u-2"), "Another name, the same account.").1.is_empty());
    assert_eq!(sent(&admin, "Cy", None, "The name without the account.").1, new);
}

#[test]
fn create_comment_marks_what_others_said_in_the_same_words() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let words = "The very same words, at some length.";
    assert_eq!(sent(&admin, "Ada", None, words).1, ["new_name"]);
    assert_eq!(
        sent(&admin, "Bob", None, "THE very *same* words at some length").1,
        ["repeated_text", "new_name"]
    );
    // Short agreement is common, unless it comes from the same author again.
    assert_eq!(sent(&admin, "Ada", None, "Thank you!").1, ["new_name"]);
    assert_eq!(sent(&admin, "Bob", None, "Thank you.").1, ["new_name"]);
    assert_eq!(sent(&admin, "Bob", None, "thank you").1, ["repeated_text", "new_name"]);
}

#[test]
fn create_comment_on_a_site_that_moderates_afterwards() {
    let app = App::with_comments(CommentsPolicy::Open, Moderation::Post);
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "one");
    let (state, marks) = sent(&admin, "Ada", None, "First of all.");
    assert_eq!((state.as_str(), marks), ("pending", vec!["new_name".to_owned()]));
    let first = admin.get("/v1/comments").each("id")[0].clone();
    crate::comments::decide(&admin, first.as_str().unwrap(), "pending", "approved");
    assert_eq!(sent(&admin, "Ada", None, "Now known.").0, "approved");
    assert_eq!(sent(&admin, "Ada", None, "See https://example.com/").0, "pending");
    assert_eq!(public.get("/v1/articles/one").json["comments"]["count"], 2);
    let page = public.get("/v1/articles/one/comments").expect(200);
    assert_eq!(page.each("body"), ["First of all.", "Now known."]);
    let second = page.each("id")[1].as_str().unwrap().to_owned();
    let history = admin.get(&format!("/v1/comments/{second}/decisions")).expect(200).json;
    assert_eq!(history["items"][0]["state"], "approved");
    assert_eq!(history["items"][0]["decided_by"], Value::Null);
    let clash = admin.post(&format!("/v1/comments/{second}/decision"), json!({"state": "spam"}));
    let clash = clash.problem(409, "comment-decided");
    assert!(clash.text("detail").contains("by the screening"), "{}", clash.json);
}

#[test]
fn create_comment_with_a_banned_word_is_rejected_at_once() {
    for moderation in [Moderation::Pre, Moderation::Post] {
        let app = App::with_comments(CommentsPolicy::Open, moderation);
        let admin = app.admin();
        article(&admin, "one");
        word(&admin, "miracle pills", "banned");
        word(&admin, "Bad", "banned");
        for body in [
            "Miracle pills!",
            "MIRACLE\n\npills",
            "míraclë **pills**",
            "mir\u{200b}acle\u{a0}pi\u{ad}lls",
            "Ｍiracle ｐills",
            "mirаclе рills",
            "m1racle p1lls",
            "\u{412}AD",
            "b4d",
            "b**a**d",
            "[b](https://example.com/)ad",
            "see [this](https://bad.example.com/)",
            "𝐛𝐚𝐝",
        ] {
            let (state, marks) = sent(&admin, "Ada", None, body);
            assert_eq!(state, "rejected", "{body}");
            assert!(marks.contains(&"banned_word".to_owned()), "{body}");
        }
        for body in ["badly", "miracle of pills", "miracle", "forbade"] {
            assert_eq!(sent(&admin, "Ada", None, body).0, "pending", "{body}");
        }
        assert_eq!(sent(&admin, "Miracle Pills", None, "Hello there.").0, "rejected");
        assert_eq!(sent(&admin, "Pills", None, "It was a miracle").0, "pending");
        let rejected = admin.get("/v1/comments?state=rejected&limit=1").json["items"][0].clone();
        assert_eq!(rejected["moderation"]["reason"], "banned_word");
        assert_eq!(rejected["moderation"]["decided_by"], Value::Null);
        // A moderator may see it otherwise.
        let id = rejected["id"].as_str().unwrap();
        crate::comments::decide(&admin, id, "rejected", "approved");
    }
}

#[test]
fn list_comment_words_by_kind() {
    let app = App::new();
    let admin = app.admin();
    for (banned, kind) in [("zebra", "banned"), ("Äpfel", "suspect"), ("miracle pills", "banned")]
    {
        word(&admin, banned, kind);
    }
    let page = admin.get("/v1/comment-words?count=exact").expect(200);
    assert_eq!(
        (page.each("word"), &page.json["total"]),
        (vec![json!("Äpfel"), json!("miracle pills"), json!("zebra")], &json!(3))
    );
    let page = admin.get("/v1/comment-words?kind=banned&limit=1").expect(200);
    assert_eq!(page.each("word"), ["miracle pills"]);
    let next = format!("/v1/comment-words?kind=banned&limit=1&cursor={}", page.text("next_cursor"));
    assert_eq!(admin.get(&next).each("word"), ["zebra"]);
    admin.get(&next.replace("banned", "suspect")).problem(400, "invalid-cursor");
    admin.get("/v1/comment-words?kind=rude").problem(400, "invalid-parameter");
}

#[test]
fn create_comment_word_once() {
    let app = App::new();
    let admin = app.admin();
    word(&admin, "Bad", "suspect");
    for same in ["bad", "BÁD", "b\u{200b}ad", " bad! "] {
        let clash = admin.post("/v1/comment-words", json!({"word": same, "kind": "banned"}));
        assert_eq!(clash.problem(409, "conflict").pointers(), ["/word"], "{same:?}");
    }
    for (sent, pointer) in [
        (json!({"kind": "banned"}), "/word"),
        (json!({"word": "", "kind": "banned"}), "/word"),
        (json!({"word": "?!", "kind": "banned"}), "/word"),
        (json!({"word": "a\nb", "kind": "banned"}), "/word"),
        (json!({"word": "x".repeat(101), "kind": "banned"}), "/word"),
        (json!({"word": "x"}), "/kind"),
        (json!({"word": "x", "kind": "rude"}), "/kind"),
    ] {
        let refused = admin.post("/v1/comment-words", sent).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer]);
    }
    assert_eq!(app.rows("comment_words"), 1);
}

#[test]
fn get_comment_word_by_its_id() {
    let app = App::new();
    let admin = app.admin();
    let made =
        admin.post("/v1/comment-words", json!({"word": "bad", "kind": "banned"})).expect(201);
    assert_eq!(admin.get(made.header("location")).expect(200).json, made.json);
    admin.get("/v1/comment-words/01890a5d-ac96-774b-bcce-b302099a8057").problem(404, "not-found");
}

#[test]
fn delete_comment_word_that_is_looked_for_no_more() {
    let app = App::new();
    let admin = app.admin();
    article(&admin, "one");
    let made =
        admin.post("/v1/comment-words", json!({"word": "bad", "kind": "banned"})).expect(201);
    let path = made.header("location").to_owned();
    assert_eq!(sent(&admin, "Ada", None, "Not bad.").0, "rejected");
    admin.delete(&path).expect(204);
    admin.get(&path).problem(404, "not-found");
    admin.delete(&path).problem(404, "not-found");
    assert_eq!(sent(&admin, "Ada", None, "Not bad at all.").0, "pending");
}

#[test]
fn create_comment_word_finds_whole_words() {
    // Words of scripts without blanks are found inside of others, all others only whole.
    for (text, word, found) in [
        ("это вор", "Вор", true),
        ("ВОРОН", "вор", false),
        ("这是坏话吗", "坏话", true),
        ("これはだめです", "だめ", true),
        ("नमक", "नमकीन", false),
        ("हिन्दी", "हन्द", false),
        ("class", "ass", false),
        ("don’t", "don't", true),
        ("100 000", "100 000", true),
        ("loo", "100", false),
        ("ΚΑΚΟΣ", "κακός", true),
    ] {
        let searched = Searched::new(&Spelling::of(text));
        assert_eq!(searched.has(&Spelling::of(word)), found, "{word} in {text}");
    }
}

#[test]
fn create_comment_makes_html_that_can_only_be_read() {
    for (body, html) in [
        ("a\nb", "<p>a<br>\nb</p>"),
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>"),
        ("    a < b", "<pre><code>a &lt; b</code></pre>"),
        ("# a", "<p>a</p>"),
        ("---", ""),
        ("![alt *text*](https://example.com/x.png \"t\")", "<p>alt <em>text</em></p>"),
        (
            "[a](https://example.com/ \"title\")",
            "<p><a href=\"https://example.com/\" rel=\"nofollow ugc noopener\">a</a></p>",
        ),
        (
            "<https://example.com/>",
            "<p><a href=\"https://example.com/\" rel=\"nofollow ugc noopener\">https://example.com/</a></p>",
        ),
        ("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("I <3 you & me", "<p>I &lt;3 you &amp; me</p>"),
    ] {
        assert_eq!(render(body).unwrap().html.replace("\n</code>", "</code>"), html, "{body}");
    }
    let no_address = [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](<java\u{1}script:alert(1)>)",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](mailto:ada@example.com)",
        "[x](//example.com/)",
        "[x](/v1/keys)",
        "[x](https:example.com)",
        "[x]\n\n[x]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "<ada@example.com>",
        "![x](javascript:alert(1))",
    ];
    for body in no_address {
        let html = render(body).unwrap().html;
        assert!(!html.contains("href") && !html.contains("src"), "{body}: {html}");
    }
    assert!(render(&"> ".repeat(5000)).is_err());
    assert!(render(&"*a **".repeat(1600)).is_ok());
}
