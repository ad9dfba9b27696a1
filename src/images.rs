//! Images: pictures at the head of articles and in their bodies.

pub(crate) mod carried;
pub(crate) mod file;
pub(crate) mod sql;
mod submission;
pub(crate) mod transfer;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, put};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::{Answer, IfMatch, Once};
use crate::auth::{Insider, Writer};
use crate::config::Addresses;
use crate::db::Db;
use crate::db::types::{Id, Moment, text_column};
use crate::error::Result;
use crate::input::Body;
use crate::input::binary::{Binary, Upload};
use crate::input::query::{NoParams, Params};
use crate::media::Media;
use crate::page::{Count, CursorText, Limit, page};
pub use submission::{ImagePatch, NewFocalPoint, NewImage};

// --- Vocabulary

/// The point of a picture that must stay in sight however it is cropped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct FocalPoint {
    /// How far from the left, as a part of the width.
    #[schema(minimum = 0, maximum = 1, example = 0.5)]
    pub x: f64,
    /// How far from the top, as a part of the height.
    #[schema(minimum = 0, maximum = 1, example = 0.3)]
    pub y: f64,
}

/// A picture made smaller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rendition {
    /// How wide it is, in pixels.
    #[schema(minimum = 1, example = 640)]
    pub width: i32,
    /// How high it is, in pixels.
    #[schema(minimum = 1, example = 360)]
    pub height: i32,
    /// Where it is: an absolute URL.
    #[schema(
        format = "uri",
        example = "http://127.0.0.1:8080/media/5e1d8a90c7f3b264d01e6b7a93c4f852a1b2c3d4.jpg?w=640",
        max_length = 4000
    )]
    pub url: String,
}

/// A picture: kept here, or somewhere else on the web.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Image {
    /// The image's id; in a body it is named by `image:` and the id.
    pub id: Id,
    /// Where the picture is: an absolute URL, which changes with the file; null while the file is waited for.
    #[schema(
        required,
        format = "uri",
        example = "http://127.0.0.1:8080/media/5e1d8a90c7f3b264d01e6b7a93c4f852a1b2c3d4.jpg",
        max_length = 4000
    )]
    pub url: Option<String>,
    /// The file's media type, told by its content; null for a picture elsewhere.
    #[serde(rename = "type")]
    #[schema(required, example = "image/jpeg", max_length = 100)]
    pub type_: Option<String>,
    /// How wide it is shown, in pixels; null when unknown.
    #[schema(required, minimum = 1, example = 1600)]
    pub width: Option<i32>,
    /// How high it is shown, in pixels; null when unknown.
    #[schema(required, minimum = 1, example = 900)]
    pub height: Option<i32>,
    /// How many bytes the file has, as it is kept; null for a picture elsewhere.
    #[schema(required, minimum = 0, example = 241_664)]
    pub byte_size: Option<i64>,
    /// What it shows, for who does not see it; null while nobody wrote it.
    #[schema(required, example = "Delegates at a long table", max_length = 1000)]
    pub alt: Option<String>,
    /// What stands under it; null when there is nothing.
    #[schema(required, example = "The conference in Moscow on Monday.", max_length = 5000)]
    pub caption: Option<String>,
    /// Who made it, and whose it is; null when unknown.
    #[schema(required, example = "Li Hua / CCTV", max_length = 300)]
    pub credit: Option<String>,
    /// The point that must stay in sight however it is cropped; null when any will do.
    #[schema(required)]
    pub focal_point: Option<FocalPoint>,
    /// The same picture smaller, narrowest first, for `srcset`; empty for one elsewhere, for one that moves
    /// and for AVIF.
    #[schema(max_items = 6)]
    pub renditions: Vec<Rendition>,
    /// When it was made here.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// Counts the changes of the image, from 1.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
}

/// Where an article shows an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub enum ImagePlace {
    /// With its headline.
    Head,
    /// In its body.
    Body,
}
text_column!(ImagePlace { Head = "head", Body = "body" });

page!(
    /// A page of images.
    ImagePage of Image
);

