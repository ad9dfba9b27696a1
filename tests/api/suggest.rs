//! The quote reader against the shared fixtures, and against sentences written here.

use std::fs;

use onrecord::import::page_text;
use onrecord::quotes::suggest::{QuoteKind, Suggestion, suggest};
use serde_json::Value;

use crate::program::{repository, shared};

fn gold(name: &str) -> Vec<Value> {
    let own = repository(&format!("tests/data/quotes/{name}"));
    let path = match Some(own).filter(|own| own.exists()) {
        Some(own) => own,
        None => match shared(&format!("quotes/{name}")) {
            Some(path) => path,
            None => return Vec::new(),
        },
    };
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[derive(Default)]
struct Score {
    required: usize,
    found: usize,
    given: usize,
    right: usize,
    named: usize,
    named_right: usize,
    others: usize,
    others_right: usize,
}

fn accepts(quote: &Value, speaker: &str) -> bool {
    let names = quote["speaker_accept"].as_array().unwrap();
    names.iter().any(|name| {
        let name = name.as_str().unwrap();
        name == speaker
            || name.starts_with(&format!("{speaker} "))
            || name.contains(&format!(" {speaker}"))
            || speaker.ends_with(&format!(" {name}"))
    })
}

fn score(cases: &[Value], show: bool) -> Score {
    let mut score = Score::default();
    for case in cases {
        let text = case["text"].as_str().unwrap();
        let found = suggest(text, case["lang"].as_str());
        let quotes = case["quotes"].as_array().unwrap();
        score.given += found.len();
        let same = |quote: &Value, given: &Suggestion| {
            number(&quote["start"]).abs_diff(given.start) <= 1
                && number(&quote["end"]).abs_diff(given.end) <= 1
        };
        for given in &found {
            if quotes.iter().any(|quote| same(quote, given)) {
                score.right += 1;
            } else if show {
                println!("EXTRA {} [{}] {:?}", case["id"], given.text, given.speaker);
            }
        }
        for quote in quotes.iter().filter(|quote| quote["optional"] != true) {
            score.required += 1;
            let Some(given) = found.iter().find(|given| same(quote, given)) else {
                if show {
                    println!("MISSED {} [{}]", case["id"], quote["text"]);
                }
                continue;
            };
            score.found += 1;
            let right = given.speaker.as_deref().is_some_and(|speaker| accepts(quote, speaker));
            let kind = quote["speaker_kind"].as_str().unwrap();
            if kind == "name" {
                score.named += 1;
                score.named_right += usize::from(right);
            } else if kind == "pronoun" && quote["resolved"].is_string() {
                score.others += 1;
                score.others_right += usize::from(right);
            } else {
                continue;
            }
            if show && !right {
                println!(
                    "SPEAKER {} [{}] {:?} not {}",
                    case["id"], given.text, given.speaker, quote["speaker_accept"]
                );
            }
        }
    }
    score
}

impl Score {
    fn print(&self, name: &str) {
        let part = |a: usize, b: usize| a * 1000 / b.max(1);
        println!(
            "{name}: recall {}/{} = {}‰, precision {}/{} = {}‰, named speakers {}/{} = {}‰, pronouns {}/{} = {}‰",
            self.found,
            self.required,
            part(self.found, self.required),
            self.right,
            self.given,
            part(self.right, self.given),
            self.named_right,
            self.named,
            part(self.named_right, self.named),
            self.others_right,
            self.others,
            part(self.others_right, self.others),
        );
    }
}

#[test]
fn seed_article_gives_four_quotes() {
    let path = repository("examples/seed/000_dc70cf76e71f894f.txt");
    let text = fs::read_to_string(path).unwrap();
    let body = page_text::read(&text).unwrap().paragraphs.join("\n\n");
    for text in [body, text] {
        let quotes = suggest(&text, None);
        assert_eq!(quotes.len(), 4, "{quotes:#?}");
        for quote in &quotes {
            assert_eq!(quote.speaker.as_deref(), Some("Zhang Xin"));
            assert_eq!(quote.role.as_deref(), Some("researcher"));
            let house = "School of Advanced International Studies at East China University";
            assert_eq!(quote.affiliation.as_deref(), Some(house));
            let exact: String =
                text.chars().skip(quote.start).take(quote.end - quote.start).collect();
            assert_eq!(exact, quote.text);
        }
        let cues: Vec<Option<&str>> = quotes.iter().map(|quote| quote.cue.as_deref()).collect();
        assert_eq!(cues, [Some("said"), Some("said"), None, Some("said")]);
        let contexts: Vec<Option<&str>> =
            quotes.iter().map(|quote| quote.context.as_deref()).collect();
        let interview = Some("interview with CCTV");
        assert_eq!(contexts, [interview, interview, None, None]);
        let kinds: Vec<QuoteKind> = quotes.iter().map(|quote| quote.kind).collect();
        assert_eq!(kinds, [QuoteKind::Full, QuoteKind::Full, QuoteKind::Partial, QuoteKind::Full]);
        assert_eq!(quotes[2].text.replace('\u{a0}', " "), "a new quality of bilateral relations.");
    }
}

#[test]
fn small_gold_sets() {
    for name in ["seed.gold.jsonl", "typography.gold.jsonl", "textacy_cases.gold.jsonl"] {
        let score = score(&gold(name), true);
        score.print(name);
        assert_eq!(score.found, score.required, "{name}");
        assert_eq!(score.right, score.given, "{name}");
        assert_eq!(score.named_right, score.named, "{name}");
    }
}

#[test]
fn news_articles() {
    let cases = gold("polnear_train.gold.jsonl");
    if cases.is_empty() {
        return;
    }
    let sample = cases.into_iter().step_by(8).take(100).collect::<Vec<_>>();
    let score = score(&sample, false);
    score.print("100 articles");
    assert!(score.found * 100 >= score.required * 90);
    assert!(score.right * 100 >= score.given * 85);
    assert!(score.named_right * 100 >= score.named * 80);
}

/// Text, then for each quote: speaker, role, affiliation, cue, context.
type Expected<'a> = [Option<&'a str>; 5];

