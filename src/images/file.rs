//! A picture's file: what it is by its content, and the same without what readers must not get.
//!
//! Every format is read to its end, part by part, and written anew from the parts that make the picture:
//! EXIF and XMP (where it was taken, by which camera), comments, previews and whatever else was put in or
//! after it are not among them. Colour profiles stay, and how the camera was held stays as a tag of its own.

mod avif;
mod gif;
mod jpeg;
mod png;
mod reader;
mod webp;

use std::fmt;

use crate::error::Error;

/// How many pixels a picture may have: 50 megapixels.
pub(crate) const PIXELS_MAX: u64 = 50_000_000;
/// How many frames an animation may have.
const FRAMES_MAX: u32 = 1000;
/// How many pixels the frames of an animation may have together.
const FRAME_PIXELS_MAX: u64 = 10 * PIXELS_MAX;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// A photograph, as most cameras write it.
    Jpeg,
    /// Anything, without loss.
    Png,
    /// Few colours, perhaps moving.
    Gif,
    /// What browsers' makers made of a video codec.
    Webp,
    /// The same with a newer codec.
    Avif,
}

impl Format {
    /// Told by the first bytes, never by a name or a header.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] if avif::is_avif(bytes) => Some(Self::Avif),
            _ => None,
        }
    }

    /// The media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
        }
    }

    /// How a file's name ends.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Avif => "avif",
        }
    }

    /// The format whose files' names end so.
    pub(crate) fn of_extension(extension: &str) -> Option<Self> {
        let all = [Self::Jpeg, Self::Png, Self::Gif, Self::Webp, Self::Avif];
        all.into_iter().find(|format| format.extension() == extension)
    }
}

/// Why bytes are not taken for a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// They are none of the formats we take.
    Unknown,
    /// They begin as a picture and are not one, or not all of it.
    Broken(&'static str),
    /// The picture is larger than any page needs.
    TooLarge(u64),
    /// The animation has more frames, or more in them, than any page needs.
    TooLong,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str(
                "The content is none of JPEG, PNG, WebP, AVIF and GIF, whatever its name or \
                 Content-Type says; SVG is not taken, for it can carry scripts.",
            ),
            Self::Broken(what) => f.write_str(what),
            Self::TooLarge(pixels) => {
                write!(f, "has {pixels} pixels; at most {PIXELS_MAX} are taken")
            }
            Self::TooLong => write!(
                f,
                "is an animation of more than {FRAMES_MAX} frames, or of more than \
                 {FRAME_PIXELS_MAX} pixels in all of them"
            ),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let code = match fault {
            Fault::Unknown => return Self::UnsupportedMediaType(fault.to_string()),
            Fault::Broken(_) => "unreadable",
            Fault::TooLarge(_) | Fault::TooLong => "out-of-range",
        };
        Self::field("", code, fault.to_string())
    }
}

type Result<T> = std::result::Result<T, Fault>;

/// A picture that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) format: Format,
    /// As it is shown: a photograph taken upright is higher than wide.
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) animated: bool,
    /// The file as it is kept.
    pub(crate) bytes: Vec<u8>,
}

/// What a format's reader finds.
struct Found {
    width: u32,
    height: u32,
    orientation: Orientation,
    animated: bool,
    bytes: Vec<u8>,
}

impl Picture {
    /// Reads a file; nothing is unpacked, so that a bomb costs what its bytes cost.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        let format = Format::of(bytes).ok_or(Fault::Unknown)?;
        let found = match format {
            Format::Jpeg => jpeg::read(bytes),
            Format::Png => png::read(bytes),
            Format::Gif => gif::read(bytes),
            Format::Webp => webp::read(bytes),
            Format::Avif => avif::read(bytes),
        }?;
        let Found { width, height, orientation, animated, bytes } = found;
        let (width, height) =
            if orientation.is_on_its_side() { (height, width) } else { (width, height) };
        Ok(Self { format, width, height, animated, bytes })
    }
}

/// Refuses what has no pixels, or too many: asked before anything else is done with them.
fn affordable(width: u32, height: u32) -> Result<()> {
    let pixels = u64::from(width) * u64::from(height);
    match pixels {
        0 => Err(Fault::Broken("is a picture without any pixels")),
        1..=PIXELS_MAX => Ok(()),
        more => Err(Fault::TooLarge(more)),
    }
}

/// Refuses an animation that would keep a reader's machine busy.
fn affordable_frames(frames: u32, pixels: u64) -> Result<()> {
    if frames > FRAMES_MAX || pixels > FRAME_PIXELS_MAX { Err(Fault::TooLong) } else { Ok(()) }
}

/// How the camera was held, as EXIF counts it: 1 to 8, of which 1 is upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Orientation(u8);

impl Orientation {
    const UPRIGHT: Self = Self(1);

    /// What EXIF data says of it.
    fn of_exif(exif: &[u8]) -> Self {
        let said = image::metadata::Orientation::from_exif_chunk(exif);
        said.map_or(Self::UPRIGHT, |said| Self(said.to_exif()))
    }

    const fn is_on_its_side(self) -> bool {
        self.0 >= 5
    }

    /// EXIF data that says this and nothing else; none for what is upright.
    fn exif(self) -> Option<[u8; 26]> {
        (self != Self::UPRIGHT).then_some([
            b'M', b'M', 0, 42, 0, 0, 0, 8, // big-endian TIFF, its directory at 8
            0, 1, // one entry:
            1, 0x12, 0, 3, 0, 0, 0, 1, 0, self.0, 0, 0, // orientation, a number of 16 bits
            0, 0, 0, 0, // no further directory
        ])
    }
}
