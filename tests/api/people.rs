//! People: entered, read, changed, merged, listed and removed.

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::{App, Client};

/// An article with these authors and one quote of each speaker; answers its path.
fn article(
    client: &Client,
    title: &str,
    status: &str,
    authors: &[&str],
    speakers: &[&str],
) -> String {
    let quotes: Vec<_> =
        speakers.iter().map(|name| json!({"text": "We will see", "speaker_name": name})).collect();
    let body = json!({"title": title, "status": status, "body": "We will see.", "authors": authors,
        "quotes": quotes});
    client.post("/v1/articles", body).expect(201).header("location").to_owned()
}

/// How many articles and how many quotes a person has.
fn counts(client: &Client, person: &str) -> (Value, Value) {
    let person = client.get(&format!("/v1/people/{person}")).expect(200).json;
    (person["article_count"].clone(), person["quote_count"].clone())
}

fn authors(client: &Client, article: &str) -> Vec<Value> {
    let article = client.get(article).expect(200);
    article.json["authors"].as_array().unwrap().iter().map(|it| it["slug"].clone()).collect()
}

#[test]
fn create_person_fills_what_is_absent() {
    let app = App::new();
    let made = app.admin().post("/v1/people", json!({"name": " Zhang  Xin "})).expect(201);
    assert_eq!(made.header("location"), "/v1/people/zhang-xin");
    assert_eq!(made.json["external_ids"], json!({"wikidata": null, "orcid": null}));
    assert_eq!(made.json["bio"], json!(null));
    assert_eq!((&made.json["article_count"], &made.json["quote_count"]), (&json!(0), &json!(0)));
    let read = app.public().get("/v1/people/zhang-xin").expect(200);
    assert_eq!(read.json, made.json);
    let by_id = app.public().get(&format!("/v1/people/{}", made.text("id"))).expect(200);
    assert_eq!(by_id.json, made.json);
    app.public().get("/v1/people/nobody").problem(404, "not-found");
}

#[test]
fn create_person_makes_slugs_and_refuses_taken_ones() {
    let app = App::new();
    let admin = app.admin();
    let slugs = [(), ()].map(|()| {
        admin.post("/v1/people", json!({"name": "José Núñez"})).expect(201).json["slug"].clone()
    });
    assert_eq!(slugs, ["jose-nunez", "jose-nunez-2"]);
    let taken = json!({"name": "Somebody", "slug": "jose-nunez"});
    admin.post("/v1/people", taken).problem(409, "conflict");
    admin.patch("/v1/people/jose-nunez-2", json!({"slug": "jose-nunez"})).problem(409, "conflict");
    for (body, pointer) in [
        (json!({}), "/name"),
        (json!({"name": "\u{feff}"}), "/name"),
        (json!({"name": "a", "bio": ""}), "/bio"),
        (json!({"name": "a", "external_ids": {"wikidata": "42"}}), "/external_ids/wikidata"),
        (json!({"name": "a", "external_ids": {"orcid": "0000"}}), "/external_ids/orcid"),
        (json!({"name": "a", "external_ids": {"viaf": "1"}}), "/external_ids/viaf"),
        (json!({"name": "a", "external_ids": null}), "/external_ids"),
    ] {
        let answer = admin.post("/v1/people", body.clone()).problem(422, "invalid-field");
        assert_eq!(answer.pointers(), [pointer], "{body}");
    }
    assert_eq!(app.rows("people"), 2);
}

