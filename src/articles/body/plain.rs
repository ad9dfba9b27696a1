//! The plain text of sanitised HTML, and its words.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text of sanitised HTML: blocks apart by a blank line; line breaks, list items and table
/// rows and cells on lines of their own; white space folded to single spaces; NFC.
pub(super) fn text_of(html: &str) -> String {
    let tokenizer = Tokenizer::new(Writer::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.page.take().text.nfc().collect()
}

/// Receives the tokens of the HTML.
#[derive(Default)]
struct Writer {
    page: RefCell<Page>,
}

impl TokenSink for Writer {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut page = self.page.borrow_mut();
        match token {
            Token::TagToken(tag) => page.tag(&tag),
            Token::CharacterTokens(text) => text.chars().for_each(|c| page.write(c)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The text so far, and what stands between it and what comes next.
#[derive(Default)]
struct Page {
    text: String,
    /// A space is due, unless a line ends first.
    space: bool,
    /// How many new lines are due: 2 make a blank line.
    lines: usize,
    lists: usize,
    preformatted: bool,
}

impl Page {
    fn tag(&mut self, tag: &Tag) {
        let opens = tag.kind == TagKind::StartTag;
        match tag.name.as_ref() {
            "br" => self.lines = (self.lines + 1).min(2),
            "caption" | "dd" | "dt" | "li" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => {
                self.part(1);
            }
            "ol" | "ul" => {
                if !opens {
                    self.lists = self.lists.saturating_sub(1);
                }
                self.part(if self.lists == 0 { 2 } else { 1 });
                if opens {
                    self.lists += 1;
                }
            }
            "pre" => {
                self.part(2);
                self.preformatted = opens;
            }
            "aside" | "blockquote" | "div" | "dl" | "figcaption" | "figure" | "h1" | "h2"
            | "h3" | "h4" | "h5" | "h6" | "hr" | "p" | "section" | "table" => self.part(2),
            _ => {}
        }
    }

    fn part(&mut self, lines: usize) {
        self.lines = self.lines.max(lines);
    }

    fn write(&mut self, c: char) {
        if c == '\n' && self.preformatted {
            self.lines = (self.lines + 1).min(2);
        } else if c.is_whitespace() {
            self.space = true;
        } else {
            if !self.text.is_empty() {
                match self.lines {
                    0 if self.space => self.text.push(' '),
                    0 => {}
                    1 => self.text.push('\n'),
                    _ => self.text.push_str("\n\n"),
                }
            }
            (self.space, self.lines) = (false, 0);
            self.text.push(c);
        }
    }
}

/// The number of words: runs of letters and digits, in which an apostrophe or a hyphen does not
/// end the word; each Chinese character and each kana is a word.
#[must_use]
pub fn word_count(text: &str) -> u32 {
    let mut words = 0_u32;
    let mut in_word = false;
    let mut joined = false;
    for c in text.chars() {
        if is_word_by_itself(c) {
            words = words.saturating_add(1);
            (in_word, joined) = (false, false);
        } else if is_unseen(c) || is_combining_mark(c) {
            // What belongs to the character before neither begins nor ends a word.
        } else if c.is_alphanumeric() {
            words = words.saturating_add(u32::from(!in_word));
            (in_word, joined) = (true, false);
        } else if is_joiner(c) && in_word && !joined {
            joined = true;
        } else {
            (in_word, joined) = (false, false);
        }
    }
    words
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '’' | '-' | '\u{2010}' | '\u{2011}')
}

/// Soft hyphens, zero-width joiners and the kana length mark, which may stand inside of a word.
fn is_unseen(c: char) -> bool {
    matches!(c, 'ー' | 'ｰ' | '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
}

fn is_word_by_itself(c: char) -> bool {
    matches!(
        c,
        '々' | '〇' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}'
            | '\u{30A1}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
            | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{FF66}'..='\u{FF6F}' | '\u{FF71}'..='\u{FF9D}' | '\u{20000}'..='\u{323AF}'
    )
}
