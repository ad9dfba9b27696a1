//! What clients send: bodies, query parameters and paths, read strictly and refused clearly.

pub(crate) mod binary;
mod bounds;
pub mod json;
pub mod query;
pub(crate) mod unread;

use std::future::Future;
use std::io::Read;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::{Bytes, BytesMut, Data};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::api::schemas::Schemas;
use crate::error::{Error, ProblemError, Result};

/// How many bytes a body may have, before and after decompression: 1 MiB.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
/// How long a client may take to send a body.
pub const BODY_DEADLINE: Duration = Duration::from_secs(30);

/// A JSON body of type `T`, checked against the schema the OpenAPI document shows for it.
#[derive(Debug)]
pub struct Body<T> {
    /// What was sent.
    pub value: T,
    /// What tells this request from another one: method, path and bytes, hashed.
    pub sha256: Vec<u8>,
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let coding = accepted_coding(request.headers(), request.method())?;
            announced(request.headers(), BODY_BYTES_MAX)?;
            let bytes = receive(payload, BODY_BYTES_MAX).await?;
            let bytes = decode(bytes, coding)?;
            let schemas = request
                .app_data::<Data<Schemas>>()
                .ok_or_else(|| Error::internal("the schemas of the document are not registered"))?;
            let value = parse(schemas, &bytes)?;
            Ok(Self { value, sha256: request_sha256(&request, &bytes) })
        })
    }
}

/// Reads `T` out of JSON text: syntax, then the schema, then what only the type knows.
///
/// # Errors
/// [`Error::Malformed`] for what is not JSON, [`Error::InvalidField`] for what is not a `T`.
pub fn parse<T: DeserializeOwned + ToSchema>(schemas: &Schemas, bytes: &[u8]) -> Result<T> {
    read(schemas, json::parse(bytes)?)
}

/// Reads `T` out of JSON: the schema first, then what only the type knows.
///
/// # Errors
/// [`Error::InvalidField`] for what is not a `T`.
pub fn read<T: DeserializeOwned + ToSchema>(
    schemas: &Schemas,
    json: serde_json::Value,
) -> Result<T> {
    let faults = schemas.check(&T::name(), &json);
    if !faults.is_empty() {
        let faults = faults.into_iter();
        let faults = faults.map(|f| ProblemError::at(f.pointer, f.code, f.detail));
        return Err(Error::InvalidField(faults.collect()));
    }
    serde_path_to_error::deserialize(json).map_err(|error| {
        let pointer = json::pointer(error.path());
        Error::field(pointer, "invalid", error.inner().to_string())
    })
}

/// How a body's bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Identity,
    Gzip,
    Brotli,
    Zstd,
}

fn accepted_coding(headers: &HeaderMap, method: &Method) -> Result<Coding> {
    let unsupported = |what: &str| Err(Error::UnsupportedMediaType(what.to_owned()));
    let Some(media_type) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return unsupported("Send the body as Content-Type: application/json.");
    };
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let essence = essence.trim().to_ascii_lowercase();
    let merge_patch = essence == "application/merge-patch+json" && method == Method::PATCH;
    if essence != "application/json" && !merge_patch {
        return unsupported(if *method == Method::PATCH {
            "Send the body as Content-Type: application/json, or application/merge-patch+json."
        } else {
            "Send the body as Content-Type: application/json."
        });
    }
    let charset = parameters.split(';').filter_map(|part| part.trim().split_once('='));
    for (name, value) in charset {
        let utf8 = value.trim_matches('"').eq_ignore_ascii_case("utf-8");
        if name.trim().eq_ignore_ascii_case("charset") && !utf8 {
            return unsupported("JSON is sent in UTF-8; leave the charset out.");
        }
    }
    match headers.get(CONTENT_ENCODING).map(|value| value.as_bytes().to_ascii_lowercase()) {
        None => Ok(Coding::Identity),
        Some(coding) => match coding.as_slice() {
            b"identity" => Ok(Coding::Identity),
            b"gzip" => Ok(Coding::Gzip),
            b"br" => Ok(Coding::Brotli),
            b"zstd" => Ok(Coding::Zstd),
            _ => unsupported("Content-Encoding may be gzip, br or zstd, one of them, once."),
        },
    }
}

/// What tells a request from another one.
fn request_sha256(request: &HttpRequest, bytes: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(request.method().as_str());
    hash.update([0]);
    hash.update(request.path());
    hash.update([0]);
    hash.update(bytes);
    hash.finalize().to_vec()
}

/// Refuses a body that says beforehand that it is too long.
fn announced(headers: &HeaderMap, limit: usize) -> Result<()> {
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    match length.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) if length > limit => Err(Error::TooLarge(limit)),
        _ => Ok(()),
    }
}

async fn receive(mut payload: Payload, limit: usize) -> Result<Bytes> {
    let reading = async {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|error| {
                let detail = format!("The body broke off: {error}");
                Error::Malformed(ProblemError::at("", "incomplete", detail))
            })?;
            if bytes.len() + chunk.len() > limit {
                return Err(Error::TooLarge(limit));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    };
    tokio::time::timeout(BODY_DEADLINE, reading).await.map_err(|_| Error::RequestTimeout)?
}

/// Unpacks a body, never further than the limit: a bomb costs what an honest body costs.
fn decode(bytes: Bytes, coding: Coding) -> Result<Bytes> {
    let packed = bytes.as_ref();
    let reader: Box<dyn Read + '_> = match coding {
        Coding::Identity => return Ok(bytes),
        Coding::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
        Coding::Brotli => Box::new(brotli::Decompressor::new(packed, 16 * 1024)),
        Coding::Zstd => {
            let decoder = zstd::stream::read::Decoder::with_buffer(packed).and_then(|mut d| {
                // 8 MiB is what RFC 9659 lets a zstd body ask for.
                d.window_log_max(23).map(|()| d)
            });
            Box::new(decoder.map_err(|error| undecodable(&error))?)
        }
    };
    let limit = u64::try_from(BODY_BYTES_MAX).unwrap_or(u64::MAX);
    let mut unpacked = Vec::new();
    reader.take(limit + 1).read_to_end(&mut unpacked).map_err(|error| undecodable(&error))?;
    if unpacked.len() > BODY_BYTES_MAX {
        return Err(Error::TooLarge(BODY_BYTES_MAX));
    }
    Ok(unpacked.into())
}

fn undecodable(error: &std::io::Error) -> Error {
    let detail = format!("The body cannot be decoded as its Content-Encoding says: {error}");
    Error::Malformed(ProblemError::at("", "undecodable", detail))
}
