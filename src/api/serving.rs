//! The OpenAPI document as a site serves it, in its forms.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use serde_json::Value;

use super::{document, openapi, to_json, to_yaml};
use crate::config::{Addresses, PublicUrl};
use crate::error::Result;

/// The document as this site serves it: it knows the path below which a proxy gives the API.
fn served(site: &PublicUrl) -> Result<Value> {
    let mut document = openapi()?.clone();
    if let Some(url) = document.pointer_mut("/servers/0/url")
        && !site.path().is_empty()
    {
        *url = Value::from(site.path());
    }
    Ok(document)
}

#[get("/openapi.json")]
pub(super) async fn get_openapi_json(site: Data<Addresses>) -> Result<HttpResponse> {
    let body = to_json(&served(&site.public_url)?)?;
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}

#[get("/openapi-public.json")]
pub(super) async fn get_openapi_public(site: Data<Addresses>) -> Result<HttpResponse> {
    let body = to_json(&document::public(&served(&site.public_url)?))?;
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}

#[get("/openapi-3.0.json")]
pub(super) async fn get_openapi_3_0(site: Data<Addresses>) -> Result<HttpResponse> {
    let body = to_json(&document::version_3_0(&served(&site.public_url)?))?;
    Ok(HttpResponse::Ok().content_type("application/json").body(body))
}

#[get("/openapi.yaml")]
pub(super) async fn get_openapi_yaml(site: Data<Addresses>) -> Result<HttpResponse> {
    let body = to_yaml(&served(&site.public_url)?)?;
    Ok(HttpResponse::Ok().content_type("application/yaml").body(body))
}
