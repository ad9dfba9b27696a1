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
    // `hieß es im Ausschuss`: nobody is said to speak.
    if first.low == "es" {
        return None;
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
    nameless(phrase.get(..longer(phrase, length))?)
}

/// With what belongs to a phrase: `a longtime adviser` `to both Clintons`.
fn longer(phrase: &[Token], length: usize) -> usize {
    let mut length = length;
    for _ in 0..4 {
        let low = |at: usize| phrase.get(at).map_or("", |token| token.low.as_str());
        let links = matches!(low(length), "to" | "from" | "with" | "in" | "at" | "on" | "about");
        let next = phrase.get(length + 1);
        let occasion = (length + 1..length + 4).any(|at| cues::is_occasion(low(at)));
        let open = next.is_some_and(|token| token.is_word() && !cues::is_day(&token.low));
        if length == 0 || !links || !open || occasion || low(length + 1) == "reporters" {
            break;
        }
        let rest = phrase.get(length + 1..).unwrap_or_default();
        length += 1 + rest.iter().take(12).take_while(|token| !ends_subject(token)).count();
    }
    length
}

/// What follows a subject that stands after its verb.
fn ends_subject(token: &Token) -> bool {
    let follows = "who that in on at as during after before when while with from by but adding to about last earlier if \
                   because whose this later following outside referring speaking via mit hinzu fest";
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
                .is_some_and(|token| token.is_word() && !token.is_high() && !goes_with(&token.low));
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

fn goes_with(low: &str) -> bool {
    matches!(low, "of" | "from" | "at" | "for" | "and" | "who" | "the" | "said")
}

/// Prepositions that make one phrase of two.
fn is_link(low: &str) -> bool {
    matches!(low, "of" | "from" | "at" | "for" | "with" | "in" | "to" | "on" | "by" | "about")
}

fn pronoun(token: &Token) -> Subject {
    Subject::Pronoun(cues::gender(&token.low), token.low == "they", (token.start, token.end))
}

/// `the analyst`, `a spokesman for the group`, `the report`.
fn nameless(phrase: &[Token]) -> Option<Subject> {
    let first = phrase.first()?;
    let written = (first.start, phrase.last()?.base_end());
    let head = phrase.iter().position(|token| cues::is_role(&token.low));
    let Some(head) = head else {
        let noun = phrase.last().is_some_and(|token| token.low.chars().all(char::is_alphabetic))
            && (is_determiner(&first.low) || first.is_possessive() || phrase.len() > 1);
        let noun =
            noun || phrase.len() == 1 && first.low.ends_with('s') && !is_determiner(&first.low);
        return noun.then_some(Subject::Nameless(None, None, written));
    };
    let definite =
        matches!(first.low.as_str(), "the" | "this" | "that" | "le" | "la" | "der" | "die" | "el");
    let role = phrase.get(head)?.low.clone();
    if definite && head <= 3 && head + 1 == phrase.len() {
        return Some(Subject::Definite(role, written));
    }
    let house = (head + 1..phrase.len()).find(|at| phrase.get(*at).is_some_and(is_name_word));
    let house = house.and_then(|at| phrase.get(at..run_end(phrase, at))).map(join);
    Some(Subject::Nameless(Some(role), house, written))
}

fn is_determiner(low: &str) -> bool {
    let words = "the a an one another this these those his her its their our my your some many most several two three \
                 both no each every other others der die das ein eine einer dem den des seine seiner ihre ihrer";
    words.split_ascii_whitespace().any(|word| word == low)
}

/// The subject of a verb, read backwards from it.
pub(super) fn before_cue(clause: &[Token]) -> Option<Subject> {
    let skipped = clause.iter().rev().take_while(|token| is_skipped(token)).count();
    let end = clause.len() - skipped;
    let last = end.checked_sub(1).and_then(|at| clause.get(at))?;
    if cues::is_pronoun(&last.low) || last.low == "it" {
        return Some(pronoun(last));
    }
    if last.is_sign(',') || last.is_sign(')') || matches!(last.kind, Kind::Sign('—' | '–')) {
        return apposed(clause.get(..end)?);
    }
    let start = phrase_start(clause, end);
    let phrase = clause.get(start..end)?;
    if is_name_word(last) && !last.is_possessive() {
        let run = run_start(clause, end);
        return named_before(clause, run, end)
            .or_else(|| nameless(phrase))
            .or_else(|| first_subject(clause));
    }
    let verb = |token: &Token| {
        cues::is_saying(&token.low)
            || (cues::is_auxiliary(&token.low) && !is_determiner(&token.low))
    };
    let joined = matches!(last.low.as_str(), "and" | "but" | "or");
    if !joined
        && !phrase.iter().any(verb)
        && let Some(found) = nameless(phrase)
    {
        return Some(found);
    }
    first_subject(clause)
}

/// Where the noun phrase begins that ends at `end`: `a welcome message on the website`.
fn phrase_start(clause: &[Token], end: usize) -> usize {
    let mut start = end;
    while let Some(at) = start.checked_sub(1).filter(|at| end - at <= 14) {
        let Some(token) = clause.get(at).filter(|token| token.is_word()) else { break };
        if is_determiner(&token.low) {
            start = at;
            let link = at.checked_sub(1).and_then(|at| clause.get(at));
            let linked = link.is_some_and(|token| is_link(&token.low));
            let head = at.checked_sub(2).and_then(|at| clause.get(at));
            let noun = head.is_some_and(|token| {
                token.is_word() && !cues::is_function(&token.low) && !cues::is_saying(&token.low)
            });
            if !(linked && noun) {
                break;
            }
            start = at - 1;
            continue;
        }
        let stop = cues::is_function(&token.low) && !is_link(&token.low)
            || cues::is_saying(&token.low)
            || cues::is_pronoun(&token.low);
        if stop {
            break;
        }
        start = at;
    }
    while start < end && clause.get(start).is_some_and(|token| is_link(&token.low)) {
        start += 1;
    }
    start
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

/// The run of name words that ends before the verb, or the person whose house or place it is.
fn named_before(clause: &[Token], start: usize, end: usize) -> Option<Subject> {
    let (mut start, mut end) = (start, end);
    for _ in 0..4 {
        let before = |back: usize| start.checked_sub(back).and_then(|at| clause.get(at));
        let article = before(1).is_some_and(|token| is_determiner(&token.low));
        let link = start.saturating_sub(1 + usize::from(article));
        let linked = before(1 + usize::from(article)).is_some_and(|token| is_link(&token.low));
        if !linked || link == 0 {
            break;
        }
        let earlier = run_start(clause, link);
        if earlier == link || clause.get(link - 1).is_some_and(Token::is_possessive) {
            return None;
        }
        (start, end) = (earlier, link);
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
    let main = main_clause(clause);
    subject_of(main).or_else(|| subject_of(clause).filter(|_| main.len() < clause.len()))
}

/// The words after `When asked about it,` and `In a radio interview on Monday,`.
fn main_clause(tokens: &[Token]) -> &[Token] {
    let mut rest = tokens;
    for _ in 0..3 {
        let first = rest.iter().position(Token::is_word).unwrap_or(0);
        let begins = rest.get(first).is_some_and(|token| begins_aside(&token.low));
        let comma = rest.iter().take(40).position(|token| token.is_sign(','));
        let Some(after) = comma.filter(|_| begins).and_then(|comma| rest.get(comma + 1..)) else {
            break;
        };
        if !after.iter().any(Token::is_word) {
            break;
        }
        rest = after;
    }
    rest
}

fn begins_aside(low: &str) -> bool {
    let words = "after when while as in on at during before since although though despite for with if because through by \
                 following asked until under unlike like without whether even later earlier from nach während bei in am als";
    words.split_ascii_whitespace().any(|word| word == low)
}

fn subject_of(clause: &[Token]) -> Option<Subject> {
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
