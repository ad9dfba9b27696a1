//! Quotes: entered, anchored to the words of their article, changed, moved, listed and removed.

use onrecord::auth::Scope;
use onrecord::db::types::Id;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::app::{App, Client};

/// White space, marks and signs as newsrooms and their editors leave them behind.
const BODY: &str = "MOSCOW 🇷🇺 — “We see a\u{a0}clear trend… and it’s new”, Zhang\u{a0}Xin said. 🎉\n\n\
    ‘A new quality’ was his word. “We will see”, he said, and again: “We will see”.";

/// An article with the body above; answers its path.
fn article(client: &Client, status: &str) -> String {
    let body = json!({"title": "Talks", "status": status, "body": BODY, "body_format": "text"});
    client.post("/v1/articles", body).expect(201).header("location").to_owned()
}

/// A quote; one that is nobody's is given a reason for it.
fn quote(client: &Client, article: &str, mut body: Value) -> Value {
    if ["speaker", "speaker_name", "affiliation"].iter().all(|name| body.get(name).is_none()) {
        let fields = body.as_object_mut().unwrap();
        fields.entry("anonymity_reason").or_insert(json!("asked not to be named"));
    }
    client.post(&format!("{article}/quotes"), body).expect(201).json
}

fn path(quote: &Value) -> String {
    format!("/v1/quotes/{}", quote["id"].as_str().unwrap())
}

/// The texts of an article's confirmed quotes, whose places must have no gap.
fn texts(client: &Client, article: &str) -> Vec<Value> {
    let page = client.get(&format!("{article}/quotes?limit=100")).expect(200);
    let places: Vec<_> = (0..page.each("text").len()).map(|place| json!(place)).collect();
    assert_eq!(page.each("position"), places);
    page.each("text")
}

/// An anchored quote's words as they stand in the article, after its anchor was proven by hand.
#[track_caller]
fn words(client: &Client, quote: &Value) -> String {
    let article = format!("/v1/articles/{}", quote["article"]["slug"].as_str().unwrap());
    let text = client.get(&article).expect(200).text("body_text").to_owned();
    let anchor = &quote["anchor"];
    assert_eq!(anchor["status"], "anchored", "{anchor}");
    let points: Vec<char> = text.chars().collect();
    let place = |name: &str| usize::try_from(anchor[name].as_i64().unwrap()).unwrap();
    let (start, end) = (place("start"), place("end"));
    let words: String = points[start..end].iter().collect();
    let before: String = points[start.saturating_sub(32)..start].iter().collect();
    let after: String = points[end..points.len().min(end + 32)].iter().collect();
    assert_eq!((&anchor["prefix"], &anchor["suffix"]), (&json!(before), &json!(after)));
    let sha256 = Sha256::digest(&words).into_iter().map(|byte| format!("{byte:02x}"));
    assert_eq!(anchor["sha256"], sha256.collect::<String>());
    words
}

#[test]
fn create_quote_anchors_words_whatever_marks_they_are_sent_with() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, "published");
    for (text, stands) in [
        ("We see a clear trend", "We see a clear trend"),
        ("\"We  see a\nclear trend... and it's new\"", "“We see a clear trend… and it’s new”"),
        ("it\u{2bc}s".replace('\u{2bc}', "‘").as_str(), "it’s"),
        ("Zhang Xin said. 🎉 'A new", "Zhang Xin said. 🎉\n\n‘A new"),
        ("MOSCOW 🇷🇺 - \"We", "MOSCOW 🇷🇺 — “We"),
        ("cle\u{ad}ar\u{200b} trend", "clear trend"),
        ("again: “We will see”.", "again: “We will see”."),
    ] {
        let made = quote(&admin, &talks, json!({"text": text}));
        assert_eq!(words(&app.public(), &made), stands);
        assert_eq!(made["text"], text, "what was sent stays as it was");
        assert_eq!(app.public().get(&path(&made)).expect(200).json, made);
        assert_eq!(made["anchor"]["article_version"], admin.get(&talks).json["version"]);
    }
}

#[test]
fn create_quote_says_when_words_stand_twice_or_nowhere() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, "draft");
    for (text, status) in [
        ("We will see", "ambiguous"),
        ("We shall see", "orphaned"),
        ("we see a clear trend", "orphaned"),
        ("“", "ambiguous"),
        ("\u{ad}x", "orphaned"),
    ] {
        let anchor = &quote(&admin, &talks, json!({"text": text}))["anchor"];
        assert_eq!(anchor["status"], status, "{text}");
        for property in ["start", "end", "prefix", "suffix", "sha256"] {
            assert_eq!(anchor[property], json!(null), "{text} {property}");
        }
    }
}

