//! The pages of a list: order, cursor, parts, properties, and what they cost.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::app::{Answer, App, Client};

const ORDERS: [&str; 5] = ["-published_at", "published_at", "-updated_at", "updated_at", "title"];

/// Makes published articles; every third has the date and title of the one before.
fn many(client: &Client, numbers: std::ops::Range<u32>) {
    for n in numbers {
        let even = n - n % 3 / 2;
        let day = even % 28 + 1;
        let sent = json!({
            "title": format!("Title {:03}", even * 7 % 100), "slug": format!("n{n}"),
            "status": "published", "published_at": format!("2024-01-{day:02}T00:00:00Z"),
            "body": "A clear trend.", "tags": ["one", "two"], "authors": ["Jane Doe"],
            "quotes": [{"text": "clear", "speaker_name": "Zhang Xin"}],
            "links": [{"url": "https://example.com/"}, {"title": "Gas"}]
        });
        client.post("/v1/articles", sent).expect(201);
    }
}

fn slugs(page: &Answer) -> Vec<String> {
    page.each("slug").iter().map(|slug| slug.as_str().unwrap().to_owned()).collect()
}

/// The path in a `Link` header.
fn next_of(app: &App, page: &Answer) -> Option<String> {
    let link = page.header("link");
    let link = link.strip_prefix('<')?.strip_suffix(">; rel=\"next\"").unwrap();
    Some(link.strip_prefix(&format!("http://{}", app.address)).unwrap().to_owned())
}

#[test]
fn list_articles_in_every_order() {
    let app = App::new();
    let admin = app.admin();
    many(&admin, 0..12);
    admin.patch("/v1/articles/n5", json!({"standfirst": "Changed."})).expect(200);
    for order in ORDERS {
        let page = app.public().get(&format!("/v1/articles?limit=100&order={order}")).expect(200);
        let key = order.trim_start_matches('-');
        let mut keys = page.each(key).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(keys.len(), 12);
        if order.starts_with('-') {
            keys.reverse();
        }
        assert!(keys.is_sorted(), "{order}: {keys:?}");
    }
    let last = app.public().get("/v1/articles?order=-updated_at&limit=1").expect(200);
    assert_eq!(slugs(&last), ["n5"]);
    for order in ["relevance", "created_at", "-title", "id", "", "title,id", "title;drop"] {
        let refused = app.public().get(&format!("/v1/articles?order={order}"));
        let refused = refused.problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], "order", "{order}");
    }
}

#[test]
fn list_articles_page_by_page_while_more_are_made() {
    let app = App::new();
    let admin = app.admin();
    many(&admin, 0..20);
    let there = (0..20).map(|n| format!("n{n}")).collect::<HashSet<_>>();
    let mut made = 20;
    let made_max = 20 + 4 * u32::try_from(ORDERS.len()).unwrap();
    for order in ORDERS {
        let mut seen = HashSet::new();
        let mut next = Some(format!("/v1/articles?order={order}&limit=3"));
        while let Some(path) = next {
            let page = app.public().get(&path).expect(200);
            for slug in slugs(&page) {
                assert!(seen.insert(slug.clone()), "{order}: {slug} is there twice");
            }
            next = next_of(&app, &page);
            let cursor = page.json["next_cursor"].as_str();
            assert_eq!(cursor.is_some(), next.is_some());
            if let (Some(cursor), Some(next)) = (cursor, &next) {
                assert_eq!(*next, format!("/v1/articles?order={order}&limit=3&cursor={cursor}"));
            }
            if made < made_max && seen.len() < 15 {
                many(&admin, made..made + 1);
                made += 1;
            }
        }
        assert!(there.is_subset(&seen), "{order}: lost {:?}", there.difference(&seen));
    }
    assert!(made > 30);
}

