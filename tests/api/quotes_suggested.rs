//! Quotes that a program reads out of texts: of articles over HTTP, of files on the command line.

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::{App, Client};
use crate::program::{Program, repository};

const BODY: &str = "Talks ended. “We are close to a deal, and it’s a good one,” said Anna Burke, a director of Group Menatep. \
    “It is done.”\n\nLi Wei was angry. “Not on our watch,” he said. “It is done.”";

fn article(admin: &Client, body: &str, language: &str) -> String {
    let new = json!({"title": "Talks", "status": "published", "body": body, "body_format": "text", "language": language});
    admin.post("/v1/articles", new).expect(201).header("location").to_owned()
}

fn suggest(client: &Client, article: &str, query: &str) -> Vec<Value> {
    let asked = format!("{article}/quotes/suggest{query}");
    let answer = client.send("POST", &asked, &[], b"").expect(200);
    answer.json["items"].as_array().unwrap().clone()
}

#[test]
fn suggest_quotes_shows_what_it_found_and_writes_nothing() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, BODY, "en");
    let before = admin.get(&talks).expect(200).bytes;
    let found = suggest(&admin, &talks, "");
    let words = found.iter().map(|quote| &quote["text"]).collect::<Vec<_>>();
    assert_eq!(
        words,
        [
            "We are close to a deal, and it’s a good one,",
            "It is done.",
            "Not on our watch,",
            "It is done."
        ]
    );
    let text = admin.get(&talks).json["body_text"].as_str().unwrap().chars().collect::<Vec<_>>();
    for quote in &found {
        let place = |name: &str| usize::try_from(quote[name].as_u64().unwrap()).unwrap();
        let slice = text[place("start")..place("end")].iter().collect::<String>();
        assert_eq!(quote["text"], slice);
        assert_eq!((&quote["id"], &quote["state"]), (&json!(null), &json!(null)));
    }
    let speakers = found.iter().map(|quote| &quote["speaker_name"]).collect::<Vec<_>>();
    assert_eq!(speakers, ["Anna Burke", "Anna Burke", "Li Wei", "Li Wei"]);
    let first = json!({"role": "director", "affiliation": "Group Menatep", "cue": "said", "context": null, "kind": "full"});
    for (name, value) in first.as_object().unwrap() {
        assert_eq!(&found[0][name], value, "{name}");
    }
    assert_eq!(admin.get(&talks).expect(200).bytes, before);
    assert_eq!((app.rows("quotes"), app.rows("people")), (0, 0));
    for bad in ["?save=yes", "?save=", "?safe=true", "?save=true&save=true"] {
        let asked = format!("{talks}/quotes/suggest{bad}");
        admin.send("POST", &asked, &[], b"").problem(400, "invalid-parameter");
    }
    let nothing = "/v1/articles/nothing/quotes/suggest?save=true";
    admin.send("POST", nothing, &[], b"").problem(404, "not-found");
    admin.get(&format!("{talks}/quotes/suggest")).problem(405, "method-not-allowed");
}