#[test]
fn create_quote_finds_or_makes_the_speaker() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let talks = article(&admin, "published");
    let zhang = admin.post("/v1/people", json!({"name": "Zhang Xin"})).expect(201).json;
    let speaker = |body: Value| {
        let made = quote(&admin, &talks, body);
        (made["speaker"]["slug"].clone(), made["speaker_name"].clone())
    };
    let known = (json!("zhang-xin"), json!("Zhang Xin"));
    assert_eq!(speaker(json!({"text": "x", "speaker": "zhang-xin"})), known);
    assert_eq!(speaker(json!({"text": "x", "speaker": zhang["id"]})), known);
    let folded = (json!("zhang-xin"), json!("ZHANG xin"));
    assert_eq!(speaker(json!({"text": "x", "speaker_name": "ZHANG xin"})), folded);
    let both = json!({"text": "x", "speaker": "zhang-xin", "speaker_name": "Prof. Zhang"});
    assert_eq!(speaker(both), (json!("zhang-xin"), json!("Prof. Zhang")));
    let made = (json!("ada"), json!("Ada"));
    assert_eq!(speaker(json!({"text": "x", "speaker_name": "Ada"})), made);
    assert_eq!(speaker(json!({"text": "x"})), (json!(null), json!(null)));
    assert_eq!(app.rows("people"), 2);
    assert_eq!(public.get("/v1/people/ada").expect(200).json["quote_count"], 1);
    assert_eq!(public.get("/v1/people/zhang-xin").expect(200).json["quote_count"], 4);
    let unknown = json!({"text": "x", "speaker": "nobody"});
    let unknown = admin.post(&format!("{talks}/quotes"), unknown).problem(422, "invalid-field");
    assert_eq!(unknown.pointers(), ["/speaker"]);
}

#[test]
fn create_quote_keeps_all_it_is_given() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, "published");
    let new = json!({
        "text": "A new quality", "kind": "partial", "role": "researcher", "affiliation": "ECNU",
        "cue": "said", "context": "interview with CCTV", "said_at": "2020-05-30T10:00:00Z",
        "language": "en-gb", "original_text": "Новое качество", "original_language": "RU",
        "anonymity_reason": "none",
    });
    let made = admin.post(&format!("{talks}/quotes"), new.clone()).expect(201);
    assert_eq!(made.header("location"), path(&made.json));
    for (property, sent) in new.as_object().unwrap() {
        let kept = match property.as_str() {
            "said_at" => json!("2020-05-30T10:00:00.000Z"),
            "language" => json!("en-GB"),
            "original_language" => json!("ru"),
            _ => sent.clone(),
        };
        assert_eq!(made.json[property], kept, "{property}");
    }
    assert_eq!(made.json["state"], "confirmed");
    assert_eq!(made.json["article"]["title"], "Talks");
    assert_eq!(app.public().get(&talks).expect(200).json["quotes"], json!([made.json]));
}

#[test]
fn create_quote_points_at_what_is_wrong() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, "draft");
    for (body, pointer) in [
        (json!({}), "/text"),
        (json!({"text": " "}), "/text"),
        (json!({"text": "x".repeat(20_001)}), "/text"),
        (json!({"text": "x", "kind": "half"}), "/kind"),
        (json!({"text": "x", "role": "a\nb"}), "/role"),
        (json!({"text": "x", "said_at": "2020-05-30"}), "/said_at"),
        (json!({"text": "x", "language": "english"}), "/language"),
        (json!({"text": "x", "position": 1}), "/position"),
        (json!({"text": "x"}), "/anonymity_reason"),
        (json!({"text": "x", "role": "official"}), "/anonymity_reason"),
        (json!({"text": "x", "affiliation": "CCTV", "original_text": "y"}), "/original_language"),
        (json!({"text": "x", "speaker": null}), "/speaker"),
        (json!({"text": "x", "anchor": {}}), "/anchor"),
    ] {
        let answer = admin.post(&format!("{talks}/quotes"), body.clone());
        let answer = answer.problem(422, "invalid-field");
        assert_eq!(answer.pointers(), [pointer], "{body}");
    }
    let nested = json!({"title": "x", "quotes": [{"text": "x", "affiliation": "CCTV"}, {"text": "x", "speaker": "nobody"}]});
    let nested = admin.post("/v1/articles", nested).problem(422, "invalid-field");
    assert_eq!(nested.pointers(), ["/quotes/1/speaker"]);
    admin.post("/v1/articles/nothing/quotes", json!({"text": "x"})).problem(404, "not-found");
    assert_eq!((app.rows("quotes"), app.rows("articles")), (0, 1));
}

