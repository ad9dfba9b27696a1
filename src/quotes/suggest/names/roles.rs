//! What the words beside a name say about somebody's work.

use super::super::cues;
use super::super::words::Token;
use super::{Mention, is_name_word, join, run_end, run_start, spell_name};

/// So many words of an organisation's name are read.
const HOUSE_MAX: usize = 25;

/// `US President`, `Constitutional Affairs Minister`, `Labour MP`, `Mr`.
pub(super) fn titled(titles: &[Token], mention: &mut Mention) {
    mention.gender = titles.iter().rev().find_map(|token| cues::gender(&token.low));
    let Some(office) = titles.iter().rposition(|token| cues::is_role(&token.low)) else { return };
    let ministry = titles
        .get(office)
        .is_some_and(|token| matches!(token.low.as_str(), "minister" | "secretary"));
    let mut from = office;
    while let Some(before) = from.checked_sub(1).and_then(|at| titles.get(at)) {
        let initials = before.text.chars().all(|c| c.is_uppercase() || c == '.');
        let part = cues::is_modifier(&before.low)
            || cues::is_office(&before.low)
            || (ministry && !initials);
        if !part || before.is_possessive() {
            break;
        }
        from -= 1;
    }
    let role = titles.get(from..=office).map(join);
    mention.role = role.filter(|role| !matches!(role.as_str(), "Dr" | "Dr."));
    let house = titles.get(..from).unwrap_or_default();
    if !house.is_empty() && !house.iter().any(|token| cues::is_modifier(&token.low)) {
        mention.affiliation = Some(spell_name(house));
    }
}

/// Lower-case words before a name that end in a role: `harbour master Tom Reilly`, `BoE governor Mervyn King`.
pub(super) fn role_before(tokens: &[Token], start: usize, mention: &mut Mention) {
    let comma = start
        .checked_sub(1)
        .is_some_and(|at| tokens.get(at).is_some_and(|token| token.is_sign(',')));
    let end = if comma { start - 1 } else { start };
    let last = end.checked_sub(1).and_then(|at| tokens.get(at));
    if !last.is_some_and(|token| token.is_word() && !token.is_high() && cues::is_role(&token.low)) {
        return;
    }
    let mut from = end - 1;
    while let Some(before) = from.checked_sub(1).and_then(|at| tokens.get(at)) {
        let plain =
            before.is_word() && !before.is_high() && !before.is_possessive() && end - from < 4;
        if !plain || cues::is_function(&before.low) || is_verb(&before.low) {
            break;
        }
        from -= 1;
    }
    if comma && !is_introduced(tokens, from, mention.end) {
        return;
    }
    mention.role = tokens.get(from..end).map(join);
    mention.gender =
        tokens.get(from..end).unwrap_or_default().iter().find_map(|token| cues::gender(&token.low));
    mention.certain = true;
    mention.outer_start = from;
    if let Some(house) = house_before(tokens, from) {
        mention.affiliation = tokens.get(house..from).map(spell_name);
        mention.outer_start = house;
    }
}

/// Whether `the bank's governor, Ilse Brandt,` has its article and both its commas.
fn is_introduced(tokens: &[Token], role: usize, end: usize) -> bool {
    let before = role.checked_sub(1).and_then(|at| tokens.get(at));
    let article = before.is_some_and(|token| {
        token.is_possessive()
            || matches!(token.low.as_str(), "the" | "its" | "their" | "his" | "her" | "a" | "an")
    });
    let after = tokens.get(end);
    article
        && after.is_none_or(|token| {
            token.is_sign(',') || token.is_stop() || cues::is_saying(&token.low)
        })
}

/// Where the capitalised words before a role begin, `of` between them included: `Bank of England` governor.
fn house_before(tokens: &[Token], end: usize) -> Option<usize> {
    let mut from = run_start(tokens, end);
    if from == end {
        return None;
    }
    while let Some(before) = from.checked_sub(1).filter(|_| end - from < HOUSE_MAX) {
        if !tokens.get(before).is_some_and(|token| matches!(token.low.as_str(), "of" | "for" | "&"))
        {
            break;
        }
        let earlier = run_start(tokens, before);
        if earlier == before {
            break;
        }
        from = earlier;
    }
    Some(from)
}

/// `, director of the Bank of …`, `, 45, an economist at …`, ` of Breitbart`.
pub(super) fn role_after(tokens: &[Token], end: usize, mention: &mut Mention) {
    let mut at = end;
    if tokens.get(at).is_some_and(|token| token.is_sign('(')) {
        let length = tokens
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take(8)
            .position(|token| token.is_sign(')'));
        at += length.map_or(0, |length| length + 1);
    }
    if tokens.get(at).is_some_and(|token| matches!(token.low.as_str(), "of" | "from"))
        && mention.affiliation.is_none()
    {
        let article = tokens.get(at + 1).is_some_and(|token| token.low == "the");
        let from = at + 1 + usize::from(article);
        let to = house_end(tokens, from);
        if to > from {
            mention.affiliation = tokens.get(from..to).map(spell_name);
        }
        return;
    }
    if !tokens.get(at).is_some_and(|token| token.is_sign(',')) {
        return;
    }
    at += 1;
    let age = tokens.get(at).is_some_and(|token| token.text.parse::<u8>().is_ok());
    if age && tokens.get(at + 1).is_some_and(|token| token.is_sign(',')) {
        at += 2;
    }
    let phrase = tokens.get(at..).unwrap_or_default();
    let length = phrase.iter().take(30).take_while(|token| !ends_apposition(token)).count();
    let verb = phrase.get(length).is_some_and(|token| cues::is_saying(&token.low));
    if let Some(phrase) = phrase.get(..length).filter(|_| !verb) {
        apposition(phrase, mention);
    }
}

