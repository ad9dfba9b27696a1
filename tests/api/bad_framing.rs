//! Requests that are no HTTP, sent byte by byte: answered with a bare 4xx or cut off, and never carried out.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use crate::bad_input::Table;

/// What came back: the bytes until the server closed, or until it was silent for long.
struct Reply {
    text: String,
    closed: bool,
}

impl Reply {
    fn statuses(&self) -> Vec<u16> {
        let after = |part: &str| part.get(..3).and_then(|digits| digits.parse().ok());
        self.text.split("HTTP/1.1 ").skip(1).filter_map(after).collect()
    }
}

/// Sends these bytes, nothing more, and reads what comes.
fn send(table: &Table, bytes: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(table.app.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(3))).unwrap();
    // A server that has seen enough may close before everything was written.
    let _ = stream.write_all(bytes);
    let mut reply = Reply { text: String::new(), closed: false };
    let mut buffer = [0_u8; 8192];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break reply.closed = true,
            Ok(count) => reply.text.push_str(&String::from_utf8_lossy(&buffer[..count])),
            Err(error) => {
                reply.closed = error.kind() == std::io::ErrorKind::ConnectionReset;
                break;
            }
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
    reply
}

const BODY: &str = r#"{"title": "Smuggled"}"#;

/// A request that would make an article, were it well-formed.
fn request(table: &Table, headers: &str, body: &str) -> Vec<u8> {
    let key = table.admin.key.as_deref().unwrap();
    let address = table.app.address;
    format!(
        "POST /v1/articles HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

/// A row holds when nothing was carried out, nothing else than a refusal came back, and nothing waits for more.
fn refused(table: &Table, number: u16, name: &str, bytes: &[u8], statuses: &[u16]) {
    let started = Instant::now();
    let reply = send(table, bytes);
    let told = format!("{:.300} (closed: {})", reply.text, reply.closed);
    let fine = reply.statuses().first().is_none_or(|status| statuses.contains(status));
    table.hold(number, name, fine, &told);
    table.hold(number, name, reply.statuses().len() <= 1, format!("a second answer: {told}"));
    table.hold(number, name, reply.closed || !reply.text.is_empty(), "neither answered nor closed");
    table.hold(number, name, table.unchanged(), format!("it was carried out: {told}"));
    let took = started.elapsed();
    table.hold(number, name, took < Duration::from_secs(8), format!("took {took:?}"));
    for inside in ["panic", "actix", "src/", ".rs:"] {
        table.hold(number, name, !reply.text.contains(inside), &told);
    }
}

#[test]
fn bodies_framed_in_two_ways_are_not_carried_out() {
    let table = Table::new();
    let length = BODY.len();
    let chunk = format!("{length:x}\r\n{BODY}\r\n0\r\n\r\n");
    let rows: &[(u16, &str, String, String)] = &[
        (
            187,
            "two lengths",
            format!("Content-Length: {length}\r\nContent-Length: 2\r\n"),
            BODY.to_owned(),
        ),
        (187, "a list of lengths", format!("Content-Length: {length}, 2\r\n"), BODY.to_owned()),
        (
            188,
            "length and chunks",
            format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n"),
            chunk.clone(),
        ),
        (
            188,
            "chunks and length",
            format!("Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n"),
            chunk.clone(),
        ),
        (189, "chunked, gzip", "Transfer-Encoding: chunked, gzip\r\n".to_owned(), chunk.clone()),
        (
            189,
            "chunked twice",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n".to_owned(),
            chunk.clone(),
        ),
        (189, "xchunked", "Transfer-Encoding: xchunked\r\n".to_owned(), chunk.clone()),
        (
            190,
            "blank before the colon",
            "Transfer-Encoding : chunked\r\n".to_owned(),
            chunk.clone(),
        ),
    ];
    for (number, name, headers, body) in rows {
        refused(&table, *number, name, &request(&table, headers, body), &[400, 413]);
    }
    let old = String::from_utf8(request(&table, "Transfer-Encoding: chunked\r\n", &chunk)).unwrap();
    let old = old.replace("HTTP/1.1", "HTTP/1.0");
    refused(&table, 191, "chunks in HTTP/1.0", old.as_bytes(), &[400]);
    table.done();
}

#[test]
fn bodies_framed_in_numbers_that_are_none_are_not_carried_out() {
    let table = Table::new();
    let length = BODY.len();
    let rows: &[(u16, &str, String, String)] = &[
        (
            192,
            "chunk size -1",
            "Transfer-Encoding: chunked\r\n".to_owned(),
            format!("-1\r\n{BODY}\r\n0\r\n\r\n"),
        ),
        (
            193,
            "chunk size zz",
            "Transfer-Encoding: chunked\r\n".to_owned(),
            format!("zz\r\n{BODY}\r\n0\r\n\r\n"),
        ),
        (
            194,
            "chunk size 2^64",
            "Transfer-Encoding: chunked\r\n".to_owned(),
            format!("10000000000000000\r\n{BODY}\r\n0\r\n\r\n"),
        ),
        (
            195,
            "no CR LF after a chunk",
            "Transfer-Encoding: chunked\r\n".to_owned(),
            format!("{length:x}\r\n{BODY}0\r\n\r\n"),
        ),
        (198, "length -5", "Content-Length: -5\r\n".to_owned(), BODY.to_owned()),
        (198, "length +21", format!("Content-Length: +{length}\r\n"), BODY.to_owned()),
        (198, "length 0x15", format!("Content-Length: 0x{length:x}\r\n"), BODY.to_owned()),
        (
            199,
            "length 2^64",
            "Content-Length: 18446744073709551616\r\n".to_owned(),
            BODY.to_owned(),
        ),
    ];
    for (number, name, headers, body) in rows {
        refused(&table, *number, name, &request(&table, headers, body), &[400, 413]);
    }
    table.done();
}

#[test]
fn bodies_that_break_off_are_not_carried_out() {
    let table = Table::new();
    let length = BODY.len();
    let rows: &[(u16, &str, String, String)] = &[
        (196, "body", format!("Content-Length: {}\r\n", length + 1), BODY.to_owned()),
        (197, "chunk", "Transfer-Encoding: chunked\r\n".to_owned(), format!("ff\r\n{BODY}")),
        (
            197,
            "last chunk",
            "Transfer-Encoding: chunked\r\n".to_owned(),
            format!("{length:x}\r\n{BODY}\r\n"),
        ),
    ];
    for (number, name, headers, body) in rows {
        let mut stream = TcpStream::connect(table.app.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        stream.write_all(&request(&table, headers, body)).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        let text = String::from_utf8_lossy(&reply);
        let fine = reply.is_empty() || text.starts_with("HTTP/1.1 400 ");
        table.hold(*number, name, fine, &text);
        table.hold(*number, name, !text.contains("Some("), &text);
        table.hold(*number, name, table.unchanged(), "it was carried out");
    }
    table.done();
}

#[test]
fn heads_that_are_none_are_refused() {
    let table = Table::new();
    let address = table.app.address;
    let many = (0..200).map(|n| format!("X-Header-{n}: a\r\n")).collect::<Vec<_>>().concat();
    let large = "a".repeat(1024 * 1024);
    let get = |headers: &str| format!("GET /v1/articles HTTP/1.1\r\n{headers}\r\n");
    let host = format!("Host: {address}\r\n");
    let rows: &[(u16, &str, String, &[u16])] = &[
        (200, "NUL in a header", get(&format!("{host}X-A: a\0b\r\n")), &[400]),
        (200, "NUL in a header's name", get(&format!("{host}X\0A: b\r\n")), &[400]),
        (201, "blank before the colon", get(&format!("{host}X-A : b\r\n")), &[400]),
        (201, "a folded header", get(&format!("{host}X-A: a\r\n b\r\n")), &[400]),
        (202, "two hosts", get(&format!("{host}Host: evil.example\r\n")), &[400]),
        (202, "the same host twice", get(&format!("{host}{host}")), &[400]),
        (203, "no host", get(""), &[400]),
        (203, "empty host", get("Host: \r\n"), &[400]),
        (203, "blank in the host", get("Host: a b\r\n"), &[400]),
        (203, "a user in the host", get("Host: u@evil\r\n"), &[400]),
        (203, "a path in the host", get("Host: evil/path\r\n"), &[400]),
        (203, "a port that is none", get("Host: evil:+80\r\n"), &[400]),
        (203, "half an address", get("Host: [::1\r\n"), &[400]),
        (204, "200 headers", get(&format!("{host}{many}")), &[431]),
        (205, "a header of 1 MB", get(&format!("{host}X-A: {large}\r\n")), &[431]),
        (
            206,
            "an address of 200 KB",
            format!("GET /v1/articles?{} HTTP/1.1\r\n{host}\r\n", &large[..200_000]),
            &[414, 431],
        ),
        (
            206,
            "an address of 20 KB",
            format!("GET /v1/articles?{} HTTP/1.1\r\n{host}\r\n", &large[..20_000]),
            &[414],
        ),
        (206, "no HTTP", "GARBAGE\r\n\r\n".to_owned(), &[400]),
        (206, "HTTP/9", format!("GET /v1/articles HTTP/9.9\r\n{host}\r\n"), &[400, 505]),
        (206, "TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n\r\n".to_owned(), &[400]),
    ];
    for (number, name, text, statuses) in rows {
        let closing = text.replacen("\r\n", "\r\nConnection: close\r\n", 1);
        refused(&table, *number, name, closing.as_bytes(), statuses);
    }
    // A foreign host in an absolute address changes nothing about the answer's own addresses.
    let absolute = format!(
        "GET http://evil.example/v1/articles?limit=1 HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
    );
    let reply = send(&table, absolute.as_bytes());
    table.hold(203, "absolute address", !reply.text.contains("evil.example"), &reply.text);
    table.hold(203, "absolute address", matches!(reply.statuses()[..], [200 | 400]), &reply.text);
    // A host that is only another name is none of our business, and no link is made from it.
    let other = get("Host: evil.example\r\nConnection: close\r\n");
    let reply = send(&table, other.as_bytes());
    table.hold(203, "another host", reply.statuses() == [200], &reply.text);
    table.hold(203, "another host", !reply.text.contains("evil.example"), &reply.text);
    // HTTP/1.0 knows no Host: a probe may come without.
    let reply = send(&table, b"GET /readyz HTTP/1.0\r\n\r\n");
    table.hold(203, "HTTP/1.0 without a host", reply.text.contains(" 200 "), &reply.text);
    table.done();
}

/// 185: an answer comes while the body is still on its way, and the connection is not left hanging.
#[test]
fn a_body_too_large_is_refused_before_it_is_read() {
    let table = Table::new();
    let size = 20 * 1024 * 1024;
    let mut bytes = request(&table, &format!("Content-Length: {}\r\n", BODY.len() + size), BODY);
    bytes.resize(bytes.len() + size, b' ');
    refused(&table, 185, "20 MB of blanks", &bytes, &[413]);
    // Who says it first gets the answer without sending anything.
    let announced = request(&table, &format!("Content-Length: {size}\r\n"), "");
    let reply = send(&table, &announced);
    table.hold(185, "announced", reply.statuses() == [413], &reply.text);
    table.hold(185, "announced", reply.text.contains("application/problem+json"), &reply.text);
    table.hold(185, "announced", table.unchanged(), "it was carried out");
    table.done();
}
