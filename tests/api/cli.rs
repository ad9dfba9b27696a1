//! The command line: what each command answers, and what it says when it cannot.

use std::process::Command;

use onrecord::db::types::Id;
use onrecord::db::{DatabaseUrl, Migrate};
use serde_json::Value;

use crate::program::{Program, repository};

#[test]
fn keys_are_made_listed_and_revoked() {
    let program = Program::new();
    let make = ["keys", "create", "--name", "front page", "--scope", "content:write"];
    let key = program.run(&make).expect(0).stdout;
    let key = key.strip_suffix('\n').unwrap();
    assert!(key.starts_with("onr_") && !key.contains(char::is_whitespace), "the key alone: {key}");
    let two = ["--scope", "drafts:read", "--scope", "comments:write", "--expires", "2999-01-01"];
    program.run(&[&["keys", "create", "--name", "two"], two.as_slice()].concat()).expect(0);

    let app = program.app();
    let mut client = app.public();
    client.key = Some(key.to_owned());
    client.post("/v1/tags", serde_json::json!({"name": "Gas"})).expect(201);
    client.get("/v1/keys").problem(403, "forbidden");

    let list = program.run(&["keys", "list"]).expect(0).stdout;
    let lines = list.lines().collect::<Vec<_>>();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains("\ttwo\tdrafts:read,comments:write\tuntil 2999-01-01"), "{list}");
    assert!(lines[1].contains("\tfront page\tcontent:write\tvalid\tused 2"), "{list}");
    let secret = key.rsplit('_').next().unwrap();
    assert!(!list.contains(secret), "secrets are never shown again");

    let id = lines[1].split('\t').next().unwrap();
    program.run(&["keys", "revoke", id]).expect(0);
    client.get("/v1/tags").problem(401, "unauthorized");
    let list = program.run(&["keys", "list"]).expect(0).stdout;
    assert!(list.contains("front page\tcontent:write\trevoked 2"), "{list}");
    program.run(&["keys", "revoke", key]).expect(0);
    program.run(&["keys", "revoke", "nonsense"]).expect(1).fails("neither a key's id nor a key");
    program.run(&["keys", "revoke", &Id::new().to_string()]).expect(1).fails("key");
}

#[test]
fn keys_are_refused_with_a_reason() {
    let program = Program::new();
    let make = |more: &[&str]| program.run(&[&["keys", "create"], more].concat());
    make(&["--scope", "admin"]).expect(2).fails("required");
    make(&["--name", "x"]).expect(2).fails("required");
    make(&["--name", "x", "--scope", "everything"]).expect(2).fails("everything");
    make(&["--name", " ", "--scope", "admin"]).expect(1).fails("--name");
    let expires = ["--name", "x", "--scope", "admin", "--expires"];
    make(&[&expires[..], &["soon"]].concat()).expect(1).fails("--expires must be a date");
    make(&[&expires[..], &["2001-01-01"]].concat()).expect(1).fails("must be in the future");
    program.run(&["migrate", "up"]).expect(0);
    assert_eq!(program.run(&["keys", "list"]).expect(0).stdout, "");
}

#[test]
fn migrate_goes_up_and_down() {
    let program = Program::new();
    let up = program.run(&["migrate", "up"]).expect(0);
    assert!(up.stdout.lines().count() >= 6);
    assert!(up.stdout.lines().all(|line| line.starts_with("applied  0")), "{}", up.stdout);
    let newest = up.stdout.lines().last().unwrap().strip_prefix("applied  ").unwrap();
    let asked = program.run(&["migrate", "down"]).expect(2);
    asked.fails(&format!("this would take back {newest}, and all data in it would be lost"));
    assert_eq!(program.run(&["migrate", "status"]).expect(0).stdout, up.stdout);
    let down = program.run(&["migrate", "down", "--lose-data"]).expect(0).stdout;
    assert_eq!(down.matches("missing  ").count(), 1, "{down}");
    assert!(down.lines().last().unwrap().starts_with("missing  0"), "{down}");
    assert_eq!(
        program.run(&["migrate", "status"]).expect(0).stdout,
        down,
        "status changes nothing"
    );
    for _ in 1..down.lines().count() {
        program.run(&["migrate", "down", "--lose-data"]).expect(0);
    }
    let none = program.run(&["migrate", "status"]).expect(0).stdout;
    assert!(!none.contains("applied"), "{none}");
    for down in [&["migrate", "down"][..], &["migrate", "down", "--lose-data"]] {
        program.run(down).expect(1).fails("there is no step to take back");
    }
    assert_eq!(program.run(&["migrate"]).expect(0).stdout, up.stdout);
}

