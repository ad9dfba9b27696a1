//! Files that are no pictures, or none that is taken: each is refused with the reason, and nothing stays.

use std::time::{Duration, Instant};

use crate::app::{App, JSON};
use crate::images::BYTES;
use crate::pictures;

const ZIP: &[u8] = b"PK\x03\x04 and so on";

fn cut(bytes: &[u8], end: usize) -> Vec<u8> {
    bytes[..bytes.len() - end].to_vec()
}

/// The bytes with one of them changed.
fn bent(mut bytes: Vec<u8>, at: usize) -> Vec<u8> {
    bytes[at] ^= 0xFF;
    bytes
}

/// A GIF that says it has very many frames, each of one pixel.
fn restless_gif() -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    for _ in 0..1001 {
        bytes.extend(b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
    }
    bytes.push(0x3B);
    bytes
}

fn files() -> Vec<(&'static str, Vec<u8>, u16)> {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let wide_frame = {
        let mut bytes = pictures::gif(4, 4);
        let at = bytes.windows(10).position(|it| it[0] == 0x2C && it[5..7] == [4, 0]).unwrap();
        bytes[at + 5] = 200;
        bytes
    };
    vec![
        ("svg", svg.to_vec(), 415),
        ("html", b"<!doctype html><script>alert(1)</script>".to_vec(), 415),
        ("zip", ZIP.to_vec(), 415),
        ("zip before a png", [ZIP, &pictures::png(4, 4)].concat(), 415),
        ("text", b"hello".to_vec(), 415),
        ("one byte", b"\xff".to_vec(), 415),
        ("bmp", b"BM\0\0\0\0\0\0\0\0\x36\0\0\0".to_vec(), 415),
        ("tiff", b"II*\0\x08\0\0\0\0\0".to_vec(), 415),
        ("heic", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1".to_vec(), 415),
        ("pdf", b"%PDF-1.7".to_vec(), 415),
        ("jpeg, its first bytes", b"\xff\xd8\xff".to_vec(), 422),
        ("jpeg, cut", cut(&pictures::jpeg(64, 64), 100), 422),
        ("jpeg, without an end", cut(&pictures::jpeg(64, 64), 2), 422),
        ("jpeg, html inside", b"\xff\xd8\xff<html><script>alert(1)</script>".to_vec(), 422),
        ("jpeg, its head alone", b"\xff\xd8\xff\xe0\0\x04ab\xff\xd9".to_vec(), 422),
        ("png, its signature", b"\x89PNG\r\n\x1a\n".to_vec(), 422),
        ("png, cut", cut(&pictures::png(64, 64), 30), 422),
        ("png, without an end", cut(&pictures::png(64, 64), 12), 422),
        ("png, wrong checksum", bent(pictures::png(64, 64), 60), 422),
        ("png, no data", [pictures::png_header(4, 4), pictures::chunk(b"IEND", b"")].concat(), 422),
        (
            "png, data that is none",
            [
                pictures::png_header(4, 4),
                pictures::chunk(b"IDAT", b"no zlib"),
                pictures::chunk(b"IEND", b""),
            ]
            .concat(),
            422,
        ),
        (
            "png, unknown critical chunk",
            [pictures::png_header(4, 4), pictures::chunk(b"EVIL", b"")].concat(),
            422,
        ),
        ("png, no width", pictures::png_header(0, 4), 422),
        ("png, 100 megapixels", pictures::png_header(10_000, 10_000), 422),
        ("png, as wide as can be", pictures::png_header(u32::MAX, u32::MAX), 422),
        ("webp, cut", cut(&pictures::webp(64, 64), 10), 422),
        ("webp, empty", b"RIFF\x04\0\0\0WEBP".to_vec(), 422),
        ("gif, cut", cut(&pictures::gif(64, 64), 1), 422),
        ("gif, no frames", b"GIF89a\x01\0\x01\0\0\0\0\x3b".to_vec(), 422),
        ("gif, 1001 frames", restless_gif(), 422),
        ("gif, a frame larger than it", wide_frame, 422),
        ("gif, 65535 by 65535", b"GIF89a\xff\xff\xff\xff\0\0\0\x3b".to_vec(), 422),
        ("avif, cut", cut(&pictures::avif(64, 64), 60), 422),
        ("avif, its brand alone", b"\0\0\0\x14ftypavif\0\0\0\0avif".to_vec(), 422),
        ("avif, 100 megapixels", pictures::avif(10_000, 10_000), 422),
    ]
}

