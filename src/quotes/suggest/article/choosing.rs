//! Which of the spans between marks are quotes: not titles, headings or single words.

use super::super::marks::Span;
use super::super::{QuoteKind, Suggestion};
use super::{Article, Basis, Place, Said};

impl Article<'_> {
    pub(super) fn suggestion(&self, span: &Span, said: &Said, place: Place) -> Option<Suggestion> {
        let inside = self.inside(span);
        let text: String = inside.iter().collect();
        let words =
            text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        let first = inside.iter().find(|c| c.is_alphanumeric())?;
        let last = inside.last()?;
        let ends = matches!(last, '.' | '!' | '?' | '…' | ',' | '-' | '—' | '。');
        let high = !first.is_lowercase();
        let known = said.basis > Basis::Unknown;
        let beside = said.basis == Basis::Beside;
        let full = span.continues
            || !span.closed
            || place.resumes
            || (high && (ends || beside || words >= 6) && (known || words >= 4));
        let wanted = match words {
            0..=2 => beside && full && ends,
            _ if is_title(&text) && !(beside && place.led) => false,
            _ if span.single && self.doubled && (!known || place.alone && words <= 8) => false,
            3 => known,
            // German says in four words what English says in five.
            4 => known || full || self.german,
            _ => true,
        };
        if !wanted {
            return None;
        }
        let person = said.speaker.and_then(|speaker| self.people.get(speaker));
        Some(Suggestion {
            start: span.start,
            end: span.end,
            text,
            kind: if full { QuoteKind::Full } else { QuoteKind::Partial },
            written: said.written.map(|(start, end)| self.slice(start, end)),
            speaker: person.map(|person| person.name.clone()),
            role: person.and_then(|person| person.role.clone()).or_else(|| said.role.clone()),
            affiliation: person
                .and_then(|person| person.affiliation.clone())
                .or_else(|| said.affiliation.clone()),
            cue: said.cue.clone(),
            context: said.context.clone(),
        })
    }
}

/// Whether the words are a title: the longer ones all with a capital, no sentence.
fn is_title(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let long = words.iter().filter(|word| word.chars().count() >= 4);
    let low = long
        .clone()
        .filter(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase));
    let sentence = text.ends_with(['!', '?']) || text.contains(". ");
    long.count() >= 1 && low.count() == 0 && !sentence && words.len() <= 10
}
