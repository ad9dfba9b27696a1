//! Histories of quotes, confirming and rejecting, and how the web points to quotes.

use onrecord::auth::Scope;
use onrecord::db::types::Id;
use serde_json::{Value, json};

use crate::app::{App, Client};
use crate::program::Program;

const BODY: &str =
    "“We are ready,” Li Wei said. “Not yet,” said Jane Doe.\n\nOfficials spoke of “the last word”.";
const TALKS: &str = "/v1/articles/talks";

fn suggested() -> Value {
    json!({"title": "Talks", "body": BODY, "body_format": "text", "status": "published", "quotes": [
        {"text": "We are ready,", "speaker_name": "Li Wei", "state": "suggested"},
        {"text": "Not yet,", "speaker_name": "Jane Doe", "state": "suggested"},
        {"text": "the last word", "kind": "partial", "state": "suggested"},
    ]})
}

/// The ids of the suggested quotes of the article, which is made.
fn make(client: &Client) -> Vec<Value> {
    client.put(TALKS, suggested()).expect(201);
    client.get("/v1/articles/talks/quotes?state=suggested").expect(200).each("id")
}

fn path(id: &Value) -> String {
    format!("/v1/quotes/{}", id.as_str().unwrap())
}

fn history(client: &Client, id: &Value) -> Vec<Value> {
    client.get(&format!("{}/history", path(id))).expect(200).json["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn each(entries: &[Value], property: &str) -> Vec<Value> {
    entries.iter().map(|entry| entry[property].clone()).collect()
}

#[test]
fn list_quote_history_tells_who_changed_what_and_why() {
    let app = App::new();
    let admin = app.admin();
    let desk = app.with(&[Scope::ContentWrite]);
    admin.put(TALKS, json!({"title": "Talks", "body": BODY, "status": "draft"})).expect(201);
    let new = json!({"text": "We are ready,", "speaker_name": "Li Wei", "state": "suggested"});
    let id = desk.post("/v1/articles/talks/quotes", new).expect(201).json["id"].clone();
    for patch in [
        json!({"speaker_name": "Li Wei-Chen", "role": "minister", "reason": "Her name now."}),
        json!({"text": "Not yet,", "state": "confirmed", "reason": "Heard again."}),
        json!({"kind": "partial", "position": 0}),
        json!({"state": "suggested"}),
    ] {
        admin.patch(&path(&id), patch).expect(200);
    }
    admin
        .put(
            TALKS,
            json!({"title": "Talks", "body": BODY, "quotes": [
        {"text": "Not yet,", "speaker_name": "Jane Doe", "state": "confirmed"}]}),
        )
        .expect(200);
    let entries = history(&admin, &id);
    let actions =
        ["created", "attributed", "amended", "confirmed", "unconfirmed", "attributed", "confirmed"];
    assert_eq!(each(&entries, "action"), actions);
    assert_eq!(entries[0]["before"], json!(null));
    assert_eq!(entries[0]["after"]["text"], "We are ready,");
    assert_eq!(entries[1]["before"]["speaker_name"], "Li Wei");
    assert_eq!(
        (&entries[1]["after"]["speaker_name"], &entries[1]["after"]["role"]),
        (&json!("Li Wei-Chen"), &json!("minister"))
    );
    assert_eq!(each(&entries[1..4], "reason"), ["Her name now.", "Heard again.", "Heard again."]);
    assert_eq!(
        (&entries[2]["before"]["text"], &entries[2]["after"]["text"]),
        (&json!("We are ready,"), &json!("Not yet,"))
    );
    assert_eq!(entries[5]["after"]["role"], json!(null));
    for pair in entries.windows(2) {
        assert!(pair[0]["at"].as_str() <= pair[1]["at"].as_str());
        assert!(pair[0]["article_version"].as_i64() <= pair[1]["article_version"].as_i64());
    }
    let keys = admin.get("/v1/keys").expect(200).each("id");
    assert!(entries.iter().all(|entry| keys.contains(&entry["key"]["id"])), "{entries:?}");
    assert_ne!(entries[0]["key"]["id"], entries[1]["key"]["id"]);
    // Pages of it.
    let first = admin.get(&format!("{}/history?limit=3&count=exact", path(&id))).expect(200);
    assert_eq!((first.each("action").len(), &first.json["total"]), (3, &json!(7)));
    let next = format!("{}/history?limit=4&cursor={}", path(&id), first.text("next_cursor"));
    assert_eq!(admin.get(&next).expect(200).json["items"].as_array().unwrap(), &entries[3..]);
    admin.get(&format!("/v1/quotes/{}/history", Id::new())).problem(404, "not-found");
    admin.get(&format!("{}/history?order=at", path(&id))).problem(400, "invalid-parameter");
}

#[test]
fn list_quote_history_tells_readers_what_changed_before_their_eyes() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let quotes = json!([{"text": "We are ready,", "speaker_name": "Li"}]);
    let draft = json!({"title": "Talks", "body": BODY, "quotes": quotes});
    let id = admin.put(TALKS, draft).expect(201).json["quotes"][0]["id"].clone();
    admin.patch(&path(&id), json!({"speaker_name": "Li Wei"})).expect(200);
    public.get(&format!("{}/history", path(&id))).problem(404, "not-found");
    admin.patch(TALKS, json!({"status": "published"})).expect(200);
    assert_eq!(history(&public, &id), Vec::<Value>::new());
    admin.patch(&path(&id), json!({"role": "minister", "reason": "Asked for."})).expect(200);
    // What is corrected while it is taken down is a correction of what was read.
    admin.patch(TALKS, json!({"status": "archived"})).expect(200);
    admin.patch(&path(&id), json!({"role": "envoy"})).expect(200);
    public.get(&format!("{}/history", path(&id))).problem(404, "not-found");
    admin.patch(TALKS, json!({"status": "published"})).expect(200);
    let told = public.get(&format!("{}/history?count=exact", path(&id))).expect(200);
    assert_eq!(
        (told.each("action"), &told.json["total"]),
        (vec![json!("attributed"), json!("attributed")], &json!(2))
    );
    assert_eq!(
        (told.each("key"), told.each("reason")),
        (vec![json!(null); 2], vec![json!("Asked for."), json!(null)])
    );
    assert_eq!(history(&admin, &id).len(), 4);
    // Taken away, it has left its history to those who see drafts, until the article goes.
    admin.delete(&path(&id)).expect(204);
    public.get(&format!("{}/history", path(&id))).problem(404, "not-found");
    let reader = app.with(&[Scope::DraftsRead]);
    let last = history(&reader, &id).pop().unwrap();
    assert_eq!((&last["action"], &last["after"]), (&json!("removed"), &json!(null)));
    assert_eq!(last["before"]["role"], "envoy");
    admin.delete(TALKS).expect(204);
    reader.get(&format!("{}/history", path(&id))).problem(404, "not-found");
    assert_eq!(app.rows("quote_changes"), 0);
}

