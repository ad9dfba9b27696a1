//! Who said it: the words of attribution before and after a quote.

use super::cues::{self, Gender};
use super::names::{self, Mention, is_name_word, join, mention, run_end, run_start};
use super::words::{Kind, Token};

/// Who is said to speak.
#[derive(Debug, Clone)]
pub(super) enum Subject {
    /// By name.
    Named(Box<Mention>),
    /// `he`, `she`, `they`.
    Pronoun(Option<Gender>, bool),
    /// `the analyst`: somebody named before.
    Definite(String),
    /// `a spokesman for the group`: nobody that has a name.
    Nameless(String, Option<String>),
}

/// What the words around a quote say about it.
#[derive(Debug, Clone)]
pub(super) struct Attribution {
    pub(super) subject: Subject,
    /// The verb as written.
    pub(super) cue: Option<String>,
    /// Index of the verb in the tokens.
    pub(super) at: usize,
    /// Whether the verb is one of saying.
    pub(super) saying: bool,
}

/// Reads the words after a quote.
///
/// `loose` lets other words stand between the quote and the subject's verb.
pub(super) fn after(tokens: &[Token], loose: bool) -> Option<Attribution> {
    let start = tokens
        .iter()
        .take_while(|token| matches!(token.kind, Kind::Sign(',' | '—' | '–' | '-')))
        .count();
    let dashed =
        tokens.iter().take(start).any(|token| matches!(token.kind, Kind::Sign('—' | '–' | '-')));
    let first = tokens.get(start)?;
    if let Some((cue_end, at)) = leading_cue(tokens, start) {
        let subject = inverted(tokens, cue_end)?;
        return Some(Attribution {
            subject,
            cue: tokens.get(start..cue_end).map(cue_text),
            at,
            saying: true,
        });
    }
    if dashed && run_end(tokens, start) > start {
        let end = run_end(tokens, start);
        if tokens.get(end).is_none_or(|token| !token.is_word()) {
            let subject = Subject::Named(Box::new(mention(tokens, start, end)?));
            return Some(Attribution { subject, cue: None, at: end, saying: true });
        }
    }
    let starts_subject = cues::is_pronoun(&first.low)
        || is_name_word(first)
        || matches!(
            first.low.as_str(),
            "the" | "a" | "an" | "one" | "his" | "her" | "its" | "their" | "another" | "i"
        )
        || cues::is_role(&first.low)
        || first.is_possessive();
    if !starts_subject {
        return None;
    }
    let reach = if loose { 40 } else { 6 };
    let limit = tokens.iter().take_while(|token| !token.is_stop()).count().min(start + reach);
    let at =
        (start..limit).find(|at| tokens.get(*at).is_some_and(|token| is_main_cue(&token.low)))?;
    let subject = before_cue(tokens.get(start..at)?)?;
    Some(Attribution {
        subject,
        cue: tokens.get(at).map(|token| token.text.clone()),
        at,
        saying: true,
    })
}

/// Verbs that can carry a sentence: not `saying`.
fn is_main_cue(low: &str) -> bool {
    cues::is_saying(low) && !low.ends_with("ing") && low != "according"
}

fn cue_text(tokens: &[Token]) -> String {
    let plain: Vec<&Token> = tokens.iter().filter(|token| !is_auxiliary(&token.low)).collect();
    join(plain)
}

fn is_auxiliary(low: &str) -> bool {
    matches!(low, "a" | "has" | "had" | "have" | "hat" | "ha" | "also" | "once" | "later" | "then")
}

/// A verb of saying or `according to` right here: where it ends, and its index.
fn leading_cue(tokens: &[Token], start: usize) -> Option<(usize, usize)> {
    let low = |at: usize| tokens.get(at).map_or("", |token| token.low.as_str());
    if low(start) == "according" && low(start + 1) == "to" {
        return Some((start + 2, start));
    }
    if cues::is_named_by(low(start)) && tokens.get(start + 1).is_some_and(is_name_word) {
        return Some((start + 1, start));
    }
    let at = start + usize::from(is_auxiliary(low(start)));
    (cues::is_saying(low(at)) && !tokens.get(at)?.is_high()).then_some((at + 1, at))
}

