//! The pages in `docs/` keep their word: commands run, links lead somewhere, the reference is made from the code.
//!
//! The reference is written anew by `UPDATE_README=1 cargo test --test api readme`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use onrecord::error::PROBLEMS;
use serde_json::Value;

use crate::console::{commands, keeps_its_word};
use crate::program::repository;

/// Every page, by its path from the repository.
fn pages() -> Vec<(String, String)> {
    let mut folders = vec![repository("docs")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                let name = path.strip_prefix(repository("")).unwrap().to_str().unwrap().to_owned();
                found.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn readme_docs_commands_give_the_answers_they_show() {
    let mut ran = 0;
    for (name, text) in pages().iter().filter(|(_, text)| !commands(text).is_empty()) {
        println!("{name}");
        ran += keeps_its_word(text);
    }
    assert!(ran > 60, "{ran}");
}

#[test]
fn readme_docs_link_only_to_what_is_there() {
    let mut followed = 0;
    for (name, text) in pages() {
        let folder = Path::new(&name).parent().unwrap().to_owned();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            if target.contains("://") || target.starts_with('#') {
                continue;
            }
            let path = folder.join(target.split('#').next().unwrap());
            assert!(repository("").join(&path).exists(), "{name} links to {target}");
            followed += 1;
        }
    }
    assert!(followed > 20, "{followed}");
    // Whoever begins at the first page finds every other one.
    let first = std::fs::read_to_string(repository("docs/README.md")).unwrap();
    for (name, _) in pages() {
        let name = name.trim_start_matches("docs/");
        assert!(
            name == "README.md" || first.contains(&format!("]({name})")),
            "{name} is not listed"
        );
    }
}

/// Every page of the repository is one of the server's, and whoever begins at the first finds them all.
#[test]
fn readme_docs_are_pages_of_the_server() {
    let app = crate::app::App::new();
    let client = app.public();
    let mut found = vec!["/docs/".to_owned()];
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        next += 1;
        let answer = client.get(&path).expect(200);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        assert!(answer.header("content-security-policy").starts_with("default-src 'none';"));
        let html = String::from_utf8(answer.bytes.clone()).unwrap();
        assert!(!html.contains(".md\"") && !html.contains("<!--"), "{path} shows its source");
        assert_eq!(html.matches("<a ").count(), html.matches("</a>").count(), "{path}");
        for part in html.split("href=\"").skip(1) {
            let target = part.split(['"', '#']).next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let base = url::Url::parse(&format!("http://here{path}")).unwrap();
            let target = base.join(target).unwrap().path().to_owned();
            if !found.contains(&target) {
                found.push(target);
            }
        }
    }
    for (name, text) in pages().iter().filter(|(name, _)| name != "docs/README.md") {
        let path = format!("/{}", name.trim_end_matches(".md"));
        assert!(found.contains(&path), "{path} is not linked to: {found:?}");
        let html = String::from_utf8(client.get(&path).expect(200).bytes).unwrap();
        let title = text.lines().next().unwrap().trim_start_matches("# ");
        assert!(html.contains(&format!("<title>{title} · Onrecord</title>")), "{path}");
        assert_eq!(html.matches("<h1>").count(), 1, "{path}");
    }
    client.get("/docs/guides/none").problem(404, "not-found");
}

// --- Reference

/// Holds a page of the reference against what it should be.
#[track_caller]
fn check_page(name: &str, title: &str, text: &str) {
    let path: PathBuf = repository("docs/reference").join(format!("{name}.md"));
    let made = "Made from the code by `UPDATE_README=1 cargo test --test api readme`; a test holds it current.";
    let text = format!("# {title}\n\n{made}\n{text}");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, text).unwrap();
    } else {
        let there = std::fs::read_to_string(path).unwrap_or_default();
        let hint = "UPDATE_README=1 cargo test --test api readme -- --test-threads 1";
        assert_eq!(there, text, "the page is not current; this writes it: {hint}");
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, String, &Value)> {
    let items = document["paths"].as_object().unwrap().iter();
    items.flat_map(|(path, item)| {
        let methods = ["get", "post", "put", "patch", "delete"];
        methods.into_iter().filter_map(move |method| {
            Some((path.as_str(), method.to_uppercase(), item.get(method)?))
        })
    })
}

