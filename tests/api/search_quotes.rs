//! Quotes: the grammar of their list, full text over their words, and who our sources are.

use std::collections::BTreeMap;

use onrecord::auth::Scope;
use serde_json::{Value, json};

use crate::app::{App, Client};
use crate::search::encoded;

/// Three published articles and a draft, with quotes of all kinds.
fn newsroom() -> App {
    let app = App::new();
    let admin = app.admin();
    let quote = |text: &str, rest: Value| {
        let mut quote = json!({"text": text});
        quote.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        quote
    };
    let articles = [
        json!({"slug": "gas", "title": "Gas", "tags": ["Energy", "Russia"], "authors": ["Jane Doe"], "language": "en",
        "status": "published", "published_at": "2024-01-15T00:00:00Z", "quotes": [
            quote("We are close to a deal", json!({"speaker_name": "Li Wei", "role": "Minister", "affiliation": "Gazprom"})),
            quote("The pipeline is safe", json!({"speaker_name": "Li Wei", "role": "minister", "affiliation": "gazprom",
                "said_at": "2023-12-31T23:30:00Z"})),
            quote("Nobody knows the deal", json!({"anonymity_reason": "fear"})),
        ]}),
        json!({"slug": "oil", "title": "Oil", "tags": ["Energy"], "status": "published", "language": "de",
        "published_at": "2024-02-15T00:00:00Z", "quotes": [
            quote("A deal is a deal", json!({"speaker_name": "Zoë Adams", "role": "analyst", "language": "en-GB"})),
            quote("Das Geschäft", json!({"speaker_name": "Li Wei", "kind": "partial"})),
        ]}),
        json!({"slug": "sport", "title": "Sport", "status": "published", "published_at": "2024-02-20T00:00:00Z",
            "quotes": [quote("We won", json!({"speaker_name": "Ada"})),
                quote("a deal, suggested", json!({"speaker_name": "Ada", "state": "suggested"}))]}),
        json!({"slug": "draft", "title": "Draft", "tags": ["Energy", "Secret"], "quotes": [
            quote("A secret deal", json!({"speaker_name": "Deep Throat", "role": "spy", "affiliation": "Agency"}))]}),
    ];
    for mut article in articles {
        let quotes = article["quotes"].as_array().unwrap().iter();
        let body = quotes.map(|quote| quote["text"].as_str().unwrap()).collect::<Vec<_>>();
        article["body"] = json!(body.join(".\n\n"));
        admin.post("/v1/articles", article).expect(201);
    }
    app
}

fn texts(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/v1/quotes?{query}")).expect(200).each("text")
}

#[expect(clippy::too_many_lines, reason = "one story, told in one go")]
#[test]
fn list_quotes_takes_the_grammar_of_articles() {
    let app = newsroom();
    let public = app.public();
    let safe = "The pipeline is safe";
    for (query, expected) in [
        ("tag=energy,-russia", vec!["Das Geschäft", "A deal is a deal"]),
        ("tag=russia", vec!["Nobody knows the deal", safe, "We are close to a deal"]),
        ("tag=-energy", vec!["We won"]),
        ("tag=(russia|unknown),energy&speaker=li-wei", vec![safe, "We are close to a deal"]),
        ("tag=unknown", vec![]),
        ("author=jane-doe&speaker=li-wei", vec![safe, "We are close to a deal"]),
        ("author=nobody", vec![]),
        ("role=MINISTER", vec![safe, "We are close to a deal"]),
        ("affiliation=Gazprom", vec![safe, "We are close to a deal"]),
        ("kind=partial", vec!["Das Geschäft"]),
        ("article=oil", vec!["Das Geschäft", "A deal is a deal"]),
        (
            "language=en",
            vec!["A deal is a deal", "Nobody knows the deal", safe, "We are close to a deal"],
        ),
        ("language=de", vec!["Das Geschäft"]),
        ("from=2024-02-01&to=2024-02-20", vec!["Das Geschäft", "A deal is a deal"]),
        ("to=2024-01-01&date=said", vec![safe]),
        ("to=2024-01-01&date=created", vec![]),
        ("from=2024-03-01&date=updated&article=sport", vec!["We won"]),
        ("status=draft", vec![]),
        ("status=archived,published&article=sport", vec!["We won"]),
        ("q=deal&article=oil", vec!["A deal is a deal"]),
        ("q=deal+-nobody", vec!["A deal is a deal", "We are close to a deal"]),
        ("q=%22close+to%22+OR+won", vec!["We won", "We are close to a deal"]),
        ("q=gesch%C3%A4*", vec!["Das Geschäft"]),
        ("q=GESCHAFT", vec!["Das Geschäft"]),
        ("q=deal&speaker=li-wei", vec!["We are close to a deal"]),
        ("q=deal&speaker=nobody", vec![]),
        ("q=-deal&speaker=li-wei", vec!["Das Geschäft", safe]),
        ("q=title:deal", vec![]),
        (
            "q=deal&tag=energy&order=created_at&limit=2",
            vec!["We are close to a deal", "Nobody knows the deal"],
        ),
        ("order=said_at&tag=energy&limit=2", vec![safe, "We are close to a deal"]),
        ("order=-published_at&limit=2", vec!["We won", "Das Geschäft"]),
        ("order=published_at&limit=1", vec!["We are close to a deal"]),
    ] {
        assert_eq!(texts(&public, query), expected, "{query}");
    }
    let drafts = app.with(&[Scope::DraftsRead]);
    assert_eq!(texts(&drafts, "status=draft"), ["A secret deal"]);
    assert_eq!(texts(&drafts, "q=deal&state=suggested"), ["a deal, suggested"]);
    assert_eq!(texts(&public, "q=deal&state=suggested"), [""; 0]);
    for (query, parameter) in [
        ("tag=,", "tag"),
        ("order=relevance", "order"),
        ("order=text", "order"),
        ("date=bogus", "date"),
        ("ids=x", "ids"),
        ("from=now", "from"),
        ("status=x", "status"),
    ] {
        let refused = public.get(&format!("/v1/quotes?{query}")).problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], parameter, "{query}");
    }
}

