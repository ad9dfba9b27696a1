//! Documents keep their word: the commands they show are run, and the answers compared.
//!
//! In a `console` block a line that begins with `$ ` is a command (it goes on while a `'` is open),
//! and what follows is its answer. All commands of a document run in one shell, in order, beside a
//! server that was started as `make run` starts it. Answers are compared without white space; `…`
//! stands for any text, and an id, a time of 2025 or later or a key for any other one.

use std::fmt::Write as _;
use std::process::Stdio;

use crate::program::{Program, repository};

const SITE: &str = "http://127.0.0.1:8080";
/// Separates the answers of two commands: ASCII's record separator.
const MARK: char = '\u{1e}';

/// The commands of a document with their answers.
pub fn commands(document: &str) -> Vec<(String, String)> {
    let mut commands = Vec::<(String, String)>::new();
    for block in document.split("```console\n").skip(1) {
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

/// Runs the commands of a document, and answers how many there were.
#[track_caller]
pub fn keeps_its_word(document: &str) -> usize {
    let program = Program::new();
    let elsewhere = Program::new();
    let makefile = std::fs::read_to_string(repository("Makefile")).unwrap();
    let run = makefile.split("\nrun:").nth(1).unwrap().lines().nth(1).unwrap();
    let sample = run.split(" -- serve --sample ").nth(1).unwrap().trim();
    let mut server = program.serve(&["--sample", repository(sample).to_str().unwrap()]);
    let welcome = server.reads_until("/docs/");
    let key = welcome.split_whitespace().find(|word| word.starts_with("onr_")).unwrap();

    let commands = commands(document);
    let mut script = String::new();
    for (command, _) in &commands {
        let command = command
            .replace(SITE, &server.base)
            .replace("KEY=onr_…", &format!("KEY={key}"))
            .replace("NEW=postgres://…", &format!("NEW={}", elsewhere.address()))
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
    commands.len()
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
