//! Writing everything out, and taking it in again somewhere else.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::program::{Program, repository};

/// A newsroom with a bit of everything.
fn fill(program: &Program) {
    let app = program.app();
    let admin = app.admin();
    admin
        .post(
            "/v1/tags",
            json!({"name": "Россия", "slug": "russia", "kind": "place", "description": "A country."}),
        )
        .expect(201);
    let ids = json!({"wikidata": "Q42", "orcid": "0000-0002-1825-0097"});
    let person = json!({"name": "Jane Doe", "bio": "Reports from Moscow.", "external_ids": ids});
    admin.post("/v1/people", person).expect(201);
    admin.post("/v1/people", json!({"name": "Jane Doe", "slug": "another-jane"})).expect(201);
    let body = "# Talks\n\n“We see a *clear* trend,” Xin said. “We see it,” she added.";
    let mut article = json!({
        "title": "Talks on Gas", "slug": "talks-on-gas", "status": "published",
        "published_at": "2020-05-03T09:30:00Z", "standfirst": "Two sides.\n\nOne pipe.",
        "dateline": "MOSCOW, May 3", "language": "en-GB", "authors": ["jane-doe", "another-jane"],
        "source": {"name": "CCTV", "url": "https://cctv.com/a", "retrieved_at": "2020-05-04T00:00:00Z"},
        "body": body, "tags": ["russia", "gas"], "external_id": "cms-1",
        "comments": {"policy": "closed"},
    });
    article["quotes"] = json!([
        {"text": "We see it,", "speaker": "jane-doe", "role": "envoy", "affiliation": "The Ministry",
            "cue": "added", "context": "interview", "said_at": "2020-05-03T08:00:00Z",
            "language": "en", "original_text": "Видим.", "original_language": "ru"},
        {"text": "We see a clear trend,", "speaker_name": "Zhang Xin", "kind": "partial"},
        {"text": "Nobody said this.", "anonymity_reason": "fears for her work", "state": "suggested"},
    ]);
    article["links"] = json!([
        {"url": "https://example.com/b", "title": "Background", "rel": "background"},
        {"title": "Not there yet"},
    ]);
    admin.post("/v1/articles", article).expect(201);
    let draft = json!({
        "title": "A Draft", "body": "<p>Soon.</p>", "body_format": "html", "tags": ["secret plan"],
        "authors": ["A. Nonymous"], "links": [{"target": "talks-on-gas", "rel": "follow_up"}],
    });
    admin.post("/v1/articles", draft).expect(201);
    let old = json!({"title": "Old", "status": "published", "tags": ["russia"]});
    admin.post("/v1/articles", old).expect(201);
    admin.patch("/v1/articles/old", json!({"status": "archived"})).expect(200);
    let seed = repository("examples/seed/000_dc70cf76e71f894f.txt");
    program.run(&["import", seed.to_str().unwrap()]).expect(0);
}

#[test]
fn export_and_import_and_export_give_the_same_bytes() {
    let first = Program::new();
    fill(&first);
    let ran = first.run(&["export"]).expect(0);
    assert!(ran.stderr.ends_with("4 articles written\n"), "{}", ran.stderr);
    let exported = ran.stdout;

    let second = Program::new();
    let file = second.file("everything.ndjson", &exported);
    second.run(&["import", &file]).expect(0);
    second.run(&["export", "--output", "again.ndjson"]).expect(0);
    let again = std::fs::read_to_string(second.folder.join("again.ndjson")).unwrap();
    for (before, after) in exported.lines().zip(again.lines()) {
        assert_eq!(before, after);
    }
    assert_eq!(exported, again);

    // It is the same newsroom to those who ask, ids and times of storing aside.
    let (one, two) = (first.app(), second.app());
    let list = "/v1/articles?order=title&include=body,quotes,links,authors&count=exact";
    let all = format!("{list}&status=draft,published,archived");
    for path in [list, &all, "/v1/tags?count=exact", "/v1/people?count=exact", "/v1/quotes"] {
        for (a, b) in [(one.public(), two.public()), (one.admin(), two.admin())] {
            let (a, b) = (a.get(path).expect(200).json, b.get(path).expect(200).json);
            assert_eq!(timeless(a), timeless(b), "{path}");
        }
    }
    assert_eq!(two.public().get("/v1/tags").each("slug").len(), 2, "the secret plan stays secret");
    let quotes = |app: &crate::app::App| {
        let path = "/v1/articles/talks-on-gas/quotes?state=suggested";
        timeless(app.admin().get(path).expect(200).json)
    };
    assert_eq!(quotes(&one), quotes(&two));
}

