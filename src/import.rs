//! Taking in articles: page text and NDJSON, each line by itself, nothing half-written.

mod page;
pub mod page_text;
mod report;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::api::openapi;
use crate::api::schemas::Schemas;
use crate::articles::NewArticle;
use crate::articles::record::Text;
use crate::articles::transfer::{self, Sent};
use crate::db::types::Id;
use crate::db::{Conn, Db, Pending};
use crate::error::{Error, Result};
use crate::images::transfer::{self as images, Known};
use crate::input::json;
use crate::links::NewLink;
use crate::people::NewPerson;
use crate::tags::NewTag;
use crate::terminal::said;
use crate::text::{Line, hex};
use page::{article_of, notes};
pub use report::Report;
use report::{Change, Taken, refusal};

/// How long one line of NDJSON, or one page, may be: 16 MiB.
pub const LINE_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// How many writes are under way at once, so that they share their syncs.
const UNDER_WAY_MAX: usize = 256;

/// The byte order mark in UTF-8.
pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();
/// What a line may hold instead of an article, as the name of its only property.
const OTHERS: [&str; 5] = ["tag", "hidden_tag", "person", "hidden_person", "image"];

/// An import into a database.
pub struct Import {
    /// Where the articles go.
    pub db: Db,
    /// Whether what says nothing about its status is published.
    pub publish: bool,
}

impl Import {
    /// Takes in these files, one after the other.
    ///
    /// # Errors
    /// Names the files that could not be read, once the others are taken in; what is wrong inside of
    /// a file goes into the report.
    pub fn files(&self, files: &[PathBuf], report: &mut Report) -> std::result::Result<(), String> {
        let schemas = openapi().map_err(said)?;
        let schemas = Schemas::new(schemas)?;
        let mut later = Vec::new();
        let mut unread = Vec::new();
        for path in files {
            if let Err(error) = self.file(&schemas, path, report, &mut later) {
                let failure = format!("{}: {error}", path.display());
                report.unread(&failure);
                unread.push(failure);
            }
        }
        self.link(later, report);
        if unread.is_empty() { Ok(()) } else { Err(unread.join("; ")) }
    }

