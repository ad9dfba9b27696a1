//! Taking in what is there already: what a line says replaces, what it does not say stays.

use serde_json::{Value, json};

use crate::app::App;
use crate::program::Program;

fn line(value: &Value) -> String {
    value.to_string()
}

fn import(program: &Program, value: &Value) -> String {
    program.feed(&["import", "-"], &line(value)).expect(0).stdout
}

/// A published article that an editor has worked on after it was imported.
fn edited(program: &Program) -> (App, Value) {
    let first = json!({"external_id": "cms-1", "title": "First", "body": "“Ready,” she said.",
        "quotes": [{"text": "Ready,", "state": "suggested", "affiliation": "CCTV"}]});
    let made = import(program, &first);
    assert!(made.starts_with("-:1: created article first\n"), "{made}");
    let app = program.app();
    let admin = app.admin();
    let quote = admin.get("/v1/quotes?state=suggested").expect(200).each("id").remove(0);
    let quote = format!("/v1/quotes/{}", quote.as_str().unwrap());
    admin.patch(&quote, json!({"state": "confirmed"})).expect(200);
    let work = json!({"status": "published", "standfirst": "A lead.", "tags": ["gas"],
        "authors": ["Jane Doe"], "links": [{"title": "Elsewhere"}]});
    let article = admin.patch("/v1/articles/first", work).expect(200).json;
    (app, article)
}

#[test]
fn import_of_a_change_keeps_what_it_does_not_say() {
    let program = Program::new();
    let (app, before) = edited(&program);
    let changed = json!({"external_id": "cms-1", "title": "Second"});
    let told = import(&program, &changed);
    assert!(told.starts_with("-:1: updated article first: title\n"), "{told}");
    assert!(told.ends_with("0 articles created, 1 updated, 0 unchanged; 0 refused\n"), "{told}");
    let after = app.public().get("/v1/articles/first").expect(200).json;
    assert_eq!(after["title"], "Second");
    for property in ["status", "standfirst", "tags", "authors", "body", "published_at", "links"] {
        assert_eq!(after[property], before[property], "{property}");
    }
    assert_eq!(after["quotes"][0]["id"], before["quotes"][0]["id"]);
    let again = import(&program, &changed);
    assert!(again.starts_with("-:1: unchanged article first\n"), "{again}");
    assert_eq!(app.public().get("/v1/articles/first").expect(200).json, after);
    // Other bytes that say the same change nothing either.
    let spaced = program.feed(&["import", "-"], &format!(" {}", line(&changed))).expect(0).stdout;
    assert!(spaced.starts_with("-:1: unchanged article first\n"), "{spaced}");
    assert_eq!(app.public().get("/v1/articles/first").expect(200).json, after);
    let cleared = json!({"external_id": "cms-1", "title": "Second", "tags": [], "body": ""});
    let told = program.feed(&["import", "-"], &line(&cleared)).expect(2).stdout;
    assert!(
        told.starts_with(
            "-:1: refused: The new body changes what was said: “Ready,” would be gone."
        ),
        "{told}"
    );
    assert_eq!(app.public().get("/v1/articles/first").expect(200).json, after);
    let mut cleared = cleared;
    let quote = after["quotes"][0]["id"].clone();
    cleared["quote_changes"] = json!([{"quote": quote, "action": "detach"}]);
    let told = import(&program, &cleared);
    assert!(told.starts_with("-:1: updated article first: body, tags\n"), "{told}");
}

