//! Names of people in a row of tokens, with what the words around them say about their work.

mod roles;

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
    /// Where it stands in the text, with the house before it (`the Post's Ed O'Keefe`), with titles if it is no full name.
    pub(super) written: (usize, usize),
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
    let named = matches!(token.text.as_str(), "US" | "May" | "Will");
    token.is_word() && token.is_high() && (named || !cues::is_function(&token.low))
}

/// After the last token of the run of name words that begins here.
pub(super) fn run_end(tokens: &[Token], start: usize) -> usize {
    let mut end = start;
    while let Some(token) = tokens.get(end) {
        let named = |at: usize| tokens.get(at).is_some_and(is_name_word);
        let twice = tokens.get(end + 1).is_some_and(|token| cues::is_particle(&token.low));
        let particle = end > start
            && cues::is_particle(&token.low)
            && (named(end + 1) || (twice && named(end + 2)));
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
        let named = |back: usize| {
            start.checked_sub(back).and_then(|at| tokens.get(at)).is_some_and(is_name_word)
        };
        let before = start.checked_sub(2).and_then(|at| tokens.get(at));
        let twice = before.is_some_and(|token| cues::is_particle(&token.low));
        let particle =
            start < end && cues::is_particle(&token.low) && (named(2) || (twice && named(3)));
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
    let mut titles = titles_in(run)?;
    let profession = run.first().is_some_and(|token| cues::is_role(&token.low));
    if titles == 0 && run.len() >= 3 && profession {
        titles = 1;
    }
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
    // `Mr. McCain` is how the text calls somebody, `Minister Lee Han` is a name and an office.
    let full = titles > 0 && name_tokens.len() >= 2;
    if spell_name(name_tokens).chars().count() < 2 {
        return None;
    }
    let mut mention = Mention {
        start: start + titles,
        end,
        outer_start: start,
        name: spell_name(name_tokens),
        written: written(tokens, if full { start + titles } else { start }, end),
        certain: titles > 0,
        ..Mention::default()
    };
    if of_state {
        let from = start.saturating_sub(2);
        mention.role = tokens.get(from..=start).map(join);
        mention.outer_start = from;
    } else if titles > 0 {
        roles::titled(run.get(..titles).unwrap_or_default(), &mut mention);
    }
    if mention.role.is_none() && titles == 0 {
        roles::role_before(tokens, start, &mut mention);
    }
    roles::role_after(tokens, end, &mut mention);
    Some(mention)
}

/// From the house whose the person is to the place where they are from: `Forum's Doug Holt`, `Scott Hawkins of Cheyenne`.
fn written(tokens: &[Token], start: usize, end: usize) -> (usize, usize) {
    let before = start.checked_sub(1).and_then(|at| tokens.get(at));
    let from =
        if before.is_some_and(Token::is_possessive) { run_start(tokens, start) } else { start };
    let of = tokens.get(end).is_some_and(|token| token.low == "of");
    let article = usize::from(tokens.get(end + 1).is_some_and(|token| token.low == "the"));
    let after = run_end(tokens, end + 1 + article);
    let to = if of && after > end + 1 + article { after } else { end };
    let first = tokens.get(from).map_or(0, |token| token.start);
    let last = to.checked_sub(1).and_then(|at| tokens.get(at));
    (first, last.map_or(first, Token::base_end))
}

/// How many words of the run are titles before the name; `None` when all of it is an office.
fn titles_in(run: &[Token]) -> Option<usize> {
    let is_title = |token: &Token| cues::is_office(&token.low) || cues::is_honorific(&token.low);
    let (last, before) = run.split_last()?;
    let surname = before.last().is_some_and(|token| {
        !is_title(token) && !cues::is_modifier(&token.low) && !cues::is_no_person(&token.low)
    });
    if is_title(last) && !(surname && cues::is_surname_too(&last.low)) {
        return None;
    }
    Some(before.iter().rposition(is_title).map_or(0, |at| at + 1))
}

fn spell_name(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(Token::base).collect();
    words.join(" ")
}

/// The name in a line that is only a dash, a name and perhaps an addition after a comma.
pub(super) fn signature(tokens: &[Token]) -> Option<Mention> {
    let end = run_end(tokens, 1);
    let alone = tokens.get(end).is_none_or(|token| token.is_sign(','));
    if alone { mention(tokens, 1, end) } else { None }
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
    let place =
        name.split(' ').next().is_some_and(|first| cues::begins_place(&first.to_lowercase()));
    place || name.split(' ').any(|word| cues::is_no_person(&word.to_lowercase()))
}

/// Whether there is a quote among the tokens.
pub(super) fn has_quote(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| matches!(token.kind, Kind::Quote(_)))
}