#[test]
fn get_quote_hides_suggestions_and_drafts() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let reader = app.with(&[Scope::DraftsRead]);
    let talks = article(&admin, "published");
    let suggested = quote(&admin, &talks, json!({"text": "A new quality", "state": "suggested"}));
    let suggested = path(&suggested);
    public.get(&suggested).problem(404, "not-found");
    app.with(&[Scope::CommentsModerate]).get(&suggested).problem(404, "not-found");
    reader.get(&suggested).expect(200);
    let listed = |client: &Client, path: &str| {
        client.get(&format!("{path}?state=suggested&count=exact")).expect(200).json["total"].clone()
    };
    for lists in ["/v1/quotes", &format!("{talks}/quotes")] {
        assert_eq!((listed(&public, lists), listed(&reader, lists)), (json!(0), json!(1)));
    }
    for client in [&public, &reader] {
        assert_eq!(client.get(&talks).expect(200).json["quotes"], json!([]));
        assert_eq!(texts(client, &talks), Vec::<Value>::new());
    }
    admin.patch(&suggested, json!({"state": "confirmed"})).expect(200);
    public.get(&suggested).expect(200);
    assert_eq!(texts(&public, &talks), ["A new quality"]);
    admin.patch(&talks, json!({"status": "archived"})).expect(200);
    public.get(&suggested).problem(404, "not-found");
    public.get(&format!("{talks}/quotes")).problem(404, "not-found");
    assert_eq!(public.get("/v1/quotes?count=exact").expect(200).json["total"], 0);
    reader.get(&suggested).expect(200);
    public.get(&format!("/v1/quotes/{}", Id::new())).problem(404, "not-found");
    public.get("/v1/quotes/no-id").problem(404, "not-found");
}

#[test]
fn update_quote_tells_absent_null_and_value_apart() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, "published");
    let new = json!({"text": "A new quality", "speaker_name": "Zhang Xin", "role": "researcher",
        "affiliation": "ECNU", "said_at": "2020-05-30T10:00:00Z"});
    let made = quote(&admin, &talks, new);
    let address = path(&made);
    let patch = |body: Value| admin.patch(&address, body).expect(200).json;
    let same = patch(json!({}));
    for (property, value) in made.as_object().unwrap() {
        if !["updated_at", "version"].contains(&property.as_str()) {
            assert_eq!(&same[property], value, "{property}");
        }
    }
    assert_eq!(same["version"], 2);
    let less = patch(json!({"role": null, "said_at": null, "kind": "partial"}));
    assert_eq!((&less["role"], &less["said_at"]), (&json!(null), &json!(null)));
    assert_eq!((&less["affiliation"], &less["kind"]), (&json!("ECNU"), &json!("partial")));
    let unlinked = patch(json!({"speaker": null}));
    assert_eq!(
        (&unlinked["speaker"], &unlinked["speaker_name"]),
        (&json!(null), &json!("Zhang Xin"))
    );
    let again = patch(json!({"speaker_name": "zhang xin"}));
    assert_eq!(again["speaker"]["slug"], "zhang-xin");
    let nobody = patch(json!({"speaker_name": null}));
    assert_eq!((&nobody["speaker"], &nobody["speaker_name"]), (&json!(null), &json!(null)));
    let only_name = patch(json!({"speaker": null, "speaker_name": "A source"}));
    assert_eq!(
        (&only_name["speaker"], &only_name["speaker_name"]),
        (&json!(null), &json!("A source"))
    );
    assert_eq!(app.rows("people"), 1);
    for (body, pointer) in [
        (json!({"text": null}), "/text"),
        (json!({"state": null}), "/state"),
        (json!({"position": null}), "/position"),
        (json!({"position": 1}), "/position"),
        (json!({"speaker": "nobody"}), "/speaker"),
        (json!({"txet": "x"}), "/txet"),
    ] {
        let answer = admin.patch(&address, body.clone()).problem(422, "invalid-field");
        assert_eq!(answer.pointers(), [pointer], "{body}");
    }
    assert_eq!(admin.get(&address).expect(200).json, only_name);
}

