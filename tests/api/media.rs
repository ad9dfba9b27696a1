//! Files of pictures as readers get them, and the stores they are in.

use std::path::PathBuf;

use onrecord::db::types::Id;
use serde_json::json;

use crate::app::App;
use crate::images::{BYTES, path, uploaded};
use crate::pictures;

#[test]
fn get_media_may_be_kept_for_ever() {
    let app = App::new();
    let public = app.public();
    let made = uploaded(&app.admin(), &pictures::png(700, 350)).json;
    let address = path(&made["url"]).to_owned();
    for asked in [address.clone(), format!("{address}?w=320")] {
        let file = public.get(&asked).expect(200);
        for (name, value) in [
            ("content-type", "image/png"),
            ("cache-control", "public, max-age=31536000, immutable"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("access-control-allow-origin", ""),
        ] {
            assert_eq!(file.header(name), value, "{asked} {name}");
        }
        assert_eq!(file.header("content-length"), file.bytes.len().to_string());
        let etag = file.header("etag");
        let known = public.get_with(&asked, "if-none-match", etag).expect(304);
        assert_eq!((known.header("etag"), known.bytes.len()), (etag, 0));
        assert_eq!(known.header("cache-control"), file.header("cache-control"));
        let head = public.send("HEAD", &asked, &[], b"").expect(200);
        assert_eq!(head.header("content-length"), file.header("content-length"));
        assert_eq!(head.header("etag"), etag);
        assert_eq!(
            public.get_with(&asked, "accept-encoding", "gzip").header("content-encoding"),
            ""
        );
    }
    let whole = public.get(&address).expect(200);
    let small = public.get(&format!("{address}?w=320")).expect(200);
    assert_ne!(whole.header("etag"), small.header("etag"));
    let shown = image::load_from_memory(&small.bytes).unwrap();
    assert_eq!((shown.width(), shown.height()), (320, 160));
    assert_eq!(public.get(&format!("{address}?w=320")).bytes, small.bytes, "made once");
    let wide = public.get(&format!("{address}?w=960")).expect(200);
    assert_eq!(wide.bytes, whole.bytes, "never made larger");
    assert_eq!(wide.header("etag"), whole.header("etag"));
}

#[test]
fn get_media_refuses_other_widths_and_names() {
    let app = App::new();
    let public = app.public();
    let made = uploaded(&app.admin(), &pictures::png(700, 350)).json;
    let address = path(&made["url"]);
    for query in ["w=500", "w=0", "w=-160", "w=1e3", "w=", "w=160&w=320", "h=160", "w=4294967296"] {
        public.get(&format!("{address}?{query}")).problem(400, "invalid-parameter");
    }
    let told = public.get(&format!("{address}?w=500")).json["detail"].clone();
    assert!(told.as_str().unwrap().contains("160, 320, 640, 960, 1280, 1920"), "{told}");
    let stem = address.split('.').next().unwrap();
    for name in [
        format!("{stem}.jpg"),
        stem.to_owned(),
        format!("{stem}.png.exe"),
        format!("{stem}.svg"),
        "/media/..%2Fonrecord.db".to_owned(),
        "/media/renditions%2F1%2Fx.png".to_owned(),
        "/media/%2e%2e".to_owned(),
        "/media/".to_owned(),
        format!("/media/{}.png", "0".repeat(40)),
        format!("/media/{}.png", "x".repeat(5000)),
    ] {
        public.get(&name).problem(404, "not-found");
    }
    public.send("DELETE", address, &[], b"").problem(405, "method-not-allowed");
    public.send("PUT", address, BYTES, b"x").problem(405, "method-not-allowed");
}

#[test]
fn get_media_makes_every_width_of_every_format() {
    let app = App::new();
    let (admin, public) = (app.admin(), app.public());
    for (bytes, kind) in [
        (pictures::jpeg(2000, 100), "image/jpeg"),
        (pictures::png(2000, 100), "image/png"),
        (pictures::webp(2000, 100), "image/jpeg"),
        (pictures::gif(2000, 100), "image/png"),
    ] {
        let made = uploaded(&admin, &bytes).json;
        let renditions = made["renditions"].as_array().unwrap();
        assert_eq!(renditions.len(), 6);
        for rendition in renditions {
            let file = public.get(path(&rendition["url"])).expect(200);
            assert_eq!(file.header("content-type"), kind);
            let shown = image::load_from_memory(&file.bytes).unwrap();
            assert_eq!(
                json!([shown.width(), shown.height()]),
                json!([rendition["width"], rendition["height"]])
            );
            let (left, right) = (shown.to_rgb8(), shown.width() - 1);
            assert!(left.get_pixel(0, 0).0[0] > 150 && left.get_pixel(right, 0).0[2] > 150);
        }
    }
}

#[test]
fn get_media_asked_twice_at_once_gives_the_same() {
    let app = App::new();
    let made = uploaded(&app.admin(), &pictures::jpeg(1500, 1000)).json;
    let asked = format!("{}?w=640", path(&made["url"]));
    let answers = std::thread::scope(|scope| {
        let ask = || app.public().get(&asked).expect(200).bytes;
        let asking = (0..8).map(|_| scope.spawn(ask)).collect::<Vec<_>>();
        asking.into_iter().map(|it| it.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(answers.iter().all(|bytes| *bytes == answers[0]));
}

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("onrecord-media-{}", Id::new()))
}

#[test]
fn upload_image_keeps_files_in_a_folder_and_survives_its_loss() {
    let folder = folder();
    let app = App::keeping(folder.to_str().unwrap());
    let (admin, public) = (app.admin(), app.public());
    let bytes = pictures::png(700, 350);
    let made = uploaded(&admin, &bytes).json;
    let (address, place) =
        (path(&made["url"]), format!("/v1/images/{}", made["id"].as_str().unwrap()));
    let file = folder.join(address.rsplit('/').next().unwrap());
    assert_eq!(std::fs::read(&file).unwrap(), public.get(address).expect(200).bytes);
    public.get(&format!("{address}?w=320")).expect(200);
    assert_eq!(std::fs::read_dir(folder.join("renditions/1")).unwrap().count(), 1);
    // Something else stands where the folder was: nothing can be kept, and nothing is half there.
    let away = folder.with_extension("away");
    std::fs::rename(&folder, &away).unwrap();
    std::fs::write(&folder, b"").unwrap();
    for (method, at) in [("POST", "/v1/uploads".to_owned()), ("PUT", format!("{place}/file"))] {
        let refused = admin.send(method, &at, BYTES, &pictures::jpeg(9, 9));
        let refused = refused.problem(503, "media-unavailable");
        assert_eq!(refused.header("retry-after"), "2", "{method}");
    }
    assert_eq!(admin.get(&place).expect(200).json, made);
    assert_eq!(app.rows("images"), 1);
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&away, &folder).unwrap();
    public.get(address).expect(200);
    std::fs::remove_file(&file).unwrap();
    public.get(address).problem(404, "not-found");
    admin.delete(&place).expect(204);
    assert_eq!(std::fs::read_dir(folder.join("renditions/1")).unwrap().count(), 0);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Runs where `TEST_MEDIA_URL` names a bucket (`s3://bucket/prefix`) and the `AWS_*` variables say where it is.
#[test]
fn upload_image_keeps_files_in_an_s3_store() {
    let Ok(url) = std::env::var("TEST_MEDIA_URL") else {
        println!("SKIPPED: no TEST_MEDIA_URL, so no store that speaks S3 was tried");
        return;
    };
    let app = App::keeping(&url);
    let (admin, public) = (app.admin(), app.public());
    let made = uploaded(&admin, &pictures::jpeg(700, 350)).json;
    let address = path(&made["url"]);
    let file = public.get(address).expect(200);
    assert_eq!(made["byte_size"], file.bytes.len());
    let small = public.get(&format!("{address}?w=320")).expect(200).bytes;
    assert_eq!(public.get(&format!("{address}?w=320")).expect(200).bytes, small);
    admin.delete(&format!("/v1/images/{}", made["id"].as_str().unwrap())).expect(204);
    public.get(address).problem(404, "not-found");
}