#[test]
fn list_quote_history_has_what_a_write_of_the_article_did() {
    let app = App::new();
    let admin = app.admin();
    let all = |quotes: Value| json!({"title": "Talks", "body": BODY, "quotes": quotes});
    let two = json!([{"text": "We are ready,", "speaker_name": "Li Wei"}, {"text": "Not yet,", "speaker_name": "Ann"}]);
    let made = admin.put(TALKS, all(two.clone())).expect(201).json;
    admin.put(TALKS, all(two)).expect(200);
    let [first, second] = [0, 1].map(|at| made["quotes"][at]["id"].clone());
    assert_eq!(
        each(&history(&admin, &first), "action"),
        ["created"],
        "the same again is no change"
    );
    let one = json!([{"text": "Not yet,", "speaker_name": "Jane Doe"}]);
    admin.patch(TALKS, json!({"quotes": one})).expect(200);
    assert_eq!(each(&history(&admin, &first), "action"), ["created", "removed"]);
    assert_eq!(each(&history(&admin, &second), "action"), ["created", "attributed"]);
    // Two people who are one say what they said: a merge is no change of it.
    admin.post("/v1/people/jane-doe/merge", json!({"into": "li-wei"})).expect(200);
    let after = admin.get(&path(&second)).expect(200).json;
    assert_eq!(
        (&after["speaker"]["slug"], &after["speaker_name"]),
        (&json!("li-wei"), &json!("Jane Doe"))
    );
    assert_eq!(history(&admin, &second).len(), 2);
    admin.get("/v1/people/jane-doe").expect(301);
}