#[test]
fn list_quotes_is_whole_in_every_order_and_however_it_is_cut() {
    let app = newsroom();
    let client = app.with(&[Scope::DraftsRead]);
    for order in [
        "-created_at",
        "created_at",
        "-said_at",
        "said_at",
        "-published_at",
        "published_at",
        "relevance",
    ] {
        let query = format!("q=deal+OR+won+OR+pipeline&order={order}");
        let whole = client.get(&format!("/v1/quotes?{query}&count=exact")).expect(200);
        assert_eq!(whole.json["total"], 6);
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = client.get(&format!("/v1/quotes?{query}&limit=1{cursor}")).expect(200);
            seen.extend(page.each("id"));
            match page.json["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, whole.each("id"), "{order}");
    }
    let page = client.get("/v1/quotes?order=said_at&limit=1").expect(200);
    let cursor = page.text("next_cursor");
    client
        .get(&format!("/v1/quotes?order=created_at&cursor={cursor}"))
        .problem(400, "invalid-cursor");
    client
        .get(&format!("/v1/quotes?order=said_at&q=a&cursor={cursor}"))
        .problem(400, "invalid-cursor");
}

#[test]
fn list_quotes_by_id_answers_in_that_order() {
    let app = newsroom();
    let public = app.public();
    let ids = public.get("/v1/quotes?limit=3").expect(200).each("id");
    let ids = ids.iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>();
    let asked = [ids[1], ids[2], ids[0]].join(",");
    assert_eq!(
        public.get(&format!("/v1/quotes?ids={asked}")).expect(200).each("id"),
        [ids[1], ids[2], ids[0]]
    );
    let refused = public
        .get(&format!("/v1/quotes?ids={asked}&order=said_at"))
        .problem(400, "invalid-parameter");
    assert_eq!(refused.json["errors"][0]["parameter"], "order");
}

#[test]
fn list_quotes_by_relevance_shows_where_it_was_found() {
    let app = newsroom();
    let public = app.public();
    let page = public.get("/v1/quotes?q=deal&order=relevance&highlight=true").expect(200);
    assert_eq!(page.json["items"][0]["text"], "A deal is a deal");
    let marked =
        json!([{"field": "text", "snippet": "A <mark>deal</mark> is a <mark>deal</mark>"}]);
    assert_eq!(page.json["items"][0]["highlights"], marked);
    let page = public.get("/v1/quotes?q=deal").expect(200);
    assert_eq!(page.json["items"][0]["highlights"], json!([]));
}

#[test]
fn list_quotes_finds_what_a_quote_says_now_and_who_says_it_now() {
    let app = newsroom();
    let (admin, public) = (app.admin(), app.public());
    let id = public.get("/v1/quotes?q=won").expect(200).json["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    admin
        .patch(&format!("/v1/quotes/{id}"), json!({"text": "We lost", "role": "Captain"}))
        .expect(200);
    assert_eq!(texts(&public, "q=won"), [""; 0]);
    assert_eq!(texts(&public, "q=lost&role=captain"), ["We lost"]);
    admin.post("/v1/people/ada/merge", json!({"into": "li-wei"}));
    assert_eq!(texts(&public, "q=lost&speaker=li-wei"), ["We lost"]);
    admin.delete("/v1/people/li-wei").expect(204);
    assert_eq!(texts(&public, "q=lost"), ["We lost"]);
    admin.delete(&format!("/v1/quotes/{id}")).expect(204);
    assert_eq!(texts(&public, "q=lost"), [""; 0]);
    assert_eq!(app.rows("quote_words"), app.rows("quotes"));
}

fn facets(client: &Client, query: &str) -> Value {
    client.get(&format!("/v1/quotes/facets?{query}")).expect(200).json
}

/// The values of a facet with their counts, as text.
fn counted(facets: &Value) -> String {
    let items = facets["items"].as_array().unwrap().iter();
    let items = items.map(|item| format!("{} {}", item["value"].as_str().unwrap(), item["count"]));
    items.collect::<Vec<_>>().join(", ")
}

#[test]
fn list_quote_facets_counts_by_every_side() {
    let app = newsroom();
    let public = app.public();
    for (by, expected, total, without) in [
        ("speaker", "li-wei 3, ada 1, zoe-adams 1", 6, 1),
        ("affiliation", "Gazprom 2", 6, 4),
        ("role", "Minister 2, analyst 1", 6, 3),
        ("tag", "energy 5, russia 3", 6, 1),
        ("month", "2024-01 2, 2024-02 3, 2023-12 1", 6, 0),
        ("named", "named 5, unnamed 1", 6, 0),
    ] {
        let facets = facets(&public, &format!("by={by}"));
        let mut sorted = expected.split(", ").collect::<Vec<_>>();
        sorted.sort_by_key(|value| {
            std::cmp::Reverse(value.rsplit(' ').next().unwrap().parse::<i64>().unwrap())
        });
        assert_eq!(counted(&facets), sorted.join(", "), "{by}");
        assert_eq!(facets["total"], total, "{by}");
        assert_eq!(facets["without"], without, "{by}");
        assert_eq!(facets["other"], json!({"values": 0, "count": 0}));
    }
    let one = facets(&public, "by=speaker&limit=1&tag=energy");
    assert_eq!(one["items"][0]["person"]["name"], "Li Wei");
    assert_eq!(one["items"][0]["tag"], Value::Null);
    assert_eq!(one["other"], json!({"values": 1, "count": 1}));
    assert_eq!((&one["total"], &one["without"]), (&json!(5), &json!(1)));
    let tags = facets(&public, "by=tag&q=deal&limit=1");
    assert_eq!(tags["items"][0]["tag"]["name"], "Energy");
    assert_eq!(counted(&tags), "energy 3");
    let none = facets(&public, "by=role&q=unheard");
    assert_eq!(
        none,
        json!({"by": "role", "total": 0, "items": [], "other": {"values": 0, "count": 0}, "without": 0})
    );
    assert_eq!(counted(&facets(&public, "")), counted(&facets(&public, "by=speaker")));
    let refused = public.get("/v1/quotes/facets?by=colour").problem(400, "invalid-parameter");
    assert_eq!(refused.json["errors"][0]["parameter"], "by");
    assert!(
        public
            .get("/v1/quotes/facets?by=tag&q=")
            .expect(200)
            .header("search-notes")
            .starts_with("no-words")
    );
}

#[test]
fn list_quote_facets_tells_nothing_of_drafts_but_to_who_sees_them() {
    let app = newsroom();
    let (public, drafts) = (app.public(), app.with(&[Scope::DraftsRead]));
    for by in ["speaker", "affiliation", "role", "tag", "month", "named"] {
        for rest in ["", "&status=draft", "&state=suggested", "&status=draft,published"] {
            let text = facets(&public, &format!("by={by}{rest}")).to_string().to_lowercase();
            for secret in ["deep", "spy", "agency", "secret"] {
                assert!(!text.contains(secret), "{by}{rest}: {text}");
            }
        }
        assert_eq!(facets(&public, &format!("by={by}&status=draft"))["total"], 0);
        assert_eq!(facets(&public, &format!("by={by}&state=suggested"))["total"], 0);
        assert_eq!(facets(&drafts, &format!("by={by}&status=draft"))["total"], 1);
        assert_eq!(facets(&drafts, &format!("by={by}&state=suggested"))["total"], 1);
    }
    assert_eq!(counted(&facets(&drafts, "by=role&status=draft")), "spy 1");
}

/// Every item of a list, page by page.
fn all(client: &Client, query: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/v1/quotes?limit=7{query}{cursor}")).expect(200);
        items.extend(page.json["items"].as_array().unwrap().clone());
        match page.json["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one story, told in one go")]
#[test]
fn list_quote_facets_counts_exactly_what_the_list_shows() {
    let app = App::new();
    onrecord::demo::fill(&app.db, 40).unwrap();
    let admin = app.admin();
    for n in 0..6 {
        let article = json!({"title": format!("D{n}"), "tags": ["economy"], "status": if n < 3 { "draft" } else { "published" },
            "body": "We have no name. We look.",
            "quotes": [{"text": "We have no name", "anonymity_reason": "fear"},
                {"text": "We look", "speaker_name": "Ada Abbott", "said_at": "1969-12-31T23:59:59.999Z", "role": "Mayor"}]});
        admin.post("/v1/articles", article).expect(201);
    }
    let filters = [
        "",
        "&q=we",
        "&q=-we",
        "&tag=economy",
        "&tag=-economy&role=mayor",
        "&q=number+OR+name&tag=economy|security",
        "&kind=full&from=2001-01-01&to=2001-01-02",
        "&affiliation=city+of+berlin",
        "&speaker=ada-abbott",
        "&date=said&to=1970-01-01",
        "&status=draft",
        "&status=draft,published&language=en",
    ];
    for client in [app.public(), app.with(&[Scope::DraftsRead])] {
        for filter in filters {
            let items = all(&client, filter);
            let total = client
                .get(&format!("/v1/quotes?count=exact&limit=1{filter}"))
                .expect(200)
                .json["total"]
                .clone();
            assert_eq!(total, items.len(), "{filter}");
            for by in ["speaker", "affiliation", "role", "named"] {
                let value = |item: &Value| match by {
                    "speaker" => item["speaker"]["slug"].as_str().map(str::to_owned),
                    "named" => Some(
                        if item["speaker_name"].is_null() { "unnamed" } else { "named" }.to_owned(),
                    ),
                    by => item[by].as_str().map(str::to_lowercase),
                };
                let mut counts = BTreeMap::new();
                items
                    .iter()
                    .filter_map(value)
                    .for_each(|value| *counts.entry(value).or_insert(0) += 1);
                let facets = facets(&client, &format!("by={by}&limit=100{filter}"));
                assert_eq!(facets["total"], items.len(), "{by} {filter}");
                let mut expected = counts.into_iter().collect::<Vec<_>>();
                expected.sort_by_key(|(_, count)| -count);
                let without = i64::try_from(items.len()).unwrap()
                    - expected.iter().map(|(_, count)| count).sum::<i64>();
                assert_eq!(facets["without"], without, "{by} {filter}");
                let shown =
                    expected.iter().take(100).map(|(value, count)| format!("{value} {count}"));
                assert_eq!(
                    counted(&facets).to_lowercase(),
                    shown.collect::<Vec<_>>().join(", "),
                    "{by} {filter}"
                );
                // A value found in a facet finds as many when it is asked for.
                if let Some(item) =
                    facets["items"].get(0).filter(|_| by != "named" && !filter.contains(by))
                {
                    let value = encoded(item["value"].as_str().unwrap());
                    let page = client
                        .get(&format!("/v1/quotes?count=exact{filter}&{by}={value}"))
                        .expect(200);
                    assert_eq!(page.json["total"], item["count"], "{by} {filter}");
                }
            }
            let months = facets(&client, &format!("by=month&limit=100{filter}"));
            let sum = months["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["count"].as_i64().unwrap())
                .sum::<i64>();
            assert_eq!(months["total"], sum, "{filter}");
            let tags = facets(&client, &format!("by=tag&limit=100{filter}"));
            for item in tags["items"]
                .as_array()
                .unwrap()
                .iter()
                .take(3)
                .filter(|_| !filter.contains("tag="))
            {
                let tag = item["value"].as_str().unwrap();
                let page =
                    client.get(&format!("/v1/quotes?count=exact{filter}&tag={tag}")).expect(200);
                assert_eq!(page.json["total"], item["count"], "{tag} {filter}");
            }
        }
    }
    let months = facets(&app.public(), "by=month&date=said&to=1970-01-01");
    assert_eq!(counted(&months), "1969-12 3");
}
