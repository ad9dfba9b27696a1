//! Writing everything out as NDJSON, in the form that `import` takes.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::articles::NewArticle;
use crate::db::Db;
use crate::db::types::Id;
use crate::error::Error;
use crate::images::transfer::Sent;
use crate::people::NewPerson;
use crate::tags::NewTag;

/// How many articles are read at a time.
const BATCH: i64 = 200;

/// Why an export ended before its end.
#[derive(Debug)]
pub enum Broken {
    /// The database could not be read.
    Reading(Error),
    /// The output could not be written.
    Writing(io::Error),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        Self::Reading(error)
    }
}
impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Writing(error)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Line<'a> {
    Tag(&'a NewTag),
    /// One that no published article has carried: an import keeps it hidden.
    HiddenTag(&'a NewTag),
    Person(&'a NewPerson),
    HiddenPerson(&'a NewPerson),
    Image(&'a Sent),
    #[serde(untagged)]
    Article(&'a NewArticle),
}

/// Writes tags, people and images, then articles in the order in which they were made; answers how many.
///
/// # Errors
/// When the database cannot be read or the output not written.
pub fn export(db: &Db, output: impl Write) -> Result<u64, Broken> {
    let mut output = BufWriter::new(output);
    let mut write = |line: &Line<'_>| -> io::Result<()> {
        serde_json::to_writer(&mut output, line)?;
        output.write_all(b"\n")
    };
    for (public, tag) in &db.read_now(crate::tags::sql::resendable)? {
        write(&if *public { Line::Tag(tag) } else { Line::HiddenTag(tag) })?;
    }
    for (public, person) in &db.read_now(crate::people::sql::resendable)? {
        write(&if *public { Line::Person(person) } else { Line::HiddenPerson(person) })?;
    }
    for image in &db.read_now(crate::images::transfer::resendable)? {
        write(&Line::Image(image))?;
    }
    let mut count = 0;
    let mut after = None::<Id>;
    loop {
        let batch =
            db.read_now(move |conn| crate::articles::transfer::resendable(conn, after, BATCH))?;
        let Some((last, _)) = batch.last() else { break };
        after = Some(*last);
        for (_, article) in &batch {
            write(&Line::Article(article))?;
            count += 1;
        }
    }
    output.flush()?;
    Ok(count)
}