/// The subject after its verb: `said harbour master Tom Reilly`, `said the analyst`.
fn inverted(tokens: &[Token], from: usize) -> Option<Subject> {
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
    let ends = |token: &Token| {
        !token.is_word()
            || matches!(
                token.low.as_str(),
                "who"
                    | "that"
                    | "in"
                    | "on"
                    | "at"
                    | "as"
                    | "during"
                    | "after"
                    | "before"
                    | "when"
                    | "while"
                    | "with"
                    | "from"
                    | "by"
                    | "but"
                    | "adding"
                    | "to"
                    | "about"
                    | "last"
                    | "earlier"
                    | "if"
                    | "because"
                    | "whose"
                    | "this"
                    | "later"
                    | "following"
                    | "outside"
                    | "referring"
                    | "speaking"
                    | "via"
            )
    };
    let length = phrase.iter().take(24).take_while(|token| !ends(token)).count();
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
    Subject::Pronoun(cues::gender(&token.low), token.low == "they")
}

/// `the analyst`, `a spokesman for the group`.
fn nameless(phrase: &[Token]) -> Option<Subject> {
    let head = phrase.iter().position(|token| cues::is_role(&token.low))?;
    let definite = phrase.first().is_some_and(|token| {
        matches!(token.low.as_str(), "the" | "this" | "that" | "le" | "la" | "der" | "die" | "el")
    });
    let role = phrase.get(head)?.low.clone();
    if definite && head <= 3 {
        return Some(Subject::Definite(role));
    }
    let house = (head + 1..phrase.len()).find(|at| phrase.get(*at).is_some_and(is_name_word));
    let house = house.and_then(|at| phrase.get(at..run_end(phrase, at))).map(join);
    Some(Subject::Nameless(role, house))
}

/// The subject of a verb, read backwards from it.
pub(super) fn before_cue(clause: &[Token]) -> Option<Subject> {
    let skipped = clause.iter().rev().take_while(|token| is_skipped(&token.low)).count();
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
        return named_before(clause, start, end).or_else(|| first_subject(clause));
    }
    let from = (0..end).rev().take(10).find(|at| {
        let token = clause.get(*at);
        token.is_some_and(|token| {
            !token.is_word()
                || matches!(
                    token.low.as_str(),
                    "the" | "a" | "an" | "one" | "his" | "her" | "its" | "another"
                )
        })
    });
    let phrase = clause.get(from.unwrap_or(0)..end)?;
    if let Some(found) = nameless(phrase).filter(|_| phrase.len() <= 8) {
        return Some(found);
    }
    first_subject(clause)
}

fn is_skipped(low: &str) -> bool {
    (low.ends_with("ly") && low.len() > 4)
        || matches!(
            low,
            "has"
                | "have"
                | "had"
                | "was"
                | "is"
                | "also"
                | "later"
                | "then"
                | "who"
                | "to"
                | "would"
                | "will"
                | "further"
                | "once"
                | "never"
                | "as"
                | "then-"
                | "quoted"
                | "previously"
                | "hat"
                | "a"
                | "did"
                | "not"
                | "even"
                | "went"
                | "on"
                | "today"
                | "still"
                | "again"
                | "often"
                | "and"
                | "just"
                | "now"
                | "been"
                | "being"
                | "could"
                | "again,"
        )
        || cues::is_day(low)
}

