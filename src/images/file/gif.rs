//! GIF: blocks up to the trailer.

use super::reader::Reader;
use super::{Fault, Found, Orientation, Result, affordable, affordable_frames};

/// Extensions that say how often it plays and what its colours are.
const APPLICATIONS: &[&[u8]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

pub(super) fn read(bytes: &[u8]) -> Result<Found> {
    let mut input = Reader(bytes);
    let mut output = Vec::with_capacity(bytes.len());
    output.extend_from_slice(input.take(6)?);
    let screen = input.take(7)?;
    let mut facts = Reader(screen);
    let (width, height) = (u32::from(facts.le16()?), u32::from(facts.le16()?));
    affordable(width, height)?;
    output.extend_from_slice(screen);
    output.extend_from_slice(colours(&mut input, facts.byte()?)?);
    let (mut frames, mut pixels) = (0, 0);
    loop {
        match input.byte()? {
            0x3B => break,
            0x21 => extension(&mut input, &mut output)?,
            0x2C => {
                let place = input.take(9)?;
                let mut facts = Reader(place);
                let (left, top) = (u32::from(facts.le16()?), u32::from(facts.le16()?));
                let (wide, high) = (u32::from(facts.le16()?), u32::from(facts.le16()?));
                if left + wide > width || top + high > height {
                    return Err(Fault::Broken("has a frame that is larger than the picture"));
                }
                frames += 1;
                pixels += u64::from(wide) * u64::from(high);
                affordable_frames(frames, pixels)?;
                output.push(0x2C);
                output.extend_from_slice(place);
                output.extend_from_slice(colours(&mut input, facts.byte()?)?);
                output.push(input.byte()?);
                output.extend_from_slice(blocks(&mut input)?);
            }
            _ => return Err(Fault::Broken("has a part that no GIF has")),
        }
    }
    if frames == 0 {
        return Err(Fault::Broken("is a GIF without a picture"));
    }
    output.push(0x3B);
    let (orientation, animated) = (Orientation::UPRIGHT, frames > 1);
    Ok(Found { width, height, orientation, animated, bytes: output })
}

/// The table of colours that these flags announce.
fn colours<'a>(input: &mut Reader<'a>, flags: u8) -> Result<&'a [u8]> {
    let bytes = if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    input.take(bytes)
}

/// Blocks up to the empty one, as they stand.
fn blocks<'a>(input: &mut Reader<'a>) -> Result<&'a [u8]> {
    let before = *input;
    let mut bytes = 0;
    loop {
        let length = usize::from(input.byte()?);
        input.take(length)?;
        bytes += length + 1;
        if length == 0 {
            return Reader(before.0).take(bytes);
        }
    }
}

fn extension(input: &mut Reader<'_>, output: &mut Vec<u8>) -> Result<()> {
    let label = input.byte()?;
    let content = blocks(input)?;
    let kept = match label {
        // How long a frame stands, and what is transparent in it.
        0xF9 => true,
        0xFF => {
            let name = content.get(1..12).unwrap_or_default();
            APPLICATIONS.contains(&name)
        }
        // Comments, text, and what nobody knows.
        _ => false,
    };
    if kept {
        output.extend([0x21, label]);
        output.extend_from_slice(content);
    }
    Ok(())
}
