//! Where a search was found: short pieces of the text with the words marked.

use std::collections::VecDeque;
use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use super::question::{Search, Term};
use super::words;

/// How many words a snippet of a longer text has.
const SNIPPET_WORDS: usize = 36;
/// How many of them stand before the first that was looked for.
const LEAD_WORDS: usize = 6;
/// How many bytes of a text are looked through for a snippet.
const READ_BYTES_MAX: usize = 512 * 1024;

/// The part of a resource that a snippet is taken from.
///
/// - `title`: the headline of an article.
/// - `standfirst`: its lead.
/// - `body`: its text.
/// - `text`: the words of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HighlightField {
    /// The headline of an article.
    Title,
    /// Its lead.
    Standfirst,
    /// Its text.
    Body,
    /// The words of a quote.
    Text,
}

/// A piece of text in which words were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Highlight {
    /// What it is taken from.
    pub field: HighlightField,
    /// The piece as HTML: what was found stands in `<mark>`, everything else is escaped; `…` where it was cut.
    #[schema(example = "<mark>Russia</mark> and China are eager", max_length = 20_000)]
    pub snippet: String,
}

/// Words that were found: the first and the last of them, and which term they are.
struct Hit {
    words: Range<usize>,
    term: usize,
}

impl Search {
    /// Where in these texts the search was found: one piece of each that has any of it.
    pub(crate) fn highlights(&self, texts: &[(HighlightField, &str)]) -> Vec<Highlight> {
        let terms = self.sought();
        let highlights = texts.iter().filter_map(|(field, text)| {
            let here = |term: &&&Term| !term.title || *field == HighlightField::Title;
            let terms = terms.iter().filter(here).copied().collect::<Vec<_>>();
            let snippet = snippet(&terms, clipped(text))?;
            Some(Highlight { field: *field, snippet })
        });
        highlights.collect()
    }
}

fn clipped(text: &str) -> &str {
    if text.len() <= READ_BYTES_MAX {
        return text;
    }
    let end = (0..=READ_BYTES_MAX).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

fn snippet(terms: &[&Term], text: &str) -> Option<String> {
    let (places, hits) = hits(terms, text);
    let (first, shown) = best(&hits)?;
    let begin = hits.get(first)?.words.start.saturating_sub(LEAD_WORDS);
    let begin = if places.len() <= SNIPPET_WORDS { 0 } else { begin };
    let last = hits.get(first..first + shown)?.iter().map(|hit| hit.words.end).max()?;
    let end = (begin + SNIPPET_WORDS).max(last).min(places.len());
    let from = if begin == 0 { 0 } else { places.get(begin)?.start };
    let to = if end == places.len() { text.len() } else { places.get(end - 1)?.end };
    let mut snippet = String::new();
    if begin > 0 {
        snippet.push('…');
    }
    let mut at = from;
    for hit in &hits {
        let (Some(one), Some(other)) = (places.get(hit.words.start), places.get(hit.words.end - 1))
        else {
            continue;
        };
        // Terms may overlap: what is marked already stays so.
        let marked = one.start.max(at)..other.end;
        if hit.words.end > end || marked.is_empty() {
            continue;
        }
        escape(text.get(at..marked.start)?, &mut snippet);
        snippet.push_str("<mark>");
        escape(text.get(marked.clone())?, &mut snippet);
        snippet.push_str("</mark>");
        at = marked.end;
    }
    escape(text.get(at..to.max(at))?, &mut snippet);
    if end < places.len() {
        snippet.push('…');
    }
    Some(snippet.trim().to_owned())
}

/// Where the words of a text stand, and which of them are what is looked for, in the text's order.
fn hits(terms: &[&Term], text: &str) -> (Vec<Range<usize>>, Vec<Hit>) {
    let longest = terms.iter().map(|term| term.words.len()).max().unwrap_or_default();
    let (mut places, mut hits) = (Vec::new(), Vec::new());
    let mut latest = VecDeque::<String>::with_capacity(longest + 1);
    words::each(text, |word, place| {
        places.push(place);
        // The oldest word's letters make room for the newest's.
        let mut kept =
            if latest.len() < longest { None } else { latest.pop_front() }.unwrap_or_default();
        kept.clear();
        kept.push_str(word);
        latest.push_back(kept);
        for (number, term) in terms.iter().enumerate() {
            if ends_with(&latest, term) {
                let end = places.len();
                hits.push(Hit { words: end - term.words.len()..end, term: number });
            }
        }
    });
    hits.sort_by_key(|hit| (hit.words.start, std::cmp::Reverse(hit.words.end)));
    (places, hits)
}

fn ends_with(latest: &VecDeque<String>, term: &Term) -> bool {
    let mut spoken = latest.iter().rev();
    let mut sought = term.words.iter().rev();
    let (Some(word), Some(last)) = (spoken.next(), sought.next()) else { return false };
    let same = word == last || term.beginning && word.starts_with(last.as_str());
    same && sought.all(|word| spoken.next() == Some(word))
}

/// The run of hits that a snippet shows best: most terms, then most hits, then the first.
fn best(hits: &[Hit]) -> Option<(usize, usize)> {
    let mut best = None::<((usize, usize), usize, usize)>;
    for (first, hit) in hits.iter().enumerate() {
        let fits = |other: &&Hit| other.words.end <= hit.words.start + SNIPPET_WORDS - LEAD_WORDS;
        let run = hits.iter().skip(first).take(SNIPPET_WORDS).take_while(fits);
        let run = run.collect::<Vec<_>>();
        let mut terms = run.iter().map(|hit| hit.term).collect::<Vec<_>>();
        terms.sort_unstable();
        terms.dedup();
        let worth = (terms.len(), run.len());
        if best.is_none_or(|(known, ..)| worth > known) {
            best = Some((worth, first, run.len().max(1)));
        }
    }
    best.map(|(_, first, shown)| (first, shown))
}

/// Writes text as HTML; white space of any length as one blank.
fn escape(text: &str, html: &mut String) {
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !blank {
                html.push(' ');
            }
            blank = true;
            continue;
        }
        blank = false;
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}
