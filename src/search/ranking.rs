//! How well a text answers a search: the same arithmetic over the same words, whatever database kept them.
//!
//! A word in the headline counts four times, in the standfirst twice what it counts once in the body, where
//! each further time counts less and a long text more sparingly (as BM25 does). Words that stand side by
//! side as they were typed count again. What is new counts up to a quarter more than what is old.

use super::dialects::spelled;
use super::question::{Search, Term};
use crate::db::types::{Id, Moment};
use crate::page::{Key, Position};

/// How many of what is found are ranked: the last entered, and as many of those found by their headlines.
pub(crate) const RANKED_MAX: i64 = 500;

const TITLE: f64 = 4.0;
const STANDFIRST: f64 = 2.0;
/// How fast further times count less (BM25's k1), and how much a long text is held against it (b).
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.6;
/// How many bytes the words of a usual text have.
const USUAL_BYTES: f64 = 3000.0;
const NEWS: f64 = 0.25;
/// After how many milliseconds half of the newness is gone: a year.
const HALF_NEW_MS: f64 = 365.0 * 24.0 * 3600.0 * 1000.0;

/// The kept words of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) standfirst: String,
    pub(crate) body: String,
}

/// A search, ready to judge texts at one moment: a list is ranked on all its pages as on its first.
#[derive(Debug, Clone)]
pub(crate) struct Ranking {
    terms: Vec<String>,
    neighbours: Vec<String>,
    pub(crate) as_of: Moment,
}

impl Ranking {
    pub(crate) fn new(search: &Search, as_of: Moment) -> Self {
        let terms = search.sought().into_iter().map(spelled).collect();
        let mut neighbours = Vec::new();
        for alternative in &search.alternatives {
            let pairs = alternative.with.iter().zip(alternative.with.iter().skip(1));
            neighbours.extend(pairs.filter_map(|(one, other)| {
                if one.beginning {
                    return None;
                }
                let words = one.words.iter().chain(&other.words).cloned().collect();
                Some(spelled(&Term { words, ..other.clone() }))
            }));
        }
        Self { terms, neighbours, as_of }
    }

    /// How well these words, of this date, answer.
    pub(crate) fn score(&self, words: &Words, dated_at: Moment) -> f64 {
        let said = self.terms.iter().map(|term| worth(term, words)).sum::<f64>();
        let together = self.neighbours.iter().map(|pair| worth(pair, words)).sum::<f64>();
        let said = said / number(self.terms.len()).max(1.0);
        let together = together / number(self.neighbours.len()).max(1.0);
        let age = self.as_of.as_millis().saturating_sub(dated_at.as_millis()).max(0);
        let age = number(usize::try_from(age / 1000).unwrap_or(usize::MAX)) * 1000.0;
        (said + 0.5 * together) * (1.0 + NEWS * HALF_NEW_MS / (HALF_NEW_MS + age))
    }
}

/// What it is worth that this stands in these words.
fn worth(term: &str, words: &Words) -> f64 {
    let in_body = number(words.body.matches(term).count());
    let longer = 1.0 - LENGTH + LENGTH * number(words.body.len()) / USUAL_BYTES;
    let body = in_body * (SATURATION + 1.0) / (in_body + SATURATION * longer);
    let standfirst = if words.standfirst.contains(term) { STANDFIRST } else { 0.0 };
    let title = if words.title.contains(term) {
        // A headline of little else says more.
        let share = number(term.len()) / number(words.title.len()).max(1.0);
        TITLE * (0.8 + 0.2 * share.min(1.0))
    } else {
        0.0
    };
    title + standfirst + body
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The best of what was scored, after `from`: each as its position in the list.
pub(crate) fn best(
    mut scored: Vec<(f64, Id)>,
    as_of: Moment,
    from: Option<(f64, Moment, Id)>,
    limit: i64,
) -> Vec<Position> {
    let order = |(a, one): &(f64, Id), (b, other): &(f64, Id)| b.total_cmp(a).then(other.cmp(one));
    if let Some((score, _, id)) = from {
        scored.retain(|item| order(item, &(score, id)).is_gt());
    }
    scored.sort_unstable_by(order);
    scored.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let placed = scored
        .into_iter()
        .map(|(score, id)| Position { key: Key::Score { bits: score.to_bits(), as_of }, id });
    placed.collect()
}