#[test]
fn openapi_writes_the_document() {
    let program = Program::new();
    let json = program.run(&["openapi"]).expect(0).stdout;
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(&document, onrecord::api::openapi().unwrap());
    program.run(&["openapi", "--output", "."]).expect(0);
    let written = std::fs::read_to_string(program.folder.join("openapi.json")).unwrap();
    assert_eq!(written, json);
    let yaml = std::fs::read_to_string(program.folder.join("openapi.yaml")).unwrap();
    assert!(yaml.starts_with("openapi: 3.1."), "{}", &yaml[..40]);
    program.run(&["openapi", "--output", "absent"]).expect(1).fails("absent/openapi.json");
}

#[test]
fn check_says_what_is_sound_and_what_is_not() {
    let program = Program::new();
    program.run(&["migrate", "up"]).expect(0);
    let ran = program.run(&["check"]).expect(0);
    for line in ["settings   ok", "database   ok", "schema     ok", "integrity  ok"] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.stdout);
    }
    program.run(&["migrate", "down", "--lose-data"]).expect(0);
    program.run(&["check"]).expect(1).fails("the schema lacks 1 migration");
    onrecord::db::migrate(&mut program.url.connect().unwrap(), Migrate::Up).unwrap();
    program.run(&["check"]).expect(0);
}

#[test]
fn check_of_a_file_that_is_no_database_leaves_it_alone() {
    let program = Program::new();
    let text = "This is a shopping list and no database at all.\n".repeat(40);
    program.file("list.txt", &text);
    for command in ["check", "serve", "export"] {
        let ran = program.run(&[command, "--database", "sqlite:list.txt"]).expect(1);
        ran.fails("cannot open sqlite:list.txt: the file is not an SQLite database");
        assert_eq!(std::fs::read_to_string(program.folder.join("list.txt")).unwrap(), text);
    }
    for command in [vec!["check"], vec!["export"], vec!["keys", "list"], vec!["migrate", "status"]]
    {
        let mut arguments = command.clone();
        arguments.extend(["--database", "sqlite:absent.db"]);
        program
            .run(&arguments)
            .expect(1)
            .fails("cannot open sqlite:absent.db: there is no such file");
        assert!(!program.folder.join("absent.db").exists(), "looking makes nothing");
    }
    let ran = program.run(&["serve", "--database", "sqlite:no/folder.db"]).expect(1);
    ran.fails("cannot open sqlite:no/folder.db: the folder no does not exist");
}

