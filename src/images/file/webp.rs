//! WebP: the chunks of its RIFF container.

use super::reader::Reader;
use super::{Fault, Found, Orientation, Result, affordable, affordable_frames};

/// Flags of the extended header.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
const IS_ANIMATION: u8 = 0x02;

/// What the chunks tell of the picture.
#[derive(Default)]
struct Facts {
    canvas: Option<(u32, u32)>,
    /// The largest image in it, by what its own header says.
    image: Option<(u32, u32)>,
    frames: u32,
    pixels: u64,
    orientation: Option<Orientation>,
    animated: bool,
    /// Where the flags of the extended header were written.
    flags_at: Option<usize>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Found> {
    let mut input = Reader(bytes);
    input.take(4)?;
    let length = input.le32()?;
    // What follows the container is no part of the picture.
    let mut content = Reader(input.sized(length)?);
    content.take(4)?;
    let mut output = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut facts = Facts::default();
    chunks(content, &mut output, &mut facts, false)?;
    let image = facts.image.ok_or(Fault::Broken("is a WebP without a picture"))?;
    let (width, height) = facts.canvas.unwrap_or(image);
    affordable(width, height)?;
    affordable(image.0, image.1)?;
    affordable_frames(facts.frames, facts.pixels)?;
    let orientation = facts.orientation.unwrap_or(Orientation::UPRIGHT);
    if let Some(flags) = facts.flags_at.and_then(|at| output.get_mut(at)) {
        *flags &= !(HAS_EXIF | HAS_XMP);
        if let Some(exif) = orientation.exif() {
            *flags |= HAS_EXIF;
            write(&mut output, *b"EXIF", &exif);
        }
    }
    let length = u32::try_from(output.len().saturating_sub(8)).unwrap_or(u32::MAX);
    if let Some(place) = output.get_mut(4..8) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    // Without an extended header nothing says how the camera was held.
    let orientation = if facts.flags_at.is_some() { orientation } else { Orientation::UPRIGHT };
    Ok(Found { width, height, orientation, animated: facts.animated, bytes: output })
}

/// Writes the chunks that make the picture, and learns of it what they say.
fn chunks(
    mut input: Reader<'_>,
    output: &mut Vec<u8>,
    facts: &mut Facts,
    in_frame: bool,
) -> Result<()> {
    while !input.is_empty() {
        let kind = input.array::<4>()?;
        let length = input.le32()?;
        let content = input.sized(length)?;
        if length % 2 == 1 && !input.is_empty() {
            input.byte()?;
        }
        match &kind {
            b"VP8X" if !in_frame && facts.canvas.is_none() => {
                let mut header = Reader(content);
                facts.animated = header.byte()? & IS_ANIMATION != 0;
                header.take(3)?;
                facts.canvas = Some((header.le24()? + 1, header.le24()? + 1));
                facts.flags_at = Some(output.len() + 8);
                write(output, kind, content.get(..10).unwrap_or(content));
            }
            b"VP8 " | b"VP8L" => {
                let (width, height) = size(kind, content)?;
                let (widest, highest) = facts.image.unwrap_or_default();
                facts.image = Some((widest.max(width), highest.max(height)));
                facts.frames += 1;
                facts.pixels += u64::from(width) * u64::from(height);
                write(output, kind, content);
            }
            b"ANMF" if !in_frame => {
                let mut frame = Reader(content);
                let mut kept = frame.take(16)?.to_vec();
                chunks(frame, &mut kept, facts, true)?;
                write(output, kind, &kept);
            }
            b"ALPH" | b"ANIM" | b"ICCP" => write(output, kind, content),
            b"EXIF" => {
                let exif = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                facts.orientation = Some(Orientation::of_exif(exif));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The size of an image in its own header.
fn size(kind: [u8; 4], content: &[u8]) -> Result<(u32, u32)> {
    let mut header = Reader(content);
    if &kind == b"VP8L" {
        if header.byte()? != 0x2F {
            return Err(Fault::Broken("is a WebP whose picture has no header"));
        }
        let bits = header.le32()?;
        return Ok(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1));
    }
    header.take(3)?;
    if header.array()? != [0x9D, 0x01, 0x2A] {
        return Err(Fault::Broken("is a WebP whose picture has no header"));
    }
    let (width, height) = (header.le16()? & 0x3FFF, header.le16()? & 0x3FFF);
    Ok((width.into(), height.into()))
}

fn write(output: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    output.extend(kind);
    // What is written was read: its length fits.
    output.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    output.extend_from_slice(content);
    if content.len() % 2 == 1 {
        output.push(0);
    }
}