#[test]
fn list_articles_page_by_page_is_the_whole_list() {
    let app = App::new();
    many(&app.admin(), 0..10);
    for order in ORDERS {
        for filter in
            ["", "&tag=one,-three", "&author=jane-doe", "&speaker=zhang-xin&from=2020-01-01"]
        {
            let query = format!("order={order}{filter}");
            let whole = app.public().get(&format!("/v1/articles?limit=100&{query}")).expect(200);
            assert_eq!(whole.header("link"), "");
            let mut pages = Vec::new();
            let mut next = Some(format!("/v1/articles?limit=4&{query}&count=exact"));
            while let Some(path) = next {
                let page = app.public().get(&path).expect(200);
                assert_eq!(page.json["total"], 10, "the total is of the list, not of the page");
                pages.extend(slugs(&page));
                next = next_of(&app, &page);
            }
            assert_eq!(pages, slugs(&whole), "{query}");
        }
    }
}

#[test]
fn list_articles_refuses_a_cursor_of_another_list() {
    let app = App::new();
    let admin = app.admin();
    many(&admin, 0..4);
    let cursor = |query: &str| {
        app.public().get(&format!("/v1/articles?limit=1&{query}")).text("next_cursor").to_owned()
    };
    let plain = cursor("");
    for query in [
        "order=published_at",
        "order=-updated_at",
        "order=title",
        "tag=one",
        "speaker=zhang-xin",
        "author=jane-doe",
        "affiliation=cctv",
        "language=en",
        "from=2020-01-01",
        "to=2030-01-01",
        "date=created",
    ] {
        let path = format!("/v1/articles?{query}&cursor={plain}");
        let refused = app.public().get(&path).problem(400, "invalid-cursor");
        assert_eq!(refused.json["errors"][0]["parameter"], "cursor", "{query}");
    }
    for path in ["/v1/tags", "/v1/people", "/v1/quotes", "/v1/links", "/v1/articles/n1/links"] {
        let refused = app.public().get(&format!("{path}?cursor={plain}"));
        refused.problem(400, "invalid-cursor");
    }
    admin.get(&format!("/v1/articles?cursor={plain}")).problem(400, "invalid-cursor");
    for same in ["limit=2", "count=exact", "include=body", "fields=title", "order=-published_at"] {
        app.public().get(&format!("/v1/articles?{same}&cursor={plain}")).expect(200);
    }
    let spelled = cursor("tag=one%20,%20two");
    app.public().get(&format!("/v1/articles?tag=one,two&cursor={spelled}")).expect(200);
}

#[test]
fn list_articles_refuses_a_cursor_that_was_tampered_with() {
    let app = App::new();
    many(&app.admin(), 0..3);
    let cursor = app.public().get("/v1/articles?limit=1").text("next_cursor").to_owned();
    let mut wrong = vec![String::new(), "x".into(), "0".repeat(9000), "%F0%9F%92%A9".into()];
    wrong.push(format!("{cursor}A"));
    wrong.push(format!("{cursor}="));
    wrong.push(cursor.replace(['-', '_'], "+"));
    wrong.retain(|text| *text != cursor);
    for place in 0..cursor.len() {
        let mut bytes = cursor.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        wrong.push(String::from_utf8(bytes).unwrap());
        wrong.push(cursor[..place].to_owned());
    }
    for text in wrong {
        let refused = app.public().get(&format!("/v1/articles?limit=1&cursor={text}"));
        refused.problem(400, "invalid-cursor");
    }
}

#[test]
fn list_articles_refuses_limits_out_of_bounds() {
    let app = App::new();
    many(&app.admin(), 0..21);
    let public = app.public();
    assert_eq!(public.get("/v1/articles").expect(200).each("id").len(), 20);
    for (limit, items) in [("1", 1), ("21", 21), ("100", 21), ("007", 7)] {
        let page = public.get(&format!("/v1/articles?limit={limit}")).expect(200);
        assert_eq!(page.each("id").len(), items);
        assert_eq!(page.header("link").is_empty(), items == 21, "{limit}");
    }
    for limit in ["0", "-1", "101", "1.5", "1e1", "ten", "", "99999999999999999999", "%2B5"] {
        let refused = public.get(&format!("/v1/articles?limit={limit}"));
        let refused = refused.problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], "limit", "{limit}");
    }
}

