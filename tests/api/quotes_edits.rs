//! Edits of articles: what was said changes only when somebody says so.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use crate::app::{App, Client};

pub const BODY: &str = "“We will raise taxes,” said Jane Doe. The house was silent.\n\n\
    “We will raise rates,” said Li Wei. “It is done.”";
pub const TALKS: &str = "/v1/articles/talks";

fn quotes() -> Value {
    json!([
        {"text": "We will raise taxes,", "speaker_name": "Jane Doe"},
        {"text": "It is done.", "speaker_name": "Li Wei", "state": "suggested"},
    ])
}

pub fn whole(body: &str) -> Value {
    json!({"title": "Talks", "status": "published", "body": body, "body_format": "text", "quotes": quotes()})
}

/// The article; answers the id of its confirmed quote.
fn make(client: &Client) -> Value {
    client.put(TALKS, whole(BODY)).expect(201).json["quotes"][0]["id"].clone()
}

fn quote(client: &Client, id: &Value) -> Value {
    client.get(&format!("/v1/quotes/{}", id.as_str().unwrap())).expect(200).json
}

fn history(client: &Client, id: &Value) -> Vec<Value> {
    let path = format!("/v1/quotes/{}/history?limit=100", id.as_str().unwrap());
    client.get(&path).expect(200).json["items"].as_array().unwrap().clone()
}

fn actions(client: &Client, id: &Value) -> Vec<Value> {
    history(client, id).iter().map(|entry| entry["action"].clone()).collect()
}

/// The words at the quote's anchor, after its digest was proven.
#[track_caller]
pub fn words(article: &Value, quote: &Value) -> String {
    let anchor = &quote["anchor"];
    let place = |name: &str| usize::try_from(anchor[name].as_i64().unwrap()).unwrap();
    let points = article["body_text"].as_str().unwrap().chars();
    let words = points.skip(place("start")).take(place("end") - place("start"));
    let words = words.collect::<String>();
    let digest = Sha256::digest(words.nfc().collect::<String>());
    let hex = digest.into_iter().map(|byte| format!("{byte:02x}"));
    assert_eq!(anchor["sha256"], hex.collect::<Vec<_>>().concat());
    words
}

pub fn edited(new: &str, changes: &Value) -> Value {
    json!({"body": new, "quote_changes": changes})
}

#[test]
fn update_article_refuses_to_change_what_was_said() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let id = make(&admin);
    let before = public.get(TALKS).expect(200).bytes;
    let new = BODY.replace("raise taxes", "cut taxes");
    let refused = admin.patch(TALKS, json!({"body": new, "title": "Other"}));
    let refused = refused.problem(409, "quote-altered");
    assert_eq!(refused.pointers(), ["/body"]);
    let error = &refused.json["errors"][0];
    assert_eq!(error["code"], "altered");
    let named = json!({"id": id, "before": "We will raise taxes,", "after": "We will cut taxes,",
        "start": 1, "end": 21});
    assert_eq!(error["quote"], named);
    assert!(refused.text("detail").contains("“We will raise taxes,” would be changed"));
    for word in ["`quote_changes`", "`amend`", "`detach`", "`remove`"] {
        assert!(refused.text("detail").contains(word), "{}", refused.json);
    }
    let gone = admin.patch(TALKS, json!({"body": "Nothing."})).problem(409, "quote-altered");
    let error = &gone.json["errors"][0];
    assert_eq!((&error["code"], &error["quote"]["after"]), (&json!("gone"), &json!(null)));
    let mut put = whole(&new);
    admin.put(TALKS, put.clone()).problem(409, "quote-altered");
    // Whoever leaves the quote out, or sends it with the new words, has not said it either.
    put["quotes"] = json!([]);
    admin.put(TALKS, put.clone()).problem(409, "quote-altered");
    put["quotes"] = json!([{"text": "We will cut taxes,", "speaker_name": "Jane Doe"}]);
    admin.put(TALKS, put).problem(409, "quote-altered");
    let suggested =
        json!({"body": new, "quotes": [{"text": "We will raise taxes,", "state": "suggested"}]});
    admin.patch(TALKS, suggested).problem(409, "quote-altered");
    assert_eq!(public.get(TALKS).expect(200).bytes, before, "nothing was written");
    assert_eq!(actions(&admin, &id), ["created"]);
    // Words that are gone altogether take with them what is left out.
    let without = json!({"title": "Talks", "status": "published", "body": "Nothing."});
    assert_eq!(admin.put(TALKS, without).expect(200).json["quotes"], json!([]));
    assert_eq!(actions(&admin, &id), ["created", "removed"]);
}