#[test]
fn suggest_quotes_stores_each_once_for_editors_alone() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let talks = article(&admin, BODY, "en");
    let confirmed =
        json!({"text": "close to a deal", "kind": "partial", "speaker_name": "A. Burke"});
    let confirmed = admin.post(&format!("{talks}/quotes"), confirmed).expect(201).json;
    let found = suggest(&admin, &talks, "?save=true");
    assert_eq!((&found[0]["id"], &found[0]["state"]), (&confirmed["id"], &json!("confirmed")));
    assert_eq!(found.iter().filter(|quote| quote["state"] == "suggested").count(), 3);
    let editor = app.with(&[Scope::DraftsRead]);
    let stored = editor.get(&format!("{talks}/quotes?state=suggested")).expect(200).json;
    for (stored, found) in stored["items"].as_array().unwrap().iter().zip(&found[1..]) {
        assert_eq!(stored["id"], found["id"]);
        // “It is done.” stands there twice: each is tied to its own place.
        assert_eq!(stored["anchor"]["status"], "anchored");
        for name in ["start", "end"] {
            assert_eq!(stored["anchor"][name], found[name]);
        }
        for name in ["text", "kind", "speaker_name", "role", "affiliation", "cue", "context"] {
            assert_eq!(stored[name], found[name], "{name}");
        }
    }
    let after = admin.get(&talks).expect(200).bytes;
    assert_eq!(suggest(&admin, &talks, "?save=true"), found, "asked again it finds them there");
    assert_eq!(suggest(&admin, &talks, "?save=false"), found);
    assert_eq!(admin.get(&talks).expect(200).bytes, after, "and leaves the article as it is");
    assert_eq!(app.rows("quotes"), 4);
    assert_eq!(public.get("/v1/quotes?count=exact").expect(200).json["total"], 1);
    assert_eq!(public.get("/v1/people").expect(200).each("slug"), ["a-burke"]);
    public.get("/v1/people/li-wei").problem(404, "not-found");
    let last = format!("/v1/quotes/{}", found[2]["id"].as_str().unwrap());
    admin.patch(&last, json!({"state": "confirmed"})).expect(200);
    public.get("/v1/people/li-wei").expect(200);
    admin.delete(&last).expect(204);
    let again = suggest(&admin, &talks, "?save=true");
    assert_eq!(again[2]["state"], "suggested");
    assert_ne!(again[2]["id"], found[2]["id"]);
}

#[test]
fn suggest_quotes_reads_the_article_in_its_language() {
    let app = App::new();
    let admin = app.admin();
    let body = "„Die Lage ist ernst und wird es bleiben“, sagte die Ministerin Anke Weber. „Wir warten nun lieber ab“, hieß es im Ausschuss.";
    let talks = article(&admin, body, "de");
    let found = suggest(&admin, &talks, "?save=true");
    assert_eq!(found[0]["speaker_name"], "Anke Weber");
    assert_eq!(found[1]["speaker_name"], json!(null), "no noun becomes a person");
    assert_eq!(app.rows("people"), 1);
}

