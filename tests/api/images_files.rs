//! What is kept of a picture's file: the picture, and not where it was taken.

use image::{ImageDecoder as _, ImageFormat};
use serde_json::json;

use crate::app::App;
use crate::images::{path, uploaded};
use crate::pictures;

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn upload_image_takes_the_place_out_of_every_format() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    let turned = json!([30, 40]);
    for (name, bytes, media_type, size) in [
        ("photograph", pictures::photograph(40, 30), "image/jpeg", &turned),
        ("png", pictures::annotated_png(40, 30), "image/png", &turned),
        ("webp", pictures::annotated_webp(40, 30), "image/webp", &turned),
        ("avif", pictures::avif(40, 30), "image/avif", &turned),
    ] {
        assert!(holds(&bytes, pictures::GPS) && holds(&bytes, &[0x88, 0x25]), "{name}");
        let made = uploaded(&admin, &bytes).json;
        assert_eq!(made["type"], media_type);
        assert_eq!(json!([made["width"], made["height"]]), *size, "{name} {made}");
        let file = public.get(path(&made["url"])).expect(200);
        assert_eq!(file.header("content-type"), media_type);
        let kept = file.bytes;
        assert!(!holds(&kept, b"GPS") && !holds(&kept, b"Moscow"), "{name}");
        assert!(!holds(&kept, b"55.7558N") && !holds(&kept, b"MotionPhoto"), "{name}");
        // The GPS directory's tag, as an entry of a TIFF directory.
        assert!(!holds(&kept, &[0x88, 0x25, 0, 4]), "{name}");
        assert_eq!(holds(&kept, b"a profile of colours"), name == "photograph", "{name}");
        if name == "avif" {
            assert!(holds(&kept, &[0x12; 40]), "the picture's own data stays where it was");
            continue;
        }
        let format = ImageFormat::from_mime_type(media_type).unwrap();
        let mut reader = image::ImageReader::with_format(std::io::Cursor::new(&kept), format);
        reader.no_limits();
        let mut decoder = reader.into_decoder().unwrap();
        assert_eq!(decoder.xmp_metadata().unwrap_or_default(), None, "{name}");
        let exif = decoder.exif_metadata().unwrap().unwrap_or_default();
        assert!(exif.len() <= 26, "{name}: {exif:?}");
        assert_eq!(decoder.orientation().unwrap().to_exif(), 6, "{name}");
        assert_eq!(
            decoder.icc_profile().unwrap_or_default().is_some(),
            name != "webp",
            "{name} keeps its colours"
        );
        let now = image::DynamicImage::from_decoder(decoder).unwrap();
        let before = image::load_from_memory_with_format(&bytes, format).unwrap();
        assert_eq!(now.into_rgb8(), before.into_rgb8(), "{name}: the picture itself is the same");
    }
}

#[test]
fn upload_image_shows_a_turned_photograph_upright_at_every_width() {
    let app = App::new();
    let made = uploaded(&app.admin(), &pictures::photograph(800, 400)).json;
    assert_eq!((&made["width"], &made["height"]), (&json!(400), &json!(800)));
    let small = &made["renditions"][0];
    assert_eq!((&small["width"], &small["height"]), (&json!(160), &json!(320)));
    let bytes = app.public().get(path(&small["url"])).expect(200).bytes;
    assert!(!holds(&bytes, b"Exif") && holds(&bytes, b"a profile of colours"));
    let shown = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert_eq!(shown.dimensions(), (160, 320));
    let (top, bottom) = (shown.get_pixel(80, 40), shown.get_pixel(80, 280));
    assert!(top.0[0] > 150 && top.0[2] < 80, "{top:?}");
    assert!(bottom.0[2] > 150 && bottom.0[0] < 80, "{bottom:?}");
}

#[test]
fn upload_image_cuts_what_follows_the_picture() {
    let app = App::new();
    let admin = app.admin();
    for (name, bytes) in [
        ("jpeg", pictures::jpeg(20, 20)),
        ("png", pictures::png(20, 20)),
        ("webp", pictures::webp(20, 20)),
        ("gif", pictures::gif(20, 20)),
        ("avif", pictures::avif(20, 20)),
    ] {
        let polyglot = [bytes.as_slice(), b"PK\x03\x04<script>alert(1)</script>"].concat();
        let made = uploaded(&admin, &polyglot).json;
        let kept = app.public().get(path(&made["url"])).expect(200).bytes;
        assert!(!holds(&kept, b"script") && !holds(&kept, b"PK\x03\x04"), "{name}");
        let alone = uploaded(&admin, &bytes).json;
        assert_eq!(made["byte_size"], alone["byte_size"], "{name}");
        assert_eq!(made["byte_size"], kept.len(), "{name}");
    }
}

#[test]
fn upload_image_keeps_an_animation_moving() {
    let app = App::new();
    let mut bytes = pictures::moving_gif(300, 200);
    // A comment, and an extension of some program's own, behind the colours and before the first frame.
    let at = bytes.windows(2).position(|it| it == [0x21, 0xF9]).unwrap();
    let comment = [&[0x21, 0xFE, 21][..], pictures::GPS, &[0]].concat();
    let program = [&[0x21, 0xFF, 11][..], b"XMP DataXMP", &[21], pictures::GPS, &[0]].concat();
    bytes.splice(at..at, [comment, program].concat());
    let made = uploaded(&app.admin(), &bytes).json;
    assert_eq!((&made["type"], &made["renditions"]), (&json!("image/gif"), &json!([])));
    let asked = format!("{}?w=160", path(&made["url"]));
    let kept = app.public().get(&asked).expect(200).bytes;
    assert_eq!(kept, pictures::moving_gif(300, 200));
    let still = uploaded(&app.admin(), &pictures::gif(300, 200)).json;
    assert_eq!(still["renditions"][0]["height"], 107, "{still}");
    let asked = format!("{}?w=160", path(&still["url"]));
    let small = app.public().get(&asked).expect(200);
    assert_eq!(small.header("content-type"), "image/png");
}
