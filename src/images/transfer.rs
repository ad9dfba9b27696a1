//! Images on their way from and to other systems: imports and exports.
//!
//! What goes along is what is known of a picture. Its file is in the media store, which is copied by itself.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::file::Format;
use super::sql::{ImageRow, Kept, insert};
use super::{NewFocalPoint, NewImage};
use crate::config::Addresses;
use crate::db::Conn;
use crate::db::types::Id;
use crate::error::{Error, Result};
use crate::schema::images;
use crate::text::{Name, Prose, WebUrl};

/// An image with the id by which articles name it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sent {
    pub(crate) id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<Kept>,
    #[serde(flatten)]
    pub(crate) new: NewImage,
}

/// What a line says beside the words of a new image.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    pub(crate) id: Id,
    pub(crate) file: Option<Kept>,
}

impl Known {
    /// Refuses a file that the media store would never give.
    pub(crate) fn check(&self) -> Result<()> {
        let Some(Kept { file, media_type, width, height, byte_size, animated: _ }) = &self.file
        else {
            return Ok(());
        };
        let (stem, extension) = file.split_once('.').unwrap_or_default();
        let named = stem.len() == 40 && stem.bytes().all(|b| b.is_ascii_hexdigit());
        let format = Format::of_extension(extension).filter(|_| named);
        let fits = format.is_some_and(|format| format.media_type() == media_type);
        if fits && *width > 0 && *height > 0 && *byte_size > 0 {
            return Ok(());
        }
        Err(Error::field("/file", "invalid", "is not a file as an export writes it"))
    }
}

/// Makes the image unless it is there, and then leaves it as it is; answers whether it was made.
pub(crate) fn take_in(conn: &mut Conn, sent: &Sent) -> Result<bool> {
    let Sent { id, file, new } = sent;
    if images::table.find(*id).select(images::id).first::<Id>(conn).optional()?.is_some() {
        return Ok(false);
    }
    if let Some(Kept { file, .. }) = file {
        let holder = images::table.filter(images::file.eq(file)).select(images::id);
        if let Some(holder) = holder.first::<Id>(conn).optional()? {
            return Err(Error::taken("/file", format!("The file belongs to the image {holder}.")));
        }
        if new.url.is_some() || new.width.is_some() || new.height.is_some() {
            return Err(Error::field(
                "/file",
                "conflict",
                "cannot stand beside a `url` and its size",
            ));
        }
    }
    // An import has no site of its own; addresses play no part in what is stored.
    insert(conn, &Addresses::local(), *id, new, file.as_ref())?;
    Ok(true)
}

/// Every image as it would be sent again.
pub(crate) fn resendable(conn: &mut Conn) -> Result<Vec<Sent>> {
    let rows = images::table.order(images::id).select(ImageRow::as_select()).load(conn)?;
    let images = rows.into_iter().map(|row: ImageRow| {
        let (id, file) = (row.id, row.kept());
        // Of a file it is read; the other kind says it itself.
        let size = |size: Option<i32>| size.filter(|_| file.is_none());
        let new = NewImage {
            url: row.external_url.as_deref().map(WebUrl::parse).transpose()?,
            width: size(row.width),
            height: size(row.height),
            alt: row.alt.as_deref().map(Name::parse).transpose()?,
            caption: row.caption.as_deref().map(Prose::parse).transpose()?,
            credit: row.credit.as_deref().map(Name::parse).transpose()?,
            focal_point: row.focal_x.zip(row.focal_y).map(|(x, y)| NewFocalPoint { x, y }),
        };
        Ok(Sent { id, file, new })
    });
    images.collect::<Result<_, String>>().map_err(Error::internal)
}
