//! Slugs: what is accepted as asked for, and what is made from titles.

use onrecord::slug::{SLUG_MAX, Slug, SlugProblem, TITLE_SLUG_MAX};
use proptest::prelude::*;

fn problem(text: &str) -> SlugProblem {
    Slug::parse(text).expect_err(text).problem
}

#[test]
fn parse_accepts_canonical_slugs_of_any_script() {
    for slug in [
        "a",
        "7",
        "russia-china-2020",
        "straße",
        "élysée",
        "россия-китай",
        "ёлка",
        "中国-2020",
        "ニュース",
        "한국",
        "हिन्दी-समाचार",
        "বাংলা",
        "தமிழ்",
        "ภาษาไทย",
        "עִבְרִית",
        "العربية",
        "i\u{307}stanbul",
        "ọ\u{301}rọ\u{300}",
        "٢٠٢٠",
        "cafe-babe",
        "searching",
        "newest",
        "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5",
    ] {
        assert_eq!(Slug::parse(slug).expect(slug).as_str(), slug);
    }
}

#[test]
fn parse_takes_nfd_for_the_nfc_it_equals() {
    let nfd = Slug::parse("cafe\u{301}").expect("NFD");
    assert_eq!(nfd, Slug::parse("café").expect("NFC"));
    assert_eq!(nfd.as_str(), "caf\u{e9}");
}

#[test]
fn parse_refuses_characters_outside_the_canonical_form() {
    for (slug, character) in [
        ("a/b", '/'),
        ("..", '.'),
        (".", '.'),
        ("../../etc/passwd", '.'),
        ("a%2fb", '%'),
        ("a?b", '?'),
        ("a#b", '#'),
        ("a b", ' '),
        (" a", ' '),
        ("a\\b", '\\'),
        ("a_b", '_'),
        ("a\u{0}b", '\0'),
        ("a\nb", '\n'),
        ("Russia", 'R'),
        ("İstanbul", 'İ'),
        ("ΟΔΟΣ", 'Ο'),
        ("ａｂｃ", 'ａ'),
        ("９", '９'),
        ("ﬁnance", 'ﬁ'),
        ("x²", '²'),
        ("ⅷ", 'ⅷ'),
        ("ª", 'ª'),
        ("𝐚", '𝐚'),
        ("①", '①'),
        ("🅰", '🅰'),
        ("a\u{202e}b", '\u{202e}'),
        ("a\u{2066}b", '\u{2066}'),
        ("a\u{200f}b", '\u{200f}'),
        ("a\u{200d}b", '\u{200d}'),
        ("a\u{feff}b", '\u{feff}'),
        ("a\u{ad}b", '\u{ad}'),
        ("a\u{fe0f}", '\u{fe0f}'),
        ("a\u{20dd}", '\u{20dd}'),
        ("a\u{34f}", '\u{34f}'),
        ("a\u{3164}b", '\u{3164}'),
        ("a\u{2010}b", '\u{2010}'),
        ("\u{e000}", '\u{e000}'),
        ("🎉", '🎉'),
    ] {
        assert_eq!(problem(slug), SlugProblem::Character(character), "{slug:?}");
    }
}

#[test]
fn parse_refuses_what_is_misshapen_or_stands_for_something_else() {
    for (slug, expected) in [
        ("", SlugProblem::Empty),
        ("-", SlugProblem::Hyphen),
        ("-a", SlugProblem::Hyphen),
        ("a-", SlugProblem::Hyphen),
        ("a--b", SlugProblem::Hyphen),
        ("\u{301}a", SlugProblem::Mark),
        ("a-\u{93f}", SlugProblem::Mark),
        ("search", SlugProblem::Reserved),
        ("new", SlugProblem::Reserved),
        ("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", SlugProblem::LooksLikeId),
        ("00000000-0000-0000-0000-000000000000", SlugProblem::LooksLikeId),
        ("0190a1b2c3d47e5f8a9b0c1d2e3f4a5b", SlugProblem::LooksLikeId),
    ] {
        assert_eq!(problem(slug), expected, "{slug:?}");
    }
    assert_eq!(problem(&format!("a{}", "\u{320}".repeat(9))), SlugProblem::Mark);
    assert_eq!(problem(&"a".repeat(SLUG_MAX + 1)), SlugProblem::TooLong);
    assert_eq!(problem(&"a".repeat(5_000)), SlugProblem::TooLong);
    assert!(Slug::parse(&"é".repeat(SLUG_MAX)).is_ok(), "the limit counts code points");
}

#[test]
fn parse_errors_say_what_is_wrong_and_what_is_right() {
    for (slug, message) in [
        (
            "Big News",
            "`B` may not stand in a slug, which is made of lower-case letters, digits and single \
             hyphens; try `big-news`",
        ),
        (
            "a\u{202e}b",
            "U+202E may not stand in a slug, which is made of lower-case letters, digits and \
             single hyphens; try `ab`",
        ),
        ("a--b", "in a slug a hyphen stands alone between letters or digits; try `a-b`"),
        ("search", "this slug is reserved; try `search-1`"),
        ("", "a slug may not be empty"),
    ] {
        assert_eq!(Slug::parse(slug).expect_err(slug).to_string(), message);
    }
}

