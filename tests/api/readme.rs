//! The README keeps its word: its commands run, its answers are those of the program, its tables
//! are made from the code.
//!
//! How commands are read and answers compared is in `console.rs`.
//!
//! The tables are written anew by `UPDATE_README=1 cargo test --test api readme`.

use std::fmt::Write as _;

use clap::{Args as _, Command};
use onrecord::config::{DatabaseSettings, LogSettings, ServerSettings};
use onrecord::error::PROBLEMS;

use crate::console::keeps_its_word;
use crate::program::{Program, repository};

fn readme() -> String {
    std::fs::read_to_string(repository("README.md")).unwrap()
}

// --- Commands

#[test]
fn readme_commands_give_the_answers_it_shows() {
    let ran = keeps_its_word(&readme());
    assert!(ran > 25, "{ran}");
}

#[test]
fn readme_names_only_targets_that_exist() {
    let makefile = std::fs::read_to_string(repository("Makefile")).unwrap();
    let readme = readme();
    let mut named = 0;
    for opening in ["`make ", "\nmake "] {
        for part in readme.split(opening).skip(1) {
            let target = part.split(['`', ' ', '\n']).next().unwrap();
            assert!(makefile.contains(&format!("\n{target}:")), "there is no `make {target}`");
            named += 1;
        }
    }
    assert!(named >= 3);
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "ARCHITECTURE.md", "CHANGELOG.md"] {
        assert!(readme.contains(&format!("]({file})")) && repository(file).exists(), "{file}");
    }
    for part in readme.split("](docs/").skip(1) {
        let file = format!("docs/{}", part.split(')').next().unwrap());
        assert!(repository(&file).exists(), "{file}");
    }
    let deps = std::fs::read_to_string(repository(".ci/deps")).unwrap();
    for package in
        ["gcc", "libc6-dev", "pkg-config", "libssl-dev", "curl", "postgresql", "chromium"]
    {
        assert!(readme.contains(&format!("`{package}`")) && deps.contains(package), "{package}");
    }
}

// --- Tables

/// Holds what stands between two markers against what should stand there.
#[track_caller]
fn check_table(name: &str, table: &str) {
    let (begin, end) = (format!("<!-- begin: {name} -->\n"), format!("<!-- end: {name} -->"));
    let readme = readme();
    let (before, rest) = readme.split_once(&begin).unwrap();
    let (between, after) = rest.split_once(&end).unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        let text = format!("{before}{begin}{table}{end}{after}");
        std::fs::write(repository("README.md"), text).unwrap();
    } else {
        let hint = "UPDATE_README=1 cargo test --test api readme -- --test-threads 1";
        assert_eq!(between, table, "the table is not current; this writes it: {hint}");
    }
}

#[test]
fn readme_lists_every_endpoint() {
    let document = onrecord::api::openapi().unwrap();
    let mut table = "| | | scope |\n|---|---|---|\n".to_owned();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            let Some(operation) = item.get(method) else { continue };
            let keys = operation["security"].as_array().into_iter().flatten();
            let scopes = keys.filter_map(|way| way["key"].as_array()?.first()?.as_str());
            let scope = scopes
                .collect::<Vec<_>>()
                .pop()
                .map(|scope| format!("`{scope}`"))
                .unwrap_or_default();
            let summary = operation["summary"].as_str().unwrap();
            let method = method.to_uppercase();
            writeln!(table, "| `{method} {path}` | {summary} | {scope} |").unwrap();
        }
    }
    check_table("endpoints", &table);
}

#[test]
fn readme_lists_every_setting() {
    let command = ServerSettings::augment_args(DatabaseSettings::augment_args(Command::new("")));
    let command = LogSettings::augment_args(command);
    let mut table = "| flag | variable | default | |\n|---|---|---|---|\n".to_owned();
    for argument in command.get_arguments() {
        let flag = argument.get_long().unwrap();
        let variable = argument.get_env().unwrap().to_str().unwrap();
        let default = argument.get_default_values().first();
        let default = default.map(|default| format!("`{}`", default.to_str().unwrap()));
        let default = default.filter(|_| argument.get_action().takes_values()).unwrap_or_default();
        let help = argument.get_help().unwrap();
        writeln!(table, "| `--{flag}` | `{variable}` | {default} | {help} |").unwrap();
    }
    check_table("settings", &table);
}

#[test]
fn readme_lists_every_problem() {
    let mut table = "| code | status | title |\n|---|---|---|\n".to_owned();
    for (code, status, title) in PROBLEMS {
        writeln!(table, "| `{code}` | {status} | {title} |").unwrap();
    }
    check_table("problems", &table);
}

#[test]
fn readme_lists_every_command() {
    let help = Program::new().run(&["--help"]).expect(0).stdout;
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let mut table = "| command | |\n|---|---|\n".to_owned();
    for line in list.take_while(|line| line.starts_with("  ")) {
        let (command, sentence) = line.trim().split_once(' ').unwrap();
        writeln!(table, "| `{command}` | {} |", sentence.trim()).unwrap();
    }
    assert!(table.lines().count() > 8, "{table}");
    check_table("commands", &table);
}
