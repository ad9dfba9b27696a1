//! Quotation marks: which opens, which closes, which is an apostrophe or an inch.

/// The words between two marks, or what a paragraph holds of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// First code point inside the marks.
    pub(super) start: usize,
    /// After the last code point inside the marks.
    pub(super) end: usize,
    /// With the opening mark, where there is one.
    pub(super) outer_start: usize,
    /// With the closing mark, where there is one.
    pub(super) outer_end: usize,
    /// Which paragraph it stands in.
    pub(super) paragraph: usize,
    /// Whether it goes on with what the span before it left open.
    pub(super) continues: bool,
    /// Whether its closing mark stands in the same paragraph.
    pub(super) closed: bool,
    /// Whether its marks are single ones.
    pub(super) single: bool,
}

/// A family of marks that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Curly,
    CurlyBoth,
    Low,
    Guillemets,
    GuillemetsInward,
    Straight,
    Doubled,
    Single,
    SingleLow,
    SingleStraight,
}

impl Family {
    fn is_single(self) -> bool {
        matches!(self, Self::Single | Self::SingleLow | Self::SingleStraight)
    }
}

/// What the search for a closing mark came to.
enum Close {
    /// Here, so many code points long.
    At(usize, usize),
    /// Another quote of the same family opens here first.
    Reopened(usize),
    /// The paragraph ends first.
    Never,
}

/// Reads the marks of one text.
struct Reader<'a> {
    chars: &'a [char],
    paragraphs: &'a [(usize, usize)],
    spans: Vec<Span>,
}

/// Every span between marks, in order.
pub(super) fn find(chars: &[char], paragraphs: &[(usize, usize)]) -> Vec<Span> {
    let mut reader = Reader { chars, paragraphs, spans: Vec::new() };
    let mut open = None;
    for number in 0..paragraphs.len() {
        open = reader.paragraph(number, open);
    }
    reader.spans
}

