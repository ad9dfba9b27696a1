//! Tag expressions: what they mean, what is refused and where.

use onrecord::articles::expression::{Expression, NESTING_MAX, TERMS_MAX, parse};
use proptest::prelude::*;

fn tag(name: &str) -> Expression {
    Expression::Tag(name.into())
}

fn not(inner: Expression) -> Expression {
    Expression::Not(Box::new(inner))
}

#[test]
fn parse_reads_the_example_of_the_documentation() {
    assert_eq!(
        parse("politics,(russia|china),-sport"),
        Ok(Expression::And(vec![
            tag("politics"),
            Expression::Or(vec![tag("russia"), tag("china")]),
            not(tag("sport")),
        ]))
    );
}

#[test]
fn parse_binds_not_before_and_before_or() {
    for (text, canonical) in [
        ("a", "a"),
        ("a,b|c", "a,b|c"),
        ("(a,b)|c", "a,b|c"),
        ("a|b,c", "a|b,c"),
        ("a,(b|c)", "a,(b|c)"),
        ("(a|b),c", "(a|b),c"),
        ("-a,b", "-a,b"),
        ("-(a,b)", "-(a,b)"),
        ("-(a|b)", "-(a|b)"),
        ("--a", "--a"),
        ("-(-(a))", "--a"),
        ("((a))", "a"),
        ("(a,b),(c,(d,e))", "a,b,c,d,e"),
        ("a|(b|c)", "a|b|c"),
        (" a , ( b | c ) , - d ", "a,(b|c),-d"),
        ("a-b,-c-,d--e", "a-b,-c-,d--e"),
        ("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"),
        ("россия|中国", "россия|中国"),
        ("a\u{a0},\tb\n", "a,b"),
    ] {
        let expression = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(expression.to_string(), canonical, "{text}");
        assert_eq!(parse(canonical).as_ref(), Ok(&expression), "{text}");
    }
    let and_first = Expression::Or(vec![Expression::And(vec![tag("a"), tag("b")]), tag("c")]);
    assert_eq!(parse("a,b|c"), Ok(and_first));
}

#[test]
fn parse_says_what_was_expected_and_where() {
    for (text, message) in [
        ("", "expected a tag, found the end at position 0"),
        ("  ", "expected a tag, found the end at position 2"),
        ("russia,)", "expected a tag, found `)` at position 7"),
        ("a,", "expected a tag, found the end at position 2"),
        (",a", "expected a tag, found `,` at position 0"),
        ("a||b", "expected a tag, found `|` at position 2"),
        ("a,|b", "expected a tag, found `|` at position 2"),
        ("-", "expected a tag, found the end at position 1"),
        ("()", "expected a tag, found `)` at position 1"),
        ("(a", "expected `,`, `|` or `)`, found the end at position 2"),
        ("(a b)", "expected `,`, `|` or `)`, found `b` at position 3"),
        ("a)", "this `)` closes nothing at position 1"),
        ("a b", "expected `,`, `|` or the end, found `b` at position 2"),
        ("a(b)", "expected `,`, `|` or the end, found `(` at position 1"),
        ("a -b", "expected `,`, `|` or the end, found `-` at position 2"),
        ("中国 россия", "expected `,`, `|` or the end, found `россия` at position 3"),
        ("a,b\0", "a tag has no control characters, found one at position 3"),
    ] {
        assert_eq!(parse(text).expect_err(text).to_string(), message, "{text:?}");
    }
    let long = format!("a {}", "x".repeat(5_000));
    assert!(parse(&long).expect_err("long").message.len() < 120);
}

#[test]
fn parse_bounds_tags_and_nesting() {
    let tags = |count: usize| vec!["t"; count].join(",");
    assert!(parse(&tags(TERMS_MAX)).is_ok());
    let error = parse(&tags(TERMS_MAX + 1)).expect_err("tags");
    assert_eq!(
        (error.position, error.to_string().as_str()),
        (64, "more than 32 tags at position 64")
    );

    let groups = |count: usize| format!("{}a{}", "(".repeat(count), ")".repeat(count));
    assert!(parse(&groups(NESTING_MAX)).is_ok());
    assert_eq!(parse(&groups(NESTING_MAX + 1)).expect_err("groups").position, NESTING_MAX);
    assert!(parse(&format!("{}a", "-".repeat(NESTING_MAX))).is_ok());
    assert!(parse(&format!("{}a", "-".repeat(NESTING_MAX + 1))).is_err());
    for hostile in ["(", "-", "-(", ")", ",", "a,", "(a|", "\u{a0}"] {
        assert!(parse(&hostile.repeat(300_000)).is_err(), "{hostile}");
    }
    assert!(parse(&"a".repeat(1_000_000)).is_ok());
}

#[test]
fn terms_are_distinct_and_in_order() {
    let expression = parse("b,(a|-b),-(c,a)").expect("expression");
    assert_eq!(expression.terms(), ["b", "a", "c"]);
}

fn expressions() -> impl Strategy<Value = Expression> {
    let leaf = "[a-zй中][a-z0-9й中-]{0,5}".prop_map(Expression::Tag);
    leaf.prop_recursive(5, 40, 4, |inner| {
        let parts = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            inner.prop_map(not),
            parts.clone().prop_map(Expression::And),
            parts.prop_map(Expression::Or),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn display_parses_to_the_same(expression in expressions()) {
        // A list within a list of its kind is printed as a group and read as one list.
        match parse(&expression.to_string()) {
            Ok(normal) => {
                prop_assert_eq!(normal.terms(), expression.terms());
                let text = normal.to_string();
                prop_assert_eq!(parse(&text), Ok(normal));
            }
            Err(error) => prop_assert!(error.message.starts_with("more than"), "{}", error),
        }
    }

    #[test]
    fn parse_survives_any_text(text in any::<String>()) {
        if let Err(error) = parse(&text) {
            prop_assert!(error.position <= text.chars().count());
        }
    }

    #[test]
    fn parse_survives_any_mix_of_operators(text in "[ab,|()\\- ]{0,60}") {
        match parse(&text) {
            Ok(expression) => prop_assert_eq!(parse(&expression.to_string()), Ok(expression)),
            Err(error) => prop_assert!(error.position <= text.chars().count()),
        }
    }
}