#[test]
fn settings_that_are_wrong_are_told_in_a_sentence() {
    let program = Program::new();
    for (arguments, words) in [
        (vec!["serve", "--listen", "nonsense"], "invalid value 'nonsense' for '--listen"),
        (vec!["serve", "--listen", "127.0.0.1:99999"], "'--listen"),
        (vec!["serve", "--database", "mysql://x"], "must begin with `sqlite:`"),
        (vec!["serve", "--database", "sqlite:"], "sqlite: wants a path"),
        (
            vec!["serve", "--public-url", "ftp://example.com"],
            "must be http(s)://host[:port][/path]",
        ),
        (vec!["serve", "--public-url", "https://a.example/?q=1"], "must be http(s)://host"),
        (vec!["serve", "--workers", "many"], "'--workers"),
        (vec!["serve", "--cors-origins", "foo"], "`foo` is no origin"),
        (vec!["check", "--cors-origins", "foo"], "`foo` is no origin"),
        (
            vec!["check", "--cors-origins", "https://a.example,https://b.example/path"],
            "/path` is no",
        ),
        (vec!["check", "--cors-origins", "https://a.example,*"], "`*` is no origin"),
        (vec!["serve", "--log", "a=b=c"], "--log"),
        (vec!["serve", "--log-format", "xml"], "'--log-format"),
        (vec!["serve", "--prot", "80"], "--prot"),
        (vec!["migrate", "sideways"], "sideways"),
        (vec!["import"], "required"),
        (vec![], "content API for newsrooms"),
    ] {
        program.run(&arguments).fails(words);
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = program.run(&["serve", "--listen", &address]).expect(1);
    ran.fails(&format!("cannot listen on {address}"));
    let mut command = program.command(&["check"]);
    let ran = command.env("ONRECORD_LISTEN", "nowhere").output().unwrap();
    assert!(String::from_utf8(ran.stderr).unwrap().contains("'nowhere' for '--listen"));
}

#[test]
fn a_password_is_never_shown() {
    let program = Program::new();
    let url = "postgres://editor:hunter2@127.0.0.1:1/news";
    for command in ["check", "serve"] {
        let ran = program.run(&[command, "--database", url]).expect(1);
        assert!(ran.stderr.contains("cannot open postgres://editor@127.0.0.1:1/news"));
        assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("hunter2"), "{}", ran.stderr);
    }
    let mut command = program.command(&["serve", "--help"]);
    let help = command.env("ONRECORD_DATABASE", url).output().unwrap();
    assert!(!String::from_utf8(help.stdout).unwrap().contains("hunter2"));
}

