//! Reads the text of a scraped news page: what is the article, what is furniture.
//!
//! A line is one of three things: known furniture (a button, a clock, a cookie notice), something that says what it
//! is (a byline, `Tags: …`, `Published: …`), or text. Text before the first sentence is the headline, text from the
//! first sentence to the last is the body, and what follows is judged by its structure: a run of headlines is a list
//! of related stories, a line of short terms after it is the list of tags. When in doubt a line stays a paragraph, so
//! that no sentence of the article is ever lost.

mod clock;
mod furniture;
mod lines;
mod origin;
mod tail;

use std::fmt;

use jiff::Timestamp;

use lines::Line;

/// Most code points a title made from the first sentence may have.
pub const DERIVED_TITLE_MAX: usize = 300;

/// What a scraped page's text holds, once the furniture is taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// The headline or, when the page has none, the first sentence of the lead.
    pub title: String,
    /// Whether the title was made from the lead because the page has no headline.
    pub title_derived: bool,
    /// The lead: the first paragraph of the body.
    pub standfirst: Option<String>,
    /// The body's paragraphs in NFC, white space folded to single spaces, every other character as it was.
    pub paragraphs: Vec<String>,
    /// The names in a `By Jane Doe` line.
    pub authors: Vec<String>,
    /// The terms of the page's list of tags, in order.
    pub tags: Vec<String>,
    /// The headlines of related stories, in order.
    pub links: Vec<String>,
    /// The outlet or agency that the text names as the origin of its report.
    pub source_name: Option<String>,
    /// The page's own clock: when it was shown, never when it was published.
    pub retrieved_at: Option<Timestamp>,
    /// When it was published, only where a line says so; UTC unless that line names another zone.
    pub published_at: Option<Timestamp>,
    /// The lines that were left out, in order.
    pub dropped: Vec<DroppedLine>,
}

/// A line of the page that is no part of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedLine {
    /// The line's number in the text, from 1.
    pub line: usize,
    /// The line, white space folded.
    pub text: String,
    /// Why it was left out.
    pub reason: DropReason,
}

/// Why a line is no part of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DropReason {
    /// The page's own clock.
    PageClock,
    /// A date that does not say what happened then.
    Date,
    /// A button, a menu, or a label of the page.
    Furniture,
    /// A notice about cookies or consent.
    CookieNotice,
    /// A copyright line.
    Copyright,
    /// The name of a section, above the headline.
    SectionLabel,
    /// The heading of a list of stories or tags.
    ListHeading,
    /// The headline once more.
    RepeatedTitle,
    /// A fragment after the lists under the article.
    AfterText,
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PageClock => "the page's clock",
            Self::Date => "a date without a meaning",
            Self::Furniture => "a button or label of the page",
            Self::CookieNotice => "a cookie notice",
            Self::Copyright => "a copyright line",
            Self::SectionLabel => "a section's name",
            Self::ListHeading => "the heading of a list",
            Self::RepeatedTitle => "the headline once more",
            Self::AfterText => "a fragment after the article",
        })
    }
}

/// Why a page's text could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageTextError {
    /// The text is empty or only white space.
    Empty,
    /// Every line is furniture; holds how many lines there are.
    NoBody(usize),
}

impl fmt::Display for PageTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the page's text is empty"),
            Self::NoBody(lines) => write!(
                f,
                "no article found: every one of the page's {lines} lines is a button, a date or another label"
            ),
        }
    }
}

impl std::error::Error for PageTextError {}

/// What a line turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text,
    Title,
    Dropped(DropReason),
    LinksHeading,
    TagsHeading,
    Byline(Vec<String>),
    Published(Option<Timestamp>, Vec<String>),
    Clock(Option<Timestamp>),
    Source(String),
    Link(String),
    Tags(Vec<String>),
}

/// Reads the text of a scraped news page.
///
/// # Errors
/// Only when there is no body: the text is empty, or all of it is furniture.
pub fn read(text: &str) -> Result<PageText, PageTextError> {
    let lines = lines::split(text);
    if lines.is_empty() {
        return Err(PageTextError::Empty);
    }
    let mut parts = furniture::classify(&lines);
    let title = find_title(&lines, &mut parts);
    tail::find_lists(&lines, &mut parts);
    let mut page = assemble(&lines, parts);
    if let Some(headline) = title {
        if page.paragraphs.is_empty() {
            page.paragraphs.push(headline);
        } else {
            page.title = headline;
        }
    }
    let Some(lead) = page.paragraphs.first() else {
        return Err(PageTextError::NoBody(lines.len()));
    };
    if page.title.is_empty() {
        page.title = cut(lines::first_sentence(lead), DERIVED_TITLE_MAX);
        page.title_derived = true;
    }
    page.standfirst = Some(lead.clone());
    if page.source_name.is_none() {
        page.source_name = origin::source(&page.paragraphs);
    }
    Ok(page)
}

