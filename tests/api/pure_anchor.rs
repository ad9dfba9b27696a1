//! Anchors: quotes are found where their words stand, and nowhere else.

use std::time::Instant;

use onrecord::quotes::anchor::{Body, Found, PLACES_MAX, PREFIX_MAX, Search, find};
use proptest::prelude::*;

const BODY: &str = "“Let's take a look at the past year or two… Russia and China — old partners —\n\n\
    have grown closer”, Xin said.\u{a0}He spoke of ‘a new quality of bilateral relations’.";

fn one(body: &str, quote: &str) -> Found {
    match find(body, quote, None, None) {
        Search::One(found) => found,
        other => panic!("{quote:?} in {body:?}: {other:?}"),
    }
}

fn points(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn find_gives_the_exact_words_for_every_folding() {
    for (body, quote, words) in [
        (BODY, "Let’s take a look", "Let's take a look"),
        (BODY, "\"Let's take", "“Let's take"),
        (BODY, "or two... Russia", "or two… Russia"),
        (BODY, "China - old partners - have", "China — old partners —\n\nhave"),
        (BODY, "China – old", "China — old"),
        (BODY, "said. He spoke", "said.\u{a0}He spoke"),
        (BODY, "  a new quality of bilateral relations \n", "a new quality of bilateral relations"),
        (BODY, "'a new quality", "‘a new quality"),
        ("a b", "a\u{2009}\u{202f}\n\t b", "a b"),
        ("co\u{ad}oper\u{200b}ation now", "cooperation", "co\u{ad}oper\u{200b}ation"),
        ("now\u{ad} then", "now", "now"),
        ("x \u{200b} y", "x y", "x \u{200b} y"),
        ("«Oui», dit-il", "\"Oui\", dit‑il", "«Oui», dit-il"),
        ("‹Oui›", "'Oui'", "‹Oui›"),
        ("6′ 2″", "6' 2\"", "6′ 2″"),
        ("−5 degrees", "-5 degrees", "−5 degrees"),
        ("the cafe\u{301} closed", "the café closed", "the cafe\u{301} closed"),
        ("the café closed", "cafe\u{301}", "café"),
        ("각 나라", "\u{1100}\u{1161}\u{11a8}", "각"),
        ("wait…", "wait...", "wait…"),
        ("𝒳 and 𝒴", "and 𝒴", "and 𝒴"),
        ("x", "x", "x"),
    ] {
        let found = one(body, quote);
        assert_eq!(points(body, found.start, found.end), words, "{quote:?}");
    }
}

#[test]
fn find_keeps_context_and_digest() {
    let found = one(BODY, "grown closer");
    assert_eq!(found.prefix, "nd China — old partners —\n\nhave ");
    assert_eq!(found.suffix, "”, Xin said.\u{a0}He spoke of ‘a new ");
    assert_eq!(found.prefix.chars().count(), PREFIX_MAX);
    assert_eq!(found.suffix.chars().count(), PREFIX_MAX);

    let found = one("abc", "abc");
    assert_eq!((found.start, found.end), (0, 3));
    assert_eq!((found.prefix.as_str(), found.suffix.as_str()), ("", ""));
    assert_eq!(found.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(one("cafe\u{301}", "café").sha256, one("café", "café").sha256);
}

#[test]
fn find_refuses_what_is_not_there() {
    for (body, quote) in [
        (BODY, ""),
        (BODY, " \n\u{a0}\u{200b}"),
        (BODY, "let's take a look"),
        (BODY, "Let's take a lookout"),
        ("", "a"),
        ("cafe\u{301}", "cafe"),
        ("wait…", "wait.."),
        ("ab", "a b"),
        ("a b", "ab"),
    ] {
        let search = find(body, quote, None, None);
        assert_eq!(search, Search::None, "{quote:?}");
        assert_eq!(search, Search::None);
    }
}

#[test]
fn find_lets_the_context_decide_between_several_places() {
    let body = "He said: “we will see”. She said: “we will see”, and left.";
    let both = Search::Several(vec![(10, 21), (35, 46)]);
    let first = Some((10, 21));
    let second = Some((35, 46));
    for (prefix, suffix, place) in [
        (None, None, None),
        (Some("He said: \""), None, first),
        (Some("She said:"), None, None),
        (Some("She said: “"), None, second),
        (None, Some("\", and"), second),
        (None, Some("”. She"), first),
        (Some("said: “"), Some("”, and left"), second),
        (Some("He said: “"), Some("”, and left"), None),
        (Some("nobody said"), None, None),
        (Some(""), Some(" "), None),
    ] {
        let search = find(body, "we will see", prefix, suffix);
        match (place, &search) {
            (Some(place), Search::One(found)) => assert_eq!((found.start, found.end), place),
            _ => assert_eq!((place, &search), (None, &both), "{prefix:?} {suffix:?}"),
        }
    }
    assert!(matches!(find(body, "we will see", None, None), Search::Several(_)));
    assert!(matches!(find(body, "and left", Some("nobody"), None), Search::One(_)));
}

#[test]
fn find_counts_overlapping_places() {
    assert_eq!(find("aaa", "aa", None, None), Search::Several(vec![(0, 2), (1, 3)]));
    assert_eq!(find("ab ab ab", "ab ab", None, None), Search::Several(vec![(0, 5), (3, 8)]));
}

#[test]
fn find_gives_the_context_back_to_itself() {
    let body = "one two — “three” two — three two";
    let Search::Several(places) = find(body, "two", None, None) else { panic!("several") };
    for (start, end) in places {
        let before = points(body, start.saturating_sub(PREFIX_MAX), start);
        let after = points(body, end, end + PREFIX_MAX);
        let Search::One(found) = find(body, "two", Some(&before), Some(&after)) else {
            panic!("{before:?} two {after:?}")
        };
        assert_eq!((found.start, found.end), (start, end));
    }
}

#[test]
fn find_takes_linear_time_in_large_and_hostile_texts() {
    let ordinary = "The minister said that the talks would go on, “come what may”. ".repeat(2_000);
    let quotes: Vec<String> = (0..300).map(|n| format!("the talks {n} would go on")).collect();
    let body = Body::new(&ordinary);
    assert!(quotes.iter().all(|quote| body.find(quote, None, None) == Search::None));
    assert!((0..10).all(|_| matches!(body.find("said", None, None), Search::Several(_))));

    let a = "a".repeat(100_000);
    for (body, quote, prefix) in [
        (a.clone(), "a".repeat(50_000), None),
        (a.clone(), "a".into(), Some(a.clone())),
        (a.clone(), format!("{}b", "a".repeat(50_000)), None),
        ("ab".repeat(50_000), "ab".repeat(25_000), None),
        ("…".repeat(30_000), ".".into(), None),
        ("e\u{301}".repeat(30_000), "é".into(), None),
        (format!("e{}", "\u{301}".repeat(50_000)), "e".into(), None),
        (" ".repeat(100_000), "a".into(), None),
    ] {
        let started = Instant::now();
        let search = find(&body, &quote, prefix.as_deref(), None);
        if let Search::Several(places) = &search {
            assert!(places.len() <= PLACES_MAX);
        }
        assert!(started.elapsed().as_secs() < 10, "{quote:.9} in {body:.9}");
    }
}

/// Texts made of what the folding cares about.
const TRICKY: &str = "[ab ’'“\"«—–−…\\.\n\u{a0}\u{2009}\u{ad}\u{200b}\u{301}\u{323}éeq각\u{1100}\u{1161}\u{11a8}中]{0,40}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn find_gives_back_words_that_fold_like_the_quote(body in TRICKY, quote in TRICKY) {
        let body = Body::new(&body);
        check(&body, &quote)?;
    }

    #[test]
    fn find_finds_any_part_of_an_nfc_text(
        body in TRICKY, from in 0_usize..40, length in 1_usize..20,
    ) {
        use unicode_normalization::UnicodeNormalization;
        let left_out = |c: &char| matches!(c, '\u{ad}' | '\u{200b}');
        let body: String = body.chars().filter(|c| !left_out(c)).nfc().collect();
        let quote: String = body.chars().skip(from).take(length).collect();
        let found = check(&Body::new(&body), &quote)?;
        prop_assert!(found || quote.trim().is_empty(), "{:?} in {:?}", quote, body);
    }

    #[test]
    fn find_survives_any_text(
        body in any::<String>(), quote in any::<String>(), prefix in any::<String>(),
    ) {
        let _ = find(&body, &quote, Some(&prefix), Some(&quote));
    }
}

/// Whether the quote is there, after checking each place it is said to be at.
fn check(body: &Body<'_>, quote: &str) -> Result<bool, TestCaseError> {
    let text = body.text();
    let places = match body.find(quote, None, None) {
        Search::One(found) => vec![(found.start, found.end)],
        Search::Several(places) => places,
        Search::None => return Ok(false),
    };
    for (start, end) in places {
        prop_assert!(start < end && end <= text.chars().count());
        let words = points(text, start, end);
        // Both fold the same when each is the whole of the other.
        for (whole, part) in [(words.as_str(), quote), (quote, words.as_str())] {
            let Search::One(found) = find(whole, part, None, None) else {
                return Err(TestCaseError::fail(format!("{part:?} is not {whole:?}")));
            };
            let rest = points(whole, 0, found.start) + &points(whole, found.end, usize::MAX / 2);
            prop_assert!(
                rest.chars().all(|c| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}')),
                "{:?} in {:?}",
                part,
                whole
            );
        }
    }
    Ok(true)
}