#[test]
fn update_article_names_every_quote_it_would_change() {
    let app = App::new();
    let admin = app.admin();
    let quotes = (0..120).map(|n| json!({"text": format!("Said {n}."), "speaker_name": "Ann"}));
    let body = (0..120).map(|n| format!("“Said {n}.”\n\n")).collect::<Vec<_>>().concat();
    let sent = json!({"title": "Talks", "body": body, "quotes": quotes.collect::<Vec<_>>()});
    admin.put(TALKS, sent).expect(201);
    let refused = admin.patch(TALKS, json!({"body": body.replace("Said 7", "Sang 7")}));
    let refused = refused.problem(409, "quote-altered");
    assert_eq!(refused.json["errors"].as_array().unwrap().len(), 11);
    assert!(refused.text("detail").contains("11 in all"));
    let all = admin.patch(TALKS, json!({"body": "All gone."})).problem(409, "quote-altered");
    assert_eq!(all.json["errors"].as_array().unwrap().len(), 100);
}

#[test]
fn update_article_amends_a_quote_that_is_said_to_follow() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let id = make(&admin);
    let new = BODY.replace("raise taxes", "cut taxes");
    let amend = json!([{"quote": id, "action": "amend", "reason": "The recording has it so."}]);
    let article = admin.patch(TALKS, edited(&new, &amend)).expect(200).json;
    let after = quote(&public, &id);
    assert_eq!(after["text"], "We will cut taxes,");
    assert_eq!(words(&article, &after), "We will cut taxes,");
    assert_eq!((&after["version"], &after["state"]), (&json!(2), &json!("confirmed")));
    let [entry] = history(&public, &id)[1..].to_vec().try_into().unwrap();
    assert_eq!(entry["action"], "amended");
    assert_eq!(entry["before"]["text"], "We will raise taxes,");
    assert_eq!(entry["after"]["text"], "We will cut taxes,");
    assert_eq!(entry["reason"], "The recording has it so.");
    assert_eq!(entry["article_version"], article["version"]);
    assert_eq!(entry["key"], json!(null), "readers are not told who");
    assert_eq!(history(&admin, &id)[1]["key"]["name"], "a test");
    // A PUT may list it with the words it had or with those it gets.
    let third = new.replace("cut taxes", "lower all taxes");
    let mut put = whole(&third);
    put["quotes"][0]["text"] = json!("We will cut taxes,");
    put["quote_changes"] = amend.clone();
    let put = admin.put(TALKS, put).expect(200).json;
    assert_eq!(
        (&put["quotes"][0]["id"], &put["quotes"][0]["text"]),
        (&id, &json!("We will lower all taxes,"))
    );
    let mut back = whole(BODY);
    back["quote_changes"] = amend;
    let back = admin.put(TALKS, back).expect(200).json;
    assert_eq!(
        (&back["quotes"][0]["id"], &back["quotes"][0]["text"]),
        (&id, &json!("We will raise taxes,"))
    );
    assert_eq!(actions(&admin, &id), ["created", "amended", "amended", "amended"]);
}

#[test]
fn update_article_amends_to_the_words_it_is_sent() {
    let app = App::new();
    let admin = app.admin();
    let id = make(&admin);
    let new = BODY
        .replace("“We will raise taxes,” said", "“All right, taxes will go up,” was the word of");
    let amend = |text: &str| json!([{"quote": id, "action": "amend", "reason": "Heard anew.", "text": text}]);
    for (text, code) in [("taxes will vanish", "not-found"), ("l", "ambiguous")] {
        let refused = admin.patch(TALKS, edited(&new, &amend(text))).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), ["/quote_changes/0/text"]);
        assert_eq!(refused.json["errors"][0]["code"], code);
    }
    let article = admin.patch(TALKS, edited(&new, &amend("taxes will go up,"))).expect(200).json;
    let after = quote(&admin, &id);
    assert_eq!(
        (after["text"].as_str().unwrap(), words(&article, &after).as_str()),
        ("taxes will go up,", "taxes will go up,")
    );
}

