//! Who said it: the words of attribution before and after a quote.

mod subjects;

use super::cues::{self, Gender};
use super::names::{Mention, is_name_word, join, mention, run_end};
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
        || cues::is_role(&first.low)
        || first.is_possessive()
        || is_article(&first.low)
        || (loose && first.is_word() && !cues::is_function(&first.low));
    let reach = if loose { 40 } else { 6 };
    let limit = tokens.iter().take_while(|token| !token.is_stop()).count().min(start + reach);
    let is_cue = |at: &usize| tokens.get(*at).is_some_and(|token| is_main_cue(&token.low));
    if starts_subject {
        let at = (start..limit).find(is_cue)?;
        let subject = before_cue(tokens.get(start..at)?)?;
        let cue = tokens.get(at).map(|token| token.text.clone());
        return Some(Attribution { subject, cue, at, saying: true });
    }
    if loose { parenthetic(tokens, start, limit) } else { None }
}

/// `, said Richard Curtin` or `, Nefzi said` at the end of a sentence that a quote begins.
fn parenthetic(tokens: &[Token], start: usize, limit: usize) -> Option<Attribution> {
    let comma = (start..limit).rev().find(|at| {
        let after = tokens.get(at + 1..limit).unwrap_or_default();
        let inverted = after.first().is_some_and(|token| is_main_cue(&token.low));
        let short = run_end(after, 0);
        let named = short > 0 && after.get(short).is_some_and(|token| is_main_cue(&token.low));
        tokens.get(*at).is_some_and(|token| token.is_sign(',')) && (inverted || named)
    })?;
    after(tokens.get(comma + 1..limit)?, false)
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

/// Reads the words before a quote, the sentence's beginning first.
pub(super) fn before(tokens: &[Token], naming: bool) -> Option<Attribution> {
    let by = tokens.iter().position(|token| token.low == "according");
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
    let is_cue = |token: &Token| {
        !token.is_high() && (cues::is_saying(&token.low) || (naming && cues::is_naming(&token.low)))
    };
    let at = tokens.iter().rposition(is_cue)?;
    let cue = tokens.get(at)?;
    let clause = tokens.get(..at)?;
    let saying = cues::is_saying(&cue.low);
    let participle =
        cue.low.ends_with("ing") && clause.last().is_none_or(|token| token.low != "as");
    let subject = if participle {
        let main = clause.iter().position(|token| is_main_cue(&token.low));
        main.and_then(|main| before_cue(clause.get(..main)?)).or_else(|| first_subject(clause))
    } else {
        inverted_before(tokens, at).or_else(|| before_cue(clause))
    };
    if subject.is_none() && naming {
        return before(clause, false);
    }
    Some(Attribution { subject: subject?, cue: Some(cue.text.clone()), at, saying })
}

/// `said Maria Lopez: “…”`: nothing stands before the verb.
fn inverted_before(tokens: &[Token], at: usize) -> Option<Subject> {
    let empty = tokens.get(..at)?.iter().all(|token| !token.is_word() || is_auxiliary(&token.low));
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
