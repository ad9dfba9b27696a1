//! Quotes are followed through edits: to where their words went, and never to words that only look like them.

use std::time::{Duration, Instant};

use onrecord::quotes::anchor::{Body, Found};
use onrecord::quotes::following::{Edit, Fate};
use onrecord::quotes::proposals::{Nearby, Proposal};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

fn slice(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

/// What becomes of the words, which stand once in the old text, or between `|` there.
fn fate(old: &str, words: &str, new: &str) -> Fate {
    let start = match old.split_once('|') {
        Some((before, _)) => before.chars().count(),
        None => old.split_once(words).unwrap().0.chars().count(),
    };
    let old = old.replace('|', "");
    let (old, new) = (Body::new(&old), Body::new(new));
    Edit::between(&old, &new).follow(start, start + words.chars().count())
}

#[track_caller]
fn stands(old: &str, words: &str, new: &str) -> Found {
    match fate(old, words, new) {
        Fate::Stands(found) => found,
        Fate::Touched(after) => panic!("{words:?} in {new:?}: {after:?}"),
    }
}

/// What stands in the place of words that were touched.
#[track_caller]
fn touched(old: &str, words: &str, new: &str) -> Option<String> {
    match fate(old, words, new) {
        Fate::Touched(after) => after.map(|after| after.words),
        Fate::Stands(found) => panic!("{words:?} in {new:?}: {found:?}"),
    }
}

const TWO: &str = "“We will raise taxes,” said Jane Doe. The house was silent. “We will raise rates,” said Li Wei.";

#[test]
fn follow_goes_exactly_where_an_edit_elsewhere_has_moved_the_words() {
    let words = "We will raise rates";
    for new in [
        TWO.to_owned(),
        format!("Moscow. {TWO}"),
        TWO.replace("silent", "loud and angry"),
        TWO.replace("said Li Wei", "Li Wei added"),
        TWO.replace("“We will raise taxes,” said Jane Doe. ", ""),
        TWO.replace("taxes", "rates"),
        TWO.replace('“', "\"").replace(' ', "\u{a0}"),
        format!("“We will raise rates,” {TWO}"),
    ] {
        let found = stands(TWO, words, &new);
        let at = new.replace('\u{a0}', " ").rfind(words).unwrap();
        assert_eq!(found.start, new.replace('\u{a0}', " ")[..at].chars().count(), "{new}");
    }
}

#[test]
fn follow_never_takes_a_look_alike() {
    let words = "We will raise taxes";
    for (new, after) in [
        (TWO.replace("taxes", "rates"), Some("We will raise rates")),
        (TWO.replace("“We will raise taxes,” said Jane Doe. ", ""), None),
        // The other becomes what this one was.
        (
            TWO.replace("taxes", "#").replace("rates", "taxes").replace('#', "wages"),
            Some("We will raise wages"),
        ),
        // Somebody else says it now, and she does not.
        (
            TWO.replace("raise taxes", "cut taxes")
                + " “We will raise taxes,” said Ann Lee to all of them.",
            Some("We will cut taxes"),
        ),
    ] {
        assert_eq!(touched(TWO, words, &new).as_deref(), after, "{new}");
    }
    // The same words twice: who spoke first is not who spoke last.
    let twice = "“|Not yet,|” said Jane Doe. “Not yet,” said Li Wei.";
    touched(twice, "Not yet,", "“Not yet,” said Li Wei.");
    let last = "“Not yet,” said Jane Doe. “|Not yet,|” said Li Wei.";
    assert_eq!(stands(last, "Not yet,", "“Not yet,” said Li Wei.").start, 1);
    let first = stands(twice, "Not yet,", "“Not yet,” said Jane Doe.");
    assert_eq!(first.start, 1);
    // Turned round, she may be followed, and is not mistaken for him.
    if let Fate::Stands(found) =
        fate(twice, "Not yet,", "“Not yet,” said Li Wei. “Not yet,” said Jane Doe.")
    {
        assert_eq!(found.start, 25);
    }
    touched(
        "“|Not yet,|” said Jane Doe today. “Not yet,” said Li Wei.",
        "Not yet,",
        "“Not yet,” said Li Wei yesterday.",
    );
}

#[test]
fn follow_finds_a_paragraph_that_was_moved() {
    let old = format!("{TWO}\n\nA first paragraph that says little.\n\nAnd a last one, as long.");
    let new = format!("A first paragraph that says little.\n\nAnd a last one, as long.\n\n{TWO}");
    for words in ["We will raise taxes", "We will raise rates"] {
        let found = stands(&old, words, &new);
        assert_eq!(slice(&new, found.start, found.end), words);
    }
}

#[test]
fn follow_says_what_stands_in_the_place_of_touched_words() {
    let old = "He said: “We see a clear trend in it, and more,” and left.";
    let words = "We see a clear trend in it";
    for (new, after) in [
        (old.replace("clear ", ""), Some("We see a trend in it")),
        (old.replace("We see", "They saw"), Some("They saw a clear trend in it")),
        (old.replace("in it", "in them"), Some("We see a clear trend in them")),
        (old.replace("trend", "trends"), Some("We see a clear trends in it")),
        (
            old.replace("a clear", "no clear, nor any other,"),
            Some("We see no clear, nor any other, trend in it"),
        ),
        (old.replace(words, ""), None),
        ("Nothing of the kind stands here.".to_owned(), None),
        (String::new(), None),
    ] {
        assert_eq!(touched(old, words, &new).as_deref(), after, "{new}");
    }
    // A letter more is another word, also at the edge.
    assert_eq!(
        touched("“I resign” is said.", "resign", "“I resigned” is said."),
        Some("resigned".into())
    );
    assert_eq!(stands("“I resign” is said.", "resign", "“I resign today” is said.").start, 3);
}

#[test]
fn follow_takes_bounded_time_in_any_text() {
    let word = |n: usize| format!("w{} ", n.wrapping_mul(2_654_435_761) % 5_000);
    let one: String = (0..170_000).map(word).collect();
    let other: String = (0..170_000).map(|n| word(n + 77)).rev().collect();
    let same = "aa ".repeat(330_000);
    for (old, new) in [
        (&one, &other),
        (&one, &same),
        (&same, &"aa ".repeat(320_000)),
        (&one, &one.replace("w1 ", "w2 ")),
    ] {
        let begun = Instant::now();
        let (old, new) = (Body::new(old), Body::new(new));
        let edit = Edit::between(&old, &new);
        for start in (0..900_000).step_by(9_000) {
            let _ = edit.follow(start, start + 40);
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    }
}

#[test]
fn proposals_name_what_is_like_a_quote() {
    let text = format!("A lead of some words.\n\n{TWO} Nobody else said a word about it.");
    let body = Body::new(&text);
    let nearby = Nearby::new(&body);
    let propose = |quote: &str| -> Vec<Proposal> { nearby.of(&body, quote) };
    let found = propose("We will raise all taxes");
    assert_eq!(found[0].text, "We will raise taxes");
    for proposal in &found {
        let (start, end) = (proposal.start.try_into().unwrap(), proposal.end.try_into().unwrap());
        assert_eq!(slice(&text, start, end), proposal.text);
        assert!((0.6..=1.0).contains(&proposal.similarity), "{proposal:?}");
    }
    assert!(found[0].similarity > 0.8 && found.len() <= 5, "{found:?}");
    assert_eq!(propose("We will raise")[0].similarity.to_string(), "1");
    assert_eq!(propose("We will raise").len(), 2);
    assert_eq!(propose("An entirely different sentence of another matter"), []);
    assert_eq!(propose("\u{ad}"), []);
}

/// A text whose letters know where they come from.
type Letters = Vec<(char, u32)>;

/// The words with single spaces between them.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(letters: &[(char, u32)]) -> String {
    letters.iter().map(|(c, _)| c).collect()
}

/// The seed article, with a sentence that stands twice and one that almost does.
fn seed() -> Letters {
    let gold = include_str!("../data/quotes/seed.gold.jsonl").lines().next().unwrap();
    let gold: serde_json::Value = serde_json::from_str(gold).unwrap();
    let seed = gold["text"].as_str().unwrap();
    let text = format!(
        "“We see a clear and lasting trend,” said the envoy from the north.\n\n{seed}\n\nAnd then it was late. \
         “We see a clear and lasting trend,” the minister answered.\n\n“We see a clear and passing trend,” \
         somebody wrote."
    );
    text.chars().zip(0..).collect()
}

#[derive(Debug, Clone)]
enum Change {
    Delete(usize, usize),
    Insert(usize, usize),
    Replace(usize, usize, usize),
    Move(usize, usize, usize),
    Copy(usize, usize, usize),
}

const INSERTS: [&str; 6] =
    ["x", " not ", "We see a clear and ", " In other news, nothing happened.", "\n\n", "“…” "];

fn change() -> impl Strategy<Value = Change> {
    let (at, length, what) = (0_usize..4_000, 1_usize..300, 0..INSERTS.len());
    prop_oneof![
        (at.clone(), length.clone()).prop_map(|(at, length)| Change::Delete(at, length)),
        (at.clone(), what.clone()).prop_map(|(at, what)| Change::Insert(at, what)),
        (at.clone(), 1_usize..40, what)
            .prop_map(|(at, length, what)| Change::Replace(at, length, what)),
        (at.clone(), length.clone(), at.clone())
            .prop_map(|(at, length, to)| Change::Move(at, length, to)),
        (at.clone(), length, at).prop_map(|(at, length, to)| Change::Copy(at, length, to)),
    ]
}

impl Change {
    /// Makes the change; letters that are moved or copied stay the ones they are.
    fn make(&self, letters: &mut Letters, fresh: &mut u32) {
        let all = letters.len();
        let range = |at: usize, length: usize| {
            let at = at % (all + 1);
            at..(at + length).min(all)
        };
        let mut new = |what: usize| -> Letters {
            let letters = INSERTS[what].chars().map(|c| {
                *fresh += 1;
                (c, *fresh)
            });
            letters.collect()
        };
        match *self {
            Self::Delete(at, length) => drop(letters.drain(range(at, length))),
            Self::Insert(at, what) => drop(letters.splice(range(at, 0), new(what))),
            Self::Replace(at, length, what) => drop(letters.splice(range(at, length), new(what))),
            Self::Move(at, length, to) => {
                let part = letters.drain(range(at, length)).collect::<Vec<_>>();
                let to = to % (letters.len() + 1);
                letters.splice(to..to, part);
            }
            Self::Copy(at, length, to) => {
                let part = letters[range(at, length)].to_vec();
                letters.splice(range(to, 0), part);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    /// Through any edits, a quote that stands somewhere stands on its own letters, and its digest is theirs.
    #[test]
    fn follow_stays_on_the_same_letters(changes in prop::collection::vec(change(), 1..8), spans in prop::collection::vec((0_usize..3_000, 12_usize..120), 4)) {
        let mut letters = seed();
        let mut fresh = 1_000_000;
        let mut quotes = Vec::new();
        let twins = text(&letters).match_indices("We see a clear").map(|(at, _)| text(&letters)[..at].chars().count()).collect::<Vec<_>>();
        let twins = twins.into_iter().map(|at| (at, 32));
        for (start, length) in spans.into_iter().chain(twins) {
            let end = (start + length).min(letters.len());
            quotes.push((start, end, letters[start..end].to_vec()));
        }
        for change in changes {
            let old = text(&letters);
            change.make(&mut letters, &mut fresh);
            let new = text(&letters);
            let (old_body, new_body) = (Body::new(&old), Body::new(&new));
            let edit = Edit::between(&old_body, &new_body);
            quotes.retain_mut(|(start, end, own)| {
                let unique = |text: &str| text.matches(&slice(&old, *start, *end)).count() == 1;
                let whole = letters.windows(own.len()).position(|there| there == own.as_slice());
                match edit.follow(*start, *end) {
                    Fate::Stands(found) => {
                        let there = &letters[found.start..found.end];
                        let words = slice(&new, found.start, found.end);
                        let digest = Sha256::digest(words.nfc().collect::<String>());
                        let hex = digest.into_iter().map(|byte| format!("{byte:02x}"));
                        let hex = hex.collect::<Vec<_>>().concat();
                        assert_eq!(hex, found.sha256);
                        assert_eq!(spaced(&text(own)), spaced(&text(there)));
                        let same = own.iter().filter(|letter| there.contains(letter)).count();
                        assert!(2 * same > own.len(), "{:?} went to another place: {change:?}", text(own));
                        (*start, *end) = (found.start, found.end);
                        *own = there.to_vec();
                        true
                    }
                    Fate::Touched(_) => {
                        // What nothing has touched must have been followed, unless a word grew at its edge.
                        if let Some(at) = whole.filter(|_| unique(&old) && unique(&new)) {
                            let letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|(c, _)| c.is_alphanumeric());
                            let cut = letter(at.checked_sub(1)) || letter(Some(at + own.len()));
                            let moves = matches!(change, Change::Move(..));
                            assert!(cut || moves, "{:?} was lost: {change:?}", text(own));
                        }
                        false
                    }
                }
            });
        }
    }
}
