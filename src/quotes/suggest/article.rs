//! An article's paragraphs and quotes, and who said which.

mod sharing;

use super::cues::{self, Gender};
use super::marks::{self, Span};
use super::names;
use super::people::People;
use super::speakers::{self, Attribution, Subject};
use super::words::{self, Kind, Token};
use super::{QuoteKind, Suggestion};

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

/// Where in its paragraph a quote stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Whether it is a sentence of its own: no other words.
    alone: bool,
    /// Whether it begins its sentence, or a comma, a colon or a verb of saying leads to it.
    led: bool,
    /// Whether it goes on with a sentence that its verb interrupts.
    resumes: bool,
    /// Whether the words around it name somebody.
    names_somebody: bool,
    /// Whom the words around it name, if the article knows them.
    named: Option<usize>,
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
    /// Whether the article's quotes stand in double marks.
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
        let doubled = spans.iter().any(|span| !span.single);
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
            (place.names_somebody, place.named) = (true, self.people.known(&mention.name));
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

    fn put(&mut self, number: usize, said: Said) {
        if let Some(slot) = self.said.get_mut(number) {
            *slot = said;
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
    ///
    /// `prefix` is the sentence up to the quote, `from` where the words begin that follow the quote before.
    fn beside(&mut self, prefix: &[Token], from: usize, right: &[Token], number: usize) -> Said {
        let left = prefix.get(from..).unwrap_or_default();
        let ends =
            self.last_char(number).is_some_and(|c| matches!(c, ',' | '?' | '!' | '…' | '—' | '-'));
        let comma = right
            .first()
            .is_some_and(|token| matches!(token.kind, Kind::Sign(',' | '—' | '–' | '-')));
        let colon = left.last().is_some_and(|token| token.is_sign(':'));
        let before = speakers::before(prefix, from, true);
        let near = left
            .last()
            .is_some_and(|token| token.is_sign(',') || token.is_sign(':') || token.low == "that")
            || before.as_ref().is_some_and(|found| found.at + 1 == prefix.len());
        let sure = before.as_ref().is_some_and(|found| found.saying && near);
        if let Some(found) = before.as_ref().filter(|_| colon && sure) {
            return self.said(found, prefix, true);
        }
        let before_comma = sure && !ends;
        if let Some(found) = speakers::after(right, ends || comma).filter(|_| !before_comma) {
            return self.said(&found, right, true);
        }
        if let Some(found) = before {
            return self.said(&found, prefix, sure);
        }
        if colon {
            return self.said_by_first(left);
        }
        Said::default()
    }

    fn said_by_first(&mut self, tokens: &[Token]) -> Said {
        match speakers::before_colon(tokens).or_else(|| speakers::first_subject(tokens)) {
            Some(subject) => {
                let found = Attribution { subject, cue: None, at: 0, saying: true };
                self.said(&found, tokens, true)
            }
            None => Said::default(),
        }
    }

    /// Resolves an attribution to somebody.
    fn said(&mut self, found: &Attribution, tokens: &[Token], beside: bool) -> Said {
        let basis = if beside { Basis::Beside } else { Basis::Read };
        let mut said = Said { basis, cue: found.cue.clone(), ..Said::default() };
        let (start, end) = found.subject.written();
        said.written = Some((if self.german { with_article(tokens, start) } else { start }, end));
        match &found.subject {
            Subject::Named(mention) => {
                // A single German noun is a person's name only if the article has introduced them.
                let noun = self.german && mention.words() == 1 && !mention.certain;
                if !noun || self.people.known(&mention.name).is_some() {
                    said.speaker = Some(self.people.resolve(mention));
                }
            }
            Subject::Pronoun(_, true, _) => {}
            Subject::Pronoun(gender, false, _) => {
                said.speaker = self.meant(*gender, found.subject.written().0);
                if let Some(person) = said.speaker {
                    self.people.follow(person, *gender);
                }
            }
            Subject::Definite(role, _) => said.speaker = self.people.with_role(role),
            Subject::Nameless(role, house, _) => {
                said.role.clone_from(role);
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

    /// Notes whom a paragraph names; those of the paragraph before the last are forgotten.
    fn meet(&mut self, paragraph: &Paragraph, before: Option<&Paragraph>) {
        let from = before.and_then(|before| before.tokens.first()).map_or(0, |token| token.start);
        self.near.retain(|(at, _)| *at >= from);
        for mention in names::mentions(&paragraph.tokens) {
            let person =
                self.people.known(&mention.name).filter(|_| !names::is_organisation(&mention.name));
            self.near.extend(person.map(|person| (mention.written.0, person)));
        }
    }

    /// The one whom a pronoun at `at` means.
    fn meant(&self, gender: Option<Gender>, at: usize) -> Option<usize> {
        let until = self.near.partition_point(|(start, _)| *start < at);
        let near = self.near.get(until.saturating_sub(NEAR_MAX)..until).unwrap_or_default();
        let near: Vec<usize> = near.iter().map(|(_, person)| *person).collect();
        self.people.meant(gender, &near)
    }

    fn occasion(&self, tokens: &[Token]) -> Option<String> {
        let (from, to) = speakers::occasion(tokens)?;
        let start = tokens.get(from)?.start;
        let end = to.checked_sub(1).and_then(|at| tokens.get(at))?.end;
        let text: String = self.chars.get(start..end)?.iter().collect();
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Learns from a sentence without quotes whom the text follows.
    fn follow(&mut self, tokens: &[Token]) -> Option<usize> {
        let spoken = speakers::before(tokens, 0, false);
        let saying = spoken.is_some();
        let subject = spoken.map(|found| found.subject).or_else(|| speakers::first_subject(tokens));
        match subject? {
            Subject::Named(mention) => {
                let known = self.people.known(&mention.name).is_some() || mention.words() >= 2;
                if !known || names::is_organisation(&mention.name) {
                    return None;
                }
                let person = self.people.resolve(&mention);
                if saying {
                    self.people.spoke(person);
                } else if self.people.is_certain(person) {
                    self.people.follow(person, None);
                }
                Some(person).filter(|person| self.people.is_certain(*person))
            }
            Subject::Pronoun(gender, false, written) => {
                let person = self.meant(gender, written.0)?;
                self.people.follow(person, gender);
                Some(person)
            }
            _ => None,
        }
    }

    fn suggestion(&self, span: &Span, said: &Said, place: Place) -> Option<Suggestion> {
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

/// Where the phrase begins whose name or noun begins at `start`: `die kroatische` Meteorologin Zoran Vakula.
fn with_article(tokens: &[Token], start: usize) -> usize {
    let Some(mut at) = tokens.iter().position(|token| token.start == start) else { return start };
    while let Some(token) = at.checked_sub(1).and_then(|at| tokens.get(at)) {
        if matches!(token.low.as_str(), "der" | "die" | "das" | "ein" | "eine" | "dem" | "einer") {
            return token.start;
        }
        if !token.is_word() || token.is_high() || !token.low.ends_with(['e', 'n', 'r', 's']) {
            break;
        }
        at -= 1;
    }
    start
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
