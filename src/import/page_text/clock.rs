//! Dates and times as pages print them: `08:05 GMT1 June 2021`, `Monday, May 3, 2019`, `2019-05-03`.

use std::iter::Peekable;
use std::str::Chars;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// A moment as far as the text tells it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    date: Option<Date>,
    time: Option<Time>,
    offset: Option<Offset>,
    /// Whether a date stands there whose day and month cannot be told apart.
    ambiguous: bool,
}

impl Stamp {
    /// Whether it holds a time of day: what makes a date a clock.
    pub(super) fn has_time(&self) -> bool {
        self.time.is_some()
    }

    /// Whether it holds a date, readable or not.
    pub(super) fn has_date(&self) -> bool {
        self.date.is_some() || self.ambiguous
    }

    /// The instant, only when date, time and zone are all there.
    pub(super) fn exact(&self) -> Option<Timestamp> {
        instant(self.date?, self.time?, self.offset?)
    }

    /// The instant, midnight and UTC standing in for what is missing.
    pub(super) fn assumed(&self) -> Option<Timestamp> {
        let time = self.time.unwrap_or_else(Time::midnight);
        instant(self.date?, time, self.offset.unwrap_or(Offset::UTC))
    }
}

fn instant(date: Date, time: Time, offset: Offset) -> Option<Timestamp> {
    offset.to_timestamp(DateTime::from_parts(date, time)).ok()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number(i16, usize),
    Word(String),
    Sign(char),
}

/// Reads the moment at the beginning of the text; answers it with what follows.
pub(super) fn parse(text: &str) -> Option<(Stamp, String)> {
    let tokens = tokens(text);
    let mut stamp = Stamp::default();
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        let taken = take_time(rest, &mut stamp)
            .or_else(|| take_zone(rest, &mut stamp))
            .or_else(|| take_date(rest, &mut stamp))
            .or_else(|| take_filler(rest));
        match taken {
            Some(count) => at += count,
            None => break,
        }
    }
    if !stamp.has_date() && !stamp.has_time() {
        return None;
    }
    let words: Vec<String> = tokens.get(at..).unwrap_or_default().iter().map(spell).collect();
    Some((stamp, words.concat().trim().to_owned()))
}

fn spell(token: &Token) -> String {
    match token {
        Token::Number(value, _) => value.to_string(),
        Token::Word(word) => word.clone(),
        Token::Sign(sign) => sign.to_string(),
    }
}

fn run(chars: &mut Peekable<Chars<'_>>, same: fn(char) -> bool) -> String {
    let mut found = String::new();
    while let Some(c) = chars.next_if(|c| same(*c)) {
        found.push(c);
    }
    found
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.peek().copied() {
        if c.is_ascii_digit() {
            let digits = run(&mut chars, |c| c.is_ascii_digit());
            tokens.push(match digits.parse() {
                Ok(value) => Token::Number(value, digits.len()),
                Err(_) => Token::Word(digits),
            });
        } else if c.is_alphabetic() {
            tokens.push(Token::Word(run(&mut chars, char::is_alphabetic)));
        } else {
            chars.next();
            tokens.push(Token::Sign(c));
        }
    }
    tokens
}

/// `08:05`, `08:05:30`, `5:23 pm`.
fn take_time(rest: &[Token], stamp: &mut Stamp) -> Option<usize> {
    let [Token::Number(hour, 1..=2), Token::Sign(':'), Token::Number(minute, 2), after @ ..] = rest
    else {
        return None;
    };
    let (mut taken, mut second, mut after) = (3, 0, after);
    if let [Token::Sign(':'), Token::Number(value, 2), more @ ..] = after {
        (taken, second, after) = (taken + 2, *value, more);
    }
    let mut hour = *hour;
    let spaces = after.iter().take_while(|token| **token == Token::Sign(' ')).count();
    if let Some(Token::Word(word)) = after.get(spaces) {
        let half = word.to_ascii_lowercase();
        if half == "am" || half == "pm" {
            hour = hour.checked_rem(12)? + if half == "pm" { 12 } else { 0 };
            taken += spaces + 1;
        }
    }
    let [hour, minute, second] =
        [hour, *minute, second].map(|part| i8::try_from(part).unwrap_or(-1));
    stamp.time = Some(Time::new(hour, minute, second, 0).ok()?);
    Some(taken)
}

