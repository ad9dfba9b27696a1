//! Quotes read out of files, without a database: what `onrecord quotes suggest` does.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::suggest::{Suggestion, suggest};
use crate::import::{BOM, LINE_BYTES_MAX, skip_line};
use crate::text::Language;

// --- Vocabulary

/// Which texts are to be read.
#[derive(Debug, clap::Args)]
pub struct Reading {
    /// A text each, or a JSON text on every line (`.jsonl`, `.ndjson`); `-` or none is standard input.
    files: Vec<PathBuf>,
    /// The language (BCP 47) of texts that do not say theirs.
    #[arg(long, value_parser = Language::parse)]
    lang: Option<Language>,
}

/// How a reading went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Texts that were no text: lines that are no JSON, files that are not UTF-8.
    pub refused: u64,
    /// Files that could not be read.
    pub unread: u64,
}

/// A text on a line of its own; other members are left alone.
#[derive(Debug, Deserialize)]
struct Given {
    #[serde(default)]
    id: Value,
    text: String,
    lang: Option<Language>,
}

/// A text's quotes, as they are printed.
#[derive(Debug, Serialize)]
struct Found<'a> {
    id: &'a Value,
    quotes: Vec<FoundQuote<'a>>,
}

#[derive(Debug, Serialize)]
struct FoundQuote<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    /// As the text says it; what the fullest name is, `speaker_name` tells.
    speaker: Option<&'a str>,
    speaker_name: Option<&'a str>,
    role: Option<&'a str>,
    affiliation: Option<&'a str>,
    cue: Option<&'a str>,
    context: Option<&'a str>,
}

impl<'a> From<&'a Suggestion> for FoundQuote<'a> {
    fn from(found: &'a Suggestion) -> Self {
        Self {
            start: found.start,
            end: found.end,
            text: &found.text,
            speaker: found.written.as_deref(),
            speaker_name: found.speaker.as_deref(),
            role: found.role.as_deref(),
            affiliation: found.affiliation.as_deref(),
            cue: found.cue.as_deref(),
            context: found.context.as_deref(),
        }
    }
}

// --- Reading

impl Reading {
    /// Reads every text and writes its quotes to `out`, a line for each; what cannot be read is told to `err`.
    ///
    /// # Errors
    /// When `out` or `err` takes no more.
    pub fn run(&self, out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Tally> {
        let mut desk = Desk { lang: self.lang.as_ref(), out, err, tally: Tally::default() };
        let standard = [PathBuf::from("-")];
        let files = if self.files.is_empty() { &standard } else { self.files.as_slice() };
        for path in files {
            desk.file(path)?;
        }
        Ok(desk.tally)
    }
}

/// Where texts are read and their quotes laid out.
struct Desk<'a, O, E> {
    lang: Option<&'a Language>,
    out: &'a mut O,
    err: &'a mut E,
    tally: Tally,
}