#[test]
fn suggest_quotes_is_done_once_with_a_key() {
    let app = App::new();
    let admin = app.admin();
    let talks = article(&admin, BODY, "en");
    let address = format!("{talks}/quotes/suggest?save=true");
    let send = || admin.send("POST", &address, &[("idempotency-key", "k")], b"").expect(200).bytes;
    let first = send();
    let quotes = format!("{talks}/quotes?state=suggested");
    let id = admin.get(&quotes).json["items"][0]["id"].as_str().unwrap().to_owned();
    admin.delete(&format!("/v1/quotes/{id}")).expect(204);
    assert_eq!(send(), first);
    assert_eq!(app.rows("quotes"), 3, "the answer came again, the work did not");
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn quotes_suggest_reads_files_lines_and_standard_input() {
    let program = Program::new();
    let text = "“It works – on Mondays,” said Anna Burke.\n";
    let plain = program.file("a.txt", text);
    let json = format!("{}\n\n", json!({"id": 7, "text": text, "lang": "en", "meta": {"x": 1}}));
    let ndjson = program.file("b.ndjson", format!("\u{feff}{json}{json}"));
    let unnamed = program.file("c", json!({"text": "Nothing."}).to_string());
    let ran = program.run(&["quotes", "suggest", &plain, &ndjson, &unnamed]).expect(0);
    assert_eq!(ran.stderr, "");
    let found = lines(&ran.stdout);
    let ids = found.iter().map(|line| &line["id"]).collect::<Vec<_>>();
    assert_eq!(json!(ids), json!(["a.txt", 7, 7, null]));
    assert_eq!(found[3]["quotes"], json!([]));
    let quote = json!({"start": 1, "end": 23, "text": "It works – on Mondays,", "speaker": "Anna Burke",
        "speaker_name": "Anna Burke", "role": null, "affiliation": null, "cue": "said", "context": null});
    for line in &found[..3] {
        assert_eq!(line["quotes"], json!([quote]));
    }
    for input in [text, json.as_str()] {
        for arguments in [&["quotes", "suggest"][..], &["quotes", "suggest", "-"]] {
            let fed = lines(&program.feed(arguments, input).expect(0).stdout);
            assert_eq!(fed[0]["quotes"], json!([quote]));
            assert_eq!(fed[0]["id"], if input == text { json!("-") } else { json!(7) });
        }
    }
    let german = ["quotes", "suggest", "--lang", "de", "-"];
    let fed = program.feed(&german, "„Wir warten nun lieber ab“, hieß es im Ausschuss.").expect(0);
    assert_eq!(lines(&fed.stdout)[0]["quotes"][0]["speaker_name"], json!(null));
    program.run(&["quotes", "suggest", "--lang", "nonsense!", &plain]).expect(2).fails("BCP 47");
}

#[test]
fn quotes_suggest_names_what_it_cannot_read_and_goes_on() {
    let program = Program::new();
    let good = json!({"id": "good", "text": "x"}).to_string();
    let cases = [
        ("{", "EOF"),
        ("[]", "must be a JSON object"),
        (r#"["a", "text", "en"]"#, "must be a JSON object"),
        (r#"{"id": "a"}"#, "missing field `text`"),
        (r#"{"text": 7}"#, "expected a string"),
        (r#"{"text": "x", "lang": "no language"}"#, "BCP 47"),
        (r#"{"text": "x", "lang": 7}"#, "expected a string"),
        (r#"{"text": "x", "id": []}"#, "`id` must be text or a number"),
        (r#"{"text": "x", "text": "y"}"#, "duplicate field"),
        (r#"{"text": "\ud800"}"#, "hex escape"),
    ];
    let bad = cases.iter().flat_map(|(line, _)| [*line, good.as_str()]).collect::<Vec<_>>();
    let bad = program.file("bad.jsonl", bad.join("\n"));
    let bytes = program.file("bytes.txt", b"\xff\xfe");
    let ran = program.run(&["quotes", "suggest", &bad, &bytes]).expect(2);
    assert_eq!(lines(&ran.stdout).len(), cases.len());
    let told = ran.stderr.lines().collect::<Vec<_>>();
    for (at, (line, words)) in cases.iter().enumerate() {
        let place = format!("onrecord: bad.jsonl:{}: ", 2 * at + 1);
        assert!(told[at].starts_with(&place) && told[at].contains(words), "{line}: {}", told[at]);
    }
    assert_eq!(told[cases.len()..], ["onrecord: bytes.txt: is not UTF-8"]);
    let good = program.file("good.jsonl", good);
    let ran = program.run(&["quotes", "suggest", "gone.txt", &good]).expect(1);
    assert!(ran.stderr.starts_with("onrecord: gone.txt: "), "{}", ran.stderr);
    assert_eq!(lines(&ran.stdout).len(), 1);
    assert!(!program.folder.join("onrecord.db").exists(), "no database is touched");
}

/// The scorer's own arithmetic, on the sets that lie here.
#[test]
fn quotes_score_says_what_it_measured_and_what_it_skipped() {
    let scorer = repository("benches/quotes-score");
    let score = |folder: &str| {
        let program = env!("CARGO_BIN_EXE_onrecord");
        let ran =
            std::process::Command::new("python3").arg(&scorer).args([program, folder]).output();
        let ran = ran.unwrap();
        (ran.status.code().unwrap(), String::from_utf8(ran.stdout).unwrap())
    };
    let (code, said) = score(repository("tests/data/quotes").to_str().unwrap());
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("English news              SKIPPED: there is no polnear_train.gold.jsonl")
    );
    assert!(said.ends_with("every required figure is reached (3 sets skipped)\n"), "{said}");
    // A set that asks for what is not there is not reached.
    let program = Program::new();
    let quote = json!({"start": 0, "end": 3, "text": "One", "optional": false, "speaker": "X", "speaker_kind": "name", "speaker_accept": ["X"]});
    let asks = json!({"id": "a", "text": "One two.", "lang": "en", "quotes": [quote]});
    program.file("typography.gold.jsonl", format!("{asks}\n"));
    let (code, said) = score(program.folder.to_str().unwrap());
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("typography, typography: spans 0.000 < 0.92 (5 sets skipped)"), "{said}");
}
