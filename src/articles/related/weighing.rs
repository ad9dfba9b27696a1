//! How near two articles are: what they share, by its rarity, then time and language.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::RelatedReason;
use crate::db::types::{Id, Moment};

/// How many articles an article is compared with in full: those that look nearest.
const COMPARED_MAX: usize = 60;
/// What an article in another language counts, compared with one in the same.
const OTHER_LANGUAGE: f64 = 0.5;
/// After so many days nearness in time counts half.
const NEAR_DAYS: f64 = 30.0;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// When an article was published, and in which language it is: what it has without sharing it.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    pub(super) dated_at: Moment,
    pub(super) language: Option<String>,
}

/// What an article shares with the one asked about: places among its tags and its people.
///
/// Ordered sets, so that equal shares add up to exactly equal sums, on every machine.
#[derive(Debug, Clone, Default)]
pub(super) struct Shared {
    pub(super) tags: BTreeSet<usize>,
    pub(super) people: BTreeSet<usize>,
}

/// The tags and people of the article asked about, by how much each counts.
#[derive(Debug)]
pub(super) struct Weights {
    tags: Vec<f64>,
    people: Vec<f64>,
}

impl Weights {
    /// Weighs each tag and each person by how many of these articles have it.
    pub(super) fn of(candidates: &BTreeMap<Id, (Setting, Shared)>) -> Self {
        let (mut tags, mut people) = (Vec::new(), Vec::new());
        for (_, shared) in candidates.values() {
            count(&mut tags, &shared.tags);
            count(&mut people, &shared.people);
        }
        let rarity = |counts: Vec<u32>| counts.into_iter().map(rarity).collect();
        Self { tags: rarity(tags), people: rarity(people) }
    }

    /// How much is shared: by tags, by people.
    fn shares(&self, shared: &Shared) -> (f64, f64) {
        let sum = |weights: &[f64], places: &BTreeSet<usize>| {
            places.iter().filter_map(|place| weights.get(*place)).sum::<f64>()
        };
        (sum(&self.tags, &shared.tags), sum(&self.people, &shared.people))
    }

    /// What weighs more in what two articles share.
    pub(super) fn reason(&self, shared: &Shared) -> RelatedReason {
        let (tags, people) = self.shares(shared);
        if people > tags { RelatedReason::People } else { RelatedReason::Tags }
    }

    /// The nearest of these first; of the equally near the newest.
    pub(super) fn nearest(
        &self,
        subject: &Setting,
        candidates: &BTreeMap<Id, (Setting, Shared)>,
    ) -> Vec<Id> {
        let scored = candidates.iter().map(|(id, (setting, shared))| {
            let (tags, people) = self.shares(shared);
            (self::score(tags + people, subject, setting), setting.dated_at, *id)
        });
        let mut scored = scored.collect::<Vec<_>>();
        scored.sort_by(|a, b| {
            let by_score = b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal);
            by_score.then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2))
        });
        scored.into_iter().take(COMPARED_MAX).map(|(_, _, id)| id).collect()
    }
}

fn count(counts: &mut Vec<u32>, places: &BTreeSet<usize>) {
    for place in places {
        if counts.len() <= *place {
            counts.resize(place.saturating_add(1), 0);
        }
        if let Some(count) = counts.get_mut(*place) {
            *count = count.saturating_add(1);
        }
    }
}

/// What one article in `count` is worth: what two have counts much, what hundreds have little.
fn rarity(count: u32) -> f64 {
    (2.0 + f64::from(count)).ln().recip()
}

fn score(shared: f64, subject: &Setting, other: &Setting) -> f64 {
    let apart = subject.dated_at.as_millis().abs_diff(other.dated_at.as_millis());
    let days = apart / DAY_MS.unsigned_abs();
    let days = f64::from(u32::try_from(days).unwrap_or(u32::MAX));
    let nearness = NEAR_DAYS / (NEAR_DAYS + days);
    let language = if speak_alike(subject, other) { 1.0 } else { OTHER_LANGUAGE };
    shared * (1.0 + nearness) * language
}

/// Whether two articles are in one language, whatever its region; an unknown one is no other.
fn speak_alike(a: &Setting, b: &Setting) -> bool {
    fn primary(setting: &Setting) -> Option<&str> {
        setting.language.as_deref().and_then(|language| language.split('-').next())
    }
    primary(a).zip(primary(b)).is_none_or(|(a, b)| a == b)
}
