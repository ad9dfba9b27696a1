//! The subject of a verb of saying, before or after it.

use super::super::cues;
use super::super::names::{self, Mention, is_name_word, join, mention, run_end, run_start};
use super::super::words::{Kind, Token};
use super::Subject;

/// The subject after its verb: `said harbour master Tom Reilly`, `said the analyst`.
pub(super) fn inverted(tokens: &[Token], from: usize) -> Option<Subject> {
    let skip = |token: &&Token| {
        matches!(
            token.low.as_str(),
            "also" | "recently" | "then" | "later" | "hinzu" | "mit" | "am" | "der" | "die"
        ) || (token.low.ends_with("ly") && !token.is_high())
    };
    let from = from + tokens.get(from..)?.iter().take_while(skip).count();
    let first = tokens.get(from)?;
    if cues::is_pronoun(&first.low) {
        return Some(pronoun(first));
    }
    let phrase = tokens.get(from..)?;
    let length = phrase.iter().take(24).take_while(|token| !ends_subject(token)).count();
    if let Some(found) = person_in(tokens, from, from + length) {
        return Some(Subject::Named(Box::new(found)));
    }
    if phrase.get(length).is_some_and(|token| token.is_sign(',')) {
        let start = from + length + 1;
        let end = run_end(tokens, start);
        let role = phrase
            .get(..length)
            .is_some_and(|words| words.iter().any(|token| cues::is_role(&token.low)));
        if end > start && role {
            return mention(tokens, start, end).map(|found| Subject::Named(Box::new(found)));
        }
    }
    nameless(phrase.get(..length)?)
}

/// What follows a subject that stands after its verb.
fn ends_subject(token: &Token) -> bool {
    let follows = "who that in on at as during after before when while with from by but adding to about last earlier if \
                   because whose this later following outside referring speaking via";
    !token.is_word() || follows.split(' ').any(|word| word == token.low)
}

/// The person among the words of one noun phrase.
fn person_in(tokens: &[Token], from: usize, to: usize) -> Option<Mention> {
    let mut first = None;
    let mut at = from;
    while at < to {
        let end = run_end(tokens, at).min(to);
        if end == at {
            at += 1;
            continue;
        }
        let after = tokens.get(end).filter(|_| end < to);
        let possessive = tokens.get(end - 1).is_some_and(Token::is_possessive);
        let house = possessive
            || after
                .is_some_and(|token| token.is_word() && !token.is_high() && !is_link(&token.low));
        if let Some(found) = mention(tokens, at, end) {
            if found.certain && found.outer_start < found.start && !possessive {
                return Some(found);
            }
            if !house && first.is_none() {
                first = Some(found);
            }
        }
        at = end;
    }
    first
}

fn is_link(low: &str) -> bool {
    matches!(low, "of" | "from" | "at" | "for" | "and" | "who" | "the" | "said")
}

fn pronoun(token: &Token) -> Subject {
    Subject::Pronoun(cues::gender(&token.low), token.low == "they", (token.start, token.end))
}

/// `the analyst`, `a spokesman for the group`.
fn nameless(phrase: &[Token]) -> Option<Subject> {
    let head = phrase.iter().position(|token| cues::is_role(&token.low))?;
    let definite = phrase.first().is_some_and(|token| {
        matches!(token.low.as_str(), "the" | "this" | "that" | "le" | "la" | "der" | "die" | "el")
    });
    let role = phrase.get(head)?.low.clone();
    let written = (phrase.first()?.start, phrase.last()?.base_end());
    if definite && head <= 3 {
        return Some(Subject::Definite(role, written));
    }
    let house = (head + 1..phrase.len()).find(|at| phrase.get(*at).is_some_and(is_name_word));
    let house = house.and_then(|at| phrase.get(at..run_end(phrase, at))).map(join);
    Some(Subject::Nameless(Some(role), house, written))
}

/// The subject of a verb, read backwards from it.
pub(super) fn before_cue(clause: &[Token]) -> Option<Subject> {
    let skipped = clause.iter().rev().take_while(|token| is_skipped(token)).count();
    let end = clause.len() - skipped;
    let last = end.checked_sub(1).and_then(|at| clause.get(at))?;
    if cues::is_pronoun(&last.low) {
        return Some(pronoun(last));
    }
    if last.is_sign(',') || last.is_sign(')') || matches!(last.kind, Kind::Sign('—' | '–')) {
        return apposed(clause.get(..end)?);
    }
    if is_name_word(last) && !last.is_possessive() {
        let start = run_start(clause, end);
        let named = named_before(clause, start, end);
        let office =
            || noun_phrase(clause, end).filter(|phrase| phrase.len() <= 12).and_then(nameless);
        return named.or_else(office).or_else(|| first_subject(clause));
    }
    let found = noun_phrase(clause, end).filter(|phrase| phrase.len() <= 8).and_then(nameless);
    found.or_else(|| first_subject(clause))
}

