//! Names of people in a row of tokens, with what the words around them say about their work.

use super::cues::{self, Gender};
use super::words::{Kind, Token};

/// A name with the role and the house that stand beside it.
#[derive(Debug, Clone, Default)]
pub(super) struct Mention {
    /// Index of the name's first token.
    pub(super) start: usize,
    /// After the index of its last.
    pub(super) end: usize,
    /// As written, without titles.
    pub(super) name: String,
    /// Where the name with its titles and its role begins.
    pub(super) outer_start: usize,
    pub(super) role: Option<String>,
    pub(super) affiliation: Option<String>,
    pub(super) gender: Option<Gender>,
    /// Whether a title, a role or an honorific says that it is a person.
    pub(super) certain: bool,
}

impl Mention {
    /// How many words the name has.
    pub(super) fn words(&self) -> usize {
        self.name.split(' ').count()
    }
}

/// Whether the token can be part of a name.
pub(super) fn is_name_word(token: &Token) -> bool {
    token.is_word() && token.is_high() && !cues::is_function(&token.low)
}

/// After the last token of the run of name words that begins here.
pub(super) fn run_end(tokens: &[Token], start: usize) -> usize {
    let mut end = start;
    while let Some(token) = tokens.get(end) {
        let particle = end > start
            && cues::is_particle(&token.low)
            && tokens.get(end + 1).is_some_and(is_name_word);
        if !(is_name_word(token) || particle) {
            break;
        }
        end += 1;
        if token.is_possessive() {
            break;
        }
    }
    end
}

/// The first token of the run of name words that ends here.
pub(super) fn run_start(tokens: &[Token], end: usize) -> usize {
    let mut start = end;
    while let Some(token) = start.checked_sub(1).and_then(|before| tokens.get(before)) {
        let particle = start < end
            && cues::is_particle(&token.low)
            && start.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(is_name_word);
        let cut = token.is_possessive() && start < end;
        if cut || !(is_name_word(token) || particle) {
            break;
        }
        start -= 1;
    }
    start
}

/// The text of some tokens, single spaces between them.
pub(super) fn join<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> String {
    let words: Vec<&str> = tokens.into_iter().map(|token| token.text.as_str()).collect();
    words.join(" ")
}

/// The person named by the run of name words from `start` to `end`, if any.
pub(super) fn mention(tokens: &[Token], start: usize, end: usize) -> Option<Mention> {
    let run = tokens.get(start..end)?;
    let title = |token: &&Token| cues::is_office(&token.low) || cues::is_honorific(&token.low);
    let mut titles = run.iter().rposition(|token| title(&token)).map_or(0, |at| at + 1);
    let of_state = titles == 0
        && run.first().is_some_and(|token| {
            matches!(
                token.low.as_str(),
                "state" | "defense" | "defence" | "commerce" | "staff" | "energy" | "labor"
            )
        })
        && start.checked_sub(2).is_some_and(|at| {
            tokens.get(at).is_some_and(|token| cues::is_office(&token.low))
                && tokens.get(at + 1).is_some_and(|token| token.low == "of")
        });
    if of_state {
        titles = 1;
    }
    while run
        .get(titles)
        .is_some_and(|token| cues::is_modifier(&token.low) && run.len() > titles + 2)
    {
        titles += 1;
    }
    let name_tokens = run.get(titles..).filter(|name| !name.is_empty())?;
    let mut mention = Mention {
        start: start + titles,
        end,
        outer_start: start,
        name: spell_name(name_tokens),
        certain: titles > 0,
        ..Mention::default()
    };
    if of_state {
        let from = start.saturating_sub(2);
        mention.role = tokens.get(from..=start).map(join);
        mention.outer_start = from;
    } else if titles > 0 {
        titled(run.get(..titles).unwrap_or_default(), &mut mention);
    }
    if mention.role.is_none() && titles == 0 {
        role_before(tokens, start, &mut mention);
    }
    role_after(tokens, end, &mut mention);
    Some(mention)
}

fn spell_name(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(Token::base).collect();
    words.join(" ")
}

/// `US President`, `Constitutional Affairs Minister`, `Labour MP`, `Mr`.
fn titled(titles: &[Token], mention: &mut Mention) {
    mention.gender = titles.iter().rev().find_map(|token| cues::gender(&token.low));
    let Some(office) = titles.iter().rposition(|token| cues::is_office(&token.low)) else { return };
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
fn role_before(tokens: &[Token], start: usize, mention: &mut Mention) {
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

/// Where the capitalised words before a role begin, `of` between them included: `Bank of England` governor.
fn house_before(tokens: &[Token], end: usize) -> Option<usize> {
    let mut from = run_start(tokens, end);
    if from == end {
        return None;
    }
    while let Some(before) = from.checked_sub(1) {
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

/// `, researcher of the School of …`, `, 45, an economist at …`, ` of Breitbart`.
fn role_after(tokens: &[Token], end: usize, mention: &mut Mention) {
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
    if tokens.get(at).is_some_and(|token| matches!(token.low.as_str(), "of" | "from" | "at"))
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
    if let Some(phrase) = phrase.get(..length) {
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
    let names = run_end(before, from);
    if names > from && names == head
        || before.get(names).is_some_and(|token| !token.is_high()) && names > from
    {
        let titled = before
            .get(from..names)
            .unwrap_or_default()
            .iter()
            .any(|token| cues::is_modifier(&token.low));
        if !titled {
            house = before.get(from..names).map(spell_name);
            from = names;
        }
    }
    let (to, after) = role_end(phrase, head);
    mention.certain = true;
    mention.gender =
        mention.gender.or_else(|| phrase.get(head).and_then(|token| cues::gender(&token.low)));
    if mention.role.is_none() {
        mention.role = phrase.get(from..to).map(join);
    }
    if mention.affiliation.is_none() {
        let named = after.and_then(|at| phrase.get(at..house_end(phrase, at)));
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

/// Every person-like name in the tokens, in order.
pub(super) fn mentions(tokens: &[Token]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = run_end(tokens, at);
        if end == at {
            at += 1;
            continue;
        }
        found.extend(mention(tokens, at, end));
        at = end;
    }
    found
}

/// Whether the name is one of a place or an organisation.
pub(super) fn is_organisation(name: &str) -> bool {
    name.split(' ').any(|word| cues::is_no_person(&word.to_lowercase()))
}

/// Whether there is a quote among the tokens.
pub(super) fn has_quote(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| matches!(token.kind, Kind::Quote(_)))
}
