//! Images in the database.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{FocalPoint, Image, ImagePage, ImagePatch, ImageQuery, NewFocalPoint, NewImage};
use super::{Rendition, carried};
use crate::config::Addresses;
use crate::db::types::{Id, Moment};
use crate::db::{Any, Conn, among};
use crate::error::{Error, Result};
use crate::media::studio::height_at;
use crate::page::{Count, Cut, Key, Position};
use crate::schema::images;
use crate::text::{Name, Prose, WebUrl};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = images, check_for_backend(Any))]
pub(crate) struct ImageRow {
    pub(super) id: Id,
    pub(super) external_url: Option<String>,
    file: Option<String>,
    media_type: Option<String>,
    pub(super) width: Option<i32>,
    pub(super) height: Option<i32>,
    byte_size: Option<i64>,
    animated: bool,
    pub(super) alt: Option<String>,
    pub(super) caption: Option<String>,
    pub(super) credit: Option<String>,
    pub(super) focal_x: Option<f64>,
    pub(super) focal_y: Option<f64>,
    created_at: Moment,
    updated_at: Moment,
    version: i64,
}

impl ImageRow {
    pub(crate) fn into_image(self, site: &Addresses) -> Image {
        let renditions = self.renditions(site);
        let url = self.file.as_deref().map(|file| site.media(file)).or(self.external_url);
        let focal_point = self.focal_x.zip(self.focal_y).map(|(x, y)| FocalPoint { x, y });
        Image {
            id: self.id,
            url,
            type_: self.media_type,
            width: self.width,
            height: self.height,
            byte_size: self.byte_size,
            alt: self.alt,
            caption: self.caption,
            credit: self.credit,
            focal_point,
            renditions,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
        }
    }

    /// Its file, if it is here.
    pub(super) fn kept(&self) -> Option<Kept> {
        Some(Kept {
            file: self.file.clone()?,
            media_type: self.media_type.clone()?,
            width: self.width?,
            height: self.height?,
            byte_size: self.byte_size?,
            animated: self.animated,
        })
    }

    fn renditions(&self, site: &Addresses) -> Vec<Rendition> {
        let (Some(file), Some(media_type), Some(width), Some(height)) =
            (&self.file, &self.media_type, self.width, self.height)
        else {
            return Vec::new();
        };
        let url = site.media(file);
        let widths = crate::media::widths(media_type, self.animated, width).into_iter();
        let rendition = |wanted: u32| {
            let (wide, high) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
            Some(Rendition {
                width: i32::try_from(wanted).ok()?,
                height: i32::try_from(height_at(wide, high, wanted)).ok()?,
                url: format!("{url}?w={wanted}"),
            })
        };
        widths.filter_map(rendition).collect()
    }
}

/// A file in the media store, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    #[serde(rename = "name")]
    pub(crate) file: String,
    #[serde(rename = "type")]
    pub(crate) media_type: String,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) byte_size: i64,
    pub(crate) animated: bool,
}

/// What is known of a file, if an image has it.
pub(crate) fn of_file(conn: &mut Conn, file: &str) -> Result<Option<Kept>> {
    let row = images::table.filter(images::file.eq(file)).select((
        images::file.assume_not_null(),
        images::media_type.assume_not_null(),
        images::width.assume_not_null(),
        images::height.assume_not_null(),
        images::byte_size.assume_not_null(),
        images::animated,
    ));
    Ok(row.first::<Kept>(conn).optional()?)
}

pub(super) fn list(conn: &mut Conn, site: &Addresses, query: &ImageQuery) -> Result<ImagePage> {
    let ImageQuery { limit, cursor, count } = query;
    let mut rows = images::table.select(ImageRow::as_select()).into_boxed();
    if let Some(cursor) = cursor {
        rows = rows.filter(images::id.lt(cursor.position("images")?.id));
    }
    let rows = rows.order(images::id.desc()).limit(limit.rows() + 1).load::<ImageRow>(conn)?;
    let cut = Cut::new(rows, *limit, "images", |row| Position {
        key: Key::Moment(row.created_at),
        id: row.id,
    });
    let total = match count {
        Count::None => None,
        Count::Exact => Some(images::table.count().get_result(conn)?),
    };
    let items = cut.rows.into_iter().map(|row| row.into_image(site)).collect();
    Ok(ImagePage { items, next_cursor: cut.next, total })
}

pub(super) fn find(conn: &mut Conn, site: &Addresses, id: Id) -> Result<Image> {
    let row = images::table.find(id).select(ImageRow::as_select()).first(conn).optional()?;
    Ok(row.ok_or(Error::NotFound("image"))?.into_image(site))
}

/// Those of these images that are there.
pub(crate) fn of_ids(conn: &mut Conn, site: &Addresses, ids: &[Id]) -> Result<HashMap<Id, Image>> {
    let rows = images::table.filter(among(images::id, ids)).select(ImageRow::as_select());
    let rows = rows.load::<ImageRow>(conn)?.into_iter();
    Ok(rows.map(|row| (row.id, row.into_image(site))).collect())
}

