//! Bad queries and paths: paging, filters, cursors, ids.

use serde_json::Value;

use crate::app::Answer;
use crate::bad_input::{Refusal, Row, Table};

const LISTS: [&str; 8] = [
    "/v1/articles",
    "/v1/tags",
    "/v1/people",
    "/v1/quotes",
    "/v1/links",
    "/v1/keys",
    "/v1/articles/standing/quotes",
    "/v1/articles/standing/links",
];

const fn invalid(parameter: &'static str) -> Refusal {
    Refusal(400, "invalid-parameter", parameter)
}

#[test]
fn limits_that_are_no_limits_are_invalid() {
    let table = Table::new();
    let digits = "9".repeat(400);
    let rows: &[(u16, &str, &str)] = &[
        (95, "-1", "-1"),
        (96, "0", "0"),
        (97, "1.5", "1.5"),
        (98, "abc", "abc"),
        (99, "1e3", "1e3"),
        (100, "0x10", "0x10"),
        (101, "NaN", "NaN"),
        (102, "empty", ""),
        (103, "fullwidth 9", "%EF%BC%99"),
        (104, "2^31", "2147483648"),
        (105, "2^63", "9223372036854775808"),
        (106, "2^64", "18446744073709551616"),
        (107, "400 digits", &digits),
        (107, "101", "101"),
        (107, "a sign", "%2B5"),
        (107, "a blank", "+5"),
    ];
    for (number, name, value) in rows {
        for list in LISTS {
            let path = format!("{list}?limit={value}");
            table.refuse_get(*number, name, &path, invalid("limit"));
        }
    }
    table.done();
}

