//! An article's paragraphs and quotes, and who said which.

mod attributing;
mod choosing;
mod sharing;

use super::Suggestion;
use super::cues;
use super::marks::{self, Span};
use super::names;
use super::people::People;
use super::speakers::{self, Subject};
use super::words::{self, Kind, Token};

/// Of so many names before a pronoun one may be meant.
const NEAR_MAX: usize = 40;

/// So many words before a quote may name its speaker; more when no other quote stands among them.
const PREFIX_MAX: usize = 120;

/// A paragraph with its quotes as single tokens.
struct Paragraph {
    tokens: Vec<Token>,
    sentences: Vec<(usize, usize)>,
    /// The first of its spans.
    first: usize,
    /// After the last of its spans.
    last: usize,
}

/// How it is known who said a quote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Basis {
    /// It is not known.
    #[default]
    Unknown,
    /// Only from the sentences or the paragraph before.
    Guessed,
    /// From the quote's own sentence, or from the quote that it belongs to.
    Read,
    /// From a verb of saying right beside the quote.
    Beside,
}

/// What is known about one quote.
#[derive(Debug, Clone, Default)]
struct Said {
    basis: Basis,
    speaker: Option<usize>,
    /// The speaker as the text says it beside the quote.
    written: Option<(usize, usize)>,
    role: Option<String>,
    affiliation: Option<String>,
    cue: Option<String>,
    context: Option<String>,
}

/// Whom the words around a quote name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Named {
    #[default]
    Nobody,
    /// Nobody whom the article knows.
    Somebody,
    Person(usize),
}

/// Where in its paragraph a quote stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Whether it is a sentence of its own: no other words.
    alone: bool,
    /// Whether it begins its sentence, or a comma, a colon or a verb of saying leads to it.
    led: bool,
    /// Whether it goes on with a sentence that its verb interrupts.
    resumes: bool,
    /// Whom the words around it name.
    named: Named,
    /// The quote before it in the same sentence.
    earlier: Option<usize>,
    /// Whom the sentences before it in the paragraph follow.
    acting: Option<usize>,
}

/// One article being read.
pub(super) struct Article<'a> {
    chars: &'a [char],
    spans: Vec<Span>,
    said: Vec<Said>,
    places: Vec<Place>,
    paragraphs: Vec<Paragraph>,
    people: People,
    /// Whether most of the article's quotes stand in double marks.
    doubled: bool,
    /// Whether nouns have capitals.
    german: bool,
    /// Who is named in the paragraph being read and the one before, and where.
    near: Vec<(usize, usize)>,
}

impl<'a> Article<'a> {
    /// Cuts the text and collects the people it names.
    pub(super) fn read(chars: &'a [char], german: bool) -> Self {
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
        let doubled = spans.iter().filter(|span| !span.single).count() * 2 >= spans.len();
        let said = vec![Said::default(); spans.len()];
        let places = vec![Place::default(); spans.len()];
        let mut article = Self {
            chars,
            spans,
            said,
            places,
            paragraphs,
            people: People::default(),
            doubled,
            german,
            near: Vec::new(),
        };
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
            let mut acting = None;
            let headline = is_headline(&paragraph.tokens);
            self.meet(paragraph, before);
            for sentence in paragraph.sentences.iter().filter(|_| !headline) {
                if let Some(tokens) = paragraph.tokens.get(sentence.0..sentence.1) {
                    acting = self.sentence(tokens, acting);
                }
            }
            self.signed(paragraph, before);
            self.share(paragraph);
            self.inherit(paragraph, before);
            before = Some(paragraph);
        }
        self.paragraphs = paragraphs;
    }

    /// The quotes worth suggesting.
    pub(super) fn suggestions(&self) -> Vec<Suggestion> {
        let quotes = self.spans.iter().zip(&self.said).zip(&self.places);
        quotes.filter_map(|((span, said), place)| self.suggestion(span, said, *place)).collect()
    }

    fn slice(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end).unwrap_or_default().iter().collect()
    }

    fn inside(&self, span: &Span) -> &'a [char] {
        self.chars.get(span.start..span.end).unwrap_or_default()
    }

    /// Reads a sentence; `acting` is whom the one before it follows. Answers whom this one does.
    fn sentence(&mut self, tokens: &[Token], acting: Option<usize>) -> Option<usize> {
        let quotes: Vec<(usize, usize)> = tokens
            .iter()
            .enumerate()
            .filter_map(|(at, token)| match token.kind {
                Kind::Quote(number) => Some((at, number)),
                _ => None,
            })
            .collect();
        if quotes.is_empty() {
            return self.follow(tokens);
        }
        let subject = speakers::first_subject(tokens);
        let mut place =
            Place { alone: !tokens.iter().any(Token::is_word), acting, ..Place::default() };
        if let Some(Subject::Named(mention)) = subject {
            place.named = self.people.known(&mention.name).map_or(Named::Somebody, Named::Person);
        }
        let mut from = 0;
        for (order, (at, number)) in quotes.iter().copied().enumerate() {
            let to = quotes.get(order + 1).map_or(tokens.len(), |(next, _)| *next);
            let left = tokens.get(from..at).unwrap_or_default();
            let right = tokens.get(at + 1..to).unwrap_or_default();
            if order == 0 {
                self.follow(left);
            }
            let begin = from.min(at.saturating_sub(PREFIX_MAX));
            let prefix = tokens.get(begin..at).unwrap_or_default();
            let said = self.beside(prefix, from - begin, right, number);
            place.led = is_led(left);
            place.resumes = place.earlier.is_some_and(|earlier| self.is_resumed(earlier, left));
            self.put(number, said);
            if let Some(slot) = self.places.get_mut(number) {
                *slot = place;
            }
            place.earlier = Some(number);
            from = at + 1;
        }
        None
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

    fn put(&mut self, number: usize, said: Said) {
        if let Some(slot) = self.said.get_mut(number) {
            *slot = said;
        }
    }
}

/// Whether what stands before a quote lets it be one, and not the title of something.
fn is_led(left: &[Token]) -> bool {
    left.last().is_none_or(|token| {
        matches!(token.kind, Kind::Sign(',' | ':' | '—' | '–'))
            || token.low == "that"
            || (cues::is_saying(&token.low) && token.low != "told")
    })
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
    let introduces = matches!(rest.get(found.at + 2), Some(Token { kind: Kind::Quote(_), .. }));
    match sign {
        '.' => next.is_none_or(|token| token.is_stop() || token.is_sign(',') && !introduces),
        _ => !object,
    }
}

/// A line in title case, with no full stop but a last one: a headline, whose names are not the article's.
fn is_headline(tokens: &[Token]) -> bool {
    let body = tokens
        .split_last()
        .map_or(tokens, |(last, body)| if last.is_stop() { body } else { tokens });
    let stops = body.iter().any(Token::is_stop) || names::has_quote(body);
    let long = tokens.iter().filter(|token| token.is_word() && token.text.len() >= 4);
    let (high, all) =
        long.fold((0, 0), |(high, all), token| (high + usize::from(token.is_high()), all + 1));
    let ended = body.len() < tokens.len();
    !stops && high * 3 >= all * 2 && (!ended || (all >= 3 && high * 4 >= all * 3))
}