#[test]
fn import_of_a_change_keeps_what_an_editor_has_confirmed() {
    let program = Program::new();
    let (app, before) = edited(&program);
    let quotes = json!([
        {"text": "Ready,", "state": "suggested", "speaker_name": "Li Wei"},
        {"text": "she said", "state": "suggested"},
    ]);
    let told =
        import(&program, &json!({"external_id": "cms-1", "title": "First", "quotes": quotes}));
    assert!(told.starts_with("-:1: updated article first: quotes\n"), "{told}");
    let after = app.public().get("/v1/articles/first").expect(200).json;
    let [quote] = after["quotes"].as_array().unwrap().as_slice() else { panic!("{after}") };
    assert_eq!(quote["id"], before["quotes"][0]["id"]);
    assert_eq!(quote["created_at"], before["quotes"][0]["created_at"]);
    assert_eq!((&quote["state"], &quote["version"]), (&json!("confirmed"), &json!(3)));
    assert_eq!(quote["speaker"]["slug"], "li-wei");
    assert_eq!(app.rows("quotes"), 2);
}

#[test]
fn import_publishes_what_was_never_published_and_takes_nothing_down() {
    let program = Program::new();
    let file = program.file(
        "a.ndjson",
        [json!({"slug": "a", "title": "A"}), json!({"slug": "b", "title": "B", "status": "draft"})]
            .map(|line| line.to_string())
            .join("\n"),
    );
    program.run(&["import", &file]).expect(0);
    let app = program.app();
    let admin = app.admin();
    let status =
        |slug: &str| admin.get(&format!("/v1/articles/{slug}")).expect(200).json["status"].clone();
    let told = program.run(&["import", "--publish", &file]).expect(0).stdout;
    assert!(told.contains("a.ndjson:1: updated article a: published_at, status\n"), "{told}");
    assert!(told.contains("a.ndjson:2: unchanged article b\n"), "{told}");
    assert_eq!((status("a"), status("b")), (json!("published"), json!("draft")));
    for down in ["archived", "draft"] {
        admin.patch("/v1/articles/a", json!({"status": down})).expect(200);
        let changed = json!({"slug": "a", "title": format!("A {down}")}).to_string();
        program.feed(&["import", "--publish", "-"], &changed).expect(0);
        assert_eq!(status("a"), down, "what an editor has taken down stays down");
    }
    import(&program, &json!({"slug": "a", "title": "A", "status": "published"}));
    import(&program, &json!({"slug": "a", "title": "A, changed"}));
    assert_eq!(status("a"), "published");
}

#[test]
fn import_of_a_change_waits_for_its_links() {
    let program = Program::new();
    import(&program, &json!({"slug": "a", "title": "A", "links": [{"title": "Words"}]}));
    let app = program.app();
    let admin = app.admin();
    let link = || admin.get("/v1/articles/a").expect(200).json["links"][0]["id"].clone();
    let before = link();
    let file = program.file(
        "a.ndjson",
        [
            json!({"slug": "a", "title": "A", "links": [{"title": "Words"}, {"target": "b"}]}),
            json!({"slug": "b", "title": "B"}),
        ]
        .map(|line| line.to_string())
        .join("\n"),
    );
    let told = program.run(&["import", &file]).expect(0).stdout;
    assert!(told.contains("a.ndjson:1: updated article a: links\n"), "{told}");
    assert_eq!(link(), before);
    assert_eq!(app.rows("links"), 2);
}