#[test]
fn update_quote_looks_for_a_new_text() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, "published");
    let made = quote(&admin, &talks, json!({"text": "A new quality"}));
    assert_eq!(words(&admin, &made), "A new quality");
    let text = |text: &str| admin.patch(&path(&made), json!({"text": text})).expect(200).json;
    assert_eq!(text("Not a word")["anchor"]["status"], "orphaned");
    assert_eq!(words(&admin, &text("it's new")), "it’s new");
    assert_eq!(text("We will see")["anchor"]["status"], "ambiguous");
}

#[test]
fn update_article_looks_for_its_quotes_in_a_new_body() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let talks = article(&admin, "published");
    let made = quote(&admin, &talks, json!({"text": "A new quality"}));
    let state = json!({"text": "We see a clear trend", "state": "suggested"});
    let suggested = path(&quote(&admin, &talks, state));
    let path = path(&made);
    let moved = format!("🎉🎉🎉 Before it all.\n\n{BODY}");
    let version = admin.patch(&talks, json!({"body": moved})).expect(200).json["version"].clone();
    let after = public.get(&path).expect(200).json;
    assert_eq!(words(&public, &after), "A new quality");
    assert_ne!(after["anchor"]["start"], made["anchor"]["start"]);
    assert_eq!(after["anchor"]["article_version"], version);
    words(&admin, &admin.get(&suggested).expect(200).json);
    // Of two places the one with the same words around it is meant.
    let twice = format!("{BODY}\n\n“A new quality of life”, said the mayor.");
    admin.patch(&talks, json!({"body": twice})).expect(200);
    let after = public.get(&path).expect(200).json;
    assert_eq!(words(&public, &after), "A new quality");
    assert_eq!(after["anchor"]["start"], made["anchor"]["start"]);
    let nothing = json!({"body": "Nothing is left."});
    admin.patch(&talks, nothing).problem(409, "quote-altered");
    let nothing = json!({"body": "Nothing is left.",
        "quote_changes": [{"quote": made["id"], "action": "detach"}]});
    admin.patch(&talks, nothing).expect(200);
    assert_eq!(public.get(&path).expect(200).json["anchor"]["status"], "orphaned");
    assert_eq!(admin.get(&suggested).expect(200).json["anchor"]["status"], "orphaned");
    admin.patch(&talks, json!({"body": BODY})).expect(200);
    assert_eq!(words(&public, &public.get(&path).expect(200).json), "A new quality");
}

#[test]
fn update_quote_keeps_places_without_gaps() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let talks = article(&admin, "published");
    let ids = ["a", "b", "c", "d"].map(|text| path(&quote(&admin, &talks, json!({"text": text}))));
    let first = path(&quote(&admin, &talks, json!({"text": "e", "position": 0})));
    assert_eq!(texts(&public, &talks), ["e", "a", "b", "c", "d"]);
    for (path, position, order) in [
        (&first, 4, ["a", "b", "c", "d", "e"]),
        (&first, 1, ["a", "e", "b", "c", "d"]),
        (&ids[3], 0, ["d", "a", "e", "b", "c"]),
        (&ids[0], 3, ["d", "e", "b", "a", "c"]),
        (&ids[0], 3, ["d", "e", "b", "a", "c"]),
        (&ids[1], 1, ["d", "b", "e", "a", "c"]),
    ] {
        let moved = admin.patch(path, json!({"position": position})).expect(200);
        assert_eq!(moved.json["position"], position);
        assert_eq!(texts(&public, &talks), order);
    }
    assert_eq!(public.get(&talks).json["quotes"][1]["text"], "b");
    admin.delete(&ids[1]).expect(204);
    assert_eq!(texts(&public, &talks), ["d", "e", "a", "c"]);
    admin.delete(&ids[2]).expect(204);
    admin.delete(&ids[3]).expect(204);
    assert_eq!(texts(&public, &talks), ["e", "a"]);
    quote(&admin, &talks, json!({"text": "f", "position": 1}));
    quote(&admin, &talks, json!({"text": "g"}));
    assert_eq!(texts(&public, &talks), ["e", "f", "a", "g"]);
}

