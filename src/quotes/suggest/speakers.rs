//! Who said it: the words of attribution before and after a quote.

mod subjects;

use super::cues::{self, Gender};
use super::names::{Mention, is_name_word, join, mention, run_end, run_start};
use super::words::{Kind, Token};
pub(super) use subjects::first_subject;
use subjects::{before_cue, inverted};

/// Who is said to speak.
#[derive(Debug, Clone)]
pub(super) enum Subject {
    /// By name.
    Named(Box<Mention>),
    /// `he`, `she`, `they`.
    Pronoun(Option<Gender>, bool, (usize, usize)),
    /// `the analyst`: somebody named before.
    Definite(String, (usize, usize)),
    /// `a spokesman for the group`, `the report`: nobody that has a name.
    Nameless(Option<String>, Option<String>, (usize, usize)),
}

impl Subject {
    /// Where the text says it: `Mr. McCain`, `he`, `a spokesman for the group`.
    pub(super) fn written(&self) -> (usize, usize) {
        match self {
            Self::Named(mention) => mention.written,
            Self::Pronoun(_, _, written)
            | Self::Definite(_, written)
            | Self::Nameless(_, _, written) => *written,
        }
    }
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
        .take_while(|token| matches!(token.kind, Kind::Sign(',' | '—' | '–' | '-' | '"' | '”')))
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
        || first.low == "it"
        || is_name_word(first)
        || cues::is_role(&first.low)
        || first.is_possessive()
        || is_article(&first.low)
        || (loose && first.is_word() && !cues::is_function(&first.low));
    let reach = if loose { 40 } else { 9 };
    let limit = tokens.iter().take_while(|token| !token.is_stop()).count();
    let is_cue = |at: &usize| is_main_cue_at(tokens, *at);
    if let Some(at) = (start..limit.min(start + reach)).find(is_cue).filter(|_| starts_subject)
        && let Some(subject) = before_cue(tokens.get(start..at)?)
    {
        return Some(Attribution { subject, cue: Some(cue_at(tokens, at)), at, saying: true });
    }
    parenthetic(tokens, start, limit.min(start + 40))
}

/// The words after a comma, without another look for a comma.
fn after_plain(tokens: &[Token]) -> Option<Attribution> {
    if let Some((cue_end, at)) = leading_cue(tokens, 0) {
        let cue = tokens.get(..cue_end).map(cue_text);
        return Some(Attribution { subject: inverted(tokens, cue_end)?, cue, at, saying: true });
    }
    let at = (0..tokens.len().min(12)).find(|at| is_main_cue_at(tokens, *at))?;
    let subject = before_cue(tokens.get(..at)?)?;
    Some(Attribution { subject, cue: Some(cue_at(tokens, at)), at, saying: true })
}

/// `, said Richard Curtin` or `, Nefzi said` at the end of a sentence that a quote begins.
fn parenthetic(tokens: &[Token], start: usize, limit: usize) -> Option<Attribution> {
    let comma = (start..limit).rev().find(|at| {
        let after = tokens.get(at + 1..limit).unwrap_or_default();
        let inverted =
            is_main_cue_at(after, 0) || after.first().is_some_and(|token| token.low == "according");
        let pronoun = after.first().is_some_and(|token| cues::is_pronoun(&token.low));
        let article = after.first().is_some_and(|token| is_article(&token.low));
        let short = match run_end(after, usize::from(article)) {
            end if end > usize::from(article) => end,
            _ if pronoun => 1,
            _ if article => 2,
            _ => 0,
        };
        let named = short > 0 && is_main_cue_at(after, short);
        tokens.get(*at).is_some_and(|token| token.is_sign(',')) && (inverted || named)
    })?;
    after_plain(tokens.get(comma + 1..)?)
        .map(|found| Attribution { at: found.at + comma + 1, ..found })
}

fn is_article(low: &str) -> bool {
    matches!(
        low,
        "the" | "a" | "an" | "one" | "his" | "her" | "its" | "their" | "another" | "this" | "that"
    )
}

/// Verbs that can carry a sentence: not `saying`.
fn is_main_cue(low: &str) -> bool {
    cues::is_saying(low) && !low.ends_with("ing") && low != "according"
}

fn is_main_cue_at(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| is_main_cue(&token.low)) || is_retort(tokens, at)
}

/// The verb as written, with the adverb that makes it one of saying.
fn cue_at(tokens: &[Token], at: usize) -> String {
    let length = if is_retort(tokens, at) { 2 } else { 1 };
    join(tokens.get(at..at + length).unwrap_or_default())
}

