//! Pictures for tests, made here: encoded by the crate the server decodes with, or put together byte by byte.

use std::io::{Cursor, Write as _};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, ImageFormat, Rgb, RgbImage};

/// Somewhere in Moscow, as a camera writes it: an EXIF block with a GPS directory and a turned camera.
pub const GPS: &[u8] = b"GPS 55.7558N 37.6173E";

/// A picture whose left half is red and whose right half is blue.
pub fn plain(width: u32, height: u32) -> DynamicImage {
    let half = |x, _| if x < width / 2 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, half))
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&plain(width, height), ImageFormat::Png)
}

pub fn webp(width: u32, height: u32) -> Vec<u8> {
    encoded(&plain(width, height), ImageFormat::WebP)
}

pub fn gif(width: u32, height: u32) -> Vec<u8> {
    encoded(&plain(width, height), ImageFormat::Gif)
}

/// A GIF of two frames.
pub fn moving_gif(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for _ in 0..2 {
        encoder.encode_frame(image::Frame::new(plain(width, height).into_rgba8())).unwrap();
    }
    drop(encoder);
    bytes
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let rgb = plain(width, height).into_rgb8();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .write_image(&rgb, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

/// TIFF data of a camera held upright (orientation 6), with a GPS directory and the place as text.
pub fn exif() -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    tiff.extend([0, 2]);
    tiff.extend([1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend([0, 1, 0, 0, 0, 2, 0, 0, 0, 22, 0, 0, 0, 56, 0, 0, 0, 0]);
    tiff.extend_from_slice(GPS);
    tiff
}

/// An ICC profile for RGB, as far as anybody looks at it here.
pub fn profile() -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    profile.extend_from_slice(b"a profile of colours");
    profile
}

/// A JPEG as a telephone makes it: EXIF with the place, XMP, a profile, a comment, and a film after its end.
pub fn photograph(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_icc_profile(profile()).unwrap();
    encoder.set_exif_metadata(exif()).unwrap();
    let rgb = plain(width, height).into_rgb8();
    encoder.write_image(&rgb, width, height, ExtendedColorType::Rgb8).unwrap();
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker][..], &length, content].concat()
    };
    let xmp = segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", GPS].concat());
    let comment = segment(0xFE, GPS);
    bytes.splice(2..2, [xmp, comment].concat());
    [bytes.as_slice(), b"MotionPhoto", GPS].concat()
}

/// A PNG chunk.
pub fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], kind, content, &crc.sum().to_be_bytes()].concat()
}

/// A PNG with the place in every chunk that can hold text, and a profile.
pub fn annotated_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile()).unwrap();
    let rgb = plain(width, height).into_rgb8();
    encoder.write_image(&rgb, width, height, ExtendedColorType::Rgb8).unwrap();
    let text = chunk(b"tEXt", &[b"Comment\0", GPS].concat());
    let international = chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", GPS].concat());
    let exif = chunk(b"eXIf", &exif());
    let own = chunk(b"gpSd", GPS);
    bytes.splice(33..33, [text, international, exif, own].concat());
    bytes
}

/// A PNG with this as the packed part of its colour profile.
pub fn profiled_png(width: u32, height: u32, packed: &[u8]) -> Vec<u8> {
    let mut bytes = png(width, height);
    bytes.splice(33..33, chunk(b"iCCP", &[b"colours\0\0", packed].concat()));
    bytes
}

/// So many zeros, packed: what a bomb is made of.
pub fn packed_zeros(count: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..count / 4096 {
        encoder.write_all(&[0; 4096]).unwrap();
    }
    encoder.finish().unwrap()
}

/// The header of a PNG of this size, and no picture: what a bomb begins with.
pub fn png_header(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &header));
    bytes
}

fn riff(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let padding: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
    [kind, &length[..], content, padding].concat()
}

/// A WebP with an extended header, EXIF and XMP.
pub fn annotated_webp(width: u32, height: u32) -> Vec<u8> {
    let plain = webp(width, height);
    let mut header = vec![0x08 | 0x04, 0, 0, 0];
    header.extend(&(width - 1).to_le_bytes()[..3]);
    header.extend(&(height - 1).to_le_bytes()[..3]);
    let parts =
        [riff(b"VP8X", &header), plain[12..].to_vec(), riff(b"EXIF", &exif()), riff(b"XMP ", GPS)];
    riff(b"RIFF", &[b"WEBP".to_vec(), parts.concat()].concat())
}

fn boxed(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&length[..], kind, content].concat()
}

/// An AVIF as far as its container goes: a picture turned by a quarter, EXIF and XMP beside it.
pub fn avif(width: u32, height: u32) -> Vec<u8> {
    let (picture, exif) = (vec![0x12; 40], [&[0, 0, 0, 0][..], &exif()].concat());
    let item = |id: u8, kind: &[u8], rest: &[u8]| {
        boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0][..], kind, rest].concat())
    };
    let items = [
        item(1, b"av01", b"\0"),
        item(2, b"Exif", b"\0"),
        item(3, b"mime", b"\0application/rdf+xml\0"),
    ];
    let size = [&[0; 4][..], &width.to_be_bytes(), &height.to_be_bytes()].concat();
    let properties = [boxed(b"ispe", &size), boxed(b"irot", &[1]), boxed(b"udes", GPS)].concat();
    let associated = [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 1, 2];
    let head_before = |at: u32| {
        let mut locations = vec![0, 0, 0, 0, 0x44, 0, 0, 3];
        let mut start = at;
        for (id, length) in [(1, picture.len()), (2, exif.len()), (3, GPS.len())] {
            let length = u32::try_from(length).unwrap();
            locations.extend([0, id, 0, 0, 0, 1]);
            locations.extend(start.to_be_bytes());
            locations.extend(length.to_be_bytes());
            start += length;
        }
        let meta = [
            vec![0; 4],
            boxed(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            boxed(b"pitm", &[0, 0, 0, 0, 0, 1]),
            boxed(b"iinf", &[&[0, 0, 0, 0, 0, 3][..], &items.concat()].concat()),
            boxed(b"iloc", &locations),
            boxed(b"iprp", &[boxed(b"ipco", &properties), boxed(b"ipma", &associated)].concat()),
        ];
        let head = boxed(b"ftyp", b"avif\0\0\0\0avifmif1miaf");
        [head, boxed(b"meta", &meta.concat()), boxed(b"free", GPS)].concat()
    };
    let start = u32::try_from(head_before(0).len() + 8).unwrap();
    let data = [picture.as_slice(), &exif, GPS].concat();
    [head_before(start), boxed(b"mdat", &data), GPS.to_vec()].concat()
}