#[test]
fn parameters_that_are_none_are_invalid() {
    let table = Table::new();
    let rows: &[(u16, &str, &str, &'static str)] = &[
        (108, "repeated", "limit=5&limit=6", "limit"),
        (109, "limit[]", "limit[]=5", "limit[]"),
        (110, "limit[$gt]", "limit[$gt]=5", "limit[$gt]"),
        (111, "unknown", "limits=5", "limits"),
        (112, "sort by a column", "sort=key_hash", "sort"),
        (113, "sort by a statement", "sort=id;select%201", "sort"),
        (114, "sort by an expression", "sort=(case%20when%201=1%20then%20id%20end)", "sort"),
        (116, "since garbage", "since=garbage", "since"),
        (117, "a percent sign", "count=%", "count"),
        (118, "%zz", "count=%zz", "count"),
        (119, "%00", "count=%00", "count"),
        (120, "%ff", "count=%ff", "count"),
        (121, "a percent sign in a name", "%=1", "%"),
        (170, "a key in the query", "api_key=onr_a", "api_key"),
    ];
    for (number, name, query, parameter) in rows {
        for list in LISTS {
            table.refuse_get(*number, name, &format!("{list}?{query}"), invalid(parameter));
        }
    }
    for path in ["/v1/articles/standing", "/v1/tags/russia", "/v1/people/zhang-xin"] {
        table.refuse_get(111, "unknown", &format!("{path}?limits=5"), invalid("limits"));
    }
    table.done();
}

#[test]
fn filters_that_are_none_are_invalid() {
    let table = Table::new();
    let articles: &[(u16, &str, &str, &'static str)] = &[
        (112, "order by a column", "order=key_hash", "order"),
        (113, "order by a statement", "order=id;select%201", "order"),
        (114, "order by an expression", "order=(case%20when%201=1%20then%20id%20end)", "order"),
        (114, "order by relevance, without a search", "order=relevance", "order"),
        (115, "status", "status=bogus", "status"),
        (115, "status in capitals", "status=PUBLISHED", "status"),
        (116, "from garbage", "from=garbage", "from"),
        (116, "from 30 February", "from=2024-02-30", "from"),
        (116, "to nothing", "to=", "to"),
        (116, "date of what", "date=bogus", "date"),
        (116, "language", "language=xx-yyyy-zzzz", "language"),
        (116, "tag without end", "tag=(russia", "tag"),
        (116, "tag of commas", "tag=,,", "tag"),
        (116, "10,000 brackets", &format!("tag={}a", "(".repeat(10_000)), "tag"),
        (116, "include", "include=secrets", "include"),
        (116, "fields", "fields=title,secret_sha256", "fields"),
        (116, "count", "count=all", "count"),
        (116, "101 ids", &format!("ids={}", vec!["a"; 101].join(",")), "ids"),
        (116, "ids without one", "ids=a,,b", "ids"),
    ];
    for (number, name, query, parameter) in articles {
        table.refuse_get(*number, name, &format!("/v1/articles?{query}"), invalid(parameter));
    }
    let others: &[(&str, &str, &'static str)] = &[
        ("kind", "/v1/tags?kind=bogus", "kind"),
        ("state", "/v1/quotes?state=bogus", "state"),
        ("kind", "/v1/quotes?kind=bogus", "kind"),
        ("anchor", "/v1/quotes?anchor=bogus", "anchor"),
        ("rel", "/v1/links?rel=bogus", "rel"),
    ];
    for (name, path, parameter) in others {
        table.refuse_get(115, name, path, invalid(parameter));
    }
    table.done();
}

/// Base64 as cursors have it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let sixes = |chunk: &[u8]| {
        let mut bits = [0_u8; 3];
        bits[..chunk.len()].copy_from_slice(chunk);
        let all = u32::from_be_bytes([0, bits[0], bits[1], bits[2]]);
        let letter = |n: usize| char::from(LETTERS[(all >> (18 - 6 * n)) as usize & 63]);
        (0..=chunk.len()).map(letter).collect::<String>()
    };
    bytes.chunks(3).map(sixes).collect()
}

fn cursor(page: &Answer) -> String {
    page.json["next_cursor"].as_str().expect("a second page").to_owned()
}

#[test]
fn cursors_of_elsewhere_are_invalid() {
    let table = Table::new();
    table.app.with(&[]);
    table.app.with(&[]);
    table.accept_changes();
    let refusal = Refusal(400, "invalid-cursor", "cursor");
    let cursors =
        LISTS.map(|list| cursor(&table.admin.get(&format!("{list}?limit=1")).expect(200)));
    for (list, own) in LISTS.into_iter().zip(&cursors) {
        let refuse = |number: u16, name: &str, cursor: &str| {
            table.refuse_get(number, name, &format!("{list}?limit=1&cursor={cursor}"), refusal);
        };
        table.admin.get(&format!("{list}?limit=1&cursor={own}")).expect(200);
        refuse(122, "x", "x");
        refuse(123, "empty", "");
        refuse(124, "9,000 characters", &"A".repeat(9000));
        for place in 0..own.len() {
            let mut flipped = own.clone().into_bytes();
            flipped[place] = if flipped[place] == b'A' { b'B' } else { b'A' };
            // The last letter's unused bits are looked at too.
            refuse(125, "flipped", std::str::from_utf8(&flipped).unwrap());
        }
        for length in [1, own.len() / 2, own.len() - 1] {
            refuse(126, "cut", &own[..length]);
        }
        refuse(127, "base64 of JSON", &base64(br#"{"id":-1}"#));
        refuse(128, "base64 of SQL", &base64(b"1 OR 1=1; DROP TABLE articles --"));
        for other in cursors.iter().filter(|other| *other != own) {
            refuse(129, "another list's", other);
        }
        refuse(130, "doubled", &format!("{own}{own}"));
    }
    let others =
        ["tag=russia", "status=draft", "order=title", "speaker=zhang-xin", "to=2100-01-01"];
    for other in others {
        let path = format!("/v1/articles?limit=1&{other}&cursor={}", cursors[0]);
        table.refuse_get(130, "another filter's", &path, refusal);
    }
    for (list, other) in
        [("tags", "kind=person"), ("quotes", "speaker=zhang-xin"), ("links", "rel=source")]
    {
        let own = cursor(&table.admin.get(&format!("/v1/{list}?limit=1")).expect(200));
        let path = format!("/v1/{list}?limit=1&{other}&cursor={own}");
        table.refuse_get(130, "another filter's", &path, refusal);
    }
    // What an editor sees and what readers see are two lists.
    let path = format!("/v1/articles?limit=1&cursor={}", cursors[0]);
    let row = Row {
        number: 130,
        name: "an editor's",
        method: "GET",
        path: &path,
        headers: &[],
        body: &[],
    };
    table.refuse_to(&table.public, &row, refusal);
    table.done();
}

/// What is no id of anything, as it stands in a path.
fn no_ids() -> [(u16, &'static str, String); 14] {
    let long = "a".repeat(6000);
    let rows = [
        (150, "0", "0"),
        (151, "-1", "-1"),
        (152, "2^63", "9223372036854775808"),
        (153, "1.5", "1.5"),
        (154, "abc", "abc"),
        (155, "12abc", "12abc"),
        (156, "%00", "%00"),
        (156, "%00 inside", "a%00b"),
        (157, "%ff", "%ff"),
        (158, "encoded dots", "..%2f..%2fetc%2fpasswd"),
        (159, "doubly encoded dots", "%252e%252e%252f"),
        (160, "6,000 characters", long.as_str()),
        (161, "CR LF", "%0d%0aSet-Cookie:x"),
        (162, "nil UUID", "00000000-0000-0000-0000-000000000000"),
    ];
    rows.map(|(number, name, id)| (number, name, id.to_owned()))
}

#[test]
fn ids_that_are_none_are_not_found() {
    let table = Table::new();
    let missing = Refusal(404, "not-found", "");
    for (number, name, id) in no_ids() {
        for list in ["articles", "tags", "people", "quotes", "links", "keys"] {
            let path = format!("/v1/{list}/{id}");
            table.refuse_get(number, name, &path, missing);
            let row =
                |method, headers, body| Row { number, name, method, path: &path, headers, body };
            table.refuse(&row("DELETE", &[], b""), missing);
            if list != "keys" {
                let body: &[u8] = if list == "quotes" { br#"{"cue": "A"}"# } else { b"{}" };
                table.refuse(&row("PATCH", crate::app::JSON, body), missing);
            }
        }
        for list in ["quotes", "links"] {
            let path = format!("/v1/articles/{id}/{list}");
            table.refuse_get(number, name, &path, missing);
            let body: &[u8] =
                if list == "quotes" { br#"{"text": "A"}"# } else { br#"{"title": "A"}"# };
            table.refuse_post(number, name, &path, body, missing);
        }
        for list in ["tags", "people"] {
            let path = format!("/v1/{list}/{id}/merge");
            let into: &[u8] =
                if list == "tags" { br#"{"into": "russia"}"# } else { br#"{"into": "jane-doe"}"# };
            table.refuse_post(number, name, &path, into, missing);
        }
        let answer = table.public.get(&format!("/v1/articles/{id}"));
        table.hold(
            number,
            name,
            answer.header("set-cookie").is_empty(),
            "a header was smuggled in",
        );
    }
    table.hold(155, "nothing was made", table.unchanged(), "the data has changed");
    table.done();
}

#[test]
fn ids_that_are_none_find_nothing() {
    let table = Table::new();
    for (number, name, id) in no_ids() {
        // As a filter it finds nothing, or is refused; it never fails. (`tag=-1` is what has no tag 1.)
        for filter in [
            "articles?tag",
            "articles?author",
            "articles?speaker",
            "articles?ids",
            "quotes?article",
            "links?target",
        ] {
            let answer = table.public.get(&format!("/v1/{filter}={id}"));
            let fine = matches!(answer.status, 200 | 400 | 404);
            table.hold(number, name, fine, format!("{filter}: {} {}", answer.status, answer.json));
            if answer.status == 200 && id != "-1" {
                table.hold(
                    number,
                    name,
                    answer.json["items"] == Value::Array(Vec::new()),
                    &answer.json,
                );
            }
        }
    }
    table.hold(155, "nothing was made", table.unchanged(), "the data has changed");
    table.done();
}

/// 155: a name that is no slug cannot be put either.
#[test]
fn ids_that_are_none_cannot_be_put() {
    let table = Table::new();
    for (number, name, id) in no_ids().into_iter().filter(|(_, _, id)| id.contains(['%', '.'])) {
        for (list, body) in [("articles", r#"{"title": "A"}"#), ("tags", r#"{"name": "A"}"#)] {
            let path = format!("/v1/{list}/{id}");
            let row = Row {
                number,
                name,
                method: "PUT",
                path: &path,
                headers: crate::app::JSON,
                body: body.as_bytes(),
            };
            let answer = table.admin.send(row.method, row.path, row.headers, row.body);
            let refused = matches!(answer.status, 400 | 404 | 422);
            table.hold(
                number,
                name,
                refused,
                format!("PUT {path}: {} {}", answer.status, answer.json),
            );
        }
    }
    table.hold(155, "nothing was made", table.unchanged(), "the data has changed");
    table.done();
}