#[test]
fn upload_image_refuses_what_is_no_picture() {
    let app = App::new();
    let admin = app.admin();
    for (name, bytes, status) in files() {
        let code = if status == 415 { "unsupported-media-type" } else { "invalid-field" };
        let started = Instant::now();
        // What a header or a name says counts for nothing.
        for kind in ["image/png", "application/octet-stream"] {
            let headers = [("content-type", kind)];
            let refused = admin.send("POST", "/v1/uploads", &headers, &bytes);
            assert_eq!(refused.status, status, "{name}: {}", refused.json);
            refused.problem(status, code);
        }
        assert!(started.elapsed() < Duration::from_secs(2), "{name}");
    }
    assert_eq!(app.rows("images"), 0);
}

/// Bounded by its pixels, a picture can still carry what fills a decoder's memory.
#[test]
fn upload_image_refuses_a_colour_profile_that_is_a_bomb() {
    let app = App::new();
    let admin = app.admin();
    let send = |packed: &[u8]| {
        admin.send("POST", "/v1/uploads", BYTES, &pictures::profiled_png(4, 4, packed))
    };
    send(&pictures::packed_zeros(8 * 1024 * 1024)).problem(422, "invalid-field");
    send(b"no zlib").problem(422, "invalid-field");
    send(&pictures::packed_zeros(4 * 1024 * 1024)).expect(201);
}

/// One byte changed, a piece lost, a piece twice: whatever it is then, it is taken or refused, and never a
/// fault of ours.
#[test]
fn upload_image_survives_damage_anywhere() {
    let app = App::new();
    let admin = app.admin();
    let (mut taken, mut refused) = (0, 0);
    for whole in [
        pictures::photograph(24, 16),
        pictures::annotated_png(24, 16),
        pictures::annotated_webp(24, 16),
        pictures::moving_gif(24, 16),
        pictures::avif(24, 16),
    ] {
        for place in 0..80 {
            let at = 4 + place * (whole.len() - 8) / 80;
            let bytes = match place % 4 {
                0 => bent(whole.clone(), at),
                1 => [&whole[..at], &whole[(at + 3).min(whole.len())..]].concat(),
                2 => [&whole[..at], &whole[at - 4..]].concat(),
                _ => [&whole[..at], &[0xFF; 4], &whole[at + 4..]].concat(),
            };
            let answer = admin.send("POST", "/v1/uploads", BYTES, &bytes);
            match answer.status {
                201 => taken += 1,
                415 | 422 => refused += 1,
                status => panic!("{status} at {at}: {}", answer.json),
            }
        }
    }
    assert!(taken > 20 && refused > 100, "{taken} taken, {refused} refused");
}

#[test]
fn upload_image_refuses_what_is_not_sent_as_a_file() {
    let app = App::new();
    let admin = app.admin();
    let png = pictures::png(4, 4);
    let send =
        |headers: &[(&str, &str)], body: &[u8]| admin.send("POST", "/v1/uploads", headers, body);
    for kind in ["application/json", "multipart/form-data; boundary=x", "text/html", ""] {
        send(&[("content-type", kind)], &png).problem(415, "unsupported-media-type");
    }
    send(&[], &png).problem(415, "unsupported-media-type");
    send(&[BYTES[0], ("content-encoding", "gzip")], &png).problem(415, "unsupported-media-type");
    send(BYTES, b"").problem(422, "invalid-field");
    send(BYTES, &vec![0; onrecord::media::UPLOAD_BYTES_MAX + 1]).problem(413, "too-large");
    admin.send("POST", "/v1/uploads?alt=x", BYTES, &png).problem(400, "invalid-parameter");
    let place = "/v1/images/01890a5d-ac96-774b-bcce-b302099a8057/file";
    admin.send("PUT", place, JSON, &png).problem(415, "unsupported-media-type");
    admin.send("GET", place, &[], b"").problem(405, "method-not-allowed");
    app.public().send("POST", "/v1/uploads", BYTES, &png).problem(401, "unauthorized");
    assert_eq!(app.rows("images"), 0);
}
