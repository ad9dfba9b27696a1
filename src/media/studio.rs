//! Where pictures are unpacked: off the threads that answer, a bounded amount at once.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{Bytes, block};
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageResult, Limits};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, Result};
use crate::images::file::{Format, Picture};

/// How many pixels may be unpacked at once, in millions.
const MEGAPIXELS_AT_ONCE: u32 = 64;
/// What the smallest picture counts, in millions of pixels: no more than four are worked at.
const MEGAPIXELS_MIN: u32 = MEGAPIXELS_AT_ONCE / 4;
/// How many may wait for their turn, and how long.
const WAITING_MAX: usize = 32;
const WAIT_MAX: Duration = Duration::from_secs(10);
/// How much memory a decoder may take: 50 megapixels of four times 16 bits, and its own tables.
const DECODER_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// How finely JPEG renditions are coded, of 100.
const JPEG_QUALITY: u8 = 82;

/// How many renditions can be in the making: two of one name never are.
const BENCHES: usize = 64;

/// The studio's turns.
#[derive(Debug, Clone)]
pub(super) struct Studio {
    turns: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    benches: Arc<[Arc<Mutex<()>>]>,
}

impl Default for Studio {
    fn default() -> Self {
        let turns = usize::try_from(MEGAPIXELS_AT_ONCE).unwrap_or_default();
        let (turns, waiting) = (Semaphore::new(turns), Semaphore::new(WAITING_MAX));
        let benches = (0..BENCHES).map(|_| Arc::default()).collect();
        Self { turns: Arc::new(turns), waiting: Arc::new(waiting), benches }
    }
}

impl Studio {
    /// Waits until nobody is making what has this name; who comes second finds it made.
    pub(super) async fn alone(&self, name: &str) -> Result<OwnedMutexGuard<()>> {
        let _waiting = self.waiting.try_acquire().map_err(|_| Error::Overloaded)?;
        let place = usize::from(xxh3_64(name.as_bytes()).to_be_bytes()[0]) % BENCHES;
        let bench = self.benches.get(place).cloned().unwrap_or_default();
        let bench = tokio::time::timeout(WAIT_MAX, bench.lock_owned());
        bench.await.map_err(|_| Error::Overloaded)
    }

    /// A turn for a picture of this size, or 503 when too many wait.
    pub(super) async fn turn(&self, width: u32, height: u32) -> Result<OwnedSemaphorePermit> {
        let _waiting = self.waiting.try_acquire().map_err(|_| Error::Overloaded)?;
        let megapixels = u64::from(width) * u64::from(height) / 1_000_000;
        let megapixels = u32::try_from(megapixels).unwrap_or(MEGAPIXELS_AT_ONCE);
        let weight = megapixels.clamp(MEGAPIXELS_MIN, MEGAPIXELS_AT_ONCE);
        let turn = Arc::clone(&self.turns).acquire_many_owned(weight);
        let turn = tokio::time::timeout(WAIT_MAX, turn).await.map_err(|_| Error::Overloaded)?;
        turn.map_err(Error::internal)
    }
}

/// Unpacks a picture once to see that it can be; AVIF is taken at its container's word.
pub(super) async fn prove(picture: Picture, turn: OwnedSemaphorePermit) -> Result<Picture> {
    let work = move || {
        let proof = match picture.format {
            Format::Avif => Ok(()),
            format => decode(format, &picture.bytes).map(drop),
        };
        drop(turn);
        proof
            .map(|()| picture)
            .map_err(|error| Error::field("", "unreadable", format!("cannot be unpacked: {error}")))
    };
    // A decoder that panics has met what is no picture either.
    block(work).await.map_err(|_| Error::field("", "unreadable", "cannot be unpacked"))?
}

/// The picture at this width, coded anew.
pub(super) async fn rendition(
    format: Format,
    bytes: Bytes,
    width: u32,
    turn: OwnedSemaphorePermit,
) -> Result<Vec<u8>> {
    let work = move || {
        let made = resized(format, &bytes, width);
        drop(turn);
        made.map_err(Error::internal)
    };
    block(work).await.map_err(Error::internal)?
}

/// A picture in memory, upright, with the profile its colours are meant in.
struct Unpacked {
    image: DynamicImage,
    profile: Option<Vec<u8>>,
}

fn decode(format: Format, bytes: &[u8]) -> ImageResult<Unpacked> {
    let input = Cursor::new(bytes);
    match format {
        Format::Jpeg => unpack(JpegDecoder::new(input)?),
        Format::Png => unpack(PngDecoder::with_limits(input, limits())?),
        Format::Gif => unpack(GifDecoder::new(input)?),
        Format::Webp => unpack(WebPDecoder::new(input)?),
        Format::Avif => Err(image::ImageError::IoError(std::io::ErrorKind::Unsupported.into())),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES_MAX);
    limits
}

fn unpack(mut decoder: impl ImageDecoder) -> ImageResult<Unpacked> {
    decoder.set_limits(limits())?;
    let profile = decoder.icc_profile()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(Unpacked { image, profile })
}

fn resized(format: Format, bytes: &[u8], width: u32) -> ImageResult<Vec<u8>> {
    let Unpacked { image, profile } = decode(format, bytes)?;
    let height = height_at(image.width(), image.height(), width);
    // A filter over all of a large picture takes many times its memory; averages down to twice the
    // size take none, and nobody sees where one ends and the other begins.
    let image = if image.width() > width.saturating_mul(4) {
        image.thumbnail_exact(width * 2, height * 2)
    } else {
        image
    };
    let image = image.resize_exact(width, height, FilterType::CatmullRom);
    let has_alpha = image.color().has_alpha();
    let lossy = match format {
        Format::Jpeg => true,
        Format::Webp => !has_alpha,
        Format::Png | Format::Gif | Format::Avif => false,
    };
    let image = match (image.color().has_color(), has_alpha && !lossy) {
        (true, true) => DynamicImage::ImageRgba8(image.into_rgba8()),
        (true, false) => DynamicImage::ImageRgb8(image.into_rgb8()),
        (false, true) => DynamicImage::ImageLumaA8(image.into_luma_alpha8()),
        (false, false) => DynamicImage::ImageLuma8(image.into_luma8()),
    };
    let profile = profile.filter(|profile| fits(profile, &image));
    let mut output = Vec::new();
    if lossy {
        let mut encoder = JpegEncoder::new_with_quality(&mut output, JPEG_QUALITY);
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile).map_err(unsupported)?;
        }
        image.write_with_encoder(encoder)?;
    } else {
        let mut encoder = PngEncoder::new(&mut output);
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile).map_err(unsupported)?;
        }
        image.write_with_encoder(encoder)?;
    }
    Ok(output)
}

fn unsupported(error: image::error::UnsupportedError) -> image::ImageError {
    image::ImageError::Unsupported(error)
}

/// Whether a colour profile is for the colours the picture has now: one for inks is not.
fn fits(profile: &[u8], image: &DynamicImage) -> bool {
    let meant: &[u8] = if image.color().has_color() { b"RGB " } else { b"GRAY" };
    profile.get(16..20) == Some(meant)
}

/// How high a picture is at another width.
pub(crate) fn height_at(width: u32, height: u32, wanted: u32) -> u32 {
    let (width, height, wanted) = (u64::from(width.max(1)), u64::from(height), u64::from(wanted));
    let scaled = (height * wanted + width / 2) / width;
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}
