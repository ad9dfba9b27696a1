//! An article's paragraphs and quotes, and who said which.

use super::cues;
use super::marks::{self, Span};
use super::names::{self, Mention};
use super::people::People;
use super::speakers::{self, Attribution, Subject};
use super::words::{self, Kind, Token};
use super::{QuoteKind, Suggestion};

/// A paragraph with its quotes as single tokens.
struct Paragraph {
    tokens: Vec<Token>,
    sentences: Vec<(usize, usize)>,
    /// The first of its spans.
    first: usize,
    /// After the last of its spans.
    last: usize,
}

/// What is known about one quote.
#[derive(Debug, Clone, Default)]
struct Said {
    /// Whether anything is known.
    known: bool,
    speaker: Option<usize>,
    role: Option<String>,
    affiliation: Option<String>,
    cue: Option<String>,
    context: Option<String>,
    /// Whether a verb of saying stands right beside it.
    beside: bool,
    /// Whether it goes on with a sentence that its verb interrupts.
    resumes: bool,
    /// Whether it is a sentence of its own in the paragraph: no other words.
    alone: bool,
}

/// One article being read.
pub(super) struct Article<'a> {
    chars: &'a [char],
    spans: Vec<Span>,
    said: Vec<Said>,
    paragraphs: Vec<Paragraph>,
    people: People,
}

impl<'a> Article<'a> {
    /// Cuts the text and collects the people it names.
    pub(super) fn read(chars: &'a [char]) -> Self {
        let ranges = words::paragraphs(chars);
        let spans = marks::find(chars, &ranges);
        let mut paragraphs = Vec::with_capacity(ranges.len());
        let mut first = 0;
        for (number, range) in ranges.iter().enumerate() {
            let own = spans.get(first..).unwrap_or_default();
            let last = first + own.iter().take_while(|span| span.paragraph == number).count();
            let tokens =
                words::tokens(chars, *range, spans.get(first..last).unwrap_or_default(), first);
            let sign = |number: usize| {
                let span = spans.get(number)?;
                span.end
                    .checked_sub(1)
                    .and_then(|at| chars.get(at))
                    .copied()
                    .filter(|_| span.closed)
            };
            let sentences =
                words::sentences(&tokens, sign, |at, sign| is_attached(&tokens, at, sign));
            paragraphs.push(Paragraph { tokens, sentences, first, last });
            first = last;
        }
        let said = vec![Said::default(); spans.len()];
        let mut article = Self { chars, spans, said, paragraphs, people: People::default() };
        article.register();
        article
    }

    fn register(&mut self) {
        for paragraph in self.paragraphs.iter().filter(|paragraph| !is_headline(&paragraph.tokens))
        {
            for mention in names::mentions(&paragraph.tokens) {
                self.people.register(&mention);
            }
        }
    }

    /// Finds out who said what, from the first paragraph to the last.
    pub(super) fn attribute(&mut self) {
        let paragraphs = std::mem::take(&mut self.paragraphs);
        let mut before: Option<&Paragraph> = None;
        for paragraph in &paragraphs {
            for sentence in &paragraph.sentences {
                if let Some(tokens) = paragraph.tokens.get(sentence.0..sentence.1) {
                    self.sentence(tokens);
                }
            }
            self.share(paragraph);
            self.inherit(paragraph, before);
            before = Some(paragraph);
        }
        self.paragraphs = paragraphs;
    }

    /// The quotes worth suggesting.
    pub(super) fn suggestions(&self) -> Vec<Suggestion> {
        let pairs = self.spans.iter().zip(&self.said);
        pairs.filter_map(|(span, said)| self.suggestion(span, said)).collect()
    }