/// The run of name words that ends before the verb, or the person whose house it is.
fn named_before(clause: &[Token], start: usize, end: usize) -> Option<Subject> {
    let article = start
        .checked_sub(1)
        .is_some_and(|at| clause.get(at).is_some_and(|token| token.low == "the"));
    let link = start.checked_sub(1 + usize::from(article))?;
    let linked = clause.get(link).is_some_and(|token| {
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

/// `Zhang Xin, researcher of …,` and `the bank's governor, Ilse Brandt,`: the subject before a comma.
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
        if first.is_none() {
            first = Some(found);
        }
    }
    first.map(|found| Subject::Named(Box::new(found))).or_else(|| first_subject(clause))
}

/// Who acts in a sentence, as far as its first name or pronoun tells.
pub(super) fn first_subject(clause: &[Token]) -> Option<Subject> {
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
            if !possessive && !governed {
                return mention(clause, at, end).map(|found| Subject::Named(Box::new(found)));
            }
            at = end;
        } else {
            at += 1;
        }
    }
    None
}

/// Reads the words before a quote, the sentence's beginning first.
pub(super) fn before(tokens: &[Token], naming: bool) -> Option<Attribution> {
    let by = tokens.iter().position(|token| token.low == "according");
    if let Some(at) = by.filter(|at| tokens.get(at + 1).is_some_and(|token| token.low == "to")) {
        if let Some(subject) = inverted(tokens, at + 2) {
            return Some(Attribution {
                subject,
                cue: tokens.get(at..at + 2).map(join),
                at,
                saying: true,
            });
        }
    }
    let is_cue = |token: &Token| {
        !token.is_high() && (cues::is_saying(&token.low) || (naming && cues::is_naming(&token.low)))
    };
    let at = tokens.iter().rposition(is_cue)?;
    let cue = tokens.get(at)?;
    let clause = tokens.get(..at)?;
    let saying = cues::is_saying(&cue.low);
    let participle =
        cue.low.ends_with("ing") && !clause.last().is_some_and(|token| token.low == "as");
    let subject = if participle {
        let main = clause.iter().position(|token| is_main_cue(&token.low));
        main.and_then(|main| before_cue(clause.get(..main)?)).or_else(|| first_subject(clause))
    } else {
        inverted_before(tokens, at).or_else(|| before_cue(clause))
    };
    Some(Attribution { subject: subject?, cue: Some(cue.text.clone()), at, saying })
}

/// `said Maria Lopez: “…”`: nothing stands before the verb.
fn inverted_before(tokens: &[Token], at: usize) -> Option<Subject> {
    let empty = tokens.get(..at)?.iter().all(|token| !token.is_word() || is_auxiliary(&token.low));
    if empty { inverted(tokens, at + 1) } else { None }
}

/// Where and how it was said: `interview with CCTV`, `statement`.
pub(super) fn occasion(tokens: &[Token]) -> Option<(usize, usize)> {
    let limit = tokens.len().min(60);
    for at in 0..limit {
        let low = |at: usize| tokens.get(at).map_or("", |token| token.low.as_str());
        if !matches!(low(at), "in" | "during" | "at" | "on" | "to" | "via" | "through" | "by") {
            continue;
        }
        let article = matches!(
            low(at + 1),
            "a" | "an" | "the" | "his" | "her" | "their" | "its" | "another" | "this"
        );
        let start = at + 1 + usize::from(article);
        let head = (start..start + 5).take_while(|at| tokens.get(*at).is_some_and(Token::is_word));
        let head = head
            .take_while(|at| !matches!(low(*at), "of" | "and" | "that" | "with"))
            .find(|at| cues::is_occasion(low(*at)));
        let Some(head) = head.filter(|_| article || low(at) == "in" || low(at) == "via") else {
            continue;
        };
        let goes_on = |token: &&Token| {
            token.is_word()
                && !cues::is_day(&token.low)
                && !cues::is_saying(&token.low)
                && !matches!(
                    token.low.as_str(),
                    "that"
                        | "who"
                        | "which"
                        | "and"
                        | "where"
                        | "when"
                        | "but"
                        | "he"
                        | "she"
                        | "after"
                        | "before"
                        | "as"
                )
        };
        let mut end =
            start + tokens.get(start..)?.iter().take(head - start + 14).take_while(goes_on).count();
        while end > head + 1 && cues::is_function(low(end - 1)) {
            end -= 1;
        }
        if end > head {
            return Some((start, end));
        }
    }
    None
}