#[test]
fn export_carries_images_by_their_ids() {
    let first = Program::new();
    let app = first.app();
    let admin = app.admin();
    let bytes = crate::pictures::png(400, 200);
    let here = crate::images::uploaded(&admin, &bytes).json;
    let place = format!("/v1/images/{}", here["id"].as_str().unwrap());
    let words = json!({"alt": "A table", "focal_point": {"x": 0.25, "y": 0.5}});
    let here = admin.patch(&place, words).expect(200).json;
    let far = json!({"url": "https://pictures.example/a.jpg", "width": 9, "alt": "Far",
        "caption": "Two\nlines.", "credit": "Li Hua"});
    let far = admin.post("/v1/images", far).expect(201).json;
    admin.post("/v1/images", json!({})).expect(201);
    let body = format!("![](image:{})", here["id"].as_str().unwrap());
    let sent = json!({"title": "Story", "status": "published", "image": far["id"], "body": body});
    admin.post("/v1/articles", sent).expect(201);
    let exported = first.run(&["export"]).expect(0).stdout;
    let second = Program::new();
    let file = second.file("everything.ndjson", &exported);
    let told = second.run(&["import", &file]).expect(0).stdout;
    assert!(told.ends_with("unchanged; 3 images created, 0 unchanged; 0 refused\n"), "{told}");
    let again = second.run(&["import", &file]).expect(0).stdout;
    assert!(again.ends_with("; 0 images created, 3 unchanged; 0 refused\n"), "{again}");
    assert_eq!(second.run(&["export"]).expect(0).stdout, exported);
    let article = second.app().public().get("/v1/articles/story").expect(200).json;
    assert_eq!(article["image"]["id"], far["id"]);
    let file = crate::images::path(&here["url"]).to_owned();
    assert!(article["body_html"].as_str().unwrap().contains(&file), "{article}");

    // Without its image an article is refused as a whole: nothing is dropped in silence.
    let third = Program::new();
    let article = exported.lines().find(|line| line.contains("Story")).unwrap();
    let file = third.file("article.ndjson", article);
    let told = third.run(&["import", &file]).expect(2).stdout;
    assert!(told.contains("refused: /image there is no image with the id"), "{told}");
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    for (line, pointer) in [
        (json!({"alt": "No id"}), "/image"),
        (json!({"id": "x"}), "/image/id"),
        (json!({"id": id, "alt": "a\u{202e}b"}), "/image/alt"),
        (json!({"id": id, "file": "../../etc/passwd"}), "/image/file"),
        (
            json!({"id": id, "file": {"name": "../a.png", "type": "image/png", "width": 1,
            "height": 1, "byte_size": 1, "animated": false}}),
            "/image/file",
        ),
        (
            json!({"id": id, "file": {"name": format!("{}.png", "0".repeat(40)), "type": "text/html",
            "width": 1, "height": 1, "byte_size": 1, "animated": false}}),
            "/image/file",
        ),
    ] {
        let line = json!({"image": line}).to_string();
        let told = third.feed(&["import", "-"], &line).expect(2).stdout;
        assert!(told.contains(&format!("refused: {pointer} ")), "{told}");
    }
}

/// What is left of an answer when it is forgotten when, how and under which id it was stored.
fn timeless(mut value: Value) -> Value {
    match &mut value {
        Value::Object(object) => {
            for name in
                ["id", "article_id", "url", "short_url", "created_at", "updated_at", "version"]
            {
                object.remove(name);
            }
            for name in ["article_version", "first_published_at", "next_cursor", "origin"] {
                object.remove(name);
            }
            for value in object.values_mut() {
                *value = timeless(value.take());
            }
        }
        Value::Array(array) => {
            for value in array {
                *value = timeless(value.take());
            }
        }
        _ => {}
    }
    value
}

#[test]
fn export_of_an_empty_database_is_empty() {
    let program = Program::new();
    program.run(&["migrate", "up"]).expect(0);
    assert_eq!(program.run(&["export"]).expect(0).stdout, "");
    let ran = program.run(&["export", "--output", "no/such/folder.ndjson"]).expect(1);
    ran.fails("no/such/folder.ndjson: No such file");
}

#[test]
fn export_says_where_it_could_not_write() {
    if !std::path::Path::new("/dev/full").exists() {
        return println!("skipped: this system has no /dev/full");
    }
    let program = Program::new();
    program.feed(&["import", "-"], "{\"title\": \"One\"}").expect(0);
    let full = "No space left on device";
    let ran = program.run(&["export", "--output", "/dev/full"]).expect(1);
    ran.fails(&format!("onrecord: /dev/full: {full}"));
    let mut command = program.command(&["export"]);
    let output = command.stdout(std::fs::File::create("/dev/full").unwrap()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.starts_with(&format!("onrecord: standard output: {full}")), "{said}");
}

#[test]
fn export_ends_without_a_word_when_its_reader_has_gone() {
    let program = Program::new();
    // More than a pipe holds, so that it is still writing.
    let lines = (0..4).map(|n| json!({"title": n.to_string(), "body": "x".repeat(100_000)}));
    let lines = lines.map(|line| line.to_string()).collect::<Vec<_>>().join("\n");
    program.feed(&["import", "-"], &lines).expect(0);
    let mut command = program.command(&["export"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}