#[test]
fn confirm_quotes_takes_all_or_those_named() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let ids = make(&admin);
    let confirm = |body: Value| admin.post("/v1/articles/talks/quotes/confirm", body);
    let unfit = confirm(json!({"all": true})).problem(409, "quote-unfit");
    assert_eq!(
        (unfit.pointers(), &unfit.json["errors"][0]["code"]),
        (vec!["/all"], &json!("no-speaker"))
    );
    assert_eq!(unfit.json["errors"][0]["quote"]["id"], ids[2]);
    assert_eq!(public.get(TALKS).expect(200).json["quotes"], json!([]), "nothing half done");
    let done = confirm(json!({"quotes": [ids[1], ids[0]]})).expect(200);
    assert_eq!(
        (done.each("id"), done.each("state")),
        (ids[..2].to_vec(), vec![json!("confirmed"); 2])
    );
    assert_eq!(done.each("version"), [2, 2]);
    assert_eq!(
        done.each("origin"),
        [json!("suggestion"), json!("suggestion")],
        "where it came from stays"
    );
    assert_eq!(public.get(TALKS).expect(200).json["quotes"].as_array().unwrap().len(), 2);
    public.get("/v1/people/li-wei").expect(200);
    assert_eq!(each(&history(&admin, &ids[0]), "action"), ["created", "confirmed"]);
    let again = confirm(json!({"quotes": [ids[0]]})).expect(200);
    assert_eq!(again.each("version"), [2], "what is confirmed stays as it is");
    admin.patch(&path(&ids[2]), json!({"anonymity_reason": "spoke on background"})).expect(200);
    let rest = confirm(json!({"all": true})).expect(200);
    assert_eq!(
        (rest.each("id"), rest.each("speaker_kind")),
        (ids[2..].to_vec(), vec![json!("unnamed")])
    );
    assert_eq!(confirm(json!({"all": true})).expect(200).json["items"], json!([]));
}

#[test]
fn confirm_quotes_refuses_what_does_not_stand_in_the_article() {
    let app = App::new();
    let admin = app.admin();
    make(&admin);
    let add = |text: &str| {
        let new = json!({"text": text, "affiliation": "CCTV", "state": "suggested"});
        admin.post("/v1/articles/talks/quotes", new).expect(201).json["id"].clone()
    };
    let (orphaned, ambiguous) = (add("Never said."), add("e"));
    let both = json!({"quotes": [orphaned, ambiguous]});
    let refused = admin.post("/v1/articles/talks/quotes/confirm", both).problem(409, "quote-unfit");
    assert_eq!(refused.pointers(), ["/quotes/0", "/quotes/1"]);
    let codes =
        refused.json["errors"].as_array().unwrap().iter().map(|error| error["code"].clone());
    assert_eq!(codes.collect::<Vec<_>>(), ["orphaned", "ambiguous"]);
    for (body, pointer) in [
        (json!({}), "/quotes"),
        (json!({"all": false}), "/all"),
        (json!({"all": true, "quotes": [orphaned]}), "/quotes"),
        (json!({"quotes": []}), "/quotes"),
        (json!({"quotes": [orphaned, orphaned]}), "/quotes/1"),
        (json!({"quotes": [orphaned, Id::new()]}), "/quotes/1"),
        (json!({"quotes": ["x"]}), "/quotes/0"),
        (json!({"every": true}), "/every"),
    ] {
        for route in ["confirm", "reject"] {
            let mut body = body.clone();
            if route == "reject" {
                body["reason"] = json!("no");
            }
            let answer = admin.post(&format!("{TALKS}/quotes/{route}"), body.clone());
            assert_eq!(answer.problem(422, "invalid-field").pointers(), [pointer], "{body}");
        }
    }
    admin.post("/v1/articles/none/quotes/confirm", json!({"all": true})).problem(404, "not-found");
}

