//! Pictures of ours in a body: named by their ids when it is written, filled in when it is shown, so that
//! a body never holds an address that has changed.

use std::collections::HashMap;

use super::BodyError;
use crate::db::types::Id;
use crate::images::Image;

/// What stands before the id of an image of ours: `image:01890a5d-ac96-774b-bcce-b302099a8057`.
pub(super) const SCHEME: &str = "image:";

/// How many times a body may show pictures of ours.
pub const PICTURES_MAX: usize = 100;

/// The images that sanitised HTML names, each once.
pub(super) fn named(html: &str) -> Result<Vec<Id>, BodyError> {
    let mut ids = Vec::new();
    let mut shown = 0;
    for (_, tag) in Tags(html) {
        let Some(name) = tag.and_then(name) else { continue };
        let id = name.parse().map_err(|_| BodyError::NoPicture)?;
        shown += 1;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if shown > PICTURES_MAX { Err(BodyError::TooManyPictures) } else { Ok(ids) }
}

/// The HTML with the addresses and sizes of the images it names.
pub(crate) fn filled(html: String, images: &HashMap<Id, Image>) -> String {
    if images.is_empty() {
        return html;
    }
    let mut page = String::with_capacity(html.len() + images.len() * 1024);
    for (before, tag) in Tags(&html) {
        page.push_str(before);
        let Some(tag) = tag else { continue };
        match name(tag).and_then(|name| images.get(&name.parse().ok()?)) {
            Some(image) => fill(&mut page, tag, image),
            None => page.push_str(tag),
        }
    }
    page
}

fn fill(page: &mut String, tag: &str, image: &Image) {
    page.push_str("<img");
    let mut put = |name: &str, value: &str| {
        for part in [" ", name, "=\"", value, "\""] {
            page.push_str(part);
        }
    };
    let own = || attributes(tag).filter(|(_, value)| !value.trim().is_empty());
    // A draft may show what still waits for its file.
    if let Some(url) = &image.url {
        put("src", &escaped(url));
    }
    let alt = own().find(|(name, _)| *name == "alt").map(|(_, alt)| alt.to_owned());
    put("alt", &alt.unwrap_or_else(|| escaped(image.alt.as_deref().unwrap_or_default())));
    if let Some((width, height)) = image.width.zip(image.height) {
        put("width", &width.to_string());
        put("height", &height.to_string());
    }
    let smaller = image.renditions.iter().map(|it| format!("{} {}w", it.url, it.width));
    let whole = image.url.iter().zip(image.width).map(|(url, width)| format!("{url} {width}w"));
    if !image.renditions.is_empty() {
        let all = smaller.chain(whole).collect::<Vec<_>>().join(", ");
        put("srcset", &escaped(&all));
        put("sizes", "auto, 100vw");
    }
    put("loading", "lazy");
    for (name, value) in own().filter(|(name, _)| matches!(*name, "title" | "lang" | "dir")) {
        put(name, value);
    }
    page.push('>');
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

/// What an element's `src` says behind [`SCHEME`].
fn name(tag: &str) -> Option<&str> {
    let (_, src) = attributes(tag).find(|(name, _)| *name == "src")?;
    src.strip_prefix(SCHEME)
}

/// The attributes of a tag, as the sanitiser writes them: a blank, the name, `="`, the value, `"`.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag.strip_prefix("<img").unwrap_or_default();
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        rest = after;
        Some((name.trim(), value))
    })
}

/// Sanitised HTML in pieces: what stands before an `img`, and the tag itself; at the end there is none.
struct Tags<'a>(&'a str);

impl<'a> Iterator for Tags<'a> {
    type Item = (&'a str, Option<&'a str>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let mut at = 0;
        while let Some((start, end)) = tag(self.0, at) {
            let (before, rest) = self.0.split_at_checked(end)?;
            let (before, tag) = before.split_at_checked(start)?;
            if tag.starts_with("<img ") {
                self.0 = rest;
                return Some((before, Some(tag)));
            }
            at = end;
        }
        Some((std::mem::take(&mut self.0), None))
    }
}

/// Where the next tag begins and ends. In text there is no `<`, and a `>` in an attribute is quoted.
fn tag(html: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + html.get(from..)?.find('<')?;
    let mut quoted = false;
    for (at, byte) in html.get(start..)?.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some((start, start + at + 1)),
            _ => {}
        }
    }
    None
}