impl Reader<'_> {
    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|index| self.at(index))
    }

    /// Reads a paragraph; `open` is the family that the paragraph before left open. Answers what this one leaves open.
    fn paragraph(&mut self, number: usize, open: Option<Family>) -> Option<Family> {
        let (start, end) = self.paragraphs.get(number).copied()?;
        let mut at = start;
        let mut continues = open.is_some();
        if let Some(family) = open
            && self.opener(start, start).map(|(family, _)| family) != Some(family)
        {
            match self.close(family, start, end) {
                Close::At(close, length) => {
                    self.push(number, (start, start), (close, close + length), true, true);
                    at = close + length;
                    continues = false;
                }
                Close::Reopened(_) | Close::Never => continues = false,
            }
        }
        while at < end {
            let Some((family, length)) = self.opener(at, start) else {
                at += 1;
                continue;
            };
            let inside = at + length;
            match self.close(family, inside, end) {
                Close::At(close, closing) => {
                    let goes_on = continues && at == start;
                    self.push(number, (at, inside), (close, close + closing), goes_on, true);
                    at = close + closing;
                }
                Close::Reopened(next) => {
                    if family == Family::Curly && self.is_phrase(inside, next) {
                        self.push(number, (at, inside), (next, next), false, true);
                    }
                    at = next;
                }
                Close::Never => {
                    let goes_on = continues && at == start;
                    let next_open = self.is_left_open(family, number);
                    let dangling = match family {
                        Family::Curly => self.is_phrase(inside, end),
                        _ => !family.is_single() && (at == start || self.follows_stop(at)),
                    };
                    if next_open || dangling {
                        self.push(number, (at, inside), (end, end), goes_on, false);
                        return next_open.then_some(family);
                    }
                    at = inside;
                }
            }
        }
        None
    }

    fn push(
        &mut self,
        paragraph: usize,
        open: (usize, usize),
        close: (usize, usize),
        continues: bool,
        closed: bool,
    ) {
        let inside = self.chars.get(open.1..close.0).unwrap_or_default();
        let lead = inside.iter().take_while(|c| c.is_whitespace()).count();
        let tail = inside.iter().rev().take_while(|c| c.is_whitespace()).count();
        let (start, end) = (open.1 + lead, close.0.saturating_sub(tail));
        if start < end {
            self.spans.push(Span {
                start,
                end,
                outer_start: open.0,
                outer_end: close.1,
                paragraph,
                continues,
                closed,
                single: self.is_single_mark(open),
            });
        }
    }

    fn is_single_mark(&self, mark: (usize, usize)) -> bool {
        mark.1 == mark.0 + 1 && self.at(mark.0).is_some_and(|c| matches!(c, '‘' | '‚' | '\''))
    }

    /// Whether there is a colon, a comma or the end of a sentence before.
    fn follows_stop(&self, at: usize) -> bool {
        let before = self.chars.get(at.saturating_sub(3)..at).unwrap_or_default();
        before.iter().rev().find(|c| !c.is_whitespace()).is_some_and(|c| ":,.?!".contains(*c))
    }

    /// Whether there are some words here.
    fn is_phrase(&self, from: usize, to: usize) -> bool {
        let inside = self.chars.get(from..to).unwrap_or_default();
        inside.split(|c| c.is_whitespace()).filter(|word| !word.is_empty()).nth(2).is_some()
    }

    /// Whether the next paragraph goes on with a quote that this one does not close.
    fn is_left_open(&self, family: Family, number: usize) -> bool {
        let Some((start, end)) = self.paragraphs.get(number + 1).copied() else { return false };
        if self.opener(start, start).is_some_and(|(next, _)| next == family) {
            return true;
        }
        match self.close(family, start, end) {
            Close::At(close, _) if !family.is_single() => {
                let sign = self.before(close).is_some_and(|c| !c.is_whitespace());
                sign && self.at(close + 1).is_none_or(|c| !c.is_alphanumeric())
            }
            _ => false,
        }
    }

    /// The family of the mark that opens a quote here, and its length.
    fn opener(&self, at: usize, start: usize) -> Option<(Family, usize)> {
        let c = self.at(at)?;
        let next = self.at(at + 1);
        let before = if at == start { None } else { self.before(at) };
        let free = before.is_none_or(|c| c.is_whitespace() || "([{—–-/:“‘\"'«„".contains(c));
        let word = next.is_some_and(|c| !c.is_whitespace());
        let letter = next.is_some_and(|c| c.is_alphanumeric() || "$£€[(…".contains(c));
        let family = match c {
            '“' => Family::Curly,
            '„' => Family::Low,
            '«' => Family::Guillemets,
            '»' if free && word => Family::GuillemetsInward,
            '”' if free && (letter || at == start) => Family::CurlyBoth,
            '‘' if before.is_none_or(|c| !c.is_alphanumeric()) && word => Family::Single,
            '‚' if free && letter => Family::SingleLow,
            '`' if next == Some('`') => return Some((Family::Doubled, 2)),
            '\'' if next == Some('\'') && free => return Some((Family::Doubled, 2)),
            '\'' if free && letter && !self.is_elision(at) => Family::SingleStraight,
            // `"“So it goes”"` opens twice: the inner marks are the quote's.
            '"' if next == Some('“') => return None,
            '"' if free && (word || at == start) => Family::Straight,
            _ => return None,
        };
        Some((family, 1))
    }

    /// `'em`, `'tis`, `'90s`.
    fn is_elision(&self, at: usize) -> bool {
        let rest = self.chars.get(at + 1..).unwrap_or_default();
        let word: String = rest.iter().take(6).take_while(|c| c.is_alphanumeric()).collect();
        let decade = word.len() == 3
            && word.ends_with('s')
            && word.starts_with(|c: char| c.is_ascii_digit());
        decade
            || matches!(
                word.as_str(),
                "em" | "til" | "tis" | "twas" | "n" | "cause" | "bout" | "round"
            )
    }

    fn close(&self, family: Family, from: usize, end: usize) -> Close {
        if family.is_single() {
            return self.close_single(family, from, end);
        }
        // A mark of the other kind closes too, when nothing else does: `“So it goes," he said.`
        let mut foreign = None;
        for at in from..end {
            let Some(c) = self.at(at) else { break };
            let doubled = c == '\'' && self.at(at + 1) == Some('\'');
            let closing = at > from && self.looks_closing(at, end);
            let closes = match family {
                Family::Curly => c == '”' || (c == '“' && closing),
                Family::CurlyBoth => c == '”',
                Family::Low => matches!(c, '“' | '”' | '"'),
                Family::Guillemets => c == '»',
                Family::GuillemetsInward => c == '«',
                Family::Straight => c == '"',
                Family::Doubled => doubled || c == '"',
                _ => false,
            };
            let spaced = at > from && self.before(at).is_some_and(char::is_whitespace);
            let reopens = match family {
                Family::Curly => c == '“' && !closing,
                Family::Low => c == '„',
                Family::Guillemets => c == '«',
                Family::GuillemetsInward => c == '»',
                Family::Straight => {
                    closes && spaced && self.at(at + 1).is_some_and(|c| !c.is_whitespace())
                }
                Family::Doubled => c == '`' && self.at(at + 1) == Some('`'),
                _ => false,
            };
            if reopens {
                return foreign.map_or(Close::Reopened(at), |at| Close::At(at, 1));
            }
            if closes {
                let pair = doubled && family == Family::Doubled;
                let third = pair && self.at(at + 2) == Some('\'');
                return Close::At(at, 1 + usize::from(pair) + usize::from(third));
            }
            foreign = match (family, c) {
                (Family::Curly, '"') | (Family::Straight, '”') if closing => foreign.or(Some(at)),
                (Family::Curly, '"') | (Family::Straight, '“') => None,
                _ => foreign,
            };
        }
        foreign.map_or(Close::Never, |at| Close::At(at, 1))
    }

    /// Whether a mark stands as closing ones do: right after a word, and not before one.
    fn looks_closing(&self, at: usize, end: usize) -> bool {
        self.before(at).is_some_and(|c| !c.is_whitespace())
            && self.at(at + 1).filter(|_| at + 1 < end).is_none_or(|c| !c.is_alphanumeric())
    }

    /// Single marks look like apostrophes: one before a stop or after one is sure, one after an `s` is not.
    fn close_single(&self, family: Family, from: usize, end: usize) -> Close {
        let mark = match family {
            Family::SingleLow => '‘',
            Family::Single => '’',
            _ => '\'',
        };
        let mut doubtful = None;
        for at in from..end {
            let Some(c) = self.at(at) else { break };
            let (before, next) = (self.before(at), self.at(at + 1).filter(|_| at + 1 < end));
            if at > from && self.opener(at, from).is_some_and(|(other, _)| other == family) {
                return doubtful.map_or(Close::Reopened(at), |at| Close::At(at, 1));
            }
            let ends = c == mark && at > from && before.is_some_and(|c| !c.is_whitespace());
            if !ends || next.is_some_and(char::is_alphanumeric) {
                continue;
            }
            let sure = before.is_some_and(|c| ".,!?…".contains(c))
                || next.is_none_or(|c| ".,;:!?)]”\"—–".contains(c))
                || before.is_none_or(|c| c != 's');
            if sure {
                return Close::At(at, 1);
            }
            doubtful.get_or_insert(at);
        }
        doubtful.map_or(Close::Never, |at| Close::At(at, 1))
    }
}
