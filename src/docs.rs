//! `/docs`: the API browser and the pages of `docs/`, served from the binary so that they work with no network.

mod pages;

use std::sync::Arc;

use actix_web::http::header::{CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use utoipa_swagger_ui::Config;

use crate::error::{Error, Result};

/// Only what comes from this server. The API browser's pictures are data, and one style it writes for itself: the hash is of that.
const POLICY: &str = "default-src 'none'; script-src 'self'; \
                      style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// Registers the pages.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(get_home).service(get_docs).service(get_docs_file);
}

/// Whether a path belongs to the pages.
pub(crate) fn is_page(path: &str) -> bool {
    path == "/docs" || path.starts_with("/docs/")
}

fn to_docs() -> HttpResponse {
    HttpResponse::TemporaryRedirect().insert_header((LOCATION, "/docs/")).finish()
}

#[get("/")]
async fn get_home() -> HttpResponse {
    to_docs()
}

#[get("/docs")]
async fn get_docs() -> HttpResponse {
    to_docs()
}

#[get("/docs/{file:.*}")]
async fn get_docs_file(file: Path<String>) -> Result<HttpResponse> {
    let give = |kind: &str, bytes: Vec<u8>| {
        HttpResponse::Ok()
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .content_type(kind)
            .body(bytes)
    };
    if let Some(html) = pages::html(&file) {
        return Ok(give("text/html; charset=utf-8", html.into_bytes()));
    }
    if *file == "docs.css" {
        return Ok(give("text/css; charset=utf-8", include_bytes!("docs/docs.css").to_vec()));
    }
    let config =
        Config::from("../openapi.json").try_it_out_enabled(true).persist_authorization(false);
    let found = utoipa_swagger_ui::serve(&file, Arc::new(config));
    let found = found.map_err(|error| Error::internal(error.to_string()))?;
    let file = found.ok_or(Error::NotFound("page"))?;
    Ok(give(&file.content_type, file.bytes.into_owned()))
}