#[test]
fn update_article_detaches_and_removes_as_it_is_told() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let id = make(&admin);
    let detach = json!([{"quote": id, "action": "detach", "reason": "Cut for length."}]);
    admin.patch(TALKS, edited("“It is done.”", &detach)).expect(200);
    let orphan = quote(&public, &id);
    assert_eq!(
        (&orphan["anchor"]["status"], &orphan["text"]),
        (&json!("orphaned"), &json!("We will raise taxes,"))
    );
    assert_eq!(history(&public, &id)[1]["action"], "detached");
    assert_eq!(history(&public, &id)[1]["reason"], "Cut for length.");
    // What it has lost, an edit may give back.
    let article = admin.patch(TALKS, json!({"body": BODY})).expect(200).json;
    assert_eq!(words(&article, &quote(&admin, &id)), "We will raise taxes,");
    let remove = json!([{"quote": id, "action": "remove"}]);
    admin.patch(TALKS, edited("“It is done.”", &remove)).expect(200);
    admin.get(&format!("/v1/quotes/{}", id.as_str().unwrap())).problem(404, "not-found");
    let left = admin.get("/v1/articles/talks/quotes?state=suggested").expect(200);
    assert_eq!(left.each("position"), [0], "no gap is left");
    assert_eq!(actions(&admin, &id), ["created", "detached", "removed"]);
    let path = format!("/v1/quotes/{}/history", id.as_str().unwrap());
    public.get(&path).problem(404, "not-found");
}

#[expect(clippy::too_many_lines, reason = "one story, told in one go")]
#[test]
fn update_article_refuses_to_say_of_quotes_what_cannot_be_meant() {
    let app = App::new();
    let admin = app.admin();
    let id = make(&admin);
    let other = admin.post("/v1/articles", json!({"title": "Other", "body": "So.", "quotes": [{"text": "So.", "affiliation": "CCTV"}]}));
    let other = other.expect(201).json["quotes"][0]["id"].clone();
    let new = BODY.replace("raise taxes", "cut taxes");
    let said = |change: Value| json!([change]);
    for (body, changes, pointer, code) in [
        (
            new.as_str(),
            said(json!({"quote": other, "action": "remove"})),
            "/quote_changes/0/quote",
            "not-found",
        ),
        (
            &new,
            said(json!({"quote": id, "action": "amend"})),
            "/quote_changes/0/reason",
            "required",
        ),
        (
            &new,
            said(json!({"quote": id, "action": "detach", "text": "We"})),
            "/quote_changes/0/text",
            "not-allowed",
        ),
        (
            &new,
            json!([{"quote": id, "action": "remove"}, {"quote": id, "action": "detach"}]),
            "/quote_changes/1/quote",
            "repeated",
        ),
        (
            BODY,
            said(json!({"quote": id, "action": "remove"})),
            "/quote_changes/0/quote",
            "not-needed",
        ),
        (
            &format!("So. {BODY}"),
            said(json!({"quote": id, "action": "detach"})),
            "/quote_changes/0/quote",
            "not-needed",
        ),
        (
            "It is gone.",
            said(json!({"quote": id, "action": "amend", "reason": "x"})),
            "/quote_changes/0/action",
            "gone",
        ),
        (
            &new,
            said(json!({"quote": id, "action": "change"})),
            "/quote_changes/0/action",
            "not-an-option",
        ),
        (
            &new,
            said(json!({"quote": "talks", "action": "remove"})),
            "/quote_changes/0/quote",
            "bad-format",
        ),
    ] {
        let refused = admin.patch(TALKS, edited(body, &changes)).problem(422, "invalid-field");
        assert_eq!(refused.pointers(), [pointer], "{changes}");
        assert_eq!(refused.json["errors"][0]["code"], code, "{changes}");
    }
    assert_eq!(quote(&admin, &id)["version"], 1);
}

#[test]
fn update_article_refuses_to_say_of_quotes_what_has_no_body() {
    let app = App::new();
    let admin = app.admin();
    let id = make(&admin);
    let new = BODY.replace("raise taxes", "cut taxes");
    let alone = json!({"quote_changes": [{"quote": id, "action": "remove"}]});
    assert_eq!(
        admin.patch(TALKS, alone.clone()).problem(422, "invalid-field").pointers(),
        ["/quote_changes/0/quote"]
    );
    let mut made = alone.clone();
    made["title"] = json!("New");
    for answer in [admin.post("/v1/articles", made.clone()), admin.put("/v1/articles/newer", made)]
    {
        assert_eq!(answer.problem(422, "invalid-field").pointers(), ["/quote_changes"]);
    }
    // What is said to stay must be among the quotes that are sent.
    let mut left_out = edited(&new, &json!([{"quote": id, "action": "detach"}]));
    left_out["quotes"] = json!([]);
    assert_eq!(
        admin.patch(TALKS, left_out).problem(422, "invalid-field").pointers(),
        ["/quote_changes"]
    );
    assert_eq!(quote(&admin, &id)["version"], 1);
}