/// `shot back`, `went on`: verbs of saying only together with their adverb.
fn is_retort(tokens: &[Token], at: usize) -> bool {
    let low = |at: usize| tokens.get(at).map_or("", |token| token.low.as_str());
    match low(at) {
        "shot" | "fired" | "hit" | "struck" | "snapped" | "pushed" | "punched" | "shoots"
        | "fires" | "hits" => low(at + 1) == "back",
        "went" | "goes" => low(at + 1) == "on" && low(at + 2) == "to" || low(at + 1) == "further",
        "chimed" | "weighed" => low(at + 1) == "in",
        _ => false,
    }
}

fn cue_text(tokens: &[Token]) -> String {
    let plain: Vec<&Token> = tokens.iter().filter(|token| !is_auxiliary(&token.low)).collect();
    join(plain)
}

fn is_auxiliary(low: &str) -> bool {
    matches!(low, "a" | "has" | "had" | "have" | "hat" | "ha" | "also" | "once" | "later" | "then")
}

/// `Poll overhype - HuffPollster: “…”`: a name right before the colon.
pub(super) fn before_colon(tokens: &[Token]) -> Option<Subject> {
    let end =
        tokens.len().checked_sub(1).filter(|at| tokens.get(*at).is_some_and(|t| t.is_sign(':')))?;
    let start = run_start(tokens, end);
    let bare =
        start.checked_sub(1).and_then(|at| tokens.get(at)).is_none_or(|token| !token.is_word());
    mention(tokens, start, end).filter(|_| bare && start < end).map(|m| Subject::Named(Box::new(m)))
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
    if is_retort(tokens, at) {
        return Some((at + 2, at));
    }
    (cues::is_saying(low(at)) && !tokens.get(at)?.is_high()).then_some((at + 1, at))
}

/// Reads the words before a quote, the sentence's beginning first.
///
/// The verb stands at `from` or later; before it are the words around earlier quotes of the sentence.
pub(super) fn before(tokens: &[Token], from: usize, naming: bool) -> Option<Attribution> {
    let by = (from..tokens.len()).find(|at| tokens.get(*at).is_some_and(|t| t.low == "according"));
    if let Some(at) = by.filter(|at| tokens.get(at + 1).is_some_and(|token| token.low == "to"))
        && let Some(subject) = inverted(tokens, at + 2)
    {
        return Some(Attribution {
            subject,
            cue: tokens.get(at..at + 2).map(join),
            at,
            saying: true,
        });
    }
    let is_cue = |at: &usize| {
        let Some(token) = tokens.get(*at) else { return false };
        let relative = at
            .checked_sub(1)
            .and_then(|at| tokens.get(at))
            .is_some_and(|token| matches!(token.low.as_str(), "who" | "which" | "to"));
        let verb = cues::is_saying(&token.low)
            || is_retort(tokens, *at)
            || (naming && cues::is_naming(&token.low));
        verb && (!token.is_high() || *at == 0) && (!relative || *at + 1 == tokens.len())
    };
    let at = (from..tokens.len()).rev().find(is_cue)?;
    let cue = tokens.get(at)?;
    let clause = tokens.get(..at)?;
    let saying = cues::is_saying(&cue.low) || is_retort(tokens, at);
    let participle =
        cue.low.ends_with("ing") && clause.last().is_none_or(|token| token.low != "as");
    let beside = clause.last().is_some_and(|token| is_name_word(token) && !token.is_possessive());
    let subject = if participle && !beside {
        let main = (0..at).rev().find(|at| is_main_cue_at(tokens, *at));
        main.and_then(|main| before_cue(clause.get(..main)?)).or_else(|| first_subject(clause))
    } else {
        inverted_before(tokens, from, at).or_else(|| before_cue(clause.get(from..)?)).or_else(
            || {
                let joined = from > 0;
                first_subject(clause).filter(|_| joined)
            },
        )
    };
    // `Cruz replied, adding that he thinks “…”`: the one who thinks has been named.
    let vague = !saying && matches!(subject, Some(Subject::Pronoun(..)));
    let outer = (subject.is_none() || vague) && naming;
    if outer && let Some(found) = before(clause, from.min(at), false) {
        return Some(Attribution { cue: Some(cue.text.clone()), at, ..found });
    }
    Some(Attribution { subject: subject?, cue: Some(cue_at(tokens, at)), at, saying })
}

/// `said Maria Lopez: “…”`: nothing stands before the verb.
fn inverted_before(tokens: &[Token], from: usize, at: usize) -> Option<Subject> {
    let empty =
        tokens.get(from..at)?.iter().all(|token| !token.is_word() || is_auxiliary(&token.low));
    if empty { inverted(tokens, at + 1) } else { None }
}

/// Where and how it was said: `interview with Radio 4`, `statement`.
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