const CASES: [(&str, Expected<'_>); 10] = [
    (
        "\"Rates will rise,\" said Avery Shenfeld, senior economist at CIBC World Markets.",
        [
            Some("Avery Shenfeld"),
            Some("senior economist"),
            Some("CIBC World Markets"),
            Some("said"),
            None,
        ],
    ),
    (
        "\"Rates will rise,\" BoE governor Mervyn King told MPs in a letter on Tuesday.",
        [Some("Mervyn King"), Some("governor"), Some("BoE"), Some("told"), Some("letter")],
    ),
    (
        "In a statement, US President George W. Bush said: \"We will not wait any longer.\"",
        [Some("George W. Bush"), Some("President"), Some("US"), Some("said"), Some("statement")],
    ),
    (
        "“We will win it all,” said Foreign Secretary Jack Straw at a news conference in Paris.",
        [
            Some("Jack Straw"),
            Some("Foreign Secretary"),
            None,
            Some("said"),
            Some("news conference in Paris"),
        ],
    ),
    (
        "Tim Osborne, a director of Group Menatep, was angry. \"We warned them,\" Mr Osborne added.",
        [Some("Tim Osborne"), Some("director"), Some("Group Menatep"), Some("added"), None],
    ),
    (
        "“It was never about the money,” a spokesman for Rosneft said.",
        [None, Some("spokesman"), Some("Rosneft"), Some("said"), None],
    ),
    (
        "“It was never about the money,” said Mary Allen, 45, the charity's director.",
        [Some("Mary Allen"), Some("director"), None, Some("said"), None],
    ),
    (
        "Oxfam director Barbara Stocking was there. “We can end this,” the director said.",
        [Some("Barbara Stocking"), Some("director"), Some("Oxfam"), Some("said"), None],
    ),
    (
        "“We can end this war.” — Barbara Stocking",
        [Some("Barbara Stocking"), None, None, None, None],
    ),
    (
        "According to Jane van der Berg, chief analyst at the Bank of Foo, “there is no way back”.",
        [
            Some("Jane van der Berg"),
            Some("chief analyst"),
            Some("Bank of Foo"),
            Some("According to"),
            None,
        ],
    ),
];

#[test]
fn roles_and_contexts() {
    for (text, expected) in CASES {
        let quotes = suggest(text, None);
        assert_eq!(quotes.len(), 1, "{text}: {quotes:?}");
        let q = &quotes[0];
        let given = [&q.speaker, &q.role, &q.affiliation, &q.cue, &q.context].map(Option::as_deref);
        assert_eq!(given, expected, "{text}");
    }
}

#[test]
fn headlines_name_no_speaker() {
    let text = "“We will win it all,” Xi said.\n\nXi Jinping Hopes New Deals Will Come\nXi Jinping to Visit Moscow";
    let quotes = suggest(text, None);
    assert_eq!(quotes[0].speaker.as_deref(), Some("Xi"));
}

#[test]
fn apostrophes_and_scare_quotes_are_no_quotes() {
    for text in [
        "The players' union and the workers' council met at 'the' club in the '90s, didn't they?",
        "The so-called \"peace plan\" was 12\" long.",
        "It was the ‘new’ way of the boys’ club.",
        "",
        "\n\n \t",
        "“",
        "\"",
        "''",
    ] {
        assert!(suggest(text, None).is_empty(), "{text}: {:?}", suggest(text, None));
    }
}

#[test]
fn large_texts_take_linear_time() {
    let article = "“We will win it all,” said Jane Doe, head of the Bank of Foo.\n\nShe said ‘no’ to “a new plan of hers”.\n\n";
    for text in [
        article.repeat(1_000),
        "“".repeat(50_000),
        "‘a “b \"c «d „e ".repeat(5_000),
        "Jane Doe ".repeat(15_000),
        "said, ".repeat(15_000),
        "\"a\" ".repeat(15_000),
        "“a\n\n".repeat(15_000),
        "x".repeat(150_000),
        "'a ".repeat(30_000),
    ] {
        let start = std::time::Instant::now();
        let count = suggest(&text, None).len();
        let took = start.elapsed();
        assert!(took.as_secs() < 5, "{} bytes with {count} quotes took {took:?}", text.len());
    }
}

const PIECES: [&str; 40] = [
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "„",
    "»",
    "«",
    "‚",
    ",",
    ".",
    "?",
    ":",
    "(",
    ")",
    "—",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "said",
    "told",
    "according to",
    "the",
    "of",
    "Jane",
    "Doe",
    "Mr",
    "President",
    "governor",
    "he",
    "Bank's",
    "in an interview with",
    "é",
    "12\"",
    "adding",
    "𝕏",
];

/// Any words and marks in any order: no panic, and every quote is an exact part of the text, in order.
#[test]
fn any_text_gives_valid_spans() {
    let mut seed = 7_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap()
    };
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..next() % 60 {
            text.push_str(PIECES[next() % PIECES.len()]);
            if next() % 3 > 0 {
                text.push(' ');
            }
        }
        let _ = page_text::read(&text);
        let mut at = 0;
        for quote in suggest(&text, None) {
            assert!(quote.start >= at && quote.end > quote.start, "{text:?}");
            let exact: String =
                text.chars().skip(quote.start).take(quote.end - quote.start).collect();
            assert_eq!(exact, quote.text, "{text:?}");
            at = quote.end;
        }
    }
}
