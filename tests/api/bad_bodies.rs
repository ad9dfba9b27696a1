//! Bad bodies: what is no JSON, what is no article, and text that means harm.

use serde_json::{Value, json};

use crate::bad_input::{Refusal, Table, WHOLE};

const MALFORMED: Refusal = Refusal(400, "malformed-request", WHOLE);

const fn invalid(pointer: &'static str) -> Refusal {
    Refusal(422, "invalid-field", pointer)
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn utf32(text: &str) -> Vec<u8> {
    text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()
}

#[test]
fn bodies_that_are_no_json_are_malformed() {
    let table = Table::new();
    let deep = "[".repeat(20_000);
    let rows: &[(u16, &str, &[u8])] = &[
        (1, "empty body", b""),
        (2, "blanks only", b" \t\r\n "),
        (3, "an opening brace", b"{"),
        (4, "truncated object", br#"{"title": "A"#),
        (5, "trailing comma", br#"{"title": "A",}"#),
        (6, "single quotes", b"{'title': 'A'}"),
        (7, "line comment", b"{\"title\": \"A\"} // one"),
        (8, "block comment", br#"{/* one */"title": "A"}"#),
        (9, "two documents", br#"{"title": "A"}{"title": "B"}"#),
        (10, "trailing text", br#"{"title": "A"} and more"#),
        (11, "NaN", br#"{"title": NaN}"#),
        (12, "-Infinity", br#"{"title": -Infinity}"#),
        (13, "hexadecimal number", br#"{"title": 0x1f}"#),
        (14, "octal number", br#"{"title": 0123}"#),
        (15, "unquoted key", br#"{title: "A"}"#),
        (16, "\\x escape", br#"{"title": "\x41"}"#),
        (17, "raw newline in a string", b"{\"title\": \"A\nB\"}"),
        (18, "raw NUL", b"{\"title\": \"A\0B\"}"),
        (19, "bytes FF FE", b"{\"title\": \"\xff\xfe\"}"),
        (20, "overlong C0 AF", b"{\"title\": \"\xc0\xaf\"}"),
        (21, "CESU-8 ED A0 80", b"{\"title\": \"\xed\xa0\x80\"}"),
        (22, "cut \\u12", br#"{"title": "\u12"}"#),
        (23, "UTF-16", &utf16(r#"{"title": "A"}"#)),
        (24, "UTF-32", &utf32(r#"{"title": "A"}"#)),
        (25, "random bytes", b"\x93\x11\xfa\x07\x7f\xe2\x28\xa1\x00\x9d\x5b"),
        (26, "XML", b"<?xml version=\"1.0\"?><article><title>A</title></article>"),
        (27, "YAML", b"title: A\nbody: B\n"),
        (28, "form text", b"title=A&body=B"),
        (29, ")]}' prefix", b")]}',\n{\"title\": \"A\"}"),
        (30, "array 20,000 deep", deep.as_bytes()),
        (53, "duplicate member", br#"{"title": "A", "title": "B"}"#),
        (53, "duplicate member by escape", br#"{"title": "A", "titl\u0065": "B"}"#),
        (68, "lone surrogate", br#"{"title": "A \ud800 B"}"#),
        (69, "reversed surrogates", br#"{"title": "A \udc00\ud800 B"}"#),
        (79, "BOM before JSON", b"\xef\xbb\xbf{\"title\": \"A\"}"),
    ];
    for (number, name, body) in rows {
        table.refuse_article(*number, name, body, MALFORMED);
    }
    // A depth of 32 is read, one of 33 is not.
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    table.refuse_article(30, "33 levels", nested(33).as_bytes(), MALFORMED);
    table.refuse_article(30, "32 levels", nested(32).as_bytes(), invalid(WHOLE));
    table.done();
}

#[test]
fn bodies_of_another_shape_are_invalid() {
    let table = Table::new();
    let many = vec!["a"; 20_000];
    let with = |member: &str, value: Value| {
        let mut body = json!({"title": "A"});
        body[member] = value;
        body.to_string()
    };
    let rows: &[(u16, &str, String, &'static str)] = &[
        (31, "null", "null".to_owned(), WHOLE),
        (32, "[]", "[]".to_owned(), WHOLE),
        (33, "[valid]", r#"[{"title": "A"}]"#.to_owned(), WHOLE),
        (34, "a string", r#""x""#.to_owned(), WHOLE),
        (35, "a number", "123".to_owned(), WHOLE),
        (36, "true", "true".to_owned(), WHOLE),
        (37, "title 123", with("title", json!(123)), "/title"),
        (38, "title []", with("title", json!([])), "/title"),
        (39, "title {}", with("title", json!({})), "/title"),
        (40, "title true", with("title", json!(true)), "/title"),
        (41, "title null", with("title", json!(null)), "/title"),
        (42, "tags a string", with("tags", json!("x")), "/tags"),
        (43, "tags an object", with("tags", json!({"0": 1})), "/tags"),
        (44, "tags [null]", with("tags", json!([null])), "/tags/0"),
        (45, "tags [[]]", with("tags", json!([[]])), "/tags/0"),
        (46, "tags [{}]", with("tags", json!([{}])), "/tags/0"),
        (47, "20,000 tags", with("tags", json!(many)), "/tags"),
    ];
    for (number, name, body, pointer) in rows {
        table.refuse_article(*number, name, body.as_bytes(), invalid(pointer));
    }
    table.done();
}

/// A case: its number and name, an article with one fault, and where the fault is.
type Member = (u16, &'static str, Value, &'static str);

/// What may not be made may not be put or patched either.
fn refuse_however_it_is_sent(table: &Table, rows: &[Member]) {
    for (number, name, body, pointer) in rows {
        table.refuse_article(*number, name, body.to_string().as_bytes(), invalid(pointer));
    }
    let path = "/v1/articles/standing";
    for (number, name, body, pointer) in rows {
        let body = body.to_string();
        for method in ["PUT", "PATCH"] {
            if method == "PATCH" && *number == 48 {
                continue;
            }
            let headers = crate::app::JSON;
            let row = crate::bad_input::Row {
                number: *number,
                name,
                method,
                path,
                headers,
                body: body.as_bytes(),
            };
            table.refuse(&row, invalid(pointer));
        }
    }
}

#[test]
fn members_against_their_rules_are_invalid() {
    let table = Table::new();
    let rows: &[Member] = &[
        (48, "missing title", json!({}), "/title"),
        (49, "empty title", json!({"title": ""}), "/title"),
        (50, "blanks-only title", json!({"title": " \t\u{a0}\u{3000}"}), "/title"),
        (51, "title one too long", json!({"title": "a".repeat(301)}), "/title"),
        (52, "unknown member", json!({"title": "A", "titel": "B"}), "/titel"),
        (54, "id set", json!({"title": "A", "id": "01890a5d-ac96-774b-bcce-b302099a8057"}), "/id"),
        (
            55,
            "created_at set",
            json!({"title": "A", "created_at": "2020-01-01T00:00:00Z"}),
            "/created_at",
        ),
        (56, "version set", json!({"title": "A", "version": 7}), "/version"),
        (57, "scopes set", json!({"title": "A", "scopes": ["admin"]}), "/scopes"),
        (58, "status in capitals", json!({"title": "A", "status": "PUBLISHED"}), "/status"),
        (59, "status bogus", json!({"title": "A", "status": "bogus"}), "/status"),
        (
            60,
            "language xx-yyyy-zzzz",
            json!({"title": "A", "language": "xx-yyyy-zzzz"}),
            "/language",
        ),
    ];
    refuse_however_it_is_sent(&table, rows);
    table.done();
}

#[test]
fn instants_that_are_none_are_invalid() {
    let table = Table::new();
    let rows: &[Member] = &[
        (
            61,
            "published yesterday",
            json!({"title": "A", "published_at": "yesterday"}),
            "/published_at",
        ),
        (
            62,
            "30 February",
            json!({"title": "A", "published_at": "2024-02-30T00:00:00Z"}),
            "/published_at",
        ),
        (
            63,
            "year +999999",
            json!({"title": "A", "published_at": "+999999-01-01T00:00:00Z"}),
            "/published_at",
        ),
        (
            64,
            "day 0",
            json!({"title": "A", "published_at": "0000-00-00T00:00:00Z"}),
            "/published_at",
        ),
        (
            65,
            "10^18",
            json!({"title": "A", "published_at": 1_000_000_000_000_000_000_i64}),
            "/published_at",
        ),
        (
            66,
            "tomorrow's news",
            json!({"title": "A", "published_at": "9999-01-01T00:00:00Z"}),
            "/published_at",
        ),
    ];
    refuse_however_it_is_sent(&table, rows);
    table.done();
}

#[test]
fn parts_against_their_rules_are_invalid() {
    let table = Table::new();
    let rows: &[Member] = &[
        (
            66,
            "position in a list",
            json!({"title": "A", "links": [{"title": "B", "position": 0}]}),
            "/links/0/position",
        ),
        (
            66,
            "quote without text",
            json!({"title": "A", "quotes": [{"text": "B"}, {}]}),
            "/quotes/1/text",
        ),
        (66, "link to nothing", json!({"title": "A", "links": [{}]}), "/links/0"),
        (
            66,
            "link to nobody's article",
            json!({"title": "A", "links": [{"target": "nowhere"}]}),
            "/links/0/target",
        ),
    ];
    refuse_however_it_is_sent(&table, rows);
    table.done();
}

#[test]
fn text_that_means_harm_is_invalid() {
    let table = Table::new();
    let rows: Vec<(u16, &str, &str, Value, &'static str)> = vec![
        (67, "NUL in a title", "articles", json!({"title": "A\0B"}), "/title"),
        (67, "NUL in a tag", "articles", json!({"title": "A", "tags": ["b", "c\0"]}), "/tags/1"),
        (67, "NUL in a name of a member", "articles", json!({"title": "A", "b\0": 1}), ""),
        (70, "U+202E in a tag's name", "tags", json!({"name": "a\u{202e}b"}), "/name"),
        (70, "U+202E in a person's name", "people", json!({"name": "a\u{202e}b"}), "/name"),
        (70, "U+202E in a slug", "articles", json!({"title": "A", "slug": "a\u{202e}b"}), "/slug"),
        (71, "U+2066 in a tag's name", "tags", json!({"name": "a\u{2066}b\u{2069}"}), "/name"),
        (
            71,
            "U+2066 in a slug",
            "tags",
            json!({"name": "A", "slug": "a\u{2066}b\u{2069}"}),
            "/slug",
        ),
        (72, "invisible title", "articles", json!({"title": "\u{200b}\u{200b}"}), "/title"),
        (72, "invisible name", "tags", json!({"name": "\u{200b}\u{feff}"}), "/name"),
        (
            73,
            "2,000 combining marks",
            "articles",
            json!({"title": format!("a{}", "\u{301}".repeat(2000))}),
            "/title",
        ),
        (76, "fullwidth slug", "articles", json!({"title": "A", "slug": "ｎｅｗｓ"}), "/slug"),
        (77, "ligature in a slug", "articles", json!({"title": "A", "slug": "ﬁrst"}), "/slug"),
        (78, "İ in a slug", "articles", json!({"title": "A", "slug": "İstanbul"}), "/slug"),
        (82, "CR LF in a title", "articles", json!({"title": "A\r\nSet-Cookie: b"}), "/title"),
        (82, "U+2028 in a title", "articles", json!({"title": "A\u{2028}B"}), "/title"),
        (82, "CR LF in a tag's name", "tags", json!({"name": "A\r\nB"}), "/name"),
    ];
    for (number, name, list, body, pointer) in &rows {
        let path = format!("/v1/{list}");
        let body = body.to_string();
        table.refuse_post(*number, name, &path, body.as_bytes(), invalid(pointer));
    }
    table.done();
}

#[test]
fn strange_text_that_is_text_is_kept() {
    let table = Table::new();
    let kept: &[(u16, &str, String)] = &[
        (70, "U+202E", "a \u{202e}b".to_owned()),
        (71, "U+2066 to U+2069", "a \u{2066}b\u{2067}c\u{2068}d\u{2069}".to_owned()),
        (74, "U+FDFA × 300", "\u{fdfa}".repeat(300)),
        (78, "İ", "İstanbul'da".to_owned()),
        (80, "U+FFFE", "a \u{fffe} b".to_owned()),
        (81, "ANSI escape", "a \u{1b}[31m b".to_owned()),
    ];
    for (number, name, title) in kept {
        let made = table.admin.post("/v1/articles", json!({"title": title, "body": title}));
        table.hold(*number, name, made.status == 201, &made.json);
        table.hold(*number, name, made.json["title"] == **title, &made.json["title"]);
        let read = table.admin.get(made.header("location"));
        table.hold(*number, name, read.json == made.json, &read.json);
        let slug = read.json["slug"].as_str().unwrap_or_default().to_owned();
        let fits = !slug.is_empty() && slug.chars().count() <= 200;
        table.hold(*number, name, fits, &slug);
        // A slug made here is one that can be asked for.
        let body = json!({"title": title});
        let again = table.admin.put(made.header("location"), body);
        table.hold(*number, name, again.status == 200 && again.json["slug"] == slug, &again.json);
    }
    // 75: the same letters composed and decomposed are one slug.
    table.admin.post("/v1/tags", json!({"name": "One", "slug": "cafe\u{301}"})).expect(201);
    table.accept_changes();
    let body = json!({"name": "Two", "slug": "caf\u{e9}"}).to_string();
    let conflict = Refusal(409, "conflict", "");
    table.refuse_post(75, "NFD and NFC slug", "/v1/tags", body.as_bytes(), conflict);
    table.done();
}

#[test]
fn slugs_that_are_no_slugs_are_invalid() {
    let table = Table::new();
    let long = "a".repeat(5000);
    let rows: &[(u16, &str, &str)] = &[
        (83, "slash", "a/b"),
        (84, "dots", ".."),
        (85, "dot", "."),
        (86, "path", "../../etc/passwd"),
        (87, "encoded slash", "a%2fb"),
        (88, "question mark", "a?b"),
        (89, "hash", "a#b"),
        (90, "blank", "a b"),
        (91, "empty", ""),
        (92, "backslash", "a\\b"),
        (93, "5,000 characters", &long),
        (94, "reserved", "search"),
        (94, "reserved too", "new"),
        (94, "an id", "01890a5d-ac96-774b-bcce-b302099a8057"),
        (94, "an id without hyphens", "01890a5dac96774bbcceb302099a8057"),
        (94, "capitals", "News"),
        (94, "hyphens at the end", "news-"),
    ];
    for (number, name, slug) in rows {
        for (list, named) in [("articles", "title"), ("tags", "name"), ("people", "name")] {
            let body = json!({named: "A", "slug": slug}).to_string();
            let path = format!("/v1/{list}");
            table.refuse_post(*number, name, &path, body.as_bytes(), invalid("/slug"));
        }
    }
    table.done();
}

#[test]
fn addresses_that_are_no_web_addresses_are_invalid() {
    let table = Table::new();
    let rows: &[(u16, &str, &str)] = &[
        (207, "javascript:", "javascript:alert(1)"),
        (208, "javascript: with a blank and capitals", " JaVaScRiPt:alert(1)"),
        (209, "javascript: with a tab", "java\tscript:alert(1)"),
        (210, "data:", "data:text/html,<script>alert(1)</script>"),
        (211, "vbscript:", "vbscript:msgbox(1)"),
        (212, "file:", "file:///etc/passwd"),
        (213, "no host", "http://"),
        (214, "half an address", "http://[::1"),
        (215, "port 99999", "http://example.com:99999/"),
        (216, "CR LF", "http://example.com/\r\nSet-Cookie: a"),
        (216, "relative", "/v1/articles"),
        (216, "a user's name", "https://example.com@evil.example/"),
        (216, "2,001 characters", &format!("https://example.com/{}", "a".repeat(1981))),
    ];
    for (number, name, url) in rows {
        let bodies = [
            ("/v1/articles", json!({"title": "A", "links": [{"url": url}]}), "/links/0/url"),
            (
                "/v1/articles",
                json!({"title": "A", "source": {"name": "B", "url": url}}),
                "/source/url",
            ),
            ("/v1/articles/standing/links", json!({"url": url}), "/url"),
        ];
        for (path, body, pointer) in bodies {
            table.refuse_post(*number, name, path, body.to_string().as_bytes(), invalid(pointer));
        }
    }
    table.done();
}

#[test]
fn html_without_end_costs_little() {
    let table = Table::new();
    // 237: 100,000 elements inside each other.
    let html = "<div>".repeat(100_000);
    let started = std::time::Instant::now();
    let body = json!({"title": "Deep", "body": html, "body_format": "html"});
    let made = table.admin.post("/v1/articles", body);
    let took = started.elapsed();
    table.hold(237, "deep HTML", matches!(made.status, 201 | 422), made.status);
    table.hold(237, "deep HTML", took.as_secs_f32() < 2.0, format!("took {took:?}"));
    table.accept_changes();
    table.done();
}
