//! Paragraphs, words and sentences, with a quote counted as one word.

use super::marks::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters or digits, with the apostrophes, hyphens and full stops that belong to them.
    Word,
    /// A whole quote with its marks; the number counts the text's spans.
    Quote(usize),
    /// Any other sign.
    Sign(char),
}

/// A word, a sign, or a whole quote.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// First code point.
    pub(super) start: usize,
    /// After the last code point.
    pub(super) end: usize,
    /// As written; empty for quotes.
    pub(super) text: String,
    /// In lower case.
    pub(super) low: String,
}

impl Token {
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Whether it is a word with a capital.
    pub(super) fn is_high(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it ends in `'s`.
    pub(super) fn is_possessive(&self) -> bool {
        self.low.ends_with("'s") || self.low.ends_with("’s")
    }

    /// The word without `'s`.
    pub(super) fn base(&self) -> &str {
        self.text.strip_suffix("'s").or_else(|| self.text.strip_suffix("’s")).unwrap_or(&self.text)
    }

    /// After the last code point of the word without `'s`.
    pub(super) fn base_end(&self) -> usize {
        self.end - if self.is_possessive() { 2 } else { 0 }
    }

    /// Whether it ends a sentence or a part of one.
    pub(super) fn is_stop(&self) -> bool {
        matches!(self.kind, Kind::Sign('.' | '!' | '?' | '…' | ';'))
    }
}

/// Words that keep their full stop.
const ABBREVIATIONS: &str = "
    mr mrs ms dr prof sen sens rep reps gov gen col lt sgt capt cmdr maj adm rev hon st jr sr inc
    corp co ltd no vs jan feb aug sept oct nov dec dep supt det insp messrs atty calif tex fla va
    pa ga mass mich minn wash wis conn ariz ala ark ill ind tenn ky md mo
";

fn is_abbreviation(low: &str) -> bool {
    ABBREVIATIONS.split_ascii_whitespace().any(|known| known == low)
}

/// Cuts the text into paragraphs: half-open ranges of code points.
///
/// A line break inside a sentence is no end of a paragraph.
pub(super) fn paragraphs(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut after_blank = true;
    let mut at = 0;
    for line in chars.split(|c| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')) {
        let lead = line.iter().take_while(|c| is_blank(**c)).count();
        let tail = line.iter().rev().take_while(|c| is_blank(**c)).count();
        let (start, end) = (at + lead, (at + line.len()).saturating_sub(tail));
        at += line.len() + 1;
        if end <= start {
            after_blank |= !line.is_empty() || !is_crlf(chars, at);
            continue;
        }
        let low = chars.get(start).is_some_and(|c| c.is_lowercase());
        let open = found.last().and_then(|(_, end)| chars.get(end.checked_sub(1)?));
        let open =
            open.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '—' | ';'));
        match found.last_mut() {
            Some(last) if !after_blank && low && open => last.1 = end,
            _ => found.push((start, end)),
        }
        after_blank = false;
    }
    found
}

/// White space, and the invisible signs that pages carry along: directions, joins, byte order marks.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether the empty line that ends before `at` is only the inside of a CR LF.
fn is_crlf(chars: &[char], at: usize) -> bool {
    let pair = at.checked_sub(2).and_then(|from| chars.get(from..at));
    pair == Some(&['\r', '\n'])
}

/// The tokens of a paragraph; `spans` are the quotes that stand in it, `first` the number of the first of them.
pub(super) fn tokens(
    chars: &[char],
    range: (usize, usize),
    spans: &[Span],
    first: usize,
) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = range.0;
    let mut spans = spans.iter().zip(first..).peekable();
    while at < range.1 {
        if let Some((span, number)) = spans.next_if(|(span, _)| span.outer_start <= at) {
            let end = span.outer_end.max(at + 1);
            tokens.push(Token {
                kind: Kind::Quote(number),
                start: at,
                end,
                text: String::new(),
                low: String::new(),
            });
            at = end;
            continue;
        }
        let limit = spans.peek().map_or(range.1, |(span, _)| span.outer_start.min(range.1));
        let Some(c) = chars.get(at).copied() else { break };
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let end = if c.is_alphanumeric() { word_end(chars, at, limit) } else { at + 1 };
        let text: String = chars.get(at..end).unwrap_or_default().iter().collect();
        let kind = if c.is_alphanumeric() { Kind::Word } else { Kind::Sign(c) };
        tokens.push(Token { kind, start: at, end, low: text.to_lowercase(), text });
        at = end;
    }
    tokens
}

fn word_end(chars: &[char], start: usize, limit: usize) -> usize {
    let mut end = start;
    let mut dots = false;
    while end < limit {
        let Some(c) = chars.get(end) else { break };
        let joins = matches!(c, '\'' | '’' | '-' | '.' | '&' | '_' | '@' | ',');
        let next = chars.get(end + 1).filter(|_| end + 1 < limit);
        let before = end.checked_sub(1).and_then(|at| chars.get(at));
        let inside = match c {
            ',' => {
                next.is_some_and(char::is_ascii_digit) && before.is_some_and(char::is_ascii_digit)
            }
            _ => joins && next.is_some_and(|next| next.is_alphanumeric()),
        };
        if !c.is_alphanumeric() && !inside {
            break;
        }
        dots |= *c == '.';
        end += 1;
    }
    if chars.get(end) == Some(&'.') && end < limit {
        let word = chars.get(start..end).unwrap_or_default();
        let initial = word.len() == 1 && word.first().is_some_and(|c| c.is_uppercase());
        let low: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
        let high = word.first().is_some_and(|c| c.is_uppercase());
        let letters = word.iter().all(|c| c.is_alphabetic() || *c == '.');
        let goes_on = high && chars.get(end + 1).is_some_and(|c| matches!(c, ',' | ')' | ';'));
        if initial || goes_on || (dots && letters) || (high && is_abbreviation(&low)) {
            end += 1;
        }
    }
    end
}

/// Cuts a paragraph's tokens into sentences: half-open ranges.
///
/// `attached` answers whether what follows a quote with a final mark still belongs to it.
pub(super) fn sentences(
    tokens: &[Token],
    last_sign: impl Fn(usize) -> Option<char>,
    attached: impl Fn(usize, char) -> bool,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let ends = match token.kind {
            Kind::Sign('.' | '!' | '?' | '…') => {
                next.is_none_or(|next| {
                    !next.is_word() || !next.text.starts_with(char::is_lowercase)
                }) && next
                    .is_none_or(|next| !matches!(next.kind, Kind::Sign(c) if c != '(' && c != '['))
            }
            Kind::Quote(number) => match (last_sign(number), next) {
                (Some(sign @ ('.' | '!' | '?' | '…')), Some(next)) => match next.kind {
                    Kind::Quote(_) => true,
                    Kind::Sign(_) => false,
                    Kind::Word => next.is_high() && !attached(at + 1, sign),
                },
                _ => false,
            },
            _ => false,
        };
        if ends {
            found.push((start, at + 1));
            start = at + 1;
        }
    }
    if start < tokens.len() {
        found.push((start, tokens.len()));
    }
    found
}