impl<O: Write, E: Write> Desk<'_, O, E> {
    fn file(&mut self, path: &Path) -> std::io::Result<()> {
        let name = path.display().to_string();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let lines = match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("jsonl" | "ndjson") => Some(true),
            Some("txt") => Some(false),
            _ => None,
        };
        if path == Path::new("-") {
            return self.input(&name, std::io::stdin().lock(), None);
        }
        match File::open(path) {
            Ok(file) => self.input(&name, BufReader::new(file), lines),
            Err(error) => self.unread(&name, &error),
        }
    }

    /// Reads one file. Whether it holds lines of JSON its name tells, else its first sign: a brace.
    fn input(
        &mut self,
        name: &str,
        input: impl BufRead,
        lines: Option<bool>,
    ) -> std::io::Result<()> {
        let (head, input) = match opened(input) {
            Ok(opened) => opened,
            Err(error) => return self.unread(name, &error),
        };
        let brace = head.iter().find(|byte| !byte.is_ascii_whitespace() && !BOM.contains(byte));
        let lines = lines.unwrap_or(brace == Some(&b'{'));
        let input = Cursor::new(head).chain(input);
        if lines { self.lines(name, input) } else { self.text(name, input) }
    }

    fn text(&mut self, name: &str, input: impl BufRead) -> std::io::Result<()> {
        let mut bytes = Vec::new();
        match input.take(LINE_BYTES_MAX + 1).read_to_end(&mut bytes) {
            Err(error) => return self.unread(name, &error),
            Ok(read) if is_too_long(read) => return self.refuse(name, &too_long()),
            Ok(_) => {}
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.print(&Value::from(name), &text, self.lang),
            Err(_) => self.refuse(name, "is not UTF-8"),
        }
    }

    fn lines(&mut self, name: &str, mut input: impl BufRead) -> std::io::Result<()> {
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let place = format!("{name}:{number}");
            let read = input.by_ref().take(LINE_BYTES_MAX + 1).read_until(b'\n', &mut line);
            match read {
                Ok(0) => break,
                Err(error) => return self.unread(name, &error),
                Ok(read) if is_too_long(read) => {
                    self.refuse(&place, &too_long())?;
                    if let Err(error) = skip_line(&mut input) {
                        return self.unread(name, &error);
                    }
                    continue;
                }
                Ok(_) => {}
            }
            let line = line.strip_prefix(BOM).filter(|_| number == 1).unwrap_or(&line);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match given(line) {
                Ok(Given { id, text, lang }) => {
                    self.print(&id, &text, lang.as_ref().or(self.lang))?;
                }
                Err(error) => self.refuse(&place, &error)?,
            }
        }
        Ok(())
    }

    /// Every line is out before the next text is read: whoever listens need not wait.
    fn print(&mut self, id: &Value, text: &str, lang: Option<&Language>) -> std::io::Result<()> {
        let found = suggest(text, lang.map(Language::as_str));
        let quotes = found.iter().map(FoundQuote::from).collect();
        let mut line = serde_json::to_vec(&Found { id, quotes })?;
        line.push(b'\n');
        self.out.write_all(&line)?;
        self.out.flush()
    }

    fn refuse(&mut self, place: &str, why: &str) -> std::io::Result<()> {
        self.tally.refused += 1;
        writeln!(self.err, "onrecord: {place}: {why}")
    }

    fn unread(&mut self, name: &str, error: &std::io::Error) -> std::io::Result<()> {
        self.tally.unread += 1;
        writeln!(self.err, "onrecord: {name}: {error}")
    }
}

/// What has been read of an input up to its first sign, and the rest.
fn opened<R: BufRead>(mut input: R) -> std::io::Result<(Vec<u8>, R)> {
    let mut head = Vec::new();
    loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        let length = buffer.len();
        let blank = buffer.iter().all(|byte| byte.is_ascii_whitespace() || BOM.contains(byte));
        head.extend_from_slice(buffer);
        input.consume(length);
        // A file of blanks alone is no reason to read it whole.
        if !blank || length == 0 || is_too_long(head.len()) {
            return Ok((head, input));
        }
    }
}

fn given(line: &[u8]) -> Result<Given, String> {
    let line = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8")?;
    if !line.trim_start().starts_with('{') {
        return Err("must be a JSON object".to_owned());
    }
    // The line is named already: its own count of lines would only confuse.
    let said = |error: serde_json::Error| error.to_string().replace("line 1 column", "column");
    let given: Given = serde_json::from_str(line).map_err(said)?;
    match given.id {
        Value::Null | Value::String(_) | Value::Number(_) => Ok(given),
        _ => Err("`id` must be text or a number".to_owned()),
    }
}

fn is_too_long(read: usize) -> bool {
    u64::try_from(read).is_ok_and(|read| read > LINE_BYTES_MAX)
}

fn too_long() -> String {
    format!("is longer than {LINE_BYTES_MAX} bytes")
}