/// `GMT`, `CEST`, `+03:00`, `GMT+3`.
fn take_zone(rest: &[Token], stamp: &mut Stamp) -> Option<usize> {
    stamp.time?;
    let (base, used) = match rest.first()? {
        Token::Word(word) => (zone_hours(word)?, 1),
        Token::Sign('+' | '-') => (0, 0),
        _ => return None,
    };
    let sign = match rest.get(used) {
        Some(Token::Sign('+')) => 1,
        Some(Token::Sign('-')) => -1,
        _ => 0,
    };
    let shift = match rest.get(used + 1..).unwrap_or_default() {
        [Token::Number(hours, 1..=2), Token::Sign(':'), Token::Number(minutes, 2), ..] => {
            Some((*hours, *minutes, 4))
        }
        [Token::Number(both, 4), ..] => Some((both / 100, both % 100, 2)),
        [Token::Number(hours, 1..=2), ..] => Some((*hours, 0, 2)),
        _ => None,
    };
    let (seconds, taken) = match shift {
        Some((hours, minutes, taken)) if sign != 0 && hours <= 14 => {
            (sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60), used + taken)
        }
        _ if used == 1 => (0, 1),
        _ => return None,
    };
    stamp.offset = Some(Offset::from_seconds(base * 3600 + seconds).ok()?);
    Some(taken)
}

fn zone_hours(word: &str) -> Option<i32> {
    Some(match word {
        "GMT" | "UTC" | "Z" | "WET" => 0,
        "BST" | "CET" | "WAT" | "WEST" => 1,
        "CEST" | "EET" | "SAST" | "CAT" => 2,
        "MSK" | "EEST" | "EAT" => 3,
        "HKT" | "SGT" | "AWST" => 8,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "MDT" => -6,
        "PDT" | "MST" => -7,
        "PST" => -8,
        _ => return None,
    })
}

/// `1 June 2021`, `June 1st, 2021`, `2021-06-01`, `01.06.2021`.
fn take_date(rest: &[Token], stamp: &mut Stamp) -> Option<usize> {
    if stamp.has_date() {
        return None;
    }
    if let [
        Token::Number(a, 1..=2),
        Token::Sign(sep @ ('/' | '.')),
        Token::Number(b, 1..=2),
        Token::Sign(again),
        Token::Number(year, 4),
        ..,
    ] = rest
    {
        if sep != again {
            return None;
        }
        match (*a, *b) {
            (day, month) if *sep == '.' || day > 12 || day == month => {
                stamp.date = date(*year, month, day);
            }
            (month, day) if day > 12 => stamp.date = date(*year, month, day),
            _ => stamp.ambiguous = true,
        }
        return stamp.has_date().then_some(5);
    }
    if let [
        Token::Number(year, 4),
        Token::Sign('-' | '/'),
        Token::Number(month, 2),
        Token::Sign('-' | '/'),
        Token::Number(day, 2),
        ..,
    ] = rest
    {
        stamp.date = Some(date(*year, *month, *day)?);
        return Some(5);
    }
    let mut parts = rest.iter().enumerate().filter(|(_, token)| {
        !matches!(token, Token::Sign(' ' | ',' | '.'))
            && !matches!(token, Token::Word(w) if matches!(w.to_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "of"))
    });
    let ((first, a), (_, b), (last, year)) = (parts.next()?, parts.next()?, parts.next()?);
    let (month, day) = match (a, b) {
        (Token::Number(day, 1..=2), Token::Word(word))
        | (Token::Word(word), Token::Number(day, 1..=2)) => (month(word)?, *day),
        _ => return None,
    };
    let Token::Number(year, 4) = year else { return None };
    if first != 0 {
        return None;
    }
    stamp.date = Some(date(*year, month, day)?);
    Some(last + 1)
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let number = (1_i16..).zip(MONTHS).find(|(_, month)| {
        *month == word
            || (word.len() == 3 && month.starts_with(&word))
            || (word == "sept" && *month == "september")
    });
    number.map(|(number, _)| number)
}

/// Days of the week and what stands between a date and a time.
fn take_filler(rest: &[Token]) -> Option<usize> {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    match rest.first()? {
        Token::Sign(' ' | ',' | '|' | '-' | '–' | '—' | '·' | '•' | '(' | ')' | '/' | '.') => {
            Some(1)
        }
        Token::Word(word) => {
            let word = word.to_lowercase();
            let day = DAYS.iter().any(|day| {
                *day == word || (word.len() >= 3 && word.len() <= 5 && day.starts_with(&word))
            });
            let joins = matches!(word.as_str(), "at" | "on" | "t" | "hrs" | "local" | "time");
            (day || joins).then_some(1)
        }
        _ => None,
    }
}
