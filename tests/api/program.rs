//! The program itself, run as its users run it: arguments in, exit code and text out.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use onrecord::db::DatabaseUrl;
use onrecord::db::types::Id;

use crate::app::App;

/// The program beside an empty database and a folder of its own.
pub struct Program {
    /// Where its database is; nothing is there yet.
    pub url: DatabaseUrl,
    /// The folder it runs in.
    pub folder: PathBuf,
}

/// What a run of the program came to.
pub struct Ran {
    /// Its exit code.
    pub code: i32,
    /// What it answered.
    pub stdout: String,
    /// What it told the person at the terminal.
    pub stderr: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The same run, which must have ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    /// The same run, which must have failed with one sentence that has these words.
    #[track_caller]
    pub fn fails(self, words: &str) -> Self {
        assert_ne!(self.code, 0, "{}", self.stdout);
        let mut lines = self.stderr.lines();
        let sentence = lines.find(|line| !line.contains(" INFO ")).unwrap_or_default();
        assert!(sentence.contains(words), "{words:?} is not in:\n{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }
}

impl Program {
    /// The program beside an empty database.
    pub fn new() -> Self {
        let (url, folder) = crate::app::database();
        let folder = folder.unwrap_or_else(|| {
            let folder = std::env::temp_dir().join(format!("onrecord-{}", Id::new()));
            std::fs::create_dir_all(&folder).unwrap();
            folder
        });
        Self { url, folder }
    }

    /// Where its database is, as `--database` takes it.
    pub fn address(&self) -> String {
        match &self.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        }
    }

    /// Puts a file into the folder, and answers its name.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        std::fs::write(self.folder.join(name), text).unwrap();
        name.to_owned()
    }

    /// The program with these arguments, in its folder, with no setting from outside.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("ONRECORD_")) {
                command.env_remove(name);
            }
        }
        command.env("ONRECORD_DATABASE", self.address()).current_dir(&self.folder).args(arguments);
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs it to its end with this on its standard input.
    pub fn feed(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ran::of(child.wait_with_output().unwrap())
    }

    /// A server of this test's own process on the same database.
    pub fn app(&self) -> App {
        App::on((self.url.clone(), None))
    }

    /// Starts its server on a free port.
    pub fn serve(&self, arguments: &[&str]) -> Serving {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(arguments).stdin(Stdio::null());
        Serving::start(&mut command)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A server that runs as a process of its own, and is stopped with the test.
pub struct Serving {
    child: Child,
    /// Where it says that it is.
    pub base: String,
    /// What it has said on standard error so far.
    pub log: String,
}

impl Serving {
    #[expect(
        clippy::zombie_processes,
        reason = "what did not start has ended, and so does the test"
    )]
    /// Starts a `serve` and waits until it says that it serves.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut log = String::new();
        loop {
            let mut line = String::new();
            assert!(stderr.read_line(&mut line).unwrap() > 0, "it did not start: {log}");
            log.push_str(&line);
            if line.contains("serving") {
                let at = line.split("public_url").nth(1).unwrap();
                let at = &at[at.find("http").unwrap()..];
                let base = at.split([' ', '"', '\n']).next().unwrap().to_owned();
                child.stderr = Some(stderr.into_inner());
                // What has been answered once also knows how to stop.
                ureq::get(format!("{base}/healthz")).call().unwrap();
                return Self { child, base, log };
            }
        }
    }

    /// Asks it to stop, and answers how it ended and what it wrote on standard output.
    pub fn stop(mut self) -> Ran {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut stdout = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        let mut stderr = std::mem::take(&mut self.log);
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        let code = self.child.wait().unwrap().code().unwrap();
        Ran { code, stdout, stderr }
    }

    /// What it writes on standard output up to this line's words.
    pub fn reads_until(&mut self, words: &str) -> String {
        let mut stdout = BufReader::new(self.child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains(words) {
            let read = stdout.read_line(&mut text).unwrap();
            assert!(read > 0, "{words:?} did not come: {text}");
        }
        self.child.stdout = Some(stdout.into_inner());
        text
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder of the news material that lies beside the repository where it is developed; `None`,
/// with a word to the reader, where it is absent: it may not be given away.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = repository("../shared/data").join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: there is no {}", path.display());
    None
}