/// The words from the last article or sign before `end`.
fn noun_phrase(clause: &[Token], end: usize) -> Option<&[Token]> {
    let begins = |token: &Token| {
        let article = matches!(
            token.low.as_str(),
            "the" | "a" | "an" | "one" | "his" | "her" | "its" | "another"
        );
        !token.is_word() || article
    };
    let from = (0..end).rev().take(12).find(|at| clause.get(*at).is_some_and(begins));
    clause.get(from.unwrap_or(0)..end)
}

/// Adverbs, auxiliaries and days between a subject and its verb.
fn is_skipped(token: &Token) -> bool {
    let low = token.low.as_str();
    if token.is_high() {
        return cues::is_day(low);
    }
    let adverb = low.ends_with("ly") && low.len() > 4;
    adverb || cues::is_day(low) || cues::is_auxiliary(low)
}

/// The run of name words that ends before the verb, or the person whose house it is.
fn named_before(clause: &[Token], start: usize, end: usize) -> Option<Subject> {
    let article = start
        .checked_sub(1)
        .is_some_and(|at| clause.get(at).is_some_and(|token| token.low == "the"));
    let link = start.saturating_sub(1 + usize::from(article));
    let linked = start > link
        && clause.get(link).is_some_and(|token| {
            matches!(token.low.as_str(), "of" | "from" | "at" | "for" | "with" | "in")
        });
    if linked && link > 0 {
        let earlier = run_start(clause, link);
        if earlier < link {
            let owner = clause.get(link - 1).is_some_and(|token| !token.is_possessive());
            return mention(clause, earlier, link)
                .filter(|_| owner)
                .map(|m| Subject::Named(Box::new(m)));
        }
        return None;
    }
    mention(clause, start, end).map(|found| Subject::Named(Box::new(found)))
}

/// `Jane Doe, researcher at …,` and `the bank's governor, Ilse Brandt,`: the subject before a comma.
fn apposed(clause: &[Token]) -> Option<Subject> {
    let inner_end = clause.len() - 1;
    let comma =
        clause.get(..inner_end)?.iter().rposition(|token| token.is_sign(',') || token.is_sign('('));
    if let Some(comma) = comma {
        let end = run_end(clause, comma + 1);
        let found = mention(clause, comma + 1, end).filter(|_| end == inner_end && end > comma + 1);
        let role = comma
            .checked_sub(1)
            .and_then(|at| clause.get(at))
            .is_some_and(|token| cues::is_role(&token.low));
        if role && found.is_some() {
            return found.map(|found| Subject::Named(Box::new(found)));
        }
    }
    let mut first = None;
    for found in names::mentions(clause) {
        let comma = clause
            .get(found.end)
            .is_some_and(|token| matches!(token.kind, Kind::Sign(',' | '(' | '—' | '–')));
        let end = found.end + 1 >= clause.len();
        let next = clause.get(found.end + 1);
        let apposed = next.is_some_and(|token| {
            token.text.chars().all(|c| c.is_ascii_digit())
                || !token.is_high()
                || found.certain
                || clause.get(found.end).is_some_and(|token| token.is_sign('('))
        });
        if comma && (apposed || end) {
            return Some(Subject::Named(Box::new(found)));
        }
        if first.is_none() && !names::is_organisation(&found.name) {
            first = Some(found);
        }
    }
    first.map(|found| Subject::Named(Box::new(found))).or_else(|| first_subject(clause))
}

/// Who acts in a sentence, as far as its first name or pronoun tells.
pub(in super::super) fn first_subject(clause: &[Token]) -> Option<Subject> {
    let mut at = 0;
    while let Some(token) = clause.get(at) {
        if cues::is_pronoun(&token.low) {
            return Some(pronoun(token));
        }
        let end = run_end(clause, at);
        let governed =
            at.checked_sub(1).and_then(|before| clause.get(before)).is_some_and(|token| {
                matches!(
                    token.low.as_str(),
                    "in" | "on"
                        | "of"
                        | "at"
                        | "for"
                        | "with"
                        | "from"
                        | "to"
                        | "by"
                        | "the"
                        | "after"
                )
            });
        if end > at {
            let possessive = clause.get(end - 1).is_some_and(Token::is_possessive);
            let house =
                clause.get(end).is_some_and(|token| !token.is_high() && cues::is_role(&token.low));
            if !possessive && !governed && !house {
                return mention(clause, at, end).map(|found| Subject::Named(Box::new(found)));
            }
            at = end;
        } else {
            at += 1;
        }
    }
    None
}
