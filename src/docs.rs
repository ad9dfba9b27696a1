//! `/docs`: the API browser, served from the binary so that it works with no network.

use std::sync::Arc;

use actix_web::http::header::{CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use utoipa_swagger_ui::Config;

use crate::error::{Error, Result};

/// Only what comes from this server; the page styles itself with inline styles.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// Registers the pages of the browser.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(get_home).service(get_docs).service(get_docs_file);
}

/// Whether a path belongs to the browser.
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
    let config =
        Config::from("../openapi.json").try_it_out_enabled(true).persist_authorization(false);
    let found = utoipa_swagger_ui::serve(&file, Arc::new(config));
    let found = found.map_err(|error| Error::internal(error.to_string()))?;
    let file = found.ok_or(Error::NotFound("page"))?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .content_type(file.content_type)
        .body(file.bytes.into_owned()))
}
