//! What an import tells of each line and page, and of all of them together.

use std::fmt;
use std::io::Write as _;

use crate::error::{Error, ProblemError, Result};

/// What became of everything that was read.
#[derive(Debug, Default)]
pub struct Report {
    /// Articles, tags and people that are new.
    pub created: u64,
    /// Those that were there and have changed.
    pub updated: u64,
    /// Those that were there just so.
    pub unchanged: u64,
    /// Lines that were not taken.
    pub refused: u64,
    /// The slugs of the first articles that were taken.
    pub slugs: Vec<String>,
    prints: bool,
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

    pub(super) fn add(&mut self, place: &str, outcome: Result<Taken>) {
        match outcome {
            Ok(Taken { what, change, name }) => {
                let word = match change {
                    Change::Created => {
                        self.created += 1;
                        "created"
                    }
                    Change::Updated => {
                        self.updated += 1;
                        "updated"
                    }
                    Change::Unchanged => {
                        self.unchanged += 1;
                        "unchanged"
                    }
                };
                self.note(&format!("{place}: {word} {what} {name}"));
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

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, updated, unchanged, refused, .. } = self;
        write!(f, "{created} created, {updated} updated, {unchanged} unchanged, {refused} refused")
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

#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    Created,
    Updated,
    Unchanged,
}

/// One thing that was taken in.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) what: &'static str,
    pub(super) change: Change,
    pub(super) name: String,
}
