//! Bodies that are bytes: files.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, schema::Schema};

use super::{announced, receive, request_sha256};
use crate::error::{Error, Result};
use crate::media::Media;

/// The bytes of a file, as the document shows them. How many there may be is a setting: a `maxLength` would be about characters, and
/// makes the Go client of openapi-generator one that does not compile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binary;

impl utoipa::PartialSchema for Binary {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .examples(["(the bytes of a picture)"])
            .into()
    }
}
impl utoipa::ToSchema for Binary {}

/// The file of a picture, sent as it is.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) bytes: Bytes,
    /// What tells this request from another one: method, path and bytes, hashed.
    pub(crate) sha256: Vec<u8>,
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            acceptable(request.headers())?;
            let media = request.app_data::<Data<Media>>();
            let media = media.ok_or_else(|| Error::internal("there is no media store"))?;
            let limit = media.upload_bytes_max;
            announced(request.headers(), limit)?;
            let bytes = receive(payload, limit).await?;
            if bytes.is_empty() {
                return Err(Error::field("", "required", "must be the bytes of a picture"));
            }
            let sha256 = request_sha256(&request, &bytes);
            Ok(Self { bytes, sha256 })
        })
    }
}

/// What it is, is told by the content; but what says that it is something else is taken at its word.
fn acceptable(headers: &HeaderMap) -> Result<()> {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media_type.unwrap_or_default().split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    if !essence.starts_with("image/") && essence != "application/octet-stream" {
        let detail = "Send the picture's bytes as they are, with Content-Type: \
                      application/octet-stream or image/….";
        return Err(Error::UnsupportedMediaType(detail.to_owned()));
    }
    match headers.get(CONTENT_ENCODING).map(|coding| coding.as_bytes().to_ascii_lowercase()) {
        None => Ok(()),
        Some(coding) if coding == b"identity" => Ok(()),
        Some(_) => {
            let detail = "A picture is compressed already: send it without a Content-Encoding.";
            Err(Error::UnsupportedMediaType(detail.to_owned()))
        }
    }
}