#[test]
fn list_articles_includes_what_is_asked_for() {
    let app = App::new();
    many(&app.admin(), 0..2);
    let whole = app.public().get("/v1/articles/n1").expect(200).json;
    let parts = [
        ("body", vec!["body", "body_format", "body_html", "body_text"]),
        ("quotes", vec!["quotes"]),
        ("links", vec!["links"]),
        ("authors", vec!["authors"]),
    ];
    for chosen in 0..16_usize {
        let asked = parts.iter().enumerate().filter(|(place, _)| chosen >> place & 1 == 1);
        let names = asked.map(|(_, (name, _))| *name).collect::<Vec<_>>();
        let include =
            if chosen == 0 { String::new() } else { format!("&include={}", names.join(",")) };
        let page = app.public().get(&format!("/v1/articles?ids=n1{include}")).expect(200);
        let item = page.json["items"][0].as_object().unwrap();
        assert_eq!(item["tags"], whole["tags"]);
        for (name, properties) in &parts {
            for property in properties {
                let expected = names.contains(name).then(|| whole[*property].clone());
                assert_eq!(item.get(*property), expected.as_ref(), "{property} of {names:?}");
            }
        }
    }
    for include in ["", "tags", "body,", "comments", "Body"] {
        let refused = app.public().get(&format!("/v1/articles?include={include}"));
        let refused = refused.problem(400, "invalid-parameter");
        assert_eq!(refused.json["errors"][0]["parameter"], "include", "{include}");
    }
}

#[test]
fn list_articles_shows_exactly_the_fields_asked_for() {
    let app = App::new();
    many(&app.admin(), 1..2);
    let speaker = app.public().get("/v1/people/zhang-xin").text("id").to_owned();
    for (fields, item) in [
        ("title", json!({"title": "Title 007"})),
        ("slug,title,title", json!({"slug": "n1", "title": "Title 007"})),
        ("tags.name", json!({"tags": [{"name": "one"}, {"name": "two"}]})),
        (
            "tags.slug,tags.name",
            json!({"tags": [{"slug": "one", "name": "one"}, {"slug": "two", "name": "two"}]}),
        ),
        ("authors.slug", json!({"authors": [{"slug": "jane-doe"}]})),
        ("body_text", json!({"body_text": "A clear trend."})),
        ("source.name,standfirst", json!({"source": null, "standfirst": null})),
        (
            "quotes.text,links.url",
            json!({"quotes": [{"text": "clear"}],
            "links": [{"url": "https://example.com/"}, {"url": null}]}),
        ),
        (
            "quotes.speaker",
            json!({"quotes": [{"speaker":
            {"id": speaker, "slug": "zhang-xin", "name": "Zhang Xin"}}]}),
        ),
    ] {
        let page = app.public().get(&format!("/v1/articles?fields={fields}")).expect(200);
        assert_eq!(page.json["items"], json!([item]), "{fields}");
        assert_eq!(page.json.as_object().unwrap().len(), 3);
    }
    for fields in ["tags,tags.name", "tags.name,tags"] {
        let page = app.public().get(&format!("/v1/articles?fields={fields}")).expect(200);
        assert_eq!(page.json["items"][0]["tags"][0].as_object().unwrap().len(), 4, "{fields}");
    }
    for (fields, nearest) in [
        ("titel", "`title`"),
        ("title,pubished_at", "`published_at`"),
        ("tags.nam", "`tags.name`"),
        ("quotes.speeker", "`quotes.speaker`"),
        ("title.x", ""),
        ("tags.name.x", "`tags.name`"),
        ("tags.", ""),
        ("", ""),
    ] {
        let refused = app.public().get(&format!("/v1/articles?fields={fields}"));
        let refused = refused.problem(400, "invalid-parameter");
        let error = &refused.json["errors"][0];
        assert_eq!(error["parameter"], "fields", "{fields}");
        assert!(error["detail"].as_str().unwrap().contains(nearest), "{fields}: {error}");
    }
}