#[test]
fn update_person_tells_absent_null_and_value_apart() {
    let app = App::new();
    let admin = app.admin();
    let ids = json!({"wikidata": "Q42", "orcid": "0000-0002-1825-0097"});
    let new = json!({"name": "Ada", "bio": "Writes.", "external_ids": ids});
    admin.post("/v1/people", new).expect(201);
    let patch = |body: Value| admin.patch("/v1/people/ada", body).expect(200).json;
    assert_eq!(patch(json!({}))["external_ids"], ids);
    let one = patch(json!({"external_ids": {"wikidata": "Q7"}}));
    assert_eq!(one["external_ids"], json!({"wikidata": "Q7", "orcid": "0000-0002-1825-0097"}));
    let cleared = patch(json!({"external_ids": {"orcid": null}, "bio": null}));
    assert_eq!(cleared["external_ids"], json!({"wikidata": "Q7", "orcid": null}));
    assert_eq!(cleared["bio"], json!(null));
    assert_eq!(patch(json!({"external_ids": {}}))["external_ids"]["wikidata"], "Q7");
    let none = patch(json!({"external_ids": null, "name": "Ada L."}));
    assert_eq!(none["external_ids"], json!({"wikidata": null, "orcid": null}));
    assert_eq!(
        (&none["name"], &none["slug"], &none["version"]),
        (&json!("Ada L."), &json!("ada"), &json!(6))
    );
    for (body, pointer) in [
        (json!({"name": null}), "/name"),
        (json!({"slug": null}), "/slug"),
        (json!({"external_ids": {"orcid": 5}}), "/external_ids/orcid"),
        (json!({"external_ids": []}), "/external_ids"),
        (json!({"born": 1}), "/born"),
    ] {
        let answer = admin.patch("/v1/people/ada", body.clone()).problem(422, "invalid-field");
        assert_eq!(answer.pointers(), [pointer], "{body}");
    }
    assert_eq!(app.public().get("/v1/people/ada").expect(200).json, none);
}

#[test]
fn get_person_counts_published_articles_and_confirmed_quotes() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let one = article(&admin, "One", "published", &["Ada"], &["Ada", "Bob"]);
    let two = article(&admin, "Two", "draft", &["Ada"], &["Ada", "Ada"]);
    assert_eq!(counts(&public, "ada"), (json!(1), json!(1)));
    assert_eq!(counts(&public, "bob"), (json!(0), json!(1)));
    admin.patch(&two, json!({"status": "published"})).expect(200);
    assert_eq!(counts(&public, "ada"), (json!(2), json!(3)));
    let quote = admin.get(&two).expect(200).json["quotes"][0]["id"].as_str().unwrap().to_owned();
    let quote = format!("/v1/quotes/{quote}");
    admin.patch(&quote, json!({"state": "suggested"})).expect(200);
    assert_eq!(counts(&public, "ada"), (json!(2), json!(2)));
    admin.patch(&quote, json!({"state": "confirmed", "speaker": "bob"})).expect(200);
    assert_eq!(
        (counts(&public, "ada"), counts(&public, "bob")),
        ((json!(2), json!(2)), (json!(0), json!(2)))
    );
    admin.patch(&two, json!({"status": "archived"})).expect(200);
    assert_eq!(counts(&public, "ada"), (json!(1), json!(1)));
    admin.delete(&one).expect(204);
    assert_eq!(counts(&public, "ada"), (json!(0), json!(0)));
    assert_eq!(counts(&public, "bob"), (json!(0), json!(0)));
}

#[test]
fn get_person_hides_who_stands_only_in_drafts_and_suggestions() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let draft = article(&admin, "Draft", "draft", &["Ada"], &["Bob"]);
    let open = article(&admin, "Open", "published", &[], &[]);
    let suggested = json!({"text": "x", "speaker_name": "Cleo", "state": "suggested"});
    let quote = admin.post(&format!("{open}/quotes"), suggested).expect(201);
    for name in ["ada", "bob", "cleo"] {
        public.get(&format!("/v1/people/{name}")).problem(404, "not-found");
        app.with(&[Scope::DraftsRead]).get(&format!("/v1/people/{name}")).expect(200);
    }
    assert_eq!(public.get("/v1/people?count=exact").expect(200).json["total"], 0);
    assert_eq!(admin.get("/v1/people?count=exact").expect(200).json["total"], 3);
    admin.patch(quote.header("location"), json!({"state": "confirmed"})).expect(200);
    assert_eq!(public.get("/v1/people").expect(200).each("slug"), ["cleo"]);
    admin.patch(&draft, json!({"status": "published"})).expect(200);
    assert_eq!(public.get("/v1/people").expect(200).each("slug"), ["ada", "bob", "cleo"]);
}

