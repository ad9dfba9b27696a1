//! PNG: chunks up to the last.

use std::io::{self, Read as _};

use flate2::read::ZlibDecoder;

use super::reader::Reader;
use super::{Fault, Found, Orientation, Result, affordable, affordable_frames};

const SIGNATURE_BYTES: usize = 8;

/// How many bytes a colour profile may have, unpacked: those of printing presses have three million.
const PROFILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Chunks that make the picture, beside the colour profile: its data, its colours, its resolution, its frames.
const KEPT: &[&[u8; 4]] = &[
    b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI",
    b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn read(bytes: &[u8]) -> Result<Found> {
    let mut input = Reader(bytes);
    let mut output = Vec::with_capacity(bytes.len());
    output.extend_from_slice(input.take(SIGNATURE_BYTES)?);
    let (kind, content) = chunk(&mut input)?;
    if &kind != b"IHDR" {
        return Err(Fault::Broken("is a PNG that does not begin with its header"));
    }
    let mut header = Reader(content);
    let (width, height) = (header.be32()?, header.be32()?);
    affordable(width, height)?;
    write(&mut output, kind, content);
    let after_header = output.len();
    let (mut orientation, mut data, mut frames) = (Orientation::UPRIGHT, false, 0);
    loop {
        let (kind, content) = chunk(&mut input)?;
        match &kind {
            b"IEND" => break,
            b"eXIf" => orientation = Orientation::of_exif(content),
            b"iCCP" => {
                profile(content)?;
                write(&mut output, kind, content);
            }
            kept if KEPT.contains(&kept) => write(&mut output, kind, content),
            // What a decoder must know to show it, and we do not.
            [b'A'..=b'Z', ..] => return Err(Fault::Broken("has a part that no PNG has")),
            _ => {}
        }
        data |= &kind == b"IDAT";
        frames += u32::from(&kind == b"fcTL");
    }
    if !data {
        return Err(Fault::Broken("is a PNG without a picture"));
    }
    affordable_frames(frames, u64::from(frames) * u64::from(width) * u64::from(height))?;
    write(&mut output, *b"IEND", &[]);
    if let Some(exif) = orientation.exif() {
        let mut chunk = Vec::new();
        write(&mut chunk, *b"eXIf", &exif);
        output.splice(after_header..after_header, chunk);
    }
    Ok(Found { width, height, orientation, animated: frames > 1, bytes: output })
}

/// Refuses a colour profile that would fill a decoder's memory, here and at every reader's.
fn profile(content: &[u8]) -> Result<()> {
    const FAULT: Fault = Fault::Broken("has a colour profile that is none, or of more than 4 MiB");
    let name_end = content.iter().position(|byte| *byte == 0).ok_or(FAULT)?;
    let packed = content.get(name_end + 2..).ok_or(FAULT)?;
    let mut unpacked = ZlibDecoder::new(packed).take(PROFILE_BYTES_MAX + 1);
    let length = io::copy(&mut unpacked, &mut io::sink()).map_err(|_| FAULT)?;
    if length > PROFILE_BYTES_MAX { Err(FAULT) } else { Ok(()) }
}

fn chunk<'a>(input: &mut Reader<'a>) -> Result<([u8; 4], &'a [u8])> {
    let length = input.be32()?;
    let kind = input.array()?;
    let content = input.sized(length)?;
    if input.be32()? != sum(kind, content) {
        return Err(Fault::Broken("is damaged: a part of it has the wrong checksum"));
    }
    Ok((kind, content))
}

fn sum(kind: [u8; 4], content: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(&kind);
    crc.update(content);
    crc.sum()
}

fn write(output: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    // What is written was read: its length fits.
    output.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    output.extend(kind);
    output.extend_from_slice(content);
    output.extend(sum(kind, content).to_be_bytes());
}
