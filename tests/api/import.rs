//! Taking in pages and lines: what is there afterwards, and what the report says of it.

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::program::{Program, repository, shared};

const SEED: &str = "examples/seed/000_dc70cf76e71f894f.txt";

fn seed() -> String {
    repository(SEED).to_str().unwrap().to_owned()
}

fn expected() -> Value {
    let text = std::fs::read_to_string(repository("examples/seed/expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn import_of_the_seed_page_gives_what_is_expected() {
    let program = Program::new();
    let report = program.run(&["import", &seed()]).expect(0).stdout;
    assert!(report.ends_with("1 article created, 0 updated, 0 unchanged; 0 refused\n"), "{report}");
    for word in ["derived: the title", "derived: the source, CCTV", "derived: retrieved_at"] {
        assert!(report.contains(word), "{word}: {report}");
    }

    let (app, expected) = (program.app(), expected());
    assert_eq!(app.public().get("/v1/articles").expect(200).json["items"], json!([]));
    let editor = app.with(&[Scope::DraftsRead]);
    let slug = editor.get("/v1/articles?status=draft").expect(200).each("slug").remove(0);
    let article = editor.get(&format!("/v1/articles/{}", slug.as_str().unwrap())).expect(200).json;
    assert_eq!(article["status"], "draft");
    assert_eq!(article["published_at"], expected["published_at"]);
    assert_eq!(article["first_published_at"], json!(null));
    assert_eq!(article["authors"], expected["authors"]);
    let source = json!({"name": "CCTV", "url": null, "retrieved_at": "2020-09-21T17:23:00.000Z"});
    assert_eq!(article["source"], source);

    let body = article["body_text"].as_str().unwrap();
    assert_eq!(json!(body.split("\n\n").collect::<Vec<_>>()), expected["body"]);
    assert_eq!(body.split("\n\n").count(), 12);
    assert_eq!(article["body_html"].as_str().unwrap().matches("<p>").count(), 12);
    assert_eq!(article["title"], expected["body"][0], "the first sentence stands in");
    for line in expected["furniture"].as_array().unwrap() {
        let line = line.as_str().unwrap();
        assert!(!article.to_string().contains(line), "{line}");
        assert!(report.contains(&format!(": {line}\n")), "{line} is not in {report}");
    }

    let tags = article["tags"].as_array().unwrap().iter();
    assert_eq!(json!(tags.map(|tag| &tag["name"]).collect::<Vec<_>>()), expected["tags"]);
    let links = article["links"].as_array().unwrap();
    let titles = links.iter().map(|link| json!({"title": link["title"], "url": link["url"]}));
    assert_eq!(json!(titles.collect::<Vec<_>>()), expected["related_links"]);
    for (place, link) in links.iter().enumerate() {
        assert_eq!((&link["rel"], &link["position"]), (&json!("related"), &json!(place)));
        assert_eq!(link["target"], json!(null));
    }
}

#[test]
fn import_of_the_seed_page_suggests_its_quotes() {
    let gold = std::fs::read_to_string(repository("tests/data/quotes/seed.gold.jsonl")).unwrap();
    let gold: Value = serde_json::from_str(&gold).unwrap();
    let program = Program::new();
    program.run(&["import", &seed()]).expect(0);
    let app = program.app();
    let editor = app.with(&[Scope::DraftsRead]);
    assert_eq!(
        editor.get("/v1/articles?status=draft&include=quotes").json["items"][0]["quotes"],
        json!([])
    );
    let quotes = editor.get("/v1/quotes?state=suggested").expect(200);
    let mut quotes = quotes.json["items"].as_array().unwrap().clone();
    quotes.sort_by_key(|quote| quote["position"].as_i64());
    let words = |quotes: &Value| {
        let quotes = quotes.as_array().unwrap().iter();
        quotes.map(|quote| plain(quote["text"].as_str().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(words(&json!(quotes)), words(&gold["quotes"]));
    for (quote, gold) in quotes.iter().zip(gold["quotes"].as_array().unwrap()) {
        assert_eq!(quote["speaker"]["name"], "Zhang Xin");
        assert_eq!(quote["role"], "researcher");
        let school = "School of Advanced International Studies at East China University";
        assert_eq!(quote["affiliation"], school);
        assert_eq!(quote["anchor"]["status"], "anchored");
        let kind = if gold["optional"] == json!(true) { "partial" } else { "full" };
        assert_eq!(quote["kind"], kind);
    }
    assert_eq!(quotes[0]["context"], "interview with CCTV");
    let people = editor.get("/v1/people").expect(200);
    assert_eq!(people.each("name"), ["Zhang Xin"], "and nobody out of the headlines");
    assert_eq!(app.public().get("/v1/quotes").json["items"], json!([]));
}

#[test]
fn import_of_the_same_again_changes_nothing() {
    let program = Program::new();
    let lines = program.file("a.ndjson", "{\"title\": \"One\", \"tags\": [\"x\"]}\n");
    program.run(&["import", &seed(), &lines]).expect(0);
    let before = program.run(&["export"]).expect(0).stdout;
    let app = program.app();
    let editor = app.with(&[Scope::DraftsRead]);
    let read =
        || editor.get("/v1/articles?status=draft&include=quotes,links,body").expect(200).bytes;
    let there = read();
    let again = program.run(&["import", &seed(), &lines]).expect(0).stdout;
    assert!(again.ends_with("0 articles created, 0 updated, 2 unchanged; 0 refused\n"), "{again}");
    assert_eq!(read(), there, "not even a version");
    assert_eq!(program.run(&["export"]).expect(0).stdout, before);
}

#[test]
fn import_tells_what_is_wrong_with_a_line_and_takes_the_others() {
    let program = Program::new();
    let long = "x".repeat(17 * 1024 * 1024);
    let lines = [
        "{\"title\": \"Good\", \"external_id\": \"cms-1\"}",
        "{\"title\": \"Wrong\", \"status\": \"done\", \"quotes\": [{\"text\": \"\"}]}",
        "",
        "   ",
        "{\"title\": ",
        "{\"titel\": \"Wrong\"}",
        &format!("{{\"title\": \"Long\", \"body\": \"{long}\"}}"),
        "{\"tag\": {\"name\": \"Gas\", \"kind\": \"thing\"}}",
        "{\"tag\": {\"name\": \"Gas\", \"slug\": \"gas\"}}",
        "[1]",
        "{\"title\": \"Good too\"}",
    ];
    let file = program.file("lines.ndjson", lines.join("\n"));
    let ran = program.run(&["import", "--publish", &file]).expect(2);
    for (line, words) in [
        (1, vec!["created article good"]),
        (2, vec!["refused", "/status", "/quotes/0/text"]),
        (5, vec!["refused"]),
        (6, vec!["refused", "/titel", "title"]),
        (7, vec!["refused", "longer than 16777216 bytes"]),
        (8, vec!["refused", "/tag/kind"]),
        (9, vec!["created tag gas"]),
        (10, vec!["refused"]),
        (11, vec!["created article good-too"]),
    ] {
        let place = format!("lines.ndjson:{line}: ");
        let told = ran.stdout.lines().filter(|told| told.starts_with(&place)).collect::<Vec<_>>();
        let [told] = told.as_slice() else { panic!("{place} once, not {told:?}") };
        for word in words {
            assert!(told.contains(word), "{word:?} is not in {told}");
        }
    }
    let sum = "2 articles created, 0 updated, 0 unchanged; 1 tag created, 0 unchanged; 6 refused\n";
    assert!(ran.stdout.ends_with(sum), "{}", ran.stdout);
    let app = program.app();
    let titles = app.public().get("/v1/articles?order=title").expect(200).each("title");
    assert_eq!(titles, ["Good", "Good too"]);
    assert_eq!(app.rows("tags"), 1);
}

#[test]
fn import_of_a_changed_line_updates_its_article() {
    let program = Program::new();
    let line = |title: &str, tag: &str| {
        let body = "“We are ready,” said Jane Doe.";
        let quote = json!({"text": "We are ready,", "speaker_name": "Jane Doe"});
        json!({"external_id": "cms-1", "title": title, "body": body, "quotes": [quote],
            "tags": [tag], "status": "published"})
        .to_string()
    };
    let first = program.feed(&["import", "-"], &line("First", "red")).expect(0).stdout;
    assert!(first.contains("-:1: created article first\n"), "{first}");
    let app = program.app();
    let before = app.public().get("/v1/articles/first").expect(200).json;
    let second = program.feed(&["import", "-"], &line("Second", "blue")).expect(0).stdout;
    assert!(second.contains("-:1: updated article first: tags, title\n"), "{second}");
    let after = app.public().get("/v1/articles/first").expect(200).json;
    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["published_at"], before["published_at"]);
    assert_eq!((&after["title"], &after["version"]), (&json!("Second"), &json!(2)));
    assert_eq!(after["tags"][0]["slug"], "blue");
    assert_eq!(after["quotes"].as_array().unwrap().len(), 1);
    assert_eq!((app.rows("articles"), app.rows("quotes"), app.rows("people")), (1, 1, 1));
}

#[test]
fn import_links_articles_that_come_later() {
    let program = Program::new();
    let one = program.file(
        "one.ndjson",
        [
            json!({"title": "A", "slug": "a", "links": [{"target": "b"}, {"target": "c"}]}),
            json!({"title": "B", "slug": "b", "links": [{"target": "a"}, {"target": "nowhere"}]}),
        ]
        .map(|line| line.to_string())
        .join("\n"),
    );
    let two = program.file("two.ndjson", json!({"title": "C", "slug": "c"}).to_string());
    let ran = program.run(&["import", "--publish", &one, &two]).expect(2);
    let refused = "one.ndjson:2: its links were refused: /links/1/target";
    assert!(ran.stdout.contains(refused), "{}", ran.stdout);
    let app = program.app();
    let targets = |article: &str| {
        let article = app.public().get(&format!("/v1/articles/{article}")).expect(200).json;
        let links = article["links"].as_array().unwrap().clone();
        links.iter().map(|link| link["target"]["slug"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(targets("a"), ["b", "c"]);
    assert!(targets("b").is_empty());
    // Once the target is there, the same line is whole.
    program
        .feed(
            &["import", "-"],
            "{\"title\": \"N\", \"slug\": \"nowhere\", \"status\": \"published\"}",
        )
        .expect(0);
    let again = program.run(&["import", "--publish", &one, &two]).expect(0).stdout;
    assert!(again.ends_with("0 articles created, 1 updated, 2 unchanged; 0 refused\n"), "{again}");
    assert_eq!(targets("b"), ["a", "nowhere"]);
}

#[test]
fn import_of_what_cannot_be_read_says_so() {
    let program = Program::new();
    let empty = program.file("empty.txt", " \n\n");
    let latin = program.file("latin.txt", b"Caf\xe9 au lait");
    let furniture = program.file("furniture.txt", "Listen Live\n17:23\nShare");
    let ran = program.run(&["import", &empty, &latin, &furniture]).expect(2);
    for words in ["empty.txt: refused", "latin.txt: refused", "furniture.txt: refused"] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    assert!(ran.stdout.contains("must be UTF-8"), "{}", ran.stdout);
    program.run(&["import", "absent.txt"]).expect(1).fails("absent.txt: No such file");
}

#[test]
fn import_holds_a_page_to_what_an_article_may_be() {
    let program = Program::new();
    let paragraph = format!("{}.\n\n", "This is what a long page says again".repeat(100));
    let pages = [
        ("body.txt", "/body must be", format!("A Headline\n\n{}", paragraph.repeat(350))),
        (
            "lead.txt",
            "/standfirst must be",
            format!("A Headline\n\n{}\n\n{paragraph}", "A long lead ".repeat(500)),
        ),
    ];
    for (name, words, text) in pages {
        let file = program.file(name, text);
        let ran = program.run(&["import", &file]).expect(2);
        assert!(ran.stdout.starts_with(&format!("{name}: refused: {words}")), "{}", ran.stdout);
        assert!(!ran.stdout.contains("taken:"), "{}", ran.stdout);
    }
    assert_eq!(program.app().rows("articles"), 0);
}

#[test]
fn import_reads_past_a_byte_order_mark() {
    let program = Program::new();
    let lines = "{\"title\": \"One\"}\n{\"title\": \"Two\"}\n";
    let marked = program.file("marked.ndjson", format!("\u{feff}{lines}"));
    let report = program.run(&["import", &marked]).expect(0).stdout;
    assert!(report.contains("marked.ndjson:1: created article one"), "{report}");
    let plain = program.file("plain.ndjson", lines);
    let again = program.run(&["import", &plain]).expect(0).stdout;
    assert!(again.contains("2 unchanged; 0 refused"), "it is the same line without it: {again}");
    let report = program.feed(&["import", "-"], "\n\u{feff}{\"title\": \"Three\"}").expect(2);
    assert!(report.stdout.contains("-:2: refused"), "{}", report.stdout);
}

#[test]
fn import_says_that_a_line_is_not_utf_8() {
    let program = Program::new();
    let lines = program.file("latin.ndjson", b"{\"title\": \"Caf\xe9\"}\n{\"title\": \"Tea\"}");
    let report = program.run(&["import", &lines]).expect(2).stdout;
    assert!(report.contains("latin.ndjson:1: refused: the line is not UTF-8\n"), "{report}");
    assert!(report.contains("latin.ndjson:2: created article tea\n"), "{report}");
}

#[test]
fn import_of_plain_stories_keeps_every_paragraph() {
    let Some(folder) = shared("news/bbc_txt") else { return };
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    // Through the program every fourth; the reader itself is tried on all of them in page_text.rs.
    let files = files.into_iter().step_by(4).collect::<Vec<_>>();
    let program = Program::new();
    let names = files.iter().enumerate().map(|(number, path)| {
        let text = std::fs::read(path).unwrap();
        program.file(&format!("{number}.txt"), String::from_utf8_lossy(&text).as_bytes())
    });
    let names = names.collect::<Vec<_>>();
    let mut arguments = vec!["import", "--publish"];
    arguments.extend(names.iter().map(String::as_str));
    let report = program.run(&arguments).expect(0).stdout;
    let app = program.app();
    let reader = app.public();
    for (name, path) in names.iter().zip(&files) {
        let place = format!("{name}: created article ");
        let slug = report.lines().find_map(|line| line.strip_prefix(place.as_str()));
        let slug = slug.unwrap_or_else(|| panic!("{} was not taken", path.display()));
        let article = reader.get(&format!("/v1/articles/{slug}")).expect(200).json;
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let (headline, rest) = text.trim_start().split_once('\n').unwrap();
        assert_eq!(article["title"], plain(headline), "{}", path.display());
        let body = article["body_text"].as_str().unwrap();
        assert_eq!(plain(body), plain(rest), "{}", path.display());
    }
}