    fn inside(&self, span: &Span) -> &'a [char] {
        self.chars.get(span.start..span.end).unwrap_or_default()
    }

    fn sentence(&mut self, tokens: &[Token]) {
        let quotes: Vec<(usize, usize)> = tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| match token.kind {
                Kind::Quote(number) => Some((at, number)),
                _ => None,
            })
            .collect();
        if quotes.is_empty() {
            self.follow(tokens);
            return;
        }
        let alone = !tokens.iter().any(Token::is_word);
        let mut from = 0;
        let mut earlier: Option<usize> = None;
        for (place, (at, number)) in quotes.iter().copied().enumerate() {
            let to = quotes.get(place + 1).map_or(tokens.len(), |(next, _)| *next);
            let left = tokens.get(from..at).unwrap_or_default();
            let right = tokens.get(at + 1..to).unwrap_or_default();
            let mut said = self.beside(left, right, number);
            said.alone = alone;
            said.resumes = earlier.is_some_and(|earlier| self.is_resumed(earlier, left));
            if let Some(slot) = self.said.get_mut(number) {
                *slot = said;
            }
            earlier = Some(number);
            from = at + 1;
        }
    }

    /// Whether the words between two quotes only interrupt one sentence: `,” he said, “`.
    fn is_resumed(&self, earlier: usize, between: &[Token]) -> bool {
        let comma = self.last_char(earlier) == Some(',')
            || between.first().is_some_and(|token| token.is_sign(','));
        comma && between.len() <= 12 && between.last().is_some_and(|token| token.is_sign(','))
    }

    fn last_char(&self, number: usize) -> Option<char> {
        self.spans.get(number).and_then(|span| self.inside(span).last().copied())
    }

    /// Reads the words right before and right after a quote.
    fn beside(&mut self, left: &[Token], right: &[Token], number: usize) -> Said {
        let ends =
            self.last_char(number).is_some_and(|c| matches!(c, ',' | '?' | '!' | '…' | '—' | '-'));
        let comma = right
            .first()
            .is_some_and(|token| matches!(token.kind, Kind::Sign(',' | '—' | '–' | '-')));
        let colon = left.last().is_some_and(|token| token.is_sign(':'));
        let before = speakers::before(left, true);
        let near = left
            .last()
            .is_some_and(|token| token.is_sign(',') || token.is_sign(':') || token.low == "that")
            || before.as_ref().is_some_and(|found| found.at + 1 == left.len());
        let sure = before.as_ref().is_some_and(|found| found.saying && near);
        if let Some(found) = before.as_ref().filter(|_| colon && sure) {
            return self.said(found, left, true);
        }
        let before_comma = sure && !ends;
        if let Some(found) = speakers::after(right, ends || comma).filter(|_| !before_comma) {
            return self.said(&found, right, true);
        }
        if let Some(found) = before {
            return self.said(&found, left, sure);
        }
        if colon {
            return self.said_by_first(left);
        }
        Said::default()
    }

    fn said_by_first(&mut self, tokens: &[Token]) -> Said {
        match speakers::first_subject(tokens) {
            Some(subject) => {
                let found = Attribution { subject, cue: None, at: 0, saying: true };
                self.said(&found, tokens, true)
            }
            None => Said::default(),
        }
    }

    /// Resolves an attribution to somebody.
    fn said(&mut self, found: &Attribution, tokens: &[Token], beside: bool) -> Said {
        let mut said = Said { known: true, cue: found.cue.clone(), beside, ..Said::default() };
        match &found.subject {
            Subject::Named(mention) => {
                let person = self.people.resolve(mention);
                said.speaker = Some(person);
            }
            Subject::Pronoun(_, true) => {}
            Subject::Pronoun(gender, false) => {
                said.speaker = self.people.last_of(*gender);
                if let Some(person) = said.speaker {
                    self.people.follow(person, *gender);
                }
            }
            Subject::Definite(role) => said.speaker = self.people.with_role(role),
            Subject::Nameless(role, house) => {
                said.role = Some(role.clone());
                said.affiliation.clone_from(house);
            }
        }
        if let Some(person) = said.speaker {
            self.people.spoke(person);
        }
        let later = tokens.get(found.at..).unwrap_or_default();
        let sooner = tokens.get(..found.at).unwrap_or_default();
        said.context = self.occasion(later).or_else(|| self.occasion(sooner));
        said
    }

    fn occasion(&self, tokens: &[Token]) -> Option<String> {
        let (from, to) = speakers::occasion(tokens)?;
        let start = tokens.get(from)?.start;
        let end = to.checked_sub(1).and_then(|at| tokens.get(at))?.end;
        let text: String = self.chars.get(start..end)?.iter().collect();
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Learns from a sentence without quotes whom the text follows.
    fn follow(&mut self, tokens: &[Token]) {
        let spoken = speakers::before(tokens, false);
        let saying = spoken.is_some();
        let subject = spoken.map(|found| found.subject).or_else(|| speakers::first_subject(tokens));
        match subject {
            Some(Subject::Named(mention)) => {
                let known = self.people.known(&mention.name).is_some() || mention.words() >= 2;
                if !known || names::is_organisation(&mention.name) {
                    return;
                }
                let person = self.people.resolve(&mention);
                if saying {
                    self.people.spoke(person);
                } else if self.people.is_certain(person) {
                    self.people.follow(person, None);
                }
            }
            Some(Subject::Pronoun(gender, false)) => {
                if let Some(person) = self.people.last_of(gender) {
                    self.people.follow(person, gender);
                }
            }
            _ => {}
        }
    }

    /// Gives a paragraph's quotes without a verb the speaker of the quote beside them.
    fn share(&mut self, paragraph: &Paragraph) {
        if let Some(first) = self.spans.get(paragraph.first).filter(|span| span.continues) {
            debug_assert!(first.continues);
            self.join_chain(paragraph.first);
        }
        for number in paragraph.first..paragraph.last {
            if self.said.get(number).is_none_or(|said| said.known) {
                continue;
            }
            let earlier = (paragraph.first..number).rev().find(|other| self.is_known(*other));
            let later = (number + 1..paragraph.last).find(|other| self.is_known(*other));
            let alone = self.said.get(number).is_some_and(|said| said.alone);
            let from = match (earlier, later) {
                (Some(earlier), _) if alone || self.same_subject(paragraph, number, earlier) => {
                    Some(earlier)
                }
                (None, Some(later)) if alone => Some(later),
                _ => None,
            };
            if let Some(from) = from {
                self.copy(from, number, true);
            }
        }
    }

    fn is_known(&self, number: usize) -> bool {
        self.said.get(number).is_some_and(|said| said.known)
    }

    /// Whether the sentence around a quote names nobody but the speaker of the other.
    fn same_subject(&self, paragraph: &Paragraph, number: usize, other: usize) -> bool {
        let holds = |token: &Token| token.kind == Kind::Quote(number);
        let sentence = paragraph
            .sentences
            .iter()
            .filter_map(|(from, to)| paragraph.tokens.get(*from..*to))
            .find(|tokens| tokens.iter().any(holds));
        let speaker = self.said.get(other).and_then(|said| said.speaker);
        match sentence.and_then(speakers::first_subject) {
            Some(Subject::Named(mention)) => {
                self.people.known(&mention.name) == speaker && speaker.is_some()
            }
            _ => true,
        }
    }

    fn copy(&mut self, from: usize, to: usize, with_cue: bool) {
        let Some(source) = self.said.get(from).cloned() else { return };
        if let Some(slot) = self.said.get_mut(to) {
            let (alone, resumes) = (slot.alone, slot.resumes);
            *slot = Said { alone, resumes, beside: false, ..source };
            if !with_cue {
                (slot.cue, slot.context) = (None, None);
            }
        }
    }

    /// Makes one utterance of spans that run on over paragraphs.
    fn join_chain(&mut self, number: usize) {
        let Some(before) = number.checked_sub(1) else { return };
        match (self.is_known(before), self.is_known(number)) {
            (true, false) => self.copy(before, number, true),
            (false, true) => {
                let mut at = number;
                while let Some(earlier) =
                    at.checked_sub(1).filter(|earlier| !self.is_known(*earlier))
                {
                    if !self.spans.get(at).is_some_and(|span| span.continues) {
                        break;
                    }
                    self.copy(number, earlier, true);
                    at = earlier;
                }
            }
            _ => {}
        }
    }

    /// Gives the quotes that are still without a speaker the one of the paragraph before, where it clearly goes on.
    fn inherit(&mut self, paragraph: &Paragraph, before: Option<&Paragraph>) {
        let Some(before) = before.filter(|_| paragraph.first < paragraph.last) else { return };
        let any = (paragraph.first..paragraph.last).any(|number| self.is_known(number));
        if any {
            return;
        }
        let starts =
            paragraph.tokens.first().is_some_and(|token| matches!(token.kind, Kind::Quote(_)));
        let introduced = before.tokens.last().is_some_and(|token| token.is_sign(':'));
        if starts && introduced {
            let sentence =
                before.sentences.last().and_then(|(from, to)| before.tokens.get(*from..*to));
            let said = sentence.map(|tokens| match speakers::before(tokens, true) {
                Some(found) => self.said(&found, tokens, true),
                None => self.said_by_first(tokens),
            });
            if let Some(slot) = self.said.get_mut(paragraph.first) {
                *slot = Said { alone: slot.alone, ..said.unwrap_or_default() };
            }
            self.share(paragraph);
            return;
        }
        let spoke = (before.first..before.last).rev().find(|number| self.is_known(*number));
        let only_quotes = !paragraph.tokens.iter().any(Token::is_word);
        let goes_on = paragraph.tokens.first().is_some_and(|token| goes_on(&token.low));
        for number in paragraph.first..paragraph.last {
            match spoke {
                Some(spoke) if only_quotes => self.copy(spoke, number, false),
                None if only_quotes && names_somebody(before) => {
                    let speaker = self.people.last();
                    if let Some(slot) = self.said.get_mut(number) {
                        (slot.known, slot.speaker) = (speaker.is_some(), speaker);
                    }
                }
                Some(spoke) if goes_on && self.names_nobody_else(paragraph, spoke) => {
                    self.copy(spoke, number, false)
                }
                _ => {}
            }
        }
    }

    fn names_nobody_else(&self, paragraph: &Paragraph, spoke: usize) -> bool {
        let speaker = self.said.get(spoke).and_then(|said| said.speaker);
        let speaks = |token: &Token| cues::is_saying(&token.low);
        let other = |mention: &Mention| {
            let person = self.people.known(&mention.name);
            mention.certain || (person.is_some() && person != speaker) || mention.words() >= 2
        };
        speaker.is_some()
            && !paragraph.tokens.iter().any(speaks)
            && !names::mentions(&paragraph.tokens).iter().any(other)
    }

    fn suggestion(&self, span: &Span, said: &Said) -> Option<Suggestion> {
        let inside = self.inside(span);
        let text: String = inside.iter().collect();
        let words =
            text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        let first = inside.iter().find(|c| c.is_alphanumeric())?;
        let last = inside.last()?;
        let ends = matches!(last, '.' | '!' | '?' | '…' | ',' | '-' | '—' | '。');
        let high = !first.is_lowercase();
        let full = span.continues
            || !span.closed
            || said.resumes
            || (high && (ends || said.beside || words >= 6) && (said.known || words >= 4));
        let wanted = match words {
            0..=2 => said.beside && full && ends,
            _ if is_title(&text) && !said.beside => false,
            3 => said.known,
            _ => said.known || (full && (ends || words >= 6)) || words >= 4,
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

/// Whether the words after a quote with a final mark name its speaker: `!” insists Burton.`
fn is_attached(tokens: &[Token], at: usize, sign: char) -> bool {
    let rest = tokens.get(at..).unwrap_or_default();
    let rest = rest.get(..rest.len().min(16)).unwrap_or_default();
    let Some(found) = speakers::after(rest, false) else { return false };
    let next = rest.get(found.at + 1);
    let object = next.is_some_and(|token| {
        matches!(token.low.as_str(), "that" | "he" | "she" | "it" | "they" | "the")
    });
    match sign {
        '.' => next.is_none_or(|token| token.is_stop() || token.is_sign(',')),
        _ => !object,
    }
}

/// A line in title case without a full stop: a headline, whose names are not the article's.
fn is_headline(tokens: &[Token]) -> bool {
    let stops = tokens.iter().any(Token::is_stop) || names::has_quote(tokens);
    let long: Vec<&Token> =
        tokens.iter().filter(|token| token.is_word() && token.text.len() >= 4).collect();
    let high = long.iter().filter(|token| token.is_high()).count();
    !stops && high * 3 >= long.len() * 2
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

/// Words that begin a paragraph which goes on with the one before.
fn goes_on(low: &str) -> bool {
    matches!(
        low,
        "this"
            | "these"
            | "that"
            | "those"
            | "here"
            | "it"
            | "he"
            | "she"
            | "such"
            | "thus"
            | "so"
            | "moreover"
            | "furthermore"
            | "besides"
            | "also"
            | "firstly"
            | "secondly"
            | "thirdly"
            | "finally"
            | "then"
            | "therefore"
            | "hence"
            | "instead"
            | "in"
    )
}

fn names_somebody(paragraph: &Paragraph) -> bool {
    let last = paragraph.sentences.last().and_then(|(from, to)| paragraph.tokens.get(*from..*to));
    last.and_then(speakers::first_subject).is_some()
}