/// Which images are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ImageQuery {
    /// How many at most: 1 to 100, 20 when absent.
    #[param(value_type = i32, required = false, minimum = 1, maximum = 100, example = 20)]
    #[serde(default)]
    pub limit: Limit,
    /// Where to go on: `next_cursor` of the page before.
    #[param(nullable = false, value_type = Option<String>, example = "bWFkZSBieSB0aGUgcGFnZSBiZWZvcmU", max_length = 2048)]
    pub cursor: Option<CursorText>,
    /// `exact` fills `total`.
    #[param(inline = false, required = false)]
    #[serde(default)]
    pub count: Count,
}

// --- HTTP

/// Registers the routes of images.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_images)
        .service(create_image)
        .service(upload_image)
        .service(get_image)
        .service(update_image)
        .service(delete_image)
        .service(put_image_file);
}

/// List images
///
/// All pictures, last made first: also those no published article shows.
#[utoipa::path(tag = "images", params(ImageQuery), security(("key" = ["drafts:read"])),
    responses((status = 200, description = "A page of images.", body = ImagePage)))]
#[get("/v1/images")]
async fn list_images(
    request: HttpRequest,
    db: Data<Db>,
    site: Data<Addresses>,
    _insider: Insider,
    Params(query): Params<ImageQuery>,
) -> Result<Answer> {
    let page = db.read(move |conn| sql::list(conn, &site, &query)).await?;
    Ok(Answer::ok(&page)?.next(&request, page.next_cursor.as_ref()))
}

/// Create an image
///
/// Makes a picture that is elsewhere on the web, by its `url`, or one whose file is sent next.
#[utoipa::path(tag = "images", request_body = NewImage, security(("key" = ["content:write"])),
    responses((status = 201, description = "The new image.", body = Image)))]
#[post("/v1/images")]
async fn create_image(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    once: Once,
    _query: NoParams,
    body: Body<NewImage>,
) -> Result<Answer> {
    let Body { value: new, sha256 } = body;
    once.write(&db, sha256, move |conn| created(&sql::insert(conn, &site, Id::new(), &new, None)?))
        .await
}

/// Upload a new image
///
/// Makes a picture of its file in one step: JPEG, PNG, WebP, AVIF or GIF, told by the content. What its words
/// are is said with `PATCH`. The file is kept without EXIF, XMP and comments, and so without the place
/// where it was taken; how it is turned and its colour profile stay. 50 megapixels at most; a larger
/// one, a damaged one and one cut off are 422, everything else, SVG too, is 415.
#[utoipa::path(tag = "images",
    request_body(content = Binary, content_type = "application/octet-stream", description = "The picture's bytes; any `image/…` type will do as well."),
    security(("key" = ["content:write"])),
    responses((status = 201, description = "The new image.", body = Image)))]
#[post("/v1/uploads")]
async fn upload_image(
    db: Data<Db>,
    site: Data<Addresses>,
    media: Data<Media>,
    _writer: Writer,
    once: Once,
    _query: NoParams,
    upload: Upload,
) -> Result<Answer> {
    let Upload { bytes, sha256 } = upload;
    let id = Id::new();
    let kept = media.keep(id, &bytes).await?;
    let file = kept.file.clone();
    let made = Arc::new(AtomicBool::new(false));
    let done = Arc::clone(&made);
    let answer = once
        .write(&db, sha256, move |conn| {
            let image = sql::insert(conn, &site, id, &NewImage::default(), Some(&kept))?;
            done.store(true, Ordering::Relaxed);
            created(&image)
        })
        .await;
    // The second of two makes nothing, and nothing names its file. (A write that failed on its way may have
    // come through all the same: its file stays.)
    if !made.load(Ordering::Relaxed) {
        media.forget(&file).await;
    }
    answer
}

/// Get an image
///
/// One picture by its id.
#[utoipa::path(tag = "images", params(("image_id" = Id, Path, description = "Id of the image.")),
    security(("key" = ["drafts:read"])), responses((status = 200, description = "The image.", body = Image)))]
