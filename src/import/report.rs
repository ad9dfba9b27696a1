//! What an import tells of each line and page, and of all of them together.

use std::fmt;
use std::io::Write as _;

use crate::error::{Error, ProblemError, Result};

/// What became of everything that was read.
#[derive(Debug, Default)]
pub struct Report {
    /// What became of the articles.
    pub articles: Tally,
    /// What became of the lines that are tags.
    pub tags: Tally,
    /// What became of the lines that are people.
    pub people: Tally,
    /// What became of the lines that are images.
    pub images: Tally,
    /// Lines and pages that were not taken.
    pub refused: u64,
    /// Files that could not be read.
    pub unread: u64,
    /// The slugs of the first articles that were taken.
    pub slugs: Vec<String>,
    prints: bool,
}

/// What became of things of one kind.
#[derive(Debug, Default)]
pub struct Tally {
    /// Those that are new.
    pub created: u64,
    /// Those that were there and have changed.
    pub updated: u64,
    /// Those that were there just so.
    pub unchanged: u64,
}

impl Report {
    /// A report that tells each line on standard output as it comes.
    #[must_use]
    pub fn printing() -> Self {
        Self { prints: true, ..Self::default() }
    }

    pub(super) fn note(&self, text: &str) {
        if self.prints {
            // The report is what the command answers; a reader who has gone, as `head` does, is no failure.
            let _ = writeln!(std::io::stdout(), "{text}");
        } else {
            tracing::info!("{text}");
        }
    }

    /// Tells of a file that could not be read.
    pub(super) fn unread(&mut self, failure: &str) {
        self.unread += 1;
        self.note(&format!("{failure}; not read"));
    }

    pub(super) fn add(&mut self, place: &str, outcome: Result<Taken>) {
        match outcome {
            Ok(Taken { what, change, name }) => {
                let tally = match what {
                    "tag" => &mut self.tags,
                    "person" => &mut self.people,
                    "image" => &mut self.images,
                    _ => &mut self.articles,
                };
                let told = match &change {
                    Change::Created => {
                        tally.created += 1;
                        format!("created {what} {name}")
                    }
                    Change::Updated(properties) => {
                        tally.updated += 1;
                        format!("updated {what} {name}: {}", properties.join(", "))
                    }
                    Change::Unchanged => {
                        tally.unchanged += 1;
                        format!("unchanged {what} {name}")
                    }
                };
                self.note(&format!("{place}: {told}"));
                if what == "article" && self.slugs.len() < 16 {
                    self.slugs.push(name);
                }
            }
            Err(error) => {
                self.refused += 1;
                self.note(&format!("{place}: refused: {}", refusal(&error)));
            }
        }
    }
}

impl Tally {
    const fn is_empty(&self) -> bool {
        self.created + self.updated + self.unchanged == 0
    }
}

/// Kind by kind: `84 articles created, 0 updated, 0 unchanged; 60 tags created, 0 unchanged; 0 refused`.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: u64, one: &str, many: &str| {
            format!("{count} {}", if count == 1 { one } else { many })
        };
        let Tally { created, updated, unchanged } = self.articles;
        let articles = counted(created, "article", "articles");
        write!(f, "{articles} created, {updated} updated, {unchanged} unchanged")?;
        for (tally, one, many) in [
            (&self.tags, "tag", "tags"),
            (&self.people, "person", "people"),
            (&self.images, "image", "images"),
        ] {
            if !tally.is_empty() {
                let created = counted(tally.created, one, many);
                write!(f, "; {created} created, {} unchanged", tally.unchanged)?;
            }
        }
        write!(f, "; {} refused", self.refused)?;
        if self.unread > 0 {
            write!(f, "; {} not read", counted(self.unread, "file", "files"))?;
        }
        Ok(())
    }
}

/// Every fault of a line, with its place.
pub(super) fn refusal(error: &Error) -> String {
    match error {
        Error::InvalidField(faults) => {
            let told = faults.iter().map(|ProblemError { pointer, detail, .. }| {
                format!("{} {detail}", pointer.as_deref().unwrap_or_default()).trim().to_owned()
            });
            told.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

#[derive(Debug, Clone)]
pub(super) enum Change {
    Created,
    /// These properties are no longer what they were.
    Updated(Vec<String>),
    Unchanged,
}

/// One thing that was taken in.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) what: &'static str,
    pub(super) change: Change,
    pub(super) name: String,
}

impl Taken {
    pub(super) const fn new(what: &'static str, change: Change, name: String) -> Self {
        Self { what, change, name }
    }
}
