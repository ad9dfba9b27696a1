//! The README keeps its word: its commands run, its answers are those of the program, its tables
//! are made from the code.
//!
//! In a `console` block a line that begins with `$ ` is a command (it goes on while a `'` is open),
//! and what follows is its answer. All commands run in one shell, in order, beside a server that
//! was started as `make run` starts it. Answers are compared without white space; `…` stands for
//! any text, and an id, a time of 2025 or later or a key for any other one.
//!
//! The tables are written anew by `UPDATE_README=1 cargo test --test api readme`.

use std::fmt::Write as _;
use std::process::Stdio;

use clap::{Args as _, Command};
use onrecord::config::{DatabaseSettings, LogSettings, ServerSettings};
use onrecord::error::PROBLEMS;

use crate::program::{Program, repository};

const SITE: &str = "http://127.0.0.1:8080";
/// Separates the answers of two commands: ASCII's record separator.
const MARK: char = '\u{1e}';

fn readme() -> String {
    std::fs::read_to_string(repository("README.md")).unwrap()
}

// --- Commands

/// The commands of the README with their answers.
fn commands(readme: &str) -> Vec<(String, String)> {
    let mut commands = Vec::<(String, String)>::new();
    for block in readme.split("```console\n").skip(1) {
        let mut open = false;
        for line in block.split("\n```").next().unwrap().lines() {
            match line.strip_prefix("$ ") {
                Some(command) if !open => commands.push((command.to_owned(), String::new())),
                _ => {
                    let (command, answer) = commands.last_mut().unwrap();
                    let text = if open { command } else { answer };
                    text.push('\n');
                    text.push_str(line);
                }
            }
            let command = &commands.last().unwrap().0;
            open = command.matches('\'').count() % 2 == 1;
        }
    }
    commands
}

#[test]
fn readme_commands_give_the_answers_it_shows() {
    let program = Program::new();
    let makefile = std::fs::read_to_string(repository("Makefile")).unwrap();
    let run = makefile.split("\nrun:").nth(1).unwrap().lines().nth(1).unwrap();
    let sample = run.split(" -- serve --sample ").nth(1).unwrap().trim();
    let mut server = program.serve(&["--sample", repository(sample).to_str().unwrap()]);
    let welcome = server.reads_until("/docs/");
    let key = welcome.split_whitespace().find(|word| word.starts_with("onr_")).unwrap();

    let commands = commands(&readme());
    assert!(commands.len() > 25, "{}", commands.len());
    let mut script = String::new();
    for (command, _) in &commands {
        let command = command
            .replace(SITE, &server.base)
            .replace("KEY=onr_…", &format!("KEY={key}"))
            .replace("target/release/onrecord", env!("CARGO_BIN_EXE_onrecord"));
        writeln!(script, "{command}\nprintf '\\036'").unwrap();
    }
    let shell = program.command(&[]);
    let environment =
        shell.get_envs().map(|(name, value)| (name.to_owned(), value.map(Into::into)));
    let environment = environment.collect::<Vec<(_, Option<std::ffi::OsString>)>>();
    let mut command = std::process::Command::new("sh");
    for (name, value) in environment {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let script = format!("exec 2>&1\n{script}");
    let command = command.current_dir(&program.folder).arg("-c").arg(script).stdin(Stdio::null());
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    drop(shell);
    let said = said.replace(&server.base, SITE);
    let answers = said.split_terminator(MARK).collect::<Vec<_>>();
    assert_eq!(answers.len(), commands.len(), "{said}");
    let mut wrong = String::new();
    for ((command, expected), answer) in commands.iter().zip(answers) {
        if !matches(&plain(expected), &plain(answer)) {
            writeln!(wrong, "$ {command}{expected}\n  but it answered:\n{answer}\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Whether the text is the pattern, in which `…` stands for anything.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('…');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    false
}

/// The text without white space, every id, late time and key the same.
fn plain(text: &str) -> String {
    let chars = text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
    let mut plain = String::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let shape = [
            ("ID", "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh".to_owned()),
            ("TIME", "dddd-dd-ddTdd:dd:dd.dddZ".to_owned()),
            ("KEY", format!("onr_{}_{}", "h".repeat(32), "h".repeat(48))),
        ];
        let found = shape.iter().find(|(name, shape)| {
            let late = || rest.iter().collect::<String>().as_str() >= "2025";
            has_shape(rest, shape) && (*name != "TIME" || late())
        });
        if let Some((name, shape)) = found {
            plain.push_str(name);
            at += shape.len();
        } else {
            plain.push(chars[at]);
            at += 1;
        }
    }
    plain
}

fn has_shape(text: &[char], shape: &str) -> bool {
    let fits = |(c, shape): (&char, char)| match shape {
        'h' => matches!(c, '0'..='9' | 'a'..='f'),
        'd' => c.is_ascii_digit(),
        other => *c == other,
    };
    text.len() >= shape.len() && text.iter().zip(shape.chars()).all(fits)
}

#[test]
fn the_comparison_of_answers_can_fail() {
    for (pattern, text) in [("a…c", "abc"), ("…", ""), ("a", "a"), ("…b…", "abc"), ("a…", "a")]
    {
        assert!(matches(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [("a…c", "ab"), ("", "a"), ("a", "ab"), ("…b…", "ac"), ("a…ba", "aba…")]
    {
        assert!(!matches(pattern, text), "{pattern} {text}");
    }
    assert_eq!(plain("at 2026-11-23T10:00:00.000Z"), "atTIME");
    assert_eq!(plain("2020-09-21T17:23:00.000Z"), "2020-09-21T17:23:00.000Z");
    assert_eq!(plain("\"01890a5d-ac96-774b-bcce-b302099a8057\""), "\"ID\"");
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