/// Marks the headline and what stands above it; answers the headline.
fn find_title(lines: &[Line], parts: &mut [Part]) -> Option<String> {
    let mut labels: Vec<usize> = Vec::new();
    let mut found = None;
    for (index, line) in lines.iter().enumerate() {
        if parts.get(index) != Some(&Part::Text) {
            continue;
        }
        if !line.is_headline() {
            break;
        }
        if line.words >= 3 {
            found = Some(index);
            break;
        }
        labels.push(index);
    }
    let found = found.or_else(|| labels.pop())?;
    let headline = &lines.get(found)?.text;
    for label in labels {
        set(parts, label, Part::Dropped(DropReason::SectionLabel));
    }
    set(parts, found, Part::Title);
    Some(drop_repeats(headline, found, lines, parts))
}

/// Drops the headline's second appearance; answers the shorter of the two, which has no site name after it.
fn drop_repeats(headline: &str, found: usize, lines: &[Line], parts: &mut [Part]) -> String {
    let next = lines
        .iter()
        .enumerate()
        .skip(found.saturating_add(1))
        .find(|(index, _)| parts.get(*index) == Some(&Part::Text));
    let Some((index, line)) = next else { return headline.to_owned() };
    let rest = headline.strip_prefix(line.text.as_str()).map(str::trim_start);
    let repeats = rest.is_some_and(|rest| {
        rest.is_empty() || (line.words >= 3 && rest.starts_with(['-', '|', '–', '—', '·', '«']))
    });
    if repeats {
        set(parts, index, Part::Dropped(DropReason::RepeatedTitle));
        return line.text.clone();
    }
    headline.to_owned()
}

/// Puts every line where it belongs.
fn assemble(lines: &[Line], parts: Vec<Part>) -> PageText {
    let mut page = PageText {
        title: String::new(),
        title_derived: false,
        standfirst: None,
        paragraphs: Vec::new(),
        authors: Vec::new(),
        tags: Vec::new(),
        links: Vec::new(),
        source_name: None,
        retrieved_at: None,
        published_at: None,
        dropped: Vec::new(),
    };
    for (line, part) in lines.iter().zip(parts) {
        let reason = match part {
            Part::Title => continue,
            Part::Text => {
                page.paragraphs.push(line.text.clone());
                continue;
            }
            Part::Byline(names) => {
                add_new(&mut page.authors, names);
                continue;
            }
            Part::Published(at, names) => {
                page.published_at = page.published_at.or(at);
                add_new(&mut page.authors, names);
                continue;
            }
            Part::Source(name) => {
                page.source_name.get_or_insert(name);
                continue;
            }
            Part::Link(title) => {
                page.links.push(title);
                continue;
            }
            Part::Tags(terms) => {
                add_new(&mut page.tags, terms);
                continue;
            }
            Part::Clock(at) => {
                page.retrieved_at = page.retrieved_at.or(at);
                DropReason::PageClock
            }
            Part::LinksHeading | Part::TagsHeading => DropReason::ListHeading,
            Part::Dropped(reason) => reason,
        };
        page.dropped.push(DroppedLine { line: line.number, text: line.text.clone(), reason });
    }
    page
}

/// Whether a list of words with bars between them holds the word.
fn holds(list: &str, word: &str) -> bool {
    list.split('|').any(|known| known == word)
}

fn add_new(list: &mut Vec<String>, items: Vec<String>) {
    for item in items {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

fn set(parts: &mut [Part], index: usize, part: Part) {
    if let Some(slot) = parts.get_mut(index) {
        *slot = part;
    }
}

/// The text, or as many of its whole words as fit with an ellipsis.
fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let head: String = text.chars().take(max.saturating_sub(1)).collect();
    let next_is_space = text.chars().nth(head.chars().count()).is_some_and(char::is_whitespace);
    let whole = match head.rsplit_once(' ') {
        Some((before, _)) if !next_is_space => before,
        _ => head.as_str(),
    };
    format!("{}…", whole.trim_end_matches([' ', ',', ';', ':', '–', '—', '-']))
}