#[test]
fn reject_quotes_takes_them_away_for_good() {
    let program = Program::new();
    let line = json!({"slug": "talks", "title": "Talks", "body": BODY, "quotes": [
        {"text": "We are ready,", "speaker_name": "Li Wei", "state": "suggested"},
        {"text": "“the last word”", "state": "suggested"}, {"text": "Not yet,", "state": "suggested"}]});
    program.feed(&["import", "-"], &line.to_string()).expect(0);
    let app = program.app();
    let admin = app.admin();
    let list = || admin.get("/v1/articles/talks/quotes?state=suggested").expect(200);
    let ids = list().each("id");
    assert_eq!(list().each("origin"), vec![json!("import"); 3]);
    let reject = |body: Value| admin.post("/v1/articles/talks/quotes/reject", body);
    let lacking = reject(json!({"quotes": [ids[1]]})).problem(422, "invalid-field");
    assert_eq!(lacking.pointers(), ["/reason"]);
    let gone = reject(json!({"quotes": [ids[1]], "reason": "Scare quotes."})).expect(200);
    assert_eq!(
        (gone.each("id"), gone.each("state")),
        (vec![ids[1].clone()], vec![json!("suggested")])
    );
    assert_eq!(
        (list().each("id"), list().each("position")),
        (vec![ids[0].clone(), ids[2].clone()], vec![json!(0), json!(1)])
    );
    let entries = history(&admin, &ids[1]);
    assert_eq!(
        (each(&entries, "action"), &entries[1]["reason"]),
        (vec![json!("created"), json!("rejected")], &json!("Scare quotes."))
    );
    // The same line with another title: what was turned down does not come back, however it is spelled.
    let mut again = line;
    again["title"] = json!("Other");
    again["quotes"][1]["text"] = json!("\"the  last word\"");
    let told = program.feed(&["import", "-"], &again.to_string()).expect(0).stdout;
    assert!(told.starts_with("-:1: updated article talks: title\n"), "{told}");
    assert_eq!(list().each("id"), [ids[0].clone(), ids[2].clone()]);
    // Somebody who means it may enter it.
    let meant = json!({"text": "the last word", "affiliation": "The Ministry"});
    admin.post("/v1/articles/talks/quotes", meant).expect(201);
    admin.patch(&path(&ids[0]), json!({"state": "confirmed"})).expect(200);
    let confirmed = reject(json!({"quotes": [ids[2], ids[0]], "reason": "no"}));
    assert_eq!(confirmed.problem(422, "invalid-field").pointers(), ["/quotes/1"]);
    assert_eq!(
        reject(json!({"all": true, "reason": "no"})).expect(200).each("id"),
        [ids[2].clone()]
    );
    assert_eq!((app.rows("quotes"), app.rows("rejected_quotes")), (2, 2));
}