/// The scope that an operation asks for, if it does.
fn scope(operation: &Value) -> Option<&str> {
    let ways = operation["security"].as_array().into_iter().flatten();
    ways.filter_map(|way| way["key"].as_array()?.first()?.as_str()).next_back()
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|it| document.pointer(it.trim_start_matches('#')));
    target.unwrap_or(value)
}

/// A description as one line of a table.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

#[test]
fn readme_reference_has_every_endpoint() {
    let document = onrecord::api::openapi().unwrap();
    let mut text = String::new();
    for tag in document["tags"].as_array().unwrap() {
        let name = tag["name"].as_str().unwrap();
        let group = operations(document).filter(|(_, _, it)| it["tags"][0] == name);
        let group = group.collect::<Vec<_>>();
        if group.is_empty() {
            continue;
        }
        write!(text, "\n## {name}\n\n{}\n", tag["description"].as_str().unwrap()).unwrap();
        for (path, method, operation) in group {
            let summary = operation["summary"].as_str().unwrap();
            write!(text, "\n### {summary}\n\n`{method} {path}`").unwrap();
            if let Some(scope) = scope(operation) {
                write!(text, " · scope `{scope}`").unwrap();
            }
            write!(text, "\n\n{}\n", operation["description"].as_str().unwrap_or_default())
                .unwrap();
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let parameters = parameters.map(|parameter| resolved(document, parameter));
            let asked =
                parameters.filter(|parameter| parameter["in"] == "query").collect::<Vec<_>>();
            if !asked.is_empty() {
                text.push_str("\n| parameter | |\n|---|---|\n");
            }
            for parameter in asked {
                let name = parameter["name"].as_str().unwrap();
                let what = line(parameter["description"].as_str().unwrap_or_default());
                writeln!(text, "| `{name}` | {what} |").unwrap();
            }
        }
    }
    check_page("endpoints", "Endpoints", &text);
}

#[test]
fn readme_reference_has_every_setting() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let table = readme.split("<!-- begin: settings -->\n").nth(1).unwrap();
    let table = table.split("<!-- end: settings -->").next().unwrap();
    let text =
        format!("\nA flag and a variable are the same setting; the flag goes first.\n\n{table}");
    check_page("settings", "Settings", &text);
}

#[test]
fn readme_reference_has_every_problem() {
    let document = onrecord::api::openapi().unwrap();
    let failures = document["components"]["responses"].as_object().unwrap();
    let mut text = "\nAn error is a problem (RFC 9457), `application/problem+json`, with one of these in `code`. `detail` says what happened \
                    this time; `errors` names each fault with its place.\n"
        .to_owned();
    let mut statuses = PROBLEMS.iter().map(|(_, status, _)| *status).collect::<Vec<_>>();
    statuses.sort_unstable();
    statuses.dedup();
    for status in statuses {
        write!(text, "\n## {status}\n\n").unwrap();
        // Which response of the document it is, its examples tell.
        let mut told = failures.values().filter(|failure| {
            let examples = failure["content"]["application/problem+json"]["examples"].as_object();
            examples.is_some_and(|them| them.values().any(|it| it["value"]["status"] == status))
        });
        if let Some(description) = told.find_map(|it| it["description"].as_str()) {
            writeln!(text, "{}\n", line(description.split(" `code` is ").next().unwrap())).unwrap();
        }
        text.push_str("| code | title |\n|---|---|\n");
        for (code, _, title) in PROBLEMS.iter().filter(|row| row.1 == status) {
            writeln!(text, "| `{code}` | {title} |").unwrap();
        }
    }
    check_page("errors", "Errors", &text);
}

#[test]
fn readme_reference_has_every_scope() {
    let document = onrecord::api::openapi().unwrap();
    let scopes = &document["components"]["schemas"]["Scope"];
    let mut text =
        "\nA key is sent as `Authorization: Bearer onr_…`, and has one or more of these.\n"
            .to_owned();
    for name in scopes["enum"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        let meaning = scopes["description"].as_str().unwrap();
        let meaning =
            meaning.split(&format!("- `{name}`: ")).nth(1).unwrap().lines().next().unwrap();
        write!(text, "\n## {name}\n\nAllows {meaning}\n\n").unwrap();
        for (path, method, operation) in operations(document).filter(|it| scope(it.2) == Some(name))
        {
            writeln!(text, "- {}: `{method} {path}`", operation["summary"].as_str().unwrap())
                .unwrap();
        }
    }
    text.push_str("\nEvery other operation needs no key.\n");
    check_page("scopes", "Scopes", &text);
}