    fn file(
        &self,
        schemas: &Schemas,
        path: &Path,
        report: &mut Report,
        later: &mut Vec<Waiting>,
    ) -> std::io::Result<()> {
        if path == Path::new("-") {
            let input = std::io::stdin().lock();
            let source = Source { name: "-", bar: &ProgressBar::hidden() };
            return self.ndjson(schemas, &source, input, report, later);
        }
        let file = File::open(path)?;
        let name = path.display().to_string();
        let bytes = file.metadata()?.len();
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("ndjson" | "jsonl") => {
                let source = Source { name: &name, bar: &progress(bytes) };
                return self.ndjson(schemas, &source, BufReader::new(file), report, later);
            }
            Some("txt") => {}
            _ => {
                let detail = "is neither page text (.txt) nor NDJSON (.ndjson, .jsonl) by its name";
                report.add(&name, Err(Error::field("", "unknown-format", detail)));
                return Ok(());
            }
        }
        let mut text = Vec::new();
        file.take(LINE_BYTES_MAX).read_to_end(&mut text)?;
        let cut = u64::try_from(text.len()).is_ok_and(|read| read < bytes);
        let outcome = if cut { Err(too_long()) } else { self.page(schemas, &name, &text, report) };
        report.add(&name, outcome);
        Ok(())
    }

    fn ndjson(
        &self,
        schemas: &Schemas,
        source: &Source<'_>,
        mut input: impl BufRead,
        report: &mut Report,
        later: &mut Vec<Waiting>,
    ) -> std::io::Result<()> {
        let Source { name, bar } = source;
        let mut under_way = VecDeque::new();
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let read = input.by_ref().take(LINE_BYTES_MAX + 1).read_until(b'\n', &mut line);
            let read = match read {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) => {
                    settle(&mut under_way, 0, report, later);
                    return Err(error);
                }
            };
            bar.inc(u64::try_from(read).unwrap_or_default());
            let place = format!("{name}:{number}");
            if u64::try_from(read).is_ok_and(|read| read > LINE_BYTES_MAX) {
                skip_line(&mut input)?;
                under_way.push_back((place, Err(too_long())));
                continue;
            }
            // Some programs begin a file with a mark of its encoding; it is no part of the line.
            let line = line.strip_prefix(BOM).filter(|_| number == 1).unwrap_or(&line);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match self.line(schemas, line) {
                Ok(Order::Article(pending)) => under_way.push_back((place, Ok(pending))),
                Ok(Order::Other(pending)) => {
                    // What articles refer to must be there before them.
                    settle(&mut under_way, 0, report, later);
                    report.add(&place, pending.wait());
                }
                // The report keeps to the order of the lines.
                Err(error) => under_way.push_back((place, Err(error))),
            }
            settle(&mut under_way, UNDER_WAY_MAX, report, later);
        }
        settle(&mut under_way, 0, report, later);
        bar.finish_and_clear();
        Ok(())
    }

    fn line(&self, schemas: &Schemas, line: &[u8]) -> Result<Order> {
        if std::str::from_utf8(line).is_err() {
            return Err(Error::field("", "encoding", "the line is not UTF-8"));
        }
        let sha256 = Sha256::digest(line).to_vec();
        let json = json::parse(line)?;
        let other = json.as_object().filter(|object| object.len() == 1).and_then(|object| {
            object.keys().next().filter(|key| OTHERS.contains(&key.as_str())).cloned()
        });
        if let Some(kind) = other {
            let part = json.get(&kind).cloned().unwrap_or_default();
            let read = || -> Result<Order> {
                match kind.as_str() {
                    "tag" | "hidden_tag" => self.tag(crate::input::read(schemas, part)?, &kind),
                    "image" => self.image(schemas, part),
                    _ => self.person(crate::input::read(schemas, part)?, &kind),
                }
            };
            return read().map_err(|error| below(error, &kind));
        }
        let said = json.as_object().map(|line| line.keys().cloned().collect()).unwrap_or_default();
        let mut new: NewArticle = crate::input::read(schemas, json)?;
        if new.external_id.is_none() && new.slug.is_none() {
            // The line itself says who it is: the same line again is the same article.
            new.external_id = Line::parse(&format!("sha256:{}", hex(&sha256))).ok();
        }
        Ok(Order::Article(self.article(new, said, sha256)?))
    }

    fn tag(&self, new: NewTag, kind: &str) -> Result<Order> {
        let (kind, public) = (kind.to_owned(), is_public(kind));
        let pending = self.db.write_soon(move |conn| {
            let (name, made) = crate::tags::naming::take_in(conn, &new, public)
                .map_err(|error| below(error, &kind))?;
            let change = if made { Change::Created } else { Change::Unchanged };
            Ok(Taken::new("tag", change, name))
        })?;
        Ok(Order::Other(pending))
    }

    fn person(&self, new: NewPerson, kind: &str) -> Result<Order> {
        let (kind, public) = (kind.to_owned(), is_public(kind));
        let pending = self.db.write_soon(move |conn| {
            let (name, made) = crate::people::naming::take_in(conn, &new, public)
                .map_err(|error| below(error, &kind))?;
            let change = if made { Change::Created } else { Change::Unchanged };
            Ok(Taken::new("person", change, name))
        })?;
        Ok(Order::Other(pending))
    }

    /// An image with its id, beside it what a new one says.
    fn image(&self, schemas: &Schemas, mut line: Value) -> Result<Order> {
        let mut known = Map::new();
        if let Some(line) = line.as_object_mut() {
            for name in ["id", "file"] {
                known.extend(line.remove(name).map(|value| (name.to_owned(), value)));
            }
        }
        let known = serde_path_to_error::deserialize::<_, Known>(Value::Object(known));
        let known = known.map_err(|error| {
            Error::field(json::pointer(error.path()), "invalid", error.inner().to_string())
        })?;
        known.check()?;
        let Known { id, file } = known;
        let sent = images::Sent { id, file, new: crate::input::read(schemas, line)? };
        let pending = self.db.write_soon(move |conn| {
            let made = images::take_in(conn, &sent).map_err(|error| below(error, "image"))?;
            let change = if made { Change::Created } else { Change::Unchanged };
            Ok(Taken::new("image", change, sent.id.to_string()))
        })?;
        Ok(Order::Other(pending))
    }

    fn article(
        &self,
        new: NewArticle,
        said: Vec<String>,
        sha256: Vec<u8>,
    ) -> Result<Pending<Written>> {
        let text = Text::of(&new)?;
        let sent = Sent { new, said, publish: self.publish };
        // Ids are given in the order of the lines, whichever is written first.
        let id = Id::new();
        self.db.write_soon(move |conn| write(conn, id, &sent, &text, &sha256))
    }

    /// Gives articles the links whose targets came after them.
    fn link(&self, later: Vec<Waiting>, report: &mut Report) {
        for Waiting { place, id, links, sha256 } in later {
            let outcome =
                self.db.write_now(move |conn| transfer::relink(conn, id, &links, &sha256));
            if let Err(error) = outcome {
                report.refused += 1;
                report.note(&format!("{place}: its links were refused: {}", refusal(&error)));
            }
        }
    }

    fn page(&self, schemas: &Schemas, name: &str, bytes: &[u8], report: &Report) -> Result<Taken> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| Error::field("", "encoding", "the page's text must be UTF-8"))?;
        let page = page_text::read(text)
            .map_err(|error| Error::field("", "unreadable", error.to_string()))?;
        let sha256 = Sha256::digest(bytes).to_vec();
        let mut new = article_of(&page).map_err(|error| Error::field("", "invalid", error))?;
        new.external_id = Line::parse(&format!("sha256:{}", hex(&sha256))).ok();
        // What is taken in must be what an export can bring back: as long as a line may be, no longer.
        let new = crate::input::read(schemas, serde_json::to_value(new).map_err(Error::internal)?)?;
        for note in notes(&page, &new) {
            report.note(&format!("{name}: {note}"));
        }
        // The same page again is the same bytes: there is nothing to say about what was there.
        Ok(self.article(new, Vec::new(), sha256)?.wait()?.taken)
    }
}

