//! AVIF: the boxes of a HEIF container.
//!
//! Its items are found by their place in the file, so nothing is moved: what must go is overwritten with
//! zeros. Nothing here unpacks AV1, so a picture is taken at its container's word.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::reader::Reader;
use super::{Fault, Found, Orientation, Result, affordable};

/// Boxes beside the picture's data that make the picture.
const KEPT_IN_META: &[&[u8; 4]] =
    &[b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp", b"iref", b"idat", b"grpl", b"dinf"];
/// Properties of a picture: its size, its coding, its colours, how it is turned and cropped.
const KEPT_PROPERTIES: &[&[u8; 4]] = &[
    b"ispe", b"pixi", b"av1C", b"colr", b"irot", b"imir", b"auxC", b"pasp", b"clap", b"a1op",
    b"a1lx", b"lsel", b"clli", b"mdcv", b"cclv", b"amve", b"free",
];
/// Items that are pictures, or made of pictures; all others tell about them.
const KEPT_ITEMS: &[&[u8; 4]] = &[b"av01", b"grid", b"iden", b"iovl", b"tmap"];

const BROKEN: Fault = Fault::Broken("is an AVIF whose parts do not fit together");

/// Whether the first box says that this is an AVIF.
pub(super) fn is_avif(bytes: &[u8]) -> bool {
    let Some(first) = boxes(bytes, 0..bytes.len()).ok().and_then(|all| all.into_iter().next())
    else {
        return false;
    };
    let brands = bytes.get(first.content).unwrap_or_default();
    let brands = brands.chunks(4).enumerate().filter(|(place, _)| *place != 1);
    brands.into_iter().any(|(_, brand)| brand == b"avif")
}

/// A box: its kind, where the kind stands, and where its content is.
#[derive(Debug, Clone)]
struct Place {
    kind: [u8; 4],
    kind_at: usize,
    content: Range<usize>,
}

/// The boxes in a part of the file; what follows the last whole one is left out.
fn boxes(bytes: &[u8], within: Range<usize>) -> Result<Vec<Place>> {
    let mut found = Vec::new();
    let mut at = within.start;
    while within.end.saturating_sub(at) >= 8 {
        let mut header = Reader(bytes.get(at..within.end).ok_or(BROKEN)?);
        let (length, kind) = (header.be32()?, header.array()?);
        let (length, head) = match length {
            0 => (within.end - at, 8),
            1 => (usize::try_from(header.number(8)?).map_err(|_| BROKEN)?, 16),
            length => (usize::try_from(length).map_err(|_| BROKEN)?, 8),
        };
        let end = at.checked_add(length).filter(|end| *end <= within.end && length >= head);
        let Some(end) = end else { break };
        found.push(Place { kind, kind_at: at + 4, content: at + head..end });
        at = end;
    }
    Ok(found)
}

/// What the container says of its items.
#[derive(Default)]
struct Items {
    primary: u64,
    /// Those that are not pictures, with the place of the word that says so.
    others: HashMap<u64, usize>,
    pictures: HashSet<u64>,
    /// Where the bytes of each are.
    extents: HashMap<u64, Vec<Range<usize>>>,
    properties: Vec<Place>,
    /// Which properties an item has, counted from 1.
    of_item: HashMap<u64, Vec<usize>>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Found> {
    let all = boxes(bytes, 0..bytes.len())?;
    let one = |kind: &[u8; 4]| all.iter().find(|place| &place.kind == kind);
    if one(b"moov").is_some() {
        return Err(Fault::Broken("is an AVIF that moves; still ones are taken"));
    }
    let (Some(meta), Some(last)) = (one(b"meta"), all.last()) else {
        return Err(Fault::Broken("is an AVIF without a picture, or is cut off"));
    };
    let mut output = bytes.get(..last.content.end).unwrap_or(bytes).to_vec();
    let inner = boxes(bytes, meta.content.start + 4..meta.content.end)?;
    let items = items(bytes, &inner)?;
    let (width, height, turned) = size(bytes, &items)?;
    for place in &all {
        if !matches!(&place.kind, b"ftyp" | b"meta" | b"mdat") {
            blank(&mut output, place);
        }
    }
    for place in inner.iter().filter(|place| !KEPT_IN_META.contains(&&place.kind)) {
        blank(&mut output, place);
    }
    for place in items.properties.iter().filter(|place| !KEPT_PROPERTIES.contains(&&place.kind)) {
        blank(&mut output, place);
    }
    for at in items.others.values() {
        overwrite(&mut output, *at..at + 4, *b"free");
    }
    let data = all.iter().chain(&inner).filter(|it| matches!(&it.kind, b"mdat" | b"idat"));
    let data = data.map(|place| place.content.clone()).collect::<Vec<_>>();
    keep_only(&mut output, &data, &items)?;
    let (width, height) = if turned { (height, width) } else { (width, height) };
    let orientation = Orientation::UPRIGHT;
    Ok(Found { width, height, orientation, animated: false, bytes: output })
}

/// Empties a box, and lets it be one that means nothing.
fn blank(output: &mut [u8], place: &Place) {
    overwrite(output, place.kind_at..place.kind_at + 4, *b"free");
    if let Some(content) = output.get_mut(place.content.clone()) {
        content.fill(0);
    }
}

fn overwrite(output: &mut [u8], place: Range<usize>, with: [u8; 4]) {
    if let Some(word) = output.get_mut(place) {
        word.copy_from_slice(&with);
    }
}

/// Zeros in the data where no picture is.
fn keep_only(output: &mut [u8], data: &[Range<usize>], items: &Items) -> Result<()> {
    let mut kept = Vec::new();
    for picture in &items.pictures {
        for extent in items.extents.get(picture).ok_or(BROKEN)? {
            let inside = |data: &Range<usize>| data.start <= extent.start && extent.end <= data.end;
            if !data.iter().any(inside) {
                return Err(Fault::Broken("is cut off: a picture's data is not in the file"));
            }
            kept.push(extent.clone());
        }
    }
    kept.sort_by_key(|extent| extent.start);
    for place in data {
        let mut at = place.start;
        for extent in kept.iter().filter(|it| place.start <= it.start && it.end <= place.end) {
            if let Some(gap) = output.get_mut(at..extent.start) {
                gap.fill(0);
            }
            at = at.max(extent.end);
        }
        if let Some(gap) = output.get_mut(at..place.end) {
            gap.fill(0);
        }
    }
    Ok(())
}

fn items(bytes: &[u8], meta: &[Place]) -> Result<Items> {
    let mut items = Items::default();
    let idat = meta.iter().find(|place| &place.kind == b"idat").map(|place| place.content.clone());
    for place in meta {
        let content = bytes.get(place.content.clone()).ok_or(BROKEN)?;
        match &place.kind {
            b"pitm" => {
                let mut input = Reader(content);
                let version = input.be32()? >> 24;
                items.primary = input.number(if version == 0 { 2 } else { 4 })?;
            }
            b"iinf" => entries(bytes, &place.content, &mut items)?,
            b"iloc" => locations(content, idat.as_ref(), bytes.len(), &mut items)?,
            b"iprp" => {
                for inner in boxes(bytes, place.content.clone())? {
                    match &inner.kind {
                        b"ipco" => items.properties = boxes(bytes, inner.content)?,
                        b"ipma" => {
                            associations(bytes.get(inner.content).ok_or(BROKEN)?, &mut items)?;
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    Ok(items)
}

/// What each item is.
fn entries(bytes: &[u8], place: &Range<usize>, items: &mut Items) -> Result<()> {
    let mut head = Reader(bytes.get(place.clone()).ok_or(BROKEN)?);
    let count_bytes = if head.be32()? >> 24 == 0 { 2 } else { 4 };
    for entry in boxes(bytes, place.start + 4 + count_bytes..place.end)? {
        let start = entry.content.start;
        let mut input = Reader(bytes.get(entry.content).ok_or(BROKEN)?);
        let id_bytes = match input.be32()? >> 24 {
            2 => 2,
            3 => 4,
            _ => return Err(BROKEN),
        };
        let id = input.number(id_bytes)?;
        input.be16()?;
        if KEPT_ITEMS.contains(&&input.array()?) {
            items.pictures.insert(id);
        } else {
            items.others.insert(id, start + 4 + id_bytes + 2);
        }
    }
    Ok(())
}

/// Where each item's bytes are.
fn locations(
    content: &[u8],
    idat: Option<&Range<usize>>,
    file: usize,
    items: &mut Items,
) -> Result<()> {
    let mut input = Reader(content);
    let version = input.be32()? >> 24;
    let sizes = input.be16()?;
    let nibble = |shift: u16| usize::from((sizes >> shift) & 15);
    let (offset_size, length_size, base_size) = (nibble(12), nibble(8), nibble(4));
    let index_size = if version == 0 { 0 } else { nibble(0) };
    let id_bytes = if version < 2 { 2 } else { 4 };
    for _ in 0..input.number(id_bytes)? {
        let id = input.number(id_bytes)?;
        let method = if version == 0 { 0 } else { input.be16()? & 15 };
        if input.be16()? != 0 {
            return Err(Fault::Broken("is an AVIF whose data is in another file"));
        }
        let start = match (method, idat) {
            (0, _) => 0,
            (1, Some(idat)) => idat.start,
            _ => return Err(BROKEN),
        };
        let base = input.number(base_size)?;
        let mut extents = Vec::new();
        for _ in 0..input.be16()? {
            input.take(index_size)?;
            let offset = base.checked_add(input.number(offset_size)?).ok_or(BROKEN)?;
            let offset = usize::try_from(offset).map_err(|_| BROKEN)?;
            let from = start.checked_add(offset).ok_or(BROKEN)?;
            let length = usize::try_from(input.number(length_size)?).map_err(|_| BROKEN)?;
            let to = if length == 0 { Some(file) } else { from.checked_add(length) };
            extents.push(from..to.ok_or(BROKEN)?);
        }
        items.extents.insert(id, extents);
    }
    Ok(())
}

/// Which item has which properties.
fn associations(content: &[u8], items: &mut Items) -> Result<()> {
    let mut input = Reader(content);
    let head = input.be32()?;
    for _ in 0..input.be32()? {
        let id = input.number(if head >> 24 == 0 { 2 } else { 4 })?;
        let mut properties = Vec::new();
        for _ in 0..input.byte()? {
            properties.push(if head & 1 == 0 {
                usize::from(input.byte()? & 0x7F)
            } else {
                usize::from(input.be16()? & 0x7FFF)
            });
        }
        items.of_item.insert(id, properties);
    }
    Ok(())
}

/// The picture's size, and whether it is shown turned by a quarter.
fn size(bytes: &[u8], items: &Items) -> Result<(u32, u32, bool)> {
    if !items.pictures.contains(&items.primary) {
        return Err(Fault::Broken("is an AVIF without a picture"));
    }
    let of_primary = items.of_item.get(&items.primary).ok_or(BROKEN)?;
    let (mut size, mut turned) = (None, false);
    for (place, property) in items.properties.iter().enumerate() {
        let mut input = Reader(bytes.get(property.content.clone()).ok_or(BROKEN)?);
        let is_its_own = of_primary.contains(&(place + 1));
        match &property.kind {
            b"ispe" => {
                input.be32()?;
                let (width, height) = (input.be32()?, input.be32()?);
                affordable(width, height)?;
                size = size.or(is_its_own.then_some((width, height)));
            }
            b"irot" if is_its_own => turned = input.byte()? & 1 == 1,
            _ => {}
        }
    }
    let (width, height) = size.ok_or(BROKEN)?;
    Ok((width, height, turned))
}