#[test]
fn update_article_lets_no_quote_jump_to_a_look_alike() {
    let app = App::new();
    let admin = app.admin();
    let id = make(&admin);
    let quotes = json!({"text": "We will raise rates,", "state": "suggested"});
    let near = admin.post("/v1/articles/talks/quotes", quotes).expect(201).json["id"].clone();
    // A suggestion whose words are edited is altered, and what is like it is only proposed.
    let new = BODY.replace("raise rates", "raise all rates");
    let article = admin.patch(TALKS, json!({"body": new})).expect(200).json;
    let altered = quote(&admin, &near);
    assert_eq!(altered["anchor"]["status"], "altered");
    assert_eq!(
        (&altered["anchor"]["start"], &altered["text"]),
        (&json!(null), &json!("We will raise rates,"))
    );
    let proposals = altered["anchor"]["proposals"].as_array().unwrap();
    assert_eq!(proposals[0]["text"], "We will raise all rates,");
    let place = |name: &str| usize::try_from(proposals[0][name].as_i64().unwrap()).unwrap();
    let text = article["body_text"].as_str().unwrap().chars().collect::<Vec<_>>();
    assert_eq!(
        text[place("start")..place("end")].iter().collect::<String>(),
        "We will raise all rates,"
    );
    assert_eq!(words(&article, &quote(&admin, &id)), "We will raise taxes,");
    assert_eq!(
        admin.get("/v1/quotes?anchor=altered&state=suggested").expect(200).each("id"),
        std::slice::from_ref(&near)
    );
    // The other sentence is made what this one was: it stays where it has no place.
    let detach = json!([{"quote": id, "action": "detach"}]);
    let turned = new.replace("raise taxes", "raise rates");
    admin.patch(TALKS, edited(&turned, &detach)).expect(200);
    assert_eq!(quote(&admin, &near)["anchor"]["status"], "altered");
    // An editor may take a proposal by its words.
    let taken = json!({"text": "We will raise all rates,", "reason": "as printed"});
    let taken =
        admin.patch(&format!("/v1/quotes/{}", near.as_str().unwrap()), taken).expect(200).json;
    assert_eq!(
        (&taken["anchor"]["status"], &taken["anchor"]["proposals"]),
        (&json!("anchored"), &json!([]))
    );
    assert_eq!(history(&admin, &near)[1]["reason"], "as printed");
}

#[test]
fn update_article_is_not_published_with_quotes_that_do_not_stand_in_it() {
    let app = App::new();
    let admin = app.admin();
    let sent = json!({"title": "Talks", "body": BODY, "quotes": [
        {"text": "We will raise taxes,", "speaker_name": "Jane Doe"},
        {"text": "Never said.", "speaker_name": "Li Wei"},
        {"text": "Perhaps said.", "state": "suggested"},
    ]});
    let made = admin.put(TALKS, sent.clone()).expect(201).json;
    let refused = admin.patch(TALKS, json!({"status": "published"})).problem(409, "quote-unfit");
    assert_eq!(refused.pointers(), ["/status"]);
    let error = &refused.json["errors"][0];
    assert_eq!(
        (&error["code"], &error["quote"]["id"]),
        (&json!("orphaned"), &made["quotes"][1]["id"])
    );
    assert_eq!(error["quote"]["before"], "Never said.");
    let mut published = sent.clone();
    published["status"] = json!("published");
    for answer in [admin.put(TALKS, published.clone()), admin.post("/v1/articles", published)] {
        let refused = answer.problem(409, "quote-unfit");
        assert_eq!(refused.pointers(), ["/quotes/1"]);
        assert!(refused.text("detail").contains("“Never said.” does not stand in the article"));
    }
    let last = format!("/v1/quotes/{}", made["quotes"][1]["id"].as_str().unwrap());
    admin.patch(&last, json!({"state": "suggested"})).expect(200);
    admin.patch(TALKS, json!({"status": "published"})).expect(200);
    // An altered one that was confirmed all the same.
    let altered = BODY.replace("It is done", "It is all done");
    let done = json!({"text": "It is done.", "speaker_name": "Li Wei", "state": "suggested"});
    let done =
        admin.post("/v1/articles/talks/quotes", done).expect(201).header("location").to_owned();
    admin.patch(TALKS, json!({"body": altered, "status": "archived"})).expect(200);
    admin.patch(&done, json!({"state": "confirmed"})).expect(200);
    let refused = admin.patch(TALKS, json!({"status": "published"})).problem(409, "quote-unfit");
    assert_eq!(refused.json["errors"][0]["code"], "altered");
    app.public().get(TALKS).problem(404, "not-found");
}
