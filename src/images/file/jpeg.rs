//! JPEG: segments up to the end of the image.

use super::reader::Reader;
use super::{Fault, Found, Orientation, Result, affordable};

const START: [u8; 2] = [0xFF, 0xD8];
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const EXIF: &[u8] = b"Exif\0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";

pub(super) fn read(bytes: &[u8]) -> Result<Found> {
    let mut input = Reader(bytes);
    input.take(START.len())?;
    let (mut head, mut rest) = (Vec::new(), Vec::with_capacity(bytes.len()));
    let mut size = None;
    let mut orientation = None;
    let mut scanned = false;
    loop {
        let marker = marker(&mut input)?;
        if marker == END {
            break;
        }
        // Markers without a length mean something in a scan only.
        if matches!(marker, 0x01 | 0xD0..=0xD7) {
            continue;
        }
        let length = input.be16()?.checked_sub(2).ok_or(Fault::Broken("has an impossible part"))?;
        let content = input.take(length.into())?;
        match marker {
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                if size.replace(dimensions(content)?).is_some() {
                    return Err(Fault::Broken("has more than one frame"));
                }
                segment(&mut rest, marker, &[content]);
            }
            SCAN => {
                if size.is_none() {
                    return Err(Fault::Broken("has a scan before its frame"));
                }
                scanned = true;
                segment(&mut rest, marker, &[content]);
                rest.extend_from_slice(scan(&mut input)?);
            }
            // Huffman and arithmetic tables, quantisation, number of lines, restart interval.
            0xC4 | 0xCC | 0xDB | 0xDC | 0xDD => segment(&mut rest, marker, &[content]),
            // JFIF, without its preview.
            0xE0 if content.starts_with(b"JFIF\0") && head.is_empty() => {
                let facts = content.get(..12).unwrap_or(content);
                segment(&mut head, marker, &[facts, &[0, 0]]);
            }
            0xE1 if orientation.is_none() => {
                orientation = content.strip_prefix(EXIF).map(Orientation::of_exif);
            }
            0xE2 if content.starts_with(ICC) => segment(&mut rest, marker, &[content]),
            // How the colours are to be understood.
            0xEE if content.starts_with(b"Adobe") => {
                segment(&mut rest, marker, &[content.get(..12).unwrap_or(content)]);
            }
            // What applications add, comments, and what nobody uses.
            0xE0..=0xFE => {}
            _ => return Err(Fault::Broken("has a part that no JPEG has")),
        }
    }
    let (width, height) =
        size.filter(|_| scanned).ok_or(Fault::Broken("is a JPEG without a picture"))?;
    let orientation = orientation.unwrap_or(Orientation::UPRIGHT);
    let mut bytes = START.to_vec();
    bytes.append(&mut head);
    if let Some(exif) = orientation.exif() {
        segment(&mut bytes, 0xE1, &[EXIF, &exif]);
    }
    bytes.append(&mut rest);
    bytes.extend([0xFF, END]);
    Ok(Found { width, height, orientation, animated: false, bytes })
}

/// The next marker; what stands before it belongs to nothing.
fn marker(input: &mut Reader<'_>) -> Result<u8> {
    loop {
        if input.byte()? != 0xFF {
            continue;
        }
        let mut marker = input.byte()?;
        while marker == 0xFF {
            marker = input.byte()?;
        }
        if marker != 0 {
            return Ok(marker);
        }
    }
}

/// The coded data of a scan, up to the next marker that is none of its own.
fn scan<'a>(input: &mut Reader<'a>) -> Result<&'a [u8]> {
    let own = |pair: &[u8]| matches!(pair, [0xFF, 0x00 | 0xD0..=0xD7 | 0xFF]);
    let mut pairs = input.0.windows(2);
    let end = pairs.position(|pair| pair.first() == Some(&0xFF) && !own(pair));
    match end {
        Some(end) => input.take(end),
        None => input.take(usize::MAX),
    }
}

fn dimensions(frame: &[u8]) -> Result<(u32, u32)> {
    let mut frame = Reader(frame);
    frame.byte()?;
    let (height, width) = (u32::from(frame.be16()?), u32::from(frame.be16()?));
    affordable(width, height)?;
    Ok((width, height))
}

fn segment(output: &mut Vec<u8>, marker: u8, content: &[&[u8]]) {
    // What is written was read: it is never longer than a segment can be.
    let length = content.iter().map(|part| part.len()).sum::<usize>() + 2;
    let length = u16::try_from(length).unwrap_or(u16::MAX);
    output.extend([0xFF, marker]);
    output.extend(length.to_be_bytes());
    for part in content {
        output.extend_from_slice(part);
    }
}
