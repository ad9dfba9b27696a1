//! Quotes without a verb of their own: whose they are.

use super::super::cues;
use super::super::names::{self, Mention};
use super::super::speakers;
use super::super::words::{Kind, Token};
use super::{Article, Basis, Named, Paragraph, Place, Said};

impl Article<'_> {
    /// Gives a paragraph's quotes without a verb the speaker of the quote beside them.
    pub(super) fn share(&mut self, paragraph: &Paragraph) {
        if self.spans.get(paragraph.first).is_some_and(|span| span.continues) {
            self.join_chain(paragraph.first);
        }
        let mut later = None;
        let mut laters = Vec::with_capacity(paragraph.last - paragraph.first);
        for number in (paragraph.first..paragraph.last).rev() {
            laters.push(later);
            later = later
                .filter(|_| !self.is_known(number))
                .or_else(|| self.is_known(number).then_some(number));
        }
        let mut earlier = None;
        for (number, later) in (paragraph.first..paragraph.last).zip(laters.into_iter().rev()) {
            if self.is_known(number) {
                earlier = Some(number);
                continue;
            }
            let place = self.places.get(number).copied().unwrap_or_default();
            let from = match (earlier, later) {
                (Some(earlier), _) if place.alone || self.same_subject(place, earlier) => {
                    Some(earlier)
                }
                (None, Some(later)) if place.alone => Some(later),
                _ => None,
            };
            match place.earlier.filter(|other| self.is_known(*other)).or(from) {
                Some(from) => self.copy(from, number, Basis::Read),
                None if place.alone => self.guess(number, place.acting),
                None => {}
            }
        }
    }

    fn guess(&mut self, number: usize, speaker: Option<usize>) {
        if speaker.is_some() {
            let written = speaker.and_then(|speaker| self.people.get(speaker)?.written);
            self.put(number, Said { basis: Basis::Guessed, speaker, written, ..Said::default() });
        }
    }

    /// A line under a quote that begins with a dash and a name: `— Jane Doe, Philadelphia`.
    pub(super) fn signed(&mut self, paragraph: &Paragraph, before: Option<&Paragraph>) {
        let dash = paragraph
            .tokens
            .first()
            .is_some_and(|token| matches!(token.kind, Kind::Sign('-' | '–' | '—')));
        let Some(before) = before.filter(|_| dash && paragraph.first == paragraph.last) else {
            return;
        };
        let bare = !before.tokens.iter().any(Token::is_word);
        if let Some(mention) = names::signature(&paragraph.tokens).filter(|_| bare) {
            let person = self.people.resolve(&mention);
            self.people.spoke(person);
            for number in before.first..before.last {
                self.guess(number, Some(person));
            }
        }
    }

    fn is_known(&self, number: usize) -> bool {
        self.said.get(number).is_some_and(|said| said.basis > Basis::Unknown)
    }

    /// Whether the sentence around a quote names nobody but the speaker of the other.
    fn same_subject(&self, place: Place, other: usize) -> bool {
        let speaker = self.said.get(other).and_then(|said| said.speaker);
        place.named == Named::Nobody
            || speaker.is_some_and(|speaker| place.named == Named::Person(speaker))
    }

    fn copy(&mut self, from: usize, to: usize, basis: Basis) {
        let Some(source) = self.said.get(from).cloned() else { return };
        let mut said = Said { basis, ..source };
        if basis == Basis::Guessed {
            (said.cue, said.context) = (None, None);
        }
        self.put(to, said);
    }

    /// Makes one utterance of spans that run on over paragraphs.
    fn join_chain(&mut self, number: usize) {
        let Some(before) = number.checked_sub(1) else { return };
        if !self.is_known(number) {
            if self.is_known(before) {
                self.copy(before, number, Basis::Read);
            }
            return;
        }
        let mut at = number;
        while self.spans.get(at).is_some_and(|span| span.continues) {
            let Some(earlier) = at.checked_sub(1) else { break };
            if self.said.get(earlier).is_none_or(|said| said.basis > Basis::Guessed) {
                break;
            }
            self.copy(number, earlier, Basis::Read);
            at = earlier;
        }
    }

    /// Gives the quotes that are still without a speaker the one of the paragraph before, where it clearly goes on.
    pub(super) fn inherit(&mut self, paragraph: &Paragraph, before: Option<&Paragraph>) {
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
            let said = sentence.map(|tokens| match speakers::before(tokens, 0, true) {
                Some(found) => self.said(&found, tokens, true),
                None => self.said_by_first(tokens),
            });
            self.put(paragraph.first, said.unwrap_or_default());
            self.share(paragraph);
            return;
        }
        let spoke = (before.first..before.last).rev().find(|number| self.is_known(*number));
        let only_quotes = !paragraph.tokens.iter().any(Token::is_word);
        let goes_on = paragraph.tokens.first().is_some_and(|token| goes_on(&token.low));
        for number in paragraph.first..paragraph.last {
            match spoke {
                Some(spoke) if only_quotes => self.copy(spoke, number, Basis::Guessed),
                None if only_quotes && names_somebody(before) => {
                    self.guess(number, self.people.last());
                }
                Some(spoke) if goes_on && self.names_nobody_else(paragraph, spoke) => {
                    self.copy(spoke, number, Basis::Guessed);
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
}

/// Words that begin a paragraph which goes on with the one before.
fn goes_on(low: &str) -> bool {
    let words = "this these that those here it he she such thus so moreover furthermore besides also firstly secondly \
                 thirdly finally then therefore hence instead in";
    words.split(' ').any(|word| word == low)
}

fn names_somebody(paragraph: &Paragraph) -> bool {
    let last = paragraph.sentences.last().and_then(|(from, to)| paragraph.tokens.get(*from..*to));
    last.and_then(speakers::first_subject).is_some()
}
