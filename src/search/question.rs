//! What people type into a search box, read: nothing they type is an error.

use super::words::{self, is_single};
use super::{Note, NoteCode};

/// How many words a question may have; what is said beyond them is left out, and that is noted.
pub const WORDS_MAX: usize = 64;
/// How many letters a beginning (`pre*`) needs; a shorter one is read as a word, and that is noted.
pub const BEGINNING_MIN: usize = 3;

/// Words side by side: what is found or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words, in their order.
    pub words: Vec<String>,
    /// Whether the last word need only begin so.
    pub beginning: bool,
    /// Whether they must stand in the headline.
    pub title: bool,
}

/// All of these, and none of those.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alternative {
    /// What must be there; nothing asks for every text.
    pub with: Vec<Term>,
    /// What must not be there.
    pub without: Vec<Term>,
}

/// A search as it is understood: any of these; none finds nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// What was said between `OR`s.
    pub alternatives: Vec<Alternative>,
    /// What was not looked for as it was typed.
    pub notes: Vec<Note>,
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// A piece of the text: what stands between blanks, or between quotation marks.
struct Piece<'a> {
    text: &'a str,
    quoted: bool,
    not: bool,
    title: bool,
}

/// The first piece of a text, and what follows it.
fn piece(text: &str, titles: bool) -> Option<(Piece<'_>, &str)> {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    if rest.is_empty() {
        return None;
    }
    let not = rest.starts_with('-');
    rest = rest.trim_start_matches('-');
    let named = rest.get(..6).filter(|name| titles && name.eq_ignore_ascii_case("title:"));
    let said = rest.get(6..).filter(|said| {
        named.is_some() && said.starts_with(|c: char| !c.is_whitespace() && !c.is_control())
    });
    let title = said.is_some();
    rest = said.unwrap_or(rest);
    if rest.starts_with(is_quote) {
        let inner = rest.trim_start_matches(is_quote);
        let end = inner.find(is_quote).unwrap_or(inner.len());
        let (text, after) = inner.split_at(end);
        let mut after = after.chars();
        after.next();
        return Some((Piece { text, quoted: true, not, title }, after.as_str()));
    }
    let ends = |c: char| c.is_whitespace() || c.is_control() || is_quote(c);
    let (text, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
    Some((Piece { text, quoted: false, not, title }, after))
}

impl Search {
    /// Reads what was typed; `titles` says whether `title:` means something here.
    #[must_use]
    pub fn parse(text: &str, titles: bool) -> Self {
        let mut search = Self::default();
        let (mut alternative, mut count, mut left_out) = (Alternative::default(), 0, 0);
        let mut rest = text;
        while let Some((piece, after)) = piece(rest, titles) {
            rest = after;
            if piece.text == "OR" && !piece.quoted && !piece.not && !piece.title {
                search.take(std::mem::take(&mut alternative));
                continue;
            }
            let Some(term) = search.term(&piece) else { continue };
            let terms = if piece.not { &mut alternative.without } else { &mut alternative.with };
            if terms.contains(&term) {
                continue;
            }
            if count + term.words.len() > WORDS_MAX {
                left_out += term.words.len();
                continue;
            }
            count += term.words.len();
            terms.push(term);
        }
        search.take(alternative);
        if left_out > 0 {
            let detail = format!(
                "a search has at most {WORDS_MAX} words; {left_out} were left out of this one"
            );
            search.notes.push(Note { code: NoteCode::WordsLeftOut, detail });
        }
        if search.alternatives.is_empty() {
            let detail = "there is no word in this search; it finds nothing".to_owned();
            search.notes.push(Note { code: NoteCode::NoWords, detail });
        }
        search
    }

    fn take(&mut self, alternative: Alternative) {
        let said = !alternative.with.is_empty() || !alternative.without.is_empty();
        if said && !self.alternatives.contains(&alternative) {
            self.alternatives.push(alternative);
        }
    }

    fn term(&mut self, piece: &Piece<'_>) -> Option<Term> {
        let words = words::of(piece.text);
        let last = words.last()?;
        let starred = !piece.quoted && piece.text.ends_with('*') && !last.chars().any(is_single);
        let beginning = starred && last.chars().count() >= BEGINNING_MIN;
        let code = NoteCode::ShortBeginning;
        if starred && !beginning && self.notes.iter().all(|note| note.code != code) {
            let detail = format!(
                "a beginning needs {BEGINNING_MIN} letters before its `*`; a shorter one was read as a \
                 word"
            );
            self.notes.push(Note { code, detail });
        }
        Some(Term { words, beginning, title: piece.title })
    }

    /// The same search among the texts that carry a mark.
    #[must_use]
    pub(crate) fn marked(mut self, mark: &str) -> Self {
        let term = Term { words: vec![mark.to_owned()], beginning: false, title: false };
        for alternative in &mut self.alternatives {
            alternative.with.push(term.clone());
        }
        self
    }

    /// What is looked for, in the order it was said, each once.
    pub(crate) fn sought(&self) -> Vec<&Term> {
        let mut sought = Vec::new();
        for term in self.alternatives.iter().flat_map(|alternative| &alternative.with) {
            if !sought.contains(&term) {
                sought.push(term);
            }
        }
        sought
    }

    /// The same search with all it looks for in headlines.
    pub(crate) fn in_titles(&self) -> Self {
        let mut search = self.clone();
        for alternative in &mut search.alternatives {
            alternative.with.iter_mut().for_each(|term| term.title = true);
        }
        search.alternatives.retain(|alternative| !alternative.with.is_empty());
        search
    }
}