#[test]
fn list_articles_counts_only_when_asked() {
    let app = App::new();
    many(&app.admin(), 0..5);
    for (query, total) in [
        ("", Value::Null),
        ("count=none", Value::Null),
        ("count=exact", json!(5)),
        ("count=exact&limit=2", json!(5)),
        ("count=exact&tag=three", json!(0)),
    ] {
        assert_eq!(
            app.public().get(&format!("/v1/articles?{query}")).expect(200).json["total"],
            total
        );
    }
    for count in ["", "true", "Exact"] {
        let refused = app.public().get(&format!("/v1/articles?count={count}"));
        refused.problem(400, "invalid-parameter");
    }
}

fn statements(client: &Client, path: &str) -> u32 {
    let answer = client.get(path).expect(200);
    let timing = answer.header("server-timing").to_owned();
    let number = timing.split("db;desc=\"").nth(1).unwrap().split(' ').next().unwrap();
    number.parse().unwrap()
}

#[test]
fn list_articles_issues_as_many_statements_for_one_as_for_a_hundred() {
    let app = App::forgetful();
    many(&app.admin(), 0..30);
    let public = app.public();
    let mut costs = HashMap::new();
    for filter in [
        "",
        "&tag=one,(two|three),-four",
        "&author=jane-doe",
        "&speaker=zhang-xin",
        "&count=exact",
        "&fields=title,tags.name,quotes.text,body,links,authors",
        "&order=title",
        "&q=n&order=relevance&highlight=true",
        "&q=%22n%22+OR+-x&count=exact",
    ] {
        for chosen in 0..16_usize {
            let parts = ["body", "quotes", "links", "authors"];
            let asked = parts.iter().enumerate().filter(|(place, _)| chosen >> place & 1 == 1);
            let names = asked.map(|(_, name)| *name).collect::<Vec<_>>();
            let include = match names.as_slice() {
                [] => String::new(),
                names => format!("&include={}", names.join(",")),
            };
            let one = statements(&public, &format!("/v1/articles?limit=1{include}{filter}"));
            let hundred = statements(&public, &format!("/v1/articles?limit=100{include}{filter}"));
            assert_eq!(one, hundred, "{include}{filter}");
            costs.insert(format!("{include}{filter}"), one);
        }
    }
    assert_eq!(costs[""], 4, "the articles, their tags, their pictures, their discussions");
    let everything = costs["&include=body,quotes,links,authors"];
    assert!((7..=9).contains(&everything), "{everything}");
}

#[test]
fn list_quotes_tags_people_and_links_issue_as_many_statements_for_one_as_for_a_hundred() {
    let app = App::forgetful();
    many(&app.admin(), 0..10);
    for path in [
        "/v1/quotes",
        "/v1/quotes?q=a*+OR+-x&tag=one&order=relevance&highlight=true&count=exact",
        "/v1/quotes/facets?by=speaker",
        "/v1/quotes/facets?by=tag&q=-x",
        "/v1/tags",
        "/v1/people",
        "/v1/links",
        "/v1/links?target=n1",
        "/v1/articles/n1/quotes",
        "/v1/articles/n1/links",
    ] {
        let sign = if path.contains('?') { '&' } else { '?' };
        let one = statements(&app.public(), &format!("{path}{sign}limit=1"));
        let hundred = statements(&app.public(), &format!("{path}{sign}limit=100"));
        assert_eq!(one, hundred, "{path}");
        assert!(one >= 1);
    }
}

#[test]
fn link_to_the_next_page_has_one_cursor_however_it_came() {
    let app = App::new();
    many(&app.admin(), 0..3);
    let first = app.public().get("/v1/articles?limit=1").expect(200);
    let path = format!("/v1/articles?limit=1&%63ursor={}", first.text("next_cursor"));
    let second = app.public().get(&path).expect(200);
    let link = second.header("link").to_owned();
    let next = link.split('<').nth(1).unwrap().split('>').next().unwrap();
    let third = app.public().get(&next[next.find("/v1/").unwrap()..]).expect(200);
    assert_eq!(third.each("id").len(), 1);
    for offset in ["%2B24:00", "%2B25:59", "-99:00"] {
        let path = format!("/v1/articles?from=2020-01-01T00:00:00{offset}");
        app.public().get(&path).problem(400, "invalid-parameter");
    }
}