#[test]
fn help_has_a_sentence_for_everything() {
    let program = Program::new();
    let help = |command: &[&str]| {
        let ran = program.run(&[command, &["--help"]].concat()).expect(0);
        let first = ran.stdout.lines().next().unwrap_or_default().to_owned();
        assert!(first.len() > 15 && first.contains(' '), "{command:?}: {first:?}");
        ran.stdout
    };
    let commands = |help: &str| {
        let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let list = list.take_while(|line| line.starts_with("  "));
        list.filter_map(|line| line.split_whitespace().next().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let top = commands(&help(&[]));
    for known in ["serve", "import", "export", "keys", "migrate", "openapi", "check"] {
        assert!(top.iter().any(|command| command == known), "{known}: {top:?}");
    }
    for command in &top {
        for below in commands(&help(&[command])) {
            help(&[command, &below]);
        }
    }
    let version = program.run(&["--version"]).expect(0).stdout;
    assert_eq!(version, format!("onrecord {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn scopes_say_what_they_allow() {
    let program = Program::new();
    let help = program.run(&["keys", "create", "--help"]).expect(0).stdout;
    for (scope, allows) in [
        ("drafts:read", "See what is not published"),
        ("comments:write", "Post, flag and take back comments on behalf of readers"),
        ("comments:moderate", "See all comments and decide on them"),
    ] {
        let line = help.lines().find(|line| line.contains(&format!("- {scope}:"))).unwrap();
        assert!(line.contains(allows), "{line}");
    }
}

#[test]
fn origins_are_taken_as_browsers_send_them() {
    let program = Program::new();
    program.run(&["migrate", "up"]).expect(0);
    for origins in ["*", "", "https://a.example", " https://A.example/ , http://localhost:3000,"] {
        program.run(&["check", "--cors-origins", origins]).expect(0);
    }
    let server = program.serve(&["--cors-origins", "https://A.example:443/, capacitor://app"]);
    for origin in ["https://a.example", "capacitor://app"] {
        let answer = ureq::get(format!("{}/v1/tags", server.base)).header("origin", origin);
        let answer = answer.call().unwrap();
        assert_eq!(answer.headers()["access-control-allow-origin"], origin);
    }
}

#[test]
fn the_first_start_shows_a_key_and_commands_that_work() {
    let program = Program::new();
    let sample = repository("examples/seed/000_dc70cf76e71f894f.txt");
    let arguments = ["--sample", sample.to_str().unwrap()];
    let mut server = program.serve(&arguments);
    let welcome = server.reads_until("/docs/");
    let commands = welcome.lines().map(str::trim).filter(|line| line.starts_with("curl "));
    let commands = commands.collect::<Vec<_>>();
    assert_eq!(commands.len(), 3, "{welcome}");
    let answers = commands.iter().map(|command| {
        let ran = Command::new("sh").arg("-c").arg(format!("{command} -sS")).output().unwrap();
        assert!(ran.status.success(), "{command}: {}", String::from_utf8_lossy(&ran.stderr));
        serde_json::from_slice::<Value>(&ran.stdout).unwrap()
    });
    let answers = answers.collect::<Vec<_>>();
    assert_eq!(answers[0]["status"], "published");
    assert_eq!(answers[0]["source"]["name"], "CCTV");
    assert_eq!(answers[1]["items"].as_array().unwrap().len(), 1);
    assert_eq!(answers[2]["items"].as_array().unwrap().len(), 4);
    assert_eq!(welcome.matches("onr_").count(), 2, "once to keep, once in a command");
    let ran = server.stop().expect(0);
    assert!(!ran.stderr.contains("onr_"), "a key is never in a log");

    let ran = program.serve(&arguments).stop().expect(0);
    assert_eq!(ran.stdout, "", "the second start makes no new key");
    assert_eq!(program.app().rows("keys"), 1);
    assert_eq!(program.app().rows("articles"), 1);
}

#[test]
fn a_sample_that_cannot_be_read_is_named() {
    let ran = Program::new().run(&["serve", "--listen", "127.0.0.1:0", "--sample", "absent.txt"]);
    let sentence = "onrecord: absent.txt: No such file";
    assert!(ran.stderr.lines().last().unwrap().starts_with(sentence), "{}", ran.stderr);
    assert_eq!(ran.code, 1);
}

#[test]
fn two_servers_start_on_one_database_at_once() {
    let program = Program::new();
    let servers = std::thread::scope(|scope| {
        let starts = [0, 1].map(|_| scope.spawn(|| program.serve(&[])));
        starts.map(|start| start.join().unwrap())
    });
    for server in servers {
        let ran = server.stop().expect(0);
        assert!(ran.stderr.contains("stopped"), "{}", ran.stderr);
    }
    let states = onrecord::db::migrations(&mut program.url.connect().unwrap()).unwrap();
    assert!(states.iter().all(|state| state.applied));
}

#[test]
fn the_log_can_be_json() {
    let program = Program::new();
    let ran = program.serve(&["--log-format", "json"]).stop().expect(0);
    for line in ran.stderr.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(line["timestamp"].is_string() && line["level"] == "INFO", "{line}");
    }
    assert!(ran.stderr.lines().any(|line| line.contains("\"message\":\"serving\"")));

    let server = program.serve(&["--log-format", "json", "--log", "debug"]);
    assert!(ureq::get(format!("{}/v1/articles?limit=0", server.base)).call().is_err());
    // What a client waits for in vain is no failure of the server.
    let ahead = ureq::get(format!("{}/v1/articles", server.base)).header("min-seq", "1000");
    assert!(ahead.call().unwrap_err().to_string().contains("503"));
    let ran = server.stop().expect(0);
    let behind = ran.stderr.lines().filter(|line| line.contains("\"status\":503"));
    assert_eq!(behind.count(), 1, "{}", ran.stderr);
    assert!(!ran.stderr.contains("\"level\":\"ERROR\""), "{}", ran.stderr);
    for message in ["answered", "refused"] {
        let words = format!("\"message\":\"{message}\"");
        let line = ran.stderr.lines().find(|line| line.contains(&words)).unwrap();
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(line["micros"].is_u64() && line["status"].is_u64(), "{line}");
    }
}

#[test]
fn health_readiness_and_metrics_are_answered() {
    let program = Program::new();
    let app = program.app();
    let client = app.public();
    for path in ["/healthz", "/readyz"] {
        let answer = client.get(path).expect(200);
        assert_eq!(answer.json["status"], "ok");
        assert_eq!(answer.json["version"], env!("CARGO_PKG_VERSION"));
    }
    client.get("/v1/tags").expect(200);
    client.get("/v1/tags/none").expect(404);
    let answer = client.get("/metrics").expect(200);
    assert!(answer.header("content-type").contains("text"), "{}", answer.header("content-type"));
    let text = String::from_utf8(answer.bytes).unwrap();
    let counted = |route: &str, status: &str| {
        text.lines().any(|line| {
            let parts = ["onrecord_http_requests_total{", "method=\"GET\"", route, status, "} 1"];
            parts.iter().all(|part| line.contains(part))
        })
    };
    assert!(counted("route=\"/v1/tags\"", "status=\"200\""), "{text}");
    assert!(counted("route=\"/v1/tags/{tag}\"", "status=\"404\""), "{text}");
    assert!(text.contains("onrecord_http_request_seconds_bucket{"), "{text}");
    assert!(text.ends_with("# EOF\n"), "{text}");

    onrecord::db::migrate(&mut program.url.connect().unwrap(), Migrate::Down).unwrap();
    client.get("/healthz").expect(200);
    let answer = client.get("/readyz").problem(503, "unavailable");
    assert_eq!(answer.header("retry-after"), "2");
}

#[test]
fn the_browser_of_the_api_needs_no_network() {
    let app = crate::app::App::new();
    let client = app.public();
    for path in ["/", "/docs"] {
        assert_eq!(client.get(path).expect(307).header("location"), "/docs/");
    }
    let page = client.get("/docs/").expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert!(!policy.contains("http") && !policy.contains('*'), "{policy}");
    let html = String::from_utf8(page.bytes.clone()).unwrap();
    let mut assets = 0;
    for attribute in ["src=\"", "href=\""] {
        for part in html.split(attribute).skip(1) {
            let address = part.split('"').next().unwrap();
            assert!(!address.contains("//"), "{address} is elsewhere");
            let path = format!("/docs/{}", address.trim_start_matches("./"));
            let asset = client.get(&path).expect(200);
            assert!(!asset.bytes.is_empty(), "{path}");
            assets += 1;
        }
    }
    assert!(assets >= 3, "{html}");
    assert!(!html.contains("<script>"), "the policy lets no inline script run");
    let start = client.get("/docs/swagger-initializer.js").expect(200);
    assert!(String::from_utf8_lossy(&start.bytes).contains("/openapi.json"));
    for (path, kind) in
        [("/openapi.json", "application/json"), ("/openapi.yaml", "application/yaml")]
    {
        assert_eq!(client.get(path).expect(200).header("content-type"), kind);
    }
    client.get("/docs/none.js").problem(404, "not-found");
}

#[test]
fn the_database_is_made_where_the_setting_says() {
    let program = Program::new();
    let mut command = program.command(&["migrate", "up"]);
    command.env_remove("ONRECORD_DATABASE");
    assert!(command.status().unwrap().success());
    assert!(program.folder.join("onrecord.db").exists(), "the default");
    let url = DatabaseUrl::Sqlite("elsewhere.db".into());
    program.run(&["migrate", "up", "--database", &url.to_string()]).expect(0);
    assert!(program.folder.join("elsewhere.db").exists(), "a flag goes before the variable");
}
