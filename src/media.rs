//! Files of pictures: kept in a store, served under names of their own, made smaller on demand.

mod store;
pub(crate) mod studio;

use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, HeaderValue,
    IF_NONE_MATCH,
};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::{Deserialize, Deserializer};
use sha2::{Digest as _, Sha256};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::known_etag;
use crate::db::Db;
use crate::db::types::Id;
use crate::error::{Error, Result};
use crate::images::file::{Format, Picture};
use crate::images::sql::{Kept, of_file};
use crate::input::binary::Binary;
use crate::input::query::Params;
use crate::text::hex;
pub use store::MediaUrl;
use store::Store;
use studio::Studio;

// --- Vocabulary

/// The widths pictures are made smaller to.
pub(crate) const WIDTHS: [u32; 6] = [160, 320, 640, 960, 1280, 1920];
/// How many bytes of its hash a file is named by.
const NAME_BYTES: usize = 20;
/// Counts how renditions are made: with another number all are made anew.
const MAKING: u32 = 1;

/// A width from the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenditionWidth(u32);

impl<'de> Deserialize<'de> for RenditionWidth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let width = i64::deserialize(deserializer).ok().and_then(|width| u32::try_from(width).ok());
        let width = width.filter(|width| WIDTHS.contains(width));
        let widths = WIDTHS.map(|width| width.to_string()).join(", ");
        width.map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!("must be one of the widths there are: {widths}"))
        })
    }
}

/// At which size a picture is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MediaQuery {
    /// How wide, in pixels: 160, 320, 640, 960, 1280 or 1920. A picture that is no wider, that moves or
    /// is an AVIF is given as it is.
    #[param(nullable = false, value_type = Option<i32>, minimum = 160, maximum = 1920, example = 640)]
    pub w: Option<RenditionWidth>,
}

/// The files of a site's pictures.
#[derive(Debug, Clone)]
pub struct Media {
    store: Store,
    studio: Studio,
    /// How many bytes a picture's file may have.
    pub(crate) upload_bytes_max: usize,
}

/// How many bytes a picture's file may have unless a setting says otherwise: 20 MiB.
pub const UPLOAD_BYTES_MAX: usize = 20 * 1024 * 1024;

impl Media {
    /// Files in this place, each of at most so many bytes.
    ///
    /// # Errors
    /// Says why there can be none.
    pub fn open(url: &MediaUrl, upload_bytes_max: usize) -> Result<Self, String> {
        Ok(Self { store: Store::open(url)?, studio: Studio::default(), upload_bytes_max })
    }

    /// Files that are gone with the process.
    #[must_use]
    pub fn in_memory() -> Self {
        let (store, studio) = (Store::in_memory(), Studio::default());
        Self { store, studio, upload_bytes_max: UPLOAD_BYTES_MAX }
    }

    /// Keeps the file of an image: first seen to be a picture, then stored, and known by the name
    /// that comes back. The name tells of the content, and nobody who has the content knows the name.
    pub(crate) async fn keep(&self, image: Id, bytes: &[u8]) -> Result<Kept> {
        let picture = Picture::read(bytes)?;
        let turn = self.studio.turn(picture.width, picture.height).await?;
        let picture = studio::prove(picture, turn).await?;
        let Picture { format, width, height, animated, bytes } = picture;
        let hash = Sha256::new().chain_update(image.as_bytes()).chain_update(&bytes).finalize();
        let stem = hex(hash.get(..NAME_BYTES).unwrap_or(&hash));
        let kept = Kept {
            file: format!("{stem}.{}", format.extension()),
            media_type: format.media_type().to_owned(),
            width: i32::try_from(width).map_err(Error::internal)?,
            height: i32::try_from(height).map_err(Error::internal)?,
            byte_size: i64::try_from(bytes.len()).map_err(Error::internal)?,
            animated,
        };
        self.store.put(&kept.file, bytes).await?;
        Ok(kept)
    }

    /// Forgets a file and what was made of it.
    pub(crate) async fn forget(&self, file: &str) {
        let renditions = WIDTHS.iter().map(|width| rendition_name(file, *width));
        let names = std::iter::once(file.to_owned()).chain(renditions).collect::<Vec<_>>();
        self.store.remove(&names).await;
    }