#[test]
fn delete_person_leaves_quotes_with_the_name() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let story = article(&admin, "Story", "published", &["Ada", "Bob"], &["Ada"]);
    admin.delete("/v1/people/ada").expect(204);
    public.get("/v1/people/ada").problem(404, "not-found");
    assert_eq!(authors(&public, &story), ["bob"]);
    let quote = &public.get(&story).expect(200).json["quotes"][0];
    assert_eq!((&quote["speaker"], &quote["speaker_name"]), (&json!(null), &json!("Ada")));
    admin.delete("/v1/people/ada").problem(404, "not-found");
}

#[test]
fn merge_person_moves_bylines_and_quotes() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let only = article(&admin, "Only", "published", &["X. Zhang", "Bob"], &["X. Zhang"]);
    let both = article(&admin, "Both", "published", &["Zhang Xin", "X. Zhang"], &["Zhang Xin"]);
    let draft = article(&admin, "Draft", "draft", &["X. Zhang"], &["X. Zhang"]);
    let old = public.get("/v1/people/x-zhang").expect(200);
    let merge = json!({"into": "zhang-xin"});
    let merged = admin.post("/v1/people/x-zhang/merge", merge).expect(200);
    assert_eq!(
        (&merged.json["article_count"], &merged.json["quote_count"]),
        (&json!(2), &json!(2))
    );
    assert!(!merged.header("last-modified").is_empty());
    assert_eq!(authors(&public, &only), ["zhang-xin", "bob"]);
    assert_eq!(authors(&public, &both), ["zhang-xin"]);
    assert_eq!(authors(&admin, &draft), ["zhang-xin"]);
    let quote = &public.get(&only).expect(200).json["quotes"][0];
    assert_eq!(quote["speaker"]["slug"], "zhang-xin");
    assert_eq!(quote["speaker_name"], "X. Zhang", "the name under which it was said stays");
    for name in ["x-zhang", old.text("id")] {
        let path = format!("/v1/people/{name}");
        let moved = public.get(&path).problem(301, "moved");
        assert_eq!(moved.header("location"), "/v1/people/zhang-xin");
        for answer in [admin.patch(&path, json!({"name": "x"})), admin.delete(&path)] {
            let refused = answer.problem(409, "merged");
            assert!(refused.text("detail").contains("/v1/people/zhang-xin;"), "{}", refused.json);
        }
        let again = admin.post(&format!("{path}/merge"), json!({"into": "bob"}));
        again.problem(409, "merged");
    }
    // Who still writes the old name or id means the one who stayed.
    let late = article(&admin, "Late", "published", &["x-zhang", old.text("id")], &[]);
    assert_eq!(authors(&public, &late), ["zhang-xin"]);
    let said = json!({"text": "x", "speaker": old.text("id")});
    let said = admin.post(&format!("{late}/quotes"), said).expect(201);
    assert_eq!(said.json["speaker"]["slug"], "zhang-xin");
    let quotes = public.get("/v1/quotes?speaker=x-zhang&count=exact").expect(200);
    assert_eq!(quotes.json["total"], 3);
}

