//! Settings that cannot be: refused before anything is opened, with what would be right.

use crate::program::Program;

/// What the program says of this setting, given as a flag or as a variable; the code is clap's own.
fn refused(flag: &str, value: &str) -> String {
    let program = Program::new();
    let by_flag = program.run(&["check", flag, value]).expect(2);
    let variable = format!("ONRECORD_{}", flag.trim_start_matches('-').to_uppercase());
    let by_variable = program.command(&["check"]).env(variable, value).output().unwrap();
    assert_eq!(by_variable.status.code(), Some(2));
    assert_eq!(String::from_utf8(by_variable.stderr).unwrap(), by_flag.stderr);
    assert!(!by_flag.stderr.contains("panicked"), "{}", by_flag.stderr);
    by_flag.stderr
}

#[test]
fn numbers_of_threads_have_a_range() {
    for (flag, most) in [("--workers", 512_u32), ("--readers", 64)] {
        for wrong in [(most + 1).to_string(), "99999".to_owned()] {
            let said = refused(flag, &wrong);
            assert!(said.contains(&format!("{wrong} is not in 0..={most}")), "{said}");
        }
        let program = Program::new();
        program.run(&["migrate", "up"]).expect(0);
        program.run(&["check", flag, &most.to_string()]).expect(0);
        program.run(&["check", flag, "0"]).expect(0);
    }
}

#[test]
fn an_address_to_listen_on_is_shown_when_it_is_none() {
    for wrong in ["8122", "localhost:8122", "127.0.0.1", ":8080"] {
        let said = refused("--listen", wrong);
        assert!(said.contains("an address in numbers and a port, such as `127.0.0.1:8080`"));
    }
}

#[test]
fn a_log_filter_that_would_silence_the_server_is_refused() {
    for (wrong, words) in [
        ("loud", "`loud` is no level"),
        ("info,onrecord", "`onrecord` is no level"),
        ("onrecord=loud", "`onrecord=loud` is no filter"),
        ("a=b=c", "`a=b=c` is no filter"),
    ] {
        let said = refused("--log", wrong);
        assert!(said.contains(words) && said.contains("as in `info,onrecord=debug`"), "{said}");
    }
    let program = Program::new();
    program.run(&["migrate", "up"]).expect(0);
    for right in ["info", "WARN", "off", "info,onrecord=debug", "warn,onrecord::db=trace,", ""] {
        program.run(&["check", "--log", right]).expect(0);
    }
}

#[test]
fn comments_are_taken_as_the_settings_say() {
    let program = Program::new();
    program.run(&["migrate", "up"]).expect(0);
    for (flag, wrong) in [("--comments-policy", "shut"), ("--comments-moderation", "none")] {
        program.run(&["check", flag, wrong]).expect(2);
    }
    let server = program.serve(&["--comments-policy", "closed", "--comments-moderation", "post"]);
    let key = program.run(&["keys", "create", "--name", "a", "--scope", "admin"]).expect(0).stdout;
    let address = server.base.strip_prefix("http://").unwrap().parse().unwrap();
    let client = crate::app::Client::to(address, Some(key.trim().to_owned()));
    let sent = serde_json::json!({"title": "One", "status": "published"});
    let made = client.post("/v1/articles", sent).expect(201).json;
    assert_eq!(made["comments"]["policy"], "closed");
    let open = serde_json::json!({"comments": {"policy": "open"}});
    client.patch("/v1/articles/one", open).expect(200);
    let ada = serde_json::json!({"author": {"name": "Ada"}, "body": "First of all."});
    let first = client.post("/v1/articles/one/comments", ada).expect(201);
    let approve = format!("{}/decision", first.header("location"));
    client.post(&approve, serde_json::json!({"state": "approved"})).expect(200);
    let ada = serde_json::json!({"author": {"name": "Ada"}, "body": "Then again."});
    let second = client.post("/v1/articles/one/comments", ada).expect(201);
    assert_eq!(second.json["state"], "approved");
}

#[test]
fn an_address_of_articles_has_its_place_after_the_host() {
    for wrong in [
        "https://{slug}.example/",
        "https://{id}",
        "https://news.example/",
        "https://news.example/{slug",
        "https://news.example/{title}",
        "javascript:{slug}",
        "https://ada:secret@news.example/{slug}",
        "/{slug}",
    ] {
        let program = Program::new();
        let said = program.run(&["check", "--article-url", wrong]).expect(2).stderr;
        assert!(said.contains("invalid value") && said.contains("--article-url"), "{said}");
    }
}