/// A file that is being read, and its progress bar.
struct Source<'a> {
    name: &'a str,
    bar: &'a ProgressBar,
}

/// An article whose links wait for targets that may come after it.
struct Waiting {
    place: String,
    id: Id,
    links: Vec<NewLink>,
    sha256: Vec<u8>,
}

/// What one line became on its way into the database.
enum Order {
    Article(Pending<Written>),
    Other(Pending<Taken>),
}

/// An article that was written, and its links if they must wait for their targets.
struct Written {
    taken: Taken,
    later: Option<(Id, Vec<NewLink>, Vec<u8>)>,
}

fn settle(
    under_way: &mut VecDeque<(String, Result<Pending<Written>>)>,
    most: usize,
    report: &mut Report,
    later: &mut Vec<Waiting>,
) {
    while under_way.len() > most {
        let Some((place, pending)) = under_way.pop_front() else { break };
        let outcome = pending.and_then(Pending::wait).map(|Written { taken, later: links }| {
            later.extend(links.map(|(id, links, sha256)| {
                let place = place.clone();
                Waiting { place, id, links, sha256 }
            }));
            taken
        });
        report.add(&place, outcome);
    }
}

fn write(conn: &mut Conn, id: Id, sent: &Sent, text: &Text, sha256: &[u8]) -> Result<Written> {
    let known = transfer::known(conn, &sent.new)?;
    if let Some(known) = &known
        && known.is_from(sha256)
        && !known.is_published_by(sent)
    {
        let taken = Taken::new("article", Change::Unchanged, known.slug.clone());
        return Ok(Written { taken, later: None });
    }
    // An article that still lacks its links is not yet what its line says: should they be refused,
    // the same line is taken in again the next time.
    let waits = transfer::lacks_targets(conn, &sent.new.links)?;
    let links = waits.then(|| sent.new.links.clone());
    let without_links = waits.then(|| sent.without_links());
    let sent = without_links.as_ref().unwrap_or(sent);
    let (id, taken) = match known {
        None => {
            let slug = transfer::create(conn, id, sent, text, (!waits).then_some(sha256))?;
            (id, Taken::new("article", Change::Created, slug))
        }
        Some(known) => {
            let (slug, mut changed) = transfer::change(conn, &known, sent, sha256, !waits)?;
            changed.extend(links.iter().map(|_| "links".to_owned()));
            let change =
                if changed.is_empty() { Change::Unchanged } else { Change::Updated(changed) };
            (known.id, Taken::new("article", change, slug))
        }
    };
    Ok(Written { taken, later: links.map(|links| (id, links, sha256.to_vec())) })
}

/// What no published article has carried comes in as it went out: hidden.
fn is_public(kind: &str) -> bool {
    !kind.starts_with("hidden_")
}

/// The same faults, one property deeper.
fn below(error: Error, property: &str) -> Error {
    let Error::InvalidField(mut faults) = error else { return error };
    for pointer in faults.iter_mut().filter_map(|fault| fault.pointer.as_mut()) {
        pointer.insert_str(0, &format!("/{property}"));
    }
    Error::InvalidField(faults)
}

fn too_long() -> Error {
    let detail = format!("is longer than {LINE_BYTES_MAX} bytes");
    Error::field("", "too-long", detail)
}

pub(crate) fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (read, done) = match end {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(read);
        if done {
            return Ok(());
        }
    }
}

fn progress(bytes: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(bytes);
    let style = "{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta} left";
    match ProgressStyle::with_template(style) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
