//! Tag expressions: the grammar of `tag=politics,(russia|china),-sport`.
//!
//! ```text
//! any  = all *( "|" all )
//! all  = term *( "," term )
//! term = "-" term / "(" any ")" / tag
//! ```
//!
//! `-` (not) binds tightest, then `,` (and), then `|` (or), as in ordinary logic: `a,b|c` is
//! `(a,b)|c`, and "politics and either of two" is written `politics,(russia|china)`. Blanks may
//! stand around operators. A tag is a run of other characters; a hyphen inside or at the end of
//! it belongs to it, and a `-` before it is the operator.

use std::fmt;
use std::iter::Peekable;
use std::vec;

/// The most tags an expression may name, repetitions included.
pub const TERMS_MAX: usize = 32;

/// The deepest nesting of groups and negations in an expression.
pub const NESTING_MAX: usize = 16;

/// The most characters of the expression that an error repeats.
const SHOWN_MAX: usize = 40;

/// A question about the tags of an article.
///
/// As parsed, `And` and `Or` have at least two parts and never stand directly in their own kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// The article has this tag, given by slug or id.
    Tag(String),
    /// The article does not match this.
    Not(Box<Expression>),
    /// The article matches all of these.
    And(Vec<Expression>),
    /// The article matches at least one of these.
    Or(Vec<Expression>),
}

impl Expression {
    /// The tags named in the expression, each once, in the order they first appear.
    #[must_use]
    pub fn terms(&self) -> Vec<&str> {
        let mut terms = Vec::new();
        self.collect_terms(&mut terms);
        terms
    }

    fn collect_terms<'a>(&'a self, terms: &mut Vec<&'a str>) {
        match self {
            Self::Tag(tag) if terms.contains(&tag.as_str()) => {}
            Self::Tag(tag) => terms.push(tag),
            Self::Not(inner) => inner.collect_terms(terms),
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.collect_terms(terms);
                }
            }
        }
    }
}

/// The canonical text: no blanks, and only the groups that precedence asks for.
///
/// Parsing it gives the same expression again.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => f.write_str(tag),
            Self::Not(inner) => match inner.as_ref() {
                Self::Tag(_) | Self::Not(_) => write!(f, "-{inner}"),
                Self::And(_) | Self::Or(_) => write!(f, "-({inner})"),
            },
            Self::And(parts) => {
                write_parts(f, parts, ",", |part| matches!(part, Self::And(_) | Self::Or(_)))
            }
            Self::Or(parts) => write_parts(f, parts, "|", |part| matches!(part, Self::Or(_))),
        }
    }
}

fn write_parts(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expression],
    operator: &str,
    grouped: impl Fn(&Expression) -> bool,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(operator)?;
        }
        if grouped(part) {
            write!(f, "({part})")?;
        } else {
            write!(f, "{part}")?;
        }
    }
    Ok(())
}

/// Why and where a text is not a tag expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// Where it went wrong, in code points from the start, the first being 0.
    pub position: usize,
    /// What was expected and what was there.
    pub message: String,
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at position {}", self.message, self.position)
    }
}

impl std::error::Error for ExpressionError {}

/// The expression a text stands for.
///
/// # Errors
/// Tells where the text leaves the grammar, or passes [`TERMS_MAX`] or [`NESTING_MAX`].
pub fn parse(text: &str) -> Result<Expression, ExpressionError> {
    let end = text.chars().count();
    let tokens = tokens(text)?.into_iter().peekable();
    let mut parser = Parser { tokens, end, nesting: 0, terms: 0 };
    let expression = parser.any()?;
    match parser.next() {
        (_, Token::End) => Ok(expression),
        (position, Token::Close) => {
            Err(ExpressionError { position, message: "this `)` closes nothing".into() })
        }
        found => Err(expected("`,`, `|` or the end", &found)),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    And,
    Or,
    Not,
    Open,
    Close,
    Tag(&'a str),
    End,
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And => f.write_str("`,`"),
            Self::Or => f.write_str("`|`"),
            Self::Not => f.write_str("`-`"),
            Self::Open => f.write_str("`(`"),
            Self::Close => f.write_str("`)`"),
            Self::End => f.write_str("the end"),
            Self::Tag(tag) => match tag.char_indices().nth(SHOWN_MAX) {
                Some((cut, _)) => write!(f, "`{}…`", tag.get(..cut).unwrap_or_default()),
                None => write!(f, "`{tag}`"),
            },
        }
    }
}