#[get("/v1/images/{image_id}")]
async fn get_image(
    db: Data<Db>,
    site: Data<Addresses>,
    _insider: Insider,
    image: Path<Id>,
    _query: NoParams,
) -> Result<Answer> {
    let image = db.read(move |conn| sql::find(conn, &site, *image)).await?;
    shown(&image)
}

/// Change an image
///
/// Changes what is sent and nothing else. The alternative text of a picture that a published article shows can
/// be changed and not removed (409).
#[utoipa::path(tag = "images", params(("image_id" = Id, Path, description = "Id of the image.")),
    request_body = ImagePatch, security(("key" = ["content:write"])),
    responses((status = 200, description = "The changed image.", body = Image)))]
#[patch("/v1/images/{image_id}")]
async fn update_image(
    db: Data<Db>,
    site: Data<Addresses>,
    _writer: Writer,
    image: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
    body: Body<ImagePatch>,
) -> Result<Answer> {
    let patch = body.value;
    db.write(move |conn| {
        let before = sql::find(conn, &site, *image)?;
        if_match.check(&before)?;
        sql::update(conn, &before, &patch)?;
        shown(&sql::find(conn, &site, before.id)?)
    })
    .await
}

/// Delete an image
///
/// Removes the picture and its file. 409 while an article shows it, a draft too.
#[utoipa::path(tag = "images", params(("image_id" = Id, Path, description = "Id of the image.")),
    security(("key" = ["content:write"])), responses((status = 204, description = "The image is gone.")))]
#[delete("/v1/images/{image_id}")]
async fn delete_image(
    db: Data<Db>,
    site: Data<Addresses>,
    media: Data<Media>,
    _writer: Writer,
    image: Path<Id>,
    if_match: IfMatch,
    _query: NoParams,
) -> Result<HttpResponse> {
    let file = db.write(move |conn| {
        let before = sql::find(conn, &site, *image)?;
        if_match.check(&before)?;
        sql::remove(conn, before.id)
    });
    if let Some(file) = file.await? {
        media.forget(&file).await;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Put an image's file
///
/// Sets or replaces the file of a picture: JPEG, PNG, WebP, AVIF or GIF, told by the content, with the limits
/// of an upload. The same file again changes nothing. Another one gets another address, and the old
/// address is gone; articles show the new one. A picture that was elsewhere is here from then on.
#[utoipa::path(tag = "images", params(("image_id" = Id, Path, description = "Id of the image.")),
    request_body(content = Binary, content_type = "application/octet-stream", description = "The picture's bytes; any `image/…` type will do as well."),
    security(("key" = ["content:write"])),
    responses((status = 200, description = "The image with its file.", body = Image)))]
#[put("/v1/images/{image_id}/file")]
async fn put_image_file(
    db: Data<Db>,
    site: Data<Addresses>,
    media: Data<Media>,
    _writer: Writer,
    image: Path<Id>,
    (if_match, _query): (IfMatch, NoParams),
    upload: Upload,
) -> Result<Answer> {
    let id = image.into_inner();
    // Asked twice: before a file is stored for nothing, and in the write, where it counts.
    let (seen, wanted) = (site.clone(), if_match.clone());
    db.read(move |conn| wanted.check(&sql::find(conn, &seen, id)?)).await?;
    let kept = media.keep(id, &upload.bytes).await?;
    let put = db.write(move |conn| {
        let before = sql::find(conn, &site, id)?;
        if_match.check(&before)?;
        let replaced = sql::set_file(conn, &before, &kept)?;
        Ok((shown(&sql::find(conn, &site, id)?)?, replaced))
    });
    let (answer, replaced) = put.await?;
    if let Some(file) = replaced {
        media.forget(&file).await;
    }
    Ok(answer)
}

fn shown(image: &Image) -> Result<Answer> {
    Ok(Answer::ok(image)?.modified(image.updated_at))
}

fn created(image: &Image) -> Result<Answer> {
    let path = crate::api::path(&["v1", "images", &image.id.to_string()]);
    Ok(Answer::created(&path, image)?.modified(image.updated_at))
}