#[test]
fn merge_person_follows_a_chain() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let ids = ["a", "b", "c"].map(|name| {
        admin.post("/v1/people", json!({"name": name})).expect(201).text("id").to_owned()
    });
    admin.post("/v1/people/a/merge", json!({"into": "b"})).expect(200);
    // The one who stays takes the old name, and goes too: both old names and ids lead on.
    admin.patch("/v1/people/b", json!({"slug": "a"})).expect(200);
    admin.post("/v1/people/a/merge", json!({"into": ids[2]})).expect(200);
    for name in ["a", &ids[0], &ids[1]] {
        let moved = public.get(&format!("/v1/people/{name}")).problem(301, "moved");
        assert_eq!(moved.header("location"), "/v1/people/c", "{name}");
    }
    for (into, code) in [("c", "same"), ("nobody", "not-found"), ("a", "moved")] {
        let answer = admin.post("/v1/people/c/merge", json!({"into": into}));
        let answer = answer.problem(422, "invalid-field");
        assert_eq!(answer.pointers(), ["/into"]);
        assert_eq!(answer.json["errors"][0]["code"], code);
    }
    admin.post("/v1/people/nobody/merge", json!({"into": "c"})).problem(404, "not-found");
    assert_eq!(app.rows("people"), 1);
}

#[test]
fn merge_person_shows_the_one_who_stays() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    article(&admin, "Open", "published", &["Ada"], &[]);
    article(&admin, "Draft", "draft", &["Bob"], &[]);
    public.get("/v1/people/bob").problem(404, "not-found");
    admin.post("/v1/people/ada/merge", json!({"into": "bob"})).expect(200);
    assert_eq!(counts(&public, "bob"), (json!(1), json!(0)));
    assert_eq!(public.get("/v1/people/ada").problem(301, "moved").status, 301);
}

#[test]
fn list_people_finds_names_and_goes_on() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    for name in ["Cleo", "ada", "Bob", "Ada"] {
        admin.post("/v1/people", json!({"name": name})).expect(201);
    }
    let all = public.get("/v1/people?count=exact").expect(200);
    assert_eq!(all.each("slug"), ["ada", "ada-2", "bob", "cleo"]);
    assert_eq!(all.json["total"], 4);
    let named = public.get("/v1/people?name=%20ADA&count=exact").expect(200);
    assert_eq!(named.each("slug"), ["ada", "ada-2"]);
    assert_eq!(named.json["total"], 2);
    let first = public.get("/v1/people?limit=3").expect(200);
    let cursor = first.text("next_cursor").to_owned();
    // What is entered before the cursor does not move what comes after it.
    admin.post("/v1/people", json!({"name": "Aaron"})).expect(201);
    let second = public.get(&format!("/v1/people?limit=3&cursor={cursor}")).expect(200);
    assert_eq!(second.each("slug"), ["cleo"]);
    assert_eq!(second.json["next_cursor"], json!(null));
    public.get(&format!("/v1/people?name=ada&cursor={cursor}")).problem(400, "invalid-cursor");
    public.get("/v1/people?nam=ada").problem(400, "invalid-parameter");
}

#[test]
fn merge_person_holds_for_names_too() {
    let app = App::new();
    let admin = app.admin();
    for (name, slug) in [("Vladimir Putin", "vladimir-putin"), ("V. Putin", "v-putin")] {
        admin.post("/v1/people", json!({"name": name, "slug": slug})).expect(201);
    }
    admin.post("/v1/people/v-putin/merge", json!({"into": "vladimir-putin"})).expect(200);
    let story = article(&admin, "Story", "published", &["V. Putin", "v-putin"], &["v. putin"]);
    assert_eq!(authors(&admin, &story), ["vladimir-putin"]);
    let quote = admin.get(&story).expect(200).json["quotes"][0].clone();
    assert_eq!(quote["speaker"]["slug"], "vladimir-putin");
    assert_eq!(quote["speaker_name"], "v. putin", "the name under which it was said");
    assert_eq!(app.rows("people"), 1);
    // Somebody who is there under that very name goes first.
    admin.post("/v1/people", json!({"name": "V. Putin", "slug": "valery"})).expect(201);
    let story = article(&admin, "Other", "published", &["V. Putin", "v-putin"], &["V. Putin"]);
    assert_eq!(authors(&admin, &story), ["valery", "vladimir-putin"]);
    assert_eq!(admin.get(&story).expect(200).json["quotes"][0]["speaker"]["slug"], "valery");
}