/// The tokens of a text, each with the code point it starts at.
fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, ExpressionError> {
    let mut tokens = Vec::new();
    let mut position = 0;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let token = match c {
            ',' => Some(Token::And),
            '|' => Some(Token::Or),
            '-' => Some(Token::Not),
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            c if c.is_whitespace() => None,
            _ => Some(Token::Tag(leading_tag(rest))),
        };
        let (bytes, points) = match token {
            Some(Token::Tag(tag)) => (tag.len(), tag.chars().count()),
            _ => (c.len_utf8(), 1),
        };
        if let Some(Token::Tag(tag)) = token
            && let Some(at) = tag.chars().position(char::is_control)
        {
            let message = "a tag has no control characters, found one".into();
            return Err(ExpressionError { position: position + at, message });
        }
        tokens.extend(token.map(|token| (position, token)));
        position += points;
        rest = rest.get(bytes..).unwrap_or_default();
    }
    Ok(tokens)
}

fn leading_tag(text: &str) -> &str {
    let ends = |c: char| matches!(c, ',' | '|' | '(' | ')') || c.is_whitespace();
    text.split(ends).next().unwrap_or_default()
}

fn expected(what: &str, found: &(usize, Token<'_>)) -> ExpressionError {
    let (position, token) = found;
    ExpressionError { position: *position, message: format!("expected {what}, found {token}") }
}

/// `left,right`, as one list when either side is one already.
fn both(left: Expression, right: Expression) -> Expression {
    let parts = [left, right].into_iter().flat_map(|side| match side {
        Expression::And(parts) => parts,
        other => vec![other],
    });
    Expression::And(parts.collect())
}

/// `left|right`, as one list when either side is one already.
fn either(left: Expression, right: Expression) -> Expression {
    let parts = [left, right].into_iter().flat_map(|side| match side {
        Expression::Or(parts) => parts,
        other => vec![other],
    });
    Expression::Or(parts.collect())
}

/// A parser by recursive descent; [`NESTING_MAX`] bounds how far it descends.
struct Parser<'a> {
    tokens: Peekable<vec::IntoIter<(usize, Token<'a>)>>,
    end: usize,
    nesting: usize,
    terms: usize,
}

impl<'a> Parser<'a> {
    fn next(&mut self) -> (usize, Token<'a>) {
        self.tokens.next().unwrap_or((self.end, Token::End))
    }

    fn take(&mut self, wanted: Token<'_>) -> bool {
        self.tokens.next_if(|(_, token)| *token == wanted).is_some()
    }

    fn any(&mut self) -> Result<Expression, ExpressionError> {
        let mut expression = self.all()?;
        while self.take(Token::Or) {
            expression = either(expression, self.all()?);
        }
        Ok(expression)
    }

    fn all(&mut self) -> Result<Expression, ExpressionError> {
        let mut expression = self.term()?;
        while self.take(Token::And) {
            expression = both(expression, self.term()?);
        }
        Ok(expression)
    }

    fn term(&mut self) -> Result<Expression, ExpressionError> {
        let found = self.next();
        match found {
            (position, Token::Tag(tag)) => {
                self.terms += 1;
                if self.terms > TERMS_MAX {
                    let message = format!("more than {TERMS_MAX} tags");
                    return Err(ExpressionError { position, message });
                }
                Ok(Expression::Tag(tag.to_owned()))
            }
            (position, Token::Not) => {
                self.descend(position)?;
                let inner = self.term()?;
                self.nesting -= 1;
                Ok(Expression::Not(Box::new(inner)))
            }
            (position, Token::Open) => {
                self.descend(position)?;
                let inner = self.any()?;
                self.nesting -= 1;
                match self.next() {
                    (_, Token::Close) => Ok(inner),
                    found => Err(expected("`,`, `|` or `)`", &found)),
                }
            }
            found => Err(expected("a tag", &found)),
        }
    }

    fn descend(&mut self, position: usize) -> Result<(), ExpressionError> {
        self.nesting += 1;
        if self.nesting > NESTING_MAX {
            let message = format!("more than {NESTING_MAX} levels of nesting");
            return Err(ExpressionError { position, message });
        }
        Ok(())
    }
}
