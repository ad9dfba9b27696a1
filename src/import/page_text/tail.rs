//! The lists under an article: headlines of related stories, and tags.

use super::lines::Line;
use super::{DropReason, Part, set};

const TERM_SEPARATORS: [char; 7] = [',', ';', '|', '•', '·', '、', '，'];

/// What a line may be, judged by its shape alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// In title case, without a full stop.
    Headline,
    /// Could be a headline in sentence case, or a sentence whose full stop is missing.
    Phrase,
    /// Short terms with commas between them.
    Terms,
    Furniture,
    LinksHeading,
    TagsHeading,
    Prose,
    Other,
}

/// The terms of a list, `None` when the line is no such list.
pub(super) fn terms(text: &str) -> Option<Vec<String>> {
    if text.chars().count() > 400 {
        return None;
    }
    let hashed = text.starts_with('#') && !text.contains(TERM_SEPARATORS);
    let pieces: Vec<&str> = if hashed {
        text.split('#').map(str::trim).filter(|term| !term.is_empty()).collect()
    } else {
        text.split(TERM_SEPARATORS).map(|term| term.trim().trim_start_matches('#')).collect()
    };
    let short = pieces.iter().all(|term| {
        let words = term.split(' ').count();
        let joined = term.starts_with("and ") || term.starts_with("or ") || term.starts_with('-');
        let sentence = term.ends_with(['!', '?', ':', '”', '"'])
            || (term.ends_with('.') && term.chars().count() > 6)
            || term.contains(". ")
            || term.contains(": ");
        words <= 4
            && term.chars().count() <= 40
            && !joined
            && !sentence
            && term.chars().any(char::is_alphabetic)
    });
    (short && pieces.len() >= 2).then(|| pieces.into_iter().map(str::to_owned).collect())
}

/// Finds the lists of stories and tags and marks their lines.
pub(super) fn find_lists(lines: &[Line], parts: &mut [Part]) {
    let shapes: Vec<Shape> =
        lines.iter().zip(parts.iter()).map(|(line, part)| shape(line, part)).collect();
    let first = shapes.iter().position(|shape| *shape == Shape::Prose);
    let last = shapes.iter().rposition(|shape| *shape == Shape::Prose);
    let (Some(first), Some(last)) = (first, last) else { return };
    let mut at = first;
    let mut links_in_tail = false;
    while at < shapes.len() {
        let length = run_length(&shapes, at);
        if length == 0 {
            at = take_tag_heading(&shapes, at, lines, parts);
            continue;
        }
        let run = at..at.saturating_add(length);
        if is_story_list(&shapes, run.clone(), last) {
            links_in_tail |= at > last;
            for index in run.clone() {
                if let Some(line) = lines.get(index) {
                    set(parts, index, Part::Link(line.text.clone()));
                }
            }
        }
        at = run.end;
    }
    find_tags(&shapes, last, links_in_tail, lines, parts);
}

fn shape(line: &Line, part: &Part) -> Shape {
    match part {
        Part::Text => {}
        Part::LinksHeading => return Shape::LinksHeading,
        Part::TagsHeading => return Shape::TagsHeading,
        Part::Title => return Shape::Other,
        _ => return Shape::Furniture,
    }
    if line.is_prose() {
        Shape::Prose
    } else if terms(&line.text).is_some() {
        Shape::Terms
    } else if line.is_link_like() {
        if line.is_title_case() { Shape::Headline } else { Shape::Phrase }
    } else {
        Shape::Other
    }
}

fn run_length(shapes: &[Shape], from: usize) -> usize {
    let story = |shape: &&Shape| matches!(shape, Shape::Headline | Shape::Phrase);
    shapes.get(from..).unwrap_or_default().iter().take_while(story).count()
}

/// Whether the structure says clearly that these lines are a list of stories.
fn is_story_list(shapes: &[Shape], run: std::ops::Range<usize>, last_prose: usize) -> bool {
    let lines = shapes.get(run.clone()).unwrap_or_default();
    let headlines = lines.iter().filter(|shape| **shape == Shape::Headline).count();
    let mostly = headlines.saturating_mul(5) >= lines.len().saturating_mul(3);
    let before = run.start.checked_sub(1).and_then(|index| shapes.get(index));
    if before == Some(&Shape::LinksHeading) {
        return true;
    }
    if run.start < last_prose {
        return mostly && headlines >= 3;
    }
    let after = shapes.get(run.end..).unwrap_or_default();
    let terms_follow = after.first() == Some(&Shape::Terms);
    let page_follows = terms_follow || after.contains(&Shape::Furniture);
    let all = headlines == lines.len();
    (all && headlines >= 2)
        || (mostly && headlines >= 3)
        || (all && page_follows)
        || (lines.len() >= 2 && terms_follow)
        || (lines.len() >= 3 && page_follows)
}

/// Takes the short lines under a `Tags` heading; answers where to go on.
fn take_tag_heading(shapes: &[Shape], at: usize, lines: &[Line], parts: &mut [Part]) -> usize {
    let mut next = at.saturating_add(1);
    if shapes.get(at) != Some(&Shape::TagsHeading) {
        return next;
    }
    while let (Some(Shape::Terms | Shape::Other | Shape::Headline), Some(line)) =
        (shapes.get(next), lines.get(next))
    {
        let list = terms(&line.text);
        if list.is_none() && (line.words > 4 || line.text.ends_with(['.', '!', '?', ':'])) {
            break;
        }
        set(parts, next, Part::Tags(list.unwrap_or_else(|| vec![line.text.clone()])));
        next = next.saturating_add(1);
    }
    next
}

/// Takes lines of terms after the last sentence, and drops the fragments after the lists.
fn find_tags(
    shapes: &[Shape],
    last_prose: usize,
    stories: bool,
    lines: &[Line],
    parts: &mut [Part],
) {
    let tail = last_prose.saturating_add(1)..shapes.len();
    let furniture = shapes.get(tail.clone()).unwrap_or_default().contains(&Shape::Furniture);
    let mut lists = false;
    for index in tail {
        let Some(line) = lines.get(index) else { continue };
        if matches!(parts.get(index), Some(Part::Link(_) | Part::Tags(_))) {
            lists = true;
        }
        if parts.get(index) != Some(&Part::Text) {
            continue;
        }
        match terms(&line.text) {
            Some(found) if stories || (furniture && found.len() >= 3) => {
                set(parts, index, Part::Tags(found));
                lists = true;
            }
            None if lists
                && line.words <= 4
                && !line.text.ends_with(['.', '!', '?', ':', '”', '"']) =>
            {
                set(parts, index, Part::Dropped(DropReason::AfterText));
            }
            _ => {}
        }
    }
}
