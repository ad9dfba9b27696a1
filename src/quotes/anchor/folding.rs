//! Texts as anchors compare them, and the way back to the texts they were made from.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A folded text with the way back to the text it was made from.
#[derive(Clone, Debug, Default)]
pub(in crate::quotes) struct Folding {
    pub(in crate::quotes) text: String,
    /// Where the two texts can be cut at the same place, in order, the end included.
    steps: Vec<Step>,
}

/// A place in the folded text (in bytes), and the same place in the original.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    folded: usize,
    pub(super) byte: usize,
    pub(super) point: usize,
}

impl Folding {
    pub(in crate::quotes) fn of(text: &str) -> Self {
        let mut folding = Self::default();
        // A letter and what may compose with it.
        let mut cluster: Vec<(usize, usize, char)> = Vec::new();
        let mut points = 0;
        for (byte, c) in text.char_indices() {
            let point = points;
            points += 1;
            if is_left_out(c) {
                continue;
            }
            let spelling = spelling(c);
            if spelling.is_some() || !composes_backwards(c) {
                folding.close(&mut cluster);
            }
            match spelling {
                None => cluster.push((byte, point, c)),
                Some(" ") if folding.text.ends_with(' ') => {}
                Some(spelling) => folding.push(byte, point, spelling.chars()),
            }
        }
        folding.close(&mut cluster);
        folding.push(text.len(), points, []);
        folding
    }

    fn push(&mut self, byte: usize, point: usize, folded: impl IntoIterator<Item = char>) {
        self.steps.push(Step { folded: self.text.len(), byte, point });
        self.text.extend(folded);
    }

    /// Ends a cluster: one step for each character if it is in NFC, one for all of it if not.
    fn close(&mut self, cluster: &mut Vec<(usize, usize, char)>) {
        let chars = || cluster.iter().map(|&(_, _, c)| c);
        if chars().all(|c| c.is_ascii()) || chars().nfc().eq(chars()) {
            for &(byte, point, c) in cluster.iter() {
                self.push(byte, point, [c]);
            }
        } else if let Some(&(byte, point, _)) = cluster.first() {
            self.push(byte, point, chars().nfc());
        }
        cluster.clear();
    }

    /// The place of a byte of the folded text in the original; `None` inside of what is one there.
    pub(super) fn step_at(&self, folded: usize) -> Option<Step> {
        let index = self.steps.binary_search_by_key(&folded, |step| step.folded).ok()?;
        self.steps.get(index).copied()
    }

    /// The byte of the folded text at which a code point of the original stands, or, when it was left
    /// out, the next that was not.
    pub(super) fn folded_at(&self, point: usize) -> Option<usize> {
        let index = self.steps.partition_point(|step| step.point < point);
        self.steps.get(index).map(|step| step.folded)
    }
}

/// Soft hyphens and characters without width.
pub(super) fn is_left_out(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// How white space and typographic characters are spelled in a folded text.
fn spelling(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '‹' | '›' => "'",
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' | '〝' | '〞' | '〟' => "\"",
        '\u{2010}'..='\u{2015}' | '−' | '⸺' | '⸻' => "-",
        '…' => "...",
        c if c.is_whitespace() => " ",
        _ => return None,
    })
}

/// Whether NFC may join the character to those before it.
fn composes_backwards(c: char) -> bool {
    !c.is_ascii()
        && (canonical_combining_class(c) != 0
            || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes)
}