    /// A file at this width: as it was made before, or made now.
    async fn rendition(&self, kept: &Kept, format: Format, width: u32) -> Result<Option<Bytes>> {
        let name = rendition_name(&kept.file, width);
        if let Some(made) = self.store.get(&name).await? {
            return Ok(Some(made));
        }
        let _bench = self.studio.alone(&name).await?;
        if let Some(made) = self.store.get(&name).await? {
            return Ok(Some(made));
        }
        let size = |pixels: i32| u32::try_from(pixels).map_err(Error::internal);
        let turn = self.studio.turn(size(kept.width)?, size(kept.height)?).await?;
        let Some(original) = self.store.get(&kept.file).await? else { return Ok(None) };
        let made = Bytes::from(studio::rendition(format, original, width, turn).await?);
        self.store.put(&name, made.clone()).await?;
        Ok(Some(made))
    }
}

fn rendition_name(file: &str, width: u32) -> String {
    format!("renditions/{MAKING}/{file}-{width}")
}

/// The path of a file on this server.
pub(crate) fn path(file: &str) -> String {
    format!("/media/{file}")
}

/// The widths at which a file can be had smaller than it is; none for what is given only as it is.
pub(crate) fn widths(media_type: &str, animated: bool, width: i32) -> Vec<u32> {
    let smaller = |wanted: &&u32| i32::try_from(**wanted).is_ok_and(|wanted| wanted < width);
    let resizable = !animated && media_type != Format::Avif.media_type();
    WIDTHS.iter().filter(|_| resizable).filter(smaller).copied().collect()
}

// --- HTTP

/// Registers the route of files.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_media);
}

/// Get a picture's file
///
/// The bytes of a picture, without where it was taken and by what. An address names its content: it never
/// changes and may be kept for ever. It is not guessed by who knows the picture, and whoever has it may
/// read it, a draft's too. A deleted or replaced file is gone.
#[utoipa::path(tag = "images", params(MediaQuery, ("file" = String, Path, description = "The file's name, as in an image's `url`.", example = "5e1d8a90c7f3b264d01e6b7a93c4f852a1b2c3d4.jpg", max_length = 64)),
    security(()),
    responses((status = 200, description = "The picture.", content(
        (Binary = "image/jpeg"), (Binary = "image/png"), (Binary = "image/gif"),
        (Binary = "image/webp"), (Binary = "image/avif")), headers(("ETag" = String)))))]
#[get("/media/{file}")]
async fn get_media(
    request: HttpRequest,
    db: Data<Db>,
    media: Data<Media>,
    file: Path<String>,
    Params(query): Params<MediaQuery>,
) -> Result<HttpResponse> {
    const MISSING: Error = Error::NotFound("file");
    let (_, extension) = file.split_once('.').ok_or(MISSING)?;
    let format = Format::of_extension(extension).ok_or(MISSING)?;
    let name = file.into_inner();
    let kept = db.read(move |conn| of_file(conn, &name)).await?.ok_or(MISSING)?;
    let width = query.w.map(|width| width.0);
    let width = width.filter(|w| widths(&kept.media_type, kept.animated, kept.width).contains(w));
    let tag = match width {
        Some(width) => format!("\"{}-{width}-{MAKING}\"", kept.file),
        None => format!("\"{}\"", kept.file),
    };
    let asked = request.headers().get(IF_NONE_MATCH).and_then(|list| list.to_str().ok());
    if asked.is_some_and(|list| known_etag(list, &tag).is_some()) {
        let mut answer = HttpResponse::NotModified();
        return Ok(answer.insert_header((ETAG, tag)).insert_header(FOR_EVER).finish());
    }
    let mut answer = HttpResponse::Ok();
    answer.insert_header((ETAG, tag)).insert_header(FOR_EVER).insert_header(SANDBOX);
    // The database knows it and the store does not: for the reader it is not there.
    let lost = || {
        tracing::error!(file = kept.file, "a picture's file is not in the media store");
        MISSING
    };
    if let Some(width) = width {
        let made = media.rendition(&kept, format, width).await?.ok_or_else(lost)?;
        let format = Format::of(&made).unwrap_or(format);
        return Ok(answer.insert_header((CONTENT_TYPE, format.media_type())).body(made));
    }
    let (length, stream) = media.store.stream(&kept.file).await?.ok_or_else(lost)?;
    answer.insert_header((CONTENT_TYPE, format.media_type()));
    Ok(answer.body(SizedStream::new(length, stream)))
}

const FOR_EVER: (HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
/// Opened by itself, a file runs nothing and loads nothing.
const SANDBOX: (HeaderName, HeaderValue) =
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
