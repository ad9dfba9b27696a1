//! The words beside a quote: who they say it is by, and whom the text follows.

use super::super::cues::Gender;
use super::super::names;
use super::super::speakers::{self, Attribution, Subject};
use super::super::words::{Kind, Token};
use super::{Article, Basis, NEAR_MAX, Paragraph, Said};

impl Article<'_> {
    /// Reads the words right before and right after a quote.
    ///
    /// `prefix` is the sentence up to the quote, `from` where the words begin that follow the quote before.
    pub(super) fn beside(
        &mut self,
        prefix: &[Token],
        from: usize,
        right: &[Token],
        number: usize,
    ) -> Said {
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

    pub(super) fn said_by_first(&mut self, tokens: &[Token]) -> Said {
        match speakers::before_colon(tokens).or_else(|| speakers::first_subject(tokens)) {
            Some(subject) => {
                let found = Attribution { subject, cue: None, at: 0, saying: true };
                self.said(&found, tokens, true)
            }
            None => Said::default(),
        }
    }

    /// Resolves an attribution to somebody.
    pub(super) fn said(&mut self, found: &Attribution, tokens: &[Token], beside: bool) -> Said {
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
    pub(super) fn meet(&mut self, paragraph: &Paragraph, before: Option<&Paragraph>) {
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
    pub(super) fn follow(&mut self, tokens: &[Token]) -> Option<usize> {
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