#[test]
fn delete_quote_takes_it_away() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, "published");
    let path = path(&quote(&admin, &talks, json!({"text": "A new quality"})));
    let stale = admin.send("DELETE", &path, &[("if-match", "\"0\"")], &[]);
    stale.problem(412, "precondition-failed");
    let text = admin.get(&talks).json["body_text"].clone();
    admin.delete(&path).expect(204);
    admin.delete(&path).problem(404, "not-found");
    admin.patch(&path, json!({})).problem(404, "not-found");
    let left = app.public().get(&talks).expect(200);
    assert_eq!((&left.json["quotes"], &left.json["body_text"]), (&json!([]), &text));
    quote(&admin, &talks, json!({"text": "x"}));
    admin.delete(&talks).expect(204);
    assert_eq!(app.rows("quotes"), 0);
}

#[test]
fn list_quotes_filters_and_goes_on_from_the_last_entered() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let talks = article(&admin, "published");
    let draft = article(&admin, "draft");
    for (article, body) in [
        (&talks, json!({"text": "A new quality", "speaker_name": "Ada", "kind": "partial"})),
        (&talks, json!({"text": "We will see", "speaker_name": "Bob", "affiliation": "CCTV"})),
        (&talks, json!({"text": "No such words", "affiliation": "cctv  News"})),
        (&draft, json!({"text": "it's new", "speaker_name": "Ada", "affiliation": "CCTV"})),
        (&talks, json!({"text": "trend", "speaker_name": "Ada", "state": "suggested"})),
    ] {
        quote(&admin, article, body);
    }
    let id = admin.get(&talks).text("id").to_owned();
    for (query, of_public, of_admin) in [
        ("", vec!["No such words", "We will see", "A new quality"], 4),
        ("speaker=ada", vec!["A new quality"], 2),
        ("speaker=nobody", vec![], 0),
        ("affiliation=%20cctv", vec!["We will see"], 2),
        ("affiliation=CCTV+NEWS", vec!["No such words"], 1),
        ("article=talks", vec!["No such words", "We will see", "A new quality"], 3),
        (&format!("article={id}&kind=partial"), vec!["A new quality"], 1),
        ("article=talks-2", vec![], 1),
        ("article=nothing", vec![], 0),
        ("anchor=orphaned", vec!["No such words"], 1),
        ("anchor=ambiguous", vec!["We will see"], 1),
        ("anchor=altered", vec![], 0),
        ("state=suggested", vec![], 1),
        ("state=confirmed&anchor=anchored", vec!["A new quality"], 2),
    ] {
        let page = public.get(&format!("/v1/quotes?count=exact&{query}")).expect(200);
        assert_eq!(page.each("text"), of_public, "{query}");
        assert_eq!(page.json["total"], of_public.len(), "{query}");
        let page = admin.get(&format!("/v1/quotes?count=exact&{query}")).expect(200);
        assert_eq!((page.each("text").len(), &page.json["total"]), (of_admin, &json!(of_admin)));
    }
    let first = public.get("/v1/quotes?limit=1&article=talks").expect(200);
    let cursor = first.text("next_cursor").to_owned();
    quote(&admin, &talks, json!({"text": "late"}));
    let second = public.get(&format!("/v1/quotes?limit=2&article=talks&cursor={cursor}"));
    let second = second.expect(200);
    assert_eq!(second.each("text"), ["We will see", "A new quality"]);
    assert_eq!(second.json["next_cursor"], json!(null));
    public.get(&format!("/v1/quotes?cursor={cursor}")).problem(400, "invalid-cursor");
    let misspelt = public.get("/v1/quotes?speeker=ada").problem(400, "invalid-parameter");
    assert!(misspelt.text("detail").contains("`speaker`"));
    public.get("/v1/quotes?anchor=lost").problem(400, "invalid-parameter");
}

#[test]
fn list_article_quotes_goes_on_in_the_editors_order() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let talks = article(&admin, "published");
    for text in ["a", "b", "c", "d", "e"] {
        quote(&admin, &talks, json!({"text": text, "position": 0}));
    }
    let first = public.get(&format!("{talks}/quotes?limit=2&count=exact")).expect(200);
    assert_eq!(
        (first.each("text"), &first.json["total"]),
        (vec![json!("e"), json!("d")], &json!(5))
    );
    let next = format!("{talks}/quotes?limit=3&cursor={}", first.text("next_cursor"));
    let second = public.get(&next).expect(200);
    assert_eq!(second.each("text"), ["c", "b", "a"]);
    assert_eq!(second.json["next_cursor"], json!(null));
    public.get("/v1/articles/nothing/quotes").problem(404, "not-found");
}