#[test]
fn import_finds_tags_and_people_again() {
    let program = Program::new();
    let lines = [
        json!({"tag": {"name": "Zed"}}),
        json!({"person": {"name": "Ada Lovelace"}}),
        json!({"hidden_tag": {"name": "Plan", "slug": "the-plan"}}),
        json!({"title": "A", "slug": "a", "tags": ["Zed"]}),
    ];
    let file = program.file("a.ndjson", lines.map(|line| line.to_string()).join("\n"));
    let first = program.run(&["import", &file]).expect(0).stdout;
    let sum = "1 article created, 0 updated, 0 unchanged; 2 tags created, 0 unchanged; \
               1 person created, 0 unchanged; 0 refused\n";
    assert!(first.ends_with(sum), "{first}");
    let again = program.run(&["import", &file]).expect(0).stdout;
    let sum = "0 articles created, 0 updated, 1 unchanged; 0 tags created, 2 unchanged; \
               0 people created, 1 unchanged; 0 refused\n";
    assert!(again.ends_with(sum), "{again}");
    let app = program.app();
    let admin = app.admin();
    assert_eq!(admin.get("/v1/tags").expect(200).each("slug"), ["the-plan", "zed"]);
    // Somebody else's slug for a tag of this name leads to it, in their articles too.
    let theirs = [
        json!({"tag": {"name": "ZED", "slug": "subject-zed"}}),
        json!({"title": "B", "slug": "b", "tags": ["subject-zed"]}),
    ];
    program.feed(&["import", "-"], &theirs.map(|line| line.to_string()).join("\n")).expect(0);
    assert_eq!(admin.get("/v1/articles/b").expect(200).json["tags"][0]["slug"], "zed");
    // Of people of one name a line must say which.
    let another = json!({"person": {"name": "Ada Lovelace", "slug": "another-ada"}});
    assert!(import(&program, &another).contains("created person another-ada"));
    let which = program.feed(&["import", "-"], &line(&json!({"person": {"name": "ada lovelace"}})));
    let which = which.expect(2).stdout;
    assert!(which.contains("refused: /person/slug several people"), "{which}");
    assert_eq!((app.rows("tags"), app.rows("people")), (2, 2));
    // A name that was merged is known as well.
    admin.post("/v1/people/another-ada/merge", json!({"into": "ada-lovelace"})).expect(200);
    admin.patch("/v1/people/ada-lovelace", json!({"name": "Ada King"})).expect(200);
    let merged = import(&program, &json!({"person": {"name": "Ada Lovelace"}}));
    assert!(merged.contains("unchanged person ada-lovelace"), "{merged}");
}

#[test]
fn import_of_files_it_does_not_know_goes_on_with_the_others() {
    let program = Program::new();
    let good = program.file("good.ndjson", line(&json!({"title": "Good"})));
    let page = program.file("PAGE.TXT", "A headline\n\nSome text that is long enough to be one.\n");
    for name in ["old.json", "old.csv", "page"] {
        let file = program.file(name, line(&json!({"title": "Old"})));
        let ran = program.run(&["import", &file, &good]).expect(2);
        let told = ran.stdout.lines().find(|told| told.starts_with(name)).unwrap();
        for word in ["refused", ".txt", ".ndjson", ".jsonl"] {
            assert!(told.contains(word), "{told}");
        }
    }
    assert_eq!(program.app().rows("articles"), 1);
    let ran = program.run(&["import", "absent.ndjson", &good, "gone.txt", &page]).expect(1);
    let sum = "1 article created, 0 updated, 1 unchanged; 0 refused; 2 files not read\n";
    assert!(ran.stdout.ends_with(sum), "{}", ran.stdout);
    assert!(ran.stdout.contains("absent.ndjson: No such file"), "{}", ran.stdout);
    ran.fails("absent.ndjson: No such file");
    assert_eq!(program.app().rows("articles"), 2);
}

#[test]
fn import_makes_a_deleted_speaker_again_only_where_the_quote_is_new() {
    let first = Program::new();
    let app = first.app();
    let admin = app.admin();
    let quotes = json!([{"text": "Ready,", "speaker_name": "Li Wei"}]);
    let body = json!({"title": "A", "body": "“Ready,” she said.", "quotes": quotes});
    admin.post("/v1/articles", body).expect(201);
    admin.delete("/v1/people/li-wei").expect(204);
    let exported = first.run(&["export"]).expect(0).stdout;
    assert!(!exported.contains("\"speaker\"") && exported.contains("Li Wei"), "{exported}");
    let file = first.file("a.ndjson", exported.replace("\"A\"", "\"B\""));
    first.run(&["import", &file]).expect(0);
    assert_eq!((app.rows("articles"), app.rows("people")), (1, 0));
    let second = Program::new();
    let file = second.file("a.ndjson", &exported);
    second.run(&["import", &file]).expect(0);
    assert_eq!(second.app().rows("people"), 1, "as the README says");
}