#[test]
fn get_quote_selector_points_as_the_web_does() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let body = "A lead – with a dash.\n\n“Yes & no, well-known,” Li said. “Yes & no,” Ann said.\n\nThe end of it all.";
    let sent = json!({"title": "Talks", "status": "published", "body": body, "body_format": "text", "quotes": [
        {"text": "Yes & no, well-known,", "speaker_name": "Li"},
        {"text": "\"Yes & no,\" Ann", "speaker_name": "Ann"},
        {"text": "A lead - with a dash. \"Yes & no, well-known,\" Li said. \"Yes & no,\" Ann said. The end of it all.", "speaker_name": "Ann"},
        {"text": "no", "speaker_name": "Ann"},
    ]});
    let quotes = admin.put(TALKS, sent).expect(201).json["quotes"].clone();
    let url = quotes[0]["article"]["url"].as_str().unwrap();
    let selector =
        |at: usize| public.get(&format!("{}/selector", path(&quotes[at]["id"]))).expect(200).json;
    let anchor = &quotes[1]["anchor"];
    assert_eq!(
        selector(1),
        json!({"source": url, "selector": [
            {"type": "TextQuoteSelector", "exact": "“Yes & no,” Ann", "prefix": anchor["prefix"], "suffix": anchor["suffix"]},
            {"type": "TextPositionSelector", "start": anchor["start"], "end": anchor["end"]},
        ]})
    );
    assert_eq!(selector(3), json!({"source": url, "selector": []}), "it stands at several places");
    let fragment = |at: usize| {
        let (page, fragment) = quotes[at]["url"].as_str().unwrap().split_once("#:~:text=").unwrap();
        assert_eq!(page, url);
        fragment.to_owned()
    };
    assert_eq!(fragment(0), "Yes%20%26%20no%2C%20well%2Dknown%2C");
    assert_eq!(fragment(1), "%E2%80%9CYes%20%26%20no%2C%E2%80%9D%20Ann");
    assert_eq!(fragment(2), "A%20lead%20%E2%80%93%20with%20a,The%20end%20of%20it%20all.");
    assert_eq!(quotes[3]["url"], url);
    // Words that stand twice are told apart by what is around them.
    admin
        .patch(TALKS, json!({"body": format!("{body}\n\nYes & no, well-known, it was.")}))
        .expect(200);
    let first = public.get(&path(&quotes[0]["id"])).expect(200).json;
    let told = first["url"].as_str().unwrap().split_once("#:~:text=").unwrap().1.to_owned();
    assert_eq!(told, "Yes%20%26%20no%2C%20well%2Dknown%2C,-%E2%80%9D%20Li%20said.%20%E2%80%9CYes");
    public.get(&format!("/v1/quotes/{}/selector", Id::new())).problem(404, "not-found");
}

#[test]
fn create_quote_says_who_answers_for_it() {
    let app = App::new();
    let admin = app.admin();
    make(&admin);
    for (body, kind) in [
        (json!({"text": "x", "speaker_name": "Li Wei", "affiliation": "CCTV"}), "person"),
        (json!({"text": "x", "affiliation": "CCTV"}), "organisation"),
        (
            json!({"text": "x", "affiliation": "CCTV", "anonymity_reason": "fears for her work"}),
            "unnamed",
        ),
        (json!({"text": "x", "state": "suggested"}), "unnamed"),
    ] {
        let made = admin.post("/v1/articles/talks/quotes", body.clone()).expect(201).json;
        assert_eq!(made["speaker_kind"], kind, "{body}");
    }
    let nameless =
        json!({"title": "T", "quotes": [{"text": "x", "affiliation": "CCTV"}, {"text": "y"}]});
    let refused = admin.post("/v1/articles", nameless).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/quotes/1/anonymity_reason"]);
    let last = admin
        .get("/v1/articles/talks/quotes?state=suggested&limit=100")
        .expect(200)
        .each("id")
        .pop()
        .unwrap();
    let refused =
        admin.patch(&path(&last), json!({"state": "confirmed"})).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/anonymity_reason"]);
    let translated = json!({"original_text": "Noch nicht"});
    let refused = admin.patch(&path(&last), translated).problem(422, "invalid-field");
    assert_eq!(refused.pointers(), ["/original_language"]);
}