fn ends_apposition(token: &Token) -> bool {
    let relative = matches!(
        token.low.as_str(),
        "who" | "which" | "that" | "whose" | "where" | "while" | "when" | "but"
    );
    !token.is_word() && !token.is_sign('&')
        || relative
        || cues::is_saying(&token.low) && token.low != "reports"
}

/// `a director of Group Menatep`, `the bank's chief economist`, `Liberal Democrat leader`.
fn apposition(phrase: &[Token], mention: &mut Mention) {
    let Some(head) = phrase.iter().take(9).position(|token| cues::is_role(&token.low)) else {
        return;
    };
    let before = phrase.get(..head).unwrap_or_default();
    if before.iter().any(|token| is_preposition(&token.low) || is_verb(&token.low)) {
        return;
    }
    let mut from = 0;
    let mut house = None;
    for (at, token) in before.iter().enumerate() {
        if token.is_possessive() {
            house = before
                .get(from..=at)
                .filter(|words| words.iter().all(is_name_word))
                .map(spell_name);
            from = at + 1;
        } else if at == from && cues::is_function(&token.low) {
            from = at + 1;
        }
    }
    let run = run_end(before, from);
    let plain_follows = before.get(run).is_some_and(|token| !token.is_high());
    let words = before.get(from..run).unwrap_or_default();
    let titled = words.iter().any(|token| cues::is_modifier(&token.low));
    if run > from && (run == head || plain_follows) && !titled {
        house = Some(spell_name(words));
        from = run;
    }
    let (to, after) = role_end(phrase, head);
    mention.certain = true;
    mention.gender =
        mention.gender.or_else(|| phrase.get(head).and_then(|token| cues::gender(&token.low)));
    if mention.role.is_none() {
        mention.role = phrase.get(from..to).map(join);
    }
    if mention.affiliation.is_none() {
        let named = after
            .filter(|at| !names_person(phrase, *at))
            .and_then(|at| phrase.get(at..house_end(phrase, at)));
        mention.affiliation = named.filter(|named| !named.is_empty()).map(spell_name).or(house);
    }
}

/// Where the role ends, and where the house begins that a preposition names after it.
fn role_end(phrase: &[Token], head: usize) -> (usize, Option<usize>) {
    let mut to = head + 1;
    for (at, token) in phrase.iter().enumerate().skip(head + 1) {
        if !is_preposition(&token.low) {
            if to == at && token.is_word() && !token.is_high() && token.low != "and" {
                to = at + 1;
            }
            continue;
        }
        let article = phrase.get(at + 1).is_some_and(|token| {
            matches!(token.low.as_str(), "the" | "a" | "an" | "its" | "his" | "her")
        });
        let next = at + 1 + usize::from(article);
        let state =
            phrase.get(next).is_some_and(|token| matches!(token.low.as_str(), "state" | "staff"));
        if phrase.get(next).is_some_and(is_name_word) && !state {
            return (to.min(at), Some(next));
        }
        if article || to < at {
            return (to.min(at), None);
        }
        to = (next + 1).min(phrase.len());
    }
    (to, None)
}

/// After the last token of an organisation's name that begins here.
fn house_end(tokens: &[Token], start: usize) -> usize {
    let tokens = tokens.get(..tokens.len().min(start + HOUSE_MAX)).unwrap_or_default();
    let mut end = run_end(tokens, start);
    if end == start {
        return start;
    }
    loop {
        let mut next = end;
        while tokens.get(next).is_some_and(|token| {
            matches!(token.low.as_str(), "of" | "for" | "at" | "and" | "&" | "the" | "on")
                || token.is_sign('&')
        }) {
            next += 1;
        }
        let after = run_end(tokens, next);
        let possessive = tokens.get(end.saturating_sub(1)).is_some_and(Token::is_possessive);
        if after == next || (next == end && !possessive) {
            return end;
        }
        end = after;
    }
}

fn is_preposition(low: &str) -> bool {
    matches!(
        low,
        "of" | "at"
            | "for"
            | "with"
            | "from"
            | "in"
            | "to"
            | "on"
            | "de"
            | "der"
            | "für"
            | "bei"
            | "by"
    )
}

fn is_verb(low: &str) -> bool {
    cues::is_saying(low) || cues::is_naming(low)
}

/// Whether a title here says that a person follows, not an organisation: adviser to `Mr. Obama`.
fn names_person(phrase: &[Token], at: usize) -> bool {
    phrase
        .get(at)
        .is_some_and(|token| cues::is_honorific(&token.low) || cues::is_office(&token.low))
}