/// Makes an image; an import brings its id along.
pub(crate) fn insert(
    conn: &mut Conn,
    site: &Addresses,
    id: Id,
    new: &NewImage,
    kept: Option<&Kept>,
) -> Result<Image> {
    let NewImage { url, width, height, alt, caption, credit, focal_point } = new;
    if url.is_none() && (width.is_some() || height.is_some()) {
        let pointer = if width.is_some() { "/width" } else { "/height" };
        let detail = "is for a picture with a `url`; of a file it is read";
        return Err(Error::field(pointer, "conflict", detail));
    }
    let now = Moment::now();
    diesel::insert_into(images::table)
        .values((
            images::id.eq(id),
            images::external_url.eq(url.as_ref().map(WebUrl::as_str)),
            images::file.eq(kept.map(|kept| kept.file.as_str())),
            images::media_type.eq(kept.map(|kept| kept.media_type.as_str())),
            images::width.eq(kept.map_or(*width, |kept| Some(kept.width))),
            images::height.eq(kept.map_or(*height, |kept| Some(kept.height))),
            images::byte_size.eq(kept.map(|kept| kept.byte_size)),
            images::animated.eq(kept.is_some_and(|kept| kept.animated)),
            (
                images::alt.eq(alt.as_ref().map(Name::as_str)),
                images::caption.eq(caption.as_ref().map(Prose::as_str)),
                images::credit.eq(credit.as_ref().map(Name::as_str)),
                images::focal_x.eq(focal_point.map(|point| point.x)),
                images::focal_y.eq(focal_point.map(|point| point.y)),
                images::created_at.eq(now),
                images::updated_at.eq(now),
                images::version.eq(1_i64),
            ),
        ))
        .execute(conn)?;
    find(conn, site, id)
}

#[derive(AsChangeset)]
#[diesel(table_name = images)]
#[expect(clippy::option_option, reason = "Diesel's form of a patch: left, cleared, or set")]
struct Changes {
    external_url: Option<String>,
    width: Option<Option<i32>>,
    height: Option<Option<i32>>,
    alt: Option<Option<String>>,
    caption: Option<Option<String>>,
    credit: Option<Option<String>>,
    focal_x: Option<Option<f64>>,
    focal_y: Option<Option<f64>>,
    updated_at: Moment,
    version: i64,
}

pub(super) fn update(conn: &mut Conn, before: &Image, patch: &ImagePatch) -> Result<()> {
    let ImagePatch { url, width, height, alt, caption, credit, focal_point } = patch.clone();
    let external = images::table.find(before.id).select(images::external_url.is_not_null());
    let external = external.first::<bool>(conn)?;
    // A URL makes a picture that waits for its file one elsewhere, and its size can be said with it.
    let elsewhere = external || (url.is_some() && before.url.is_none());
    let named = [
        ("/url", url.is_some()),
        ("/width", width.is_some_and(|width| width != before.width)),
        ("/height", height.is_some_and(|height| height != before.height)),
    ];
    if let Some((pointer, _)) = named.iter().find(|(_, sent)| *sent && !elsewhere) {
        let detail = "is for a picture elsewhere; that of a file is read from it";
        return Err(Error::field(*pointer, "conflict", detail));
    }
    if alt == Some(None) {
        carried::may_lose_alt(conn, before.id)?;
    }
    let point = |axis: fn(NewFocalPoint) -> f64| focal_point.map(|point| point.map(axis));
    let changes = Changes {
        external_url: url.map(WebUrl::into_string),
        width,
        height,
        alt: alt.map(|alt| alt.map(Name::into_string)),
        caption: caption.map(|caption| caption.map(Prose::into_string)),
        credit: credit.map(|credit| credit.map(Name::into_string)),
        focal_x: point(|point| point.x),
        focal_y: point(|point| point.y),
        updated_at: Moment::now(),
        version: before.version + 1,
    };
    diesel::update(images::table.find(before.id)).set(&changes).execute(conn)?;
    Ok(())
}

/// Gives an image its file; answers the one it had, if that is another.
pub(super) fn set_file(conn: &mut Conn, before: &Image, kept: &Kept) -> Result<Option<String>> {
    let had = images::table.find(before.id).select(images::file).first::<Option<String>>(conn)?;
    if had.as_ref() == Some(&kept.file) {
        return Ok(None);
    }
    diesel::update(images::table.find(before.id))
        .set((
            images::external_url.eq(None::<String>),
            images::file.eq(&kept.file),
            images::media_type.eq(&kept.media_type),
            images::width.eq(kept.width),
            images::height.eq(kept.height),
            images::byte_size.eq(kept.byte_size),
            images::animated.eq(kept.animated),
            images::updated_at.eq(Moment::now()),
            images::version.eq(before.version + 1),
        ))
        .execute(conn)?;
    Ok(had)
}

/// Removes an image that no article shows; answers its file.
pub(super) fn remove(conn: &mut Conn, id: Id) -> Result<Option<String>> {
    carried::must_be_free(conn, id)?;
    let file = images::table.find(id).select(images::file).first::<Option<String>>(conn)?;
    diesel::delete(images::table.find(id)).execute(conn)?;
    Ok(file)
}