#[test]
fn from_title_folds_latin_and_keeps_other_scripts() {
    for (title, slug) in [
        ("Russia, China: “a new quality”", "russia-china-a-new-quality"),
        ("L’Élysée s'inquiète", "lelysee-sinquiete"),
        ("It´s don`t", "its-dont"),
        ("Straße & Æther, œuvre", "strasse-aether-oeuvre"),
        ("Ørsted, Łódź, Đà Nẵng, Þór", "orsted-lodz-da-nang-thor"),
        ("İstanbul ve Iğdır", "istanbul-ve-igdir"),
        ("Россия и Китай: ёлка, Йошкар-Ола", "россия-и-китай-ёлка-йошкар-ола"),
        ("Об'єкт, м\u{2bc}ята", "обєкт-мята"),
        ("ΟΔΟΣ Άνω", "οδος-άνω"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("中国：新闻 2020", "中国-新闻-2020"),
        ("한국 뉴스", "한국-뉴스"),
        ("ＦＵＬＬ ﬁn ½", "full-fin-1-2"),
        ("C++ — 50% (off)!", "c-50-off"),
        ("a\u{200b}b\u{ad}c \u{202e}d", "abc-d"),
        ("--- x ---", "x"),
        ("q\u{323}\u{301}", "q"),
        ("Search", "search-1"),
        ("NEW", "new-1"),
        ("0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b-1"),
    ] {
        assert_eq!(Slug::from_title(title).expect(title).as_str(), slug);
    }
    for nothing in ["", " ", "!?…", "🎉", "\u{200b}", "\u{301}", "'"] {
        assert_eq!(Slug::from_title(nothing), None, "{nothing:?}");
    }
}

#[test]
fn from_title_cuts_long_titles_between_words_where_it_can() {
    let words = "word ".repeat(40);
    let slug = Slug::from_title(&words).expect("words");
    assert_eq!(slug.as_str(), "word-".repeat(16).trim_end_matches('-'));

    let fits = format!("{} next", "x".repeat(TITLE_SLUG_MAX));
    assert_eq!(Slug::from_title(&fits).expect("fits").as_str(), "x".repeat(TITLE_SLUG_MAX));

    let chinese = Slug::from_title(&"新".repeat(300)).expect("chinese");
    assert_eq!(chinese.as_str().chars().count(), TITLE_SLUG_MAX);

    let ligature = Slug::from_title(&"\u{fdfa}".repeat(300)).expect("ligatures");
    assert!(ligature.as_str().chars().count() <= TITLE_SLUG_MAX);

    let marks = format!("{}क्षि", "क".repeat(TITLE_SLUG_MAX - 1));
    assert_eq!(Slug::from_title(&marks).expect("marks").as_str(), "क".repeat(TITLE_SLUG_MAX - 1));
}

#[test]
fn from_title_gives_a_right_slug_for_every_character() {
    let all = ('\0'..='\u{1ffff}').chain('\u{e0000}'..='\u{e01ff}');
    // Every character where the compiler optimises; elsewhere all of the first plane's scripts, then some.
    let step = if cfg!(debug_assertions) { 7 } else { 1 };
    for c in ('\0'..='\u{24f}').chain(all.step_by(step)) {
        for title in [format!("{c}"), format!("x{c}y"), format!("ж{c}ж")] {
            if let Some(slug) = Slug::from_title(&title) {
                assert_eq!(Slug::parse(slug.as_str()), Ok(slug), "U+{:04X}", u32::from(c));
            }
        }
    }
}

#[test]
fn numbered_stays_within_the_limit() {
    let slug = Slug::parse("budget").expect("slug");
    assert_eq!(slug.numbered(2).as_str(), "budget-2");
    let long = Slug::parse(&"ab-".repeat(66)[..197]).expect("long").numbered(u32::MAX);
    assert!(long.as_str().chars().count() <= SLUG_MAX);
    assert_eq!(Slug::parse(long.as_str()), Ok(long));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn from_title_always_gives_a_right_slug(title in "\\PC{0,120}") {
        if let Some(slug) = Slug::from_title(&title) {
            prop_assert!(slug.as_str().chars().count() <= TITLE_SLUG_MAX);
            prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
            prop_assert_eq!(Slug::from_title(slug.as_str()).is_some(), true);
            let numbered = slug.numbered(title.len().try_into().unwrap_or(7));
            prop_assert_eq!(Slug::parse(numbered.as_str()), Ok(numbered.clone()));
        }
    }

    #[test]
    fn from_title_survives_any_text(title in any::<String>()) {
        if let Some(slug) = Slug::from_title(&title) {
            prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
        }
    }

    #[test]
    fn from_title_survives_marks_in_any_order(
        title in "[a-zéıſΣςक-ह\u{300}-\u{36f}\u{93c}-\u{94d}\u{1100}-\u{11ff}가-각\u{e30}-\u{e4e} '-]{0,200}"
    ) {
        if let Some(slug) = Slug::from_title(&title) {
            prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
        }
    }

    #[test]
    fn parse_survives_any_text_and_suggests_only_what_it_accepts(text in any::<String>()) {
        match Slug::parse(&text) {
            Ok(slug) => prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone())),
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                if let Some(slug) = error.suggestion {
                    prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
                }
            }
        }
    }
}
