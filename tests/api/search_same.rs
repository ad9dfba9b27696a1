//! What a search finds, held against what it means: the same on both databases.

use std::collections::BTreeSet;

use onrecord::search::{Search, WORDS_MAX};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::app::App;
use crate::search::encoded;

const WORDS: [&str; 8] = ["bridge", "bridges", "river", "bri", "Zürich", "北京", "o'neill", "the"];

/// A text as words, as simply as it can be said; only for texts made of [`WORDS`].
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match word {
            "Zürich" => words.push("zurich".to_owned()),
            "北京" => words.extend(["北", "京"].map(str::to_owned)),
            "o'neill" => words.extend(["o", "neill"].map(str::to_owned)),
            other => words.push(other.to_owned()),
        }
    }
    words
}

/// What is looked for: words side by side, perhaps only a beginning of the last, perhaps in the headline.
#[derive(Debug, Clone)]
struct Sought {
    text: &'static str,
    other: Option<&'static str>,
    star: bool,
    title: bool,
    not: bool,
}

impl Sought {
    fn typed(&self) -> String {
        let not = if self.not { "-" } else { "" };
        let title = if self.title { "title:" } else { "" };
        match self.other {
            Some(other) => format!("{not}{title}\"{} {other}\"", self.text),
            None => format!("{not}{title}{}{}", self.text, if self.star { "*" } else { "" }),
        }
    }

    fn stands_in(&self, text: &str) -> bool {
        let sought = words(&format!("{} {}", self.text, self.other.unwrap_or_default()));
        let words = words(text);
        let star = self.star && self.other.is_none() && self.text != "北京";
        words.windows(sought.len()).any(|there| {
            let (last, rest) = there.split_last().unwrap();
            let (wanted, before) = sought.split_last().unwrap();
            rest == before && (last == wanted || star && last.starts_with(wanted.as_str()))
        })
    }

    fn fits(&self, (title, standfirst, body): &(String, String, String)) -> bool {
        let inside = self.stands_in(title)
            || !self.title && (self.stands_in(standfirst) || self.stands_in(body));
        inside != self.not
    }
}

fn sought() -> impl Strategy<Value = Sought> {
    let word = || proptest::sample::select(&WORDS[..]);
    (word(), proptest::option::weighted(0.3, word()), any::<bool>(), 0..5, 0..4).prop_map(
        |(text, other, star, title, not)| Sought {
            text,
            other,
            star,
            title: title == 0,
            not: not == 0,
        },
    )
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..6)
        .prop_map(|words| words.join(" "))
}

#[test]
fn list_articles_finds_exactly_what_a_search_means() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let mut runner = TestRunner::new(Config { cases: 25, ..Config::default() });
    let article = (text(), text(), text());
    let articles = proptest::collection::vec(article, 60..=60);
    let mut articles = articles.new_tree(&mut runner).unwrap().current();
    for (number, (title, standfirst, body)) in articles.iter_mut().enumerate() {
        if title.is_empty() {
            "river".clone_into(title);
        }
        let mut article = json!({"slug": format!("a{number}"), "title": title, "body": body,
            "body_format": "text", "status": "published"});
        if !standfirst.is_empty() {
            article["standfirst"] = json!(standfirst);
        }
        admin.post("/v1/articles", article).expect(201);
    }
    let alternative = proptest::collection::vec(sought(), 1..4);
    let question = proptest::collection::vec(alternative, 1..3);
    let found = |typed: &str, order: &str| {
        let path =
            format!("/v1/articles?limit=100&fields=slug&count=exact&q={}{order}", encoded(typed));
        let page = public.get(&path).expect(200);
        let slugs = page
            .each("slug")
            .iter()
            .map(|slug| slug.as_str().unwrap().to_owned())
            .collect::<BTreeSet<_>>();
        assert_eq!(page.json["total"], slugs.len(), "{typed}");
        slugs
    };
    let run = runner.run(&question, |question| {
        let typed =
            question.iter().map(|all| all.iter().map(Sought::typed).collect::<Vec<_>>().join(" "));
        let typed = typed.collect::<Vec<_>>().join(" OR ");
        let fits = |article: &(String, String, String)| {
            question.iter().any(|all| all.iter().all(|sought| sought.fits(article)))
        };
        let expected = articles.iter().enumerate().filter(|(_, article)| fits(article));
        let expected = expected.map(|(number, _)| format!("a{number}")).collect::<BTreeSet<_>>();
        assert_eq!(found(&typed, ""), expected, "{typed}");
        assert_eq!(found(&typed, "&order=relevance"), expected, "{typed}");
        Ok(())
    });
    run.unwrap();
}

#[test]
fn list_articles_and_list_quotes_take_any_text_for_a_search() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let article = json!({"title": "A \"bridge\" OR -b", "body": "title:x ' & | ! \"bridge\" <-> :* () 北京", "body_format": "text", "status": "published",
        "quotes": [{"text": "' & | ! \"bridge\" <-> :*", "speaker_name": "A"}]});
    admin.post("/v1/articles", article).expect(201);
    let mut runner = TestRunner::new(Config { cases: 60, ..Config::default() });
    let signs = proptest::collection::vec(
        proptest::sample::select(vec![
            "\"", "'", "*", "-", "OR", "AND", "NOT", "NEAR(", "(", ")", "title:", ":", "&", "|",
            "!", "<->", "\\", "\0", "^", "{", "}", "a", "bridge", "北", "\u{e000}", "\u{301}", " ",
            ";", "--", "%", "_", "\u{feff}",
        ]),
        0..12,
    );
    let typed = prop_oneof![signs.prop_map(|signs| signs.concat()), any::<String>()];
    let run = runner.run(&typed, |typed| {
        for path in ["/v1/articles", "/v1/quotes"] {
            for order in ["", "&order=relevance"] {
                let query = format!("q={}&highlight=true&count=exact{order}", encoded(&typed));
                let page = public.get(&format!("{path}?{query}")).expect(200);
                assert_eq!(
                    page.json["total"],
                    page.json["items"].as_array().unwrap().len(),
                    "{typed:?}"
                );
            }
        }
        public.get(&format!("/v1/suggest?q={}", encoded(&typed))).expect(200);
        public.get(&format!("/v1/quotes/facets?by=speaker&q={}", encoded(&typed))).expect(200);
        Ok(())
    });
    run.unwrap();
}

#[test]
fn pure_a_search_is_never_longer_than_it_may_be() {
    proptest!(|(typed in "[a-z\" *-]{0,2000}")| {
        let search = Search::parse(&typed, true);
        let terms = search.alternatives.iter().flat_map(|all| all.with.iter().chain(&all.without));
        let words = terms.map(|term| term.words.len()).sum::<usize>();
        prop_assert!(words <= WORDS_MAX);
        prop_assert_eq!(search.alternatives.is_empty(), words == 0);
    });
}
